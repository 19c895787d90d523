"""Every country that a table can give an event or an actor is one that the warehouse has a name for."""

from importlib.resources import files

import pytest

from transforms.countries import all_countries
from transforms.reference import table

TABLES = sorted(
    path.name.removesuffix(".csv")
    for path in (files("seeds") / "reference").iterdir()
    if path.name.endswith(".csv") and "country_code" in table(path.name.removesuffix(".csv"))[0]
)


def test_tables_with_countries_are_found() -> None:
    assert {"organisations", "people", "places"} <= set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_code_of_a_table_is_that_of_a_country(name: str) -> None:
    known = {each.country_code for each in all_countries()}
    assert {row["country_code"] for row in table(name)} - known <= {""}


def test_a_country_has_one_code_and_one_name() -> None:
    countries = all_countries()
    assert len({each.country_code for each in countries}) == len({each.country for each in countries}) == len(countries)


def test_a_country_is_called_as_newspapers_call_it() -> None:
    names = {each.country_code: each.country for each in all_countries()}
    assert [names[code] for code in ("RUS", "KOR", "CIV", "XKX")] == ["Russia", "South Korea", "Ivory Coast", "Kosovo"]
