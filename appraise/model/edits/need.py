"""The case for change and the outcomes for residents."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.need import Need, Outcome
from appraise.model.edits.changing import added, changed, changed_in, moved, without


def _need(appraisal: Appraisal, need: Need) -> Appraisal:
    return changed(appraisal, need=need)


def set_case_for_change(appraisal: Appraisal, *, text: str) -> Appraisal:
    """Why the service cannot stay as it is."""
    return _need(appraisal, changed(appraisal.need, case_for_change=text))


def set_business_as_usual(appraisal: Appraisal, *, text: str) -> Appraisal:
    """What happens if nothing is decided."""
    return _need(appraisal, changed(appraisal.need, business_as_usual=text))


def set_place(appraisal: Appraisal, *, text: str) -> Appraisal:
    """What is particular about the place."""
    return _need(appraisal, changed(appraisal.need, place=text))


def set_not_in_the_numbers(appraisal: Appraisal, *, text: str) -> Appraisal:
    """What matters and has no figure."""
    return _need(appraisal, changed(appraisal.need, not_in_the_numbers=text))


def add_outcome(appraisal: Appraisal, *, outcome: str, name: str) -> Appraisal:
    """A new outcome at the end; `outcome` is its new id."""
    return _need(
        appraisal, changed(appraisal.need, outcomes=added(appraisal.need.outcomes, Outcome(id=outcome, name=name)))
    )


def remove_outcome(appraisal: Appraisal, *, outcome: str) -> Appraisal:
    """Nothing else hangs on an outcome."""
    return _need(appraisal, changed(appraisal.need, outcomes=without(appraisal.need.outcomes, outcome)))


def move_outcome(appraisal: Appraisal, *, outcome: str, to: int) -> Appraisal:
    """Put the outcome at place `to`, counted from 0."""
    return _need(appraisal, changed(appraisal.need, outcomes=moved(appraisal.need.outcomes, outcome, to)))


def _outcome(appraisal: Appraisal, outcome: str, **fields: str) -> Appraisal:
    return _need(appraisal, changed(appraisal.need, outcomes=changed_in(appraisal.need.outcomes, outcome, **fields)))


def rename_outcome(appraisal: Appraisal, *, outcome: str, name: str) -> Appraisal:
    """What should be better for residents."""
    return _outcome(appraisal, outcome, name=name)


def set_outcome_today(appraisal: Appraisal, *, outcome: str, today: str) -> Appraisal:
    """How it stands today."""
    return _outcome(appraisal, outcome, today=today)


def set_outcome_target(appraisal: Appraisal, *, outcome: str, target: str) -> Appraisal:
    """What would count as reached."""
    return _outcome(appraisal, outcome, target=target)


def set_outcome_evidence(appraisal: Appraisal, *, outcome: str, evidence: str) -> Appraisal:
    """Where today's figure comes from."""
    return _outcome(appraisal, outcome, evidence=evidence)
