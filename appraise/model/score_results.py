"""Every figure that follows from criteria, weights and scores. Made only by `model.evaluate`.

Points run from 0 to 100, weights and shares from 0 to 1. Nothing of this is made while a workshop keeps totals hidden.
"""

from dataclasses import dataclass

from appraise.model.appraisal.workshop import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one criterion adds to an option's score: weight x score; missing scores count as nothing.

    `value` is the score in points, `entered` as it was entered: the same, or a measure in its unit.
    """

    criterion: str
    weight: float
    value: float | None
    points: float
    entered: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePair:
    """The share of draws of weights and scores in which an option scores more than the option `than`, ties half."""

    than: str
    share: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """Between which weights of one criterion or branch an option stays first, the others rescaled in proportion.

    `kind` is "criterion" or "branch", `weight` the weight now. Closed form of METHOD 4, over all rivals.
    """

    kind: str
    id: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """A single score whose change alone makes `rival` level with the first option, points.

    It is a score of `owner`, the first option or the rival, and moves from `now` to `needed`.
    """

    owner: str
    criterion: str
    now: float
    needed: float
    rival: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestFlip:
    """The smallest change after which the first option is level with `rival` (METHOD 9.2, number 3).

    `distance`: sum over criteria of |new weight - weight|, from 0 to 2; `weights` are the new ones in the order of the
    criteria. None and empty: no weights do it. `score`: the smallest change of one score that does it, None: none does.
    """

    rival: str
    distance: float | None
    weights: tuple[float, ...]
    score: ScoreChange | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGap:
    """How far the first option is ahead of the next over draws of weights and scores: 1 in 10, middle, 9 in 10."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The weighted score of an option, 0 to 100. `complete` is False while scores are missing.

    `place`: 1 is first; None while scores are missing or a gate of `gates_failed` (ids) keeps it out of the ranking.
    `rank_acceptability`: share of draws of weights and scores in which it has place 1, 2 ..., `rank_errors` their
    standard errors. `stability`, `smallest_flip` and `gap` are those of the first option; empty and None for others.
    `dominated_by`: options at least as good everywhere and better somewhere. `potentially_first`: some weights put
    it first, or level with one that does not dominate it; None where that was not asked for. `net_flow`: PROMETHEE
    II, -1 to 1.
    """

    total: float
    complete: bool
    by_criterion: tuple[Contribution, ...]
    place: int | None = None
    gates_failed: tuple[str, ...] = ()
    rank_acceptability: tuple[float, ...] = ()
    rank_errors: tuple[float, ...] = ()
    pairwise: tuple[ScorePair, ...] = ()
    stability: tuple[Stability, ...] = ()
    dominated_by: tuple[str, ...] = ()
    potentially_first: bool | None = None
    smallest_flip: SmallestFlip | None = None
    net_flow: float | None = None
    gap: ScoreGap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightOf:
    """The weight of a criterion, its swing beside all others, and between which swings it was drawn."""

    criterion: str
    branch: str
    swing: float
    low: float
    high: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffCheck:
    """An answered trade-off: the ratio of the two swings as rated and as the answer implies.

    `error` = implied / rated - 1.
    """

    id: str
    rated: float
    implied: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionAcceptability:
    """An option under drawn weights and scores (SMAA, METHOD 9.2, number 4).

    `central_weights`: mean weights, in the order of criteria, of the draws that put it first; empty if none does.
    `confidence`: share of score draws in which it is first at its central weights; None without them.
    """

    option: str
    ranks: tuple[float, ...]
    errors: tuple[float, ...]
    central_weights: tuple[float, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptability:
    """A way of drawing weights: "elicited" (ranges as said), "ranks" (their order alone), "any" (all weights alike)."""

    way: str
    draws: int
    options: tuple[OptionAcceptability, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck:
    """The first option by another method: "equal_weights", "equal_branches", "rank_order_centroid" or "promethee".

    `values` by option in the order of `options`: points, or net flows. `differs`: another option is first.
    """

    method: str
    first: str
    options: tuple[str, ...]
    values: tuple[float, ...]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAndScore:
    """An option on the chart of score against cost. `cost`: pounds, expected net present cost or a year (see Verdict).

    `undominated`: no other costs no more and scores no less, one of them truly. `on_frontier`: also on its convex part.
    `chance`: share of draws in which it is undominated, with `error`; None without draws. `cost_p10` to `score_p90` are
    its 1 in 10 and 9 in 10 points.
    """

    option: str
    cost: float
    score: float
    undominated: bool
    on_frontier: bool
    chance: float | None
    error: float | None
    cost_p10: float | None
    cost_p90: float | None
    score_p10: float | None
    score_p90: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierStep:
    """From one option of the convex frontier to the next dearer one: extra points, extra pounds, and pounds a point.

    `pounds_per_point` is also the willingness to pay at which the preferred option switches (METHOD 9.3).
    """

    cheaper: str
    dearer: str
    points: float
    pounds: float
    pounds_per_point: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAgainstScore:
    """Cost against benefit (METHOD 9.3). Options with costs, all scores and no failed gate."""

    options: tuple[CostAndScore, ...]
    steps: tuple[FrontierStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far assessors lie apart on one option and criterion, points. `wide`: two bands of 25 points or more."""

    option: str
    criterion: str
    count: int
    low: float
    lower_quartile: float
    median: float
    upper_quartile: float
    high: float
    wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAgreement:
    """Kendall's W of the assessors on one criterion; None where it has no meaning (one judge, or all tied)."""

    criterion: str
    judges: int
    kendall_w: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Who would be first on the means of marks without this assessor. The means are never the scores of record."""

    assessor: str
    first: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementOfAssessors:
    """Assessors side by side, those who stand aside left out (METHOD 9.4). Shown once scoring is closed.

    `judges` gave every mark for the options that pass. `kendall_w` of their order of options by their own weighted
    totals, `first_on_means`, `left_out` and `first_by`, (assessor, the option first on the own marks) of each judge,
    need totals: None and empty while these are hidden. W is over the options that pass every gate, by criterion too.
    """

    spreads: tuple[Spread, ...]
    by_criterion: tuple[CriterionAgreement, ...]
    judges: int
    kendall_w: float | None
    first_on_means: str
    left_out: tuple[LeftOut, ...]
    first_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceScored:
    """The weighted score of a choice of the long list, which sorts it within its category."""

    choice: str
    category: str
    scored: Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalThen:
    """An option's total and place as they would stand without an unlock's changes, or as they stood before it."""

    option: str
    total: float
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChange:
    """What was changed under one unlock, or after a workshop was given up, and totals before and after it.

    `event`: its place in the seal log. `swings`, `scores` and `outcomes` (gate, option) are (ids, before, after); None:
    not there. `first_scores` (option, criterion): given for the first time, before totals were revealed. `anchors` of
    criteria. `assessors`: whose marks, or standing aside, changed. `others`: what else did, as `Sealed` calls it.
    `options` came or went. `decides`: without this change alone another option is first now.
    """

    event: int
    swings: tuple[tuple[str, float | None, float | None], ...]
    scores: tuple[tuple[str, str, float | None, float | None], ...]
    anchors: tuple[str, ...]
    outcomes: tuple[tuple[str, str, str | None, str | None], ...] = ()
    first_scores: tuple[tuple[str, str], ...] = ()
    assessors: tuple[str, ...] = ()
    others: tuple[Sealed, ...] = ()
    options: tuple[str, ...] = ()
    before: tuple[TotalThen, ...] = ()
    after: tuple[TotalThen, ...] = ()
    decides: bool = False

    @property
    def anything(self) -> bool:
        """Something that is sealed was changed, or given for the first time."""
        figures = self.swings or self.scores or self.outcomes or self.first_scores
        return bool(figures or self.anchors or self.assessors or self.others or self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """All that is said of the scoring as a whole. `step`: points under which a lead is no clear lead."""

    weights: tuple[WeightOf, ...]
    trade_offs: tuple[TradeOffCheck, ...]
    acceptability: tuple[Acceptability, ...]
    cross_checks: tuple[CrossCheck, ...]
    cost_against_score: CostAgainstScore | None
    late_changes: tuple[LateChange, ...]
    choices: tuple[ChoiceScored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something a sceptical reader should know about how the scores came about: a sentence, never an accusation."""

    code: str
    sentence: str
    criterion: str = ""
    option: str = ""
