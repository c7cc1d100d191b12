"""The list of files opened or saved lately."""

import contextlib
import json
from pathlib import Path

from appraise.workspace.places import data_folder, write_private

_MOST = 10


def files() -> tuple[Path, ...]:
    """Files opened or saved lately that still exist, newest first, at most ten."""
    return tuple(path for path in _listed() if path.is_file())[:_MOST]


def remember(path: Path) -> None:
    """Put a file at the top of the list. A list that cannot be written is no reason to stop."""
    fresh = path.absolute()
    paths = [fresh, *(other for other in _listed() if other != fresh)][:_MOST]
    with contextlib.suppress(OSError):
        write_private(data_folder() / "recent.json", json.dumps([str(item) for item in paths]).encode())


def _listed() -> list[Path]:
    with contextlib.suppress(OSError, ValueError):
        listed = json.loads((data_folder() / "recent.json").read_bytes())
        if isinstance(listed, list):
            return [Path(item) for item in listed if isinstance(item, str)]
    return []
