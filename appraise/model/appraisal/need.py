"""Why the service is looked at: the case for change and what should be better for residents."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing that should be better for residents, with today's evidence and the target."""

    id: str
    name: str
    today: str = ""
    target: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The strategic case in words (Green Book 2026, chapter 4)."""

    case_for_change: str = ""
    business_as_usual: str = ""
    place: str = ""
    outcomes: tuple[Outcome, ...] = ()
    not_in_the_numbers: str = ""
