"""Step 10 through its widgets."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Horizon
from appraise.model.appraisal.records import Recommendation
from appraise.ui.pages.business_case import BusinessCasePage, texts_of

from .conftest import Desk


def shown(qtbot: QtBot, desk: Desk) -> BusinessCasePage:
    made = BusinessCasePage(desk.context)
    qtbot.addWidget(made)
    qtbot.addWidget(made.pane)
    made.resize(840, 800)
    made.show()
    made.pane.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> BusinessCasePage:
    return shown(qtbot, desk)


def test_the_decision_and_its_reasons_are_written(qtbot: QtBot, desk: Desk, page: BusinessCasePage) -> None:
    for part, key in ((page.decision.decision, "decision"), (page.decision.reasons, "reasons")):
        sheet = part.areas[key].sheet
        sheet.setFocus()
        sheet.selectAll()
        qtbot.keyClicks(sheet, f"New {key}")
        sheet.clearFocus()
    assert desk.appraisal.recommendation.decision == "New decision"
    assert desk.appraisal.recommendation.reasons == "New reasons"
    assert desk.actions == ["Change decision asked for", "Change reasons"]


def test_an_option_is_recommended(qtbot: QtBot, desk: Desk, page: BusinessCasePage) -> None:
    page.decision.option.setFocus()
    qtbot.keyClick(page.decision.option, Qt.Key.Key_Up)
    options = [option.id for option in desk.appraisal.options]
    assert desk.appraisal.recommendation.option == options[options.index("option-joint") - 1]
    assert "recommend" in page.decision.figures.text().lower()
    desk.undo()
    assert page.decision.option.current() == "option-joint"


def test_every_text_of_both_cases_reaches_the_document(qtbot: QtBot, desk: Desk, page: BusinessCasePage) -> None:
    for card in (page.commercial, page.management):
        assert card.texts.isHidden()
        card.toggle.click()
        assert card.texts.isVisible()
        for key, area in card.texts.areas.items():
            area.sheet.setFocus()
            area.sheet.selectAll()
            qtbot.keyClicks(area.sheet, f"New {key}")
            area.sheet.clearFocus()
    for key in page.commercial.texts.areas:
        assert getattr(desk.appraisal.commercial, key) == f"New {key}"
    for key in page.management.texts.areas:
        assert getattr(desk.appraisal.management, key) == f"New {key}"


def test_a_finding_opens_the_card_it_lies_in(page: BusinessCasePage) -> None:
    page.focus_place("", "transition")
    assert page.management.texts.areas["transition"].sheet.hasFocus()
    page.focus_place("", "option")
    assert page.decision.option.hasFocus()


def test_the_export_is_asked_for(qtbot: QtBot, desk: Desk, page: BusinessCasePage) -> None:
    with qtbot.waitSignal(desk.context.export_wanted, timeout=1_000):
        qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)


def test_errors_stand_in_the_way_and_say_so(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(horizon=Horizon(first_year=2027, years=0))
    page = shown(qtbot, desk)
    assert not page.export.isEnabled()
    assert page.obstacle.isVisible()
    assert "0 years" in page.obstacle._text.text()
    assert page.checks.title.text().endswith("in the way")
    wanted = []
    desk.context.place_wanted.connect(lambda *place: wanted.append(place))
    page.obstacle.activated.emit()
    assert wanted == [(1, "", "years")]
    desk.context.apply(replace(desk.appraisal, horizon=Horizon(first_year=2027, years=8, reason="Term")), "Mend")
    assert page.export.isEnabled()
    assert not page.obstacle.isVisible()


def test_findings_lead_to_their_places(qtbot: QtBot, desk: Desk, page: BusinessCasePage) -> None:
    assert page.checks.title.text() == "Three things a sceptical reader would ask about"
    row = page.checks.found._list.rows[0]
    with qtbot.waitSignal(desk.context.place_wanted) as wanted:
        page.checks.found.chosen.emit(row.key)
    assert wanted.args == [row.key.step, row.key.record, row.key.field]


def test_characters_that_cannot_be_printed_are_named(desk: Desk, page: BusinessCasePage) -> None:
    assert not page.contents.lost.isVisible()
    desk.context.apply(replace(desk.appraisal, recommendation=Recommendation(decision="Yes \u4e2d")), "Change")
    assert page.contents.lost.isVisible()
    assert "\u4e2d" in page.contents.lost._text.text()


def test_a_blank_document_has_no_figures_to_show(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    assert page.decision.figures.text() == "There are no figures to hold beside it yet."
    assert page.decision.option.current() == ""


def test_all_texts_are_looked_at(desk: Desk) -> None:
    texts = set(texts_of(desk.appraisal))
    assert desk.appraisal.need.outcomes[0].evidence in texts
    assert desk.appraisal.lines[0].name in texts
