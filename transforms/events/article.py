"""The mentions of one article put together: which tell one event, and what that event then is.

A second mention of the same stage is not a second event; "the talks" and "the truce" join what was told before.
Merging across articles does not belong here (`merge`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from transforms.events import political
from transforms.events.arguments import Filled, Party
from transforms.events.dating import Dated
from transforms.events.draft import Draft
from transforms.events.status import UNDONE
from transforms.events.syntax import Tense, clause, is_verb, prepositional, tense
from transforms.events.term import Term, best
from transforms.vocabulary import REMOTE, ActorKind, EventType, Form, Role, Status

ONE_PARTY_SPEAKS = frozenset({Status.CALLED_FOR, Status.PROPOSED, Status.REJECTED})
# An event of the second status may be spoken of again as the first: the offer that led to talks that are now arranged.
SPOKEN_OF_AS = frozenset(
    {
        (Status.CALLED_FOR, Status.PROPOSED),
        (Status.PROPOSED, Status.CALLED_FOR),
        (Status.PROPOSED, Status.SCHEDULED),
        (Status.ONGOING, Status.HELD),
        (Status.HELD, Status.ONGOING),
    }
)
ENTERED = frozenset({Status.AGREED, Status.IN_EFFECT})
SOON = 7  # days within which an agreed truce begins
FAR = 10  # sentences beyond which "the talks", without a party, point back at none
DIPLOMATIC = 3  # events of which an article tells for certain before it is taken for one on diplomacy
MANY = 8  # parties: more than these in one sentence are no longer a list of who met


@dataclass
class Cluster:
    """The drafts that tell one event, in the order of the text."""

    drafts: list[Draft] = field(default_factory=list)
    shared: Term | None = None  # with other stages of the same truce

    @property
    def type(self) -> EventType:
        return self.drafts[0].type

    @property
    def status(self) -> Status | None:
        return next((d.status for d in self.drafts if d.status is not None), None)

    @property
    def dated(self) -> Dated | None:
        known = [d.dated for d in self.drafts if d.dated is not None and d.dated.start and d.dated.end]
        return min(known, key=_width, default=None)

    @property
    def term(self) -> Term | None:
        return self.shared or best([d.term for d in self.drafts if d.term is not None])

    @property
    def form(self) -> Form | None:
        told = [d.form for d in self.drafts if d.form is not None and not d.anaphoric]
        return told[0] if told else self.drafts[0].form

    @property
    def place(self) -> Draft | None:
        return next((d for d in self.drafts if d.resolved is not None), None) or next(
            (d for d in self.drafts if d.place), None
        )

    @property
    def filled(self) -> list[Filled]:
        best = max(self.drafts, key=lambda d: (min(len(_taking_part(d.filled)), 4), not d.anaphoric, d.weight))
        filled = list(best.filled)
        have = {f.party.id for f in filled}
        sanctions = self.type is EventType.SANCTIONS
        short = not sanctions and len(_taking_part(filled)) < 2
        for draft in self.drafts:
            for one in draft.filled:
                lacking = sanctions and not any(f.role is one.role for f in filled)
                if one.party.id not in have and (lacking or short):
                    filled.append(one)
                    have.add(one.party.id)
        return tidy(self.type, filled)


def _width(dated: Dated) -> int:
    return (dated.end - dated.start).days if dated.start and dated.end else 10_000


def _taking_part(filled: Sequence[Filled]) -> list[Filled]:
    return [f for f in filled if f.role not in {Role.MEDIATOR}]


def tidy(event_type: EventType, filled: Sequence[Filled]) -> list[Filled]:
    """The parties without a state beside its own spokesman or minister: "Lavrov" says "Russia" already."""
    if event_type is EventType.SANCTIONS:
        return list(filled)
    if any(f.party.actor.kind in {ActorKind.ARMED_GROUP, ActorKind.OTHER} for f in filled):
        filled = [replace(f, party=replace(f.party, name=f.party.army or f.party.name)) for f in filled]
    people = {f.party.actor.country_code for f in filled if f.party.actor.kind is ActorKind.PERSON}
    kept = [f for f in filled if not (f.party.actor.kind is ActorKind.STATE and f.party.actor.country_code in people)]
    return kept if len(kept) >= 2 or len(kept) == len(filled) else list(filled)


def cluster(drafts: Sequence[Draft], published: date | None, known: frozenset[str]) -> list[Cluster]:
    """The article's events, in the order of their first mention; mentions that tell nothing are left out.

    `published` is the latest day on which the article can have been published, `known` holds the ids of its officials.
    """
    found: list[Cluster] = []
    left: list[Draft] = []
    for draft in drafts:
        if draft.type is EventType.MEETING and is_verb(draft.found.root) and not draft.filled:
            continue  # "shareholders will meet in March": people who are no party to anything
        home = _home(draft, found)
        if home is not None:
            home.drafts.append(draft)
            continue
        planned = _planned(draft, found)
        if planned is not None:
            planned.drafts.append(draft)
            for told in planned.drafts:
                told.status = draft.status
            continue
        own = len(draft.filled)
        _inherit(draft, found)
        if len(draft.filled) > own and not _telling(draft, own):
            continue
        if _stands_alone(draft, published, known):
            found.append(Cluster([draft]))
        else:
            left.append(draft)
    diplomatic = len(found) >= DIPLOMATIC
    state = _home_state(drafts)
    # what told too little where it stood may belong to an event that is told in full further down
    for draft in left:
        home = _home(draft, [one for one in found if one.drafts[0].sentence > draft.sentence])
        if home is not None and draft.reading.told:
            home.drafts.append(draft)
        elif diplomatic and _named(draft, state):
            found.append(Cluster([draft]))
    for one in found:
        _complete(one, found)
    joined = [one for one in _joined(found) if not _at_home(one, known, state)]
    _share_terms(joined)
    return joined


def _planned(draft: Draft, found: Sequence[Cluster]) -> Cluster | None:
    """The meeting just told of as planned that "the summit" goes on about: "were to meet in Luanda, but the summit was
    cancelled"."""
    if draft.type is not EventType.MEETING or draft.status not in UNDONE or not draft.anaphoric or draft.filled:
        return None
    near = [one for one in found if one.type is draft.type and draft.sentence - one.drafts[-1].sentence <= 1]
    return next((one for one in reversed(near) if one.status is Status.SCHEDULED), None)


def _at_home(one: Cluster, known: frozenset[str], home: str | None) -> bool:
    """Whether all that is known of a meeting, when its mentions are taken together, is that people of one state met."""
    actors = [f.party.actor for f in one.filled]
    unknown = any(a.country_code is None for a in actors)
    if one.type is not EventType.MEETING or len(actors) < 2 or (unknown and any(_named(d, home) for d in one.drafts)):
        return False
    return all(a.kind is ActorKind.PERSON for a in actors) and not political.is_meeting(one.filled, known)


def _telling(draft: Draft, own: int) -> bool:
    """Whether a meeting that has its parties from an earlier one is told as an event of its own: "Zelenskiy rejected
    the talks", "The discussions are due to end on Friday"; mostly such a mention only goes on about the earlier one.
    `own`: how many parties its own sentence names."""
    if draft.type is not EventType.MEETING:
        return True
    return draft.reading.told and (draft.dated is not None or own > 0)


def _home_state(drafts: Sequence[Draft]) -> str | None:
    """The state of most of the people whom the article's drafts name; None where they name none."""
    people = {f.party.actor for d in drafts for f in d.filled if f.party.actor.kind is ActorKind.PERSON}
    counts = Counter(actor.country_code for actor in people if actor.country_code)
    return max(counts, key=lambda code: (counts[code], code), default=None)


def _named(draft: Draft, home: str | None) -> bool:
    """Whether a draft of an article on diplomacy tells that two people met of whom but one is known to act for a
    state: the article need not say whom the other one stands for, unless both may be of its own state (`home`)."""
    people = [f.party.actor for f in draft.filled if f.party.actor.kind is ActorKind.PERSON]
    if draft.type is not EventType.MEETING or draft.status is None or not draft.reading.told:
        return False
    return len({p.actor_id for p in people}) >= 2 and any(p.country_code not in {None, home} for p in people)


def _complete(one: Cluster, found: Sequence[Cluster]) -> None:
    """Give a truce without parties those of the article's other stages, told before or after it."""
    if one.type is not EventType.CEASEFIRE or one.status in ONE_PARTY_SPEAKS or len(_taking_part(one.filled)) >= 2:
        return
    for other in found:
        back = [f for f in other.filled if f.role in {Role.PARTY, Role.VIOLATOR}]
        if other is not one and other.type is one.type and len(back) >= 2 and _dates_near(one, other):
            own = [f for f in one.drafts[0].filled if not any(_alike(f.party, g.party) for g in back)]
            one.drafts[0].filled = [Filled(f.party, Role.PARTY) for f in back] + own
            one.drafts[0].borrow()
            return


def _dates_near(a: Cluster, b: Cluster) -> bool:
    """Whether two stages can be of one truce: within a year of each other, as far as they are dated."""
    if a.dated is None or b.dated is None or not (a.dated.start and b.dated.start):
        return True
    return abs((a.dated.start - b.dated.start).days) <= 366


def _share_terms(found: Sequence[Cluster]) -> None:
    """Give the agreement on a truce and its beginning what the article says of the other one: "agreed to a five-day
    truce … The truce begins on Tuesday". Where it tells several beginnings or lengths, it may mean several truces."""
    stages = [one for one in found if one.type is EventType.CEASEFIRE and one.status in ENTERED]
    told = [one.term for one in stages]
    for one, own in zip(stages, told, strict=True):
        others = [
            term
            for other, term in zip(stages, told, strict=True)
            if other is not one and term is not None and _of_one_truce(one, other)
        ]
        if not others or one.drafts[0].sequel:
            continue
        known = [own, *others] if own else others
        joined = best(known)
        same = {term.start.first for term in known if term.start}, {term.length for term in known if term.length}
        if joined is not None and all(len(values) <= 1 for values in same) and not _contradicts(one, own, joined):
            one.shared = joined


def _of_one_truce(a: Cluster, b: Cluster) -> bool:
    own, others = [f.party for f in a.filled], [f.party for f in b.filled]
    return bool(own and others) and _parties_agree(a.type, own, others, strict=True) and _near(a.dated, b.dated)


def _near(a: Dated | None, b: Dated | None) -> bool:
    """Whether two stages are dated within a month of each other, as far as they are dated."""
    if a is None or b is None or not (a.start and b.start):
        return True
    return abs((a.start - b.start).days) <= 31


def _contradicts(one: Cluster, own: Term | None, joined: Term) -> bool:
    """Whether what other stages say is at odds with what the stage's own mentions do."""
    mine = own.days if own else (None, None)
    if any(day is not None and day != new for day, new in zip(mine, joined.days, strict=True)):
        return True
    acted = one.dated.start if one.dated and one.status is Status.AGREED else None
    return bool(acted and joined.start and not 0 <= (joined.start.last - acted).days <= SOON)


def _joined(found: list[Cluster]) -> list[Cluster]:
    """Clusters that turn out to be one when all their drafts are known."""
    kept: list[Cluster] = []
    for one in found:
        same = next((old for old in kept if _same_event(old, one)), None)
        if same is None:
            kept.append(one)
        else:
            same.drafts.extend(one.drafts)
    return kept


def _same_event(a: Cluster, b: Cluster) -> bool:
    if a.type is not b.type or a.status is not b.status or not _dates_agree(a.dated, b.dated):
        return False
    if (a.dated is None) != (b.dated is None) and a.type is EventType.MEETING and a.status is Status.HELD:
        return False
    if not _forms_agree(a.form, b.form) or not all(_places_agree(draft, a) for draft in b.drafts):
        return False
    if a.type is EventType.SANCTIONS:
        return _sides_agree(a.filled, b.filled)
    return _parties_agree(a.type, [f.party for f in a.filled], [f.party for f in b.filled], strict=True)


def _home(draft: Draft, found: Sequence[Cluster]) -> Cluster | None:
    """The cluster that a draft belongs to: the best match, the latest where several match equally well."""
    best: tuple[int, Cluster] | None = None
    for one in found:
        value = _match(draft, one)
        if value > 0 and (best is None or value >= best[0]):
            best = (value, one)
    return best[1] if best else None


def _match(draft: Draft, one: Cluster) -> int:
    """How well a draft fits a cluster: 0 not at all."""
    if draft.type is not one.type or not _dates_agree(draft.dated, one.dated) or not _places_agree(draft, one):
        return 0
    if not _statuses_agree(draft, one):
        return 0
    undated = draft.dated is not None and one.dated is None
    if undated and (draft.sequel or (not draft.anaphoric and (draft.new or draft.status is None))):
        return 0  # "their previous call, on Monday" is not the call told before
    if not draft.anaphoric and not _forms_agree(draft.form, one.form):
        return 0
    own, others = [f.party for f in draft.filled], [f.party for f in one.filled]
    if not own and draft.sentence - max(d.sentence for d in one.drafts) > FAR:
        return 0  # "the summit" is the one that was told not long ago
    value = 1
    if own:
        agreed = (
            _sides_agree(draft.filled, one.filled)
            if draft.type is EventType.SANCTIONS
            else _parties_agree(draft.type, own, others, strict=False)
        )
        if not agreed and not (draft.anaphoric and draft.type is EventType.CEASEFIRE and draft.status is one.status):
            return 0
        value += 3 if agreed else 1
    value += 2 * (draft.status is one.status) + 2 * (draft.dated is not None and one.dated is not None)
    value += draft.place is not None and one.place is not None
    return value


def _statuses_agree(draft: Draft, one: Cluster) -> bool:
    """One stage, or a call for a truce that is then spoken of as an offer."""
    if draft.status is None or one.status is None or draft.status is one.status:
        return True
    return draft.anaphoric and (draft.status, one.status) in SPOKEN_OF_AS


def _dates_agree(a: Dated | None, b: Dated | None) -> bool:
    if a is None or b is None or not (a.start and a.end and b.start and b.end):
        return True
    return a.start <= b.end and b.start <= a.end


def _places_agree(draft: Draft, one: Cluster) -> bool:
    there = one.place
    if draft.resolved is None or there is None or there.resolved is None or draft.type is not EventType.MEETING:
        return True
    a, b = draft.resolved, there.resolved
    if a.name == b.name:
        return True
    return a.country_code == b.country_code and "country" in {a.kind, b.kind}


def _forms_agree(a: Form | None, b: Form | None) -> bool:
    return (a in REMOTE) == (b in REMOTE)


def _alike(a: Party, b: Party) -> bool:
    """One actor, or a person and the state for which the person acts."""
    if a.id == b.id:
        return True
    kinds = {a.actor.kind, b.actor.kind}
    if ActorKind.OTHER in kinds and ActorKind.ARMED_GROUP in kinds:
        return True  # "the rebels" and their name
    same_state = a.actor.country_code is not None and a.actor.country_code == b.actor.country_code
    return same_state and ActorKind.STATE in kinds and bool(kinds & {ActorKind.PERSON, ActorKind.ORGANISATION})


def _sides_agree(own: Sequence[Filled], others: Sequence[Filled]) -> bool:
    """Whether senders and targets can be those of the same sanctions: where both tell a side, they share in it."""
    for role in (Role.SENDER, Role.TARGET):
        mine = [f.party for f in own if f.role is role]
        theirs = [f.party for f in others if f.role is role]
        if (
            mine
            and theirs
            and not any(_alike(a, b) or (role is Role.SENDER and _one_state(a, b)) for a in mine for b in theirs)
        ):
            return False
    return True


def _one_state(a: Party, b: Party) -> bool:
    """Whether two senders act for one state: a president and his ambassador."""
    return a.actor.country_code is not None and a.actor.country_code == b.actor.country_code


def _parties_agree(event_type: EventType, own: Sequence[Party], others: Sequence[Party], *, strict: bool) -> bool:
    """Whether two lists of parties can be those of one event."""
    if not own or not others:
        return not strict
    shared = sum(any(_alike(a, b) for b in others) for a in own)
    if event_type is EventType.MEETING:
        return shared >= 2 or (shared == len(own) and not strict) or (shared == len(others) == 1 and not strict)
    return shared >= (min(2, len(own), len(others)) if strict else 1)


def _inherit(draft: Draft, found: Sequence[Cluster]) -> None:
    """Give a draft the parties of what it points back at: the latest event of its type, whatever its status."""
    if draft.type is EventType.SANCTIONS:
        have = {f.role for f in draft.filled}
        for role in (Role.SENDER, Role.TARGET):
            if role in have:
                continue
            for one in reversed(found):
                if one.type is draft.type and (not draft.filled or _shares(draft, one)):
                    draft.filled += [f for f in one.filled if f.role is role]
                    draft.borrowed = True
                    break
        return
    pointing = draft.anaphoric
    if len(_taking_part(draft.filled)) >= 2 or not pointing:
        return
    if draft.type is EventType.CEASEFIRE and draft.filled and draft.status in ONE_PARTY_SPEAKS | {Status.VIOLATED}:
        return
    for one in reversed(found):
        if one.type is not draft.type:
            continue
        back = [f for f in one.filled if f.role in {Role.PARTY, Role.PARTICIPANT, Role.VIOLATOR}]
        enough = 1 if draft.found.trigger.echo else 2  # "It collapsed" takes what parties there are
        if len(back) >= enough and (not draft.filled or _shares(draft, one)):
            # the party that speaks is named as the event's parties were: "Zelenskiy rejected the talks" with Ukraine
            own = [f for f in draft.filled if not any(_alike(f.party, g.party) for g in back)]
            draft.filled = [Filled(f.party, _inherited(draft, f.role)) for f in back] + own
            draft.borrow()
            return


def _inherited(draft: Draft, role: Role) -> Role:
    return Role.PARTY if draft.type is EventType.CEASEFIRE else role


def _shares(draft: Draft, one: Cluster) -> bool:
    return any(_alike(f.party, g.party) for f in draft.filled for g in one.filled)


def _stands_alone(draft: Draft, published: date | None, known: frozenset[str]) -> bool:
    """Whether a draft that joins no other is an event; sets the status of one that nothing but its date tells."""
    parties = tidy(draft.type, draft.filled if draft.form is Form.MULTILATERAL else _taking_part(draft.filled))
    if len(parties) > MANY:
        return False
    if draft.type is EventType.MEETING:
        return _meeting(draft, len(parties), published, known)
    if draft.type is EventType.CEASEFIRE:
        if not political.is_truce(draft.filled, known):
            return False
        if draft.status is None:
            if draft.dated is None and len(parties) < 2 and not (draft.new and not draft.sequel):
                return False
            draft.status = Status.AGREED
        return not draft.found.trigger.echo or bool(draft.filled)
    if draft.status is None:
        draft.status = Status.IMPOSED
    return political.is_sanction(draft.filled, draft.reading.told)


def _by_tense(draft: Draft) -> Status:
    """What has become of a meeting that is only mentioned: by the tense of the clause around it."""
    mood = tense(clause(draft.found.root))
    return {Tense.FUTURE: Status.SCHEDULED, Tense.POSSIBLE: Status.PROPOSED}.get(mood, Status.HELD)


def _meeting(draft: Draft, parties: int, published: date | None, known: frozenset[str]) -> bool:
    ahead = (
        published is not None
        and draft.dated is not None
        and draft.dated.start is not None
        and draft.dated.start > published
    )
    if draft.status is None:
        draft.status = Status.SCHEDULED if ahead else _by_tense(draft)
    elif ahead and draft.status in {Status.HELD, Status.ONGOING}:
        draft.status = Status.SCHEDULED
    if parties >= 2 or (parties == 1 and len(draft.filled) >= 2 and draft.reading.told):
        return political.is_meeting(draft.filled, known)
    meets = draft.found.trigger.name in {"meet", "convene", "gather"}  # "The Security Council met on Monday"
    of_body = meets or bool(prepositional(draft.found.root, {"of"}))  # "an emergency meeting of the Security Council"
    if (draft.form is not Form.MULTILATERAL and not of_body) or parties != 1 or not (draft.dated or draft.reading.told):
        return False
    body = draft.filled[0].party.actor
    international = body.kind in {ActorKind.ORGANISATION, ActorKind.BLOC} and body.country_code is None
    if political.is_assembly(body):
        return True
    return (international or draft.dated is not None) and political.is_meeting(draft.filled, known)
