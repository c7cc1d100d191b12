from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.funding import ProgrammeStop, Settlement
from appraise.present import funding_words, wording
from appraise.ui import theme
from appraise.ui.pages import funding_help
from appraise.ui.pages.funding import SECTIONS, FundingPage
from appraise.ui.pages.funding_pane import NOTHING_YET, STOPPED, funding_of, headings, short_years
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets import base
from appraise.ui.widgets.labels import FlowLabel

from .conftest import Desk
from .funding_driving import (
    OPTION,
    active,
    contracts,
    filled,
    grants,
    help_words,
    inside,
    money,
    prevention,
    settlements,
    shown,
)

HELPS = [words for words in vars(funding_help).values() if isinstance(words, Help)]


def test_the_page_opens_on_the_recommended_option(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.option.current() == desk.appraisal.recommendation.option
    assert page.scenario.current() == desk.appraisal.scenarios[0].id
    assert money(page).fan.isVisible()
    assert money(page).gaps.isVisible()


def test_the_answers_come_first_and_are_those_of_the_option_in_hand(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    for option in (page.hand.option, "option-usual"):
        page.option.chosen.emit(option)
        found = funding_words.answers(results, desk.appraisal, option)
        parts = [part for part in money(page).answers.parts if part.isVisible()]
        assert [part.question.text() for part in parts] == [one.question for one in found]
        for part, one in zip(parts, found, strict=True):
            assert part.answer.isVisible() != bool(one.rows)
            assert part.answer.text() == wording.capital(one.answer)
            rows = [(row.chance.text(), row.name.text()) for row in part.rows if row.isVisible()]
            assert rows == [
                (chance.replace(" ", wording.NO_BREAK), wording.shorten(name, 26)) for chance, name in one.rows
            ]
            assert part.detail.text() == one.detail


def test_how_answers_are_worked_out_is_told_when_it_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    card = money(page).answers
    results = desk.context.view.results
    assert results is not None
    found = funding_words.answers(results, desk.appraisal, page.hand.option)
    assert not card.more.isVisible()
    qtbot.mouseClick(card.ask, Qt.MouseButton.LeftButton)
    assert card.more.isVisible()
    assert all(one.more in card.more.text() for one in found)
    qtbot.mouseClick(card.ask, Qt.MouseButton.LeftButton)
    assert not card.more.isVisible()


def test_the_answers_are_seen_in_one_look(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    for part in money(page).answers.parts:
        lines = part.answer.heightForWidth(part.width()) / part.answer.fontMetrics().lineSpacing()
        assert part.answer.isHidden() or lines < 2.5, part.answer.text()
    assert money(page).answers.height() < theme.px(220)


def test_the_pane_says_that_an_error_stands_in_the_way(qtbot: QtBot, desk: Desk, blank_desk: Desk) -> None:
    wrong = replace(desk.appraisal, horizon=replace(desk.appraisal.horizon, years=0))
    assert shown(qtbot, Desk(wrong)).side.title.text() == STOPPED
    assert shown(qtbot, blank_desk).side.title.text() == NOTHING_YET


def test_many_scenarios_have_numbers_over_their_columns() -> None:
    assert headings(["A mixed one", "The harder one"]) == ("mixed", "harder")
    assert headings(["A", "B", "C", "D"]) == ("1", "2", "3", "4")


def test_the_answers_stand_side_by_side_until_it_is_narrow(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    first, second = money(page).answers.parts[:2]
    assert first.y() == second.y()
    page.resize(560, 820)
    qtbot.waitUntil(lambda: second.y() > first.y())


def test_short_money_stands_beside_the_gaps(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(filled()))
    page.option.chosen.emit(OPTION)
    part = money(page)
    assert part.short.isVisible()
    assert (
        part.short.mapTo(page, part.short.rect().topLeft()).y() == part.gaps.mapTo(page, part.gaps.rect().topLeft()).y()
    )
    page.option.chosen.emit("option-usual")  # without a contract nothing is let again
    assert not part.short.isVisible()
    assert part.gaps.isVisible()


def test_the_pane_says_how_likely_a_short_year_is(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.scenario.chosen.emit(desk.appraisal.scenarios[1].id)
    results = desk.context.view.results
    funding = funding_of(results, "option-joint", desk.appraisal.scenarios[1].id)
    assert funding is not None
    assert page.side.chance.text() == wording.percent(funding.probability_of_any_gap)
    assert page.side.heads[0].text() == f"Reserve for {wording.of_draws(funding.reserve_percentile / 100)}"
    assert page.side.lines[0].text() == wording.simulated(funding.reserve, funding.reserve_error)
    off = wording.NINETEEN_OF_20 * funding.expected_gap_error
    assert page.side.lines[1].text() == wording.simulated(funding.expected_gap, off)
    points = wording.number(100 * wording.NINETEEN_OF_20 * funding.any_gap_error, 1)
    assert page.side.meaning.text() == f"chance that at least one year is short of money, ±{points} points"
    worst = max(range(8), key=funding.probability_of_gap_by_year.__getitem__)
    assert results is not None
    assert page.side.lines[2].text() == results.years[worst]
    row = next(row for row in page.side.model.rows if row.key == "option-joint")
    assert row.kind == "recommended"
    assert row.cells[2].icon == ("completed" if short_years(funding) == 0 else "attention")


def test_the_pane_says_how_long_a_settlement_would_have_to_be(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    said = funding_words.lengths(results, desk.appraisal, "option-joint")
    assert said
    assert page.side.words.text.text() == " ".join(said)
    assert not page.side.prevention.isVisible()


def test_the_pane_says_what_stopping_prevention_costs(qtbot: QtBot) -> None:
    now = filled()
    first = replace(now.scenarios[0], stops=(ProgrammeStop(programme="programme-1", last_year=2),))
    page = shown(qtbot, Desk(replace(now, scenarios=(first, *now.scenarios[1:]))))
    page.option.chosen.emit(OPTION)
    assert page.side.prevention.isVisible()
    assert "stops Gully cleaning: each £1 not spent costs" in page.side.prevention.text.text()


def test_lengths_are_a_dash_until_the_full_run(qtbot: QtBot, desk: Desk) -> None:
    view = desk.context.view
    assert view.results is not None
    live = replace(
        view.results,
        constraints=None,
        options=tuple(replace(one, lengths=None) for one in view.results.options),
    )
    desk.context.start(replace(view, results=live))
    page = shown(qtbot, desk)
    assert page.side.words.text.text() == wording.DASH
    desk.context.show(view)
    assert page.side.words.text.text().startswith("With the money, cuts and prevention stops of")


def test_another_option_brings_another_chart(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    before = money(page).fan.view.chart()
    page.option.chosen.emit("option-usual")
    after = money(page).fan.view.chart()
    assert before is not None
    assert after is not None
    assert before.data.rows != after.data.rows
    assert page.side.title.text().startswith("Business as usual")


def test_the_option_chosen_stays_and_the_recommended_one_comes_with_the_figures(qtbot: QtBot, desk: Desk) -> None:
    view = desk.context.view
    desk.context.start(replace(view, results=None))
    page = shown(qtbot, desk)
    assert not money(page).fan.isVisible()
    desk.context.show(view)
    assert page.option.current() == desk.appraisal.recommendation.option
    page.option.chosen.emit("option-minimum")
    desk.context.show(replace(view, stale=True))
    assert page.option.current() == "option-minimum"


# --- sections ----------------------------------------------------------------------------------------------


def test_page_keys_go_round_the_sections(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    active(qtbot, page)
    page.option.setFocus()
    seen = []
    for _ in SECTIONS:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        seen.append(page.switch.current())
        assert inside(page, page.focusWidget())
        assert [key for key, section in page.sections.items() if section.isVisible()] == [page.switch.current()]
    assert seen == [*list(SECTIONS)[1:], "money"]
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.switch.current() == "contracts"


@pytest.mark.parametrize(
    ("section", "option", "scenario"),
    [
        ("money", True, True),
        ("settlements", False, True),
        ("grants", False, False),
        ("prevention", False, False),
        ("contracts", True, True),
    ],
)
def test_only_what_a_section_looks_at_can_be_chosen(
    qtbot: QtBot, desk: Desk, section: str, option: bool, scenario: bool
) -> None:
    page = shown(qtbot, desk, section)
    assert page.option.isVisible() is option
    assert page.scenario.isVisible() is scenario


def test_names_of_scenarios_come_before_the_word_in_front_of_them(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, width=1000)
    label = next(one for one in page.bar.of_scenario.findChildren(FlowLabel) if one.text() == "Scenario")
    assert label.isVisible()
    page.resize(640, 820)
    qtbot.waitUntil(lambda: not label.isVisible())
    page.resize(480, 820)  # one below the other there is room again
    qtbot.waitUntil(label.isVisible)


def test_what_is_in_hand_is_the_same_in_every_section(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    last = desk.appraisal.scenarios[-1]
    page.scenario.chosen.emit(last.id)
    page.turn_to("settlements")
    assert settlements(page).card.name.text() == last.name
    page.turn_to("contracts")
    assert page.scenario.current() == last.id


def test_help_is_that_of_the_section_and_then_of_the_field(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(filled()))
    active(qtbot, page)
    for key in SECTIONS:
        page.switch.set_current(key)
        page._turn()
        assert page.section.first.title in help_words(page)
    page.option.chosen.emit(OPTION)
    page.turn_to("contracts")
    contracts(page).terms.money["investment"].setFocus()
    assert funding_help.INVESTMENT.title in help_words(page)
    contracts(page).timetable.standstill.setFocus()
    assert funding_help.STANDSTILL.title in help_words(page)


def test_help_is_in_short_sentences() -> None:
    assert len(HELPS) > 30
    for words in HELPS:
        assert all(len(sentence.split()) <= 25 for sentence in words.text.replace("?", ".").split(". ")), words.title


@pytest.mark.parametrize("section", list(SECTIONS))
def test_tab_goes_through_a_section_as_it_is_read(qtbot: QtBot, section: str) -> None:
    page = shown(qtbot, Desk(filled()))
    for key in (*SECTIONS, section):  # sections made later must not come in between
        page.turn_to(key)
    page.option.chosen.emit(OPTION)
    active(qtbot, page)
    qtbot.wait(20)
    switch = page.switch.list if page.switch.folded() else page.switch.bar
    stops, here = [], switch.nextInFocusChain()
    while here is not switch:
        tab = bool(here.focusPolicy() & Qt.FocusPolicy.TabFocus) and here.focusProxy() is None
        if tab and here.isVisible() and inside(page.section, here) and not _in_table(here):
            stops.append(here)
        here = here.nextInFocusChain()
    read = [one for one in base.stops_as_read(page.section) if one.isVisible() and not _in_table(one)]
    assert len(read) >= 3
    assert stops == read


def _in_table(widget: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QAbstractItemView):
        around = around.parentWidget()
    return around is not None


# --- nothing, wrong and narrow -----------------------------------------------------------------------------


def test_without_scenarios_the_page_invites_the_first(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    page = shown(qtbot, desk_with(scenarios=()))
    assert money(page).empty_card.isVisible()
    assert not money(page).fan.isVisible()
    assert not money(page).answers.isVisible()
    assert not page.bar.isVisible()
    qtbot.mouseClick(money(page).empty.action, Qt.MouseButton.LeftButton)
    assert page.switch.current() == "settlements"
    assert settlements(page).new.isVisible()


def test_a_blank_document_has_a_calm_word_in_every_section(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    active(qtbot, page)
    for key in SECTIONS:
        page.turn_to(key)
        page.focus_first()
        here = page.focusWidget()
        assert here is not None
        assert here.isVisible()
        assert page.section.isVisible()
        assert page.side.title.text().startswith("Funding figures appear")
    assert grants(page).records.empty.isVisible() or not page.section.isAncestorOf(grants(page))


def test_errors_stand_in_place_of_the_pictures(qtbot: QtBot, desk: Desk) -> None:
    scenario = desk.appraisal.scenarios[0]
    bad = replace(scenario.settlements[1], renewal=1.4)
    scenario = replace(scenario, settlements=(scenario.settlements[0], bad, *scenario.settlements[2:]))
    page = shown(qtbot, Desk(replace(desk.appraisal, scenarios=(scenario, *desk.appraisal.scenarios[1:]))))
    assert money(page).missing.errors.isVisible()
    assert not money(page).fan.isVisible()
    assert not money(page).answers.isVisible()


def test_a_scenario_without_money_is_not_judged(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "settlements")
    settlements(page).new.add_empty()
    page.turn_to("money")
    assert not money(page).fan.isVisible()
    assert not money(page).gaps.isVisible()
    assert page.side.chance.text() == wording.DASH
    assert page.side.meaning.text() == "No money is entered in this scenario yet"
    assert [label.text() for label in page.side.lines] == [wording.DASH] * 3
    assert {row.cells[-1].spoken for row in page.side.model.rows} == {"no money entered"}
    assert {row.cells[1].spoken == "no money entered" for row in page.side.model.rows} == {False}


def test_scenarios_fit_the_narrow_columns_of_the_pane(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.pane.resize(301, 700)
    qtbot.wait(20)
    table, columns = page.side.table, len(desk.appraisal.scenarios) + 1
    assert sum(table.columnWidth(column) for column in range(columns)) <= table.viewport().width()
    assert headings(["Single-year, rolled", "Three-year"]) == ("Single", "Three")
    assert headings(["Settlement of 2026", "Three-year", "Five-year"]) == ("Settle…", "Three", "Five")
    assert headings(["Grant as today", "Grant cut", ""]) == ("Grant as…", "Grant cut", "")


@pytest.mark.parametrize("section", list(SECTIONS))
@pytest.mark.parametrize(("zoom", "width"), [(100, 640), (200, 1180)])
def test_no_section_is_wider_than_the_page(qtbot: QtBot, section: str, zoom: int, width: int) -> None:
    """Only tables scroll across; two words that belong together are not cut."""
    before = theme.current()
    theme.use(theme.Theme("light", zoom))
    try:
        page = shown(qtbot, Desk(filled()), section, width=width)
        page.option.chosen.emit(OPTION)
        qtbot.wait(30)
        areas = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
        assert areas
        assert [area.horizontalScrollBar().maximum() for area in areas] == [0] * len(areas)
        for area in areas:
            within = area.widget()
            assert within is not None
            assert within.width() <= area.viewport().width()
    finally:
        theme.use(before)


# --- where findings lead -----------------------------------------------------------------------------------

_GONE = ProgrammeStop(programme="programme-gone", last_year=3)


def _spoiled() -> Desk:
    """Something wrong in every record of the step."""
    now = filled()
    first, *rest = now.scenarios
    wrong = replace(first.settlements[1], renewal=2.0, cut_low=0.9, capital=(first.settlements[1].amounts * 3))
    bad = Settlement(id="settlement-bad", name="", first_year=-1, amounts=())
    first = replace(first, settlements=(first.settlements[0], wrong, bad), stops=(_GONE, _GONE), grants=("gone",))
    grant = replace(now.grants[0], chance=3.0, bid_opens="2027-13-40", lines=("line-gone",), first_year=-2)
    programme = replace(now.programmes[0], low=0.9, decay=4.0, lines=(*now.programmes[0].lines, "line-gone"))
    options = tuple(
        replace(
            one,
            terms=replace(one.terms, starts=-1, fall_back="option-gone", kept_value=one.terms.investment + 9),
            timetable=replace(one.timetable, starts_on="soon", tender_weeks=-4, standstill_days=2),
        )
        if one.id == OPTION
        else one
        for one in now.options
    )
    return Desk(replace(now, scenarios=(first, *rest), grants=(grant,), programmes=(programme,), options=options))


def test_every_finding_of_the_step_leads_to_its_field(qtbot: QtBot) -> None:
    desk = _spoiled()
    page = shown(qtbot, desk)
    active(qtbot, page)
    found = [one for one in desk.context.view.findings if one.step == 7]
    assert len({one.code for one in found}) > 12
    sections = {"scenario": "settlements", "settlement": "settlements", "grant": "grants", "programme": "prevention"}
    for one in found:
        page.focus_place(one.record, one.field)
        here = page.focusWidget()
        assert here is not None
        assert here.isVisible(), one
        assert page.switch.current() == sections.get(one.record.split("-")[0], "contracts"), one
        assert inside(page.section, here), one
    page.grab()
    page.pane.grab()


def test_a_finding_takes_its_option_in_hand(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(filled()))
    active(qtbot, page)
    page.focus_place(OPTION, "capital_percent")
    assert page.hand.option == OPTION
    assert page.option.current() == OPTION
    assert contracts(page).terms.percent.line.hasFocus()
    page.focus_place(OPTION, "standstill_days")
    assert contracts(page).timetable.standstill.line.hasFocus()


def test_a_section_is_asked_for_by_its_key(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.focus_place("", "prevention")
    assert page.switch.current() == "prevention"
    assert prevention(page).isVisible()


def test_another_document_begins_anew(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "settlements")
    page.option.chosen.emit("option-usual")
    desk.context.start(Desk(filled()).context.view)
    assert page.switch.current() == "money"
    assert page.option.current() == "option-joint"
    assert isinstance(page, FundingPage)
