"""Prices and rates of step 5: discounting, price indices, comparable incomes, and the view of capital."""

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal, CapitalView, OwnBand, OwnSchedule
from appraise.model.appraisal.lines import Index
from appraise.model.edits import basis
from appraise.model.edits import lines as edits
from appraise.model.parameters import LAST_YEAR, SCHEDULES, known_schedules
from appraise.model.tables import PUBLISHED_INDICES
from appraise.present import assumption_words, range_words, wording
from appraise.present.financial_tables import CAPITAL_VIEWS
from appraise.present.option_words import day
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.costs_inflation import InflationCard, even_places
from appraise.ui.pages.costs_matrix import MATRIX_FIELD
from appraise.ui.pages.costs_rises import RiseEditor
from appraise.ui.pages.costs_section import CostSection, EditTable, errors_at
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell, word_cell
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Panel, Row
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.fields import MoneyField, TextField
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.table_model import Cell, TableColumn, TableRow

RATES_HELP = Help(
    "Which discount rates?",
    "The Green Book's own, unless guidance for the field asks for another. "
    "Copy a schedule only to test a rate; the copy is marked wherever it is used.",
    "Green Book 2026, paragraphs 6.54 to 6.58",
)
INDICES_HELP = Help(
    "What is a price index for?",
    "A line that names one rises with it in cash. What it rises more or less than general inflation "
    "is real, and counts in the economic case.",
    "Green Book 2026, paragraphs 6.45 to 6.51",
)
CAPITAL_HELP = Help(
    "Which view of capital?",
    "Cash when it is paid shows what must be borrowed. The revenue view shows the yearly charges instead. "
    "Both together would count it twice.",
    "Green Book 2026, paragraph 6.92",
)
INCOMES_HELP = Help(
    "What is the median for?",
    "A pound means more to a household below the median and less to one above it. "
    "Weights follow from the group's comparable income.",
    "Green Book 2026, paragraph 7.13",
)
_VIEWS = ((CapitalView.CASH.value, "Cash when paid"), (CapitalView.REVENUE.value, "Revenue charges"))
_BANDS = (TableColumn("From year", "right", 96), TableColumn("Rate a year, per cent", "right", 170))
_INDEX_PLACES = {"percent": 1, "source": 2, "published": 3, "review_by": 4, "range": 5}
_INDICES = (
    TableColumn("Price index", "left", 150),
    TableColumn("Rises a year, per cent", "left", 160),
    TableColumn("Source", "left", 120, stretch=True),
    TableColumn("Published", "left", 108),
    TableColumn("Newer ones by", "left", 112),
    TableColumn("Uncertain by", "left", 96),
)


def read_rises(text: str) -> tuple[Decimal, ...]:
    """Yearly rises as typed: "3.2, 2.8, 2.5". ValueError with one sentence."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    return tuple(money.parse_percent(part) for part in parts)


# --- discounting -----------------------------------------------------------------------------------------


class ScheduleChoice(Column):
    """One of the two discount schedules: the pick, its rates with their vintage, and what is wrong with it."""

    def __init__(self, label: str) -> None:
        self.pick = PickList(label)
        self.words = FlowLabel("", "caption", "ink2")
        self.fault = FlowLabel("", "caption", "problem")
        self.copy = Button("Copy to change", icon="plus", small=True)
        self.copy.setAccessibleName(f"Copy to change: {label}")
        buttons = Row(self.copy, stretches=(0,))
        buttons.line.addStretch(1)
        super().__init__(FlowLabel(label, "caption", "ink2"), self.pick, self.fault, self.words, buttons, gap=4)
        self.line.addStretch(1)

    def show_schedule(self, appraisal: Appraisal, chosen: str, fault: str) -> None:
        """The schedules to choose from, and the one that is chosen."""
        self.pick.set_choices(assumption_words.schedule_choices(appraisal.basis, chosen))
        self.pick.set_current(chosen)
        known = known_schedules(appraisal.basis).get(chosen)
        self.words.set_text(assumption_words.schedule_words(known) if known else "")
        self.words.setVisible(known is not None)
        self.copy.setEnabled(known is not None)
        self.fault.set_text(fault)
        self.fault.setVisible(bool(fault))


class RatesCard(Card):
    """Discount rates for money and for lives and health, and the run that is shown beside them."""

    def __init__(self, section: "PricesSection") -> None:
        super().__init__("Discount rates", "Real rates a year; shared by all options")
        self._section = section
        self.money = ScheduleChoice("Discount rates")
        self.health = ScheduleChoice("For lives and health")
        self.add(Sides(self.money, self.health, fold=560, gap=20))
        self.add(Panel("Always shown beside", assumption_words.review_words()))
        self.money.pick.chosen.connect(lambda key: self._choose(key, health=False))
        self.health.pick.chosen.connect(lambda key: self._choose(key, health=True))
        self.money.copy.clicked.connect(lambda: self._copy(health=False))
        self.health.copy.clicked.connect(lambda: self._copy(health=True))

    def _choose(self, key: str, *, health: bool) -> None:
        change = basis.set_health_schedule if health else basis.set_schedule
        what = "discount rates for health" if health else "discount rates"
        self._section.attempt(partial(change, schedule=key), f"Change {what}")

    def _copy(self, *, health: bool) -> None:
        """A copy of the chosen schedule takes its place and is opened."""
        copy = self._section.context.fresh_id("schedule")
        change = basis.set_health_schedule if health else basis.set_schedule
        chosen = (self.health if health else self.money).pick.current()

        def copied(now: Appraisal) -> Appraisal:
            return change(basis.copy_schedule(now, schedule=chosen, copy=copy), schedule=copy)

        if self._section.attempt(copied, "Copy a discount schedule"):
            self._section.own.choose(copy)
            self._section.own.focus_detail()

    def show_rates(self, view: View) -> None:
        """The rates of the document, and what is wrong with them."""
        errors = errors_at(view.findings, "")
        rates = view.appraisal.basis
        self.money.show_schedule(view.appraisal, rates.schedule, errors.get("schedule", ""))
        self.health.show_schedule(view.appraisal, rates.health_schedule, errors.get("health_schedule", ""))


def _own_cells(one: OwnSchedule) -> tuple[Cell, ...]:
    rates = assumption_words.bands_words(one.bands)
    return (name_cell(one.name, "Without a name"), Cell(rates, tip=rates), word_cell(one.source))


def _copied(now: Appraisal, copy: str) -> Appraisal:
    chosen = now.basis.schedule
    known = chosen if chosen in known_schedules(now.basis) else next(iter(SCHEDULES))
    return basis.copy_schedule(now, schedule=known, copy=copy)


_OWN = RecordKind(
    noun="own schedule",
    title="Own discount schedules",
    plural="own schedules",
    read=lambda now: now.basis.own_schedules,
    add=_copied,
    change=lambda now, key, field, value: basis.change_own_schedule(now, schedule=key, **{field: value}),
    remove=lambda now, key: basis.remove_own_schedule(now, schedule=key),
    move=None,
    columns=(
        TableColumn("Own copy", "left", 200, stretch=True),
        TableColumn("Rates", "left", 240, stretch=True),
        TableColumn("Source", "left", 150, stretch=True),
    ),
    cells=_own_cells,
    empty="No own copy of a discount schedule.",
    icon="document",
    help=RATES_HELP,
    measure=lambda _records: "Marked as own copies wherever they are used",
    fields=(
        (
            RecordField(key="name", label="Name", help=RATES_HELP),
            RecordField(key="source", label="Source", hint="Who recommends these rates, and when", help=RATES_HELP),
        ),
    ),
)


class OwnSchedules(Records):
    """The user's own discount schedules; hidden while there are none."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _OWN, helps)
        self.bands = EditTable("Rates of the own schedule", _BANDS, self._typed_band, "Add a later rate", "rate")
        self._fault = FlowLabel("", "caption", "problem")
        if self.detail is not None:
            self.detail.add(self._fault)
            self.detail.add(self.bands)
        self.bands.added.connect(self._add_band)
        self.bands.removed.connect(self._remove_band)

    def show_view(self, view: View) -> None:
        """The own schedules; nothing at all while there are none."""
        super().show_view(view)
        self.setVisible(bool(view.appraisal.basis.own_schedules))
        fault = errors_at(view.findings, self.chosen).get("bands", "")
        self._fault.set_text(fault)
        self._fault.setVisible(bool(fault))

    def shown(self, record: Any) -> None:
        """The rates of the schedule in hand."""
        self.bands.show_rows(
            [
                TableRow(
                    str(number),
                    (
                        Cell(str(band.first), editable=True),
                        Cell(money.plain_number(band.percent), editable=True),
                    ),
                )
                for number, band in enumerate(record.bands)
            ]
        )

    @property
    def _bands(self) -> tuple[OwnBand, ...]:
        return next((one.bands for one in self._records() if one.id == self.chosen), ())

    def _set_bands(self, bands: list[OwnBand], action: str) -> None:
        ordered = tuple(sorted(bands, key=lambda band: band.first))
        new = basis.change_own_schedule(self._context.appraisal, schedule=self.chosen, bands=ordered)
        self._context.apply(new, action)

    def _typed_band(self, key: str, column: int, text: str) -> None:
        bands, number = list(self._bands), int(key)
        if column == 0:
            bands[number] = replace(bands[number], first=money.parse_whole(text, low=1, high=LAST_YEAR))
        else:
            bands[number] = replace(bands[number], percent=money.parse_percent(text))
        self._set_bands(bands, "Change a rate of an own schedule")

    def _add_band(self) -> None:
        bands = list(self._bands)
        first = min(bands[-1].first + 10, LAST_YEAR) if bands else 1
        percent = bands[-1].percent if bands else Decimal("3.5")
        self._set_bands([*bands, OwnBand(first=first, percent=percent)], "Add a rate to an own schedule")
        self.bands.edit_row(str(len(bands)))

    def _remove_band(self, key: str) -> None:
        bands = [band for number, band in enumerate(self._bands) if number != int(key)]
        self._set_bands(bands, "Remove a rate of an own schedule")


# --- price indices ---------------------------------------------------------------------------------------


class IndicesCard(Card):
    """The table of price indices, typed in place, and the published ones to add."""

    def __init__(self, section: "PricesSection") -> None:
        super().__init__("Price indices", "The first rise is from year 0 to year 1; the last one is carried on")
        self._section = section
        self.indices = EditTable("Price indices", _INDICES, self._typed, "Add own index", "price index", frozen=True)
        self.table = self.indices.table
        self.rises = RiseEditor(section)
        self.nothing = FlowLabel("No price index yet: every line follows general inflation.", "body", "ink2")
        self.published = PickList("Published index to add", [(key, one.name) for key, one in PUBLISHED_INDICES.items()])
        self.vintage = FlowLabel("", "caption", "ink2")
        self.add_published = Button("Add a published index", icon="plus", small=True)
        self.add(self.indices)
        self.content.insertWidget(0, self.nothing)
        row = Row(self.published, self.add_published, stretches=(0, 0), gap=8)
        row.line.addStretch(1)
        self.add(row)
        self.add(self.vintage)
        self.divider = Divider()
        self.add(self.divider)
        self.add(self.rises)
        self.table.moved.connect(lambda _key, _column: self._show_rises())
        self.indices.added.connect(self._add_own)
        self.indices.removed.connect(self._remove)
        self.published.chosen.connect(lambda _key: self._show_vintage())
        self.add_published.clicked.connect(self._add_published)
        self._show_vintage()

    def _show_vintage(self) -> None:
        row = PUBLISHED_INDICES[self.published.current()]
        self.vintage.set_text(f"{row.source}. {assumption_words.dated(row.published, row.review_by)}")

    def show_indices(self, view: View) -> None:
        """The price indices of the document, and what is wrong with them."""
        rows = []
        for index in view.appraisal.indices:
            fault = errors_at(view.findings, index.id).get("percent", "")
            rises = ", ".join(money.plain_number(one) for one in index.percent)
            shown = ", ".join(even_places(index.percent))
            ink = "problem" if fault else "ink" if rises else "ink2"
            cells = (
                name_cell(index.name, "Without a name", editable=True),
                Cell(shown or "none yet", ink=ink, editable=True, edit_text=rises, tip=fault or shown),
                word_cell(index.source, editable=True),
                _date_cell(index.published),
                _date_cell(index.review_by),
                _range_cell(index, errors_at(view.findings, index.id).get("range", "")),
            )
            rows.append(TableRow(index.id, cells))
        self.indices.show_rows(rows)
        self.nothing.setVisible(not rows)
        self._show_rises()

    def _show_rises(self) -> None:
        """The range of the index in hand, or of the first one."""
        view, key = self._section.context.view, self.table.current_key()
        indices = view.appraisal.indices
        found = next((one for one in indices if one.id == key), indices[0] if indices else None)
        self.rises.show_index(view, found)
        self.divider.setVisible(found is not None)

    def _typed(self, key: str, column: int, text: str) -> None:
        now, context = self._section.context.appraisal, self._section.context
        if column == 0:
            context.apply(edits.rename_index(now, index=key, name=text.strip()), "Rename a price index")
        elif column == 1:
            context.apply(edits.set_index_percent(now, index=key, percent=read_rises(text)), "Change a price index")
        elif column == 2:
            context.apply(edits.set_index_source(now, index=key, source=text.strip()), "Change source of an index")
        elif column == 3:
            context.apply(edits.change_index(now, index=key, published=text.strip()), "Change date of an index")
        else:
            context.apply(edits.change_index(now, index=key, review_by=text.strip()), "Change review date of an index")

    def _add_own(self) -> None:
        index = self._section.context.fresh_id("index")
        flat = (self._section.context.appraisal.basis.deflator_percent,)
        make = partial(edits.add_index, index=index, name="New price index", percent=flat)
        if self._section.attempt(make, "Add a price index"):
            self.indices.edit_row(index)

    def _add_published(self) -> None:
        index = self._section.context.fresh_id("index")
        make = partial(basis.add_published_index, index=index, published=self.published.current())
        if self._section.attempt(make, "Add a published index"):
            self.focus_index(index)

    def _remove(self, key: str) -> None:
        self._section.attempt(partial(edits.remove_index, index=key), "Remove a price index")

    def focus_index(self, index: str, column: int = 0) -> None:
        """Puts a price index in hand; its range is edited below the table."""
        self.table.place(index, column)
        (self.rises.low if column == _INDEX_PLACES["range"] else self.table).setFocus()


def _range_cell(index: Index, fault: str) -> Cell:
    """How far the rises may lie from what was entered; edited below the table."""
    words = range_words.rise_short(index.range)
    ink = "problem" if fault else "ink" if index.range is not None else "ink2"
    return Cell(words, ink=ink, tip=fault or range_words.rise_words(index.range))


def _date_cell(iso: str) -> Cell:
    """A date in words, typed as 2027-03-31; what is no date stands as it was typed."""
    words = day(iso) or wording.DASH
    tip = f"{words if iso else 'No date yet'}; type it like 2027-03-31"
    return Cell(words, editable=True, edit_text=iso, ink="ink" if iso else "ink2", tip=tip)


# --- incomes and capital ---------------------------------------------------------------------------------


class CapitalCard(Card):
    """How the financial case shows capital."""

    def __init__(self, section: "PricesSection") -> None:
        super().__init__("Capital in the financial case")
        self.view = Switch("View of capital", _VIEWS)
        self.words = FlowLabel("", "body")
        self._own = FlowLabel("The economic case always counts capital in the year it is spent.", "caption", "ink2")
        for part in (self.view, self.words, self._own):
            self.add(part)
        self.end()
        self.view.chosen.connect(
            lambda key: section.attempt(
                partial(basis.set_capital_view, view=CapitalView(key)), "Change the view of capital"
            )
        )

    def show_capital(self, appraisal: Appraisal) -> None:
        """The view as it is chosen, in one sentence."""
        view = appraisal.basis.capital_view
        self.view.set_current(view.value)
        self.words.set_text(CAPITAL_VIEWS[view])


class MedianCard(Card):
    """The median income that distributional weights start from."""

    def __init__(self, section: "PricesSection") -> None:
        super().__init__("Median income", "Comparable household income after tax, a year")
        self._section = section
        self.median = MoneyField("Median income, pounds a year", money.parse, label="Median, pounds a year")
        self.source = TextField("Source of the median income", label="Source and date")
        self.add(self.median)
        self.add(self.source)
        self.end()
        self.median.parsed.connect(self._set_median)
        self.source.committed.connect(self._set_source)

    def _set_median(self, value: object) -> None:
        rates = self._section.context.appraisal.basis
        if isinstance(value, Decimal):
            make = partial(basis.set_median_income, pounds=value, source=rates.median_income_source)
            self._section.attempt(make, "Change the median income")

    def _set_source(self, text: str) -> None:
        rates = self._section.context.appraisal.basis
        make = partial(basis.set_median_income, pounds=rates.median_income, source=text)
        self._section.attempt(make, "Change source of the median income")

    def show_median(self, view: View) -> None:
        """The median and its source, and what is wrong with it."""
        rates = view.appraisal.basis
        self.median.set_text(amount_text(rates.median_income))
        self.source.set_text(rates.median_income_source)
        fault = errors_at(view.findings, "").get("median_income", "")
        if fault and not self.median.fault():
            self.median.set_fault(fault)


class PricesSection(CostSection):
    """Rates, inflation, indices, and what else all lines share. `own` are the own schedules."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, RATES_HELP)
        self.rates = RatesCard(self)
        self.own = OwnSchedules(context, self.helps)
        self.inflation = InflationCard(self)
        self.indices = IndicesCard(self)
        self.median = MedianCard(self)
        self.capital = CapitalCard(self)
        last = Sides(self.median, self.capital, fold=620)
        for place, part in enumerate((self.rates, self.own, self.inflation, self.indices, last), start=1):
            self.line.insertWidget(place, part)
        for widget, words in (
            (self.rates, RATES_HELP),
            (self.indices, INDICES_HELP),
            (self.capital, CAPITAL_HELP),
            (self.median, INCOMES_HELP),
        ):
            self.helps.add(widget, words)

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:
        """The rates of the document, which belong to no record, own schedules and price indices."""
        if not record:
            return field not in ("biases", MATRIX_FIELD)
        index = any(one.id == record for one in appraisal.indices)
        return index or any(one.id == record for one in appraisal.basis.own_schedules)

    def show_view(self, old: View | None, new: View) -> None:
        """The rates as they are."""
        if old is not None and old.appraisal is new.appraisal and old.findings is new.findings:
            return
        if old is None:
            self.inflation.start_anew()
        self.rates.show_rates(new)
        self.own.show_view(new)
        self.inflation.show_inflation(new)
        self.indices.show_indices(new)
        self.median.show_median(new)
        self.capital.show_capital(new.appraisal)

    def focus_first(self) -> None:
        """The discount rates."""
        self.rates.money.pick.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """An index or an own schedule in its table, else a field."""
        now = self.context.appraisal
        if any(one.id == record for one in now.indices):
            self.indices.focus_index(record, _INDEX_PLACES.get(field, 0))
        elif any(one.id == record for one in now.basis.own_schedules):
            widget = self.own.take(record, field)
            (self.own.bands.table if field == "bands" else widget or self.own.table).setFocus()
        else:
            fields: dict[str, QWidget] = {
                "schedule": self.rates.money.pick,
                "health_schedule": self.rates.health.pick,
                "median_income": self.median.median,
                "median_income_source": self.median.source,
                "capital_view": self.capital.view,
            }
            fields.get(field, self.inflation.field_of(field)).setFocus()
