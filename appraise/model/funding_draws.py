"""Money against cost in a chunk of draws: grants, breaks, gaps, reserves, all scenarios on the same draws (METHOD 12).

Pence throughout. What a scenario adds is drawn from the same inputs as the option itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from appraise.model.funding import not_renewed, share_kept
from appraise.model.plan_parts import DeltaPlan, GrantPlan, OptionPlan, PartsPlan, Plan, ScenarioPlan, Years
from appraise.model.plan_rows import Inputs, LaterRows, OptionRows, draw_option, in_order, later_rows, option_rows
from appraise.model.samples import Mean, Pence, YearDraws
from appraise.model.streams import Streams
from appraise.model.uncertainty import Floats

#: In which draws something happens.
Happens = npt.NDArray[np.bool_]
#: (revenue, capital) of lines that the same grants may pay for; capital None where all counts as revenue.
Pot = tuple[Floats, Floats | None]


# --- the plan as numbers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartRows:
    """An option, or what a scenario adds to it, as numbers: see `PartsPlan`. `later`: from years of breaks on."""

    whole: OptionRows
    capital: OptionRows | None
    pots: tuple[tuple[OptionRows, OptionRows | None] | None, ...]
    later: LaterRows | None


@dataclass(frozen=True, slots=True)
class FundingRows:
    """What money is held against, as numbers: by option, and what is added by scenario and option."""

    options: tuple[PartRows, ...]
    deltas: tuple[tuple[PartRows | None, ...], ...]


def _part_rows(plan: Plan, parts: PartsPlan, whole: OptionRows | None, starts: Sequence[int]) -> PartRows:
    def rows(one: OptionPlan) -> OptionRows:
        return option_rows(plan, one, yearly=True)

    def rows_or_none(one: OptionPlan | None) -> OptionRows | None:
        return None if one is None else rows(one)

    return PartRows(
        whole=whole or rows(parts.whole),
        capital=rows_or_none(parts.capital),
        pots=tuple(None if pot is None else (rows(pot[0]), rows_or_none(pot[1])) for pot in parts.pots),
        later=later_rows(plan, parts.placed, starts) if parts.placed is not None else None,
    )


def _starts(plan: Plan) -> list[list[int]]:
    """By option the years from which its money is needed by itself: those of its breaks, and where it is what is
    fallen back on, those of others and the years in which they end.
    """
    found: list[set[int]] = [set() for _ in plan.options]
    for scenario in plan.scenarios:
        for place, delta in enumerate(scenario.deltas):
            years = {one.year for one in delta.breaks}
            found[place] |= years
            if years and delta.fall_back >= 0:
                found[delta.fall_back] |= years | ({delta.ends} if delta.ends < plan.years else set())
    return [sorted(years) for years in found]


def funding_rows(plan: Plan, options: Sequence[OptionRows]) -> FundingRows:
    """The numbers of a plan whose options are numbers already."""
    if not plan.scenarios:
        return FundingRows((), ())
    each = zip(plan.parts, options, _starts(plan), strict=True)
    return FundingRows(
        options=tuple(_part_rows(plan, parts, rows, starts) for parts, rows, starts in each),
        deltas=tuple(
            tuple(
                None if one.parts is None else _part_rows(plan, one.parts, None, [found.year for found in one.breaks])
                for one in scenario.deltas
            )
            for scenario in plan.scenarios
        ),
    )


# --- what is collected -------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class GapCount:
    """One option in one scenario, sums over draws, by year: pence that are missing, draws that are short.

    `first` are net needs, below nothing where money is left; `cash` is None where the scenario adds nothing. `money` is
    what arrives and can be used, `money_squares` of pounds. `missing`: all years together; `reserve`: the largest
    cumulative gap, `reserves` its first draws. `against`: net present cost less that of each scenario before.
    """

    first: YearDraws
    cash: YearDraws | None
    reserves: YearDraws
    gap: Pence
    short: Pence
    money: Pence
    money_squares: Floats
    any_short: int = 0
    npc: Mean = field(default_factory=Mean)
    missing: Mean = field(default_factory=Mean)
    reserve: Mean = field(default_factory=Mean)
    against: list[Mean] = field(default_factory=list)


def empty_gaps(plan: Plan, option: int, draws: int, kinds: int) -> list[GapCount]:
    """Nothing counted yet, for one option in every scenario."""

    def nothing() -> Pence:
        return np.zeros(plan.years, dtype=np.int64)

    return [
        GapCount(
            first=YearDraws.empty(plan.years, draws, kinds),
            cash=YearDraws.empty(plan.years, draws, kinds) if _changes(scenario.deltas[option]) else None,
            reserves=YearDraws.empty(1, draws, kinds),
            gap=nothing(),
            short=nothing(),
            money=nothing(),
            money_squares=np.zeros(plan.years),
            against=[Mean() for _ in range(place)],
        )
        for place, scenario in enumerate(plan.scenarios)
    ]


def kinds_of(plan: Plan) -> int:
    """How many kinds of money by year are kept."""
    changed = sum(_changes(delta) for scenario in plan.scenarios for delta in scenario.deltas)
    return len(plan.options) * (1 + len(plan.scenarios)) + changed


def _changes(delta: DeltaPlan) -> bool:
    return delta.parts is not None or bool(delta.breaks)


@dataclass(frozen=True, slots=True)
class ChunkGap:
    """What a chunk of draws adds to a `GapCount`; `sums` are of npc, missing, reserve, and against each before."""

    need: Floats
    cash: Floats | None
    reserve: Floats
    gap: Pence
    short: Pence
    any_short: int
    money: Pence
    money_squares: Floats
    sums: list[tuple[int, float]]
    largest: float


def collect_gap(into: GapCount, found: ChunkGap, start: int) -> None:
    """Take a chunk, in the order of chunks."""
    into.first.add(found.need, start)
    if into.cash is not None and found.cash is not None:
        into.cash.add(found.cash, start)
    into.reserves.add(found.reserve[np.newaxis], start)
    into.gap += found.gap
    into.short += found.short
    into.any_short += found.any_short
    into.money += found.money
    into.money_squares += found.money_squares
    for mean, sums in zip((into.npc, into.missing, into.reserve, *into.against), found.sums, strict=True):
        mean.add(sums)


# --- the cost of an option ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Drawn:
    """Money of an option in a chunk: cash by year, net present cost, capital, pots in parts of pence, and `later`.

    `pots`: (revenue, capital), capital None where all counts as revenue. `later`: net present cost from a year on.
    """

    cash: Floats
    npc: Floats
    capital: Floats | None
    pots: list[Pot | None]
    later: Mapping[int, Floats]


def _draw(years: int, rows: PartRows, inputs: Inputs, drawn: Floats | None = None) -> Drawn:
    """`drawn`: the whole, where it has been drawn before."""

    def cash(one: OptionRows | None, *, whole: bool) -> Floats | None:
        return None if one is None else draw_option(years, one, inputs, yearly=True, whole=whole)[:years]

    if drawn is None:
        drawn = draw_option(years, rows.whole, inputs, yearly=True)
    pots: list[Pot | None] = []
    for pot in rows.pots:
        revenue = None if pot is None else cash(pot[0], whole=False)
        pots.append(None if pot is None or revenue is None else (revenue, cash(pot[1], whole=False)))
    later = {} if rows.later is None else dict(zip(rows.later.starts, rows.later.draw(inputs), strict=True))
    return Drawn(drawn[:years], drawn[years], cash(rows.capital, whole=True), pots, later)


def _sum(one: Floats | None, other: Floats | None) -> Floats | None:
    if one is None or other is None:
        return one if other is None else other
    return np.asarray(one + other, dtype=np.float64)


def _sum_of_pots(one: Pot | None, other: Pot | None) -> Pot | None:
    if one is None or other is None:
        return one if other is None else other
    return one[0] + other[0], _sum(one[1], other[1])


def _with_added(own: Drawn, added: Drawn | None) -> Drawn:
    """An option with what a scenario adds."""
    if added is None:
        return own
    return Drawn(
        own.cash + added.cash,
        own.npc + added.npc,
        _sum(own.capital, added.capital),
        [_sum_of_pots(*both) for both in zip(own.pots, added.pots, strict=True)],
        {start: own.later[start] + pence for start, pence in added.later.items()} or own.later,
    )


def _between(money: Floats | None, instead: Floats | None, year: int, ends: int, where: npt.NDArray[np.intp]) -> None:
    """Put the other option's money from a year on up to another, in some draws, then nothing; None: it has none."""
    if money is not None:
        money[year:, where] = 0.0
        if instead is not None:
            money[year:ends, where] = instead[year:ends, where]


def _copied(own: Drawn) -> Drawn:
    def copy(one: Floats | None) -> Floats | None:
        return None if one is None else one.copy()

    pots = [None if pot is None else (pot[0].copy(), copy(pot[1])) for pot in own.pots]
    return Drawn(own.cash.copy(), own.npc.copy(), copy(own.capital), pots, own.later)


def _pence(pounds: Years) -> Floats:
    return np.asarray(np.rint(np.array(pounds)[:, np.newaxis] * 100), dtype=np.float64)


def _broken(own: Drawn, delta: DeltaPlan, other: Drawn | None, lost: Mapping[int, Happens]) -> Drawn:
    """Contracts end at the first boundary inside them without renewal: the break is paid, and the other option runs.

    It runs as long as the option would have run: what it costs afterwards belongs to neither.
    """
    found, running = _copied(own), np.ones(len(own.npc), dtype=np.bool_)
    for place, pot in enumerate(found.pots):
        theirs = other.pots[place] if other is not None else None
        if pot is None and theirs is not None:  # only what is fallen back on has money there
            found.pots[place] = np.zeros_like(theirs[0]), None if theirs[1] is None else np.zeros_like(theirs[1])
    for one in delta.breaks:
        where = np.flatnonzero(running & lost[one.year])
        running &= ~lost[one.year]
        if not len(where):
            continue
        ends = delta.ends
        _between(found.cash, None if other is None else other.cash, one.year, ends, where)
        _between(found.capital, None if other is None else other.capital, one.year, ends, where)
        for place, pot in enumerate(found.pots):
            if pot is not None:
                theirs = other.pots[place] if other is not None else None
                _between(pot[0], None if theirs is None else theirs[0], one.year, ends, where)
                _between(pot[1], None if theirs is None else theirs[1], one.year, ends, where)
        found.cash[:, where] += _pence(one.cash)
        found.npc[where] += round(one.npc * 100) - own.later[one.year][where]
        if other is not None:
            found.npc[where] += other.later[one.year][where]
            if ends in other.later:
                found.npc[where] -= other.later[ends][where]
    return found


# --- the money ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """Pence that arrive in a scenario by year: revenue (all money where it is not split) and capital; grants won.

    `lost`: in which draws money is not renewed, by year of a boundary at which a contract may be broken. `sums` of it
    all, None where grants are added, as what they pay differs by option.
    """

    revenue: Floats
    capital: Floats | None
    won: Mapping[str, Happens]
    lost: Mapping[int, Happens]
    sums: tuple[Pence, Floats] | None


def _sums(pence: Floats) -> tuple[Pence, Floats]:
    """(pence, squares of pounds) by year, over the draws, first to last."""
    pounds = pence / 100
    pounds *= pounds
    return pence.astype(np.int64).sum(axis=1), in_order(pounds, axis=1)


def draw_money(plan: Plan, scenario: ScenarioPlan, streams: Streams) -> Money:
    """The money of a scenario. A grant is won or not in one draw for all options and scenarios."""
    kept = share_kept(scenario.boundaries, restored=scenario.restored, years=plan.years, streams=streams)

    def arriving(settled: Years) -> Floats:
        money = np.empty((plan.years, streams.count))
        for year, share in enumerate(kept):
            money[year] = settled[year] if share is None else settled[year] * share
        money *= 100
        return np.rint(money, out=money)

    breaks = {one.year for delta in scenario.deltas for one in delta.breaks}
    revenue = arriving(scenario.settled)
    capital = arriving(scenario.capital) if scenario.split else None
    return Money(
        revenue=revenue,
        capital=capital,
        won={grant.id: streams.below(f"grant|{grant.id}", grant.chance) for grant in scenario.grants},
        lost={one.year: not_renewed(one, streams) for one in scenario.boundaries if one.year in breaks},
        sums=None if scenario.grants else _sums(revenue if capital is None else revenue + capital),
    )


#: Pots of revenue (an even place) and of capital (an odd one) that a sum of grant money may pay for.
Tied = tuple[Floats, frozenset[int]]
#: Pence by which cost may pass money before a year counts as short: cash is rounded by entry, and drawn as a sum.
ROUNDING = 50
#: Sums of grant money whose every choice is looked at: twice as much work for each more.
MOST_SUMS = 8


def most_paid(tied: Sequence[Tied], costs: Mapping[int, Floats], none: Floats) -> Floats:
    """The most that sums of money, each tied to some costs, can pay of them: the least cut (Ford and Fulkerson).

    Of some sums all costs that they reach, and the other sums whole: no way of paying passes that, and the best one
    reaches the least of these.
    """

    def least(place: int, cut: Floats, reached: frozenset[int]) -> Floats:
        if place == len(tied):
            return cut
        pounds, costs_of = tied[place]
        taken = cut
        for one in sorted(costs_of - reached):
            taken = taken + costs[one]
        both = least(place + 1, cut + pounds, reached), least(place + 1, taken, reached | costs_of)
        return np.asarray(np.minimum(*both), dtype=np.float64)

    return least(0, none, frozenset())


def _cross(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two of them overlap and neither holds the other."""
    return bool(one & other) and not (one <= other or other <= one)


class _Grants:
    """Pays costs with the grants that are won, narrow ones first. No pound is paid twice.

    One inside the other or apart, they pay the most that they can in that order. Where they cross, the most is told by
    `most_paid`; over `MOST_SUMS` they pay in that order all the same.
    """

    def __init__(self, cost: Drawn, *, split: bool) -> None:
        self.split = split
        self.revenue = np.zeros_like(cost.cash)
        self.capital = np.zeros_like(cost.cash)
        self.cost = cost
        self.left: list[tuple[Floats, Floats] | None] = [self._both(pot) for pot in cost.pots]

    def _both(self, pot: Pot | None) -> tuple[Floats, Floats] | None:
        if pot is None:
            return None
        revenue, capital = pot
        none = np.zeros_like(revenue)
        if not self.split:  # all money counts alike
            whole = revenue if capital is None else revenue + capital
            return np.maximum(whole, 0.0), none
        return np.maximum(revenue, 0.0), none if capital is None else np.maximum(capital, 0.0)

    def pay(self, grants: Sequence[GrantPlan], won: Mapping[str, Happens]) -> None:
        """Pay with all of them; those that pay for everything come last."""
        tied = [grant for grant in grants if grant.pots is not None and self._pots(grant)]
        crossing = any(_cross(self._pots(one), self._pots(other)) for one, other in combinations(tied, 2))
        sums = len(tied) + (sum(any(grant.capital) for grant in tied) if self.split else 0)
        if crossing and sums <= MOST_SUMS:
            self._pay_most(tied, won)
        else:
            for grant in tied:
                left = (self.left[place] for place in grant.pots or ())
                self._use([one for one in left if one is not None], *self._money(grant, won))
        for grant in grants:
            if grant.pots is None:
                self._use([self._rest()], *self._money(grant, won))

    def _pots(self, grant: GrantPlan) -> frozenset[int]:
        """Places of the pots of a grant in which this option has money."""
        return frozenset(place for place in grant.pots or () if self.left[place] is not None)

    def _money(self, grant: GrantPlan, won: Mapping[str, Happens]) -> tuple[Floats, Floats]:
        """(revenue, capital) of a grant."""
        revenue, capital = _pence(grant.revenue) * won[grant.id], _pence(grant.capital) * won[grant.id]
        return (revenue, capital) if self.split else (revenue + capital, np.zeros_like(capital))

    def _pay_most(self, grants: Sequence[GrantPlan], won: Mapping[str, Happens]) -> None:
        """Pay as much revenue as can be paid, and then as much of all. One never stands in the way of the other."""
        costs = {2 * place + spent: one[spent] for place, one in enumerate(self.left) if one for spent in (0, 1)}
        for_revenue: list[Tied] = []
        for_all: list[Tied] = []
        for grant in grants:
            revenue, capital = self._money(grant, won)
            running, spent = (frozenset(2 * place + kind for place in self._pots(grant)) for kind in (0, 1))
            for_revenue.append((revenue, running))
            for_all.append((revenue, running | spent if self.split else running))
            if self.split and any(grant.capital):
                for_all.append((capital, spent))
        paid = most_paid(for_revenue, costs, np.zeros_like(self.revenue))
        self.revenue += paid
        if self.split:
            self.capital += most_paid(for_all, costs, np.zeros_like(paid)) - paid

    def _rest(self) -> tuple[Floats, Floats]:
        """Everything that no grant has paid for yet."""
        cash, capital = self.cost.cash, self.cost.capital
        if not self.split or capital is None:
            return np.maximum(cash - self.revenue, 0.0), np.zeros_like(cash)
        return np.maximum(cash - capital - self.revenue, 0.0), np.maximum(capital - self.capital, 0.0)

    def _use(self, left: Sequence[tuple[Floats, Floats]], revenue: Floats, capital: Floats) -> None:
        """Take what can be used out of what is left to pay and out of a grant.

        Its capital pays for capital and its revenue for revenue everywhere, before revenue that is left pays for
        capital.
        """
        for pot in left:
            _move(pot[1], capital, self.capital)
            _move(pot[0], revenue, self.revenue)
        for pot in left:
            _move(pot[1], revenue, self.capital)


def _move(cost: Floats, grant: Floats, paid: Floats) -> None:
    """Pay as much of a cost as a grant can."""
    used = np.minimum(cost, grant)
    cost -= used
    grant -= used
    paid += used


def _largest(net: Floats, missing: Floats, scenario: ScenarioPlan) -> Floats:
    """The largest cumulative gap: with `carry_over` what is left of money that is not ring-fenced pays later gaps."""
    if not scenario.carry_over:
        return missing
    carried = net.copy()
    fenced = np.array(scenario.ring_fenced)
    carried[fenced] = np.maximum(carried[fenced], 0.0)
    return np.asarray(np.maximum(np.add.accumulate(carried, axis=0).max(axis=0), 0.0), dtype=np.float64)


def _net(cost: Drawn, scenario: ScenarioPlan, money: Money) -> tuple[Floats, Floats]:
    """(cost less money, the money that arrives and can be used) by year.

    Where there is capital money, r is revenue less what pays for it and c capital less what may pay for that alone:
    max(r, r + c), as revenue may pay for capital and never the other way round.
    """
    revenue, capital = money.revenue, money.capital
    if scenario.grants:
        grants = _Grants(cost, split=scenario.split)
        grants.pay(scenario.grants, money.won)
        revenue = revenue + np.rint(grants.revenue)
        if capital is not None:
            capital = capital + np.rint(grants.capital)
    if capital is None or cost.capital is None:
        return cost.cash - revenue, revenue
    short = cost.cash - cost.capital - revenue
    return np.maximum(short, short + cost.capital - capital), revenue + capital


def _first(pence: Floats, fits: int) -> Floats:
    """The first draws and no more: a view would keep all of them in the memory."""
    return pence if fits >= pence.shape[1] else pence[:, :fits].copy()


def _gap(
    cost: Drawn, scenario: ScenarioPlan, money: Money, before: Sequence[Floats], into: GapCount, start: int
) -> ChunkGap:
    """`before`: net present costs in the scenarios before this one. The first draws of all set the centres."""
    net, arrived = _net(cost, scenario, money)
    gap, short = np.maximum(net, 0.0), net > ROUNDING
    missing = np.add.reduce(gap, axis=0)  # whole pence under 2 ** 53: exact in any order
    reserve = _largest(net, missing, scenario)
    rows = (cost.npc, missing, reserve, *(cost.npc - other for other in before))
    means = (into.npc, into.missing, into.reserve, *into.against)
    if not start:
        for mean, row in zip(means, rows, strict=True):
            mean.begin(row)
    fits = into.first.room(start)
    sums, of_squares = money.sums or _sums(arrived)
    return ChunkGap(
        need=_first(net, fits),
        cash=_first(cost.cash, fits) if into.cash is not None else None,
        reserve=reserve[: into.reserves.room(start)],
        gap=gap.astype(np.int64).sum(axis=1),
        short=np.count_nonzero(short, axis=1).astype(np.int64),
        any_short=int(np.count_nonzero(short.any(axis=0))),
        money=sums,
        money_squares=of_squares,
        sums=[mean.counted(row) for mean, row in zip(means, rows, strict=True)],
        largest=max(max(float(one.max()), -float(one.min())) for one in (net, arrived, cost.cash, *rows)),
    )


@dataclass(frozen=True, slots=True)
class FundingWork:
    """Draws the gaps of a chunk. `into`: by option and scenario what is counted."""

    plan: Plan
    rows: FundingRows
    into: Sequence[Sequence[GapCount]]

    def chunk(self, streams: Streams, inputs: Inputs, drawn: Sequence[Floats], start: int) -> list[list[ChunkGap]]:
        """By option and scenario, from cash by year and net present cost of options that are drawn already.

        `start`: the first draw. The first chunk, which is drawn alone, sets the centres of means.
        """
        plan = self.plan
        money = [draw_money(plan, scenario, streams) for scenario in plan.scenarios]
        own = [_draw(plan.years, rows, inputs, one) for rows, one in zip(self.rows.options, drawn, strict=True)]
        found: list[list[ChunkGap]] = []
        for option, base in enumerate(own):
            gaps: list[ChunkGap] = []
            costs: list[Floats] = []
            for place, (scenario, arrived) in enumerate(zip(plan.scenarios, money, strict=True)):
                into, delta = self.into[option][place], scenario.deltas[option]
                rows = self.rows.deltas[place][option]
                cost = _with_added(base, None if rows is None else _draw(plan.years, rows, inputs))
                if delta.breaks:
                    cost = _broken(cost, delta, own[delta.fall_back] if delta.fall_back >= 0 else None, arrived.lost)
                gaps.append(_gap(cost, scenario, arrived, costs, into, start))
                costs.append(cost.npc)
            found.append(gaps)
        return found
