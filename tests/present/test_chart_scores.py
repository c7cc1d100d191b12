import random
from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Rect

from appraise.model import robustness
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage, Workshop
from appraise.model.results import Results
from appraise.present import charts
from appraise.present.chart_scores import whole_points
from appraise.present.charts import Chart, ChartStyle
from tests.present import example, scoring_example
from tests.present.test_charts import STYLES, faults_of_text, strings

LIGHT = ChartStyle.light()
PLAIN: dict[str, Any] = {"width": 600, "height": 260, "style": LIGHT}


def every_score_chart(results: Results, appraisal: Appraisal, **size: Any) -> dict[str, Chart]:
    line, stable = robustness.lines(appraisal)[0], robustness.stability(appraisal)[0]
    triangle = robustness.triangle(appraisal)
    made = {
        "by branch": charts.weighted_scores(results, appraisal, **size),
        "by criterion": charts.weighted_scores(results, appraisal, by="criterion", **size),
        "places": charts.rank_acceptability(results, appraisal, **size),
        "cost": charts.score_against_cost(results, appraisal, **size),
        "lines": charts.weight_lines(results, appraisal, line=line, stable=stable, **size),
    }
    if triangle is not None:
        made["triangle"] = charts.weight_triangle(results, appraisal, triangle=triangle, **size)
    assert None not in made.values()
    return {name: chart for name, chart in made.items() if chart is not None}


@pytest.mark.parametrize("seed", range(8))
def test_no_text_of_a_score_chart_leaves_its_drawing_or_meets_another(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    document = scoring_example.document(
        options=rng.randint(3, 8), branches=rng.randint(2, 5), long_names=seed % 3 == 0, gate=seed % 2 == 0, seed=seed
    )
    results = scoring_example.results(document, draws=500, seed=seed, scale=rng.choice((0.002, 0.05, 1.0, 12.0)))
    for _ in range(4):
        style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
        width, height = rng.uniform(280, 900), rng.uniform(120, 480)
        for name, chart in every_score_chart(results, document, width=width, height=height, style=style).items():
            assert faults_of_text(chart.drawing) == [], (name, width, height, style.size)
            assert chart.drawing.width == width, name
            assert chart.drawing.height >= height, name


@pytest.mark.parametrize("gate", [False, True])
def test_titles_say_the_message_in_at_most_ten_words(*, gate: bool) -> None:
    document = scoring_example.document(gate=gate)
    results = scoring_example.results(document)
    for chart in every_score_chart(results, document, **PLAIN).values():
        assert 0 < len(chart.title.split()) <= 10
        assert chart.subtitle
        assert chart.alt
        assert chart.data.rows


@pytest.mark.parametrize("width", [280, 420, 900])
def test_every_option_is_named_on_every_chart_that_compares_them(width: float) -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    made = every_score_chart(results, document, width=width, height=260, style=LIGHT)
    for name in ("by branch", "by criterion", "places", "cost", "lines"):
        texts = {shape.text for shape in strings(made[name].drawing)}
        for option in document.options:
            assert texts & {option.name, option.short_name}, (name, option.name)


def bars(chart: Chart) -> list[Rect]:
    """The bars without the key."""
    return [shape for shape in chart.drawing.contents if isinstance(shape, Rect) and shape.height > 12]


def test_bars_of_criteria_add_up_to_those_of_branches() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    made = every_score_chart(results, document, **PLAIN)
    by_branch, by_criterion = made["by branch"].data, made["by criterion"].data
    for branches, criteria, option in zip(by_branch.rows, by_criterion.rows, results.options, strict=True):
        assert option.score is not None
        for row in (branches, criteria):
            parts = [cell.raw for cell in row[1:-1]]
            assert sum(float(str(part)) for part in parts) == pytest.approx(option.score.total)
    assert [column.heading for column in by_criterion.columns[1:-1]] == [
        one.name for one in sorted(document.criteria, key=lambda one: one.branch)
    ]
    assert len(bars(made["by criterion"])) == 2 * len(bars(made["by branch"]))


def test_more_than_four_branches_keep_the_heaviest_three_by_weight() -> None:
    document = scoring_example.document(branches=5)
    results = scoring_example.results(document)
    chart = charts.weighted_scores(results, document, **PLAIN)
    assert chart is not None
    heads = [column.heading for column in chart.data.columns]
    assert heads == ["Option", "Homes kept dry", "Safe roads", "Local value", "Other branches", "Weighted score"]


def test_bars_of_places_are_as_long_as_their_shares() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    chart = charts.rank_acceptability(results, document, **PLAIN)
    assert chart is not None
    first = next(option.score for option in results.options if option.id == results.verdict.highest_score)
    assert first is not None
    shares = first.rank_acceptability
    own = bars(chart)
    lengths = [shape.width for shape in own if shape.fillColor.hexval() == "0x12436d"]
    assert 0.5 < shares[0] < 0.95, "the example leaves it open who is first"
    whole = max(shape.x + shape.width for shape in own) - min(shape.x for shape in own)
    assert max(lengths) / whole == pytest.approx(shares[0], abs=0.01)
    texts = [shape.text for shape in strings(chart.drawing)]
    assert f"{round(100 * shares[0])}\u00a0% first" in texts
    assert texts.count("under 1\u00a0% first") == 3


def test_an_option_that_fails_a_gate_is_shown_with_its_reason_and_without_a_bar() -> None:
    document = scoring_example.document(gate=True)
    results = scoring_example.results(document)
    made = every_score_chart(results, document, **PLAIN)
    assert "fails a gate" in [shape.text for shape in strings(made["places"].drawing)]
    assert any(shape.text.endswith(", out") for shape in strings(made["by branch"].drawing))
    assert "out: fails a gate" in made["by branch"].subtitle
    assert "not shown: Usual, fails a gate" in made["cost"].subtitle
    assert "Usual" not in {shape.text for shape in strings(made["lines"].drawing)}
    rows = {round(shape.y) for shape in bars(made["places"])}
    assert len(rows) == 4


def test_places_from_the_fourth_on_stand_together() -> None:
    document = scoring_example.document(options=8)
    results = scoring_example.results(document, draws=300)
    chart = charts.rank_acceptability(results, document, **PLAIN)
    assert chart is not None
    texts = [shape.text for shape in strings(chart.drawing)]
    assert "Fourth or lower" in texts
    assert len(chart.data.columns) == 9, "the figures have every place"


@pytest.mark.parametrize(("options", "place", "word"), [(5, 3, "fourth or lower"), (4, 3, "fourth"), (5, 1, "second")])
def test_a_bar_that_is_all_one_place_says_it_in_words(options: int, place: int, word: str) -> None:
    document = scoring_example.document(options=options)
    results = scoring_example.results(document, draws=300)
    count = len(results.options)
    (last, *rest) = results.options
    assert last.score is not None
    sure = tuple(float(one == place) for one in range(count))
    changed = replace(last, score=replace(last.score, rank_acceptability=sure))
    results = replace(results, options=(changed, *rest))
    wide = charts.rank_acceptability(results, document, **PLAIN)
    narrow = charts.rank_acceptability(results, document, width=190, height=260, style=LIGHT)
    assert wide is not None
    assert narrow is not None
    assert f"{word}: over 99\u00a0%" in [shape.text for shape in strings(wide.drawing)]
    assert faults_of_text(narrow.drawing) == []
    split = replace(last.score, rank_acceptability=(0.0, 0.5, 0.5) + (0.0,) * (count - 3))
    results = replace(results, options=(replace(last, score=split), *rest))
    chart = charts.rank_acceptability(results, document, **PLAIN)
    assert chart is not None
    row = max(shape.y for shape in bars(chart))
    beside = [shape.text for shape in strings(chart.drawing) if row < shape.y < row + 40]
    assert "50\u00a0%" in beside
    assert not any(":" in text for text in beside)


def test_titles_call_a_tie_a_tie_and_count_no_first_places() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    verdict = replace(results.verdict, score_tied=("option-2", "option-4"), score_clear=False, cost_clear=True)
    made = every_score_chart(replace(results, verdict=verdict), document, **PLAIN)
    assert made["by branch"].title == made["places"].title == "In-house and Joint score the same"
    assert made["cost"].title.endswith("; score is a tie")
    assert "stays first" not in made["lines"].title
    several = replace(verdict, score_tied=tuple(option.id for option in results.options))
    made = every_score_chart(replace(results, verdict=several), document, **PLAIN)
    assert all(len(chart.title.split()) <= 10 for chart in made.values())


def test_the_title_tells_a_clear_lead_from_none() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    open_title = charts.rank_acceptability(results, document, **PLAIN)
    clear = replace(results, verdict=replace(results.verdict, score_clear=True))
    clear_title = charts.rank_acceptability(clear, document, **PLAIN)
    assert open_title is not None
    assert clear_title is not None
    assert open_title.title.startswith("No clear winner: Joint first in ")
    assert clear_title.title.startswith("Joint is first in ")


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_no_chart_shows_a_score_while_totals_are_sealed(stage: Stage) -> None:
    document = replace(scoring_example.document(), workshop=Workshop(id="w", stage=stage))
    results = scoring_example.results(document)
    assert charts.weighted_scores(results, document, **PLAIN) is None
    assert charts.rank_acceptability(results, document, **PLAIN) is None
    costs = charts.score_against_cost(results, document, **PLAIN)
    assert costs is not None
    assert costs.title == "Costs alone: scores are sealed"
    assert robustness.lines(document) == ()
    assert robustness.triangle(document) is None


def test_one_option_alone_has_no_chart_of_places() -> None:
    document = scoring_example.document(options=1)
    assert charts.rank_acceptability(scoring_example.results(document), document, **PLAIN) is None


def test_results_without_scores_have_no_stacked_bars() -> None:
    document = example.document()
    bare = example.results(document)
    bare = replace(bare, options=tuple(replace(option, score=None) for option in bare.options))
    assert charts.weighted_scores(bare, document, **PLAIN) is None


@pytest.mark.parametrize("parts", [(24.4, 14.3, 16.4, 15.9), (0.5, 0.5), (33.4, 33.3, 33.3), (0.0, 71.2, 0.0), ()])
def test_whole_points_add_up_to_the_rounded_total(parts: tuple[float, ...]) -> None:
    whole = whole_points(parts)
    assert sum(whole) == round(sum(parts))
    assert all(abs(one - part) < 1 for one, part in zip(whole, parts, strict=True))


def test_the_points_printed_on_a_bar_add_up_to_its_total() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document, draws=300)
    chart = charts.weighted_scores(results, document, **PLAIN)
    assert chart is not None
    inside = [shape for shape in strings(chart.drawing) if shape.textAnchor == "middle" and shape.text.isdigit()]
    totals = [round(option.score.total) for option in results.options if option.score]
    by_row: dict[float, int] = {}
    for shape in inside:
        by_row[shape.y] = by_row.get(shape.y, 0) + int(shape.text)
    assert [by_row[y] for y in sorted(by_row, reverse=True)] == totals
