"""Settle these first: what an answer before tender is worth for every entry, and what else can be done."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import ConstraintResult, Results, SettlingValue
from appraise.present import charts, constraint_tables, tables, wording
from appraise.present.constraint_sentences import (
    action_name,
    between,
    changes_at,
    cheapest_message,
    choice_message,
    closing,
    settling_message,
    what_it_takes,
)
from appraise.present.constraint_words import do_not_add, losing_sentence, settle_sentence, valued
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_parts import offer
from appraise.ui.pages.constraints_section import EarlierChip, Section, Seen
from appraise.ui.pages.constraints_set import ClaimCard, SetCard
from appraise.ui.pages.results_cards import TableCard
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_state import Figures, MissingFigures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Panel, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.table_figures import FigureTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_TOGETHER = "together"
_LEVEL = "Level at: the chance at which it would cost the same as the cheapest of the others."
_JOINED = (
    "An answer’s worth is what it saves in today’s best option, and by choosing better. "
    "Here each way is costed for the entry alone, in any option; both are present values."
)
_WAYS = (
    TableColumn("What to do", width=210, wrap=True),
    TableColumn("What it takes", stretch=True, wrap=True),
    TableColumn("Expected cost", "right", tip="Present value"),
    TableColumn("Level at", "right", tip="The chance at which it costs the same as the cheapest of the others"),
)


def entry_of(appraisal: Appraisal, key: str) -> Constraint | None:
    """The entry of the register with an id."""
    return next((one for one in appraisal.constraints if one.id == key), None)


class MessageCard(FigureCard):
    """The chart of the values; where there is nothing to draw, a card with one calm sentence stands for it."""

    def __init__(self) -> None:
        super().__init__(120)
        self.fresh = EarlierChip()
        self.add_action(self.fresh)
        self.closing = FlowLabel("", "body")
        self.together = FlowLabel("", "dense", "ink2")
        for part in (self.closing, self.together):
            self.add(part)
        self.end()

    def show_figures(self, figures: Figures) -> bool:
        """Draws the values; False where there are none to draw."""
        said = " ".join(filter(None, (do_not_add(figures.results), losing_sentence(figures.results))))
        for label, text in ((self.closing, closing(figures.results)), (self.together, said)):
            label.set_text(text)
            label.setVisible(bool(text))
        return self.draw(partial(_drawn, figures.results, figures.appraisal))


def _drawn(results: Results, appraisal: Appraisal, width: float, height: float, style: "ChartStyle") -> "Chart | None":
    """The chart under the message of the page, which says the same as the board's sentence."""
    chart = charts.settling(results, appraisal, width=width, height=height, style=style)
    return replace(chart, title=settling_message(results, appraisal)) if chart is not None else None


class ValuesCard(TableCard):
    """The values in parts that add up.

    Signals: opened(id) on Enter.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.table.opened.connect(self.opened)

    def show_figures(self, figures: Figures) -> None:
        """One row an entry, the most worth first; who is cheapest stands in a card of its own."""
        table = constraint_tables.settle_first(figures.results, figures.appraisal)
        keys = [one.id for one, _ in valued(figures.results)]
        keys += [_TOGETHER] * (len(table.rows) - len(keys))
        width = len(table.columns) - len(constraint_tables.CHEAPEST)
        short = replace(table, columns=table.columns[:width], rows=tuple(row[:width] for row in table.rows))
        self.show_table(short, keys=keys)
        self.set_title("What each answer is worth, in parts", self.subtitle.text())


class WaysCard(Card):
    """What can be done about one entry, side by side, the cheapest first; the entry is picked here.

    Signals: picked(id) when another entry is picked.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Four ways to deal with it")
        self.entry = PickList("Entry of the register")
        self.open = Button("Open in the register", kind="plain", small=True)
        self.worth = FlowLabel("", "body")
        self.model = DataTableModel(_WAYS)
        self.table = FigureTable("Ways to deal with it", self.model, row_height=36)
        self.level, self.joined = FlowLabel(_LEVEL, "caption", "ink2"), FlowLabel(_JOINED, "caption", "ink2")
        self.changes = Panel("When this changes", "", kind="tint")
        self.add_action(self.open)
        label = FlowLabel("Entry", "dense", "ink2", wrap=False)
        choice = Row(label, self.entry, stretches=(0, 0), gap=8)
        choice.line.addStretch(1)
        for part in (choice, self.worth, self.table, self.level, self.changes, self.joined):
            self.add(part)
        self.entry.chosen.connect(self.picked)

    def show_result(self, figures: Figures, found: ConstraintResult, constraint: Constraint) -> None:
        """One row an action, with what it takes."""
        entries = figures.results.constraints or ()
        pairs = [(one.id, wording.shorten(one.name.strip() or "Without a name", 60)) for one in entries]
        offer(self.entry, pairs, found.id)
        some = constraint.probability > 0 and constraint.impact.high > 0
        message = cheapest_message(found) if some else "Nothing can be compared for this entry yet"
        self.set_title(message, "Expected cost for this entry alone, present value")
        self.worth.set_text(settle_sentence(figures.appraisal, found))
        self.worth.setVisible(found is not entries[0] or not some)
        for part in (self.table, self.level, self.joined):
            part.setVisible(some)
        best = constraint_tables.cheapest(found)
        form = wording.money_column(action.cost for action in found.actions)
        rows = []
        for action in found.actions:
            first = action in best
            tie = action.ties_at
            level = wording.percent_change(tie) if tie is not None and 0 < tie < 1 else wording.DASH
            cells = (
                Cell(
                    action_name(action, figures.appraisal),
                    strong=first,
                    icon="completed" if first else "",
                    icon_ink="good",
                ),
                Cell(what_it_takes(action, constraint), ink="ink2"),
                Cell(form(action.cost), strong=first, tip=wording.money(action.cost)),
                Cell(level, ink="ink2" if level == wording.DASH else "ink"),
            )
            rows.append(TableRow(action.key, cells, "recommended" if first else "plain"))
        self.model.set_rows(rows)
        self.changes.show_text("When this changes", changes_at(found, constraint.probability))
        self.changes.setVisible(some and bool(self.changes.text.text()))


class BestCard(Card):
    """Which option is cheapest now, if it does not happen, and if it does."""

    def __init__(self) -> None:
        super().__init__("Which option is cheapest")
        self.panels = tuple(Panel() for _ in constraint_tables.CHEAPEST)
        self.add(Sides(*self.panels, fold=480))
        self.between = FlowLabel("", "body")
        self.add(self.between)
        self.add(FlowLabel("The lowest expected cost. Scores and money are not in it.", "caption", "ink2"))

    def show_value(self, appraisal: Appraisal, value: SettlingValue, constraint: Constraint) -> None:
        """Three quiet boxes; the ones that differ from today are tinted, and the title says so."""
        options = (value.best_now, value.best_if_not, value.best_if_so)
        self.set_title(choice_message(value, constraint))
        self.between.set_text(between(value, constraint))
        self.between.setVisible(bool(self.between.text()))
        for panel, label, option in zip(self.panels, constraint_tables.CHEAPEST, options, strict=True):
            panel.show_text(label, tables.short_name(appraisal, option))
            panel.set_kind("plain" if option == value.best_now else "tint")


class SettlingSection(Section):
    """The values, and about the entry in hand: what can be done, and which option is cheapest.

    Signals: picked(id) when another entry is in hand.
    """

    picked = Signal(str)

    def __init__(self, context: Context) -> None:
        self._current = ""
        self._full: Figures | None = None
        self._filled: Figures | None = None
        self._drawn = False
        self._shown_for: tuple[Figures | None, str] = (None, "")
        self.none_card = Card()
        self.none = EmptyState(
            "attention", "No constraint is recorded yet, so there is nothing to settle.", "Go to the register"
        )
        self.none_card.add(self.none)
        self.missing = MissingFigures(
            context, "The list appears here as soon as the options have costs.", "Go to costs", 5
        )
        self.waiting_card = Card()
        self.waiting_card.add(EmptyState("clock", "What settling is worth comes with the full run."))
        self.message, self.calm = MessageCard(), Card()
        self.values, self.ways, self.best = ValuesCard(), WaysCard(), BestCard()
        self.set, self.claims = SetCard(context), ClaimCard()
        super().__init__(
            context,
            self.none_card,
            self.missing,
            self.waiting_card,
            self.message,
            self.calm,
            self.ways,
            self.best,
            self.set,
            self.values,
            self.claims,
        )
        self.none.activated.connect(lambda: context.go_to(6, "", "register"))
        self.ways.picked.connect(self._pick)
        self.values.opened.connect(self._open)
        self.ways.open.clicked.connect(lambda: self._open(self._current))

    def current(self) -> str:
        """The entry in hand."""
        return self._current

    def take(self, constraint: str) -> None:
        """Bring an entry to hand at the next view."""
        self._current = constraint

    def _open(self, key: str) -> None:
        if entry_of(self.context.appraisal, key) is not None:
            self.context.go_to(6, key, "settling")

    def _pick(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self._show_one()
            self.picked.emit(key)

    def show_seen(self, old: View | None, seen: Seen) -> None:
        """Bring everything to the last full figures; they may be of an earlier state, and say so."""
        view, full = seen.view, seen.full
        some = bool(view.appraisal.constraints)
        self._full = full if some else None
        self.none_card.setVisible(not some)
        self.missing.show_view(view, full)
        coming = some and full is None and view.results is not None
        self.waiting_card.setVisible(coming)
        if coming or not some:
            self.missing.hide()
        self.message.fresh.show_seen(seen)
        if self._full is not None and self._full is not self._filled:
            self._fill(self._full)
        self.message.setVisible(self._full is not None and self._drawn)
        self.calm.setVisible(self._full is not None and not self._drawn)
        self.values.setVisible(self._full is not None and bool(self.values.model.rows))
        self.set.show_set(view.appraisal, self._full)
        self.claims.setVisible(self._full is not None and self.claims.tells)
        self._show_one()

    def _fill(self, full: Figures) -> None:
        self._filled = full
        self._drawn = self.message.show_figures(full)
        self.calm.set_title(settling_message(full.results, full.appraisal))
        self.values.show_figures(full)
        self.claims.show_figures(full)

    def _found(self) -> ConstraintResult | None:
        found = self._full.results.constraints if self._full is not None else None
        if not found:
            return None
        return next((one for one in found if one.id == self._current), found[0])

    def _show_one(self) -> None:
        """The cards about the entry in hand; the first of the list where that one is gone."""
        found, figures = self._found(), self._full
        constraint = entry_of(figures.appraisal, found.id) if figures is not None and found is not None else None
        value = found.value_of_settling if found is not None else None
        self.best.setVisible(value is not None)
        self.ways.setVisible(constraint is not None)
        if figures is None or found is None or constraint is None:
            return
        self._current = found.id
        self.ways.open.setEnabled(entry_of(self.context.appraisal, found.id) is not None)
        if self._shown_for == (figures, found.id):
            return
        self._shown_for = (figures, found.id)
        self.ways.show_result(figures, found, constraint)
        if value is not None:
            self.best.show_value(figures.appraisal, value, constraint)

    def focus_first(self) -> None:
        """The choice of entry, or what leads to it."""
        if self.ways.isVisibleTo(self):
            self.ways.entry.setFocus()
        elif self.none_card.isVisibleTo(self):
            self.none.action.setFocus()
        elif self.missing.isVisibleTo(self):
            self.missing.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The row of an entry."""
        self._pick(record)
        self.focus_first()
