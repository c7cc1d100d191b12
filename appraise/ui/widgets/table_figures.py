"""A table of figures to read: headings in up to two lines, the first column always in view, one column tinted."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.table import Header
from appraise.ui.widgets.table_delegate import PAD, CellDelegate, Index, text_role
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import DataTableModel, TableRow

_ONE_LINE, _TWO_LINES = 32, 48
"""Heights of the heading in px at 100 %."""
_LEAST_WORDS, _MOST_WORDS = 140, 230
"""Words take one line up to the first, and never claim more than the second, in px at 100 %, where room is short."""


def width_in_two_lines(text: str, role: theme.FontRole) -> float:
    """The least width in px in which a text fits into two lines, broken between words."""
    words = text.split(" ")
    breaks = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    halves = [max(base.text_width(first, role), base.text_width(second, role)) for first, second in breaks]
    return min([base.text_width(text, role), *halves])


def _least(text: str, role: theme.FontRole, one: float) -> float:
    """How wide words must be at least; `one` is their width in one line."""
    two = min(width_in_two_lines(text, role), theme.px(_MOST_WORDS))
    return max(two, min(one, theme.px(_LEAST_WORDS)))


class _Headings(Header):
    """Column heads that take a second line where they need it."""

    def __init__(self, view: QWidget, table: "FigureTable") -> None:
        super().__init__(view)
        self._table = table

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The words of one column at the foot of its head, and its part of the line."""
        painter.save()
        place = QRectF(rect)
        tinted = logicalIndex == self._table.tinted
        painter.fillRect(place, theme.colour("selected" if tinted else "card"))
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        align = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        inner = place.adjusted(theme.px(PAD), 0, -theme.px(PAD), -theme.px(7))
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("ink" if tinted else "ink2"))
        flags = Qt.AlignmentFlag(align) | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, flags | Qt.TextFlag.TextWordWrap, words)
        level = place.bottom() - 0.5
        base.hairline(painter, QPointF(place.left(), level), QPointF(place.right(), level), "edge")
        painter.restore()


class _FigureDelegate(CellDelegate):
    """Tints the cells of one column, under every row that is not tinted itself."""

    def __init__(self, table: "FigureTable") -> None:
        super().__init__(table)
        self._table, self._column = table, -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As everywhere; the ground knows its column."""
        self._column = index.column()
        super().paint(painter, option, index)

    def _paint_ground(self, painter: QPainter, place: QRectF, row: TableRow, *, chosen: bool, first: bool) -> None:
        super()._paint_ground(painter, place, row, chosen=chosen, first=first)
        if self._column != self._table.tinted or row.kind == "story" or chosen:
            return
        painter.fillRect(place.adjusted(0, 0, 0, -1), theme.colour("selected"))
        if theme.current().high_contrast:
            painter.setPen(QPen(theme.colour("ink"), theme.px(2)))
            painter.drawLine(place.topLeft() + QPointF(1, 0), place.bottomLeft() + QPointF(1, 0))
            painter.drawLine(place.topRight() - QPointF(1, 0), place.bottomRight() - QPointF(1, 0))


class FigureTable(FrozenTable):
    """A table that is as high as its rows and only read. `tinted` is the number of the highlighted column, or -1.

    Columns with `wrap` share the room: they are never wider than a part of it where the rest needs room.
    """

    tinted = -1
    _natural: list[int]

    def __init__(self, name: str, model: DataTableModel, *, row_height: float = 31, last: bool = False) -> None:
        super().__init__(name, model, row_height=row_height, fit=True, last=last)
        self.setItemDelegate(_FigureDelegate(self))
        self.setHorizontalHeader(_Headings(self, self))
        self.horizontalHeader().sectionResized.connect(self._column_resized)
        for side in self._sides:
            side.setItemDelegate(_FigureDelegate(self))
            side.setHorizontalHeader(_Headings(side, self))
        # The new headings must hear of a reset before the table is laid out: Qt asks them for sections that are gone.
        for slot in (self._lay_out, self._rows_anew):
            model.modelReset.disconnect(slot)
            model.modelReset.connect(slot)
        self.apply_theme()

    def tint(self, column: int) -> None:
        """Highlights a column; -1 highlights none."""
        if column != self.tinted:
            self.tinted = column
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def _widths(self, column: int) -> tuple[int, int]:
        """How wide a column needs to be with its words in two lines, and with all of them in one."""
        face = self._data.columns[column]
        narrow = width_in_two_lines(face.title, "label")
        wide, signs = base.text_width(face.title, "label"), 0
        for row in self._data.rows:
            if row.kind == "story" or column >= len(row.cells):
                continue
            cell, role = row.cells[column], text_role(row.cells[column], row)
            one = base.text_width(cell.text, role)
            wide = max(wide, one)
            narrow = max(narrow, _least(cell.text, role, one) if face.wrap else one)
            signs = max(signs, theme.px(26) if cell.icon else 0)
        rest = signs + 2 * theme.px(PAD) + 2
        return round(narrow) + rest, round(wide) + rest

    def _natural_width(self, column: int) -> int:
        """Words give way to figures: columns that wrap take what the others leave, at least two lines' worth."""
        if column == 0:
            widths = [self._widths(number) for number in range(len(self._data.columns))]
            spare = self.viewport().width() - sum(narrow for narrow, _ in widths)
            self._natural = []
            for narrow, wide in widths:
                more = max(0, min(wide - narrow, spare))
                spare -= more
                self._natural.append(narrow + more)
        return self._natural[column]

    def _lay_out_columns(self) -> None:
        super()._lay_out_columns()
        two = any(
            base.text_width(face.title, "label") > self.columnWidth(number) - 2 * theme.px(PAD)
            for number, face in enumerate(self._data.columns)
        )
        height = theme.px(_TWO_LINES if two else _ONE_LINE)
        if self.horizontalHeader().height() != height:
            self.horizontalHeader().setFixedHeight(height)
            self._freeze()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows under the heading as it is."""
        size = super().sizeHint()
        return QSize(size.width(), size.height() + self.horizontalHeader().height() - theme.px(_ONE_LINE))
