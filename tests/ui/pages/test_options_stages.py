"""Lots and stages in step 2, through their widgets: the parts of a contract, and trials that may pay."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.terms import PilotKind, SupplierKind
from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.ui import theme
from appraise.ui.pages.options import OptionsPage
from appraise.ui.pages.options_stages import StagesSection

from .conftest import Desk
from .costs_section_driving import fill, texts, type_in, without_name
from .together import JOINT, PILOT, document

OUTSOURCE = "option-outsource"


@pytest.fixture
def staged() -> Desk:
    """Two lots of the outsourced option and one pilot."""
    return Desk(document())


def at(qtbot: QtBot, desk: Desk) -> tuple[OptionsPage, StagesSection]:
    page = OptionsPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.turn_to("stages")
    section = page.section
    assert isinstance(section, StagesSection)
    return page, section


def lots(desk: Desk, option: str = OUTSOURCE):
    return next(one for one in desk.appraisal.options if one.id == option).lots


def test_lots_are_typed_in_place_and_must_make_a_whole(qtbot, staged):
    _, section = at(qtbot, staged)
    card = section.lots
    assert card.options.current() == OUTSOURCE, "the first option with lots"
    assert card.title.text() == "Outsource is let in two lots"
    type_in(qtbot, card.lots.table, "lot-1", 2, "50")
    assert lots(staged)[0].percent == Decimal(50)
    assert "100 % is the whole contract" in card.sum.text()
    card.lots.model.apply(card.lots.model.index(0, 1), "small_or_medium")
    type_in(qtbot, card.lots.table, "lot-1", 3, "Local firms")
    type_in(qtbot, card.lots.table, "lot-1", 0, "Carriageways")
    one = lots(staged)[0]
    assert (one.name, one.supplier, one.words) == ("Carriageways", SupplierKind.SMALL, "Local firms")
    assert card.lots.model.apply(card.lots.model.index(0, 2), "150")
    assert staged.actions == [
        "Change share of a lot", "Change supplier of a lot", "Change reason of a lot", "Change name of a lot",
    ]  # fmt: skip


def test_lots_over_the_whole_say_so_below_the_table(qtbot, staged):
    _, section = at(qtbot, staged)
    type_in(qtbot, section.lots.lots.table, "lot-1", 2, "90")
    assert "120 % together" in section.lots.lots.fault.text()


def test_the_first_lot_is_added_and_the_last_removed(qtbot, staged):
    _, section = at(qtbot, staged)
    card = section.lots
    card.options.set_current("option-inhouse")
    card.options.chosen.emit("option-inhouse")
    assert card.empty.isVisible()
    qtbot.keyClick(card.empty.action, Qt.Key.Key_Return)
    (one,) = lots(staged, "option-inhouse")
    assert one.name == "Lot 1"
    card.lots.removed.emit(one.id)
    assert lots(staged, "option-inhouse") == ()
    assert card.empty.action.hasFocus()


def test_a_stage_is_written_and_says_whether_it_pays(qtbot, staged):
    _, section = at(qtbot, staged)
    part = section.pilots
    assert texts(part.table)[0][:3] == ["One district first", "Joint", "In-house"]
    assert part.said.text.text().startswith("“One district first” pays")
    part.detail.picks["kind"].chosen.emit("proof_of_value")
    part.detail.picks["fall_back"].chosen.emit(OUTSOURCE)
    part.detail.picks["without"].chosen.emit("option-inhouse")
    for field, text in (("cost", "90m"), ("success", "5"), ("false_positive", "10"), ("misled", "2m"), ("months", "6")):
        fill(qtbot, part.fields[field], text)
    (one,) = staged.appraisal.pilots
    assert (one.kind, one.fall_back, one.without) == (PilotKind.PROOF_OF_VALUE, OUTSOURCE, "option-inhouse")
    assert (one.cost, one.success, one.false_positive) == (Decimal("90000000.00"), 0.05, 0.1)
    assert (one.misled, one.months) == (Decimal("2000000.00"), 6)
    fill(qtbot, part.fields["starts_on"], "1 May 2027")
    assert staged.appraisal.pilots[0].starts_on == "2027-05-01"
    fill(qtbot, part.fields["starts_on"], "soon")
    assert "Type a day" in part.fields["starts_on"].fault()
    assert "does not pay" in part.said.text.text()
    assert "can mislead" in part.said.text.text()
    assert section.pilots._model.rows[0].cells[-1].said() == "Does not pay"


def test_what_cannot_be_says_so_under_its_field(qtbot, staged):
    _, section = at(qtbot, staged)
    fields, before = section.pilots.fields, staged.appraisal
    for field, text in (("success", "140"), ("cost", "-5"), ("months", "601")):
        fill(qtbot, fields[field], text)
        assert fields[field].fault(), field
    assert staged.appraisal is before


def test_a_new_stage_asks_for_what_follows_it(qtbot, blank_desk):
    _, section = at(qtbot, blank_desk)
    section.pilots.empty.action.click()
    assert blank_desk.actions == ["Add a stage"]
    assert "Say what follows success" in section.pilots.said.text.text()
    assert section.pilots._model.rows[0].cells[-1].said() == "Not known yet"


def test_live_figures_keep_the_last_answer(qtbot, staged):
    _, section = at(qtbot, staged)
    said = section.pilots.said.text.text()
    results = evaluate(staged.appraisal, Settings(draws=2_000), parts=LIVE_PARTS)
    staged.context.show(replace(staged.context.view, results=results, live=True))
    assert section.pilots.said.text.text() == said


@pytest.mark.parametrize(("record", "field"), [(PILOT, "success"), (PILOT, "go_on"), (PILOT, "test")])
def test_findings_lead_to_a_stage(qtbot, staged, record, field):
    page, section = at(qtbot, staged)
    page.turn_to("short_list")
    page.focus_place(record, field)
    assert page.section is section
    here = QApplication.focusWidget()
    expected = section.pilots.detail.field(field)
    assert here is expected or expected.isAncestorOf(here)


def test_findings_lead_to_the_lots_of_an_option(qtbot, staged):
    page, section = at(qtbot, staged)
    page.turn_to("short_list")
    page.focus_place(OUTSOURCE, "lots")
    assert section.lots.lots.table.hasFocus()
    page.focus_place(JOINT, "name")
    assert page.switch.current() == "short_list"


def test_every_stop_has_a_name_and_nothing_is_cut(qtbot, staged):
    page, section = at(qtbot, staged)
    assert without_name(section) == []
    theme.use(theme.Theme("dark", 200))
    page.resize(1100, 800)
    qtbot.wait(20)
    assert section.minimumSizeHint().width() <= page._frame.scroller.viewport().width() + 1


def test_another_document_begins_with_the_first_option_that_has_lots(qtbot, staged):
    _, section = at(qtbot, staged)
    section.lots.options.set_current("option-inhouse")
    section.lots.options.chosen.emit("option-inhouse")
    staged.context.start(replace(staged.context.view, appraisal=document()))
    assert section.lots.options.current() == OUTSOURCE


def test_the_pane_counts_lots_and_stages(qtbot, staged):
    page, _ = at(qtbot, staged)
    counts = {part.name.text(): part.stands.text() for part in page.pane._parts if part.isVisibleTo(page.pane)}
    assert "Outsource" in counts["Let in lots"]
    assert counts["One district first"] == "Pays"
