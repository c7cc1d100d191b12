"""How long buying takes, in step 7: the steps from market engagement to the first day, against money and contract."""

from functools import partial

from PySide6.QtCore import Qt

from appraise.model.appraisal.options import Option
from appraise.model.edits import terms as edits
from appraise.model.money import parse_whole
from appraise.present import tables, term_tables, term_words, wording
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.funding_section import day_text, mark_errors, parse_day
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.results_state import EarlierChip, Figures
from appraise.ui.pages.results_tables import columns_of
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.fields import NumberField, TextArea
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_WEEKS = {
    "engagement_weeks": "Market engagement",
    "tender_weeks": "Notice and tender",
    "evaluation_weeks": "Evaluation",
    "mobilisation_weeks": "Mobilisation",
}
TIMETABLE_FIELDS = ("starts_on", "needed_by", *_WEEKS, "standstill_days")
#: What a change of a field is called in the history.
_ACTIONS = {
    "starts_on": "the first day of",
    "needed_by": "the day of service in",
    **{key: f"{label.lower()} in" for key, label in _WEEKS.items()},
    "standstill_days": "the standstill in",
    "words": "the words on",
}
_WAITING = "The dates appear here after the next full run."
_NOT_YET = "The dates appear here when work starts on a day and a step takes time."


class TimetableCard(Card):
    """The steps as typed, the days they lead to, and whether the service starts in time. `fields` by name."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__("Procurement timetable")
        self.context = context
        self._option = ""
        self._drawn: tuple[Figures | None, str] | None = None
        weeks = partial(parse_whole, low=0, high=520)
        self.starts_on = NumberField("Work on the tender starts on", parse_day, label="Work starts on")
        self.needed_by = NumberField("Service is needed from", parse_day, label="Service needed from")
        for day in (self.starts_on, self.needed_by):
            day.line.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.needed_by.line.setPlaceholderText("1 April of the first year")
        self.weeks = {
            key: NumberField(f"{label}, weeks", weeks, label=label, unit="weeks") for key, label in _WEEKS.items()
        }
        days = partial(parse_whole, low=0, high=260)
        self.standstill = NumberField("Standstill, working days", days, label="Standstill", unit="working days")
        self.words = TextArea("Words on the timetable", label="What it rests on, and what may delay it", lines=1)
        self.fields: dict[str, NumberField] = {
            "starts_on": self.starts_on,
            "needed_by": self.needed_by,
            **self.weeks,
            "standstill_days": self.standstill,
        }
        self.model = DataTableModel([TableColumn("Step", stretch=True)])
        self.table = DataTable("Timetable with dates", self.model, row_height=30)
        self.note = FlowLabel("", "caption", "ink2")
        self.said = FlowLabel("", "dense")
        self.earlier = EarlierChip()
        self.add_action(self.earlier)
        self._lay_out()
        helps.add(self, funding_help.TIMETABLE)
        helps.add(self.needed_by, funding_help.NEEDED)
        helps.add(self.standstill, funding_help.STANDSTILL)
        for key, day in (("starts_on", self.starts_on), ("needed_by", self.needed_by)):
            day.parsed.connect(partial(self._set, key))
        for key, field in self.weeks.items():
            field.parsed.connect(partial(self._set, key))
        self.standstill.parsed.connect(partial(self._set, "standstill_days"))
        self.words.committed.connect(partial(self._set, "words"))

    def _lay_out(self) -> None:
        steps = (self.weeks["engagement_weeks"], self.weeks["tender_weeks"], self.weeks["evaluation_weeks"])
        self.add(Sides(self.starts_on, self.needed_by, fold=440, gap=12))
        self.add(Sides(*steps, fold=480, gap=12))
        self.add(Sides(self.standstill, self.weeks["mobilisation_weeks"], fold=440, gap=12))
        for part in (self.said, self.table, self.note, self.words):
            self.add(part)

    def _set(self, field: str, value: object) -> None:
        if any(one.id == self._option for one in self.context.appraisal.options):
            new = edits.change_timetable(self.context.appraisal, option=self._option, **{field: value})
            self.context.apply(new, f"Change {_ACTIONS[field]} a timetable")

    def show_option(self, view: View, option: Option) -> None:
        """The timetable as typed; nothing half typed goes to another option."""
        if option.id != self._option:
            for field in (self.starts_on, self.needed_by, *self.weeks.values(), self.standstill):
                field.give_up()
            self.words.sheet.setPlainText(self.words.sheet.saved)
        self._option, timetable = option.id, option.timetable
        self.set_title(
            f"How long it takes to buy {wording.shorten(option.name, 40) or 'this option'}",
            "From the first work to the first day of service",
        )
        self.starts_on.set_text(day_text(timetable.starts_on))
        self.needed_by.set_text(day_text(timetable.needed_by))
        for key, field in self.weeks.items():
            field.set_text(str(getattr(timetable, key)))
        self.standstill.set_text(str(timetable.standstill_days))
        self.words.set_text(timetable.words)
        mark_errors(view.findings, option.id, self.fields)

    def show_figures(self, figures: Figures | None) -> None:
        """The days that the steps lead to, from the last full run, and whether that is in time."""
        full = figures.full if figures is not None else None
        if self._drawn is None or self._drawn[0] is not full or self._drawn[1] != self._option:
            self._drawn = full, self._option
            self._show_dates(full)
        self.earlier.setVisible(full is not None and full is not figures and not self.table.isHidden())

    def _show_dates(self, full: Figures | None) -> None:
        known = full is not None and any(one.id == self._option for one in full.results.options)
        table = (
            term_tables.timetable(full.results, full.appraisal, self._option) if full is not None and known else None
        )
        said = term_words.timetable(full.results, full.appraisal, self._option) if full is not None and known else ()
        some = table is not None and bool(table.rows)
        self.said.set_text(" ".join(said) or (_WAITING if full is None else _NOT_YET))
        self.table.setVisible(some)
        self.note.setVisible(some and table is not None and bool(table.notes))
        if table is not None and some:
            self._show_table(table)

    def _show_table(self, table: tables.Table) -> None:
        self.model.set_columns(columns_of(table))
        self.model.set_rows(
            [
                TableRow(f"{number}", tuple(Cell(cell.text, tip=cell.text) for cell in row))
                for number, row in enumerate(table.rows)
            ]
        )
        self.note.set_text(" ".join(table.notes))
