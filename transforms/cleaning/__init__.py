"""Cleaning: a raw text in, a clean text with labelled lines and sentences out. Nothing is taken away, only labelled.

`normalise` mends encoding and blanks, `lines` says what each line is (by `rules`, and by what its source has
`repeated`), `metadata` reads author and place off them, `sentences` splits them, `language` names the language,
`offsets` leads back to the raw text. Reading files and decoding bytes belong to `pipelines/sources`.
"""

from collections.abc import Set

from transforms.cleaning.language import detect_language
from transforms.cleaning.lines import label_lines
from transforms.cleaning.metadata import byline, dateline
from transforms.cleaning.normalise import normalise
from transforms.cleaning.offsets import to_raw
from transforms.cleaning.sentences import split_sentences
from transforms.records import CleanText
from transforms.vocabulary import LineKind

__all__ = ["clean", "to_raw"]

_READ = frozenset({LineKind.CONTENT, LineKind.HEADLINE})  # lines whose language is the article's


def clean(text_id: str, raw: str, repeated: Set[int] = frozenset()) -> CleanText:
    """The clean text of `raw`, whose id is `text_id`. Any string will do; an empty one has no lines.

    `repeated` are the keys of the lines that its source repeats (`repeated`).

    All offsets are into the clean text, in code points; `to_raw` leads back. Lines and sentences are in order and
    do not overlap; each sentence lies in one line and has its kind.
    """
    text, segments = normalise(raw)
    lines = label_lines(text, repeated)
    sentences = [  # made of one go by pydantic: one by one, they cost as much as finding them
        {"start": start, "end": end, "kind": line.kind}
        for line in lines
        for start, end in split_sentences(text, line.start, line.end)
    ]
    prose = "\n".join(text[line.start : line.end] for line in lines if line.kind in _READ)
    return CleanText.model_validate(
        {
            "text_id": text_id,
            "text": text,
            "language": detect_language(prose or text),
            "byline": byline(text, lines),
            "dateline": dateline(text, lines),
            "segments": segments,
            "lines": lines,
            "sentences": sentences,
        }
    )
