"""The right pane of step 2: what the section in hand is for, live counts, what was found, and help."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, ContractType, Option, ShortListRole
from appraise.model.finding_rules.options import KINDS
from appraise.model.short_list import in_category
from appraise.model.tables import QUESTION_SETS
from appraise.present import wording
from appraise.present.option_words import CATEGORIES, ROLES
from appraise.ui.context import View
from appraise.ui.pages.options_partners import part_of
from appraise.ui.pages.options_short_list import of_kind
from appraise.ui.pages.options_sourcing import answered, progress, questionnaire
from appraise.ui.pages.options_whole import gate
from appraise.ui.widgets.cards import Column, Panel, Row
from appraise.ui.widgets.findings import FindingRow, FindingsList
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock, IconLabel

Sign = tuple[str, str]
_DONE: Sign = ("completed", "good")
_LOOK: Sign = ("attention", "attention")
_OPEN: Sign = ("not-started", "ink2")


@dataclass(frozen=True, slots=True)
class Count:
    """A line of the pane: icon and colour role, what is counted, and how it stands."""

    sign: Sign
    name: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a section is for: the pane's title, the counts, and help with its source."""

    title: str
    counts: Callable[[View], list[Count]]
    question: str
    text: str
    source: str


def _names(options: list[Option]) -> str:
    return wording.shorten(wording.listing([one.short_name or one.name or "unnamed" for one in options]), 60)


def _short_list(view: View) -> list[Count]:
    appraisal, counts = view.appraisal, []
    for role in (ShortListRole.BUSINESS_AS_USUAL, ShortListRole.DO_MINIMUM, ShortListRole.PREFERRED):
        options = [one for one in appraisal.options if one.role is role]
        wanted = role is not ShortListRole.PREFERRED or bool(appraisal.choices)
        sign = _DONE if options else _LOOK if wanted else _OPEN
        counts.append(Count(sign, ROLES[role], _names(options) or ("Missing" if wanted else "Not marked yet")))
    for kind in KINDS:
        options = of_kind(appraisal, kind)
        counts.append(Count(_DONE if options else _LOOK, wording.capital(kind), _names(options) or "Missing"))
    return counts


def _long_list(view: View) -> list[Count]:
    signs = {"good": _DONE, "attention": _LOOK, "problem": ("problem", "problem")}
    counts = []
    for category in Category:
        choices = in_category(view.appraisal, category)
        face = gate(choices)
        many = f"{wording.capital(wording.how_many(len(choices), 'choice'))}: " if choices else ""
        words = f"{many}{face.text.lower()}" if choices else face.text
        counts.append(Count(signs.get(face.tone, _OPEN), CATEGORIES[category], words))
    return counts


def _sourcing(view: View) -> list[Count]:
    counts = []
    for test, asked in QUESTION_SETS.items():
        done, total = answered(view.appraisal, test)
        used = questionnaire(view.appraisal, test).used
        sign = _OPEN if not used or not done else _DONE if done == total else ("in-progress", "ink2")
        counts.append(Count(sign, asked.name, wording.capital(progress(view.appraisal, test))))
    return counts


def _stages(view: View) -> list[Count]:
    let = [one for one in view.appraisal.options if one.lots]
    counts = [Count(_DONE if let else _OPEN, "Let in lots", _names(let) or "None")]
    answers = {one.pilot: one for one in (view.results.pilots or () if view.results is not None else ())}
    for pilot in view.appraisal.pilots:
        found = answers.get(pilot.id)
        stands = "Not known yet" if found is None else "Pays" if found.pays else "Does not pay"
        sign = _OPEN if found is None else _DONE if found.pays else _LOOK
        counts.append(Count(sign, wording.shorten(pilot.name, 40) or "A stage without a name", stands))
    return counts if view.appraisal.pilots else [*counts, Count(_OPEN, "Stages before the decision", "None")]


def _partners(view: View) -> list[Count]:
    appraisal = view.appraisal
    many = len(appraisal.partners)
    own = [one.name for one in appraisal.partners if one.this_body]
    joint = {one.option for one in appraisal.arrangements}
    shared = [one for one in appraisal.options if one.id in joint]
    counts = [
        Count(_DONE if many else _OPEN, "Partners", wording.capital(wording.how_many(many, "partner"))),
        Count(_DONE if own else _LOOK if many else _OPEN, "This body", wording.listing(own) or "Not marked"),
        Count(_DONE if shared else _OPEN, "Shared options", _names(shared) or "None"),
    ]
    for what, records in (("price gap", appraisal.price_gaps), ("scarce role", appraisal.scarce_staff)):
        found = wording.capital(wording.how_many(len(records), what)) if records else "None"
        counts.append(Count(_DONE if records else _OPEN, wording.capital(f"{what}s"), found))
    return counts


def _contracts(view: View) -> list[Count]:
    bought = [one for one in view.appraisal.options if one.contract is not ContractType.NONE]
    rest = [one for one in view.appraisal.options if one.contract is ContractType.NONE]
    without = [one for one in bought if not one.term_years]
    counts = [
        Count(_DONE if bought else _OPEN, "With a contract", _names(bought) or "None"),
        Count(_OPEN if rest else _DONE, "Nothing bought", _names(rest) or "None"),
    ]
    if without:
        counts.append(Count(_LOOK, "Contract without a term", _names(without)))
    return counts


PURPOSES: dict[str, Purpose] = {
    "short_list": Purpose(
        title="The short list",
        counts=_short_list,
        question="Which options belong on it?",
        text="About five: business as usual, a do minimum, the preferred way forward, one more and one less ambitious. "
        "Business as usual stays, even where it meets no objective.",
        source="Green Book 2026, paragraphs 5.17, 5.18 and 6.2",
    ),
    "long_list": Purpose(
        title="The long list",
        counts=_long_list,
        question="How is it narrowed down?",
        text="Go through the categories in order. Each later one is rated in the light of the green choices before it. "
        "One green in each; a choice that fails a factor is dropped.",
        source="Green Book 2026, paragraphs 5.13, 5.22 and 5.27",
    ),
    "sourcing": Purpose(
        title="Who should deliver",
        counts=_sourcing,
        question="What are these tests for?",
        text="They ask, before any tender, whether to deliver, buy or share. "
        "The answer is an indication and may be a mixture. Costs, scores and risks of the options decide later.",
        source="PPN 024, June 2026; Delivery Model Assessments: guidance note, June 2020",
    ),
    "contract": Purpose(
        title="Contracts",
        counts=_contracts,
        question="What counts towards the value?",
        text="All that suppliers are paid over the term and every extension, with VAT. "
        "The figures come from the supplier's charges in step 5.",
        source="Procurement Act 2023, section 4 and schedule 3",
    ),
    "stages": Purpose(
        title="Lots and stages",
        counts=_stages,
        question="When is a stage worth it?",
        text="If it can change the decision, and the service is not already sure to work or to fail. "
        "Its cost is weighed against what a wrong decision would lose.",
        source="Method of this program, chapter 13",
    ),
    "partners": Purpose(
        title="Working together",
        counts=_partners,
        question="What makes sharing last?",
        text="Every partner pays less than alone, and no group of them would do better by itself. "
        "Cost that only moves to a neighbour is no saving.",
        source="Method of this program, chapter 13",
    ),
}
_EQUAL = (
    "In-house, outsourced and joint options get the same questions, the same checks and the same room for evidence."
)


class OptionsPane(Column):
    """Counts, findings and help for the section in hand. Signals: chosen(finding) when one is to be gone to."""

    chosen = Signal(object)

    def __init__(self) -> None:
        self._title = FlowLabel("", "card")
        self.counts = Column(gap=8)
        self._equal = Panel("Equal treatment", _EQUAL, kind="tint")
        self.help = HelpBlock()
        self._found_title = FlowLabel("", "label")
        self.found = FindingsList("Findings on the options")
        self._parts: list[_Line] = []
        self._helps: HelpBlock | None = None
        super().__init__(
            self._title, self.counts, self._equal, Divider(), self.help, Divider(), self._found_title, self.found,
            gap=8, margin=16,
        )  # fmt: skip
        self.line.addStretch(1)
        self.found.chosen.connect(self.chosen)

    def show_view(self, view: View, section: str) -> None:
        """What stands in the section, and what was found on the whole step."""
        purpose = PURPOSES[section]
        self._title.set_text(purpose.title)
        self._show_counts(purpose.counts(view))
        self._equal.setVisible(section in ("short_list", "sourcing"))
        self.help.show_help(purpose.question, purpose.text, purpose.source, "What this part is for")
        found = [one for one in view.findings if one.step == 2]
        rows = [FindingRow(one.severity.value, one.place, one.sentence, one.mend, one) for one in found]
        self.found.set_findings(rows)
        self.found.setVisible(bool(rows))
        things = wording.capital(wording.how_many(len(rows), "thing"))
        self._found_title.set_text(f"{things} found on this step" if rows else "Nothing was found on this step")

    def show_helps(self, helps: HelpBlock | None) -> None:
        """The help of the field in hand, where a section has it, in place of what the section is for."""
        if helps is self._helps:
            self.help.setVisible(helps is None)
            return
        if self._helps is not None:
            self._helps.hide()
            self.line.removeWidget(self._helps)
        if helps is not None:
            self.line.insertWidget(self.line.indexOf(self.help) + 1, helps)
            helps.show()
        self._helps = helps
        self.help.setVisible(helps is None)

    def _show_counts(self, counts: list[Count]) -> None:
        while len(self._parts) < len(counts):
            self._parts.append(_Line())
            self.counts.line.addWidget(self._parts[-1])
        for place, part in enumerate(self._parts):
            part.setVisible(place < len(counts))
            if place < len(counts):
                part.show_count(counts[place])


class _Line(Row):
    """One count: an icon, its name, and how it stands."""

    def __init__(self) -> None:
        self._icon = IconLabel("not-started", "ink2", 18)
        self.name = FlowLabel("", "dense-strong")
        self.stands = FlowLabel("", "dense", "ink2")
        super().__init__(self._icon, Column(self.name, self.stands, gap=0), stretches=(0, 1), gap=10)

    def show_count(self, count: Count) -> None:
        """The count as it stands."""
        self._icon.set_icon(*count.sign)
        self.name.set_text(count.name)
        self.stands.set_text(count.stands)


def section_for(appraisal: Appraisal, record: str, field: str) -> str:
    """The section that holds a record or a field of step 2."""
    if part_of(appraisal, record, field):
        return "partners"
    if field in ("lots", "pilots") or any(one.id == record for one in appraisal.pilots):
        return "stages"
    listed = {one.id for one in appraisal.choices} | {one.id for one in appraisal.factors}
    if record in listed or field in ("choices", "factors"):
        return "long_list"
    if record in QUESTION_SETS or field in (*QUESTION_SETS, "authority", "answers", "conclusion", "leaning"):
        return "sourcing"
    return "short_list"
