"""A score sheet holds what an assessor needs and nothing that would sway one, and comes back as it was filled in."""

import csv
import io
import random
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from appraise.files.faults import FileFault
from appraise.files.score_sheets import (
    ABOUT,
    FORMAT,
    SCORE,
    ScoreSheet,
    figure,
    mark_of,
    read_score_sheet,
    same_words,
    score_sheet,
    text_of,
)
from appraise.files.sheets import Formula, SheetFault
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Mark
from appraise.model.sealing import criteria_digest, criterion_digest
from tests.builders import scores
from tests.workshops import CRITERIA, EVIDENCE, REASON, fill, workshop
from tests.workshops import SCORE as SCORE_COLUMN


def made(appraisal: Appraisal, assessor: Assessor | None = None) -> Workbook:
    one = assessor or appraisal.workshop.assessors[0]
    return load_workbook(io.BytesIO(score_sheet(appraisal, one, issued="2027-05-03")))


def texts(page: Worksheet) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(score_sheet(workshop(), workshop().workshop.assessors[0], issued="2027-05-03"))
    return path


# Written --------------------------------------------------------------------------------------------


def test_all_options_stand_under_the_words_of_a_criterion_before_the_next_begins() -> None:
    page = made(workshop())[SCORE]
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=8, max_col=2)]
    assert rows == [
        ("Criterion 1 of 3: Resilience", None),
        ("Score: points from 0 to 100.\n0 means: Fails each winter\n100 means: Never fails", None),
        ("A", "Resilience"),
        ("B", "Resilience"),
        ("Criterion 2 of 3: Staff", None),
        ("Score: points from 0 to 100. Levels:\n0: Half leave\n50: A few leave\n100: All stay", None),
        ("A", "Staff"),
        ("B", "Staff"),
        ("Criterion 3 of 3: Response", None),
        (
            (
                "Score: the figure itself, hours, from 1 to 24. Appraise turns it into points.\n"
                "0 means: A day (hours: 24)\n100 means: An hour (hours: 1)"
            ),
            None,
        ),
        ("A", "Response"),
        ("B", "Response"),
    ]
    assert {str(cells) for cells in page.merged_cells.ranges} >= {"A8:E8", "A9:E9", "A16:E16", "A17:E17"}


def test_an_anchor_that_no_level_repeats_is_told_beside_the_levels() -> None:
    first, second, *others = CRITERIA
    spoiled = replace(second, best="All stay and others come")
    page = made(workshop(criteria=(first, spoiled, *others)))[SCORE]
    assert page["A13"].value.split("\n")[3:] == ["100: All stay", "100 means: All stay and others come"]


def test_it_says_for_whom_it_is_and_how_to_score_in_three_sentences() -> None:
    page = made(workshop())[SCORE]
    head = [page.cell(row, 1).value for row in range(1, 6)]
    assert head[:2] == ["Score sheet: Test", "Post 1, Test Council, issued 3 May 2027"]
    assert all(isinstance(sentence, str) and sentence.endswith(".") for sentence in head[2:])
    assert (page["A6"].value, page["C6"].value) == ("To read", "To fill in")
    assert [page.cell(7, column).value for column in (3, 4, 5)] == ["Score", "Reason", "Evidence"]


def test_a_council_that_the_post_names_already_is_not_named_twice() -> None:
    appraisal = workshop()
    one = replace(appraisal.workshop.assessors[0], post="Head of Roads, Test Council")
    assert made(appraisal, one)[SCORE]["A2"].value == "Head of Roads, Test Council, issued 3 May 2027"


def test_it_holds_no_weight_no_total_and_nothing_of_others() -> None:
    """Weights, scores of record and marks are figures that stand nowhere else in this document."""
    appraisal = workshop(scores=scores(a=(71.25, 72.25, 3.375)))
    marks = (Mark(option="a", criterion="c1", value=63.125, reason="Secret reason", evidence="Secret evidence"),)
    first, second = appraisal.workshop.assessors
    assessors = (first, replace(second, marks=marks, interest_words="Married to the bidder"))
    criteria = tuple(replace(one, swing=swing) for one, swing in zip(CRITERIA, (87.5, 42.25, 61.75), strict=True))
    appraisal = replace(appraisal, criteria=criteria, workshop=replace(appraisal.workshop, assessors=assessors))
    book = made(appraisal)
    whole = "\n".join(text for page in book.worksheets for text in texts(page))
    for secret in ("87.5", "42.25", "61.75", "71.25", "72.25", "3.375", "63.125", "Secret", "Post 2", "Name", "p2"):
        assert secret not in whole
    assert "Married" not in whole
    assert "Post 1" in whole


def test_it_says_on_its_second_page_which_workshop_assessor_and_criteria_it_is_of() -> None:
    appraisal = workshop()
    about = {row[0].value: row[1].value for row in made(appraisal)[ABOUT].iter_rows(min_row=3)}
    assert about == {
        "Kind": "Appraise score sheet",
        "Format": str(FORMAT),
        "Appraisal": "Test",
        "Post": "Post 1",
        "Issued": "2027-05-03",
        "Workshop": "workshop-1",
        "Assessor": "p1",
        "Criteria": criteria_digest(appraisal),
    }


def test_each_row_carries_what_it_is_about_where_nobody_looks() -> None:
    appraisal = workshop()
    page = made(appraisal)[SCORE]
    assert [cell.value for cell in page[11]][5:] == [
        "b",
        "c1",
        criterion_digest(appraisal, "c1"),
        "workshop-1",
        "p1",
    ]
    assert [page.column_dimensions[letter].hidden for letter in "CDEFGHIJ"] == [False] * 3 + [True] * 5
    assert all(cell.alignment.wrap_text for cell in page[11]), "text that runs over a hidden edge is printed"


def test_only_what_is_to_fill_in_can_be_changed_and_there_is_no_password() -> None:
    book = made(workshop())
    page = book[SCORE]
    free = {(cell.row, cell.column) for row in page.iter_rows() for cell in row if not cell.protection.locked}
    rows = (10, 11, 14, 15, 18, 19)
    assert free == {(row, column) for row in rows for column in (SCORE_COLUMN, REASON, EVIDENCE)}
    assert all(cell.protection.locked for row in page.iter_rows(max_row=7) for cell in row)
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book.worksheets)
    assert book.security.lockStructure


def test_scores_are_asked_for_on_the_scale_of_the_criterion() -> None:
    checks = {str(one.sqref): one for one in made(workshop())[SCORE].data_validations.dataValidation}
    spans = {cells: (one.type, one.operator, one.formula1, one.formula2) for cells, one in checks.items()}
    assert spans == {
        "C10:C11": ("decimal", "between", "0", "100"),
        "C14:C15": ("decimal", "between", "0", "100"),
        "C18:C19": ("decimal", "between", "1", "24"),
    }
    assert all(one.showErrorMessage and one.allow_blank for one in checks.values())


def test_it_prints_on_a4_across_with_its_headings_on_every_page() -> None:
    page = made(workshop())[SCORE]
    assert (int(page.page_setup.paperSize), page.page_setup.orientation) == (9, "landscape")
    assert page.print_title_rows == "$6:$7"
    assert page.print_area.endswith("$A$1:$E$19")
    assert page.freeze_panes == "B8"


def test_its_columns_fit_across_the_paper_at_nine_tenths_with_room_for_wider_fonts() -> None:
    """At 96 dots to the inch a column is seven dots for each letter and five more; A4 is 11.69 inches across."""
    page = made(workshop())[SCORE]
    dots = sum(page.column_dimensions[letter].width * 7 + 5 for letter in "ABCDE")
    room = 11.69 - page.page_margins.left - page.page_margins.right
    assert page.page_setup.scale == 90
    assert not page.sheet_properties.pageSetUpPr.fitToPage
    assert dots / 96 * 0.9 <= room / 1.1


def test_no_criterion_is_cut_in_two_by_the_end_of_a_page() -> None:
    """Paper leaves 512 points between the margins, and 569 at nine tenths; the headings are repeated on each page."""
    options = tuple(replace(workshop().options[0], id=f"o{n}", name=f"Option {n}") for n in range(5))
    criteria = tuple(replace(CRITERIA[0], id=f"c{n}") for n in range(8))
    page = made(workshop(options=options, criteria=criteria))[SCORE]
    breaks = [one.id for one in page.row_breaks.brk]
    assert breaks == [14, 28, 42, 56]
    ends = [*breaks, 7 + 8 * 7]
    starts = [1, *(one + 1 for one in breaks)]
    heights = [
        sum(page.row_dimensions[row].height for row in range(a, b + 1)) for a, b in zip(starts, ends, strict=True)
    ]
    repeated = page.row_dimensions[6].height + page.row_dimensions[7].height
    assert max(heights) + repeated < 569
    assert {(start - 1) % 7 for start in starts[1:]} == {0}


def test_a_criterion_taller_than_a_page_does_no_harm() -> None:
    options = tuple(replace(workshop().options[0], id=f"o{n}", name=f"Option {n}") for n in range(20))
    page = made(workshop(options=options))[SCORE]
    assert [one.id for one in page.row_breaks.brk] == [29, 51]


def test_there_is_room_to_write_by_hand() -> None:
    page = made(workshop())[SCORE]
    assert page.row_dimensions[10].height >= 34
    assert page.column_dimensions["C"].width >= 12
    fonts = {cell.font.name for row in page.iter_rows(max_col=5) for cell in row if cell.value is not None}
    assert fonts == {"Arial"}


def test_long_words_get_a_tall_row() -> None:
    first, *others = CRITERIA
    long = made(workshop(criteria=(replace(first, worst="word " * 240), *others)))[SCORE]
    assert long.row_dimensions[9].height > 3 * made(workshop())[SCORE].row_dimensions[9].height


@pytest.mark.parametrize("words", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(1)", "{=1}", "\t=1", "'=1"])
def test_what_a_user_wrote_is_never_a_formula(words: str) -> None:
    first, *others = CRITERIA
    spoiled = replace(first, name=words, worst=words, best=words)
    appraisal = workshop(title=words, body=words, criteria=(spoiled, *others))
    options = (replace(appraisal.options[0], name=words), *appraisal.options[1:])
    assessor = replace(appraisal.workshop.assessors[0], post=words)
    book = made(replace(appraisal, options=options), assessor)
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert book[SCORE]["A10"].value == words
    assert book[SCORE]["A10"].quotePrefix == (words[0] in "=+-@'")


def test_letters_that_no_workbook_can_hold_do_not_spoil_it() -> None:
    first, *others = CRITERIA
    page = made(workshop(criteria=(replace(first, name="a\x00b\x1f\ufffe", worst="x" * 40_000), *others)))[SCORE]
    assert page["B10"].value == "a?b??"
    assert len(page["A9"].value) == 32_000


@pytest.mark.parametrize("lack", ["criteria", "options"])
def test_without_anything_to_score_there_is_no_sheet(lack: str) -> None:
    with pytest.raises(FileFault, match="nothing to score yet"):
        made(workshop(**{lack: ()}))


def test_more_rows_than_a_sheet_can_be_read_with_are_refused() -> None:
    many = tuple(replace(CRITERIA[0], id=f"c{number}") for number in range(499))
    with pytest.raises(FileFault, match=r"at most 2,000 rows"):
        made(workshop(criteria=many))


# Read back ------------------------------------------------------------------------------------------


def test_it_comes_back_as_it_was_filled_in(sent: Path) -> None:
    fill(sent, {("a", "c1"): (72.5, "Held in two floods", "Report 4"), ("b", "c3"): (3, "", "")})
    sheet = read_score_sheet(sent)
    assert (sheet.workshop, sheet.assessor, sheet.form) == ("workshop-1", "p1", "1")
    filled = [row for row in sheet.rows if not row.empty]
    assert [(row.option, row.criterion, row.score, row.reason, row.evidence) for row in filled] == [
        ("a", "c1", Decimal("72.5"), "Held in two floods", "Report 4"),
        ("b", "c3", Decimal(3), None, None),
    ]
    assert filled[0].version == criterion_digest(workshop(), "c1")
    assert filled[1].place == "sheet Score, row 19"
    assert (filled[1].score_place, filled[1].evidence_place) == (
        "sheet Score, row 19, column C",
        "sheet Score, row 19, column E",
    )


def test_a_formula_is_seen_as_one_and_not_run(sent: Path) -> None:
    fill(sent, {("a", "c1"): ("=50+25", "=A1", "")})
    row = read_score_sheet(sent).rows[2]
    assert isinstance(row.score, Formula)
    with pytest.raises(SheetFault, match=r"^sheet Score, row 10, column C holds a formula\. Type the figure itself\.$"):
        mark_of(row.score, row.score_place)
    with pytest.raises(
        SheetFault, match=r"^sheet Score, row 10, column D holds a formula\. Type the words themselves\.$"
    ):
        text_of(row.reason, row.reason_place)


def as_text(sent: Path, mark: str) -> ScoreSheet:
    """The sheet Score saved as text, as spreadsheet programs do it."""
    page = load_workbook(sent)[SCORE]
    text = sent.with_suffix(".csv")
    with text.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=mark).writerows([cell.value for cell in row] for row in page.iter_rows())
    return read_score_sheet(text)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_with_the_same_headings_is_read_too(sent: Path, mark: str) -> None:
    fill(sent, {("b", "c2"): ("37,5", "Half, at least", ""), ("a", "c3"): ("=2", "", "")})
    sheet = as_text(sent, mark)
    assert (sheet.workshop, sheet.assessor) == ("workshop-1", "p1")
    filled = [row for row in sheet.rows if not row.empty]
    assert [(row.option, row.criterion, row.reason) for row in filled] == [
        ("b", "c2", "Half, at least"),
        ("a", "c3", None),
    ]
    assert mark_of(filled[0].score, filled[0].score_place) == 37.5
    assert filled[0].score_place == "row 15, column C"
    with pytest.raises(SheetFault, match="row 18, column C holds a formula"):
        mark_of(filled[1].score, filled[1].score_place)


def test_columns_may_have_been_moved(sent: Path) -> None:
    book = load_workbook(sent)
    for cells in list(book[SCORE].merged_cells.ranges):
        book[SCORE].unmerge_cells(str(cells))
    book[SCORE].insert_cols(3)
    book[SCORE]["D10"] = 50
    book.save(sent)
    row = read_score_sheet(sent).rows[2]
    assert (row.score, row.score_place) == (Decimal(50), "sheet Score, row 10, column D")


def test_a_row_says_what_people_read_in_it_and_whose_it_is(sent: Path) -> None:
    row = read_score_sheet(sent).rows[7]
    assert (row.option, row.criterion, row.option_words, row.criterion_words) == ("b", "c2", "B", "Staff")
    assert (row.workshop, row.assessor) == ("workshop-1", "p1")


def copied(sent: Path, *entries: tuple[str, str, int]) -> Path:
    """With a copy of the page: what is typed where (page, cell, figure)."""
    book = load_workbook(sent)
    book.copy_worksheet(book[SCORE])
    for page, cell, figure_typed in entries:
        book[page][cell] = figure_typed
    book.save(sent)
    return sent


def test_the_page_that_was_filled_in_is_taken_where_it_is_a_copy(sent: Path) -> None:
    sheet = read_score_sheet(copied(sent, ("Score Copy", "C10", 40)))
    assert [(row.score, row.place) for row in sheet.rows if not row.empty] == [
        (Decimal(40), 'sheet "Score Copy", row 10')
    ]
    assert sheet.assessor == "p1"


def test_the_same_on_two_pages_is_taken_once(sent: Path) -> None:
    sheet = read_score_sheet(copied(sent, ("Score", "C10", 40), ("Score Copy", "C10", 40)))
    assert [row.place for row in sheet.rows if not row.empty] == ["sheet Score, row 10"]


def test_two_pages_with_other_scores_are_refused(sent: Path) -> None:
    with pytest.raises(SheetFault, match=r"has scores on two pages, “Score” and “Score Copy”\. Keep one of them"):
        read_score_sheet(copied(sent, ("Score", "C10", 40), ("Score Copy", "C10", 50)))


@pytest.mark.parametrize(
    ("read", "now", "same"),
    [
        ("Own crews", "Own  crews\n", True),
        ("Caf\u00e9", "Cafe\u0301", True),
        ("????? 1", "Ωμέγα 1", True),
        ("a?b", "a\x00b", True),
        ("Own crews", "Own crew", False),
        ("own crews", "Own crews", False),
        ("???? 1", "Ωμέγα 1", False),
    ],
)
def test_words_are_the_same_whatever_programs_do_to_spaces_and_rare_letters(read: str, now: str, same: bool) -> None:
    assert same_words(read, now) is same


@pytest.mark.parametrize("left", ["#NAME?", "#REF!", "#N/A"])
def test_what_a_formula_left_in_a_text_file_is_no_reason(left: str) -> None:
    with pytest.raises(SheetFault, match=r"^here holds a formula"):
        text_of(left, "here")
    assert text_of("#1 on the list", "here") == "#1 on the list"


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        (Decimal(50), 50.0),
        (Decimal("0.375"), 0.375),
        ("50", 50.0),
        ("50.5", 50.5),
        ("50,5", 50.5),
        ("0,375", 0.375),
        ("−3", -3.0),
        ("1250,75", 1250.75),
    ],
)
def test_a_figure_is_read_as_it_is_meant(typed: Any, mark: float) -> None:
    assert mark_of(typed, "here") == mark


@pytest.mark.parametrize("typed", ["good", "7 or 8", "75%", "1e2", "1 200", "#REF!", "True", "", Decimal("NaN"), None])
def test_what_is_no_figure_is_refused_with_its_place(typed: Any) -> None:
    with pytest.raises(SheetFault, match=r"^here: .* is not a figure\. Type one, such as 75\.$"):
        mark_of(typed, "here")


@pytest.mark.parametrize("typed", ["1,500", "72,500", "-2,125"])
def test_a_comma_that_could_be_either_is_not_guessed(typed: str) -> None:
    with pytest.raises(SheetFault, match="can be read in two ways"):
        mark_of(typed, "here")


@pytest.mark.parametrize(
    "content", [b"", b"Option,Score\na,50\n", b"%PDF-1.7", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old"]
)
def test_what_is_no_score_sheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(SheetFault):
        read_score_sheet(path)


def test_another_workbook_is_no_score_sheet(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    book = Workbook()
    book.active.append(["Option", "Criterion", "Score", "Reason", "Evidence"])
    book.save(path)
    with pytest.raises(SheetFault, match=r"^budget\.xlsx is not a score sheet\. Choose the workbook that was sent"):
        read_score_sheet(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
def test_a_damaged_workbook_is_refused_or_read_and_never_a_fault_of_ours(sent: Path, part: str) -> None:
    chance = random.Random(5)  # noqa: S311  not for secrets
    with zipfile.ZipFile(sent) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    outcomes = set()
    for _ in range(40):
        spoiled = bytearray(parts[part])
        for _ in range(chance.randint(1, 6)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(32, 127)
        with zipfile.ZipFile(sent, "w") as archive:
            for name, data in (parts | {part: bytes(spoiled)}).items():
                archive.writestr(name, data)
        try:
            read_score_sheet(sent)
        except SheetFault:
            outcomes.add("refused")
        else:
            outcomes.add("read")
    assert outcomes == {"refused", "read"}


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "0"), (100.0, "100"), (0.25, "0.25"), (-3.0, "-3"), (1e300, "1e+300")]
)
def test_a_figure_is_written_as_one_types_it(value: float, said: str) -> None:
    assert figure(value) == said
