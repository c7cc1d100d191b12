from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from appraise.model.appraisal.criteria import TradeOff
from appraise.model.appraisal.workshop import Stage
from appraise.model.score_results import TradeOffCheck
from appraise.ui.pages.criteria_checks import ChecksSection, agreement_words, proposals, without_weight
from tests.ui.pages.conftest import Desk
from tests.ui.pages.criteria_desks import BARE, at_stage, shown

HOMES, STORM, INFORMED = "criterion-homes", "criterion-storm", "criterion-informed"
NONE_ASKED = replace(BARE.weighting, trade_offs=())


def opened(qtbot, stage: Stage = Stage.OPEN, **fields: object) -> tuple[Desk, ChecksSection]:
    desk = at_stage(stage, **fields)
    section = shown(qtbot, desk, "checks").section
    assert isinstance(section, ChecksSection)
    return desk, section


def test_the_largest_is_proposed_with_the_middle_and_the_smallest():
    found = proposals(replace(BARE, weighting=NONE_ASKED))
    swings = {one.id: one.swing for one in BARE.criteria}
    assert found[0][0] == found[1][0] == HOMES
    assert found[1][1] == found[2][1] == INFORMED
    assert all(swings[larger] >= swings[smaller] for larger, smaller in found)
    one = replace(BARE, criteria=BARE.criteria[:1], weighting=NONE_ASKED)
    assert proposals(one) == ()


def test_what_was_asked_is_not_proposed_again():
    asked = proposals(replace(BARE, weighting=NONE_ASKED))
    turned = TradeOff(id="trade-1", larger=asked[0][1], smaller=asked[0][0])
    left = proposals(replace(BARE, weighting=replace(NONE_ASKED, trade_offs=(turned,))))
    assert left == asked[1:]


def test_proposed_questions_are_asked_as_one_step(qtbot):
    desk, part = opened(qtbot, weighting=NONE_ASKED)
    assert part.empty.isVisible()
    part.empty.activated.emit()
    assert len(desk.appraisal.weighting.trade_offs) == 3
    assert len(desk.actions) == 1
    assert part.cards[0].slider.hasFocus()
    assert "How far must “Fewer homes flooded” come up from worst" in part.cards[0]._question.text()
    assert part.cards[0]._says.text() == "Not answered yet: move the slider."
    assert not part.verdict.isVisible()


def test_an_answer_is_compared_with_the_weights(qtbot):
    asked = TradeOff(id="trade-1", larger=HOMES, smaller=STORM)
    desk, part = opened(qtbot, weighting=replace(NONE_ASKED, trade_offs=(asked,)))
    card = part.cards[0]
    card.slider.setFocus()
    for _ in range(2):
        qtbot.keyClick(card.slider, Qt.Key.Key_PageUp)
    assert desk.appraisal.weighting.trade_offs[0].points == 70
    assert desk.actions == ["Answer a cross-check"]
    assert card._says.text() == (
        "Then “Quick storm response” is worth 70\N{NO-BREAK SPACE}% of the whole move of “Fewer homes flooded”."
    )
    assert card._error.text() == (
        "The weights say 60\N{NO-BREAK SPACE}%: the answer is 17\N{NO-BREAK SPACE}% more."  # 70 / 60 - 1
    )
    assert part.verdict._title.text() == "Your answers agree with each other within 17\N{NO-BREAK SPACE}%."
    desk.undo()
    assert card._says.text() == "Not answered yet: move the slider."


def test_enter_takes_the_answer_that_is_shown_and_goes_on(qtbot):
    asked = (TradeOff(id="t1", larger=HOMES, smaller=STORM), TradeOff(id="t2", larger=HOMES, smaller=INFORMED))
    desk, part = opened(qtbot, weighting=replace(NONE_ASKED, trade_offs=asked))
    part.cards[0].slider.setFocus()
    qtbot.keyClick(part.cards[0].slider, Qt.Key.Key_Return)
    assert desk.appraisal.weighting.trade_offs[0].points == 50
    assert part.cards[1].slider.hasFocus()


@pytest.mark.parametrize(
    ("errors", "said", "tone"),
    [
        ((), "", "plain"),
        ((0.08, -0.02), "Your answers agree with each other within 8\N{NO-BREAK SPACE}%.", "good"),
        ((-0.4, 0.1), "Your answers differ by up to 40\N{NO-BREAK SPACE}%.", "attention"),
    ],
)
def test_whether_answers_agree_and_what_to_do(errors, said, tone):
    checks = [TradeOffCheck(id=str(error), rated=0.5, implied=0.5, error=error) for error in errors]
    words, to_do, shade = agreement_words(checks)
    assert (words, shade) == (said, tone)
    assert bool(to_do) == (tone == "attention")


def test_an_own_question_puts_the_larger_move_first(qtbot):
    desk, part = opened(qtbot)
    before = len(desk.appraisal.weighting.trade_offs)
    part.larger.set_current(INFORMED)
    part.smaller.set_current(STORM)
    qtbot.mouseClick(part.add_own, Qt.MouseButton.LeftButton)
    new = desk.appraisal.weighting.trade_offs[-1]
    assert (new.larger, new.smaller) == (STORM, INFORMED)
    assert len(desk.appraisal.weighting.trade_offs) == before + 1
    assert part.cards[before].slider.hasFocus()


def test_a_criterion_against_itself_is_refused_with_a_sentence(qtbot):
    desk, part = opened(qtbot)
    part.larger.set_current(STORM)
    part.smaller.set_current(STORM)
    qtbot.mouseClick(part.add_own, Qt.MouseButton.LeftButton)
    assert part.refused.isVisible()
    assert desk.actions == []


def test_a_question_is_removed(qtbot):
    desk, part = opened(qtbot)
    count = len(desk.appraisal.weighting.trade_offs)
    qtbot.mouseClick(part.cards[0].remove, Qt.MouseButton.LeftButton)
    assert len(desk.appraisal.weighting.trade_offs) == count - 1
    assert [card.isVisible() for card in part.cards] == [True] * (count - 1) + [False]


def test_without_weights_the_way_leads_there(qtbot):
    none = tuple(replace(one, swing=0.0) for one in BARE.criteria)
    page = shown(qtbot, at_stage(Stage.OPEN, criteria=none, weighting=NONE_ASKED), "checks")
    assert page.section.empty.action.text() == "Go to the weights"
    page.section.empty.activated.emit()
    assert page.switch.current() == "weights"


def test_sealed_answers_can_be_read_only(qtbot):
    _, part = opened(qtbot, Stage.SEALED)
    assert part.cards[0].slider.value() == BARE.weighting.trade_offs[0].points
    assert not part.cards[0].slider.isEnabled()
    assert not part.cards[0].remove.isVisible()
    assert not part._own.isVisible()


def test_an_answer_about_a_move_worth_nothing_is_never_dropped(qtbot):
    asked = (
        TradeOff(id="t1", larger=HOMES, smaller=STORM, points=60.0),
        TradeOff(id="t2", larger=HOMES, smaller=INFORMED, points=30.0),
        TradeOff(id="t3", larger=STORM, smaller=INFORMED),
    )
    criteria = tuple(replace(one, swing=0.0) if one.id == INFORMED else one for one in BARE.criteria)
    document = replace(BARE, criteria=criteria, weighting=replace(NONE_ASKED, trade_offs=asked))
    found = [without_weight(document, one) for one in asked]
    assert [one.id if one else None for one in found] == [None, INFORMED, None]
    _, part = opened(qtbot, criteria=criteria, weighting=replace(NONE_ASKED, trade_offs=asked))
    name = next(one.name for one in criteria if one.id == INFORMED)
    assert part.verdict._tone == "attention"
    assert part.verdict._title.text() == f"“{name}” carries no weight, but a cross-check says what it is worth."
    assert part.cards[1]._error.text() == f"The weights say otherwise: “{name}” has a swing of 0."
    assert part.cards[0]._error.text().startswith("The weights say 60")
    assert not part.cards[2]._error.isVisible()
    assert agreement_words((), ("Jobs", "Homes", "Roads"))[0] == (
        "“Jobs” and two others carry no weight, but cross-checks say what they are worth."
    )
