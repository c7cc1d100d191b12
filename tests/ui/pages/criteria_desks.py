"""Desks for step 3: the worked example at a stage of its workshop."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Criterion
from appraise.model.appraisal.workshop import Stage
from appraise.ui.pages.criteria import CriteriaPage
from appraise.workspace.templates import load
from tests.ui.driving import in_the_open_way
from tests.ui.pages.conftest import Desk

EXAMPLE = load("worked-example", first_year=2027)
BARE = in_the_open_way(EXAMPLE)


def at_stage(stage: Stage, **fields: object) -> Desk:
    """The worked example at a stage; in the open way nobody was ever asked to score alone."""
    if stage is Stage.OPEN:
        return Desk(replace(BARE, **fields))
    workshop = replace(EXAMPLE.workshop, stage=stage, unlocked=False)
    before = stage in (Stage.PREPARING, Stage.AGREED, Stage.SEALED)
    document = replace(EXAMPLE, scores=()) if before else EXAMPLE
    return Desk(replace(document, workshop=workshop, **fields))


def shown(qtbot: QtBot, desk: Desk, section: str = "") -> CriteriaPage:
    """The page, active, with a section in hand."""
    page = CriteriaPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    if section:
        page.turn_to(section)
        QApplication.processEvents()
    return page


def criterion(desk: Desk, key: str) -> Criterion:
    return next(one for one in desk.appraisal.criteria if one.id == key)
