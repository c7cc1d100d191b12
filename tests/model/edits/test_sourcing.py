import pytest

from appraise.model.appraisal.sourcing import Answer, Leaning, NotApplicable, Questionnaire, Reply, Sourcing
from appraise.model.edits.sourcing import answer, clear_not_applicable, conclude, set_not_applicable, set_test_used
from appraise.model.tables import QUESTIONS, USUAL_LINES
from tests.builders import appraisal

DOCUMENT = appraisal()
FIRST, SECOND = (question.id for question in QUESTIONS["public_interest"][:2])
HEADING, OTHER_HEADING = list(USUAL_LINES)[:2]


def test_an_answer_is_given_changed_and_taken_away():
    once = answer(DOCUMENT, test="public_interest", question=FIRST, reply=Reply.NO)
    twice = answer(once, test="public_interest", question=SECOND, words="Later")
    reasoned = answer(twice, test="public_interest", question=FIRST, words="Too few staff")
    assert reasoned.sourcing.public_interest.answers == (
        Answer(question=FIRST, reply=Reply.NO, words="Too few staff"),
        Answer(question=SECOND, words="Later"),
    )
    assert reasoned.sourcing.delivery_model is DOCUMENT.sourcing.delivery_model
    assert answer(once, test="public_interest", question=FIRST, reply=Reply.UNSAID) == DOCUMENT
    assert answer(DOCUMENT, test="public_interest", question=FIRST) is DOCUMENT


def test_questions_belong_to_their_test():
    stranger = next(one.id for one in QUESTIONS["delivery_model"] if one.id not in {FIRST, SECOND})
    for test, question in (("public_interest", "nobody"), ("public_interest", stranger), ("nobody", FIRST)):
        with pytest.raises(KeyError):
            answer(DOCUMENT, test=test, question=question, reply=Reply.YES)


def test_the_conclusion_has_two_halves():
    leaning = conclude(DOCUMENT, test="delivery_model", leaning=Leaning.TOGETHER)
    whole = conclude(leaning, test="delivery_model", words="Cheapest")
    assert whole.sourcing.delivery_model == Questionnaire(leaning=Leaning.TOGETHER, conclusion="Cheapest")
    assert conclude(whole, test="delivery_model") is whole


def test_a_test_that_is_not_used_keeps_its_answers():
    answered = answer(DOCUMENT, test="public_interest", question=FIRST, reply=Reply.YES)
    after = set_test_used(answered, test="public_interest", used=False)
    assert after.sourcing.public_interest.answers == answered.sourcing.public_interest.answers
    assert set_test_used(after, test="public_interest", used=True) == answered


def test_a_line_is_declared_not_applicable_once_for_each_option():
    once = set_not_applicable(DOCUMENT, option="b", heading=HEADING, reason="No staff move")
    again = set_not_applicable(once, option="b", heading=HEADING, reason="No staff")
    both = set_not_applicable(again, option="a", heading=OTHER_HEADING, reason="")
    assert both.sourcing == Sourcing(
        not_applicable=(
            NotApplicable(option="b", heading=HEADING, reason="No staff"),
            NotApplicable(option="a", heading=OTHER_HEADING),
        )
    )
    assert clear_not_applicable(both, option="a", heading=OTHER_HEADING) == again
    assert clear_not_applicable(DOCUMENT, option="a", heading=HEADING) is DOCUMENT
    with pytest.raises(KeyError):
        set_not_applicable(DOCUMENT, option="b", heading="nobody", reason="")
