"""Measures the reading of web pages: F1 over words and pages a second, ours and trafilatura's alone, in one run.

Run: python -m benchmarks.html [--pages 240]
"""

import argparse
import time
from collections.abc import Callable

from trafilatura import extract

from benchmarks.common import machine, table
from benchmarks.pages import Made, f1, pages
from pipelines.sources.html import NoArticleError, read_page


def ours(page: Made) -> str:
    """The text that we take from a page, with all else that we read off it; empty where it is refused."""
    try:
        return read_page(page.html.encode(), page.story.url).text
    except NoArticleError:
        return ""


def theirs(page: Made) -> str:
    """The text that trafilatura takes from a page, and nothing else."""
    return extract(page.html.encode(), url=page.story.url, include_comments=False) or ""


def measured(read: Callable[[Made], str], made: list[Made]) -> tuple[float, float]:
    """Mean F1, and pages a second of CPU time."""
    start = time.process_time()
    texts = [read(page) for page in made]
    seconds = time.process_time() - start
    return sum(f1(text, page.story.text) for text, page in zip(texts, made, strict=True)) / len(made), len(
        made
    ) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=240)
    made = pages(parser.parse_args().pages)
    for read in (ours, theirs):  # what is loaded or compiled once
        read(made[0])
    (our_f1, our_speed), (their_f1, their_speed) = measured(ours, made), measured(theirs, made)
    rows = [
        ("read_page", f"{our_f1:.4f}", f"{our_speed:.1f}"),
        ("trafilatura", f"{their_f1:.4f}", f"{their_speed:.1f}"),
    ]
    print(machine())
    print(table(("", "F1", "pages/s"), rows))
    print(f"ratio of pages/s: {our_speed / their_speed:.2f}; of {len(made)} pages")


if __name__ == "__main__":
    main()
