"""The ways of delivering the service: the choices of the long list and the options made of them."""

from dataclasses import dataclass
from enum import StrEnum

from appraise.model.appraisal.constraints import Pricing
from appraise.model.appraisal.terms import ContractTerms, Lot, Timetable


class DeliveryModel(StrEnum):
    """Who delivers the service. Every model is asked the same questions."""

    UNSAID = "unsaid"
    INSOURCE = "insource"
    REFORM = "in_house_reform"
    COLLABORATIVE = "collaborative"
    JOINT_COMMITTEE = "joint_committee"
    COMPANY = "council_company"
    JOINT_VENTURE = "joint_venture"
    MUTUAL = "mutual"
    CONCESSION = "concession"
    OUTSOURCE = "outsource"
    OUTSOURCE_LOTS = "outsource_lots"
    MIXED = "mixed"


class ShortListRole(StrEnum):
    """What an option is on the short list (Green Book 2026, 5.17-5.18 and 5.35)."""

    BUSINESS_AS_USUAL = "business_as_usual"
    DO_MINIMUM = "do_minimum"
    PREFERRED = "preferred_way_forward"
    LESS_AMBITIOUS = "less_ambitious"
    MORE_AMBITIOUS = "more_ambitious"
    OTHER = "other"


class ContractType(StrEnum):
    """What is bought; decides which procurement threshold holds. `NONE`: nothing is bought."""

    NONE = "none"
    SERVICES = "services"
    LIGHT_TOUCH = "light_touch"
    WORKS = "works"
    CONCESSION = "concession"
    LIGHT_TOUCH_CONCESSION = "light_touch_concession"


class Category(StrEnum):
    """The five categories of the options framework filter, in their order (Green Book 2026, 5.13 and table 5)."""

    SCOPE = "scope"
    SOLUTION = "solution"
    DELIVERY = "delivery"
    IMPLEMENTATION = "implementation"
    FUNDING = "funding"


class Rating(StrEnum):
    """How a choice of the long list came out: green, amber or red."""

    UNRATED = "unrated"
    PREFERRED = "preferred"
    CARRY_FORWARD = "carry_forward"
    DROP = "drop"


class Meets(StrEnum):
    """Whether a choice meets a critical success factor."""

    UNSAID = "unsaid"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


#: The five critical success factors, by id (Green Book 2026, table 4). More may be added (5.6).
SUCCESS_FACTORS = {
    "strategic_fit": "Objectives and strategic fit",
    "value_for_money": "Value for money",
    "supplier_capacity": "Supplier capacity and capability",
    "affordability": "Affordability for every public body involved",
    "achievability": "Achievability",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A critical success factor of this appraisal's own: legal, ethical, social, timing or climate (5.6)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorVerdict:
    """Whether a choice meets one factor: the id of one of `SUCCESS_FACTORS` or of an own `Factor`."""

    factor: str
    meets: Meets


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of the long list. A rating needs a reason (Green Book 2026, 5.27).

    `usual` marks what is done today. `cost_order` ranks choices of a category by cost, 1 the cheapest, 0 not
    said; the do-minimum option is made of the cheapest choices carried forward (5.35).
    """

    id: str
    category: Category
    name: str
    description: str = ""
    usual: bool = False
    cost_order: int = 0
    rating: Rating = Rating.UNRATED
    reason: str = ""
    verdicts: tuple[FactorVerdict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of the short list.

    `term_years` is the length of its contract or agreement, 0 for no fixed term; `extension_years` may be
    added to it without a new tender. `life_years` is the last year that it is costed for, 0 for the whole
    horizon; options with different lives are compared by equivalent annual cost only. `choices` are the ids
    of the long-list choices that it is made of. `pricing`: how its supplier prices constraints. `lots`: the parts
    that its contract is let in.
    """

    id: str
    name: str
    short_name: str = ""
    role: ShortListRole = ShortListRole.OTHER
    model: DeliveryModel = DeliveryModel.INSOURCE
    description: str = ""
    term_years: int = 0
    extension_years: int = 0
    contract: ContractType = ContractType.NONE
    life_years: int = 0
    choices: tuple[str, ...] = ()
    pricing: Pricing = Pricing()
    terms: ContractTerms = ContractTerms()
    timetable: Timetable = Timetable()
    lots: tuple[Lot, ...] = ()
