from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from appraise.ui import theme
from appraise.ui.widgets.fields import MoneyField, NumberField, PercentField, TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel
from tests.ui.widget_driving import colours_in, leave, shown, whole_number

Key = Qt.Key


def test_a_field_commits_once_on_enter_and_not_without_change(qapp: QApplication) -> None:
    field = TextField("Name", "Joint", label="Name")
    spy = QSignalSpy(field.committed)
    shown(field, qapp)
    QTest.keyClick(field.line, Key.Key_End)
    QTest.keyClicks(field.line, " service")
    QTest.keyClick(field.line, Key.Key_Return)
    leave(field.line)
    assert (spy.count(), spy.at(0)) == (1, ["Joint service"])


def test_a_field_commits_when_left_and_escape_gives_up() -> None:
    field = TextField("Name", "Joint")
    spy = QSignalSpy(field.committed)
    QTest.keyClicks(field.line, "x")
    QTest.keyClick(field.line, Key.Key_Escape)
    leave(field.line)
    assert (spy.count(), field.text()) == (0, "Joint")
    field.line.end(False)  # the field shows its beginning again once it was left
    QTest.keyClicks(field.line, "y")
    leave(field.line)
    assert spy.at(0) == ["Jointy"]


@pytest.mark.parametrize(
    "made",
    [
        lambda: MoneyField("High", whole_number, "12", label="High, £m"),
        lambda: NumberField("Years", whole_number, "12", unit="years"),
        lambda: PercentField("Chance", whole_number, "12"),
    ],
)
def test_what_cannot_be_read_stays_with_a_sentence(made: Callable[[], MoneyField], qapp: QApplication) -> None:
    field = made()
    spy = QSignalSpy(field.parsed)
    shown(field, qapp)
    field.line.setText("twelve")
    QTest.keyClick(field.line, Key.Key_Return)
    assert (spy.count(), field.text(), field.fault()) == (0, "twelve", "Type a whole number, such as 12.")
    assert field.line.accessibleDescription() == "Type a whole number, such as 12."
    assert theme.colour("problem").name().upper() in colours_in(field)
    field.set_text("13")
    assert field.text() == "twelve"
    field.line.setText("14")
    QTest.keyClick(field.line, Key.Key_Return)
    assert (spy.at(0), field.fault()) == ([14], "")


def test_undo_goes_to_the_document_unless_half_typed(qapp: QApplication) -> None:
    field = TextField("Name", "Joint")
    shown(field, qapp)

    def accepted() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(field.line, event)
        return event.isAccepted()

    assert not accepted()
    QTest.keyClicks(field.line, "x")
    assert accepted()


def test_an_area_grows_and_commits_when_left(qapp: QApplication) -> None:
    area = TextArea("Why", "One line", lines=2)
    spy = QSignalSpy(area.committed)
    shown(area, qapp)
    before = area.sheet.height()
    area.sheet.setPlainText("\n".join("line" for _ in range(6)))
    assert area.sheet.height() > before
    leave(area.sheet)
    assert spy.count() == 1


def test_a_field_shows_its_beginning_and_tells_the_whole(qapp: QApplication) -> None:
    field = MoneyField("Price", whole_number, "a long text that cannot be shown in so little room")
    field.resize(120, 60)
    shown(field, qapp)
    assert field.line.toolTip() == field.text()
    field.line.end(False)
    leave(field.line)
    assert field.line.cursorPosition() == 0
    field.set_text("5")
    assert field.line.toolTip() == ""


def test_a_field_takes_another_label_and_unit(qapp: QApplication) -> None:
    field = PercentField("Strength", float, "35", label="Loading")
    shown(field, qapp)
    room = field.line.textMargins().right()
    field.set_unit("")
    field.set_label("Lambda")
    assert field.line.textMargins().right() < room
    assert "Lambda" in [label.text() for label in field.findChildren(FlowLabel)]
    field.set_label("")
    assert "Lambda" not in [label.text() for label in field.findChildren(FlowLabel) if label.isVisible()]
    field.deleteLater()
