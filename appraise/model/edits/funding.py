"""Funding scenarios, the settlements they are made of, and grants. Years are counted from year 0."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant, ProgrammeStop, Scenario, Settlement, SettlementStatus
from appraise.model.edits.changing import (
    EditRefused,
    added,
    as_stored,
    changed,
    changed_in,
    each,
    found,
    moved,
    simple,
    swapped,
    without,
    without_words,
)
from appraise.model.money import pounds
from appraise.model.tables import SETTLEMENTS

AnyFigure = TypeVar("AnyFigure")

_NOTHING = Decimal("0.00")
_GRANT_FIELDS = frozenset(
    {
        "name",
        "chance",
        "lines",
        "bid_opens",
        "bid_closes",
        "decided_on",
        "spend_by",
        "own_route",
        "source",
    }
)


def add_scenario(appraisal: Appraisal, *, scenario: str, name: str) -> Appraisal:
    """A new scenario at the end, without settlements; `scenario` is its new id."""
    return changed(appraisal, scenarios=added(appraisal.scenarios, Scenario(id=scenario, name=name)))


def remove_scenario(appraisal: Appraisal, *, scenario: str) -> Appraisal:
    """Take the scenario out with its settlements."""
    return changed(appraisal, scenarios=without(appraisal.scenarios, scenario))


def move_scenario(appraisal: Appraisal, *, scenario: str, to: int) -> Appraisal:
    """Put the scenario at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, scenarios=moved(appraisal.scenarios, scenario, to))


def _scenario(appraisal: Appraisal, scenario: str, **fields: object) -> Appraisal:
    return changed(appraisal, scenarios=changed_in(appraisal.scenarios, scenario, **fields))


def rename_scenario(appraisal: Appraisal, *, scenario: str, name: str) -> Appraisal:
    """The scenario in a few words."""
    return _scenario(appraisal, scenario, name=name)


def set_restored(appraisal: Appraisal, *, scenario: str, restored: bool) -> Appraisal:
    """Whether a cut is made good at the next renewal."""
    return _scenario(appraisal, scenario, restored=restored)


def set_scenario_source(appraisal: Appraisal, *, scenario: str, source: str) -> Appraisal:
    """Where the money and its chances come from."""
    return _scenario(appraisal, scenario, source=source)


def set_carry_over(appraisal: Appraisal, *, scenario: str, carry_over: bool) -> Appraisal:
    """Whether money that is left, and is not ring-fenced, may be spent later."""
    return _scenario(appraisal, scenario, carry_over=carry_over)


def set_stop(appraisal: Appraisal, *, scenario: str, programme: str, last_year: int | None) -> Appraisal:
    """The last year that the scenario pays for a programme: -1 for not at all, None for all years.

    KeyError for an unknown programme.
    """
    found(appraisal.programmes, programme)
    stops = found(appraisal.scenarios, scenario).stops
    new = None if last_year is None else ProgrammeStop(programme=programme, last_year=last_year)
    if new in stops:
        return appraisal
    rest = [stop for stop in stops if stop.programme != programme]
    if new is not None:
        places = [place for place, stop in enumerate(stops) if stop.programme == programme]
        rest.insert(places[0] if places else len(rest), new)
    return _scenario(appraisal, scenario, stops=each(stops, rest))


def use_grant(appraisal: Appraisal, *, scenario: str, grant: str, used: bool) -> Appraisal:
    """Whether the grant is bid for in the scenario. KeyError for an unknown grant."""
    found(appraisal.grants, grant)
    grants = found(appraisal.scenarios, scenario).grants
    if used and grant not in grants:
        grants = (*grants, grant)
    return _scenario(appraisal, scenario, grants=grants if used else without_words(grants, {grant}))


# --- scenarios made of others ------------------------------------------------------------------------------


def copy_scenario(appraisal: Appraisal, *, scenario: str, to: str, name: str, ids: Iterable[str]) -> Appraisal:
    """The scenario again, whole, at the end under the new id `to`; its settlements take their ids from `ids`.

    KeyError if there are too few, or one is taken.
    """
    old = found(appraisal.scenarios, scenario)
    settlements = [changed(one, id=new) for one, new in zip(old.settlements, ids, strict=False)]
    return _with_scenario(appraisal, changed(old, id=to, name=name), settlements, len(old.settlements))


def _with_scenario(appraisal: Appraisal, new: Scenario, settlements: list[Settlement], wanted: int) -> Appraisal:
    if len(settlements) < wanted:
        raise KeyError(f"{wanted} ids are needed")
    others = tuple(one for scenario in appraisal.scenarios for one in scenario.settlements)
    for settlement in settlements:
        others = added(others, settlement)
    scenarios = added(appraisal.scenarios, changed(new, settlements=tuple(settlements)))
    return changed(appraisal, scenarios=scenarios)


def rolled(appraisal: Appraisal, *, scenario: str, new: str, name: str, years: int, ids: Iterable[str]) -> Appraisal:
    """A scenario at the end with the money of another by year, settled `years` at a time; `new` is its id.

    Each settlement takes its chance of renewal, its cut and its ring-fence from the old one that covers its first
    year. Where that is the first, which follows nothing, chance and cut are those of the next. `ids` are the ids of
    the settlements. EditRefused if there is no money by year yet.
    """
    old = found(appraisal.scenarios, scenario)
    ordered = sorted((one for one in old.settlements if one.amounts), key=lambda one: one.first_year)
    if not ordered or years < 1:
        raise EditRefused("There is no money by year to settle anew; enter the money of this scenario first.")
    end = max(one.first_year + len(one.amounts) for one in ordered)
    firsts = range(ordered[0].first_year, end, years)
    settlements = [
        _chunk(ordered, key, first, min(first + years, end)) for key, first in zip(ids, firsts, strict=False)
    ]
    return _with_scenario(appraisal, changed(old, id=new, name=name), settlements, len(firsts))


def _chunk(ordered: list[Settlement], key: str, first: int, end: int) -> Settlement:
    """One settlement of the years from `first` up to `end` with the money of the ordered ones."""
    covering = [one for one in ordered if one.first_year <= first] or ordered
    here = covering[-1]
    terms = ordered[1] if here is ordered[0] and len(ordered) > 1 else here
    years = range(first, end)
    statuses = tuple(_status(ordered, year, here) for year in years)
    capital = tuple(sum((_in_year(one, one.capital, year) for one in ordered), _NOTHING) for year in years)
    return changed(
        terms,
        id=key,
        name=f"From year {first}" if end - first > 1 else f"Year {first}",
        first_year=first,
        amounts=tuple(sum((_in_year(one, one.amounts, year) for one in ordered), _NOTHING) for year in years),
        capital=capital if any(capital) else (),
        status=statuses[0],
        statuses=() if len(set(statuses)) == 1 else statuses,
        ring_fenced=here.ring_fenced,
    )


def _in_year(settlement: Settlement, amounts: tuple[Decimal, ...], year: int) -> Decimal:
    place = year - settlement.first_year
    return amounts[place] if 0 <= place < len(amounts) else _NOTHING


def _status(ordered: list[Settlement], year: int, otherwise: Settlement) -> SettlementStatus:
    covering = [one for one in ordered if 0 <= year - one.first_year < len(one.amounts)]
    one = covering[-1] if covering else otherwise
    place = year - one.first_year
    return one.statuses[place] if 0 <= place < len(one.statuses) else one.status


def add_published(appraisal: Appraisal, *, scenario: str, settlement: str, published: str) -> Appraisal:
    """A scenario of one published settlement: its years inside the horizon with their statuses, no money yet.

    `scenario` and `settlement` are new ids. KeyError for an unknown one, EditRefused if none of its years lies
    inside the horizon.
    """
    row = SETTLEMENTS[published]
    start = appraisal.horizon.first_year
    statuses = {year - start: one for year, one in row.years.items() if 0 <= year - start < appraisal.horizon.years}
    if not statuses:
        raise EditRefused("This settlement covers none of the years that are compared; enter the money by hand.")
    new = Settlement(
        id=settlement,
        name=row.name,
        first_year=min(statuses),
        amounts=(_NOTHING,) * len(statuses),
        status=statuses[min(statuses)],
        statuses=tuple(statuses[year] for year in sorted(statuses)) if len(set(statuses.values())) > 1 else (),
    )
    made = Scenario(id=scenario, name=row.name, source=f"{row.source}, published {row.published}")
    return _with_scenario(appraisal, made, [new], 1)


# --- settlements -------------------------------------------------------------------------------------------


def add_settlement(
    appraisal: Appraisal, *, scenario: str, settlement: str, name: str, first_year: int, years: int
) -> Appraisal:
    """A new settlement of `years` years from `first_year`, without money yet; `settlement` is its new id."""
    new = Settlement(id=settlement, name=name, first_year=first_year, amounts=(_NOTHING,) * years)
    return _scenario(appraisal, scenario, settlements=added(found(appraisal.scenarios, scenario).settlements, new))


def remove_settlement(appraisal: Appraisal, *, scenario: str, settlement: str) -> Appraisal:
    """Take the settlement out of its scenario. The years it covered are then without money."""
    return _scenario(
        appraisal, scenario, settlements=without(found(appraisal.scenarios, scenario).settlements, settlement)
    )


def _settlement(appraisal: Appraisal, scenario: str, settlement: str, **fields: object) -> Appraisal:
    record = found(appraisal.scenarios, scenario)
    new = changed(record, settlements=changed_in(record.settlements, settlement, **fields))
    return changed(appraisal, scenarios=swapped(appraisal.scenarios, new))


def rename_settlement(appraisal: Appraisal, *, scenario: str, settlement: str, name: str) -> Appraisal:
    """The settlement in a few words."""
    return _settlement(appraisal, scenario, settlement, name=name)


def set_settlement_years(
    appraisal: Appraisal, *, scenario: str, settlement: str, first_year: int, years: int
) -> Appraisal:
    """Which years the settlement covers. Its amounts move along; a longer one repeats its last amount,
    a shorter one loses the last amounts. Capital and statuses by year do the same.
    """
    record = found(found(appraisal.scenarios, scenario).settlements, settlement)
    amounts = record.amounts[: max(years, 0)]
    amounts += (amounts[-1] if amounts else _NOTHING,) * (years - len(amounts))
    capital = record.capital[: max(years, 0)]
    statuses = record.statuses[: max(years, 0)]
    return _settlement(
        appraisal,
        scenario,
        settlement,
        first_year=first_year,
        amounts=amounts,
        capital=capital + capital[-1:] * (years - len(capital)),
        statuses=statuses + statuses[-1:] * (years - len(statuses)),
    )


def _by_year(settlement: Settlement, old: tuple[AnyFigure, ...], new: Mapping[int, AnyFigure]) -> tuple[AnyFigure, ...]:
    """The figures of a settlement with these by year of the horizon. IndexError for one that it does not cover."""
    figures = list(old)
    for year, figure in new.items():
        if not 0 <= year - settlement.first_year < len(figures):
            raise IndexError(year)
        figures[year - settlement.first_year] = figure
    return tuple(figures)


def set_settlement_amounts(
    appraisal: Appraisal, *, scenario: str, settlement: str, amounts: Mapping[int, Decimal]
) -> Appraisal:
    """Cash by year of the horizon (year 0 is the first); years not named stay as they are.

    IndexError for a year that the settlement does not cover: then nothing is changed.
    """
    record = found(found(appraisal.scenarios, scenario).settlements, settlement)
    new = _by_year(record, record.amounts, {year: pounds(amount) for year, amount in amounts.items()})
    return _settlement(appraisal, scenario, settlement, amounts=new)


def set_settlement_capital(
    appraisal: Appraisal, *, scenario: str, settlement: str, amounts: Mapping[int, Decimal]
) -> Appraisal:
    """Capital in cash by year of the horizon; years not named stay as they are.

    IndexError for a year that the settlement does not cover: then nothing is changed.
    """
    record = found(found(appraisal.scenarios, scenario).settlements, settlement)
    years = len(record.amounts)
    old = (record.capital + (_NOTHING,) * years)[:years]
    new = _by_year(record, old, {year: pounds(amount) for year, amount in amounts.items()})
    return _settlement(appraisal, scenario, settlement, capital=new if any(new) else ())


def set_ring_fenced(appraisal: Appraisal, *, scenario: str, settlement: str, ring_fenced: bool) -> Appraisal:
    """Whether what is not spent in its year goes back."""
    return _settlement(appraisal, scenario, settlement, ring_fenced=ring_fenced)


def set_status(appraisal: Appraisal, *, scenario: str, settlement: str, status: SettlementStatus) -> Appraisal:
    """How firm the money of all its years is."""
    return _settlement(appraisal, scenario, settlement, status=status, statuses=())


def set_statuses(
    appraisal: Appraisal, *, scenario: str, settlement: str, statuses: Mapping[int, SettlementStatus]
) -> Appraisal:
    """How firm the money is by year of the horizon; years not named stay as they are.

    IndexError for a year that the settlement does not cover: then nothing is changed.
    """
    record = found(found(appraisal.scenarios, scenario).settlements, settlement)
    years = len(record.amounts)
    new = _by_year(record, (record.statuses + (record.status,) * years)[:years], statuses)
    one = len(set(new)) == 1
    return _settlement(
        appraisal, scenario, settlement, status=new[0] if one else record.status, statuses=() if one else new
    )


def set_renewal(appraisal: Appraisal, *, scenario: str, settlement: str, renewal: float) -> Appraisal:
    """The chance, 0 to 1, that the money is renewed without a cut at the start of this settlement."""
    return _settlement(appraisal, scenario, settlement, renewal=float(renewal))


def set_cut(
    appraisal: Appraisal, *, scenario: str, settlement: str, low: float, likely: float, high: float
) -> Appraisal:
    """The share, 0 to 1, that is lost if the money is not renewed."""
    return _settlement(
        appraisal, scenario, settlement, cut_low=float(low), cut_likely=float(likely), cut_high=float(high)
    )


# --- grants ------------------------------------------------------------------------------------------------


def add_grant(appraisal: Appraisal, *, grant: str, name: str) -> Appraisal:
    """A new grant at the end, without money, bid for in no scenario yet; `grant` is its new id."""
    return changed(appraisal, grants=added(appraisal.grants, Grant(id=grant, name=name)))


def change_grant(appraisal: Appraisal, *, grant: str, **fields: object) -> Appraisal:
    """Name, chance, lines, dates, its own route or source. Its money is `set_grant_amounts`.

    KeyError for an unknown line, TypeError for another field.
    """
    new = as_stored(simple(fields, _GRANT_FIELDS), shares={"chance"})
    if isinstance(lines := new.get("lines"), list | tuple):
        new["lines"] = tuple(found(appraisal.lines, str(line)).id for line in lines)
    return changed(appraisal, grants=changed_in(appraisal.grants, grant, **new))


def set_grant_amounts(
    appraisal: Appraisal, *, grant: str, amounts: Mapping[int, Decimal], capital: Mapping[int, Decimal] | None = None
) -> Appraisal:
    """Revenue and capital in cash by year of the horizon; years not named stay as they are.

    The grant covers the years from the first to the last that have money. IndexError outside the horizon.
    """
    old = found(appraisal.grants, grant)
    before = _years_of(old.amounts, old.first_year), _years_of(old.capital, old.first_year)
    after = []
    for money, new in zip(before, (amounts, capital or {}), strict=True):
        for year in new:
            if not 0 <= year < appraisal.horizon.years and year not in money:
                raise IndexError(year)
        after.append(money | {year: pounds(amount) for year, amount in new.items()})
    paid = [year for money in after for year, amount in money.items() if amount]
    years = range(min(paid), max(paid) + 1) if paid else range(0)
    revenue, works = (tuple(money.get(year, _NOTHING) for year in years) for money in after)
    return changed(
        appraisal,
        grants=changed_in(
            appraisal.grants,
            grant,
            first_year=years.start if paid else old.first_year,
            amounts=revenue,
            capital=works if any(works) else (),
        ),
    )


def _years_of(amounts: tuple[Decimal, ...], first: int) -> dict[int, Decimal]:
    return {first + place: amount for place, amount in enumerate(amounts)}


def remove_grant(appraisal: Appraisal, *, grant: str) -> Appraisal:
    """Take the grant out, also of the scenarios that bid for it."""
    gone = frozenset({grant})
    scenarios = (changed(one, grants=without_words(one.grants, gone)) for one in appraisal.scenarios)
    return changed(appraisal, grants=without(appraisal.grants, grant), scenarios=each(appraisal.scenarios, scenarios))
