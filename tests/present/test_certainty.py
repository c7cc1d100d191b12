"""Contingency, the watch on draws and what options share: words and tables of a real run."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.edits import basis
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import Results
from appraise.present import certainty, wording
from appraise.workspace import templates

DOCUMENT = templates.load("worked-example", first_year=2027)
RESULTS = evaluate(DOCUMENT, Settings(draws=4000))
SPACE = wording.NO_BREAK


def with_risk(**changes: object) -> Results:
    """The results with fields of every option's risk replaced."""
    options = tuple(replace(one, risk=replace(one.risk, **changes)) for one in RESULTS.options)
    return replace(RESULTS, options=options)


def test_contingency_is_told_for_one_option_as_one_of_two() -> None:
    sure, instead, contains = certainty.contingency_words(RESULTS, DOCUMENT, "option-joint")
    found = next(one for one in RESULTS.options if one.id == "option-joint")
    held = found.risk.contingency
    expected = sum(found.financial.contingency_by_year)
    assert held.budget == found.financial.total - expected
    assert sure.endswith(f"on top of {wording.money(held.budget)}.")
    assert instead.startswith(f"It replaces the expected {wording.money(expected)} that ")
    assert instead.endswith(f"{wording.money(found.financial.total)} holds: one or the other, never the sum.")
    assert sure.startswith("To be 80 % sure of the budget for Joint, hold £3.")
    assert wording.money(held.pounds, held.error) in sure
    assert contains == certainty.CONTAINS


def test_where_nothing_is_expected_nothing_is_taken_out() -> None:
    found = next(one for one in RESULTS.options if one.id == "option-joint")
    none = replace(found.financial, contingency_by_year=(Decimal(0),) * len(RESULTS.years))
    options = tuple(replace(one, financial=none) if one is found else one for one in RESULTS.options)
    (sure,) = certainty.contingency_words(replace(RESULTS, options=options), DOCUMENT, "option-joint")
    assert sure.endswith(f"on top of {wording.money(found.risk.contingency.budget)}.")


def test_a_share_of_the_first_draws_is_told_as_such() -> None:
    """A chance over fewer draws is another figure than that over all of them."""
    few = with_risk(apart=replace(RESULTS.options[-1].risk.apart, draws=1024))
    assert " of the first 1,024 draws" in certainty.apart_words(few, DOCUMENT)
    assert " of the first " not in certainty.apart_words(RESULTS, DOCUMENT)


def test_the_percentile_that_was_chosen_is_the_one_that_is_told() -> None:
    surer = basis.set_percentile(DOCUMENT, percent=95)
    results = evaluate(surer, Settings(draws=4000))
    table = certainty.contingency(results, surer)
    assert table.columns[3].heading == "To be 95 % sure"
    for row, before in zip(table.rows, certainty.contingency(RESULTS, DOCUMENT).rows, strict=True):
        assert row[3].raw > before[3].raw
    assert certainty.contingency_words(results, surer, "option-joint")[0].startswith("To be 95 % sure")
    assert certainty.convergence(results, surer).title.startswith("P95")


def test_without_a_budget_nothing_is_held() -> None:
    assert certainty.contingency(with_risk(contingency=None), DOCUMENT).rows == ()
    assert certainty.contingency_words(with_risk(contingency=None), DOCUMENT, "option-joint") == ()


@pytest.mark.parametrize(
    ("moving", "sentence"),
    [
        ((), "4,000 draws are enough: P80 of every option is steady."),
        ((0,), "P80 is not steady for Usual: use more than 4,000 draws."),
        ((0, 1, 2), "P80 is not steady for three options: use more than 4,000 draws."),
        ((0, 1, 2, 3, 4), "P80 is not steady at 4,000 draws: use more draws."),
    ],
)
def test_it_is_said_whether_there_are_enough_draws(moving: tuple[int, ...], sentence: str) -> None:
    options = tuple(
        replace(one, risk=replace(one.risk, convergence=replace(one.risk.convergence, steady=place not in moving)))
        for place, one in enumerate(RESULTS.options)
    )
    results = replace(RESULTS, options=options)
    assert certainty.convergence_words(results, DOCUMENT) == sentence
    assert len(certainty.unsteady(results)) == len(moving)
    state = [cell.text for cell in certainty.convergence(results, DOCUMENT).rows[-1][1:]]
    assert state == ["Not steady" if place in moving else "Steady" for place in range(5)]


def test_the_watched_percentile_stands_with_its_errors_at_growing_draws() -> None:
    table = certainty.convergence(RESULTS, DOCUMENT)
    series = RESULTS.options[2].risk.convergence
    assert [row[0].text for row in table.rows] == [*(f"{draws:,} draws" for draws in series.draws), "State"]
    assert [row[3].raw for row in table.rows[:-1]] == list(series.values)
    assert [row[3].error for row in table.rows[:-1]] == list(series.errors)


def test_what_is_shared_is_one_sentence_and_a_table() -> None:
    joint = next(one for one in RESULTS.options if one.id == "option-joint").risk.apart
    said = certainty.apart_words(RESULTS, DOCUMENT)
    assert said.startswith(f"Joint is cheapest in {wording.percent_of_draws(joint.together)} of draws; if options")
    assert said.endswith(f"it would be {wording.percent_of_draws(joint.apart)}.")
    table = certainty.apart(RESULTS, DOCUMENT)
    assert [cell.raw for cell in table.rows[4][1:]] == [joint.together, joint.apart]
    assert table.highlight_row == 4
    level = with_risk(apart=replace(joint, apart=joint.together + joint.error))
    assert "whether options share facts or not" in certainty.apart_words(level, DOCUMENT)


def test_where_nothing_is_shared_nothing_is_said() -> None:
    alone = with_risk(apart=None)
    assert certainty.apart_words(alone, DOCUMENT) == ""
    assert certainty.apart(alone, DOCUMENT).rows == ()


def test_the_highest_npsv_is_named_with_its_chance() -> None:
    best = max(RESULTS.options, key=lambda one: one.risk.probability_highest_npsv)
    said = certainty.npsv_words(RESULTS, DOCUMENT)
    assert said.endswith(
        f"Joint has the highest NPSV in {wording.percent_of_draws(best.risk.probability_highest_npsv)}."
    )
    other = replace(RESULTS, verdict=replace(RESULTS.verdict, compared_on="eac"))
    assert certainty.npsv_words(other, DOCUMENT) == ""


def test_a_document_without_costs_says_nothing() -> None:
    blank = templates.load("blank", first_year=2027)
    results = evaluate(blank, Settings(draws=100))
    assert certainty.focus(results, blank) == ""
    assert certainty.convergence_words(results, blank) == certainty.apart_words(results, blank) == ""
    tables = (certainty.contingency, certainty.convergence, certainty.apart)
    assert [table(results, blank).rows for table in tables] == [(), (), ()]


def test_every_sentence_is_short() -> None:
    said = [
        *certainty.contingency_words(RESULTS, DOCUMENT, "option-joint"),
        certainty.apart_words(RESULTS, DOCUMENT),
        certainty.npsv_words(RESULTS, DOCUMENT),
        certainty.convergence_words(RESULTS, DOCUMENT),
    ]
    assert all(0 < len(sentence.split()) <= 25 for sentence in said)
