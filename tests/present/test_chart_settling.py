"""The chart "settle these first": bars that measure their parts, and texts that keep apart."""

import random
from dataclasses import replace

import pytest
from reportlab.graphics.shapes import Line, Rect

from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import Results
from appraise.present import charts, constraint_tables
from appraise.present.charts import Chart, ChartStyle
from tests.present import settling_example
from tests.present.test_charts import STYLES, faults_of_text, strings

DOCUMENT = settling_example.document()
REAL = evaluate(DOCUMENT, Settings(draws=300))
RESULTS = settling_example.with_values(REAL, DOCUMENT)


def drawn(results: Results = RESULTS, width: float = 600, style: ChartStyle | None = None) -> Chart:
    chart = charts.settling(results, DOCUMENT, width=width, height=200, style=style or ChartStyle.light())
    assert chart is not None
    return chart


def bars(chart: Chart) -> list[Rect]:
    """The bars under the key, which has squares."""
    return [one for one in chart.drawing.contents if isinstance(one, Rect) and one.width != one.height]


def test_bars_measure_their_parts_and_costs_lie_left_of_nothing() -> None:
    chart = drawn()
    zero = next(one.x1 for one in chart.drawing.contents if isinstance(one, Line))
    first = bars(chart)[:5]
    released, view, claims, choice, cost = first
    assert [one.x >= zero for one in first] == [True, True, True, True, False]
    assert (view.x - released.x) / (claims.x - view.x) == pytest.approx(160_400.4 / 60_300.3, rel=1e-6)
    assert (choice.width + 1.5) / (claims.width + 1.5) == pytest.approx(120_700.7 / 150_200.2, rel=1e-6)
    assert zero - cost.x == pytest.approx((view.x - released.x) * 30_000 / 160_400.4, rel=1e-6)


def test_the_total_stands_at_the_end_and_nothing_is_left_out_that_costs() -> None:
    chart = drawn()
    texts = [shape.text for shape in strings(chart.drawing)]
    for total in ("£462k", "£110k", "−£57k"):
        assert total in texts
    assert "£0" not in texts, "what brings and costs nothing has no bar"
    assert texts[:5] == [
        "risk price released",
        "view gap closed",
        "claims avoided",
        "better choice",
        "cost of settling",
    ]
    assert chart.title == "Settling “Flood-risk permit” first is worth about £462,000"
    assert chart.data == constraint_tables.settle_first(RESULTS, DOCUMENT)
    assert "Agreeing “Flood-risk permit” before tender is worth about £462,000." in chart.alt


def test_bars_of_the_chosen_set_say_so() -> None:
    """Two of four are settled as one; where all or one are, nothing is to be told apart."""
    chart = drawn(replace(RESULTS, settled_together=RESULTS.settled_together[:2]))
    texts = {shape.text for shape in strings(chart.drawing)}
    assert {"£462k, chosen", "£110k, chosen", "−£57k"} <= texts
    assert "chosen: settled together" in chart.subtitle
    for alike in (RESULTS, replace(RESULTS, settled_together=RESULTS.settled_together[:1])):
        assert not any("chosen" in shape.text for shape in strings(drawn(alike).drawing))


def test_the_key_names_only_what_is_drawn() -> None:
    one = replace(RESULTS, constraints=RESULTS.constraints[3:4])
    texts = {shape.text for shape in strings(drawn(one).drawing)}
    assert {"risk price released", "cost of settling"} <= texts
    assert not texts & {"view gap closed", "claims avoided", "better choice"}
    assert drawn(one).title == "No answer before tender is worth more than it costs"


def test_nothing_known_or_nothing_to_draw_is_no_chart() -> None:
    size = {"width": 600.0, "height": 200.0, "style": ChartStyle.light()}
    assert charts.settling(replace(RESULTS, constraints=None), DOCUMENT, **size) is None
    assert charts.settling(replace(RESULTS, constraints=RESULTS.constraints[2:3]), DOCUMENT, **size) is None


@pytest.mark.parametrize("seed", range(8))
def test_no_text_leaves_the_drawing_or_meets_another(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    scale = rng.choice((0.01, 1.0, 30.0))
    found = tuple(
        replace(
            RESULTS.constraints[place % 2],
            name=rng.choice(("Permit", "A constraint with a name that no column of any chart can hold in one line")),
            value_of_settling=settling_example.value(
                (*(rng.choice((0.0, rng.uniform(-2e5, 9e5))) * scale for _ in range(5)), rng.uniform(0, 2e5))
            ),
        )
        for place in range(rng.randint(1, 14))
    )
    style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
    chart = drawn(replace(RESULTS, constraints=found), rng.uniform(280, 900), style)
    assert faults_of_text(chart.drawing) == []
    assert chart.drawing.height >= 200
    for bar in bars(chart):
        assert bar.x >= -0.01
        assert bar.x + bar.width <= chart.drawing.width
