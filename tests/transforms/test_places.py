"""Places: the traps of names that several places share, forms in which newspapers write them."""

from collections.abc import Collection

import pytest

from transforms.places import (
    PlaceKind,
    after_comma,
    capital_of,
    fold,
    is_around,
    is_place,
    is_state_around,
    place_within,
    resolve_place,
)
from transforms.reference import split, table


def code(name: str, countries: Collection[str] = ()) -> str | None:
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
        ("Birmingham", ("USA", "IRL"), "GBR"),
        ("Athens", ("USA", "TUR"), "GRC"),
        ("Granada", (), "ESP"),
        ("Granada", ("NIC",), "NIC"),
        ("Valencia", ("VEN",), "VEN"),
        ("Valencia", ("ESP",), "ESP"),
        ("San José", ("CRI", "USA"), "CRI"),
        ("Santiago", (), "CHL"),
        ("St. Petersburg", ("USA", "RUS"), "RUS"),
        ("Odessa", (), "UKR"),
        ("Lebanon", ("USA",), "LBN"),
        ("Jordan", ("USA",), "JOR"),
        ("Washington", ("GBR",), "USA"),
        ("Astana, Kazakhstan", (), "KAZ"),
    ],
)
def test_names_that_several_places_share(name: str, countries: tuple[str, ...], expected: str) -> None:
    assert code(name, countries) == expected


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("Paris, Texas", "Texas", "USA"),
        ("Moscow, Idaho", "Idaho", "USA"),
        ("Lebanon, Pennsylvania", "Pennsylvania", "USA"),
        ("Lebanon, Pa.", "Pennsylvania", "USA"),
        ("Manchester, N.H.", "New Hampshire", "USA"),
        ("Geneva, New York", "New York state", "USA"),
        ("Seattle, Washington", "Washington state", "USA"),
        ("Athens, Georgia", "Georgia", "USA"),
        ("Savannah, Ga.", "Georgia", "USA"),
        ("London, Ontario", "Ontario", "CAN"),
        ("Cambridge, Mass.", "Massachusetts", "USA"),
        ("Cambridge, England", "England", "GBR"),
        ("Tripoli, Lebanon", "", "LBN"),
        ("Tripoli, Libya", "", "LBY"),
        ("Granada, Nicaragua", "", "NIC"),
        ("Tbilisi, Georgia", "", "GEO"),
    ],
)
def test_what_follows_the_comma_decides(name: str, within: str, code: str) -> None:
    place = resolve_place(name)
    assert place is not None
    assert (place.kind, place.within, place.country_code) == (PlaceKind.CITY, within, code)


@pytest.mark.parametrize(
    ("name", "expected", "code"),
    [("Nowhereville, Texas", "Texas", "USA"), ("Nowhereville, Georgia", "Georgia", "GEO")],
)
def test_a_town_that_the_gazetteer_lacks_gives_what_is_beside_it(name: str, expected: str, code: str) -> None:
    place = resolve_place(name)
    assert place is not None
    assert (place.name, place.country_code) == (expected, code)


def test_a_namesake_elsewhere_is_not_taken_for_a_town_of_a_state() -> None:
    assert place_within("Springfield", "Illinois") != place_within("Springfield", "Missouri")
    assert place_within("Tbilisi", "Texas") is None


def test_the_country_that_is_named_most_weighs_most() -> None:
    assert code("Tripoli", {"LBN": 9, "LBY": 1}) == "LBN"
    assert code("Tripoli", {"LBN": 1, "LBY": 1}) == "LBY"


def test_georgia_is_the_state_where_other_places_of_the_article_lie() -> None:
    place = resolve_place("Georgia", {"KOR": 2, "USA": 1}, {"Georgia"})
    assert place is not None
    assert (place.country_code, place.kind) == ("USA", PlaceKind.REGION)
    assert code("Georgia", {"KOR": 2, "USA": 1}) == "GEO"


def test_abbreviations_of_states_count_only_with_their_full_stop() -> None:
    assert is_around("Miss.")
    assert not is_around("Miss")
    assert not is_place("Pa.")
    assert is_state_around("Texas")
    assert not is_state_around("Georgia")  # also a country, which may begin the next clause


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Paris", ",", "Texas", ",", "on"], ("Texas", 3)),
        (["Lebanon", ",", "Pa", ".", ","], ("Pa.", 4)),
        (["Geneva", ",", "New", "York", "on"], ("New York", 4)),
        (["Paris", ",", "where", "they"], None),
        (["Paris", ","], None),
    ],
)
def test_what_follows_a_comma(words: list[str], expected: tuple[str, int] | None) -> None:
    assert after_comma(words, 1) == expected


def test_capitals() -> None:
    seat = capital_of("SAU")
    assert seat is not None
    assert seat.name == "Riyadh"
    assert capital_of("XXX") is None


def test_every_state_beside_a_city_is_a_region_of_its_country() -> None:
    regions = {(row["name"], row["country_code"]) for row in table("places") if row["kind"] == "region"}
    cities = {(row["within"], row["country_code"]) for row in table("places") if row["within"]}
    assert cities <= regions
    assert {code for _, code in cities} == {"USA", "CAN", "AUS", "GBR"}


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


def test_every_place_is_found_by_each_of_its_names() -> None:
    countries = {row["code"]: row["name"] for row in table("countries")}
    lost = []
    for row in table("places"):
        if not row["country_code"]:
            continue
        for name in [row["name"], *split(row["aliases"])]:
            around = row["within"] or countries[row["country_code"]]
            own = row["kind"] == "city" or not name.endswith(".")
            if own and place_within(name, around) is None and not is_place(name):
                lost.append(name)
    assert lost == []
