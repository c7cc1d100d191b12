"""Optimism bias of step 5 through its widgets: rows of the table, causes, lines, and each pound counted once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.lines import Treatment
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_bias import BiasSection, carries_bias, read_months
from appraise.workspace.templates import load

from .conftest import Desk
from .costs_section_driving import at_section, fill, in_this_order, line, texts, type_in, walk, without_name

CREWS, WORKS = "line-usual-crews", "line-usual-works"


def bare() -> Desk:
    """The worked example without any optimism bias."""
    example = load("worked-example", first_year=2027)
    lines = tuple(replace(one, bias="") for one in example.lines)
    constraints = tuple(replace(one, lines=()) for one in example.constraints)
    return Desk(replace(example, biases=(), lines=lines, constraints=constraints))


@pytest.fixture
def plain_desk() -> Desk:
    return bare()


def biases(qtbot: QtBot, desk: Desk) -> tuple[CostsPage, BiasSection]:
    return at_section(qtbot, desk, "bias", BiasSection)


def only(desk: Desk) -> Bias:
    (bias,) = desk.appraisal.biases
    return bias


def test_without_any_there_is_one_calm_action(qtbot, plain_desk):
    page, section = biases(qtbot, plain_desk)
    assert section.records.empty.isVisibleTo(page)
    assert not section.symmetry.isVisibleTo(page)
    assert not section.counted.isVisibleTo(page)
    section.focus_first()
    assert section.records.empty.action.hasFocus()
    qtbot.keyClick(section.records.empty.action, Qt.Key.Key_Return)
    assert only(plain_desk).name == "New optimism bias"
    assert section.records.fields["name"].line.hasFocus(), "ready to be named"
    plain_desk.undo()
    assert section.records.empty.isVisibleTo(page)


def test_a_published_row_brings_its_bounds_and_says_where_from(qtbot, plain_desk):
    _, section = biases(qtbot, plain_desk)
    section.records.add_record()
    editor = section.records.editor
    editor.table.setFocus()
    while only(plain_desk).table != "outsourcing":
        qtbot.keyClick(editor.table, Qt.Key.Key_Down)
    assert (only(plain_desk).upper_percent, only(plain_desk).lower_percent) == (41, 0)
    assert editor.fields["upper_percent"].text() == "41"
    assert "Measured on operating expenditure" in editor.origin.text()
    assert "41\u00a0% is left" in editor.left.text()
    fill(qtbot, editor.fields["managed_percent"], "50")
    assert "20.5\u00a0% is left" in editor.left.text()
    assert texts(section.records.table)[0][1:] == [
        "Outsourcing",
        "41\u00a0% / 0\u00a0%",
        "50\u00a0%",
        "20.5\u00a0%",
        "–",
    ]


def test_causes_take_the_place_of_one_figure(qtbot, plain_desk):
    _, section = biases(qtbot, plain_desk)
    section.records.add_record()
    editor = section.records.editor
    fill(qtbot, editor.fields["upper_percent"], "50")
    editor.causes.add.click()
    (cause,) = only(plain_desk).causes
    assert cause.share_percent == 100, "the rest of the bound"
    type_in(qtbot, editor.causes.table, cause.id, 0, "Late changes")
    type_in(qtbot, editor.causes.table, cause.id, 1, "40")
    type_in(qtbot, editor.causes.table, cause.id, 2, "75")
    type_in(qtbot, editor.causes.table, cause.id, 3, "Change log of 2024")
    changed = only(plain_desk).causes[0]
    assert (changed.name, changed.share_percent, changed.managed_percent) == ("Late changes", 40, 75)
    assert changed.evidence == "Change log of 2024"
    assert not editor.fields["managed_percent"].isEnabled()
    assert editor.fields["managed_percent"].text() == "30"
    assert "35\u00a0% is left" in editor.left.text()
    type_in(qtbot, editor.causes.table, cause.id, 2, "most")
    assert editor.causes.fault.text(), "what cannot be read says so"
    assert only(plain_desk).causes[0].managed_percent == 75
    editor.causes.table.place(cause.id)
    editor.causes.remove.click()
    assert only(plain_desk).causes == ()
    assert editor.fields["managed_percent"].isEnabled()


def test_the_lower_bound_holds_until_award(qtbot, plain_desk):
    _, section = biases(qtbot, plain_desk)
    section.records.add_record()
    editor = section.records.editor
    for key, text in (("upper_percent", "51"), ("lower_percent", "4"), ("managed_percent", "100")):
        fill(qtbot, editor.fields[key], text)
    assert editor.left.text().startswith("4\u00a0% is left")
    assert "until the contract is awarded" in editor.left.text()
    editor.awarded.setCurrentIndex(1)
    assert only(plain_desk).awarded
    assert editor.left.text().startswith("0\u00a0% is left")


def test_months_become_more_and_benefits_late(qtbot, plain_desk):
    _, section = biases(qtbot, plain_desk)
    section.records.add_record()
    editor = section.records.editor
    assert editor.late.text() == "Without a planned duration benefits are not late."
    fill(qtbot, editor.fields["months"], "24")
    fill(qtbot, editor.fields["duration_upper_percent"], "25")
    assert only(plain_desk).months == 24
    assert editor.late.text() == "24 months become 30: benefits come 0.5 years late."
    assert read_months("7.5") == Decimal("7.5")
    with pytest.raises(ValueError, match="number"):
        read_months("two years")


def test_bounds_in_the_wrong_order_are_marked_and_told(qtbot, plain_desk):
    _, section = biases(qtbot, plain_desk)
    section.records.add_record()
    editor = section.records.editor
    fill(qtbot, editor.fields["lower_percent"], "60")
    assert editor.fields["upper_percent"].line.wrong
    assert "the lower above the upper" in editor.left.text()
    assert texts(section.records.table)[0][4] == "–", "nothing is worked out from it"
    fill(qtbot, editor.fields["upper_percent"], "70")
    assert not editor.fields["upper_percent"].line.wrong
    assert editor.left.text().startswith("70\u00a0% is left")


def test_two_lines_name_the_bias_and_every_pound_is_shown(qtbot, plain_desk):
    page, section = biases(qtbot, plain_desk)
    section.records.add_record()
    fill(qtbot, section.records.fields["name"], "Own history")
    fill(qtbot, section.records.editor.fields["upper_percent"], "10")
    ticks = section.records.lines
    assert ticks.options.current() == "option-usual"
    assert section.counted.nothing.isVisibleTo(page)
    ticks.table.setFocus()
    for key in (CREWS, WORKS):
        ticks.table.place(key)
        qtbot.keyClick(ticks.table, Qt.Key.Key_Space)
    bias = only(plain_desk)
    assert [one.id for one in plain_desk.appraisal.lines if one.bias == bias.id] == [CREWS, WORKS]
    assert ticks._count.text() == "Two lines in one option. Space ticks the line in hand."
    assert plain_desk.actions[-2:] == ["Give a line the bias Own history"] * 2
    assert section.counted.table.isVisibleTo(page)
    shown = texts(section.counted.table)
    assert {row[0] for row in shown} == {line(plain_desk, CREWS).name, line(plain_desk, WORKS).name}
    assert {row[2] for row in shown} == {"10\u00a0%"}
    plain_desk.undo()
    assert line(plain_desk, WORKS).bias == ""
    assert len(texts(section.counted.table)) == 1
    index = ticks._model.index(ticks._model.place_of(CREWS), 0)
    qtbot.mouseClick(ticks.table.viewport(), Qt.MouseButton.LeftButton, pos=ticks.table.visualRect(index).center())
    assert line(plain_desk, CREWS).bias == "", "a click unticks it"


def test_only_lines_with_a_part_in_the_economic_case_are_offered(plain_desk):
    for one in plain_desk.appraisal.lines:
        outside = one.treatment in (Treatment.TRANSFER, Treatment.SUNK_COST, Treatment.CONTINGENT_LIABILITY)
        assert not (outside and carries_bias(one))
    assert carries_bias(line(plain_desk, CREWS))


def test_uneven_treatment_is_shown_with_the_way_to_the_line(qtbot, plain_desk):
    page, section = biases(qtbot, plain_desk)
    section.records.add_record()
    fill(qtbot, section.records.editor.fields["upper_percent"], "41")
    section.records.lines.ticked.emit("line-outsource-charge", True)
    assert section.symmetry.isVisibleTo(page)
    found = next(one for one in plain_desk.context.view.findings if one.code == "bias-asymmetry")
    with qtbot.waitSignal(plain_desk.context.place_wanted) as asked:
        section.symmetry.action.click()
    assert asked.args == [5, found.record, found.field]


def test_nothing_half_typed_goes_to_another_bias(qtbot, plain_desk):
    _, section = biases(qtbot, plain_desk)
    section.records.add_record()
    section.records.add_record()
    first, second = (bias.id for bias in plain_desk.appraisal.biases)
    field = section.records.editor.fields["upper_percent"]
    field.line.setFocus()
    field.line.setText("lots")
    section.records.table.place(first)
    assert field.text() == "0"
    assert section.records.chosen == first
    assert {bias.upper_percent for bias in plain_desk.appraisal.biases} == {0}
    section.records.table.place(second)
    assert field.fault() == ""


def test_removing_takes_the_bias_from_its_lines(qtbot, plain_desk):
    _, section = biases(qtbot, plain_desk)
    section.records.add_record()
    section.records.lines.ticked.emit(CREWS, True)
    section.records.buttons.removed.emit()
    assert not plain_desk.appraisal.biases
    assert line(plain_desk, CREWS).bias == ""
    plain_desk.undo()
    assert line(plain_desk, CREWS).bias


def test_findings_lead_here(qtbot, desk):
    page, section = biases(qtbot, desk)
    bias = desk.appraisal.biases[0]
    page.go_to_section("effects")
    page.focus_place(bias.id, "months")
    assert page.section is section
    assert section.records.editor.fields["months"].line.hasFocus()
    page.focus_place(bias.id, "causes")
    assert section.records.editor.causes.isAncestorOf(page.focusWidget())
    page.go_to_section("lines")
    page.focus_place("", "biases")
    assert page.section is section


def test_the_pane_follows_the_option_looked_at(qtbot, desk):
    page, section = biases(qtbot, desk)
    section.options.bar.setCurrentIndex(section.options.bar._keys.index("option-joint"))
    assert page.segments.current() == "option-joint"
    assert {row[1] for row in texts(section.counted.table)} == {"Joint"}
    assert section.helps.isVisibleTo(page.pane)


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    _, section = biases(qtbot, desk)
    assert without_name(section) == []


def test_tab_reads_the_section_from_top_to_bottom(qtbot, desk):
    page, section = biases(qtbot, desk)
    records = section.records
    found = walk(qtbot, page, 40)
    assert found[0] is records.table, "straight from the switch"
    editor = records.editor
    evidence, upper = records.fields["evidence"].focusProxy(), editor.fields["upper_percent"].line
    stops = (records.fields["name"].line, editor.table, upper, editor.causes.table, editor.causes.add, evidence)
    assert in_this_order(found, *stops, records.lines.table, section.counted.table)
