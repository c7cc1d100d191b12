"""The dialogs of a sealed workshop: what a step means before it is taken, the receipt after it, and the log."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from appraise.files.faults import FileFault
from appraise.files.writing import written_aside
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import SealEvent, Step
from appraise.model.edits.changing import EditRefused
from appraise.model.score_results import LateChange
from appraise.model.sealing import hidden
from appraise.model.standing import late_changes
from appraise.present import scoring_words, wording
from appraise.ui import theme
from appraise.ui.dialogs import Sheet
from appraise.ui.pages.workshop_words import STEP_WORDS
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.fields import TextArea
from appraise.ui.widgets.labels import FlowLabel, Notice
from appraise.ui.widgets.marks import Tone
from appraise.workspace.receipts import WHOLE

#: Bytes read of a file that is said to be a receipt; a real one has under a thousand.
_LONGEST = 65_536


class StepDialog(Sheet):
    """Says in plain words what a step does, and takes it. `reason` is asked for where the step needs one.

    `missing`: what is not there yet, said first; the step can be taken without it.
    `take(reason)` takes the step; where it is refused the dialog stays and says why.
    """

    def __init__(self, parent: QWidget, step: Step, take: Callable[[str], None], missing: str = "") -> None:
        words = STEP_WORDS[step]
        super().__init__(parent, words.title, words.lead, 560)
        self._take = take
        self.refused = Notice("attention", "")
        self.refused.hide()
        self.reason = TextArea(
            "Reason", label="Reason, printed in the business case", hint="What has come up, and who asked for it"
        )
        first = (("Marks so far", missing),) if missing else ()
        for heading, text in (*first, *words.says):
            self.body.line.addWidget(Column(FlowLabel(heading, "label", "ink2"), FlowLabel(text, "body"), gap=2))
        self.body.line.addWidget(self.reason)
        self.body.line.addStretch(1)
        self._column.insertWidget(self._column.count() - 1, self.refused)
        self.reason.setVisible(words.needs_reason)
        self.cancel = self.add_button("Cancel", self.reject)
        self.yes = self.add_button(words.yes, self._go)
        self.yes.set_kind("primary")
        (self.reason.sheet if words.needs_reason else self.cancel).setFocus()

    def _go(self) -> None:
        try:
            self._take(self.reason.text().strip())
        except EditRefused as refused:
            self.refused.show_text("", str(refused))
            self.refused.show()
            if self.reason.isVisibleTo(self):
                self.reason.setFocus()
            return
        self.accept()


class ReceiptDialog(Sheet):
    """The receipt of a step, to copy or to save as text."""

    def __init__(self, parent: QWidget, title: str, receipt: str) -> None:
        super().__init__(
            parent,
            title,
            "Keep it somewhere else. “Compare with a receipt” in the menu shows later what was changed.",
            620,
        )
        self.receipt = receipt
        self.said = Notice("info", "")
        self.said.hide()
        self.text = TextArea("Receipt", receipt, lines=6)
        self.text.sheet.setReadOnly(True)
        self.body.line.addWidget(self.text)
        self.body.line.addStretch(1)
        self._column.insertWidget(self._column.count() - 1, self.said)
        self.copy = self.add_button("Copy", self._copy)
        self.save = self.add_button("Save as text…", self._ask_where)
        self.close_it = self.add_button("Close", self.accept)
        self.copy.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.receipt)
        self._tell("The receipt is on the clipboard.")

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Save the receipt", "", "Text (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("receipt.txt")
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        if chosen:
            self.save_to(Path(chosen[0]))

    def save_to(self, path: Path) -> None:
        """Writes the receipt whole, or says why not."""
        try:
            with written_aside(path) as aside:
                aside.write_text(self.receipt + "\n", encoding="utf-8")
        except FileFault as fault:
            self._tell(fault.sentence, problem=True)
            return
        self._tell(f"The receipt is written: {path.name}.")

    def _tell(self, sentence: str, *, problem: bool = False) -> None:
        self.said.set_tone("problem" if problem else "info")
        self.said.show_text("", sentence)
        self.said.show()


class CompareDialog(Sheet):
    """Says what of a receipt that somebody kept is the same today. `compare(text)` gives it by name."""

    def __init__(self, parent: QWidget, compare: Callable[[str], tuple[tuple[str, bool], ...]]) -> None:
        super().__init__(parent, "Compare with a receipt", "What stood at the seal is held against today’s file.", 620)
        self._compare = compare
        self.text = TextArea(
            "Receipt", hint="Paste the whole receipt here, or choose the file it was saved in", lines=6
        )
        self.said = Notice("info", "")
        self.said.hide()
        self.body.line.addWidget(self.text)
        self.body.line.addStretch(1)
        self._column.insertWidget(self._column.count() - 1, self.said)
        self.choose = self.add_button("Choose a file…", self._ask_which)
        self.check = self.add_button("Compare", self._check)
        self.check.set_kind("primary")
        self.add_button("Close", self.accept)
        self.text.setFocus()

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, "Choose the receipt", "", "Text (*.txt);;Any file (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        if chosen:
            self.read_from(Path(chosen[0]))

    def read_from(self, path: Path) -> None:
        """Takes the text of a saved receipt and compares it, or says that it cannot be read."""
        try:
            with path.open("rb") as file:
                text = file.read(_LONGEST).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            self._tell("problem", "This file cannot be read as a receipt.")
            return
        self.text.sheet.setPlainText(text)
        self._check()

    def _check(self) -> None:
        found = self._compare(self.text.text())
        if not found:
            self._tell("attention", "There is no digest of a receipt in this text. Paste all of its lines.")
            return
        same = all(is_same for what, is_same in found if what != WHOLE)
        title = "What was sealed is the same today" if same else "Not all that was sealed is the same today"
        said = " ".join(f"{what}: {'the same' if is_same else 'changed since'}." for what, is_same in found)
        self._tell("good" if same else "attention", said, title)

    def _tell(self, tone: Tone, sentence: str, title: str = "") -> None:
        self.said.set_tone(tone)
        self.said.show_text(title, sentence)
        if self.said.isHidden():  # the text keeps its lines
            self.said.show()
            self.resize(self.width(), self.height() + theme.px(96))


class SealLogDialog(Sheet):
    """Every step of the workshop in order, as text to read and to copy: what, when, by whom, why, and what followed."""

    def __init__(self, parent: QWidget, appraisal: Appraisal) -> None:
        super().__init__(
            parent, "Log of the workshop", "Every seal and unlock, in order. Nothing is ever taken out.", 620
        )
        self.text = TextArea("Log of the workshop", log_words(appraisal), lines=4)
        self.text.sheet.setReadOnly(True)
        self.body.line.addWidget(self.text)
        self.body.line.addStretch(1)
        self.copy = self.add_button("Copy", lambda: QGuiApplication.clipboard().setText(self.text.text()))
        self.add_button("Close", self.accept).setFocus()


def log_words(appraisal: Appraisal) -> str:
    """The seal log as text, an empty line between steps; under each unlock what was changed while it lasted."""
    changes = {change.event: change for change in late_changes(appraisal)}
    return "\n\n".join(
        "\n".join((*event_words(event), *(change_words(appraisal, changes[at]) if at in changes else ())))
        for at, event in enumerate(appraisal.workshop.events)
    )


def event_words(event: SealEvent) -> tuple[str, ...]:
    """One step of the log: what, when and by whom, the reason where there is one, and the digest of what stood."""
    lines = [f"{scoring_words.STEPS[event.step]}: {scoring_words.moment(event.when)}, {event.who}"]
    if event.reason:
        lines.append(f"Reason: {event.reason}")
    if event.digest:
        lines.append(f"Criteria, weights, marks and scores then: {event.digest[:16]}…")
    return tuple(lines)


def change_words(appraisal: Appraisal, change: LateChange) -> tuple[str, ...]:
    """What was changed under one unlock, a line each; who is first for it only where totals are shown."""
    from appraise.present import score_tables

    lines = []
    for what, before, after in score_tables.changed(appraisal, change).rows:
        came = before.raw in (None, "", "there") and isinstance(after.raw, str)
        ends = [one.text if one.text != wording.DASH else "nothing" for one in (before, after)]
        told = ends[1] if came else f"from {ends[0]} to {ends[1]}"
        lines.append(f"Changed: {what.text}{'' if told == 'changed' else f', {told}'}")
    if not lines:
        return ("Nothing was changed.",)
    if not hidden(appraisal):
        lines.append(
            "Without this another option would be first." if change.decides else "It does not change who is first."
        )
    return tuple(lines)
