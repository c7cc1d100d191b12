"""What every finding keeps to, however long the names in it are."""

from dataclasses import replace

from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import Finding


def said_plainly(finding: Finding) -> None:
    """It names its place, and says what and how to mend it in sentences of at most 25 words."""
    assert finding.place, finding
    for text in (finding.sentence, finding.mend):
        assert text.endswith("."), text
        assert len(text.split()) <= 25, text


def long_named(document: Appraisal) -> Appraisal:
    """The document with nine words more in each name of the scoring."""
    long = " ".join("abcdefghi")
    people = tuple(replace(one, post=f"{one.post} {long}") for one in document.workshop.assessors)
    return replace(
        document,
        options=tuple(replace(one, name=f"{one.id} {long}") for one in document.options),
        criteria=tuple(replace(one, name=f"{one.name} {long}") for one in document.criteria),
        gates=tuple(replace(one, name=f"{one.name} {long}") for one in document.gates),
        branches=tuple(replace(one, name=f"{one.name} {long}") for one in document.branches),
        workshop=replace(document.workshop, assessors=people),
    )
