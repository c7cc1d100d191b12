"""The texts of step 1: the decision, the case for change, the theory of change as a chain, and the equality duty."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal, HorizonLength
from appraise.model.edits import basis, need
from appraise.model.finding import Severity
from appraise.model.parameters import LAST_YEAR
from appraise.model.periods import label
from appraise.model.tables import USUAL_YEARS
from appraise.present import assumption_words
from appraise.ui import icons, theme
from appraise.ui.context import Context, View
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help, TextPart, TextParts
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import NumberField, TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel

TITLE_HELP = Help(
    "What is being decided?",
    "Name the service and the year from which the decision holds. The title stands on every page that is printed.",
)
YEARS_HELP = Help(
    "How many years?",
    "Long enough to hold the contract, its set-up and its end: usually 10, 30 or 60 years after year 0. "
    "Every option is compared over the same years.",
    "Green Book 2026, paragraphs 6.9 to 6.13",
)
CASE = (
    TextPart(
        key="case_for_change",
        label="Case for change",
        hint="Why the service cannot stay as it is",
        help=Help(
            "What is wrong today?",
            "Say what happens to residents and to the money if the service goes on as it is. "
            "A board that agrees on the problem can disagree about options.",
            "Green Book 2026, chapter 4",
        ),
        read=lambda appraisal: appraisal.need.case_for_change,
        change=lambda appraisal, text: need.set_case_for_change(appraisal, text=text),
        lines=4,
    ),
    TextPart(
        key="business_as_usual",
        label="Business as usual",
        hint="What happens if nothing is decided",
        help=Help(
            "What if nobody decides?",
            "Describe the service as it would go on, with its cost and its failures, in absolute terms. "
            "Every option is measured against it.",
            "Green Book 2026, chapter 4",
        ),
        read=lambda appraisal: appraisal.need.business_as_usual,
        change=lambda appraisal, text: need.set_business_as_usual(appraisal, text=text),
        lines=4,
    ),
)
PLACE = TextPart(
    key="place",
    label="What is particular here",
    hint="What is particular about the people and the area, and what follows for the service",
    help=Help(
        "What is special here?",
        "Coast or town, who lives here, who could deliver, what residents say. "
        "The right way to deliver depends on the place.",
    ),
    read=lambda appraisal: appraisal.need.place,
    change=lambda appraisal, text: need.set_place(appraisal, text=text),
    action="Change the place",
)
OUTSIDE = TextPart(
    key="not_in_the_numbers",
    label="Not in the numbers",
    hint="What matters and has no figure in this appraisal",
    help=Help(
        "What do the figures leave out?",
        "List what a fair reader would miss. It is printed beside the answer, so nobody has to find it.",
        "Green Book 2026, chapter 6",
    ),
    read=lambda appraisal: appraisal.need.not_in_the_numbers,
    change=lambda appraisal, text: need.set_not_in_the_numbers(appraisal, text=text),
    lines=2,
)
_CHAIN_SOURCE = "Green Book 2026, chapter 4: theory of change"
_DUTY_SOURCE = "Equality Act 2010, section 149; Green Book 2026, paragraph 3.18"


def _theory(key: str, label: str, hint: str, title: str, text: str) -> TextPart:
    return TextPart(
        key=key,
        label=label,
        hint=hint,
        help=Help(title, text, _CHAIN_SOURCE),
        read=lambda appraisal: str(getattr(appraisal.need.theory, key)),
        change=lambda appraisal, text: need.change_theory(appraisal, **{key: text}),
        lines=1,
        action=f"Change {label.partition(':')[0].lower()} of the theory of change",
    )


CHAIN = (
    _theory(
        "inputs",
        "Inputs: what is put in",
        "Money, people, vehicles, land",
        "What is put in?",
        "What the body pays for: money, people and things. Costs belong to step 5; here it is the kind that counts.",
    ),
    _theory(
        "activities",
        "Activities: what is done with it",
        "What people do with the inputs",
        "What is done?",
        "The work itself, in verbs. If an activity is left out of an option, the chain shows what no longer follows.",
    ),
    _theory(
        "outputs",
        "Outputs: what comes of the work",
        "What can be counted at the end of a day",
        "What comes of the work?",
        "What can be counted and is in our hands: visits made, drains cleared, beds open.",
    ),
    _theory(
        "outcomes",
        "Outcomes: what residents notice",
        "What changes for residents",
        "What do residents notice?",
        "A change for people, not a count of work. The outcomes of this step and the criteria of step 3 start here.",
    ),
    _theory(
        "impact",
        "Impact: what it is for",
        "The lasting change that is wanted",
        "What is it for?",
        "The lasting change, which others bring about too. Starting here and going backwards is often easier.",
    ),
)
RESTS_ON = _theory(
    "rests_on",
    "Assumptions: what the chain rests on",
    "What must hold for each step to lead to the next, and what is known about it",
    "What must hold?",
    "Name the assumption behind each arrow and the evidence for it. The weakest arrow is where to look first.",
)


def _duty(key: str, label: str, hint: str, title: str, text: str) -> TextPart:
    return TextPart(
        key=key,
        label=label,
        hint=hint,
        help=Help(title, text, _DUTY_SOURCE),
        read=lambda appraisal: str(getattr(appraisal.need.equality, key)),
        change=lambda appraisal, text: need.change_equality(appraisal, **{key: text}),
        lines=2,
        action=f"Change {label.partition(':')[0].partition(',')[0].lower()} of the equality duty",
    )


DUTY = (
    _duty(
        "discrimination",
        "Discrimination, harassment and victimisation: how they are eliminated",
        "Whom could an option put at a disadvantage, and what would prevent it?",
        "The first aim",
        "Think of age, disability, gender reassignment, pregnancy and maternity, race, religion or belief, sex "
        "and sexual orientation.",
    ),
    _duty(
        "opportunity",
        "Equality of opportunity: how it is advanced",
        "Whose disadvantages are removed, whose needs are met, who takes part who did not?",
        "The second aim",
        "Removing disadvantages, meeting different needs, and encouraging people to take part where few do.",
    ),
    _duty(
        "relations",
        "Good relations: how they are fostered",
        "Where could the service bring people together, or set them apart?",
        "The third aim",
        "Tackling prejudice and promoting understanding between people who share a characteristic and who do not.",
    ),
    _duty(
        "evidence",
        "Evidence, and who was asked",
        "Data, assessments and meetings, with their dates",
        "What is it based on?",
        "The duty is met before and while deciding, with an open mind. Name what was looked at, and when.",
    ),
)


def with_years(appraisal: Appraisal, years: int) -> Appraisal:
    """The years as typed; a usual length of another number of years becomes the body's own."""
    length = appraisal.horizon.length
    if USUAL_YEARS.get(length, years) != years:
        appraisal = basis.set_horizon_length(appraisal, length=HorizonLength.OWN)
    return basis.set_years(appraisal, years=years)


class DecisionCard(Card):
    """Title, body and the years compared. `fields` by the names that findings use."""

    def __init__(self, context: Context) -> None:
        super().__init__("What is being decided")
        self._context = context
        self.name = TextField("Title", label="Title", hint="Service and first year")
        self.body = TextField("Body that decides", label="Body that decides", hint="Council or other public body")
        year = partial(money.parse_whole, low=1900, high=2200)
        self.first_year = NumberField("First year", year, label="First year, from April")
        self.years = NumberField("Years compared", partial(money.parse_whole, low=1, high=LAST_YEAR), label="Years")
        self.length = PickList(
            "Length of the horizon", [(key.value, words) for key, words in assumption_words.LENGTHS.items()]
        )
        self._length_words = FlowLabel("", "caption", "ink2")
        self.reason = TextArea("Reason for the years", label="Why this many years", hint="One sentence", lines=1)
        self.fields: dict[str, TextField | TextArea] = {
            "title": self.name,
            "body": self.body,
            "first_year": self.first_year,
            "years": self.years,
            "reason": self.reason,
        }
        self.add(Sides(self.name, self.body, stretches=(3, 2), fold=560, gap=12))
        length = Column(FlowLabel("How long", "caption", "ink2"), self.length, gap=4)
        years = Row(self.first_year, self.years, stretches=(3, 2))
        self.add(Sides(length, years, fold=560, gap=12))
        self.add(self._length_words)
        self.add(self.reason)
        self._bind(self.name, lambda now, text: basis.set_title(now, title=text), "Change title")
        self._bind(self.body, lambda now, text: basis.set_body(now, body=text), "Change body")
        self._bind(self.reason, lambda now, text: basis.set_horizon_reason(now, reason=text), "Change reason for years")
        self.first_year.parsed.connect(
            lambda value: context.apply(basis.set_first_year(context.appraisal, first_year=value), "Change first year")
        )
        self.years.parsed.connect(
            lambda value: context.apply(with_years(context.appraisal, value), "Change number of years")
        )
        self.length.chosen.connect(
            lambda key: context.apply(
                basis.set_horizon_length(context.appraisal, length=HorizonLength(key)), "Change length of the horizon"
            )
        )

    def helps(self) -> dict[QWidget, Help]:
        """The help of each field."""
        words: dict[QWidget, Help] = {self.name: TITLE_HELP, self.body: TITLE_HELP}
        return words | dict.fromkeys((self.first_year, self.years, self.length, self.reason), YEARS_HELP)

    def show_view(self, view: View) -> None:
        """The document's fields, with what is wrong in them."""
        appraisal = view.appraisal
        texts = (
            appraisal.title,
            appraisal.body,
            str(appraisal.horizon.first_year),
            str(appraisal.horizon.years),
            appraisal.horizon.reason,
        )
        wrong = {
            one.field: one
            for one in view.findings
            if one.step == 1 and one.severity is Severity.ERROR and not one.record
        }
        self.length.set_current(appraisal.horizon.length.value)
        self._length_words.set_text(assumption_words.length_words(appraisal.horizon.length))
        for (key, field), text in zip(self.fields.items(), texts, strict=True):
            field.set_text(text)
            if key in wrong and isinstance(field, TextField):
                field.set_fault(f"{wrong[key].sentence} {wrong[key].mend}")
        first, last = appraisal.horizon.first_year, appraisal.horizon.years - 1
        span = f"{label(first)} to {label(first, last)}" if not wrong else ""
        self.set_title("What is being decided", span)

    def _bind(self, field: TextField | TextArea, change: Callable[[Appraisal, str], Appraisal], action: str) -> None:
        context = self._context
        field.committed.connect(lambda text: context.apply(change(context.appraisal, text), action))


class _Rail(QWidget, theme.Themed):
    """The mark beside one box of the chain: written or not, and an arrow to the next box where there is one."""

    def __init__(self, *, leads_on: bool) -> None:
        super().__init__()
        self._leads_on, self._state = leads_on, "not-started"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.apply_theme()

    def set_written(self, written: bool) -> None:  # noqa: FBT001 a plain switch
        """Whether the box has words in it."""
        self._state = "completed" if written else "not-started"
        self.update()

    def apply_theme(self) -> None:
        """Takes the width."""
        self.setFixedWidth(theme.px(20))

    def sizeHint(self) -> QSize:
        """A sign's width."""
        return QSize(theme.px(20), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sign level with the label, and the arrow down from it."""
        painter, side = base.smooth(self), float(theme.px(18))
        sign = QRectF((self.width() - side) / 2, 0, side, side)
        icons.paint(painter, self._state, sign, theme.colour(icons.state_role(self._state)))
        if not self._leads_on:
            return
        painter.setPen(QPen(theme.colour("edge"), max(theme.px(1.5), 1)))
        middle, end, tip = self.width() / 2, self.height() - theme.px(3), theme.px(4)
        painter.drawLine(QPointF(middle, side + theme.px(4)), QPointF(middle, end))
        painter.drawLine(QPointF(middle - tip, end - tip), QPointF(middle, end))
        painter.drawLine(QPointF(middle + tip, end - tip), QPointF(middle, end))


class ChainCard(Card):
    """The theory of change: five boxes, each leading to the next. `areas` by field."""

    def __init__(self, context: Context) -> None:
        super().__init__("How money becomes a change", "Five boxes; each must lead to the next")
        self._parts = [TextParts(context, (part,)) for part in CHAIN]
        self._rails = [_Rail(leads_on=part is not CHAIN[-1]) for part in CHAIN]
        self.areas = {key: area for parts in self._parts for key, area in parts.areas.items()}
        for rail, parts in zip(self._rails, self._parts, strict=True):
            self.add(Row(rail, parts, stretches=(0, 1), gap=10))
        self.end()

    def helps(self) -> dict[QWidget, Help]:
        """The help of each box."""
        return {widget: words for parts in self._parts for widget, words in parts.helps().items()}

    def show_texts(self, appraisal: Appraisal) -> None:
        """The boxes, and which of them are written."""
        for rail, parts in zip(self._rails, self._parts, strict=True):
            parts.show_texts(appraisal)
            rail.set_written(bool(parts.written(appraisal)))


class TextsCard(Card):
    """A card of texts one below the other; `lead` is a sentence that says what they are for. `areas` by field."""

    def __init__(
        self, context: Context, title: str, parts: tuple[TextPart, ...], *, subtitle: str = "", lead: str = ""
    ) -> None:
        super().__init__(title, subtitle)
        if lead:
            self.add(FlowLabel(lead, "dense", "ink2"))
        self._texts = TextParts(context, parts)
        self.areas = self._texts.areas
        self.add(self._texts)
        self.end()

    def helps(self) -> dict[QWidget, Help]:
        """The help of each text."""
        return self._texts.helps()

    def show_texts(self, appraisal: Appraisal) -> None:
        """The texts as they stand."""
        self._texts.show_texts(appraisal)
