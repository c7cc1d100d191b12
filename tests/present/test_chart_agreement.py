"""How far assessors lie apart, as a drawing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from appraise.model.agreement import agreement
from appraise.model.appraisal.criteria import Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.score_results import Spread
from appraise.present.chart_agreement import dispersion
from appraise.present.chart_parts import Chart, ChartStyle
from appraise.present.tables import short_name
from tests.present.test_agreement_tables import ROWS, document

STYLE = ChartStyle.light()


def spreads(appraisal: Appraisal) -> Sequence[Spread]:
    found = agreement(appraisal)
    assert found is not None
    return found.spreads


def drawn(appraisal: Appraisal, width: float = 700, **how: Any) -> Chart:
    chart = dispersion(appraisal, spreads(appraisal), width=width, height=120, style=STYLE, **how)
    assert chart is not None
    return chart


def circles(chart: Chart) -> list[Any]:
    return [shape for shape in chart.drawing.contents if type(shape).__name__ == "Circle"]


def texts(chart: Chart) -> list[str]:
    return [shape.text for shape in chart.drawing.contents if hasattr(shape, "text")]


def hexed(colour: Any) -> str:
    return f"#{colour.hexval()[2:].upper()}"


@pytest.mark.parametrize("width", [260, 420, 700, 1100])
def test_every_option_has_a_row_with_its_range(width: float) -> None:
    now = document(*ROWS)
    chart = drawn(now, width, by_option=True)
    assert {short_name(now, one.option) for one in spreads(now)} <= set(texts(chart))
    assert {"70 apart", "50 apart", "30 apart", "10 apart", "20 apart"} <= set(texts(chart))
    assert {"0", "50", "100"} <= set(texts(chart))


def test_nothing_lies_outside_the_drawing() -> None:
    for width in (260, 700):
        chart = drawn(document((0.0, 100.0), (100.0, 0.0)), width)
        for one in circles(chart):
            assert one.r <= one.cx <= chart.drawing.width - one.r
            assert 0 <= one.cy <= chart.drawing.height


def test_each_different_mark_is_a_dot_and_equal_marks_are_one_larger_dot() -> None:
    chart = drawn(document((10.0,), (40.0,), (40.0,), (40.0,)))
    dots = sorted(circles(chart), key=lambda one: one.cx)
    assert len(dots) == 2
    assert dots[1].r > dots[0].r
    assert dots[0].cx < dots[1].cx


def test_wide_ranges_stand_out_in_colour_and_in_words() -> None:
    wide, close = drawn(document((10.0,), (90.0,))), drawn(document((40.0,), (50.0,)))
    assert {hexed(one.fillColor) for one in circles(wide)} == {STYLE.short}
    assert {hexed(one.fillColor) for one in circles(close)} == {STYLE.grey}
    assert "far apart" in wide.alt
    assert "far apart" not in close.alt


def test_the_score_of_record_is_a_diamond_on_top() -> None:
    now = document((10.0,), (90.0,))
    place = (now.options[0].id, now.criteria[0].id)
    bare = replace(now, scores=tuple(one for one in now.scores if (one.option, one.criterion) != place))
    scored = replace(bare, scores=(*bare.scores, Score(option=place[0], criterion=place[1], value=70.0)))

    def diamonds(chart: Chart) -> list[Any]:
        shapes = [one for one in chart.drawing.contents if type(one).__name__ == "Polygon"]
        return [one for one in shapes if hexed(one.fillColor) == STYLE.primary]

    assert diamonds(drawn(bare)) == []
    (diamond,) = diamonds(drawn(scored))
    low, high = sorted(circles(drawn(scored)), key=lambda one: one.cx)
    middle = (diamond.points[0] + diamond.points[4]) / 2
    assert middle == pytest.approx(low.cx + (high.cx - low.cx) * (70 - 10) / (90 - 10))


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (((10.0,),), "Only one assessor has given marks so far"),
        (((10.0,), (20.0,)), "Assessors lie within two bands here"),
        (((10.0,), (90.0,)), "Assessors lie far apart on the one score"),
        (((10.0, 10.0), (90.0, 20.0)), "Assessors lie far apart on one of two scores"),
        (((10.0, 10.0), (20.0, 20.0)), "No marks lie far apart here"),
    ],
)
def test_the_title_is_the_message(rows: tuple[tuple[float, ...], ...], title: str) -> None:
    assert drawn(document(*rows)).title == title


def test_some_of_many_take_the_title_of_all() -> None:
    assert drawn(document((10.0,), (90.0,)), title="Assessors lie far apart on 11 of 40 scores").title.startswith(
        "Assessors lie far apart on 11"
    )


def test_without_spreads_nothing_is_drawn() -> None:
    assert dispersion(document((1.0,)), (), width=500, height=100, style=STYLE) is None


def test_the_data_are_those_of_the_drawing_in_its_order() -> None:
    now = document(*ROWS)
    chart = drawn(now)
    assert [row[0].text for row in chart.data.rows] == [short_name(now, one.option) for one in spreads(now)]
