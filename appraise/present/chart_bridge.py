"""The bridge as a drawing: how the economic total of an option becomes its cash, step by step."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import BridgeStep, Results
from appraise.present import budget_words, finished, wording
from appraise.present.chart_parts import (
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    Rows,
    Scale,
    axis_label,
    draw_key,
    key_lines,
    place_and_time,
    ten_words,
    ticks_within,
    under_middle,
)
from appraise.present.tables import Cell, Column, Table, find_option, short_name

#: What a step is called in the drawing where the table's name is too long for it.
BALANCES = {"economic": "Economic case", "financial": "Cash of this body"}
REVENUE_BALANCES = BALANCES | {"financial": "Charges to revenue"}


def adds_up(steps: Sequence[BridgeStep]) -> bool:
    """The first balance and every row after it make the last balance, to the penny."""
    if len(steps) < 2:
        return False
    return steps[0].pounds + sum((step.pounds for step in steps[1:-1]), Decimal(0)) == steps[-1].pounds


def drawn_steps(steps: Sequence[BridgeStep]) -> tuple[BridgeStep, ...]:
    """The steps that a drawing can show: rounding of less than a pound is left to the table."""
    return tuple(step for step in steps if step.balance or step.key != "rounding" or abs(step.pounds) >= 1)


def bridge(
    results: Results, appraisal: Appraisal, *, option: str, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """Waterfall from the economic case to the financial case of one option, in pounds; costs are positive.

    Balances are points on one scale, which need not begin at 0; every step is a bar from the balance before it
    to the one after. None for an option without costs.
    """
    found = find_option(results, option)
    if found.financial is None or not finished.costed(found) or len(found.financial.bridge) < 2:
        return None
    whole = found.financial.bridge
    steps = drawn_steps(whole)
    levels = _levels(steps)
    size = style.size
    probe = Canvas(width, height, style)
    key = [KeyPart("raises the cost", style.categories[0]), KeyPart("lowers the cost", style.categories[1])]
    lines = key_lines(key, probe)
    balances = REVENUE_BALANCES if budget_words.in_revenue(appraisal) else BALANCES
    names = [balances.get(step.key, step.name) for step in steps]
    rows = Rows.fit(
        [probe.measure(name, strong=step.balance) for name, step in zip(names, steps, strict=True)],
        width=width, height=height, size=size, head=len(lines) * size * 1.5 + size * 0.5, foot=size * 1.7,
    )  # fmt: skip
    canvas = Canvas(width, rows.height, style)
    draw_key(canvas, lines, key)
    labels = _labels(steps)
    room = max(canvas.measure(text, strong=True) for text in labels) + size * 1.2
    scale = Scale(min(levels), max(levels), rows.left + size * 0.5, width - room)
    _axis(canvas, rows, scale)
    for row, step in enumerate(steps):
        _step(canvas, rows, row, scale, (levels[row - 1] if row else levels[0], levels[row]), step, labels[row])
    for row, step in enumerate(steps):
        # Above their bars, names lie over the lines that hand the balance down: those give way.
        name = canvas.fit(names[row], rows.name_room(width), strong=step.balance)
        canvas.place(name, [(0, rows.name_at(row), "start")], style.ink, strong=step.balance)
    first, last = whole[0], whole[-1]
    name = wording.shorten(found.name, 44)
    kind = "the budget" if budget_words.in_revenue(appraisal) else "cash"
    return Chart(
        title=ten_words(
            f"{short_name(appraisal, option)}: {labels[0]} in the economic case, {labels[-1]} in {kind}",
            f"{labels[0]} in the economic case, {labels[-1]} in {kind}",
        ),
        subtitle=f"{name}: from present value of costs less benefits to {budget_words.noun(appraisal)} of all years; "
        f"{place_and_time(appraisal, results)}",
        alt=f"Waterfall of {found.name}. {first.name}: {wording.money(first.pounds)}. "
        + " ".join(f"{step.name}: {wording.money_signed(step.pounds)}." for step in whole[1:-1])
        + f" {last.name}: {wording.money(last.pounds)}.",
        drawing=canvas.drawing,
        figures=lambda: bridge_data(whole),
    )


def _levels(steps: Sequence[BridgeStep]) -> list[float]:
    """The balance after every step; the last is the financial total itself."""
    running = accumulate((step.pounds for step in steps[1:-1]), initial=steps[0].pounds)
    return [*(float(level) for level in running), float(steps[-1].pounds)]


def _labels(steps: Sequence[BridgeStep]) -> list[str]:
    form = wording.money_column(step.pounds for step in steps)
    signed = wording.signed_column(step.pounds for step in steps)
    labels = [form(float(step.pounds)) if step.balance else signed(float(step.pounds)) for step in steps]
    # A small step in a column of millions would read as nothing: it is told in its own unit.
    return [
        label if any(digit in "123456789" for digit in label) else wording.money_signed(step.pounds)
        for label, step in zip(labels, steps, strict=True)
    ]


def _axis(canvas: Canvas, rows: Rows, scale: Scale) -> None:
    """Round values under the rows, with a hairline each."""
    most = max(2, int((scale.end - scale.start) / (canvas.size * 6)))
    ticks = ticks_within(scale.low, scale.high, most)
    apart = ticks[1] - ticks[0] if len(ticks) > 1 else abs(ticks[0])
    for tick in ticks:
        x = scale(tick)
        canvas.line(x, rows.bottom, x, rows.top, canvas.style.grid)
        text = axis_label(tick, apart)
        half = canvas.measure(text) / 2
        at = min(max(x, half), canvas.width - half)
        canvas.write(at, rows.bottom - canvas.size * 1.2, text, canvas.style.ink2, anchor="middle")


def _step(
    canvas: Canvas, rows: Rows, row: int, scale: Scale, ends: tuple[float, float], step: BridgeStep, label: str
) -> None:
    """One row: the line that hands the balance down, the bar or the point, and its figure."""
    style, size, y = canvas.style, canvas.size, rows.middle(row)
    start, end = scale(ends[0]), scale(ends[1])
    if row:
        canvas.line(start, rows.middle(row - 1) - rows.bar / 2, start, y + rows.bar / 2, style.grey)
    if step.balance:
        canvas.dot(end, y, size * 0.5, style.ink)
        edge = end + size * 0.5
    else:
        left, right = min(start, end), max(start, end)
        shade = style.categories[0] if step.pounds > 0 else style.categories[1]
        canvas.rect(left, y - rows.bar / 2, max(right - left, 2.0), rows.bar, shade)
        edge = max(right, left + 2.0)
    # placed, not written: the grid line under the figure gives way
    canvas.place(label, [(edge + size * 0.4, y - under_middle(size), "start")], style.ink, strong=step.balance)


def bridge_data(steps: Sequence[BridgeStep]) -> Table:
    """The steps of one option with the balance after each, in pounds and pence."""
    balance = Decimal(0)
    rows = []
    for step in steps:
        balance = step.pounds if step.balance else balance + step.pounds
        shown = wording.DASH if step.balance else wording.number(step.pounds, 2)
        rows.append(
            (
                Cell(text=step.name, raw=step.name),
                Cell(text=shown, raw=None if step.balance else step.pounds),
                Cell(text=wording.number(balance, 2), raw=balance),
            )
        )
    return Table(
        title="From the economic case to the financial case",
        columns=(
            Column(heading="Step"),
            Column(heading="Change", align="right", unit="£"),
            Column(heading="Balance", align="right", unit="£"),
        ),
        rows=tuple(rows),
        total_rows=tuple(place for place, step in enumerate(steps) if step.balance),
    )
