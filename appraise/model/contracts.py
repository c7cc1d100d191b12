"""Contracts that follow each other: how long each is signed for under a funding scenario (METHOD 12.2)."""

from functools import partial

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import Commitment
from appraise.model.funding_results import ContractSpan
from appraise.model.remembered import Remembered

_chains = Remembered[tuple[ContractSpan, ...]]()


def confirmed_years(scenario: Scenario, year: int) -> int:
    """Years of confirmed money from a year on, that year counted; 0 where no settlement covers it."""
    ends = (
        one.first_year + len(one.amounts)
        for one in scenario.settlements
        if one.first_year <= year < one.first_year + len(one.amounts)
    )
    return max(ends, default=year) - year


def reference_years(option: Option) -> int:
    """The term that the prices of an option are entered for; 0: it has no fixed term."""
    return (option.terms.reference_years or option.term_years) if option.term_years else 0


def chain(appraisal: Appraisal, option: str, scenario: Scenario | None, years: int) -> tuple[ContractSpan, ...]:
    """The contracts of an option in the first `years`; none without a fixed term.

    `scenario` None: each runs for the reference term, as the prices were entered. Otherwise for the wanted term, cut
    to the confirmed money where the authority never signs past it. The next is signed when the last one ends.
    """
    found = next(one for one in appraisal.options if one.id == option)
    return chain_of(found, scenario, years)


def chain_of(option: Option, scenario: Scenario | None, years: int) -> tuple[ContractSpan, ...]:
    """As `chain`; the very same for the very same records."""
    return _chains.of(partial(_chain, option, scenario, years), option, scenario, beside=years)


def _chain(option: Option, scenario: Scenario | None, years: int) -> tuple[ContractSpan, ...]:
    wanted = reference_years(option) if scenario is None else option.term_years
    if wanted < 1:
        return ()
    found, year = [], max(0, option.terms.starts)
    while year < years:
        term = wanted
        if scenario is not None and option.terms.commitment is Commitment.NEVER:
            term = max(1, min(wanted, confirmed_years(scenario, year)))
        found.append(ContractSpan(first_year=year, years=term))
        year += term
    return tuple(found)
