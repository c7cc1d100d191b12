"""Prevention, in step 7: what pays for it, what it lowers, how its effect grows and fades, and what that saves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from appraise.model import periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme
from appraise.model.appraisal.lines import Line
from appraise.model.edits import programmes as edits
from appraise.model.finding import horizon_years
from appraise.model.money import parse_whole
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.constraints_chance import parse_share, share_text
from appraise.ui.pages.constraints_parts import labelled, offer
from appraise.ui.pages.costs_section import LineTicks
from appraise.ui.pages.funding_effect import EffectPart
from appraise.ui.pages.funding_grants import is_cost
from appraise.ui.pages.funding_section import NAMELESS, FundingSection, Hand, Side, shows_again, year_choices
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import Divider, EmptyState
from appraise.ui.widgets.table_model import Cell, TableColumn

_SHARES = ("low", "likely", "high")


def _years(key: str, label: str, words: Help) -> RecordField:
    return RecordField(key=key, label=label, help=words, parse=partial(parse_whole, low=0, high=100), unit="years")


def _share(key: str, label: str, words: Help) -> RecordField:
    return RecordField(key=key, label=label, help=words, parse=parse_share, show=share_text, unit="%")


def _add(now: Appraisal, key: str) -> Appraisal:
    return edits.add_programme(now, programme=key, name="New programme", option=now.options[0].id)


def _along(now: Appraisal, key: str, field: str, value: object) -> dict[str, Any]:
    """A share as typed; ends that stood where it stood go along, so that the first one typed is not out of order."""
    one = next((found for found in now.programmes if found.id == key), None)
    if one is None or field not in _SHARES or not isinstance(value, float):
        return {field: value}
    old, place = getattr(one, field), _SHARES.index(field)
    beside = _SHARES[place + 1 :] if value > old else _SHARES[:place]
    return {field: value, **{end: value for end in beside if getattr(one, end) == old}}


_KIND = RecordKind(
    noun="programme",
    title="Prevention programmes",
    plural="programmes",
    read=lambda now: now.programmes,
    add=_add,
    change=lambda now, key, field, value: edits.change_programme(now, programme=key, **_along(now, key, field, value)),
    remove=lambda now, key: edits.remove_programme(now, programme=key),
    move=None,
    columns=(
        TableColumn("Programme", "left", 180, stretch=True),
        TableColumn("Option", "left", 150),
        TableColumn("From", "left", 76),
        TableColumn("Lowers by", "right", 96, tip="The most, low to high"),
        TableColumn("In full from", "left", 96),
        TableColumn("Lines", "right", 60),
    ),
    cells=lambda _programme: (),
    empty="No prevention yet. Add what is spent so that less is needed later.",
    icon="chart",
    help=funding_help.PROGRAMME,
    measure=lambda _records: "Spent now so that less is needed later; lines are entered as they would be without it",
    fields=(
        (RecordField(key="name", label="Programme", help=funding_help.PROGRAMME, hint="Such as gully cleaning"),),
        (
            _years("lag_years", "Lag before it works", funding_help.LAG),
            _years("ramp_years", "Years until it works in full", funding_help.LAG),
            _share("decay", "Lost a year once it stops", funding_help.DECAY),
        ),
        (
            _share("low", "Lowers lines by: low", funding_help.MOST),
            _share("likely", "likely", funding_help.MOST),
            _share("high", "high", funding_help.MOST),
        ),
        (RecordField(key="source", label="Evidence that it works, with its date", help=funding_help.MOST),),
    ),
)


class OptionLines(LineTicks):
    """Lines of one option: which option that is need not be said, unless others were ticked before."""

    def show_lines(self, appraisal: Appraisal, chosen: frozenset[str]) -> None:
        """The lines that fit, and which of them are ticked."""
        super().show_lines(appraisal, chosen)
        self.options.setVisible(self.options.bar.count() > 1)


class ProgrammeRecords(Records):
    """The programmes; of the one in hand its option, start, lines and effect by year."""

    def __init__(self, context: Context, helps: HelpByField, hand: Hand) -> None:
        super().__init__(context, _KIND, helps)
        self._hand = hand
        self.option, self.starts = PickList("Option of the programme"), PickList("First year of the programme")
        nothing = "This option has no cost lines yet."
        self.investment = OptionLines("Lines that pay for the programme", "Lines that pay for it", self._fits, nothing)
        self.lines = OptionLines("Lines that the programme lowers", "Lines that it lowers", self._fits, nothing)
        self.effect = EffectPart()
        if self.detail is not None:
            where = Sides(labelled("Option", self.option), labelled("First year", self.starts), fold=440, gap=12)
            self.detail.content.insertWidget(1, where)
            for part in (
                Divider(),
                self.effect,
                Divider(),
                Sides(self.investment, self.lines, fold=560, gap=20),
            ):
                self.detail.add(part)
        for widget, words in (
            (self.option, funding_help.PROGRAMME),
            (self.starts, funding_help.LAG),
            (self.investment, funding_help.PAID_BY),
            (self.lines, funding_help.LOWERED),
        ):
            helps.add(widget, words)
        self.option.chosen.connect(self._set_option)
        self.starts.chosen.connect(lambda key: self._set("the first year of a programme", starts=int(key)))
        self.investment.ticked.connect(partial(self._tick, "investment"))
        self.lines.ticked.connect(partial(self._tick, "lines"))

    def _programme(self) -> Programme | None:
        return next((one for one in self._context.appraisal.programmes if one.id == self.chosen), None)

    def _fits(self, line: Line) -> bool:
        programme = self._programme()
        return programme is not None and line.option == programme.option and is_cost(line)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """Name, option, start, the most, when it works in full, and how many lines it lowers."""
        one: Programme = record
        appraisal = self._context.appraisal
        option = next((narrow_name(found) for found in appraisal.options if found.id == one.option), wording.DASH)
        first = appraisal.horizon.first_year
        full = one.starts + one.lag_years + one.ramp_years
        ends = f"{share_text(one.low)} to {share_text(one.high)}{wording.NO_BREAK}%"
        return (
            name_cell(one.name, NAMELESS),
            Cell(option, tip=option),
            Cell(periods.label(first, one.starts)),
            Cell(ends if one.high else wording.DASH),
            Cell(periods.label(first, full) if full < horizon_years(appraisal) else "never here"),
            Cell(str(len(one.lines)) if one.lines else wording.DASH),
        )

    def shown(self, record: Any) -> None:
        """What hangs on the programme in hand."""
        one: Programme = record
        appraisal = self._context.appraisal
        options = [(option.id, option.name or NAMELESS) for option in appraisal.options]
        offer(self.option, options, one.option)
        offer(self.starts, year_choices(appraisal, one.starts), str(one.starts))
        self.investment.show_lines(appraisal, frozenset(one.investment))
        self.lines.show_lines(appraisal, frozenset(one.lines))
        self.show_effect()

    def show_effect(self) -> None:
        """The effect by year and what it saves, from the newest figures."""
        one = self._programme()
        if one is not None:
            self.effect.show_programme(self._context.appraisal, one, self._hand.figures)

    def _set(self, what: str, **fields: object) -> None:
        new = edits.change_programme(self._context.appraisal, programme=self.chosen, **fields)
        self._context.apply(new, f"Change {what}")

    def _set_option(self, key: str) -> None:
        self._set("the option of a programme", option=key)

    def _tick(self, field: str, line: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        one = self._programme()
        if one is None:
            return
        old: tuple[str, ...] = getattr(one, field)
        known = {found.id for found in self._context.appraisal.lines}
        lines = (*old, line) if on else tuple(found for found in old if found != line)
        what = "what pays for a programme" if field == "investment" else "what a programme lowers"
        self._set(what, **{field: tuple(found for found in lines if found in known)})


class PreventionSection(FundingSection):
    """The programmes there are; without options there is nothing to lower."""

    first = funding_help.PROGRAMME

    def __init__(self, context: Context, side: Side) -> None:
        self.records = ProgrammeRecords(context, side.helps, side.hand)
        self.nothing = Card()
        self.empty = EmptyState(
            "chart", "Prevention lowers lines of an option, and there is no option yet.", "Go to options"
        )
        self.nothing.add(self.empty)
        super().__init__(context, side, self.nothing, self.records)
        self.empty.activated.connect(lambda: context.go_to(2))
        self.records.focused.connect(lambda _widget: self.placed.emit())

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:
        """The programmes, and lines on which several of them work."""
        return field == "programmes" or any(one.id == record for one in appraisal.programmes)

    def show_view(self, old: View | None, new: View) -> None:
        """The programmes as they are."""
        some = bool(new.appraisal.options)
        self.nothing.setVisible(not some)
        self.records.setVisible(some)
        if some and shows_again(old, new):
            self.records.show_view(new)
        elif some:
            self.records.show_effect()

    def focus_first(self) -> None:
        """The table, or what comes first."""
        if self.context.appraisal.options:
            self.records.focus_first()
        else:
            self.empty.action.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """A programme and its field; a line on which programmes work stands for the first of these."""
        appraisal = self.context.appraisal
        if field == "programmes":
            record, field = next((one.id for one in appraisal.programmes if record in one.lines), ""), "likely"
        widget = self.records.take(record, field) if record else None
        own: dict[str, Callable[[], object]] = {
            "option": self.records.option.setFocus,
            "starts": self.records.starts.setFocus,
            "investment": self.records.investment.table.setFocus,
            "lines": self.records.lines.table.setFocus,
        }
        if widget is None:
            self.focus_first()
        elif field in own:
            own[field]()
        else:
            widget.setFocus()
