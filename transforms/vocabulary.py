"""The closed sets of words that records may hold: event types, statuses, forms, roles, bases, labels.

Their meanings go into the comments of the database and into `docs/dictionary.md`; with examples, for annotators and
users, they stand in `docs/events.md`. How the words are recognised does not belong here.
"""

from enum import StrEnum
from typing import NamedTuple, Self


class Word(StrEnum):
    """A word of a closed set and, where it does not speak for itself, what it means."""

    _value_: str
    _meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word._meaning = meaning
        return word

    @property
    def meaning(self) -> str:
        """What the word means, in a phrase."""
        return self._meaning


class EventType(Word):
    MEETING = "meeting", "two or more political actors talk to each other, in person or from afar"
    CEASEFIRE = "ceasefire", "armed parties are to stop shooting: a ceasefire, truce, armistice or pause"
    SANCTIONS = "sanctions", "a government or organisation penalises another state, organisation or person"


class Status(Word):
    # meetings
    HELD = "held"
    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    # ceasefires
    CALLED_FOR = "called_for"
    AGREED = "agreed"
    IN_EFFECT = "in_effect"
    VIOLATED = "violated"
    ENDED = "ended"
    # sanctions
    THREATENED = "threatened"
    IMPOSED = "imposed"
    EASED = "eased"
    LIFTED = "lifted"
    # more than one type
    PROPOSED = "proposed"
    REJECTED = "rejected"
    EXTENDED = "extended"

    @property
    def meaning(self) -> str:
        """What the status means of each type that has it."""
        return "; ".join(f"{t}: {stages[self].meaning}" for t, stages in STATUSES.items() if self in stages)


class Stage(NamedTuple):
    """What a status says of an event of one type.

    `rank` orders the stages of one thing, from 1; stages of one rank are alternatives. `realised` tells what came about
    from what was only asked for, planned, threatened, refused or called off.
    """

    rank: int
    realised: bool
    meaning: str


STATUSES: dict[EventType, dict[Status, Stage]] = {
    EventType.MEETING: {
        Status.HELD: Stage(3, True, "it took place"),
        Status.ONGOING: Stage(3, True, "it is taking place as the article is written"),
        Status.SCHEDULED: Stage(2, False, "it is arranged or announced"),
        Status.PROPOSED: Stage(1, False, "it is offered, asked for or possible, not arranged"),
        Status.REJECTED: Stage(3, False, "it was refused"),
        Status.CANCELLED: Stage(3, False, "it had been arranged and was called off"),
        Status.POSTPONED: Stage(3, False, "it had been arranged and was put off"),
    },
    EventType.CEASEFIRE: {
        Status.CALLED_FOR: Stage(1, False, "somebody asks for it, without terms"),
        Status.PROPOSED: Stage(2, False, "it is offered or on the table"),
        Status.AGREED: Stage(3, True, "it was agreed, declared or signed, be it by one side"),
        Status.IN_EFFECT: Stage(4, True, "it began or holds"),
        Status.EXTENDED: Stage(5, True, "it was prolonged or renewed"),
        Status.VIOLATED: Stage(5, True, "it was broken, or one side says so of the other"),
        Status.ENDED: Stage(6, True, "it expired, collapsed or was called off"),
        Status.REJECTED: Stage(3, False, "it was refused"),
    },
    EventType.SANCTIONS: {
        Status.THREATENED: Stage(2, False, "they will or may come if something happens"),
        Status.PROPOSED: Stage(1, False, "they are called for, drafted or considered"),
        Status.IMPOSED: Stage(3, True, "they were imposed or are in force"),
        Status.EXTENDED: Stage(4, True, "they were prolonged, widened or imposed again"),
        Status.EASED: Stage(5, True, "they were partly lifted, waived or suspended"),
        Status.LIFTED: Stage(6, True, "they were removed"),
        Status.REJECTED: Stage(3, False, "they were refused, or a party will not join them"),
    },
}


class Form(Word):
    """How a meeting is held; no other type has a form."""

    PHONE_CALL = "phone_call", "by telephone"
    VIDEO_CALL = "video_call", "by video link"
    TALKS = "talks", "negotiations between delegations or states"
    VISIT = "visit", "a visit that implies contact"
    MULTILATERAL = "multilateral", "a summit, conference or session of an organisation"
    IN_PERSON = "in_person", "face to face in any other way"


REMOTE = frozenset({Form.PHONE_CALL, Form.VIDEO_CALL})  # which have no place


class Role(Word):
    PARTICIPANT = "participant", "of a meeting, with no further role"
    HOST = "host", "of a meeting: at whose place or invitation it is held"
    MEDIATOR = "mediator", "of a meeting or a ceasefire: helps the others to agree"
    PROPOSER = "proposer", "of a ceasefire: asks for it or offers it"
    PARTY = "party", "of a ceasefire: is to stop shooting"
    VIOLATOR = "violator", "of a ceasefire: broke it, or is said to have"
    SENDER = "sender", "of sanctions: who punishes"
    TARGET = "target", "of sanctions: who is punished"


class ActorKind(Word):
    PERSON = "person", "a human being, named"
    STATE = "state", "a country, whatever stands for it: its capital, its government, its negotiators"
    ORGANISATION = "organisation", "international or domestic: the UN, the EU, a ministry, a company"
    ARMED_GROUP = "armed_group", "a militia, a rebel movement"
    BLOC = "bloc", "an informal group of states: the West, Europe"
    OTHER = "other", "whatever else the text names"


class TimexType(Word):
    """TIMEX3 types of ISO-TimeML."""

    DATE = "DATE", "a day or a longer stretch of the calendar"
    TIME = "TIME", "a time of day"
    DURATION = "DURATION", "a length of time"
    SET = "SET", "something that recurs: every Monday"


class Precision(Word):
    """The unit in which a date is known, from the finest to the coarsest."""

    DAY = "day", "one day"
    WEEK = "week", "Monday to Sunday, or a part of it"
    PART_OF_MONTH = "part_of_month", "early, mid-, late: the 1st to 10th, 11th to 20th, 21st to the end"
    MONTH = "month", "a calendar month"
    QUARTER = "quarter", "three months, or a season"
    YEAR = "year", "a calendar year, or a part of it"
    INTERVAL = "interval", "any other stretch of days"


class Anchor(Word):
    """What a time expression was resolved against."""

    NONE = "none", "it is absolute"
    PUBLICATION = "publication", "the day of publication"
    EXPRESSION = "expression", "another expression of the text"
    EVENT = "event", "an event: left unresolved by the dates stage"
    UNKNOWN = "unknown", "it needs an anchor that the text does not give"


class PublishedBasis(Word):
    GIVEN = "given", "the record says when it was published"
    INFERRED = "inferred", "text, address or file name tell an interval"
    NONE = "none", "nothing tells"


class EvidenceKind(Word):
    """What in a record tells when it was published, from the surest kind to the least sure."""

    STATED = "stated", "`Published 3 May 2022`, a line that is a date"
    URL = "url", "a date in the address or in the file's name"
    DATELINE = "dateline", "`ANKARA, Oct. 13 (AP)`"
    COPYRIGHT = "copyright", "`© 2019`"
    WEEKDAY_DATE = "weekday_date", "`Thursday, June 6`: a year in which they fall together"
    OFFICE = "office", "an office-holder named with the office"
    FORMER_OFFICE = "former_office", "somebody named as a former office-holder"
    PERSON = "person", "an office-holder named in full, without the office"
    WORLD_EVENT = "world_event", "a dated event that the text names"
    EVENT_AGE = "event_age", "`now in its fourth year`, of an event whose day is known"
    PAST_DATE = "past_date", "a date with its year that is past"
    COMING_DATE = "coming_date", "one that is to come"
    NEWEST_DATE = "newest_date", "the newest date or event: news is seldom much younger"
    YEARLESS_DATE = "yearless_date", "`on August 27`, `in April`"
    WEEKDAY = "weekday", "`on Thursday`"


class DateBasis(Word):
    """Where an event's date comes from."""

    EXPLICIT = "explicit", "the text names the date in full"
    RELATIVE = "relative", "resolved against the publication date or another expression"
    INHERITED = "inherited", "from the event that an anaphor refers to"
    TENSE = "tense", "from the publication date through the tense alone"


class LineKind(Word):
    """What a line of an article is."""

    CONTENT = "content", "the article's own text"
    HEADLINE = "headline", "a headline or subheading"
    BOILERPLATE = "boilerplate", "navigation, appeals, notices: not read"
    CAPTION = "caption", "words beside a picture"
    DATELINE = "dateline", "place, day and agency before the text"
