"""Effects without a price, in step 5, through their widgets: units by option and year, words, and what a unit costs."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.effects import Count, EffectKind
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_effects import EffectsSection

from .conftest import Desk
from .costs_section_driving import at_section, fill, in_this_order, texts, type_in, walk, without_name

INHOUSE, JOINT = "option-inhouse", "option-joint"


def effects(qtbot: QtBot, desk: Desk) -> tuple[CostsPage, EffectsSection]:
    return at_section(qtbot, desk, "effects", EffectsSection)


def counts(desk: Desk) -> tuple[Count, ...]:
    return desk.appraisal.effects[0].counts


def test_an_effect_is_added_described_counted_and_shown_both_ways(qtbot, desk_with):
    desk = desk_with(effects=())
    page, section = effects(qtbot, desk)
    assert not section.worth.isVisibleTo(page)
    qtbot.keyClick(section.records.empty.action, Qt.Key.Key_Return)
    fill(qtbot, section.records.fields["name"], "Homes kept dry")
    fill(qtbot, section.records.fields["unit"], "homes")
    assert section.worth.nothing.isVisibleTo(page)
    table = section.records.units.units
    type_in(qtbot, table, JOINT, 2, "12")
    type_in(qtbot, table, JOINT, 3, "1,500")
    assert counts(desk) == (Count(option=JOINT, units=(Decimal(0), Decimal(12), Decimal(1500))),)
    row = next(row for row in texts(section.worth.table) if row[1] == "Joint")
    assert row[2] == "1,512 homes"
    assert row[3].startswith("£"), "pounds for a unit"
    assert row[4] != "–", "units for pounds"
    words = section.records.units.words
    type_in(qtbot, words, JOINT, 1, "Night crews reach outfalls in time")
    assert counts(desk)[0].words == "Night crews reach outfalls in time"
    assert desk.actions[-1] == "Change words of Homes kept dry"
    table.place(JOINT, 3)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    type_in(qtbot, table, JOINT, 2, "-")
    assert counts(desk)[0].units == (), "nothing is kept after the last year that has any"
    desk.undo()
    assert counts(desk)[0].units == (Decimal(0), Decimal(12))


def test_gain_or_loss(qtbot, desk):
    _, section = effects(qtbot, desk)
    before = desk.appraisal.effects[0].kind
    section.records.kind.setCurrentIndex(1 if before is EffectKind.GAIN else 0)
    assert desk.appraisal.effects[0].kind is not before
    desk.undo()
    assert section.records.kind.current() == before.value


def test_what_cannot_be_read_stays_and_says_so(qtbot, desk):
    page, section = effects(qtbot, desk)
    before = desk.appraisal
    type_in(qtbot, section.records.units.units, JOINT, 1, "a few")
    assert section.records.units.fault.isVisibleTo(page)
    assert desk.appraisal is before


def test_a_block_is_one_step_and_one_that_does_not_fit_changes_nothing(qtbot, desk):
    _, section = effects(qtbot, desk)
    table = section.records.units.units
    table.setFocus()
    table.place(INHOUSE, 1)
    QGuiApplication.clipboard().setText("1\t2\n3\t4\n5\t6")
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    found = {one.option: one.units for one in counts(desk)}
    assert found[INHOUSE][:2] == (1, 2)
    assert found[JOINT][:2] == (5, 6)
    assert len(desk.actions) == 1
    desk.undo()
    before = desk.appraisal
    for block in ("1\n" * 4, "1\tmany"):
        QGuiApplication.clipboard().setText(block)
        qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert desk.appraisal is before
        assert section.records.units.fault.text().startswith("Nothing was pasted")


def test_effects_are_moved_and_removed(qtbot, desk):
    _, section = effects(qtbot, desk)
    first, second = (one.id for one in desk.appraisal.effects[:2])
    section.records.buttons.moved.emit(1)
    assert [one.id for one in desk.appraisal.effects[:2]] == [second, first]
    section.records.buttons.removed.emit()
    assert first not in {one.id for one in desk.appraisal.effects}


def test_findings_lead_to_the_effect(qtbot, desk):
    page, section = effects(qtbot, desk)
    page.go_to_section("lines")
    page.focus_place(desk.appraisal.effects[1].id, "unit")
    assert page.section is section
    assert section.records.fields["unit"].line.hasFocus()
    page.focus_place(desk.appraisal.effects[0].id, "counts")
    assert section.records.units.units.hasFocus()


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    _, section = effects(qtbot, desk)
    assert without_name(section) == []


def test_tab_reads_the_section_from_top_to_bottom(qtbot, desk):
    page, section = effects(qtbot, desk)
    records = section.records
    found = walk(qtbot, page, 20)
    assert found[0] is records.table
    fields = records.fields
    stops = (fields["unit"].line, records.kind, fields["words"].focusProxy(), fields["source"].line)
    assert in_this_order(found, *stops, records.units.units)
