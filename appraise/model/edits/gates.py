"""Gates: conditions that must be met, whatever the score."""

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import added, changed, changed_in, found, moved, simple, without


def add_gate(appraisal: Appraisal, *, gate: str, name: str) -> Appraisal:
    """A new gate at the end, no option judged yet; `gate` is its new id."""
    return changed(appraisal, gates=added(appraisal.gates, Gate(id=gate, name=name)))


def change_gate(appraisal: Appraisal, *, gate: str, **fields: str) -> Appraisal:
    """`name` and `test` by name. TypeError for any other."""
    return changed(appraisal, gates=changed_in(appraisal.gates, gate, **simple(fields, frozenset({"name", "test"}))))


def remove_gate(appraisal: Appraisal, *, gate: str) -> Appraisal:
    """Take the gate out with its outcomes. Options that it kept out come back."""
    return changed(appraisal, gates=without(appraisal.gates, gate))


def move_gate(appraisal: Appraisal, *, gate: str, to: int) -> Appraisal:
    """Put the gate at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, gates=moved(appraisal.gates, gate, to))


def _outcome(appraisal: Appraisal, gate: str, option: str, **fields: object) -> Appraisal:
    """An outcome that says nothing goes."""
    found(appraisal.options, option)
    outcomes = found(appraisal.gates, gate).outcomes
    place = next((at for at, one in enumerate(outcomes) if one.option == option), len(outcomes))
    empty = GateOutcome(option=option)
    new = changed(outcomes[place] if place < len(outcomes) else empty, **fields)
    said = () if new == empty else (new,)
    outcomes = (*outcomes[:place], *said, *outcomes[place + 1 :])
    return changed(appraisal, gates=changed_in(appraisal.gates, gate, outcomes=outcomes))


def set_outcome(appraisal: Appraisal, *, gate: str, option: str, outcome: Outcome) -> Appraisal:
    """Whether the option passes the gate; the reason stays. KeyError for an unknown gate or option."""
    return _outcome(appraisal, gate, option, outcome=outcome)


def set_outcome_reason(appraisal: Appraisal, *, gate: str, option: str, reason: str) -> Appraisal:
    """Why the option passes or fails. KeyError for an unknown gate or option."""
    return _outcome(appraisal, gate, option, reason=reason)
