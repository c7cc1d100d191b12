"""The cards of step 3 for what is in hand in the value tree: a branch, or a criterion's words and subject."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from appraise.model.appraisal.criteria import About, Branch, Criterion, Independence
from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import Finding
from appraise.present import wording
from appraise.ui.pages.criteria_help import ABOUT_HELP, ANCHORS_HELP, INDEPENDENCE_HELP, TREE_HELP
from appraise.ui.pages.criteria_section import lock_fields
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.fields import TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel, Notice

_ABOUT = (
    (About.UNSAID.value, "Not said"),
    (About.EFFECT.value, "An effect"),
    (About.CONSTRAINT.value, "A constraint"),
    (About.MONEY.value, "Money"),
)
_ABOUT_SAYS = {
    About.UNSAID: ("Please say: money and constraints with a price are counted elsewhere.", "attention"),
    About.EFFECT: ("An effect without a price: this is what scores are for.", "ink2"),
    About.CONSTRAINT: ("It is scored here, so step 6 must not price it as well.", "ink2"),
    About.MONEY: (
        "Blocked: money is counted in step 5 and would count twice. Score what is not money in it, or remove it.",
        "problem",
    ),
}
_ALONE = (
    (Independence.UNASKED.value, "Not asked"),
    (Independence.YES.value, "Yes"),
    (Independence.NO.value, "No"),
)
_ALONE_SAYS = {
    Independence.UNASKED: "Ask: does a score here depend on how the option does on another criterion?",
    Independence.YES: "Then its points can be added to the others.",
    Independence.NO: "Adding up would mislead. Merge the two criteria, or describe the anchors anew.",
}


class BranchCard(Card):
    """The branch in hand. Signals: renamed(branch, name)."""

    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Branch")
        self._branch = ""
        self.name = TextField("Name of the branch", label="Name", hint="An aim that holds several criteria together")
        self._says = FlowLabel("", "dense", "ink2")
        self.add(self.name)
        self.add(self._says)
        self.name.committed.connect(lambda text: self.renamed.emit(self._branch, text))

    def show_branch(self, appraisal: Appraisal, branch: Branch, *, locked: bool) -> None:
        """Its name, and how many criteria it holds."""
        if branch.id != self._branch:
            self.name.give_up()
        self._branch = branch.id
        self.name.set_text(branch.name)
        count = sum(one.branch == branch.id for one in appraisal.criteria)
        held = wording.how_many(count, "criterion", "criteria")
        end = "It weighs as much as they do together." if count else "Add one, or take the branch out."
        self._says.set_text(f"It holds {held}. {end}")
        lock_fields((self.name,), locked=locked)


class WordsCard(Card):
    """Name, branch and anchors of the criterion in hand. Signals: typed(criterion, field, text)."""

    typed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__(" ")
        self._criterion = ""
        self.name = TextField("Name of the criterion", label="Name", hint="What residents would notice")
        self.branch = PickList("Branch of the criterion")
        self.worst = TextArea(
            "At worst, a score of 0", label="At worst, a score of 0", hint="The least that an option could reach"
        )
        self.best = TextArea(
            "At best, a score of 100", label="At best, a score of 100", hint="The most that an option could reach"
        )
        self.found = Notice("attention", "")
        under = Column(FlowLabel("Branch", "caption", "ink2"), self.branch, gap=4)
        under.line.addStretch(1)
        self.add(self.found)
        self.add(Sides(self.name, under, stretches=(3, 2), fold=400, gap=12))
        self.add(Sides(self.worst, self.best, fold=400, gap=12))
        for field, part in (("name", self.name), ("worst", self.worst), ("best", self.best)):
            part.committed.connect(lambda text, field=field: self.typed.emit(self._criterion, field, text))
        self.branch.chosen.connect(lambda key: self.typed.emit(self._criterion, "branch", key))

    def helps(self) -> dict[QWidget, Help]:
        """The help of each part."""
        return {self.name: TREE_HELP, self.worst: ANCHORS_HELP, self.best: ANCHORS_HELP}

    def show_criterion(
        self, appraisal: Appraisal, criterion: Criterion, found: Sequence[Finding], *, locked: bool
    ) -> None:
        """The words as they stand; `found` are the findings about this criterion."""
        if criterion.id != self._criterion:
            self.name.give_up()
            for area in (self.worst, self.best):
                area.sheet.setPlainText(area.sheet.saved)
        self._criterion = criterion.id
        place = [one.id for one in appraisal.criteria].index(criterion.id) + 1
        self.set_title(f"Criterion {place} of {len(appraisal.criteria)}")
        self.name.set_text(criterion.name)
        branches = [(one.id, one.name or "Without a name") for one in appraisal.branches]
        known = any(one.id == criterion.branch for one in appraisal.branches)
        self.branch.set_choices(branches if known else [("", "Choose one"), *branches], criterion.branch)
        self.branch.set_current(criterion.branch if known else "")
        self.worst.set_text(criterion.worst)
        self.best.set_text(criterion.best)
        elsewhere = ("swing", "swing_low", "about", "constraint")  # said where they are answered
        worst = next((one for one in found if one.severity == "error" and one.field not in elsewhere), None)
        self.found.setVisible(worst is not None)
        if worst is not None:
            self.found.set_tone("problem")
            self.found.show_text(worst.sentence, worst.mend)
        lock_fields((self.name, self.branch, self.worst, self.best), locked=locked)

    def leave(self) -> None:
        """What is half typed goes to its criterion before another one is taken in hand."""
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            here.clearFocus()

    def start(self) -> None:
        """The name takes the keyboard, ready to be typed over."""
        self.name.start_over()

    def widget_of(self, field: str) -> QWidget:
        """Where a finding about a field leads."""
        return {"worst": self.worst, "best": self.best, "branch": self.branch}.get(field, self.name)


class SubjectCard(Card):
    """What a criterion is about, and whether it can be judged alone. Signals: changed(criterion, field, value)."""

    changed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__("What is it about?")
        self._criterion = ""
        self.about = Switch("What the criterion is about", _ABOUT, whole=True)
        self.constraint = PickList("Constraint that is scored")
        self._says = FlowLabel("", "dense", "ink2")
        self.alone = Switch("Whether it can be judged without the other scores", _ALONE, whole=True)
        self._alone_says = FlowLabel("", "dense", "ink2")
        for part in (
            self.about,
            self.constraint,
            self._says,
            FlowLabel("Can it be judged without knowing the other scores?", "strong"),
            self.alone,
            self._alone_says,
        ):
            self.add(part)
        self.about.chosen.connect(lambda key: self.changed.emit(self._criterion, "about", key))
        self.constraint.chosen.connect(lambda key: self.changed.emit(self._criterion, "constraint", key))
        self.alone.chosen.connect(lambda key: self.changed.emit(self._criterion, "independence", key))

    def helps(self) -> dict[QWidget, Help]:
        """The help of each part."""
        return {self.about: ABOUT_HELP, self.constraint: ABOUT_HELP, self.alone: INDEPENDENCE_HELP}

    def show_criterion(
        self,
        appraisal: Appraisal,
        criterion: Criterion,
        found: Sequence[Finding],
        *,
        locked: bool,
        weights_locked: bool,
    ) -> None:
        """The answers as they stand. Whether it stands alone is asked with the weights, and closed with them."""
        self._criterion = criterion.id
        self.about.set_current(criterion.about.value)
        self.constraint.setVisible(criterion.about is About.CONSTRAINT)
        register = [(one.id, one.name or "Without a name") for one in appraisal.constraints]
        self.constraint.set_choices([("", "Which constraint of step 6?"), *register], criterion.constraint)
        known = any(one.id == criterion.constraint for one in appraisal.constraints)
        self.constraint.set_current(criterion.constraint if known else "")
        said, ink = _ABOUT_SAYS[criterion.about]
        wrong = next((one for one in found if one.field == "constraint"), None)
        self._says.set_text(f"{wrong.sentence} {wrong.mend}" if wrong else said)
        self._says.set_ink(("problem" if wrong.severity == "error" else "attention") if wrong else ink)
        self.alone.set_current(criterion.independence.value)
        self._alone_says.set_text(_ALONE_SAYS[criterion.independence])
        self._alone_says.set_ink("attention" if criterion.independence is Independence.NO else "ink2")
        lock_fields((self.about, self.constraint), locked=locked)
        lock_fields((self.alone,), locked=weights_locked)

    def widget_of(self, field: str) -> QWidget:
        """Where a finding about a field leads."""
        return {"constraint": self.constraint, "independence": self.alone}.get(field, self.about)
