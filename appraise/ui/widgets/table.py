"""The table: hairlines only, right-aligned figures, tinted rows, a ring round the cell in hand."""

import csv
import io

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.fields import Line
from appraise.ui.widgets.marks import ChipFace, chip_size
from appraise.ui.widgets.table_delegate import PAD, CellDelegate, text_role
from appraise.ui.widgets.table_model import DataTableModel, TableRow


def clipboard_block() -> list[list[str]]:
    """The clipboard's text as rows of cells, as a spreadsheet puts it there; empty without text.

    A cell that the spreadsheet put in quotes loses them, and a line break inside it becomes a space. Where the quotes
    of the block do not match, they are signs like any other, so that a stray one cannot swallow the rows below it.
    """
    text = QGuiApplication.clipboard().text().replace("\r\n", "\n")
    if not text:
        return []
    lines = text.rstrip("\n")
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        rows = [line.split("\t") for line in lines.split("\n")]
    return [[" ".join(cell.splitlines()) for cell in row] or [""] for row in rows] or [[""]]


def _for_clipboard(cell: str) -> str:
    """A cell as `clipboard_block` and spreadsheets read it back: in quotes where it would else fall apart."""
    quoted = cell.startswith('"') or "\t" in cell or "\n" in cell
    return '"' + cell.replace('"', '""') + '"' if quoted else cell


class Header(QHeaderView):
    """Column heads: small semibold words over one line in the edge colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(24))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """32 high. Qt's own measures every column, also those that a model in the midst of a reset no longer has."""
        return QSize(theme.px(24), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt would fill what is left beside the last column with the window's colour."""
        super().paintEvent(event)
        end = self.length() - self.offset()
        if end < self.viewport().width():
            painter = QPainter(self.viewport())
            painter.fillRect(end, 0, self.viewport().width() - end, self.height(), theme.colour("card"))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The words of one column, in one line or in two, and its part of the line."""
        painter.save()
        place = QRectF(rect)
        painter.fillRect(place, theme.colour("card"))
        model = self.model()
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        align = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        inner = place.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        lines, step = words.split("\n"), QFontMetricsF(theme.font("label")).lineSpacing()
        for number, line in enumerate(lines):
            down = (number - (len(lines) - 1) / 2) * step
            base.text_at(
                painter, inner.translated(0, down), line, "label", theme.colour("ink2"), Qt.AlignmentFlag(align)
            )
        level = place.bottom() - 0.5
        base.hairline(painter, QPointF(place.left(), level), QPointF(place.right(), level), "edge")
        painter.restore()


class DataTable(QTableView, theme.Themed):
    """A table over a `DataTableModel`.

    `row_height` in px at 100 %: 28 dense, 31 to 36 calm. `fit` makes the table as high as its rows, so that the page
    scrolls; otherwise it scrolls itself. Enter commits and goes down, F2 or typing edits, Delete empties. Tab in a cell
    that is edited goes right; else it leaves the table, or walks its cells first where `tab_walks_cells` is set.

    Signals: pasted(row, column, block) with lists of text and the cell it starts at; filled_down(rows, column)
    with the row numbers of the selection, first one on top; toggled(key) on Space or a click on the first cell's
    arrow; opened(key) on Enter or double click on a cell that cannot be edited; moved(key, column) when another cell
    is in hand.
    """

    pasted = Signal(int, int, list)
    filled_down = Signal(list, int)
    toggled = Signal(str)
    opened = Signal(str)
    moved = Signal(str, int)
    tab_walks_cells = False
    """True: Tab goes through the cells and leaves at the last one; else it leaves at once."""

    def __init__(self, name: str, model: DataTableModel, *, row_height: float = 32, fit: bool = True) -> None:
        super().__init__()
        self._row_height, self._fit, self._told_height = row_height, fit, -1
        self._data = model
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.setHorizontalHeader(Header(self))
        self.setVerticalScrollBar(base.ScrollBar(Qt.Orientation.Vertical, self))
        self.setHorizontalScrollBar(base.ScrollBar(Qt.Orientation.Horizontal, self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)  # Tab must be able to leave; `focusNextPrevChild` says where it goes
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setItemDelegate(CellDelegate(self))
        self.setModel(model)
        model.modelReset.connect(self._lay_out)
        model.rowsInserted.connect(self._lay_out)
        model.rowsRemoved.connect(self._lay_out)
        model.dataChanged.connect(self._lay_out_columns)
        model.headerDataChanged.connect(self._columns_anew)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().currentChanged.connect(self._tell_move)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes heights and widths."""
        self.setFont(theme.font("body"))
        self.viewport().setAutoFillBackground(False)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stretching column takes what is left."""
        super().resizeEvent(event)
        self._lay_out_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Enabled or not shows."""
        self.viewport().update()
        super().changeEvent(event)

    def place(self, key: str, column: int = 0) -> None:
        """Puts a cell in hand and into view; nothing where the key is not shown."""
        number = self._data.place_of(key)
        if number >= 0:
            self.setCurrentIndex(self._data.index(number, column))
            self.scrollTo(self.currentIndex())

    def current_key(self) -> str:
        """The key of the row in hand; empty where none is."""
        index = self.currentIndex()
        return self._data.rows[index.row()].key if index.isValid() else ""

    def open_story(self, key: str, story: QWidget) -> None:
        """Opens a widget under a row across all columns; another open one is closed first."""
        self.close_story()
        number = self._data.insert_story(key)
        self.setSpan(number, 0, 1, len(self._data.columns))
        self.setIndexWidget(self._data.index(number, 0), story)
        if self.current_key() != key:
            self.place(key)
        self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        base.tab_chain(self, *self._stops())
        self._lay_out()

    def _story(self) -> QWidget | None:
        number = self._data.story_place()
        return self.indexWidget(self._data.index(number, 0)) if number >= 0 else None

    def _stops(self) -> list[QWidget]:
        """What takes the keyboard in the open story, in order."""
        story = self._story()
        return base.stops_of(story) if story is not None else []

    def enter_story(self) -> bool:
        """Gives the keyboard to the first field of the open story; False where there is none."""
        stops = self._stops()
        if stops:
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(stops)

    def _in_story(self) -> bool:
        story, here = self._story(), QApplication.focusWidget()
        return story is not None and here is not None and story.isAncestorOf(here)

    def close_story(self) -> None:
        """Closes the open story, if any."""
        number = self._data.story_place()
        if number >= 0:
            self.clearSpans()
            self._data.remove_story()

    def fit_story(self) -> None:
        """Gives the open story the height that it wants now."""
        story, row = self._story(), self._data.story_place()
        if story is not None and self.rowHeight(row) != (height := story.sizeHint().height()):
            self.setRowHeight(row, height)
            self.updateGeometry()

    def show_story(self) -> None:
        """Scrolls so far that the open story is seen whole below its line, or as much of it as fits."""
        row = self._data.story_place()
        if row > 0:
            below = self.rowViewportPosition(row) + self.rowHeight(row) - self.viewport().height()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + max(min(below, self.rowViewportPosition(row - 1)), 0))

    def half_typed(self) -> str | None:
        """What is typed in the open editor and not yet taken; None where nothing is."""
        editor = self._editor()
        return editor.text() if editor is not None and editor.isModified() else None

    def in_hand(self) -> bool:
        """A cell has the keyboard, or its editor."""
        return self.hasFocus() or self._editor() is not None

    def _editor(self) -> Line | None:
        here = QApplication.focusWidget()
        return here if isinstance(here, Line) and here.parentWidget() is self.viewport() else None

    def take_up(self, text: str) -> None:
        """Opens the editor of the cell in hand again, with what was half typed in it."""
        if self._editable(self.currentIndex()):
            self.edit(self.currentIndex())
        editor = self._editor()
        if editor is not None:
            editor.setText(text)
            editor.setModified(True)

    def story_key(self) -> str:
        """The key of the row whose story is open; empty where none is."""
        number = self._data.story_place()
        return self._data.rows[number - 1].key if number > 0 else ""

    def copy(self) -> None:
        """Puts the selected cells on the clipboard, tabs between columns."""
        rows = self._data.rows
        marked = ((index.row(), index.column()) for index in self.selectedIndexes())
        chosen = sorted((row, column) for row, column in marked if rows[row].kind != "story")
        lines: dict[int, list[str]] = {}
        for row, column in chosen:
            lines.setdefault(row, []).append(
                _for_clipboard(self._data.cell(self._data.index(row, column)).starting_text())
            )
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def paste(self) -> None:
        """Hands the clipboard's block to the page, starting at the top left cell of the selection."""
        block, chosen = clipboard_block(), self.selectedIndexes() or [self.currentIndex()]
        if block and chosen[0].isValid():
            self.pasted.emit(min(i.row() for i in chosen), min(i.column() for i in chosen), block)

    def fill_down(self) -> None:
        """Tells the page to copy the top cell of the selection into the ones below."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if len(rows) > 1:
            self.filled_down.emit(rows, self.currentIndex().column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a spreadsheet; those that a story's field leaves over only close the story."""
        index, key = self.currentIndex(), event.key()
        if self._in_story():
            event.ignore()
            if key == Qt.Key.Key_Escape:
                event.accept()
                self.toggled.emit(self.story_key())
        elif key == Qt.Key.Key_Down and self._over_story(index):
            self.enter_story()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif key == Qt.Key.Key_Space and index.isValid() and not event.modifiers():
            self.toggled.emit(self.current_key())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._enter(index)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._editable(index):
            self._data.apply(index, "")
        else:
            super().keyPressEvent(event)
            self._leave_story_row(key)

    def _over_story(self, index: QModelIndex) -> bool:
        """The row in hand is the one whose story is open."""
        return index.isValid() and index.row() + 1 == self._data.story_place()

    def _leave_story_row(self, key: int) -> None:
        """A story's row holds no cell: the keys that lead there pass it, or lead into its fields."""
        index = self.currentIndex()
        if not index.isValid() or self._data.rows[index.row()].kind != "story":
            return
        step = 1 if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End) else -1
        row = index.row() + step
        if row < len(self._data.rows):
            self._take(row, index.column())
        else:
            self._take(index.row() - 1, index.column())

    def _take(self, row: int, column: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._data.index(row, column), flag)
        self.scrollTo(self.currentIndex())

    def step(self, *, forward: bool) -> bool:
        """The next cell comes to hand, or the open story where the way leads into it; False at the table's end."""
        index, columns = self.currentIndex(), len(self._data.columns)
        if not index.isValid():
            return False
        row, column = divmod(index.row() * columns + index.column() + (1 if forward else -1), columns)
        if row == self._data.story_place() >= 0:
            if forward and self.enter_story():
                return True
            row += 1 if forward else -1
        if not 0 <= row < len(self._data.rows):
            return False
        self._take(row, column)
        return True

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 Qt's own signature
        """Where Tab goes: through the cells if the table asks for it, through an open story's fields, then on."""
        stops, here = self._stops(), QApplication.focusWidget()
        if here in stops:
            return self._tab_in_story(stops, stops.index(here) + (1 if next else -1))
        if self.tab_walks_cells and self.hasFocus():
            return self.step(forward=next) or self._tab_out(forward=next)
        return super().focusNextPrevChild(next)

    def _tab_in_story(self, stops: list[QWidget], place: int) -> bool:
        if 0 <= place < len(stops):
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if place < 0:
            self.setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        below = self._data.story_place() + 1
        if self.tab_walks_cells and below < len(self._data.rows):
            self.setFocus(Qt.FocusReason.TabFocusReason)
            self._take(below, 0)
            return True
        return self._tab_out(forward=True)

    def _tab_out(self, *, forward: bool) -> bool:
        """The next thing in the window that is not a part of this table; False where there is nothing else."""
        widget = base.next_stop(self, forward=forward, outside=self)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return widget is not None

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab in a cell goes on to the next one to type in, and leaves the table at its end."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint if hint in (hints.EditNextItem, hints.EditPreviousItem) else hint)
        if hint not in (hints.EditNextItem, hints.EditPreviousItem):
            return
        forward = hint == hints.EditNextItem
        self._pass_choices(forward=forward)
        if not self.step(forward=forward):
            self._tab_out(forward=forward)
        elif self.hasFocus() and self._editable(self.currentIndex()) and not self._choices(self.currentIndex()):
            self.edit(self.currentIndex())

    def _pass_choices(self, *, forward: bool) -> None:
        """Goes over the cells with choices that come next, if a cell to type in follows them in the row."""
        index, by = self.currentIndex(), 1 if forward else -1
        last = column = index.column()
        while index.isValid() and 0 <= column + by < len(self._data.columns):
            column += by
            beside = self._data.index(index.row(), column)
            if not self._choices(beside):
                if self._editable(beside) and last != index.column():
                    self._take(index.row(), last)
                return
            last = column

    def _choices(self, index: QModelIndex) -> bool:
        return bool(self._data.cell(index).choices)

    def _enter(self, index: QModelIndex) -> None:
        if self._over_story(index):
            self.enter_story()
        elif self._choices(index):
            self.edit(index)
        elif self._editable(index):
            self.go_down()
        else:
            self.opened.emit(self.current_key())

    def go_down(self) -> None:
        """The cell below comes to hand, past an open story."""
        index = self.currentIndex()
        below = index.row() + 1
        if below < len(self._data.rows) and self._data.rows[below].kind == "story":
            below += 1
        if below < len(self._data.rows):
            self._take(below, index.column())

    def _editable(self, index: QModelIndex) -> bool:
        return index.isValid() and bool(self._data.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _clicked(self, index: QModelIndex) -> None:
        cell = self._data.cell(index)
        if cell.choices:
            self.edit(index)
        elif index.column() == 0 and cell.icon in ("right", "down"):
            self.toggled.emit(self.current_key())

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self._editable(index):
            self.opened.emit(self.current_key())

    def _tell_move(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and (now.row(), now.column()) != (before.row(), before.column()):
            self.moved.emit(self._data.rows[now.row()].key, now.column())

    def _columns_anew(self) -> None:
        self._lay_out()
        self.viewport().update()

    def _head_height(self) -> int:
        """One line of heading, or two where a title is broken."""
        more = max((column.title.count("\n") for column in self._data.columns), default=0)
        return theme.px(32) + round(more * QFontMetricsF(theme.font("label")).lineSpacing())

    def _lay_out(self) -> None:
        if not self.horizontalHeader().isHidden():
            self.horizontalHeader().setFixedHeight(self._head_height())
        for number, row in enumerate(self._data.rows):
            story = self.indexWidget(self._data.index(number, 0)) if row.kind == "story" else None
            self.setRowHeight(number, story.sizeHint().height() if story else self._height_of(row))
        self._lay_out_columns()
        if self._fit:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.updateGeometry()

    def _height_of(self, row: TableRow) -> int:
        """The height of a row: more where a column wraps a text that does not fit in one line."""
        height = theme.px(self._row_height)
        if not any(column.wrap for column in self._data.columns):
            return height
        for number, (column, cell) in enumerate(zip(self._data.columns, row.cells, strict=False)):
            if not column.wrap:
                continue
            room = self.columnWidth(number) - 2 * theme.px(PAD) - (theme.px(26) if cell.icon else 0)
            if base.text_width(cell.text, text_role(cell, row)) > room:
                two = 2 * QFontMetricsF(theme.font("body")).lineSpacing() + theme.px(8)
                return max(height, round(two))
        return height

    def _natural_width(self, column: int) -> int:
        face = self._data.columns[column]
        if face.width:
            return theme.px(face.width)
        widest = max(base.text_width(line, "label") for line in face.title.split("\n"))
        for row in self._data.rows[:400]:
            cell = row.cells[column] if column < len(row.cells) else None
            if cell is None or row.kind == "story":
                continue
            if isinstance(cell.mark, ChipFace):
                widest = max(widest, float(chip_size(cell.mark).width()))
            else:
                sign = theme.px(26) if cell.icon else 0
                widest = max(widest, base.text_width(cell.text, text_role(cell, row)) + sign)
        return max(round(widest) + 2 * theme.px(PAD) + 2, theme.px(face.least))

    def _lay_out_columns(self) -> None:
        widths = [self._natural_width(column) for column in range(len(self._data.columns))]
        stretching = [number for number, column in enumerate(self._data.columns) if column.stretch]
        left = self.viewport().width() - sum(widths)
        for number in stretching if left > 0 else []:
            widths[number] += left // len(stretching)
        for number, width in enumerate(widths):
            if self.columnWidth(number) != width:
                self.setColumnWidth(number, width)
        if any(column.wrap for column in self._data.columns):
            for number, row in enumerate(self._data.rows):
                if row.kind != "story":
                    self.setRowHeight(number, self._height_of(row))
        self._needs_scroll = left < 0
        height = self.sizeHint().height()
        if self._fit and height != self._told_height:  # the layouts around it are asked anew only for another height
            self._told_height = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows, when the table fits itself to them."""
        if not self._fit:
            return QSize(theme.px(400), theme.px(240))
        rows = sum(self.rowHeight(number) for number in range(len(self._data.rows)))
        bar = theme.px(10) if getattr(self, "_needs_scroll", False) else 0
        head = 0 if self.horizontalHeader().isHidden() else self._head_height()
        return QSize(theme.px(400), rows + head + bar + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as it is when fitted, else a heading and three rows."""
        low = self.sizeHint().height() if self._fit else theme.px(32 + 3 * self._row_height)
        return QSize(theme.px(120), low)
