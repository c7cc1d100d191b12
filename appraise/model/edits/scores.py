"""Scores with their reasons and evidence. A score is named by its option and its criterion."""

from appraise.model.appraisal.criteria import Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import changed, found, kept


def _place(appraisal: Appraisal, option: str, criterion: str) -> int | None:
    for place, score in enumerate(appraisal.scores):
        if score.option == option and score.criterion == criterion:
            return place
    return None


def _put(appraisal: Appraisal, place: int, score: Score) -> Appraisal:
    scores = appraisal.scores
    if scores[place] is score:
        return appraisal
    return changed(appraisal, scores=(*scores[:place], score, *scores[place + 1 :]))


def set_score(appraisal: Appraisal, *, option: str, criterion: str, value: float) -> Appraisal:
    """Score the option on the criterion, 0 to 100; reason and evidence stay as they are."""
    found(appraisal.options, option)
    found(appraisal.criteria, criterion)
    place = _place(appraisal, option, criterion)
    if place is None:
        score = Score(option=option, criterion=criterion, value=float(value))
        return changed(appraisal, scores=(*appraisal.scores, score))
    return _put(appraisal, place, changed(appraisal.scores[place], value=float(value)))


def _words(appraisal: Appraisal, option: str, criterion: str, **texts: str) -> Appraisal:
    place = _place(appraisal, option, criterion)
    if place is None:
        raise KeyError((option, criterion))
    return _put(appraisal, place, changed(appraisal.scores[place], **texts))


def set_score_reason(appraisal: Appraisal, *, option: str, criterion: str, reason: str) -> Appraisal:
    """Why this score. KeyError if there is no score yet."""
    return _words(appraisal, option, criterion, reason=reason)


def set_score_evidence(appraisal: Appraisal, *, option: str, criterion: str, evidence: str) -> Appraisal:
    """What the score rests on. KeyError if there is no score yet."""
    return _words(appraisal, option, criterion, evidence=evidence)


def clear_score(appraisal: Appraisal, *, option: str, criterion: str) -> Appraisal:
    """Take the score away with its reason; nothing changes if there is none."""
    stays = (score.option != option or score.criterion != criterion for score in appraisal.scores)
    return changed(appraisal, scores=kept(appraisal.scores, stays))
