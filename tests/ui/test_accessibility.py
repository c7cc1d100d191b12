"""Every page, in every palette and at 200 %: what takes the keyboard has a name that can be spoken."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from appraise.model import journey
from appraise.ui import theme
from appraise.ui.dialogs import RatesDialog, RecordsDialog
from appraise.ui.widgets.buttons import Button
from appraise.ui.window import Window
from tests.ui.driving import full_results, open_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("APPRAISE_HOME", str(tmp_path))
    return open_window(qtbot)


def stops(part: QWidget) -> list[QWidget]:
    """What the Tab key reaches inside a part."""
    return [
        one
        for one in [part, *part.findChildren(QWidget)]
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, QScrollArea)
        and not isinstance(one.parentWidget(), QAbstractItemView)
        and one.focusProxy() is None
        and (part.isHidden() or one.isVisibleTo(part))
    ]


def nameless(part: QWidget) -> list[str]:
    return [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}"
        for one in stops(part)
        if not one.accessibleName()
    ]


@pytest.mark.parametrize("template", ["worked-example", "blank"])
@pytest.mark.parametrize("step", range(10), ids=journey.NAMES)
def test_every_stop_of_a_page_has_a_name(qtbot: QtBot, window: Window, template: str, step: int) -> None:
    window.filing.new(template)
    if template == "worked-example":
        full_results(qtbot, window)
    window.show_step(step)
    page = window.page(step)
    assert stops(page) or template == "blank", "a page that the keyboard cannot enter"
    assert nameless(page) == []
    assert nameless(page.pane) == []


def test_the_frame_and_the_start_page_have_names(window: Window) -> None:
    window.begin()
    for part in (window.top, window.status, window.start_page, window.journey):
        assert stops(part)
        assert nameless(part) == []


@pytest.mark.parametrize("dialog", [RatesDialog, RecordsDialog])
def test_every_stop_of_a_dialog_has_a_name(window: Window, dialog: Callable[..., QWidget]) -> None:
    window.filing.new("worked-example")
    made = dialog(window, window.document.context)
    made.show()
    assert stops(made)
    assert nameless(made) == []


def test_the_audit_finds_a_widget_without_a_name(qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    button = Button("Go", parent=part)
    button.setAccessibleName("")
    part.show()
    assert nameless(part) == ["Button in QWidget"]


@pytest.mark.parametrize("step", range(10), ids=journey.NAMES)
def test_at_most_one_filled_button_on_a_page(qtbot: QtBot, window: Window, step: int) -> None:
    window.filing.new("worked-example")
    full_results(qtbot, window)
    window.show_step(step)
    filled = [one for one in window.page(step).findChildren(Button) if one._kind == "primary" and one.isVisible()]
    assert len(filled) <= 1


@pytest.mark.parametrize("step", range(10), ids=journey.NAMES)
def test_a_page_can_be_walked_with_the_tab_key(qtbot: QtBot, window: Window, step: int) -> None:
    """Tab goes on to the next stop, in a table to the next cell; F6 leaves the page."""
    window.filing.new("worked-example")
    full_results(qtbot, window)
    window.show_step(step)
    seen = []
    assert window.middle.isAncestorOf(QApplication.focusWidget())
    for _ in range(6):
        focused = QApplication.focusWidget()
        assert focused is not None
        cell = focused.currentIndex() if isinstance(focused, QAbstractItemView) else None
        seen.append((focused, cell and (cell.row(), cell.column())))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert all(first != second for first, second in pairwise(seen))
    window.show_step(step)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert not window.middle.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_pages_are_drawn_in_every_palette_and_zoom(qtbot: QtBot, window: Window, palette: theme.PaletteName) -> None:
    """More than one colour stands on every page, and text and ground differ as the palette says."""
    window.filing.new("worked-example")
    full_results(qtbot, window)
    for zoom in (100, 200):
        theme.use(replace(theme.current(), palette=palette, zoom=zoom))
        for step in range(10):
            window.show_step(step)
            picture = window.grab().toImage()
            colours = {
                picture.pixelColor(x, y).name()
                for x in range(0, picture.width(), 7)
                for y in range(0, picture.height(), 7)
            }
            assert theme.colour("window").name() in colours
            assert len(colours) > 5, f"step {step + 1} is all but empty in {palette} at {zoom} %"
