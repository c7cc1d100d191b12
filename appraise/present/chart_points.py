"""Charts on two axes: score against cost, and the distribution of cost."""

from collections.abc import Sequence
from dataclasses import replace

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results, Risk, Scored
from appraise.present import comparison, finished, tables, wording
from appraise.present.chart_bars import cost_ranges, with_costs
from appraise.present.chart_parts import (
    Anchor,
    Box,
    Canvas,
    Chart,
    ChartStyle,
    Scale,
    axis_label,
    fitting_name,
    nice_ticks,
    place_and_time,
    ten_words,
    ticks_within,
    under_middle,
)
from appraise.present.tables import short_name


def score_against_cost(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """A point for each option: score upwards, present cost to the right with the range of 8 in 10 draws.

    Costs alone where no option has a whole score: a score of nought in its place would be a claim.
    """
    both = [
        (option, risk, option.score)
        for option, risk in with_costs(results)
        if option.score is not None and _whole(option.score)
    ]
    if not both:
        return _costs_alone(results, appraisal, width=width, height=height, style=style)
    chosen = tables.preferred(results, appraisal)
    size = style.size
    canvas = Canvas(width, max(height, size * 12), style)
    bottom, top = size * 3.0, canvas.height - size * 0.8
    low, high = _span([risk.npc.p10 for _, risk, _ in both], [risk.npc.p90 for _, risk, _ in both])
    # room on the right, where the names of the dearest options stand
    low, high = low - 0.03 * (high - low), high + 0.15 * (high - low)
    lowest, highest = min(score.total for *_, score in both), max(score.total for *_, score in both)
    upward = nice_ticks(max(0.0, lowest - 4), min(100.0, highest + 4), 4)
    left = canvas.measure("100") + size * 0.8
    x_of = Scale(low, high, left, width - size * 0.3)
    y_of = Scale(upward[0], upward[-1], bottom, top)
    for tick in upward:
        canvas.line(left, y_of(tick), width, y_of(tick), style.grid)
        canvas.write(left - size * 0.6, y_of(tick) - under_middle(size), wording.score(tick), style.ink2, anchor="end")
    _cost_axis(canvas, x_of, left, comparison.cost_words(results))
    ordered = sorted(both, key=lambda item: item[0].id == chosen)
    dots = [
        _draw_range(canvas, x_of, y_of(score.total), risk, strong=option.id == chosen)
        for option, risk, score in ordered
    ]
    for dot in dots:  # after all the lines, so that no line hides a neighbour's dot
        canvas.dot(*dot)
    for option, risk, score in reversed(ordered):
        ends = (x_of(risk.npc.p10), x_of(risk.npc.p50), x_of(risk.npc.p90))
        _label_point(canvas, appraisal, option, ends, y_of(score.total), strong=option.id == chosen)
    return Chart(
        title=_both_title(results, appraisal),
        subtitle=f"Score of 100 against {comparison.cost_words(results)}; lines hold 8 of 10 draws; "
        f"{place_and_time(appraisal, results)}",
        alt=f"Points of score against {comparison.cost_words(results)}. "
        + " ".join(
            f"{option.name}: score {wording.score(score.total)}, "
            f"cost {wording.range_short(risk.npc.p10, risk.npc.p90)}."
            for option, risk, score in both
        ),
        drawing=canvas.drawing,
        data=tables.options_summary(results, appraisal),
    )


def _whole(score: Scored) -> bool:
    """Every criterion is scored, and something has weight."""
    return score.complete and any(part.weight > 0 for part in score.by_criterion)


def _costs_alone(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """The ranges of cost with a title that says why no score stands beside them."""
    chart = cost_ranges(results, appraisal, width=width, height=height, style=style)
    if chart is None:
        return None
    weighed = any(criterion.swing > 0 for criterion in appraisal.criteria)
    reason = "no option has all its scores yet" if weighed else "no criterion has a weight yet"
    return replace(chart, title=f"Costs alone: {reason}")


def _span(lows: Sequence[float], highs: Sequence[float]) -> tuple[float, float]:
    """From the lowest to the highest value; around a single value a tenth of it either way."""
    low, high = min(lows), max(highs)
    if high > low:
        return low, high
    room = abs(low) * 0.1 or 1.0
    return low - room, high + room


def _cost_axis(canvas: Canvas, x_of: Scale, left: float, cost: str) -> None:
    """Amounts under the plot and the words that say which way is dear."""
    style, size = canvas.style, canvas.size
    ticks = ticks_within(x_of.low, x_of.high, max(2, min(6, int((x_of.end - x_of.start) / (size * 5)))))
    for tick in ticks:
        label = axis_label(tick, ticks[1] - ticks[0])
        half = canvas.measure(label) / 2
        x = min(max(x_of(tick), half), canvas.width - half)
        canvas.write(x, size * 1.7, label, style.ink2, anchor="middle")
    words = canvas.fit(f"{cost}, dearer to the right", canvas.width - left)
    canvas.write((left + canvas.width) / 2, size * 0.3, words, style.ink2, anchor="middle")


def _draw_range(canvas: Canvas, x_of: Scale, y: float, risk: Risk, *, strong: bool) -> tuple[float, float, float, str]:
    """The line of 8 in 10 draws. Returns the dot that belongs on it: middle, height, radius, colour."""
    style = canvas.style
    colour = style.primary if strong else style.grey
    low, middle, high = x_of(risk.npc.p10), x_of(risk.npc.p50), x_of(risk.npc.p90)
    radius = style.size * (0.46 if strong else 0.4)
    canvas.path(((low, y), (high, y)), colour, width=2.5 if strong else 1.8, casing=True)
    canvas.mark(Box(low, y - 2, high, y + 2))
    canvas.mark(Box(middle - radius - 1, y - radius - 1, middle + radius + 1, y + radius + 1))
    return middle, y, radius, colour


def _label_point(
    canvas: Canvas,
    appraisal: Appraisal,
    option: OptionResult,
    ends: tuple[float, float, float],
    y: float,
    *,
    strong: bool,
) -> None:
    """The name at the free end of the range, above or below it, or anywhere near that is free."""
    low, middle, high = ends
    size = canvas.size
    level = y - under_middle(size)
    names = [option.name, short_name(appraisal, option.id), canvas.fit(option.name, canvas.width * 0.3, strong=strong)]
    for text in names:
        text_width = canvas.measure(text, strong=strong)
        offered: list[tuple[float, float, Anchor]] = [
            (high + size * 0.4, level, "start"),
            (low - size * 0.4, level, "end"),
        ]
        # First beyond another label at the own line's height: above or below, a name could be taken for another's.
        offered += [(high + size * out, level, "start") for out in range(2, 40)]
        for shift in (0.75, -0.75, 1.1, -1.1, 1.6, -1.6, 2.2, -2.2, 3.0, -3.0):
            step = level + size * shift
            offered += [
                (high + size * 0.3, step, "start"),
                (high, step, "end"),
                (middle, step, "middle"),
                (low, step, "start"),
                (low - size * 0.3, step, "end"),
                (canvas.width, step, "end"),
            ]
        if text_width < canvas.width * 0.6 and canvas.place(text, offered, canvas.style.ink, strong=strong):
            return


def _both_title(results: Results, appraisal: Appraisal) -> str:
    verdict = results.verdict
    plain = "No option clearly leads on score and cost"
    if not verdict.highest_score or not verdict.cheapest:
        return plain
    scores, costs = short_name(appraisal, verdict.highest_score), short_name(appraisal, verdict.cheapest)
    costs_least = f"costs least{comparison.a_year(results)}"
    if verdict.tied and verdict.score_clear:
        return ten_words(f"{scores} scores highest; cost is a tie", "Score is clear; cost is a tie")
    same = verdict.highest_score == verdict.cheapest
    if same and verdict.score_clear and verdict.cost_clear:
        return ten_words(f"{scores} scores highest and {costs_least}", "One option leads on score and cost")
    if same and verdict.score_clear:
        return ten_words(f"{scores} leads on score, narrowly on cost", "One option leads on score, narrowly on cost")
    if same and verdict.cost_clear:
        return ten_words(f"{scores} leads on cost, narrowly on score", "One option leads on cost, narrowly on score")
    if not same and verdict.score_clear and verdict.cost_clear:
        return ten_words(f"{scores} scores highest; {costs} {costs_least}", "Score and cost favour different options")
    if not same and verdict.score_clear:
        return ten_words(
            f"{scores} scores highest; cost has no clear winner", "Score is clear; cost has no clear winner"
        )
    return plain


def cost_distribution(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """Chance that the net present cost stays below an amount: two options labelled, the others thin and grey."""
    found = with_costs(results)
    if not found:
        return None
    first, second = _pair(results, appraisal)
    size = style.size
    canvas = Canvas(width, max(height, size * 14), style)
    left, bottom, top = canvas.measure("100 %") + size * 0.7, size * 3.0, canvas.height - size * 0.8
    low, high = _span([risk.npc.quantiles[1] for _, risk in found], [risk.npc.quantiles[99] for _, risk in found])
    # room on both sides: a cost without a range is an upright line, which must not lie on the axis
    low, high = low - 0.03 * (high - low), high + 0.03 * (high - low)
    x_of = Scale(low, high, left, width - size * 0.5)
    y_of = Scale(0.0, 100.0, bottom, top)
    for share in (0, 20, 50, 80, 100):
        canvas.line(left, y_of(share), width, y_of(share), style.grid)
        label = wording.percent(share / 100)
        canvas.write(left - size * 0.5, y_of(share) - under_middle(size), label, style.ink2, anchor="end")
    _cost_axis(canvas, x_of, left, comparison.cost_words(results))
    rank = {second: 1, first: 2}
    for option, risk in sorted(found, key=lambda item: rank.get(item[0].id, 0)):
        _curve(canvas, x_of, y_of, risk, rank.get(option.id, 0))
    risks = {option.id: risk for option, risk in found}
    upright = [(option, risk) for option, risk in found if _is_upright(risk, x_of)]
    stands = [x_of(risk.npc.p50) for _, risk in upright]
    for option, risk in sorted(upright, key=lambda item: -rank.get(item[0].id, 0)):
        _label_upright(canvas, appraisal, option, (x_of(risk.npc.p50), *stands), y_of, strong=option.id == first)
    for option, risk in found:
        if option.id in rank and not _is_upright(risk, x_of):
            other = risks.get(second if option.id == first else first)
            look = (_curve_colour(style, rank[option.id]), option.id == first)
            _label_curve(canvas, appraisal, option, (risk, other), (x_of, y_of), look)
    return Chart(
        title=_distribution_title(results, appraisal, first, second),
        subtitle=f"Chance that {comparison.cost_words(results)} stays below an amount; "
        f"{'' if len(upright) == len(found) else 'thin: other options; '}{'upright: no range; ' if upright else ''}"
        f"{place_and_time(appraisal, results)}",
        alt=f"Rising curves of the chance that {comparison.cost_words(results)} stays below an amount. "
        + " ".join(
            f"{option.name}: 1 in 10 below {wording.money_short(risk.npc.p10)}, half below "
            f"{wording.money_short(risk.npc.p50)}, 9 in 10 below {wording.money_short(risk.npc.p90)}."
            for option, risk in found
        ),
        drawing=canvas.drawing,
        data=tables.risk_figures(results, appraisal),
    )


def _pair(results: Results, appraisal: Appraisal) -> tuple[str, str]:
    """The option that is highlighted and the one it is held against: the cheapest, or the next cheapest."""
    verdict = results.verdict
    chosen = tables.preferred(results, appraisal)
    cheapest, rival = (verdict.cheapest, verdict.cheapest_rival)
    first = chosen or cheapest
    return first, (rival if first == cheapest else cheapest)


def _curve_colour(style: ChartStyle, rank: int) -> str:
    return (style.grey, style.categories[3], style.primary)[rank]


def _curve(canvas: Canvas, x_of: Scale, y_of: Scale, risk: Risk, rank: int) -> None:
    """Rank 2 is the highlighted option, 1 its rival, 0 any other. Only the part between 1 and 99 % is drawn."""
    style = canvas.style
    colour = _curve_colour(style, rank)
    points = [(x_of(risk.npc.quantiles[step]), y_of(step)) for step in range(1, 100)]
    canvas.path(points, colour, width=(1.0, 2.2, 2.8)[rank], casing=rank > 0)
    for (x1, y1), (x2, y2) in zip(points[::4], points[4::4], strict=False):
        canvas.mark(Box(min(x1, x2) - 2, y1, max(x1, x2) + 2, y2 + 0.1))
    if rank:
        canvas.dot(x_of(risk.npc.p50), y_of(50), style.size * 0.36, colour)


def _label_curve(
    canvas: Canvas,
    appraisal: Appraisal,
    option: OptionResult,
    curves: tuple[Risk, Risk | None],
    axes: tuple[Scale, Scale],
    look: tuple[str, bool],
) -> None:
    """The name beside its own curve, on the side away from the other one, joined to it by a short stroke.

    `curves`: this option's and the other labelled one's; `axes`: across and upward; `look`: colour, strong.
    """
    size, (colour, strong) = canvas.size, look
    own, other = curves
    x_of, y_of = axes
    room = canvas.width * 0.6
    names = (option.name, short_name(appraisal, option.id), canvas.fit(option.name, room / 2, strong=strong))
    for text in names:
        offered: dict[tuple[float, float, Anchor], tuple[float, float]] = {}
        for level in (85, 15, 90, 10, 78, 22, 94, 6, 70, 30, 62, 38):
            x, y = x_of(own.npc.quantiles[level]), y_of(level)
            left = other is None or own.npc.quantiles[level] < other.npc.quantiles[level]
            reach, anchor = (-size * 1.1, "end") if left else (size * 1.1, "start")  # type: float, Anchor
            offered[x + reach * 1.25, y - under_middle(size), anchor] = (x, x + reach)
        placed = canvas.place(text, offered, canvas.style.ink, strong=strong) if canvas.measure(text) < room else None
        if placed is not None:
            start, end = offered[placed]
            level_y = placed[1] + under_middle(size)
            canvas.line(start, level_y, end, level_y, colour, width=1.5)
            return


def _is_upright(risk: Risk, x_of: Scale) -> bool:
    """The cost has no range that could be seen."""
    return x_of(risk.npc.quantiles[99]) - x_of(risk.npc.quantiles[1]) < 1.5


def _label_upright(
    canvas: Canvas, appraisal: Appraisal, option: OptionResult, lines: tuple[float, ...], y_of: Scale, *, strong: bool
) -> None:
    """The name beside the line of an option without a range, at the first height where there is room.

    `lines`: where its own line stands, then where all such lines stand, for a name should not cross the next one.
    """
    size, ink = canvas.size, canvas.style.ink if strong else canvas.style.ink2
    x = lines[0]
    right = min((other for other in lines if other > x), default=canvas.width) - x
    left = x - max((other for other in lines if other < x), default=0.0)
    gap = max(right, left) - size * 0.8
    room = gap if gap > size * 4 else canvas.width * 0.4
    name = fitting_name(canvas, appraisal, option, room, strong=strong)
    for text in (name, short_name(appraisal, option.id), canvas.fit(name, canvas.width * 0.2, strong=strong)):
        offered: list[tuple[float, float, Anchor]] = []
        for level in range(93, 3, -6):
            y = y_of(level) - under_middle(size)
            offered += [(x + size * 0.4, y, "start"), (x - size * 0.4, y, "end")]
        if canvas.place(text, offered, ink, strong=strong):
            return


def _distribution_title(results: Results, appraisal: Appraisal, first: str, second: str) -> str:
    verdict, end = results.verdict, comparison.a_year(results)
    if not first or not second or not finished.comparable(results):
        return "What the service may cost"
    if verdict.tied:
        return ten_words(f"{comparison.tied(results, appraisal)} cost the same{end}", f"A tie on cost{end}")
    leader, other = short_name(appraisal, first), short_name(appraisal, second)
    if verdict.cost_clear and first == verdict.cheapest:
        return ten_words(f"{leader} is clearly cheaper{end} than {other}", "One option is clearly cheaper")
    if verdict.cost_clear:
        return ten_words(f"{leader} clearly costs more{end} than {other}", "The cheapest option is clear")
    return ten_words(f"{leader} and {other} may cost the same{end}", "The two cheapest may cost the same")
