"""From when to when a truce or sanctions are in force: our own sentences, the table's examples, the arithmetic."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.events.conftest import Read
from transforms.events.term import Bound, Term, best, counted
from transforms.records import ArticleEvent
from transforms.reference import table
from transforms.vocabulary import EventType, Status

WEDNESDAY = date(2024, 5, 15)

# A sentence, the status of the event that is looked at, and its first and last day in force.
TOLD = [
    # a beginning and a length
    ("Sudan's army and the RSF have agreed to a ten-day ceasefire from Monday, Saudi mediators said.",
     "agreed", "2024-05-20", "2024-05-29"),
    ("A ten-day truce between Armenia and Azerbaijan took effect at midnight on 4 May.",
     "in_effect", "2024-05-04", "2024-05-13"),
    ("Israel and Hamas agreed to a 72-hour humanitarian pause from 8 a.m. on Friday.",
     "agreed", "2024-05-17", "2024-05-20"),
    ("A 48-hour ceasefire between Libya's rival armies began on Sunday, the U.N. mission said.",
     "in_effect", "2024-05-12", "2024-05-14"),
    ("A 12-hour truce between Israel and Hamas began at 8 a.m. on Saturday.",
     "in_effect", "2024-05-11", "2024-05-11"),
    ("A 12-hour truce between Israel and Hamas began at 9 p.m. on Saturday.",
     "in_effect", "2024-05-11", "2024-05-12"),
    ("Bogota and the ELN said their six-month ceasefire would start on 3 June.",
     "agreed", "2024-06-03", "2024-12-02"),
    ("The truce between Yemen's government and the Houthis came into force on 2 April for an initial two months.",
     "in_effect", "2024-04-02", "2024-06-01"),
    ("Russia and Ukraine agreed to a truce for three days from 20 May.",
     "agreed", "2024-05-20", "2024-05-22"),
    # a beginning and an end
    ("Moscow and Kyiv declared a truce starting on Friday and lasting until Sunday.",
     "in_effect", "2024-05-17", "2024-05-19"),
    ("President Vladimir Putin declared a ceasefire in Ukraine from 6 a.m. on Saturday to midnight on Sunday.",
     "agreed", "2024-05-18", "2024-05-19"),
    ("They signed a truce between the army and the RSF that will run from 20 May to 27 May.",
     "agreed", "2024-05-20", "2024-05-27"),
    ("Ethiopia and the Tigrayan forces agreed on a truce between 1 June and 15 June.",
     "agreed", "2024-06-01", "2024-06-15"),
    ("The two sides in Sudan agreed to a seven-day ceasefire from 4 to 11 May.",
     "agreed", "2024-05-04", "2024-05-11"),
    ("The Philippine army and the NPA will hold a ceasefire from Dec. 23 to Dec. 26.",
     "agreed", "2024-12-23", "2024-12-26"),
    ("Russia announced a 36-hour ceasefire in Ukraine from noon on Friday.", "agreed", "2024-05-17", "2024-05-18"),
    # an end
    ("Lebanon and Israel extended their ceasefire until 31 January.", "extended", None, "2025-01-31"),
    ("The two Koreas extended the truce through Jan. 31.", "extended", None, "2025-01-31"),
    ("Israel and Islamic Jihad agreed on Monday to extend their ceasefire to November 16.",
     "extended", None, "2024-11-16"),
    ("The European Union renewed its sanctions on Russia for six months, until 31 July.",
     "extended", None, "2024-07-31"),
    ("The Security Council extended the arms embargo on South Sudan for another year, to 31 May 2025.",
     "extended", None, "2025-05-31"),
    ("EU sanctions on Venezuela are in force until 14 November 2025.", "imposed", None, "2025-11-14"),
    ("The Council of the EU prolonged its sanctions on Belarus until the end of the year.",
     "extended", None, "2024-12-31"),
    ("Ministers in Brussels prolonged the sanctions on Mali until March.", "extended", None, "2025-03-31"),
    ("The U.N. arms embargo on Iran expires on 18 October.", "lifted", None, "2024-10-18"),
    ("Norway will keep its sanctions on Belarus in place until at least 1 September.",
     "imposed", None, "2024-09-01"),
    ("The ceasefire between Azerbaijan and Armenia expired on Sunday.", "ended", None, "2024-05-12"),
    ("Washington slapped sanctions on the Syrian bank until mid-June.", "imposed", None, "2024-06-20"),
    # what is prolonged has the term it had, and more
    ("Israel and Hamas agreed to extend their truce, due to expire at midnight on Thursday, by two days.",
     "extended", None, "2024-05-18"),
    ("The Security Council voted to extend for a year the arms embargo on South Sudan, which expires on 31 May.",
     "extended", None, "2025-05-31"),
    ("The European Union renewed its sanctions on Russia for a year from 1 June.",
     "extended", "2024-06-01", "2025-05-31"),
    ("The ceasefire between Yemen's government and the Houthis was renewed for two months from 2 June.",
     "extended", "2024-06-02", "2024-08-01"),
    # a beginning
    ("British sanctions on the Iranian bank will take effect on 1 July.", "threatened", "2024-07-01", None),
    ("Benjamin Netanyahu said the ceasefire with Hamas would begin on Monday.", "agreed", "2024-05-20", None),
    ("South Sudan's warring parties signed a cessation of hostilities that enters into force on Sunday.",
     "agreed", "2024-05-19", None),
    ("Washington has had sanctions in force against Syria since 2011.", "imposed", "2011-01-01", None),
    ("Sanctions on Minsk, in force since August, have hurt its exports.", "imposed", "2023-08-01", None),
    ("Kosovo has been under EU sanctions since June 2023.", "imposed", "2023-06-01", None),
    ("Azerbaijan and Armenia have observed a ceasefire since Monday.", "in_effect", "2024-05-13", None),
    ("Kyiv accused Moscow of violating the ceasefire that took effect on Sunday.", "violated", "2024-05-12", None),
    ("Pristina demanded an end to the EU sanctions that have weighed on Kosovo since the summer of 2023.",
     "imposed|lifted", "2023-06-01", None),
    ("The council voted to scrap the arms embargo under which Eritrea has laboured since 2009.",
     "lifted", "2009-01-01", None),
    # a feast
    ("Pope Francis called for a truce in Ukraine over Pentecost.", "called_for", "2024-05-19", "2024-05-19"),
    ("Sudan's army and the RSF agreed to a lull during Eid al-Adha.", "agreed", "2024-06-16", "2024-06-19"),
    ("The Afghan government and the Taliban kept a Ramadan truce.", "in_effect", "2024-03-11", "2024-04-09"),
    ("The Taliban declared a three-day ceasefire for Eid al-Adha, beginning on 16 June.",
     "agreed", "2024-06-16", "2024-06-18"),
    ("The army and the rebels in Donetsk had agreed to a ceasefire over the Orthodox Easter weekend.",
     "in_effect|agreed", "2024-05-04", "2024-05-05"),
]  # fmt: skip

# Sentences in which nothing tells from when to when: a duration alone, the day of the act, another thing's term.
UNTOLD = [
    ("President Donald Trump proposed a 30-day ceasefire to Russia and Ukraine.", "proposed"),
    ("Colombia and the ELN agreed on Monday to a six-month ceasefire.", "agreed"),
    ("Israel and Hamas extended the truce by another 48 hours.", "extended"),
    ("Israel and Hamas extended their truce, which had been due to expire on Thursday.", "extended"),
    ("Moscow accused Kyiv of breaking the truce over the weekend.", "violated"),
    ("The army agreed a truce with the rebels of the M23 over the weekend.", "agreed"),
    ("Washington imposed sanctions on Iran on Monday.", "imposed"),
    ("Canada blacklisted two Russian companies in 2014.", "imposed"),
    ("Washington waived sanctions on Venezuela until November.", "eased"),
    ("Talks on a ceasefire between Israel and Hamas will last until Friday.", "proposed"),
    ("The truce between Israel and Hezbollah has held for two weeks.", "in_effect"),
    ("The two-day-old ceasefire between Israel and Hamas was broken by rockets.", "violated"),
    ("Norway said its sanctions on Belarus would remain in force until Minsk freed the prisoners.", "threatened"),
    ("A ceasefire in 2020 between Armenia and Azerbaijan ended the war on 10 November.", "agreed"),
    ("The United States has evaded the question of sanctions on Riyadh since 2018.", ""),
    ("Iran faces sanctions over an attack that began on Monday.", "imposed"),
    ("The pope called for a ceasefire in the war that began in February 2022.", "called_for"),
    ("Israel agreed to a truce with the group, which began an offensive on Monday.", ""),
    ("The thirty-hour Easter truce that Moscow proclaimed was broken by both Russia and Ukraine.", ""),
    ("The pope spoke of the truce that Russia and Ukraine have broken since March.", ""),
    ("Hamas refused to agree to a truce until Friday.", "rejected"),
    ("Foreign ministers met in Oslo from Monday until Wednesday.", ""),
]  # fmt: skip


def days(event: ArticleEvent) -> tuple[str | None, str | None]:
    first, last = (d.isoformat() if d else None for d in (event.effective_start, event.effective_end))
    return first, last


@pytest.mark.parametrize(("text", "status", "first", "last"), TOLD, ids=lambda value: str(value)[:60])
def test_the_days_in_force(read: Read, text: str, status: str, first: str | None, last: str | None) -> None:
    found = [days(e) for e in read(text, WEDNESDAY).events if e.status in status.split("|")]
    assert found == [(first, last)]


@pytest.mark.parametrize(("text", "status"), UNTOLD, ids=lambda value: str(value)[:60])
def test_none_is_guessed(read: Read, text: str, status: str) -> None:
    events = read(text, WEDNESDAY).events
    assert not status or status in {e.status for e in events}
    assert {days(e) for e in events} <= {(None, None)}


@pytest.mark.parametrize("row", table("event_validity"), ids=lambda row: row["words"][:30])
def test_each_row_of_the_table_is_read_from_its_example(read: Read, row: dict[str, str]) -> None:
    [event] = read(row["example"], WEDNESDAY).events
    assert days(event) == (row["first"] or None, row["last"] or None)


def test_the_table_knows_its_places_and_what_can_be_told() -> None:
    known = {
        "before": {"start", "since", "end", "to", "span", "for"},
        "over": {"begins", "ends", "lasts"},
        "with": {"lasts"},
    }
    assert [row for row in table("event_validity") if row["tells"] not in known[row["place"]]] == []


def test_an_agreement_and_the_beginning_told_apart_have_one_term(read: Read) -> None:
    text = (
        "Yemen's government and Houthi rebels agreed on Sunday to a five-day ceasefire. "
        "The ceasefire is due to begin on Thursday."
    )
    assert {days(e) for e in read(text, WEDNESDAY).events} == {("2024-05-16", "2024-05-20")}


def test_of_two_mentions_the_one_that_says_more_counts(read: Read) -> None:
    text = (
        "Israel and Hamas agreed to a truce from 20 May. Qatar mediated the truce, "
        "under which Israel and Hamas agreed to a truce from 20 May until 27 May."
    )
    assert ("2024-05-20", "2024-05-27") in {days(e) for e in read(text, WEDNESDAY).events}


def test_without_a_day_of_publication_only_full_dates_are_read(read: Read) -> None:
    [event] = read("The European Union extended its sanctions on Mali until 14 December 2025.").events
    assert days(event) == (None, "2025-12-14")
    [event] = read("Israel and Hamas agreed to a truce from Monday until Friday.").events
    assert days(event) == (None, None)


# --- arithmetic ------------------------------------------------------------------------------------------------------

FOURTH = date(2024, 5, 4)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
LENGTHS = st.tuples(st.integers(1, 400), st.sampled_from(["hour", "day", "week", "month", "year"]))


@pytest.mark.parametrize(
    ("length", "hour", "last"),
    [
        ((10, "day"), None, "2024-05-13"),
        ((1, "day"), None, "2024-05-04"),
        ((2, "week"), None, "2024-05-17"),
        ((1, "month"), None, "2024-06-03"),
        ((1, "year"), None, "2025-05-03"),
        ((72, "hour"), None, "2024-05-07"),
        ((72, "hour"), 0, "2024-05-06"),
        ((72, "hour"), 24, "2024-05-07"),
        ((36, "hour"), 12, "2024-05-05"),
        ((36, "hour"), None, "2024-05-06"),
        ((36, "hour"), 6, "2024-05-05"),
        ((12, "hour"), None, None),
        ((12, "hour"), 6, "2024-05-04"),
        ((12, "hour"), 18, "2024-05-05"),
    ],
)
def test_the_last_day_is_counted_with_the_first(length: tuple[int, str], hour: int | None, last: str | None) -> None:
    found = counted(Bound(FOURTH, FOURTH, hour), length)
    assert (found and found.isoformat()) == last


def test_nothing_is_counted_from_a_beginning_that_is_not_known_to_the_day() -> None:
    assert counted(Bound(date(2024, 5, 1), date(2024, 5, 31)), (10, "day")) is None


def _terms() -> Iterator[st.SearchStrategy[Term]]:
    bound = st.builds(lambda d, n, h: Bound(d, d + timedelta(n), h), DAYS, st.integers(0, 400), st.integers(0, 24))
    yield st.builds(Term, st.none() | bound, st.none() | bound, st.none() | LENGTHS)


@given(st.lists(next(_terms()), max_size=4))
def test_the_days_are_in_order_and_never_fewer_than_a_mention_tells(found: list[Term]) -> None:
    joined = best(found)
    told = [sum(day is not None for day in v.days) for v in found]
    first, last = joined.days if joined else (None, None)
    assert first is None or last is None or first <= last
    assert sum(day is not None for day in (first, last)) >= min(1, max(told, default=0))


@given(DAYS, LENGTHS, st.none() | st.integers(0, 23))
def test_what_lasts_longer_ends_no_earlier(day: date, length: tuple[int, str], hour: int | None) -> None:
    start = Bound(day, day, hour)
    here, longer = counted(start, length), counted(start, (length[0] + 1, length[1]))
    assert here is None or (longer is not None and day <= here <= longer)


def test_meetings_have_none(read: Read) -> None:
    text = "President Xi Jinping will hold talks with Vladimir Putin from Thursday until Saturday."
    [event] = read(text, WEDNESDAY).events
    assert (event.event_type, event.status) == (EventType.MEETING, Status.SCHEDULED)
    assert days(event) == (None, None)
