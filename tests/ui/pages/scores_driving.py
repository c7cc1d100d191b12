"""Documents and pages for the tests of step 4: the worked example at any stage of its workshop."""

from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Criterion, Level, Measured, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage, Workshop
from appraise.ui.pages.scores import ScoresPage
from appraise.ui.pages.scores_section import ScoreSection
from appraise.workspace.templates import load

from .conftest import Desk

AnySection = TypeVar("AnySection", bound=ScoreSection)


def example(stage: Stage = Stage.OPEN, *, assessors: bool = True, scores: bool = True) -> Appraisal:
    """The worked example at a stage, with its assessors and scores or without."""
    found = load("worked-example", first_year=2027)
    workshop = replace(found.workshop, stage=stage, unlocked=False)
    if stage is Stage.OPEN:
        workshop = replace(workshop, id="", events=())
    if not assessors:
        workshop = replace(workshop, assessors=())
        kept = tuple(replace(one, agreed=(), dissents=()) for one in found.scores)
        found = replace(found, scores=kept)
    return replace(found, workshop=workshop, scores=found.scores if scores else ())


def direct(appraisal: Appraisal) -> Criterion:
    """The first criterion that is scored straight from 0 to 100."""
    return next(one for one in appraisal.criteria if one.measured is Measured.DIRECT)


def with_levels(appraisal: Appraisal, criterion: str) -> Appraisal:
    """A criterion with five levels in words; its scores and marks stand on them."""
    words = ("Never", "Rarely", "Half of the time", "Mostly", "Always")
    levels = tuple(Level(value=25.0 * place, words=said) for place, said in enumerate(words))
    criteria = tuple(
        replace(one, measured=Measured.LEVELS, levels=levels, unit="", points=()) if one.id == criterion else one
        for one in appraisal.criteria
    )

    def on_levels(scores: tuple[Score, ...]) -> tuple[Score, ...]:
        return tuple(
            replace(one, value=50.0, low=None, high=None) if one.criterion == criterion else one for one in scores
        )

    return replace(
        appraisal,
        criteria=criteria,
        scores=on_levels(appraisal.scores),
        choice_scores=on_levels(appraisal.choice_scores),
    )


def people(appraisal: Appraisal, *marks: float, stage: Stage = Stage.MODERATING, **first: object) -> Appraisal:
    """Assessors who gave these marks to every option on one criterion, which is scored straight; `first` of the first.

    Every option has the same marks, so their order says nothing.
    """
    criterion = direct(appraisal).id
    assessors = tuple(
        Assessor(
            id=f"assessor-{number}",
            post=f"Post {number}",
            interest=Interest.NONE,
            marks=tuple(
                Mark(option=one.id, criterion=criterion, value=mark, reason=f"Reason {number}")
                for one in appraisal.options
            ),
            received="2027-05-04",
        )
        for number, mark in enumerate(marks)
    )
    assessors = (replace(assessors[0], **first), *assessors[1:])
    scores = tuple(replace(one, agreed=(), dissents=()) for one in appraisal.scores)
    return replace(appraisal, scores=scores, workshop=Workshop(id="workshop-1", stage=stage, assessors=assessors))


def shown(qtbot: QtBot, desk: Desk, key: str = "", *, height: int = 900) -> ScoresPage:
    """The page with a section in hand, and the keyboard in its window."""
    page = ScoresPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, height)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    if key:
        page.turn_to(key)
    return page


def section(page: ScoresPage, kind: type[AnySection]) -> AnySection:
    """The section in hand."""
    found = page.section
    assert isinstance(found, kind)
    return found


def nameless(page: QWidget) -> list[str]:
    """What takes the keyboard without a spoken name."""
    from PySide6.QtCore import Qt

    return [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
