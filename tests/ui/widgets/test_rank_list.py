import pytest
from PySide6.QtCore import QPoint, Qt

from appraise.ui.widgets.rank_list import RankFace, RankList


@pytest.fixture
def rows(qtbot) -> RankList:
    made = RankList("Moves")
    qtbot.addWidget(made)
    made.set_rows([RankFace(key, f"Move {key}", "From: bad. To: good") for key in "abcd"])
    made.resize(400, made.sizeHint().height())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def test_alt_moves_and_an_arrow_alone_chooses(qtbot, rows):
    told, chosen = [], []
    rows.ordered.connect(told.append)
    rows.chosen.connect(chosen.append)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert (chosen, told) == (["b"], [])
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert told == [("b", "a", "c", "d")]
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert len(told) == 1, "the first cannot go up"
    assert rows.accessibleDescription().startswith("1 of 4: Move b.")


def test_a_row_is_dragged_and_told_once(qtbot, rows):
    told = []
    rows.ordered.connect(told.append)
    high = rows.height() // 4
    qtbot.mousePress(rows, Qt.MouseButton.LeftButton, pos=QPoint(50, high // 2))
    for place in (1, 2, 3):
        qtbot.mouseMove(rows, QPoint(50, place * high + high // 2))
        rows.set_rows([RankFace("a", "", "")])  # the document does not take it from the hand
    assert told == []
    qtbot.mouseRelease(rows, Qt.MouseButton.LeftButton, pos=QPoint(50, 3 * high + high // 2))
    assert told == [("b", "c", "d", "a")]


def test_a_click_only_chooses(qtbot, rows):
    told = []
    rows.ordered.connect(told.append)
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(50, rows.height() - 10))
    assert rows.current() == "d"
    assert told == []


def test_a_closed_list_is_read_and_not_moved(qtbot, rows):
    rows.set_movable(False)
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.mousePress(rows, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    qtbot.mouseMove(rows, QPoint(50, 120))
    assert rows.order() == ("a", "b", "c", "d")


def test_the_row_in_hand_stays_in_hand_when_rows_change(rows):
    rows.shift(1)
    assert rows.current() == "a"
    rows.set_rows([RankFace(key, key, "") for key in "dcba"])
    assert rows.current() == "a"
    rows.set_rows([])
    assert rows.current() == ""
    assert not rows.grab().isNull()
