"""Partners in step 2: who could share the service, how a joint option is paid, price gaps, and scarce people."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.ui.context import Context, View
from appraise.ui.pages import options_help
from appraise.ui.pages.need_records import Records
from appraise.ui.pages.options_arrangement import ArrangementPart
from appraise.ui.pages.options_gaps import GapRecords, ScarceRecords
from appraise.ui.pages.options_partner_list import PartnerRecords
from appraise.ui.pages.options_section import FullFigures, Section
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.choices import Switch

PARTNERS, TOGETHER, PRICES, PEOPLE = "who", "together", "prices", "people"
PARTS = ((PARTNERS, "Who they are"), (TOGETHER, "Shared cost"), (PRICES, "Price gaps"), (PEOPLE, "Scarce people"))

#: The help while no field of a part has been in hand.
_HELPS = {
    PARTNERS: options_help.PARTNERS,
    TOGETHER: options_help.TAKING_PART,
    PRICES: options_help.GAPS,
    PEOPLE: options_help.SCARCE,
}


def part_of(appraisal: Appraisal, record: str, field: str) -> str:
    """The part that holds a record; "" where it is none of these."""
    found: dict[str, Callable[[], bool]] = {
        PARTNERS: lambda: (not record and field == "partners") or any(one.id == record for one in appraisal.partners),
        TOGETHER: lambda: any(one.id == record for one in appraisal.arrangements),
        PRICES: lambda: any(one.id == record for one in appraisal.price_gaps),
        PEOPLE: lambda: any(one.id == record for one in appraisal.scarce_staff),
    }
    return next((part for part, holds in found.items() if holds()), "")


class PartnersSection(Section):
    """Four parts under one switch; each is made when it is first looked at. `parts` by key."""

    def __init__(self, context: Context) -> None:
        self.helps = self._helps = HelpByField(options_help.PARTNERS, {})
        self.switch = Switch("Part of partners", PARTS)
        self.parts: dict[str, Records | ArrangementPart] = {}
        self._figures = FullFigures()
        super().__init__(context, self.switch)
        self.switch.chosen.connect(lambda _key: self._turn())

    @property
    def part(self) -> Records | ArrangementPart:
        """The part in hand, made when it is first asked for."""
        key = self.switch.current()
        if key not in self.parts:
            self.parts[key] = self._made(key)
            self.line.insertWidget(self.line.count() - 1, self.parts[key])
        return self.parts[key]

    def _made(self, key: str) -> Records | ArrangementPart:
        if key == TOGETHER:
            part = ArrangementPart(self, self._helps)
            part.partners_wanted.connect(lambda: self.turn_to(PARTNERS))
            return part
        kinds: dict[str, type[PartnerRecords | GapRecords | ScarceRecords]] = {
            PARTNERS: PartnerRecords,
            PRICES: GapRecords,
            PEOPLE: ScarceRecords,
        }
        records = kinds[key](self.context, self._helps)
        records.focused.connect(lambda _field: self.placed.emit())
        return records

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The part in hand; another document begins with the partners."""
        if old is None:
            self.switch.set_current(PARTNERS)
            if isinstance(shared := self.parts.get(TOGETHER), ArrangementPart):
                shared.start_anew()
            self._help()
        figures = self._figures.take(old, new)
        now = self.part
        if isinstance(now, ArrangementPart):
            now.show_view(new, figures)
        else:
            if isinstance(now, GapRecords):
                now.take_figures(new, figures)
            now.show_view(new)
        for part in self.parts.values():
            part.setVisible(part is now)

    def _turn(self) -> None:
        self.refuse("")
        self.show_view(self.context.view, self.context.view)
        self._help()
        self.turned.emit()

    def _help(self) -> None:
        words = _HELPS[self.switch.current()]
        self._helps.show_help(words.title, words.text, words.source)

    def turn_to(self, key: str) -> None:
        """Shows a part, as the switch does, and begins there."""
        self.switch.set_current(key)
        self._turn()
        self.focus_first()

    # --- the keyboard ---

    def focus_first(self) -> None:
        """Where work in the part in hand begins."""
        self._first_stop().setFocus()

    def _first_stop(self) -> QWidget:
        return self.part.first_stop()

    def focus_place(self, record: str, field: str) -> None:
        """The field of a partner, an arrangement, a price gap or a role."""
        part = part_of(self.context.appraisal, record, field)
        if part:
            self.switch.set_current(part)
            self._turn()
        widget = self.part.take(record, field)
        (widget or self._first_stop()).setFocus()
