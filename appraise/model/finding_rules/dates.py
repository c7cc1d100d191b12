"""Dates as the document holds them: ISO texts, empty while unknown."""

import re
from datetime import date

from appraise.model.appraisal.document import Appraisal

_FIRST_MONTH = 4
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(text: str) -> date | None:
    """The day; None for no date, or one that does not exist."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """A day, or empty while unknown."""
    return not text or day(text) is not None


def year_of(appraisal: Appraisal, when: date) -> int:
    """The financial year of a day, counted from year 0."""
    return when.year - (when.month < _FIRST_MONTH) - appraisal.horizon.first_year
