"""The sample articles that a lake for measuring is made of, taken through the stages, and told of other countries.

How they are copied, dated and written as batches does not belong here (`lake.py`).
"""

import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.common import samples
from pipelines.land import RAW
from pipelines.processing import run_stage
from pipelines.stages import MENTIONS, STAGES
from transforms.countries import all_countries
from transforms.events.merge import Account, merge
from transforms.identity import cluster_id, digest, text_id
from transforms.records import ArticleMentions, RawArticle, Record
from transforms.vocabulary import ActorKind, Precision
from warehouse.columns import arrow_schema
from warehouse.lake import Lake

FEWEST = 10  # mentions in a sample article that is copied: the others would make a lake of more articles
FIRST_DAY = date(1995, 1, 1)  # of the years that the lake tells of
LANDED = datetime(2026, 1, 1)
MARK = "0000000"  # the number of an article's text; every number is as long, so that no offset changes


def _processed(lake: Lake) -> list[RawArticle]:
    """The sample articles, each with a line for its number, taken through all stages."""
    marked = []
    for raw in samples():
        text = f"{raw.text}\nWire copy number {MARK}."
        marked.append(raw.model_copy(update={"text": text, "text_id": text_id(text), "cluster_id": cluster_id(text)}))
    facts = {"landed_at": LANDED.isoformat(), "sequence": 0}
    lake.write(RAW, "samples", RawArticle, marked, fingerprint="landed", facts=facts)
    for stage in STAGES:
        run_stage(stage, lake, ["samples"])
    return marked


def prepare(db: duckdb.DuckDBPyConnection, mentions: int) -> list[ArticleMentions]:
    """Makes tables with the rows of the samples, numbered `s`, named after the stages, for a lake of so many mentions;
    returns what each of them tells, ids being numbers.

    In the table of mentions every sample stands once in each world, numbered `o`.
    """
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        raws = {raw.article_id: raw for raw in _processed(lake)}
        read = lake.read(MENTIONS.name, "samples", ArticleMentions)
        told = [row for row in read if len(row.mentions) >= FEWEST and _can_be_moved(row)]
        numbers = {row.article_id: s for s, row in enumerate(told)}
        numbers |= {raws[key].text_id: s for key, s in numbers.items()}
        for name, record in ((RAW, RawArticle), *((stage.name, stage.record) for stage in STAGES[:-1])):
            rows = lake.table(name, "samples", arrow_schema(record).names).to_pylist()
            key = "article_id" if "article_id" in record.model_fields else "text_id"
            kept = [{"s": numbers[row[key]], **row} for row in rows if row[key] in numbers]
            register(db, name, record, kept, {"s": pa.int64()})
    numbered = [_numbered(row) for row in told]
    worlds = min(len(all_countries()), max(1, mentions // 4_000))
    varied = [{"s": s, "o": o, **_varied(row, o)} for s, row in enumerate(numbered) for o in range(worlds)]
    register(db, MENTIONS.name, ArticleMentions, varied, {"s": pa.int64(), "o": pa.int64()})
    return numbered


def register(
    db: duckdb.DuckDBPyConnection,
    name: str,
    record: type[Record],
    rows: list[dict[str, Any]],
    more: Mapping[str, pa.DataType],
) -> None:
    """Makes a table of rows, with more columns than those of their record."""
    schema = pa.schema([*((key, kind) for key, kind in more.items()), *arrow_schema(record)])
    db.register("given", pa.Table.from_pylist(rows, schema))
    db.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    db.unregister("given")


def _can_be_moved(told: ArticleMentions) -> bool:
    """Whether no stage of a thing in it is dated by a month, and another by days: a month moves by months, so that
    the two would come to lie otherwise to each other, and to be stages no more."""
    known = datetime.combine(FIRST_DAY, datetime.min.time())
    accounts = {e.article_event_id: e for e in told.events}
    events = {e.event_id: e for e in merge([Account(e, told.article_id, FIRST_DAY, known) for e in told.events])}
    by_month = {
        key: any(accounts[member].date_precision == Precision.MONTH for member in event.article_event_ids)
        for key, event in events.items()
    }
    return not any(by_month[key] or by_month[later] for key, event in events.items() for later in event.later_stages)


def _numbered(told: ArticleMentions) -> ArticleMentions:
    """The same with the places of its mentions and events as their ids."""
    places = {event.article_event_id: str(place) for place, event in enumerate(told.events)}
    return told.model_copy(
        update={
            "mentions": [
                m.model_copy(update={"mention_id": str(i), "article_event_id": places[m.article_event_id]})
                for i, m in enumerate(told.mentions)
            ],
            "events": [e.model_copy(update={"article_event_id": places[e.article_event_id]}) for e in told.events],
        }
    )


def _varied(told: ArticleMentions, world: int) -> dict[str, Any]:
    """The row with every country replaced by the one so many places further on in the table, and with it who is of it
    and what lies in it; who is no state gets a name of that world."""
    countries = all_countries()
    places = {country.country_code: place for place, country in enumerate(countries)}

    def another(code: str | None) -> Any:
        return None if code is None else countries[(places[code] + world) % len(countries)]

    def actor(participant: dict[str, Any]) -> dict[str, Any]:
        country = another(participant["country_code"])
        code = country.country_code if country else None
        if participant["kind"] == ActorKind.STATE and country:
            name = key = country.country
            cameo = country.cameo_code
        else:
            name, key, cameo = (
                f"{participant['canonical']} {world}",
                f"{participant['actor_id']}:{world}",
                participant["cameo_code"],
            )
        names = {"actor_id": digest("actor", participant["kind"], key), "name": name, "canonical": name}
        return {**participant, **names, "country_code": code, "cameo_code": cameo}

    def event(row: dict[str, Any]) -> dict[str, Any]:
        country = another(row["country_code"])
        where: dict[str, Any] = {"country_code": country.country_code} if country else {}
        if country and row["latitude"] is not None:
            where |= {"latitude": country.latitude, "longitude": country.longitude}
        return {**row, **where, "participants": [actor(p) for p in row["participants"]]}

    row = told.model_dump(mode="python")
    return {**row, "mentions": [event(m) for m in row["mentions"]], "events": [event(e) for e in row["events"]]}
