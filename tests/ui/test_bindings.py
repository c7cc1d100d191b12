"""PySide6 6.12 on Python 3.11 loses a reference to None or True at every call; this tells when such a version comes.

Source: the dependency notes in docs/architecture.md.
"""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 5_000


class Bell(QObject):
    rung = Signal()
    told = Signal(bool)


def test_calls_that_return_nothing_keep_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.update()
        label.setEnabled(True)
    assert sys.getrefcount(None) > before - CALLS // 10


def test_emitting_keeps_true_and_none() -> None:
    bell = Bell()
    heard = []
    bell.rung.connect(lambda: heard.append(None))
    bell.told.connect(heard.append)
    nothing, yes = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        bell.rung.emit()
        bell.told.emit(True)
    assert len(heard) == 2 * CALLS
    heard.clear()
    assert sys.getrefcount(None) > nothing - CALLS // 10
    assert sys.getrefcount(True) > yes - CALLS // 10
