"""The usual cost lines of a sourcing decision, in step 5: each is filled in or declared not applicable, and why."""

from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.appraisal.options import Option
from appraise.model.edits import sourcing as edits
from appraise.model.edits.lines import add_usual_line
from appraise.model.tables import USUAL_LINES, UsualLine, usual_lines
from appraise.present import wording
from appraise.present.option_words import MODELS
from appraise.ui.context import Context, View
from appraise.ui.pages.costs_section import CostSection
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import Divider, EmptyState, FlowLabel, IconLabel

USUAL_HELP = Help(
    "Why a list of usual lines?",
    "Client side, pensions, exit and overheads left behind are forgotten more often than anything else. "
    "Each is filled in, or a reason says why it does not apply.",
    "Green Book 2026, paragraphs 6.13, 6.31 and 8.26 to 8.27",
)
State = Literal["open", "filled", "not_applicable"]
_TITLES: dict[State, str] = {"open": "Still open", "filled": "Filled in", "not_applicable": "Not applicable"}
_ICONS: dict[State, tuple[str, str]] = {
    "open": ("not-started", "ink2"),
    "filled": ("completed", "good"),
    "not_applicable": ("minus", "ink2"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """A usual line in one option: its state, the lines that name it, and why it does not apply."""

    line: UsualLine
    state: State
    lines: tuple[Line, ...] = ()
    reason: str = ""


def usual_of(appraisal: Appraisal, option: Option) -> tuple[Usual, ...]:
    """The usual lines of an option's delivery model, and whatever else was filled in or declared."""
    declared = {row.heading: row.reason for row in appraisal.sourcing.not_applicable if row.option == option.id}
    named: dict[str, list[Line]] = {}
    for line in appraisal.lines:
        if line.option == option.id and line.heading:
            named.setdefault(line.heading, []).append(line)
    asked = {line.id for line in usual_lines(option.model, option.role)} | set(declared) | set(named)
    found = []
    for usual in USUAL_LINES.values():
        if usual.id not in asked:
            continue
        lines = tuple(named.get(usual.id, ()))
        state: State = "not_applicable" if usual.id in declared else "open"
        if any(any(one.amounts) for one in lines):
            state = "filled"
        found.append(Usual(line=usual, state=state, lines=lines, reason=declared.get(usual.id, "")))
    return tuple(found)


class UsualRow(Column):
    """One usual line with what can be done about it in its state.

    Signals: added(), declined(), taken_back(); reasoned(words); opened(line id).
    """

    added = Signal()
    declined = Signal()
    taken_back = Signal()
    reasoned = Signal(str)
    opened = Signal(str)

    def __init__(self, line: UsualLine) -> None:
        self._first = ""
        self.tabbed = False
        self._icon = IconLabel("not-started", "ink2")
        self.open = Button("Open", kind="plain", after="right", small=True)
        self.add = Button("Add this line", icon="plus", small=True)
        self.decline = Button("Not applicable", kind="plain", small=True)
        self.back = Button("Applies after all", kind="plain", icon="undo", small=True)
        for button in (self.add, self.decline, self.back):
            button.setAccessibleName(f"{button.text()}: {line.name}")
        self.reason = TextField(f"Why it does not apply: {line.name}", hint="Why it does not apply here")
        words = Column(FlowLabel(line.name, "strong"), FlowLabel(line.hint, "caption", "ink2"), gap=1)
        actions = Row(self.open, self.add, self.decline, self.back, stretches=(0, 0, 0, 0), gap=8)
        actions.line.addStretch(1)
        head = Sides(Row(self._icon, words, stretches=(0, 1), gap=10), actions, stretches=(1, 0), fold=560, gap=12)
        super().__init__(head, self.reason, gap=6)
        self.stops = (self.open, self.add, self.decline, self.back, self.reason.line)
        self.open.clicked.connect(lambda: self.opened.emit(self._first))
        self.add.clicked.connect(self.added)
        self.decline.clicked.connect(self.declined)
        self.back.clicked.connect(self.taken_back)
        self.reason.committed.connect(self.reasoned)
        self.reason.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether Tab took the keyboard from the reason."""
        if isinstance(event, QFocusEvent) and watched is self.reason.line:
            self.tabbed = event.lostFocus() and event.reason() == Qt.FocusReason.TabFocusReason
        return super().eventFilter(watched, event)

    def show_usual(self, usual: Usual) -> None:
        """The buttons that fit its state."""
        lines = usual.lines
        self._icon.set_icon(*_ICONS[usual.state])
        self._first = lines[0].id if lines else ""
        name = wording.shorten(lines[0].name or "A line without a name", 24) if lines else ""
        more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        empty = bool(lines) and usual.state == "open"
        self.open.set_kind("outline" if empty else "plain")
        self.open.set_text(f"Enter amounts of {name}" if empty else f"{name}{more}")
        self.open.setToolTip(", ".join(one.name for one in lines))
        self.open.setVisible(bool(lines))
        self.add.setVisible(usual.state == "open" and not lines)
        self.decline.setVisible(usual.state == "open")
        self.back.setVisible(usual.state == "not_applicable")
        self.reason.setVisible(usual.state == "not_applicable")
        self.reason.set_text(usual.reason)

    def first_stop(self) -> QWidget:
        """What takes the keyboard in the present state."""
        if self.reason.isVisibleTo(self):
            return self.reason
        return self.open if self.open.isVisibleTo(self) else self.add


class StateCard(Card):
    """The usual lines of one state, under the headings of their groups."""

    def __init__(self, state: State) -> None:
        super().__init__(_TITLES[state])
        self._state = state
        self._heads: list[QWidget] = []
        self._inside = Column(gap=8)
        self.add(self._inside)

    def show_rows(self, rows: list[tuple[Usual, UsualRow]]) -> None:
        """Takes the rows in; headings are made anew, rows only move."""
        layout = self._inside.line
        for head in self._heads:
            layout.removeWidget(head)
            head.hide()
            head.deleteLater()
        self._heads = []
        group = ""
        for usual, row in rows:
            if usual.line.group != group:
                if group:
                    self._put(Divider())
                group = usual.line.group
                self._put(FlowLabel(group, "label", "overline"))
            layout.addWidget(row)
            row.show()
        self.set_title(f"{_TITLES[self._state]}: {len(rows)}")
        self.setVisible(bool(rows))

    def _put(self, head: QWidget) -> None:
        self._heads.append(head)
        self._inside.line.addWidget(head)


class UsualSection(CostSection):
    """The usual lines of the option in hand. `rows` by heading."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, USUAL_HELP)
        self.options = Switch("Option with usual lines")
        self.count = FlowLabel("", "lead")
        self.model = FlowLabel("", "caption", "ink2")
        self.empty = EmptyState("people", "", "Go to the options")
        self.nothing = Card()
        self.nothing.add(self.empty)
        self.cards: dict[State, StateCard] = {state: StateCard(state) for state in _TITLES}
        self.rows: dict[str, UsualRow] = {}
        head = Column(self.count, self.model, gap=2)
        for place, part in enumerate((self.options, head, self.nothing, *self.cards.values()), start=1):
            self.line.insertWidget(place, part)
        self.options.chosen.connect(self._take)
        self.empty.activated.connect(lambda: context.go_to(2, self.options.current(), "model"))

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:
        """The usual lines of an option: all of them, or one by its heading."""
        return (field == "headings" or field in USUAL_LINES) and any(one.id == record for one in appraisal.options)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The usual lines of the option in hand."""
        before, now = old.appraisal if old else None, new.appraisal
        if before is not None and (before.options, before.lines, before.sourcing) == (
            now.options,
            now.lines,
            now.sourcing,
        ):
            return
        self.options.set_choices([(one.id, one.short_name or one.name or "Without a name") for one in now.options])
        self._show_option()

    def _take(self, option: str) -> None:
        self._show_option()
        self.option_taken.emit(option)

    def look_at(self, option: str) -> None:
        """The usual lines of the option that was in hand before."""
        if any(one.id == option for one in self.context.appraisal.options):
            self.options.set_current(option)
            self._show_option()

    @property
    def _option(self) -> Option | None:
        return next((one for one in self.context.appraisal.options if one.id == self.options.current()), None)

    def _show_option(self) -> None:
        option = self._option
        found = usual_of(self.context.appraisal, option) if option is not None else ()
        self.options.setVisible(option is not None)
        self.nothing.setVisible(not found)
        self.count.setVisible(bool(found))
        self.model.setVisible(bool(found))
        self.empty.set_sentence(
            "Say in step 2 who delivers this option; its usual lines follow from that."
            if option is not None
            else "There is no option yet. Add options in step 2 first."
        )
        self._show_rows(found)
        if option is not None:
            self.count.set_text(_counted(found))
            self.model.set_text(f"Usual for the delivery model: {MODELS[option.model]}")

    def _show_rows(self, found: tuple[Usual, ...]) -> None:
        here = QApplication.focusWidget()
        held = next((key for key, row in self.rows.items() if here is not None and row.isAncestorOf(here)), "")
        for usual in found:
            if usual.line.id not in self.rows:
                self.rows[usual.line.id] = self._made(usual.line)
        shown = {usual.line.id for usual in found}
        for state, card in self.cards.items():
            card.show_rows([(usual, self.rows[usual.line.id]) for usual in found if usual.state == state])
        for key, row in self.rows.items():  # after they stand in a card: shown before, they flash as windows
            row.setVisible(key in shown)
        for usual in found:
            self.rows[usual.line.id].show_usual(usual)
        ordered = [self.rows[usual.line.id] for state in self.cards for usual in found if usual.state == state]
        base.tab_chain(self.options.list, *(stop for row in ordered for stop in row.stops))
        if held in shown:  # the row may have moved to another card, its buttons be others
            self.rows[held].first_stop().setFocus()

    def _made(self, line: UsualLine) -> UsualRow:
        row = UsualRow(line)
        row.added.connect(partial(self._add, line.id))
        row.declined.connect(partial(self._decline, line.id))
        row.taken_back.connect(partial(self._take_back, line.id))
        row.reasoned.connect(partial(self._reason, line.id))
        row.opened.connect(lambda key: self.context.go_to(5, key, "name"))
        return row

    # --- edits ---

    def _add(self, heading: str) -> None:
        line = self.context.fresh_id("line")
        make = partial(add_usual_line, line=line, option=self.options.current(), heading=heading)
        self.attempt(make, f"Add {wording.shorten(USUAL_LINES[heading].name, 40)}")

    def _decline(self, heading: str) -> None:
        """Its reason is asked for at once; given straight away it is part of the same step."""
        self._declare(heading, "")

    def _take_back(self, heading: str) -> None:
        make = partial(edits.clear_not_applicable, option=self.options.current(), heading=heading)
        self.attempt(make, f"Open again: {wording.shorten(USUAL_LINES[heading].name, 40)}")

    def _reason(self, heading: str, reason: str) -> None:
        found = self.context.appraisal.sourcing.not_applicable
        before = next(
            (one.reason for one in found if (one.option, one.heading) == (self.options.current(), heading)), ""
        )
        if before:
            make = partial(edits.set_not_applicable, option=self.options.current(), heading=heading, reason=reason)
            self.attempt(make, f"Say why not: {wording.shorten(USUAL_LINES[heading].name, 40)}")
            return
        row = self.rows[heading]
        on = bool(reason) and (row.reason.line.hasFocus() or row.tabbed)
        self._declare(heading, reason)
        if on:
            self._go_on(heading)

    def _go_on(self, heading: str) -> None:
        """From a line that is settled to the next one that is open, from the last one to the first."""
        option = self._option
        found = usual_of(self.context.appraisal, option) if option is not None else ()
        keys = [one.line.id for one in found]
        place = keys.index(heading)
        following = next((one for one in (*found[place:], *found[:place]) if one.state == "open"), None)
        if following is not None:
            self.rows[following.line.id].first_stop().setFocus(Qt.FocusReason.TabFocusReason)

    def _declare(self, heading: str, reason: str) -> None:
        option = self.options.current()
        make = partial(edits.set_not_applicable, option=option, heading=heading, reason=reason)
        action = f"Declare not applicable: {wording.shorten(USUAL_LINES[heading].name, 40)}"
        self.attempt(make, action, gesture=f"not applicable {option} {heading}")
        if reason:
            self.context.end_gesture()

    # --- where the keyboard is ---

    def focus_first(self) -> None:
        """The first usual line that is open, else the switch between the options."""
        option = self._option
        found = usual_of(self.context.appraisal, option) if option is not None else ()
        first = next((self.rows[one.line.id] for one in found if one.state == "open"), None)
        if first is not None:
            first.first_stop().setFocus()
        elif found:
            self.options.setFocus()
        else:
            self.empty.action.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """One usual line of an option, or the first that is open."""
        self.options.set_current(record)
        self._take(record)
        if field in self.rows and self.rows[field].isVisibleTo(self):
            self.rows[field].first_stop().setFocus()
        else:
            self.focus_first()


def _counted(found: tuple[Usual, ...]) -> str:
    """How many are settled, and how."""
    filled = sum(one.state == "filled" for one in found)
    declared = sum(one.state == "not_applicable" for one in found)
    still = len(found) - filled - declared
    settled = f"{filled + declared} of {len(found)} settled: {filled} filled in, {declared} not applicable"
    return f"{settled}, {still} open." if still else f"{settled}."
