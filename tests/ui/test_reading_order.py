"""Tab goes through a page as it is read: from the top, then the right pane."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from appraise.ui.pages.costs_sections import SECTIONS
from appraise.ui.start_page import ExampleButton
from appraise.ui.widgets.bars import FindBox
from appraise.ui.widgets.base import stops_of
from appraise.ui.widgets.table import DataTable
from appraise.ui.window import Window
from tests.ui.driving import full_results, open_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("APPRAISE_HOME", str(tmp_path))
    return open_window(qtbot)


def walk(start: QWidget, most: int = 60) -> list[QWidget]:
    """What Tab comes to from a widget until it comes back; a table is one stop, whatever its cells."""
    found, focused = [start], start
    start.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(most):
        while True:
            nearest = focused.nextInFocusChain()
            while not (
                nearest.focusPolicy() & Qt.FocusPolicy.TabFocus
                and nearest.isVisible()
                and nearest.isEnabled()
                and nearest.focusProxy() is None
            ):
                nearest = nearest.nextInFocusChain()
            focused = nearest
            if not isinstance(focused.parentWidget(), QAbstractItemView):
                break
        if focused is start:
            break
        found.append(focused)
    return found


def tab_round(qtbot: QtBot, start: QWidget, key: Qt.Key, most: int = 300) -> list[QWidget]:
    """Where the key itself goes from a widget until it comes back; a table is one stop, whatever its cells."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[QWidget] = [start]
    for _ in range(most):
        qtbot.keyClick(QApplication.focusWidget(), key)
        stop = QApplication.focusWidget()
        assert stop is not None
        if stop is start:
            return found
        if stop is not found[-1] and not in_table(stop):
            found.append(stop)
    raise AssertionError([one.accessibleName() for one in found[-20:]])


def in_table(widget: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, DataTable):
        around = around.parentWidget()
    return around is not None


def top(window: Window, widget: QWidget) -> int:
    return widget.mapTo(window, QPoint(0, 0)).y()


@pytest.mark.parametrize("section", ["short_list", "long_list", "sourcing", "contract"])
def test_a_section_of_the_options_comes_after_the_bar_and_before_the_pane(window: Window, section: str) -> None:
    window.filing.new("blank")
    window.show_step(1)
    page = window.page(1)
    page.turn_to(section)
    stops = walk(page.switch.bar)
    inside = [one for one in stops if page.section.isAncestorOf(one)]
    assert inside
    assert stops[1 : len(inside) + 1] == inside
    assert any(window.pane.isAncestorOf(one) for one in stops[len(inside) + 1 :]), "there are findings to go to"


def test_the_long_list_goes_from_the_category_down_the_choice(qtbot: QtBot, window: Window) -> None:
    window.filing.new("worked-example")
    full_results(qtbot, window)
    window.show_step(1)
    page = window.page(1)
    page.turn_to("long_list")
    part = page.section
    part.views.set_current("delivery")
    part._turn()
    part.buttons.added.emit()
    card = part.choice
    assert QApplication.focusWidget() is card.name.line
    stops = [one for one in walk(page.switch.bar) if part.isAncestorOf(one)]
    order = [part.views.bar, part.table, card.name.line, card.description.sheet]
    order += [card.rating.bar if card.rating.bar.isVisible() else card.rating.list, card.reason.sheet, card.usual]
    places = [stops.index(one) for one in order if one in stops]
    assert places == sorted(places)
    assert len(places) >= len(order) - 1
    tops = [top(window, one) for one in order[2:]]
    assert tops == sorted(tops)


def test_the_start_page_has_its_examples_before_the_first_small_appraisal(qtbot: QtBot, window: Window) -> None:
    window.show_start_page()
    start = window.start_page
    qtbot.waitUntil(lambda: any(one.isVisible() for one in start.findChildren(ExampleButton)))
    stops = walk(start.new)
    examples = [one for one in stops if isinstance(one, ExampleButton)]
    assert examples
    assert stops.index(start.open) < stops.index(examples[0]) < stops.index(start.first_time.begin)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_an_example_opens_by_key(qtbot: QtBot, window: Window, key: Qt.Key) -> None:
    window.show_start_page()
    start = window.start_page
    button = start.findChildren(ExampleButton)[0]
    with qtbot.waitSignal(start.example_chosen, timeout=2_000):
        qtbot.keyClick(button, key)


@pytest.mark.parametrize("section", ["scores", "measures", "cash", "bridge"])
def test_a_section_of_the_results_comes_before_the_pane(qtbot: QtBot, window: Window, section: str) -> None:
    window.filing.new("worked-example")
    full_results(qtbot, window)
    window.show_step(7)
    page = window.page(7)
    page.turn_to(section)
    stops = walk(page.switch.bar)
    assert page.sections[section].isAncestorOf(stops[1])


def test_the_need_goes_from_the_section_bar_to_its_fields(window: Window) -> None:
    window.filing.new("worked-example")
    window.show_step(0)
    page = window.page(0)
    page.go_to_section("theory")
    stops = walk(page.switch.bar if page.switch.bar.isVisible() else page.switch.list)
    areas = [area.sheet for area in (*page.chain.areas.values(), *page.rests.areas.values())]
    assert stops[1 : 1 + len(areas)] == areas
    assert stops[1 + len(areas)] is page.next


@pytest.mark.parametrize("section", ["lines", *SECTIONS])
def test_tab_goes_round_the_whole_window_from_a_section_of_the_costs(
    qtbot: QtBot, window: Window, section: str
) -> None:
    window.filing.new("worked-example")
    window.show_step(4)
    page = window.page(4)
    page.go_to_section("prices" if section == "lines" else section)
    page.go_to_section(section)
    full_results(qtbot, window)
    find = window.findChildren(FindBox)[0]
    stops = {one for one in stops_of(window) if not in_table(one)}
    there, back = tab_round(qtbot, find, Qt.Key.Key_Tab), tab_round(qtbot, find, Qt.Key.Key_Backtab)
    assert set(there) == stops
    assert len(there) == len(stops), "each is met once"
    assert set(back) == stops
    switch = page.switch.bar if page.switch.bar.isVisible() else page.switch.list
    inside = [one for one in there if page.section is not None and page.section.isAncestorOf(one)]
    after = there.index(switch) + 1
    assert there[after : after + len(inside)] == inside, "a section comes whole after the switch"
