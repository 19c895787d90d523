"""The views beside those of the contract: types with their columns, stages, pairs, the calendar, sources, quality."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from enum import StrEnum

import duckdb
import pytest

from tests.warehouse.builder import CHAD, ECUADOR, MENA, PERU, QUIET, REJECTED, RUIZ, Newsroom, Story, Told, party
from transforms import vocabulary
from transforms.events.stages import STAGE_WINDOW
from transforms.records import Participant
from transforms.vocabulary import STATUSES, ActorKind, EventType, Form, Role, Status
from warehouse.checks import failures
from warehouse.macros import CORE_MACROS, MACROS
from warehouse.marts import MARTS
from warehouse.staging import statement
from warehouse.tables import CORE

Ask = Callable[[str], list[tuple[object, ...]]]

JUNE = (date(2021, 6, 1), date(2021, 6, 30))
SUMMIT = (date(2021, 6, 15), date(2021, 6, 15))
YEAR = (date(2020, 1, 1), date(2020, 12, 31))
GUERRILLA = party("Coastal Front", Role.PARTY, kind=ActorKind.ARMED_GROUP, country="PER")
UNION = party("European Union", Role.SENDER, kind=ActorKind.ORGANISATION)


def _as(actor: Participant, role: Role) -> Participant:
    return actor.model_copy(update={"role": role})


def _story(name: str, *told: tuple[str, Told], source: str = "Test Wire", published: date | None = None) -> Story:
    """An article with a sentence for each event."""
    return Story(
        name,
        tuple(sentence for sentence, _ in told),
        tuple(event for _, event in told),
        published or date(2021, 6, 20),
        source=source,
    )


def _event(
    sentence: str,
    trigger: str,
    kind: EventType,
    status: Status,
    *who: Participant,
    days: tuple[date, date] | None = None,
    effective: tuple[date | None, date | None] = (None, None),
) -> tuple[str, Told]:
    form = Form.TALKS if kind is EventType.MEETING else None
    return sentence, Told(kind, status, who, ((sentence, trigger),), days, form, effective=effective)


MEETINGS = _story(
    "meetings",
    _event("Peru and Ecuador may meet in June.", "meet", EventType.MEETING, Status.PROPOSED, PERU, ECUADOR, days=JUNE),
    _event("Chad hosted talks of Peru and Ecuador on 15 June, with Ana Ruiz.", "talks", EventType.MEETING, Status.HELD,
           _as(CHAD, Role.HOST), PERU, ECUADOR, RUIZ, days=SUMMIT),
    _event("Ana Ruiz met José Mena in 2020.", "met", EventType.MEETING, Status.HELD, RUIZ, MENA, days=YEAR),
    _event("Mena also met the Chadians.", "met", EventType.MEETING, Status.HELD, MENA, CHAD),
    _event("Ruiz refused to see the Chadians.", "see", EventType.MEETING, Status.REJECTED, RUIZ, CHAD),
    _event("Ana Ruiz received the Coastal Front at home.", "received", EventType.MEETING, Status.HELD,
           _as(GUERRILLA, Role.PARTICIPANT), RUIZ, PERU, days=(date(2021, 6, 3), date(2021, 6, 3))),
)  # fmt: skip
FIGHTING = (PERU.model_copy(update={"role": Role.PARTY}), GUERRILLA)
TRUCE = _story(
    "truce",
    _event("Peru and the Coastal Front agreed on 1 July to a truce from 3 to 12 July.", "truce", EventType.CEASEFIRE,
           Status.AGREED, *FIGHTING, _as(CHAD, Role.MEDIATOR), days=(date(2021, 7, 1), date(2021, 7, 1)),
           effective=(date(2021, 7, 3), date(2021, 7, 12))),
    _event("The truce of Peru and the Coastal Front began on 3 July.", "truce", EventType.CEASEFIRE,
           Status.IN_EFFECT, *FIGHTING, days=(date(2021, 7, 3), date(2021, 7, 3))),
    _event("On 5 July the Coastal Front broke the truce with Peru.", "truce", EventType.CEASEFIRE,
           Status.VIOLATED, FIGHTING[0], _as(GUERRILLA, Role.VIOLATOR), days=(date(2021, 7, 5), date(2021, 7, 5))),
    source="Other Wire",
    published=date(2021, 7, 6),
)  # fmt: skip
PENALTIES = _story(
    "penalties",
    _event("The European Union and Ecuador imposed sanctions on Chad and Ana Ruiz.", "sanctions", EventType.SANCTIONS,
           Status.IMPOSED, UNION, _as(ECUADOR, Role.SENDER), _as(CHAD, Role.TARGET), _as(RUIZ, Role.TARGET)),
    source="Other Wire",
)  # fmt: skip
WRONG = _event("Chad will meet Ecuador in the year 2299.", "meet", EventType.MEETING, Status.SCHEDULED, CHAD, ECUADOR,
               days=(date(2299, 1, 1), date(2299, 12, 31)))  # fmt: skip
RETRACTED = _story("retracted", WRONG, published=date(2021, 6, 21))


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks a warehouse of five articles, the last of which has taken back what its first version told."""
    newsroom = Newsroom(tmp_path_factory.mktemp("marts"))
    newsroom.land("a", MEETINGS, TRUCE, PENALTIES, RETRACTED, QUIET.but(published=None))
    newsroom.land("b", RETRACTED.but(sentences=("There will be no meeting.",), told=(), published=date(2021, 6, 22)))
    newsroom.reject(REJECTED)
    built = newsroom.build()
    assert failures(built) == []
    with closing(duckdb.connect(str(built), read_only=True)) as db:
        yield lambda sql: db.execute(sql).fetchall()


def test_each_counted_event_is_in_the_view_of_its_type(ask: Ask) -> None:
    for view, event_type in (("meetings", "meeting"), ("ceasefires", "ceasefire"), ("sanctions", "sanctions")):
        wanted = ask(f"SELECT event_id FROM marts.events WHERE event_type = '{event_type}' ORDER BY 1")
        assert wanted
        assert ask(f"SELECT event_id FROM marts.{view} ORDER BY 1") == wanted


@pytest.mark.parametrize(
    "view",
    [name for name in MARTS if any(c == "event_id" for c in MARTS[name].key) and name != "event_participants"],
)
def test_what_was_taken_back_is_not_counted(ask: Ask, view: str) -> None:
    taken_back = "SELECT event_id FROM core.event WHERE start_date >= DATE '2299-01-01'"
    assert len(ask(taken_back)) == 1
    assert ask(f"SELECT * FROM marts.{view} WHERE event_id IN ({taken_back})") == []


@pytest.mark.parametrize("name", MARTS)
def test_the_key_of_a_view_names_one_row_and_only_what_may_be_null_is(ask: Ask, name: str) -> None:
    assert ask(f"SELECT {', '.join(MARTS[name].key)} FROM marts.{name} GROUP BY ALL HAVING count(*) > 1") == []
    given = [c for c, *_ in ask(f"DESCRIBE marts.{name}") if not MARTS[name].column(str(c)).nullable]
    nulls = ", ".join(f'count(*) - count("{c}")' for c in given)
    assert ask(f"SELECT {nulls} FROM marts.{name}") == [(0,) * len(given)]


def test_a_meeting_has_its_actors_by_role_and_kind(ask: Ask) -> None:
    assert ask(
        "SELECT participants, hosts, mediators, persons, states, countries, participant_count, side_count, "
        "is_bilateral, realised, form FROM marts.meetings WHERE month = DATE '2021-06-01' AND len(hosts) > 0"
    ) == [
        (
            ["Ana Ruiz", "Chad", "Ecuador", "Peru"],
            ["Chad"],
            [],
            ["Ana Ruiz"],
            ["Chad", "Ecuador", "Peru"],
            ["ECU", "PER", "TCD"],
            4,
            2,  # the minister is of the side of her state, and the host is none
            True,
            True,
            "talks",
        )
    ]


def test_an_armed_group_is_a_side_of_its_own(ask: Ask) -> None:
    told = "SELECT side_count, armed_groups FROM marts.meetings WHERE list_contains(participants, 'Coastal Front')"
    assert ask(told) == [(2, ["Coastal Front"])]


def test_a_truce_has_parties_stages_and_days_in_force(ask: Ask) -> None:
    assert ask(
        "SELECT status, stage, realised, parties, mediators, violators, effective_start, days_in_force, "
        "len(previous_event_ids), len(next_event_ids) FROM marts.ceasefires ORDER BY stage"
    ) == [
        ("agreed", 3, True, ["Coastal Front", "Peru"], ["Chad"], [], date(2021, 7, 3), 10, 0, 1),
        ("in_effect", 4, True, ["Coastal Front", "Peru"], [], [], None, None, 1, 1),
        ("violated", 5, True, ["Peru"], [], ["Coastal Front"], None, None, 1, 0),
    ]


def test_sanctions_have_senders_and_targets(ask: Ask) -> None:
    assert ask("SELECT senders, targets, sender_countries, target_countries, target_kinds FROM marts.sanctions") == [
        (["Ecuador", "European Union"], ["Ana Ruiz", "Chad"], ["ECU"], ["PER", "TCD"], ["person", "state"])
    ]


def test_stages_of_one_thing_stand_in_order(ask: Ask) -> None:
    assert ask(
        "SELECT position, thread_size, status, days_since_previous, previous_event_id IS NULL, next_event_id IS NULL "
        "FROM marts.event_timeline WHERE event_type = 'ceasefire' ORDER BY thread_id, position"
    ) == [
        (1, 3, "agreed", None, True, False),
        (2, 3, "in_effect", 2, False, False),
        (3, 3, "violated", 2, False, True),
    ]
    # the meeting that was hoped for, and the one that came of it
    assert ask(
        "SELECT position, status, days_since_previous FROM marts.event_timeline WHERE event_type = 'meeting' AND "
        "thread_size > 1 ORDER BY position"
    ) == [(1, "proposed", None), (2, "held", 14)]


def test_an_event_without_links_is_a_thread_of_its_own(ask: Ask) -> None:
    alone = "FROM marts.event_timeline WHERE event_type = 'sanctions'"
    assert ask(f"SELECT thread_id = event_id, position, thread_size {alone}") == [(True, 1, 1)]


def test_the_view_of_stages_tells_how_far_apart_they_may_be() -> None:
    assert f"within {STAGE_WINDOW.days} days" in MARTS["event_stages"].about


def test_links_are_readable_from_both_ends(ask: Ask) -> None:
    assert ask(
        "SELECT status, linked_status, days_between, summary, linked_summary FROM marts.event_links "
        "WHERE event_type = 'ceasefire' ORDER BY start_date LIMIT 1"
    ) == [
        (
            "agreed",
            "in_effect",
            2,
            "ceasefire agreed: Coastal Front, Peru (2021-07-01)",
            "ceasefire in effect: Coastal Front, Peru (2021-07-03)",
        )
    ]


def test_an_event_lies_in_a_month_only_where_both_its_ends_do(ask: Ask) -> None:
    placed = "SELECT days, day, week, month, quarter, year FROM marts.event_calendar WHERE "
    day = date(2021, 6, 15)
    weekly, monthly, quarterly, yearly = date(2021, 6, 14), date(2021, 6, 1), date(2021, 4, 1), date(2021, 1, 1)
    assert ask(placed + "start_date = DATE '2021-06-15'") == [(1, day, weekly, monthly, quarterly, yearly)]
    assert ask(placed + "status = 'proposed'") == [(30, None, None, monthly, quarterly, yearly)]
    assert ask(placed + "start_date = DATE '2020-01-01'") == [(366, None, None, None, None, date(2020, 1, 1))]
    assert ask(placed + "status = 'imposed'") == [(None, None, None, None, None, None)]


def test_who_met_whom_by_month(ask: Ask) -> None:
    def pairs(month: str) -> set[tuple[object, ...]]:
        return set(
            ask(
                "SELECT actor, other_actor, meeting_count FROM marts.actor_pairs "
                f"WHERE month {month} AND actor < other_actor"
            )
        )

    assert pairs("= DATE '2021-06-01'") == {
        ("Chad", "Ecuador", 1),
        ("Chad", "Peru", 1),
        ("Ana Ruiz", "Chad", 1),
        ("Ana Ruiz", "Ecuador", 1),
        ("Ecuador", "Peru", 1),  # once only: that it was hoped for is no meeting
        # at home, nobody of another country took part
        ("Ana Ruiz", "Coastal Front", 1),
        ("Coastal Front", "Peru", 1),
        ("Ana Ruiz", "Peru", 1),
    }
    # known to a year, and undated: in no month, and not lost; what was refused is no meeting
    assert pairs("IS NULL") == {("Ana Ruiz", "José Mena", 1), ("Chad", "José Mena", 1)}


def test_each_pair_stands_once_from_either_side(ask: Ask) -> None:
    sides = "SELECT {0}, month, meeting_count, event_ids FROM marts.actor_pairs ORDER BY ALL"
    assert ask(sides.format("actor_id, other_actor_id")) == ask(sides.format("other_actor_id, actor_id"))


def test_a_country_has_a_name_whether_it_has_events_or_not(ask: Ask) -> None:
    named = "SELECT country_code, country FROM marts.countries WHERE country_code IN ('PER', 'XKX') ORDER BY ALL"
    assert ask(named) == [("PER", "Peru"), ("XKX", "Kosovo")]


def test_countries_are_paired_by_type_and_month(ask: Ask) -> None:
    june = (
        "SELECT other_country_code, event_count, realised_count FROM marts.country_pairs WHERE country_code = 'PER' "
        "AND event_type = 'meeting' AND month = DATE '2021-06-01' ORDER BY 1"
    )
    assert ask(june) == [("ECU", 2, 1), ("TCD", 1, 1)]  # two actors of Peru at one meeting are one event
    july = "SELECT country_code, other_country_code FROM marts.country_pairs WHERE event_type = 'ceasefire' ORDER BY 1"
    assert ask(july) == [("PER", "TCD"), ("TCD", "PER")]


def test_sanctions_lead_from_sender_to_target(ask: Ask) -> None:
    found = ask(
        "SELECT country_code, other_country_code, event_count FROM marts.country_pairs "
        "WHERE event_type = 'sanctions' ORDER BY ALL"
    )
    assert found == [("ECU", "PER", 1), ("ECU", "TCD", 1)]


def test_an_actor_has_names_counts_and_days(ask: Ask) -> None:
    assert ask(
        "SELECT actor_kind, country_code, aliases, event_count, realised_count, meeting_count, ceasefire_count, "
        "sanctions_count, sanctions_sent_count, sanctions_received_count, first_event_date, last_event_date "
        "FROM marts.actors WHERE actor = 'Ana Ruiz'"
    ) == [("person", "PER", ["Ana Ruiz"], 5, 4, 4, 0, 1, 0, 1, date(2020, 1, 1), date(2021, 6, 15))]


def test_the_calendar_has_every_day_once_and_is_not_stretched_by_a_wrong_year(ask: Ask) -> None:
    first, last, days, distinct = ask(
        "SELECT min(date), max(date), count(*), count(DISTINCT date) FROM marts.dim_date"
    )[0]
    assert (first, last, days, distinct) == (date(2020, 1, 1), date(2021, 12, 31), 731, 731)
    assert ask("SELECT * EXCLUDE (month_name) FROM marts.dim_date WHERE date = DATE '2021-01-03'") == [
        (
            date(2021, 1, 3), 2021, 1, 1, 3, 3, 2020, 53, 7, "Sunday", True, date(2020, 12, 28), date(2021, 1, 1),
            date(2021, 1, 1), date(2021, 1, 1), date(2021, 1, 31), False, False,
        )
    ]  # fmt: skip
    assert ask("SELECT count(*) FROM marts.dim_date WHERE is_month_end") == [(24,)]


def test_a_source_has_its_articles_and_what_only_it_tells(ask: Ask) -> None:
    assert ask(
        "SELECT source, version_count, article_count, undated_count, article_with_event_count, event_count, "
        "sole_event_count, sole_event_share FROM marts.source_coverage ORDER BY source"
    ) == [("Other Wire", 2, 2, 0, 2, 4, 4, 1.0), ("Test Wire", 4, 3, 1, 1, 6, 6, 1.0)]


def test_quality_is_measured(ask: Ask) -> None:
    found = {
        measure: (value, total) for measure, value, total in ask("SELECT measure, value, total FROM marts.data_quality")
    }
    assert found["articles_superseded"] == (1, 6)
    assert found["articles_undated"] == (1, 5)
    assert found["articles_without_event"] == (2, 5)
    assert found["records_rejected"] == (1, 7)
    assert found["events_undated"] == (3, 10)
    assert found["events_in_no_month"] == (1, 10)
    assert found["events_without_place"] == (9, 9)
    assert found["events_disputed"] == (0, 10)
    assert found["events_of_one_source"] == (10, 10)
    assert found["actors_without_country"] == (1, 7)
    assert ask("SELECT count(*) FROM marts.data_quality WHERE share IS NULL OR share BETWEEN 0 AND 1") == [
        (len(found),)
    ]


def test_a_later_version_is_no_copy_of_the_article_itself(newsroom: Newsroom) -> None:
    lines = ("The rains came early to the coast.", *(f"Village {n} lost its bridge, its mill." for n in range(30)))
    first = QUIET.but(sentences=lines)
    newsroom.land("a", first)
    newsroom.land("b", first.but(sentences=(*lines, "The minister went there."), published=date(2021, 3, 13)))
    copied = "SELECT value, total FROM marts.data_quality WHERE measure = 'articles_copied'"
    with closing(duckdb.connect(str(newsroom.build()), read_only=True)) as db:
        assert db.execute("SELECT DISTINCT cluster_size FROM core.article").fetchall() == [(2,)]
        assert db.execute(copied).fetchall() == [(0, 1)]
    newsroom.land("c", first.but(source="Other Wire", source_id="other", published=date(2021, 3, 14)))
    with closing(duckdb.connect(str(newsroom.build()), read_only=True)) as db:
        assert db.execute(copied).fetchall() == [(1, 2)]


def test_an_empty_warehouse_has_views_without_rows_and_measures_of_nothing(newsroom: Newsroom) -> None:
    with closing(duckdb.connect(str(newsroom.build()), read_only=True)) as db:
        for view in MARTS:
            if view not in ("countries", "event_statuses", "data_quality", "publications", "freshness"):
                assert db.execute(f"SELECT count(*) FROM marts.{view}").fetchall() == [(0,)]
        assert db.execute("SELECT sum(value), count(share) FROM marts.data_quality").fetchall() == [(0, 0)]


def test_every_status_stands_in_the_table_of_statuses(ask: Ask) -> None:
    told = {(t, s, stage, realised, meaning) for t, s, stage, realised, meaning in ask("FROM marts.event_statuses")}
    assert told == {(t, s, *stage) for t, stages in STATUSES.items() for s, stage in stages.items()}


# Columns of a closed vocabulary, and the words that may be compared with them.
VOCABULARY: dict[str, type[StrEnum]] = {
    "event_type": EventType,
    "status": Status,
    "form": Form,
    "role": Role,
    "actor_kind": ActorKind,
    "published_basis": vocabulary.PublishedBasis,
    "date_precision": vocabulary.Precision,
    "date_basis": vocabulary.DateBasis,
}
SELECTS = [
    *(("core", name) for name in CORE),
    *(("marts", name) for name in MARTS),
    *(("macros", it.name) for it in (*CORE_MACROS.values(), *MACROS.values()) if not it.as_of),
]
_COMPARED = re.compile(rf"\b({'|'.join(VOCABULARY)})\s*(?:=|<>|(?:NOT\s+)?IN)\s*(\([^)]*\)|'[^']*')")


@pytest.mark.parametrize("schema,name", SELECTS)
def test_words_in_the_sql_are_words_of_the_vocabulary(schema: str, name: str) -> None:
    for column, words in _COMPARED.findall(statement(schema, name)):
        for word in re.findall(r"'([^']*)'", words):
            assert word in set(VOCABULARY[column]), f"{column} is never '{word}'"


def test_the_comparisons_in_the_sql_are_found() -> None:
    found = _COMPARED.findall(statement("core", "event"))
    assert ("role", "('mediator', 'host')") in found
    assert ("actor_kind", "'armed_group'") in found
