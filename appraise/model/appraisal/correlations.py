"""Which uncertain inputs move together, and how much (METHOD 10.2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationGroup:
    """Lines that one cause moves in part: any two of them have the correlation `rho`, 0 to 1 (one-factor copula).

    `shared`: the cause is one draw for all options; otherwise every option has its own. `evidence`: why so much.
    """

    id: str
    name: str
    rho: float = 0.3
    shared: bool = True
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationMatrix:
    """Correlations of every pair of some lines, for those who have them; symmetric, 1 on the diagonal.

    `lines` are ids of lines, no two of one driver and none in a group; `rows` as many rows of as many numbers.
    It must be positive semi-definite: no other correlations can exist together.
    """

    lines: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    evidence: str = ""
