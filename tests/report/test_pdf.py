import time
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from appraise.model.cancelled import Cancelled
from appraise.present import embedded_font
from appraise.report import archival, blocks, pdf
from appraise.report.data_table import Column, TableSpec, table
from tests.report import sample_report


def document(target: object, created: datetime = sample_report.CREATED) -> pdf.Document:
    return pdf.Document(target, title="T", author="A", subject="S", created=created)


def test_cancel_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "never.pdf"
    with pytest.raises(Cancelled):
        document(target).build([blocks.paragraph("Text.")] * 50, cancelled=lambda: True)
    assert not target.exists()


def test_progress_rises_to_one() -> None:
    told: list[float] = []
    story = [blocks.contents(), *(blocks.heading(f"Chapter {index}") for index in range(40))]
    document(BytesIO()).build(story, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 10


def test_created_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        document(BytesIO(), datetime(2026, 4, 1)).build([blocks.paragraph("Text.")])  # noqa: DTZ001  # the case


@pytest.mark.parametrize(("minutes", "zone"), [(0, "+00'00'"), (60, "+01'00'"), (-210, "-03'30'"), (345, "+05'45'")])
def test_pdf_date_keeps_its_zone(minutes: int, zone: str) -> None:
    moment = datetime(2026, 4, 1, 9, 30, tzinfo=timezone(timedelta(minutes=minutes)))
    assert archival.pdf_date(moment) == "D:20260401093000" + zone


def test_identity_follows_the_content() -> None:
    def identity(words: str) -> object:
        buffer = BytesIO()
        document(buffer).build([blocks.paragraph(words)])
        return pypdf.PdfReader(buffer).trailer["/ID"]

    assert identity("one") == identity("one")
    assert identity("one") != identity("two")


def test_heading_stays_with_the_table_it_announces() -> None:
    rows = tuple((f"Line {index}", "1") for index in range(80))
    spec = TableSpec(caption="Long", columns=(Column("Line"), Column("Amount", "right")), rows=rows)
    for lines in range(24, 34):
        buffer = BytesIO()
        filler = [blocks.paragraph("Filler.") for _ in range(lines)]
        document(buffer).build([*filler, blocks.heading("Announced"), *table(spec)])
        sheet = next(text for text in _pages(buffer) if "Announced" in text)
        assert "Line 1" in sheet


def test_table_after_a_heading_starts_on_the_same_page() -> None:
    rows = tuple((f"Line {index}", "1") for index in range(80))
    spec = TableSpec(caption="Long", columns=(Column("Line"), Column("Amount", "right")), rows=rows)
    buffer = BytesIO()
    document(buffer).build([blocks.paragraph("Before."), blocks.heading("Announced"), *table(spec)])
    assert "Line 20" in _pages(buffer)[0]


def _pages(buffer: BytesIO) -> list[str]:
    return [sheet.extract_text() for sheet in pypdf.PdfReader(buffer).pages]


def test_a_long_report_does_not_take_long() -> None:
    """The bound is ten times what it takes here: it catches growth with the square of the length, nothing finer."""
    rows = tuple((f"Line {index}", "Council", f"£{index:,}") for index in range(2_000))
    spec = TableSpec(caption="Long", columns=(Column("Line"), Column("Who"), Column("Cost", "right")), rows=rows)
    started = time.process_time()
    pages = document(BytesIO()).build(table(spec))
    assert pages > 50
    assert time.process_time() - started < 15


def test_unicode_map_omits_unused_codes_and_keeps_astral_signs() -> None:
    source = embedded_font.to_unicode_map("F", [0, 65, 0x1F16A])
    assert "<00> <0000>" not in source
    assert "<01> <0041>" in source
    assert "<02> <D83CDD6A>" in source


def test_colour_profile_has_no_date_of_today() -> None:
    profile = archival.srgb_profile()
    assert profile[24:36] == bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    assert profile[36:40] == b"acsp"


def test_markup_cannot_open_a_file() -> None:
    with pytest.raises(ValueError, match="picture"):
        blocks.paragraph('<IMG src="/etc/hostname" width="9" height="9"/>')


def test_unsafe_link_in_markup_becomes_no_link() -> None:
    buffer = BytesIO()
    document(buffer).build([blocks.paragraph('<a href="javascript:alert(1)">trap</a> <a href="https://a.uk">door</a>')])
    assert b"javascript" not in buffer.getvalue()
    assert b"https://a.uk" in buffer.getvalue()


def test_heading_goes_on_where_there_is_room() -> None:
    """A heading and its first line need 80 points; on a page with more than that left they do not move on."""
    buffer = BytesIO()
    filler = [blocks.paragraph("Filler.") for _ in range(25)]  # 25 lines of 25 points on a page of 728
    document(buffer).build([*filler, blocks.heading("Here", 1), blocks.paragraph("Text.")])
    assert len(_pages(buffer)) == 1
