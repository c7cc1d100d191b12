"""The option in hand, and the right pane of step 2: which kinds of option are there."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import DeliveryModel, Option
from appraise.model.edits import options as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.money import parse_whole
from appraise.present import wording
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.widgets.cards import Card, Column, Panel, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import NumberField, TextArea, TextField
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock, IconLabel

MODELS = {
    DeliveryModel.BUSINESS_AS_USUAL: "Business as usual",
    DeliveryModel.DO_MINIMUM: "Do minimum",
    DeliveryModel.INSOURCE: "In-house",
    DeliveryModel.OUTSOURCE: "Outsourced",
    DeliveryModel.COLLABORATIVE: "Together with others",
}
_EQUAL = (
    "In-house, outsourced and joint options get the same questions, the same checks and the same room for evidence."
)


def read_term(text: str) -> int:
    """A term in years as typed; nothing is 0, no fixed term. ValueError with one sentence."""
    return parse_whole(text, low=0, high=125) if text.strip() else 0


def no_term_words(years: int) -> str:
    """A term in words: "7 years", or that there is none."""
    if not years:
        return "no fixed term"
    return f"{years}{wording.NO_BREAK}year{'' if years == 1 else 's'}"


class OptionDetail(Card):
    """The fields of an option. Signals: refused(sentence) when an edit is not allowed, empty when one was."""

    refused = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(" ")
        self._context = context
        self._option = ""
        self.name = TextField("Name of the option", label="Name, for headings and sentences")
        self.short_name = TextField("Short name of the option", label="Short name, for columns and charts")
        self.model = PickList("Kind of option: who delivers", [(model.value, words) for model, words in MODELS.items()])
        self.term = NumberField("Term in years, 0 for no fixed term", read_term, label="Term, 0 for none", unit="years")
        self.description = TextArea("Description of the option", label="What the option is", lines=4)
        model = Column(FlowLabel("Kind: who delivers", "caption", "ink2"), self.model, gap=4)
        model.line.addStretch(1)
        self._names = Row(self.name, self.short_name, stretches=(3, 2))
        self._kind = Row(model, self.term, stretches=(3, 2))
        for part in (self._names, self._kind, self.description):
            self.add(part)
        self._connect()

    def _connect(self) -> None:
        self.name.committed.connect(
            lambda text: self._apply(edits.rename_option(self._now, option=self._option, name=text), "Rename")
        )
        self.short_name.committed.connect(
            lambda text: self._apply(
                edits.set_short_name(self._now, option=self._option, short_name=text), "Change short name of"
            )
        )
        self.model.chosen.connect(self._set_model)
        self.term.parsed.connect(self._set_term)
        self.description.committed.connect(
            lambda text: self._apply(
                edits.set_description(self._now, option=self._option, description=text), "Change description of"
            )
        )

    @property
    def _now(self) -> Appraisal:
        return self._context.appraisal

    def _apply(self, new: Appraisal, action: str) -> None:
        name = next((one.name for one in self._now.options if one.id == self._option), "")
        self.refused.emit("")
        self._context.apply(new, f"{action} {wording.shorten(name or 'an option', 40)}")

    def _set_term(self, years: object) -> None:
        if isinstance(years, int):
            self._apply(edits.set_term(self._now, option=self._option, years=years), "Change term of")

    def _set_model(self, key: str) -> None:
        try:
            new = edits.set_model(self._now, option=self._option, model=DeliveryModel(key))
        except EditRefused as refused:
            self.refused.emit(str(refused))
            self.model.set_current(next(one.model.value for one in self._now.options if one.id == self._option))
            return
        self._apply(new, "Change who delivers")

    def show_option(self, option: Option | None) -> None:
        """The option as it stands; nothing is shown without one."""
        self.setVisible(option is not None)
        if option is None:
            return
        if option.id != self._option:
            for field in (self.name, self.short_name, self.term):
                field.give_up()
            self.description.sheet.setPlainText(self.description.sheet.saved)
        self._option = option.id
        self.set_title(option.name or "An option without a name")
        self.name.set_text(option.name)
        self.short_name.set_text(option.short_name)
        self.model.set_current(option.model.value)
        self.term.set_text(str(option.term_years))
        self.description.set_text(option.description)

    def focus_first(self) -> None:
        """The name, selected."""
        self.name.start_over()

    def focus_field(self, field: str) -> None:
        """The field of a finding."""
        fields = {"term_years": self.term, "short_name": self.short_name, "model": self.model}
        fields.get(field, self.name).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one below the other where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(520)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._names.line.setDirection(way)
        self._kind.line.setDirection(way)


class OptionsPane(Column):
    """Which kinds of option are there and which are missing, that all are treated alike, and help."""

    def __init__(self) -> None:
        self._title = FlowLabel("Kinds of option", "card")
        self._aside = FlowLabel("", "dense", "ink2")
        self._kinds = {model: _Kind(words) for model, words in MODELS.items()}
        equal = Panel("Equal treatment", _EQUAL, kind="tint")
        help_block = HelpBlock(
            "Which options belong on the list?",
            "About five: business as usual, a do minimum, and at least one real option each in-house, outsourced "
            "and together with others. Business as usual stays, even where it meets no objective.",
            "Green Book 2026, paragraphs 5.17 and 6.2",
            heading="Help with this page",
        )
        super().__init__(
            self._title, self._aside, *self._kinds.values(), equal, Divider(), help_block, gap=8, margin=16
        )
        self.line.addStretch(1)

    def show_view(self, view: View) -> None:
        """Counts the options of each kind."""
        options = view.appraisal.options
        present = {one.model for one in options}
        missing = len(MODELS) - len(present)
        total = wording.capital(wording.how_many(len(options), "option"))
        words = f"{wording.how_many(missing, 'kind')} missing" if missing else "every kind is there"
        self._aside.set_text(f"{total}; {words}")
        for model, row in self._kinds.items():
            row.show_options([one.short_name or one.name for one in options if one.model is model])


class _Kind(Row):
    """One kind: an icon, its name, and the options of it."""

    def __init__(self, name: str) -> None:
        self._icon = IconLabel("not-started", "ink2", 18)
        self._name = FlowLabel(name, "dense-strong")
        self._which = FlowLabel("", "dense", "ink2")
        super().__init__(self._icon, Column(self._name, self._which, gap=0), stretches=(0, 1), gap=10)

    def show_options(self, names: list[str]) -> None:
        """The options of this kind, or that there is none."""
        self._icon.set_icon("completed" if names else "attention", "good" if names else "attention")
        self._which.set_text(wording.shorten(wording.listing(names), 60) if names else "Missing")
