"""The bridge of step 8: from the economic to the financial total, drawn for one option and to the penny for all."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import BridgeStep, Results
from appraise.present import charts, financial_tables, finished, tables
from appraise.present.bridge_words import Origin, origin
from appraise.present.chart_bridge import adds_up
from appraise.ui.context import Context
from appraise.ui.pages.results_cards import TableCard, chosen_name
from appraise.ui.pages.results_charts import FigureCard
from appraise.ui.pages.results_sections import FiguresSection, OptionChoice
from appraise.ui.pages.results_state import Figures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import Chip

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

ADDS_UP = "Adds up to the penny"


class RowStory(Column):
    """What a row of the bridge is, where its lines are, and the way there."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._origin: Origin | None = None
        self.sentence = FlowLabel("", "body")
        self.where = FlowLabel("", "dense", "ink2")
        self.go = Button("Show", after="right", small=True)
        foot = Row(self.go, stretches=(0,))
        foot.line.addStretch(1)
        super().__init__(self.sentence, self.where, foot, gap=4, margin=10)
        self.go.clicked.connect(self._leave)

    def show_origin(self, found: Origin, option: str) -> None:
        """The words of a row, for the option named."""
        self._origin = found
        self.sentence.set_text(found.sentence)
        self.where.set_text(f"{option}. {found.where}" if found.lines else found.where)
        self.go.set_text({5: "Show the lines", 6: "Show the constraints"}.get(found.step, "Show the figures"))
        self.go.setAccessibleName(f"{found.where} Show")
        self.go.setVisible(found.step > 0)

    def _leave(self) -> None:
        if self._origin is not None:
            self._context.go_to(self._origin.step, self._origin.record, self._origin.field)


class BridgeSection(FiguresSection):
    """A waterfall for the chosen option, and the table of all options; a click on a row explains it."""

    def __init__(self, context: Context) -> None:
        self.choice = OptionChoice(whole=False)
        self.chart = FigureCard(300)
        self.rows = TableCard()
        self.sums = Chip(ADDS_UP, "good")
        self.rows.add_action(self.sums)
        self._asked = ""
        self._keys: tuple[str, ...] = ()
        self.story: RowStory | None = None
        super().__init__(context, self.choice, self.chart, self.rows)
        self.choice.switch.chosen.connect(lambda _key: self._show_choice())
        table = self.rows.table
        table.clicked.connect(self._clicked)
        table.toggled.connect(self._toggle)
        table.opened.connect(self._toggle)

    # --- what is shown ---

    def fill(self, figures: Figures) -> None:
        """The table of all options, and the drawing of the chosen one."""
        self.choice.show_figures(figures)
        self._show_rows()
        whole = all(adds_up(steps) for steps in _bridges(figures.results))
        self.sums.set_face(ADDS_UP if whole else "Does not add up", "good" if whole else "problem")
        self._show_choice()

    def _show_rows(self) -> None:
        """The table; where its rows or columns are others than before, the open story is made again."""
        if self.figures is None:
            return
        results, appraisal = self.figures.results, self.figures.appraisal
        table = financial_tables.bridge(results, appraisal)
        keys, opened = row_keys(results, table), self.rows.table.story_key()
        before = self.rows.shown
        same = before is not None and before.columns == table.columns and keys == self._keys
        if opened and not same:
            self._close()
        self._keys = keys
        self.rows.show_table(table, chosen_name(results, appraisal), keys=keys, arrow=True)
        if opened in keys and not same:
            self._open(opened)

    def _show_choice(self) -> None:
        if self.figures is None:
            return
        results, appraisal = self.figures.results, self.figures.appraisal
        self.chart.draw(partial(_drawn, results, appraisal, self.choice.current()))
        self._tell()

    # --- the story of a row ---

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a figure asks for its option; one on the name for the option that is drawn."""
        if self.figures is None or not index.isValid():
            return
        row = self.rows.model.rows[index.row()]
        if row.kind == "story" or (index.column() == 0 and row.cells[0].icon):
            return  # the arrow of the first cell tells `toggled` itself
        costed = [one.id for one in self.figures.results.options if finished.costed(one)]
        asked = costed[index.column() - 1] if index.column() else ""
        if row.key == self.rows.table.story_key() and asked != self._asked:
            self._asked = asked
            self._tell()
            return
        self._toggle(row.key, asked)

    def _toggle(self, key: str, option: str = "") -> None:
        """Opens the story under a row, or closes it."""
        if not key or key == self.rows.table.story_key():
            self._close()
        else:
            self._asked = option
            self._open(key)
        self._show_rows()

    def _open(self, key: str) -> None:
        self.story = RowStory(self.context)
        self._tell_about(key)
        self.rows.table.open_story(key, self.story)
        self._tell()

    def _close(self) -> None:
        self.rows.table.close_story()
        self.story = None

    def _tell(self) -> None:
        """Brings the open story to the figures and the option."""
        key = self.rows.table.story_key()
        if key:
            self._tell_about(key)
            self.rows.table.fit_story()

    def _tell_about(self, key: str) -> None:
        figures = self.figures
        if self.story is None or figures is None:
            return
        ids = [one.id for one in figures.results.options]
        option = self._asked if self._asked in ids else self.choice.current()
        name = tables.short_name(figures.appraisal, option)
        self.story.show_origin(origin(figures.appraisal, option, key), name)

    def lead(self, card: TableCard, row: int, column: int) -> None:
        """Enter opens the story of a row, which leads to its lines."""

    def first_stop(self) -> QWidget:
        """The choice of option."""
        return self.choice.switch


def _bridges(results: Results) -> list[tuple[BridgeStep, ...]]:
    """The bridges that the table shows, in its order."""
    cases = [one.financial for one in results.options if finished.costed(one)]
    return [case.bridge for case in cases if case is not None]


def row_keys(results: Results, table: tables.Table) -> tuple[str, ...]:
    """The key of every row of the bridge by its name; bodies of one name are told apart by their place."""
    keys: dict[str, list[str]] = {}
    for steps in _bridges(results):
        for step in steps:
            known = keys.setdefault(step.name, [])
            if step.key not in known:
                known.append(step.key)
    seen: dict[str, int] = {}
    found = []
    for row in table.rows:
        name = str(row[0].raw)
        place = seen.get(name, 0)
        seen[name] = place + 1
        found.append(keys[name][min(place, len(keys[name]) - 1)])
    return tuple(found)


def _drawn(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.bridge(results, appraisal, option=option, width=width, height=height, style=style)
