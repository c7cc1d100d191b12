"""Optimism bias in step 5: how far estimates of a kind fall short, what is done about it, and on which lines."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.edits import biases as edits
from appraise.model.edits.lines import set_line_bias
from appraise.model.finding import Finding
from appraise.model.tables import BIAS_TABLE
from appraise.present import assumption_words, economic_tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.costs_section import CostSection, EditTable, FiguresCard, LineTicks, errors_at, mark_wrong
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList, SegmentBar, Switch
from appraise.ui.widgets.fields import NumberField, ParsedField, PercentField
from appraise.ui.widgets.labels import Divider, FlowLabel, Notice
from appraise.ui.widgets.table_model import Cell, TableColumn, TableRow

_SOURCE = "Green Book 2026, paragraphs 6.78 to 6.82"
BIAS_HELP = Help(
    "What is optimism bias?",
    "Estimates tend to be too cheap, too quick and too good. The body's own record of past forecasts goes first; "
    "published figures stand in where there is none.",
    _SOURCE,
)
MANAGED_HELP = Help(
    "What counts as managed?",
    "A cause that is dealt with, shown by evidence. What it costs to deal with it belongs into the lines. "
    "Before award the rest never falls below the lower bound.",
    _SOURCE,
)
DELAY_HELP = Help(
    "What does a longer duration do?",
    "Works that take longer bring their benefits later. Enter the planned months; benefits that name this bias "
    "come late by what is added.",
    _SOURCE,
)
LINES_HELP = Help(
    "Which lines?",
    "Costs with this bias rise, benefits with it fall. Treat every delivery model alike: "
    "a bias on one and none on another decides the ranking.",
    _SOURCE,
)
_OWN = "own"
_STATES = (("no", "Before award"), ("yes", "Awarded"))
_CAUSES = (
    TableColumn("Cause", "left", 170, stretch=True),
    TableColumn("Share of the bound, %", "right", 150),
    TableColumn("Managed, %", "right", 90),
    TableColumn("Evidence", "left", 170, stretch=True),
)
_CAUSE_FIELDS = ("name", "share_percent", "managed_percent", "evidence")
_COST = ("upper_percent", "lower_percent", "managed_percent")
_SYMMETRY = ("bias-asymmetry", "bias-none")


def read_months(text: str) -> Decimal:
    """Months as typed: "24", "7.5". ValueError with one sentence."""
    return Decimal(str(money.parse_number(text)))


def carries_bias(line: Line) -> bool:
    """Whether an optimism bias plays a part on the line (METHOD 8.4)."""
    rule = RULES[line.treatment]
    return rule.economic and not rule.event


def _cells(bias: Bias) -> tuple[Cell, ...]:
    rate = assumption_words.rate
    return (
        name_cell(bias.name, "Without a name"),
        Cell(assumption_words.bias_origin(bias), tip=assumption_words.bias_origin(bias)),
        Cell(f"{rate(bias.upper_percent)} / {rate(bias.lower_percent)}"),
        Cell(assumption_words.bias_managed(bias)),
        Cell(assumption_words.bias_left(bias), strong=True),
    )


_KIND = RecordKind(
    noun="optimism bias",
    title="Optimism bias",
    plural="optimism biases",
    read=lambda now: now.biases,
    add=lambda now, key: edits.add_bias(now, bias=key, name="New optimism bias"),
    change=lambda now, key, field, value: edits.change_bias(now, bias=key, **{field: value}),
    remove=lambda now, key: edits.remove_bias(now, bias=key),
    move=None,
    columns=(
        TableColumn("Bias", "left", 170, stretch=True),
        TableColumn("Taken from", "left", 180),
        TableColumn("Upper / lower", "right", 116),
        TableColumn("Managed", "right", 84),
        TableColumn("Left", "right", 76),
        TableColumn("Lines", "right", 60),
    ),
    cells=_cells,  # `BiasRecords.row_cells` adds the lines
    empty="No optimism bias yet. Costs tend to be too low and benefits too high.",
    icon="chart",
    help=BIAS_HELP,
    measure=lambda _records: "Left is added to costs and taken from benefits of the lines that name it",
    fields=(
        (RecordField(key="name", label="Name", help=BIAS_HELP),),
        (
            RecordField(
                key="evidence",
                label="Evidence",
                hint="Past projects and how far their forecasts were out, or what shows that causes are managed",
                lines=2,
                help=BIAS_HELP,
            ),
        ),
    ),
)


class BiasEditor(Column):
    """Everything of a bias beside its name and evidence. `fields` by dataclass name.

    Signals: changed(field, value) for a plain field of the bias in hand.
    """

    changed = Signal(str, object)

    def __init__(self, helps: HelpByField, typed_cause: Callable[[str, int, str], None]) -> None:
        rows = [(key, f"{one.name} (published)") for key, one in BIAS_TABLE.items()]
        self.table = PickList("Where the bounds come from", [(_OWN, "The body’s own history of forecasts"), *rows])
        self.origin = FlowLabel("", "caption", "ink2")
        self.awarded = SegmentBar("Whether the contract is awarded", _STATES)
        self.fields: dict[str, ParsedField] = {
            "upper_percent": self._percent("Upper bound"),
            "lower_percent": self._percent("Lower bound"),
            "managed_percent": self._percent("Managed"),
            "months": NumberField("Planned duration in months", read_months, label="Planned duration", unit="months"),
            "duration_upper_percent": self._percent("Upper, duration"),
            "duration_lower_percent": self._percent("Lower, duration"),
        }
        self.left = FlowLabel("", "dense-strong")
        self.late = FlowLabel("", "dense-strong")
        self.causes = EditTable("Causes of the bias", _CAUSES, typed_cause, "Add a cause", "cause")
        super().__init__(*self._parts(), gap=10)
        for key, field in self.fields.items():
            field.parsed.connect(partial(self.changed.emit, key))
        self.table.chosen.connect(lambda key: self.changed.emit("table", "" if key == _OWN else key))
        self.awarded.chosen.connect(lambda key: self.changed.emit("awarded", key == "yes"))
        helps.add(self, BIAS_HELP)
        helps.add(self.causes, MANAGED_HELP)
        helps.add(self.fields["managed_percent"], MANAGED_HELP)
        for key in ("months", "duration_upper_percent", "duration_lower_percent"):
            helps.add(self.fields[key], DELAY_HELP)

    @staticmethod
    def _percent(label: str) -> PercentField:
        return PercentField(f"{label}, per cent", money.parse_percent, label=label)

    def _parts(self) -> tuple[QWidget, ...]:
        fields = self.fields
        pick = Column(FlowLabel("Where the bounds come from", "caption", "ink2"), self.table, self.origin, gap=4)
        pick.line.addStretch(1)
        state = Column(FlowLabel("The contract is", "caption", "ink2"), self.awarded, gap=4)
        state.line.addStretch(1)
        bounds = Row(fields["upper_percent"], fields["lower_percent"], fields["managed_percent"])
        works = Row(fields["months"], fields["duration_upper_percent"], fields["duration_lower_percent"])
        cost = Column(FlowLabel("Cost", "dense-strong"), bounds, self.left, gap=6)
        time = Column(FlowLabel("Duration of works", "dense-strong"), works, self.late, gap=6)
        for part in (cost, time):
            part.line.addStretch(1)
        return (
            Sides(pick, state, stretches=(3, 2), fold=560, gap=16),
            Sides(cost, time, fold=620, gap=20),
            Divider(),
            FlowLabel("Causes: what makes up the upper bound, and how far each is managed", "dense-strong"),
            self.causes,
        )

    def show_bias(self, bias: Bias, faults: dict[str, str], *, other: bool) -> None:
        """The bias as it stands; with `other` it is another one than before, and nothing half typed stays."""
        self.table.set_current(bias.table or _OWN)
        row = BIAS_TABLE.get(bias.table)
        own = "Own history goes before published figures."
        self.origin.set_text(assumption_words.bias_row_words(row) if row else own)
        self.awarded.set_current("yes" if bias.awarded else "no")
        for key, field in self.fields.items():
            if other:
                field.give_up()
            field.set_text(money.plain_number(getattr(bias, key)))
            mark_wrong(field, faults.get(key, ""))
        self.fields["managed_percent"].setEnabled(not bias.causes)
        if bias.causes:
            self.fields["managed_percent"].set_text(assumption_words.bias_managed(bias).rstrip(" %\u00a0"))
        cost = [faults[key] for key in _COST if key in faults]
        time = [faults[key] for key in self.fields if key in faults and key not in _COST]
        for label, wrong, words in (
            (self.left, cost, assumption_words.left_sentence(bias)),
            (self.late, time, assumption_words.duration_sentence(bias)),
        ):
            label.set_text(" ".join(wrong) or words)
            label.set_ink("problem" if wrong else "ink")
        self.causes.show_rows(_cause_rows(bias))
        self.causes.tell(faults.get("causes", ""))


def _number(lines: int) -> Cell:
    return Cell(str(lines) if lines else wording.DASH)


def _cause_rows(bias: Bias) -> list[TableRow]:
    return [
        TableRow(
            cause.id,
            (
                name_cell(cause.name, "Without a name", editable=True),
                Cell(money.plain_number(cause.share_percent), editable=True),
                Cell(money.plain_number(cause.managed_percent), editable=True),
                Cell(cause.evidence or wording.DASH, editable=True, edit_text=cause.evidence, tip=cause.evidence),
            ),
        )
        for cause in bias.causes
    ]


class BiasRecords(Records):
    """The biases in a table, the one in hand with its editor and its lines below."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _KIND, helps)
        self.editor = BiasEditor(helps, self._typed_cause)
        nothing = "Lines that count in the economic case appear here."
        self.lines = LineTicks("Lines with this bias", "Lines that carry it", carries_bias, nothing)
        self._before = ""
        if self.detail is not None:
            self.detail.content.insertWidget(1, self.editor)
            evidence = self.detail.fields["evidence"]
            base.tab_chain(self.editor.causes.remove, evidence.focusProxy() or evidence)
            self.detail.add(Divider())
            self.detail.add(self.lines)
        helps.add(self.lines, LINES_HELP)
        self.editor.changed.connect(self._changed)
        self.editor.causes.added.connect(self._add_cause)
        self.editor.causes.removed.connect(self._remove_cause)
        self.lines.ticked.connect(self._tick)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The bias, and how many lines name it."""
        return (*_cells(record), _number(sum(line.bias == record.id for line in self._context.appraisal.lines)))

    def shown(self, record: Any) -> None:
        """The editor of the bias in hand, and its lines."""
        appraisal = self._context.appraisal
        faults = errors_at(self._context.view.findings, record.id)
        self.editor.show_bias(record, faults, other=record.id != self._before)
        self._before = record.id
        self.lines.show_lines(appraisal, frozenset(line.id for line in appraisal.lines if line.bias == record.id))

    def _name(self) -> str:
        found = next((one.name for one in self._records() if one.id == self.chosen), "")
        return wording.shorten(found or "an optimism bias", 40)

    def _edit(self, make: Callable[[Appraisal], Appraisal], action: str) -> None:
        self._context.apply(make(self._context.appraisal), f"{action} {self._name()}")

    def _changed(self, field: str, value: object) -> None:
        words = {"table": "source", "awarded": "award"}.get(field, field.replace("_", " ").removesuffix(" percent"))
        bias = self.chosen
        self._edit(lambda now: edits.change_bias(now, bias=bias, **{field: value}), f"Change {words} of")

    def _tick(self, line: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        action = "Give a line the bias" if on else "Take from a line the bias"
        self._edit(partial(set_line_bias, line=line, bias=self.chosen if on else ""), action)

    # --- causes ---

    def _typed_cause(self, key: str, column: int, text: str) -> None:
        field = _CAUSE_FIELDS[column]
        value: object = money.parse_percent(text) if field.endswith("percent") else text.strip()
        bias = self.chosen
        self._edit(lambda now: edits.change_cause(now, bias=bias, cause=key, **{field: value}), "Change a cause of")

    def _add_cause(self) -> None:
        key = self._context.fresh_id("cause")
        causes = next(one.causes for one in self._records() if one.id == self.chosen)
        rest = max(Decimal(0), 100 - sum((cause.share_percent for cause in causes), Decimal(0)))
        make = partial(edits.add_cause, bias=self.chosen, cause=key, name="New cause", share_percent=rest)
        self._edit(make, "Add a cause to")
        self.editor.causes.edit_row(key)

    def _remove_cause(self, key: str) -> None:
        self._edit(partial(edits.remove_cause, bias=self.chosen, cause=key), "Remove a cause of")


class BiasSection(CostSection):
    """All optimism biases, whether options are treated alike, and how each pound is counted once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, BIAS_HELP)
        self.symmetry = Notice("attention", "", "", "Show the line")
        self.records = BiasRecords(context, self.helps)
        self.options = Switch("Option with optimism bias")
        self.counted = FiguresCard(
            "Each pound counted once",
            lambda figures: economic_tables.optimism_bias(
                figures.results, figures.appraisal, self.options.current() or "none"
            ),
            "No line of this option carries an optimism bias.",
        )
        self.counted.content.insertWidget(0, self.options)
        self.options.chosen.connect(self._look)
        for place, part in enumerate((self.symmetry, self.records, self.counted), start=1):
            self.line.insertWidget(place, part)
        self.symmetry.hide()
        self._uneven: Finding | None = None
        self.symmetry.activated.connect(self._go)

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:
        """The biases, and that there is none at all."""
        return (not record and field == "biases") or any(one.id == record for one in appraisal.biases)

    def show_view(self, old: View | None, new: View) -> None:
        """The biases as they are, and what they come to."""
        self.keep_figures(new)
        shown = [one for one in new.appraisal.options if any(line.option == one.id for line in new.appraisal.lines)]
        self.options.set_choices([(one.id, one.short_name or one.name or "Without a name") for one in shown])
        self.counted.show_figures(new, self.figures)
        self.counted.setVisible(bool(new.appraisal.biases))
        if old is not None and old.appraisal is new.appraisal and old.findings is new.findings:
            return
        self.records.show_view(new)
        self._uneven = next((one for one in new.findings if one.code in _SYMMETRY), None)
        self.symmetry.setVisible(self._uneven is not None and bool(new.appraisal.biases))
        if self._uneven is not None:
            self.symmetry.show_text(self._uneven.sentence, self._uneven.mend)
            self.symmetry.action.setVisible(bool(self._uneven.record))

    def _look(self, option: str) -> None:
        self.counted.show_again()
        self.option_taken.emit(option)

    def look_at(self, option: str) -> None:
        """The table of the option that was in hand before."""
        self.records.lines.look_at(option)
        if any(line.option == option for line in self.context.appraisal.lines):
            self.options.set_current(option)
            self.counted.show_again()

    def _go(self) -> None:
        if self._uneven is not None:
            self.context.go_to(self._uneven.step, self._uneven.record, self._uneven.field)

    def focus_first(self) -> None:
        """The table of biases, or the button that adds the first one."""
        self.records.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """A bias and its field."""
        widget = self.records.take(record, field)
        editor = self.records.editor
        if widget is None:
            self.focus_first()
        elif field == "causes":
            (editor.causes.table if editor.causes.model.rows else editor.causes.add).setFocus()
        else:
            editor.fields.get(field, widget).setFocus()
