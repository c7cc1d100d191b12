"""The lock holds between processes and ends with the process that took it."""

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest

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
