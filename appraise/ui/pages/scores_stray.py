"""Scores and marks of what is no longer there: no cell shows them, so a notice offers to remove them."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import scores, workshop
from appraise.model.edits.changing import EditRefused
from appraise.present import wording
from appraise.ui.context import Context
from appraise.ui.widgets.labels import Notice


def count(appraisal: Appraisal) -> int:
    """How many scores, marks and agreements name an option, choice, criterion or assessor that does not exist."""
    options, criteria, choices, people = _known(appraisal)
    found = sum(one.option not in options or one.criterion not in criteria for one in appraisal.scores)
    found += sum(one.option not in choices or one.criterion not in criteria for one in appraisal.choice_scores)
    found += sum(
        mark.option not in options or mark.criterion not in criteria
        for one in appraisal.workshop.assessors
        for mark in one.marks
    )
    said = ((*one.agreed, *(dissent.assessor for dissent in one.dissents)) for one in appraisal.scores)
    return found + sum(one not in people for names in said for one in names)


def without(appraisal: Appraisal) -> Appraisal:
    """The document without them. Raises EditRefused where marks are closed."""
    options, criteria, choices, people = _known(appraisal)
    new = appraisal
    for score in appraisal.scores:
        place = {"option": score.option, "criterion": score.criterion}
        if score.option not in options or score.criterion not in criteria:
            new = scores.clear_score(new, **place)
            continue
        if not people.issuperset(score.agreed):
            new = scores.set_agreed(new, assessors=[one for one in score.agreed if one in people], **place)
        for dissent in score.dissents:
            if dissent.assessor not in people:
                new = scores.clear_dissent(new, assessor=dissent.assessor, **place)
    for score in appraisal.choice_scores:
        if score.option not in choices or score.criterion not in criteria:
            new = scores.clear_choice_score(new, choice=score.option, criterion=score.criterion)
    for one in appraisal.workshop.assessors:
        for mark in one.marks:
            if mark.option not in options or mark.criterion not in criteria:
                new = workshop.clear_mark(new, assessor=one.id, option=mark.option, criterion=mark.criterion)
    return new


def _known(appraisal: Appraisal) -> tuple[set[str], set[str], set[str], set[str]]:
    return (
        {one.id for one in appraisal.options},
        {one.id for one in appraisal.criteria},
        {one.id for one in appraisal.choices},
        {one.id for one in appraisal.workshop.assessors},
    )


class StrayNotice(Notice):
    """Says how many there are, and removes them; hidden where there are none."""

    def __init__(self, context: Context) -> None:
        super().__init__("problem", "", "", "Remove them")
        self._context = context
        self.hide()
        self.activated.connect(self._remove)

    def show_document(self, appraisal: Appraisal) -> None:
        """Takes the document."""
        number = count(appraisal)
        self.setVisible(number > 0)
        words = wording.capital(wording.how_many(number, "score or mark", "scores or marks"))
        belongs = "belongs" if number == 1 else "belong"
        self.show_text(f"{words} {belongs} to something that does not exist.")

    def _remove(self) -> None:
        try:
            new = without(self._context.appraisal)
        except EditRefused as refused:
            self.show_text(str(refused))
            return
        self._context.apply(new, "Remove scores of nothing")
