"""Why the service is looked at: the case for change and what should be better for residents."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing that should be better for residents, with today's evidence and the target.

    `works` and `fails` say where the service does well and badly today, `residents` what they say themselves.
    """

    id: str
    name: str
    today: str = ""
    target: str = ""
    evidence: str = ""
    works: str = ""
    fails: str = ""
    residents: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A SMART objective: specific, measurable, achievable, relevant and time-bound (Green Book 2026, chapter 4)."""

    id: str
    statement: str
    measure: str = ""
    today: str = ""
    target: str = ""
    by: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TheoryOfChange:
    """How spending is expected to lead to what residents notice, step by step, and what that rests on."""

    inputs: str = ""
    activities: str = ""
    outputs: str = ""
    outcomes: str = ""
    impact: str = ""
    rests_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure about the place, with its source."""

    id: str
    name: str
    value: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualityDuty:
    """The public sector equality duty: Equality Act 2010, section 149, its three aims."""

    discrimination: str = ""
    opportunity: str = ""
    relations: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something outside the boundary of the appraisal: what, why, and how large it may be (0: not sized)."""

    id: str
    name: str
    why: str = ""
    pounds: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The strategic case in words (Green Book 2026, chapter 4)."""

    case_for_change: str = ""
    business_as_usual: str = ""
    place: str = ""
    outcomes: tuple[Outcome, ...] = ()
    not_in_the_numbers: str = ""
    theory: TheoryOfChange = TheoryOfChange()
    objectives: tuple[Objective, ...] = ()
    facts: tuple[Fact, ...] = ()
    equality: EqualityDuty = EqualityDuty()
    left_out: tuple[LeftOut, ...] = ()
