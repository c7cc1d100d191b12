"""The parts of a plan: what an option is made of in the draws, and the money that it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from appraise.model.columns import Column, Latent
from appraise.model.funding import Boundary
from appraise.model.index_levels import levels_over
from appraise.model.uncertainty import Floats, Singles, Spread

#: Pounds by year.
Years = tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """Pounds by year in three rows: net present cost, net present social value (both discounted) and cash."""

    rows: Floats

    @property
    def npc(self) -> Floats:
        """Net present cost by year."""
        return np.asarray(self.rows[0], dtype=np.float64)

    @property
    def npsv(self) -> Floats:
        """Net present social value by year."""
        return np.asarray(self.rows[1], dtype=np.float64)

    @property
    def cash(self) -> Floats:
        """Nominal cash by year."""
        return np.asarray(self.rows[2], dtype=np.float64)

    def __bool__(self) -> bool:
        return bool(self.rows.any())

    def plus(self, other: "Flows", times_over: float = 1.0) -> "Flows":
        """These and so many times the other ones."""
        return Flows(self.rows + times_over * other.rows)

    def scaled(self, by: float) -> "Flows":
        """So many times these."""
        return Flows(by * self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one unit of a column adds to an option. `index`: the place of the uncertain index that it follows, or -1.

    `input` and `name` say which uncertain fact it is; `cluster` and `cluster_name` what it is correlated with.
    """

    input: str
    name: str
    column: int
    index: int
    flows: Flows
    cluster: str = ""
    cluster_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPlan:
    """An uncertain price index: the number behind it, what is added to its rises, and the rises as entered.

    `cap` and `collar`, shares a year, hold every rise; an index with them is one input with the index itself.
    """

    input: str
    name: str
    latent: Latent
    extra: Spread
    rises: Years
    cap: float | None = None
    collar: float | None = None

    def levels(self, z: Floats | Singles) -> Floats:
        """Level over its level as entered by year and standard normal number, (years, draws)."""
        return levels_over(self.rises, self.extra.at(z), cap=self.cap, collar=self.collar)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPlan:
    """An option as certain parts plus terms, ordered by the ids of what they come from.

    `certain` by the place of the uncertain index that they follow, -1 for those that follow none.
    """

    id: str
    certain: Mapping[int, Flows]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsPlan:
    """An option, or what a scenario adds to it, with the parts of its cash that some money is tied to.

    `capital`: its capital alone, None where no scenario has capital money. `pots`: (revenue, capital) of lines that the
    same grants may pay for, all of it under revenue where there is no capital money; None: the option has none there.
    `placed`: the whole with present values in their years, where it may be broken off or be fallen back on.
    """

    whole: OptionPlan
    capital: OptionPlan | None
    pots: tuple[tuple[OptionPlan, OptionPlan | None] | None, ...]
    placed: OptionPlan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPlan:
    """A contract may be broken in `year`: revenue that this costs by year, and the same as net present cost."""

    year: int
    cash: Years
    npc: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaPlan:
    """What a scenario does to an option. `parts`: what it adds, None: nothing; `breaks` in the order of years.

    `fall_back`: the place of the option that runs on after a break, -1: nothing does. It runs on up to the year `ends`,
    in which the option itself costs nothing any more.
    """

    parts: PartsPlan | None
    breaks: tuple[BreakPlan, ...]
    fall_back: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPlan:
    """A grant as pounds by year. `pots`: places of the pots that it may pay for; None: it pays for everything."""

    id: str
    chance: float
    revenue: Years
    capital: Years
    pots: tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPlan:
    """A funding scenario: settled revenue and capital, boundaries, grants, and what it does to every option.

    `split`: it has capital money, which may not pay for revenue. `ring_fenced` by year.
    """

    id: str
    settled: Years
    capital: Years
    split: bool
    ring_fenced: tuple[bool, ...]
    boundaries: tuple[Boundary, ...]
    restored: bool
    carry_over: bool
    grants: tuple[GrantPlan, ...]
    deltas: tuple[DeltaPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that the draws need, without the document. `shares`: options share some uncertain fact.

    `parts` by option, empty without scenarios.
    """

    years: int
    columns: tuple[Column, ...]
    indices: tuple[IndexPlan, ...]
    options: tuple[OptionPlan, ...]
    scenarios: tuple[ScenarioPlan, ...]
    parts: tuple[PartsPlan, ...]
    shares: bool
