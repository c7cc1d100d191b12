"""Step 1, the need, in seven sections: why now, how change comes about, objectives, outcomes, place, duty, boundary."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from appraise.model import need_sections
from appraise.ui.context import Context, View
from appraise.ui.pages import need_lists, need_texts
from appraise.ui.pages.need_pane import NeedPane
from appraise.ui.pages.need_records import Records
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, PageFrame, Row, page_keys
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.fields import TextArea

_ACT = "Equality Act 2010, section 149"
_DUTY = (
    "Before it decides, a public body must have due regard to three aims. Write what the options mean for each of them."
)
_OPTIONS_STEP = 2
_LAYOUT_RESTS_MS = 30


@dataclass(frozen=True, slots=True)
class Section:
    """One section on the page: its key, what it shows, where the keyboard goes first, and its help until then."""

    key: str
    body: QWidget
    first: Callable[[], object]
    help: Help


class NeedPage(RestingPage):
    """Step 1. One section at a time in the middle; on the right how far all of them are."""

    def __init__(self, context: Context) -> None:
        self.frame = PageFrame(
            "Step 1 of 10", "Need", "Why the service is looked at now, for whom, and what should be better."
        )
        self.help = HelpByField(need_texts.TITLE_HELP, {})
        self.decision = need_texts.DecisionCard(context)
        self.words = need_texts.TextsCard(context, "Why now", need_texts.CASE)
        self.chain = need_texts.ChainCard(context)
        self.rests = need_texts.TextsCard(context, "", (need_texts.RESTS_ON,))
        self.objectives = need_lists.Objectives(context, self.help)
        self.outcomes = Records(context, need_lists.OUTCOMES, self.help)
        self.facts = Records(context, need_lists.FACTS, self.help)
        self.place = need_texts.TextsCard(context, "The place", (need_texts.PLACE,))
        self.duty = need_texts.TextsCard(context, "The equality duty", need_texts.DUTY, subtitle=_ACT, lead=_DUTY)
        self.left_out = Records(context, need_lists.LEFT_OUT, self.help)
        self.outside = need_texts.TextsCard(context, "What the figures leave out", (need_texts.OUTSIDE,))
        self._cards = (self.words, self.chain, self.rests, self.place, self.duty, self.outside)
        self._lists = (self.objectives, self.outcomes, self.facts, self.left_out)
        for part in (self.decision, *self._cards):
            for widget, words in part.helps().items():
                self.help.add(widget, words)
        self._sections = {one.key: one for one in self._made_sections()}
        self.switch = Switch("Section of this step", need_sections.SECTIONS, "case")
        self.next = Button("", after="right")
        self._lay_out()
        super().__init__(context, self.frame)
        self.pane: NeedPane = NeedPane(self.help)
        self._connect()
        self.follow()

    def _made_sections(self) -> tuple[Section, ...]:
        areas = self.chain.areas
        return (
            Section(
                "case", Column(self.decision, self.words, gap=11), self.decision.name.setFocus, need_texts.TITLE_HELP
            ),
            Section(
                "theory", Column(self.chain, self.rests, gap=11), areas["inputs"].setFocus, need_texts.CHAIN[0].help
            ),
            Section("objectives", self.objectives, self.objectives.focus_first, need_lists.OBJECTIVES_HELP),
            Section("outcomes", self.outcomes, self.outcomes.focus_first, need_lists.OUTCOMES_HELP),
            Section(
                "place",
                Column(self.place, self.facts, gap=11),
                self.place.areas["place"].setFocus,
                need_texts.PLACE.help,
            ),
            Section("equality", self.duty, self.duty.areas["discrimination"].setFocus, need_texts.DUTY[0].help),
            Section(
                "boundary",
                Column(self.left_out, self.outside, gap=11),
                self.left_out.focus_first,
                need_lists.BOUNDARY_HELP,
            ),
        )

    def _lay_out(self) -> None:
        self.frame.add_bar(self.switch)
        for section in self._sections.values():
            self.frame.add(section.body)
        foot = Row(self.next, stretches=(0,))
        foot.line.insertStretch(0, 1)
        self.frame.add(foot)
        self.frame.end()

    def _connect(self) -> None:
        for part in self._lists:
            part.focused.connect(self._into_view_soon)
        self.switch.chosen.connect(self._show_section)
        self.next.clicked.connect(self._go_on)
        self.pane.section_wanted.connect(self.go_to_section)
        self.pane.finding_wanted.connect(lambda finding: self.focus_place(finding.record, finding.field))
        page_keys(self, self._step)

    # --- which section is shown ---

    def _step(self, by: int) -> None:
        keys = list(self._sections)
        self.go_to_section(keys[(keys.index(self.section) + by) % len(keys)])

    def _go_on(self) -> None:
        keys = list(self._sections)
        place = keys.index(self.section) + 1
        if place < len(keys):
            self.go_to_section(keys[place])
        else:
            self.context.go_to(_OPTIONS_STEP)

    def go_to_section(self, key: str) -> None:
        """Shows a section and puts the keyboard into its first field."""
        self._show_section(key)
        self._sections[key].first()

    def _show_section(self, key: str) -> None:
        """What is half typed in the section that goes is committed, for its field loses the keyboard."""
        self.section = key
        self.switch.set_current(key)
        for section in self._sections.values():
            section.body.setVisible(section.key == key)
        names, keys = dict(need_sections.SECTIONS), list(self._sections)
        place = keys.index(key) + 1
        self.next.set_text(f"Next: {names[keys[place]]}" if place < len(keys) else "Next step: Options")
        words = self._sections[key].help
        self.help.show_help(words.title, words.text, words.source)
        self.frame.to_top()
        self.pane.show_view(self.context.view, key)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """All sections, and the pane. Another document starts at the first section, without half-typed text."""
        if old is None:
            for area in self.findChildren(TextArea):
                area.sheet.setPlainText(area.sheet.saved)
            self._show_section("case")
        self.decision.show_view(new)
        if old is None or old.appraisal.need is not new.appraisal.need:
            for card in self._cards:
                card.show_texts(new.appraisal)
        if old is None or old.appraisal.need is not new.appraisal.need or old.findings is not new.findings:
            for part in self._lists:
                part.show_view(new)
        self.pane.show_view(new, self.section)

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The first field of the section in hand."""
        self._sections[self.section].first()

    def focus_place(self, record: str, field: str) -> None:
        """The field that a finding names, in its section; the title where it names none of this step."""
        key, place = self._place_of(record, field)
        self._show_section(key)
        place.setFocus()
        self._into_view_soon(place)

    def _place_of(self, record: str, field: str) -> tuple[str, QWidget]:
        """The section and the widget of a field; a list, or a group of texts, stands for what it lacks."""
        lists = {
            "objectives": ("objectives", self.objectives),
            "outcomes": ("outcomes", self.outcomes),
            "facts": ("place", self.facts),
            "left_out": ("boundary", self.left_out),
        }
        for key, part in lists.values() if record else ():
            widget = part.take(record, field)
            if widget is not None:
                return key, widget
        if field in lists:
            key, part = lists[field]
            return key, part.first_stop()
        groups = {"theory": {**self.chain.areas, **self.rests.areas}, "equality": self.duty.areas}
        if field in groups:
            areas = groups[field].values()
            return field, next((area for area in areas if not area.text().strip()), next(iter(areas)))
        cards = (("theory", self.rests), ("place", self.place), ("boundary", self.outside), ("equality", self.duty))
        for key, card in cards:
            if field in card.areas:
                return key, card.areas[field]
        return "case", {**self.decision.fields, "length": self.decision.length, **self.words.areas}.get(
            field, self.decision.name
        )

    def _into_view_soon(self, place: QWidget) -> None:
        """After the layout of what is new has come to rest, which takes a few rounds."""
        QTimer.singleShot(_LAYOUT_RESTS_MS, self, partial(self.frame.reveal, place, 24))
