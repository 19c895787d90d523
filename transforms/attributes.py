"""Applies a pipeline's rules for the attributes of words: those that look at one word are looked up, not matched.

spaCy's AttributeRuler matches each of its patterns at each word, which takes a fifth of the time of parsing; nearly all
of them ask for nothing but the word itself, its tag and its dependency, so that what they say of one such word is
remembered. What the rules say stands in the pipeline, and how it is loaded in `language`.
"""

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

NAME = "remembered_attribute_ruler"
LOOKED_AT = ("LOWER", "TAG", "DEP", "IS_SPACE")  # what a rule for one word may ask, to be looked up

type Key = tuple[int, int, int, int]  # the values of LOOKED_AT; 0 for a word that no rule names


class RememberedRules:
    """What an AttributeRuler does, as a component of a pipeline, in its place."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler = ruler
        self._others = Matcher(ruler.vocab, validate=False)
        self._named: set[int] = set()  # the words that rules for one word name
        rules: Any = ruler.patterns  # spaCy types what it holds as anything that it may hold
        for number, rule in enumerate(rules):
            others = []
            for pattern in rule["patterns"]:
                if _looks_at_one(pattern):
                    self._named.update(ruler.vocab.strings.add(word) for word in _words(pattern[0]))
                else:
                    others.append(pattern)
            if others:
                self._others.add(str(number), others)
        self._rules: dict[Key, tuple[int, ...]] = {}
        self._attributes: dict[tuple[int, ...], dict[Any, Any]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Sets the attributes of the words of a parse."""
        found = self._others_in(doc)
        for at, (word, *others) in enumerate(doc.to_array(list(LOOKED_AT)).tolist()):
            key = (word if word in self._named else 0, *others)
            rules = self._rules.get(key)
            if rules is None:
                rules = self._remembered(key, doc, at)
            if at in found:
                rules = tuple(sorted({*rules, *found[at]}))
            if rules:
                set_token_attrs(doc[at], self._attributes.get(rules) or self._merged(rules))
        return doc

    def _others_in(self, doc: Doc) -> dict[int, set[int]]:
        """The rules for several words that apply, by the word whose attributes they set."""
        found: dict[int, set[int]] = {}
        for number, start, end in self._numbered(self._others, doc):
            found.setdefault(range(start, end)[self.ruler.indices[number]], set()).add(number)
        return found

    def _remembered(self, key: Key, doc: Doc, at: int) -> tuple[int, ...]:
        """The rules that apply to a word by itself, in their order."""
        token = doc[at]
        alone = Doc(doc.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        matcher: Any = self.ruler.matcher
        rules = tuple(sorted({number for number, *_ in self._numbered(matcher, alone)}))
        self._rules[key] = rules
        return rules

    def _numbered(self, matcher: Matcher, doc: Doc) -> Iterator[tuple[int, int, int]]:
        for match, start, end in matcher(doc, allow_missing=True, as_spans=False):
            yield int(self.ruler.vocab.strings[match]), start, end

    def _merged(self, rules: tuple[int, ...]) -> dict[Any, Any]:
        """What several rules set together: the later ones have the last word."""
        merged: dict[Any, Any] = {}
        for number in rules:
            merged |= self.ruler.attrs[number]
        self._attributes[rules] = merged
        return merged


def _looks_at_one(pattern: list[dict[str, Any]]) -> bool:
    """Whether it is for one word, and names words, if any, one by one."""
    if len(pattern) > 1 or not set(pattern[0]) <= set(LOOKED_AT):
        return False
    word = pattern[0].get("LOWER", "")
    return isinstance(word, str) or set(word) <= {"IN", "NOT_IN"}


def _words(asked: dict[str, Any]) -> list[str]:
    word = asked.get("LOWER", [])
    return [word] if isinstance(word, str) else [one for each in dict(word).values() for one in each]


@Language.factory(NAME)
def _made(nlp: Language, name: str) -> RememberedRules:  # noqa: ARG001 (spaCy gives it)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    return RememberedRules(ruler)


def remember(nlp: Language) -> None:
    """Puts it into the place of the pipeline's own, if that has one."""
    if "attribute_ruler" in nlp.pipe_names:
        nlp.add_pipe(NAME, after="attribute_ruler")
        nlp.remove_pipe("attribute_ruler")
