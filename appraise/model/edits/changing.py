"""What all edits are made of: change, add, remove and move a record in a tuple of records.

An edit takes a document and returns a document. Where nothing changes it returns the same object, so
that nothing appears in the undo history. Parts that an edit does not touch are shared by identity.
An unknown id is a KeyError: the caller's fault, never the user's.
"""

import operator
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar

from appraise.model.money import pounds


class EditRefused(Exception):
    """The action is not allowed; the text is one sentence for the user."""


class _Record(Protocol):
    """A frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class _Named(_Record, Protocol):
    """A frozen dataclass with an id."""

    @property
    def id(self) -> str:
        """Unique within its kind."""


AnyRecord = TypeVar("AnyRecord", bound=_Record)
AnyNamed = TypeVar("AnyNamed", bound=_Named)


def _same(old: object, new: object) -> bool:
    return old is new or (type(old) is type(new) and old == new)


def changed(record: AnyRecord, **fields: object) -> AnyRecord:
    """The record with these fields; the same object if all of them have these values already."""
    new = {name: value for name, value in fields.items() if not _same(getattr(record, name), value)}
    return replace(record, **new) if new else record


def position(records: tuple[AnyNamed, ...], record_id: str) -> int:
    """Where the record stands. KeyError if no record has this id."""
    for place, record in enumerate(records):
        if record.id == record_id:
            return place
    raise KeyError(record_id)


def found(records: tuple[AnyNamed, ...], record_id: str) -> AnyNamed:
    """The record with this id. KeyError if there is none."""
    return records[position(records, record_id)]


def swapped(records: tuple[AnyNamed, ...], new: AnyNamed) -> tuple[AnyNamed, ...]:
    """The records with `new` in the place of the one with its id; the same tuple if it is that one."""
    place = position(records, new.id)
    if records[place] is new:
        return records
    return (*records[:place], new, *records[place + 1 :])


def changed_in(records: tuple[AnyNamed, ...], record_id: str, **fields: object) -> tuple[AnyNamed, ...]:
    """The records with these fields of one of them set."""
    return swapped(records, changed(found(records, record_id), **fields))


def added(records: tuple[AnyNamed, ...], record: AnyNamed) -> tuple[AnyNamed, ...]:
    """The records with a new one at the end. KeyError if its id is empty or taken."""
    if not record.id or any(other.id == record.id for other in records):
        raise KeyError(f"id {record.id!r} is empty or taken")
    return (*records, record)


def without(records: tuple[AnyNamed, ...], record_id: str) -> tuple[AnyNamed, ...]:
    """The records less one. KeyError if there is none with this id."""
    place = position(records, record_id)
    return records[:place] + records[place + 1 :]


def moved(records: tuple[AnyNamed, ...], record_id: str, to: int) -> tuple[AnyNamed, ...]:
    """The records with one of them at place `to` (0 is first; beyond the end is last)."""
    place = position(records, record_id)
    to = max(0, min(to, len(records) - 1))
    if place == to:
        return records
    rest = records[:place] + records[place + 1 :]
    return (*rest[:to], records[place], *rest[to:])


def kept(records: tuple[AnyRecord, ...], those: Iterable[bool]) -> tuple[AnyRecord, ...]:
    """The records marked True; the same tuple if all are."""
    chosen = tuple(record for record, stays in zip(records, those, strict=True) if stays)
    return records if len(chosen) == len(records) else chosen


def cleared(records: tuple[AnyRecord, ...], field: str, reference: str) -> tuple[AnyRecord, ...]:
    """The records with `field` emptied where it names `reference`; the same tuple if none does."""
    if not any(getattr(record, field) == reference for record in records):
        return records
    return tuple(
        changed(record, **{field: ""}) if getattr(record, field) == reference else record for record in records
    )


def simple(fields: Mapping[str, object], allowed: frozenset[str]) -> Mapping[str, object]:
    """The fields, if all of them may be set as they are. TypeError for any other: it has an edit of its own."""
    unknown = sorted(fields.keys() - allowed)
    if unknown:
        raise TypeError(f"no simple fields: {', '.join(unknown)}")
    return fields


def as_stored(
    fields: Mapping[str, object], *, exact: AbstractSet[str] = frozenset(), shares: AbstractSet[str] = frozenset()
) -> dict[str, object]:
    """The fields as the document holds them: money in pence, `exact` figures as they are, `shares` as floats."""
    stored = dict(fields)
    for name, value in fields.items():
        if name in shares and isinstance(value, int | float):
            stored[name] = float(value)
        elif name not in exact and isinstance(value, Decimal):
            stored[name] = pounds(value)
    return stored


def without_words(words: tuple[str, ...], gone: AbstractSet[str]) -> tuple[str, ...]:
    """The ids that stay; the same tuple if all do."""
    return words if gone.isdisjoint(words) else tuple(word for word in words if word not in gone)


def each(records: tuple[AnyRecord, ...], new: Iterable[AnyRecord]) -> tuple[AnyRecord, ...]:
    """The new records in the place of the old; the same tuple if none of them is new."""
    those = tuple(new)
    same = len(those) == len(records) and all(map(operator.is_, those, records))
    return records if same else those
