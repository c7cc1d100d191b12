from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.options import DeliveryModel
from appraise.ui.pages.options import OptionsPage
from appraise.ui.widgets.choices import CellPick


def shown(qtbot: QtBot, desk) -> OptionsPage:
    page = OptionsPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def commit(field, text: str) -> None:
    field.line.setText(text)
    field.line.returnPressed.emit()


def test_the_fields_change_the_option_in_hand(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place("option-joint")
    commit(page.detail.name, "Shared with Eastholme")
    commit(page.detail.short_name, "Shared")
    commit(page.detail.term, "10")
    page.detail.description.sheet.setPlainText("One team")
    page.detail.description.sheet.left.emit()
    one = desk.appraisal.options[4]
    assert (one.name, one.short_name, one.term_years, one.description) == (
        "Shared with Eastholme",
        "Shared",
        10,
        "One team",
    )
    assert [cell.text for cell in page._model.rows[4].cells][:2] == ["Shared with Eastholme", "Shared"]
    for _ in range(4):
        desk.undo()
    assert page.detail.name.text() == "Joint service with Eastholme"


def test_the_table_is_edited_in_place(qtbot, desk):
    page = shown(qtbot, desk)
    model = page._model
    for column, text in ((0, "Own service, better"), (1, "Own"), (2, "collaborative"), (3, "")):
        model.apply(model.index(2, column), text)
    one = desk.appraisal.options[2]
    assert (one.name, one.short_name, one.model, one.term_years) == (
        "Own service, better",
        "Own",
        DeliveryModel.COLLABORATIVE,
        0,
    )
    assert len(desk.actions) == 3  # the term was none before


def test_a_term_that_is_no_number_is_refused(qtbot, desk):
    page = shown(qtbot, desk)
    commit(page.detail.term, "seven")
    assert "seven" in page.detail.term.fault()
    assert desk.actions == []


def test_business_as_usual_stays_and_the_page_says_why(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place("option-usual")
    page.buttons.removed.emit()
    assert page.refused._title.text().startswith("Business as usual is what every option is compared with")
    page.detail.model.chosen.emit("insource")
    assert page.refused.isVisible()
    assert page.detail.model.current() == "business_as_usual"
    model = page._model
    assert model.apply(model.index(0, 2), "insource")
    assert desk.actions == []
    page.table.place("option-joint")
    assert not page.refused.isVisible()


def test_removing_an_option_takes_its_lines_and_undo_brings_them_back(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place("option-joint")
    page.buttons.removed.emit()
    assert all(one.option != "option-joint" for one in desk.appraisal.lines)
    assert desk.actions == ["Remove Joint service with Eastholme"]
    assert page.pane._kinds[DeliveryModel.COLLABORATIVE]._which.text() == "Missing"
    desk.undo()
    assert page.pane._kinds[DeliveryModel.COLLABORATIVE]._which.text() == "Joint"


def test_adding_makes_the_list_whole_first(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place("option-outsource")
    page.buttons.removed.emit()
    page.buttons.added.emit()
    assert desk.appraisal.options[-1].model is DeliveryModel.OUTSOURCE
    assert page.table.current_key() == desk.appraisal.options[-1].id
    page.buttons.added.emit()
    assert desk.appraisal.options[-1].name == "New option"


def test_options_are_reordered(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place("option-inhouse")
    page.buttons.moved.emit(-1)
    assert [one.short_name for one in desk.appraisal.options] == ["Usual", "In-house", "Minimum", "Outsource", "Joint"]
    assert page.table.current_key() == "option-inhouse"
    page.table.place("option-usual")
    page.buttons.moved.emit(-1)
    assert len(desk.actions) == 1


def test_a_document_without_options_says_what_to_do(qtbot, desk_with):
    made = desk_with(options=(), lines=(), scores=(), constraints=())
    page = shown(qtbot, made)
    assert page._empty.isVisible()
    assert page.wrong._title.text() == "There is no option to compare."
    page.buttons.added.emit()
    assert made.appraisal.options[0].model is DeliveryModel.BUSINESS_AS_USUAL
    assert page.detail.isVisible()


def test_findings_lead_to_the_field(qtbot, desk):
    page = shown(qtbot, desk)
    page.focus_place("option-joint", "term_years")
    assert page.detail.term.text() == "7"
    assert page.table.current_key() == "option-joint"


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    page = shown(qtbot, desk)
    nameless = [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []


def test_a_new_option_is_named_by_typing(qtbot, desk):
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.buttons._add, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    desk._show(desk.appraisal)  # the full run has arrived
    qtbot.keyClicks(QApplication.focusWidget(), "Leisure trust")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert desk.appraisal.options[-1].name == "Leisure trust"


def test_tab_leaves_the_list(qtbot, desk):
    page = shown(qtbot, desk)
    page.focus_first()
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Tab)
    assert page.buttons.isAncestorOf(QApplication.focusWidget())


def test_an_arrow_in_a_pick_list_chooses_nothing_yet(qtbot, desk):
    page = shown(qtbot, desk)
    kinds = [one.model for one in desk.appraisal.options]
    page.table.setFocus()
    page.table.place(desk.appraisal.options[2].id, 2)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    pick = page.table.viewport().findChild(CellPick)
    qtbot.waitUntil(lambda: pick.view().isVisible())
    qtbot.keyClick(pick.view(), Qt.Key.Key_Down)
    qtbot.keyClick(pick.view(), Qt.Key.Key_Down)
    assert [one.model for one in desk.appraisal.options] == kinds
    qtbot.keyClick(pick.view(), Qt.Key.Key_Return)
    assert len(desk.actions) == 1
    assert desk.appraisal.options[2].model is list(DeliveryModel)[4]


def test_escape_gives_a_pick_list_up(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.setFocus()
    page.table.place(desk.appraisal.options[2].id, 2)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)  # Enter opens it too
    pick = page.table.viewport().findChild(CellPick)
    qtbot.waitUntil(lambda: pick.view().isVisible())
    qtbot.keyClick(pick.view(), Qt.Key.Key_Down)
    qtbot.keyClick(pick.view(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.table.viewport().findChild(CellPick) is None)
    assert desk.actions == []
    assert page.table.hasFocus()


def test_without_options_the_keyboard_is_at_the_button_that_adds(qtbot, desk_with):
    page = shown(qtbot, desk_with(options=(), lines=(), scores=(), constraints=()))
    page.focus_first()
    assert page.buttons._add.hasFocus()


def test_after_a_removal_the_neighbour_is_in_hand(qtbot, desk):
    page = shown(qtbot, desk)
    ids = [one.id for one in desk.appraisal.options]
    page.table.place(ids[2])
    page.buttons.removed.emit()
    assert [one.id for one in desk.appraisal.options] == [*ids[:2], *ids[3:]]
    assert (page.table.current_key(), page.detail._option) == (ids[3], ids[3])
    page.table.place(ids[-1])
    page.buttons.removed.emit()
    assert (page.table.current_key(), page.detail._option) == (ids[-2], ids[-2])
