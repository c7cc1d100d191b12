"""Constraints as tables: what is printed adds up, and what is missing is a dash."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import LotPrice, Results, RiskFlip
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


def test_terms_of_settling_are_printed() -> None:
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
        assert float(sum(cell.raw for cell in row[1:5])) == pytest.approx(float(row[5].raw))
        assert figure(row[6]) >= figure(row[5]), "one by one is the upper bound"
    option, premium = constraint_tables.with_premium(REAL)[0]
    assert column(table, "Share of charges")[0].text == wording.rate(premium.implied_percent)
    assert column(table, "View gap")[0].raw == float(premium.view_gap)
    entries = constraint_tables.prices_by_constraint(REAL, DOCUMENT)
    assert entries.total_rows == (len(entries.rows) - 1,)
    for place in range(1, len(entries.columns)):
        pounds = [float(row[place].raw or 0) for row in entries.rows]
        assert sum(pounds[:-1]) == pytest.approx(pounds[-1])
    assert figure(entries.rows[-1][1]) == round(premium.pooled / 1000), option.name


def test_premiums_stand_beside_published_evidence() -> None:
    table = constraint_tables.premium_evidence(REAL, DOCUMENT)
    added = [cell.text for cell in column(table, "Added")]
    assert added[-3:] == ["1 to 2\u00a0%", "24\u00a0%", "16.5 to 70.6\u00a0%"]
    assert len(added) == 3 + len(constraint_tables.with_premium(REAL))
    pricing = constraint_tables.pricing(REAL, DOCUMENT)
    assert {row[2].text for row in pricing.rows} == {"Lambda 0.35"}
    assert {row[4].text for row in pricing.rows} == {"Three bids of 2024"}


def test_parts_of_what_settling_is_worth_add_up() -> None:
    table = constraint_tables.settle_first(RESULTS, DOCUMENT)
    assert len(table.rows) == 5, "four with a value, and all of them together"
    for row in table.rows:
        assert sum(cell.raw for cell in row[1:7]) == pytest.approx(row[7].raw)
    assert [figure(row[7]) for row in table.rows] == [462, 110, 0, -57, 700]
    assert [figure(cell) for cell in column(table, "Cost of settling")][:2] == [-30, -5]
    assert table.rows[2][1].text == wording.DASH, "rounding of the arithmetic is no part"
    assert table.total_rows == (4,)
    assert any("left out" in note for note in table.notes)
    assert [cell.text for cell in table.rows[0][8:]] == ["Joint", "In-house", "Joint"]


def test_a_lone_value_has_no_row_of_all_together() -> None:
    alone = replace(RESULTS, constraints=RESULTS.constraints[:1], settled_together=RESULTS.settled_together[:1])
    assert len(constraint_tables.settle_first(alone, DOCUMENT).rows) == 1


def test_a_chosen_set_is_named() -> None:
    some = replace(RESULTS, settled_together=RESULTS.settled_together[:2])
    table = constraint_tables.settle_first(some, DOCUMENT)
    assert table.rows[-1][0].text == "The chosen ones together"
    assert f"Chosen: {DOCUMENT.constraints[0].name} and {DOCUMENT.constraints[1].name}." in table.notes
    assert not any(note.startswith("Chosen") for note in constraint_tables.settle_first(RESULTS, DOCUMENT).notes)


def test_small_values_are_told_in_pounds() -> None:
    small = settling_example.value((900.4, 0.0, 99.4, 0.0, 0.4, 200.0))
    first = replace(RESULTS.constraints[0], value_of_settling=small)
    table = constraint_tables.settle_first(replace(RESULTS, constraints=(first,)), DOCUMENT)
    assert table.columns[1].unit == "£"
    assert [cell.text for cell in table.rows[0][1:8]] == ["900", "–", "99", "–", "–", "−200", "800"]


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
        "Joint",
        "30\u00a0%",
        "18\u00a0%",
    ]
    second = [cell.text for cell in table.rows[1]]
    assert second[1:4] == ["£58k, joint cheapest", wording.DASH, "£58k, joint cheapest"]
    assert second[-1] == "Level now"


def test_the_same_pounds_are_the_same_figure_in_every_table() -> None:
    """Expected costs and prices of pools stand in both tables; each is rounded by itself."""
    pools = constraint_tables.supplier_prices(REAL, DOCUMENT)
    entries = constraint_tables.prices_by_constraint(REAL, DOCUMENT)
    assert [row[1].text for row in pools.rows] == [cell.text for cell in entries.rows[-1][2::2]]
    assert [row[5].text for row in pools.rows] == [cell.text for cell in entries.rows[-1][1::2]]
    for table in (pools, entries, constraint_tables.settle_first(RESULTS, DOCUMENT)):
        assert wording.ROUNDED in table.notes
        for row in table.rows:
            for cell in row:
                if cell.raw is not None and not isinstance(cell.raw, str) and "%" not in cell.text:
                    assert figure(cell) == round(float(cell.raw) / 1000), cell


def test_a_supplier_that_is_expected_to_gain_is_explained() -> None:
    """The bathing water of the joint service, by pain and gain."""
    joint = [option for option, _ in constraint_tables.with_premium(REAL) if option.id == "option-joint"]
    others = tuple(option for option in REAL.options if option not in joint)
    gaining = constraint_tables.prices_by_constraint(replace(REAL, options=tuple(joint)), DOCUMENT)
    assert min(cell.raw for row in gaining.rows for cell in row[2:] if cell.raw is not None) < 0
    assert constraint_tables.GAINING in gaining.notes
    without = constraint_tables.prices_by_constraint(replace(REAL, options=others), DOCUMENT)
    assert without.rows
    assert constraint_tables.GAINING not in without.notes


def test_what_the_words_of_prices_mean_stands_under_them() -> None:
    notes = " ".join(constraint_tables.supplier_prices(REAL, DOCUMENT).notes)
    assert "View gap: what they expect" in notes
    assert "Loading: what they ask on top" in notes
    assert "only what suppliers carry" in " ".join(constraint_tables.flips(REAL, DOCUMENT).notes)


def test_what_is_in_the_set_at_a_loss_is_told_under_the_table() -> None:
    assert any("at a loss" in note for note in constraint_tables.settle_first(RESULTS, DOCUMENT).notes)


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
        settled_together=(),
        settling_together=None,
        flips=(),
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


def in_two_lots() -> Results:
    """The first supplier's pool in two lots, set by hand."""
    first, premium = constraint_tables.with_premium(REAL)[0]
    half = Decimal("0.5") * premium.pooled
    lots = (
        LotPrice(lot="", pooled=half, standalone=half + 1000),
        LotPrice(lot="Coast", pooled=premium.pooled - half, standalone=half + 2000),
    )
    options = tuple(
        replace(one, supplier_premium=replace(premium, lots=lots)) if one.id == first.id else one
        for one in REAL.options
    )
    return replace(REAL, options=options)


def test_lots_are_printed_only_where_there_are_several_and_add_up() -> None:
    results = in_two_lots()
    option, premium = constraint_tables.with_premium(results)[0]
    one, *rest = DOCUMENT.constraints
    bearings = tuple(replace(part, lot="Coast") if part.option == option.id else part for part in one.bearings)
    document = replace(DOCUMENT, constraints=(replace(one, bearings=bearings), *rest))
    table = constraint_tables.lots(results, document)
    assert [row[1].text for row in table.rows][:2] == ["The one contract", "Coast"]
    assert sum(row[3].raw for row in table.rows[:2]) == premium.pooled
    assert table.rows[1][2].text in ("", one.name, wording.DASH)
    assert one.name not in table.rows[0][2].text
    single = replace(premium, lots=premium.lots[:1])
    plain = replace(
        results,
        options=tuple(
            replace(each, supplier_premium=replace(each.supplier_premium, lots=single.lots))
            if each.supplier_premium is not None
            else each
            for each in results.options
        ),
    )
    assert constraint_tables.lots(plain, document).rows == ()


def test_flips_stand_beside_what_is_assumed() -> None:
    turns = (
        RiskFlip(option="option-outsource", rival="option-inhouse", assumed=800_000.0, needed=1_900_000.0),
        RiskFlip(option="option-joint", rival="option-inhouse", assumed=500_000.0, needed=None),
    )
    table = constraint_tables.flips(replace(REAL, flips=turns), DOCUMENT)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Outsource", "In-house", "£0.80m", "£1.90m"],
        ["Joint", "In-house", "£0.50m", "None does it"],
    ]
    assert constraint_tables.flips(replace(REAL, flips=()), DOCUMENT).rows == ()
