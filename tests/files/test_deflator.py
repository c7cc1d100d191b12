"""General inflation read from HM Treasury's file and from what people make of it. All figures here are made up."""

import contextlib
import io
import re
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from appraise.files import sheets
from appraise.files.deflator import DeflatorFault, ReadDeflator, read_deflator
from appraise.files.strict import PERCENT_FIELDS
from appraise.model.appraisal.document import Deflator

YEARS = [f"{year}-{(year + 1) % 100:02}" for year in range(2024, 2031)]
#: Rises of 2.5, 4, 2, 1, 2, 2 and 2 per cent.
INDEX = [100.0, 104.0, 106.08, 107.1408, 109.283616, 111.46928832, 113.6986740864]
RISES = [2.5, 4.0, 2.0, 1.0, 2.0, 2.0, 2.0]


def exact(*percents: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(percent) for percent in percents)


def book(tmp_path: Path, rows: Iterable[Iterable[Any]], *, title: str = "Data") -> Path:
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(list(row))
    path = tmp_path / "made_up.xlsx"
    workbook.save(path)
    return path


def text(tmp_path: Path, words: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "made_up.csv"
    path.write_bytes(words.encode(encoding))
    return path


def read(path: Path, first_year: int = 2026) -> ReadDeflator:
    return read_deflator(path, first_year=first_year)


def refused(path: Path, first_year: int = 2026) -> str:
    started = time.perf_counter()
    with pytest.raises(DeflatorFault) as caught:
        read(path, first_year)
    assert time.perf_counter() - started < 5
    assert len(caught.value.sentence) < 260
    assert "\n" not in caught.value.sentence
    return caught.value.sentence


def published(*, calendar: bool = True, rises: bool = True) -> list[list[Any]]:
    """Laid out as HM Treasury does: titles, merged headings over two rows, money GDP, calendar years, notes."""
    rows: list[list[Any]] = [
        ["GDP deflators at market prices, and money GDP"],
        ["Made up for a test: outturn of 31 December 2025, forecast of 26 March 2026, and not of 31 June 2026"],
        [],
        ["Financial year", "GDP deflator at market prices", None, "Money GDP", None, None]
        + (["Calendar year", "GDP deflator at market prices", None] if calendar else []),
        [
            None,
            "2024-25 = 100",
            "per cent change on previous year",
            "Cash £ million",
            "per cent change on previous year",
        ]
        + ([None, None, "2024 = 100", "per cent change on previous year"] if calendar else []),
    ]
    for number, (year, index, rise) in enumerate(zip(YEARS, INDEX, RISES, strict=True)):
        row: list[Any] = [year, index, rise if rises else None, 2_800_000 + number, 7.7, None]
        rows.append(row + ([2024 + number, 90 + number, 8.8] if calendar else []))
    return [*rows, [], ["Source: nobody. Figures for 2025-26 onwards are forecasts."], ["1. See the notes."]]


def test_the_published_layout(tmp_path: Path) -> None:
    found = read(book(tmp_path, published()))
    assert found.deflator == Deflator(
        first_year=2024,
        percent=exact("2.50", "4.00", "2.00", "1.00", "2.00", "2.00", "2.00"),
        published="2026-03-26",
    )
    assert found.sentence == "Rises for 2024-25 to 2030-31 read; later years carry the last one."
    assert found.source == "GDP deflators at market prices, and money GDP"


def test_without_a_column_of_rises_they_follow_from_the_index(tmp_path: Path) -> None:
    found = read(book(tmp_path, published(rises=False)))
    assert (found.deflator.first_year, found.deflator.percent) == (2025, exact("4", "2", "1", "2", "2", "2"))


def test_no_older_rises_than_older_prices_need(tmp_path: Path) -> None:
    years = [[f"{year}-{(year + 1) % 100:02}", 2 + year % 10 / 10] for year in range(1955, 2032)]
    path = book(tmp_path, [["Financial year", "Per cent change"], *years])
    found = read(path, 2030)
    assert (found.deflator.first_year, len(found.deflator.percent)) == (2021, 11)
    assert found.deflator.percent[0] == Decimal("2.1")
    assert read(path, 1950).sentence == (
        "Rises for 1955-56 to 2031-32 read; the flat rate holds before 1955-56; later years carry the last one."
    )


def test_a_century_turns(tmp_path: Path) -> None:
    found = read(text(tmp_path, "Year,Per cent change\n1998-99,1\n1999-00,2\n2000-2001,3\n"), 1999)
    assert (found.deflator.first_year, found.deflator.percent) == (1998, exact("1", "2", "3"))


READABLE = {
    "a footnote row and Windows letters": (
        "GDP deflator – made up,\nFinancial year,GDP deflator % change\n2025-26,2.5\n2026-27,-1.25\n“Note” £,\n",
        "cp1252",
    ),
    "a byte order mark": ("\ufeffFinancial year,GDP deflator % change\n2025-26,2.5\n2026-27,-1.25\n", "utf-8"),
    "UTF-16 with tabs": ("Financial year\tGDP deflator % change\r\n2025-26\t2.5\r\n2026-27\t-1.25\r\n", "utf-16"),
    "UTF-16 without a mark": ("Financial year\tPer cent change\r\n2025-26\t2.5\r\n2026-27\t-1.25\r\n", "utf-16-le"),
    "semicolons and decimal commas": ("Financial year;Per cent change\n2025-26;2,5\n2026-27;-1,25\n", "utf-8"),
    "decimal commas in quotation marks": ('Year,"Per cent change"\n2025/26,"2,5"\n2026/27,"-1,25"\n', "utf-8"),
    "signs of many kinds": ("Year,Growth\nFY 2025-26,2.5%\n2026 to 2027 (forecast),(1.25)\n", "utf-8"),
    "a minus behind": ("Year,Growth\n2025/2026*,2.50\n2026/2027 [note 2],1.25-\n", "utf-8"),
    "a minus sign of the printer's": ("Year,Growth\n2025–26,2.5\n2026–27,−1.25\n", "utf-8"),
    "a heading in three lines": (
        '"Financial\nyear","GDP deflator\nper cent\nchange"\r2025-26,2.5\r2026-27,-1.25',
        "utf-8",
    ),
    "first and last days": ("Year,Inflation\n01/04/2025,2.5\n2027-03-31,-1.25\n", "utf-8"),
    "no first and no last rise": ("Year,Growth\n2024-25,..\n2025-26,2.5\n2026-27,-1.25\n2027-28,[x]\n", "utf-8"),
    "the latest year first": ("Year,Growth\n2026-27,-1.25\n2025-26,2.5\n", "utf-8"),
    "dashes decoded wrongly": ("Year,Growth\n2025â€“26,2.5\n2026â€“27,-1.25\n", "utf-8"),
    "a hard space": ("Year,Growth\n2025-26\xa0,2.5\n2026-27,\xa0-1.25\n", "cp1252"),
    "an older gap": ("Year,Growth\n1970-71,7\n1980-81,n/a\n1990-91,many\n2025-26,2.5\n2026-27,-1.25\n", "utf-8"),
    "a median below": ("Year,Growth\n2025-26,2.5\n2026-27,-1.25\nAverage,0.6\n2025,9\n", "utf-8"),
}


@pytest.mark.parametrize("case", READABLE)
def test_text_as_people_save_it(tmp_path: Path, case: str) -> None:
    words, encoding = READABLE[case]
    found = read(text(tmp_path, words, encoding))
    assert (found.deflator.first_year, found.deflator.percent) == (2025, exact("2.5", "-1.25"))


def test_an_index_with_thousands_is_no_index_with_decimals(tmp_path: Path) -> None:
    words = 'Year;Price index\n2025-26;"1.200,50"\n2026-27;"1.224,51"\n'
    assert read(text(tmp_path, words)).deflator.percent == exact("2")
    words = 'Year,Price index\n2025-26,"1,200.50"\n2026-27,"1,224.51"\n'
    assert read(text(tmp_path, words)).deflator.percent == exact("2")


UNREADABLE = {
    "nothing": ("  \n", "is empty. Download it again."),
    "no years": ("Year,Growth\none,2.5\ntwo,2.5\n", "No column of financial years was found."),
    "calendar years": ("Year,Growth\n2025,2.5\n2026,2.5\n", "The file has calendar years only."),
    "no headings": ("2025-26,2.5\n2026-27,2.5\n", "No column of figures is headed as the GDP deflator."),
    "money only": ("Year,Money GDP per cent change\n2025-26,2.5\n2026-27,2\n", "No column of figures is headed"),
    "a gap": ("Year,Growth\n2025-26,2.5\n2027-28,2.5\n", "Column B: the year 2026-27 is missing. Add its row."),
    "an empty figure": (
        "Year,Growth\n2025-26,2.5\n2026-27,\n2027-28,2\n",
        "Row 3, column B: there is no figure for 2026-27. Fill it in, and save the file.",
    ),
    "a year twice": ("Year,Growth\n2025-26,2.5\n2025-26,2\n", "Row 3, column A: 2025-26 stands in row 2 too."),
    "a text": ("Year,Growth\n2025-26,2.5\n2026-27,2\n2027-28,TBC\n", 'Row 4, column B: "TBC" is not a figure.'),
    "an error": ("Year,Growth\n2025-26,2.5\n2026-27,#REF!\n2027-28,2\n", 'Row 3, column B: "#REF!" is not a figure.'),
    "a footnote mark": ("Year,Growth\n2025-26,2.5\n2026-27,2.1 [3]\n2027-28,2\n", '"2.1 [3]" is not a figure.'),
    "a formula": ("Year,Growth\n2025-26,2\n2026-27,2\n2027-28,=1+1\n", 'Row 4, column B: "=1+1" is not a figure.'),
    "two points": ("Year,Growth\n2025-26,2.5.1\n2026-27,2\n", 'Row 2, column B: "2.5.1" is not a figure.'),
    "too much": ("Year,Growth\n2025-26,2.5\n2026-27,51\n", "Row 3, column B: a rise of 51.0 % is outside -20 to 50."),
    "too little": ("Year,Growth\n2025-26,2.5\n2026-27,-20.5\n", "a rise of -20.5 % is outside -20 to 50."),
    "a slip in the index": (
        "Year,Index\n2025-26,100\n2026-27,1020\n2027-28,104\n",
        "Row 3, column B: a rise of 920.0 %",
    ),
    "an index of nothing": ("Year,Index\n2025-26,0\n2026-27,102\n", "Row 2, column B: an index of 0.0 is not above 0."),
    "one index figure": ("Year,Index\n1999-00,90\n2026-27,100\n", "Column B holds one index figure; a rise needs two."),
    "two columns": (
        "Year,Deflator % change,GDP deflator growth\n2025-26,2.5,2\n2026-27,2,2\n",
        "Two columns fit: column B, and column C. Remove the one that is not the GDP deflator.",
    ),
    "shares of one": ("Year,Growth\n2025-26,0.025\n2026-27,0.02\n", "Column B: no rise reaches 0.2 %"),
    "two ways to read": ('Year,Growth\n2025-26,"1,250"\n2026-27,"2,500"\n', '"1,250" can be read in two ways.'),
    "a mixed column": ('Year,Growth\n2025-26,"2,5"\n2026-27,2.5\n', 'Row 2, column B: "2,5" is not a figure.'),
    "a year that became a month": (
        "Year,Growth\n2025-26,2.5\n2026-27,2\nMar-28,2\n",
        'Row 4, column A: "Mar-28" stands',
    ),
    "a year in haste": ("Year,Growth\n2025-26,2.5\n26/27,2\n2027-28,2\n", 'Row 3, column A: "26/27" stands where'),
    "old figures": ("Year,Growth\n2005-06,2.5\n2006-07,2\n", "The file ends with 2006-07, before year 0, 2026-27."),
    "figures that end early": ("Year,Growth\n2024-25,2.5\n2025-26,2\n", "The file ends with 2025-26, before year 0"),
    "no figure where needed": (
        "Year,Growth\n1999-00,2\n2000-01,2\n2026-27,\n",
        "Column B holds no figure for the years",
    ),
    "a web page": ("<html><table>", "This is a web page or XML file, not a spreadsheet."),
    "a PDF": ("%PDF-1.7", "This is a PDF, not a spreadsheet."),
    "bytes": ("\0\1\2\0\0\0\0", "This is neither a workbook nor readable text."),
    "an open quotation mark": ('Year,"' + "x" * 200_000, "a quotation mark that never ends"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_told_with_its_place_and_mend(tmp_path: Path, case: str) -> None:
    words, expected = UNREADABLE[case]
    assert expected in refused(text(tmp_path, words))


def test_a_workbook_keeps_what_its_cells_mean(tmp_path: Path) -> None:
    """Dates for years, shares shown as per cent, and figures with the tail that a formula leaves."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Year from", "Per cent change"])
    sheet.append([datetime(2025, 4, 1), 0.025])  # noqa: DTZ001  a cell knows no time zone
    sheet.append([datetime(2026, 4, 1), 0.02512783416])  # noqa: DTZ001  as above
    sheet.append(["2027-28", 2])
    for row in (2, 3):
        sheet.cell(row, 2).number_format = "0.0%"
    sheet.cell(4, 2).number_format = '0.0" %"'
    path = tmp_path / "made_up.xlsx"
    workbook.save(path)
    assert read(path).deflator.percent == exact("2.5", "2.5128", "2")


BOOKS: dict[str, tuple[list[list[Any]], str]] = {
    "a formula that was never calculated": (
        [["Year", "Growth"], ["2025-26", 2.5], ["2026-27", "=1+1"], ["2027-28", 2]],
        'Sheet "Data", row 3, column B: there is no figure for 2026-27. Fill it in, and save the file.',
    ),
    "a figure that became a date": (
        [["Year", "Growth"], ["2025-26", 2.5], ["2026-27", datetime(2026, 5, 2)], ["2027-28", 2]],  # noqa: DTZ001  a cell knows no time zone
        'Sheet "Data", row 3, column B: "2026-05-02" is not a figure. Write it such as 2.5.',
    ),
    "a year that became a date": (
        [["Year", "Growth"], ["2025-26", 2.5], [datetime(2026, 3, 1), 2.5], ["2027-28", 2]],  # noqa: DTZ001  as above
        'Sheet "Data", row 3, column A: "2026-03-01" stands where a financial year belongs.',
    ),
    "yes for a figure": (
        [["Year", "Growth"], ["2025-26", 2.5], ["2026-27", True], ["2027-28", 2]],
        'Sheet "Data", row 3, column B: "True" is not a figure.',
    ),
    "years side by side": (
        [["Growth", 2.5, 2, 2], ["Year", "2025-26", "2026-27", "2027-28"]],
        "No column of financial years was found. Write them below each other",
    ),
}


@pytest.mark.parametrize("case", BOOKS)
def test_a_workbook_that_cannot_be_read_names_its_sheet(tmp_path: Path, case: str) -> None:
    rows, expected = BOOKS[case]
    assert expected in refused(book(tmp_path, rows))


def test_two_sheets_that_fit_are_named(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.title = "March"
    for sheet in (workbook.active, workbook.create_sheet("June")):
        for row in (["Year", "Growth"], ["2025-26", 2.5], ["2026-27", 2]):
            sheet.append(row)
    path = tmp_path / "made_up.xlsx"
    workbook.save(path)
    assert 'Two columns fit: sheet "March", column B, and sheet "June", column B.' in refused(path)


def zipped(tmp_path: Path, parts: dict[str, bytes]) -> Path:
    path = tmp_path / "made_up.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def parts_of(tmp_path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book(tmp_path, published())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    parts = parts_of(tmp_path) | {"xl/sharedStrings.xml": b" " * (sheets.UNPACKED_LIMIT + 1)}
    assert "Unpacked, this workbook would be far too large." in refused(zipped(tmp_path, parts))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    """Its header says 100 bytes, so a reader that trusts it would unpack everything and cut it then."""
    size = 100 * 2**20
    path = zipped(tmp_path, parts_of(tmp_path) | {"xl/worksheets/sheet9.xml": b" " * size})
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    tracemalloc.start()
    try:
        assert "This workbook is damaged or not a workbook." in refused(path)
        assert tracemalloc.get_traced_memory()[1] < sheets.UNPACKED_LIMIT
    finally:
        tracemalloc.stop()


def test_entities_that_grow_are_not_followed(tmp_path: Path) -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    words = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{grow}]>'.encode()
    parts = parts_of(tmp_path)
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        spoiled = words + parts[name].replace(b"Money GDP", b"&e11;").replace(b"Data", b"&e11;")
        for encoding in ("utf-8", "utf-16"):
            data = spoiled.decode().encode(encoding)
            expected = "holds what no spreadsheet program writes"
            assert expected in refused(zipped(tmp_path, parts | {name: data}))


def test_words_kept_once_for_the_whole_workbook(tmp_path: Path) -> None:
    """Spreadsheet programs keep the texts in a part of their own and name them by number."""
    parts, words = parts_of(tmp_path), []

    def shared(match: re.Match[bytes]) -> bytes:
        words.append(match[2])
        return match[1] + b' t="s"><v>%d</v>' % (len(words) - 1)

    sheet = re.sub(rb'(<c r="[A-Z0-9]+") t="inlineStr"><is>(.*?)</is>', shared, parts["xl/worksheets/sheet1.xml"])
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = b'<sst xmlns="' + main + b'">' + b"".join(b"<si>" + word + b"</si>" for word in words) + b"</sst>"
    named = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + named + b'"/>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", kind + b"</Types>")
    path = zipped(
        tmp_path,
        parts | {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings, "[Content_Types].xml": types},
    )
    assert len(words) > 10
    assert read(path).deflator.percent == exact("2.5", "4", "2", "1", "2", "2", "2")


def test_parts_that_are_no_xml_stay_unread(tmp_path: Path) -> None:
    """A macro or a picture in the workbook is neither run nor unpacked."""
    parts = parts_of(tmp_path) | {"xl/vbaProject.bin": b" " * (sheets.UNPACKED_LIMIT + 1)}
    assert read(zipped(tmp_path, parts)).deflator.first_year == 2024


def test_a_sheet_that_claims_a_billion_rows_is_read_no_longer(tmp_path: Path) -> None:
    parts = parts_of(tmp_path)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<row r="9"', b'<row r="1000000009"')
    assert sheet != parts["xl/worksheets/sheet1.xml"]
    assert read(zipped(tmp_path, parts | {"xl/worksheets/sheet1.xml": sheet})).deflator.first_year == 2024


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            "This is a ZIP file, but not an .xlsx workbook",
        ),
        ({"xl/workbook.bin": b""}, "This is a binary workbook (.xlsb)."),
        ({"xl/workbook.xml": b"<workbook/>"}, "This workbook is damaged or not a workbook."),
        ({"xl/workbook.xml": b"", **{f"{n}.xml": b"" for n in range(1001)}}, "This workbook has far too many parts"),
    ],
)
def test_other_containers(tmp_path: Path, parts: dict[str, bytes], expected: str) -> None:
    assert expected in refused(zipped(tmp_path, parts))


def test_old_and_locked_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "made_up.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "a workbook of the old kind (.xls)" in refused(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path) == "This workbook is locked with a password. Save it without one."


def test_no_file_a_folder_and_a_large_file(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "missing.csv")
    assert "is not a file" in refused(tmp_path)
    assert "cannot be opened" in refused(Path("a\0b"))
    large = tmp_path / "large.csv"
    large.write_bytes(b" " * (sheets.FILE_LIMIT + 1))
    assert "large.csv is larger than 4 MB." in refused(large)


def test_the_largest_text_takes_seconds_only(tmp_path: Path) -> None:
    rows = "2025-26," + ",".join(["1.1.1.1.1.1.1.1.1.1.1.1x"] * 80) + "\n"
    assert refused(text(tmp_path, rows * (sheets.FILE_LIMIT // len(rows))))
    assert refused(text(tmp_path, "2025-26," * (sheets.FILE_LIMIT // 8)))
    assert refused(text(tmp_path, "1" * sheets.FILE_LIMIT))


def test_nobody_waits_for_workbooks_who_reads_none() -> None:
    words = "import sys, appraise.files.deflator as d; print('openpyxl' in sys.modules, d.EARLIER_YEARS)"
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert said.stdout == "False 10\n"


def test_what_is_read_can_be_kept_in_a_document() -> None:
    assert (Deflator, "percent") in PERCENT_FIELDS


def only_its_own_fault(folder: Path, data: bytes) -> None:
    path = folder / "any"
    path.write_bytes(data)
    with contextlib.suppress(DeflatorFault):
        assert read(path).deflator.percent


WITH_ANY_BYTES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
_STARTS = st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0", b"Year,Growth\n"])
_CELLS = st.sampled_from(
    ["2025-26", "2026-27", "2026/27", "Mar-26", "2.5", "2,5", "1e9", "-", "(1)", "", "²", "٣", "GDP deflator"]
)
_MARKS = st.sampled_from([",", ";", "\t", "\n", "\r\n", '"'])


@WITH_ANY_BYTES
@given(start=_STARTS, data=st.binary(max_size=600))
def test_any_bytes_at_all(tmp_path: Path, start: bytes, data: bytes) -> None:
    only_its_own_fault(tmp_path, start + data)


@WITH_ANY_BYTES
@given(cells=st.lists(st.tuples(_CELLS, _MARKS), max_size=60), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_cells_at_all(tmp_path: Path, cells: list[tuple[str, str]], encoding: str) -> None:
    words = "Year,Growth,Index\n" + "".join(cell + mark for cell, mark in cells)
    only_its_own_fault(tmp_path, words.encode(encoding, errors="replace"))


def _whole() -> bytes:
    workbook, stream = Workbook(), io.BytesIO()
    for row in published():
        workbook.active.append(row)
    workbook.save(stream)
    return stream.getvalue()


WHOLE = _whole()


@WITH_ANY_BYTES
@given(at=st.integers(0, len(WHOLE) - 1), put=st.binary(min_size=1, max_size=40))
@example(at=0, put=b"PK\x05\x06")
def test_a_workbook_spoiled_anywhere(tmp_path: Path, at: int, put: bytes) -> None:
    only_its_own_fault(tmp_path, WHOLE[:at] + put + WHOLE[at + len(put) :])


@WITH_ANY_BYTES
@given(data=st.data())
def test_parts_of_a_workbook_spoiled_anywhere(tmp_path: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    put = data.draw(st.sampled_from([b"", b"<", b'"', b"9" * 30, b"-1", b"1e400", b"A", b"</row>", b"x" * 9]))
    parts[name] = parts[name][:at] + put + parts[name][at + data.draw(st.integers(0, 5)) :]
    only_its_own_fault(tmp_path, zipped(tmp_path, parts).read_bytes())
