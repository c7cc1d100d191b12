"""Step 7 for tests: the worked example with a grant, a programme, contract terms and a timetable, and its page."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Commitment
from appraise.model.edits import funding, programmes, terms
from appraise.ui.pages.funding import FundingPage
from appraise.ui.pages.funding_contracts import ContractsSection
from appraise.ui.pages.funding_grants import GrantsSection
from appraise.ui.pages.funding_money import MoneySection
from appraise.ui.pages.funding_prevention import PreventionSection
from appraise.ui.pages.funding_settlements import SettlementsSection
from appraise.ui.widgets.labels import FlowLabel
from appraise.workspace.templates import load

from .conftest import Desk

OPTION = "option-outsource"


def filled() -> Appraisal:
    """Everything that step 7 can hold, in one document without errors."""
    now = load("worked-example", first_year=2027)
    cost = [line.id for line in now.lines if line.option == OPTION and all(line.amounts[1:8])][:2]
    now = funding.add_grant(now, grant="grant-1", name="Resilience fund")
    now = funding.set_grant_amounts(now, grant="grant-1", amounts={1: Decimal(150_000)}, capital={2: Decimal(90_000)})
    now = funding.change_grant(now, grant="grant-1", chance=0.4, spend_by="2029-03-31", source="Prospectus, May 2026")
    now = funding.use_grant(now, scenario=now.scenarios[0].id, grant="grant-1", used=True)
    now = programmes.add_programme(now, programme="programme-1", name="Gully cleaning", option=OPTION)
    fields = {"starts": 0, "lag_years": 1, "ramp_years": 2, "low": 0.05, "likely": 0.1, "high": 0.15, "decay": 0.5}
    now = programmes.change_programme(
        now, programme="programme-1", investment=(cost[0],), lines=(cost[1],), source="Trial, 2024", **fields
    )
    now = terms.change_terms(
        now, option=OPTION, commitment=Commitment.NEVER, investment=Decimal(2_000_000), source="Supplier day, 2026"
    )
    return terms.change_timetable(now, option=OPTION, starts_on="2026-04-01", tender_weeks=10, mobilisation_weeks=16)


def shown(qtbot: QtBot, desk: Desk, section: str = "", *, width: int = 860) -> FundingPage:
    """The page with its pane, at a section."""
    page = FundingPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(width, 820)
    page.show()
    page.pane.show()
    qtbot.waitExposed(page)
    if section:
        page.turn_to(section)
    return page


def active(qtbot: QtBot, page: FundingPage) -> None:
    """Keys reach the page."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def money(page: FundingPage) -> MoneySection:
    section = page._made("money")
    assert isinstance(section, MoneySection)
    return section


def settlements(page: FundingPage) -> SettlementsSection:
    section = page._made("settlements")
    assert isinstance(section, SettlementsSection)
    return section


def grants(page: FundingPage) -> GrantsSection:
    section = page._made("grants")
    assert isinstance(section, GrantsSection)
    return section


def prevention(page: FundingPage) -> PreventionSection:
    section = page._made("prevention")
    assert isinstance(section, PreventionSection)
    return section


def contracts(page: FundingPage) -> ContractsSection:
    section = page._made("contracts")
    assert isinstance(section, ContractsSection)
    return section


def help_words(page: FundingPage) -> str:
    """What the help in the pane says now."""
    return " ".join(label.text() for label in page.side.help.findChildren(FlowLabel))


def inside(part: QWidget, widget: QWidget | None) -> bool:
    """The widget is the part or in it."""
    return widget is not None and (widget is part or part.isAncestorOf(widget))
