"""The chart "settle these first": what an answer before tender is worth, by constraint and by where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import ConstraintResult, Results, SettlingValue
from appraise.present import constraint_tables, wording
from appraise.present.chart_parts import (
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    Rows,
    Scale,
    draw_key,
    key_lines,
    place_and_time,
    ten_words,
    under_middle,
)
from appraise.present.constraint_words import NEGLIGIBLE, about, in_set, is_all, settle_sentence, valued

#: How many constraints are drawn, the most worth first; the table has all of them.
MOST = 10
#: The bars in their order: both ways of choosing better are one of them.
BARS = (
    ("risk price released", ("loading_released",)),
    ("view gap closed", ("view_gap",)),
    ("claims avoided", ("compensation_avoided",)),
    ("better choice", ("reranking", "information")),
)
COST = "cost of settling"


@dataclass(frozen=True, slots=True)
class _Row:
    """One constraint: pounds by bar in the order of `BARS`, what settling costs, and the total."""

    result: ConstraintResult
    parts: tuple[float, ...]
    cost: float
    total: float

    @property
    def right(self) -> float:
        """How far the bars reach to the right of nothing."""
        return sum(part for part in self.parts if part > 0)

    @property
    def left(self) -> float:
        """How far the bars reach to the left, negative."""
        return sum(part for part in self.parts if part < 0) - self.cost


def _row(result: ConstraintResult, value: SettlingValue) -> _Row:
    parts = tuple(_seen(sum(getattr(value, field) for field in fields)) for _, fields in BARS)
    return _Row(result, parts, _seen(value.cost_of_settling), value.total)


def _seen(pounds: float) -> float:
    """Rounding of the arithmetic is no part of a bar."""
    return pounds if abs(pounds) >= constraint_tables.SAME else 0.0


def settling(results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle) -> Chart | None:
    """Stacked bars by constraint, the total at the end; costs and negative parts to the left of nothing.

    Settling that neither brings nor costs anything has no bar. None where no bar is left, or no value is known.
    """
    rows = [row for row in (_row(result, value) for result, value in valued(results)) if row.right or row.left]
    if not rows:
        return None
    rows = rows[:MOST]
    probe = Canvas(width, height, style)
    key = _key(rows, style)
    lines = key_lines(key, probe)
    size = style.size
    grid = Rows.fit(
        [probe.measure(wording.capital(row.result.name), strong=not place) for place, row in enumerate(rows)],
        width=width, height=height, size=size, head=len(lines) * size * 1.5 + size * 0.4, foot=size * 0.3,
    )  # fmt: skip
    canvas = Canvas(width, grid.height, style)
    draw_key(canvas, lines, key)
    chosen = _chosen(results)
    labels = _labels(rows, chosen)
    room = max(canvas.measure(text, strong=True) for text in labels) + size * 0.7
    scale = Scale(min(row.left for row in rows), max(row.right for row in rows), grid.left, width - room)
    for place, row in enumerate(rows):
        name = canvas.fit(wording.capital(row.result.name), grid.name_room(width), strong=not place)
        canvas.write(0, grid.name_at(place), name, style.ink, strong=not place)
        _bars(canvas, grid, place, scale, row, labels[place])
    return Chart(
        title=_title(rows),
        subtitle=f"Settle these first: present value of an answer before tender, less its cost; "
        f"{'chosen: settled together; ' if chosen else ''}{place_and_time(appraisal, results)}",
        alt="Stacked bars of what settling first is worth. "
        + " ".join(settle_sentence(appraisal, row.result) for row in rows),
        drawing=canvas.drawing,
        figures=lambda: constraint_tables.settle_first(results, appraisal),
    )


def _key(rows: Sequence[_Row], style: ChartStyle) -> list[KeyPart]:
    """Only what is drawn: bars keep their colours."""
    shown = [
        KeyPart(name, colour)
        for place, ((name, _), colour) in enumerate(zip(BARS, style.categories, strict=True))
        if any(row.parts[place] for row in rows)
    ]
    return [*shown, KeyPart(COST, style.grey)] if any(row.cost for row in rows) else shown


def _chosen(results: Results) -> frozenset[str]:
    """The ids that are settled as one, where that are several but not all."""
    several = len(in_set(results)) > 1 and not is_all(results)
    return frozenset(one.id for one, _ in in_set(results)) if several else frozenset()


def _labels(rows: Sequence[_Row], chosen: frozenset[str] = frozenset()) -> list[str]:
    """Totals in the form of one column; a small one beside millions in its own unit, so that it is not nothing.

    Those of the chosen set say so.
    """
    form = wording.money_column(row.total for row in rows)
    said = [
        "£0"
        if abs(row.total) < constraint_tables.SAME
        else form(row.total)
        if any(digit in "123456789" for digit in form(row.total))
        else wording.money_short(row.total)
        for row in rows
    ]
    return [f"{text}, chosen" if row.result.id in chosen else text for text, row in zip(said, rows, strict=True)]


def _bars(canvas: Canvas, grid: Rows, place: int, scale: Scale, row: _Row, label: str) -> None:
    """Gains to the right and losses to the left, in the order of the key, and the total at the right end."""
    style, y, zero = canvas.style, grid.middle(place), scale(0.0)
    right = left = zero
    per_pound = (scale.end - scale.start) / (scale.high - scale.low)
    for part, colour in (*zip(row.parts, style.categories, strict=True), (-row.cost, style.grey)):
        length = abs(part) * per_pound
        if part > 0:
            canvas.rect(right, y - grid.bar / 2, max(length - 1.5, min(length, 1.0)), grid.bar, colour)
            right += length
        elif part < 0:
            left -= length
            canvas.rect(left, y - grid.bar / 2, max(length - 1.5, min(length, 1.0)), grid.bar, colour)
    reach = 0.5 if grid.above else 0.75
    canvas.line(zero, y - grid.bar * reach, zero, y + grid.bar * reach, style.ink, width=1.2)
    canvas.write(right + canvas.size * 0.45, y - under_middle(canvas.size), label, style.ink, strong=True)


def _title(rows: Sequence[_Row]) -> str:
    best = rows[0]
    if best.total < NEGLIGIBLE:
        return "No answer before tender is worth more than it costs"
    name = wording.shorten(best.result.name, 40)
    worth = f"first is worth about {about(best.total)}"
    return ten_words(f"Settling “{name}” {worth}", f"Settling one {worth}")
