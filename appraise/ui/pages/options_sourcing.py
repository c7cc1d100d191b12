"""Who should deliver: the public interest test and the delivery model assessment of step 2, as questions."""

from functools import partial

from PySide6.QtCore import Signal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.sourcing import Answer, Authority, Leaning, Questionnaire, Reply
from appraise.model.edits import sourcing as edits
from appraise.model.tables import QUESTION_SETS, Question, QuestionSet
from appraise.present import wording
from appraise.present.option_words import AUTHORITIES, LEANINGS, REPLIES, day
from appraise.ui.context import Context, View
from appraise.ui.pages.options_choice import OpenBar
from appraise.ui.pages.options_section import Section
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList, SegmentBar, Switch
from appraise.ui.widgets.fields import TextArea
from appraise.ui.widgets.labels import Divider, FlowLabel

_INFORMS = {
    "public_interest": "It informs the business case and does not replace it. "
    "Councils are encouraged to make it; they need not.",
    "delivery_model": "It informs the business case and does not replace it. "
    "For councils it is good practice; they need not make it.",
}


def questionnaire(appraisal: Appraisal, test: str) -> Questionnaire:
    """The answers to a test, "public_interest" or "delivery_model"."""
    return appraisal.sourcing.public_interest if test == "public_interest" else appraisal.sourcing.delivery_model


def answered(appraisal: Appraisal, test: str) -> tuple[int, int]:
    """How many questions of a test have a reply, and how many there are."""
    known = {one.id for one in QUESTION_SETS[test].questions}
    given = questionnaire(appraisal, test).answers
    return sum(one.reply is not Reply.UNSAID and one.question in known for one in given), len(known)


class QuestionRow(Column):
    """A question with its reply and words. Signals: replied(question, reply), written(question, words)."""

    replied = Signal(str, str)
    written = Signal(str, str)

    def __init__(self, question: Question) -> None:
        self.reply = OpenBar(f"Reply: {question.text}", [(key.value, words) for key, words in REPLIES.items()])
        self.words = TextArea(f"Words: {question.text}", hint="Why, and on what evidence", lines=1)
        ask = Column(FlowLabel(question.text, "dense-strong"), FlowLabel(question.hint, "caption", "ink2"), gap=2)
        reply = Column(self.reply)
        super().__init__(Sides(ask, reply, stretches=(1, 0), fold=600, gap=16), self.words, gap=6)
        self.reply.chosen.connect(partial(self.replied.emit, question.id))
        self.words.committed.connect(partial(self.written.emit, question.id))

    def show_answer(self, answer: Answer) -> None:
        """The answer as it stands."""
        self.reply.set_current(answer.reply.value)
        self.words.set_text(answer.words)


class TestCard(Card):
    """What a test is, where it comes from, and whether it is made here."""

    def __init__(self, asked: QuestionSet) -> None:
        super().__init__(asked.name)
        self._asked = asked
        self.used = SegmentBar("Whether the test is used here", (("yes", "Used here"), ("no", "Not used here")))
        self.authority = PickList("Who decides", [(key.value, words) for key, words in AUTHORITIES.items()])
        self.add_action(self.used)
        self.add(FlowLabel(_INFORMS[asked.id], "body"))
        self.add(FlowLabel(f"{asked.when} {asked.note}", "dense", "ink2"))
        who = Column(FlowLabel("Who decides", "caption", "ink2"), self.authority, gap=4)
        source = FlowLabel(
            f"{asked.source}, {day(asked.published)}. Look for a newer one by {day(asked.review_by)}.",
            "caption",
            "ink2",
        )
        self.add(Sides(who, source, stretches=(2, 3), fold=520, gap=16))

    def show_test(self, appraisal: Appraisal) -> None:
        """How far the test has come, what it points to, and whether it is used."""
        test = questionnaire(appraisal, self._asked.id)
        done, total = answered(appraisal, self._asked.id)
        words = f"{self._asked.name}: {done} of {total} answered"
        if not test.used:
            words = f"{self._asked.name}: not used here"
        elif test.leaning is not Leaning.UNSAID:
            words = f"{self._asked.name} points to: {LEANINGS[test.leaning].lower()}"
        told = test.used and test.leaning is not Leaning.UNSAID
        self.set_title(words, f"{done} of {total} questions are answered" if told else "")
        self.used.set_current("yes" if test.used else "no")
        self.authority.set_current(appraisal.sourcing.authority.value)


class ConclusionCard(Card):
    """What the test points to, and why; or why it is not used."""

    def __init__(self) -> None:
        super().__init__("What it points to")
        self.leaning = Switch("What the test points to", [(key.value, words) for key, words in LEANINGS.items()])
        self._fair = FlowLabel("Any of these may be right. The answers carry the reasons.", "caption", "ink2")
        self.words = TextArea("Conclusion", label="Conclusion in two or three sentences", lines=3)
        self.why_not = TextArea("Why the test is not used", label="Why it is not used here", lines=3)
        for part in (self.leaning, self._fair, self.words, self.why_not):
            self.add(part)

    def show_conclusion(self, test: Questionnaire) -> None:
        """Leaning and words; without the test only why there is none."""
        self.set_title("What it points to" if test.used else "Why it is left out")
        for part in (self.leaning, self._fair, self.words):
            part.setVisible(test.used)
        self.why_not.setVisible(not test.used)
        self.leaning.set_current(test.leaning.value)
        self.words.set_text(test.conclusion)
        self.why_not.set_text(test.conclusion)


class TestSheet(Column):
    """One test: what it is, its questions by part, and the conclusion. `rows` by question."""

    def __init__(self, context: Context, test: str) -> None:
        self._context, self._test = context, test
        asked = QUESTION_SETS[test]
        self.head = TestCard(asked)
        self.conclusion = ConclusionCard()
        self.rows: dict[str, QuestionRow] = {}
        self.cards: dict[str, Card] = {}
        for question in asked.questions:
            self._place(question)
        super().__init__(self.head, *self.cards.values(), self.conclusion, gap=11)
        self.line.addStretch(1)
        self._connect()

    def _place(self, question: Question) -> None:
        card = self.cards.get(question.part)
        if card is None:
            card = self.cards[question.part] = Card(question.part)
        else:
            card.add(Divider())
        row = self.rows[question.id] = QuestionRow(question)
        row.replied.connect(self._reply)
        row.written.connect(self._write)
        card.add(row)

    def _connect(self) -> None:
        self.head.used.chosen.connect(
            lambda key: self._apply(edits.set_test_used, f"Decide whether to use {self._name}", used=key == "yes")
        )
        self.head.authority.chosen.connect(self._set_authority)
        self.conclusion.leaning.chosen.connect(
            lambda key: self._apply(edits.conclude, f"Change what {self._name} points to", leaning=Leaning(key))
        )
        for area in (self.conclusion.words, self.conclusion.why_not):
            area.committed.connect(
                lambda text: self._apply(edits.conclude, f"Change conclusion of {self._name}", words=text)
            )

    @property
    def _name(self) -> str:
        return f"the {QUESTION_SETS[self._test].name.lower()}"

    def _apply(self, edit: object, action: str, **values: object) -> None:
        if callable(edit):
            self._context.apply(edit(self._context.appraisal, test=self._test, **values), action)

    def _set_authority(self, key: str) -> None:
        new = edits.set_authority(self._context.appraisal, authority=Authority(key))
        self._context.apply(new, "Change who decides")

    def _reply(self, question: str, key: str) -> None:
        self._apply(edits.answer, f"Answer a question of {self._name}", question=question, reply=Reply(key))

    def _write(self, question: str, words: str) -> None:
        self._apply(edits.answer, f"Change words in {self._name}", question=question, words=words)

    def show_test(self, appraisal: Appraisal) -> None:
        """Everything as it stands; without the test only its head and the reason."""
        test = questionnaire(appraisal, self._test)
        self.head.show_test(appraisal)
        self.conclusion.show_conclusion(test)
        given = {one.question: one for one in test.answers}
        for question, row in self.rows.items():
            row.show_answer(given.get(question, Answer(question=question)))
        for part, card in self.cards.items():
            card.setVisible(test.used)
            inside = [one.id for one in QUESTION_SETS[self._test].questions if one.part == part]
            done = sum(given[one].reply is not Reply.UNSAID for one in inside if one in given)
            card.set_title(part, f"{done} of {len(inside)} answered")


class WhoDelivers(Section):
    """Both tests, one at a time. `sheets` are made when they are first looked at."""

    def __init__(self, context: Context) -> None:
        choices = [(key, one.name) for key, one in QUESTION_SETS.items()]
        self.tests = Switch("Test", choices, "public_interest")
        self.sheets: dict[str, TestSheet] = {}
        self._place = Column(gap=0)
        super().__init__(context, self.tests, self._place)
        self.tests.chosen.connect(lambda _key: self._show(self.context.appraisal))

    def show_view(self, old: View | None, new: View) -> None:
        """The test in hand."""
        if old is None or old.appraisal.sourcing is not new.appraisal.sourcing:
            self._show(new.appraisal)

    @property
    def sheet(self) -> TestSheet:
        """The sheet in hand."""
        key = self.tests.current()
        if key not in self.sheets:
            self.sheets[key] = TestSheet(self.context, key)
            self._place.line.addWidget(self.sheets[key])
        return self.sheets[key]

    def _show(self, appraisal: Appraisal) -> None:
        now = self.sheet
        now.show_test(appraisal)
        for sheet in self.sheets.values():
            sheet.setVisible(sheet is now)

    def focus_first(self) -> None:
        """The first question without a reply, or the switch between the tests."""
        test = questionnaire(self.context.appraisal, self.tests.current())
        replied = {one.question for one in test.answers if one.reply is not Reply.UNSAID}
        first = next((row for key, row in self.sheet.rows.items() if key not in replied), None)
        (first.reply if first is not None and test.used else self.tests).setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """A test by its name, a question of it, its conclusion, or who decides."""
        words = (record, field)
        test = next((word for word in words if word in QUESTION_SETS), self.tests.current())
        question = next((word for word in words if word in {one.id for one in QUESTION_SETS[test].questions}), "")
        self.tests.set_current(test)
        self._show(self.context.appraisal)
        if question:
            self.sheet.rows[question].reply.setFocus()
        elif "authority" in words:
            self.sheet.head.authority.setFocus()
        elif "conclusion" in words or "leaning" in words:
            self.sheet.conclusion.leaning.setFocus()
        else:
            self.focus_first()


def progress(appraisal: Appraisal, test: str) -> str:
    """How far a test has come, in a few words."""
    if not questionnaire(appraisal, test).used:
        return "not used here"
    done, total = answered(appraisal, test)
    leaning = questionnaire(appraisal, test).leaning
    points = f"; points to: {LEANINGS[leaning].lower()}" if leaning is not Leaning.UNSAID else ""
    return wording.capital(f"{done} of {total} answered{points}")
