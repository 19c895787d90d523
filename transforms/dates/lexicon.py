"""Text to symbols: every token becomes one character that stands for its word or its shape, for the rules to match.

A rule is then a regular expression over a short string of symbols (`patterns.py`), most of which is one symbol for
"any other word"; that keeps matching linear and fast. What the words mean is in `seeds/reference/dates_words.yaml`.
"""

import re
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from transforms.reference import document

# A token with the blanks before it, so that the tokens together are the whole text. Alternatives in order; the first
# one only spares most words the others. None nests a quantifier and blanks are not given back, so that the scan is
# linear in the text.
_TOKEN = re.compile(
    r"""[^\S\n]*+(?:
      [b-oq-z][^\W\d_]*
    | \n                                                          # a line end: no expression crosses it
    | [0-9]{4}-[0-9]{2}-[0-9]{2}
      (?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9-])
    | [0-9]{1,4}/[0-9]{1,2}/[0-9]{2,4}(?![0-9/])
    | [0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})(?!\.?[0-9]) | [0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}(?!\.?[0-9])
    | [0-9]{1,2}[:.][0-9]{2}(?=\s?[ap]\.?m\b) | [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])
    | [0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)? | [0-9]{1,9}\.[0-9]{1,9}
    | [0-9]{1,2}(?:st|nd|rd|th)\b | ['’‘]?[0-9]{2,4}s\b
    | [0-9]+
    | J(?:an|un|ul)\. | Feb\. | Fri\. | Mar\. | Mon\. | A(?:pr|ug)\. | S(?:ept?|at|un)\. | Oct\. | Nov\. | Dec\.
    | T(?:ues?|hu(?:rs?)?)\. | Weds?\. | [ap]\.m\. | [AP]\.M\.
    | [^\W\d_]+
    | ['’]s\b
    | \S
    | \Z)""",
    re.VERBOSE,
)

OTHER, OTHER_CAPITAL = "w", "W"
DIGITS = 9
LARGEST = 10**DIGITS  # from here on a number is no count of anything in time
_FIRST_SYMBOL = 0xE000  # Unicode's private use area: 6,400 symbols
PUNCTUATION = {
    "-": "HYPHEN", "–": "DASH", "—": "DASH", ",": "COMMA", ".": "PERIOD", "/": "SLASH", "'": "APOS", "’": "APOS",
    "$": "MONEY", "#": "MONEY", "£": "MONEY", "€": "MONEY", "%": "PERCENT", "(": "OPEN", ")": "CLOSE", ";": "STOP",
    "!": "STOP", "?": "STOP", ":": "COLON", '"': "QUOTE", "“": "QUOTE", "”": "QUOTE", "\n": "BREAK", "+": "PLUS",
    "½": "HALF",
}  # fmt: skip
SHAPES = (
    "N12", "N31", "N59", "N99", "NBIG", "YEAR4", "NDECIMAL", "ORDNUM", "DECADENUM", "AGENUM", "ISODATE", "SLASHDATE",
    "DOTDATE", "CLOCK", "AMPM", "POSSESSIVE",
)  # fmt: skip
# Categories of the nodes that rules make (`grammar/__init__.py` says which meaning has which).
CATEGORIES = (
    "NUM", "YEARNODE", "DAYDATE", "WEEKDAYDATE", "MONTHDATE", "YEARMONTH", "YEARDATE", "PARTDATE", "TODAYDATE",
    "WEEKUNIT", "MONTHUNIT", "YEARUNIT", "OFFSETDATE", "FIXEDDATE", "LENGTH", "SETDATE", "REFDATE", "TIMEDATE",
    "MODDATE", "RANGEDATE", "NOTHING",
)  # fmt: skip
# Unions of classes that rules name often.
UNIONS = {
    "INT": ("N12", "N31", "N59", "N99", "NBIG"),
    "DAYNUM": ("N12", "N31"),
    "MON": ("MONTH", "MONTHABBR"),
    "WEEKDAYANY": ("WEEKDAYNAME", "WEEKDAYABBR"),
    "UNITX": ("UNIT", "UNITS"),
    "ORD": ("ORDINAL", "ORDNUM"),
    "TO": ("HYPHEN", "DASH"),
    "YEARX": ("YEAR4", "YEARNODE"),
    "QTY": ("N12", "N31", "N59", "N99", "NBIG", "YEAR4", "NDECIMAL", "NUM"),
    "DATEX": (
        "DAYDATE", "WEEKDAYDATE", "MONTHDATE", "YEARMONTH", "YEARDATE", "PARTDATE", "TODAYDATE", "WEEKUNIT",
        "MONTHUNIT", "YEARUNIT", "OFFSETDATE", "FIXEDDATE", "MODDATE", "RANGEDATE",
    ),
}  # fmt: skip


class Node(NamedTuple):
    """What a rule made of several tokens, or a token: offsets into the text, first and last token, and what it means.

    `value` is a table from class to meaning for a word, the number for a number, a Meaning for what a rule made."""

    start: int
    end: int
    first: int
    last: int
    value: Any
    rule: str = ""
    symbol: str = OTHER


class Tokens:
    """The tokens of a text and their symbols. Only what a rule looks at becomes a Node: most words never do."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = _TOKEN.findall(text)
        self.symbols = "".join(map(LEXICON.symbols.__getitem__, self._pieces))

    def __len__(self) -> int:
        return len(self.symbols)

    @cached_property
    def forms(self) -> list[str]:
        """Each token as it stands; after the last one, a line end or two for the end of the text."""
        return [piece.strip() or "\n" for piece in self._pieces]

    @cached_property
    def ends(self) -> list[int]:
        """Where each token ends in the text."""
        return list(accumulate(map(len, self._pieces)))

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins in the text."""
        return [end - len(form) for end, form in zip(self.ends, self.forms, strict=True)]

    def form(self, index: int) -> str:
        """A token as it stands."""
        return self.forms[index]

    def word(self, index: int) -> str:
        """A token in lower case."""
        return self.forms[index].lower()

    def span(self, index: int) -> tuple[int, int]:
        """Where a token stands in the text."""
        return self.starts[index], self.ends[index]

    def node(self, index: int) -> Node:
        start, end = self.span(index)
        return Node(start, end, index, index, LEXICON.value(self.form(index)), "", self.symbols[index])


class _Symbols(dict[str, str]):
    """Token → symbol, worked out on first sight; rare or long tokens are not kept: it cannot grow without end."""

    LIMIT = 100_000
    LENGTH = 50  # characters

    def __missing__(self, piece: str) -> str:
        form = piece.strip() or piece[-1:]
        symbol = "" if form != "\n" and not form.strip() else LEXICON.look_up(form)  # the end of the text is no token
        if len(self) < self.LIMIT and len(piece) <= self.LENGTH:
            self[piece] = symbol
        return symbol


class Lexicon:
    """Gives each word, shape and class its symbols. One instance, filled while the rules are compiled."""

    def __init__(self) -> None:
        self._next = _FIRST_SYMBOL
        self.forms: dict[str, tuple[str, dict[str, Any] | None]] = {}  # token as it stands → symbol, class → meaning
        self.classes: dict[str, set[str]] = {}
        self.symbols = _Symbols()
        self.spelling: dict[str, str] = {}  # symbol → any-case word
        self._words: dict[str, tuple[str, dict[str, Any]]] = {}  # any-case words
        words = document("dates_words")
        for name, members in words["any"].items():
            for word, meaning in members.items():
                self._add(name, word, meaning)
        for name, members in words["cased"].items():
            for word, meaning in members.items():
                symbol = self._symbol()
                self.classes.setdefault(name, set()).add(symbol)
                for form in (word, word.upper()):
                    self.forms[form] = (symbol, {name: meaning})
        for mark, name in PUNCTUATION.items():
            if name not in self.classes:
                self.classes[name] = {self._symbol()}
            self.forms[mark] = (next(iter(self.classes[name])), None)
        for name in SHAPES:
            self.classes[name] = {self._symbol()}
        for name in CATEGORIES:
            self.classes[name] = {self._symbol()}
        self.shape = {name: next(iter(self.classes[name])) for name in SHAPES}
        for form in ("am", "pm", "a.m.", "p.m.", "AM", "PM", "A.M.", "P.M."):
            self.forms[form] = (self.shape["AMPM"], {"AMPM": form.lower()[0]})
        for form in ("'s", "’s"):
            self.forms[form] = (self.shape["POSSESSIVE"], None)
        self.classes |= {"W": {OTHER_CAPITAL}, "LOWER": {OTHER}}
        for name, parts in UNIONS.items():
            self.classes[name] = set().union(*(self.classes[part] for part in parts))

    def _symbol(self) -> str:
        self._next += 1
        return chr(self._next - 1)

    def _add(self, name: str | None, word: str, meaning: Any = None) -> str:
        if word not in self._words:
            symbol = self._symbol()
            self._words[word] = (symbol, {})
            self.spelling[symbol] = word
            for form in (word, word.capitalize(), word.upper()):
                self.forms.setdefault(form, (symbol, self._words[word][1]))
        symbol, meanings = self._words[word]
        if name is not None:
            meanings[name] = meaning
            self.classes.setdefault(name, set()).add(symbol)
        return symbol

    def word(self, word: str) -> str:
        """Symbol of a literal word of a rule."""
        return self._add(None, word)

    def form(self, word: str) -> str:
        """Symbol of a word exactly as it is written: "Friday"."""
        return self.forms[word][0] if word in self.forms else self.word(word.lower())

    def category(self, name: str) -> str:
        """The one symbol of a category of nodes that rules make."""
        return next(iter(self.classes[name]))

    def look_up(self, token: str) -> str:
        """The symbol of a token as it stands."""
        known = self.forms.get(token)
        if known is not None:
            return known[0]
        name, _ = _shape(token)
        return self.shape[name] if name else OTHER_CAPITAL if token[0].isupper() else OTHER

    def value(self, token: str) -> Any:
        """What a token means by itself: a word's table from class to meaning, a number."""
        known = self.forms.get(token)
        return known[1] if known is not None else _shape(token)[1]


def _shape(token: str) -> tuple[str, Any]:
    """Class and value of a token that begins with a digit; ("", None) for any other token."""
    if not re.match(r"['’‘]?[0-9]", token):
        return "", None
    if token.isascii() and token.isdigit():
        number = int(token) if len(token) <= DIGITS else LARGEST
        if number >= LARGEST:
            return "", None
        if len(token) == 4 and 1000 <= number <= 2999:
            return "YEAR4", number
        if len(token) > 2 or number > 99:
            return "NBIG", number
        if 1 <= number <= 12:
            return "N12", number
        if 13 <= number <= 31:
            return "N31", number
        return ("N59" if number < 60 else "N99"), number
    if token.endswith("s"):
        number = int("".join(c for c in token if c in "0123456789"))
        return ("DECADENUM" if number > 99 or not token[0].isdigit() else "AGENUM"), number
    if token[-2:] in ("st", "nd", "rd", "th"):
        return "ORDNUM", int(token[:-2])
    if re.fullmatch(r"[0-9]{4}-.*", token):
        return "ISODATE", token
    if token.count(".") == 2:
        return ("SLASHDATE" if re.search(r"\.[0-9]{4}", token) else "DOTDATE"), token
    if "/" in token:
        return "SLASHDATE", token
    if ":" in token:
        return "CLOCK", token
    decimal = float(token.replace(",", ""))
    return ("NDECIMAL", decimal) if decimal < LARGEST else ("", None)


LEXICON = Lexicon()
