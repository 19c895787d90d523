"""When a meeting took place of which the lead, or "has just", tells without a day: as newspapers do, the latest news.

Where the text names a day, `dating` finds it, and it stands. No other status is dated here: of what is asked for,
refused or in force a lead tells without saying since when.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from transforms.events.article import Cluster
from transforms.events.dating import Dated
from transforms.events.draft import Draft
from transforms.events.syntax import Tense, auxiliaries, clause, tense
from transforms.records import CleanText
from transforms.vocabulary import DateBasis, EventType, LineKind, Precision, Status

LEAD = 3  # sentences, the headline among them, in which an article tells its news
EVE = timedelta(days=1)  # by which the news may be older than the paper
EARLIER = frozenset(
    {"last", "first", "previously", "earlier", "already", "once", "twice", "often", "repeatedly", "never"}
)
TOLD = frozenset({Tense.PAST, Tense.PERFECT})
MAIN = frozenset({"ROOT", "ccomp", "conj"})  # a clause of its own, or what somebody said: no "after they met"


def date_news(clusters: Sequence[Cluster], clean: CleanText, published: date | None) -> None:
    """Dates the meetings that were news when the article was published: on that day or the day before.

    Nothing is dated where the day of publication is not known.
    """
    if published is None or published == date.min:
        return
    told = [i for i, sentence in enumerate(clean.sentences) if sentence.kind is not LineKind.BOILERPLATE][:LEAD]
    for one in clusters:
        if one.type is not EventType.MEETING or one.status is not Status.HELD or one.dated is not None:
            continue
        for draft in one.drafts:
            if _is_news(draft, in_lead=draft.sentence in told):
                draft.dated = Dated(published - EVE, published, Precision.INTERVAL, "", DateBasis.TENSE)
                break


def _is_news(draft: Draft, *, in_lead: bool) -> bool:
    verb = clause(draft.found.root)
    if not draft.reading.told or draft.reading.temporal or draft.reading.since or draft.sequel:
        return False
    if any(a.lower_ == "had" for a in auxiliaries(verb)) or tense(verb) not in TOLD:
        return False
    if any(c.lower_ in EARLIER for c in verb.children):
        return False
    just = tense(verb) is Tense.PERFECT and any(c.lower_ == "just" for c in verb.children)
    return just or (in_lead and verb.dep_ in MAIN and not draft.anaphoric)
