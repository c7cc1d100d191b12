"""The cells of a spreadsheet that somebody sends: .xlsx, or text with commas, semicolons or tabs between.

Nothing in it is trusted: sizes are bounded before and while it is unpacked, and no formula or macro is run.
"""

import csv
import io
import re
import stat
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from appraise.files.faults import FileFault, called, shown
from appraise.files.writing import why

#: Bytes of the file, and of all its parts unpacked. HM Treasury's workbook has some 100 kB.
FILE_LIMIT = 4 * 2**20
UNPACKED_LIMIT = 16 * 2**20
PARTS_LIMIT = 1_000
#: What is looked at; a sheet that is formatted to its last row costs nothing that way.
ROWS, COLUMNS, SHEETS = 2_000, 60, 20

#: A cell: its text, its exact figure, its date, or None if it is empty.
Cell = str | Decimal | date | None

_PIECE = 2**16
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "Open it in a spreadsheet program and save it as .xlsx or .csv."
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = "\t;,|"
#: Text inside a number format: a per cent sign there is shown and does not multiply.
_LITERAL = re.compile(r'"[^"]*"|\\.')
#: A dash or pound sign that went through the wrong encoding begins so.
_WRONGLY_DECODED = re.compile("â€|Â[£\xa0]")


class SheetFault(FileFault):
    """Why the cells cannot be read, in one sentence with its mend."""


class Formula(str):
    """A cell in which a formula stands, as text. It is never run."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of one sheet, from row 1 on. A text file is one sheet without a name.

    `decimal_comma`: the file comes from where figures are written 2,5.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    decimal_comma: bool = False

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, in words; both count from 0."""
        sheet = f'sheet "{shown(self.name, 31)}", ' if self.name else ""
        return f"{sheet}row {row + 1}, column {column_letters(column)}"

    def cell(self, row: int, column: int) -> Cell:
        """The cell, None outside the rows that there are."""
        return self.rows[row][column] if column < len(self.rows[row]) else None


def column_letters(column: int) -> str:
    """A, B ... Z, AA: what spreadsheet programs call a column, counted from 0."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file, with what formulas gave when it was saved.

    Raises SheetFault, and nothing else, for whatever the file holds.
    """
    return _read(path, saved_values=True)


def read_typed_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file as somebody typed them: a formula is a `Formula` and no value. Raises SheetFault only."""
    return _read(path, saved_values=False)


def _read(path: Path, *, saved_values: bool) -> tuple[Sheet, ...]:
    data = _bytes_of(path)
    if not data.strip():
        raise SheetFault(f"{called(path)} is empty. Download it again.")
    if data.startswith(b"PK"):
        return _workbook(data, saved_values=saved_values)
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SheetFault("This workbook is locked with a password. Save it without one.")
        raise SheetFault(f"This is a workbook of the old kind (.xls). {_SAVE_AGAIN}")
    if data.startswith(b"%PDF"):
        raise SheetFault("This is a PDF, not a spreadsheet. Choose an .xlsx or .csv file.")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise SheetFault(f"This is a web page or XML file, not a spreadsheet. {_SAVE_AGAIN}")
    return (_text_sheet(_decoded(data)),)


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SheetFault(f"{called(path)} is not a file. Choose an .xlsx or .csv file.")
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "the name holds a character that no file name can"
        raise SheetFault(f"{called(path)} cannot be opened, because {reason}.") from error
    if len(data) > FILE_LIMIT:
        raise SheetFault(
            f"{called(path)} is larger than {FILE_LIMIT // 2**20} MB. Save the one sheet that is needed as a file."
        )
    return data


# Text -----------------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16 or, failing these, the Windows encoding of western Europe."""
    named = next((name for start, name in _ENCODINGS if data.startswith(start)), None)
    if named is None:
        named = "utf-16-le" if data[1:200:2].count(0) > len(data[1:200:2]) // 2 else "utf-8"
    for encoding in (named, "cp1252") if named == "utf-8" else (named,):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return _mended(text)
    raise SheetFault("This is neither a workbook nor readable text. Choose an .xlsx or .csv file.")


def _mended(text: str) -> str:
    """UTF-8 that somebody read as the Windows encoding and saved, turned back where that is possible."""
    if _WRONGLY_DECODED.search(text):
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text


def _text_sheet(text: str) -> Sheet:
    """The text cut at the mark that cuts most lines into equally many cells."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    found = {mark: tuple(_text_rows(lines, mark)) for mark in _DELIMITERS}
    mark = max(_DELIMITERS, key=lambda each: (_evenness(found[each]), -_DELIMITERS.index(each)))
    return Sheet(name="", rows=found[mark], decimal_comma=mark == ";")


def _text_rows(lines: str, mark: str) -> Iterator[tuple[Cell, ...]]:
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=mark)
    try:
        for number, row in enumerate(reader):
            if number == ROWS:
                return
            yield tuple(cell.replace("\xa0", " ").strip() or None for cell in row[:COLUMNS])
    except csv.Error:
        raise SheetFault("This text holds a quotation mark that never ends. Save it as .xlsx instead.") from None


def _evenness(rows: tuple[tuple[Cell, ...], ...]) -> int:
    """How many rows begin with a short cell that has a digit and are cut at least once."""
    return sum(
        1
        for row in rows
        if len(row) > 1 and any(isinstance(cell, str) and len(cell) < 30 and cell[:1].isdigit() for cell in row)
    )


# Workbooks ------------------------------------------------------------------------------------------


def _workbook(data: bytes, *, saved_values: bool) -> tuple[Sheet, ...]:
    try:
        safe = _unpacked(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about formats and extensions that are not read
            return tuple(_sheets(safe, saved_values=saved_values))
    except SheetFault:
        raise
    except Exception as error:
        # openpyxl raises whatever its parts raise when the bytes are hostile: some twenty kinds, none its own.
        raise SheetFault(f"This workbook is damaged or not a workbook. {_SAVE_AGAIN}") from error


def _unpacked(data: bytes) -> io.BytesIO:
    """The XML parts of the workbook, unpacked piece by piece within the limits, and put together again unpacked.

    Macros, pictures and embedded files stay out. What the reader gets holds no part that can grow.
    """
    safe, total = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(safe, "w", zipfile.ZIP_STORED) as plain:
        names = archive.namelist()
        if "xl/workbook.bin" in names:
            raise SheetFault(f"This is a binary workbook (.xlsb). {_SAVE_AGAIN}")
        if "xl/workbook.xml" not in names:
            raise SheetFault(f"This is a ZIP file, but not an .xlsx workbook. {_SAVE_AGAIN}")
        if len(names) > PARTS_LIMIT or len(set(names)) != len(names):
            raise SheetFault(f"This workbook has far too many parts, or one of them twice. {_SAVE_AGAIN}")
        for entry in archive.infolist():
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            part = _part(archive, entry, UNPACKED_LIMIT - total)
            total += len(part)
            plain.writestr(entry.filename, part)
    safe.seek(0)
    return safe


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """One part, whatever size its header names. Office writes no DTD, so a DTD can only be meant to grow."""
    part = bytearray()
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            part += piece
            if len(part) > limit:
                raise SheetFault("Unpacked, this workbook would be far too large. It was not read.")
    if b"<!DOCTYPE" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SheetFault(f"This workbook holds what no spreadsheet program writes. {_SAVE_AGAIN}")
    return bytes(part)


def _sheets(safe: io.BytesIO, *, saved_values: bool) -> Iterator[Sheet]:
    """Cells as somebody typed them, or with values as last saved: a formula without one is then an empty cell."""
    from openpyxl import load_workbook  # a tenth of a second, for those who import a workbook only

    book = load_workbook(safe, read_only=True, data_only=saved_values, keep_links=False)
    for sheet in book.worksheets[:SHEETS]:
        rows = sheet.iter_rows(min_row=1, max_row=ROWS, min_col=1, max_col=COLUMNS)
        yield Sheet(name=str(sheet.title), rows=tuple(tuple(_cell(cell) for cell in row) for row in rows))


def _cell(cell: Any) -> Cell:
    """The value; what is shown as per cent is a hundred times what is stored."""
    value = cell.value
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else "=")
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        exact, form = Decimal(repr(value)), _LITERAL.sub("", str(cell.number_format))
        return exact * 100 if exact.is_finite() and "%" in form else exact
    return str(value).replace("\xa0", " ").strip() or None
