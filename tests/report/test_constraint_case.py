"""The part of the paper on constraints: settle these first, for a board and for those who check it."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from appraise.files.document import content_json
from appraise.model.appraisal.constraints import Band, Bearer, PainGain
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import Results
from appraise.present import constraint_sentences, constraint_words
from appraise.report.business_case import write_business_case
from tests.present import settling_example
from tests.report.test_business_case import WHEN, assert_valid, text_of

DOCUMENT = settling_example.document()
RESULTS = settling_example.with_values(evaluate(DOCUMENT, Settings(draws=1000)), DOCUMENT)
FIRST = "Agreeing “Flood-risk permit” before tender is worth about £462,000."


def printed(results: Results, path: Path, document: Appraisal = DOCUMENT) -> Path:
    write_business_case(document, results, path, model=content_json(document), created=WHEN)
    return path


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(RESULTS, tmp_path_factory.mktemp("constraints") / "case.pdf")


def test_it_is_accessible_and_archival(paper: Path) -> None:
    assert_valid(paper)


def test_a_board_hears_of_the_most_valuable_answer_on_page_1_of_2(paper: Path) -> None:
    assert FIRST in text_of(paper, 0)
    assert "What is not in the numbers" in text_of(paper, 1)
    assert text_of(paper, 2).startswith("Contents")


def test_settle_these_first_has_sentences_a_chart_a_table_and_actions(paper: Path) -> None:
    text = text_of(paper)
    start = text.index("What suppliers add to their price", text.index("Commercial case: how", 6000))
    part = text[start : text.index("Financial case: whether it can be paid for", start)]
    for words in (
        FIRST,
        "“Bathing-water consent” before tender is worth about £110,000.",
        constraint_words.do_not_add(RESULTS),
        constraint_sentences.closing(RESULTS),
        "Claims as in",
        "Settling “Flood-risk permit” first is worth about £462,000",
        "160 60 150 40 81 −30 462",
        "All of them together",
        "Where the answer changes the choice",
        "What settling or reducing it first would take",
        "Four ways to deal with each",
        "£66k, cheapest",
        "joint cheapest",
    ):
        assert words in part, words


def shared_and_managed() -> Appraisal:
    """The supplier shares pain and gain in a lot of its own, and does something about it; the rest stays."""
    first = DOCUMENT.constraints[0].id
    where = {"constraint": first, "option": "option-outsource"}
    bands = (Band(up_to=Decimal("500000.00"), share=0.3), Band(share=0.7))
    terms = PainGain(target=Decimal("400000.00"), bands=bands, cap=Decimal("600000.00"))
    found = edits.set_bearing(DOCUMENT, bearer=Bearer.PAIN_GAIN, **where)
    found = edits.set_terms(found, terms=terms, **where)
    found = edits.add_share(found, bearer=Bearer.IN_HOUSE, **where)
    found = edits.set_shares(found, shares={Bearer.PAIN_GAIN: 0.6, Bearer.IN_HOUSE: 0.4}, **where)
    found = edits.change_bearing(found, bearer=Bearer.PAIN_GAIN, lot="Coast", **where)
    return edits.set_managed(
        found, bearer=Bearer.PAIN_GAIN, probability=0.2, cost=Decimal("45000.00"), evidence="Forty culverts.", **where
    )


def test_who_bears_it_is_printed_with_shares_terms_effects_lots_and_flips(tmp_path: Path) -> None:
    document = shared_and_managed()
    results = evaluate(document, Settings(draws=500))
    assert results.flips
    text = text_of(printed(results, tmp_path / "shared.pdf", document))
    for words in (
        "Pain and gain shared: 60",
        "How pain and gain are shared",
        "30 % up to £500k over; 70 % of all beyond",
        "What is done about it, and by whom",
        "Forty culverts.",
        "What each lot asks",
        "Coast",
        "Risk that would have to be transferred to flip the ranking",
        "is assumed.",
        "Claims beside the rule on changes",
        "Each pound has one home",
    ):
        assert words in text, words


def test_nothing_of_the_four_ways_is_cut_into_parts(paper: Path) -> None:
    assert not re.search(r"Four ways to deal with each \(part", text_of(paper))


def test_the_annex_says_how_suppliers_are_taken_to_price(paper: Path) -> None:
    text = text_of(paper)
    annex = text[text.rindex("Annex B: reasons, sources and assumptions") :]
    for words in (
        "How suppliers are taken to price",
        "Lambda 0.35",
        "Laryea and Hughes, 2008 and 2011",
        "16.5 to 70.6",
    ):
        assert words in annex, words
    assert "without a margin for caution" not in text, "that is only one of the principles"


def test_figures_without_values_print_all_else(tmp_path: Path) -> None:
    """Live figures have no values of settling: the paper says nothing about them and stands."""
    live = replace(RESULTS, constraints=None, settled_together=(), settling_together=None)
    text = text_of(printed(live, tmp_path / "live.pdf"))
    assert "Register of constraints and risks" in text
    assert FIRST not in text
    assert "Four ways to deal with each" not in text


def test_answers_that_change_nothing_are_one_sentence(tmp_path: Path) -> None:
    calm = replace(RESULTS, constraints=RESULTS.constraints[2:3], settled_together=(), settling_together=None)
    text = text_of(printed(calm, tmp_path / "calm.pdf"))
    assert constraint_words.NOTHING_TO_SETTLE in text
    assert "All of them together" not in text
    assert "is worth about" not in text


def test_no_constraints_no_section(tmp_path: Path) -> None:
    document = replace(DOCUMENT, constraints=())
    text = text_of(printed(evaluate(document, Settings(draws=300)), tmp_path / "none.pdf", document))
    for words in ("Settle these first", "What others have still to agree", "How suppliers are taken to price"):
        assert words not in text
