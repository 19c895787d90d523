"""How far `confidence` can be trusted: `python -m benchmarks.confidence [GOLD:ARTICLES …] [--fit OUT.csv] …`.

GOLD is a folder of annotations (docs/events.md) for ARTICLES; without one, the sample articles and `sets/events`. An
article that is in several sets counts once. `--fit` fits the weights to these sets and writes them, which for
`seeds/reference/confidence.csv` puts them into force: `make confidence`. Printed is the reliability of the weights, and
cross-validated: each article's shares by weights fitted to all the others. `--docs FILE` puts that in the place of what
was printed there before, `--json` prints the figures. How weights are fitted belongs to `calibration`, what the traits
are to `transforms/events/confidence`.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.calibration import (
    Floats,
    brier,
    cross_validated,
    expected_error,
    fit,
    left_out_mean,
    predicted,
    reliability,
)
from benchmarks.common import as_scored, extracted, table
from pipelines.evaluation import load_gold
from pipelines.settings import sample_articles
from pipelines.sources import read
from transforms.evaluation import GoldFile, score
from transforms.evaluation.matching import occurrences, overlapping
from transforms.evaluation.names import squeeze
from transforms.events.confidence import BASE, Of, Traits, event_traits, mention_traits, share
from transforms.records import RawArticle

HARD = Path(__file__).parent / "sets" / "events"
OURS = ((sample_articles().parent / "gold", sample_articles()), (HARD / "gold", HARD / "articles.jsonl"))
PRINTED = re.compile(r"^\d+ events with \d+ mentions.*?(?=\n\n[^|\n])", re.DOTALL | re.MULTILINE)  # in the docs
HEADING = """\
# What the traits of an event, and of a mention of a right event, tell of whether it is right. Measured by us, not
# written by hand: `make confidence` writes this file; docs/events.md says what counts as right, on which articles, and
# how reliable it is. trait: see transforms/events/confidence.py. weight: of logistic regression; the base is that of
# what has no trait. n, right: cases with the trait (of length, in tens of tokens: all), and the share of right ones.
"""


@dataclass(frozen=True)
class Case:
    """An event found or a mention of one, and whether it is right. `event`: the index of the event among the cases."""

    source: str  # the set, by the last two folders of its gold
    article: str
    traits: Traits
    right: bool
    event: int


def cases(sets: Sequence[tuple[Path, Path]]) -> tuple[list[Case], list[Case]]:
    """All that is found in the articles that have gold: the events, and their mentions."""
    events: list[Case] = []
    mentions: list[Case] = []
    seen: set[str] = set()
    for gold, articles in sets:
        annotated = {Path(file.article).stem: file for file in load_gold(gold)}
        for raw in read([articles]):
            file = annotated.get(Path(raw.source_id).stem) if isinstance(raw, RawArticle) else None
            if file is None or not isinstance(raw, RawArticle) or raw.cluster_id in seen:
                continue
            seen.add(raw.cluster_id)
            _add(f"{gold.parent.name}/{gold.name}", raw, file, events, mentions)
    return events, mentions


def _add(source: str, raw: RawArticle, gold: GoldFile, events: list[Case], mentions: list[Case]) -> None:
    text, clusters, told = extracted(raw)
    outcomes = score({gold.article: as_scored(text, told)}, [gold], {gold.article: raw.text}).outcomes
    partner = {o.system.article_event_id: o for o in outcomes if o.system}
    squeezed = squeeze(raw.text)
    for one, event in zip(clusters, told.events, strict=True):
        outcome = partner[event.article_event_id]
        right = bool(outcome.judgement and outcome.judgement.core and outcome.judgement.status)
        evidence = occurrences(squeezed, outcome.gold.evidence if outcome.gold else ())
        for draft in one.drafts:
            place = text.sentences[draft.sentence]
            here = overlapping(evidence, occurrences(squeezed, [text.text[place.start : place.end]]))
            mentions.append(Case(source, raw.cluster_id, mention_traits(draft, one), right and here, len(events)))
        events.append(Case(source, raw.cluster_id, event_traits(one), right, len(events)))


def _traits(rows: Sequence[Case]) -> Floats:
    return np.array([list(case.traits.values()) for case in rows], dtype=float)


def _right(rows: Sequence[Case]) -> Floats:
    return np.array([case.right for case in rows], dtype=float)


def _of_right(events: Sequence[Case], mentions: Sequence[Case]) -> list[Case]:
    """The mentions of right events: of the others none can be right."""
    return [case for case in mentions if events[case.event].right]


def written(events: Sequence[Case], mentions: Sequence[Case]) -> str:
    """The fitted weights as the content of the reference table."""
    lines = [HEADING + "of,trait,weight,n,right"]
    of: dict[Of, Sequence[Case]] = {"event": events, "mention": _of_right(events, mentions)}
    for kind, rows in of.items():
        weights = fit(_traits(rows), _right(rows))
        for name, weight in zip([BASE, *rows[0].traits], weights, strict=True):
            having = [case.right for case in rows if case.traits.get(name, 1)]
            lines.append(f"{kind},{name},{weight:.3f},{len(having)},{sum(having) / max(1, len(having)):.3f}")
    return "\n".join(lines) + "\n"


def shares_by(
    weigh: Callable[[Of, Sequence[Case], Sequence[Case]], Floats], events: Sequence[Case], mentions: Sequence[Case]
) -> tuple[Floats, Floats]:
    """The shares of the events, and those of the mentions, which are right only where their event is."""
    of_events = weigh("event", events, events)
    return of_events, of_events[[case.event for case in mentions]] * weigh(
        "mention", _of_right(events, mentions), mentions
    )


def in_force(of: Of, _: Sequence[Case], asked: Sequence[Case]) -> Floats:
    """The shares by the table in force."""
    return np.array([share(of, case.traits) for case in asked])


def fitted(_: Of, rows: Sequence[Case], asked: Sequence[Case]) -> Floats:
    """The shares by weights fitted to the rows themselves."""
    return predicted(_traits(asked), fit(_traits(rows), _right(rows)))


def left_out(_: Of, rows: Sequence[Case], asked: Sequence[Case]) -> Floats:
    """The shares by weights fitted to the rows of all other articles."""
    own, others = [case.article for case in asked], [case.article for case in rows]
    return cross_validated(_traits(rows), _right(rows), others, _traits(asked), own)


def measure(events: Sequence[Case], mentions: Sequence[Case], *, refitted: bool = False) -> dict[str, Any]:
    """By kind, events or mentions: how the shares of the table fare, those cross-validated, and one share for all."""
    by_table = shares_by(fitted if refitted else in_force, events, mentions)
    validated = shares_by(left_out, events, mentions)
    figures: dict[str, Any] = {"sets": _by_set(events, validated[0])}
    kinds = {"events": events, "mentions": mentions}
    for (kind, rows), shares, crossed in zip(kinds.items(), by_table, validated, strict=True):
        ways = {"the table": shares, "cross-validated": crossed}
        ways["one share for all"] = left_out_mean(_right(rows), [case.article for case in rows])
        figures[kind] = {name: _figures(way, _right(rows)) for name, way in ways.items()}
    return figures


def _by_set(events: Sequence[Case], shares: Floats) -> dict[str, dict[str, float]]:
    right, sources = _right(events), np.array([case.source for case in events])
    return {
        name: {
            "cases": int((sources == name).sum()),
            "mean": float(shares[sources == name].mean()),
            "right": float(right[sources == name].mean()),
        }
        for name in dict.fromkeys(case.source for case in events)
    }


def _figures(shares: Floats, right: Floats) -> dict[str, Any]:
    bins = [asdict(one) for one in reliability(shares, right)]
    return {"cases": len(right), "ece": expected_error(shares, right), "brier": brier(shares, right), "bins": bins}


def _tables(figures: Mapping[str, Any]) -> Iterator[str]:
    """Markdown, as docs/events.md has it: reliability bin by bin, what it adds up to, and the means of each set."""
    summary = []
    for kind in ("events", "mentions"):
        ways = figures[kind]
        compared = [ways["the table"], ways["cross-validated"]]
        rows = []
        for low in sorted({one["low"] for way in compared for one in way["bins"]}):
            cells: list[object] = [f"{low:.1f}–{low + 0.1:.1f}"]
            for way in compared:
                one = next((one for one in way["bins"] if one["low"] == low), None)
                cells += [one["cases"], _cell(one["mean"]), _cell(one["right"])] if one else ["", "", ""]
            rows.append(cells)
        yield table(["confidence", kind, "mean", "right", "cross-validated", "mean", "right"], rows)
        for name, way in ways.items():
            error = _cell(way["ece"], 3) if way in compared else ""  # one share for all is as reliable as useless
            summary.append([f"{kind}: {name}", error, _cell(way["brier"], 3)])
    yield table(["", "ECE", "Brier"], summary)
    sets = [[name, of["cases"], _cell(of["mean"]), _cell(of["right"])] for name, of in figures["sets"].items()]
    yield table(["set", "events", "mean, cross-validated", "right"], sets)


def _cell(share: float, digits: int = 2) -> str:
    return f"{share:.{digits}f}".removeprefix("0")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("sets", nargs="*", metavar="GOLD:ARTICLES")
    words.add_argument("--fit", type=Path, metavar="OUT.csv")
    words.add_argument("--docs", type=Path, metavar="FILE")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    pairs = [(Path(gold), Path(articles)) for gold, _, articles in (one.partition(":") for one in asked.sets)]
    events, mentions = cases(pairs or OURS)
    if asked.fit:
        asked.fit.write_text(written(events, mentions), encoding="utf-8")
    figures = measure(events, mentions, refitted=bool(asked.fit))
    if asked.json:
        print(json.dumps(figures))
        return
    articles = len({case.article for case in events})
    lines = [f"{len(events)} events with {len(mentions)} mentions, in {articles} articles:", *_tables(figures)]
    print(*lines, sep="\n\n")
    if asked.docs:
        told = asked.docs.read_text(encoding="utf-8")
        if len(PRINTED.findall(told)) != 1:
            raise SystemExit(f"{asked.docs} does not hold what this prints in exactly one place")
        asked.docs.write_text(PRINTED.sub(lambda _: "\n\n".join(lines), told), encoding="utf-8")


if __name__ == "__main__":
    main()
