"""Swing-weighted scores against worked numbers (METHOD 4: swings 100/80/50/40/30)."""

from fractions import Fraction

import pytest

from appraise.model.appraisal.criteria import Criterion, Measured, Score, ValuePoint, Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.checks import findings
from appraise.model.evaluate import Settings, evaluate
from appraise.model.scoring import score_values, scored, tie_weight, totals, weights
from tests.builders import appraisal, line, scores, tree

OPTIONS = ("insource", "outsource", "shared", "bau")
DOCUMENT = appraisal(
    1,
    OPTIONS,
    **tree(100, 80, 50, 40, 30),
    scores=scores(
        insource=(70, 40, 100, 60, 80),
        outsource=(50, 100, 30, 70, 40),
        shared=(100, 0, 60, 100, 0),
        bau=(0, 60, 0, 0, 100),
    ),
)


def test_weights_are_swings_over_their_sum() -> None:
    assert list(weights(DOCUMENT).values()) == pytest.approx([0.333333, 0.266667, 0.166667, 0.133333, 0.1], abs=5e-7)
    assert sum(weights(DOCUMENT).values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("option", "total"), [("insource", 66.6667), ("outsource", 61.6667), ("shared", 56.6667), ("bau", 26.0)]
)
def test_totals(option: str, total: float) -> None:
    assert scored(DOCUMENT, option).total == pytest.approx(total, abs=5e-5)


@pytest.mark.parametrize(
    ("criterion", "tie"), [("c1", 0.111111), ("c2", 0.323077), ("c3", 0.102564), ("c4", 0.422222), ("c5", None)]
)
def test_tie_weights_of_insource_and_outsource(criterion: str, tie: float | None) -> None:
    weight = weights(DOCUMENT)
    ours, theirs = score_values(DOCUMENT, "insource"), score_values(DOCUMENT, "outsource")
    difference = {key: ours[key] - theirs[key] for key in weight}
    found = tie_weight(weight, difference, criterion)
    assert found == (None if tie is None else pytest.approx(tie, abs=5e-7))
    if found is not None:  # put back, the totals are equal (METHOD 15, number 7)
        rest = 1 - weight[criterion]
        moved = {key: found if key == criterion else value * (1 - found) / rest for key, value in weight.items()}
        assert sum(moved[key] * difference[key] for key in moved) == pytest.approx(0, abs=1e-9)


def test_totals_against_exact_fractions() -> None:
    swings = [100, 80, 50, 40, 30]
    values = [70, 40, 100, 60, 80]
    exact = sum(Fraction(swing, sum(swings)) * value for swing, value in zip(swings, values, strict=True))
    assert scored(DOCUMENT, "insource").total == pytest.approx(float(exact), abs=1e-12)


def test_a_missing_score_counts_as_nothing_and_is_said() -> None:
    partial = scored(appraisal(1, ("a",), **tree(50, 50), scores=scores(a=(80,))), "a")
    assert partial.total == pytest.approx(40)
    assert not partial.complete
    assert partial.by_criterion[1].value is None


@pytest.mark.parametrize(
    ("criterion", "tie"), [("c1", 0.5), ("c2", 0.022222), ("c3", None), ("c4", 0.306667), ("c5", None)]
)
def test_tie_weights_of_insource_and_shared(criterion: str, tie: float | None) -> None:
    ours, theirs = score_values(DOCUMENT, "insource"), score_values(DOCUMENT, "shared")
    found = tie_weight(weights(DOCUMENT), {key: ours[key] - theirs[key] for key in ours}, criterion)
    assert found == (None if tie is None else pytest.approx(tie, abs=5e-7))


def test_all_swings_zero_give_no_weight() -> None:
    assert set(weights(appraisal(1, ("a",), **tree(0, 0))).values()) == {0.0}


# Traps of scales that follow the options, which fixed anchors do not fall into


def by_measure(key: str, *points: tuple[float, float], swing: float = 50) -> Criterion:
    """A criterion in its own unit with anchors as written: (measure, points)."""
    return Criterion(
        id=key,
        branch="branch",
        name=key,
        swing=swing,
        measured=Measured.MEASURE,
        unit="units",
        points=tuple(ValuePoint(measure=measure, value=value) for measure, value in points),
    )


def on_measures(criteria: tuple[Criterion, ...], **rows: tuple[float, ...]) -> Appraisal:
    given = tuple(
        Score(option=option, criterion=criterion.id, value=float(value), reason="measured")
        for option, row in rows.items()
        for criterion, value in zip(criteria, row, strict=True)
    )
    return appraisal(1, tuple(rows), **tree() | {"criteria": criteria}, scores=given)


def follows_the_options(rows: tuple[tuple[float, ...], ...], shares: tuple[float, ...]) -> list[float]:
    """What a table does that gives 1 to the most and 0 to the least of each column: more is better."""
    ends = [(min(column), max(column)) for column in zip(*rows, strict=True)]
    return [
        sum(share * (value - low) / (high - low) for share, value, (low, high) in zip(shares, row, ends, strict=True))
        for row in rows
    ]


def test_no_option_that_is_worse_everywhere_reverses_the_order() -> None:
    """Rank reversal: with local scales the first two change places when (1, 1) is added; here nothing moves."""
    rows, worse = ((4.0, 4.0), (3.0, 5.0), (2.0, 4.0)), (1.0, 1.0)
    assert follows_the_options(rows, (0.5, 0.5)) == [0.5, 0.75, 0]
    assert follows_the_options((*rows, worse), (0.5, 0.5)) == pytest.approx([0.875, 0.83333, 0.54167, 0], abs=1e-5)
    criteria = (by_measure("c1", (2, 0), (4, 100)), by_measure("c2", (4, 0), (5, 100)))
    before = totals(on_measures(criteria, a=rows[0], b=rows[1], c=rows[2]))
    after = totals(on_measures(criteria, a=rows[0], b=rows[1], c=rows[2], d=worse))
    assert before == {"a": 50, "b": 75, "c": 0}
    assert after == before | {"d": 0}


def test_a_wider_range_of_options_rescales_no_score() -> None:
    """The range trap: 80, 100 and 120 were worth 100, 50 and 0 until somebody added 200."""
    local_before, local_after = (
        [100 - 100 * one for one in follows_the_options(tuple((cost,) for cost in costs), (1.0,))]
        for costs in ((80.0, 100.0, 120.0), (80.0, 100.0, 120.0, 200.0))
    )
    assert local_before == pytest.approx([100, 50, 0])
    assert local_after == pytest.approx([100, 83.3333, 66.6667, 0], abs=5e-5)
    criteria = (by_measure("c1", (80, 100), (120, 0)),)
    assert totals(on_measures(criteria, a=(80,), b=(100,), c=(120,))) == {"a": 100, "b": 50, "c": 0}
    assert totals(on_measures(criteria, a=(80,), b=(100,), c=(120,), d=(200,))) == {"a": 100, "b": 50, "c": 0, "d": 0}


def test_a_wider_anchor_range_asks_for_more_weight() -> None:
    """Logical Decisions 6.0, manual, 9-53: widen one range from 100-200 to 100-300 and its weight goes from 1/2 to 2/3.

    Weights in proportion to weight x new range / old range leave two options level that were level before.
    """
    narrow, wide = ((100, 100), (200, 0)), ((100, 100), (300, 0))
    other = by_measure("c2", (0, 0), (10, 100))

    def stands(*points: tuple[float, float], swing: float) -> Appraisal:
        return on_measures((by_measure("c1", *points, swing=swing), other), a=(100, 0), b=(200, 10))

    assert totals(stands(*narrow, swing=50)) == {"a": 50, "b": 50}
    asked_again = stands(*wide, swing=100)
    assert list(weights(asked_again).values()) == pytest.approx([2 / 3, 1 / 3])
    assert totals(asked_again)["a"] == pytest.approx(totals(asked_again)["b"], abs=1e-12)
    kept = totals(stands(*wide, swing=50))
    assert kept["b"] - kept["a"] == pytest.approx(25)


def test_a_small_range_counts_as_small() -> None:
    """MUSE issue 317: 10.1 against 10 was worth as much as 1 against 5, because both were the whole local range."""
    assert follows_the_options(((-10.1, -1.0), (-10.0, -5.0)), (0.5, 0.5)) == [0.5, 0.5]
    criteria = (by_measure("c1", (0, 100), (20, 0)), by_measure("c2", (0, 100), (10, 0)))
    found = totals(on_measures(criteria, a=(10.1, 1), b=(10, 5)))
    assert found == pytest.approx({"a": 69.75, "b": 50})


# Published decisions


#: Waverley Borough Council, Executive of 19 April 2005, annexe 1: weights lodged with the auditor before tenders.
WAVERLEY = (6, 7, 10, 4, 2, 3, 6, 6, 4, 2)


def test_weights_that_add_to_fifty() -> None:
    """The tool asks for no sum of 100: marks out of 10 times weights, over the 500 that could be had."""
    marks = (7, 8, 6, 9, 10, 5, 7, 6, 8, 4)
    document = appraisal(
        1, **tree(*map(float, WAVERLEY)), scores=scores(a=tuple(10.0 * mark for mark in marks), b=(100.0,) * 10)
    )
    assert sum(WAVERLEY) == 50
    assert [one for one in findings(document) if one.stops_figures] == []
    assert list(weights(document).values()) == pytest.approx([weight / 50 for weight in WAVERLEY])
    found = totals(document)
    weighed = sum(weight * mark for weight, mark in zip(WAVERLEY, marks, strict=True))
    assert found == pytest.approx({"a": 100 * weighed / 500, "b": 100})


#: Public Accounts Committee, 4th report 2002-03, and others: size and saving, million pounds.
FALSE_PRECISION = {
    "MOD Main Building": (746, 0.1),
    "Laganside Courts": (40.732, 0.166),
    "West Middlesex, clinical services included": (989, 5.5),
    "Swindon and Marlborough": (1311.3, 0.7),
}


@pytest.mark.parametrize("project", list(FALSE_PRECISION))
def test_a_hair_ahead_is_never_clearly_ahead(project: str) -> None:
    """0.01 % to 0.6 % of the size decided these; neither on cost nor on score is there a clear winner."""
    size, saving = FALSE_PRECISION[project]
    share = saving / size
    assert 0.0001 < share < 0.006
    million = 1_000_000
    document = appraisal(
        1,
        lines=(
            line("x", "a", (size - saving) * million, spread=(95, 110)),
            line("y", "b", size * million, spread=(95, 110)),
        ),
        **tree(60, 40),
        scores=scores(a=(80, 80), b=(80 * (1 - share),) * 2),
        weighting=Weighting(doubt=0.0, score_doubt=0.0),
    )
    verdict = evaluate(document, Settings(draws=20_000)).verdict
    assert (verdict.cheapest, verdict.highest_score) == ("a", "a")
    assert not verdict.cost_clear
    assert verdict.score_share == 1  # nothing is in doubt, and still
    assert not verdict.score_clear
