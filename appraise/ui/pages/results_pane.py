"""Beside the results: what would change the answer, what the numbers leave out, and how to read the section."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from appraise.model.appraisal.document import Appraisal
from appraise.present import advice, budget_words, constraint_words, finished
from appraise.ui.context import Context, View
from appraise.ui.pages.results_state import Figures, waiting_words
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Panel, Row
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock


class NumberedList(Column):
    """Sentences one below the other with their numbers; as many as are given, up to `most`."""

    def __init__(self, most: int) -> None:
        self.sentences = tuple(FlowLabel("", "dense") for _ in range(most))
        self.numbers = tuple(_number(place + 1) for place in range(most))
        self._rows = tuple(
            Row(number, sentence, stretches=(0, 1), gap=10)
            for number, sentence in zip(self.numbers, self.sentences, strict=True)
        )
        super().__init__(*self._rows, gap=8)

    def show_sentences(self, sentences: tuple[str, ...], instead: str = "") -> None:
        """Show the first of these; the rest of the rows take no room. `instead` stands for none, without a number."""
        self.numbers[0].setVisible(bool(sentences))
        sentences = sentences or (instead,)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(sentences))
            self.sentences[place].set_text(sentences[place] if place < len(sentences) else "")


def _number(place: int) -> FlowLabel:
    label = FlowLabel(str(place), "dense-strong", "overline", wrap=False)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a section: a title, two or three sentences, and where the rule stands."""

    title: str
    text: str
    source: str


_HEADING = "How to read this page"
_SUMMARY = Reading(
    "What the figures are",
    "Costs are present values: later years count for less. The range holds 8 of 10 draws. "
    "An option leads on cost when it beats the next in 8 of 10 draws.",
    "Green Book 2026, chapter 6",
)
_LIVES = Reading(
    "What the figures are",
    "The options run for different lives, so costs are spread evenly over the years of each. "
    "The range holds 8 of 10 draws. An option leads on cost when it beats the next in 8 of 10 draws.",
    "Green Book supplementary guidance on discounting",
)
_READINGS = {
    "scores": Reading(
        "How firm a lead on score is",
        "Weights and scores are drawn together, within what people were sure of. How often an option comes first says "
        "how firm its lead is. What stands after ± is how far a share may be off because draws are limited.",
        "Use of multi-criteria decision analysis, HM Treasury 2024",
    ),
    "measures": Reading(
        "Which measure says what",
        "NPSV is what society gains less what it pays. Net present cost is what public bodies pay, less what comes "
        "back. Ratios depend on whether a loss is called a cost or a smaller benefit; NPSV does not.",
        "Green Book 2026, table 10 and 6.95",
    ),
    "risk": Reading(
        "How sure the figures are",
        "Every option is drawn in the same futures, so options are compared draw by draw. What stands after ± is how "
        "far a figure may be off because draws are limited, not how far the cost may come out otherwise.",
        "Green Book 2026, 6.63 to 6.84",
    ),
    "cash": Reading(
        "What the budget is",
        "Cash of each year with inflation, not discounted. Revenue and capital stand apart; contingency is inside. "
        "What other public bodies pay or save stands in their own rows.",
        "Green Book 2026, table 9 and 6.83 to 6.84",
    ),
    "money": Reading(
        "What regret is",
        "What an option costs more than the cheapest in the same scenario. Nobody knows which money will come, so an "
        "option with a small largest regret is a safe one. All scenarios meet the same draws.",
        "Method of this program, chapter 12.3",
    ),
    "partners": Reading(
        "What makes sharing fair",
        "Each partner’s case holds what it pays together against what it would pay alone. A split holds if no group "
        "would pay less by itself. Cost that only moves between public bodies is no saving.",
        "Method of this program, chapter 13",
    ),
    "bridge": Reading(
        "Why there are two totals",
        "The economic case asks what the country gains and pays, in prices of one year, discounted. The financial "
        "case asks what this body pays, in cash. The bridge shows every pound between them.",
        "Green Book 2026, 6.87",
    ),
}


#: The readings that differ where capital is shown by its charges: nothing is called cash there.
_IN_REVENUE = {
    "cash": Reading(
        "What the budget is",
        "Charges to revenue of each year with inflation, not discounted. Capital is in them by the charges that pay "
        "for it; contingency is inside. What other public bodies pay or save stands in their own rows.",
        "Green Book 2026, table 9 and 6.83 to 6.84",
    ),
    "bridge": Reading(
        "Why there are two totals",
        "The economic case asks what the country gains and pays, in prices of one year, discounted. The financial "
        "case asks what is charged to this body’s revenue. The bridge shows every pound between them.",
        "Green Book 2026, 6.87",
    ),
}


def reading(appraisal: Appraisal, section: str, *, same_lives: bool) -> Reading:
    """How to read a section, in the words of the capital view."""
    plain = _READINGS.get(section, _SUMMARY if same_lives else _LIVES)
    return _IN_REVENUE.get(section, plain) if budget_words.in_revenue(appraisal) else plain


class SettleFirst(Panel):
    """What the most valuable answer before tender is worth, where it is worth a board's time; opens its entry."""

    def __init__(self, context: Context) -> None:
        super().__init__("Settle first", "", kind="attention")
        self.open = Button("Open the constraint", kind="plain", small=True)
        self.content.addWidget(self.open)
        self._context, self._entry = context, ""
        self.open.clicked.connect(lambda: context.go_to(6, self._entry, "settling"))
        self.hide()

    def show_figures(self, figures: Figures | None) -> None:
        """Takes the sentence; live figures have no values of settling and leave the last one where it is."""
        if figures is not None and figures.results.constraints is None:
            entries = [one.id for one in self._context.appraisal.constraints]
            self.setVisible(bool(self.text.text()) and self._entry in entries)
            return
        sentence = constraint_words.board_sentence(figures.results, figures.appraisal) if figures is not None else ""
        if figures is not None and sentence:
            self._entry = constraint_words.valued(figures.results)[0][0].id
        self.show_text("Settle first", sentence)
        self.setVisible(bool(sentence))


class ResultsPane(Column):
    """The right pane of step 8."""

    def __init__(self, context: Context) -> None:
        self.settle = SettleFirst(context)
        self.measure = FlowLabel("Smallest changes first; each moves alone.", "caption", "ink2")
        self.changes = NumberedList(4)
        self.more = Button("All switching values", kind="plain", small=True)
        self.reasons = FlowLabel("", "dense")
        self.whole = Column(FlowLabel("The reasons in full", "strong"), self.reasons, Divider(), gap=8)
        self.left_out = FlowLabel("", "dense")
        self.write = Button("Name them in Need", kind="plain", small=True)
        self.outside = Column(FlowLabel("Not in these numbers", "strong"), self.left_out, self.write, Divider(), gap=8)
        self.help = HelpBlock(_SUMMARY.title, _SUMMARY.text, _SUMMARY.source, _HEADING)
        super().__init__(
            FlowLabel("What would change the answer", "card"),
            self.measure,
            self.changes,
            self.more,
            self.settle,
            Divider(),
            self.whole,
            self.outside,
            self.help,
            FlowLabel(advice.TREASURY_POSITION, "caption", "ink2"),
            gap=8,
            margin=16,
        )
        self.line.addStretch(1)
        self.more.clicked.connect(lambda: context.go_to(9))
        self.write.clicked.connect(lambda: context.go_to(1, "", "not_in_the_numbers"))

    def show_view(self, view: View, figures: Figures | None, section: str = "summary") -> None:
        """Take the sentences of a view; beside the tables the reasons give way to how to read them."""
        same = figures is None or finished.same_basis(figures.results)
        found = reading(view.appraisal, section, same_lives=same)
        self.help.show_help(found.title, found.text, found.source, _HEADING)
        changes: tuple[str, ...] = ()
        reasons: tuple[str, ...] = ()
        if figures is not None:
            reasons = advice.why(figures.results, figures.appraisal)
            changes = advice.what_would_change(figures.results, figures.appraisal)
        self.settle.show_figures(figures)
        self.reasons.set_text(" ".join(reasons))
        self.whole.setVisible(bool(reasons) and section not in _READINGS)
        self.outside.setVisible(section not in _READINGS)
        self.changes.show_sentences(changes, waiting_words(view))
        self.measure.setVisible(bool(changes))
        self.more.setVisible(bool(changes))
        left_out = view.appraisal.need.not_in_the_numbers.strip()
        self.left_out.set_text(left_out or "Nothing has been named yet.")
        self.write.setVisible(not left_out)
