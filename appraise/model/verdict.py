"""Who leads, on cost and on score, or that nobody clearly does (METHOD 9.2, number 6)."""

from dataclasses import dataclass
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import NO_PENCE
from appraise.model.entries import life_of
from appraise.model.results import OptionResult, Verdict
from appraise.model.scoring import COMPARED, gates_failed
from appraise.model.simulation import Draws

#: A pairwise chance under which no option is clearly cheaper or better, and the score step in points.
CLEAR_SHARE = 0.8
SCORE_STEP = 5.0


def same_lives(appraisal: Appraisal) -> bool:
    """Net present costs are compared over equal lives only, otherwise equivalent annual costs (METHOD 1.9)."""
    return len({life_of(appraisal, option.id) for option in appraisal.options}) <= 1


def comparable(appraisal: Appraisal) -> frozenset[str]:
    """Options that have costs and pass their gates: the others are not compared on cost."""
    with_costs = {line.option for line in appraisal.lines if any(line.amounts)}
    return frozenset(
        one.id for one in appraisal.options if one.id in with_costs and not gates_failed(appraisal, one.id)
    )


def cost_compared(option: OptionResult, *, same: bool) -> Decimal:
    """The expected cost that options are compared on, pounds, or pounds a year where lives differ."""
    if option.economic is None:
        return NO_PENCE
    return option.economic.expected_npc if same else option.economic.expected_eac


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Options in order, the best first; `margin` between the first two; `tied` with the first."""

    order: tuple[OptionResult, ...] = ()
    margin: float | None = None
    tied: tuple[str, ...] = ()

    def at(self, place: int) -> str:
        return self.order[place].id if place < len(self.order) else ""


def share_cheaper(drawn: Draws, first: int, second: int) -> float:
    """Share of draws in which the first option costs less than the second, ties half."""
    less, level = int(drawn.cheaper[first, second]), int(drawn.level[first, second])
    return (less + level / 2) / drawn.draws


def _by_cost(appraisal: Appraisal, options: tuple[OptionResult, ...], drawn: Draws) -> _Ranking:
    """Options that have costs and pass, cheapest first; the id decides between equals, and says so in `tied`."""
    same = same_lives(appraisal)
    compared = comparable(appraisal)
    ranked = sorted(
        (cost_compared(option, same=same), option.id, place)
        for place, option in enumerate(options)
        if option.id in compared
    )
    margin = None
    if len(ranked) > 1:
        margin = share_cheaper(drawn, ranked[0][2], ranked[1][2])
    tied = tuple(key for cost, key, _ in ranked if cost == ranked[0][0])
    return _Ranking(tuple(options[place] for _, _, place in ranked), margin, tied if len(tied) > 1 else ())


def _by_score(options: tuple[OptionResult, ...]) -> _Ranking:
    """Options that have a place, highest first, the id between equals; nothing to rank while all are 0."""
    ranked = sorted(
        (-round(option.score.total, COMPARED), option.id, place)
        for place, option in enumerate(options)
        if option.score is not None and option.score.place is not None
    )
    if not any(total for total, _, _ in ranked):
        return _Ranking()
    margin = round(ranked[1][0] - ranked[0][0], COMPARED) if len(ranked) > 1 else None
    tied = tuple(key for total, key, _ in ranked if total == ranked[0][0])
    return _Ranking(tuple(options[place] for _, _, place in ranked), margin, tied if len(tied) > 1 else ())


def _share_above(score: _Ranking) -> float | None:
    """Share of draws of weights and scores in which the first option scores more than the second, ties half."""
    if len(score.order) < 2 or score.order[0].score is None:
        return None
    return next((pair.share for pair in score.order[0].score.pairwise if pair.than == score.at(1)), None)


def _decided(option: OptionResult) -> bool:
    """Whether nothing is missing that could still put the option first on score."""
    return option.score is not None and (option.score.place is not None or bool(option.score.gates_failed))


def verdict(appraisal: Appraisal, options: tuple[OptionResult, ...], drawn: Draws | None) -> Verdict:
    """Who leads, and whether clearly. Only finished options are compared: with costs, with every score, no failed gate.

    An option that fails a gate is neither the cheapest nor first on score, whatever it costs or scores.
    `drawn`: the draws of all options; None: nobody is ranked on cost.
    """
    cost = _Ranking() if drawn is None else _by_cost(appraisal, options, drawn)
    score = _by_score(options)
    passing = [option for option in options if not gates_failed(appraisal, option.id)]
    all_costed, all_scored = len(cost.order) == len(passing), all(_decided(option) for option in options)
    share = _share_above(score)
    clear = score.margin is not None and score.margin > SCORE_STEP and share is not None and share >= CLEAR_SHARE
    return Verdict(
        cheapest=cost.at(0),
        cheapest_rival=cost.at(1),
        cost_margin=cost.margin,
        cost_clear=cost.margin is not None and cost.margin >= CLEAR_SHARE and all_costed and not cost.tied,
        highest_score=score.at(0),
        score_rival=score.at(1),
        score_margin=score.margin,
        score_clear=clear and all_scored,
        score_share=share,
        compared_on="npc" if same_lives(appraisal) else "eac",
        tied=cost.tied,
        score_tied=score.tied,
    )
