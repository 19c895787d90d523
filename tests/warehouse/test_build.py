"""What the lake holds is what the warehouse shows: rows, contract, offsets, comments, portability."""

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.warehouse.builder import BRUSSELS, CALLED, LASTED, LIMA, MET, QUIET, QUITO, Newsroom, Story
from tests.warehouse.conftest import Rows
from transforms.cleaning.offsets import to_raw
from transforms.records import CleanText, Event, Segment, WatchedSource
from transforms.vocabulary import LineKind
from warehouse.build import MERGED_BATCH, MERGED_STAGE, STORAGE_VERSION, WATCHED_BATCH, WATCHED_STAGE
from warehouse.checks import failures
from warehouse.macros import CORE_MACROS, MACROS
from warehouse.marts import LASTING
from warehouse.tables import CORE

# The public contract: the views and their columns, in order.
CONTRACT = {
    "events": "event_id, event_type, status, form, start_date, end_date, date_precision, date_text, date_basis, place, "
    "country_code, latitude, longitude, confidence, disputed, cameo_code, plover_event, plover_mode, summary, "
    "article_count, mention_count, first_published_at, last_published_at, effective_start, effective_end, "
    "independent_source_count",
    "event_participants": "event_id, actor_id, actor, actor_kind, country_code, role",
    "event_evidence": "event_id, article_event_id, article_id, source_id, url, published_at, sentence, trigger, "
    "sentence_start, sentence_end, trigger_start, trigger_end, raw_start, raw_end, rule, claimed_by, confidence",
    "article_events": "article_event_id, event_id, article_id, source_id, event_type, status, form, start_date, "
    "end_date, date_precision, place, participants, sentences, effective_start, effective_end, confidence",
    "articles": "article_id, text_id, source_id, source, url, title, language, published_at, published_date, "
    "published_earliest, published_latest, published_basis, text, cluster_id, superseded_by, published_likely, "
    "published_likely_share, published_method, published_conflict, author, published_from, "
    "cluster_first_article_id, cluster_first_published_at, cluster_size, similarity, exact_cluster_id, "
    "previous_version_id, sentences_added, sentences_removed, byline, dateline, known_at",
    "event_statuses": "event_type, status, stage, realised, meaning",
    "event_calendar": "event_id, event_type, status, stage, realised, start_date, end_date, days, day, week, month, "
    "quarter, year",
    "event_stages": "event_id, event_type, status, stage, realised, start_date, end_date, month, thread_id, "
    "previous_event_ids, next_event_ids",
    "event_links": "event_id, linked_event_id, kind, event_type, status, start_date, end_date, summary, linked_status, "
    "linked_start_date, linked_end_date, linked_summary, days_between",
    "event_timeline": "thread_id, position, thread_size, event_id, event_type, status, stage, realised, start_date, "
    "end_date, date_precision, place, country_code, summary, previous_event_id, next_event_id, "
    "days_since_previous, confidence, article_count, first_published_at",
    "event_actors": "event_id, participants, hosts, mediators, proposers, parties, violators, senders, targets, "
    "persons, states, organisations, armed_groups, countries, sender_countries, target_countries, target_kinds, "
    "participant_count, side_count",
    "meetings": "event_id, status, realised, form, start_date, end_date, date_precision, month, place, country_code, "
    "latitude, longitude, participants, hosts, mediators, persons, states, organisations, armed_groups, "
    "countries, participant_count, side_count, is_bilateral, thread_id, previous_event_ids, "
    "next_event_ids, summary, confidence, disputed, article_count, independent_source_count, "
    "mention_count, first_published_at, last_published_at, date_text, date_basis, cameo_code, "
    "plover_event, plover_mode",
    "ceasefires": "event_id, status, stage, realised, start_date, end_date, date_precision, month, place, "
    "country_code, latitude, longitude, participants, parties, proposers, mediators, violators, countries, "
    "participant_count, effective_start, effective_end, days_in_force, thread_id, previous_event_ids, "
    "next_event_ids, summary, confidence, disputed, article_count, independent_source_count, "
    "mention_count, first_published_at, last_published_at, date_text, date_basis, cameo_code, "
    "plover_event, plover_mode",
    "sanctions": "event_id, status, stage, realised, start_date, end_date, date_precision, month, participants, "
    "senders, targets, sender_countries, target_countries, target_kinds, participant_count, "
    "effective_start, effective_end, days_in_force, thread_id, previous_event_ids, next_event_ids, "
    "summary, confidence, disputed, article_count, independent_source_count, mention_count, "
    "first_published_at, last_published_at, date_text, date_basis, cameo_code, plover_event, plover_mode",
    "actors": "actor_id, actor, actor_kind, country_code, cameo_code, aliases, event_count, realised_count, "
    "meeting_count, ceasefire_count, sanctions_count, sanctions_sent_count, sanctions_received_count, "
    "first_event_date, last_event_date",
    "actor_pairs": "actor_id, actor, actor_kind, country_code, other_actor_id, other_actor, other_actor_kind, "
    "other_country_code, month, meeting_count, first_date, last_date, event_ids",
    "countries": "country_code, country, latitude, longitude, cameo_code",
    "country_pairs": "event_type, country_code, other_country_code, month, event_count, realised_count, first_date, "
    "last_date, event_ids",
    "dim_date": "date, year_number, quarter_number, month_number, month_name, day_of_month, day_of_year, iso_year, "
    "iso_week, weekday, weekday_name, is_weekend, week, month, quarter, year, month_end, is_month_start, "
    "is_month_end",
    "source_coverage": "source, version_count, article_count, copy_count, skipped_count, rejected_count, "
    "undated_count, undated_share, first_published_date, last_published_date, article_with_event_count, "
    "article_with_event_share, event_count, sole_event_count, sole_event_share",
    "data_quality": "measure, unit, value, total, share, meaning",
    "publications": "publication_id, published_at, run_id, version, commit, model, rules, batch_count, article_count, "
    "mention_count, event_count, rejected_count, previous_publication_id, hours_since_previous, batches_added, "
    "articles_added, mentions_added, events_added, rejected_added, model_changed, rules_changed",
    "freshness": "publication_id, run_id, version, commit, model, rules, published_at, hours_since_published, "
    "newest_article_published_at, hours_since_newest_article, newest_batch_landed_at, hours_since_newest_batch, "
    "batch_count, article_count, mention_count, event_count, rejected_count",
}
CONTRACT_TABLES = (
    "article, sentence, line, time_expression, actor, actor_alias, place, event, event_mention, article_event, "
    "event_participant, event_link, event_id_history, source, batch, rejected_record, publication, article_change, "
    "country"
)


def test_the_small_warehouse_breaks_no_check(small: Path) -> None:
    assert failures(small) == []


def test_rows_of_each_table(db: duckdb.DuckDBPyConnection) -> None:
    counts = {name: db.execute(f"SELECT count(*) FROM core.{name}").fetchall()[0][0] for name in CORE}
    assert counts == {
        "batch": 2,
        "article": 4,
        "sentence": 7,
        "line": 7,
        "time_expression": 3,
        "country": 250,  # the 249 of ISO 3166-1, and Kosovo
        "actor": 6,  # Ruiz, Mena, Peru, Ecuador, Chad, the EU
        "actor_alias": 6,
        "place": 1,
        "event": 3,
        "event_code": 64,  # 22 statuses, those 7 of meetings with 6 forms besides
        "event_participant": 8,  # the meeting has the two ministers and, from the other article, their states
        "event_link": 0,
        "event_thread": 3,
        "event_status": 22,
        "article_event": 4,
        "article_event_participant": 8,
        "event_mention": 5,
        "event_id_history": 0,
        "source": 2,
        "article_change": 0,
        "published_evidence": 0,
        "rejected_record": 1,
        "publication": 1,
    }


def test_the_counts_returned_are_those_of_the_publication(db: duckdb.DuckDBPyConnection) -> None:
    counted = db.execute(
        "SELECT batch_count, article_count, mention_count, event_count, rejected_count FROM core.publication"
    ).fetchall()
    assert counted == [(2, 4, 5, 3, 1)]


@pytest.mark.parametrize("view", CONTRACT)
def test_views_have_exactly_the_columns_of_the_contract(db: duckdb.DuckDBPyConnection, view: str) -> None:
    assert [name for name, *_ in db.execute(f"DESCRIBE marts.{view}").fetchall()] == CONTRACT[view].split(", ")


def test_tables_of_the_contract_are_there_and_no_other_views(db: duckdb.DuckDBPyConnection) -> None:
    names = "SELECT table_name FROM information_schema.tables WHERE table_schema = "
    assert {n for (n,) in db.execute(names + "'core'").fetchall()} >= set(CONTRACT_TABLES.split(", "))
    assert {n for (n,) in db.execute(names + "'marts'").fetchall()} == set(CONTRACT)


def test_one_meeting_told_by_two_articles_is_one_row(db: duckdb.DuckDBPyConnection) -> None:
    meeting = db.execute(
        "SELECT status, start_date, place, latitude, article_count, mention_count, first_published_at, "
        "last_published_at, cameo_code, plover_event, summary FROM marts.events WHERE event_type = 'meeting'"
    ).fetchall()
    first, last = datetime(2021, 3, 10, 12), datetime(2021, 3, 11, 12)
    summary = "meeting held: Ana Ruiz, Ecuador, José Mena, Peru @ Lima (2021-03-09)"
    code, root = meeting[0][8:10]
    assert meeting == [("held", date(2021, 3, 9), "Lima", -12.05, 2, 3, first, last, code, root, summary)]
    assert root == "CONSULT" and code.startswith("04")


def test_the_summary_of_sanctions_leads_from_sender_to_target(db: duckdb.DuckDBPyConnection) -> None:
    summaries = db.execute("SELECT summary FROM marts.events WHERE event_type = 'sanctions'").fetchall()
    assert summaries == [("sanctions imposed: European Union → Chad",)]


@pytest.mark.parametrize("view", ["events", "article_events"])
def test_the_days_in_force_arrive(db: duckdb.DuckDBPyConnection, view: str) -> None:
    told = db.execute(
        f"SELECT event_type, effective_start, effective_end FROM marts.{view} WHERE effective_end IS NOT NULL"
    ).fetchall()
    assert told == [("sanctions", None, date(2022, 3, 11))]


def test_participants_carry_actor_and_role(db: duckdb.DuckDBPyConnection) -> None:
    told = db.execute(
        "SELECT actor, actor_kind, who.country_code, role FROM marts.event_participants AS who "
        "JOIN marts.events USING (event_id) WHERE event_type = 'sanctions' ORDER BY role"
    ).fetchall()
    assert told == [("European Union", "organisation", None, "sender"), ("Chad", "state", "TCD", "target")]


def test_evidence_offsets_are_exact_behind_an_emoji(db: duckdb.DuckDBPyConnection) -> None:
    told = db.execute(
        "SELECT substring(a.text, sentence_start + 1, sentence_end - sentence_start), sentence, "
        "substring(a.text, trigger_start + 1, trigger_end - trigger_start), trigger, sentence_start, a.text "
        "FROM marts.event_evidence JOIN marts.articles AS a USING (article_id) WHERE a.source_id = 'lima-1' "
        "ORDER BY sentence_start"
    ).fetchall()
    assert [(by_sql, sentence) for by_sql, sentence, *_ in told] == [(s, s) for s in (MET, LASTED, CALLED)]
    assert [(by_sql, trigger) for _, _, by_sql, trigger, *_ in told] == [(t, t) for t in ("met", "talks", "ceasefire")]
    for _, sentence, _, _, start, text in told:  # SQL counts as Python does
        assert text[start : start + len(sentence)] == sentence


def test_article_events_show_what_one_article_says(db: duckdb.DuckDBPyConnection) -> None:
    told = db.execute(
        "SELECT source_id, participants, sentences FROM marts.article_events WHERE event_type = 'meeting' ORDER BY 1"
    ).fetchall()
    assert told == [
        ("lima-1", ["Ana Ruiz", "José Mena"], [MET, LASTED]),
        ("quito-1", ["Peru", "Ecuador"], [QUITO.sentences[0]]),
    ]


def test_raw_offsets_lead_through_a_map_that_shifts(newsroom: Newsroom, rows: Rows) -> None:
    # A line of navigation was cut before the text, and a damaged word mended within it.
    mended = CALLED.replace("Ecuador", "Écuador")
    raw = "MENU | HOME\n\n" + MET + "\n" + mended.replace("É", "Ã‰")
    text = MET + "\n" + mended
    mend, cut = text.find("É"), len("MENU | HOME\n\n")
    story = Story(
        "mended",
        (MET, mended),
        (replace(LIMA.told[1], mentions=((MET, "met"), (mended, "ceasefire"))),),
        raw=raw,
        segments=(
            Segment(start=0, end=mend, raw_start=cut, raw_end=cut + mend),
            Segment(start=mend, end=mend + 1, raw_start=cut + mend, raw_end=cut + mend + 2),
            Segment(start=mend + 1, end=len(text), raw_start=cut + mend + 2, raw_end=len(raw)),
        ),
    )
    newsroom.land("a", story)
    built = newsroom.build()
    found = rows(built, "SELECT sentence_start, sentence_end, raw_start, raw_end FROM marts.event_evidence ORDER BY 1")
    clean = story.clean_text()
    assert [(a, b) for _, _, a, b in found] == [to_raw(clean, int(str(a)), int(str(b))) for a, b, *_ in found]
    assert [raw[int(str(a)) : int(str(b))] for _, _, a, b in found] == [MET, mended.replace("É", "Ã‰")]
    assert failures(built) == []


def test_a_later_version_supersedes_an_article_which_stays_as_evidence(newsroom: Newsroom, rows: Rows) -> None:
    corrected = LIMA.but(published=date(2021, 3, 11), sentences=(*LIMA.sentences, "This story has been corrected."))
    newsroom.land("a", LIMA, QUITO)
    newsroom.land("b", corrected)
    built = newsroom.build()
    superseded = rows(built, "SELECT article_id, superseded_by FROM marts.articles WHERE superseded_by IS NOT NULL")
    assert superseded == [(LIMA.article_id, corrected.article_id)]
    counted = rows(built, "SELECT article_count, mention_count FROM marts.events WHERE event_type = 'meeting'")
    assert counted == [(2, 3)]  # the corrected article and the one from Quito
    evidence = "SELECT count(*) FROM marts.event_evidence WHERE article_id = "
    assert rows(built, f"{evidence}'{LIMA.article_id}'") == [(3,)]
    assert rows(built, "SELECT source, article_count FROM core.source ORDER BY 1") == [
        ("Other Wire", 1),
        ("Test Wire", 1),
    ]
    assert failures(built) == []


def test_the_same_id_at_another_source_supersedes_nothing(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", QUIET, QUIET.but(source="Other Wire", sentences=("The rains came late.",)))
    assert rows(newsroom.build(), "SELECT count(*) FROM marts.articles WHERE superseded_by IS NULL") == [(2,)]


def test_without_url_the_same_id_at_the_same_source_supersedes(newsroom: Newsroom, rows: Rows) -> None:
    later = QUIET.but(sentences=("The rains came late.",), published=date(2021, 3, 13))
    newsroom.land("a", later, QUIET)
    found = rows(newsroom.build(), "SELECT superseded_by FROM marts.articles ORDER BY published_at")
    assert found == [(later.article_id,), (None,)]


def test_equal_texts_at_two_sources_share_a_cluster(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", QUIET)
    newsroom.land("b", QUIET.but(source="Other Wire"))  # its text is cleaned in both batches
    built = newsroom.build()
    assert rows(built, "SELECT count(*), count(DISTINCT cluster_id) FROM marts.articles") == [(2, 1)]
    assert rows(built, "SELECT count(*) FROM core.sentence") == [(2,)]
    assert failures(built) == []


def test_an_empty_lake_gives_an_empty_warehouse(newsroom: Newsroom, rows: Rows) -> None:
    built = newsroom.build()
    assert rows(built, "SELECT count(*) FROM marts.events") == [(0,)]
    assert failures(built) == []


def test_the_order_in_which_batches_are_listed_does_not_matter(newsroom: Newsroom, tmp_path: Path, rows: Rows) -> None:
    other = Newsroom(tmp_path / "other")
    newsroom.land("a", LIMA, QUITO)
    newsroom.land("b", BRUSSELS)
    other.land("b", BRUSSELS)
    other.land("a", QUITO, LIMA)
    one, two = newsroom.build(), other.build()
    for view in LASTING:
        sql = f"SELECT * FROM marts.{view} ORDER BY ALL"
        assert rows(one, sql) == rows(two, sql)


def _refile(path: Path, change: str) -> None:
    """Rewrites a lake file with a column more or less, as an older or newer version of the code would have made it."""
    table = pq.read_table(path, partitioning=None)
    if change == "more":
        table = table.append_column("mood", pa.array(["sombre"] * table.num_rows))
    else:
        table = table.drop_columns([change])
    pq.write_table(table, path)


def test_a_column_that_only_some_files_have_is_read_by_name(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    newsroom.land("b", BRUSSELS)
    _refile(newsroom.lake.path("raw_articles", "a"), "more")
    _refile(newsroom.lake.path("raw_articles", "b"), "title")
    built = newsroom.build()
    found = rows(built, "SELECT source_id, title FROM marts.articles ORDER BY 1")
    assert found == [("brussels-1", None), ("lima-1", None)]
    assert failures(built) == []


def test_a_column_that_no_file_has_yet_is_null(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    _refile(newsroom.lake.path("raw_articles", "a"), "title")
    assert rows(newsroom.build(), "SELECT title FROM marts.articles") == [(None,)]


def test_a_clean_text_from_before_byline_and_dateline_has_none(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", QUIET.but(byline="Jane Doe", dateline="OSLO"))
    newsroom.land("b", BRUSSELS.but(byline="John Doe"))
    for column in ("byline", "dateline"):
        _refile(newsroom.lake.path("clean_articles", "b"), column)
    built = newsroom.build()
    found = rows(built, "SELECT source_id, byline, dateline FROM marts.articles ORDER BY 1")
    assert found == [("brussels-1", None, None), ("quiet-1", "Jane Doe", "OSLO")]
    assert [text.byline for text in newsroom.lake.read("clean_articles", "b", CleanText)] == [None]
    assert failures(built) == []


def test_a_label_and_its_reason_are_seen_by_line(newsroom: Newsroom, rows: Rows) -> None:
    appeal = "Sign up for our newsletter 🕊"
    story = QUIET.but(
        sentences=(*QUIET.sentences, appeal, "They stayed."), labels={appeal: (LineKind.BOILERPLATE, "newsletter")}
    )
    newsroom.land("a", story)
    built = newsroom.build()
    found = rows(
        built,
        "SELECT ordinal, kind, reason, substring(text, line_start + 1, line_end - line_start) FROM core.line "
        "JOIN marts.articles USING (article_id) ORDER BY ordinal",
    )
    assert found == [
        (0, "content", None, QUIET.sentences[0]),
        (1, "boilerplate", "newsletter", appeal),
        (2, "content", None, "They stayed."),
    ]
    assert failures(built) == []


def test_tables_views_and_columns_all_have_comments(db: duckdb.DuckDBPyConnection) -> None:
    bare = db.execute(
        """SELECT table_name FROM duckdb_tables() WHERE schema_name = 'core' AND coalesce(comment, '') = ''
        UNION ALL
        SELECT view_name FROM duckdb_views() WHERE schema_name = 'marts' AND coalesce(comment, '') = ''
        UNION ALL
        SELECT table_name || '.' || column_name FROM duckdb_columns()
        WHERE schema_name IN ('core', 'marts') AND coalesce(comment, '') = ''"""
    ).fetchall()
    assert bare == []


def test_comments_say_unit_and_accepted_values(db: duckdb.DuckDBPyConnection) -> None:
    comments = dict(
        db.execute(
            "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'marts' AND table_name = 'events'"
        ).fetchall()
    )
    assert "degrees" in comments["latitude"]
    assert "One of: meeting (two or more political actors talk to each other" in comments["event_type"]
    assert "in_effect (ceasefire: it began or holds)" in comments["status"]
    assert "rejected (meeting: it was refused; ceasefire: it was refused; sanctions: " in comments["status"]


def test_comments_say_what_names_a_row_and_where_a_column_leads(db: duckdb.DuckDBPyConnection) -> None:
    comments = dict(
        db.execute(
            "SELECT schema_name || '.' || table_name || '.' || column_name, comment FROM duckdb_columns() "
            "WHERE column_name = 'event_id'"
        ).fetchall()
    )
    assert comments["marts.events.event_id"].endswith(". Key")
    assert comments["core.event_link.event_id"].endswith(
        ". Leads to core.event.event_id. Key, together with linked_event_id"
    )
    assert comments["marts.article_events.event_id"].endswith(". Leads to core.event.event_id")


def test_the_file_opens_under_another_name_and_path(small: Path, tmp_path: Path, rows: Rows) -> None:
    moved = tmp_path / "elsewhere" / "copy of it.db"
    moved.parent.mkdir()
    shutil.copy(small, moved)
    for view in LASTING:
        assert rows(moved, f"SELECT * FROM marts.{view} ORDER BY ALL") == rows(
            small, f"SELECT * FROM marts.{view} ORDER BY ALL"
        )
    with closing(duckdb.connect(":memory:")) as other:
        other.execute(f"ATTACH '{moved}' AS dip (READ_ONLY)")
        assert other.execute("SELECT count(*) FROM dip.marts.event_evidence").fetchall() == [(5,)]
        assert other.execute("SELECT count(*) FROM dip.marts.events").fetchall() == [(3,)]
        other.execute("USE dip")  # macros find their tables in the database in use
        assert other.execute("SELECT count(*) FROM marts.events_as_of('2022-01-01')").fetchall() == [(3,)]


def test_nothing_of_the_build_is_left_in_the_file(db: duckdb.DuckDBPyConnection, small: Path) -> None:
    schemas = db.execute(
        "SELECT schema_name FROM duckdb_tables() UNION SELECT schema_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    assert {name for (name,) in schemas} == {"core", "marts"}
    published = db.execute(
        "SELECT schema_name || '.' || function_name FROM duckdb_functions() WHERE database_name = current_database()"
    ).fetchall()
    macros = (*CORE_MACROS.values(), *MACROS.values())
    assert sorted(name for (name,) in published) == sorted(f"{it.schema}.{it.name}" for it in macros)
    assert str(small.parent).encode() not in small.read_bytes()
    assert not small.with_name(small.name + ".wal").exists()


def test_the_file_has_the_storage_version_that_older_drivers_read(db: duckdb.DuckDBPyConnection) -> None:
    (tags,) = db.execute("SELECT tags FROM duckdb_databases() WHERE database_name = current_database()").fetchall()[0]
    assert tags["storage_version"].rstrip("+") == STORAGE_VERSION == "v1.2.0"


def test_a_log_left_by_a_killed_build_is_no_hindrance(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    (newsroom.root / "warehouse.duckdb.wal").write_bytes(b"half a record of a build that was killed")
    assert rows(newsroom.build(name="warehouse.duckdb"), "SELECT count(*) FROM marts.articles") == [(1,)]


def test_the_target_must_not_exist(newsroom: Newsroom) -> None:
    newsroom.land("a", LIMA)
    newsroom.build(name="warehouse.duckdb")
    with pytest.raises(duckdb.Error):
        newsroom.build(name="warehouse.duckdb")


def test_a_home_with_a_quote_in_its_name(tmp_path: Path, rows: Rows) -> None:
    newsroom = Newsroom(tmp_path / "analyst's home")
    newsroom.land("a", LIMA)
    first = newsroom.build()
    assert rows(newsroom.build(first), "SELECT count(*) FROM marts.articles") == [(1,)]


def test_places_are_one_row_each(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA, LIMA.but(source_id="lima-2", url=None, source="Third Wire"))
    built = newsroom.build()
    assert rows(built, "SELECT place, country_code, latitude FROM core.place") == [("Lima", "PER", -12.05)]
    assert rows(built, "SELECT count(*) FROM core.event JOIN core.place USING (place_id)") == [(1,)]


def test_later_stages_become_links(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA, QUITO)
    newsroom.build()
    events = newsroom.lake.read(MERGED_STAGE, MERGED_BATCH, Event)
    meeting, truce = (next(e for e in events if e.event_type == kind) for kind in ("meeting", "ceasefire"))
    linked = [meeting.model_copy(update={"later_stages": [truce.event_id]}), truce]
    newsroom.write(MERGED_STAGE, MERGED_BATCH, Event, linked)
    built = newsroom.build_only()
    assert rows(built, "SELECT * FROM core.event_link") == [(meeting.event_id, truce.event_id, "stage")]


def test_the_record_s_own_keys_are_kept_as_json(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", QUIET)
    article = newsroom.stories["a"][0].raw_article().model_copy(update={"extra": '{"desk": "Küste"}'})
    newsroom.write("raw_articles", "a", type(article), [article])
    assert json.loads(str(rows(newsroom.build(), "SELECT extra FROM core.article")[0][0])) == {"desk": "Küste"}


def test_a_source_carries_what_the_sources_file_says_of_it(newsroom: Newsroom, rows: Rows) -> None:
    described = [
        WatchedSource(watched="Dump", source="Test Wire", address="dump", licence="by mail"),
        WatchedSource(watched="Feed", source="Test Wire", address="https://wire.test/", language="en"),
    ]
    newsroom.land("a", LIMA, QUITO)
    newsroom.lake.write(WATCHED_STAGE, WATCHED_BATCH, WatchedSource, described, fingerprint="landed")
    assert rows(
        newsroom.build(), "SELECT source, address, licence, language, timezone FROM core.source ORDER BY 1"
    ) == [
        ("Other Wire", None, None, None, None),
        ("Test Wire", "dump", "by mail", None, None),  # the first by name, and never a mixture
    ]
