"""Writes the published tables and views as files for other programs. Publishing itself does not belong here."""

from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.atomic import replacing
from warehouse.literals import quoted
from warehouse.marts import LASTING
from warehouse.tables import CORE

# COPY options by kind of file.
FORMATS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER true",
    "jsonl": "FORMAT json",
}
# Texts belong to their publishers: they leave the warehouse only when asked for. A sentence is a quotation.
TEXTS = {
    ("core", "article"): "text",
    ("marts", "articles"): "text",
    ("core", "article_change"): "sentence",
    ("core", "rejected_record"): "sample",
}


def export_tables(published: Path, folder: Path, form: str, *, with_text: bool = False) -> list[Path]:
    """Writes one file `SCHEMA.NAME.FORM` for each core table and mart view, and returns them.

    `form` is one of FORMATS (KeyError otherwise). Raises FileNotFoundError where nothing was published yet, OSError
    where the folder cannot be written.
    """
    options = FORMATS[form]
    if not published.exists():
        raise FileNotFoundError(2, "nothing is published yet: run `parley run` first", str(published))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with closing(duckdb.connect(str(published), read_only=True)) as db:
        for schema, names in (("marts", LASTING), ("core", tuple(CORE))):
            for name in names:
                left_out = TEXTS.get((schema, name))
                what = f"* EXCLUDE ({left_out})" if left_out and not with_text else "*"
                target = folder / f"{schema}.{name}.{form}"
                with replacing(target) as temporary:
                    path = quoted(str(temporary))
                    try:
                        db.execute(f"COPY (SELECT {what} FROM {schema}.{name}) TO {path} ({options})")
                    except duckdb.IOException as error:
                        raise OSError(None, str(error), str(target)) from error
                written.append(target)
    return written
