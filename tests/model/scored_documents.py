"""Random scored appraisals for properties, and their figures once more in exact fractions."""

from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from appraise.model.appraisal.criteria import Branch, Criterion, Score
from appraise.model.appraisal.document import Appraisal
from tests.builders import appraisal

BRANCHES = tuple(Branch(id=f"b{number}", name=f"Branch {number}") for number in range(3))


def scored_document(swings: list[int], points: list[list[int]], branches: int = 1) -> Appraisal:
    """Criteria k0, k1 ... dealt to the branches in turn, options o0, o1 ... with these points."""
    criteria = tuple(
        Criterion(id=f"k{place}", branch=f"b{place % branches}", name=f"K{place}", swing=float(swing))
        for place, swing in enumerate(swings)
    )
    return appraisal(
        1,
        tuple(f"o{number}" for number in range(len(points))),
        branches=BRANCHES[:branches],
        criteria=criteria,
        scores=tuple(
            Score(option=f"o{number}", criterion=f"k{place}", value=float(value), reason="r")
            for number, row in enumerate(points)
            for place, value in enumerate(row)
        ),
    )


@st.composite
def documents(draw: st.DrawFn, *, least_criteria: int = 2, branches: int = 3) -> Appraisal:
    """Whole swings, some 0 but never all; whole points, so that ties and dominance come about."""
    size = draw(st.integers(least_criteria, 7))
    swings = draw(st.lists(st.integers(0, 100), min_size=size, max_size=size).filter(any))
    row = st.lists(st.integers(0, 20).map(lambda value: 5 * value), min_size=size, max_size=size)
    points = draw(st.lists(row, min_size=2, max_size=5))
    return scored_document(swings, points, draw(st.integers(1, branches)))


@dataclass(frozen=True)
class Exact:
    """Weights by criterion and points by option, as fractions."""

    weights: dict[str, Fraction]
    points: dict[str, dict[str, Fraction]]

    @classmethod
    def of(cls, document: Appraisal) -> "Exact":
        whole = sum(Fraction(one.swing) for one in document.criteria)
        return cls(
            {one.id: Fraction(one.swing) / whole for one in document.criteria},
            {
                option.id: {one.criterion: Fraction(one.value) for one in document.scores if one.option == option.id}
                for option in document.options
            },
        )

    def totals(self, weights: dict[str, Fraction] | None = None) -> dict[str, Fraction]:
        used = self.weights if weights is None else weights
        return {
            option: sum((used[key] * value for key, value in row.items()), start=Fraction(0))
            for option, row in self.points.items()
        }

    def first(self) -> str:
        found = self.totals()
        return min(found, key=lambda option: (-found[option], option))

    def moved(self, members: set[str], weight: Fraction) -> dict[str, Fraction]:
        """Weights with so much on the members in their proportions, the rest on the others in theirs."""
        inside = sum((self.weights[key] for key in members), start=Fraction(0))
        return {
            key: (own / inside if inside else Fraction(1)) * weight
            if key in members
            else own * (1 - weight) / (1 - inside)
            for key, own in self.weights.items()
        }


def members_of(document: Appraisal, kind: str, key: str) -> set[str]:
    """Ids of the criteria of a criterion or branch."""
    if kind == "criterion":
        return {key}
    return {one.id for one in document.criteria if one.branch == key}


def reordered(document: Appraisal) -> Appraisal:
    """The same with options, branches, criteria and scores in the opposite order, and other names."""
    return replace(
        document,
        options=tuple(replace(one, name=f"other {one.name}") for one in reversed(document.options)),
        branches=tuple(replace(one, name=f"other {one.name}") for one in reversed(document.branches)),
        criteria=tuple(replace(one, name=f"other {one.name}") for one in reversed(document.criteria)),
        scores=tuple(reversed(document.scores)),
    )
