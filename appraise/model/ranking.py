"""The options that compete for the first place, as plain rows: what every test of robustness starts from."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from operator import mul

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import HIDDEN
from appraise.model.remembered import Remembered
from appraise.model.scoring import COMPARED, gates_failed, score_values, weights


@dataclass(frozen=True, slots=True)
class Ranking:
    """Options with every score and no failed gate, in the order of the document.

    `weights` by criterion, 0 to 1; `points` options x criteria, 0 to 100, `products` the same times weights, `totals`
    their sums. `first` is the place in `options` of the highest total, the smaller id between equals; None without
    options or without any weight.
    """

    options: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    points: tuple[tuple[float, ...], ...] = ()
    products: tuple[tuple[float, ...], ...] = ()
    totals: tuple[float, ...] = ()
    first: int | None = None


def best(values: Mapping[str, float], *, rather: str = "") -> str:
    """The key of the highest value, equal to 9 digits: `rather` if it is among them, else the smallest; or empty."""
    highest = max((round(value, COMPARED) for value in values.values()), default=0.0)
    level = [key for key, value in values.items() if round(value, COMPARED) == highest]
    return rather if rather in level else min(level, default="")


def weighed(shares: tuple[float, ...], row: tuple[float, ...]) -> float:
    """Sum over criteria of share x points, correctly rounded, so that the order of criteria changes nothing."""
    return fsum(map(mul, shares, row))


def _rows(appraisal: Appraisal) -> Ranking:
    by_id = weights(appraisal)
    criteria, leaf = tuple(by_id), tuple(by_id.values())
    rows: dict[str, tuple[float, ...]] = {}
    for option in appraisal.options:
        values = score_values(appraisal, option.id)
        if criteria and len(values) == len(criteria) and not gates_failed(appraisal, option.id):
            rows[option.id] = tuple(values[criterion] for criterion in criteria)
    products = {option: tuple(map(mul, leaf, row)) for option, row in rows.items()}
    totals = {option: fsum(parts) for option, parts in products.items()}
    options = tuple(rows)
    first = options.index(best(totals)) if rows and any(leaf) else None
    return Ranking(
        options, criteria, leaf, tuple(rows.values()), tuple(products.values()), tuple(totals.values()), first
    )


#: A page asks for several figures of one document in turn.
_KEPT: Remembered[Ranking] = Remembered(4)


def ranking(appraisal: Appraisal) -> Ranking:
    """The options that compete; none while a workshop keeps totals hidden."""
    if appraisal.workshop.stage in HIDDEN:
        return Ranking()
    parts = (appraisal.options, appraisal.branches, appraisal.criteria, appraisal.weighting)
    return _KEPT.of(lambda: _rows(appraisal), *parts, appraisal.gates, appraisal.scores)
