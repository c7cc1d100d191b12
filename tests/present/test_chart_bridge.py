import random
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from reportlab.graphics.shapes import Circle, Rect

from appraise.model.results import BridgeStep, Results
from appraise.present import charts
from appraise.present.chart_bridge import adds_up, bridge_data, drawn_steps
from appraise.present.chart_parts import Chart
from appraise.present.charts import ChartStyle
from tests.present import example
from tests.present.test_charts import STYLES, faults_of_text, strings

NAMES = (
    ("discounting", "Undo discounting"),
    ("society:businesses", "Take out businesses"),
    ("body:body-1", "Take out the integrated care board of the whole lower valley and the coast"),
    ("residual", "Take out residual values"),
    ("retained", "Take out expected risk that is kept"),
    ("prices", "Add inflation; relative prices are in already"),
    ("vat", "Add VAT that cannot be recovered"),
    ("contingency", "Add contingency"),
)


def steps(*pounds: float, start: float = 37_282_592.01, rounding: str = "-0.02") -> tuple[BridgeStep, ...]:
    rows = [
        BridgeStep(key=key, name=name, pounds=Decimal(str(money)).quantize(Decimal("0.01")))
        for (key, name), money in zip(NAMES, pounds, strict=False)
    ]
    first = BridgeStep(key="economic", name="Economic case", pounds=Decimal(str(start)), balance=True)
    last = BridgeStep(key="rounding", name="Rounding of yearly cash to pence", pounds=Decimal(rounding))
    end = first.pounds + sum((row.pounds for row in (*rows, last)), Decimal(0))
    return (first, *rows, last, BridgeStep(key="financial", name="Financial case", pounds=end, balance=True))


def with_bridge(results: Results, bridge: tuple[BridgeStep, ...]) -> Results:
    options = tuple(
        replace(option, financial=replace(option.financial, bridge=bridge, total=bridge[-1].pounds))
        for option in results.options
        if option.financial is not None
    )
    return replace(results, options=options)


def drawn(bridge: tuple[BridgeStep, ...], *, width: float, height: float, style: ChartStyle) -> Chart:
    document = example.document()
    results = with_bridge(example.results(document), bridge)
    chart = charts.bridge(results, document, option="option-4", width=width, height=height, style=style)
    assert chart is not None
    return chart


USUAL = steps(4_138_497.61, 1_680_000, 600_000, 210_000, -703_180.69, 2_936_375.86, 110_840, 731_103.72)


@pytest.mark.parametrize("seed", range(12))
def test_no_text_leaves_the_drawing_or_meets_another(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    scale = rng.choice((50.0, 5_000.0, 4e6, 3e9))
    bridge = steps(
        *(rng.uniform(-scale, scale) for _ in range(rng.randint(1, 8))), start=round(rng.uniform(-9, 9) * scale, 2)
    )
    for style in STYLES:
        width, height = rng.uniform(280, 900), rng.uniform(120, 480)
        chart = drawn(bridge, width=width, height=height, style=style)
        assert faults_of_text(chart.drawing) == [], (width, height, style.size)
        assert chart.drawing.width == width
        assert chart.drawing.height >= height


def test_every_bar_starts_where_the_one_before_ended_and_is_as_long_as_its_pounds() -> None:
    chart = drawn(USUAL, width=800, height=400, style=ChartStyle.light())
    bars = [shape for shape in chart.drawing.contents if isinstance(shape, Rect)]
    shades = {ChartStyle.light().categories[place].lower() for place in (0, 1)}
    bars = [bar for bar in bars if f"#{bar.fillColor.hexval()[2:]}".lower() in shades and bar.height > 11]
    pounds = [float(step.pounds) for step in USUAL if not step.balance and step.key != "rounding"]
    assert len(bars) == len(pounds)
    unit = bars[0].width / pounds[0]
    ends = []
    for bar, money in zip(bars, pounds, strict=True):
        assert bar.width == pytest.approx(max(abs(money) * unit, 2.0), abs=0.05)
        ends.append((bar.x, bar.x + bar.width) if money > 0 else (bar.x + bar.width, bar.x))
    for (_, end), (start, _) in pairwise(ends):
        assert start == pytest.approx(end, abs=0.05)
    dots = [shape for shape in chart.drawing.contents if isinstance(shape, Circle)]
    assert [dot.cx for dot in dots] == pytest.approx([ends[0][0], ends[-1][1]], abs=0.05)


def test_signs_stand_in_words_of_figures_too_and_small_steps_are_not_told_as_nothing() -> None:
    chart = drawn(steps(4_138_497.61, -40_000.0), width=800, height=300, style=ChartStyle.light())
    texts = {shape.text for shape in strings(chart.drawing)}
    assert {"+£4.1m", "−£40k", "raises the cost", "lowers the cost"} <= texts
    assert not any("Rounding" in text for text in texts)


def test_the_alternative_text_and_the_figures_hold_every_row() -> None:
    chart = drawn(USUAL, width=800, height=300, style=ChartStyle.light())
    assert all(step.name in chart.alt for step in USUAL)
    assert [row[0].text for row in chart.data.rows] == [step.name for step in USUAL]
    assert chart.data.rows[-1][2].raw == USUAL[-1].pounds
    assert chart.data.rows[-2][2].raw == USUAL[-1].pounds, "the balance before the last row is the last balance"
    assert len(chart.title.split()) <= 10


def test_rounding_of_pounds_is_drawn_and_of_pence_is_not() -> None:
    assert [step.key for step in drawn_steps(steps(5.0, rounding="-0.99"))] == ["economic", "discounting", "financial"]
    assert "rounding" in [step.key for step in drawn_steps(steps(5.0, rounding="1.00"))]


def test_a_penny_too_many_does_not_add_up() -> None:
    assert adds_up(USUAL)
    wrong = (*USUAL[:-1], replace(USUAL[-1], pounds=USUAL[-1].pounds + Decimal("0.01")))
    assert not adds_up(wrong)
    assert not adds_up(USUAL[:1])
    assert bridge_data(wrong).rows[-1][2].raw != bridge_data(wrong).rows[-2][2].raw


def test_an_option_without_costs_has_no_drawing() -> None:
    document = example.document()
    results = example.results(document)
    bare = replace(results, options=tuple(replace(one, financial=None) for one in results.options))
    style = ChartStyle.light()
    assert charts.bridge(bare, document, option="option-4", width=500, height=300, style=style) is None
