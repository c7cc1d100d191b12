"""Score against risk-adjusted whole-life cost: both ranges, what nobody beats, and what an extra point costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.model.score_results import CostAndScore, FrontierStep, Scored
from appraise.present import comparison, finished, score_tables, tables, wording
from appraise.present.chart_bars import cost_ranges, with_costs
from appraise.present.chart_parts import (
    Anchor,
    Box,
    Canvas,
    Chart,
    ChartStyle,
    Scale,
    axis_label,
    nice_ticks,
    spread,
    ten_words,
    ticks_within,
    under_middle,
)
from appraise.present.tables import short_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An option on the chart: cost in pounds, score in points, and 1 in 10 and 9 in 10 of both where drawn."""

    option: str
    name: str
    cost: float
    score: float
    costs: tuple[float, float]
    scores: tuple[float, float]
    strong: bool
    undominated: bool = False


def _points(results: Results, appraisal: Appraisal) -> list[Point]:
    """The options with cost and a whole score; from the cost-and-score figures where there are any."""
    chosen = tables.preferred(results, appraisal)
    names = {option.id: option.name for option in results.options}
    known = results.scoring.cost_against_score if results.scoring is not None else None
    if known is not None:
        return [_known(one, names[one.option], strong=one.option == chosen) for one in known.options]
    return [
        Point(
            option=option.id,
            name=option.name,
            cost=risk.npc.mean,
            score=option.score.total,
            costs=(risk.npc.p10, risk.npc.p90),
            scores=(option.score.total, option.score.total),
            strong=option.id == chosen,
        )
        for option, risk in with_costs(results)
        if option.score is not None and _whole(option.score)
    ]


def _known(one: CostAndScore, name: str, *, strong: bool) -> Point:
    return Point(
        option=one.option,
        name=name,
        cost=one.cost,
        score=one.score,
        costs=(one.cost if one.cost_p10 is None else one.cost_p10, one.cost if one.cost_p90 is None else one.cost_p90),
        scores=(
            one.score if one.score_p10 is None else one.score_p10,
            one.score if one.score_p90 is None else one.score_p90,
        ),
        strong=strong,
        undominated=one.undominated,
    )


def _whole(score: Scored) -> bool:
    """Every criterion is scored, something has weight, and no gate keeps it out."""
    return score.complete and any(part.weight > 0 for part in score.by_criterion) and not score.gates_failed


def score_against_cost(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """A point for each option, score upwards and expected present cost to the right, each with 8 in 10 draws.

    Stairs join the options that no other beats on both; a line joins those of the convex frontier, with the pounds
    for an extra point along it. Costs alone where no option has a whole score: nought in its place would be a claim.
    """
    points = _points(results, appraisal)
    if not points:
        return _costs_alone(results, appraisal, width=width, height=height, style=style)
    steps = _steps(results)
    canvas = next(
        made
        for beside in (False, True)
        if (made := _drawn(results, appraisal, points, beside=beside, size=(width, height), style=style)) is not None
    )
    frontier = "; line: the frontier" if steps else ""
    out = _left_out(results, appraisal)
    return Chart(
        title=_title(results, appraisal),
        subtitle=f"Score of 100 against {comparison.cost_words(results)} with risk; bars hold 8 of 10 draws"
        f"{frontier}{out}",
        alt=_alt(results, appraisal, points, steps),
        drawing=canvas.drawing,
        figures=lambda: (score_tables.cost_and_score if _has_table(results) else tables.options_summary)(
            results, appraisal
        ),
    )  # fmt: skip


def _drawn(
    results: Results,
    appraisal: Appraisal,
    points: Sequence[Point],
    *,
    beside: bool,
    size: tuple[float, float],
    style: ChartStyle,
) -> Canvas | None:
    """The drawing with names at the ranges, or `beside` the plot; None where not every name has room at its range."""
    (width, height), steps = size, _steps(results)
    canvas = Canvas(width, max(height, style.size * max(10.5, 5.3 + 1.3 * len(points))), style)
    names = [short_name(appraisal, point.option) for point in points]
    side = max(canvas.measure(name, strong=point.strong) for name, point in zip(names, points, strict=True))
    right = width - (min(side, width * 0.36) + style.size * 1.4 if beside else 0.0)
    x_of, y_of = _axes(canvas, points, comparison.cost_words(results), right, beside=beside)
    _draw_stairs(canvas, x_of, y_of, points)
    ordered = sorted(points, key=lambda point: point.strong)
    for point in ordered:
        _draw_ranges(canvas, x_of, y_of, point)
    _draw_frontier(canvas, x_of, y_of, points, steps)
    for point in ordered:  # after all the lines, so that no line hides a neighbour's dot
        colour = style.primary if point.strong else style.grey
        canvas.dot(x_of(point.cost), y_of(point.score), _radius(canvas, point), colour)
    if beside:
        _name_beside(canvas, x_of, y_of, points, names, right)
    elif not all(_name_at_range(canvas, appraisal, point, x_of, y_of) for point in reversed(ordered)):
        return None
    _label_steps(canvas, x_of, y_of, points, steps)
    return canvas


def _left_out(results: Results, appraisal: Appraisal) -> str:
    """Who is not drawn because a gate keeps it out, as the end of the subtitle."""
    gated = [
        short_name(appraisal, option.id)
        for option in results.options
        if option.score is not None and option.score.gates_failed
    ]
    verb = "fails" if len(gated) == 1 else "fail"
    return f"; not shown: {wording.listing(gated)}, {verb} a gate" if gated else ""


def _has_table(results: Results) -> bool:
    return results.scoring is not None and results.scoring.cost_against_score is not None


def _steps(results: Results) -> tuple[FrontierStep, ...]:
    known = results.scoring.cost_against_score if results.scoring is not None else None
    return known.steps if known is not None else ()


def _alt(results: Results, appraisal: Appraisal, points: Sequence[Point], steps: Sequence[FrontierStep]) -> str:
    said = [
        f"{point.name}: score {wording.score(point.score)}, cost {wording.range_short(*point.costs)}."
        for point in points
    ]
    if out := _left_out(results, appraisal):
        said.append(f"{wording.capital(out.removeprefix('; '))}.")
    said += [
        f"From {short_name(appraisal, step.cheaper)} to {short_name(appraisal, step.dearer)} "
        f"an extra point costs {wording.money_short(step.pounds_per_point)}."
        for step in steps
    ]
    return f"Points of score against {comparison.cost_words(results)}. {' '.join(said)}"


# --- axes ----------------------------------------------------------------------------------------------------


def span(lows: Sequence[float], highs: Sequence[float]) -> tuple[float, float]:
    """From the lowest to the highest value; around a single value a tenth of it either way."""
    low, high = min(lows), max(highs)
    if high > low:
        return low, high
    room = abs(low) * 0.1 or 1.0
    return low - room, high + room


def _axes(canvas: Canvas, points: Sequence[Point], cost: str, right: float, *, beside: bool) -> tuple[Scale, Scale]:
    """Both scales up to `right`, drawn: figures at the left and below, with grid lines across."""
    style, size = canvas.style, canvas.size
    bottom, top = size * 3.0, canvas.height - size * 0.8
    low, high = span([min(*one.costs, one.cost) for one in points], [max(*one.costs, one.cost) for one in points])
    # room on the right, where the names of the dearest options stand
    low, high = low - 0.03 * (high - low), high + (0.03 if beside else 0.15) * (high - low)
    lowest, highest = min(one.scores[0] for one in points), max(one.scores[1] for one in points)
    upward = nice_ticks(max(0.0, lowest - 4), min(100.0, highest + 4), 4)
    left = canvas.measure("100") + size * 0.8
    x_of = Scale(low, high, left, right - size * 0.3)
    y_of = Scale(upward[0], upward[-1], bottom, top)
    for tick in upward:
        y = y_of(tick)
        canvas.line(left, y, right, y, style.grid)
        canvas.write(left - size * 0.6, y - under_middle(size), wording.score(tick), style.ink2, anchor="end")
    cost_axis(canvas, x_of, left, cost)
    return x_of, y_of


def cost_axis(canvas: Canvas, x_of: Scale, left: float, cost: str) -> None:
    """Amounts under the plot and the words that say which way is dear."""
    style, size = canvas.style, canvas.size
    ticks = ticks_within(x_of.low, x_of.high, max(2, min(6, int((x_of.end - x_of.start) / (size * 5)))))
    for tick in ticks:
        label = axis_label(tick, ticks[1] - ticks[0])
        half = canvas.measure(label) / 2
        x = min(max(x_of(tick), half), canvas.width - half)
        canvas.write(x, size * 1.7, label, style.ink2, anchor="middle")
    words = canvas.fit(f"{cost}, dearer to the right", x_of.end - left)
    canvas.write((left + x_of.end) / 2, size * 0.3, words, style.ink2, anchor="middle")


# --- what is drawn -------------------------------------------------------------------------------------------


def _draw_stairs(canvas: Canvas, x_of: Scale, y_of: Scale, points: Sequence[Point]) -> None:
    """Dashed stairs along the options that no other beats on both: what is under them is beaten by one of them."""
    stairs = sorted((one.cost, one.score) for one in points if one.undominated)
    if len(stairs) > 1:
        path = [(x_of(stairs[0][0]), y_of(stairs[0][1]))]
        for (_, score), (dearer, more) in pairwise(stairs):
            path += [(x_of(dearer), y_of(score)), (x_of(dearer), y_of(more))]
        canvas.path(path, canvas.style.ink2, width=1.2, dash=(3, 3))


def _draw_frontier(
    canvas: Canvas, x_of: Scale, y_of: Scale, points: Sequence[Point], steps: Sequence[FrontierStep]
) -> None:
    """The line from the cheapest option along the convex frontier."""
    places = {one.option: (x_of(one.cost), y_of(one.score)) for one in points}
    if steps:
        ends = [places[steps[0].cheaper], *(places[step.dearer] for step in steps)]
        canvas.path(ends, canvas.style.categories[1], width=2.4, casing=True)


def _radius(canvas: Canvas, point: Point) -> float:
    return canvas.size * (0.46 if point.strong else 0.4)


def _draw_ranges(canvas: Canvas, x_of: Scale, y_of: Scale, point: Point) -> None:
    """Lines of 8 in 10 draws across and upwards; later labels keep off them and off the dot."""
    style, strong = canvas.style, point.strong
    colour, width = (style.primary, 2.4) if strong else (style.grey, 1.7)
    x, y = x_of(point.cost), y_of(point.score)
    (left, right), (low, high) = (tuple(map(x_of, point.costs)), tuple(map(y_of, point.scores)))
    if high - low > 1:
        canvas.path(((x, low), (x, high)), colour, width=width)
        canvas.mark(Box(x - 2, low, x + 2, high))
    canvas.path(((left, y), (right, y)), colour, width=width)
    canvas.mark(Box(left, y - 2, right, y + 2))
    radius = _radius(canvas, point) + 1
    canvas.mark(Box(x - radius, y - radius, x + radius, y + radius))


def _name_at_range(canvas: Canvas, appraisal: Appraisal, point: Point, x_of: Scale, y_of: Scale) -> bool:
    """The name at a free end of the range, on its line; False where it would meet a mark or another name."""
    size, strong = canvas.size, point.strong
    low, high = x_of(point.costs[0]), x_of(point.costs[1])
    level = y_of(point.score) - under_middle(size)
    for text in (point.name, short_name(appraisal, point.option)):
        offered: list[tuple[float, float, Anchor]] = [
            (high + size * 0.4, level, "start"),
            (low - size * 0.4, level, "end"),
        ]
        short = canvas.measure(text, strong=strong) < canvas.width * 0.6
        if short and canvas.place(text, offered, canvas.style.ink, strong=strong, strict=True):
            return True
    return False


def _name_beside(
    canvas: Canvas, x_of: Scale, y_of: Scale, points: Sequence[Point], names: Sequence[str], right: float
) -> None:
    """All names in a column at the right, in the order of scores, each joined to the end of its range."""
    size, style = canvas.size, canvas.style
    named = sorted(zip(points, names, strict=True), key=lambda one: (one[0].score, -one[0].costs[1]))
    levels = spread([y_of(point.score) for point, _ in named], size * 1.3, size * 0.7, canvas.height - size * 0.8)
    start = right + size * 1.3
    for (point, name), level in zip(named, levels, strict=True):
        end, y = x_of(max(point.costs[1], point.cost)), y_of(point.score)
        colour = style.primary if point.strong else style.grey
        canvas.path(((end, y), (right, y), (start - size * 0.25, level)), colour, width=0.8, dash=(2, 2))
        text = canvas.fit(name, canvas.width - start, strong=point.strong)
        canvas.write(start, level - under_middle(size), text, style.ink, strong=point.strong)


def _label_steps(
    canvas: Canvas, x_of: Scale, y_of: Scale, points: Sequence[Point], steps: Sequence[FrontierStep]
) -> None:
    """What an extra point costs, beside each piece of the frontier, on its upper left where no option can be.

    Where every place would cover a mark it is left to the table.
    """
    places = {one.option: (x_of(one.cost), y_of(one.score)) for one in points}
    size = canvas.size
    for step in steps:
        (x1, y1), (x2, y2) = places[step.cheaper], places[step.dearer]
        text = f"{wording.money_short(step.pounds_per_point)} a point"
        offered: list[tuple[float, float, Anchor]] = []
        for along in (0.5, 0.62, 0.38, 0.75, 0.25):
            x, y = x1 + along * (x2 - x1), y1 + along * (y2 - y1) - under_middle(size)
            offered += [(x - size * 0.5, y + size * up, "end") for up in (0.5, 1.1, 1.8, 2.6)]
            offered += [(x, y + size * up, "middle") for up in (1.3, 2.0, 3.0)]
            offered += [(x + size * 0.6, y - size * down, "start") for down in (0.5, 1.1, 1.8, 2.6)]
        canvas.place(text, offered, canvas.style.ink2, strict=True)


# --- words ---------------------------------------------------------------------------------------------------


def _costs_alone(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """The ranges of cost with a title that says why no score stands beside them."""
    chart = cost_ranges(results, appraisal, width=width, height=height, style=style)
    if chart is None:
        return None
    weighed = any(criterion.swing > 0 or criterion.rank for criterion in appraisal.criteria)
    reason = "no option has all its scores yet" if weighed else "no criterion has a weight yet"
    if finished.scores_sealed(results):
        reason = "scores are sealed"
    return replace(chart, title=f"Costs alone: {reason}")


def _title(results: Results, appraisal: Appraisal) -> str:
    verdict = results.verdict
    plain = "No clear winner on score or cost"
    if not verdict.highest_score or not verdict.cheapest:
        return plain
    scores, costs = short_name(appraisal, verdict.highest_score), short_name(appraisal, verdict.cheapest)
    costs_least = f"costs least{comparison.a_year(results)}"
    if verdict.tied and verdict.score_clear:
        return ten_words(f"{scores} scores highest; cost is a tie", "Score is clear; cost is a tie")
    if verdict.score_tied and verdict.cost_clear:
        return ten_words(f"{costs} {costs_least}; score is a tie", "Cost is clear; score is a tie")
    same = verdict.highest_score == verdict.cheapest
    if verdict.score_clear and verdict.cost_clear:
        if same:
            return ten_words(f"{scores} scores highest and {costs_least}", "One option leads on score and cost")
        return ten_words(f"{scores} scores highest; {costs} {costs_least}", "Score and cost favour different options")
    if verdict.score_clear:
        return ten_words(
            f"{scores} scores highest; cost has no clear winner", "Score is clear; cost has no clear winner"
        )
    if verdict.cost_clear:
        return ten_words(
            f"{costs} {costs_least}; score has no clear winner", "Cost is clear; score has no clear winner"
        )
    return plain
