"""The value tree: branches, criteria, anchors and swings."""

from appraise.model.appraisal.criteria import Branch, Criterion
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import added, changed, changed_in, found, kept, moved, without


def add_branch(appraisal: Appraisal, *, branch: str, name: str) -> Appraisal:
    """A new heading at the end; `branch` is its new id."""
    return changed(appraisal, branches=added(appraisal.branches, Branch(id=branch, name=name)))


def remove_branch(appraisal: Appraisal, *, branch: str) -> Appraisal:
    """Take the branch out with its criteria and their scores."""
    gone = {criterion.id for criterion in appraisal.criteria if criterion.branch == branch}
    return changed(
        appraisal,
        branches=without(appraisal.branches, branch),
        criteria=kept(appraisal.criteria, (criterion.id not in gone for criterion in appraisal.criteria)),
        scores=kept(appraisal.scores, (score.criterion not in gone for score in appraisal.scores)),
    )


def move_branch(appraisal: Appraisal, *, branch: str, to: int) -> Appraisal:
    """Put the branch at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, branches=moved(appraisal.branches, branch, to))


def rename_branch(appraisal: Appraisal, *, branch: str, name: str) -> Appraisal:
    """The heading in words."""
    return changed(appraisal, branches=changed_in(appraisal.branches, branch, name=name))


def add_criterion(appraisal: Appraisal, *, criterion: str, branch: str, name: str) -> Appraisal:
    """A new criterion at the end of the list, with no weight yet; `criterion` is its new id."""
    found(appraisal.branches, branch)
    return changed(appraisal, criteria=added(appraisal.criteria, Criterion(id=criterion, branch=branch, name=name)))


def remove_criterion(appraisal: Appraisal, *, criterion: str) -> Appraisal:
    """Take the criterion out with its scores. The other weights keep their ratios."""
    return changed(
        appraisal,
        criteria=without(appraisal.criteria, criterion),
        scores=kept(appraisal.scores, (score.criterion != criterion for score in appraisal.scores)),
    )


def move_criterion(appraisal: Appraisal, *, criterion: str, to: int) -> Appraisal:
    """Put the criterion at place `to` in the whole list, counted from 0. No figure changes."""
    return changed(appraisal, criteria=moved(appraisal.criteria, criterion, to))


def _criterion(appraisal: Appraisal, criterion: str, **fields: object) -> Appraisal:
    return changed(appraisal, criteria=changed_in(appraisal.criteria, criterion, **fields))


def rename_criterion(appraisal: Appraisal, *, criterion: str, name: str) -> Appraisal:
    """The criterion in words."""
    return _criterion(appraisal, criterion, name=name)


def set_criterion_branch(appraisal: Appraisal, *, criterion: str, branch: str) -> Appraisal:
    """Put the criterion under another heading. KeyError for an unknown branch."""
    found(appraisal.branches, branch)
    return _criterion(appraisal, criterion, branch=branch)


def set_worst(appraisal: Appraisal, *, criterion: str, worst: str) -> Appraisal:
    """The anchor in words for a score of 0."""
    return _criterion(appraisal, criterion, worst=worst)


def set_best(appraisal: Appraisal, *, criterion: str, best: str) -> Appraisal:
    """The anchor in words for a score of 100."""
    return _criterion(appraisal, criterion, best=best)


def set_swing(appraisal: Appraisal, *, criterion: str, swing: float) -> Appraisal:
    """What moving from worst to best is worth beside the largest swing, which has 100."""
    return _criterion(appraisal, criterion, swing=float(swing))
