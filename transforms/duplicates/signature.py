"""MinHash signatures, banded: texts that share a band are worth comparing. How alike they are is told by `shingles`.

Two texts of Jaccard index s share one of b bands of r rows with probability 1 - (1 - s^r)^b (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, 3.4). With 40 bands of 3 rows:

    s            .05   .1    .2    .3    .4    .5    .6    .7
    probability  .005  .04   .27   .66   .93   .995  .9999 1

The curve lies lower than what counts as a copy asks for, because signatures are made of raw texts, in which each site's
boilerplate stands, while likeness is judged on the content alone.
"""

import numpy as np
from rensa import RMinHash

from transforms.duplicates.shingles import SHORTEST, runs
from transforms.folding import folded_words
from transforms.hashes import rolled
from transforms.records import TextSignature

BANDS, ROWS = 40, 3
SEED = 20_210_309  # any, but always the same: bands of different seeds have nothing in common


def signature(text: str) -> list[int]:
    """The bands of a text's signature as signed 64-bit numbers, BANDS of them, the same in every process.

    None for a text that is too short to be compared. Equal words give equal bands; case, punctuation and white space
    do not count. Sharing one number, at whatever place, makes two texts worth comparing.
    """
    words = folded_words(text)
    if len(words) < SHORTEST:
        return []
    hashes = runs(words)  # of one that comes again the least is the same
    digest = RMinHash.digest_matrix_from_flat_token_hashes(hashes, [0, len(hashes)], BANDS * ROWS, SEED)
    rows = np.array(digest.to_rows(), np.uint64).reshape(BANDS, ROWS)
    numbered = np.column_stack([np.arange(BANDS, dtype=np.uint64), rows])
    bands: list[int] = rolled(numbered).view(np.int64).tolist()
    return bands


def signed(text_id: str, text: str) -> TextSignature:
    """The signature of a raw text as a record."""
    return TextSignature(text_id=text_id, bands=signature(text))
