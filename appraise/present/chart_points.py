"""The chart of the distribution of cost."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results, Risk
from appraise.present import comparison, finished, tables, wording
from appraise.present.chart_bars import with_costs
from appraise.present.chart_frontier import cost_axis, span
from appraise.present.chart_parts import (
    Anchor,
    Box,
    Canvas,
    Chart,
    ChartStyle,
    Scale,
    fitting_name,
    place_and_time,
    ten_words,
    under_middle,
)
from appraise.present.tables import short_name


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
    low, high = span([risk.npc.quantiles[1] for _, risk in found], [risk.npc.quantiles[99] for _, risk in found])
    # room on both sides: a cost without a range is an upright line, which must not lie on the axis
    low, high = low - 0.03 * (high - low), high + 0.03 * (high - low)
    x_of = Scale(low, high, left, width - size * 0.5)
    y_of = Scale(0.0, 100.0, bottom, top)
    for share in (0, 20, 50, 80, 100):
        canvas.line(left, y_of(share), width, y_of(share), style.grid)
        label = wording.percent(share / 100)
        canvas.write(left - size * 0.5, y_of(share) - under_middle(size), label, style.ink2, anchor="end")
    cost_axis(canvas, x_of, left, comparison.cost_words(results))
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
        figures=lambda: tables.risk_figures(results, appraisal),
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
