"""What the sections of step 6 share: they follow the view, and keep the last full figures through live runs."""

from abc import abstractmethod
from dataclasses import dataclass

from appraise.ui.context import View
from appraise.ui.pages import section
from appraise.ui.pages.results_state import Figures
from appraise.ui.widgets.marks import Chip


@dataclass(frozen=True, slots=True)
class Seen:
    """What a section shows: the view, and the last figures that came with prices and values of settling.

    `full` belong to an earlier state of the document while `earlier`; None: there are none yet.
    """

    view: View
    full: Figures | None

    @property
    def earlier(self) -> bool:
        """The document, or its live figures, have gone on since the full ones were made."""
        view = self.view
        return self.full is not None and (view.stale or self.full.results is not view.results)


class EarlierChip(Chip):
    """Says that figures belong to an earlier state; hidden while they are of the document as it is."""

    def __init__(self) -> None:
        super().__init__("", "plain")
        self.hide()

    def show_seen(self, seen: Seen) -> None:
        """Take the state of what is seen."""
        self.setVisible(seen.earlier)
        if seen.view.stopped:
            self.set_face("Of an earlier state", "attention")
            self.setToolTip("The calculation was stopped. F5 runs it again.")
        else:
            self.set_face("Of an earlier state", "plain", "clock")
            self.setToolTip("These figures follow when nothing changes for a moment.")


class Section(section.Section):
    """A section of the page, which may have a constraint in hand."""

    @abstractmethod
    def show_seen(self, old: View | None, seen: Seen) -> None:
        """Show what is seen; `old` is the view that the section shows now, None at first."""

    def take(self, constraint: str) -> None:
        """Bring a constraint to hand, where the section has one in hand."""

    def current(self) -> str:
        """The id of the constraint in hand; "" for none."""
        return ""
