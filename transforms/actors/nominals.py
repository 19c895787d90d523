"""Finds persons called by their office: "the Turkish president", "Russia's foreign minister", "the U.N. chief".

Here they are only found, with what stands around them; whom they mean is decided in `offices.py`.
"""

from dataclasses import dataclass, field, replace

from transforms.actors import titles
from transforms.actors.gazetteer import Hit, Sense
from transforms.actors.mentions import Actor
from transforms.actors.names import Person
from transforms.actors.persons import PersonSpan
from transforms.actors.sentence import Sentence
from transforms.vocabulary import ActorKind

DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "both", "two", "three", "four", "five"})
POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
GENITIVE = frozenset({"'s", "’s", "'", "’"})
_DETERMINER_TAGS = frozenset({"DT", "PDT", "CD"})
_OWNING, _CONCERNING = frozenset({"of", "from"}), frozenset({"for", "to"})
_MODIFIER_DEPS = frozenset({"compound", "nmod", "amod", "poss", "npadvmod", "nsubj", "dep"})
_MODIFYING = frozenset({Sense.STATE, Sense.DEMONYM, Sense.CAPITAL, Sense.METONYM, Sense.ORGANISATION})


@dataclass(slots=True)
class Nominal:
    """An office without a name, with the states or bodies to which it belongs."""

    start: int
    end: int
    title: titles.TitleSpan
    owners: list[Actor]  # in the order of the text
    possessive: int | None = None  # token of "his" in "his Turkish counterpart"
    number: int | None = None  # 2 in "the two presidents"
    definite: bool = False
    persons: list[Person] = field(default_factory=list)  # named right beside it


@dataclass(slots=True)
class Context:
    """What stands before a title or a group noun."""

    start: int
    owners: list[Actor]
    possessive: int | None = None
    number: int | None = None
    definite: bool = False


def before(sentence: Sentence, start: int, ends: dict[int, Hit], *, plural: bool) -> Context:
    """Reads leftwards from a title: modifiers, states and bodies, then an article, a number or a possessive pronoun.

    `ends`: hits of the gazetteer by their end token. With `plural`, states joined by "and" are read, too.
    """
    context = Context(start, [])
    k = start
    while k > 0:
        word = sentence.lower[k - 1]
        hit = ends.get(k - 1) if word in GENITIVE else ends.get(k)
        if hit is not None and _modifies(sentence, hit, genitive=word in GENITIVE):
            context.owners.insert(0, hit.entry.actor)
            k = context.start = hit.start
        elif (
            (word in ("and", ",") and plural and context.owners and _hit_before(ends, k - 1))
            or titles.is_modifier(word)
            or (word == "-" and k > 1 and titles.is_modifier(sentence.lower[k - 2]))
        ):
            k -= 1
        elif word in DETERMINERS and sentence.tags[k - 1] in _DETERMINER_TAGS:
            context.number = context.number or NUMBERS.get(word)
            context.definite = context.definite or word not in ("a", "an")
            k -= 1
            context.start = k
        elif word in POSSESSIVES:
            context.possessive, context.definite = k - 1, True
            context.start = k - 1
            break
        else:
            break
    return context


def _modifies(sentence: Sentence, hit: Hit, *, genitive: bool) -> bool:
    """Whether the state goes with the title behind it; not in "in Turkey President Erdogan said"."""
    if hit.entry.sense not in _MODIFYING:
        return False
    if genitive or hit.entry.sense is Sense.DEMONYM:
        return True
    return any(sentence.deps[k] in _MODIFIER_DEPS and sentence.heads[k] >= hit.end for k in range(hit.start, hit.end))


def _hit_before(ends: dict[int, Hit], k: int) -> bool:
    hit = ends.get(k)
    return hit is not None and hit.entry.sense in _MODIFYING


def after(sentence: Sentence, end: int, starts: dict[int, Hit]) -> tuple[int, list[Actor]]:
    """Reads rightwards from a title: "of Russia, Turkey and Iran". Gives the end and the states or bodies.

    "envoy to Syria" ends behind Syria, to which the envoy does not belong.
    """
    owners: list[Actor] = []
    k = end
    if k >= len(sentence) or sentence.lower[k] not in _OWNING | _CONCERNING:
        return end, owners
    owning = sentence.lower[k] in _OWNING
    k += 1
    last = end
    while k < len(sentence):
        word = sentence.lower[k]
        hit = starts.get(k)
        if hit is not None and hit.entry.sense in (Sense.STATE, Sense.ORGANISATION, Sense.CAPITAL):
            owners.append(hit.entry.actor)
            k = last = hit.end
        elif word == "the" or (word in (",", "and") and owners):
            k += 1
        else:
            break
    if last < len(sentence) and sentence.lower[last] in GENITIVE:
        return end, []  # "of Russia's Security Council": the state is not what the title belongs to
    return last, owners if owning else []


def find(
    sentence: Sentence, hits: list[Hit], persons: list[PersonSpan], title_spans: list[titles.TitleSpan]
) -> list[Nominal]:
    """The offices of the sentence that do not stand directly before a name."""
    ends = {hit.end: hit for hit in hits}
    starts = {hit.start: hit for hit in hits}
    name_starts = {span.start for span in persons}
    named = {k for span in persons for k in range(span.start, span.end)}
    inside = {k for hit in hits for k in range(hit.start, hit.end)}
    found: list[Nominal] = []
    for span in title_spans:
        if span.title.office == "honorific" or span.end in name_starts or span.start in named or span.start in inside:
            continue
        if not sentence.tags[span.end - 1].startswith("NN") or sentence.deps[span.end - 1] == "compound":
            continue
        context = before(sentence, span.start, ends, plural=span.plural)
        end, owners = after(sentence, span.end, starts)
        owners = context.owners or owners
        if found and context.start < found[-1].end:
            continue
        nominal = Nominal(context.start, end, span, owners, context.possessive, context.number, context.definite)
        _beside(sentence, nominal, persons)
        if owners or context.definite or nominal.persons:
            found.append(nominal)
    return found


def _beside(sentence: Sentence, nominal: Nominal, persons: list[PersonSpan]) -> None:
    """Names in apposition: "the Turkish foreign minister, Hakan Fidan", "Hakan Fidan, Turkey's foreign minister"."""
    if nominal.title.plural:
        return
    for span in persons:
        if span.person is None:
            continue
        follows = span.start == nominal.end or (span.start == nominal.end + 1 and sentence.words[nominal.end] == ",")
        precedes = span.end == nominal.start - 1 and sentence.words[span.end] == ","
        if follows and span.end < len(sentence) and sentence.lower[span.end] == "and":
            continue  # "the Turkish minister, Sergei Lavrov and …": a list
        apposed = (
            sentence.deps[sentence.root_of(span.start, span.end)] == "appos"
            and nominal.start <= sentence.heads[sentence.root_of(span.start, span.end)] < nominal.end
        )
        if not (follows or apposed) and any(other.start == nominal.end + 1 for other in persons):
            continue
        if follows or apposed or (precedes and nominal.possessive is None):
            nominal.persons = [span.person]
            office = office_of(nominal.title.title, [other for other in persons if other.end <= nominal.start])
            if office is not None:
                note_office(span.person, replace(nominal.title.title, office=office), nominal.owners)
                if nominal.title.title.office == "counterpart":
                    span.person.titles |= _titles_before(persons, nominal.start)
            return


def office_of(title: titles.Title, earlier: list[PersonSpan]) -> str | None:
    """The class of a title; a "counterpart" holds the office of the person named before."""
    if title.office != "counterpart":
        return title.office
    person = earlier[-1].person if earlier else None
    return next((office for office, _ in person.offices if office != "honorific"), None) if person else None


def note_titles(person: Person, held: list[titles.TitleSpan], owners: list[Actor], earlier: list[PersonSpan]) -> None:
    """Remembers the titles that stand before a name, and the state; `earlier`: names before it in the sentence."""
    for span in held:
        office = office_of(span.title, earlier) or span.title.office
        note_office(person, replace(span.title, office=office), owners)
        if span.title.office == "counterpart":
            person.titles |= _titles_before(earlier, held[-1].start)
    told = person.known is not None and person.known.country_code is not None
    if not held and person.country_code is None and owners and not told:  # "tensions in Libya Trump signs": a headline
        person.country_code = owners[0].country_code


def _titles_before(persons: list[PersonSpan], start: int) -> set[str]:
    earlier = [span.person for span in persons if span.end <= start and span.person is not None]
    return earlier[-1].titles if earlier else set()


def note_office(person: Person, title: titles.Title, owners: list[Actor]) -> None:
    """Remembers that the person holds this office of these states or bodies."""
    for owner in owners or (None,):
        office = (title.office, owner.key if owner else None)
        if office not in person.offices:
            person.offices.append(office)
    person.titles.add(title.name)
    if title.cameo_role and not person.role:
        person.role = title.cameo_role
    person.gender = person.gender or title.gender
    if person.country_code is None and owners and owners[0].country_code and owners[0].kind is not ActorKind.BLOC:
        person.country_code = owners[0].country_code
