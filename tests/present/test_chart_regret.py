"""The heat map of regret: its numbers, who has the least, and what cannot be paid for by shape and word."""

import random
from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Polygon, PolyLine

from appraise.model.appraisal.document import Appraisal
from appraise.model.funding_results import Regret, RegretCell, RegretRow
from appraise.model.results import Results
from appraise.present import charts, funding_words
from appraise.present.charts import Chart, ChartStyle
from tests.present import funding_example
from tests.present.test_charts import STYLES, faults_of_text, strings

DOCUMENT = funding_example.document(scenarios=2)


def row(option: str, *cells: tuple[float, float, bool]) -> RegretRow:
    made = tuple(
        RegretCell(scenario=f"scenario-{place}", cost=cost, regret=regret, affordable=paid)
        for place, (cost, regret, paid) in enumerate(cells)
    )
    return RegretRow(
        option=option, cells=made, largest=max(one.regret for one in made),
        affordable_in=sum(one.affordable for one in made),
    )  # fmt: skip


#: METHOD 12.3: in-house 54 / 54.5, outsource 50 / 58, joint 52 / 53 million.
ROWS = (
    row("option-2", (54e6, 4e6, True), (54.5e6, 1.5e6, True)),
    row("option-3", (50e6, 0.0, True), (58e6, 5e6, False)),
    row("option-4", (52e6, 2e6, True), (53e6, 0.0, True)),
)
PUBLISHED = Regret(
    longest="scenario-1", shortest="scenario-0", compared_on="npc", rows=ROWS, least=("option-4",),
    most_affordable=("option-2", "option-4"),
)  # fmt: skip
RESULTS = replace(funding_example.results(DOCUMENT), regret=PUBLISHED)


def drawn(results: Results = RESULTS, document: Appraisal = DOCUMENT, width: float = 700) -> Chart:
    chart = charts.regret(results, document, width=width, height=200, style=ChartStyle.light())
    assert chart is not None
    return chart


def test_every_number_of_the_table_stands_in_its_cell() -> None:
    texts = [shape.text for shape in strings(drawn().drawing)]
    assert [text for text in texts if text.replace(".", "").isdigit()] == [
        "4.0", "1.5", "4.0", "0", "5.0", "5.0", "2.0", "0", "2.0",
    ]  # fmt: skip
    assert drawn().title == "Joint: least largest regret, £2m"
    assert funding_words.REGRET_CAUTION in drawn().alt


def test_what_cannot_be_paid_for_has_a_triangle_and_a_word() -> None:
    chart = drawn()
    assert [shape.text for shape in strings(chart.drawing)].count("not affordable") == 1
    assert len([one for one in chart.drawing.contents if isinstance(one, Polygon)]) == 1
    assert "Three-year £5m, not affordable" in chart.alt
    assert [cell.text for cell in chart.data.rows[1]][2] == "£5.00m\u00a0*"


def test_the_row_with_the_least_has_a_frame_and_says_so() -> None:
    chart = drawn()
    frame = [one for one in chart.drawing.contents if isinstance(one, PolyLine)][-1]
    figures = {shape.text: shape.y for shape in strings(chart.drawing) if shape.text in {"2.0", "5.0"}}
    low, high = min(frame.points[1::2]), max(frame.points[1::2])
    assert low < figures["2.0"] < high
    assert not low < figures["5.0"] < high
    assert "least largest" in {shape.text for shape in strings(chart.drawing)}
    assert chart.data.highlight_row == 2


def test_who_costs_least_everywhere_has_no_regret() -> None:
    rows = (ROWS[0], row("option-4", (50e6, 0.0, True), (50e6, 0.0, True)))
    assert drawn(replace(RESULTS, regret=replace(PUBLISHED, rows=rows))).title == "Joint costs least in every scenario"


def test_options_that_tie_share_the_title() -> None:
    tied = replace(PUBLISHED, least=("option-2", "option-4"))
    assert drawn(replace(RESULTS, regret=tied)).title == "Two options share the least largest regret, £4m"


def test_a_narrow_drawing_goes_on_below_with_every_column() -> None:
    document = funding_example.document(scenarios=6)
    results = funding_example.results(document)
    chart = charts.regret(results, document, width=280, height=100, style=ChartStyle.light())
    assert chart is not None
    heads = [shape.text for shape in strings(chart.drawing)]
    assert all(any(text[:4] == name[:4] for text in heads) for name in funding_example.NAMES)
    assert faults_of_text(chart.drawing) == []


@pytest.mark.parametrize("rows", [0, 1])
def test_one_option_has_nothing_to_regret(rows: int) -> None:
    bare = replace(RESULTS, regret=replace(PUBLISHED, rows=ROWS[:rows]))
    size: dict[str, Any] = {"width": 600, "height": 200, "style": ChartStyle.light()}
    assert charts.regret(bare, DOCUMENT, **size) is None
    assert charts.regret(replace(RESULTS, regret=None), DOCUMENT, **size) is None


@pytest.mark.parametrize("seed", range(12))
def test_nothing_overlaps_or_is_clipped(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    document = funding_example.document(scenarios=rng.randint(1, 6), long_names=seed % 2 == 0)
    results = funding_example.results(document, seed=seed, scale=rng.choice((0.001, 1.0, 40.0)))
    style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
    size: dict[str, Any] = {"width": rng.uniform(280, 1000), "height": rng.uniform(100, 400), "style": style}
    chart = charts.regret(results, document, **size)
    assert chart is not None
    assert faults_of_text(chart.drawing) == [], size
    figures = [shape.text for shape in strings(chart.drawing) if shape.text.replace(".", "").replace(",", "").isdigit()]
    assert len(figures) == 5 * (len(document.scenarios) + 1), "every cell has its number"
