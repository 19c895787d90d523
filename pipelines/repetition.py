"""Which lines the sources of a batch repeat: what the stage `repeated_lines` writes.

Counted over the batches that landed up to and including the batch, so that its file can be made again from the lake.
What makes a line count as repeated does not belong here (`transforms/cleaning/repeated.py`), nor what becomes of it.
"""

from collections.abc import Callable, Collection, Iterator

from pipelines.land import RAW, landed
from transforms.records import RawArticle, Record, SeenLines
from warehouse.lake import Lake

SEEN = "repeated_lines"


def seen_lines(lake: Lake, batch: str, current: Callable[[str], bool]) -> Iterator[Record]:
    """The lines of each article of a batch that may be furniture, and those of them that its source repeats.

    `current` says whether a batch's file of this stage is what would be made now; else its raw texts are read again, so
    that the result does not depend on which files are there.
    """
    from transforms.cleaning.repeated import repeated

    own = list(_own(lake, batch))
    holders: dict[str, dict[int, set[int]]] = {article.source: {} for article in own}
    for article in own:
        holders[article.source].update((line, set()) for line in article.lines)
    sketches: dict[str, set[int]] = {source: set() for source in holders}
    earlier = _earlier(lake, batch, holders, current)
    for source, sketch, lines in (*earlier, *((one.source, one.sketch, one.lines) for one in own)):
        sketches[source].add(sketch)
        for line in holders[source].keys() & lines:
            holders[source][line].add(sketch)
    often = {source: repeated(found, len(sketches[source])) for source, found in holders.items()}
    for article in own:
        yield article.model_copy(update={"repeated": [line for line in article.lines if line in often[article.source]]})


def _earlier(
    lake: Lake, batch: str, sources: Collection[str], current: Callable[[str], bool]
) -> Iterator[tuple[str, int, list[int]]]:
    """Source, sketch and lines of the same sources' articles in the batches that landed before."""
    for before in landed(lake):
        if before.batch == batch:
            return
        if current(before.batch):
            names = ("source", "sketch", "lines")
            found = lake.table(SEEN, before.batch, names, ("source", sorted(sources)))
            yield from zip(*(found[name].to_pylist() for name in names), strict=True)
        else:
            again = (one for one in _own(lake, before.batch) if one.source in sources)
            yield from ((one.source, one.sketch, one.lines) for one in again)


def _own(lake: Lake, batch: str) -> Iterator[SeenLines]:
    """The articles of a batch with their lines that may be furniture, before any is known to be repeated."""
    from transforms.cleaning.repeated import candidates, sketch

    for article in lake.stream(RAW, batch, RawArticle):
        yield SeenLines(
            article_id=article.article_id,
            text_id=article.text_id,
            source=article.source,
            sketch=sketch(article.text),
            lines=sorted(candidates(article.text)),
            repeated=[],
        )
