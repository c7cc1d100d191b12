"""Real files of every format version open for ever. A file that was kept once is never changed.

Each was made by the program of its version: the worked example of the day, two edits and one undo.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from appraise.files.document import opened
from appraise.files.upgrades import CURRENT
from appraise.workspace import audit
from appraise.workspace.session import Session

KEPT = Path(__file__).parent


@dataclass(frozen=True)
class Says:
    """What a kept file says, in figures that no later version may change."""

    title: str
    options: int
    lines: int
    amounts: Decimal
    swings: float
    probabilities: float
    actions: tuple[str, ...]


FILES = {
    1: Says(
        title="Drainage and highways maintenance from 2027/28",
        options=5,
        lines=34,
        amounts=Decimal("237900000.00"),
        swings=425.0,
        probabilities=1.1,
        actions=(
            "Start from the template worked-example",
            "Change the probability of Flood-risk permit",
            "Change the title",
            "Undo: Change the title",
        ),
    )
}


def said(path: Path) -> Says:
    document = opened(path).document
    appraisal = document.appraisal
    return Says(
        title=appraisal.title,
        options=len(appraisal.options),
        lines=len(appraisal.lines),
        amounts=sum((amount for line in appraisal.lines for amount in line.amounts), Decimal(0)),
        swings=sum(criterion.swing for criterion in appraisal.criteria),
        probabilities=round(sum(constraint.probability for constraint in appraisal.constraints), 6),
        actions=tuple(entry.action for entry in audit.entries_of(audit.lines_of(document.log))),
    )


def test_a_file_of_every_version_is_kept() -> None:
    assert set(FILES) == set(range(1, CURRENT + 1))


@pytest.mark.parametrize("version", FILES)
def test_a_kept_file_opens_and_says_the_same(version: int) -> None:
    path = KEPT / f"version-{version}.appraisal"
    assert said(path) == FILES[version]
    with Session.open(path, read_only=True) as session:
        assert not session.notices
