"""What contracts commit to and when they start, in words."""

import re
from dataclasses import replace

from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, SupplierKind
from appraise.model.results import Results
from appraise.present import term_words
from tests.present import funding_example

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
OPTION = "option-4"


def test_every_choice_has_words() -> None:
    assert set(term_words.COMMITMENTS) == set(Commitment)
    assert set(term_words.AFTER_CUT) == set(AfterCut)
    assert set(term_words.BREAK_COSTS) == set(BreakCost)
    assert set(term_words.SUPPLIERS) == set(SupplierKind)


def test_what_a_scenario_makes_of_the_term() -> None:
    assert term_words.contract(RESULTS, DOCUMENT, OPTION, "scenario-1") == (
        "Only three years of the seven wanted can be signed at first.",
        "The contract is let again twice before the last year.",
        "A contract is broken in 1 of\u00a010 draws.",
    )
    assert term_words.contract(RESULTS, DOCUMENT, OPTION, "nobody") == ()


def _signed(years: int) -> Results:
    chain = funding_example.chain(7, years)
    return replace(
        RESULTS,
        options=tuple(
            replace(
                one,
                funding=tuple(
                    replace(part, contracts=chain, effective_term=years, relets=0, break_chance=0.0)
                    for part in one.funding or ()
                ),
            )
            for one in RESULTS.options
        ),
    )  # fmt: skip


def test_a_whole_term_names_its_breaks() -> None:
    assert term_words.contract(_signed(7), DOCUMENT, OPTION, "scenario-1") == (
        "The whole term of seven years is signed.",
        "It can be broken from 2030/31 and 2033/34.",
    )
    many = term_words.contract(_signed(7), DOCUMENT, OPTION, "scenario-0")[-1]
    assert many == "It can be broken from 2028/29 on, at six boundaries."


def test_a_service_that_is_late_and_a_grant_that_cannot_be_spent() -> None:
    said = term_words.timetable(RESULTS, DOCUMENT, OPTION)
    assert said[0] == "The service can start on 20\u00a0April 2027: 19 days too late for 1\u00a0April 2027."
    assert said[1] == (
        "“One district first” runs from 5\u00a0January 2026 to 4\u00a0October 2026, "
        "before signing on 12\u00a0November 2026."
    )
    assert said[2] == (
        "“Flood resilience fund” leaves 424 days to spend it, from 1\u00a0February 2027 (the decision on it) on."
    )
    assert said[3] == "What is ordered on that day and mobilised is ready 312 days before the last of them."
    assert said[4] == "“Flood resilience fund” brings no route to buy by: the tender has to fit in its window."
    last = RESULTS.options[-1]
    assert last.timetable is not None
    (grant,) = last.timetable.grants
    spent = (replace(grant, days=-5, waits_for="contract"), replace(grant, grant="gone"))
    early = replace(last.timetable, late_days=0, grants=spent, stages=())
    said = term_words.timetable(replace(RESULTS, options=(replace(last, timetable=early),)), DOCUMENT, OPTION)
    assert said[0] == "The service can start on 20\u00a0April 2027, in time for 1\u00a0April 2027."
    assert said[1].endswith("its last day is five days before the signing of the contract.")
    assert len(said) == 3
    bare = replace(RESULTS, options=(replace(last, timetable=None),))
    assert term_words.timetable(bare, DOCUMENT, OPTION) == ()


def test_a_pilot_that_ends_after_signing_is_warned_of() -> None:
    last = RESULTS.options[-1]
    assert last.timetable is not None
    (stage,) = last.timetable.stages
    late = replace(last.timetable, stages=(replace(stage, last_day="2026-12-01", late_days=20),))
    said = term_words.timetable(replace(RESULTS, options=(replace(last, timetable=late),)), DOCUMENT, OPTION)
    assert said[1] == "“One district first” runs from 5\u00a0January 2026 to 1\u00a0December 2026."
    assert said[2] == "That is 20 days past signing on 12\u00a0November 2026: sign later, or end it sooner."


def test_days_are_written_out_and_what_is_no_day_stays() -> None:
    assert term_words.day("2027-04-01") == "1\u00a0April 2027"
    assert term_words.day("") == "–"
    assert term_words.day("spring 2027") == "spring 2027"


def test_sentences_are_short() -> None:
    said = [*term_words.timetable(RESULTS, DOCUMENT, OPTION), term_words.ten_percent(DOCUMENT, OPTION)]
    for plan in DOCUMENT.scenarios:
        said += term_words.contract(RESULTS, DOCUMENT, OPTION, plan.id)
    for sentence in said:
        assert len(sentence.split()) <= 25, sentence
        assert not re.search(r"None|nan", sentence)
