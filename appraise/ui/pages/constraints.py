"""Step 6: what others have still to agree, who pays if they do not, and what it is worth to know first."""

from collections.abc import Callable
from functools import partial

from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_help import helps
from appraise.ui.pages.constraints_list import RegisterSection
from appraise.ui.pages.constraints_pane import ConstraintPane
from appraise.ui.pages.constraints_prices import PricesSection
from appraise.ui.pages.constraints_section import Section, Seen
from appraise.ui.pages.constraints_settling import SettlingSection
from appraise.ui.pages.results_state import Figures, FiguresPage
from appraise.ui.widgets.cards import PageFrame, Row, page_keys
from appraise.ui.widgets.choices import Switch

_LEAD = "What others have still to agree, who pays if they do not, and what it is worth to know first."
REGISTER, PRICES, SETTLING = "register", "prices", "settling"
SECTIONS: dict[str, tuple[str, Callable[[Context], Section]]] = {
    REGISTER: ("Register", RegisterSection),
    PRICES: ("Prices", PricesSection),
    SETTLING: ("Settle these first", SettlingSection),
}


class ConstraintsPage(FiguresPage):
    """Three sections under one switch; each is made when it is first looked at. `sections` by key.

    `full` are the last figures with prices and values of settling, which live runs leave out.
    """

    def __init__(self, context: Context) -> None:
        frame = PageFrame("Step 6 of 10", "Constraints and risks", _LEAD)
        self.full: Figures | None = None
        self.sections: dict[str, Section] = {}
        self._seen: dict[str, View | None] = {}
        self._frame = frame
        self.switch = Switch("Part of this step", [(key, words) for key, (words, _) in SECTIONS.items()])
        frame.add_bar(Row(self.switch, stretches=(1,)))
        frame.end()
        super().__init__(context, frame)
        self.pane = self.side = ConstraintPane()
        self.side.prices_wanted.connect(partial(self.turn_to, PRICES))
        self.switch.chosen.connect(lambda _key: self._turn())
        page_keys(self, self._step)
        self.follow()

    # --- which section is shown ---

    def _made(self, key: str) -> Section:
        """A section, made now if need be."""
        if key not in self.sections:
            section = SECTIONS[key][1](self.context)
            self.sections[key] = section
            self._seen[key] = None
            self._frame.body.insertWidget(self._frame.body.count() - 1, section)
            if isinstance(section, (RegisterSection, SettlingSection)):
                section.picked.connect(self._taken)
            if isinstance(section, RegisterSection):
                section.prices_wanted.connect(partial(self.turn_to, PRICES))
                for field, words in helps(section).items():
                    self.side.help.add(field, words)
        return self.sections[key]

    @property
    def section(self) -> Section:
        """The section in hand."""
        return self._made(self.switch.current())

    @property
    def register(self) -> RegisterSection:
        """The register with its record, whichever section is in hand."""
        section = self._made(REGISTER)
        if not isinstance(section, RegisterSection):
            raise TypeError("the register is a RegisterSection")
        return section

    def turn_to(self, key: str) -> None:
        """Shows a section, as the switch does; the constraint in hand stays in hand."""
        if key != self.switch.current():
            self.switch.set_current(key)
            self._turn()
            self.focus_first()

    def _step(self, by: int) -> None:
        self.switch.step(by)
        self.focus_first()

    def _turn(self) -> None:
        self.show_view(self.context.view, self.context.view)
        self._frame.to_top()

    def _taken(self, constraint: str) -> None:
        """A constraint was taken in hand: the other sections and the pane follow."""
        for key, section in self.sections.items():
            if key != self.switch.current():
                section.take(constraint)
                self._seen[key] = None
        self._show_pane(self.context.view)

    # --- what is shown ---

    def refresh(self, old: View | None, new: View) -> None:
        """Another document takes no figures over from the one before."""
        if old is None:
            self.full = None
        super().refresh(old, new)

    def _keep(self, view: View) -> None:
        super()._keep(view)
        if self.figures is None and view.results is None:
            self.full = None
        elif self.figures is not None and self.figures.results.constraints is not None:
            self.full = self.figures

    def show_view(self, old: View | None, new: View) -> None:
        """The section in hand and the pane; the other sections catch up when they are turned to."""
        if old is None:
            self._seen = dict.fromkeys(self._seen)
            self.switch.set_current(REGISTER)
        key, now = self.switch.current(), self.section
        before, self._seen[key] = self._seen[key], new
        now.show_seen(before, Seen(new, self.full))
        for section in self.sections.values():
            section.setVisible(section is now)
        self._show_pane(new)

    def _show_pane(self, view: View) -> None:
        in_hand = self.section.current() or self.register.current()
        constraint = next((one for one in view.appraisal.constraints if one.id == in_hand), None)
        self.side.show_constraint(view, constraint, self.switch.current())

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """Where work in the section in hand begins."""
        self.section.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The field of a constraint or of an option's price, in its section; or a section, asked for by its key."""
        if field in SECTIONS and not record:
            self.switch.set_current(field)
            self._turn()
            self.focus_first()
            return
        options = {option.id for option in self.context.appraisal.options}
        self.switch.set_current(PRICES if record in options else REGISTER)
        self._turn()
        self.section.focus_place(record, field)
        self._frame.reveal_focus()
