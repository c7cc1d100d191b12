"""One writer per file, for the window and the command line alike.

The lock is held by the system on a small hidden file beside the appraisal, so it ends with the process
that took it, however that ends. What the hidden file says serves only the sentence for the second user.
"""

import contextlib
import errno
import os
import socket
import stat
import sys
from pathlib import Path

from appraise.files.faults import CannotWrite, FileFault, called, shown
from appraise.files.writing import target_of, why

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: Windows locks bytes, and locked bytes cannot be read; this one lies far behind the words in the file.
_LOCKED_BYTE = 2**20

#: Errors of network drives that know no locks. There only the check for a file changed on disk protects.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}

#: A link in the lock file's place is not followed, and a pipe does not make us wait.
_OPENING = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
#: What opening says of a link, a folder or a socket in the lock file's place.
_NO_FILE = {errno.ELOOP, errno.EMLINK, errno.EISDIR, errno.ENXIO}
#: Bytes. A lock file holds a user and a machine; anything longer is somebody's file of that name.
_LOCK_LIMIT = 1000


class InUse(FileFault):
    """Somebody else has the file open for writing."""


class FileLock:
    """The right to write one appraisal file, until `release`.

    Raises InUse if another session holds it, CannotWrite if the folder takes no lock file or something
    else stands in its place.
    """

    def __init__(self, path: Path, who: str) -> None:
        target = target_of(path)
        self._file = target.with_name(f".{target.name}.lock")
        self._handle = -1
        try:
            while not self._taken(path, target):
                pass
            with contextlib.suppress(OSError):
                os.truncate(self._handle, 0)
                os.write(self._handle, f"{who} on {socket.gethostname()}".encode(errors="replace")[:_LOCK_LIMIT])
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Give the lock back. May be called twice."""
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        ours = self._stands(handle)  # somebody may have removed ours, and another session made its own
        if sys.platform == "win32":
            os.close(handle)
        if ours:
            with contextlib.suppress(OSError):
                self._file.unlink()
        if sys.platform != "win32":
            os.close(handle)

    def _taken(self, path: Path, target: Path) -> bool:
        """Whether the lock is ours now; False if its holder removed the file while we waited for our turn."""
        handle = self._opened(path, target)
        try:
            _lock(handle)
            if self._stands(handle):
                self._handle = handle
        except OSError as error:
            raise InUse(
                f"{called(path)} is open already, by {_holder(handle)}. "
                "Close it there, or open it here for reading only."
            ) from error
        finally:
            if self._handle != handle:
                os.close(handle)
        return self._handle == handle

    def _opened(self, path: Path, target: Path) -> int:
        """The lock file, made if need be. Nothing is read from or written to a file that is none of ours."""
        try:
            handle = os.open(self._file, _OPENING, 0o666)
        except OSError as error:
            if error.errno in _NO_FILE:
                raise self._foreign(path) from error
            able = "can only be read" if os.access(target, os.F_OK) else "cannot be written"
            raise CannotWrite(f"{called(path)} {able}, because {why(error)}. Save under another name.") from error
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1 or status.st_size > _LOCK_LIMIT or self._is_link():
            os.close(handle)
            raise self._foreign(path)
        return handle

    def _foreign(self, path: Path) -> CannotWrite:
        return CannotWrite(
            f"{called(path)} cannot be locked: {called(self._file)} beside it is none of our files. "
            "Remove that, or save under another name."
        )

    def _is_link(self) -> bool:
        """Where the system cannot refuse links on opening."""
        with contextlib.suppress(OSError):
            return self._file.is_symlink()
        return False

    def _stands(self, handle: int) -> bool:
        """The file of the handle is the one that stands there now."""
        with contextlib.suppress(OSError):
            return os.path.samestat(os.fstat(handle), os.lstat(self._file))
        return False


def _holder(handle: int) -> str:
    with contextlib.suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        return shown(os.read(handle, _LOCK_LIMIT).decode("utf-8", errors="replace"), 80) or "somebody else"
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
