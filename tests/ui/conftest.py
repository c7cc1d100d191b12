"""One application for all window tests, drawn off screen; anything Qt complains about fails the test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.ui import theme
from appraise.ui.window import Window
from tests.ui.driving import open_window

# the off-screen platform says these of windows, tool tips and lists; they mean nothing for a picture in memory
HARMLESS = (
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application."""
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([])


@pytest.fixture(autouse=True)
def _light_and_quiet(qapp: QApplication) -> Iterator[None]:
    said: list[str] = []

    def hear(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if text not in HARMLESS:
            said.append(text)

    before = qInstallMessageHandler(hear)
    theme.use(theme.Theme())
    yield
    for window in qapp.topLevelWidgets():
        window.close()
        window.deleteLater()
    qapp.processEvents()
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder; settings, recovery copies and faults of the program go into `home` inside it."""
    monkeypatch.setenv("APPRAISE_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def window(home: Path, qtbot: QtBot) -> Window:  # noqa: ARG001  the window reads and writes there
    """The window on its start page."""
    made = open_window(qtbot)
    made.begin()
    return made


@pytest.fixture
def example(window: Window) -> Window:
    """The window with the worked example."""
    window.filing.new("worked-example")
    return window
