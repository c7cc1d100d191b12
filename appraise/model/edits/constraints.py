"""Constraints that outside bodies have to agree, and who bears each in every option."""

import operator
from collections.abc import Iterable, Mapping
from decimal import Decimal

from appraise.model.appraisal.constraints import (
    Agreement,
    Band,
    Bearer,
    Bearing,
    Constraint,
    Impact,
    Management,
    PainGain,
    Prevention,
    SupplierView,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Shape
from appraise.model.edits.changing import added, changed, changed_in, cleared, found, moved, simple, swapped, without
from appraise.model.money import pounds

_NO_IMPACT = Impact(low=Decimal("0.00"), likely=Decimal("0.00"), high=Decimal("0.00"))
_FIELDS = frozenset(
    {
        "name",
        "kind",
        "body",
        "unclear",
        "agreement",
        "asked_on",
        "answer_expected",
        "evidence",
        "index",
        "shared",
        "manager",
    }
)
_SETTLING_FIELDS = frozenset({"cost", "delay_cost", "success", "reveals_size", "together", "how"})
_BEARING_FIELDS = frozenset(
    {
        "admitted",
        "uplift",
        "dispute_cost",
        "dispute_if_refused",
        "residual_probability",
        "residual_share",
        "share",
        "lot",
    }
)
_SHARES = frozenset({"success", "admitted", "uplift", "residual_probability", "residual_share", "share"})


def add_constraint(appraisal: Appraisal, *, constraint: str, name: str) -> Appraisal:
    """A new constraint at the end, nobody asked, no chance and no impact yet; `constraint` is its new id."""
    new = Constraint(id=constraint, name=name, impact=_NO_IMPACT)
    return changed(appraisal, constraints=added(appraisal.constraints, new))


def remove_constraint(appraisal: Appraisal, *, constraint: str) -> Appraisal:
    """Take the constraint out; who bears it goes with it, and criteria that score it are about none."""
    return changed(
        appraisal,
        constraints=without(appraisal.constraints, constraint),
        criteria=cleared(appraisal.criteria, "constraint", constraint),
    )


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
    """Words of the entry, its kind, how far it is agreed, its price index, its manager, or if it is one fact for all.

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


def set_impact(
    appraisal: Appraisal,
    *,
    constraint: str,
    low: Decimal,
    likely: Decimal,
    high: Decimal,
    shape: Shape | None = None,
) -> Appraisal:
    """Pounds in prices of year 0 if it turns out otherwise; without a shape the one that it had stays."""
    old = found(appraisal.constraints, constraint).impact
    impact = Impact(low=pounds(low), likely=pounds(likely), high=pounds(high), shape=shape or old.shape)
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
    appraisal: Appraisal,
    *,
    constraint: str,
    probability: float,
    low: Decimal,
    likely: Decimal,
    high: Decimal,
    shape: Shape | None = None,
) -> Appraisal:
    """What suppliers believe while it is unclear: the chance, and pounds in prices of year 0.

    Without a shape theirs stays; a new view has the shape of the constraint's own impact.
    """
    record = found(appraisal.constraints, constraint)
    old = record.view.impact if record.view is not None else record.impact
    impact = Impact(low=pounds(low), likely=pounds(likely), high=pounds(high), shape=shape or old.shape)
    return _constraint(appraisal, constraint, view=SupplierView(probability=float(probability), impact=impact))


def clear_view(appraisal: Appraisal, *, constraint: str) -> Appraisal:
    """Suppliers believe the same as the authority."""
    return _constraint(appraisal, constraint, view=None)


def change_settling(appraisal: Appraisal, *, constraint: str, **fields: object) -> Appraisal:
    """Cost, delay, success, what is revealed, how, or if it is in the set settled together. TypeError for others."""
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


def _parts(constraint: Constraint, option: str) -> tuple[Bearing, ...]:
    """Who shares it in the option."""
    return tuple(bearing for bearing in constraint.bearings if bearing.option == option)


def _part(constraint: Constraint, option: str, bearer: Bearer | None) -> Bearing:
    """The part of this bearer, or the only part. KeyError if there is none, or several without a bearer named."""
    parts = [one for one in _parts(constraint, option) if bearer in (None, one.bearer)]
    if len(parts) != 1:
        raise KeyError((constraint.id, option, bearer))
    return parts[0]


def _with_bearings(appraisal: Appraisal, constraint: Constraint, bearings: Iterable[Bearing]) -> Appraisal:
    new = tuple(bearings)
    if len(new) == len(constraint.bearings) and all(map(operator.is_, new, constraint.bearings)):
        return appraisal
    return changed(appraisal, constraints=swapped(appraisal.constraints, changed(constraint, bearings=new)))


def _with_part(appraisal: Appraisal, constraint: Constraint, old: Bearing, new: Bearing) -> Appraisal:
    return _with_bearings(appraisal, constraint, (new if one is old else one for one in constraint.bearings))


def set_bearing(appraisal: Appraisal, *, constraint: str, option: str, bearer: Bearer) -> Appraisal:
    """One bearer alone pays in the option if the constraint turns out otherwise.

    What it had is kept; a new bearer takes over lot, terms of claims and what is done from the first before it.
    """
    found(appraisal.options, option)
    record = found(appraisal.constraints, constraint)
    parts = _parts(record, option)
    if not parts:
        return _with_bearings(appraisal, record, (*record.bearings, Bearing(option=option, bearer=bearer)))
    old = next((one for one in parts if one.bearer is bearer), parts[0])
    new = changed(old, bearer=bearer, share=1.0)
    stay = (one for one in record.bearings if one is old or one.option != option)
    return _with_bearings(appraisal, record, (new if one is old else one for one in stay))


def add_share(appraisal: Appraisal, *, constraint: str, option: str, bearer: Bearer) -> Appraisal:
    """One more bearer in the option, so far with no share; the first of all bears the whole.

    KeyError if it bears a part there already.
    """
    found(appraisal.options, option)
    record = found(appraisal.constraints, constraint)
    parts = _parts(record, option)
    if any(one.bearer is bearer for one in parts):
        raise KeyError((constraint, option, bearer))
    new = Bearing(option=option, bearer=bearer, share=0.0 if parts else 1.0, lot=parts[0].lot if parts else "")
    return _with_bearings(appraisal, record, (*record.bearings, new))


def remove_share(appraisal: Appraisal, *, constraint: str, option: str, bearer: Bearer) -> Appraisal:
    """Take the part of one bearer out; one that is left alone bears the whole. KeyError if it bears nothing there."""
    record = found(appraisal.constraints, constraint)
    gone = _part(record, option, bearer)
    left = [one for one in _parts(record, option) if one is not gone]
    alone = changed(left[0], share=1.0) if len(left) == 1 else None
    return _with_bearings(
        appraisal,
        record,
        (alone if alone and one is left[0] else one for one in record.bearings if one is not gone),
    )


def set_shares(appraisal: Appraisal, *, constraint: str, option: str, shares: Mapping[Bearer, float]) -> Appraisal:
    """The shares of bearers in the option, 0 to 1; others stay. KeyError for one that bears nothing there."""
    record = found(appraisal.constraints, constraint)
    new = {id(_part(record, option, bearer)): float(share) for bearer, share in shares.items()}
    return _with_bearings(
        appraisal, record, (changed(one, share=new.get(id(one), one.share)) for one in record.bearings)
    )


def change_bearing(
    appraisal: Appraisal, *, constraint: str, option: str, bearer: Bearer | None = None, **fields: object
) -> Appraisal:
    """Share, lot, or terms of claims of a bearer, or of the only one; the bearer itself is `set_bearing`.

    KeyError if there is none, or several and none is named; TypeError for another field.
    """
    record = found(appraisal.constraints, constraint)
    old = _part(record, option, bearer)
    return _with_part(appraisal, record, old, changed(old, **_stored(simple(fields, _BEARING_FIELDS))))


def set_terms(appraisal: Appraisal, *, constraint: str, option: str, terms: PainGain) -> Appraisal:
    """Target, shares and cap of the pain/gain contract. KeyError if nobody shares pain and gain in the option."""
    record = found(appraisal.constraints, constraint)
    old = _part(record, option, Bearer.PAIN_GAIN)
    bands = tuple(
        Band(up_to=None if band.up_to is None else pounds(band.up_to), share=float(band.share)) for band in terms.bands
    )
    held = PainGain(
        target=pounds(terms.target),
        gain=float(terms.gain),
        bands=bands,
        cap=None if terms.cap is None else pounds(terms.cap),
    )
    return _with_part(appraisal, record, old, changed(old, terms=held))


def set_managed(
    appraisal: Appraisal,
    *,
    constraint: str,
    option: str,
    probability: float,
    cost: Decimal,
    bearer: Bearer | None = None,
    impact: Impact | None = None,
    evidence: str = "",
) -> Appraisal:
    """What a bearer, or the only one, does about it: the chance and perhaps the impact left, its cost, its evidence.

    KeyError if nobody bears it in the option, or several and none is named.
    """
    record = found(appraisal.constraints, constraint)
    old = _part(record, option, bearer)
    if impact is not None:
        low, likely, high = pounds(impact.low), pounds(impact.likely), pounds(impact.high)
        impact = Impact(low=low, likely=likely, high=high, shape=impact.shape)
    new = Management(probability=float(probability), impact=impact, cost=pounds(cost), evidence=evidence)
    return _with_part(appraisal, record, old, changed(old, managed=new))


def clear_managed(appraisal: Appraisal, *, constraint: str, option: str) -> Appraisal:
    """Nobody in the option does anything about it."""
    record = found(appraisal.constraints, constraint)
    return _with_bearings(
        appraisal, record, (changed(one, managed=None) if one.option == option else one for one in record.bearings)
    )


def clear_bearing(appraisal: Appraisal, *, constraint: str, option: str) -> Appraisal:
    """The option is not exposed to the constraint; nothing changes if it was not before."""
    record = found(appraisal.constraints, constraint)
    return _with_bearings(appraisal, record, (one for one in record.bearings if one.option != option))
