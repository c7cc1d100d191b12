"""The right pane of step 5: what the option comes to, by year and beside the others, and what a line moves."""

from collections.abc import Callable

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.drivers import driver_of
from appraise.model.results import OptionResult, Results
from appraise.present import finished, tables, wording
from appraise.ui.context import View
from appraise.ui.pages.pane_parts import PaneChart, PaneHead
from appraise.ui.theme import FontRole
from appraise.ui.widgets.cards import Column, Panel, Row
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock
from appraise.ui.widgets.marks import RangeBar, RangeFace

HELP_LINES = (
    "What belongs in a line?",
    (
        "Everything the option needs, in absolute pounds, not as a difference from today. "
        "Enter prices of year 0 without VAT; inflation is added from the index."
    ),
    "Green Book 2026, paragraphs 6.23 and 6.31",
)
HELP_RANGE = (
    "What are low, likely and high?",
    (
        "Likely is your honest best guess. Low and high are ends you would be surprised to see passed. "
        "Say what would take you there."
    ),
    "Green Book 2026, paragraphs 6.60 to 6.77",
)


class _Words(FlowLabel):
    """A line of dense text that can be made strong in place."""

    def set_strong(self, *, strong: bool) -> None:
        """Semibold for the option in hand."""
        role: FontRole = "dense-strong" if strong else "dense"
        if role != self._role:
            self._role = role
            self.apply_theme()


class _Range(Column):
    """One option: its name, its middle figure, and its range below them."""

    def __init__(self) -> None:
        self.name, self.figure = _Words("", "dense", wrap=False), _Words("", "dense", wrap=False)
        self.bar = RangeBar()
        super().__init__(Row(self.name, self.figure, stretches=(1, 0), gap=8), self.bar, gap=2)


class OptionRanges(Column):
    """All options' present costs on one scale, the one in hand strong; options keep their order."""

    def __init__(self) -> None:
        super().__init__(gap=2)
        self._rows: list[_Range] = []

    def show_ranges(self, results: Results, strong: str) -> None:
        """One row an option that was simulated; a dash and no bar where no cost is entered."""
        found = [option for option in results.options if option.risk is not None]
        self._keep(len(found))
        drawn = [one for one in found if finished.costed(one)]
        ends = [(one.risk.npc.p10, one.risk.npc.p50, one.risk.npc.p90) for one in drawn if one.risk is not None]
        bottom, top = min((low for low, _, _ in ends), default=0.0), max((high for _, _, high in ends), default=1.0)
        air = (top - bottom) * 0.12 or 1.0
        form = _form(results)
        by_option = dict(zip((one.id for one in drawn), ends, strict=True))
        for row, option in zip(self._rows, found, strict=True):
            chosen = option.id == strong
            row.name.set_text(option.name)
            row.figure.set_text(form(by_option[option.id][1]) if option.id in by_option else wording.DASH)
            for label in (row.name, row.figure):
                label.set_strong(strong=chosen)
            row.bar.setVisible(option.id in by_option)
            if option.id not in by_option:
                continue
            low, middle, high = by_option[option.id]
            face = RangeFace(low, middle, high, bottom - air, top + air, strong=chosen)
            row.bar.set_face(face, f"{option.name}: {wording.money_range(low, high)} in 8 of 10 draws")

    def _keep(self, count: int) -> None:
        """As many rows as options: one that was removed, or whose adding was undone, leaves none behind."""
        while len(self._rows) > count:
            gone = self._rows.pop()
            self.line.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < count:
            self._rows.append(_Range())
            self.line.addWidget(self._rows[-1])


class CostsPane(Column):
    """The figures of one option, and help."""

    def __init__(self) -> None:
        self._head = PaneHead("")
        self._key = FlowLabel("", "key", "primary", wrap=False)
        self._measure = FlowLabel("", "dense", "ink2")
        self._range = FlowLabel("", "dense-strong")
        self._years = PaneChart("Cash by year", 128)
        self._ranges = OptionRanges()
        self._rule = Divider()
        self._ranges_title = FlowLabel("All options, present cost", "label")
        self._key_line = FlowLabel("Bar: 8 of 10 draws. Dot: the middle.", "caption", "ink2")
        self._moves = Panel("This line", "", kind="tint")
        self._help = HelpBlock(*HELP_LINES)
        super().__init__(
            self._head, self._key, self._measure, self._range, Divider(),
            self._years, self._rule,
            self._ranges_title, self._ranges, self._key_line,
            self._moves, Divider(), self._help,
            gap=6, margin=16,
        )  # fmt: skip
        self.line.addStretch(1)
        self._drawn: tuple[object, ...] = ()
        self._helps: HelpBlock | None = None
        self._results: Results | None = None  # held, so that no other results can take over its identity

    def show_option(self, view: View, option: str) -> None:
        """The figures of an option as far as there are any."""
        named = next((one for one in view.appraisal.options if one.id == option), None)
        self._head.show_state(named.name if named else "Costs and benefits", view)
        results = view.results
        found = _result(results, option)
        entered = any(line.option == option for line in view.appraisal.lines)
        options = tuple((one.id, one.name) for one in view.appraisal.options)
        drawn = (id(results), options, option, entered)
        if drawn == self._drawn:
            return  # the same figures: drawing them again takes longer than an edit
        self._drawn, self._results = drawn, results
        costed = entered and found is not None and finished.costed(found)
        has_risk = costed and found is not None and found.risk is not None
        for part in (self._measure, self._range, self._rule, self._ranges, self._ranges_title, self._key_line):
            part.setVisible(has_risk)
        if results is None or found is None or found.risk is None or not costed:
            self._key.set_text(wording.DASH)
            waits = "with the first line of costs"
            if entered:
                waits = "with the first amount" if results is not None else "when nothing is wrong in the document"
            self._years.show_chart(None, f"Figures appear {waits}.")
            return
        low, middle, high = found.risk.npc.p10, found.risk.npc.p50, found.risk.npc.p90
        form = _form(results)
        self._key.set_text(form(middle))
        self._measure.set_text(f"present cost, {wording.years_from(results.years)}")
        spread = f"{form(low)} to {form(high)} in 8 of 10 draws"
        self._range.set_text(spread if form(low) != form(high) else "No range is entered that could be seen.")
        self._ranges.show_ranges(results, option)
        self._show_years(results, view.appraisal, found)

    def _show_years(self, results: Results, appraisal: Appraisal, found: OptionResult) -> None:
        from appraise.present import charts
        from appraise.present.chart_parts import money_unit

        if found.financial is None or not any(found.financial.by_year):
            self._years.set_title("Cash by year")
            self._years.show_chart(None, "No cash yet.")
            return
        unit = money_unit([float(value) for value in found.financial.by_year])
        self._years.set_title(f"Cash by year, {unit.name}")
        self._years.show_chart(
            lambda width, height, style: charts.cost_by_year(
                results, appraisal, option=found.id, width=width, height=height, style=style
            )
        )

    def show_helps(self, helps: HelpBlock | None) -> None:
        """The help of the section in hand; None for that of the lines."""
        if helps is not self._helps and self._helps is not None:
            self._helps.hide()
            self.line.removeWidget(self._helps)
        if helps is not None and helps is not self._helps:
            self.line.insertWidget(self.line.indexOf(self._help) + 1, helps)
            helps.show()
        self._helps = helps
        self._help.setVisible(helps is None)
        if helps is not None:
            self._moves.hide()

    def show_line(self, view: View, line: Line | None, *, ranges: bool) -> None:
        """What the line in hand moves; `ranges` chooses the help."""
        sentence = line_sentence(view, line) if line is not None else ""
        self._moves.setVisible(bool(sentence))
        self._moves.show_text("This line", sentence)
        self._help.show_help(*(HELP_RANGE if ranges else HELP_LINES))


def _form(results: Results) -> Callable[[float], str]:
    """One form for all present costs of the pane, so that the big figure reads like the rows below it."""
    risks = [one.risk for one in results.options if one.risk is not None and finished.costed(one)]
    return wording.money_column(end for risk in risks for end in (risk.npc.p10, risk.npc.p50, risk.npc.p90))


def _result(results: Results | None, option: str) -> OptionResult | None:
    if results is None:
        return None
    try:
        return tables.find_option(results, option)
    except KeyError:
        return None


def line_sentence(view: View, line: Line) -> str:
    """How far the line moves its option's present cost between its 10 % and 90 % point, and what moves with it."""
    rule = RULES[line.treatment]
    if not rule.economic:
        return f"{rule.label}: outside the economic case. {rule.why}"
    found = _result(view.results, line.option)
    if found is None or found.risk is None:
        return ""
    moved = next((one for one in found.risk.influences if one.id == driver_of(line)), None)
    if moved is None and line.range is not None and rule.benefit and not rule.receipt:
        return "Not part of the present cost: its range moves the net present value only."
    if moved is None:
        return "No range is entered, so this line moves nothing by chance."
    low, high = sorted((moved.low, moved.high))
    # a word joiner keeps sign and amount on one line
    ends = f"{wording.money_signed(low)} to {wording.money_signed(high)}".replace("£", "\u2060£")
    if not line.driver:
        return f"Moves the present cost by {ends} in 8 of 10 cases."
    others = {one.option for one in view.appraisal.lines if one.driver == line.driver} - {line.option}
    shared = f"{wording.capital(wording.how_many(len(others), 'other option'))} move with it." if others else ""
    if len(others) == 1:
        shared = shared.replace(" move ", " moves ")
    driver = wording.shorten(line.driver, 40)
    return f"Its driver “{driver}” moves the present cost by {ends} in 8 of 10 cases. {shared}".strip()
