"""Step 4 as a page: its sections, the grid of scores of record, what is closed, and what stays hidden."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Gate, GateOutcome, Measured, Outcome, Score
from appraise.model.appraisal.workshop import HIDDEN, Stage, Step
from appraise.model.finding import Finding
from appraise.present.scoring_words import SCORING_STANDS
from appraise.ui import theme
from appraise.ui.pages.scores import SECTIONS, ScoresPage, first_section
from appraise.ui.pages.scores_assessors import AssessorsSection
from appraise.ui.pages.scores_grid import ScoreGrid
from appraise.ui.pages.scores_long_list import LongListSection
from appraise.ui.pages.scores_record import RecordSection
from appraise.ui.widgets import base
from appraise.ui.widgets.fields import Line

from .conftest import Desk
from .scores_driving import direct, example, nameless, people, section, shown, with_levels


def opened() -> Desk:
    """The worked example without a workshop: everything can be changed."""
    return Desk(example(assessors=False))


def at_scores(qtbot: QtBot, desk: Desk) -> tuple[ScoresPage, RecordSection]:
    page = shown(qtbot, desk, "scores")
    return page, section(page, RecordSection)


def score(desk: Desk, place: tuple[str, str]) -> Score | None:
    return next((one for one in desk.appraisal.scores if (one.option, one.criterion) == place), None)


def put(part: RecordSection, desk: Desk, criterion: str, option: int) -> tuple[str, str]:
    """Puts a cell in hand; gives its ids, option first."""
    place = (desk.appraisal.options[option].id, criterion)
    part.grid.table.place(criterion, part.grid.first + option)
    assert part.grid.cell == place
    return place


def type_in(qtbot: QtBot, grid: ScoreGrid, text: str) -> None:
    qtbot.keyClick(grid.table, Qt.Key.Key_F2)
    editor = grid.table.viewport().findChild(Line)
    assert isinstance(editor, Line)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def totals(grid: ScoreGrid) -> list[str]:
    row = grid.model.rows[-1]
    assert row.key == "totals"
    return [cell.text for cell in row.cells[grid.first :]]


def test_typing_a_score_changes_the_total(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    criterion = direct(desk.appraisal)
    before = totals(part.grid)
    place = put(part, desk, criterion.id, 1)
    type_in(qtbot, part.grid, "95")
    found = score(desk, place)
    assert found is not None
    assert found.value == 95
    assert totals(part.grid)[1] != before[1]
    assert totals(part.grid)[2:] == before[2:]
    assert desk.actions == [f"Score {desk.appraisal.options[1].short_name} on {criterion.name}"]
    desk.undo()
    assert totals(part.grid) == before


def test_a_score_over_100_is_refused_with_a_sentence(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    put(part, desk, direct(desk.appraisal).id, 0)
    type_in(qtbot, part.grid, "130")
    assert part.grid.fault.isVisible()
    assert part.grid.fault._title.text() == "A score lies between 0 and 100; 130 does not."
    part.detail.field.line.setText("101")
    part.detail.field.line.returnPressed.emit()
    assert part.detail.field.fault() == "A score lies between 0 and 100; 101 does not."
    assert desk.actions == []


def test_a_measure_is_typed_in_its_unit_and_worth_points(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    criterion = next(one for one in desk.appraisal.criteria if one.measured is Measured.MEASURE)
    place = put(part, desk, criterion.id, 1)
    worst = next(one for one in criterion.points if one.value == 0)
    type_in(qtbot, part.grid, str(worst.measure))
    found = score(desk, place)
    assert found is not None
    assert found.value == worst.measure
    put(part, desk, criterion.id, 1)
    assert part.detail.worth.text().endswith("worth 0 points of 100")
    assert not part.detail.slider.isVisible()
    assert criterion.unit.lower() in part.detail.field.line.accessibleName().lower()


def test_levels_are_chosen_in_words_and_typed_only_as_levels(qtbot: QtBot) -> None:
    base_document = example(assessors=False)
    desk = Desk(with_levels(base_document, direct(base_document).id))
    _, part = at_scores(qtbot, desk)
    criterion = next(one for one in desk.appraisal.criteria if one.id == direct(base_document).id)
    place = put(part, desk, criterion.id, 2)
    assert part.detail.levels.isVisible()
    assert not part.detail.field.isVisible()
    assert [part.detail.levels.itemText(row) for row in range(part.detail.levels.count())] == [
        "Not scored yet",
        "0: Never",
        "25: Rarely",
        "50: Half of the time",
        "75: Mostly",
        "100: Always",
    ]
    part.detail.levels.chosen.emit("75")
    found = score(desk, place)
    assert found is not None
    assert found.value == 75
    part.grid.table.place(criterion.id, part.grid.first)
    QGuiApplication.clipboard().setText("60")
    part.grid.table.paste()
    assert "This criterion has levels: 0, 25, 50, 75, 100. 60 is none of them." in part.grid.fault._title.text()
    part.detail.levels.chosen.emit("")
    assert score(desk, (desk.appraisal.options[0].id, criterion.id)) is None


def test_a_score_taken_away_is_to_score(qtbot: QtBot) -> None:
    desk = opened()
    page, part = at_scores(qtbot, desk)
    place = put(part, desk, direct(desk.appraisal).id, 2)
    qtbot.keyClick(part.grid.table, Qt.Key.Key_Delete)
    assert score(desk, place) is None
    row = part.grid.model.rows[part.grid.model.place_of(place[1])]
    assert row.cells[part.grid.first + 2].text == "to score"
    assert not part.detail.reason.isEnabled()
    assert part.detail.slider._shown(0) == "–"
    assert "One score of 40 still missing." in page.pane.missing.text()
    part.detail.field.line.setText("55")
    part.detail.field.line.returnPressed.emit()
    found = score(desk, place)
    assert found is not None
    assert found.value == 55
    assert part.detail.reason.isEnabled()


def test_the_slider_is_one_step(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    place = put(part, desk, direct(desk.appraisal).id, 1)
    before = score(desk, place)
    assert before is not None
    part.detail.slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(part.detail.slider, Qt.Key.Key_Right)
    after = score(desk, place)
    assert after is not None
    assert after.value == before.value + 3
    assert len(desk.actions) == 1
    put(part, desk, place[1], 2)
    qtbot.keyClick(part.detail.slider, Qt.Key.Key_Right)
    assert len(desk.actions) == 2


def test_reason_and_evidence_are_kept_with_the_score(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    place = put(part, desk, direct(desk.appraisal).id, 3)
    part.detail.reason.sheet.setPlainText("Seen in the pilot")
    part.detail.reason.sheet.left.emit()
    part.detail.evidence.sheet.setPlainText("Pilot report, page 4")
    part.detail.evidence.sheet.left.emit()
    found = score(desk, place)
    assert found is not None
    assert (found.reason, found.evidence) == ("Seen in the pilot", "Pilot report, page 4")


def test_anchors_stand_at_both_ends(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    criterion = direct(desk.appraisal)
    put(part, desk, criterion.id, 0)
    assert part.detail.slider._shown(20) == "20"
    assert part.detail.worst.text() == f"At 0: {criterion.worst}"
    assert part.detail.best.text() == f"At 100: {criterion.best}"


def test_a_block_is_pasted_whole_or_not_at_all(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    names = [one.id for one in desk.appraisal.criteria if one.measured is Measured.DIRECT]
    keys = [one.id for one in desk.appraisal.criteria]
    first = next(one for one, after in pairwise(keys) if one in names and after in names)
    second = keys[keys.index(first) + 1]
    QGuiApplication.clipboard().setText("10\t20\n30\t")
    place = put(part, desk, first, 0)
    part.grid.table.paste()
    found = score(desk, place)
    assert found is not None
    assert found.value == 10
    assert score(desk, (desk.appraisal.options[1].id, second)) is None
    QGuiApplication.clipboard().setText("10\t200")
    part.grid.table.paste()
    assert "200" in part.grid.fault._title.text()
    assert desk.actions == ["Paste scores"]
    QGuiApplication.clipboard().setText("1\t2\t3\t4\t5\t6")
    part.grid.table.paste()
    assert part.grid.fault._title.text() == "Nothing was pasted: the block does not fit from the cell in hand."


def test_fill_down_skips_the_headings_and_stops_at_another_scale(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    first, second, third = (one.id for one in desk.appraisal.criteria[1:4])
    assert [one.measured for one in desk.appraisal.criteria[1:4]] == [
        Measured.DIRECT,
        Measured.DIRECT,
        Measured.MEASURE,
    ]
    option = desk.appraisal.options[0].id
    top = score(desk, (option, first))
    assert top is not None
    rows = range(part.grid.model.place_of(first), part.grid.model.place_of(second) + 1)
    assert len(rows) == 3, "a heading stands between them"
    part.grid._filled_down(list(rows), part.grid.first)
    below = score(desk, (option, second))
    assert below is not None
    assert below.value == top.value
    assert desk.actions == ["Fill down scores"]
    rows = range(part.grid.model.place_of(first), part.grid.model.place_of(third) + 1)
    part.grid._filled_down(list(rows), part.grid.first)
    assert part.grid.fault._title.text() == "Nothing was filled down: these criteria have different scales."
    assert desk.actions == ["Fill down scores"]


def test_the_sentence_stands_beside_the_totals_and_goes_with_them(qtbot: QtBot) -> None:
    desk = opened()
    page, part = at_scores(qtbot, desk)
    assert part.stands.isVisible()
    assert part.stands.text() == SCORING_STANDS
    assert page.pane.stands.text() == SCORING_STANDS
    desk.context.seal(Step.START)
    assert not part.stands.isVisible()
    assert part.grid.model.rows[-1].key != "totals"


@pytest.mark.parametrize("stage", sorted(HIDDEN))
def test_no_total_and_no_weight_stand_anywhere_while_they_are_hidden(qtbot: QtBot, stage: Stage) -> None:
    desk = Desk(example(stage))
    revealed = Desk(example(Stage.REVEALED))
    assert revealed.context.view.results is not None
    told = {f"{one.score.total:.0f}" for one in revealed.context.view.results.options if one.score is not None}
    assert told
    page = shown(qtbot, desk)
    for key in SECTIONS:
        page.turn_to(key)
        grids = [part.grid for part in (page.section,) if isinstance(part, (RecordSection, LongListSection))]
        assert all(row.key != "totals" for grid in grids for row in grid.model.rows)
        assert all(column.title != "Weight" for grid in grids for column in grid.model.columns)
        words = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
        assert not [one for one in words if "Kendall’s W is" in one and "order of options" in one]
        assert page.pane.hidden.isVisibleTo(page.pane)
        assert not page.pane._scores.isVisibleTo(page.pane)


def test_what_is_closed_can_be_read_and_not_changed(qtbot: QtBot) -> None:
    desk = Desk(example(Stage.REVEALED))
    _, part = at_scores(qtbot, desk)
    put(part, desk, direct(desk.appraisal).id, 1)
    assert part.closed.isVisible()
    assert part.closed._text.text() == "Totals are revealed; unlock the scores with a reason to change them."
    assert not part.detail.field.isEnabled()
    assert not part.detail.reason.isEnabled()
    assert part.detail.reason.text() != ""
    qtbot.keyClick(part.grid.table, Qt.Key.Key_Delete)
    QGuiApplication.clipboard().setText("10")
    part.grid.table.paste()
    assert part.grid.fault._title.text().startswith("Nothing was pasted. Totals are revealed;")
    assert desk.actions == []
    assert desk.told == []
    desk.context.seal(Step.UNLOCK, "A figure was misread")
    assert not part.closed.isVisible()
    assert part.detail.field.isEnabled()


def test_a_wrong_score_in_the_file_is_said_and_can_be_mended(qtbot: QtBot) -> None:
    now = example(assessors=False)
    criterion = direct(now).id
    wrong = next(one for one in now.scores if one.criterion == criterion)
    made = Desk(replace(now, scores=tuple(replace(one, value=140.0) if one is wrong else one for one in now.scores)))
    page, part = at_scores(qtbot, made)
    page.focus_place(criterion, wrong.option)
    assert "140" in part.detail.field.fault()
    column = part.grid.first + [one.id for one in made.appraisal.options].index(wrong.option)
    assert part.grid.model.rows[part.grid.model.place_of(criterion)].cells[column].ink == "problem"
    part.detail.field.line.setText("40")
    part.detail.field.line.returnPressed.emit()
    assert part.detail.field.fault() == ""
    assert totals(part.grid)[column - part.grid.first] != "–"


def test_without_criteria_the_page_leads_to_them(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    asked: list[int] = []
    blank_desk.context.place_wanted.connect(lambda step, *_: asked.append(step))
    part = section(page, RecordSection)
    assert part.empty.isVisible()
    assert not part.grid.isVisible()
    part.empty.state.activated.emit()
    assert asked == [3]


@pytest.mark.parametrize("key", SECTIONS)
@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.SEALED, Stage.MODERATING])
def test_everything_that_takes_the_keyboard_has_a_name(qtbot: QtBot, key: str, stage: Stage) -> None:
    page = shown(qtbot, Desk(example(stage)), key)
    assert nameless(page) == []


def test_a_score_of_an_option_that_is_gone_can_be_removed(qtbot: QtBot) -> None:
    now = example(assessors=False)
    first, *rest = now.scores
    made = Desk(replace(now, scores=(replace(first, option="option-gone"), *rest)))
    page = shown(qtbot, made)
    assert page.stray._title.text() == "One score or mark belongs to something that does not exist."
    page.stray.activated.emit()
    assert made.appraisal.scores == tuple(rest)
    assert not page.stray.isVisible()


def test_the_grid_starts_at_a_score_and_not_at_a_heading(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    part.focus_first()
    assert part.grid.table.current_key() in {one.id for one in desk.appraisal.criteria}
    assert part.grid.table.currentIndex().column() >= part.grid.first
    assert not part.detail.field.hasFocus()


def test_names_of_options_stand_whole_in_the_heads(qtbot: QtBot) -> None:
    desk = opened()
    _, part = at_scores(qtbot, desk)
    for number, option in enumerate(desk.appraisal.options):
        words = part.grid.model.columns[part.grid.first + number].title
        assert words == (option.short_name or option.name)
        width = part.grid.table.columnWidth(part.grid.first + number)
        assert width >= base.text_width(words, "label") + 2 * theme.px(8)


def test_who_fails_a_gate_is_named_with_the_way_to_the_gates(qtbot: QtBot) -> None:
    now = example(assessors=False)
    option = now.options[1]
    gate = Gate(
        id="gate-1",
        name="Lawful",
        outcomes=(GateOutcome(option=option.id, outcome=Outcome.FAIL, reason="No power to trade"),),
    )
    desk = Desk(replace(now, gates=(gate,)))
    _, part = at_scores(qtbot, desk)
    asked: list[tuple[int, str]] = []
    desk.context.place_wanted.connect(lambda step, record, _field: asked.append((step, record)))
    assert "No power to trade" in part.gates._text.text()
    assert totals(part.grid)[1].endswith("out")
    part.gates.activated.emit()
    assert asked == [(3, "gate-1")]


def test_a_finding_opens_its_section(qtbot: QtBot) -> None:
    desk = Desk(example(Stage.MODERATING))
    page = shown(qtbot, desk)
    assessor, choice = desk.appraisal.workshop.assessors[1].id, desk.appraisal.choices[0].id
    page.focus_place(assessor, "interest")
    assert section(page, AssessorsSection).assessors.chosen == assessor
    page.focus_place(choice, "")
    assert section(page, LongListSection).grid.cell[0] == choice
    page.focus_place(desk.appraisal.criteria[2].id, desk.appraisal.options[3].id)
    assert section(page, RecordSection).grid.cell == (desk.appraisal.options[3].id, desk.appraisal.criteria[2].id)
    page.focus_place("", "agreement")
    assert page.switch.current() == "agreement"


def test_every_finding_of_step_4_leads_somewhere(qtbot: QtBot) -> None:
    now = people(example(Stage.MODERATING), 10, 90)
    desk = Desk(replace(now, scores=now.scores[3:]))
    page = shown(qtbot, desk)
    found: list[Finding] = [one for one in desk.context.view.findings if one.step == 4]
    assert found
    for one in found:
        page.focus_place(one.record, one.field)
        here = page.window().focusWidget()
        assert here is not None
        assert page.isAncestorOf(here)


def test_a_document_begins_where_its_work_is() -> None:
    assert first_section(example(Stage.SEALED)) == "assessors"
    assert first_section(example(Stage.MODERATING)) == "scores"
    assert first_section(example()) == "scores"


def test_the_pane_leads_to_the_parts_and_counts_them(qtbot: QtBot) -> None:
    desk = Desk(people(example(Stage.SEALED, scores=False), 10, 90, stage=Stage.SEALED))
    page = shown(qtbot, desk, "scores")
    rows = {row.key: row.words for row in page.pane.progress.rows}
    assert rows["alone"] == "2 begun, 0 whole"
    assert rows["scores"] == "0 of 40"
    assert rows["agreement"] == "waits"
    page.pane.progress.chosen.emit("assessors")
    assert page.switch.current() == "assessors"


def test_the_pane_says_that_totals_are_calculated_and_leads_to_the_results(qtbot: QtBot) -> None:
    desk = Desk(example())
    page = shown(qtbot, desk, "scores")
    asked: list[tuple[int, str, str]] = []
    desk.context.place_wanted.connect(lambda *place: asked.append(place))
    whole = desk.context.view
    assert page.pane.results.isVisibleTo(page.pane)
    page.pane.results.clicked.emit()
    assert asked == [(8, "", "scores")]
    desk.context.show(replace(whole, results=None, stale=True))
    assert page.pane._scores._nothing.text() == "Totals are being calculated."
    assert not page.pane.results.isVisibleTo(page.pane)
    nothing = replace(whole.appraisal, scores=())
    desk.context.show(replace(whole, appraisal=nothing, results=None, stale=True))
    assert page.pane._scores._nothing.text() == "Totals appear once there are options, weights and scores."
    desk.context.show(whole)
    assert page.pane.results.isVisibleTo(page.pane)


def test_where_there_is_little_height_the_stages_scroll_with_the_section(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(example(Stage.MODERATING)), "scores")
    scroller = page._frame.scroller
    assert scroller is not None
    assert not scroller.isAncestorOf(page.bar)
    page.resize(900, 500)
    assert scroller.isAncestorOf(page.bar)
    assert page._frame.body.indexOf(page.bar) == 0
    assert not scroller.isAncestorOf(page.switch), "the switch stays in sight"
    assert page.bar.buttons.isVisible()
    assert not scroller.isAncestorOf(page.bar.buttons)
    page.resize(900, 900)
    assert not scroller.isAncestorOf(page.bar)
    page._frame.layout().activate()
    assert page.bar.y() < page.switch.mapTo(page, page.switch.rect().topLeft()).y()


def test_where_it_is_narrow_the_buttons_of_the_workshop_stand_beside_the_stages(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(example(Stage.MODERATING)), "scores")
    assert not page.bar.isAncestorOf(page.bar.buttons)
    page.resize(640, 900)
    assert page.bar.isAncestorOf(page.bar.buttons)
    page.resize(900, 900)
    assert not page.bar.isAncestorOf(page.bar.buttons)


def test_keys_go_from_section_to_section(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(example(Stage.MODERATING)), "scores")
    for expected in ("agreement", "long_list", "assessors", "alone", "scores"):
        page._step(1)
        assert page.switch.current() == expected
        here = page.window().focusWidget()
        assert here is not None
        assert page.isAncestorOf(here)
