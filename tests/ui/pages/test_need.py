"""Step 1 through its widgets: sections, texts, the decision, half-typed text, help and findings."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from appraise.model import need_sections
from appraise.model.appraisal.document import Horizon, HorizonLength
from appraise.model.edits import basis
from appraise.model.edits import need as edits
from appraise.ui import theme
from appraise.ui.pages import need_texts
from appraise.ui.pages.need import NeedPage

from .conftest import Desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> NeedPage:
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk, width: int = 840) -> NeedPage:
    made = NeedPage(desk.context)
    qtbot.addWidget(made)
    qtbot.addWidget(made.pane)
    made.resize(width, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def write(qtbot: QtBot, sheet: QPlainTextEdit, text: str) -> None:
    sheet.setFocus()
    sheet.selectAll()
    qtbot.keyClicks(sheet, text)
    sheet.clearFocus()


SECTION_TEXTS = {
    "case": ("case_for_change", "business_as_usual"),
    "theory": ("inputs", "activities", "outputs", "outcomes", "impact", "rests_on"),
    "place": ("place",),
    "equality": ("discrimination", "opportunity", "relations", "evidence"),
    "boundary": ("not_in_the_numbers",),
}


def areas_of(page: NeedPage, section: str) -> dict[str, QPlainTextEdit]:
    cards = {
        "case": (page.words,),
        "theory": (page.chain, page.rests),
        "place": (page.place,),
        "equality": (page.duty,),
        "boundary": (page.outside,),
    }
    return {key: area.sheet for card in cards[section] for key, area in card.areas.items()}


@pytest.mark.parametrize("section", SECTION_TEXTS)
def test_texts_of_a_section_are_written_and_undone(qtbot: QtBot, desk: Desk, page: NeedPage, section: str) -> None:
    page.go_to_section(section)
    sheets = areas_of(page, section)
    assert tuple(sheets) == SECTION_TEXTS[section]
    before = desk.appraisal.need
    for key, sheet in sheets.items():
        assert sheet.isVisible()
        write(qtbot, sheet, f"New {key}")
    need = desk.appraisal.need
    part = {"theory": need.theory, "equality": need.equality}.get(section, need)
    for key in sheets:
        assert getattr(part, key) == f"New {key}"
    assert len(set(desk.actions)) == len(sheets), "each text has an undo step with a name of its own"
    for _ in sheets:
        desk.undo()
    assert desk.appraisal.need == before
    old = {"theory": before.theory, "equality": before.equality}.get(section, before)
    for key, sheet in sheets.items():
        assert sheet.toPlainText() == getattr(old, key)


def test_one_section_at_a_time_is_on_the_page(page: NeedPage) -> None:
    for key, _ in need_sections.SECTIONS:
        page.go_to_section(key)
        assert [one.key for one in page._sections.values() if one.body.isVisible()] == [key]
        assert page.switch.current() == key
        here = QApplication.focusWidget()
        assert here is not None
        assert page._sections[key].body.isAncestorOf(here), "the keyboard goes along"


def test_keys_go_through_the_sections_round_and_round(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    page.focus_first()
    seen = []
    for _ in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        seen.append(page.section)
    assert seen == ["theory", "objectives", "outcomes", "place", "equality", "boundary", "case"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.section == "boundary"
    assert desk.actions == []


def test_the_switch_changes_the_section_and_keeps_the_keyboard(qtbot: QtBot, page: NeedPage) -> None:
    page.switch.bar.setFocus()
    qtbot.keyClick(page.switch.bar, Qt.Key.Key_Right)
    assert page.section == "theory"
    assert page.switch.bar.hasFocus()


def test_next_leads_through_all_sections_and_on_to_the_options(desk: Desk, page: NeedPage) -> None:
    wanted: list[tuple[int, str, str]] = []
    desk.context.place_wanted.connect(lambda *where: wanted.append(where))
    names = []
    for _ in range(7):
        names.append(page.next.text())
        page.next.click()
    assert names[0] == "Next: Theory of change"
    assert names[-1] == "Next step: Options"
    assert page.section == "boundary"
    assert wanted == [(2, "", "")]


def test_text_typed_in_a_section_that_goes_is_kept(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    page.go_to_section("theory")
    sheet = page.chain.areas["impact"].sheet
    sheet.setFocus()
    sheet.selectAll()
    qtbot.keyClicks(sheet, "Dry streets")
    qtbot.keyClick(sheet, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.section == "objectives"
    assert desk.appraisal.need.theory.impact == "Dry streets"
    assert desk.actions == ["Change impact of the theory of change"]


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


def test_the_length_of_the_horizon_brings_its_years_and_typed_years_leave_it(
    qtbot: QtBot, desk: Desk, page: NeedPage
) -> None:
    pick = page.decision.length
    pick.setFocus()
    while pick.current() != "refurbishment_30":
        qtbot.keyClick(pick, Qt.Key.Key_Up)
    assert (desk.appraisal.horizon.length, desk.appraisal.horizon.years) == (HorizonLength.REFURBISHMENT, 31)
    assert page.decision.years.text() == "31"
    made = len(desk.actions)
    page.decision.years.line.setFocus()
    page.decision.years.line.selectAll()
    qtbot.keyClicks(page.decision.years.line, "12")
    qtbot.keyClick(page.decision.years.line, Qt.Key.Key_Return)
    assert (desk.appraisal.horizon.length, desk.appraisal.horizon.years) == (HorizonLength.OWN, 12)
    assert pick.current() == "own"
    assert len(desk.actions) == made + 1, "years and length are one step"
    desk.undo()
    assert pick.current() == "refurbishment_30"


def test_years_of_a_contract_leave_its_length_alone(desk: Desk) -> None:
    contract = basis.set_horizon_length(desk.appraisal, length=HorizonLength.CONTRACT)
    assert need_texts.with_years(contract, 9).horizon.length is HorizonLength.CONTRACT


def test_a_finding_on_the_length_leads_to_its_list(page: NeedPage) -> None:
    page.focus_place("", "length")
    assert page.decision.length.hasFocus()


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


@pytest.mark.parametrize("section", ["objectives", "outcomes", "place", "boundary"])
def test_an_empty_list_says_what_to_do_with_one_action(qtbot: QtBot, blank_desk: Desk, section: str) -> None:
    page = shown(qtbot, blank_desk)
    page.go_to_section(section)
    lists = {"objectives": page.objectives, "outcomes": page.outcomes, "place": page.facts, "boundary": page.left_out}
    part = lists[section]
    assert part.empty.isVisible()
    assert part.empty.action.text().startswith("Add the first")
    assert not part.table.isVisible()
    assert not part.buttons.isVisible()
    assert part.detail is None or not part.detail.isVisible()


def test_the_pane_counts_sections_as_they_are_filled(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    assert page.pane._filled.text() == "0 of 7 sections filled"
    for area in page.words.areas.values():
        write(qtbot, area.sheet, "Something")
    assert page.pane._filled.text() == "1 of 7 sections filled"
    states = {row.key: (row.state, row.words) for row in page.pane.parts.rows}
    assert states["case"] == ("completed", "2 of 2 written")
    assert states["theory"] == ("not-started", "nothing yet")
    page.go_to_section("theory")
    write(qtbot, page.chain.areas["inputs"].sheet, "Money")
    states = {row.key: (row.state, row.words) for row in page.pane.parts.rows}
    assert states["theory"] == ("in-progress", "1 of 6 written")


def test_the_pane_leads_to_a_section_by_click_and_by_key(qtbot: QtBot, page: NeedPage) -> None:
    parts = page.pane.parts
    page.pane.resize(312, 800)
    page.pane.show()
    spot = parts.visualRect(parts.model().index(5, 0)).center()
    qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.section == "equality"
    assert "shown now" in str(parts.model().index(5, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    parts.setCurrentIndex(parts.model().index(6, 0))
    qtbot.keyClick(parts, Qt.Key.Key_Return)
    assert page.section == "boundary"


def test_what_is_missing_is_listed_and_leads_there(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.go_to_section("boundary")
    rows = page.pane.found._list.rows
    assert "The case for change is not described." in [row.sentence for row in rows]
    finding = next(row.key for row in rows if "case for change" in row.sentence)
    page.pane.found.chosen.emit(finding)
    assert page.words.areas["case_for_change"].sheet.hasFocus()
    for row in rows:
        page.pane.found.chosen.emit(row.key)
        here = QApplication.focusWidget()
        assert here is not None
        assert page._sections[page.section].body.isAncestorOf(here), row.sentence


@pytest.mark.parametrize(
    ("field", "section"),
    [
        ("objectives", "objectives"),
        ("outcomes", "outcomes"),
        ("facts", "place"),
        ("left_out", "boundary"),
        ("theory", "theory"),
        ("rests_on", "theory"),
        ("equality", "equality"),
        ("place", "place"),
        ("not_in_the_numbers", "boundary"),
        ("body", "case"),
        ("what nobody knows", "case"),
    ],
)
def test_every_place_of_a_finding_is_found(page: NeedPage, field: str, section: str) -> None:
    page.focus_place("", field)
    assert page.section == section
    here = QApplication.focusWidget()
    assert here is not None
    assert page._sections[section].body.isAncestorOf(here)


def test_a_finding_on_a_group_of_texts_leads_to_the_first_empty_one(qtbot: QtBot, blank_desk: Desk) -> None:
    now = blank_desk.appraisal
    blank_desk.context.apply(edits.change_theory(now, inputs="Money", activities="Work"), "Write")
    page = shown(qtbot, blank_desk)
    page.focus_place("", "theory")
    assert page.chain.areas["outputs"].sheet.hasFocus()


def test_areas_are_as_high_as_their_text(qtbot: QtBot, page: NeedPage) -> None:
    sheet = page.words.areas["case_for_change"].sheet
    qtbot.waitUntil(lambda: not sheet.verticalScrollBar().maximum())
    narrow = sheet.height()
    page.resize(500, 800)
    qtbot.waitUntil(lambda: sheet.height() > narrow)
    qtbot.waitUntil(lambda: not sheet.verticalScrollBar().maximum())  # nothing of the text is out of sight


def test_help_follows_section_and_field(page: NeedPage) -> None:
    page.go_to_section("place")
    assert page.help._title.text() == "What is special here?"
    page.switch.chosen.emit("boundary")
    assert page.help._title.text() == "What is outside?"
    page.go_to_section("outcomes")
    page.outcomes.fields["residents"].setFocus()
    assert page.help._title.text() == "What do residents say?"


def test_half_typed_text_stays_when_something_else_is_undone(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    desk.context.apply(replace(desk.appraisal, title="Elsewhere"), "Change title")
    page.go_to_section("place")
    sheet = page.place.areas["place"].sheet
    sheet.setFocus()
    sheet.selectAll()
    qtbot.keyClicks(sheet, "Half ty")
    desk.undo()
    assert sheet.toPlainText() == "Half ty"
    sheet.clearFocus()
    assert desk.appraisal.need.place == "Half ty"


def test_another_document_takes_no_half_typed_text_over(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    years = page.decision.fields["years"]
    years.line.setFocus()
    years.line.selectAll()
    qtbot.keyClicks(years.line, "zz")
    qtbot.keyClick(years.line, Qt.Key.Key_Return)
    assert years.line.wrong
    page.go_to_section("equality")
    desk.context.start(desk.context.view)
    assert years.text() == str(desk.appraisal.horizon.years)
    assert not years.line.wrong
    assert page.section == "case"


def test_another_document_takes_no_half_typed_area_over(qtbot: QtBot, desk: Desk, page: NeedPage) -> None:
    sheet = page.words.areas["case_for_change"].sheet
    sheet.setFocus()
    qtbot.keyClicks(sheet, "Half typed")
    desk.context.start(desk.context.view)
    assert sheet.toPlainText() == desk.appraisal.need.case_for_change
    sheet.clearFocus()
    assert desk.actions == []


@pytest.mark.parametrize("zoom", [100, 200])
def test_nothing_stands_outside_the_page(qtbot: QtBot, desk: Desk, zoom: int) -> None:
    """Every field and button of every section lies inside the width of the page; the switch folds to a list."""
    theme.use(theme.Theme("light", zoom))
    page = shown(qtbot, desk, width=1120 if zoom == 200 else 840)
    for key, _ in need_sections.SECTIONS:
        page.go_to_section(key)
        qtbot.wait(20)
        for stop in page._sections[key].body.findChildren(QWidget):
            if stop.isVisible() and not isinstance(stop.parentWidget(), QAbstractItemView):
                right = stop.mapTo(page, stop.rect().topRight()).x()
                assert right <= page.width(), f"{type(stop).__name__} in {key} at {zoom} %"
    assert page.switch.folded() == (zoom == 200)
    words = QFontMetricsF(page.next.font()).horizontalAdvance(page.next.text())
    assert page.next.width() >= words
