"""The tagged PDF as its readers meet it: two validators, qpdf, pypdf, and the text that a screen reader gets."""

import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import page
import pypdf
import pytest

from tests.report import sample_report

OUTLOUD = Path(sys.executable).parent / "outloud"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    sample_report.build(path)
    return path


@pytest.fixture(scope="module")
def reader(made: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(made)


@pytest.fixture(scope="module")
def spoken(made: Path) -> str:
    """The structure and its text in reading order."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not installed")
    return run("pdfinfo", "-struct-text", made)


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_validator_accepts_profile(made: Path, profile: str) -> None:
    report = page.validate_pdf(str(made), profile=profile)
    assert report.is_compliant, report.failures


def test_outloud_finds_no_error(made: Path) -> None:
    run(OUTLOUD, "--fail-on", "error", made)


def test_qpdf_finds_nothing(made: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", made)


def test_same_input_same_bytes(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    sample_report.build(again)
    assert again.read_bytes() == made.read_bytes()


def test_only_embedded_source_sans(reader: pypdf.PdfReader) -> None:
    faces = {
        font.get_object()["/BaseFont"]: "/FontFile2" in font.get_object()["/FontDescriptor"]
        for sheet in reader.pages
        for font in sheet["/Resources"]["/Font"].values()
    }
    assert faces
    assert all(embedded and "SourceSans" in name for name, embedded in faces.items()), faces


def test_reading_order(spoken: str) -> None:
    places = [
        spoken.index(words)
        for words in (
            "Waste collection from 2027",
            "Decision needed:",
            "guidance on appraisal",
            "TOC",
            "Figure 1: Joint scores highest",
            "Figure:",
            "The permit adds more",
            "Table 1: Every cost line",
            "Cost line 0",
            "Cost line 99",
            "Total",
            "Prices of 2026/27.",
        )
    ]
    assert places == sorted(places)


def test_words_at_line_ends_stay_apart(spoken: str) -> None:
    joined = " ".join(re.findall(r'"(.*)"', spoken))
    assert re.sub(r"\s+", " ", joined).count(sample_report.LOREM.strip()) >= 50
    assert "cost.The" not in joined


def test_long_table_is_one_element_with_one_heading(spoken: str) -> None:
    assert spoken.count("Table 1: Every cost line") == 1
    assert spoken.count('"Who pays "') == 1  # its repetitions on later pages are artifacts
    assert spoken.count('"Cost line ') == 100
    assert "/ColSpan 4" in spoken
    assert "/Scope /Row" in spoken


def test_table_is_on_three_pages_with_repeated_heading(reader: pypdf.PdfReader) -> None:
    pages = [sheet.extract_text() for sheet in reader.pages]
    assert sum("Cost line" in text for text in pages) >= 3
    assert all("Who pays" in text for text in pages if "Cost line" in text)


def test_headings_do_not_skip_a_level(spoken: str) -> None:
    levels = [int(level) for level in re.findall(r"^\s*H(\d) ", spoken, re.MULTILINE)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_outline_and_contents_agree(reader: pypdf.PdfReader, spoken: str) -> None:
    chapters = {
        entry["/Title"]: reader.get_destination_page_number(entry) + 1
        for entry in reader.outline
        if not isinstance(entry, list)
    }
    assert {"Options", "Costs"} <= chapters.keys()
    contents = spoken[spoken.index("TOC") : spoken.index("Figure 1:")]
    assert re.search(rf'"Costs "\s+"{chapters["Costs"]} ?"', contents)


def test_links(reader: pypdf.PdfReader) -> None:
    notes = [note.get_object() for sheet in reader.pages for note in sheet.get("/Annots", [])]
    addresses = [note["/A"]["/URI"] for note in notes if "/A" in note]
    assert addresses == ["https://www.gov.uk/", "https://www.gov.uk/", "https://www.gov.uk/only"]
    assert all(note["/Contents"] and "/StructParent" in note for note in notes)
    assert sum("/Dest" in note for note in notes) >= 4


def test_figure_has_its_alternative(reader: pypdf.PdfReader) -> None:
    figures = list(_elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], "/Figure"))
    assert [figure["/Alt"] for figure in figures] == ["Bar chart. Joint service 71, in-house 67."]
    assert len(figures[0]["/K"]) == 1  # one mark holds the drawing


def _elements(node: object, role: str) -> list[pypdf.generic.DictionaryObject]:
    element = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(element, list):
        return [found for kid in element for found in _elements(kid, role)]
    if not isinstance(element, dict):
        return []
    here = [element] if element.get("/S") == role else []
    return here + (_elements(element["/K"], role) if "/K" in element and "/S" in element else [])


def test_attachment_comes_back(reader: pypdf.PdfReader) -> None:
    assert reader.attachments["example.appraisal"] == [sample_report.MODEL]
    (entry,) = reader.trailer["/Root"]["/AF"]
    assert entry.get_object()["/AFRelationship"] == "/Source"
    assert entry.get_object()["/EF"]["/F"].get_object()["/Subtype"] == "/application/vnd.example+zip"


def test_information_and_language(reader: pypdf.PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "Waste collection & more"
    assert reader.metadata.creation_date == sample_report.CREATED
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


def test_every_page_is_numbered_and_headers_do_not_meet(reader: pypdf.PdfReader) -> None:
    count = len(reader.pages)
    for number, sheet in enumerate(reader.pages, start=1):
        text = sheet.extract_text()
        assert f"Page {number} of {count}" in text
        assert "…" in text  # the header that is too long was cut
        assert "OFFICIAL" in text


def test_hostile_text_is_only_text(reader: pypdf.PdfReader) -> None:
    text = "".join(sheet.extract_text() for sheet in reader.pages)
    assert "<img src='/etc/passwd'/>" in text
    assert "[?] Ŵŷ non-breaking ×" in text
    assert "\u202e" not in text
    assert not any(sheet.images for sheet in reader.pages)
