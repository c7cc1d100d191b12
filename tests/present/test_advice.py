import re
from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import Line, Treatment
from appraise.present import advice
from tests.present import example

DOCUMENT = example.document()
RESULTS = example.results(DOCUMENT)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s", text) if sentence]


@pytest.mark.parametrize("clear", [True, False])
@pytest.mark.parametrize("long_names", [True, False])
@pytest.mark.parametrize("recommended", ["option-4", ""])
def test_no_sentence_is_longer_than_25_words(clear: bool, long_names: bool, recommended: str) -> None:
    document = example.document(long_names=long_names, recommended=recommended)
    results = example.results(document, clear=clear)
    said = (
        advice.answer(results, document),
        *advice.why(results, document),
        *advice.what_would_change(results, document),
        advice.SCORING_STANDS,
        advice.TREASURY_POSITION,
    )
    for text in said:
        for sentence in sentences(text):
            assert len(re.split(r"[ \u00a0]", sentence)) <= 25, sentence
            assert sentence.endswith("."), sentence


def test_the_recommended_option_is_the_answer_and_its_doubt_stands_beside_it() -> None:
    assert advice.answer(RESULTS, DOCUMENT) == "We recommend: Joint service with Eastholme."
    outcome, cost, money = advice.why(RESULTS, DOCUMENT)
    assert "scores highest" in outcome
    assert "58 of\u00a0100 draws and beats" in cost
    assert "A clear lead on cost needs 80." in cost
    assert money.startswith("Chance of at least one year short of money: ")
    assert all(scenario.name in money for scenario in DOCUMENT.scenarios)


def test_money_of_other_bodies_is_never_passed_off_as_own() -> None:
    """A recommendation that rests on a neighbour's saving says so, and says who is cheapest in own cash."""
    chosen = RESULTS.options[-1]
    saved = replace(chosen.economic, expected_other_bodies=Decimal("-512000.00"))
    dearer = replace(chosen.financial, total=Decimal("99000000.00"))
    options = (*RESULTS.options[:-1], replace(chosen, economic=saved, financial=dearer))
    text = " ".join(advice.why(replace(RESULTS, options=options), DOCUMENT))
    assert "other public bodies save £512,000 on average, in present value" in text
    assert "own cash" in text
    assert "other public bodies" not in " ".join(advice.why(RESULTS, DOCUMENT))


def test_money_of_other_bodies_is_of_means_as_the_lead_beside_it() -> None:
    chosen = RESULTS.options[-1]
    case = replace(chosen.economic, other_bodies=Decimal("-602000.00"), expected_other_bodies=Decimal("-551000.00"))
    options = (*RESULTS.options[:-1], replace(chosen, economic=case))
    text = " ".join(advice.why(replace(RESULTS, options=options), DOCUMENT))
    assert "£551,000 on average" in text
    assert "602,000" not in text


def _dearer_for_the_body(document: Appraisal) -> str:
    """What is said where the recommended option saves others money and costs this body most."""
    chosen = RESULTS.options[-1]
    saved = replace(chosen.economic, expected_other_bodies=Decimal("-512000.00"))
    dearer = replace(chosen.financial, total=Decimal("99000000.00"))
    options = (*RESULTS.options[:-1], replace(chosen, economic=saved, financial=dearer))
    return " ".join(advice.why(replace(RESULTS, options=options), document))


def test_a_budget_without_somebodys_capital_calls_nobody_cheaper() -> None:
    """In the revenue view an option whose capital has no charges would look cheap."""
    revenue = replace(DOCUMENT, basis=replace(DOCUMENT.basis, capital_view=CapitalView.REVENUE))
    capital = Line(id="depot", option="option-0", name="Depot", treatment=Treatment.CAPITAL, amounts=(Decimal(9),))
    charge = replace(capital, id="loan", treatment=Treatment.FINANCING_CHARGE)
    assert "own cash, as entered" in _dearer_for_the_body(DOCUMENT)
    assert "own revenue, as entered" in _dearer_for_the_body(revenue)
    lacking = replace(revenue, lines=(*revenue.lines, capital))
    assert "as entered" not in _dearer_for_the_body(lacking)
    assert "other public bodies save £512,000" in _dearer_for_the_body(lacking)
    assert "own revenue, as entered" in _dearer_for_the_body(replace(lacking, lines=(*lacking.lines, charge)))


def test_what_changes_of_cost_make_level_is_said_only_where_there_are_some() -> None:
    assert "net present costs level" in advice.what_is_level(RESULTS, DOCUMENT)
    weights = tuple(one for one in RESULTS.switches if one.kind == "weight")
    assert weights
    assert advice.what_is_level(replace(RESULTS, switches=weights), DOCUMENT) == ""


def test_without_values_over_different_lives_nothing_is_claimed_of_any_line() -> None:
    lives = replace(RESULTS, switches=(), verdict=replace(RESULTS.verdict, compared_on="eac"))
    (said,) = advice.what_would_change(lives, DOCUMENT)
    assert said == "The options run for different lives: no values are given at which their costs are level."
    (same,) = advice.what_would_change(replace(RESULTS, switches=()), DOCUMENT)
    assert same.startswith("No single line")
    levelled = replace(lives, switches=RESULTS.switches)
    assert said not in advice.what_would_change(levelled, DOCUMENT)


def test_who_would_lead_without_other_bodies_is_said_at_the_mean() -> None:
    """Both sides at the mean of their ranges: a lead of 325 that rests on a saving of 478, and one that does not."""
    rival, chosen = RESULTS.options[-2], RESULTS.options[-1]

    def words(saving: str) -> str:
        case = replace(
            chosen.economic,
            expected_npc=Decimal(1000),
            other_bodies=Decimal(-512),
            expected_other_bodies=Decimal(saving),
        )
        others = [
            replace(one, economic=replace(one.economic, expected_npc=Decimal(1325) if one is rival else Decimal(9000)))
            for one in RESULTS.options[:-1]
        ]
        return " ".join(advice.why(replace(RESULTS, options=(*others, replace(chosen, economic=case))), DOCUMENT))

    assert "Without such parts" in words("-478")
    assert "Without such parts" not in words("-300")


def test_a_clear_lead_on_cost_is_called_clear() -> None:
    results = example.results(DOCUMENT, clear=True)
    assert "its lead on cost is clear" in advice.why(results, DOCUMENT)[1]
    assert [chip.text for chip in advice.chips(results, DOCUMENT)][:2] == ["Outcomes: clear", "Cost: clear"]


def test_no_clear_winner_is_said_plainly() -> None:
    document = example.document(recommended="")
    open_verdict = replace(RESULTS.verdict, score_clear=False, score_margin=2.0)
    results = replace(RESULTS, verdict=open_verdict)
    assert advice.answer(results, document) == "There is no clear winner, and nothing has been recommended yet."
    assert advice.why(results, document)[0].startswith("No option clearly scores highest")
    assert [chip.text for chip in advice.chips(results, document)] == [
        "Outcomes: no clear winner",
        "Cost: no clear winner",
    ]


def test_nothing_is_advised_without_figures() -> None:
    verdict = replace(RESULTS.verdict, cheapest="", cheapest_rival="", highest_score="", score_rival="")
    results = replace(RESULTS, verdict=verdict)
    assert "nothing to advise yet" in advice.answer(results, example.document(recommended=""))
    assert advice.why(results, example.document(recommended="")) == ()


def test_changes_are_told_nearest_first_and_the_unreachable_are_left_out() -> None:
    wild = example.switch("cost", "Pay", "option-2", now=1e6, needed=90e6, change=89.0, owner="option-4")
    all_weight = example.switch("weight", "Local jobs", "option-2", now=0.1, needed=1.0, change=0.9, owner="option-4")
    theirs = example.switch("cost", "Vans", "option-2", now=1e6, needed=0.9e6, change=-0.1, owner="option-2")
    results = replace(RESULTS, switches=(wild, all_weight, theirs, *RESULTS.switches))
    assert advice.what_would_change(results, DOCUMENT) == (
        "If “Running costs” (Joint) rises by 1.4\u00a0%, Joint and In-house cost the same.",
        "If “Vans” (In-house) falls by 10\u00a0%, Joint and In-house cost the same.",
        "If the chance of “Flood-risk permit” is 42\u00a0% and not 30\u00a0%, Joint and In-house cost the same.",
        "If “Homes kept dry” weighs 11\u00a0% and not 29\u00a0%, Joint and In-house score the same.",
    )


def test_a_firm_order_is_said_too() -> None:
    results = replace(RESULTS, switches=())
    assert advice.what_would_change(results, DOCUMENT) == (
        "No single line, chance or weight, moved alone within its limits, changes the order.",
    )


def test_a_body_never_reads_of_points_per_pound_or_bands() -> None:
    said = " ".join((*advice.why(RESULTS, DOCUMENT), advice.SCORING_STANDS, advice.TREASURY_POSITION)).lower()
    assert "per pound" not in said
    assert "value for money" not in said
