"""What can be wrong with a file, in words for the person who opened or saved it."""

import contextlib
from pathlib import Path

#: Letters of a file name that a sentence shows.
NAME_LIMIT = 60


class FileFault(Exception):
    """Something about a file that the user must read. `sentence` says what, where and how to mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CannotWrite(FileFault):
    """Nothing was written; whatever stood there before is whole."""


class AlreadyThere(CannotWrite):
    """A file of that name exists and nobody said that it may be replaced."""


class ChangedOnDisk(FileFault):
    """The file on disk is no longer the one that was opened. Nothing was written."""


def shown(text: str, limit: int = 40) -> str:
    """Foreign text made fit for a sentence: printable and short."""
    spaced = (" " if letter.isspace() else letter for letter in text[: limit + 1])
    clean = "".join(letter if letter.isprintable() else "?" for letter in spaced)
    return clean if len(clean) <= limit else clean[:limit] + "…"


def called(path: Path) -> str:
    """The name of a file or folder for a sentence; `.` is called what it is called from outside."""
    name = path.name
    if not name:
        with contextlib.suppress(OSError):  # the folder one works in may be gone
            name = path.absolute().name
    return shown(name or str(path), NAME_LIMIT)
