"""Each finding on the need, planted in a document without one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.need import EqualityDuty, LeftOut, TheoryOfChange
from appraise.model.finding import Severity
from appraise.model.finding_rules.need import check_need
from tests.builders import appraisal
from tests.model.sound import NEED

SOUND = replace(appraisal(), need=NEED)


def _need(**fields):
    return replace(SOUND, need=replace(NEED, **fields))


def _first(part, **fields):
    return _need(**{part: (replace(getattr(NEED, part)[0], **fields),)})


def test_nothing_is_found_in_a_sound_need():
    assert list(check_need(SOUND)) == []


ATTENTION, ERROR, NOTE = Severity.ATTENTION, Severity.ERROR, Severity.NOTE
CASES = [
    (ATTENTION, "need-empty", "", "case_for_change", _need(case_for_change=" ")),
    (ATTENTION, "need-empty", "", "business_as_usual", _need(business_as_usual="")),
    (ATTENTION, "theory-none", "", "theory", _need(theory=TheoryOfChange(rests_on="Hope"))),
    (ATTENTION, "theory-steps", "", "theory", _need(theory=replace(NEED.theory, outputs=" "))),
    (ATTENTION, "theory-rests", "", "rests_on", _need(theory=replace(NEED.theory, rests_on=""))),
    (ATTENTION, "objectives-none", "", "objectives", _need(objectives=())),
    (ATTENTION, "objective-smart", "floods", "measure", _first("objectives", measure="")),
    (ATTENTION, "objective-smart", "floods", "target", _first("objectives", target="")),
    (ATTENTION, "objective-smart", "floods", "by", _first("objectives", by="")),
    (ATTENTION, "outcomes-none", "", "outcomes", _need(outcomes=())),
    (ATTENTION, "outcome-target", "dry", "target", _first("outcomes", target="")),
    (ATTENTION, "outcome-evidence", "dry", "evidence", _first("outcomes", evidence=" ")),
    (NOTE, "outcome-today", "dry", "works", _first("outcomes", works="", fails=" ", residents="")),
    (ATTENTION, "facts-none", "", "facts", _need(facts=())),
    (ATTENTION, "fact-value", "residents", "value", _first("facts", value="", source="")),
    (ATTENTION, "fact-source", "residents", "source", _first("facts", source="")),
    (ATTENTION, "equality", "", "equality", _need(equality=EqualityDuty())),
    (ATTENTION, "equality", "", "equality", _need(equality=replace(NEED.equality, relations=""))),
    (ATTENTION, "equality-evidence", "", "equality", _need(equality=replace(NEED.equality, evidence=""))),
    (ATTENTION, "left-out-none", "", "left_out", _need(left_out=())),
    (ATTENTION, "left-out-why", "parks", "why", _first("left_out", why="")),
    (ERROR, "left-out-size", "parks", "pounds", _first("left_out", pounds=Decimal("NaN"))),
    (ERROR, "left-out-size", "parks", "pounds", _first("left_out", pounds=Decimal("1E+14"))),
]


@pytest.mark.parametrize(("severity", "code", "record", "field", "document"), CASES)
def test_each_fault_is_found_alone_and_at_its_place(severity, code, record, field, document):
    (finding,) = check_need(document)
    assert (finding.severity, finding.code, finding.record, finding.field) == (severity, code, record, field)
    assert finding.step == 1
    for text in (finding.sentence, finding.mend):
        assert text.endswith(".")
        assert len(text.split()) <= 25


def test_sentences_name_what_is_missing():
    (smart,) = check_need(_first("objectives", measure="", by=""))
    assert smart.sentence == "“Fewer floods” has no measure and no date."
    (theory,) = check_need(_need(theory=replace(NEED.theory, inputs="", impact="")))
    assert theory.sentence == "The theory of change leaves out: inputs, impact."
    (duty,) = check_need(_need(equality=replace(NEED.equality, discrimination="")))
    assert duty.sentence.endswith("not answered on: discrimination.")
    (why,) = check_need(_need(left_out=(LeftOut(id="x", name=""),)))
    assert why.sentence == "No reason is given for leaving out a left-out item without a name."
