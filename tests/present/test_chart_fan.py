"""The fan over its time line: what is solid, what is dashed, what ends when, and texts that keep apart."""

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from reportlab.graphics.shapes import Line, PolyLine, Rect

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import charts, tables
from appraise.present.charts import Chart, ChartStyle
from tests.present import funding_example
from tests.present.test_charts import STYLES, faults_of_text, strings

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
STYLE = ChartStyle.light()
SIZE: dict[str, Any] = {"width": 900, "height": 300, "style": STYLE}


def drawn(scenario: str = "scenario-1", results: Results = RESULTS, document: Appraisal = DOCUMENT) -> Chart:
    chart = charts.cash_fan(results, document, option="option-4", scenario=scenario, **SIZE)
    assert chart is not None
    return chart


def money_lines(chart: Chart) -> list[Line]:
    """The level lines of each year's money, in their order."""
    orange = STYLE.categories[3].lower()
    lines = [one for one in chart.drawing.contents if isinstance(one, Line)]
    return [one for one in lines if "#" + one.strokeColor.hexval()[2:] == orange and one.x1 != one.x2]


def test_money_is_solid_where_it_is_final_and_dashed_elsewhere() -> None:
    dashes = [bool(one.strokeDashArray) for one in money_lines(drawn())]
    assert dashes == [False, True, True, True, True, True, True]


def test_money_is_revenue_and_capital_together() -> None:
    levels = {one.y1 for one in money_lines(drawn())}
    assert len(levels) == 1
    row = drawn().data.rows[0]
    assert row[4].raw == 6_400_000.0
    assert [column.heading for column in drawn().data.columns][4:6] == ["Funding before any cut", "Of it capital"]
    assert row[5].text == "£0.40m"


def test_the_time_line_says_how_firm_money_is_and_when_contracts_end() -> None:
    texts = [shape.text for shape in strings(drawn().drawing)]
    assert "settlement, final" in texts
    assert "assumed, renewed 85 in\u00a0100" in texts
    assert "contract of 3 years" in texts
    assert texts.count("let again for 3 years") == 1, "the last one has no room for more than its start"
    assert {"settlements", "contracts"} <= set(texts)
    assert "Let again: 3 years from 2030/31." in drawn().alt


def test_without_a_contract_there_is_one_bar_less() -> None:
    bare = replace(
        RESULTS,
        options=tuple(
            replace(one, funding=tuple(replace(part, contracts=()) for part in one.funding or ()))
            for one in RESULTS.options
        ),
    )
    texts = {shape.text for shape in strings(drawn(results=bare).drawing)}
    assert "contracts" not in texts
    assert "settlements" in texts


def test_the_band_ends_with_the_life_of_the_option() -> None:
    last = RESULTS.options[-1]
    assert last.economic is not None
    short = replace(last, economic=replace(last.economic, life=3))
    chart = drawn(results=replace(RESULTS, options=(*RESULTS.options[:-1], short)))
    middle = [one for one in chart.drawing.contents if isinstance(one, PolyLine)][-1]
    assert len(middle.points) == 8
    assert [cell.text for cell in chart.data.rows[4]][1:4] == ["–", "–", "–"]


def test_a_scenario_without_money_or_an_unknown_one_has_no_fan() -> None:
    nothing = (funding_example.pounds(0),) * 7
    empty = replace(
        RESULTS,
        options=tuple(
            replace(
                one,
                funding=tuple(replace(part, funding_by_year=nothing) for part in one.funding or ()),
            )
            for one in RESULTS.options
        ),
    )  # fmt: skip
    assert charts.cash_fan(empty, DOCUMENT, option="option-4", scenario="scenario-0", **SIZE) is None
    assert charts.cash_fan(RESULTS, DOCUMENT, option="option-4", scenario="nobody", **SIZE) is None


@pytest.mark.parametrize("seed", range(10))
def test_nothing_overlaps_or_is_clipped(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    document = funding_example.document(
        scenarios=rng.randint(1, 6), years=rng.choice((1, 2, 7, 11, 30)), long_names=seed % 2 == 0
    )
    results = funding_example.results(document, seed=seed, scale=rng.choice((0.01, 1.0, 30.0)))
    style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
    size: dict[str, Any] = {"width": rng.uniform(280, 1000), "height": rng.uniform(120, 400), "style": style}
    for plan in document.scenarios:
        chart = charts.cash_fan(results, document, option="option-4", scenario=plan.id, **size)
        assert chart is not None
        assert faults_of_text(chart.drawing) == [], size
        bars = [one for one in chart.drawing.contents if isinstance(one, Rect)]
        assert all(one.x + one.width <= chart.drawing.width + 0.01 and one.y >= -0.01 for one in bars)


def test_bars_of_one_line_do_not_overlap() -> None:
    bars = [one for one in drawn("scenario-0").drawing.contents if isinstance(one, Rect)]
    for level in {one.y for one in bars}:
        row = sorted((one.x, one.x + one.width) for one in bars if one.y == level)
        assert all(first[1] <= second[0] for first, second in pairwise(row))


def test_money_after_cuts_is_a_line_of_its_own_with_its_place_in_the_key() -> None:
    assert "expected after cuts, with grants" not in [shape.text for shape in strings(drawn().drawing)], (
        "it is the same"
    )
    last = RESULTS.options[-1]
    cut = tuple(
        replace(one, expected_funding_by_year=tuple(0.95 * value for value in one.expected_funding_by_year))
        for one in last.funding or ()
    )
    chart = drawn(results=replace(RESULTS, options=(*RESULTS.options[:-1], replace(last, funding=cut))))
    texts = [shape.text for shape in strings(chart.drawing)]
    assert {"money before any cut", "expected after cuts, with grants"} <= set(texts)
    assert any(text.startswith("After cuts: £6.1m") for text in texts)
    after = next(place for place, one in enumerate(chart.data.columns) if one.heading == tables.EXPECTED_MONEY)
    assert chart.data.rows[0][after].raw == pytest.approx(0.95 * 6_400_000)
    low, high = (min(one.y1 for one in level) for level in (lines_of(chart, STYLE.ink), money_lines(chart)))
    assert low < high, "what is expected lies under what is settled"


def lines_of(chart: Chart, colour: str) -> list[Line]:
    lines = [one for one in chart.drawing.contents if isinstance(one, Line)]
    return [one for one in lines if "#" + one.strokeColor.hexval()[2:] == colour.lower() and one.y1 == one.y2]


def test_no_box_of_the_time_line_is_blank() -> None:
    """The first settlement is one year of seven, too short for a word: a letter of the key stands in it."""
    chart = charts.cash_fan(
        RESULTS, DOCUMENT, option="option-4", scenario="scenario-0", width=260, height=200, style=ChartStyle.paper()
    )
    assert chart is not None
    texts = [shape.text for shape in strings(chart.drawing)]
    assert "F" in texts
    assert "F: money final" in texts
