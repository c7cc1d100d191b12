"""Money by year, terms and working together on paper: answers first, then figures, all of it accessible."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from appraise.files.document import content_json
from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import Results
from appraise.present import certainty, funding_words, partner_words, stage_words, term_words
from appraise.report.business_case import write_business_case
from appraise.workspace import templates
from tests.report.test_business_case import WHEN, assert_valid, text_of

DOCUMENT = templates.load("care-together", first_year=2027)
RESULTS = evaluate(DOCUMENT, Settings(draws=1000))
OPTION = certainty.focus(RESULTS, DOCUMENT)


def printed(path: Path, document: Appraisal = DOCUMENT, results: Results = RESULTS) -> Path:
    write_business_case(document, results, path, model=content_json(document), created=WHEN)
    return path


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(tmp_path_factory.mktemp("money") / "case.pdf")


@pytest.fixture(scope="module")
def text(paper: Path) -> str:
    return text_of(paper)


def part(text: str, start: str, end: str) -> str:
    """What stands between two headings, after the contents."""
    first = text.rindex(start)
    return text[first : text.index(end, first)]


def plain(words: str) -> str:
    """As a reader copies it: no break, one space."""
    return " ".join(words.split())


def test_it_is_accessible_and_archival(paper: Path) -> None:
    assert_valid(paper)


def test_the_four_answers_stand_first_in_the_money_of_the_financial_case(text: str) -> None:
    money = part(text, "Is there money for it?", "From the economic case to the financial case, £")
    places = []
    for one in funding_words.answers(RESULTS, DOCUMENT, OPTION):
        places.append(money.index(plain(f"{one.question} {one.answer}.")))
        assert plain(one.detail) in money
    assert len(places) == 4
    after = money.index("cost against funding")
    assert [*places, after] == sorted([*places, after])
    assert "Affordability if nothing is cut" not in money, "one answer to when money runs out"
    assert "Affordability if nothing is cut" in text


def test_every_scenario_has_its_fan_its_reserve_and_its_years(text: str) -> None:
    money = part(text, "Is there money for it?", "From the economic case to the financial case, £")
    for scenario in DOCUMENT.scenarios:
        assert f"cost against funding, {scenario.name}" in money
        assert plain(funding_words.reserve(RESULTS, DOCUMENT, OPTION, scenario.id)) in money


def test_short_money_lengths_and_regret_are_told_in_words(text: str) -> None:
    money = part(text, "Is there money for it?", "From the economic case to the financial case, £")
    said = [
        funding_words.short_money(RESULTS, DOCUMENT, OPTION),
        funding_words.worth_sentence(RESULTS, DOCUMENT, OPTION),
        *funding_words.prevention(RESULTS, DOCUMENT, OPTION),
        *funding_words.lengths(RESULTS, DOCUMENT, OPTION),
        *funding_words.regret(RESULTS, DOCUMENT),
    ]
    assert funding_words.REGRET_CAUTION in said
    for sentence in said:
        assert plain(sentence) in money, sentence


def test_the_commercial_case_holds_terms_lots_timetable_and_stages(text: str) -> None:
    commercial = part(text, "Commercial case: how", "Financial case: whether")
    for words in ("What contracts commit to", "How prices are agreed to move", "Lots", "From tender to service"):
        assert words in commercial
    for sentence in term_words.timetable(RESULTS, DOCUMENT, OPTION):
        assert plain(sentence) in commercial
    assert RESULTS.pilots
    for sentence in stage_words.pilot(RESULTS.pilots[0], DOCUMENT):
        assert plain(sentence) in commercial
    assert term_words.ten_percent(DOCUMENT, OPTION) in commercial


def test_every_partner_finds_its_own_case(text: str) -> None:
    partners = part(text, "Working together: what it means for every partner", "Management case: how")
    for one in DOCUMENT.partners:
        assert f"The case of {one.name}" in partners
    for say in (partner_words.cases, partner_words.stability, partner_words.leaving):
        for sentence in say(RESULTS, DOCUMENT, OPTION):
            assert plain(sentence) in partners, sentence
    for sentence in (*partner_words.price_gaps(RESULTS, DOCUMENT), *partner_words.scarce(DOCUMENT)):
        assert plain(sentence) in partners, sentence


def test_the_annex_says_what_the_money_rests_on(text: str) -> None:
    annex = part(text, "Money by year: figures and what they rest on", "Annex C: how to make these figures again")
    for words in ("Settlements by scenario", "What holds in each scenario", "Grants that are bid for", "Prevention"):
        assert words in annex
    for scenario in DOCUMENT.scenarios:
        assert scenario.source[:40] in annex
    for programme in DOCUMENT.programmes:
        assert plain(programme.source)[:40] in annex
    assert "Partners as entered" in annex


def test_page_2_says_when_and_in_how_many_scenarios_the_money_runs_out(paper: Path) -> None:
    first = min(one.middle for one in funding_words.runs_out(RESULTS, DOCUMENT, OPTION) if one.middle)
    assert f"Short from {first} on, in 1 of 3 scenarios" in text_of(paper, 1)
    assert text_of(paper, 2).startswith("Contents")


def test_without_funding_terms_or_partners_it_says_so_and_prints(tmp_path: Path) -> None:
    bare = replace(
        DOCUMENT, scenarios=(), grants=(), programmes=(), line_terms=(), pilots=(), partners=(), arrangements=(),
        price_gaps=(), scarce_staff=(), options=tuple(replace(one, lots=(), term_years=0) for one in DOCUMENT.options),
    )  # fmt: skip
    path = printed(tmp_path / "bare.pdf", bare, evaluate(bare, Settings(draws=300)))
    text = text_of(path)
    assert "No funding has been entered, so nothing is said about gaps." in text
    assert not re.search(r"Working together: what|What contracts commit to|regretted least|\bNone of\b|\bnan\b", text)


def test_one_scenario_is_not_compared_with_itself(tmp_path: Path) -> None:
    one = replace(DOCUMENT, scenarios=DOCUMENT.scenarios[1:2])
    text = text_of(printed(tmp_path / "one.pdf", one, evaluate(one, Settings(draws=300))))
    assert "What are three years instead of one worth? £" in text
    assert "as a whole" not in text
    assert "What short money costs" not in text
