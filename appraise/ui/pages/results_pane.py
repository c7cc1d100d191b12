"""Beside the results: what would change the answer, and what the numbers leave out."""

from PySide6.QtCore import Qt

from appraise.present import advice
from appraise.ui.context import Context, View
from appraise.ui.pages.results_state import Figures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock


class NumberedList(Column):
    """Sentences one below the other with their numbers; as many as are given, up to `most`."""

    def __init__(self, most: int) -> None:
        self.sentences = tuple(FlowLabel("", "dense") for _ in range(most))
        self._rows = tuple(
            Row(_number(place + 1), sentence, stretches=(0, 1), gap=10) for place, sentence in enumerate(self.sentences)
        )
        super().__init__(*self._rows, gap=8)

    def show_sentences(self, sentences: tuple[str, ...]) -> None:
        """Show the first of these; the rest of the rows take no room."""
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(sentences))
            self.sentences[place].set_text(sentences[place] if place < len(sentences) else "")


def _number(place: int) -> FlowLabel:
    label = FlowLabel(str(place), "dense-strong", "overline", wrap=False)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


class ResultsPane(Column):
    """The right pane of step 8."""

    def __init__(self, context: Context) -> None:
        self.measure = FlowLabel("Smallest changes first; each moves alone.", "caption", "ink2")
        self.changes = NumberedList(4)
        self.more = Button("All switching values", kind="plain", small=True)
        self.reasons = FlowLabel("", "dense")
        self.whole = Column(FlowLabel("The reasons in full", "strong"), self.reasons, Divider(), gap=8)
        self.left_out = FlowLabel("", "dense")
        self.write = Button("Name them in Need", kind="plain", small=True)
        help_block = HelpBlock(
            "What the figures are",
            "Costs are present values: later years count for less. The range holds 8 of 10 draws. "
            "An option leads on cost when it beats the next in 8 of 10 draws.",
            "Green Book 2026, chapter 6",
            heading="How to read this page",
        )
        super().__init__(
            FlowLabel("What would change the answer", "card"),
            self.measure,
            self.changes,
            self.more,
            Divider(),
            self.whole,
            FlowLabel("Not in these numbers", "strong"),
            self.left_out,
            self.write,
            Divider(),
            help_block,
            FlowLabel(advice.TREASURY_POSITION, "caption", "ink2"),
            gap=8,
            margin=16,
        )
        self.line.addStretch(1)
        self.more.clicked.connect(lambda: context.go_to(9))
        self.write.clicked.connect(lambda: context.go_to(1, "", "not_in_the_numbers"))

    def show_view(self, view: View, figures: Figures | None) -> None:
        """Take the sentences of a view."""
        changes: tuple[str, ...] = ()
        reasons: tuple[str, ...] = ()
        if figures is not None:
            reasons = advice.why(figures.results, figures.appraisal)
            changes = advice.what_would_change(figures.results, figures.appraisal)
        self.reasons.set_text(" ".join(reasons))
        self.whole.setVisible(bool(reasons))
        nothing = "This is worked out as soon as every option has costs."
        self.changes.show_sentences(changes or (nothing,))
        self.measure.setVisible(bool(changes))
        self.more.setVisible(bool(changes))
        left_out = view.appraisal.need.not_in_the_numbers.strip()
        self.left_out.set_text(left_out or "Nothing has been named yet.")
        self.write.setVisible(not left_out)
