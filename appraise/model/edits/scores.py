"""Scores with their reasons and evidence. A score is named by its option, or choice, and its criterion."""

from collections.abc import Callable, Collection, Sequence

from appraise.model.appraisal.criteria import Dissent, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Mark, Workshop
from appraise.model.edits.changing import changed, found, kept


def _place(scores: tuple[Score, ...], option: str, criterion: str) -> int | None:
    for place, score in enumerate(scores):
        if score.option == option and score.criterion == criterion:
            return place
    return None


def _valued(scores: tuple[Score, ...], option: str, criterion: str, value: float) -> tuple[Score, ...]:
    """The scores with this value; a new score stands at the end. Nobody has agreed with another value yet."""
    place = _place(scores, option, criterion)
    if place is None:
        return (*scores, Score(option=option, criterion=criterion, value=float(value)))
    old = scores[place]
    if old.value == float(value):
        return scores
    return _put(scores, place, changed(old, value=float(value), agreed=(), dissents=()))


def _put(scores: tuple[Score, ...], place: int, score: Score) -> tuple[Score, ...]:
    return scores if scores[place] is score else (*scores[:place], score, *scores[place + 1 :])


def _given(scores: tuple[Score, ...], option: str, criterion: str) -> int:
    """Where the score stands. KeyError if there is none yet."""
    place = _place(scores, option, criterion)
    if place is None:
        raise KeyError((option, criterion))
    return place


def _said(scores: tuple[Score, ...], option: str, criterion: str, **fields: object) -> tuple[Score, ...]:
    place = _given(scores, option, criterion)
    return _put(scores, place, changed(scores[place], **fields))


def _less(scores: tuple[Score, ...], option: str, criterion: str) -> tuple[Score, ...]:
    return kept(scores, (score.option != option or score.criterion != criterion for score in scores))


def without_scores_of(appraisal: Appraisal, *, option: str) -> Appraisal:
    """Take every score and mark of an option out."""
    found(appraisal.options, option)
    return changed(
        appraisal,
        scores=kept(appraisal.scores, (score.option != option for score in appraisal.scores)),
        workshop=_less_marks(appraisal.workshop, lambda mark: mark.option == option),
    )


def without_scores_on(appraisal: Appraisal, *, criteria: Collection[str]) -> Appraisal:
    """Take every score and mark on these criteria out, of options and of choices."""
    return changed(
        appraisal,
        scores=kept(appraisal.scores, (score.criterion not in criteria for score in appraisal.scores)),
        choice_scores=kept(
            appraisal.choice_scores, (score.criterion not in criteria for score in appraisal.choice_scores)
        ),
        workshop=_less_marks(appraisal.workshop, lambda mark: mark.criterion in criteria),
    )


def _less_marks(workshop: Workshop, goes: Callable[[Mark], bool]) -> Workshop:
    assessors = tuple(
        changed(one, marks=kept(one.marks, (not goes(mark) for mark in one.marks))) for one in workshop.assessors
    )
    return changed(workshop, assessors=assessors)


def set_score(appraisal: Appraisal, *, option: str, criterion: str, value: float) -> Appraisal:
    """Score the option on the criterion, in points or in the criterion's unit; the words about it stay.

    Whoever agreed with another value, or dissented from it, is asked again.
    """
    found(appraisal.options, option)
    found(appraisal.criteria, criterion)
    return changed(appraisal, scores=_valued(appraisal.scores, option, criterion, value))


def _score(appraisal: Appraisal, option: str, criterion: str, **fields: object) -> Appraisal:
    return changed(appraisal, scores=_said(appraisal.scores, option, criterion, **fields))


def set_score_reason(appraisal: Appraisal, *, option: str, criterion: str, reason: str) -> Appraisal:
    """Why this score. KeyError if there is no score yet."""
    return _score(appraisal, option, criterion, reason=reason)


def set_score_evidence(appraisal: Appraisal, *, option: str, criterion: str, evidence: str) -> Appraisal:
    """What the score rests on. KeyError if there is no score yet."""
    return _score(appraisal, option, criterion, evidence=evidence)


def set_score_range(
    appraisal: Appraisal, *, option: str, criterion: str, low: float | None, high: float | None
) -> Appraisal:
    """How low and high the score may be, as entered; both None take the range away. KeyError if there is no score."""
    new_low, new_high = (None if one is None else float(one) for one in (low, high))
    return _score(appraisal, option, criterion, low=new_low, high=new_high)


def set_agreed(appraisal: Appraisal, *, option: str, criterion: str, assessors: Sequence[str]) -> Appraisal:
    """Who agreed with the moderated score; whoever does has no dissent. KeyError for an unknown assessor or score."""
    for assessor in assessors:
        found(appraisal.workshop.assessors, assessor)
    old = appraisal.scores[_given(appraisal.scores, option, criterion)]
    dissents = kept(old.dissents, (one.assessor not in assessors for one in old.dissents))
    return _score(appraisal, option, criterion, agreed=tuple(dict.fromkeys(assessors)), dissents=dissents)


def set_dissent(appraisal: Appraisal, *, option: str, criterion: str, assessor: str, words: str) -> Appraisal:
    """The assessor does not agree with the moderated score, and why. KeyError for an unknown assessor or score."""
    found(appraisal.workshop.assessors, assessor)
    old = appraisal.scores[_given(appraisal.scores, option, criterion)]
    place = next((at for at, one in enumerate(old.dissents) if one.assessor == assessor), len(old.dissents))
    new = Dissent(assessor=assessor, words=words)
    return _score(
        appraisal,
        option,
        criterion,
        agreed=tuple(one for one in old.agreed if one != assessor),
        dissents=(*old.dissents[:place], new, *old.dissents[place + 1 :]),
    )


def clear_dissent(appraisal: Appraisal, *, option: str, criterion: str, assessor: str) -> Appraisal:
    """Take the dissent away; nothing changes if there is none. KeyError if there is no score."""
    old = appraisal.scores[_given(appraisal.scores, option, criterion)]
    dissents = kept(old.dissents, (one.assessor != assessor for one in old.dissents))
    return _score(appraisal, option, criterion, dissents=dissents)


def clear_score(appraisal: Appraisal, *, option: str, criterion: str) -> Appraisal:
    """Take the score away with its reason; nothing changes if there is none."""
    return changed(appraisal, scores=_less(appraisal.scores, option, criterion))


def set_choice_score(appraisal: Appraisal, *, choice: str, criterion: str, value: float) -> Appraisal:
    """Score the choice of the long list on the criterion; the words about it stay."""
    found(appraisal.choices, choice)
    found(appraisal.criteria, criterion)
    return changed(appraisal, choice_scores=_valued(appraisal.choice_scores, choice, criterion, value))


def set_choice_reason(appraisal: Appraisal, *, choice: str, criterion: str, reason: str) -> Appraisal:
    """Why the choice scores so. KeyError if there is no score yet."""
    return changed(appraisal, choice_scores=_said(appraisal.choice_scores, choice, criterion, reason=reason))


def clear_choice_score(appraisal: Appraisal, *, choice: str, criterion: str) -> Appraisal:
    """Take the choice's score away; nothing changes if there is none."""
    return changed(appraisal, choice_scores=_less(appraisal.choice_scores, choice, criterion))
