"""What moves together as tables: groups, drivers, the matrix, and uncertain price indices."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Point, Range, RiseRange, Shape
from appraise.present import case_tables, dependence_tables, tables
from appraise.workspace import templates

MARKET = CorrelationGroup(id="group-market", name="Market for works", rho=0.5, evidence="The same firms bid")


@pytest.fixture(scope="module")
def example() -> Appraisal:
    plain = templates.load("worked-example", first_year=2027)
    lines = tuple(replace(line, correlation="") for line in plain.lines)
    return replace(plain, lines=lines, correlation_groups=(), correlation_matrix=None)


@pytest.fixture(scope="module")
def linked(example: Appraisal) -> Appraisal:
    """The worked example with a group of two lines, a matrix of two others, outcomes, and an uncertain index."""
    free = [line.id for line in example.lines if line.range is not None and not line.driver]
    option = next(line.option for line in example.lines if line.id == free[0])
    outcomes = (Point(percent=Decimal(90), chance=0.25), Point(percent=Decimal(120), chance=0.75))
    listed = Range(low=Decimal(90), high=Decimal(120), shape=Shape.DISCRETE, points=outcomes)
    grouped = {
        line.id: replace(line, correlation=MARKET.id, option=option, range=listed)
        for line in example.lines
        if line.id in free[:2]
    }
    first, *rest = (replace(index, range=None) for index in example.indices)
    return replace(
        example,
        lines=tuple(grouped.get(line.id, line) for line in example.lines),
        correlation_groups=(MARKET,),
        correlation_matrix=CorrelationMatrix(
            lines=(free[2], free[3]), rows=((1.0, -0.25), (-0.25, 1.0)), evidence="Ten years of accounts"
        ),
        indices=(replace(first, range=RiseRange(low=Decimal(-1), high=Decimal(2), shared=False)), *rest),
    )


def column(table: tables.Table, heading: str) -> list[str]:
    place = next(number for number, one in enumerate(table.columns) if one.heading == heading)
    return [row[place].text for row in table.rows]


def test_a_group_says_how_strongly_whose_cause_which_lines_and_what_it_does(linked):
    table = dependence_tables.groups(linked)
    (row,) = table.rows
    named = [line for line in linked.lines if line.correlation == MARKET.id]
    assert [cell.text for cell in row[:3]] == ["Market for works", "0.5, medium", "one for all options"]
    assert all(line.name in row[3].text for line in named)
    assert 1 < row[4].raw < 1.5**0.5 + 1e-9
    assert row[5].text == "The same firms bid"


def test_drivers_name_their_options(linked):
    table = dependence_tables.drivers(linked)
    pay = column(table, "Driver").index("Pay award")
    assert column(table, "Drawn")[pay] == "one for all options"
    assert column(table, "Lines")[pay] == str(sum(line.driver == "Pay award" for line in linked.lines))
    assert "Joint" in column(table, "Options")[pay]


def test_the_matrix_is_numbered_both_ways(linked):
    table = dependence_tables.matrix(linked)
    assert [one.heading for one in table.columns] == ["Line", "1", "2"]
    assert [[cell.text for cell in row[1:]] for row in table.rows] == [["1", "−0.25"], ["−0.25", "1"]]
    assert table.rows[0][0].text.startswith("1 ")
    assert table.notes == ("Evidence: Ten years of accounts",)


def test_only_uncertain_indices_are_listed(linked):
    (row,) = dependence_tables.uncertain_indices(linked).rows
    assert row[0].text == linked.indices[0].name
    assert row[1].text == "−1 to +2 points a year, PERT; a draw of its own in each option"
    assert "may be" in row[2].text


def test_every_line_names_its_range_with_its_shape_and_what_moves_with_it(linked):
    table = case_tables.line_sources(linked)
    moves, ranges = column(table, "Moves with"), column(table, "Range")
    for line, said, band in zip(linked.lines, moves, ranges, strict=True):
        assert (band == "certain") is (line.range is None)
        assert (f"{line.driver} (one for all options)" in said) is bool(line.driver and line.range)
        assert ("group “Market for works”" in said) is (line.correlation == MARKET.id)
        assert ("single pairs" in said) is (line.id in linked.correlation_matrix.lines)
    assert "90\u00a0% (25\u00a0%) and 120\u00a0% (75\u00a0%)" in ranges


def test_nothing_linked_gives_no_rows(example):
    bare = replace(example, lines=(), indices=(), correlation_groups=(), correlation_matrix=None)
    for make in (
        dependence_tables.groups,
        dependence_tables.drivers,
        dependence_tables.matrix,
        dependence_tables.uncertain_indices,
    ):
        assert make(bare).rows == ()
