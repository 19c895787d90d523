"""How well the day of publication is inferred: `python -m benchmarks.publication ARTICLES[:GOLD] …`.

ARTICLES is anything that `parley run` reads, with `published_at`; or without, GOLD being a folder of files that say
when each article was published (`published`, `published_tolerance_days`). What the record says of its day is withheld,
and its URL and id, too. `--verbose` prints each article's answer, `--json` the figures by set.
"""

import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from benchmarks.common import machine, table
from pipelines.sources import read
from transforms.cleaning import clean
from transforms.dates.publication.contradiction import contradictions
from transforms.dates.publication.infer import gather
from transforms.dates.publication.solver import solve
from transforms.dates.publication.text import Reading
from transforms.records import RawArticle

SHIFT = timedelta(days=1000)  # by which a day is falsified, to see whether the text contradicts it


@dataclass(frozen=True)
class Known:
    """An article, the day on which it was published, and by how many days an answer may differ from it."""

    article: RawArticle
    day: date
    tolerance: timedelta


@dataclass
class Tally:
    """Counts over a set; `widths` of the intervals in days, of those that there are none of a million."""

    articles: int = 0
    interval: int = 0
    likely_year: int = 0
    year: int = 0
    likely_day: int = 0
    day: int = 0
    none: int = 0
    true_contradicted: int = 0
    false_contradicted: int = 0
    widths: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def figures(self) -> dict[str, float]:
        """The counts by name, with the median width and the milliseconds an article takes."""
        counts = {name: value for name, value in asdict(self).items() if name not in ("widths", "seconds")}
        return counts | {
            "median_width": statistics.median(self.widths),
            "ms": round(1000 * self.seconds / self.articles, 1),
        }


HEADINGS = {
    "articles": "articles",
    "interval": "day in the interval",
    "likely_year": "likeliest day in its year",
    "year": "interval in its year",
    "likely_day": "likeliest day right",
    "day": "day given and right",
    "median_width": "median width (days)",
    "none": "no interval",
    "true_contradicted": "true day contradicted",
    "false_contradicted": "false day contradicted",
    "ms": "ms an article",
}


def known(argument: str) -> list[Known]:
    """The dated articles of an argument. Raises ValueError where it has none."""
    place, _, gold = argument.partition(":")
    days: dict[str, tuple[date, timedelta]] = {}
    for path in Path(gold).glob("*.json") if gold else ():
        one = json.loads(path.read_text(encoding="utf-8"))
        tolerance = timedelta(one.get("published_tolerance_days", 0))
        days[one["article"]] = date.fromisoformat(one["published"]), tolerance
    found = []
    for item in read([Path(place)]):
        if not isinstance(item, RawArticle):
            continue
        given = days.get(item.source_id) if gold else (item.published_date, timedelta(0))
        if given is not None and given[0] is not None:
            bare = item.model_copy(update={"published_date": None, "published_at": None, "url": None, "source_id": "x"})
            found.append(Known(bare, given[0], given[1]))
    if not found:
        raise ValueError(f"{argument}: no article whose day of publication is known")
    return found


def measure(articles: list[Known], verbose: bool = False) -> dict[str, float]:
    """The figures of a set."""
    tally = Tally()
    for one in articles:
        text = clean(one.article.text_id, one.article.text)
        start = time.perf_counter()
        evidence = gather(one.article, Reading(text))
        solution = solve(evidence)
        tally.seconds += time.perf_counter() - start
        tally.articles += 1
        tally.true_contradicted += bool(contradictions(evidence, one.day))
        tally.false_contradicted += bool(contradictions(evidence, one.day - SHIFT))
        if solution is None:
            tally.none += 1
            tally.widths.append(10**6)
            continue
        tally.widths.append(solution.days)
        right = solution.earliest - one.tolerance <= one.day <= solution.latest + one.tolerance
        tally.interval += right
        tally.year += solution.earliest.year == solution.latest.year == one.day.year
        tally.likely_year += solution.likely.year == one.day.year
        hit = abs(solution.likely - one.day) <= one.tolerance
        tally.likely_day += hit
        tally.day += hit and solution.days == 1
        if verbose:
            print(one.day, solution.earliest, solution.latest, solution.likely, f"{solution.share:.2f}", right)
    return tally.figures()


def name(argument: str) -> str:
    """The set's name: of its file, or of its folder where the file is called `articles`."""
    path = Path(argument.partition(":")[0])
    return path.parent.name if path.stem == "articles" else path.stem


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if not arguments:
        raise SystemExit(__doc__)
    figures = {name(argument): measure(known(argument), "--verbose" in sys.argv) for argument in arguments}
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    print(machine())
    rows = [[of_set, *(f"{one[key]:g}" for key in HEADINGS)] for of_set, one in figures.items()]
    print(table(["set", *HEADINGS.values()], rows))


if __name__ == "__main__":
    main()
