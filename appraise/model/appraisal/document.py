"""The document: everything a user enters in one appraisal. Never changed; edits return a new one."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.criteria import Branch, Criterion, Gate, Score, Weighting
from appraise.model.appraisal.effects import Bias, Effect, IncomeGroup, PublicBody
from appraise.model.appraisal.funding import Grant, Programme, Scenario
from appraise.model.appraisal.lines import Index, Line
from appraise.model.appraisal.need import Need
from appraise.model.appraisal.options import Choice, Factor, Option
from appraise.model.appraisal.partners import Arrangement, Partner, PriceGap, ScarceStaff
from appraise.model.appraisal.records import Assumption, CommercialCase, ManagementCase, Person, Recommendation
from appraise.model.appraisal.sourcing import Sourcing
from appraise.model.appraisal.terms import LineTerms, Pilot
from appraise.model.appraisal.workshop import Workshop


class HorizonLength(StrEnum):
    """Usual horizons, each on top of year 0 (Green Book 2026, 6.9-6.13)."""

    STANDARD = "standard_10"
    REFURBISHMENT = "refurbishment_30"
    BUILDING = "building_60"
    CONTRACT = "contract"
    OWN = "own"


class CapitalView(StrEnum):
    """How the financial case shows capital: cash when it is paid, or the yearly charges that pay for it."""

    CASH = "cash"
    REVENUE = "revenue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflator:
    """General inflation by financial year, per cent: the first rise leads to year `first_year`.

    From Office for Budget Responsibility forecasts by way of HM Treasury's file, or typed. Empty: a flat rate.
    """

    first_year: int = 0
    percent: tuple[Decimal, ...] = ()
    published: str = ""
    review_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBand:
    """A yearly rate in per cent of an own discount schedule, from year `first` on."""

    first: int
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSchedule:
    """A discount schedule changed or entered by the user, marked as such wherever it is used.

    `copied_from` is the id of the published schedule that it began as, empty for a new one.
    """

    id: str
    name: str
    bands: tuple[OwnBand, ...]
    source: str = ""
    copied_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Financial years covered: year 0 starts in April `first_year`; `years` counts year 0.

    `length` says which of the usual lengths it is (Green Book 2026, 6.9-6.13).
    """

    first_year: int
    years: int
    reason: str = ""
    length: HorizonLength = HorizonLength.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The rates that the figures rest on.

    `schedule` names a discount schedule (see `model.parameters`) or one of `own_schedules`;
    `health_schedule` the one for lines that count lives or health. `deflator_percent` is the general
    inflation that turns cash into prices of year 0, a year; `deflator` takes its place for the years that
    it holds; `deflator_source` says where both come from. `median_income` is the comparable household
    income that distributional weights start from. `capital_view` chooses the view of the financial case.
    """

    schedule: str = "green_book_2026"
    deflator_percent: Decimal = Decimal("2.0")
    deflator_source: str = "Placeholder, to be replaced by HM Treasury's GDP deflator"
    deflator: Deflator = Deflator()
    own_schedules: tuple[OwnSchedule, ...] = ()
    health_schedule: str = "green_book_2026_health"
    median_income: Decimal = Decimal("30000.00")
    median_income_source: str = "Placeholder, to be replaced by the published median"
    capital_view: CapitalView = CapitalView.CASH


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """How often and with which seed the uncertain figures are drawn.

    `most_draws`: more than this are refused. `percentile`: how sure, in per cent, a contingency should make.
    """

    draws: int = 100_000
    seed: int = 20_270_401
    most_draws: int = 1_000_000
    percentile: int = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """One appraisal, whole. Ids are stable and unique within their kind.

    `scores` are of options of the short list; `choice_scores` of choices of the long list, whose `option` is a choice.
    """

    title: str
    body: str
    fictional: bool = False
    horizon: Horizon
    basis: Basis = Basis()
    simulation: Simulation = Simulation()
    need: Need = Need()
    factors: tuple[Factor, ...] = ()
    choices: tuple[Choice, ...] = ()
    options: tuple[Option, ...] = ()
    sourcing: Sourcing = Sourcing()
    branches: tuple[Branch, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    weighting: Weighting = Weighting()
    gates: tuple[Gate, ...] = ()
    scores: tuple[Score, ...] = ()
    choice_scores: tuple[Score, ...] = ()
    workshop: Workshop = Workshop()
    indices: tuple[Index, ...] = ()
    bodies: tuple[PublicBody, ...] = ()
    income_groups: tuple[IncomeGroup, ...] = ()
    biases: tuple[Bias, ...] = ()
    lines: tuple[Line, ...] = ()
    correlation_groups: tuple[CorrelationGroup, ...] = ()
    correlation_matrix: CorrelationMatrix | None = None
    effects: tuple[Effect, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    grants: tuple[Grant, ...] = ()
    programmes: tuple[Programme, ...] = ()
    line_terms: tuple[LineTerms, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    partners: tuple[Partner, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    price_gaps: tuple[PriceGap, ...] = ()
    scarce_staff: tuple[ScarceStaff, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    people: tuple[Person, ...] = ()
    recommendation: Recommendation = Recommendation()
    commercial: CommercialCase = CommercialCase()
    management: ManagementCase = ManagementCase()
