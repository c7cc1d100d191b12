"""How uncertain the rises of a price index are: percentage points a year under and over what was entered."""

from decimal import Decimal
from functools import partial

from appraise.model import money
from appraise.model.appraisal.lines import Index, RiseRange, Shape
from appraise.model.edits import lines as edits
from appraise.model.finding import horizon_years
from appraise.present import range_words, wording
from appraise.ui.context import View
from appraise.ui.pages.costs_grid import labelled
from appraise.ui.pages.costs_range import WidePick
from appraise.ui.pages.costs_section import CostSection, errors_at
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import NumberField
from appraise.ui.widgets.labels import FlowLabel

RISES_HELP = Help(
    "How far may prices run away?",
    "Percentage points that the rise of every year may lie under or over what was entered. One draw moves all years, "
    "so it adds up: one point a year is about a tenth after ten years.",
    "Green Book 2026, paragraphs 6.45 to 6.51",
)
_SHAPES = [(one.value, range_words.SHAPES[one]) for one in range_words.RISE_SHAPES]
_DRAWN = (("yes", "One fact for all options"), ("no", "Each option has its own"))


def parse_under(text: str) -> Decimal:
    """Points under what was entered: 0 or below. ValueError with one sentence."""
    points = money.parse_percent(text)
    if points > 0:
        raise ValueError("Low is 0 or below, such as -1: the points by which a rise may be lower.")
    return points


def parse_over(text: str) -> Decimal:
    """Points over what was entered: 0 or above. ValueError with one sentence."""
    points = money.parse_percent(text.strip().removeprefix("+"))
    if points < 0:
        raise ValueError("High is 0 or above, such as 2: the points by which a rise may be higher.")
    return points


class RiseEditor(Column):
    """The range of the index in hand; hidden while there is none. `index` is its id."""

    def __init__(self, section: CostSection) -> None:
        self._section = section
        self.index = ""
        self._range: RiseRange | None = None
        self.title = FlowLabel("", "dense-strong")
        self.low = NumberField("Low, percentage points a year", parse_under, label="Low, points a year")
        self.high = NumberField("High, percentage points a year", parse_over, label="High, points a year")
        self.shape = WidePick("Shape of the range of rises", _SHAPES, Shape.PERT.value)
        self.drawn = PickList("Whether the rises are one fact for all options", _DRAWN, "yes")
        self.fault = FlowLabel("", "caption", "problem")
        self.words = FlowLabel("", "caption", "ink2")
        ends = Row(self.low, self.high)
        kinds = Row(labelled("Shape", self.shape), labelled("The rises are", self.drawn))
        fields = Sides(ends, kinds, stretches=(2, 3), fold=560, gap=12)
        super().__init__(self.title, fields, self.fault, self.words, gap=6)
        self.fault.hide()
        self.low.parsed.connect(lambda value: self._say(low=value))
        self.high.parsed.connect(lambda value: self._say(high=value))
        self.shape.chosen.connect(lambda _key: self._kind("shape"))
        self.drawn.chosen.connect(lambda _key: self._kind("sharing"))
        section.helps.add(self, RISES_HELP)

    def show_index(self, view: View, index: Index | None) -> None:
        """The range of an index, what is wrong with it, and what it comes to by year 10."""
        self.setVisible(index is not None)
        if index is None:
            self.index, self._range = "", None
            return
        if index.id != self.index:
            for field in (self.low, self.high):
                field.give_up()
        self.index, self._range = index.id, index.range
        self.title.set_text(f"How sure are the rises of “{wording.shorten(index.name or 'this index', 40)}”?")
        now = index.range
        self.low.set_text(money.plain_number(now.low) if now else "0")
        self.high.set_text(money.plain_number(now.high) if now else "0")
        if now is not None:
            self.shape.set_current(now.shape.value)
            self.drawn.set_current("yes" if now.shared else "no")
        fault = errors_at(view.findings, index.id).get("range", "")
        self.fault.set_text(fault)
        self.fault.setVisible(bool(fault))
        self.words.set_text("" if fault else range_words.rise_sentence(index, horizon_years(view.appraisal)))
        self.words.setVisible(not fault)

    def _say(self, low: object = None, high: object = None) -> None:
        now, nothing = self._range, Decimal(0)
        new_low = low if isinstance(low, Decimal) else now.low if now else nothing
        new_high = high if isinstance(high, Decimal) else now.high if now else nothing
        if not new_low and not new_high:
            make = partial(edits.clear_rise_range, index=self.index)
            self._section.attempt(make, "Take away the range of an index")
        else:
            self._set(new_low, new_high, "range")

    def _kind(self, what: str) -> None:
        """Shape or sharing; until an end is typed, only the widget keeps them."""
        if self._range is not None:
            self._set(self._range.low, self._range.high, what)

    def _set(self, low: Decimal, high: Decimal, what: str) -> None:
        shape, shared = Shape(self.shape.current()), self.drawn.current() == "yes"
        make = partial(edits.set_rise_range, index=self.index, low=low, high=high, shape=shape, shared=shared)
        words = {"range": "range of", "shape": "shape of the range of", "sharing": "sharing of"}[what]
        self._section.attempt(make, f"Change {words} an index")
