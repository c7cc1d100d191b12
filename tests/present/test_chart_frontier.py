from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, PolyLine

from appraise.model.frontier import cost_against_score
from appraise.model.results import Results
from appraise.present import charts
from appraise.present.charts import Chart, ChartStyle
from tests.present import scoring_example
from tests.present.test_charts import strings

LIGHT = ChartStyle.light()
PLAIN: dict[str, Any] = {"width": 640, "height": 300, "style": LIGHT}
COSTS = {"option-0": 30e6, "option-1": 32e6, "option-2": 36e6, "option-3": 37e6, "option-4": 40e6}
SCORES = {"option-0": 30.0, "option-1": 50.0, "option-2": 55.0, "option-3": 68.0, "option-4": 75.0}


def spread_out() -> Results:
    """Five options, of which the third lies under the frontier but is beaten by nobody."""
    document = scoring_example.document()
    results = scoring_example.results(document, draws=300)
    assert results.scoring is not None
    found = cost_against_score(COSTS, SCORES)
    return replace(results, scoring=replace(results.scoring, cost_against_score=found))


def drawn(results: Results, **size: Any) -> Chart:
    chart = charts.score_against_cost(results, scoring_example.document(), **(PLAIN | size))
    assert chart is not None
    return chart


def dots(chart: Chart) -> list[tuple[float, float]]:
    return [(shape.cx, shape.cy) for shape in chart.drawing.contents if isinstance(shape, Circle)]


def paths(chart: Chart, colour: str) -> list[list[float]]:
    wanted = colour.replace("#", "0x").lower()
    return [
        shape.points
        for shape in chart.drawing.contents
        if isinstance(shape, PolyLine) and shape.strokeColor.hexval() == wanted
    ]


def test_the_frontier_runs_through_the_dots_of_its_options_from_the_cheapest_on() -> None:
    chart = drawn(spread_out())
    (line,) = paths(chart, LIGHT.categories[1])
    corners = list(zip(line[::2], line[1::2], strict=True))
    known = sorted(dots(chart))
    assert corners == [pytest.approx(known[place]) for place in (0, 1, 3, 4)], "the third lies under the line"


def test_stairs_join_all_that_nobody_beats() -> None:
    chart = drawn(spread_out())
    (stairs,) = [path for path in paths(chart, LIGHT.ink2) if len(path) == 18]
    corners = set(zip(stairs[::2], stairs[1::2], strict=True))
    assert {tuple(dot) for dot in dots(chart)} <= corners


def test_what_an_extra_point_costs_stands_along_the_frontier_and_never_points_for_pounds() -> None:
    texts = [shape.text for shape in strings(drawn(spread_out()).drawing)]
    assert [text for text in texts if text.endswith(" a point")] == ["£100k a point", "£278k a point", "£429k a point"]
    assert not any("per £" in text or "points per" in text for text in texts)


def test_names_step_beside_the_plot_where_ranges_leave_no_room() -> None:
    document = scoring_example.document(options=8)
    results = scoring_example.results(document, draws=300)
    chart = charts.score_against_cost(results, document, width=300, height=240, style=LIGHT)
    assert chart is not None
    names = {option.short_name for option in document.options}
    found = [shape for shape in strings(chart.drawing) if shape.text in names]
    assert len(found) == 8
    assert len({shape.x for shape in found}) == 1, "one column"


def test_ranges_reach_from_one_in_ten_to_nine_in_ten_both_ways() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    known = results.scoring.cost_against_score if results.scoring is not None else None
    assert known is not None
    chart = charts.score_against_cost(results, document, **PLAIN)
    assert chart is not None
    lines = [shape.points for shape in chart.drawing.contents if isinstance(shape, PolyLine) and len(shape.points) == 4]
    flat = [line for line in lines if line[1] == line[3]]
    upright = [line for line in lines if line[0] == line[2]]
    assert len(flat) == len(upright) == 5
    wide = [one.cost_p90 - one.cost_p10 for one in known.options if one.cost_p90 and one.cost_p10]
    lengths = [line[2] - line[0] for line in flat]
    assert [round(length / max(lengths), 2) for length in sorted(lengths)] == [
        round(one / max(wide), 2) for one in sorted(wide)
    ]


def test_the_figures_are_those_of_cost_and_score() -> None:
    chart = drawn(spread_out())
    assert chart.data.title == "Score against cost"
    assert [row[5].text for row in chart.data.rows] == ["Yes", "Yes", "No, but not dominated", "Yes", "Yes"]
    assert "an extra point costs £100k" in chart.alt


@pytest.mark.parametrize(
    ("score_clear", "cost_clear", "title"),
    [
        (True, False, "Joint scores highest; cost has no clear winner"),
        (False, True, "Joint costs least; score has no clear winner"),
        (False, False, "No clear winner on score or cost"),
    ],
)
def test_the_title_says_where_there_is_no_clear_winner(score_clear: bool, cost_clear: bool, title: str) -> None:
    results = spread_out()
    verdict = replace(
        results.verdict, highest_score="option-4", cheapest="option-4", score_clear=score_clear, cost_clear=cost_clear
    )
    assert drawn(replace(results, verdict=verdict)).title == title
