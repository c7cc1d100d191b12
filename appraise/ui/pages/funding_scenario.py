"""The scenario in hand, in step 7: its name and source, what becomes of cuts and of money left, grants and stops."""

from PySide6.QtCore import Signal

from appraise.model import periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.edits import funding as edits
from appraise.model.finding import horizon_years
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.constraints_parts import labelled, show_start
from appraise.ui.pages.funding_section import NAMELESS, Side, TickList
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_CUTS = (("stays", "Stays"), ("restored", "Made good at the next renewal"))
_LEFT = (("back", "Goes back"), ("carried", "May be spent later"))
_THROUGHOUT, _NEVER = "all", "-1"


class ScenarioCard(Card):
    """Name, source and rules of the scenario in hand. Signals: removed() after it was taken out."""

    removed = Signal()

    def __init__(self, context: Context, side: Side) -> None:
        super().__init__("Scenario")
        self.context = context
        self.scenario: Scenario | None = None
        self.name = TextField("Name of the scenario", label="Scenario")
        self.source = TextField("Source of the scenario", label="Where the money and its chances come from")
        self.restored = SegmentBar("What happens to a cut", _CUTS)
        self.carry = SegmentBar("Money that is left at the end of a year", _LEFT)
        self.left = IconButton("left", "Move this scenario to the left")
        self.right = IconButton("right", "Move this scenario to the right")
        self.remove = IconButton("bin", "Remove this scenario")
        for button in (self.left, self.right, self.remove):
            self.add_action(button)
        self.add(Sides(self.name, self.source, stretches=(1, 2), fold=480))
        cut, carry = labelled("A cut, at later renewals", self.restored), labelled("Money left over", self.carry)
        self.add(Sides(cut, carry, fold=560, gap=16))
        for part, words in (
            (self.name, funding_help.SCENARIO),
            (self.source, funding_help.SCENARIO_SOURCE),
            (self.restored, funding_help.RESTORED),
            (self.carry, funding_help.CARRY),
        ):
            side.helps.add(part, words)
        self._connect()

    def _connect(self) -> None:
        self.name.committed.connect(self._rename)
        self.source.committed.connect(self._set_source)
        self.restored.chosen.connect(self._set_restored)
        self.carry.chosen.connect(self._set_carry)
        self.remove.clicked.connect(self._remove)
        self.left.clicked.connect(lambda: self._move(-1))
        self.right.clicked.connect(lambda: self._move(1))

    def show_scenario(self, view: View, scenario: Scenario) -> None:
        """Show one scenario of a view; nothing half typed goes to another one."""
        if self.scenario is not None and self.scenario.id != scenario.id:
            self.forget()
        self.scenario = scenario
        place = _place(view.appraisal, scenario.id)
        self.left.setEnabled(place > 0)
        self.right.setEnabled(place < len(view.appraisal.scenarios) - 1)
        self.set_title(f"Scenario: {wording.shorten(scenario.name, 40) or NAMELESS.lower()}")
        self.name.set_text(scenario.name)
        self.source.set_text(scenario.source)
        show_start(self.name, self.source)
        self.restored.set_current("restored" if scenario.restored else "stays")
        self.carry.set_current("carried" if scenario.carry_over else "back")

    def forget(self) -> None:
        """Gives up what is half typed."""
        self.name.give_up()
        self.source.give_up()

    def _rename(self, text: str) -> None:
        if self.scenario is not None:
            new = edits.rename_scenario(self.context.appraisal, scenario=self.scenario.id, name=text)
            self.context.apply(new, "Rename a scenario")

    def _set_source(self, text: str) -> None:
        if self.scenario is not None:
            new = edits.set_scenario_source(self.context.appraisal, scenario=self.scenario.id, source=text)
            self.context.apply(new, "Change the source of a scenario")

    def _set_restored(self, key: str) -> None:
        if self.scenario is not None:
            restored = key == "restored"
            new = edits.set_restored(self.context.appraisal, scenario=self.scenario.id, restored=restored)
            self.context.apply(new, "Change what happens to a cut")

    def _set_carry(self, key: str) -> None:
        if self.scenario is not None:
            carried = key == "carried"
            new = edits.set_carry_over(self.context.appraisal, scenario=self.scenario.id, carry_over=carried)
            self.context.apply(new, "Change what happens to money left over")

    def _remove(self) -> None:
        if self.scenario is not None:
            self.forget()
            new = edits.remove_scenario(self.context.appraisal, scenario=self.scenario.id)
            self.context.apply(new, f"Remove scenario {wording.shorten(self.scenario.name, 30)}")
            self.removed.emit()

    def _move(self, step: int) -> None:
        if self.scenario is not None:
            to = _place(self.context.appraisal, self.scenario.id) + step
            new = edits.move_scenario(self.context.appraisal, scenario=self.scenario.id, to=max(to, 0))
            self.context.apply(new, "Move a scenario")


def _place(appraisal: Appraisal, scenario: str) -> int:
    return [one.id for one in appraisal.scenarios].index(scenario)


class UsedCard(Card):
    """What the scenario in hand counts on beside its settlements: grants that are bid for, prevention paid for."""

    def __init__(self, context: Context, side: Side) -> None:
        super().__init__("Grants and prevention in this scenario")
        self.context = context
        self.scenario: Scenario | None = None
        self.grants = TickList("Grants that are bid for", "No grant is entered yet.")
        self.stops_model = DataTableModel(
            [TableColumn("Programme", stretch=True), TableColumn("Paid for", "left", 150)], self._stop
        )
        self.stops = DataTable("How long each programme is paid for", self.stops_model, row_height=31)
        self.no_programme = FlowLabel("No prevention programme is entered yet.", "dense", "ink2")
        self.to_grants = Button("Enter grants", kind="plain", after="right", small=True)
        self.to_programmes = Button("Enter prevention", kind="plain", after="right", small=True)
        head = FlowLabel("Prevention that is paid for", "dense-strong")
        grants, stops = Column(self.grants, gap=6), Column(head, self.stops, self.no_programme, gap=6)
        for column, button in ((grants, self.to_grants), (stops, self.to_programmes)):
            column.line.addWidget(button)
            column.line.addStretch(1)
        self.add(Sides(grants, stops, fold=560, gap=20))
        self.grants.ticked.connect(self._use)
        side.helps.add(self.grants, funding_help.USED)
        side.helps.add(self.stops, funding_help.STOPS)

    def show_scenario(self, view: View, scenario: Scenario) -> None:
        """The grants and programmes there are, and what this scenario does with them."""
        self.scenario = scenario
        appraisal = view.appraisal
        self.grants.show_records([(one.id, one.name) for one in appraisal.grants], frozenset(scenario.grants))
        stops = {stop.programme: stop.last_year for stop in reversed(scenario.stops)}
        self.stops_model.set_rows(
            [
                TableRow(
                    one.id,
                    (Cell(one.name or NAMELESS, tip=one.name), _paid_cell(appraisal, stops.get(one.id))),
                )
                for one in appraisal.programmes
            ]
        )
        self.stops.setVisible(bool(appraisal.programmes))
        self.no_programme.setVisible(not appraisal.programmes)
        self.to_grants.setVisible(not appraisal.grants)
        self.to_programmes.setVisible(not appraisal.programmes)

    def _use(self, grant: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        if self.scenario is not None:
            new = edits.use_grant(self.context.appraisal, scenario=self.scenario.id, grant=grant, used=on)
            self.context.apply(new, "Bid for a grant in a scenario" if on else "Leave a grant out of a scenario")

    def _stop(self, programme: str, _column: int, text: str) -> None:
        if self.scenario is not None:
            last = None if text == _THROUGHOUT else int(text)
            new = edits.set_stop(self.context.appraisal, scenario=self.scenario.id, programme=programme, last_year=last)
            self.context.apply(new, "Change how long a programme is paid for")

    def focus_stop(self, programme: str = "") -> None:
        """The choice of a programme, or of the first one."""
        self.stops.setFocus()
        if self.stops_model.rows:
            self.stops.place(programme or self.stops_model.rows[0].key, 1)


def _paid_cell(appraisal: Appraisal, last: int | None) -> Cell:
    """How long a programme is paid for, with all choices there are."""
    first = appraisal.horizon.first_year
    years = sorted({*range(horizon_years(appraisal)), *({last} if last is not None and last >= 0 else ())})
    until = tuple((str(year), f"Until {periods.label(first, year)}") for year in years)
    choices = ((_THROUGHOUT, "Throughout"), (_NEVER, "Not at all"), *until)
    key = _THROUGHOUT if last is None else str(max(last, -1))
    words = dict(choices)[key]
    return Cell(words, choices=choices, ink="ink" if last is None else "attention")
