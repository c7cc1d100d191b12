"""What short money costs: each scenario's extra present cost against the longest settlement, by what it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraise.model.appraisal.document import Appraisal
from appraise.model.funding_results import ScenarioFunding
from appraise.model.results import Results
from appraise.present import finished, funding_tables, funding_words, tables, wording
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

#: Less than this is arithmetic and no bar, pounds.
SAME = 0.5


@dataclass(frozen=True, slots=True)
class _Row:
    """One scenario: its parts in the order of `funding_words.CAUSES`, and the total with how far it may be off."""

    name: str
    longest: bool
    parts: tuple[float, ...]
    total: float
    off: float

    @property
    def right(self) -> float:
        """How far the bars reach to the right of nothing."""
        return sum(part for part in self.parts if part > 0)

    @property
    def left(self) -> float:
        """How far the bars reach to the left, negative."""
        return sum(part for part in self.parts if part < 0)


def _row(name: str, funding: ScenarioFunding, *, longest: bool) -> _Row:
    pounds = dict.fromkeys(funding_words.CAUSES, 0.0)
    for step in funding.short_termism_steps:
        pounds[step.kind] += step.pounds
    parts = tuple(value if abs(value) >= SAME else 0.0 for value in pounds.values())
    off = wording.NINETEEN_OF_20 * (funding.short_termism_error or 0.0)
    return _Row(name, longest, parts, funding.cost_of_short_termism or 0.0, off)


def _colours(style: ChartStyle) -> tuple[tuple[str, str], ...]:
    """Fill and edge of each cause, in the order of `funding_words.CAUSES`; pale fills have an edge."""
    return (
        (style.categories[0], ""),
        (style.tint1, style.grey),
        (style.categories[1], ""),
        (style.quiet, style.grey),
        (style.categories[2], ""),
        (style.grey, ""),
        (style.categories[3], ""),
    )


def short_money(
    results: Results, appraisal: Appraisal, *, option: str, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """Stacked bars by scenario, shortest settlements last; the longest is the yardstick and has no bar.

    None with fewer than two scenarios, as there is nothing to compare with, and where nothing costs more.
    """
    compared = funding_words.compared_scenarios(results, appraisal, option)
    if len(compared) < 2 or not finished.costed(tables.find_option(results, option)):
        return None
    longest = results.regret.longest if results.regret is not None else ""
    rows = [_row(plan.name, funding, longest=plan.id == longest) for plan, funding in compared]
    if not any(row.right or row.left for row in rows):
        return None
    size = style.size
    probe = Canvas(width, height, style)
    key = _key(rows, style)
    lines = key_lines(key, probe) if key else []
    grid = Rows.fit(
        [probe.measure(row.name, strong=True) for row in rows],
        width=width, height=height, size=size, head=len(lines) * size * 1.5 + size * 0.4, foot=size * 0.3,
    )  # fmt: skip
    canvas = Canvas(width, grid.height, style)
    draw_key(canvas, lines, key)
    worst = max(rows, key=lambda row: row.total)
    labels = [_label(row) for row in rows]
    room = max(canvas.measure(text, strong=True) for text in labels) + size * 0.7
    low, high = min(row.left for row in rows), max(row.right for row in rows)
    scale = Scale(low, high or 1.0, grid.left, max(width - room, grid.left + size))
    for place, (row, label) in enumerate(zip(rows, labels, strict=True)):
        strong = row is worst and row.total >= SAME
        name = canvas.fit(row.name, grid.name_room(width), strong=strong)
        canvas.write(0, grid.name_at(place), name, style.ink, strong=strong)
        _bars(canvas, grid, place, scale, row, label, strong=strong)
    return Chart(
        title=_title(worst),
        subtitle=f"{tables.short_name(appraisal, option)}: extra expected present cost against the longest "
        f"settlement; {place_and_time(appraisal, results)}",
        alt=_alt(rows, tables.find_option(results, option).name),
        drawing=canvas.drawing,
        figures=lambda: funding_tables.short_money(results, appraisal, option),
    )


def _key(rows: Sequence[_Row], style: ChartStyle) -> list[KeyPart]:
    """Only what is drawn: bars keep their colours."""
    return [
        KeyPart(words, fill, edge)
        for place, (words, (fill, edge)) in enumerate(zip(funding_words.CAUSES.values(), _colours(style), strict=True))
        if any(row.parts[place] for row in rows)
    ]


def _label(row: _Row) -> str:
    if row.longest:
        return "the yardstick"
    return wording.money_signed(row.total, row.off) if abs(row.total) >= SAME else "no more"


def _bars(canvas: Canvas, grid: Rows, place: int, scale: Scale, row: _Row, label: str, *, strong: bool) -> None:
    """What costs more to the right, what is saved to the left, in the order of the key; the total at the right end."""
    style, y, zero = canvas.style, grid.middle(place), scale(0.0)
    right = left = zero
    per_pound = (scale.end - scale.start) / (scale.high - scale.low)
    for part, (fill, edge) in zip(row.parts, _colours(style), strict=True):
        length = abs(part) * per_pound
        drawn = max(length - 1.5, min(length, 1.0))
        if part > 0:
            canvas.rect(right, y - grid.bar / 2, drawn, grid.bar, fill, edge=edge)
            right += length
        elif part < 0:
            left -= length
            canvas.rect(left, y - grid.bar / 2, drawn, grid.bar, fill, edge=edge)
    reach = 0.5 if grid.above else 0.75
    canvas.line(zero, y - grid.bar * reach, zero, y + grid.bar * reach, style.ink, width=1.2)
    ink = style.ink2 if row.longest else style.ink
    canvas.write(right + canvas.size * 0.45, y - under_middle(canvas.size), label, ink, strong=strong)


def _title(worst: _Row) -> str:
    if worst.total < max(SAME, worst.off):
        return "Shorter settlements add nothing that shows to the cost"
    pounds = wording.money(worst.total, worst.off)
    return ten_words(f"{wording.shorten(worst.name, 40)} adds {pounds}", f"Short money adds {pounds}")


def _alt(rows: Sequence[_Row], option: str) -> str:
    sentences = [f"Stacked bars of what short settlements add to the expected present cost of {option}."]
    for row in rows:
        parts = [
            f"{words} {wording.money_signed(part)}"
            for words, part in zip(funding_words.CAUSES.values(), row.parts, strict=True)
            if part
        ]
        of = f": {wording.listing(parts)}" if parts else ""
        total = "£0, the yardstick" if row.longest else wording.money_signed(row.total, row.off)
        sentences.append(f"{row.name} {total}{of}.")
    return " ".join(sentences)
