"""What other weights would do: totals as one weight moves, and who is first however three share theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.model.robustness import Corners, Triangle, TriangleRegion, WeightLine
from appraise.model.score_results import Stability
from appraise.present import score_tables, wording
from appraise.present.chart_parts import (
    Anchor,
    Box,
    Canvas,
    Chart,
    ChartStyle,
    Scale,
    nice_ticks,
    spread,
    ten_words,
    under_middle,
)
from appraise.present.tables import Cell, Column, Table, find_option, right_columns, short_name

_HALF_HEIGHT = 0.8660254037844386
"""Height of a triangle with three equal sides of 1."""


# --- one weight moves ----------------------------------------------------------------------------------------


def weight_lines(
    results: Results,
    appraisal: Appraisal,
    *,
    line: WeightLine,
    stable: Stability | None = None,
    width: float,
    height: float,
    style: ChartStyle,
) -> Chart | None:
    """The total of each option as one weight goes from 0 to 100 %, the others in proportion.

    Today's weight is marked; shaded is where the option that is first now stays first. None without options.
    """
    if not line.ends:
        return None
    size, first = style.size, results.verdict.highest_score
    foot, head = size * 3.1, size * 1.9
    canvas = Canvas(width, max(height, foot + head + size * 1.35 * max(len(line.ends), 5)), style)
    values = [total for _, *ends in line.ends for total in ends]
    upward = nice_ticks(max(0.0, min(values) - 2), min(100.0, max(values) + 2), 4)
    names = {option: short_name(appraisal, option) for option, *_ in line.ends}
    side = max(canvas.measure(name, strong=True) for name in names.values())
    left = canvas.measure("100") + size * 0.8
    right = width - min(side, width * 0.34) - size * 1.3
    x_of, y_of = Scale(0.0, 1.0, left, right), Scale(upward[0], upward[-1], foot, canvas.height - head)
    if stable is not None:
        _shade(canvas, x_of, (foot, canvas.height - head), stable)
    for tick in upward:
        canvas.line(left, y_of(tick), right, y_of(tick), style.grid)
        canvas.write(left - size * 0.6, y_of(tick) - under_middle(size), wording.score(tick), style.ink2, anchor="end")
    _weight_axis(canvas, x_of, line)
    _mark_today(canvas, x_of, (foot, canvas.height - head), line.weight)
    for option, without, whole in sorted(line.ends, key=lambda end: end[0] == first):
        strong = option == first
        ends = ((left, y_of(without)), (right, y_of(whole)))
        colour = style.primary if strong else style.grey
        canvas.path(ends, colour, width=2.8 if strong else 1.6, casing=strong)
    _name_lines(canvas, y_of, line, names, first, right)
    return Chart(
        title=_lines_title(results, appraisal, line, stable),
        subtitle=f"Weighted score of 100 as the weight of {wording.shorten(line.name, 40)} moves, others in proportion",
        alt=f"Lines of weighted scores as the weight of {line.name} goes from 0 to 100 %; "
        f"it is {wording.percent(line.weight)} now. "
        + " ".join(
            f"{names[option]}: {wording.score(without)} to {wording.score(whole)}."
            for option, without, whole in line.ends
        ),
        drawing=canvas.drawing,
        figures=lambda: _lines_data(results, line),
    )  # fmt: skip


def _shade(canvas: Canvas, x_of: Scale, between: tuple[float, float], stable: Stability) -> None:
    """The weights at which the first option stays first; its ends are drawn, so that colour does not speak alone."""
    style, (bottom, top) = canvas.style, between
    low, high = x_of(stable.low), x_of(stable.high)
    canvas.area(((low, bottom), (high, bottom), (high, top), (low, top)), style.tint2)
    for end, at in ((stable.low, low), (stable.high, high)):
        if 0 < end < 1:
            canvas.line(at, bottom, at, top, style.ink2, width=1.2)


def _weight_axis(canvas: Canvas, x_of: Scale, line: WeightLine) -> None:
    size, style = canvas.size, canvas.style
    steps = 4 if x_of.end - x_of.start > size * 20 else 2
    for step in range(steps + 1):
        share = step / steps
        anchor: Anchor = "start" if not step else "end" if step == steps else "middle"
        canvas.write(x_of(share), size * 1.8, wording.percent(share), style.ink2, anchor=anchor)
    words = canvas.fit(f"weight of {line.name}", x_of.end - x_of.start)
    canvas.write((x_of.start + x_of.end) / 2, size * 0.35, words, style.ink2, anchor="middle")


def _mark_today(canvas: Canvas, x_of: Scale, between: tuple[float, float], weight: float) -> None:
    """An upright dotted line at the weight now, with its figure above the plot."""
    bottom, top = between
    x, text = x_of(weight), f"now {wording.percent(weight)}"
    canvas.line(x, bottom, x, top, canvas.style.ink, width=1.6, dash=(2, 3))
    half = canvas.measure(text, strong=True) / 2
    at = min(max(x, half), canvas.width - half)
    canvas.write(at, top + canvas.size * 0.8, text, canvas.style.ink, anchor="middle", strong=True)


def _name_lines(canvas: Canvas, y_of: Scale, line: WeightLine, names: dict[str, str], first: str, right: float) -> None:
    """Names beside the right ends, moved apart where lines meet, each joined to its own line."""
    size, style = canvas.size, canvas.style
    ordered = sorted(line.ends, key=lambda end: end[2])
    levels = spread(
        [y_of(whole) for *_, whole in ordered], size * 1.3, y_of.start - size * 1.2, canvas.height - size * 0.7
    )
    start = right + size * 1.2
    for (option, _, whole), level in zip(ordered, levels, strict=True):
        strong = option == first
        canvas.line(right, y_of(whole), start - size * 0.25, level, style.primary if strong else style.grey)
        text = canvas.fit(names[option], canvas.width - start, strong=strong)
        canvas.write(start, level - under_middle(size), text, style.ink, strong=strong)


def _lines_title(results: Results, appraisal: Appraisal, line: WeightLine, stable: Stability | None) -> str:
    plain = ten_words(
        f"What another weight of {wording.shorten(line.name, 24)} would do", "What another weight would do"
    )
    if stable is None or not results.verdict.highest_score or results.verdict.score_tied:
        return plain
    name, span = short_name(appraisal, results.verdict.highest_score), score_tables.stable_words(stable)
    if stable.low <= 0 and stable.high >= 1:
        return ten_words(f"{name} stays first at any weight", "The first option stays first at any weight")
    return ten_words(f"{name} stays first from {span}", f"The first option stays first from {span}")


def _lines_data(results: Results, line: WeightLine) -> Table:
    places = sorted({0.0, line.weight, 0.25, 0.5, 0.75, 1.0})
    return Table(
        title=f"Weighted scores as the weight of {line.name} moves",
        columns=(Column(heading="Option"), *right_columns(*(wording.percent(share) for share in places))),
        rows=tuple(
            (
                Cell(text=find_option(results, option).name, raw=option),
                *(_at(without + share * (whole - without)) for share in places),
            )
            for option, without, whole in line.ends
        ),
    )


def _at(total: float) -> Cell:
    return Cell(text=wording.number(total, 1), raw=total)


# --- the triangle --------------------------------------------------------------------------------------------


def weight_triangle(
    results: Results, appraisal: Appraisal, *, triangle: Triangle, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """Who is first for every split of weight among the three heaviest branches or criteria; a dot is today's split.

    At a corner that branch has all the weight of the three; on the side across from it, none.
    """
    size, first = style.size, results.verdict.highest_score
    canvas = Canvas(width, max(height, size * 17), style)
    head, foot = size * 1.7, size * 3.0
    tall = min(canvas.height - head - foot, (width - 2 * _side(canvas, appraisal, triangle)) * _HALF_HEIGHT)
    edges = Edges(width / 2, foot + (canvas.height - head - foot - tall) / 2, tall)
    at = edges.at
    for number, region in enumerate(triangle.regions):
        fill = style.tint1 if first in region.options else (style.tint2, style.card, style.grid)[number % 3]
        canvas.area([at(point) for point in region.polygon], fill, edge=style.grey, width=1.2)
        _mark_edges(canvas, triangle, region, at)
    dot, radius = at(triangle.today), size * 0.42
    canvas.mark(Box(dot[0] - radius, dot[1] - radius, dot[0] + radius, dot[1] + radius))
    _name_corners(canvas, triangle, edges.base, tall)
    for region in sorted(triangle.regions, key=lambda one: -one.area):
        _name_region(canvas, appraisal, region, edges, strong=first in region.options)
    canvas.dot(*dot, radius, style.primary)
    _name_today(canvas, dot)
    held = f"; the rest keeps {wording.percent(triangle.held)}" if triangle.held > 0.005 else ""
    kind = "branches" if triangle.kind == "branch" else "criteria"
    return Chart(
        title=_triangle_title(results, appraisal, triangle),
        subtitle=f"Who is first for each way to share weight among the three heaviest {kind}{held}",
        alt=_triangle_alt(appraisal, triangle),
        drawing=canvas.drawing,
        figures=lambda: _triangle_data(appraisal, triangle),
    )


def _side(canvas: Canvas, appraisal: Appraisal, triangle: Triangle) -> float:
    """Room to leave on either side, for the names of regions that are too small to hold them."""
    if len(triangle.regions) < 3:
        return canvas.size
    names = [short_name(appraisal, option) for region in triangle.regions for option in region.options]
    return min(max(map(canvas.measure, names)) + canvas.size, canvas.width * 0.27)


def _mark_edges(
    canvas: Canvas, triangle: Triangle, region: TriangleRegion, at: Callable[[Corners], tuple[float, float]]
) -> None:
    """Keeps labels off the lines between regions; along the outer sides no label stands anyway."""
    if len(triangle.regions) < 2:
        return
    for start, end in zip(region.polygon, region.polygon[1:] + region.polygon[:1], strict=True):
        if any(max(one, other) < 1e-9 for one, other in zip(start, end, strict=True)):
            continue
        (x1, y1), (x2, y2) = at(start), at(end)
        pieces = max(2, int((abs(x2 - x1) + abs(y2 - y1)) / canvas.size))
        steps = [(x1 + (x2 - x1) * one / pieces, y1 + (y2 - y1) * one / pieces) for one in range(pieces + 1)]
        for (left, low), (right, high) in pairwise(steps):
            canvas.mark(Box(min(left, right), min(low, high) - 0.5, max(left, right) + 0.5, max(low, high) + 0.5))


def _name_corners(canvas: Canvas, triangle: Triangle, base: float, tall: float) -> None:
    """The names at the corners, each with its weight now."""
    size, style, width = canvas.size, canvas.style, canvas.width
    top, left, right = triangle.corners
    share = f", now {wording.percent(top.weight)}"
    room = width - canvas.measure(share)
    canvas.write(width / 2, base + tall + size * 0.55, canvas.fit(top.name, room) + share, style.ink, anchor="middle")
    half = width / 2 - size * 0.5
    sides: tuple[tuple[float, Anchor, str, float], ...] = (
        (_near(canvas, left.name, width / 2 - tall / _HALF_HEIGHT / 2, half), "start", left.name, left.weight),
        (width - _near(canvas, right.name, width / 2 - tall / _HALF_HEIGHT / 2, half), "end", right.name, right.weight),
    )
    for x, anchor, name, weight in sides:
        canvas.write(x, base - size * 1.25, canvas.fit(name, half), style.ink, anchor=anchor)
        canvas.write(x, base - size * 2.5, f"now {wording.percent(weight)}", style.ink2, anchor=anchor)


def _near(canvas: Canvas, name: str, corner: float, half: float) -> float:
    """How far from the edge the name of a lower corner begins: under its corner where it fits on its half."""
    wide = min(canvas.measure(name), half)
    return max(0.0, min(corner - wide * 0.25, half - wide))


def _name_region(canvas: Canvas, appraisal: Appraisal, region: TriangleRegion, edges: "Edges", *, strong: bool) -> None:
    """The name inside its region where it fits there, else beside the triangle with a line to it."""
    polygon = [edges.at(point) for point in region.polygon]
    size, style = canvas.size, canvas.style
    text = " or ".join(short_name(appraisal, option) for option in region.options[:2])
    x, y = _middle(polygon)
    wide = canvas.measure(text, strong=strong)
    for up in (0.0, 1.2, -1.2, 2.2, -2.2):
        level = y + up * size
        ends = _across(polygon, level - 0.45 * size, level + 0.45 * size)
        if ends is None or ends[1] - ends[0] < wide + size * 0.5:
            continue
        middle = min(max(x, ends[0] + wide / 2 + size * 0.2), ends[1] - wide / 2 - size * 0.2)
        box = canvas.text_box(middle, level - under_middle(size), text, anchor="middle", strong=strong)
        if canvas.hits_mark(box):
            continue
        if canvas.write(middle, level - under_middle(size), text, style.ink, anchor="middle", strong=strong):
            return
    _name_outside(canvas, text, (x, y), edges, strong=strong)


def _name_outside(canvas: Canvas, text: str, middle: tuple[float, float], edges: "Edges", *, strong: bool) -> None:
    """The name at the edge of the drawing, on the nearer side first, joined to the middle of its region.

    It takes the room that the triangle leaves at its height, so that it never lies over it.
    """
    size, style, (x, y) = canvas.size, canvas.style, middle
    right_first = x >= canvas.width / 2
    for up in (0.0, 1.4, -1.4, 2.8, 4.2, 5.6, 7.0, 8.4):
        level = y + up * size
        room = edges.beside(level + size * 0.5 if up < 0 else level - size * 0.5) - size * 0.7
        short = canvas.fit(text, room, strong=strong)
        if room < size * 3 or not short:
            continue
        for right in (right_first, not right_first):
            wide = canvas.measure(short, strong=strong) + size * 0.3
            at, anchor, end = (canvas.width, "end", canvas.width - wide) if right else (0.0, "start", wide)  # type: float, Anchor, float
            if canvas.write(at, level - under_middle(size), short, style.ink, anchor=anchor, strong=strong):
                canvas.line(x, y, end, level, style.ink2, width=1.2)
                return


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the triangle stands: the middle of its drawing, its base and its height."""

    middle: float
    base: float
    tall: float

    def at(self, shares: Corners) -> tuple[float, float]:
        """Where a split stands: the first corner on top, the second at the bottom left, the third at the right."""
        top, left, right = shares
        return self.middle + (right - left) * self.tall / _HALF_HEIGHT / 2, self.base + top * self.tall

    def beside(self, level: float) -> float:
        """The room on either side of the triangle at a height."""
        share = min(1.0, max(0.0, (level - self.base) / self.tall))
        return self.middle - (1 - share) * self.tall / _HALF_HEIGHT / 2


def _middle(polygon: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity of a polygon."""
    area = across = up = 0.0
    for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area, across, up = area + cross, across + (x1 + x2) * cross, up + (y1 + y2) * cross
    return across / (3 * area), up / (3 * area)


def _across(polygon: Sequence[tuple[float, float]], low: float, high: float) -> tuple[float, float] | None:
    """From where to where a convex polygon reaches at both heights; None where it does not reach one of them."""
    found: list[tuple[float, float]] = []
    for level in (low, high):
        hits = [
            x1 + (level - y1) / (y2 - y1) * (x2 - x1)
            for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True)
            if y1 != y2 and min(y1, y2) <= level <= max(y1, y2)
        ]
        if len(hits) < 2:
            return None
        found.append((min(hits), max(hits)))
    return max(one[0] for one in found), min(one[1] for one in found)


def _name_today(canvas: Canvas, dot: tuple[float, float]) -> None:
    """Writes "now" beside the dot, where no other text is."""
    size, (x, y) = canvas.size, dot
    level = y - under_middle(size)
    offered: list[tuple[float, float, Anchor]] = [
        (x + size * 0.7, level, "start"),
        (x - size * 0.7, level, "end"),
        (x, level + size * 1.1, "middle"),
        (x, level - size * 1.1, "middle"),
        *((x + across * size, level + up * size, "middle") for up in (1.6, -1.6, 2.2) for across in (1.2, -1.2, 0.0)),
    ]
    free = [
        one for one in offered if not canvas.hits_mark(canvas.text_box(*one[:2], "now", anchor=one[2], strong=True))
    ]
    for at_x, at_y, anchor in (*free, *offered):
        if canvas.write(at_x, at_y, "now", canvas.style.ink, anchor=anchor, strong=True):
            return


def _triangle_title(results: Results, appraisal: Appraisal, triangle: Triangle) -> str:
    first = results.verdict.highest_score
    own = next((region for region in triangle.regions if first in region.options), None)
    if own is None or not first:
        return "Who is first depends on the weights"
    if len(own.options) > 1:
        names = wording.listing([short_name(appraisal, one) for one in own.options])
        return ten_words(f"{names} are level for {wording.percent(own.area)} of ways to weigh", "Who is first: a tie")
    name = short_name(appraisal, first)
    if len(triangle.regions) == 1:
        always = "is first however weight is shared"
        return ten_words(f"{name} {always}", f"One option {always}")
    ways = f"{wording.percent(own.area)} of ways to weigh"
    return ten_words(
        f"{name} is first for {ways}", ten_words(f"{name} first for {ways}", f"One option first for {ways}")
    )


def _triangle_alt(appraisal: Appraisal, triangle: Triangle) -> str:
    corners = wording.listing([f"{corner.name} ({wording.percent(corner.weight)} now)" for corner in triangle.corners])
    said = " ".join(
        f"{' or '.join(short_name(appraisal, one) for one in region.options)}: {wording.percent(region.area)}."
        for region in triangle.regions
    )
    return f"A triangle of weight among {corners}. Part of it in which each option is first. {said}"


def _triangle_data(appraisal: Appraisal, triangle: Triangle) -> Table:
    return Table(
        title="Who is first among all ways to share weight",
        columns=(Column(heading="First"), *right_columns("Part of all ways")),
        rows=tuple(
            (
                Cell(
                    text=wording.listing([short_name(appraisal, one) for one in region.options]), raw=region.options[0]
                ),
                Cell(text=wording.percent(region.area), raw=region.area),
            )
            for region in sorted(triangle.regions, key=lambda one: -one.area)
        ),
    )
