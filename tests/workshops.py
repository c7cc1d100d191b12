"""Small workshops for tests, and score sheets filled in as assessors fill them in."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from appraise.model.appraisal.criteria import Branch, Criterion, Level, Measured, ValuePoint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Stage, Workshop
from tests.builders import appraisal

#: Columns of the sheet that an assessor fills in, and two that are hidden; counted from 1.
SCORE, REASON, EVIDENCE, OPTION_ID, CRITERION_ID = 3, 4, 5, 6, 7

Filled = tuple[Any, Any, Any]

CRITERIA = (
    Criterion(id="c1", branch="branch", name="Resilience", worst="Fails each winter", best="Never fails", swing=100),
    Criterion(
        id="c2",
        branch="branch",
        name="Staff",
        worst="Half leave",
        best="All stay",
        swing=40,
        measured=Measured.LEVELS,
        levels=(
            Level(value=0, words="Half leave"),
            Level(value=50, words="A few leave"),
            Level(value=100, words="All stay"),
        ),
    ),
    Criterion(
        id="c3",
        branch="branch",
        name="Response",
        worst="A day",
        best="An hour",
        swing=60,
        measured=Measured.MEASURE,
        unit="hours",
        points=(
            ValuePoint(measure=1, value=100),
            ValuePoint(measure=6.5, value=60),
            ValuePoint(measure=24, value=0),
        ),
    ),
)


def workshop(stage: Stage = Stage.SEALED, *, people: int = 2, **fields: object) -> Appraisal:
    """Options a and b, a criterion of each kind, and assessors p1, p2 ... who have not scored."""
    assessors = tuple(Assessor(id=f"p{n}", post=f"Post {n}", name=f"Name {n}") for n in range(1, people + 1))
    document = appraisal(
        3,
        branches=(Branch(id="branch", name="Branch"),),
        criteria=CRITERIA,
        workshop=Workshop(id="workshop-1", stage=stage, assessors=assessors),
    )
    return replace(document, **fields)


def fill(path: Path, marks: Mapping[tuple[str, str], Filled]) -> None:
    """Type score, reason and evidence of (option, criterion) into a sheet, and save it."""
    book = load_workbook(path)
    page = book["Score"]
    found = 0
    for row in page.iter_rows(min_row=8):
        pair = (row[OPTION_ID - 1].value, row[CRITERION_ID - 1].value)
        if pair in marks:
            found += 1
            for column, typed in zip((SCORE, REASON, EVIDENCE), marks[pair], strict=True):
                row[column - 1].value = typed if typed != "" else None
    assert found == len(marks)
    book.save(path)
