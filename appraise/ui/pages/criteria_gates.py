"""Gates, a section of step 3: conditions that must be met, and how each option comes out, with a reason."""

from appraise.model import sealing
from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import gates as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.sealing import Locked
from appraise.present import scoring_words, wording
from appraise.present.tables import short_name
from appraise.ui.context import Context, View
from appraise.ui.pages.criteria_help import GATES_HELP
from appraise.ui.pages.criteria_section import CriteriaSection, lock_fields
from appraise.ui.pages.pane_parts import EditRow
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.fields import TextArea, TextField
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.marks import ChipFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_CHOICES = tuple((one.value, scoring_words.OUTCOMES[one]) for one in Outcome)
_INKS = {Outcome.UNSAID: "ink2", Outcome.PASS: "good", Outcome.FAIL: "problem"}
_ICONS = {Outcome.UNSAID: "not-started", Outcome.PASS: "completed", Outcome.FAIL: "problem"}


class GatesSection(CriteriaSection):
    """All gates in a table, the one in hand below it, and under that every option's outcome. `chosen`: its id."""

    def __init__(self, context: Context) -> None:
        self._make_gates()
        self._make_detail()
        super().__init__(context, Locked.CRITERIA, self._empty_card, self._card, self._detail, self._outcomes)
        self.chosen = ""
        self._quiet = False
        self.helps |= {self._card: GATES_HELP, self._detail: GATES_HELP, self._outcomes: GATES_HELP}
        self._connect()

    def _make_gates(self) -> None:
        self.empty = EmptyState("check", "No gate yet: nothing must be met whatever the score.", "Add a gate")
        self._empty_card = Card()
        self._empty_card.add(self.empty)
        self.model = DataTableModel(
            [
                TableColumn("Gate", "left", 200, stretch=True, wrap=True),
                TableColumn("How it is told", "left", 220, stretch=True, wrap=True),
                TableColumn("Out of the ranking", "left", 170, wrap=True),
                TableColumn("Open", "right", 56),
            ]
        )
        self.table = DataTable("Gates", self.model, row_height=36)
        self.buttons = EditRow("Add gate", "gate")
        self._card = Card("What must be met, whatever the score")
        self._card.add(self.table)
        self._card.add(self.buttons)

    def _make_detail(self) -> None:
        self.name = TextField("Name of the gate", label="Gate", hint="Such as: lawful in every part")
        self.test = TextArea("How it is told", label="How it is told whether an option passes", lines=2)
        self._detail = Card(" ")
        self._detail.add(Sides(self.name, self.test, stretches=(2, 3), fold=560, gap=12))
        self.outcome_model = DataTableModel(
            [
                TableColumn("Option", "left", 170, stretch=True, wrap=True),
                TableColumn("Outcome", "left", 122),
                TableColumn("Why", "left", 220, stretch=True, wrap=True),
                TableColumn("Then", "left", 154),
            ],
            self._typed_outcome,
        )
        self.outcomes = DataTable("Outcome of each option at this gate", self.outcome_model, row_height=36)
        self.outcomes.tab_walks_cells = True
        self._no_options = FlowLabel("There are no options yet; step 2 adds them.", "dense", "ink2")
        self._outcomes = Card("How each option comes out", "An option that fails one gate is shown, and never ranked")
        self._outcomes.add(self.outcomes)
        self._outcomes.add(self._no_options)

    def _connect(self) -> None:
        self.empty.activated.connect(self.add_gate)
        self.buttons.added.connect(self.add_gate)
        self.buttons.removed.connect(self._remove)
        self.buttons.moved.connect(self._move)
        self.table.moved.connect(lambda key, _column: self._taken(key))
        self.table.opened.connect(lambda _key: self.name.setFocus())
        self.name.committed.connect(lambda text: self._change("name", text))
        self.test.committed.connect(lambda text: self._change("test", text))
        self.outcome_model.faulted.connect(self.refuse)

    @property
    def _now(self) -> Appraisal:
        return self.context.appraisal

    def gate(self) -> Gate | None:
        """The gate in hand."""
        return next((one for one in self._now.gates if one.id == self.chosen), None)

    # --- what is shown ---

    def show_lock(self, view: View) -> bool:
        """Names close with the criteria, outcomes with the scores: what is closed first is said."""
        locked = super().show_lock(view)
        why = sealing.why_locked(view.appraisal.workshop, Locked.SCORES)
        if why and not locked:
            self.lock.show_text("", why)
            self.lock.show()
        return locked

    def show_view(self, old: View | None, new: View) -> None:
        """Gates, the one in hand, and its outcomes."""
        if old is not None and old.appraisal is new.appraisal:
            return
        ids = [one.id for one in new.appraisal.gates]
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else ""
            self.name.give_up()
        self._show(new)

    def _show(self, view: View) -> None:
        appraisal = view.appraisal
        locked = self.show_lock(view)
        scores_locked = Locked.SCORES in sealing.locked(appraisal.workshop)
        gate = self.gate()
        self._empty_card.setVisible(not appraisal.gates)
        for part in (self._card, self._detail, self._outcomes):
            part.setVisible(gate is not None)
        lock_fields((self.name, self.test, self.empty.action), locked=locked)
        self.buttons.setVisible(not locked)
        self._quiet = True
        self.model.set_rows([_gate_row(appraisal, one, chosen=one.id == self.chosen) for one in appraisal.gates])
        if self.table.current_key() != self.chosen:
            self.table.place(self.chosen)
        self._quiet = False
        if gate is not None:
            self._show_gate(appraisal, gate, scores_locked=scores_locked)

    def _show_gate(self, appraisal: Appraisal, gate: Gate, *, scores_locked: bool) -> None:
        place = [one.id for one in appraisal.gates].index(gate.id) + 1
        self._detail.set_title(f"Gate {place} of {len(appraisal.gates)}")
        self.name.set_text(gate.name)
        self.test.set_text(gate.test)
        said = {one.option: one for one in gate.outcomes}
        self.outcome_model.set_rows(
            [
                _outcome_row(one.id, one.name or "Without a name", said.get(one.id), locked=scores_locked)
                for one in appraisal.options
            ]
        )
        self.outcomes.setVisible(bool(appraisal.options))
        self._no_options.setVisible(not appraisal.options)

    def _taken(self, key: str) -> None:
        if key and key != self.chosen and not self._quiet:
            self.name.give_up()
            self.chosen = key
            self._show(self.context.view)

    # --- edits ---

    def add_gate(self) -> None:
        """A new gate at the end, ready to be named."""
        gate = self.context.fresh_id("gate")
        before, self.chosen = self.chosen, gate
        if self.attempt(lambda now: edits.add_gate(now, gate=gate, name="New gate"), "Add a gate"):
            self.name.start_over()
            self.placed.emit()
        else:
            self.chosen = before

    def _remove(self) -> None:
        key, ids = self.chosen, [one.id for one in self._now.gates]
        if key not in ids:
            return
        rest = [one for one in [*ids[ids.index(key) + 1 :], *reversed(ids[: ids.index(key)])] if one != key]
        self.chosen = rest[0] if rest else ""
        if self.attempt(lambda now: edits.remove_gate(now, gate=key), "Remove a gate") and not rest:
            self.empty.action.setFocus()

    def _move(self, step: int) -> None:
        key, ids = self.chosen, [one.id for one in self._now.gates]
        to = ids.index(key) + step if key in ids else -1
        if to >= 0:
            self.attempt(lambda now: edits.move_gate(now, gate=key, to=to), "Move a gate")
            self.table.place(key)

    def _change(self, field: str, text: str) -> None:
        key = self.chosen
        if key:
            self.attempt(lambda now: edits.change_gate(now, gate=key, **{field: text}), "Change a gate")

    def _typed_outcome(self, option: str, column: int, text: str) -> None:
        gate, now = self.chosen, self._now
        name = wording.shorten(short_name(now, option), 30)
        try:
            if column == 1:
                new = edits.set_outcome(now, gate=gate, option=option, outcome=Outcome(text))
            else:
                new = edits.set_outcome_reason(now, gate=gate, option=option, reason=text.strip())
        except EditRefused as refused:
            raise ValueError(str(refused)) from refused
        self.context.apply(new, f"Change how {name} comes out at a gate")

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The gates, or what adds the first one."""
        (self.table if self._now.gates else self.empty.action).setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """A gate, or an option's outcome at it."""
        self._taken(record)
        if self.gate() is None:
            self.focus_first()
        elif any(one.id == field for one in self._now.options):
            self.outcomes.setFocus()
            self.outcomes.place(field, 1)
        else:
            (self.test if field == "test" else self.name).setFocus()


def _gate_row(appraisal: Appraisal, gate: Gate, *, chosen: bool) -> TableRow:
    """A gate, who is out because of it, and how many options nobody has judged."""
    said = {one.option: one.outcome for one in gate.outcomes}
    failing = [short_name(appraisal, one.id) for one in appraisal.options if said.get(one.id) is Outcome.FAIL]
    waiting = sum(said.get(one.id, Outcome.UNSAID) is Outcome.UNSAID for one in appraisal.options)
    out = wording.listing(failing)
    return TableRow(
        gate.id,
        (
            Cell(gate.name or "Without a name", strong=True, tip=gate.name),
            Cell(gate.test.strip() or "to describe", ink="ink" if gate.test.strip() else "ink2", tip=gate.test),
            Cell(
                out or "nobody",
                icon="problem" if out else "",
                ink="ink" if out else "ink2",
                icon_ink="problem",
                tip=out,
            ),
            Cell(str(waiting) if waiting else wording.DASH, spoken=f"{waiting} of {len(appraisal.options)} not said"),
        ),
        "open" if chosen else "plain",
    )


def _outcome_row(option: str, name: str, said: GateOutcome | None, *, locked: bool) -> TableRow:
    outcome = said.outcome if said else Outcome.UNSAID
    reason = said.reason.strip() if said else ""
    failed = outcome is Outcome.FAIL
    wanted = "say why" if failed else wording.DASH
    return TableRow(
        option,
        (
            Cell(name, strong=True, tip=name),
            Cell(
                scoring_words.OUTCOMES[outcome],
                icon=_ICONS[outcome],
                icon_ink=_INKS[outcome],
                ink="ink2" if outcome is Outcome.UNSAID else "ink",
                edit_text=outcome.value,
                choices=() if locked else _CHOICES,
            ),
            Cell(
                reason or wanted,
                editable=not locked,
                edit_text=reason,
                ink="ink" if reason else "attention" if failed else "ink2",
                tip=reason,
            ),
            Cell(mark=ChipFace("Out of the ranking", "attention"))
            if failed
            else Cell("stays in" if outcome is Outcome.PASS else wording.DASH, ink="ink2"),
        ),
    )
