"""The usual lines of step 5 through their widgets: added, declared not applicable, taken back, counted."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.options import DeliveryModel
from appraise.model.appraisal.sourcing import NotApplicable, Sourcing
from appraise.model.tables import usual_lines
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_usual import UsualSection
from appraise.workspace.templates import load

from .conftest import Desk
from .costs_section_driving import at_section, fill, in_this_order, walk, without_name

OUTSOURCE = "option-outsource"


@pytest.fixture
def open_desk() -> Desk:
    """The worked example with one usual line filled in and nothing declared."""
    example = load("worked-example", first_year=2027)
    lines = tuple(
        one if one.id == "line-outsource-charge" else replace(one, heading="")
        for one in example.lines
        if one.id != "line-outsource-harbour"
    )
    constraints = tuple(replace(one, lines=()) for one in example.constraints)
    return Desk(replace(example, lines=lines, sourcing=Sourcing(), constraints=constraints))


def usual(qtbot: QtBot, desk: Desk, option: str = OUTSOURCE) -> tuple[CostsPage, UsualSection]:
    page, section = at_section(qtbot, desk, "usual", UsualSection)
    section.options.bar.setCurrentIndex(section.options.bar._keys.index(option))
    return page, section


def test_the_list_of_the_delivery_model_is_counted(qtbot, open_desk):
    page, section = usual(qtbot, open_desk)
    option = next(one for one in open_desk.appraisal.options if one.id == OUTSOURCE)
    asked = len(usual_lines(option.model, option.role))
    assert section.count.text() == f"1 of {asked} settled: 1 filled in, 0 not applicable, {asked - 1} open."
    assert section.model.text() == "Usual for the delivery model: Outsourced"
    assert section.cards["filled"].title.text() == "Filled in: 1"
    assert not section.cards["not_applicable"].isVisibleTo(page)
    assert page.segments.current() == OUTSOURCE, "the pane follows"


def test_a_line_is_not_applicable_with_a_reason_and_back_again(qtbot, open_desk):
    page, section = usual(qtbot, open_desk)
    row = section.rows["tupe"]
    row.decline.setFocus()
    qtbot.keyClick(row.decline, Qt.Key.Key_Return)
    assert open_desk.appraisal.sourcing.not_applicable == (NotApplicable(option=OUTSOURCE, heading="tupe"),)
    assert section.cards["not_applicable"].isAncestorOf(row)
    assert row.reason.line.hasFocus(), "the reason is asked for at once"
    fill(qtbot, row.reason, "Nobody transfers")
    assert open_desk.appraisal.sourcing.not_applicable[0].reason == "Nobody transfers"
    assert ", 1 not applicable, " in section.count.text()
    assert open_desk.actions == ["Declare not applicable: Pay harmonisation and TUPE measures"], (
        "one step with its reason"
    )
    open_desk.undo()
    assert not open_desk.appraisal.sourcing.not_applicable
    assert section.cards["open"].isAncestorOf(row)
    row.decline.click()
    row.back.click()
    assert not open_desk.appraisal.sourcing.not_applicable
    assert row.add.isVisibleTo(page)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_reason_leads_on_to_the_next_line_that_is_open(qtbot, open_desk, end):
    _, section = usual(qtbot, open_desk)
    row = section.rows["tupe"]
    keys = [key for key, one in section.rows.items() if section.cards["open"].isAncestorOf(one)]
    following = section.rows[keys[keys.index("tupe") + 1]]
    row.decline.setFocus()
    qtbot.keyClick(row.decline, Qt.Key.Key_Return)
    qtbot.keyClicks(row.reason.line, "Nobody transfers")
    qtbot.keyClick(row.reason.line, end)
    assert open_desk.appraisal.sourcing.not_applicable[0].reason == "Nobody transfers"
    assert following.first_stop().hasFocus()


def test_who_goes_elsewhere_after_a_reason_is_left_there(qtbot, open_desk):
    _, section = usual(qtbot, open_desk)
    row = section.rows["tupe"]
    row.decline.setFocus()
    qtbot.keyClick(row.decline, Qt.Key.Key_Return)
    qtbot.keyClicks(row.reason.line, "Nobody transfers")
    section.options.setFocus(Qt.FocusReason.MouseFocusReason)
    assert open_desk.appraisal.sourcing.not_applicable[0].reason == "Nobody transfers"
    assert section.options.hasFocus()


def test_another_reason_later_is_a_step_of_its_own(qtbot, open_desk):
    _, section = usual(qtbot, open_desk)
    row = section.rows["tupe"]
    row.decline.click()
    fill(qtbot, row.reason, "Nobody transfers")
    fill(qtbot, row.reason, "Nobody transfers in this option")
    assert [action.partition(":")[0] for action in open_desk.actions] == ["Declare not applicable", "Say why not"]
    open_desk.undo()
    assert row.reason.text() == "Nobody transfers"


def test_a_line_is_added_and_opened_to_be_filled(qtbot, open_desk):
    page, section = usual(qtbot, open_desk)
    row = section.rows["client_side"]
    row.add.setFocus()
    qtbot.keyClick(row.add, Qt.Key.Key_Space)
    made = open_desk.appraisal.lines[-1]
    assert (made.option, made.heading) == (OUTSOURCE, "client_side")
    assert row.open.text() == "Enter amounts of Client side and contrac…"
    assert row.open.colours()[1] is not None, "as framed as the button it stands for, words clear of its edge"
    assert section.cards["open"].isAncestorOf(row), "without amounts it is still open"
    assert row.open.hasFocus()
    with qtbot.waitSignal(open_desk.context.place_wanted) as asked:
        row.open.click()
    assert asked.args == [5, made.id, "name"]
    open_desk.undo()
    assert row.add.isVisibleTo(page)


def test_a_filled_line_opens_by_its_name(qtbot, open_desk):
    _, section = usual(qtbot, open_desk)
    row = section.rows["contract_charge"]
    assert row.open.text() == "Supplier's charge"
    assert not row.decline.isVisibleTo(section)
    with qtbot.waitSignal(open_desk.context.place_wanted) as asked:
        row.open.click()
    assert asked.args == [5, "line-outsource-charge", "name"]


def test_without_a_delivery_model_the_way_leads_to_it(qtbot, open_desk):
    options = tuple(
        replace(one, model=DeliveryModel.UNSAID) if one.id == "option-joint" else one
        for one in open_desk.appraisal.options
    )
    desk = Desk(replace(open_desk.appraisal, options=options))
    page, section = usual(qtbot, desk, "option-joint")
    assert section.empty.isVisibleTo(page)
    section.focus_first()
    assert section.empty.action.hasFocus()
    with qtbot.waitSignal(desk.context.place_wanted) as asked:
        section.empty.action.click()
    assert asked.args == [2, "option-joint", "model"]


def test_findings_lead_to_the_list_and_to_one_line_of_it(qtbot, open_desk):
    page, section = usual(qtbot, open_desk, "option-joint")
    page.go_to_section("lines")
    page.focus_place(OUTSOURCE, "headings")
    assert page.section is section
    assert section.options.current() == OUTSOURCE
    assert section.cards["open"].isAncestorOf(page.focusWidget())
    page.focus_place(OUTSOURCE, "exit")
    assert section.rows["exit"].add.hasFocus()
    page.focus_place(OUTSOURCE, "lines")
    assert page.section is None, "other places of an option are on the lines"


def test_everything_that_takes_the_keyboard_has_a_name_of_its_own(qtbot, open_desk):
    _, section = usual(qtbot, open_desk)
    assert without_name(section) == []
    names = [section.rows[key].add.accessibleName() for key in ("tupe", "exit")]
    assert len(set(names)) == 2


def test_no_help_has_a_sentence_of_more_than_25_words():
    from appraise.ui.pages import costs_bias, costs_bodies, costs_effects, costs_inflation, costs_prices, costs_usual
    from appraise.ui.pages.text_parts import Help

    modules = (costs_bias, costs_bodies, costs_effects, costs_inflation, costs_prices, costs_usual)
    helps = [one for module in modules for one in vars(module).values() if isinstance(one, Help)]
    assert len(helps) > 10
    for one in helps:
        assert all(len(sentence.split()) <= 25 for sentence in one.text.split(". ")), one.text


def test_tab_follows_the_lines_as_they_move(qtbot, open_desk):
    page, section = usual(qtbot, open_desk)
    section.rows["contract_charge"].open.setFocus()
    section.rows["tupe"].decline.click()
    found = walk(qtbot, page, 60)
    assert found[0] is section.options.bar
    exit_row, filled, declined = (section.rows[key] for key in ("exit", "contract_charge", "tupe"))
    assert in_this_order(found, exit_row.add, exit_row.decline, filled.open, declined.back, declined.reason.line)
