"""How one cell is painted and edited."""

from functools import partial

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from appraise.ui import icons, theme
from appraise.ui.widgets import base
from appraise.ui.widgets.choices import CellPick, PickList
from appraise.ui.widgets.fields import Line
from appraise.ui.widgets.marks import BarFace, ChipFace, RangeFace, paint_bar, paint_chip, paint_range
from appraise.ui.widgets.table_model import (
    Cell,
    CellRole,
    ColumnRole,
    DataTableModel,
    RowKind,
    RowRole,
    TableColumn,
    TableRow,
)

PAD = 8
"""Space left and right of a cell's content, px at 100 %."""

_GROUNDS: dict[RowKind, str] = {
    "group": "inset",
    "sum": "inset",
    "total": "rail",
    "recommended": "selected",
    "open": "selected",
    "story": "selected",
}
_STRONG: tuple[RowKind, ...] = ("group", "total", "recommended", "strong")
Index = QModelIndex | QPersistentModelIndex


def text_role(cell: Cell, row: TableRow) -> theme.FontRole:
    """The type of a cell's text."""
    return "strong" if cell.strong or row.kind in _STRONG else "body"


class CellDelegate(QStyledItemDelegate):
    """Paints text, chip, range, bar and icon cells; edits in place and keeps what cannot be read."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, content, hairline, ring."""
        cell, row = index.data(CellRole), index.data(RowRole)
        if not isinstance(cell, Cell) or not isinstance(row, TableRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, place, row, chosen=chosen, first=index.column() == 0)
        if row.kind != "story":
            inner = place.adjusted(theme.px(PAD), 0, -theme.px(PAD), -1)
            column, align = index.data(ColumnRole), Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
            wrap = isinstance(column, TableColumn) and column.wrap
            self._paint_cell(painter, inner, cell, row, align, wrap=wrap)
            if self._view.hasFocus() and index == self._view.currentIndex():
                base.focus_ring(painter, place.adjusted(1, 0, -1, -1), 3)
        painter.restore()

    def _paint_ground(self, painter: QPainter, place: QRectF, row: TableRow, *, chosen: bool, first: bool) -> None:
        role = "selected" if chosen else _GROUNDS.get(row.kind, "")
        if role:
            painter.fillRect(place, theme.colour(role))
        if row.kind == "recommended" and first:
            painter.fillRect(QRectF(place.x(), place.y(), theme.px(4), place.height()), theme.colour("primary"))
        level = place.bottom() - 0.5
        line = "edge" if row.kind in ("group", "total", "story") else "frame"
        if row.kind != "open":
            base.hairline(painter, QPointF(place.left(), level), QPointF(place.right(), level), line)
        if theme.current().high_contrast and (chosen or row.kind in ("recommended", "open")):
            painter.setPen(QPen(theme.colour("ink"), theme.px(2)))
            painter.drawLine(place.topLeft() + QPointF(0, 1), place.topRight() + QPointF(0, 1))
            painter.drawLine(place.bottomLeft() - QPointF(0, 1), place.bottomRight() - QPointF(0, 1))

    def _paint_cell(
        self, painter: QPainter, inner: QRectF, cell: Cell, row: TableRow, align: Qt.AlignmentFlag, *, wrap: bool
    ) -> None:
        if isinstance(cell.mark, ChipFace):
            paint_chip(painter, inner, cell.mark)
            return
        if isinstance(cell.mark, RangeFace):
            paint_range(painter, inner, cell.mark)
            return
        if isinstance(cell.mark, BarFace):
            paint_bar(painter, inner, cell.mark)
            return
        if cell.icon:
            side = float(theme.px(18 if cell.icon in icons.STATES else 16))
            left = (
                inner.center().x() - side / 2 if align & Qt.AlignmentFlag.AlignHCenter and not cell.text else inner.x()
            )
            ink = theme.colour(cell.icon_ink or icons.state_role(cell.icon))
            icons.paint(painter, cell.icon, QRectF(left, inner.center().y() - side / 2, side, side), ink)
            inner = inner.adjusted(theme.px(26), 0, 0, 0)
        role = text_role(cell, row)
        if wrap and base.text_width(cell.text, role) > inner.width():
            base.two_lines_at(painter, inner, cell.text, role, theme.colour(cell.ink))
        else:
            base.text_at(painter, inner, cell.text, role, theme.colour(cell.ink), align)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line, or a pick list where the cell has choices."""
        cell = index.data(CellRole)
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        if isinstance(cell, Cell) and cell.choices:
            pick = CellPick(name, cell.choices)
            pick.setParent(parent)
            pick.picked.connect(partial(self._finish, pick))
            pick.given_up.connect(partial(self._drop, pick))
            pick.open_soon()
            return pick
        line = Line(dense=True)
        line.setParent(parent)
        line.setAccessibleName(name)
        line.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        line.setTextMargins(theme.px(PAD - 3), 0, theme.px(PAD - 3), 0)
        return line

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _drop(self, editor: QWidget) -> None:
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The cell's text, or its choice."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, PickList):
            at = editor.findText(text)
            editor.setCurrentIndex(max(at, 0))
        elif isinstance(editor, QLineEdit) and not editor.isModified():  # new figures must not undo what is half typed
            editor.setText(text)
            editor.selectAll()
            if isinstance(editor, Line):
                editor.saved = text  # nothing is half typed, so that undo goes to the document

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hands the edit to the model when something changed."""
        if not isinstance(model, DataTableModel):
            return
        cell = model.cell(index)
        if isinstance(editor, CellPick):
            if editor.has_picked:
                model.apply(index, editor.current())
        elif isinstance(editor, Line) and editor.text().strip() != cell.starting_text():
            model.apply(index, editor.text().strip())
        elif isinstance(editor, Line):
            model.rows[index.row()].half_typed.pop(index.column(), None)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab leave a cell only when its text can be read; Enter goes down."""
        if (
            isinstance(editor, Line)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            return self._leave(editor, Qt.Key(event.key()))
        return super().eventFilter(editor, event)

    def _leave(self, editor: Line, key: Qt.Key) -> bool:
        index, model = self._view.currentIndex(), self._view.model()
        if not isinstance(model, DataTableModel):
            return False
        typed = editor.text().strip()
        fault = model.apply(index, typed) if typed != model.cell(index).starting_text() else ""
        if fault:
            editor.wrong = True
            editor.setAccessibleDescription(fault)
            editor.update()
            QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), fault, editor)
            return True
        model.rows[index.row()].half_typed.pop(index.column(), None)
        hints = {
            Qt.Key.Key_Tab: QAbstractItemDelegate.EndEditHint.EditNextItem,
            Qt.Key.Key_Backtab: QAbstractItemDelegate.EndEditHint.EditPreviousItem,
        }
        editor.setText(model.cell(index).starting_text())
        self.closeEditor.emit(editor, hints.get(key, QAbstractItemDelegate.EndEditHint.NoHint))
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            go_down = getattr(self._view, "go_down", None)
            if callable(go_down):
                go_down()
        return True

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The editor covers the cell; a pick list may be wider."""
        place = option.rect
        if isinstance(editor, PickList):
            place = place.adjusted(0, 0, max(editor.sizeHint().width() - place.width(), 0), 0)
        editor.setGeometry(place.adjusted(0, 0, 0, -1))
