"""What is said of options that fail a gate, where costs and scores would put them first."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import gate_words, summary_table, tables
from tests.present import example

DOCUMENT = example.document(recommended="")
RESULTS = example.results(DOCUMENT)


def failing(options: Sequence[str], *names: str, document: Appraisal = DOCUMENT) -> Appraisal:
    outcomes = tuple(GateOutcome(option=one, outcome=Outcome.FAIL) for one in options)
    gates = tuple(Gate(id=f"g{place}", name=name, outcomes=outcomes) for place, name in enumerate(names or ("Lawful",)))
    return replace(document, gates=gates)


def costing(costs: Sequence[int], cheapest: str) -> Results:
    """The results with these expected costs, and the cheapest of those that pass."""
    options = tuple(
        replace(one, economic=replace(one.economic, expected_npc=Decimal(cost)))
        for one, cost in zip(RESULTS.options, costs, strict=True)
        if one.economic is not None
    )
    return replace(RESULTS, options=options, verdict=replace(RESULTS.verdict, cheapest=cheapest))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Lawful",), "fails “Lawful”"),
        (("Lawful", "In time"), "fails “Lawful” and “In time”"),
        (("Lawful", "In time", "Safe", "Open"), "fails “Lawful”, “In time” and two more"),
    ],
)
def test_gates_go_by_name_two_at_most(names: tuple[str, ...], said: str) -> None:
    assert gate_words.fails(failing(["option-0"], *names), "option-0") == said
    assert gate_words.fails(failing(["option-0"], *names), "option-1") == ""


def test_a_cheaper_option_is_named_with_its_gate_and_a_dearer_one_is_not() -> None:
    document = failing(["option-0", "option-1", "option-2"])
    results = costing([50, 100, 200, 100, 300], "option-3")
    assert gate_words.cheaper_failing(results, document) == (
        "Usual costs less, but fails “Lawful”.",
        "Minimum costs the same, but fails “Lawful”.",
    )
    assert gate_words.among_passing(results, document) == "Of options that pass every gate, "
    assert gate_words.cheaper_failing(results, DOCUMENT) == ()
    assert gate_words.among_passing(results, DOCUMENT) == ""


def test_many_cheaper_options_are_told_by_their_number() -> None:
    document = failing(["option-0", "option-1", "option-2"])
    (said,) = gate_words.cheaper_failing(costing([50, 60, 70, 100, 300], "option-3"), document)
    assert said == "Three options cost less, but each fails a gate."


def test_who_is_left_where_others_fail() -> None:
    ids = [option.id for option in RESULTS.options]
    assert gate_words.nobody_passes(RESULTS, failing(ids)) == "Every option fails a gate, so none leads."
    assert gate_words.nobody_passes(RESULTS, failing(ids[1:])) == ""
    assert gate_words.only_one(RESULTS, failing(ids[1:])) == ids[0]
    assert gate_words.only_one(RESULTS, failing(ids[2:])) == ""


def test_tables_say_who_is_out_and_why() -> None:
    document = failing(["option-0"])
    assert "Out: Usual fails “Lawful”." in tables.options_summary(RESULTS, document).notes
    assert not any("Out:" in note for note in tables.options_summary(RESULTS, DOCUMENT).notes)
    assert gate_words.out(failing(["option-0", "option-1", "option-2"])) == (
        "Out: three options that fail a gate may not lead.",
    )
    rows = summary_table.appraisal_summary(RESULTS, document).rows
    assert rows[0][-1].text.startswith("Fails “Lawful”")
    assert all("Fails" not in row[-1].text for row in rows[1:])


def test_a_preferred_option_that_fails_says_so_in_its_row() -> None:
    document = failing(["option-4"], document=example.document())
    row = summary_table.appraisal_summary(RESULTS, document).rows[-1]
    assert row[-1].text.startswith("Preferred, but fails “Lawful”.")


def test_no_points_are_counted_against_who_fails_a_gate() -> None:
    out = tuple(
        replace(one, score=replace(one.score, gates_failed=("g0",))) if one.id == "option-0" and one.score else one
        for one in RESULTS.options
    )
    document = failing(["option-0"], document=example.document())
    told = summary_table.appraisal_summary(replace(RESULTS, options=out), document).rows
    assert "Scores" not in told[0][-1].text
    assert "Scores" in told[1][-1].text


def test_an_option_that_fails_and_scores_no_less_is_noticed() -> None:
    first = next(one for one in RESULTS.options if one.id == RESULTS.verdict.highest_score)
    assert first.score is not None
    for total, higher in ((first.score.total, True), (first.score.total - 0.1, False)):
        options = tuple(
            replace(one, score=replace(one.score, total=total, gates_failed=("g0",)))
            if one.id == "option-0" and one.score
            else one
            for one in RESULTS.options
        )
        assert gate_words.higher_failing(replace(RESULTS, options=options)) is higher
    assert not gate_words.higher_failing(RESULTS)


def test_no_sentence_is_longer_than_25_words() -> None:
    long = "A gate with a name of very many short words to be met"
    document = failing(["option-0", "option-1"], *[long] * 4, document=example.document(long_names=True))
    results = costing([50, 60, 200, 100, 300], "option-3")
    for said in (*gate_words.cheaper_failing(results, document), *gate_words.out(document)):
        assert len(re.split(r"[ \u00a0]", said)) <= 25, said
