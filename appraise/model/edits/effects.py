"""Other public bodies, income groups, and effects that have no price."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Count, Effect, IncomeGroup, PublicBody
from appraise.model.edits.changing import added, changed, changed_in, cleared, found, moved, simple, swapped, without
from appraise.model.money import pounds

_GROUP_FIELDS = frozenset({"name", "income", "adults", "children_14_and_over", "children_under_14", "source"})
_EFFECT_FIELDS = frozenset({"name", "kind", "unit", "words", "source"})


def add_body(appraisal: Appraisal, *, body: str, name: str) -> Appraisal:
    """Another public body at the end; `body` is its new id."""
    return changed(appraisal, bodies=added(appraisal.bodies, PublicBody(id=body, name=name)))


def rename_body(appraisal: Appraisal, *, body: str, name: str) -> Appraisal:
    """The public body's name."""
    return changed(appraisal, bodies=changed_in(appraisal.bodies, body, name=name))


def remove_body(appraisal: Appraisal, *, body: str) -> Appraisal:
    """Take the body out. Lines that fell on it, and partners that were it, name none; the checks report them."""
    return changed(
        appraisal,
        bodies=without(appraisal.bodies, body),
        lines=cleared(appraisal.lines, "body", body),
        partners=cleared(appraisal.partners, "body", body),
    )


def add_income_group(appraisal: Appraisal, *, group: str, name: str, income: Decimal) -> Appraisal:
    """An income group at the end: two adults, no children yet; `group` is its new id, `income` pounds a year."""
    new = IncomeGroup(id=group, name=name, income=pounds(income))
    return changed(appraisal, income_groups=added(appraisal.income_groups, new))


def change_income_group(appraisal: Appraisal, *, group: str, **fields: object) -> Appraisal:
    """Name, income, adults, children_14_and_over, children_under_14 or source. TypeError for another field."""
    new = dict(simple(fields, _GROUP_FIELDS))
    if isinstance(income := new.get("income"), Decimal):
        new["income"] = pounds(income)
    return changed(appraisal, income_groups=changed_in(appraisal.income_groups, group, **new))


def remove_income_group(appraisal: Appraisal, *, group: str) -> Appraisal:
    """Take the group out. Lines that fell on it have no weight of their own any more."""
    return changed(
        appraisal,
        income_groups=without(appraisal.income_groups, group),
        lines=cleared(appraisal.lines, "incomes", group),
    )


def add_effect(appraisal: Appraisal, *, effect: str, name: str) -> Appraisal:
    """An effect without a price at the end; `effect` is its new id."""
    return changed(appraisal, effects=added(appraisal.effects, Effect(id=effect, name=name)))


def change_effect(appraisal: Appraisal, *, effect: str, **fields: object) -> Appraisal:
    """Name, kind, unit, words or source. TypeError for another field."""
    new = simple(fields, _EFFECT_FIELDS)
    return changed(appraisal, effects=changed_in(appraisal.effects, effect, **new))


def remove_effect(appraisal: Appraisal, *, effect: str) -> Appraisal:
    """Take the effect out with its units in every option."""
    return changed(appraisal, effects=without(appraisal.effects, effect))


def move_effect(appraisal: Appraisal, *, effect: str, to: int) -> Appraisal:
    """Put the effect at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, effects=moved(appraisal.effects, effect, to))


def _count(appraisal: Appraisal, effect: str, option: str, **fields: object) -> Appraisal:
    """Units or words of the effect in the option; a count that says nothing any more goes."""
    found(appraisal.options, option)
    record = found(appraisal.effects, effect)
    old = next((count for count in record.counts if count.option == option), None)
    new = changed(old or Count(option=option), **fields)
    if old is new:
        return appraisal
    rest = [count for count in record.counts if count is not old]
    if new.units or new.words:
        rest.insert(len(rest) if old is None else record.counts.index(old), new)
    return changed(appraisal, effects=swapped(appraisal.effects, changed(record, counts=tuple(rest))))


def set_units(appraisal: Appraisal, *, effect: str, option: str, units: tuple[Decimal, ...]) -> Appraisal:
    """Units of the effect in the option by year from year 0; empty for none."""
    return _count(appraisal, effect, option, units=tuple(units))


def describe_units(appraisal: Appraisal, *, effect: str, option: str, words: str) -> Appraisal:
    """What the effect means in this option, in words."""
    return _count(appraisal, effect, option, words=words)
