"""A plan as rows of whole numbers: pence = certain + factors @ places of columns (METHOD 10.4).

Inputs are whole numbers and so are the pounds that they are multiplied by: their sums are exact, whatever order a
machine adds them in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import frexp

import numpy as np
import numpy.typing as npt

from appraise.model.columns import SCALE
from appraise.model.plan_parts import Flows, OptionPlan, Plan
from appraise.model.remembered import Remembered
from appraise.model.uncertainty import Floats, Ranks

#: Two numbers are the same if they differ by no more than this share, which comes from rounding.
SAME = 1e-13
#: Pounds by which inputs are multiplied are whole numbers of steps, 2 ** 31 of them in all that a row can move by:
#: with places of 21 bits their sums stay whole in the 53 bits of a float.
STEPS = 31


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is drawn in a chunk: places of columns, levels of uncertain indices, ranks of both if asked for."""

    places: Floats
    levels: list[Floats]
    ranks: Ranks | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of money as a product: pence = certain + factors @ places of columns.

    `which` are the places of the columns.
    """

    which: npt.NDArray[np.intp]
    factors: Floats
    certain: Floats

    def draw(self, places: Floats) -> Floats:
        """Pence (rows, draws)."""
        if not len(self.which):
            return np.repeat(self.certain[:, np.newaxis], places.shape[1], axis=1)
        found = self.factors @ self._chosen(places)
        found += self.certain[:, np.newaxis]
        return np.asarray(found, dtype=np.float64)

    def _chosen(self, places: Floats) -> Floats:
        """The places of the columns: a view where they stand side by side."""
        first, count = int(self.which[0]), len(self.which)
        if np.array_equal(self.which, np.arange(first, first + count)):
            return places[first : first + count]
        return places.take(self.which, axis=0)


def in_order(values: Floats, axis: int = 0) -> Floats:
    """Sums along an axis from first to last: the same bits everywhere, unlike sums in blocks."""
    if not values.shape[axis]:
        return np.zeros(np.delete(values.shape, axis))
    return np.asarray(np.add.accumulate(values, axis=axis).take(-1, axis=axis), dtype=np.float64)


def _steps(pence: Floats) -> Floats:
    """Rows of pence for each place of a column, rounded to whole steps: a 2 ** 31st of what the row can move by."""
    reach = in_order(np.abs(pence), axis=1)
    step = np.array([2.0 ** (frexp(one)[1] - STEPS) if one else 1.0 for one in reach.tolist()])[:, np.newaxis]
    return np.asarray(np.rint(pence / step) * step / SCALE, dtype=np.float64)


def rows_of(plan: Plan, certain: Floats, terms: Sequence[tuple[int, Floats]]) -> Rows:
    """Rows of pounds: what is certain, and for each term its column and pounds for one unit of it."""
    columns = [plan.columns[column] for column, _ in terms]
    pounds = np.array([row for _, row in terms], dtype=np.float64).reshape(len(terms), len(certain)).T
    bottom = np.array([column.bottom for column in columns])
    width = np.array([column.top for column in columns]) - bottom
    base = (certain + in_order(pounds * bottom, axis=1)) * 100
    pence = pounds * width * 100
    which = np.array([column for column, _ in terms], dtype=np.intp)
    return Rows(which, _steps(pence), base)


@dataclass(frozen=True, slots=True)
class OptionRows:
    """An option as numbers. `plain`: rows of cash by year, NPC, NPSV that follow no uncertain index.

    `moving`: what follows each uncertain index. `mirrored`: NPSV is NPC turned round, as it is without benefits to
    others, and has no rows.
    """

    plain: Rows
    moving: tuple["MovingRows", ...]
    mirrored: bool


@dataclass(frozen=True, slots=True)
class MovingRows:
    """What follows an uncertain index: rows by year of cash, then of NPC and of NPSV where they are needed.

    `discount`: by year what cash is multiplied by to get net present cost, where all money of the option that follows
    the index has the same; then only cash has rows. None: every kind has its own.
    """

    index: int
    rows: Rows
    discount: tuple[float, ...] | None


def _by_year(flows: Flows, kinds: int) -> Floats:
    return flows.rows[[2, 0, 1][:kinds]].ravel()


#: Sums of flows that an edit has left as they were, and whether what counts in them for society is the cost alone.
_sums, _turned = Remembered[Floats](), Remembered[bool]()


def _summed(flows: Flows, *, mirrored: bool, yearly: bool) -> Floats:
    def made() -> Floats:
        sums = in_order(flows.rows[: 1 if mirrored else 2], axis=1)
        return np.concatenate((flows.cash, sums)) if yearly else sums

    return _sums.of(made, flows, beside=(mirrored, yearly))


def _discount(flows: Sequence[Flows]) -> tuple[float, ...] | None:
    """By year net present cost over cash, if it is the same in all flows but for the last digits."""
    cash, npc = np.array([one.cash for one in flows]), np.array([one.npc for one in flows])
    whole = in_order(np.abs(cash))
    ratio = np.divide(in_order(npc * np.sign(cash)), whole, out=np.zeros_like(whole), where=whole > 0)
    same = np.abs(npc - cash * ratio) <= SAME * np.abs(npc)
    return tuple(ratio.tolist()) if same.all() else None


def _is_mirrored(option: OptionPlan) -> bool:
    """Whether all that counts for society counts in the net present cost, too."""
    flows = (*option.certain.values(), *(term.flows for term in option.terms))
    return all(_turned.of(partial(_is_turned, one), one) for one in flows)


def _is_turned(flows: Flows) -> bool:
    return bool((flows.npsv == -flows.npc).all())


def option_rows(plan: Plan, option: OptionPlan, *, yearly: bool) -> OptionRows:
    """`yearly`: cash by year is wanted, too."""
    mirrored = _is_mirrored(option)
    zero = Flows(np.zeros((3, plan.years)))
    plain = rows_of(
        plan,
        _summed(option.certain.get(-1, zero), mirrored=mirrored, yearly=yearly),
        [
            (term.column, _summed(term.flows, mirrored=mirrored, yearly=yearly))
            for term in option.terms
            if term.index < 0
        ],
    )
    moving = []
    used = {term.index for term in option.terms} | set(option.certain)
    for index in sorted(place for place in used if place >= 0):
        terms = [term for term in option.terms if term.index == index]
        certain = option.certain.get(index, zero)
        discount = _discount([certain, *(term.flows for term in terms)]) if mirrored else None
        kinds = 1 if discount is not None else 2 if mirrored else 3
        moved = [(term.column, _by_year(term.flows, kinds)) for term in terms]
        moving.append(MovingRows(index, rows_of(plan, _by_year(certain, kinds), moved), discount))
    return OptionRows(plain=plain, moving=tuple(moving), mirrored=mirrored)


def draw_option(years: int, option: OptionRows, inputs: Inputs, *, yearly: bool, whole: bool = True) -> Floats:
    """Pence (rows, draws): cash by year if asked for, net present cost, and NPSV if it is not that turned round.

    `whole`: rounded to whole pence.
    """
    sums = years if yearly else 0
    found = option.plain.draw(inputs.places)
    part = np.empty(found.shape[1])
    for moving in option.moving:
        drawn = moving.rows.draw(inputs.places)
        for year, level in enumerate(inputs.levels[moving.index]):
            np.multiply(drawn[year], level, out=part)
            if yearly:
                found[year] += part
            if moving.discount is not None:
                part *= moving.discount[year]
                found[sums] += part
            for kind in range(1, len(drawn) // years):
                found[sums + kind - 1] += np.multiply(drawn[kind * years + year], level, out=part)
    return np.rint(found, out=found) if whole else found


# --- what is still to come from a year on ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LaterRows:
    """Net present cost from each of the years `starts` on to the end of an option.

    `plain` has a row for each of them; what follows an uncertain index has rows by year.
    """

    starts: tuple[int, ...]
    plain: Rows
    moving: tuple[MovingRows, ...]

    def draw(self, inputs: Inputs) -> Floats:
        """Pence (starts, draws)."""
        found = self.plain.draw(inputs.places)
        for moving in self.moving:
            drawn = moving.rows.draw(inputs.places)
            for year, level in enumerate(inputs.levels[moving.index]):
                part = drawn[year] * level
                for place, start in enumerate(self.starts):
                    if year >= start:
                        found[place] += part
        return np.rint(found, out=found)


def later_rows(plan: Plan, option: OptionPlan, starts: Sequence[int]) -> LaterRows:
    """What is still to come of an option whose present values stand in their years."""

    def rest(flows: Flows) -> Floats:
        return np.array([float(in_order(flows.npc[start:])) for start in starts])

    nothing = Flows(np.zeros((3, plan.years)))
    plain = rows_of(
        plan,
        rest(option.certain.get(-1, nothing)),
        [(term.column, rest(term.flows)) for term in option.terms if term.index < 0],
    )
    used = {term.index for term in option.terms} | set(option.certain)
    moving = tuple(
        MovingRows(
            index,
            rows_of(
                plan,
                option.certain.get(index, nothing).npc,
                [(term.column, term.flows.npc) for term in option.terms if term.index == index],
            ),
            None,
        )
        for index in sorted(place for place in used if place >= 0)
    )
    return LaterRows(tuple(starts), plain, moving)
