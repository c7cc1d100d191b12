"""Money by year and partners in step 8, through their widgets."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.present import funding_tables, funding_words, partner_tables, partner_words, wording
from appraise.ui import theme
from appraise.ui.pages.results import ResultsPage
from appraise.ui.pages.results_money import MoneySection
from appraise.ui.pages.results_partners import PartnersSection

from .conftest import Desk
from .together import ARRANGEMENT, GAP, JOINT, PILOT, document


@pytest.fixture
def together() -> Desk:
    """Partners, a price gap and a stage beside the three scenarios of the worked example."""
    return Desk(document())


def at(qtbot: QtBot, desk: Desk, key: str) -> tuple[ResultsPage, QWidget]:
    page = ResultsPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(860, 820)
    page.show()
    page.activateWindow()
    page.turn_to(key)
    qtbot.wait(20)
    return page, page.sections[key]


def money(qtbot: QtBot, desk: Desk) -> tuple[ResultsPage, MoneySection]:
    page, section = at(qtbot, desk, "money")
    assert isinstance(section, MoneySection)
    return page, section


def partners(qtbot: QtBot, desk: Desk) -> tuple[ResultsPage, PartnersSection]:
    page, section = at(qtbot, desk, "partners")
    assert isinstance(section, PartnersSection)
    return page, section


def live(desk: Desk) -> None:
    """What the window shows while somebody drags."""
    results = evaluate(desk.appraisal, Settings(draws=2_000), parts=LIVE_PARTS)
    desk.context.show(replace(desk.context.view, results=results, live=True))


# --- money by year ----------------------------------------------------------------------------------------


def test_regret_stands_first_with_its_numbers_and_words(qtbot, together):
    _, section = money(qtbot, together)
    chart = section.map.view.chart()
    assert chart is not None
    results = together.context.view.results
    whole = funding_tables.regret(results, together.appraisal)
    assert chart.figures().rows == whole.rows
    assert section.said.text().endswith(funding_words.REGRET_CAUTION)


def test_the_table_of_all_options_stands_in_two_that_fit(qtbot, together):
    _, section = money(qtbot, together)
    whole = funding_tables.all_options(together.context.view.results, together.appraisal)
    paid, costs = section.paid.shown, section.costs.shown
    assert len(paid.rows) == len(costs.rows) == len(whole.rows)
    heads = [column.heading for column in (*paid.columns, *costs.columns[2:])]
    assert heads == [column.heading for column in whole.columns], "no column is lost"
    assert {*paid.notes, *costs.notes} == {*whole.notes}
    for card in (section.paid, section.costs):
        needed = sum(card.table.columnWidth(place) for place in range(len(card.shown.columns)))
        assert needed <= card.table.viewport().width(), card.shown.title


def test_the_choice_moves_short_money_and_lengths(qtbot, together):
    _, section = money(qtbot, together)
    assert section.choice.current() == JOINT
    section.choice.switch.set_current("option-outsource")
    section.choice.switch.chosen.emit("option-outsource")
    results = together.context.view.results
    assert section.short.said.text().startswith(
        funding_words.short_money(results, together.appraisal, "option-outsource")
    )
    assert section.lengths.title.text().startswith("Outsource")
    lengths = funding_words.lengths(results, together.appraisal, "option-outsource")
    assert section.lengths.said.text() == " ".join(lengths)


def test_live_figures_keep_the_lengths_of_the_last_full_run(qtbot, together):
    _, section = money(qtbot, together)
    said = section.lengths.said.text()
    live(together)
    assert section.lengths.said.text() == said
    assert not section.lengths.earlier.isHidden()


def test_before_the_first_full_run_there_are_no_lengths(qtbot, together):
    live(together)
    _, section = money(qtbot, together)
    assert section.lengths.isHidden()
    assert section.map.isVisible()


def test_without_money_the_way_leads_to_funding(qtbot):
    desk = Desk(replace(document(), scenarios=()))
    _, section = money(qtbot, desk)
    assert section.nothing.isVisible()
    assert "funding scenario" in section.empty.sentence()
    places = []
    desk.context.place_wanted.connect(lambda *place: places.append(place))
    section.empty.action.click()
    section.lead(section.short, 0, 0)
    assert places == [(7, "", ""), (7, "", "")]


# --- partners ---------------------------------------------------------------------------------------------


def test_each_partner_has_its_case_and_the_chart_says_the_same(qtbot, together):
    _, section = partners(qtbot, together)
    results, appraisal = together.context.view.results, together.appraisal
    wanted = partner_tables.cases(results, appraisal, JOINT)
    assert [row.cells[0].text for row in section.cases.model.rows] == [
        "Saltmere", "Eastholme", "Westholme", "All partners",
    ]  # fmt: skip
    assert section.cases.shown.rows == wanted.rows
    assert section.cases.said.text() == " ".join(partner_words.cases(results, appraisal, JOINT))
    chart = section.chart.view.chart()
    assert chart is not None
    assert "Westholme" in chart.alt
    assert section.splits.said.text() == " ".join(partner_words.stability(results, appraisal, JOINT))
    assert section.unstable.isVisible(), "Westholme would pay less by itself"
    assert section.leaving.isVisible()


def test_the_choice_of_partner_shows_its_cash_by_year(qtbot, together):
    _, section = partners(qtbot, together)
    assert section.years.title.text().startswith("Saltmere")
    section.partner.set_current("partner-west")
    section.partner.chosen.emit("partner-west")
    assert section.years.title.text().startswith("Westholme")


def test_an_option_that_nobody_shares_has_only_its_purse(qtbot, together):
    _, section = partners(qtbot, together)
    section.choice.switch.set_current("option-inhouse")
    section.choice.switch.chosen.emit("option-inhouse")
    for part in (section.chart, section.cases, section.splits, section.unstable, section.leaving, section.one):
        assert not part.isVisible()
    assert section.purse.isVisible()
    assert "partners of this option" in section.absent.text()
    first = next(card.title.text() for card in section.cards() if card.isVisible())
    assert first.startswith("In-house: the whole")


def test_price_gaps_stages_and_people_stand_below(qtbot, together):
    _, section = partners(qtbot, together)
    assert wording.NO_BREAK in section.prices.said.text()
    assert section.buyers.title.text().startswith("Road salt")
    assert not section.gap.isVisible(), "one gap needs no choice"
    assert "“One district first” pays" in section.pilots.said.text()
    assert [row.cells[1].text for row in section.scarce.model.rows] == ["Drainage engineers"]


def test_live_figures_keep_the_last_full_run(qtbot, together):
    _, section = partners(qtbot, together)
    said = section.cases.said.text()
    live(together)
    assert section.cases.said.text() == said
    assert not section.cases.earlier.isHidden()


def test_before_the_first_full_run_it_says_what_it_waits_for(qtbot, together):
    live(together)
    _, section = partners(qtbot, together)
    assert section.nothing.isVisible()
    assert "full run" in section.empty.sentence()


def test_with_nobody_to_share_the_way_leads_to_partners(qtbot):
    plain = document()
    own = {line.id for line in plain.lines if line.body}
    desk = Desk(
        replace(
            plain, partners=(), arrangements=(), price_gaps=(), pilots=(), scarce_staff=(), bodies=(),
            lines=tuple(line for line in plain.lines if line.id not in own),
            constraints=(), options=plain.options, line_terms=(),
        )
    )  # fmt: skip
    assert desk.context.view.results is not None
    _, section = partners(qtbot, desk)
    if section.nothing.isVisible():
        assert "as soon as an option is shared" in section.empty.sentence()
    else:
        assert section.purse.isVisible(), "somebody else of the public sector still gains or pays"


def test_figures_lead_to_where_they_came_from(qtbot, together):
    _, section = partners(qtbot, together)
    places = []
    together.context.place_wanted.connect(lambda *place: places.append(place))
    for card in (section.cases, section.purse, section.buyers, section.pilots, section.scarce, section.years):
        section.lead(card, 0, 0)
    assert places == [
        (2, ARRANGEMENT, "partners"), (5, JOINT, "lines"), (2, GAP, "buyers"), (2, PILOT, "success"),
        (2, "staff-1", "posts"), (2, "partner-us", "alone"),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["money", "partners"])
def test_nothing_is_cut_in_dark_at_200(qtbot, together, key):
    page, section = at(qtbot, together, key)
    theme.use(theme.Theme("dark", 200))
    page.resize(1100, 800)
    qtbot.wait(20)
    assert section.minimumSizeHint().width() <= page._frame.scroller.viewport().width() + 1


def test_copying_takes_every_table_that_is_shown(qtbot, together):
    _, section = partners(qtbot, together)
    shown = section.shown_tables()
    assert any("ways to share" in table.title for table in shown)
    for card in section.cards():
        assert (card.shown in shown) == card.isVisible(), card.title.text()
