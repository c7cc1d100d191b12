"""Which answers are settled together, what that is worth, and the section 74 check."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.constraints import Bearer
from appraise.model.appraisal.options import ContractType
from appraise.model.settling import MOST_TOGETHER
from appraise.present import constraint_words

from .conftest import Desk
from .test_constraints_settling import settling


def test_the_set_is_ticked_and_valued_beside_the_sum(qtbot: QtBot, desk: Desk) -> None:
    page, section = settling(qtbot, desk)
    card = section.set
    assert card.isVisible()
    assert card.title.text().startswith("Three entries settled together: worth about £")
    rows = {row.key: [cell.text for cell in row.cells] for row in card.model.rows}
    results = desk.context.view.results
    assert results is not None
    assert results.settling_together is not None
    assert rows["as-one"][1].startswith("£")
    assert set(rows) == {one.id for one in desk.appraisal.constraints} | {"added", "as-one"}
    second = desk.appraisal.constraints[1]
    card.table.setFocus()
    card.table.place(second.id)
    qtbot.keyClick(card.table, Qt.Key.Key_Space)
    assert not desk.appraisal.constraints[1].settling.together
    assert desk.actions == [f"Leave {second.name} out of the set"]
    assert card.title.text().startswith("Two entries settled together")
    assert card.model.rows[1].cells[0].said() == f"{second.name}, not ticked"
    desk.undo()
    assert card.title.text().startswith("Three entries")
    assert page.section is section


def test_fewer_than_two_ticks_ask_for_more(qtbot: QtBot, desk: Desk) -> None:
    entries = tuple(
        replace(one, settling=replace(one.settling, together=place == 0))
        for place, one in enumerate(desk.appraisal.constraints)
    )
    desk = Desk(replace(desk.appraisal, constraints=entries))
    _, section = settling(qtbot, desk)
    assert section.set.title.text() == "Tick at least two entries to value them as one"
    assert [row.key for row in section.set.model.rows] == [one.id for one in entries]
    section.set.table.toggled.emit(entries[1].id)
    assert desk.actions == [f"Settle {entries[1].name} with the others"]
    assert section.set.title.text().startswith("Two entries settled together")


def test_what_is_too_much_to_be_valued_is_named(qtbot: QtBot, desk: Desk) -> None:
    last = desk.appraisal.constraints[-1]
    more = tuple(replace(last, id=f"more-{place}", name=f"More {place}") for place in range(2))
    entries = tuple(
        replace(one, settling=replace(one.settling, together=True))
        for one in (*desk.appraisal.constraints[:MOST_TOGETHER], *more)
    )
    desk = Desk(replace(desk.appraisal, constraints=entries))
    _, section = settling(qtbot, desk)
    assert len(desk.context.view.results.settled_together) == MOST_TOGETHER
    assert section.set.left_out.isVisible()
    assert section.set.left_out.text() == "Not valued, as too many are ticked: More 0 and More 1."


def test_what_loses_money_in_the_set_is_named_and_marked(qtbot: QtBot, desk: Desk) -> None:
    _, section = settling(qtbot, desk)
    assert not section.set.losing.isVisible(), "only what pays is ticked"
    culvert = next(one for one in desk.appraisal.constraints if one.id == "risk-culvert")
    section.set.table.toggled.emit(culvert.id)
    assert f"at a loss when taken alone: “{culvert.name}”. Take out the tick" in section.set.losing.text()
    assert section.set.losing.isVisible()
    inks = {row.key: row.cells[1].ink for row in section.set.model.rows}
    assert [key for key, ink in inks.items() if ink == "problem"] == [culvert.id]


def test_values_that_do_not_add_are_told_under_the_chart(qtbot: QtBot, desk: Desk) -> None:
    _, section = settling(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    assert section.message.together.text() == constraint_words.do_not_add(results)
    assert "one by one" in section.message.together.text()


def test_a_claim_beyond_the_rule_on_changes_is_told(qtbot: QtBot, desk: Desk) -> None:
    _, section = settling(qtbot, desk)
    assert section.claims.isVisible()
    assert section.claims.title.text() == "No claim for compensation breaks the rule on changes"
    first = desk.appraisal.constraints[0]
    dear = tuple(
        replace(one, bearer=Bearer.COMPENSATION, dispute_cost=Decimal("90000000.00"))
        if one.option == "option-outsource"
        else one
        for one in first.bearings
    )
    desk = Desk(replace(desk.appraisal, constraints=(replace(first, bearings=dear), *desk.appraisal.constraints[1:])))
    _, section = settling(qtbot, desk)
    assert section.claims.title.text() == "Outsource: the largest claim may need a new tender"
    assert "is beyond the 10\u00a0% rule" in section.claims.words.text()
    nothing = tuple(replace(one, contract=ContractType.NONE) for one in desk.appraisal.options)
    _, section = settling(qtbot, Desk(replace(desk.appraisal, options=nothing)))
    assert not section.claims.isVisible()
