"""Steps 1 and 2 of a document in which nothing is found: need, long list, short list, tests."""

from appraise.model.appraisal.need import EqualityDuty, Fact, LeftOut, Need, Objective, Outcome, TheoryOfChange
from appraise.model.appraisal.options import (
    SUCCESS_FACTORS,
    Category,
    Choice,
    ContractType,
    DeliveryModel,
    FactorVerdict,
    Meets,
    Option,
    Rating,
    ShortListRole,
)
from appraise.model.appraisal.sourcing import Answer, Leaning, NotApplicable, Questionnaire, Reply, Sourcing
from appraise.model.tables import QUESTIONS, usual_lines

NEED = Need(
    case_for_change="Floods",
    business_as_usual="More floods",
    outcomes=(
        Outcome(
            id="dry",
            name="Dry homes",
            today="41 homes",
            target="Under 10 by 2030",
            evidence="Survey",
            works="In the town centre",
            fails="By the river",
            residents="Half are content",
        ),
    ),
    theory=TheoryOfChange(inputs="i", activities="a", outputs="o", outcomes="o", impact="i", rests_on="Two studies"),
    objectives=(
        Objective(
            id="floods",
            statement="Fewer floods",
            measure="Homes",
            today="41",
            target="Under 10",
            by="2030",
            owner="Head",
        ),
    ),
    place="A low coast",
    not_in_the_numbers="Distress",
    facts=(Fact(id="residents", name="Residents", value="41,000", source="Census 2021"),),
    equality=EqualityDuty(discrimination="None", opportunity="Better", relations="Same", evidence="Screening"),
    left_out=(LeftOut(id="parks", name="Car parks", why="Run by others"),),
)


def _choice(key: str, category: Category, rating: Rating, cost: int, meets: Meets, *, usual: bool = False) -> Choice:
    return Choice(
        id=key,
        category=category,
        name=key.capitalize(),
        usual=usual,
        cost_order=cost,
        rating=rating,
        reason="Workshop of May",
        verdicts=tuple(FactorVerdict(factor=factor, meets=meets) for factor in SUCCESS_FACTORS),
    )


#: In each category: what is done today, dropped; the green; an amber one.
CHOICES = tuple(
    _choice(f"{category.value}-{key}", category, rating, cost, meets, usual=key == "today")
    for category in Category
    for key, rating, cost, meets in (
        ("today", Rating.DROP, 1, Meets.NO),
        ("better", Rating.PREFERRED, 3, Meets.YES),
        ("cheaper", Rating.CARRY_FORWARD, 2, Meets.PARTLY),
    )
)


def made_of(*kinds: str) -> tuple[str, ...]:
    """Choices by their kinds in the order of the categories."""
    return tuple(f"{category.value}-{kind}" for category, kind in zip(Category, kinds, strict=True))


_GREEN = ("better",) * 5
OPTIONS = (
    Option(
        id="usual",
        name="Usual",
        role=ShortListRole.BUSINESS_AS_USUAL,
        model=DeliveryModel.INSOURCE,
        choices=made_of(*["today"] * 5),
    ),
    Option(
        id="minimum",
        name="Minimum",
        role=ShortListRole.DO_MINIMUM,
        model=DeliveryModel.REFORM,
        choices=made_of(*["cheaper"] * 5),
    ),
    Option(
        id="insource",
        name="Insource",
        role=ShortListRole.PREFERRED,
        model=DeliveryModel.INSOURCE,
        choices=made_of(*_GREEN),
    ),
    Option(
        id="outsource",
        name="Outsource",
        role=ShortListRole.LESS_AMBITIOUS,
        model=DeliveryModel.OUTSOURCE,
        contract=ContractType.SERVICES,
        term_years=3,
        extension_years=1,
        choices=made_of("cheaper", *_GREEN[1:]),
    ),
    Option(
        id="together",
        name="Together",
        role=ShortListRole.MORE_AMBITIOUS,
        model=DeliveryModel.COLLABORATIVE,
        choices=made_of(*_GREEN[1:], "cheaper"),
    ),
)


def _answered(test: str) -> Questionnaire:
    answers = tuple(Answer(question=one.id, reply=Reply.PARTLY, words="Because") for one in QUESTIONS[test])
    return Questionnaire(answers=answers, leaning=Leaning.MIXED, conclusion="Both are open")


SOURCING = Sourcing(
    public_interest=_answered("public_interest"),
    delivery_model=_answered("delivery_model"),
    not_applicable=tuple(
        NotApplicable(option=option.id, heading=line.id, reason="Not in this service")
        for option in OPTIONS
        for line in usual_lines(option.model, option.role)
    ),
)
