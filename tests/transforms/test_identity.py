"""Ids depend on what they name and on nothing else."""

import subprocess
import sys
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from transforms.identity import ID_LENGTH, article_id, cluster_id, digest, text_id

PARTS = st.lists(st.none() | st.text() | st.integers(), max_size=4)


@given(PARTS, PARTS)
def test_equal_parts_equal_ids_other_parts_other_ids(one: list[object], two: list[object]) -> None:
    as_text = [[part if part is None else str(part) for part in parts] for parts in (one, two)]
    assert (digest(*one) == digest(*two)) == (as_text[0] == as_text[1])


def test_an_id_is_twenty_hex_digits() -> None:
    assert len(digest("a")) == ID_LENGTH
    int(digest("a"), 16)


def test_parts_do_not_run_into_each_other() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("abc", None)}) == 5


def test_an_id_is_the_same_in_every_process() -> None:
    code = "from transforms.identity import digest; print(digest('event', 1, None, 'é🕊'))"
    for seed in ("0", "1"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == digest("event", 1, None, "é🕊")


def test_a_lone_surrogate_has_an_id() -> None:
    assert digest("\ud83d") != digest("�")


def test_texts_that_differ_in_white_space_or_composition_are_one_text() -> None:
    one, other = "Caf\u00e9  talks\r\n resumed ", "Cafe\u0301 talks resumed"
    assert cluster_id(one) == cluster_id(other)
    assert text_id(one) != text_id(other), "offsets lead into the text as it is"
    assert cluster_id("talks resumed") != cluster_id("Talks resumed")


def test_an_article_is_known_by_its_address_or_by_its_own_id() -> None:
    def of(url: str | None, source_id: str, at: datetime | str | None = "2021-03-10") -> str:
        return article_id("text", "Test Wire", url, source_id, at)

    assert of("https://wire.test/1", "a") == of("https://wire.test/1", "b")
    assert of(None, "a") != of(None, "b")
    assert of(None, "a") == of("", "a")
    assert of(None, "a") != of(None, "a", None)
    at = datetime(2021, 3, 10, 12, tzinfo=UTC)
    assert of(None, "a", at) == of(None, "a", at.isoformat())
