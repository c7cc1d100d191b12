"""The value tree: branches, criteria, anchors, scales and swings."""

from collections.abc import Collection, Sequence

from appraise.model.appraisal.criteria import Branch, Criterion, Level, Measured, ValuePoint
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import added, changed, changed_in, cleared, found, kept, moved, simple, without
from appraise.model.edits.scores import without_scores_on

_FIELDS = frozenset({"about", "constraint", "unit", "swing_reason", "independence"})
#: The usual levels of a constructed scale, in points (METHOD 9.1).
USUAL_LEVELS = (0.0, 25.0, 50.0, 75.0, 100.0)


def add_branch(appraisal: Appraisal, *, branch: str, name: str) -> Appraisal:
    """A new heading at the end; `branch` is its new id."""
    return changed(appraisal, branches=added(appraisal.branches, Branch(id=branch, name=name)))


def remove_branch(appraisal: Appraisal, *, branch: str) -> Appraisal:
    """Take the branch out with its criteria and all that hangs on them."""
    gone = {criterion.id for criterion in appraisal.criteria if criterion.branch == branch}
    return _less_criteria(changed(appraisal, branches=without(appraisal.branches, branch)), gone)


def _less_criteria(appraisal: Appraisal, gone: Collection[str]) -> Appraisal:
    """Take criteria out with their scores and marks, their trade-offs, and as references of branches."""
    branches, weighting = appraisal.branches, appraisal.weighting
    for criterion in gone:
        branches = cleared(branches, "reference", criterion)
    asked = kept(
        weighting.trade_offs, (one.larger not in gone and one.smaller not in gone for one in weighting.trade_offs)
    )
    return changed(
        without_scores_on(appraisal, criteria=gone),
        branches=branches,
        criteria=kept(appraisal.criteria, (criterion.id not in gone for criterion in appraisal.criteria)),
        weighting=changed(weighting, trade_offs=asked),
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
    """Take the criterion out with all that hangs on it. The other weights keep their ratios."""
    found(appraisal.criteria, criterion)
    return _less_criteria(appraisal, {criterion})


def move_criterion(appraisal: Appraisal, *, criterion: str, to: int) -> Appraisal:
    """Put the criterion at place `to` in the whole list, counted from 0. No figure changes."""
    return changed(appraisal, criteria=moved(appraisal.criteria, criterion, to))


def _criterion(appraisal: Appraisal, criterion: str, **fields: object) -> Appraisal:
    return changed(appraisal, criteria=changed_in(appraisal.criteria, criterion, **fields))


def rename_criterion(appraisal: Appraisal, *, criterion: str, name: str) -> Appraisal:
    """The criterion in words."""
    return _criterion(appraisal, criterion, name=name)


def set_criterion_branch(appraisal: Appraisal, *, criterion: str, branch: str) -> Appraisal:
    """Put the criterion under another heading, for which it may then stand. KeyError for an unknown branch."""
    found(appraisal.branches, branch)
    after = _criterion(appraisal, criterion, branch=branch)
    left = found(appraisal.criteria, criterion).branch != branch
    return changed(after, branches=cleared(after.branches, "reference", criterion)) if left else after


def set_worst(appraisal: Appraisal, *, criterion: str, worst: str) -> Appraisal:
    """The anchor in words for a score of 0."""
    return _criterion(appraisal, criterion, worst=worst)


def set_best(appraisal: Appraisal, *, criterion: str, best: str) -> Appraisal:
    """The anchor in words for a score of 100."""
    return _criterion(appraisal, criterion, best=best)


def set_swing(appraisal: Appraisal, *, criterion: str, swing: float) -> Appraisal:
    """What moving from worst to best is worth beside the largest swing, which has 100."""
    return _criterion(appraisal, criterion, swing=float(swing))


def change_criterion(appraisal: Appraisal, *, criterion: str, **fields: object) -> Appraisal:
    """`about`, `constraint`, `unit`, `swing_reason`, `independence` by name. TypeError for any other.

    KeyError for an unknown constraint; an empty one is none.
    """
    new = simple(fields, _FIELDS)
    if constraint := new.get("constraint"):
        found(appraisal.constraints, str(constraint))
    return _criterion(appraisal, criterion, **new)


def set_measured(appraisal: Appraisal, *, criterion: str, measured: Measured) -> Appraisal:
    """How the criterion is scored. Levels and points of the other ways stay, should somebody come back to them.

    From points to a measure or back, scores and marks on it go: they were given in another unit. First levels are
    the usual five, the anchors at the ends.
    """
    old = found(appraisal.criteria, criterion)
    if measured is not old.measured and Measured.MEASURE in (measured, old.measured):
        appraisal = without_scores_on(appraisal, criteria={criterion})
    levels = old.levels
    if measured is Measured.LEVELS and not levels:
        words = {USUAL_LEVELS[0]: old.worst, USUAL_LEVELS[-1]: old.best}
        levels = tuple(Level(value=value, words=words.get(value, "")) for value in USUAL_LEVELS)
    return _criterion(appraisal, criterion, measured=measured, levels=levels)


def set_levels(appraisal: Appraisal, *, criterion: str, levels: Sequence[Level]) -> Appraisal:
    """All constructed levels at once, each with its points and its words."""
    new = tuple(changed(level, value=float(level.value)) for level in levels)
    return _criterion(appraisal, criterion, levels=new)


def set_points(appraisal: Appraisal, *, criterion: str, points: Sequence[ValuePoint]) -> Appraisal:
    """The value function: all its points at once, put in the order of the measure."""
    new = tuple(changed(point, measure=float(point.measure), value=float(point.value)) for point in points)
    return _criterion(appraisal, criterion, points=tuple(sorted(new, key=lambda point: point.measure)))


def _optional(number: float | None) -> float | None:
    return None if number is None else float(number)


def set_swing_range(appraisal: Appraisal, *, criterion: str, low: float | None, high: float | None) -> Appraisal:
    """Between which swings people are sure of it; both None take the range away."""
    return _criterion(appraisal, criterion, swing_low=_optional(low), swing_high=_optional(high))


def set_ranks(appraisal: Appraisal, *, order: Sequence[str]) -> Appraisal:
    """The order of the moves, ids of criteria, the largest first; criteria that are not named have no rank.

    Branch by branch, the order inside a branch is what counts. KeyError for an unknown or repeated id.
    """
    ranks = _ranks([one.id for one in appraisal.criteria], order)
    return changed(appraisal, criteria=tuple(changed(one, rank=ranks.get(one.id, 0)) for one in appraisal.criteria))


def _ranks(known: Collection[str], order: Sequence[str]) -> dict[str, int]:
    for place, one in enumerate(order):
        if one not in known or one in order[:place]:
            raise KeyError(one)
    return {one: rank for rank, one in enumerate(order, start=1)}


def change_branch(appraisal: Appraisal, *, branch: str, **fields: object) -> Appraisal:
    """`reference`: the criterion that stands for the branch, "" for the largest. TypeError for any other field.

    KeyError for a criterion that is not in the branch.
    """
    new = simple(fields, frozenset({"reference"}))
    reference = new.get("reference")
    if reference and found(appraisal.criteria, str(reference)).branch != branch:
        raise KeyError(reference)
    return changed(appraisal, branches=changed_in(appraisal.branches, branch, **new))


def set_branch_swing(appraisal: Appraisal, *, branch: str, swing: float) -> Appraisal:
    """What the move of the branch's reference is worth beside that of the first branch, which has 100."""
    return changed(appraisal, branches=changed_in(appraisal.branches, branch, swing=float(swing)))


def set_branch_swing_range(appraisal: Appraisal, *, branch: str, low: float | None, high: float | None) -> Appraisal:
    """Between which swings people are sure of the branch; both None take the range away."""
    new = changed_in(appraisal.branches, branch, swing_low=_optional(low), swing_high=_optional(high))
    return changed(appraisal, branches=new)


def set_branch_ranks(appraisal: Appraisal, *, order: Sequence[str]) -> Appraisal:
    """The order of the branches, the largest first. KeyError for an unknown or repeated id."""
    ranks = _ranks([one.id for one in appraisal.branches], order)
    return changed(appraisal, branches=tuple(changed(one, rank=ranks.get(one.id, 0)) for one in appraisal.branches))
