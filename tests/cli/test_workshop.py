"""A workshop from the command line: sheets out and in, receipts, and nothing told while it is blind.

The last tests play a whole one and read its story back from the paper.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appraise import cli
from appraise.__main__ import main
from appraise.files.document import ANYTHING, Document, opened, save
from appraise.model.appraisal.criteria import About, Branch, Criterion, Independence
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import HIDDEN, Assessor, Interest, Stage, Step, Workshop
from appraise.model.edits import criteria as criteria_edits
from appraise.model.edits import scores as score_edits
from appraise.workspace.locking import FileLock
from appraise.workspace.session import Session
from tests.builders import appraisal, line
from tests.workshops import fill, workshop

BOTH = {("a", "c1"): (70, "Held", "Report"), ("b", "c1"): (40, "Old", "Survey")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.appraisal"
    save(path, Document(appraisal=workshop()), replacing=None)
    return path


@pytest.fixture
def sheet(file: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The sheet of the first assessor with two scores."""
    folder = file.with_name("sheets")
    assert main(["sheets", str(file), "-o", str(folder), "--assessor", "p1"]) == cli.DONE
    path = folder / "score-sheet-01-post-1.xlsx"
    assert capsys.readouterr().out == f"{path} is written.\n"
    fill(path, BOTH)
    return path


def import_scores(file: Path, *sheets: Path) -> int:
    return main(["import", "scores", *map(str, sheets), "--into", str(file)])


def stored(file: Path) -> Appraisal:
    return opened(file).document.appraisal


# Sheets and receipts --------------------------------------------------------------------------------


def test_import_merges_saves_and_tells_what_became_of_each_sheet(
    file: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_scores(file, sheet) == cli.DONE
    told = capsys.readouterr()
    assert told.out.startswith(
        "score-sheet-01-post-1.xlsx (Post 1): 2 new, 0 changed, 0 as before, 0 refused, 4 missing."
    )
    assert told.err == ""
    first = stored(file).workshop.assessors[0]
    assert [(mark.option, mark.value) for mark in first.marks] == [("a", 70.0), ("b", 40.0)]
    with Session.open(file, read_only=True) as session:
        assert not session.notices
        assert session.entries()[-1].action == "Merge score sheets of one assessor"


def test_import_has_exit_code_1_where_something_was_refused_and_takes_the_rest(
    file: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(sheet, {("b", "c1"): ("=1+1", "", "")})
    assert import_scores(file, sheet) == cli.FINDINGS
    assert "Sheet Score, row 11, column C holds a formula. Type the figure itself.\n" in capsys.readouterr().out
    assert len(stored(file).workshop.assessors[0].marks) == 1


def test_import_has_exit_code_3_where_a_file_is_no_sheet_and_takes_the_others(
    file: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_scores(file, file, sheet, file.with_name("none.xlsx")) == cli.BAD_INPUT
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("x.appraisal: nothing was taken. ")
    assert told[1].startswith("score-sheet-01-post-1.xlsx (Post 1): 2 new")
    assert told[-1].startswith("none.xlsx: nothing was taken. ")
    assert len(stored(file).workshop.assessors[0].marks) == 2


def test_import_writes_nothing_where_nothing_is_new(file: Path, sheet: Path) -> None:
    assert import_scores(file, sheet) == cli.DONE
    before = file.read_bytes()
    assert import_scores(file, sheet) == cli.DONE
    assert file.read_bytes() == before


def test_after_the_reveal_a_sheet_needs_an_unlock(
    tmp_path: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "revealed.appraisal"
    save(path, Document(appraisal=workshop(Stage.REVEALED)), replacing=None)
    before = path.read_bytes()
    assert import_scores(path, sheet) == cli.FINDINGS
    assert "Unlock them with a reason, then merge sheets." in capsys.readouterr().out
    assert path.read_bytes() == before


def test_import_honours_the_lock(file: Path, sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock, before = FileLock(file, "ann"), file.read_bytes()
    assert import_scores(file, sheet) == cli.CANNOT_WRITE
    assert "x.appraisal is open already, by ann on" in capsys.readouterr().err
    assert file.read_bytes() == before
    lock.release()


def test_import_into_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_scores(tmp_path / "none.appraisal", sheet) == cli.BAD_INPUT
    assert "There is no file none.appraisal." in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["sheets", "x"], ["import", "x.xlsx", "--into", "x"], ["import", "scores", "--into", "x"], ["receipt"]],
)
def test_wrong_usage_has_its_code(arguments: list[str]) -> None:
    assert main(arguments) == cli.USAGE


def test_sheets_are_not_written_over_filled_in_ones(
    file: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sheet.read_bytes()
    assert main(["sheets", str(file), "-o", str(sheet.parent)]) == cli.CANNOT_WRITE
    assert "stands there already and may be filled in. Choose another folder." in capsys.readouterr().err
    assert sheet.read_bytes() == before


def test_without_seals_there_are_neither_sheets_nor_a_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "open.appraisal"
    save(path, Document(appraisal=workshop(Stage.OPEN)), replacing=None)
    assert main(["sheets", str(path), "-o", str(tmp_path / "sheets")]) == cli.BAD_INPUT
    assert "Score sheets belong to a sealed workshop." in capsys.readouterr().err
    assert main(["receipt", str(path)]) == cli.FINDINGS
    assert capsys.readouterr().err.startswith("There is no receipt")


# A whole workshop -----------------------------------------------------------------------------------

SWINGS = {"c1": 100.0, "c2": 55.0, "c3": 30.0, "c4": 70.0}
CRITERION_NAMES = {"c1": "Resilience", "c2": "Staff", "c3": "Response", "c4": "Water"}
#: What is agreed in the end, and around which all but two assessors score.
AGREED = {
    "a": {"c1": 37.0, "c2": 62.0, "c3": 48.0, "c4": 81.0},
    "b": {"c1": 71.0, "c2": 44.0, "c3": 66.0, "c4": 35.0},
    "c": {"c1": 58.0, "c2": 73.0, "c3": 29.0, "c4": 64.0},
}
POSTS = (
    "Bridge Inspector", "Drainage Engineer", "Parish Clerk", "Harbour Master", "Fleet Planner", "Union Convenor",
    "Rights of Way Officer", "Night Supervisor", "Coastal Ranger", "Insurance Adviser", "School Bursar", "Quarry Agent",
)  # fmt: skip
ASIDE, LATE, LOW, HIGH = 12, 9, 3, 7
INTEREST = "Owns shares in a quarry that would supply stone"
MODERATED = "Agreed once the site log had been read aloud"
DISSENT = "The log leaves out the hard winter of 2024"
UNLOCKED = "The catchment authority published new depths of flooding"


def totals(swings: Mapping[str, float]) -> dict[str, float]:
    whole = sum(swings.values())
    return {option: sum(swings[key] * value for key, value in row.items()) / whole for option, row in AGREED.items()}


BEFORE = totals(SWINGS)
AFTER = totals(SWINGS | {"c4": 95.0})


def name_of(number: int) -> str:
    """A name that stands nowhere else."""
    return f"Zephyrine Quillfeather{chr(ord('a') + number)}"


def started() -> Appraisal:
    document = appraisal(
        3,
        ("a", "b", "c"),
        branches=(Branch(id="branch-1", name="Service"), Branch(id="branch-2", name="Place")),
        criteria=tuple(
            Criterion(
                id=key,
                branch="branch-1" if key < "c3" else "branch-2",
                name=CRITERION_NAMES[key],
                worst=f"Worst of {CRITERION_NAMES[key]}",
                best=f"Best of {CRITERION_NAMES[key]}",
                about=About.EFFECT,
                independence=Independence.YES,
                swing=swing,
            )
            for key, swing in SWINGS.items()
        ),
        lines=tuple(
            line(f"line-{option}", option, 1_000_000, cost, spread=(90, 120), name="Gangs")
            for option, cost in (("a", 900_000), ("b", 950_000), ("c", 990_000))
        ),
        workshop=Workshop(
            method="Swing weights in one room",
            facilitator="Head of Procurement",
            held_on="2027-05-04",
            assessors=tuple(
                Assessor(
                    id=f"p{number}",
                    post=post,
                    name=name_of(number),
                    interest=Interest.STANDS_ASIDE if number == ASIDE else Interest.NONE,
                    interest_words=INTEREST if number == ASIDE else "",
                )
                for number, post in enumerate(POSTS, start=1)
            ),
        ),
    )
    names = {"a": "Keep it here", "b": "Buy it in", "c": "Share it"}
    options = tuple(replace(option, name=names[option.id], short_name=names[option.id]) for option in document.options)
    return replace(document, title="Gritting the coast road", options=options)


class Clock:
    """Each look at it is a day later."""

    def __init__(self) -> None:
        self.now = datetime(2027, 5, 3, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


def own_mark(number: int, option: str, criterion: str) -> float:
    """Everybody lies some points off what is agreed; two see one option on one criterion quite differently."""
    if (option, criterion) == ("a", "c1") and number in (LOW, HIGH):
        return 4.0 if number == LOW else 97.0
    return AGREED[option][criterion] + (number * 7 + ord(option) + ord(criterion[1])) % 9 - 4


def fill_all(folder: Path) -> None:
    for path in sorted(folder.glob("*.xlsx")):
        number = int(path.name.split("-")[2])
        marks: dict[tuple[str, str], tuple[Any, Any, Any]] = {
            (option, key): (
                own_mark(number, option, key) if number != ASIDE else 100,
                f"{POSTS[number - 1]} on {CRITERION_NAMES[key]} of option {option}",
                f"Record {number} {option} {key}",
            )
            for option in AGREED
            for key in SWINGS
        }
        fill(path, marks)


class Story:
    """One file, the steps of its workshop, and what the command line said on the way."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file, self.folder, self.capsys, self.clock = folder / "road.appraisal", folder, capsys, Clock()
        save(self.file, Document(appraisal=started()), replacing=None)

    def seal(self, *steps: Step, reason: str = "") -> None:
        with self.opened() as session:
            for step in steps:
                session.seal(step, reason if step is Step.UNLOCK else "")
            session.save()

    def opened(self) -> Session:
        return Session.open(self.file, who="Head of Procurement", clock=self.clock)

    def run(self, *arguments: str) -> str:
        """What a command that succeeds says."""
        assert main(list(arguments)) == cli.DONE, self.capsys.readouterr().err
        return self.capsys.readouterr().out

    def sheets(self) -> list[Path]:
        """Everybody's, filled in; who stands aside gets one by asking."""
        out = self.folder / "sheets"
        assert self.run("sheets", str(self.file), "-o", str(out)).count(" is written.") == len(POSTS) - 1
        self.run("sheets", str(self.file), "-o", str(out), "--assessor", f"p{ASIDE}")
        fill_all(out)
        return sorted(out.iterdir())

    def moderate(self) -> None:
        """One score of record each, with its reason; one with who agreed and who did not."""
        with self.opened() as session:
            document = session.appraisal
            for option, row in AGREED.items():
                for key, value in row.items():
                    at = {"option": option, "criterion": key}
                    document = score_edits.set_score(document, **at, value=value)
                    reason = MODERATED if (option, key) == ("a", "c1") else f"Agreed for {option} on {key}"
                    document = score_edits.set_score_reason(document, **at, reason=reason)
            agreed = [f"p{number}" for number in range(1, ASIDE) if number != HIGH]
            document = score_edits.set_agreed(document, option="a", criterion="c1", assessors=agreed)
            document = score_edits.set_dissent(document, option="a", criterion="c1", assessor=f"p{HIGH}", words=DISSENT)
            session.apply(document, "Agree the scores")
            session.save()

    def change_weight(self) -> None:
        self.seal(Step.UNLOCK, reason=UNLOCKED)
        with self.opened() as session:
            session.apply(criteria_edits.set_swing(session.appraisal, criterion="c4", swing=95), "Change a swing")
            session.save()
        self.seal(Step.LOCK)

    def pdf(self) -> tuple[str, bytes]:
        """The text of the business case in one line, and its bytes."""
        out = self.folder / "case.pdf"
        self.run("report", str(self.file), "-o", str(out), "--draws", "2000")
        done = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, check=True, timeout=60)
        return " ".join(done.stdout.decode().split()), out.read_bytes()

    def figures(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.run("evaluate", str(self.file), "--draws", "2000", "--json", "-"))
        return read


@pytest.fixture
def story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Story:
    return Story(tmp_path, capsys)


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, float):
        yield value


def assert_blind(story: Story) -> None:
    """No total, and nothing that one could be made from at once, in any of the three ways out."""
    assert stored(story.file).workshop.stage in HIDDEN
    figures = story.figures()
    assert {option["score"] for option in figures["options"].values()} == {None}
    assert figures["scoring"] is None
    assert figures["kendall_w"] is None
    assert figures["verdict"]["highest_score"] == ""
    assert not [switch for switch in figures["switches"] if "weight" in switch["kind"]]
    shares = [swing * row[key] / sum(SWINGS.values()) for key, swing in SWINGS.items() for row in AGREED.values()]
    for secret in (*BEFORE.values(), *shares):
        assert not any(abs(number - secret) < 0.001 for number in numbers(figures))
    said = story.run("evaluate", str(story.file), "--draws", "2000")
    paper, data = story.pdf()
    for total in BEFORE.values():
        assert not re.search(rf"(?<![\w.,]){total:.0f}(?![\w.,])", said)
        assert not re.search(
            rf"(?<![\d.,])(?:{re.escape(f'{total:.1f}')}|{re.escape(f'{total:.2f}')})(?![\d,])", said + paper
        )
    for text in (said, paper):
        assert "hidden until the workshop reveals them" in text
    assert b"model.json" not in data


def test_while_it_is_blind_nothing_gives_totals_away(story: Story) -> None:
    story.seal(Step.START, Step.AGREE, Step.SEAL)
    assert_blind(story)
    assert import_scores(story.file, *story.sheets()) == cli.DONE
    story.capsys.readouterr()
    assert_blind(story)
    story.seal(Step.CLOSE)
    story.moderate()
    assert_blind(story)
    story.seal(Step.REVEAL)
    figures = story.figures()
    assert {key: option["score"]["total"] for key, option in figures["options"].items()} == pytest.approx(BEFORE)
    assert b"model.json" in story.pdf()[1]


def test_the_paper_tells_the_story_of_the_workshop(story: Story) -> None:
    story.seal(Step.START, Step.AGREE, Step.SEAL)
    assert story.run("receipt", str(story.file)).startswith("Receipt: Weights sealed\n")
    sheets = story.sheets()
    late = sheets.pop(LATE - 1)
    assert import_scores(story.file, *sheets) == cli.DONE
    assert story.capsys.readouterr().out.count(": 12 new, 0 changed, 0 as before, 0 refused, 0 missing.") == 11
    story.seal(Step.CLOSE)
    assert import_scores(story.file, late) == cli.DONE
    assert f"({POSTS[LATE - 1]}, late): 12 new" in story.capsys.readouterr().out
    story.moderate()
    story.seal(Step.REVEAL)
    assert story.figures()["verdict"]["highest_score"] == "c"
    story.change_weight()

    figures = story.figures()
    (change,) = figures["scoring"]["late_changes"]
    assert {one["option"]: one["total"] for one in change["before"]} == pytest.approx(BEFORE)
    assert {one["option"]: one["total"] for one in change["after"]} == pytest.approx(AFTER)
    assert [spread["option"] for spread in figures["agreement"]["spreads"] if spread["wide"]] == ["a"]
    assert {spread["count"] for spread in figures["agreement"]["spreads"]} == {11}

    paper, _ = story.pdf()
    for words in (MODERATED, DISSENT, UNLOCKED, "Head of Procurement", *POSTS):
        assert words in paper
    for total in (*BEFORE.values(), *AFTER.values()):
        assert re.search(rf"(?<![\d.,]){re.escape(f'{total:.1f}')}(?![\d,])", paper), total
    assert re.search(r"\b(?:11|eleven) assessors\b", paper, re.IGNORECASE)
    assert (paper.count("12 of 12"), paper.count("12, not counted")) == (len(POSTS) - 1, 1)
    assert re.search(rf"{POSTS[ASIDE - 1]} .{{0,40}}stands aside {INTEREST}", paper)
    assert re.search(rf"{POSTS[LATE - 1]} .{{0,60}}, late\b", paper)
    assert re.search(r"50 points or more apart on (?:1|one) of 12 scores", paper)
    assert re.search(rf"Keep it here Resilience 11 {own_mark(LOW, 'a', 'c1'):.0f} .{{0,60}}\b97\b", paper)
    with Session.open(story.file, read_only=True) as session:
        events = session.appraisal.workshop.events
    assert [event.step for event in events] == [
        Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL, Step.UNLOCK, Step.LOCK,
    ]  # fmt: skip
    for event in events:
        moment = datetime.fromisoformat(event.when)
        assert f"{moment.day} {moment:%B} {moment.year}" in paper.replace("\u00a0", " ")


def test_a_receipt_from_a_file_that_was_changed_by_hand_says_so(story: Story) -> None:
    story.seal(Step.START, Step.AGREE, Step.SEAL)
    assert "Weights today: the same" in story.run("receipt", str(story.file))
    kept = opened(story.file).document
    swung = criteria_edits.set_swing(kept.appraisal, criterion=kept.appraisal.criteria[0].id, swing=1)
    save(story.file, replace(kept, appraisal=swung), replacing=ANYTHING)
    assert main(["receipt", str(story.file)]) == cli.FINDINGS
    said = story.capsys.readouterr()
    assert said.out.endswith(
        "Stage today: Scoring alone\nCriteria, gates and options today: the same\nWeights today: changed since\n"
    )
    assert "changed outside Appraise" in said.err


def test_no_name_of_an_assessor_leaves_the_file(story: Story) -> None:
    """Neither on sheets nor in figures, nor on paper; what is attached to the paper is the file itself."""
    story.seal(Step.START, Step.AGREE, Step.SEAL)
    sheets = story.sheets()
    assert import_scores(story.file, *sheets) == cli.DONE
    said = story.capsys.readouterr().out
    story.seal(Step.CLOSE)
    story.moderate()
    story.seal(Step.REVEAL)
    story.change_weight()
    paper, _ = story.pdf()
    printed = story.run("evaluate", str(story.file), "--draws", "200") + json.dumps(story.figures())
    for words in (said, paper, printed, story.run("receipt", str(story.file))):
        assert "Zephyrine" not in words
        assert "Quillfeather" not in words
    assert not any("Quillfeather" in path.name for path in sheets)
