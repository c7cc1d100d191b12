"""Charts of an option by year: its cash cost, and the gap between cost and money under every scenario."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.funding_results import ScenarioFunding
from appraise.model.results import OptionResult, Results
from appraise.present import budget_words, finished, tables, wording
from appraise.present.chart_parts import (
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    MoneyUnit,
    Scale,
    draw_key,
    key_lines,
    money_unit,
    place_and_time,
)
from appraise.present.tables import Cell, Column, Table

#: Of many years every such one is named.
_EVERY = (1, 2, 5, 10, 20, 50)


def _shown(halves: Sequence[float], centres: Sequence[float], gap: float) -> list[int]:
    """Which labels stand side by side: all, every second, every fifth and so on; at least the first.

    `halves` are half widths about `centres`; between two labels stays `gap`.
    """
    for every in _EVERY:
        places = list(range(0, len(centres), every))
        if all(centres[one] + halves[one] + gap <= centres[two] - halves[two] for one, two in pairwise(places)):
            break
    if len(places) == 1 < len(centres) and centres[0] + halves[0] + gap <= centres[-1] - halves[-1]:
        places.append(len(centres) - 1)
    return places


def year_labels(
    canvas: Canvas, years: Sequence[str], centres: Sequence[float], y: float, ends: tuple[float, float]
) -> list[int]:
    """As many years as fit under their bars, kept between the ends; which places they name."""
    texts = [wording.year_short(year) for year in years]
    halves = [canvas.measure(text) / 2 for text in texts]
    kept = [min(max(x, ends[0] + half), ends[1] - half) for x, half in zip(centres, halves, strict=True)]
    shown = _shown(halves, kept, canvas.size * 0.5)
    for place in shown:
        canvas.write(kept[place], y, texts[place], canvas.style.ink2, anchor="middle")
    return shown


def _says_something(text: str) -> bool:
    """A figure that is not nothing in the unit of its chart."""
    return any(digit in "123456789" for digit in text)


def cost_by_year(
    results: Results, appraisal: Appraisal, *, option: str, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """The financial case of an option by year, as bars with their figures."""
    found = tables.find_option(results, option)
    if found.financial is None or not found.financial.by_year:
        return None
    yearly = found.financial.by_year
    costs = [float(value) for value in yearly]
    unit = money_unit(costs)
    size = style.size
    canvas = Canvas(width, max(height, size * 7), style)
    low, high = min(0.0, *costs), max(0.0, *costs)
    below = size * 1.3 if low < 0 else 0.0
    y_of = Scale(low, high or 1.0, size * 1.6 + below, canvas.height - size * 1.4)
    slot = width / len(costs)
    centres = [slot * (place + 0.5) for place in range(len(costs))]
    for x, cost in zip(centres, costs, strict=True):
        _column(canvas, x, slot * 0.84, y_of(0.0), y_of(cost), style.primary)
    canvas.line(0, y_of(0.0), width, y_of(0.0), style.grey)
    named = year_labels(canvas, results.years, centres, size * 0.35, (0, width))
    _end_figures(canvas, costs, unit, y_of, centres, named, (0, width))
    form = wording.money_column(costs)
    ends = f"{form(min(costs))} to {form(max(costs))}"
    return Chart(
        title=f"{wording.capital(budget_words.cost(appraisal))} is {ends} a year",
        subtitle=f"{wording.shorten(found.name, 44)}, {unit.name} {budget_words.in_money(appraisal)}; "
        f"{place_and_time(appraisal, results)}",
        alt=f"Bars of the {budget_words.cost(appraisal)} of {found.name} by year. "
        + " ".join(f"{year}: {wording.money_short(cost)}." for year, cost in zip(results.years, costs, strict=True)),
        drawing=canvas.drawing,
        figures=lambda: _cost_data(found.name, budget_words.cost(appraisal), results.years, yearly),
    )


def _cost_data(name: str, kind: str, years: Sequence[str], costs: Sequence[Decimal]) -> Table:
    """The figures that are drawn. The lines behind them stand in `tables.financial_by_year`."""
    form = wording.money_column(costs)
    rows = [
        (Cell(text=year, raw=year), Cell(text=form(float(cost)), raw=cost))
        for year, cost in zip(years, costs, strict=True)
    ]
    return Table(
        title=f"{name}: {kind} by year",
        columns=(Column(heading="Year"), Column(heading=wording.capital(kind), align="right")),
        rows=tuple(rows),
    )


def _end_figures(
    canvas: Canvas,
    values: Sequence[float],
    unit: MoneyUnit,
    y_of: Scale,
    centres: Sequence[float],
    named: Sequence[int],
    ends: tuple[float, float],
    *,
    signed: bool = True,
) -> None:
    """The figures at the ends of the bars: all, or the largest and those of the named years, where there is room."""
    slot = (ends[1] - ends[0]) / len(values)
    texts = [unit.figure(value if signed else abs(value)) for value in values]
    halves = [canvas.measure(text, strong=True) / 2 for text in texts]
    order = sorted(range(len(values)), key=lambda place: -abs(values[place]))
    if any(2 * half + canvas.size * 0.1 > slot for half in halves):
        order = [order[0], *(place for place in named if place != order[0])]
    for place in order:
        if _says_something(texts[place]):
            half = halves[place]
            x = min(max(centres[place], ends[0] + half), ends[1] - half)
            first, last = int((x - half - ends[0]) / slot), int((x + half - ends[0]) / slot)
            _end_figure(canvas, texts[place], x, values[place], values[max(first, 0) : last + 1], y_of)


def _end_figure(canvas: Canvas, text: str, x: float, cost: float, beside: Sequence[float], y_of: Scale) -> None:
    """One figure beyond the end of its bar and of those it reaches over, unless they end far beyond."""
    size = canvas.size
    if cost >= 0:
        end = max(y_of(one) for one in beside)
        near, at = end <= y_of(cost) + size * 1.2, end + size * 0.35
    else:
        end = min(y_of(one) for one in beside)
        near, at = end >= y_of(cost) - size * 1.2, end - size * 1.05
    if near:
        canvas.write(x, at, text, canvas.style.ink, anchor="middle", strong=True)


def _column(canvas: Canvas, centre: float, width: float, start: float, end: float, fill: str) -> None:
    canvas.rect(centre - width / 2, min(start, end), width, abs(end - start), fill)


def scenarios_of(appraisal: Appraisal, option: OptionResult, scenario: str) -> list[tuple[Scenario, ScenarioFunding]]:
    """The scenarios asked for that have money; none for an option without costs."""
    known = {item.id: item for item in appraisal.scenarios}
    return [
        (known[funding.scenario], funding)
        for funding in (finished.funded(option) if finished.costed(option) else ())
        if funding.scenario in known and scenario in ("", funding.scenario)
    ]


def gap_by_year(
    results: Results,
    appraisal: Appraisal,
    *,
    option: str,
    scenario: str = "",
    width: float,
    height: float,
    style: ChartStyle,
    most: int = 0,
) -> Chart | None:
    """The gap between cost and money by year, one panel for each scenario (or one scenario's panel only).

    `most`: where there are more, so many panels are drawn: the scenarios most likely to be short, and the safest.
    Above the line money is missing: dark in the middle draw, light in 2 of 10 draws. Below it money is left.
    """
    found = tables.find_option(results, option)
    asked = scenarios_of(appraisal, found, scenario)
    if not asked or not results.years:
        return None
    panels = _telling_panels(asked, most)
    size = style.size
    across = max(1, min(len(panels), int((width + 2 * size) // (14 * size))))
    down = -(-len(panels) // across)
    probe = Canvas(width, height, style)
    parts = [
        KeyPart("short, middle draw: figure under the line", style.short),
        KeyPart("shortfall passed in 2 of 10 draws", style.quiet),
        KeyPart("money left, middle draw", style.spare),
    ]
    key = key_lines(parts, probe)
    head = len(key) * size * 1.5 + size * 0.6
    panel_width = (width - size * 1.6 * (across - 1)) / across
    names = {plan.id: _two_lines(probe, plan.name, panel_width) for plan, _ in panels}
    lines = max(len(name) for name in names.values())
    panel_height = max(size * (10.8 + 1.2 * lines), (height - head) / down)
    canvas = Canvas(width, head + panel_height * down, style)
    draw_key(canvas, key, parts)
    unit = money_unit(value for _, item in panels for value in (*item.gap_p80_by_year, *item.gap_p50_by_year))
    low = min(0.0, *(value for _, item in panels for value in item.gap_p50_by_year))
    high = max(0.0, *(value for _, item in panels for value in (*item.gap_p80_by_year, *item.gap_p50_by_year)))
    for place, (chain, funding) in enumerate(panels):
        left = (place % across) * (panel_width + size * 1.6)
        top = canvas.height - head - (place // across) * panel_height
        _panel_head(canvas, names[chain.id], lines, funding, (left, top, panel_width))
        below = top - size * 1.2 * (lines - 1)
        box = (left, below, panel_width, panel_height - size * 1.2 * (lines - 1))
        _gap_panel(canvas, funding, results.years, unit, Scale(low, high, 0, 0), box)
    return Chart(
        title=_gap_title(results, found, asked),
        subtitle=f"{tables.short_name(appraisal, option)}{_of_all(panels, asked)}: cost less funding after cuts, "
        f"{unit.name} {budget_words.in_money(appraisal)}; "
        f"{place_and_time(appraisal, results)}",
        alt=f"Bars of the gap between cost and funding for {found.name}. " + " ".join(_gap_alt(results, panels)),
        drawing=canvas.drawing,
        figures=lambda: _gap_data(results, panels),
    )


def _telling_panels(asked: list[tuple[Scenario, ScenarioFunding]], most: int) -> list[tuple[Scenario, ScenarioFunding]]:
    """The scenarios most likely to be short and the safest one, at most `most` in all, in their order; 0: all."""
    if not most or len(asked) <= most:
        return asked
    order = sorted(range(len(asked)), key=lambda place: -asked[place][1].probability_of_any_gap)
    kept = {*order[: most - 1], order[-1]}
    return [panel for place, panel in enumerate(asked) if place in kept]


def _of_all(panels: Sequence[object], asked: Sequence[object]) -> str:
    """Says in a subtitle that not every scenario is drawn."""
    return f", {len(panels)} of {len(asked)} scenarios" if len(panels) < len(asked) else ""


def _two_lines(canvas: Canvas, name: str, room: float) -> tuple[str, ...]:
    """A name on one line, or on two broken between words; only what two lines do not hold is cut."""
    if canvas.measure(name, strong=True) <= room:
        return (name,)
    words = name.split()
    fits = [count for count in range(1, len(words)) if canvas.measure(" ".join(words[:count]), strong=True) <= room]
    if not fits:
        return (canvas.fit(name, room, strong=True),)
    return (" ".join(words[: fits[-1]]), canvas.fit(" ".join(words[fits[-1] :]), room, strong=True))


def _panel_head(
    canvas: Canvas,
    name: Sequence[str],
    lines: int,
    funding: ScenarioFunding,
    box: tuple[float, float, float],
) -> None:
    """The name of a scenario in so many lines, and its chance of a gap under it. `box`: left, top, width."""
    left, top, width = box
    style, size = canvas.style, canvas.size
    for place, text in enumerate(name):
        canvas.write(left, top - size * (1 + 1.2 * place), text, style.ink, strong=True)
    chance = f"short in some year: {wording.percent_of_draws(funding.probability_of_any_gap)}"
    canvas.write(left, top - size * (2.35 + 1.2 * (lines - 1)), canvas.fit(chance, width), style.ink2)


def _gap_panel(
    canvas: Canvas,
    funding: ScenarioFunding,
    years: Sequence[str],
    unit: MoneyUnit,
    span: Scale,
    box: tuple[float, float, float, float],
) -> None:
    """One scenario under its head: two bars a year, each with its figure. `box`: left, top, width, height."""
    left, top, width, height = box
    style, size = canvas.style, canvas.size
    bottom = top - height + size * 2.0
    under = span.low < 0 or any(gap > 0 for gap in funding.gap_p50_by_year)
    y_of = Scale(span.low, span.high or 1.0, bottom + (size * 1.3 if under else 0), top - size * 4.2)
    slot = width / len(years)
    centres = [left + slot * (place + 0.5) for place in range(len(years))]
    zero = y_of(0.0)
    rows = zip(centres, funding.gap_p50_by_year, funding.gap_p80_by_year, strict=True)
    for x, middle, wide in rows:
        if wide > 0:
            _column(canvas, x, slot * 0.76, zero, y_of(wide), style.quiet)
        _column(canvas, x, slot * 0.76, zero, y_of(middle), style.short if middle > 0 else style.spare)
    canvas.line(left, zero, left + width, zero, style.grey)
    ends = (left, left + width)
    named = year_labels(canvas, years, centres, bottom - size * 1.35, ends)
    short = [max(0.0, *both) for both in zip(funding.gap_p50_by_year, funding.gap_p80_by_year, strict=True)]
    spare = [min(0.0, middle) for middle in funding.gap_p50_by_year]
    for values in (short, spare):
        _end_figures(canvas, values, unit, y_of, centres, named, ends, signed=False)
    _middle_figures(canvas, funding.gap_p50_by_year, unit, zero, centres, ends)


def _middle_figures(
    canvas: Canvas,
    gaps: Sequence[float],
    unit: MoneyUnit,
    zero: float,
    centres: Sequence[float],
    ends: tuple[float, float],
) -> None:
    """What the middle draw lacks, under the line of its bar, where nothing is left and the room is free."""
    for centre, gap in zip(centres, gaps, strict=True):
        text = unit.figure(gap)
        if gap > 0 and _says_something(text):
            half = canvas.measure(text, strong=True) / 2
            x = min(max(centre, ends[0] + half), ends[1] - half)
            canvas.write(x, zero - canvas.size * 1.05, text, canvas.style.short, anchor="middle", strong=True)


def _gap_title(results: Results, found: OptionResult, panels: Sequence[tuple[Scenario, ScenarioFunding]]) -> str:
    short = [year for year in (tables.short_from(results, funding) for _, funding in panels) if year]
    if not short:
        return "Funding covers the middle draw in every year"
    if len(panels) == 1:
        return f"Money runs short {tables.short_when(results, found, panels[0][1])}"
    when = tables.short_in_all(results, found, [one for _, one in panels])
    if len(short) == len(panels):
        return f"Money runs short {when}, in every scenario"
    return f"Short {when}, in {len(short)} of {len(panels)} scenarios"


def _gap_alt(results: Results, panels: Sequence[tuple[Scenario, ScenarioFunding]]) -> list[str]:
    sentences = []
    for scenario, funding in panels:
        gaps = ", ".join(
            f"{year} {wording.money_signed(gap)}"
            for year, gap in zip(results.years, funding.gap_p50_by_year, strict=True)
        )
        chance = wording.percent_of_draws(funding.probability_of_any_gap)
        sentences.append(f"{scenario.name}: short in some year {chance}; middle gap {gaps}.")
    return sentences


def _gap_data(results: Results, panels: Sequence[tuple[Scenario, ScenarioFunding]]) -> Table:
    heads = ("Gap as settled", "Gap, middle draw", "Gap in 2 of 10 draws")
    form = wording.signed_column(
        gap for _, one in panels for gaps in (one.gap_by_year, one.gap_p50_by_year, one.gap_p80_by_year) for gap in gaps
    )
    rows = []
    for scenario, funding in panels:
        for place, year in enumerate(results.years):
            values = (funding.gap_by_year[place], funding.gap_p50_by_year[place], funding.gap_p80_by_year[place])
            chance = funding.probability_of_gap_by_year[place]
            rows.append(
                (
                    Cell(text=f"{scenario.name}, {year}", raw=year),
                    *(Cell(text=form(float(value)), raw=value) for value in values),
                    Cell(text=wording.percent_of_draws(chance), raw=chance),
                )
            )
    return Table(
        title="Gap between cost and funding by year",
        columns=(
            Column(heading="Scenario and year"),
            *(Column(heading=head, align="right") for head in heads),
            Column(heading="Chance of a gap", align="right"),
        ),
        rows=tuple(rows),
        notes=("A plus is money that is missing.",),
    )
