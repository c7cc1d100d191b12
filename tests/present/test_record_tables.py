"""Rates, rises and findings as the annexes print them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.checks import findings
from appraise.model.discounting import make_factors
from appraise.model.evaluate import Settings, evaluate
from appraise.present import record_tables, tables
from tests.report.full_document import full

DOCUMENT = full()
RESULTS = evaluate(DOCUMENT, Settings(draws=200))
HEALTHY = replace(DOCUMENT, lines=(replace(DOCUMENT.lines[0], health=True), *DOCUMENT.lines[1:]))


def test_prices_rise_by_general_inflation_and_every_index_in_every_year() -> None:
    table = record_tables.yearly_rises(RESULTS, DOCUMENT)
    assert [column.heading for column in table.columns] == ["Into year", "General inflation", "Pay"]
    assert [row[0].text for row in table.rows] == list(RESULTS.years[1:])
    assert [row[1].text for row in table.rows][:4] == ["2.10", "1.90", "2.00", "2.00"], "2027/28 is year 0"
    assert [row[2].text for row in table.rows][:3] == ["3.20", "3.00", "3.00"]
    level = Decimal(1)
    for row in table.rows:
        level *= 1 + row[2].raw / 100
    assert float(level) == pytest.approx(float(make_factors(DOCUMENT).by_index["pay"].cash[-1]))


def test_factors_of_lives_and_health_stand_beside_the_others_only_where_a_line_uses_them() -> None:
    plain = record_tables.discount_factors(RESULTS, DOCUMENT)
    assert len(plain.columns) == 2
    table = record_tables.discount_factors(evaluate(HEALTHY, Settings(draws=200)), HEALTHY)
    assert [row[2].raw for row in table.rows] == list(make_factors(HEALTHY).health)
    assert [row[1].raw for row in table.rows] == [row[1].raw for row in plain.rows]
    assert "1.5" in table.notes[1]


def test_lines_discounted_at_the_health_rate_are_marked() -> None:
    first, results = HEALTHY.lines[0], evaluate(HEALTHY, Settings(draws=200))
    for make in (tables.economic_by_year, tables.present_values_by_line):
        names = [row[0].raw for row in make(results, first.option, health={first.id}).rows]
        assert names.count(first.name + tables.HEALTH_MARK) == 1
        assert sum(name.endswith(tables.HEALTH_MARK) for name in names) == 1
        assert not any(tables.HEALTH_MARK in row[0].raw for row in make(results, first.option).rows)


def test_every_finding_that_is_open_is_printed_with_its_mend() -> None:
    found = findings(DOCUMENT)
    table = record_tables.open_findings(DOCUMENT)
    assert len(table.rows) == len(found) > 0
    for row, one in zip(table.rows, found, strict=True):
        assert [cell.raw for cell in row] == [one.severity.value, one.place, one.sentence, one.mend]
