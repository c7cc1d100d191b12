"""The list of files opened or saved lately."""

import contextlib
import json
from pathlib import Path

from appraise.workspace.places import data_folder, write_private

_MOST = 10


def files() -> tuple[Path, ...]:
    """Files opened or saved lately that still exist, newest first, at most ten."""
    return tuple(path for path in _listed() if _is_there(path))[:_MOST]


def _is_there(path: Path) -> bool:
    """False also for a file that this user may not look at."""
    try:
        return path.is_file()
    except OSError:
        return False


def remember(path: Path) -> None:
    """Put a file at the top of the list. A list that cannot be written is no reason to stop."""
    with contextlib.suppress(OSError):
        fresh = path.absolute()  # fails where the working folder is gone
        paths = [fresh, *(other for other in _listed() if other != fresh)][:_MOST]
        write_private(data_folder() / "recent.json", json.dumps([str(item) for item in paths]).encode())


def _listed() -> list[Path]:
    with contextlib.suppress(OSError, ValueError):
        listed = json.loads((data_folder() / "recent.json").read_bytes())
        if isinstance(listed, list):
            return [Path(item) for item in listed if isinstance(item, str)]
    return []
