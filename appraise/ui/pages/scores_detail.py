"""The score of record in hand: how sure it is, what the assessors gave, who agreed with it and who did not."""

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.criteria import Criterion, Measured, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import scores as edits
from appraise.model.money import parse_number, plain_number
from appraise.model.score_draws import score_spreads
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.scores_book import Book, Place
from appraise.ui.pages.scores_entry import EntryCard
from appraise.ui.pages.scores_marks import STANCE_HELP, CellMarks, marks_can_be_seen, spreads_of, stances
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.fields import NumberField
from appraise.ui.widgets.labels import FlowLabel

RANGE_HELP = Help(
    "How sure are we?",
    "Low and high are ends you would be surprised to see passed. "
    "The draws take the score from this range, so a lead that rests on it shows.",
    "Green Book 2026, paragraphs 6.60 to 6.77",
)


class ScoreDetail(EntryCard):
    """An entry of the scores of record, with its range and, once they may be seen, the assessors' marks."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Book())
        self.low = NumberField("Lowest the score may be", _end, label="Low")
        self.high = NumberField("Highest the score may be", _end, label="High")
        self.sure = FlowLabel("", "caption", "ink2")
        said = Column(FlowLabel("How sure?", "dense-strong"), self.sure, gap=2)
        said.line.addStretch(1)
        self._range = Sides(
            said,
            self.low,
            self.high,
            stretches=(3, 1, 1),
            fold=440,
            gap=16,
        )
        self.marks = CellMarks()
        self.content.insertWidget(1, self._range)
        self.add(self.marks)
        self.low.parsed.connect(lambda value: self._set_end("low", value))
        self.high.parsed.connect(lambda value: self._set_end("high", value))
        self.slider.range_moved.connect(lambda low, high: self._set_range(float(low), float(high)))
        self.marks.agreed.connect(self._agree)
        self.marks.dissented.connect(self._dissent)
        self.marks.taken_back.connect(self._take_back)

    def helps(self) -> dict[QWidget, Help]:
        """The help of each field."""
        return {**super().helps(), self.low: RANGE_HELP, self.high: RANGE_HELP, self.marks: STANCE_HELP}

    def show_score(self, view: View, place: Place, *, closed: bool) -> None:
        """A score as it stands, and what is wrong with it."""
        if place != self._place:
            for field in (self.low, self.high):
                field.give_up()
        self.show_place(view.appraisal, self._book, place, view.findings, closed=closed)
        score = _found(view.appraisal, place)
        criterion = next((one for one in view.appraisal.criteria if one.id == place[1]), None)
        if criterion is None:
            return
        self._show_range(view, score, criterion, closed=closed)
        self.marks.show_marks(view, place, closed=closed)
        said = stances(score, self.marks.who) if marks_can_be_seen(view.appraisal) else ""
        self.marks.chart.set_title(f"What the assessors gave{f': {said}' if said else ''}")

    def _show_range(self, view: View, score: Score | None, criterion: Criterion, *, closed: bool) -> None:
        by_measure = criterion.measured is Measured.MEASURE
        for field, end in ((self.low, "low"), (self.high, "high")):
            value = getattr(score, end) if score is not None else None
            field.set_text("" if value is None else plain_number(value))
            field.setEnabled(score is not None and not closed)
        low, high = (score.low, score.high) if score is not None else (None, None)
        whole = low is not None and high is not None and not by_measure
        self.slider.set_band(round(low or 0), round(high or 0) if whole else round(low or 0))
        unit = f"In {criterion.unit}. " if by_measure and criterion.unit and score is not None else ""
        self.sure.set_text(f"{unit}{self._range_words(view, score)}")

    def _range_words(self, view: View, score: Score | None) -> str:
        """What the draws take where nobody said how sure the score is."""
        if score is None:
            return "A range can be said once there is a score."
        if score.low is not None and score.high is not None:
            return "The draws take the score from this range."
        place = (score.option, score.criterion)
        drawn = score_spreads(view.appraisal).get(place)
        if drawn is None:
            return "Not said, and the criterion has no scale yet."
        doubt = wording.how_many(round(view.appraisal.weighting.score_doubt), "point")
        if spreads_of(view.appraisal).get(place) is None:
            return f"Not said: the draws go {doubt} either way."
        ends = f"{wording.score(drawn.low)} to {wording.score(drawn.high)} points"
        return f"Not said: the draws go over all marks and at least {doubt} either way, {ends}."

    # --- edits ---

    def _set_end(self, end: str, value: float | None) -> None:
        """One end of the range; the other one starts at the score, and without an end there is no range."""
        score = _found(self._context.appraisal, self._place)
        if score is None:
            return
        field = self.low if end == "low" else self.high
        if value is None:
            self._set_range(None, None)
            return
        if not self._fits(value) or (value > score.value if end == "low" else value < score.value):
            least = "not above" if end == "low" else "not below"
            field.set_fault(f"This end lies {least} the score, {plain_number(score.value)}, and on the scale.")
            return
        low = value if end == "low" else score.low if score.low is not None else score.value
        high = value if end == "high" else score.high if score.high is not None else score.value
        self._set_range(low, high)

    def _fits(self, value: float) -> bool:
        by_measure = self._criterion is not None and self._criterion.measured is Measured.MEASURE
        return by_measure or 0 <= value <= 100

    def _set_range(self, low: float | None, high: float | None) -> None:
        place = self._place
        if _found(self._context.appraisal, place) is not None:
            self.attempt(
                lambda now: edits.set_score_range(now, option=place[0], criterion=place[1], low=low, high=high),
                "Change range of",
                gesture=f"range/{'/'.join(place)}",
            )

    def _agree(self, assessors: list[str]) -> None:
        place = self._place
        self.attempt(
            lambda now: edits.set_agreed(now, option=place[0], criterion=place[1], assessors=assessors),
            "Change who agrees with",
        )

    def _dissent(self, assessor: str, words: str) -> None:
        place = self._place
        self.attempt(
            lambda now: edits.set_dissent(now, option=place[0], criterion=place[1], assessor=assessor, words=words),
            "Change dissent from",
        )

    def _take_back(self, assessor: str) -> None:
        place = self._place

        def neither(now: Appraisal) -> Appraisal:
            score = _found(now, place)
            rest = [one for one in score.agreed if one != assessor] if score is not None else []
            less = edits.set_agreed(now, option=place[0], criterion=place[1], assessors=rest)
            return edits.clear_dissent(less, option=place[0], criterion=place[1], assessor=assessor)

        self.attempt(neither, "Change who agrees with")


def _end(text: str) -> float | None:
    """An end of a range; nothing for no range. ValueError with one sentence."""
    return parse_number(text) if text.strip() else None


def _found(appraisal: Appraisal, place: Place) -> Score | None:
    return next((one for one in appraisal.scores if (one.option, one.criterion) == place), None)
