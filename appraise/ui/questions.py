"""What the window asks and tells in dialogs of its own. Tests put another in its place."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

Leaving = Literal["save", "discard", "cancel"]
Recovering = Literal["recover", "discard", "later"]

_APPRAISALS = "Appraisals (*.appraisal);;Content of an appraisal (*.json);;All files (*)"


class Questions:
    """Asks with message boxes and file dialogs over a window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def tell(self, sentence: str, *, problem: bool = False) -> None:
        """Say something; the work goes on."""
        box = self._box(sentence, QMessageBox.Icon.Warning if problem else QMessageBox.Icon.Information)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def leave(self, title: str) -> Leaving:
        """What to do with unsaved work."""
        box = self._box(f"“{title}” has changes that are not saved.", QMessageBox.Icon.Question)
        save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Don't save", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        return "save" if box.clickedButton() is save else "discard" if box.clickedButton() is discard else "cancel"

    def recover(self, sentence: str) -> Recovering:
        """What to do with recovered work."""
        box = self._box(sentence, QMessageBox.Icon.Question)
        take = box.addButton("Open it", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Throw it away", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Later", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(take)
        box.exec()
        return "recover" if box.clickedButton() is take else "discard" if box.clickedButton() is discard else "later"

    def agree(self, sentence: str, yes: str) -> bool:
        """Whether to go on; `yes` names what then happens."""
        box = self._box(sentence, QMessageBox.Icon.Question)
        go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is go_on

    def open_path(self, folder: Path) -> Path | None:
        """The file to open."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open an appraisal", str(folder), _APPRAISALS)
        return Path(name) if name else None

    def save_path(self, suggested: Path) -> Path | None:
        """Where to save; the dialog has asked before an existing file is replaced."""
        return self._new_file("Save the appraisal", suggested, "Appraisals (*.appraisal)")

    def pdf_path(self, suggested: Path) -> Path | None:
        """Where to write the business case; the dialog has asked before an existing file is replaced."""
        return self._new_file("Export the business case", suggested, "PDF (*.pdf)")

    def exported(self, path: Path) -> None:
        """Say where the business case is and offer its folder."""
        box = self._box(f"The business case is written: {path.name}.", QMessageBox.Icon.Information)
        folder = box.addButton("Open the folder", QMessageBox.ButtonRole.ActionRole)
        box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _new_file(self, title: str, suggested: Path, kinds: str) -> Path | None:
        dialog = QFileDialog(self._window, title, str(suggested.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
        dialog.selectFile(suggested.name)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        return Path(chosen[0]) if chosen else None

    def _box(self, sentence: str, icon: QMessageBox.Icon) -> QMessageBox:
        box = QMessageBox(icon, "Appraise", sentence, QMessageBox.StandardButton.NoButton, self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box
