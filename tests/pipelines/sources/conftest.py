"""How the tests of sources write files and read them."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.sources import Noted, SourceSettings, read
from transforms.records import RawArticle, RejectedRecord

type Reading = tuple[list[RawArticle], list[RejectedRecord]]


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Reads inputs; gives the articles and the rejects, each in order."""

    def _reading(*inputs: Path | str, **settings: Any) -> Reading:
        items = list(read(inputs, SourceSettings(**settings)))
        articles = [item for item in items if isinstance(item, RawArticle)]
        rejects = [item for item in items if isinstance(item, RejectedRecord)]
        assert all(isinstance(item, RawArticle | RejectedRecord | Noted) for item in items)
        assert all(reject.reason and ":" in reject.reason for reject in rejects)  # what is wrong: what to do
        assert len({reject.rejected_id for reject in rejects}) == len(rejects)
        assert len({article.article_id for article in articles}) == len(articles)
        return articles, rejects

    return _reading


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Writes records (or lines as they are) as JSON Lines, compressed where the name says so."""

    def _jsonl(*records: dict[str, Any] | str, name: str = "articles.jsonl") -> Path:
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        data = "".join(line + "\n" for line in lines).encode()
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return _jsonl
