"""How the scoring went, in sentences: stages, what blindness can promise, no clear winner, checks, flips, unlocks.

Assessors go by their posts. Their names never stand in a sentence of this module.
"""

from dataclasses import dataclass
from datetime import date

from appraise.model.appraisal.criteria import About, Answers, Asking, Independence, Outcome, Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import HIDDEN, Assessor, Interest, Sealed, Stage, Step
from appraise.model.results import Results
from appraise.model.score_results import CrossCheck, LateChange, Scored, SmallestFlip
from appraise.model.scoring import COMPARED
from appraise.model.sealing import log_holds
from appraise.model.verdict import CLEAR_SHARE, SCORE_STEP
from appraise.present import wording
from appraise.present.tables import find_option, short_name

#: Stands beside every total score (METHOD 9.0). This is its one home.
SCORING_STANDS = (
    "The score is evidence about effects that have no price. "
    "It is read beside cost and risk, and never decides the order by itself."
)
#: METHOD 9.2, number 6: one rule on scores with two parts, printed with the result.
SCORE_RULE = "A lead on score is clear if it is over 5 points as scored, and ahead at all in 80 of 100 draws."
#: Stands beside totals of the long list (METHOD 9.0).
LONG_LIST_STANDS = (
    "On the long list the total sorts the choices of a category. Their rating still needs its own reason."
)
#: METHOD 9.4: what working alone can promise where everything is in one file.
BLINDNESS_CAN = (
    "Scoring alone guards against influence: nobody sees another’s marks, a weight or a total before scoring closes.",
    "Sheets for assessors hold criteria, anchors and options only.",
)
BLINDNESS_CANNOT = (
    "It cannot guard against whoever holds this file. Weights and marks are in it, and another tool could add them up.",
    "The facilitator holds the file. The seal log shows what was changed, and when.",
)
#: The mean is shown beside marks nowhere: METHOD 9.4.
MODERATED = "The score of record is agreed after the marks are compared. It is agreed, not calculated."


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWords:
    """The name of a stage in a few words, what it means, and what ends it."""

    name: str
    meaning: str
    ends: str


STAGES = {
    Stage.OPEN: StageWords(
        name="Open scoring",
        meaning="Nothing is sealed. Totals are shown as criteria, weights and scores are entered.",
        ends="Starting a sealed workshop hides the totals.",
    ),
    Stage.PREPARING: StageWords(
        name="Preparing",
        meaning="Criteria and anchors are being written. Scores cannot be entered, and no total is made.",
        ends="Agreeing the criteria closes them.",
    ),
    Stage.AGREED: StageWords(
        name="Criteria agreed",
        meaning="Criteria and anchors are closed. Weights are asked before anybody has scored.",
        ends="Sealing the weights closes them and opens scoring.",
    ),
    Stage.SEALED: StageWords(
        name="Scoring alone",
        meaning="Weights are sealed. Each assessor scores alone, with a reason and evidence.",
        ends="Closing the scoring brings the marks side by side.",
    ),
    Stage.MODERATING: StageWords(
        name="Moderating",
        meaning="Scoring is closed. Marks are compared, and one score each is agreed. Totals are still hidden.",
        ends="The reveal shows the totals and seals the scores.",
    ),
    Stage.REVEALED: StageWords(
        name="Revealed",
        meaning="Totals are shown. Criteria, weights, marks and scores are sealed; a change needs a reason.",
        ends="A change after this is logged and printed with totals before and after it.",
    ),
}
STEPS = {
    Step.START: "Workshop started",
    Step.AGREE: "Criteria and anchors agreed",
    Step.SEAL: "Weights sealed",
    Step.CLOSE: "Scoring closed",
    Step.REVEAL: "Totals revealed",
    Step.UNLOCK: "Unlocked",
    Step.LOCK: "Locked again",
    Step.GIVE_UP: "Workshop given up",
}
INTERESTS = {
    Interest.UNASKED: "Not asked yet",
    Interest.NONE: "None declared",
    Interest.TAKES_PART: "Declared, takes part",
    Interest.STANDS_ASIDE: "Declared, stands aside",
}
ABOUTS = {
    About.UNSAID: "Not said yet",
    About.EFFECT: "An effect",
    About.CONSTRAINT: "A constraint",
    About.MONEY: "Money",
}
INDEPENDENCE = {
    Independence.UNASKED: "Not asked yet",
    Independence.YES: "Yes",
    Independence.NO: "No",
}
OUTCOMES = {
    Outcome.UNSAID: "Not said yet",
    Outcome.PASS: "Passes",
    Outcome.FAIL: "Fails",
}
WAYS = {
    "elicited": "Weights within the ranges given",
    "ranks": "Weights in the order of the swings only",
    "any": "Any weights at all",
}
METHODS = {
    "equal_weights": "The same weight for every criterion",
    "equal_branches": "The same weight for every branch",
    "rank_order_centroid": "Weighting by the order of the swings alone",
    "promethee": "Comparing options in pairs (PROMETHEE II)",
}
#: Kendall's W from which on assessors agree like this: words of ours, after Schmidt (Decision Sciences 28, 1997).
AGREEMENT = ((0.9, "almost fully"), (0.7, "strongly"), (0.5, "moderately"), (0.3, "weakly"), (0.0, "hardly"))
#: Less weight than this has not moved; so many criteria that gain and lose weight are named.
MOVED, NAMED_GAINING, NAMED_LOSING = 1e-6, 1, 2


# --- stages and seals ----------------------------------------------------------------------------------------------
def stage_words(appraisal: Appraisal) -> tuple[str, str]:
    """The stage and what is sealed then, for the paper; where the seal log says another stage, that it does."""
    words = STAGES[appraisal.workshop.stage]
    if log_holds(appraisal.workshop):
        return f"{words.name}.", words.meaning
    return (
        f"Entered as: {words.name.lower()}.",
        "The seal log does not lead to this stage, so nothing says what is sealed.",
    )


def hidden_words(stage: Stage) -> str:
    """What stands in place of totals while they are hidden; "" once they are shown."""
    if stage not in HIDDEN:
        return ""
    return f"Scores and totals are hidden until the workshop reveals them. Its stage is: {STAGES[stage].name.lower()}."


def day(when: str) -> str:
    """An ISO date or moment as "4 May 2026"; what is no date stands as it is."""
    try:
        found = date.fromisoformat(when[:10])
    except ValueError:
        return when
    return f"{found.day}{wording.NO_BREAK}{found:%B} {found.year}"


def moment(when: str) -> str:
    """An ISO moment in UTC as "4 May 2026, 09:30 UTC"; a date as its day."""
    clock = when[11:16]
    return f"{day(when)}, {clock} UTC" if len(clock) == len("09:30") and clock[2] == ":" else day(when)


def post_of(appraisal: Appraisal, who: str) -> str:
    """The post of whoever is named in the seal log, so that no name is printed.

    A post entered under people, among assessors or as the facilitator stands as it is.
    """
    who = who.strip()
    people = [(one.post.strip(), one.name.strip()) for one in appraisal.people]
    people += [(one.post.strip(), one.name.strip()) for one in appraisal.workshop.assessors]
    named = next((post for post, name in people if who and name == who), "")
    if named:
        return named
    posts = {post for post, _ in people} | {appraisal.workshop.facilitator.strip()}
    return who if who and who in posts else "Somebody who is not listed under people"


def assessor_post(appraisal: Appraisal, assessor: str) -> str:
    """The post of an assessor by id; a number tells apart posts that are alike or not said. A dash if it is gone."""
    assessors = appraisal.workshop.assessors
    found = next((one for one in assessors if one.id == assessor), None)
    if found is None:
        return wording.DASH
    post = found.post.strip() or "Assessor"
    alike = [one.id for one in assessors if (one.post.strip() or "Assessor") == post]
    return f"{post} {alike.index(assessor) + 1}" if len(alike) > 1 else post


def interest_sentence(appraisal: Appraisal, assessor: Assessor) -> str:
    """What was said of a conflict of interest, and what it means for the marks."""
    post, words = assessor_post(appraisal, assessor.id), assessor.interest_words.strip().rstrip(".")
    what = f" ({words})" if words else ""
    if assessor.interest is Interest.STANDS_ASIDE:
        return f"{post} has an interest{what} and stands aside: no mark counts."
    if assessor.interest is Interest.TAKES_PART:
        return f"{post} has declared an interest{what} and takes part."
    if assessor.interest is Interest.NONE:
        return f"{post} has declared no interest."
    return f"{post} has not been asked about interests yet."


# --- weights -------------------------------------------------------------------------------------------------------
def asked(weighting: Weighting) -> tuple[str, ...]:
    """How weights were asked, and what is drawn where nobody gave a range."""
    first = (
        "All moves from worst to best were compared with the largest, which has 100."
        if weighting.asking is Asking.TOGETHER
        else "Moves were compared inside each branch first, then one reference criterion of each across branches."
    )
    if weighting.answers is Answers.RANKS:
        return (
            first,
            "Only the order of the moves was asked. Weights are the centroid of all weights in that order.",
        )
    held = "the largest is" if weighting.asking is Asking.TOGETHER else "references and the largest branch are"
    doubt = f"Where nobody gave a range, swings are drawn within {_points(weighting.doubt)} either way; {held} held."
    return first, doubt


def _points(points: float) -> str:
    """So many points: "one point", "12 points", "2.5 points"."""
    if points != int(points):
        return f"{wording.number(points, 1)}{wording.NO_BREAK}points"
    return wording.how_many(int(points), "point")


def drawn_scores(appraisal: Appraisal) -> tuple[str, ...]:
    """How scores are drawn: where somebody gave a range, and where nobody did."""
    doubt = _points(appraisal.weighting.score_doubt)
    marked = any(one.marks and one.interest is not Interest.STANDS_ASIDE for one in appraisal.workshop.assessors)
    without = f"over all assessors’ marks, and at least {doubt} either way" if marked else f"within {doubt} either way"
    return (
        "A score with a range of its own is drawn within it, most often near the score.",
        f"A score without one is drawn {without}.",
    )


def thresholds(weighting: Weighting) -> str:
    """From how many points on a lead counts where options are compared in pairs."""
    alike, better = _points(weighting.indifference), _points(weighting.preference)
    return f"In pairs, a lead of up to {alike} on a criterion counts for nothing, and one from {better} in full."


# --- who leads -----------------------------------------------------------------------------------------------------
def first_place(scored: Scored | None) -> tuple[float, float] | None:
    """The share of draws in which an option has the first place, and its standard error; None without draws."""
    if scored is None or not scored.rank_acceptability:
        return None
    return scored.rank_acceptability[0], scored.rank_errors[0] if scored.rank_errors else 0.0


def drawn_gap(scored: Scored | None) -> str:
    """How far the first option is ahead of the next in the draws, in a sentence; "" without draws."""
    gap = scored.gap if scored is not None else None
    if gap is None:
        return ""
    low, middle, high = (wording.number(one, 1) for one in (gap.p10, gap.p50, gap.p90))
    return f"In the middle draw it is {middle} points ahead; in 8 of 10 draws {low} to {high}."


def tied(results: Results, appraisal: Appraisal) -> str:
    """The options that share the highest score, by name: "A and B"; "" where one has it alone."""
    return wording.listing([short_name(appraisal, one) for one in results.verdict.score_tied])


def no_clear_winner(results: Results, appraisal: Appraisal) -> str:
    """Why nobody clearly leads on score, with the part of the rule that says so; "" where somebody does."""
    verdict = results.verdict
    if verdict.score_clear or not verdict.score_rival or verdict.score_margin is None:
        return ""
    if verdict.score_tied:
        return f"No clear winner on score: {tied(results, appraisal)} are level."
    pair = f"{short_name(appraisal, verdict.highest_score)} and {short_name(appraisal, verdict.score_rival)}"
    why = []
    if verdict.score_margin <= SCORE_STEP:
        why.append("the lead is not over 5 points")
    if verdict.score_share is not None and verdict.score_share < CLEAR_SHARE:
        why.append(f"{'' if why else 'it is '}ahead in only {wording.of_draws(verdict.score_share)}")
    return f"No clear winner on score between {pair}: {wording.listing(why)}." if why else ""


def lead(results: Results, appraisal: Appraisal) -> str:
    """Who scores highest, by how much, and in how many draws the lead holds; "" without two options to compare."""
    verdict = results.verdict
    if not verdict.highest_score or not verdict.score_rival or verdict.score_margin is None:
        return ""
    scored = find_option(results, verdict.highest_score).score
    if verdict.score_tied and scored is not None:
        return f"{tied(results, appraisal)} score the same, {wording.number(scored.total, 1)} of 100."
    leader, rival = short_name(appraisal, verdict.highest_score), short_name(appraisal, verdict.score_rival)
    points = f"{wording.number(verdict.score_margin, 1)}{wording.NO_BREAK}points"
    share = f"; it is ahead in {wording.of_draws(verdict.score_share)}" if verdict.score_share is not None else ""
    return f"{leader} scores {points} more than {rival}{share}. {drawn_gap(scored)}".strip()


def gates_failed(appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """A sentence for every gate that an option fails, with the reason given."""
    said = []
    for gate in appraisal.gates:
        for found in gate.outcomes:
            if found.option == option and found.outcome is Outcome.FAIL:
                reason = found.reason.strip().rstrip(".") or "no reason has been given"
                said.append(f"{short_name(appraisal, option)} fails “{wording.shorten(gate.name, 44)}”: {reason}.")
    return tuple(said)


# --- checks on the answer --------------------------------------------------------------------------------------------
def kendall(kendall_w: float | None, judges: int) -> str:
    """How far the assessors' orders agree; a sentence also where W has no meaning."""
    if kendall_w is None:
        return "Kendall’s W needs two assessors or more with every mark, who do not rate all options alike."
    how = next((words for least, words in AGREEMENT if kendall_w >= least), AGREEMENT[-1][1])
    how = "fully" if round(kendall_w, 2) == 1 else how
    who = wording.capital(wording.how_many(judges, "assessor"))
    return f"{who} {how} agree on the order of options: Kendall’s W is {wording.number(kendall_w, 2)} (0 none, 1 full)."


def first_ids(check: CrossCheck) -> tuple[str, ...]:
    """Who shares the first place by another method; compared, as totals are, to nine digits."""
    rounded = [round(value, COMPARED) for value in check.values]
    highest = max(rounded, default=0.0)
    level = tuple(option for option, value in zip(check.options, rounded, strict=True) if value == highest)
    return level if check.first in level else (check.first,)


def firsts(appraisal: Appraisal, check: CrossCheck) -> str:
    """Who is first by another method, by name: one option, or those that are level there."""
    return wording.listing([short_name(appraisal, one) for one in first_ids(check)])


def cross_check(results: Results, appraisal: Appraisal, check: CrossCheck) -> str:
    """Who is first by another method, and why where that is somebody else."""
    method, first = METHODS[check.method], firsts(appraisal, check)
    if not check.differs:
        same = set(first_ids(check)) == set(results.verdict.score_tied or (results.verdict.highest_score,))
        return f"{method} puts {first} first{', too' if same else ''}."
    if check.method == "promethee":
        beyond = wording.number(appraisal.weighting.preference)
        return f"{method} puts {first} first: there a lead on one criterion counts no more beyond {beyond} points."
    pushed = _pushed_by_weights(results, appraisal, check)
    return f"{method} puts {first} first{pushed}."


def _pushed_by_weights(results: Results, appraisal: Appraisal, check: CrossCheck) -> str:
    """On which criterion the leader's lead rests, where another set of weights takes it away."""
    leader = results.verdict.highest_score
    if not leader or results.verdict.score_tied:
        return ""
    ours, theirs = (find_option(results, option).score for option in (leader, check.first))
    if ours is None or theirs is None:
        return ""
    gaps = {
        mine.criterion: mine.points - other.points
        for mine, other in zip(ours.by_criterion, theirs.by_criterion, strict=True)
    }
    most = max(gaps, key=lambda key: (gaps[key], key))
    if gaps[most] <= 0:
        return ""
    name = next(one.name for one in appraisal.criteria if one.id == most)
    rests = f"the lead of {short_name(appraisal, leader)} rests most on “{wording.shorten(name, 40)}”"
    return f": {rests}, as weighted here"


def smallest_flip(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """The smallest change of weights, and of one score, after which the first option has lost its lead."""
    first = results.verdict.highest_score
    scored = find_option(results, first).score if first else None
    flip = scored.smallest_flip if scored is not None else None
    if results.verdict.score_tied:
        return (f"{tied(results, appraisal)} are level already: any change decides between them.",)
    if flip is None or scored is None:
        return ()
    return _flip_of_weights(appraisal, first, flip, scored), *_flip_of_score(appraisal, first, flip)


def _flip_of_weights(appraisal: Appraisal, first: str, flip: SmallestFlip, scored: Scored) -> str:
    leader, rival = short_name(appraisal, first), short_name(appraisal, flip.rival)
    if flip.distance is None:
        return f"No weights make {rival} level with {leader}: it would take other scores."
    now = {part.criterion: part.weight for part in scored.by_criterion}
    moves = [(one.name, new - now[one.id]) for one, new in zip(appraisal.criteria, flip.weights, strict=True)]
    gaining = _movers([(name, move) for name, move in moves if move > MOVED], NAMED_GAINING)
    losing = _movers([(name, -move) for name, move in moves if move < -MOVED], NAMED_LOSING)
    part = wording.percent(flip.distance / 2)
    return f"If {part} of all weight moved to {gaining}, {rival} would be level. It would come from {losing}."


def _movers(moves: list[tuple[str, float]], most: int) -> str:
    """Criteria by how much weight moves, the most first; those beyond `most` by their number."""
    names = [f"“{wording.shorten(name, 30)}”" for name, _ in sorted(moves, key=lambda move: (-move[1], move[0]))]
    more = [f"{wording.count(len(names) - most)} more"] if len(names) > most else []
    return wording.listing([*names[:most], *more])


def _flip_of_score(appraisal: Appraisal, first: str, flip: SmallestFlip) -> tuple[str, ...]:
    leader, found = short_name(appraisal, first), flip.score
    if found is None:
        return (f"No single score, moved alone, takes the first place from {leader}.",)
    rival = short_name(appraisal, found.rival)
    name = next((one.name for one in appraisal.criteria if one.id == found.criterion), "")
    owner = short_name(appraisal, found.owner)
    points = f"{wording.number(found.needed, 1)} and not {wording.number(found.now, 1)} points"
    return (f"If {owner} had {points} on “{wording.shorten(name, 36)}”, {leader} and {rival} would be level.",)


#: What was changed, by what the seal log calls it.
SEALED = {
    Sealed.SUBJECTS: "what criteria are about",
    Sealed.GATES: "names or tests of gates",
    Sealed.ANSWERS: "other answers on weights",
    Sealed.DOUBTS: "doubts or ranges of swings",
    Sealed.MARKS: "marks",
    Sealed.ENTERED: "measures as entered",
    Sealed.RANGES: "ranges of scores",
    Sealed.WORDS: "reasons or evidence",
    Sealed.AGREED: "who agreed or dissents",
    Sealed.CHOICES: "scores of the long list",
}
#: More would not fit into one sentence.
_AT_ONCE = 4


def unlock(appraisal: Appraisal, change: LateChange) -> str:
    """What was changed under one unlock, or after giving up: when, what, and whether it decides who is first."""
    event = appraisal.workshop.events[change.event]
    moved, given = _moved(change), len(change.first_scores)
    first = f"{wording.how_many(given, 'score')} {'was' if given == 1 else 'were'} given for the first time."
    said = [f"{wording.listing(moved[:_AT_ONCE])} changed."] if moved else []
    rest = range(_AT_ONCE, len(moved), _AT_ONCE)
    said.extend(f"So did {wording.listing(moved[place : place + _AT_ONCE])}." for place in rest)
    if given:
        said.append(wording.capital(first) if moved else first)
    said = said or ["nothing changed."]
    said[0] = f"{'Given up' if event.step is Step.GIVE_UP else 'Unlocked'} on {day(event.when)}: {said[0]}"
    if change.decides:
        said.append("Without this another option would be first.")
    elif moved:
        said.append("It does not change who is first.")
    return " ".join(said)


def _moved(change: LateChange) -> list[str]:
    """What was changed, a few words each: "two swings", "the marks of one assessor"."""
    counts = (
        (len(change.swings), "swing", "swings"),
        (len(change.scores), "score", "scores"),
        (len(change.outcomes), "gate outcome", "gate outcomes"),
        (len(change.options), "option of the short list", "options of the short list"),
    )
    moved = [wording.how_many(number, one, many) for number, one, many in counts if number]
    if change.anchors:
        moved.append(f"anchors of {wording.how_many(len(change.anchors), 'criterion', 'criteria')}")
    if change.assessors:
        moved.append(f"marks of {wording.how_many(len(change.assessors), 'assessor')}")
    return [*moved, *(SEALED[one] for one in change.others)]


def late_changes(results: Results) -> tuple[LateChange, ...]:
    """What was changed under each unlock and after giving up, oldest first; none while totals are hidden."""
    return results.scoring.late_changes if results.scoring is not None else ()


def flag_sentences(results: Results) -> tuple[str, ...]:
    """What a sceptical reader should know, a sentence each."""
    return tuple(dict.fromkeys(flag.sentence for flag in results.flags))
