"""Words that narrow, stretch or loosen another expression: early, mid-, the end of, earlier this, about, more than.

And lengths that are offsets from an event or a date: "two days ahead of the meeting" (the length is the expression).
"""

from dataclasses import replace

from transforms.dates.meaning import Length, Meaning, Modified, Offset, Unit
from transforms.dates.patterns import MACROS, Found, Make, Rule
from transforms.vocabulary import Anchor

MODS = {
    "early": "START", "beginning": "START", "start": "START", "mid": "MID", "middle": "MID",
    "late": "END", "end": "END",
    "first": "START", "opening": "START", "last": "END", "final": "END", "closing": "END", "dying": "END",
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "some": "APPROX",
    "nearly": "LESS_THAN", "almost": "LESS_THAN", "less": "LESS_THAN", "under": "LESS_THAN",
    "more": "MORE_THAN", "over": "MORE_THAN", "least": "EQUAL_OR_MORE", "most": "EQUAL_OR_LESS", "up": "EQUAL_OR_LESS",
    "within": "EQUAL_OR_LESS",
}  # fmt: skip

MACROS["approx"] = (
    "around | roughly | approximately | some | nearly | almost | (less | more) than | at (least | most) | up to"
)
MACROS["bare"] = "week | month | quarter | year | decade | century"


def _mod(found: Found, name: str = "mod") -> str | None:
    mods = [MODS[word] for word in found.words(name) if word in MODS]
    if found.has("no"):
        return {"MORE_THAN": "EQUAL_OR_LESS", "LESS_THAN": "EQUAL_OR_MORE"}.get(mods[0]) if mods else None
    return mods[0] if mods else None


def _third(found: Found) -> Meaning | None:
    inner: Meaning | str = found.value("d", "UNIT")  # a word in "the end of the month"
    return Modified(Unit(inner) if isinstance(inner, str) else inner, _mod(found), "third")


def _half(found: Found) -> Meaning:
    inner: Meaning = found.value("d") if found.has("d") else Unit(found.value("u", "UNIT"))
    return Modified(inner, "START" if "first" in found.words("mod") else "END", "half")


def _edge(found: Found) -> Meaning:
    unit = found.value("u", "UNITS")
    return Modified(found.value("d"), _mod(found), unit if unit in ("hour", "day", "week") else "third")


def _loose(found: Found) -> Meaning | None:
    inner, mod = found.value("d"), _mod(found)
    if isinstance(inner, Length):
        return replace(inner, mod=mod or inner.mod)
    return Modified(inner, mod, "approx")


def _part(how: str) -> Make:
    def make(found: Found) -> Meaning:
        unit = found.value("u", "UNIT")  # "earlier in the day": of the day that the text is at
        base = Anchor.EXPRESSION if unit == "day" else Anchor.PUBLICATION
        inner: Meaning = found.value("d") if found.has("d") else Unit(unit, 0, base)
        mod = {"before": "START", "after": "END"}.get(how)
        return Modified(inner, mod, how)

    return make


def _offset(sign: int, base: Anchor) -> Make:
    return lambda f: replace(f.value("d"), sign=sign, base=base) if f.value("d").window == 0 else None


RULES = (
    Rule(
        "third",
        "(the | its | their)? very? @mod(early | mid | late) (HYPHEN | in | on | part of?)? @d(DATEX | TIMEDATE)",
        _third,
        yes=("They met in [mid-September].", "[Late last month] it broke.", "A truce of [the early 1990s] held."),
    ),
    Rule(
        "third_of",
        "the? @mod(beginning | start | middle | end) of @d(DATEX)",
        _third,
        yes=("It closes by [the end of this week].", "At [the start of May] they met."),
    ),
    Rule(
        "third_of_the",
        "the? @mod(beginning | start | middle | end) of the @d({bare})",
        _third,
        yes=("They want it by [the end of the year].",),
    ),
    Rule(
        "first_units_of",
        "the @mod(first | opening | early | last | final | closing | dying) @u(days | weeks | months | years"
        " | hours) of @d(MONTHDATE | YEARMONTH | YEARDATE | MONTHUNIT | YEARUNIT | FIXEDDATE)",
        _edge,
        yes=("In [the first months of 2022] they met.", "In [the closing days of May] it ended."),
    ),
    Rule(
        "midweek",
        "(@mod(mid) HYPHEN? week | midweek) (?! DATEX | game | games | match | matches | fixture | fixtures | win)",
        lambda _: Modified(Unit("week"), "MID", "third"),
        yes=("By [mid-week] they had left.", "By [midweek] they will know."),
    ),
    Rule(
        "half_of",
        "the? @mod(first | second | last | latter) half of (@d(MONTHDATE | YEARMONTH | MONTHUNIT | WEEKUNIT"
        " | FIXEDDATE) | the @u(month | decade | century))",
        _half,
        yes=("In [the second half of March] they talked.", "It ends in [the first half of next month]."),
    ),
    Rule(
        "third_in",
        "@mod(early | late) in the @d({bare})",
        _third,
        yes=("They met [early in the year].",),
    ),
    Rule(
        "earlier_in",
        "earlier (in | on)? (@d(DATEX | TIMEDATE) | the @u({bare} | day))",
        _part("before"),
        yes=("They met [earlier this month].", "He had left [earlier in the day]."),
    ),
    Rule(
        "later_in",
        "later (in | on)? (@d(DATEX | TIMEDATE) | the @u({bare} | day))",
        _part("after"),
        yes=("He will brief them [later this month].",),
    ),
    Rule(
        "sometime",
        "(sometime | some time) (in | during)? @d(DATEX)",
        _part("whole"),
        yes=("[Sometime next year] it ends.",),
    ),
    Rule(
        "loose",
        "@mod({approx}) @d(LENGTH | OFFSETDATE | MODDATE)",
        _loose,
        yes=(
            "It lasted [nearly two years].",
            "[Almost two weeks ago] they met.",
            "It held for [more than four hours].",
        ),
    ),
    Rule(
        "loose_no",
        "@no(no) @mod((more | less | fewer) than) @d(LENGTH)",
        _loose,
        yes=("The pause may last [no more than forty days].",),
    ),
    Rule(  # the corpora leave "about" outside the expression
        "about",
        "(?<= about) @d(LENGTH | OFFSETDATE | DAYDATE | MONTHDATE | TIMEDATE)",
        lambda f: _with(f, "APPROX"),
        yes=("About [two weeks ago] they met.",),
    ),
    Rule(
        "loose_date",
        "@mod(around) @d(DAYDATE | MONTHDATE | PARTDATE | TIMEDATE)",
        _loose,
        yes=("It is due [around Nov. 1].",),
    ),
    Rule("or_so", "@d(LENGTH | OFFSETDATE) or so", lambda f: _with(f, "APPROX"), yes=("It lasted [a week or so].",)),
    Rule("or_more", "@d(LENGTH) or more", lambda f: _with(f, "EQUAL_OR_MORE"), yes=("It takes [two weeks or more].",)),
    Rule("or_less", "@d(LENGTH) or less", lambda f: _with(f, "EQUAL_OR_LESS"), yes=("It takes [two days or less].",)),
    Rule(
        "and_beyond",
        "@d(YEARDATE) ((and beyond) | (or later))",
        lambda f: Modified(f.value("d"), "ON_OR_AFTER", "approx"),
        yes=("It will last until [2030 and beyond].",),
    ),
)


def _with(found: Found, mod: str) -> Meaning:
    inner = found.value("d")
    return replace(inner, mod=mod) if isinstance(inner, Length) else Modified(inner, mod, "approx")


MACROS["after"] = "(to the day)? after | following | since | into | from"
MACROS["before"] = "(to the day)? before | ahead of | prior to"
MACROS["dated"] = "(on | the)? (DAYDATE | WEEKDAYDATE | MONTHDATE | YEARMONTH | YEARDATE | TODAYDATE | TIMEDATE)"
OUTER = (
    Rule(
        "before_date",
        "@d(LENGTH) (?= ({before}) {dated})",
        _offset(-1, Anchor.EXPRESSION),
        yes=("[Two days] before May 3 he left.", "She flew in [a week] before Tuesday's vote."),
    ),
    Rule(
        "after_date",
        "@d(LENGTH) (?= ({after}) {dated})",
        _offset(1, Anchor.EXPRESSION),
        yes=("[Eight days] after May 3 he left.",),
    ),
    Rule(
        "that_is",
        "@d(OFFSETDATE) (?= COMMA on (DAYDATE | WEEKDAYDATE))",
        lambda f: Modified(f.value("d"), None, "next") if isinstance(f.value("d"), Offset) else None,
        yes=("[Two days earlier], on May 3, he had left.",),
    ),
    Rule(
        "before_event",
        "@d(LENGTH) (?= {before} | (earlier | sooner) than)",
        _offset(-1, Anchor.EVENT),
        yes=(
            "They arrived [two days] earlier than expected.",
            "He said so [two days] ahead of the meeting.",
            "[A week] before the talks he left.",
        ),
    ),
    Rule(
        "after_event",
        "@d(LENGTH) (?= (to the day)? after | following | into | later than)",
        _offset(1, Anchor.EVENT),
        yes=(
            "[A month] to the day after the accord it broke.",
            "It came [six months] later than planned.",
            "[A day] after the talks he left.",
        ),
    ),
)
