"""The command line: what the window does, without one. Exit codes are for scripts.

0 done; 1 the appraisal has errors, or part of a score sheet was refused; 2 wrong usage; 3 the input cannot
be read; 4 the output cannot be written; 70 a fault of the program, told in one sentence with the place of its
private log; 130 stopped by Ctrl-C, 143 stopped by the system.
"""

import argparse
import contextlib
import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from appraise import __version__
from appraise.files.faults import AlreadyThere, CannotWrite, FileFault, called
from appraise.files.writing import why
from appraise.workspace import templates
from appraise.workspace.fault_log import record_fault
from appraise.workspace.locking import InUse

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from appraise.model.appraisal.document import Appraisal
    from appraise.model.checks import Finding
    from appraise.model.results import Results
    from appraise.present.tables import Table

DONE, FINDINGS, USAGE, BAD_INPUT, CANNOT_WRITE, OUR_FAULT, STOPPED, ENDED = 0, 1, 2, 3, 4, 70, 130, 143

_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

COMMANDS = ("new", "check", "evaluate", "report", "sheets", "import", "receipt", "schema")


class _Stopped(KeyboardInterrupt):
    """Python ends itself by signal, whatever code we give, once it has seen a bare KeyboardInterrupt leave an exec."""


class _Stop:
    """What Ctrl-C and the system's request to end do to the command that runs.

    Attributes:
        number: the signal that came, SIGINT until then.
        patient: the work asks `asked` between two pieces, so a first signal only sets it.
        done: the work is done or given up; a signal would only make the last sentence untrue.

    """

    def __init__(self) -> None:
        self.number: int = signal.SIGINT
        self.asked = self.patient = self.done = False

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if self.done:
            return
        self.number, before, self.asked = number, self.asked, True
        if before or not self.patient:
            raise _Stopped

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals for one command, and give them back after it."""
        self.number, self.asked, self.patient, self.done = signal.SIGINT, False, False, False
        before = {number: signal.signal(number, self) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


_STOP = _Stop()


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit code. Whatever goes wrong is told in a sentence on stderr."""
    with _STOP.listening():
        return guarded(lambda: _dispatch(arguments))


def guarded(work: Callable[[], int]) -> int:
    """Run the work and turn what goes wrong into one sentence and an exit code."""
    _mend_streams()
    try:
        try:
            code = work()
            _flush_output()
        finally:
            _STOP.done = True
    except (CannotWrite, InUse) as fault:
        return tell(fault.sentence, CANNOT_WRITE)
    except FileFault as fault:
        return tell(fault.sentence, BAD_INPUT)
    except KeyboardInterrupt:
        return tell("Stopped. Nothing was written.", ENDED if _STOP.number == signal.SIGTERM else STOPPED)
    except BrokenPipeError:  # the reader has gone
        return DONE
    except Exception as error:  # noqa: BLE001  no traceback may reach a person
        return tell(record_fault(error), OUR_FAULT)
    return code


def tell(sentence: str, code: int) -> int:
    """Say the sentence on stderr, if anybody listens there; the code given."""
    _remark(sentence)
    return code


def _remark(text: str) -> None:
    """Print on stderr. Where that is full or closed, nobody can be told so."""
    try:
        print(_UNPRINTABLE.sub("?", text), file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


def _say(text: str) -> None:
    """Print a line. A file's text may hold what moves the cursor or turns the writing direction: never print that."""
    with _printing():
        print(_UNPRINTABLE.sub("?", text))


def _say_bytes(data: bytes) -> None:
    with _printing():
        sys.stdout.buffer.write(data)


def _flush_output() -> None:
    with _printing():
        sys.stdout.flush()


@contextmanager
def _printing() -> Iterator[None]:
    """Raises CannotWrite if stdout takes nothing, BrokenPipeError if its reader has gone."""
    try:
        yield
    except OSError as error:
        _give_up(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise
        raise CannotWrite(f"The output could not be written in full, because {why(error)}.") from error


def _give_up(stream: TextIO) -> None:
    """Lead a stream that cannot be written nowhere, or Python would stumble over it once more at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


def _mend_streams() -> None:
    """Lead streams that were closed before the start nowhere, so that no file we open gets their number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with contextlib.suppress(OSError):
                while (handle := os.open(os.devnull, os.O_RDWR)) < number:
                    pass
                setattr(sys, name, os.fdopen(handle, "w" if number else "r", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


class _Parser(argparse.ArgumentParser):
    """Prints as the rest of the command line does; argparse keeps quiet about a stream that cannot be written."""

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        if file is sys.stderr:
            _remark(message.rstrip("\n"))
        else:
            _say(message.rstrip("\n"))


def parser() -> argparse.ArgumentParser:
    """The arguments that each command takes."""
    top = _Parser(
        prog="appraise",
        description="Decide how to deliver a service. Without a command, opens the window.",
        epilog="Exit codes: 0 done, 1 findings, 2 usage, 3 bad input, 4 cannot write, 70 our fault, 130 or 143 stop.",
    )
    top.add_argument("--version", action="version", version=f"appraise {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    new = commands.add_parser("new", help="start an appraisal from a template")
    known = [template.name for template in templates.names()]
    new.add_argument("template", metavar="TEMPLATE", choices=known, help=" or ".join(known))
    new.add_argument("file", metavar="FILE", type=Path)
    new.add_argument("--replace", action="store_true", help="replace a file of that name; the old version is kept")
    check = commands.add_parser("check", help="list what is missing or wrong")
    check.add_argument("file", metavar="FILE", type=Path)
    evaluate = commands.add_parser("evaluate", help="calculate the results")
    evaluate.add_argument("file", metavar="FILE", type=Path)
    evaluate.add_argument("--json", metavar="OUT", help="write every figure to this file, or - for the screen")
    report = commands.add_parser("report", help="write the business case")
    report.add_argument("file", metavar="FILE", type=Path)
    report.add_argument("-o", "--output", metavar="OUT.pdf", type=Path, required=True)
    for command in (evaluate, report):
        command.add_argument("--draws", type=_whole(1), help="how often to draw; default: as in the file")
        command.add_argument("--seed", type=_whole(0, 2**53), help="seed of the draws; default: as in the file")
        command.add_argument("--threads", type=_whole(1, 64), default=2, help="never changes a figure; default 2")
    _add_workshop(commands)
    commands.add_parser("schema", help="print the JSON Schema of content.json")
    return top


def _add_workshop(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """The commands of a scoring workshop."""
    sheets = commands.add_parser("sheets", help="write a score sheet for each assessor")
    sheets.add_argument("file", metavar="FILE", type=Path)
    sheets.add_argument("-o", "--output", metavar="FOLDER", type=Path, required=True)
    sheets.add_argument("--assessor", metavar="ID", action="append", help="this assessor alone; may be repeated")
    into = commands.add_parser("import", help="merge score sheets that came back")
    into.add_argument("kind", metavar="scores", choices=["scores"], help="what the sheets hold")
    into.add_argument("sheets", metavar="SHEET", type=Path, nargs="+")
    into.add_argument("--into", metavar="FILE", type=Path, required=True)
    receipt = commands.add_parser("receipt", help="print the receipt of the seals")
    receipt.add_argument("file", metavar="FILE", type=Path)


def _whole(low: int, high: int | None = None) -> Callable[[str], int]:
    """Reads a whole number; without `high`, the appraisal says which are too large."""
    wanted = f"write a whole number from {low}{'' if high is None else f' to {high}'}"

    def number(text: str) -> int:
        if not text.isascii() or not text.isdecimal():
            raise argparse.ArgumentTypeError(wanted)
        read = int(text.lstrip("0")[:30] or 0)  # Python refuses to read thousands of digits; 30 are too many for all
        if read < low or (high is not None and read > high):
            raise argparse.ArgumentTypeError(wanted)
        return read

    return number


def _dispatch(arguments: Sequence[str]) -> int:
    try:
        chosen = parser().parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    work: dict[str, Callable[[argparse.Namespace], int]] = {
        "new": _new,
        "check": _check,
        "evaluate": _evaluate,
        "report": _report,
        "sheets": _sheets,
        "import": _import_scores,
        "receipt": _receipt,
        "schema": _schema,
    }
    return work[chosen.command](chosen)


def _new(chosen: argparse.Namespace) -> int:
    from appraise.workspace.session import Session

    with Session.new(chosen.template) as session:
        try:
            with _writing(chosen.file):
                session.save_as(chosen.file, overwrite=chosen.replace)
        except AlreadyThere as there:
            raise CannotWrite(
                f"{called(chosen.file)} exists already. Choose another name, or add --replace."
            ) from there
        for notice in session.notices:
            _remark(notice)
    _say(f"{chosen.file} is written.")
    return DONE


def _check(chosen: argparse.Namespace) -> int:
    from appraise.model.checks import findings

    return _listed(findings(_opened(chosen.file)[0]), _say)


def _evaluate(chosen: argparse.Namespace) -> int:
    from appraise.workspace.exporting import export_bytes, results_json

    if chosen.json not in (None, "-"):
        _refuse_overwriting(Path(chosen.json), chosen.file)
    appraisal, _ = _opened(chosen.file)
    with _stoppable() as stopped:
        results = _results(appraisal, chosen, stopped)
    if results is None:
        return FINDINGS
    if chosen.json is None:
        _print_results(appraisal, results)
    elif chosen.json == "-":
        _say_bytes(results_json(results))
    else:
        output, data = Path(chosen.json), results_json(results)
        with _writing(output):
            export_bytes(data, output)
    return DONE


def _report(chosen: argparse.Namespace) -> int:
    from appraise.workspace.exporting import export_pdf

    if chosen.output.suffix.lower() != ".pdf":
        return tell("The business case is a PDF. Choose an output name that ends in .pdf.", USAGE)
    _refuse_overwriting(chosen.output, chosen.file)
    appraisal, changed = _opened(chosen.file)
    with _stoppable() as stopped:
        results = _results(appraisal, chosen, stopped)
    if results is None:
        return FINDINGS
    with _writing(chosen.output) as stopped, _progress("Writing the business case") as progress:
        export_pdf(appraisal, results, chosen.output, created=changed, progress=progress, cancelled=stopped)
    _say(f"{chosen.output} is written.")
    return DONE


def _sheets(chosen: argparse.Namespace) -> int:
    from appraise.workspace.score_sheets import write_sheets
    from appraise.workspace.session import now_utc

    appraisal, _ = _opened(chosen.file)
    with _stoppable() as stopped, _progress("Writing score sheets") as progress:
        written = write_sheets(
            appraisal,
            chosen.output,
            chosen.assessor,
            issued=now_utc().astimezone().date().isoformat(),
            progress=progress,
            cancelled=stopped,
        )
    for path in written:
        _say(f"{path} is written.")
    return DONE


def _import_scores(chosen: argparse.Namespace) -> int:
    """Take in the sheets, save, and tell what became of each of them and of each row."""
    from appraise.present.wording import how_many
    from appraise.workspace.score_sheets import merge_sheets, report_sentences
    from appraise.workspace.session import Session, now_utc

    with Session.open(chosen.into) as session:
        for notice in session.notices:
            _remark(notice)
        with _stoppable() as stopped, _progress("Reading score sheets") as progress:
            merged = merge_sheets(
                session.appraisal,
                chosen.sheets,
                received=now_utc().astimezone().date().isoformat(),
                progress=progress,
                cancelled=stopped,
            )
        if merged.assessors:
            session.apply(merged.appraisal, f"Merge score sheets of {how_many(merged.assessors, 'assessor')}")
            with _writing(chosen.into):
                session.save()
        for report in merged.reports:
            for sentence in report_sentences(report, merged.appraisal):
                _say(sentence)
    if any(report.unreadable for report in merged.reports):
        return BAD_INPUT
    return FINDINGS if any(report.refusal or report.refused for report in merged.reports) else DONE


def _receipt(chosen: argparse.Namespace) -> int:
    from appraise.workspace.session import Session

    with Session.open(chosen.file, read_only=True) as session:
        for notice in session.notices:
            _remark(notice)
        receipt, today, sound = session.receipt(), session.receipt_today(), not session.notices
    if not receipt:
        return tell("There is no receipt, because no seal stands in the audit log of this file.", FINDINGS)
    _say(f"{receipt}\n\n{today}")
    return DONE if sound else FINDINGS


def _schema(_chosen: argparse.Namespace) -> int:
    from appraise.files.schema import schema_text

    _say_bytes(schema_text().encode())
    return DONE


def _opened(path: Path) -> "tuple[Appraisal, datetime]":
    """The appraisal in a file and when it was last changed, with notices about its audit log on stderr."""
    from appraise.workspace.session import Session

    with Session.open(path, read_only=True) as session:
        for notice in session.notices:
            _remark(notice)
        return session.appraisal, session.last_changed


def _refuse_overwriting(output: Path, source: Path) -> None:
    with contextlib.suppress(OSError):  # one of them is missing or out of reach, which writing will tell
        if not output.samefile(source):
            return
        raise CannotWrite(f"{called(output)} is the appraisal itself. Choose another name for the output.")


def _results(appraisal: "Appraisal", chosen: argparse.Namespace, stopped: Callable[[], bool]) -> "Results | None":
    """The results, or None after listing the errors that stand in the way."""
    from appraise.model.evaluate import CannotEvaluate, Settings, evaluate

    settings = Settings(draws=chosen.draws, seed=chosen.seed, threads=chosen.threads)
    try:
        with _progress("Calculating") as progress:
            return evaluate(appraisal, settings, progress=progress, cancelled=stopped)
    except CannotEvaluate as refusal:
        _listed(refusal.findings, _remark)
        return None


def _listed(found: Sequence["Finding"], say: Callable[[str], None]) -> int:
    """Print findings one a line; FINDINGS if one of them is an error."""
    for finding in found:
        said = " ".join(filter(None, (finding.sentence, finding.mend)))
        say(f"{finding.severity.value}, step {finding.step}, {finding.place}: {said}")
    if not found:
        say("Nothing is missing.")
    return FINDINGS if any(finding.severity.value == "error" for finding in found) else DONE


def _print_results(appraisal: "Appraisal", results: "Results") -> None:
    from appraise.present.advice import answer
    from appraise.present.scoring_words import SCORING_STANDS, hidden_words
    from appraise.present.tables import options_summary

    _say(f"{appraisal.title}\n{answer(results, appraisal)}\n")
    _say(_text_table(options_summary(results, appraisal)))
    scored = any(option.score is not None and option.score.by_criterion for option in results.options)
    if stands := hidden_words(appraisal.workshop.stage) or (SCORING_STANDS if scored else ""):
        _say(f"\n{stands}")
    _say(f"\nDigest {results.digest}")
    _say(f"Seed {results.seed}, {results.draws:,} draws, Appraise {results.versions.appraise}")


def _text_table(table: "Table") -> str:
    """A table in letters of one width, with its title and notes."""
    rows = [[column.heading for column in table.columns], *([cell.text for cell in row] for row in table.rows)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(table.columns))]
    lines = []
    for row in rows:
        cells = [
            text.rjust(width) if column.align == "right" else text.ljust(width)
            for text, width, column in zip(row, widths, table.columns, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([table.title, "", lines[0], "-" * max(map(len, lines)), *lines[1:], *table.notes])


@contextmanager
def _progress(what: str) -> Iterator[Callable[[float], None]]:
    """Show the share done on stderr if that is a terminal."""
    shown = sys.stderr.isatty()

    def tell(share: float) -> None:
        if shown:
            _show(f"\r{what} {share:4.0%}")

    try:
        yield tell
    finally:
        if shown:
            _show("\r" + " " * (len(what) + 5) + "\r")


def _show(progress: str) -> None:
    try:
        print(progress, end="", file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """A signal asks the work to stop between two pieces; a second one stops at once."""
    from appraise.model.cancelled import Cancelled

    _STOP.patient = True
    try:
        if _STOP.asked:
            raise _Stopped
        yield lambda: _STOP.asked
    except Cancelled as stop:
        raise _Stopped from stop
    finally:
        _STOP.patient = False


@contextmanager
def _writing(output: Path) -> Iterator[Callable[[], bool]]:
    """Stoppable work that writes the output. Once that has moved into place, the command is done."""
    before = _stamp(output)
    try:
        with _stoppable() as stopped:
            yield stopped
            _STOP.done = True
    except KeyboardInterrupt:
        if _stamp(output) == before:
            raise
        _STOP.done = True


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when another file moves to this name; None where there is none."""
    with contextlib.suppress(OSError):
        status = path.stat()
        return status.st_ino, status.st_mtime_ns, status.st_size
    return None
