"""Whether a stage before the decision pays: a pilot, or a supplier's proof of value (METHOD 13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Pilot
from appraise.model.discounting import EXACT, to_pence
from appraise.model.entries import OptionEntries, total
from appraise.model.partner_results import PilotResult
from appraise.model.risk_premium import exact
from appraise.model.scoring import gates_failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a stage is worth, in the unit of what goes in; `break_even`: the probability at which it just pays.

    `pays_above`: it pays over that probability, otherwise under it. `untested`: going on without it, at the
    same chance.
    """

    with_pilot: Decimal
    break_even: float | None
    pays_above: bool
    untested: Decimal


def worth_of_stage(
    *,
    go_on: Decimal,
    fall_back: Decimal,
    without: Decimal,
    cost: Decimal,
    success: float,
    false_positive: float,
    misled: Decimal,
) -> Worth:
    """Value p G + (1 - p) B' - k, and p* = (N + k - B') / (G - B'): k 10, G 100, B 20, N 50 -> .5.

    B' = B - f M: `misled` M is what going on with a service that fails costs more than falling back, f the rate of
    false positives. Untested, every service that fails is gone on with: p G + (1 - p) (B - M). Where G is under B',
    the stage pays under p*. None where no probability from 0 to 1 breaks even.
    """
    with localcontext(EXACT):
        p = exact(success)
        failed = fall_back - exact(false_positive) * misled
        untested = p * go_on + (1 - p) * (fall_back - misled)
        value = p * go_on + (1 - p) * failed - cost
        needed = (without + cost - failed) / (go_on - failed) if go_on != failed else None
    inside = needed is not None and 0 <= needed <= 1
    return Worth(
        with_pilot=value,
        break_even=float(needed) if needed is not None and inside else None,
        pays_above=go_on > failed,
        untested=untested,
    )


def pilot_results(appraisal: Appraisal, costed: Sequence[OptionEntries]) -> tuple[PilotResult, ...]:
    """Every stage whose options are known, on expected net present social values."""
    values = {one.option: -total(entry.expected for entry in one.entries if entry.economic) for one in costed}
    counted = {one.option for one in costed if any(entry.kind == "line" for entry in one.entries)}
    standing = {key for key in counted if not gates_failed(appraisal, key)}
    found = []
    for pilot in appraisal.pilots:
        without = pilot.without or _best(values, standing - {pilot.go_on})
        if {pilot.go_on, pilot.fall_back, without} <= values.keys():
            found.append(_result(pilot, values, without))
    return tuple(found)


def _best(values: Mapping[str, Decimal], standing: set[str]) -> str:
    """The option with the highest value, of ties the first by id; "" where there is none.

    Going on untested is not among them: that is worth its value only if the service works.
    """
    return min(standing, key=lambda key: (-values[key], key), default="")


def _result(pilot: Pilot, values: Mapping[str, Decimal], without: str) -> PilotResult:
    go_on, fall_back, best = (to_pence(values[key]) for key in (pilot.go_on, pilot.fall_back, without))
    worth = worth_of_stage(
        go_on=go_on, fall_back=fall_back, without=best, cost=pilot.cost, success=pilot.success,
        false_positive=pilot.false_positive, misled=pilot.misled,
    )  # fmt: skip
    reached, untested = to_pence(worth.with_pilot), to_pence(worth.untested)
    return PilotResult(
        pilot=pilot.id,
        go_on=go_on,
        fall_back=fall_back,
        without=best,
        chosen_without=without,
        with_pilot=reached,
        gain=reached - best,
        break_even=worth.break_even,
        pays_above=worth.pays_above,
        pays=reached > best,
        against_sure=reached - go_on,
        untested=untested,
        against_untested=reached - untested,
    )
