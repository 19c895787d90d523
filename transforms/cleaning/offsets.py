"""Leads from offsets in the clean text back into the raw text. How the map is made belongs to `normalise`."""

from bisect import bisect_right

from transforms.records import CleanText, Segment


def to_raw(clean: CleanText, start: int, end: int) -> tuple[int, int]:
    """The raw span of the clean span [start, end), in code points of the raw text.

    Where a stretch was mended, so that its lengths differ, the span widens to the whole stretch.
    Raises ValueError for a span that does not lie in the clean text.
    """
    if not 0 <= start <= end <= len(clean.text):
        raise ValueError(f"[{start}, {end}) is no span of a clean text of {len(clean.text)} characters")
    if not clean.segments:
        return 0, 0
    first = _segment(clean.segments, start)
    raw_start = first.raw_start + (min(start, first.end) - first.start if _in_step(first) else 0)
    if start == end:
        return raw_start, raw_start
    last = _segment(clean.segments, end - 1)
    return raw_start, last.raw_start + (end - last.start) if _in_step(last) else last.raw_end


def _segment(segments: list[Segment], offset: int) -> Segment:
    """The segment in which the offset lies; the last one for the end of the text."""
    return segments[bisect_right(segments, offset, key=lambda segment: segment.start) - 1]


def _in_step(segment: Segment) -> bool:
    return segment.end - segment.start == segment.raw_end - segment.raw_start
