"""Groups of partners: ways to split a joint cost, and groups that would do better by themselves (METHOD 13).

Costs are whole pence by group. A group is a number whose bit k says whether partner k is in it; 0 is nobody. Everything
is exact, and every split adds up to the penny.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, lcm

#: Every group is looked at for up to so many partners.
MOST = 10
#: Pence by which a group may pay more than it would by itself before that counts: half a pound, over all rounding.
TOLERANCE = 50


def whole_weights(weights: Iterable[Fraction]) -> tuple[int, ...]:
    """The same proportions in whole numbers."""
    given = tuple(weights)
    bottom = lcm(*(weight.denominator for weight in given))
    return tuple(int(weight * bottom) for weight in given)


def apportion(pence: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Pence split in proportion to whole weights, adding up to all of them.

    Everybody gets the whole pence under their exact part; what is left goes to the largest rests, the first of equal
    ones first. ValueError where the weights add up to nothing.
    """
    whole = sum(weights)
    if not whole:
        raise ValueError("Nothing can be split by weights that add up to nothing.")
    if whole < 0:
        return apportion(pence, [-weight for weight in weights])
    parts = [divmod(pence * weight, whole) for weight in weights]
    left = pence - sum(under for under, _ in parts)
    given = set(sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left])
    return tuple(under + (place in given) for place, (under, _) in enumerate(parts))


def shapley(costs: Sequence[int]) -> tuple[Fraction, ...]:
    """What each partner adds to the cost of those before it, averaged over all orders of joining (Shapley 1953).

    `costs` by group, 2 ** partners of them, the first nothing. phi_k = sum over groups S without k of
    |S|! (n - |S| - 1)! / n! (v(S + k) - v(S)). With 40/35/25 alone, AB 70, AC 60, BC 56 and 88 together:
    35.667/31.167/21.167.
    """
    partners = (len(costs) - 1).bit_length()
    orders = [factorial(size) * factorial(partners - size - 1) for size in range(partners)]
    shares = []
    for partner in range(partners):
        joins = 1 << partner
        added = [0] * partners
        for group in range(len(costs)):
            if not group & joins:
                added[group.bit_count()] += costs[group | joins] - costs[group]
        weighed = sum(order * pence for order, pence in zip(orders, added, strict=True))
        shares.append(Fraction(weighed, factorial(partners)))
    return tuple(shares)


def sums_of(values: Sequence[int]) -> tuple[int, ...]:
    """By group the sum of its members' values."""
    found = [0]
    for value in values:
        found += [before + value for before in found]
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Better:
    """A group that pays more under a split than it would by itself, in pence."""

    group: int
    pays: int
    alone: int


def better_alone(costs: Sequence[int], pays: Sequence[int]) -> tuple[Better, ...]:
    """Every group of some but not all partners that pays over its own cost, the worst first.

    A split without any is in the core of the game: nobody gains by leaving with others.
    """
    theirs = sums_of(pays)
    found = [
        Better(group=group, pays=theirs[group], alone=costs[group])
        for group in range(1, len(costs) - 1)
        if theirs[group] > costs[group] + TOLERANCE
    ]
    return tuple(sorted(found, key=lambda one: (one.alone - one.pays, one.group)))
