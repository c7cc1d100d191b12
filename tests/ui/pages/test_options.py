from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.options import ContractType, DeliveryModel, ShortListRole
from appraise.ui.pages.options import OptionsPage
from appraise.ui.pages.options_pane import PURPOSES
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


def counted(page: OptionsPage) -> dict[str, str]:
    return {part.name.text(): part.stands.text() for part in page.pane._parts if part.isVisibleTo(page.pane)}


def refusal(page: OptionsPage) -> str:
    notice = page.section.refused
    return notice._title.text() if notice.isVisible() else ""


def test_the_fields_change_the_option_in_hand(qtbot, desk):
    page = shown(qtbot, desk)
    detail = page.section.detail
    page.section.table.place("option-joint")
    commit(detail.name, "Shared with Eastholme")
    commit(detail.short_name, "Shared")
    for field, years in ((detail.term, "9"), (detail.extension, "2"), (detail.life, "5")):
        commit(field, years)
    detail.contract.chosen.emit("services")
    detail.model.chosen.emit("joint_committee")
    detail.role.chosen.emit("more_ambitious")
    detail.description.sheet.setPlainText("One team")
    detail.description.sheet.left.emit()
    one = desk.appraisal.options[4]
    assert (one.name, one.short_name, one.description) == ("Shared with Eastholme", "Shared", "One team")
    assert (one.term_years, one.extension_years, one.life_years) == (9, 2, 5)
    assert (one.contract, one.model) == (ContractType.SERVICES, DeliveryModel.JOINT_COMMITTEE)
    assert one.role is ShortListRole.MORE_AMBITIOUS
    texts = [cell.text for cell in page.section._model.rows[4].cells]
    assert texts == ["Shared with Eastholme", "More ambitious", "Joint committee", "Goods or services", "9", "2", "5"]
    assert len(desk.actions) == 9
    for _ in range(9):
        desk.undo()
    assert detail.name.text() == "Joint service with Eastholme"
    assert detail.model.current() == "collaborative"


def test_the_table_is_edited_in_place(qtbot, desk):
    page = shown(qtbot, desk)
    model = page.section._model
    typed = (
        (0, "Own service, better"),
        (1, "more_ambitious"),
        (2, "in_house_reform"),
        (3, "services"),
        (4, "5"),
        (5, "1"),
    )
    for column, text in typed:
        assert model.apply(model.index(2, column), text) == ""
    one = desk.appraisal.options[2]
    assert (one.name, one.role) == ("Own service, better", ShortListRole.MORE_AMBITIOUS)
    assert (one.model, one.contract) == (DeliveryModel.REFORM, ContractType.SERVICES)
    assert (one.term_years, one.extension_years) == (5, 1)
    model.apply(model.index(2, 6), "")
    assert len(desk.actions) == len(typed)  # all years were costed before


def test_a_term_that_is_no_number_is_refused(qtbot, desk):
    page = shown(qtbot, desk)
    commit(page.section.detail.term, "seven")
    assert "seven" in page.section.detail.term.fault()
    model = page.section._model
    assert "seven" in model.apply(model.index(1, 4), "seven")
    assert "seven" in refusal(page)
    assert desk.actions == []
    assert model.apply(model.index(1, 4), "7") == ""
    assert refusal(page) == ""


def test_business_as_usual_stays_and_the_page_says_why(qtbot, desk):
    page = shown(qtbot, desk)
    section = page.section
    section.table.place("option-usual")
    section.buttons.removed.emit()
    assert refusal(page).startswith("Business as usual is what every option is compared with")
    section.detail.role.chosen.emit("other")
    assert refusal(page)
    assert section.detail.role.current() == "business_as_usual"
    section.table.place("option-joint")
    assert refusal(page) == ""
    section._model.apply(section._model.index(0, 1), "other")
    assert refusal(page)
    assert section._model.rows[0].cells[1].text == "Business as usual"
    assert section._model.rows[0].half_typed == {}
    assert desk.actions == []


def test_removing_an_option_takes_its_lines_and_undo_brings_them_back(qtbot, desk):
    page = shown(qtbot, desk)
    page.section.table.place("option-joint")
    page.section.buttons.removed.emit()
    assert all(one.option != "option-joint" for one in desk.appraisal.lines)
    assert desk.actions == ["Remove Joint service with Eastholme"]
    assert counted(page)["With others"] == "Missing"
    desk.undo()
    assert counted(page)["With others"] == "Joint"


def test_adding_makes_the_list_whole_first(qtbot, desk):
    page = shown(qtbot, desk)
    page.section.table.place("option-outsource")
    page.section.buttons.removed.emit()
    page.section.buttons.added.emit()
    assert desk.appraisal.options[-1].model is DeliveryModel.OUTSOURCE
    assert page.section.table.current_key() == desk.appraisal.options[-1].id
    page.section.buttons.added.emit()
    assert (desk.appraisal.options[-1].name, desk.appraisal.options[-1].model) == ("New option", DeliveryModel.UNSAID)


def test_options_are_reordered(qtbot, desk):
    page = shown(qtbot, desk)
    page.section.table.place("option-inhouse")
    page.section.buttons.moved.emit(-1)
    assert [one.short_name for one in desk.appraisal.options] == ["Usual", "In-house", "Minimum", "Outsource", "Joint"]
    assert page.section.table.current_key() == "option-inhouse"
    page.section.table.place("option-usual")
    page.section.buttons.moved.emit(-1)
    assert len(desk.actions) == 1


def test_a_document_without_options_says_what_to_do(qtbot, desk_with):
    made = desk_with(options=(), lines=(), scores=(), constraints=(), effects=(), choices=())
    page = shown(qtbot, made)
    assert page.section._empty.isVisible()
    assert not page.build.isVisible()
    assert page.section.wrong._title.text() == "There is no option to compare."
    page.section.buttons.added.emit()
    assert made.appraisal.options[0].role is ShortListRole.BUSINESS_AS_USUAL
    assert page.section.detail.isVisible()
    page.section.buttons.added.emit()
    assert made.appraisal.options[1].role is ShortListRole.DO_MINIMUM


def test_findings_lead_to_the_field(qtbot, desk):
    page = shown(qtbot, desk)
    page.focus_place("option-joint", "term_years")
    assert page.section.detail.term.text() == "7"
    assert page.section.detail.term.line.hasFocus()
    assert page.section.table.current_key() == "option-joint"


def test_a_finding_of_the_pane_is_gone_to(qtbot, desk):
    page = shown(qtbot, desk)
    commit(page.section.detail.name, "")
    rows = page.pane.found._list.rows
    place = next(number for number, row in enumerate(rows) if row.key.field == "name")
    page.switch.bar.setCurrentIndex(3)
    page.pane.found._choose(page.pane.found._list.index(place))
    assert page.switch.current() == "short_list"
    assert page.section.detail.name.line.hasFocus()


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    page = shown(qtbot, desk)
    for key in PURPOSES:
        page.turn_to(key)
        nameless = [
            type(one).__name__
            for one in page.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
        ]
        assert nameless == []


def test_sections_are_made_when_they_are_looked_at_and_catch_up(qtbot, desk):
    page = shown(qtbot, desk)
    assert list(page.sections) == ["short_list"]
    page.turn_to("contract")
    page.section._values_model.apply(page.section._values_model.index(3, 2), "6")
    page.turn_to("short_list")
    assert page.section._model.rows[3].cells[4].text == "6"
    titles = []
    for key in PURPOSES:
        page.turn_to(key)
        titles.append(page.pane._title.text())
        assert page.section.isVisible()
        assert sum(one.isVisible() for one in page.sections.values()) == 1
    assert len(set(titles)) == len(PURPOSES)


def test_a_new_option_is_named_by_typing(qtbot, desk):
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.section.buttons._add, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    desk._show(desk.appraisal)  # the full run has arrived
    qtbot.keyClicks(QApplication.focusWidget(), "Leisure trust")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert desk.appraisal.options[-1].name == "Leisure trust"


def test_tab_leaves_the_list(qtbot, desk):
    page = shown(qtbot, desk)
    page.focus_first()
    assert page.section.table.hasFocus()
    qtbot.keyClick(page.section.table, Qt.Key.Key_Tab)
    assert page.section.buttons.isAncestorOf(QApplication.focusWidget())


def test_an_arrow_in_a_pick_list_chooses_nothing_yet(qtbot, desk):
    page = shown(qtbot, desk)
    table = page.section.table
    kinds = [one.model for one in desk.appraisal.options]
    table.setFocus()
    table.place(desk.appraisal.options[2].id, 2)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    pick = table.viewport().findChild(CellPick)
    qtbot.waitUntil(lambda: pick.view().isVisible())
    qtbot.keyClick(pick.view(), Qt.Key.Key_Down)
    qtbot.keyClick(pick.view(), Qt.Key.Key_Down)
    assert [one.model for one in desk.appraisal.options] == kinds
    qtbot.keyClick(pick.view(), Qt.Key.Key_Return)
    assert len(desk.actions) == 1
    assert desk.appraisal.options[2].model is list(DeliveryModel)[list(DeliveryModel).index(kinds[2]) + 2]


def test_escape_gives_a_pick_list_up(qtbot, desk):
    page = shown(qtbot, desk)
    table = page.section.table
    table.setFocus()
    table.place(desk.appraisal.options[2].id, 2)
    qtbot.keyClick(table, Qt.Key.Key_Return)  # Enter opens it too
    pick = table.viewport().findChild(CellPick)
    qtbot.waitUntil(lambda: pick.view().isVisible())
    qtbot.keyClick(pick.view(), Qt.Key.Key_Down)
    qtbot.keyClick(pick.view(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.viewport().findChild(CellPick) is None)
    assert desk.actions == []
    assert table.hasFocus()


def test_without_options_the_keyboard_is_at_the_button_that_adds(qtbot, desk_with):
    page = shown(qtbot, desk_with(options=(), lines=(), scores=(), constraints=(), effects=(), choices=()))
    page.focus_first()
    assert page.section.buttons._add.hasFocus()


def test_after_a_removal_the_neighbour_is_in_hand(qtbot, desk):
    page = shown(qtbot, desk)
    ids = [one.id for one in desk.appraisal.options]
    page.section.table.place(ids[2])
    page.section.buttons.removed.emit()
    assert [one.id for one in desk.appraisal.options] == [*ids[:2], *ids[3:]]
    assert (page.section.table.current_key(), page.section.detail._option) == (ids[3], ids[3])
    page.section.table.place(ids[-1])
    page.section.buttons.removed.emit()
    assert (page.section.table.current_key(), page.section.detail._option) == (ids[-2], ids[-2])


def test_the_keyboard_goes_through_the_sections(qtbot, desk):
    page = shown(qtbot, desk)
    page.focus_first()
    for key in ("long_list", "sourcing", "contract", "stages", "partners", "short_list"):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        assert page.switch.current() == key
        assert page.section.isVisible()
        here = QApplication.focusWidget()
        assert here is not None
        assert page.section.isAncestorOf(here), "work begins in the section"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.switch.current() == "partners"
