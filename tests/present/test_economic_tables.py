"""The economic case in tables, on an appraisal with everything in it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Horizon, OwnBand, OwnSchedule
from appraise.model.appraisal.effects import EffectKind
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import OptionResult
from appraise.present import economic_tables, finished, tables
from appraise.workspace import templates
from tests.report.full_document import full, seven_years_of_the_last

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
        ("of which other public bodies, at the mean", "expected_other_bodies"),
        ("Optimism bias in costs and benefits", "optimism_bias"),
    ],
)
def test_every_measure_of_every_option_stands_in_its_row(name: str, field: str) -> None:
    table = economic_tables.measures(RESULTS, DOCUMENT)
    assert row(table, name) == [getattr(case, field) for case in CASES]


def test_managing_constraints_has_a_row_of_its_own() -> None:
    """What suppliers ask in all holds what they spend on managing; the row of their price does not."""
    worked = templates.load("worked-example", first_year=2027)
    results = evaluate(worked, Settings(draws=100))
    table = economic_tables.measures(results, worked)
    cases = {one.id: one.economic for one in results.options}
    by_option = dict(zip(cases, row(table, "of which managing constraints"), strict=True))
    managed = {bearing.option for item in worked.constraints for bearing in item.bearings if bearing.managed}
    assert {option for option, pounds in by_option.items() if pounds} == managed != set()
    assert economic_tables.MANAGING in table.notes
    unmanaged = replace(worked, constraints=tuple(_unmanaged(item) for item in worked.constraints))
    plain = economic_tables.measures(evaluate(unmanaged, Settings(draws=100)), unmanaged)
    assert "of which managing constraints" not in [cells[0].raw for cells in plain.rows]
    assert economic_tables.MANAGING not in plain.notes


def _unmanaged(item: Constraint) -> Constraint:
    return replace(item, bearings=tuple(replace(bearing, managed=None) for bearing in item.bearings))


def test_business_as_usual_has_a_whole_column_and_there_are_no_bands() -> None:
    table = economic_tables.measures(RESULTS, DOCUMENT)
    assert [column.heading for column in table.columns][1] == "Today"
    assert row(table, "Present value of costs (PVC)")[0] > 0
    notes = " ".join(table.notes)
    assert economic_tables.NO_BANDS in notes
    assert economic_tables.NET_PRESENT_COST in notes
    assert economic_tables.DIFFERENT_LIVES not in notes


def test_different_lives_are_told_and_only_yearly_costs_compared() -> None:
    document = seven_years_of_the_last()
    results = evaluate(document, Settings(draws=500))
    assert not finished.same_basis(results)
    table = economic_tables.measures(results, document)
    assert table.notes[0] == economic_tables.DIFFERENT_LIVES
    assert row(table, "Last year costed") == [10, 10, 10, 7]
    run = economic_tables.review_run(results, document)
    assert run.notes[0] == economic_tables.DIFFERENT_LIVES
    assert [column.heading for column in run.columns][1:4] == ["EAC, own schedule", "EAC at 3.0\u00a0%", "Change"]
    for cells, option in zip(run.rows, results.options, strict=True):
        review = option.economic.review
        assert [cell.raw for cell in cells[1:6]] == [
            review.own_eac, review.eac, review.eac - review.own_eac, review.own_npc, review.npc,
        ]  # fmt: skip
    assert not [one for one in tables.switching_values(results, document).rows if one[0].raw == "Running the service"]


def test_the_run_at_3_per_cent_stands_beside_the_own_schedule() -> None:
    table = economic_tables.review_run(RESULTS, DOCUMENT)
    for cells, case in zip(table.rows, CASES, strict=True):
        assert [cells[1].raw, cells[2].raw, cells[5].raw] == [case.review.own_npc, case.review.npc, case.review.npsv]
        assert cells[3].raw == case.review.npc - case.review.own_npc
    assert "not published" not in " ".join(table.notes)
    assert "not in force" in table.notes[0]
    assert "Own schedule: Green Book 2026, standard 3.5 %, declining." in table.notes


def test_beyond_year_30_the_review_is_said_to_publish_nothing() -> None:
    document = full(horizon=Horizon(first_year=2027, years=41))
    table = economic_tables.review_run(evaluate(document, Settings(draws=200)), document)
    assert "Years 0 to 30 on both sides. After year 30: not published." in table.notes


def test_each_pound_of_optimism_bias_is_traced_from_raw_to_what_is_left() -> None:
    table = economic_tables.optimism_bias(RESULTS, DOCUMENT, "bought")
    assert {cells[1].text for cells in table.rows} == {"Outsourced"}
    running = next(cells for cells in table.rows if cells[0].raw == "Running the service")
    _, _, percent, central, raw, off_risks, left, off_range, at_mean, _ = (cell.raw for cell in running)
    assert percent == Decimal("14.35"), "41 % less 75 % of 60 % and 50 % of 40 % of it"
    assert raw == pytest.approx(central * percent / 100)
    value = next(one for one in CASES[3].biases if one.name == "Running the service")
    assert (left, at_mean) == (value.residual, value.expected_residual)
    assert (raw - off_risks, left - off_range) == (left, at_mean), "it adds up in front of the reader"
    assert (off_risks, off_range) == (value.linked, value.range_shift), "nothing is larger than what it is taken from"


def test_no_more_is_taken_off_a_bias_than_there_is() -> None:
    """A linked risk larger than the bias takes the bias away and no more."""
    constraints = tuple(
        replace(
            one,
            probability=0.99,
            impact=replace(one.impact, low=Decimal(10**8), likely=Decimal(10**8), high=Decimal(10**8)),
        )
        for one in DOCUMENT.constraints
    )
    document = replace(DOCUMENT, constraints=constraints)
    table = economic_tables.optimism_bias(evaluate(document, Settings(draws=200)), document, "shared")
    running = next(cells for cells in table.rows if cells[0].raw == "Running the service")
    *_, raw, off_risks, left, off_range, at_mean, _ = (cell.raw for cell in running)
    assert (off_risks, left, off_range, at_mean) == (raw, 0, 0, 0)


def test_an_own_copy_of_the_schedule_is_named_with_its_rates() -> None:
    own = OwnSchedule(id="ours", name="Ours", bands=(OwnBand(first=1, percent=Decimal("2.5")),), source="Cabinet")
    document = replace(DOCUMENT, basis=replace(DOCUMENT.basis, schedule="ours", own_schedules=(own,)))
    results = evaluate(document, Settings(draws=200))
    said = "Ours (own copy): 2.5\u00a0% from year 1"
    assert f"Discount schedule: {said}." in economic_tables.measures(results, document).notes
    assert f"Own schedule: {said}." in economic_tables.review_run(results, document).notes


def test_a_bias_tells_what_it_comes_to_and_how_late_works_run() -> None:
    bias = replace(
        DOCUMENT.biases[0],
        upper_percent=Decimal(40), lower_percent=Decimal(3), causes=(), managed_percent=Decimal(50), awarded=False,
        months=Decimal(24), duration_upper_percent=Decimal(20), duration_lower_percent=Decimal(2),
    )  # fmt: skip
    table = economic_tables.biases(replace(DOCUMENT, biases=(bias, *DOCUMENT.biases[1:])))
    assert table.rows[0][4].text == "20\u00a0%"
    late = "24 months; 20\u00a0% and 2\u00a0% longer; comes to 10\u00a0%, 2.4 months late"
    assert table.rows[0][5].text == late


def test_totals_of_optimism_bias_are_the_sums_of_its_lines() -> None:
    totals = {
        cells[0].text: [cell.raw for cell in cells] for cells in economic_tables.optimism_totals(RESULTS, DOCUMENT).rows
    }
    lines = economic_tables.optimism_bias(RESULTS, DOCUMENT, "shared").rows
    costs = [cells for cells in lines if cells[0].raw == "Running the service"]
    lost = [cells for cells in lines if cells[0].raw != "Running the service"]
    for column in range(1, 6):
        assert totals["Joint service"][column] == sum(cells[column + 3].raw for cells in costs)
    _, raw, off_risks, left, off_range, at_mean, *_ = totals["Joint service"]
    assert (raw - off_risks, left - off_range) == (left, at_mean)
    assert totals["Joint service"][6] == sum(cells[8].raw for cells in lost) > 0
    assert "Today" not in totals


def test_unit_costs_stand_both_ways_round() -> None:
    table = economic_tables.effects(RESULTS, DOCUMENT)
    today, _, joint, _ = table.rows
    assert joint[2].text == "140,000 visits"
    assert joint[3].raw * joint[4].raw == pytest.approx(1.0)
    assert joint[3].text == f"£{joint[3].raw:.0f}", "three figures"
    assert float(joint[4].text) == pytest.approx(joint[4].raw * economic_tables.UNITS_PER, abs=0.01)
    assert (today[6].text, joint[6].text) == ("–", "Any value")
    assert joint[5].raw == CASES[2].npuc[0].break_even
    assert joint[5].text.startswith("From £"), "NPSV is below 0, and units are gains"
    assert "means" in table.notes[-1]
    assert "as entered" in table.notes[-1]


#: (NPSV per option beside business as usual, units beside it, gain or loss, level at) -> the cell.
WINS = {
    "cheaper and fewer losses": ((10, 5, "loss", None), "Any value"),
    "cheaper and more losses": ((10, 20, "loss", 400.0), "Up to £400"),
    "dearer and fewer losses": ((-10, 5, "loss", 1234.0), "From £1,230"),
    "dearer and more losses": ((-10, 20, "loss", None), "No value"),
    "cheaper and as many losses": ((10, 10, "loss", None), "Any value"),
    "cheaper and more gains": ((10, 20, "gain", None), "Any value"),
    "cheaper and fewer gains": ((10, 5, "gain", 9.371), "Up to £9.37"),
    "dearer and more gains": ((-10, 20, "gain", 198129.4), "From £198,000"),
    "dearer and fewer gains": ((-10, 5, "gain", None), "No value"),
}


@pytest.mark.parametrize("name", WINS)
def test_which_side_wins_at_which_value_is_said(name: str) -> None:
    (lead, units, kind, level), words = WINS[name]

    def made(place: int, npsv: int, count: int, usual: float | None) -> OptionResult:
        option, case = RESULTS.options[place], CASES[place]
        cost = replace(
            case.npuc[0], kind=kind, units=Decimal(count), discounted_units=Decimal(count), break_even_usual=usual
        )
        return replace(option, economic=replace(case, expected_npsv=Decimal(npsv), npuc=(cost,)))

    results = replace(RESULTS, options=(made(0, -100, 10, None), made(1, -100 + lead, units, level)))
    usual, other = economic_tables.effects(results, DOCUMENT).rows
    assert (usual[6].text, other[6].text) == ("–", words)


def test_a_loss_has_no_unit_cost_and_the_table_says_so() -> None:
    effects = tuple(replace(one, kind=EffectKind.LOSS) for one in DOCUMENT.effects)
    document = replace(DOCUMENT, effects=effects)
    table = economic_tables.effects(evaluate(document, Settings(draws=200)), document)
    assert {(cells[3].text, cells[4].text) for cells in table.rows} == {("–", "–")}
    assert "A loss has none" in table.notes[0]


def test_weighted_stands_beside_unweighted_and_local_effects_are_information() -> None:
    joint = [
        cells for cells in economic_tables.distribution(RESULTS, DOCUMENT).rows if cells[0].text == "Joint service"
    ]
    assert joint[-1][4].raw == CASES[2].npsv
    assert joint[-1][5].raw == CASES[2].weighted.npsv
    income, weight = joint[0][2].raw, joint[0][3].raw
    assert income == 15_600, "a couple's income is comparable as it is"
    assert weight == pytest.approx((float(DOCUMENT.basis.median_income) / float(income)) ** 1.3)
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
