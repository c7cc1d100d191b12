"""The section on scores of step 8, through its widgets."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Weighting
from appraise.model.appraisal.workshop import Stage, Workshop
from appraise.model.edits import scores
from appraise.present import score_answers, score_tables, scoring_words
from appraise.ui.pages.results import ResultsPage
from appraise.ui.pages.results_scores import ScoresSection

from .conftest import Desk
from .test_results_sections import column, shown


def section(page: ResultsPage) -> ScoresSection:
    found = page.sections["scores"]
    assert isinstance(found, ScoresSection)
    return found


def sealed(desk: Desk, stage: Stage) -> Desk:
    workshop = replace(desk.appraisal.workshop, stage=stage, unlocked=False)
    return Desk(replace(desk.appraisal, workshop=workshop))


def test_the_answer_is_a_sentence_and_the_standing_of_scores_is_said(qtbot: QtBot, desk: Desk) -> None:
    part = section(shown(qtbot, desk, "scores"))
    results = desk.context.view.results
    assert results is not None
    assert part.answer.answer.text() == score_answers.answer(results, desk.appraisal)
    assert part.answer.answer.text().startswith("Joint scores highest in ")
    assert part.answer.stands.text() == scoring_words.SCORING_STANDS
    assert part.answer.stands.isVisible()
    assert "fails" in part.answer.why.text(), "the gate that keeps business as usual out is told"


def test_charts_and_tables_say_the_same_as_the_results(qtbot: QtBot, desk: Desk) -> None:
    part = section(shown(qtbot, desk, "scores"))
    results = desk.context.view.results
    assert results is not None
    for card in (part.contributions, part.places, part.costs):
        assert card.isVisible()
        assert card.view.chart() is not None
    table = score_tables.cost_and_score(results, desk.appraisal)
    assert column(part.frontier, 0) == [row[0].text for row in table.rows]
    assert column(part.methods, 1) == [row[1].text for row in score_tables.cross_checks(results, desk.appraisal).rows]
    said = [label.text() for label in part.people.labels if label.isVisible()]
    assert said == list(score_answers.agreement(results, desk.appraisal))
    flags = [label.text() for label in part.flags.labels if not label.isHidden()]
    assert flags == list(scoring_words.flag_sentences(results))


def test_aims_and_criteria_are_two_ways_of_stacking(qtbot: QtBot, desk: Desk) -> None:
    part = section(shown(qtbot, desk, "scores"))
    chart = part.contributions.view.chart()
    assert chart is not None
    assert len(chart.data.columns) == len(desk.appraisal.branches) + 2
    part.contributions.by.set_current("criterion")
    part.contributions.by.chosen.emit("criterion")
    chart = part.contributions.view.chart()
    assert chart is not None
    assert len(chart.data.columns) == len(desk.appraisal.criteria) + 2


def test_another_score_changes_the_answer(qtbot: QtBot, desk: Desk) -> None:
    open_desk = sealed(desk, Stage.OPEN)
    page = shown(qtbot, open_desk, "scores")
    before = section(page).answer.why.text()
    criterion = next(one.id for one in open_desk.appraisal.criteria if one.measured.value == "direct")
    new = scores.set_score(open_desk.appraisal, option="option-joint", criterion=criterion, value=0.0)
    open_desk.context.apply(new, "Change a score")
    assert section(page).answer.why.text() != before


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_sealed_scores_leave_one_calm_sentence_and_no_total_anywhere(qtbot: QtBot, desk: Desk, stage: Stage) -> None:
    blind = sealed(desk, stage)
    page = shown(qtbot, blind, "scores")
    part = section(page)
    assert part.nothing.isVisible()
    assert part.empty.sentence() == scoring_words.hidden_words(stage)
    assert part.shown_tables() == []
    assert not part.answer.isVisible()
    with qtbot.waitSignal(blind.context.place_wanted, timeout=500) as asked:
        qtbot.mouseClick(part.empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == [4, "", ""]
    page.turn_to("summary")
    model = page.options.model
    assert [row.cells[5].text for row in model.rows] == ["sealed"] * len(model.rows)
    assert not page.scores.isVisible()
    assert "sealed" in page.both.title.text()
    assert "Outcomes: scores are sealed" in [chip.accessibleName() for chip in page.advice.chips if chip.isVisible()]
    assert page.options.stands.text() == scoring_words.hidden_words(stage)


def test_the_texts_of_sealed_pages_hold_no_total(qtbot: QtBot, desk: Desk) -> None:
    results = desk.context.view.results
    assert results is not None
    totals = {f"{option.score.total:.{places}f}" for option in results.options if option.score for places in (1, 2)}
    page = shown(qtbot, sealed(desk, Stage.MODERATING), "scores")
    for key in ("scores", "summary"):
        page.turn_to(key)
        words = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
        for table in page.findChildren(QTableView):
            model = table.model()
            words += " ".join(
                str(model.index(row, place).data())
                for row in range(model.rowCount())
                for place in range(model.columnCount())
            )
        assert not [total for total in totals if total in words]


def test_without_criteria_the_section_leads_to_them(qtbot: QtBot, desk: Desk) -> None:
    bare = Desk(
        replace(
            desk.appraisal,
            criteria=(),
            scores=(),
            choice_scores=(),
            branches=(),
            weighting=Weighting(),
            workshop=Workshop(),
        )
    )
    part = section(shown(qtbot, bare, "scores"))
    assert part.nothing.isVisible()
    with qtbot.waitSignal(bare.context.place_wanted, timeout=500) as asked:
        qtbot.mouseClick(part.empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == [3, "", ""]


def test_scores_are_shown_where_there_are_no_costs(qtbot: QtBot, desk: Desk) -> None:
    bare = Desk(replace(desk.appraisal, lines=(), constraints=()))
    part = section(shown(qtbot, bare, "scores"))
    assert part.contributions.isVisible()
    assert not part.costs.isVisible()
    assert not part.frontier.isVisible()


def test_enter_leads_to_where_a_figure_came_from(qtbot: QtBot, desk: Desk) -> None:
    part = section(shown(qtbot, desk, "scores"))
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        part.pairs.asked.emit(0, 1)
    assert asked.args == [4, "", ""]
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        part.methods.asked.emit(0, 1)
    assert asked.args == [3, "", ""]


def test_other_weights_are_tried_on_the_next_step(qtbot: QtBot, desk: Desk) -> None:
    part = section(shown(qtbot, desk, "scores"))
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.mouseClick(part.answer.weights, Qt.MouseButton.LeftButton)
    assert asked.args == [9, "", "weights"]
