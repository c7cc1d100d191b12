"""Step 1 through its widgets."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Horizon
from appraise.ui.pages.need import NeedPage

from .conftest import Desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> NeedPage:
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> NeedPage:
    made = NeedPage(desk.context)
    qtbot.addWidget(made)
    made.resize(840, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def write(qtbot: QtBot, sheet: QPlainTextEdit, text: str) -> None:
    sheet.setFocus()
    sheet.selectAll()
    qtbot.keyClicks(sheet, text)
    sheet.clearFocus()


def test_texts_are_written(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    areas = {**page.texts.areas, **page.outside.areas}
    for key, area in areas.items():
        write(qtbot, area.sheet, f"New {key}")
    need = desk.appraisal.need
    for key in areas:
        assert getattr(need, key) == f"New {key}"
    assert desk.actions == [
        "Change case for change",
        "Change business as usual",
        "Change the place",
        "Change not in the numbers",
    ]


def test_title_and_years_are_changed(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    page.decision.name.line.selectAll()
    qtbot.keyClicks(page.decision.name.line, "Care beds from 2028")
    qtbot.keyClick(page.decision.name.line, Qt.Key.Key_Return)
    page.decision.years.line.selectAll()
    qtbot.keyClicks(page.decision.years.line, "9")
    qtbot.keyClick(page.decision.years.line, Qt.Key.Key_Return)
    assert desk.appraisal.title == "Care beds from 2028"
    assert desk.appraisal.horizon.years == 9
    assert page.decision.subtitle.text() == "2027/28 to 2035/36"


def test_years_that_cannot_be_are_refused_and_kept(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    before = desk.appraisal
    page.decision.years.line.selectAll()
    qtbot.keyClicks(page.decision.years.line, "126")
    qtbot.keyClick(page.decision.years.line, Qt.Key.Key_Return)
    assert desk.appraisal is before
    assert page.decision.years.fault()
    assert page.decision.years.text() == "126"


def test_a_wrong_horizon_of_the_document_is_said_at_its_field(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    page = shown(qtbot, desk_with(horizon=Horizon(first_year=2027, years=300, reason="Long")))
    assert "outside 1 to 125" in page.decision.years.fault()
    page.decision.years.line.setFocus()
    page.decision.years.line.selectAll()
    qtbot.keyClicks(page.decision.years.line, "8")
    qtbot.keyClick(page.decision.years.line, Qt.Key.Key_Return)
    assert page.decision.years.fault() == ""


def test_outcomes_are_added_written_moved_and_removed(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    assert page.outcomes._empty.isVisible()
    page.outcomes._empty.activated.emit()
    page.outcomes.add_button.click()
    first, second = (one.id for one in blank_desk.appraisal.need.outcomes)
    editor = page.outcomes.editors[second]
    assert editor.name.line.hasFocus(), "a new outcome is ready to be named"
    qtbot.keyClicks(editor.name.line, "Dry homes")
    write(qtbot, editor.today.sheet, "41 homes")
    write(qtbot, editor.target.sheet, "10 homes by 2031")
    write(qtbot, editor.evidence.sheet, "Flood log")
    outcome = blank_desk.appraisal.need.outcomes[1]
    assert (outcome.name, outcome.today, outcome.target, outcome.evidence) == (
        "Dry homes",
        "41 homes",
        "10 homes by 2031",
        "Flood log",
    )
    editor.up.click()
    assert [one.id for one in blank_desk.appraisal.need.outcomes] == [second, first]
    assert page.outcomes._list.line.itemAt(0).widget() is editor
    assert not editor.up.isEnabled()
    assert editor.remove.accessibleName() == "Remove: Dry homes"
    editor.remove.click()
    assert [one.id for one in blank_desk.appraisal.need.outcomes] == [first]
    assert list(page.outcomes.editors) == [first]
    blank_desk.undo()
    assert page.outcomes.editors[second].name.text() == "Dry homes"


def test_what_is_missing_is_listed_and_leads_there(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    rows = page.found._list.rows
    assert "The case for change is not described." in [row.sentence for row in rows]
    finding = next(row.key for row in rows if "case for change" in row.sentence)
    page.found.chosen.emit(finding)
    assert page.texts.areas["case_for_change"].sheet.hasFocus()


def test_areas_are_as_high_as_their_text(qtbot: QtBot, page: NeedPage) -> None:
    sheet = page.texts.areas["case_for_change"].sheet
    qtbot.waitUntil(lambda: not sheet.verticalScrollBar().maximum())
    narrow = sheet.height()
    page.resize(500, 800)
    qtbot.waitUntil(lambda: sheet.height() > narrow)
    qtbot.waitUntil(lambda: not sheet.verticalScrollBar().maximum())  # nothing of the text is out of sight


def test_help_follows_the_field(page: NeedPage) -> None:
    page.texts.areas["place"].sheet.setFocus()
    assert page.help._title.text() == "What is special here?"
    first = next(iter(page.outcomes.editors.values()))
    first.target.sheet.setFocus()
    assert page.help._title.text() == "What would residents notice?"


def test_half_typed_text_stays_when_the_document_changes(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    sheet = page.texts.areas["place"].sheet
    sheet.setFocus()
    sheet.selectAll()
    qtbot.keyClicks(sheet, "Half ty")
    desk.context.apply(replace(desk.appraisal, title="Elsewhere"), "Change title")
    assert sheet.toPlainText() == "Half ty"


def test_tab_goes_through_a_new_outcome_in_reading_order(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    qtbot.mouseClick(page.outcomes.add_button, Qt.MouseButton.LeftButton)
    editor = page.outcomes.editors[desk.appraisal.need.outcomes[-1].id]
    assert QApplication.focusWidget() is editor.name.line
    qtbot.waitUntil(editor.evidence.sheet.isVisible)
    seen = []
    for _ in range(6):
        QApplication.focusWidget().focusNextChild()
        seen.append(QApplication.focusWidget())
    wanted = [stop for stop in editor.stops()[1:] if stop.isEnabled()]
    assert seen[: len(wanted)] == wanted
    assert editor.evidence.sheet in wanted
    assert page.outside.isAncestorOf(seen[len(wanted)])


def test_another_document_takes_no_half_typed_text_over(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    years = page.decision.fields["years"]
    years.line.setFocus()
    years.line.selectAll()
    qtbot.keyClicks(years.line, "zz")
    qtbot.keyClick(years.line, Qt.Key.Key_Return)
    assert years.line.wrong
    desk.context.start(desk.context.view)
    assert years.text() == str(desk.appraisal.horizon.years)
    assert not years.line.wrong
