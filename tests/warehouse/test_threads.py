"""Threads are the connected components of the links."""

from hypothesis import given
from hypothesis import strategies as st

from warehouse.threads import threads

IDS = st.integers(0, 20).map(str)
LINKS = st.lists(st.tuples(IDS, IDS), max_size=25)


def test_a_chain_is_one_thread_and_what_is_apart_another() -> None:
    assert threads([("c", "b"), ("x", "y"), ("b", "a")]) == {
        "a": "a",
        "b": "a",
        "c": "a",
        "x": "x",
        "y": "x",
    }


def test_a_long_chain_needs_no_recursion() -> None:
    chain = [(f"{n:05}", f"{n + 1:05}") for n in range(20_000)]
    assert set(threads(chain).values()) == {"00000"}


@given(LINKS)
def test_a_thread_holds_what_can_be_reached_and_nothing_else(links: list[tuple[str, str]]) -> None:
    found = threads(links)
    assert set(found) == {one for link in links for one in link}
    for one in found:
        reached = {one}
        while grown := {b for pair in links for a, b in (pair, pair[::-1]) if a in reached} - reached:
            reached |= grown
        assert {other for other in found if found[other] == found[one]} == reached
        assert found[one] == min(reached)


@given(LINKS, st.randoms())
def test_the_order_of_the_links_does_not_matter(links: list[tuple[str, str]], chance: object) -> None:
    mixed = [*links]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert threads([link[::-1] for link in mixed]) == threads(links)
