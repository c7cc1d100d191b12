from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from appraise.model.appraisal.criteria import Answers, Asking
from appraise.model.appraisal.workshop import Stage, Step
from appraise.model.edits import criteria as edits
from appraise.model.scoring import rank_order_centroid, weights
from appraise.model.sealing import not_ready
from appraise.ui.pages import criteria_moves as moves
from appraise.ui.pages.criteria_question import parse_points, range_words, words_of
from appraise.ui.pages.criteria_weights import WeightsSection
from tests.ui.pages.conftest import Desk
from tests.ui.pages.criteria_desks import BARE, at_stage, criterion, shown

SEALING = replace(BARE.workshop, stage=Stage.AGREED)
STORM, HOMES, JOBS = "criterion-storm", "criterion-homes", "criterion-jobs"


def opened(qtbot, **fields: object) -> tuple[Desk, WeightsSection]:
    desk = at_stage(Stage.OPEN, **fields)
    return desk, shown(qtbot, desk, "weights").weights


def unanswered() -> tuple:
    return tuple(
        replace(one, swing=0.0, rank=0, swing_low=None, swing_high=None, swing_reason="") for one in BARE.criteria
    )


def weighting(**fields: object):
    return replace(BARE.weighting, **fields)


# --- one question at a time ---


def test_the_first_question_is_put_beside_the_largest_swing(qtbot):
    _, part = opened(qtbot)
    assert (
        part.question._question.text()
        == "If “Fewer homes flooded” is worth 100, what is “Dangerous defects made safe” worth?"
    )
    assert part.question._number.text() == "Question 2 of 8"
    assert part.question.slider.value() == 70
    assert part.question._words.text() == "Over two thirds of the yardstick."


def test_the_first_question_is_the_largest_move_still_to_ask(qtbot):
    ranked = edits.set_ranks(BARE, order=[HOMES, "criterion-defects", JOBS, STORM])
    open_ones = tuple(
        replace(one, swing=0.0, swing_reason="") if one.id in (STORM, JOBS) else one for one in ranked.criteria
    )
    _, part = opened(qtbot, criteria=open_ones)
    assert part.asked == JOBS  # ranked third, before the storm


def test_a_drag_is_one_step_and_weights_and_totals_follow_at_every_place(qtbot):
    desk, part = opened(qtbot)
    part.ask(STORM)
    slider = part.question.slider
    part.question.low.setFocus()  # not on the slider: its focus would scroll
    before = desk.context.view.results.options[4].score.total
    order = [row.key for row in part.moves.model.rows]
    seen = []
    slider.dragging.connect(lambda value: seen.append((value, criterion(desk, STORM).swing)))
    start = QPoint(round(slider._x(slider.value())), 40)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, QPoint(slider.width() * 3 // 4, 40))
    qtbot.mouseMove(slider, QPoint(slider.width() - 14, 40))
    assert [row.key for row in part.moves.model.rows] == order  # nothing jumps under the hand
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 14, 40))
    assert len(seen) >= 2
    assert all(value == stands for value, stands in seen)
    assert desk.actions == ["Change swing of Quick storm response"]
    assert desk.context.view.results.options[4].score.total != before
    assert [row.key for row in part.moves.model.rows] != order
    desk.undo()
    assert criterion(desk, STORM).swing == 60
    assert slider.value() == 60


def test_keys_move_by_one_and_ten_and_enter_asks_the_next(qtbot):
    desk, part = opened(qtbot)
    first = part.asked
    part.question.slider.setFocus()
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Right)
    qtbot.keyClick(part.question.slider, Qt.Key.Key_PageUp)
    assert criterion(desk, first).swing == 81
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Return)
    assert part.asked != first
    assert part.question.slider.value() == criterion(desk, part.asked).swing
    assert desk.actions == ["Change swing of Dangerous defects made safe"]


def test_alt_left_goes_back_and_a_new_question_is_a_new_step(qtbot):
    desk, part = opened(qtbot)
    first = part.asked
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Right)
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Left)  # back where it was: nothing is released
    qtbot.mouseClick(part.question.later, Qt.MouseButton.LeftButton)
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Right)
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert part.asked == first
    assert len(desk.actions) == 2


def test_the_table_chooses_the_question(qtbot):
    _, part = opened(qtbot)
    part.moves.table.place(JOBS)
    assert part.asked == JOBS
    part.moves.table.place(HOMES)
    assert not part.question.slider.isEnabled()
    assert [row.key for row in part.moves.model.rows if row.kind == "open"] == [HOMES]


def test_the_worth_is_typed_too(qtbot):
    desk, part = opened(qtbot)
    part.ask(JOBS)
    part.question.worth.parsed.emit(33.0)
    assert criterion(desk, JOBS).swing == 33
    assert part.question.slider.value() == 33


def test_another_move_can_become_the_yardstick(qtbot):
    desk, part = opened(qtbot)
    part.ask(STORM)
    qtbot.mouseClick(part.question.larger, Qt.MouseButton.LeftButton)
    assert criterion(desk, STORM).swing == 100
    assert part._yardsticks["together"] == STORM


def test_the_last_answer_leads_on_to_the_cross_checks(qtbot):
    desk = at_stage(Stage.OPEN)
    page = shown(qtbot, desk, "weights")
    part = page.weights
    assert part.question.next.text() == "Save and ask the next"
    part.ask(part._order[-1])
    assert part.question.next.text() == "Done, cross-check them"
    qtbot.mouseClick(part.question.next, Qt.MouseButton.LeftButton)
    assert page.switch.current() == "checks"


def test_the_last_open_question_is_the_end_wherever_it_lands(qtbot):
    last = BARE.criteria[-1]
    _, part = opened(qtbot, criteria=(*BARE.criteria[:-1], replace(last, swing=0.0, swing_reason="")))
    part.ask(last.id)
    part.question.dragging.emit(99)
    part.question.released.emit(99)
    assert part._order[-1] != last.id
    assert part.question.is_last


def test_the_reason_stands_with_its_criterion(qtbot):
    desk, part = opened(qtbot)
    part.ask(JOBS)
    part.question.reason.committed.emit("Two schools asked for places.")
    assert criterion(desk, JOBS).swing_reason == "Two schools asked for places."


def test_enter_in_the_worth_asks_the_next_only_once_it_is_read(qtbot):
    desk, part = opened(qtbot)
    first, line = part.asked, part.question.worth.line
    line.setFocus()
    line.setText("130")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert part.asked == first
    assert part.question.worth.fault()
    line.setText("55")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert criterion(desk, first).swing == 55
    assert part.asked != first


def test_enter_at_an_end_of_the_range_stays_with_the_question(qtbot):
    desk, part = opened(qtbot)
    first, line = part.asked, part.question.low.line
    line.setFocus()
    line.setText("41")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert criterion(desk, first).swing_low == 41
    assert part.asked == first


# --- ranges ---


def test_the_usual_range_is_said_where_nobody_gave_one(qtbot):
    plain = tuple(replace(one, swing_low=None, swing_high=None) for one in BARE.criteria)
    desk, part = opened(qtbot, criteria=plain, weighting=weighting(doubt=10.0))
    part.ask(STORM)
    assert part.question._range_words.text() == "Unsure? The range 50 to 70 is used."
    assert part.question.slider.band() == (50, 70)
    assert criterion(desk, STORM).swing_low is None  # shown, and not written


def test_shift_and_an_arrow_moves_an_end_of_the_range(qtbot):
    plain = tuple(replace(one, swing_low=None, swing_high=None) for one in BARE.criteria)
    desk, part = opened(qtbot, criteria=plain, weighting=weighting(doubt=10.0))
    part.ask(STORM)
    slider = part.question.slider
    qtbot.keyClick(slider, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(slider, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    one = criterion(desk, STORM)
    assert (one.swing_low, one.swing, one.swing_high) == (49, 60, 71)
    assert part.question._range_words.text() == "The range 49 to 71 is used, as you said."
    assert desk.actions == ["Change the range of Quick storm response"]


def test_an_end_of_the_range_is_dragged_but_never_over_the_answer(qtbot):
    desk, part = opened(qtbot)
    part.ask(STORM)
    slider = part.question.slider
    low = criterion(desk, STORM).swing_low
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider._x(low)), 40))
    qtbot.mouseMove(slider, QPoint(slider.width() - 14, 40))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 14, 40))
    one = criterion(desk, STORM)
    assert (one.swing_low, one.swing) == (60, 60)


def test_a_range_is_typed_and_taken_away(qtbot):
    desk, part = opened(qtbot)
    part.ask(STORM)
    part.question.low.parsed.emit(40.0)
    assert criterion(desk, STORM).swing_low == 40
    part.question.low.parsed.emit(70.0)  # above the answer of 60
    assert part.question.low.fault() == "The range must hold the answer, 60."
    assert criterion(desk, STORM).swing_low == 40
    part.question.high.parsed.emit(None)
    one = criterion(desk, STORM)
    assert (one.swing_low, one.swing_high) == (None, None)


def test_an_answer_outside_its_range_widens_it():
    move = next(one for one in moves.rounds(BARE)[0].moves if one.id == STORM)
    new = moves.with_swing(BARE, move, 90.0)
    one = next(one for one in new.criteria if one.id == STORM)
    assert (one.swing, one.swing_low, one.swing_high) == (90, move.low, 90)


def test_the_yardstick_and_what_is_worth_nothing_have_no_range():
    best = moves.yardstick(moves.rounds(BARE)[0].moves)
    assert best is not None
    assert moves.used_range(best, 10, held=True) == (100, 100)
    nothing = replace(best, swing=0.0)
    assert moves.used_range(nothing, 10, held=False) == (0, 0)
    assert range_words(nothing, 10) == "What is worth nothing has no range."
    unasked = replace(nothing, reasoned=False)
    assert range_words(unasked, 10) == "Unsure? Answer roughly; a range around the answer is used."


def agreed(qtbot) -> tuple[Desk, WeightsSection]:
    """The storm response in hand: 60, with an agreed range from 45 to 75."""
    ranged = tuple(replace(one, swing_low=45.0, swing_high=75.0) if one.id == STORM else one for one in BARE.criteria)
    desk, part = opened(qtbot, criteria=ranged)
    part.ask(STORM)
    return desk, part


def ends(desk: Desk) -> tuple[float | None, float, float | None]:
    one = criterion(desk, STORM)
    return one.swing_low, one.swing, one.swing_high


def test_an_agreed_range_comes_back_with_the_answer(qtbot):
    desk, part = agreed(qtbot)
    slider = part.question.slider
    slider.setFocus()
    for _ in range(5):
        qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert ends(desk) == (10, 10, 75)
    assert part.question._range_words.text() == "The range 10 to 75 is used, widened to hold 10."
    for _ in range(5):
        qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert ends(desk) == (45, 60, 75)
    assert part.question._range_words.text() == "The range 45 to 75 is used, as you said."


def test_a_typed_answer_widens_the_range_and_a_later_one_restores_it(qtbot):
    desk, part = agreed(qtbot)
    part.question.worth.parsed.emit(20.0)
    assert ends(desk) == (20, 20, 75)
    assert part.question._range_words.text() == "The range 20 to 75 is used, widened to hold 20."
    part.question.worth.parsed.emit(90.0)
    assert ends(desk) == (45, 90, 90)
    desk.undo()
    assert part.question._range_words.text() == "The range 20 to 75 is used, widened to hold 20."
    part.question.worth.parsed.emit(50.0)
    assert ends(desk) == (45, 50, 75)


def test_a_widened_range_that_is_said_again_is_kept(qtbot):
    desk, part = agreed(qtbot)
    part.question.worth.parsed.emit(20.0)
    part.question.range_typed.emit(20.0, 75.0)
    part.question.worth.parsed.emit(60.0)
    assert ends(desk) == (20, 60, 75)


# --- worth nothing ---


def figure(part: WeightsSection, key: str):
    return next(row.cells[4] for row in part.moves.model.rows if row.key == key)


def test_worth_nothing_is_an_answer_once_a_reason_stands(qtbot):
    desk, part = opened(qtbot, criteria=tuple(replace(one, swing_reason="") for one in BARE.criteria))
    part.ask(STORM)
    part.question.worth.parsed.emit(0.0)
    assert part.question.worth.line.text() == "0"
    assert part.question._words.text() == "Worth nothing: say why."
    assert part.question._range_words.text() == "It counts as not asked until a reason stands."
    assert (figure(part, STORM).text, figure(part, STORM).said()) == ("say why", "worth nothing: say why")
    ready = not_ready(replace(desk.appraisal, workshop=SEALING), Step.SEAL)
    wanted = []
    part.wanted.connect(wanted.append)
    part.question.slider.setFocus()
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Return)
    assert (part.asked, wanted) == (STORM, [])
    assert part.question.reason.line.hasFocus()
    part.question.reason.committed.emit("Every option clears drains within a day.")
    assert part.question._words.text() == "Worth nothing beside the yardstick."
    assert figure(part, STORM).text == "0"
    assert ready.startswith("1 of 8 swings are not answered")
    assert not_ready(replace(desk.appraisal, workshop=SEALING), Step.SEAL) == ""
    qtbot.keyClick(part.question.slider, Qt.Key.Key_Return)
    assert wanted == ["checks"]  # the smallest is the last


def test_what_nobody_asked_is_not_called_worth_nothing(qtbot):
    asked = next(one for one in unanswered() if one.id == STORM)
    criteria = tuple(asked if one.id == STORM else one for one in BARE.criteria)
    desk, part = opened(qtbot, criteria=criteria)
    part.ask(STORM)
    assert part.question._words.text() == "Not asked yet."
    assert part.question.worth.line.text() == ""
    assert figure(part, STORM).text == "to ask"
    part.question.worth.parsed.emit(0.0)  # the document is as it was, and somebody has said so
    assert desk.actions == []
    assert part.question._words.text().startswith("Worth nothing: say why.")


def test_a_branch_is_never_worth_nothing_by_itself(qtbot):
    criteria = tuple(replace(one, swing_reason="Said.") for one in BARE.criteria)
    branches = tuple(replace(one, swing=swing) for one, swing in zip(BARE.branches, (100, 60, 40, 20), strict=True))
    by_branch = weighting(asking=Asking.BY_BRANCH)
    _, part = opened(qtbot, criteria=criteria, branches=branches, weighting=by_branch)
    part._turn_round("across")
    part.ask("branch-coast")
    part.question.worth.parsed.emit(0.0)
    assert part.question._words.text() == "A branch has no answer of 0."
    assert part.question._range_words.text() == "Give its criteria 0 instead."
    assert figure(part, "branch-coast").text == "to ask"


def test_what_is_worth_nothing_has_no_range_and_gets_it_back(qtbot):
    desk, part = agreed(qtbot)
    part.question.worth.parsed.emit(0.0)
    assert ends(desk) == (None, 0, None)
    assert part.question.low.line.text() == part.question.high.line.text() == ""
    assert not part.question.low.isEnabled()
    part.question.ranged.emit(0, 10)
    assert ends(desk) == (None, 0, None)
    part.question.worth.parsed.emit(60.0)
    assert ends(desk) == (45, 60, 75)
    assert part.question.low.isEnabled()


def test_points_outside_0_to_100_are_refused():
    assert parse_points("62.5") == 62.5
    with pytest.raises(ValueError, match="not from 0 to 100"):
        parse_points("130")


def test_the_doubt_that_is_taken_is_typed_and_shown(qtbot):
    plain = tuple(replace(one, swing_low=None, swing_high=None) for one in BARE.criteria)
    desk, part = opened(qtbot, criteria=plain)
    part.ask(STORM)
    part.doubts.fields["doubt"].parsed.emit(20.0)
    assert desk.appraisal.weighting.doubt == 20
    assert part.question._range_words.text() == "Unsure? The range 40 to 80 is used."


@pytest.mark.parametrize(("key", "value"), [("indifference", 30.0), ("preference", 5.0)])
def test_thresholds_that_cross_are_refused(qtbot, key, value):
    desk, part = opened(qtbot, weighting=weighting(indifference=5.0, preference=25.0))
    part.doubts.fields[key].parsed.emit(value)
    assert part.doubts.fields[key].fault()
    assert desk.actions == []
    part.doubts.fields[key].parsed.emit(15.0)
    assert getattr(desk.appraisal.weighting, key) == 15


# --- the order first ---


def test_moves_are_ranked_before_anybody_gives_points(qtbot):
    desk, part = opened(qtbot, criteria=unanswered())
    assert part.rank.isVisible()
    assert not part.question.isVisible()
    assert part.moves.table.isVisible()
    assert part.moves._title.title.text() == "The eight moves, not in order yet"
    first = part.rank.rows.order()[0]
    part.rank.rows.setFocus()
    qtbot.keyClick(part.rank.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert part.rank.rows.order()[1] == first
    assert [one.rank for one in desk.appraisal.criteria][:2] == [2, 1]
    qtbot.mouseClick(part.rank.agree, Qt.MouseButton.LeftButton)
    top = part.rank.rows.order()[0]
    assert criterion(desk, top).swing == 100
    assert part.question.isVisible()
    assert part.question.slider.hasFocus()
    assert part.asked == first, "the second in the order is asked next"
    assert len(desk.actions) == 2


def test_enter_on_the_list_agrees_the_order(qtbot):
    desk, part = opened(qtbot, criteria=unanswered())
    part.rank.rows.setFocus()
    second = part.rank.rows.order()[1]
    qtbot.keyClick(part.rank.rows, Qt.Key.Key_Return)
    assert criterion(desk, part.rank.rows.order()[0]).swing == 100
    assert part.question.slider.hasFocus()
    assert part.asked == second


def test_enter_leaves_a_sealed_order_alone(qtbot):
    desk = at_stage(Stage.SEALED, weighting=weighting(answers=Answers.RANKS))
    part = shown(qtbot, desk, "weights").weights
    said = []
    part.rank.agreed.connect(said.append)
    part.rank.rows.setFocus()
    assert part.rank.rows.hasFocus()
    qtbot.keyClick(part.rank.rows, Qt.Key.Key_Return)
    assert said == []


def test_the_order_can_be_asked_again_without_losing_answers(qtbot):
    desk, part = opened(qtbot)
    swings = [one.swing for one in desk.appraisal.criteria]
    qtbot.mouseClick(part.question.order, Qt.MouseButton.LeftButton)
    assert part.rank.isVisible()
    assert part.rank.rows.hasFocus()
    qtbot.mouseClick(part.rank.back, Qt.MouseButton.LeftButton)
    assert part.question.isVisible()
    assert [one.swing for one in desk.appraisal.criteria] == swings
    assert desk.actions == []


def test_worth_against_the_order_is_said():
    ranked = edits.set_ranks(BARE, order=[STORM, *(one.id for one in BARE.criteria if one.id != STORM)])
    assert moves.out_of_order(moves.rounds(ranked)[0].moves) == (
        "“Fewer homes flooded” is worth more than “Quick storm response”, which you ranked above it. "
        "Change one of the two."
    )
    kept = edits.set_ranks(BARE, order=moves.largest_first(moves.rounds(BARE)[0].moves))
    assert moves.out_of_order(moves.rounds(kept)[0].moves) == ""


def test_the_order_alone_gives_rank_order_centroid_weights(qtbot):
    desk, part = opened(qtbot)
    part.answers.chosen.emit(Answers.RANKS.value)
    order = moves.largest_first(moves.rounds(BARE)[0].moves)
    part.rank.ordered.emit(order)
    assert part.rank.isVisible()
    assert not part.question.isVisible()
    share = weights(desk.appraisal)
    ranked = sorted(desk.appraisal.criteria, key=lambda one: one.rank)
    assert [share[one.id] for one in ranked] == pytest.approx(rank_order_centroid(8))
    assert "rank-order centroid" in part.rank._follows.text()
    assert [row.cells[4].text for row in part.moves.model.rows] == [str(number) for number in range(1, 9)]


# --- branch by branch ---


def test_branch_by_branch_there_is_a_round_for_each_branch_and_one_across():
    by_branch = replace(BARE, weighting=weighting(asking=Asking.BY_BRANCH))
    rounds = moves.rounds(by_branch)
    assert [one.key for one in rounds] == ["branch-floods", "branch-roads", "branch-coast", "branch-place", "across"]
    assert [len(one.moves) for one in rounds] == [2, 2, 1, 3, 4]
    assert [one.criterion.id for one in rounds[-1].moves][:2] == [HOMES, "criterion-defects"]
    assert [one.key for one in moves.rounds(BARE)] == ["together"]


def test_branches_are_compared_by_the_criterion_that_stands_for_them(qtbot):
    desk, part = opened(qtbot)
    part.asking.chosen.emit(Asking.BY_BRANCH.value)
    assert part.round_in_hand().key == "across"  # the branches themselves are still to be asked
    assert part.rank.isVisible()
    qtbot.mouseClick(part.rank.agree, Qt.MouseButton.LeftButton)
    assert desk.appraisal.branches[0].swing == 100
    part.question.dragging.emit(80)
    part.question.released.emit(80)
    assert next(one.swing for one in desk.appraisal.branches if one.id == part.asked) == 80
    part.focus_place("branch-place", "swing")
    part.question.stands.chosen.emit("criterion-room")
    assert next(one.reference for one in desk.appraisal.branches if one.id == "branch-place") == "criterion-room"
    assert "Its move: Room to improve" in part.question._move._stands.text()


def test_a_move_alone_under_its_branch_counts_whole(qtbot):
    criteria = tuple(replace(one, swing=0.0) if one.id == "criterion-bathing" else one for one in BARE.criteria)
    desk, part = opened(qtbot, criteria=criteria)
    part.asking.chosen.emit(Asking.BY_BRANCH.value)
    assert criterion(desk, "criterion-bathing").swing == 100
    part._turn_round("branch-coast")
    assert part._alone_words.text() == "“Clean bathing water” is the only move here, so it counts whole."
    assert len(desk.actions) == 1


def test_the_order_inside_a_branch_leaves_the_other_branches_alone():
    ranked = edits.set_ranks(BARE, order=[one.id for one in BARE.criteria])
    by_branch = replace(ranked, weighting=weighting(asking=Asking.BY_BRANCH))
    inside = moves.rounds(by_branch)[3]
    new = moves.with_order(by_branch, inside, [one.id for one in reversed(inside.moves)])
    roads = [one.rank for one in new.criteria if one.branch == "branch-roads"]
    place = [one.rank for one in new.criteria if one.branch == "branch-place"]
    assert roads == sorted(roads)
    assert place == sorted(place, reverse=True)
    assert all(one.rank for one in new.criteria)


def test_weights_are_shown_by_branch(qtbot):
    _, part = opened(qtbot)
    part.moves.views.set_current("branches")
    part.moves._turn()
    rows = part.moves._branch_model.rows
    assert next(row.key for row in rows) == "branch-floods"
    assert rows[0].cells[1].text == "Fewer homes flooded and Quick storm response"
    assert part.moves.branches.isVisible()
    assert not part.moves.table.isVisible()


# --- closed, and empty ---


def test_sealed_weights_can_be_read_and_not_changed(qtbot):
    desk = at_stage(Stage.SEALED)
    part = shown(qtbot, desk, "weights").weights
    assert not part.question.slider.isEnabled()
    assert part.question.reason.line.isReadOnly()
    assert not part.asking.isEnabled()
    assert not part.question.larger.isVisible()
    first = part.asked
    qtbot.mouseClick(part.question.next, Qt.MouseButton.LeftButton)
    assert part.asked != first
    assert not part.question.slider.isEnabled()
    assert desk.told == []


def test_without_criteria_the_way_leads_to_them(qtbot):
    page = shown(qtbot, at_stage(Stage.OPEN, criteria=(), scores=()), "weights")
    assert page.weights._empty_card.isVisible()
    page.weights._empty.activated.emit()
    assert page.switch.current() == "tree"


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


def test_long_anchors_take_a_second_line(qtbot):
    _, part = opened(qtbot)
    page = part.window()
    page.resize(760, 800)
    tall = [part.moves.table.rowHeight(row) for row in range(len(part.moves.model.rows))]
    page.resize(2600, 800)
    assert max(tall) > part.moves.table.rowHeight(0)
