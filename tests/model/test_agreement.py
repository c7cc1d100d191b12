"""Assessors side by side, against a plain reading of every rule."""

from dataclasses import replace
from fractions import Fraction
from statistics import mean, median, quantiles

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.agreement import agreement, kendall_w
from appraise.model.appraisal.criteria import Gate, GateOutcome, Measured, Outcome, ValuePoint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage, Workshop
from appraise.model.score_results import AgreementOfAssessors, Spread
from tests.model.scored_documents import scored_document

Rows = list[list[float | None]]


def assessor(key: str, rows: Rows, interest: Interest = Interest.NONE) -> Assessor:
    """Marks options x criteria, None where there is none."""
    return Assessor(
        id=key,
        post=f"Post {key}",
        interest=interest,
        marks=tuple(
            Mark(option=f"o{number}", criterion=f"k{place}", value=float(value), reason="r")
            for number, row in enumerate(rows)
            for place, value in enumerate(row)
            if value is not None
        ),
    )


def judged(swings: list[int], *assessors: Assessor, options: int = 2, stage: Stage = Stage.OPEN) -> Appraisal:
    document = scored_document(swings, [[0] * len(swings) for _ in range(options)])
    return replace(document, workshop=Workshop(stage=stage, assessors=assessors))


def told(document: Appraisal) -> AgreementOfAssessors:
    found = agreement(document)
    assert found is not None
    return found


# --- spread ------------------------------------------------------------------------------------------------


def test_median_range_and_quartiles_straight_between_marks() -> None:
    people = [assessor(f"a{place}", [[mark]]) for place, mark in enumerate((10, 80, 40, 50))]
    (spread,) = told(judged([1], *people, options=1)).spreads
    assert spread == Spread(
        option="o0",
        criterion="k0",
        count=4,
        low=10,
        lower_quartile=32.5,
        median=45,
        upper_quartile=57.5,
        high=80,
        wide=True,
    )


@pytest.mark.parametrize(("high", "wide"), [(69.5, False), (70, True)])
def test_two_bands_apart_is_wide(high: float, wide: bool) -> None:
    (spread,) = told(judged([1], assessor("a", [[20]]), assessor("b", [[high]]), options=1)).spreads
    assert spread.wide is wide


def test_one_mark_is_its_own_spread() -> None:
    found = told(judged([1, 1], assessor("a", [[20, None], [None, 60]])))
    assert [(one.option, one.criterion, one.count, one.low, one.median, one.high) for one in found.spreads] == [
        ("o0", "k0", 1, 20, 20, 20),
        ("o1", "k1", 1, 60, 60, 60),
    ]


def test_marks_in_a_unit_are_compared_in_points() -> None:
    """100 minutes are worth nothing, 20 minutes everything: 40 and 60 minutes are 75 and 50 points."""
    document = judged([1], assessor("a", [[40]]), assessor("b", [[60]]), options=1)
    falling = (ValuePoint(measure=20, value=100), ValuePoint(measure=100, value=0))
    measured = replace(document.criteria[0], measured=Measured.MEASURE, points=falling)
    (spread,) = told(replace(document, criteria=(measured,))).spreads
    assert (spread.low, spread.median, spread.high) == (50, 62.5, 75)
    without = replace(measured, points=())
    assert agreement(replace(document, criteria=(without,))) is None


def test_marks_of_who_stands_aside_and_of_what_is_gone_count_nowhere() -> None:
    here, aside = assessor("a", [[20], [30]]), assessor("b", [[90], [10]], Interest.STANDS_ASIDE)
    gone = replace(here, id="c", marks=(Mark(option="deleted", criterion="k0", value=90.0),))
    found = told(judged([1], here, aside, gone, replace(here, id="d", interest=Interest.TAKES_PART)))
    assert [one.count for one in found.spreads] == [2, 2]
    assert found.judges == found.by_criterion[0].judges == 2
    assert [one.assessor for one in found.left_out] == ["a", "d"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.none() | st.integers(0, 100), min_size=4, max_size=4), min_size=1, max_size=7))
def test_spreads_by_the_standard_library(marks: Rows) -> None:
    people = [assessor(f"a{place}", [row[:2], row[2:]]) for place, row in enumerate(marks)]
    found = agreement(judged([1, 1], *people))
    by_cell = {(one.option, one.criterion): one for one in found.spreads} if found else {}
    for cell in range(4):
        given_here = [float(mark) for mark in (row[cell] for row in marks) if mark is not None]
        spread = by_cell.pop((f"o{cell // 2}", f"k{cell % 2}"), None)
        if not given_here:
            assert spread is None
            continue
        assert spread is not None
        assert (spread.count, spread.low, spread.high) == (len(given_here), min(given_here), max(given_here))
        assert spread.median == pytest.approx(median(given_here))
        if len(given_here) > 1:
            lower, _, upper = quantiles(given_here, n=4, method="inclusive")
            assert (spread.lower_quartile, spread.upper_quartile) == pytest.approx((lower, upper))
    assert not by_cell


# --- concordance -------------------------------------------------------------------------------------------


def plain_w(rows: list[list[int]]) -> Fraction | None:
    """Kendall's W by its definition, in fractions."""
    judges, items = len(rows), len(rows[0])
    sums, ties = [Fraction(0)] * items, 0
    for row in rows:
        for place, own in enumerate(row):
            sums[place] += 1 + sum(other > own for other in row) + Fraction(row.count(own) - 1, 2)
        ties += sum(row.count(value) ** 3 - row.count(value) for value in set(row))
    away = sum((one - Fraction(judges * (items + 1), 2)) ** 2 for one in sums)
    room = judges**2 * (items**3 - items) - judges * ties
    return 12 * away / room if room else None


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda size: st.lists(st.lists(st.integers(0, 6), min_size=size, max_size=size), min_size=2, max_size=8)
    )
)
def test_kendall_w_against_its_definition(rows: list[list[int]]) -> None:
    found, plain = kendall_w(rows), plain_w(rows)
    assert found == (None if plain is None else pytest.approx(float(plain), abs=1e-12))
    if found is not None:
        assert 0 <= found <= 1
        assert kendall_w([[value + 1000 for value in row[::-1]] for row in rows[::-1]]) == found


def test_what_has_no_concordance() -> None:
    assert kendall_w([[1, 2, 3]]) is None
    assert kendall_w([[1], [2]]) is None
    assert kendall_w([[5, 5], [7, 7]]) is None
    assert kendall_w([]) is None


def test_rounding_makes_no_ranks() -> None:
    assert kendall_w([[0.1 + 0.2, 0.3], [1, 1]]) is None


def test_only_judges_of_every_marked_option_count_on_a_criterion() -> None:
    """Nobody marks the third option, c leaves out the second: two judges of two options, who agree."""
    people = (
        assessor("a", [[10], [20], [None]]),
        assessor("b", [[30], [90], [None]]),
        assessor("c", [[90], [None], [None]]),
    )
    (found,) = told(judged([1], *people, options=3)).by_criterion
    assert (found.judges, found.kendall_w) == (2, 1)


def test_overall_concordance_is_of_weighted_totals() -> None:
    """On each criterion the two oppose one another on one of them; by weight both put o0 first."""
    people = assessor("a", [[90, 10], [10, 20]]), assessor("b", [[80, 90], [20, 10]])
    found = told(judged([90, 10], *people))
    assert [one.kendall_w for one in found.by_criterion] == [1, 0]
    assert (found.judges, found.kendall_w) == (2, 1)
    turned = told(judged([10, 90], *people))
    assert turned.kendall_w == 0


# --- who decides -------------------------------------------------------------------------------------------


def test_one_assessor_may_decide_who_is_first_on_the_means() -> None:
    """Means 46.7 and 53.3; without c, who gives 10 and 90, they are 65 and 35."""
    people = assessor("a", [[60], [40]]), assessor("b", [[70], [30]]), assessor("c", [[10], [90]])
    found = told(judged([1], *people))
    assert found.first_on_means == "o1"
    assert [(one.assessor, one.first, one.differs) for one in found.left_out] == [
        ("a", "o1", False),
        ("b", "o1", False),
        ("c", "o0", True),
    ]


def test_sharing_the_first_place_is_no_difference() -> None:
    people = assessor("a", [[40], [60]]), assessor("b", [[50], [50]])
    found = told(judged([1], *people))
    assert (found.first_on_means, [one.differs for one in found.left_out]) == ("o1", [False, False])


def test_an_option_without_marks_or_through_a_gate_is_nowhere_first() -> None:
    people = assessor("a", [[40], [60], [None]]), assessor("b", [[50], [None], [None]])
    document = judged([1], *people, options=3)
    found = told(document)
    assert found.first_on_means == "o1"
    assert [(one.first, one.differs) for one in found.left_out] == [("o0", True), ("o1", False)]
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="o1", outcome=Outcome.FAIL),))
    kept_out = told(replace(document, gates=(gate,)))
    assert kept_out.first_on_means == "o0"
    assert kept_out.kendall_w is None  # one option is left


def test_criteria_without_weight_are_marked_like_the_others() -> None:
    """As the scores of record: who has not marked them gave no whole sheet, and no option goes without."""
    found = told(judged([1, 0], assessor("a", [[40, None], [60, None]]), assessor("b", [[70, 1], [30, 1]])))
    assert found.judges == 1
    assert found.first_on_means == "o0"
    assert [(one.assessor, one.first, one.differs) for one in found.left_out] == [("a", "o0", False), ("b", "", False)]
    bare = told(judged([1, 0], assessor("a", [[40, None], [60, None]])))
    assert (bare.judges, bare.first_on_means) == (0, "")


def test_whom_each_puts_first_is_told_of_those_with_a_whole_sheet() -> None:
    people = assessor("a", [[40], [60]]), assessor("b", [[70], [30]]), assessor("c", [[50], [None]])
    document = judged([1], *people, assessor("d", [[50], [50]]))
    assert told(document).first_by == (("a", "o1"), ("b", "o0"), ("d", "o0"))
    ahead = replace(
        document, scores=tuple(replace(one, value=9.0) if one.option == "o1" else one for one in document.scores)
    )
    assert told(ahead).first_by == (("a", "o1"), ("b", "o0"), ("d", "o1"))  # equals: first on the scores of record
    assert told(replace(document, workshop=replace(document.workshop, stage=Stage.MODERATING))).first_by == ()


def test_agreement_by_criterion_leaves_out_who_fails_a_gate() -> None:
    people = assessor("a", [[10], [60], [90]]), assessor("b", [[20], [70], [0]])
    document = judged([1], *people, options=3)
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="o2", outcome=Outcome.FAIL),))
    assert told(document).by_criterion[0].kendall_w == pytest.approx(0.25)
    assert told(replace(document, gates=(gate,))).by_criterion[0].kendall_w == 1.0


def test_one_assessor_is_not_left_out_of_one() -> None:
    found = told(judged([1], assessor("a", [[40], [60]])))
    assert (found.first_on_means, found.left_out, found.kendall_w) == ("o1", (), None)


def test_without_weights_there_are_spreads_and_no_first() -> None:
    found = told(judged([0], assessor("a", [[40], [60]]), assessor("b", [[40], [60]])))
    assert len(found.spreads) == 2
    assert (found.first_on_means, found.left_out, found.kendall_w, found.judges) == ("", (), None, 2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 20), min_size=6, max_size=6), min_size=2, max_size=6))
def test_means_without_each_assessor_by_hand(marks: list[list[int]]) -> None:
    """Three options, two criteria of weights .6 and .4."""
    people = [assessor(f"a{place}", [[*row[:2]], [*row[2:4]], [*row[4:]]]) for place, row in enumerate(marks)]
    found = told(judged([60, 40], *people, options=3))

    def first(rows: list[list[int]], rather: str = "") -> str:
        means = [mean(map(Fraction, column)) for column in zip(*rows, strict=True)]
        totals = {f"o{place}": 6 * means[2 * place] + 4 * means[2 * place + 1] for place in range(3)}
        level = sorted(option for option, total in totals.items() if total == max(totals.values()))
        return rather if rather in level else level[0]

    assert found.first_on_means == first(marks)
    for place, one in enumerate(found.left_out):
        assert one.first == first(marks[:place] + marks[place + 1 :], found.first_on_means)
        assert one.differs == (one.first != found.first_on_means)


# --- stages ------------------------------------------------------------------------------------------------

PEOPLE = assessor("a", [[40], [60]]), assessor("b", [[70], [30]])


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED])
def test_nothing_is_compared_while_assessors_score_alone(stage: Stage) -> None:
    assert agreement(judged([1], *PEOPLE, stage=stage)) is None


def test_marks_are_compared_without_totals_once_scoring_is_closed() -> None:
    found = told(judged([1], *PEOPLE, stage=Stage.MODERATING))
    assert len(found.spreads) == 2
    assert (found.by_criterion[0].kendall_w, found.judges) == (0, 2)
    assert (found.kendall_w, found.first_on_means, found.left_out) == (None, "", ())
    shown = told(judged([1], *PEOPLE, stage=Stage.REVEALED))
    assert (shown.kendall_w, shown.first_on_means, len(shown.left_out)) == (0, "o0", 2)


def test_without_marks_there_is_nothing_to_compare() -> None:
    assert agreement(judged([1])) is None
    assert agreement(judged([1], Assessor(id="a", post="A"))) is None


def test_a_changed_mark_or_anchor_is_seen_at_once() -> None:
    before = judged([1], *PEOPLE)
    assert told(before).spreads[0].high == 70
    after = judged([1], PEOPLE[0], assessor("b", [[80], [30]]))
    assert told(after).spreads[0].high == 80


def test_the_order_of_assessors_options_and_criteria_changes_nothing() -> None:
    people = [assessor(f"a{place}", [[7 * place % 11, 3], [5 * place % 7, 50], [40, 9 * place]]) for place in range(5)]
    document = judged([70, 30], *people, options=3)
    turned = replace(
        document,
        options=document.options[::-1],
        criteria=document.criteria[::-1],
        workshop=Workshop(assessors=tuple(people[::-1])),
    )
    ours, theirs = told(document), told(turned)
    assert ours.spreads == tuple(sorted(theirs.spreads, key=lambda one: (one.option, one.criterion)))
    assert ours.by_criterion == theirs.by_criterion[::-1]
    assert ours.left_out == theirs.left_out[::-1]
    assert (ours.kendall_w, ours.first_on_means, ours.judges) == (
        theirs.kendall_w,
        theirs.first_on_means,
        theirs.judges,
    )
