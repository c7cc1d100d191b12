"""Simulated cost as tables: percentiles with their errors, options in pairs, and where the spread comes from."""

import math
from collections.abc import Callable

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Distribution, OptionResult, Results, Risk
from appraise.present import comparison, finished, wording
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    find_option,
    option_columns,
    preferred,
    right_columns,
    short_name,
    words,
)

#: An error in this many standard errors holds 19 times in 20.
NINETEEN_OF_20 = 1.96
#: Inputs under this share of the variance are told together.
SMALL_SHARE = 0.01

_FIGURES: tuple[tuple[str, Callable[[Distribution], float], Callable[[Distribution], float] | None], ...] = (
    ("Mean", lambda found: found.mean, lambda found: NINETEEN_OF_20 * found.mean_error),
    ("P5", lambda found: found.p5, lambda found: found.percentile_errors.p5),
    ("P10", lambda found: found.p10, lambda found: found.percentile_errors.p10),
    ("P50, the middle", lambda found: found.p50, lambda found: found.percentile_errors.p50),
    ("P80", lambda found: found.p80, lambda found: found.percentile_errors.p80),
    ("P90", lambda found: found.p90, lambda found: found.percentile_errors.p90),
    ("P95", lambda found: found.p95, lambda found: found.percentile_errors.p95),
    ("CVaR 80, mean of the dearest fifth", lambda found: found.cvar80, None),
)


def _simulated(results: Results) -> list[tuple[OptionResult, Risk]]:
    """The options with costs that have been simulated, as they are compared."""
    found = [(option, option.risk) for option in comparison.compared(results).options if finished.costed(option)]
    return [(option, risk) for option, risk in found if risk is not None]


def distribution(results: Results, appraisal: Appraisal) -> Table:
    """Percentiles of each option's cost with their sampling errors, options across; CVaR 80 at the foot."""
    found = _simulated(results)
    divisor, _, letter = wording.money_unit(risk.npc.p95 for _, risk in found)
    unit = {"m": "£ million", "k": "£ thousand", "": "£"}[letter]
    places = 2 if letter == "m" else 0
    rows = []
    for name, value, error in _FIGURES:
        cells = []
        for _, risk in found:
            figure, off = value(risk.npc), error(risk.npc) if error is not None else None
            text = wording.number(figure / divisor, places)
            if off is not None and off > 0:
                # rounded up: an error is never said to be smaller than it is
                text += f" ±{wording.number(math.ceil(off / divisor * 10**places - 1e-9) / 10**places, places)}"
            cells.append(Cell(text=text, raw=figure, error=off))
        rows.append((words(name), *cells))
    return Table(
        title=f"{wording.capital(comparison.cost_words(results))} in {wording.number(results.draws)} draws",
        columns=(
            Column(heading="Figure"),
            *option_columns(appraisal, [option.id for option, _ in found], unit=unit),
        ),
        rows=tuple(rows) if found else (),
        notes=(
            "P90 is passed in 1 of 10 draws. Each figure with its sampling error, which holds 19 times in 20.",
            "Percentiles of parts do not add up to percentiles of a total.",
        ),
    )


def pairwise(results: Results, appraisal: Appraisal) -> Table:
    """How often the option of a row costs less than that of a column; no rows while costs cannot be compared."""
    found = _simulated(results) if finished.comparable(results) and finished.same_basis(results) else []
    ids = [option.id for option, _ in found]
    rows = []
    for option, risk in found:
        shares = {pair.than: pair for pair in risk.pairwise_cheaper}
        cells = [
            Cell(text=wording.percent_of_draws(shares[one].share), raw=shares[one].share, error=shares[one].error)
            if one in shares
            else Cell(text=wording.DASH)
            for one in ids
        ]
        rows.append((words(option.name), *cells))
    chosen = preferred(results, appraisal)
    worst = max((pair.error for _, risk in found for pair in risk.pairwise_cheaper), default=0.0)
    points = wording.number(100 * NINETEEN_OF_20 * worst, 1)
    return Table(
        title="How often one option costs less than another",
        columns=(Column(heading="Costs less than"), *option_columns(appraisal, ids, unit="of draws")),
        rows=tuple(rows) if len(rows) > 1 else (),
        notes=(f"In the same draws, ties half. Sampling error: at most {points} points, 19 times in 20.",),
        highlight_row=ids.index(chosen) if chosen in ids else None,
    )


def contributions(results: Results, appraisal: Appraisal, option: str) -> Table:
    """Where the spread of an option's cost comes from: each input's share of the variance, the largest first."""
    found = find_option(results, option)
    shares = found.risk.contribution if found.risk is not None and finished.costed(found) else ()
    large = [one for one in shares if one.share >= SMALL_SHARE]
    rest = [one for one in shares if one.share < SMALL_SHARE]
    rows = [(words(wording.capital(one.name)), Cell(text=wording.percent(one.share), raw=one.share)) for one in large]
    if rest and rows:
        together = sum(one.share for one in rest)
        others = wording.capital(wording.how_many(len(rest), "smaller input"))
        rows.append((words(others), Cell(text=wording.percent(together), raw=together)))
    return Table(
        title=f"Where the spread comes from: {short_name(appraisal, option)}",
        columns=(Column(heading="Input"), *right_columns("Share of the variance")),
        rows=tuple(rows),
        notes=("Shares of the variance of the present cost. Inputs are drawn independently of each other.",),
    )
