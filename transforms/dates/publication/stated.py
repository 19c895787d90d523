"""Where a record states its own date: "Published …", a line that is a date, a dateline, the address, a copyright.

Dates inside of sentences stand in mentions.py.
"""

import re
from collections.abc import Iterator
from datetime import date

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.dates.meaning import Partial
from transforms.dates.named import span_of
from transforms.dates.publication.curves import Age, Curve, Fits, Yearless, YearsAfter
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.dates.publication.text import Mention, Reading
from transforms.records import Line, RawArticle
from transforms.vocabulary import EvidenceKind

_WORD = r"(?:(?:first|last|originally)\s+)?(?:published|updated|posted|modified|released|filed|date|publication date)"
_WHERE = r"(?:\s+in\s+(?:the\s+)?[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,4})?(?:\s+(?:at|on)\b)?"
_LABEL = re.compile(
    rf"(?:\A|[|•·–—>;(\]]\s*|\s(?=[A-Z]{{5}}))(?P<word>(?i:{_WORD})){_WHERE}\s*(?:\(GMT/UTC\))?:?\s*"
    r"(?:[\d:.]+\s*(?:[apAP]\.?[mM]\.?)?\s*(?:[A-Z]{2,4})?,?\s*(?:on\s+)?)?\Z"
)
_CLOCK = r"(?:at\s+|,\s*)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[apAP]\.?[mM]\.?)?\s*(?:[A-Z]{2,5}\b)?"
# What may stand in a line beside the date without making a sentence of it: labels, times, an agency, who wrote it.
_BESIDE = re.compile(
    rf"\b(?i:{_WORD})\b{_WHERE}|{_CLOCK}|\([A-Z][\w .-]{{1,20}}\)"
    r"|\b(?i:by)\s+[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,4}"
)
_UPDATE = re.compile(r"updated|modified", re.IGNORECASE)
# A place in capitals, and what may follow it: "WASHINGTON", "DUBAI, United Arab Emirates", "PARIS/BERLIN".
_PLACE = re.compile(r"[^\w\n]*[A-Z][A-Z .'’/-]{2,40}(?:,\s*[A-Z][\w. ]{1,30})?\s*[,(—–-]?\s*\Z")
_BEHIND_DATELINE = re.compile(r"\s*(?:\([^()\n]{2,40}\))?\s*(?:[-–—:]|/[A-Z]|\()")
_DASH = re.compile(r"\s+[-–—|]\s+")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s©]{0,5}(?:(?:19|20)\d\d\s*[-–]\s*)?((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?<!\d)(?P<y>(?:19|20)\d\d)"
_IN_ADDRESS = (
    re.compile(rf"{_YEAR}[/_-](?P<m>0?[1-9]|1[0-2])[/_-](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"{_YEAR}[/_-](?P<m>{'|'.join(_MONTHS)})[a-z]*[/_-](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE),
    re.compile(rf"{_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"/{_YEAR}/(?P<m>0[1-9]|1[0-2])(?!\d)"),
    re.compile(rf"/{_YEAR}(?=/)"),
)
LEAD = 2  # sentences after that of a dateline in which a weekday is most likely that of the dateline
_LONGEST_LINE = 150  # characters of a line that states a date, and before a dateline's


def address(article: RawArticle) -> Iterator[Evidence]:
    """The date in the article's URL, else in its id, which may be the name of its file."""
    for text in (article.url or "", article.source_id):
        span, written = _in_address(text)
        if span is not None and span.first and span.last:
            claim = f"the {'URL' if text == article.url else 'id'} has {written}"
            curve = Age(span.first, span.last, model().shares["url"])
            yield Evidence(EvidenceKind.URL, None, None, written, claim, curve, span.first, span.last)
            return


def _in_address(text: str) -> tuple[Span | None, str]:
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            year = int(parts["y"])
            month = parts.get("m")
            if month is None:
                return calendar.year(year), match[0].strip("/")
            number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
            if parts.get("d") is None:
                return calendar.month(year, number), match[0].strip("/")
            day = calendar.valid(year, number, int(parts["d"]))
            if day:
                return calendar.day(day), match[0]
    return None, ""


def statements(reading: Reading) -> tuple[list[Evidence], frozenset[int]]:
    """Dates by which the text itself says when it was published, of each kind the surest, and where they all begin.

    Surest is what says when it was first published, then a bare date, then an update."""
    found: dict[EvidenceKind, tuple[int, Evidence]] = {}
    starts = set()
    for m in reading.mentions:
        line = reading.line(m.start)
        if line is None or not isinstance(m.meaning, Partial):
            continue
        kind, rank = _kind(reading, line, m)
        evidence = _evidence(reading, m, m.meaning, kind) if kind else None
        if kind and evidence:
            starts.add(m.start)
            if kind not in found or rank < found[kind][0]:
                found[kind] = rank, evidence
    return [*(evidence for _, evidence in found.values()), *_copyright(reading.text)], frozenset(starts)


def _kind(reading: Reading, line: Line, m: Mention) -> tuple[EvidenceKind | None, int]:
    """Whether a date states the publication, and how: 0 as first published, 1 without a word, 2 as an update."""
    if m.start - line.start > _LONGEST_LINE:
        return None, 0
    before, after = reading.text[line.start : m.start], reading.text[m.end : min(line.end, m.end + _LONGEST_LINE)]
    label = _LABEL.search(before)
    if line.end - line.start < _LONGEST_LINE and (label or not _beside(reading, line)):
        return EvidenceKind.STATED, 1 if label is None else 2 if _UPDATE.search(label["word"]) else 0
    if _PLACE.fullmatch(before) and _BEHIND_DATELINE.match(after):
        return EvidenceKind.DATELINE, 0
    if not before.strip() and _DASH.match(after):
        return EvidenceKind.DATELINE, 0
    return None, 0


def _beside(reading: Reading, line: Line) -> bool:
    """Does a line say more than dates and what stands beside them?"""
    rest, at = [], line.start
    for m in reading.mentions_of(line):
        rest.append(reading.text[at : m.start])
        at = m.end
    rest.append(reading.text[at : line.end])
    return any(c.isalnum() for part in rest for c in _BESIDE.sub(" ", part))


def _evidence(reading: Reading, m: Mention, p: Partial, kind: EvidenceKind) -> Evidence | None:
    shares = model().shares[kind.value]
    span = span_of(p)
    curve: Curve
    if span is not None and span.first and span.last and p.month is not None:
        curve = Age(span.first, span.last, shares)
        days: tuple[date | None, date | None] = (span.first, span.last)
    elif p.year is None and p.month is not None and p.day is not None and p.shift is None:
        curve, days = Yearless(p.month, p.day, shares), (None, None)
    else:
        return None
    claim = f"{'dateline' if kind is EvidenceKind.DATELINE else 'stated date'} {reading.text[m.start : m.end]}"
    return Evidence(kind, m.start, m.end, reading.text[m.start : m.end], claim, curve, *days)


def weekday_of(evidence: Evidence, reading: Reading) -> Evidence | None:
    """That a stated day without its year falls on the weekday beside it, or on that of the lead ("on Tuesday")."""
    mentions = reading.mentions
    at = next((i for i, m in enumerate(mentions) if m.start == evidence.start), None)
    if at is None or evidence.first is not None:
        return None
    day = mentions[at].meaning
    if not isinstance(day, Partial) or not day.month or not day.day:
        return None
    if day.weekday is not None:
        return _fits(evidence, day.month, day.day, day.weekday, "date")
    for m in mentions[at + 1 :]:
        if m.sentence > mentions[at].sentence + LEAD or not isinstance(m.meaning, Partial):
            continue
        if m.meaning.weekday and not m.meaning.month and m.meaning.shift is None and m.lean <= 0:
            return _fits(evidence, day.month, day.day, m.meaning.weekday, "dateline")
    return None


def _fits(evidence: Evidence, month: int, day: int, weekday: int, shares: str) -> Evidence:
    curve = Fits(month, day, weekday, model().weekdays[shares])
    claim = "a year in which this day falls on this weekday"
    return Evidence(EvidenceKind.WEEKDAY_DATE, evidence.start, evidence.end, evidence.text, claim, curve)


def _copyright(text: str) -> Iterator[Evidence]:
    """A page names the year in which it was last fetched or changed: the article is not younger."""
    found = list(_COPYRIGHT.finditer(text))
    if found:
        last = max(found, key=lambda match: int(match[1]))
        curve = YearsAfter(int(last[1]), model().shares["copyright"])
        claim = f"hardly after {last[1]}"
        yield Evidence(EvidenceKind.COPYRIGHT, last.start(), last.end(), last[0], claim, curve)
