"""The range in the story of a line, and what moves with it: every shape, outcomes, driver and group."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from appraise.model.appraisal.correlations import CorrelationGroup
from appraise.model.appraisal.lines import Point, Range, Shape
from appraise.model.edits import lines as edits
from appraise.present import range_words
from tests.ui.driving import open_window

from .conftest import Desk
from .costs_section_driving import fill, line, texts, type_in, unlinked, without_name
from .test_costs import CREWS, shown

MARKET = CorrelationGroup(id="group-market", name="Market for works")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The worked example with its drivers, and nothing else that moves together."""
    return Desk(unlinked(desk.appraisal))


def story(qtbot, desk: Desk, **fields: object):
    """The open story of one line with these fields."""
    if fields:
        lines = tuple(replace(one, **fields) if one.id == CREWS else one for one in desk.appraisal.lines)
        desk._show(replace(desk.appraisal, lines=lines))
    page = shown(qtbot, desk)
    page.table.place(CREWS, 1)
    return page._open(CREWS)


def pick(qtbot, choice, key: str) -> None:
    """Arrow keys, until the choice stands there."""
    choice.setFocus()
    if choice.currentIndex() < 0:
        choice.setCurrentIndex(0)
    step = Qt.Key.Key_Down if choice.findData(key) > choice.currentIndex() else Qt.Key.Key_Up
    while choice.current() != key:
        qtbot.keyClick(choice, step)


@pytest.mark.parametrize("shape", [one for one in Shape if one is not Shape.DISCRETE])
def test_every_shape_is_chosen_with_its_fields_and_its_meaning(qtbot, desk, shape):
    told = story(qtbot, desk, range=Range(low=Decimal(80), high=Decimal(140), shape=Shape.UNIFORM)).range
    told.shape.set_current(shape.value)
    told.shape.chosen.emit(shape.value)
    assert line(desk, CREWS).range == Range(low=Decimal(80), high=Decimal(140), shape=shape)
    assert told.likely.isVisible() is (shape in {Shape.PERT, Shape.TRIANGULAR, Shape.TRIGEN})
    assert told.meaning.text() == range_words.ENDS[shape]
    assert told.curve.accessibleName().startswith("From £")
    assert not told.outcomes.isVisible()


def test_the_shape_is_chosen_by_keys_and_undone_by_its_name(qtbot, desk):
    told = story(qtbot, desk).range
    before = line(desk, CREWS).range
    pick(qtbot, told.shape, Shape.UNIFORM.value)
    assert line(desk, CREWS).range.shape is Shape.UNIFORM
    assert set(desk.actions) == {"Change range of Crews, supervision and storm call-out"}
    while desk.actions:
        desk.undo()
    assert line(desk, CREWS).range == before
    assert told.shape.current() == before.shape.value


def test_a_shape_chosen_before_there_is_a_range_holds_for_the_first_end_typed(qtbot, desk):
    told = story(qtbot, desk, range=None).range
    told.shape.set_current(Shape.NORMAL.value)
    told.shape.chosen.emit(Shape.NORMAL.value)
    assert not desk.actions
    assert not told.likely.isVisible()
    fill(qtbot, told.high, "125")
    assert line(desk, CREWS).range == Range(low=Decimal(100), high=Decimal(125), shape=Shape.NORMAL)


def test_a_list_of_outcomes_begins_with_the_range_and_is_typed(qtbot, desk):
    told = story(qtbot, desk, range=Range(low=Decimal(80), high=Decimal(140))).range
    told.shape.set_current(Shape.DISCRETE.value)
    told.shape.chosen.emit(Shape.DISCRETE.value)
    table = told.outcomes.table
    assert texts(table) == [["80", "25\u00a0%"], ["100", "50\u00a0%"], ["140", "25\u00a0%"]]
    assert told.sum.text() == "The chances add to 100\u00a0%."
    assert not told.ends.isVisible()
    type_in(qtbot, table, "0", 1, "10 %")
    assert line(desk, CREWS).range.points[0] == Point(percent=Decimal(80), chance=0.1)
    assert told.sum.text() == "The chances add to 85\u00a0%; 15\u00a0% is missing. They must add to 100\u00a0%."
    assert not told.wrong.isVisible(), "it is said once"
    type_in(qtbot, table, "1", 0, "95")
    told.outcomes.add.click()
    assert line(desk, CREWS).range.points[-1] == Point(percent=Decimal(100), chance=0.15)
    assert told.sum.text() == "The chances add to 100\u00a0%."
    table.place("3")
    told.outcomes.remove.click()
    assert len(line(desk, CREWS).range.points) == 3
    assert desk.actions[-2:] == [
        "Add an outcome to Crews, supervision and storm call-out",
        "Remove an outcome of Crews, supervision and storm call-out",
    ]
    desk.undo()
    assert len(line(desk, CREWS).range.points) == 4


def test_every_outcome_stays_in_view_whatever_is_added_or_said(qtbot, tmp_path, monkeypatch):
    """In the window at its smallest usual size: there the story was once a row too low."""
    monkeypatch.setenv("APPRAISE_HOME", str(tmp_path))
    window = open_window(qtbot)
    window.resize(1366, 768)
    window.filing.new("worked-example")
    window.show_step(4)
    page = window.page(4)
    points = tuple(Point(percent=Decimal(percent), chance=chance) for percent, chance in ((96, 0.25), (150, 0.75)))
    page.context.apply(edits.set_points(page.context.appraisal, line=CREWS, points=points), "Enter outcomes")
    page.segments.set_current("option-usual")
    page._show_all()
    told = page._open(CREWS).range
    table = told.outcomes.table

    def whole() -> bool:
        rows = table.model().rowCount()
        return table.visualRect(table.model().index(rows - 1, 0)).bottom() < table.viewport().height()

    def settle() -> None:
        """What is under way now, and not the new figures, which lay the story out again anyway."""
        for _ in range(3):
            QApplication.processEvents()

    qtbot.waitUntil(whole)
    qtbot.mouseClick(told.outcomes.add, Qt.MouseButton.LeftButton)
    settle()
    assert whole()
    qtbot.mouseClick(told.outcomes.add, Qt.MouseButton.LeftButton)
    settle()
    assert whole()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    type_in(qtbot, table, "3", 1, "-5 %")
    assert told.outcomes.fault.isVisible()
    settle()
    assert whole()
    assert table.model().rowCount() == 4


def test_what_is_no_chance_is_said_at_the_table_and_kept(qtbot, desk):
    told = story(qtbot, desk, range=Range(low=Decimal(80), high=Decimal(140))).range
    told.shape.chosen.emit(Shape.DISCRETE.value)
    type_in(qtbot, told.outcomes.table, "0", 1, "often")
    assert told.outcomes.fault.isVisible()
    assert "not a number" in told.outcomes.fault.text()
    assert line(desk, CREWS).range.points[0].chance == 0.25
    type_in(qtbot, told.outcomes.table, "1", 0, "9999.5")
    assert line(desk, CREWS).range.points[1].percent == Decimal("9999.5")


def test_from_outcomes_back_to_two_ends(qtbot, desk):
    points = (Point(percent=Decimal(90), chance=0.5), Point(percent=Decimal(130), chance=0.5))
    listed = Range(low=Decimal(80), high=Decimal(140), shape=Shape.DISCRETE, points=points)
    told = story(qtbot, desk, range=listed).range
    told.shape.chosen.emit(Shape.TRIANGULAR.value)
    assert line(desk, CREWS).range == Range(low=Decimal(90), high=Decimal(130), shape=Shape.TRIANGULAR)


def test_without_its_last_outcome_the_line_is_certain(qtbot, desk):
    told = story(qtbot, desk, range=None).range
    told.shape.chosen.emit(Shape.DISCRETE.value)
    assert line(desk, CREWS).range.points == (Point(percent=Decimal(100), chance=1.0),)
    told.outcomes.remove.click()
    assert line(desk, CREWS).range is None
    assert told.shape.current() == Shape.PERT.value
    assert told.ends.isVisible()


@pytest.mark.parametrize(
    ("shape", "low", "high", "words", "marked"),
    [
        (Shape.LOGNORMAL, 0, 120, "begins at nothing", "low"),
        (Shape.TRIGEN, 80, 100, "must lie between", "high"),
        (Shape.PERT, 120, 150, "does not hold 100", "low"),
        (Shape.DISCRETE, 80, 120, "has no outcomes", ""),
    ],
)
def test_a_range_that_cannot_be_is_said_at_its_fields(qtbot, desk, shape, low, high, words, marked):
    told = story(qtbot, desk, range=Range(low=Decimal(low), high=Decimal(high), shape=shape)).range
    assert words in told.wrong.text()
    assert told.wrong.isVisible()
    assert [name for name in ("low", "high") if getattr(told, name).line.wrong] == ([marked] if marked else [])
    assert told.curve.accessibleName() == "No curve yet"


def test_the_table_says_the_range_by_its_shape(qtbot, desk):
    points = (Point(percent=Decimal(90), chance=0.5), Point(percent=Decimal(130), chance=0.5))
    listed = Range(low=Decimal(80), high=Decimal(140), shape=Shape.DISCRETE, points=points)
    told = story(qtbot, desk, range=listed)
    model = told.parentWidget().parentWidget().model()
    cell = model.rows[model.place_of(CREWS)].cells[1]
    assert cell.spoken == "90 to 130 per cent of what was entered, outcomes"
    assert (cell.mark.low, cell.mark.middle, cell.mark.high) == (90, 110, 130)


# --- what moves with it ---


def test_a_driver_is_one_fact_or_each_options_own_on_all_its_lines(qtbot, desk):
    told = story(qtbot, desk)
    driver = line(desk, CREWS).driver
    assert driver
    assert "in every option; four other options so far." in told._moving.text()
    pick(qtbot, told.fact, "no")
    same = [one for one in desk.appraisal.lines if one.driver == driver]
    assert len(same) > 4
    assert not any(one.shared for one in same)
    assert desk.actions == [f"Change sharing of {driver}"]
    assert told._moving.text() == "Lines of this option with the same driver are all high or all low together."
    desk.undo()
    assert all(one.shared for one in desk.appraisal.lines)


def test_a_line_that_joins_a_driver_takes_over_its_sharing_and_its_group(qtbot, desk):
    lines = tuple(
        replace(one, driver="Ice" if n else "", shared=not n, correlation=MARKET.id if n else "")
        for n, one in enumerate(sorted(desk.appraisal.lines, key=lambda one: one.id != CREWS)[:3])
    )
    desk._show(replace(desk.appraisal, lines=lines, correlation_groups=(MARKET,)))
    told = story(qtbot, desk)
    assert not told.fact.isEnabled()
    fill(qtbot, told.driver, "ice")
    now = line(desk, CREWS)
    assert (now.driver, now.shared, now.correlation) == ("ice", False, MARKET.id)
    assert told.fact.isEnabled()


def test_a_group_is_chosen_for_all_lines_of_the_driver_and_opened(qtbot, desk):
    desk._show(replace(desk.appraisal, correlation_groups=(MARKET,)))
    told = story(qtbot, desk)
    assert not told.open_group.isVisible()
    pick(qtbot, told.correlation, MARKET.id)
    same = [one for one in desk.appraisal.lines if one.driver == line(desk, CREWS).driver]
    assert {one.correlation for one in same} == {MARKET.id}
    assert "across all options: strength 0.3, medium." in told._moving.text()
    with qtbot.waitSignal(desk.context.place_wanted) as went:
        told.open_group.click()
    assert went.args == [5, MARKET.id, "rho"]
    pick(qtbot, told.correlation, "")
    assert not any(one.correlation for one in desk.appraisal.lines)


def test_a_new_group_begins_with_the_line_in_one_step(qtbot, desk):
    told = story(qtbot, desk, driver="")
    told.correlation.set_current("new")
    told.correlation.chosen.emit("new")
    (group,) = desk.appraisal.correlation_groups
    assert [one.id for one in desk.appraisal.lines if one.correlation == group.id] == [CREWS]
    assert desk.actions == ["Add a correlation group with Crews, supervision and storm call-out"]
    assert told.correlation.currentText() == "New group"
    desk.undo()
    assert desk.appraisal.correlation_groups == ()


def test_a_line_of_the_matrix_takes_no_group(qtbot, desk):
    from appraise.model.edits.correlations import add_to_matrix

    desk._show(add_to_matrix(desk.appraisal, line=CREWS))
    told = story(qtbot, desk)
    assert not told.correlation.isEnabled()
    assert "Its pairs stand under" in told._moving.text()


def test_tab_goes_through_the_range_and_on_and_everything_has_a_name(qtbot, desk):
    told = story(qtbot, desk, range=Range(low=Decimal(80), high=Decimal(140)))
    told.range.shape.chosen.emit(Shape.DISCRETE.value)
    assert without_name(told) == []
    told.range.shape.chosen.emit(Shape.UNIFORM.value)
    told.range.shape.setFocus()
    stops = (told.range.low.line, told.range.high.line, told.driver.line, told.fact, told.correlation)
    for stop in stops:
        here = told.window().focusWidget()
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        assert stop.hasFocus(), stop.accessibleName()
