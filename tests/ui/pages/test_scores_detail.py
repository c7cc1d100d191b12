"""The score in hand: how sure it is, what the assessors gave, and who agreed with it."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Criterion, Dissent, Measured, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest, Mark, Stage
from appraise.model.money import plain_number
from appraise.model.value import points_of
from appraise.ui import theme
from appraise.ui.pages.scores_detail import ScoreDetail
from appraise.ui.pages.scores_marks import CellMarks
from appraise.ui.pages.scores_record import RecordSection, wide_places
from appraise.ui.widgets import base

from .conftest import Desk
from .scores_driving import direct, example, people, section, shown


def in_hand(qtbot: QtBot, desk: Desk) -> tuple[RecordSection, ScoreDetail]:
    """The first option on the criterion that is scored straight."""
    part = section(shown(qtbot, desk, "scores"), RecordSection)
    part.grid.take((desk.appraisal.options[0].id, direct(desk.appraisal).id))
    part._show_detail()
    return part, part.detail


def score(desk: Desk) -> Score:
    place = (desk.appraisal.options[0].id, direct(desk.appraisal).id)
    return next(one for one in desk.appraisal.scores if (one.option, one.criterion) == place)


def rows(marks: CellMarks) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in marks.model.rows]


def give(field: object, text: str) -> None:
    field.line.setText(text)  # type: ignore[attr-defined]  # a NumberField
    field.line.returnPressed.emit()  # type: ignore[attr-defined]


def test_a_range_is_said_end_by_end_and_taken_away(qtbot: QtBot) -> None:
    desk = Desk(example(assessors=False))
    _, detail = in_hand(qtbot, desk)
    value = score(desk).value
    assert detail.sure.text() == "Not said: the draws go five points either way."
    give(detail.low, "10")
    assert (score(desk).low, score(desk).high) == (10, value)
    give(detail.high, "90")
    assert (score(desk).low, score(desk).high) == (10, 90)
    assert detail.sure.text() == "The draws take the score from this range."
    assert detail.slider._band == (10, 90)
    give(detail.low, "")
    assert (score(desk).low, score(desk).high) == (None, None)
    assert detail.slider._band is None


def test_an_end_on_the_wrong_side_of_the_score_is_refused(qtbot: QtBot) -> None:
    desk = Desk(example(assessors=False))
    _, detail = in_hand(qtbot, desk)
    give(detail.low, "99")
    assert detail.low.fault().startswith("This end lies not above the score,")
    give(detail.high, "140")
    assert detail.high.fault().endswith("and on the scale.")
    assert desk.actions == []


def test_keys_on_the_slider_move_the_range(qtbot: QtBot) -> None:
    desk = Desk(example(assessors=False))
    _, detail = in_hand(qtbot, desk)
    detail.slider.range_moved.emit(20, 60)
    detail.slider.range_moved.emit(19, 60)
    assert (score(desk).low, score(desk).high) == (19, 60)
    assert len(desk.actions) == 1


def test_marks_stand_side_by_side_once_scoring_is_closed(qtbot: QtBot) -> None:
    for stage, seen in ((Stage.SEALED, False), (Stage.MODERATING, True), (Stage.REVEALED, True), (Stage.OPEN, True)):
        desk = Desk(people(example(stage), 10, 50, 90, stage=stage))
        _, detail = in_hand(qtbot, desk)
        assert detail.marks.isVisible() is seen, stage
        if seen:
            assert [row[:3] for row in rows(detail.marks)] == [
                ("Post 0", "10", "Reason 0"),
                ("Post 1", "50", "Reason 1"),
                ("Post 2", "90", "Reason 2"),
            ]


def test_how_far_apart_they_lie_is_drawn_and_said(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 40, 60, 90))
    _, detail = in_hand(qtbot, desk)
    assert detail.marks.words.text() == (
        "Four assessors: middle mark 50, half of them within 32 to 68, all within 10 to 90 points. "
        "They lie far apart: ask why before a score is agreed."
    )
    chart = detail.marks.chart.view.chart()
    assert chart is not None
    assert "10 to 90, median 50, far apart" in chart.alt
    assert (
        detail.sure.text()
        == "Not said: the draws go over all marks and at least five points either way, 10 to 90 points."
    )


def measured(now: Appraisal, *marks: float) -> tuple[Appraisal, Criterion]:
    """The assessors' marks on the first option stand on a measure in a unit."""
    criterion = next(one for one in now.criteria if one.measured is Measured.MEASURE)
    option = now.options[0].id
    assessors = tuple(
        replace(one, marks=(Mark(option=option, criterion=criterion.id, value=mark),))
        for one, mark in zip(now.workshop.assessors, marks, strict=True)
    )
    return replace(now, workshop=replace(now.workshop, assessors=assessors)), criterion


def test_marks_of_a_measure_stand_beside_their_points_each_with_its_unit(qtbot: QtBot) -> None:
    now, criterion = measured(people(example(), 10, 50, 90), 0, 20, 40)
    desk = Desk(now)
    part = section(shown(qtbot, desk, "scores"), RecordSection)
    part.grid.take((now.options[0].id, criterion.id))
    part._show_detail()
    marks = part.detail.marks
    titles = [one.title.replace("\n", " ") for one in marks.model.columns]
    assert titles[1] == f"Mark, {criterion.unit}"
    assert titles[2:] == ["Points", "Reason", "The score of record"]
    points = [plain_number(round(points_of(criterion, mark))) for mark in (0, 20, 40)]
    assert [row[1:3] for row in rows(marks)] == list(zip(("0", "20", "40"), points, strict=True))
    part.window().resize(805, 900)  # the width of the page in a window of 1366 by 768
    qtbot.wait(50)
    assert marks.table.horizontalScrollBar().maximum() == 0
    assert marks.words.text().startswith(f"Three assessors: in points, middle {points[1]}, half of them within ")
    assert " points." not in marks.words.text()
    marks._typed("assessor-1", 4, "dissents")
    marks._typed("assessor-1", 5, "Counted last winter")
    found = next(one for one in desk.appraisal.scores if (one.option, one.criterion) == part.grid.cell)
    assert found.dissents == (Dissent(assessor="assessor-1", words="Counted last winter"),)


def test_the_mean_is_filled_in_nowhere(qtbot: QtBot) -> None:
    now = people(example(), 10, 40, 100)
    desk = Desk(replace(now, scores=()))
    _, detail = in_hand(qtbot, desk)
    assert detail.field.text() == ""
    assert detail.slider.value() == 0
    assert all("50" not in " ".join(row) for row in rows(detail.marks))


def test_who_agrees_is_ticked_and_who_does_not_says_why(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 50, 90))
    _, detail = in_hand(qtbot, desk)
    marks = detail.marks
    marks._typed("assessor-0", 3, "agrees")
    assert score(desk).agreed == ("assessor-0",)
    marks._typed("assessor-1", 3, "dissents")
    marks._typed("assessor-1", 4, "The pilot was on dry roads")
    assert score(desk).dissents == (Dissent(assessor="assessor-1", words="The pilot was on dry roads"),)
    assert rows(marks)[1][3:] == ("Does not agree", "The pilot was on dry roads")
    assert marks.chart._title.text() == "What the assessors gave: 1 agree, 1 do not, 1 not asked yet"
    marks._typed("assessor-1", 3, "")
    marks._typed("assessor-0", 3, "")
    assert (score(desk).agreed, score(desk).dissents) == ((), ())


def test_all_agree_at_once_but_who_stands_aside_is_not_asked(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 50, 90, interest=Interest.STANDS_ASIDE, interest_words="Owns shares"))
    _, detail = in_hand(qtbot, desk)
    detail.marks.all_agree.clicked.emit()
    assert score(desk).agreed == ("assessor-1", "assessor-2")
    assert rows(detail.marks)[0][3] == "Stands aside"
    assert not detail.marks.all_agree.isVisible()


def test_wide_scores_are_marked_until_everybody_has_said(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 50, 90))
    part, detail = in_hand(qtbot, desk)
    place = part.grid.cell
    assert place in wide_places(desk.context.view)
    assert part.sign.isVisible()
    detail.marks.all_agree.clicked.emit()
    assert place not in wide_places(desk.context.view)
    revealed = Desk(people(example(), 10, 50, 90, stage=Stage.REVEALED))
    assert wide_places(revealed.context.view) == frozenset()


def test_after_the_reveal_nothing_of_it_can_be_changed(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 50, 90, stage=Stage.REVEALED))
    _, detail = in_hand(qtbot, desk)
    assert not detail.low.isEnabled()
    assert not detail.marks.all_agree.isVisible()
    assert all(not cell.choices and not cell.editable for row in detail.marks.model.rows for cell in row.cells)


def test_why_not_is_asked_where_somebody_does_not_agree_and_takes_no_room_else(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 50, 90))
    _, detail = in_hand(qtbot, desk)
    marks = detail.marks
    assert [one.title for one in marks.model.columns] == ["Assessor", "Mark", "Reason", "The score of record"]
    marks._typed("assessor-1", 3, "dissents")
    assert marks.model.columns[-1].title == "Why not"
    assert [row.cells[4].editable for row in marks.model.rows] == [False, True, False]


def test_a_long_post_has_two_full_lines(qtbot: QtBot) -> None:
    now = people(example(), 10, 50, 90, post="Head of Highways and Drainage, Saltmere Council")
    page, detail = in_hand(qtbot, Desk(now))
    page.resize(1000, 900)
    qtbot.wait(50)
    table = detail.marks.table
    room = 2 * (table.columnWidth(0) - theme.px(60))
    assert base.text_width("Head of Highways and Drainage, Saltmere Council", "body") < room
    assert table.rowHeight(0) > table.rowHeight(1)
