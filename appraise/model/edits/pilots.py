"""Stages before the decision: pilots and trials at no cost that prove a supplier's promise."""

from collections.abc import Mapping

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Pilot
from appraise.model.edits.changing import added, as_stored, changed, changed_in, found, simple, without

_FIELDS = frozenset(
    {
        "name",
        "kind",
        "go_on",
        "fall_back",
        "without",
        "cost",
        "success",
        "false_positive",
        "misled",
        "months",
        "starts_on",
        "test",
        "source",
    }
)
_OPTIONS = ("go_on", "fall_back", "without")
_SHARES = frozenset({"success", "false_positive"})


def add_pilot(appraisal: Appraisal, *, pilot: str, name: str) -> Appraisal:
    """A new pilot at the end, of no option yet; `pilot` is its new id."""
    return changed(appraisal, pilots=added(appraisal.pilots, Pilot(id=pilot, name=name)))


def change_pilot(appraisal: Appraisal, *, pilot: str, **fields: object) -> Appraisal:
    """Any field of the pilot by name. KeyError for an unknown option, TypeError for another field."""
    new = as_stored(simple(fields, _FIELDS), shares=_SHARES)
    for name in _OPTIONS:
        if option := new.get(name):
            found(appraisal.options, str(option))
    return changed(appraisal, pilots=changed_in(appraisal.pilots, pilot, **new))


def remove_pilot(appraisal: Appraisal, *, pilot: str) -> Appraisal:
    """Nothing else hangs on a pilot."""
    return changed(appraisal, pilots=without(appraisal.pilots, pilot))


def without_option(pilot: Pilot, option: str) -> Pilot:
    """The pilot, naming no option where it named this one."""
    emptied: Mapping[str, str] = {name: "" for name in _OPTIONS if getattr(pilot, name) == option}
    return changed(pilot, **emptied)
