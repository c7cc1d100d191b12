"""Trees of criteria with answers, scales, gates, scores and marks by number, for `rich_appraisal`."""

from random import Random
from typing import TypedDict

from appraise.model.appraisal.criteria import (
    About,
    Answers,
    Asking,
    Branch,
    Criterion,
    Gate,
    GateOutcome,
    Independence,
    Level,
    Measured,
    Outcome,
    Score,
    TradeOff,
    ValuePoint,
    Weighting,
)
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Workshop

#: Tenths, so that swings, points and measures have digits after the point.
TENTHS = 10


class Scoring(TypedDict):
    """Fields of an appraisal."""

    branches: tuple[Branch, ...]
    criteria: tuple[Criterion, ...]
    weighting: Weighting
    gates: tuple[Gate, ...]
    scores: tuple[Score, ...]
    workshop: Workshop


class Scorer:
    """Draws the scoring of one document."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(f"scores {seed}")  # noqa: S311 - documents for tests, nothing secret

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def points(self) -> float:
        return self.draw.choice((0.0, 50.0, 100.0, *[self.draw.randint(0, 100 * TENTHS) / TENTHS] * 7))

    def answer(self, *, top: bool) -> dict[str, float | None]:
        """A swing, with a range around it or without."""
        swing = 100.0 if top else self.points()
        if self.chance(0.6):
            return {"swing": swing}
        ends = self.draw.randint(0, round(swing * TENTHS)), self.draw.randint(round(swing * TENTHS), 100 * TENTHS)
        return {"swing": swing, "swing_low": ends[0] / TENTHS, "swing_high": ends[1] / TENTHS}

    def value_points(self) -> tuple[ValuePoint, ...]:
        """A value function that goes one way, level in places, written in any order."""
        count = self.draw.randint(2, 5)
        measures = sorted(self.draw.sample(range(-5_000, 5_000), count))
        values = [0, *sorted(self.draw.randint(0, 100) for _ in range(count - 2)), 100]
        if self.chance(0.5):
            values.reverse()
        made = [
            ValuePoint(measure=measure / TENTHS, value=float(value))
            for measure, value in zip(measures, values, strict=True)
        ]
        self.draw.shuffle(made)
        return tuple(made)

    def criterion(self, number: int, branch: str) -> Criterion:
        measured = self.draw.choice(tuple(Measured))
        by_measure = measured is Measured.MEASURE
        levels = tuple(Level(value=float(value), words=f"Level {value}") for value in (0, 25, 50, 75, 100))
        return Criterion(
            id=f"criterion-{number}",
            branch=branch,
            name=f"Criterion {number}",
            worst="Worst",
            best="Best",
            about=About.EFFECT,
            measured=measured,
            levels=levels if measured is Measured.LEVELS else (),
            unit="days" if by_measure else "",
            points=self.value_points() if by_measure else (),
            rank=self.draw.randint(1, 6) if number == 0 else self.draw.randint(0, 6),
            swing_reason="Test",
            independence=Independence.YES,
            **self.answer(top=number == 0),
        )

    def entered(self, criterion: Criterion) -> tuple[float, float, float]:
        """A score as entered, between two others; by measure also beyond the ends of the function."""
        if criterion.measured is Measured.MEASURE:
            low, value, high = sorted(self.draw.randint(-6_000, 6_000) / TENTHS for _ in range(3))
        else:
            low, value, high = sorted(self.points() for _ in range(3))
        return low, value, high

    def score(self, option: str, criterion: Criterion) -> Score:
        low, value, high = self.entered(criterion)
        ends = {"low": low, "high": high} if self.chance(0.4) else {}
        return Score(option=option, criterion=criterion.id, value=value, reason="Test", evidence="Test", **ends)

    def gate(self, number: int, options: tuple[str, ...]) -> Gate:
        told = [option for option in options if self.chance(0.8)]
        outcomes = (Outcome.PASS, Outcome.PASS, Outcome.UNSAID, Outcome.FAIL)
        return Gate(
            id=f"gate-{number}",
            name=f"Gate {number}",
            test="Test",
            outcomes=tuple(
                GateOutcome(option=option, outcome=self.draw.choice(outcomes), reason="Test") for option in told
            ),
        )

    def assessor(self, number: int, options: tuple[str, ...], criteria: tuple[Criterion, ...]) -> Assessor:
        marks = [
            Mark(option=option, criterion=one.id, value=self.entered(one)[1], reason="Test")
            for option in options
            for one in criteria
            if self.chance(0.9)
        ]
        interest = self.draw.choice((Interest.NONE, Interest.NONE, Interest.TAKES_PART, Interest.STANDS_ASIDE))
        return Assessor(
            id=f"assessor-{number}",
            post=f"Post {number}",
            interest=interest,
            interest_words="Test",
            marks=tuple(marks),
        )


def random_scores(seed: int, options: tuple[Option, ...]) -> Scoring:
    """A value tree of 1 to 9 criteria in 1 to 4 branches; nearly all scores; some weight is above 0."""
    make, ids = Scorer(seed), tuple(option.id for option in options)
    count = make.draw.randint(1, 9)
    names = [f"branch-{number}" for number in range(min(count, make.draw.randint(1, 4)))]
    homes = [*names, *(make.draw.choice(names) for _ in range(count - len(names)))]
    criteria = tuple(make.criterion(number, home) for number, home in enumerate(homes))
    branches = tuple(
        Branch(
            id=name,
            name=name.capitalize(),
            reference=make.draw.choice(("", *(one.id for one in criteria if one.branch == name))),
            rank=make.draw.randint(1, 4),
            **make.answer(top=number == 0),
        )
        for number, name in enumerate(names)
    )
    trade = TradeOff(id="trade", larger=criteria[0].id, smaller=criteria[-1].id, points=make.draw.choice((None, 30.0)))
    thorough = make.draw.choice((0.0, 0.1))
    return Scoring(
        branches=branches,
        criteria=criteria,
        weighting=Weighting(
            asking=make.draw.choice(tuple(Asking)),
            answers=make.draw.choice((Answers.POINTS, Answers.POINTS, Answers.RANKS)),
            trade_offs=(trade,) if count > 1 else (),
            doubt=make.draw.choice((0.0, 10.0, 25.0)),
            score_doubt=make.draw.choice((0.0, 5.0, 12.5)),
        ),
        gates=tuple(make.gate(number, ids) for number in range(make.draw.choice((0, 1, 1, 3)))),
        scores=tuple(make.score(option, one) for option in ids for one in criteria if not make.chance(thorough)),
        workshop=Workshop(
            method="Test",
            facilitator="Test",
            assessors=tuple(make.assessor(number, ids, criteria) for number in range(make.draw.choice((0, 0, 2, 4)))),
        ),
    )
