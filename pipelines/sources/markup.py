"""Pieces of HTML to plain text, blocks as lines. Finding the article of a whole page belongs to `html`."""

import re

from pipelines.sources.decoding import sound

_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-zA-Z]+|#\w+);")
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|br|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6r]|header|li"
    r"|main|nav|ol|p|pre|section|table|td|th|tr|ul"
)
_SILENT = frozenset(["script", "style", "template", "noscript", "iframe", "object", "svg"])  # hold nothing to be read
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")


def plain_text(html: str) -> str:
    """The text of a piece of HTML, a line for each block, entities resolved; plain text comes back as it is."""
    if not _MARKUP.search(html):
        return sound(html).strip()
    import lxml.etree
    import lxml.html

    try:
        tree = lxml.html.fragment_fromstring(html.replace("\0", ""), create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        return ""
    parts: list[str] = []
    silent = 0
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        block = "\n" if _BLOCKS.fullmatch(tag) else ""
        if event == "start":
            silent += tag in _SILENT
            parts += [block, "" if silent else element.text or ""]
        else:
            silent -= event == "end" and tag in _SILENT
            parts += [block, "" if silent else element.tail or ""]
    return sound(_BREAKS.sub("\n", _BLANKS.sub(" ", "".join(_unbroken(parts))))).strip()


def _unbroken(parts: list[str]) -> list[str]:
    """Line ends of the source are blanks; those of blocks stay."""
    return [part if part == "\n" else part.replace("\n", " ").replace("\r", " ") for part in parts]
