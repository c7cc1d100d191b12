"""The terms of a line in step 5, through their widgets: discounts, cap and collar, and what partners share."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.partners import ShareRule
from appraise.model.appraisal.terms import Tier
from appraise.ui import theme
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_terms import TermsSide
from appraise.ui.pages.options_help import LOYALTY

from .conftest import Desk
from .costs_section_driving import fill, texts, type_in, without_name
from .together import EAST, US, WEST, document, shared_lines

CREWS = shared_lines(document())[0]


@pytest.fixture
def agreed() -> Desk:
    """A shared line with discounts, a cap and a collar."""
    return Desk(document())


def at(qtbot: QtBot, desk: Desk, field: str = "terms", line: str = CREWS) -> tuple[CostsPage, TermsSide]:
    page = CostsPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(1000, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_place(line, field)
    assert page._story is not None
    side = page._story.terms
    assert side is not None
    return page, side


def terms(desk: Desk, line: str = CREWS):
    return next((one for one in desk.appraisal.line_terms if one.line == line), None)


def share(desk: Desk, line: str = CREWS):
    return next((one for one in desk.appraisal.arrangements[0].shared if one.line == line), None)


def test_tiers_are_typed_added_and_removed(qtbot, agreed):
    _, side = at(qtbot, agreed)
    price = side.price
    type_in(qtbot, price.tiers.table, "0", 1, "5")
    assert terms(agreed).tiers == (Tier(over=Decimal(1_000), percent=Decimal(5)),)
    price.tiers.add.click()
    assert terms(agreed).tiers[1] == Tier(over=Decimal(2_000), percent=Decimal(0))
    price.whole.chosen.emit("whole")
    assert terms(agreed).whole
    price.tiers.removed.emit("1")
    assert len(terms(agreed).tiers) == 1
    assert price.tiers.model.apply(price.tiers.model.index(0, 1), "120")
    name = next(one.name for one in agreed.appraisal.lines if one.id == CREWS)
    assert agreed.actions[0].startswith(f"Change discounts by volume of {name[:20]}")


def test_volumes_lose_the_empty_years_at_the_end(qtbot, agreed):
    _, side = at(qtbot, agreed)
    row = side.price.volumes
    row.changed.emit((Decimal(5), Decimal(0), Decimal(7), *[Decimal(0)] * 5), "several years")
    assert terms(agreed).volumes == (Decimal(5), Decimal(0), Decimal(7))
    assert texts(row.table)[0][1:5] == ["5", "–", "7", "–"]


def test_yearly_discounts_grow_by_a_cell_and_end_at_an_empty_one(qtbot, agreed):
    _, side = at(qtbot, agreed)
    row = side.price.loyalty
    assert texts(row.table)[0] == ["Discount, %", "0", "2", "–"]
    type_in(qtbot, row.table, "percent", 3, "3.5")
    assert terms(agreed).loyalty == (Decimal(0), Decimal(2), Decimal("3.5"))
    row._model.apply(row._model.index(0, 2), "-")
    assert terms(agreed).loyalty == (Decimal(0),)
    assert row._model.apply(row._model.index(0, 1), "101")


def test_cap_and_collar_may_be_empty(qtbot, agreed):
    _, side = at(qtbot, agreed)
    fill(qtbot, side.price.cap, "6.5")
    assert terms(agreed).cap == Decimal("6.5")
    fill(qtbot, side.price.cap, "0.5")
    assert "below its collar" in side.price.cap.fault()
    side.price.collar.line.clear()
    side.price.collar.line.returnPressed.emit()
    assert terms(agreed).collar is None
    assert not side.price.cap.fault()


def test_clearing_leaves_nothing_agreed(qtbot, agreed):
    _, side = at(qtbot, agreed)
    side.price.clear.click()
    assert terms(agreed) is None
    assert not side.price.clear.isVisible()
    names = [row.cells[0].text for row in side.steps.model().rows]
    assert names[0] == "As entered"
    assert "After discounts" not in names
    agreed.undo()
    assert terms(agreed) is not None


def test_what_the_terms_do_stands_below_them_by_year(qtbot, agreed):
    _, side = at(qtbot, agreed)
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in side.steps.model().rows}
    assert list(rows) == [
        "As entered", "Share paid after discounts", "After discounts", "Price level", "Cash",
        "Part that this body pays",
    ]  # fmt: skip
    assert rows["Share paid after discounts"][:2] == ["× 0.9933", "× 0.9735"]
    financial = agreed.context.view.results.options[-1].financial
    paid = next(row for row in financial.rows if row.id == CREWS)
    assert rows["Part that this body pays"][0] == f"{abs(paid.by_year[0]):,.0f}"


def test_a_line_is_shared_by_fixed_shares_and_taken_back(qtbot, agreed):
    _, side = at(qtbot, agreed)
    shared = side.shared
    assert "this body pays 45.6" in shared.words.text()
    shared.rule.chosen.emit(ShareRule.FIXED.value)
    assert shared.shares.isVisible()
    for key, text in ((US, "50"), (EAST, "40"), (WEST, "10")):
        type_in(qtbot, shared.shares.table, key, 1, text)
    assert [one.percent for one in share(agreed).shares] == [Decimal(50), Decimal(40), Decimal(10)]
    assert "pays 50" in shared.words.text()
    fill(qtbot, shared.fixed, "70")
    assert share(agreed).fixed_percent == Decimal(70)
    shared.rule.chosen.emit("own")
    assert share(agreed) is None
    assert shared.words.text() == "All of it is this body’s own."


def test_without_partners_the_way_leads_to_them(qtbot, agreed):
    line = next(one.id for one in agreed.appraisal.lines if one.option == "option-inhouse")
    _, side = at(qtbot, agreed, line=line)
    assert not side.shared.rule.isEnabled()
    places = []
    agreed.context.place_wanted.connect(lambda *place: places.append(place))
    side.shared.go.click()
    assert places == [(2, "", "partners")]


@pytest.mark.parametrize(
    "field", ["tiers", "volumes", "loyalty", "cap", "terms", "terms_source", "shared", "shares", "fixed_percent"]
)
def test_findings_lead_to_their_field(qtbot, agreed, field):
    page, side = at(qtbot, agreed, field)
    here = QApplication.focusWidget()
    assert here is not None
    assert side.isAncestorOf(here)
    stop = {**side.price.stops(), **side.shared.stops()}[field]
    assert stop is here or stop.focusProxy() is here
    assert page._story.side.current() == "terms"


def test_other_fields_lead_to_the_line_itself(qtbot, agreed):
    page, _ = at(qtbot, agreed)
    page.table.toggled.emit(CREWS)
    page.focus_place(CREWS, "source")
    assert page._story.side.current() == "line"


def test_errors_stand_where_they_are(qtbot):
    plain = document()
    wrong = replace(
        plain.line_terms[0], tiers=(Tier(over=Decimal(5), percent=Decimal(4)),) * 2, loyalty=(Decimal(120),),
        volumes=(Decimal(-1),),
    )  # fmt: skip
    _, side = at(qtbot, Desk(replace(plain, line_terms=(wrong,))))
    assert "volume below nothing" in side.price.volumes.fault.text()
    assert "outside 0 to 100" in side.price.loyalty.fault.text()


def test_the_pane_helps_with_the_terms_only_while_they_are_shown(qtbot, agreed):
    page, side = at(qtbot, agreed)
    side.price.loyalty.table.setFocus()
    assert page._term_helps.isVisibleTo(page.pane)
    assert LOYALTY.title in [label.text() for label in page._term_helps.findChildren(type(side.shared.words))]
    page._story.show_side("line")
    assert not page._term_helps.isVisibleTo(page.pane)
    assert page.pane._help.isVisibleTo(page.pane)


def test_the_side_stays_when_the_rows_are_laid_anew(qtbot, agreed):
    page, _ = at(qtbot, agreed)
    page._lay_anew(list(page._model.columns), page._made(agreed.context.view, {}), CREWS)
    assert page._story.side.current() == "terms"


def test_every_stop_has_a_name_and_nothing_is_cut_at_200(qtbot, agreed):
    page, side = at(qtbot, agreed)
    assert without_name(side) == []
    theme.use(theme.Theme("dark", 200))
    page.resize(1100, 800)
    qtbot.wait(30)
    assert side.width() <= page.table.viewport().width()
    assert side.minimumSizeHint().width() <= side.width()
