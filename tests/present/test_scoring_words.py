"""What is said of the scoring: stages, blindness, no clear winner, agreement, other methods, flips, unlocks, posts."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import Answers, Asking, Gate, GateOutcome, Outcome, Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.records import Person
from appraise.model.appraisal.workshop import HIDDEN, Assessor, Interest, Mark, Sealed, SealEvent, Stage, Step, Workshop
from appraise.model.results import Results
from appraise.model.score_results import (
    Contribution,
    CrossCheck,
    Flag,
    LateChange,
    ScoreChange,
    Scored,
    ScoreGap,
    SmallestFlip,
)
from appraise.present import scoring_words
from tests.present import example

NAME = "Ada Lovelace"
DOCUMENT = replace(
    example.document(),
    people=(Person(id="p", post="Facilitator of the council", name=NAME),),
    gates=(
        Gate(
            id="gate",
            name="Lawful",
            outcomes=(
                GateOutcome(option="option-0", outcome=Outcome.FAIL, reason="The contract ends."),
                GateOutcome(option="option-1", outcome=Outcome.PASS, reason="Advice of June."),
            ),
        ),
    ),
    workshop=Workshop(
        stage=Stage.REVEALED,
        assessors=(
            Assessor(id="a", post="Engineer", name="Grace Hopper"),
            Assessor(id="b", post="Engineer", interest=Interest.STANDS_ASIDE, interest_words="Owns shares."),
            Assessor(id="c", post="", interest=Interest.TAKES_PART),
        ),
        events=(
            SealEvent(step=Step.REVEAL, when="2026-09-10T15:30:00+00:00", who=NAME),
            SealEvent(step=Step.UNLOCK, when="2026-11-05T10:00:00+00:00", who=NAME, reason="New figures."),
        ),
    ),
)
RESULTS = example.results(DOCUMENT)
LEADER, RIVAL = RESULTS.verdict.highest_score, RESULTS.verdict.score_rival


def verdict(*, margin: float, share: float, clear: bool = False) -> Results:
    found = replace(RESULTS.verdict, score_clear=clear, score_margin=margin, score_share=share)
    return replace(RESULTS, verdict=found)


def leader_with(flip: SmallestFlip) -> Results:
    """The first option scores all its points on its first criterion, and loses its place by the flip."""
    options = tuple(
        replace(option, score=replace(option.score, smallest_flip=flip, by_criterion=first_alone(option.score)))
        if option.id == LEADER and option.score
        else option
        for option in RESULTS.options
    )
    return replace(RESULTS, options=options)


def first_alone(scored: Scored) -> tuple[Contribution, ...]:
    return tuple(replace(part, points=0.0 if place else 90.0) for place, part in enumerate(scored.by_criterion))


def everything_said() -> Iterator[str]:
    yield from (scoring_words.SCORING_STANDS, scoring_words.SCORE_RULE, scoring_words.LONG_LIST_STANDS)
    yield from (*scoring_words.BLINDNESS_CAN, *scoring_words.BLINDNESS_CANNOT, scoring_words.MODERATED)
    for stage, words in scoring_words.STAGES.items():
        yield from (words.meaning, words.ends)
        if stage in HIDDEN:
            yield scoring_words.hidden_words(stage)
    for asking in Asking:
        for answers in Answers:
            yield from scoring_words.asked(Weighting(asking=asking, answers=answers))
    yield from (*scoring_words.drawn_scores(DOCUMENT), scoring_words.thresholds(Weighting()))
    for one in DOCUMENT.workshop.assessors:
        yield scoring_words.interest_sentence(DOCUMENT, one)
    yield scoring_words.no_clear_winner(verdict(margin=3.0, share=0.6), DOCUMENT)
    yield scoring_words.lead(verdict(margin=9.0, share=0.91, clear=True), DOCUMENT)
    yield from scoring_words.gates_failed(DOCUMENT, "option-0")
    yield from (scoring_words.kendall(None, 1), scoring_words.kendall(0.87, 12))
    yield from (scoring_words.cross_check(RESULTS, DOCUMENT, one) for one in checks())
    for score in (None, ScoreChange(rival=RIVAL, owner=LEADER, criterion="criterion-0", now=70.0, needed=41.5)):
        for distance in (None, 0.24):
            yield from scoring_words.smallest_flip(leader_with(flip(distance, score)), DOCUMENT)
    yield from (scoring_words.unlock(DOCUMENT, one) for one in (late(decides=True), late(decides=False)))
    yield scoring_words.unlock(DOCUMENT, all_changed())


def flip(distance: float | None, score: ScoreChange | None) -> SmallestFlip:
    weights = (0.5, 0.1, 0.1, 0.1, 0.1, 0.1) if distance is not None else ()
    return SmallestFlip(rival=RIVAL, distance=distance, weights=weights, score=score)


def checks() -> tuple[CrossCheck, ...]:
    return tuple(
        CrossCheck(method=method, first=first, options=(), values=(), differs=first != LEADER)
        for method in scoring_words.METHODS
        for first in (LEADER, RIVAL)
    )


def late(*, decides: bool) -> LateChange:
    return LateChange(
        event=1,
        swings=(("criterion-0", 100.0, 90.0), ("criterion-1", 80.0, 90.0)),
        scores=(("option-1", "criterion-0", 50.0, 55.0),),
        anchors=(),
        before=(),
        after=(),
        decides=decides,
    )


def all_changed() -> LateChange:
    return replace(
        late(decides=True),
        anchors=("criterion-0", "criterion-1"),
        outcomes=(("gate", "option-0", None, "fail"),) * 2,
        first_scores=(("option-1", "criterion-1"),) * 2,
        assessors=("one", "two"),
        others=tuple(one for one in Sealed if one is not Sealed.MARKS),
        options=("option-1", "option-2"),
    )


def test_no_sentence_is_longer_than_25_words_and_none_names_anybody() -> None:
    for text in everything_said():
        assert text
        assert NAME not in text
        assert "Hopper" not in text
        for sentence in re.split(r"(?<=[.!?])\s", text):
            assert sentence.endswith("."), sentence
            assert len(re.split(r"[ \u00a0]", sentence)) <= 25, sentence


def test_every_stage_step_and_interest_has_words() -> None:
    assert set(scoring_words.STAGES) == set(Stage)
    assert set(scoring_words.STEPS) == set(Step)
    assert set(scoring_words.INTERESTS) == set(Interest)
    names = [words.name for words in scoring_words.STAGES.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("stage", list(Stage))
def test_hidden_totals_are_said_to_be_hidden_and_shown_ones_are_not(stage: Stage) -> None:
    assert bool(scoring_words.hidden_words(stage)) == (stage in HIDDEN)


def test_blindness_promises_no_more_than_it_holds() -> None:
    assert "influence" in scoring_words.BLINDNESS_CAN[0]
    assert "whoever holds this file" in scoring_words.BLINDNESS_CANNOT[0]


def test_the_post_is_printed_in_place_of_a_name() -> None:
    assert scoring_words.post_of(DOCUMENT, NAME) == "Facilitator of the council"
    assert scoring_words.post_of(DOCUMENT, "Grace Hopper") == "Engineer"
    assert scoring_words.post_of(DOCUMENT, "Facilitator of the council") == "Facilitator of the council"
    assert scoring_words.post_of(DOCUMENT, "Alan Turing") == "Somebody who is not listed under people"


def test_posts_that_are_alike_are_told_apart() -> None:
    assert [scoring_words.assessor_post(DOCUMENT, key) for key in "abc"] == ["Engineer 1", "Engineer 2", "Assessor"]
    assert scoring_words.assessor_post(DOCUMENT, "gone") == "–"


def test_who_stands_aside_does_not_count_and_the_interest_is_said() -> None:
    sentence = scoring_words.interest_sentence(DOCUMENT, DOCUMENT.workshop.assessors[1])
    assert sentence == "Engineer 2 has an interest (Owns shares) and stands aside: no mark counts."


def test_no_clear_winner_says_which_part_of_the_rule_it_is() -> None:
    near = scoring_words.no_clear_winner(verdict(margin=3.0, share=0.9), DOCUMENT)
    unsure = scoring_words.no_clear_winner(verdict(margin=9.0, share=0.6), DOCUMENT)
    both = scoring_words.no_clear_winner(verdict(margin=3.0, share=0.6), DOCUMENT)
    assert near.endswith(": the lead is not over 5 points.")
    assert unsure.endswith(": it is ahead in only 6 of\u00a010 draws.")
    assert both.endswith("not over 5 points and ahead in only 6 of\u00a010 draws.")
    assert scoring_words.no_clear_winner(RESULTS, DOCUMENT) == ""


def test_options_that_share_the_highest_score_are_called_level_everywhere() -> None:
    level = replace(RESULTS.verdict, score_clear=False, score_margin=0.0, score_share=0.51)
    results = replace(leader_with(flip(0.0, None)), verdict=replace(level, score_tied=(LEADER, RIVAL)))
    assert scoring_words.tied(results, DOCUMENT) == "Joint and In-house"
    no_winner = scoring_words.no_clear_winner(results, DOCUMENT)
    assert no_winner == "No clear winner on score: Joint and In-house are level."
    assert scoring_words.lead(results, DOCUMENT).startswith("Joint and In-house score the same, ")
    assert scoring_words.smallest_flip(results, DOCUMENT) == (
        "Joint and In-house are level already: any change decides between them.",
    )
    alike = replace(checks()[0], options=(LEADER, RIVAL), values=(61.0, 61.0 + 1e-12))
    said = "The same weight for every criterion puts Joint and In-house first"
    assert scoring_words.cross_check(results, DOCUMENT, alike) == f"{said}, too."
    assert scoring_words.cross_check(RESULTS, DOCUMENT, alike) == f"{said}."


def test_how_far_the_first_is_ahead_in_the_draws_stands_beside_the_lead() -> None:
    gap = ScoreGap(p10=0.62, p50=4.81, p90=8.93)
    options = tuple(
        replace(one, score=replace(one.score, gap=gap)) if one.id == LEADER and one.score else one
        for one in RESULTS.options
    )
    said = scoring_words.lead(replace(RESULTS, options=options), DOCUMENT)
    assert said.endswith("In the middle draw it is 4.8 points ahead; in 8 of 10 draws 0.6 to 8.9.")
    assert "middle draw" not in scoring_words.lead(RESULTS, DOCUMENT)


def test_how_scores_are_drawn_and_what_counts_in_pairs_is_told_as_it_is_set() -> None:
    set_so = replace(DOCUMENT, weighting=Weighting(score_doubt=2.5, indifference=1.0, preference=30.0))
    alone = replace(set_so, workshop=Workshop())
    assert "drawn within 2.5\u00a0points either way." in " ".join(scoring_words.drawn_scores(alone))
    marks = (Mark(option="option-0", criterion="criterion-0", value=3.0),)
    marked = replace(alone, workshop=Workshop(assessors=(Assessor(id="a", post="Engineer", marks=marks),)))
    assert (
        "over all assessors’ marks, and at least 2.5\u00a0points either way." in scoring_words.drawn_scores(marked)[1]
    )
    assert scoring_words.thresholds(set_so.weighting) == (
        "In pairs, a lead of up to one point on a criterion counts for nothing, and one from 30 points in full."
    )


@pytest.mark.parametrize(
    ("kendall_w", "word"),
    [(1.0, "fully"), (0.9, "almost fully"), (0.8730, "strongly"), (0.3, "weakly"), (0.0, "hardly")],
)
def test_kendalls_w_has_words(kendall_w: float, word: str) -> None:
    assert f"Six assessors {word} agree" in scoring_words.kendall(kendall_w, 6)


def test_a_cross_check_that_differs_says_why() -> None:
    same, other = scoring_words.cross_check(RESULTS, DOCUMENT, checks()[0]), checks()[-1]
    assert same == "The same weight for every criterion puts Joint first, too."
    assert other.method == "promethee"
    assert "counts no more beyond 25 points" in scoring_words.cross_check(RESULTS, DOCUMENT, other)
    by_weights = scoring_words.cross_check(leader_with(flip(None, None)), DOCUMENT, checks()[1])
    rests = "the lead of Joint rests most on “Homes kept dry measure 0”, as weighted here"
    assert by_weights == f"The same weight for every criterion puts In-house first: {rests}."


def test_the_smallest_flip_names_where_weight_would_go_and_which_score_would_do() -> None:
    change = ScoreChange(rival=RIVAL, owner=LEADER, criterion="criterion-1", now=70.0, needed=41.5)
    weights, score = scoring_words.smallest_flip(leader_with(flip(0.24, change)), DOCUMENT)
    assert weights == (
        "If 12\u00a0% of all weight moved to “Homes kept dry measure 0”, In-house would be level. "
        "It would come from “Safe roads measure 1”, “Local value measure 2” and three more."
    )
    assert score.startswith("If Joint had 41.5 and not 70.0 points on “Safe roads measure 1”")
    none, alone = scoring_words.smallest_flip(leader_with(flip(None, None)), DOCUMENT)
    assert none.startswith("No weights make In-house level")
    assert alone.startswith("No single score")
    assert scoring_words.smallest_flip(RESULTS, DOCUMENT) == ()


def test_an_unlock_says_what_it_changed_and_whether_it_decides() -> None:
    said = scoring_words.unlock(DOCUMENT, late(decides=True))
    assert said.startswith("Unlocked on 5\u00a0November 2026: two swings and one score changed.")
    assert said.endswith("Without this another option would be first.")
    nothing = replace(late(decides=False), swings=(), scores=())
    assert scoring_words.unlock(DOCUMENT, nothing).endswith("nothing changed.")
    first = replace(nothing, first_scores=(("option-1", "criterion-0"),))
    assert scoring_words.unlock(DOCUMENT, first).endswith(": one score was given for the first time.")
    gate = replace(nothing, outcomes=(("gate", "option-1", "pass", "fail"),), assessors=("assessor",))
    assert "2026: one gate outcome and marks of one assessor changed. It does not" in scoring_words.unlock(
        DOCUMENT, gate
    )
    for one in Sealed:
        if one is not Sealed.MARKS:
            said = scoring_words.unlock(DOCUMENT, replace(nothing, others=(one,)))
            assert f": {scoring_words.SEALED[one]} changed." in said


def test_a_stage_that_the_log_does_not_lead_to_is_told_as_entered() -> None:
    document = replace(DOCUMENT, workshop=Workshop(stage=Stage.REVEALED))
    assert scoring_words.stage_words(replace(document, workshop=Workshop()))[0] == "Open scoring."
    name, meaning = scoring_words.stage_words(document)
    assert name == "Entered as: revealed."
    assert meaning.startswith("The seal log does not lead")


def test_what_was_changed_after_giving_up_says_so() -> None:
    events = (DOCUMENT.workshop.events[0], replace(DOCUMENT.workshop.events[1], step=Step.GIVE_UP))
    document = replace(DOCUMENT, workshop=replace(DOCUMENT.workshop, events=events))
    assert scoring_words.unlock(document, late(decides=False)).startswith("Given up on 5\u00a0November 2026: two")


def test_first_place_comes_with_its_error() -> None:
    scored = Scored(
        total=71.0, complete=True, by_criterion=(), rank_acceptability=(0.8421, 0.1579), rank_errors=(0.00115, 0.00115)
    )
    assert scoring_words.first_place(scored) == (0.8421, 0.00115)
    assert scoring_words.first_place(None) is None


def test_a_failed_gate_gives_its_reason() -> None:
    assert scoring_words.gates_failed(DOCUMENT, "option-0") == ("Usual fails “Lawful”: The contract ends.",)
    assert scoring_words.gates_failed(DOCUMENT, "option-1") == ()


def test_moments_and_days_are_dates_in_words() -> None:
    assert scoring_words.day("2026-09-10") == "10\u00a0September 2026"
    assert scoring_words.moment("2026-09-10T15:30:00+00:00") == "10\u00a0September 2026, 15:30 UTC"
    assert scoring_words.moment("2026-09-10") == "10\u00a0September 2026"
    assert scoring_words.day("next week") == "next week"


def asked_of(document: Appraisal) -> str:
    return " ".join(scoring_words.asked(document.weighting))


def test_how_weights_were_asked_is_told() -> None:
    assert "compared with the largest" in asked_of(DOCUMENT)
    assert "ten points either way" in asked_of(DOCUMENT)
    ranks = replace(DOCUMENT, weighting=Weighting(answers=Answers.RANKS, asking=Asking.BY_BRANCH))
    assert "inside each branch first" in asked_of(ranks)
    assert "Only the order" in asked_of(ranks)


def test_flags_are_sentences_and_each_is_said_once() -> None:
    flags = tuple(Flag(code="pasted", sentence=words) for words in ("One thing.", "Another.", "One thing."))
    assert scoring_words.flag_sentences(replace(RESULTS, flags=flags)) == ("One thing.", "Another.")
