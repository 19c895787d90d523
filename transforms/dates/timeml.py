"""One document in, a TimeML 1.2.1 document out: the text with its TIMEX3 inline, as the tools of TempEval-3 read it.

What the expressions are and what they mean is not decided here.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from transforms.dates.timex import annotated, creation_time
from transforms.records import TimeExpression
from transforms.vocabulary import Anchor

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">\n\n'
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # to XML 1.0
# A parser turns a bare carriage return into a line feed; ">" because of "]]>", which may not stand in a text.
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_ESCAPED = re.compile(f"[{''.join(_ESCAPES)}]")
CREATION = "t0"


def timeml_document(doc: dict[str, Any], name: str) -> tuple[str, int]:
    """Annotates {"text", "dct"} and gives TimeML: DOCID (the name), DCT where the document has one, TEXT; and how many
    expressions there are.

    TEXT without its tags is the very text, but for the characters that XML 1.0 cannot hold: each of these becomes
    U+FFFD, so that offsets stay, and a comment says which stood where. `tid` counts from t1; t0 is the DCT. A distance
    from an event has no beginPoint or endPoint: these name a TIMEX3, and no event is one. Raises ValueError as
    `timex_document` does."""
    text, expressions = annotated(doc)
    created = _creation(doc.get("dct"))
    parts = [_HEAD, f"<DOCID>{_escape(name)}</DOCID>\n\n"]
    if created:
        kind, value = created
        attributes = f'tid="{CREATION}" type="{kind}" value="{value}" temporalFunction="false"'
        parts.append(f'<DCT><TIMEX3 {attributes} functionInDocument="CREATION_TIME">{value}</TIMEX3></DCT>\n\n')
    parts += [f"<!-- {note} -->\n\n" for where, of in (("DOCID", name), ("TEXT", text)) for note in _notes(where, of)]
    parts += ["<TEXT>", *_inline(text, expressions, dated=created is not None), "</TEXT>\n\n</TimeML>\n"]
    return "".join(parts), len(expressions)


def replaced(text: str) -> int:
    """How many characters of a text XML 1.0 cannot hold."""
    return len(_FORBIDDEN.findall(text))


def _creation(dct: object) -> tuple[str, str] | None:
    """TIMEX3 type and value of a document creation time that `creation_time` accepts; None for none."""
    if creation_time(dct) is None:
        return None
    given = str(dct).strip()
    if len(given) in (4, 7) and "W" not in given:
        return "DATE", given
    try:
        return "DATE", date.fromisoformat(given).isoformat()
    except ValueError:
        return "TIME", datetime.fromisoformat(given).isoformat()


def _inline(text: str, expressions: Sequence[TimeExpression], *, dated: bool) -> list[str]:
    names = {e.start: f"t{number}" for number, e in enumerate(expressions, 1)}
    parts, at = [], 0
    for e in expressions:
        anchor = names.get(e.anchor_start) if e.anchor_start is not None else None
        if e.anchor is Anchor.PUBLICATION and dated:
            anchor = CREATION
        attributes = {
            "tid": names[e.start],
            "type": e.type.value,
            "value": e.value,
            "mod": e.mod,
            "temporalFunction": "false" if e.anchor is Anchor.NONE else "true",
            "functionInDocument": "NONE",
            "anchorTimeID": anchor,
        }
        written = " ".join(f'{key}="{_escape(value)}"' for key, value in attributes.items() if value)
        parts += [_escape(text[at : e.start]), f"<TIMEX3 {written}>", _escape(text[e.start : e.end]), "</TIMEX3>"]
        at = e.end
    return [*parts, _escape(text[at:])]


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda mark: _ESCAPES[mark[0]], _FORBIDDEN.sub(REPLACEMENT, text))


def _notes(where: str, text: str) -> list[str]:
    lost = [f"U+{ord(character[0]):04X} at {character.start()}" for character in _FORBIDDEN.finditer(text)]
    return (
        [f"XML 1.0 cannot hold these characters of {where}, which stand as U+FFFD: {', '.join(lost)}"] if lost else []
    )
