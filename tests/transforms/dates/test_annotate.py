"""What newswire sentences say about when, resolved against the day of publication, the text, or an event."""

from datetime import date

import pytest

from transforms.dates import Published, annotate, resolve
from transforms.records import TimeExpression
from transforms.vocabulary import Anchor, Precision, TimexType

WEDNESDAY = date(2022, 10, 12)


def read(text: str, day: date | None = WEDNESDAY) -> list[TimeExpression]:
    return annotate(text, Published(day, day) if day else None)


def the(text: str, day: date | None = WEDNESDAY) -> TimeExpression:
    (expression,) = read(text, day)
    return expression


def interval(e: TimeExpression) -> tuple[str | None, str | None]:
    return (e.start_date.isoformat() if e.start_date else None), (e.end_date.isoformat() if e.end_date else None)


@pytest.mark.parametrize(
    ("sentence", "value", "first", "last"),
    [
        # absolute
        ("The envoys met on Oct. 13, 2020.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("The envoys met on 13 October 2020.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("Signed 2020-10-13 in Oslo.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("Signed 10/13/2020 in Oslo.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("The two last spoke in October 2020.", "2020-10", "2020-10-01", "2020-10-31"),
        ("The embargo dates from the 1990s.", "199", "1990-01-01", "1999-12-31"),
        ("They have ruled since 2014.", "2014", "2014-01-01", "2014-12-31"),
        ("Leaders of the 19th century wrote letters.", "18", "1801-01-01", "1900-12-31"),
        ("They met in the third quarter of 2021.", "2021-Q3", "2021-07-01", "2021-09-30"),
        ("In the first half of 2021 they met twice.", "2021-H1", "2021-01-01", "2021-06-30"),
        ("In the first half of fiscal 2021 they met twice.", "2021-H1", "2021-01-01", "2021-06-30"),
        ("The 2020-21 season was cut short.", "2020/2021", "2020-01-01", "2021-12-31"),
        ("Signed 13-Oct-20 in Oslo.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("Signed on 13.10.20 in Oslo.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("Signed on 2020.10.13 in Oslo.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("They met on Oct 13 '20 in Oslo.", "2020-10-13", "2020-10-13", "2020-10-13"),
        ("In the first week of May 2021 they met.", "2021-W17", "2021-05-01", "2021-05-07"),
        ("They met on the last Monday in May 2021.", "2021-05-31", "2021-05-31", "2021-05-31"),
        ("They meet from 3 to 5 May 2023.", "2023-05-03/2023-05-05", "2023-05-03", "2023-05-05"),
        ("The summit of February 11 and 12, 2015 failed.", "2015-02-11/2015-02-12", "2015-02-11", "2015-02-12"),
        # weekdays
        ("The ministers met on Monday in Ankara.", "2022-10-10", "2022-10-10", "2022-10-10"),
        ("The Kremlin said Wednesday it was ready.", "2022-10-12", "2022-10-12", "2022-10-12"),
        ("The ministers will meet on Friday in Ankara.", "2022-10-14", "2022-10-14", "2022-10-14"),
        ("On Friday the ministers will meet in Ankara.", "2022-10-14", "2022-10-14", "2022-10-14"),
        ("Talks are set to resume Monday.", "2022-10-17", "2022-10-17", "2022-10-17"),
        ("The deadline was extended to Monday.", "2022-10-17", "2022-10-17", "2022-10-17"),
        ("The truce had been due to expire Monday.", "2022-10-10", "2022-10-10", "2022-10-10"),
        ("Moscow is preparing for Thursday's negotiations.", "2022-10-13", "2022-10-13", "2022-10-13"),
        ("The leaders are due to decide when they meet on Monday.", "2022-10-17", "2022-10-17", "2022-10-17"),
        ("They could leave as early as Monday.", "2022-10-17", "2022-10-17", "2022-10-17"),
        ("Parliament reconvenes Monday.", "2022-10-17", "2022-10-17", "2022-10-17"),
        ("They will look for ways around Monday's ruling.", "2022-10-10", "2022-10-10", "2022-10-10"),
        ("They will speak at Friday's summit.", "2022-10-14", "2022-10-14", "2022-10-14"),
        ("They met last Friday.", "2022-10-07", "2022-10-07", "2022-10-07"),
        ("They meet next Friday.", "2022-10-14", "2022-10-14", "2022-10-14"),
        ("It opens on Saturday, Oct. 15.", "2022-10-15", "2022-10-15", "2022-10-15"),
        # relative units
        ("They spoke yesterday.", "2022-10-11", "2022-10-11", "2022-10-11"),
        ("They met last week.", "2022-W40", "2022-10-03", "2022-10-09"),
        ("They met last month.", "2022-09", "2022-09-01", "2022-09-30"),
        ("They met earlier this month.", "2022-10", "2022-10-01", "2022-10-12"),
        ("They will meet later this month.", "2022-10", "2022-10-12", "2022-10-31"),
        ("They met in mid-September.", "2022-09", "2022-09-11", "2022-09-20"),
        ("They met early last month.", "2022-09", "2022-09-01", "2022-09-10"),
        ("It expires at the end of this week.", "2022-W41", "2022-10-14", "2022-10-16"),
        ("They met last year.", "2021", "2021-01-01", "2021-12-31"),
        ("They met at the weekend.", "2022-W40-WE", "2022-10-08", "2022-10-09"),
        ("They met last summer.", "2022-SU", "2022-06-01", "2022-08-31"),
        ("They met two weeks ago.", "2022-W39", "2022-09-26", "2022-10-02"),
        ("They met a week ago.", "2022-10-05", "2022-10-05", "2022-10-05"),
        ("They met three days ago.", "2022-10-09", "2022-10-09", "2022-10-09"),
        ("They met two years ago.", "2020", "2020-01-01", "2020-12-31"),
        ("They will meet in two days.", "2022-10-14", "2022-10-14", "2022-10-14"),
        ("They meet the week after next.", "2022-W43", "2022-10-24", "2022-10-30"),
        ("The week of March 6 was calm.", "2022-W09", "2022-02-28", "2022-03-06"),
        # month-days and months without a year
        ("They will meet on October 13.", "2022-10-13", "2022-10-13", "2022-10-13"),
        ("They met on December 30.", "2021-12-30", "2021-12-30", "2021-12-30"),
        ("They met in February.", "2022-02", "2022-02-01", "2022-02-28"),
        ("They met in December.", "2021-12", "2021-12-01", "2021-12-31"),
        ("They will meet in December.", "2022-12", "2022-12-01", "2022-12-31"),
        ("They met last November.", "2021-11", "2021-11-01", "2021-11-30"),
        ("It has held since November last year.", "2021-11", "2021-11-01", "2021-11-30"),
        # holidays
        ("They met over Easter weekend.", "2022-W15-WE", "2022-04-16", "2022-04-17"),
        ("They met on Christmas Eve 2021.", "2021-12-24", "2021-12-24", "2021-12-24"),
    ],
)
def test_the_days_that_a_date_denotes(sentence: str, value: str, first: str, last: str) -> None:
    e = the(sentence)
    assert (e.value, *interval(e)) == (value, first, last)


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("They met at 10:30 a.m. Monday.", "TIME", "2022-10-10T10:30"),
        ("He left Tuesday evening.", "TIME", "2022-10-11TEV"),
        ("He spoke last night.", "TIME", "2022-10-11TNI"),
        ("They met this morning.", "TIME", "2022-10-12TMO"),
        ("It starts at noon on Friday.", "TIME", "2022-10-14T12:00"),
        ("A 30-day truce held.", "DURATION", "P30D"),
        ("It lasted more than two years.", "DURATION", "P2Y"),
        ("A four-month siege ended.", "DURATION", "P4M"),
        ("They spoke for two and a half hours.", "DURATION", "PT2H30M"),
        ("It lasted two and a half years.", "DURATION", "P2Y6M"),
        ("It lasted several months.", "DURATION", "PXM"),
        ("They meet every Tuesday.", "SET", "XXXX-WXX-2"),
        ("They meet twice a year.", "SET", "P1Y"),
        ("They met overnight into Tuesday.", "TIME", "2022-10-10TNI"),
        ("They left at 4 in the morning.", "TIME", "2022-10-12T04:00"),
        ("The war is in its fourth year.", "DURATION", "P4Y"),
        ("They were detained for some time.", "DURATION", "PXX"),
        ("Fighting eased in recent weeks.", "DURATION", "PXW"),
        ("They met often in recent years.", "DATE", "PAST_REF"),
        ("It is renewed every six months.", "SET", "P6M"),
        ("They met recently.", "DATE", "PAST_REF"),
        ("They are talking now.", "DATE", "PRESENT_REF"),
        ("They must stop as soon as possible.", "DATE", "FUTURE_REF"),
    ],
)
def test_types_and_values(sentence: str, kind: str, value: str) -> None:
    e = the(sentence)
    assert (e.type.value, e.value) == (kind, value)


@pytest.mark.parametrize(
    ("sentence", "mod"),
    [
        ("It lasted more than two years.", "MORE_THAN"),
        ("It lasted less than an hour.", "LESS_THAN"),
        ("It lasted nearly two years.", "LESS_THAN"),
        ("It holds for up to six months.", "EQUAL_OR_LESS"),
        ("It must last at least 30 days.", "EQUAL_OR_MORE"),
        ("It is open for no more than 60 days.", "EQUAL_OR_LESS"),
        ("They met late last week.", "END"),
        ("They met about two weeks ago.", "APPROX"),
    ],
)
def test_modifiers(sentence: str, mod: str) -> None:
    assert the(sentence).mod == mod


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on May 13. The following day he flew home.", "2022-05-14"),
        ("They met on May 13. The truce broke two days later.", "2022-05-15"),
        ("They met on May 13; on the same day shelling resumed.", "2022-05-13"),
        ("The accord of May 13 came after talks the previous day.", "2022-05-12"),
        ("A truce struck on October 10, 2020 broke; one arranged a week later held.", "2020-10-17"),
        ("On May 13 they met; the following Monday they met again.", "2022-05-16"),
    ],
)
def test_days_that_count_from_another_expression(text: str, expected: str) -> None:
    first, second = read(text)
    assert interval(second) == (expected, expected)
    assert (second.anchor, second.anchor_start) == (Anchor.EXPRESSION, first.start)


def test_a_duration_that_counts_from_a_date_has_the_day_too() -> None:
    distance, day = read("He left two days after May 13.")
    assert (distance.type, distance.value, distance.anchor_start) == (TimexType.DURATION, "P2D", day.start)
    assert interval(distance) == ("2022-05-15", "2022-05-15")


@pytest.mark.parametrize(
    ("sentence", "text", "offset", "direction", "resolved"),
    [
        ("He said so just two days ahead of the meeting.", "two days", "P2D", -1, date(2022, 10, 11)),
        ("It comes a day after the talks in Ankara.", "a day", "P1D", 1, date(2022, 10, 14)),
        ("It broke a week after the ceremony.", "a week", "P1W", 1, date(2022, 10, 20)),
        ("They met on the eve of the summit.", "the eve", "P1D", -1, date(2022, 10, 12)),
        ("It broke hours after the ceremony.", "hours", "PTXH", 1, date(2022, 10, 13)),
    ],
)
def test_offsets_from_an_event_wait_for_the_event(
    sentence: str, text: str, offset: str, direction: int, resolved: date
) -> None:
    e = the(sentence)
    assert (e.text, e.anchor, e.offset, e.direction) == (text, Anchor.EVENT, offset, direction)
    assert (e.start_date, e.end_date) == (None, None)
    assert resolve(e, (date(2022, 10, 13), date(2022, 10, 13))) == (resolved, resolved)


def test_only_an_offset_from_an_event_is_resolved_against_one() -> None:
    event = (date(2022, 10, 13), date(2022, 10, 13))
    assert resolve(the("They met on Monday."), event) is None
    assert resolve(the("It broke days after the ceremony."), event) is None
    assert resolve(the("It comes a year after the talks."), (date.max, date.max)) is None


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("They will talk from Monday to Wednesday.", "2022-10-17", "2022-10-19"),
        ("They will meet between Monday and Wednesday.", "2022-10-17", "2022-10-19"),
        ("They talked from Saturday to Thursday.", "2022-10-08", "2022-10-13"),
    ],
)
def test_a_stretch_of_weekdays_runs_forward(sentence: str, first: str, last: str) -> None:
    begin, end = read(sentence)
    assert (begin.value, end.value) == (first, last)
    assert (end.anchor, end.anchor_start) == (Anchor.EXPRESSION, begin.start)


def test_later_in_the_day_is_not_a_day_told_long_before() -> None:
    text = "A truce was agreed on May 13. It broke. It was renewed. It broke again. Later in the day he flew home."
    assert [e.value for e in read(text)] == ["2022-05-13", "2022-10-12"]
    assert read("They met on Monday. Later in the day he flew home.")[1].value == "2022-10-10"


def test_an_offset_and_the_day_that_it_is() -> None:
    offset, day = read("Two days earlier, on May 3, he had left.")
    assert (offset.value, offset.anchor_start) == ("2022-05-03", day.start)


def test_a_quarter_is_named_by_the_text_and_placed_by_the_day_on_which_it_ended() -> None:
    quarter, _, before = read(
        "For its fourth quarter ended July 31 it lost $2 million, against $1 million a year earlier."
    )
    assert (quarter.value, *interval(quarter)) == ("2022-Q4", "2022-05-01", "2022-07-31")
    assert (before.value, *interval(before)) == ("2021-Q4", "2021-05-01", "2021-07-31")


def test_several_quarters_are_compared_with_the_year_before() -> None:
    text = "Exports fell in the third quarter. In the nine months they rose 3% from a year earlier."
    assert read(text)[2].value == "2021"


def test_windows_around_publication() -> None:
    assert interval(the("Over the past two weeks they met.")) == ("2022-09-28", "2022-10-12")
    assert interval(the("Over the next three days they meet.")) == ("2022-10-12", "2022-10-15")
    assert interval(the("Over the past 24 hours they met.")) == ("2022-10-11", "2022-10-12")
    assert interval(the("They will meet over the next month.")) == ("2022-10-12", "2022-11-12")


def test_a_year_before_the_quarter_that_the_text_is_about() -> None:
    _, before = read("Exports fell in the third quarter. A year earlier they had risen.")
    assert before.value == "2021-Q3"


def test_the_year_of_the_sentence() -> None:
    _, second = read("The pact was agreed in May 2014 and signed on September 5.")
    assert second.value == "2014-09-05"


def test_a_weekday_in_the_week_that_the_sentence_names() -> None:
    _, day = read("Both went to Washington last week, the Frenchman on Monday.")
    assert day.value == "2022-10-03"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("They will meet on October 13.", "XXXX-10-13"),
        ("They met on Thursday.", "XXXX-WXX-4"),
        ("They met in March.", "XXXX-03"),
        ("They met last month.", "PAST_REF"),
        ("They meet next week.", "FUTURE_REF"),
        ("They met from 3 to 5 May.", "XXXX-05-03/XXXX-05-05"),
        ("They met in the spring.", "XXXX-SP"),
    ],
)
def test_without_a_publication_date_values_stay_partial(sentence: str, value: str) -> None:
    e = the(sentence, None)
    assert (e.value, e.start_date, e.end_date, e.anchor) == (value, None, None, Anchor.UNKNOWN)


def test_without_a_publication_date_full_dates_are_known_all_the_same() -> None:
    e = the("They met in March 2022.", None)
    assert (e.value, e.anchor, e.precision) == ("2022-03", Anchor.NONE, Precision.MONTH)


def test_between_two_possible_days_of_publication_what_they_differ_in_is_known_to_all_its_days() -> None:
    some_day_in_october = Published(date(2022, 10, 1), date(2022, 10, 31))
    month, weekday = annotate("They met in May and on Monday.", some_day_in_october)
    assert month.value == "2022-05"
    assert (weekday.value, *interval(weekday)) == ("XXXX-WXX-1", "2022-09-26", "2022-10-31")


def test_between_days_of_publication_that_are_years_apart_a_weekday_stays_undated() -> None:
    month, weekday = annotate("They met in May 2021 and on Monday.", Published(date(2021, 10, 1), date(2023, 10, 31)))
    assert month.value == "2021-05"
    assert (weekday.value, weekday.start_date) == ("XXXX-WXX-1", None)


def test_a_clause_of_its_own_is_not_turned_by_what_stands_before_it() -> None:
    e = the("They must be freed before he takes office on January 20.", date(2024, 12, 3))
    assert e.value == "2025-01-20"


def test_a_year_later_without_a_date_waits_for_the_event() -> None:
    e = the("The conference opened a year later.")
    assert (e.type, e.value, e.anchor, e.offset, e.direction) == (TimexType.DURATION, "P1Y", Anchor.EVENT, "P1Y", 1)


def test_nothing_crosses_a_line_end() -> None:
    assert [e.text for e in read("Talks set for May\n3 dead in shelling on Monday")] == ["May", "Monday"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The 43-year-old envoy may march on.",
        "It cost $2,014 and weighed 2000 pounds.",
        "April Smith fell in the second round.",
        "Trade fell 1990 points.",
        "",
    ],
)
def test_what_is_no_time(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The truce begins on 9 March at 14:00.", "2024-03-09T14:00"),
        ("The raid began on Saturday at 14:00 GMT.", "2024-03-09T14:00"),
        ("It took effect at 18:00 Moscow time on Saturday.", "2024-03-09T18:00"),
    ],
)
def test_a_time_of_day_is_of_the_day_beside_it(sentence: str, value: str) -> None:
    assert [e.value for e in read(sentence, date(2024, 3, 15)) if e.type is TimexType.TIME] == [value]


def test_a_decimal_that_is_no_time_of_day_stops_nothing() -> None:
    assert [e.value for e in read("At 0.00001 p.m. he left.")] == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        # day of publication: Thursday 13 October 2022
        ("They met two years ago in March.", "2020-03"),
        ("He left on Wednesday of last week.", "2022-10-05"),
        ("They met a week ago Tuesday.", "2022-10-04"),
        ("The talks open a week from Monday.", "2022-10-24"),
        ("It began a year ago today.", "2021-10-13"),
        ("Two years ago this month it fell.", "2020-10"),
        ("A couple of weeks ago Monday it fell.", "2022-09-26"),
        ("It ended in the second half of March.", "2022-03"),
        ("The following day, the army denied it.", "XXXX-XX-XX"),
        ("He was arrested in April of that year.", "XXXX-04"),
    ],
)
def test_dates_that_hang_on_two_phrases(sentence: str, value: str) -> None:
    day = date(2022, 10, 13)
    (expression,) = annotate(sentence, Published(day, day))
    assert expression.value == value


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Workers will strike for three days from Monday.", ["P3D", "2022-10-17"]),
        ("Trains stop for 48 hours from Sunday.", ["PT48H", "2022-10-09"]),
        ("In 1998 they met; in April the following year they signed.", ["1998", "1999-04"]),
        ("In 2019, talks were held on June 30.", ["2019", "2019-06-30"]),
        ("From November to March 2022 it froze.", ["2021-11", "2022-03"]),
        ("In June and May 2022 it fell.", ["2022-06", "2022-05"]),
        ("He said on Monday that she would leave on Tuesday.", ["2022-10-10", "2022-10-11"]),
        ("It was agreed on Feb. 4, 2021, and ended on Nov. 30.", ["2021-02-04", "2021-11-30"]),
    ],
)
def test_dates_that_lean_on_another(sentence: str, values: list[str]) -> None:
    day = date(2022, 10, 13)
    assert [e.value for e in annotate(sentence, Published(day, day))] == values


def test_the_date_whose_year_holds_on_is_the_anchor() -> None:
    day = date(2022, 10, 13)
    told, signed = annotate("They agreed in May 2014 and signed on September 5.", Published(day, day))
    assert (signed.value, signed.anchor, signed.anchor_start) == ("2014-09-05", Anchor.EXPRESSION, told.start)
