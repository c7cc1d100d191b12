"""Step 2 in words: who delivers, roles on the short list, contracts, ratings, replies and what a test points to."""

from collections.abc import Mapping
from types import MappingProxyType

from appraise.model.appraisal.options import Category, ContractType, DeliveryModel, Meets, Rating, ShortListRole
from appraise.model.appraisal.sourcing import Authority, Leaning, Reply

MODELS: Mapping[DeliveryModel, str] = MappingProxyType(
    {
        DeliveryModel.UNSAID: "Not said yet",
        DeliveryModel.INSOURCE: "In-house",
        DeliveryModel.REFORM: "In-house, reformed",
        DeliveryModel.COLLABORATIVE: "Shared service",
        DeliveryModel.JOINT_COMMITTEE: "Joint committee",
        DeliveryModel.COMPANY: "Council company",
        DeliveryModel.JOINT_VENTURE: "Joint venture",
        DeliveryModel.MUTUAL: "Mutual or charity",
        DeliveryModel.CONCESSION: "Concession",
        DeliveryModel.OUTSOURCE: "Outsourced",
        DeliveryModel.OUTSOURCE_LOTS: "Outsourced in lots",
        DeliveryModel.MIXED: "Mixed economy",
    }
)
#: What a model means, where its name alone may not say it.
MODEL_HINTS: Mapping[DeliveryModel, str] = MappingProxyType(
    {
        DeliveryModel.UNSAID: "Say who would deliver the service; the usual cost lines follow from it.",
        DeliveryModel.INSOURCE: "The body's own staff, as they work now.",
        DeliveryModel.REFORM: "The body's own staff, with another way of working.",
        DeliveryModel.COLLABORATIVE: "One public body delivers for several, or they share one team.",
        DeliveryModel.JOINT_COMMITTEE: "Several councils decide together in a committee that they set up.",
        DeliveryModel.COMPANY: "A company that the body owns and controls like a department of its own.",
        DeliveryModel.JOINT_VENTURE: "A company owned together with a partner, who shares risk and gain.",
        DeliveryModel.MUTUAL: "An employee-owned, voluntary or social enterprise.",
        DeliveryModel.CONCESSION: "A supplier is paid by those who use the service and takes that risk.",
        DeliveryModel.OUTSOURCE: "One supplier under one contract.",
        DeliveryModel.OUTSOURCE_LOTS: "Several suppliers, each with a lot of its own.",
        DeliveryModel.MIXED: "Part in-house and part bought, by activity or by place.",
    }
)
ROLES: Mapping[ShortListRole, str] = MappingProxyType(
    {
        ShortListRole.BUSINESS_AS_USUAL: "Business as usual",
        ShortListRole.DO_MINIMUM: "Do minimum",
        ShortListRole.PREFERRED: "Preferred way forward",
        ShortListRole.LESS_AMBITIOUS: "Less ambitious",
        ShortListRole.MORE_AMBITIOUS: "More ambitious",
        ShortListRole.OTHER: "Other",
    }
)
CONTRACTS: Mapping[ContractType, str] = MappingProxyType(
    {
        ContractType.NONE: "Nothing bought",
        ContractType.SERVICES: "Goods or services",
        ContractType.LIGHT_TOUCH: "Light touch",
        ContractType.WORKS: "Works",
        ContractType.CONCESSION: "Concession",
        ContractType.LIGHT_TOUCH_CONCESSION: "Light-touch concession",
    }
)
CATEGORIES: Mapping[Category, str] = MappingProxyType(
    {
        Category.SCOPE: "Scope",
        Category.SOLUTION: "Solution",
        Category.DELIVERY: "Delivery",
        Category.IMPLEMENTATION: "Implementation",
        Category.FUNDING: "Funding",
    }
)
#: What each category asks (Green Book 2026, 5.13).
CATEGORY_QUESTIONS: Mapping[Category, str] = MappingProxyType(
    {
        Category.SCOPE: "What is covered: which services, places and people?",
        Category.SOLUTION: "How is it done: which standard, technique and level of service?",
        Category.DELIVERY: "Who is best placed to deliver it?",
        Category.IMPLEMENTATION: "When and how fast is it brought in?",
        Category.FUNDING: "How is it paid for?",
    }
)
RATINGS: Mapping[Rating, str] = MappingProxyType(
    {
        Rating.UNRATED: "Not rated",
        Rating.PREFERRED: "Green: preferred",
        Rating.CARRY_FORWARD: "Amber: carry forward",
        Rating.DROP: "Red: drop",
    }
)
MEETS: Mapping[Meets, str] = MappingProxyType(
    {Meets.UNSAID: "Open", Meets.YES: "Yes", Meets.PARTLY: "Partly", Meets.NO: "No"}
)
REPLIES: Mapping[Reply, str] = MappingProxyType(
    {
        Reply.UNSAID: "Open",
        Reply.YES: "Yes",
        Reply.PARTLY: "Partly",
        Reply.NO: "No",
        Reply.NOT_APPLICABLE: "Not relevant",
    }
)
LEANINGS: Mapping[Leaning, str] = MappingProxyType(
    {
        Leaning.UNSAID: "Open",
        Leaning.INSOURCE: "In-house",
        Leaning.OUTSOURCE: "Outsourced",
        Leaning.TOGETHER: "With others",
        Leaning.MIXED: "Mixed",
    }
)
AUTHORITIES: Mapping[Authority, str] = MappingProxyType(
    {Authority.LOCAL: "Council or other local body", Authority.CENTRAL: "Central government"}
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(iso: str) -> str:
    """A date of a table in words: "2027-04-01" as "1 April 2027", "2020-06" as "June 2020"; others as they stand."""
    parts = iso.split("-")
    if not 2 <= len(parts) <= 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    words = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {words}" if len(parts) == 3 else words
