"""The people, the assumptions log, and the words of the commercial and management case."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles of the AQuA Book (HM Government, June 2025): analyst and assurer shall be independent."""

    COMMISSIONER = "commissioner"
    ANALYST = "analyst"
    ASSURER = "assurer"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a role in the appraisal; `post` is printed, `name` may be left empty."""

    id: str
    post: str
    name: str = ""
    role: Role = Role.COMMISSIONER


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """An entry of the assumptions log, with its source and the person who owns it."""

    id: str
    statement: str
    source: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommercialCase:
    """The commercial case in words (Green Book 2026, table 3)."""

    route: str = ""
    requirements: str = ""
    risk_allocation: str = ""
    people: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementCase:
    """The management case in words (Green Book 2026, table 3)."""

    governance: str = ""
    transition: str = ""
    benefits: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The decision asked for, the option that the authors prefer (empty: none yet) and their reasons."""

    decision: str = ""
    option: str = ""
    reasons: str = ""
