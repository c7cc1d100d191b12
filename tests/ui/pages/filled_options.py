"""Step 2 of the worked example, filled in by the same edits that the window uses."""

from dataclasses import replace

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, ContractType, Meets, Rating, ShortListRole
from appraise.model.appraisal.sourcing import Leaning, Reply, Sourcing
from appraise.model.edits import long_list, options, sourcing
from appraise.model.short_list import factor_names
from appraise.model.tables import QUESTIONS

_USUAL, _MINIMUM, _INHOUSE, _OUTSOURCE, _JOINT = (
    f"option-{name}" for name in ("usual", "minimum", "inhouse", "outsource", "joint")
)
_EVERY = (_USUAL, _MINIMUM, _INHOUSE, _OUTSOURCE, _JOINT)
_P, _A, _R = Rating.PREFERRED, Rating.CARRY_FORWARD, Rating.DROP

# id, category, name, rating, order by cost, today, options that use it, reason
CHOICES = (
    ("scope-now", Category.SCOPE, "Own roads and gullies only", _A, 1, True, (_USUAL, _MINIMUM), "As today."),
    ("scope-coast", Category.SCOPE, "Roads, gullies and coastal outfalls", _P, 2, False, (_INHOUSE, _OUTSOURCE, _JOINT),
     "Two thirds of floods begin at the outfalls (survey of 2025)."),
    ("scope-all", Category.SCOPE, "All of the above and private drains", _R, 3, False, (),
     "No power to enter private land without notice, so it fails achievability."),
    ("solution-react", Category.SOLUTION, "Repair when reported", _A, 1, True, (_USUAL, _MINIMUM), "Cheap; floods."),
    ("solution-cycle", Category.SOLUTION, "Clean by risk, with sensors at known hot spots", _P, 2, False,
     (_INHOUSE, _OUTSOURCE, _JOINT), "Neighbours cut floods by a third in two winters."),
    ("delivery-mixed", Category.DELIVERY, "Own crews and call-offs", _A, 2, True, (_USUAL, _MINIMUM), "As today."),
    ("delivery-own", Category.DELIVERY, "Own crews only", _A, 3, False, (_INHOUSE,), "Control and quick changes."),
    ("delivery-buy", Category.DELIVERY, "One contractor for seven years", _A, 1, False, (_OUTSOURCE,), "Four bidders."),
    ("delivery-joint", Category.DELIVERY, "Joint service with Eastholme", _P, 4, False, (_JOINT,),
     "Shares depots and night cover; both cabinets agreed in principle."),
    ("start-2027", Category.IMPLEMENTATION, "All at once in April 2027", _P, 1, True, _EVERY, "Contracts end then."),
    ("funding-revenue", Category.FUNDING, "Revenue and the coastal grant", _P, 0, True, _EVERY, "Settled to 2028/29."),
    ("funding-borrow", Category.FUNDING, "Borrow for vehicles", Rating.UNRATED, 0, False, (), ""),
)  # fmt: skip


def filled(appraisal: Appraisal) -> Appraisal:
    """The long list with verdicts, an own factor, both tests half answered, and two contracts."""
    bare = [replace(one, choices=(), contract=ContractType.NONE, extension_years=0) for one in appraisal.options]
    now = replace(
        appraisal,
        choices=(),
        choice_scores=(),
        factors=(),
        options=tuple(bare),
        sourcing=Sourcing(),
    )
    now = long_list.add_factor(now, factor="factor-legal", name="Flood and Water Management Act duties")
    for choice, category, name, rating, order, usual, users, reason in CHOICES:
        now = long_list.add_choice(now, choice=choice, category=category, name=name)
        now = long_list.change_choice(now, choice=choice, reason=reason, usual=usual, cost_order=order)
        now = long_list.rate_choice(now, choice=choice, rating=rating)
        for option in users:
            now = long_list.use_choice(now, option=option, choice=choice, used=True)
        for place, factor in enumerate(factor_names(now)):
            meets = (
                Meets.NO if rating is _R and place == 4 else Meets.PARTLY if rating is _A and place == 0 else Meets.YES
            )
            if rating is not Rating.UNRATED:
                now = long_list.judge_choice(now, choice=choice, factor=factor, meets=meets)
    now = options.set_role(now, option=_JOINT, role=ShortListRole.PREFERRED)
    now = options.set_role(now, option=_INHOUSE, role=ShortListRole.LESS_AMBITIOUS)
    for option, contract, years in ((_OUTSOURCE, ContractType.SERVICES, 3), (_JOINT, ContractType.LIGHT_TOUCH, 0)):
        now = options.set_contract(now, option=option, contract=contract)
        now = options.set_extension(now, option=option, years=years)
    for place, question in enumerate(QUESTIONS["public_interest"]):
        if place < 12:
            reply = (Reply.YES, Reply.PARTLY, Reply.NO)[place % 3]
            words = "The flood duty is statutory and cannot be handed on." if place % 2 == 0 else ""
            now = sourcing.answer(now, test="public_interest", question=question.id, reply=reply, words=words)
    now = sourcing.conclude(
        now, test="public_interest", leaning=Leaning.TOGETHER, words="Own crews keep control; a neighbour adds cover."
    )
    return sourcing.set_test_used(now, test="delivery_model", used=True)
