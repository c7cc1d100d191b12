"""Tables of the scoring and how firm it is: places, pairs, weights, frontier, other methods, late changes.

Shares of draws carry their sampling error, 19 times in 20, and are rounded by it. Every table is without rows where the
results hold nothing of its kind, as while totals are sealed.
"""

from collections.abc import Sequence

from appraise.model import scoring
from appraise.model.appraisal.criteria import Answers, Asking, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results
from appraise.model.score_results import LateChange, Scored, Stability
from appraise.present import comparison, finished, scoring_words, wording
from appraise.present.scoring_words import SCORING_STANDS
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    chance_off,
    find_option,
    highlight,
    option_columns,
    right_columns,
    short_name,
    words,
)

_DASH = Cell(text=wording.DASH)
#: Draws of weights and scores: more than this many change no figure that is printed.
MOST_DRAWS = 100_000


def _scored(results: Results) -> list[tuple[OptionResult, Scored]]:
    return [(option, option.score) for option in results.options if option.score is not None]


def _ranked(results: Results) -> list[tuple[OptionResult, Scored]]:
    """The options whose places were drawn."""
    return [(option, score) for option, score in _scored(results) if score.rank_acceptability]


def _leader(results: Results) -> Scored | None:
    first = results.verdict.highest_score
    return find_option(results, first).score if first else None


def left_out(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """A note on who is left out of comparisons because a gate keeps it out; nothing where nobody is."""
    out = [short_name(appraisal, option.id) for option, score in _scored(results) if score.gates_failed]
    if not out:
        return ()
    return (f"Left out: {wording.listing(out)}, which {'fails' if len(out) == 1 else 'fail'} a gate.",)


def draws(results: Results) -> int:
    """How many times weights and scores were drawn."""
    known = results.scoring.acceptability if results.scoring is not None else ()
    return known[0].draws if known else min(results.draws, MOST_DRAWS)


def draws_words(results: Results) -> str:
    """What a share of places is a share of, and how far it may be off."""
    errors = [error for _, score in _ranked(results) for error in score.rank_errors]
    off = max(errors, default=0.0) * 100 * wording.NINETEEN_OF_20
    count = wording.number(draws(results))
    places = 0 if off >= 1 else 1
    error = f", {wording.plus_minus(off, places)} points" if off else ""
    return f"Share of {count} draws of weights and scores in each place{error}"


# --- places and pairs --------------------------------------------------------------------------------------


def rank_acceptability(results: Results) -> Table:
    """How often each option takes each place, with errors; an option out of the ranking has dashes and its reason."""
    ranked = _ranked(results)
    count = max((len(score.rank_acceptability) for _, score in ranked), default=0)
    rows = tuple(
        (words(option.name), *_place_cells(score, count)) for option, score in (_scored(results) if count else ())
    )
    out = [_out(option, score) for option, score in _scored(results) if count and not score.rank_acceptability]
    return Table(
        title="How often each option takes each place on score",
        columns=(
            Column(heading="Option"),
            *right_columns(*(f"Place {place}" for place in range(1, count + 1)), unit="of draws"),
        ),
        rows=rows,
        notes=(_HOLDS, *out) if rows else (),
        highlight_row=_row_of(results, rows, results.verdict.highest_score),
    )


_HOLDS = "What stands after ± holds 19 times in 20, for draws are limited."


def _place_cells(score: Scored, count: int) -> tuple[Cell, ...]:
    if not score.rank_acceptability:
        return (_DASH,) * count
    pairs = zip(score.rank_acceptability, score.rank_errors, strict=True)
    return tuple(chance_off(share, error) for share, error in pairs)


def _out(option: OptionResult, score: Scored) -> str:
    reason = "fails a gate" if score.gates_failed else "lacks scores"
    return f"{wording.shorten(option.name, 44)} {reason}, so it has no place."


def _row_of(results: Results, rows: Sequence[object], option: str) -> int | None:
    """The row of an option in a table of all scored options."""
    ids = [one.id for one, _ in _scored(results)]
    return ids.index(option) if option in ids and rows else None


def first_places(results: Results, appraisal: Appraisal) -> Table:
    """How often each option is first under each way of drawing weights, and how firm it is at its own best weights.

    Without rows while only one way was drawn, as in a frame.
    """
    ways = results.scoring.acceptability if results.scoring is not None else ()
    by_way = [{one.option: one for one in way.options} for way in ways]
    first, several = results.verdict.highest_score, len(ways) > 1
    rows = []
    for option, _ in _ranked(results):
        found = [known.get(option.id) for known in by_way]
        shares = [chance_off(one.ranks[0], one.errors[0]) if one is not None else _DASH for one in found]
        own = found[0] if found else None
        firm = (
            Cell(text=wording.percent_of_draws(own.confidence), raw=own.confidence)
            if own is not None and own.confidence is not None
            else _DASH
        )
        rows.append((words(option.name), *shares, firm))
    heads = [_WAY_HEADS.get(way.way, way.way) for way in ways]
    return Table(
        title="First place under three ways of drawing weights",
        columns=(Column(heading="Option"), *right_columns(*heads, "At its best weights", unit="of draws")),
        rows=tuple(rows) if several else (),
        notes=(
            *(f"{_WAY_HEADS[way.way]}: {scoring_words.WAYS[way.way].lower()}." for way in ways),
            _BEST_WEIGHTS,
            *left_out(results, appraisal),
        )
        if several
        else (),
        highlight_row=next(
            (row for row, (option, _) in enumerate(_ranked(results)) if several and option.id == first), None
        ),
    )


_WAY_HEADS = {"elicited": "As answered", "ranks": "Order alone", "any": "Any weights"}
_BEST_WEIGHTS = "At its best weights: how often scores alone put it first, at the mean of weights that favour it."


def central_weights(results: Results, appraisal: Appraisal, way: str) -> Table:
    """The mean weights of the draws that put each option first, beside the weight as answered (METHOD 9.2, number 4).

    `way` of drawing weights: a key of scoring_words.WAYS. An option that no draw puts first has no column.
    """
    ways = results.scoring.acceptability if results.scoring is not None else ()
    options = next((one.options for one in ways if one.way == way), ())
    ever = [one for one in options if len(one.central_weights) == len(appraisal.criteria)]
    now = scoring.weights(appraisal)
    rows = tuple(
        (
            words(criterion.name),
            Cell(text=wording.percent(now[criterion.id]), raw=now[criterion.id]),
            *(Cell(text=wording.percent(one.central_weights[at]), raw=one.central_weights[at]) for one in ever),
        )
        for at, criterion in enumerate(appraisal.criteria)
    )
    return Table(
        title=f"Weights that put an option first: {scoring_words.WAYS[way].lower()}",
        columns=(
            Column(heading="Criterion"),
            *right_columns("As answered"),
            *option_columns(appraisal, [one.option for one in ever]),
        ),
        rows=rows if ever else (),
        notes=("Means of the draws in which the option is first. No other option was first in any of them.",)
        if ever
        else (),
    )


def pairwise(results: Results, appraisal: Appraisal) -> Table:
    """How often the option of a row scores more than that of a column, ties half."""
    ranked = _ranked(results)
    rows = []
    for option, score in ranked:
        shares = {pair.than: chance_off(pair.share, pair.error) for pair in score.pairwise}
        rows.append((words(short_name(appraisal, option.id)), *(shares.get(other.id, _DASH) for other, _ in ranked)))
    return Table(
        title="How often one option scores more than another",
        columns=(
            Column(heading="Scores more"),
            *option_columns(appraisal, [option.id for option, _ in ranked], unit="of draws"),
        ),
        rows=tuple(rows) if len(ranked) > 1 else (),
        notes=("A lead of over 5 points as scored is clear from 80 of 100 draws on.", *left_out(results, appraisal))
        if len(ranked) > 1
        else (),
    )


# --- weights -----------------------------------------------------------------------------------------------


def weights(results: Results, appraisal: Appraisal) -> Table:
    """Branches and their criteria: the swing as answered, its range, and the weight; branches add up to the whole.

    While totals are sealed the weights come from the document: nobody's score is in them.
    """
    leaf, branch = scoring.weights(appraisal), scoring.branch_weights(appraisal)
    drawn = {one.criterion: one for one in results.scoring.weights} if results.scoring is not None else {}
    rows: list[tuple[Cell, ...]] = []
    sums: list[int] = []
    ranks = appraisal.weighting.answers is Answers.RANKS
    by_branch = appraisal.weighting.asking is Asking.BY_BRANCH and not ranks
    for head in appraisal.branches:
        members = [one for one in appraisal.criteria if one.branch == head.id]
        if not members:
            continue
        sums.append(len(rows))
        own = Cell(text=wording.score(head.swing), raw=head.swing) if by_branch else _DASH
        rows.append((words(head.name), own, _DASH, Cell(text=wording.percent(branch[head.id]), raw=branch[head.id])))
        for one in members:
            answer = f"rank {one.rank}" if one.rank else wording.DASH
            swing = (
                Cell(text=answer, raw=float(one.rank)) if ranks else Cell(text=wording.score(one.swing), raw=one.swing)
            )
            known = drawn.get(one.id)
            span = _DASH if known is None or ranks else _span(known.low, known.high)
            rows.append((words(one.name), swing, span, Cell(text=wording.percent(leaf[one.id]), raw=leaf[one.id])))
    return Table(
        title="Weights of branches and criteria",
        columns=(Column(heading="Branch, criterion"), *right_columns("Swing", "Drawn between", "Weight")),
        rows=tuple(rows) if any(leaf.values()) else (),
        notes=scoring_words.asked(appraisal.weighting),
        total_rows=tuple(sums),
    )


def _span(low: float, high: float) -> Cell:
    text = f"{wording.score(low)} to {wording.score(high)}"
    return Cell(text=wording.score(low) if wording.score(low) == wording.score(high) else text, raw=low)


def weight_name(appraisal: Appraisal, kind: str, key: str) -> str:
    """The name of a criterion or branch; a branch of one name with a criterion is told apart."""
    if kind == "branch":
        return next((one.name for one in appraisal.branches if one.id == key), wording.DASH)
    return next((one.name for one in appraisal.criteria if one.id == key), wording.DASH)


def stability(results: Results, appraisal: Appraisal) -> Table:
    """Between which weights of each branch and criterion the first option stays first, the others in proportion."""
    leader = _leader(results)
    known = leader.stability if leader is not None else ()
    rows = [
        (
            words(weight_name(appraisal, one.kind, one.id)),
            words("Branch" if one.kind == "branch" else "Criterion"),
            Cell(text=wording.percent(one.weight), raw=one.weight),
            Cell(text=stable_words(one), raw=one.low),
            _room(one),
        )
        for one in sorted(known, key=lambda one: one.kind != "branch")
    ]
    name = short_name(appraisal, results.verdict.highest_score) if known else ""
    return Table(
        title=f"Weights at which {name} stays {'level' if results.verdict.score_tied else 'first'}"
        if name
        else "Weights at which the first option stays first",
        columns=(
            Column(heading="What weighs"),
            Column(heading="Kind"),
            *right_columns("Weight now", "Stays first at", "Nearest change"),
        ),
        rows=tuple(rows),
        notes=("One weight moves, the others keep their ratios. Scores stay as they are.",) if rows else (),
    )


def stable_words(one: Stability) -> str:
    """The interval in words: "11 % to 100 %", "any weight"."""
    if one.low <= 0 and one.high >= 1:
        return "any weight"
    return f"{wording.percent(one.low)} to {wording.percent(one.high)}"


def nearest(one: Stability) -> float | None:
    """The weight nearest to now at which another option draws level; None: there is none."""
    ends = [end for end, limit in ((one.low, 0.0), (one.high, 1.0)) if end != limit]
    return min(ends, key=lambda end: abs(end - one.weight), default=None)


def _room(one: Stability) -> Cell:
    end = nearest(one)
    if end is None:
        return _DASH
    points = wording.number(abs(end - one.weight) * 100, 0)
    sign = "+" if end > one.weight else wording.MINUS
    return Cell(text=f"{sign}{points}{wording.NO_BREAK}points", raw=end - one.weight)


def trade_offs(results: Results, appraisal: Appraisal) -> Table:
    """Answered trade-offs: the ratio of two swings as rated and as the answer implies, and how far they lie apart."""
    names = {one.id: one.name for one in appraisal.criteria}
    asked = {one.id: one for one in appraisal.weighting.trade_offs}
    known = results.scoring.trade_offs if results.scoring is not None else ()
    rows = [
        (
            words(f"{names.get(asked[one.id].smaller, '')} beside {names.get(asked[one.id].larger, '')}"),
            Cell(text=wording.percent(one.rated), raw=one.rated),
            Cell(text=wording.percent(one.implied), raw=one.implied),
            Cell(text=wording.percent_change(one.error), raw=one.error),
        )
        for one in known
        if one.id in asked
    ]
    return Table(
        title="Do the answers agree with each other?",
        columns=(Column(heading="What was compared"), *right_columns("As rated", "As traded off", "Apart by")),
        rows=tuple(rows),
    )


# --- dominance and other methods -----------------------------------------------------------------------------


def dominance(results: Results, appraisal: Appraisal) -> Table:
    """Which option another dominates, and whether any weights at all put it first; dashes where a gate keeps it out."""
    scored = _scored(results)
    known = [score for _, score in scored if score.potentially_first is not None or score.dominated_by]
    rows = tuple(
        (
            words(option.name),
            words(_dominated(score, appraisal)),
            words(_may_lead(score)),
        )
        for option, score in (scored if known else ())
    )
    return Table(
        title="Which options could ever be first",
        columns=(
            Column(heading="Option"),
            Column(heading="Dominated by"),
            Column(heading="First at some weights"),
        ),
        rows=rows,
        notes=("Dominated: another option is at least as good on every criterion and better on one.",) if rows else (),
        highlight_row=_row_of(results, rows, results.verdict.highest_score),
    )


def _dominated(score: Scored, appraisal: Appraisal) -> str:
    if score.gates_failed:
        return ""
    return wording.listing([short_name(appraisal, one) for one in score.dominated_by]) or "None"


def _may_lead(score: Scored) -> str:
    if score.gates_failed:
        return "Out: fails a gate"
    if not score.complete:
        return "Not known: scores are missing"
    if score.potentially_first is None:
        return ""
    if score.dominated_by and score.potentially_first:
        return "Level at best, never ahead"
    return "Yes" if score.potentially_first else "No, at no weights"


def cross_checks(results: Results, appraisal: Appraisal) -> Table:
    """Who is first by other methods, beside the values of every option there."""
    known = results.scoring.cross_checks if results.scoring is not None else ()
    options = known[0].options if known else ()
    rows = []
    for check in known:
        places = 2 if check.method == "promethee" else 0
        values = dict(zip(check.options, check.values, strict=True))
        rows.append(
            (
                words(scoring_words.METHODS.get(check.method, check.method)),
                words(scoring_words.firsts(appraisal, check)),
                *(
                    Cell(text=wording.number(values[one], places), raw=values[one]) if one in values else _DASH
                    for one in options
                ),
            )
        )
    return Table(
        title="Who is first by other methods",
        columns=(Column(heading="Method"), Column(heading="First"), *option_columns(appraisal, options)),
        rows=tuple(rows),
        notes=(
            "Points of 100; comparing in pairs: net flows from −1 to 1.",
            scoring_words.thresholds(appraisal.weighting),
            *left_out(results, appraisal),
            SCORING_STANDS,
        )
        if rows
        else (),
    )


# --- cost against benefit ------------------------------------------------------------------------------------


def cost_and_score(results: Results, appraisal: Appraisal) -> Table:
    """Each option's cost and score with their ranges, and how often no other costs less and scores more."""
    found = results.scoring.cost_against_score if results.scoring is not None else None
    known = found.options if found is not None else ()
    form = wording.money_column([one.cost for one in known])
    rows = tuple(
        (
            words(find_option(results, one.option).name),
            Cell(text=form(one.cost), raw=one.cost),
            _ends(one.cost_p10, one.cost_p90, form),
            Cell(text=wording.score(one.score), raw=one.score),
            _ends(one.score_p10, one.score_p90, wording.score),
            words("Yes" if one.on_frontier else "No, but not dominated" if one.undominated else "No"),
            chance_off(one.chance, one.error or 0.0) if one.chance is not None else _DASH,
        )
        for one in known
    )
    same = finished.same_basis(results)
    cost = "Expected cost" if same else "Expected cost a year"
    ids = [one.option for one in known]
    first = highlight(results, appraisal)
    chosen = results.options[first].id if first is not None else ""
    return Table(
        title="Score against cost",
        columns=(
            Column(heading="Option"),
            *right_columns(cost, "8 of 10 draws", "Weighted score", "8 of 10 draws"),
            Column(heading="On the frontier"),
            *right_columns("Not dominated in", unit="of draws"),
        ),
        rows=rows,
        notes=(*_NOT_DOMINATED, *left_out(results, appraisal), SCORING_STANDS) if rows else (),
        highlight_row=ids.index(chosen) if chosen in ids else None,
    )


_NOT_DOMINATED = (
    "Dominated here: another option costs no more and scores no less. Cost is discounted and includes risk.",
    "The frontier joins options by the lowest cost of an extra point, from the cheapest on.",
)


def _ends(low: float | None, high: float | None, form: object) -> Cell:
    if low is None or high is None or not callable(form):
        return _DASH
    return Cell(text=f"{form(low)} to {form(high)}", raw=low)


def frontier_steps(results: Results, appraisal: Appraisal) -> Table:
    """Along the frontier, from the cheapest option on: extra points, extra pounds, and pounds for an extra point.

    Never points for a pound: the scale of scores has no true zero.
    """
    found = results.scoring.cost_against_score if results.scoring is not None else None
    known = found.steps if found is not None else ()
    form = wording.money_column([step.pounds for step in known])
    rows = tuple(
        (
            words(short_name(appraisal, step.cheaper)),
            words(short_name(appraisal, step.dearer)),
            Cell(text=wording.number(step.points, 1), raw=step.points),
            Cell(text=form(step.pounds), raw=step.pounds),
            Cell(text=wording.money_short(step.pounds_per_point), raw=step.pounds_per_point),
        )
        for step in known
    )
    return Table(
        title="What an extra point costs along the frontier",
        columns=(
            Column(heading="From"),
            Column(heading="To"),
            *right_columns("Extra points", "Extra cost", "Cost of a point"),
        ),
        rows=rows,
        notes=(f"Cost is {comparison.cost_words(results)} on average. Steps grow dearer along the frontier.",)
        if rows
        else (),
    )


# --- late changes --------------------------------------------------------------------------------------------


def late_changes(results: Results, appraisal: Appraisal) -> Table:
    """Totals and places of each option before and after every unlock's changes, as the seal log tells them.

    The day stands in its own column where there were several unlocks, or a workshop was given up as well.
    """
    known = scoring_words.late_changes(results)
    several = len(known) > 1
    rows: list[tuple[Cell, ...]] = []
    for change in known:
        after = {one.option: one for one in change.after}
        before = {one.option: one for one in change.before}
        day = (words(scoring_words.day(appraisal.workshop.events[change.event].when)),) if several else ()
        for option in results.options:
            then, now = before.get(option.id), after.get(option.id)
            if then is None and now is None:
                continue
            rows.append(
                (
                    words(short_name(appraisal, option.id)),
                    *day,
                    *(_then(one.total if one else None) for one in (then, now)),
                    *(_then(one.place if one else None) for one in (then, now)),
                )
            )
    return Table(
        title="Late changes: totals before and after",
        columns=(
            Column(heading="Option"),
            *((Column(heading="Opened on"),) if several else ()),
            *right_columns("Score before", "Score after", "Place before", "Place after"),
        ),
        rows=tuple(rows),
        notes=(SCORING_STANDS,) if rows else (),
    )


def _then(value: float | None) -> Cell:
    return _DASH if value is None else Cell(text=wording.number(value, 1 if isinstance(value, float) else 0), raw=value)


def _on(appraisal: Appraisal, option: str, name: str | None) -> str:
    return f"{short_name(appraisal, option)} on {name or wording.DASH}"


def _outcome(value: str | None) -> Cell:
    return _DASH if value is None else words(scoring_words.OUTCOMES[Outcome(value)])


def changed(appraisal: Appraisal, change: LateChange) -> Table:
    """What was changed under one unlock, before and after; of words, marks and ranges that they were."""
    criteria = {one.id: one.name for one in appraisal.criteria}
    gates = {one.id: one.name for one in appraisal.gates}
    known = {option.id for option in appraisal.options}
    found: list[tuple[str, Cell, Cell]] = [
        (f"Swing of {criteria.get(key, wording.DASH)}", _then(before), _then(after))
        for key, before, after in change.swings
    ]
    found += [
        (_on(appraisal, option, criteria.get(criterion)), _then(before), _then(after))
        for option, criterion, before, after in change.scores
    ]
    found += [
        (_on(appraisal, option, criteria.get(criterion)), _DASH, words("given first"))
        for option, criterion in change.first_scores
    ]
    found += [
        (_on(appraisal, option, gates.get(gate, "a gate since deleted")), _outcome(before), _outcome(after))
        for gate, option, before, after in change.outcomes
    ]
    untold = [f"Anchors of {criteria.get(key, wording.DASH)}" for key in change.anchors]
    untold += [f"Marks of {scoring_words.assessor_post(appraisal, one)}" for one in change.assessors]
    untold += [wording.capital(scoring_words.SEALED[one]) for one in change.others]
    found += [(what, _DASH, words("changed")) for what in untold]
    for option in change.options:
        there = option in known
        name = short_name(appraisal, option) if there else "An option since deleted"
        found.append((name, words("" if there else "there"), words("added" if there else "dropped")))
    rows = [(words(what), *ends) for what, *ends in found]
    return Table(
        title="What was changed",
        columns=(Column(heading="What"), *right_columns("Before", "After")),
        rows=tuple(rows),
    )
