"""Tables of any length: measured columns, repeated headings, and a structure that a screen reader can walk."""
# ruff: noqa: N802, N803, N815, SLF001 - reportlab names the methods it calls and keeps its state private

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Literal

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table
from reportlab.platypus.tables import TableRenderCB

from appraise.report import fonts, safe_text, styles
from appraise.report.blocks import TaggedParagraph
from appraise.report.tagged_pdf import Element, Node, TaggedCanvas

_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)
_DENSE_SIZES = (8.5,)
_PADDING = 5.0
_ABOVE, _BELOW = 3.5, 4.5  # room over and under the text of a cell
_DENSE_ABOVE, _DENSE_BELOW = 2.25, 3.25
_CELL_LIMIT = 8_000
_HEADING_LIMIT = 120  # headings stand on every page of a table
_LONGEST_WORD_ROOM = 150.0  # a longer word is broken rather than given its width
_TEXT_ROOM = 80.0
_ROUNDING = 0.5  # a column exactly as wide as its word may break it
_EMPTY = "Nothing recorded"
_SENTENCE_WORDS, _SENTENCE_SMALL = 8, 4
_READ_AGAIN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its side, and its part of the spare width (0: by what it holds)."""

    heading: str
    align: Literal["left", "right"] = "left"
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A table as it is to be printed.

    Attributes:
        caption: its message, with its number if it has one.
        columns: the first holds the row headings.
        rows: cells as text; in a row with too few cells the last one spans the remaining columns.
        emphasised: indices of rows that are tinted and bold.
        totals: indices of rows under a rule and bold.
        groups: (heading, number of columns) over the columns, from the left; "" for no heading.
        notes: small lines under the table.
        dense: columns of sentences in small type, each as narrow as its longest word.

    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    emphasised: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    dense: bool = False


class CellParagraph(TaggedParagraph):
    """A cell's text that knows its row and column, so that parts of a split row find their cell again."""

    place = (0, 0)

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Split and keep the place."""
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part.place = self.place
        return parts


class TableTags(TableRenderCB):  # type: ignore[misc]  # reportlab ships no types
    """The library's hooks while a table is drawn; it is drawn several times, so only the row at hand is kept.

    Attributes:
        node: the table in the structure.
        heads: number of heading rows.
        attributes: (row, column) -> role and attributes of cells that are not plain TD.
        heads_read_again: True where headings are content, not artifacts, on the second and third page.
        row_key: the element of the row at hand.

    """

    def __init__(
        self,
        node: Node,
        heads: int,
        attributes: dict[tuple[int, int], tuple[str, str]],
        *,
        heads_read_again: bool = False,
    ) -> None:
        self.node = node
        self.heads = heads
        self.attributes = attributes
        self.heads_read_again = heads_read_again
        self.row_key: Hashable = node

    def startTable(self, table: Table) -> None:
        """The element is made with the first row."""

    def startBG(self, table: Table) -> None:
        """Backgrounds are no content."""
        table.canv.open_artifact()

    def endBG(self, table: Table) -> None:
        """Backgrounds are done."""
        table.canv.close()

    def startRow(self, table: Table, rowNo: int) -> None:
        """Find the row's element; a repeated heading, and the empty rest of a split row, are artifacts."""
        canvas: TaggedCanvas = table.canv
        row = _row_of(table._cellvalues[rowNo])
        again = row is not None and row < self.heads and canvas.knows((self.node, row))
        times = [time for time in range(_READ_AGAIN) if not canvas.knows((self.node, row, "again", time))]
        if row is None or (again and not (self.heads_read_again and times)):
            canvas.open_artifact()
            return
        whole = canvas.child(canvas.current, self.node, self.node.role)
        part = "THead" if row < self.heads and not again else "TBody"
        group = canvas.child(whole, (self.node, part), part)
        self.row_key = (self.node, row, "again", times[0]) if again else (self.node, row)
        canvas.current = canvas.child(group, self.row_key, "TR")

    def startCell(self, table: Table, rowNo: int, colNo: int, cellval: Any, *_: Any) -> None:
        """Find the cell's element; plain text is marked here, a paragraph marks itself."""
        canvas: TaggedCanvas = table.canv
        row = _row_of(table._cellvalues[rowNo])
        if not canvas.marking or row is None:
            return
        role, attributes = self.attributes.get((row, colNo), ("TD", ""))
        canvas.current = canvas.child(canvas.current, (self.row_key, colNo), role, attributes)
        if isinstance(cellval, str) and cellval:
            canvas.open_content(canvas.current)

    def endCell(self, table: Table) -> None:
        """Back to the row."""
        canvas: TaggedCanvas = table.canv
        if canvas.current.role in ("TD", "TH"):
            canvas.close()
            canvas.current = _above(canvas.current)

    def endRow(self, table: Table) -> None:
        """Back to where the table stands."""
        canvas: TaggedCanvas = table.canv
        canvas.close()
        if canvas.current.role == "TR":
            canvas.current = _above(_above(_above(canvas.current)))

    def startLines(self, table: Table) -> None:
        """Rules are no content."""
        table.canv.open_artifact()

    def endLines(self, table: Table) -> None:
        """Rules are done."""
        table.canv.close()

    def endTable(self, table: Table) -> None:
        """Nothing is open here."""


def _above(element: Element) -> Element:
    if element.parent is None:
        raise ValueError("The root has nothing above it.")
    return element.parent


def _row_of(cells: Sequence[Any]) -> int | None:
    """The logical row of drawn cells, or None for the part of a split row in which nothing is left."""
    for cell in cells:
        for piece in cell if isinstance(cell, list | tuple) else (cell,):
            if isinstance(piece, CellParagraph):
                return piece.place[0]
    return None


class DataTable(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A table with its caption above it, which never parts from the first rows."""

    spaceBefore = 8.0
    spaceAfter = 10.0
    canv: TaggedCanvas

    def __init__(self, caption: TaggedParagraph, grid: Table, heads: int) -> None:
        super().__init__()
        self.caption = caption
        self.grid = grid
        self.heads = heads

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Caption and grid."""
        self._above = self.caption.wrapOn(self.canv, availWidth, availHeight)[1] + self.caption.getSpaceAfter()
        self._below = self.grid.wrapOn(self.canv, availWidth, availHeight)[1]
        self.width, self.height = availWidth, self._above + self._below
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Caption and first rows, then the rest; nothing where fewer than two rows would stand under the caption."""
        self.wrap(availWidth, availHeight)
        room = availHeight - self._above
        first_rows = sum(self.grid._rowHeights[: self.heads + 2])
        if first_rows > room and availHeight < 0.9 * styles.TEXT_HEIGHT:
            return []
        parts = self.grid.splitOn(self.canv, availWidth, room)
        return [DataTable(self.caption, parts[0], self.heads), *parts[1:]] if parts else []

    def draw(self) -> None:
        """Caption, then grid."""
        self.caption.drawOn(self.canv, 0, self._below + self.caption.getSpaceAfter())
        self.grid.drawOn(self.canv, 0, 0)


# --- measuring -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Measured:
    """What a column asks for, in points without padding: what it must have, what it would like, its longest cell."""

    needed: float
    wanted: float
    longest: float


def _measure(spec: TableSpec, rows: Sequence[Sequence[str]], column: int, size: float) -> _Measured:
    heading = safe_text.plain(spec.columns[column].heading, limit=_HEADING_LIMIT)
    cells = [row[column] for row in rows if len(row) > column and not _spans(row, column, spec)]
    lines = [fonts.width(cell, fonts.SEMIBOLD, size) for cell in cells]
    words = [fonts.width(word, fonts.SEMIBOLD, size) for cell in cells for word in cell.split(" ")]
    heading_word = max((fonts.width(word, fonts.SEMIBOLD, size) for word in heading.split(" ")), default=0.0)
    longest_line = max(lines, default=0.0)
    if spec.columns[column].align == "right" and longest_line <= _LONGEST_WORD_ROOM:
        needed = max(heading_word, longest_line)
    else:
        text_room = 0.0 if spec.dense else min(longest_line, _TEXT_ROOM)
        needed = max(heading_word, max(words, default=0.0), text_room)
    whole_heading = fonts.width(heading, fonts.SEMIBOLD, size)
    needed = min(needed, _LONGEST_WORD_ROOM) + _ROUNDING
    # Among sentences a heading may stand in two lines: the width is better spent on them.
    heading_room = whole_heading * (0.6 if spec.dense else 1.0)
    return _Measured(needed, max(longest_line, heading_room, needed), longest_line)


def _spans(row: Sequence[str], column: int, spec: TableSpec) -> bool:
    return column == len(row) - 1 < len(spec.columns) - 1


def column_widths(
    spec: TableSpec, rows: Sequence[Sequence[str]], total: float = styles.TEXT_WIDTH
) -> tuple[float, list[float]]:
    """Type size and widths in points, adding up to `total`: the largest size at which no word or number is cut."""
    measured: list[_Measured] = []
    for size in _DENSE_SIZES if spec.dense else _SIZES:
        measured = [_measure(spec, rows, column, size) for column in range(len(spec.columns))]
        if sum(column.needed + 2 * _PADDING for column in measured) <= total:
            return size, _share_out(spec, measured, total)
    floor = [column.needed + 2 * _PADDING for column in measured]
    return _SIZES[-1], [width * total / sum(floor) for width in floor]


def _share_out(spec: TableSpec, measured: Sequence[_Measured], total: float) -> list[float]:
    """Needs first, then wishes in proportion, then what is left, most of it to text and to columns with a share.

    Columns with a few words in a cell come before those with sentences where a quarter of the room is left to these.
    """
    widths = [column.needed + 2 * _PADDING for column in measured]
    spare = total - sum(widths)
    short = [max(one.longest - one.needed, 0.0) + _ROUNDING if one.longest <= _TEXT_ROOM else 0.0 for one in measured]
    if sum(short) <= 0.75 * spare:
        widths = [width + wish for width, wish in zip(widths, short, strict=True)]
        measured = [
            replace(one, needed=one.needed + wish, wanted=max(one.wanted, one.needed + wish))
            for one, wish in zip(measured, short, strict=True)
        ]
        spare -= sum(short)
    wishes = [min(column.wanted, 0.6 * total) - min(column.needed, 0.6 * total) for column in measured]
    if sum(wishes) > 0:
        part = min(1.0, spare / sum(wishes))
        widths = [width + part * wish for width, wish in zip(widths, wishes, strict=True)]
        spare = max(0.0, total - sum(widths))
    shares = [column.share for column in spec.columns]
    if not any(shares):
        shares = [2.0 if index == 0 else 1.0 for index in range(len(widths))]
    return [width + spare * share / sum(shares) for width, share in zip(widths, shares, strict=True)]


# --- building ------------------------------------------------------------------------------------------------------
def table(spec: TableSpec) -> list[Flowable]:
    """Caption, grid and notes. Raises ValueError for a row with more cells than there are columns."""
    rows = [[safe_text.plain(cell, limit=_CELL_LIMIT) for cell in row] or [""] for row in spec.rows] or [[_EMPTY]]
    if any(len(row) > len(spec.columns) for row in rows):
        raise ValueError(f"A row of the table “{spec.caption}” has more cells than the table has columns.")
    parts = _in_parts(spec, rows)
    blocks = [_grid(part, part_rows) for part, part_rows in parts]
    notes = [TaggedParagraph(safe_text.markup(note), styles.NOTE, (Node("P"),)) for note in spec.notes]
    if notes:
        blocks[-1].spaceAfter = 4.0
        notes[-1].spaceAfter = 12.0
    return [*blocks, *notes]


def _in_parts(spec: TableSpec, rows: Sequence[Sequence[str]]) -> list[tuple[TableSpec, list[list[str]]]]:
    """The table, or several under each other where its columns cannot all have the width that their numbers need.

    Each part repeats the first column. Tables with groups or spanning cells are not divided.
    """
    count = len(spec.columns)
    whole = [(spec, [list(row) for row in rows])]
    if spec.groups or any(len(row) < count for row in rows):
        return whole
    needed = [_measure(spec, rows, column, _SIZES[-1]).needed + 2 * _PADDING for column in range(count)]
    pieces: list[list[int]] = [[]]
    for column in range(1, count):
        if pieces[-1] and needed[0] + sum(needed[index] for index in [*pieces[-1], column]) > styles.TEXT_WIDTH:
            pieces.append([])
        pieces[-1].append(column)
    if len(pieces) == 1:
        return whole
    # Parts of equal length look better than a full one and a remnant.
    each = -(-(count - 1) // len(pieces))
    return [
        _part(spec, rows, [0, *range(start, min(start + each, count))], number, len(pieces))
        for number, start in enumerate(range(1, count, each), start=1)
    ]


def _part(
    spec: TableSpec, rows: Sequence[Sequence[str]], columns: Sequence[int], number: int, parts: int
) -> tuple[TableSpec, list[list[str]]]:
    caption = f"{spec.caption} (part {number} of {parts})"
    part = replace(spec, caption=caption, columns=tuple(spec.columns[column] for column in columns), notes=())
    return part, [[row[column] for column in columns] for row in rows]


def _is_wordy(spec: TableSpec) -> bool:
    """True where headings in a row look like a sentence.

    A repeated heading is an artifact: it has been read. Checks of reading order take a line of eight words,
    four of them in small letters, for a lost sentence, unless it stands on three pages or more. Such headings
    are read again on the second and third page of the table.
    """
    words = [word for column in spec.columns for word in re.findall(r"[^\W_]+", column.heading)]
    return len(words) >= _SENTENCE_WORDS and sum(word[:1].islower() for word in words) >= _SENTENCE_SMALL


def _grid(spec: TableSpec, rows: Sequence[Sequence[str]]) -> DataTable:
    node = Node("Table")
    size, widths = column_widths(spec, rows)
    heads = _head_rows(spec)
    cells = _heading_rows(spec, size) + [
        _body_row(spec, row, index, heads, size, widths) for index, row in enumerate(rows)
    ]
    grid = Table(
        cells,
        colWidths=widths,
        style=_look(spec, rows, heads, size),
        repeatRows=heads,
        splitInRow=1,
        hAlign="LEFT",
        renderCB=TableTags(node, heads, _roles(spec, rows, heads), heads_read_again=_is_wordy(spec)),
    )
    caption = TaggedParagraph(safe_text.markup(spec.caption, limit=600), styles.CAPTION, (node, Node("Caption")))
    return DataTable(caption, grid, heads)


def _paragraph(text: str, place: tuple[int, int], style: ParagraphStyle, *, limit: int = _CELL_LIMIT) -> CellParagraph:
    cell = CellParagraph(safe_text.markup(text, limit=limit), style)
    cell.place = place
    return cell


def _cell_style(size: float, face: str, *, align: int, color: Any = styles.INK) -> ParagraphStyle:
    key = (size, face, align, color.hexval())
    if key not in _STYLES:
        look = {"fontName": face, "fontSize": size, "leading": _leading(size), "textColor": color, "alignment": align}
        _STYLES[key] = ParagraphStyle("Cell", parent=styles.CELL, **look)
    return _STYLES[key]


def _leading(size: float) -> float:
    return round(size * 1.32, 2)


_STYLES: dict[tuple[float, str, int, str], ParagraphStyle] = {}


def _heading_rows(spec: TableSpec, size: float) -> list[list[Any]]:
    """One row of headings, or two with the groups above."""
    heads = _head_rows(spec)

    def head(text: str, row: int, column: int) -> CellParagraph:
        align = TA_RIGHT if spec.columns[column].align == "right" else TA_LEFT
        style = _cell_style(size, fonts.SEMIBOLD, align=align, color=styles.WHITE)
        return _paragraph(text, (row, column), style, limit=_HEADING_LIMIT)

    lower = [head(column.heading, heads - 1, index) for index, column in enumerate(spec.columns)]
    if heads == 1:
        return [lower]
    upper: list[Any] = [""] * len(spec.columns)
    for start, _, text in _group_spans(spec):
        style = _cell_style(size, fonts.SEMIBOLD, align=TA_CENTER, color=styles.WHITE)
        upper[start] = _paragraph(text, (0, start), style, limit=_HEADING_LIMIT)
    return [upper, lower]


def _group_spans(spec: TableSpec) -> list[tuple[int, int, str]]:
    """(first column, last column, heading) of each named group."""
    ends = list(accumulate(count for _, count in spec.groups))
    if ends and ends[-1] > len(spec.columns):
        raise ValueError(f"The groups of the table “{spec.caption}” cover more columns than it has.")
    spans = zip(spec.groups, ends, strict=True)
    return [(end - count, end - 1, text) for (text, count), end in spans if text]


def _head_rows(spec: TableSpec) -> int:
    return 2 if _group_spans(spec) else 1


def _body_row(
    spec: TableSpec, row: Sequence[str], index: int, heads: int, size: float, widths: Sequence[float]
) -> list[Any]:
    strong = index in spec.totals or _is_section(spec, row)
    cells: list[Any] = []
    for column, text in enumerate(row):
        # Sentences stay in regular type: a highlighted row of them in bold is hard to read.
        bold = strong or (index in spec.emphasised and not (spec.dense and column))
        face = fonts.SEMIBOLD if bold else fonts.REGULAR
        align = TA_RIGHT if spec.columns[column].align == "right" and not _spans(row, column, spec) else TA_LEFT
        # A plain string costs half a paragraph; the first column is always one, it carries the row's identity.
        if column and fonts.width(text, face, size) <= widths[column] - 2 * _PADDING and not _spans(row, column, spec):
            cells.append(text)
        else:
            cells.append(_paragraph(text, (heads + index, column), _cell_style(size, face, align=align)))
    return cells + [""] * (len(spec.columns) - len(row))


def _is_section(spec: TableSpec, row: Sequence[str]) -> bool:
    return len(row) == 1 and len(spec.columns) > 1


def _roles(spec: TableSpec, rows: Sequence[Sequence[str]], heads: int) -> dict[tuple[int, int], tuple[str, str]]:
    """(row, column) -> role and attributes of headings and of cells that span.

    Row headings are TH only where the cells they head are as many as all headings, those read again on later pages
    with them: a table of two columns read with a heading before every cell says everything twice.
    """
    last = len(spec.columns) - 1
    roles = {(heads - 1, column): _head("Column") for column in range(last + 1)}
    for start, end, _ in _group_spans(spec):
        roles[(0, start)] = _head("Column", f"/ColSpan {end - start + 1}")
    row_heads = [index for index, row in enumerate(rows) if not _is_section(spec, row)]
    data_cells = sum(len(rows[index]) - 1 for index in row_heads)
    read = len(roles) * (1 + _READ_AGAIN * _is_wordy(spec))
    if read + len(row_heads) <= data_cells:
        roles |= {(heads + index, 0): _head("Row") for index in row_heads}
    for index, row in enumerate(rows):
        if len(row) <= last:
            roles[(heads + index, len(row) - 1)] = ("TD", f"/A<</O/Table/ColSpan {last + 2 - len(row)}>>")
    return roles


def _head(scope: str, span: str = "") -> tuple[str, str]:
    return ("TH", f"/A<</O/Table/Scope/{scope}{span}>>")


def _look(spec: TableSpec, rows: Sequence[Sequence[str]], heads: int, size: float) -> list[tuple[Any, ...]]:
    """The commands of reportlab's table style."""
    look: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, size, _leading(size)),
        ("TEXTCOLOR", (0, heads), (-1, -1), styles.INK),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), _DENSE_ABOVE if spec.dense else _ABOVE),
        ("BOTTOMPADDING", (0, 0), (-1, -1), _DENSE_BELOW if spec.dense else _BELOW),
        ("VALIGN", (0, 0), (-1, heads - 1), "BOTTOM"),
        ("VALIGN", (0, heads), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, heads - 1), styles.NAVY),
        ("LINEBELOW", (0, heads), (-1, -1), 0.5, styles.HAIRLINE),
    ]
    look += [
        ("ALIGN", (index, 0), (index, -1), "RIGHT")
        for index, column in enumerate(spec.columns)
        if column.align == "right"
    ]
    look += _group_look(spec)
    look += _span_look(spec, rows, heads)
    bold = {*spec.totals} if spec.dense else {*spec.emphasised, *spec.totals}
    for index in bold:
        if 0 <= index < len(rows):
            look.append(("FONTNAME", (0, heads + index), (-1, heads + index), fonts.SEMIBOLD))
    for index in sorted(spec.emphasised):
        look.append(("BACKGROUND", (0, heads + index), (-1, heads + index), styles.TINT))
    for index in sorted(spec.totals):
        look.append(("LINEABOVE", (0, heads + index), (-1, heads + index), 1.0, styles.INK))
    return look


def _group_look(spec: TableSpec) -> list[tuple[Any, ...]]:
    look: list[tuple[Any, ...]] = []
    for start, end, _ in _group_spans(spec):
        look.append(("SPAN", (start, 0), (end, 0)))
        look.append(("LINEBELOW", (start, 0), (end, 0), 0.5, styles.WHITE))
    return look


def _span_look(spec: TableSpec, rows: Sequence[Sequence[str]], heads: int) -> list[tuple[Any, ...]]:
    last = len(spec.columns) - 1
    return [
        ("SPAN", (len(row) - 1, heads + index), (last, heads + index))
        for index, row in enumerate(rows)
        if len(row) <= last
    ]
