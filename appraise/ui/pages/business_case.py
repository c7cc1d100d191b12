"""Step 10, the business case: the decision asked for, the words of two cases, the checks, and the export."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QWidget

from appraise.model import journey
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import records
from appraise.model.finding import Finding, Severity
from appraise.model.journey import anything_entered
from appraise.model.plain import plain
from appraise.present.wording import how_many
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.pages.text_parts import Help, HelpByField, TextPart, TextParts
from appraise.ui.shell import pane_frame
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, PageFrame, Panel, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.findings import FindingRow, FindingsList
from appraise.ui.widgets.labels import Divider, FlowLabel, IconLabel, Notice

_DECISION_HELP = Help(
    "What shall the board do?",
    "Ask for one decision, with its date, its length and its conditions. The figures inform it; they do not take it.",
    "Green Book 2026, chapter 3",
)
_DECISION = TextPart(
    key="decision",
    label="Decision asked for",
    hint="Cabinet is asked to approve…",
    help=_DECISION_HELP,
    read=lambda appraisal: appraisal.recommendation.decision,
    change=lambda appraisal, text: records.set_decision(appraisal, decision=text),
    lines=2,
)
_REASONS = TextPart(
    key="reasons",
    label="Reasons",
    hint="Why this option, and when another would be right",
    help=Help(
        "Why this option?",
        "Give the reasons a sceptical member would accept, with what would change them. "
        "The option may differ from the cheapest and from the highest score.",
        "Green Book 2026, chapter 3",
    ),
    read=lambda appraisal: appraisal.recommendation.reasons,
    change=lambda appraisal, text: records.set_recommendation_reasons(appraisal, reasons=text),
)
_SOURCE = "Green Book 2026, table 3"
_COMMERCIAL = (
    TextPart(
        key="route",
        label="Route to market",
        hint="Tender, framework, agreement between bodies, or none",
        help=Help(
            "How is it bought?", "Say which route, which lots, and how small firms and charities can bid.", _SOURCE
        ),
        read=lambda appraisal: appraisal.commercial.route,
        change=lambda appraisal, text: records.set_route(appraisal, text=text),
    ),
    TextPart(
        key="requirements",
        label="Requirements",
        hint="What the service has to do",
        help=Help("What must it do?", "Ask for outcomes and measures, not for a way of working.", _SOURCE),
        read=lambda appraisal: appraisal.commercial.requirements,
        change=lambda appraisal, text: records.set_requirements(appraisal, text=text),
    ),
    TextPart(
        key="risk_allocation",
        label="Who carries which risk",
        hint="And why they can do something about it",
        help=Help("Who can act on it?", "A risk belongs with whoever can do something about it.", _SOURCE),
        read=lambda appraisal: appraisal.commercial.risk_allocation,
        change=lambda appraisal, text: records.set_risk_allocation(appraisal, text=text),
    ),
    TextPart(
        key="people",
        label="Staff",
        hint="What it means for the people who do the work now",
        help=Help("What becomes of the staff?", "Say who moves, on which terms, and who was consulted.", _SOURCE),
        read=lambda appraisal: appraisal.commercial.people,
        change=lambda appraisal, text: records.set_staff(appraisal, text=text),
    ),
)
_MANAGEMENT = (
    TextPart(
        key="governance",
        label="Governance",
        hint="Who steers and who answers",
        help=Help("Who answers for it?", "Name the board, the owner and how often they meet.", _SOURCE),
        read=lambda appraisal: appraisal.management.governance,
        change=lambda appraisal, text: records.set_governance(appraisal, text=text),
    ),
    TextPart(
        key="transition",
        label="Transition",
        hint="From today's service to the new one",
        help=Help("How does it change over?", "Give the dates, what runs in parallel, and who leads.", _SOURCE),
        read=lambda appraisal: appraisal.management.transition,
        change=lambda appraisal, text: records.set_transition(appraisal, text=text),
    ),
    TextPart(
        key="benefits",
        label="Benefits",
        hint="How they are made to happen",
        help=Help("Who makes it happen?", "Give each benefit an owner, a measure and a date.", _SOURCE),
        read=lambda appraisal: appraisal.management.benefits,
        change=lambda appraisal, text: records.set_benefits(appraisal, text=text),
    ),
    TextPart(
        key="review",
        label="Review",
        hint="When and how it is looked at again",
        help=Help("When is it checked?", "Set the date of the first review and what would end the contract.", _SOURCE),
        read=lambda appraisal: appraisal.management.review,
        change=lambda appraisal, text: records.set_review(appraisal, text=text),
    ),
)
_CONTENTS = (
    ("Two pages for the board", "the decision, why, how sure, what would change it"),
    ("Five cases", "strategic, economic, commercial, financial, management"),
    ("Annexes", "every line by year, reasons, sources, versions"),
    ("The model itself", "attached, so that anybody can check the figures"),
)


def texts_of(appraisal: Appraisal) -> Iterator[str]:
    """All texts that somebody typed."""
    return _strings(plain(appraisal))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


class FoldingCard(Card):
    """Texts that stay folded away until somebody writes or reads them."""

    def __init__(self, title: str, texts: TextParts, count: int) -> None:
        super().__init__(title)
        self._title, self.texts, self._count = title, texts, count
        self.toggle = Button("Open", kind="plain", icon="down", small=True)
        self.toggle.clicked.connect(lambda: self.unfold(unfolded=self.texts.isHidden()))
        self.add_action(self.toggle)
        self.add(texts)
        self.unfold(unfolded=False)

    def unfold(self, *, unfolded: bool) -> None:
        """Show the texts, or fold them away."""
        self.texts.setVisible(unfolded)
        self.toggle.set_text("Close" if unfolded else "Open")
        self.toggle.setAccessibleName(f"{'Close' if unfolded else 'Open'} {self._title.lower()}")

    def show_texts(self, appraisal: Appraisal) -> None:
        """The texts, and how many are written."""
        self.texts.show_texts(appraisal)
        self.set_title(self._title, f"{self.texts.written(appraisal)} of {self._count} parts written")


class DecisionCard(Card):
    """What is asked for, which option the authors recommend, and why. `fields` by the names that findings use."""

    def __init__(self, context: Context) -> None:
        super().__init__("The decision", accent=True)
        self._context = context
        self.decision = TextParts(context, (_DECISION,))
        self.option = PickList("Recommended option")
        self.option.chosen.connect(self._recommend)
        self.figures = FlowLabel("", "dense", "ink2")
        self.reasons = TextParts(context, (_REASONS,))
        pick = Column(FlowLabel("Recommended option", "caption", "ink2"), self.option, gap=4)
        self.add(self.decision)
        self.add(Row(pick, self.figures, stretches=(2, 3)))
        self.add(self.reasons)
        self.fields: dict[str, QWidget] = {**self.decision.areas, "option": self.option, **self.reasons.areas}

    def show_view(self, old: View | None, new: View) -> None:
        """The document's words, and what the figures say beside them."""
        now = new.appraisal
        if old is None or old.appraisal.recommendation is not now.recommendation:
            self.decision.show_texts(now)
            self.reasons.show_texts(now)
        if (
            old is None
            or old.appraisal.options is not now.options
            or old.appraisal.recommendation is not now.recommendation
        ):
            choices = [(option.id, option.name or "Option without a name") for option in now.options]
            self.option.set_choices([("", "None yet"), *choices])
            known = now.recommendation.option in {option.id for option in now.options}
            self.option.set_current(now.recommendation.option if known else "")
        self.figures.set_text(_what_figures_say(new))

    def _recommend(self, option: str) -> None:
        context = self._context
        context.apply(records.recommend(context.appraisal, option=option), "Recommend an option")


class ContentsPane(Column):
    """What the PDF will hold, and which characters it cannot print."""

    def __init__(self) -> None:
        super().__init__(gap=8)
        self.line.addWidget(FlowLabel("What the PDF will contain", "card"))
        for title, words in _CONTENTS:
            text = Column(FlowLabel(title, "strong"), FlowLabel(words, "dense", "ink2"), gap=0)
            self.line.addWidget(Row(IconLabel("check", "good", 18), text, stretches=(0, 1), gap=8))
        self.tagged = Panel("For everybody", "Tagged for screen readers (PDF/UA-1) and made to be kept (PDF/A-3a).")
        self.lost = Notice("attention", "Some characters cannot be printed", " ")
        self.line.addWidget(self.tagged)
        self.line.addWidget(self.lost)

    def show_texts(self, appraisal: Appraisal) -> None:
        """Which characters of the document the type of the PDF lacks."""
        from appraise.report.safe_text import unprintable

        lost = unprintable(texts_of(appraisal))
        shown = " ".join(lost[:20])
        self.lost.setVisible(bool(lost))
        words = f"They become a near sign or [?]: {shown}"
        self.lost.show_text("Some characters cannot be printed", f"{words} …" if len(lost) > 20 else words)


class ChecksCard(Card):
    """All findings by step, errors first; a click goes to the place."""

    def __init__(self, context: Context) -> None:
        super().__init__("Checks")
        self._context = context
        self.found = FindingsList("Findings on the whole appraisal")
        self.found.chosen.connect(self._go)
        self.add(self.found)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """The message first, then every finding."""
        errors = sum(one.severity is Severity.ERROR for one in findings)
        looks = sum(one.severity is Severity.ATTENTION for one in findings)
        self.set_title(_checks_message(errors, looks), "Click a finding to go to it." if findings else "")
        rows = [
            FindingRow(
                one.severity.value,
                f"{one.step} {journey.NAMES[one.step - 1]}: {one.place}",
                one.sentence,
                one.mend,
                one,
            )
            for one in findings
        ]
        self.found.set_findings(rows)
        self.found.setVisible(bool(rows))

    def _go(self, finding: object) -> None:
        if isinstance(finding, Finding):
            self._context.go_to(finding.step, finding.record, finding.field)


class BusinessCasePage(RestingPage):
    """Step 10. Words and checks in the middle; what will be printed on the right."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame(
            "Step 10 of 10", "Business case", "Checked, in words a board can read, and printed from the model."
        )
        self._sound = False
        self.export = Button("Export the PDF", kind="primary", icon="export")
        self.export.clicked.connect(context.export_wanted)
        frame.add_action(self.export)
        self.obstacle = Notice("problem", "The business case cannot be printed yet", " ", "Go to the first error")
        self.obstacle.activated.connect(self._go_to_first_error)
        self.decision = DecisionCard(context)
        self.commercial = FoldingCard("Commercial case", TextParts(context, _COMMERCIAL), len(_COMMERCIAL))
        self.management = FoldingCard("Management case", TextParts(context, _MANAGEMENT), len(_MANAGEMENT))
        self.checks = ChecksCard(context)
        for part in (self.obstacle, self.decision, self.commercial, self.management, self.checks):
            frame.add(part)
        frame.end()
        super().__init__(context, frame)
        parts = (self.decision.decision, self.decision.reasons, self.commercial.texts, self.management.texts)
        helps = {field: words for part in parts for field, words in part.helps().items()}
        self.help = HelpByField(_DECISION_HELP, helps)
        self.contents = ContentsPane()
        self.pane = pane_frame(self.contents, Divider(), self.help)
        self.follow()

    def show_view(self, old: View | None, new: View) -> None:
        """Words, checks and whether the export can go ahead."""
        self.decision.show_view(old, new)
        if old is None or old.appraisal is not new.appraisal:
            self.commercial.show_texts(new.appraisal)
            self.management.show_texts(new.appraisal)
            self.contents.show_texts(new.appraisal)
        if old is None or old.findings != new.findings:
            self.checks.show_findings(new.findings)
            errors = [one for one in new.findings if one.severity is Severity.ERROR]
            self.obstacle.setVisible(bool(errors))
            self._sound = not errors
            if errors:
                self.obstacle.show_text(
                    "The business case cannot be printed yet", f"{errors[0].sentence} {errors[0].mend}"
                )

        self.export.setEnabled(self._sound and anything_entered(new.appraisal))

    def focus_first(self) -> None:
        """The decision."""
        self.decision.decision.areas["decision"].setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The field that a finding names."""
        for card in (self.commercial, self.management):
            if field in card.texts.areas:
                card.unfold(unfolded=True)
                card.texts.areas[field].setFocus()
                return
        self.decision.fields.get(field, self.decision.option).setFocus()

    def _go_to_first_error(self) -> None:
        for one in self.context.view.findings:
            if one.severity is Severity.ERROR:
                self.context.go_to(one.step, one.record, one.field)
                return


def _what_figures_say(view: View) -> str:
    if view.stale:  # they may name an option that is gone
        return "The figures are being worked out."
    if view.results is None or view.steps[7].state is journey.State.CANNOT_START:
        return "There are no figures to hold beside it yet."
    from appraise.present import advice

    return " ".join((advice.answer(view.results, view.appraisal), *advice.why(view.results, view.appraisal)[:1]))


def _checks_message(errors: int, looks: int) -> str:
    if errors:
        return f"{how_many(errors, 'error').capitalize()} {'stands' if errors == 1 else 'stand'} in the way"
    if looks:
        return f"{how_many(looks, 'thing').capitalize()} a sceptical reader would ask about"
    return "Nothing stands in the way"
