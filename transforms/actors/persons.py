"""Finds the names of persons in sentences and links them over the article. Titles without a name: `nominals.py`."""

from dataclasses import dataclass

from transforms.actors import gazetteer, titles
from transforms.actors.names import People, Person, holds_office, is_full, known_person, known_surname, tokens
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.places import is_place

_LOOSE_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", ""})
FINITE = frozenset({"VBZ", "VBD", "MD"})  # tags that no name has: a headline taken for one
NAMED_LIKE_MONTHS = frozenset({"april", "may", "june", "august"})
_ROYAL = frozenset(
    {"king", "queen", "pope", "prince", "princess", "emperor", "sultan", "sheikh", "sheik", "crown prince"}
)


@dataclass(slots=True)
class PersonSpan:
    """A person's name in a sentence, in token offsets, without titles."""

    start: int
    end: int
    name: str
    title: titles.TitleSpan | None = None  # directly before the name
    person: Person | None = None


def find(
    sentences: list[Sentence], hits: list[list[gazetteer.Hit]], title_spans: list[list[titles.TitleSpan]]
) -> tuple[People, list[list[PersonSpan]]]:
    """The persons of the article, and for each sentence the names that refer to them, left to right."""
    people = People()
    spans: list[list[PersonSpan]] = []
    for sentence, found, named in zip(sentences, hits, title_spans, strict=True):
        here = _after_titles(sentence, found, named)
        here += _entities(sentence, here, found, named)
        spans.append(sorted(here, key=lambda span: span.start))
    order = [(i, span) for i, here in enumerate(spans) for span in here]
    for position, (_, span) in enumerate(order):
        if is_full(span.name) or known_person(span.name):
            span.person = people.add_full(span.name, position)
    for position, (_, span) in enumerate(order):
        if span.person is None:
            span.person = _by_office(span, people, position) or people.add_short(span.name, position)
    before = 0  # names in the sentences before
    for i, (sentence, here) in enumerate(zip(sentences, spans, strict=True)):
        taken = {k for span in here for k in range(span.start, span.end)}
        here += _mislabelled(sentence, taken, hits[i], people, position=before + len(here))
        before += len(here)
        here.sort(key=lambda span: span.start)
        for span in here:
            _note_title(span)
            if span.person is not None and span.person.country_code is None and span.person.known is None:
                span.person.country_code = _state_before(span.start, hits[i], sentence)  # "China's Wang"
    return people, spans


def _by_office(span: PersonSpan, people: People, position: int) -> Person | None:
    """The "President Trump" of an article that gives but his daughter's name in full; None where no office tells."""
    known = known_surname(span.name)
    if span.title is None or known is None or span.title.title.name not in known.titles:
        return None
    namesake = people.find_short(span.name, position)
    return people.add_full(known.name, position) if namesake is not None and namesake.known is None else None


def _note_title(span: PersonSpan) -> None:
    if span.title is None or span.person is None:
        return
    title = span.title.title
    span.person.gender = span.person.gender or title.gender
    if title.cameo_role and not span.person.role:
        span.person.role = title.cameo_role


def _after_titles(
    sentence: Sentence, hits: list[gazetteer.Hit], title_spans: list[titles.TitleSpan]
) -> list[PersonSpan]:
    """Names that follow a title: "President Erdoğan", whatever spaCy takes them for."""
    known = {k for hit in hits for k in range(hit.start, hit.end)}
    spans: list[PersonSpan] = []
    for title in title_spans:
        if title.plural and title.title.office != "honorific":
            continue
        if any(other.start == title.end for other in title_spans):
            continue  # "Supreme Leader Ayatollah Ali Khamenei": the name follows the second
        if not (
            sentence.words[title.end - 1][0].isupper()
            or title.end - title.start > 1
            or _precedes_person(sentence, title)
        ):
            continue
        end = _name_end(sentence, title.end, known)
        if end > title.end:
            name = sentence.text(title.end, end)
            start = title.end
            if title.title.name in _ROYAL and _mononym(name) and sentence.words[title.end - 1][0].isupper():
                name = f"{sentence.words[title.end - 1]} {name}"
            spans.append(PersonSpan(start, end, name, title))
    return spans


def _mononym(name: str) -> bool:
    """ "Salman", "Leo XIV": a name that is not told without its title."""
    parts = name.split()
    return len(tokens(name)) == 1 or (len(parts) == 2 and set(parts[1]) <= set("IVX"))


def _precedes_person(sentence: Sentence, title: titles.TitleSpan) -> bool:
    return title.end < len(sentence) and sentence.entity_of[title.end] == "PERSON"


def _name_end(sentence: Sentence, start: int, known: set[int]) -> int:
    """End of the run of capitalised words that can be a person's name and begins at `start`."""
    end = start
    count = len(sentence)
    while end < count:
        word, lower = sentence.words[end], sentence.lower[end]
        if end in known and not _inside_person(sentence, start, end):
            break
        day = lower in word_set("calendar") and not _surname(sentence, end)
        if word[0].isupper() and sentence.tags[end] in ("NNP", "NNPS") and not day:
            if titles.is_title(lower) and end > start:
                break
            end += 1
        elif (
            lower in word_set("particle")
            and end + 1 < count
            and (end > start or lower in ("al", "el", "bin", "de", "von", "van"))
        ):
            if not any(sentence.words[k][0].isupper() for k in range(end + 1, min(end + 3, count))):
                break
            end += 1
        elif word == "-" and end > start and end + 1 < count and not sentence.spaces[end]:
            if not _hyphen_follows(sentence, start, end):
                break
            end += 2
        else:
            break
    while end > start and sentence.words[end - 1] in ("-", "'s", "’s"):
        end -= 1
    return end


def _surname(sentence: Sentence, at: int) -> bool:
    """Whether the name of a month is a person's: "Theresa May", but not "met Obama May 5"."""
    if sentence.lower[at] not in NAMED_LIKE_MONTHS or (at + 1 < len(sentence) and sentence.words[at + 1][0].isdigit()):
        return False
    return any(label == "PERSON" and s < at < e for s, e, label in sentence.entities)


def _inside_person(sentence: Sentence, start: int, at: int) -> bool:
    """Whether spaCy sees one person from before `at` to beyond it ("Michael Jordan")."""
    return any(label == "PERSON" and s < at < e and s >= start for s, e, label in sentence.entities) and at > start


def _entities(
    sentence: Sentence, taken: list[PersonSpan], hits: list[gazetteer.Hit], title_spans: list[titles.TitleSpan]
) -> list[PersonSpan]:
    """Names that spaCy takes for persons, without what does not belong to the name."""
    used = {k for span in taken for k in range(span.start, span.end)}
    spans: list[PersonSpan] = []
    for start, end, label in sentence.entities:
        if label != "PERSON" and not (label in ("ORG", "GPE", "NORP") and known_person(sentence.text(start, end))):
            continue
        title = None
        for candidate in title_spans:
            if candidate.start <= start < candidate.end <= end:
                title, start = candidate, candidate.end
            elif candidate.end == start:
                title = candidate
        while start < end and (
            sentence.lower[start] in word_set("calendar") or sentence.words[start] in ("'s", "’s", "The", "the", "-")
        ):
            start += 1
        while end > start and (
            (sentence.lower[end - 1] in word_set("calendar") and not _surname(sentence, end - 1))
            or sentence.words[end - 1] in ("'s", "’s", "'", "’", "-", "–", "—")
        ):
            end -= 1
        while end > start + 1 and not sentence.tags[end - 1].startswith("NN") and sentence.words[end - 2] != "-":
            end -= 1
        if end > start and _hyphen_follows(sentence, start, end):
            end += 2
        if _two_persons(sentence, start, end):
            continue
        for hit in hits:
            if hit.start == start < hit.end < end and hit.entry.sense in (
                gazetteer.Sense.DEMONYM,
                gazetteer.Sense.STATE,
            ):
                start = hit.end
                while start < end and sentence.words[start] in ("'s", "’s"):
                    start += 1
        end = min([hit.start for hit in hits if start < hit.start < hit.end == end], default=end)  # "Obama White House"
        if start >= end or any(k in used for k in range(start, end)):
            continue
        if not _plausible(sentence, start, end, hits, title):
            continue
        spans.append(PersonSpan(start, end, sentence.text(start, end), title))
    return spans


def _two_persons(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a headline was taken for one name: "Pompeo Calls Aliyev"."""
    return (
        end - start > 1
        and known_surname(sentence.words[start]) is not None
        and known_surname(sentence.words[end - 1]) is not None
        and known_person(sentence.text(start, end)) is None
    )


def _hyphen_follows(sentence: Sentence, start: int, end: int) -> bool:
    """ "Kim Jong" and "-un": spaCy cuts hyphenated names short; not so "Putin" and "-led"."""
    if end >= len(sentence) - 1 or sentence.words[end] != "-" or sentence.spaces[end] or sentence.spaces[end - 1]:
        return False
    rest = sentence.words[end + 1]
    if known_person(sentence.text(start, end + 2)):
        return True
    return rest.isalpha() and (sentence.tags[end + 1].startswith("NNP") or (len(rest) <= 2 and end - start > 1))


def _plausible(
    sentence: Sentence, start: int, end: int, hits: list[gazetteer.Hit], title: titles.TitleSpan | None
) -> bool:
    """Whether the words can be a person: not a name of the tables, not a place, not a word in small letters."""
    name = sentence.text(start, end)
    if not name[:1].isupper() and sentence.lower[start] not in word_set("particle"):
        return False
    if any(c.isdigit() for c in name):
        return False
    for hit in hits:
        if hit.start <= start and hit.end >= end:
            return False
    if known_person(name) or known_surname(name):
        return True
    if any(hit.end == end and hit.entry.sense is gazetteer.Sense.ORGANISATION for hit in hits):
        return False
    return not (title is None and is_place(name))


def _mislabelled(
    sentence: Sentence, taken: set[int], hits: list[gazetteer.Hit], people: People, position: int
) -> list[PersonSpan]:
    """Last names of persons that the article or the table knows, which spaCy took for something else or overlooked."""
    spans: list[PersonSpan] = []
    for start, end, label in sentence.entities:
        name = sentence.text(start, end)
        if (
            label == "PERSON"
            or not taken.isdisjoint(range(start, end))
            or is_full(name)
            or not people.has_surname(name)
        ):
            continue
        spans.append(PersonSpan(start, end, name, None, people.find_short(name, position)))
        taken = taken | set(range(start, end))
    for i, word in [(i, word) for i, word in enumerate(sentence.words) if word[0].isupper() and len(word) > 1]:
        if i in taken or not (people.has_surname(word) or known_surname(word)):
            continue
        if any(hit.start <= i < hit.end for hit in hits) or _in_larger(sentence, i):
            continue
        named = sentence.tags[i].startswith("NN") or sentence.entity_of[i] in ("ORG", "GPE", "NORP")
        genitive = i + 1 < len(sentence) and sentence.words[i + 1] in ("'s", "’s")
        opening = i == 0 and len(sentence) > 1 and sentence.words[1] in (",", "to", "and")  # "Trump, Putin to meet"
        if not (named or genitive or opening or sentence.deps[i] == "nsubj"):
            continue
        if sentence.entity_of[i] not in _LOOSE_LABELS:
            continue
        person = None
        if people.has_surname(word):
            person = people.find_short(word, position)
        elif (known_surname(word) and sentence.entity_of[i] != "GPE") or holds_office(
            _state_before(i, hits, sentence), word
        ):
            person = people.add_short(word, position)
        if person is not None:
            spans.append(PersonSpan(i, i + 1, word, None, person))
    return spans


def _state_before(at: int, hits: list[gazetteer.Hit], sentence: Sentence) -> str | None:
    """The code of the state of "Greece's Mitsotakis"; None where no state stands before the word in the genitive."""
    if at < 2 or sentence.words[at - 1] not in ("'s", "’s"):
        return None
    states = (h for h in hits if h.end == at - 1 and h.entry.sense is gazetteer.Sense.STATE)
    return next((h.entry.actor.country_code for h in states), None)


def _in_larger(sentence: Sentence, at: int) -> bool:
    """Whether a word is part of a longer name that is no person's."""
    return any(
        start <= at < end
        and label in ("ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT")
        and _content(sentence, start, end) > 1
        and not any(sentence.tags[k] in FINITE for k in range(start, end))
        for start, end, label in sentence.entities
    )


def _content(sentence: Sentence, start: int, end: int) -> int:
    """Words of the stretch but articles and the genitive."""
    return sum(1 for k in range(start, end) if sentence.lower[k] not in ("the", "'s", "’s", "'", "’"))
