"""One option against each of the others: what it costs more or less in the same draw, as ranges around nought."""

from collections.abc import Sequence

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Difference, Distribution, Results
from appraise.present import finished, risk_tables, tables, wording
from appraise.present.chart_bars import CLEAR
from appraise.present.chart_parts import (
    Box,
    Canvas,
    Chart,
    ChartStyle,
    Rows,
    Scale,
    axis_label,
    place_and_time,
    ten_words,
    ticks_within,
    under_middle,
)


def differences(
    results: Results, appraisal: Appraisal, *, option: str, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """A line from 1 in 10 to 9 in 10 with a dot at the middle for each other option; left of nought it costs less."""
    found = tables.find_option(results, option).risk
    if found is None or not found.differences:
        return None
    if not finished.comparable(results) or not finished.same_basis(results):
        return None
    pairs, shares = found.differences, {one.than: one.share for one in found.pairwise_cheaper}
    names = [tables.short_name(appraisal, one.than) for one in pairs]
    size = style.size
    probe = Canvas(width, height, style)
    rows = Rows.fit(
        [probe.measure(name) for name in names], width=width, height=height, size=size, head=size * 1.6, foot=size * 2.9
    )
    canvas = Canvas(width, rows.height, style)
    last = canvas.measure("over 99 %") + size * 0.8
    ends = [end for one in pairs for end in (one.distribution.p10, one.distribution.p90)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = (high - low or 1.0) * 0.04
    scale = Scale(low - room, high + room, rows.left, width - last)
    _frame(canvas, rows, scale, last)
    for row, (name, one) in enumerate(zip(names, pairs, strict=True)):
        canvas.write(0, rows.name_at(row), canvas.fit(name, rows.name_room(width)), style.ink)
        _range(canvas, rows, row, scale, one.distribution)
        share = wording.percent_of_draws(shares[one.than])
        y = rows.middle(row) - under_middle(size)
        canvas.write(width, y, share, style.ink, anchor="end", strong=shares[one.than] >= CLEAR)
    return Chart(
        title=_title(tables.short_name(appraisal, option), pairs, shares),
        subtitle=f"Present cost less that of each other option; lines hold 8 of 10 draws; "
        f"{place_and_time(appraisal, results)}",
        alt="Ranges of what it costs more in the same draw. "
        + " ".join(
            f"Against {name}: {wording.money_signed(one.distribution.p10)} to "
            f"{wording.money_signed(one.distribution.p90)}, cheaper in {wording.percent_of_draws(shares[one.than])}."
            for name, one in zip(names, pairs, strict=True)
        ),
        drawing=canvas.drawing,
        figures=lambda: risk_tables.differences(results, appraisal, option),
    )


def _frame(canvas: Canvas, rows: Rows, scale: Scale, last: float) -> None:
    """Amounts below, the line of no difference, which side is which, and the head of the chances."""
    style, size = canvas.style, canvas.size
    ticks = ticks_within(scale.low, scale.high, max(2, min(6, int((scale.end - scale.start) / (size * 6)))))
    for tick in ticks:
        label = axis_label(tick, ticks[1] - ticks[0])
        half = canvas.measure(label) / 2
        x = min(max(scale(tick), rows.left + half), canvas.width - last - half)
        canvas.line(scale(tick), rows.bottom, scale(tick), rows.top, style.grid)
        canvas.write(x, rows.bottom - size * 1.2, label, style.ink2, anchor="middle")
    canvas.line(scale(0.0), rows.bottom, scale(0.0), rows.top, style.ink, width=1.2)
    canvas.write(rows.left, rows.bottom - size * 2.5, "costs less", style.ink2)
    canvas.write(canvas.width - last, rows.bottom - size * 2.5, "costs more", style.ink2, anchor="end")
    canvas.write(canvas.width, rows.top + size * 0.5, "cheaper in", style.ink2, anchor="end")


def _range(canvas: Canvas, rows: Rows, row: int, scale: Scale, one: Distribution) -> None:
    style, y = canvas.style, rows.middle(row)
    colour = style.primary if one.p90 < 0 or one.p10 > 0 else style.grey
    low, middle, high = scale(one.p10), scale(one.p50), scale(one.p90)
    canvas.path(((low, y), (high, y)), colour, width=2.5, casing=True)
    canvas.mark(Box(low, y - 2, high, y + 2))
    canvas.dot(middle, y, canvas.size * 0.42, colour)


def _title(name: str, pairs: Sequence[Difference], shares: dict[str, float]) -> str:
    clear = sum(shares[one.than] >= CLEAR for one in pairs)
    if clear == len(pairs):
        found = f"{name} clearly costs less than {'every other option' if clear > 1 else 'the other option'}"
        return ten_words(found, "It clearly costs less than every other option")
    if clear:
        return ten_words(
            f"{name} clearly costs less than {clear} of {len(pairs)} others",
            f"Clearly cheaper than {clear} of {len(pairs)} other options",
        )
    return ten_words(f"{name} is not clearly cheaper than any other", "Not clearly cheaper than any other option")
