"""Who scores: posts, names, interests, and how the workshop was held."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.workshop import Interest, Stage
from appraise.present import scoring_words
from appraise.ui import theme
from appraise.ui.pages.scores_assessors import AssessorsSection
from appraise.ui.widgets import base

from .conftest import Desk
from .scores_driving import example, people, section, shown

_NARROW = 805
"""The width of the page in a window of 1366 by 768."""


def assessors(qtbot: QtBot, desk: Desk) -> AssessorsSection:
    return section(shown(qtbot, desk, "assessors"), AssessorsSection)


def texts(part: AssessorsSection, row: int) -> list[str]:
    return [cell.text for cell in part.assessors._model.rows[row].cells]


def test_each_assessor_is_a_row_with_marks_and_the_day_of_the_sheet(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 90, interest=Interest.TAKES_PART, late=True, name="Ann Example"))
    part = assessors(qtbot, desk)
    assert texts(part, 0) == ["Post 0", "Ann Example", "Declared, takes part", "5 of 40", "4\xa0May 2027, late"]
    assert texts(part, 1) == ["Post 1", "–", "None declared", "5 of 40", "4\xa0May 2027"]
    assert part.assessors.card.subtitle.text() == "2 of 2 asked about interests"


def test_the_table_fits_a_small_window_with_the_longest_day(qtbot: QtBot) -> None:
    now = people(example(), 10, 90)
    sheets = tuple(replace(one, received="2026-09-27", late=True) for one in now.workshop.assessors)
    page = shown(qtbot, Desk(replace(now, workshop=replace(now.workshop, assessors=sheets))), "assessors")
    table = section(page, AssessorsSection).assessors.table
    page.resize(_NARROW, 700)
    qtbot.wait(50)
    assert table.horizontalScrollBar().maximum() == 0
    said = texts(section(page, AssessorsSection), 0)[-1]
    assert base.text_width(said, "body") + 2 * theme.px(8) <= table.columnWidth(4)
    longest = max(base.text_width(words, "body") for words in scoring_words.INTERESTS.values())
    assert longest + theme.px(26) + 2 * theme.px(8) <= table.columnWidth(2)


def test_an_assessor_is_added_named_and_asked(qtbot: QtBot) -> None:
    desk = Desk(example(assessors=False))
    part = assessors(qtbot, desk)
    part.assessors.empty.activated.emit()
    part.assessors._typed_in_table("assessor-new1", 0, "Head of highways")
    part.assessors.interest.chosen.emit("stands_aside")
    words = part.assessors.fields["interest_words"]
    assert words.isVisible()
    words.sheet.setPlainText("Her brother bids")  # type: ignore[union-attr]  # an area of several lines
    words.sheet.left.emit()  # type: ignore[union-attr]
    found = desk.appraisal.workshop.assessors[0]
    assert (found.post, found.interest, found.interest_words) == (
        "Head of highways",
        Interest.STANDS_ASIDE,
        "Her brother bids",
    )
    assert part.assessors.said.text() == (
        "Head of highways has an interest (Her brother bids) and stands aside: no mark counts."
    )


def test_fifty_one_posts_are_pasted_as_one_step(qtbot: QtBot) -> None:
    desk = Desk(example(assessors=False))
    part = assessors(qtbot, desk)
    part.assessors.empty.activated.emit()
    before = len(desk.actions)
    part.assessors.table.setFocus()
    part.assessors.table.place("assessor-new1", 0)
    QGuiApplication.clipboard().setText("\n".join(f"Post {number}\tPerson {number}" for number in range(51)))
    part.assessors.table.paste()
    found = desk.appraisal.workshop.assessors
    assert len(found) == 51
    assert (found[50].post, found[50].name) == ("Post 50", "Person 50")
    assert len(desk.actions) == before + 1


def test_who_has_marks_on_record_cannot_be_removed_once_they_are_closed(qtbot: QtBot) -> None:
    desk = Desk(people(example(), 10, 90))
    part = assessors(qtbot, desk)
    part.assessors.buttons.removed.emit()
    assert len(desk.appraisal.workshop.assessors) == 2
    assert part.assessors.refused.isVisible()
    assert part.assessors.refused._title.text().startswith("Scoring is closed: a late sheet adds what is missing")
    assert part.assessors.chosen == "assessor-0"


def test_method_facilitator_and_date_are_kept(qtbot: QtBot) -> None:
    desk = Desk(example(Stage.PREPARING, scores=False))
    part = assessors(qtbot, desk)
    for key, words in (("method", "Alone, then agreed"), ("facilitator", "Analyst"), ("held_on", "4 May 2027")):
        part.workshop.fields[key].committed.emit(words)
        assert part.workshop.fields[key].text() == words
    found = desk.appraisal.workshop
    assert (found.method, found.facilitator, found.held_on) == ("Alone, then agreed", "Analyst", "4 May 2027")
    assert desk.actions == [
        "Change method of the workshop",
        "Change facilitator of the workshop",
        "Change date of the workshop",
    ]


def test_a_finding_about_the_method_leads_to_its_field(qtbot: QtBot) -> None:
    desk = Desk(example())
    page = shown(qtbot, desk)
    page.focus_place("", "method")
    assert section(page, AssessorsSection).workshop.fields["method"].focusProxy().hasFocus()
