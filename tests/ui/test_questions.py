"""The dialogs of the window themselves: what each button means."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from appraise.ui.dialogs import ExportDialog
from appraise.ui.questions import Questions
from appraise.ui.worker import Worker


@pytest.fixture
def ask(qtbot: QtBot) -> Questions:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Questions(window)


def press(text: str) -> None:
    """Presses a button of the box that is about to open."""

    def now() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        next(one for one in box.findChildren(QPushButton) if one.text() == text).click()

    QTimer.singleShot(50, now)


@pytest.mark.parametrize(("text", "answer"), [("Save", "save"), ("Don't save", "discard"), ("Cancel", "cancel")])
def test_leaving(ask: Questions, text: str, answer: str) -> None:
    press(text)
    assert ask.leave("Roads") == answer


@pytest.mark.parametrize(("text", "answer"), [("Open it", "recover"), ("Throw it away", "discard"), ("Later", "later")])
def test_recovering(ask: Questions, text: str, answer: str) -> None:
    press(text)
    assert ask.recover("There is work.") == answer


@pytest.mark.parametrize(("text", "answer"), [("Replace it", True), ("Cancel", False)])
def test_agreeing(ask: Questions, text: str, answer: bool) -> None:
    press(text)
    assert ask.agree("Somebody changed it.", "Replace it") is answer


@pytest.mark.parametrize("say", [lambda ask: ask.tell("One sentence."), lambda ask: ask.exported(Path("case.pdf"))])
def test_telling_does_not_hold_up_the_work(ask: Questions, say: Callable[[Questions], None]) -> None:
    say(ask)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert box.text()
    box.close()


def test_the_progress_of_an_export_is_shown_and_can_be_cancelled(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    worker, parent = Worker(), QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = ExportDialog(parent, worker)
    asked: list[bool] = []
    monkeypatch.setattr(worker, "cancel_export", lambda: asked.append(True))
    dialog.open()
    worker.export_progressed.emit(0.42)
    assert dialog.bar.value() == 42
    dialog.cancel.click()
    assert asked == [True]
    assert dialog.isVisible(), "it goes when the export has ended"
    assert not dialog.cancel.isEnabled()
    worker.export_ended.emit("")
    assert not dialog.isVisible()
    monkeypatch.undo()
    worker.close()
