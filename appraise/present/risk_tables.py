"""Simulated cost as tables: percentiles and chances with their errors, options in pairs, and which inputs matter."""

from collections import Counter
from collections.abc import Callable, Sequence

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Distribution, Influence, OptionResult, RankCorrelation, Results, Risk, VarianceShare
from appraise.present import comparison, finished, wording
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    chance_off,
    find_option,
    option_columns,
    preferred,
    right_columns,
    short_name,
    words,
)

#: Inputs under this share of the variance are told together.
SMALL_SHARE = 0.01
#: How many members of correlation groups have a row of their own.
MOST_MEMBERS = 8
#: Stands under figures of draws.
PLUS_MINUS = "±: how far a figure may be off because draws are limited; it holds 19 times in 20."
#: The same where it has been told before.
HOLDS = "± holds 19 times in 20."

Figure = tuple[str, Callable[[Distribution], float], Callable[[Distribution], float]]
_FIGURES: tuple[Figure, ...] = (
    ("Mean", lambda found: found.mean, lambda found: wording.NINETEEN_OF_20 * found.mean_error),
    ("Standard deviation", lambda found: found.sd, lambda found: wording.NINETEEN_OF_20 * found.sd_error),
    ("P5", lambda found: found.p5, lambda found: found.percentile_errors.p5),
    ("P10", lambda found: found.p10, lambda found: found.percentile_errors.p10),
    ("P50, the middle", lambda found: found.p50, lambda found: found.percentile_errors.p50),
    ("P80", lambda found: found.p80, lambda found: found.percentile_errors.p80),
    ("P90", lambda found: found.p90, lambda found: found.percentile_errors.p90),
    ("P95", lambda found: found.p95, lambda found: found.percentile_errors.p95),
)
_TAIL: Figure = (
    "CVaR 80, mean of the dearest fifth",
    lambda found: found.cvar80,
    lambda found: wording.NINETEEN_OF_20 * found.cvar80_error,
)


#: Mean, one in ten, middle and nine in ten, as differences have them.
_DIFFERENCE: tuple[Figure, ...] = tuple(
    (heading, value, error)
    for heading, (_, value, error) in zip(
        ("Mean", "1 in 10 under", "Middle", "9 in 10 under"), (_FIGURES[place] for place in (0, 3, 4, 6)), strict=True
    )
)


def simulated(results: Results) -> list[tuple[OptionResult, Risk]]:
    """The options with costs that have been simulated, as they are compared."""
    found = [(option, option.risk) for option in comparison.compared(results).options if finished.costed(option)]
    return [(option, risk) for option, risk in found if risk is not None]


def _spread(
    appraisal: Appraisal,
    figures: Sequence[Figure],
    found: Sequence[tuple[OptionResult, Distribution]],
    title: str,
    notes: tuple[str, ...],
) -> Table:
    """Figures of a distribution down, options across, each with its error and rounded to it."""
    named = [(name, value, error) for name, value, error in figures]
    unit, form = wording.simulated_column((value(one), error(one)) for _, value, error in named for _, one in found)
    rows = [
        (
            words(name),
            *(Cell(text=form(value(one), error(one)), raw=value(one), error=error(one)) for _, one in found),
        )
        for name, value, error in named
    ]
    return Table(
        title=title,
        columns=(Column(heading="Figure"), *option_columns(appraisal, [option.id for option, _ in found], unit=unit)),
        rows=tuple(rows) if found else (),
        notes=notes,
    )


def distribution(results: Results, appraisal: Appraisal) -> Table:
    """Percentiles of each option's cost with their sampling errors, options across; CVaR 80 at the foot."""
    found = [(option, risk.npc) for option, risk in simulated(results)]
    title = f"{wording.capital(comparison.cost_words(results))} in {wording.number(results.draws)} draws"
    notes = (f"P90 is passed in 1 of 10 draws. {PLUS_MINUS}", "Percentiles of parts do not add up to those of a total.")
    return _spread(appraisal, (*_FIGURES, _TAIL), found, title, notes)


def npsv(results: Results, appraisal: Appraisal) -> Table:
    """The same of NPSV, what society gains less what it pays: low percentiles are the bad ones."""
    found = [(option, option.risk.npsv) for option in results.options if finished.costed(option) and option.risk]
    title = f"NPSV in {wording.number(results.draws)} draws"
    notes = (f"In 1 of 10 draws NPSV is under P10: the worst tenth. {HOLDS}",)
    return _spread(appraisal, _FIGURES, found, title, notes)


def chances(results: Results, appraisal: Appraisal) -> Table:
    """How often each option is the cheapest, and how often its NPSV is the highest, with errors; ties are shared."""
    found = simulated(results) if finished.comparable(results) else []
    same = finished.same_basis(results)
    rows = []
    for option, risk in found:
        cells = [chance_off(risk.probability_cheapest, risk.probability_error)]
        if same:
            cells.append(chance_off(risk.probability_highest_npsv, risk.highest_npsv_error))
        rows.append((words(short_name(appraisal, option.id)), *cells))
    ids, chosen = [option.id for option, _ in found], preferred(results, appraisal)
    heads = (f"Lowest {comparison.cost_words(results)}", *(("Highest NPSV",) if same else ()))
    return Table(
        title="How often each option is best",
        columns=(Column(heading="Option"), *right_columns(*heads, unit="of draws")),
        rows=tuple(rows) if len(rows) > 1 else (),
        notes=("Cost counts what public bodies pay; NPSV adds gains to people and firms.", PLUS_MINUS)
        if same
        else (PLUS_MINUS,),
        highlight_row=ids.index(chosen) if chosen in ids else None,
    )


def differences(results: Results, appraisal: Appraisal, option: str) -> Table:
    """What an option costs more than each of the others, draw by draw: a minus says that it costs less.

    No rows where options run for different lives, or while some have no costs.
    """
    own = find_option(results, option).risk
    if own is None or not finished.comparable(results) or not finished.same_basis(results):
        return Table(title="", columns=(), rows=())
    pairs = [(one.than, one.distribution) for one in own.differences]
    shares = {one.than: one for one in own.pairwise_cheaper}
    unit, form = wording.simulated_column(
        (value(one), error(one)) for _, one in pairs for _, value, error in _DIFFERENCE
    )
    rows = [
        (
            words(short_name(appraisal, than)),
            *(
                Cell(text=form(value(one), error(one)), raw=value(one), error=error(one))
                for _, value, error in _DIFFERENCE
            ),
            chance_off(shares[than].share, shares[than].error),
        )
        for than, one in pairs
    ]
    name = short_name(appraisal, option)
    return Table(
        title=f"What {name} costs more than each other option, draw by draw",
        columns=(
            Column(heading="Against"),
            *right_columns(*(heading for heading, _, _ in _DIFFERENCE), unit=unit),
            *right_columns("Costs less in"),
        ),
        rows=tuple(rows),
        notes=(
            f"A minus: {name} costs less. Differences of percentiles are not percentiles of differences.",
            HOLDS,
        ),
    )


def pairwise(results: Results, appraisal: Appraisal) -> Table:
    """How often the option of a row costs less than that of a column; no rows while costs cannot be compared."""
    found = simulated(results) if finished.comparable(results) and finished.same_basis(results) else []
    ids = [option.id for option, _ in found]
    rows = []
    for option, risk in found:
        shares = {pair.than: pair for pair in risk.pairwise_cheaper}
        cells = [
            chance_off(shares[one].share, shares[one].error) if one in shares else Cell(text=wording.DASH)
            for one in ids
        ]
        rows.append((words(option.name), *cells))
    chosen = preferred(results, appraisal)
    return Table(
        title="How often one option costs less than another",
        columns=(Column(heading="Costs less than"), *option_columns(appraisal, ids, unit="of draws")),
        rows=tuple(rows) if len(rows) > 1 else (),
        notes=("In the same draws, ties half.", HOLDS),
        highlight_row=ids.index(chosen) if chosen in ids else None,
    )


def inputs(results: Results, appraisal: Appraisal, option: str) -> Table:
    """Which inputs matter to an option's cost: share of the variance, effect of either end, rank correlation.

    Inputs that are correlated share their part of the variance: the group has a row, and its members follow it.
    All this comes with a full run; before one there are no rows. Small inputs stand together.
    """
    found = find_option(results, option)
    risk = found.risk if finished.costed(found) else None
    large = [one for one in (risk.contribution if risk is not None else ()) if one.share >= SMALL_SHARE]
    rest = [one for one in (risk.contribution if risk is not None else ()) if one.share < SMALL_SHARE]
    influences = {one.id: one for one in risk.influences} if risk is not None else {}
    ranks = {one.id: one for one in risk.rank_correlations} if risk is not None else {}
    form = wording.signed_column(end for one in influences.values() for end in (one.low, one.high))
    alone = {one.id for one in (*large, *rest)}
    members = [one for key, one in influences.items() if key not in alone] if alone else []
    names = input_names([*large, *members])
    rows = [_input_row(names[one.id], one.share, influences.get(one.id), ranks.get(one.id), form) for one in large]
    rows += [_input_row(names[one.id], None, one, ranks.get(one.id), form) for one in members[:MOST_MEMBERS]]
    if rest and rows:
        others = wording.how_many(len(rest), "smaller input")
        rows.append(_input_row(others, sum(one.share for one in rest), None, None, form))
    notes = ["Low and high: the mean cost with the input at its 10 % and 90 % point; a constraint not, or happening."]
    if members:
        notes.append("Correlated inputs share one part of the variance, in the row of their group.")
    if ranks:
        notes.append(f"Rank correlation: from −1 to 1. {HOLDS}")
    heads = ("Share of the variance", "Low", "High", *(("Rank correlation",) if ranks else ()))
    return Table(
        title=f"What matters to the cost: {short_name(appraisal, option)}",
        columns=(Column(heading="Input"), *right_columns(*heads)),
        rows=tuple(row if ranks else row[:-1] for row in rows),
        notes=tuple(notes),
    )


#: What an input is, by the start of its id.
_KINDS = {"driver": "driver", "index": "price index", "line": "line", "constraint": "constraint"}


def input_names(found: Sequence[VarianceShare | Influence]) -> dict[str, str]:
    """What inputs are called, by id: two of one name say what each of them is."""
    many = Counter(one.name for one in found)
    kinds = {one.id: _KINDS.get(one.id.partition("|")[0], "") for one in found}
    return {
        one.id: f"{one.name} ({kinds[one.id]})" if many[one.name] > 1 and kinds[one.id] else one.name for one in found
    }


def _input_row(
    name: str,
    share: float | None,
    influence: Influence | None,
    rank: RankCorrelation | None,
    form: Callable[[float], str],
) -> tuple[Cell, ...]:
    """An input with what is known of it; a dash for the rest."""
    blank = Cell(text=wording.DASH)
    ends = (influence.low, influence.high) if influence is not None else ()
    off = wording.NINETEEN_OF_20 * rank.error if rank is not None else 0.0
    return (
        words(wording.capital(name)),
        Cell(text=wording.percent(share), raw=share) if share is not None else blank,
        *(Cell(text=form(end), raw=end) for end in ends),
        *(blank for _ in range(2 - len(ends))),
        Cell(text=wording.simulated_number(rank.value, off), raw=rank.value, error=off) if rank is not None else blank,
    )
