"""Assessors, their marks, and the seals as edits; what is locked when stands in tests/model/test_sealing.py."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import Dissent
from appraise.model.appraisal.workshop import Interest, Mark, Stage, Step
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.workshop import (
    add_assessor,
    change_assessor,
    change_workshop,
    clear_mark,
    remove_assessor,
    set_mark,
    set_mark_evidence,
    set_mark_reason,
    take_sheet,
    take_step,
)
from tests.builders import appraisal, scores, tree

CELL = {"assessor": "ann", "option": "a", "criterion": "c1"}
DOCUMENT = add_assessor(
    add_assessor(appraisal(**tree(100, 50), scores=scores(a=(1, 2), b=(3, 4))), assessor="ann", post="Officer"),
    assessor="bob",
    post="Auditor",
)


def at(stage, document=DOCUMENT):
    return replace(document, workshop=replace(document.workshop, stage=stage))


def step(document, what, **more):
    return take_step(document, step=what, when="2027-05-04T09:00:00+00:00", who="Ann", **more)


def test_a_mark_keeps_its_words_until_it_is_cleared():
    after = set_mark(DOCUMENT, **CELL, value=40)
    after = set_mark_evidence(set_mark_reason(after, **CELL, reason="Slow"), **CELL, evidence="Log")
    after = set_mark(after, **CELL, value=45)
    assert after.workshop.assessors[0].marks == (
        Mark(option="a", criterion="c1", value=45.0, reason="Slow", evidence="Log"),
    )
    assert after.workshop.assessors[1] is DOCUMENT.workshop.assessors[1]
    assert after.scores is DOCUMENT.scores
    assert clear_mark(after, **CELL) == DOCUMENT
    assert clear_mark(DOCUMENT, **CELL) is DOCUMENT
    with pytest.raises(KeyError):
        set_mark_reason(DOCUMENT, **CELL, reason="Nothing to explain")


def test_a_sheet_lies_over_earlier_marks():
    before = set_mark(set_mark(DOCUMENT, **CELL, value=40), assessor="ann", option="b", criterion="c1", value=70)
    sheet = (Mark(option="a", criterion="c1", value=41, reason="Better"), Mark(option="b", criterion="c2", value=10))
    after = take_sheet(before, assessor="ann", marks=sheet, received="2027-05-04").workshop.assessors[0]
    assert [(mark.option, mark.criterion, mark.value) for mark in after.marks] == [
        ("a", "c1", 41.0),
        ("b", "c1", 70.0),
        ("b", "c2", 10.0),
    ]
    assert (after.received, after.late) == ("2027-05-04", False)
    with pytest.raises(KeyError):
        take_sheet(before, assessor="ann", marks=(Mark(option="z", criterion="c1", value=1),), received="")


def test_a_sheet_after_the_close_is_late_and_stays_late():
    sheet = (Mark(option="a", criterion="c1", value=41),)
    late = take_sheet(at(Stage.MODERATING), assessor="ann", marks=sheet, received="2027-05-09")
    assert late.workshop.assessors[0].late
    again = take_sheet(at(Stage.SEALED, late), assessor="ann", marks=sheet, received="2027-05-10")
    assert again.workshop.assessors[0].late


def test_a_late_sheet_adds_and_changes_nothing_that_was_in_time():
    closed = at(Stage.MODERATING, set_mark(DOCUMENT, **CELL, value=40))
    other = Mark(option="b", criterion="c1", value=7.0)
    same = Mark(option="a", criterion="c1", value=40.0)
    late = take_sheet(closed, assessor="ann", marks=(same, other), received="2027-05-09").workshop.assessors[0]
    assert late.marks == (same, other)
    for changed in (replace(same, value=41.0), replace(same, reason="Else")):
        with pytest.raises(EditRefused, match="a late sheet adds"):
            take_sheet(closed, assessor="ann", marks=(other, changed), received="2027-05-09")
    unlocked = replace(closed, workshop=replace(closed.workshop, unlocked=True))
    after = take_sheet(unlocked, assessor="ann", marks=(replace(same, value=41.0),), received="2027-05-09")
    assert (after.workshop.assessors[0].marks[0].value, after.workshop.assessors[0].late) == (41.0, True)


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.MODERATING, Stage.REVEALED])
def test_marks_are_refused_while_they_are_locked(stage):
    document = at(stage, set_mark(DOCUMENT, **CELL, value=40))
    for refused in (
        lambda: set_mark(document, **CELL, value=41),
        lambda: set_mark_reason(document, **CELL, reason="x"),
        lambda: clear_mark(document, **CELL),
        lambda: remove_assessor(document, assessor="ann"),
    ):
        with pytest.raises(EditRefused):
            refused()
    assert [one.id for one in remove_assessor(document, assessor="bob").workshop.assessors] == ["ann"]
    if stage is not Stage.MODERATING:
        with pytest.raises(EditRefused):
            take_sheet(document, assessor="ann", marks=(), received="2027-05-09")


def test_an_assessor_takes_marks_agreements_and_dissents_along():
    scored = (
        replace(DOCUMENT.scores[0], agreed=("bob", "ann"), dissents=(Dissent(assessor="ann", words="No"),)),
        *DOCUMENT.scores[1:],
    )
    after = remove_assessor(replace(set_mark(DOCUMENT, **CELL, value=4), scores=scored), assessor="ann")
    assert (after.scores[0].agreed, after.scores[0].dissents) == (("bob",), ())
    assert after.scores[1] is DOCUMENT.scores[1]


def test_words_about_assessor_and_workshop():
    after = change_assessor(DOCUMENT, assessor="ann", interest=Interest.STANDS_ASIDE, interest_words="Bids for it")
    after = change_workshop(after, method="Swing weights", facilitator="Head of policy", held_on="4 May 2027")
    assert after.workshop.assessors[0].interest is Interest.STANDS_ASIDE
    assert after.workshop.facilitator == "Head of policy"
    for wrong in ({"marks": ()}, {"late": True}):
        with pytest.raises(TypeError):
            change_assessor(DOCUMENT, assessor="ann", **wrong)
    with pytest.raises(TypeError):
        change_workshop(DOCUMENT, stage="revealed")


def test_a_step_stands_in_the_log_and_the_start_gives_the_workshop_its_id():
    started = step(DOCUMENT, Step.START, workshop="workshop-1")
    assert (started.workshop.stage, started.workshop.id) == (Stage.PREPARING, "workshop-1")
    agreed = step(started, Step.AGREE, workshop="ignored")
    assert (agreed.workshop.stage, agreed.workshop.id) == (Stage.AGREED, "workshop-1")
    (first, second) = agreed.workshop.events
    assert (first.step, second.step, second.when, second.who) == ("start", "agree", "2027-05-04T09:00:00+00:00", "Ann")
    assert len(second.digest) == 64


@pytest.mark.parametrize("what", [Step.UNLOCK, Step.GIVE_UP])
def test_unlocking_and_giving_up_need_a_reason(what):
    with pytest.raises(EditRefused, match="Write why"):
        step(at(Stage.AGREED), what, reason=" ")
    after = step(at(Stage.AGREED), what, reason=" A typing error ")
    assert after.workshop.events[-1].reason == "A typing error"
    assert (after.workshop.stage, after.workshop.unlocked) == (
        (Stage.AGREED, True) if what is Step.UNLOCK else (Stage.OPEN, False)
    )


def test_a_step_that_is_not_ready_is_refused_with_what_is_missing():
    with pytest.raises(EditRefused, match="in their order"):
        step(DOCUMENT, Step.REVEAL)
