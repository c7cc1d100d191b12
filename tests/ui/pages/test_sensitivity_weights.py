"""Trying another swing on step 9, through its widgets."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model import scoring
from appraise.model.appraisal.criteria import Answers
from appraise.model.appraisal.workshop import Stage
from appraise.model.edits.criteria import set_swing
from appraise.present import score_answers, score_tables, scoring_words
from appraise.ui.pages.sensitivity import WEIGHTS, SensitivityPage
from appraise.ui.pages.sensitivity_weights import WeightsSection

from .conftest import Desk
from .test_results_sections import column


def shown(qtbot: QtBot, desk: Desk, height: int = 2_000) -> WeightsSection:
    page = SensitivityPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(860, height)
    page.show()
    page.turn_to(WEIGHTS)
    qtbot.wait(20)
    assert page.section is not None
    return page.section


def opened(desk: Desk) -> Desk:
    return Desk(replace(desk.appraisal, workshop=replace(desk.appraisal.workshop, stage=Stage.OPEN, unlocked=False)))


def choose(part: WeightsSection, key: str) -> None:
    part.trying.what.set_current(key)
    part.trying.what.chosen.emit(key)


def rows(part: WeightsSection) -> list[tuple[str, ...]]:
    chart = part.contributions.view.chart()
    assert chart is not None
    return [tuple(cell.text for cell in row) for row in chart.data.rows]


def test_dragging_redraws_every_chart_and_leaves_the_document_alone(qtbot: QtBot, desk: Desk) -> None:
    part = shown(qtbot, desk)
    choose(part, "criterion/criterion-jobs")
    document, before = desk.appraisal, [card.view.chart() for card in part.charts()]
    part.trying.slider.setValue(90)
    after = [card.view.chart() for card in part.charts()]
    assert desk.appraisal is document
    assert desk.actions == []
    for old, new in zip(before, after, strict=True):
        assert old is not None
        assert new is not None
        assert old is not new
        assert [row[1:] for row in old.data.rows] != [row[1:] for row in new.data.rows]


def test_the_weight_and_the_answer_follow_the_slider(qtbot: QtBot, desk: Desk) -> None:
    part = shown(qtbot, desk)
    choose(part, "criterion/criterion-jobs")
    known = scoring.weights(desk.appraisal)["criterion-jobs"]
    assert part.trying.weighs.text() == f"It weighs {round(100 * known)}\u00a0%."
    part.trying.slider.setValue(100)
    new = scoring.weights(set_swing(desk.appraisal, criterion="criterion-jobs", swing=100.0))["criterion-jobs"]
    assert part.trying.weighs.text() == (
        f"It weighs {round(100 * new)}\u00a0%; in the document {round(100 * known)}\u00a0%."
    )
    assert part.trying.answer.text().startswith("Joint scores highest in ")
    chart = part.lines.view.chart()
    assert chart is not None
    assert f"it is {round(100 * new)}\u00a0% now" in chart.alt


def test_put_back_shows_the_document_again(qtbot: QtBot, desk: Desk) -> None:
    part = shown(qtbot, desk)
    choose(part, "criterion/criterion-jobs")
    before, swing = rows(part), part.trying.slider.value()
    assert not part.trying.back.isEnabled()
    part.trying.slider.setValue(5)
    assert rows(part) != before
    assert part.trying.back.isEnabled()
    qtbot.mouseClick(part.trying.back, Qt.MouseButton.LeftButton)
    assert rows(part) == before
    assert part.trying.slider.value() == swing
    assert not part.trying.back.isEnabled()


def test_use_makes_it_the_documents_answer_in_one_step(qtbot: QtBot, desk: Desk) -> None:
    free = opened(desk)
    part = shown(qtbot, free)
    choose(part, "criterion/criterion-jobs")
    part.trying.slider.setValue(80)
    assert part.trying.use.isVisible()
    qtbot.mouseClick(part.trying.use, Qt.MouseButton.LeftButton)
    assert next(one.swing for one in free.appraisal.criteria if one.id == "criterion-jobs") == 80.0
    assert free.actions == ["Change a swing that was tried"]
    assert not part.trying.back.isEnabled(), "what was tried is what the document says now"
    free.undo()
    assert part.trying.slider.value() == 45


def test_sealed_weights_can_be_tried_but_not_used(qtbot: QtBot, desk: Desk) -> None:
    assert desk.appraisal.workshop.stage is Stage.REVEALED
    part = shown(qtbot, desk)
    assert not part.trying.use.isVisible()
    assert part.trying.why_not.text() == "The weights are sealed; unlock them with a reason to change them."
    free = shown(qtbot, opened(desk))
    assert free.trying.use.isVisible()
    assert not free.trying.why_not.isVisible()


def test_weights_from_ranks_are_tried_as_swings_and_not_used(qtbot: QtBot, desk: Desk) -> None:
    free = opened(desk)
    document = free.appraisal
    ranked = tuple(replace(one, rank=place + 1) for place, one in enumerate(document.criteria))
    free = Desk(replace(document, criteria=ranked, weighting=replace(document.weighting, answers=Answers.RANKS)))
    part = shown(qtbot, free)
    choose(part, f"criterion/{document.criteria[0].id}")
    assert part.trying.slider.value() == 100
    assert not part.trying.use.isVisible()
    assert "order of the moves" in part.trying.why_not.text()


def test_a_whole_aim_can_be_tried(qtbot: QtBot, desk: Desk) -> None:
    part = shown(qtbot, desk)
    aims = [key for key, _ in part._choices if key.startswith("branch/")]
    assert aims
    choose(part, aims[0])
    before = rows(part)
    part.trying.slider.setValue(0)
    assert part.trying.weighs.text().startswith("It weighs 0\u00a0%; in the document ")
    assert rows(part) != before


def test_charts_out_of_sight_wait_until_they_are_seen(qtbot: QtBot, desk: Desk) -> None:
    part = shown(qtbot, desk, height=420)
    choose(part, "criterion/criterion-jobs")
    seen, unseen = part.contributions.view, part.costs.view
    assert unseen.visibleRegion().isEmpty()
    old = unseen.chart()
    part.trying.slider.setValue(90)
    assert unseen.chart() is old
    unseen.grab()
    assert unseen.chart() is not old, "it is made when it is painted"
    assert seen.chart() is not None


def test_another_document_puts_what_was_tried_back(qtbot: QtBot, desk: Desk) -> None:
    free = opened(desk)
    part = shown(qtbot, free)
    choose(part, "criterion/criterion-jobs")
    part.trying.slider.setValue(90)
    part.trying.slider.settle()
    free.context.apply(set_swing(free.appraisal, criterion="criterion-homes", swing=60.0), "Change a swing")
    assert not part.trying.back.isEnabled()
    assert part.trying.slider.value() == 45


def test_below_stand_the_smallest_changes_and_the_stable_weights(qtbot: QtBot, desk: Desk) -> None:
    part = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    said = [label.text() for label in part.changes.labels]
    assert said == list(score_answers.changes(results, desk.appraisal))
    assert len(said) == 3
    table = score_tables.stability(results, desk.appraisal)
    assert column(part.stability, 0) == [row[0].text for row in table.rows]


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_nothing_can_be_tried_while_scores_are_sealed(qtbot: QtBot, desk: Desk, stage: Stage) -> None:
    workshop = replace(desk.appraisal.workshop, stage=stage, unlocked=False)
    part = shown(qtbot, Desk(replace(desk.appraisal, workshop=workshop)))
    assert part.nothing.isVisible()
    assert part.empty.sentence() == scoring_words.hidden_words(stage)
    assert not part.trying.isVisible()
    assert not any(card.isVisible() for card in part.charts())
