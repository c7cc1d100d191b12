"""The audit log: who changed what, when and why, each entry carrying the hash of the one before.

The log is not part of the appraisal and not part of its digest. The chain shows an entry changed, removed
or put in between, unless everything after it was rewritten as well.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import msgspec

#: What the first entry carries as the hash of the one before.
FIRST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One action. `when` is ISO 8601 in UTC; `before` and `after` are digests of the appraisal."""

    when: str
    who: str
    action: str
    why: str
    before: str
    after: str
    previous: str = FIRST


def line_of(entry: Entry) -> bytes:
    """The entry as one line of audit.jsonl, without the line end."""
    return json.dumps(asdict(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def hash_of(line: bytes) -> str:
    """What the next entry carries: SHA-256 of the line."""
    return hashlib.sha256(line).hexdigest()


def written(lines: Iterable[bytes]) -> bytes:
    """audit.jsonl from its lines."""
    return b"".join(line + b"\n" for line in lines)


def lines_of(log: bytes) -> list[bytes]:
    """The lines of audit.jsonl."""
    return [line for line in log.split(b"\n") if line]


def entries_of(lines: Iterable[bytes]) -> tuple[Entry, ...]:
    """The entries that can be read; `faults` names the first that cannot."""
    found = []
    for line in lines:
        try:
            found.append(msgspec.json.decode(line, type=Entry, strict=True))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return tuple(found)


def faults(lines: list[bytes], digest: str) -> tuple[str, ...]:
    """Sentences about a log that does not hold together or does not lead to the appraisal of this digest.

    A broken log does not keep a file from opening: it is a fact that the reader should know.
    """
    previous = FIRST
    before: str | None = None
    for number, line in enumerate(lines, start=1):
        entry = next(iter(entries_of([line])), None)
        if entry is None:
            return (f"Entry {number} of the audit log cannot be read. Compare with an earlier version of the file.",)
        if entry.previous != previous or (before is not None and entry.before != before):
            return (
                f"The audit log was altered at or before entry {number}. Compare with an earlier version of the file.",
            )
        previous, before = hash_of(line), entry.after
    if before is not None and before != digest:
        return ("The content was changed outside Appraise since the last entry of the audit log.",)
    return ()
