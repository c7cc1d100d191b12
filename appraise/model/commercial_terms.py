"""Agreed prices of a line: volume tiers, discounts by year of the contract, and caps on its index (METHOD 13)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import partial

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import LineTerms, Tier
from appraise.model.contracts import chain_of
from appraise.model.discounting import EXACT, ONE, ZERO, capped_key, times
from appraise.model.funding_results import ContractSpan
from appraise.model.remembered import Remembered

_agreed = Remembered[Line]()


def tier_discount(volume: Decimal, tiers: Iterable[Tier], *, whole: bool) -> Decimal:
    """Discount in per cent on all that is bought in a year, from discounts on what is over each volume.

    `whole`: that of the highest tier reached, on everything. Otherwise each holds for its own part of the volume:
    sum of percent x part / volume. 100 with 5 % over 50 and 10 % over 80: 5 % x 30 and 10 % x 20 are 3.5 %.
    """
    reached = sorted((tier for tier in tiers if tier.over < volume), key=lambda tier: tier.over)
    if not reached or volume <= 0:
        return ZERO
    if whole:
        return reached[-1].percent
    ends = [*(max(tier.over, ZERO) for tier in reached[1:]), volume]
    with localcontext(EXACT):
        parts = (tier.percent * (end - max(tier.over, ZERO)) for tier, end in zip(reached, ends, strict=True))
        return sum(parts, ZERO) / volume


def contract_year(spans: Sequence[ContractSpan], starts: int, year: int) -> int:
    """The year of the contract that runs in a year, from 0; -1 before the first.

    Without a fixed term there is one agreement that is never let again.
    """
    signed = max((span.first_year for span in spans if span.first_year <= year), default=None if spans else starts)
    return year - signed if signed is not None and signed <= year else -1


def loyalty_discount(percent: Sequence[Decimal], spans: Sequence[ContractSpan], starts: int, year: int) -> Decimal:
    """Discount in per cent by the year of the contract; the last one holds on until it is let again."""
    place = contract_year(spans, starts, year)
    return percent[min(place, len(percent) - 1)] if percent and place >= 0 else ZERO


def paid_shares(terms: LineTerms, spans: Sequence[ContractSpan], starts: int, years: int) -> tuple[Decimal, ...]:
    """Share of the entered amounts that is paid, by year: (1 - tier discount) x (1 - discount of the contract year)."""
    volumes = (terms.volumes + (ZERO,) * years)[:years]
    with localcontext(EXACT):
        return tuple(
            (1 - tier_discount(volume, terms.tiers, whole=terms.whole) / 100)
            * (1 - loyalty_discount(terms.loyalty, spans, starts, year) / 100)
            for year, volume in enumerate(volumes)
        )


def terms_of(appraisal: Appraisal, line: str) -> LineTerms | None:
    """What is agreed on the price of a line, if anything is."""
    return next((terms for terms in appraisal.line_terms if terms.line == line), None)


def discounts(appraisal: Appraisal, line: Line) -> tuple[Decimal, ...]:
    """Share of the entered amounts of a line that is paid, by year, in the reference chain of contracts."""
    years, terms = appraisal.horizon.years, terms_of(appraisal, line.id)
    if terms is None:
        return (ONE,) * years
    option = next(one for one in appraisal.options if one.id == line.option)
    return paid_shares(terms, chain_of(option, None, years), option.terms.starts, years)


def agreed(line: Line, terms: LineTerms | None, option: Option, spans: Sequence[ContractSpan], years: int) -> Line:
    """A line as it is paid: amounts after discounts, and the index as it is capped. The very same without terms."""
    if terms is None:
        return line
    chained = tuple(spans)
    make = partial(_agreed_line, line, terms, option.terms.starts, chained, years)
    return _agreed.of(make, line, terms, beside=(option.terms.starts, chained, years))


def _agreed_line(line: Line, terms: LineTerms, starts: int, spans: tuple[ContractSpan, ...], years: int) -> Line:
    amounts = (line.amounts + (ZERO,) * years)[:years]
    if terms.loyalty or (terms.tiers and terms.volumes):
        amounts = times(amounts, paid_shares(terms, spans, starts, years))
    return replace(line, amounts=amounts, index=capped_key(line.index, terms))
