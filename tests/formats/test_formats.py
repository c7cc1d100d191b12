"""Real files of every format version open for ever. A file that was kept once is never changed.

Each was made by the program of its version (tests/formats/keeping.py): the worked example of the day with two
edits and one undo and, since version 2, a document with something in every field.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from appraise.files.document import opened
from appraise.files.faults import AlreadyThere
from appraise.files.upgrades import CURRENT
from appraise.model.appraisal.terms import ContractTerms
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.scoring import totals
from appraise.workspace import audit
from appraise.workspace.session import Session
from tests.files.making import filled
from tests.formats.keeping import keep

KEPT = Path(__file__).parent


@dataclass(frozen=True)
class Says:
    """What a kept file says, in figures that no later version may change.

    `figures`: net present cost, the same at expected values, and the financial total of each option. `scores`: total
    score of each option, shown or not. `short`: pounds that the money as settled is short or over by, in all options,
    scenarios and years. `marks`: how many assessors and marks. `terms`: how many options say what their contract
    commits to, and how many lots there are.
    """

    title: str
    options: int
    lines: int
    amounts: Decimal
    swings: float
    probabilities: float
    actions: tuple[str, ...]
    figures: dict[str, tuple[str, str, str]]
    scores: tuple[float, ...]
    short: str
    marks: tuple[int, int] = (0, 0)
    terms: tuple[int, int] = (0, 0)


ACTIONS = (
    "Start from the template worked-example",
    "Change the probability of Flood-risk permit",
    "Change the title",
    "Undo: Change the title",
)
#: As the program of version 1 gave them.
FIGURES = {
    "option-usual": ("43605807.58", "44364714.67", "52817845.60"),
    "option-minimum": ("41727659.68", "42385045.65", "50270617.60"),
    "option-inhouse": ("39321465.06", "40240539.95", "47097540.13"),
    "option-outsource": ("40127252.83", "41068534.31", "49233493.66"),
    "option-joint": ("38873671.20", "39915918.83", "47154141.27"),
}
#: Since version 2, summed by hand from swings and scores.
SCORES = (31.764706, 39.882353, 64.117647, 55.294118, 71.176471)
FILES = {
    1: Says(
        title="Drainage and highways maintenance from 2027/28",
        options=5,
        lines=34,
        amounts=Decimal("237900000.00"),
        swings=425.0,
        probabilities=1.1,
        actions=ACTIONS,
        figures=FIGURES,
        scores=(30.352941, 39.176471, 64.117647, 55.294118, 71.176471),
        short="5947276.52",
    ),
    2: Says(
        title="Drainage and highways maintenance from 2027/28",
        options=5,
        lines=34,
        amounts=Decimal("237900000.00"),
        swings=425.0,
        probabilities=1.05,
        actions=ACTIONS,
        figures={
            "option-usual": ("43530480.80", "44289387.89", "52733889.22"),
            "option-minimum": ("41652332.90", "42309718.87", "50186661.22"),
            "option-inhouse": ("39246138.28", "40165213.17", "47013583.75"),
            "option-outsource": ("40051926.05", "40993207.53", "49149537.28"),
            "option-joint": ("38798344.42", "39840592.05", "47070184.89"),
        },
        scores=SCORES,
        short="5107712.72",
    ),
    3: Says(
        title="Drainage and highways maintenance from 2027/28",
        options=5,
        lines=58,
        amounts=Decimal("241872000.00"),
        swings=425.0,
        probabilities=1.3,
        actions=ACTIONS,
        figures={
            "option-usual": ("44142217.73", "44551070.17", "53474814.30"),
            "option-minimum": ("42516214.66", "42738560.07", "51220572.87"),
            "option-inhouse": ("40494496.55", "40906952.28", "48482113.44"),
            "option-outsource": ("41281869.63", "41989070.40", "50479193.06"),
            "option-joint": ("40133797.76", "40702922.81", "48667259.45"),
        },
        scores=SCORES,
        short="17447906.24",
    ),
    4: Says(
        title="Drainage and highways maintenance from 2027/28",
        options=5,
        lines=58,
        amounts=Decimal("241872000.00"),
        swings=425.0,
        probabilities=1.55,
        actions=ACTIONS,
        figures={
            "option-usual": ("44142217.73", "44600227.83", "53474814.30"),
            "option-minimum": ("42516214.66", "42783056.23", "51220572.87"),
            "option-inhouse": ("40496268.86", "40937404.22", "48480922.79"),
            "option-outsource": ("41292751.87", "42001664.25", "50490588.52"),
            "option-joint": ("40146569.72", "40743500.89", "48680997.71"),
        },
        scores=SCORES,
        short="17495792.38",
    ),
}
#: The same appraisal with marks.
FILES[5] = replace(FILES[4], marks=(6, 216))
#: Its contracts say what they commit to, and it has a scenario of five years.
FILES[6] = replace(FILES[5], short="16393688.57", terms=(2, 2))


def said(path: Path) -> Says:
    document = opened(path).document
    appraisal = document.appraisal
    assessors = appraisal.workshop.assessors
    results = evaluate(appraisal, Settings(draws=100), parts=frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.FUNDING}))
    gaps = [gap for option in results.options for one in option.funding or () for gap in one.gap_by_year]
    return Says(
        title=appraisal.title,
        options=len(appraisal.options),
        lines=len(appraisal.lines),
        amounts=sum((amount for line in appraisal.lines for amount in line.amounts), Decimal(0)),
        swings=sum(criterion.swing for criterion in appraisal.criteria),
        probabilities=round(sum(constraint.probability for constraint in appraisal.constraints), 6),
        actions=tuple(entry.action for entry in audit.entries_of(audit.lines_of(document.log))),
        figures={
            option.id: (str(option.economic.npc), str(option.economic.expected_npc), str(option.financial.total))
            for option in results.options
        },
        scores=tuple(round(total, 6) for total in totals(appraisal).values()),
        short=str(sum(gaps, Decimal(0))),
        marks=(len(assessors), sum(len(one.marks) for one in assessors)),
        terms=(
            sum(option.terms != ContractTerms() for option in appraisal.options),
            sum(len(option.lots) for option in appraisal.options),
        ),
    )


def test_a_file_of_every_version_is_kept() -> None:
    """After a new version: `python -m tests.formats.keeping`, and its entry here."""
    assert set(FILES) == set(range(1, CURRENT + 1))


@pytest.mark.parametrize("version", FILES)
def test_a_kept_file_opens_and_says_the_same(version: int) -> None:
    path = KEPT / f"version-{version}.appraisal"
    assert said(path) == FILES[version]
    with Session.open(path, read_only=True) as session:
        assert not session.notices


def test_something_in_every_field_of_this_version_is_kept() -> None:
    """It differs when the document gained a field after the file was made."""
    assert opened(KEPT / f"version-{CURRENT}-full.appraisal").document.appraisal == filled()


@pytest.mark.parametrize("version", range(2, CURRENT + 1))
def test_a_full_file_of_every_version_opens(version: int) -> None:
    with Session.open(KEPT / f"version-{version}-full.appraisal", read_only=True) as session:
        assert not session.notices
        assert session.appraisal.sourcing.public_interest.answers


def test_the_program_that_keeps_files_replaces_none(tmp_path: Path) -> None:
    keep(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("version-*")) == [
        f"version-{CURRENT}-full.appraisal",
        f"version-{CURRENT}.appraisal",
    ]
    with pytest.raises(AlreadyThere):
        keep(tmp_path)
