from dataclasses import replace

import pytest

from appraise.model.appraisal.workshop import Stage, Workshop
from appraise.model.frontier import cost_against_score
from appraise.present import advice, finished, score_answers, tables
from tests.present import scoring_example

DOCUMENT = scoring_example.document()
RESULTS = scoring_example.results(DOCUMENT)


def test_the_answer_says_how_often_and_whether_that_is_clear() -> None:
    score = RESULTS.options[4].score
    assert score is not None
    share = f"{round(100 * score.rank_acceptability[0])}\u00a0%"
    assert score_answers.answer(RESULTS, DOCUMENT) == (
        f"Joint scores highest in {share} of draws, so there is no clear winner."
    )
    clear = replace(RESULTS, verdict=replace(RESULTS.verdict, score_clear=True))
    assert score_answers.answer(clear, DOCUMENT) == f"Joint scores highest in {share} of draws: a clear lead on score."


def test_what_is_missing_is_said_where_nobody_is_ranked() -> None:
    document = scoring_example.document(options=2, unscored=2)
    found = scoring_example.results(document, draws=300)
    assert score_answers.answer(found, document) == "2 of 2 options lack scores."
    alone = scoring_example.document(options=1)
    assert score_answers.answer(scoring_example.results(alone, draws=300), alone).startswith("Usual scores ")
    bare = replace(DOCUMENT, criteria=(), scores=())
    assert score_answers.answer(scoring_example.results(bare, draws=300), bare) == "Nothing is scored and weighted yet."


def test_reasons_name_the_gate_that_keeps_an_option_out() -> None:
    document = scoring_example.document(gate=True)
    said = score_answers.reasons(scoring_example.results(document, draws=300), document)
    assert "Usual fails “Lawful”: The duty is not met." in said
    assert any(sentence.startswith("No clear winner on score between Joint and In-house") for sentence in said)


def test_a_tie_on_score_is_called_one_and_nothing_is_read_into_it() -> None:
    verdict = replace(RESULTS.verdict, score_tied=("option-2", "option-4"), score_margin=0.0, score_clear=False)
    tied = replace(RESULTS, verdict=verdict)
    assert score_answers.answer(tied, DOCUMENT) == "In-house and Joint score the same: a tie on score."
    assert score_answers.stability(tied, DOCUMENT) == ""
    assert score_answers.changes(tied, DOCUMENT) == (
        "In-house and Joint are level already: any change decides between them.",
    )
    assert RESULTS.scoring is not None
    level = tuple(
        replace(check, first="option-2", differs=False, options=("option-2", "option-4"), values=(1.0, 1.0))
        for check in RESULTS.scoring.cross_checks
    )
    alike = replace(tied, scoring=replace(RESULTS.scoring, cross_checks=level))
    assert score_answers.cross_checks(alike, DOCUMENT) == ("All four other methods put In-house and Joint level, too.",)
    one = (replace(level[0], values=(1.0, 0.9)), *level[1:])
    (said,) = score_answers.cross_checks(replace(tied, scoring=replace(RESULTS.scoring, cross_checks=one)), DOCUMENT)
    assert said.endswith(" puts In-house first.")


def test_who_would_be_first_but_for_a_gate_changes_the_answer() -> None:
    outranked = tuple(
        replace(one, score=replace(one.score, total=99.0, gates_failed=("g",))) if one.id == "option-0" else one
        for one in RESULTS.options
    )
    said = score_answers.answer(replace(RESULTS, options=outranked), DOCUMENT)
    assert said.startswith("Of options that pass every gate, Joint scores highest")


def test_willingness_to_pay_switches_where_the_frontier_turns() -> None:
    costs = {"option-0": 30e6, "option-2": 36e6, "option-4": 40e6}
    assert RESULTS.scoring is not None

    def told(scores: dict[str, float]) -> tuple[str, ...]:
        assert RESULTS.scoring is not None
        known = cost_against_score(costs, scores)
        return score_answers.willingness(
            replace(RESULTS, scoring=replace(RESULTS.scoring, cost_against_score=known)), DOCUMENT
        )

    assert told({"option-0": 30.0, "option-2": 60.0, "option-4": 70.0}) == (
        "If an extra point is worth under £200k, Usual is preferred.",
        "Between £200k and £400k a point, In-house is preferred.",
        "From £400k a point up, Joint is preferred.",
    )
    (alone,) = told({"option-0": 70.0, "option-2": 60.0, "option-4": 50.0})
    assert alone == "Usual costs least and scores highest of these: no extra point has to be paid for."


def test_the_nearest_weight_that_ends_the_lead_is_named() -> None:
    near = score_answers.tightest(RESULTS)
    assert near is not None
    said = score_answers.stability(RESULTS, DOCUMENT)
    assert said.startswith("Joint stays first until “")
    assert score_answers.changes(RESULTS, DOCUMENT)[0] == said
    assert len(score_answers.changes(RESULTS, DOCUMENT)) == 3
    leader = RESULTS.options[4]
    assert leader.score is not None
    steady = replace(leader, score=replace(leader.score, stability=()))
    found = replace(RESULTS, options=(*RESULTS.options[:4], steady))
    assert (
        score_answers.stability(found, DOCUMENT) == "No single weight, moved alone, takes the first place from Joint."
    )


def test_a_method_that_puts_another_option_first_is_told_with_its_reason() -> None:
    assert RESULTS.scoring is not None
    checks = RESULTS.scoring.cross_checks
    agreeing = tuple(replace(check, first="option-4", differs=False) for check in checks)
    same = replace(RESULTS, scoring=replace(RESULTS.scoring, cross_checks=agreeing))
    assert score_answers.cross_checks(same, DOCUMENT) == ("All four other methods put Joint first, too.",)
    other = (replace(checks[0], first="option-2", differs=True), *agreeing[1:])
    (said,) = score_answers.cross_checks(
        replace(RESULTS, scoring=replace(RESULTS.scoring, cross_checks=other)), DOCUMENT
    )
    assert "In-house" in said
    assert "rests most on" in said


def test_options_that_another_dominates_are_named() -> None:
    said = score_answers.beaten(RESULTS, DOCUMENT)
    assert said == "Usual and Minimum are dominated: another option is at least as good on every criterion."
    first, *others = RESULTS.options
    assert first.score is not None
    gated = (replace(first, score=replace(first.score, gates_failed=("gate-1",))), *others)
    said = score_answers.beaten(replace(RESULTS, options=gated), DOCUMENT)
    assert said.startswith("Minimum is dominated"), "an option that is out is compared with nobody"
    free = tuple(
        replace(option, score=replace(option.score, dominated_by=())) for option in RESULTS.options if option.score
    )
    said = score_answers.beaten(replace(RESULTS, options=free), DOCUMENT)
    assert said == "No option is dominated: none is matched by another on every criterion."


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_nothing_is_said_of_scores_while_they_are_sealed(stage: Stage) -> None:
    document = replace(DOCUMENT, workshop=Workshop(id="w", stage=stage))
    sealed = scoring_example.results(document, draws=300)
    assert finished.scores_sealed(sealed)
    assert score_answers.answer(sealed, document).startswith("Scores and totals are hidden until the workshop")
    assert score_answers.reasons(sealed, document) == ()
    assert score_answers.willingness(sealed, document) == ()
    assert score_answers.changes(sealed, document) == ()
    assert score_answers.cross_checks(sealed, document) == ()
    assert [row[4].text for row in tables.options_summary(sealed, document).rows] == ["sealed"] * 5
    assert advice.chips(sealed, document)[0].text == "Outcomes: scores are sealed"
    assert not finished.scores_sealed(RESULTS)


def test_every_sentence_has_at_most_25_words() -> None:
    document = scoring_example.document(gate=True)
    found = scoring_example.results(document, draws=300)
    said = [
        score_answers.answer(found, document),
        *score_answers.reasons(found, document),
        *score_answers.willingness(found, document),
        *score_answers.changes(found, document),
        *score_answers.cross_checks(found, document),
        score_answers.beaten(found, document),
    ]
    for text in said:
        for sentence in text.split(". "):
            assert len(sentence.split(" ")) <= 25, sentence
