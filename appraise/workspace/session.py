"""One open appraisal: its file, its history, its audit log.

The session owns the history. A window's undo stack mirrors it: one command for each `Applied.NEW`, whose
redo and undo call `Session.redo` and `Session.undo`.
"""

import contextlib
import getpass
import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from appraise.files import document as file
from appraise.files.document import Document
from appraise.files.faults import CannotWrite, FileFault, called
from appraise.files.strict import OlderFormat
from appraise.files.upgrades import CURRENT
from appraise.files.writing import real_path
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Step as SealStep
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.workshop import take_step
from appraise.model.plain import content_digest
from appraise.model.sealing import breach
from appraise.workspace import audit, receipts, recent, templates
from appraise.workspace.locking import FileLock
from appraise.workspace.places import data_folder
from appraise.workspace.recovery import Offer, RecoveryCopy, discard

Clock = Callable[[], datetime]
Follower = Callable[[Appraisal, Appraisal], None]


class Applied(Enum):
    """What `Session.apply` did: a new step, the same step carried on, or nothing because nothing changed."""

    NEW = auto()
    MERGED = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class _Step:
    """One undoable step. `why` and `key` as given to `apply`."""

    before: Appraisal
    after: Appraisal
    action: str
    why: str
    key: str


@dataclass(frozen=True, slots=True)
class _Pending:
    """The newest audit entry while its gesture may go on; hashed and chained by `_settle`."""

    step: _Step
    when: str


def now_utc() -> datetime:
    """The clock that sessions use unless they are given another."""
    return datetime.now(UTC)


def user_name() -> str:
    """The name under which the audit log records this user."""
    try:
        return getpass.getuser()
    except (OSError, ImportError, KeyError):
        return "unknown"


class Session:
    """An open appraisal. Made by `new`, `open` or `recover`, ended by `close` or a `with` block.

    Attributes:
        appraisal: the document as it stands; never changed, only replaced.
        path: its file, None before the first save.
        read_only: the file may not be written; `save_as` to another name may.
        notices: sentences to show once after opening or saving.

    """

    def __init__(self, appraisal: Appraisal, *, who: str = "", clock: Clock = now_utc) -> None:
        self.path: Path | None = None
        self.read_only = False
        self.notices: tuple[str, ...] = ()
        self._appraisal = appraisal
        self._who = who or user_name()
        self._clock = clock
        self._saved: Appraisal | None = appraisal
        self._fingerprint: str | None = None
        self._lock: FileLock | None = None
        self._log: list[bytes] = []
        self._older: OlderFormat | None = None
        self._pending: _Pending | None = None
        self._steps: list[_Step] = []
        self._position = 0
        self._digests: tuple[tuple[Appraisal, str], ...] = ()
        self._followers: list[Follower] = []
        self._recovery = RecoveryCopy()
        self._recovered: Appraisal | None = appraisal

    # Opening -----------------------------------------------------------------------------------------

    @classmethod
    def new(
        cls, template: str = "blank", *, first_year: int | None = None, who: str = "", clock: Clock = now_utc
    ) -> "Session":
        """A new, unsaved appraisal from a template. Raises FileFault for an unknown one."""
        year = templates.next_first_year(clock().date()) if first_year is None else first_year
        session = cls(templates.load(template, first_year=year), who=who, clock=clock)
        session._record("", session.digest, f"Start from the template {template}", "")
        return session

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, who: str = "", clock: Clock = now_utc) -> "Session":
        """Open a file. A bare content.json opens as an unsaved appraisal.

        Raises FileFault; InUse when somebody else has it open and `read_only` is False.
        """
        lock, notices = (None, []) if read_only else _locked(path, who or user_name())
        try:
            opened = file.opened(path)
        except BaseException as fault:
            if lock is not None:
                lock.release()
            if isinstance(fault, FileFault):
                raise _with_earlier_version(path, fault) from fault
            raise
        session = cls(opened.document.appraisal, who=who, clock=clock)
        session._log, session._older = audit.lines_of(opened.document.log), opened.older
        if opened.bare:
            if lock is not None:
                lock.release()
            session.notices = ("This is content without its file. Save it as an appraisal to keep changes.",)
            return session
        session.path, session._lock, session._fingerprint = path, lock, opened.fingerprint
        session.read_only = lock is None
        written = opened.older.digest if opened.older else session.digest
        session.notices = (*notices, *audit.faults(session._log, written))
        if lock is not None:
            session.notices += _about_older(opened.older)
            recent.remember(path)
        return session

    @classmethod
    def recover(cls, offer: Offer, *, who: str = "", clock: Clock = now_utc) -> "Session":
        """Unsaved work as it stood. The copy stays until the work is saved or the session closed.

        Saving raises ChangedOnDisk if the original file is no longer the one the work began from.
        Raises FileFault; InUse while somebody else has the original open.
        """
        opened = file.opened(offer.copy)
        session = cls(opened.document.appraisal, who=who, clock=clock)
        session._saved = None
        session._recovered = None
        session._log, session._older = audit.lines_of(opened.document.log), opened.older
        session._record_upgrade()
        session._record(session.digest, session.digest, "Recover unsaved work", "")
        if offer.original is not None and os.path.exists(offer.original):  # noqa: PTH110  Path.exists may raise
            session._lock, notices = _locked(offer.original, session._who)
            session.path, session.notices = offer.original, tuple(notices)
            session.read_only = session._lock is None
            session._fingerprint = offer.fingerprint
        if session.keep_recovery_copy():
            discard(offer)
        return session

    # The document ------------------------------------------------------------------------------------

    @property
    def appraisal(self) -> Appraisal:
        """The document as it stands."""
        return self._appraisal

    @property
    def digest(self) -> str:
        """The digest of the document as it stands (64 hex digits)."""
        return self._digest_of(self._appraisal)

    @property
    def modified(self) -> bool:
        """The content differs from what was last saved; undoing back to that makes it unmodified."""
        if self._saved is self._appraisal:
            return False
        return self._saved is None or self._saved != self._appraisal

    def apply(self, new: Appraisal, action: str, why: str = "", merge_key: str = "") -> Applied:
        """Take a changed document as the next step of the history.

        `action` is shown as the name of the step and stands in the audit log with `why`. The same
        `merge_key` as in the step just before, without `end_gesture` between, carries that step on.

        EditRefused, and nothing changes, for what is sealed.
        """
        old = self._appraisal
        if new is old or new == old:
            return Applied.NOTHING
        if sentence := breach(old, new):
            raise EditRefused(sentence)
        self._record_upgrade()
        merged = self._may_merge(merge_key)
        before, step_why = (self._steps[-1].before, why or self._steps[-1].why) if merged else (old, why)
        step = _Step(before, new, action, step_why, merge_key)
        if not merged:
            self._settle()
        self._steps[self._position - merged :] = [step]
        self._position = len(self._steps)
        self._pending = _Pending(step, self._now())
        self._show(new)
        return Applied.MERGED if merged else Applied.NEW

    def seal(self, step: SealStep, reason: str = "") -> str:
        """Take a step of the seals of the workshop; the receipt where it gives one, else nothing.

        It stands in the audit log, and nothing before it can be undone. EditRefused, with what is missing, while the
        appraisal is not ready for it.
        """
        old = self._appraisal
        made = self.fresh_id("workshop") if step is SealStep.START else ""
        when = self._now()  # one moment for both logs: a receipt finds its entry by it
        new = take_step(old, step=step, when=when, who=self._who, reason=reason, workshop=made)
        self._record_upgrade()
        self._settle()
        action, why = receipts.ACTIONS[step], receipts.noted(new, step, reason)
        self._log.append(self._line(self._digest_of(old), self._digest_of(new), action, why, when=when))
        self._steps, self._position = [], 0
        self._show(new)
        return self.receipt() if step in receipts.GIVE_ONE else ""

    def receipt(self) -> str:
        """The newest receipt as plain text, empty where there is none: see `receipts`."""
        return receipts.newest(self._appraisal, self._log)

    def receipt_today(self) -> str:
        """How the appraisal stands today beside that receipt, empty where there is none: see `receipts`."""
        return receipts.today(self._appraisal, self._log)

    def compare_receipt(self, text: str) -> tuple[tuple[str, bool], ...]:
        """What of a receipt given as text is the same today: see `receipts`."""
        return receipts.compare(self._appraisal, self._log, text)

    def end_gesture(self) -> None:
        """The drag or the typing is over: the next edit is a step of its own."""
        self._settle()

    @property
    def undo_text(self) -> str:
        """The action that `undo` would take back, empty if there is none."""
        return self._steps[self._position - 1].action if self._position else ""

    @property
    def redo_text(self) -> str:
        """The action that `redo` would do again, empty if there is none."""
        return self._steps[self._position].action if self._position < len(self._steps) else ""

    def undo(self) -> str | None:
        """Take the last step back and say so in the audit log; the action taken back, or None."""
        if not self._position:
            return None
        self._settle()
        self._position -= 1
        step = self._steps[self._position]
        return self._moved(step.after, step.before, "Undo", step.action)

    def redo(self) -> str | None:
        """Do the step taken back last again and say so in the audit log; its action, or None."""
        if self._position == len(self._steps):
            return None
        self._settle()
        step = self._steps[self._position]
        self._position += 1
        return self._moved(step.before, step.after, "Redo", step.action)

    def follow(self, callback: Follower) -> None:
        """Call back with (old, new) after every change; compare part by part, by identity."""
        self._followers.append(callback)

    def unfollow(self, callback: Follower) -> None:
        """Stop calling back."""
        self._followers.remove(callback)

    def fresh_id(self, prefix: str) -> str:
        """An id such as "line-1a2b3c4d" that the document does not use yet."""
        used = set(_ids(self._appraisal))
        while True:
            fresh = f"{prefix}-{secrets.token_hex(4)}"
            if fresh not in used:
                return fresh

    def entries(self) -> tuple[audit.Entry, ...]:
        """The audit log so far, oldest first."""
        self._settle()
        return audit.entries_of(self._log)

    @property
    def last_changed(self) -> datetime:
        """When the appraisal was last changed, by its audit log; now for a file without a log.

        It dates what is exported, so that the same file gives the same bytes.
        """
        for entry in reversed(self.entries()):
            with contextlib.suppress(ValueError):
                when = datetime.fromisoformat(entry.when)
                return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
        return self._clock().astimezone(UTC)

    # The file ----------------------------------------------------------------------------------------

    def save(self, *, overwrite: bool = False) -> None:
        """Write the file. `overwrite`: also over a version that somebody else saved meanwhile.

        Raises ChangedOnDisk or CannotWrite; then the old file is whole and the session as it was.
        """
        if self.path is None:
            raise CannotWrite("This appraisal has no file yet. Choose a name for it.")
        if self.read_only:
            raise CannotWrite(f"{called(self.path)} is open for reading only. Save under another name.")
        self._write(self.path, file.ANYTHING if overwrite else self._fingerprint)

    def save_as(self, path: Path, *, overwrite: bool = False) -> None:
        """Write to another file, which becomes the session's own. Raises AlreadyThere, InUse or CannotWrite."""
        if self.path is not None and real_path(path) == real_path(self.path) and not self.read_only:
            self.save(overwrite=overwrite)
            return
        lock = FileLock(path, self._who)
        try:
            self._write(path, file.ANYTHING if overwrite else None)
        except BaseException:
            lock.release()
            raise
        if self._lock is not None:
            self._lock.release()
        self.path, self._lock, self.read_only = path, lock, False

    def close(self) -> None:
        """Give the file back and remove the recovery copy: whoever calls has asked about unsaved work."""
        self._recovery.remove()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def keep_recovery_copy(self) -> bool:
        """Write the recovery copy if there is unsaved work that it lacks. Call this every second.

        A failure is told once, as a notice; it does not stop the work.
        """
        if self._appraisal is self._recovered or not self.modified:
            return False
        try:
            self._recovery.write(self._document(), self.path, self._fingerprint, self._now())
        except (OSError, FileFault):
            sentence = "No recovery copy could be written. Save often."
            if sentence not in self.notices:
                self.notices = (*self.notices, sentence)
            return False
        self._recovered = self._appraisal
        return True

    # Inside ------------------------------------------------------------------------------------------

    def _may_merge(self, key: str) -> bool:
        return bool(key) and self._pending is not None and self._pending.step.key == key

    def _moved(self, old: Appraisal, new: Appraisal, word: str, action: str) -> str:
        self._record(self._digest_of(old), self._digest_of(new), f"{word}: {action}", "")
        self._show(new)
        return action

    def _show(self, new: Appraisal) -> None:
        old, self._appraisal = self._appraisal, new
        for follower in tuple(self._followers):
            follower(old, new)

    def _settle(self) -> None:
        """Write the entry of the newest gesture into the chain; nothing merges into it afterwards."""
        self._log, self._pending = self._lines(), None

    def _lines(self) -> list[bytes]:
        """The log with the entry of a gesture that may still go on."""
        if self._pending is None:
            return self._log
        step = self._pending.step
        before, after = self._digest_of(step.before), self._digest_of(step.after)
        return [*self._log, self._line(before, after, step.action, step.why, when=self._pending.when)]

    def _record(self, before: str, after: str, action: str, why: str) -> None:
        self._log.append(self._line(before, after, action, why, when=self._now()))

    def _record_upgrade(self) -> None:
        """Say in the log, once and before anything else, that the content was brought up to date on opening.

        Only when there is something to save: whoever opens a file and reads it has done nothing.
        """
        if self._older is None:
            return
        action = f"Bring the file from format {self._older.version} to format {CURRENT}"
        before, self._older = self._older.digest, None
        self._record(before, self.digest, action, "")

    def _line(self, before: str, after: str, action: str, why: str, *, when: str) -> bytes:
        previous = audit.hash_of(self._log[-1]) if self._log else audit.FIRST
        return audit.line_of(
            audit.Entry(when=when, who=self._who, action=action, why=why, before=before, after=after, previous=previous)
        )

    def _digest_of(self, appraisal: Appraisal) -> str:
        """The digest, remembered for the last few documents: a digest costs a few milliseconds."""
        for known, digest in self._digests:
            if known is appraisal:
                return digest
        digest = content_digest(appraisal)
        self._digests = ((appraisal, digest), *self._digests[:3])
        return digest

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")

    def _document(self) -> Document:
        return Document(appraisal=self._appraisal, log=audit.written(self._lines()))

    def _write(self, path: Path, replacing: str | None) -> None:
        self._record_upgrade()
        self._settle()
        saved = file.save(path, self._document(), replacing=replacing, keep_in=_versions_folder(path))
        self._fingerprint = saved.fingerprint
        self.notices = saved.notices
        self._saved = self._recovered = self._appraisal
        self._recovery.remove()
        recent.remember(path)


def earlier_versions(path: Path) -> tuple[Path, ...]:
    """The last five versions of a file that saving replaced, newest first."""
    folder = _versions_folder(path)
    return file.kept_versions(folder) if folder is not None else ()


def _versions_folder(path: Path) -> Path | None:
    """A folder of the user's own data for each file, named by its full path."""
    with contextlib.suppress(OSError, FileFault):
        name = hashlib.sha256(str(real_path(path)).encode(errors="surrogateescape")).hexdigest()[:16]
        return data_folder("versions") / name
    return None


def _locked(path: Path, who: str) -> tuple[FileLock | None, list[str]]:
    """The lock, or None and a notice where the folder cannot be written. Raises InUse."""
    if not os.path.isfile(path):  # noqa: PTH113  Path.is_file raises where a folder must not be looked into
        return None, []
    try:
        return FileLock(path, who), []
    except CannotWrite as fault:
        return None, [fault.sentence]


def _about_older(older: OlderFormat | None) -> tuple[str, ...]:
    if older is None:
        return ()
    return ("This file is from an older Appraise. Once saved, it opens in this version or a newer one only.",)


def _with_earlier_version(path: Path, fault: FileFault) -> FileFault:
    versions = earlier_versions(path)
    if not versions:
        return fault
    return FileFault(f"{fault.sentence} The version saved before it is kept in {versions[0]}.")


def _ids(value: Any) -> list[str]:
    """Every id in the document."""
    if isinstance(value, tuple):
        return [found for item in value for found in _ids(item)]
    if not is_dataclass(value):
        return []
    inside = [found for field in fields(value) for found in _ids(getattr(value, field.name))]
    own = getattr(value, "id", None)
    return [own, *inside] if isinstance(own, str) else inside
