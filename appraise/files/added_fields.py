"""What upgrade steps share: giving records the fields that a version added."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: The way to records of the older version -> what the newer one added to each of them.
Added = Mapping[tuple[str, ...], Mapping[str, Any]]


def add_fields(content: dict[str, Any], added: Added) -> None:
    """Write out every field that is not there, in place.

    It does not judge: what is no record where one belongs stays as it is, for the strict reader to place.
    """
    for way, fields in added.items():
        for record in records(content, way):
            for name, value in fields.items():
                record.setdefault(name, copy.deepcopy(value))


def records(value: Any, way: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The records at the end of the way, through lists where there are some."""
    if isinstance(value, list):
        for item in value:
            yield from records(item, way)
    elif isinstance(value, dict):
        if way:
            yield from records(value.get(way[0]), way[1:])
        else:
            yield value
