"""The time line of an option: when settlements and contracts end, breaks, re-letting, and the tenth of section 74."""

from dataclasses import dataclass
from datetime import date

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import Pilot
from appraise.model.funding_results import ScenarioFunding
from appraise.model.partner_results import StageDays, TimetableResult
from appraise.model.periods import label
from appraise.model.results import Results
from appraise.present import chart_timeline, option_words, tables, wording
from appraise.present.chart_parts import (
    ROUNDING,
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    Scale,
    draw_key,
    key_lines,
    place_and_time,
    ten_words,
    under_middle,
)
from appraise.present.chart_timeline import Row, Span
from appraise.present.chart_years import scenarios_of, year_labels
from appraise.present.tables import Cell, Column, Table

#: The axis goes at most so many times beyond the years that are costed: the end of a longer contract is told in words.
_BEYOND = 2.0
_TERM_ROW = "Term and the 10 % rule"
#: Days of a year of the calendar, on average.
_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class _Line:
    """What is drawn: the option as entered, its chain of contracts under each scenario, and pilots before it."""

    option: Option
    chains: tuple[tuple[Scenario, ScenarioFunding], ...]
    years: int
    stages: tuple[tuple[Pilot, StageDays], ...] = ()


def contracts(
    results: Results,
    appraisal: Appraisal,
    *,
    option: str,
    scenario: str = "",
    width: float,
    height: float,
    style: ChartStyle,
) -> Chart | None:
    """Settlements over contracts, one pair of bars for each scenario (or for one only), and the term that is wanted.

    None for an option without a contract: nothing ends.
    """
    found = tables.find_option(results, option)
    entered = next((one for one in appraisal.options if one.id == option), None)
    chains = scenarios_of(appraisal, found, scenario)
    if entered is None or not results.years or not any(funding.contracts for _, funding in chains):
        return None
    line = _Line(entered, tuple(chains), len(results.years), _stages(appraisal, found.timetable))
    rows = _rows(appraisal, line, style)
    size = style.size
    probe = Canvas(width, height, style)
    parts = _key(line, style)
    key = key_lines(parts, probe)
    above = width < size * 40
    pitch = size * (chart_timeline.PITCH + (1.35 if above else 0.0))
    head = len(key) * size * 1.5 + size * 0.3
    canvas = Canvas(width, max(height, head + pitch * len(rows) + size * 1.8), style)
    draw_key(canvas, key, parts)
    left = (
        0.0 if above else min(max(canvas.measure(row.label(canvas, width)) for row in rows) + size * 0.9, width * 0.34)
    )
    end = _end(line)
    scale = Scale(0.0, end, left, width)
    top = canvas.height - head
    bottom = top - pitch * len(rows)
    _grid(canvas, appraisal, line, scale, (bottom, top))
    for place, row in enumerate(rows):
        level = top - pitch * (place + 1) + size * 0.2
        if above:
            canvas.write(0, level + size * (chart_timeline.BAR + 0.35), row.label(canvas, width), style.ink)
        else:
            name = row.label(canvas, left - size * 0.9 + ROUNDING)
            canvas.write(0, level + size * chart_timeline.BAR / 2 - under_middle(size), name, style.ink)
        chart_timeline.draw(canvas, row.spans, level, scale)
    return Chart(
        title=_title(appraisal, line),
        subtitle=f"{tables.short_name(appraisal, option)}: when money and contracts end"
        f"{'; dotted: the costed years end' if end > line.years else ''}; {place_and_time(appraisal, results)}",
        alt=_alt(appraisal, line),
        drawing=canvas.drawing,
        figures=lambda: _data(appraisal, line),
    )


def _rows(appraisal: Appraisal, line: _Line, style: ChartStyle) -> list[Row]:
    rows = [_stage_row(appraisal, pilot, days, style) for pilot, days in line.stages]
    for plan, funding in line.chains:
        settled = chart_timeline.settlement_spans(plan, style)
        signed = chart_timeline.contract_spans(appraisal, line.option, plan, funding, style)
        name = wording.shorten(plan.name, 34)
        rows += [Row(name=name, part="money", spans=settled), Row(name=name, part="contracts", spans=signed)]
    rows.append(Row(name=_TERM_ROW, spans=chart_timeline.wanted_spans(line.option, style)))
    return [row for row in rows if row.spans]


def _stages(appraisal: Appraisal, timetable: TimetableResult | None) -> tuple[tuple[Pilot, StageDays], ...]:
    """Pilots that may lead to the option, with their days."""
    known = {one.id: one for one in appraisal.pilots}
    return tuple((known[one.pilot], one) for one in timetable.stages if one.pilot in known) if timetable else ()


def _stage_row(appraisal: Appraisal, pilot: Pilot, days: StageDays, style: ChartStyle) -> Row:
    """A pilot on the line of the years; what lies before year 0 is left out, and all of it has no bar."""
    first, end = _year(appraisal, days.first_day), _year(appraisal, days.last_day) + 1 / _DAYS
    months = wording.how_many(pilot.months, "month")
    span = Span(
        start=max(first, 0.0), end=end, words=(f"pilot, {months}", months, str(pilot.months)), together=(),
        fill=style.categories[2], ink=style.on_categories[2],
    )  # fmt: skip
    return Row(name=wording.shorten(pilot.name, 34), part=months, spans=(span,) if end > 0 else ())


def _year(appraisal: Appraisal, text: str) -> float:
    """A day in years from the start of year 0, 1 April."""
    return (date.fromisoformat(text) - date(appraisal.horizon.first_year, 4, 1)).days / _DAYS


def _key(line: _Line, style: ChartStyle) -> list[KeyPart]:
    money = chart_timeline.key([plan for plan, _ in line.chains], style)
    parts = [KeyPart("10 % of the longest term (section 74)", style.categories[3]), *money]
    if any(chart_timeline.breaks(line.option, plan, one) for plan, funding in line.chains for one in funding.contracts):
        parts.insert(0, KeyPart("may be broken", style.short))
    return parts


def _longest_end(line: _Line) -> float:
    option = line.option
    term = option.term_years + max(option.extension_years, 0)
    ends = [one.first_year + one.years for _, funding in line.chains for one in funding.contracts]
    return max(float(line.years), *map(float, ends), option.terms.starts + term * (1 + chart_timeline.SMALL_CHANGE))


def _end(line: _Line) -> float:
    """Where the axis ends: with the last contract, unless that is far beyond the years that are costed."""
    return min(_longest_end(line), line.years * _BEYOND)


def _grid(canvas: Canvas, appraisal: Appraisal, line: _Line, scale: Scale, span: tuple[float, float]) -> None:
    """The years under the bars, and a line where the years that are costed end."""
    bottom, top = span
    style, size = canvas.style, canvas.size
    years = [label(appraisal.horizon.first_year, year) for year in range(max(int(scale.high), 1))]
    centres = [scale(year + 0.5) for year in range(len(years))]
    year_labels(canvas, years, centres, bottom - size * 1.2, (scale.start, scale.end))
    if scale.high > line.years:
        x = scale(line.years)
        canvas.line(x, bottom, x, top, style.ink2, width=1.2, dash=(2, 3))


def _title(appraisal: Appraisal, line: _Line) -> str:
    first = appraisal.horizon.first_year
    wanted = line.option.term_years
    cut = [plan for plan, funding in line.chains if 0 < funding.effective_term < wanted]
    if cut:
        if len(line.chains) == 1:
            years = line.chains[0][1].effective_term
            return f"Settlements allow {wording.how_many(years, 'year')} of the {wording.count(wanted)} wanted"
        some = "all" if len(cut) == len(line.chains) else f"{wording.count(len(cut))} of"
        return f"Settlements cut the term in {some} {wording.how_many(len(line.chains), 'scenario')}"
    last = next(funding.contracts[0] for _, funding in line.chains if funding.contracts)
    end = label(first, last.first_year + last.years - 1)
    return ten_words(f"The first contract runs to the end of {end}", "The contract runs its whole term")


def _alt(appraisal: Appraisal, line: _Line) -> str:
    parts = [f"Time line of {line.option.name}."]
    parts += [
        f"{pilot.name}: {option_words.day(days.first_day)} to {option_words.day(days.last_day)}."
        for pilot, days in line.stages
    ]
    for plan, funding in line.chains:
        parts += [f"{plan.name}.", *chart_timeline.told(appraisal, line.option, plan, funding)]
    parts.append(ten_percent(line.option))
    return " ".join(part for part in parts if part)


def ten_percent(option: Option) -> str:
    """The rule of section 74 in a sentence; "" without a fixed term."""
    if option.term_years <= 0:
        return ""
    longest = option.term_years + max(option.extension_years, 0)
    months = longest * 12 * chart_timeline.SMALL_CHANGE
    said = wording.number(months, 0 if abs(months - round(months)) < 1e-9 else 1)
    return (
        f"The longest term is {wording.how_many(longest, 'year')}: up to {said} months more or less "
        "is no substantial change of term (section 74)."
    )


def _data(appraisal: Appraisal, line: _Line) -> Table:
    """Every bar with its first and last year."""
    rows = [
        tuple(
            map(
                tables.words,
                (pilot.name, "Before it", option_words.day(days.first_day), option_words.day(days.last_day)),
            )
        )
        for pilot, days in line.stages
    ]
    for plan, funding in line.chains:
        spans = chart_timeline.settlement_spans(plan, ChartStyle.light())
        rows += [_span_row(appraisal, plan.name, "Money", span) for span in spans]
        for number, one in enumerate(funding.contracts):
            cuts = [label(appraisal.horizon.first_year, year) for year in chart_timeline.breaks(line.option, plan, one)]
            what = "Let again" if number else "First contract"
            broken = f", may be broken from {wording.listing(cuts)}" if cuts else ""
            rows.append(_row(appraisal, plan.name, what + broken, one.first_year, one.first_year + one.years))
    return Table(
        title=f"{line.option.name}: settlements and contracts",
        columns=tuple(Column(heading=heading) for heading in ("Scenario", "What", "From", "To the end of")),
        rows=tuple(rows),
        notes=tuple(filter(None, (ten_percent(line.option),))),
    )


def _span_row(appraisal: Appraisal, scenario: str, what: str, span: Span) -> tuple[Cell, ...]:
    return _row(appraisal, scenario, f"{what}: {span.words[0]}", int(span.start), int(span.end))


def _row(appraisal: Appraisal, scenario: str, what: str, start: int, end: int) -> tuple[Cell, ...]:
    first = appraisal.horizon.first_year
    return (
        tables.words(scenario),
        tables.words(what),
        Cell(text=label(first, start), raw=start),
        Cell(text=label(first, end - 1), raw=end - 1),
    )
