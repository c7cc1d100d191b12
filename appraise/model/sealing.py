"""Seals: what may be changed at which stage of a workshop, and which step leads to the next (METHOD 9.5).

A seal stops nobody who edits the file by other means. It stops accidents, and it leaves a record: see `standing`.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from appraise.model.appraisal.criteria import Answers, Criterion, GateOutcome, Measured, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import (
    HIDDEN,
    Assessor,
    Interest,
    Mark,
    SealEvent,
    Stage,
    Step,
    Workshop,
)
from appraise.model.finding import Severity, blank, named
from appraise.model.plain import plain, plain_digest
from appraise.model.remembered import Remembered
from appraise.model.scales import check_scales
from appraise.model.scoring import weights


class Locked(StrEnum):
    """A part of the scoring that a stage closes.

    CRITERIA: branches, gates, and of criteria what they are about, their anchors and scales. WEIGHTS: every answer
    that weights come from. MARKS: what assessors gave alone, and who stands aside. SCORES: those of record, with
    who agreed, and outcomes at gates.
    """

    CRITERIA = "criteria"
    WEIGHTS = "weights"
    MARKS = "marks"
    SCORES = "scores"


_LOCKED = {
    Stage.OPEN: frozenset[Locked](),
    Stage.PREPARING: frozenset({Locked.MARKS, Locked.SCORES}),
    Stage.AGREED: frozenset({Locked.CRITERIA, Locked.MARKS, Locked.SCORES}),
    Stage.SEALED: frozenset({Locked.CRITERIA, Locked.WEIGHTS, Locked.SCORES}),
    Stage.MODERATING: frozenset({Locked.CRITERIA, Locked.WEIGHTS, Locked.MARKS}),
    Stage.REVEALED: frozenset(Locked),
}
#: The steps that lead on, from which stage to which.
_ON = {
    Step.START: (Stage.OPEN, Stage.PREPARING),
    Step.AGREE: (Stage.PREPARING, Stage.AGREED),
    Step.SEAL: (Stage.AGREED, Stage.SEALED),
    Step.CLOSE: (Stage.SEALED, Stage.MODERATING),
    Step.REVEAL: (Stage.MODERATING, Stage.REVEALED),
}
#: The stage that a step leads to; the others stay where they are.
AFTER = {step: stage for step, (_, stage) in _ON.items()} | {Step.GIVE_UP: Stage.OPEN}
#: What is said to somebody who gives no reason.
NEED_REASON = {
    Step.UNLOCK: "Write why it is unlocked; the reason stands in the seal log and in the business case.",
    Step.GIVE_UP: "Write why the sealed way is left; the reason stands in the seal log.",
}
_WHY = {
    (Stage.AGREED, Locked.CRITERIA): "Criteria and anchors are agreed; unlock them with a reason to change them.",
    (Stage.SEALED, Locked.CRITERIA): "Criteria and anchors are agreed; unlock them with a reason to change them.",
    (Stage.SEALED, Locked.WEIGHTS): "The weights are sealed; unlock them with a reason to change them.",
    (Stage.PREPARING, Locked.MARKS): "Assessors score once criteria are agreed and weights are sealed.",
    (Stage.AGREED, Locked.MARKS): "Assessors score once the weights are sealed.",
    (Stage.MODERATING, Locked.MARKS): "Scoring is closed: a late sheet adds what is missing, and a change of marks "
    "or of who stands aside needs an unlock.",
    (Stage.REVEALED, Locked.MARKS): "Totals are revealed; unlock the marks with a reason to change them.",
    (Stage.PREPARING, Locked.SCORES): "Options are scored once criteria are agreed and weights are sealed.",
    (Stage.AGREED, Locked.SCORES): "Options are scored once the weights are sealed.",
    (Stage.SEALED, Locked.SCORES): "Assessors score alone first; scores are agreed once scoring is closed.",
    (Stage.REVEALED, Locked.SCORES): "Totals are revealed; unlock the scores with a reason to change them.",
}
#: From these on marks stand, and so does who stands aside.
_MARKED = frozenset({Stage.MODERATING, Stage.REVEALED})
_WHY |= {(stage, Locked.CRITERIA): _WHY[Stage.SEALED, Locked.CRITERIA] for stage in (Stage.MODERATING, Stage.REVEALED)}
_WHY |= {(stage, Locked.WEIGHTS): _WHY[Stage.SEALED, Locked.WEIGHTS] for stage in (Stage.MODERATING, Stage.REVEALED)}


def hidden(appraisal: Appraisal) -> bool:
    """Whether no total may be shown, nor anything that follows from one."""
    return appraisal.workshop.stage in HIDDEN


def locked(workshop: Workshop) -> frozenset[Locked]:
    """What may not be changed now."""
    return frozenset() if workshop.unlocked else _LOCKED[workshop.stage]


def why_locked(workshop: Workshop, what: Locked) -> str:
    """One sentence on why it may not be changed, and what to do about it; empty where it may."""
    return _WHY[workshop.stage, what] if what in locked(workshop) else ""


def stage_after(events: Iterable[SealEvent]) -> Stage:
    """The stage that the steps of a seal log lead to."""
    stage = Stage.OPEN
    for event in events:
        stage = AFTER.get(event.step, stage)
    return stage


def log_holds(workshop: Workshop) -> bool:
    """Whether the steps in the seal log follow one another, and lead to where the workshop says it stands."""
    at = Workshop()
    for event in workshop.events:
        if _out_of_order(at, event.step):
            return False
        at = Workshop(stage=AFTER.get(event.step, at.stage), unlocked=event.step is Step.UNLOCK)
    return (at.stage, at.unlocked) == (workshop.stage, workshop.unlocked)


# --- steps -------------------------------------------------------------------------------------------------


def next_step(workshop: Workshop) -> Step | None:
    """The step that leads on from here; None once totals are revealed and locked."""
    if workshop.unlocked:
        return Step.LOCK
    return next((step for step, (stage, _) in _ON.items() if stage is workshop.stage), None)


def not_ready(appraisal: Appraisal, step: Step) -> str:
    """One sentence on what is missing before the step can be taken; empty when nothing is."""
    workshop = appraisal.workshop
    sentence = _out_of_order(workshop, step)
    if sentence:
        return sentence
    if step is Step.CLOSE:
        return _marks_missing(appraisal)
    reached = workshop.stage if step is Step.LOCK else AFTER[step] if step in _ON else None
    checks: tuple[Callable[[Appraisal], str], ...] = ()
    if reached is Stage.AGREED:
        checks = (_criteria_missing,)
    elif reached in (Stage.SEALED, Stage.MODERATING):
        checks = (_criteria_missing, _weights_missing)
    elif reached is Stage.REVEALED:
        checks = (_criteria_missing, _weights_missing, _scores_missing)
    return next((said for said in (check(appraisal) for check in checks) if said), "")


def _out_of_order(workshop: Workshop, step: Step) -> str:
    stage, unlocked = workshop.stage, workshop.unlocked
    if step is Step.LOCK:
        return "" if unlocked else "Nothing is unlocked."
    if step is Step.UNLOCK:
        if stage in (Stage.OPEN, Stage.PREPARING):
            return "Nothing is sealed yet, so everything can be changed."
        return "It is unlocked already; lock it again after the change." if unlocked else ""
    if step is Step.GIVE_UP:
        if stage is Stage.OPEN:
            return "No sealed workshop is under way."
        return "Totals are revealed, so there is nothing left to give up." if stage is Stage.REVEALED else ""
    if unlocked:
        return "Lock it again first."
    if _ON[step][0] is stage:
        return ""
    places = list(Stage)
    late = places.index(stage) > places.index(_ON[step][0])
    return "This step has been taken already." if late else "Take the steps in their order; this one comes later."


def _criteria_missing(appraisal: Appraisal) -> str:
    if not appraisal.criteria:
        return "Add criteria first, each with its worst and best level in words."
    for criterion in appraisal.criteria:
        if blank(criterion.worst) or blank(criterion.best):
            return f"{_name(criterion)} lacks an anchor; describe its worst and best level."
        if criterion.about == "unsaid":
            return f"Say first whether {_name(criterion)} is about an effect, a constraint or money."
    wrong = (one for one in check_scales(appraisal) if one.severity is Severity.ERROR)
    return next((one.sentence for one in wrong), "")


def _name(criterion: Criterion) -> str:
    return named(criterion.name, "a criterion without a name")


def _weights_missing(appraisal: Appraisal) -> str:
    """A move may be worth nothing, but then somebody says why: 0 is also what nobody has answered."""
    criteria = appraisal.criteria
    if appraisal.weighting.answers is Answers.RANKS:
        open_ones = sum(one.rank <= 0 for one in criteria)
        if open_ones:
            return f"{open_ones} of {len(criteria)} moves are not ranked yet; put each in its place."
    else:
        open_ones = sum(one.swing <= 0 and blank(one.swing_reason) for one in criteria)
        if open_ones:
            return f"{open_ones} of {len(criteria)} swings are not answered; where one is worth nothing, write why."
    if not any(weights(appraisal).values()):
        return "All weights are zero; give the largest swing 100."
    return ""


def _marks_missing(appraisal: Appraisal) -> str:
    """Without assessors the group scores together, and there is nothing to wait for."""
    judges = [one for one in appraisal.workshop.assessors if one.interest is not Interest.STANDS_ASIDE]
    if not judges or any(one.marks for one in judges):
        return ""
    return "No assessor has scored yet; read in a score sheet, or take assessors out to score as a group."


def _scores_missing(appraisal: Appraisal) -> str:
    if not appraisal.options:
        return "Add options first."
    given = {(score.option, score.criterion) for score in appraisal.scores}
    wanted = [(option.id, criterion.id) for option in appraisal.options for criterion in appraisal.criteria]
    absent = sum(pair not in given for pair in wanted)
    return f"{absent:,} of {len(wanted):,} scores are missing; agree each before totals are revealed." if absent else ""


# --- digests -----------------------------------------------------------------------------------------------

_digests = Remembered[str]()


def criterion_digest(appraisal: Appraisal, criterion: str) -> str:
    """SHA-256 of what a score on the criterion means: name, anchors, kind of scale, and the scale in use.

    KeyError for an unknown criterion.
    """
    for one in appraisal.criteria:
        if one.id == criterion:
            return _meaning(one)
    raise KeyError(criterion)


def _meaning(criterion: Criterion) -> str:
    return _digests.of(lambda: plain_digest(_scale(criterion)), criterion)


def _scale(criterion: Criterion) -> dict[str, object]:
    """What a score means. Levels or a value function that are not in use mean nothing."""
    found: dict[str, object] = {name: plain(getattr(criterion, name)) for name in ("name", "worst", "best", "measured")}
    if criterion.measured is Measured.LEVELS:
        found["levels"] = plain(criterion.levels)
    elif criterion.measured is Measured.MEASURE:
        found["unit"], found["points"] = criterion.unit, plain(criterion.points)
    return found


def criteria_digest(appraisal: Appraisal) -> str:
    """SHA-256 of the value tree, of what scores mean, of gates and of options by name; their order is no matter."""
    return plain_digest(
        {
            "criteria": {one.id: [one.branch, one.about.value, _meaning(one)] for one in appraisal.criteria},
            "branches": {one.id: one.name for one in appraisal.branches},
            "gates": {one.id: [one.name, one.test] for one in appraisal.gates},
            "options": {option.id: option.name for option in appraisal.options},
        }
    )


def weights_digest(appraisal: Appraisal) -> str:
    """SHA-256 of every answer that weights come from; the order of criteria is no matter."""
    return plain_digest(
        {
            "criteria": {one.id: plain(_answers(one)) for one in appraisal.criteria},
            "branches": {one.id: plain(_branch_answers(one)) for one in appraisal.branches},
            "weighting": plain(appraisal.weighting),
        }
    )


# --- breaches ----------------------------------------------------------------------------------------------


def breach(old: Appraisal, new: Appraisal) -> str:
    """One sentence on why the change may not be made while parts are locked; empty when it may.

    Options, choices and constraints that are gone, and what hung on them, are not compared: what is locked are
    answers, not the short list. A new option comes without scores and marks; assessors stay with what they gave.
    """
    if old.workshop is not new.workshop and _seals(old.workshop) != _seals(new.workshop):
        return "Seals change by their own steps alone, each of which stands in the seal log."
    closed = locked(old.workshop)
    for what, is_changed in _COMPARED.items():
        if what in closed and is_changed(old, new):
            return why_locked(old.workshop, what)
    return ""


def _seals(workshop: Workshop) -> tuple[object, ...]:
    return workshop.id, workshop.stage, workshop.unlocked, workshop.events


def _criteria_changed(old: Appraisal, new: Appraisal) -> bool:
    if old.criteria is new.criteria and old.branches is new.branches and old.gates is new.gates:
        return False
    left = {one.id for one in new.constraints}
    wordings = [
        (
            {one.id: _subject(one, left) for one in document.criteria},
            {one.id: one.name for one in document.branches},
            {one.id: (one.name, one.test) for one in document.gates},
        )
        for document in (old, new)
    ]
    return wordings[0] != wordings[1]


def _subject(criterion: Criterion, constraints: Iterable[str]) -> tuple[object, ...]:
    """What is agreed of a criterion. A constraint that is gone is nothing that it could still be about."""
    about = criterion.constraint if criterion.constraint in constraints else ""
    scale = (criterion.measured, criterion.levels, criterion.unit, criterion.points)
    return criterion.branch, criterion.name, criterion.worst, criterion.best, criterion.about, about, *scale


def _answers(criterion: Criterion) -> tuple[object, ...]:
    swing = (criterion.rank, criterion.swing, criterion.swing_low, criterion.swing_high)
    return *swing, criterion.swing_reason, criterion.independence


def _branch_answers(branch: object) -> tuple[object, ...]:
    return tuple(getattr(branch, name) for name in ("reference", "rank", "swing", "swing_low", "swing_high"))


def _weights_changed(old: Appraisal, new: Appraisal) -> bool:
    if old.criteria is new.criteria and old.branches is new.branches and old.weighting is new.weighting:
        return False
    answers = [
        (
            {one.id: _answers(one) for one in document.criteria},
            {one.id: _branch_answers(one) for one in document.branches},
            document.weighting,
        )
        for document in (old, new)
    ]
    return answers[0] != answers[1]


def _held(old: Iterable[object], new: Iterable[object]) -> Callable[[str], bool]:
    """Whether what hangs on an id is compared: all but what hangs on a record that is in the old document alone."""
    gone = frozenset(getattr(one, "id", "") for one in old) - frozenset(getattr(one, "id", "") for one in new)
    return lambda key: key not in gone


def _marks_changed(old: Appraisal, new: Appraisal) -> bool:
    if old.workshop.assessors is new.workshop.assessors:
        return False
    option, criterion = _held(old.options, new.options), _held(old.criteria, new.criteria)

    def given(side: Assessor | None) -> dict[tuple[str, str], Mark]:
        marks = side.marks if side is not None else ()
        return {(one.option, one.criterion): one for one in marks if option(one.option) and criterion(one.criterion)}

    before = {one.id: one for one in old.workshop.assessors}
    after = {one.id: one for one in new.workshop.assessors}
    for assessor in before.keys() | after.keys():
        then, now = before.get(assessor), after.get(assessor)
        marks = given(then), given(now)
        if marks[0] != marks[1] and not (_came_late(old.workshop, now) and marks[0].items() <= marks[1].items()):
            return True
        if old.workshop.stage in _MARKED and then is not None and now is not None and then.marks:
            aside = {one.interest is Interest.STANDS_ASIDE for one in (then, now)}
            if len(aside) > 1:
                return True
    return False


def _came_late(workshop: Workshop, assessor: Assessor | None) -> bool:
    """A sheet that came in after scoring had closed adds what was missing, and says so."""
    late = assessor is not None and assessor.late and bool(assessor.received)
    return late and workshop.stage is Stage.MODERATING


def _scores_changed(old: Appraisal, new: Appraisal) -> bool:
    same = old.scores is new.scores and old.choice_scores is new.choice_scores and old.gates is new.gates
    if same:
        return False
    criterion = _held(old.criteria, new.criteria)
    option, choice, gate = (
        _held(old.options, new.options),
        _held(old.choices, new.choices),
        _held(old.gates, new.gates),
    )

    def given(scores: Iterable[Score], whose: Callable[[str], bool]) -> list[Score]:
        return [one for one in scores if whose(one.option) and criterion(one.criterion)]

    def outcomes(document: Appraisal) -> dict[str, tuple[GateOutcome, ...]]:
        found = {one.id: tuple(out for out in one.outcomes if option(out.option)) for one in document.gates}
        return {key: one for key, one in found.items() if gate(key) and one}

    said = [
        (given(document.scores, option), given(document.choice_scores, choice), outcomes(document))
        for document in (old, new)
    ]
    return said[0] != said[1]


_COMPARED: Mapping[Locked, Callable[[Appraisal, Appraisal], bool]] = {
    Locked.CRITERIA: _criteria_changed,
    Locked.WEIGHTS: _weights_changed,
    Locked.MARKS: _marks_changed,
    Locked.SCORES: _scores_changed,
}
