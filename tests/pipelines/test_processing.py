"""Staleness: what is current is left alone, what a change touches is made anew, and nothing is parsed twice."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest

from pipelines import land, processing, settings
from pipelines import stage as stage_module
from pipelines.engine import ProcessEngine, SerialEngine
from pipelines.recipe import ingredients, recipe
from pipelines.stage import Stage
from pipelines.stages import CLEAN, DATES, MENTIONS, PARSES, STAGES
from tests.pipelines.support import copied_project, parley_apart, story, write_stories
from transforms.records import ArticleMentions, CleanText, ParsedText


@pytest.fixture
def lake_home(home: Path, tmp_path: Path) -> settings.Home:
    """A home with three landed batches that every stage has seen."""
    place = settings.home(home)
    place.prepare()
    land.land(place, [write_stories(tmp_path / "stories.jsonl", range(3))], settings.sources(), batch_size=1)
    for stage in STAGES:
        processing.run_stage(stage, place.lake, place.lake.batches(land.RAW))
    return place


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that were parsed since the test began."""
    from transforms import language

    asked: list[str] = []
    nlp = language.load()

    class Counting:
        def pipe(self, texts: list[str], batch_size: int) -> object:
            asked.extend(texts)
            return nlp.pipe(texts, batch_size=batch_size)

    monkeypatch.setattr(language, "load", lambda _=None: Counting())
    return asked


def test_current_files_are_left_alone(lake_home: settings.Home) -> None:
    batches = lake_home.lake.batches(land.RAW)
    assert len(batches) == 3
    assert processing.stale(lake_home.lake, batches) == []
    for stage in STAGES:
        assert not any(outcome.computed for outcome in processing.run_stage(stage, lake_home.lake, batches))


def test_a_change_that_alters_no_result_stops_there(lake_home: settings.Home, monkeypatch: pytest.MonkeyPatch) -> None:
    batches = lake_home.lake.batches(land.RAW)
    current = stage_module.code_version
    monkeypatch.setattr(stage_module, "code_version", lambda stage: "new" if stage is CLEAN else current(stage))
    assert processing.stale(lake_home.lake, batches) == batches
    assert all(o.computed for o in processing.run_stage(CLEAN, lake_home.lake, batches))
    for stage in (DATES, PARSES, MENTIONS):
        assert not any(o.computed for o in processing.run_stage(stage, lake_home.lake, batches)), stage.name


def test_files_that_do_not_fit_together_are_not_processed(lake_home: settings.Home) -> None:
    lake, batches = lake_home.lake, lake_home.lake.batches(land.RAW)
    rows = lake.read(CLEAN.name, batches[0], CleanText)
    other = [row.model_copy(update={"language": "fr"}) for row in rows]
    stamp = lake.stamp(CLEAN.name, batches[0])
    assert stamp is not None
    lake.write(CLEAN.name, batches[0], CleanText, other, fingerprint=stamp.fingerprint, facts=stamp.facts)
    assert processing.processed(lake) == set(batches[1:])
    assert processing.unprocessed(lake, batches) == batches[:1]


def test_a_changed_gate_parses_only_what_is_new(
    lake_home: settings.Home, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from transforms.events import admitting

    lake, batches = lake_home.lake, lake_home.lake.batches(land.RAW)
    current, telling, context = stage_module.code_version, admitting.telling, admitting.context
    monkeypatch.setattr(stage_module, "code_version", lambda stage: "one" if stage is PARSES else current(stage))
    processing.run_stage(PARSES, lake, batches)
    assert parsed == [], "the same sentences are not parsed again"
    monkeypatch.setattr(stage_module, "code_version", lambda stage: "two" if stage is PARSES else current(stage))
    monkeypatch.setattr(admitting, "telling", lambda clean: set(sorted(telling(clean))[:1]))
    monkeypatch.setattr(admitting, "context", lambda *_: set())
    processing.run_stage(PARSES, lake, batches)
    assert parsed == []
    monkeypatch.setattr(stage_module, "code_version", lambda stage: "three" if stage is PARSES else current(stage))
    monkeypatch.setattr(admitting, "telling", telling)
    monkeypatch.setattr(admitting, "context", context)
    processing.run_stage(PARSES, lake, batches)
    rows = [row for batch in batches for row in lake.read(PARSES.name, batch, ParsedText)]
    assert len(parsed) == sum(len(row.sentences) - 1 for row in rows)


def processed_home(root: Path, *batches: list[dict[str, str]]) -> settings.Home:
    """A home in which these records landed, a batch each time, and every stage saw each batch as it came."""
    place = settings.home(root)
    place.prepare()
    for number, records in enumerate(batches):
        file = root.parent / f"{root.name}-{number}.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        for batch in land.land(place, [file], settings.sources(), batch_size=10).batches:
            for stage in STAGES:
                processing.run_stage(stage, place.lake, [batch])
    return place


def contents(place: settings.Home) -> dict[tuple[str, str], str]:
    """Hash of what each file of the stages holds."""
    lake = place.lake
    stamps = {(s.name, batch): lake.stamp(s.name, batch) for s in STAGES for batch in lake.batches(s.name)}
    return {key: stamp.content for key, stamp in stamps.items() if stamp}


def test_a_text_is_parsed_once_in_whatever_batch_it_comes(home: Path, tmp_path: Path, parsed: list[str]) -> None:
    wire, other = story(0), story(1)
    copy = wire | {"source": "The Ledger", "id": "ledger-1", "published_at": "2021-03-04"}
    both = processed_home(home, [wire, other], [copy])
    assert len(parsed) == len(set(parsed)) > 0, "the copy's sentences were not parsed again"
    times = len(parsed)
    alone = processed_home(tmp_path / "alone", [copy])
    assert len(parsed) > times, "alone there is nothing to take over"
    assert contents(alone).items() <= contents(both).items(), "taken over or made anew: the same"


def test_equal_texts_of_one_day_are_extracted_once_in_a_batch(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import transforms.events as events

    wire = story(0)
    copies = [wire, *(wire | {"source": paper, "id": paper} for paper in ("Ledger", "Herald"))]
    later = wire | {"source": "Echo", "published_at": "2021-03-20"}
    extract, read = events.extract, []
    monkeypatch.setattr(events, "extract", lambda key, *rest: read.append(key) or extract(key, *rest))  # type: ignore[func-returns-value]
    together = processed_home(home, [*copies, later])
    assert len(read) == 2, "once for each day of publication"
    apart = processed_home(tmp_path / "apart", *([record] for record in [*copies, later]))

    def told(place: settings.Home) -> dict[str, ArticleMentions]:
        rows = (
            r for b in place.lake.batches(MENTIONS.name) for r in place.lake.read(MENTIONS.name, b, ArticleMentions)
        )
        return {row.article_id: row for row in rows}

    assert told(together) == told(apart)
    assert all(row.mentions for row in told(together).values())


@pytest.mark.parametrize("stages", [STAGES[:4], pytest.param(STAGES, marks=pytest.mark.slow)], ids=["cheap", "all"])
def test_workers_make_the_files_that_one_process_makes(stages: Sequence[Stage], home: Path, tmp_path: Path) -> None:
    """Over several batches, and over one that is divided; with copies, which belong to one part."""
    records = [story(n) for n in range(22)] + [story(n) | {"id": f"copy-{n}", "source": "Echo"} for n in range(3)]
    file = tmp_path / "stories.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    with ProcessEngine(2) as processes:
        for size in (3, 100):
            made = []
            for name, engine in (("alone", SerialEngine()), ("together", processes)):
                place = settings.home(home / f"{name}-{size}")
                batches = land.land(place, [file], settings.sources(), size).batches
                for stage in stages:
                    outcomes = processing.run_stage(stage, place.lake, batches, engine=engine, least_part=10)
                    assert sorted(o.batch for o in outcomes if o.computed) == sorted(batches)
                made.append({(s.name, batch): place.lake.stamp(s.name, batch) for s in stages for batch in batches})
                assert not list(place.lake.root.glob(".tmp-*"))
            assert made[0] == made[1]


def test_every_reference_table_is_an_ingredient_of_something() -> None:
    entries = [stage.entries for stage in STAGES]
    entries += [("transforms.duplicates.clusters",), ("transforms.events.codes",), ("transforms.evaluation",)]
    named = {table for entry in entries for table in ingredients(entry)[1]}
    # What landing reads makes nothing stale: what has landed is not read again.
    named |= {"field_names.csv", "page_dates.csv", "page_words.csv", "secret_names.csv"}
    there = {file.name for file in (files("seeds") / "reference").iterdir() if file.name.endswith((".csv", ".yaml"))}
    assert there - named == set(), "no stage would notice a change of these"
    assert named - there == set()


def test_a_recipe_reaches_what_is_imported_and_no_more() -> None:
    modules, tables = ingredients(DATES.entries)
    assert "transforms.dates.calendar" in modules
    assert not any(module.startswith(("transforms.events", "transforms.actors")) for module in modules)
    inferred_from = {"publication_model.yaml", "publication_words.yaml", "terms_of_office.csv", "world_events.csv"}
    assert {table for table in tables if not table.startswith("dates_")} == inferred_from
    assert recipe(DATES.entries) != recipe(CLEAN.entries)
    with pytest.raises(ModuleNotFoundError):
        ingredients(("transforms.no_such_module",))


@pytest.mark.slow
def test_refresh_after_a_changed_rule_dates_anew_and_parses_nothing(tmp_path: Path) -> None:
    project, home = copied_project(tmp_path / "project"), tmp_path / "home"
    source = write_stories(tmp_path / "stories.jsonl", range(3))
    text = "Peru's president met Chile's president in Lima on Lantern Day."
    with source.open("a") as more:
        more.write(json.dumps({"id": "h", "published_at": "2021-06-20", "text": text}) + "\n")
    run = ("run", str(source), "--home", str(home))
    extra = {"PARLEY_BATCH_SIZE": "2", "PYTHONPATH": str(project)}
    assert parley_apart(*run, cwd=project, **extra).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (home / "lake").rglob("*.parquet")}
    with (project / "seeds" / "reference" / "dates_holidays.csv").open("a", encoding="utf-8") as holidays:
        holidays.write("Lantern Day,fixed,6,15,,,1\n")
    done = parley_apart(*run, cwd=project, **extra)
    assert "made by older code" in done.stderr
    assert "nothing new" in done.stdout
    done = parley_apart(*run, "--refresh", cwd=project, **extra)
    assert done.returncode == 0, done.stderr
    changed = {path.parent.name for path, written in before.items() if path.stat().st_mtime_ns != written}
    assert changed == {"time_expressions", "event_mentions", "judged_pairs", "article_clusters", "events"}
    shown = parley_apart(
        "sql",
        "SELECT start_date FROM marts.article_events WHERE source_id = 'h'",
        "--home",
        str(home),
        "--format",
        "csv",
        cwd=project,
        **extra,
    )
    assert "2021-06-15" in shown.stdout
