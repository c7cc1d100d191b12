"""The four lists of step 1 through their widgets: added, written, moved, removed, undone, pasted."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.need import Fact, LeftOut, Objective, Outcome
from appraise.ui.pages import need_state
from appraise.ui.pages.need import NeedPage
from appraise.ui.pages.need_lists import LEFT_OUT
from appraise.ui.pages.need_records import Records
from appraise.ui.widgets.fields import TextArea, TextField

from .conftest import Desk
from .test_need import shown, write

OBJECTIVES = (
    Objective(
        id="objective-1", statement="Dry homes", measure="Homes", today="41", target="10", by="2032", owner="Head"
    ),
    Objective(id="objective-2", statement="Safe lanes"),
    Objective(id="objective-3", statement="Crews in two hours"),
)


def with_need(desk: Desk, **fields: object) -> Desk:
    """The desk with parts of its need replaced, without an undo step."""
    desk.context.apply(replace(desk.appraisal, need=replace(desk.appraisal.need, **fields)), "Prepare")
    desk.actions.clear()
    desk.before.clear()
    return desk


def names(part: Records) -> list[str]:
    return [row.cells[0].text for row in part._model.rows]


def fill(qtbot: QtBot, field: TextField | TextArea, text: str) -> None:
    if isinstance(field, TextArea):
        write(qtbot, field.sheet, text)
    else:
        field.line.setFocus()
        field.line.selectAll()
        qtbot.keyClicks(field.line, text)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)


def test_an_objective_is_added_and_written_field_by_field(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.go_to_section("objectives")
    page.objectives.empty.action.click()
    (made,) = blank_desk.appraisal.need.objectives
    assert page.objectives.fields["statement"].sheet.hasFocus(), "a new objective is ready to be written"
    texts = {"statement": "Dry homes", "measure": "Homes flooded", "owner": "Head of roads"}
    texts |= {"today": "41", "target": "Fewer than 10", "by": "March 2032"}
    assert set(texts) == set(page.objectives.fields)
    for key, text in texts.items():
        fill(qtbot, page.objectives.fields[key], text)
    assert blank_desk.appraisal.need.objectives == (Objective(id=made.id, **texts),)
    assert blank_desk.actions[0] == "Add an objective"
    assert "Change target of an objective" in blank_desk.actions
    assert need_state.sections(blank_desk.appraisal.need)[2].full


def test_letters_and_words_say_what_an_objective_lacks(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    row, bare = page.objectives._model.rows[:2]
    assert [cell.text for cell in row.cells] == ["Dry homes", "S M A R T", "nothing"]
    assert [cell.text for cell in bare.cells] == [
        "Safe lanes",
        "S · · · ·",
        "measure, today's figure, target, date and owner",
    ]
    assert page.objectives.lacks.text() == "Nothing is missing."
    page.objectives.table.place("objective-2")
    assert page.objectives.detail.title.text() == "Objective 2 of 3"
    fill(qtbot, page.objectives.fields["by"], "March 2030")
    assert page.objectives._model.rows[1].cells[1].text == "S · · · T"
    assert page.objectives.lacks.text() == "Still missing: measure, today's figure, target and owner."
    spoken = [letter._name.accessibleName() for letter in page.objectives.letters]
    assert spoken[0] == "Specific: written"
    assert spoken[1] == "Measurable: still missing"


def test_objectives_are_moved_and_removed_and_come_back(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    part = page.objectives
    part.table.place("objective-3")
    part.buttons._up.click()
    assert [one.id for one in desk.appraisal.need.objectives] == ["objective-1", "objective-3", "objective-2"]
    assert part.chosen == part.table.current_key() == "objective-3"
    part.buttons._up.click()
    part.buttons._up.click()
    assert [one.id for one in desk.appraisal.need.objectives] == ["objective-3", "objective-1", "objective-2"]
    assert desk.actions == ["Move an objective"] * 2, "at the top there is nothing to move"
    part.buttons._remove.click()
    assert [one.id for one in desk.appraisal.need.objectives] == ["objective-1", "objective-2"]
    assert part.chosen == "objective-1"
    assert part.fields["statement"].text() == "Dry homes"
    desk.undo()
    assert names(part) == ["Crews in two hours", "Dry homes", "Safe lanes"]
    assert part.chosen == "objective-1", "undo does not take another record in hand"


def test_removing_the_last_record_gives_the_keyboard_to_the_empty_state(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES[:1]))
    page.go_to_section("objectives")
    page.objectives.buttons._remove.setFocus()
    qtbot.keyClick(page.objectives.buttons._remove, Qt.Key.Key_Return)
    assert desk.appraisal.need.objectives == ()
    assert page.objectives.empty.action.hasFocus()
    assert not page.objectives.detail.isVisible()


def test_undoing_an_add_leaves_nothing_behind(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.go_to_section("outcomes")
    page.outcomes.empty.action.click()
    qtbot.keyClicks(page.outcomes.fields["name"].line, "Half ty")
    blank_desk.undo()
    assert blank_desk.appraisal.need.outcomes == ()
    assert page.outcomes.empty.action.hasFocus()
    page.outcomes.empty.action.click()
    assert page.outcomes.fields["name"].text() == "", "nothing typed moves to another record"
    assert blank_desk.appraisal.need.outcomes[0].name == ""


def test_enter_in_the_table_goes_to_the_fields_and_arrows_change_the_record(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    table = page.objectives.table
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert page.objectives.fields["statement"].text() == "Safe lanes"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.objectives.fields["statement"].sheet.hasFocus()
    assert desk.actions == []


def test_a_text_left_for_another_record_stays_with_its_own(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    part = page.objectives
    part.fields["owner"].line.setFocus()
    part.fields["owner"].line.selectAll()
    qtbot.keyClicks(part.fields["owner"].line, "Director")
    spot = part.table.visualRect(part.table.model().index(1, 0)).center()
    qtbot.mouseClick(part.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    part.table.setFocus()
    assert [one.owner for one in desk.appraisal.need.objectives] == ["Director", "", ""]
    assert part.fields["owner"].text() == ""


def test_a_finding_elsewhere_takes_half_typed_text_to_its_own_record(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    sheet = page.objectives.fields["measure"].sheet
    sheet.setFocus()
    sheet.selectAll()
    qtbot.keyClicks(sheet, "Cellars")
    page.focus_place("objective-3", "measure")
    assert [one.measure for one in desk.appraisal.need.objectives] == ["Cellars", "", ""]
    assert sheet.toPlainText() == ""


def test_a_record_added_while_another_is_half_typed_takes_nothing_over(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    sheet = page.objectives.fields["statement"].sheet
    sheet.setFocus()
    sheet.selectAll()
    qtbot.keyClicks(sheet, "Dry cellars")
    page.objectives.add_record()  # as on systems where a click on a button does not take the keyboard
    assert [one.statement for one in desk.appraisal.need.objectives] == [
        "Dry cellars",
        "Safe lanes",
        "Crews in two hours",
        "",
    ]
    assert sheet.toPlainText() == ""


def test_half_typed_text_of_a_record_outlives_an_undo_elsewhere(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    page.objectives.table.place("objective-2")
    desk.context.apply(replace(desk.appraisal, title="Elsewhere"), "Change title")
    sheet = page.objectives.fields["target"].sheet
    sheet.setFocus()
    qtbot.keyClicks(sheet, "Nine in ten")
    desk.undo()
    assert sheet.toPlainText() == "Nine in ten"
    sheet.clearFocus()
    assert desk.appraisal.need.objectives[1].target == "Nine in ten"


def test_outcomes_are_written_with_evidence_of_today(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.go_to_section("outcomes")
    page.outcomes.add_record()
    page.outcomes.add_record()
    first, second = (one.id for one in blank_desk.appraisal.need.outcomes)
    assert page.outcomes.chosen == second
    assert page.outcomes.fields["name"].line.hasFocus()
    texts = {"name": "Dry homes", "today": "41 homes", "target": "10 by 2031", "works": "Town centre"}
    texts |= {"fails": "Mill Lane", "residents": "64 of 112 say so", "evidence": "Flood log"}
    assert set(texts) == set(page.outcomes.fields)
    for key, text in texts.items():
        fill(qtbot, page.outcomes.fields[key], text)
    assert blank_desk.appraisal.need.outcomes == (Outcome(id=first, name=""), Outcome(id=second, **texts))
    assert page.outcomes.fields["works"].sheet.accessibleName() == "Where the service works, outcome 2"
    assert page.outcomes.card.subtitle.text() == "1 of 2 complete"


def test_facts_are_typed_in_the_table(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.go_to_section("place")
    page.facts.empty.action.click()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    for text in ("Residents", "96,000", "Register 2026"):
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        qtbot.keyClicks(editor, text)
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    (fact,) = blank_desk.appraisal.need.facts
    assert (fact.name, fact.value, fact.source) == ("Residents", "96,000", "Register 2026")
    blank_desk.undo()
    assert page.facts._model.rows[0].cells[2].text == "no source yet"


def test_facts_are_pasted_as_one_step_and_new_rows_are_made(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, facts=(Fact(id="fact-1", name="Residents"),)))
    page.go_to_section("place")
    page.facts.table.setFocus()
    page.facts.table.place("fact-1")
    QGuiApplication.clipboard().setText("Residents\t96,000\tRegister\nGullies\t21,400\tAsset list")
    qtbot.keyClick(page.facts.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown_facts = [(one.name, one.value, one.source) for one in desk.appraisal.need.facts]
    assert shown_facts == [("Residents", "96,000", "Register"), ("Gullies", "21,400", "Asset list")]
    assert desk.actions == ["Paste facts"]


def test_a_block_that_is_too_wide_is_refused_with_a_sentence(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, facts=(Fact(id="fact-1", name="Residents"),)))
    page.go_to_section("place")
    page.facts.table.setFocus()
    page.facts.table.place("fact-1", 1)
    QGuiApplication.clipboard().setText("1\t2\t3")
    qtbot.keyClick(page.facts.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.facts.refused.isVisible()
    assert "wider than the table" in page.facts.refused._title.text()
    assert desk.actions == []


def test_what_is_left_out_has_a_size_or_is_said_to_have_none(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.go_to_section("boundary")
    page.left_out.empty.action.click()
    fill(qtbot, page.left_out.fields["name"], "Sea walls")
    fill(qtbot, page.left_out.fields["why"], "The same in every option")
    assert page.left_out._model.rows[0].cells[2].text == "not sized"
    fill(qtbot, page.left_out.fields["pounds"], "1.25m")
    (item,) = blank_desk.appraisal.need.left_out
    assert item == LeftOut(id=item.id, name="Sea walls", why="The same in every option", pounds=Decimal("1250000.00"))
    assert page.left_out.fields["pounds"].text() == "1,250,000"
    assert page.left_out.card.subtitle.text() == "One item, 1 sized: £1.25m outside all totals"
    fill(qtbot, page.left_out.fields["pounds"], "lots")
    assert page.left_out.fields["pounds"].fault()
    assert page.left_out.fields["pounds"].text() == "lots"
    assert blank_desk.appraisal.need.left_out[0].pounds == Decimal("1250000.00")
    page.left_out.fields["pounds"].line.selectAll()
    qtbot.keyClick(page.left_out.fields["pounds"].line, Qt.Key.Key_Delete)
    qtbot.keyClick(page.left_out.fields["pounds"].line, Qt.Key.Key_Return)
    assert blank_desk.appraisal.need.left_out[0].pounds == 0
    assert not page.left_out.fields["pounds"].fault()


def test_the_fields_of_what_is_left_out_stand_in_the_order_of_the_columns() -> None:
    names = {"What": "name", "Why": "why", "Size": "pounds"}
    fields = [field.key for row in LEFT_OUT.fields for field in row]
    assert fields == [names[column.title] for column in LEFT_OUT.columns]


def test_a_size_that_cannot_be_is_said_at_its_field(qtbot: QtBot, desk: Desk) -> None:
    item = LeftOut(id="item-1", name="Sea walls", why="Same", pounds=Decimal("99999999999999999.00"))
    page = shown(qtbot, with_need(desk, left_out=(item,)))
    page.focus_place("item-1", "pounds")
    assert page.section == "boundary"
    assert page.left_out.fields["pounds"].line.hasFocus()
    assert "10 trillion" in page.left_out.fields["pounds"].fault()
    fill(qtbot, page.left_out.fields["pounds"], "2m")
    assert page.left_out.fields["pounds"].fault() == ""


@pytest.mark.parametrize(
    ("record", "field", "section"),
    [("objective-2", "target", "objectives"), ("outcome-roads", "evidence", "outcomes"), ("item-1", "why", "boundary")],
)
def test_a_finding_on_a_record_takes_it_in_hand(
    qtbot: QtBot, desk: Desk, record: str, field: str, section: str
) -> None:
    items = (LeftOut(id="item-0", name="Gritting"), LeftOut(id="item-1", name="Sea walls"))
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES, left_out=items))
    page.focus_place(record, field)
    lists = {"objectives": page.objectives, "outcomes": page.outcomes, "boundary": page.left_out}
    assert page.section == section
    assert lists[section].chosen == record
    assert lists[section].fields[field].sheet.hasFocus()
    assert page.frame.scroller is not None
    field_widget = lists[section].fields[field]
    qtbot.waitUntil(lambda: _in_view(page, field_widget))


def _in_view(page: NeedPage, field: TextField | TextArea) -> bool:
    view = page.frame.scroller.viewport()
    top = field.mapTo(view, field.rect().topLeft()).y()
    return top >= 0 and top + field.height() <= view.height()


def test_a_finding_on_a_fact_leads_to_its_cell(qtbot: QtBot, desk: Desk) -> None:
    facts = (Fact(id="fact-1", name="Residents"), Fact(id="fact-2", name="Gullies", value="21,400"))
    page = shown(qtbot, with_need(desk, facts=facts))
    page.focus_place("fact-2", "source")
    assert page.section == "place"
    assert page.facts.table.hasFocus()
    assert page.facts.table.current_key() == "fact-2"
    assert page.facts.table.currentIndex().column() == 2


def test_tab_goes_through_a_record_in_reading_order(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, with_need(desk, objectives=OBJECTIVES))
    page.go_to_section("objectives")
    part = page.objectives
    wanted = [part.buttons._add, part.buttons._remove, part.buttons._up, part.buttons._down]
    for key in ("statement", "measure", "owner", "today", "target", "by"):
        field = part.fields[key]
        wanted.append(field.sheet if isinstance(field, TextArea) else field.line)
    wanted.append(page.next)
    seen = []
    for _ in wanted:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == wanted


def test_long_names_wrap_and_stand_whole_in_the_tool_tip(qtbot: QtBot, desk: Desk) -> None:
    long = "Fewer homes flooded inside in a winter of the same rainfall, counted by the flood log of the council"
    page = shown(qtbot, with_need(desk, objectives=(Objective(id="objective-1", statement=long),)))
    page.go_to_section("objectives")
    table = page.objectives.table
    assert table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == long
    qtbot.waitUntil(lambda: table.rowHeight(0) > 36)
