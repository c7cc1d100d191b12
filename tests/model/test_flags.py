"""Every flag comes when its cause does, goes when it goes, and is one plain sentence."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import Branch, Gate, GateOutcome, Outcome, Score
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage, Step, Workshop
from appraise.model.edits.criteria import change_criterion, set_best, set_swing
from appraise.model.edits.gates import change_gate, set_outcome
from appraise.model.edits.options import add_option, remove_option
from appraise.model.edits.scores import set_score, set_score_range
from appraise.model.edits.weighting import change_weighting
from appraise.model.edits.workshop import change_assessor, take_step
from appraise.model.evaluate import Part, Settings, evaluate
from tests.builders import appraisal, scores, tree

OPTIONS = ("a", "b", "c", "d")
ROAD = (Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL)


def reasoned(given):
    return tuple(replace(one, reason=f"{one.option} on {one.criterion}") for one in given)


DOCUMENT = appraisal(
    options=OPTIONS,
    **tree(100, 50, 25),
    scores=reasoned(scores(a=(90, 10, 40), b=(50, 90, 80), c=(20, 60, 10), d=(70, 40, 70))),
)


def step(document, *steps):
    for one in steps:
        document = take_step(document, step=one, when="2027-05-04T09:00:00+00:00", who="Ann", reason="It was wrong")
    return document


def flagged(document):
    return evaluate(document, Settings(draws=200), parts=frozenset({Part.SCORE})).flags


def raised(document):
    for flag in (*flagged(document), *flagged(long_names(document))):
        assert flag.sentence.endswith(".")
        assert flag.sentence[0].isupper() or flag.sentence[0] == "“"
        assert len(flag.sentence.split()) <= 25, flag.sentence
    return {flag.code: flag for flag in flagged(document)}


def long_names(document):
    """The document with names that have to be cut to fit into a sentence."""
    name = " ".join("abcdefghi")
    people = tuple(replace(one, post=f"{one.id} {name}") for one in document.workshop.assessors)
    return replace(
        document,
        options=tuple(replace(one, name=f"{one.id} {name}") for one in document.options),
        criteria=tuple(replace(one, name=f"{one.id} {name}") for one in document.criteria),
        workshop=replace(document.workshop, assessors=people),
    )


BLIND = replace(
    DOCUMENT,
    scores=(),
    workshop=Workshop(method="Swings", facilitator="Head", held_on="4 May 2027"),
)
REVEALED = step(replace(step(BLIND, *ROAD[:4]), scores=DOCUMENT.scores), Step.REVEAL)


def revealed(document):
    """The document as if it had stood like this when its totals were revealed."""
    workshop = replace(document.workshop, stage=Stage.MODERATING, events=document.workshop.events[:4])
    return step(replace(document, workshop=workshop), Step.REVEAL)


def test_a_workshop_as_it_should_be_raises_none():
    assert raised(REVEALED) == {}


def test_weights_that_were_never_sealed():
    assert raised(DOCUMENT)["never-sealed"].sentence == "The weights were never sealed, although options are scored."
    assert raised(replace(DOCUMENT, scores=())) == {}


def test_a_workshop_begun_over_scores_and_one_given_up():
    assert set(raised(step(DOCUMENT, *ROAD))) == {"scored-before"}
    assert set(raised(step(BLIND, Step.START, Step.AGREE, Step.GIVE_UP))) == {"given-up"}
    assert "never-sealed" in raised(replace(step(BLIND, Step.START, Step.GIVE_UP), scores=DOCUMENT.scores))


def test_weights_that_were_sealed_and_stand_unsealed():
    given_up = replace(step(BLIND, *ROAD[:3], Step.GIVE_UP), scores=DOCUMENT.scores)
    assert set(raised(given_up)) == {"unsealed", "given-up"}


def test_a_stage_that_the_log_does_not_lead_to():
    forged = replace(DOCUMENT, workshop=replace(BLIND.workshop, stage=Stage.REVEALED))
    assert set(raised(forged)) == {"never-sealed", "seal-log"}
    peeked = replace(REVEALED, workshop=replace(REVEALED.workshop, events=REVEALED.workshop.events[:3]))
    assert set(raised(peeked)) == {"seal-log"}
    assert "seal-log" in raised(replace(REVEALED, workshop=replace(REVEALED.workshop, unlocked=True)))


def test_what_was_changed_by_hand_after_the_reveal():
    forged = set_swing(set_score(REVEALED, option="a", criterion="c1", value=10), criterion="c1", swing=10)
    assert raised(forged)["changed-past-seals"].sentence == (
        "Since the last seal weights and scores were changed without an unlock."
    )
    assert "changed-past-seals" not in raised(step(REVEALED, Step.UNLOCK, Step.LOCK))


def test_a_gate_failed_after_the_reveal():
    gate = Gate(id="g", name="Lawful")
    document = step(revealed(replace(REVEALED, gates=(gate,))), Step.UNLOCK)
    failed = set_outcome(document, gate="g", option="b", outcome=Outcome.FAIL)
    found = raised(failed)
    assert set(found) == {"gates-after-scores", "late-change-decides"}
    assert found["gates-after-scores"].sentence == (
        "Under the first unlock, after scoring had begun, one outcome at a gate was changed."
    )
    renamed = raised(change_gate(document, gate="g", test="Counsel"))
    assert renamed["gates-after-scores"].sentence.endswith("the wording of gates was changed.")


def test_marks_changed_after_the_reveal():
    people = (_assessor("roads", EVEN), _assessor("parks", EVEN))
    document = step(revealed(replace(REVEALED, workshop=replace(REVEALED.workshop, assessors=people))), Step.UNLOCK)
    aside = change_assessor(document, assessor="roads", interest=Interest.STANDS_ASIDE)
    found = raised(aside)
    assert set(found) == {"marks-after-scores"}
    assert "marks of one assessor were changed" in found["marks-after-scores"].sentence


def test_ranges_changed_after_the_reveal():
    unlocked = step(REVEALED, Step.UNLOCK)
    assert set(raised(change_weighting(unlocked, score_doubt=0.0))) == {"ranges-after-scores"}
    narrow = set_score_range(unlocked, option="a", criterion="c1", low=90, high=90)
    assert set(raised(narrow)) == {"ranges-after-scores"}


def test_marks_that_came_late():
    late = replace(_assessor("roads", EVEN), late=True, received="2027-05-09")
    document = revealed(replace(REVEALED, workshop=replace(REVEALED.workshop, assessors=(late,))))
    assert raised(document)["late-marks"].sentence == "Marks of “Head of roads” came in after scoring had closed."
    assert set(raised(document)) == {"late-marks"}


def test_weights_asked_again_after_giving_up():
    moderating = replace(step(BLIND, *ROAD[:4]), scores=DOCUMENT.scores)
    found = raised(step(set_swing(step(moderating, Step.GIVE_UP), criterion="c2", swing=20), *ROAD))
    assert set(found) == {"scored-before", "given-up", "weights-after-scores", "late-change-decides"}
    assert found["weights-after-scores"].sentence == (
        "After the workshop was given up, the weight of “C2” was asked again."
    )


def test_scores_first_given_under_an_unlock_are_neither_late_nor_of_new_options():
    unlocked = step(BLIND, *ROAD[:4], Step.UNLOCK)
    mine = replace(unlocked, scores=tuple(one for one in DOCUMENT.scores if one.option == "a"))
    document = step(replace(step(mine, Step.LOCK), scores=DOCUMENT.scores), Step.REVEAL)
    assert raised(document) == {}
    half = replace(DOCUMENT, scores=tuple(one for one in DOCUMENT.scores if one.option == "a"))
    assert set(raised(step(replace(step(half, *ROAD[:4]), scores=DOCUMENT.scores), Step.REVEAL))) == {"scored-before"}


def test_weights_asked_again_after_scoring_and_a_change_that_decides():
    # b leads with 65.7 over 60.0 of a; with 20 for the second criterion a leads with 70.3 over 60.7
    unlocked = set_swing(step(REVEALED, Step.UNLOCK), criterion="c2", swing=20)
    found = raised(unlocked)
    assert set(found) == {"weights-after-scores", "late-change-decides"}
    assert found["weights-after-scores"].criterion == "c2"
    assert (
        found["weights-after-scores"].sentence
        == "Under the first unlock, after scoring had begun, the weight of “C2” was asked again."
    )
    back = set_swing(step(unlocked, Step.LOCK, Step.UNLOCK), criterion="c2", swing=50)
    assert "late-change-decides" in raised(back)  # what was put back decides now
    little = set_swing(step(REVEALED, Step.UNLOCK), criterion="c2", swing=51)
    assert set(raised(little)) == {"weights-after-scores"}


def test_before_anybody_has_scored_an_unlock_is_no_flag():
    early = step(set_swing(step(BLIND, *ROAD[:2], Step.UNLOCK), criterion="c2", swing=60), Step.LOCK)
    assert raised(early) == {}
    # once weights are sealed, scoring may have begun
    late = step(set_swing(step(BLIND, *ROAD[:3], Step.UNLOCK), criterion="c2", swing=60), Step.LOCK)
    assert set(raised(late)) == {"weights-after-scores"}


def test_an_anchor_that_moved_without_its_weight():
    moved = set_best(step(REVEALED, Step.UNLOCK), criterion="c3", best="Better still")
    found = raised(moved)
    assert set(found) == {"anchors-after-scores", "anchor-not-weighed"}
    assert found["anchor-not-weighed"].criterion == "c3"
    asked = raised(set_swing(moved, criterion="c3", swing=26))
    assert set(asked) == {"anchors-after-scores", "weights-after-scores"}


def test_the_weight_of_a_branch():
    alike = ("C1", "C2", "C3")
    branches = tuple(Branch(id=name, name=name) for name in ("one", "two"))
    home = {"c1": "one", "c2": "two", "c3": "two"}
    criteria = tuple(replace(one, branch=home[one.id]) for one in REVEALED.criteria)
    assert tuple(one.name for one in criteria) == alike
    split = revealed(replace(REVEALED, branches=branches, criteria=criteria))
    # weights 4/7 2/7 1/7: a 60.0, b 65.7; equal branches 1/2 1/3 1/6: a 55, b 68.3
    assert raised(split) == {}
    swings = (replace(criteria[0], swing=100.0), *(replace(c, swing=10.0) for c in criteria[1:]))
    heavy = revealed(replace(split, criteria=swings))
    found = raised(heavy)
    assert set(found) == {"equal-branches"}
    assert found["equal-branches"].option == "b"


def test_criteria_that_run_together_need_four_options():
    close = {("a", "c3"): 88, ("b", "c3"): 52, ("c", "c3"): 21, ("d", "c3"): 69}
    document = REVEALED
    for (option, criterion), value in close.items():
        document = set_score(document, option=option, criterion=criterion, value=value)
    document = revealed(document)
    found = raised(document)
    assert set(found) == {"near-duplicates"}
    assert found["near-duplicates"].sentence.startswith("“C1” and “C3” rise and fall together")
    assert found["near-duplicates"].criterion == "c1"
    assert raised(remove_option(document, option="d")).keys() == {"option-dropped"}
    failed = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="d", outcome=Outcome.FAIL, reason="Void"),))
    assert raised(revealed(replace(document, gates=(failed,)))) == {}
    weightless = set_swing(document, criterion="c3", swing=0)
    assert "near-duplicates" not in raised(weightless)


def test_many_criteria_that_run_together_are_one_flag():
    rows = {"a": (90, 89, 91, 10), "b": (50, 52, 49, 40), "c": (20, 22, 19, 90), "d": (70, 69, 72, 30)}
    document = replace(DOCUMENT, **tree(100, 50, 25, 25), scores=reasoned(scores(**rows)))
    assert raised(document)
    assert [one.sentence for one in flagged(document) if one.code == "near-duplicates"] == [
        "Three criteria, among them “C1”, each rise and fall with another: one thing may count twice."
    ]


def test_criteria_that_rest_on_the_same_evidence():
    evidence = {"c1": "Survey of 2026", "c2": "survey  of 2026", "c3": "Log"}
    scored = tuple(replace(one, evidence=evidence[one.criterion]) for one in REVEALED.scores)
    found = raised(revealed(replace(REVEALED, scores=scored)))
    assert set(found) == {"same-evidence"}
    assert "“C1” and “C2”" in found["same-evidence"].sentence
    other = (replace(scored[0], evidence="Another survey"), *scored[1:])
    assert raised(revealed(replace(REVEALED, scores=other))) == {}


def test_a_criterion_without_spread_that_carries_weight():
    same = tuple(replace(one, value=40.0) if one.criterion == "c2" else one for one in REVEALED.scores)
    document = revealed(replace(REVEALED, scores=same))
    found = raised(document)
    assert set(found) == {"no-spread"}
    assert found["no-spread"].criterion == "c2"
    assert (
        raised(
            revealed(change_criterion(set_swing(document, criterion="c2", swing=0), criterion="c2", swing_reason="x"))
        )
        == {}
    )


def test_reasons_that_were_pasted():
    pasted = tuple(
        replace(one, reason="As  discussed" if place else "as discussed") if place < 3 else one
        for place, one in enumerate(REVEALED.scores)
    )
    found = raised(revealed(replace(REVEALED, scores=pasted)))
    assert found["same-reason"].sentence == "Three scores give the same reason: “as discussed”."
    assert raised(revealed(replace(REVEALED, scores=(REVEALED.scores[0], *pasted[1:])))) == {}
    assert raised(revealed(replace(REVEALED, scores=tuple(replace(one, reason=" ") for one in REVEALED.scores)))) == {}


def _assessor(key, rows, **fields):
    marks = tuple(
        Mark(option=option, criterion=f"c{place}", value=float(value))
        for option, row in rows.items()
        for place, value in enumerate(row, start=1)
    )
    return Assessor(id=key, post=f"Head of {key}", marks=marks, interest=fields.pop("interest", Interest.NONE))


EVEN = {"a": (60, 60, 60), "b": (61, 61, 61), "c": (10, 10, 10), "d": (20, 20, 20)}


def test_one_assessor_who_decides():
    far = {"a": (90, 90, 90), "b": (10, 10, 10), "c": (0, 0, 0), "d": (0, 0, 0)}
    people = (_assessor("roads", EVEN), _assessor("parks", EVEN), _assessor("law", far))
    document = revealed(replace(REVEALED, workshop=replace(REVEALED.workshop, assessors=people)))
    found = raised(document)
    assert set(found) == {"one-assessor"}
    assert found["one-assessor"].sentence == ("Without the marks of “Head of law”, “B” would be first on mean marks.")
    alike = replace(document.workshop, assessors=people[:2])
    assert raised(revealed(replace(document, workshop=alike))) == {}


def test_an_interest_that_nobody_asked_about():
    person = _assessor("roads", EVEN, interest=Interest.UNASKED)
    document = revealed(replace(REVEALED, workshop=replace(REVEALED.workshop, assessors=(person,))))
    assert set(raised(document)) == {"interest-unasked"}
    bare = replace(document.workshop, assessors=(replace(person, marks=()),))
    assert raised(revealed(replace(document, workshop=bare))) == {}


def test_options_that_came_or_went_after_scoring():
    assert raised(remove_option(REVEALED, option="c"))["option-dropped"].sentence == (
        "An option was dropped after scores had been given."
    )
    more = add_option(step(REVEALED, Step.UNLOCK), option="e", name="Another", model=REVEALED.options[0].model)
    more = replace(
        more,
        scores=(
            *more.scores,
            *(Score(option="e", criterion=f"c{n}", value=v, reason=f"e{n}") for n, v in ((1, 1), (2, 55), (3, 3))),
        ),
    )
    found = raised(step(more, Step.LOCK))
    assert set(found) == {"option-added"}
    assert found["option-added"].option == "e"
    unmarked = _assessor("roads", {key: row for key, row in EVEN.items() if key != "d"})
    document = replace(REVEALED, workshop=replace(REVEALED.workshop, assessors=(unmarked,)))
    assert raised(document)["option-unmarked"].option == "d"


@pytest.mark.parametrize("stages", [1, 2, 3, 4])
def test_while_totals_are_hidden_no_flag_gives_one_away(stages):
    far = {"a": (90, 90, 90), "b": (10, 10, 10), "c": (0, 0, 0), "d": (0, 0, 0)}
    people = (_assessor("roads", EVEN), _assessor("parks", EVEN), _assessor("law", far))
    document = step(replace(DOCUMENT, workshop=Workshop(assessors=people)), *ROAD[:stages])
    if stages > 1:
        document = set_swing(step(document, Step.UNLOCK), criterion="c2", swing=100)
    assert document.workshop.stage is list(Stage)[stages]
    assert not raised(document).keys() & {"one-assessor", "equal-branches", "late-change-decides"}
    assert "scored-before" in raised(document)
