"""The time line of settlements and contracts: ends, breaks, re-letting, the tenth of section 74."""

import random
from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Line, Rect

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Commitment
from appraise.model.funding_results import ContractSpan
from appraise.model.results import Results
from appraise.present import chart_timeline, charts
from appraise.present.charts import Chart, ChartStyle
from tests.present import funding_example
from tests.present.test_charts import STYLES, faults_of_text, strings

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
STYLE = ChartStyle.light()


def drawn(document: Appraisal = DOCUMENT, results: Results = RESULTS, *, scenario: str = "") -> Chart:
    chart = charts.contracts(
        results, document, option="option-4", scenario=scenario, width=900, height=200, style=STYLE
    )
    assert chart is not None
    return chart


def signed(*spans: tuple[int, int]) -> Results:
    """The results with this chain of contracts under every scenario."""
    chain = tuple(ContractSpan(first_year=first, years=years) for first, years in spans)
    return replace(
        RESULTS,
        options=tuple(
            replace(
                one,
                funding=tuple(
                    replace(part, contracts=chain, effective_term=chain[0].years) for part in one.funding or ()
                ),
            )
            for one in RESULTS.options
        ),
    )  # fmt: skip


def with_commitment(commitment: Commitment) -> Appraisal:
    last = DOCUMENT.options[-1]
    changed = replace(last, terms=replace(last.terms, commitment=commitment))
    return replace(DOCUMENT, options=(*DOCUMENT.options[:-1], changed))


def marks(chart: Chart) -> list[Line]:
    """Break points: lines of the colour of shortage."""
    colour = STYLE.short.lower()
    lines = [one for one in chart.drawing.contents if isinstance(one, Line)]
    return [one for one in lines if "#" + one.strokeColor.hexval()[2:] == colour]


def test_a_contract_may_be_broken_where_a_settlement_ends_inside_it() -> None:
    results = signed((0, 7))
    chart = drawn(with_commitment(Commitment.WITH_BREAK), results, scenario="scenario-1")
    assert len(marks(chart)) == 2, "after three and after six years; the end of the contract is no break"
    assert "It can be broken from 2030/31 and 2033/34." in chart.alt
    assert "may be broken" in {shape.text for shape in strings(chart.drawing)}
    freely = drawn(with_commitment(Commitment.FREELY), results, scenario="scenario-1")
    assert marks(freely) == []
    assert "broken" not in freely.alt


def test_the_tenth_is_a_tenth_of_term_and_extension() -> None:
    spans = chart_timeline.wanted_spans(DOCUMENT.options[-1], STYLE)
    assert [(one.start, one.end) for one in spans] == [(0, 7), (7, 9), (9, pytest.approx(9.9))]
    assert "The longest term is nine years: up to 10.8 months more or less" in drawn().alt
    without = replace(DOCUMENT.options[-1], term_years=0)
    assert chart_timeline.wanted_spans(without, STYLE) == ()


def test_the_end_of_the_costed_years_is_marked_where_contracts_run_on() -> None:
    chart = drawn(results=signed((0, 3), (3, 3), (6, 3)))
    dotted = [one for one in chart.drawing.contents if isinstance(one, Line) and one.strokeDashArray]
    assert len(dotted) == 1
    assert "dotted: the costed years end" in chart.subtitle


def test_titles_count_the_scenarios_that_cut_the_term() -> None:
    assert drawn(results=signed((0, 3), (3, 3), (6, 3))).title == "Settlements cut the term in all three scenarios"
    assert drawn(results=signed((0, 3), (3, 4)), scenario="scenario-0").title == (
        "Settlements allow three years of the seven wanted"
    )
    assert drawn(results=signed((0, 7))).title == "The first contract runs to the end of 2033/34"


def test_a_long_name_is_cut_before_what_its_bar_holds() -> None:
    document = funding_example.document(long_names=True)
    chart = drawn(document, funding_example.results(document))
    texts = [shape.text for shape in strings(chart.drawing)]
    assert sum(text.endswith("…: money") for text in texts) == 3
    assert sum(text.endswith("…: contracts") for text in texts) == 3


def piloted(first_day: str, last_day: str) -> Chart:
    """The pilot before the joint option at these days; year 0 is 2027/28."""
    last = RESULTS.options[-1]
    assert last.timetable is not None
    stages = (replace(last.timetable.stages[0], first_day=first_day, last_day=last_day),)
    option = replace(last, timetable=replace(last.timetable, stages=stages))
    return drawn(results=replace(RESULTS, options=(*RESULTS.options[:-1], option)))


def test_a_pilot_stands_on_the_line_with_its_months() -> None:
    chart = piloted("2027-04-01", "2027-12-31")
    bars = [one for one in chart.drawing.contents if isinstance(one, Rect) and _filled(one) == STYLE.categories[2]]
    assert len(bars) == 1
    axis = [one for one in chart.drawing.contents if isinstance(one, Rect) and _filled(one) == STYLE.categories[1]]
    assert bars[0].x == pytest.approx(min(one.x for one in axis)), "it begins with year 0"
    assert "One district first: nine months" in " ".join(shape.text for shape in strings(chart.drawing))
    assert "One district first: 1 April 2027 to 31 December 2027." in chart.alt
    before = piloted("2026-01-05", "2026-10-04")
    assert not [one for one in before.drawing.contents if isinstance(one, Rect) and _filled(one) == STYLE.categories[2]]


def _filled(one: Rect) -> str:
    return "#" + one.fillColor.hexval()[2:].upper() if one.fillColor is not None else ""


def test_the_data_name_every_settlement_and_contract() -> None:
    rows = [[cell.text for cell in row] for row in drawn(scenario="scenario-2").data.rows]
    assert rows[0] == ["One district first", "Before it", "5 January 2026", "4 October 2026"]
    assert rows[1] == ["Five-year", "Money: settlement, final", "2027/28", "2027/28"]
    assert ["Five-year", "Let again", "2032/33", "2036/37"] in rows


def test_without_a_contract_there_is_no_time_line() -> None:
    bare = replace(
        RESULTS,
        options=tuple(
            replace(one, funding=tuple(replace(part, contracts=()) for part in one.funding or ()))
            for one in RESULTS.options
        ),
    )
    assert charts.contracts(bare, DOCUMENT, option="option-4", width=600, height=200, style=STYLE) is None
    unfunded = replace(RESULTS, options=tuple(replace(one, funding=None) for one in RESULTS.options))
    assert charts.contracts(unfunded, DOCUMENT, option="option-4", width=600, height=200, style=STYLE) is None


@pytest.mark.parametrize("seed", range(10))
def test_nothing_overlaps_or_is_clipped(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    document = funding_example.document(
        scenarios=rng.randint(1, 6), years=rng.choice((1, 3, 7, 30)), long_names=seed % 2 == 0
    )
    results = funding_example.results(document, seed=seed)
    style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
    size: dict[str, Any] = {"width": rng.uniform(280, 1000), "height": rng.uniform(100, 400), "style": style}
    chart = charts.contracts(results, document, option="option-4", **size)
    assert chart is not None
    assert faults_of_text(chart.drawing) == [], size
    assert 3 <= len(chart.title.split()) <= 10
    for one in chart.drawing.contents:
        if isinstance(one, Rect):
            assert one.x >= -0.01
            assert one.x + one.width <= chart.drawing.width + 0.01
