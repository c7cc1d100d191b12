"""The dialogs of the Model menu and of the export. What is typed in them is in the document at once."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from appraise.model import money
from appraise.model.appraisal.records import Role
from appraise.model.edits import basis, records
from appraise.model.parameters import known_schedules
from appraise.present import assumption_words
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import NumberField, PercentField, TextField
from appraise.ui.widgets.labels import FlowLabel, SectionTitle
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow
from appraise.ui.worker import Worker

_LARGEST_SEED = 2**63 - 1
#: The roles in words.
ROLES = {
    Role.COMMISSIONER: "Commissioner",
    Role.ANALYST: "Analyst",
    Role.ASSURER: "Assurer",
    Role.APPROVER: "Approver",
}


class Sheet(QDialog, theme.Themed):
    """A dialog with a title, one sentence, a body, and buttons at the foot."""

    def __init__(self, parent: QWidget, title: str, sentence: str, width: float) -> None:
        super().__init__(parent)
        self._width = width
        self.setWindowTitle(title)
        self.setModal(True)
        self._column = QVBoxLayout(self)
        self.body = Column(gap=12)
        self.foot = Row(gap=8)
        self.foot.line.addStretch(1)
        self._column.addWidget(FlowLabel(title, "question"))
        self._column.addWidget(FlowLabel(sentence, "body", "ink2"))
        self._scroll = base.ScrollPage(self.body)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.foot)
        self.apply_theme()

    def add_button(self, text: str, run: Callable[[], object]) -> Button:
        """A button at the foot."""
        button = Button(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: run())
        self.foot.line.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the body needs, within the window it stands over."""
        super().showEvent(event)
        parent = self.parentWidget()
        room = parent.height() if parent else theme.px(700)
        around = self.sizeHint().height() - self._scroll.sizeHint().height()
        self.resize(self.minimumWidth(), min(self.body.sizeHint().height() + around + theme.px(8), room))

    def apply_theme(self) -> None:
        """Takes ground, margins and width."""
        base.set_ground(self, "card")
        base.margins(self._column, 24, 20, 24, 16)
        self._column.setSpacing(theme.px(10))
        parent = self.parentWidget()
        widest = parent.width() if parent else theme.px(self._width)
        self.setMinimumWidth(min(theme.px(self._width), widest))


class DocumentSheet(Sheet):
    """A dialog that follows the document while it is open."""

    def __init__(self, parent: QWidget, context: Context, title: str, sentence: str, width: float = 560) -> None:
        super().__init__(parent, title, sentence, width)
        self.context = context
        self.add_button("Close", self.accept)

    def follow(self) -> None:
        """Show what there is, then every change. Call last in __init__."""
        self.refresh(self.context.view)
        self.context.changed.connect(self._changed)
        self.finished.connect(lambda _code: self.context.changed.disconnect(self._changed))

    def refresh(self, view: View) -> None:
        """Show `view`."""
        raise NotImplementedError

    def _changed(self, _old: View | None, new: View) -> None:
        self.refresh(new)


class RatesDialog(DocumentSheet):
    """Discount rates, general inflation, number of draws and seed. `fields` by the names that findings use."""

    FIELDS = ("schedule", "deflator_percent", "deflator_source", "draws", "seed", "most_draws", "percentile")

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(
            parent,
            context,
            "Rates and draws",
            "The figures of every option rest on these. Each change can be undone.",
        )
        self.schedule = PickList("Discount schedule")
        self.source = FlowLabel("", "caption", "ink2")
        self.deflator = PercentField("General inflation a year", money.parse_percent, label="General inflation a year")
        self.deflator_source = TextField("Source of general inflation", label="Where general inflation comes from")
        # what is too many for this machine is a finding: it says how long so many would take
        draws = partial(money.parse_whole, low=1, high=10**15)
        self.draws = NumberField("Number of draws", draws, label="Number of draws")
        self.seed = NumberField("Seed", _seed, label="Seed, which makes the draws repeatable")
        self.most = NumberField("Most draws allowed", draws, label="Most draws allowed")
        sureness = partial(money.parse_whole, low=50, high=99)
        self.percentile = PercentField("How sure the contingency should make", sureness, label="Contingency makes sure")
        parts: tuple[QWidget, ...] = (
            self.schedule,
            self.deflator,
            self.deflator_source,
            self.draws,
            self.seed,
            self.most,
            self.percentile,
        )
        self.fields = dict(zip(self.FIELDS, parts, strict=True))
        caption = FlowLabel("Discount schedule", "caption", "ink2")
        self.body.line.addWidget(Column(caption, self.schedule, self.source, gap=4))
        self.body.line.addWidget(Row(self.deflator, self.deflator_source, stretches=(1, 2)))
        self.body.line.addWidget(Row(self.draws, self.most))
        self.body.line.addWidget(Row(self.seed, self.percentile))
        self.body.line.addStretch(1)
        self._connect()
        self.follow()

    def _connect(self) -> None:
        context = self.context
        self.schedule.chosen.connect(
            lambda key: context.apply(basis.set_schedule(context.appraisal, schedule=key), "Change discount schedule")
        )
        self.deflator.parsed.connect(
            lambda value: context.apply(basis.set_deflator(context.appraisal, percent=value), "Change inflation")
        )
        self.deflator_source.committed.connect(
            lambda text: context.apply(
                basis.set_deflator_source(context.appraisal, source=text), "Change source of inflation"
            )
        )
        self.draws.parsed.connect(
            lambda value: context.apply(basis.set_draws(context.appraisal, draws=value), "Change number of draws")
        )
        self.seed.parsed.connect(
            lambda value: context.apply(basis.set_seed(context.appraisal, seed=value), "Change seed")
        )

        self.most.parsed.connect(
            lambda value: context.apply(
                basis.set_most_draws(context.appraisal, draws=value), "Change the most draws allowed"
            )
        )
        self.percentile.parsed.connect(
            lambda value: context.apply(
                basis.set_percentile(context.appraisal, percent=value), "Change how sure the contingency makes"
            )
        )

    def refresh(self, view: View) -> None:
        """Show the rates."""
        rates, simulation = view.appraisal.basis, view.appraisal.simulation
        known = known_schedules(rates).get(rates.schedule)
        self.schedule.set_choices(assumption_words.schedule_choices(rates, rates.schedule))
        self.schedule.set_current(rates.schedule)
        self.source.set_text(
            assumption_words.schedule_words(known)
            if known
            else "This schedule is not known or not in force. Choose one."
        )
        self.deflator.set_text(_plain(rates.deflator_percent))
        self.deflator_source.set_text(rates.deflator_source)
        self.draws.set_text(f"{simulation.draws:,}")
        self.seed.set_text(str(simulation.seed))
        self.most.set_text(f"{simulation.most_draws:,}")
        self.percentile.set_text(str(simulation.percentile))

    def focus_field(self, field: str) -> None:
        """Put the keyboard on a field that a finding names."""
        self.fields.get(field, self.schedule).setFocus()


class RecordsDialog(DocumentSheet):
    """People with their roles, and the log of assumptions."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(
            parent,
            context,
            "People and assumptions",
            "Who answers for the appraisal, and what it takes for granted. Posts are printed, names only if entered.",
            860,
        )
        roles = tuple((role.value, words) for role, words in ROLES.items())
        self._roles = roles
        self._people = DataTableModel(
            [
                TableColumn("Post", stretch=True),
                TableColumn("Name, may stay empty", width=220),
                TableColumn("Role", width=160),
            ],
            self._edit_person,
        )
        self._assumptions = DataTableModel(
            [
                TableColumn("What is assumed", width=360, stretch=True),
                TableColumn("Source, or “illustrative”", width=230),
                TableColumn("Owner", width=180),
            ],
            self._edit_assumption,
        )
        self.people = DataTable("People", self._people)
        self.assumptions = DataTable("Assumptions", self._assumptions)
        self._section("People", self.people, self._add_person, self._remove_person)
        self._section("Assumptions", self.assumptions, self._add_assumption, self._remove_assumption)
        self.body.line.addStretch(1)
        self.follow()

    def _section(self, title: str, table: DataTable, add: Callable[[], object], remove: Callable[[], object]) -> None:
        head = SectionTitle(title)
        noun = {"People": "a person", "Assumptions": "an assumption"}[title]
        for text, icon, run in ((f"Add {noun}", "plus", add), ("Remove the row in hand", "bin", remove)):
            button = Button(text, kind="plain", icon=icon, small=True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
            head.add_action(button)
        self.body.line.addWidget(head)
        self.body.line.addWidget(table)

    def refresh(self, view: View) -> None:
        """Show the records."""
        self._people.set_rows(
            [
                TableRow(
                    person.id,
                    (
                        Cell(person.post, editable=True, strong=True),
                        Cell(person.name, editable=True),
                        Cell(ROLES[person.role], edit_text=person.role.value, choices=self._roles),
                    ),
                )
                for person in view.appraisal.people
            ]
        )
        posts = {person.id: person.post for person in view.appraisal.people}
        owners = (("", "Nobody"), *posts.items())
        self._assumptions.set_rows(
            [
                TableRow(
                    one.id,
                    (
                        Cell(one.statement, editable=True, tip=one.statement),
                        Cell(one.source, editable=True, tip=one.source),
                        _owner_cell(one.owner, posts, owners),
                    ),
                )
                for one in view.appraisal.assumptions
            ]
        )

    def _edit_person(self, person: str, column: int, text: str) -> None:
        now = self.context.appraisal
        edits = (
            lambda: records.set_post(now, person=person, post=text),
            lambda: records.set_person_name(now, person=person, name=text),
            lambda: records.set_role(now, person=person, role=Role(text)),
        )
        self.context.apply(edits[column](), "Change a person")

    def _edit_assumption(self, assumption: str, column: int, text: str) -> None:
        now = self.context.appraisal
        edits = (
            lambda: records.set_statement(now, assumption=assumption, statement=text),
            lambda: records.set_assumption_source(now, assumption=assumption, source=text),
            lambda: records.set_assumption_owner(now, assumption=assumption, owner=text),
        )
        self.context.apply(edits[column](), "Change an assumption")

    def _add_person(self) -> None:
        new = self.context.fresh_id("person")
        self.context.apply(records.add_person(self.context.appraisal, person=new, post="New post"), "Add a person")
        _edit_first(self.people, new)

    def _remove_person(self) -> None:
        person = self.people.current_key()
        if person:
            self.context.apply(records.remove_person(self.context.appraisal, person=person), "Remove a person")

    def _add_assumption(self) -> None:
        new = self.context.fresh_id("assumption")
        changed = records.add_assumption(self.context.appraisal, assumption=new, statement="New assumption")
        self.context.apply(changed, "Add an assumption")
        _edit_first(self.assumptions, new)

    def _remove_assumption(self) -> None:
        one = self.assumptions.current_key()
        if one:
            changed = records.remove_assumption(self.context.appraisal, assumption=one)
            self.context.apply(changed, "Remove an assumption")


class ExportDialog(Sheet):
    """Progress of the export, which can be cancelled. Closes itself when the export has ended."""

    def __init__(self, parent: QWidget, worker: Worker) -> None:
        super().__init__(parent, "Exporting the business case", "The file is written whole or not at all.", 420)
        self._worker = worker
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Progress of the export")
        self.bar.setRange(0, 100)
        self.body.line.addWidget(self.bar)
        self.cancel = self.add_button("Cancel", self.reject)
        worker.export_progressed.connect(self._show_share)
        worker.exported.connect(self._end)
        worker.export_ended.connect(self._end)

    def reject(self) -> None:
        """Ask the export to stop; the dialog goes when it has."""
        self.cancel.setEnabled(False)
        self._worker.cancel_export()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross of the frame cancels, too."""
        event.ignore()
        self.reject()

    def _show_share(self, share: float) -> None:
        self.bar.setValue(round(share * 100))

    def _end(self, _said: object) -> None:
        self.done(QDialog.DialogCode.Accepted)


def show_dialog(dialog: QDialog) -> None:
    """Open it over its window; it is gone when closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _owner_cell(owner: str, posts: dict[str, str], owners: Sequence[tuple[str, str]]) -> Cell:
    choices = tuple(owners) if owner in posts or not owner else (*owners, (owner, owner))
    return Cell(posts.get(owner, owner) or "Nobody", edit_text=owner, choices=choices, ink="ink" if owner else "ink2")


def _edit_first(table: DataTable, key: str) -> None:
    table.place(key, 0)
    table.setFocus()
    table.edit(table.currentIndex())


def _plain(value: Decimal) -> str:
    return money.plain_number(value) if value.is_finite() else str(value)


def _seed(text: str) -> int:
    return money.parse_whole("".join(text.split()), low=0, high=_LARGEST_SEED)
