"""The questions asked before a service is bought or brought in (step 2), and usual lines that do not apply (step 5)."""

from collections import Counter
from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.sourcing import Leaning, NotApplicable, Questionnaire, Reply
from appraise.model.finding import Finding, Place, blank, option_name, some_of
from appraise.model.tables import QUESTIONS, USUAL_LINES

_TESTS = {"public_interest": "public interest test", "delivery_model": "delivery model assessment"}


def check_sourcing(appraisal: Appraisal) -> Iterator[Finding]:
    """Open questions and conclusions of the tests in use; usual lines that are open or declared not applicable."""
    sourcing = appraisal.sourcing
    yield from _test("public_interest", sourcing.public_interest)
    yield from _test("delivery_model", sourcing.delivery_model)
    for row in sourcing.not_applicable:
        yield from _not_applicable(appraisal, row)
    twice = Counter((row.option, row.heading) for row in sourcing.not_applicable)
    for option, heading in [key for key, count in twice.items() if count > 1]:
        yield Place(5, "Usual lines", option, heading).error(
            "not-applicable-twice",
            "A usual line is declared not applicable twice in one option.",
            "Take both declarations back and make one.",
        )


def _test(test: str, answers: Questionnaire) -> Iterator[Finding]:
    if not answers.used:
        return
    words = _TESTS[test]
    place = Place(2, words.capitalize(), test, "answers")
    said = {answer.question for answer in answers.answers if answer.reply is not Reply.UNSAID}
    questions = {question.id for question in QUESTIONS[test]}
    if still_open := len(questions - said):
        yield place.attention(
            "test-open",
            f"{some_of(still_open, len(questions), 'question')} open in the {words}.",
            "Answer them, or say that the test is not used.",
        )
    strange = [answer for answer in answers.answers if answer.question not in questions]
    times = Counter(answer.question for answer in answers.answers)
    if strange or max(times.values(), default=0) > 1:
        yield place.attention(
            "test-answers",
            f"The {words} holds an answer twice, or to a question that is not asked.",
            "Open the file in the version that wrote it, or delete these answers.",
        )
    bare = sum(answer.question in questions & said and blank(answer.words) for answer in answers.answers)
    if bare:
        yield place.note(
            "test-reasons",
            f"{some_of(bare, len(questions), 'answer')} without words in the {words}.",
            "Say why in a sentence each.",
        )
    if said and (answers.leaning is Leaning.UNSAID or blank(answers.conclusion)):
        yield Place(2, words.capitalize(), test, "conclusion").attention(
            "test-conclusion", f"The {words} has no conclusion.", "Say what it points to, and why."
        )


def _not_applicable(appraisal: Appraisal, row: NotApplicable) -> Iterator[Finding]:
    line = USUAL_LINES.get(row.heading)
    heading = f"“{line.name}”" if line else "A usual line"
    place = Place(5, "Usual lines", row.option, row.heading)
    option = next((one for one in appraisal.options if one.id == row.option), None)
    if option is None or line is None:
        yield place.error(
            "reference",
            f"{heading} is declared not applicable in an option or under a heading that does not exist.",
            "Take the declaration back.",
        )
        return
    name = option_name(option)
    if blank(row.reason):
        yield place.attention(
            "not-applicable-reason", f"{heading} is declared not applicable in {name} without a reason.", "Say why."
        )
    if any(one.option == row.option and one.heading == row.heading for one in appraisal.lines):
        yield place.attention(
            "not-applicable-filled",
            f"{heading} is declared not applicable in {name} but filled in.",
            "Delete the line, or take the declaration back.",
        )
