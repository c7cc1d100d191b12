"""The business case as a tagged PDF: two pages for the board, the summary table, the five cases, the annexes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import tables
from appraise.report import annexes, blocks, cases, economic_case, financial_case, partner_case, scoring_annex, summary
from appraise.report.archival import Attachment
from appraise.report.parts import Paper, Story
from appraise.report.pdf import Document

#: The name under which the model travels inside the PDF.
MODEL_NAME = "model.json"
#: A part of so few blocks does not fill a page.
FEW_BLOCKS = 4


def story(appraisal: Appraisal, results: Results) -> Story:
    """All sections in their order."""
    paper = Paper(appraisal=appraisal, results=results, recommended=tables.preferred(results, appraisal))
    return [
        *summary.pages(paper, _stands_on_one_page),
        blocks.heading("Contents", 1, listed=False),
        blocks.contents(2),
        *cases.summary(paper),
        *_sharing_pages(
            [
                cases.strategic(paper),
                economic_case.economic(paper),
                cases.commercial(paper),
                financial_case.financial(paper),
                partner_case.partners(paper),
                cases.management(paper),
                annexes.lines(paper),
                annexes.evidence(paper),
                annexes.provenance(paper),
                annexes.checks(paper),
                scoring_annex.scoring(paper),
            ]
        ),
    ]


def _sharing_pages(parts: Sequence[Story]) -> Story:
    """All parts, each on a new page unless the one before has only a few lines; every part begins with a break."""
    story: Story = []
    short_before = False
    for part in parts:
        story += part[1:] if short_before else part
        short_before = len(part) <= FEW_BLOCKS if part else short_before
    return story


def _stands_on_one_page(made: Story) -> bool:
    """True when the blocks, built for a try, take one page."""
    trial = Document(BytesIO(), title="Trial", author="", subject="", created=datetime.now(UTC))
    return trial.build(made) == 1


def footer(results: Results) -> str:
    """What ties the paper to the model: digest, seed, draws and version."""
    return (
        f"Model {results.digest[:12]} · seed {results.seed} · {results.draws:,} draws · "
        f"Appraise {results.versions.appraise}"
    )


def write_business_case(
    appraisal: Appraisal,
    results: Results,
    path: Path,
    *,
    model: bytes | None,
    created: datetime,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the PDF and return its number of pages. `model` is the document as a file, to be attached.

    None: no file goes along, because totals could be made from it while a workshop hides them. The same document,
    results and `created` give the same bytes. Raises Cancelled.
    """
    document = Document(
        path,
        title=f"{appraisal.title}: business case",
        author=appraisal.body,
        subject="Business case for the delivery of a public service",
        created=created,
        header_left=appraisal.title,
        header_right=appraisal.body,
        footer_left=footer(results),
    )
    return document.build(story(appraisal, results), _attached(model), progress, cancelled)


def _attached(model: bytes | None) -> list[Attachment]:
    if model is None:
        return []
    description = "The appraisal that this paper was made from"
    return [Attachment(name=MODEL_NAME, mime="application/json", data=model, description=description)]
