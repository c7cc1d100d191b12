"""What moves the answer: influences by input, and switching values (METHOD 1.12; Green Book 2026, 6.102-6.105)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property, partial
from math import fsum

import numpy as np
import numpy.typing as npt

from appraise.model.appraisal.constraints import Bearer, Constraint, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import EXACT, ONE, ZERO, Factors
from appraise.model.drivers import driver_of
from appraise.model.entries import Entry, OptionEntries
from appraise.model.pain_gain import authority_pays_exactly
from appraise.model.pricing import by_lot, pool_of, pool_price, pricing_of
from appraise.model.results import BiasValue, OptionResult, Switch
from appraise.model.risk_premium import bearings_of, constraint_cost, manager_of
from appraise.model.scoring import score_values, tie_weight, weights
from appraise.model.supplier_price import Event, price_by_probability
from appraise.model.uncertainty import Floats

#: Places of lines in arrays.
Places = npt.NDArray[np.intp]
#: Options closer than this, in pounds or points, are level: there is nothing to switch.
LEVEL = 0.005


def _managed(constraint: Constraint, option: str) -> bool:
    """Whether a bearer's effect replaces the probability in this option: then the stated one moves nothing there."""
    return manager_of(constraint, option) is not None


def _worth_of_pounds(appraisal: Appraisal, option: OptionEntries) -> dict[str, float]:
    """Expected present value of a pound of each constraint in an option."""
    prices, found = pool_price(appraisal, option.option).parts, {}
    constraints = {constraint.id: constraint for constraint in appraisal.constraints}
    for entry in option.whole:
        if entry.line is None:
            cost = constraint_cost(constraints[entry.id], option.option)
            pounds = {"premium": prices.get(entry.id, ZERO), "retained": cost.retained, "managing": cost.management}
            with localcontext(EXACT):
                found[entry.id] = float(entry.expected / pounds[entry.kind])
    return found


class _Asked:
    """What the suppliers of an option ask for constraints, present value, as one of them gets likelier.

    A price that rests on the supplier's own view stays, and so does that of what a bearer manages. At expected value it
    follows the probability, but for pain and gain; at any other principle the pool of its lot is priced anew.
    """

    def __init__(self, appraisal: Appraisal, option: OptionEntries) -> None:
        self.pricing = pricing_of(appraisal, option.option)
        self.appraisal, self.option = appraisal, option
        self.lots = by_lot(one for one in pool_of(appraisal, option.option) if not one.event.idle)
        self.now = {
            f"constraint|{entry.id}": float(entry.expected) for entry in option.whole if entry.kind == "premium"
        }
        self.total = fsum(self.now.values())
        valued = {entry.id for entry in option.whole if entry.line is None}
        carried = [one for pool in self.lots.values() for one in pool if one.constraint in valued]
        follow = {one.id for one in appraisal.constraints if one.view is None and not _managed(one, option.option)} & {
            one.constraint for one in carried
        }
        shared = {one.constraint for one in carried if not isinstance(one.event, Event)}
        straight = follow - shared if self.pricing.principle is Principle.EXPECTED_VALUE else set[str]()
        self.straight = frozenset(f"constraint|{key}" for key in straight) & self.now.keys()
        self.bent = frozenset(f"constraint|{key}" for key in follow - straight)
        self._curves: dict[str, Callable[[float], float]] = {}

    @cached_property
    def worths(self) -> dict[str, float]:
        """Expected present value of a pound of each constraint; only curves need it."""
        return _worth_of_pounds(self.appraisal, self.option)

    def at(self, key: str, factor: float) -> float:
        """Present value of all that is asked with the probability of one constraint scaled, 1 at most."""
        if key in self.straight:
            return self.total + self.now[key] * (factor - 1)
        if key not in self.bent:
            return self.total
        if key not in self._curves:
            self._curves[key] = self._curve(key.partition("|")[2])
        return self.total + self._curves[key](factor)

    def _curve(self, key: str) -> Callable[[float], float]:
        """What all that is asked rises by as the probability of a constraint is scaled."""
        rises = [
            self._rise(lot, place)
            for lot, pool in self.lots.items()
            for place, one in enumerate(pool)
            if one.constraint == key
        ]
        return lambda factor: fsum(rise(factor) for rise in rises)

    def _rise(self, lot: str, place: int) -> Callable[[float], float]:
        pool = self.lots[lot]
        worths = [self.worths.get(one.constraint, 0.0) for one in pool]
        asked = price_by_probability([one.event for one in pool], place, self.pricing)
        today = pool[place].event.probability

        def worth_at(factor: float) -> float:
            parts = asked(min(1.0, today * factor)).parts
            return fsum(part * worth for part, worth in zip(parts, worths, strict=True))

        now = worth_at(1.0)
        return lambda factor: worth_at(factor) - now


class _Bias:
    """The expected bias of the cost lines of an option, as a function of one scaled input (METHOD 10.5).

    Pounds by line as arrays: what is left of the bias, raw - range shift - linked risks, is never below 0.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.raw: Floats = np.zeros(0)
        self.shift: Floats = np.zeros(0)
        self.worth: Floats = np.zeros(0)
        self.of_input: dict[str, Places] = {}
        self.links: list[tuple[str, float, Places]] = []

    def fill(self, rows: Sequence[tuple[str, str, float, BiasValue]]) -> None:
        """Take (line, its input, present value of one of its pounds, its bias) of every biased cost line."""
        self.lines = [line for line, _, _, _ in rows]
        self.raw = np.array([float(value.raw) for *_, value in rows])
        self.shift = np.array([float(value.range_shift) for *_, value in rows])
        self.worth = np.array([worth for _, _, worth, _ in rows])
        for key in dict.fromkeys(key for _, key, _, _ in rows):
            self.of_input[key] = np.array([place for place, row in enumerate(rows) if row[1] == key])

    def link(self, appraisal: Appraisal, option: str) -> None:
        """Note the expected risks that explain bias, by constraint."""
        places = {line: place for place, line in enumerate(self.lines)}
        for constraint in appraisal.constraints:
            explained = np.array(sorted({places[line] for line in constraint.lines if line in places}), dtype=np.intp)
            if bearings_of(constraint, option) and len(explained):
                cost = constraint_cost(constraint, option)
                kind = "managed" if _managed(constraint, option) else "constraint"
                self.links.append((f"{kind}|{constraint.id}", float(cost.premium + cost.retained), explained))

    @property
    def bent(self) -> frozenset[str]:
        """Inputs in which it is not a straight line: linked risks, and lines that they explain."""
        explained = {int(place) for _, _, places in self.links for place in places}
        lines = (key for key, places in self.of_input.items() if explained & set(places.tolist()))
        return frozenset((*(key for key, _, _ in self.links), *lines))

    def touched(self, key: str) -> Places:
        """Places of lines whose bias an input moves: its own, and those that share a linked risk with them."""
        own = set(self.of_input[key].tolist()) if key in self.of_input else set()
        shared = {
            place
            for name, _, places in self.links
            if name == key or own & set(places.tolist())
            for place in places.tolist()
        }
        return np.array(sorted(own | shared), dtype=np.intp)

    def at(self, key: str, factor: float, among: Places) -> float:
        """Present value of some lines' bias with one input scaled."""
        raw, shift = self.raw.copy(), self.shift.copy()
        if key in self.of_input:
            raw[self.of_input[key]] *= factor
            shift[self.of_input[key]] *= factor
        linked = np.zeros(len(raw))
        for constraint, pounds, places in self.links:
            part = raw[places]
            whole = fsum(part.tolist())
            if whole:
                linked[places] += pounds * (factor if constraint == key else 1.0) * part / whole
        left = self.worth * np.maximum(raw - shift - linked, 0.0)
        return fsum(left[among].tolist())


def _whatever_happens(appraisal: Appraisal, option: OptionEntries) -> dict[str, float]:
    """Share of what is kept of each constraint that its probability does not move: the payment by pain and gain if it
    does not bite, and all of what a bearer manages.
    """
    found = {}
    for constraint in appraisal.constraints:
        shared = [
            bearing
            for bearing in bearings_of(constraint, option.option)
            if bearing.bearer is Bearer.PAIN_GAIN and bearing.share
        ]
        kept = constraint_cost(constraint, option.option).retained if shared else ZERO
        with localcontext(EXACT):
            always = sum((authority_pays_exactly(bearing.terms, ZERO) for bearing in shared), ZERO)
            share = float(always / kept) if kept else 0.0
        found[constraint.id] = 1.0 if _managed(constraint, option.option) else share
    return found


def _worth_as_entered(entry: Entry) -> float:
    """Present value of a line as entered, uncertain price indices at their expected level."""
    if entry.expected_real is None or not entry.mean:
        return float(entry.present)
    with localcontext(EXACT):
        return float(entry.expected / entry.mean)


class _Inputs:
    """The expected cost of an option as a function of its inputs, each scaled by a factor.

    Lines of one driver are one input, a constraint is one. All is linear but what suppliers ask, and the bias
    of cost lines, which falls as linked risks rise. `public`: the net present cost, else the net present
    social cost, which is minus NPSV.
    """

    def __init__(self, appraisal: Appraisal, option: OptionEntries, *, public: bool) -> None:
        values = {value.line: value for value in option.biases}
        linear: dict[str, list[float]] = {}
        fixed: list[float] = []
        worth: dict[str, float] = {}
        stays = _whatever_happens(appraisal, option)
        biased: list[tuple[str, str, float, BiasValue]] = []
        self.asked = _Asked(appraisal, option)
        for entry in option.whole:
            if not entry.economic or (public and not entry.public):
                continue
            line = entry.line
            key = driver_of(line) if line is not None else f"constraint|{entry.id}"
            if entry.kind == "bias" and not entry.benefit:
                biased.append((entry.id, key, worth[entry.id], values[entry.id]))
                continue
            if entry.kind == "premium":
                linear.setdefault(key, [])
                continue
            if line is None and (entry.kind == "managing" or stays[entry.id] == 1):
                fixed.append(float(entry.expected))
                continue
            if line is None:
                fixed.append(float(entry.expected) * stays[entry.id])
                linear.setdefault(key, []).append(float(entry.expected) * (1 - stays[entry.id]))
                continue
            linear.setdefault(key, []).append(float(entry.expected))
            if entry.kind == "line" and entry.id in values and not entry.benefit and values[entry.id].central:
                worth[entry.id] = _worth_as_entered(entry) / float(values[entry.id].central)
        self.sums = {key: fsum(parts) for key, parts in linear.items()}
        self.bias = _Bias()
        self.bias.fill(biased)
        self.bias.link(appraisal, option.option)
        self.bent = self.bias.bent | self.asked.bent
        self.now = (
            fsum((*self.sums.values(), *fixed)) + self.asked.total + self.bias.at("", 1.0, np.arange(len(biased)))
        )
        self._touched: dict[str, tuple[Places, float]] = {}

    def keys(self) -> frozenset[str]:
        """Every input of the option."""
        return frozenset(self.sums)

    def _moved(self, key: str, factor: float) -> float:
        """What scaling an input adds to the bias of the lines that it touches."""
        if key not in self._touched:
            places = self.bias.touched(key)
            self._touched[key] = places, self.bias.at("", 1.0, places)
        places, before = self._touched[key]
        return self.bias.at(key, factor, places) - before if len(places) else 0.0

    def cost(self, key: str, factor: float) -> float:
        """Expected cost with one input scaled."""
        asked = self.asked.at(key, factor) - self.asked.total
        return self.now + self.sums.get(key, 0.0) * (factor - 1) + asked + self._moved(key, factor)

    def worth_of(self, key: str) -> float:
        """What the input comes to: the cost with it less the cost without it."""
        asked = self.asked.total - self.asked.at(key, 0.0)
        return self.sums.get(key, 0.0) + asked - self._moved(key, 0.0)


#: Changes that are larger than this, as a multiple of what the input is, are no answer.
MOST_CHANGE = 1000.0


def _zero(gap: Callable[[float], float], low: float, high: float) -> float:
    """Where `gap` is 0 between two places on either side of it (regula falsi, Illinois; Dowell and Jarratt 1971)."""
    left, right = gap(low), gap(high)
    for _ in range(200):
        if not left or not right or left == right:
            break
        middle = high - right * (high - low) / (right - left)
        if middle in (low, high):
            break
        value = gap(middle)
        if (value > 0) != (right > 0):
            low, left = high, right
        else:
            left /= 2
        high, right = middle, value
        if abs(high - low) <= 1e-15 * abs(high):
            break
    return low if not left else high


def _only_zero(gap: Callable[[float], float]) -> float | None:
    """The change from -1 up at which a `gap` that only rises, or only falls, is 0; None where it is not in reach."""
    now = gap(0.0)
    for end in (-1.0, MOST_CHANGE):
        if (gap(end) > 0) != (now > 0):
            return _zero(gap, 0.0, end)
    return None


def _nearest_zero(gap: Callable[[float], float]) -> float | None:
    """The change nearest to 0, from -1 up, at which `gap` is 0; None where it is not found."""
    now, up, down, step = gap(0.0), 0.0, 0.0, 2.0**-6
    while step <= MOST_CHANGE:
        if (gap(step) > 0) != (now > 0):
            return _zero(gap, up, step)
        lower = max(-1.0, -step)
        if down > -1.0 and (gap(lower) > 0) != (now > 0):
            return _zero(gap, lower, down)
        up, down, step = step, lower, step * 4
    return None


def _straight(now: float, slope: float) -> float | None:
    """Where a straight line is 0."""
    return -now / slope if slope else None


def _gap(ours: _Inputs, theirs: _Inputs, key: str, change: float) -> float:
    """How much dearer the first option is with one input changed in both."""
    return ours.cost(key, 1 + change) - theirs.cost(key, 1 + change)


def _alone(inputs: _Inputs, key: str, change: float) -> float:
    """What the option costs with one input changed."""
    return inputs.cost(key, 1 + change)


@dataclass(frozen=True, slots=True)
class _Names:
    """What inputs are called, and the probabilities of those that are constraints."""

    words: Mapping[str, str]
    chances: Mapping[str, float]


def _names(appraisal: Appraisal) -> _Names:
    words = {driver_of(line): line.driver or line.name for line in appraisal.lines}
    words |= {f"constraint|{constraint.id}": constraint.name for constraint in appraisal.constraints}
    chances = {f"constraint|{constraint.id}": constraint.probability for constraint in appraisal.constraints}
    return _Names(words, chances)


def _owner(ours: float, theirs: float, preferred: str, rival: str) -> str:
    """The option that alone has an input; empty where both have it."""
    if ours and theirs:
        return ""
    return preferred if ours else rival


def cost_switches(
    appraisal: Appraisal, preferred: OptionEntries, rival: OptionEntries, *, priced: bool = True
) -> tuple[Switch, ...]:
    """Relative change of one input at which the expected net present costs of two options of one life are equal.

    x = -(NPC_a - NPC_b) / (PV_ia - PV_ib), the input as it stands in each option (METHOD 1.12). Left out
    where there is none in the valid range: x under -1, or a probability over 1. Without `priced`, also
    constraints whose pool would have to be priced anew for every answer.
    """
    ours, theirs = _Inputs(appraisal, preferred, public=True), _Inputs(appraisal, rival, public=True)
    names, level, found = _names(appraisal), ours.now - theirs.now, []
    if abs(level) < LEVEL:
        return ()
    bent = ours.bent | theirs.bent
    slow = frozenset[str]() if priced else ours.asked.bent | theirs.asked.bent
    for key in sorted((ours.keys() | theirs.keys()) - slow):
        if key in bent:
            both = key in ours.keys() & theirs.keys()
            change = (_nearest_zero if both else _only_zero)(partial(_gap, ours, theirs, key))
        else:
            change = _straight(level, ours.worth_of(key) - theirs.worth_of(key))
        switch = _switch(
            names,
            key,
            "cost",
            change,
            ours.worth_of(key) or theirs.worth_of(key),
            owner=_owner(ours.worth_of(key), theirs.worth_of(key), preferred.option, rival.option),
            preferred=preferred.option,
            rival=rival.option,
        )
        if switch is not None:
            found.append(switch)
    return _nearest_first(found)


def npsv_switches(appraisal: Appraisal, preferred: OptionEntries) -> tuple[Switch, ...]:
    """Relative change of one input at which the preferred option's expected NPSV is 0: -NPSV / PV_i (1.12).

    Constraints whose price is no straight line of their probability are left out: the change says nothing of them.
    """
    inputs = _Inputs(appraisal, preferred, public=False)
    names, level, bent, found = _names(appraisal), inputs.now, inputs.bent, []
    if abs(level) < LEVEL:
        return ()
    for key in sorted(inputs.keys() - inputs.asked.bent):
        worth = inputs.worth_of(key)
        change = _only_zero(partial(_alone, inputs, key)) if key in bent else _straight(level, worth)
        switch = _switch(
            names,
            key,
            "npsv",
            change,
            worth,
            owner=preferred.option,
            preferred=preferred.option,
            rival="",
        )
        if switch is not None and switch.needed:  # "if it cost nothing" is no answer
            found.append(switch)
    return _nearest_first(found)


def _switch(
    names: _Names,
    key: str,
    kind: str,
    change: float | None,
    worth: float,
    *,
    owner: str,
    preferred: str,
    rival: str,
) -> Switch | None:
    """A switching value, if it is in the valid range. Chances stay chances: not over 1.

    What would have to grow a thousandfold answers nothing, and is left out.
    """
    chance = names.chances.get(key)
    now = chance if chance is not None and kind == "cost" else worth
    if change is None or not -1 <= change <= MOST_CHANGE or not now:
        return None
    if chance is not None and chance * (1 + change) > 1:
        return None
    return Switch(
        kind="probability" if chance is not None and kind == "cost" else kind,
        id=key,
        name=names.words[key],
        owner=owner,
        preferred=preferred,
        rival=rival,
        now=now,
        needed=now * (1 + change),
        change=change,
    )


def _nearest_first(found: list[Switch]) -> tuple[Switch, ...]:
    return tuple(sorted(found, key=lambda switch: (abs(switch.change), switch.id)))


#: Discount rates between which a change of ranking is looked for, per cent.
HIGHEST_RATE = 25.0
RATE_STEPS = 250


def rate_switch(factors: Factors, preferred: OptionEntries, rival: OptionEntries) -> Switch | None:
    """The flat real discount rate at which the expected net present costs are equal, nearest to today's.

    None between 0 and 25 %. Health lines are discounted at the same rate here.
    """
    yearly = [
        float(ours - theirs)
        for ours, theirs in zip(
            _expected_by_year(preferred, factors.years), _expected_by_year(rival, factors.years), strict=True
        )
    ]

    def gap(percent: float) -> float:
        factor = 1 / (1 + percent / 100)
        worth = 0.0
        for pounds in reversed(yearly):
            worth = worth * factor + pounds
        return worth

    now = (float(1 / factors.discount[1]) - 1) * 100 if factors.years > 1 else 0.0
    rates = [HIGHEST_RATE * step / RATE_STEPS for step in range(RATE_STEPS + 1)]
    signs = [gap(rate) > 0 for rate in rates]
    zeros = [
        _zero(gap, rates[place], rates[place + 1])
        for place in range(RATE_STEPS)
        if signs[place] != signs[place + 1] and abs(gap(rates[place]) - gap(rates[place + 1])) > LEVEL
    ]
    if not zeros or not now:
        return None
    needed = min(zeros, key=lambda rate: abs(rate - now))
    return Switch(
        kind="rate",
        id="rate",
        name="Discount rate",
        owner="",
        preferred=preferred.option,
        rival=rival.option,
        now=now,
        needed=needed,
        change=needed / now - 1,
    )


def _expected_by_year(option: OptionEntries, years: int) -> list[Decimal]:
    """Expected cost of the net present cost by year, real, undiscounted."""
    sums = [Decimal(0)] * years
    with localcontext(EXACT):
        for entry in option.whole:
            if not (entry.economic and entry.public):
                continue
            share = entry.mean if entry.expected_real is None else ONE
            for year, pounds in enumerate(entry.real if entry.expected_real is None else entry.expected_real):
                if pounds:
                    sums[year] += pounds * share
    return sums


def weight_switches(appraisal: Appraisal, preferred: str, rival: str) -> tuple[Switch, ...]:
    """Weight of each criterion at which the totals of two options tie, nearest first (METHOD 4).

    A criterion on which both score alike cannot part them at any weight, and is left out.
    """
    weight = weights(appraisal)
    ours, theirs = score_values(appraisal, preferred), score_values(appraisal, rival)
    difference = {key: ours.get(key, 0.0) - theirs.get(key, 0.0) for key in weight}
    names = {criterion.id: criterion.name for criterion in appraisal.criteria}
    if abs(fsum(weight[key] * difference[key] for key in weight)) < LEVEL:
        return ()
    found = [
        Switch(
            kind="weight",
            id=key,
            name=names[key],
            owner="",
            preferred=preferred,
            rival=rival,
            now=weight[key],
            needed=tie,
            change=tie - weight[key],
        )
        for key in weight
        if difference[key] and (tie := tie_weight(weight, difference, key)) is not None
    ]
    return tuple(sorted(found, key=lambda switch: (abs(switch.change), switch.id)))


def cheapest_rival(
    options: Iterable[OptionResult], preferred: str, cost: Callable[[OptionResult], Decimal]
) -> OptionResult | None:
    """The other option with the lowest expected cost, on the basis that is compared."""
    others = [option for option in options if option.id != preferred and option.economic is not None]
    return min(others, key=lambda option: (cost(option), option.id), default=None)


def best_scored_rival(options: Sequence[OptionResult], preferred: str) -> OptionResult | None:
    """The other option with the highest weighted score; None where one of the two has no place on score."""
    totals = {one.id: one.score.total for one in options if one.score is not None and one.score.place is not None}
    if preferred not in totals:
        return None
    others = [option for option in options if option.id != preferred and option.id in totals]
    return min(others, key=lambda option: (-totals[option.id], option.id), default=None)
