"""Where the program keeps what belongs to the user and not to an appraisal. Nobody else can read it there."""

import os
from pathlib import Path

import platformdirs


def data_folder(part: str = "") -> Path:
    """The user's data folder for this program, or a part of it, made if need be (rights 0700).

    The environment variable APPRAISE_HOME names another folder, for a program run from a memory stick.
    Raises OSError if the folder cannot be made.
    """
    chosen = os.environ.get("APPRAISE_HOME")
    top = Path(chosen) if chosen else platformdirs.user_data_path("appraise", appauthor=False)
    folder = top / part if part else top
    top.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only the user may read (rights 0600), whole or not at all. Raises OSError."""
    aside = path.with_name(path.name + ".new")
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
