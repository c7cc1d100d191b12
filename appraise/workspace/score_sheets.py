"""Score sheets out to assessors, and back in with a report of what was taken, refused and changed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from appraise.files import score_sheets as sheets
from appraise.files.faults import AlreadyThere, CannotWrite, FileFault, called, shown
from appraise.files.score_sheets import ScoreSheet, SheetRow
from appraise.files.sheets import SheetFault
from appraise.files.writing import why
from appraise.model.appraisal.criteria import Criterion, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage, Workshop
from appraise.model.cancelled import Cancelled
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.workshop import LATE_ADDS, take_sheet
from appraise.model.sealing import Locked, criterion_digest, locked
from appraise.present.wording import capital
from appraise.workspace.exporting import export_bytes

Pair = tuple[str, str]

_NAME_LETTERS = 40
_ISSUE_AGAIN = "Send out a new sheet."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChanged:
    """A mark that replaced another one, or got another reason or evidence. Ids of option and criterion."""

    place: str
    option: str
    criterion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRefused:
    """A row that was not taken. The sentence begins with its place; the ids are empty where the row has none."""

    place: str
    sentence: str
    option: str = ""
    criterion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMissing:
    """A mark that is neither on this sheet, taken or refused, nor on an earlier one. Ids of option and criterion."""

    option: str
    criterion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """What became of one file. `assessor` is an id, empty where the file does not say whose it is.

    `merged`: marks that are new; `unchanged`: marks that stood there already, word for word. `refusal`: why
    nothing of it was taken, empty if some could be; `unreadable`: because it could not be read as a score sheet.
    """

    file: str
    assessor: str = ""
    post: str = ""
    merged: int = 0
    unchanged: int = 0
    changed: tuple[RowChanged, ...] = ()
    refused: tuple[RowRefused, ...] = ()
    missing: tuple[RowMissing, ...] = ()
    refusal: str = ""
    unreadable: bool = False
    late: bool = False

    @property
    def taken(self) -> int:
        """Marks that this sheet brought into the appraisal."""
        return self.merged + len(self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The appraisal with every mark that could be taken, and a report on every file, in the order given."""

    appraisal: Appraisal
    reports: tuple[SheetReport, ...]

    @property
    def assessors(self) -> int:
        """How many assessors' marks changed the appraisal."""
        return len({report.assessor for report in self.reports if report.taken})


# Out ------------------------------------------------------------------------------------------------


def write_sheets(
    appraisal: Appraisal,
    folder: Path,
    assessors: Collection[str] | None = None,
    *,
    issued: str = "",
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Path, ...]:
    """Write one workbook for each assessor into the folder, which is made if need be.

    `assessors`: ids; None for all but those who stand aside. `issued`: the day on the sheets, ISO. File names
    hold the post, never a name. Raises FileFault where no sheet can be written yet, CannotWrite if a file of the
    same name stands there (it may be filled in), and Cancelled, which leaves the sheets written so far.
    """
    if refusal := why_no_sheets_out(appraisal.workshop):
        raise FileFault(refusal)
    sheets.check_can_be_sheets(appraisal)
    chosen = _chosen(appraisal.workshop, assessors)
    paths = tuple(folder / file_name(appraisal.workshop, one) for one in chosen)
    _make(folder)
    for path in paths:
        if path.exists():
            raise AlreadyThere(f"{called(path)} stands there already and may be filled in. Choose another folder.")
    for number, (one, path) in enumerate(zip(chosen, paths, strict=True)):
        _ask(cancelled)
        export_bytes(sheets.score_sheet(appraisal, one, issued=issued), path)
        if progress is not None:
            progress((number + 1) / len(chosen))
    return paths


def why_no_sheets_out(workshop: Workshop) -> str:
    """Why no sheet can be written now, in a sentence with its mend; empty where sheets can."""
    if workshop.stage is Stage.OPEN:
        return "Score sheets belong to a sealed workshop. Start one on step 3."
    if workshop.stage is Stage.PREPARING:
        return "Criteria are not agreed yet, so sheets would go out of date. Agree on them on step 3."
    return _shut(workshop, "write")


def why_no_sheets_in(workshop: Workshop) -> str:
    """Why no sheet can be merged now, in a sentence with its mend; empty where sheets can."""
    if workshop.stage is Stage.OPEN:
        return "No sealed workshop was started in this appraisal. Open the one that the sheets were sent from."
    if workshop.stage in (Stage.PREPARING, Stage.AGREED):
        return "Weights are not sealed yet. Seal them on step 3, then merge the sheets."
    return _shut(workshop, "merge")


def _shut(workshop: Workshop, act: str) -> str:
    if workshop.stage is Stage.REVEALED and not workshop.unlocked:
        return f"Totals are revealed and scores are locked. Unlock them with a reason, then {act} sheets."
    return ""


def file_name(workshop: Workshop, assessor: Assessor) -> str:
    """`score-sheet-03-head-of-highways.xlsx`: the place in the list, then the post."""
    number = next(at for at, one in enumerate(workshop.assessors, start=1) if one.id == assessor.id)
    letters = unicodedata.normalize("NFKD", assessor.post).encode("ascii", "ignore").decode().lower()
    post = re.sub("[^a-z0-9]+", "-", letters)[:_NAME_LETTERS].strip("-")
    return "-".join(filter(None, ("score-sheet", f"{number:02}", post))) + ".xlsx"


def _chosen(workshop: Workshop, assessors: Collection[str] | None) -> tuple[Assessor, ...]:
    """Those who get a sheet. Raises FileFault if that is nobody, or somebody who is not there."""
    everybody = workshop.assessors
    known = {one.id for one in everybody}
    for unknown in (one for one in assessors or () if one not in known):
        listed = "; ".join(f"{one.id} ({one.post})" for one in everybody)
        raise FileFault(f'There is no assessor "{shown(unknown)}". There are: {listed or "none"}.')
    if assessors is None:
        chosen = tuple(one for one in everybody if one.interest is not Interest.STANDS_ASIDE)
    else:
        chosen = tuple(one for one in everybody if one.id in assessors)
    if not chosen:
        raise FileFault("There is nobody to write a sheet for. Add assessors on step 4.")
    return chosen


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise CannotWrite(f"{called(folder)} is a file. Choose a folder.") from error
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "the name holds a character that no folder name can"
        raise CannotWrite(f"The folder {called(folder)} cannot be made, because {reason}.") from error


def _ask(cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled


# In -------------------------------------------------------------------------------------------------


def merge_sheets(
    appraisal: Appraisal,
    paths: Sequence[Path],
    *,
    received: str,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Merged:
    """Take the marks of every sheet that fits, one file after the other; a bad sheet or row changes nothing.

    `received`: the day, ISO. A mark of a later file replaces that of an earlier one; once scoring is closed, a sheet
    only brings marks that are still missing. What an empty row had on an earlier sheet stays.
    Raises Cancelled and nothing else; what is wrong stands in the reports.
    """
    reports = []
    for number, path in enumerate(paths):
        _ask(cancelled)
        appraisal, report = _merge(appraisal, path, received)
        reports.append(report)
        if progress is not None:
            progress((number + 1) / len(paths))
    return Merged(appraisal=appraisal, reports=tuple(reports))


def _merge(appraisal: Appraisal, path: Path, received: str) -> tuple[Appraisal, SheetReport]:
    file = called(path)
    try:
        sheet = sheets.read_score_sheet(path)
    except SheetFault as fault:
        return appraisal, SheetReport(file=file, refusal=fault.sentence, unreadable=True)
    workshop = appraisal.workshop
    assessor = next((one for one in workshop.assessors if one.id == sheet.assessor), None)
    refusal = _refusal(workshop, sheet, assessor)
    if refusal or assessor is None:
        return appraisal, SheetReport(file=file, refusal=refusal)
    reading = _Reading.of(appraisal, sheet).without_changes(appraisal, assessor)
    late = workshop.stage is not Stage.SEALED
    report = _report(appraisal, assessor, reading, file=file, late=late)
    if not report.taken:
        return appraisal, report
    try:
        stood = set(assessor.marks)
        fresh = [mark for mark in reading.marks.values() if mark not in stood]
        return take_sheet(appraisal, assessor=assessor.id, marks=fresh, received=received, late=late), report
    except EditRefused as refused:
        return appraisal, SheetReport(file=file, assessor=assessor.id, post=assessor.post, refusal=str(refused))


def _refusal(workshop: Workshop, sheet: ScoreSheet, assessor: Assessor | None) -> str:
    """Why nothing of this sheet can be taken; empty if some can."""
    if shut := why_no_sheets_in(workshop):
        return shut
    if sheet.form != str(sheets.FORMAT):
        return (
            f"This sheet has form {shown(sheet.form, 12) or 'unknown'}, and only form {sheets.FORMAT} can be read. "
            f"{_ISSUE_AGAIN}"
        )
    if not workshop.id or sheet.workshop != workshop.id:
        return "This sheet belongs to another workshop. Open the appraisal that it was sent from."
    if assessor is None:
        return f'Nobody here is assessor "{shown(sheet.assessor)}". Add the assessor on step 4, then send a new sheet.'
    return ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The rows of a sheet held against the appraisal: marks that can be taken with their places, and the rest."""

    marks: Mapping[Pair, Mark]
    places: Mapping[Pair, str]
    refused: tuple[RowRefused, ...]

    @classmethod
    def of(cls, appraisal: Appraisal, sheet: ScoreSheet) -> "_Reading":
        options = {option.id: option for option in appraisal.options}
        criteria = {criterion.id: criterion for criterion in appraisal.criteria}
        versions = {criterion.id: criterion_digest(appraisal, criterion.id) for criterion in appraisal.criteria}
        filled = [row for row in sheet.rows if not row.empty]
        often = Counter((row.option, row.criterion) for row in filled if row.option and row.criterion)
        marks: dict[Pair, Mark] = {}
        places: dict[Pair, str] = {}
        refused: list[RowRefused] = []
        for row in filled:
            pair = row.option, row.criterion
            try:
                _check_belongs(row, sheet)
                _check_row(row, options, criteria, versions, doubled=often[pair] > 1)
                marks[pair] = _mark(row, criteria[row.criterion])
                places[pair] = row.place
            except SheetFault as fault:
                said = capital(fault.sentence)
                refused.append(RowRefused(place=row.place, sentence=said, option=pair[0], criterion=pair[1]))
        return cls(marks, places, tuple(refused))

    def without_changes(self, appraisal: Appraisal, assessor: Assessor) -> "_Reading":
        """The same without rows that would change a mark, once scoring is closed and unless somebody unlocked it."""
        if Locked.MARKS not in locked(appraisal.workshop):
            return self
        stood = {(mark.option, mark.criterion): mark for mark in assessor.marks}
        barred = {pair for pair, mark in self.marks.items() if stood.get(pair, mark) != mark}
        refused = (
            RowRefused(
                place=self.places[pair], sentence=f"{capital(self.places[pair])} would change a mark. {LATE_ADDS}"
            )
            for pair in self.marks
            if pair in barred
        )
        kept = {pair: mark for pair, mark in self.marks.items() if pair not in barred}
        return _Reading(kept, self.places, (*self.refused, *refused))


def _check_belongs(row: SheetRow, sheet: ScoreSheet) -> None:
    """Raises SheetFault for a row that was pasted in from the sheet of somebody else."""
    if row.option and row.criterion and (row.workshop, row.assessor) != (sheet.workshop, sheet.assessor):
        raise SheetFault(f"{row.place} comes from the sheet of another assessor or workshop. Take it out.")


def _check_row(
    row: SheetRow,
    options: Mapping[str, Option],
    criteria: Mapping[str, Criterion],
    versions: Mapping[str, str],
    *,
    doubled: bool,
) -> None:
    """Raises SheetFault if the row cannot stand for an option and a criterion as they are today."""
    if not row.option or not row.criterion:
        raise SheetFault(f"{row.place} is none of the rows that were sent out. Use the row of that option.")
    if row.option not in options:
        raise SheetFault(f"{row.place} is about an option that is no longer there. Nothing is to be done.")
    if row.criterion not in criteria:
        raise SheetFault(f"{row.place} is about a criterion that is no longer there. Nothing is to be done.")
    if row.version != versions[row.criterion]:
        name = shown(criteria[row.criterion].name)
        raise SheetFault(f"{row.place}: the words of “{name}” have changed since. {_ISSUE_AGAIN}")
    names = ((row.option_words, options[row.option].name), (row.criterion_words, criteria[row.criterion].name))
    for said, name in names:
        if not sheets.same_words(said, name):
            why_not = f"“{shown(said)}” stands there, where “{shown(name)}” belongs"
            raise SheetFault(f"{row.place}: {why_not}. It was renamed, or rows are mixed up. {_ISSUE_AGAIN}")
    if doubled:
        raise SheetFault(f"{row.place}: another row is about the same option and criterion. Keep one of them.")


def _mark(row: SheetRow, criterion: Criterion) -> Mark:
    """Raises SheetFault with the place of the cell that is wrong."""
    if row.score is None:
        raise SheetFault(f"{row.score_place}: there are words but no score. Type the figure.")
    value = sheets.mark_of(row.score, row.score_place)
    low, high = sheets.span(criterion)
    if not low <= value <= high:
        said = f"{sheets.figure(value)} is not from {sheets.figure(low)} to {sheets.figure(high)}"
        nearest = " or the nearest end" if criterion.measured is Measured.MEASURE else ""
        raise SheetFault(f"{row.score_place}: {said}. Type a figure on the scale{nearest}.")
    return Mark(
        option=row.option,
        criterion=row.criterion,
        value=value,
        reason=sheets.text_of(row.reason, row.reason_place),
        evidence=sheets.text_of(row.evidence, row.evidence_place),
    )


def _report(appraisal: Appraisal, assessor: Assessor, reading: _Reading, *, file: str, late: bool) -> SheetReport:
    stood = {(mark.option, mark.criterion): mark for mark in assessor.marks}
    again = [pair for pair in reading.marks if pair in stood]
    known = {*stood, *reading.marks, *((row.option, row.criterion) for row in reading.refused)}
    unchanged = sum(1 for pair in again if stood[pair] == reading.marks[pair])
    return SheetReport(
        file=file,
        assessor=assessor.id,
        post=assessor.post,
        merged=len(reading.marks) - len(again),
        unchanged=unchanged,
        changed=tuple(
            RowChanged(place=reading.places[pair], option=pair[0], criterion=pair[1])
            for pair in again
            if stood[pair] != reading.marks[pair]
        ),
        refused=reading.refused,
        missing=tuple(
            RowMissing(option=option.id, criterion=criterion.id)
            for criterion in appraisal.criteria
            for option in appraisal.options
            if (option.id, criterion.id) not in known
        ),
        late=late,
    )


# In words -------------------------------------------------------------------------------------------


def report_sentences(report: SheetReport, appraisal: Appraisal) -> tuple[str, ...]:
    """What became of one file, the sum of it first. No score is named: the others have not seen it yet."""
    if report.refusal:
        return (f"{report.file}: nothing was taken. {report.refusal}",)
    return tuple(_sentences(report, appraisal))


def _sentences(report: SheetReport, appraisal: Appraisal) -> Iterator[str]:
    options = {option.id: option.name for option in appraisal.options}
    criteria = {criterion.id: criterion.name for criterion in appraisal.criteria}
    told = [
        f"{report.merged} new",
        f"{len(report.changed)} changed",
        f"{report.unchanged} as before",
        f"{len(report.refused)} refused",
        f"{len(report.missing)} missing",
    ]
    came = ", late" if report.late else ""
    yield f"{report.file} ({shown(report.post, 60)}{came}): {', '.join(told)}."
    for row in report.refused:
        yield row.sentence
    for changed in report.changed:
        yield f"{capital(changed.place)}: another score, reason or evidence stood there for {options[changed.option]}."
    by_criterion = Counter(row.criterion for row in report.missing)
    for criterion, number in by_criterion.items():
        yield f"Missing on {criteria[criterion]}: {number} of {len(options)} options."
