"""What the sections of step 2 share: what has been done, help of their own, and figures of the last full run."""

from decimal import Decimal

from PySide6.QtCore import Signal

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.ui.context import View
from appraise.ui.pages.results_state import Figures, figures_of
from appraise.ui.pages.section import EditingSection
from appraise.ui.pages.text_parts import HelpByField


class Section(EditingSection):
    """A section of the page. `refused` is the notice for the page to put in view.

    `helps` is what the right pane says of the field in hand; None: it says what the section is for.
    Signals: placed() when the keyboard was put somewhere that may be out of view; turned() when other parts of it are
    shown than before.
    """

    placed = Signal()
    turned = Signal()
    helps: HelpByField | None = None

    def tell(self, sentence: str) -> None:
        """Says in the place of refusals what has just been done."""
        self.refuse(sentence)
        self.refused.set_tone("info")


class FullFigures:
    """The figures of the last full run: partners, price gaps and pilots are in no others."""

    def __init__(self) -> None:
        self._seen: Figures | None = None
        self._full: Figures | None = None

    def take(self, old: View | None, new: View) -> Figures | None:
        """Follows a view; `old` is None for another document. None while there has been no full run."""
        if old is None or new.results is None:
            self._seen = self._full = None
        self._seen = figures_of(new, self._seen)
        if self._seen is not None and self._seen.results.partners is not None:
            self._full = self._seen
        return self._full


def option_choices(appraisal: Appraisal, first: str = "") -> list[tuple[str, str]]:
    """The options by id, after `first`, which stands for none of them where it is not empty."""
    named = [(one.id, one.short_name or one.name or "Without a name") for one in appraisal.options]
    return [("", first), *named] if first else named


def read_count(text: str) -> Decimal:
    """A number from 0 as typed, such as 1,250 or 12.5; nothing is 0. ValueError with one sentence."""
    if not text.strip():
        return Decimal(0)
    value = Decimal(repr(money.parse_number(text)))
    if value < 0:
        raise ValueError("Enter a number from 0.")
    return value.normalize() if value != value.to_integral_value() else value.to_integral_value()


def count_text(value: Decimal | int) -> str:
    """A number for a field, thousands apart; `read_count` reads it back."""
    whole, dot, rest = money.plain_number(Decimal(value)).partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.lstrip("-").isdigit() else whole


def read_chance(text: str) -> float:
    """A chance typed in per cent: `5` and `5 %` are both 0.05. ValueError with one sentence."""
    percent = money.parse_percent(text) if text.strip() else Decimal(0)
    if not 0 <= percent <= 100:
        raise ValueError("Enter a chance from 0 to 100 per cent.")
    return float(percent / 100)


def chance_text(chance: float) -> str:
    """A chance for a field, in per cent without the sign."""
    return money.plain_number(round(Decimal(repr(chance)) * 100, 7))
