"""A small workshop for tests of the seals, and the steps that lead it on."""

from dataclasses import replace

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.workshop import Assessor, Mark, Step, Workshop
from appraise.model.edits.workshop import take_step
from appraise.model.standing import seal_event
from tests.builders import appraisal, scores, tree
from tests.model.sound import CHOICES

ROAD = (Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL)
BARE = appraisal(**tree(100, 50), options=(), choices=CHOICES)
DOCUMENT = replace(
    appraisal(options=("a", "b", "c"), **tree(100, 50), scores=scores(a=(90, 10), b=(50, 60), c=(20, 20))),
    choices=CHOICES,
    gates=(Gate(id="lawful", name="Lawful", outcomes=(GateOutcome(option="c", outcome=Outcome.PASS),)),),
    workshop=Workshop(
        assessors=(
            Assessor(id="ann", post="Officer", marks=(Mark(option="a", criterion="c1", value=80.0),)),
            Assessor(id="bob", post="Auditor"),
        ),
    ),
)


def step(document, *steps, reason="It was wrong"):
    for one in steps:
        document = take_step(document, step=one, when="2027-05-04T09:00:00+00:00", who="Ann", reason=reason)
    return document


def digest_today(document):
    """The digest that a step taken now would record."""
    return seal_event(document, step=Step.LOCK, when="", who="", reason="").digest


def at(stage, document=DOCUMENT, *, unlocked=False):
    return replace(document, workshop=replace(document.workshop, stage=stage, unlocked=unlocked))
