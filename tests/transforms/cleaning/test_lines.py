"""Lines are labelled, never removed; the rules' own examples are their tests."""

import json
from pathlib import Path

import pytest

from transforms.cleaning import clean
from transforms.cleaning.rules import Rule, rules
from transforms.vocabulary import LineKind

PROSE = "The two ministers met in Oslo on Monday, and agreed to extend the truce by a month, officials said."


def labels(text: str) -> list[tuple[str, str]]:
    """Each line of the text with its kind."""
    cleaned = clean("t", text)
    return [(cleaned.text[line.start : line.end], line.kind.value) for line in cleaned.lines]


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in rules() for line in rule.positive])
def test_a_rule_labels_its_positive_examples(rule: Rule, line: str) -> None:
    assert rule.labels(line, line.lower())
    inside = clean("t", f"{PROSE}\n{line}\n{PROSE}").lines[1:-1]
    assert rule.kind in {part.kind for part in inside}


@pytest.mark.parametrize(("owner", "line"), [(rule.name, line) for rule in rules() for line in rule.negative])
def test_no_rule_labels_a_negative_example(owner: str, line: str) -> None:
    assert [rule.name for rule in rules() if rule.labels(line, line.lower())] == [], owner


def test_names_are_unique() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_prose_is_content() -> None:
    assert labels(f"{PROSE}\n{PROSE}") == [(PROSE, "content")] * 2


def test_the_first_short_line_without_a_stop_is_the_headline_and_so_is_its_repetition() -> None:
    headline = "Ministers extend truce by a month"
    found = labels(f"{headline}\n\n{headline}\n{PROSE}\n{headline} again")
    assert [kind for _, kind in found] == ["headline", "headline", "content", "content"]


@pytest.mark.parametrize("headline", ["Analysis: Why the truce holds", "Watch: ministers meet", "More on sanctions"])
def test_a_headline_may_look_like_a_link(headline: str) -> None:
    assert labels(f"{headline}\n{PROSE}")[0] == (headline, "headline")


@pytest.mark.parametrize("first", [PROSE, "They met. It was short.", "x" * 300])
def test_a_first_line_of_prose_is_no_headline(first: str) -> None:
    assert labels(f"{first}\n{PROSE}")[0][1] == "content"


def test_a_lone_line_is_content() -> None:
    assert labels("Ministers extend truce") == [("Ministers extend truce", "content")]


def test_an_appeal_labels_what_addresses_the_reader_until_the_report_goes_on() -> None:
    appeal = [
        "A message from The Daily Example:",
        "Dear readers,",
        "Our work is under threat, and we are not able to go on with it unless you stand by our side today.",
        "Continue",
    ]
    found = labels("\n".join([PROSE, *appeal, PROSE]))
    assert [kind for _, kind in found] == ["content", *["boilerplate"] * 4, "content"]


def test_a_quoted_we_does_not_prolong_an_appeal() -> None:
    report = (
        "“We are ready for talks with you,” the rebel leader told the envoy of the African Union in the town on Monday."
    )
    assert labels(f"{PROSE}\nSupport independent journalism\n{report}")[-1] == (report, "content")


def test_a_list_of_other_stories_ends_where_prose_begins() -> None:
    found = labels(f"{PROSE}\nMost viewed\nRebels reject truce in the north\nEnvoys: what next?\n{PROSE}")
    assert [kind for _, kind in found] == ["content", "boilerplate", "boilerplate", "boilerplate", "content"]


def test_a_link_inside_a_paragraph_is_cut_out() -> None:
    found = labels(f"{PROSE}\nThey met at noon. (RELATED: Five Things To Know) They will meet again.")
    assert found[1:] == [
        ("They met at noon.", "content"),
        ("(RELATED: Five Things To Know)", "boilerplate"),
        ("They will meet again.", "content"),
    ]


def test_a_dateline_is_cut_off_its_paragraph() -> None:
    text = "GENEVA, May 3 (Example) - The two ministers met on Monday."
    cleaned = clean("t", text)
    assert labels(text) == [
        ("GENEVA, May 3 (Example) -", "dateline"),
        ("The two ministers met on Monday.", "content"),
    ]
    assert [sentence.kind for sentence in cleaned.sentences] == [LineKind.DATELINE, LineKind.CONTENT]


def test_nothing_is_taken_away() -> None:
    text = f"Headline\n{PROSE}\nAdvertisement\n{PROSE}\nCopyright 2020 Example"
    cleaned = clean("t", text)
    assert cleaned.text == text
    assert "\n".join(text[line.start : line.end] for line in cleaned.lines) == text


@pytest.mark.shared
@pytest.mark.parametrize("gold", ["dev", "own"])
def test_no_gold_evidence_is_boilerplate_and_gold_boilerplate_is_found(shared: Path, gold: str) -> None:
    folder = shared / "gold" / gold
    texts = {row["id"]: row["text"] for row in map(json.loads, (folder / "articles.jsonl").open(encoding="utf-8"))}
    _compare(texts, folder)


@pytest.mark.shared
def test_the_same_for_the_five_texts(shared: Path) -> None:
    _compare(
        {path.stem: path.read_text(encoding="utf-8") for path in (shared / "seeds").glob("*.txt")},
        shared / "gold/seeds",
    )


def _compare(texts: dict[str, str], folder: Path) -> None:
    missed, wanted = [], 0
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        raw = texts[path.stem]
        cleaned = clean("t", raw)
        labelled = [line for line in cleaned.lines if line.kind not in {LineKind.CONTENT, LineKind.HEADLINE}]
        for evidence in (" ".join(text.split()) for event in gold["events"] for text in event["evidence"]):
            start = cleaned.text.index(evidence)
            overlapping = [line for line in labelled if line.start < start + len(evidence) and start < line.end]
            assert LineKind.BOILERPLATE not in {line.kind for line in overlapping}, (path.stem, evidence)
        spans = list(gold.get("boilerplate_spans", []))
        if "boilerplate_from" in gold:
            spans += [line for line in raw[raw.index(gold["boilerplate_from"]) :].splitlines() if line.strip()]
        for span in (" ".join(span.split()) for span in spans):
            wanted += 1
            if not any(span in cleaned.text[line.start : line.end] for line in labelled):
                missed.append(span)
    assert len(missed) <= wanted * 0.05, missed
