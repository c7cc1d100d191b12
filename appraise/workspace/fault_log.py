"""A private record of a fault of the program, for the people who mend it; the user reads one sentence."""

import traceback
from datetime import UTC, datetime

from appraise import __version__
from appraise.workspace.places import data_folder, write_private


def record_fault(error: BaseException) -> str:
    """Write the traceback where only the user can read it; the sentence to show, which says where."""
    said = "Appraise met a fault of its own."
    try:
        log = data_folder("faults") / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S-%f}.txt"
        trace = "".join(traceback.format_exception(error))
        write_private(log, f"Appraise {__version__}\n{trace}".encode(errors="replace"))
    except OSError:
        return f"{said} No record of it could be written."
    return f"{said} A record for the people who mend it is in {log}."
