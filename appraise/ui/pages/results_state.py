"""What pages that show figures share: they draw only while seen, say how fresh they are, and what is missing."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import Finding
from appraise.model.journey import anything_entered
from appraise.model.results import Results
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.findings import FindingRow, FindingsList
from appraise.ui.widgets.labels import EmptyState, Notice
from appraise.ui.widgets.marks import Chip


@dataclass(frozen=True, slots=True)
class Figures:
    """Results with the document that they were made from, which may be an earlier one than is shown.

    `before` are the last figures of a full run, while these are live and lack what a frame has no time for.
    """

    results: Results
    appraisal: Appraisal
    before: "Figures | None" = None

    @property
    def full(self) -> "Figures | None":
        """These figures if a full run made them, else those of the last one; None: there has been none."""
        return self if self.results.constraints is not None else self.before


class FiguresPage(RestingPage):
    """A resting page that draws nothing at all before it is seen, and knows whose figures it shows.

    `figures` are the latest ones that were seen together with their own document; None: there are none.
    """

    figures: Figures | None

    def __init__(self, context: Context, frame: QWidget) -> None:
        super().__init__(context, frame)
        self.figures = None

    def refresh(self, old: View | None, new: View) -> None:
        """Show the view if anybody can see it; what was shown last counts, not what was told last."""
        if old is None:  # another document: nothing of the one before is kept
            self.figures = None
        self._keep(new)
        if self.isVisible() and self._shown is not new:
            super().refresh(old, new)

    def _keep(self, view: View) -> None:
        found, known = figures_of(view, self.figures), self.figures
        if found is not None and found is not known and known is not None and found.full is None:
            found = replace(found, before=known.full)
        self.figures = found


def figures_of(view: View, before: Figures | None) -> Figures | None:
    """Stale results are read with the document they belong to: an option may be gone from the new one.

    `before` are the figures that were seen last; None stands for no figures.
    """
    if view.results is None or not anything_entered(view.appraisal):
        return None
    if view.glimpse:  # scores, money and switches are not in it: the figures before it stay for a moment
        return before
    if view.stale:
        return before if before is not None and before.results is view.results else None
    if before is not None and before.results is view.results and before.appraisal is view.appraisal:
        return before
    return Figures(view.results, view.appraisal)


def errors_of(view: View) -> tuple[Finding, ...]:
    """The findings that stand between the document and its figures."""
    return tuple(finding for finding in view.findings if finding.stops_figures)


def waiting_words(view: View) -> str:
    """What has to happen before it can be said what would change the answer."""
    if errors_of(view):
        return "This is worked out as soon as the errors are mended."
    return "This is worked out as soon as every option has costs."


class FreshChip(Chip):
    """Says in a word or two whether the figures are final, live or about to change."""

    def __init__(self) -> None:
        super().__init__("", "plain")

    def show_view(self, view: View, figures: Figures | None) -> None:
        """Take the state of a view; hidden without figures."""
        self.setVisible(figures is not None)
        if figures is None:
            return
        draws = f"{wording.number(figures.results.draws)} draws"
        if view.stopped and view.stale:
            self.set_face("Earlier figures", "attention")
            self.setToolTip("The calculation was stopped. F5 runs it again.")
        elif view.stopped and view.live:
            self.set_face(f"Preview, {draws}", "attention")
            self.setToolTip("The calculation was stopped. F5 runs it with all draws.")
        elif view.stale:
            self.set_face("Updating", "plain", "clock")
            self.setToolTip("These figures belong to an earlier state of the document.")
        elif view.live:
            self.set_face("Live", "info", "clock")
            self.setToolTip(f"From the first {draws}; the full run follows.")
        else:
            self.set_face(draws, "plain", "check")
            self.setToolTip(f"{draws}, seed {figures.results.seed}")


class EarlierChip(Chip):
    """Says that figures are those of the last full run, while live ones stand beside them; hidden otherwise."""

    def __init__(self) -> None:
        super().__init__("Of an earlier state", "plain", "clock")
        self.setToolTip("These figures follow when nothing changes for a moment.")
        self.hide()

    def show_figures(self, figures: Figures) -> None:
        """Take the state of the figures."""
        self.setVisible(figures.full is not None and figures.full is not figures)


class MissingFigures(QWidget):
    """Stands in for figures: the errors that must be mended first, or the calm word that nothing is entered yet."""

    def __init__(self, context: Context, sentence: str, action: str, step: int) -> None:
        super().__init__()
        self._context = context
        self.errors = Card("Some entries must be mended before figures can be made")
        self.list = FindingsList("Entries to mend")
        self.errors.add(self.list)
        self.empty_card = Card()
        self.empty = EmptyState("chart", sentence, action)
        self.empty_card.add(self.empty)
        self.waiting = EmptyState("clock", "The figures are being worked out.")
        self.empty_card.add(self.waiting)
        self.fault = Notice("problem", "", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.errors)
        column.addWidget(self.empty_card)
        column.addWidget(self.fault)
        self.list.chosen.connect(self._go)
        self.empty.activated.connect(lambda: context.go_to(step))

    def show_view(self, view: View, figures: Figures | None) -> bool:
        """Show what is missing; True when there are figures to show beside it, perhaps of an earlier state."""
        errors = errors_of(view)
        self.list.set_findings(
            [FindingRow("error", found.place, found.sentence, found.mend, found) for found in errors]
        )
        what = "These figures are from before: " if figures is not None else ""
        count = wording.how_many(len(errors), "entry", "entries")
        self.errors.set_title(wording.capital(f"{what}{count} must be mended before figures can be made"))
        self.errors.setVisible(bool(errors))
        coming = anything_entered(view.appraisal)
        failed = bool(view.fault) and coming and not errors and figures is None
        self.fault.show_text(view.fault)
        self.fault.setVisible(failed)
        self.empty_card.setVisible(not errors and figures is None and not failed)
        self.empty.setVisible(not coming)
        self.waiting.setVisible(coming)
        self.setVisible(bool(errors) or figures is None)
        return figures is not None

    def focus_first(self) -> None:
        """The errors to mend, else the action that starts the entries."""
        (self.list if self.errors.isVisibleTo(self) else self.empty.action).setFocus()

    def _go(self, finding: object) -> None:
        if isinstance(finding, Finding):
            self._context.go_to(finding.step, finding.record, finding.field)
