from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from appraise.ui.pages.criteria import CriteriaPage, yardstick
from appraise.ui.pages.criteria_question import words_of


def shown(qtbot: QtBot, desk) -> CriteriaPage:
    page = CriteriaPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def swing(desk, key: str) -> float:
    return next(one.swing for one in desk.appraisal.criteria if one.id == key)


def of_name(desk, name: str) -> str:
    return next(one.id for one in desk.appraisal.criteria if one.name == name)


def texts(page: CriteriaPage, key: str) -> list[str]:
    return [cell.text for cell in page._model.rows[page._model.place_of(key)].cells]


def test_the_first_question_is_put_beside_the_largest_swing(qtbot, desk):
    page = shown(qtbot, desk)
    assert (
        page.question._question.text() == "If “Fewer homes flooded” is worth 100, what is “Quick storm response” worth?"
    )
    assert page.question.slider.value() == 60
    assert page.question._words.text() == "Over half of the yardstick."


def test_a_drag_is_one_step_and_weights_and_totals_follow_at_every_place(qtbot, desk):
    page = shown(qtbot, desk)
    storm = page._asked
    slider = page.question.slider
    before = desk.context.view.results.options[4].score.total
    order = [row.key for row in page._model.rows]
    seen = []
    slider.dragging.connect(lambda value: seen.append((value, swing(desk, storm))))
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 40))
    qtbot.mouseMove(slider, QPoint(slider.width() * 3 // 4, 40))
    qtbot.mouseMove(slider, QPoint(slider.width() - 14, 40))
    assert [row.key for row in page._model.rows] == order  # nothing jumps under the hand
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 14, 40))
    assert len(seen) >= 2
    assert all(value == stands for value, stands in seen)
    assert desk.actions == ["Change swing of Quick storm response"]
    assert desk.context.view.results.options[4].score.total != before
    assert texts(page, storm)[4] == "100" if swing(desk, storm) == 100 else texts(page, storm)[4] == str(slider.value())
    assert [row.key for row in page._model.rows] != order
    desk.undo()
    assert swing(desk, storm) == 60
    assert slider.value() == 60


def test_keys_move_by_one_and_ten_and_enter_asks_the_next(qtbot, desk):
    page = shown(qtbot, desk)
    first = page._asked
    page.question.slider.setFocus()
    qtbot.keyClick(page.question.slider, Qt.Key.Key_Right)
    qtbot.keyClick(page.question.slider, Qt.Key.Key_PageUp)
    assert swing(desk, first) == 71
    qtbot.keyClick(page.question.slider, Qt.Key.Key_Return)
    assert page._asked != first
    assert page.question.slider.value() == swing(desk, page._asked)
    assert desk.actions == ["Change swing of Quick storm response"]


def test_an_answer_after_the_next_question_is_a_new_step(qtbot, desk):
    page = shown(qtbot, desk)
    first = page._asked
    qtbot.keyClick(page.question.slider, Qt.Key.Key_Right)
    qtbot.keyClick(page.question.slider, Qt.Key.Key_Left)  # back where it was: nothing is released
    qtbot.mouseClick(page.question.later, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.question.slider, Qt.Key.Key_Right)
    qtbot.mouseClick(page.question.back, Qt.MouseButton.LeftButton)
    assert page._asked == first
    assert len(desk.actions) == 2


def test_the_table_chooses_the_question(qtbot, desk):
    page = shown(qtbot, desk)
    jobs = of_name(desk, "Local jobs and skills")
    page.table.place(jobs)
    assert page._asked == jobs
    assert "Local jobs and skills" in page.question._question.text()
    page.table.place(of_name(desk, "Fewer homes flooded"))
    assert not page.question.slider.isEnabled()


def test_another_move_can_become_the_yardstick(qtbot, desk):
    page = shown(qtbot, desk)
    storm = page._asked
    qtbot.mouseClick(page.question.larger, Qt.MouseButton.LeftButton)
    assert swing(desk, storm) == 100
    assert page._yardstick == storm


def test_weights_that_are_all_zero_are_named_and_mended(qtbot, desk_with, desk):
    desk = desk_with(criteria=tuple(replace(one, swing=0.0) for one in desk.appraisal.criteria))
    page = shown(qtbot, desk)
    assert page.wrong.isVisible()
    assert page.wrong._title.text() == "All weights are zero, so no option can score."
    assert not page.question.isVisible()
    page.wrong.activated.emit()
    assert not page.wrong.isVisible()
    assert page.question.isVisible()
    assert yardstick(desk.appraisal.criteria).name == "Fewer homes flooded"


def test_a_swing_outside_0_to_100_is_shown_as_an_error_and_stays_editable(qtbot, desk_with, desk):
    first, *rest = desk.appraisal.criteria
    page = shown(qtbot, made := desk_with(criteria=(replace(first, swing=130.0), *rest)))
    assert page.wrong.isVisible()
    assert page._model.rows[0].cells[0].icon == "problem"
    page.question.slider.setFocus()
    qtbot.keyClick(page.question.slider, Qt.Key.Key_Right)
    assert made.actions


def test_names_headings_and_anchors_are_edited(qtbot, desk):
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
    key, model = desk.appraisal.criteria[0].id, page.editor._model
    for column, text in ((0, "Dry homes"), (1, "branch-place"), (2, "Many floods"), (3, "None")):
        model.apply(model.index(model.place_of(key), column), text)
    one = desk.appraisal.criteria[0]
    assert (one.name, one.branch, one.worst, one.best) == ("Dry homes", "branch-place", "Many floods", "None")
    assert len(desk.actions) == 4


def test_criteria_and_headings_are_added_moved_and_removed(qtbot, desk):
    page = shown(qtbot, desk)
    page._edit(editing=True)
    page.editor._buttons.added.emit()
    assert desk.appraisal.criteria[-1].name == "New criterion"
    new = desk.appraisal.criteria[-1].id
    page.editor.table.place(new)
    page.editor._buttons.moved.emit(-1)
    assert desk.appraisal.criteria[-2].id == new
    page.editor._buttons.removed.emit()
    assert all(one.id != new for one in desk.appraisal.criteria)
    page.editor.branches.place("branch-coast")
    page.editor._branch_buttons.removed.emit()
    assert all(one.branch != "branch-coast" for one in desk.appraisal.criteria)
    page.editor._branch_buttons.added.emit()
    assert desk.appraisal.branches[-1].name == "New heading"


def test_an_empty_document_starts_with_a_criterion_and_its_heading(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    assert page._empty_card.isVisible()
    page._empty.activated.emit()
    assert len(blank_desk.appraisal.criteria) == len(blank_desk.appraisal.branches) == 1
    assert blank_desk.appraisal.criteria[0].branch == blank_desk.appraisal.branches[0].id
    assert len(blank_desk.actions) == 1


def test_findings_lead_to_the_question_or_to_the_words(qtbot, desk):
    page = shown(qtbot, desk)
    jobs = of_name(desk, "Local jobs and skills")
    page.focus_place(jobs, "swing")
    assert page._asked == jobs
    page.focus_place(jobs, "best")
    assert page.editor.isVisible()
    assert (page.editor.table.current_key(), page.editor.table.currentIndex().column()) == (jobs, 3)
    page.focus_place(jobs, "swing")
    assert page.question.isVisible()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "Worth nothing beside"),
        (25, "About a quarter of"),
        (50, "About half of"),
        (71, "Over two thirds of"),
        (100, "Just as much as"),
    ],
)
def test_a_swing_in_words(value, words):
    assert words_of(value) == f"{words} the yardstick"


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    page = shown(qtbot, desk)
    for editing in (False, True):
        page._edit(editing=editing)
        nameless = [
            type(one).__name__
            for one in page.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
        ]
        assert nameless == []


def test_a_criterion_of_a_heading_that_is_gone_is_led_to(qtbot, desk_with, desk):
    first, *rest = desk.appraisal.criteria
    made = desk_with(criteria=(replace(first, branch="branch-gone"), *rest))
    page = shown(qtbot, made)
    page.wrong.activated.emit()
    assert (page.editor.table.current_key(), page.editor.table.currentIndex().column()) == (first.id, 1)
    page.editor._model.apply(page.editor.table.currentIndex(), "branch-coast")
    assert not page.wrong.isVisible()


def test_only_the_question_asked_is_tinted(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(page._order[1])
    page._step(1)
    asked = page._model.place_of(page._asked)
    assert page._asked == page._order[2]
    assert {index.row() for index in page.table.selectedIndexes()} == {asked}
    assert [row.key for row in page._model.rows if row.kind == "open"] == [page._asked]


def test_the_last_answer_leads_on_to_the_scores(qtbot, desk):
    page = shown(qtbot, desk)
    assert page.question.next.text() == "Ask the next"
    page._ask(page._order[-1])
    assert page.question.next.text() == "Done, now score"
    with qtbot.waitSignal(desk.context.place_wanted) as told:
        qtbot.mouseClick(page.question.next, Qt.MouseButton.LeftButton)
    assert told.args[0] == 4


def test_the_last_open_question_is_the_end_wherever_it_lands(qtbot, desk_with, desk):
    last = desk.appraisal.criteria[-1]
    criteria = (*desk.appraisal.criteria[:-1], replace(last, swing=0.0))
    page = shown(qtbot, desk_with(criteria=criteria))
    page._ask(last.id)
    page.question.dragging.emit(99)
    page.question.released.emit(99)
    assert page._order[-1] != last.id
    assert page.question.next.text() == "Done, now score"


def test_weights_still_to_come_are_no_problem(qtbot, desk_with, desk):
    criteria = tuple(replace(one, swing=0.0) for one in desk.appraisal.criteria)
    page = shown(qtbot, desk_with(criteria=criteria))
    assert page.wrong._tone == "attention"
    wrong = (replace(criteria[0], swing=120.0), *desk.appraisal.criteria[1:])
    assert shown(qtbot, desk_with(criteria=wrong)).wrong._tone == "problem"


def test_done_has_a_check_and_the_keyboard_starts_at_something_seen(qtbot, desk, blank_desk):
    page = shown(qtbot, desk)
    page.focus_first()
    assert page.question.slider.hasFocus()
    qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
    assert page.edit._before == "check"
    page.focus_first()
    assert page.editor.table.hasFocus()
    qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
    assert page.edit._before == "pencil"
    empty = shown(qtbot, blank_desk)
    empty.focus_first()
    assert empty._empty.action.hasFocus()


def test_long_anchors_take_a_second_line(qtbot, desk):
    page = shown(qtbot, desk)
    page.resize(760, 800)
    tall = [page.table.rowHeight(row) for row in range(len(page._model.rows))]
    page.resize(2600, 800)
    assert max(tall) > page.table.rowHeight(0)


def test_after_a_removal_a_neighbour_is_in_hand(qtbot, desk):
    page = shown(qtbot, desk)
    page.edit.click()
    editor, ids = page.editor, [one.id for one in desk.appraisal.criteria]
    editor.table.place(ids[1])
    editor._buttons.removed.emit()
    assert editor.table.current_key() == ids[2]
    editor.table.place(ids[-1])
    editor._buttons.removed.emit()
    assert editor.table.current_key() == ids[-2]
    assert [one.id for one in desk.appraisal.criteria] == [ids[0], *ids[2:-1]]
