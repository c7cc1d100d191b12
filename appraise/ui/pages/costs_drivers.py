"""Drivers in step 5: the uncertain facts that lines name, and whether each is one fact for all options."""

from PySide6.QtCore import QModelIndex

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import lines as edits
from appraise.present import moving_together, wording
from appraise.present.moving_together import Driver
from appraise.present.tables import short_name
from appraise.ui.pages.costs_section import CostSection
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

DRIVERS_HELP = Help(
    "One fact for all options?",
    "Pay, energy or whether it rains is the same whichever option is chosen: one draw for all. What each option "
    "brings about by itself is drawn apart. This decides how often an option is the cheapest.",
    "Green Book 2026, paragraphs 6.60 to 6.77",
)
_COLUMNS = (
    TableColumn("Driver: ticked is one fact for all options", "left", 250, stretch=True),
    TableColumn("Drawn", "left", 150),
    TableColumn("Lines", "right", 64),
    TableColumn("Options", "left", 190, stretch=True),
)
_NOTHING = "No driver yet. Name one under “Driver” in the story of a line."


def with_shared(appraisal: Appraisal, driver: str, *, shared: bool) -> Appraisal:
    """The driver as one fact for all options, or one for each, on every line that names it."""
    new = appraisal
    for line in appraisal.lines:
        if moving_together.driver_key(line) == driver and line.shared is not shared:
            new = edits.change_line(new, line=line.id, shared=shared)
    return new


def with_group(appraisal: Appraisal, line: str, group: str) -> Appraisal:
    """The line in a correlation group, or in none, with all lines of its driver: they are one draw."""
    found = next(one for one in appraisal.lines if one.id == line)
    key, new = moving_together.driver_key(found), appraisal
    for one in appraisal.lines:
        if one.id == line or (key and moving_together.driver_key(one) == key):
            new = edits.set_correlation(new, line=one.id, group=group)
    return new


def with_driver(appraisal: Appraisal, line: str, driver: str) -> Appraisal:
    """The line with a driver; it takes over whether that is one fact for all options, and its group."""
    new = edits.set_driver(appraisal, line=line, driver=driver)
    named = next(one for one in new.lines if one.id == line)
    key = moving_together.driver_key(named)
    other = next((one for one in new.lines if one.id != line and key and moving_together.driver_key(one) == key), None)
    if other is None:
        return new
    new = edits.change_line(new, line=line, shared=other.shared)
    return edits.set_correlation(new, line=line, group=other.correlation)


class DriversCard(Card):
    """Every driver with the options that name it; Space or a click says that it is one fact for all, or not."""

    def __init__(self, section: CostSection) -> None:
        super().__init__("Drivers", "Lines with the same driver are all high or all low together")
        self._section = section
        self._drivers: tuple[Driver, ...] = ()
        self._model = DataTableModel(list(_COLUMNS))
        self.table = DataTable("Drivers", self._model, row_height=31)
        self.nothing = FlowLabel(_NOTHING, "body", "ink2")
        self.told = FlowLabel("Space says whether the driver in hand is one fact for all options.", "caption", "ink2")
        for part in (self.nothing, self.table, self.told):
            self.add(part)
        section.helps.add(self, DRIVERS_HELP)
        self.table.toggled.connect(self._toggle)
        self.table.clicked.connect(self._click)

    def show_drivers(self, appraisal: Appraisal) -> None:
        """The drivers as they are."""
        self._drivers = moving_together.drivers(appraisal)
        self._model.set_rows([_row(appraisal, one) for one in self._drivers])
        self.nothing.setVisible(not self._drivers)
        for part in (self.table, self.told):
            part.setVisible(bool(self._drivers))

    def _click(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._toggle(self._model.rows[index.row()].key)

    def _toggle(self, key: str) -> None:
        found = next(one for one in self._drivers if one.key == key)
        name = wording.shorten(found.name, 40)
        self._section.attempt(
            lambda now: with_shared(now, key, shared=found.shared is not True), f"Change sharing of {name}"
        )


def _row(appraisal: Appraisal, one: Driver) -> TableRow:
    drawn = moving_together.shared_words(one.shared)
    options = wording.listing([short_name(appraisal, option) for option in one.options])
    icon = {True: "completed", False: "not-started", None: "in-progress"}[one.shared]
    first = Cell(
        one.name,
        icon=icon,
        icon_ink="good" if one.shared else "ink2",
        spoken=f"{one.name}, {drawn}",
        tip=one.name,
    )
    return TableRow(one.key, (first, Cell(drawn, ink="ink2"), Cell(str(len(one.lines))), Cell(options, tip=options)))
