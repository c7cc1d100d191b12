"""One application for all window tests, drawn off screen; anything Qt complains about fails the test."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from appraise.ui import theme

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
