"""Lines are labelled, never removed; the rules' own examples are their tests."""

import time
from pathlib import Path

import pytest

from benchmarks.cleaning import measure
from pipelines.evaluation import load_gold, load_texts
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


def test_a_link_glued_to_a_name_is_cut_out_and_the_sentence_goes_on() -> None:
    found = labels(f"{PROSE}\nThe envoy met Jane Doe Jane Mary DoeFive takeaways Truce in doubt MORE in Oslo.")
    assert found[1:] == [
        ("The envoy met Jane Doe", "content"),
        ("Jane Mary DoeFive takeaways Truce in doubt MORE", "boilerplate"),
        ("in Oslo.", "content"),
    ]


def test_what_stands_before_a_glued_link_is_no_headline() -> None:
    kinds = [
        kind for _, kind in labels(f"President Jane Doe Jane Mary DoeFive takeaways MORE met him in Oslo.\n{PROSE}")
    ]
    assert kinds == ["content", "boilerplate", "content", "content"]


def test_a_question_in_prose_is_no_item_of_a_list() -> None:
    question = "What, then, can be done for those who fled the war, and who have neither a house nor a field to go to?"
    assert labels(f"{PROSE}\nYou may also like\n{question}")[-1] == (question, "content")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("gold", "articles"),
    [("dev", "gold/dev/articles.jsonl"), ("own", "gold/own/articles.jsonl"), ("seeds", "seeds")],
)
def test_no_gold_evidence_is_lost_and_gold_boilerplate_is_found(shared: Path, gold: str, articles: str) -> None:
    found = measure(load_gold(shared / "gold" / gold), load_texts(shared / articles))
    assert found.lost == []
    assert found.found >= 0.95 * found.marked, found.missed


@pytest.mark.parametrize("run", ["A" * 50_000, "Aa" * 25_000, "Doe " * 12_000, "(" * 50_000])
def test_a_long_run_without_blanks_costs_no_square_of_its_length(run: str) -> None:
    start = time.process_time()
    clean("t", f"{run} and more of it.")
    assert time.process_time() - start < 5  # seconds; a rule that tries all lengths takes a minute
