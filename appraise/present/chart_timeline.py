"""Bars along the years: settlements and how firm they are, contracts, where they may be broken, and what is wanted.

Years are counted from year 0 and may be broken: 7.7 is in the eighth year. A bar carries the longest of its words that
fits; bars of one kind that are all too short share one text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement, SettlementStatus
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import Commitment
from appraise.model.funding_results import ContractSpan, ScenarioFunding
from appraise.model.periods import label
from appraise.present import wording
from appraise.present.chart_parts import Canvas, ChartStyle, KeyPart, under_middle

#: Height of a bar, and of a bar with the room over it, in sizes of type.
BAR, PITCH = 1.5, 1.9
#: A change of up to this share of the longest term is not substantial (Procurement Act 2023, section 74, schedule 8).
SMALL_CHANGE = 0.1
#: How firm the money is, inside a sentence.
FIRMNESS = {
    SettlementStatus.FINAL: "final",
    SettlementStatus.INDICATIVE: "indicative",
    SettlementStatus.ASSUMED: "assumed",
    SettlementStatus.BID_FOR: "bid for",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A bar from `start` to `end`, with words from long to short; `together` for bars of one kind that are too short.

    `least`: a letter or a figure for a bar that holds no more, which the key explains. `broken`: a contract may be
    broken where it starts.
    """

    start: float
    end: float
    words: tuple[str, ...]
    together: tuple[str, ...]
    fill: str
    ink: str
    edge: str = ""
    least: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Bars that stand on one line under a name, and what of them it holds: "money" or "contracts"."""

    name: str
    spans: tuple[Span, ...]
    part: str = ""

    def label(self, canvas: Canvas, room: float) -> str:
        """The name and the part; where room is scarce the name is cut and the part stays."""
        end = f": {self.part}" if self.part else ""
        return canvas.fit(self.name, room - canvas.measure(end)) + end


def status_of(settlement: Settlement, place: int) -> SettlementStatus:
    """How firm the money of a year of the settlement is, counted from its first."""
    return settlement.statuses[place] if place < len(settlement.statuses) else settlement.status


def statuses(scenario: Scenario) -> dict[int, SettlementStatus]:
    """How firm the money is by year; a year without a settlement has none."""
    return {
        settlement.first_year + place: status_of(settlement, place)
        for settlement in scenario.settlements
        for place in range(len(settlement.amounts))
    }


def boundaries(scenario: Scenario) -> frozenset[int]:
    """The years in which a settlement begins and money has to be renewed."""
    return frozenset(settlement.first_year for settlement in scenario.settlements[1:])


def _colours(status: SettlementStatus, style: ChartStyle) -> tuple[str, str, str]:
    """Fill, ink and edge of a settlement: the firmer, the darker."""
    if status is SettlementStatus.FINAL:
        return style.primary, style.on_categories[0], ""
    if status is SettlementStatus.INDICATIVE:
        return style.tint1, style.ink, ""
    return style.tint2, style.ink, style.quiet


def key(scenarios: Sequence[Scenario], style: ChartStyle) -> list[KeyPart]:
    """What the fills of settlements stand for, with the letters of short bars: those kinds of money that are there."""
    found = {status for plan in scenarios for status in statuses(plan).values()}
    parts = []
    for status, firm in FIRMNESS.items():
        if status in found:
            fill, _, edge = _colours(status, style)
            parts.append(KeyPart(f"{_letter(status)}: money {firm}", fill, edge))
    return parts


def _letter(status: SettlementStatus) -> str:
    return FIRMNESS[status][0].upper()


def settlement_spans(scenario: Scenario, style: ChartStyle) -> tuple[Span, ...]:
    """The settlements of a scenario, a bar for every run of years that are alike firm."""
    found = []
    for number, settlement in enumerate(scenario.settlements):
        firmness = [status_of(settlement, place) for place in range(len(settlement.amounts))]
        for status, run in groupby(range(len(firmness)), firmness.__getitem__):
            places = list(run)
            firm = FIRMNESS[status]
            renewed = ""
            if number and not places[0] and settlement.renewal < 1:
                renewed = f"{firm}, renewed {wording.in_hundred(settlement.renewal)}"
            fill, ink, edge = _colours(status, style)
            named = f"{settlement.name}: {firm}" if settlement.name else ""
            found.append(
                Span(
                    start=settlement.first_year + places[0],
                    end=settlement.first_year + places[-1] + 1,
                    words=tuple(filter(None, (renewed, named, f"settlement, {firm}", firm))),
                    together=(f"a settlement at a time, all {firm}", f"all {firm}", firm),
                    fill=fill,
                    ink=ink,
                    edge=edge,
                    least=_letter(status),
                )
            )
    return tuple(found)


def breaks(option: Option, scenario: Scenario, contract: ContractSpan) -> tuple[int, ...]:
    """The years in which a contract may be broken: boundaries of settlements strictly inside it, where it says so."""
    if option.terms.commitment is not Commitment.WITH_BREAK:
        return ()
    end = contract.first_year + contract.years
    return tuple(year for year in sorted(boundaries(scenario)) if contract.first_year < year < end)


def _years(count: int) -> str:
    return f"{count} year" if count == 1 else f"{count} years"


def contract_spans(
    appraisal: Appraisal, option: Option, scenario: Scenario, funding: ScenarioFunding, style: ChartStyle
) -> tuple[Span, ...]:
    """The chain of contracts under a scenario; each is divided where it may be broken."""
    found = []
    chain = funding.contracts
    again = wording.times(len(chain) - 1)
    lengths = {contract.years for contract in chain[1:]}
    each = f" for {_years(min(lengths))}" if len(lengths) == 1 else ""
    fills = (style.categories[1], style.on_categories[1]), (style.tint1, style.ink)
    for number, contract in enumerate(chain):
        length = _years(contract.years)
        cuts = (
            contract.first_year,
            *breaks(option, scenario, contract),
            contract.first_year + contract.years,
        )
        for place, (start, end) in enumerate(pairwise(cuts)):
            fill, ink = fills[min(number, 1)]
            year = label(appraisal.horizon.first_year, start)
            words: tuple[str, ...]
            if place:
                words = (f"can be broken from {year}", "can be broken", "break")
            else:
                words = (
                    (f"let again for {length}", "let again", length) if number else (f"contract of {length}", length)
                )
            together = (f"contract of {length}, can be broken at each settlement", "can be broken", "breaks")
            if len(chain) > 1 and len(cuts) == 2:
                together = (f"let again {again}{each}", f"let again {again}", "let again")
            found.append(
                Span(
                    start=start, end=end, words=words, together=together, fill=fill, ink=ink, edge=style.grey,
                    least="" if place else str(contract.years), broken=place > 0,
                )
            )  # fmt: skip
    return tuple(found)


def wanted_spans(option: Option, style: ChartStyle) -> tuple[Span, ...]:
    """The term that is wanted, its extension, and the tenth of both by which it may still be changed."""
    if option.term_years <= 0:
        return ()
    start = option.terms.starts
    end = start + option.term_years
    longest = end + max(option.extension_years, 0)
    tenth = SMALL_CHANGE * (longest - start)
    term = Span(
        start=start, end=end, words=(f"term of {_years(option.term_years)}", _years(option.term_years)), together=(),
        fill=style.quiet, ink=style.ink, edge=style.grey,
    )  # fmt: skip
    more = Span(
        start=end, end=longest,
        words=(f"extension of {_years(option.extension_years)}", f"+{_years(option.extension_years)}", "more"),
        together=(), fill=style.tint2, ink=style.ink, edge=style.grey, least=f"+{option.extension_years}",
    )  # fmt: skip
    rule = Span(
        start=longest, end=longest + tenth, words=(), together=(), fill=style.categories[3], ink=style.on_categories[3]
    )
    return (term, *((more,) if longest > end else ()), rule)


def draw(canvas: Canvas, spans: Sequence[Span], bottom: float, x_of: Callable[[float], float]) -> None:
    """Bars from `bottom` up; those of one kind share a text where one of them is too short for its own.

    What lies beyond the end of the scale `x_of` is left out.
    """
    shown = [span for span in spans if x_of(span.end) > x_of(span.start)]
    for _, run in groupby(shown, lambda span: (span.fill, span.together)):
        alike = list(run)
        texts = [_fitting(canvas, span.words, x_of(span.end) - x_of(span.start)) for span in alike]
        if all(texts) or len(alike) == 1 or not alike[0].together:
            for span, text in zip(alike, texts, strict=True):
                _bar(canvas, span, text, bottom, x_of)
        else:
            _shared_bar(canvas, alike, bottom, x_of)
    for span in shown:
        if span.broken:
            _break(canvas, x_of(span.start), bottom)


def _fitting(canvas: Canvas, words: Sequence[str], room: float) -> str:
    """The first of the words that fits in a bar with some room at both ends; "" where none does."""
    return next((text for text in words if canvas.measure(text) <= room - canvas.size * 0.8), "")


def _bar(canvas: Canvas, span: Span, text: str, bottom: float, x_of: Callable[[float], float]) -> None:
    left, right, size = x_of(span.start), x_of(span.end), canvas.size
    canvas.rect(left, bottom, max(right - left - 1.5, 1.0), size * BAR, span.fill, radius=2, edge=span.edge)
    level = bottom + size * BAR / 2 - under_middle(size)
    if text:
        canvas.write(left + size * 0.45, level, text, span.ink)
    elif span.least and canvas.measure(span.least) <= right - left - 3.0:
        canvas.write((left + right - 1.5) / 2, level, span.least, span.ink, anchor="middle")


def _shared_bar(canvas: Canvas, spans: Sequence[Span], bottom: float, x_of: Callable[[float], float]) -> None:
    """One bar for all, with ticks at its edges where one of them ends and the next begins."""
    first, size = spans[0], canvas.size
    left, right = x_of(first.start), x_of(spans[-1].end)
    canvas.rect(left, bottom, max(right - left - 1.5, 1.0), size * BAR, first.fill, radius=2, edge=first.edge)
    for span in spans[1:]:
        x = x_of(span.start)
        canvas.line(x, bottom, x, bottom + size * 0.2, first.ink)
    text = _fitting(canvas, (*first.together, first.least), right - left)
    canvas.write(left + size * 0.45, bottom + size * BAR / 2 - under_middle(size), text, first.ink)


def _break(canvas: Canvas, x: float, bottom: float) -> None:
    """A mark through the bar where a contract may be broken, wider than any other line."""
    size = canvas.size
    low, high = bottom - size * 0.15, bottom + size * (BAR + 0.15)
    canvas.line(x, low, x, high, canvas.style.card, width=5.0)
    canvas.line(x, low, x, high, canvas.style.short, width=3.0)


def told(appraisal: Appraisal, option: Option, scenario: Scenario, funding: ScenarioFunding) -> tuple[str, ...]:
    """The same in sentences, for whoever cannot see it."""
    first = appraisal.horizon.first_year
    sentences = []
    firmness = statuses(scenario)
    for status, run in groupby(sorted(firmness), firmness.__getitem__):
        years = list(run)
        span = label(first, years[0])
        span += f" to {label(first, years[-1])}" if len(years) > 1 else ""
        sentences.append(f"Money is {FIRMNESS[status]} in {span}.")
    for number, contract in enumerate(funding.contracts):
        how = "Let again" if number else "First contract"
        sentences.append(f"{how}: {_years(contract.years)} from {label(first, contract.first_year)}.")
        cuts = [label(first, year) for year in breaks(option, scenario, contract)]
        if cuts:
            sentences.append(f"It can be broken from {wording.listing(cuts)}.")
    return tuple(sentences)
