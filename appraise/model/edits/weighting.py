"""How weights are asked, how sure they are, and the trade-offs that check them."""

from appraise.model.appraisal.criteria import Answers, Asking, TradeOff
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import EditRefused, added, changed, changed_in, found, simple, without

_FIELDS = frozenset({"doubt", "score_doubt", "indifference", "preference"})


def _weighting(appraisal: Appraisal, **fields: object) -> Appraisal:
    return changed(appraisal, weighting=changed(appraisal.weighting, **fields))


def set_asking(appraisal: Appraisal, *, asking: Asking) -> Appraisal:
    """Whether all moves are compared with one yardstick, or branch by branch. The answers given stay as they are."""
    return _weighting(appraisal, asking=asking)


def set_answers(appraisal: Appraisal, *, answers: Answers) -> Appraisal:
    """Whether weights come from swings in points or from the order of the moves alone."""
    return _weighting(appraisal, answers=answers)


def change_weighting(appraisal: Appraisal, **fields: float) -> Appraisal:
    """`doubt`, `score_doubt`, `indifference`, `preference` by name, in points. TypeError for any other."""
    simple(fields, _FIELDS)
    return _weighting(appraisal, **{name: float(value) for name, value in fields.items()})


def add_trade_off(appraisal: Appraisal, *, trade_off: str, larger: str, smaller: str) -> Appraisal:
    """A new trade-off question; `trade_off` is its new id. KeyError for an unknown criterion.

    EditRefused for a criterion against itself.
    """
    found(appraisal.criteria, larger)
    found(appraisal.criteria, smaller)
    if larger == smaller:
        raise EditRefused("A trade-off is between two criteria; choose another one.")
    new = TradeOff(id=trade_off, larger=larger, smaller=smaller)
    return _weighting(appraisal, trade_offs=added(appraisal.weighting.trade_offs, new))


def answer_trade_off(appraisal: Appraisal, *, trade_off: str, points: float | None) -> Appraisal:
    """How far up, in points of 100, the larger move is worth the whole smaller one; None takes the answer away."""
    answer = None if points is None else float(points)
    return _weighting(appraisal, trade_offs=changed_in(appraisal.weighting.trade_offs, trade_off, points=answer))


def remove_trade_off(appraisal: Appraisal, *, trade_off: str) -> Appraisal:
    """Take the question out."""
    return _weighting(appraisal, trade_offs=without(appraisal.weighting.trade_offs, trade_off))
