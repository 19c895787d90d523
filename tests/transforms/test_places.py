"""Places: the traps of names that several places share, forms in which newspapers write them."""

import pytest

from transforms.places import PlaceKind, fold, is_place, resolve_place


def code(name: str, countries: tuple[str, ...] = ()) -> str | None:
    place = resolve_place(name, countries)
    assert place is not None, name
    return place.country_code


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        ("Georgia", (), "GEO"),
        ("Georgia", ("RUS", "GEO"), "GEO"),
        ("Georgia", ("USA",), "USA"),
        ("Tbilisi, Georgia", (), "GEO"),
        ("Atlanta, Georgia", (), "USA"),
        ("Lebanon", (), "LBN"),
        ("Jordan", ("ISR",), "JOR"),
        ("Washington", (), "USA"),
        ("Washington, D.C.", (), "USA"),
        ("Paris", ("USA", "IRN"), "FRA"),
        ("Tripoli", (), "LBY"),
        ("Tripoli", ("LBN",), "LBN"),
        ("London", ("CAN",), "GBR"),
        ("Birmingham", (), "GBR"),
        ("Birmingham", ("USA",), "USA"),
        ("Astana, Kazakhstan", (), "KAZ"),
    ],
)
def test_names_that_several_places_share(name: str, countries: tuple[str, ...], expected: str) -> None:
    assert code(name, countries) == expected


def test_a_town_that_the_gazetteer_lacks_gives_the_region_beside_it() -> None:
    place = resolve_place("Paris, Texas")
    assert place is not None
    assert (place.name, place.kind, place.country_code) == ("Texas", PlaceKind.REGION, "USA")


def test_washington_is_the_city() -> None:
    place = resolve_place("Washington")
    assert place is not None
    assert place.kind is PlaceKind.CITY
    assert (round(place.latitude), round(place.longitude)) == (39, -77)


@pytest.mark.parametrize(("word", "city"), [("the Kremlin", "Moscow"), ("White House", "Washington")])
def test_seats_of_government_lie_in_the_capital(word: str, city: str) -> None:
    place = resolve_place(word)
    assert place is not None
    assert place.name == city


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kiev", "Kyiv"),
        ("Sana'a", "Sanaa"),
        ("Türkiye", "Turkey"),
        ("Turkey's", "Turkey"),
        ("GENEVA", "Geneva"),
        ("Zürich", "Zürich"),
        ("Zurich", "Zürich"),
        ("southern Lebanon", "Lebanon"),
        ("the port of Aden", "Aden"),
        ("Aleppo province", "Aleppo"),
        ("Gaza", "Gaza Strip"),
        ("Camp David", "Camp David"),
        ("U.S.", "United States"),
    ],
)
def test_spellings_and_surroundings(name: str, expected: str) -> None:
    place = resolve_place(name)
    assert place is not None
    assert place.name == expected


@pytest.mark.parametrize("name", ["", ",", "the", "Erewhon", "the South", "northern"])
def test_what_is_no_place_gives_nothing(name: str) -> None:
    assert resolve_place(name) is None


def test_a_disputed_region_has_no_country() -> None:
    place = resolve_place("Kashmir")
    assert place is not None
    assert place.country_code is None
    assert place.kind is PlaceKind.REGION


def test_is_place_knows_exact_names_only() -> None:
    assert is_place("Istanbul")
    assert not is_place("Istanbul talks")


def test_fold_takes_away_what_spelling_leaves_open() -> None:
    assert fold("  Şırnak’s ") == "sirnak's"
    assert fold("U.S.") == fold("u.s")
