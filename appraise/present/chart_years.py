"""Charts of an option by year: its cash cost, the range of it against the money, and the gap between the two."""

from collections.abc import Sequence

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, SettlementStatus
from appraise.model.results import OptionResult, Results, Risk, ScenarioFunding
from appraise.present import finished, tables, wording
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


def _year_labels(canvas: Canvas, years: Sequence[str], centres: Sequence[float], slot: float, y: float) -> None:
    """Every year where they all fit, else the first and the last; kept inside the drawing."""
    texts = [wording.year_short(year) for year in years]
    widest = max(canvas.measure(text) for text in texts)
    shown = range(len(texts)) if widest + canvas.size * 0.5 <= slot else sorted({0, len(texts) - 1})
    for place in shown:
        half = canvas.measure(texts[place]) / 2
        x = min(max(centres[place], half), canvas.width - half)
        canvas.write(x, y, texts[place], canvas.style.ink2, anchor="middle")


def cost_by_year(
    results: Results, appraisal: Appraisal, *, option: str, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """The financial case of an option by year, as bars with their figures."""
    found = tables.find_option(results, option)
    if found.financial is None or not found.financial.by_year:
        return None
    costs = [float(value) for value in found.financial.by_year]
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
        at = y_of(cost) + size * 0.35 if cost >= 0 else y_of(cost) - size * 1.05
        canvas.write(x, at, unit.figure(cost), style.ink, anchor="middle", strong=True)
    canvas.line(0, y_of(0.0), width, y_of(0.0), style.grey)
    _year_labels(canvas, results.years, centres, slot, size * 0.35)
    form = wording.money_column(costs)
    ends = f"{form(min(costs))} to {form(max(costs))}"
    return Chart(
        title=f"Cash cost is {ends} a year",
        subtitle=f"{wording.shorten(found.name, 44)}, {unit.name} in cash; {place_and_time(appraisal, results)}",
        alt=f"Bars of the cash cost of {found.name} by year. "
        + " ".join(f"{year}: {wording.money_short(cost)}." for year, cost in zip(results.years, costs, strict=True)),
        drawing=canvas.drawing,
        data=tables.financial_by_year(results, option),
    )


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
        subtitle=f"{tables.short_name(appraisal, option)}: cost less funding after cuts, {unit.name} in cash; "
        f"{place_and_time(appraisal, results)}",
        alt=f"Bars of the gap between cost and funding for {found.name}. " + " ".join(_gap_alt(results, panels)),
        drawing=canvas.drawing,
        data=_gap_data(results, panels),
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
    _gap_figures(canvas, funding, unit, y_of, centres, slot)
    _year_labels_in(canvas, years, centres, slot, bottom - size * 1.35, (left, left + width))


def _gap_figures(
    canvas: Canvas, funding: ScenarioFunding, unit: MoneyUnit, y_of: Scale, centres: Sequence[float], slot: float
) -> None:
    """The figures at the ends of the bars: the largest first, the others where they have room."""
    size, style = canvas.size, canvas.style
    offers = []
    for x, middle, wide in zip(centres, funding.gap_p50_by_year, funding.gap_p80_by_year, strict=True):
        most = max(middle, wide)
        if most > 0:
            offers.append((most, x, y_of(most) + size * 0.35, most))
        if middle < 0:
            offers.append((-middle, x, y_of(middle) - size * 1.05, -middle))
    for _, x, y, value in sorted(offers, reverse=True):
        text = unit.figure(value)
        half = canvas.measure(text, strong=True) / 2
        if any(digit in "123456789" for digit in text) and 2 * half <= slot * 1.6:
            at = min(max(x, centres[0] - slot / 2 + half), centres[-1] + slot / 2 - half)
            canvas.write(at, y, text, style.ink, anchor="middle", strong=True)


def _year_labels_in(
    canvas: Canvas, years: Sequence[str], centres: Sequence[float], slot: float, y: float, ends: tuple[float, float]
) -> None:
    """The years under one panel: all where they fit, else the first at its left and the last at its right end."""
    texts = [wording.year_short(year) for year in years]
    if max(canvas.measure(text) for text in texts) + canvas.size * 0.5 <= slot:
        for x, text in zip(centres, texts, strict=True):
            canvas.write(x, y, text, canvas.style.ink2, anchor="middle")
        return
    canvas.write(ends[0], y, texts[0], canvas.style.ink2)
    canvas.write(ends[1], y, texts[-1], canvas.style.ink2, anchor="end")


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
    band, (plan, funding) = found.risk.cash_by_year, chain[0]
    money = [float(value) for value in funding.funding_by_year]
    size = style.size
    canvas = Canvas(width, max(height, size * 14), style)
    unit = money_unit((*band.p90, *money))
    ticks = nice_ticks(min(*band.p10, *money), max(*band.p90, *money), 4)
    tick_texts = [axis_label(tick, ticks[1] - ticks[0]) for tick in ticks]
    left = max(canvas.measure(text) for text in tick_texts) + size * 0.7
    labels = _fan_labels(canvas, unit, found.risk, money)
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
    _year_labels_in(canvas, results.years, centres, slot, size * 0.5, (left, right))
    return Chart(
        title=_fan_title(results, found.risk, money),
        subtitle=f"{wording.shorten(found.name, 40)}, {wording.shorten(plan.name, 30)}, cash; "
        f"band: 8 of 10 draws; funding before any cut, dashed: not final; {place_and_time(appraisal, results)}",
        alt=f"Cash cost of {found.name} by year with its range, against the funding of {plan.name}. "
        + " ".join(
            f"{year}: {wording.range_short(low, high)}, funding {wording.money_short(got)}."
            for year, low, high, got in zip(results.years, band.p10, band.p90, money, strict=True)
        ),
        drawing=canvas.drawing,
        data=_fan_data(results, found.risk, money),
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


def _fan_data(results: Results, risk: Risk, money: Sequence[float]) -> Table:
    band = risk.cash_by_year
    heads = ("1 in 10 below", "Middle", "9 in 10 below", "Funding before any cut")
    form = wording.money_column((*band.p90, *money))
    rows = zip(results.years, band.p10, band.p50, band.p90, money, strict=True)
    return Table(
        title="Cash cost and funding by year",
        columns=(Column(heading="Year"), *(Column(heading=head, align="right") for head in heads)),
        rows=tuple(
            (Cell(text=year, raw=year), *(Cell(text=form(value), raw=value) for value in values))
            for year, *values in rows
        ),
    )
