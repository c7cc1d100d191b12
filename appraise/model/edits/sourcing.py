"""The public interest test, the delivery model assessment, and usual cost lines that do not apply."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.sourcing import Answer, Authority, Leaning, NotApplicable, Questionnaire, Reply
from appraise.model.edits.changing import changed, found
from appraise.model.tables import QUESTIONS, USUAL_LINES


def set_authority(appraisal: Appraisal, *, authority: Authority) -> Appraisal:
    """What kind of public body decides; other procurement thresholds hold for central government."""
    return changed(appraisal, sourcing=changed(appraisal.sourcing, authority=authority))


def _test(appraisal: Appraisal, test: str) -> Questionnaire:
    if test not in QUESTIONS:
        raise KeyError(test)
    questionnaire: Questionnaire = getattr(appraisal.sourcing, test)
    return questionnaire


def _with_test(appraisal: Appraisal, test: str, **fields: object) -> Appraisal:
    new = changed(_test(appraisal, test), **fields)
    return changed(appraisal, sourcing=changed(appraisal.sourcing, **{test: new}))


def set_test_used(appraisal: Appraisal, *, test: str, used: bool) -> Appraisal:
    """Whether the test, "public_interest" or "delivery_model", is made. KeyError for another. Answers stay."""
    return _with_test(appraisal, test, used=used)


def answer(
    appraisal: Appraisal, *, test: str, question: str, reply: Reply | None = None, words: str | None = None
) -> Appraisal:
    """The answer to a question; what is None stays as it is. An answer without reply and words goes.

    KeyError for an unknown test or question.
    """
    if question not in {one.id for one in QUESTIONS[test]}:
        raise KeyError(question)
    answers = _test(appraisal, test).answers
    place = next((at for at, one in enumerate(answers) if one.question == question), len(answers))
    old = answers[place] if place < len(answers) else Answer(question=question)
    new = changed(old, reply=old.reply if reply is None else reply, words=old.words if words is None else words)
    said = () if new == Answer(question=question) else (new,)
    return _with_test(appraisal, test, answers=(*answers[:place], *said, *answers[place + 1 :]))


def conclude(appraisal: Appraisal, *, test: str, leaning: Leaning | None = None, words: str | None = None) -> Appraisal:
    """What the test points to and why; what is None stays as it is. KeyError for an unknown test."""
    old = _test(appraisal, test)
    return _with_test(
        appraisal,
        test,
        leaning=old.leaning if leaning is None else leaning,
        conclusion=old.conclusion if words is None else words,
    )


def set_not_applicable(appraisal: Appraisal, *, option: str, heading: str, reason: str) -> Appraisal:
    """The option does not have this usual cost line, and why. KeyError for an unknown option or heading."""
    found(appraisal.options, option)
    if heading not in USUAL_LINES:
        raise KeyError(heading)
    rows = appraisal.sourcing.not_applicable
    place = next((at for at, row in enumerate(rows) if (row.option, row.heading) == (option, heading)), len(rows))
    new = NotApplicable(option=option, heading=heading, reason=reason)
    return _with_rows(appraisal, (*rows[:place], new, *rows[place + 1 :]))


def clear_not_applicable(appraisal: Appraisal, *, option: str, heading: str) -> Appraisal:
    """The usual cost line may apply after all; nothing changes if it was never declared otherwise.

    KeyError for an unknown option.
    """
    found(appraisal.options, option)
    rows = appraisal.sourcing.not_applicable
    return _with_rows(appraisal, tuple(row for row in rows if (row.option, row.heading) != (option, heading)))


def _with_rows(appraisal: Appraisal, rows: tuple[NotApplicable, ...]) -> Appraisal:
    return changed(appraisal, sourcing=changed(appraisal.sourcing, not_applicable=rows))
