"""As many articles as asked for, made of a corpus by repeating it with other countries, persons and days.

    python -m benchmarks.corpus ARTICLES OUT [--corpus FILE]

OUT gets JSON Lines. Without a corpus (JSON Lines, also gz; PARLEY_CORPUS names one) the samples are repeated. The first
round is the corpus as it is. In each further round one country, demonym, capital or person stands where another did,
the same everywhere in the round, every number of two or more digits is another one, and all is published later by as
many weeks: so that the text tells as much as before, in as many words, and is no near-copy of it. The same call gives
the same file, to the byte.
"""

import argparse
import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import common
from transforms.reference import table
