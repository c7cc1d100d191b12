"""Score sheets: the workbook that an assessor fills in alone, written here and read back.

It holds options, criteria and anchors, and where scores belong. It never holds weights, totals or the scores of
others (METHOD 9.4). All that a user wrote goes in as text, so that none of it becomes a formula.
"""

import io
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from appraise.files.faults import FileFault, called, shown
from appraise.files.sheets import ROWS, Cell, Formula, Sheet, SheetFault, read_typed_sheets
from appraise.model.appraisal.criteria import Criterion, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.workshop import Assessor
from appraise.model.sealing import criteria_digest, criterion_digest
from appraise.present.option_words import day

if TYPE_CHECKING:
    from openpyxl.cell import Cell as WorkbookCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: The form of the sheets that this program writes. It reads no other.
FORMAT = 1
#: Names of the two sheets, and how the second says what it is.
SCORE, ABOUT = "Score", "About this sheet"
WHAT_IT_IS = "Appraise score sheet"

#: Headings and widths in letters; the last five are hidden.
_COLUMNS: Mapping[str, int] = {
    "Option": 27,
    "Criterion": 21,
    "Score": 13,
    "Reason": 42,
    "Evidence": 35,
    "Option id": 0,
    "Criterion id": 0,
    "Criterion version": 0,
    "Workshop": 0,
    "Assessor": 0,
}
_FOR_INFORMATION, _TO_FILL, _HIDDEN = range(1, 3), range(3, 6), range(6, 11)
_SEEN = range(1, 6)
_BAND_ROW, _HEADING_ROW = 6, 7
#: Above the rows of a criterion: its name, and what its figures mean.
_ROWS_ABOVE = 2

HOW_TO = (
    "Score alone: hold each option against the words for 0 and for 100, and take one criterion after the other.",
    "Type a figure in “Score”, why you give it in “Reason”, and what it rests on in “Evidence”.",
    "Leave a row empty where you cannot judge. Then save the workbook and send it back.",
)
_ABOUT_IT = "This page tells Appraise whose scores these are. It is locked so that nothing of it is changed by mistake."

#: What no XML may hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL_LIMIT = 32_000
#: Widths are counted in figures of this font; spreadsheet programs have it or one of its widths.
_FONT = "Arial"
_INK, _QUIET, _EDGE = "1B2A36", "5B6770", "9AA5AD"
_READ, _FILL, _FILL_HEAD, _BAND = "E7ECEF", "FFF7DD", "FFE08A", "D5E3EE"
#: Heights in points: a line of text, a row that leaves room to write by hand, what a program can show at all.
_LINE, _ROOM_TO_WRITE, _TALLEST_ROW = 13.5, 35.0, 400.0
#: Paper: per cent of full size (the columns then leave a seventh of A4 across free, for fonts that run wider), and
#: points that fit on a page below the heading rows, and on the first page below the head.
_SCALE, _PAGE, _FIRST_PAGE = 90, 522.0, 428.0
#: A figure typed as text, with a point, or with a comma that can only be a decimal one.
_WITH_POINT = re.compile(r"[-−]?\d{1,15}(?:\.\d{1,15})?")
_WITH_COMMA = re.compile(r"[-−]?\d{1,15},\d{1,15}")
#: What stands in a text file where a formula went wrong.
_FAULT = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)")
_IN_TWO_WAYS = re.compile(r"[-−]?[1-9]\d{0,2},\d{3}")
_OWN_SHEET = "Choose the workbook that was sent to an assessor."


# Writing --------------------------------------------------------------------------------------------


def score_sheet(appraisal: Appraisal, assessor: Assessor, *, issued: str) -> bytes:
    """The workbook for one assessor. `issued`: the day on it, ISO, may be empty.

    Raises FileFault where there is nothing to score, or more than a sheet holds.
    """
    check_can_be_sheets(appraisal)
    from openpyxl import Workbook  # a tenth of a second, for those who write a workbook only
    from openpyxl.styles import Font

    book = Workbook()
    book._named_styles["Normal"].font = Font(name=_FONT, size=10)  # noqa: SLF001  there is no other way to it
    page = book.active
    page.title = SCORE
    _write_head(page, appraisal, assessor, issued)
    heights = [_write_criterion(page, appraisal, assessor, number) for number in range(len(appraisal.criteria))]
    _break_pages(page, appraisal, heights)
    _set_up(page, last=_top_of(appraisal, len(appraisal.criteria)) - 1)
    _write_about(book, appraisal, assessor, issued)
    book.security.lockStructure = True
    book.properties.creator = "Appraise"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def check_can_be_sheets(appraisal: Appraisal) -> None:
    """Raises FileFault where there is nothing to score, or more than a sheet holds."""
    if not appraisal.criteria or not appraisal.options:
        raise FileFault("There is nothing to score yet. Add options on step 2 and criteria on step 3.")
    if _top_of(appraisal, len(appraisal.criteria)) - 1 > ROWS:
        raise FileFault(f"A score sheet holds at most {ROWS:,} rows. Take criteria or options out.")


def span(criterion: Criterion) -> tuple[float, float]:
    """The lowest and highest figure that a mark may be, as entered: points, or the ends of the measure."""
    if criterion.measured is Measured.MEASURE and criterion.points:
        measures = [point.measure for point in criterion.points]
        return min(measures), max(measures)
    return 0.0, 100.0


def figure(value: float) -> str:
    """A figure as one types it: 5, 0.25, 1250000."""
    return str(int(value)) if value == int(value) and abs(value) < 10**15 else repr(value)


def _top_of(appraisal: Appraisal, number: int) -> int:
    """The row in which a criterion begins; they count from 0. All options stand under one before the next begins."""
    return _HEADING_ROW + 1 + number * (_ROWS_ABOVE + len(appraisal.options))


def _key(appraisal: Appraisal, assessor: Assessor, option: Option, criterion: Criterion) -> tuple[str, ...]:
    """What the hidden columns hold."""
    return (option.id, criterion.id, criterion_digest(appraisal, criterion.id), appraisal.workshop.id, assessor.id)


def _write_head(page: "Worksheet", appraisal: Appraisal, assessor: Assessor, issued: str) -> None:
    body = "" if assessor.post.endswith(appraisal.body) else appraisal.body
    whose = (assessor.post, body, f"issued {day(issued)}" if issued else "")
    _across(page, 1, f"Score sheet: {appraisal.title}", size=14, bold=True)
    _across(page, 2, ", ".join(filter(None, whose)), bold=True)
    for row, sentence in enumerate(HOW_TO, start=3):
        _across(page, row, sentence)
    for columns, words, colour in ((_FOR_INFORMATION, "To read", _READ), (_TO_FILL, "To fill in", _FILL_HEAD)):
        for column in columns:
            _paint(page, _BAND_ROW, column, colour)
            _paint(page, _HEADING_ROW, column, colour)
        _look(_text(page, _BAND_ROW, columns[0], words), bold=True)
    for column, heading in enumerate(_COLUMNS, start=1):
        _look(_text(page, _HEADING_ROW, column, heading), bold=True)
    page.row_dimensions[_BAND_ROW].height = page.row_dimensions[_HEADING_ROW].height = _LINE + 4


def _across(page: "Worksheet", row: int, text: str, *, size: int = 10, bold: bool = False) -> None:
    """A row of text over all columns that are seen, as high as it needs to be."""
    page.merge_cells(start_row=row, end_row=row, start_column=_SEEN[0], end_column=_SEEN[-1])
    _look(_text(page, row, 1, text), size=size, bold=bold)
    page.row_dimensions[row].height = _height(text, sum(_COLUMNS.values()) * 10 / size, size)


def _write_criterion(page: "Worksheet", appraisal: Appraisal, assessor: Assessor, number: int) -> float:
    """A criterion with its words, and a row for each option. Gives the points that all of them are high."""
    criterion, top = appraisal.criteria[number], _top_of(appraisal, number)
    name = criterion.name or "Without a name"
    _across(page, top, f"Criterion {number + 1} of {len(appraisal.criteria)}: {name}", size=11, bold=True)
    _across(page, top + 1, _meaning(criterion))
    for row in (top, top + 1):
        for column in _SEEN:
            _paint(page, row, column, _BAND)
    first = top + _ROWS_ABOVE
    for row, option in enumerate(appraisal.options, start=first):
        _write_row(page, row, option, criterion, _key(appraisal, assessor, option, criterion))
    last = first + len(appraisal.options) - 1
    _check_figures(page, criterion, f"C{first}:C{last}")
    return float(sum(page.row_dimensions[row].height for row in range(top, last + 1)))


def _write_row(page: "Worksheet", row: int, option: Option, criterion: Criterion, key: tuple[str, ...]) -> None:
    from openpyxl.styles import Border, Protection, Side

    line = Side(style="thin", color=_EDGE)
    _look(_text(page, row, 1, option.name), bold=True, vertical="center")
    _look(_text(page, row, 2, criterion.name), size=9, colour=_QUIET, vertical="center")
    for column in _FOR_INFORMATION:
        page.cell(row, column).border = Border(bottom=line)
    for column in _TO_FILL:
        cell = page.cell(row, column)
        score = column == _TO_FILL[0]
        _look(cell, size=12 if score else 9, bold=score, horizontal="center" if score else "left", vertical="center")
        _paint(page, row, column, _FILL)
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.protection = Protection(locked=False)
        cell.number_format = "General" if score else "@"
    for column, text in zip(_HIDDEN, key, strict=True):
        _look(_text(page, row, column, text))  # wrapped, for text that runs over would be printed beside the rows
    widths = tuple(_COLUMNS.values())
    needed = max(_height(option.name, widths[0] * 0.9), _height(criterion.name, widths[1]))
    page.row_dimensions[row].height = max(_ROOM_TO_WRITE, needed)


def _look(
    cell: "WorkbookCell",
    *,
    size: int = 10,
    bold: bool = False,
    colour: str = _INK,
    horizontal: str = "left",
    vertical: str = "top",
) -> None:
    from openpyxl.styles import Alignment, Font

    cell.font = Font(name=_FONT, size=size, bold=bold, color=colour)
    cell.alignment = Alignment(
        wrap_text=True, horizontal=horizontal, vertical=vertical, indent=1 if horizontal == "left" else 0
    )


def _paint(page: "Worksheet", row: int, column: int, colour: str) -> None:
    from openpyxl.styles import PatternFill

    page.cell(row, column).fill = PatternFill("solid", fgColor=colour)


def _height(text: str, width: float, size: float = 10) -> float:
    """Points that a wrapped text needs in a column so many letters wide: programs do not all work it out."""
    lines = sum(max(1, math.ceil(len(part) / (width - 2))) for part in text.split("\n"))
    return min(_TALLEST_ROW, 4 + _LINE * size / 10 * lines)


def _meaning(criterion: Criterion) -> str:
    """What to type, and what 0 and 100 mean, one below the other; levels from the lowest to the highest."""
    low, high = map(figure, span(criterion))
    ends = [f"{points} means: {_anchor(criterion, points)}" for points in (0, 100)]
    if criterion.measured is Measured.MEASURE:
        unit = criterion.unit or "in its unit"
        return "\n".join(
            [f"Score: the figure itself, {unit}, from {low} to {high}. Appraise turns it into points.", *ends]
        )
    said = "Score: points from 0 to 100."
    if criterion.measured is Measured.LEVELS and criterion.levels:
        levels = sorted(criterion.levels, key=lambda level: level.value)
        words = {level.value: level.words for level in levels}
        rest = [
            end
            for end, points, anchor in zip(ends, (0.0, 100.0), (criterion.worst, criterion.best), strict=True)
            if words.get(points, "").strip() != anchor.strip()
        ]
        return "\n".join([f"{said} Levels:", *(f"{figure(one.value)}: {one.words}" for one in levels), *rest])
    return "\n".join([said, *ends])


def _anchor(criterion: Criterion, points: int) -> str:
    """The words of an anchor and, for a measure, the figure that is worth so many points."""
    words = criterion.best if points else criterion.worst
    if criterion.measured is not Measured.MEASURE:
        return words
    there = next((point.measure for point in criterion.points if point.value == points), None)
    if there is None:
        return words
    return f"{words} ({criterion.unit or 'figure'}: {figure(there)})".strip()


def _check_figures(page: "Worksheet", criterion: Criterion, cells: str) -> None:
    """Let the spreadsheet program ask for a figure on the scale."""
    from openpyxl.worksheet.datavalidation import DataValidation

    low, high = map(figure, span(criterion))
    check = DataValidation(type="decimal", operator="between", formula1=low, formula2=high, allow_blank=True)
    check.showErrorMessage, check.errorTitle = True, "Not on the scale"
    check.error = f"Type a figure from {low} to {high}, or leave the cell empty."
    check.add(cells)
    page.add_data_validation(check)


def _break_pages(page: "Worksheet", appraisal: Appraisal, heights: Sequence[float]) -> None:
    """A criterion that does not fit on what is left of a page begins on the next one, so that none is cut in two."""
    from openpyxl.worksheet.pagebreak import Break

    left = _FIRST_PAGE
    for number, height in enumerate(heights):
        if number and height > left:
            page.row_breaks.append(Break(id=_top_of(appraisal, number) - 1))
            left = _PAGE
        left = left - height if height <= left else _PAGE


def _set_up(page: "Worksheet", *, last: int) -> None:
    """Widths, what stays in view, how it is printed, and what is locked: without a password, against mishaps only."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(_COLUMNS.values(), start=1):
        dimension = page.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.hidden = width or 10, not width
    page.freeze_panes = f"B{_HEADING_ROW + 1}"
    page.print_title_rows = f"{_BAND_ROW}:{_HEADING_ROW}"
    page.print_area = f"A1:{get_column_letter(_SEEN[-1])}{last}"
    _print_on_a4(page)
    page.page_setup.scale = _SCALE  # not "fit to width": programs then take no page breaks
    page.protection.sheet = True
    page.protection.formatRows = False  # so that a row can be made taller for a long reason


def _print_on_a4(page: "Worksheet") -> None:
    """A4, landscape, with narrow margins in inches."""
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = page.ORIENTATION_LANDSCAPE
    margins = page.page_margins
    margins.left = margins.right = margins.top = 0.5
    margins.bottom, margins.footer, margins.header = 0.65, 0.3, 0.3
    page.print_options.horizontalCentered = True
    page.oddFooter.left.text, page.oddFooter.right.text = "Score sheet", "Page &P of &N"


def _write_about(book: "Workbook", appraisal: Appraisal, assessor: Assessor, issued: str) -> None:
    page = book.create_sheet(ABOUT)
    said = (
        ("Kind", WHAT_IT_IS),
        ("Format", str(FORMAT)),
        ("Appraisal", appraisal.title),
        ("Post", assessor.post),
        ("Issued", issued),
        ("Workshop", appraisal.workshop.id),
        ("Assessor", assessor.id),
        ("Criteria", criteria_digest(appraisal)),
    )
    _look(_text(page, 1, 1, _ABOUT_IT))
    page.merge_cells("A1:B1")
    for row, (name, value) in enumerate(said, start=3):
        _look(_text(page, row, 1, name), bold=True)
        _look(_text(page, row, 2, value))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 14, 80
    _print_on_a4(page)
    page.protection.sheet = True


def _text(page: "Worksheet", row: int, column: int, text: str) -> "WorkbookCell":
    """Put text there, and nothing but text, whatever it begins with."""
    clean = _clean(text)
    cell: WorkbookCell = page.cell(row, column)
    cell.value = clean or None
    if clean:
        cell.data_type = "s"
        cell.quotePrefix = clean[0] in "=+-@'"
    return cell


def _clean(text: str) -> str:
    return _IMPOSSIBLE.sub("?", text)[:_CELL_LIMIT]


# Reading --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row in which somebody put something, or could have. Cells as they stand; `version`: of the criterion.

    `option` and `criterion` are ids, and `option_words` and `criterion_words` what people read in the row. They fall
    apart where only the columns that are seen were sorted. `workshop` and `assessor` are the row's own.
    `place` says where the row is, `score_place`, `reason_place` and `evidence_place` where the cells are.
    """

    option: str
    criterion: str
    option_words: str
    criterion_words: str
    version: str
    workshop: str
    assessor: str
    score: Cell
    reason: Cell
    evidence: Cell
    place: str
    score_place: str
    reason_place: str
    evidence_place: str

    @property
    def empty(self) -> bool:
        """Whether nothing stands where an assessor writes."""
        return self.score is None and self.reason is None and self.evidence is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """A score sheet as it came back: ids of workshop and assessor, the number of its form, and its rows."""

    workshop: str
    assessor: str
    form: str
    rows: tuple[SheetRow, ...]

    @property
    def entries(self) -> frozenset[tuple[str, ...]]:
        """What somebody put into it, whatever row it stands in."""
        return frozenset(
            (row.option, row.criterion, *map(_words, (row.score, row.reason, row.evidence)))
            for row in self.rows
            if not row.empty
        )


def same_words(read: str, now: str) -> bool:
    """Whether a cell still says what is called `now`; spaces and ways to write a letter do not count.

    Nor do letters that text in the Windows encoding cannot hold: programs write a question mark for them.
    """
    written = _clean(now)
    narrow = written.encode("cp1252", "replace").decode("cp1252")
    return _plain(read) in (_plain(written), _plain(narrow))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_score_sheet(path: Path) -> ScoreSheet:
    """The score sheet in a workbook, or in text with the same headings. Raises SheetFault for anything else.

    Of copies of the page the one that was filled in is taken. SheetFault where two were, and not alike.
    """
    sheets = read_typed_sheets(path)
    about = next((_said_about(other) for other in sheets if other.name == ABOUT), {})
    pages = [(sheet, *_headings(sheet)) for sheet in sheets]
    found = [(sheet.name, _score_sheet(sheet, columns, head, about)) for sheet, columns, head in pages if columns]
    if not found:
        raise SheetFault(f"{called(path)} is not a score sheet. {_OWN_SHEET}")
    filled = [(name, sheet) for name, sheet in found if sheet.entries]
    if len({sheet.entries for _, sheet in filled}) > 1:
        names = [f"“{shown(name, 31)}”" for name, _ in filled[:2]]
        raise SheetFault(f"{called(path)} has scores on two pages, {' and '.join(names)}. Keep one of them.")
    return (filled or found)[0][1]


def _score_sheet(sheet: Sheet, columns: Mapping[str, int], heading: int, about: Mapping[str, str]) -> ScoreSheet:
    """`about` is empty for a text file: whose it is then follows from the rows."""
    rows = range(heading + 1, len(sheet.rows))
    workshop, assessor = (
        about.get(name) or next(filter(None, (_words(sheet.cell(row, columns[name])) for row in rows)), "")
        for name in ("Workshop", "Assessor")
    )
    return ScoreSheet(
        workshop=workshop,
        assessor=assessor,
        form=about.get("Format", str(FORMAT)),
        rows=tuple(_row(sheet, columns, row) for row in rows),
    )


def _headings(sheet: Sheet) -> tuple[Mapping[str, int], int]:
    """The column of every heading and the row in which they stand; nothing if they do not."""
    for row, cells in enumerate(sheet.rows[:40]):
        found = {cell: column for column, cell in enumerate(cells) if isinstance(cell, str) and cell in _COLUMNS}
        if len(found) == len(_COLUMNS):
            return found, row
    return {}, 0


def _said_about(sheet: Sheet) -> Mapping[str, str]:
    return {_words(row[0]): _words(row[1]) for row in sheet.rows if len(row) > 1 and row[0] is not None}


def _row(sheet: Sheet, columns: Mapping[str, int], row: int) -> SheetRow:
    def cell(heading: str) -> Cell:
        return sheet.cell(row, columns[heading])

    return SheetRow(
        option=_words(cell("Option id")),
        criterion=_words(cell("Criterion id")),
        option_words=_words(cell("Option")),
        criterion_words=_words(cell("Criterion")),
        version=_words(cell("Criterion version")),
        workshop=_words(cell("Workshop")),
        assessor=_words(cell("Assessor")),
        score=cell("Score"),
        reason=cell("Reason"),
        evidence=cell("Evidence"),
        place=_at(sheet.place(row, columns["Score"]).rpartition(",")[0]),
        score_place=_at(sheet.place(row, columns["Score"])),
        reason_place=_at(sheet.place(row, columns["Reason"])),
        evidence_place=_at(sheet.place(row, columns["Evidence"])),
    )


def _at(place: str) -> str:
    """Score is the sheet's own name: `sheet Score, row 9`, without quotation marks."""
    return place.replace(f'sheet "{SCORE}"', f"sheet {SCORE}", 1)


def _words(cell: Cell) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) and cell.is_finite() else str(cell)


def text_of(cell: Cell, place: str) -> str:
    """The words in a cell. Raises SheetFault for a formula, or the fault that one left in a text file."""
    if isinstance(cell, Formula) or (isinstance(cell, str) and _FAULT.fullmatch(cell)):
        raise SheetFault(f"{place} holds a formula. Type the words themselves.")
    return _words(cell)


def mark_of(cell: Cell, place: str) -> float:
    """The figure in a cell. Raises SheetFault, with the place and what to do, for anything that is none."""
    if isinstance(cell, Formula):
        raise SheetFault(f"{place} holds a formula. Type the figure itself.")
    if isinstance(cell, Decimal):
        if cell.is_finite():
            return float(cell)
    elif isinstance(cell, str):
        typed = cell.replace("−", "-").strip()
        if _IN_TWO_WAYS.fullmatch(typed):
            raise SheetFault(f'{place}: "{typed}" can be read in two ways. Type it with a point.')
        if _WITH_POINT.fullmatch(typed) or _WITH_COMMA.fullmatch(typed):
            return float(typed.replace(",", "."))
        if typed.startswith("="):
            raise SheetFault(f"{place} holds a formula. Type the figure itself.")
    raise SheetFault(f'{place}: "{shown(_words(cell), 24)}" is not a figure. Type one, such as 75.')
