"""Published decision matrices, the anchors of each criterion at the least and the most of its column."""

from dataclasses import dataclass
from fractions import Fraction

from appraise.model.appraisal.criteria import Criterion, Score, Weighting
from appraise.model.appraisal.document import Appraisal
from tests.builders import appraisal, tree


@dataclass(frozen=True)
class Matrix:
    """`kinds`: 1 more is better, -1 less is better. `rows` options x criteria, in their own units."""

    source: str
    options: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[int, ...]
    weights: tuple[str, ...]

    @property
    def exact_weights(self) -> tuple[Fraction, ...]:
        return tuple(map(Fraction, self.weights))

    @property
    def exact_points(self) -> tuple[tuple[Fraction, ...], ...]:
        """Points from 0 to 100, exactly."""
        columns = []
        for column, kind in zip(zip(*self.rows, strict=True), self.kinds, strict=True):
            values = [kind * Fraction(value) for value in column]
            low, high = min(values), max(values)
            columns.append([100 * (value - low) / (high - low) for value in values])
        return tuple(zip(*columns, strict=True))

    def document(self, weighting: Weighting = Weighting()) -> Appraisal:  # noqa: B008  records never change
        grown = tree(*(100 * float(weight) for weight in self.exact_weights))
        criteria = grown["criteria"]
        assert isinstance(criteria, tuple)
        return appraisal(
            1,
            self.options,
            **grown,
            weighting=weighting,
            scores=tuple(
                Score(option=option, criterion=_id(criterion), value=float(value), reason="published")
                for option, row in zip(self.options, self.exact_points, strict=True)
                for criterion, value in zip(criteria, row, strict=True)
            ),
        )


def _id(criterion: Criterion) -> str:
    return criterion.id


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.split("/"))


CARS = Matrix(
    "Hodgett, TOPSIS in Excel; R package MCDA, tests/TOPSIS.R",
    ("Corsa", "Clio", "Fiesta"),
    _rows("5490 51.4 8.5 285 / 6500 70.6 7 288 / 6489 54.3 7.5 290"),
    (-1, 1, 1, 1),
    ("0.35", "0.25", "0.25", "0.15"),
)
TZENG = Matrix(
    "Tzeng and Huang, Multiple attribute decision making, CRC 2011",
    ("A0", "A1", "A2", "A3"),
    _rows("5 8 4 / 7 6 8 / 8 8 6 / 7 4 6"),
    (1, 1, 1),
    ("0.3", "0.4", "0.3"),
)
MOUNTAIN = Matrix(
    "Opricovic and Tzeng, EJOR 156 (2004), 445-455",
    ("A1", "A2", "A3"),
    _rows("1 3000 / 2 3750 / 5 4500"),
    (-1, 1),
    ("0.5", "0.5"),
)
ZHAO = Matrix(
    "Zhao, Peng and Li, Procedia Computer Science 17 (2013), 181-188",
    ("A1", "A2", "A3"),
    _rows("4 3 2 / 3 2 4 / 5 1 3"),
    (1, 1, 1),
    ("0.5", "0.3", "0.2"),
)
PARIS = Matrix(
    "R package MCDA, tests/PROMETHEEII.R",
    ("RER", "METRO1", "METRO2", "BUS", "TAXI"),
    _rows("1 10 1 / 4 20 2 / 2 20 0 / 6 40 0 / 30 30 3"),
    (-1, -1, 1),
    ("0.2", "0.3", "0.5"),
)
QUICKSTART = Matrix(
    "scikit-criteria, quick start",
    ("VW", "Ford"),
    _rows("1 2 3 / 4 5 6"),
    (1, 1, -1),
    ("0.5", "0.05", "0.45"),
)
MATRICES = (CARS, TZENG, MOUNTAIN, ZHAO, PARIS, QUICKSTART)
