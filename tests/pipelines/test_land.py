"""Landing: what is known is left out, whatever its id looks like."""

from pathlib import Path

from pipelines.land import RAW, land
from pipelines.settings import Home
from pipelines.sources import SourceSettings
from tests.pipelines.support import story, write_stories


def test_each_article_lands_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    stories = write_stories(tmp_path / "stories.jsonl", range(600))
    first = land(home, [stories], SourceSettings(), 500)
    assert (first.articles, first.known, len(first.batches)) == (600, 0, 2)
    assert any(identifier.endswith("00") for identifier in home.lake.column(RAW, "article_id"))
    again = land(home, [stories], SourceSettings(), 500)
    assert (again.articles, again.known, again.batches) == (0, 600, [])


def test_a_batch_is_bounded_by_its_characters_too(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    stories = write_stories(tmp_path / "stories.jsonl", range(7))
    length = len(story(0)["text"])
    found = land(home, [stories], SourceSettings(), 500, batch_characters=2 * length)
    assert [home.lake.stamp(RAW, batch).rows for batch in found.batches] == [2, 2, 2, 1]  # type: ignore[union-attr]
    assert len(land(Home(tmp_path / "one"), [stories], SourceSettings(), 500, batch_characters=1).batches) == 7
