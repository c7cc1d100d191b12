"""What the sections of step 4 share: help for the field in hand, and the reason why a part of them is closed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from appraise.model import sealing
from appraise.model.appraisal.document import Appraisal
from appraise.model.sealing import Locked
from appraise.ui.context import Context
from appraise.ui.pages.section import EditingSection
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.labels import Notice


class ClosedNotice(Notice):
    """Says why something cannot be changed now; hidden while it can."""

    def __init__(self) -> None:
        super().__init__("info", "", "", icon="locked")
        self.hide()

    def show_lock(self, appraisal: Appraisal, what: Locked) -> bool:
        """Takes the state of the workshop; True while `what` is closed."""
        closed = what in sealing.locked(appraisal.workshop)
        self.show_text("", sealing.why_locked(appraisal.workshop, what) if closed else "")
        self.setVisible(closed)
        return closed


class ScoreSection(EditingSection):
    """A section of the page: its parts one below the other. `helps` is what the right pane says meanwhile."""

    def __init__(self, context: Context, first: Help, *parts: QWidget) -> None:
        super().__init__(context, *parts)
        self.line.insertWidget(0, self.refused)
        self.helps = HelpByField(first, {})

    def holds(self, record: str) -> bool:
        """Whether a finding's record is shown here and nowhere else."""
        return False

    def help_for(self, fields: Sequence[QWidget], words: Help) -> None:
        """The same help for several fields."""
        for field in fields:
            self.helps.add(field, words)
