"""A warehouse whose news is hostile: markup, scripts and addresses in every text that comes from outside."""

import shutil
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.event_columns import SHOWN

# Each sets `window.ran` where a page makes more of it than text.
MARKUP = (
    "<img src=x onerror=\"window.ran='img'\">",
    "<script>window.ran='script'</script>",
    '"><svg onload="window.ran=\'svg\'"><b class="planted">',
    "</div></td></table><b class='planted'>bold</b>",
    "<a class=planted href=\"javascript:window.ran='link'\">press</a>",
    "'-(window.ran='quote')-' {{constructor.constructor('window.ran=1')()}} ${window.ran='template'}",
    '<iframe class=planted srcdoc="<script>parent.ran=1</script>"></iframe><style>*{display:none}</style>',
    "<mark class=planted>half a tag <b class=planted",
    "&lt;img src=x onerror=window.ran='entity'&gt; &amp;amp;",
    '<![CDATA[<b class="planted">]]> <!-- <b class="planted">',
)
ADDRESSES = (
    "javascript:window.ran='address'//https://x.example/",
    " javascript:window.ran='space'",
    "JaVaScRiPt:window.ran='case'",
    "java\tscript:window.ran='tab'",
    "data:text/html,<script>opener.ran=1</script>",
    "vbscript:x",
    "//elsewhere.example/x",
    'https://x.example/" onmouseover="window.ran=\'over\'" x="',
    "https://x.example/'><img src=x onerror=\"window.ran='broken out'\">",
    "https://x.example/?a=1&b=<b class=planted>",
)
# Of each table, the columns that hold texts of the news.
_TEXTS = {
    "actor": ("actor",),
    "actor_alias": ("alias",),
    "article": ("title", "source", "author", "byline", "dateline", "origin", "published_conflict"),
    "article_change": ("sentence",),
    "article_event": ("place", "date_text"),
    "article_event_participant": ("name",),
    "event": ("place", "date_text", "summary"),
    "event_mention": ("place", "date_text"),
    "place": ("place",),
    "published_evidence": ("text", "claim"),
    "rejected_record": ("origin", "reason", "sample", "source", "source_id"),
    "source": ("source",),
    "time_expression": ("text",),
}
# The columns of core.event that hold names of actors, in lists.
_NAMES = tuple(c.name for c in SHOWN if c.sql_type == "VARCHAR[]" and c.description.startswith("Names of"))


def hostile(warehouse: Path, made: Path) -> Path:
    """A copy of the file in which every text is hostile. The lengths of sentences fit no offset any more."""
    shutil.copy(warehouse, made)
    with closing(duckdb.connect(str(made))) as db:
        for name, values in (("markup", MARKUP), ("addresses", ADDRESSES)):
            db.execute(f"SET VARIABLE {name} = ?", [list(values)])
        for table, columns in _TEXTS.items():
            for column in columns:
                db.execute(f"UPDATE core.{table} SET {column} = {_pick('markup', column)} || ' ' || {column}")
        for column in _NAMES:
            named = f"[{_pick('markup', 'name')} || ' ' || name FOR name IN {column}]"
            db.execute(f"UPDATE core.event SET {column} = {named}")
        db.execute(f"UPDATE core.article SET url = {_pick('addresses', 'article_id')}")
        # A trigger in the middle, so that what is marked and what surrounds it are hostile, too.
        before, trigger, after = (_pick("markup", f"mention_id || '{n}'") for n in range(3))
        db.execute(f"""
            UPDATE core.event_mention SET
                sentence = {before} || {trigger} || {after},
                trigger = {trigger},
                trigger_start = sentence_start + length({before}),
                trigger_end = sentence_start + length({before}) + length({trigger})
        """)
        db.execute("CHECKPOINT")
    return made


def _pick(variable: str, value: str) -> str:
    """SQL of one of the texts, always the same for the same value, so that what was joined still is."""
    return f"getvariable('{variable}')[(1 + hash({value}) % len(getvariable('{variable}')))::BIGINT]"
