"""Prices and rates of step 5 through their widgets: schedules, inflation with its file, indices, median, capital."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import CapitalView, Deflator, OwnBand
from appraise.model.appraisal.lines import RiseRange, Shape
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_prices import PricesSection, read_rises

from .conftest import Desk
from .costs_section_driving import at_section, fill, in_this_order, texts, type_in, walk, without_name

MADE_UP = """Made up for a test
Financial year,GDP deflator,Per cent change
2026-27,100.0,
2027-28,102.5,2.5
2028-29,104.0,1.46
2029-30,106.08,2
"""


def prices(qtbot: QtBot, desk: Desk) -> tuple[CostsPage, PricesSection]:
    return at_section(qtbot, desk, "prices", PricesSection)


def test_rises_are_read_as_typed():
    assert read_rises("3.2, 2.8 %; 2") == (Decimal("3.2"), Decimal("2.8"), Decimal(2))
    with pytest.raises(ValueError, match="percentage"):
        read_rises("3.2, much")


def test_a_schedule_is_chosen_with_its_vintage_and_the_change_can_be_undone(qtbot, desk):
    _, section = prices(qtbot, desk)
    before = desk.appraisal.basis.schedule
    pick = section.rates.money.pick
    pick.setFocus()
    while pick.current() != "tag_2026_long_horizon":
        qtbot.keyClick(pick, Qt.Key.Key_Down)
    assert desk.appraisal.basis.schedule == "tag_2026_long_horizon"
    assert "Published 16 April 2026. Look for newer ones by 1 April 2027." in section.rates.money.words.text()
    while desk.actions:
        desk.undo()
    assert pick.current() == desk.appraisal.basis.schedule == before
    assert "review_2026" not in [pick.itemData(place) for place in range(pick.count())], "not in force"


def test_an_own_copy_is_marked_changed_and_removed(qtbot, desk):
    _, section = prices(qtbot, desk)
    assert not section.own.isVisibleTo(section)
    section.rates.health.copy.click()
    (copy,) = desk.appraisal.basis.own_schedules
    assert desk.appraisal.basis.health_schedule == copy.id
    assert desk.actions == ["Copy a discount schedule"], "one step copies and chooses"
    assert "own copy" in section.rates.health.pick.currentText()
    assert section.own.fields["name"].line.hasFocus()
    type_in(qtbot, section.own.bands.table, "0", 1, "1.25")
    section.own.bands.add.click()
    type_in(qtbot, section.own.bands.table, "1", 0, "40")
    assert desk.appraisal.basis.own_schedules[0].bands == (
        OwnBand(first=1, percent=Decimal("1.25")),
        OwnBand(first=40, percent=Decimal("1.25")),
    )
    assert "1.25\u00a0% from year 1, 1.25\u00a0% from year 40" in section.rates.health.words.text()
    type_in(qtbot, section.own.bands.table, "1", 0, "soon")
    assert section.own.bands.fault.isVisibleTo(section), "what cannot be read says so"
    section.own.bands.table.place("1")
    section.own.bands.remove.click()
    assert len(desk.appraisal.basis.own_schedules[0].bands) == 1
    section.own.buttons.removed.emit()
    assert not desk.appraisal.basis.own_schedules
    assert not section.own.isVisibleTo(section)
    desk.undo()
    assert section.own.isVisibleTo(section)


def test_a_deflator_file_is_read_off_the_thread_and_its_name_is_not_kept(qtbot, desk, tmp_path):
    path = tmp_path / "secret-name.csv"
    path.write_text(MADE_UP, encoding="utf-8")
    _, section = prices(qtbot, desk)
    card = section.inflation
    card.ask = lambda _parent: path
    before = desk.appraisal
    with qtbot.waitSignal(card.reader.read, timeout=20_000):
        qtbot.mouseClick(card.import_file, Qt.MouseButton.LeftButton)
    assert card.import_file.hasFocus(), "the keyboard stays where it was pressed"
    assert card._model.rows[0].cells[3].starting_text() == "2", "typing starts with what was entered"
    series = desk.appraisal.basis.deflator
    assert (series.first_year, series.percent[0], series.percent[-1]) == (2027, Decimal("2.5"), Decimal(2))
    assert card.told.isVisibleTo(section)
    assert "2027-28 to 2029-30" in card.told._title.text()
    assert texts(card.table)[0][1:] == ["2.50", "1.46", "2.00"]
    assert card.kind.current() == "years"
    assert "secret-name" not in desk.appraisal.basis.deflator_source
    assert desk.actions == ["Read HM Treasury’s file"]
    desk.undo()
    assert desk.appraisal is before
    assert card.kind.current() == "flat"


@pytest.mark.parametrize("words", ["nothing of use", ""])
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(qtbot, desk, tmp_path, words):
    path = tmp_path / "other.csv"
    path.write_text(words, encoding="utf-8")
    _, section = prices(qtbot, desk)
    with qtbot.waitSignal(section.inflation.reader.failed, timeout=20_000) as heard:
        section.inflation.read_file(path)
    assert heard.args[0].endswith(".")
    assert section.inflation.told._title.text() == heard.args[0]
    assert not section.inflation.reader.busy, "another file can be tried"
    assert not desk.actions


def test_a_file_that_was_read_for_another_document_is_not_taken(qtbot, desk, tmp_path):
    path = tmp_path / "made-up.csv"
    path.write_text(MADE_UP, encoding="utf-8")
    _, section = prices(qtbot, desk)
    section.inflation.read_file(path)
    desk.context.start(desk.context.view)
    with qtbot.assertNotEmitted(section.inflation.reader.read, wait=400):
        pass
    assert not desk.actions
    assert not section.inflation.told.isVisibleTo(section)


def test_while_a_file_is_read_no_other_is_asked_for(qtbot, desk, tmp_path):
    path = tmp_path / "made-up.csv"
    path.write_text(MADE_UP, encoding="utf-8")
    asked = []
    _, section = prices(qtbot, desk)
    section.inflation.ask = asked.append
    with qtbot.waitSignal(section.inflation.reader.read, timeout=20_000):
        section.inflation.read_file(path)
        qtbot.mouseClick(section.inflation.import_file, Qt.MouseButton.LeftButton)
    assert not asked


def test_nothing_happens_where_no_file_is_chosen(qtbot, desk):
    _, section = prices(qtbot, desk)
    section.inflation.ask = lambda _parent: None
    section.inflation.import_file.click()
    assert not section.inflation.reader.busy
    assert not section.inflation.told.isVisibleTo(section)


def test_inflation_by_year_begins_flat_and_is_typed(qtbot, desk):
    _, section = prices(qtbot, desk)
    card, horizon = section.inflation, desk.appraisal.horizon
    assert not card.table.isVisibleTo(section)
    card.kind.bar.chosen.emit("years")
    series = desk.appraisal.basis.deflator
    assert (series.first_year, len(series.percent)) == (horizon.first_year + 1, horizon.years - 1)
    assert set(series.percent) == {desk.appraisal.basis.deflator_percent}
    type_in(qtbot, card.table, "rises", 2, "3.1")
    assert desk.appraisal.basis.deflator.percent[1] == Decimal("3.1")
    assert desk.actions[-1] == "Change inflation, 29/30"
    type_in(qtbot, card.table, "rises", 3, "plenty")
    assert card.fault.isVisibleTo(section)
    fill(qtbot, card.published, "2026-03-31")
    fill(qtbot, card.review_by, "2026-06-30")
    assert "Published 31 March 2026. Look for newer ones by 30 June 2026." in card.words.text()
    card.kind.bar.chosen.emit("flat")
    assert desk.appraisal.basis.deflator == Deflator()


def test_a_flat_rate_out_of_reach_is_marked_with_its_sentence(qtbot, desk):
    _, section = prices(qtbot, desk)
    fill(qtbot, section.inflation.flat, "300")
    assert desk.appraisal.basis.deflator_percent == 300
    assert section.inflation.flat.line.wrong
    assert "outside -50 to 100" in section.inflation.fault.text()
    desk.undo()
    assert not section.inflation.flat.line.wrong
    assert not section.inflation.fault.isVisibleTo(section)


def test_indices_are_added_typed_and_removed(qtbot, desk_with):
    desk = desk_with(indices=())
    _, section = prices(qtbot, desk)
    card = section.indices
    assert card.nothing.isVisibleTo(section)
    card.published.set_current("rpi")
    card.published.chosen.emit("rpi")
    assert "Look for newer ones by 31 March 2027." in card.vintage.text()
    card.add_published.click()
    (rpi,) = desk.appraisal.indices
    assert (rpi.name, rpi.review_by) == ("Retail prices (RPI)", "2027-03-31")
    assert texts(card.table)[0][3:5] == ["3 March 2026", "31 March 2027"]
    card.indices.add.click()
    own = desk.appraisal.indices[1]
    type_in(qtbot, card.table, own.id, 0, "Bitumen")
    type_in(qtbot, card.table, own.id, 1, "5, 4, 3")
    type_in(qtbot, card.table, own.id, 2, "Trade body")
    changed = desk.appraisal.indices[1]
    assert (changed.name, changed.percent, changed.source) == ("Bitumen", (5, 4, 3), "Trade body")
    card.table.place(own.id)
    card.indices.remove.click()
    assert desk.appraisal.indices == (rpi,)
    desk.undo()
    assert desk.appraisal.indices[1].name == "Bitumen"


def test_dates_of_an_index_are_typed_in_its_row_and_a_wrong_one_is_noted(qtbot, desk):
    page, section = prices(qtbot, desk)
    index, card = desk.appraisal.indices[0], section.indices
    type_in(qtbot, card.table, index.id, 3, "2026-11-26")
    type_in(qtbot, card.table, index.id, 4, "next spring")
    changed = desk.appraisal.indices[0]
    assert (changed.published, changed.review_by) == ("2026-11-26", "next spring")
    assert texts(card.table)[0][3:5] == ["26 November 2026", "next spring"]
    (note,) = (one for one in desk.context.view.findings if one.code == "index-review-by")
    page.focus_place(note.record, note.field)
    assert card.table.currentIndex().column() == 4
    desk.undo()
    assert desk.appraisal.indices[0].review_by == index.review_by


def test_an_index_that_begins_too_late_is_refused_in_words(qtbot, desk_with):
    desk = desk_with(indices=())
    early = replace(desk.appraisal, horizon=replace(desk.appraisal.horizon, first_year=2020))
    _, section = prices(qtbot, Desk(early))
    section.indices.add_published.click()
    assert section.refused.isVisibleTo(section)
    assert not section.context.appraisal.indices


def test_median_and_view_of_capital(qtbot, desk):
    _, section = prices(qtbot, desk)
    fill(qtbot, section.median.median, "31,500")
    fill(qtbot, section.median.source, "ONS, 2026")
    rates = desk.appraisal.basis
    assert (rates.median_income, rates.median_income_source) == (Decimal(31500), "ONS, 2026")
    section.capital.view.bar.setCurrentIndex(1)
    assert desk.appraisal.basis.capital_view is CapitalView.REVENUE
    assert "yearly charges" in section.capital.words.text()


@pytest.mark.parametrize(
    ("field", "widget"),
    [
        ("schedule", lambda section: section.rates.money.pick),
        ("health_schedule", lambda section: section.rates.health.pick),
        ("deflator_percent", lambda section: section.inflation.flat.line),
        ("deflator_source", lambda section: section.inflation.source.line),
        ("median_income_source", lambda section: section.median.source.line),
    ],
)
def test_a_finding_leads_to_its_field(qtbot, desk, field, widget):
    page, _ = prices(qtbot, desk)
    page.go_to_section("bias")
    page.focus_place("", field)
    section = page.section
    assert isinstance(section, PricesSection)
    assert widget(section).hasFocus()


def test_an_unknown_schedule_is_named_and_cannot_be_copied(qtbot, desk):
    unknown = replace(desk.appraisal, basis=replace(desk.appraisal.basis, schedule="lost"))
    _, section = prices(qtbot, Desk(unknown))
    assert section.rates.money.pick.currentText() == "Unknown: lost"
    assert "not known" in section.rates.money.fault.text()
    assert not section.rates.money.copy.isEnabled()


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    _, section = prices(qtbot, desk)
    section.rates.money.copy.click()
    section.inflation.kind.bar.chosen.emit("years")
    assert without_name(section) == []


def test_the_path_is_asked_for_once(qtbot, desk, monkeypatch, tmp_path):
    from PySide6.QtWidgets import QFileDialog

    from appraise.ui.pages.costs_inflation import ask_path

    page, _ = prices(qtbot, desk)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(tmp_path / "a.csv"), ""))
    assert ask_path(page) == Path(tmp_path / "a.csv")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: ("", ""))
    assert ask_path(page) is None


def test_tab_reads_the_section_from_top_to_bottom(qtbot, desk):
    page, section = prices(qtbot, desk)
    section.inflation.kind.bar.chosen.emit("years")
    found = walk(qtbot, page, 60)
    assert found[0] is section.rates.money.pick
    card = section.inflation
    stops = (section.rates.health.pick, card.import_file, card.table, card.flat.line, card.source.line)
    assert in_this_order(found, *stops, section.indices.table, section.indices.published, section.median.median.line)


def test_an_index_is_made_uncertain_below_the_table(qtbot, desk):
    _, section = prices(qtbot, desk)
    rises, index = section.indices.rises, desk.appraisal.indices[1]
    assert index.range is None
    section.indices.table.place(index.id)
    assert index.name in rises.title.text()
    assert rises.words.text() == "Its rises are taken as certain."
    fill(qtbot, rises.low, "-1")
    fill(qtbot, rises.high, "+2")
    band = RiseRange(low=Decimal(-1), high=Decimal(2))
    assert desk.appraisal.indices[1].range == band
    assert desk.actions == ["Change range of an index"] * 2
    years = min(10, desk.appraisal.horizon.years - 1)
    assert rises.words.text().startswith(f"Prices in year {years} may be ")
    assert texts(section.indices.table)[1][5] == "−1 to +2"
    rises.drawn.setFocus()
    qtbot.keyClick(rises.drawn, Qt.Key.Key_Down)
    rises.shape.setFocus()
    qtbot.keyClick(rises.shape, Qt.Key.Key_Down)
    assert desk.appraisal.indices[1].range == replace(band, shape=Shape.TRIANGULAR, shared=False)
    fill(qtbot, rises.low, "0")
    fill(qtbot, rises.high, "0")
    assert desk.appraisal.indices[1].range is None
    desk.undo()
    assert desk.appraisal.indices[1].range.high == 2


def test_ends_on_the_wrong_side_are_refused_at_their_field(qtbot, desk):
    _, section = prices(qtbot, desk)
    rises = section.indices.rises
    fill(qtbot, rises.low, "1")
    assert rises.low.fault().startswith("Low is 0 or below")
    fill(qtbot, rises.high, "-2")
    assert rises.high.fault().startswith("High is 0 or above")
    assert not desk.actions
    section.indices.table.place(desk.appraisal.indices[1].id)
    assert not rises.low.fault(), "what was typed for another index is given up"


def test_a_range_of_rises_out_of_reach_is_told_and_led_to(qtbot, desk):
    page, section = prices(qtbot, desk)
    fill(qtbot, section.indices.rises.high, "40")
    assert "out of range" in section.indices.rises.fault.text()
    (found,) = [one for one in desk.context.view.findings if one.code == "rise-range"]
    page.go_to_section("bias")
    page.focus_place(found.record, found.field)
    assert section.indices.rises.low.line.hasFocus()
    assert section.indices.rises.index == found.record


def test_names_of_indices_stay_in_view_while_the_table_scrolls(qtbot, desk):
    page, section = prices(qtbot, desk)
    page.resize(560, 800)
    table = section.indices.table
    bar = table.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    (side,) = table._sides
    assert side.isVisible()
    assert side.x() == 0
    assert side.columnWidth(0) == table.columnWidth(0)
    table.setFocus()
    table.place(desk.appraisal.indices[0].id, 0)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert bar.value() == 0, "a name is typed in its own place"


def test_a_new_index_is_named_in_its_own_place(qtbot, desk):
    page, section = prices(qtbot, desk)
    page.resize(560, 800)
    table = section.indices.table
    bar = table.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    section.indices.indices.add.click()
    assert bar.value() == 0
    bar.setValue(bar.maximum())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    table.place(desk.appraisal.indices[0].id, 4)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert (table.current_key(), table.currentIndex().column()) == (desk.appraisal.indices[1].id, 0)
    assert bar.value() == 0, "so is the next row, where Tab leads"
