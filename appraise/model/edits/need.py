"""The case for change, how spending leads to results, objectives, outcomes, the place, and what is left out."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.need import Fact, LeftOut, Need, Objective, Outcome
from appraise.model.edits.changing import added, changed, changed_in, moved, simple, without
from appraise.model.money import pounds

_OUTCOME = frozenset({"name", "today", "target", "evidence", "works", "fails", "residents"})
_OBJECTIVE = frozenset({"statement", "measure", "today", "target", "by", "owner"})
_THEORY = frozenset({"inputs", "activities", "outputs", "outcomes", "impact", "rests_on"})
_FACT = frozenset({"name", "value", "source"})
_EQUALITY = frozenset({"discrimination", "opportunity", "relations", "evidence"})
_LEFT_OUT = frozenset({"name", "why", "pounds"})


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


def change_outcome(appraisal: Appraisal, *, outcome: str, **fields: str) -> Appraisal:
    """Fields of an outcome by name, such as `works`, `fails`, `residents`. TypeError for an unknown one."""
    new = changed_in(appraisal.need.outcomes, outcome, **simple(fields, _OUTCOME))
    return _need(appraisal, changed(appraisal.need, outcomes=new))


def change_theory(appraisal: Appraisal, **fields: str) -> Appraisal:
    """Steps of the theory of change by name, such as `inputs`. TypeError for an unknown one."""
    return _need(appraisal, changed(appraisal.need, theory=changed(appraisal.need.theory, **simple(fields, _THEORY))))


def change_equality(appraisal: Appraisal, **fields: str) -> Appraisal:
    """Fields of the equality duty by name, such as `opportunity`. TypeError for an unknown one."""
    return _need(
        appraisal, changed(appraisal.need, equality=changed(appraisal.need.equality, **simple(fields, _EQUALITY)))
    )


def add_objective(appraisal: Appraisal, *, objective: str, statement: str) -> Appraisal:
    """A new objective at the end; `objective` is its new id."""
    new = Objective(id=objective, statement=statement)
    return _need(appraisal, changed(appraisal.need, objectives=added(appraisal.need.objectives, new)))


def change_objective(appraisal: Appraisal, *, objective: str, **fields: str) -> Appraisal:
    """Fields of an objective by name, such as `measure` and `by`. TypeError for an unknown one."""
    new = changed_in(appraisal.need.objectives, objective, **simple(fields, _OBJECTIVE))
    return _need(appraisal, changed(appraisal.need, objectives=new))


def remove_objective(appraisal: Appraisal, *, objective: str) -> Appraisal:
    """Nothing else hangs on an objective."""
    return _need(appraisal, changed(appraisal.need, objectives=without(appraisal.need.objectives, objective)))


def move_objective(appraisal: Appraisal, *, objective: str, to: int) -> Appraisal:
    """Put the objective at place `to`, counted from 0."""
    return _need(appraisal, changed(appraisal.need, objectives=moved(appraisal.need.objectives, objective, to)))


def add_fact(appraisal: Appraisal, *, fact: str, name: str) -> Appraisal:
    """A new figure about the place at the end; `fact` is its new id."""
    return _need(appraisal, changed(appraisal.need, facts=added(appraisal.need.facts, Fact(id=fact, name=name))))


def change_fact(appraisal: Appraisal, *, fact: str, **fields: str) -> Appraisal:
    """Fields of a figure about the place: `name`, `value`, `source`. TypeError for an unknown one."""
    new = changed_in(appraisal.need.facts, fact, **simple(fields, _FACT))
    return _need(appraisal, changed(appraisal.need, facts=new))


def remove_fact(appraisal: Appraisal, *, fact: str) -> Appraisal:
    """Nothing else hangs on a fact."""
    return _need(appraisal, changed(appraisal.need, facts=without(appraisal.need.facts, fact)))


def move_fact(appraisal: Appraisal, *, fact: str, to: int) -> Appraisal:
    """Put the fact at place `to`, counted from 0."""
    return _need(appraisal, changed(appraisal.need, facts=moved(appraisal.need.facts, fact, to)))


def add_left_out(appraisal: Appraisal, *, item: str, name: str) -> Appraisal:
    """Something outside the boundary, at the end; `item` is its new id."""
    new = LeftOut(id=item, name=name)
    return _need(appraisal, changed(appraisal.need, left_out=added(appraisal.need.left_out, new)))


def change_left_out(appraisal: Appraisal, *, item: str, **fields: str | Decimal) -> Appraisal:
    """Fields of what is left out: `name`, `why`, `pounds` (0: not sized). TypeError for an unknown one."""
    new = dict(simple(fields, _LEFT_OUT))
    if isinstance(size := fields.get("pounds"), Decimal):
        new["pounds"] = pounds(size)
    return _need(appraisal, changed(appraisal.need, left_out=changed_in(appraisal.need.left_out, item, **new)))


def remove_left_out(appraisal: Appraisal, *, item: str) -> Appraisal:
    """Nothing else hangs on what is left out."""
    return _need(appraisal, changed(appraisal.need, left_out=without(appraisal.need.left_out, item)))


def move_left_out(appraisal: Appraisal, *, item: str, to: int) -> Appraisal:
    """Put what is left out at place `to`, counted from 0."""
    return _need(appraisal, changed(appraisal.need, left_out=moved(appraisal.need.left_out, item, to)))
