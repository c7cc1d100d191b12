from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from appraise.model.appraisal.options import Category, Meets, Rating, ShortListRole
from appraise.ui.pages.options_long_list import LongList
from appraise.workspace.templates import load
from tests.ui.pages.conftest import Desk
from tests.ui.pages.filled_options import filled
from tests.ui.pages.test_options import commit, counted, refusal, shown


@pytest.fixture
def filled_desk() -> Desk:
    """The worked example with a long list."""
    return Desk(filled(load("worked-example", first_year=2027)))


def long_list(qtbot, desk, category=""):
    page = shown(qtbot, desk)
    page.turn_to("long_list")
    if category:
        bar = page.section.views.bar
        bar.setCurrentIndex(bar._keys.index(category))
    return page


def choice(desk, key):
    return next(one for one in desk.appraisal.choices if one.id == key)


def marks(section: LongList, key: str) -> list[str]:
    row = next(one for one in section.whole._rows_model.rows if one.key == key)
    return [cell.icon for cell in row.cells[2:]]


def test_the_whole_list_shows_ratings_in_words_and_who_uses_what(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk)
    rows = {row.key: row for row in page.section.whole._rows_model.rows}
    groups = [key for key in rows if key.startswith("category/")]
    assert groups == [f"category/{one.value}" for one in Category]
    assert rows["delivery-joint"].cells[1].mark.text == "Green: preferred"
    assert rows["scope-all"].cells[1].mark.text == "Red: drop"
    assert marks(page.section, "delivery-joint") == ["", "", "", "", "check"]
    assert rows["category/scope"].cells[1].mark.text == "Decided"
    assert rows["category/funding"].cells[1].mark.text == "1 not rated"
    assert counted(page)["Funding"] == "Two choices: 1 not rated"
    assert page.section._whole_card.subtitle.text() == "11 of 12 choices are rated"


def test_rating_and_reason_through_the_editor(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk, "funding")
    page.section.table.place("funding-borrow")
    card = page.section.choice
    card.rating.bar.setCurrentIndex(2)
    assert choice(filled_desk, "funding-borrow").rating is Rating.CARRY_FORWARD
    row = next(one for one in page.section._model.rows if one.key == "funding-borrow")
    assert row.cells[5].text == "Reason missing"
    assert any(one.key.field == "reason" for one in page.pane.found._list.rows)
    card.reason.sheet.setPlainText("Vehicles last eight years.")
    card.reason.sheet.left.emit()
    assert choice(filled_desk, "funding-borrow").reason == "Vehicles last eight years."
    assert filled_desk.actions == ["Rate Borrow for vehicles", "Change reason of Borrow for vehicles"]
    assert (
        page.section._card.title.text()
        == "Funding: Revenue and the coastal grant is preferred, one other carried forward"
    )
    filled_desk.undo()
    filled_desk.undo()
    assert card.rating.current() == "unrated"
    assert card.reason.text() == ""


def test_a_second_green_is_refused_and_the_segment_goes_back(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk, "delivery")
    page.section.table.place("delivery-own")
    page.section.choice.rating.bar.setCurrentIndex(1)
    assert "is preferred in this category" in refusal(page)
    assert page.section.choice.rating.current() == "carry_forward"
    assert filled_desk.actions == []
    page.section.table.place("delivery-buy")
    assert refusal(page) == ""


def test_arrows_pass_a_green_that_is_refused(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk, "delivery")
    page.resize(1300, 800)
    page.section.table.place("delivery-own")
    bar = page.section.choice.rating.bar
    bar.setFocus()
    assert page.section.choice.rating.current() == "carry_forward"
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert choice(filled_desk, "delivery-own").rating is Rating.UNRATED
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert choice(filled_desk, "delivery-own").rating is Rating.CARRY_FORWARD
    assert bar.hasFocus()


def test_dropping_a_choice_in_use_and_using_a_dropped_one_are_refused(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk)
    whole = page.section.whole
    model = whole._rows_model
    model.apply(model.index(model.place_of("delivery-buy"), 1), "drop")
    assert "is made with this choice" in refusal(page)
    assert choice(filled_desk, "delivery-buy").rating is Rating.CARRY_FORWARD
    whole.place("scope-all", 4)
    qtbot.keyClick(whole, Qt.Key.Key_Space)
    assert "was dropped" in refusal(page)
    assert filled_desk.actions == []


def test_a_mark_swaps_the_choice_of_an_option_by_key_and_by_mouse(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk)
    whole = page.section.whole
    whole.setFocus()
    whole.place("solution-react", 6)
    qtbot.keyClick(whole, Qt.Key.Key_Space)
    assert marks(page.section, "solution-react")[4] == "check"
    assert marks(page.section, "solution-cycle")[4] == ""
    assert filled_desk.actions == ["Use Repair when reported"]
    index = whole._rows_model.index(whole._rows_model.place_of("solution-react"), 6)
    qtbot.mouseClick(whole.viewport(), Qt.MouseButton.LeftButton, pos=whole.visualRect(index).center())
    assert marks(page.section, "solution-react")[4] == ""
    assert filled_desk.actions[-1] == "Take out Repair when reported"
    filled_desk.undo()
    filled_desk.undo()
    assert marks(page.section, "solution-cycle")[4] == "check"


def test_enter_on_a_name_opens_the_choice(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk)
    page.section.whole.setFocus()
    page.section.whole.place("delivery-own")
    qtbot.keyClick(page.section.whole, Qt.Key.Key_Return)
    assert page.section.views.current() == "delivery"
    assert page.section.choice.choice == "delivery-own"
    assert page.section.choice.isAncestorOf(QApplication.focusWidget())


def test_verdicts_marks_and_order(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk, "delivery")
    page.section.table.place("delivery-own")
    card = page.section.choice
    card.factors.rows["affordability"].verdict.setCurrentIndex(3)
    card.factors.rows["factor-legal"].verdict.setCurrentIndex(0)
    given = {one.factor: one.meets for one in choice(filled_desk, "delivery-own").verdicts}
    assert given["affordability"] is Meets.NO
    assert "factor-legal" not in given
    card.usual.setCurrentIndex(1)
    commit(card.order, "5")
    now = choice(filled_desk, "delivery-own")
    assert (now.usual, now.cost_order) == (True, 5)
    commit(card.order, "cheap")
    assert "cheap" in card.order.fault()
    row = next(one for one in page.section._model.rows if one.key == "delivery-own")
    assert [cell.text for cell in row.cells][3:5] == ["5", "3 of 6"]
    assert row.cells[2].icon == "check"


def test_choices_are_added_moved_and_removed(qtbot, blank_desk):
    page = long_list(qtbot, blank_desk)
    assert page.section.views.current() == "scope"  # nothing on the list: begin with the first category
    assert page.section._empty.isVisible()
    for name in ("As today", "More"):
        qtbot.mouseClick(page.section.buttons._add, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        qtbot.keyClicks(QApplication.focusWidget(), name)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [(one.name, one.category) for one in blank_desk.appraisal.choices] == [
        ("As today", Category.SCOPE),
        ("More", Category.SCOPE),
    ]
    page.section.buttons.moved.emit(-1)
    assert [one.name for one in blank_desk.appraisal.choices] == ["More", "As today"]
    page.section.buttons.removed.emit()
    assert [one.name for one in blank_desk.appraisal.choices] == ["As today"]
    assert page.section.choice.name.text() == "As today"
    blank_desk.undo()
    assert len(page.section._model.rows) == 2
    page.section.views.bar.setCurrentIndex(3)
    assert page.section._empty.isVisible()
    assert not page.section.choice.isVisible()


def test_moving_stays_within_the_category(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk, "solution")
    page.section.table.place("solution-react")
    page.section.buttons.moved.emit(-1)
    assert filled_desk.actions == []
    page.section.buttons.moved.emit(1)
    ids = [one.id for one in filled_desk.appraisal.choices]
    assert ids[:5] == ["scope-now", "scope-coast", "scope-all", "solution-cycle", "solution-react"]


def test_own_factors(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk)
    card = page.section.factors
    qtbot.mouseClick(card.new, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    qtbot.keyClicks(QApplication.focusWidget(), "Ready by April 2027")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    new = filled_desk.appraisal.factors[-1]
    assert new.name == "Ready by April 2027"
    page.section.whole.wanted.emit("", "delivery-own")
    assert new.id in page.section.choice.factors.rows
    page.section.views.bar.setCurrentIndex(0)
    gone = card._rows["factor-legal"]
    gone.line.itemAt(1).widget().click()
    assert [one.id for one in filled_desk.appraisal.factors] == [new.id]
    assert list(card.fields) == [new.id]


def rated(appraisal):
    """Every choice with a rating."""
    return tuple(
        replace(one, rating=Rating.CARRY_FORWARD) if one.rating is Rating.UNRATED else one for one in appraisal.choices
    )


def test_nothing_is_built_before_every_choice_is_rated(qtbot, filled_desk):
    page = long_list(qtbot, filled_desk)
    before = filled_desk.appraisal
    assert page.build._kind == "outline"
    page.build.click()
    assert refusal(page) == "Rate every choice first: funding has choices without a rating."
    assert filled_desk.appraisal is before
    assert page.switch.current() == "long_list"


def test_a_new_appraisal_has_five_options_after_building(qtbot, blank_desk):
    made = filled(load("worked-example", first_year=2027))
    blank_desk.context.apply(replace(blank_desk.appraisal, choices=rated(made), factors=made.factors), "Fill")
    page = long_list(qtbot, blank_desk)
    page.build.click()
    options = blank_desk.appraisal.options
    assert len(options) == 5
    assert all(one.choices for one in options)
    assert ShortListRole.OTHER not in {one.role for one in options}
    assert refusal(page).startswith("Five options are made of the rated choices.")
    assert page.section.detail.model.hasFocus()


def test_the_short_list_is_built_and_one_undo_takes_it_back(qtbot, desk_with):
    made = filled(load("worked-example", first_year=2027))
    kept = tuple(one for one in made.options if one.role is ShortListRole.BUSINESS_AS_USUAL)
    desk = desk_with(
        choices=rated(made), factors=made.factors, options=kept, lines=(), scores=(), constraints=(), effects=()
    )
    page = long_list(qtbot, desk)
    assert page.build._kind == "primary"
    page.build.setFocus()
    qtbot.keyClick(page.build, Qt.Key.Key_Return)
    assert page.switch.current() == "short_list"
    roles = [one.role for one in desk.appraisal.options]
    assert roles == [
        ShortListRole.BUSINESS_AS_USUAL,
        ShortListRole.DO_MINIMUM,
        ShortListRole.PREFERRED,
        ShortListRole.LESS_AMBITIOUS,
        ShortListRole.MORE_AMBITIOUS,
    ]
    assert page.section.detail.model.hasFocus()
    assert refusal(page).startswith("Four options are made")
    page.section.table.place(desk.appraisal.options[2].id)
    assert "Delivery: Joint service with Eastholme." in page.section.detail._made_of.text()
    assert desk.actions == ["Build the short list"]
    desk.undo()
    assert desk.appraisal.options == kept


def test_a_short_list_that_is_whole_says_so(qtbot, filled_desk):
    filled_desk.context.apply(replace(filled_desk.appraisal, choices=rated(filled_desk.appraisal)), "Rate")
    page = long_list(qtbot, filled_desk)
    page.build.click()
    before = len(filled_desk.appraisal.options)
    page.build.click()
    assert len(filled_desk.appraisal.options) == before
    assert "on the short list already" in refusal(page)


def test_what_is_gone_to_is_scrolled_into_view(qtbot, filled_desk):
    page = shown(qtbot, filled_desk)
    page.resize(900, 420)
    page.focus_place("delivery-own", "description")
    field = page.section.choice.description
    bar = page._frame.scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    top = field.mapTo(page._frame.scroller.viewport(), field.rect().topLeft()).y()
    assert 0 <= top < page._frame.scroller.viewport().height()


def test_findings_lead_into_the_long_list(qtbot, filled_desk):
    page = shown(qtbot, filled_desk)
    page.focus_place("delivery-own", "reason")
    assert page.switch.current() == "long_list"
    assert page.section.choice.choice == "delivery-own"
    assert page.section.choice.reason.sheet.hasFocus()
    page.focus_place("factor-legal", "name")
    assert page.section.factors.fields["factor-legal"].line.hasFocus()
    page.focus_place("option-joint", "choices")
    assert page.section.views.current() == "whole"
    assert page.section.whole.currentIndex().column() == 6
