"""Cross-checks, a section of step 3: trade-off questions in words, and how far they agree with the weights."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from appraise.model.appraisal.criteria import Criterion, TradeOff
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import weighting as edits
from appraise.model.finding_rules.scoring import TRADE_OFF_STEP
from appraise.model.robustness import trade_off_checks
from appraise.model.score_results import TradeOffCheck
from appraise.model.scoring import swings
from appraise.model.sealing import Locked
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.criteria_help import CHECKS_HELP
from appraise.ui.pages.criteria_question import whole
from appraise.ui.pages.criteria_section import CriteriaSection, lock_fields
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import EmptyState, FlowLabel, Notice
from appraise.ui.widgets.marks import Tone
from appraise.ui.widgets.sliders import SwingSlider

_TICKS = ((1, "still at worst"), (25, "a quarter"), (50, "halfway"), (75, "three quarters"), (100, "at best"))


def proposals(appraisal: Appraisal) -> tuple[tuple[str, str], ...]:
    """Pairs (larger, smaller) worth asking: the largest move with one in the middle and with the smallest, and those.

    Pairs that are asked already are left out.
    """
    worth = swings(appraisal)
    order = sorted((one.id for one in appraisal.criteria if worth[one.id] > 0), key=lambda key: -worth[key])
    if len(order) < 2:
        return ()
    first, middle, last = order[0], order[len(order) // 2], order[-1]
    pairs = [(first, middle), (first, last), (middle, last)]
    asked = {frozenset((one.larger, one.smaller)) for one in appraisal.weighting.trade_offs}
    found = [pair for pair in pairs if pair[0] != pair[1] and frozenset(pair) not in asked]
    return tuple(dict.fromkeys(found))


def without_weight(appraisal: Appraisal, asked: TradeOff) -> Criterion | None:
    """The criterion of an answered cross-check that carries no weight: nothing can be worth a part of it, or it whole.

    None where both carry some, or nobody has answered.
    """
    if asked.points is None:
        return None
    worth = swings(appraisal)
    pair = (asked.larger, asked.smaller)
    return next((one for one in appraisal.criteria if one.id in pair and worth[one.id] <= 0), None)


def agreement(appraisal: Appraisal) -> tuple[str, str, Tone]:
    """What the answers to all cross-checks say, as `agreement_words`."""
    found = (without_weight(appraisal, one) for one in appraisal.weighting.trade_offs)
    names = [one.name or "a criterion without a name" for one in found if one is not None]
    return agreement_words(trade_off_checks(appraisal), tuple(dict.fromkeys(names)))


def agreement_words(checks: Sequence[TradeOffCheck], weightless: Sequence[str] = ()) -> tuple[str, str, Tone]:
    """Whether answers agree, what to do where they do not, and the tone; empty without an answer.

    `weightless` names criteria with a swing of 0 that somebody has weighed against another in a cross-check.
    """
    if weightless:
        name = wording.shorten(weightless[0], 40)
        others = wording.how_many(len(weightless) - 1, "other")
        said = (
            f"“{name}” and {others} carry no weight, but cross-checks say what they are worth."
            if len(weightless) > 1
            else f"“{name}” carries no weight, but a cross-check says what it is worth."
        )
        return said, "Ask again, and change the answer or the swing.", "attention"
    if not checks:
        return "", "", "plain"
    worst = max(abs(one.error) for one in checks)
    off = wording.percent(worst)
    if worst <= TRADE_OFF_STEP:
        return f"Your answers agree with each other within {off}.", "", "good"
    said = f"Your answers differ by up to {off}."
    return said, "Ask both again, and change the answer or the swing: whichever the group believes less.", "attention"


class TradeOffCard(Card):
    """One question. Signals: dragging(id, points) and released(id); entered(id, points) on Enter; removed(id).

    `slider` is the answer; nothing is answered until it has been moved or Enter is pressed on it.
    """

    dragging = Signal(str, int)
    entered = Signal(str, int)
    released = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=18)
        self._id = ""
        self._larger = self._smaller = ""
        self._open = True
        self._number = FlowLabel("", "label", "overline", wrap=False)
        self.remove = Button("Remove", kind="plain", icon="bin", small=True)
        self._question = FlowLabel("", "question")
        self._larger_words, self._smaller_words = FlowLabel("", "dense"), FlowLabel("", "dense")
        self.slider = SwingSlider("How far up", ticks=_TICKS, shown=self._shown, words=self._words_of)
        self._says = FlowLabel("", "strong")
        self._error = FlowLabel("", "dense", "ink2")
        part_way = Column(FlowLabel("This one may stop on the way", "label", "ink2"), self._larger_words, gap=1)
        all_the_way = Column(FlowLabel("This one goes all the way", "label", "ink2"), self._smaller_words, gap=1)
        for column in (part_way, all_the_way):
            column.line.addStretch(1)
        anchors = Sides(part_way, all_the_way, fold=520, gap=16)
        head = Row(self._number, self.remove, stretches=(1, 0))
        for part in (head, self._question, anchors, self.slider, Column(self._says, self._error, gap=1)):
            self.add(part)
        self.slider.blockSignals(True)
        self.slider.setRange(1, 100)
        self.slider.blockSignals(False)
        self.slider.dragging.connect(lambda value: self.dragging.emit(self._id, value))
        self.slider.released.connect(lambda _value: self.released.emit(self._id))
        self.remove.clicked.connect(lambda: self.removed.emit(self._id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the slider, which has settled by then, stands for the answer that it shows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self._id, self.slider.value())
        else:
            super().keyPressEvent(event)

    def show_question(
        self, asked: TradeOff, pair: tuple[Criterion, Criterion], check: TradeOffCheck | None, place: tuple[int, int]
    ) -> None:
        """The question, its answer, and how far that is from the weights."""
        larger, smaller = pair
        self._id, self._open = asked.id, asked.points is None
        one, other = (wording.shorten(of.name or "a criterion without a name", 44) for of in pair)
        self._larger, self._smaller = one, other
        self._number.set_text(f"Cross-check {place[0]} of {place[1]}")
        self._question.set_text(f"How far must “{one}” come up from worst to be worth the whole move of “{other}”?")
        for label, of in ((self._larger_words, larger), (self._smaller_words, smaller)):
            worst, best = of.worst.strip() or "worst not described yet", of.best.strip() or "best not described yet"
            label.set_text(f"{of.name or 'Without a name'}. From: {worst}. To: {best}.")
        self.slider.setAccessibleName(f"How far {one} must come up to be worth {other}")
        self.slider.set_value(whole(asked.points) if asked.points is not None else 50)
        self.remove.setAccessibleName(f"Remove cross-check {place[0]}")
        self._says.set_text(self._answer(asked))
        self._says.set_ink("ink" if asked.points is not None else "ink2")
        self._show_error(check)

    def _answer(self, asked: TradeOff) -> str:
        if asked.points is None:
            return "Not answered yet: move the slider."
        part = f"{wording.number(asked.points)}{wording.NO_BREAK}%"
        return f"Then “{self._smaller}” is worth {part} of the whole move of “{self._larger}”."

    def _show_error(self, check: TradeOffCheck | None) -> None:
        self._error.setVisible(check is not None)
        if check is None:
            return
        rated = f"{wording.number(100 * check.rated)}{wording.NO_BREAK}%"
        apart = f"{wording.percent(abs(check.error))} {'more' if check.error > 0 else 'less'}"
        same = abs(check.error) < 0.005
        self._error.set_text(f"The weights say {rated}: " + ("the same." if same else f"the answer is {apart}."))
        self._error.set_ink("attention" if abs(check.error) > TRADE_OFF_STEP else "ink2")

    def show_weightless(self, one: Criterion | None) -> None:
        """Says which of the two carries no weight, so that no weights could agree with the answer."""
        if one is None:
            return
        name = wording.shorten(one.name or "a criterion without a name", 44)
        self._error.setVisible(True)
        self._error.set_text(f"The weights say otherwise: “{name}” has a swing of 0.")
        self._error.set_ink("attention")

    def _shown(self, value: int) -> str:
        return wording.DASH if self._open and not self.slider.isSliderDown() else str(value)

    def _words_of(self, value: int) -> str:
        return f"{value} of 100 of the way from worst to best"


class ChecksSection(CriteriaSection):
    """All cross-checks, each on a card of its own; more can be asked."""

    def __init__(self, context: Context) -> None:
        self.empty = EmptyState("find", " ", "Ask two or three questions")
        self._empty_card = Card()
        self._empty_card.add(self.empty)
        self.verdict = Notice("good", "")
        self.cards: list[TradeOffCard] = []
        self._list = Column(gap=11)
        self.larger, self.smaller = PickList("First criterion of a new question"), PickList("Second criterion")
        self.add_own = Button("Ask this", icon="plus")
        self._own = Card("Ask another one")
        between = FlowLabel("against", "dense", "ink2", wrap=False)
        picks = Sides(self.larger, between, self.smaller, stretches=(4, 0, 4), fold=560, gap=8)
        self._own.add(Row(picks, self.add_own, stretches=(1, 0), gap=8))
        super().__init__(context, Locked.WEIGHTS, self.verdict, self._empty_card, self._list, self._own)
        self.helps |= {self._list: CHECKS_HELP, self._own: CHECKS_HELP}
        self.empty.activated.connect(self._propose)
        self.add_own.clicked.connect(self._ask_own)

    @property
    def _now(self) -> Appraisal:
        return self.context.appraisal

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The questions with their answers."""
        if old is not None and old.appraisal is new.appraisal:
            return
        appraisal = new.appraisal
        locked = self.show_lock(new)
        asked = self._shown_ones(appraisal)
        self._fill(len(asked))
        names = {one.id: one for one in appraisal.criteria}
        checks = {one.id: one for one in trade_off_checks(appraisal)}
        for number, (card, one) in enumerate(zip(self.cards, asked, strict=False), start=1):
            pair = (names[one.larger], names[one.smaller])
            card.show_question(one, pair, checks.get(one.id), (number, len(asked)))
            card.show_weightless(without_weight(appraisal, one))
            card.slider.setEnabled(not locked)
            card.remove.setVisible(not locked)
        self._show_verdict(appraisal)
        self._show_empty(appraisal, asked, locked=locked)
        self._show_own(appraisal, locked=locked)

    def _shown_ones(self, appraisal: Appraisal) -> tuple[TradeOff, ...]:
        known = {one.id for one in appraisal.criteria}
        return tuple(one for one in appraisal.weighting.trade_offs if {one.larger, one.smaller} <= known)

    def _fill(self, count: int) -> None:
        while len(self.cards) < count:
            card = TradeOffCard()
            card.dragging.connect(self._answer)
            card.released.connect(lambda _id: self.context.end_gesture())
            card.entered.connect(self._enter)
            card.removed.connect(self._remove)
            self.cards.append(card)
            self._list.line.addWidget(card)
            card.apply_theme()
        for number, card in enumerate(self.cards):
            card.setVisible(number < count)
        self._list.setVisible(count > 0)

    def _show_verdict(self, appraisal: Appraisal) -> None:
        said, to_do, tone = agreement(appraisal)
        self.verdict.setVisible(bool(said))
        self.verdict.set_tone(tone)
        self.verdict.show_text(said, to_do)

    def _show_empty(self, appraisal: Appraisal, asked: Sequence[TradeOff], *, locked: bool) -> None:
        self._empty_card.setVisible(not asked)
        answered = sum(worth > 0 for worth in swings(appraisal).values())
        ready = answered >= 2
        self.empty.set_sentence(
            "Nobody has asked a cross-check. Two or three questions show whether the weights are meant."
            if ready
            else "Cross-checks need two weights or more. Give those first."
        )
        self.empty.action.setVisible(not locked)
        self.empty.action.set_text("Ask two or three questions" if ready else "Go to the weights")

    def _show_own(self, appraisal: Appraisal, *, locked: bool) -> None:
        choices = [(one.id, wording.shorten(one.name or "Without a name", 48)) for one in appraisal.criteria]
        wanted = next(iter(proposals(appraisal)), ("", ""))
        for pick, key in zip((self.larger, self.smaller), wanted, strict=True):
            pick.set_choices(choices, pick.current() or key)
        self._own.setVisible(not locked and len(choices) > 1 and bool(appraisal.weighting.trade_offs))
        lock_fields((self.larger, self.smaller, self.add_own), locked=locked)

    # --- edits ---

    def _propose(self) -> None:
        """Asks what is worth asking; without weights the way there."""
        pairs = proposals(self._now)
        if not pairs:
            self.wanted.emit("weights")
            return
        ids = [self.context.fresh_id("trade-off") for _ in pairs]

        def change(now: Appraisal) -> Appraisal:
            for key, (larger, smaller) in zip(ids, pairs, strict=True):
                now = edits.add_trade_off(now, trade_off=key, larger=larger, smaller=smaller)
            return now

        if self.attempt(change, "Ask cross-checks"):
            self.focus_first()

    def _ask_own(self) -> None:
        key = self.context.fresh_id("trade-off")
        worth = swings(self._now)
        one, other = self.larger.current(), self.smaller.current()
        if worth.get(one, 0.0) < worth.get(other, 0.0):
            one, other = other, one  # the larger move is the one that may stop on the way
        done = self.attempt(
            lambda now: edits.add_trade_off(now, trade_off=key, larger=one, smaller=other), "Ask a cross-check"
        )
        if done:
            self.cards[len(self._shown_ones(self._now)) - 1].slider.setFocus()
            self.placed.emit()

    def _answer(self, key: str, points: int) -> None:
        self.attempt(
            lambda now: edits.answer_trade_off(now, trade_off=key, points=float(points)),
            "Answer a cross-check",
            gesture=f"trade-off/{key}",
        )

    def _enter(self, key: str, points: int) -> None:
        """The answer stands, and the next question is in hand."""
        self._answer(key, points)
        self.context.end_gesture()
        ids = [one.id for one in self._shown_ones(self._now)]
        self.cards[(ids.index(key) + 1) % len(ids)].slider.setFocus()
        self.placed.emit()

    def _remove(self, key: str) -> None:
        self.attempt(lambda now: edits.remove_trade_off(now, trade_off=key), "Remove a cross-check")
        self.focus_first()

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The first question, or what asks it."""
        if self._shown_ones(self._now):
            self.cards[0].slider.setFocus()
        else:
            self.empty.action.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The slider of a question."""
        for card, one in zip(self.cards, self._shown_ones(self._now), strict=False):
            if one.id == record:
                card.slider.setFocus()
                return
        self.focus_first()
