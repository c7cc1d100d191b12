"""Cases of `oracle_funding` as documents that a user could enter."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from appraise.model.appraisal.document import Appraisal, Simulation
from appraise.model.appraisal.funding import Grant, Scenario, Settlement
from appraise.model.appraisal.lines import Line, Spend
from appraise.model.appraisal.terms import AfterCut, ContractTerms
from tests.builders import appraisal, line, pounds
from tests.published.oracle_funding import Case, Cost, Years

NO_TERMS = ContractTerms()


def money(years: Years) -> tuple[Decimal, ...]:
    return pounds(*(float(one) for one in years))


def _line(option: str, cost: Cost) -> Line:
    made = line(cost.key, option, *(float(one) for one in cost.pounds))
    return replace(made, spend=Spend.CAPITAL if cost.capital else Spend.OPERATING)


def scenario_of(case: Case, key: str = "s") -> Scenario:
    """Settlements between boundaries; one of its own for every ring-fenced year."""
    years = len(case.revenue)
    starts = sorted({0, *case.boundaries})
    settlements = []
    for first, end in zip(starts, [*starts[1:], years], strict=True):
        renewal, cut = case.boundaries.get(first, (Fraction(1), Fraction(0)))
        settlements.append(
            Settlement(
                id=f"{key}-{first}",
                name=f"From year {first}",
                first_year=first,
                amounts=money(case.revenue[first:end]),
                capital=money(case.capital[first:end]),
                ring_fenced=first in case.fenced,
                renewal=float(renewal),
                cut_low=float(cut),
                cut_likely=float(cut),
                cut_high=float(cut),
            )
        )
    return Scenario(
        id=key,
        name=key,
        settlements=tuple(settlements),
        restored=case.restored,
        carry_over=case.carry_over,
        grants=tuple(f"grant-{number}" for number in range(len(case.grants))),
    )


def grants_of(case: Case) -> tuple[Grant, ...]:
    return tuple(
        Grant(
            id=f"grant-{number}",
            name=f"Grant {number}",
            amounts=money(one.revenue),
            capital=money(one.capital),
            chance=float(one.chance),
            lines=() if one.lines is None else tuple(sorted(one.lines)),
        )
        for number, one in enumerate(case.grants)
    )


def document(case: Case, *, percentile: int = 80, terms: ContractTerms = NO_TERMS, term: int = 0) -> Appraisal:
    """Option a with the costs of the case, and b, which it falls back on."""
    if case.breaks:
        terms = replace(terms, after_cut=AfterCut.BREAK, fall_back="b")
    made = appraisal(
        len(case.revenue),
        ("a", "b"),
        lines=(*(_line("a", one) for one in case.costs), *(_line("b", one) for one in case.fall_back)),
        scenarios=(scenario_of(case),),
        grants=grants_of(case),
        simulation=Simulation(percentile=percentile),
    )
    first, second = made.options
    return replace(made, options=(replace(first, term_years=term, terms=terms), second))
