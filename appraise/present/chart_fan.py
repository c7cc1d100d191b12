"""The range of an option's cash cost against the money of a scenario, over the settlements and contracts behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, SettlementStatus
from appraise.model.appraisal.options import Option
from appraise.model.funding_results import ScenarioFunding, YearBand
from appraise.model.results import OptionResult, Results
from appraise.present import budget_words, chart_timeline, tables, wording
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
from appraise.present.chart_timeline import Row
from appraise.present.chart_years import scenarios_of, year_labels
from appraise.present.tables import Cell, Column, Table

#: Room for the years under the fan, in sizes of type.
_YEARS = 2.2
#: Money that is no further apart is drawn once, pounds.
_SAME = 500.0


@dataclass(frozen=True, slots=True)
class _Fan:
    """What is drawn: the band and the money of the years that are costed, and who they belong to.

    `money` as settled, before any cut; `expected` after cuts and with grants, on average; empty where it is the same.
    """

    option: OptionResult
    entered: Option
    scenario: Scenario
    funding: ScenarioFunding
    band: YearBand
    money: tuple[float, ...]
    expected: tuple[float, ...]
    years: tuple[str, ...]

    @property
    def costed(self) -> int:
        """How many years are costed."""
        return len(self.band.p50)


def _fan(results: Results, appraisal: Appraisal, option: str, scenario: str) -> _Fan | None:
    """The figures of one option under one scenario; None where they were not worked out."""
    found = tables.find_option(results, option)
    chain = scenarios_of(appraisal, found, scenario)
    entered = next((one for one in appraisal.options if one.id == option), None)
    if not chain or not results.years or entered is None:
        return None
    plan, funding = chain[0]
    years = len(results.years)
    whole = funding.cash_by_year
    if len(whole.p50) != years:
        return None
    end = min(years, found.economic.life + 1) if found.economic is not None else years
    band = YearBand(
        p10=whole.p10[:end], p50=whole.p50[:end], p90=whole.p90[:end],
        p10_error=whole.p10_error[:end], p50_error=whole.p50_error[:end], p90_error=whole.p90_error[:end],
    )  # fmt: skip
    money = tuple(float(value) for value in funding.funding_by_year)
    return _Fan(found, entered, plan, funding, band, money, _expected(funding, money), results.years)


def _expected(funding: ScenarioFunding, money: tuple[float, ...]) -> tuple[float, ...]:
    """What money is expected after cuts and with grants; nothing where no year differs from what is settled."""
    pairs = zip(funding.expected_funding_by_year, money, strict=True)
    return funding.expected_funding_by_year if any(abs(one - two) > _SAME for one, two in pairs) else ()


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
    """The range of an option's cash cost by year against the money of a scenario, dashed where it is not final.

    Under it one time line of the settlements and one of the contracts that follow from them.
    """
    fan = _fan(results, appraisal, option, scenario)
    if fan is None:
        return None
    size = style.size
    rows = _rows(appraisal, fan, style)
    foot = size * (_YEARS + chart_timeline.PITCH * len(rows))
    parts = _key(fan, style)
    key = key_lines(parts, Canvas(width, height, style))
    head = size * 1.5 * len(key)
    canvas = Canvas(width, max(height, foot + head + size * 11), style)
    draw_key(canvas, key, parts)
    left, right = _axes(canvas, fan, foot, head)
    slot = (right - left) / len(fan.years)
    bottom = size * chart_timeline.PITCH * len(rows)
    centres = [left + slot * (place + 0.5) for place in range(len(fan.years))]
    year_labels(canvas, fan.years, centres, bottom + size * 0.45, (left, right))
    for place, row in enumerate(rows):
        level = bottom - size * (chart_timeline.PITCH * (place + 1) - 0.2)
        chart_timeline.draw(canvas, row.spans, level, Scale(0, len(fan.years), left, right))
        beside = level + size * chart_timeline.BAR / 2 - under_middle(size)
        canvas.write(right + size * 0.5, beside, row.name, style.ink2)
    return Chart(
        title=_title(fan),
        subtitle=f"{wording.shorten(fan.option.name, 40)}, {wording.shorten(fan.scenario.name, 30)}, "
        f"{budget_words.noun(appraisal)}; band: 8 of 10 draws; "
        f"dashed money is not final; {place_and_time(appraisal, results)}",
        alt=_alt(appraisal, fan),
        drawing=canvas.drawing,
        figures=lambda: _data(fan, budget_words.cost(appraisal)),
    )


def _key(fan: _Fan, style: ChartStyle) -> list[KeyPart]:
    """What the lines of money and the fills of settlements stand for."""
    after = [KeyPart("expected after cuts, with grants", style.ink)] if fan.expected else []
    lines = [KeyPart("money before any cut", style.categories[3]), *after]
    return [*lines, *chart_timeline.key([fan.scenario], style)]


def _rows(appraisal: Appraisal, fan: _Fan, style: ChartStyle) -> list[Row]:
    """The bars under the fan; without a contract only the settlements."""
    rows = (
        Row(name="settlements", spans=chart_timeline.settlement_spans(fan.scenario, style)),
        Row(
            name="contracts",
            spans=chart_timeline.contract_spans(appraisal, fan.entered, fan.scenario, fan.funding, style),
        ),
    )
    return [row for row in rows if row.spans]


def _axes(canvas: Canvas, fan: _Fan, foot: float, head: float) -> tuple[float, float]:
    """The money axis, the fan and the money between `foot` and `head`; returns where the years begin and end."""
    style, size, band = canvas.style, canvas.size, fan.band
    unit = money_unit((*band.p90, *fan.money))
    money = (*fan.money, *fan.expected)
    ticks = nice_ticks(min(*band.p10, *money), max(*band.p90, *money), 4)
    texts = [axis_label(tick, ticks[1] - ticks[0]) for tick in ticks]
    left = max(canvas.measure(text) for text in texts) + size * 0.7
    labels = _labels(canvas, unit, fan)
    right = canvas.width - max(canvas.measure(text, strong=True) for text, *_ in labels) - size * 0.7
    y_of = Scale(ticks[0], ticks[-1], foot + size * 0.2, canvas.height - head - size * 0.8)
    for tick, text in zip(ticks, texts, strict=True):
        canvas.line(left, y_of(tick), right, y_of(tick), style.grid)
        canvas.write(left - size * 0.5, y_of(tick) - under_middle(size), text, style.ink2, anchor="end")
    slot = (right - left) / len(fan.years)
    centres = [left + slot * (place + 0.5) for place in range(fan.costed)]
    _draw_band(canvas, band, centres, y_of, slot)
    _money_steps(canvas, fan, y_of, left, slot)
    for year, value in enumerate(fan.expected):
        canvas.line(
            left + slot * (year + 0.1), y_of(value), left + slot * (year + 0.9), y_of(value), style.ink, width=1.6
        )
    _write_apart(canvas, labels, y_of, right + size * 0.5, (foot, canvas.height - head))
    return left, right


def _draw_band(canvas: Canvas, band: YearBand, centres: Sequence[float], y_of: Scale, slot: float) -> None:
    """8 of 10 draws as an area and the middle as a line; one year alone is as wide as its slot."""
    if len(centres) == 1:
        centres = (centres[0] - slot * 0.35, centres[0] + slot * 0.35)
        low, middle, high = (values * 2 for values in (band.p10, band.p50, band.p90))
    else:
        low, middle, high = band.p10, band.p50, band.p90
    edge = [(x, y_of(value)) for x, value in zip(centres, high, strict=True)]
    back = [(x, y_of(value)) for x, value in zip(reversed(centres), reversed(low), strict=True)]
    canvas.area((*edge, *back), canvas.style.tint1)
    points = [(x, y_of(value)) for x, value in zip(centres, middle, strict=True)]
    canvas.path(points, canvas.style.primary, width=2.8, casing=True)


def _firmness(fan: _Fan) -> str:
    """How firm the money of the last year is, for its label."""
    status = chart_timeline.statuses(fan.scenario).get(len(fan.years) - 1)
    return f"Funding, {chart_timeline.FIRMNESS[status]}" if status is not None else "Funding"


def _labels(canvas: Canvas, unit: MoneyUnit, fan: _Fan) -> list[tuple[str, float, str, bool]]:
    """The labels at the right end: text, value, colour, strong; shorter where the drawing is narrow."""
    band, style = fan.band, canvas.style
    names = ("9 of 10 below", _firmness(fan), "Middle cost", "1 of 10 below", "After cuts")
    if canvas.width < canvas.size * 34:
        names = ("9 in 10", "Funding", "Middle", "1 in 10", "After cuts")
    values = (band.p90[-1], fan.money[-1], band.p50[-1], band.p10[-1], *fan.expected[-1:])
    return [
        (f"{name}: £{unit.figure(value)}{unit.letter}", value, style.ink if strong else style.ink2, strong)
        for name, value, strong in zip(names, values, (False, True, True, False, True), strict=False)
    ]


def _money_steps(canvas: Canvas, fan: _Fan, y_of: Scale, left: float, slot: float) -> None:
    """A level line for each year's money, dashed where it is not final, with risers between."""
    style = canvas.style
    firmness = chart_timeline.statuses(fan.scenario)
    colour = style.categories[3]
    for year, value in enumerate(fan.money):
        start, y = left + slot * year, y_of(value)
        final = firmness.get(year) is SettlementStatus.FINAL
        canvas.line(start, y, start + slot, y, style.card, width=6.0)
        canvas.line(start, y, start + slot, y, colour, width=2.6, dash=() if final else (6, 3))
        if year:
            canvas.line(start, y_of(fan.money[year - 1]), start, y, colour, width=1.2)


def _write_apart(
    canvas: Canvas, labels: Sequence[tuple[str, float, str, bool]], y_of: Scale, x: float, span: tuple[float, float]
) -> None:
    """Labels at the height of their values, pushed apart so that none touches the next, and kept inside `span`."""
    foot, top = span
    size = canvas.size
    apart = size * 1.15
    ordered = sorted(labels, key=lambda label: label[1])
    places: list[float] = []
    for _, value, *_ in ordered:
        wanted = y_of(value) - under_middle(size)
        places.append(max(wanted, places[-1] + apart) if places else max(wanted, foot - size * 0.6))
    ceiling = top - size * 0.8
    for place in range(len(places) - 1, -1, -1):
        places[place] = min(places[place], ceiling)
        ceiling = places[place] - apart
    for (text, _, colour, strong), y in zip(ordered, places, strict=True):
        canvas.write(x, y, text, colour, strong=strong)


def _title(fan: _Fan) -> str:
    short = [year for year, gap in zip(fan.years, fan.funding.gap_p50_by_year, strict=True) if gap > 0]
    if not short:
        return "Funding covers the middle draw in every year"
    many = "every year" if len(short) == fan.costed else f"{len(short)} of {fan.costed} years"
    return f"Middle draw short of money in {many}"


def _alt(appraisal: Appraisal, fan: _Fan) -> str:
    band = fan.band
    figures = (
        f"{year}: {wording.range_short(low, high)}, funding {wording.money_short(got)}, "
        f"{wording.money_short(after)} expected after cuts."
        for year, low, high, got, after in zip(
            fan.years, band.p10, band.p90, fan.money, fan.funding.expected_funding_by_year, strict=False
        )
    )
    kind = wording.capital(budget_words.cost(appraisal))
    return " ".join(
        (
            f"{kind} of {fan.option.name} by year with its range, against the funding of {fan.scenario.name}.",
            *figures,
            *chart_timeline.told(appraisal, fan.entered, fan.scenario, fan.funding),
        )
    )


def _data(fan: _Fan, kind: str) -> Table:
    """Band, money, the capital in it and how firm it is, by year; years that are not costed have no band."""
    capital = any(fan.funding.capital_by_year)
    heads = ("1 in 10 below", "Middle", "9 in 10 below", "Funding before any cut", *(("Of it capital",) * capital))
    heads += (tables.EXPECTED_MONEY,)
    form = wording.money_column((*fan.band.p90, *fan.money))
    firmness = chart_timeline.statuses(fan.scenario)
    none = Cell(text=wording.DASH)
    rows = []
    for place, year in enumerate(fan.years):
        ends = (fan.band.p10, fan.band.p50, fan.band.p90)
        drawn = [Cell(text=form(one[place]), raw=one[place]) if place < fan.costed else none for one in ends]
        money = [Cell(text=form(fan.money[place]), raw=fan.money[place])]
        if capital:
            part = fan.funding.capital_by_year[place]
            money.append(Cell(text=form(float(part)), raw=part))
        after = fan.funding.expected_funding_by_year[place]
        money.append(Cell(text=form(after), raw=after))
        status = firmness.get(place)
        firm = chart_timeline.FIRMNESS[status] if status is not None else ""
        rows.append((Cell(text=year, raw=year), *drawn, *money, tables.words(wording.capital(firm))))
    return Table(
        title=f"{wording.capital(kind)} and funding by year",
        columns=(
            Column(heading="Year"),
            *(Column(heading=head, align="right") for head in heads),
            Column(heading="How firm"),
        ),
        rows=tuple(rows),
    )
