"""Findings on gates, assessors, marks, moderation and seals."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import (
    Branch,
    Dissent,
    Gate,
    GateOutcome,
    Measured,
    Outcome,
    Score,
    TradeOff,
    ValuePoint,
    Weighting,
)
from appraise.model.appraisal.records import Recommendation
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, SealEvent, Stage, Step, Workshop
from appraise.model.checks import findings
from appraise.model.evaluate import Part, Settings, evaluate
from tests.builders import appraisal, scores, tree
from tests.model.said_plainly import long_named, said_plainly
from tests.model.sound import CHOICES


def marks(*values):
    return tuple(
        Mark(option=option, criterion=criterion, value=value)
        for (option, criterion), value in zip((("a", "c1"), ("b", "c1")), values, strict=False)
    )


def person(key, *values, **fields):
    fields = {"interest": Interest.NONE, "post": f"Head of {key}"} | fields
    return Assessor(id=key, marks=marks(*values), **fields)


EVENTS = tuple(
    SealEvent(step=step, when="2027-05-04T09:00:00+00:00", who="Ann")
    for step in (Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL)
)
UNLOCK = replace(EVENTS[0], step=Step.UNLOCK, reason="A slip")
SOUND = replace(
    appraisal(**tree(100, 50), scores=scores(a=(60, 10), b=(50, 60))),
    choices=CHOICES,
    gates=(
        Gate(
            id="lawful",
            name="Lawful",
            outcomes=(
                GateOutcome(option="a", outcome=Outcome.PASS),
                GateOutcome(option="b", outcome=Outcome.FAIL, reason="No power to act"),
            ),
        ),
    ),
    workshop=Workshop(
        stage=Stage.REVEALED,
        method="Swings",
        facilitator="Head of policy",
        held_on="4 May 2027",
        assessors=(person("roads", 55.0, 40.0), person("parks", 65.0, 60.0)),
        events=EVENTS,
    ),
)


def outcomes(*rows):
    return replace(SOUND, gates=(replace(SOUND.gates[0], outcomes=rows),))


def people(*assessors, **fields):
    return replace(SOUND, workshop=replace(SOUND.workshop, assessors=assessors, **fields))


def score(document=SOUND, **fields):
    return replace(document, scores=(replace(document.scores[0], **fields), *document.scores[1:]))


def found(document):
    return {one.code: one for one in findings(document) if one.step in (3, 4)}


FAR = people(person("roads", 20.0), person("parks", 70.0))
ERRORS = {
    "reference": [
        outcomes(*SOUND.gates[0].outcomes, GateOutcome(option="nobody", outcome=Outcome.PASS)),
        replace(SOUND, branches=(replace(SOUND.branches[0], reference="nothing"),)),
        replace(SOUND, weighting=Weighting(trade_offs=(TradeOff(id="t", larger="c1", smaller="nothing"),))),
        people(person("roads"), Assessor(id="x", post="X", marks=(Mark(option="z", criterion="c1", value=1.0),))),
        people(person("roads"), Assessor(id="x", post="X", marks=(Mark(option="a", criterion="z", value=1.0),))),
        score(agreed=("nobody",)),
        score(dissents=(Dissent(assessor="nobody", words="No"),)),
    ],
    "mark": [people(person("roads", value)) for value in (-1.0, 101.0, float("nan"))],
    "mark-twice": [people(Assessor(id="x", post="X", marks=(*marks(50.0), *marks(51.0))))],
    "id-twice": [
        replace(SOUND, gates=SOUND.gates * 2),
        people(person("roads"), person("roads")),
        replace(SOUND, weighting=Weighting(trade_offs=(TradeOff(id="t", larger="c1", smaller="c2"),) * 2)),
    ],
}
ATTENTIONS = {
    "gate-name": [replace(SOUND, gates=(replace(SOUND.gates[0], name=" "),))],
    "gate-open": [outcomes(SOUND.gates[0].outcomes[0]), outcomes()],
    "gate-reason": [outcomes(SOUND.gates[0].outcomes[0], GateOutcome(option="b", outcome=Outcome.FAIL))],
    "assessor-twice": [
        people(person("x", post="Head of roads", name="Ann"), person("y", post="head  of roads", name="ann")),
        people(person("x", post="Head of roads"), person("y", post="Head of roads")),
    ],
    "assessor-post": [people(person("x", post=" "))],
    "interest-unasked": [people(person("x", interest=Interest.UNASKED))],
    "interest-words": [people(person("x", interest=one)) for one in (Interest.TAKES_PART, Interest.STANDS_ASIDE)],
    "unlocked": [people(unlocked=True, events=(*EVENTS, UNLOCK))],
    "seal-log": [
        people(events=()),
        people(stage=Stage.OPEN),
        people(stage=Stage.SEALED),
        people(events=EVENTS[:2] + EVENTS[3:]),
        people(events=(*EVENTS, UNLOCK)),
        people(unlocked=True),
    ],
    "dissent-words": [score(dissents=(Dissent(assessor="roads", words=" "),))],
    "score-beyond-marks": [score(reason="", value=70.0), score(reason=" ", value=50.0)],
    "wide-no-reason": [score(FAR, reason="")],
}
NOTES = {"workshop-record": [people(method=""), people(facilitator=" "), people(held_on="")]}
CASES = [
    pytest.param(severity, code, document, id=f"{code}-{number}")
    for severity, table in (("error", ERRORS), ("attention", ATTENTIONS), ("note", NOTES))
    for code, documents in table.items()
    for number, document in enumerate(documents)
]


def test_a_workshop_as_it_should_be_has_no_finding():
    assert found(SOUND) == {}


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_and_said_plainly(severity, code, document):
    finding = found(document)[code]
    assert finding.severity == severity
    said_plainly(finding)


def test_a_score_of_the_long_list_refers_to_a_choice_and_a_criterion():
    for option, criterion in (("nothing", "c1"), (CHOICES[0].id, "nothing")):
        stray = replace(SOUND, choice_scores=(Score(option=option, criterion=criterion, value=5.0),))
        assert [one.step for one in findings(stray) if one.code == "reference"] == [4]
    good = replace(SOUND, choice_scores=(Score(option=CHOICES[0].id, criterion="c1", value=5.0),))
    assert "reference" not in {one.code for one in findings(good)}


def test_who_recommends_what_fails_a_gate_gets_figures_but_no_business_case():
    document = replace(SOUND, recommendation=Recommendation(option="b"))
    (finding,) = [one for one in findings(document) if one.code == "gate-recommended"]
    assert (finding.severity, finding.step, finding.stops_figures) == ("error", 10, False)
    assert evaluate(document, Settings(draws=100), parts=frozenset({Part.SCORE})).options
    other = replace(SOUND, recommendation=Recommendation(option="a"))
    assert "gate-recommended" not in {one.code for one in findings(other)}


@pytest.mark.parametrize(
    ("code", "document"),
    [
        ("assessor-twice", people(person("x", post="Officer", name="Ann"), person("y", post="Officer", name="Bob"))),
        ("wide-no-reason", FAR),  # the score has its reason
        ("wide-no-reason", score(people(person("roads", 21.0), person("parks", 70.0)), reason="")),
        (
            "wide-no-reason",
            score(people(person("x", 20.0, interest=Interest.STANDS_ASIDE), person("y", 65.0)), reason=""),
        ),
        ("score-beyond-marks", score(value=70.0)),
        ("score-beyond-marks", score(people(), reason="", value=70.0)),
        ("interest-words", people(person("x", interest=Interest.TAKES_PART, interest_words="Bids for it"))),
        ("workshop-record", people(method="", stage=Stage.OPEN)),
        ("unlocked", SOUND),
    ],
)
def test_what_is_in_order_is_not_told(code, document):
    assert code not in found(document)


def test_marks_by_a_measure_are_compared_in_points():
    scale = {
        "measured": Measured.MEASURE,
        "unit": "days",
        "points": (ValuePoint(measure=0.0, value=100.0), ValuePoint(measure=1000.0, value=0.0)),
    }
    criteria = (replace(SOUND.criteria[0], **scale), SOUND.criteria[1])
    close = score(replace(people(person("x", 10.0), person("y", 300.0)), criteria=criteria), reason="", value=50.0)
    assert "wide-no-reason" not in found(close)
    far = score(replace(people(person("x", 10.0), person("y", 600.0)), criteria=criteria), reason="", value=50.0)
    assert "wide-no-reason" in found(far)


def test_a_branch_stands_by_a_criterion_of_its_own():
    branches = (replace(SOUND.branches[0], reference="c1"), Branch(id="other", name="Other", reference="c1"))
    criteria = (SOUND.criteria[0], replace(SOUND.criteria[1], branch="other"))
    (finding,) = [
        one for one in findings(replace(SOUND, branches=branches, criteria=criteria)) if one.code == "reference"
    ]
    assert (finding.record, finding.field) == ("other", "reference")


@pytest.mark.parametrize("document", [pytest.param(case.values[-1], id=case.id) for case in CASES])
def test_long_names_are_cut_to_fit(document):
    for finding in findings(long_named(document)):
        said_plainly(finding)
