"""New, open, save, recover and leave: what happens to files, with the questions that go with it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QApplication, QWidget

from appraise.files.faults import ChangedOnDisk, FileFault
from appraise.model import journey
from appraise.model.finding import Severity
from appraise.ui.open_document import OpenDocument
from appraise.ui.questions import Questions
from appraise.ui.start_page import RecentFile
from appraise.ui.widgets.fields import Line
from appraise.ui.widgets.marks import ChipFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import DataTableModel
from appraise.workspace import recovery
from appraise.workspace.locking import InUse
from appraise.workspace.session import Session


def commit_typing() -> None:
    """Hand what is half typed in a field to the document, as leaving the field would."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
        if shiboken6.isValid(focused) and focused.isVisible():
            focused.setFocus()


def untaken(window: QWidget) -> list[tuple[str, str]]:
    """What is typed in the window but could not be read: the text and the name of its field or column."""
    found = [
        (line.text(), line.accessibleName())
        for line in window.findChildren(Line)
        if line.isVisible() and line.wrong and line.text().strip() != line.saved  # a finding marks what was taken
    ]
    for table in window.findChildren(DataTable):
        model = table.model()
        if table.isVisible() and isinstance(model, DataTableModel):
            found += [
                (text, model.columns[column].title) for row in model.rows for column, text in row.half_typed.items()
            ]
    return found


def untaken_words(found: list[tuple[str, str]]) -> str:
    """Says of text that could not be read that it is not in the file; the first one is named."""
    text, name = found[0]
    short = text if len(text) <= 40 else text[:39] + "…"
    if len(found) == 1:
        return f"“{short}” in {name} was not taken. Correct it, then save again."
    return f"“{short}” in {name} and {len(found) - 1} more were not taken. Correct them, then save again."


def file_name(title: str) -> str:
    """A title as the stem of a file name."""
    kept = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in title)
    return " ".join(kept.split())[:80] or "Appraisal"


def when_words(moment: datetime, now: datetime) -> str:
    """Today, 14:32; Yesterday, 16:05; 14 March 2026."""
    days = (now.date() - moment.date()).days
    if days in (0, 1):
        return f"{('Today', 'Yesterday')[days]}, {moment:%H:%M}"
    return f"{moment.day} {moment:%B %Y}"


def recent_file(path: Path, *, read: bool) -> RecentFile:
    """A line of the start page; `read` opens the file to say what it is and how far it got."""
    when = when_words(datetime.fromtimestamp(path.stat().st_mtime), datetime.now())  # noqa: DTZ005, DTZ006  wall clock
    if not read:
        return RecentFile(str(path), path.stem, str(path.parent), 0, None, when)
    from appraise.files.document import opened
    from appraise.model.checks import findings

    try:
        appraisal = opened(path).document.appraisal
    except FileFault:
        return RecentFile(str(path), path.stem, str(path.parent), 0, ChipFace("Cannot be read", "problem"), when)
    found = findings(appraisal)
    errors = sum(one.severity is Severity.ERROR for one in found)
    looks = sum(one.severity is Severity.ATTENTION for one in found)
    steps = journey.steps(appraisal, found, has_results=not errors)
    done = sum(step.state is journey.State.COMPLETED for step in steps)
    chip = ChipFace("In progress", "info") if done < len(steps) else ChipFace("Completed", "good")
    if looks:
        chip = ChipFace(f"{looks} to look at", "attention")
    if errors:
        chip = ChipFace(f"{errors} to mend", "problem")
    place = "  ·  ".join(part for part in (appraisal.body, path.name) if part)
    return RecentFile(str(path), appraisal.title or path.stem, place, done, chip, when)


class Filing(QObject):
    """Does what the File menu says. Each method returns whether it was done.

    Signals: `opened()` when another document is in the window, `saved()` when its file was written.
    """

    opened = Signal()
    saved = Signal()

    def __init__(self, document: OpenDocument, ask: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.ask = ask

    @property
    def _session(self) -> Session:
        return self._document.session

    def new(self, template: str = "blank") -> bool:
        """A new appraisal from a template."""
        return self.may_leave() and self._take(lambda: Session.new(template))

    def open(self, path: Path | None = None) -> bool:
        """Open a file, asked for if not given; one that is in use may be opened for reading only."""
        path = path or self.ask.open_path(self._folder())
        if path is None:
            return False
        if self._session.path is not None and self._session.path.absolute() == path.absolute():
            self.opened.emit()
            return True
        return self.may_leave() and self._take(lambda: self._open(path))

    def recover(self, offer: recovery.Offer) -> bool:
        """Take up recovered work, or throw it away, as the user says."""
        name = offer.original.name if offer.original else "never saved"
        answer = self.ask.recover(f"“{offer.title}” ({name}) has changes that were never saved.")
        if answer == "discard":
            recovery.discard(offer)
            return True
        return answer == "recover" and self.may_leave() and self._take(lambda: Session.recover(offer))

    def save(self) -> bool:
        """Save to the document's file, or ask for one."""
        commit_typing()
        session = self._session
        if session.path is None or session.read_only:
            return self.save_as()
        try:
            session.save()
        except ChangedOnDisk as fault:
            replace = self.ask.agree(fault.sentence, "Replace it")
            return replace and self._done(lambda: session.save(overwrite=True))
        except FileFault as fault:
            self.ask.tell(fault.sentence, problem=True)
            return False
        self._tell_saved()
        return True

    def save_as(self, path: Path | None = None) -> bool:
        """Save to another file, asked for if not given."""
        commit_typing()
        path = path or self.ask.save_path(self.suggested(".appraisal"))
        if path is None:
            return False
        return self._done(lambda: self._session.save_as(path, overwrite=True))

    def may_leave(self) -> bool:
        """Nothing is lost if the document goes: it is saved with all that was typed, or the user does not want it."""
        commit_typing()
        if not self._session.modified:
            return True
        answer = self.ask.leave(self._session.appraisal.title or "This appraisal")
        return answer == "discard" or (answer == "save" and self.save() and not self._untaken())

    def suggested(self, suffix: str) -> Path:
        """A file beside the document, named after it."""
        path = self._session.path
        return (
            path.with_suffix(suffix) if path else self._folder() / (file_name(self._session.appraisal.title) + suffix)
        )

    def _open(self, path: Path) -> Session | None:
        try:
            return Session.open(path)
        except InUse as fault:
            reading = self.ask.agree(fault.sentence, "Open for reading only")
            return Session.open(path, read_only=True) if reading else None

    def _take(self, make: Callable[[], Session | None]) -> bool:
        try:
            session = make()
        except FileFault as fault:
            self.ask.tell(fault.sentence, problem=True)
            return False
        if session is None:
            return False
        self._document.take(session)
        self.opened.emit()
        if session.notices:
            self.ask.tell("\n".join(session.notices))
        return True

    def _done(self, save: Callable[[], None]) -> bool:
        before = self._session.notices
        try:
            save()
        except FileFault as fault:
            self.ask.tell(fault.sentence, problem=True)
            return False
        self._tell_saved()
        for sentence in self._session.notices[len(before) :]:
            self.ask.tell(sentence)
        return True

    def _untaken(self) -> list[tuple[str, str]]:
        window = self.parent()
        return untaken(window) if isinstance(window, QWidget) else []

    def _tell_saved(self) -> None:
        """The file is written, but text that could not be read is not in it."""
        found = self._untaken()
        self.saved.emit()
        if found:
            self.ask.tell(untaken_words(found), problem=True)

    def _folder(self) -> Path:
        if self._session.path is not None:
            return self._session.path.parent
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
