"""The document: everything a user enters in one appraisal. Never changed; edits return a new one."""

from dataclasses import dataclass
from decimal import Decimal

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.criteria import Branch, Criterion, Score
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.lines import Index, Line
from appraise.model.appraisal.need import Need
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.records import Assumption, CommercialCase, ManagementCase, Person, Recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Financial years covered: year 0 starts in April `first_year`; `years` counts year 0."""

    first_year: int
    years: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The rates that the figures rest on.

    `schedule` names a discount schedule (see `model.parameters`); `deflator_percent` is the general
    inflation that turns cash into prices of year 0, a year; `deflator_source` says where it comes from.
    """

    schedule: str = "green_book_2026"
    deflator_percent: Decimal = Decimal("2.0")
    deflator_source: str = "Placeholder, to be replaced by HM Treasury's GDP deflator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """How often and with which seed the uncertain figures are drawn."""

    draws: int = 100_000
    seed: int = 20_270_401


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """One appraisal, whole. Ids are stable and unique within their kind."""

    title: str
    body: str
    fictional: bool = False
    horizon: Horizon
    basis: Basis = Basis()
    simulation: Simulation = Simulation()
    need: Need = Need()
    options: tuple[Option, ...] = ()
    branches: tuple[Branch, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    scores: tuple[Score, ...] = ()
    indices: tuple[Index, ...] = ()
    lines: tuple[Line, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    people: tuple[Person, ...] = ()
    recommendation: Recommendation = Recommendation()
    commercial: CommercialCase = CommercialCase()
    management: ManagementCase = ManagementCase()
