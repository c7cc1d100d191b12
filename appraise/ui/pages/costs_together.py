"""What moves together, in step 5: correlation groups, drivers, and the matrix of single pairs."""

from typing import Any

from appraise.model import money
from appraise.model.appraisal.correlations import CorrelationGroup
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.edits import correlations
from appraise.present import moving_together, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.costs_drivers import DriversCard, with_group
from appraise.ui.pages.costs_matrix import MATRIX_FIELD, MatrixCard
from appraise.ui.pages.costs_section import CostSection, LineTicks, errors_at
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.fields import NumberField
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.sliders import SwingSlider
from appraise.ui.widgets.table_model import Cell, TableColumn

_SOURCE = "Green Book 2026, paragraphs 6.60 to 6.77"
GROUPS_HELP = Help(
    "Why does it matter?",
    "Costs that go wrong together do not even out. Leaving that out is the largest error in a range of a total: "
    "forty equal lines at 0.3 are 3.6 times as uncertain.",
    _SOURCE,
)
STRENGTH_HELP = Help(
    "How strongly?",
    "0 is not at all, 1 is as one. Around 0.3 is usual for works of one kind or one market. "
    "Say what shows it: the same suppliers, season or design.",
    _SOURCE,
)
SHARED_HELP = Help(
    "One cause for all options?",
    "If the market for works is tight, it is tight whichever option is chosen: one cause. "
    "A group inside one organisation is a cause of its own in each option.",
    _SOURCE,
)
LINES_HELP = Help(
    "Which lines?",
    "Lines that the same cause moves in part, such as works bid for by the same firms. "
    "Lines of one driver are one draw, so ticking one of them ticks all.",
    _SOURCE,
)
_CAUSES = (("yes", "One for all options"), ("no", "Each option its own"))
_TICKS = ((0, "0"), (12, "weak"), (42, "medium"), (80, "strong"), (100, "1"))


def parse_rho(text: str) -> float:
    """A strength as typed, 0 to 1. ValueError with one sentence."""
    value = money.parse_number(text)
    if not 0 <= value <= 1:
        raise ValueError(f"{text.strip()} is not from 0 to 1; type a number such as 0.3.")
    return value


def _name(group: CorrelationGroup) -> str:
    return wording.shorten(group.name or "a correlation group", 40)


_KIND = RecordKind(
    noun="group",
    title="Correlation groups",
    plural="correlation groups",
    read=lambda now: now.correlation_groups,
    add=lambda now, key: correlations.add_group(now, group=key, name="New group"),
    change=lambda now, key, field, value: correlations.change_group(now, group=key, **{field: value}),
    remove=lambda now, key: correlations.remove_group(now, group=key),
    move=None,
    columns=(
        TableColumn("Group", "left", 190, stretch=True),
        TableColumn("Strength", "left", 110),
        TableColumn("Cause", "left", 150),
        TableColumn("Lines", "right", 60),
        TableColumn("Spread becomes", "right", 136),
    ),
    cells=lambda group: (name_cell(group.name, "Without a name"),),  # `GroupRecords.row_cells` adds the rest
    empty="No correlation group yet: lines without a driver are drawn as if nothing linked them.",
    icon="chart",
    help=GROUPS_HELP,
    measure=lambda _records: "Moved in part by one cause; spread of their total, or of their difference by option",
    fields=(
        (RecordField(key="name", label="Name", hint="The cause, such as the market for works", help=GROUPS_HELP),),
        (
            RecordField(
                key="evidence",
                label="Evidence",
                hint="Why they move together, and why so much",
                lines=2,
                help=STRENGTH_HELP,
            ),
        ),
    ),
)


class StrengthEditor(Column):
    """How strongly a group moves together, on a slider and as a number, and whether its cause is one for all."""

    def __init__(self, helps: HelpByField) -> None:
        self.slider = SwingSlider("How strongly the group moves together", ticks=_TICKS, shown=_shown, words=_words)
        self.number = NumberField("Strength from 0 to 1", parse_rho, label="Strength, 0 to 1")
        self.word = FlowLabel("", "dense", "ink2")
        self.cause = SegmentBar("Whether the cause is one for all options", _CAUSES, "yes")
        self.effect = FlowLabel("", "dense-strong")
        number = Column(self.number, self.word, gap=4)
        cause = Column(FlowLabel("Its cause is", "caption", "ink2"), self.cause, gap=4)
        for part in (number, cause):
            part.line.addStretch(1)
        super().__init__(Sides(self.slider, number, cause, stretches=(5, 2, 5), fold=700, gap=20), self.effect, gap=8)
        helps.add(self.slider, STRENGTH_HELP)
        helps.add(self.number, STRENGTH_HELP)
        helps.add(self.cause, SHARED_HELP)

    def show_group(self, appraisal: Appraisal, group: CorrelationGroup, fault: str, *, other: bool) -> None:
        """The group as it stands; with `other` it is another one than before, and nothing half typed stays."""
        if other:
            self.number.give_up()
        self.slider.set_value(round(min(max(group.rho, 0.0), 1.0) * 100) if group.rho == group.rho else 0)
        self.number.set_text(money.plain_number(group.rho))
        if fault and not self.number.fault():
            self.number.set_fault(fault)
        self.word.set_text(wording.capital(moving_together.strength(group.rho)))
        self.cause.set_current("yes" if group.shared else "no")
        said = moving_together.effect_sentence(appraisal, group), moving_together.drivers_sentence(appraisal, group)
        self.effect.set_text(" ".join(filter(None, said)))


def _shown(value: int) -> str:
    return moving_together.number(value / 100)


def _words(value: int) -> str:
    return moving_together.rho_words(value / 100)


class GroupRecords(Records):
    """The groups in a table, the one in hand with its strength and its lines below."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _KIND, helps)
        self.editor = StrengthEditor(helps)
        nothing = "Lines with a range appear here. Give lines a range in their story first."
        self.lines = LineTicks("Lines of the group", "Lines that move together", self._may_join, nothing)
        self._before = ""
        if self.detail is not None:
            self.detail.content.insertWidget(1, self.editor)
            name, evidence = self.detail.fields["name"], self.detail.fields["evidence"]
            editor = (self.editor.slider, self.editor.number.line, self.editor.cause)
            base.tab_chain(name.focusProxy() or name, *editor, evidence.focusProxy() or evidence)
            self.detail.add(Divider())
            self.detail.add(self.lines)
        helps.add(self.lines, LINES_HELP)
        self.editor.slider.dragging.connect(lambda value: self._set_rho(value / 100, "drag-rho"))
        self.editor.slider.released.connect(lambda _value: self._context.end_gesture())
        self.editor.number.parsed.connect(self._set_rho)
        self.editor.cause.chosen.connect(self._set_cause)
        self.lines.ticked.connect(self._tick)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The group with its strength, its lines and what it does."""
        now = self._context.appraisal
        lines = len(moving_together.group_lines(now, record.id))
        wrong = not 0 <= record.rho <= 1
        return (
            *_KIND.cells(record),
            Cell(moving_together.rho_words(record.rho), ink="problem" if wrong else "ink"),
            Cell(moving_together.shared_words(record.shared), ink="ink2"),
            Cell(str(lines) if lines else wording.DASH),
            Cell(moving_together.effect_short(now, record), strong=True),
        )

    def shown(self, record: Any) -> None:
        """The strength of the group in hand, and its lines."""
        now = self._context.appraisal
        fault = errors_at(self._context.view.findings, record.id).get("rho", "")
        other, self._before = record.id != self._before, record.id
        self.editor.show_group(now, record, fault, other=other)
        lines = moving_together.group_lines(now, record.id)
        self.lines.show_lines(now, frozenset(line.id for line in lines))
        if other and lines and all(line.option != self.lines.options.current() for line in lines):
            self.lines.look_at(lines[0].option)

    def _set_rho(self, value: object, gesture: str = "") -> None:
        new = correlations.change_group(self._now, group=self.chosen, rho=value)
        self._context.apply(new, f"Change strength of {self._words()}", gesture=gesture and f"{gesture}-{self.chosen}")

    def _set_cause(self, key: str) -> None:
        new = correlations.change_group(self._now, group=self.chosen, shared=key == "yes")
        self._context.apply(new, f"Change cause of {self._words()}")

    def _words(self) -> str:
        return next((_name(one) for one in self._records() if one.id == self.chosen), "a correlation group")

    def _may_join(self, line: Line) -> bool:
        """Whether a group does something for a line: it has a range, and is not in the matrix."""
        return line.range is not None and not moving_together.in_matrix(self._now, line)

    def _tick(self, line: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        new = with_group(self._now, line, self.chosen if on else "")
        before = {one.id: one.correlation for one in self._now.lines}
        moved = sum(one.correlation != before[one.id] for one in new.lines)
        lines = "a line" if moved == 1 else f"{moved} lines"
        self._context.apply(new, f"{f'Add {lines} to' if on else f'Take {lines} from'} {self._words()}")


class TogetherSection(CostSection):
    """All that says which uncertain lines move together."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, GROUPS_HELP)
        self.groups = GroupRecords(context, self.helps)
        self.drivers = DriversCard(self)
        self.matrix = MatrixCard(self)
        for place, part in enumerate((self.groups, self.drivers, self.matrix), start=1):
            self.line.insertWidget(place, part)
        self.groups.lines.options.chosen.connect(self.option_taken)

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:
        """The groups and the matrix."""
        return (not record and field == MATRIX_FIELD) or any(one.id == record for one in appraisal.correlation_groups)

    def show_view(self, old: View | None, new: View) -> None:
        """Groups, drivers and the matrix as they are."""
        if old is not None and old.appraisal is new.appraisal and old.findings is new.findings:
            return
        self.groups.show_view(new)
        self.drivers.show_drivers(new.appraisal)
        self.matrix.show_matrix(new)

    def look_at(self, option: str) -> None:
        """The lines of the option that was in hand before."""
        self.groups.lines.look_at(option)

    def focus_first(self) -> None:
        """The table of groups, or the button that adds the first one."""
        self.groups.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """A group and its field, or the matrix."""
        if not record:
            self.matrix.focus_first()
            return
        widget = self.groups.take(record, field)
        if widget is None:
            self.focus_first()
        elif field == "rho":
            self.groups.editor.number.setFocus()
        else:
            widget.setFocus()
