"""Weighted scores again, in exact fractions, from plain content (content.json, format 6). See `oracle`.

Nothing of the program is imported: METHOD 4 and 9.1 typed again. Swings and points are decimal numbers as they stand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

ZERO = Fraction(0)
#: Swings under this are no answers.
LEAST = Fraction(1, 10**9)


def exact(number: float) -> Fraction:
    """The decimal number as it was written, not the float nearest to it."""
    return Fraction(str(number))


@dataclass(frozen=True)
class ScoreAnswer:
    """The score of one option. `points` by criterion with a score; `place` None out of the ranking."""

    total: Fraction
    points: Mapping[str, Fraction]
    failed: tuple[str, ...]
    place: int | None


def worth(criterion: dict, entered: Fraction) -> Fraction:
    """Points of a score: as it is, or by the straight line between the two points that it lies between."""
    if criterion["measured"] != "measure":
        return entered
    drawn = sorted((exact(one["measure"]), exact(one["value"])) for one in criterion["points"])
    if entered <= drawn[0][0]:
        return drawn[0][1]
    for (low, left), (high, right) in pairwise(drawn):
        if entered <= high:
            return (left * (high - entered) + right * (entered - low)) / (high - low)
    return drawn[-1][1]


def centroid(ranks: Mapping[str, int]) -> dict[str, Fraction]:
    """Sum over the places from its own to the last of 1 / place, over their number; equal ranks take turns."""
    order = sorted((rank, key) for key, rank in ranks.items() if rank)
    alone = [
        sum((Fraction(1, later) for later in range(place, len(order) + 1)), ZERO) for place in range(1, len(order) + 1)
    ]
    found = dict.fromkeys(ranks, ZERO)
    for rank, key in order:
        turns = [weight for weight, (other, _) in zip(alone, order, strict=True) if other == rank]
        found[key] = sum(turns, ZERO) / len(turns) / len(order)
    return found


def answered(record: dict) -> Fraction:
    """The swing of a criterion or branch, 0 where it is next to nothing."""
    swing = exact(record["swing"])
    return swing if swing >= LEAST else ZERO


def answers(content: dict) -> dict[str, Fraction]:
    """What weights are in proportion to, by criterion."""
    criteria, branches = content["criteria"], {one["id"]: one for one in content["branches"]}
    ranked = content["weighting"]["answers"] == "ranks"
    key = "rank" if ranked else "swing"
    if content["weighting"]["asking"] == "together":
        return (
            centroid({one["id"]: one[key] for one in criteria})
            if ranked
            else {one["id"]: answered(one) for one in criteria}
        )
    inside = {home: [one for one in criteria if one["branch"] == home] for home in branches}
    if ranked:
        leaves = {home: centroid({one["id"]: one["rank"] for one in members}) for home, members in inside.items()}
        across = centroid({home: one["rank"] if sum(leaves[home].values()) else 0 for home, one in branches.items()})
        return {one["id"]: across[one["branch"]] * leaves[one["branch"]][one["id"]] for one in criteria}
    found = {}
    for home, members in inside.items():
        own = {one["id"]: answered(one) for one in members}
        unit = own.get(branches[home]["reference"], ZERO) or max(own.values(), default=ZERO)
        for one, swing in own.items():
            found[one] = answered(branches[home]) * swing / unit if unit else ZERO
    return found


def weights(content: dict) -> dict[str, Fraction]:
    """By criterion; all 0 where nothing was answered."""
    told = answers(content)
    whole = sum(told.values(), ZERO)
    return {key: one / whole if whole else ZERO for key, one in told.items()}


def failures(gates: Iterable[dict], option: str) -> tuple[str, ...]:
    return tuple(
        gate["id"]
        for gate in gates
        if {"option": option, "outcome": "fail"}
        in [{key: one[key] for key in ("option", "outcome")} for one in gate["outcomes"]]
    )


def recompute_scores(content: dict) -> dict[str, ScoreAnswer]:
    """Every option by id."""
    leaf, criteria = weights(content), {one["id"]: one for one in content["criteria"]}
    points: dict[str, dict[str, Fraction]] = {one["id"]: {} for one in content["options"]}
    for score in content["scores"]:
        points[score["option"]][score["criterion"]] = worth(criteria[score["criterion"]], exact(score["value"]))
    totals = {option: sum((leaf[key] * one for key, one in row.items()), ZERO) for option, row in points.items()}
    failed = {option: failures(content["gates"], option) for option in points}
    ranked = {
        option: totals[option]
        for option, row in points.items()
        if len(row) == len(criteria) and not failed[option] and any(leaf.values())
    }
    return {
        option: ScoreAnswer(
            totals[option],
            row,
            failed[option],
            1 + sum(other > totals[option] for other in ranked.values()) if option in ranked else None,
        )
        for option, row in points.items()
    }
