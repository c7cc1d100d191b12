"""Constraints as tables: what is printed adds up, and what is missing is a dash."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Bearer
from appraise.model.evaluate import Settings, evaluate
from appraise.present import constraint_tables, wording
from appraise.present.tables import Cell, Table
from appraise.workspace import templates
from tests.present import settling_example

DOCUMENT = settling_example.document()
REAL = evaluate(DOCUMENT, Settings(draws=500))
RESULTS = settling_example.with_values(REAL, DOCUMENT)


def figure(cell: Cell) -> int:
    return 0 if cell.text == wording.DASH else int(cell.text.replace(",", "").replace(wording.MINUS, "-"))


def column(table: Table, heading: str) -> list[Cell]:
    place = next(number for number, one in enumerate(table.columns) if one.heading == heading)
    return [row[place] for row in table.rows]


@pytest.mark.parametrize("seed", range(20))
def test_rounded_parts_add_up_to_the_rounded_total(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same figures every time, no secret
    parts = [rng.choice((0.0, rng.uniform(-500, 500))) for _ in range(rng.randint(1, 9))]
    whole = constraint_tables.adding_up(parts, sum(parts))
    assert sum(whole) == round(sum(parts))
    assert all(abs(one - part) < 1 for one, part in zip(whole, parts, strict=True))
    assert all(one == 0 for one, part in zip(whole, parts, strict=True) if part == 0)


def test_the_register_says_kind_view_and_who_manages_it() -> None:
    table = constraint_tables.register(DOCUMENT, RESULTS)
    assert len(table.rows) == len(DOCUMENT.constraints)
    assert [cell.text for cell in column(table, "Kind")][:3] == ["Constraint", "Risk", "Constraint"]
    assert column(table, "Suppliers believe")[0].text == "50\u00a0%, £1.80m"
    assert column(table, "Suppliers believe")[1].text == wording.DASH
    assert column(table, "Who can manage it")[0].text == "The regulator with our engineers"
    worth = [cell.text for cell in column(table, "Worth settling first")][:5]
    assert worth == ["£462k", "£110k", "Next to nothing", "−£57k", wording.DASH]
    without = constraint_tables.register(DOCUMENT, None)
    assert {cell.text for cell in column(without, "Worth settling first")} == {wording.DASH}


def test_terms_of_claims_and_of_settling_are_printed() -> None:
    claims = constraint_tables.bearing_terms(DOCUMENT)
    first = [cell.text for cell in claims.rows[0]]
    assert first[0] == "Flood-risk permit"
    assert first[2:] == ["80\u00a0%", "100\u00a0%", "30\u00a0%", "£120k", "Also if refused"]
    borne = sum(one.bearer is Bearer.COMPENSATION for item in DOCUMENT.constraints for one in item.bearings)
    assert len(claims.rows) == borne
    terms = [cell.text for cell in constraint_tables.settling_terms(DOCUMENT).rows[0]]
    assert terms[1:] == [
        "Advice before applying.",
        "£60k",
        "£40k",
        "80\u00a0%",
        "£50k",
        "15\u00a0%",
        "A survey of culverts.",
    ]


def test_prices_of_suppliers_add_up_in_rows_and_columns() -> None:
    table = constraint_tables.supplier_prices(REAL, DOCUMENT)
    assert [row[0].text for row in table.rows] == [option.name for option, _ in constraint_tables.with_premium(REAL)]
    for row in table.rows:
        assert figure(row[1]) + figure(row[2]) + figure(row[3]) == figure(row[4])
        assert figure(row[5]) >= figure(row[4]), "one by one is the upper bound"
    option, premium = constraint_tables.with_premium(REAL)[0]
    assert column(table, "Share of charges")[0].text == wording.rate(premium.implied_percent)
    assert column(table, "View gap")[0].raw == float(premium.view_gap)
    entries = constraint_tables.prices_by_constraint(REAL, DOCUMENT)
    assert entries.total_rows == (len(entries.rows) - 1,)
    for place in range(1, len(entries.columns)):
        figures = [figure(row[place]) for row in entries.rows]
        assert sum(figures[:-1]) == figures[-1]
    assert figure(entries.rows[-1][1]) == round(premium.pooled / 1000), option.name


def test_premiums_stand_beside_published_evidence() -> None:
    table = constraint_tables.premium_evidence(REAL, DOCUMENT)
    added = [cell.text for cell in column(table, "Added")]
    assert added[-3:] == ["1 to 2\u00a0%", "24\u00a0%", "16.5 to 70.6\u00a0%"]
    assert len(added) == 3 + len(constraint_tables.with_premium(REAL))
    pricing = constraint_tables.pricing(REAL, DOCUMENT)
    assert {row[2].text for row in pricing.rows} == {"Lambda 0.35"}
    assert {row[4].text for row in pricing.rows} == {"Three bids of 2024"}


def test_parts_of_what_settling_is_worth_add_up_as_printed() -> None:
    table = constraint_tables.settle_first(RESULTS, DOCUMENT)
    assert len(table.rows) == 5, "four with a value, and all of them together"
    for row in table.rows:
        assert sum(figure(cell) for cell in row[1:7]) == figure(row[7])
    assert [figure(row[7]) for row in table.rows] == [462, 110, 0, -57, 700]
    assert [figure(cell) for cell in column(table, "Cost of settling")][:2] == [-30, -5]
    assert table.rows[2][1].text == wording.DASH, "rounding of the arithmetic is no part"
    assert table.total_rows == (4,)
    assert any("left out" in note for note in table.notes)
    assert [cell.text for cell in table.rows[0][8:]] == ["Joint", "In-house", "Joint"]


def test_a_lone_value_has_no_row_of_all_together() -> None:
    alone = replace(RESULTS, constraints=RESULTS.constraints[:1])
    assert len(constraint_tables.settle_first(alone, DOCUMENT).rows) == 1


def test_small_values_are_told_in_pounds() -> None:
    small = settling_example.value((900.4, 0.0, 99.4, 0.0, 0.4, 200.0))
    first = replace(RESULTS.constraints[0], value_of_settling=small)
    table = constraint_tables.settle_first(replace(RESULTS, constraints=(first,)), DOCUMENT)
    assert table.columns[1].unit == "£"
    assert sum(figure(cell) for cell in table.rows[0][1:7]) == figure(table.rows[0][7]) == 800


def test_only_answers_that_change_the_choice_are_listed() -> None:
    assert len(constraint_tables.choices(RESULTS, DOCUMENT).rows) == 4
    same = replace(RESULTS.constraints[0].value_of_settling, best_if_not="option-joint")
    first = replace(RESULTS.constraints[0], value_of_settling=same)
    assert constraint_tables.choices(replace(RESULTS, constraints=(first,)), DOCUMENT).rows == ()


def test_the_cheapest_action_is_marked_by_a_word() -> None:
    """METHOD 11.3: mitigate first 66 < retain 144 < transfer 187.5; retain and mitigate tie at 18.3 %."""
    table = constraint_tables.actions(RESULTS, DOCUMENT)
    first = [cell.text for cell in table.rows[0]]
    assert first[1:] == [
        "£150k, level at 19\u00a0%",
        "£66k, cheapest",
        "£144k, level at 18\u00a0%",
        "£188k",
        "30\u00a0%",
        "18\u00a0%",
    ]
    second = [cell.text for cell in table.rows[1]]
    assert second[1:4] == ["£58k, joint cheapest", wording.DASH, "£58k, joint cheapest"]
    assert second[-1] == "Level now"


def test_a_choice_that_never_turns_says_so() -> None:
    actions = tuple(replace(one, ties_at=None) for one in settling_example.ACTIONS)
    first = replace(RESULTS.constraints[0], actions=actions)
    table = constraint_tables.actions(replace(RESULTS, constraints=(first,)), DOCUMENT)
    assert table.rows[0][-1].text == "Never"
    assert table.rows[0][1].text == "£150k"


def test_live_figures_and_blank_documents_give_empty_tables() -> None:
    live = replace(
        REAL,
        constraints=None,
        settling_all=None,
        options=tuple(replace(option, supplier_premium=None) for option in REAL.options),
    )
    blank = templates.load("blank", first_year=2027)
    for results, appraisal in ((live, DOCUMENT), (evaluate(blank, Settings(draws=100)), blank)):
        for make in (
            constraint_tables.supplier_prices,
            constraint_tables.prices_by_constraint,
            constraint_tables.pricing,
            constraint_tables.premium_evidence,
            constraint_tables.settle_first,
            constraint_tables.choices,
            constraint_tables.actions,
        ):
            assert make(results, appraisal).rows == (), make.__name__
    assert constraint_tables.register(blank).rows == ()


def test_figures_keep_their_pennies_behind_the_text() -> None:
    _, premium = constraint_tables.with_premium(REAL)[0]
    standalone = column(constraint_tables.supplier_prices(REAL, DOCUMENT), "If priced one by one")[0]
    assert standalone.raw == premium.standalone
    assert isinstance(standalone.raw, Decimal)
