"""The suite of benchmarks: what counts as a regression, what is written down, and that every row of it can be used."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.figures import Figure, Size
from benchmarks.suite import MARKED, MODULES, Expected, expected, faults, record, tabled

TIME = Expected("parsing.time", "the pipeline's time to the parser's", "lower", 0.25, 0.2, 0.4, 0.16)
GAIN = Expected("scale.gain", "two processes to one", "higher", 0.1, 1.7, None, 1.8)
KNOWN = {row.name: row for row in (TIME, GAIN)}


def told(name: str, value: float, size: Size) -> list[str]:
    return faults(KNOWN, [Figure(name, value)], size, [name.partition(".")[0]])


@pytest.mark.parametrize(
    ("name", "size", "good", "bad"),
    [
        ("parsing.time", Size.SMALL, 0.49, 0.51),
        ("parsing.time", Size.FULL, 0.05, 0.21),
        ("scale.gain", Size.FULL, 1.63, 1.61),
    ],
)
def test_a_figure_may_be_worse_by_its_tolerance_and_no_more(name: str, size: Size, good: float, bad: float) -> None:
    assert told(name, good, size) == []
    assert len(told(name, bad, size)) == 1
    assert name in told(name, bad, size)[0]


def test_a_figure_without_a_row_is_a_fault_and_so_is_one_that_was_not_measured() -> None:
    assert "not in expected.csv" in told("parsing.memory", 1.0, Size.SMALL)[0]
    assert faults(KNOWN, [], Size.FULL, ["parsing", "scale"]) == [
        "parsing.time was not measured",
        "scale.gain was not measured",
    ]
    assert faults(KNOWN, [], Size.SMALL, ["scale"]) == []  # never measured at that size


def test_what_was_measured_is_expected_from_then_on(tmp_path: Path) -> None:
    target = tmp_path / "expected.csv"
    record(dict(KNOWN), [Figure("scale.gain", 1.75)], Size.SMALL, target)
    assert expected(target) == KNOWN | {"scale.gain": replace(GAIN, small=1.75)}


def test_a_row_must_say_which_way_is_better(tmp_path: Path) -> None:
    target = tmp_path / "expected.csv"
    record({"scale.gain": replace(GAIN, better="more")}, [], Size.FULL, target)
    with pytest.raises(ValueError, match=r"scale\.gain: better"):
        expected(target)


def test_the_table_says_what_is_missed_of_what_is_wanted() -> None:
    lines = tabled(KNOWN, [Figure("scale.gain", 1.65, {"one process": "20 s"})], Size.FULL).splitlines()
    assert lines[2] == "| two processes to one | 1.65 | 1.8 | **≥ 1.7, missed** | one process 20 s |"


def test_every_expected_figure_belongs_to_a_benchmark_that_is_there() -> None:
    for module in MODULES:
        assert callable(import_module(f"benchmarks.{module}").measure), module
    assert {name.partition(".")[0] for name in expected()} <= set(MODULES)


def test_the_readme_of_the_benchmarks_has_a_place_for_the_table() -> None:
    readme = Path(__file__).parents[1] / "benchmarks" / "README.md"
    assert len(MARKED.findall(readme.read_text(encoding="utf-8"))) == 1
