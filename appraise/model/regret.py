"""Which scenario is longest, and what each option costs more than the cheapest in every scenario (METHOD 12.3)."""

from collections.abc import Mapping, Sequence

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.funding import length
from appraise.model.funding_results import Regret, RegretCell, RegretRow
from appraise.model.results import OptionResult
from appraise.model.verdict import comparable, same_lives


def mean_length(scenario: Scenario, years: int) -> float:
    """Mean length of the settlement that a year belongs to: sum len^2 / sum len inside the horizon; 0 without any."""
    lengths = [
        max(0, min(years, settlement.first_year + length(settlement)) - max(0, settlement.first_year))
        for settlement in scenario.settlements
    ]
    covered = sum(lengths)
    return sum(one * one for one in lengths) / covered if covered else 0.0


def longest(scenarios: Sequence[Scenario], years: int) -> Scenario | None:
    """The scenario with the longest settlements, of equals the lowest id; None without scenarios."""
    return min(scenarios, key=lambda one: (-mean_length(one, years), one.id), default=None)


def shortest(scenarios: Sequence[Scenario], years: int) -> Scenario | None:
    """The scenario with the shortest settlements among those with any, of equals the lowest id; None without any."""
    settled = [one for one in scenarios if mean_length(one, years)]
    return min(settled or scenarios, key=lambda one: (mean_length(one, years), one.id), default=None)


def regret_rows(
    scenarios: Sequence[str], costs: Mapping[str, Sequence[float]], affordable: Mapping[str, Sequence[bool]]
) -> tuple[RegretRow, ...]:
    """The table of options: costs in every scenario, and what each is over the cheapest there.

    Savage's minimax regret: an option is judged by its largest.
    """
    lowest = [min(column) for column in zip(*costs.values(), strict=True)]
    rows = []
    for option, found in costs.items():
        cells = tuple(
            RegretCell(scenario=scenario, cost=cost, regret=cost - least, affordable=paid)
            for scenario, cost, least, paid in zip(scenarios, found, lowest, affordable[option], strict=True)
        )
        rows.append(
            RegretRow(
                option=option,
                cells=cells,
                largest=max(cell.regret for cell in cells),
                affordable_in=sum(cell.affordable for cell in cells),
            )
        )
    return tuple(rows)


def least_regret(rows: Sequence[RegretRow]) -> tuple[str, ...]:
    """Options with the smallest largest regret, several where they are the same to the penny."""
    lowest = min((round(row.largest, 2) for row in rows), default=0.0)
    return tuple(row.option for row in rows if round(row.largest, 2) == lowest)


def most_affordable(rows: Sequence[RegretRow]) -> tuple[str, ...]:
    """Options that most scenarios can pay for; none if no scenario can pay for any."""
    most = max((row.affordable_in for row in rows), default=0)
    return tuple(row.option for row in rows if most and row.affordable_in == most)


def regret(appraisal: Appraisal, options: Sequence[OptionResult], annuities: Sequence[float] | None) -> Regret | None:
    """Regret of options that have costs and pass their gates; None without scenarios or such options.

    `annuities` by option turn net present costs into costs a year, where lives differ; None: they are the same.
    """
    years = appraisal.horizon.years
    long, short = longest(appraisal.scenarios, years), shortest(appraisal.scenarios, years)
    compared = comparable(appraisal)
    divisors = (1.0,) * len(options) if annuities is None else annuities
    found = {
        option.id: (option.funding, divisor)
        for option, divisor in zip(options, divisors, strict=True)
        if option.funding and option.id in compared
    }
    if long is None or short is None or not found:
        return None
    rows = regret_rows(
        [scenario.id for scenario in appraisal.scenarios],
        {key: [one.npc / divisor for one in funding] for key, (funding, divisor) in found.items()},
        {key: [one.affordable for one in funding] for key, (funding, _) in found.items()},
    )
    return Regret(
        longest=long.id,
        shortest=short.id,
        compared_on="npc" if same_lives(appraisal) else "eac",
        rows=rows,
        least=least_regret(rows),
        most_affordable=most_affordable(rows),
    )
