"""One option against the others as a drawing."""

from dataclasses import replace

import pytest

from appraise.present import charts
from appraise.present.charts import ChartStyle
from tests.present import example

DOCUMENT = example.document()
RESULTS = example.results(DOCUMENT)


def drawn(width: float = 700, shares: tuple[float, ...] = (), **changes: object) -> charts.Chart | None:
    options = list(RESULTS.options)
    risk = options[4].risk
    if shares:
        pairs = tuple(replace(one, share=share) for one, share in zip(risk.pairwise_cheaper, shares, strict=True))
        risk = replace(risk, pairwise_cheaper=pairs)
    options[4] = replace(options[4], risk=replace(risk, **changes))
    results = replace(RESULTS, options=tuple(options))
    return charts.differences(results, DOCUMENT, option="option-4", width=width, height=150, style=ChartStyle.light())


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        ((0.9, 0.9, 0.9, 0.8), "Joint clearly costs less than every other option"),
        ((0.9, 0.9, 0.6, 0.79), "Joint clearly costs less than 2 of 4 others"),
        ((0.5, 0.2, 0.6, 0.79), "Joint is not clearly cheaper than any other"),
    ],
)
def test_the_title_says_how_many_are_clearly_beaten(shares: tuple[float, ...], title: str) -> None:
    chart = drawn(shares=shares)
    assert chart is not None
    assert chart.title == title


@pytest.mark.parametrize("width", [280, 420, 700, 1100])
def test_every_other_option_is_named_and_its_chance_told(width: float) -> None:
    chart = drawn(width, shares=(0.9, 0.85, 0.6, 0.3))
    assert chart is not None
    texts = [shape.text for shape in chart.drawing.contents if hasattr(shape, "text")]
    assert {"Usual", "Minimum", "In-house", "Outsource", "costs less", "costs more"} <= set(texts)
    assert {"90\u00a0%", "85\u00a0%", "60\u00a0%", "30\u00a0%"} <= set(texts)
    assert len(chart.data.rows) == 4


def test_nothing_is_drawn_where_costs_cannot_be_taken_from_each_other() -> None:
    assert drawn(differences=()) is None
    other = replace(RESULTS, verdict=replace(RESULTS.verdict, compared_on="eac"))
    style = ChartStyle.light()
    assert charts.differences(other, DOCUMENT, option="option-4", width=700, height=150, style=style) is None
