"""The dictionary page is as the code would write it now, and tells what a stranger has to know."""

from pathlib import Path

import pytest

from transforms.vocabulary import STATUSES
from warehouse.dictionary import page
from warehouse.marts import MARTS
from warehouse.tables import CORE

WRITTEN = Path(__file__).parents[2] / "docs" / "dictionary.md"


@pytest.fixture(scope="module")
def made() -> str:
    return page()


def test_the_page_is_not_stale(made: str) -> None:
    assert WRITTEN.read_text(encoding="utf-8") == made, "run `make dictionary`"


def test_every_table_and_view_has_a_section_to_which_the_index_leads(made: str) -> None:
    for schema, names in (("core", CORE), ("marts", MARTS)):
        for name in names:
            assert f"\n### {schema}.{name}\n" in made
            assert f"(#{schema}{name})" in made


def test_every_status_of_every_type_is_told_with_its_meaning(made: str) -> None:
    for stages in STATUSES.values():
        for status, stage in stages.items():
            assert f"| `{status}` | {stage.rank} | {'yes' if stage.realised else 'no'} | {stage.meaning} |" in made


def test_a_column_is_told_with_type_unit_values_and_where_it_leads(made: str) -> None:
    section = made[made.index("### core.event_participant\n") :]
    assert "| `event_id` | VARCHAR | no | The event. Leads to `core.event.event_id` |" in section
    events = made[made.index("### marts.events\n") : made.index("### marts.event_participants\n")]
    assert "| `latitude` | DOUBLE | yes | Latitude of the place. Unit: degrees. At least -90 and at most 90 |" in events
    assert "One of: `meeting`, `ceasefire`, `sanctions`" in events
    assert "**Key:** `event_id`." in events


def test_no_cell_breaks_its_table(made: str) -> None:
    tables = [part for part in made.split("\n\n") if part.startswith("| ")]
    assert len(tables) > len(CORE) + len(MARTS)
    for part in tables:
        assert len({line.replace("\\|", "").count("|") for line in part.splitlines()}) == 1, part
