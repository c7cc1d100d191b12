"""Every figure of working together, of terms and of stages (METHOD 13). Present values in pounds, at the mean.

Made only by `model.evaluate`.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What a partner's leaving puts on those who stay: the fixed part of its share.

    `expected`: over the horizon at its yearly probability; `by_partner` what of it falls on whom (ids of partners).
    `if_now`: if it left at the start.
    """

    expected: Decimal
    if_now: Decimal
    by_partner: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCase:
    """One partner's own case: present value joint against alone.

    `pays` by the chosen split; `by_line`, `proportional` and `shapley` what each split would ask. `saving` = alone less
    pays. `pays_by_year` and `alone_by_year` are cash. `dearer`: share of draws in which joint costs it more
    than alone, with its standard error; `p10` and `p90` of what it saves.
    """

    partner: str
    alone: Decimal
    pays: Decimal
    saving: Decimal
    by_line: Decimal
    proportional: Decimal
    shapley: Decimal
    pays_by_year: tuple[Decimal, ...]
    alone_by_year: tuple[Decimal, ...]
    dearer: float
    dearer_error: float
    p10: float
    p90: float
    leaving: Leaving


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstable:
    """Partners that together pay `pays` under a split and could have it for `alone` by themselves."""

    split: str
    partners: tuple[str, ...]
    pays: Decimal
    alone: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementResult:
    """A joint option: its cost, every partner's case, and whether anybody would do better without the others.

    `unstable` lists, for every split ("by_line", "proportional", "shapley"), the groups that pay more than they would
    by themselves; the worst first, twenty of a split at most. `stable_splits`: splits without any. `joint`: present
    value of all that is shared.
    """

    arrangement: str
    option: str
    joint: Decimal
    alone: Decimal
    split: str
    partners: tuple[PartnerCase, ...]
    groups_checked: int
    unstable: tuple[Unstable, ...]
    stable_splits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyChange:
    """What an option changes for one public body against business as usual: present value, below nothing is a saving.

    `body`: "" is this body. `transfers`: money that only changes hands, in it.
    """

    body: str
    name: str
    pounds: Decimal
    transfers: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """The whole public purse: an option against business as usual, by body (METHOD 13).

    `saved` = what bodies save in all, `moved` = the part of it that only lands on other public bodies: a transfer and
    no value. `net` = the change for all of them together; transfers between bodies cancel in it.
    """

    option: str
    against: str
    bodies: tuple[BodyChange, ...]
    saved: Decimal
    moved: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerPrice:
    """A buyer at its own price, and what it would pay more (or, below nothing, less) a year at one price for all."""

    buyer: str
    pays: Decimal
    at_mean: Decimal
    at_lowest: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceGapResult:
    """The gap between the dearest and the cheapest price. `mean`: the price at which all buyers together pay the same.

    `lost_to_gap`: what all pay over the lowest price, a year. Moving to the mean price is a transfer between buyers.
    """

    gap: str
    lowest: Decimal
    highest: Decimal
    mean: Decimal
    percent: Decimal
    lost_to_gap: Decimal
    buyers: tuple[BuyerPrice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotResult:
    """Whether a stage before the decision pays (METHOD 13): net present social values.

    `with_pilot` = p G + (1 - p) B' - k, B' = B - f M; `gain` is that less `without`, and it `pays` if that is over
    nothing. `break_even`: p* = (N + k - B') / (G - B'), None where no probability does; `pays_above`: it pays at any
    chance of success over p*, otherwise at any under it. `chosen_without`: the option behind N.

    Two ways to go on at once: `against_sure` = `with_pilot` less G, which counts on success; `untested` =
    p G + (1 - p) (B - M), with the same chance to fail, and `against_untested` = `with_pilot` less that.
    """

    pilot: str
    go_on: Decimal
    fall_back: Decimal
    without: Decimal
    chosen_without: str
    with_pilot: Decimal
    gain: Decimal
    break_even: float | None
    pays_above: bool
    pays: bool
    against_sure: Decimal
    untested: Decimal
    against_untested: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableStep:
    """A step from the first work on a tender to the service: ISO dates, the last day inside it."""

    key: str
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDays:
    """A pilot or trial beside the timetable of the option that it may lead to: ISO dates, the last day inside it.

    `late_days`: days from the signing of the contract on in which it still runs, 0 if it ends before.
    """

    pilot: str
    first_day: str
    last_day: str
    late_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDays:
    """From the first day on which a grant can be spent to the last: ISO dates, and `days` between them.

    Below 0 days it cannot be spent in time. `waits_for` is what comes last before it can be spent: the "decision" on
    the grant, the "contract", the "service", or the "start" of the work. `after_mobilisation`: what is left of the days
    once what is ordered on the first of them has been mobilised; the same as `days` for what only the service spends.
    """

    grant: str
    waits_for: str
    first_day: str
    last_day: str
    days: int
    after_mobilisation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableResult:
    """The timetable of an option. `signed_on`: the first day on which its contract can be signed, after the standstill.

    `service_from`: the first day of service; `needed_by`: the day the contract needs; `late_days`: by how many days it
    is late for it, 0 if it is not. `stages`: pilots before it; `grants`: those that can pay for it.
    """

    option: str
    steps: tuple[TimetableStep, ...]
    signed_on: str
    service_from: str
    needed_by: str
    late_days: int
    stages: tuple[StageDays, ...]
    grants: tuple[GrantDays, ...]
