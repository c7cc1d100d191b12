"""What length alone is worth, what scenarios differ in beside it, and why more years can do worse than fewer."""

import re
from dataclasses import replace

from appraise.model.appraisal.funding import ProgrammeStop, Scenario
from appraise.model.appraisal.terms import Commitment
from appraise.model.results import Results
from appraise.present import length_words
from tests.present import funding_example

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
OPTION = "option-4"
SHORT, LONG = DOCUMENT.scenarios[:2]


def differences(longer: Scenario, shorter: Scenario = SHORT) -> tuple[str, ...]:
    return length_words.differences(shorter, longer, DOCUMENT, OPTION)


def with_chances(*chances: float) -> Results:
    """Lengths of 1, 2, 3 and more years with these chances of a short year; none is affordable or cheapest."""
    found = funding_example.lengths()
    rows = tuple(
        replace(one, probability_of_any_gap=chance, affordable=False, cheapest=False)
        for one, chance in zip(found.lengths, chances, strict=False)
    )
    answer = replace(found, lengths=rows, affordable_from=None, cheapest_from=None)
    return replace(RESULTS, options=tuple(replace(one, lengths=answer) for one in RESULTS.options))


def test_length_alone_is_read_from_the_same_money() -> None:
    found = length_words.alone(RESULTS, OPTION)
    assert found is not None
    assert (found.one.years, found.three.years, found.money_of) == (1, 3, "scenario-0")
    assert found.cost == 2e5
    detail = length_words.more(RESULTS, DOCUMENT, OPTION)
    assert detail.startswith("With the same money, cuts and prevention stops, those of Single-year, rolled.")
    assert "goes from 44 in\u00a0100 to 32 in\u00a0100 (20,000 draws)" in detail
    assert "That is not length alone" in detail


def test_what_scenarios_differ_in_is_read_from_their_fields() -> None:
    same = replace(SHORT, id="other", stops=SHORT.stops)
    assert differences(same) == ()
    assert differences(replace(same, carry_over=True)) == ("money left over that is kept",)
    assert differences(replace(same, restored=True)) == ("cuts that are made good",)
    assert differences(replace(same, grants=("grant-1",))) == (f"a bid for {DOCUMENT.grants[0].name}",)
    assert differences(SHORT, replace(same, grants=("grant-1",))) == (f"no bid for {DOCUMENT.grants[0].name}",)
    assert differences(replace(same, stops=())) == ("Gully cleaning paid for longer",)
    sooner = replace(same, stops=(ProgrammeStop(programme="programme-1", last_year=0),))
    assert differences(sooner) == ("Gully cleaning paid for shorter",)
    likelier = tuple(replace(one, renewal=0.9) for one in SHORT.settlements)
    said = differences(replace(same, settlements=likelier))
    assert said == ("a renewal chance of 90\u00a0% instead of 85\u00a0%",)
    deeper = tuple(replace(one, cut_high=0.3) for one in SHORT.settlements)
    assert differences(replace(same, settlements=deeper)) == ("other cuts",)


def test_more_money_is_named_and_none_beyond_the_horizon() -> None:
    last = SHORT.settlements[-1]
    more = replace(last, amounts=tuple(one + 3_940_000 for one in last.amounts))
    richer = replace(SHORT, id="other", settlements=(*SHORT.settlements[:-1], more))
    assert differences(richer) == ("£3.94m more money entered",)
    beyond = replace(last, amounts=(*last.amounts, *last.amounts), capital=(*last.capital, *last.capital))
    assert differences(replace(SHORT, id="other", settlements=(*SHORT.settlements[:-1], beyond))) == ()


def test_a_length_that_does_worse_has_its_reason() -> None:
    worse = with_chances(0.9, 0.7, 0.6, 0.5, 0.4, 0.6, 0.3)
    said = " ".join(length_words.lengths(worse, DOCUMENT, OPTION))
    assert "Six years at a time do worse than five: a short year in 6 in\u00a010, not 4 in\u00a010." in said
    assert "Their boundaries fall in years in which less money is to spare." in said, "it may sign past settled money"
    last = DOCUMENT.options[-1]
    bound = replace(last, term_years=5, terms=replace(last.terms, commitment=Commitment.NEVER))
    document = replace(DOCUMENT, options=(*DOCUMENT.options[:-1], bound))
    said = " ".join(length_words.lengths(worse, document, OPTION))
    assert "Six years do not divide into terms of five" in said
    falling = with_chances(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
    assert "do worse" not in " ".join(length_words.lengths(falling, DOCUMENT, OPTION))


def test_a_scenario_that_can_pay_all_the_same_is_no_contradiction() -> None:
    said = " ".join(length_words.lengths(with_chances(*(0.9,) * 7), DOCUMENT, OPTION))
    assert RESULTS.regret is not None
    row = next(one for one in RESULTS.regret.rows if one.option == OPTION)
    assert any(cell.affordable for cell in row.cells)
    assert "With money of their own it is affordable in" in said


def test_sentences_are_short() -> None:
    said = [*length_words.lengths(RESULTS, DOCUMENT, OPTION), length_words.more(RESULTS, DOCUMENT, OPTION)]
    for sentence in re.split(r"(?<=[.?]) (?=[A-Z])", " ".join(said)):
        assert len(sentence.split()) <= 25, sentence
