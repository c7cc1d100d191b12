"""The arrangement of a joint option in step 2: who takes part, what is shared and by what, and how all pay."""

from decimal import Decimal
from functools import partial
from itertools import combinations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.appraisal.partners import Arrangement, FixedShare, LineShare, Partner, ShareRule, Split
from appraise.model.edits import partners as edits
from appraise.model.finding import Severity
from appraise.model.finding_rules.partners import MOST_TYPED
from appraise.model.sharing import by_rule, partners_of
from appraise.present import partner_words, wording
from appraise.ui.context import View
from appraise.ui.pages import options_help
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.costs_grid import labelled
from appraise.ui.pages.costs_section import FaultLine
from appraise.ui.pages.funding_section import ColumnHelp, TickList
from appraise.ui.pages.options_section import Section, option_choices
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.results_state import Figures
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Panel, Row
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.fields import TextArea
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.marks import Chip
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_RULES = tuple((rule.value, words) for rule, words in partner_words.RULES.items())
_SPLITS = tuple((split.value, words) for split, words in partner_words.SPLITS.items())
_ALONE, _GONE = "", "An option that is gone"
_LINES = (
    TableColumn("Line at the whole joint cost", "left", 200, stretch=True, wrap=True),
    TableColumn("Shared", "left", 150),
    TableColumn("Fixed part, %", "right", 104, tip="Stays as it is with fewer partners"),
    TableColumn("This body pays", "right", 112),
)
_MADE, _TYPED = "made", "typed"
_COSTS = ((_MADE, "Made of the lines"), (_TYPED, "Typed"))


def own_part(appraisal: Appraisal, arrangement: Arrangement, rule: ShareRule, shares: tuple[FixedShare, ...]) -> str:
    """What this body pays by a rule, in per cent; a dash while nothing says so, or what it goes by is no number."""
    try:
        found = by_rule(partners_of(appraisal, arrangement), rule, shares)
    except ValueError:
        return wording.DASH
    return wording.rate(round(float(found.own_part) * 100, 1)) if found is not None else wording.DASH


def partner_name(partner: Partner) -> str:
    """What a partner is called in a table."""
    return partner.name or "Without a name"


class SharesTable(Column):
    """Per cent by partner, typed in place, with their sum. Signals: changed(shares by partner)."""

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        self._shares: dict[str, Decimal] = {}
        columns = (TableColumn("Partner", "left", 160, stretch=True), TableColumn("Share, %", "right", 92))
        self.model = DataTableModel(list(columns), self._typed)
        self.table = DataTable(name, self.model, row_height=31)
        self.table.tab_walks_cells = True
        self.fault = FaultLine()
        super().__init__(self.table, self.fault, gap=4)
        self.model.faulted.connect(self.fault.tell)

    def show_shares(self, partners: tuple[Partner, ...], shares: tuple[FixedShare, ...]) -> None:
        """The share of every partner, and how far they are from the whole."""
        known = {one.partner: one.percent for one in shares}
        self._shares = {one.id: known.get(one.id, Decimal(0)) for one in partners}
        rows = []
        for one in partners:
            text = money.plain_number(self._shares[one.id])
            rows.append(
                TableRow(one.id, (Cell(partner_name(one)), Cell(text, editable=True, spoken=f"{text} per cent")))
            )
        total = sum((one for one in self._shares.values() if one.is_finite()), Decimal(0))
        whole = Cell(money.plain_number(total), strong=True, ink="ink" if total == 100 else "problem")
        rows.append(TableRow("total", (Cell("Together"), whole), "total"))
        self.model.set_rows(rows)
        said = f"The shares add up to {money.plain_number(total)} %, and must add up to 100 %."
        self.fault.show_wrong("" if total == 100 else said)

    def _typed(self, key: str, _column: int, text: str) -> None:
        percent = money.parse_percent(text) if text.strip() else Decimal(0)
        if not 0 <= percent <= 100:
            raise ValueError("Enter a share from 0 to 100 per cent.")
        self.changed.emit({**self._shares, key: percent})


class GroupCosts(Column):
    """What groups of the partners would cost: made of the lines, or typed one by one.

    Signals: chosen(typed); changed(partners, cost) with None for a cost that is not known.
    """

    chosen = Signal(bool)
    changed = Signal(object, object)

    def __init__(self) -> None:
        self.kind = Switch("Costs of groups of partners", _COSTS)
        self._head = FlowLabel("What groups of partners would pay together", "dense-strong")
        self._words = FlowLabel("", "caption", "ink2")
        group = TableColumn("Group", "left", 220, stretch=True, wrap=True)
        self.model = DataTableModel([group, TableColumn("Present value, £", "right", 130)], self._typed)
        self.table = DataTable("Costs of groups of partners", self.model, row_height=31)
        self.table.tab_walks_cells = True
        self.fault = FaultLine()
        super().__init__(self._head, self.kind, self._words, self.table, self.fault, gap=6)
        self.model.faulted.connect(self.fault.tell)
        self.kind.chosen.connect(lambda key: self.chosen.emit(key == _TYPED))

    def show_groups(self, partners: tuple[Partner, ...], arrangement: Arrangement, wrong: str) -> None:
        """Every group that is neither one partner nor all of them, where costs are typed for up to four."""
        few = len(partners) <= MOST_TYPED
        self.kind.set_current(_TYPED if arrangement.typed else _MADE)
        self.setVisible(len(partners) > 2 or arrangement.typed)
        self.table.setVisible(arrangement.typed and few)
        known = {frozenset(one.partners): one.cost for one in arrangement.coalitions}
        rows = []
        for size in range(2, len(partners)) if few else ():
            for group in combinations(partners, size):
                cost = known.get(frozenset(one.id for one in group))
                names = wording.listing([partner_name(one) for one in group])
                text = amount_text(cost) if cost is not None else wording.DASH
                cells = (Cell(names, tip=names), Cell(text, editable=True, edit_text=text if cost is not None else ""))
                rows.append(TableRow("/".join(one.id for one in group), cells))
        self.model.set_rows(rows)
        said = "The fixed part of each line stays, the rest falls with the partners that leave."
        if arrangement.typed:
            said = "Present values. A group without a cost counts as working apart."
        self._words.set_text(said if few else f"{said} Costs can be typed for up to {MOST_TYPED} partners.")
        self.fault.show_wrong(wrong)

    def _typed(self, key: str, _column: int, text: str) -> None:
        cost = money.parse(text) if text.strip(f" -{wording.DASH}") else None
        if cost is not None and cost < 0:
            raise ValueError("A group cannot cost less than nothing.")
        self.changed.emit(tuple(key.split("/")), cost)


class ArrangementPart(Column):
    """One option at a time: nobody shares it, or who does and how. Signals: partners_wanted() to go to the partners."""

    partners_wanted = Signal()

    def __init__(self, section: Section, helps: HelpByField) -> None:
        self._section, self._helps = section, helps
        self._figures: Figures | None = None
        self._view: View | None = None
        self._anew = True
        self.options = Switch("Option that is shared")
        self.empty = EmptyState("people", " ", "Share this option")
        self.nobody = Card()
        self.nobody.add(self.empty)
        self._make_fields()
        option = Row(FlowLabel("Option", "dense", "ink2", wrap=False), self.options, stretches=(0, 1), gap=8)
        super().__init__(option, self.nobody, self.card, self.lines_card, self.groups_card, gap=11)
        self._connect()

    def _make_fields(self) -> None:
        self.card = Card("Who shares it, and how they pay")
        self.remove = Button("Share it no longer", kind="plain", icon="bin", small=True)
        self.people = TickList("Who takes part", "Name partners first.")
        self.split = PickList("How the partners pay", _SPLITS)
        self.rule = PickList("By what constraints are shared", _RULES)
        self.shares = SharesTable("Fixed shares of constraints")
        self.words = TextArea("Who runs it, and what is agreed", label="Who runs it, and what is agreed", lines=2)
        self.said = Panel("What it comes to", "", kind="tint")
        self.more = Button("Each partner’s case", kind="plain", small=True)
        self.said.content.addWidget(self.more)
        self.earlier = Chip("Updating", "plain", "clock")
        self._lines_model = DataTableModel(list(_LINES), self._type_line)
        self.lines = DataTable("Lines that are shared", self._lines_model, row_height=34)
        self.lines_note = FlowLabel("", "caption", "ink2")
        self.lines_wrong = FlowLabel("", "caption", "problem")
        self.groups = GroupCosts()
        self.card.add_action(self.earlier)
        self.card.add_action(self.remove)
        pays, rest = labelled("How the partners pay", self.split), labelled("Constraints are shared", self.rule)
        rules = Column(pays, rest, self.shares, gap=10)
        rules.line.addStretch(1)
        people = Column(self.people)
        people.line.addStretch(1)
        for part in (Sides(people, rules, fold=520, gap=24), self.words, self.said):
            self.card.add(part)
        self.lines_card = Card("Which lines are shared")
        for inside in (self.lines, self.lines_wrong, self.lines_note):
            self.lines_card.add(inside)
        self.groups_card = Card()
        self.groups_card.add(self.groups)

    def _connect(self) -> None:
        self.options.chosen.connect(lambda _key: self._take())
        self.empty.activated.connect(self._share)
        self.remove.clicked.connect(self._remove)
        self.people.ticked.connect(self._tick)
        self.split.chosen.connect(lambda key: self._change("how partners pay", split=Split(key)))
        self.rule.chosen.connect(lambda key: self._change("how constraints are shared", rule=ShareRule(key)))
        self.shares.changed.connect(lambda shares: self._change("shares of constraints", shares=shares))
        self.words.committed.connect(lambda text: self._change("words", words=text))
        self.groups.chosen.connect(lambda typed: self._change("costs of groups", typed=typed))
        self.groups.changed.connect(self._type_group)
        self.lines.toggled.connect(self._turn_line)
        self.lines.opened.connect(lambda key: self._section.context.go_to(5, key, "shared"))
        self.more.clicked.connect(lambda: self._section.context.go_to(8, "", "partners"))
        for part, words in (
            (self.people, options_help.TAKING_PART),
            (self.split, options_help.SPLIT),
            (self.rule, options_help.RULE),
            (self.shares, options_help.RULE),
            (self.groups, options_help.GROUPS),
        ):
            self._helps.add(part, words)
        by_column = (options_help.TAKING_PART, options_help.RULE, options_help.FIXED_PART, options_help.RULE)
        self._by_column = ColumnHelp(self._helps, self.lines, by_column[0], lambda _key, column: by_column[column])

    # --- what is in hand ---

    @property
    def _now(self) -> Appraisal:
        return self._section.context.appraisal

    def arrangement(self) -> Arrangement | None:
        """The arrangement of the option in hand; of an option that is gone it is the one that is left."""
        key = self.options.current()
        return next((one for one in self._now.arrangements if key in (one.option, one.id)), None)

    def _name(self) -> str:
        named = dict(option_choices(self._now))
        return wording.shorten(named.get(self.options.current(), "an option"), 40)

    # --- what is shown ---

    def start_anew(self) -> None:
        """Another document: its first shared option comes into hand."""
        self._anew = True

    def show_view(self, view: View, figures: Figures | None) -> None:
        """The option in hand; at first one that is shared."""
        self._figures, self._view = figures, view
        appraisal = view.appraisal
        known = {one.id for one in appraisal.options}
        stray = [(one.id, _GONE) for one in appraisal.arrangements if one.option not in known]
        before, self._anew = "" if self._anew else self.options.current(), False
        choices = [*option_choices(appraisal), *stray]
        keys = [key for key, _ in choices]
        joint = next((one.option for one in appraisal.arrangements if one.option in known), keys[0] if keys else "")
        self.options.set_choices(choices, before if before in keys else joint)
        self.options.setVisible(bool(choices))
        self._show()

    def _take(self) -> None:
        """Another option in hand."""
        self._show()
        self._section.turned.emit()

    def _show(self) -> None:
        found = self.arrangement()
        self.nobody.setVisible(found is None)
        for part in (self.card, self.lines_card, self.groups_card):
            part.setVisible(found is not None)
        if found is None:
            some = bool(self._now.partners)
            nobody = f"Nobody shares {self._name()} so far. Shared lines stand at the whole joint cost."
            if not self._now.options:
                nobody = "There is no option yet. Add options to the short list first."
            self.empty.set_sentence(nobody if some else "Name the partners first, then say which option they share.")
            self.empty.action.set_text("Share this option" if some else "Go to the partners")
            self.empty.action.setVisible(bool(self._now.options) or not some)
            return
        self._show_who(found)
        self._show_lines(found)
        self._show_answer(found)

    def _wrong(self, record: str, field: str) -> str:
        found = self._view.findings if self._view is not None else ()
        return " ".join(
            f"{one.sentence} {one.mend}"
            for one in found
            if (one.record, one.field) == (record, field) and one.severity is Severity.ERROR
        )

    def _show_who(self, found: Arrangement) -> None:
        members = partners_of(self._now, found)
        self.people.show_records([(one.id, one.name) for one in self._now.partners], frozenset(found.partners))
        self.split.set_current(found.split.value)
        self.rule.set_current(found.rule.value)
        fixed = found.rule is ShareRule.FIXED
        self.shares.setVisible(fixed)
        self.shares.show_shares(members, found.shares)
        self.words.set_text(found.words)
        self.groups.show_groups(members, found, self._wrong(found.id, "coalitions"))
        self.groups_card.setVisible(len(members) > 2 or found.typed)
        wrong = self._wrong(found.id, "partners") or self._wrong(found.id, "option")
        self.card.set_title(f"Who shares {self._name()}, and how they pay", wrong)
        self.card.subtitle.set_ink("problem" if wrong else "ink2")

    def _lines_of(self, found: Arrangement) -> list[Line]:
        return [line for line in self._now.lines if line.option == found.option]

    def _show_lines(self, found: Arrangement) -> None:
        shares = {one.line: one for one in found.shared}
        rows = [self._line_row(found, line, shares.get(line.id)) for line in self._lines_of(found)]
        self._lines_model.set_rows(rows)
        self.lines.setVisible(bool(rows))
        count = sum(line.id in shares for line in self._lines_of(found))
        shared = f"{wording.capital(wording.how_many(count, 'line'))} of {len(rows)} shared" if rows else "No line yet"
        self.lines_card.set_title("Which lines are shared", shared)
        note = "Space shares a line or takes it back. Enter opens it in step 5, where its shares are typed."
        self.lines_note.set_text(note if rows else "Lines of this option are entered in step 5.")
        wrong = self._wrong(found.id, "shared")
        self.lines_wrong.set_text(wrong)
        self.lines_wrong.setVisible(bool(wrong))

    def _line_row(self, found: Arrangement, line: Line, share: LineShare | None) -> TableRow:
        name = line.name or "A line without a name"
        choices = ((_ALONE, "This body’s own"), *_RULES)
        if share is None:
            cells = (
                Cell(name, icon="not-started", icon_ink="ink2", spoken=f"{name}, not shared", tip=name),
                Cell("This body’s own", choices=choices, ink="ink2"),
                Cell(wording.DASH, ink="ink2"),
                Cell(wording.rate(100.0), ink="ink2"),
            )
        else:
            fixed = money.plain_number(share.fixed_percent)
            cells = (
                Cell(name, icon="completed", icon_ink="good", spoken=f"{name}, shared", tip=name),
                Cell(partner_words.RULES[share.rule], choices=choices),
                Cell(fixed, editable=True, spoken=f"{fixed} per cent"),
                Cell(own_part(self._now, found, share.rule, share.shares)),
            )
        return TableRow(line.id, cells)

    def _show_answer(self, found: Arrangement) -> None:
        figures = self._figures
        told: tuple[str, ...] = ()
        if figures is not None:
            told = (
                *partner_words.cases(figures.results, figures.appraisal, found.option),
                *partner_words.stability(figures.results, figures.appraisal, found.option),
            )
        nothing = "Each partner’s case appears when nothing is wrong in the document."
        self.said.show_text("What it comes to", " ".join(told) or nothing)
        self.more.setVisible(bool(told))
        self.earlier.setVisible(bool(told) and figures is not None and figures.appraisal is not self._now)

    # --- edits ---

    def _share(self) -> None:
        if not self._now.partners:
            self.partners_wanted.emit()
            return
        key, option = self._section.context.fresh_id("arrangement"), self.options.current()
        add = partial(edits.add_arrangement, arrangement=key, option=option)
        if self._section.attempt(add, f"Share {self._name()}"):
            self.people.table.setFocus()

    def _remove(self) -> None:
        found = self.arrangement()
        if found is not None:
            make = partial(edits.remove_arrangement, arrangement=found.id)
            self._section.attempt(make, f"Share {self._name()} no longer")
            self.options.bar.setFocus()

    def _change(self, what: str, **fields: object) -> None:
        found = self.arrangement()
        if found is not None:
            key = found.id
            self._section.attempt(
                lambda now: edits.change_arrangement(now, arrangement=key, **fields), f"Change {what} of {self._name()}"
            )

    def _tick(self, partner: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        found = self.arrangement()
        if found is not None:
            order = [one.id for one in self._now.partners]
            members = ({*found.partners, partner} if on else {*found.partners} - {partner}) & set(order)
            self._change("partners", partners=tuple(sorted(members, key=order.index)))

    def _turn_line(self, key: str) -> None:
        found = self.arrangement()
        if found is None:
            return
        if any(one.line == key for one in found.shared):
            self._section.attempt(
                partial(edits.unshare_line, arrangement=found.id, line=key), "Take a line back from the partners"
            )
        else:
            make = partial(edits.share_line, arrangement=found.id, line=key)
            self._section.attempt(make, "Share a line with the partners")

    def _type_line(self, key: str, column: int, text: str) -> None:
        found = self.arrangement()
        if found is None:
            return
        if column == 1 and not text:
            if any(one.line == key for one in found.shared):
                self._turn_line(key)
            return
        rule = ShareRule(text) if column == 1 else None
        fixed = None if column == 1 else read_fixed(text)
        make = partial(edits.share_line, arrangement=found.id, line=key, rule=rule, fixed_percent=fixed)
        what = "how a line is shared" if column == 1 else "the fixed part of a line"
        self._section.attempt(make, f"Change {what}")

    def _type_group(self, group: tuple[str, ...], cost: Decimal | None) -> None:
        found = self.arrangement()
        if found is not None:
            make = partial(edits.set_coalition, arrangement=found.id, partners=group, cost=cost)
            self._section.attempt(make, "Change the cost of a group")

    # --- the keyboard ---

    def first_stop(self) -> QWidget:
        """Who takes part, or what begins to share."""
        return self.people.table if self.arrangement() is not None else self.empty.action

    def take(self, record: str, field: str) -> QWidget | None:
        """The field of an arrangement; None for another record."""
        found = next((one for one in self._now.arrangements if one.id == record), None)
        if found is None:
            return None
        known = {one.id for one in self._now.options}
        self.options.set_current(found.option if found.option in known else found.id)
        self._show()
        return {
            "shared": self.lines,
            "shares": self.shares.table if found.rule is ShareRule.FIXED else self.rule,
            "coalitions": self.groups.table if found.typed else self.groups.kind.bar,
            "option": self.remove,
            "split": self.split,
        }.get(field, self.people.table)


def read_fixed(text: str) -> Decimal:
    """A part in per cent as typed. ValueError with one sentence."""
    percent = money.parse_percent(text)
    if not 0 <= percent <= 100:
        raise ValueError("Enter a part from 0 to 100 per cent.")
    return percent
