"""The risk that would have to be transferred to flip a ranking, beside what was assumed (METHOD 11.2).

In six PFI hospitals the valuation of transferred risk alone reversed the ranking, so it is always shown.
"""

from collections.abc import Iterable
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import ZERO
from appraise.model.entries import OptionEntries, total
from appraise.model.pricing import pool_of
from appraise.model.results import RiskFlip


def _net_cost(option: OptionEntries) -> Decimal:
    """Expected net present cost."""
    return total(entry.expected for entry in option.entries if entry.economic and entry.public)


def _kept(option: OptionEntries, constraints: set[str]) -> Decimal:
    """Expected present cost of what an option keeps of some constraints."""
    return total(entry.expected for entry in option.entries if entry.kind == "retained" and entry.id in constraints)


def flips(appraisal: Appraisal, costed: Iterable[OptionEntries]) -> tuple[RiskFlip, ...]:
    """For every option whose suppliers price risk, against the cheapest other option that keeps more of the same.

    With R what the rival expects to pay for that risk beyond what the option itself keeps of it, both cost the same at
    R + (cost of the option - cost of the rival): how large the transferred risk would have to be in the rival, the
    price as it stands. None where no amount over 0 does it. Empty where options last for different times, since their
    costs are not compared.
    """
    options = [one for one in costed if any(entry.kind == "line" for entry in one.entries)]
    if len({one.life for one in options}) > 1:
        return ()
    cost = {one.option: _net_cost(one) for one in options}
    found = []
    for option in options:
        handed = {one.constraint for one in pool_of(appraisal, option.option) if not one.event.idle}
        own = _kept(option, handed)
        passed = {one.option: _kept(one, handed) - own for one in options if one.option != option.option}
        rivals = [key for key, pounds in passed.items() if pounds > ZERO]
        if not rivals:
            continue
        rival = min(rivals, key=lambda key: (cost[key], key))
        needed = passed[rival] + cost[option.option] - cost[rival]
        found.append(
            RiskFlip(
                option=option.option,
                rival=rival,
                assumed=float(passed[rival]),
                needed=float(needed) if needed > 0 else None,
            )
        )
    return tuple(found)
