"""Who pays how much of a joint option (METHOD 13): by the rules of its lines, or the whole in a calculated way.

Worked out before money is put together, so that this body's budget, the other bodies' cash and every partner's own
case are cut by the same shares.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from math import gcd

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.partners import Arrangement, FixedShare, Partner, ShareRule, Split
from appraise.model.coalitions import MOST, apportion, shapley, sums_of, whole_weights
from appraise.model.discounting import EXACT, ZERO, Factors, times, to_pence, worth
from appraise.model.remembered import Remembered
from appraise.model.uncertainty import mean_of_range

#: What is shared: the id of a line, or "" for a constraint, and its expected present value, signed.
Piece = tuple[str, Decimal]


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How something is shared: whole weights of partners, which do not add up to nothing. `own`: this body's place."""

    partners: tuple[Partner, ...]
    weights: tuple[int, ...]

    @property
    def own(self) -> int | None:
        """The place of this body; None: it takes no part."""
        return next((place for place, one in enumerate(self.partners) if one.this_body), None)

    def part(self, place: int) -> Decimal:
        """A partner's share of 1, to 34 digits."""
        with localcontext(EXACT):
            return Decimal(self.weights[place]) / sum(self.weights)

    @property
    def own_part(self) -> Decimal:
        """The share of 1 that this body pays."""
        return ZERO if self.own is None else self.part(self.own)

    def cut(self, pounds: Decimal) -> tuple[Decimal, ...]:
        """Pounds, rounded to the penny, in parts that add up to them."""
        return tuple(Decimal(one) / 100 for one in apportion(in_pence(pounds), self.weights))


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What of an option is shared, and how: lines by id, and the rest, such as constraints. None: it is not shared.

    `contract`: how what a funding scenario adds to its contract is shared.
    """

    arrangement: Arrangement
    partners: tuple[Partner, ...]
    by_line: Mapping[str, Shares]
    rest: Shares | None
    contract: Shares | None = None

    def of(self, line: str) -> Shares | None:
        """The shares of a line, or of what comes from none; None: all of it is this body's."""
        return self.by_line.get(line) if line else self.rest


def in_pence(pounds: Decimal) -> int:
    """Pounds as whole pence."""
    return int(to_pence(pounds) * 100)


def partners_of(appraisal: Appraisal, arrangement: Arrangement) -> tuple[Partner, ...]:
    """The partners of an arrangement that are known, in its order, each once."""
    known = {partner.id: partner for partner in appraisal.partners}
    return tuple(known[key] for key in dict.fromkeys(arrangement.partners) if key in known)


def arrangement_of(appraisal: Appraisal, option: str) -> Arrangement | None:
    """The arrangement of an option that has partners; None: nothing of it is shared."""
    for arrangement in appraisal.arrangements:
        if arrangement.option == option and partners_of(appraisal, arrangement):
            return arrangement
    return None


def _measures(partners: Sequence[Partner], rule: ShareRule, fixed: Sequence[FixedShare]) -> tuple[Decimal, ...]:
    """By partner what a rule goes by."""
    percent = {one.partner: one.percent for one in fixed}
    return tuple(
        {
            ShareRule.FIXED: percent.get(partner.id, ZERO),
            ShareRule.VOLUME: partner.volume,
            ShareRule.POPULATION: Decimal(partner.population),
            ShareRule.USE: partner.use,
        }[rule]
        for partner in partners
    )


def by_rule(partners: tuple[Partner, ...], rule: ShareRule, fixed: Sequence[FixedShare]) -> Shares | None:
    """Shares in proportion to what the rule goes by; None where nothing of it is entered, so that nothing is shared."""
    weights = whole_weights(Fraction(measure) for measure in _measures(partners, rule, fixed))
    return Shares(partners, weights) if sum(weights) > 0 else None


def by_rules(arrangement: Arrangement, partners: tuple[Partner, ...]) -> Shared:
    """Shares of every line by its own rule, of the rest by that of the arrangement."""
    found = {one.line: by_rule(partners, one.rule, one.shares) for one in arrangement.shared}
    return Shared(
        arrangement,
        partners,
        {line: shares for line, shares in found.items() if shares is not None},
        by_rule(partners, arrangement.rule, arrangement.shares),
    )


# --- alone, and in groups ---------------------------------------------------------------------------------


def alone_base(partner: Partner, factors: Factors, life: int) -> tuple[Decimal, ...]:
    """What a partner would pay by itself by year, prices of year 0, as long as the joint option is costed."""
    years = factors.years
    return tuple(
        pounds if year <= life else ZERO for year, pounds in enumerate((partner.alone + (ZERO,) * years)[:years])
    )


def alone_worth(partner: Partner, factors: Factors, life: int) -> Decimal:
    """Expected present value of what a partner would pay by itself."""
    prices = factors.by_index[partner.index]
    real = times(times(alone_base(partner, factors, life), prices.real), prices.drift)
    with localcontext(EXACT):
        return worth(real, factors.discount) * mean_of_range(partner.range)


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A joint option as a game of its partners, in pence: `costs` by group, and what every split asks of each.

    `by_line` is what the rules of the lines ask.
    """

    costs: tuple[int, ...]
    by_line: tuple[int, ...]
    proportional: tuple[int, ...]
    shapley: tuple[int, ...]

    @property
    def joint(self) -> int:
        """What all pay together."""
        return self.costs[-1]

    def pays(self, split: Split) -> tuple[int, ...]:
        """What each pays under a split."""
        return {Split.BY_LINE: self.by_line, Split.PROPORTIONAL: self.proportional, Split.SHAPLEY: self.shapley}[split]


def _group_costs(
    arrangement: Arrangement, ids: Sequence[str], alone: Sequence[int], joint: Decimal, volume: Sequence[Decimal]
) -> tuple[int, ...]:
    """Pence by group: one alone as entered, all together the joint cost, the rest from lines or as typed.

    From lines: what does not fall with the number of partners, and their part of what does. A group that nobody
    typed gains nothing by working together: it costs what its members cost alone.
    """
    size = len(ids)
    typed = {frozenset(one.partners): in_pence(one.cost) for one in arrangement.coalitions}
    apart, moving = sums_of(alone), [ZERO]
    with localcontext(EXACT):
        fixed = joint - sum(volume, ZERO)
        for part in volume:
            moving += [before + part for before in moving]
        costs = [0]
        for group in range(1, 1 << size):
            if group == (1 << size) - 1:
                costs.append(in_pence(joint))
            elif group.bit_count() == 1:
                costs.append(apart[group])
            elif arrangement.typed:
                named = frozenset(key for place, key in enumerate(ids) if group >> place & 1)
                costs.append(typed.get(named, apart[group]))
            else:
                costs.append(in_pence(fixed + moving[group]))
    return tuple(costs)


def game(shared: Shared, pieces: Sequence[Piece], alone: Sequence[Decimal]) -> Game:
    """The game of the partners who share pieces and would pay `alone` by themselves, present values.

    ValueError for more than ten partners, whose groups are too many to look at.
    """
    partners = shared.partners
    if len(partners) > MOST:
        raise ValueError("Groups are looked at for up to ten partners.")
    unmoved = {one.line: one.fixed_percent for one in shared.arrangement.shared}
    asked, volume = [Fraction(0)] * len(partners), [ZERO] * len(partners)
    joint = ZERO
    with localcontext(EXACT):
        for line, pounds in pieces:
            shares = shared.of(line)
            if shares is None:
                continue
            joint += pounds
            whole = sum(shares.weights)
            falls = pounds * (100 - unmoved.get(line, Decimal(100))) / 100
            for place, weight in enumerate(shares.weights):
                asked[place] += Fraction(pounds) * 100 * weight / whole
                volume[place] += falls * weight / whole
    ids = [partner.id for partner in partners]
    costs = _group_costs(shared.arrangement, ids, [in_pence(one) for one in alone], joint, volume)
    together = costs[-1]
    by_line = to_the_penny(together, asked)
    by_alone = apportion(together, [in_pence(one) for one in alone]) if in_pence(sum(alone, ZERO)) else by_line
    return Game(
        costs=costs,
        by_line=by_line,
        proportional=by_alone,
        shapley=to_the_penny(together, shapley(costs)),
    )


def to_the_penny(pence: int, exact: Sequence[Fraction]) -> tuple[int, ...]:
    """Exact parts as whole pence that add up to their rounded sum, each within a penny."""
    floors = [one.__floor__() for one in exact]
    left = pence - sum(floors)
    order = sorted(range(len(exact)), key=lambda place: (floors[place] - exact[place], place))
    each, more = divmod(left, len(exact))
    for number, place in enumerate(order):
        floors[place] += each + (number < more)
    return tuple(floors)


# --- what holds for an option ------------------------------------------------------------------------------


def _uniform(shared: Shared, weights: Sequence[int]) -> Shared:
    """Everything that is shared by the same weights; as it was where they add up to nothing."""
    if not sum(weights):
        return shared
    sign = 1 if sum(weights) > 0 else -1
    shares = Shares(shared.partners, tuple(sign * weight for weight in weights))
    rest = shares if shared.rest is not None else None
    return Shared(shared.arrangement, shared.partners, dict.fromkeys(shared.by_line, shares), rest)


def _of_contract(shared: Shared, pieces: Sequence[Piece], charges: Collection[str]) -> tuple[int, ...]:
    """Weights of partners in what shared charges come to, else in all shared lines; () where no line is shared."""
    sums: dict[str, Decimal] = {}
    with localcontext(EXACT):
        for line, pounds in pieces:
            if line in shared.by_line:
                sums[line] = sums.get(line, ZERO) + pounds
    costs = {line: pence for line, pounds in sums.items() if (pence := in_pence(pounds)) > 0}
    asked = [Fraction(0)] * len(shared.partners)
    for line in costs.keys() & set(charges) or costs:
        shares = shared.by_line[line]
        for place, weight in enumerate(shares.weights):
            asked[place] += Fraction(costs[line] * weight, sum(shares.weights))
    weights = whole_weights(asked)
    return tuple(weight // gcd(*weights) for weight in weights) if any(weights) else ()


_by_rules = Remembered[Shared](most=256)
_by_split = Remembered[Shared](most=256)
_by_contract = Remembered[Shared](most=256)


def with_contract(shared: Shared, pieces: Sequence[Piece], charges: Collection[str]) -> Shared:
    """The same with a contract shared as the lines of `charges` are that are shared, else as all shared lines are.

    Each counts with its expected present value. Where no line is shared, this body bears its contract alone.
    """
    weights = _of_contract(shared, pieces, charges)
    if not weights:
        return shared
    return _by_contract.of(lambda: replace(shared, contract=Shares(shared.partners, weights)), shared, beside=weights)


def rules_of(appraisal: Appraisal, arrangement: Arrangement) -> Shared:
    """The shares by the rules of the lines, whatever the partners mean to pay.

    Partners stand by id: which of them pays an odd penny must not hang on the order in which they are shown.
    """
    partners = tuple(sorted(partners_of(appraisal, arrangement), key=lambda one: one.id))
    return _by_rules.of(lambda: by_rules(arrangement, partners), arrangement, appraisal.partners)


def shared_of(
    appraisal: Appraisal, arrangement: Arrangement, pieces: Sequence[Piece], factors: Factors, life: int
) -> Shared:
    """How an option is paid for, by the split that its partners chose; `pieces` are what it comes to.

    The whole in a calculated way: everything by the same shares, those of the expected present value. More partners
    than groups are looked at for, which the checks refuse, share by the rules.
    """
    rules = rules_of(appraisal, arrangement)
    if arrangement.split is Split.BY_LINE or len(rules.partners) > MOST:
        return rules

    def split() -> Shared:
        alone = [alone_worth(partner, factors, life) for partner in rules.partners]
        return _uniform(rules, game(rules, pieces, alone).pays(arrangement.split))

    return _by_split.of(split, rules, factors, beside=(life, tuple(pieces)))
