"""Every section of every step, in the whole window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from appraise.model import need_sections
from appraise.ui.pages import (
    constraints,
    costs,
    costs_sections,
    criteria,
    funding,
    options,
    results,
    scores,
    sensitivity,
)
from appraise.ui.window import Window
from tests.ui.driving import full_results, open_window

SECTIONS: dict[int, tuple[str, tuple[str, ...]]] = {
    0: ("go_to_section", tuple(key for key, _ in need_sections.SECTIONS)),
    1: ("turn_to", tuple(options.SECTIONS)),
    2: ("turn_to", tuple(criteria.SECTIONS)),
    3: ("turn_to", tuple(scores.SECTIONS)),
    4: ("go_to_section", (costs.LINES, *costs_sections.SECTIONS)),
    5: ("turn_to", tuple(constraints.SECTIONS)),
    6: ("turn_to", tuple(funding.SECTIONS)),
    7: ("turn_to", tuple(results.SECTIONS)),
    8: ("turn_to", tuple(sensitivity.SECTIONS)),
}
ALL = [(step, key) for step, (_, keys) in SECTIONS.items() for key in keys]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("APPRAISE_HOME", str(tmp_path))
    window = open_window(qtbot)
    window.filing.new("worked-example")
    full_results(qtbot, window)
    return window


def turn(window: Window, step: int) -> Callable[[str], object]:
    window.show_step(step)
    made: Callable[[str], object] = getattr(window.page(step), SECTIONS[step][0])
    return made


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt names it
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_section_flashes_a_window_of_its_own(window: Window) -> None:
    """A part that is shown before it has a parent opens as a window and takes the keyboard from this one."""
    watch, app = Windows(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    try:
        QWidget().show()
        assert watch.seen == ["QWidget"], "the watch sees windows"
        watch.seen.clear()
        for step in SECTIONS:
            for go in (partial(turn(window, step), key) for key in SECTIONS[step][1]):
                go()
                QApplication.processEvents()
    finally:
        app.removeEventFilter(watch)
    assert watch.seen == []


@pytest.mark.parametrize(("step", "key"), ALL)
def test_a_section_is_never_wider_than_its_page(qtbot: QtBot, window: Window, step: int, key: str) -> None:
    """What does not fit scrolls inside its table; the page scrolls down only."""
    window.resize(1280, 800)
    turn(window, step)(key)
    qtbot.wait(30)
    page = window.page(step)
    assert page is not None
    pages = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
    assert [area.horizontalScrollBar().maximum() for area in pages] == [0] * len(pages)
    for area in pages:
        inner = area.widget()
        assert inner is not None
        assert inner.width() <= area.viewport().width()
