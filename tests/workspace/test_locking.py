"""The lock holds between processes and ends with the process that took it."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from appraise.files.faults import CannotWrite
from appraise.workspace.locking import FileLock, InUse

HOLD = """
import sys
from pathlib import Path
from appraise.workspace.locking import FileLock
lock = FileLock(Path(sys.argv[1]), "the other one")
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_holds_the_lock_until_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "a.appraisal"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InUse, match="by the other one on "):
            FileLock(path, "me")
        holder.send_signal(signal.SIGKILL)
    lock = FileLock(path, "me")
    lock.release()
    lock.release()
    assert not list(tmp_path.iterdir())


def test_a_lock_left_behind_by_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".a.appraisal.lock").write_text("somebody long gone")
    FileLock(tmp_path / "a.appraisal", "me").release()
    assert not list(tmp_path.iterdir())


def test_a_drive_without_locks_can_still_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr("appraise.workspace.locking.fcntl.flock", unsupported)
    FileLock(tmp_path / "a.appraisal", "me").release()


def test_two_names_of_one_file_are_one_lock(tmp_path: Path) -> None:
    (tmp_path / "a.appraisal").touch()
    (tmp_path / "b.appraisal").symlink_to(tmp_path / "a.appraisal")
    lock = FileLock(tmp_path / "a.appraisal", "me")
    with pytest.raises(InUse):
        FileLock(tmp_path / "b.appraisal", "you")
    lock.release()


def test_a_new_file_that_cannot_be_made_is_not_said_to_be_readable(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"^a\.appraisal cannot be written, because the folder does not exist\."):
        FileLock(tmp_path / "none" / "a.appraisal", "me")


@pytest.mark.parametrize("kind", ["link", "second name", "long", "folder", "pipe"])
def test_a_foreign_file_in_the_place_of_the_lock_is_left_alone(tmp_path: Path, kind: str) -> None:
    victim, lock = tmp_path / "victim", tmp_path / ".a.appraisal.lock"
    victim.write_text("precious " * 200)
    if kind == "link":
        lock.symlink_to(victim)
    elif kind == "second name":
        victim.write_text("precious")
        lock.hardlink_to(victim)
    elif kind == "long":
        lock.write_text(victim.read_text())
    elif kind == "folder":
        lock.mkdir()
    else:
        os.mkfifo(lock)
    before = victim.read_text()
    with pytest.raises(CannotWrite, match=r"\.a\.appraisal\.lock beside it is none of our files"):
        FileLock(tmp_path / "a.appraisal", "me")
    assert victim.read_text() == before
    assert kind != "long" or lock.read_text() == before
    assert os.path.lexists(lock)


def test_a_lock_of_another_session_is_not_removed_with_ours(tmp_path: Path) -> None:
    first = FileLock(tmp_path / "a.appraisal", "me")
    (tmp_path / ".a.appraisal.lock").unlink()
    second = FileLock(tmp_path / "a.appraisal", "you")
    first.release()
    with pytest.raises(InUse):
        FileLock(tmp_path / "a.appraisal", "me")
    second.release()


def test_being_stopped_while_locking_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("appraise.workspace.locking.socket.gethostname", stop)
    with pytest.raises(KeyboardInterrupt):
        FileLock(tmp_path / "a.appraisal", "me")
    assert not list(tmp_path.iterdir())
