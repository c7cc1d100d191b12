from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Score
from appraise.present.advice import SCORING_STANDS
from appraise.ui import theme
from appraise.ui.pages.scores import FIRST_OPTION, ScoresPage
from appraise.ui.widgets import base
from appraise.ui.widgets.fields import Line


def shown(qtbot: QtBot, desk) -> ScoresPage:
    page = ScoresPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def score(desk, option: str, criterion: str) -> Score | None:
    return next((one for one in desk.appraisal.scores if (one.option, one.criterion) == (option, criterion)), None)


def place(page: ScoresPage, desk, row: int, column: int) -> tuple[str, str]:
    """Puts a cell in hand: criterion and option by number; gives their ids, option first."""
    criterion, option = desk.appraisal.criteria[row].id, desk.appraisal.options[column].id
    page.table.place(criterion, FIRST_OPTION + column)
    return option, criterion


def type_in(qtbot: QtBot, page: ScoresPage, text: str) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    editor = page.table.viewport().findChild(Line)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_typing_a_score_changes_the_total(qtbot, desk):
    page = shown(qtbot, desk)
    before = page._model.rows[-1].cells[FIRST_OPTION].text
    cell = place(page, desk, 0, 0)
    type_in(qtbot, page, "90")
    assert score(desk, *cell).value == 90
    assert page._model.rows[-1].cells[FIRST_OPTION].text != before
    assert desk.actions == ["Score Usual on Fewer homes flooded"]
    desk.undo()
    assert page._model.rows[-1].cells[FIRST_OPTION].text == before


def test_a_score_over_100_is_refused_with_a_sentence(qtbot, desk):
    page = shown(qtbot, desk)
    place(page, desk, 0, 0)
    type_in(qtbot, page, "130")
    assert page.fault.isVisible()
    assert page.fault._title.text() == "A score lies between 0 and 100; 130 does not."
    page.detail.field.line.setText("101")
    page.detail.field.line.returnPressed.emit()
    assert page.detail.field.fault() == "A score lies between 0 and 100; 101 does not."
    assert desk.actions == []


def test_a_score_taken_away_is_to_score(qtbot, desk):
    page = shown(qtbot, desk)
    cell = place(page, desk, 1, 2)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert score(desk, *cell) is None
    assert page._model.rows[page._model.place_of(cell[1])].cells[FIRST_OPTION + 2].text == "to score"
    assert not page.detail.reason.isEnabled()
    assert page.detail.slider._shown(0) == "–"
    assert "One score of 40 still missing." in page.pane._missing.text()
    page.detail.field.line.setText("55")
    page.detail.field.line.returnPressed.emit()
    assert score(desk, *cell).value == 55
    assert page.detail.reason.isEnabled()


def test_the_slider_is_one_step(qtbot, desk):
    page = shown(qtbot, desk)
    cell = place(page, desk, 0, 1)
    before = score(desk, *cell).value
    page.detail.slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.detail.slider, Qt.Key.Key_Right)
    assert score(desk, *cell).value == before + 3
    assert len(desk.actions) == 1
    other = place(page, desk, 0, 2)
    assert page.detail.slider.value() == score(desk, *other).value
    qtbot.keyClick(page.detail.slider, Qt.Key.Key_Right)
    assert len(desk.actions) == 2


def test_reason_and_evidence_are_kept_with_the_score(qtbot, desk):
    page = shown(qtbot, desk)
    cell = place(page, desk, 2, 3)
    page.detail.reason.sheet.setPlainText("Seen in the pilot")
    page.detail.reason.sheet.left.emit()
    page.detail.evidence.sheet.setPlainText("Pilot report, page 4")
    page.detail.evidence.sheet.left.emit()
    found = score(desk, *cell)
    assert (found.reason, found.evidence) == ("Seen in the pilot", "Pilot report, page 4")


def test_anchors_stand_at_both_ends(qtbot, desk):
    page = shown(qtbot, desk)
    place(page, desk, 0, 0)
    criterion = desk.appraisal.criteria[0]
    assert page.detail.slider._shown(20) == "20"
    assert page.detail._worst.text() == f"At 0: {criterion.worst}"
    assert page.detail._best.text() == f"At 100: {criterion.best}"


def test_a_block_is_pasted_whole_or_not_at_all(qtbot, desk):
    page = shown(qtbot, desk)
    QGuiApplication.clipboard().setText("10\t20\n30\t")
    first = place(page, desk, 0, 0)
    page.table.paste()
    assert score(desk, *first).value == 10
    second = (desk.appraisal.options[1].id, desk.appraisal.criteria[1].id)
    assert score(desk, *second) is None
    QGuiApplication.clipboard().setText("10\t200")
    page.table.paste()
    assert "200" in page.fault._title.text()
    assert desk.actions == ["Paste scores"]
    QGuiApplication.clipboard().setText("1\t2\t3\t4\t5\t6")
    page.table.paste()
    assert page.fault._title.text() == "Nothing was pasted: the block does not fit from the cell in hand."


def test_fill_down_skips_the_headings(qtbot, desk):
    page = shown(qtbot, desk)
    first = place(page, desk, 0, 0)
    rows = list(range(page._model.place_of(first[1]), page._model.place_of(desk.appraisal.criteria[2].id) + 1))
    page._filled_down(rows, FIRST_OPTION)
    values = {score(desk, first[0], one.id).value for one in desk.appraisal.criteria[:3]}
    assert values == {score(desk, *first).value}
    assert desk.actions == ["Fill down scores"]


def test_the_sentence_stands_beside_the_totals(qtbot, desk):
    page = shown(qtbot, desk)
    assert page._stands.isVisible()
    assert page._stands.text() == SCORING_STANDS


def test_a_wrong_score_in_the_file_is_said_and_can_be_mended(qtbot, desk_with, desk):
    first, *rest = desk.appraisal.scores
    made = desk_with(scores=(replace(first, value=140.0), *rest))
    page = shown(qtbot, made)
    page.focus_place(first.criterion, first.option)
    assert "140" in page.detail.field.fault()
    column = FIRST_OPTION + [one.id for one in made.appraisal.options].index(first.option)
    assert page._model.rows[page._model.place_of(first.criterion)].cells[column].ink == "problem"
    page.detail.field.line.setText("40")
    page.detail.field.line.returnPressed.emit()
    assert page.detail.field.fault() == ""
    assert page._model.rows[-1].cells[column].text != "–"


def test_without_criteria_the_page_leads_to_them(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    asked = []
    blank_desk.context.place_wanted.connect(lambda step, *_: asked.append(step))
    assert page._empty_card.isVisible()
    page._empty.activated.emit()
    assert asked == [3]


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    page = shown(qtbot, desk)
    nameless = [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []


def test_a_score_of_an_option_that_is_gone_can_be_removed(qtbot, desk_with, desk):
    first, *rest = desk.appraisal.scores
    made = desk_with(scores=(replace(first, option="option-gone"), *rest))
    page = shown(qtbot, made)
    assert page.stray._title.text() == "One score belongs to an option or criterion that does not exist."
    page.stray.activated.emit()
    assert made.appraisal.scores == tuple(rest)
    assert not page.stray.isVisible()


def test_the_grid_starts_at_a_score_and_not_at_a_heading(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.setFocus()
    assert page.table.current_key() in {one.id for one in desk.appraisal.criteria}
    assert page.table.currentIndex().column() >= FIRST_OPTION
    assert not page.detail.field.hasFocus()


def test_names_of_options_stand_whole_in_the_heads(qtbot, desk):
    page = shown(qtbot, desk)
    for number, option in enumerate(desk.appraisal.options):
        words = page._model.columns[FIRST_OPTION + number].title
        assert words == (option.short_name or option.name)
        assert page.table.columnWidth(FIRST_OPTION + number) >= base.text_width(words, "label") + 2 * theme.px(8)
