"""The data dictionary page, made from the tables, the views and the vocabulary. Nothing is described here but the
conventions that hold for all of them.

`python -m warehouse.dictionary docs/dictionary.md` writes it.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from transforms import vocabulary
from transforms.vocabulary import STATUSES, Word
from warehouse.atomic import replacing
from warehouse.build import view_columns
from warehouse.columns import Column
from warehouse.macros import MACROS, Macro
from warehouse.marts import MARTS
from warehouse.tables import CORE, Table
from warehouse.views import View

# The vocabularies, in the order in which a reader of the page meets them; statuses have a section of their own.
_WORDS: tuple[tuple[str, type[Word]], ...] = (
    ("event_type", vocabulary.EventType),
    ("form", vocabulary.Form),
    ("role", vocabulary.Role),
    ("actor_kind", vocabulary.ActorKind),
    ("date_precision", vocabulary.Precision),
    ("date_basis", vocabulary.DateBasis),
    ("published_basis", vocabulary.PublishedBasis),
    ("kind of a line or sentence", vocabulary.LineKind),
    ("type of a time expression", vocabulary.TimexType),
    ("anchor of a time expression", vocabulary.Anchor),
    ("kind of evidence of publication", vocabulary.EvidenceKind),
)


def page() -> str:
    """The page, in Markdown."""
    types = view_columns()
    parts = [
        (files("warehouse") / "dictionary.md").read_text(encoding="utf-8").rstrip(),
        "\n".join(_diagram()),
        "## The words\n\n" + "\n\n".join(_statuses()),
        "\n\n".join(_words()),
        "## The views: schema `marts`",
        "\n".join(_index("marts", MARTS.values())),
        *("\n".join(_view(view, types[view.name])) for view in MARTS.values()),
        "## The macros: schema `marts`\n\nThey are called like functions, within the file or as `NAME.marts.…` where "
        "it is attached.",
        *("\n".join(_macro(it)) for it in MACROS.values()),
        "## The tables: schema `core`",
        "\n".join(_index("core", CORE.values())),
        *("\n".join(_table(table)) for table in CORE.values()),
    ]
    return "\n\n".join(parts) + "\n"


def _diagram() -> Iterator[str]:
    """Which table leads to which, as an entity diagram of Mermaid."""
    yield "```mermaid"
    yield "erDiagram"
    for table in CORE.values():
        for c in table.columns:
            if c.references:
                other = c.references.split(".")[0]
                lines = "|o--o{" if c.nullable else "||--o{"
                yield f"    {other} {lines} {table.name} : {c.name}"
    yield "```"


def _statuses() -> Iterator[str]:
    yield (
        "### `status`\n\nWhat has become of the event, as far as its articles say. `stage` orders the stages of one "
        "thing; `realised` tells what came about from what was only asked for, planned, threatened, refused or called "
        "off. The same stands in `marts.event_statuses`."
    )
    for event_type, stages in STATUSES.items():
        rows = [f"| status of a {event_type} | stage | realised | meaning |", "| --- | --- | --- | --- |"]
        for status, stage in sorted(stages.items(), key=lambda item: (item[1].rank, item[0])):
            rows.append(f"| `{status}` | {stage.rank} | {'yes' if stage.realised else 'no'} | {stage.meaning} |")
        yield "\n".join(rows).replace("status of a sanctions", "status of sanctions")


def _words() -> Iterator[str]:
    for name, words in _WORDS:
        title = f"`{name}`" if " " not in name else name[0].upper() + name[1:]
        rows = [f"### {title}", "", "| value | meaning |", "| --- | --- |"]
        rows += [f"| `{word}` | {word.meaning} |" for word in words]
        yield "\n".join(rows)


def _index(schema: str, things: Iterable[Table | View]) -> Iterator[str]:
    yield "| name | a row is |"
    yield "| --- | --- |"
    for thing in things:
        yield f"| [`{thing.name}`](#{schema}{thing.name}) | {_lowered(thing.description)} |"


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _view(view: View, types: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"### marts.{view.name}"
    yield ""
    yield f"**One row:** {_lowered(view.description)}. **Key:** {_key(view.key)}."
    if view.about:
        yield ""
        yield view.about
    yield from _columns([view.column(name).but(sql_type=sql_type) for name, sql_type in types])


def _table(table: Table) -> Iterator[str]:
    yield f"### core.{table.name}"
    yield ""
    yield f"**One row:** {_lowered(table.description)}. **Key:** {_key(table.key)}."
    yield from _columns(table.columns)


def _macro(it: Macro) -> Iterator[str]:
    yield f"### {it.signature}"
    yield ""
    yield f"**Gives {'a table' if it.kind == 'table' else 'a value'}:** {_lowered(it.description)}."
    if it.like and not it.own:
        yield f"Its columns are those of [`marts.{it.like}`](#marts{it.like})."
    yield ""
    yield "| parameter | type | meaning |"
    yield "| --- | --- | --- |"
    for name, sql_type, meaning in it.parameters:
        yield f"| `{name}` | {sql_type} | {meaning} |"
    if it.own:
        yield ""
        yield f"| column, beside those of `marts.{it.like}` | meaning |"
        yield "| --- | --- |"
        for name, meaning in it.own.items():
            yield f"| `{name}` | {meaning} |"
    if it.example:
        yield ""
        yield f"```sql\n{it.example};\n```"


def _key(key: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in key) or "none"


def _columns(columns: Sequence[Column]) -> Iterator[str]:
    yield ""
    yield "| column | type | null | meaning |"
    yield "| --- | --- | --- | --- |"
    for c in columns:
        yield f"| `{c.name}` | {c.sql_type} | {'yes' if c.nullable else 'no'} | {_meaning(c)} |"


def _meaning(c: Column) -> str:
    parts = [c.description.rstrip(".")]
    if c.unit:
        parts.append(f"Unit: {c.unit}")
    if c.sql_type != "DATE" and (c.minimum is not None or c.maximum is not None):  # a day's bounds are only sane
        ends = (
            "" if c.minimum is None else f"at least {c.minimum}",
            "" if c.maximum is None else f"at most {c.maximum}",
        )
        parts.append(" and ".join(end for end in ends if end).capitalize())
    if c.values:
        parts.append("One of: " + ", ".join(f"`{value}`" for value in c.values))
    if c.references:
        parts.append(f"Leads to `core.{c.references}`")
    return ". ".join(parts).replace("|", "\\|")


if __name__ == "__main__":
    with replacing(Path(sys.argv[1])) as temporary:
        temporary.write_text(page(), encoding="utf-8")
