from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.criteria import Gate, TradeOff
from appraise.model.appraisal.workshop import Stage, Step
from appraise.ui.pages.criteria import SECTIONS, CriteriaPage, section_for
from appraise.ui.pages.criteria_gates import GatesSection
from appraise.ui.pages.criteria_pane import so_far
from appraise.ui.pages.workshop_words import HIDDEN_WHY
from tests.ui.pages.criteria_desks import BARE, at_stage, shown


def test_a_section_is_made_when_it_is_first_looked_at(qtbot):
    page = shown(qtbot, at_stage(Stage.OPEN))
    assert list(page.sections) == ["weights"]
    page.turn_to("gates")
    assert isinstance(page.section, GatesSection)
    assert [key for key, one in page.sections.items() if one.isVisible()] == ["gates"]


def test_criteria_without_anchors_come_first(qtbot, blank_desk):
    assert shown(qtbot, blank_desk).switch.current() == "tree"
    bare = tuple(replace(one, best="") for one in BARE.criteria)
    assert shown(qtbot, at_stage(Stage.OPEN, criteria=bare)).switch.current() == "tree"


@pytest.mark.parametrize("key", SECTIONS)
@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.AGREED, Stage.REVEALED])
def test_everything_that_takes_the_keyboard_has_a_name(qtbot, key, stage):
    page = shown(qtbot, at_stage(stage), key)
    nameless = [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []


@pytest.mark.parametrize("key", SECTIONS)
def test_at_most_one_button_is_filled(qtbot, key):
    for desk in (at_stage(Stage.OPEN), at_stage(Stage.REVEALED)):
        page = shown(qtbot, desk, key)
        filled = [
            one for one in page.findChildren(QWidget) if getattr(one, "_kind", "") == "primary" and one.isVisible()
        ]
        assert len(filled) <= 1


@pytest.mark.parametrize(
    ("stage", "key", "start"),
    [
        (Stage.AGREED, "tree", "Criteria and anchors are agreed"),
        (Stage.SEALED, "weights", "The weights are sealed"),
        (Stage.SEALED, "checks", "The weights are sealed"),
        (Stage.PREPARING, "gates", "Options are scored once"),
    ],
)
def test_what_is_closed_says_why_in_one_notice(qtbot, stage, key, start):
    page = shown(qtbot, at_stage(stage), key)
    assert page.section.lock.isVisible()
    assert page.section.lock._text.text().startswith(start)
    open_page = shown(qtbot, at_stage(Stage.OPEN), key)
    assert not open_page.section.lock.isVisible()


def test_an_unlock_opens_what_was_closed(qtbot):
    desk = at_stage(Stage.SEALED)
    page = shown(qtbot, desk, "weights")
    assert not page.weights.question.slider.isEnabled()
    desk.context.seal(Step.UNLOCK, "A swing was read out wrongly.")
    assert page.weights.question.slider.isEnabled()
    assert not page.section.lock.isVisible()


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_the_pane_hides_totals_and_says_why(qtbot, stage):
    page = shown(qtbot, at_stage(stage))
    page.pane.show()
    assert page.pane.hidden.isVisible()
    assert page.pane.hidden._text.text() == HIDDEN_WHY
    assert not page.pane._scores.isVisible()
    assert not page.pane._stands.isVisible()
    assert page.pane.stack.isVisible()  # weights are no totals


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.REVEALED])
def test_the_pane_shows_totals_with_the_sentence_that_belongs_to_them(qtbot, stage):
    page = shown(qtbot, at_stage(stage))
    page.pane.show()
    assert page.pane._scores.view.isVisible()
    assert page.pane._stands.isVisible()
    assert not page.pane.hidden.isVisible()


def test_the_pane_shows_leaves_and_branches(qtbot):
    page = shown(qtbot, at_stage(Stage.OPEN))
    leaves = page.pane.stack.parts
    page.pane.views.set_current("branches")
    page.pane._turn()
    branches = page.pane.stack.parts
    assert (len(leaves), len(branches)) == (8, 4)
    assert sum(part.share for part in leaves) == pytest.approx(1)
    assert sum(part.share for part in branches) == pytest.approx(1)
    assert [part.share for part in leaves] == sorted((part.share for part in leaves), reverse=True)


def test_how_many_are_answered_in_words():
    assert so_far(BARE) == "All eight answered"
    first, *rest = BARE.criteria
    open_one = replace(first, swing=0.0, swing_reason=" ")
    assert so_far(replace(BARE, criteria=(open_one, *rest))) == "Seven answered, one to ask"
    nothing = replace(first, swing=0.0, swing_reason="Every option does it equally well.")
    assert so_far(replace(BARE, criteria=(nothing, *rest))) == "All eight answered"
    none = tuple(replace(one, swing=0.0, swing_reason="") for one in BARE.criteria)
    assert so_far(replace(BARE, criteria=none)) == "None answered, eight to ask"
    assert so_far(replace(BARE, criteria=())) == "No criterion yet"


@pytest.mark.parametrize(
    ("record", "field", "key"),
    [
        ("criterion-jobs", "best", "tree"),
        ("criterion-jobs", "levels", "tree"),
        ("criterion-jobs", "swing", "weights"),
        ("branch-coast", "name", "tree"),
        ("branch-coast", "swing", "weights"),
        ("", "criteria", "weights"),
        ("gate-1", "name", "gates"),
        ("trade-1", "points", "checks"),
    ],
)
def test_findings_lead_to_their_section(record, field, key):
    weighting = replace(BARE.weighting, trade_offs=(TradeOff(id="trade-1", larger="a", smaller="b"),))
    appraisal = replace(BARE, gates=(Gate(id="gate-1", name="Lawful"),), weighting=weighting)
    assert section_for(appraisal, record, field) == key


def test_findings_put_the_keyboard_where_they_point(qtbot):
    page = shown(qtbot, at_stage(Stage.OPEN))
    page.focus_place("criterion-jobs", "best")
    assert page.switch.current() == "tree"
    assert page.section.words.best.sheet.hasFocus()
    page.focus_place("criterion-jobs", "swing")
    assert page.switch.current() == "weights"
    assert page.section.asked == "criterion-jobs"
    assert page.section.question.slider.hasFocus()


def test_an_error_stands_above_every_section_and_leads_to_its_place(qtbot):
    first, *rest = BARE.criteria
    page = shown(qtbot, at_stage(Stage.OPEN, criteria=(replace(first, swing=130.0), *rest)), "gates")
    assert page.wrong.isVisible()
    assert page.wrong._tone == "problem"
    page.wrong.activated.emit()
    assert page.switch.current() == "weights"


def test_weights_still_to_come_are_no_problem(qtbot):
    none = tuple(replace(one, swing=0.0) for one in BARE.criteria)
    page = shown(qtbot, at_stage(Stage.OPEN, criteria=none), "gates")
    assert page.wrong._tone == "attention"
    page.wrong.activated.emit()
    assert page.switch.current() == "weights"
    assert not page.wrong.isVisible()  # the card says what to do next
    assert page.weights.rank.isVisible()


def test_another_document_starts_anew(qtbot, blank_desk):
    desk = at_stage(Stage.OPEN)
    page = shown(qtbot, desk, "gates")
    page.context.start(blank_desk.context.view)
    assert page.switch.current() == "tree"
    assert page.section.empty_card.isVisible()


def test_sections_are_walked_by_keys(qtbot):
    page = shown(qtbot, at_stage(Stage.OPEN))
    page.section.question.slider.setFocus()
    qtbot.keyClick(page.section.question.slider, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.switch.current() == "checks"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.switch.current() == "weights"


def test_a_closed_section_leaves_the_keyboard_on_the_switch(qtbot):
    page = shown(qtbot, at_stage(Stage.REVEALED), "weights")
    page.focus_first()
    assert page.switch.bar.hasFocus()


def test_help_follows_the_field(qtbot):
    page = shown(qtbot, at_stage(Stage.OPEN), "tree")
    page.section.words.best.setFocus()
    assert page.pane.help._title.text() == "What are anchors?"
    page.section.subject.about.setFocus()
    assert page.pane.help._title.text() == "Why say what it is about?"


def test_the_page_is_never_wider_than_its_frame_at_200_per_cent(qtbot):
    from appraise.ui import theme

    theme.use(theme.Theme(zoom=200))
    page = CriteriaPage(at_stage(Stage.AGREED).context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(1100, 900)
    page.show()
    for key in SECTIONS:
        page.turn_to(key)
        qtbot.wait(10)
        assert page._frame.scroller.horizontalScrollBar().maximum() == 0
        assert page.section.width() <= page._frame.scroller.viewport().width()


def test_a_contradicted_cross_check_never_turns_the_pane_green(qtbot):
    asked = BARE.weighting.trade_offs[0]
    criteria = tuple(
        replace(one, swing=0.0, swing_reason="It does not differ.") if one.id == asked.smaller else one
        for one in BARE.criteria
    )
    agreeing = shown(qtbot, at_stage(Stage.OPEN), "weights")
    assert agreeing.pane.agree._tone == "good"
    page = shown(qtbot, at_stage(Stage.OPEN, criteria=criteria), "weights")
    assert page.pane.agree._tone == "attention"
    assert "carries no weight" in page.pane.agree._text.text()


def test_a_low_page_scrolls_its_stages_and_switches_away(qtbot):
    page = shown(qtbot, at_stage(Stage.REVEALED), "weights")
    inner = page._frame.scroller.viewport()
    parts = (page.bar, page.switch, page.weights.asking)
    assert not any(inner.isAncestorOf(part) for part in parts)
    page.switch.bar.setFocus()
    page.resize(900, 600)
    assert all(inner.isAncestorOf(part) for part in parts)
    assert page.switch.bar.hasFocus()
    assert [page._frame.body.indexOf(part) for part in (page.bar, page._tools)] == [0, 1]
    page.resize(900, 800)
    assert not any(inner.isAncestorOf(part) for part in parts)
    assert page.bar.isVisible()


def test_at_200_per_cent_the_question_comes_into_view_with_the_keyboard(qtbot):
    from appraise.ui import theme

    theme.use(theme.Theme(zoom=200))
    page = CriteriaPage(at_stage(Stage.OPEN).context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(1180, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.wait(50)  # everything has its place
    page.focus_first()
    slider, area = page.weights.question.slider, page._frame.scroller.viewport()
    assert slider.hasFocus()
    qtbot.waitUntil(lambda: area.rect().contains(slider.rect().translated(slider.mapTo(area, slider.rect().topLeft()))))
    name = page.weights.question._move._name  # what the move is stands above the slider, in view
    assert area.rect().contains(name.mapTo(area, name.rect().topLeft()))
