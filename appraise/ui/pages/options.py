"""Step 2, the options: the short list and the long list behind it, who delivers, contracts, lots, and partners."""

from collections.abc import Callable

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import DeliveryModel
from appraise.model.edits import long_list as edits
from appraise.model.finding import Finding
from appraise.model.short_list import roles_to_build, unrated, waiting
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.options_contract import Contracts
from appraise.ui.pages.options_long_list import LongList
from appraise.ui.pages.options_pane import OptionsPane, section_for
from appraise.ui.pages.options_partners import PartnersSection
from appraise.ui.pages.options_section import Section
from appraise.ui.pages.options_short_list import ShortList
from appraise.ui.pages.options_sourcing import WhoDelivers
from appraise.ui.pages.options_stages import StagesSection
from appraise.ui.pages.pane_parts import RestingPage, ToolRow
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import PageFrame, Row, page_keys
from appraise.ui.widgets.choices import Switch

_LEAD = "Business as usual, and real ways to do it otherwise, asked the same questions."
SECTIONS: dict[str, tuple[str, Callable[[Context], Section]]] = {
    "short_list": ("Short list", ShortList),
    "long_list": ("Long list", LongList),
    "sourcing": ("Who should deliver", WhoDelivers),
    "contract": ("Contract", Contracts),
    "stages": ("Lots and stages", StagesSection),
    "partners": ("Partners", PartnersSection),
}


class OptionsPage(RestingPage):
    """Sections under one switch; each is made when it is first looked at. `sections` by key."""

    def __init__(self, context: Context) -> None:
        self._frame = PageFrame("Step 2 of 10", "Options", _LEAD)
        super().__init__(context, self._frame)
        self.pane: OptionsPane = OptionsPane()
        self.sections: dict[str, Section] = {}
        self._seen: dict[str, View | None] = {}
        self.switch = Switch("Part of this step", [(key, words) for key, (words, _) in SECTIONS.items()])
        self.build = Button("Build the short list", icon="table")
        side = Row(self.build, stretches=(0,))
        side.line.addStretch(1)
        self._frame.add_bar(ToolRow(Row(self.switch, stretches=(1,)), side))
        self._frame.end()
        self.switch.chosen.connect(lambda _key: self._turn())
        self.build.clicked.connect(self._build)
        self.pane.chosen.connect(self._go)
        page_keys(self, self._step)
        self.follow()

    @property
    def section(self) -> Section:
        """The section in hand."""
        key = self.switch.current()
        if key not in self.sections:
            self.sections[key] = SECTIONS[key][1](self.context)
            self.sections[key].placed.connect(self._frame.reveal_focus)
            self.sections[key].turned.connect(self._frame.chain)
            self._seen[key] = None
            self._frame.add_bar(self.sections[key].refused)
            self._frame.body.insertWidget(self._frame.body.count() - 1, self.sections[key])
        return self.sections[key]

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The section in hand and the pane; the other sections catch up when they are turned to."""
        if old is None:
            self._seen = dict.fromkeys(self._seen)
        key, now = self.switch.current(), self.section
        before, self._seen[key] = self._seen[key], new
        now.show_view(before, new)
        for section in self.sections.values():
            section.setVisible(section is now)
        self._frame.chain()
        self.build.setVisible(key in ("short_list", "long_list") and bool(new.appraisal.choices))
        self.build.set_kind("primary" if key == "long_list" and _ready(new.appraisal) else "outline")
        self.pane.show_view(new, key)
        self.pane.show_helps(now.helps)

    def _turn(self) -> None:
        for section in self.sections.values():
            section.refuse("")
        self.show_view(self.context.view, self.context.view)
        self._frame.to_top()

    def turn_to(self, key: str) -> None:
        """Shows a section, as the switch does."""
        if key != self.switch.current():
            self.switch.set_current(key)
            self._turn()

    def _step(self, by: int) -> None:
        self.switch.step(by)
        self.focus_first()

    # --- what can be done ---

    def _build(self) -> None:
        """Makes the options that the rated choices ask for and the short list lacks; empty ones are used first."""
        now = self.context.appraisal
        before = set(now.options)
        if not (unrated(now) or _to_build(now)):
            self.section.refuse("Every option that the ratings make is on the short list already.")
            return
        built = self.section.attempt(
            lambda now: edits.build_short_list(now, new_id=lambda: self.context.fresh_id("option")),
            "Build the short list",
        )
        if not built:
            return
        self.turn_to("short_list")
        fresh = [one for one in self.context.appraisal.options if one not in before]
        without = [one for one in fresh if one.model is DeliveryModel.UNSAID]
        self.section.focus_place((without or fresh)[0].id, "model")
        self._frame.reveal_focus()
        made = wording.capital(wording.how_many(len(fresh), "option"))
        verb = "is" if len(fresh) == 1 else "are"
        end = "Say who delivers each, then enter its costs in step 5."
        self.section.tell(f"{made} {verb} made of the rated choices. {end}")

    def _go(self, finding: object) -> None:
        if isinstance(finding, Finding):
            self.focus_place(finding.record, finding.field)

    def focus_first(self) -> None:
        """Where work in the section in hand begins."""
        self.section.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The field that a finding names, in its section."""
        self.turn_to(section_for(self.context.appraisal, record, field))
        self.section.focus_place(record, field)
        self._frame.reveal_focus()


def _to_build(appraisal: Appraisal) -> bool:
    """The ratings make something that the short list lacks."""
    return bool(roles_to_build(appraisal) or waiting(appraisal))


def _ready(appraisal: Appraisal) -> bool:
    """Every choice is rated, and there is something to build."""
    return not unrated(appraisal) and _to_build(appraisal)
