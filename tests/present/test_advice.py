import re
from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import Line, Treatment
from appraise.model.appraisal.options import ShortListRole
from appraise.present import advice
from tests.present import example, funding_example

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
    cost, money, outcome = advice.why(RESULTS, DOCUMENT)
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

    assert "Without that" in words("-478")
    assert "Without that" not in words("-300")


def test_a_clear_lead_on_cost_is_called_clear() -> None:
    results = example.results(DOCUMENT, clear=True)
    assert "its lead on cost is clear" in advice.why(results, DOCUMENT)[0]
    assert [chip.text for chip in advice.chips(results, DOCUMENT)][:2] == ["Outcomes: clear", "Cost: clear"]


def test_no_clear_winner_is_said_plainly() -> None:
    document = example.document(recommended="")
    open_verdict = replace(RESULTS.verdict, score_clear=False, score_margin=2.0)
    results = replace(RESULTS, verdict=open_verdict)
    assert advice.answer(results, document) == "There is no clear winner, and nothing has been recommended yet."
    assert advice.why(results, document)[-1].startswith("No clear winner on score between")
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


def test_options_that_are_level_already_need_no_change() -> None:
    weights = tuple(one for one in RESULTS.switches if one.kind == "weight")
    assert len(advice.what_would_change(replace(RESULTS, switches=weights), DOCUMENT)) == len(weights)
    pair = (weights[0].preferred, weights[0].rival)
    level = replace(RESULTS, switches=weights, verdict=replace(RESULTS.verdict, score_tied=pair))
    assert not any("score the same" in said for said in advice.what_would_change(level, DOCUMENT))


def test_a_firm_order_is_said_too() -> None:
    results = replace(RESULTS, switches=())
    assert advice.what_would_change(results, DOCUMENT) == (
        "No single line, chance or weight, moved alone within its limits, changes the order.",
    )


def test_a_body_never_reads_of_points_per_pound_or_bands() -> None:
    said = " ".join((*advice.why(RESULTS, DOCUMENT), advice.SCORING_STANDS, advice.TREASURY_POSITION)).lower()
    assert "per pound" not in said
    assert "value for money" not in said


def test_sealed_scores_are_not_called_missing() -> None:
    bare = replace(RESULTS, options=(), verdict=replace(RESULTS.verdict, cheapest="", highest_score=""))
    assert advice.answer(bare, DOCUMENT).endswith("costs and scores are missing.")
    sealed = replace(bare, stage="sealed")
    assert advice.answer(sealed, DOCUMENT).endswith("costs are missing, and scores are sealed.")


def test_the_chance_of_first_place_stands_beside_a_clear_lead_on_score() -> None:
    leader = next(option for option in RESULTS.options if option.id == RESULTS.verdict.highest_score)
    assert leader.score is not None
    drawn = replace(leader.score, rank_acceptability=(0.93, 0.07), rank_errors=(0.002, 0.002))
    options = tuple(replace(one, score=drawn) if one is leader else one for one in RESULTS.options)
    last = advice.why(replace(RESULTS, options=options), DOCUMENT)[-1]
    assert last.endswith("nine points above In-house. It is first in 93 of\u00a0100 draws.")


# --- gates and seals ---------------------------------------------------------------------------------------


def failing(document: Appraisal, *options: str) -> Appraisal:
    """The document with options that fail a gate."""
    outcomes = tuple(GateOutcome(option=one, outcome=Outcome.FAIL, reason="No power to do it") for one in options)
    return replace(document, gates=(Gate(id="g", name="Lawful", outcomes=outcomes),))


def test_a_recommendation_that_fails_a_gate_says_so_in_the_headline_and_why() -> None:
    document = failing(DOCUMENT, "option-4")
    assert advice.answer(RESULTS, document) == "We recommend: Joint service with Eastholme. It fails “Lawful”."
    reason = "Joint fails “Lawful”: No power to do it."
    assert advice.why(RESULTS, document)[0] == advice.brief(RESULTS, document)[0] == reason
    assert advice.chips(RESULTS, document)[0] == advice.Chip(text="Recommended: fails a gate", state="problem")
    assert not any("Lawful" in said for said in advice.why(RESULTS, failing(DOCUMENT, "option-0")))


def test_a_cheaper_option_that_fails_a_gate_is_named_with_the_gate() -> None:
    """In-house is the cheapest that passes; Joint costs less and fails."""
    document = failing(example.document(recommended=""), "option-4")
    verdict = replace(RESULTS.verdict, cheapest="option-2", cheapest_rival="option-0", cost_clear=True, cost_margin=0.9)
    results = replace(
        RESULTS,
        options=tuple(
            replace(
                one,
                economic=replace(one.economic, expected_npc=Decimal(900 if one.id == "option-4" else 1000)),
                score=replace(one.score, total=90.0, gates_failed=("g",)) if one.id == "option-4" else one.score,
            )
            for one in RESULTS.options
        ),
        verdict=replace(verdict, highest_score="option-2", score_rival="option-0"),
    )
    said = advice.why(results, document)
    assert said[0].startswith("Of options that pass every gate, In-house costs least and beats Usual in 9 of\u00a010")
    assert said[1] == "Joint costs less, but fails “Lawful”."
    assert said[-1].startswith("Of options that pass every gate, Improved in-house")
    assert "Joint costs less, but fails “Lawful”." in advice.brief(results, document)
    assert advice.answer(results, document).endswith("leads; nothing has been recommended yet.")


def test_where_every_option_fails_nobody_leads() -> None:
    document = failing(example.document(recommended=""), *(option.id for option in RESULTS.options))
    assert advice.answer(RESULTS, document) == "Every option fails a gate, so none leads."
    spared = failing(example.document(recommended=""), *(option.id for option in RESULTS.options[1:]))
    assert advice.answer(RESULTS, spared).endswith(" passes every gate; nothing has been recommended yet.")


def test_nobody_leads_while_scores_are_sealed() -> None:
    document = example.document(recommended="")
    clear = replace(RESULTS, stage="sealed", verdict=replace(RESULTS.verdict, highest_score="", cost_clear=True))
    assert advice.preferred(replace(clear, stage="open"), document) == "option-4"
    assert advice.preferred(clear, document) == ""
    assert advice.answer(clear, document) == "Joint service with Eastholme is cheapest; scores are sealed."
    near = replace(clear, verdict=replace(clear.verdict, cost_clear=False))
    assert advice.answer(near, document).endswith(" is cheapest on average; scores are sealed.")
    tied = replace(near, verdict=replace(near.verdict, tied=("option-2", "option-4")))
    assert advice.answer(tied, document) == "In-house and Joint cost the same; scores are sealed."


def test_other_bodies_are_told_beside_business_as_usual() -> None:
    """They pay 169.7 million in any case: what counts is that joining saves them a part of it."""
    usual = replace(DOCUMENT.options[0], role=ShortListRole.BUSINESS_AS_USUAL)
    document = replace(DOCUMENT, options=(usual, *DOCUMENT.options[1:]))

    def words(chosen: str, today: str, document: Appraisal = document) -> str:
        first, *others, last = RESULTS.options
        pairs = ((first, today), (last, chosen))
        first, last = (
            replace(one, economic=replace(one.economic, expected_other_bodies=Decimal(pays))) for one, pays in pairs
        )
        said = advice.why(replace(RESULTS, options=(first, *others, last)), document)
        return " ".join(said).replace("\u00a0", " ")

    assert "In its favour, other public bodies pay £4.18 million less than under" in words("165520000", "169700000")
    assert "Against it, other public bodies pay £1 million more than under" in words("2000000", "1000000")
    assert "Other public bodies pay as much as under" in words("7", "7")
    assert "pay £7 on average, in present value" in words("7", "7", replace(document, options=DOCUMENT.options))


def test_page_1_names_the_basis_of_the_chance_and_who_is_cheapest_in_which_scenario() -> None:
    document = funding_example.document()
    results = funding_example.results(document)
    assert results.regret is not None

    def told(costs: dict[str, tuple[float, float, float]]) -> str:
        rows = tuple(
            replace(row, cells=tuple(replace(cell, cost=cost) for cell, cost in zip(row.cells, found, strict=True)))
            for row in results.regret.rows  # type: ignore[union-attr]  # asserted above
            for found in [costs.get(row.option, (9e6, 9e6, 9e6))]
        )
        return " ".join(advice.why(replace(results, regret=replace(results.regret, rows=rows)), document, board=True))

    mixed = told({"option-1": (1e6, 3e6, 3e6), "option-4": (2e6, 2e6, 2.5e6)})
    assert "That is the cost as entered: contracts at the terms that are priced and prevention paid for." in mixed
    first, last = (next(o.short_name for o in document.options if o.id == key) for key in ("option-1", "option-4"))
    assert f"the cheapest on average is {first} in Single-year, rolled; {last} in Three-year and Five-year." in mixed
    alike = told({"option-4": (1e6, 2e6, 2e6)})
    assert "That is the cost as entered; on average it is cheapest in every scenario, too." in alike
    assert "as entered:" not in told({}), "no scenario changes a cost"
    assert "short of money:" not in mixed, "page 1 has the money in one look"
