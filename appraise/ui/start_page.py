"""The start page: new, open, recent files, worked examples, and work that was recovered."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from appraise.ui import icons, theme
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, PageFrame, Row
from appraise.ui.widgets.labels import EmptyState, FlowLabel, Notice, SectionTitle
from appraise.ui.widgets.marks import ChipFace, paint_chip

Index = QModelIndex | QPersistentModelIndex

TEN_STEPS = (
    ("Need", "why now, for whom"),
    ("Options", "the ways to deliver"),
    ("Criteria and weights", "what matters, agreed first"),
    ("Scores and evidence", "alone, then together"),
    ("Costs and benefits", "by year, with ranges"),
    ("Constraints and risks", "what is not agreed yet"),
    ("Funding", "what each year can bear"),
    ("Results", "one page, live"),
    ("Sensitivity", "what would change it"),
    ("Business case", "checked and printed"),
)


#: The steps of a first small appraisal: number, name, what to do there.
_FIRST_STEPS = (
    ("2", "Options", "Two are enough: business as usual, and one other."),
    ("3", "Criteria and weights", "Two things that matter and have no price; step 4 scores them."),
    ("5", "Costs and benefits", "One line for each option, with a low and a high end."),
    ("8", "Results", "The answer, how sure it is, and what would change it."),
)
#: What an example holds and what can be tried in it, by its key.
TO_TRY = {
    "worked-example": "It has a sealed scoring workshop, three funding scenarios and a flood-risk permit that is open. "
    "Try this: change the chance of the permit in step 6, and watch the answer in step 8.",
    "care-together": "It has three partners, reablement that pays back later, and a care bed at three prices. "
    "Try this: see in step 7 what single-year money does to it.",
    "waste-contract": "It has a supplier's lorries to pay for, a break clause, lots, and a neighbour who hardly gains. "
    "Try this: shorten the new contract in step 2, and read step 7.",
}
#: Keys of the window and what they do.
KEYS = (
    ("Ctrl+K", "find a step or a command"),
    ("Ctrl+N", "new appraisal"),
    ("Ctrl+O", "open a file"),
    ("F1", "help with the page"),
    ("F5", "run all draws again"),
    ("F8", "go to the next finding"),
)


@dataclass(frozen=True, slots=True)
class RecentFile:
    """One line of the list: where it is, what it is called, whose it is, how far it got, when it was saved."""

    path: str
    name: str
    place: str
    steps_done: int
    chip: ChipFace | None
    when: str


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: its key, name, one sentence, and an icon."""

    key: str
    name: str
    text: str
    icon: str = "chart"


class _Files(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.files: list[RecentFile] = []

    def replace(self, files: Sequence[RecentFile]) -> None:
        self.beginResetModel()
        self.files = list(files)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        file = self.files[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return file
        if role == Qt.ItemDataRole.ToolTipRole:
            return file.path
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            state = f" {file.chip.text}." if file.chip else ""
            return f"{file.name}. {file.place}. {file.steps_done} of 10 steps.{state} {file.when}"
        return None


class _FilePainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(59))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        file = index.data(Qt.ItemDataRole.UserRole)
        place = QRectF(option.rect)
        flags = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if flags & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, theme.colour("hover"))
        self._paint_words(painter, place, file)
        if index.row():
            base.hairline(painter, place.topLeft() + QPointF(0, 0.5), place.topRight() + QPointF(0, 0.5), "frame")
        view = self.parent()
        if isinstance(view, QListView) and view.hasFocus() and index == view.currentIndex():
            base.focus_ring(painter, place)
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRectF, file: RecentFile) -> None:
        px, left, align = theme.px, place.x(), Qt.AlignmentFlag.AlignLeft
        middle = place.center().y()
        icons.paint(
            painter, "document", QRectF(left + px(17), middle - px(11), px(22), px(22)), theme.colour("primary")
        )
        arrow = QRectF(place.right() - px(30), middle - px(7), px(14), px(14))
        icons.paint(painter, "right", arrow, theme.colour("ink2"))
        roomy = place.width() > px(620)
        cut = place.right() - px(400 if roomy else 140)
        name = QRectF(left + px(50), middle - px(21), cut - left - px(58), px(22))
        below = name.translated(0, px(20))
        base.text_at(painter, name, file.name, "strong", theme.colour("ink"), align)
        base.text_at(painter, below, file.place, "caption", theme.colour("ink2"), align)
        when = QRectF(place.right() - px(140), place.y(), px(104), place.height())
        base.text_at(painter, when, file.when, "caption", theme.colour("ink2"), align)
        if not roomy:
            return
        done = QRectF(cut, middle - px(19), px(90), px(18))
        base.text_at(painter, done, f"{file.steps_done} of 10 steps", "caption", theme.colour("ink2"), align)
        track = QRectF(cut, middle + px(10), px(88), px(6))
        base.panel(painter, track, theme.colour("rail"), radius=3)
        filled = QRectF(track.x(), track.y(), track.width() * file.steps_done / 10, track.height())
        base.panel(painter, filled, theme.colour("chart-2"), radius=3)
        if file.chip:
            paint_chip(painter, QRectF(cut + px(98), place.y(), px(154), place.height()), file.chip)


class RecentList(QListView, theme.Themed):
    """Recent files, newest first. Signals: file_chosen(path) on click or Enter."""

    file_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.files = _Files()
        self.setAccessibleName("Recent files")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FilePainter(self))
        self.setModel(self.files)
        self.clicked.connect(self._choose)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def apply_theme(self) -> None:
        """Takes the row height."""
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All files."""
        return QSize(theme.px(400), len(self.files.files) * theme.px(59) + 1)

    def minimumSizeHint(self) -> QSize:
        """All files."""
        return QSize(theme.px(200), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the file in hand."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.file_chosen.emit(self.files.files[index.row()].path)


class ExampleButton(QPushButton, theme.Themed):
    """A worked example as one big button: icon, name, sentence."""

    def __init__(self, example: Example) -> None:
        super().__init__()
        self._icon = example.icon
        self.setAccessibleName(f"{example.name}. {example.text}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name, self._text = FlowLabel(example.name, "strong"), FlowLabel(example.text, "dense", "ink2")
        self._words = Column(self._name, self._text, gap=4)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self.apply_theme()

    def sizeHint(self) -> QSize:
        """As high as its words."""
        return QSize(theme.px(240), max(self._row.sizeHint().height(), theme.px(84)))

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self._row, 56, 14, 16, 14)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card that can be pressed."""
        painter, whole = base.smooth(self), QRectF(self.rect())
        hover = self.underMouse() or self.isDown()
        base.panel(
            painter, whole, theme.colour("hover" if hover else "card"), theme.colour("edge" if hover else "line")
        )
        side = float(theme.px(24))
        icons.paint(painter, self._icon, QRectF(theme.px(16), theme.px(16), side, side), theme.colour("primary"))
        if self.hasFocus():
            base.focus_ring(painter, whole, 8)


class _FirstTime(Card):
    """What the worked example holds, and what a first small appraisal needs."""

    def __init__(self) -> None:
        super().__init__("First time here?", "A first small appraisal needs four steps; the others can wait")
        lines = [
            Row(_at_top(number), Column(FlowLabel(name, "strong"), FlowLabel(words, "dense", "ink2"), gap=0),
                stretches=(0, 1), gap=10)
            for number, name, words in _FIRST_STEPS
        ]  # fmt: skip
        self.add(Row(Column(*lines[:2], gap=10), Column(*lines[2:], gap=10), stretches=(1, 1), gap=24))
        self.begin = Button("Begin a small appraisal", icon="right")
        row = Row(self.begin, stretches=(0,))
        row.line.addStretch(1)
        self.add(row)


def _at_top(number: str) -> FlowLabel:
    label = FlowLabel(number, "strong", "overline", wrap=False)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


class _Keys(Card):
    """The keys that save most time."""

    def __init__(self) -> None:
        super().__init__("Keys worth knowing")
        half = (len(KEYS) + 1) // 2
        columns = [
            Column(*(Row(FlowLabel(key, "dense-strong", wrap=False), FlowLabel(words, "dense", "ink2"),
                         stretches=(1, 3), gap=10) for key, words in part), gap=6)
            for part in (KEYS[:half], KEYS[half:])
        ]  # fmt: skip
        self.add(Row(*columns, stretches=(1, 1), gap=24))


class _StepGuide(Column):
    """The ten steps in a few words each."""

    def __init__(self) -> None:
        super().__init__(gap=0)
        self.line.addWidget(FlowLabel("The ten steps", "card"))
        self.line.addWidget(FlowLabel("In any order. Results follow as you type.", "dense", "ink2"))
        for number, (name, words) in enumerate(TEN_STEPS, 1):
            self.line.addWidget(_GuideLine(number, name, words))
        self.line.addStretch(1)

    def apply_theme(self) -> None:
        """Takes the margins."""
        super().apply_theme()
        base.margins(self.line, 16, 16, 6, 16)


class _GuideLine(QWidget, theme.Themed):
    def __init__(self, number: int, name: str, words: str) -> None:
        super().__init__()
        self._number, self._name, self._words = str(number), name, words
        self.setAccessibleName(f"{number} {name}: {words}")
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes the height."""
        self.setFixedHeight(theme.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, name, and words below."""
        painter, px = base.smooth(self), theme.px
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        base.text_at(painter, QRectF(0, px(6), px(20), px(22)), self._number, "strong", theme.colour("overline"), right)
        name = QRectF(px(30), px(6), self.width() - px(30), px(22))
        base.text_at(painter, name, self._name, "strong", theme.colour("ink"), left)
        base.text_at(painter, name.translated(0, px(21)), self._words, "dense", theme.colour("ink2"), left)


class StartPage(QWidget, theme.Themed):
    """What is shown while no appraisal is open.

    Signals: new_wanted(); open_wanted(); file_chosen(path); example_chosen(key); recovered_chosen() from the notice.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    file_chosen = Signal(str)
    example_chosen = Signal(str)
    recovered_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Start")
        self._left, self._side = QWidget(), QVBoxLayout()
        self._left.setLayout(self._side)
        self.new = Button("New appraisal", kind="primary", icon="plus")
        self.open = Button("Open a file…", icon="folder")
        self.new.clicked.connect(self.new_wanted)
        self.open.clicked.connect(self.open_wanted)
        for button in (self.new, self.open):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._side.addWidget(button)
        self._side.addStretch(1)
        self._side.addWidget(
            FlowLabel("Works without a network. Nothing you enter leaves this computer.", "caption", "ink2")
        )
        self._page = PageFrame("", "Start", "Carry on where you left off, or begin with a new appraisal.")
        self._fill()
        self._guide = base.ScrollPage(_StepGuide())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)  # the ground between the parts is the line
        for part in (self._left, self._page, self._guide):
            self._row.addWidget(part, 1 if part is self._page else 0)
        self.apply_theme()

    def _fill(self) -> None:
        self._recovered = Notice("attention", " ", " ", "Open or throw away…")
        self._recovered.activated.connect(self.recovered_chosen)
        self._recovered.hide()
        self.recent = RecentList()
        self.recent.file_chosen.connect(self.file_chosen)
        self._recent_card = Card(padding=1)
        self._recent_card.add(self.recent)
        self._none = EmptyState("document", "Nothing opened yet. Files you open or save will stand here.")
        self._recent_card.add(self._none)
        self._examples = Column(gap=12)
        self._examples_title = SectionTitle("Worked examples", "complete, with made-up figures, safe to change")
        self.first_time = _FirstTime()
        self.first_time.begin.clicked.connect(self.new_wanted)
        parts = (SectionTitle("Recent"), self._recent_card, self._examples_title, self._examples)
        for part in (self._recovered, *parts, self.first_time, _Keys()):
            self._page.add(part)
        self._page.end()
        self.recent.hide()
        self._examples_title.hide()

    def set_recent(self, files: Sequence[RecentFile]) -> None:
        """Shows recent files, newest first; the newest one is in hand."""
        self.recent.files.replace(files)
        self.recent.setVisible(bool(files))
        self._none.setVisible(not files)
        if files:
            self.recent.setCurrentIndex(self.recent.files.index(0))
        self.recent.updateGeometry()

    def set_examples(self, examples: Sequence[Example]) -> None:
        """Offers worked examples."""
        while (item := self._examples.line.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for example in examples:
            button = ExampleButton(example)
            button.clicked.connect(lambda _checked=False, key=example.key: self.example_chosen.emit(key))
            self._examples.line.addWidget(button)
        self._examples_title.setVisible(bool(examples))
        base.tab_chain(*base.stops_as_read(self._page))

    def set_recovered(self, title: str, sentence: str) -> None:
        """Tells of recovered work; an empty title takes the notice away."""
        self._recovered.show_text(title, sentence)
        self._recovered.setVisible(bool(title))

    def focus_first(self) -> None:
        """The newest file, or the button for a new one."""
        (self.recent if self.recent.files.files else self.new).setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self, *, folded: bool) -> None:
        """Little room: no guide on the right."""
        self._guide.setVisible(not folded)

    def apply_theme(self) -> None:
        """Takes widths and grounds."""
        base.set_ground(self, "line")
        base.set_ground(self._page, "window")
        base.set_ground(self._left, "rail")
        base.set_ground(self._guide, "card")
        self._left.setFixedWidth(theme.px(248))
        self._guide.setFixedWidth(theme.px(312))
        base.margins(self._side, 16, 16, 16, 16)
        self._side.setSpacing(theme.px(10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds the guide away where there is little room."""
        self.fold(folded=self.width() * 100 / theme.current().zoom < 1100)
