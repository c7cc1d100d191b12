"""What constraints come to in exact fractions, for `tests.published.oracle`: who carries it, what is asked.

Rules typed by hand from METHOD 11.1 and 11.2. A part is the content of one bearing; pounds are in prices of year 0.
"""

from collections.abc import Sequence
from fractions import Fraction

from tests.published.oracle_means import ONE, ZERO, ends, exact, is_certain, mean_impact, mean_paid, paid

#: Suppliers that add what they do about a constraint to their price.
ASKS_FOR_MANAGING = {"supplier", "pain_gain"}
#: An expected payment under an uncertain impact is rounded to the penny; and what floats may be off, of its width.
PENNY, FLOATS = Fraction(1, 100), Fraction(1, 10**12)


def is_managed(part: dict) -> bool:
    """Somebody manages it and shows that it works: without evidence it counts for nothing."""
    return bool(part["managed"] and part["managed"]["evidence"].strip())


def faced(constraint: dict, parts: Sequence[dict]) -> dict:
    """Probability and impact that an option meets: what somebody's management leaves of them, or the facts."""
    for part in parts:
        if is_managed(part):
            left = part["managed"]
            return {"probability": left["probability"], "impact": left["impact"] or constraint["impact"]}
    return constraint


def seen(constraint: dict, parts: Sequence[dict]) -> dict:
    """Probability and impact that suppliers believe in: what one of them manages itself, else their view."""
    managed = any(is_managed(part) and part["bearer"] in ASKS_FOR_MANAGING for part in parts)
    return faced(constraint, parts) if managed or not constraint["view"] else constraint["view"]


def mean_shared(fact: dict, part: dict) -> Fraction:
    """Expected payment of the authority by pain and gain: where it occurs, and where it does not."""
    chance, share = exact(fact["probability"]), exact(part["share"])
    return chance * mean_paid(part["terms"], share, fact["impact"]) + (1 - chance) * paid(part["terms"], ZERO)


def carried_of(fact: dict, part: dict) -> Fraction:
    """Expected pounds of a part that a supplier does not get back (METHOD 11.1); by pain and gain net."""
    shared = exact(fact["probability"]) * exact(part["share"]) * mean_impact(fact["impact"])
    if part["bearer"] == "pain_gain":
        return shared - mean_shared(fact, part)
    return shared * {"supplier": ONE, "in_house": ZERO, "compensation": 1 - exact(part["admitted"])}[part["bearer"]]


def kept_of(fact: dict, part: dict) -> Fraction:
    """Expected pounds of a part that the authority pays as they come (METHOD 11.1)."""
    if part["bearer"] == "pain_gain":
        return mean_shared(fact, part)
    chance, impact = exact(fact["probability"]), exact(part["share"]) * mean_impact(fact["impact"])
    uplift, dispute = 1 + exact(part["uplift"]), exact(part["dispute_cost"])
    if part["bearer"] == "supplier":
        left, share = exact(part["residual_probability"]), exact(part["residual_share"])
        return chance * left * (uplift * share * impact + dispute) if share else ZERO
    if part["bearer"] == "in_house":
        return chance * impact
    admitted = exact(part["admitted"])
    disputed = ONE if part["dispute_if_refused"] else admitted
    return chance * (admitted * uplift * impact + disputed * dispute)


def priced_of(constraint: dict, parts: Sequence[dict], pricing: dict) -> Fraction:
    """What suppliers ask, lot by lot: E + k (P - E) with P = (1 + loading) E, at their own view of E (METHOD 11.2).

    What is expected to be a gain is not loaded.
    """
    if pricing["principle"] != "expected_value":
        raise ValueError("No other principle has an exact price: it has to be given.")
    loading, fact = exact(pricing["competition"]) * exact(pricing["strength"]), seen(constraint, parts)
    lots: dict[str, Fraction] = {}
    for part in parts:
        lots[part["lot"]] = lots.get(part["lot"], ZERO) + carried_of(fact, part)
    return sum((pounds + loading * max(ZERO, pounds) for pounds in lots.values()), ZERO)


def managing_of(parts: Sequence[dict]) -> Fraction:
    """What managing it costs for certain."""
    return sum((exact(part["managed"]["cost"]) for part in parts if is_managed(part)), ZERO)


def doubt(constraint: dict, parts: Sequence[dict]) -> Fraction:
    """How far the program may be off with pain and gain under an uncertain impact: it rounds to the penny."""
    facts = [fact for fact in (faced(constraint, parts), seen(constraint, parts)) if not is_certain(fact["impact"])]
    shared = sum(part["bearer"] == "pain_gain" for part in parts)
    return sum(
        (shared * (PENNY + FLOATS * (ends(fact["impact"])[2] - ends(fact["impact"])[0])) for fact in facts), ZERO
    )
