"""Sheets go out to those who score, and what comes back is merged row by row with every refusal told."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from appraise.files.faults import AlreadyThere, CannotWrite, FileFault
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage
from appraise.model.cancelled import Cancelled
from appraise.workspace.score_sheets import Merged, file_name, merge_sheets, report_sentences, write_sheets
from tests.workshops import CRITERIA, CRITERION_ID, OPTION_ID, fill, workshop

WHOLE = {
    ("a", "c1"): (70, "Held in two floods", "Report 4"),
    ("b", "c1"): (40, "Pumps are old", "Survey"),
    ("a", "c2"): (50, "A few said so", "Staff survey"),
    ("b", "c2"): (75.5, "Terms are kept", "Union"),
    ("a", "c3"): (6.5, "As today", "Log"),
    ("b", "c3"): (24, "From the bid", "Bid"),
}


def sent(appraisal: Appraisal, folder: Path, *ids: str) -> tuple[Path, ...]:
    return write_sheets(appraisal, folder, ids or None, issued="2027-05-03")


def merged(appraisal: Appraisal, *paths: Path) -> Merged:
    return merge_sheets(appraisal, paths, received="2027-05-10")


def marks_of(appraisal: Appraisal, assessor: str = "p1") -> dict[tuple[str, str], tuple[float, str, str]]:
    (one,) = (each for each in appraisal.workshop.assessors if each.id == assessor)
    return {(mark.option, mark.criterion): (mark.value, mark.reason, mark.evidence) for mark in one.marks}


def with_first(appraisal: Appraisal, **fields: Any) -> Appraisal:
    first, *others = appraisal.workshop.assessors
    return replace(appraisal, workshop=replace(appraisal.workshop, assessors=(replace(first, **fields), *others)))


def edited(path: Path, edit: Callable[[Worksheet], object]) -> Path:
    """The sheet after somebody unlocked it and did something to it."""
    book = load_workbook(path)
    edit(book["Score"])
    book.save(path)
    return path


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The sheet of p1, filled in whole."""
    (path,) = sent(workshop(), tmp_path / "out", "p1")
    fill(path, WHOLE)
    return path


# Out ------------------------------------------------------------------------------------------------


def test_everybody_gets_a_sheet_named_by_post(tmp_path: Path) -> None:
    appraisal = with_first(workshop(people=3), post="Head of Highways & Drainage (Ärea 1)", name="Ann Smith")
    shares: list[float] = []
    paths = write_sheets(appraisal, tmp_path / "out", issued="2027-05-03", progress=shares.append)
    assert [path.name for path in paths] == [
        "score-sheet-01-head-of-highways-drainage-area-1.xlsx",
        "score-sheet-02-post-2.xlsx",
        "score-sheet-03-post-3.xlsx",
    ]
    assert sorted((tmp_path / "out").iterdir()) == sorted(paths)
    assert shares == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1.0]


def test_a_post_in_other_letters_still_makes_a_file_name() -> None:
    appraisal = with_first(workshop(), post="主任/../..")
    assert file_name(appraisal.workshop, appraisal.workshop.assessors[0]) == "score-sheet-01.xlsx"


def test_who_stands_aside_gets_a_sheet_only_when_asked_for(tmp_path: Path) -> None:
    appraisal = with_first(workshop(), interest=Interest.STANDS_ASIDE)
    assert [path.name for path in sent(appraisal, tmp_path / "out")] == ["score-sheet-02-post-2.xlsx"]
    assert [path.name for path in sent(appraisal, tmp_path / "other", "p1")] == ["score-sheet-01-post-1.xlsx"]


def test_a_sheet_that_stands_there_is_never_replaced(tmp_path: Path) -> None:
    """It may be filled in."""
    (second,) = sent(workshop(), tmp_path, "p2")
    before = second.read_bytes()
    with pytest.raises(AlreadyThere, match=r"^score-sheet-02-post-2\.xlsx stands there already and may be filled in"):
        sent(workshop(), tmp_path)
    assert second.read_bytes() == before
    assert list(tmp_path.glob("*.xlsx")) == [second]


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.OPEN, "belong to a sealed workshop"),
        (Stage.PREPARING, "Criteria are not agreed yet"),
        (Stage.REVEALED, "Totals are revealed and scores are locked"),
    ],
)
def test_at_some_stages_no_sheet_goes_out(tmp_path: Path, stage: Stage, said: str) -> None:
    with pytest.raises(FileFault, match=said):
        sent(workshop(stage), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("stage", [Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_at_others_it_does(tmp_path: Path, stage: Stage) -> None:
    assert len(sent(workshop(stage), tmp_path / "out")) == 2


def test_somebody_who_is_no_assessor_gets_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r'no assessor "p9"\. There are: p1 \(Post 1\); p2 \(Post 2\)\.'):
        sent(workshop(), tmp_path / "out", "p9")
    with pytest.raises(FileFault, match="nobody to write a sheet for"):
        sent(workshop(people=0), tmp_path / "out")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "not" / "there", tmp_path / "a\0b"):
        with pytest.raises(CannotWrite):
            sent(workshop(), folder)


def test_writing_and_reading_stop_when_asked(tmp_path: Path, first: Path) -> None:
    with pytest.raises(Cancelled):
        write_sheets(workshop(), tmp_path / "other", cancelled=lambda: True)
    assert not list((tmp_path / "other").iterdir())
    with pytest.raises(Cancelled):
        merge_sheets(workshop(), [first], received="2027-05-10", cancelled=lambda: True)


# In -------------------------------------------------------------------------------------------------


def test_a_whole_sheet_is_taken(first: Path) -> None:
    back = merged(workshop(), first)
    (report,) = back.reports
    assert marks_of(back.appraisal) == {pair: (float(value), *words) for pair, (value, *words) in WHOLE.items()}
    assert (report.assessor, report.post, report.merged, report.unchanged) == ("p1", "Post 1", 6, 0)
    assert (report.changed, report.refused, report.missing, report.refusal) == ((), (), (), "")
    one, other = back.appraisal.workshop.assessors
    assert (one.received, one.late) == ("2027-05-10", False)
    assert other == workshop().workshop.assessors[1]
    assert report_sentences(report, back.appraisal) == (
        "score-sheet-01-post-1.xlsx (Post 1): 6 new, 0 changed, 0 as before, 0 refused, 0 missing.",
    )


def test_the_same_sheet_again_changes_nothing(first: Path) -> None:
    once = merged(workshop(), first).appraisal
    again = merged(once, first)
    assert again.appraisal is once
    assert (again.reports[0].unchanged, again.reports[0].taken, again.assessors) == (6, 0, 0)


def test_of_two_sheets_of_one_assessor_the_later_changes_the_earlier(first: Path, tmp_path: Path) -> None:
    later = Path(shutil.copy(first, tmp_path / "later.xlsx"))
    fill(later, {("a", "c1"): (30, "Held in one flood", "Report 5"), ("b", "c1"): (40, "Other words", "Survey")})
    back = merged(workshop(), first, later)
    assert [report.merged for report in back.reports] == [6, 0]
    changed = [(row.place, row.option, row.criterion) for row in back.reports[1].changed]
    assert changed == [("sheet Score, row 10", "a", "c1"), ("sheet Score, row 11", "b", "c1")]
    assert marks_of(back.appraisal)["a", "c1"] == (30.0, "Held in one flood", "Report 5")
    assert back.assessors == 1
    said = report_sentences(back.reports[1], back.appraisal)
    assert said[1] == "Sheet Score, row 10: another score, reason or evidence stood there for A."
    assert not any(figure in " ".join(said) for figure in ("70", "30"))


def test_an_empty_row_is_missing_and_keeps_what_came_earlier(first: Path, tmp_path: Path) -> None:
    (empty,) = sent(workshop(), tmp_path / "second", "p1")
    fill(empty, {("a", "c1"): (10, "Why", "What")})
    alone = merged(workshop(), empty)
    assert [(row.option, row.criterion) for row in alone.reports[0].missing] == [
        ("b", "c1"),
        ("a", "c2"),
        ("b", "c2"),
        ("a", "c3"),
        ("b", "c3"),
    ]
    assert report_sentences(alone.reports[0], alone.appraisal)[1:] == (
        "Missing on Resilience: 1 of 2 options.",
        "Missing on Staff: 2 of 2 options.",
        "Missing on Response: 2 of 2 options.",
    )
    both = merged(workshop(), first, empty)
    assert both.reports[1].missing == ()
    assert marks_of(both.appraisal)["b", "c1"] == (40.0, "Pumps are old", "Survey")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("=50+20", "", ""), "Sheet Score, row 10, column C holds a formula. Type the figure itself."),
        ((70, "=A1", ""), "Sheet Score, row 10, column D holds a formula. Type the words themselves."),
        ((70, "", "=A1"), "Sheet Score, row 10, column E holds a formula. Type the words themselves."),
        (("good", "", ""), 'Sheet Score, row 10, column C: "good" is not a figure. Type one, such as 75.'),
        (("", "Because", ""), "Sheet Score, row 10, column C: there are words but no score. Type the figure."),
        ((101, "", ""), "Sheet Score, row 10, column C: 101 is not from 0 to 100. Type a figure on the scale."),
        ((-0.5, "", ""), "Sheet Score, row 10, column C: -0.5 is not from 0 to 100. Type a figure on the scale."),
        (("1,500", "", ""), 'Sheet Score, row 10, column C: "1,500" can be read in two ways. Type it with a point.'),
    ],
)
def test_a_cell_that_is_wrong_is_refused_with_its_place_and_the_rest_is_taken(
    first: Path, typed: tuple[Any, str, str], said: str
) -> None:
    fill(first, {("a", "c1"): typed})
    back = merged(workshop(), first)
    (report,) = back.reports
    assert [(row.place, row.sentence) for row in report.refused] == [("sheet Score, row 10", said)]
    assert (report.merged, report.missing) == (5, ()), "what is refused is not told as missing too"
    assert ("a", "c1") not in marks_of(back.appraisal)


def test_a_measure_has_its_own_scale(first: Path) -> None:
    fill(first, {("a", "c3"): (25, "", ""), ("b", "c3"): ("6,5", "", "")})
    back = merged(workshop(), first)
    assert [row.sentence for row in back.reports[0].refused] == [
        "Sheet Score, row 18, column C: 25 is not from 1 to 24. Type a figure on the scale or the nearest end."
    ]
    assert marks_of(back.appraisal)["b", "c3"][0] == 6.5


def test_words_that_are_figures_or_dates_stay_words(first: Path) -> None:
    fill(first, {("a", "c1"): (70, 2025, date(2027, 5, 1))})
    assert marks_of(merged(workshop(), first).appraisal)["a", "c1"] == (70.0, "2025", "2027-05-01")


def test_two_rows_about_the_same_are_both_refused(first: Path) -> None:
    def double(page: Worksheet) -> None:
        page.append([cell.value for cell in page[10]])

    back = merged(workshop(), edited(first, double))
    assert [(row.place, row.sentence.split(": ")[1]) for row in back.reports[0].refused] == [
        ("sheet Score, row 10", "another row is about the same option and criterion. Keep one of them."),
        ("sheet Score, row 20", "another row is about the same option and criterion. Keep one of them."),
    ]
    assert ("a", "c1") not in marks_of(back.appraisal)


def test_a_row_that_nobody_sent_out_is_refused(first: Path) -> None:
    def add(page: Worksheet) -> None:
        page.append(["C", "Resilience", 50, "Why", "What"])

    (refused,) = merged(workshop(), edited(first, add)).reports[0].refused
    assert refused.sentence == "Sheet Score, row 20 is none of the rows that were sent out. Use the row of that option."


@pytest.mark.parametrize(("column", "what"), [(OPTION_ID, "an option"), (CRITERION_ID, "a criterion")])
def test_a_row_about_what_is_no_longer_there_is_refused(first: Path, column: int, what: str) -> None:
    edited(first, lambda page: page.cell(11, column, "gone"))
    (refused,) = merged(workshop(), first).reports[0].refused
    assert refused.sentence == f"Sheet Score, row 11 is about {what} that is no longer there. Nothing is to be done."


def test_of_an_older_version_of_the_criteria_only_those_that_still_mean_the_same_are_taken(first: Path) -> None:
    one, *others = CRITERIA
    changed = workshop(criteria=(replace(one, best="Never fails, nor floods"), *others))
    back = merged(changed, first)
    assert [row.sentence for row in back.reports[0].refused] == [
        "Sheet Score, row 10: the words of “Resilience” have changed since. Send out a new sheet.",
        "Sheet Score, row 11: the words of “Resilience” have changed since. Send out a new sheet.",
    ]
    assert set(marks_of(back.appraisal)) == {pair for pair in WHOLE if pair[1] != "c1"}


def test_other_weights_leave_a_sheet_as_good_as_it_was(first: Path) -> None:
    appraisal = workshop(criteria=tuple(replace(one, swing=one.swing / 2) for one in CRITERIA))
    assert merged(appraisal, first).reports[0].merged == 6


def test_scores_of_an_option_that_was_renamed_since_are_refused(first: Path) -> None:
    """Nobody knows whether the assessor scored what the new name says."""
    option, *others = workshop().options
    appraisal = workshop(options=(replace(option, name="A with pumps"), *others))
    back = merged(appraisal, first)
    assert [row.sentence for row in back.reports[0].refused] == [
        f"Sheet Score, row {row}: “A” stands there, where “A with pumps” belongs. "
        "It was renamed, or rows are mixed up. Send out a new sheet."
        for row in (10, 14, 18)
    ]
    assert {option for option, _ in marks_of(back.appraisal)} == {"b"}


def test_rows_whose_words_were_sorted_away_from_their_hidden_ids_are_refused(first: Path) -> None:
    """Somebody sorted the columns that are seen: what stands there is about another option now."""

    def swap(page: Worksheet) -> None:
        for column in range(1, 6):
            upper, lower = page.cell(10, column), page.cell(11, column)
            upper.value, lower.value = lower.value, upper.value

    back = merged(workshop(), edited(first, swap))
    assert [row.place for row in back.reports[0].refused] == ["sheet Score, row 10", "sheet Score, row 11"]
    assert back.reports[0].refused[0].sentence == (
        "Sheet Score, row 10: “B” stands there, where “A” belongs. "
        "It was renamed, or rows are mixed up. Send out a new sheet."
    )
    assert {pair for pair in WHOLE if pair[1] != "c1"} == set(marks_of(back.appraisal))


def test_a_row_under_another_criterion_is_refused(first: Path) -> None:
    back = merged(workshop(), edited(first, lambda page: page.cell(10, 2, "Staff")))
    (refused,) = back.reports[0].refused
    assert "“Staff” stands there, where “Resilience” belongs" in refused.sentence


@pytest.mark.parametrize(("column", "value"), [(9, "workshop-2"), (10, "p2")])
def test_rows_of_somebody_else_are_refused(first: Path, column: int, value: str) -> None:
    back = merged(workshop(), edited(first, lambda page: page.cell(11, column, value)))
    assert [row.sentence for row in back.reports[0].refused] == [
        "Sheet Score, row 11 comes from the sheet of another assessor or workshop. Take it out."
    ]
    assert ("b", "c1") not in marks_of(back.appraisal)
    assert len(marks_of(back.appraisal)) == 5


def test_a_sheet_whose_page_about_it_was_changed_attributes_nothing(first: Path) -> None:
    back = merged(workshop(), about(first, "Assessor", "p2"))
    assert (back.reports[0].merged, len(back.reports[0].refused)) == (0, 6)
    assert not any(one.marks for one in back.appraisal.workshop.assessors)


def about(path: Path, name: str, value: str) -> Path:
    book = load_workbook(path)
    for row in book["About this sheet"].iter_rows(min_row=3):
        if row[0].value == name:
            row[1].value = value
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Workshop", "workshop-2", "This sheet belongs to another workshop. Open the appraisal that it was sent from."),
        (
            "Assessor",
            "p9",
            'Nobody here is assessor "p9". Add the assessor on step 4, then send a new sheet.',
        ),
        ("Format", "0", "This sheet has form 0, and only form 1 can be read. Send out a new sheet."),
        ("Format", "2", "This sheet has form 2, and only form 1 can be read. Send out a new sheet."),
    ],
)
def test_a_sheet_of_something_else_is_refused_whole(first: Path, name: str, value: str, said: str) -> None:
    appraisal = workshop()
    back = merged(appraisal, about(first, name, value))
    assert back.appraisal is appraisal
    (report,) = back.reports
    assert (report.refusal, report.unreadable, report.merged) == (said, False, 0)
    assert report_sentences(report, appraisal) == (f"score-sheet-01-post-1.xlsx: nothing was taken. {said}",)


def test_a_bad_file_among_good_ones_stops_none_of_them(first: Path, tmp_path: Path) -> None:
    bad, foreign = tmp_path / "bad.xlsx", tmp_path / "budget.xlsx"
    bad.write_bytes(b"PK\x03\x04 broken")
    Workbook().save(foreign)
    back = merged(workshop(), bad, foreign, tmp_path / "missing.xlsx", first)
    assert [(report.file, report.unreadable, report.merged) for report in back.reports] == [
        ("bad.xlsx", True, 0),
        ("budget.xlsx", True, 0),
        ("missing.xlsx", True, 0),
        ("score-sheet-01-post-1.xlsx", False, 6),
    ]
    assert len(marks_of(back.appraisal)) == 6


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.OPEN, "No sealed workshop was started"),
        (Stage.PREPARING, "Weights are not sealed yet"),
        (Stage.AGREED, "Weights are not sealed yet"),
        (Stage.REVEALED, "Totals are revealed and scores are locked"),
    ],
)
def test_at_some_stages_no_sheet_comes_in(first: Path, stage: Stage, said: str) -> None:
    appraisal = workshop(stage)
    back = merged(appraisal, first)
    assert back.appraisal is appraisal
    assert back.reports[0].refusal.startswith(said)


@pytest.mark.parametrize(("stage", "unlocked"), [(Stage.MODERATING, False), (Stage.REVEALED, True)])
def test_a_sheet_that_comes_after_scoring_closed_is_marked_late(first: Path, stage: Stage, unlocked: bool) -> None:
    appraisal = workshop(stage)
    back = merged(replace(appraisal, workshop=replace(appraisal.workshop, unlocked=unlocked)), first)
    assert back.appraisal.workshop.assessors[0].late
    assert "(Post 1, late)" in report_sentences(back.reports[0], back.appraisal)[0]


def with_marks(appraisal: Appraisal, **values: float) -> Appraisal:
    """What p1 gave in time, by option, on the first criterion."""
    return with_first(
        appraisal, marks=tuple(Mark(option=key, criterion="c1", value=one) for key, one in values.items())
    )


def test_a_late_sheet_brings_what_is_missing_and_changes_nothing_that_came_in_time(first: Path) -> None:
    back = merged(with_marks(workshop(Stage.MODERATING), a=15.0), first)
    (report,) = back.reports
    assert [(row.place, row.sentence) for row in report.refused] == [
        (
            "sheet Score, row 10",
            (
                "Sheet Score, row 10 would change a mark. "
                "Scoring is closed: a late sheet adds marks that are missing, and changes none without an unlock."
            ),
        )
    ]
    assert (report.merged, report.changed, report.missing, report.late) == (5, (), (), True)
    assert marks_of(back.appraisal)["a", "c1"] == (15.0, "", "")
    assert back.appraisal.workshop.assessors[0].late


def test_a_late_sheet_with_nothing_but_other_marks_leaves_the_appraisal_as_it_was(first: Path) -> None:
    marks = tuple(Mark(option=option, criterion=criterion, value=1.0) for option, criterion in WHOLE)
    appraisal = with_first(workshop(Stage.MODERATING), marks=marks)
    back = merged(appraisal, first)
    assert back.appraisal is appraisal
    assert len(back.reports[0].refused) == 6


@pytest.mark.parametrize("stage", [Stage.MODERATING, Stage.REVEALED])
def test_a_mark_can_be_changed_once_somebody_unlocked_it(first: Path, stage: Stage) -> None:
    appraisal = with_marks(workshop(stage), a=15.0)
    back = merged(replace(appraisal, workshop=replace(appraisal.workshop, unlocked=True)), first)
    assert (back.reports[0].merged, len(back.reports[0].changed)) == (5, 1)
    assert marks_of(back.appraisal)["a", "c1"][0] == 70.0


def test_marks_of_who_stands_aside_are_kept_on_record(first: Path) -> None:
    back = merged(with_first(workshop(), interest=Interest.STANDS_ASIDE), first)
    assert len(marks_of(back.appraisal)) == 6


def test_what_was_marked_before_is_part_of_the_comparison(first: Path) -> None:
    before = Mark(option="a", criterion="c1", value=70.0, reason="Held in two floods", evidence="Report 4")
    other = Mark(option="b", criterion="c1", value=99.0)
    (report,) = merged(with_first(workshop(), marks=(before, other)), first).reports
    assert (report.merged, report.unchanged, len(report.changed), report.taken) == (4, 1, 1, 5)


def test_fifty_one_assessors_twenty_criteria_and_six_options_fit(tmp_path: Path) -> None:
    criteria = tuple(replace(CRITERIA[0], id=f"c{number}", name=f"Criterion {number}") for number in range(20))
    options = tuple(replace(workshop().options[0], id=f"o{number}", name=f"Option {number}") for number in range(6))
    people = tuple(Assessor(id=f"p{number}", post=f"Post {number}") for number in range(51))
    appraisal = workshop(criteria=criteria, options=options)
    appraisal = replace(appraisal, workshop=replace(appraisal.workshop, assessors=people))
    chosen = sent(appraisal, tmp_path / "out", "p0", "p50")
    fill(chosen[1], {(f"o{o}", f"c{c}"): (o * 10 + c, f"Why {o} {c}", "") for o in range(6) for c in range(20)})
    back = merged(appraisal, *chosen)
    assert [(report.merged, len(report.missing)) for report in back.reports] == [(0, 120), (120, 0)]
    assert marks_of(back.appraisal, "p50")["o5", "c19"] == (69.0, "Why 5 19", "")


# Through another program -----------------------------------------------------------------------------

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("form", ["xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1"])
def test_a_sheet_that_libreoffice_saved_is_taken_whole(first: Path, tmp_path: Path, form: str) -> None:
    """It writes the workbook in its own way, or as text with semicolons."""
    home = (tmp_path / "home").as_uri()
    command = [str(OFFICE), "--headless", f"-env:UserInstallation={home}", "--convert-to", form]
    out = tmp_path / "saved"
    subprocess.run([*command, "--outdir", str(out), str(first)], check=True, capture_output=True, timeout=120)
    (saved,) = out.iterdir()
    assert saved.read_bytes() != first.read_bytes()
    back = merged(workshop(), saved)
    assert (back.reports[0].merged, back.reports[0].refused) == (6, ())
    assert marks_of(back.appraisal) == {pair: (float(value), *words) for pair, (value, *words) in WHOLE.items()}
