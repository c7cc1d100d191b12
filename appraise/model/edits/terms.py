"""Commercial terms: contracts, timetables, lots, and how the price of a line is agreed to move."""

from collections.abc import Mapping

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import LineTerms, Lot
from appraise.model.edits.changing import (
    added,
    as_stored,
    changed,
    changed_in,
    each,
    found,
    simple,
    swapped,
    without,
)

_TERMS_FIELDS = frozenset(
    {
        "starts",
        "commitment",
        "reference_years",
        "investment",
        "kept_value",
        "capital_percent",
        "capital_real",
        "procurement",
        "transition",
        "dual_running",
        "relets_entered",
        "after_cut",
        "break_cost_is",
        "break_cost",
        "fall_back",
        "source",
    }
)
_TIMETABLE_FIELDS = frozenset(
    {
        "starts_on",
        "needed_by",
        "engagement_weeks",
        "tender_weeks",
        "evaluation_weeks",
        "standstill_days",
        "mobilisation_weeks",
        "words",
    }
)
_LOT_FIELDS = frozenset({"name", "supplier", "percent", "words"})
_LINE_TERMS_FIELDS = frozenset({"volumes", "tiers", "whole", "loyalty", "cap", "collar", "source"})


def change_terms(appraisal: Appraisal, *, option: str, **fields: object) -> Appraisal:
    """Any field of the option's contract terms by name. KeyError for an unknown fall-back, TypeError for others."""
    new = as_stored(simple(fields, _TERMS_FIELDS), exact={"capital_percent"})
    if fall_back := new.get("fall_back"):
        found(appraisal.options, str(fall_back))
    old = found(appraisal.options, option)
    return changed(appraisal, options=swapped(appraisal.options, changed(old, terms=changed(old.terms, **new))))


def change_timetable(appraisal: Appraisal, *, option: str, **fields: object) -> Appraisal:
    """Start, weeks of each step, standstill or words of the option's timetable. TypeError for another field."""
    old = found(appraisal.options, option)
    new = changed(old, timetable=changed(old.timetable, **simple(fields, _TIMETABLE_FIELDS)))
    return changed(appraisal, options=swapped(appraisal.options, new))


def add_lot(appraisal: Appraisal, *, option: str, lot: str, name: str) -> Appraisal:
    """A new lot at the end of the option's, with no share yet; `lot` is its new id, which no option may have."""
    added(tuple(one for other in appraisal.options for one in other.lots), Lot(id=lot, name=name))
    old = found(appraisal.options, option)
    return changed(appraisal, options=changed_in(appraisal.options, option, lots=(*old.lots, Lot(id=lot, name=name))))


def change_lot(appraisal: Appraisal, *, option: str, lot: str, **fields: object) -> Appraisal:
    """Name, supplier, percent or words of a lot. Constraints that name it in this option follow its name."""
    old = found(appraisal.options, option)
    before = found(old.lots, lot)
    after = changed(before, **simple(fields, _LOT_FIELDS))
    named = _bearing_lot(appraisal, option, before.name, after.name) if after.name != before.name else appraisal
    return changed(named, options=swapped(named.options, changed(old, lots=swapped(old.lots, after))))


def remove_lot(appraisal: Appraisal, *, option: str, lot: str) -> Appraisal:
    """Take the lot out. Constraints that named it in this option name none."""
    old = found(appraisal.options, option)
    named = _bearing_lot(appraisal, option, found(old.lots, lot).name, "")
    return changed(named, options=changed_in(named.options, option, lots=without(old.lots, lot)))


def _bearing_lot(appraisal: Appraisal, option: str, old: str, new: str) -> Appraisal:
    """Bearings of the option name their lot by its name: put the new one there."""
    if not old:
        return appraisal

    def renamed(constraint: Constraint) -> Constraint:
        theirs = (
            changed(one, lot=new) if (one.option, one.lot) == (option, old) else one for one in constraint.bearings
        )
        return changed(constraint, bearings=each(constraint.bearings, theirs))

    constraints = each(appraisal.constraints, map(renamed, appraisal.constraints))
    return changed(appraisal, constraints=constraints)


def set_line_terms(appraisal: Appraisal, *, line: str, **fields: object) -> Appraisal:
    """Volumes, tiers, whole, loyalty, cap, collar or source of a line's terms; terms that say nothing go.

    KeyError for an unknown line, TypeError for another field.
    """
    found(appraisal.lines, line)
    old = next((one for one in appraisal.line_terms if one.line == line), None)
    new = changed(old or LineTerms(line=line), **_plain(simple(fields, _LINE_TERMS_FIELDS)))
    if new is old:
        return appraisal
    rest = [one for one in appraisal.line_terms if one is not old]
    if new != LineTerms(line=line):
        rest.insert(len(rest) if old is None else appraisal.line_terms.index(old), new)
    return changed(appraisal, line_terms=tuple(rest))


def _plain(fields: Mapping[str, object]) -> dict[str, object]:
    """Lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def clear_line_terms(appraisal: Appraisal, *, line: str) -> Appraisal:
    """Nothing is agreed about the line's price; nothing changes if nothing was. KeyError for an unknown line."""
    found(appraisal.lines, line)
    rest = tuple(one for one in appraisal.line_terms if one.line != line)
    return changed(appraisal, line_terms=rest)


def copied_terms(line_terms: tuple[LineTerms, ...], line: str, copy: str) -> tuple[LineTerms, ...]:
    """The terms of all lines, with those of `line` once more for the line `copy`."""
    own = tuple(changed(one, line=copy) for one in line_terms if one.line == line)
    return line_terms + own


def fallen_back(option: Option, gone: str) -> Option:
    """The option, without a fall-back if that was `gone`."""
    return changed(option, terms=changed(option.terms, fall_back="")) if option.terms.fall_back == gone else option
