"""Three amounts and a shape: how an impact may come out, as a constraint, a supplier's view or a bearer has it."""

from dataclasses import replace

from PySide6.QtCore import Signal

from appraise.model import money
from appraise.model.appraisal.constraints import Impact
from appraise.model.appraisal.lines import Shape
from appraise.model.finding_rules.bearings import IMPACT_SHAPES
from appraise.present import wording
from appraise.present.range_words import ENDS, SHORT
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.constraints_parts import labelled, offer
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import MoneyField


class ImpactFields(Sides):
    """Low, likely and high with the shape between them. An even shape has no likely value: it stands in the middle.

    `spoken` begins the spoken names, `after` ends the labels. Signals: changed(impact, what) when the user changes it.
    """

    changed = Signal(object, str)

    def __init__(self, spoken: str, after: str = "") -> None:
        self.low, self.likely, self.high = (
            MoneyField(f"{spoken}, {which.lower()}", money.parse, label=f"{which}{after}")
            for which in ("Low", "Likely", "High")
        )
        self.fields = (self.low, self.likely, self.high)
        self.shape = PickList(f"{spoken}, shape between low and high")
        amounts = Row(self.low, self.likely, self.high)
        super().__init__(amounts, labelled("Between low and high", self.shape), stretches=(3, 1), fold=520, gap=12)
        self._impact: Impact | None = None
        self.low.parsed.connect(lambda pounds: self._tell("the impact", low=pounds))
        self.likely.parsed.connect(lambda pounds: self._tell("the impact", likely=pounds))
        self.high.parsed.connect(lambda pounds: self._tell("the impact", high=pounds))
        self.shape.chosen.connect(lambda key: self._tell("the shape of the impact", shape=Shape(key)))

    def _tell(self, what: str, **fields: object) -> None:
        if self._impact is None:
            return
        held = {name: getattr(self._impact, name) for name in ("low", "likely", "high", "shape")}
        new = Impact(**{**held, **fields})
        if new.shape is Shape.UNIFORM:
            new = replace(new, likely=(new.low + new.high) / 2)
        self.changed.emit(new, what)

    def give_up(self) -> None:
        """Half-typed amounts go: they belong to another record."""
        for field in self.fields:
            field.give_up()

    def show_impact(self, impact: Impact) -> None:
        """Show an impact; a shape that only a file brings stays to be seen."""
        self._impact = impact
        for field, amount in zip(self.fields, (impact.low, impact.likely, impact.high), strict=True):
            field.set_text(amount_text(amount))
        self.likely.setVisible(impact.shape is not Shape.UNIFORM)
        shapes = [one for one in SHORT if one in IMPACT_SHAPES or one is impact.shape]
        offer(self.shape, [(one.value, wording.capital(SHORT[one])) for one in shapes], impact.shape.value)
        self.shape.setToolTip(ENDS[impact.shape])
