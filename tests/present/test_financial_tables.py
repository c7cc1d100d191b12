"""The financial case in tables: it adds up, body by body and step by step."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.document import CapitalView
from appraise.model.evaluate import Settings, evaluate
from appraise.present import financial_tables
from tests.report.full_document import full

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
    assert row[5].text.startswith(f"{row[5].raw}, from ")


def test_liabilities_stand_apart_with_their_chance() -> None:
    joint = financial_tables.liabilities(RESULTS, DOCUMENT).rows[0]
    assert joint[1].text == "Ending early (10\u00a0%)"
    assert joint[2].raw == CASES[2].liabilities > Decimal(600_000)
