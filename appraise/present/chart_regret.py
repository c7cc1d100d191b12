"""The table of regret as a heat map with its numbers: what each option costs over the cheapest in each scenario."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraise.model.appraisal.document import Appraisal
from appraise.model.funding_results import Regret, RegretCell, RegretRow
from appraise.model.results import Results
from appraise.present import comparison, funding_tables, funding_words, tables, wording
from appraise.present.chart_parts import (
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    MoneyUnit,
    draw_key,
    key_lines,
    money_unit,
    place_and_time,
    ten_words,
)

#: Words of a cell that cannot be paid for, from long to short.
_UNPAID = ("not affordable", "not paid", "no")
_LARGEST = "Largest"
_LEAST = "least largest"
#: Height of a cell and of a line of headings, in sizes of type.
_CELL, _HEAD = 2.9, 1.6


@dataclass(frozen=True, slots=True)
class _Map:
    """Where the cells stand: names at the left or over their row, as many columns side by side as fit."""

    above: bool
    left: float
    column: float
    across: int
    pitch: float
    size: float


def regret(results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle) -> Chart | None:
    """Options down, scenarios across, the largest regret last; the row that has the least of these has a frame.

    What cannot be paid for has a triangle and says so. None without two options and a scenario to compare in.
    """
    found = results.regret
    if found is None or len(found.rows) < 2 or not found.rows[0].cells:
        return None
    size = style.size
    heads = [*(_scenario(appraisal, cell.scenario) for cell in found.rows[0].cells), _LARGEST]
    unit = money_unit(row.largest for row in found.rows)
    probe = Canvas(width, height, style)
    parts = _key(found, style)
    key = key_lines(parts, probe)
    plan = _plan(probe, appraisal, found, heads, unit)
    blocks = [range(start, min(start + plan.across, len(heads))) for start in range(0, len(heads), plan.across)]
    head = len(key) * size * 1.5 + size * 0.4
    each = size * _HEAD + plan.pitch * len(found.rows) + size * 0.5
    spare = max((height - head - each * len(blocks)) / (len(blocks) * len(found.rows)), 0.0)
    plan = _Map(plan.above, plan.left, plan.column, plan.across, plan.pitch + min(spare, size * 1.2), size)
    each = size * _HEAD + plan.pitch * len(found.rows) + size * 0.5
    canvas = Canvas(width, max(height, head + each * len(blocks)), style)
    draw_key(canvas, key, parts)
    for place, block in enumerate(blocks):
        _block(canvas, appraisal, found, plan, (heads, block, unit), canvas.height - head - each * place)
    return Chart(
        title=_title(appraisal, found),
        subtitle=f"What each option costs more than the cheapest there, {comparison.cost_words(results)}, {unit.name}; "
        f"{place_and_time(appraisal, results)}",
        alt=_alt(appraisal, found),
        drawing=canvas.drawing,
        figures=lambda: funding_tables.regret(results, appraisal),
    )


def _scenario(appraisal: Appraisal, scenario: str) -> str:
    return next((one.name for one in appraisal.scenarios if one.id == scenario), wording.DASH)


def _key(found: Regret, style: ChartStyle) -> list[KeyPart]:
    parts = [
        KeyPart("no regret", style.card, style.grey),
        KeyPart("up to a third of the largest", style.tint2, style.grey),
        KeyPart("up to two thirds", style.tint1, style.grey),
        KeyPart("more", style.primary),
    ]
    return parts if any(row.largest > 0 for row in found.rows) else parts[:1]


def _plan(canvas: Canvas, appraisal: Appraisal, found: Regret, heads: Sequence[str], unit: MoneyUnit) -> _Map:
    size, width = canvas.size, canvas.width
    above = width < 30 * size
    names = [canvas.measure(tables.short_name(appraisal, row.option), strong=True) for row in found.rows]
    left = 0.0 if above else min(max(*names, canvas.measure(_LEAST)) + size * 0.9, width * 0.3)
    figures = [canvas.measure(unit.figure(row.largest), strong=True) for row in found.rows]
    needed = max(max(figures) + size, canvas.measure(_UNPAID[1]) + size * 1.9, size * 4.2)
    across = max(1, min(len(heads), int((width - left) // needed)))
    return _Map(above, left, (width - left) / across, across, size * (_CELL + (1.45 if above else 0.2)), size)


def _block(
    canvas: Canvas,
    appraisal: Appraisal,
    found: Regret,
    plan: _Map,
    shown: tuple[Sequence[str], range, MoneyUnit],
    top: float,
) -> None:
    """Some columns with their headings, every option under them."""
    heads, block, unit = shown
    style, size = canvas.style, canvas.size
    for place, column in enumerate(block):
        x = plan.left + plan.column * (place + 0.5)
        strong = heads[column] == _LARGEST and column == len(heads) - 1
        text = canvas.fit(heads[column], plan.column - size * 0.4, strong=strong)
        canvas.write(x, top - size * 1.1, text, style.ink2, anchor="middle", strong=strong)
    high = max(row.largest for row in found.rows)
    for number, row in enumerate(found.rows):
        upper = top - size * _HEAD - plan.pitch * number
        lower = upper - plan.pitch + size * 0.2
        least = row.option in found.least
        height = upper - lower - (size * 1.45 if plan.above else 0.0)
        _name(canvas, appraisal, plan, row, (upper, lower + height / 2), least=least)
        for place, column in enumerate(block):
            left = plan.left + plan.column * place
            box = (left, lower, plan.column - 2.0, height)
            cell = row.cells[column] if column < len(row.cells) else None
            _cell(canvas, cell, row.largest if cell is None else cell.regret, high, unit, box)
        if least:
            _frame(canvas, plan.left - 1.0, lower - 1.0, plan.column * len(block), height + 2.0)


def _name(
    canvas: Canvas, appraisal: Appraisal, plan: _Map, row: RegretRow, at: tuple[float, float], *, least: bool
) -> None:
    """The option over its cells or beside them; beside them the row with the least says so in a line of its own."""
    upper, middle = at
    size, style = canvas.size, canvas.style
    name = tables.short_name(appraisal, row.option)
    if plan.above:
        said = f"{name}, least largest regret" if least else name
        canvas.write(0, upper - size * 1.05, canvas.fit(said, canvas.width, strong=least), style.ink, strong=least)
        return
    room = plan.left - size * 0.7
    if not least:
        canvas.write(0, middle - size * 0.33, canvas.fit(name, room), style.ink)
        return
    canvas.write(0, middle + size * 0.25, canvas.fit(name, room, strong=True), style.ink, strong=True)
    canvas.write(0, middle - size * 0.95, canvas.fit(_LEAST, room), style.ink2)


def _shade(style: ChartStyle, value: float, high: float) -> tuple[str, str]:
    """Fill and ink of a cell: the darker, the more regret."""
    if value <= 0 or high <= 0:
        return style.card, style.ink
    if value <= high / 3:
        return style.tint2, style.ink
    if value <= high * 2 / 3:
        return style.tint1, style.ink
    return style.primary, style.on_categories[0]


def _cell(
    canvas: Canvas,
    cell: RegretCell | None,
    value: float,
    high: float,
    unit: MoneyUnit,
    box: tuple[float, float, float, float],
) -> None:
    """The figure, and under it a triangle and a word where the option cannot be paid for. `cell` None: the largest."""
    left, bottom, width, height = box
    size, style = canvas.size, canvas.style
    fill, ink = _shade(style, value, high) if cell is not None else (style.card, style.ink)
    canvas.rect(left, bottom, width, height, fill, edge=style.grid)
    unpaid = cell is not None and not cell.affordable
    middle = bottom + height / 2
    level = middle + size * 0.2 if unpaid else middle - size * 0.33
    text = unit.figure(value) if value > 0 else "0"
    canvas.write(left + width / 2, level, text, ink, anchor="middle", strong=cell is None)
    if unpaid:
        room = width - size * 1.6
        words = next((text for text in _UNPAID if canvas.measure(text) <= room), "")
        start = left + (width - canvas.measure(words) - size * 1.1) / 2
        base = middle - size * 1.05
        half = size * 0.42
        canvas.area(((start, base), (start + 2 * half, base), (start + half, base + size * 0.75)), ink)
        canvas.write(start + size * 1.1, base, words, ink)


def _frame(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Four lines around a row, with a casing where they meet the dark cells."""
    corners = (
        (left, bottom), (left + width, bottom), (left + width, bottom + height), (left, bottom + height),
        (left, bottom),
    )  # fmt: skip
    canvas.path(corners, canvas.style.ink, width=2.4, casing=True)


def _title(appraisal: Appraisal, found: Regret) -> str:
    least = next((row for row in found.rows if row.option in found.least), None)
    if least is None:
        return "No option has the least largest regret"
    if least.largest <= 0:
        return _never_dearer(appraisal, found)
    pounds = wording.money_short(least.largest)
    if len(found.least) > 1:
        return (
            f"{wording.capital(wording.how_many(len(found.least), 'option'))} share the least largest regret, {pounds}"
        )
    name = tables.short_name(appraisal, least.option)
    return ten_words(f"{name}: least largest regret, {pounds}", f"The least largest regret is {pounds}")


def _never_dearer(appraisal: Appraisal, found: Regret) -> str:
    """The title where somebody costs least whatever the money."""
    if len(found.least) > 1:
        return f"{wording.capital(wording.how_many(len(found.least), 'option'))} cost least in every scenario"
    name = tables.short_name(appraisal, found.least[0])
    return ten_words(f"{name} costs least in every scenario", "One option costs least in every scenario")


def _alt(appraisal: Appraisal, found: Regret) -> str:
    sentences = ["Table of regret with its numbers, options down and scenarios across."]
    for row in found.rows:
        cells = [
            f"{_scenario(appraisal, cell.scenario)} {wording.money_short(cell.regret)}"
            + ("" if cell.affordable else ", not affordable")
            for cell in row.cells
        ]
        name = tables.short_name(appraisal, row.option)
        sentences.append(f"{name}: {'; '.join(cells)}; largest {wording.money_short(row.largest)}.")
    return " ".join((*sentences, funding_words.REGRET_CAUTION))
