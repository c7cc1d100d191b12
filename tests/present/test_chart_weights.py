from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, Line, Polygon, PolyLine

from appraise.model import robustness
from appraise.model.robustness import Triangle, WeightLine
from appraise.model.score_results import Stability
from appraise.present import charts, wording
from appraise.present.chart_parts import spread
from appraise.present.charts import Chart, ChartStyle
from tests.present import scoring_example
from tests.present.test_charts import strings

LIGHT = ChartStyle.light()
PLAIN: dict[str, Any] = {"width": 600, "height": 300, "style": LIGHT}


def lines_of(kind: str, key: str) -> tuple[Chart, WeightLine, Stability]:
    document = scoring_example.document()
    found = robustness.line_of(document, kind, key)
    assert found is not None
    line, stable = found
    results = scoring_example.results(document, draws=300)
    chart = charts.weight_lines(results, document, line=line, stable=stable, **PLAIN)
    assert chart is not None
    return chart, line, stable


def test_a_line_for_every_option_from_no_weight_to_all_of_it() -> None:
    chart, line, _ = lines_of("criterion", "criterion-0")
    assert len(line.ends) == 5
    drawn = {tuple(shape.points) for shape in chart.drawing.contents if isinstance(shape, PolyLine)}
    heights = sorted((points[1], points[3]) for points in drawn)
    totals = sorted((without, whole) for _, without, whole in line.ends)
    low, high = heights[0][0], heights[-1][0]
    scale = (totals[-1][0] - totals[0][0]) / (high - low)
    for (start, end), (without, whole) in zip(heights, totals, strict=True):
        assert (start - low) * scale == pytest.approx(without - totals[0][0])
        assert (end - low) * scale == pytest.approx(whole - totals[0][0])


def test_todays_weight_is_marked_and_the_stable_interval_is_shaded_with_its_ends() -> None:
    chart, line, stable = lines_of("criterion", "criterion-0")
    (shade,) = [shape for shape in chart.drawing.contents if isinstance(shape, Polygon)]
    left, right = min(shade.points[::2]), max(shade.points[::2])
    assert 0 < stable.low < line.weight
    assert stable.high == 1
    start = right - (right - left) / (1 - stable.low)
    (dotted,) = [shape for shape in chart.drawing.contents if isinstance(shape, Line) and shape.strokeDashArray]
    assert (dotted.x1 - start) / (right - start) == pytest.approx(line.weight)
    upright = [shape for shape in chart.drawing.contents if isinstance(shape, Line) and shape.x1 == shape.x2 == left]
    assert len(upright) == 1, "the end of the interval is a line: colour does not speak alone"
    assert "now 22\u00a0%" in [shape.text for shape in strings(chart.drawing)]
    assert chart.title == "Joint stays first from 18\u00a0% to 100\u00a0%"


def test_a_branch_can_be_drawn_and_a_first_place_that_no_weight_ends_is_said() -> None:
    chart, _, stable = lines_of("branch", "branch-0")
    always = replace(stable, low=0.0, high=1.0)
    document = scoring_example.document()
    found = robustness.line_of(document, "branch", "branch-0")
    assert found is not None
    results = scoring_example.results(document, draws=300)
    steady = charts.weight_lines(results, document, line=found[0], stable=always, **PLAIN)
    assert steady is not None
    assert "Homes kept dry" in chart.subtitle
    assert steady.title == "Joint stays first at any weight"


def test_names_are_moved_apart_and_stay_inside() -> None:
    assert spread([1.0, 2.0, 50.0], 10.0, 0.0, 100.0) == pytest.approx([0.0, 10.0, 50.0])
    assert spread([98.0, 99.0], 10.0, 0.0, 100.0) == pytest.approx([90.0, 100.0])
    assert spread([10.0, 40.0], 10.0, 0.0, 100.0) == [10.0, 40.0]
    assert spread([], 10.0, 0.0, 100.0) == []
    crowded = spread([50.0] * 5, 10.0, 0.0, 100.0)
    assert crowded == pytest.approx([30.0, 40.0, 50.0, 60.0, 70.0])


def triangle_of(options: int = 5, branches: int = 3) -> tuple[Chart, Triangle]:
    document = scoring_example.document(options=options, branches=branches)
    found = robustness.triangle(document)
    assert found is not None
    results = scoring_example.results(document, draws=300)
    chart = charts.weight_triangle(results, document, triangle=found, **PLAIN)
    assert chart is not None
    return chart, found


def area(points: list[float]) -> float:
    corners = list(zip(points[::2], points[1::2], strict=True))
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def test_regions_cover_the_triangle_in_their_shares() -> None:
    chart, found = triangle_of()
    drawn = [area(shape.points) for shape in chart.drawing.contents if isinstance(shape, Polygon)]
    assert len(found.regions) > 1
    assert sum(one.area for one in found.regions) == pytest.approx(1)
    for size, region in zip(drawn, found.regions, strict=True):
        assert size / sum(drawn) == pytest.approx(region.area)


def test_the_dot_stands_at_todays_split() -> None:
    chart, found = triangle_of()
    (dot,) = [shape for shape in chart.drawing.contents if isinstance(shape, Circle)]
    points = [shape.points for shape in chart.drawing.contents if isinstance(shape, Polygon)]
    bottom, top = min(min(one[1::2]) for one in points), max(max(one[1::2]) for one in points)
    left, right = min(min(one[::2]) for one in points), max(max(one[::2]) for one in points)
    assert (dot.cy - bottom) / (top - bottom) == pytest.approx(found.today[0])
    assert (dot.cx - (left + right) / 2) / ((right - left) / 2) == pytest.approx(found.today[2] - found.today[1])


@pytest.mark.parametrize("width", [280, 600])
def test_corners_regions_and_today_are_named(width: float) -> None:
    document = scoring_example.document()
    found = robustness.triangle(document)
    assert found is not None
    results = scoring_example.results(document, draws=300)
    chart = charts.weight_triangle(results, document, triangle=found, width=width, height=240, style=LIGHT)
    assert chart is not None
    texts = [shape.text for shape in strings(chart.drawing)]
    assert "now" in texts
    assert {"Safe roads", "Local value"} <= set(texts)
    assert any(text.startswith("Homes kept dry, now ") for text in texts)
    for region in found.regions:
        name = next(option.short_name for option in document.options if option.id == region.options[0])
        assert name in texts


def test_what_keeps_its_weight_outside_the_triangle_is_said() -> None:
    chart, found = triangle_of(branches=5)
    assert found.held > 0.1
    assert f"the rest keeps {round(100 * found.held)}\u00a0%" in chart.subtitle


def test_the_triangle_says_in_words_for_which_part_of_all_ways_an_option_is_first() -> None:
    chart, found = triangle_of()
    own = next(region for region in found.regions if "option-4" in region.options)
    assert chart.title == f"Joint is first for {wording.percent(own.area)} of ways to weigh"
    assert chart.subtitle.startswith("Who is first for each way to share weight among the three heaviest branches")
    alone = replace(own, area=1.0)
    document = scoring_example.document()
    results = scoring_example.results(document, draws=300)
    titles = []
    for regions, name in (((alone,), "Joint"), (found.regions, "Joint service"), (found.regions, "The joint service")):
        options = tuple(replace(one, short_name=name) if one.id == "option-4" else one for one in document.options)
        made = charts.weight_triangle(
            results, replace(document, options=options), triangle=replace(found, regions=regions), **PLAIN
        )
        assert made is not None
        titles.append(made.title)
    ways = f"first for {wording.percent(own.area)} of ways to weigh"
    assert titles == ["Joint is first however weight is shared", f"Joint service {ways}", f"One option {ways}"]
