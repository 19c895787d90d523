"""Times of day, alone or with their day: 10:30 a.m., noon Saturday, Tuesday evening, last night (TIMEX3 TIME)."""

from transforms.dates.grammar.relative import shift
from transforms.dates.meaning import Clock, Meaning, Modified, Unit
from transforms.dates.patterns import MACROS, Found, Rule
from transforms.vocabulary import Anchor

MACROS["day"] = "WEEKDAYDATE | DAYDATE | TODAYDATE"
MACROS["there"] = "ZONE? ((local | W){1,2} time)? (OPEN (CLOCK | YEAR4 | NBIG)? ZONE CLOSE)?"
MACROS["clock"] = (
    "@c(CLOCK | N12 | NDECIMAL) @half(AMPM) | @c2(CLOCK) | @word(HOURWORD) | @four(YEAR4 | NBIG) (?= ZONE | local time)"
)


def _time(found: Found) -> str | None:
    """`T22:00` from "10 p.m.", "22:00", "10:30:15 p.m.", "2200 GMT", "4 in the morning"."""
    if found.has("word"):
        return "T" + str(found.value("word", "HOURWORD"))
    value = next(found.value(group) for group in ("four", "c", "c2") if found.has(group))
    if found.has("four"):
        hour, minute = divmod(int(value), 100)
    elif isinstance(value, float):  # "8.30 p.m."
        hour, minute = int(value), round(value % 1 * 100)
    else:
        parts = [int(p) for p in str(value).replace(".", ":").split(":")]
        hour, minute = parts[0], parts[1] if len(parts) > 1 else 0
    half = found.value("half", "AMPM") if found.has("half") else None
    if found.has("p"):
        half = "a" if found.value("p", "PARTOFDAY") == "MO" else "p"
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _clock(found: Found) -> Clock | None:
    time = _time(found)
    return Clock(time, found.value("d") if found.has("d") else None) if time else None


def _part(found: Found) -> Meaning:
    return Clock("T" + found.value("p", "PARTOFDAY"), found.value("d") if found.has("d") else None)


def _mod(found: Found) -> str:
    return {"early": "START", "mid": "MID", "late": "END"}[found.words("mod")[0]]


RULES = (
    Rule(
        "clock",
        "(@c(CLOCK | N12 | NDECIMAL) @half(AMPM) | @four(YEAR4 | NBIG) (?= ZONE)) ZONE?",
        _clock,
        yes=("They met at [10:30 a.m.] in Oslo.", "A blast at [2200 GMT] woke them.", "He left at [8.30pm]."),
    ),
    Rule(
        "clock_part",
        "@c(CLOCK | N12) in the @p(morning | afternoon | evening) (of? @d({day}))?",
        _clock,
        yes=("He left at [4 in the morning].", "Trading ended at [4:15 in the afternoon]."),
    ),
    Rule(
        "clock_24",
        "(?<= (at | by | until | from | to | before | after | around | about | since | {day})) @c(CLOCK)"
        " ZONE? (OPEN ZONE CLOSE)? | @c2(CLOCK) ZONE",
        _clock,
        yes=("They met at [22:30] in Oslo.", "It came into force ([05:00 GMT])."),
        no=("Score 99:99.", "Watch the speech 03:22"),
    ),
    Rule("hour_word", "@word(HOURWORD) ZONE?", _clock, yes=("The truce began at [noon].",)),
    Rule(
        "clock_day",
        "({clock}) {there} (COMMA | on | COMMA on)? @d({day})",
        _clock,
        yes=(
            "They met at [10 p.m. Wednesday].",
            "It starts at [noon on Saturday].",
            "until [5 p.m. EST, Nov. 9]",
            "It begins at [11:00 on Tuesday].",
            "It struck at [19:30 (UTC) on Tuesday].",
            "At [6 a.m. (0300 GMT) Sunday] it began.",
            "It was to begin at [18:00 Kyiv time on Sunday].",
        ),
    ),
    Rule(
        "day_clock",
        "@d({day}) (COMMA | at) (@c(CLOCK | N12) @half(AMPM) | @word(HOURWORD)) ZONE?",
        _clock,
        yes=("They meet [Wednesday at 10 p.m.] in Oslo.",),
    ),
    Rule(
        "day_part",
        "@d({day}) @p(PARTOFDAY)",
        _part,
        yes=("He left [Tuesday evening].", "He leaves [tomorrow morning]."),
    ),
    Rule(
        "part_of_day",
        "(the)? @p(PARTOFDAY) (of | on)? @d({day})",
        _part,
        yes=("He left on [the night of May 3].",),
    ),
    Rule(
        "next_part",
        "@this(the very? next | the (following | previous | same) | that same?) @p(PARTOFDAY)",
        lambda f: Clock("T" + f.value("p", "PARTOFDAY"), Unit("day", shift(f), Anchor.EXPRESSION, shift(f) == 0)),
        yes=("They met on May 3; he left [the next morning].", "They met again [that evening]."),
    ),
    Rule("this_part", "this @p(PARTOFDAY)", _part, yes=("They met [this morning].",)),
    Rule("tonight", "tonight", lambda _: Clock("TNI"), yes=("He speaks [tonight].",)),
    Rule(
        "night_before",
        "the @p(night | evening) before (?= PERIOD | COMMA | BREAK | STOP | CLOSE)",
        lambda f: Clock("T" + f.value("p", "PARTOFDAY"), Unit("day", -1, Anchor.EXPRESSION)),
        yes=("On May 3 he left; they had met [the night before].",),
    ),
    Rule(
        "last_night",
        "last @p(night | evening)",
        lambda f: Clock("T" + f.value("p", "PARTOFDAY"), Unit("day", -1)),
        yes=("He spoke [last night].",),
    ),
    Rule(  # the night is named by the day that it begins on
        "overnight_into",
        "overnight (into | to) @d({day})",
        lambda f: Clock("TNI", Modified(f.value("d"), None, "night before")),
        yes=("The truce broke [overnight into Monday].",),
    ),
    Rule(
        "overnight_between",
        "overnight (from | between | on)? @d({day}) ((TO | to | and | into) ({day}))?",
        lambda f: Clock("TNI", Modified(f.value("d"), None, "night after")),
        yes=(
            "Shelling went on [overnight Sunday to Monday].",
            "They met [overnight between Monday and Tuesday].",
            "Two died [overnight Tuesday].",
        ),
    ),
    Rule("overnight", "overnight (?! W)", lambda _: Clock("TNI"), yes=("Shelling went on [overnight].",)),
    Rule(
        "part",
        "(?<= (in | during)) the @p(morning | afternoon | evening)",
        lambda f: Clock("T" + f.value("p", "PARTOFDAY"), Unit("day", 0, Anchor.EXPRESSION)),
        yes=("They met in [the morning].",),
    ),
    Rule(
        "mid_part",
        "@mod(early | late | mid) HYPHEN? @p(morning | afternoon | evening) (on? @d({day}))?",
        lambda f: Modified(_part(f), _mod(f), "approx"),
        yes=("Shares rose at [mid-afternoon yesterday].",),
    ),
)
