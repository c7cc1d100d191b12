from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from appraise.model.appraisal.criteria import About, Independence, Measured, ValuePoint
from appraise.model.appraisal.workshop import Stage
from appraise.model.value import points_of
from appraise.ui.pages.criteria_scale import curve_words
from appraise.ui.pages.criteria_tree import TreeSection, moved_criterion
from tests.ui.pages.conftest import Desk
from tests.ui.pages.criteria_desks import BARE, at_stage, criterion, shown

HOMES, STORM, JOBS, INFORMED = "criterion-homes", "criterion-storm", "criterion-jobs", "criterion-informed"


def opened(qtbot, chosen: str = HOMES, **fields: object) -> tuple[Desk, TreeSection]:
    desk = at_stage(Stage.OPEN, **fields)
    section = shown(qtbot, desk, "tree").section
    assert isinstance(section, TreeSection)
    section.choose(chosen)
    return desk, section


def test_the_tree_shows_branches_with_their_criteria(qtbot):
    _, part = opened(qtbot)
    keys = [row.key for row in part.tree.model.rows]
    assert keys[:4] == ["branch-floods", HOMES, STORM, "branch-roads"]
    assert next(row.kind for row in part.tree.model.rows) == "group"


def test_a_criterion_of_a_branch_that_is_gone_is_shown_and_can_be_put_elsewhere(qtbot):
    first, *rest = BARE.criteria
    desk, part = opened(qtbot, criteria=(replace(first, branch="gone"), *rest))
    assert part.tree.model.rows[-1].key == first.id
    assert part.words.branch.currentText() == "Choose one"
    part.words.branch.chosen.emit("branch-coast")
    assert criterion(desk, first.id).branch == "branch-coast"


@pytest.mark.parametrize("field", ["name", "worst", "best"])
def test_words_are_edited(qtbot, field):
    desk, part = opened(qtbot)
    part.words.widget_of(field).committed.emit("Other words")
    assert getattr(criterion(desk, HOMES), field) == "Other words"
    assert desk.actions == [f"Change {field} of a criterion"]


def test_half_typed_words_stay_with_their_criterion(qtbot):
    desk, part = opened(qtbot)
    part.words.name.setFocus()
    part.words.name.line.setText("Dry homes")
    part.choose(JOBS)
    assert criterion(desk, HOMES).name == "Dry homes"
    assert criterion(desk, JOBS).name == "Local jobs and skills"
    assert part.words.name.text() == "Local jobs and skills"


def test_criteria_and_branches_are_added_named_and_removed(qtbot):
    desk, part = opened(qtbot, JOBS)
    qtbot.mouseClick(part.tree.add_criterion, Qt.MouseButton.LeftButton)
    new = desk.appraisal.criteria[-1]
    assert (new.name, new.branch, part.chosen) == ("New criterion", "branch-place", new.id)
    assert part.words.name.line.selectedText() == "New criterion"
    qtbot.mouseClick(part.tree.add_branch, Qt.MouseButton.LeftButton)
    assert desk.appraisal.branches[-1].id == part.chosen
    part.branch.name.committed.emit("Staff")
    assert desk.appraisal.branches[-1].name == "Staff"
    qtbot.mouseClick(part.tree.remove, Qt.MouseButton.LeftButton)
    assert all(one.name != "Staff" for one in desk.appraisal.branches)
    part.choose("branch-place")
    qtbot.mouseClick(part.tree.remove, Qt.MouseButton.LeftButton)
    assert all(one.branch != "branch-place" for one in desk.appraisal.criteria)
    assert part.chosen == "criterion-bathing", "a neighbour is in hand"


def test_the_first_criterion_brings_its_branch_as_one_step(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    assert page.section.empty_card.isVisible()
    page.section.empty.activated.emit()
    assert blank_desk.appraisal.criteria[0].branch == blank_desk.appraisal.branches[0].id
    assert len(blank_desk.actions) == 1
    assert page.section.words.name.line.hasFocus()


def test_a_criterion_moves_in_its_branch_and_on_into_the_next():
    inside = moved_criterion(BARE, HOMES, 1)
    assert [one.id for one in inside.criteria][:2] == [STORM, HOMES]
    over = moved_criterion(inside, HOMES, 1)
    roads = [one.id for one in over.criteria if one.branch == "branch-roads"]
    assert roads == [HOMES, "criterion-defects", "criterion-lasting"]
    back = moved_criterion(over, HOMES, -1)
    assert [one.id for one in back.criteria if one.branch == "branch-floods"] == [STORM, HOMES]
    assert moved_criterion(BARE, HOMES, -1) is BARE  # the very first cannot go up


@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize("key", [one.id for one in BARE.criteria])
def test_a_move_loses_no_criterion_and_is_undone_by_the_other_way(key, step):
    there = moved_criterion(BARE, key, step)
    assert {one.id for one in there.criteria} == {one.id for one in BARE.criteria}
    if there is not BARE:
        back = moved_criterion(there, key, -step)
        shapes = [[(one.branch, one.id) for one in made.criteria] for made in (BARE, back)]
        assert sorted(shapes[0]) == sorted(shapes[1])


def test_what_it_is_about_is_asked_and_a_constraint_is_named(qtbot):
    desk, part = opened(qtbot, JOBS)
    part.subject.about.chosen.emit(About.CONSTRAINT.value)
    assert part.subject.constraint.isVisible()
    part.subject.constraint.chosen.emit("constraint-flood-permit")
    one = criterion(desk, JOBS)
    assert (one.about, one.constraint) == (About.CONSTRAINT, "constraint-flood-permit")
    assert "priced or scored, never both" in part.subject._says.text()  # step 6 prices this one
    part.subject.about.chosen.emit(About.EFFECT.value)
    assert criterion(desk, JOBS).constraint == ""


def test_money_is_blocked_with_the_reason(qtbot):
    desk, part = opened(qtbot, JOBS)
    part.subject.about.chosen.emit(About.MONEY.value)
    assert "Blocked: money is counted in step 5" in part.subject._says.text()
    assert any(one.code == "about-money" and one.severity == "error" for one in desk.context.view.findings)
    assert not part.words.found.isVisible(), "said once, where it is answered"
    row = part.tree.model.rows[part.tree.model.place_of(JOBS)]
    assert row.cells[0].icon == "problem"


def test_independence_is_asked(qtbot):
    desk, part = opened(qtbot, JOBS)
    part.subject.alone.chosen.emit(Independence.NO.value)
    assert criterion(desk, JOBS).independence is Independence.NO
    assert "Adding up would mislead" in part.subject._alone_says.text()


def test_levels_start_with_five_and_are_reworded_added_and_removed(qtbot):
    desk, part = opened(qtbot, JOBS)
    part.scale.ways.chosen.emit(Measured.LEVELS.value)
    assert [one.value for one in criterion(desk, JOBS).levels] == [0, 25, 50, 75, 100]
    editor = part.scale.levels
    editor.model.apply(editor.model.index(2, 1), "Six apprentices")
    assert criterion(desk, JOBS).levels[2].words == "Six apprentices"
    editor.model.apply(editor.model.index(2, 0), "60")
    assert [one.value for one in criterion(desk, JOBS).levels] == [0, 25, 60, 75, 100]
    assert "not from 0 to 100" in editor.model.apply(editor.model.index(2, 0), "160")
    assert editor.fault.isVisible()
    editor.model.apply(editor.model.index(2, 0), "60")
    editor.buttons.added.emit()
    assert [one.value for one in criterion(desk, JOBS).levels] == [0, 25, 42, 60, 75, 100]
    editor.table.place(f"{JOBS}/2")
    editor.buttons.removed.emit()
    assert [one.value for one in criterion(desk, JOBS).levels] == [0, 25, 60, 75, 100]


def test_a_measure_starts_as_a_straight_line_and_lost_scores_are_said(qtbot):
    desk, part = opened(qtbot, JOBS)
    part.scale.ways.chosen.emit(Measured.MEASURE.value)
    one = criterion(desk, JOBS)
    assert [(point.measure, point.value) for point in one.points] == [(0, 0), (100, 100)]
    assert points_of(one, 30) == 30
    assert part.refused.isVisible()
    assert part.refused._title.text().startswith("Five scores in the other unit went with it.")
    assert len(desk.actions) == 1


def test_a_value_function_is_drawn_by_keys_and_typed_beside_it(qtbot):
    desk, part = opened(qtbot, HOMES)
    measure = part.scale.measure
    curve = measure.curve
    assert part.scale.measure.says.text().startswith("Less is better")
    curve.setFocus()
    qtbot.keyClick(curve, Qt.Key.Key_Insert)
    assert [(point.measure, point.value) for point in criterion(desk, HOMES).points] == [(10, 100), (35, 50), (60, 0)]
    qtbot.keyClick(curve, Qt.Key.Key_PageUp)
    qtbot.keyClick(curve, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not curve._settling.isActive())
    assert criterion(desk, HOMES).points[1] == ValuePoint(measure=34.5, value=60.0)
    measure.model.apply(measure.model.index(1, 0), "40")
    assert criterion(desk, HOMES).points[1].measure == 40
    assert curve.points()[1] == (40, 60)
    qtbot.keyClick(curve, Qt.Key.Key_Delete)
    assert len(criterion(desk, HOMES).points) == 2


def test_a_drawn_point_is_one_step(qtbot):
    desk, part = opened(qtbot, HOMES)
    curve = part.scale.measure.curve
    curve.add_after(0)
    assert len(desk.actions) == 1
    start = curve.place(curve.points()[1]).toPoint()
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=start)
    for rise in (5, 10, 20):
        qtbot.mouseMove(curve, start - type(start)(0, rise))
    qtbot.mouseRelease(curve, Qt.MouseButton.LeftButton, pos=start - type(start)(0, 20))
    assert criterion(desk, HOMES).points[1].value > 50
    assert len(desk.actions) == 2


def test_a_value_function_is_turned_round(qtbot):
    desk, part = opened(qtbot, HOMES)
    qtbot.mouseClick(part.scale.measure.turn, Qt.MouseButton.LeftButton)
    assert [point.value for point in criterion(desk, HOMES).points] == [0, 100]
    assert part.scale.measure.says.text().startswith("More is better")


def test_a_line_that_goes_up_and_down_is_said_and_shown_as_an_error(qtbot):
    desk, part = opened(qtbot, HOMES)
    part.scale.measure.curve.add_after(0)
    measure = part.scale.measure
    measure.model.apply(measure.model.index(0, 1), "20")
    assert measure.fault.text() == "The line must only rise or only fall."
    assert measure.fault.isVisible()
    assert measure.fault.y() > measure.table.y()
    assert not measure.says.isVisible()
    assert any(one.code == "points-turn" for one in desk.context.view.findings)
    assert part.words.found.isVisible()
    measure.model.apply(measure.model.index(0, 1), "high")
    assert "high" in measure.fault.text()
    measure.model.apply(measure.model.index(0, 1), "90")
    assert not measure.fault.isVisible()
    assert measure.says.isVisible()
    assert curve_words(replace(criterion(desk, HOMES), points=())).startswith("Enter the measure")


def test_the_unit_is_typed(qtbot):
    desk, part = opened(qtbot, HOMES)
    part.scale.measure.unit.committed.emit("homes")
    assert criterion(desk, HOMES).unit == "homes"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("worst", "At worst, a score of 0"),
        ("about", "What the criterion is about"),
        ("points", "Points of the value function"),
    ],
)
def test_a_finding_leads_to_its_field(qtbot, field, name):
    _, part = opened(qtbot, STORM)
    part.focus_place(HOMES, field)
    assert part.chosen == HOMES
    assert part.window().focusWidget().accessibleName() == name


def test_agreed_criteria_can_be_read_and_not_changed(qtbot):
    desk = at_stage(Stage.AGREED)
    part = shown(qtbot, desk, "tree").section
    part.choose(HOMES)
    assert part.words.name.line.isReadOnly()
    assert part.words.worst.sheet.isReadOnly()
    assert not part.subject.about.isEnabled()
    assert part.subject.alone.isEnabled()  # asked with the weights, and closed with them
    assert not part.scale.measure.curve.isEnabled()
    assert not part.tree.add_criterion.isVisible()
    model = part.scale.measure.model
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    part.choose(JOBS)
    assert part.words.name.text() == "Local jobs and skills"


def test_the_column_of_a_point_stays_in_hand_from_row_to_row(qtbot):
    _, part = opened(qtbot, HOMES)
    measure = part.scale.measure
    table = measure.table
    measure.curve.add_after(0)
    table.setFocus()
    table.place(f"{HOMES}/0", 1)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
    assert measure.curve.current() == 1
    cell = table.visualRect(measure.model.index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (2, 1)
