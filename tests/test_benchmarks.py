"""What benchmarks compare by: TempEval-3's measures of dates, offsets read off HeidelTime's TimeML, and how reliable
shares are, such as those of `confidence`.
"""

import csv
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language

from benchmarks import copies, corpus, scale
from benchmarks.calibration import (
    Floats,
    brier,
    cross_validated,
    expected_error,
    fit,
    left_out_mean,
    predicted,
    reliability,
)
from benchmarks.cleaning import by_rule, drawn, labelled, suspect
from benchmarks.cleaning import measure as measure_labels
from benchmarks.common import samples
from benchmarks.confidence import PRINTED, cases, measure, written
from benchmarks.heideltime import expressions
from benchmarks.mentions import cost
from benchmarks.precision import FIELDS, JUDGED, figures, interval, load
from benchmarks.timex_score import f1
from pipelines.settings import sample_articles
from transforms.cleaning import clean
from transforms.duplicates.shingles import SAME, fingerprint, likeness
from transforms.evaluation import GoldFile
from transforms.events.gate import telling
from transforms.folding import folded_words
from transforms.reference import table

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


# --- how far confidence can be trusted -------------------------------------------------------------------------------


def test_fitted_shares_are_those_of_the_cases() -> None:
    traits, right = np.repeat([[0.0], [1.0]], 1000, axis=0), np.concatenate([_some(500, 1000), _some(900, 1000)])
    assert predicted(np.array([[0.0], [1.0]]), fit(traits, right)) == pytest.approx([0.5, 0.9], abs=0.01)


def test_a_trait_of_few_cases_is_drawn_towards_the_others() -> None:
    traits, right = np.array([[0.0]] * 100 + [[1.0]] * 2), np.concatenate([_some(50, 100), _some(2, 2)])
    [share] = predicted(np.array([[1.0]]), fit(traits, right))
    assert 0.55 < share < 0.75


def test_no_case_has_a_say_in_its_own_group() -> None:
    """In each group the trait tells the contrary of what it tells in the other one."""
    traits, right = np.array([[0.0], [1.0]] * 80), np.array([0.0, 1.0] * 40 + [1.0, 0.0] * 40)
    groups = ["a"] * 80 + ["b"] * 80
    shares = cross_validated(traits, right, groups, traits, groups)
    assert (np.abs(shares - right) > 0.5).all()
    assert left_out_mean(np.array([1.0, 1.0, 0.0]), ["a", "a", "b"]) == pytest.approx([0, 0, 1])


def test_reliability_of_a_hand_made_case() -> None:
    """Of four at 0.85 three are right, of two at 0.1 none: off by 0.1 each."""
    shares, right = np.array([0.85] * 4 + [0.1] * 2), np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
    assert [(one.low, one.cases, one.right) for one in reliability(shares, right)] == [(0.1, 2, 0.0), (0.8, 4, 0.75)]
    assert expected_error(shares, right) == pytest.approx(0.1)
    assert brier(shares, right) == pytest.approx((3 * 0.15**2 + 0.85**2 + 2 * 0.1**2) / 6)


def _some(right: int, cases: int) -> Floats:
    return np.array([1.0] * right + [0.0] * (cases - right))


def test_a_repeated_corpus_tells_as_much_and_holds_no_copies() -> None:
    originals = corpus.load(None)
    several = list(corpus.repeated(originals, 2 * len(originals) + 3))
    assert several == list(corpus.repeated(originals, 2 * len(originals) + 3)), "the same call, the same articles"
    assert several[: len(originals)] == originals
    assert len({article["id"] for article in several}) == len(several) == 2 * len(originals) + 3
    one, other = originals[0], several[len(originals)]
    assert len(folded_words(one["text"])) == len(folded_words(other["text"]))
    assert telling(clean("a", one["text"])) == telling(clean("a", other["text"])), "trigger words stay"
    days = [date.fromisoformat(article["published_at"]) for article in (one, other)]
    assert days[0] - days[1] == timedelta(weeks=1)
    for place, original in enumerate(originals[:3]):
        prints = [fingerprint(text["text"]) for text in (original, several[place + len(originals)])]
        assert all(likeness(a, b) < SAME for a, b in combinations(prints, 2))


def test_evenness_and_speedup_are_read_off_runs() -> None:
    def made(engine: str, articles: int, seconds: float, marks: Sequence[float]) -> scale.Run:
        looks = [scale.Look(0.5, "run", 300, 200, 310), scale.Look(0.5, "worker 1", 500, 400, 640)]
        done = [scale.Done("clean_articles", number, second) for number, second in enumerate(marks, 1)]
        return scale.Run(articles, engine, seconds, {"clean_articles": seconds / 2, "landing": 1.0}, looks, done)

    runs = [
        made("serial", 100, 40.0, [1, 2, 3, 4, 5]),
        made("processes", 100, 20.0, [1, 2, 3, 4, 5]),
        made("processes", 1_000, 220.0, [10, 20, 30, 45, 60]),
    ]
    found = {figure.name.removeprefix("scale."): figure.value for figure in scale.figures(runs)}
    assert found == pytest.approx(
        {
            "stages_speedup": 2.0,
            "run_speedup": 2.0,
            "worker_megabytes": 640,
            "run_megabytes": 310,
            "last_against_first": 1.5,
            "time_per_article": 1.1,
            "stage_time_per_article": 1.1,
        }
    )


def test_confidence_is_fitted_to_annotated_articles_and_measured_on_them(tmp_path: Path, nlp: Language) -> None:
    assert nlp.pipe_names
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in ("karabakh-2020", "venezuela-2024", "singapore-2018"):
        shutil.copy(sample_articles().parent / "gold" / f"{name}.json", gold)
    events, mentions = cases([(gold, sample_articles())] * 2)  # what is given twice counts once
    assert len({case.article for case in events}) == 3
    assert all(case.right <= events[case.event].right for case in mentions)
    rows = list(csv.DictReader(line for line in written(events, mentions).splitlines() if not line.startswith("#")))
    assert [(row["of"], row["trait"]) for row in rows] == [(row["of"], row["trait"]) for row in table("confidence")]
    figures = measure(events, mentions)
    assert sum(one["cases"] for one in figures["events"]["the table"]["bins"]) == len(events)
    assert figures["events"]["the table"]["brier"] < 0.25


def test_the_docs_show_the_reliability_of_the_table_in_force() -> None:
    [shown] = PRINTED.findall((Path(__file__).parents[1] / "docs" / "events.md").read_text(encoding="utf-8"))
    assert shown.split()[0] == next(row["n"] for row in table("confidence") if row["of"] == "event")
    assert shown.count("\n\n|") == 4


# --- what the mention stage costs -------------------------------------------------------------------------------------


def test_both_stages_are_measured_over_the_same_articles_and_each_text_is_parsed_once() -> None:
    article = samples()[0]
    copy = article.model_copy(update={"article_id": "copy"})
    one, two = cost([article]), cost([article, copy])
    assert (one.articles, two.articles) == (1, 2)
    assert one.words == two.words > 0
    assert two.mentions == 2 * one.mentions > 0
    figures = two.figures()
    assert figures["ratio"] == pytest.approx(figures["mention_seconds"] / figures["parse_seconds"])


# --- how many events are right ---------------------------------------------------------------------------------------


def test_an_event_is_right_only_where_all_three_are() -> None:
    row = {"source_id": "a", "sentence_start": "0", "event_type": "meeting"} | dict.fromkeys(FIELDS, "1")
    found = figures([row, row | {"status_right": "0"}, row | {"event_type": "sanctions", "type_right": "0"}])
    assert (found["all"]["right"], found["meeting"]["right"], found["sanctions"]["right"]) == (1 / 3, 0.5, 0.0)
    assert found["all"]["type_right"] == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="parties_right is neither"):
        figures([row | {"parties_right": "maybe"}])


def test_the_interval_of_a_share_is_that_of_the_books() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263."""
    assert interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=0.0001)


def test_a_hundred_events_are_judged_and_each_that_is_wrong_says_what_would_be_right() -> None:
    judged = load(JUDGED)
    assert len(judged) == 100
    assert all(bool(row["should_be"]) == ("0" in {row[field] for field in FIELDS}) for row in judged)


def test_edited_copies_are_told_from_other_tellings_and_templates() -> None:
    figures, kinds = copies.measure(300)
    assert figures["precision"] == 1
    assert figures["recall"] > 0.97
    assert all(kinds[kind][0] > 0 for kind in (*copies.COPIES, *copies.OTHERS))
    assert all(kinds[kind][1] == 0 for kind in ("original", *copies.OTHERS))


PROSE = "The two ministers met in Oslo on Monday, and agreed to extend the truce by a month, officials said."
PAGE = f"{PROSE}\nAdvertisement\nTheir aides met too.\nRead more: Rebels reject truce\nCopyright 2021 Example\nSign off"


def test_labels_are_compared_with_what_the_gold_marks() -> None:
    event = {"type": "meeting", "status": "held", "participants": ["A"], "id": "e1", "required": True}
    gold = GoldFile.model_validate(
        {
            "article": "page",
            "boilerplate_spans": ["Advertisement", "Sign  off"],
            "events": [
                event | {"evidence": [PROSE]},
                event | {"id": "e2", "evidence": ["Rebels reject truce", "They never met."]},
            ],
        }
    )
    found = measure_labels([gold], {"page.txt": PAGE})
    assert (found.marked, found.found, found.missed) == (20, 13, ["page: Sign off"])
    assert found.evidence == 3
    assert found.lost == ["page: Rebels reject truce", "page: They never met."]
    assert found.extra == {"boilerplate": len("Readmore:RebelsrejecttruceCopyright2021Example")}


def test_lines_are_drawn_with_what_stands_around_them() -> None:
    texts = [(f"page-{n}", clean("t", PAGE)) for n in range(3)]
    assert len(drawn(texts, 100, 1, labelled)) == 9
    assert len(drawn(texts, 100, 1, labelled, distinct=True)) == 3
    assert drawn(texts, 5, 7, labelled) == drawn(texts, 5, 7, labelled)
    [one] = drawn(texts, 100, 1, by_rule("advertisement"), distinct=True)
    assert (one.text, one.article) == ("Advertisement", "page-0")
    assert one.before.endswith("officials said.\n")
    assert one.after.startswith("\nTheir aides")
    assert {one.text for one in drawn(texts, 100, 1, suspect)} == {"Sign off"}
