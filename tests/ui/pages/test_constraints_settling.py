from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.constraints import Agreement, Bearing, Management, Principle, Settling
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import AfterCut
from appraise.model.edits import options, terms
from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.ui.pages.constraints import REGISTER, SECTIONS, SETTLING, ConstraintsPage
from appraise.ui.pages.constraints_settling import SettlingSection

from .conftest import Desk
from .test_constraints import plain, shown, type_into


def worth_it(desk: Desk) -> Desk:
    """Only the outsourced option is left: its supplier carries the first entry at a high loading."""
    appraisal = plain(desk).appraisal
    for option in ("option-minimum", "option-inhouse", "option-joint"):
        appraisal = options.remove_option(appraisal, option=option)
    appraisal = terms.change_terms(
        appraisal, option="option-outsource", after_cut=AfterCut.KEEP
    )  # nothing to fall back on
    appraisal = options.set_pricing(appraisal, option="option-outsource", principle=Principle.WANG, strength=1.5)
    first = replace(appraisal.constraints[0], lines=(), settling=Settling(cost=Decimal("20000.00")))
    second = replace(appraisal.constraints[1], lines=(), bearings=(), settling=Settling(cost=Decimal("5000.00")))
    lines = tuple(line for line in appraisal.lines if line.option == "option-outsource")
    return Desk(replace(appraisal, constraints=(first, second), lines=lines))


def settling(qtbot: QtBot, desk: Desk) -> tuple[ConstraintsPage, SettlingSection]:
    page = shown(qtbot, desk)
    page.turn_to(SETTLING)
    section = page.section
    assert isinstance(section, SettlingSection)
    return page, section


def live(desk: Desk, appraisal: Appraisal) -> None:
    """Shows what a live run would bring: no values of settling."""
    results = evaluate(appraisal, Settings(draws=200), parts=LIVE_PARTS)
    desk.context.show(replace(desk.context.view, appraisal=appraisal, results=results, live=True, stale=False))


def test_the_message_says_what_the_first_answer_is_worth(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    _, section = settling(qtbot, desk)
    section.grab()
    first = desk.appraisal.constraints[0]
    assert section.message.title.text().startswith(f"Agreeing “{first.name}” before tender is worth about £")
    rows = {row.key: [cell.text for cell in row.cells] for row in section.values.model.rows}
    figures = [int(text.replace(",", "").replace("−", "-").replace("–", "0")) for text in rows[first.id][1:]]
    assert sum(figures[:-1]) == figures[-1]
    assert figures[0] > 0, "the loading is released"
    second = rows[desk.appraisal.constraints[1].id]
    assert second[-1] == "−5", "what costs more than it brings is shown as such"
    assert "do not add" in section.message.together.text()


def test_the_ways_stand_side_by_side_and_say_when_the_choice_changes(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    page, section = settling(qtbot, desk)
    ways = {row.key: row for row in section.ways.model.rows}
    assert set(ways) == {"settle", "retain", "transfer"}
    assert "costs least" in section.ways.title.text()
    assert section.ways.changes.isVisible()
    assert [panel.text.text() for panel in section.best.panels] == ["Outsource"] * 3
    assert section.best.title.text() == "The same option is cheapest either way"
    section.ways.entry.setFocus()
    qtbot.keyClick(section.ways.entry, Qt.Key.Key_Down)
    second = desk.appraisal.constraints[1]
    assert section.current() == second.id
    assert second.name in section.ways.worth.text()
    page.turn_to(REGISTER)
    assert page.register.chance.name.text() == second.name


def test_ways_name_whose_claims_they_count_with_and_are_joined_to_the_worth(qtbot: QtBot, desk: Desk) -> None:
    _, section = settling(qtbot, desk)
    names = {row.key: row.cells[0].text for row in section.ways.model.rows}
    assert names["retain"] == "Keep it, claims as in Joint"
    assert names["mitigate"] == "Reduce it first, claims as in Joint"
    assert names["settle"] == "Settle before tender"
    assert section.ways.subtitle.text().endswith("present value")
    assert section.ways.level.isVisible()
    assert "both are present values" in section.ways.joined.text()


def test_the_page_ends_in_what_to_settle_and_what_to_leave(qtbot: QtBot, desk: Desk) -> None:
    _, section = settling(qtbot, desk)
    assert section.message.closing.isVisible()
    assert "leave the rest" in section.message.closing.text()
    assert "Reducing “Flood-risk permit” first instead would save" in section.message.closing.text()


def test_where_the_chance_differs_by_option_it_says_what_comes_in_between(qtbot: QtBot, desk: Desk) -> None:
    _, section = settling(qtbot, desk)
    assert not section.best.between.isVisible()
    effect = Management(probability=0.05, evidence="A trial.")
    bearings = (Bearing(option="option-inhouse"), Bearing(option="option-joint", managed=effect))
    found = desk.context.view.results
    assert found is not None
    value = (found.constraints or ())[0].value_of_settling
    assert value is not None
    value = replace(value, best_if_not=value.best_now, best_if_so=value.best_now, information=9_000.0)
    section.best.show_value(desk.appraisal, value, replace(desk.appraisal.constraints[0], bearings=bearings))
    assert section.best.between.isVisible()
    assert "in some options only" in section.best.between.text()
    assert section.best.title.text().endswith("but not in between")


def test_the_entry_opens_in_the_register(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    page, section = settling(qtbot, desk)
    page.context.place_wanted.connect(lambda _step, record, field: page.focus_place(record, field))
    section.ways.open.click()
    assert page.switch.current() == REGISTER
    assert page.focusWidget() is page.register.settling.cost.line


def test_live_figures_keep_the_last_values_and_say_so(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    _, section = settling(qtbot, desk)
    section.grab()
    before, title = list(section.values.model.rows), section.message.title.text()
    assert not section.message.fresh.isVisible()
    changed = replace(desk.appraisal.constraints[0], probability=0.9)
    live(desk, replace(desk.appraisal, constraints=(changed, *desk.appraisal.constraints[1:])))
    assert section.message.fresh.isVisible()
    assert section.message.fresh.accessibleName() == "Of an earlier state"
    assert section.values.model.rows == before
    assert section.message.title.text() == title
    desk.context.show(Desk(desk.appraisal).context.view)
    section.grab()
    assert not section.message.fresh.isVisible()
    assert section.values.model.rows != before


def test_before_the_first_full_run_the_section_waits(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    full = desk.context.view
    desk.context.start(replace(full, results=evaluate(desk.appraisal, Settings(draws=200), parts=LIVE_PARTS)))
    _, section = settling(qtbot, desk)
    assert section.waiting_card.isVisible()
    assert not section.values.isVisible()
    desk.context.show(full)
    assert not section.waiting_card.isVisible()
    assert section.values.isVisible()


def test_another_document_takes_no_values_over(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    page, section = settling(qtbot, desk)
    other = replace(desk.context.view, results=evaluate(desk.appraisal, Settings(draws=200), parts=LIVE_PARTS))
    desk.context.start(other)
    assert page.full is None
    assert page.switch.current() == REGISTER
    page.turn_to(SETTLING)
    assert section.waiting_card.isVisible()


def test_where_nothing_is_worth_it_the_page_says_so_calmly(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    cheap = tuple(replace(one, pricing=replace(one.pricing, competition=0.0)) for one in desk.appraisal.options)
    free = tuple(replace(one, settling=Settling()) for one in desk.appraisal.constraints)
    _, section = settling(qtbot, Desk(replace(desk.appraisal, options=cheap, constraints=free)))
    assert not section.message.isVisible()
    assert section.calm.isVisible()
    assert section.calm.title.text().startswith("No single answer before tender changes")


def test_it_says_why_there_is_no_value(qtbot: QtBot, desk: Desk) -> None:
    agreed = tuple(replace(one, agreement=Agreement.AGREED) for one in desk.appraisal.constraints)
    _, section = settling(qtbot, Desk(replace(desk.appraisal, constraints=agreed)))
    assert section.calm.title.text() == "Everything in the register is agreed, so there is nothing left to settle."
    assert not section.values.isVisible()
    assert not section.best.isVisible()
    lives = tuple(replace(one, life_years=5) if one.id == "option-joint" else one for one in desk.appraisal.options)
    short = tuple(
        replace(line, amounts=line.amounts[:6] + (Decimal("0.00"),) * (len(line.amounts) - 6))
        if line.option == "option-joint"
        else line
        for line in desk.appraisal.lines
    )
    _, section = settling(qtbot, Desk(replace(desk.appraisal, options=lives, lines=short, effects=())))
    assert "different lives" in section.calm.title.text()


def test_an_empty_register_leads_to_its_first_entry(qtbot: QtBot, desk: Desk) -> None:
    page, section = settling(qtbot, Desk(replace(desk.appraisal, constraints=())))
    page.context.place_wanted.connect(lambda _step, record, field: page.focus_place(record, field))
    assert section.none_card.isVisible()
    section.none.action.click()
    assert page.switch.current() == REGISTER
    assert page.register.empty_card.isVisible()


def test_errors_stand_beside_the_values_of_before(qtbot: QtBot, desk: Desk) -> None:
    desk = worth_it(desk)
    page, section = settling(qtbot, desk)
    page.turn_to(REGISTER)
    type_into(qtbot, page.register.chance.impact.low, "9bn")
    page.turn_to(SETTLING)
    assert section.missing.errors.isVisible()
    assert section.message.fresh.isVisible()
    assert section.values.isVisible()


def test_every_stop_of_every_section_has_a_spoken_name(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    for key in SECTIONS:
        page.turn_to(key)
        page.grab()
        stops = [
            one
            for one in page.section.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        ]
        assert stops
        assert [one for one in stops if not one.accessibleName()] == []


def test_keys_go_from_section_to_section(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    seen = []
    for _ in SECTIONS:
        qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        seen.append(page.switch.current())
    assert seen == [*list(SECTIONS)[1:], REGISTER]
