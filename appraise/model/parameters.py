"""Dated tables of the guidance: each entry with its source and date of publication.

The tables are data (`model/data/`), so that a change of guidance is a change of data.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType

from appraise.model.appraisal.document import Basis

#: What the method follows; printed with every result.
GUIDANCE = "The Green Book 2026 (HM Treasury, 5 February 2026)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A yearly rate in per cent that holds from year `first` until the next band begins."""

    first: int
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A discount schedule: real yearly rates by band of years, first band from year 1.

    `last_year`: the last year with a published rate. `in_force` is False for a recommendation. `own` marks
    one that a user entered or changed. After `review_by` a newer one should be looked for.
    """

    id: str
    name: str
    bands: tuple[Band, ...]
    source: str
    published: str = ""
    review_by: str = ""
    last_year: int = 0
    in_force: bool = True
    own: bool = False

    @property
    def words(self) -> str:
        """The schedule with its source and vintage, for a line of print."""
        dated = f", {self.published}" if self.published else ""
        return f"{self.name} ({self.source or 'no source'}{dated}{'; own copy' if self.own else ''})"


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
            review_by=row["review_by"],
            last_year=row.get("last_year", table["last_year"]),
            in_force=row.get("in_force", True),
        )
        for row in table["schedules"]
    }
    return MappingProxyType(schedules), int(table["last_year"])


#: The discount schedules by id, and the last year for which they are published.
SCHEDULES, LAST_YEAR = _read_schedules()

#: The run that is always shown beside the appraisal's own schedule (METHOD 0.9).
REVIEW = SCHEDULES["review_2026"]


def known_schedules(basis: Basis) -> Mapping[str, Schedule]:
    """The published schedules in force and the user's own, by id; an own one wins over a published id."""
    published = {key: schedule for key, schedule in SCHEDULES.items() if schedule.in_force}
    own = {
        one.id: Schedule(
            id=one.id,
            name=one.name,
            bands=tuple(Band(first=band.first, percent=band.percent) for band in one.bands),
            source=one.source,
            last_year=LAST_YEAR,
            own=True,
        )
        for one in basis.own_schedules
    }
    return published | own
