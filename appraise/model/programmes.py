"""Prevention: what programmes save on the lines that they lower, and how sure that is (METHOD 12.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import repeat

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme, Scenario
from appraise.model.appraisal.lines import Line
from appraise.model.discounting import EXACT, ONE, ZERO, times
from appraise.model.risk_premium import exact
from appraise.model.short_money import effect_by_year
from appraise.model.uncertainty import Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One programme on one line: `shape` is the share of its most that has built up, by year."""

    programme: str
    name: str
    spread: Spread
    mean: Decimal
    shape: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEffect:
    """What all programmes together lower a line by: `share` at the mean, by year, 1 at most."""

    share: tuple[Decimal, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectTerm:
    """How the uncertain most of a programme moves the money of a line: pounds by year for a whole unit of it.

    Net present cost and social value are discounted, cash is nominal; the line and its index stand at their means.
    `spread` is the most itself. What is saved at its mean is in the entries already, so the mean of a term is nothing
    once the mean of `spread` is taken off.
    """

    programme: str
    name: str
    spread: Spread
    line: Line
    capital: bool
    npc: tuple[Decimal, ...]
    npsv: tuple[Decimal, ...]
    cash: tuple[Decimal, ...]


def spread_of_most(programme: Programme) -> Spread:
    """The most that a programme can lower a line by, as a share: PERT of low, likely and high."""
    return Spread(low=programme.low, likely=programme.likely, high=programme.high)


def mean_of_most(programme: Programme) -> Decimal:
    """(low + 4 likely + high) / 6 of the figures as they were typed."""
    with localcontext(EXACT):
        return (exact(programme.low) + 4 * exact(programme.likely) + exact(programme.high)) / 6


def last_paid(scenario: Scenario | None, programme: str) -> int | None:
    """The last year in which a scenario pays for a programme; None: it pays throughout."""
    stops = () if scenario is None else scenario.stops
    return next((stop.last_year for stop in stops if stop.programme == programme), None)


def shape(programme: Programme, stop: int | None, years: int) -> tuple[Decimal, ...]:
    """The share of its most that a programme reaches, by year."""
    if stop is not None and stop < 0:
        return (ZERO,) * years
    return effect_by_year(
        years,
        starts=programme.starts,
        lag=programme.lag_years,
        ramp=programme.ramp_years,
        stop=stop,
        decay=exact(programme.decay),
    )


def _together(effects: Iterable[Effect]) -> LineEffect:
    """Effects add up, at their means to the whole line at most; what is over is taken from all alike."""
    kept = tuple(effects)
    with localcontext(EXACT):
        means = (times(one.shape, repeat(one.mean)) for one in kept)
        sums = tuple(sum(year, ZERO) for year in zip(*means, strict=True))
        if all(share <= ONE for share in sums):
            return LineEffect(share=sums, effects=kept)
        cut = tuple(ONE / share if share > ONE else ONE for share in sums)
        lower = (
            Effect(
                programme=one.programme, name=one.name, spread=one.spread, mean=one.mean, shape=times(one.shape, cut)
            )
            for one in kept
        )
        return LineEffect(share=tuple(min(ONE, share) for share in sums), effects=tuple(lower))


def effects_on(appraisal: Appraisal, option: str, scenario: Scenario | None, years: int) -> dict[str, LineEffect]:
    """What programmes do to the lines of an option, by line; `scenario` None: all are paid for throughout."""
    found: dict[str, list[Effect]] = {}
    for programme in sorted(appraisal.programmes, key=lambda one: one.id):
        if programme.option != option:
            continue
        effect = Effect(
            programme=programme.id,
            name=programme.name,
            spread=spread_of_most(programme),
            mean=mean_of_most(programme),
            shape=shape(programme, last_paid(scenario, programme.id), years),
        )
        for line in sorted(set(programme.lines)):
            found.setdefault(line, []).append(effect)
    return {line: _together(effects) for line, effects in found.items()}


def paid_until(appraisal: Appraisal, option: str, scenario: Scenario) -> dict[str, int]:
    """The last year in which each investment line is paid for here; lines that are paid throughout are left out.

    A line that several programmes need is paid for as long as one of them is.
    """
    needed: dict[str, list[int | None]] = {}
    for programme in appraisal.programmes:
        if programme.option == option:
            for line in set(programme.investment):
                needed.setdefault(line, []).append(last_paid(scenario, programme.id))
    ended = {line: [stop for stop in stops if stop is not None] for line, stops in needed.items()}
    return {line: max(stops) for line, stops in ended.items() if len(stops) == len(needed[line])}
