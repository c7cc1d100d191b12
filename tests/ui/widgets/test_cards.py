import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from appraise.ui import theme
from appraise.ui.widgets.cards import PageFrame, page_keys


class Page:
    """A frame with three bars, of which the outer two may scroll, and 30 buttons below."""

    def __init__(self, qtbot: QtBot) -> None:
        self.frame = PageFrame("Step 3 of 10", "Criteria", "A lead.")
        self.bars = [QPushButton(name) for name in ("stages", "switch", "notice")]
        self.fields = [QPushButton(str(number)) for number in range(30)]
        for bar in self.bars:
            self.frame.add_bar(bar, may_scroll=bar is not self.bars[1])
        for field in self.fields:
            field.setFixedHeight(40)
            self.frame.add(field)
        self.frame.end()
        qtbot.addWidget(self.frame)
        self.frame.resize(800, 900)
        self.frame.show()
        self.frame.activateWindow()
        qtbot.waitUntil(self.frame.isActiveWindow)

    def scrolled(self) -> int:
        assert self.frame.scroller is not None
        return self.frame.scroller.verticalScrollBar().value()

    def scroll_to(self, value: int) -> None:
        assert self.frame.scroller is not None
        self.frame.scroller.verticalScrollBar().setValue(value)

    def place(self, field: QPushButton) -> tuple[int, int]:
        """How far a field is from the top and from the bottom of what is seen."""
        assert self.frame.scroller is not None
        area = self.frame.scroller.viewport()
        top = field.mapTo(area, field.rect().topLeft()).y()
        return top, area.height() - top - field.height()

    def scrolling(self) -> list[bool]:
        assert self.frame.scroller is not None
        return [self.frame.scroller.isAncestorOf(bar) for bar in self.bars]


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def test_bars_scroll_only_where_there_is_little_height(page: Page) -> None:
    told = QSignalSpy(page.frame.rearranged)
    assert page.scrolling() == [False, False, False]
    page.frame.resize(800, 639)
    assert page.scrolling() == [True, False, True]
    assert [page.frame.body.indexOf(bar) for bar in page.bars] == [0, -1, 1]
    page.frame.resize(700, 500)
    assert told.count() == 1, "lower still changes nothing"
    page.frame.resize(800, 640)
    assert page.scrolling() == [False, False, False]
    assert told.count() == 2
    assert all(bar.isVisibleTo(page.frame) for bar in page.bars)
    page.frame.layout().activate()
    assert [bar.y() for bar in page.bars] == sorted(bar.y() for bar in page.bars), "in the order they were added in"


def test_the_height_is_counted_at_the_zoom(page: Page) -> None:
    theme.use_zoom(150)
    assert page.scrolling() == [True, False, True]
    theme.use_zoom(100)
    assert page.scrolling() == [False, False, False]


def test_a_bar_that_is_added_to_a_low_page_scrolls_too(page: Page) -> None:
    page.frame.resize(800, 500)
    late = QPushButton("late")
    page.frame.add_bar(late, may_scroll=True)
    assert page.frame.body.indexOf(late) == 2
    page.frame.resize(800, 900)
    assert page.frame.body.indexOf(late) == -1


def test_the_keyboard_stays_in_a_bar_that_moves(page: Page) -> None:
    page.bars[0].setFocus()
    page.frame.resize(800, 500)
    assert page.bars[0].hasFocus()
    page.frame.resize(800, 900)
    assert page.bars[0].hasFocus()


def test_tab_follows_bars_that_move(page: Page) -> None:
    stages, switch, notice = page.bars
    page.frame.rearranged.connect(page.frame.chain)
    page.frame.chain()
    assert stages.nextInFocusChain() is switch
    page.frame.resize(800, 500)
    assert switch.nextInFocusChain() is stages
    assert stages.nextInFocusChain() is notice
    assert notice.nextInFocusChain() is page.fields[0]


def test_hidden_parts_are_chained_when_they_are_shown(page: Page) -> None:
    late = QLineEdit()
    late.hide()
    page.frame.body.insertWidget(0, late)
    page.frame.chain()
    assert page.bars[2].nextInFocusChain() is page.fields[0]
    late.show()
    page.frame.chain()
    assert page.bars[2].nextInFocusChain() is late
    assert late.nextInFocusChain() is page.fields[0]


def test_the_field_with_the_keyboard_comes_into_view_with_a_margin(qtbot: QtBot, page: Page) -> None:
    page.fields[25].setFocus()
    page.frame.reveal_focus()
    qtbot.waitUntil(lambda: page.scrolled() > 0)
    assert page.place(page.fields[25])[1] == 48
    page.fields[2].setFocus()
    page.frame.reveal_focus(0)
    qtbot.waitUntil(lambda: page.place(page.fields[2])[0] == 0)
    page.bars[1].setFocus()
    page.scroll_to(300)
    page.frame.reveal_focus()
    qtbot.wait(20)
    assert page.scrolled() == 300, "a bar is in view as it is"
    page.frame.to_top()
    assert page.scrolled() == 0


def test_page_keys_step_with_the_keyboard_in_the_page_only(qtbot: QtBot, page: Page) -> None:
    steps: list[int] = []
    page_keys(page.frame, steps.append)
    control = Qt.KeyboardModifier.ControlModifier
    page.fields[3].setFocus()
    qtbot.keyClick(page.fields[3], Qt.Key.Key_PageDown, control)
    qtbot.keyClick(page.fields[3], Qt.Key.Key_PageUp, control)
    assert steps == [1, -1]
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    qtbot.keyClick(other, Qt.Key.Key_PageDown, control)
    assert steps == [1, -1]
