"""Saving survives a failing disk and a killed program: the old file or the new one, always whole.

Habit of SQLite's tests: let every call fail once.
"""

import errno
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from appraise.files.document import ANYTHING, Document, opened, save
from appraise.files.faults import CannotWrite
from appraise.workspace.session import Session
from tests.files.making import other, small

OLD, NEW = Document(appraisal=small(), log=b"old\n"), Document(appraisal=other(), log=b"new\n")
KILLS = 400 if os.environ.get("APPRAISE_SOAK") else 20


class Disk:
    """Counts every call that reaches the disk and lets call number `fail_at` fail; half of a write gets there."""

    def __init__(self, fail_at: int, error: int) -> None:
        self.fail_at, self.error, self.calls = fail_at, error, 0
        self.failed = ""

    def call(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls != self.fail_at:
                return real(*arguments, **options)
            self.failed = name
            if name == "write":
                real(arguments[0], arguments[1][: len(arguments[1]) // 2])
            raise OSError(self.error, os.strerror(self.error))

        return counted

    @contextmanager
    def failing(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patched:
            for name in ("open", "fsync", "replace", "close"):
                real = getattr(os, name)
                patched.setattr(os, name, _closing(self, real) if name == "close" else self.call(name, real))
            patched.setattr(io, "open", self.call("io.open", io.open))
            patched.setattr(Path, "write_bytes", self.call("write", Path.write_bytes))
            patched.setattr(Path, "read_bytes", self.call("read", Path.read_bytes))
            yield


def _closing(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    """A close that fails has closed all the same."""

    def close(handle: int) -> None:
        real(handle)
        disk.call("close", lambda: None)()

    return close


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_every_call_to_the_disk_may_fail_once(tmp_path: Path, error: int) -> None:
    failed: list[str] = []
    for fail_at in range(1, 100):
        folder = tmp_path / f"{error}-{fail_at}"
        folder.mkdir()
        path = folder / "a.appraisal"
        first = save(path, OLD, replacing=None)
        disk = Disk(fail_at, error)
        told = ""
        with disk.failing():
            try:
                saved = save(path, NEW, replacing=first.fingerprint, keep_in=folder / "versions")
            except CannotWrite as fault:
                told = fault.sentence
        if not disk.failed:
            break
        failed.append(disk.failed)
        if told:
            assert opened(path).document == OLD, disk.failed
        else:
            assert opened(path).document == NEW, disk.failed
            assert opened(path).fingerprint == saved.fingerprint
        assert {entry.name for entry in folder.iterdir()} <= {"a.appraisal", "versions"}, disk.failed
        save(path, NEW, replacing=ANYTHING)
        assert opened(path).document == NEW
    assert {"open", "write", "fsync", "replace", "read", "close"} <= set(failed)
    assert not disk.failed


def test_a_full_disk_gets_one_sentence_and_the_work_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "a.appraisal"
    save(path, OLD, replacing=None)
    with Session.open(path) as session:
        session.apply(other(), "Change the title")
        with pytest.MonkeyPatch.context() as patched:

            def full(_handle: int) -> None:
                raise OSError(errno.ENOSPC, "No space left on device")

            patched.setattr(os, "fsync", full)
            with pytest.raises(CannotWrite) as caught:
                session.save()
        assert caught.value.sentence == (
            "a.appraisal was not written, because the disk is full. What stood there before is whole."
        )
        assert session.modified
        assert opened(path).document.appraisal == small()
        session.save()
    assert opened(path).document.appraisal == other()


def test_a_disk_that_gives_back_other_data_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.appraisal"
    save(path, OLD, replacing=None)
    real = Path.write_bytes
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "write_bytes", lambda self, data: real(self, data[:-1] + b"?"))
        with pytest.raises(CannotWrite, match="gave back other data"):
            save(path, NEW, replacing=ANYTHING)
    assert opened(path).document == OLD


SAVING = """
import sys
from pathlib import Path
from appraise.files.document import ANYTHING, Document, save
from appraise.workspace.templates import load
from dataclasses import replace
path = Path(sys.argv[1])
appraisal = load("worked-example", first_year=2027)
for number in range(1_000_000):
    save(path, Document(appraisal=replace(appraisal, title=f"Save {number}")), replacing=ANYTHING)
    print(number, flush=True)
"""


def test_a_killed_program_leaves_the_old_or_the_new_file_whole(tmp_path: Path) -> None:
    """What was acknowledged is never lost: the file holds the last save told of, or the one after it."""
    path = tmp_path / "a.appraisal"
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", SAVING, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep((kill * 7 % 20) / 1000)
            process.send_signal(signal.SIGKILL)
            acknowledged = [int(number) for number in process.stdout.read().split()] or [0]
        found = opened(path).document.appraisal.title
        assert found in {f"Save {acknowledged[-1]}", f"Save {acknowledged[-1] + 1}"}
    save(path, NEW, replacing=ANYTHING)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.appraisal"]
