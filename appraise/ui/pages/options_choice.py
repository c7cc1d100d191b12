"""The choice in hand of the long list: its name, rating and reason, and whether it meets each success factor."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Choice, Meets, Rating
from appraise.model.edits import long_list as edits
from appraise.model.money import parse_whole
from appraise.model.short_list import factor_names
from appraise.present import wording
from appraise.present.option_words import MEETS, RATINGS
from appraise.ui import theme
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import SegmentBar, Switch
from appraise.ui.widgets.fields import NumberField, TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import ChipFace, Tone

#: How a rating looks; the words say it too.
RATING_TONES: dict[Rating, tuple[Tone, str]] = {
    Rating.UNRATED: ("plain", ""),
    Rating.PREFERRED: ("good", "completed"),
    Rating.CARRY_FORWARD: ("attention", "in-progress"),
    Rating.DROP: ("problem", "close"),
}
Attempt = Callable[[Callable[[Appraisal], Appraisal], str], bool]


def rating_chip(rating: Rating) -> ChipFace:
    """The rating as a chip in words."""
    tone, icon = RATING_TONES[rating]
    return ChipFace(RATINGS[rating], tone, icon)


def read_order(text: str) -> int:
    """A rank by cost as typed; nothing is 0, not said. ValueError with one sentence."""
    return parse_whole(text, low=0, high=99) if text.strip() else 0


class OpenBar(SegmentBar):
    """Segments of which the first means that nothing has been said: it is not filled, so that answers stand out."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """As other segments once something is said; before that a quiet outline."""
        if self.currentIndex() > 0:
            super().paintEvent(event)
            return
        painter = base.smooth(self)
        whole = QRectF(0, 0, self.tabRect(self.count() - 1).right() + 1.0, self.height())
        base.panel(painter, whole, theme.colour("rail"), theme.colour("line"), 7)
        gap = theme.px(3)
        for place in range(self.count()):
            box = QRectF(self.tabRect(place))
            if place == 0:
                base.panel(painter, box.adjusted(gap, gap, -gap, -gap), theme.colour("card"), theme.colour("edge"), 5)
            ink = theme.colour("ink" if place else "ink2")
            base.text_at(painter, box, self.tabText(place), "body", ink, Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            base.focus_ring(painter, QRectF(self.tabRect(0)))


class FactorRow(Sides):
    """One critical success factor and the verdict on it. Signals: judged(factor, verdict)."""

    judged = Signal(str, str)

    def __init__(self, factor: str) -> None:
        self._factor = factor
        self._name = FlowLabel("", "dense")
        self.verdict = OpenBar("Verdict", [(key.value, words) for key, words in MEETS.items()])
        super().__init__(self._name, self.verdict, stretches=(1, 0), fold=330, gap=8)
        self.verdict.chosen.connect(lambda key: self.judged.emit(self._factor, key))

    def show_verdict(self, name: str, meets: Meets) -> None:
        """The factor in words, and the verdict as it stands."""
        self._name.set_text(name or "A factor without a name")
        self.verdict.setAccessibleName(f"Meets {name or 'a factor without a name'}")
        self.verdict.set_current(meets.value)


class FactorRows(Column):
    """All factors of the choice in hand. `rows` by factor. Signals: judged(factor, verdict)."""

    judged = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(gap=6)
        self.rows: dict[str, FactorRow] = {}

    def show_verdicts(self, factors: dict[str, str], choice: Choice) -> None:
        """The verdicts of a choice; rows of factors that stay are kept."""
        for gone in [factor for factor in self.rows if factor not in factors]:
            row = self.rows.pop(gone)
            self.line.removeWidget(row)
            row.hide()
            row.deleteLater()
        given = {one.factor: one.meets for one in choice.verdicts}
        for factor, name in factors.items():
            if factor not in self.rows:
                self.rows[factor] = FactorRow(factor)
                self.rows[factor].judged.connect(self.judged)
                self.line.addWidget(self.rows[factor])
            self.rows[factor].show_verdict(name, given.get(factor, Meets.UNSAID))


class ChoiceCard(Card):
    """The editor of one choice. Every change goes through `attempt`, which says why where it is refused."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__(" ")
        self._attempt = attempt
        self._choice: Choice | None = None
        self.name = TextField("Name of the choice", label="Choice")
        self.rating = Switch("Rating", [(key.value, words) for key, words in RATINGS.items()])
        self.reason = TextArea(
            "Reason for the rating",
            label="Why it is rated so",
            hint="Evidence, assumptions and sources: every rating needs a reason",
            lines=3,
        )
        self.description = TextArea("Description of the choice", label="What it means", lines=2)
        self.usual = SegmentBar("Done like this today", (("no", "No"), ("yes", "Yes")))
        self.order = NumberField(
            "Order by cost, 1 the cheapest, 0 not said", read_order, label="Order by cost, 1 is cheapest"
        )
        self.factors = FactorRows()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        today = Column(FlowLabel("Done like this today", "caption", "ink2"), self.usual, gap=4)
        today.line.addStretch(1)
        words = Column(self.reason, Row(today, self.order), gap=10)
        words.line.addStretch(1)
        head = FlowLabel("Does it meet the critical success factors?", "dense-strong")
        hint = FlowLabel("A choice that fails one of them is dropped.", "caption", "ink2")
        verdicts = Column(head, hint, self.factors, gap=6)
        verdicts.line.addStretch(1)
        named = Column(self.name)
        named.line.addStretch(1)
        self.add(Sides(named, self.description, stretches=(6, 7), fold=680, gap=20))
        self.add(self.rating)
        self.add(Sides(words, verdicts, stretches=(6, 7), fold=680, gap=20))

    def _connect(self) -> None:
        self.name.committed.connect(lambda text: self._change("Rename", name=text))
        self.reason.committed.connect(lambda text: self._change("Change reason of", reason=text))
        self.description.committed.connect(lambda text: self._change("Change description of", description=text))
        self.usual.chosen.connect(lambda key: self._change("Change today's mark of", usual=key == "yes"))
        self.order.parsed.connect(lambda order: self._change("Change cost order of", cost_order=order))
        self.rating.chosen.connect(self._rate)
        self.factors.judged.connect(self._judge)

    @property
    def choice(self) -> str:
        """The id of the choice in hand; empty without one."""
        return self._choice.id if self._choice is not None else ""

    def _edit(self, make: Callable[[Appraisal], Appraisal], action: str) -> None:
        choice = self._choice
        if choice is not None and not self._attempt(make, f"{action} {wording.shorten(choice.name or 'a choice', 40)}"):
            self.rating.set_current(choice.rating.value)

    def _change(self, action: str, **fields: str | bool | int) -> None:
        choice = self.choice
        self._edit(lambda now: edits.change_choice(now, choice=choice, **fields), action)

    def _rate(self, key: str) -> None:
        self._edit(partial(edits.rate_choice, choice=self.choice, rating=Rating(key)), "Rate")

    def _judge(self, factor: str, key: str) -> None:
        self._edit(partial(edits.judge_choice, choice=self.choice, factor=factor, meets=Meets(key)), "Judge")

    def show_choice(self, appraisal: Appraisal, choice: Choice | None) -> None:
        """The choice as it stands; nothing is shown without one."""
        self.setVisible(choice is not None)
        if choice is None:
            self._choice = None
            return
        if choice.id != self.choice:
            self.name.give_up()
            self.order.give_up()
            for area in (self.reason, self.description):
                area.sheet.setPlainText(area.sheet.saved)
        self._choice = choice
        self.set_title(choice.name or "A choice without a name")
        self.name.set_text(choice.name)
        self.rating.set_current(choice.rating.value)
        self.reason.set_text(choice.reason)
        self.description.set_text(choice.description)
        self.usual.set_current("yes" if choice.usual else "no")
        self.order.set_text(str(choice.cost_order))
        self.factors.show_verdicts(factor_names(appraisal), choice)
        base.tab_chain(*base.stops_as_read(self))

    def focus_field(self, field: str) -> None:
        """The field of a finding."""
        fields: dict[str, QWidget] = {
            "rating": self.rating,
            "reason": self.reason,
            "description": self.description,
            "usual": self.usual,
            "cost_order": self.order,
        }
        fields.get(field, self.name).setFocus()
