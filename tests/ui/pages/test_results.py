from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.constraints import Agreement
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import basis, constraints, criteria, funding, lines, options
from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.present import advice, constraint_words, tables, wording
from appraise.ui.pages.constraints import ConstraintsPage
from appraise.ui.pages.funding import FundingPage
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.pages.results import ResultsPage
from appraise.ui.pages.results_state import waiting_words
from appraise.ui.pages.sensitivity import SensitivityPage
from appraise.ui.widgets.marks import ChipFace, RangeFace

from .conftest import Desk


def shown(qtbot: QtBot, page: ResultsPage) -> ResultsPage:
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(860, 820)
    page.show()
    page.pane.show()
    return page


def texts(page: ResultsPage, column: int) -> list[str]:
    model = page.options.model
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def with_impossible_chance(appraisal: Appraisal) -> Appraisal:
    first = replace(appraisal.constraints[0], probability=1.3)
    return replace(appraisal, constraints=(first, *appraisal.constraints[1:]))


def test_the_answer_stands_first_with_its_reasons(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    results = desk.context.view.results
    assert results is not None
    assert page.advice.answer.text() == advice.answer(results, desk.appraisal)
    assert page.advice.why.text() == " ".join(advice.brief(results, desk.appraisal))
    assert page.side.reasons.text() == " ".join(advice.why(results, desk.appraisal))
    chips = [chip for chip in page.advice.chips if chip.isVisible()]
    assert [chip.accessibleName() for chip in chips] == [one.text for one in advice.chips(results, desk.appraisal)]


def test_the_table_keeps_the_order_and_marks_the_recommended_option(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    rows = page.options.model.rows
    assert [row.key for row in rows] == [option.id for option in desk.appraisal.options]
    assert [row.key for row in rows if row.kind == "recommended"] == [desk.appraisal.recommendation.option]
    assert all(isinstance(row.cells[2].mark, RangeFace) for row in rows)
    assert all(isinstance(row.cells[6].mark, ChipFace) for row in rows)
    assert all(row.cells[6].said() for row in rows)


def test_sampling_errors_and_the_standing_of_scores_are_said(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    assert "Sampling error: at most ±\u2060£" in page.options.note.text()
    assert page.options.stands.text() == advice.SCORING_STANDS
    assert "give or take £" in page.options.model.rows[0].cells[1].said()


def test_the_table_follows_an_edit(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    before = texts(page, 1)
    line = next(one for one in desk.appraisal.lines if one.option == desk.appraisal.options[0].id)
    desk.context.apply(
        lines.set_amount(desk.appraisal, line=line.id, year=0, amount=line.amounts[0] + Decimal(9_000_000)),
        "Change a cost",
    )
    after = texts(page, 1)
    assert after[0] != before[0]
    assert after[1:] == before[1:]


def test_a_hidden_page_does_not_draw_and_catches_up(qtbot: QtBot, desk: Desk) -> None:
    page = ResultsPage(desk.context)
    qtbot.addWidget(page)
    assert page.options.model.rowCount() == 0
    assert page.both.view.chart() is None
    page.show()
    assert page.options.model.rowCount() == len(desk.appraisal.options)
    assert page.both.view.chart() is not None


def test_copy_puts_the_table_on_the_clipboard(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    lines_ = QGuiApplication.clipboard().text().split("\n")
    results = desk.context.view.results
    assert results is not None
    assert len(lines_) == 1 + len(desk.appraisal.options)
    assert lines_[1].split("\t") == [cell.text for cell in tables.options_summary(results, desk.appraisal).rows[0]]


def test_print_asks_for_the_export(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    with qtbot.waitSignal(desk.context.export_wanted, timeout=500):
        qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("column", "step"), [(0, 2), (1, 5), (3, 5), (4, 9), (5, 4), (6, 7)])
def test_enter_on_a_figure_leads_to_where_it_came_from(qtbot: QtBot, desk: Desk, column: int, step: int) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    page.options.table.place("option-inhouse", column)
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.keyClick(page.options.table, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0] == step


def test_a_live_figure_is_called_live_and_a_full_one_names_its_draws(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    assert page.fresh.accessibleName() == "Live"
    desk.context.show(replace(desk.context.view, live=False))
    assert page.fresh.accessibleName() == "2,000 draws"
    desk.context.show(replace(desk.context.view, stale=True))
    assert page.fresh.accessibleName() == "Updating"


def test_nothing_entered_is_a_calm_sentence_and_a_way_on(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(blank_desk.context))
    assert page.missing.empty_card.isVisible()
    assert not page.advice.isVisible()
    assert not page.print.isEnabled()
    with qtbot.waitSignal(blank_desk.context.place_wanted, timeout=500) as asked:
        qtbot.mouseClick(page.missing.empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == [5, "", ""]


def test_errors_are_listed_and_lead_to_their_place(qtbot: QtBot, desk: Desk) -> None:
    bad = Desk(with_impossible_chance(desk.appraisal))
    page = shown(qtbot, ResultsPage(bad.context))
    assert page.missing.errors.isVisible()
    assert not page.options.isVisible()
    assert page.missing.errors.title.text() == "One entry must be mended before figures can be made"
    page.missing.list.setCurrentIndex(page.missing.list.model().index(0, 0))
    with qtbot.waitSignal(bad.context.place_wanted, timeout=500) as asked:
        qtbot.keyClick(page.missing.list, Qt.Key.Key_Return)
    assert asked.args == [6, bad.appraisal.constraints[0].id, "probability"]


def test_earlier_figures_stay_beside_a_new_error(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    desk.context.apply(with_impossible_chance(desk.appraisal), "Break it")
    assert page.missing.errors.isVisible()
    assert page.options.isVisible()
    assert page.missing.errors.title.text().startswith("These figures are from before: ")


def test_the_pane_names_what_would_change_the_answer(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    results = desk.context.view.results
    assert results is not None
    wanted = advice.what_would_change(results, desk.appraisal)
    said = [label.text() for label in page.side.changes.sentences if label.isVisible()]
    assert said == list(wanted[: len(said)])
    assert said
    assert page.side.left_out.text() == desk.appraisal.need.not_in_the_numbers.strip()


PAGES = [ResultsPage, ConstraintsPage, FundingPage, SensitivityPage]


@pytest.mark.parametrize("page_class", PAGES)
def test_every_stop_of_the_keyboard_has_a_name(qtbot: QtBot, desk: Desk, page_class: type[ResultsPage]) -> None:
    page = shown(qtbot, page_class(desk.context))
    stops = [
        widget
        for whole in (page, page.pane)
        for widget in whole.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(whole)
    ]
    assert stops
    assert [type(widget).__name__ for widget in stops if not widget.accessibleName()] == []


EDITS: dict[str, Callable[[Appraisal], Appraisal]] = {
    "an option less": lambda a: options.remove_option(a, option="option-joint"),
    "another option": lambda a: options.add_option(a, option="option-x", name="X", model=a.options[2].model),
    "a criterion less": lambda a: criteria.remove_criterion(a, criterion=a.criteria[0].id),
    "a branch less": lambda a: criteria.remove_branch(a, branch=a.branches[0].id),
    "a constraint less": lambda a: constraints.remove_constraint(a, constraint=a.constraints[0].id),
    "another constraint": lambda a: constraints.add_constraint(a, constraint="constraint-x", name="X"),
    "a scenario less": lambda a: funding.remove_scenario(a, scenario=a.scenarios[0].id),
    "another scenario": lambda a: funding.add_scenario(a, scenario="scenario-x", name="X"),
    "a settlement less": lambda a: funding.remove_settlement(
        a, scenario=a.scenarios[0].id, settlement=a.scenarios[0].settlements[0].id
    ),
    "a longer horizon": lambda a: basis.set_years(a, years=12),
    "a shorter horizon": lambda a: basis.set_years(a, years=3),
    "an unknown schedule": lambda a: basis.set_schedule(a, schedule="of_my_own"),
}


@pytest.mark.parametrize("page_class", PAGES)
@pytest.mark.parametrize("edit", EDITS)
def test_figures_of_an_earlier_state_never_trip_a_page(
    qtbot: QtBot, desk: Desk, page_class: type[ResultsPage], edit: str
) -> None:
    """Between an edit and its figures the page shows the new document with the old results."""
    page = shown(qtbot, page_class(desk.context))
    view = desk.context.view
    desk.context.show(replace(view, appraisal=EDITS[edit](view.appraisal), stale=True))
    page.grab()
    desk.context.show(replace(desk.context.view, results=None))
    page.grab()
    desk.context.show(Desk(desk.appraisal).context.view)
    page.grab()
    assert page.isVisible()


def only_first_costed(appraisal: Appraisal) -> Appraisal:
    """One of five options has costs; nothing is recommended."""
    kept = tuple(line for line in appraisal.lines if line.option == appraisal.options[2].id)
    free = tuple(replace(one, lines=()) for one in appraisal.constraints)
    recommendation = replace(appraisal.recommendation, option="")
    return replace(appraisal, lines=kept, constraints=free, recommendation=recommendation)


def test_uncosted_options_show_dashes_and_the_advice_says_so(qtbot: QtBot, desk: Desk) -> None:
    some = Desk(only_first_costed(desk.appraisal))
    page = shown(qtbot, ResultsPage(some.context))
    assert page.advice.answer.text() == "No recommendation can rest on these figures yet."
    assert page.advice.why.text().startswith("4 of 5 options have no costs yet.")
    dashes = [row.cells[1].text == wording.DASH and row.cells[2].mark is None for row in page.options.model.rows]
    assert dashes == [True, True, False, True, True]
    assert [row.cells[4].text for row in page.options.model.rows] == [wording.DASH] * 5
    assert not page.chance.isVisible()
    steps = some.context.view.steps
    assert [steps[place].sentence for place in (7, 8)] == ["1 of 5 options costed"] * 2


@pytest.mark.parametrize("width", [757, 832])
def test_every_column_has_room_at_the_usual_sizes(qtbot: QtBot, desk: Desk, width: int) -> None:
    """A card is 757 px wide in a window of 1366 and 832 px in one of 1440."""
    page = shown(qtbot, ResultsPage(desk.context))
    page.resize(width + 48, 640)
    qtbot.wait(20)
    table = page.options.table
    total = sum(table.columnWidth(column) for column in range(7))
    assert total <= table.viewport().width()
    assert table.columnWidth(2) >= 104
    assert page.advice.why.height() <= 4 * page.advice.why.fontMetrics().lineSpacing()


def test_long_names_never_push_the_figures_off(qtbot: QtBot, desk: Desk) -> None:
    long = tuple(
        replace(one, name=one.name + " of the whole lower valley and the coast road", short_name="")
        for one in desk.appraisal.options
    )
    page = shown(qtbot, ResultsPage(Desk(replace(desk.appraisal, options=long)).context))
    page.resize(860, 640)
    cells = [row.cells[0] for row in page.options.model.rows]
    assert all(len(cell.text) <= 24 for cell in cells)
    assert [cell.tip for cell in cells] == [one.name for one in long]
    assert page.advice.answer.text() == f"We recommend: {long[4].name}."
    assert page.advice.answer.wordWrap()


def test_a_stopped_calculation_is_called_a_preview(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    desk.context.show(replace(desk.context.view, stopped=True))
    assert page.fresh.accessibleName() == "Preview, 2,000 draws"
    desk.context.show(replace(desk.context.view, stale=True))
    assert page.fresh.accessibleName() == "Earlier figures"


@pytest.mark.parametrize("page_class", [ResultsPage, FundingPage, SensitivityPage])
def test_pages_of_figures_rest_like_every_other_page(page_class: type[ResultsPage]) -> None:
    assert issubclass(page_class, RestingPage)


def test_a_calculation_that_failed_says_why(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    view = desk.context.view
    desk.context.show(replace(view, results=None, fault="An amount is too large."))
    assert page.missing.fault.isVisible()
    assert page.missing.fault._title.text() == "An amount is too large."
    assert not page.missing.waiting.isVisible()
    desk.context.show(view)
    assert not page.missing.isVisible()


def test_the_pane_waits_for_costs_or_for_errors_to_be_mended(desk: Desk, blank_desk: Desk) -> None:
    assert waiting_words(blank_desk.context.view).endswith("as soon as every option has costs.")
    constraint = replace(desk.appraisal.constraints[0], probability=1.3)
    wrong = replace(desk.appraisal, constraints=(constraint, *desk.appraisal.constraints[1:]))
    desk.context.apply(wrong, "Enter what cannot be")
    assert waiting_words(desk.context.view).endswith("as soon as the errors are mended.")


def test_the_most_valuable_answer_stands_beside_the_advice(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ResultsPage(desk.context))
    results = desk.context.view.results
    assert results is not None
    sentence = constraint_words.board_sentence(results, desk.appraisal)
    assert "before tender" in sentence
    assert page.side.settle.isVisible()
    assert page.side.settle.text.text() == sentence
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        page.side.settle.open.click()
    assert asked.args == [6, desk.appraisal.constraints[0].id, "settling"]
    live = evaluate(desk.appraisal, Settings(draws=200), parts=LIVE_PARTS)
    desk.context.show(replace(desk.context.view, results=live))
    assert page.side.settle.text.text() == sentence
    assert page.side.settle.isVisible()
    agreed = tuple(replace(one, agreement=Agreement.AGREED) for one in desk.appraisal.constraints)
    desk.context.show(Desk(replace(desk.appraisal, constraints=agreed)).context.view)
    assert not page.side.settle.isVisible()
