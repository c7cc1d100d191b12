"""Constraints that outside bodies have to agree, and who bears each in every option."""

from collections.abc import Mapping
from decimal import Decimal

from appraise.model.appraisal.constraints import (
    Agreement,
    Bearer,
    Bearing,
    Constraint,
    Impact,
    Prevention,
    SupplierView,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import added, changed, changed_in, found, kept, moved, simple, swapped, without
from appraise.model.money import pounds

_NO_IMPACT = Impact(low=Decimal("0.00"), likely=Decimal("0.00"), high=Decimal("0.00"))
_FIELDS = frozenset(
    {"name", "kind", "body", "unclear", "agreement", "asked_on", "answer_expected", "evidence", "index", "manager"}
)
_SETTLING_FIELDS = frozenset({"cost", "delay_cost", "success", "reveals_size", "how"})
_BEARING_FIELDS = frozenset(
    {"admitted", "uplift", "dispute_cost", "dispute_if_refused", "residual_probability", "residual_share"}
)
_SHARES = frozenset({"success", "admitted", "uplift", "residual_probability", "residual_share"})


def add_constraint(appraisal: Appraisal, *, constraint: str, name: str) -> Appraisal:
    """A new constraint at the end, nobody asked, no chance and no impact yet; `constraint` is its new id."""
    new = Constraint(id=constraint, name=name, impact=_NO_IMPACT)
    return changed(appraisal, constraints=added(appraisal.constraints, new))


def remove_constraint(appraisal: Appraisal, *, constraint: str) -> Appraisal:
    """Take the constraint out; who bears it goes with it."""
    return changed(appraisal, constraints=without(appraisal.constraints, constraint))


def move_constraint(appraisal: Appraisal, *, constraint: str, to: int) -> Appraisal:
    """Put the constraint at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, constraints=moved(appraisal.constraints, constraint, to))


def _constraint(appraisal: Appraisal, constraint: str, **fields: object) -> Appraisal:
    return changed(appraisal, constraints=changed_in(appraisal.constraints, constraint, **fields))


def _stored(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields as the document holds them: money in pence, shares as floats."""
    stored = dict(fields)
    for name, value in fields.items():
        if isinstance(value, Decimal):
            stored[name] = pounds(value)
        elif name in _SHARES and isinstance(value, int):
            stored[name] = float(value)
    return stored


def change_constraint(appraisal: Appraisal, *, constraint: str, **fields: object) -> Appraisal:
    """Words of the entry, its kind, how far it is agreed, its price index or its manager.

    TypeError for a field that has an edit of its own, KeyError for an unknown index.
    """
    new = simple(fields, _FIELDS)
    if index := new.get("index"):
        found(appraisal.indices, str(index))
    return _constraint(appraisal, constraint, **new)


def rename_constraint(appraisal: Appraisal, *, constraint: str, name: str) -> Appraisal:
    """The constraint in a few words."""
    return _constraint(appraisal, constraint, name=name)


def set_constraint_body(appraisal: Appraisal, *, constraint: str, body: str) -> Appraisal:
    """Who has to agree."""
    return _constraint(appraisal, constraint, body=body)


def set_unclear(appraisal: Appraisal, *, constraint: str, unclear: str) -> Appraisal:
    """What is not known yet."""
    return _constraint(appraisal, constraint, unclear=unclear)


def set_agreement(appraisal: Appraisal, *, constraint: str, agreement: Agreement) -> Appraisal:
    """How far the outside body has agreed."""
    return _constraint(appraisal, constraint, agreement=agreement)


def set_asked_on(appraisal: Appraisal, *, constraint: str, asked_on: str) -> Appraisal:
    """When the body was asked, as written."""
    return _constraint(appraisal, constraint, asked_on=asked_on)


def set_answer_expected(appraisal: Appraisal, *, constraint: str, answer_expected: str) -> Appraisal:
    """When an answer is expected, as written."""
    return _constraint(appraisal, constraint, answer_expected=answer_expected)


def set_constraint_evidence(appraisal: Appraisal, *, constraint: str, evidence: str) -> Appraisal:
    """What the chance and the impact rest on."""
    return _constraint(appraisal, constraint, evidence=evidence)


def set_probability(appraisal: Appraisal, *, constraint: str, probability: float) -> Appraisal:
    """The chance, 0 to 1, that it turns out other than assumed."""
    return _constraint(appraisal, constraint, probability=float(probability))


def set_impact(appraisal: Appraisal, *, constraint: str, low: Decimal, likely: Decimal, high: Decimal) -> Appraisal:
    """Pounds in prices of year 0 if it turns out otherwise."""
    impact = Impact(low=pounds(low), likely=pounds(likely), high=pounds(high))
    return _constraint(appraisal, constraint, impact=impact)


def set_impact_years(appraisal: Appraisal, *, constraint: str, first: int, years: int) -> Appraisal:
    """The impact falls evenly on `years` years from year `first`, counted from year 0."""
    return _constraint(appraisal, constraint, impact_from=first, impact_years=years)


def set_constraint_index(appraisal: Appraisal, *, constraint: str, index: str) -> Appraisal:
    """The price index that the impact follows; empty for general inflation. KeyError if unknown."""
    if index:
        found(appraisal.indices, index)
    return _constraint(appraisal, constraint, index=index)


def set_view(
    appraisal: Appraisal, *, constraint: str, probability: float, low: Decimal, likely: Decimal, high: Decimal
) -> Appraisal:
    """What suppliers believe while it is unclear: the chance, and pounds in prices of year 0."""
    impact = Impact(low=pounds(low), likely=pounds(likely), high=pounds(high))
    return _constraint(appraisal, constraint, view=SupplierView(probability=float(probability), impact=impact))


def clear_view(appraisal: Appraisal, *, constraint: str) -> Appraisal:
    """Suppliers believe the same as the authority."""
    return _constraint(appraisal, constraint, view=None)


def change_settling(appraisal: Appraisal, *, constraint: str, **fields: object) -> Appraisal:
    """Cost, delay_cost, success, reveals_size or how of settling it before tender. TypeError for another field."""
    old = found(appraisal.constraints, constraint).settling
    return _constraint(appraisal, constraint, settling=changed(old, **_stored(simple(fields, _SETTLING_FIELDS))))


def set_prevention(
    appraisal: Appraisal, *, constraint: str, cost: Decimal, probability: float, evidence: str = ""
) -> Appraisal:
    """Work that makes it less likely: its cost in pounds, the chance that is left, and what says so."""
    new = Prevention(cost=pounds(cost), probability=float(probability), evidence=evidence)
    return _constraint(appraisal, constraint, prevention=new)


def clear_prevention(appraisal: Appraisal, *, constraint: str) -> Appraisal:
    """Nothing is known that makes it less likely."""
    return _constraint(appraisal, constraint, prevention=None)


def _bearing(constraint: Constraint, option: str) -> Bearing | None:
    return next((bearing for bearing in constraint.bearings if bearing.option == option), None)


def _with_bearing(appraisal: Appraisal, constraint: Constraint, old: Bearing, new: Bearing) -> Appraisal:
    if new is old:
        return appraisal
    bearings = tuple(new if bearing is old else bearing for bearing in constraint.bearings)
    return changed(appraisal, constraints=swapped(appraisal.constraints, changed(constraint, bearings=bearings)))


def set_bearing(appraisal: Appraisal, *, constraint: str, option: str, bearer: Bearer) -> Appraisal:
    """Who pays in this option if the constraint turns out otherwise; terms of claims stay as they are."""
    found(appraisal.options, option)
    record = found(appraisal.constraints, constraint)
    old = _bearing(record, option)
    if old is not None:
        return _with_bearing(appraisal, record, old, changed(old, bearer=bearer))
    new = changed(record, bearings=(*record.bearings, Bearing(option=option, bearer=bearer)))
    return changed(appraisal, constraints=swapped(appraisal.constraints, new))


def set_claim(
    appraisal: Appraisal, *, constraint: str, option: str, admitted: float, uplift: float, dispute_cost: Decimal
) -> Appraisal:
    """How claims go where the supplier is compensated. KeyError if nobody bears it in this option yet."""
    record = found(appraisal.constraints, constraint)
    old = _bearing(record, option)
    if old is None:
        raise KeyError((constraint, option))
    new = changed(old, admitted=float(admitted), uplift=float(uplift), dispute_cost=pounds(dispute_cost))
    return _with_bearing(appraisal, record, old, new)


def change_bearing(appraisal: Appraisal, *, constraint: str, option: str, **fields: object) -> Appraisal:
    """Terms of claims, in compensation or for what is left of a transfer; the bearer itself is `set_bearing`.

    KeyError if nobody bears it in this option yet, TypeError for another field.
    """
    record = found(appraisal.constraints, constraint)
    old = _bearing(record, option)
    if old is None:
        raise KeyError((constraint, option))
    return _with_bearing(appraisal, record, old, changed(old, **_stored(simple(fields, _BEARING_FIELDS))))


def clear_bearing(appraisal: Appraisal, *, constraint: str, option: str) -> Appraisal:
    """The option is not exposed to the constraint; nothing changes if it was not before."""
    record = found(appraisal.constraints, constraint)
    stays = (bearing.option != option for bearing in record.bearings)
    new = changed(record, bearings=kept(record.bearings, stays))
    return changed(appraisal, constraints=swapped(appraisal.constraints, new))
