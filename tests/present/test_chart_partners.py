"""Each partner together against alone: bars that measure, words for who is dearer, texts that keep apart."""

import random
from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Rect

from appraise.model.results import Results
from appraise.present import charts
from appraise.present.charts import Chart, ChartStyle
from tests.present import funding_example
from tests.present.test_charts import STYLES, faults_of_text, strings

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)


def drawn(results: Results = RESULTS) -> Chart:
    chart = charts.partners(results, DOCUMENT, option="option-4", width=700, height=240, style=ChartStyle.light())
    assert chart is not None
    return chart


def test_two_bars_for_each_partner_measure_what_it_pays() -> None:
    bars = [one for one in drawn().drawing.contents if isinstance(one, Rect) and one.width != one.height]
    assert len(bars) == 6
    assert bars[0].width / bars[1].width == pytest.approx(6.0 / 5.6)
    assert bars[4].width / bars[5].width == pytest.approx(5.4 / 5.7)


def test_who_is_dearer_is_said_in_words_and_in_the_title() -> None:
    chart = drawn()
    texts = [shape.text for shape in strings(chart.drawing)]
    assert {"£5.60m, saves £400k", "£5.65m, saves £50k", "£5.70m, £300k more"} <= set(texts)
    assert "together, dearer for it" in texts
    assert chart.title == "Coastal Health Board pays £300k more than alone"
    assert "Coastal Health Board: alone £5.4m, together £5.7m." in chart.alt


def test_where_nobody_is_dearer_the_key_does_not_name_it() -> None:
    assert RESULTS.partners is not None
    found = RESULTS.partners[0]
    happy = replace(found, partners=found.partners[:2])
    chart = drawn(replace(RESULTS, partners=(happy,)))
    assert chart.title == "No partner pays more together than alone"
    assert "together, dearer for it" not in {shape.text for shape in strings(chart.drawing)}


def test_an_option_without_partners_has_no_chart() -> None:
    size: dict[str, Any] = {"width": 600, "height": 200, "style": ChartStyle.light()}
    assert charts.partners(RESULTS, DOCUMENT, option="option-1", **size) is None
    assert charts.partners(replace(RESULTS, partners=None), DOCUMENT, option="option-4", **size) is None


@pytest.mark.parametrize("seed", range(10))
def test_nothing_overlaps_or_is_clipped(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    document = funding_example.document(partners=rng.choice((2, 3, 10)), long_names=seed % 2 == 0)
    results = funding_example.results(document, seed=seed, scale=rng.choice((0.001, 1.0, 40.0)))
    style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
    size: dict[str, Any] = {"width": rng.uniform(280, 1000), "height": rng.uniform(100, 400), "style": style}
    chart = charts.partners(results, document, option="option-4", **size)
    assert chart is not None
    assert faults_of_text(chart.drawing) == [], size
    assert len(chart.title.split()) <= 10
    figures = [shape for shape in strings(chart.drawing) if "£" in shape.text]
    assert len(figures) == 2 * len(document.partners), "every bar has its figure"
