"""Money against cost again, in exact fractions: every way in which renewals and grants can come out is counted.

Nothing of the program is imported: the rules are typed from METHOD 12.1 to 12.3. Costs are certain and there is no
inflation. Who pays for what is told by the largest flow from money to costs, by the smallest cut of the network, so
that the order in which the program pays plays no part.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, combinations, product

ZERO, ONE = Fraction(0), Fraction(1)
#: METHOD 1.6: the first 30 years.
RATE = Fraction(35, 1000)
Years = tuple[Fraction, ...]


def years_of(*pounds: float | str) -> Years:
    return tuple(Fraction(str(one)) for one in pounds)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """A line of an option by year."""

    key: str
    pounds: Years
    capital: bool = False


@dataclass(frozen=True, kw_only=True)
class Won:
    """A grant: chance, pounds by year, and the lines that it may pay for; None: all of them."""

    chance: Fraction
    revenue: Years
    capital: Years = ()
    lines: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """An option in a scenario. `boundaries`: year -> (chance of renewal, cut). `breaks`: year -> what it costs.

    `fenced`: years whose money goes back. `added`: what the scenario adds to the cash of every year.
    """

    costs: tuple[Cost, ...]
    revenue: Years
    capital: Years = ()
    boundaries: Mapping[int, tuple[Fraction, Fraction]]
    restored: bool = False
    carry_over: bool = False
    fenced: frozenset[int] = frozenset()
    grants: tuple[Won, ...] = ()
    added: Years = ()
    breaks: Mapping[int, Fraction] = field(default_factory=dict)
    fall_back: tuple[Cost, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What happens with a chance: gaps and usable money by year, the largest cumulative gap, net present cost.

    With carry-over the reserve is told without grants and capital money, which leave nothing to be carried.
    """

    chance: Fraction
    gap: Years
    money: Years
    reserve: Fraction
    npc: Fraction
    broken: bool


def charge(k: Fraction, kept: Fraction, rate: Fraction, years: int) -> Fraction:
    """METHOD 12.2: K CRF - RV r / ((1 + r)^n - 1)."""
    growth = (1 + rate) ** years
    return k * rate * growth / (growth - 1) - kept * rate / (growth - 1)


def flow(money: Sequence[tuple[Fraction, frozenset[str]]], costs: Mapping[str, Fraction]) -> Fraction:
    """The most that money, each tied to some lines, can pay of their costs: the smallest cut of the network."""
    cuts = []
    for kept in chain.from_iterable(combinations(range(len(money)), size) for size in range(len(money) + 1)):
        reached = frozenset().union(*(money[place][1] for place in kept))
        idle = sum((pounds for place, (pounds, _) in enumerate(money) if place not in kept), ZERO)
        cuts.append(idle + sum((costs[key] for key in reached), ZERO))
    return min(cuts)


def _at(pounds: Years, year: int) -> Fraction:
    return pounds[year] if year < len(pounds) else ZERO


def _spent(case: Case, broken_in: int | None, year: int) -> tuple[dict[str, Fraction], set[str]]:
    """(cost of every line in a year, which of them are capital)."""
    broken = broken_in is not None and year >= broken_in
    lines = case.fall_back if broken else case.costs
    found = {one.key: _at(one.pounds, year) for one in lines}
    found["scenario"] = ZERO if broken else _at(case.added, year)
    if broken and year == broken_in:
        found["scenario"] = case.breaks[year]
    return found, {one.key for one in lines if one.capital}


def _one(case: Case, renewed: Mapping[int, bool], won: Sequence[bool], chance: Fraction) -> Outcome:
    years = len(case.revenue)
    broken_in = next((year for year in sorted(case.breaks) if not renewed[year]), None)
    share, gaps, arrived, net, npc = ONE, [], [], [], ZERO
    for year in range(years):
        if year in case.boundaries:
            here = ONE if renewed[year] else 1 - case.boundaries[year][1]
            share = here if case.restored else share * here
        spent, capital = _spent(case, broken_in, year)
        every, split = frozenset(spent), bool(any(case.capital) or any(any(one.capital) for one in case.grants))
        fixed = frozenset(capital) if split else every
        money = [(share * case.revenue[year], every), (share * _at(case.capital, year), fixed)]
        for grant, comes in zip(case.grants, won, strict=True):
            if comes:
                tied = every if grant.lines is None else every & grant.lines
                money += [(_at(grant.revenue, year), tied), (_at(grant.capital, year), tied & fixed)]
        total = sum(spent.values(), ZERO)
        settled = share * (case.revenue[year] + _at(case.capital, year))
        gaps.append(total - flow(money, spent))
        arrived.append(settled + flow(money[2:], spent))
        net.append(total - settled)
        npc += total / (1 + RATE) ** year
    reserve = sum(gaps, ZERO)
    if case.carry_over:
        reserve = running = ZERO
        for year, one in enumerate(net):
            running += max(one, ZERO) if year in case.fenced else one
            reserve = max(reserve, running)
    return Outcome(
        chance=chance,
        gap=tuple(gaps),
        money=tuple(arrived),
        reserve=reserve,
        npc=npc,
        broken=broken_in is not None,
    )


def outcomes(case: Case) -> Iterator[Outcome]:
    """Every way in which it can come out, with its chance."""
    years = sorted(case.boundaries)
    for ways in product((True, False), repeat=len(years) + len(case.grants)):
        renewed = dict(zip(years, ways, strict=False))
        won = ways[len(years) :]
        chance = ONE
        for year, one in renewed.items():
            chance *= case.boundaries[year][0] if one else 1 - case.boundaries[year][0]
        for grant, comes in zip(case.grants, won, strict=True):
            chance *= grant.chance if comes else 1 - grant.chance
        if chance:
            yield _one(case, renewed, won, chance)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is expected, and chances."""

    gap: Years
    money: Years
    short: Years
    any_short: Fraction
    reserve: Fraction
    npc: Fraction
    broken: Fraction


def answer(case: Case) -> Answer:
    """Means and chances over all outcomes."""
    found = list(outcomes(case))

    def mean(values: Sequence[Fraction | bool]) -> Fraction:
        return sum((one.chance * Fraction(value) for one, value in zip(found, values, strict=True)), ZERO)

    years = range(len(case.revenue))
    return Answer(
        gap=tuple(mean([one.gap[year] for one in found]) for year in years),
        money=tuple(mean([one.money[year] for one in found]) for year in years),
        short=tuple(mean([one.gap[year] > 0 for one in found]) for year in years),
        any_short=mean([any(one.gap) for one in found]),
        reserve=mean([one.reserve for one in found]),
        npc=mean([one.npc for one in found]),
        broken=mean([one.broken for one in found]),
    )


def reserve_at(case: Case, share: Fraction) -> Fraction:
    """The reserve that covers the largest cumulative gap with this chance at least."""
    covered = ZERO
    for one in sorted(outcomes(case), key=lambda one: one.reserve):
        covered += one.chance
        if covered >= share:
            return one.reserve
    raise ValueError(share)
