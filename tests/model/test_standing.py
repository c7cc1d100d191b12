"""What the seal log keeps of what stood, what late changes did, and what was changed past the seals."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import (
    About,
    Asking,
    Gate,
    GateOutcome,
    Independence,
    Level,
    Measured,
    Outcome,
    ValuePoint,
)
from appraise.model.appraisal.workshop import Interest, Mark, Sealed, Step
from appraise.model.edits.constraints import remove_constraint
from appraise.model.edits.criteria import (
    change_criterion,
    rename_criterion,
    set_best,
    set_branch_swing,
    set_levels,
    set_ranks,
    set_swing,
    set_swing_range,
)
from appraise.model.edits.gates import change_gate, remove_gate, set_outcome, set_outcome_reason
from appraise.model.edits.long_list import remove_choice
from appraise.model.edits.options import add_option, remove_option, rename_option
from appraise.model.edits.scores import (
    clear_score,
    set_agreed,
    set_choice_score,
    set_dissent,
    set_score,
    set_score_evidence,
    set_score_range,
    set_score_reason,
)
from appraise.model.edits.weighting import add_trade_off, change_weighting, set_asking
from appraise.model.edits.workshop import add_assessor, change_assessor, set_mark
from appraise.model.sealing import Locked, criteria_digest, weights_digest
from appraise.model.standing import changed_past_seals, changed_since_seal, late_changes
from tests.builders import constraint
from tests.model.sealed import DOCUMENT, ROAD, digest_today, step

CELL = {"option": "a", "criterion": "c1"}
CHOICE = DOCUMENT.choices[0].id

# --- digests -----------------------------------------------------------------------------------------------


def test_the_digest_of_all_knows_no_order():
    turned = replace(
        DOCUMENT,
        criteria=DOCUMENT.criteria[::-1],
        options=DOCUMENT.options[::-1],
        scores=DOCUMENT.scores[::-1],
        workshop=replace(DOCUMENT.workshop, assessors=DOCUMENT.workshop.assessors[::-1]),
    )
    assert digest_today(turned) == digest_today(DOCUMENT)


def test_each_step_names_four_parts():
    agreed = step(replace(DOCUMENT, scores=()), Step.START, Step.AGREE)
    document = step(set_swing(agreed, criterion="c2", swing=60), Step.SEAL)
    document = step(set_mark(document, assessor="bob", **CELL, value=5), Step.CLOSE)
    document = step(replace(document, scores=DOCUMENT.scores), Step.REVEAL)
    _, agree, seal, close, reveal = document.workshop.events
    parts = ("criteria", "weights", "marks", "scores")

    def changed(before, after):
        return [part for part in parts if getattr(before, part) != getattr(after, part)]

    assert (changed(agree, seal), changed(seal, close), changed(close, reveal)) == (["weights"], ["marks"], ["scores"])
    assert (seal.criteria, seal.weights) == (criteria_digest(document), weights_digest(document))
    assert len({event.digest for event in document.workshop.events}) == 4  # START and AGREE found the same
    assert reveal.digest == digest_today(document)
    assert not seal.swings
    assert reveal.swings
    assert reveal.options == ("a", "b", "c")


# --- late changes ------------------------------------------------------------------------------------------

MEASURED = (ValuePoint(measure=0, value=0), ValuePoint(measure=50, value=100))

REVEALED = step(replace(step(replace(DOCUMENT, scores=()), *ROAD[:4]), scores=DOCUMENT.scores), Step.REVEAL)
"""By weights 2/3 and 1/3: a (90, 10) has 63.33, b (50, 60) 53.33, c (20, 20) 20."""


def test_without_an_unlock_nothing_was_changed_late():
    assert late_changes(REVEALED) == ()
    assert late_changes(set_swing(DOCUMENT, criterion="c1", swing=1)) == ()


def test_an_unlock_keeps_what_stood_and_shows_what_it_did():
    document = set_swing(step(REVEALED, Step.UNLOCK), criterion="c2", swing=100)
    document = set_score(document, option="b", criterion="c2", value=80)
    (change,) = late_changes(step(document, Step.LOCK))
    assert change.event == 5
    assert change.swings == (("c2", 50.0, 100.0),)
    assert change.scores == (("b", "c2", 60.0, 80.0),)
    assert change.anchors == ()
    assert [(one.option, one.place) for one in change.before] == [("a", 1), ("b", 2), ("c", 3)]
    assert [one.total for one in change.before] == pytest.approx([190 / 3, 160 / 3, 20])
    assert [(one.option, one.total, one.place) for one in change.after] == [("a", 50, 2), ("b", 65, 1), ("c", 20, 3)]
    assert change.decides


def test_an_unlock_that_is_still_open_lasts_until_now():
    document = set_best(step(REVEALED, Step.UNLOCK), criterion="c1", best="Better still")
    (change,) = late_changes(document)
    assert (change.anchors, change.swings, change.scores, change.decides) == (("c1",), (), (), False)
    assert change.before == change.after


def test_each_unlock_answers_for_its_own_changes():
    first = step(set_swing(step(REVEALED, Step.UNLOCK), criterion="c2", swing=100), Step.LOCK)
    second = step(set_score(step(first, Step.UNLOCK), option="c", criterion="c1", value=25), Step.LOCK)
    swung, scored = late_changes(second)
    # at 100 and 100: a 50, b 55: the swing alone decides
    assert (swung.swings, swung.scores, swung.decides) == ((("c2", 50.0, 100.0),), (), True)
    assert (scored.swings, scored.scores, scored.decides) == ((), (("c", "c1", 20.0, 25.0),), False)
    assert swung.after == scored.before


def test_two_changes_that_undo_each_other_each_decide():
    first = step(set_swing(step(REVEALED, Step.UNLOCK), criterion="c2", swing=100), Step.LOCK)
    second = step(set_swing(step(first, Step.UNLOCK), criterion="c2", swing=50), Step.LOCK)
    there, back = late_changes(second)
    assert (there.swings, back.swings) == ((("c2", 50.0, 100.0),), (("c2", 100.0, 50.0),))
    assert not there.decides  # put back to 50, today's 50 is what it is
    assert back.decides  # put back to 100, the option b would be first


def test_scores_given_after_the_lock_are_not_of_the_unlock():
    blank = replace(DOCUMENT, scores=())
    agreed = step(blank, *ROAD[:2])
    corrected = step(set_swing(step(agreed, Step.UNLOCK), criterion="c2", swing=60), Step.LOCK)
    moderating = step(corrected, Step.SEAL, Step.CLOSE)
    (change,) = late_changes(step(replace(moderating, scores=DOCUMENT.scores), Step.REVEAL))
    assert change.swings == (("c2", 50.0, 60.0),)
    assert change.scores == ()
    assert change.before == ()


def test_an_option_that_fails_a_gate_is_never_first():
    document = replace(
        DOCUMENT, gates=(Gate(id="lawful", name="Lawful", outcomes=(GateOutcome(option="a", outcome=Outcome.FAIL),)),)
    )
    document = set_swing(step(document, *ROAD, Step.UNLOCK), criterion="c2", swing=100)
    (change,) = late_changes(document)
    assert [(one.option, one.place) for one in change.before] == [("a", None), ("b", 1), ("c", 2)]
    assert not change.decides


@pytest.mark.parametrize("stages", [2, 3, 4])
def test_while_totals_are_hidden_a_late_change_shows_none(stages):
    document = set_swing(step(DOCUMENT, *ROAD[:stages], Step.UNLOCK), criterion="c2", swing=100)
    (change,) = late_changes(document)
    assert change.swings == (("c2", 50.0, 100.0),)
    assert (change.before, change.after, change.decides) == ((), (), False)


def test_a_start_over_scores_remembers_them():
    started = step(DOCUMENT, Step.START)
    assert len(started.workshop.events[0].points) == 6
    assert step(replace(DOCUMENT, scores=()), Step.START).workshop.events[0].points == ()


def under_an_unlock(change, document=REVEALED):
    (found,) = late_changes(step(change(step(document, Step.UNLOCK)), Step.LOCK))
    return found


OTHERS = [
    (Sealed.SUBJECTS, lambda one: change_criterion(one, criterion="c1", about=About.CONSTRAINT)),
    (Sealed.SUBJECTS, lambda one: set_levels(one, criterion="c1", levels=(Level(value=0), Level(value=100)))),
    (Sealed.GATES, lambda one: change_gate(one, gate="lawful", test="Counsel")),
    (Sealed.ANSWERS, lambda one: change_criterion(one, criterion="c1", independence=Independence.NO)),
    (Sealed.ANSWERS, lambda one: change_criterion(one, criterion="c1", swing_reason="Else")),
    (Sealed.ANSWERS, lambda one: set_ranks(one, order=("c1", "c2"))),
    (Sealed.ANSWERS, lambda one: set_branch_swing(one, branch="branch", swing=3)),
    (Sealed.ANSWERS, lambda one: add_trade_off(one, trade_off="t", larger="c1", smaller="c2")),
    (Sealed.DOUBTS, lambda one: set_swing_range(one, criterion="c2", low=40, high=60)),
    (Sealed.DOUBTS, lambda one: change_weighting(one, doubt=11.0)),
    (Sealed.DOUBTS, lambda one: change_weighting(one, score_doubt=1.0)),
    (Sealed.DOUBTS, lambda one: change_weighting(one, preference=26.0)),
    (Sealed.RANGES, lambda one: set_score_range(one, **CELL, low=80, high=95)),
    (Sealed.WORDS, lambda one: set_score_reason(one, **CELL, reason="Else")),
    (Sealed.WORDS, lambda one: set_score_evidence(one, **CELL, evidence="Else")),
    (Sealed.WORDS, lambda one: set_outcome_reason(one, gate="lawful", option="c", reason="Else")),
    (Sealed.AGREED, lambda one: set_agreed(one, **CELL, assessors=("ann",))),
    (Sealed.AGREED, lambda one: set_dissent(one, **CELL, assessor="bob", words="No")),
    (Sealed.CHOICES, lambda one: set_choice_score(one, choice=CHOICE, criterion="c1", value=3)),
]


@pytest.mark.parametrize(("what", "edit"), OTHERS, ids=map(str, range(len(OTHERS))))
def test_every_other_change_under_an_unlock_is_named(what, edit):
    change = under_an_unlock(edit)
    assert (change.others, change.anything, change.decides) == ((what,), True, False)
    assert (change.swings, change.scores, change.anchors, change.outcomes, change.assessors) == ((),) * 5
    assert change.before == change.after
    assert not under_an_unlock(lambda one: one).anything


def test_a_gate_failed_under_an_unlock_is_named_and_takes_the_place():
    change = under_an_unlock(lambda one: set_outcome(one, gate="lawful", option="a", outcome=Outcome.FAIL))
    assert change.outcomes == (("lawful", "a", None, "fail"),)
    assert [(one.option, one.place) for one in change.before] == [("a", 1), ("b", 2), ("c", 3)]
    assert [(one.option, one.place) for one in change.after] == [("a", None), ("b", 1), ("c", 2)]
    assert change.decides


def test_a_gate_removed_under_an_unlock_is_named_and_gives_the_place_back():
    failed = replace(
        REVEALED, gates=(Gate(id="lawful", name="Lawful", outcomes=(GateOutcome(option="a", outcome=Outcome.FAIL),)),)
    )
    change = under_an_unlock(lambda one: remove_gate(one, gate="lawful"), failed)
    assert (change.outcomes, change.others) == ((("lawful", "a", "fail", None),), (Sealed.GATES,))
    assert [one.place for one in change.before] == [None, 1, 2]
    assert [one.place for one in change.after] == [1, 2, 3]
    assert change.decides


def test_marks_changed_under_an_unlock_are_of_an_assessor():
    assert under_an_unlock(lambda one: set_mark(one, assessor="ann", **CELL, value=1)).assessors == ("ann",)
    aside = under_an_unlock(lambda one: change_assessor(one, assessor="ann", interest=Interest.STANDS_ASIDE))
    assert (aside.assessors, aside.others) == (("ann",), ())


def test_a_measure_that_moves_no_points_is_still_a_change():
    criterion = replace(REVEALED.criteria[0], measured=Measured.MEASURE, points=MEASURED)
    document = replace(REVEALED, criteria=(criterion, REVEALED.criteria[1]))
    flat = under_an_unlock(lambda one: set_score(one, **CELL, value=70), document)  # 70 is past the end, as 90 was
    assert (flat.scores, flat.others) == ((), (Sealed.ENTERED,))
    steep = under_an_unlock(lambda one: set_score(one, **CELL, value=25), document)
    assert (steep.scores, steep.others) == ((("a", "c1", 100.0, 50.0),), ())


def test_swings_branch_by_branch_are_named_even_where_they_come_to_the_same():
    by_branch = set_branch_swing(REVEALED, branch="branch", swing=100)
    change = under_an_unlock(lambda one: set_asking(one, asking=Asking.BY_BRANCH), by_branch)
    assert (change.swings, change.others) == ((), (Sealed.ANSWERS,))


def test_an_option_that_came_or_went_under_an_unlock_is_named():
    went = under_an_unlock(lambda one: remove_option(one, option="b"))
    assert (went.options, went.scores, went.assessors, went.others) == (("b",), (), (), ())
    assert [(one.option, one.place) for one in went.before] == [("a", 1), ("c", 3)]  # the places that they had
    assert [(one.option, one.place) for one in went.after] == [("a", 1), ("c", 2)]

    def add(document):
        document = add_option(document, option="new", name="New", model=document.options[0].model)
        for criterion in ("c1", "c2"):
            document = set_score(document, option="new", criterion=criterion, value=100)
        return document

    came = under_an_unlock(add)
    assert (came.options, len(came.scores), came.decides) == (("new",), 2, True)


def test_scores_given_first_under_an_unlock_are_no_change_that_decides():
    moderating = step(replace(DOCUMENT, scores=()), *ROAD[:4])
    unlocked = step(moderating, Step.UNLOCK)
    mine = replace(unlocked, scores=tuple(one for one in DOCUMENT.scores if one.option == "a"))
    document = step(replace(step(mine, Step.LOCK), scores=DOCUMENT.scores), Step.REVEAL)
    (change,) = late_changes(document)
    assert (change.scores, change.first_scores) == ((), (("a", "c1"), ("a", "c2")))
    assert (change.anything, change.decides) == (True, False)
    # after the reveal whoever fills in a score knows what it decides
    gap = step(clear_score(step(document, Step.UNLOCK), option="a", criterion="c1"))
    filled = step(set_score(gap, **CELL, value=1), Step.LOCK)
    assert late_changes(filled)[1].scores == (("a", "c1", 90.0, 1.0),)


# --- a workshop given up -----------------------------------------------------------------------------------


def again(document, *, swing):
    """The workshop given up, one swing changed with totals in sight, and all steps taken again."""
    return step(set_swing(step(document, Step.GIVE_UP), criterion="c2", swing=swing), *ROAD)


def test_giving_up_is_no_way_round_the_seal():
    moderating = replace(step(replace(DOCUMENT, scores=()), *ROAD[:4]), scores=DOCUMENT.scores)
    (change,) = late_changes(again(moderating, swing=100))
    assert (change.event, change.swings, change.scores) == (4, (("c2", 50.0, 100.0),), ())
    assert [(one.option, one.place) for one in change.before] == [("a", 1), ("b", 2), ("c", 3)]
    assert [(one.option, one.place) for one in change.after] == [("a", 2), ("b", 1), ("c", 3)]
    assert change.decides
    (opened,) = late_changes(set_swing(step(moderating, Step.GIVE_UP), criterion="c2", swing=100))
    assert opened.after == change.after
    # while the second workshop hides totals, so does this
    (blind,) = late_changes(set_swing(step(moderating, Step.GIVE_UP, Step.START), criterion="c2", swing=100))
    assert (blind.swings, blind.before, blind.after, blind.decides) == (change.swings, (), (), False)


def test_what_was_given_up_while_unlocked_answers_for_two_changes():
    unlocked = step(replace(step(replace(DOCUMENT, scores=()), *ROAD[:4]), scores=DOCUMENT.scores), Step.UNLOCK)
    first, second = late_changes(again(set_swing(unlocked, criterion="c2", swing=60), swing=100))
    assert (first.swings, second.swings) == ((("c2", 50.0, 60.0),), (("c2", 60.0, 100.0),))


def test_giving_up_before_weights_are_sealed_opens_nothing():
    agreed = step(replace(DOCUMENT, scores=()), *ROAD[:2])
    given_up = replace(set_swing(step(agreed, Step.GIVE_UP), criterion="c2", swing=100), scores=DOCUMENT.scores)
    assert late_changes(given_up) == ()


# --- past the seals ----------------------------------------------------------------------------------------

TAMPERED = [
    (Locked.CRITERIA, lambda one: set_best(one, criterion="c1", best="Else")),
    (Locked.CRITERIA, lambda one: rename_criterion(one, criterion="c1", name="Else")),
    (Locked.CRITERIA, lambda one: change_gate(one, gate="lawful", test="Else")),
    (Locked.WEIGHTS, lambda one: set_swing(one, criterion="c1", swing=10)),
    (Locked.WEIGHTS, lambda one: change_weighting(one, score_doubt=0.0)),
    (Locked.MARKS, lambda one: change_assessor(one, assessor="ann", interest=Interest.STANDS_ASIDE)),
    (Locked.SCORES, lambda one: set_score(one, **CELL, value=10)),
    (Locked.SCORES, lambda one: set_outcome(one, gate="lawful", option="a", outcome=Outcome.FAIL)),
    (Locked.SCORES, lambda one: set_score_range(one, **CELL, low=90, high=90)),
    (Locked.SCORES, lambda one: set_agreed(one, **CELL, assessors=("bob",))),
    (Locked.SCORES, lambda one: set_choice_score(one, choice=CHOICE, criterion="c1", value=3)),
]


@pytest.mark.parametrize(("part", "edit"), TAMPERED, ids=map(str, range(len(TAMPERED))))
@pytest.mark.parametrize("sealed", [REVEALED, step(REVEALED, Step.UNLOCK, Step.LOCK)], ids=["reveal", "lock"])
def test_what_was_changed_past_the_seals_is_named(sealed, part, edit):
    assert changed_past_seals(sealed) == ()
    assert changed_past_seals(edit(sealed)) == (part,)
    unlocked = step(sealed, Step.UNLOCK)
    assert changed_past_seals(edit(unlocked)) == ()
    assert changed_past_seals(step(edit(unlocked), Step.LOCK)) == ()


def test_a_mark_changed_past_the_seals():
    ann, bob = REVEALED.workshop.assessors
    marks = (Mark(option="a", criterion="c1", value=99.0),)
    workshop = replace(REVEALED.workshop, assessors=(replace(ann, marks=marks), bob))
    assert changed_past_seals(replace(REVEALED, workshop=workshop)) == (Locked.MARKS,)


def test_what_is_not_sealed_may_be_changed():
    document = set_choice_score(DOCUMENT, choice=CHOICE, criterion="c1", value=3)
    document = change_criterion(document, criterion="c1", about=About.CONSTRAINT)
    document = replace(document, constraints=(constraint("permit", 0.1, 0),))
    document = step(change_criterion(document, criterion="c1", constraint="permit"), *ROAD)
    for change in (
        lambda one: remove_option(one, option="b"),
        lambda one: add_option(one, option="new", name="New", model=one.options[0].model),
        lambda one: rename_option(one, option="a", name="Else"),
        lambda one: remove_choice(one, choice=CHOICE),
        lambda one: remove_constraint(one, constraint="permit"),
        lambda one: add_assessor(one, assessor="eve", post="Clerk"),
        lambda one: change_assessor(one, assessor="ann", interest=Interest.TAKES_PART),
        lambda one: replace(one, title="Else"),
    ):
        assert changed_since_seal(change(document)) == ()


def test_before_the_reveal_nothing_is_compared():
    document = step(DOCUMENT, *ROAD[:4], Step.UNLOCK, Step.LOCK)
    assert changed_past_seals(set_swing(document, criterion="c1", swing=10)) == ()
