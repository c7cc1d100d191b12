"""The business cases of the second and the third worked example: accessible, archival, and telling their own story."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from appraise.model.appraisal.document import Appraisal
from appraise.workspace import templates
from tests.report.test_business_case import assert_valid, text_of, written

NAMES = ("care-together", "waste-contract")


@pytest.fixture(scope="module", params=NAMES)
def example(request: pytest.FixtureRequest) -> Appraisal:
    return templates.load(request.param, first_year=0)


@pytest.fixture(scope="module")
def paper(example: Appraisal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(example, tmp_path_factory.mktemp("paper") / "case.pdf")


def test_it_is_accessible_and_archival(paper: Path) -> None:
    assert_valid(paper)


def test_the_summary_takes_two_pages(paper: Path, example: Appraisal) -> None:
    assert "Decision needed:" in text_of(paper, 0)
    for sentence in example.recommendation.reasons.split(". "):
        assert sentence.rstrip(".") in text_of(paper, 0)
    assert "What is not in the numbers" in text_of(paper, 1)
    assert text_of(paper, 2).split("Contents")[1:]


def test_partners_scenarios_and_terms_are_printed(paper: Path, example: Appraisal) -> None:
    text = text_of(paper)
    names = [*example.partners, *example.scenarios, *example.grants, *example.programmes, *example.pilots]
    for one in names:
        assert one.name in text, one.id
    for option in example.options:
        for lot in option.lots:
            assert lot.name in text, lot.id
    assert len(PdfReader(paper).pages) > 30
