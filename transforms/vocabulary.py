"""The closed sets of words that records may hold: event types, statuses, forms, roles, bases, labels.

Their meaning for annotators and users stands in `docs/events.md`; how they are recognised does not belong here.
"""

from enum import StrEnum


class EventType(StrEnum):
    MEETING = "meeting"
    CEASEFIRE = "ceasefire"
    SANCTIONS = "sanctions"


class Status(StrEnum):
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


STATUSES: dict[EventType, tuple[Status, ...]] = {
    EventType.MEETING: (
        Status.HELD,
        Status.ONGOING,
        Status.SCHEDULED,
        Status.PROPOSED,
        Status.REJECTED,
        Status.CANCELLED,
        Status.POSTPONED,
    ),
    EventType.CEASEFIRE: (
        Status.CALLED_FOR,
        Status.PROPOSED,
        Status.AGREED,
        Status.IN_EFFECT,
        Status.EXTENDED,
        Status.VIOLATED,
        Status.ENDED,
        Status.REJECTED,
    ),
    EventType.SANCTIONS: (
        Status.THREATENED,
        Status.PROPOSED,
        Status.IMPOSED,
        Status.EXTENDED,
        Status.EASED,
        Status.LIFTED,
        Status.REJECTED,
    ),
}


class Form(StrEnum):
    """How a meeting is held; no other type has a form."""

    PHONE_CALL = "phone_call"
    VIDEO_CALL = "video_call"
    TALKS = "talks"
    VISIT = "visit"
    MULTILATERAL = "multilateral"
    IN_PERSON = "in_person"


REMOTE = frozenset({Form.PHONE_CALL, Form.VIDEO_CALL})  # which have no place


class Role(StrEnum):
    PARTICIPANT = "participant"  # of a meeting, with no further role
    HOST = "host"
    MEDIATOR = "mediator"
    PROPOSER = "proposer"
    PARTY = "party"
    VIOLATOR = "violator"
    SENDER = "sender"
    TARGET = "target"


class ActorKind(StrEnum):
    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"  # international or domestic: the UN, the EU, a ministry, a company
    ARMED_GROUP = "armed_group"
    BLOC = "bloc"  # an informal group of states: the West, Europe
    OTHER = "other"


class TimexType(StrEnum):
    """TIMEX3 types of ISO-TimeML."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Precision(StrEnum):
    """The unit in which a date is known, from the finest to the coarsest."""

    DAY = "day"
    WEEK = "week"
    PART_OF_MONTH = "part_of_month"  # early, mid-, late
    MONTH = "month"
    QUARTER = "quarter"  # a season, too
    YEAR = "year"
    INTERVAL = "interval"  # any other stretch of days


class Anchor(StrEnum):
    """What a time expression was resolved against."""

    NONE = "none"  # it is absolute
    PUBLICATION = "publication"
    EXPRESSION = "expression"  # another expression of the text
    EVENT = "event"  # an event: left unresolved by the dates stage
    UNKNOWN = "unknown"  # it needs an anchor that the text does not give


class PublishedBasis(StrEnum):
    GIVEN = "given"
    INFERRED = "inferred"
    NONE = "none"


class EvidenceKind(StrEnum):
    """What in a record tells when it was published, from the surest kind to the least sure."""

    STATED = "stated"  # "Published 3 May 2022", a line that is a date
    URL = "url"  # a date in the address or in the file's name
    DATELINE = "dateline"  # "ANKARA, Oct. 13 (AP)"
    COPYRIGHT = "copyright"  # "© 2019"
    WEEKDAY_DATE = "weekday_date"  # "Thursday, June 6": a year in which they fall together
    OFFICE = "office"  # an office-holder named with the office
    FORMER_OFFICE = "former_office"
    PERSON = "person"  # an office-holder named in full, without the office
    WORLD_EVENT = "world_event"  # a dated event that the text names
    EVENT_AGE = "event_age"  # "now in its fourth year", of an event whose day is known
    PAST_DATE = "past_date"  # a date with its year that is past
    COMING_DATE = "coming_date"  # one that is to come
    NEWEST_DATE = "newest_date"  # the newest date or event: news is seldom much younger
    YEARLESS_DATE = "yearless_date"  # "on August 27", "in April"
    WEEKDAY = "weekday"  # "on Thursday"


class DateBasis(StrEnum):
    """Where an event's date comes from."""

    EXPLICIT = "explicit"  # the text names the date in full
    RELATIVE = "relative"  # resolved against the publication date or another expression
    INHERITED = "inherited"  # from the event that an anaphor refers to
    TENSE = "tense"  # from the publication date through the tense alone


class LineKind(StrEnum):
    CONTENT = "content"
    HEADLINE = "headline"
    BOILERPLATE = "boilerplate"
    CAPTION = "caption"
    DATELINE = "dateline"
