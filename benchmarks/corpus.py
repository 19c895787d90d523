"""As many articles as asked for, made of a corpus by repeating it with other countries, persons, words and days.

    python -m benchmarks.corpus ARTICLES OUT [--corpus FILE]

OUT gets JSON Lines (gz, where its name ends so). Without a corpus (JSON Lines, also gz; PARLEY_CORPUS names one) the
samples are repeated. The first round is the corpus as it is. In each further round one country with its people and its
capital stands where another did, one surname where another did, and so with all words that no reference table knows:
each is replaced by another of the same ending and about as frequent, the same everywhere in the round; numbers are
others, and all is published as many weeks earlier. A text then tells as much as before in as many words, but shares
few runs of five words with its original, so that it is no near-copy. The same call gives the same file, to the byte.
"""

import argparse
import gzip
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import common
from transforms.reference import split, table

CORPUS_VARIABLE = "PARLEY_CORPUS"
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST = 4  # letters of a word that is replaced: shorter ones hold a sentence together
# Their words are also those of any text.
_OF_NAMES = {"boilerplate.yaml", "people.csv", "places.csv", "terms_of_office.csv", "world_events.csv"}
_MOST_WEEKS = 52  # back; then it begins anew
Article = dict[str, Any]


def corpus() -> Path | None:
    """The corpus that the environment names."""
    named = os.environ.get(CORPUS_VARIABLE)
    return Path(named) if named else None


def load(file: Path | None) -> list[Article]:
    """The articles of a file of JSON Lines; without one the samples."""
    if file is None:
        names = {"source_id": "id", "source": "source", "title": "title", "text": "text"}
        return [
            {key: getattr(article, name) for name, key in names.items()}
            | {"published_at": str(article.published_date or "")}
            for article in common.samples()
        ]
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Rounds:
    """Which word stands for which in each round."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles

    @cached_property
    def _classes(self) -> list[list[str]]:
        """Words that may stand for each other: of one ending, about as frequent, capital or not; none that a reference
        table knows, for the rules may read it."""
        known = _words_of_tables()
        words = Counter(word for article in self._articles for word in _TOKEN.findall(article["text"]))
        found: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        for word, times in sorted(words.items()):
            lower = word.lower()
            if len(word) < _SHORTEST or lower in known or not word.isalpha():
                continue
            if word == lower or (word == word.title() and lower not in words):
                found[word == lower, word[-2:], times.bit_length() // 2].append(word)
        return list(found.values())

    def replacements(self, number: int) -> dict[str, str]:
        """What each word becomes in a round."""
        chance = Random(number)
        made: dict[str, str] = {}
        for words in [*self._classes, _surnames()]:
            made |= zip(words, chance.sample(words, len(words)), strict=True)
        countries = _countries()
        for old, new in zip(countries, chance.sample(countries, len(countries)), strict=True):
            made |= zip(old, new, strict=True)
        return made | {old.title(): new.title() for old, new in made.items() if old.islower()}

    def article(self, article: Article, number: int, replacements: dict[str, str]) -> Article:
        """An article as it stands in a round."""

        def other(found: re.Match[str]) -> str:
            token = found.group()
            return _figure(token, number) if token.isdecimal() else replacements.get(token, token)

        changed = {key: _TOKEN.sub(other, article[key]) for key in ("title", "text") if article.get(key)}
        changed["id"] = f"{article['id']}-{number}"
        if article.get("url"):
            changed["url"] = (
                f"{article['url']}#{number}" if "#" in article["url"] else f"{article['url']}?copy={number}"
            )
        return article | changed | {"published_at": _earlier(article.get("published_at") or "", number)}


def _words_of_tables() -> set[str]:
    """All words of the reference tables, in lower case; those of names, of events and of pages' furniture aside."""
    tables = (entry for entry in (files("seeds") / "reference").iterdir() if entry.name.endswith((".csv", ".yaml")))
    lines = (
        line
        for entry in tables
        if entry.name not in _OF_NAMES
        for line in entry.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    return {word.lower() for line in lines for word in _TOKEN.findall(line)}


def _countries() -> list[tuple[str, str, str, str]]:
    """Country, its people as one and as several, and its capital, where each is one word."""
    found = []
    for row in table("countries"):
        demonyms, capitals = split(row["demonyms"]), split(row["capitals"])
        if len(demonyms) > 1 and capitals:
            found.append((row["name"], demonyms[0], demonyms[1], capitals[0]))
    return [names for names in found if all(map(str.isalpha, names)) and len(set(names)) == len(names)]


def _surnames() -> list[str]:
    countries = {name for names in _countries() for name in names}
    names = {name for row in table("people") for name in [row["name"].split()[-1]] if name.isalpha()}
    return sorted(names - countries)


def _figure(digits: str, number: int) -> str:
    """Another number of as many digits; a year stays, and what may be a day of a month stays one."""
    value = int(digits)
    if len(digits) == 1 or (len(digits) == 4 and 1900 <= value < 2100) or len(digits) > 9:
        return digits
    if len(digits) == 2 and 10 <= value <= 28:
        return str(10 + (value - 10 + number) % 19)
    return str((value + 7 * number) % 10 ** len(digits)).zfill(len(digits))


def _earlier(published: str, number: int) -> str:
    """A time of publication some weeks earlier, on the same day of the week; one in another form stays."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{day - timedelta(weeks=number % (_MOST_WEEKS + 1))}{published[10:]}"


def repeated(articles: Sequence[Article], wanted: int) -> Iterator[Article]:
    """As many articles as wanted, round after round."""
    rounds, made = Rounds(articles), 0
    for number in count():
        replacements = rounds.replacements(number) if number else {}
        for article in articles[: wanted - made]:
            yield rounds.article(article, number, replacements) if number else article
        made += len(articles)
        if made >= wanted:
            return


def write(file: Path, articles: Iterable[Article]) -> Path:
    """Writes JSON Lines, packed where the name says so."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "wt", encoding="utf-8") as sink:
        for article in articles:
            sink.write(json.dumps(article, ensure_ascii=False) + "\n")
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=corpus())
    given = parser.parse_args()
    write(given.out, repeated(load(given.corpus), given.articles))
    print(f"{given.out.name}: {given.articles:,} articles, {given.out.stat().st_size / 1e6:,.1f} MB")


if __name__ == "__main__":
    main()
