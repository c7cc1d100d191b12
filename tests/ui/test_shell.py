"""The frame: steps built when shown, panes that fold, areas, zoom, and the find list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from appraise.ui import theme
from appraise.ui.shell import Shell, StepPlace, pane_frame
from appraise.ui.start_page import Example, RecentFile, StartPage
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import PageFrame
from appraise.ui.widgets.journey import StepState
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import ChipFace

NAMES = ("Need", "Options", "Criteria", "Scores", "Costs", "Constraints", "Funding", "Results", "Sensitivity", "Case")


class Page(PageFrame):
    """A page with a pane."""

    def __init__(self, name: str) -> None:
        super().__init__("Step", name, "A lead.")
        self.button = Button(f"Do {name}")
        self.add_action(self.button)
        self.end()
        self.pane = pane_frame(FlowLabel(f"Live {name}"), Button(f"More {name}"))


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def shell(built: list[str], qapp: QApplication) -> Shell:
    def make(name: str) -> QWidget:
        built.append(name)
        return Page(name)

    made = Shell([StepPlace(name, lambda name=name: make(name)) for name in NAMES], StartPage())
    made.show()
    made.show_step(2)
    made.activateWindow()
    qapp.processEvents()
    return made


def test_pages_are_built_when_first_shown(shell: Shell, built: list[str]) -> None:
    shown = QSignalSpy(shell.step_shown)
    shell.show_step(4)
    shell.show_step(2)
    assert built == ["Criteria", "Costs"]
    assert [shown.at(n)[0] for n in range(shown.count())] == [4, 2]
    assert shell.page(7) is None


def test_alt_and_a_digit_go_to_a_step(shell: Shell) -> None:
    QTest.keyClick(shell, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert shell.current_step == 4
    QTest.keyClick(shell, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert shell.current_step == 9


def test_the_journey_speaks_states_and_counts_what_is_done(shell: Shell) -> None:
    shell.set_states([StepState("completed", "Completed")] * 4 + [StepState("attention", "4 of 6 still open")] * 6)
    index = shell.journey.list.model().index(5, 0)
    words = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Step 6, Constraints. Needs attention. 4 of 6 still open."
    assert "4 of 10 completed" in {label.accessibleName() for label in shell.journey.findChildren(FlowLabel)}


def test_arrows_in_the_journey_show_steps(shell: Shell) -> None:
    shell.journey.list.setFocus()
    QTest.keyClick(shell.journey.list, Qt.Key.Key_Down)
    assert shell.current_step == 3


def test_both_panes_fold_below_1280_effective_px(shell: Shell, qapp: QApplication) -> None:
    assert (shell.journey.width(), shell.pane.width()) == (248, 312)
    shell.resize(1279, 800)
    qapp.processEvents()
    assert (shell.journey.width(), shell.pane.width()) == (56, 60)
    shell.resize(1280, 800)
    qapp.processEvents()
    assert (shell.journey.width(), shell.pane.width()) == (248, 312)
    shell.resize(1440, 900)
    qapp.processEvents()
    assert (shell.journey.width(), shell.pane.width()) == (248, 312)
    shell.set_zoom(150)
    qapp.processEvents()
    assert (shell.journey.width(), shell.pane.width()) == (84, 90)


def test_the_folded_pane_opens_over_the_page_and_escape_gives_the_keyboard_back(
    shell: Shell, qapp: QApplication
) -> None:
    shell.set_zoom(200)
    qapp.processEvents()
    live = shell.pane.buttons["Live"]
    live.click()
    qapp.processEvents()
    page = shell.page(2)
    assert isinstance(page, Page)
    assert page.pane.isVisible()
    assert page.pane.width() > 500
    QTest.keyClick(shell.pane.stack.window().focusWidget(), Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    assert live.hasFocus()


def test_f6_visits_the_areas_in_order(shell: Shell) -> None:
    shell.journey.list.setFocus()
    seen = []
    for _ in range(4):
        shell.cycle_area(1)
        seen.append(next(i for i, area in enumerate(shell.areas()) if area.isAncestorOf(shell.focusWidget())))
    assert seen == [1, 2, 3, 0]


def test_zoom_by_keys_and_back(shell: Shell) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    told = QSignalSpy(shell.zoom_changed)
    QTest.keyClick(shell, Qt.Key.Key_Plus, control)
    QTest.keyClick(shell, Qt.Key.Key_0, control)
    assert [told.at(n)[0] for n in range(told.count())] == [125, 100]
    assert theme.current().zoom == 100


def test_the_find_list_narrows_and_goes(shell: Shell) -> None:
    ran: list[str] = []
    action = QAction("Export the &case", shell)
    action.triggered.connect(lambda: ran.append("export"))
    shell.add_command(action)
    palette = shell.open_palette()
    QTest.keyClicks(palette.line, "fund")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert shell.current_step == 6
    palette = shell.open_palette()
    QTest.keyClicks(palette.line, "export the")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert ran == ["export"]


def test_undo_buttons_follow_their_actions(shell: Shell) -> None:
    undo, redo = QAction("Undo the new weight", shell), QAction("Redo", shell)
    redo.setEnabled(False)
    shell.set_undo_actions(undo, redo)
    assert shell.top.undo.accessibleName() == "Undo the new weight"
    assert not shell.top.redo.isEnabled()
    redo.setEnabled(True)
    assert shell.top.redo.isEnabled()


def test_show_brings_the_findings_until_the_next_page(shell: Shell, qapp: QApplication) -> None:
    findings = pane_frame(FlowLabel("Two findings"))
    shell.set_findings_pane(findings)
    shell.set_check("attention", "Master check: 1 needs attention", show=True)
    shell.status.show_link.click()
    qapp.processEvents()
    assert findings.isVisible()
    shell.show_step(3)
    assert not findings.isVisible()


def test_every_stop_of_the_frame_has_a_name(shell: Shell) -> None:
    stops = [part for part in shell.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    stops = [part for part in stops if type(part).__module__.startswith("appraise")]
    assert len(stops) > 8
    assert [type(part).__name__ for part in stops if not part.accessibleName()] == []


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_nothing_stands_outside_the_window(shell: Shell, qapp: QApplication, zoom: int) -> None:
    shell.set_title("Drainage and highways maintenance from 2027/28", "Saltmere Council, draft 14")
    shell.set_zoom(zoom)
    qapp.processEvents()
    assert shell.width() == 1440
    for part in (shell.top.undo, shell.pane, shell.status.zoom, shell.journey):
        right = part.mapTo(shell, part.rect().topRight()).x()
        assert 0 <= right < shell.width()


def test_the_start_page_offers_what_it_was_given() -> None:
    start = StartPage()
    start.set_recent([RecentFile("/a.appraise", "Drainage", "Saltmere", 8, ChipFace("4 to settle"), "Today")])
    start.set_examples([Example("coastal", "Coastal drainage", "Five options.")])
    start.resize(1400, 800)
    start.show()
    start.focus_first()
    opened, example, fresh = (
        QSignalSpy(start.file_chosen),
        QSignalSpy(start.example_chosen),
        QSignalSpy(start.new_wanted),
    )
    QTest.keyClick(start.recent, Qt.Key.Key_Return)
    start.new.click()
    next(b for b in start.findChildren(QWidget) if type(b).__name__ == "ExampleButton").click()
    assert (opened.at(0), example.at(0), fresh.count()) == (["/a.appraise"], ["coastal"], 1)


class Starting(Page):
    """A page that says where the keyboard starts."""

    def focus_first(self) -> None:
        self.button.setFocus()


def test_the_keyboard_follows_to_the_page_but_stays_in_the_journey(qapp: QApplication) -> None:
    made = Shell([StepPlace(name, lambda name=name: Starting(name)) for name in NAMES], StartPage())
    made.show()
    made.show_step(2)
    made.activateWindow()
    qapp.processEvents()
    QTest.keyClick(made, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert made.page(4).button.hasFocus()
    made.journey.list.setFocus()
    QTest.keyClick(made.journey.list, Qt.Key.Key_Down)
    assert made.current_step == 5
    assert made.journey.list.hasFocus()
