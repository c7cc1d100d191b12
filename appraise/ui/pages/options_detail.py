"""The option in hand: names, role, who delivers, its contract, what it is made of, and what it is in words."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType, DeliveryModel, Option, ShortListRole
from appraise.model.edits import options as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.money import parse_whole
from appraise.present import wording
from appraise.present.option_words import CATEGORIES, CONTRACTS, MODEL_HINTS, MODELS, ROLES
from appraise.ui.context import Context
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import NumberField, TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel

Change = Callable[[Appraisal], Appraisal]


def read_years(text: str) -> int:
    """A number of years as typed; nothing is 0. ValueError with one sentence."""
    return parse_whole(text, low=0, high=125) if text.strip() else 0


def years_words(years: int) -> str:
    """Years in a narrow column: the figure, or a dash for none."""
    return str(years) if years else wording.DASH


def set_field(option: str, field: str, value: object) -> tuple[Change, str]:
    """The edit of one field of an option, and what it is called in the history."""
    edit, argument, action = _EDITS[field]
    return (lambda now: edit(now, option=option, **{argument: value})), action


_EDITS: dict[str, tuple[Callable[..., Appraisal], str, str]] = {
    "name": (edits.rename_option, "name", "Rename"),
    "short_name": (edits.set_short_name, "short_name", "Change short name of"),
    "role": (edits.set_role, "role", "Change role of"),
    "model": (edits.set_model, "model", "Change who delivers"),
    "contract": (edits.set_contract, "contract", "Change contract of"),
    "term_years": (edits.set_term, "years", "Change term of"),
    "extension_years": (edits.set_extension, "years", "Change extension of"),
    "life_years": (edits.set_life, "years", "Change years costed of"),
    "description": (edits.set_description, "description", "Change description of"),
}


class OptionDetail(Card):
    """The fields of an option. Signals: refused(sentence) when an edit is not allowed, empty when one was."""

    refused = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(" ")
        self._context = context
        self._option = ""
        self.name = TextField("Name of the option", label="Name, for headings and sentences")
        self.short_name = TextField("Short name of the option", label="Short name, for columns and charts")
        self.role = PickList("Role on the short list", [(key.value, words) for key, words in ROLES.items()])
        self.model = PickList("Who delivers", [(key.value, words) for key, words in MODELS.items()])
        self.contract = PickList("What is bought", [(key.value, words) for key, words in CONTRACTS.items()])
        self.term = NumberField("Term in years, 0 for no fixed term", read_years, label="Term, years")
        self.extension = NumberField("Extension in years, 0 for none", read_years, label="Extension, years")
        self.life = NumberField("Last year that is costed, 0 for all years", read_years, label="Last year costed")
        self.description = TextArea("Description of the option", label="What the option is", lines=3)
        self._hint = FlowLabel("", "caption", "ink2")
        self._made_of = FlowLabel("", "dense", "ink2")
        self.add(Sides(self.name, self.short_name, stretches=(3, 2), fold=520, gap=12))
        model = Column(FlowLabel("Who delivers", "caption", "ink2"), self.model, self._hint, gap=4)
        self.add(Sides(_labelled("Role on the short list", self.role), model, fold=520, gap=12))
        contract = _labelled("What is bought", self.contract)
        years = (self.term, self.extension, self.life)
        self.add(Sides(contract, *years, stretches=(4, 3, 3, 3), fold=560, gap=12))
        self.add(
            FlowLabel("0 stands for no fixed term, no extension, and all years of the horizon.", "caption", "ink2")
        )
        self.add(self.description)
        self.add(self._made_of)
        self._connect()

    def _connect(self) -> None:
        self.name.committed.connect(partial(self._set, "name"))
        self.short_name.committed.connect(partial(self._set, "short_name"))
        self.description.committed.connect(partial(self._set, "description"))
        self.role.chosen.connect(lambda key: self._set("role", ShortListRole(key)))
        self.model.chosen.connect(lambda key: self._set("model", DeliveryModel(key)))
        self.contract.chosen.connect(lambda key: self._set("contract", ContractType(key)))
        for field, years in (("term_years", self.term), ("extension_years", self.extension), ("life_years", self.life)):
            years.parsed.connect(partial(self._set, field))

    def _set(self, field: str, value: object) -> None:
        now = self._context.appraisal
        option = next((one for one in now.options if one.id == self._option), None)
        if option is None:
            return
        change, action = set_field(self._option, field, value)
        try:
            new = change(now)
        except EditRefused as refused:
            self.refused.emit(str(refused))
            self.show_option(now, option)
            return
        self.refused.emit("")
        self._context.apply(new, f"{action} {wording.shorten(option.name or 'an option', 40)}")

    def show_option(self, appraisal: Appraisal, option: Option | None) -> None:
        """The option as it stands; nothing is shown without one."""
        self.setVisible(option is not None)
        if option is None:
            return
        if option.id != self._option:
            for field in (self.name, self.short_name, self.term, self.extension, self.life):
                field.give_up()
            self.description.sheet.setPlainText(self.description.sheet.saved)
        self._option = option.id
        self.set_title(option.name or "An option without a name")
        self.name.set_text(option.name)
        self.short_name.set_text(option.short_name)
        self.role.set_current(option.role.value)
        self.model.set_current(option.model.value)
        self._hint.set_text(MODEL_HINTS[option.model])
        self.contract.set_current(option.contract.value)
        self.term.set_text(str(option.term_years))
        self.extension.set_text(str(option.extension_years))
        self.life.set_text(str(option.life_years))
        self.description.set_text(option.description)
        made = made_of(appraisal, option)
        self._made_of.set_text(made)
        self._made_of.setVisible(bool(made))

    def focus_first(self) -> None:
        """The name, selected."""
        self.name.start_over()

    def focus_field(self, field: str) -> None:
        """The field of a finding."""
        fields: dict[str, QWidget] = {
            "short_name": self.short_name,
            "role": self.role,
            "model": self.model,
            "contract": self.contract,
            "term_years": self.term,
            "extension_years": self.extension,
            "life_years": self.life,
            "description": self.description,
        }
        fields.get(field, self.name).setFocus()


def made_of(appraisal: Appraisal, option: Option) -> str:
    """The choices of the long list that an option is made of, by category; empty without any."""
    parts = []
    for category, words in CATEGORIES.items():
        names = [one.name for one in appraisal.choices if one.category is category and one.id in option.choices]
        if names:
            parts.append(f"{words}: {wording.listing(names)}.")
    return f"From the long list. {' '.join(parts)}" if parts else ""


def _labelled(text: str, part: PickList) -> Column:
    column = Column(FlowLabel(text, "caption", "ink2"), part, gap=4)
    column.line.addStretch(1)
    return column
