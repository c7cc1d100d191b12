"""The sheet of amounts and totals: what is made, what is painted anew, what is folded, and patterns that fill lines."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from appraise.model.appraisal.lines import Line, Prices
from appraise.model.edits.lines import PatternKind, set_amount
from appraise.ui.pages import costs_sections
from appraise.ui.pages.costs_section import CostSection
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.table_model import LateCells
from tests.ui.pages.test_costs import CREWS, WORKS, line, select, shown

OPTION = "option-usual"


@pytest.fixture
def long_desk(desk_with, desk):
    """An option with 500 lines of 30 years."""
    amounts = (Decimal("12345.00"),) * 30
    many = tuple(Line(id=f"line-{n}", option=OPTION, name=f"Line {n}", amounts=amounts) for n in range(500))
    return desk_with(lines=many, horizon=replace(desk.appraisal.horizon, years=30))


def made(page) -> int:
    return sum(isinstance(row.cells, LateCells) and row.cells.made for row in page._model.rows)


def test_only_rows_in_view_are_made_and_only_the_changed_one_is_made_anew(qtbot, long_desk):
    page = shown(qtbot, long_desk)
    assert len(page._model.rows) == 500
    page.table.viewport().repaint()
    assert 0 < made(page) < 60
    before = list(page._model.rows)
    told: list[tuple[int, int]] = []
    page._model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    new = set_amount(long_desk.appraisal, line="line-7", year=3, amount=Decimal("999.00"))
    long_desk.context.show(replace(long_desk.context.view, appraisal=new))
    other = [one.key for one, was in zip(page._model.rows, before, strict=True) if one is not was]
    assert other == ["line-7"]
    assert set(told) == {(7, 7)}
    total = next(row for row in page.sheet._totals if row.key == "sum/operating")
    assert Decimal(total.cells[5].edit_text) == 499 * 12345 + 999


def test_totals_stay_in_view_below_lines_that_scroll(qtbot, long_desk):
    page = shown(qtbot, long_desk)
    bar = page.table.verticalScrollBar()
    assert bar.maximum() > 10_000
    foot = page.sheet.foot
    place = foot.mapTo(page, foot.rect().bottomLeft()).y()
    bar.setValue(bar.maximum())
    assert foot.mapTo(page, foot.rect().bottomLeft()).y() == place < page.height()
    names = page.table._sides[0]
    page.table.horizontalScrollBar().setValue(300)
    assert names.isVisible()
    assert names.verticalScrollBar().value() == bar.value()


def test_categories_fold_on_the_arrow_and_by_themselves_for_a_story(qtbot, desk):
    page = shown(qtbot, desk)
    page.segments.set_current("option-joint")
    page._show_all()
    page.sheet.fold(folded=False)
    full = len(page.sheet.foot_model.rows)
    index = page.sheet.foot_model.index(page.sheet.foot_model.place_of("sum/net"), 0)
    page.sheet.foot.clicked.emit(index)
    folded = [row.key for row in page.sheet.foot_model.rows]
    assert folded == ["sum/cost", "sum/gain", "sum/net"]
    assert len(folded) < full
    page.sheet.foot.clicked.emit(page.sheet.foot_model.index(2, 0))
    assert len(page.sheet.foot_model.rows) == full
    page.sheet._asked = None
    page._open(page._lines[0].id)
    assert page.sheet.folded


def test_totals_bring_lines_in_other_prices_to_year_0_and_say_so(qtbot, desk_with, desk):
    lines = tuple(
        replace(one, prices=Prices.CASH, index="") if one.id == CREWS else one for one in desk.appraisal.lines
    )
    page = shown(qtbot, desk_with(lines=lines))
    own = [one for one in lines if one.option == OPTION]
    total = next(row for row in page.sheet._totals if row.key == "sum/operating")
    entered = sum(pounds for one in own for pounds in one.amounts)
    assert Decimal(total.cells[-1].edit_text) < entered
    assert "bring all to prices of 2027/28" in page._note.text()


def test_a_pattern_fills_the_chosen_lines_in_one_step(qtbot, desk):
    page = shown(qtbot, desk)
    select(page, (CREWS, 2), (WORKS, 2))
    qtbot.mouseClick(page.fill, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    dialog.kind.set_current(PatternKind.GROWTH.value)
    dialog.kind.chosen.emit(PatternKind.GROWTH.value)
    assert dialog.growth.isVisible()
    dialog.amount.line.setText("1m")
    dialog.growth.line.setText("10")
    assert "28/29 £1.1\xa0million" in dialog.told.text()
    dialog.fill.clicked.emit()
    assert not dialog.isVisible()
    for key in (CREWS, WORKS):
        assert line(desk, key).amounts[:3] == (Decimal(1000000), Decimal(1100000), Decimal(1210000))
        assert len(line(desk, key).amounts) == 8
    assert desk.actions == ["Fill two lines with a pattern"]


def test_a_pattern_that_cannot_be_read_or_used_says_so_and_stays_open(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(CREWS, 2)
    page._ask_pattern()
    dialog = page.dialog
    dialog.amount.line.setText("lots")
    dialog.fill.clicked.emit()
    assert "lots" in dialog.amount.fault()
    dialog.amount.line.setText("5k")
    dialog.first.set_current("5")
    dialog.last.set_current("2")
    dialog.fill.clicked.emit()
    assert dialog.fault.text()
    assert dialog.isVisible()
    assert desk.actions == []
    dialog.reject()
    page.table.setCurrentIndex(page._model.index(-1, -1))
    page._ask_pattern()
    assert "Choose a line first" in page.fault._title.text()


def test_a_registered_section_is_made_when_looked_at_and_follows_views(qtbot, desk, monkeypatch):
    seen: list[tuple[object, object]] = []

    class Extra(CostSection):
        def __init__(self, context):
            super().__init__(context, Help("What are extras?", "A section of a test."))

        @staticmethod
        def holds(_appraisal, record, _field):
            return record == "effect-1"

        def show_view(self, old, new):
            seen.append((old, new))

        def focus_place(self, record, field):
            seen.append((record, field))

    monkeypatch.setattr(costs_sections, "SECTIONS", {**costs_sections.SECTIONS, "extra": ("Extra", Extra, Extra.holds)})
    monkeypatch.setattr("appraise.ui.pages.costs.SECTIONS", costs_sections.SECTIONS)
    page = shown(qtbot, desk)
    page.pane.show()
    assert "extra" not in page.sections
    page.switch._choose("extra")
    view = desk.context.view
    assert seen == [(None, view)]
    assert page.sections["extra"].helps.isVisible()
    assert not page.pane._help.isVisible()
    desk._show(desk.appraisal)
    assert seen[-1] == (view, desk.context.view)
    page.switch._choose("lines")
    assert page.pane._help.isVisible()
    count = len(seen)
    desk._show(desk.appraisal)
    assert len(seen) == count
    page.focus_place("effect-1", "units")
    assert seen[-1] == ("effect-1", "units")
    assert page.switch.current() == "extra"


@pytest.mark.parametrize("key", ["entered", "real", "cash", "present"])
def test_every_view_stands_while_rates_or_years_are_wrong(qtbot, desk, key):
    page = shown(qtbot, desk)
    page.views.set_current(key)
    page._show_all()
    there = desk.appraisal
    wrong = (
        replace(there, basis=replace(there.basis, schedule="nobody's")),
        replace(there, basis=replace(there.basis, deflator_percent=Decimal(-100))),
        replace(there, horizon=replace(there.horizon, years=3)),
        replace(
            there, lines=tuple(replace(one, prices=Prices.OTHER_YEAR, amounts=(Decimal("NaN"),)) for one in there.lines)
        ),
    )
    for document in wrong:
        desk._show(document)
        page.table.viewport().repaint()
        assert page.sheet.isVisible() or page._empty.isVisible()
    desk._show(there)
    assert page.sheet._totals
