from dataclasses import replace
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, Timetable
from appraise.present import term_words
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.funding_contracts import ContractsSection

from .conftest import Desk
from .funding_driving import OPTION, active, contracts, filled, shown


def opened(qtbot: QtBot, desk: Desk, option: str = OPTION) -> ContractsSection:
    page = shown(qtbot, desk, "contracts")
    page.option.chosen.emit(option)
    return contracts(page)


def option_of(desk: Desk) -> Option:
    return next(one for one in desk.appraisal.options if one.id == OPTION)


def test_an_option_without_a_term_says_so_and_leads_to_it(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk, "option-usual")
    assert not part.terms.isVisible()
    assert not part.chart.isVisible()
    assert "has no contract with a fixed term" in part.empty.sentence()
    with qtbot.waitSignal(desk.context.place_wanted) as gone:
        part.empty.action.click()
    assert gone.args == [2, "option-usual", "term_years"]


def test_the_chain_is_drawn_and_told_for_the_scenario_in_hand(qtbot: QtBot) -> None:
    desk = Desk(filled())
    part = opened(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    said = []
    for scenario in desk.appraisal.scenarios[:2]:
        part.hand.take(scenario.id)
        assert part.chart.isVisible()
        words = term_words.contract(results, desk.appraisal, OPTION, scenario.id)
        assert words
        assert part.words.text().startswith(" ".join(words))
        assert term_words.ten_percent(desk.appraisal, OPTION) in part.words.text()
        said.append(part.words.text())
    assert said[0] != said[1]


def test_a_shorter_term_shows_at_once(qtbot: QtBot) -> None:
    desk = Desk(filled())
    part = opened(qtbot, desk)
    before = part.words.text()
    part.terms.commitment.chosen.emit(Commitment.FREELY.value)
    assert option_of(desk).terms.commitment is Commitment.FREELY
    assert part.words.text() != before
    assert "whole term" in part.words.text()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("investment", "1.5m", Decimal("1500000.00")),
        ("kept_value", "100k", Decimal("100000.00")),
        ("procurement", "£90,000", Decimal("90000.00")),
        ("transition", "40000", Decimal("40000.00")),
        ("dual_running", "", Decimal("0.00")),
        ("reference_years", "5", 5),
        ("capital_percent", "6.5", Decimal("6.5")),
    ],
)
def test_terms_are_typed(qtbot: QtBot, field: str, text: str, value: object) -> None:
    now = filled()
    options = tuple(
        replace(one, terms=replace(one.terms, dual_running=Decimal("5.00"))) if one.id == OPTION else one
        for one in now.options
    )
    desk = Desk(replace(now, options=options))
    part = opened(qtbot, desk)
    widget = part.terms.fields[field]
    widget.line.setText(text)
    widget.line.left.emit()
    assert getattr(option_of(desk).terms, field) == value
    assert len(desk.actions) == 1
    assert "in the contract of Outsourced for seven years" in desk.actions[0]
    assert "_" not in desk.actions[0]


@pytest.mark.parametrize(
    ("field", "text"), [("investment", "-4"), ("reference_years", "200"), ("capital_percent", "x")]
)
def test_what_cannot_be_read_stays_and_is_told(qtbot: QtBot, field: str, text: str) -> None:
    desk = Desk(filled())
    widget = opened(qtbot, desk).terms.fields[field]
    widget.line.setText(text)
    widget.line.left.emit()
    assert widget.fault()
    assert widget.text() == text
    assert desk.actions == []


def test_choices_of_the_terms(qtbot: QtBot) -> None:
    desk = Desk(filled())
    card = opened(qtbot, desk).terms
    card.after.chosen.emit(AfterCut.KEEP.value)
    assert not card.falling.isVisible()
    card.starts.chosen.emit("1")
    card.real.chosen.emit("real")
    card.after.chosen.emit(AfterCut.BREAK.value)
    assert card.falling.isVisible()
    card.fall_back.chosen.emit("option-usual")
    card.break_is.chosen.emit(BreakCost.OUTSTANDING.value)
    assert not card.money["break_cost"].isEnabled()
    terms = option_of(desk).terms
    assert (terms.starts, terms.capital_real, terms.after_cut) == (1, True, AfterCut.BREAK)
    assert (terms.fall_back, terms.break_cost_is) == ("option-usual", BreakCost.OUTSTANDING)
    card.fall_back.chosen.emit("none")
    assert option_of(desk).terms.fall_back == ""
    assert OPTION not in [card.fall_back.itemData(place) for place in range(card.fall_back.count())]
    assert "nothing follows" in card.pick_faults["fall_back"].text()
    assert not card.fault.isVisible()


def test_an_error_of_the_terms_stands_at_its_field(qtbot: QtBot) -> None:
    desk = Desk(filled())
    card = opened(qtbot, desk).terms
    kept = card.money["kept_value"]
    kept.line.setText("2100000")
    kept.line.left.emit()
    assert "keeps more at the end than it puts in" in kept.fault()
    assert not card.money["investment"].fault()
    kept.line.setText("100000")
    kept.line.left.emit()
    assert kept.fault() == ""


def test_whether_lines_hold_reletting_is_said_and_moves_the_figures(qtbot: QtBot) -> None:
    desk = Desk(filled())
    card = opened(qtbot, desk).terms
    before = option_of(desk).terms.relets_entered
    assert card.relets.current() == str(before)
    card.relets.chosen.emit(str(not before))
    assert option_of(desk).terms.relets_entered is not before
    assert card.relets.current() == str(not before)
    assert "whether lines hold re-letting" in desk.actions[-1]


def test_a_half_typed_amount_stays_with_its_option(qtbot: QtBot) -> None:
    desk = Desk(filled())
    page = shown(qtbot, desk, "contracts")
    page.option.chosen.emit(OPTION)
    active(qtbot, page)
    other = next(one for one in desk.appraisal.options if one.id == "option-joint")
    card = contracts(page).terms
    card.money["investment"].setFocus()
    card.money["investment"].line.setText("7")
    page.option.chosen.emit("option-joint")
    page.option.setFocus()
    assert card.money["investment"].text() == amount_text(other.terms.investment)
    assert all(one.terms.investment != 7 for one in desk.appraisal.options)


def test_the_timetable_is_typed_and_answered_with_dates(qtbot: QtBot) -> None:
    desk = Desk(filled())
    part = opened(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    said = term_words.timetable(results, desk.appraisal, OPTION)
    assert said
    assert part.timetable.said.text() == " ".join(said)
    assert "Service" in [row.cells[0].text for row in part.timetable.model.rows]
    part.timetable.weeks["tender_weeks"].line.setText("90")
    part.timetable.weeks["tender_weeks"].line.left.emit()
    assert option_of(desk).timetable.tender_weeks == 90
    assert "too late" in part.timetable.said.text()
    part.timetable.starts_on.line.setText("1 March 2026")
    part.timetable.starts_on.line.left.emit()
    assert option_of(desk).timetable.starts_on == "2026-03-01"
    part.timetable.needed_by.line.setText("1 July 2029")
    part.timetable.needed_by.line.left.emit()
    assert option_of(desk).timetable.needed_by == "2029-07-01"
    assert "too late" not in part.timetable.said.text()
    part.timetable.words.committed.emit("Frameworks may be quicker")
    assert desk.actions == [
        "Change notice and tender in a timetable",
        "Change the first day of a timetable",
        "Change the day of service in a timetable",
        "Change the words on a timetable",
    ]


def test_without_a_timetable_the_card_says_what_is_missing(qtbot: QtBot) -> None:
    now = filled()
    options = tuple(replace(one, timetable=Timetable()) for one in now.options)
    part = opened(qtbot, Desk(replace(now, options=options)))
    assert part.timetable.isVisible()
    assert not part.timetable.table.isVisible()
    assert "dates appear here" in part.timetable.said.text()


def test_dates_are_promised_before_the_first_full_run(qtbot: QtBot) -> None:
    desk = Desk(filled())
    view = desk.context.view
    assert view.results is not None
    live = replace(
        view.results, constraints=None, options=tuple(replace(one, timetable=None) for one in view.results.options)
    )
    desk.context.start(replace(view, results=live))
    part = opened(qtbot, desk)
    assert part.timetable.said.text() == "The dates appear here after the next full run."
    desk.context.show(view)
    assert "can start on" in part.timetable.said.text()
    desk.context.show(replace(view, results=replace(live, draws=1_999)))
    assert "can start on" in part.timetable.said.text(), "those of the last full run stay"
    assert part.timetable.earlier.isVisible()
