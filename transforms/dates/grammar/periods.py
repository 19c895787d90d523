"""Calendar dates longer than a month: years, halves, quarters, seasons, decades and centuries, fiscal ones too.

Days and months stand in absolute.py, "last year" and "the quarter" in relative.py.
"""

from datetime import date

from transforms.dates import calendar
from transforms.dates.meaning import Fixed, Part, Partial, Topic
from transforms.dates.patterns import MACROS, Found, Rule
from transforms.vocabulary import Precision

MACROS["day_follows"] = "(on | the)? (MON | DAYNUM)"


def _decade(found: Found) -> Fixed | None:
    """1990s and '90s, and 1900s as the century of those hundred years."""
    number = next(found.value(group) for group in ("d", "d2", "d2b") if found.has(group))
    if number < 100:
        number += 1900 if number >= 20 else 2000
    if number % 100 == 0 and number < 2000:
        return Fixed(
            calendar.Span(f"{number // 100:02}", date(number, 1, 1), date(number + 99, 12, 31), Precision.INTERVAL)
        )
    span = calendar.decade(number) if number % 10 == 0 else None
    return Fixed(span) if span else None


def _decade_word(found: Found) -> Fixed | None:
    span = calendar.decade(1900 + found.value("d", "DECADEWORD"))
    return Fixed(span) if span else None


def _century(found: Found) -> Fixed | None:
    span = calendar.century(int(found.value("n", "ORDINAL")))
    return Fixed(span) if span else None


def _quarter(found: Found) -> Part | None:
    number = found.value("n" if found.has("n") else "n2", "ORDINAL")
    year = next((found.value(group) for group in ("y", "y2") if found.has(group)), None)
    return Part("quarter", number, year, ended=found.has("ended")) if 1 <= number <= 4 else None


def _season(found: Found) -> Part:
    return Part("season", found.value("s", "SEASON"), found.value("y") if found.has("y") else None)


def _half(found: Found) -> Part | None:
    number = found.value("n", "ORDINAL") if found.has("n") else 2
    year = found.value("y") if found.has("y") else None
    return Part("half", number, year) if number in (1, 2) else None


def _two_years(found: Found) -> Fixed | None:
    """ "2021-22", "1914-18", "the 2010-2011 fiscal year": from the first day of one year to the last of another."""
    year, end = found.value("y"), found.value("z" if found.has("z") else "z2")
    if end < 100:
        end += year // 100 * 100 + (100 if end == 0 and year % 100 == 99 else 0)
    if not 1500 <= year < end <= 2100:
        return None
    return Fixed(calendar.Span(f"{year}/{end}", date(year, 1, 1), date(end, 12, 31), Precision.INTERVAL))


def _bare_year(found: Found) -> Partial | None:
    year = found.value("y")
    return Partial(year) if 1000 <= year <= 2100 else None


def _whole(value: object) -> int | None:
    count = getattr(value, "count", value)
    return int(count) if isinstance(count, int | float) and 1000 <= count <= 2100 else None


RULES = (
    Rule(
        "decade",
        "(the)? @d(DECADENUM) | the @d2(AGENUM) | (?<= the (early | mid | late)) @d2b(AGENUM)",
        _decade,
        yes=("He rose in [the 1990s].",),
        no=("a man in his 50s",),
    ),
    Rule(
        "decade_possessive",
        "the @d(YEAR4) POSSESSIVE",
        lambda f: _decade(f) if f.value("d") % 10 == 0 else None,
        yes=("He rose in [the 1990's].",),
    ),
    Rule("decade_word", "the @d(DECADEWORD)", _decade_word, yes=("Throughout [the nineties] it grew.",)),
    Rule("century", "the? @n(ORD) HYPHEN? century (?! bc)", _century, yes=("a temple of [the 11th century]",)),
    Rule(
        "fiscal_year",
        "((the)? fiscal year? | fy) @y(YEARX) (?! (HYPHEN | SLASH | DASH) INT)",
        lambda f: Partial(f.value("y")),
        yes=("Revenue in [fiscal 1989] fell.", "Revenue in [FY 2022] fell."),
    ),
    Rule(
        "quarter",
        "(the? (fiscal HYPHEN?)? @n(ORD) fiscal? quarter | @n2(ORD) HYPHEN quarter) ((of)? @y(YEARX))? (?! HYPHEN)"
        " @ended((?= (ended | ending) {day_follows}))?",
        _quarter,
        yes=(
            "Growth in [the third quarter of 1990] slowed.",
            "It posted a [third-quarter] loss.",
            "[The fourth quarter] ended Sept. 30.",
        ),
        no=("They reached the quarter-finals.",),
    ),
    Rule(
        "year_quarter",
        "the? @y(YEARX) ((fiscal HYPHEN?)? @n(ORD) HYPHEN? quarter | fiscal year)",
        lambda f: _quarter(f) if f.has("n") else Partial(f.value("y")),
        yes=("in [the 1988 third quarter]", "For [the 2022 fiscal year] it rose."),
    ),
    Rule(
        "year_period",
        "the @y(YEARX) (@period(period) | quarter)",
        lambda f: Topic(f.value("y"), period=f.has("period")),
        yes=("Sales had been slow in [the 1992 period].",),
    ),
    Rule(
        "quarter_number",
        "q @n(N12) COMMA? @y(YEARX) | @y2(YEAR4) q @n2(N12)",
        _quarter,
        yes=("Exports rose in [Q3 2022].",),
    ),
    Rule(  # alone also a model of a car, or of motor racing
        "quarter_short",
        "q @n(N12) (?= results | earnings | profit | profits | revenue | revenues | sales | growth | gdp | exports"
        " | imports | output | inflation | deliveries | shipments | guidance | demand | orders | net | loss | losses"
        " | income)",
        _quarter,
        yes=("In [Q3] exports fell.", "[Q3] results were weak."),
        no=("He drives an Audi Q3 here.", "He was fastest in Q3 but crashed."),
    ),
    Rule(
        "half",
        "(the)? (@n(ORDINAL) | last) HYPHEN? half of (fiscal year?)? @y(YEARX)",
        _half,
        yes=("In [the first half of 2021] it fell.", "For [the second half of fiscal 2022] it rose."),
    ),
    Rule("half_number", "h @n(N12) COMMA? @y(YEARX)", _half, yes=("Exports rose in [H1 2022].",)),
    Rule(
        "half_results",
        "@n(ORDINAL) HYPHEN half (?= (net | profit | profits | loss | losses | sales | revenue | earnings | results"
        " | exports | imports | output | growth | income))",
        _half,
        yes=("Its [first-half] profit fell.",),
        no=("He scored a first-half goal.",),
    ),
    Rule(
        "two_years",
        "@y(YEAR4) (?<= ({prep} | YEARDET | year | fiscal | fy) YEAR4) (HYPHEN | SLASH | DASH)"
        " (@z(N12 | N31 | N59 | N99 | NBIG) (?! HYPHEN | SLASH | PERCENT)"
        " | @z2(YEAR4) (?= fiscal | school | academic | season | year))",
        _two_years,
        yes=(
            "They met in [2021-22].",
            "the [1999-00] season",
            "the war of [1914-18]",
            "In FY[2022/23] aid fell.",
            "the [2010-2011] fiscal year",
        ),
        no=("It fell 2021-24 points.",),
    ),
    Rule(
        "season_year",
        "(the)? @s(SEASON) (of)? @y(YEARX) ((HYPHEN | SLASH | DASH) INT)?",
        _season,
        yes=("By [the summer of 2019] it was over.", "It held in [the winter of 2021-22]."),
    ),
    Rule(
        "the_season",
        "the @s(spring | summer | winter | autumn) (?! HYPHEN)",
        _season,
        yes=("They had held five rounds in [the spring].", "Over [the summer], Moscow waited."),
    ),
    Rule(
        "mid_season", "@s(SEASON) (?<= (mid | late | early) HYPHEN SEASON)", _season, yes=("In [mid-winter] they met.",)
    ),
    Rule(
        "season",
        "@s(spring | summer | winter | autumn) (?! HYPHEN | COMMA W)"
        " (?<= (in | by | since | until | through | during | over | early | mid | late) SEASON)",
        _season,
        yes=("They will meet in [autumn].",),
        no=("He lives in Spring, Texas.",),
    ),
    Rule(
        "the_fall",
        "the fall (?! of | in | HYPHEN)",
        lambda _: Part("season", "FA"),
        yes=("They meet in [the fall].",),
        no=("the fall of Kabul",),
    ),
    Rule(
        "the_year",
        "the year @y(YEARX | NUM)",
        lambda f: Partial(_whole(f.value("y"))) if _whole(f.value("y")) else None,
        yes=("By [the year 2000] it was gone.", "By [the year two thousand] it was gone."),
    ),
    Rule(
        "year",
        "(?<= ({prep} | YEARDET | COMMA | BREAK | POSSESSIVE)) @y(YEARX)"
        " (?! PERCENT | percent | MULTIPLIER | UNITX | HYPHEN UNITX | AMPM | ZONE | COLON | SLASH)"
        " ((?! COUNTED) | (?<! (with | and | or | for | to | of | as | between | COMMA | POSSESSIVE) YEARX))",
        _bare_year,
        yes=(
            "He has ruled since [2014].",
            "the [2015] accord",
            "In [1995] more than 8,000 died.",
            "its [2020] police reform",
        ),
        no=("It cost 2000 dollars.", "about 2000 metres", "They came with 2000 fighters.", "tanks and 1987 vehicles"),
    ),
    Rule(  # a count has its comma in print ("1,996 votes") or is round
        "year_before_noun",
        "@y(YEAR4) (?! {no_noun} | COUNTED) (?<! (MONEY | W | INT | NDECIMAL | PERIOD | SLASH | TO | PLUS | than"
        " | about | around | over | under) YEAR4)",
        lambda f: Partial(f.value("y")) if 1900 < f.value("y") < 2100 and f.value("y") % 100 else None,
        yes=("That [1978] resolution stands.", "in her failed [1994] bid", "the failed [2014] talks"),
        no=("They counted 2000 votes.", "They lost 2001 tanks.", "It was called Orion 1980 then."),
    ),
    Rule(
        "short_year",
        "APOS @y(N59 | N99) (?<= ({prep}) APOS (N59 | N99)) (?= PERIOD | COMMA | BREAK | CLOSE | STOP | and | or"
        " | to | but | when)",
        lambda f: Partial(1900 + f.value("y")),
        yes=("They last met in ['98].",),
    ),
    Rule(
        "year_or_count",
        "(?<= (about | around | than | over | under)) @y(YEARX) (?= PERIOD | COMMA | CLOSE | BREAK | STOP | QUOTE)",
        _bare_year,
        yes=("It was worse than [2014].",),
        no=("The pipe ran for about 2000 metres.",),
    ),
)
