"""One score in hand: entered straight, by a level in words, or by a measure; with its reason and its evidence."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from appraise.model.appraisal.criteria import Criterion, Level, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import EditRefused
from appraise.model.finding import Finding
from appraise.model.money import plain_number
from appraise.model.value import in_order, points_of
from appraise.present import wording
from appraise.ui import theme
from appraise.ui.context import Context
from appraise.ui.pages.scores_book import Book, Given, Place, Thing, choices_of, level_words, levels_of, read_entry
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import NumberField, TextArea
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import Chip
from appraise.ui.widgets.sliders import SwingSlider

_TICKS = ((0, "0, at worst"), (25, "25"), (50, "50, halfway"), (75, "75"), (100, "100, at best"))
_SOURCE = "Use of multi-criteria decision analysis in options appraisal, HM Treasury, 2024"
SCORE_HELP = Help(
    "What makes a good score?",
    "Compare the option with the two anchors, never with another option. "
    "Write the reason so that somebody who was not there can follow it.",
    _SOURCE,
)
REASON_HELP = Help(
    "What is a good reason?",
    "Say what the option does and why that is so far from worst and best. The same words for every option say nothing.",
    _SOURCE,
)
EVIDENCE_HELP = Help(
    "What counts as evidence?",
    "A report and its page, a figure and its year, a visit, or who judged it. Judgement is allowed; say that it is.",
    "Green Book 2026, 5.27: evidence, assumptions and sources",
)


class EntryCard(Card):
    """The entry in hand of a book. Where nothing may be changed it is shown all the same.

    `extra` is the layout's end, for more that hangs on the entry. Signals: refused(sentence), empty when it went well.
    """

    refused = Signal(str)

    def __init__(self, context: Context, book: Book) -> None:
        super().__init__(" ")
        self._context, self._book = context, book
        self._place: Place = ("", "")
        self._criterion: Criterion | None = None
        self._given: Given | None = None
        self.chip = Chip("To score", "plain", "not-started")
        self.add_action(self.chip)
        self._make_value(book.noun)
        noun = book.noun
        self.reason = TextArea(f"Reason for the {noun}", label=f"Why this {noun}", lines=3)
        self.evidence = TextArea(f"Evidence for the {noun}", label="What it rests on", lines=3)
        self._waits = FlowLabel(f"Give a {noun} first; then say why.", "caption", "ink2")
        self._words = Row(self.reason, self.evidence, gap=16)
        for part in (self._top, self._words, self._waits):
            self.add(part)
        self.evidence.setVisible(book.evidenced)
        self._connect()

    def _make_value(self, noun: str) -> None:
        """The three ways to say how good it is; one of them is shown."""
        said = wording.capital(noun)
        self.worst, self.best = FlowLabel(""), FlowLabel("")
        self.best.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider = SwingSlider(said, ticks=_TICKS, shown=self._bubble)
        self.levels = PickList(f"Level of the {noun}")
        self.levels.setSizePolicy(self.levels.sizePolicy().Policy.Expanding, self.levels.sizePolicy().Policy.Fixed)
        self.level = FlowLabel("")
        self.worth = FlowLabel("", "card")
        self.function = FlowLabel("", "dense", "ink2")
        self.field = NumberField(f"{said}, 0 to 100", self._read, label=said, unit="of 100")
        self.clear = Button(f"Take the {noun} away", kind="plain", small=True)
        self._ends = Row(self.worst, self.best, gap=24)
        self._by_level = Column(FlowLabel("Level", "caption", "ink2"), self.levels, self.level, gap=4)
        self._by_measure = Column(self.worth, self.function, gap=2)
        ways = Column(self.slider, self._by_level, self._by_measure, self._ends, gap=6)
        self._number = Column(self.field, self.clear, gap=4)
        self._number.line.addStretch(1)
        self._top = Row(ways, self._number, stretches=(5, 1), gap=24)

    def _connect(self) -> None:
        self.slider.dragging.connect(lambda value: self.put(float(value), gesture=f"entry/{'/'.join(self._place)}"))
        self.slider.released.connect(lambda _value: self._context.end_gesture())
        self.field.parsed.connect(lambda value: self.put(float(value)))
        self.levels.chosen.connect(self._choose_level)
        self.clear.clicked.connect(self._take_away)
        self.reason.committed.connect(lambda text: self._say(self._book.say_why, text, "Change reason for"))
        self.evidence.committed.connect(lambda text: self._say(self._book.say_from, text, "Change evidence for"))

    def helps(self) -> dict[QWidget, Help]:
        """The help of each field."""
        value = dict.fromkeys((self.slider, self.field, self.levels), SCORE_HELP)
        return {**value, self.reason: REASON_HELP, self.evidence: EVIDENCE_HELP}

    def settle(self) -> None:
        """Ends a drag by keys before another entry is shown."""
        self.slider.settle()
        self._context.end_gesture()

    def focus_first(self) -> None:
        """The field that takes the value."""
        (self.levels if self.levels.isVisibleTo(self) else self.field).setFocus()

    # --- what is shown ---

    def show_place(
        self, appraisal: Appraisal, book: Book, place: Place, findings: Sequence[Finding] = (), *, closed: bool = False
    ) -> None:
        """An entry as it stands; hidden where its thing or criterion is not there."""
        thing = next((one for one in book.things(appraisal) if one.id == place[0]), None)
        criterion = next((one for one in appraisal.criteria if one.id == place[1]), None)
        self.setVisible(thing is not None and criterion is not None)
        if thing is None or criterion is None:
            return
        if place != self._place or criterion is not self._criterion or book.whose != self._book.whose:
            self.slider.settle()
            self.field.give_up()
        self._book, self._place, self._criterion = book, place, criterion
        self._given = book.given(appraisal).get(place)
        self._show_title(thing, criterion)
        self._show_way(criterion)
        self._show_value(criterion, closed=closed)
        self._show_words(closed=closed)
        self._show_state(closed=closed)
        wrong = next(
            (one for one in findings if (one.step, one.record, one.field) == (4, criterion.id, thing.id)), None
        )
        if wrong is not None and wrong.severity == "error":
            self.field.set_fault(f"{wrong.sentence} {wrong.mend}")

    def _show_title(self, thing: Thing, criterion: Criterion) -> None:
        name = wording.shorten(criterion.name or "a criterion", 60)
        self.set_title(f"{wording.shorten(thing.name or 'An option', 60)} on “{name}”")
        self.worst.set_text(f"At 0: {criterion.worst or 'not described yet'}")
        self.best.set_text(f"At 100: {criterion.best or 'not described yet'}")

    def _show_way(self, criterion: Criterion) -> None:
        by_level, by_measure = bool(levels_of(criterion)), criterion.measured is Measured.MEASURE
        self._by_level.setVisible(by_level)
        self._by_measure.setVisible(by_measure)
        self.slider.setVisible(not by_level and not by_measure)
        self._number.setVisible(not by_level)
        unit = criterion.unit or "of the measure"
        self.field.set_unit("" if by_measure else "of 100")
        said = wording.capital(self._book.noun)
        self.field.set_label(wording.capital(unit) if by_measure else said)
        self.field.line.setAccessibleName(f"{said}, {unit}" if by_measure else f"{said}, 0 to 100")

    def _show_value(self, criterion: Criterion, *, closed: bool) -> None:
        value = self._given.value if self._given is not None else None
        text = "" if value is None else plain_number(value)
        self.field.set_text(text)
        self.slider.set_value(0 if value is None else round(min(max(value, 0.0), 100.0)))
        self.levels.set_choices(choices_of(criterion, value))
        if self.levels.current() != text:
            self.levels.set_current(text)
        self.level.set_text(_level_said(levels_of(criterion), value))
        self.worth.set_text(_worth(criterion, value))
        self.function.set_text(_function(criterion))
        for part in (self.field, self.slider, self.levels):
            part.setEnabled(not closed)
        self.clear.setVisible(value is not None and not closed)

    def _show_words(self, *, closed: bool) -> None:
        given = self._given
        self.reason.set_text(given.reason if given is not None else "")
        self.evidence.set_text(given.evidence if given is not None else "")
        self.evidence.setVisible(self._book.evidenced)
        for area in (self.reason, self.evidence):
            area.setEnabled(given is not None and not closed)
        self._waits.setVisible(given is None and not closed)

    def _show_state(self, *, closed: bool) -> None:
        given = self._given
        if given is None:
            self.chip.set_face(f"No {self._book.noun}" if closed else "To score", "plain", "not-started")
        elif not given.reason.strip():
            self.chip.set_face("No reason yet", "attention")
        elif self._book.evidenced and not given.evidence.strip():
            self.chip.set_face("No evidence yet", "attention")
        else:
            self.chip.set_face("With reason and evidence" if self._book.evidenced else "With reason", "good")

    def _bubble(self, value: int) -> str:
        """What stands above the handle; nothing is no score of 0."""
        return str(value) if self._given is not None else wording.DASH

    # --- edits ---

    def _read(self, text: str) -> float:
        if self._criterion is None:
            raise ValueError("There is nothing to score here.")
        return read_entry(self._criterion, text)

    def attempt(self, make: Callable[[Appraisal], Appraisal], verb: str, *, gesture: str = "") -> bool:
        """Applies an edit of the entry as one undo step; tells the sentence where it is refused."""
        now = self._context.appraisal
        try:
            new = make(now)
        except EditRefused as refused:
            self.refused.emit(str(refused))
            return False
        self.refused.emit("")
        self._context.apply(new, self._book.action(now, verb, self._place), gesture=gesture)
        return True

    def put(self, value: float, gesture: str = "") -> None:
        """Enters a value for the place in hand."""
        book, place = self._book, self._place
        self.attempt(lambda now: book.put(now, place, value), wording.capital(book.noun), gesture=gesture)

    def _choose_level(self, key: str) -> None:
        if key:
            self.put(float(key))
        else:
            self._take_away()

    def _take_away(self) -> None:
        book, place = self._book, self._place
        self.attempt(lambda now: book.clear(now, place), f"Take away the {book.noun} of")

    def _say(self, change: Callable[[Appraisal, Place, str], Appraisal], text: str, verb: str) -> None:
        place = self._place
        if place in self._book.given(self._context.appraisal):
            self.attempt(lambda now: change(now, place, text), verb)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one below the other where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(560)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._top.line.setDirection(way)
        self._words.line.setDirection(way)


def _level_said(levels: Sequence[Level], value: float | None) -> str:
    """The chosen level in full, which the list may cut."""
    if value is None:
        return "Choose the level whose words fit best."
    return next((level_words(one) for one in levels if one.value == value), "This lies between two levels.")


def _worth(criterion: Criterion, value: float | None) -> str:
    if criterion.measured is not Measured.MEASURE:
        return ""
    if value is None:
        return "No figure yet"
    unit = f" {criterion.unit}" if criterion.unit else ""
    points = plain_number(round(points_of(criterion, value), 1))
    return f"{plain_number(value)}{unit}: worth {points} points of 100"


def _function(criterion: Criterion) -> str:
    """Where the value function begins and ends, in words."""
    ordered = in_order(criterion.points)
    if len(ordered) < 2:
        return "This measure has no value function yet. Draw it in step 3."
    first, last = ordered[0], ordered[-1]
    unit = f" {criterion.unit}" if criterion.unit else ""
    ends = (f"{plain_number(one.measure)}{unit}: {plain_number(one.value)} points" for one in (first, last))
    return f"{'; '.join(ends)}. Between them straight lines, beyond them the same."
