"""Step 3: the value tree, gates, weights asked as a conversation, and cross-checks, under the bar of the workshop."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import Finding
from appraise.ui.context import Context, View
from appraise.ui.pages.criteria_checks import ChecksSection
from appraise.ui.pages.criteria_gates import GatesSection
from appraise.ui.pages.criteria_pane import CriteriaPane
from appraise.ui.pages.criteria_section import CriteriaSection
from appraise.ui.pages.criteria_tree import TreeSection
from appraise.ui.pages.criteria_weights import WeightsSection
from appraise.ui.pages.pane_parts import RestingPage, ToolRow
from appraise.ui.pages.workshop_bar import WorkshopBar
from appraise.ui.widgets.cards import PageFrame, Row, page_keys
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.labels import Notice

_LEAD = "Say what each move from worst to best is worth, before anybody scores."
TREE, GATES, WEIGHTS, CHECKS = "tree", "gates", "weights", "checks"
SECTIONS: dict[str, tuple[str, Callable[[Context], CriteriaSection]]] = {
    TREE: ("Criteria", TreeSection),
    GATES: ("Gates", GatesSection),
    WEIGHTS: ("Weights", WeightsSection),
    CHECKS: ("Cross-checks", ChecksSection),
}
_OF_WEIGHTS = frozenset({"swing", "swing_low", "swing_high", "rank", "reference", "criteria"})


def section_for(appraisal: Appraisal, record: str, field: str) -> str:
    """The section that holds a record's field."""
    if any(one.id == record for one in appraisal.gates):
        return GATES
    if any(one.id == record for one in appraisal.weighting.trade_offs):
        return CHECKS
    if field in _OF_WEIGHTS:
        return WEIGHTS
    known = {one.id for one in appraisal.branches} | {one.id for one in appraisal.criteria}
    return TREE if record in known or field or not appraisal.criteria else WEIGHTS


class CriteriaPage(RestingPage):
    """Four sections under one switch; each is made when it is first looked at. `sections` by key."""

    def __init__(self, context: Context) -> None:
        self._frame = PageFrame("Step 3 of 10", "Criteria and weights", _LEAD)
        super().__init__(context, self._frame)
        self.pane: CriteriaPane = CriteriaPane()
        self.sections: dict[str, CriteriaSection] = {}
        self._seen: dict[str, View | None] = {}
        self._first_wrong: Finding | None = None
        self.bar = WorkshopBar(context)
        self.bar.place_in(self._frame)  # first: the buttons fold into it
        self.switch = Switch("Part of this step", [(key, words) for key, (words, _) in SECTIONS.items()])
        self._ways = Row(gap=0)
        self._tools = ToolRow(self.switch, self._ways)
        self._frame.add_bar(self._tools, may_scroll=True)
        self.wrong = Notice("problem", "", "", "Start the weights")
        self._frame.add(self.wrong)
        self._frame.end()
        self.switch.chosen.connect(lambda _key: self._turn())
        self.wrong.activated.connect(self._mend)
        self._frame.rearranged.connect(self._frame.chain)
        page_keys(self, self._step)
        self.switch.set_current(_starting(context.appraisal))
        self.follow()

    # --- which section is shown ---

    def _made(self, key: str) -> CriteriaSection:
        if key not in self.sections:
            section = SECTIONS[key][1](self.context)
            self.sections[key] = section
            self._seen[key] = None
            section.placed.connect(self._frame.reveal_focus)
            section.wanted.connect(self._go_to)
            self._frame.add_bar(section.refused)
            self._frame.body.insertWidget(self._frame.body.count() - 1, section)
            if section.tools is not None:
                self._ways.line.addWidget(section.tools)
            for field, words in section.helps.items():
                self.pane.help.add(field, words)
        return self.sections[key]

    @property
    def section(self) -> CriteriaSection:
        """The section in hand."""
        return self._made(self.switch.current())

    @property
    def weights(self) -> WeightsSection:
        """The section in which weights are asked, whichever is in hand."""
        section = self._made(WEIGHTS)
        if not isinstance(section, WeightsSection):
            raise TypeError("weights are asked in a WeightsSection")
        return section

    def turn_to(self, key: str) -> None:
        """Shows a section, as the switch does."""
        if key != self.switch.current():
            self.switch.set_current(key)
            self._turn()

    def _go_to(self, key: str) -> None:
        """Shows a section with the keyboard in it."""
        self.turn_to(key)
        self.focus_first()

    def _step(self, by: int) -> None:
        self.switch.step(by)
        self.focus_first()

    def _turn(self) -> None:
        for section in self.sections.values():
            section.refuse("")
        self.show_view(self.context.view, self.context.view)
        self._frame.to_top()

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The bar, the section in hand and the pane; the other sections catch up when they are turned to."""
        if old is None:
            self._seen = dict.fromkeys(self._seen)
            self.switch.set_current(_starting(new.appraisal))
        self.bar.show_view(new)
        key, now = self.switch.current(), self.section
        before, self._seen[key] = self._seen[key], new
        now.show_view(before, new)
        for section in self.sections.values():
            section.setVisible(section is now)
            if section.tools is not None:
                section.tools.setVisible(section is now)
        if self._ways.isVisibleTo(self._tools) != (now.tools is not None):
            self._ways.setVisible(now.tools is not None)
            self._tools.apply_theme()  # there is more or less room for the switch now
        self._show_wrong(new)
        self._frame.chain()
        self.pane.show_view(new)

    def _show_wrong(self, view: View) -> None:
        here = self.switch.current()
        wrong = (one for one in view.findings if one.step == 3 and one.severity == "error")
        found = next((one for one in wrong if not _said_below(view.appraisal, one, here)), None)
        self._first_wrong = found
        self.wrong.setVisible(found is not None)
        if found is not None:
            zero = found.code == "weights-zero"
            self.wrong.set_tone("attention" if zero else "problem")
            self.wrong.show_text(found.sentence, found.mend)
            self.wrong.action.set_text("Start the weights" if zero else "Show")

    def _mend(self) -> None:
        found = self._first_wrong
        if found is None:
            return
        if found.code == "weights-zero":
            self._go_to(WEIGHTS)
        else:
            self.focus_place(found.record, found.field)

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """Where work in the section in hand begins, in view; the switch where the section is closed."""
        self.section.focus_first()
        here, area = QApplication.focusWidget(), self._frame.scroller
        if self.isVisible() and (here is None or not self.section.isAncestorOf(here)):
            self.switch.setFocus()
        elif here is not None and area is not None and here.height() < area.viewport().height():
            self._frame.reveal_focus(0)  # no further than needed, as the question stands above its answer

    def focus_place(self, record: str, field: str) -> None:
        """The field that a finding names, in its section; or a section, asked for by its key."""
        if field in SECTIONS and not record:
            self._go_to(field)
            return
        self.turn_to(section_for(self.context.appraisal, record, field))
        self.section.focus_place(record, field)
        self._frame.reveal_focus()


def _starting(appraisal: Appraisal) -> str:
    """Weights where criteria are described, else the criteria."""
    described = all(one.worst.strip() and one.best.strip() for one in appraisal.criteria)
    return WEIGHTS if appraisal.criteria and described else TREE


def _said_below(appraisal: Appraisal, found: Finding, section: str) -> bool:
    """The section says it itself: the tree marks the criterion, and the weights ask for the next thing to do."""
    if found.code == "weights-zero":
        return section in (TREE, WEIGHTS)
    return section == TREE and section_for(appraisal, found.record, found.field) == TREE
