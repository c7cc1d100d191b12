"""Charts of an option by year: its cash cost, the range of it against the money, and the gap between the two."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, SettlementStatus
from appraise.model.results import OptionResult, Results, Risk, ScenarioFunding
from appraise.present import budget_words, finished, tables, wording
from appraise.present.chart_parts import (
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    MoneyUnit,
    Scale,
    axis_label,
    draw_key,
    key_lines,
    money_unit,
    nice_ticks,
    place_and_time,
    under_middle,
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


def _year_labels(
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
    named = _year_labels(canvas, results.years, centres, size * 0.35, (0, width))
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
    if any(2 * half + canvas.size * 0.35 > slot for half in halves):
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


def _scenarios(appraisal: Appraisal, option: OptionResult, scenario: str) -> list[tuple[Scenario, ScenarioFunding]]:
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
) -> Chart | None:
    """The gap between cost and money by year, one panel for each scenario (or one scenario's panel only).

    Above the line money is missing: dark in the middle draw, light in 2 of 10 draws. Below it money is left.
    """
    found = tables.find_option(results, option)
    panels = _scenarios(appraisal, found, scenario)
    if not panels or not results.years:
        return None
    size = style.size
    across = max(1, min(len(panels), int((width + 2 * size) // (14 * size))))
    down = -(-len(panels) // across)
    probe = Canvas(width, height, style)
    parts = [
        KeyPart("short, middle draw", style.short),
        KeyPart("shortfall passed in 2 of 10 draws", style.quiet),
        KeyPart("money left, middle draw", style.spare),
    ]
    key = key_lines(parts, probe)
    head = len(key) * size * 1.5 + size * 0.6
    panel_height = max(size * 12, (height - head) / down)
    canvas = Canvas(width, head + panel_height * down, style)
    draw_key(canvas, key, parts)
    unit = money_unit(value for _, item in panels for value in (*item.gap_p80_by_year, *item.gap_p50_by_year))
    low = min(0.0, *(value for _, item in panels for value in item.gap_p50_by_year))
    high = max(0.0, *(value for _, item in panels for value in (*item.gap_p80_by_year, *item.gap_p50_by_year)))
    panel_width = (width - size * 1.6 * (across - 1)) / across
    for place, (chain, funding) in enumerate(panels):
        left = (place % across) * (panel_width + size * 1.6)
        top = canvas.height - head - (place // across) * panel_height
        _gap_panel(
            canvas, chain, funding, results.years, unit, Scale(low, high, 0, 0), (left, top, panel_width, panel_height)
        )
    return Chart(
        title=_gap_title(results, panels),
        subtitle=f"{tables.short_name(appraisal, option)}: cost less funding after cuts, "
        f"{unit.name} {budget_words.in_money(appraisal)}; "
        f"{place_and_time(appraisal, results)}",
        alt=f"Bars of the gap between cost and funding for {found.name}. " + " ".join(_gap_alt(results, panels)),
        drawing=canvas.drawing,
        figures=lambda: _gap_data(results, panels),
    )


def _gap_panel(
    canvas: Canvas,
    scenario: Scenario,
    funding: ScenarioFunding,
    years: Sequence[str],
    unit: MoneyUnit,
    span: Scale,
    box: tuple[float, float, float, float],
) -> None:
    """One scenario: its name, its chance of a gap, and two bars a year. `box`: left, top, width, height."""
    left, top, width, height = box
    style, size = canvas.style, canvas.size
    canvas.write(left, top - size, canvas.fit(scenario.name, width, strong=True), style.ink, strong=True)
    chance = f"short in some year: {wording.percent_of_draws(funding.probability_of_any_gap)}"
    canvas.write(left, top - size * 2.35, canvas.fit(chance, width), style.ink2)
    bottom = top - height + size * 2.0
    y_of = Scale(span.low, span.high or 1.0, bottom + (size * 1.3 if span.low < 0 else 0), top - size * 4.2)
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
    named = _year_labels(canvas, years, centres, bottom - size * 1.35, ends)
    short = [max(0.0, *both) for both in zip(funding.gap_p50_by_year, funding.gap_p80_by_year, strict=True)]
    spare = [min(0.0, middle) for middle in funding.gap_p50_by_year]
    for values in (short, spare):
        _end_figures(canvas, values, unit, y_of, centres, named, ends, signed=False)


def _gap_title(results: Results, panels: Sequence[tuple[Scenario, ScenarioFunding]]) -> str:
    short = [year for year in (tables.short_from(results, funding) for _, funding in panels) if year]
    if not short:
        return "Funding covers the middle draw in every year"
    if len(panels) == 1:
        return f"Money runs short from {short[0]}"
    if len(short) == len(panels):
        return f"Money runs short from {min(short)} in every scenario"
    return f"Short from {min(short)} in {len(short)} of {len(panels)} scenarios"


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


def cash_fan(
    results: Results,
    appraisal: Appraisal,
    *,
    option: str,
    scenario: str,
    width: float,
    height: float,
    style: ChartStyle,
) -> Chart | None:
    """The range of an option's cash cost by year against the money of a scenario, dashed where it is not final."""
    found = tables.find_option(results, option)
    chain = _scenarios(appraisal, found, scenario)
    if found.risk is None or not results.years or not chain:
        return None
    risk, (plan, funding) = found.risk, chain[0]
    band = risk.cash_by_year
    money = [float(value) for value in funding.funding_by_year]
    size = style.size
    canvas = Canvas(width, max(height, size * 14), style)
    unit = money_unit((*band.p90, *money))
    ticks = nice_ticks(min(*band.p10, *money), max(*band.p90, *money), 4)
    tick_texts = [axis_label(tick, ticks[1] - ticks[0]) for tick in ticks]
    left = max(canvas.measure(text) for text in tick_texts) + size * 0.7
    labels = _fan_labels(canvas, unit, risk, money)
    right = width - max(canvas.measure(text, strong=True) for text, *_ in labels) - size * 0.7
    slot = (right - left) / len(results.years)
    centres = [left + slot * (place + 0.5) for place in range(len(results.years))]
    y_of = Scale(ticks[0], ticks[-1], size * 2.4, canvas.height - size * 0.8)
    for tick, text in zip(ticks, tick_texts, strict=True):
        canvas.line(left, y_of(tick), right, y_of(tick), style.grid)
        canvas.write(left - size * 0.5, y_of(tick) - under_middle(size), text, style.ink2, anchor="end")
    edge = [(x, y_of(value)) for x, value in zip(centres, band.p90, strict=True)]
    back = [(x, y_of(value)) for x, value in zip(reversed(centres), reversed(band.p10), strict=True)]
    canvas.area((*edge, *back), style.tint1)
    canvas.path(
        [(x, y_of(value)) for x, value in zip(centres, band.p50, strict=True)], style.primary, width=2.8, casing=True
    )
    _money_steps(canvas, plan, money, y_of, left, slot)
    _write_apart(canvas, labels, y_of, right + size * 0.5)
    _year_labels(canvas, results.years, centres, size * 0.5, (left, right))
    return Chart(
        title=_fan_title(results, risk, money),
        subtitle=f"{wording.shorten(found.name, 40)}, {wording.shorten(plan.name, 30)}, "
        f"{budget_words.noun(appraisal)}; band: 8 of 10 draws; "
        f"funding before any cut, dashed: not final; {place_and_time(appraisal, results)}",
        alt=f"{wording.capital(budget_words.cost(appraisal))} of {found.name} by year with its range, "
        f"against the funding of {plan.name}. "
        + " ".join(
            f"{year}: {wording.range_short(low, high)}, funding {wording.money_short(got)}."
            for year, low, high, got in zip(results.years, band.p10, band.p90, money, strict=True)
        ),
        drawing=canvas.drawing,
        figures=lambda: _fan_data(results, risk, money, budget_words.cost(appraisal)),
    )


def _fan_labels(
    canvas: Canvas, unit: MoneyUnit, risk: Risk, money: Sequence[float]
) -> list[tuple[str, float, str, bool]]:
    """The labels at the right end: text, value, colour, strong; shorter where the drawing is narrow."""
    band, style = risk.cash_by_year, canvas.style
    names = ("9 of 10 below", "Funding", "Middle cost", "1 of 10 below")
    if canvas.width < canvas.size * 34:
        names = ("9 in 10", "Funding", "Middle", "1 in 10")
    values = (band.p90[-1], money[-1], band.p50[-1], band.p10[-1])
    return [
        (f"{name}: £{unit.figure(value)}{unit.letter}", value, style.ink if strong else style.ink2, strong)
        for name, value, strong in zip(names, values, (False, True, True, False), strict=True)
    ]


def _money_steps(canvas: Canvas, plan: Scenario, money: Sequence[float], y_of: Scale, left: float, slot: float) -> None:
    """A level line for each year's money, dashed where its settlement is not final, with risers between."""
    style = canvas.style
    final = {
        settlement.first_year + place
        for settlement in plan.settlements
        if settlement.status is SettlementStatus.FINAL
        for place in range(len(settlement.amounts))
    }
    colour = style.categories[3]
    for year, value in enumerate(money):
        start, y = left + slot * year, y_of(value)
        canvas.line(start, y, start + slot, y, style.card, width=6.0)
        canvas.line(start, y, start + slot, y, colour, width=2.6, dash=() if year in final else (6, 3))
        if year:
            canvas.line(start, y_of(money[year - 1]), start, y, colour, width=1.2)


def _write_apart(canvas: Canvas, labels: Sequence[tuple[str, float, str, bool]], y_of: Scale, x: float) -> None:
    """Labels at the height of their values, pushed apart so that none touches the next."""
    size = canvas.size
    apart = size * 1.15
    ordered = sorted(labels, key=lambda label: label[1])
    places: list[float] = []
    for _, value, *_ in ordered:
        wanted = y_of(value) - under_middle(size)
        places.append(max(wanted, places[-1] + apart) if places else max(wanted, size * 1.0))
    ceiling = canvas.height - size * 0.8
    for place in range(len(places) - 1, -1, -1):
        places[place] = min(places[place], ceiling)
        ceiling = places[place] - apart
    for (text, _, colour, strong), y in zip(ordered, places, strict=True):
        canvas.write(x, y, text, colour, strong=strong)


def _fan_title(results: Results, risk: Risk, money: Sequence[float]) -> str:
    rows = zip(results.years, risk.cash_by_year.p50, money, strict=True)
    short = [year for year, cost, got in rows if cost > got]
    if not short:
        return "Funding covers the middle cost in every year"
    many = "every year" if len(short) == len(results.years) else f"{len(short)} of {len(results.years)} years"
    return f"Middle cost passes the money in {many}"


def _fan_data(results: Results, risk: Risk, money: Sequence[float], kind: str) -> Table:
    band = risk.cash_by_year
    heads = ("1 in 10 below", "Middle", "9 in 10 below", "Funding before any cut")
    form = wording.money_column((*band.p90, *money))
    rows = zip(results.years, band.p10, band.p50, band.p90, money, strict=True)
    return Table(
        title=f"{wording.capital(kind)} and funding by year",
        columns=(Column(heading="Year"), *(Column(heading=head, align="right") for head in heads)),
        rows=tuple(
            (Cell(text=year, raw=year), *(Cell(text=form(value), raw=value) for value in values))
            for year, *values in rows
        ),
    )
