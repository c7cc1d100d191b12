"""Score sheets out and in from the page: progress, cancel, the report, and what was typed meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Mark, Stage
from appraise.model.cancelled import Cancelled
from appraise.model.edits.workshop import change_assessor
from appraise.ui.pages import scores_sheets
from appraise.ui.pages.scores_assessors import AssessorsSection
from appraise.ui.pages.scores_sheets import SheetsCard
from appraise.workspace.score_sheets import write_sheets
from tests.workshops import CRITERION_ID, REASON, SCORE

from .conftest import Desk
from .scores_driving import direct, example, people, section, shown


class Folder:
    """Answers the questions of the page with one folder and what is in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def folder(self) -> Path:
        return self._folder

    def files(self) -> list[Path]:
        return sorted(self._folder.glob("*.xlsx"))


@pytest.fixture
def desk() -> Desk:
    return Desk(people(example(scores=False), 10, 90, stage=Stage.SEALED))


def sheets(qtbot: QtBot, desk: Desk, folder: Path) -> SheetsCard:
    card = section(shown(qtbot, desk, "assessors"), AssessorsSection).sheets
    card.ask = Folder(folder)  # type: ignore[assignment]  # answers without a dialog
    return card


def done(qtbot: QtBot, card: SheetsCard) -> None:
    qtbot.waitUntil(lambda: not card.errand.busy(), timeout=20_000)
    qtbot.wait(1)


def fill(path: Path, appraisal_criterion: str, score: float, reason: str = "Walked it") -> None:
    """Types a score on the rows of one criterion."""
    book = openpyxl.load_workbook(path)
    page = book["Score"]
    for row in range(8, page.max_row + 1):
        if page.cell(row, CRITERION_ID).value == appraisal_criterion:
            page.cell(row, SCORE).value = score
            page.cell(row, REASON).value = reason
    book.save(path)


def test_sheets_go_out_and_come_back_with_a_report(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    card = sheets(qtbot, desk, tmp_path)
    card.write.clicked.emit()
    done(qtbot, card)
    paths = sorted(tmp_path.glob("*.xlsx"))
    assert card.told._title.text() == "Two score sheets written."
    assert len(paths) == 2
    fill(paths[0], direct(desk.appraisal).id, 35)
    (tmp_path / "notes.xlsx").write_bytes(b"no workbook")
    card.read.clicked.emit()
    done(qtbot, card)
    mark = desk.appraisal.workshop.assessors[0].marks[0]
    assert (mark.value, mark.reason) == (35, "Walked it")
    assert desk.actions == ["Take in one score sheet"]
    assert card.report.isVisible()
    assert card.report.head.text() == "One of three sheets brought marks, one refused"
    chips = {row.cells[0].text: row.cells[-1].mark.text for row in card.report.model.rows}  # type: ignore[union-attr]
    assert chips == {"notes.xlsx": "Refused", "Post 0": "Taken in", "Post 1": "Empty"}
    lines = [(row.cells[0].text, row.cells[1].text) for row in card.report.lines.rows]
    assert lines[0][1].startswith("Nothing was taken. notes.xlsx is not a score sheet.")
    option = desk.appraisal.options[0]
    assert any(
        words.startswith(f"Changed: {option.short_name} on “{direct(desk.appraisal).name}”") for _, words in lines
    )
    assert any("35 marks are missing" in words for _, words in lines)
    assert not any("35" in words.replace("35 marks", "") for _, words in lines), "no mark is told"


def test_the_report_stays_until_it_is_closed(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    card = sheets(qtbot, desk, tmp_path)
    (tmp_path / "notes.xlsx").write_bytes(b"no workbook")
    card.read.clicked.emit()
    done(qtbot, card)
    new = change_assessor(desk.appraisal, assessor="assessor-0", name="Ann")
    desk.context.apply(new, "Name an assessor")
    assert card.report.isVisible()
    card.report.close_it.clicked.emit()
    assert not card.report.isVisible()


def test_a_refused_row_stands_first_with_its_mend(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    paths = write_sheets(desk.appraisal, tmp_path)
    fill(paths[0], direct(desk.appraisal).id, 130)
    card = sheets(qtbot, desk, tmp_path)
    card.read.clicked.emit()
    done(qtbot, card)
    first = card.report.lines.rows[0].cells
    assert first[1].icon == "problem"
    assert "130 is not from 0 to 100. Type a figure on the scale." in first[1].text
    options = len(desk.appraisal.options)
    row = next(one for one in card.report.model.rows if one.cells[0].text == "Post 0")
    assert row.cells[4].text == str(options)
    assert row.cells[5].text == "35", "what is refused is not told as missing too"
    assert desk.actions == []


def test_files_that_are_dropped_are_taken_in(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    paths = write_sheets(desk.appraisal, tmp_path)
    fill(paths[1], direct(desk.appraisal).id, 45)
    card = sheets(qtbot, desk, tmp_path)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(paths[1]))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    card.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, files, buttons, keys))
    done(qtbot, card)
    assert {one.value for one in desk.appraisal.workshop.assessors[1].marks} == {45}


def test_what_is_typed_while_files_are_read_stays(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    paths = write_sheets(desk.appraisal, tmp_path)
    fill(paths[0], direct(desk.appraisal).id, 35)
    card = sheets(qtbot, desk, tmp_path)
    card.read.clicked.emit()
    new = change_assessor(desk.appraisal, assessor="assessor-1", name="Typed meanwhile")
    desk.context.apply(new, "Name an assessor")
    done(qtbot, card)
    qtbot.waitUntil(lambda: bool(card.reports), timeout=20_000)
    assessors = desk.appraisal.workshop.assessors
    assert assessors[1].name == "Typed meanwhile"
    assert assessors[0].marks[0].value == 35


def test_work_can_be_cancelled_and_nothing_is_taken_in(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = Event()

    def slow(*_args: object, received: str, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        assert received
        progress(0.5)
        going.set()
        while not cancelled():
            pass
        raise Cancelled

    monkeypatch.setattr(scores_sheets, "merge_sheets", slow)
    (tmp_path / "one.xlsx").write_bytes(b"")
    card = sheets(qtbot, desk, tmp_path)
    card.read.clicked.emit()
    qtbot.waitUntil(going.is_set)
    qtbot.waitUntil(lambda: card.bar.accessibleDescription() != "0 %")
    assert card.bar.isVisible()
    assert not card.read.isEnabled()
    card.cancel.clicked.emit()
    done(qtbot, card)
    assert card.told._title.text() == "Cancelled. Nothing was taken in."
    assert not card.bar.isVisible()
    assert card.read.isEnabled()
    assert desk.actions == []


def test_a_file_that_stands_there_already_is_not_written_over(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    write_sheets(desk.appraisal, tmp_path)
    card = sheets(qtbot, desk, tmp_path)
    card.write.clicked.emit()
    done(qtbot, card)
    assert "stands there already" in card.told._title.text()


def test_the_buttons_wait_for_the_stage_and_say_why(qtbot: QtBot, tmp_path: Path) -> None:
    for stage, out, back in (
        (Stage.OPEN, False, False),
        (Stage.AGREED, True, False),
        (Stage.SEALED, True, True),
        (Stage.MODERATING, True, True),
        (Stage.REVEALED, False, False),
    ):
        card = sheets(qtbot, Desk(people(example(), 10, 90, stage=stage)), tmp_path)
        assert (card.write.isEnabled(), card.read.isEnabled()) == (out, back), stage
        assert card.why.text().endswith(".")
    nobody = sheets(qtbot, Desk(example(Stage.SEALED, assessors=False)), tmp_path)
    assert nobody.why.text().startswith("Add assessors first")


def test_how_many_came_in_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    card = sheets(qtbot, Desk(people(example(), 10, 90, late=True)), tmp_path)
    assert card.subtitle.text() == "2 of 2 sheets begun, 0 whole, one late"


def whole(now: Appraisal, *numbers: int) -> Appraisal:
    """These assessors have a mark at every place."""
    places = [(option.id, criterion.id) for option in now.options for criterion in now.criteria]
    marks = tuple(Mark(option=option, criterion=criterion, value=50) for option, criterion in places)
    assessors = tuple(
        replace(one, marks=marks) if number in numbers else one for number, one in enumerate(now.workshop.assessors)
    )
    return replace(now, workshop=replace(now.workshop, assessors=assessors))


def test_a_sheet_that_is_only_begun_is_not_in(qtbot: QtBot) -> None:
    for numbers, said, row in (
        ((), "3 of 3 sheets begun, 0 whole", ("Sheets", "3 begun, 0 whole", "in-progress")),
        ((0, 2), "3 of 3 sheets begun, 2 whole", ("Sheets", "3 begun, 2 whole", "in-progress")),
        ((0, 1, 2), "3 of 3 sheets in", ("Sheets in", "3 of 3", "completed")),
    ):
        now = whole(people(example(scores=False), 10, 50, 90, stage=Stage.SEALED), *numbers)
        page = shown(qtbot, Desk(now), "assessors")
        assert section(page, AssessorsSection).sheets.subtitle.text() == said
        part = next(one for one in page.pane.progress.rows if one.key == "alone")
        assert (part.name, part.words, part.state) == row


def test_undo_closes_the_report_and_redo_opens_it_again(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    paths = write_sheets(desk.appraisal, tmp_path)
    fill(paths[0], direct(desk.appraisal).id, 35)
    card = sheets(qtbot, desk, tmp_path)
    card.read.clicked.emit()
    done(qtbot, card)
    taken = desk.appraisal
    desk.undo()
    assert not card.report.isVisible()
    assert card.told.isVisible()
    assert card.told._title.text().startswith("Taken back: the marks of these sheets are out again.")
    desk.context.apply(taken, "Take in one score sheet")
    assert card.report.isVisible()
    assert not card.told.isVisible()


def test_a_sheet_that_comes_after_closing_is_late(qtbot: QtBot, tmp_path: Path) -> None:
    now = people(example(), 10, 90)
    first, second = now.workshop.assessors
    desk = Desk(replace(now, workshop=replace(now.workshop, assessors=(first, replace(second, marks=(), received="")))))
    paths = write_sheets(desk.appraisal, tmp_path)
    fill(paths[1], direct(desk.appraisal).id, 45)
    card = sheets(qtbot, desk, tmp_path)
    card.read.clicked.emit()
    done(qtbot, card)
    assert desk.told == []
    late = desk.appraisal.workshop.assessors[1]
    assert late.late
    assert {one.value for one in late.marks} == {45}
    chips = [row.cells[-1].mark.text for row in card.report.model.rows]  # type: ignore[union-attr]
    assert "Late, taken in" in chips
