"""How sure the figures are: contingency at a percentile, enough draws, and what options share, as words and tables."""

from collections.abc import Sequence

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results, Risk
from appraise.present import budget_words, finished, wording
from appraise.present.risk_tables import HOLDS
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    find_option,
    highlight,
    option_columns,
    preferred,
    right_columns,
    short_name,
    words,
)

#: Why the two contingencies are never added.
CONTAINS = "The percentile contains what is expected."
#: What drawing apart means, for those who have not heard of it.
SHARED_IS = (
    "Options share facts: pay, energy prices, whether a regulator agrees. One draw of these holds for all of them."
)


def _simulated(results: Results) -> list[tuple[OptionResult, Risk]]:
    """Options with costs that have been simulated; net present costs as they are, whatever their lives."""
    return [(one, one.risk) for one in results.options if finished.costed(one) and one.risk is not None]


def focus(results: Results, appraisal: Appraisal) -> str:
    """The option that sentences are about: the highlighted one, else the cheapest, else the first with costs."""
    known = [option.id for option, _ in _simulated(results)]
    offered = (preferred(results, appraisal), results.verdict.cheapest, *known)
    return next((key for key in offered if key in known), "")


def npsv_words(results: Results, appraisal: Appraisal) -> str:
    """Whose NPSV is the highest, and how often, beside who is cheapest; "" where they cannot be compared."""
    found = _simulated(results) if finished.comparable(results) and finished.same_basis(results) else []
    if len(found) < 2:
        return ""
    option, risk = max(found, key=lambda pair: (pair[1].probability_highest_npsv, pair[0].id))
    chance = wording.percent_of_draws(risk.probability_highest_npsv)
    return f"With gains to people and firms, {short_name(appraisal, option.id)} has the highest NPSV in {chance}."


# --- contingency -------------------------------------------------------------------------------------------


def contingency_words(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """What to hold to be sure, on top of what and in place of what, and that it is one of the two, never the sum."""
    found = find_option(results, option)
    held = found.risk.contingency if found.risk is not None else None
    if held is None or found.financial is None:
        return ()
    expected = sum(found.financial.contingency_by_year)
    sure = f"To be {held.percentile} % sure of the budget for {short_name(appraisal, option)}, hold "
    first = f"{sure}{wording.money(held.pounds, held.error)} on top of {wording.money(held.budget)}."
    if not expected:
        return (first,)
    inside = f"the expected {wording.money(expected)} that {wording.money(found.financial.total)} holds"
    return (first, f"It replaces {inside}: one or the other, never the sum.", CONTAINS)


def contingency(results: Results, appraisal: Appraisal) -> Table:
    """By option: the budget without contingency, the expected contingency, and what a percentile adds instead."""
    found = [(option, risk.contingency, option.financial) for option, risk in _simulated(results)]
    known = [(option, held, case) for option, held, case in found if held is not None and case is not None]
    figures = [(held.pounds, held.error) for _, held, _ in known]
    unit, form = wording.simulated_column([*((float(held.budget), 0.0) for _, held, _ in known), *figures])
    rows = []
    for option, held, case in known:
        expected = sum(case.contingency_by_year)
        rows.append(
            (
                words(short_name(appraisal, option.id)),
                Cell(text=form(float(held.budget), 0.0), raw=held.budget),
                Cell(text=form(float(expected), 0.0), raw=expected),
                Cell(text=form(held.pounds, held.error), raw=held.pounds, error=held.error),
            )
        )
    sure = f"To be {appraisal.simulation.percentile} % sure"
    ids, chosen = [option.id for option, _, _ in known], preferred(results, appraisal)
    counted = wording.capital(budget_words.noun(appraisal))
    return Table(
        title="Contingency: what is expected, or what makes sure",
        columns=(
            Column(heading="Option"),
            *right_columns("Budget without it", "Expected", sure, unit=unit),
        ),
        rows=tuple(rows),
        notes=(
            f"{counted} over all years, not discounted.",
            HOLDS,
            *budget_words.uncharged_note(appraisal, ids),
        ),
        highlight_row=ids.index(chosen) if chosen in ids else None,
    )


# --- are there enough draws? -------------------------------------------------------------------------------


def unsteady(results: Results) -> tuple[str, ...]:
    """Ids of the options whose watched percentile still moves."""
    return tuple(option.id for option, risk in _simulated(results) if not risk.convergence.steady)


def convergence_words(results: Results, appraisal: Appraisal) -> str:
    """Whether the watched percentile stands still at this many draws, in a sentence; "" without figures."""
    found = _simulated(results)
    if not found:
        return ""
    what = f"P{found[0][1].convergence.percentile}"
    draws = wording.number(results.draws)
    moving = [short_name(appraisal, key) for key in unsteady(results)]
    if not moving:
        return f"{draws} draws are enough: {what} of every option is steady."
    if len(moving) == len(found):
        return f"{what} is not steady at {draws} draws: use more draws."
    return f"{what} is not steady for {_few(moving)}: use more than {draws} draws."


def _few(names: Sequence[str]) -> str:
    """Up to two names, else how many: a sentence stays short."""
    return wording.listing(names) if len(names) < 3 else wording.how_many(len(names), "option")


def convergence(results: Results, appraisal: Appraisal) -> Table:
    """The watched percentile at growing numbers of draws, options across, and whether it stands still."""
    found = _simulated(results)
    series = [risk.convergence for _, risk in found]
    unit, form = wording.simulated_column(pair for one in series for pair in zip(one.values, one.errors, strict=True))
    draws = series[0].draws if series else ()
    rows: list[tuple[Cell, ...]] = [
        (
            words(f"{wording.number(count)} draws"),
            *(
                Cell(text=form(one.values[place], one.errors[place]), raw=one.values[place], error=one.errors[place])
                for one in series
            ),
        )
        for place, count in enumerate(draws)
    ]
    if rows:
        states = ("Steady" if one.steady else "Not steady" for one in series)
        rows.append((words("State"), *(words(state) for state in states)))
    percentile = series[0].percentile if series else appraisal.simulation.percentile
    return Table(
        title=f"P{percentile} of the net present cost as draws are added",
        columns=(Column(heading="Draws"), *option_columns(appraisal, [option.id for option, _ in found], unit=unit)),
        rows=tuple(rows),
        notes=("Steady: the second half of the draws moved it by no more than the error at half of them.", HOLDS),
        total_rows=(len(rows) - 1,) if rows else (),
    )


# --- what options share ------------------------------------------------------------------------------------


def apart_words(results: Results, appraisal: Appraisal) -> str:
    """What sharing facts does to the chance of being cheapest, in a sentence; "" where nothing is shared."""
    option = focus(results, appraisal)
    found = find_option(results, option).risk if option else None
    if found is None or found.apart is None or not finished.comparable(results):
        return ""
    name = short_name(appraisal, option)
    now = wording.percent_of_draws(found.apart.together)
    counted = found.apart.draws
    draws = "draws" if counted >= results.draws else f"the first {wording.number(counted)} draws"
    off = wording.NINETEEN_OF_20 * found.apart.error
    apart = wording.percent_of_draws(found.apart.apart)
    if abs(found.apart.apart - found.apart.together) <= 2 * off or now == apart:
        return f"{name} is cheapest in {now} of {draws}, whether options share facts or not."
    return f"{name} is cheapest in {now} of {draws}; if options shared no fact it would be {apart}."


def apart(results: Results, appraisal: Appraisal) -> Table:
    """By option the chance of being cheapest as it is, and if every input were drawn for each option by itself."""
    found = [(option, risk.apart) for option, risk in _simulated(results) if finished.comparable(results)]
    known = [(option, one) for option, one in found if one is not None]
    rows = [
        (
            words(short_name(appraisal, option.id)),
            *(
                Cell(
                    text=wording.simulated_chance(share, wording.NINETEEN_OF_20 * one.error),
                    raw=share,
                    error=wording.NINETEEN_OF_20 * one.error,
                )
                for share in (one.together, one.apart)
            ),
        )
        for option, one in known
    ]
    draws = wording.number(known[0][1].draws) if known else ""
    return Table(
        title="Cheapest in, with what options share and without",
        columns=(
            Column(heading="Option"),
            *right_columns("As it is", "If nothing were shared", unit="of draws"),
        ),
        rows=tuple(rows) if len(rows) > 1 else (),
        notes=(f"Over the first {draws} draws. {SHARED_IS}", HOLDS),
        highlight_row=highlight(results, appraisal) if len(rows) == len(results.options) else None,
    )
