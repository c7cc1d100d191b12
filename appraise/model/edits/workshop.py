"""The scoring workshop: its seals, its assessors and their marks."""

from collections.abc import Iterable

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Mark, Stage, Step, Workshop
from appraise.model.edits.changing import EditRefused, added, changed, changed_in, found, kept, moved, simple, without
from appraise.model.sealing import AFTER, NEED_REASON, Locked, locked, not_ready, why_locked
from appraise.model.standing import seal_event

#: Why a late sheet changes nothing that was there in time.
LATE_ADDS = "Scoring is closed: a late sheet adds marks that are missing, and changes none without an unlock."
_FIELDS = frozenset({"method", "facilitator", "held_on"})
_ASSESSOR_FIELDS = frozenset({"name", "post", "interest", "interest_words"})


def _workshop(appraisal: Appraisal, **fields: object) -> Appraisal:
    return changed(appraisal, workshop=changed(appraisal.workshop, **fields))


# --- seals -------------------------------------------------------------------------------------------------


def take_step(
    appraisal: Appraisal, *, step: Step, when: str, who: str, reason: str = "", workshop: str = ""
) -> Appraisal:
    """Take a step of the seals at the time `when` (ISO, UTC) and put it into the seal log.

    `workshop`: the new id of the workshop, for START alone. EditRefused, with what is missing, while the appraisal is
    not ready for it, and without a reason to unlock or to give up.
    """
    if sentence := not_ready(appraisal, step):
        raise EditRefused(sentence)
    if step in NEED_REASON and not reason.strip():
        raise EditRefused(NEED_REASON[step])
    old = appraisal.workshop
    event = seal_event(appraisal, step=step, when=when, who=who, reason=reason.strip())
    return _workshop(
        appraisal,
        id=workshop if step is Step.START else old.id,
        stage=AFTER.get(step, old.stage),
        unlocked=step is Step.UNLOCK,
        events=(*old.events, event),
    )


def change_workshop(appraisal: Appraisal, **fields: str) -> Appraisal:
    """`method`, `facilitator`, `held_on` by name. TypeError for any other."""
    return _workshop(appraisal, **simple(fields, _FIELDS))


# --- assessors ---------------------------------------------------------------------------------------------


def add_assessor(appraisal: Appraisal, *, assessor: str, post: str) -> Appraisal:
    """A new assessor at the end, nothing marked yet; `assessor` is the new id."""
    return _workshop(appraisal, assessors=added(appraisal.workshop.assessors, Assessor(id=assessor, post=post)))


def change_assessor(appraisal: Appraisal, *, assessor: str, **fields: object) -> Appraisal:
    """`name`, `post`, `interest`, `interest_words` by name. TypeError for any other."""
    new = simple(fields, _ASSESSOR_FIELDS)
    return _workshop(appraisal, assessors=changed_in(appraisal.workshop.assessors, assessor, **new))


def remove_assessor(appraisal: Appraisal, *, assessor: str) -> Appraisal:
    """Take the assessor out with all marks, agreements and dissents.

    EditRefused while marks are locked and there are some: they are part of the record.
    """
    workshop = appraisal.workshop
    if found(workshop.assessors, assessor).marks:
        _refuse_locked(workshop)
    scores = tuple(
        changed(
            score,
            agreed=tuple(one for one in score.agreed if one != assessor),
            dissents=kept(score.dissents, (one.assessor != assessor for one in score.dissents)),
        )
        for score in appraisal.scores
    )
    return changed(_workshop(appraisal, assessors=without(workshop.assessors, assessor)), scores=scores)


def move_assessor(appraisal: Appraisal, *, assessor: str, to: int) -> Appraisal:
    """Put the assessor at place `to`, counted from 0. No figure changes."""
    return _workshop(appraisal, assessors=moved(appraisal.workshop.assessors, assessor, to))


# --- marks -------------------------------------------------------------------------------------------------


def _refuse_locked(workshop: Workshop) -> None:
    if Locked.MARKS in locked(workshop):
        raise EditRefused(why_locked(workshop, Locked.MARKS))


def _place(marks: tuple[Mark, ...], option: str, criterion: str) -> int | None:
    for place, mark in enumerate(marks):
        if mark.option == option and mark.criterion == criterion:
            return place
    return None


def _put(marks: tuple[Mark, ...], place: int, mark: Mark) -> tuple[Mark, ...]:
    return marks if marks[place] is mark else (*marks[:place], mark, *marks[place + 1 :])


def set_mark(appraisal: Appraisal, *, assessor: str, option: str, criterion: str, value: float) -> Appraisal:
    """The assessor's own mark, as entered (see Score); its words stay. EditRefused while marks are locked."""
    found(appraisal.options, option)
    found(appraisal.criteria, criterion)
    marks = found(appraisal.workshop.assessors, assessor).marks
    _refuse_locked(appraisal.workshop)
    place = _place(marks, option, criterion)
    if place is None:
        new = (*marks, Mark(option=option, criterion=criterion, value=float(value)))
    else:
        new = _put(marks, place, changed(marks[place], value=float(value)))
    return _marked(appraisal, assessor, new)


def _marked(appraisal: Appraisal, assessor: str, marks: tuple[Mark, ...], **fields: object) -> Appraisal:
    assessors = changed_in(appraisal.workshop.assessors, assessor, marks=marks, **fields)
    return _workshop(appraisal, assessors=assessors)


def _said(appraisal: Appraisal, assessor: str, option: str, criterion: str, **words: str) -> Appraisal:
    marks = found(appraisal.workshop.assessors, assessor).marks
    place = _place(marks, option, criterion)
    if place is None:
        raise KeyError((assessor, option, criterion))
    _refuse_locked(appraisal.workshop)
    return _marked(appraisal, assessor, _put(marks, place, changed(marks[place], **words)))


def set_mark_reason(appraisal: Appraisal, *, assessor: str, option: str, criterion: str, reason: str) -> Appraisal:
    """Why this mark. KeyError if there is no mark yet, EditRefused while marks are locked."""
    return _said(appraisal, assessor, option, criterion, reason=reason)


def set_mark_evidence(appraisal: Appraisal, *, assessor: str, option: str, criterion: str, evidence: str) -> Appraisal:
    """What the mark rests on. KeyError if there is no mark yet, EditRefused while marks are locked."""
    return _said(appraisal, assessor, option, criterion, evidence=evidence)


def clear_mark(appraisal: Appraisal, *, assessor: str, option: str, criterion: str) -> Appraisal:
    """Take the mark away; nothing changes if there is none. EditRefused while marks are locked."""
    marks = found(appraisal.workshop.assessors, assessor).marks
    place = _place(marks, option, criterion)
    if place is None:
        return appraisal
    _refuse_locked(appraisal.workshop)
    return _marked(appraisal, assessor, marks[:place] + marks[place + 1 :])


def take_sheet(
    appraisal: Appraisal, *, assessor: str, marks: Iterable[Mark], received: str, late: bool = False
) -> Appraisal:
    """Put the marks of a score sheet in; marks that the sheet does not hold stay.

    Once scoring is closed a sheet is late, whatever `late` says, and adds marks that are missing alone. EditRefused if
    it holds another mark then, before weights are sealed and after the reveal; KeyError for an unknown assessor,
    option or criterion.
    """
    workshop = appraisal.workshop
    closed = workshop.stage is Stage.MODERATING
    if not closed:
        _refuse_locked(workshop)
    stands = Locked.MARKS in locked(workshop)
    taken = found(workshop.assessors, assessor).marks
    for mark in marks:
        found(appraisal.options, mark.option)
        found(appraisal.criteria, mark.criterion)
        new = changed(mark, value=float(mark.value))
        place = _place(taken, mark.option, mark.criterion)
        if stands and place is not None and taken[place] != new:
            raise EditRefused(LATE_ADDS)
        taken = (*taken, new) if place is None else (*taken[:place], new, *taken[place + 1 :])
    was_late = found(workshop.assessors, assessor).late
    return _marked(appraisal, assessor, taken, received=received, late=late or closed or was_late)
