"""Recovery copies: unsaved work kept in the user's data folder until it is saved or given up.

Each open session has one copy, NAME.appraisal, with a note NAME.json that says whose it is. The copy is
locked while its session lives, so a copy that can be locked was left behind by a program that ended early.
"""

import contextlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from appraise.files.document import Document, to_bytes
from appraise.files.faults import FileFault
from appraise.workspace.locking import FileLock
from appraise.workspace.places import data_folder, write_private


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Unsaved work found: the copy, the file it belongs to (None: never saved), its title and time (ISO, UTC).

    `fingerprint`: SHA-256 of the bytes of `original` when the work began, None if it had no file.
    """

    copy: Path
    original: Path | None
    fingerprint: str | None
    title: str
    when: str


class RecoveryCopy:
    """The recovery copy of one open session; made with the first `write`, gone after `remove`."""

    def __init__(self) -> None:
        self._copy: Path | None = None
        self._lock: FileLock | None = None

    def write(self, document: Document, original: Path | None, fingerprint: str | None, when: str) -> None:
        """Write or replace the copy. Raises OSError or FileFault if the data folder takes none."""
        if self._copy is None:
            copy = data_folder("recovery") / f"{secrets.token_hex(8)}.appraisal"
            self._lock = FileLock(copy, "this program")
            self._copy = copy
        write_private(self._copy, to_bytes(document))
        note = {
            "original": str(original) if original else "",
            "fingerprint": fingerprint or "",
            "title": document.appraisal.title,
            "when": when,
        }
        write_private(self._copy.with_suffix(".json"), json.dumps(note).encode())

    def remove(self) -> None:
        """Remove the copy, because the work is saved or given up."""
        if self._copy is not None:
            _unlink(self._copy)
            self._copy = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def offers() -> tuple[Offer, ...]:
    """Copies left behind by sessions that ended without saving, newest first."""
    return tuple(sorted(_left_behind(), key=lambda offer: offer.when, reverse=True))


def discard(offer: Offer) -> None:
    """Throw a recovery copy away."""
    _unlink(offer.copy)


def _left_behind() -> Iterator[Offer]:
    with contextlib.suppress(OSError):
        for copy in data_folder("recovery").glob("*.appraisal"):
            with contextlib.suppress(OSError, FileFault):
                FileLock(copy, "this program").release()
                yield _offer(copy)


def _offer(copy: Path) -> Offer:
    note = {}
    with contextlib.suppress(OSError, ValueError):
        note = json.loads(copy.with_suffix(".json").read_bytes())
    texts = (
        {key: str(note.get(key, "")) for key in ("original", "fingerprint", "title", "when")}
        if isinstance(note, dict)
        else {}
    )
    original = texts.get("original")
    return Offer(
        copy=copy,
        original=Path(original) if original else None,
        fingerprint=texts.get("fingerprint") or None,
        title=texts.get("title") or "An appraisal",
        when=texts.get("when", ""),
    )


def _unlink(copy: Path) -> None:
    note = copy.with_suffix(".json")
    for path in (copy, note, copy.with_name(copy.name + ".new"), note.with_name(note.name + ".new")):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
