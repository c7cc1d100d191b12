"""What a finding on the document is, and the words and bounds that all checks share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from math import isfinite

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.appraisal.options import Option
from appraise.model.money import LARGEST
from appraise.model.parameters import LAST_YEAR
from appraise.model.periods import label


class Severity(StrEnum):
    """How much a finding matters: an error makes figures wrong or impossible."""

    ERROR = "error"
    ATTENTION = "attention"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: a sentence that says what, a sentence that says how to mend it, and the place.

    `step` is the step of the journey, 1 to 10; `place` names the place in words; `record` and `field`
    lead to it: the id of the record (empty: the document itself) and the name of the field. `paper_only`:
    an error that stops the business case and not the figures.
    """

    code: str
    severity: Severity
    step: int
    place: str
    record: str
    field: str
    sentence: str
    mend: str
    paper_only: bool = False

    @property
    def stops_figures(self) -> bool:
        """It makes figures wrong or impossible."""
        return self.severity is Severity.ERROR and not self.paper_only


def capital(words: str) -> str:
    """The first letter large, the rest as it stands."""
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is found; `record` and `field` as in `Finding`."""

    step: int
    words: str
    record: str = ""
    field: str = ""

    def _finding(self, severity: Severity, code: str, sentence: str, mend: str, *, paper_only: bool = False) -> Finding:
        return Finding(
            code=code,
            severity=severity,
            step=self.step,
            place=self.words,
            record=self.record,
            field=self.field,
            # a record without a name may stand first: "an option without a name"
            sentence=capital(sentence),
            mend=mend,
            paper_only=paper_only,
        )

    def unfit(self, code: str, sentence: str, mend: str) -> Finding:
        """No business case may go out with it; the figures stand."""
        return self._finding(Severity.ERROR, code, sentence, mend, paper_only=True)

    def error(self, code: str, sentence: str, mend: str) -> Finding:
        """It makes figures wrong or impossible."""
        return self._finding(Severity.ERROR, code, sentence, mend)

    def attention(self, code: str, sentence: str, mend: str) -> Finding:
        """A sceptical reader would ask."""
        return self._finding(Severity.ATTENTION, code, sentence, mend)

    def note(self, code: str, sentence: str, mend: str) -> Finding:
        """Useful to know."""
        return self._finding(Severity.NOTE, code, sentence, mend)


def _printable(text: str) -> str:
    """Without control, format and unassigned characters, which could turn or hide a sentence."""
    return text if text.isprintable() else "".join(one if one.isprintable() else " " for one in text)


@lru_cache(maxsize=4096)
def named(name: str, otherwise: str) -> str:
    """The name in quotation marks, short enough for one sentence; `otherwise` if it has none."""
    words = _printable(name[:200]).split()
    short = " ".join(words[:7])
    if not short:
        return otherwise
    return f"“{short}”" if len(words) <= 7 and len(short) <= 60 else f"“{short[:59]}…”"


def whole_words(number: int) -> str:
    """A whole number with commas. Python refuses to write out the very longest."""
    return f"{number:,}" if abs(number) < 10**15 else "a huge number"


def number_words(value: float | Decimal) -> str:
    """A number, short and without idle noughts, whatever its kind: 111.00 reads as 111, and 1.20 as 1.2."""
    # math.isfinite raises for a signalling NaN.
    usable = value.is_finite() if isinstance(value, Decimal) else isfinite(value)
    if not usable or not -(10**15) < value < 10**15:
        return "no usable number"
    number = float(value)
    return f"{number:,.0f}" if abs(number) >= 10**6 else f"{number:.6g}"


def year_words(appraisal: Appraisal, offset: int) -> str:
    """The financial year by name, or by its place where the calendar makes no sense."""
    first = appraisal.horizon.first_year
    known = 0 < first < 9_000 and -1_000 < offset < 1_000
    return label(first, offset) if known else f"year {whole_words(offset)}"


def line_name(line: Line) -> str:
    """The line's name for a sentence."""
    return named(line.name, "a line without a name")


def option_name(option: Option) -> str:
    """The option's name for a sentence."""
    return named(option.name, "an option without a name")


def some_of(some: int, total: int, noun: str) -> str:
    """For example "2 of 5 scores are" or "1 of 1 score is"."""
    return f"{some} of {total} {noun}{'' if total == 1 else 's'} {'is' if some == 1 else 'are'}"


def is_share(value: float) -> bool:
    """From 0 to 1."""
    return isfinite(value) and 0 <= value <= 1


def between(value: Decimal, low: int, high: int) -> bool:
    """A number from `low` to `high`; a decimal that is no number is not."""
    return value.is_finite() and low <= value <= high


def is_pounds(value: Decimal) -> bool:
    """A number of at most 10 trillion either way."""
    return value.is_finite() and abs(value) <= LARGEST


def are_pounds(values: Sequence[Decimal]) -> bool:
    """Every one a number of at most 10 trillion either way."""
    try:
        return not values or (min(values) >= -LARGEST and max(values) <= LARGEST)
    except InvalidOperation:  # not a number
        return False


def blank(text: str) -> bool:
    """Nothing that can be seen."""
    return not text.strip() or not any(one.isprintable() and not one.isspace() for one in text)


def horizon_years(appraisal: Appraisal) -> int:
    """The years of the horizon, at least 0 and at most as many as can be discounted."""
    return max(0, min(appraisal.horizon.years, LAST_YEAR))
