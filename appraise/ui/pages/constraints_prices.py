"""How the supplier of each option prices constraints, what that comes to, and what was seen elsewhere."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.constraints import Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.edits import options as edits
from appraise.model.finding import Finding
from appraise.model.pricing import PRESETS, carries
from appraise.present import constraint_tables, wording
from appraise.present.constraint_sentences import flip_message, flip_sentence, premium_message
from appraise.present.constraint_words import EVIDENCE, PRINCIPLES
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import parse_more, parse_share, share_text
from appraise.ui.pages.constraints_parts import FaultLine, labelled
from appraise.ui.pages.constraints_section import EarlierChip, Section, Seen
from appraise.ui.pages.results_cards import TableCard, chosen_name
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.results_state import Figures, MissingFigures
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.fields import ParsedField, PercentField, TextArea
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.marks import RangeFace
from appraise.ui.widgets.table_figures import FigureTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_EVIDENCE = (
    TableColumn("Where", width=210, wrap=True),
    TableColumn("On one scale from 0", width=130, stretch=True),
    TableColumn("Added", "right"),
)
#: The principles whose strength is a share, typed in per cent; the others take a plain number.
_SHARES = frozenset({Principle.EXPECTED_VALUE, Principle.CVAR, Principle.PERCENTILE})


def priced_options(appraisal: Appraisal, findings: Iterable[Finding] = ()) -> tuple[Option, ...]:
    """The options in which a supplier carries a constraint, whole or in part; and those whose price has errors."""
    priced = {part.option for constraint in appraisal.constraints for part in constraint.bearings if carries(part)}
    wrong = {found.record for found in findings if found.field == "pricing" and found.stops_figures}
    return tuple(option for option in appraisal.options if option.id in priced | wrong)


def strength_text(principle: Principle, strength: float) -> str:
    """A strength for its field: in per cent where it is a share."""
    return share_text(strength) if principle in _SHARES else money.plain_number(strength)


def parse_strength(principle: Principle, text: str) -> float:
    """A strength as its principle wants it. ValueError with one sentence."""
    if principle is Principle.EXPECTED_VALUE:
        return parse_more(text)
    if principle in _SHARES:
        share = parse_share(text)
        if not 0 < share < 1:
            raise ValueError("Type a level above 0 % and below 100 %.")
        return share
    strength = money.parse_number(text)
    if principle is Principle.PROPORTIONAL_HAZARD and strength < 1:
        raise ValueError("Type a number of 1 or more; 1 adds nothing.")
    if strength < 0:
        raise ValueError("Type a number of 0 or more; 0 adds nothing.")
    return strength


class PrincipleCard(Card):
    """The principle of one option's supplier, its strength, what competition leaves of it, and the evidence."""

    def __init__(self, context: Context) -> None:
        super().__init__("How this supplier prices")
        self._context, self._option = context, ""
        self._pricing = Pricing()
        names = [(key.value, words.name) for key, words in PRINCIPLES.items()]
        self.principle = PickList("Pricing principle", names)
        self.strength = ParsedField("Strength of the principle", self._read, label="Strength")
        self.competition = PercentField(
            "Share of the margin that bidders can hold", parse_share, label="Margin that bidders can hold"
        )
        self.evidence = TextArea("What the pricing rests on", label="What this rests on", lines=2)
        self.preset = Button("Usual strength", kind="plain", small=True)
        self.words = FlowLabel("", "dense", "ink2")
        self.errors = FaultLine()
        fields = (labelled("Principle", self.principle), self.strength, self.competition)
        for part in (Sides(*fields, stretches=(3, 2, 2), fold=480), self.words, self.errors, self.evidence):
            self.add(part)
        self.add_action(self.preset)
        self._connect()

    def _connect(self) -> None:
        self.principle.chosen.connect(self._set_principle)
        self.strength.parsed.connect(self._set_strength)
        self.competition.parsed.connect(lambda share: self._set("the competition", competition=share))
        self.evidence.committed.connect(lambda text: self._set("the evidence of the price", evidence=text))
        self.preset.clicked.connect(lambda: self._set_strength(PRESETS[self._pricing.principle]))

    def _read(self, text: str) -> float:
        return parse_strength(self._pricing.principle, text)

    def _set_principle(self, key: str) -> None:
        """Another principle starts with its preset."""
        self._set("the pricing principle", principle=Principle(key))

    def _set_strength(self, strength: float) -> None:
        self._set("the strength", strength=strength)

    def _set(
        self,
        what: str,
        *,
        principle: Principle | None = None,
        strength: float | None = None,
        competition: float | None = None,
        evidence: str | None = None,
    ) -> None:
        appraisal = self._context.appraisal
        option = next((one for one in appraisal.options if one.id == self._option), None)
        if option is None:
            return
        new = edits.set_pricing(
            appraisal,
            option=option.id,
            principle=principle or option.pricing.principle,
            strength=strength,
            competition=competition,
            evidence=evidence,
        )
        self._context.apply(new, f"Change {what} of {wording.shorten(option.name or 'an option', 30)}")

    def show_option(self, view: View, option: Option) -> None:
        """Show how the supplier of one option prices."""
        if option.id != self._option or option.pricing.principle is not self._pricing.principle:
            self.strength.give_up()
        if option.id != self._option:
            self.competition.give_up()
            self.evidence.sheet.setPlainText(self.evidence.sheet.saved)
        self._option, self._pricing = option.id, option.pricing
        pricing, words = option.pricing, PRINCIPLES[option.pricing.principle]
        unit = "%" if pricing.principle in _SHARES else ""
        usual = PRESETS[pricing.principle]
        self.set_title(
            f"How the supplier of {narrow_name(option)} prices",
            "Everything it carries in one lot is one pool; without lots, in the contract",
        )
        self.principle.set_current(pricing.principle.value)
        self.strength.set_label(words.strength)
        self.strength.set_unit(unit)
        self.strength.set_text(strength_text(pricing.principle, pricing.strength))
        self.competition.set_text(share_text(pricing.competition))
        self.evidence.set_text(pricing.evidence)
        self.words.set_text(words.sentence)
        self.preset.setVisible(pricing.strength != usual)
        shown = strength_text(pricing.principle, usual)
        self.preset.set_text(f"Usual: {shown}{wording.NO_BREAK}{unit}".rstrip())
        self.errors.show_errors(view.findings, option.id, ("pricing",))


class PoolCard(TableCard):
    """What the suppliers of all options add, in parts that add up; the row in hand drives the card below.

    Signals: picked(option) when another option is in hand.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.fresh = EarlierChip()
        self.add_action(self.fresh)
        self.table.moved.connect(lambda key, _column: self.picked.emit(key))

    def show_figures(self, figures: Figures) -> None:
        """One row an option whose supplier carries something; without one a sentence stands alone."""
        results, appraisal = figures.results, figures.appraisal
        table = constraint_tables.supplier_prices(results, appraisal)
        keys = [option.id for option, _ in constraint_tables.with_premium(results)]
        self.show_table(table, chosen_name(results, appraisal), keys=keys)
        self.set_title(premium_message(results, appraisal), self.subtitle.text())
        self.table.setVisible(bool(table.rows))
        self.note.setVisible(bool(table.rows))
        self.show()


class EvidenceCard(Card):
    """The implied premium of every option beside what research found, on one scale."""

    def __init__(self) -> None:
        super().__init__("What suppliers add here, beside published evidence", "Per cent; for comparison only")
        self.model = DataTableModel(_EVIDENCE)
        self.table = FigureTable("Premium beside published evidence", self.model, row_height=34)
        self.sources = FlowLabel("", "caption", "ink2")
        self.add(self.table)
        self.add(self.sources)

    def show_figures(self, figures: Figures) -> None:
        """The options, then the evidence; of what a figure is a share, and who found it, stands below."""
        implied = [
            premium.implied_percent
            for _, premium in constraint_tables.with_premium(figures.results)
            if premium.implied_percent is not None
        ]
        top = 1.05 * max([*(one.high for one in EVIDENCE), *implied])
        table = constraint_tables.premium_evidence(figures.results, figures.appraisal)
        ranges = [*((share, share) for share in implied), *((one.low, one.high) for one in EVIDENCE)]
        shown = [row for row in table.rows if row[3].raw is not None]
        rows = []
        for number, (row, (low, high)) in enumerate(zip(shown, ranges, strict=False)):
            here, (where, base, source, added) = number < len(implied), (cell.text for cell in row)
            face = RangeFace(low, (low + high) / 2, high, 0.0, top, strong=here)
            words = f"{added} {base}; {source}"
            cells = (Cell(where, tip=words), Cell(mark=face, spoken=words), Cell(added, tip=words))
            rows.append(TableRow(f"{number}/{where}", cells, "strong" if here else "plain"))
        self.model.set_rows(rows)
        self.sources.set_text(" ".join(f"{one.where}: {one.base}. {one.source}." for one in EVIDENCE))


class FlipsCard(TableCard):
    """The risk that would have to be transferred to flip the ranking, beside what is assumed, in words and figures."""

    def __init__(self) -> None:
        super().__init__()
        self.words = FlowLabel("", "body")
        self.content.insertWidget(0, self.words)

    def show_figures(self, figures: Figures) -> None:
        """One sentence and one row for every option that passes risk on, against the cheapest that keeps it."""
        results, appraisal = figures.results, figures.appraisal
        table = constraint_tables.flips(results, appraisal)
        self.show_table(table)
        self.set_title(flip_message(results, appraisal), table.title)
        self.words.set_text(" ".join(flip_sentence(appraisal, one) for one in results.flips))


class PricesSection(Section):
    """The pools side by side, how the supplier in hand prices, price by lot and entry, the flips, and the evidence."""

    def __init__(self, context: Context) -> None:
        self._option = ""
        self._filled: Figures | None = None
        self.none_card = Card()
        self.none = EmptyState(
            "people",
            "In no option does a supplier carry a constraint, so there is nothing to price.",
            "Say who bears each constraint",
        )
        self.none_card.add(self.none)
        self.missing = MissingFigures(context, "Prices appear here as soon as an option has costs.", "Go to costs", 5)
        self.pools, self.lots, self.parts = PoolCard(), TableCard(), TableCard()
        self.flips, self.evidence = FlipsCard(), EvidenceCard()
        self.choice = Switch("Option whose supplier prices")
        self.which = Column(FlowLabel("Whose supplier", "caption", "ink2", wrap=False), self.choice, gap=4)
        self.how = PrincipleCard(context)
        self.how.content.insertWidget(0, self.which)
        self._figures: tuple[QWidget, ...] = (self.pools, self.lots, self.parts, self.flips, self.evidence)
        first, *rest = self._figures
        super().__init__(context, self.none_card, self.missing, first, self.how, *rest)
        self._seen: Seen | None = None
        self.none.activated.connect(self._to_register)
        self.choice.chosen.connect(self._pick)
        self.pools.picked.connect(self._pick)

    def _to_register(self) -> None:
        constraints = self.context.appraisal.constraints
        self.context.go_to(6, constraints[0].id if constraints else "", "bearings" if constraints else "register")

    def _pick(self, option: str) -> None:
        if option != self._option and self._seen is not None:
            self._option = option
            self.show_seen(None, self._seen)

    def show_seen(self, old: View | None, seen: Seen) -> None:
        """Bring the form to the view, and the tables to the last full figures."""
        self._seen = seen
        view, full = seen.view, seen.full
        options = priced_options(view.appraisal, view.findings)
        self.none_card.setVisible(not options)
        self.missing.show_view(view, full)
        if not options:
            self.missing.hide()
        self.which.setVisible(len(options) > 1)
        self.how.setVisible(bool(options))
        for part in self._figures:
            part.setVisible(bool(options) and full is not None)
        if not options:
            return
        option = next((one for one in options if one.id == self._option), options[0])
        self._option = option.id
        self.choice.set_choices([(one.id, narrow_name(one)) for one in options], option.id)
        self.how.show_option(view, option)
        self.pools.fresh.show_seen(seen)
        if full is not None:
            self._fill(full)

    def _fill(self, full: Figures) -> None:
        if full is not self._filled:
            self._filled = full
            self.pools.show_figures(full)
            self.lots.show_table(constraint_tables.lots(full.results, full.appraisal))
            self.parts.show_table(constraint_tables.prices_by_constraint(full.results, full.appraisal))
            self.flips.show_figures(full)
            self.evidence.show_figures(full)
        for card in (self.lots, self.parts, self.flips, self.evidence):
            card.setVisible(bool(card.model.rows))
        if self._option in [row.key for row in self.pools.model.rows]:
            self.pools.table.place(self._option)

    def focus_first(self) -> None:
        """The table of pools; while it is missing, the form or what leads to it."""
        if self.pools.isVisibleTo(self) and self.pools.table.isVisibleTo(self):
            self.pools.table.setFocus()
        elif self.how.isVisibleTo(self):
            self.how.principle.setFocus()
        else:
            self.none.action.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The form of an option."""
        if any(one.id == record for one in self.context.appraisal.options):
            self._pick(record)
        (self.how.strength if self.how.isVisibleTo(self) else self.none.action).setFocus()
