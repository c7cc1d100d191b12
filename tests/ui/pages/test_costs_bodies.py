"""Who gains and loses, in step 5: public bodies with their cash, income groups with their weights, the place."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.lines import Additionality, Group, Treatment
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_bodies import BodiesSection
from appraise.workspace.templates import load

from .conftest import Desk
from .costs_section_driving import at_section, fill, line, texts, without_name

SAVING, AVOIDED = "line-joint-eastholme", "line-joint-avoided"


@pytest.fixture
def plain_desk() -> Desk:
    """The worked example with one saving of another body, one benefit to households, and nobody named."""
    example = load("worked-example", first_year=2027)
    kept = (Treatment.OWN_COST, Treatment.SUPPLIER_CHARGE)
    lines = [
        replace(one, body="", incomes="", bias="", place=Additionality())
        for one in example.lines
        if one.treatment in kept or one.id in (SAVING, AVOIDED)
    ]
    lines = [replace(one, group=Group.HOUSEHOLDS) if one.id == AVOIDED else one for one in lines]
    constraints = tuple(replace(one, lines=()) for one in example.constraints)
    return Desk(
        replace(
            example, lines=tuple(lines), biases=(), bodies=(), income_groups=(), constraints=constraints,
            basis=replace(example.basis, median_income=Decimal(30000)),
        )
    )  # fmt: skip


def gains(qtbot: QtBot, desk: Desk) -> tuple[CostsPage, BodiesSection]:
    return at_section(qtbot, desk, "bodies", BodiesSection)


def test_a_body_is_added_named_given_its_line_and_sees_its_cash(qtbot, plain_desk):
    page, section = gains(qtbot, plain_desk)
    qtbot.keyClick(section.bodies.empty.action, Qt.Key.Key_Return)
    (body,) = plain_desk.appraisal.bodies
    fill(qtbot, section.bodies.fields["name"], "Eastholme District")
    ticks = section.bodies.lines
    ticks.table.setFocus()
    ticks.table.place(SAVING)
    qtbot.keyClick(ticks.table, Qt.Key.Key_Space)
    assert line(plain_desk, SAVING).body == body.id
    assert texts(section.bodies.table) == [["Eastholme District", "1"]]
    shown = {row[0]: row[-1] for row in texts(section.cash.table)}
    assert shown["Joint: Eastholme District"].startswith("−"), "its saving has a minus"
    assert section.cash.subtitle.text() == "£ thousand"
    plain_desk.undo()
    assert line(plain_desk, SAVING).body == ""
    section.bodies.buttons.removed.emit()
    assert not plain_desk.appraisal.bodies
    assert section.bodies.empty.isVisibleTo(page)


def test_without_lines_of_others_a_sentence_says_what_would_appear(qtbot, plain_desk):
    own = tuple(one for one in plain_desk.appraisal.lines if one.id not in (SAVING, AVOIDED))
    desk = Desk(replace(plain_desk.appraisal, lines=own))
    page, section = gains(qtbot, desk)
    assert not section.cash.isVisibleTo(page)
    section.bodies.add_record()
    assert section.bodies.lines._nothing.isVisibleTo(page)
    assert section.cash.nothing.isVisibleTo(page)
    assert not section.cash.table.isVisibleTo(page)


def test_an_income_group_shows_comparable_income_and_weight_while_it_is_typed(qtbot, plain_desk):
    page, section = gains(qtbot, plain_desk)
    section.incomes.empty.action.click()
    assert "£30,000" in section.incomes.weight.text(), "a new group begins at the median"
    fill(qtbot, section.incomes.fields["name"], "Tenants")
    fill(qtbot, section.incomes.fields["income"], "15,000")
    assert texts(section.incomes.table) == [["Tenants", "Two adults", "£15,000", "£15,000", "2.46"]]
    fill(qtbot, section.incomes.fields["children_under_14"], "2")
    assert texts(section.incomes.table)[0][1:4] == ["Two adults, two children", "£15,000", "£10,714"]
    assert "£10,714 a year" in section.incomes.weight.text()
    fill(qtbot, section.incomes.fields["adults"], "no one")
    assert section.incomes.fields["adults"].fault(), "what cannot be read says so"
    assert plain_desk.appraisal.income_groups[0].adults == 2
    assert not section.weighted.table.isVisibleTo(page)
    section.incomes.lines.ticked.emit(AVOIDED, True)
    assert line(plain_desk, AVOIDED).incomes == plain_desk.appraisal.income_groups[0].id
    rows = texts(section.weighted.table)
    assert [row[1] for row in rows] == ["Tenants", "NPSV, whole option"]
    assert float(rows[0][4].replace(",", "")) > float(rows[0][3].replace(",", "")), "poorer than the median"
    plain_desk.undo()
    assert not section.weighted.table.isVisibleTo(page)


def test_a_household_that_cannot_be_has_no_weight(qtbot, desk):
    group = replace(desk.appraisal.income_groups[0], adults=0)
    page, section = gains(qtbot, Desk(replace(desk.appraisal, income_groups=(group,))))
    assert texts(section.incomes.table)[0][3:] == ["–", "–"]
    assert "Enter 1 to 20 adults" in section.incomes.fields["adults"].fault()
    assert section.weighted.nothing.text() == "Figures appear when nothing is wrong in the document."
    assert section.weighted.nothing.isVisibleTo(page)


def test_the_place_stands_beside_the_country_and_local_jobs_only_inform(qtbot, plain_desk):
    page, section = gains(qtbot, plain_desk)
    assert "inform only" in section.place.nothing.text()
    assert section.place.nothing.isVisibleTo(page)
    lines = tuple(
        replace(one, place=Additionality(deadweight=Decimal(40))) if one.id == AVOIDED else one
        for one in plain_desk.appraisal.lines
    )
    plain_desk.context.apply(replace(plain_desk.appraisal, lines=lines), "Prepare")
    joint = next(row for row in texts(section.place.table) if row[0] == "Joint")
    assert joint[1] != joint[2]
    assert "information only" in section.place.note.text()


def test_findings_lead_to_bodies_and_groups(qtbot, desk):
    page, section = gains(qtbot, desk)
    page.go_to_section("lines")
    page.focus_place(desk.appraisal.income_groups[0].id, "source")
    assert page.section is section
    assert section.incomes.fields["source"].line.hasFocus()
    page.focus_place(desk.appraisal.bodies[0].id, "name")
    assert section.bodies.fields["name"].line.hasFocus()


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    _, section = gains(qtbot, desk)
    assert without_name(section) == []
    assert not section.bodies.buttons._up.isVisibleTo(section), "their order says nothing"
