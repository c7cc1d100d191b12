"""The economic case in tables, on an appraisal with everything in it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Horizon
from appraise.model.evaluate import Settings, evaluate
from appraise.present import economic_tables, finished, tables
from tests.report.full_document import OPTIONS, full

DOCUMENT = full()
RESULTS = evaluate(DOCUMENT, Settings(draws=2000))
CASES = [option.economic for option in RESULTS.options]


def row(table: tables.Table, name: str) -> list[object]:
    return [cell.raw for cell in next(cells for cells in table.rows if cells[0].raw == name)[1:]]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Present value of costs (PVC)", "pvc"),
        ("Present value of benefits (PVB)", "pvb"),
        ("Net present social value (NPSV)", "npsv"),
        ("Net present cost (NPC)", "npc"),
        ("NPC, every range at its mean", "expected_npc"),
        ("Equivalent annual cost (EAC)", "eac"),
        ("Benefits to costs (BCR)", "bcr"),
        ("Return on public sector cost (RPSC)", "rpsc"),
        ("of which other public bodies", "other_bodies"),
        ("Optimism bias in costs and benefits", "optimism_bias"),
    ],
)
def test_every_measure_of_every_option_stands_in_its_row(name: str, field: str) -> None:
    table = economic_tables.measures(RESULTS, DOCUMENT)
    assert row(table, name) == [getattr(case, field) for case in CASES]


def test_business_as_usual_has_a_whole_column_and_there_are_no_bands() -> None:
    table = economic_tables.measures(RESULTS, DOCUMENT)
    assert [column.heading for column in table.columns][1] == "Today"
    assert row(table, "Present value of costs (PVC)")[0] > 0
    notes = " ".join(table.notes)
    assert economic_tables.NO_BANDS in notes
    assert economic_tables.NET_PRESENT_COST in notes
    assert economic_tables.DIFFERENT_LIVES not in notes


def test_different_lives_are_told_and_only_yearly_costs_compared() -> None:
    options = (*DOCUMENT.options[:-1], replace(DOCUMENT.options[-1], life_years=7))
    lines = tuple(
        replace(line, amounts=line.amounts[:8]) if line.option == OPTIONS[-1] else line for line in DOCUMENT.lines
    )
    effects = tuple(replace(effect, counts=()) for effect in DOCUMENT.effects)
    constraints = tuple(replace(one, impact_years=7) for one in DOCUMENT.constraints)
    document = replace(DOCUMENT, options=options, lines=lines, effects=effects, constraints=constraints)
    results = evaluate(document, Settings(draws=500))
    assert not finished.same_basis(results)
    table = economic_tables.measures(results, document)
    assert table.notes[0] == economic_tables.DIFFERENT_LIVES
    assert row(table, "Last year costed") == [10, 10, 10, 7]
    assert not [one for one in tables.switching_values(results, document).rows if one[0].raw == "Running the service"]


def test_the_run_at_3_per_cent_stands_beside_the_own_schedule() -> None:
    table = economic_tables.review_run(RESULTS, DOCUMENT)
    for cells, case in zip(table.rows, CASES, strict=True):
        assert [cells[1].raw, cells[2].raw, cells[5].raw] == [case.review.own_npc, case.review.npc, case.review.npsv]
        assert cells[3].raw == case.review.npc - case.review.own_npc
    assert "not published" not in " ".join(table.notes)
    assert "not in force" in table.notes[0]


def test_beyond_year_30_the_review_is_said_to_publish_nothing() -> None:
    document = full(horizon=Horizon(first_year=2027, years=41))
    table = economic_tables.review_run(evaluate(document, Settings(draws=200)), document)
    assert "Years 0 to 30 on both sides. After year 30: not published." in table.notes


def test_each_pound_of_optimism_bias_is_traced_from_raw_to_what_is_left() -> None:
    table = economic_tables.optimism_bias(RESULTS, DOCUMENT, "bought")
    assert {cells[1].text for cells in table.rows} == {"Outsourced"}
    running = next(cells for cells in table.rows if cells[0].raw == "Running the service")
    _, _, percent, central, raw, in_range, linked, left, at_mean, _ = (cell.raw for cell in running)
    assert percent == Decimal("14.35"), "41 % less 75 % of 60 % and 50 % of 40 % of it"
    assert raw == pytest.approx(central * percent / 100)
    assert left == pytest.approx(raw - linked)
    assert at_mean == pytest.approx(raw - in_range - linked)


def test_totals_of_optimism_bias_are_the_sums_of_its_lines() -> None:
    totals = {
        cells[0].text: [cell.raw for cell in cells] for cells in economic_tables.optimism_totals(RESULTS, DOCUMENT).rows
    }
    lines = economic_tables.optimism_bias(RESULTS, DOCUMENT, "shared").rows
    costs = [cells for cells in lines if cells[0].raw == "Running the service"]
    lost = [cells for cells in lines if cells[0].raw != "Running the service"]
    assert totals["Joint service"][1] == sum(cells[4].raw for cells in costs)
    assert totals["Joint service"][6] == sum(cells[7].raw for cells in lost)
    assert "Today" not in totals


def test_unit_costs_stand_both_ways_round() -> None:
    table = economic_tables.effects(RESULTS, DOCUMENT)
    today, _, joint, _ = table.rows
    assert joint[2].text == "140,000 visits"
    assert joint[3].raw * joint[4].raw == pytest.approx(1.0)
    assert float(joint[4].text) == pytest.approx(joint[4].raw * economic_tables.UNITS_PER, abs=0.01)
    assert (today[6].text, joint[6].text) == ("–", "Any value")
    assert joint[5].raw == CASES[2].npuc[0].break_even


def test_weighted_stands_beside_unweighted_and_local_effects_are_information() -> None:
    joint = [
        cells for cells in economic_tables.distribution(RESULTS, DOCUMENT).rows if cells[0].text == "Joint service"
    ]
    assert joint[-1][3].raw == CASES[2].npsv
    assert joint[-1][4].raw == CASES[2].weighted.npsv
    place = economic_tables.place(RESULTS, DOCUMENT)
    assert place.rows[2][2].raw == CASES[2].place.npsv
    assert "information only" in place.notes[0]


def test_what_is_not_there_has_no_rows() -> None:
    bare = full(biases=(), effects=(), income_groups=(), constraints=(), lines=(replace(DOCUMENT.lines[0], bias=""),))
    results = evaluate(bare, Settings(draws=200))
    for table in (
        economic_tables.biases(bare),
        economic_tables.optimism_bias(results, bare),
        economic_tables.optimism_totals(results, bare),
        economic_tables.effects(results, bare),
        economic_tables.effects_in_words(results, bare),
        economic_tables.distribution(results, bare),
        economic_tables.place(results, bare),
    ):
        assert table.rows == (), table.title
    assert len(economic_tables.measures(results, bare).columns) == 2, "options without costs have no column"
