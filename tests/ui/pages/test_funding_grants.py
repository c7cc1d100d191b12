from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.funding import Grant
from appraise.ui.pages.funding_section import day_text, parse_day

from .conftest import Desk
from .funding_driving import active, filled, grants, help_words, inside, shown


def grant(desk: Desk) -> Grant:
    return desk.appraisal.grants[0]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-04-01", "2027-04-01"),
        ("1 April 2027", "2027-04-01"),
        (" 1  Apr 2027 ", "2027-04-01"),
        ("1/4/2027", "2027-04-01"),
        ("01.04.2027", "2027-04-01"),
        ("", ""),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, day: str) -> None:
    assert parse_day(typed) == day
    assert parse_day(day_text(day)) == day


@pytest.mark.parametrize("typed", ["soon", "31 February 2027", "2027-13-01", "April 2027"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="such as 1 April 2027"):
        parse_day(typed)


@pytest.mark.parametrize("typed", ["31 February 2027", "2027-13-01", "31/04/2027"])
def test_a_day_that_does_not_exist_is_called_so(typed: str) -> None:
    with pytest.raises(ValueError, match=f"There is no day {typed}"):
        parse_day(typed)


def test_dates_out_of_order_are_told_beside_them(qtbot: QtBot) -> None:
    desk = Desk(filled())
    records = grants(shown(qtbot, desk, "grants")).records
    before = records.dates.text()
    for key, text in (("bid_closes", "1 May 2027"), ("decided_on", "1 April 2027")):
        records.fields[key].line.setText(text)
        records.fields[key].line.left.emit()
    assert records.dates.isVisible()
    assert len(records.dates.text()) > len(before)


def test_the_first_grant_is_added_and_named(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(grants=())
    page = shown(qtbot, desk, "grants")
    active(qtbot, page)
    part = grants(page)
    page.focus_first()
    assert part.records.empty.action.hasFocus()
    qtbot.keyClick(part.records.empty.action, Qt.Key.Key_Return)
    assert [one.name for one in desk.appraisal.grants] == ["New grant"]
    assert inside(part.records.fields["name"], page.focusWidget())
    assert desk.actions == ["Add a grant"]
    assert part.records.all.isVisible(), "without a tick it pays for whatever the service costs"


def test_fields_of_a_grant_are_typed(qtbot: QtBot) -> None:
    desk = Desk(filled())
    part = grants(shown(qtbot, desk, "grants"))
    fields = part.records.fields
    for key, text in (
        ("chance", "25"),
        ("bid_opens", "1 May 2027"),
        ("bid_closes", "31/7/2027"),
        ("decided_on", "2027-11-01"),
    ):
        fields[key].line.setText(text)
        fields[key].line.left.emit()
    assert (grant(desk).chance, grant(desk).bid_opens, grant(desk).bid_closes, grant(desk).decided_on) == (
        0.25,
        "2027-05-01",
        "2027-07-31",
        "2027-11-01",
    )
    assert fields["bid_closes"].text() == "31 July 2027"
    fields["spend_by"].line.setText("soon")
    fields["spend_by"].line.left.emit()
    assert "Type a day" in fields["spend_by"].fault()
    assert grant(desk).spend_by == "2029-03-31"
    assert len(desk.actions) == 4


def test_money_is_typed_by_year_and_pasted(qtbot: QtBot) -> None:
    desk = Desk(filled())
    page = shown(qtbot, desk, "grants")
    model = grants(page).records.money.model
    assert [cell.text for cell in model.rows[0].cells[:4]] == ["Revenue", "–", "150,000", "–"]
    assert model.apply(model.index(1, 2), "200k") == ""
    assert grant(desk).capital == (Decimal("200000.00"), Decimal("90000.00"))
    assert "cannot be below" in model.apply(model.index(0, 2), "-5")
    grants(page).records.money.table.pasted.emit(0, 1, [["10k", "20k"], ["", "0"]])
    assert (grant(desk).first_year, grant(desk).amounts) == (
        0,
        (Decimal("10000.00"), Decimal("20000.00"), Decimal("0.00")),
    )
    grants(page).records.money.table.pasted.emit(0, 1, [["lots"]])
    assert grants(page).records.money.fault.isVisible()
    assert desk.actions == ["Change the money of a grant", "Paste the money of a grant"]


def test_a_grant_counts_where_it_is_ticked(qtbot: QtBot) -> None:
    desk = Desk(filled())
    page = shown(qtbot, desk, "grants")
    active(qtbot, page)
    records = grants(page).records
    assert records.row_cells(grant(desk))[4].text == "1 of 3"
    table = records.scenarios.table
    table.setFocus()
    table.place(desk.appraisal.scenarios[1].id)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert "grant-1" in desk.appraisal.scenarios[1].grants
    records.scenarios.ticked.emit(desk.appraisal.scenarios[0].id, False)
    assert "grant-1" not in desk.appraisal.scenarios[0].grants
    assert desk.actions == ["Bid for a grant in a scenario", "Leave a grant out of a scenario"]


def test_lines_and_route_of_a_grant(qtbot: QtBot) -> None:
    desk = Desk(filled())
    records = grants(shown(qtbot, desk, "grants")).records
    line = next(one.id for one in desk.appraisal.lines if one.option == "option-joint")
    records.lines.ticked.emit(line, True)
    assert grant(desk).lines == (line,)
    assert not records.all.isVisible()
    records.lines.ticked.emit(line, False)
    assert grant(desk).lines == ()
    records.route.chosen.emit("own")
    assert grant(desk).own_route
    assert len(desk.actions) == 3


def test_a_grant_moves_the_chance_in_the_pane(qtbot: QtBot) -> None:
    desk = Desk(filled())
    page = shown(qtbot, desk, "grants")
    before = page.side.lines[1].text()
    model = grants(page).records.money.model
    for year in range(1, 9):
        assert model.apply(model.index(0, year), "2m") == ""
    assert page.side.lines[1].text() != before


def test_a_removed_grant_is_gone_from_the_scenarios(qtbot: QtBot) -> None:
    desk = Desk(filled())
    records = grants(shown(qtbot, desk, "grants")).records
    records.buttons.removed.emit()
    assert desk.appraisal.grants == ()
    assert not any(one.grants for one in desk.appraisal.scenarios)
    assert records.empty.isVisible()


def test_help_follows_the_parts_of_a_grant(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(filled()), "grants")
    active(qtbot, page)
    records, said = grants(page).records, set()
    for widget in (records.table, records.fields["chance"], records.fields["spend_by"], records.route):
        widget.setFocus()
        said.add(help_words(page))
    for table in (records.money.table, records.scenarios.table, records.lines.table):
        table.setFocus()
        said.add(help_words(page))
    assert len(said) == 7
