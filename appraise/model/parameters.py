"""Dated tables of the guidance: each entry with its source and date of publication.

The tables are data (`model/data/`), so that a change of guidance is a change of data.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType

#: More draws would not change a printed figure and would fill the memory of an office computer.
MOST_DRAWS = 1_000_000

#: What the method follows; printed with every result.
GUIDANCE = "The Green Book 2026 (HM Treasury, 5 February 2026)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A yearly rate in per cent that holds from year `first` until the next band begins."""

    first: int
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A discount schedule: real yearly rates by band of years, first band from year 1."""

    id: str
    name: str
    bands: tuple[Band, ...]
    source: str
    published: str


def _read_schedules() -> tuple[Mapping[str, Schedule], int]:
    text = files("appraise.model.data").joinpath("discount_schedules.json").read_text(encoding="utf-8")
    table = json.loads(text)
    schedules = {
        row["id"]: Schedule(
            id=row["id"],
            name=row["name"],
            bands=tuple(Band(first=first, percent=Decimal(percent)) for first, percent in row["bands"]),
            source=row["source"],
            published=row["published"],
        )
        for row in table["schedules"]
    }
    return MappingProxyType(schedules), int(table["last_year"])


#: The discount schedules by id, and the last year for which they are published.
SCHEDULES, LAST_YEAR = _read_schedules()
