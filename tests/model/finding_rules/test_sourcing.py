"""Each finding on the tests and the usual lines, planted in a document without one."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.sourcing import Answer, Leaning, NotApplicable, Questionnaire, Reply
from appraise.model.finding import Severity
from appraise.model.finding_rules.sourcing import check_sourcing
from tests.builders import appraisal, line
from tests.model.said_plainly import said_plainly
from tests.model.sound import OPTIONS, SOURCING

SOUND = replace(appraisal(4), options=OPTIONS, sourcing=SOURCING)
ATTENTION, ERROR, NOTE = Severity.ATTENTION, Severity.ERROR, Severity.NOTE
TEST = SOURCING.public_interest
ROW = SOURCING.not_applicable[0]


def _test(**fields):
    return replace(SOUND, sourcing=replace(SOURCING, public_interest=replace(TEST, **fields)))


def _rows(*rows):
    return replace(SOUND, sourcing=replace(SOURCING, not_applicable=rows))


def _answer(**fields):
    return _test(answers=(replace(TEST.answers[0], **fields), *TEST.answers[1:]))


def test_nothing_is_found_where_all_is_answered():
    assert list(check_sourcing(SOUND)) == []


OTHERS = SOURCING.not_applicable[1:]
CASES = [
    (ATTENTION, "test-open", 2, "public_interest", _answer(reply=Reply.UNSAID)),
    (ATTENTION, "test-open", 2, "public_interest", _test(answers=TEST.answers[1:])),
    (NOTE, "test-reasons", 2, "public_interest", _answer(words=" ")),
    (ATTENTION, "test-conclusion", 2, "public_interest", _test(leaning=Leaning.UNSAID)),
    (ATTENTION, "test-conclusion", 2, "public_interest", _test(conclusion="")),
    (ATTENTION, "not-applicable-reason", 5, ROW.option, _rows(replace(ROW, reason=""), *OTHERS)),
    (
        ATTENTION,
        "not-applicable-filled",
        5,
        ROW.option,
        replace(SOUND, lines=(line("x", ROW.option, 1, heading=ROW.heading),)),
    ),
    (ERROR, "reference", 5, "gone", _rows(NotApplicable(option="gone", heading=ROW.heading), ROW, *OTHERS)),
    (ERROR, "reference", 5, "usual", _rows(NotApplicable(option="usual", heading="gone"), ROW, *OTHERS)),
]


@pytest.mark.parametrize(("severity", "code", "step", "record", "document"), CASES)
def test_each_fault_is_found_alone_and_at_its_place(severity, code, step, record, document):
    (finding,) = check_sourcing(document)
    assert (finding.severity, finding.code, finding.step, finding.record) == (severity, code, step, record)
    said_plainly(finding)


def test_open_questions_are_counted():
    (finding,) = check_sourcing(_test(answers=TEST.answers[2:]))
    total = len(TEST.answers)
    assert finding.sentence == f"2 of {total} questions are open in the public interest test."
    assert not [one for one in check_sourcing(_test(answers=(), leaning=Leaning.UNSAID)) if one.code != "test-open"]


def test_a_test_that_is_not_used_asks_nothing():
    assert not list(check_sourcing(_test(used=False, answers=(), conclusion="")))


@pytest.mark.parametrize("strange", ["of 2031", "core"])
def test_an_answer_twice_or_to_no_question_is_told(strange):
    answers = (*TEST.answers, Answer(question=strange, reply=Reply.YES, words="Because"))
    (finding,) = check_sourcing(_test(answers=answers))
    assert (finding.code, finding.severity, finding.field) == ("test-answers", ATTENTION, "answers")


def test_a_usual_line_declared_twice_is_an_error():
    (finding,) = check_sourcing(_rows(ROW, ROW, *OTHERS))
    assert (finding.code, finding.severity) == ("not-applicable-twice", ERROR)


def test_both_tests_are_asked():
    document = replace(SOUND, sourcing=replace(SOURCING, delivery_model=Questionnaire()))
    (finding,) = check_sourcing(document)
    assert (finding.record, finding.place) == ("delivery_model", "Delivery model assessment")
