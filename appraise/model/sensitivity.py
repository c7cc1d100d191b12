"""What moves the answer: influences by input, and switching values (METHOD 1.12; Green Book 2026, 6.102-6.105)."""

from collections.abc import Iterable, Mapping
from math import fsum

from appraise.model.appraisal.document import Appraisal
from appraise.model.costs import Entry, entries, expected_value
from appraise.model.discounting import PriceFactors
from appraise.model.plan import OptionPlan, Plan, RangeColumn, driver_of
from appraise.model.results import Influence, OptionResult, Switch
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
        if isinstance(column, RangeColumn):
            low, mean, high = column.low, column.mean, column.high
        else:
            low, mean, high = 0.0, column.probability * column.if_it_happens, column.if_it_happens
        before = found.get(term.input)
        found[term.input] = Influence(
            id=term.input,
            name=term.name,
            low=(before.low if before else 0.0) + term.present * (low - mean),
            high=(before.high if before else 0.0) + term.present * (high - mean),
        )
    moving = (influence for influence in found.values() if influence.low or influence.high)
    return tuple(sorted(moving, key=lambda influence: (-abs(influence.high - influence.low), influence.id)))


def _input_of(entry: Entry, drivers: Mapping[str, str]) -> str:
    return drivers[entry.id] if entry.kind == "line" else f"constraint|{entry.id}"


def _costs_by_input(
    appraisal: Appraisal, option: str, factors: Mapping[str, PriceFactors], drivers: Mapping[str, str]
) -> dict[str, float]:
    """Expected net present cost of an option by input, pounds: lines of one driver together, a constraint whole."""
    parts: dict[str, list[float]] = {}
    for entry in entries(appraisal, option):
        if not entry.benefit or entry.receipt:
            parts.setdefault(_input_of(entry, drivers), []).append(float(expected_value(entry, factors)))
    return {key: fsum(values) for key, values in parts.items()}


def _owner(ours: str, theirs: str) -> str:
    """The option that alone has an input; empty where both have it."""
    return "" if ours and theirs else ours or theirs


def cost_switches(
    appraisal: Appraisal, factors: Mapping[str, PriceFactors], preferred: OptionResult, rival: OptionResult
) -> tuple[Switch, ...]:
    """Relative change of one input at which the expected net present costs of two options are equal.

    x = -(NPC_a - NPC_b) / (PV_ia - PV_ib), the input as it stands in each option (METHOD 1.12). Left out
    where there is none in the valid range: x under -1, or a probability over 1.
    """
    names = {driver_of(line): line.driver or line.name for line in appraisal.lines}
    names |= {f"constraint|{constraint.id}": constraint.name for constraint in appraisal.constraints}
    chances = {f"constraint|{constraint.id}": constraint.probability for constraint in appraisal.constraints}
    drivers = {line.id: driver_of(line) for line in appraisal.lines}
    ours = _costs_by_input(appraisal, preferred.id, factors, drivers)
    theirs = _costs_by_input(appraisal, rival.id, factors, drivers)
    gap = fsum(ours.values()) - fsum(theirs.values())
    found = []
    if abs(gap) < LEVEL:
        return ()
    for key in sorted({*ours, *theirs}):
        difference = ours.get(key, 0.0) - theirs.get(key, 0.0)
        if not difference:
            continue
        change = -gap / difference
        costs = ours if ours.get(key) else theirs
        now = chances[key] if key in chances else costs[key]
        kind = "probability" if key in chances else "cost"
        if change < -1 or (kind == "probability" and now * (1 + change) > 1):
            continue
        found.append(
            Switch(
                kind=kind,
                id=key,
                name=names[key],
                owner=_owner(preferred.id if ours.get(key) else "", rival.id if theirs.get(key) else ""),
                preferred=preferred.id,
                rival=rival.id,
                now=now,
                needed=now * (1 + change),
                change=change,
            )
        )
    return tuple(sorted(found, key=lambda switch: (abs(switch.change), switch.id)))


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
