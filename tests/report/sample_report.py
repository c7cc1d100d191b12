"""One document with everything the tagged layer offers, for the tests of this folder."""

from datetime import UTC, datetime
from pathlib import Path

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.platypus import Flowable

from appraise.report import blocks, pdf, safe_text
from appraise.report.archival import Attachment
from appraise.report.data_table import Column, TableSpec, table

CREATED = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
MODEL = b"the model that was printed"
LOREM = "The joint service gives the best result for residents at the lowest likely cost. "
HOSTILE = "\u202eevil\x07 <img src='/etc/passwd'/> <b>bold?</b> & 😀 Ŵŷ non\u2011breaking ✗ " + "W" * 5000
ATTACHMENT = Attachment(
    name="example.appraisal", mime="application/vnd.example+zip", data=MODEL, description="The appraisal"
)


def bars() -> Drawing:
    drawing = Drawing(480, 120)
    for row, (option, score) in enumerate((("Joint service", 71), ("In-house", 67))):
        drawing.add(Rect(130, 80 - row * 44, score * 4, 26))
        drawing.add(String(124, 87 - row * 44, option, textAnchor="end", fontSize=10.5))
        drawing.add(String(134 + score * 4, 87 - row * 44, str(score), fontName="Helvetica-Bold", fontSize=10.5))
    return drawing


def long_table() -> list[Flowable]:
    rows = tuple((f"Cost line {index}", "Council", f"£{index * 13571:,}", f"−£{index * 77:,}") for index in range(100))
    rows = (*rows[:3], ("A section over all columns",), *rows[3:], ("Total", "Council", "£67,855,000", "−£1,000"))
    return table(
        TableSpec(
            caption="Table 1: Every cost line",
            columns=(Column("Line"), Column("Who pays"), Column("Amount", "right"), Column("Change", "right")),
            rows=rows,
            emphasised=(5,),
            totals=(101,),
            groups=(("", 2), ("Money by 2033/34", 2)),
            notes=("Prices of 2026/27.",),
        )
    )


def hostile_blocks() -> list[Flowable]:
    spec = TableSpec(
        caption=HOSTILE,
        columns=(Column("Risk"), Column("Story"), Column("W" * 200, "right"), Column("Likely", "right")),
        rows=((HOSTILE, LOREM * 50, "1", "2"), ("x", "short", "9" * 90, "3"), ("Last", "spans the rest")),
    )
    return [
        blocks.heading(HOSTILE, 3),
        blocks.paragraph(safe_text.markup(HOSTILE)),
        blocks.callout(HOSTILE[:60], safe_text.markup(LOREM * 60)),
        *table(spec),
        *table(TableSpec(caption="Nothing yet", columns=(Column("Risk"), Column("Story")), rows=())),
    ]


def story() -> list[Flowable | list[Flowable]]:
    guidance = safe_text.link(
        "the guidance on appraisal, which is long enough to run over a line", "https://www.gov.uk/"
    )
    trap = safe_text.link("a trap", "javascript:alert(1)")
    inside = '<a href="#costs"><u>the costs</u></a>'
    return [
        blocks.title("Waste collection from 2027", "Outline business case"),
        blocks.callout("Decision needed:", "approve a joint service for 7 years."),
        blocks.paragraph(f"{LOREM * 2}<b>The main thing</b> is the permit; see {guidance}, {trap} and {inside}."),
        blocks.paragraph(safe_text.link("Only a link", "https://www.gov.uk/only")),
        blocks.contents(2),
        blocks.heading("Options", 1),
        blocks.figure(bars(), "Bar chart. Joint service 71, in-house 67.", "Figure 1: Joint scores highest", "Of 100"),
        blocks.heading("What would change our advice", 2),
        blocks.bullets(["The permit adds more than £9 million.", safe_text.markup(LOREM * 3)]),
        blocks.numbered(["First.", "Second, <b>bold</b>."]),
        blocks.heading("Costs", 1, key="costs"),
        long_table(),
        hostile_blocks(),
        blocks.heading("Chapter", 1),
        blocks.heading("A level left out", 3),
        blocks.paragraph("End."),
    ]


def build(path: Path) -> int:
    document = pdf.Document(
        path,
        title="Waste collection & more",
        author="Example Council",
        subject="Options appraisal",
        created=CREATED,
        header_left="Waste collection: " + "a very long name " * 20,
        header_right="OFFICIAL",
        footer_left="Model digest 3f2a…91bc",
    )
    return document.build(story(), attachments=[ATTACHMENT])
