"""How well accounts of one event in several articles are merged: `python -m benchmarks.merging [FOLDER] [--verbose]`.

FOLDER holds `articles.jsonl`, `events.json` (article events labelled by hand: `event` is the same for all accounts of
one stage, `thing` for all stages of one thing) and `pairs.json`; without one, the set of our own beside this module.
Extraction is measured only as far as it decides which accounts there are to merge.

B³: Bagga and Baldwin, Algorithms for scoring coreference chains, LREC 1998 workshop, over the accounts that were found.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.common import extracted, machine, table
from pipelines.sources import read
from transforms.events.merge import Account, merge
from transforms.records import RawArticle

OURS = Path(__file__).parent / "sets" / "merging"
Gold = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """An account, the article's id as the labels have it, and the sentences that tell it."""

    account: Account
    article: str
    sentences: tuple[str, ...]


def accounts(articles: Path) -> list[Told]:
    """The accounts that the pipeline's own stages find in the articles."""
    found = []
    for raw in read([articles]):
        if not isinstance(raw, RawArticle):
            raise ValueError(f"{articles}: cannot be read: {raw}")
        text, _, told = extracted(raw)
        for event in told.events:
            own = [m for m in told.mentions if m.article_event_id == event.article_event_id]
            sentences = tuple(text.text[m.sentence_start : m.sentence_end] for m in own)
            account = Account(event, raw.article_id, raw.published_date)
            found.append(Told(account, Path(raw.source_id).name, sentences))
    return found


def aligned(gold: Sequence[Gold], told: Sequence[Told]) -> dict[str, Told]:
    """Label's key → the account that tells it: of one type on a sentence of its evidence, one to one, best first."""
    scored = [
        (_likeness(label, one), label["key"], i)
        for label in gold
        for i, one in enumerate(told)
        if one.article == label["article"] and one.account.event.event_type == label["type"] and _overlap(label, one)
    ]
    found: dict[str, Told] = {}
    taken: set[int] = set()
    for _, key, i in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if key not in found and i not in taken:
            found[key] = told[i]
            taken.add(i)
    return found


def _overlap(label: Gold, one: Told) -> bool:
    return any(quote in sentence or sentence in quote for quote in label["evidence"] for sentence in one.sentences)


def _likeness(label: Gold, one: Told) -> float:
    event = one.account.event
    return (event.status == label["status"]) + 0.5 * (str(event.start_date) == str(label["start"]))


def b_cubed(ours: Mapping[str, str], labels: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of clusters (key → cluster) against those of the labels, over the keys of `ours`."""
    precision = recall = 0.0
    for key in ours:
        mine = {other for other in ours if ours[other] == ours[key]}
        right = {other for other in ours if labels[other] == labels[key]}
        precision += len(mine & right) / len(mine)
        recall += len(mine & right) / len(right)
    precision, recall = precision / len(ours), recall / len(ours)
    return precision, recall, 2 * precision * recall / (precision + recall)


def measure(folder: Path, verbose: bool = False) -> dict[str, float]:
    """The figures of a labelled folder: share of accounts found, B³, that of never merging, and pairs by label."""
    gold: list[Gold] = json.loads((folder / "events.json").read_text(encoding="utf-8"))
    told = accounts(folder / "articles.jsonl")
    found = aligned(gold, told)
    cluster, later = {}, {}
    for event in merge([one.account for one in told]):
        later[event.event_id] = set(event.later_stages)
        cluster |= dict.fromkeys(event.article_event_ids, event.event_id)
    ours = {key: cluster[one.account.event.article_event_id] for key, one in found.items()}
    labels = {label["key"]: label["event"] for label in gold}
    precision, recall, f1 = b_cubed(ours, labels)
    figures = {"accounts": len(gold), "found": len(found) / len(gold), "b3_precision": precision, "b3_recall": recall}
    figures |= {"b3_f1": f1, "never_merging_f1": b_cubed({key: key for key in ours}, labels)[2]}
    pairs: Counter[str] = Counter()
    for pair in json.loads((folder / "pairs.json").read_text(encoding="utf-8")):
        a, b = ours.get(pair["a"]), ours.get(pair["b"])
        if a is None or b is None:
            continue
        answer = "same" if a == b else "stage" if b in later[a] or a in later[b] else "different"
        pairs[f"{pair['label']} → {answer}"] += 1
        if verbose and (answer == "same") != (pair["label"] == "same"):
            print(f"{pair['label']} taken for {answer}: {pair['a']} {pair['b']}")
    return figures | dict(sorted(pairs.items()))


def main() -> None:
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")] or [OURS]
    print(machine())
    for folder in folders:
        figures = measure(folder, "--verbose" in sys.argv)
        print(table(["figure", folder.name], [[name, f"{value:.3g}"] for name, value in figures.items()]))


if __name__ == "__main__":
    main()
