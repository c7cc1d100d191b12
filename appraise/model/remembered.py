"""What was worked out from records of a document, found again while somebody changes another part of it.

Records never change: an edit makes new ones and keeps the rest. So a record that is the very same gives the same.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")

#: Things that are kept of each kind; then all are let go at once, which costs one evaluation.
MOST = 8192


class Remembered(Generic[Made]):
    """Things by the identity of the records that they were made from. The records are kept alive with them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: dict[tuple[Hashable, ...], tuple[tuple[object, ...], Made]] = {}

    def of(self, make: Callable[[], Made], *records: object, beside: Hashable = None) -> Made:
        """What `make` makes of the records, and of the value `beside` them, made once.

        Safe in several threads: two may make the same.
        """
        key = (beside, *map(id, records))
        found = self._kept.get(key)
        if found is not None:
            return found[1]
        if len(self._kept) >= self._most:
            self._kept.clear()
        made = make()
        self._kept[key] = records, made
        return made
