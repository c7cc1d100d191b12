"""Optimism bias: how far estimates of a kind usually fall short, and what is done about it."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias, Mitigation
from appraise.model.edits.changing import added, changed, changed_in, cleared, found, simple, swapped, without
from appraise.model.tables import BIAS_TABLE

_BIAS_FIELDS = frozenset(
    {
        "name",
        "table",
        "upper_percent",
        "lower_percent",
        "managed_percent",
        "awarded",
        "months",
        "duration_upper_percent",
        "duration_lower_percent",
        "evidence",
    }
)
_CAUSE_FIELDS = frozenset({"name", "share_percent", "managed_percent", "evidence"})
_NONE = Decimal("0.00")


def published_percents(table: str) -> dict[str, Decimal]:
    """Upper and lower bounds of a row of the published table, by field of a bias. KeyError if unknown."""
    row = BIAS_TABLE[table]
    return {
        "upper_percent": row.cost_upper,
        "lower_percent": row.cost_lower,
        "duration_upper_percent": row.duration_upper or _NONE,
        "duration_lower_percent": row.duration_lower or _NONE,
    }


def add_bias(appraisal: Appraisal, *, bias: str, name: str, table: str = "") -> Appraisal:
    """A bias at the end; `bias` is its new id. `table` fills in the bounds of a published row.

    Without one it stands for the body's own history of forecasts, which goes first (Green Book 2026, 6.78-6.82).
    KeyError for an unknown row.
    """
    percents = published_percents(table) if table else {}
    return changed(
        appraisal, biases=added(appraisal.biases, changed(Bias(id=bias, name=name, table=table), **percents))
    )


def change_bias(appraisal: Appraisal, *, bias: str, **fields: object) -> Appraisal:
    """Any of the plain fields. Choosing another published row brings its bounds, unless they are given too.

    TypeError for another field, KeyError for an unknown row.
    """
    new = dict(simple(fields, _BIAS_FIELDS))
    table = new.get("table")
    if isinstance(table, str) and table and table != found(appraisal.biases, bias).table:
        new = {**published_percents(table), **new}
    return changed(appraisal, biases=changed_in(appraisal.biases, bias, **new))


def remove_bias(appraisal: Appraisal, *, bias: str) -> Appraisal:
    """Take the bias out. Lines that named it name none."""
    return changed(appraisal, biases=without(appraisal.biases, bias), lines=cleared(appraisal.lines, "bias", bias))


def _causes(appraisal: Appraisal, record: Bias, causes: tuple[Mitigation, ...]) -> Appraisal:
    return changed(appraisal, biases=swapped(appraisal.biases, changed(record, causes=causes)))


def add_cause(appraisal: Appraisal, *, bias: str, cause: str, name: str, share_percent: Decimal) -> Appraisal:
    """A cause of the bias at the end, with its share of the upper bound; `cause` is its new id."""
    record = found(appraisal.biases, bias)
    new = Mitigation(id=cause, name=name, share_percent=share_percent)
    return _causes(appraisal, record, added(record.causes, new))


def change_cause(appraisal: Appraisal, *, bias: str, cause: str, **fields: object) -> Appraisal:
    """Name, share_percent, managed_percent or evidence of a cause. TypeError for another field."""
    record = found(appraisal.biases, bias)
    return _causes(appraisal, record, changed_in(record.causes, cause, **simple(fields, _CAUSE_FIELDS)))


def remove_cause(appraisal: Appraisal, *, bias: str, cause: str) -> Appraisal:
    """Take the cause out. Without causes the bias's own share that is managed holds again."""
    record = found(appraisal.biases, bias)
    return _causes(appraisal, record, without(record.causes, cause))


def set_explained_lines(appraisal: Appraisal, *, constraint: str, lines: tuple[str, ...]) -> Appraisal:
    """The lines whose optimism bias the constraint explains (METHOD 10.5). KeyError for an unknown line."""
    for line in lines:
        found(appraisal.lines, line)
    explained = tuple(dict.fromkeys(lines))
    return changed(appraisal, constraints=changed_in(appraisal.constraints, constraint, lines=explained))
