from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import LineValue, Results
from appraise.present import need_tables, record_tables, tables
from appraise.present.tables import Table
from tests.present import example, funding_example, scoring_example

DOCUMENT = example.document()
RESULTS = example.results(DOCUMENT)


def every_table(results: Results, appraisal: Appraisal) -> tuple[Table, ...]:
    option = appraisal.options[-1].id
    return (
        tables.options_summary(results, appraisal),
        tables.economic_by_year(results, option),
        tables.financial_by_year(results, option),
        tables.present_values_by_line(results, option),
        tables.scores(results, appraisal),
        tables.funding_by_year(results, appraisal, option, "single"),
        tables.switching_values(results, appraisal),
        record_tables.assumptions_log(appraisal),
        record_tables.people(appraisal),
        record_tables.discount_factors(results, appraisal),
        tables.risk_figures(results, appraisal),
        need_tables.outcomes(appraisal),
        record_tables.versions(results),
    )


def texts(table: Table, row: int) -> list[str]:
    return [cell.text for cell in table.rows[row]]


def test_every_row_has_a_cell_for_every_column() -> None:
    for table in every_table(RESULTS, DOCUMENT):
        assert all(len(row) == len(table.columns) for row in table.rows), table.title
        assert all(cell.text for row in table.rows for cell in row), table.title


def test_results_without_any_part_give_tables_without_faults() -> None:
    bare = replace(
        RESULTS,
        options=tuple(
            replace(one, economic=None, financial=None, score=None, risk=None, funding=None) for one in RESULTS.options
        ),
        switches=(),
    )
    summary, economic, *_ = every_table(bare, DOCUMENT)
    assert texts(summary, 0)[1:] == ["–"] * 6
    assert economic.rows == ()


def test_the_summary_puts_the_range_before_the_point_and_marks_the_recommended_option() -> None:
    table = tables.options_summary(RESULTS, DOCUMENT)
    risk = RESULTS.options[4].risk
    assert risk is not None
    assert [column.heading for column in table.columns][1:3] == ["8 of 10 draws", "Present cost"]
    assert table.highlight_row == 4
    row = table.rows[4]
    assert row[2].raw == risk.npc.p50
    assert row[2].error == risk.npc.percentile_errors.p50
    assert row[3].text == "58\u00a0%"
    assert [row[0].text for row in table.rows] == [option.name for option in DOCUMENT.options], (
        "options keep their order"
    )


def test_nobody_is_marked_without_a_recommendation_and_a_clear_lead() -> None:
    document = example.document(recommended="")
    results = example.results(document)
    assert tables.preferred(results, document) == "option-4", "the score is clear"
    apart = replace(results, verdict=replace(results.verdict, cost_clear=True, cheapest="option-2"))
    assert tables.preferred(apart, document) == ""
    assert tables.options_summary(apart, document).highlight_row is None


def test_a_case_by_year_ends_in_its_total_and_keeps_the_pennies_behind_the_text() -> None:
    table = tables.financial_by_year(RESULTS, "option-4")
    case = RESULTS.options[4].financial
    assert case is not None
    last = table.rows[-1]
    assert table.total_rows == (1, 2)
    assert last[-1].raw == case.total
    assert [cell.raw for cell in last[1:-1]] == list(case.by_year)
    assert last[1].text == f"{round(case.by_year[0] / 1000):,}"
    assert table.columns[1].unit == "£ thousand"


def test_present_values_are_exact_to_the_penny() -> None:
    table = tables.present_values_by_line(RESULTS, "option-0")
    case = RESULTS.options[0].economic
    assert case is not None
    assert table.rows[-1][-1].raw == case.npc
    assert table.rows[-1][-1].text == f"£{case.npc:,.2f}"


def _with_rows(*rows: LineValue) -> Results:
    """The first option with these rows in its economic case."""
    first = RESULTS.options[0]
    assert first.economic is not None
    return replace(RESULTS, options=(replace(first, economic=replace(first.economic, rows=rows)), *RESULTS.options[1:]))


def _row(kind: str, *by_year: int, worth: str = "0.00", line: str = "line-1") -> LineValue:
    years = tuple(Decimal(one) for one in (*by_year, *[0] * (len(RESULTS.years) - len(by_year))))
    return LineValue(
        id=line, kind=kind, name="Crews", by_year=years, total=sum(years, Decimal(0)), present_value=Decimal(worth)
    )


def test_a_bias_stands_beside_its_line_and_both_are_worth_the_present_value() -> None:
    results = _with_rows(
        _row("line", 100, 50, worth="148.31"), _row("bias", 10, worth="10.01"), _row("line", 7, worth="7.00", line="b")
    )
    table = tables.present_values_by_line(results, "option-0")
    assert [cell.raw for cell in table.rows[0][1:]] == [Decimal(150), Decimal(10), Decimal("158.32")]
    assert texts(table, 1) == ["Crews", "£7.00", "–", "£7.00"]
    assert table.total_rows == (2, 3, 4, 5)


def test_a_bias_that_linked_risks_hold_in_every_year_has_no_row() -> None:
    results = _with_rows(_row("line", 100), _row("bias"), _row("line", 0, line="b"))
    table = tables.economic_by_year(results, "option-0")
    assert [row[0].text for row in table.rows[:-3]] == ["Crews", "Crews"], "a line of its own stays"
    some = tables.economic_by_year(_with_rows(_row("line", 100), _row("bias", 0, 5, -5)), "option-0")
    assert some.rows[1][0].text == "its optimism bias"


def test_points_of_all_criteria_add_up_to_the_score() -> None:
    table = tables.scores(RESULTS, DOCUMENT)
    for column in range(2, 7):
        points = [row[column].raw for row in table.rows[:-1]]
        assert sum(value for value in points if isinstance(value, float)) == pytest.approx(table.rows[-1][column].raw)


def test_discount_factors_are_those_of_the_green_book_to_four_places() -> None:
    """Discounting: Green Book supplementary guidance, table A.1 (3.5 %), years 0 to 6."""
    table = record_tables.discount_factors(RESULTS, DOCUMENT)
    assert [row[1].text for row in table.rows] == ["1.0000", "0.9662", "0.9335", "0.9019", "0.8714", "0.8420", "0.8135"]
    assert isinstance(table.rows[1][1].raw, Decimal)


def test_changes_beyond_belief_are_left_out() -> None:
    wild = example.switch("cost", "Pay", "option-2", now=1e6, needed=90e6, change=89.0, owner="option-4")
    table = tables.switching_values(replace(RESULTS, switches=(*RESULTS.switches, wild)), DOCUMENT)
    assert [row[0].text for row in table.rows] == ["Running costs", "Flood-risk permit", "Homes kept dry"]
    assert texts(table, 0)[2:] == ["£31,000k", "£31,400k", "1.4\u00a0% more", "In-house"]


def test_where_money_runs_out_is_said_for_all_scenarios() -> None:
    option = RESULTS.options[4]
    assert option.funding is not None
    single, three = option.funding
    enough = replace(single, gap_p50_by_year=(-1.0,) * 7)
    short = replace(three, gap_p50_by_year=(-1.0, -1.0, 5.0, 5.0, -1.0, 1.0, 1.0))
    assert tables.funding_state(RESULTS, replace(option, funding=(enough, enough))).text == "Middle cost met"
    assert (
        tables.funding_state(RESULTS, replace(option, funding=(short, short))).text
        == "Short in four years, first 2029/30"
    )
    mixed = tables.funding_state(RESULTS, replace(option, funding=(enough, short)))
    assert mixed.text == "Short in four years, first 2029/30, 1 of 2 scenarios"


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("", ""),
        ("b", "in b only"),
        ("d", "from d on"),
        ("cd", "from c on"),
        ("ab", "from a to b"),
        ("bd", "in two years, first b"),
        ("abcd", "in every year"),
    ],
)
def test_the_years_that_are_short_are_told_as_they_lie(short: str, words: str) -> None:
    assert tables.years_words("abcd", short) == words


def test_years_that_are_not_costed_do_not_count_as_the_rest() -> None:
    option = RESULTS.options[4]
    assert option.economic is not None
    assert option.funding is not None
    lasting = replace(option, economic=replace(option.economic, life=4))
    short = replace(option.funding[0], gap_p50_by_year=(-1.0, -1.0, 5.0, 5.0, 5.0, 0.0, 0.0))
    assert tables.short_when(RESULTS, lasting, short) == "from 2029/30 on"


def test_an_error_is_printed_as_an_error_and_a_step_of_rounding_never_is() -> None:
    assert tables.thousands_off(363_370_412.0, 39_280.0).text == "363,370\u00a0±40"
    assert tables.thousands_off(15_857_000.0, 30_700.0).text == "15,857\u00a0±31"
    assert tables.thousands_off(621_900.0, 12.0).text == "622", "all digits hold"
    assert tables.thousands_off(1_234_567_000.0, 2_340_000.0).text == "1,234,600\u00a0±2,400"


def test_cost_less_money_and_capital_left_over_is_the_gap() -> None:
    document = funding_example.document()
    results = funding_example.results(document)
    gapped = tuple(
        replace(
            one,
            cost_by_year=tuple(Decimal(6_500_000) for _ in one.cost_by_year),
            gap_by_year=tuple(Decimal(300_000) for _ in one.cost_by_year),
        )
        for one in results.options[-1].funding or ()
    )
    changed = replace(results, options=(*results.options[:-1], replace(results.options[-1], funding=gapped)))
    table = tables.funding_by_year(changed, document, "option-4", "scenario-0")
    for row in table.rows:
        cost, revenue, capital, left, gap, expected = (cell.raw for cell in row[1:7])
        assert cost - revenue - capital + left == gap
        assert left == 200_000
        assert expected == 6_400_000.0


def test_an_unknown_option_or_scenario_is_refused() -> None:
    with pytest.raises(KeyError):
        tables.economic_by_year(RESULTS, "nobody")
    with pytest.raises(KeyError):
        tables.funding_by_year(RESULTS, DOCUMENT, "option-1", "nothing")


def test_the_discount_rate_is_told_in_points_and_an_npsv_of_0_stands_apart() -> None:
    rate = example.switch("rate", "Discount rate", "option-2", now=3.5, needed=5.75, change=0.64, owner="")
    near = example.switch("npsv", "Pay", "", now=2e6, needed=-6e6, change=-4.0, owner="option-4")
    far = example.switch("npsv", "Vans", "", now=1e5, needed=12e6, change=119.0, owner="option-4")
    results = replace(RESULTS, switches=(*RESULTS.switches, rate, near, far))
    table = tables.switching_values(results, DOCUMENT)
    assert texts(table, -1)[:5] == ["Discount rate", "Every option", "3.5\u00a0%", "5.8\u00a0%", "2.2 points more"]
    assert "Pay" not in {row[0].text for row in table.rows}
    worth = tables.npsv_switches(results, DOCUMENT)
    assert [texts(worth, row) for row in range(len(worth.rows))] == [["Pay", "£2,000k", "−£6,000k", "400\u00a0% less"]]


def test_rows_of_cost_that_are_left_out_are_counted() -> None:
    many = [
        example.switch("cost", f"Line {n}", "option-2", now=1e6, needed=2e6, change=1.0, owner="option-4")
        for n in range(6)
    ]
    results = replace(RESULTS, switches=(*many, *RESULTS.switches[-1:]))
    table = tables.switching_values(results, DOCUMENT, most=4)
    assert [row[0].text for row in table.rows] == ["Line 0", "Line 1", "Line 2", "Line 3", "Homes kept dry"]
    assert "two inputs of cost that would have to move further" in " ".join(table.notes)


def test_a_total_that_is_out_says_so_wherever_it_stands() -> None:
    document = scoring_example.document(gate=True)
    results = scoring_example.results(document, draws=300)
    table = tables.scores(results, document)
    assert table.rows[-1][2].text.endswith(", out")
    assert not table.rows[-1][3].text.endswith(", out")
    assert "Out: Usual fails “Lawful”." in table.notes
    summary = tables.options_summary(results, document)
    place = [column.heading for column in summary.columns].index("Weighted score")
    assert summary.rows[0][place].text == table.rows[-1][2].text
    assert "Out: Usual fails “Lawful”." in summary.notes


def test_notes_speak_of_no_row_or_dash_that_is_not_there() -> None:
    whole = scoring_example.document()
    lacking = scoring_example.document(unscored=1)
    dash = "A dash is a score that is still missing."
    assert dash not in tables.scores(scoring_example.results(whole, draws=300), whole).notes
    assert dash in tables.scores(scoring_example.results(lacking, draws=300), lacking).notes
    level = "Rows of weight make the scores level, all others the net present cost."
    assert level in tables.switching_values(RESULTS, DOCUMENT).notes
    costs = replace(RESULTS, switches=tuple(one for one in RESULTS.switches if one.kind != "weight"))
    assert level not in tables.switching_values(costs, DOCUMENT).notes


def test_scenarios_that_are_short_in_other_years_are_told_by_the_first() -> None:
    option = RESULTS.options[4]
    assert option.funding is not None
    every = replace(option.funding[0], gap_p50_by_year=(1.0,) * 7)
    once = replace(option.funding[1], gap_p50_by_year=(-1.0, 1.0, *(-1.0,) * 5))
    assert tables.funding_state(RESULTS, replace(option, funding=(every, once))).text == "Short first in 2027/28"
    assert tables.funding_state(RESULTS, replace(option, funding=(every, every))).text == "Short in every year"
