"""What is locked when, what breaks a seal, what is missing before a step, digests, and what late changes did."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.criteria import (
    About,
    Answers,
    Dissent,
    Independence,
    Level,
    Measured,
    Outcome,
    TradeOff,
    ValuePoint,
)
from appraise.model.appraisal.need import Need
from appraise.model.appraisal.workshop import HIDDEN, Interest, Mark, Stage, Step, Workshop
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.constraints import remove_constraint
from appraise.model.edits.criteria import (
    add_criterion,
    change_criterion,
    move_criterion,
    remove_criterion,
    rename_criterion,
    set_best,
    set_branch_swing,
    set_ranks,
    set_swing,
    set_swing_range,
    set_worst,
)
from appraise.model.edits.gates import change_gate, set_outcome
from appraise.model.edits.options import add_option, remove_option, rename_option
from appraise.model.edits.scores import (
    clear_score,
    set_agreed,
    set_score,
    set_score_reason,
)
from appraise.model.edits.weighting import change_weighting
from appraise.model.edits.workshop import change_assessor, remove_assessor, take_sheet
from appraise.model.sealing import (
    Locked,
    breach,
    criteria_digest,
    criterion_digest,
    hidden,
    locked,
    log_holds,
    next_step,
    not_ready,
    stage_after,
    weights_digest,
    why_locked,
)
from tests.builders import constraint
from tests.model.sealed import BARE, DOCUMENT, ROAD, at, step

# --- stages ------------------------------------------------------------------------------------------------


def test_what_is_locked_at_each_stage():
    short = {
        stage: "".join(sorted(what.value[0] for what in locked(Workshop(stage=stage)))) for stage in Stage
    }  # criteria, marks, scores, weights
    assert short == {
        Stage.OPEN: "",
        Stage.PREPARING: "ms",
        Stage.AGREED: "cms",
        Stage.SEALED: "csw",
        Stage.MODERATING: "cmw",
        Stage.REVEALED: "cmsw",
    }
    assert not any(locked(Workshop(stage=stage, unlocked=True)) for stage in Stage)


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_locked_says_why_in_one_sentence_and_the_rest_says_nothing(stage):
    workshop = Workshop(stage=stage)
    for what in Locked:
        sentence = why_locked(workshop, what)
        assert bool(sentence) == (what in locked(workshop))
        assert len(sentence.split()) <= 25
        assert sentence == "" or sentence.endswith(".")


def test_the_road_leads_from_open_to_revealed_and_is_hidden_between():
    document, seen = DOCUMENT, []
    for one in ROAD:
        assert next_step(document.workshop) is one
        seen.append(hidden(document))
        document = step(document, one)
    assert seen == [False, True, True, True, True]
    assert not hidden(document)
    assert next_step(document.workshop) is None
    assert {stage for stage in Stage if hidden(at(stage))} == HIDDEN
    assert next_step(step(document, Step.UNLOCK).workshop) is Step.LOCK


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("unlocked", [False, True])
def test_only_what_leads_on_from_a_stage_can_be_taken(stage, unlocked):
    if unlocked and stage in (Stage.OPEN, Stage.PREPARING):
        return
    ready = {one for one in Step if not not_ready(at(stage, unlocked=unlocked), one)}
    on = dict(zip(Stage, ROAD, strict=False))
    expected = {Step.LOCK} if unlocked else ({on[stage]} if stage in on else set())
    if stage not in (Stage.OPEN, Stage.PREPARING) and not unlocked:
        expected.add(Step.UNLOCK)
    if stage in HIDDEN:
        expected.add(Step.GIVE_UP)
    assert ready == expected


def test_every_refusal_is_a_sentence():
    for stage in Stage:
        for unlocked in (False, True):
            for one in Step:
                sentence = not_ready(at(stage, BARE, unlocked=unlocked), one)
                assert sentence == "" or (sentence.endswith(".") and len(sentence.split()) <= 25)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: replace(one, criteria=()), "Add criteria first"),
        (lambda one: set_worst(one, criterion="c1", worst=" "), "lacks an anchor"),
        (lambda one: change_criterion(one, criterion="c2", about=About.UNSAID), "Say first whether"),
        (lambda one: change_criterion(one, criterion="c2", about=About.MONEY), "about money"),
        (
            lambda one: replace(one, criteria=tuple(replace(c, measured=Measured.MEASURE) for c in one.criteria)),
            "fewer",
        ),
    ],
)
def test_criteria_are_agreed_only_with_anchors_subjects_and_scales(change, said):
    assert said in not_ready(change(at(Stage.PREPARING)), Step.AGREE)


def test_weights_are_sealed_only_once_every_question_is_answered():
    document = set_swing(at(Stage.AGREED), criterion="c2", swing=0)
    assert not_ready(document, Step.SEAL).startswith("1 of 2 swings are not answered")
    assert not not_ready(change_criterion(document, criterion="c2", swing_reason="No difference"), Step.SEAL)
    for criterion in ("c1", "c2"):
        document = set_swing(document, criterion=criterion, swing=0)
        document = change_criterion(document, criterion=criterion, swing_reason="Nothing")
    assert "All weights are zero" in not_ready(document, Step.SEAL)
    ranks = replace(document, weighting=replace(document.weighting, answers=Answers.RANKS))
    assert not_ready(set_ranks(ranks, order=("c2",)), Step.SEAL).startswith("1 of 2 moves are not ranked")
    assert not not_ready(set_ranks(ranks, order=("c2", "c1")), Step.SEAL)


def test_scoring_closes_once_somebody_has_scored_or_when_the_group_scores_together():
    nobody = at(Stage.SEALED, replace(DOCUMENT, workshop=Workshop()))
    assert not not_ready(nobody, Step.CLOSE)
    assert not not_ready(at(Stage.SEALED), Step.CLOSE)
    ann, bob = DOCUMENT.workshop.assessors
    aside = replace(ann, interest=Interest.STANDS_ASIDE)
    waiting = at(Stage.SEALED, replace(DOCUMENT, workshop=Workshop(assessors=(aside, bob))))
    assert "No assessor has scored yet" in not_ready(waiting, Step.CLOSE)


def test_totals_are_revealed_only_with_every_score():
    document = clear_score(at(Stage.MODERATING), option="a", criterion="c1")
    assert not_ready(document, Step.REVEAL).startswith("1 of 6 scores are missing")
    assert "Add options" in not_ready(at(Stage.MODERATING, replace(DOCUMENT, options=())), Step.REVEAL)
    # whoever unlocks leaves it as complete as the stage asks for
    assert not_ready(at(Stage.REVEALED, document, unlocked=True), Step.LOCK).startswith("1 of 6")
    assert not not_ready(at(Stage.SEALED, document, unlocked=True), Step.LOCK)


# --- breaches ----------------------------------------------------------------------------------------------

SUBJECTS = {
    "name": lambda one: rename_criterion(one, criterion="c1", name="Else"),
    "worst": lambda one: set_worst(one, criterion="c1", worst="Else"),
    "best": lambda one: set_best(one, criterion="c1", best="Else"),
    "about": lambda one: change_criterion(one, criterion="c1", about=About.MONEY),
    "unit": lambda one: change_criterion(one, criterion="c1", unit="days"),
    "added": lambda one: add_criterion(one, criterion="c3", branch="branch", name="New"),
    "removed": lambda one: remove_criterion(one, criterion="c1"),
    "gate": lambda one: change_gate(one, gate="lawful", test="Else"),
}
ANSWERS = {
    "swing": lambda one: set_swing(one, criterion="c2", swing=51),
    "range": lambda one: set_swing_range(one, criterion="c2", low=40, high=60),
    "rank": lambda one: set_ranks(one, order=("c1", "c2")),
    "branch": lambda one: set_branch_swing(one, branch="branch", swing=3),
    "doubt": lambda one: change_weighting(one, doubt=11.0),
    "independence": lambda one: change_criterion(one, criterion="c1", independence=Independence.NO),
}
GIVEN = {
    "score": lambda one: set_score(one, option="a", criterion="c1", value=91),
    "reason": lambda one: set_score_reason(one, option="a", criterion="c1", reason="Else"),
    "cleared": lambda one: clear_score(one, option="a", criterion="c1"),
    "outcome": lambda one: set_outcome(one, gate="lawful", option="a", outcome=Outcome.FAIL),
    "dissent": lambda one: replace(
        one, scores=(replace(one.scores[0], dissents=(Dissent(assessor="ann"),)), *one.scores[1:])
    ),
}


def _remarked(document, **fields):
    ann, bob = document.workshop.assessors
    mark = Mark(option="a", criterion="c1", value=81.0)
    return replace(
        document, workshop=replace(document.workshop, assessors=(replace(ann, marks=(mark,), **fields), bob))
    )


CHANGES = [
    *(pytest.param(Locked.CRITERIA, change, id=name) for name, change in SUBJECTS.items()),
    *(pytest.param(Locked.WEIGHTS, change, id=name) for name, change in ANSWERS.items()),
    *(pytest.param(Locked.SCORES, change, id=name) for name, change in GIVEN.items()),
    pytest.param(Locked.MARKS, _remarked, id="mark"),
]


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize(("what", "change"), CHANGES)
def test_a_change_of_what_is_locked_is_a_breach_and_any_other_is_none(stage, what, change):
    old = at(stage)
    sentence = breach(old, change(old))
    if what in locked(old.workshop):
        assert sentence == why_locked(old.workshop, what)
    else:
        assert sentence == ""
    unlocked = at(stage, unlocked=True)
    assert breach(unlocked, change(unlocked)) == ""


@pytest.mark.parametrize("stage", list(Stage))
def test_the_short_list_and_all_else_stay_open(stage):
    document = replace(
        change_criterion(DOCUMENT, criterion="c1", about=About.CONSTRAINT), constraints=(constraint("permit", 0.1, 0),)
    )
    document = at(stage, change_criterion(document, criterion="c1", constraint="permit"))
    for change in (
        lambda one: remove_option(one, option="b"),
        lambda one: add_option(one, option="new", name="New", model=one.options[0].model),
        lambda one: rename_option(one, option="b", name="Else"),
        lambda one: remove_assessor(one, assessor="bob"),
        lambda one: remove_constraint(one, constraint="permit"),
        lambda one: move_criterion(one, criterion="c2", to=0),
        lambda one: replace(one, title="Else", need=Need(case_for_change="x"), lines=()),
    ):
        assert breach(document, change(document)) == ""


def test_a_removed_assessor_may_not_take_locked_marks_along():
    old = at(Stage.REVEALED)
    without_ann = replace(old, workshop=replace(old.workshop, assessors=old.workshop.assessors[1:]))
    assert "marks" in breach(old, without_ann)
    assert breach(at(Stage.SEALED), at(Stage.SEALED, without_ann)) == ""


def test_a_late_sheet_comes_in_and_says_so():
    old = at(Stage.MODERATING)
    sheet = (Mark(option="b", criterion="c1", value=30.0),)
    assert breach(old, take_sheet(old, assessor="bob", marks=sheet, received="2027-05-09")) == ""
    # neither in time nor late does it change a mark that was there
    assert breach(old, _remarked(old, late=True, received="2027-05-09")) != ""
    assert breach(old, _remarked(old, received="2027-05-09")) != ""
    open_again = at(Stage.MODERATING, unlocked=True)
    assert breach(open_again, _remarked(open_again, late=True, received="2027-05-09")) == ""


@pytest.mark.parametrize("stage", list(Stage))
def test_who_stands_aside_stands_with_the_marks(stage):
    old = at(stage)
    aside = change_assessor(old, assessor="ann", interest=Interest.STANDS_ASIDE)
    closed = stage in (Stage.MODERATING, Stage.REVEALED)
    assert breach(old, aside) == (why_locked(old.workshop, Locked.MARKS) if closed else "")
    assert breach(aside, old) == breach(old, aside)
    assert breach(old, change_assessor(old, assessor="ann", interest=Interest.TAKES_PART)) == ""
    assert breach(old, change_assessor(old, assessor="bob", interest=Interest.STANDS_ASIDE)) == ""


def test_an_option_that_is_new_brings_neither_scores_nor_marks():
    old = at(Stage.REVEALED)
    new = add_option(old, option="new", name="New", model=old.options[0].model)
    assert breach(old, new) == ""
    assert "scores" in breach(old, set_score(new, option="new", criterion="c1", value=100))
    assert "scores" in breach(old, set_outcome(new, gate="lawful", option="new", outcome=Outcome.PASS))
    ann, bob = new.workshop.assessors
    mark = Mark(option="new", criterion="c1", value=100.0)
    marked = replace(new, workshop=replace(new.workshop, assessors=(replace(ann, marks=(*ann.marks, mark)), bob)))
    assert "marks" in breach(old, marked)


def test_an_assessor_whose_agreement_is_on_record_stays():
    old = at(Stage.REVEALED, set_agreed(DOCUMENT, option="a", criterion="c1", assessors=("bob",)))
    assert "scores" in breach(old, remove_assessor(old, assessor="bob"))


# --- the seal log ------------------------------------------------------------------------------------------


def test_the_log_holds_after_every_step_and_leads_to_one_stage():
    document = DOCUMENT
    for one in (*ROAD[:3], Step.UNLOCK, Step.LOCK, *ROAD[3:], Step.UNLOCK, Step.LOCK):
        document = step(document, one)
        assert log_holds(document.workshop)
        assert stage_after(document.workshop.events) is document.workshop.stage
        others = [stage for stage in Stage if stage is not document.workshop.stage]
        assert not any(log_holds(replace(document.workshop, stage=stage)) for stage in others)
        assert not log_holds(replace(document.workshop, unlocked=not document.workshop.unlocked))
    events = document.workshop.events
    for gap in range(len(events)):
        assert not log_holds(replace(document.workshop, events=events[:gap] + events[gap + 1 :]))
    assert log_holds(step(step(DOCUMENT, *ROAD[:4], Step.UNLOCK), Step.GIVE_UP).workshop)


@pytest.mark.parametrize(
    "fields", [{"stage": Stage.REVEALED}, {"unlocked": True}, {"id": "other"}, {"events": ()}], ids=str
)
def test_seals_change_by_their_own_steps_alone(fields):
    old = step(DOCUMENT, *ROAD[:3])
    new = replace(old, workshop=replace(old.workshop, **fields))
    assert "Seals change" in breach(old, new)
    assert breach(old, replace(old, workshop=replace(old.workshop, method="Swings"))) == ""


# --- digests -----------------------------------------------------------------------------------------------


def test_a_criterion_is_named_by_what_a_score_on_it_means():
    first = criterion_digest(DOCUMENT, "c1")
    assert len(first) == 64
    assert first != criterion_digest(DOCUMENT, "c2")
    assert criterion_digest(set_swing(DOCUMENT, criterion="c1", swing=3), "c1") == first
    levels = (Level(value=0, words="Bad"), Level(value=100, words="Good"))
    unused = replace(DOCUMENT, criteria=(replace(DOCUMENT.criteria[0], levels=levels), DOCUMENT.criteria[1]))
    assert criterion_digest(unused, "c1") == first
    used = {first}
    for fields in (
        {"worst": "Else"},
        {"best": "Else"},
        {"measured": Measured.LEVELS, "levels": levels},
        {"measured": Measured.LEVELS, "levels": levels[:1]},
        {"measured": Measured.MEASURE},
        {"measured": Measured.MEASURE, "unit": "days"},
        {"measured": Measured.MEASURE, "points": (ValuePoint(measure=1, value=2),)},
    ):
        changed = replace(DOCUMENT, criteria=(replace(DOCUMENT.criteria[0], **fields), DOCUMENT.criteria[1]))
        used.add(criterion_digest(changed, "c1"))
    assert len(used) == 8
    with pytest.raises(KeyError):
        criterion_digest(DOCUMENT, "nothing")


def test_the_digest_of_all_criteria_names_options_and_knows_no_order():
    turned = replace(DOCUMENT, criteria=DOCUMENT.criteria[::-1], options=DOCUMENT.options[::-1])
    assert criteria_digest(turned) == criteria_digest(DOCUMENT)
    assert weights_digest(turned) == weights_digest(DOCUMENT)
    assert criteria_digest(rename_option(DOCUMENT, option="a", name="Else")) != criteria_digest(DOCUMENT)
    assert criteria_digest(remove_option(DOCUMENT, option="b")) != criteria_digest(DOCUMENT)


def test_weights_and_scores_have_digests_of_their_own():
    swung = set_swing(DOCUMENT, criterion="c2", swing=51)
    asked = replace(
        DOCUMENT, weighting=replace(DOCUMENT.weighting, trade_offs=(TradeOff(id="t", larger="c1", smaller="c2"),))
    )
    assert criteria_digest(swung) == criteria_digest(asked) == criteria_digest(DOCUMENT)
    assert len({weights_digest(one) for one in (DOCUMENT, swung, asked)}) == 3


@given(st.lists(st.sampled_from(list(Step)), max_size=14))
@settings(max_examples=60, deadline=None)
def test_whatever_steps_are_tried_the_log_is_a_road(steps):
    document = DOCUMENT
    for one in steps:
        try:
            document = step(document, one)
        except EditRefused as refused:
            assert not_ready(document, one) == str(refused)  # noqa: PT017  the refusal is the point
    taken = [event.step for event in document.workshop.events]
    for before, after in pairwise(taken):
        assert (before is Step.UNLOCK) == (after is Step.LOCK) or after is Step.GIVE_UP
