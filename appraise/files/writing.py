"""Writing a file so that either the old or the new one stands there whole, whatever happens meanwhile."""

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from appraise.files.faults import CannotWrite, called

#: Errors with which file systems that cannot flush a folder say so; the file itself is flushed all the same.
_NO_FOLDER_FLUSH = {errno.EINVAL, errno.EACCES, errno.EPERM, errno.EBADF, errno.EOPNOTSUPP}
_WINDOWS_TRIES = 20


def real_path(path: Path) -> Path:
    """The path with symbolic links followed, so that saving replaces the file and not the link.

    Raises CannotWrite for links that lead in a circle, and where the folder one works in is gone.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "the link leads in a circle"
        if isinstance(error, ValueError):
            reason = "the name holds a character that no file name can"
        raise CannotWrite(f"{called(path)} cannot be written, because {reason}. Save under another name.") from error


def target_of(path: Path) -> Path:
    """The file that writing to `path` would replace, links followed.

    Raises CannotWrite for a folder, a device, and what cannot be reached.
    """
    target = real_path(path)
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return target
    except OSError as error:
        raise CannotWrite(
            f"{called(path)} cannot be written, because {why(error)}. Save under another name."
        ) from error
    if stat.S_ISDIR(mode):
        raise CannotWrite(f"{called(path)} is a folder. Choose a file name.")
    if not stat.S_ISREG(mode):
        raise CannotWrite(f"{called(path)} is a device, not a file. Choose a file name.")
    return target


def why(error: OSError) -> str:
    """The reason of a failed file operation, as part of a sentence."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your disk quota is used up",
        errno.EACCES: "you have no permission",
        errno.EPERM: "you have no permission",
        errno.EROFS: "the disk can only be read",
        errno.ENOENT: "the folder does not exist",
        errno.ENOTDIR: "the folder does not exist",
        errno.EISDIR: "it is a folder",
        errno.ENAMETOOLONG: "the name is too long",
        errno.ELOOP: "the link leads in a circle",
        errno.EIO: "the disk reports an error",
    }
    return reasons.get(error.errno or 0, (error.strerror or "the system gave no reason").lower())


@contextmanager
def written_aside(path: Path, *, verify: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; on leaving, flush, verify and move it into place.

    An error inside the block or in `verify` removes the temporary file and leaves `path` as it was.
    `verify` gets the temporary path and raises if what it reads there is not what was meant. Raises
    CannotWrite with one sentence for every failure of the file system.
    """
    target = target_of(path)
    aside = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        _create(aside, target)
        yield aside
        _flush(aside)
        if verify is not None:
            verify(aside)
        _replace(aside, target)
    except OSError as error:
        raise CannotWrite(
            f"{called(path)} was not written, because {why(error)}. What stood there before is whole."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def flush_folder(folder: Path) -> str:
    """Make the entries of a folder survive a power cut, where the system can.

    Gives an empty text, or a sentence when the disk reports an error: the file is written, but not surely.
    """
    if sys.platform == "win32":
        return ""
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FLUSH:
            return f"The file was saved, but {why(error)}. Save a copy on another disk as well."
    return ""


def _create(aside: Path, target: Path) -> None:
    """An empty file with the rights of the one it will replace; a new one gets what the system gives new files."""
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        if sys.platform != "win32" and target.exists():
            os.fchmod(handle, stat.S_IMODE(target.stat().st_mode))
    finally:
        os.close(handle)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _replace(aside: Path, target: Path) -> None:
    """Move into place. On Windows a virus scanner may hold the file for a moment, so try again for a second."""
    for _ in range(_WINDOWS_TRIES if os.name == "nt" else 0):
        with contextlib.suppress(PermissionError):
            os.replace(aside, target)  # noqa: PTH105  the fault tests fail this very call
            return
        time.sleep(0.05)
    os.replace(aside, target)  # noqa: PTH105  as above


def sweep(target: Path) -> None:
    """Remove what a killed program left beside the file. Only whoever holds the file's lock may call this."""
    with contextlib.suppress(OSError):
        prefix, suffix = f".{target.name}.", ".tmp"
        for entry in os.scandir(target.parent):
            if entry.name.startswith(prefix) and entry.name.endswith(suffix):
                Path(entry.path).unlink(missing_ok=True)
