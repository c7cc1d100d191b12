"""Makes the files to keep of the present format version: `python -m tests.formats.keeping`, run once a version.

`version-N.appraisal` is the worked example of the day with two edits and one undo, `version-N-full.appraisal`
holds something in every field. A file that stands is never replaced.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from appraise.files.document import Document, save
from appraise.files.upgrades import CURRENT
from appraise.workspace.session import Session
from tests.files.making import filled

KEPT = Path(__file__).parent


def keep(folder: Path) -> None:
    """Write both files into the folder. Raises AlreadyThere if one stands there."""
    save(folder / f"version-{CURRENT}-full.appraisal", Document(appraisal=filled()), replacing=None)
    clock = lambda: datetime(2026, 11, 22, 9, tzinfo=UTC)  # noqa: E731  so that the same bytes are made again
    with Session.new("worked-example", who="commissioner", clock=clock) as session:
        first, *others = session.appraisal.constraints
        likelier = replace(first, probability=round(first.probability + 0.05, 6))
        session.apply(
            replace(session.appraisal, constraints=(likelier, *others)), f"Change the probability of {first.name}"
        )
        session.apply(replace(session.appraisal, title="Another title"), "Change the title")
        session.undo()
        session.save_as(folder / f"version-{CURRENT}.appraisal")


if __name__ == "__main__":
    with TemporaryDirectory() as home:
        os.environ["APPRAISE_HOME"] = home  # what is kept here is nobody's recent file
        keep(KEPT)
