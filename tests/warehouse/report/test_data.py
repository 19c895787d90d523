"""Which events a report shows, and what it counts."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import LIMA, MEETING, MET, Newsroom
from transforms.vocabulary import EventType, Status
from warehouse.publish import DamagedWarehouseError, open_published
from warehouse.report.data import MOST_EVIDENCE, Report, Selection, ShownEvent, read


def _days(events: list[ShownEvent]) -> list[date | None]:
    return [event.start for event in events]


def test_dated_events_come_first_the_newest_at_the_top(plain_report: Report) -> None:
    dated = [date(2021, 6, 4), date(2021, 3, 4), date(2021, 3, 1), date(2021, 2, 4), date(2021, 1, 4)]
    assert _days(plain_report.events) == [*dated, None, None]
    assert (plain_report.total, plain_report.undated, plain_report.left_out) == (7, 2, 0)
    assert plain_report.counts[EventType.MEETING, Status.HELD] == 3


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Selection(since=date(2021, 3, 4)), {date(2021, 6, 4), date(2021, 3, 4), date(2021, 3, 1)}),
        (Selection(since=date(2021, 3, 15), until=date(2021, 3, 16)), {date(2021, 3, 1)}),
        (Selection(until=date(2021, 1, 4)), {date(2021, 1, 4)}),
        (Selection(until=date(2021, 1, 3)), set()),
        (Selection(until=date(2021, 1, 3), undated=True), {None}),
        (Selection(types=(EventType.CEASEFIRE,)), {date(2021, 3, 1)}),
        (Selection(statuses=(Status.CANCELLED, Status.SCHEDULED)), {date(2021, 3, 4), date(2021, 6, 4)}),
        (Selection(countries=("TCD",)), {date(2021, 3, 1)}),
        (Selection(actors=("chad", "nobody")), {date(2021, 3, 1)}),
        (Selection(actors=("nobody",)), set()),
    ],
)
def test_what_is_asked_for_is_shown_and_undated_events_belong_to_no_period(
    plain: Path, chosen: Selection, found: set[date | None]
) -> None:
    report = read(plain, chosen)
    assert set(_days(report.events)) == found
    assert report.in_no_period == (2 if chosen.within_period else 0)


def test_the_newest_are_kept_and_all_are_counted(plain: Path) -> None:
    report = read(plain, Selection(most_events=3))
    assert (len(report.events), report.total, report.left_out, report.undated) == (3, 7, 4, 2)
    assert date(2021, 6, 4) in _days(report.events)


def test_the_best_sentences_are_quoted_and_all_are_counted(plain_report: Report) -> None:
    (event,) = [event for event in plain_report.events if event.start == date(2021, 1, 4)]
    assert (len(event.evidence), event.sentence_count) == (MOST_EVIDENCE, 7)
    assert len({piece.text for quotation in event.evidence for piece in quotation.pieces}) > MOST_EVIDENCE


def test_parties_places_and_evidence_are_those_of_the_event(small: Path) -> None:
    report = read(small, Selection(actors=("ana ruiz",)))
    (event,) = report.events
    assert (event.place, event.country_code, event.countries) == ("Lima", "PER", ["ECU", "PER"])
    assert [party.actor for party in event.parties] == ["Ana Ruiz", "Ecuador", "José Mena", "Peru"]
    first = next(quotation for quotation in event.evidence if quotation.pieces[0].text.startswith("LIMA"))
    assert "".join(piece.text for piece in first.pieces) == MET
    assert [piece.text for piece in first.pieces if piece.marked] == ["met"]
    assert (first.url, first.host, first.published) == ("https://wire.test/lima", "wire.test", (date(2021, 3, 10),) * 2)


def test_a_sentence_of_several_articles_is_quoted_once(newsroom: Newsroom) -> None:
    later = LIMA.but(
        source_id="lima-2", source="Copying Wire", url="https://copy.test/lima", published=date(2021, 3, 12)
    )
    newsroom.land("batch-a", LIMA, later)
    report = read(newsroom.build(), Selection(actors=("ana ruiz",)))
    (event,) = report.events
    assert {(q.source, q.copies) for q in event.evidence} == {("Test Wire", 2)}


def test_what_a_later_version_no_longer_says_is_no_evidence(newsroom: Newsroom) -> None:
    told = replace(MEETING, mentions=((MET, "met"),))
    later = LIMA.but(sentences=(MET, "Nothing more is known."), told=(told,), published=date(2021, 3, 12))
    newsroom.land("batch-a", LIMA)
    newsroom.land("batch-b", later)
    report = read(newsroom.build(), Selection())
    assert [event.event_type for event in report.events] == [EventType.MEETING]
    assert [len(event.evidence) for event in report.events] == [1]


def test_a_sentence_that_stands_twice_in_an_article_is_no_other_article(newsroom: Newsroom) -> None:
    told = replace(MEETING, mentions=((MET, "met"),))
    later = LIMA.but(source_id="lima-2", source="Copying Wire", url=None, told=(told,), published=date(2021, 3, 12))
    twice = LIMA.but(sentences=(MET, "Nothing more is known.", MET), told=(told,))
    newsroom.land("batch-a", twice, later)
    built = newsroom.build()
    with closing(duckdb.connect(str(built))) as db:
        db.execute(
            """INSERT INTO core.event_mention BY NAME
            SELECT m.* REPLACE (m.mention_id || '-2' AS mention_id, m.sentence_start + 1 AS sentence_start,
                m.trigger_start + 1 AS trigger_start, m.trigger_end + 1 AS trigger_end)
            FROM core.event_mention AS m INNER JOIN core.article USING (article_id)
            WHERE source = 'Test Wire'"""
        )
    ((quotation,),) = [event.evidence for event in read(built, Selection()).events]
    assert quotation.copies == 2


def test_a_publication_of_another_version_says_what_to_do(small: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(small, tmp_path / "warehouse.duckdb"))
    with closing(duckdb.connect(str(other))) as db:
        db.execute("DROP VIEW marts.event_evidence")
    with pytest.raises(DamagedWarehouseError, match=r"another version of Parley .*event_evidence.*run `parley run`"):
        read(other, Selection())


def test_damage_that_shows_only_while_it_is_read_says_what_to_do(small: Path, tmp_path: Path) -> None:
    whole = small.read_bytes()
    damaged = tmp_path / "warehouse.duckdb"
    met = whole.index(MET.encode())
    damaged.write_bytes(whole[:met] + MET.swapcase().encode() + whole[met + len(MET.encode()) :])
    open_published(damaged).close()
    with pytest.raises(DamagedWarehouseError, match="cannot be read as a DuckDB file"):
        read(damaged, Selection())


def test_nothing_published_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nothing is published"):
        read(tmp_path / "warehouse.duckdb", Selection())
