"""What short money costs: bars that measure their causes, the longest as the yardstick, texts that keep apart."""

import random
from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Line, Rect

from appraise.model.funding_results import CostStep
from appraise.model.results import Results
from appraise.present import charts, funding_tables, funding_words
from appraise.present.charts import Chart, ChartStyle
from tests.present import funding_example
from tests.present.test_charts import STYLES, faults_of_text, strings

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)


def drawn(results: Results = RESULTS) -> Chart:
    chart = charts.short_money(results, DOCUMENT, option="option-4", width=700, height=200, style=ChartStyle.light())
    assert chart is not None
    return chart


def bars(chart: Chart) -> list[Rect]:
    """The bars under the key, which has squares."""
    return [one for one in chart.drawing.contents if isinstance(one, Rect) and one.width != one.height]


def with_steps(*steps: CostStep) -> Results:
    """The results with these causes in every scenario but the longest."""
    total = sum(step.pounds for step in steps)
    return replace(
        RESULTS,
        options=tuple(
            replace(
                one,
                funding=tuple(
                    replace(part, short_termism_steps=steps, cost_of_short_termism=total)
                    if part.scenario != "scenario-2"
                    else part
                    for part in one.funding or ()
                ),
            )
            for one in RESULTS.options
        ),
    )


def test_bars_measure_their_causes_and_what_is_spared_lies_left() -> None:
    chart = drawn()
    zero = next(one.x1 for one in chart.drawing.contents if isinstance(one, Line))
    three_year = bars(chart)[:7]
    assert [one.x >= zero - 0.01 for one in three_year] == [True, True, True, True, True, False, True]
    recovery, price, reletting = three_year[:3]
    assert (price.x - recovery.x) / (reletting.x - price.x) == pytest.approx(4e5 / 9e4, rel=1e-6)
    assert zero - three_year[5].x == pytest.approx((price.x - recovery.x) * 2e5 / 4e5, rel=1e-6)


def test_the_longest_is_the_yardstick_and_stands_first() -> None:
    chart = drawn()
    texts = [shape.text for shape in strings(chart.drawing)]
    names = [text for text in texts if text in funding_example.NAMES]
    assert names == ["Five-year", "Three-year", "Single-year, rolled"]
    assert texts.count("the yardstick") == 1
    assert chart.title == "Single-year, rolled adds £2.04\u00a0million"
    assert chart.data == funding_tables.short_money(RESULTS, DOCUMENT, "option-4")


def test_the_key_names_only_what_is_drawn() -> None:
    texts = {shape.text for shape in strings(drawn(with_steps(CostStep(kind="reletting", pounds=3e5))).drawing)}
    assert texts & set(funding_words.CAUSES.values()) == {"re-letting"}


def test_causes_that_cancel_are_drawn_and_not_called_a_lead() -> None:
    level = with_steps(CostStep(kind="prevention", pounds=2e5), CostStep(kind="investment", pounds=-2e5))
    chart = drawn(level)
    assert chart.title == "Shorter settlements add nothing that shows to the cost"
    assert [shape.text for shape in strings(chart.drawing)].count("no more") == 2


@pytest.mark.parametrize("lacking", ["one scenario", "no regret", "no figures", "nothing added"])
def test_with_nothing_to_compare_there_is_no_chart(lacking: str) -> None:
    document, results = DOCUMENT, RESULTS
    if lacking == "one scenario":
        document = funding_example.document(scenarios=1)
        results = funding_example.results(document)
    elif lacking == "nothing added":
        results = with_steps()
    elif lacking == "no regret":
        results = replace(RESULTS, regret=None)
    else:
        results = replace(RESULTS, options=tuple(replace(one, funding=None) for one in RESULTS.options))
    size: dict[str, Any] = {"width": 500, "height": 200, "style": ChartStyle.light()}
    assert charts.short_money(results, document, option="option-4", **size) is None


@pytest.mark.parametrize("seed", range(10))
def test_nothing_overlaps_or_is_clipped(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    document = funding_example.document(scenarios=rng.randint(2, 6), long_names=seed % 2 == 0)
    results = funding_example.results(document, seed=seed, scale=rng.choice((0.001, 1.0, 40.0)))
    style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
    size: dict[str, Any] = {"width": rng.uniform(280, 1000), "height": rng.uniform(100, 400), "style": style}
    chart = charts.short_money(results, document, option="option-4", **size)
    assert chart is not None
    assert faults_of_text(chart.drawing) == [], size
    assert len(chart.title.split()) <= 10
    for bar in bars(chart):
        assert bar.x >= -0.01
        assert bar.x + bar.width <= chart.drawing.width
