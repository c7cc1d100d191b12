"""The right pane of step 1: how far each section is, help, and what was found."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from appraise.model.finding import Finding
from appraise.model.need_sections import filled_words
from appraise.ui import theme
from appraise.ui.context import View
from appraise.ui.pages import need_state
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.findings import FindingRow, FindingsList
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.part_list import PartList, PartRow

_HELP_HEIGHT = 172


class NeedPane(Column):
    """Live completeness, help with the field in hand, findings of step 1.

    Findings stand last, for they may be many; help keeps its room, so that they do not jump as it changes.

    Signals: section_wanted(key); finding_wanted(Finding).
    """

    section_wanted = Signal(str)
    finding_wanted = Signal(object)

    def __init__(self, help_block: HelpByField) -> None:
        self._filled = FlowLabel("", "card")
        self.parts = PartList("Sections of this step")
        self.found = FindingsList("Findings on the need")
        self._nothing = FlowLabel("", "dense", "ink2")
        self._help = Column(help_block, gap=0)
        self._help.line.addStretch(1)
        super().__init__(
            self._filled,
            self.parts,
            Divider(),
            self._help,
            Divider(),
            FlowLabel("Found on this step", "card"),
            self._nothing,
            self.found,
            gap=8,
        )
        self.line.addStretch(1)
        self.parts.chosen.connect(self.section_wanted)
        self.found.chosen.connect(self._go)

    def apply_theme(self) -> None:
        """Gap and margins of a pane."""
        super().apply_theme()
        self._help.setMinimumHeight(theme.px(_HELP_HEIGHT))
        base.margins(self.line, 16, 16, 6, 16)

    def show_view(self, view: View, section: str) -> None:
        """Sections with their state, the one on the page marked, and what was found."""
        states = need_state.sections(view.appraisal.need)
        self._filled.set_text(filled_words(view.appraisal.need))
        self.parts.set_parts([PartRow(one.key, one.name, one.words, one.state) for one in states], section)
        self._show_findings([one for one in view.findings if one.step == 1])

    def _show_findings(self, found: Sequence[Finding]) -> None:
        rows = [FindingRow(one.severity.value, one.place, one.sentence, one.mend, one) for one in found]
        self.found.set_findings(rows)
        self.found.setVisible(bool(rows))
        self._nothing.set_text("Click one to go to it." if rows else "Nothing is wrong and nothing is missing.")

    def _go(self, finding: object) -> None:
        if isinstance(finding, Finding):
            self.finding_wanted.emit(finding)
