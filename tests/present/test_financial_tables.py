"""The financial case in tables: it adds up, body by body and step by step."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import partial

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import Treatment
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import Results
from appraise.present import budget_words, charts, financial_tables, funding_tables, summary_table, tables
from appraise.present.chart_parts import ChartStyle
from appraise.present.tables import Table
from tests.report.full_document import full, seven_years_of_the_last

DOCUMENT = full()
RESULTS = evaluate(DOCUMENT, Settings(draws=2000))
CASES = [option.financial for option in RESULTS.options]


def test_every_column_of_the_bridge_adds_up_to_the_penny() -> None:
    table = financial_tables.bridge(RESULTS, DOCUMENT)
    assert table.total_rows == (0, len(table.rows) - 1)
    for column, option in enumerate(RESULTS.options, start=1):
        first, *steps, last = [row[column].raw for row in table.rows]
        assert first == -option.economic.npsv
        assert last == option.financial.total
        assert first + sum(steps) == last
    assert financial_tables.ADDS_UP in table.notes


def test_the_rows_of_all_bridges_keep_their_one_order() -> None:
    names = [row[0].raw for row in financial_tables.bridge(RESULTS, DOCUMENT).rows]
    assert len(names) == len(set(names))
    for case in CASES:
        places = [names.index(step.name) for step in case.bridge]
        assert places == sorted(places)


def test_the_capital_view_is_named_and_changes_the_bridge() -> None:
    document = replace(DOCUMENT, basis=replace(DOCUMENT.basis, capital_view=CapitalView.REVENUE))
    results = evaluate(document, Settings(draws=200))
    assert (
        financial_tables.CAPITAL_VIEWS[CapitalView.REVENUE] in financial_tables.cash_by_year(results, document).notes[0]
    )
    names = {row[0].raw for row in financial_tables.bridge(results, document).rows}
    assert {"Take out capital as it is paid", "Add depreciation, MRP and interest"} <= names


def test_revenue_and_capital_make_the_total() -> None:
    rows = {row[0].raw: [cell.raw for cell in row[1:]] for row in financial_tables.cash_by_year(RESULTS, DOCUMENT).rows}
    pairs = zip(rows["Joint service: revenue"], rows["Joint service: capital"], strict=True)
    assert [one + other for one, other in pairs] == rows["Joint service: total"]
    assert rows["Joint service: contingency in it"][-1] == sum(CASES[2].contingency_by_year)


def test_options_without_capital_show_the_rest_so_that_rows_add() -> None:
    lines = tuple(line for line in DOCUMENT.lines if line.treatment is not Treatment.CAPITAL)
    document = replace(DOCUMENT, lines=lines)
    table = financial_tables.cash_by_year(evaluate(document, Settings(draws=200)), document)
    rows = {row[0].raw: [cell.raw for cell in row[1:]] for row in table.rows}
    pairs = zip(rows["Today: service cost"], rows["Today: contingency"], strict=True)
    assert [one + other for one, other in pairs] == rows["Today: total"]
    assert not any("Today: revenue" in name for name in rows)


def _revenue(*treatments: Treatment) -> Appraisal:
    """The revenue view, without the lines of these treatments."""
    lines = tuple(line for line in DOCUMENT.lines if line.treatment not in treatments)
    return replace(DOCUMENT, lines=lines, basis=replace(DOCUMENT.basis, capital_view=CapitalView.REVENUE))


def _budget_tables(results: Results, document: Appraisal) -> tuple[Table, ...]:
    makes = (
        financial_tables.cash_by_year, financial_tables.by_body, financial_tables.bodies,
        financial_tables.affordability, financial_tables.bridge,
    )  # fmt: skip
    return tuple(make(results, document) for make in makes)


def test_capital_without_charges_is_told_under_every_budget_in_the_revenue_view() -> None:
    document = _revenue(Treatment.FINANCING_CHARGE)
    lines = tuple(
        line
        for line in document.lines
        if line.treatment is not Treatment.CAPITAL or line.option in {"shared", "bought"}
    )
    document = replace(document, lines=lines)
    assert budget_words.uncharged(document) == ("shared", "bought")
    results = evaluate(document, Settings(draws=200))
    note = "Joint service and Outsourced: capital is in no figure of the budget, as no charges for it are entered."
    for table in _budget_tables(results, document):
        assert note in table.notes, table.title
    for table in (
        summary_table.appraisal_summary(results, document),
        tables.options_summary(results, document),
        funding_tables.all_options(results, document),
    ):
        assert note in table.notes, table.title
    by_year = tables.funding_by_year(results, document, "bought", "three")
    assert by_year.notes[-1].startswith("Outsourced: capital is in no figure")


def test_nothing_is_told_of_capital_where_its_charges_or_itself_are_in_the_budget() -> None:
    charged = _revenue()
    assert budget_words.uncharged(DOCUMENT) == ()
    assert budget_words.uncharged(_revenue(Treatment.CAPITAL, Treatment.FINANCING_CHARGE)) == ()
    assert "shared" not in budget_words.uncharged(charged)
    for document in (DOCUMENT, _revenue(Treatment.CAPITAL, Treatment.FINANCING_CHARGE)):
        for table in _budget_tables(evaluate(document, Settings(draws=200)), document):
            assert "in no figure" not in " ".join(table.notes), table.title


def test_nothing_is_called_cash_in_the_revenue_view() -> None:
    document = _revenue()
    results = evaluate(document, Settings(draws=200))
    for table in _budget_tables(results, document)[:4]:
        said = " ".join((table.title, *table.notes, *(row[0].text for row in table.rows)))
        assert "cash" not in said.lower(), said
    assert "cash" in financial_tables.cash_by_year(RESULTS, DOCUMENT).title.lower()
    size = {"option": "shared", "width": 500.0, "height": 200.0, "style": ChartStyle.paper()}
    for make in (charts.cost_by_year, charts.gap_by_year, partial(charts.cash_fan, scenario="three"), charts.bridge):
        chart = make(results, document, **size)
        assert "cash" not in f"{chart.title} {chart.subtitle}".lower()
    bridge = charts.bridge(results, document, **size)
    texts = [shape.text for shape in bridge.drawing.getContents() if hasattr(shape, "text")]
    assert "Charges to revenue" in texts or "Charges to revenue" in str(texts)


def test_different_lives_end_affordability_with_the_last_year_of_each_option() -> None:
    document = seven_years_of_the_last()
    results = evaluate(document, Settings(draws=200))
    table = financial_tables.affordability(results, document)
    outsourced = next(row for row in table.rows if row[0].text == "Outsourced")
    funding = results.options[3].funding[0]
    assert outsourced[3].raw == sum(funding.funding_by_year[:8]) < sum(funding.funding_by_year)
    assert outsourced[4].raw == results.options[3].financial.total - outsourced[3].raw
    assert outsourced[5].raw == sum(gap > 0 for gap in funding.gap_by_year[:8])
    assert financial_tables.UNLIKE_TOTALS in table.notes
    assert financial_tables.UNLIKE_TOTALS in financial_tables.cash_by_year(results, document).notes
    assert financial_tables.UNLIKE_TOTALS not in financial_tables.affordability(RESULTS, DOCUMENT).notes


def test_the_sum_of_all_bodies_says_what_it_adds() -> None:
    assert "contingency" in " ".join(financial_tables.bodies(RESULTS, DOCUMENT).notes)


def test_every_body_has_its_cash_and_all_together_their_sum() -> None:
    table = financial_tables.bodies(RESULTS, DOCUMENT)
    assert [row[0].raw for row in table.rows] == [
        "Saltmere Council", "NHS trust", "Eastholme Council", "All public bodies",
    ]  # fmt: skip
    for column in range(1, 5):
        *parts, whole = [row[column].raw for row in table.rows]
        assert sum(parts) == whole
    by_year = {row[0].raw: row for row in financial_tables.by_body(RESULTS, DOCUMENT).rows}
    assert by_year["Joint service: NHS trust"][-1].raw == table.rows[1][3].raw < 0


def test_a_body_alone_needs_no_table_of_bodies() -> None:
    document = full(lines=tuple(line for line in DOCUMENT.lines if line.option == "usual"), constraints=())
    results = evaluate(document, Settings(draws=200))
    assert financial_tables.bodies(results, document).rows == ()
    assert financial_tables.by_body(results, document).rows == ()
    assert financial_tables.liabilities(results, document).rows == ()


def test_affordability_counts_the_years_that_are_short() -> None:
    row = financial_tables.affordability(RESULTS, DOCUMENT).rows[3]
    gaps = RESULTS.options[3].funding[0].gap_by_year
    assert row[4].raw == sum(gaps)
    assert row[5].raw == sum(gap > 0 for gap in gaps)
    assert row[5].text == str(row[5].raw), "when it runs out is told once, from the draws"
    table = financial_tables.affordability(RESULTS, DOCUMENT)
    assert "if nothing is cut" in table.title
    assert not re.search(r"20\d\d/\d\d", " ".join(cell.text for line in table.rows for cell in line[2:]))


def test_liabilities_stand_apart_with_their_chance() -> None:
    joint = financial_tables.liabilities(RESULTS, DOCUMENT).rows[0]
    assert joint[1].text == "Ending early (10\u00a0%)"
    lines = tuple(replace(line, probability=0.125) if line.name == "Ending early" else line for line in DOCUMENT.lines)
    table = financial_tables.liabilities(RESULTS, replace(DOCUMENT, lines=lines))
    assert table.rows[0][1].text == "Ending early (12.5\u00a0%)"
    assert table.columns[2].heading.startswith("If it falls due, as entered")
    assert joint[2].raw == CASES[2].liabilities > Decimal(600_000)
