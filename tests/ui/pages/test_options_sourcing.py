from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from appraise.model.appraisal.options import ContractType
from appraise.model.appraisal.sourcing import Authority, Leaning, Reply
from appraise.model.edits.options import set_contract
from appraise.model.tables import QUESTION_SETS
from appraise.workspace.templates import load
from tests.ui.pages.conftest import Desk
from tests.ui.pages.filled_options import filled
from tests.ui.pages.test_options import counted, refusal, shown


@pytest.fixture
def filled_desk() -> Desk:
    """The worked example with two contracts and a test half answered."""
    return Desk(filled(load("worked-example", first_year=2027)))


def section(qtbot, desk, key):
    page = shown(qtbot, desk)
    page.turn_to(key)
    return page


def test_a_question_is_answered_with_the_keyboard_alone(qtbot, desk_with):
    from appraise.model.appraisal.sourcing import Sourcing

    desk = desk_with(sourcing=Sourcing())
    page = section(qtbot, desk, "sourcing")
    page.focus_first()
    first = QUESTION_SETS["public_interest"].questions[0]
    row = page.section.sheet.rows[first.id]
    assert row.reply.hasFocus()
    qtbot.keyClick(row.reply, Qt.Key.Key_Right)
    qtbot.keyClick(row.reply, Qt.Key.Key_Right)
    assert desk.appraisal.sourcing.public_interest.answers[0].reply is Reply.PARTLY
    qtbot.keyClick(row.reply, Qt.Key.Key_Tab)
    assert row.words.sheet.hasFocus()
    qtbot.keyClicks(row.words.sheet, "By statute")
    qtbot.keyClick(row.words.sheet, Qt.Key.Key_Tab)
    assert desk.appraisal.sourcing.public_interest.answers[0].words == "By statute"
    second = QUESTION_SETS["public_interest"].questions[1]
    assert page.section.sheet.rows[second.id].reply is QApplication.focusWidget()
    assert counted(page)["Public interest test"] == "1 of 20 answered"
    for _ in range(len(desk.actions)):
        desk.undo()
    assert (row.reply.current(), row.words.text()) == ("unsaid", "")


def test_both_tests_say_what_they_are_and_have_their_own_answers(qtbot, filled_desk):
    page = section(qtbot, filled_desk, "sourcing")
    shown_words = " ".join(label.text() for label in page.section.sheet.head.findChildren(type(page.pane._title)))
    assert "does not replace it" in shown_words
    assert "PPN 024" in shown_words
    assert "Councils are encouraged" in shown_words
    page.section.tests.bar.setCurrentIndex(1)
    sheet = page.section.sheet
    assert list(sheet.rows) == [one.id for one in QUESTION_SETS["delivery_model"].questions]
    assert "June 2020" in " ".join(label.text() for label in sheet.head.findChildren(type(page.pane._title)))
    sheet.rows["reserved"].reply.setCurrentIndex(4)
    assert filled_desk.appraisal.sourcing.delivery_model.answers[0].reply is Reply.NOT_APPLICABLE
    assert len(filled_desk.appraisal.sourcing.public_interest.answers) == 12
    assert sheet.cards["Before you start"].subtitle.text() == "1 of 5 answered"


def test_leaning_and_conclusion(qtbot, filled_desk):
    page = section(qtbot, filled_desk, "sourcing")
    sheet = page.section.sheet
    assert sheet.head.title.text() == "Public interest test points to: with others"
    sheet.conclusion.leaning.bar.setCurrentIndex(2)
    sheet.conclusion.words.sheet.setPlainText("Four bidders, one price.")
    sheet.conclusion.words.sheet.left.emit()
    test = filled_desk.appraisal.sourcing.public_interest
    assert (test.leaning, test.conclusion) == (Leaning.OUTSOURCE, "Four bidders, one price.")
    assert counted(page)["Public interest test"] == "12 of 20 answered; points to: outsourced"
    filled_desk.undo()
    assert sheet.conclusion.words.text() == "Own crews keep control; a neighbour adds cover."


def test_a_test_that_is_not_used_asks_only_why(qtbot, filled_desk):
    page = section(qtbot, filled_desk, "sourcing")
    sheet = page.section.sheet
    sheet.head.used.setCurrentIndex(1)
    assert not filled_desk.appraisal.sourcing.public_interest.used
    assert not any(card.isVisible() for card in sheet.cards.values())
    assert sheet.conclusion.why_not.isVisible()
    assert not sheet.conclusion.leaning.isVisible()
    assert counted(page)["Public interest test"] == "Not used here"
    assert len(filled_desk.appraisal.sourcing.public_interest.answers) == 12
    filled_desk.undo()
    assert all(card.isVisible() for card in sheet.cards.values())


def test_findings_lead_into_the_tests(qtbot, filled_desk):
    page = shown(qtbot, filled_desk)
    page.focus_place("delivery_model", "answers")
    assert page.switch.current() == "sourcing"
    assert page.section.tests.current() == "delivery_model"
    page.focus_place("public_interest", "conclusion")
    assert page.section.sheet.conclusion.leaning.isAncestorOf(QApplication.focusWidget())


def rows(model):
    return {row.key: [cell.said() for cell in row.cells] for row in model.rows}


def test_contracts_stand_against_threshold_and_limits(qtbot, filled_desk):
    page = section(qtbot, filled_desk, "contract")
    contract = next(one for one in filled_desk.context.view.results.options if one.id == "option-outsource")
    worked_out = contract.financial.procurement
    values = rows(page.section._values_model)
    assert values["option-usual"][4:] == ["–", "–", "Nothing bought"]
    assert values["option-outsource"][2:4] == ["7", "3"]
    assert values["option-outsource"][4] == f"£{worked_out.value / 1_000_000:.1f}m"
    assert values["option-outsource"][5:] == ["£207,720", "Above"]
    changes = rows(page.section._changes_model)
    assert list(changes) == ["option-outsource", "option-joint"]
    assert changes["option-outsource"][1:3] == ["10", "1.0"]
    assert changes["option-outsource"][5] == "Within the limit"
    assert worked_out.largest_claim < worked_out.value_change
    assert page.section.value_card.title.text().startswith("Both contracts are above the threshold")


def test_a_claim_beyond_the_limit_is_said(qtbot, filled_desk):
    large = tuple(
        replace(one, impact=replace(one.impact, high=one.impact.high * 100))
        for one in filled_desk.appraisal.constraints
    )
    desk = Desk(replace(filled_desk.appraisal, constraints=large))
    page = section(qtbot, desk, "contract")
    assert rows(page.section._changes_model)["option-outsource"][5] == "Beyond the limit"
    assert page.section.change_card.title.text() == "One claim goes beyond what may change without a new tender"


def test_contract_terms_are_edited_and_who_decides_moves_the_threshold(qtbot, filled_desk):
    page = section(qtbot, filled_desk, "contract")
    model = page.section._values_model
    place = model.place_of("option-outsource")
    assert "ten" in model.apply(model.index(place, 2), "ten")
    assert "ten" in refusal(page)
    model.apply(model.index(place, 2), "5")
    model.apply(model.index(place, 3), "0")
    model.apply(model.index(place, 1), "works")
    option = filled_desk.appraisal.options[3]
    assert (option.term_years, option.extension_years, option.contract) == (5, 0, ContractType.WORKS)
    assert rows(model)["option-outsource"][5] == "£5,193,000"
    assert "15 %" in rows(page.section._changes_model)["option-outsource"][3].replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    model.apply(model.index(place, 1), "services")
    page.section.authority.chosen.emit("central")
    assert filled_desk.appraisal.sourcing.authority is Authority.CENTRAL
    assert rows(model)["option-outsource"][5] == "£135,018"
    filled_desk.undo()
    assert rows(model)["option-outsource"][5] == "£207,720"


def test_without_figures_the_threshold_stands_and_the_value_waits(qtbot, blank_desk):
    bought = set_contract(
        blank_desk.appraisal, option=blank_desk.appraisal.options[3].id, contract=ContractType.LIGHT_TOUCH
    )
    desk = Desk(bought)
    view = replace(desk.context.view, results=None)
    desk.context.show(view)
    page = section(qtbot, desk, "contract")
    row = rows(page.section._values_model)[bought.options[3].id]
    assert row[4:] == ["–", "£663,540", "No figures yet"]
    assert page.section.value_card.title.text() == "Values appear when the costs can be worked out"


def test_without_options_the_contracts_say_so(qtbot, desk_with):
    page = section(
        qtbot, desk_with(options=(), lines=(), scores=(), constraints=(), effects=(), choices=()), "contract"
    )
    assert page.section._empty.isVisible()
    assert not page.section.values.isVisible()
