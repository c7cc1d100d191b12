"""What length of settlement would make an option affordable or the cheapest (METHOD 12.3)."""

from collections.abc import Callable, Sequence
from functools import partial

from appraise.model import statistics
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.cancelled import Cancelled
from appraise.model.discounting import Factors
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.funding import rolled
from appraise.model.entries import OptionEntries
from appraise.model.funding import length
from appraise.model.funding_figures import affordable
from appraise.model.funding_plan import Deltas, deltas_of
from appraise.model.funding_results import LengthAnswer, SettlementLength
from appraise.model.plan import make_plan
from appraise.model.regret import shortest
from appraise.model.remembered import Remembered
from appraise.model.simulation import Draws, simulate
from appraise.model.uncertainty import share_error
from appraise.model.verdict import comparable

#: Draws behind the answer: the first ones of the whole run.
DRAWS = 4_096
#: Every length up to this is tried, then every fifth year, and all the money as one settlement.
EVERY, THEN_EVERY = 10, 5
_rolled = Remembered[tuple[Scenario, ...]]()


def lengths_tried(years: int) -> tuple[int, ...]:
    """Lengths of settlements for money that covers so many years."""
    return tuple(one for one in range(1, years + 1) if one <= EVERY or one % THEN_EVERY == 0 or one == years)


def _scenarios(appraisal: Appraisal, source: Scenario) -> tuple[Scenario, ...]:
    """The money of a scenario, settled so many years at a time; none where it has no money yet."""
    first = min((one.first_year for one in source.settlements), default=0)
    end = max((one.first_year + length(one) for one in source.settlements), default=0)
    found = []
    for years in lengths_tried(min(end, appraisal.horizon.years) - max(0, first)):
        key = f"{source.id}|{years}"
        ids = (f"{key}|{number}" for number in range(end))
        try:
            made = rolled(appraisal, scenario=source.id, new=key, name=source.name, years=years, ids=ids)
        except EditRefused:
            return ()
        found.append(made.scenarios[-1])
    return tuple(found)


def _length_of(scenario: Scenario) -> int:
    """Years of a settlement in a scenario made by `_scenarios`."""
    return int(scenario.id.rsplit("|", 1)[1])


def _deltas(
    appraisal: Appraisal,
    costed: Sequence[OptionEntries],
    factors: Factors,
    scenarios: Sequence[Scenario],
    cancelled: Callable[[], bool] | None,
) -> Deltas:
    found: Deltas = {}
    for scenario in scenarios:
        if cancelled is not None and cancelled():
            raise Cancelled
        found = {**found, **deltas_of(appraisal, costed, factors, (scenario,))}
    return found


def settlement_lengths(
    appraisal: Appraisal,
    costed: Sequence[OptionEntries],
    factors: Factors,
    annuities: Sequence[float] | None,
    *,
    seed: int,
    draws: int,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, LengthAnswer]:
    """The answer by option; none without a scenario that has money. Raises Cancelled if asked to stop.

    All lengths and all options meet the same draws: the first ones of the whole run, `draws` of them if those are few.
    """
    source = shortest(appraisal.scenarios, appraisal.horizon.years)
    if source is None or not costed:
        return {}
    scenarios = _rolled.of(partial(_scenarios, appraisal, source), source, beside=appraisal.horizon.years)
    if not scenarios:
        return {}
    deltas = _deltas(appraisal, costed, factors, scenarios, cancelled)
    plan = make_plan(appraisal, costed, factors, scenarios=scenarios, deltas=deltas)
    drawn = simulate(plan, seed=seed, draws=min(DRAWS, draws), threads=1, cancelled=cancelled)
    divisors = (1.0,) * len(costed) if annuities is None else annuities
    return _answers(appraisal, [one.option for one in costed], scenarios, drawn, divisors, source.id)


def _answers(
    appraisal: Appraisal,
    options: Sequence[str],
    scenarios: Sequence[Scenario],
    drawn: Draws,
    divisors: Sequence[float],
    source: str,
) -> dict[str, LengthAnswer]:
    draws, compared = drawn.draws, comparable(appraisal)
    costs = [[statistics.mean_and_error(gap.npc, draws)[0] for gap in one.gaps] for one in drawn.options]
    held = [
        [round(cost / divisor, 2) for cost in row] if option in compared else None
        for option, row, divisor in zip(options, costs, divisors, strict=True)
    ]
    lowest = [min(column) for column in zip(*(row for row in held if row is not None), strict=True)]
    found = {}
    for number, option in enumerate(options):
        row, lengths = held[number], []
        for place, scenario in enumerate(scenarios):
            chance = drawn.options[number].gaps[place].any_short / draws
            lengths.append(
                SettlementLength(
                    years=_length_of(scenario),
                    probability_of_any_gap=chance,
                    any_gap_error=share_error(chance, draws),
                    npc=costs[number][place],
                    affordable=affordable(chance, appraisal.simulation.percentile),
                    cheapest=row is not None and row[place] == lowest[place],
                )
            )
        found[option] = LengthAnswer(
            money_of=source,
            draws=draws,
            lengths=tuple(lengths),
            affordable_from=next((one.years for one in lengths if one.affordable), None),
            cheapest_from=next((one.years for one in lengths if one.cheapest), None),
        )
    return found
