"""What moves the answer: influences by input, and switching values (METHOD 1.12; Green Book 2026, 6.102-6.105)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import partial
from math import fsum

from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import EXACT, ONE, Factors
from appraise.model.entries import OptionEntries
from appraise.model.plan import OptionPlan, Plan, driver_of
from appraise.model.results import Influence, OptionResult, Switch
from appraise.model.risk_premium import bearing_of, expected_cost
from appraise.model.scoring import score_values, tie_weight, weights

#: Options closer than this, in pounds or points, are level: there is nothing to switch.
LEVEL = 0.005


def influences(plan: Plan, option: OptionPlan) -> tuple[Influence, ...]:
    """How each uncertain input moves the net present cost, largest span first.

    A range at its 10 % and 90 % point against its mean; a constraint at "does not happen" and "happens,
    at its mean". The cost is a sum of its inputs, so the others drop out.
    """
    found: dict[str, Influence] = {}
    for term in option.terms:
        column = plan.columns[term.column]
        low, mean, high = column.low, column.mean, column.high
        before = found.get(term.input)
        found[term.input] = Influence(
            id=term.input,
            name=term.name,
            low=(before.low if before else 0.0) + term.present * (low - mean),
            high=(before.high if before else 0.0) + term.present * (high - mean),
        )
    moving = (influence for influence in found.values() if influence.low or influence.high)
    return tuple(sorted(moving, key=lambda influence: (-abs(influence.high - influence.low), influence.id)))


class _Inputs:
    """The expected cost of an option as a function of its inputs, each scaled by a factor.

    Lines of one driver are one input, a constraint is one. All is linear but the bias of cost lines, which
    falls as linked risks rise, and never below 0 (METHOD 10.5). `public`: the net present cost, else the
    net present social cost, which is minus NPSV.
    """

    def __init__(self, appraisal: Appraisal, option: OptionEntries, *, public: bool) -> None:
        self.linear: dict[str, list[float]] = {}
        self.values = {value.line: value for value in option.biases}
        self.worth: dict[str, float] = {}
        self.input_of: dict[str, str] = {}
        self.links: list[tuple[str, float, tuple[str, ...]]] = []
        for entry in option.entries:
            if not entry.economic or (public and not entry.public):
                continue
            line = entry.line
            key = driver_of(line) if line is not None else f"constraint|{entry.id}"
            if entry.kind == "bias" and not entry.benefit:
                self.input_of[entry.id] = key
                continue
            self.linear.setdefault(key, []).append(float(entry.expected))
            if entry.kind == "line" and entry.id in self.values and not entry.benefit:
                self.worth[entry.id] = float(entry.present) / float(self.values[entry.id].central)
        self._link(appraisal, option.option)
        self.sums = {key: fsum(parts) for key, parts in self.linear.items()}

    def _link(self, appraisal: Appraisal, option: str) -> None:
        for constraint in appraisal.constraints:
            bearing = bearing_of(constraint, option)
            lines = tuple(sorted({line for line in constraint.lines if line in self.input_of}))
            if bearing is not None and lines:
                cost = expected_cost(constraint, bearing)
                self.links.append((f"constraint|{constraint.id}", float(cost.premium + cost.retained), lines))

    @property
    def bent(self) -> frozenset[str]:
        """Inputs in which the cost is not a straight line."""
        lines = {line for _, _, lines in self.links for line in lines}
        return frozenset({key for key, _, _ in self.links} | {self.input_of[line] for line in lines})

    def keys(self) -> frozenset[str]:
        """Every input of the option."""
        return frozenset(self.sums)

    def bias(self, key: str = "", factor: float = 1.0, among: frozenset[str] | None = None) -> float:
        """Expected present value of the bias of cost lines, all or some, with one input scaled."""
        scale = {line: factor if self.input_of[line] == key else 1.0 for line in self.input_of}
        raws = {line: float(self.values[line].raw) * scale[line] for line in self.input_of}
        linked = dict.fromkeys(raws, 0.0)
        for constraint, pounds, lines in self.links:
            whole = fsum(raws[line] for line in lines)
            for line in lines if whole else ():
                linked[line] += pounds * (factor if constraint == key else 1.0) * raws[line] / whole
        return fsum(
            self.worth[line] * max(0.0, raws[line] - float(self.values[line].range_shift) * scale[line] - linked[line])
            for line in (raws if among is None else among)
        )

    def touched(self, key: str) -> frozenset[str]:
        """Lines whose bias an input moves: its own, and those that share a linked risk with it."""
        own = {line for line, name in self.input_of.items() if name == key}
        shared = {line for name, _, lines in self.links if name == key or own & set(lines) for line in lines}
        return frozenset(own | shared)

    def cost(self, key: str = "", factor: float = 1.0) -> float:
        """Expected cost with one input scaled."""
        rest = fsum(pounds for name, pounds in self.sums.items() if name != key)
        return rest + self.sums.get(key, 0.0) * factor + self.bias(key, factor)

    def worth_of(self, key: str) -> float:
        """What the input comes to: the cost with it less the cost without it."""
        touched = self.touched(key)
        moved = self.bias(among=touched) - self.bias(key, 0.0, among=touched) if touched else 0.0
        return self.sums.get(key, 0.0) + moved


#: Changes that are larger than this, as a multiple of what the input is, are no answer.
MOST_CHANGE = 1000.0


def _zero(gap: Callable[[float], float], low: float, high: float) -> float:
    """Where `gap` is 0 between two places on either side of it, by halving."""
    below = gap(low)
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        value = gap(middle)
        if (value > 0) == (below > 0):
            low, below = middle, value
        else:
            high = middle
    return (low + high) / 2


def _nearest_zero(gap: Callable[[float], float], least: float) -> float | None:
    """The change nearest to 0, not under `least`, at which `gap` is 0; None where it is not found."""
    now, up, down, step = gap(0.0), 0.0, 0.0, 2.0**-6
    while step <= MOST_CHANGE:
        if (gap(step) > 0) != (now > 0):
            return _zero(gap, up, step)
        lower = max(least, -step)
        if down > least and (gap(lower) > 0) != (now > 0):
            return _zero(gap, lower, down)
        up, down, step = step, lower, step * 2
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


def cost_switches(appraisal: Appraisal, preferred: OptionEntries, rival: OptionEntries) -> tuple[Switch, ...]:
    """Relative change of one input at which the expected net present costs of two options are equal.

    x = -(NPC_a - NPC_b) / (PV_ia - PV_ib), the input as it stands in each option (METHOD 1.12). Left out
    where there is none in the valid range: x under -1, or a probability over 1.
    """
    ours, theirs = _Inputs(appraisal, preferred, public=True), _Inputs(appraisal, rival, public=True)
    if abs(ours.cost() - theirs.cost()) < LEVEL:
        return ()
    names, level, found = _names(appraisal), ours.cost() - theirs.cost(), []
    bent = ours.bent | theirs.bent
    for key in sorted(ours.keys() | theirs.keys()):
        if key in bent:
            change = _nearest_zero(partial(_gap, ours, theirs, key), -1.0)
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
    """Relative change of one input at which the preferred option's expected NPSV is 0: -NPSV / PV_i (1.12)."""
    inputs = _Inputs(appraisal, preferred, public=False)
    names, level, bent, found = _names(appraisal), inputs.cost(), inputs.bent, []
    if abs(level) < LEVEL:
        return ()
    for key in sorted(inputs.keys()):
        worth = inputs.worth_of(key)
        change = _nearest_zero(partial(_alone, inputs, key), -1.0) if key in bent else _straight(level, worth)
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
        for entry in option.entries:
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


def cheapest_rival(options: Iterable[OptionResult], preferred: str) -> OptionResult | None:
    """The other option with the lowest expected net present cost."""
    others = [option for option in options if option.id != preferred and option.economic is not None]
    return min(
        others, key=lambda option: (option.economic.expected_npc if option.economic else 0, option.id), default=None
    )


def best_scored_rival(options: Iterable[OptionResult], preferred: str) -> OptionResult | None:
    """The other option with the highest weighted score."""
    others = [option for option in options if option.id != preferred and option.score is not None]
    return min(others, key=lambda option: (-option.score.total if option.score else 0, option.id), default=None)
