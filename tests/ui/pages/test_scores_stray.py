"""Scores, marks and agreements of what is gone can be seen and removed, all of them."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Dissent, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Mark, Stage
from appraise.model.checks import findings
from appraise.ui.pages.scores_stray import count, without

from .conftest import Desk
from .scores_driving import example, people, shown


def broken(stage: Stage = Stage.SEALED) -> Appraisal:
    """One of each kind: a score of record, an agreement, a dissent, a score of the long list, a mark."""
    now = people(example(), 10, 90, stage=stage)
    option, criterion = now.options[0].id, now.criteria[0].id
    scores = (
        replace(now.scores[0], agreed=("assessor-0", "gone"), dissents=(Dissent(assessor="gone", words="No"),)),
        *now.scores[1:],
        Score(option=option, criterion="gone", value=5),
    )
    first, second = now.workshop.assessors
    marks = (*first.marks, Mark(option="gone", criterion=criterion, value=5))
    workshop = replace(now.workshop, assessors=(replace(first, marks=marks), second))
    long_list = (*now.choice_scores, Score(option="gone", criterion=criterion, value=5))
    return replace(now, scores=scores, choice_scores=long_list, workshop=workshop)


def test_every_kind_is_counted_and_removed() -> None:
    now = broken()
    whole = people(example(), 10, 90, stage=Stage.SEALED)
    assert count(now) == 5
    mended = without(now)
    assert count(mended) == 0
    assert mended.scores[0].agreed == ("assessor-0",)
    assert mended.scores[0].dissents == ()
    assert mended.workshop == whole.workshop
    assert mended.choice_scores == whole.choice_scores
    assert without(whole) is whole


def test_removing_them_ends_the_errors() -> None:
    missing = [one for one in findings(broken()) if "gone" in (one.record, one.field) or one.field == "marks"]
    assert missing
    after = findings(without(broken()))
    assert not [one for one in after if one.severity == "error"]


def test_marks_that_are_closed_are_said_to_be(qtbot: QtBot) -> None:
    desk = Desk(broken(Stage.MODERATING))
    page = shown(qtbot, desk)
    assert page.stray._title.text() == "Five scores or marks belong to something that does not exist."
    page.stray.activated.emit()
    assert page.stray._title.text().startswith("Scoring is closed: a late sheet adds what is missing")
    assert desk.actions == []
