"""The whole story of one line, opened under its row: what it is, where it comes from, who bears it."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, BorneBy, Group, Line, Point, Prices, Rule, Shape, Spend, Treatment
from appraise.model.edits import correlations
from appraise.model.edits import lines as edits
from appraise.model.periods import label
from appraise.model.results import Results
from appraise.model.tables import USUAL_LINES
from appraise.present import moving_together, wording
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages.costs_drivers import with_driver, with_group, with_shared
from appraise.ui.pages.costs_grid import Field, FieldGrid, StepsTable, labelled
from appraise.ui.pages.costs_range import RangeEditor
from appraise.ui.pages.costs_rows import SPENDS, Errors
from appraise.ui.pages.costs_terms import TermsSide
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.fields import NumberField, PercentField, TextField
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.marks import Chip

_NEW_GROUP = "new"
_FACTS = (("yes", "One fact for all options"), ("no", "Each option has its own"))
_SIDES = (("line", "The line"), ("terms", "Terms"), ("figures", "How it becomes a figure"))
_GROUPS = {
    Group.UNSAID: "Not said",
    Group.HOUSEHOLDS: "Households",
    Group.BUSINESSES: "Businesses",
    Group.VOLUNTARY: "Voluntary sector",
}
_SHARES = {
    "deadweight": ("Deadweight", "What would have happened anyway"),
    "displacement": ("Displacement", "What is taken from neighbours"),
    "substitution": ("Substitution", "What replaces other activity there"),
    "leakage": ("Leakage", "What leaves for elsewhere"),
}


def fields_of(line: Line) -> frozenset[str]:
    """Which fields fit a line: nobody is asked for a probability of what is certain (METHOD 8.4)."""
    rule = RULES[line.treatment]
    own = rule.bearer is BorneBy.OWN
    drawn = (rule.economic or rule.financial) and not rule.financing
    fits = {
        "spend": own and rule.economic and not (rule.benefit or rule.capital or rule.event),
        "price_year": line.prices is Prices.OTHER_YEAR,
        "index": line.prices is not Prices.CASH,
        "range": drawn,
        "vat": rule.financial and not rule.tax,
        "bias": rule.economic and not rule.event,
        "body": rule.bearer is BorneBy.PUBLIC_BODY,
        "group": rule.bearer is BorneBy.SOCIETY,
        "incomes": rule.bearer is BorneBy.SOCIETY,
        "probability": rule.event,
        "health": rule.economic and (rule.benefit or not own),
        "heading": own and not rule.benefit and not rule.place,
        "reason": not rule.economic or rule.event or bool(line.reason),
        "shares": rule.place or rule.bearer is BorneBy.SOCIETY,
    }
    return frozenset({"prices", "source", "assumption"} | {key for key, yes in fits.items() if yes})


def bias_sentence(results: Results | None, line: Line) -> str:
    """The optimism bias of a line as a sum: percent of pounds, less what risks explain, what is left."""
    option = next((one for one in results.options if one.id == line.option), None) if results else None
    case = option.economic if option else None
    found = next((one for one in case.biases if one.line == line.id), None) if case else None
    if found is None or not line.bias:
        return ""
    percent = f"{money.plain_number(round(found.percent, 1))} %"
    if RULES[line.treatment].benefit:
        late = f", {wording.number(found.delay_years, 1)} years late" if found.delay_years else ""
        return f"Gains fall by {percent}{late}."
    less = f", less {wording.money_short(found.linked)} of risks" if found.linked else ""
    return f"{percent} of {wording.money_short(found.central)}{less}: {wording.money_short(found.residual)}."


class LineStory(QWidget, theme.Themed):
    """The fields of a line, edited at once.

    Signals: resized() when it wants another height; turned() when it shows another side; copied(line, option) when a
    copy is asked for.
    """

    resized = Signal()
    turned = Signal()
    copied = Signal(str, str)

    def __init__(self, context: Context, line: str) -> None:
        super().__init__()
        self._context, self._line = context, line
        self._what_fields()
        self._money_fields()
        self._bearer_fields()
        self.range = RangeEditor()
        self.range.ranged.connect(self._set_range)
        self.range.listed.connect(self._set_points)
        self.range.outcomes.model.faulted.connect(self._faulted)
        self._moving_fields()
        self.grid = FieldGrid(self._grid_fields())
        self._chips = Row(self._economic, self._financial, self._rule, stretches=(0, 0, 1), gap=8)
        words = Column(
            Row(self.name, labelled("What it is", self.treatment), stretches=(3, 2)), self._chips, self.grid, gap=8
        )
        words.line.addStretch(1)
        self._inside = Row(words, self._uncertain(), stretches=(3, 2), gap=24)
        self.steps = StepsTable()
        self._no_steps = FlowLabel("", "dense", "ink2")
        self._figures = Column(self.steps, self._no_steps, gap=4)
        self._figures.hide()
        self.terms: TermsSide | None = None
        self._errors: Errors = {}
        self._frame = Column(self._inside, self._figures, self._actions(), gap=10)
        self._column = Column(self._frame)
        self.setLayout(self._column.line)
        self.apply_theme()

    # --- the fields ---

    def _what_fields(self) -> None:
        self.name = TextField("Name of the line", label="Name")
        self.treatment = PickList("What the line is", [(one.value, rule.label) for one, rule in RULES.items()])
        self._rule = FlowLabel("", "caption", "ink2")
        self._economic, self._financial = Chip("Economic case"), Chip("Financial case")
        self.spend = PickList("Kind of spending", [(one.value, words) for one, words in SPENDS.items()])
        self.heading = PickList("Usual line that it fills")
        self.source = TextField("Where the amounts come from", label="Where from")
        self.assumption = PickList("Assumption the line rests on")
        self._assumed = FlowLabel("", "caption", "ink2", wrap=False)
        self.reason = TextField("Why it is treated so", label="Why it is treated so")
        self.name.committed.connect(lambda text: self._edit(edits.rename_line, "Rename", name=text))
        self.treatment.chosen.connect(
            lambda key: self._edit(edits.set_treatment, "Change what it is:", treatment=Treatment(key))
        )
        self.spend.chosen.connect(lambda key: self._change("kind of spending", spend=Spend(key)))
        self.heading.chosen.connect(lambda key: self._change("usual line", heading=key))
        self.source.committed.connect(lambda text: self._edit(edits.set_line_source, "Change source of", source=text))
        self.assumption.chosen.connect(
            lambda key: self._edit(edits.set_line_assumption, "Change assumption of", assumption=key)
        )
        self.reason.committed.connect(lambda text: self._change("reason", reason=text))

    def _money_fields(self) -> None:
        self.prices = PickList("Prices that the amounts are entered in")
        whole = partial(money.parse_whole, low=1990, high=2200)
        self.price_year = NumberField("Year of the prices, its April", whole, label="Prices of the year from April")
        self.index = PickList("Price index of the line")
        self.vat = PercentField("VAT on top, per cent", money.parse_percent, label="VAT on top")
        self.recoverable = PickList("Whether VAT is recovered", (("yes", "Recovered"), ("no", "Not recovered")))
        self.bias = PickList("Optimism bias of the line")
        self._bias_sum = FlowLabel("", "caption", "ink2")
        self.prices.chosen.connect(self._set_prices)
        self.price_year.parsed.connect(lambda year: self._change("price year", price_year=year))
        self.index.chosen.connect(lambda key: self._edit(edits.set_index, "Change price index of", index=key))
        self.vat.parsed.connect(lambda value: self._change("VAT", vat_percent=value))
        self.recoverable.chosen.connect(lambda key: self._change("VAT", vat_recoverable=key == "yes"))
        self.bias.chosen.connect(lambda key: self._edit(edits.set_line_bias, "Change optimism bias of", bias=key))

    def _bearer_fields(self) -> None:
        self.body = PickList("Public body that bears it")
        self.group = PickList("Part of society that bears it", [(one.value, words) for one, words in _GROUPS.items()])
        self.incomes = PickList("Income group that it falls on")
        self.probability = PercentField("Chance that it falls due", money.parse_probability, label="Chance")
        self.health = PickList("Discounted as", (("no", "Money"), ("yes", "Life and health")))
        self.shares = {
            key: PercentField(f"{name}, per cent", money.parse_percent, label=name)
            for key, (name, _) in _SHARES.items()
        }
        for key, field in self.shares.items():
            field.setToolTip(f"{_SHARES[key][1]}, and so does not stay in the place.")
        self.body.chosen.connect(lambda key: self._edit(edits.set_line_body, "Change who bears", body=key))
        self.group.chosen.connect(lambda key: self._change("who bears it", group=Group(key)))
        self.incomes.chosen.connect(lambda key: self._edit(edits.set_line_incomes, "Change incomes of", incomes=key))
        self.probability.parsed.connect(lambda value: self._change("chance", probability=value))
        self.health.chosen.connect(lambda key: self._change("discount rate", health=key == "yes"))
        for key, field in self.shares.items():
            field.parsed.connect(partial(self._set_share, key))

    def _uncertain(self) -> QWidget:
        """How far the line may come out otherwise, and what moves with it."""
        fact = labelled("The driver is", self.fact)
        group = labelled("Correlation group: moves in part", self.correlation)
        self.moving = Column(Divider(), self.driver, fact, group, self._moving, self.open_group, gap=6)
        self._numbers = Column(self.range, self.moving, gap=10)
        self._numbers.line.addStretch(1)
        self.moving.line.setAlignment(self.open_group, Qt.AlignmentFlag.AlignLeft)
        return self._numbers

    def _grid_fields(self) -> dict[str, Field]:
        """The fields in reading order."""
        return {
            "reason": Field(self.reason, 6),
            "spend": Field(labelled("Kind of spending", self.spend), 3),
            "probability": Field(self.probability, 3),
            "body": Field(labelled("Who bears it", self.body), 3),
            "group": Field(labelled("Who bears it", self.group), 3),
            "incomes": Field(labelled("Income group", self.incomes), 3),
            "health": Field(labelled("Discounted as", self.health), 3),
            "prices": Field(labelled("Entered in", self.prices), 3),
            "price_year": Field(self.price_year, 3),
            "index": Field(labelled("Prices rise with", self.index), 3),
            "vat": Field(Row(self.vat, labelled("and is", self.recoverable), stretches=(2, 3), gap=8), 3),
            "bias": Field(labelled("Optimism bias", self.bias, self._bias_sum), 3),
            "heading": Field(labelled("Usual line that it fills", self.heading), 3),
            "shares": Field(Row(*self.shares.values(), gap=8), 6),
            "source": Field(self.source, 3),
            "assumption": Field(labelled("Rests on the assumption", self.assumption, self._assumed), 3),
        }

    def _moving_fields(self) -> None:
        """What other lines the line moves with: all the way by a driver, in part in a correlation group."""
        self.driver = TextField(
            "Driver, the fact that the line follows",
            label="Driver: the fact it follows",
            hint="None: uncertain by itself",
        )
        self.fact = PickList("Whether the driver is one fact for all options", _FACTS, "yes")
        self.correlation = PickList("Correlation group of the line")
        self.open_group = Button("Strength and lines", kind="plain", small=True)
        self.open_group.setAccessibleName("Strength and lines of the correlation group")
        self._moving = FlowLabel("", "caption", "ink2")
        self.driver.committed.connect(self._set_driver)
        self.fact.chosen.connect(self._set_fact)
        self.correlation.chosen.connect(self._set_group)
        self.open_group.clicked.connect(lambda: self._context.go_to(5, self._current().correlation, "rho"))

    def _actions(self) -> QWidget:
        self.side = SegmentBar("Side of the story", _SIDES, "line")
        self.side.chosen.connect(lambda _key: self._turn())
        self.copy = PickList("Copy the line to an option")
        copy = self.copy_button = Button("Copy to", small=True)
        up, down = (
            Button("Up", kind="plain", icon="up", small=True),
            Button("Down", kind="plain", icon="down", small=True),
        )
        remove = Button("Remove line", kind="plain", icon="bin", small=True)
        up.setAccessibleName("Move the line up")
        down.setAccessibleName("Move the line down")
        copy.clicked.connect(lambda: self.copied.emit(self._line, self.copy.current()))
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        remove.clicked.connect(lambda: self._edit(edits.remove_line, "Remove"))
        buttons = Row(copy, self.copy, up, down, remove, stretches=(0, 1, 0, 0, 0), gap=6)
        self._foot = Row(Row(self.side), buttons, stretches=(0, 0), gap=12)
        self._foot.line.insertStretch(1, 1)
        return self._foot

    # --- what is shown ---

    def show_line(self, view: View, line: Line, errors: Errors) -> None:
        """Shows the line as it is in the document, and what is wrong with it."""
        appraisal, rule = view.appraisal, RULES[line.treatment]
        fits = fields_of(line)
        self.name.set_text(line.name)
        self.treatment.set_current(line.treatment.value)
        self._show_rule(rule)
        self._show_words(appraisal, line)
        self._show_money(appraisal, line)
        self._show_moving(appraisal, line)
        self._show_bearer(appraisal, line)
        self._bias_sum.set_text(bias_sentence(view.results, line))
        self._bias_sum.setVisible(bool(self._bias_sum.text()))
        self._show_faults(line, errors)
        self.grid.show_fields(fits)
        self._numbers.setVisible("range" in fits)
        others = [(one.id, one.short_name or one.name) for one in appraisal.options if one.id != line.option]
        self.copy.set_choices(others)
        for part in (self.copy, self.copy_button):
            part.setEnabled(bool(others))
        self.range.show_range(line, errors.get((line.id, "range")))
        self._errors = errors
        if self.side.current() == "figures":
            self._show_steps(view, line)
        elif self.terms is not None and self.side.current() == "terms":
            self.terms.show_line(view, line, errors)
        self.resized.emit()

    def _show_rule(self, rule: Rule) -> None:
        """Where the line counts, and why."""
        for chip, name, counts in (
            (self._economic, "economic case", rule.economic),
            (self._financial, "financial case", rule.financial),
        ):
            words = wording.capital(name) if counts else f"Not in the {name}"
            chip.set_face(words, "good" if counts else "plain", "completed" if counts else "")
        self._rule.set_text(rule.why)

    def _show_words(self, appraisal: Appraisal, line: Line) -> None:
        self.spend.set_current(line.spend.value)
        usual = [("", "None"), *((one.id, one.name) for one in USUAL_LINES.values())]
        self.heading.set_choices(usual, line.heading)
        self.heading.set_current(line.heading)
        self.reason.set_text(line.reason)
        self.source.set_text(line.source)
        log = [("", "None"), *((one.id, one.statement or "Without words") for one in appraisal.assumptions)]
        self.assumption.set_choices(log)
        self.assumption.set_current(line.assumption)
        self.assumption.setToolTip(self.assumption.currentText())
        rests = next((one for one in appraisal.assumptions if one.id == line.assumption), None)
        self._assumed.set_text(f"Its evidence: {rests.source}" if rests is not None and rests.source else "")
        self._assumed.setVisible(bool(self._assumed.text()))

    def _show_money(self, appraisal: Appraisal, line: Line) -> None:
        first = label(appraisal.horizon.first_year)
        choices = (
            (Prices.YEAR_0.value, f"Prices of {first}"),
            (Prices.OTHER_YEAR.value, "Prices of another year"),
            (Prices.CASH.value, "Cash of each year"),
        )
        self.prices.set_choices(choices)
        self.prices.set_current(line.prices.value)
        self.price_year.set_text(str(line.price_year) if line.price_year else "")
        indices = [("", "General inflation"), *((one.id, one.name or "Without a name") for one in appraisal.indices)]
        self.index.set_choices(indices)
        self.index.set_current(line.index)
        self.vat.set_text(money.plain_number(line.vat_percent))
        self.recoverable.set_current("yes" if line.vat_recoverable else "no")
        self.recoverable.setEnabled(bool(line.vat_percent))
        biases = [("", "None"), *((one.id, one.name or "Without a name") for one in appraisal.biases)]
        self.bias.set_choices(biases)
        self.bias.set_current(line.bias)

    def _show_moving(self, appraisal: Appraisal, line: Line) -> None:
        self.driver.set_text(line.driver)
        self.fact.set_current("yes" if line.shared else "no")
        self.fact.setEnabled(bool(line.driver))
        groups = [(one.id, one.name or "Without a name") for one in appraisal.correlation_groups]
        gone = line.correlation and all(key != line.correlation for key, _ in groups)
        lost = [(line.correlation, "A group that is gone")] if gone else []
        self.correlation.set_choices([("", "None"), *groups, *lost, (_NEW_GROUP, "New group …")])
        self.correlation.set_current(line.correlation)
        group = next((one for one in appraisal.correlation_groups if one.id == line.correlation), None)
        paired = moving_together.in_matrix(appraisal, line)
        self.correlation.setEnabled(not paired or bool(line.correlation))
        pairs = "Its pairs stand under “Moves together”." if paired else ""
        parts = (moving_together.driver_sentence(appraisal, line), moving_together.group_sentence(group), pairs)
        self._moving.set_text(" ".join(part for part in parts if part))
        self.open_group.setVisible(group is not None)

    def _show_bearer(self, appraisal: Appraisal, line: Line) -> None:
        bodies = [("", "Not named"), *((one.id, one.name or "Without a name") for one in appraisal.bodies)]
        self.body.set_choices(bodies)
        self.body.set_current(line.body)
        self.group.set_current(line.group.value)
        incomes = [("", "All incomes"), *((one.id, one.name or "Without a name") for one in appraisal.income_groups)]
        self.incomes.set_choices(incomes)
        self.incomes.set_current(line.incomes)
        self.probability.set_text(money.plain_number(line.probability * 100))
        self.health.set_current("yes" if line.health else "no")
        for key, field in self.shares.items():
            field.set_text(money.plain_number(getattr(line.place, key)))

    def _show_faults(self, line: Line, errors: Errors) -> None:
        fields = {
            "name": self.name, "reason": self.reason, "probability": self.probability, "price_year": self.price_year,
            "vat_percent": self.vat, "source": self.source,
        }  # fmt: skip
        for key, field in fields.items():
            if (found := errors.get((line.id, key))) is not None and not field.line.hasFocus():
                field.set_fault(found.sentence)

    def _show_steps(self, view: View, line: Line) -> None:
        words = self.steps.show_line(view.appraisal, line)
        self._no_steps.set_text(words)
        self._no_steps.setVisible(bool(words))
        self.steps.setVisible(not words)

    def _turn(self) -> None:
        """The fields, the terms, or the steps to the figure."""
        side = self.side.current()
        if side == "figures":
            self._show_steps(self._context.view, self._current())
        elif side == "terms":
            if self.terms is None:
                self.terms = TermsSide(self._context, self._line)
                self.terms.resized.connect(self.resized)
                self._frame.line.insertWidget(1, self.terms)
            self.terms.show_line(self._context.view, self._current(), self._errors)
        self._inside.setVisible(side == "line")
        self._figures.setVisible(side == "figures")
        if self.terms is not None:
            self.terms.setVisible(side == "terms")
        self.turned.emit()
        self.resized.emit()

    def show_side(self, side: str) -> None:
        """Another side of the story, by its key; "" leaves it at the side that it shows."""
        if side and side != self.side.current():
            self.side.set_current(side)
            self._turn()

    def focus_terms(self, field: str) -> None:
        """The side with the terms, with the keyboard on the field of a finding."""
        self.show_side("terms")
        if self.terms is not None:
            self.terms.focus_field(field)

    # --- the keyboard ---

    def _stops(self) -> list[QWidget]:
        """Everything that a person edits, in order."""
        return [
            self.name, self.treatment, self.spend, self.probability, self.body, self.group, self.incomes, self.prices,
            self.price_year, self.index, self.health, self.vat, self.recoverable, self.bias, *self.shares.values(),
            self.heading, self.source, self.assumption, self.reason, *self.range.stops(), self.driver, self.fact,
            self.correlation, self.open_group, self.side, self.copy,
        ]  # fmt: skip

    def stop_in_hand(self) -> int:
        """Which field has the keyboard; -1 where none has."""
        return next((place for place, field in enumerate(self._stops()) if field.hasFocus()), -1)

    def take_up(self, stop: int) -> None:
        """Gives the keyboard back to a field, after the story was opened anew."""
        if stop >= 0:
            self._stops()[stop].setFocus()

    # --- edits ---

    def _current(self) -> Line:
        return next(line for line in self._context.appraisal.lines if line.id == self._line)

    def _edit(self, edit: Callable[..., Appraisal], action: str, **fields: object) -> None:
        name = wording.shorten(self._current().name or "a line", 40)
        self._context.apply(edit(self._context.appraisal, line=self._line, **fields), f"{action} {name}")

    def _change(self, what: str, **fields: object) -> None:
        self._edit(edits.change_line, f"Change {what} of", **fields)

    def _set_prices(self, key: str) -> None:
        prices = Prices(key)
        now = self._current()
        if prices is Prices.OTHER_YEAR and not now.price_year:
            before = self._context.appraisal.horizon.first_year - 1
            self._change("prices", prices=prices, price_year=before)
        else:
            self._change("prices", prices=prices)

    def _set_share(self, key: str, value: object) -> None:
        self._edit(edits.set_additionality, "Change what stays in the place of", **{key: value})

    def _set_driver(self, text: str) -> None:
        """A line that joins a driver takes over what holds for it."""
        name = wording.shorten(self._current().name or "a line", 40)
        self._context.apply(with_driver(self._context.appraisal, self._line, text), f"Change driver of {name}")

    def _set_fact(self, key: str) -> None:
        """One fact or several: that holds for every line that names it."""
        driver = moving_together.driver_key(self._current())
        new = with_shared(self._context.appraisal, driver, shared=key == "yes")
        self._context.apply(new, f"Change sharing of {wording.shorten(self._current().driver, 40)}")

    def _set_group(self, key: str) -> None:
        """Another group for the line and all of its driver; a new one begins with them."""
        new, name = self._context.appraisal, wording.shorten(self._current().name or "a line", 40)
        if key != _NEW_GROUP:
            self._context.apply(with_group(new, self._line, key), f"Change correlation group of {name}")
            return
        group = self._context.fresh_id("group")
        new = with_group(correlations.add_group(new, group=group, name="New group"), self._line, group)
        self._context.apply(new, f"Add a correlation group with {name}")

    def _set_range(self, low: Decimal | None, high: Decimal | None, shape: Shape) -> None:
        if low is None or high is None:
            self._edit(edits.clear_range, "Take away the range of")
        else:
            self._edit(edits.set_range, "Change range of", low=low, high=high, shape=shape)

    def _set_points(self, points: tuple[Point, ...], action: str) -> None:
        if points:
            self._edit(edits.set_points, action, points=points)
        else:
            self._edit(edits.clear_range, "Take away the range of")

    def _move(self, step: int) -> None:
        """Past the neighbour of the same option, whose place in the whole list may be further away."""
        lines = self._context.appraisal.lines
        own = [place for place, line in enumerate(lines) if line.option == self._current().option]
        at = next(number for number, place in enumerate(own) if lines[place].id == self._line) + step
        if 0 <= at < len(own):
            self._edit(edits.move_line, "Move", to=own[at])

    # --- size ---

    def _faulted(self, _sentence: str) -> None:
        """What is wrong with an outcome stands under the outcomes, and needs room."""
        self.resized.emit()

    def sizeHint(self) -> QSize:
        """As high as its fields need at the width of the table."""
        width, inside = self._fit(), self._column.line
        inside.activate()
        high = inside.totalHeightForWidth(width) if inside.hasHeightForWidth() else inside.totalSizeHint().height()
        return QSize(width, high + 1)

    def _fit(self) -> int:
        """Keeps to what can be seen of a table that is wider; says how wide that is."""
        base.margins(self._column.line, 16, 4, 16, 8)  # here too: at a new zoom the columns set their own after ours
        base.margins(self._frame.line, 14, 10, 14, 12)
        parent = self.parentWidget()
        width = parent.width() if parent is not None else theme.px(760)
        self._frame.setMaximumWidth(max(width - theme.px(32), 1))
        narrow = width < theme.px(640)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for row in (self._inside, self._foot, self._chips):
            row.line.setDirection(down if narrow else across)
        self.grid.set_narrow(narrow=narrow)
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window puts the range under the words."""
        super().resizeEvent(event)
        self._fit()
        if event.oldSize().width() != event.size().width():
            self.resized.emit()

    def apply_theme(self) -> None:
        """Takes the margins."""
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground of the open row, and the white box on it."""
        painter = base.smooth(self)
        painter.fillRect(self.rect(), theme.colour("selected"))
        box = QRectF(self._frame.geometry())
        base.panel(painter, box, theme.colour("card"), theme.colour("frame"), 6)
