import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, String

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Influence, OptionResult, Results, VarianceShare
from appraise.present import charts
from appraise.present.chart_parts import Box, Canvas, axis_label, elided, nice_ticks, text_width, ticks_within
from appraise.present.charts import Chart, ChartStyle
from tests.present import example, funding_example

SHAPES = (Rect, Line, PolyLine, Polygon, Circle, String, Group)
STYLES = (ChartStyle.light(), ChartStyle.dark(), ChartStyle.contrast(), ChartStyle.paper())


def every_chart(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle, option: str = ""
) -> dict[str, Chart]:
    size: dict[str, Any] = {"width": width, "height": height, "style": style}
    option = option or results.options[-1].id
    made = {
        "weighted_scores": charts.weighted_scores(results, appraisal, **size),
        "score_against_cost": charts.score_against_cost(results, appraisal, **size),
        "cost_distribution": charts.cost_distribution(results, appraisal, **size),
        "chance_cheapest": charts.chance_cheapest(results, appraisal, **size),
        "cost_ranges": charts.cost_ranges(results, appraisal, **size),
        "tornado": charts.tornado(results, appraisal, option=option, **size),
        "cost_by_year": charts.cost_by_year(results, appraisal, option=option, **size),
        "gap_by_year": charts.gap_by_year(results, appraisal, option=option, **size),
        "cash_fan": charts.cash_fan(results, appraisal, option=option, scenario="single", **size),
    }
    assert None not in made.values()
    return {name: chart for name, chart in made.items() if chart is not None}


def strings(drawing: Drawing) -> Iterator[String]:
    for shape in drawing.contents:
        if isinstance(shape, String):
            yield shape


def box_of(shape: String) -> Box:
    """Where the ink can be: Source Sans reaches .75 of its size above and .21 below the base line."""
    width = text_width(shape.text, shape.fontName, shape.fontSize)
    left = {"start": shape.x, "middle": shape.x - width / 2, "end": shape.x - width}[shape.textAnchor]
    return Box(left, shape.y - 0.21 * shape.fontSize, left + width, shape.y + 0.75 * shape.fontSize)


def faults_of_text(drawing: Drawing) -> list[str]:
    frame = Box(-0.01, -0.01, drawing.width + 0.01, drawing.height + 0.01)
    boxes = [(shape.text, box_of(shape)) for shape in strings(drawing)]
    outside = [f"{text!r} stands outside" for text, box in boxes if not box.inside(frame)]
    pairs = [(one, two) for place, one in enumerate(boxes) for two in boxes[place + 1 :]]
    return outside + [f"{one[0]!r} meets {two[0]!r}" for one, two in pairs if one[1].overlaps(two[1])]


@pytest.mark.parametrize("seed", range(12))
def test_no_text_leaves_its_drawing_or_meets_another(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 the same sizes every time, no secret
    document = example.document(
        options=rng.randint(1, 7), branches=rng.randint(1, 5), long_names=seed % 3 == 0, recommended=""
    )
    results = example.results(document, seed=seed, scale=rng.choice((0.002, 0.05, 1.0, 12.0)), clear=seed % 2 == 0)
    for _ in range(4):
        style = replace(rng.choice(STYLES), size=rng.uniform(9.5, 26))
        width, height = rng.uniform(280, 900), rng.uniform(120, 480)
        for name, chart in every_chart(results, document, width=width, height=height, style=style).items():
            assert faults_of_text(chart.drawing) == [], (name, width, height, style.size)
            assert chart.drawing.width == width, name
            assert chart.drawing.height >= height, name


def test_the_check_of_texts_sees_an_overlap_and_an_overhang() -> None:
    drawing = Drawing(100, 40)
    drawing.add(String(10, 10, "one", fontName="Appraise", fontSize=13))
    drawing.add(String(14, 12, "two", fontName="Appraise", fontSize=13))
    drawing.add(String(90, 30, "three", fontName="Appraise", fontSize=13))
    text_width("", "Appraise", 13)
    assert faults_of_text(drawing) == ["'three' stands outside", "'one' meets 'two'"]


@pytest.mark.parametrize(("width", "size"), [(280, 13), (400, 13), (900, 13), (480, 9.5), (560, 26), (900, 26)])
def test_every_option_is_named_in_every_comparison(width: float, size: float) -> None:
    document = example.document()
    results = example.results(document)
    made = every_chart(results, document, width=width, height=300, style=replace(ChartStyle.light(), size=size))
    known = [{option.name, option.short_name} for option in document.options]
    for name in ("weighted_scores", "score_against_cost", "chance_cheapest", "cost_ranges"):
        texts = {shape.text for shape in strings(made[name].drawing)}
        for names in known:
            starts = {one[:4] for one in names}
            assert any(text in names or (text.endswith("…") and text[:4] in starts) for text in texts), (name, names)
    texts = {shape.text for shape in strings(made["cost_distribution"].drawing)}
    assert texts & known[4], "the preferred option's curve has its name"
    assert texts & known[2], "its rival's curve has its name"


def test_bars_end_where_their_figures_say() -> None:
    document = example.document()
    results = example.results(document)
    chart = charts.chance_cheapest(results, document, width=600, height=300, style=ChartStyle.light())
    assert chart is not None
    widths = [shape.width for shape in chart.drawing.contents if isinstance(shape, Rect)]
    assert widths[2] / widths[4] == pytest.approx(0.308 / 0.58, abs=0.01)
    assert [shape.text for shape in strings(chart.drawing)].count("58\u00a0%") == 1


def test_stacked_parts_add_up_to_the_totals_in_the_data() -> None:
    document = example.document(branches=5)
    results = example.results(document)
    chart = charts.weighted_scores(results, document, width=600, height=300, style=ChartStyle.light())
    assert chart is not None
    assert len(chart.data.columns) == 6, "name, three heaviest branches, the rest together, total"
    for row in chart.data.rows:
        parts = [cell.raw for cell in row[1:-1]]
        assert sum(part for part in parts if isinstance(part, float)) == pytest.approx(row[-1].raw)


@pytest.mark.parametrize("style", STYLES)
def test_only_simple_shapes_are_used_and_colours_of_the_style(style: ChartStyle) -> None:
    document = example.document()
    allowed = {
        style.ink, style.ink2, style.grid, style.card, style.primary, *style.categories, *style.on_categories,
        style.grey, style.quiet, style.tint1, style.tint2, style.short, style.spare, style.outline,
    }  # fmt: skip
    known = {colour.lower() for colour in allowed}
    for name, chart in every_chart(example.results(document), document, width=500, height=300, style=style).items():
        for shape in chart.drawing.contents:
            assert isinstance(shape, SHAPES), name
            for colour in (getattr(shape, "fillColor", None), getattr(shape, "strokeColor", None)):
                # a Line or PolyLine has a fill of reportlab's own that nothing draws
                if colour is not None and not (
                    isinstance(shape, (Line, PolyLine)) and colour is getattr(shape, "fillColor", None)
                ):
                    assert "#" + colour.hexval()[2:] in known, name


@pytest.mark.parametrize("clear", [True, False])
@pytest.mark.parametrize("long_names", [True, False])
def test_titles_are_ten_words_at_most_and_alt_texts_carry_figures(clear: bool, long_names: bool) -> None:
    document = example.document(long_names=long_names)
    results = example.results(document, clear=clear)
    for name, chart in every_chart(results, document, width=500, height=300, style=ChartStyle.light()).items():
        assert 3 <= len(chart.title.split()) <= 10, (name, chart.title)
        assert any(letter.isdigit() for letter in chart.alt), name
        assert chart.alt.endswith("."), name
        assert chart.data.rows, name


def test_titles_follow_the_verdict() -> None:
    document = example.document()
    style = ChartStyle.light()
    open_case = every_chart(example.results(document), document, width=500, height=300, style=style)
    clear_case = every_chart(example.results(document, clear=True), document, width=500, height=300, style=style)
    assert open_case["chance_cheapest"].title == "No clear winner on cost"
    assert clear_case["chance_cheapest"].title == "Joint is clearly the cheapest"
    assert open_case["score_against_cost"].title == "Joint scores highest; cost has no clear winner"
    assert clear_case["score_against_cost"].title == "Joint scores highest and costs least"


def test_who_costs_least_but_fails_a_gate_is_not_called_the_cheapest() -> None:
    document = example.document()
    outcome = GateOutcome(option="option-4", outcome=Outcome.FAIL)
    gated = replace(document, gates=(Gate(id="g", name="Lawful", outcomes=(outcome,)),))
    results = example.results(document, clear=True)
    costs = tuple(
        replace(one, economic=replace(one.economic, expected_npc=Decimal(1 if one.id == "option-4" else 2)))
        for one in results.options
    )
    results = replace(results, options=costs, verdict=replace(results.verdict, cheapest="option-2"))
    chart = charts.chance_cheapest(results, gated, width=500, height=300, style=ChartStyle.light())
    assert chart is not None
    assert chart.title == "In-house is clearly the cheapest that passes"
    assert chart.alt.count(", fails a gate.") == 1
    assert any(text.text.endswith(", fails a gate") for text in strings(chart.drawing))


def test_results_without_the_part_give_no_chart() -> None:
    document = example.document()
    full = example.results(document)
    bare = replace(
        full, options=tuple(replace(one, financial=None, score=None, risk=None, funding=None) for one in full.options)
    )
    size: dict[str, Any] = {"width": 400, "height": 300, "style": ChartStyle.light()}
    assert charts.weighted_scores(bare, document, **size) is None
    assert charts.score_against_cost(bare, document, **size) is None
    assert charts.cost_distribution(bare, document, **size) is None
    assert charts.chance_cheapest(bare, document, **size) is None
    assert charts.cost_ranges(bare, document, **size) is None
    assert charts.tornado(bare, document, option="option-1", **size) is None
    assert charts.cost_by_year(bare, document, option="option-1", **size) is None
    assert charts.gap_by_year(bare, document, option="option-1", **size) is None
    assert charts.cash_fan(bare, document, option="option-1", scenario="single", **size) is None


def _tornado_title(influence_first: str, largest: str) -> str:
    """The title of a tornado whose widest bar and whose largest share of the variance are these inputs."""
    document = example.document()
    results = example.results(document)
    option = results.options[-1]
    wide = (
        Influence(id=influence_first, name=influence_first, low=-90.0, high=90.0),
        Influence(id="line|b", name="Another", low=-80.0, high=80.0),
    )
    shares = (VarianceShare(id=largest, name=largest, share=0.5),) if largest else ()
    risk = replace(option.risk, influences=wide, contribution=shares)
    changed = replace(results, options=(*results.options[:-1], replace(option, risk=risk)))
    size = {"width": 400, "height": 300, "style": ChartStyle.light()}
    return charts.tornado(changed, document, option=option.id, **size).title


def test_an_input_is_crowned_only_where_bar_and_variance_agree() -> None:
    """A range from 1 in 10 to 9 in 10 beside a yes or no: the widest bar need not cause the most spread."""
    assert _tornado_title("Pay", "Pay") == "Pay moves the cost most"
    assert _tornado_title("Pay", "Permit") == "Widest swing: Pay; largest share of spread: Permit"
    long = "An input of many words that say all of it"
    assert "moves the cost most" not in _tornado_title(long, "Permit")
    assert _tornado_title(long, "Permit") == "Largest share of the spread: Permit"
    assert "most" not in _tornado_title("Pay", "")


def test_an_option_that_does_not_exist_is_refused() -> None:
    document = example.document()
    with pytest.raises(KeyError):
        charts.tornado(
            example.results(document), document, option="nobody", width=400, height=300, style=ChartStyle.light()
        )


def test_the_same_results_give_the_same_drawing() -> None:
    document = example.document()
    first = every_chart(example.results(document), document, width=500, height=300, style=ChartStyle.light())
    second = every_chart(example.results(document), document, width=500, height=300, style=ChartStyle.light())
    for name, chart in first.items():
        assert chart.alt == second[name].alt
        assert [vars(shape) for shape in strings(chart.drawing)] == [vars(s) for s in strings(second[name].drawing)]


def test_a_label_moves_to_the_next_place_when_the_first_is_taken() -> None:
    canvas = Canvas(200, 60, ChartStyle.light())
    assert canvas.place("taken", ((10, 20, "start"),), "#000000") == (10, 20, "start")
    assert canvas.place("other", ((12, 22, "start"), (100, 20, "start")), "#000000") == (100, 20, "start")
    assert canvas.place("nowhere", ((12, 22, "start"),), "#000000") is None
    canvas.mark(Box(0, 35, 60, 50))
    assert canvas.place("mark", ((5, 40, "start"), (120, 40, "start")), "#000000") == (120, 40, "start")


def test_a_text_too_long_is_cut_to_the_room() -> None:
    whole = text_width("Outsource for seven years", "Appraise", 13)
    assert elided("Outsource for seven years", "Appraise", 13, whole) == "Outsource for seven years"
    cut = elided("Outsource for seven years", "Appraise", 13, whole / 2)
    assert cut.endswith("…")
    assert text_width(cut, "Appraise", 13) <= whole / 2
    assert elided("Outsource", "Appraise", 13, 3) == ""


def test_ticks_are_round_and_cover_or_stay_inside() -> None:
    assert nice_ticks(35.3, 43.5, 5) == (34.0, 36.0, 38.0, 40.0, 42.0, 44.0)
    assert ticks_within(35.3, 43.5, 5) == (36.0, 38.0, 40.0, 42.0)
    assert nice_ticks(5.0, 5.0)[0] <= 5.0 <= nice_ticks(5.0, 5.0)[-1]
    assert [axis_label(value, 2.5e6) for value in (35e6, 37.5e6, -2.5e6)] == ["£35.0m", "£37.5m", "−£2.5m"]
    assert axis_label(250_000, 25_000) == "£250k"


def test_the_room_opens_without_reportlab() -> None:
    """The window's start must not pay for drawing: reportlab is imported with the first chart."""
    names = "advice, charts, tables, typeface, wording"
    code = f"import sys; from appraise.present import {names}; print([n for n in sys.modules if 'reportlab' in n])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _long(years: int, costs: list[float]) -> Chart:
    """The cash of one option over many years, drawn as wide as the pane."""
    document = example.document()
    results = example.results(document)
    option = results.options[-1]
    assert option.financial is not None
    cash = tuple(Decimal(str(cost)) for cost in costs)
    changed = replace(option, financial=replace(option.financial, by_year=cash))
    results = replace(
        results,
        options=(*results.options[:-1], changed),
        years=tuple(f"{2027 + year}/{(28 + year) % 100:02}" for year in range(years)),
    )
    chart = charts.cost_by_year(
        results, document, option=option.id, width=270, height=130, style=replace(ChartStyle.light(), size=13)
    )
    assert chart is not None
    return chart


@pytest.mark.parametrize(
    ("years", "named"),
    [
        (8, ["27/28", "29/30", "31/32", "33/34"]),
        (31, ["27/28", "37/38", "47/48", "57/58"]),
        (61, ["27/28", "47/48", "67/68", "87/88"]),
    ],
)
def test_of_many_years_as_many_are_named_as_fit(years: int, named: list[str]) -> None:
    chart = _long(years, [5e6 + 1e4 * year for year in range(years)])
    texts = [shape.text for shape in strings(chart.drawing)]
    assert [text for text in texts if "/" in text] == named
    assert faults_of_text(chart.drawing) == []
    figures = [text for text in texts if "/" not in text]
    assert 2 <= len(figures) <= (years if years < 10 else len(named) + 1), "figures stand over named years"


def test_a_year_without_cash_has_no_figure_and_the_largest_always_has_one() -> None:
    chart = _long(31, [0.0] * 10 + [9.3e6] + [0.0] * 12 + [1.2e6] * 8)
    figures = [shape.text for shape in strings(chart.drawing) if "/" not in shape.text]
    assert "9.3" in figures
    assert "0.0" not in figures


def test_no_figure_stands_on_a_bar() -> None:
    chart = _long(31, [1e6, 8e6] * 15 + [1e6])
    bars = [shape for shape in chart.drawing.contents if isinstance(shape, Rect)]
    for shape in strings(chart.drawing):
        if "/" not in shape.text:
            box = box_of(shape)
            for bar in bars:
                over = box.left < bar.x + bar.width and bar.x < box.right
                assert not over or shape.y >= bar.y + bar.height, shape.text


def test_the_data_of_the_cash_chart_are_the_figures_that_it_draws() -> None:
    chart = _long(31, [1e6] * 31)
    assert len(chart.data.rows) == 31
    assert [cell.raw for cell in chart.data.rows[2]] == ["2029/30", Decimal("1000000.0")]


def test_gaps_over_many_years_name_the_largest_and_stay_apart() -> None:
    document = example.document()
    results = example.results(document)
    option = results.options[-1]
    years = 31
    gaps = tuple(-2e5 * (8 - year) if year < 8 else 7e6 + 2e5 * year for year in range(years))
    wide = tuple(gap + 3e5 for gap in gaps)
    funding = tuple(
        replace(
            one,
            gap_by_year=tuple(Decimal(int(gap)) for gap in gaps),
            gap_p50_by_year=gaps,
            gap_p80_by_year=wide,
            probability_of_gap_by_year=(0.5,) * years,
        )
        for one in option.funding
    )
    results = replace(
        results,
        options=(*results.options[:-1], replace(option, funding=funding)),
        years=tuple(f"{2027 + year}/{(28 + year) % 100:02}" for year in range(years)),
    )
    chart = charts.gap_by_year(results, document, option=option.id, width=560, height=200, style=ChartStyle.light())
    assert chart is not None
    texts = [shape.text for shape in strings(chart.drawing)]
    assert faults_of_text(chart.drawing) == []
    assert texts.count("13.3") == len(funding), "the largest gap of every panel"
    assert texts.count("1.6") == len(funding), "and the most that is left"
    assert "0.0" not in texts


def _without_range(option: OptionResult) -> OptionResult:
    """The option at one certain cost, its middle."""
    assert option.risk is not None
    middle = option.risk.npc.p50
    names = ("mean", "p5", "p10", "p50", "p80", "p90", "p95")
    spread = replace(option.risk.npc, quantiles=(middle,) * 101, sd=0.0, **dict.fromkeys(names, middle))
    return replace(option, risk=replace(option.risk, npc=spread))


@pytest.mark.parametrize("criteria", ["none", "without weights", "not scored"])
def test_without_whole_scores_the_costs_stand_alone(criteria: str) -> None:
    document = example.document()
    results = example.results(document)
    if criteria == "not scored":
        reason = "no option has all its scores yet"
    else:
        whole = () if criteria == "none" else tuple(replace(one, swing=0.0) for one in document.criteria)
        document = replace(document, criteria=whole)
        reason = "no criterion has a weight yet"
    options = []
    for option in results.options:
        assert option.score is not None
        parts = option.score.by_criterion if criteria != "none" else ()
        if criteria == "without weights":
            parts = tuple(replace(part, weight=0.0, points=0.0) for part in parts)
        score = replace(option.score, complete=criteria != "not scored", total=0.0, by_criterion=parts)
        options.append(replace(option, score=score))
    results = replace(results, options=tuple(options))
    size: dict[str, Any] = {"width": 500, "height": 300, "style": ChartStyle.light()}
    chart = charts.score_against_cost(results, document, **size)
    plain = charts.cost_ranges(results, document, **size)
    assert chart is not None
    assert plain is not None
    assert chart.title == f"Costs alone: {reason}"
    assert "score" not in chart.alt.lower()
    assert [shape.text for shape in strings(chart.drawing)] == [shape.text for shape in strings(plain.drawing)]


@pytest.mark.parametrize("width", [300, 480, 900])
def test_options_without_a_range_are_named_and_keep_off_the_axis(width: float) -> None:
    document = example.document(recommended="")
    results = example.results(document)
    results = replace(results, options=tuple(_without_range(one) for one in results.options))
    chart = charts.cost_distribution(results, document, width=width, height=300, style=ChartStyle.light())
    assert chart is not None
    texts = {shape.text for shape in strings(chart.drawing)}
    for option in document.options:
        assert texts & {option.name, option.short_name}, option.name
    axis = max(shape.x for shape in strings(chart.drawing) if shape.text.endswith("%"))
    curves = [shape.points for shape in chart.drawing.contents if isinstance(shape, PolyLine)]
    assert min(x for points in curves for x in points[::2]) > axis + 8
    assert "upright: no range" in chart.subtitle
    assert faults_of_text(chart.drawing) == []


def test_one_certain_cost_stands_in_the_middle_of_its_scale() -> None:
    document = example.document(options=1, recommended="")
    results = example.results(document)
    results = replace(results, options=(_without_range(results.options[0]),))
    for draw in (charts.cost_distribution, charts.score_against_cost):
        chart = draw(results, document, width=500, height=300, style=ChartStyle.light())
        assert chart is not None
        assert faults_of_text(chart.drawing) == []
        money = [shape.text for shape in strings(chart.drawing) if shape.text.startswith("£")]
        assert len(set(money)) == len(money) >= 2


def test_without_a_body_no_comma_stands_in_its_place() -> None:
    document = replace(example.document(), body=" ")
    size: dict[str, Any] = {"width": 500, "height": 300, "style": ChartStyle.light()}
    for name, chart in every_chart(example.results(document), document, **size).items():
        assert ", ," not in chart.subtitle, name
        assert "; ," not in chart.subtitle, name
        assert not chart.subtitle.rstrip().endswith(";"), name


def test_of_many_scenarios_the_likeliest_short_and_the_safest_are_drawn() -> None:
    document = funding_example.document(scenarios=6)
    results = funding_example.results(document)
    size: dict[str, Any] = {"width": 600, "height": 150, "style": ChartStyle.light()}
    whole = charts.gap_by_year(results, document, option="option-4", **size)
    some = charts.gap_by_year(results, document, option="option-4", most=3, **size)
    assert whole is not None
    assert some is not None
    shown = [shape.text for shape in strings(some.drawing) if shape.text in funding_example.NAMES]
    assert shown == ["Single-year, rolled", "Two-year", "Seven-year"]
    assert "Joint, 3 of 6 scenarios: cost less funding" in some.subtitle
    assert some.title == whole.title, "the title still counts all of them"


def test_both_figures_of_a_short_year_are_readable_and_long_names_take_two_lines() -> None:
    document = funding_example.document()
    results = funding_example.results(document)
    named = replace(document.scenarios[1], name="Settlement 2026-27 to 2028-29, then three years at a time")
    document = replace(document, scenarios=(document.scenarios[0], named, document.scenarios[2]))
    wide, middle = (0.0, 0.0, 2e5, 4e5, 6e5, 8e5, 9e5), (-8e5, -5e5, -3e5, 1e5, 3e5, 5e5, 6e5)
    last = results.options[-1]
    funding = tuple(replace(one, gap_p50_by_year=middle, gap_p80_by_year=wide) for one in last.funding or ())
    results = replace(results, options=(*results.options[:-1], replace(last, funding=funding)))
    style = ChartStyle.paper()
    chart = charts.gap_by_year(results, document, option="option-4", width=482, height=170, style=style)
    assert chart is not None
    assert faults_of_text(chart.drawing) == []
    red = [shape.text for shape in strings(chart.drawing) if "#" + shape.fillColor.hexval()[2:] == style.short.lower()]
    assert len(red) == 4 * len(funding), "the middle draw of every short year"
    texts = [shape.text for shape in strings(chart.drawing)]
    assert not any("…" in text for text in texts)
    assert "three years at a time" in " ".join(texts)
    assert "from 2030/31 on" in chart.title
