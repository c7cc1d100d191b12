"""What moves together in numbers: the factor of METHOD 10.2, drivers, and the matrix with its way out."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.lines import Line, Range, Shape, Treatment
from appraise.model.correlation import is_valid
from appraise.present import moving_together
from tests import builders

GROUP = CorrelationGroup(id="group-a", name="Market for works")
BAND = Range(low=Decimal(80), high=Decimal(120), shape=Shape.NORMAL)
IMPOSSIBLE = ((1.0, 0.9, -0.9), (0.9, 1.0, 0.9), (-0.9, 0.9, 1.0))


def line(key: str, option: str, **fields: object) -> Line:
    known = {"name": key, "amounts": (Decimal(100),), "range": BAND, "correlation": GROUP.id, **fields}
    return Line(id=key, option=option, **known)


def document(*lines: Line, group: CorrelationGroup = GROUP, matrix: CorrelationMatrix | None = None):
    return replace(builders.appraisal(), lines=tuple(lines), correlation_groups=(group,), correlation_matrix=matrix)


def options() -> tuple[str, str]:
    first, second, *_ = builders.appraisal().options
    return first.id, second.id


def test_forty_equal_lines_at_three_tenths_are_three_and_a_half_times_as_wide():
    """METHOD 10.2: sqrt(1 + .3 (40 - 1)) = 3.5637."""
    option, _ = options()
    appraisal = document(*(line(f"line-{number}", option) for number in range(40)))
    (found,) = moving_together.widenings(appraisal, GROUP)
    assert found.factor == pytest.approx(3.5637, abs=5e-5)
    assert (found.option, found.lines) == (option, 40)
    assert "these 40 lines together becomes about 3.6 times as wide" in moving_together.effect_sentence(
        appraisal, GROUP
    )
    assert moving_together.effect_short(appraisal, GROUP) == "total ×\u00a03.6"


def test_the_factor_of_unequal_lines():
    """Deviations 1 and 3: (1 + 3)^2 / (1 + 9) = 1.6, so sqrt(1 + .5 x .6)."""
    assert moving_together.spread_factor([1.0, 3.0], 0.5) == pytest.approx(1.3**0.5)
    assert moving_together.spread_factor([2.0, -2.0], 1.0) == 0.0
    assert moving_together.spread_factor([], 0.5) == moving_together.spread_factor([5.0], 0.5) == 1.0


def test_a_gain_of_the_group_narrows_the_total():
    option, _ = options()
    gain = line("line-gain", option, treatment=Treatment.CASH_SAVING)
    appraisal = document(line("line-cost", option), gain)
    (found,) = moving_together.widenings(appraisal, GROUP)
    assert found.factor == pytest.approx(0.7**0.5)


def test_lines_of_one_driver_are_one_draw():
    option, _ = options()
    appraisal = document(*(line(f"line-{n}", option, driver=" Pay  award " if n else "pay AWARD") for n in range(2)))
    assert moving_together.widenings(appraisal, GROUP) == ()
    assert moving_together.effect_sentence(appraisal, GROUP).startswith("No effect yet")


@pytest.mark.parametrize(
    "fields",
    [
        {"range": None},
        {"amounts": ()},
        {"amounts": (Decimal("NaN"),)},
        {"range": Range(low=Decimal(-5), high=Decimal(120), shape=Shape.LOGNORMAL)},
        {"range": Range(low=Decimal(80), high=Decimal(120), shape=Shape.DISCRETE)},
        {"range": Range(low=Decimal("NaN"), high=Decimal(120))},
    ],
)
def test_lines_that_cannot_be_drawn_do_not_count(fields):
    option, _ = options()
    assert moving_together.deviation(line("line-a", option, **fields)) == 0


def test_options_are_kept_apart_and_the_largest_effect_is_told():
    first, second = options()
    lines = [line(f"line-{n}", first) for n in range(2)] + [line(f"other-{n}", second) for n in range(5)]
    found = moving_together.widenings(document(*lines), GROUP)
    assert [one.option for one in found] == [second, first]


def test_one_cause_for_all_options_narrows_the_difference_between_them():
    """Equal lines, one in each: the spread of a - b is sqrt(1 - rho) of what it was: 0.8367 for 0.3."""
    first, second = options()
    appraisal = document(line("line-a", first), line("line-b", second))
    (found,) = moving_together.againsts(appraisal, GROUP)
    assert (found.first, found.second) == (first, second)
    assert found.factor == pytest.approx(0.7**0.5)
    said = moving_together.effect_sentence(appraisal, GROUP)
    assert "the same cause moves lines of both" in said
    assert said.endswith("so the spread of their difference becomes about 16\u00a0% narrower.")
    assert moving_together.effect_short(appraisal, GROUP) == "difference ×\u00a00.84"
    own = replace(GROUP, shared=False)
    assert moving_together.againsts(appraisal, own) == ()
    assert moving_together.effect_sentence(appraisal, own).startswith("No effect yet: with a cause in each option")


def test_a_cost_here_and_a_gain_there_widen_the_difference():
    first, second = options()
    gain = line("line-b", second, treatment=Treatment.CASH_SAVING)
    appraisal = document(line("line-a", first), gain)
    (found,) = moving_together.againsts(appraisal, GROUP)
    assert found.factor == pytest.approx(1.3**0.5)
    assert "about 14\u00a0% wider" in moving_together.effect_sentence(appraisal, GROUP)


def test_both_effects_are_told_and_one_driver_in_both_options_is_one_draw():
    first, second = options()
    lines = (line("line-a", first), line("line-b", first), line("line-c", second))
    said = moving_together.effect_sentence(document(*lines), GROUP)
    assert "these two lines together becomes about 1.1 times as wide" in said
    assert "their difference" in said
    same = document(line("line-a", first, driver="Pay"), line("line-b", second, driver="pay"))
    assert moving_together.againsts(same, GROUP) == ()
    apart = document(
        line("line-a", first, driver="Pay", shared=False), line("line-b", second, driver="pay", shared=False)
    )
    assert len(moving_together.againsts(apart, GROUP)) == 1


def test_a_strength_out_of_reach_has_no_effect():
    option, _ = options()
    wrong = replace(GROUP, rho=1.5)
    appraisal = document(line("line-a", option), line("line-b", option), group=wrong)
    assert moving_together.widenings(appraisal, wrong) == moving_together.againsts(appraisal, wrong) == ()
    assert moving_together.effect_sentence(appraisal, wrong) == (
        "The effect is shown when the strength is from 0 to 1."
    )
    assert moving_together.rho_words(float("nan")) == "–, out of reach"


@pytest.mark.parametrize(
    ("rho", "words"),
    [(0.0, "0, none"), (0.2, "0.2, weak"), (0.3, "0.3, medium"), (0.6, "0.6, strong"), (1.0, "1, as one")],
)
def test_a_strength_in_words(rho, words):
    assert moving_together.rho_words(rho) == words


def test_drivers_in_any_spelling_with_their_options():
    first, second = options()
    appraisal = document(
        line("line-a", first, driver="Pay award"),
        line("line-b", second, driver="pay  Award", shared=False),
        line("line-c", second, driver="Fuel", shared=False),
        line("line-d", second),
    )
    pay, fuel = moving_together.drivers(appraisal)
    assert (pay.name, pay.options, pay.lines, pay.shared) == ("Pay award", (first, second), ("line-a", "line-b"), None)
    assert (fuel.key, fuel.shared) == ("fuel", False)
    assert [moving_together.shared_words(one) for one in (True, False, None)] == [
        "one for all options",
        "each option its own",
        "lines say both",
    ]


def test_what_belonging_does_is_one_sentence():
    first, second = options()
    lines = (line("line-a", first, driver="Pay"), line("line-b", second, driver="pay"))
    appraisal = document(*lines)
    assert moving_together.driver_sentence(appraisal, lines[0]).endswith("in every option; one other option so far.")
    own = replace(lines[0], shared=False)
    assert "Lines of this option" in moving_together.driver_sentence(appraisal, own)
    alone = replace(lines[0], driver="", correlation="")
    assert moving_together.driver_sentence(appraisal, alone).startswith("Uncertain by itself")
    assert moving_together.group_sentence(None) == ""
    assert moving_together.group_sentence(GROUP).endswith("across all options: strength 0.3, medium.")


# --- the matrix ---


def three(rows: tuple[tuple[float, ...], ...] = IMPOSSIBLE):
    option, _ = options()
    lines = tuple(line(f"line-{key}", option, correlation="") for key in "abc")
    matrix = CorrelationMatrix(lines=tuple(one.id for one in lines), rows=rows)
    return document(*lines, matrix=matrix), matrix


def test_an_impossible_matrix_is_told_with_its_smallest_eigenvalue():
    """Eigenvalues of 1 and +-.9 in a frustrated triangle: 1 - 2 x .9 and twice 1 + .9."""
    _, matrix = three()
    assert moving_together.eigenvalue(matrix) == pytest.approx(-0.8)
    assert "the smallest eigenvalue is −0.8 and may not be below 0" in moving_together.fault_sentence(matrix)


def test_the_lines_that_clash_are_named():
    """The triangle cannot be; the fourth line has nothing to do with it."""
    rows = ((1.0, 0.9, -0.2, 0.1), (0.9, 1.0, 0.9, 0.0), (-0.2, 0.9, 1.0, 0.0), (0.1, 0.0, 0.0, 1.0))
    option, _ = options()
    lines = tuple(line(f"line-{key}", option, correlation="") for key in "abcd")
    matrix = CorrelationMatrix(lines=tuple(one.id for one in lines), rows=rows)
    appraisal = document(*lines, matrix=matrix)
    said = moving_together.clash_sentence(appraisal, matrix)
    assert said.startswith("These clash most: ")
    for pair in ("“line-a” with “line-b” (0.9)", "“line-b” with “line-c” (0.9)", "“line-a” with “line-c” (−0.2)"):
        assert pair in said
    assert "line-d" not in said
    sound = replace(matrix, lines=matrix.lines[:2], rows=((1.0, 0.1), (0.1, 1.0)))
    assert moving_together.clash_sentence(appraisal, sound) == ""


def test_the_nearest_matrix_is_valid_and_its_largest_change_is_told():
    appraisal, matrix = three()
    after = moving_together.nearest(matrix)
    assert is_valid(after.rows)
    assert (after.lines, after.evidence) == (matrix.lines, matrix.evidence)
    change = moving_together.largest_change(matrix, after)
    moves = [abs(after.rows[i][j] - matrix.rows[i][j]) for i, j in ((0, 1), (0, 2), (1, 2))]
    assert abs(change.after - change.before) == max(moves)
    said = moving_together.change_sentence(appraisal, matrix, after)
    assert said.startswith(
        "It changes three correlations. The largest change: “line-a” with “line-b”, from 0.9 to 0.5."
    )


def test_a_sound_matrix_has_no_fault_and_no_change():
    appraisal, matrix = three(((1.0, 0.5, 0.0), (0.5, 1.0, 0.2), (0.0, 0.2, 1.0)))
    assert moving_together.fault_sentence(matrix) == ""
    assert moving_together.largest_change(matrix, matrix) is None
    assert moving_together.change_sentence(appraisal, matrix, matrix) == "The nearest valid matrix is this one."


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ((1.0, 0.0), (0.0, 1.0)),
        ((1.0, 0.5, 0.0), (0.4, 1.0, 0.0), (0.0, 0.0, 1.0)),
        ((1.0, 1.5, 0.0), (1.5, 1.0, 0.0), (0.0, 0.0, 1.0)),
        ((0.9, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        ((1.0, float("nan"), 0.0), (float("nan"), 1.0, 0.0), (0.0, 0.0, 1.0)),
    ],
)
def test_a_matrix_out_of_shape_has_no_eigenvalue(rows):
    _, matrix = three(rows)
    assert moving_together.eigenvalue(matrix) is None
    assert moving_together.fault_sentence(matrix) == ""


def test_only_lines_that_fit_may_join_the_matrix():
    first, second = options()
    lines = (
        line("line-in", first, correlation="", driver="Pay"),
        line("line-same-driver", second, correlation="", driver="pay"),
        line("line-certain", first, correlation="", range=None),
        line("line-grouped", first),
        line("line-free", second, correlation=""),
    )
    appraisal = document(*lines, matrix=CorrelationMatrix(lines=("line-in",), rows=((1.0,),)))
    assert [one.id for one in moving_together.may_join_matrix(appraisal)] == ["line-free"]


def test_names_say_the_option_only_where_there_are_several():
    first, second = options()
    lines = (line("line-a", first), line("line-b", second))
    appraisal = document(*lines)
    one = CorrelationMatrix(lines=("line-a", "line-gone"), rows=())
    assert moving_together.matrix_names(appraisal, one) == ["line-a", "A line that is gone"]
    both = CorrelationMatrix(lines=("line-a", "line-b"), rows=())
    assert all("(" in name for name in moving_together.matrix_names(appraisal, both))


def test_lines_of_one_driver_are_said_to_join_together() -> None:
    def spread(key: str, driver: str) -> Line:
        return builders.line(key, "a", 100, spread=(90, 120), driver=driver, correlation="g")

    group = CorrelationGroup(id="g", name="Market")
    two = (spread("x", "Pay award"), spread("y", "pay  award"), spread("z", "Fuel"), spread("w", ""))
    document = builders.appraisal(1, lines=two)
    said = moving_together.drivers_sentence(document, group)
    assert said == "Lines of one driver join and leave together: two lines of “Pay award”."
    alone = builders.appraisal(1, lines=(spread("z", "Fuel"), spread("w", "")))
    assert moving_together.drivers_sentence(alone, group) == ""
