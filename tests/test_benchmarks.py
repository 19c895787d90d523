"""What the benchmarks compare by: TempEval-3's measures, offsets read off HeidelTime's TimeML, the same articles."""

from typing import Any

import pytest

from benchmarks.common import samples
from benchmarks.heideltime import expressions
from benchmarks.mentions import cost
from benchmarks.timex_score import f1

TEXT = "They met on May 3, 2020 & left on Monday evening."


def timex(words: str, value: str, kind: str = "DATE") -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "type": kind, "value": value}


def test_each_measure_counts_what_it_says() -> None:
    gold = [timex("May 3, 2020", "2020-05-03"), timex("Monday evening", "2020-05-04TEV", "TIME")]
    found = [timex(" May 3, 2020 ", "2020-05-03"), timex("Monday", "2020-05-04"), timex("They", "PRESENT_REF")]
    assert f1([TEXT], [gold], [found]) == {"strict": 40.0, "relaxed": 80.0, "type": 40.0, "value": 40.0}
    assert set(f1([TEXT], [gold], [gold]).values()) == {100.0}
    assert set(f1([TEXT], [gold], [[]]).values()) == {0.0}


def test_an_expression_is_matched_once() -> None:
    gold = [timex("Monday evening", "2020-05-04TEV", "TIME")]
    found = [timex("Monday", "2020-05-04"), timex("evening", "TEV", "TIME")]
    assert f1([TEXT], [gold], [found])["relaxed"] == pytest.approx(200 / 3)


def test_offsets_are_those_of_the_text() -> None:
    written = (
        '<?xml version="1.0"?>\n<!DOCTYPE TimeML SYSTEM "TimeML.dtd">\n<TimeML>\n'
        'They met on <TIMEX3 tid="t1" type="DATE" value="2020-05-03">May 3, 2020</TIMEX3> &amp; left on '
        '<TIMEX3 tid="t2" type="TIME" value="2020-05-04TEV">Monday evening</TIMEX3>.\n</TimeML>\n'
    )
    expected = [timex("May 3, 2020", "2020-05-03"), timex("Monday evening", "2020-05-04TEV", "TIME")]
    assert expressions(written, TEXT) == expected
    assert expressions(written.replace("&amp;", "&"), TEXT) == expected
    with pytest.raises(ValueError, match="changed the text"):
        expressions(written, TEXT.replace("left", "stayed"))


def test_both_stages_are_measured_over_the_same_articles_and_each_text_is_parsed_once() -> None:
    article = samples()[0]
    copy = article.model_copy(update={"article_id": "copy"})
    one, two = cost([article]), cost([article, copy])
    assert (one.articles, two.articles) == (1, 2)
    assert one.words == two.words > 0
    assert two.mentions == 2 * one.mentions > 0
    figures = two.figures()
    assert figures["ratio"] == pytest.approx(figures["mention_seconds"] / figures["parse_seconds"])
