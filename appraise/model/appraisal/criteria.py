"""The value tree: branches, criteria with written anchors and swings, gates, and the scores given."""

from dataclasses import dataclass
from enum import StrEnum


class Measured(StrEnum):
    """How a criterion is scored: straight from 0 to 100, by levels in words, or by a measure in its own unit."""

    DIRECT = "direct"
    LEVELS = "levels"
    MEASURE = "measure"


class About(StrEnum):
    """What a criterion is about. Money and constraints that are priced are counted elsewhere (METHOD 9.1)."""

    UNSAID = "unsaid"
    EFFECT = "effect"
    CONSTRAINT = "constraint"
    MONEY = "money"


class Independence(StrEnum):
    """Whether a criterion can be scored without knowing the scores on the others (preferential independence)."""

    UNASKED = "unasked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A constructed level: what stands for `value` points, in words."""

    value: float
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePoint:
    """A point of a value function: the measure in its unit, and the points from 0 to 100 that it is worth.

    Between two points the value is a straight line; outside the first and last it stays as it is.
    """

    measure: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A heading of the value tree. Its weight is the sum of the weights of its criteria.

    The rest is asked only where weights are asked branch by branch: `reference` is the criterion that stands for
    the branch, `swing` what its move is worth beside the reference of the first branch (100), between `swing_low`
    and `swing_high`; `rank` orders the branches, 1 first, 0 not said.
    """

    id: str
    name: str
    reference: str = ""
    rank: int = 0
    swing: float = 0.0
    swing_low: float | None = None
    swing_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A leaf of the value tree.

    `worst` and `best` are the anchors in words: a score of 0 and of 100. `swing` says what moving from
    worst to best is worth beside the largest swing, which is given 100 (METHOD 4 and 9.1; HM Treasury,
    Use of multi-criteria decision analysis in options appraisal, 16 May 2024), between `swing_low` and
    `swing_high` where people are not sure. `rank` orders the moves, 1 the largest, 0 not said. Branch by branch, the
    swing is beside the branch's reference.

    `about` and, for a constraint that is scored, its id in `constraint`. `levels` belong to LEVELS; `unit` and
    `points` (by measure, values only rising or only falling) to MEASURE.
    """

    id: str
    branch: str
    name: str
    worst: str = ""
    best: str = ""
    about: About = About.UNSAID
    constraint: str = ""
    measured: Measured = Measured.DIRECT
    levels: tuple[Level, ...] = ()
    unit: str = ""
    points: tuple[ValuePoint, ...] = ()
    rank: int = 0
    swing: float = 0.0
    swing_low: float | None = None
    swing_high: float | None = None
    swing_reason: str = ""
    independence: Independence = Independence.UNASKED


class Asking(StrEnum):
    """All moves are compared with one yardstick, or branch by branch and then across branches."""

    TOGETHER = "together"
    BY_BRANCH = "by_branch"


class Answers(StrEnum):
    """What weights come from: swings in points, or the order of the moves alone (rank-order centroid)."""

    POINTS = "points"
    RANKS = "ranks"


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """A cross-check: how far up from worst, in points of 100, the move of `larger` must come to be worth the whole
    move of `smaller`. None: not answered yet.
    """

    id: str
    larger: str
    smaller: str
    points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """How weights were asked, and how sure they are taken to be where nobody said.

    `doubt`: points of swing either way that are drawn where an answer has no range; `score_doubt` the same for a
    score without a range of its own and without assessors. `indifference` and `preference` are the thresholds in
    points of the cross-check by outranking (METHOD 9.2, number 5).
    """

    asking: Asking = Asking.TOGETHER
    answers: Answers = Answers.POINTS
    trade_offs: tuple[TradeOff, ...] = ()
    doubt: float = 10.0
    score_doubt: float = 5.0
    indifference: float = 5.0
    preference: float = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """An assessor who does not agree with a moderated score, and why."""

    assessor: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of record of an option on a criterion, and why.

    `value` is as entered: points from 0 (worst anchor) to 100 (best anchor), or the measure in its unit where the
    criterion has one. `low` and `high`, in the same unit, say how sure it is. `agreed` holds the ids of assessors
    who agreed with it.
    """

    option: str
    criterion: str
    value: float
    reason: str = ""
    evidence: str = ""
    low: float | None = None
    high: float | None = None
    agreed: tuple[str, ...] = ()
    dissents: tuple[Dissent, ...] = ()


class Outcome(StrEnum):
    """Whether an option passes a gate."""

    UNSAID = "unsaid"
    PASS = "pass"  # noqa: S105  not a password
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateOutcome:
    """How an option came out at a gate, and why."""

    option: str
    outcome: Outcome = Outcome.UNSAID
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition that must be met, whatever the score: lawful, within a ceiling, a mandatory standard (METHOD 9.1).

    An option that fails is shown with the reason and is out of the ranking.
    """

    id: str
    name: str
    test: str = ""
    outcomes: tuple[GateOutcome, ...] = ()
