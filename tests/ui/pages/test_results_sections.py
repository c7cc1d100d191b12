"""Measures, cash and bridge of step 8, through their widgets."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import lines, options
from appraise.present import economic_tables, financial_tables, tables, wording
from appraise.ui.pages.results import SECTIONS, ResultsPage
from appraise.ui.pages.results_bridge import BridgeSection
from appraise.ui.pages.results_cards import TableCard, as_text, heading
from appraise.ui.pages.results_sections import ALL, CashSection, MeasuresSection

from .conftest import Desk

JOINT = "option-joint"


def shown(qtbot: QtBot, desk: Desk, key: str, width: int = 860) -> ResultsPage:
    page = ResultsPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(width, 820)
    page.show()
    page.pane.show()
    page.switch.bar.chosen.emit(key)
    qtbot.wait(20)
    return page


def measures(page: ResultsPage) -> MeasuresSection:
    section = page.sections["measures"]
    assert isinstance(section, MeasuresSection)
    return section


def cash(page: ResultsPage) -> CashSection:
    section = page.sections["cash"]
    assert isinstance(section, CashSection)
    return section


def bridge(page: ResultsPage) -> BridgeSection:
    section = page.sections["bridge"]
    assert isinstance(section, BridgeSection)
    return section


def column(card: TableCard, place: int) -> list[str]:
    return [row.cells[place].text for row in card.model.rows if row.kind != "story"]


def dearer(desk: Desk, pounds: int) -> None:
    line = next(one for one in desk.appraisal.lines if one.option == JOINT and one.treatment.value == "own_cost")
    more = line.amounts[0] + Decimal(pounds)
    desk.context.apply(lines.set_amount(desk.appraisal, line=line.id, year=0, amount=more), "Change a cost")


# --- the switch ---


def test_a_section_is_made_when_it_is_looked_at_and_the_others_give_way(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "measures")
    assert list(page.sections) == ["measures"]
    assert measures(page).isVisible()
    assert not page.advice.isVisible()
    page.turn_to("summary")
    assert page.advice.isVisible()
    assert not measures(page).isVisible()


def test_the_keyboard_goes_through_the_sections(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "summary")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    assert page.options.table.hasFocus()
    for key in ("scores", "measures", "risk", "cash", "money", "bridge", "partners", "summary"):
        qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        assert page.switch.current() == key
        here = QGuiApplication.focusObject()
        assert isinstance(here, QWidget)
        assert page.isAncestorOf(here)
    qtbot.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.switch.current() == "partners"


def test_a_place_asked_for_turns_to_its_section(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "summary")
    page.focus_place("", "cash")
    assert page.switch.current() == "cash"


def test_another_document_starts_at_the_summary(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    desk.context.start(replace(desk.context.view))
    assert page.switch.current() == "summary"


@pytest.mark.parametrize("key", SECTIONS)
def test_every_stop_of_every_section_has_a_name(qtbot: QtBot, desk: Desk, key: str) -> None:
    page = shown(qtbot, desk, key)
    stops = [
        widget
        for whole in (page, page.pane)
        for widget in whole.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(whole)
    ]
    assert stops
    assert [type(widget).__name__ for widget in stops if not widget.accessibleName()] == []


EDITS = {
    "an option less": lambda a: options.remove_option(a, option=JOINT),
    "no lines": lambda a: replace(a, lines=(), constraints=()),
    "no bodies": lambda a: replace(a, bodies=()),
}


@pytest.mark.parametrize("key", SECTIONS)
@pytest.mark.parametrize("edit", EDITS)
def test_figures_of_an_earlier_state_never_trip_a_section(qtbot: QtBot, desk: Desk, key: str, edit: str) -> None:
    page = shown(qtbot, desk, key)
    view = desk.context.view
    desk.context.show(replace(view, appraisal=EDITS[edit](view.appraisal), stale=True))
    page.grab()
    desk.context.show(replace(desk.context.view, results=None))
    page.grab()
    assert not page.bar.isVisible()
    desk.context.show(Desk(desk.appraisal).context.view)
    page.grab()
    assert page.isVisible()


@pytest.mark.parametrize("key", [key for key in SECTIONS if key not in ("summary", "scores")])
def test_scores_alone_make_no_tables_but_a_way_on(qtbot: QtBot, desk: Desk, key: str) -> None:
    bare = Desk(replace(desk.appraisal, lines=(), constraints=()))
    page = shown(qtbot, bare, key)
    section = page.sections[key]
    assert section.nothing.isVisible()
    assert section.shown_tables() == []
    with qtbot.waitSignal(bare.context.place_wanted, timeout=500) as asked:
        qtbot.mouseClick(section.empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == [5, "", ""]


# --- measures ---


def test_measures_stand_in_absolute_terms_with_business_as_usual(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "measures")
    card, results = measures(page).measures, desk.context.view.results
    assert results is not None
    table = economic_tables.measures(results, desk.appraisal)
    names = [tables.short_name(desk.appraisal, option.id) for option in desk.appraisal.options]
    assert [one.title for one in card.model.columns] == ["Measure", *names]
    assert [text.strip() for text in column(card, 0)] == [row[0].text for row in table.rows]
    assert column(card, 1) == [row[1].text for row in table.rows]
    for part in ("PVC", "PVB", "NPSV", "BCR", "RPSC", "NPC", "EAC"):
        assert any(part in text for text in column(card, 0)), part
    assert card.subtitle.text() == "£ thousand; ratios as they are"
    assert not any("£" in one.title for one in card.model.columns), "the unit stands once"
    assert measures(page).bands.text() == economic_tables.NO_BANDS
    assert measures(page).bands.isVisible()
    assert economic_tables.NO_BANDS not in card.note.text()


def test_the_recommended_option_is_tinted_where_it_stands(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "measures")
    card = measures(page).measures
    assert card.model.columns[card.table.tinted].title == "Joint"
    rows = measures(page).review.model.rows
    assert [row.cells[0].text for row in rows if row.kind == "recommended"] == ["Joint"]


def test_figures_follow_an_edit(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "measures")
    before = column(measures(page).measures, 5), column(measures(page).measures, 1)
    dearer(desk, 9_000_000)
    assert column(measures(page).measures, 5) != before[0]
    assert column(measures(page).measures, 1) == before[1]


def test_a_figure_tells_its_pounds_and_leads_to_its_option(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "measures")
    card, results = measures(page).measures, desk.context.view.results
    assert results is not None
    economic = results.options[2].economic
    assert economic is not None
    assert card.model.rows[0].cells[3].tip == wording.money_exact(economic.pvc)
    card.table.place(card.model.rows[0].key, 3)
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert asked.args == [5, "option-inhouse", "lines"]


def test_what_is_not_entered_is_said_in_one_sentence(qtbot: QtBot, desk: Desk) -> None:
    bare = replace(
        desk.appraisal,
        effects=(),
        biases=(),
        lines=tuple(replace(line, bias="", incomes="") for line in desk.appraisal.lines),
    )
    page = shown(qtbot, Desk(bare), "measures")
    assert not measures(page).effects.isVisible()
    assert not measures(page).distribution.isVisible()
    text = measures(page).absent.text()
    assert all(words in text for words in ("effects without a price", "income groups", "optimism bias"))


# --- cash ---


def test_cash_shows_the_recommended_option_then_all_that_are_asked_for(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "cash")
    part, results = cash(page), desk.context.view.results
    assert results is not None
    assert part.choice.current() == JOINT
    assert part.chart.isVisible()
    assert column(part.years, 0) == ["Revenue", "Capital", "Contingency in it", "Total"]
    financial = tables.find_option(results, JOINT).financial
    assert financial is not None
    assert column(part.years, -1)[-1] == tables.thousands(financial.total).text
    part.choice.switch.bar.chosen.emit(ALL)
    assert not part.chart.isVisible()
    assert len(column(part.years, 0)) > 10
    assert "Joint: total" in column(part.years, 0)
    dearer(desk, 5_000_000)
    assert part.choice.current() == ALL, "the choice stands while figures change"


def test_the_choice_follows_the_recommendation_until_somebody_chooses(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "cash")
    other = replace(desk.appraisal, recommendation=replace(desk.appraisal.recommendation, option="option-inhouse"))
    desk.context.apply(other, "Recommend another")
    assert cash(page).choice.current() == "option-inhouse"


def test_every_body_and_every_scenario_has_its_rows(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "cash")
    part, results = cash(page), desk.context.view.results
    assert results is not None
    wanted = financial_tables.affordability(results, desk.appraisal)
    assert column(part.affordability, 1) == [row[1].text for row in wanted.rows]
    assert [row.cells[0].text for row in part.affordability.model.rows if row.kind == "recommended"] == ["Joint"] * len(
        desk.appraisal.scenarios
    )
    assert column(part.bodies, 0)[-1] == "All public bodies"
    assert column(part.body_years, 0) == ["Saltmere Council", "Eastholme District Council"]
    assert part.liabilities.isVisible()


def test_enter_on_money_leads_to_funding_and_on_cash_to_the_lines(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "cash")
    for card, wanted in ((cash(page).affordability, [7, "", ""]), (cash(page).years, [5, JOINT, "lines"])):
        card.table.place(card.model.rows[0].key, 2)
        with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
            qtbot.keyClick(card.table, Qt.Key.Key_Return)
        assert asked.args == wanted


def test_thirty_years_scroll_inside_the_table_with_names_and_totals_in_view(qtbot: QtBot, desk: Desk) -> None:
    long = replace(desk.appraisal, horizon=replace(desk.appraisal.horizon, years=30))
    page = shown(qtbot, Desk(long), "cash")
    table = cash(page).years.table
    assert table.horizontalScrollBar().maximum() > 0
    first, last = table.staying()
    assert first > 0
    assert last > 0
    assert page.bar.width() <= page.width()
    assert cash(page).width() <= page.width()


# --- the bridge ---


def sums(card: TableCard, place: int) -> tuple[Decimal, Decimal]:
    figures = [
        Decimal(text.replace(wording.MINUS, "-").replace(",", "")) if text != wording.DASH else Decimal(0)
        for text in column(card, place)
    ]
    return sum(figures[:-1], Decimal(0)), figures[-1]


def test_what_is_shown_adds_up_to_the_penny_and_says_so(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    for place in range(1, 6):
        made, end = sums(bridge(page).rows, place)
        assert made == end
    assert bridge(page).sums.accessibleName() == "Adds up to the penny"
    assert "adds up to the penny" in bridge(page).rows.note.text()


def test_a_bridge_that_does_not_add_up_is_not_called_sound(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    results = desk.context.view.results
    assert results is not None
    first = results.options[0]
    assert first.financial is not None
    end = first.financial.bridge[-1]
    broken = (*first.financial.bridge[:-1], replace(end, pounds=end.pounds + Decimal("0.01")))
    option = replace(first, financial=replace(first.financial, bridge=broken))
    desk.context.show(replace(desk.context.view, results=replace(results, options=(option, *results.options[1:]))))
    assert bridge(page).sums.accessibleName() == "Does not add up"


def test_the_drawing_follows_the_choice(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    before = bridge(page).chart.view.chart()
    bridge(page).choice.switch.set_current("option-outsource")
    bridge(page).choice.switch.chosen.emit("option-outsource")
    after = bridge(page).chart.view.chart()
    assert before is not None
    assert after is not None
    assert before.title.startswith("Joint")
    assert after.title.startswith("Outsource")


def press(qtbot: QtBot, section: BridgeSection, key: str, place: int) -> None:
    table, model = section.rows.table, section.rows.model
    index = model.index(model.place_of(key), place)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())


def test_a_click_on_a_row_says_what_it_is_and_where_its_lines_are(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    section = bridge(page)
    press(qtbot, section, "society:businesses", 0)
    assert section.story is not None
    assert section.rows.table.story_key() == "society:businesses"
    assert "outside public bodies" in section.story.sentence.text()
    assert section.story.where.text().startswith("Joint. In Costs and benefits: ")
    press(qtbot, section, "society:businesses", 4)
    assert section.story.where.text().startswith("Outsource. "), "a figure asks for its own option"
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.mouseClick(section.story.go, Qt.MouseButton.LeftButton)
    assert asked.args is not None
    step, record, _ = asked.args
    line = next(one for one in desk.appraisal.lines if one.id == record)
    assert (step, line.option) == (5, "option-outsource")
    press(qtbot, section, "society:businesses", 4)
    assert section.rows.table.story_key() == ""
    assert section.story is None


def test_the_keyboard_opens_and_closes_a_row(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    section = bridge(page)
    section.rows.table.place("retained")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(section.rows.table, key)
        assert section.rows.table.story_key() == "retained"
        assert section.story is not None
        assert section.story.go.accessibleName().startswith("Who bears each constraint")
        assert section.rows.model.rows[section.rows.model.place_of("retained")].cells[0].icon == "down"
        qtbot.keyClick(section.rows.table, Qt.Key.Key_Space)
        assert section.rows.table.story_key() == ""


def test_an_open_row_stays_open_while_figures_change_and_closes_with_its_row(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    section = bridge(page)
    press(qtbot, section, "residual", 0)
    dearer(desk, 1_000_000)
    assert section.rows.table.story_key() == "residual"
    assert section.story is not None
    assert section.story.isVisible()

    def without(appraisal: Appraisal, treatment: str) -> Appraisal:
        kept = tuple(line for line in appraisal.lines if line.treatment.value != treatment)
        return replace(appraisal, lines=kept)

    desk.context.apply(without(desk.appraisal, "transfer"), "Remove transfers")
    assert section.rows.table.story_key() == "residual", "other rows are gone, this one is not"
    desk.context.apply(without(desk.appraisal, "residual_value"), "Remove residual values")
    assert section.rows.table.story_key() == ""
    assert section.rows.model.story_place() == -1


# --- the clipboard, and parts ---


def test_copy_takes_the_tables_of_the_section_as_a_spreadsheet_reads_them(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "bridge")
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert rows[1][0] == "Step"
    total = sum(Decimal(row[1].replace(",", "")) for row in rows[2:-1])
    assert total == Decimal(rows[-1][1].replace(",", ""))


def test_a_unit_stands_once() -> None:
    plain = tables.Column(heading="Option")
    money = tables.Column(heading="Cost", align="right", unit="£ thousand")
    other = tables.Column(heading="Years", align="right")
    assert heading(tables.Table(title="A", columns=(plain, money), rows=())) == ("A", "£ thousand")
    assert heading(tables.Table(title="A", columns=(plain, money, other), rows=())) == ("A", "Money in £ thousand")
    assert heading(tables.Table(title="A, £", columns=(plain, other), rows=())) == ("A", "£, to the penny")
    assert heading(tables.Table(title="A", columns=(plain, other), rows=())) == ("A", "")


def test_the_clipboard_gets_a_real_minus_sign_and_noughts() -> None:
    cells = (tables.Cell(text="x", raw="x"), tables.thousands(Decimal(-5_000)), tables.thousands(Decimal(0)))
    table = tables.Table(title="T", columns=(), rows=(cells,))
    assert as_text([table]).split("\n")[-1] == "x\t-5\t0"


@pytest.mark.parametrize("width", [690, 708, 757])
def test_the_funding_column_is_never_clipped(qtbot: QtBot, desk: Desk, width: int) -> None:
    """Where the columns do not fit, the drawn range goes, whose figures stand beside it."""
    page = shown(qtbot, desk, "summary", width)
    table = page.options.table
    seen = [column for column in range(7) if not table.isColumnHidden(column)]
    assert sum(table.columnWidth(column) for column in seen) <= table.viewport().width()
    assert {1, 3, 6} <= set(seen)
    page.resize(1000, 820)
    qtbot.wait(20)
    assert not table.isColumnHidden(2)


def test_where_even_that_is_too_wide_names_and_funding_stay_in_view(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "summary", 580)
    table = page.options.table
    assert table.horizontalScrollBar().maximum() > 0
    right = [side for side in table.findChildren(QTableView) if side.isVisible()]
    assert [side.geometry().right() + 1 for side in right] == [table.viewport().width()]
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    left = [side for side in table.findChildren(QTableView) if side.isVisible()]
    assert [side.x() for side in left] == [0]


def test_costs_are_yearly_where_lives_differ(qtbot: QtBot, desk: Desk) -> None:
    part = replace(
        desk.appraisal,
        effects=(),
        options=tuple(
            replace(one, life_years=5) if one.id == "option-outsource" else one for one in desk.appraisal.options
        ),
        lines=tuple(
            replace(line, amounts=line.amounts[:6]) if line.option == "option-outsource" else line
            for line in desk.appraisal.lines
        ),
    )
    other = Desk(part)
    page = shown(qtbot, other, "summary")
    results = other.context.view.results
    assert results is not None
    assert results.verdict.compared_on == "eac"
    assert page.options.model.columns[1].title == "Cost a year"
    assert page.options.model.rows[0].cells[1].text.startswith("£7.")
    middle = page.options.model.rows[0].cells[2].mark
    assert middle is not None
    assert "evenly over the years" in page.side.help._text.text()
