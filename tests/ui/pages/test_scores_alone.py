"""Score alone: one assessor's marks on screen, and nobody else's."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.workshop import Stage
from appraise.ui.pages.scores_alone import AloneSection
from appraise.ui.pages.scores_assessors import AssessorsSection
from appraise.ui.widgets.fields import Line
from appraise.ui.widgets.table_model import CellRole

from .conftest import Desk
from .scores_driving import direct, example, people, section, shown


def alone(qtbot: QtBot, desk: Desk) -> AloneSection:
    return section(shown(qtbot, desk, "alone"), AloneSection)


def sealed(*marks: float) -> Desk:
    return Desk(people(example(scores=False), *marks, stage=Stage.SEALED))


def test_nobody_is_chosen_at_first(qtbot: QtBot) -> None:
    part = alone(qtbot, sealed(11, 47, 93))
    assert not part.grid.isVisible()
    assert not part.detail.isVisible()
    assert part.who.itemText(0) == "Choose an assessor…"


def test_only_the_marks_of_the_chosen_one_are_shown(qtbot: QtBot) -> None:
    desk = sealed(11, 47, 93)
    part = alone(qtbot, desk)
    part.who.chosen.emit("assessor-1")
    texts = {cell.text for row in part.grid.model.rows for cell in row.cells}
    texts |= {one.text() for one in part.findChildren(QLabel)}
    assert "47" in texts
    assert not {"11", "93"} & texts
    assert part.grid.model.rows[-1].key != "totals"
    assert [column.title for column in part.grid.model.columns][1] == desk.appraisal.options[0].short_name
    assert part.chip._face.text == "5 of 40 marks"


def test_a_mark_is_entered_with_reason_and_evidence(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    part = alone(qtbot, desk)
    part.who.chosen.emit("assessor-0")
    criterion = direct(desk.appraisal)
    part.grid.take((desk.appraisal.options[2].id, criterion.id))
    part._show_detail()
    part.detail.field.line.setText("64")
    part.detail.field.line.returnPressed.emit()
    part.detail.evidence.sheet.setPlainText("Visit of 3 May")
    part.detail.evidence.sheet.left.emit()
    mark = next(one for one in desk.appraisal.workshop.assessors[0].marks if one.option == desk.appraisal.options[2].id)
    assert (mark.value, mark.reason, mark.evidence) == (64, "Reason 0", "Visit of 3 May")
    assert all(one.value == 47 for one in desk.appraisal.workshop.assessors[1].marks)
    assert desk.actions[0].startswith("Mark ")


def test_a_mark_can_be_taken_away(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    part = alone(qtbot, desk)
    part.take("assessor-0")
    part.grid.take((desk.appraisal.options[0].id, direct(desk.appraisal).id))
    qtbot.keyClick(part.grid.table, Qt.Key.Key_Delete)
    assert len(desk.appraisal.workshop.assessors[0].marks) == len(desk.appraisal.options) - 1


def seen(part: AloneSection) -> set[str]:
    """Every word of the section that can be seen."""
    texts = {one.text() for one in part.findChildren(QLabel) if one.isVisible()}
    texts |= {one.text() for one in part.findChildren(QLineEdit) if one.isVisible()}
    if part.grid.isVisible():
        model = part.grid.model
        places = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
        texts |= {str(model.data(place)) for place in places}
    return texts


def type_in(qtbot: QtBot, part: AloneSection, text: str) -> None:
    """Types into the cell in hand and presses Enter."""
    qtbot.keyClick(part.grid.table, Qt.Key.Key_F2)
    editor = part.grid.table.viewport().findChild(Line)
    assert isinstance(editor, Line)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_what_one_assessor_half_typed_is_not_seen_by_the_next(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    part = alone(qtbot, desk)
    part.who.chosen.emit("assessor-0")
    place = (desk.appraisal.options[0].id, direct(desk.appraisal).id)
    part.grid.take(place)
    type_in(qtbot, part, "130")
    assert part.grid.fault.isVisible()
    assert "130" in seen(part)
    part.who.chosen.emit("assessor-1")
    assert not part.grid.fault.isVisible()
    assert not {"130", "11"} & seen(part)
    assert "47" in seen(part)
    row = part.grid.model.place_of(place[1])
    assert part.grid.model.data(part.grid.model.index(row, 1), CellRole).ink == "ink"
    assert desk.actions == []


def test_a_mark_half_typed_below_the_grid_is_not_seen_by_the_next(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    part = alone(qtbot, desk)
    place = (desk.appraisal.options[0].id, direct(desk.appraisal).id)
    for number, said in enumerate(("11", "47")):
        part.take(f"assessor-{number}")
        part.grid.take(place)
        part._show_detail()
        assert (part.detail.field.text(), part.detail.field.fault()) == (said, "")
        part.detail.field.line.setText("101")
        part.detail.field.line.returnPressed.emit()
        assert part.detail.field.fault()


def test_marks_are_covered_when_the_section_or_the_step_is_left(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    page = shown(qtbot, desk, "alone")
    part = section(page, AloneSection)

    def away_to_another_section() -> None:
        page.turn_to("assessors")
        page.turn_to("alone")

    def away_to_another_step() -> None:
        page.hide()
        page.show()

    for leave in (away_to_another_section, away_to_another_step):
        part.take("assessor-1")
        assert "47" in seen(part)
        leave()
        assert part.isVisible()
        assert part.who.currentText() == "Choose an assessor…"
        assert "47" not in seen(part)
        assert not part.grid.isVisible()
        assert not part.detail.isVisible()
        assert not part.grid.model.rows


def test_marks_are_covered_by_a_button(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    part = alone(qtbot, desk)
    assert not part.done.isVisible()
    part.who.chosen.emit("assessor-1")
    part.done.setFocus()
    qtbot.keyClick(part.done, Qt.Key.Key_Space)
    assert part.book.assessor == ""
    assert not part.grid.isVisible()
    assert not part.done.isVisible()
    assert part.who.hasFocus()


def test_undo_says_whose_marks_it_changed_out_of_sight_and_no_figure(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    part = alone(qtbot, desk)
    part.take("assessor-0")
    part.grid.take((desk.appraisal.options[0].id, direct(desk.appraisal).id))
    type_in(qtbot, part, "64")
    assert not part.refused.isVisible()
    part.take("assessor-1")
    desk.undo()
    assert part.refused.isVisible()
    assert part.refused._title.text() == (
        "Marks of Post 0 have just changed out of sight. Redo or Undo takes that back."
    )
    assert not {"11", "64"} & seen(part)
    part.take("assessor-0")
    assert not part.refused.isVisible()
    assert "11" in seen(part)


def test_marks_are_closed_outside_scoring(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 11, 47))
    part = alone(qtbot, desk)
    part.take("assessor-0")
    assert part.closed.isVisible()
    assert part.closed._text.text().startswith("Scoring is closed: a late sheet adds what is missing")
    part.grid.take((desk.appraisal.options[0].id, direct(desk.appraisal).id))
    qtbot.keyClick(part.grid.table, Qt.Key.Key_Delete)
    assert desk.actions == []
    assert not part.detail.field.isEnabled()


def test_an_assessor_who_goes_is_no_longer_in_hand(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    part = alone(qtbot, desk)
    part.take("assessor-1")
    workshop = desk.appraisal.workshop
    desk.context.apply(
        replace(desk.appraisal, workshop=replace(workshop, assessors=workshop.assessors[:1])), "Remove an assessor"
    )
    assert part.book.assessor == ""
    assert not part.grid.isVisible()


def test_another_document_starts_with_nobody(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    page = shown(qtbot, desk, "alone")
    part = section(page, AloneSection)
    part.take("assessor-1")
    desk.context.start(desk.context.view)
    page.turn_to("alone")
    assert part.book.assessor == ""


def test_the_assessors_lead_here(qtbot: QtBot) -> None:
    desk = sealed(11, 47)
    page = shown(qtbot, desk, "assessors")
    first = section(page, AssessorsSection)
    first.assessors.choose("assessor-1")
    first.assessors.alone.clicked.emit()
    assert page.switch.current() == "alone"
    assert section(page, AloneSection).book.assessor == "assessor-1"


def test_without_assessors_it_leads_to_them(qtbot: QtBot) -> None:
    desk = Desk(example(assessors=False))
    part = alone(qtbot, desk)
    asked: list[str] = []
    desk.context.place_wanted.connect(lambda _step, _record, field: asked.append(field))
    assert part.none.isVisible()
    part._add_some.activated.emit()
    assert asked == ["assessors"]
