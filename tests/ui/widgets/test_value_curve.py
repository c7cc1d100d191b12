import pytest
from PySide6.QtCore import QPoint, Qt

from appraise.ui.widgets.value_curve import ValueCurve

RISING = ((0.0, 0.0), (50.0, 80.0), (100.0, 100.0))


@pytest.fixture
def curve(qtbot) -> ValueCurve:
    made = ValueCurve("Value function", lambda value: f"{value:g}")
    qtbot.addWidget(made)
    made.set_points(RISING, "days")
    made.resize(400, 240)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def drag(qtbot, curve: ValueCurve, number: int, by: QPoint) -> None:
    start = curve.place(curve.points()[number]).toPoint()
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(curve, start + by / 2)
    qtbot.mouseMove(curve, start + by)
    qtbot.mouseRelease(curve, Qt.MouseButton.LeftButton, pos=start + by)


def test_it_says_its_points_and_the_one_in_hand(curve):
    assert curve.accessibleDescription() == (
        "0 days is worth 0; 50 days is worth 80; 100 days is worth 100. Point 1 of 3 is in hand."
    )


def test_a_point_is_dragged_between_its_neighbours(qtbot, curve):
    released = []
    curve.released.connect(released.append)
    drag(qtbot, curve, 1, QPoint(0, 60))
    assert len(released) == 1
    measure, value = curve.points()[1]
    assert 0 < value < 80
    assert measure == pytest.approx(50, abs=1)
    drag(qtbot, curve, 1, QPoint(2000, -2000))
    measure, value = curve.points()[1]
    assert 50 < measure < 100
    assert value <= 100


def test_values_never_turn(qtbot, curve):
    drag(qtbot, curve, 2, QPoint(0, 2000))
    assert curve.points()[2] == (100, 80)  # its neighbour holds it
    falling = ((0.0, 100.0), (10.0, 40.0), (20.0, 0.0))
    curve.set_points(falling, "days")
    drag(qtbot, curve, 1, QPoint(0, -2000))
    assert curve.points()[1][1] == 100
    drag(qtbot, curve, 1, QPoint(0, 2000))
    assert curve.points()[1][1] == 0


def test_the_ends_keep_their_measure(qtbot, curve):
    drag(qtbot, curve, 0, QPoint(80, -10))
    assert curve.points()[0][0] == 0
    assert curve.points()[0][1] > 0


def test_keys_choose_and_move(qtbot, curve):
    chosen, released = [], []
    curve.chosen.connect(chosen.append)
    curve.released.connect(released.append)
    qtbot.keyClick(curve, Qt.Key.Key_Right)
    assert chosen == [1]
    qtbot.keyClick(curve, Qt.Key.Key_Down)
    qtbot.keyClick(curve, Qt.Key.Key_PageDown)
    qtbot.keyClick(curve, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert curve.points()[1] == (51, 69)
    qtbot.waitUntil(lambda: len(released) == 1)
    qtbot.keyClick(curve, Qt.Key.Key_Up)
    curve.clearFocus()
    assert len(released) == 2, "what is left stands at once"


def test_points_are_added_on_the_line_and_taken_out_between_the_ends(qtbot, curve):
    qtbot.keyClick(curve, Qt.Key.Key_Insert)
    assert curve.points()[1] == (25, 40)
    assert curve.current() == 1
    qtbot.keyClick(curve, Qt.Key.Key_Delete)
    assert curve.points() == RISING
    curve.choose(0)
    qtbot.keyClick(curve, Qt.Key.Key_Delete)
    assert curve.points() == RISING
    place = curve.place((75.0, 90.0)).toPoint()
    qtbot.mouseDClick(curve, Qt.MouseButton.LeftButton, pos=place)
    assert len(curve.points()) == 4
    assert curve.points()[2][1] == 90


def test_the_document_does_not_move_a_point_that_is_held(qtbot, curve):
    start = curve.place(curve.points()[1]).toPoint()
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(curve, start + QPoint(0, 30))
    here = curve.points()
    curve.set_points(((0.0, 0.0), (100.0, 100.0)), "days")
    assert curve.points() == here
    qtbot.mouseRelease(curve, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 30))
    curve.set_points(((0.0, 0.0), (100.0, 100.0)), "days")
    assert len(curve.points()) == 2


def test_without_points_it_can_be_painted_and_says_so(qtbot, curve):
    curve.set_points((), "")
    assert curve.accessibleDescription() == "No points yet."
    qtbot.keyClick(curve, Qt.Key.Key_Up)
    assert not curve.grab().isNull()
