"""The scoring in sentences: who scores highest and how surely, what points may cost, and where other methods differ."""

from collections.abc import Sequence

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage
from appraise.model.results import Results
from appraise.model.score_results import Scored, Stability
from appraise.present import agreement_tables, comparison, finished, gate_words, score_tables, scoring_words, wording
from appraise.present.tables import find_option, short_name


def _leader(results: Results) -> Scored | None:
    first = results.verdict.highest_score
    return find_option(results, first).score if first else None


def answer(results: Results, appraisal: Appraisal) -> str:
    """Who scores highest and in how many draws, or that nobody clearly does; what is missing where nobody is ranked."""
    if finished.scores_sealed(results):
        return scoring_words.hidden_words(Stage(results.stage))
    leader, verdict = _leader(results), results.verdict
    if leader is None:
        return finished.missing_scores(results) or "Nothing is scored and weighted yet."
    name = short_name(appraisal, verdict.highest_score)
    if verdict.score_tied:
        return f"{scoring_words.tied(results, appraisal)} score the same: a tie on score."
    if not verdict.score_rival:
        return f"{name} scores {wording.score(leader.total)} of 100; no other option is ranked."
    found = scoring_words.first_place(leader)
    share = f" in {wording.percent_of_draws(found[0])} of draws" if found else ""
    among = gate_words.AMONG if gate_words.higher_failing(results) else ""
    if verdict.score_clear:
        return f"{among}{name} scores highest{share}: a clear lead on score."
    return f"{among}{name} scores highest{share}, so there is no clear winner."


def reasons(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """The lead in points and draws, why it is not clear where it is not, who is out at a gate, what is missing."""
    if finished.scores_sealed(results) or _leader(results) is None:
        return ()
    said = [scoring_words.lead(results, appraisal), scoring_words.no_clear_winner(results, appraisal)]
    said += [sentence for option in appraisal.options for sentence in scoring_words.gates_failed(appraisal, option.id)]
    said.append(finished.missing_scores(results))
    return tuple(sentence for sentence in said if sentence)


# --- cost against benefit ------------------------------------------------------------------------------------


def willingness(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """Which option is preferred at which worth of a point: from the cheapest on, a sentence for every switch."""
    known = results.scoring.cost_against_score if results.scoring is not None else None
    if known is None:
        return ()
    if not known.steps:
        alone = [one for one in known.options if one.on_frontier]
        if not alone:
            return ()
        name = short_name(appraisal, alone[0].option)
        costs = f"costs least{comparison.a_year(results)}"
        return (f"{name} {costs} and scores highest of these: no extra point has to be paid for.",)
    form = wording.money_short
    first = known.steps[0]
    least = short_name(appraisal, first.cheaper)
    said = [f"If an extra point is worth under {form(first.pounds_per_point)}, {least} is preferred."]
    for step, after in zip(known.steps, (*known.steps[1:], None), strict=True):
        name = short_name(appraisal, step.dearer)
        low = form(step.pounds_per_point)
        if after is None:
            said.append(f"From {low} a point up, {name} is preferred.")
        else:
            said.append(f"Between {low} and {form(after.pounds_per_point)} a point, {name} is preferred.")
    return tuple(said)


# --- weights -------------------------------------------------------------------------------------------------


def tightest(results: Results) -> Stability | None:
    """The weight that needs to move least until another option draws level; None: no single weight does it."""
    leader = _leader(results)
    found = [
        (abs(end - one.weight), one)
        for one in (leader.stability if leader is not None else ())
        if (end := score_tables.nearest(one)) is not None
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def stability(results: Results, appraisal: Appraisal) -> str:
    """How far the nearest single weight is from changing who is first; "" where two are level already."""
    if _leader(results) is None or not results.verdict.score_rival or results.verdict.score_tied:
        return ""
    one, first = tightest(results), short_name(appraisal, results.verdict.highest_score)
    if one is None:
        return f"No single weight, moved alone, takes the first place from {first}."
    name = wording.shorten(score_tables.weight_name(appraisal, one.kind, one.id), 40)
    end = score_tables.nearest(one)
    needed = wording.percent(end) if end is not None else ""
    return f"{first} stays first until “{name}” weighs {needed}; it weighs {wording.percent(one.weight)} now."


def changes(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """The nearest weight, the smallest change of all weights and of one score that end the lead."""
    first = stability(results, appraisal)
    return tuple(sentence for sentence in (first, *scoring_words.smallest_flip(results, appraisal)) if sentence)


# --- other methods and the people ------------------------------------------------------------------------------


def cross_checks(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """One sentence where all other methods agree; else one for each that puts another option first, with the reason.

    Where the highest score is shared, every method is told that does not put the same options level.
    """
    known = results.scoring.cross_checks if results.scoring is not None else ()
    if not known or not results.verdict.highest_score:
        return ()
    shared = set(results.verdict.score_tied)
    differing = [
        check for check in known if check.differs or (shared and set(scoring_words.first_ids(check)) != shared)
    ]
    if shared and not differing:
        names = scoring_words.tied(results, appraisal)
        return (f"All {wording.count(len(known))} other methods put {names} level, too.",)
    if not differing:
        first = short_name(appraisal, results.verdict.highest_score)
        return (f"All {wording.count(len(known))} other methods put {first} first, too.",)
    return tuple(scoring_words.cross_check(results, appraisal, check) for check in differing)


def agreement(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """How far assessors agree and whether one of them decides; nothing without assessors."""
    known = results.agreement
    if known is None or not appraisal.workshop.assessors:
        return ()
    said = (agreement_tables.answer(known, appraisal), agreement_tables.left_out_words(known, appraisal))
    return tuple(sentence for sentence in said if sentence)


def late(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """A sentence for every unlock and what it changed."""
    return tuple(scoring_words.unlock(appraisal, change) for change in scoring_words.late_changes(results))


def beaten(results: Results, appraisal: Appraisal) -> str:
    """Which options that pass every gate another dominates, or that none is dominated."""
    scored = [
        (option, option.score)
        for option in results.options
        if option.score is not None and not option.score.gates_failed
    ]
    names: Sequence[str] = [short_name(appraisal, option.id) for option, score in scored if score.dominated_by]
    if not scored or _leader(results) is None:
        return ""
    if not names:
        return "No option is dominated: none is matched by another on every criterion."
    verb = "is" if len(names) == 1 else "are"
    return f"{wording.listing(names)} {verb} dominated: another option is at least as good on every criterion."
