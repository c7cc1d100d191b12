"""One writer per file, for the window and the command line alike.

The lock is held by the system on a small hidden file beside the appraisal, so it ends with the process
that took it, however that ends. What the hidden file says serves only the sentence for the second user.
"""

import contextlib
import errno
import os
import socket
import sys
from pathlib import Path

from appraise.files.faults import CannotWrite, FileFault
from appraise.files.writing import real_path, why

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: Windows locks bytes, and locked bytes cannot be read; this one lies far behind the words in the file.
_LOCKED_BYTE = 2**20

#: Errors of network drives that know no locks. There only the check for a file changed on disk protects.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


class InUse(FileFault):
    """Somebody else has the file open for writing."""


class FileLock:
    """The right to write one appraisal file, until `release`.

    Raises InUse if another session holds it, CannotWrite if the folder takes no lock file.
    """

    def __init__(self, path: Path, who: str) -> None:
        target = real_path(path)
        self._file = target.with_name(f".{target.name}.lock")
        self._handle = -1
        while self._handle < 0:
            self._handle = self._taken(path)
        with contextlib.suppress(OSError):
            os.truncate(self._handle, 0)
            os.write(self._handle, f"{who} on {socket.gethostname()}".encode())

    def release(self) -> None:
        """Give the lock back. May be called twice."""
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        if sys.platform == "win32":
            os.close(handle)
        with contextlib.suppress(OSError):
            self._file.unlink()
        if sys.platform != "win32":
            os.close(handle)

    def _taken(self, path: Path) -> int:
        """A locked handle, or -1 if the holder removed the file while we waited for our turn."""
        try:
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise CannotWrite(
                f"{path.name} can only be read, because {why(error)}. Save under another name."
            ) from error
        try:
            _lock(handle)
            if os.path.samestat(os.fstat(handle), os.stat(self._file)):  # noqa: PTH116  beside fstat
                return handle
        except FileNotFoundError:
            pass
        except OSError as error:
            holder = self._holder()
            os.close(handle)
            raise InUse(
                f"{path.name} is open already, by {holder}. Close it there, or open it here for reading only."
            ) from error
        os.close(handle)
        return -1

    def _holder(self) -> str:
        with contextlib.suppress(OSError):
            return self._file.read_text("utf-8", errors="replace")[:80] or "somebody else"
        return "somebody else"


def _lock(handle: int) -> None:
    """Raises OSError at once if somebody else holds the lock."""
    try:
        _lock_by_system(handle)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


def _lock_by_system(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
