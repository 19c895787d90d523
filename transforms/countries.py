"""The countries as users see them: code, name, middle point. How texts call them belongs to `transforms.actors` and
`transforms.places`, which read the other columns of the table."""

from functools import cache

from transforms.records import Country
from transforms.reference import table


@cache
def all_countries() -> tuple[Country, ...]:
    """Every country and territory of ISO 3166-1 and Kosovo, in the order of `seeds/reference/countries.csv`.

    Raises ValueError where a latitude or longitude there is no number.
    """
    return tuple(
        Country(
            country_code=row["code"],
            country=row["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            cameo_code=row["cameo_code"],
        )
        for row in table("countries")
    )
