"""The table: hairlines only, right-aligned figures, tinted rows, a ring round the cell in hand."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.marks import ChipFace, chip_size
from appraise.ui.widgets.table_delegate import PAD, CellDelegate
from appraise.ui.widgets.table_model import DataTableModel


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
        """32 high."""
        return QSize(super().sizeHint().width(), theme.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The words of one column and its part of the line."""
        painter.save()
        place = QRectF(rect)
        painter.fillRect(place, theme.colour("card"))
        model = self.model()
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        align = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        inner = place.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        base.text_at(painter, inner, words, "label", theme.colour("ink2"), Qt.AlignmentFlag(align))
        level = place.bottom() - 0.5
        base.hairline(painter, QPointF(place.left(), level), QPointF(place.right(), level), "edge")
        painter.restore()


class DataTable(QTableView, theme.Themed):
    """A table over a `DataTableModel`.

    `row_height` in px at 100 %: 28 dense, 31 to 36 calm. `fit` makes the table as high as its rows, so that the page
    scrolls; otherwise it scrolls itself. Enter commits and goes down, Tab right, F2 or typing edits, Delete empties.

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

    def __init__(self, name: str, model: DataTableModel, *, row_height: float = 32, fit: bool = True) -> None:
        super().__init__()
        self._row_height, self._fit = row_height, fit
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
        self.horizontalHeader().setFixedHeight(theme.px(32))
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
        self._lay_out()

    def close_story(self) -> None:
        """Closes the open story, if any."""
        number = self._data.story_place()
        if number >= 0:
            self.clearSpans()
            self._data.remove_story()

    def story_key(self) -> str:
        """The key of the row whose story is open; empty where none is."""
        number = self._data.story_place()
        return self._data.rows[number - 1].key if number > 0 else ""

    def copy(self) -> None:
        """Puts the selected cells on the clipboard, tabs between columns."""
        chosen = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in chosen:
            lines.setdefault(row, []).append(self._data.cell(self._data.index(row, column)).starting_text())
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def paste(self) -> None:
        """Hands the clipboard's block to the page, starting at the top left cell of the selection."""
        text = QGuiApplication.clipboard().text()
        chosen = self.selectedIndexes() or [self.currentIndex()]
        if text and chosen[0].isValid():
            block = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
            self.pasted.emit(min(i.row() for i in chosen), min(i.column() for i in chosen), block)

    def fill_down(self) -> None:
        """Tells the page to copy the top cell of the selection into the ones below."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if len(rows) > 1:
            self.filled_down.emit(rows, self.currentIndex().column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a spreadsheet."""
        index, key = self.currentIndex(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
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

    def _enter(self, index: QModelIndex) -> None:
        if self._editable(index):
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
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._data.index(below, index.column()), flag)

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

    def _lay_out(self) -> None:
        for number, row in enumerate(self._data.rows):
            story = self.indexWidget(self._data.index(number, 0)) if row.kind == "story" else None
            self.setRowHeight(number, story.sizeHint().height() if story else theme.px(self._row_height))
        self._lay_out_columns()
        if self._fit:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.updateGeometry()

    def _natural_width(self, column: int) -> int:
        face = self._data.columns[column]
        if face.width:
            return theme.px(face.width)
        widest = base.text_width(face.title, "label")
        for row in self._data.rows[:400]:
            cell = row.cells[column] if column < len(row.cells) else None
            if cell is None or row.kind == "story":
                continue
            if isinstance(cell.mark, ChipFace):
                widest = max(widest, float(chip_size(cell.mark).width()))
            else:
                strong = cell.strong or row.kind in ("total", "group", "recommended", "strong")
                sign = theme.px(26) if cell.icon else 0
                widest = max(widest, base.text_width(cell.text, "strong" if strong else "body") + sign)
        return round(widest) + 2 * theme.px(PAD) + 2

    def _lay_out_columns(self) -> None:
        widths = [self._natural_width(column) for column in range(len(self._data.columns))]
        stretching = [number for number, column in enumerate(self._data.columns) if column.stretch]
        left = self.viewport().width() - sum(widths)
        for number in stretching if left > 0 else []:
            widths[number] += left // len(stretching)
        for number, width in enumerate(widths):
            if self.columnWidth(number) != width:
                self.setColumnWidth(number, width)
        self._needs_scroll = left < 0
        if self._fit:
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows, when the table fits itself to them."""
        if not self._fit:
            return QSize(theme.px(400), theme.px(240))
        rows = sum(self.rowHeight(number) for number in range(len(self._data.rows)))
        bar = theme.px(10) if getattr(self, "_needs_scroll", False) else 0
        return QSize(theme.px(400), rows + theme.px(32) + bar + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as it is when fitted, else a heading and three rows."""
        low = self.sizeHint().height() if self._fit else theme.px(32 + 3 * self._row_height)
        return QSize(theme.px(120), low)
