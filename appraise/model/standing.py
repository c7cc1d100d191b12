"""What stood at each step of the seals, and what was changed later (METHOD 9.5).

Each step stands in the seal log with digests of what it found. Where something may be changed after a seal the log also
keeps the figures, so that totals before and after can be shown, and a change be taken away again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import fsum
from typing import TypeVar

from appraise.model.appraisal.criteria import Answers, Asking, Criterion, Gate, Measured, Outcome, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import (
    Assessor,
    DigestStood,
    Interest,
    OutcomeStood,
    PointsStood,
    Sealed,
    SealEvent,
    Stage,
    Step,
    SwingStood,
)
from appraise.model.plain import plain, plain_digest
from appraise.model.remembered import Remembered
from appraise.model.score_results import LateChange, TotalThen
from appraise.model.scoring import places, score_values, swings
from appraise.model.sealing import Locked, criteria_digest, criterion_digest, hidden, stage_after, weights_digest

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
#: What, option or choice, assessor: see `DigestStood`.
_Thing = tuple[Sealed, str, str]

#: The part that each digest belongs to.
PART_OF = {
    Sealed.SUBJECTS: Locked.CRITERIA,
    Sealed.GATES: Locked.CRITERIA,
    Sealed.ANSWERS: Locked.WEIGHTS,
    Sealed.DOUBTS: Locked.WEIGHTS,
    Sealed.MARKS: Locked.MARKS,
    Sealed.ENTERED: Locked.SCORES,
    Sealed.RANGES: Locked.SCORES,
    Sealed.WORDS: Locked.SCORES,
    Sealed.AGREED: Locked.SCORES,
    Sealed.CHOICES: Locked.SCORES,
}
#: Of these stages weights are sealed, so that giving up opens what was closed.
_WEIGHED = frozenset({Stage.SEALED, Stage.MODERATING})
#: The steps that end what another step opened.
_ENDS = {
    Step.UNLOCK: frozenset({Step.LOCK, Step.GIVE_UP, Step.UNLOCK}),
    Step.GIVE_UP: frozenset({Step.REVEAL, Step.GIVE_UP}),
}


@dataclass(frozen=True, slots=True)
class _Standing:
    """Swings and digests of anchors by criterion, points by (option, criterion), outcomes by (gate, option), the rest.

    `options`: ids of those there were; everything else is of these.
    """

    options: tuple[str, ...]
    swings: Mapping[str, float]
    anchors: Mapping[str, str]
    points: Mapping[tuple[str, str], float]
    outcomes: Mapping[tuple[str, str], str]
    others: Mapping[_Thing, str]

    def totals(self) -> tuple[TotalThen, ...]:
        """V_o = sum of swing x points / sum of swings, of every option with points.

        Options that lack points, or fail a gate, have no place.
        """
        whole = fsum(self.swings.values())
        found = {
            option: fsum(swing * self.points.get((option, criterion), 0.0) for criterion, swing in self.swings.items())
            / whole
            for option in self.options
            if whole > 0 and any((option, criterion) in self.points for criterion in self.swings)
        }
        failed = {option for (_, option), outcome in self.outcomes.items() if outcome == Outcome.FAIL}
        complete = {
            option: total
            for option, total in found.items()
            if option not in failed and all((option, criterion) in self.points for criterion in self.swings)
        }
        place = places(complete)
        return tuple(TotalThen(option=option, total=total, place=place.get(option)) for option, total in found.items())


# --- what stands -------------------------------------------------------------------------------------------

_of_marks = Remembered[Mapping[str, str]]()
_of_scores = Remembered[Mapping[tuple[Sealed, str], str]]()
_of_choices = Remembered[Mapping[str, str]]()
_of_tree = Remembered[str]()
#: Of whole documents: many things are asked of one, and most edits change nothing that is sealed.
_of_document = Remembered["_Standing"](16)


def _standing(appraisal: Appraisal) -> _Standing:
    return _of_document.of(
        lambda: _stands(appraisal),
        appraisal.options,
        appraisal.criteria,
        appraisal.branches,
        appraisal.weighting,
        appraisal.gates,
        appraisal.scores,
        appraisal.choice_scores,
        appraisal.workshop.assessors,
    )


def _stands(appraisal: Appraisal) -> _Standing:
    options = tuple(option.id for option in appraisal.options)
    return _Standing(
        options=options,
        swings=dict(swings(appraisal)),
        anchors={one.id: criterion_digest(appraisal, one.id) for one in appraisal.criteria},
        points={
            (option, criterion): points
            for option in options
            for criterion, points in score_values(appraisal, option).items()
        },
        outcomes={
            (gate.id, one.option): one.outcome.value
            for gate in appraisal.gates
            for one in gate.outcomes
            if one.outcome is not Outcome.UNSAID and one.option in options
        },
        others=_others(appraisal, frozenset(options)),
    )


def _others(appraisal: Appraisal, options: frozenset[str]) -> Mapping[_Thing, str]:
    """Digests by what they are of. Most edits change little, so what was made of the same records is found again."""
    criteria, branches, gates, weighting = (
        appraisal.criteria,
        appraisal.branches,
        appraisal.gates,
        appraisal.weighting,
    )
    scores, choices = appraisal.scores, appraisal.choice_scores
    found: dict[_Thing, str] = {
        (Sealed.SUBJECTS, "", ""): _of_tree.of(lambda: _subjects(appraisal), criteria, branches, beside="subjects"),
        (Sealed.GATES, "", ""): _of_tree.of(lambda: _wordings(gates), gates, beside="gates"),
        (Sealed.ANSWERS, "", ""): _of_tree.of(
            lambda: _answers(appraisal), criteria, branches, weighting, beside="answers"
        ),
        (Sealed.DOUBTS, "", ""): _of_tree.of(
            lambda: _doubts(appraisal), criteria, branches, weighting, beside="doubts"
        ),
    }
    for assessor in appraisal.workshop.assessors:
        given = _marks(assessor)
        found |= {(Sealed.MARKS, option, assessor.id): one for option, one in given.items() if option in options}
    of_scores = _of_scores.of(lambda: _scores(criteria, scores, gates), criteria, scores, gates)
    found |= {(what, option, ""): one for (what, option), one in of_scores.items() if option in options}
    of_choices = _of_choices.of(lambda: _choices(choices), choices)
    return found | {(Sealed.CHOICES, choice, ""): one for choice, one in of_choices.items()}


def _subjects(appraisal: Appraisal) -> str:
    return plain_digest(
        {
            "branches": {one.id: one.name for one in appraisal.branches},
            "criteria": {one.id: plain(_subject(one)) for one in appraisal.criteria},
        }
    )


def _subject(criterion: Criterion) -> tuple[object, ...]:
    """What is agreed of a criterion besides its anchors and the scale in use."""
    unused: tuple[object, ...] = ()
    if criterion.measured is not Measured.LEVELS:
        unused += (criterion.levels,)
    if criterion.measured is not Measured.MEASURE:
        unused += (criterion.unit, criterion.points)
    return criterion.branch, criterion.about, criterion.constraint, *unused


def _wordings(gates: Iterable[Gate]) -> str:
    return plain_digest({gate.id: [gate.name, gate.test] for gate in gates})


def _answers(appraisal: Appraisal) -> str:
    """Answers behind weights. Swings as answered are part of them where the effective ones do not tell them."""
    weighting = appraisal.weighting
    told = weighting.answers is Answers.POINTS and weighting.asking is Asking.TOGETHER
    return plain_digest(
        {
            "criteria": {
                one.id: [one.rank, one.swing_reason, one.independence.value, None if told else plain(one.swing)]
                for one in appraisal.criteria
            },
            "branches": {one.id: [one.reference, one.rank, plain(one.swing)] for one in appraisal.branches},
            "weighting": [weighting.asking.value, weighting.answers.value, plain(weighting.trade_offs)],
        }
    )


def _doubts(appraisal: Appraisal) -> str:
    asked = appraisal.weighting
    return plain_digest(
        {
            "criteria": {one.id: plain((one.swing_low, one.swing_high)) for one in appraisal.criteria},
            "branches": {one.id: plain((one.swing_low, one.swing_high)) for one in appraisal.branches},
            "weighting": plain((asked.doubt, asked.score_doubt, asked.indifference, asked.preference)),
        }
    )


def _marks(assessor: Assessor) -> Mapping[str, str]:
    return _of_marks.of(lambda: _marks_by_option(assessor), assessor)


def _marks_by_option(assessor: Assessor) -> Mapping[str, str]:
    """A digest by option of what the assessor gave it; whoever stands aside gave something else."""
    given: dict[str, dict[str, object]] = {}
    for mark in assessor.marks:
        said = (mark.value, mark.reason, mark.evidence)
        given.setdefault(mark.option, {})[mark.criterion] = plain(said)
    aside = assessor.interest is Interest.STANDS_ASIDE
    return {option: plain_digest({"marks": marks, "aside": aside}) for option, marks in given.items()}


def _scores(
    criteria: Iterable[Criterion], scores: Iterable[Score], gates: Iterable[Gate]
) -> Mapping[tuple[Sealed, str], str]:
    """Digests by (what, option) of what is said with scores and outcomes. What nobody said is not there."""
    measured = {one.id for one in criteria if one.measured is Measured.MEASURE}
    found: dict[tuple[Sealed, str], dict[str, object]] = {}

    def add(what: Sealed, option: str, of: str, said: tuple[object, ...]) -> None:
        if any(said):
            found.setdefault((what, option), {})[of] = plain(said)

    for one in scores:
        if one.criterion in measured:
            add(Sealed.ENTERED, one.option, one.criterion, (True, one.value))
        ranged = one.low is not None or one.high is not None
        add(Sealed.RANGES, one.option, one.criterion, (ranged, one.low, one.high))
        add(Sealed.WORDS, one.option, one.criterion, (one.reason, one.evidence))
        add(Sealed.AGREED, one.option, one.criterion, (one.agreed, one.dissents))
    for gate in gates:
        for outcome in gate.outcomes:
            add(Sealed.WORDS, outcome.option, f"gate {gate.id}", (outcome.reason,))
    return {key: plain_digest(said) for key, said in found.items()}


def _choices(scores: Iterable[Score]) -> Mapping[str, str]:
    given: dict[str, dict[str, object]] = {}
    for one in scores:
        given.setdefault(one.option, {})[one.criterion] = plain(
            (one.value, one.low, one.high, one.reason, one.evidence)
        )
    return {choice: plain_digest(said) for choice, said in given.items()}


# --- the seal log ------------------------------------------------------------------------------------------


def _parts(appraisal: Appraisal, stands: _Standing) -> Mapping[Locked, str]:
    """A digest of each of the four parts. The order of records is no matter."""
    of = {
        part: {" ".join(thing): one for thing, one in stands.others.items() if PART_OF[thing[0]] is part}
        for part in (Locked.MARKS, Locked.SCORES)
    }
    points = {" ".join(pair): plain(one) for pair, one in stands.points.items()}
    outcomes = {" ".join(pair): one for pair, one in stands.outcomes.items()}
    return {
        Locked.CRITERIA: criteria_digest(appraisal),
        Locked.WEIGHTS: weights_digest(appraisal),
        Locked.MARKS: plain_digest(dict(of[Locked.MARKS])),
        Locked.SCORES: plain_digest({"points": points, "outcomes": outcomes, "others": of[Locked.SCORES]}),
    }


def _digest_of(parts: Mapping[Locked, str]) -> str:
    return plain_digest({part.value: digest for part, digest in parts.items()})


def seal_event(appraisal: Appraisal, *, step: Step, when: str, who: str, reason: str) -> SealEvent:
    """The entry of the seal log for a step on the appraisal as it stands before it."""
    keeps = step in (Step.REVEAL, Step.UNLOCK, Step.LOCK, Step.GIVE_UP)
    keeps = keeps or (step is Step.START and bool(appraisal.scores))
    stands = _standing(appraisal)
    parts = _parts(appraisal, stands)
    event = SealEvent(
        step=step,
        when=when,
        who=who,
        reason=reason,
        digest=_digest_of(parts),
        criteria=parts[Locked.CRITERIA],
        weights=parts[Locked.WEIGHTS],
        marks=parts[Locked.MARKS],
        scores=parts[Locked.SCORES],
        options=stands.options,
    )
    return _keeping(event, stands) if keeps else event


def _keeping(event: SealEvent, stands: _Standing) -> SealEvent:
    return replace(
        event,
        swings=tuple(
            SwingStood(criterion=one, swing=swing, anchors=stands.anchors[one]) for one, swing in stands.swings.items()
        ),
        points=tuple(
            PointsStood(option=option, criterion=criterion, points=points)
            for (option, criterion), points in stands.points.items()
        ),
        outcomes=tuple(
            OutcomeStood(gate=gate, option=option, outcome=outcome)
            for (gate, option), outcome in stands.outcomes.items()
        ),
        others=tuple(
            DigestStood(what=what, option=option, assessor=assessor, digest=one)
            for (what, option, assessor), one in stands.others.items()
        ),
    )


def _recorded(event: SealEvent) -> _Standing:
    return _Standing(
        options=event.options,
        swings={one.criterion: one.swing for one in event.swings},
        anchors={one.criterion: one.anchors for one in event.swings},
        points={(one.option, one.criterion): one.points for one in event.points},
        outcomes={(one.gate, one.option): one.outcome for one in event.outcomes},
        others={(one.what, one.option, one.assessor): one.digest for one in event.others},
    )


# --- what was changed later --------------------------------------------------------------------------------


def late_changes(appraisal: Appraisal) -> tuple[LateChange, ...]:
    """What was changed under each unlock, and after each workshop given up with sealed weights, oldest first.

    An unlock lasts until it is locked again, or given up; what was given up lasts until the next reveal; else until
    now. `decides`: with today's figures, but those that were changed put back to what they were, another option is
    first. While totals are hidden none is made.
    """
    events = appraisal.workshop.events
    opened = [at for at in range(len(events)) if _opens(events, at)]
    if not opened:
        return ()
    today = _standing(appraisal)
    found = []
    for at in opened:
        end = next((one for one in events[at + 1 :] if one.step in _ENDS[events[at].step]), None)
        found.append(_late_change(appraisal, at, today if end is None else _recorded(end), today))
    return tuple(found)


def _opens(events: tuple[SealEvent, ...], at: int) -> bool:
    step = events[at].step
    return step is Step.UNLOCK or (step is Step.GIVE_UP and stage_after(events[:at]) in _WEIGHED)


def _late_change(appraisal: Appraisal, at: int, after: _Standing, today: _Standing) -> LateChange:
    before = _recorded(appraisal.workshop.events[at])
    change = _difference(before, after, at)
    if stage_after(appraisal.workshop.events[:at]) is not Stage.REVEALED:
        change = _less_first_scores(change)
    if hidden(appraisal):
        return change
    put_back = replace(
        today,
        swings=_with(today.swings, {key: then for key, then, _ in change.swings}),
        points=_with(today.points, {(option, criterion): then for option, criterion, then, _ in change.scores}),
        outcomes=_with(today.outcomes, {(gate, option): then for gate, option, then, _ in change.outcomes}),
    )
    return replace(
        change,
        before=_named(before.totals(), today),
        after=_named(after.totals(), today),
        decides=_first(put_back.totals()) != _first(today.totals()),
    )


def _difference(then: _Standing, now: _Standing, event: int) -> LateChange:
    """What differs, all of it of options that both have; or of those that are new, and then their scores."""
    came, went = set(now.options) - set(then.options), set(then.options) - set(now.options)
    swung, scored = _differences(then.swings, now.swings), _differences(then.points, now.points)
    judged, said = _differences(then.outcomes, now.outcomes), _differences(then.others, now.others)
    moved = {option for option, _ in scored}
    others = [thing for thing in said if thing[1] not in came | went]
    others = [thing for thing in others if thing[0] is not Sealed.ENTERED or thing[1] not in moved]
    return LateChange(
        event=event,
        swings=tuple((key, *ends) for key, ends in swung.items()),
        scores=tuple((*pair, *ends) for pair, ends in scored.items() if pair[0] not in went),
        anchors=tuple(key for key, digest in then.anchors.items() if now.anchors.get(key, digest) != digest),
        outcomes=tuple((*pair, *ends) for pair, ends in judged.items() if pair[1] not in went),
        assessors=tuple(dict.fromkeys(assessor for what, _, assessor in others if what is Sealed.MARKS)),
        others=tuple(what for what in Sealed if what is not Sealed.MARKS and any(what is one for one, _, _ in others)),
        options=tuple(option for option in (*then.options, *now.options) if option in came | went),
    )


def _less_first_scores(change: LateChange) -> LateChange:
    """Before totals are revealed every score is given once; that is no change of what somebody had agreed."""
    return replace(
        change,
        scores=tuple(one for one in change.scores if one[2] is not None),
        first_scores=tuple((one[0], one[1]) for one in change.scores if one[2] is None),
    )


def _named(totals: Iterable[TotalThen], today: _Standing) -> tuple[TotalThen, ...]:
    """Without options that are no longer there: nothing names them."""
    return tuple(one for one in totals if one.option in today.options)


def _first(totals: Iterable[TotalThen]) -> frozenset[str]:
    return frozenset(one.option for one in totals if one.place == 1)


def _differences(
    then: Mapping[_Key, _Value], now: Mapping[_Key, _Value]
) -> dict[_Key, tuple[_Value | None, _Value | None]]:
    keys = [*then, *(key for key in now if key not in then)]
    return {key: (then.get(key), now.get(key)) for key in keys if then.get(key) != now.get(key)}


def _with(today: Mapping[_Key, _Value], then: Mapping[_Key, _Value | None]) -> dict[_Key, _Value]:
    """Today's figures with others put back; None takes one out."""
    figures: dict[_Key, _Value | None] = {**today, **then}
    return {key: figure for key, figure in figures.items() if figure is not None}


# --- past the seals ----------------------------------------------------------------------------------------


def changed_past_seals(appraisal: Appraisal) -> tuple[Locked, ...]:
    """The parts that differ from what the last seal kept, while all is revealed and locked.

    Appraise itself lets nothing through there, but what may go with its own record: an option, a choice, a constraint.
    """
    return () if appraisal.workshop.unlocked else changed_since_seal(appraisal)


def changed_since_seal(appraisal: Appraisal) -> tuple[Locked, ...]:
    """The parts that differ from what the last reveal, or lock after it, kept; none before the reveal."""
    workshop = appraisal.workshop
    seals = [event for event in workshop.events if event.step in (Step.REVEAL, Step.LOCK)]
    if workshop.stage is not Stage.REVEALED or not seals:
        return ()
    then, now = _recorded(seals[-1]), _standing(appraisal)
    change = _difference(then, now, len(workshop.events) - 1)
    parts = {PART_OF[what] for what in change.others if what not in (Sealed.SUBJECTS, Sealed.CHOICES)}
    left = {choice.id for choice in appraisal.choices}
    if any(thing[0] is Sealed.CHOICES and thing[1] in left for thing in _differences(then.others, now.others)):
        parts.add(Locked.SCORES)
    found: dict[Locked, object] = {
        Locked.CRITERIA: change.anchors,
        Locked.WEIGHTS: change.swings,
        Locked.MARKS: change.assessors,
        Locked.SCORES: change.scores or change.outcomes,
    }
    return tuple(part for part in Locked if part in parts or found[part])
