"""The marks of all assessors on one option and criterion: how far apart they lie, and who agrees with the score."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy

from appraise.model.agreement import agreement
from appraise.model.appraisal.criteria import Criterion, Measured, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest, Stage
from appraise.model.money import plain_number
from appraise.model.remembered import Remembered
from appraise.model.score_results import Spread
from appraise.present import agreement_tables, scoring_words, wording
from appraise.present.agreement_tables import MarkAt
from appraise.ui import theme
from appraise.ui.context import View
from appraise.ui.pages.pane_parts import PaneChart
from appraise.ui.pages.scores_book import Place
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:  # drawing loads reportlab, which the start of the window must not wait for
    from appraise.present.chart_parts import Chart, ChartStyle

_SPREADS: Remembered[Mapping[Place, Spread]] = Remembered(16)
_MOST = 12
"""So many rows are seen at once; the others scroll."""
_COLUMNS = (
    TableColumn("Assessor", "left", 218, stretch=True, wrap=True),
    TableColumn("Mark", "right", 70),
    TableColumn("Reason", "left", 180, stretch=True, wrap=True),
    TableColumn("The score of record", "left", 150),
)
_POINTS = TableColumn("Points", "right", 66, tip="What the mark is worth, 0 to 100")
"""Shown where marks are given in a unit."""
_WHY_NOT = TableColumn("Why not", "left", 150, stretch=True, wrap=True)
"""Shown where somebody does not agree."""
_UNSAID, _AGREES, _DISSENTS = "", "agrees", "dissents"
_STANCES = ((_UNSAID, "Not said yet"), (_AGREES, "Agrees"), (_DISSENTS, "Does not agree"))
STANCE_HELP = Help(
    "Why keep who does not agree?",
    "A score that hides a dissent does not survive a challenge. Keep it in the assessor's own words. "
    "It is printed with the post, never with the name.",
    "Use of multi-criteria decision analysis in options appraisal, HM Treasury, 2024",
)


def marks_can_be_seen(appraisal: Appraisal) -> bool:
    """Marks stand side by side once scoring is closed, or where nothing is sealed at all."""
    workshop = appraisal.workshop
    open_ways = (Stage.MODERATING, Stage.REVEALED, Stage.OPEN)
    return workshop.stage in open_ways and any(one.marks for one in workshop.assessors)


def spreads_of(appraisal: Appraisal) -> Mapping[Place, Spread]:
    """The spread of every place with marks; empty while they may not be seen. Found again until marks change."""
    return _SPREADS.of(
        lambda: _spreads(appraisal), appraisal.workshop, appraisal.options, appraisal.criteria, appraisal.weighting
    )


def _spreads(appraisal: Appraisal) -> Mapping[Place, Spread]:
    found = agreement(appraisal) if marks_can_be_seen(appraisal) else None
    return {(one.option, one.criterion): one for one in found.spreads} if found is not None else {}


class CappedTable(DataTable):
    """A table as high as its rows, up to a few; more of them scroll."""

    def __init__(self, name: str, model: DataTableModel, *, most: int = _MOST, row_height: float = 31) -> None:
        self._most, self._high = most, row_height
        super().__init__(name, model, row_height=row_height, fit=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        model.modelReset.connect(self.updateGeometry)

    def _lay_out_columns(self) -> None:
        """Another width may wrap other rows: the layouts around are asked anew for another height."""
        super()._lay_out_columns()
        if (height := self.sizeHint().height()) != self._told_height:
            self._told_height = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Heading and rows."""
        count = self._data.rowCount()
        rows = sum(self.rowHeight(number) for number in range(min(count, self._most)))
        part = theme.px(self._high) // 2 if count > self._most else 0
        bar = theme.px(10) if getattr(self, "_needs_scroll", False) else 0
        return QSize(theme.px(400), self._head_height() + rows + part + bar + theme.px(2))

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(theme.px(120), self.sizeHint().height())


class CellMarks(Column):
    """Dispersion of one cell, and a row for each assessor's mark with reason, and what they say of the score.

    Signals: agreed(assessor ids), dissented(assessor, words), taken_back(assessor): what each says of the score.
    """

    agreed = Signal(list)
    dissented = Signal(str, str)
    taken_back = Signal(str)

    def __init__(self) -> None:
        self._place: Place = ("", "")
        self._score: Score | None = None
        self._why_at = len(_COLUMNS)
        self._drawn: tuple[object, ...] = ()
        self.who: tuple[str, ...] = ()
        self.chart = PaneChart("What the assessors gave", 62)
        self.words = FlowLabel("", "dense")
        self.moderated = FlowLabel(scoring_words.MODERATED, "caption", "ink2")
        self.model = DataTableModel(_COLUMNS, self._typed)
        self.table = CappedTable("Marks of the assessors", self.model)
        self.all_agree = Button("All agree", icon="check", small=True)
        self._foot = Row(self.all_agree, stretches=(0,), gap=8)
        self._foot.line.addStretch(1)
        super().__init__(Divider(), self.chart, self.words, self.moderated, self.table, self._foot, gap=6)
        self.all_agree.clicked.connect(lambda: self.agreed.emit(list(self.who)))

    def show_marks(self, view: View, place: Place, *, closed: bool) -> None:
        """The marks of a cell; hidden while they may not be seen, or nobody has given one."""
        marks = agreement_tables.marks_by_place(view.appraisal).get(place, ())
        shown = bool(marks) and marks_can_be_seen(view.appraisal)
        self.setVisible(shown)
        if not shown:
            return
        self._place = place
        found = (one for one in view.appraisal.scores if (one.option, one.criterion) == place)
        self._score = next(found, None)
        self.who = tuple(at.assessor for at in marks if at.counts)
        criterion = next(one for one in view.appraisal.criteria if one.id == place[1])
        self._show_spread(view, place, measured=criterion.measured is Measured.MEASURE)
        names = agreement_tables.posts(view.appraisal)
        interests = {one.id: one.interest for one in view.appraisal.workshop.assessors}
        rows = [self._row(at, criterion, names, interests, closed=closed) for at in marks]
        dissent = self._score is not None and bool(self._score.dissents)
        columns = _columns(criterion)
        self._why_at = len(columns)
        self.model.set_columns((*columns, _WHY_NOT) if dissent else columns)
        self.model.set_rows(rows if dissent else [replace(row, cells=row.cells[:-1]) for row in rows])
        open_now = self._score is not None and not closed
        self.all_agree.setVisible(open_now and set(self.who) != set(self._score.agreed if self._score else ()))

    def _show_spread(self, view: View, place: Place, *, measured: bool) -> None:
        spread, appraisal = spreads_of(view.appraisal).get(place), view.appraisal
        self.words.setVisible(spread is not None)
        if spread is None:
            self._drawn = ()
            self.chart.show_chart(None)
            return
        self.words.set_text(agreement_tables.spread_words(spread, measured=measured))
        self.words.set_ink("attention" if spread.wide else "ink")
        drawn = (spread, self._score)
        if self._drawn and all(one is other for one, other in zip(drawn, self._drawn, strict=True)):
            return
        self._drawn = drawn

        def make(width: float, height: float, style: "ChartStyle") -> "Chart | None":
            from appraise.present.chart_agreement import dispersion

            return dispersion(appraisal, (spread,), by_option=True, width=width, height=height, style=style)

        self.chart.show_chart(make)

    def _row(
        self,
        at: MarkAt,
        criterion: Criterion,
        names: Mapping[str, str],
        interests: Mapping[str, Interest],
        *,
        closed: bool,
    ) -> TableRow:
        score = self._score
        dissent = next((one for one in score.dissents if one.assessor == at.assessor), None) if score else None
        stance = _DISSENTS if dissent is not None else _AGREES if score and at.assessor in score.agreed else _UNSAID
        said = dict(_STANCES)[stance]
        can = score is not None and not closed and at.counts
        icon = {_AGREES: "completed", _DISSENTS: "attention"}.get(stance, "")
        words = dissent.words if dissent is not None else ""
        stands = Cell(
            said if at.counts else "Stands aside",
            icon=icon,
            icon_ink="good" if stance == _AGREES else "attention",
            ink="ink" if stance else "ink2",
            choices=_STANCES if can else (),
            edit_text=stance,
        )
        why = Cell(
            words or (wording.DASH if dissent is None else "not said yet"),
            ink="ink" if words else "ink2",
            editable=can and dissent is not None,
            edit_text=words,
            tip=words,
        )
        worth = (Cell(wording.score(at.points), ink="ink" if at.counts else "ink2"),)
        return TableRow(
            at.assessor,
            (
                _post(names[at.assessor], interests[at.assessor]),
                _mark(at, criterion),
                *(worth if criterion.measured is Measured.MEASURE else ()),
                Cell(at.mark.reason.strip() or "no reason", ink="ink" if at.mark.reason.strip() else "ink2",
                     tip=" ".join(part for part in (at.mark.reason, at.mark.evidence) if part)),
                stands,
                why,
            ),
        )  # fmt: skip

    def _typed(self, key: str, column: int, text: str) -> None:
        score = self._score
        if score is None:
            return
        typed = column == self._why_at
        if typed or text == _DISSENTS:
            kept = next((one.words for one in score.dissents if one.assessor == key), "")
            self.dissented.emit(key, text.strip() if typed else kept)
        elif text == _AGREES:
            self.agreed.emit([*(one for one in score.agreed if one != key), key])
        else:
            self.taken_back.emit(key)


def _columns(criterion: Criterion) -> tuple[TableColumn, ...]:
    """A mark in a unit says so in its heading, and has its points beside it."""
    if criterion.measured is not Measured.MEASURE:
        return _COLUMNS
    unit = criterion.unit.strip()
    title = f"Mark,\n{wording.shorten(unit, 24)}" if unit else "Mark"
    assessor, _, reason, stance = _COLUMNS
    mark = TableColumn(title, "right", least=70, tip=unit)
    return (replace(assessor, width=212), mark, _POINTS, replace(reason, width=148), stance)


def _post(name: str, interest: Interest) -> Cell:
    if interest in (Interest.TAKES_PART, Interest.STANDS_ASIDE):
        said = scoring_words.INTERESTS[interest]
        return Cell(name, icon="info", icon_ink="attention", spoken=f"{name}, interest: {said}", tip=said)
    return Cell(name, tip=name)


def _mark(at: MarkAt, criterion: Criterion) -> Cell:
    text, ink = plain_number(at.mark.value), "ink" if at.counts else "ink2"
    if criterion.measured is not Measured.MEASURE:
        return Cell(text, ink=ink, strong=at.counts)
    worth = f"{text} {criterion.unit}".strip()
    return Cell(text, ink=ink, strong=at.counts, tip=f"{worth}: worth {wording.score(at.points)} points")


def stances(score: Score | None, who: Sequence[str]) -> str:
    """How many agree and how many do not, in a few words."""
    if score is None:
        return ""
    agreed, against = len(set(score.agreed) & set(who)), len(score.dissents)
    unsaid = len(who) - agreed - against
    parts = (f"{agreed} agree", f"{against} do not" if against else "", f"{unsaid} not asked yet" if unsaid > 0 else "")
    return ", ".join(part for part in parts if part)
