"""The engine against what its draws must come to, and against what must not change them (METHOD 10.2 to 10.4).

Everything goes through documents. Bounds are 4 standard errors unless a test says otherwise.
"""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from scipy.special import betainc, ndtr, ndtri

from appraise.model.appraisal.correlations import CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Shape
from appraise.model.edits.correlations import add_to_matrix, set_correlation_of
from appraise.model.edits.lines import set_amount
from appraise.model.evaluate import ALL_PARTS, Part, Settings, evaluate
from appraise.model.results import OptionResult, Results, Risk
from tests.builders import appraisal, constraint, in_house, line, supplier
from tests.published.engine_documents import draws_of, group, normal_line, rich

DRAWS = 100_000
RISK = frozenset({Part.RISK})
FULL = Settings(draws=DRAWS)
#: Three chunks and a bit, so that threads have something to share out.
CHUNKS = Settings(draws=50_000)
FEW = Settings(draws=4_000)


def by_id(results: Results) -> dict[str, OptionResult]:
    return {option.id: option for option in results.options}


def risk_of(document: Appraisal, option: str = "a", settings: Settings = FULL) -> Risk:
    found = by_id(evaluate(document, settings, parts=RISK))[option].risk
    assert found is not None
    return found


def spearman(first: np.ndarray, second: np.ndarray) -> float:
    """Correlation of ranks."""
    ranks = [np.argsort(np.argsort(one)) for one in (first, second)]
    return float(np.corrcoef(*ranks)[0, 1])


# Dependence


@pytest.mark.parametrize(("rho", "rank"), [(0.2, 0.191306), (0.5, 0.482584), (0.8, 0.785939)])
@pytest.mark.parametrize("by", ["group", "matrix"])
def test_rank_correlation_of_the_copula(rho: float, rank: float, by: str) -> None:
    """METHOD 10.2: Spearman = 6 / pi asin(rho / 2), whatever the shapes; in a group and in a matrix."""
    inside = "g" if by == "group" else ""
    lines = (
        line("x", "a", 10**7, spread=(80, 150), correlation=inside),
        line("y", "b", 10**7, spread=(60, 110), shape=Shape.TRIANGULAR, correlation=inside),
    )
    matrix = CorrelationMatrix(lines=("x", "y"), rows=((1.0, rho), (rho, 1.0)), evidence="Test")
    document = appraisal(1, lines=lines)
    document = replace(
        document,
        correlation_groups=(group(rho),) if inside else (),
        correlation_matrix=None if inside else matrix,
    )
    first, second = draws_of(document, DRAWS).npc
    assert spearman(first, second) == pytest.approx(rank, abs=4 * 1.1 * (1 - rank**2) / sqrt(DRAWS))


def test_a_group_that_is_not_shared_leaves_options_apart() -> None:
    lines = (
        line("x", "a", 10**7, spread=(80, 150), correlation="g"),
        line("y", "b", 10**7, spread=(60, 110), correlation="g"),
    )
    document = appraisal(1, lines=lines, correlation_groups=(group(0.8, shared=False),))
    first, second = draws_of(document, DRAWS).npc
    assert abs(spearman(first, second)) < 4 / sqrt(DRAWS)


@pytest.mark.parametrize("by", ["group", "matrix"])
def test_correlation_multiplies_the_standard_deviation(by: str) -> None:
    """METHOD 10.2: sqrt(1 + rho((sum sd)^2 / sum sd^2 - 1)) = 3.5637 for 40 equal normal lines at rho .3."""
    count, rho = 40, 0.3
    apart = appraisal(1, ("a",), lines=tuple(normal_line(f"l{n}", "a", 1000, 50) for n in range(count)))
    if by == "group":
        inside = tuple(replace(one, correlation="g") for one in apart.lines)
        together = replace(apart, lines=inside, correlation_groups=(group(rho),))
    else:
        rows = tuple(tuple(1.0 if i == j else rho for j in range(count)) for i in range(count))
        names = tuple(one.id for one in apart.lines)
        together = replace(apart, correlation_matrix=CorrelationMatrix(lines=names, rows=rows, evidence="Test"))
    sd = [risk_of(document).npc.sd for document in (apart, together)]
    assert sd[0] == pytest.approx(50 * sqrt(count), rel=4 / sqrt(2 * DRAWS))
    assert sd[1] / sd[0] == pytest.approx(3.5637, rel=4 / sqrt(DRAWS))


def around_a_hundred(*, shared: bool) -> Appraisal:
    """METHOD 10.2: A around 100, B around 102, common sd 10, own sd 3 each; in thousands of pounds."""
    common = {"driver": "market", "shared": shared}
    return appraisal(
        1,
        lines=(
            normal_line("a-common", "a", 50_000, 10_000, **common),
            normal_line("b-common", "b", 50_000, 10_000, **common),
            normal_line("a-own", "a", 50_000, 3_000),
            normal_line("b-own", "b", 52_000, 3_000),
        ),
    )


@pytest.mark.parametrize(("shared", "chance"), [(True, 0.6813), (False, 0.5539)])
def test_what_options_share_decides_which_is_cheaper(shared: bool, chance: float) -> None:
    """METHOD 10.2: P(A cheaper) .6813 with the common part shared, .5539 if everything is drawn apart."""
    assert chance == pytest.approx(float(ndtr(2 / sqrt(18 if shared else 218))), abs=5e-5)
    found = risk_of(around_a_hundred(shared=shared))
    error = sqrt(chance * (1 - chance) / DRAWS)
    assert found.probability_cheapest == pytest.approx(chance, abs=4 * error)
    (pair,) = found.pairwise_cheaper
    assert (pair.than, pair.share) == ("b", pytest.approx(chance, abs=4 * error))


def test_the_effect_of_sharing_is_shown() -> None:
    """The same chance with every input drawn apart stands beside it, with its error."""
    apart = by_id(evaluate(around_a_hundred(shared=True), Settings(draws=DRAWS), parts=ALL_PARTS))["a"].risk.apart
    assert apart is not None
    error = 4 * sqrt(0.25 / apart.draws)
    assert apart.together == pytest.approx(0.6813, abs=error)
    assert apart.apart == pytest.approx(0.5539, abs=error)


# The distribution of a total, by fast Fourier transforms

#: Width of a cell in pounds, and how many there are.
CELL, CELLS = 1.0, 1 << 15
LINES = tuple((1000 + 100 * n, 80 - 2 * n, 120 + 8 * n) for n in range(8))
EVENTS = ((0.3, (500, 1000, 3000)), (0.15, (200, 900, 2000)), (0.6, (100, 300, 800)))


def total_document(rho: float) -> Appraisal:
    inside = "g" if rho else ""
    return appraisal(
        1,
        ("a",),
        lines=tuple(
            line(f"l{n}", "a", amount, spread=(low, high), correlation=inside)
            for n, (amount, low, high) in enumerate(LINES)
        ),
        constraints=tuple(constraint(f"c{n}", chance, size, in_house("a")) for n, (chance, size) in enumerate(EVENTS)),
        correlation_groups=(group(rho),) if rho else (),
    )


def below(low: float, likely: float, high: float) -> np.ndarray:
    """Chance of a PERT quantity to lie under the edges of the cells."""
    edges = (np.arange(CELLS + 1) - 0.5) * CELL
    place, likely = np.clip((edges - low) / (high - low), 0, 1), (likely - low) / (high - low)
    return np.asarray(betainc(1 + 4 * likely, 1 + 4 * (1 - likely), place))


def mass_of_total(rho: float, nodes: int) -> np.ndarray:
    """Chances of the cells of the total: convolved given the common cause, then summed over Gauss-Hermite nodes."""
    causes, weights = np.polynomial.hermite_e.hermegauss(nodes if rho else 1)
    lines = [below(amount * low / 100, amount, amount * high / 100) for amount, low, high in LINES]
    events = np.ones(CELLS // 2 + 1, dtype=complex)
    for chance, size in EVENTS:
        cells = chance * np.diff(below(*size))
        cells[0] += 1 - chance
        events *= np.fft.rfft(cells)
    mass = np.zeros(CELLS)
    for cause, weight in zip(causes, weights / weights.sum(), strict=True):
        transform = events.copy()
        for under in lines:
            given = ndtr((ndtri(under) - sqrt(rho) * cause) / sqrt(1 - rho))
            transform *= np.fft.rfft(np.diff(given))
        mass += weight * np.fft.irfft(transform, CELLS)
    return mass


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_percentiles_of_a_total_by_convolution(rho: float) -> None:
    """METHOD 10.4: P50, P80 and P95 of PERT lines and events; 32 nodes for the cause that lines have in common."""
    mass = mass_of_total(rho, 32)
    reached = np.cumsum(mass)
    npc = risk_of(total_document(rho)).npc
    mean = float((mass * np.arange(CELLS) * CELL).sum())
    sd = sqrt(float((mass * (np.arange(CELLS) * CELL - mean) ** 2).sum()))
    assert npc.mean == pytest.approx(mean, abs=4 * sd / sqrt(DRAWS))
    assert npc.sd == pytest.approx(sd, rel=0.012)
    for percent, value in ((0.5, npc.p50), (0.8, npc.p80), (0.95, npc.p95)):
        cell = int(np.searchsorted(reached, percent))
        density = float(mass[cell - 5 : cell + 6].mean()) / CELL
        error = sqrt(percent * (1 - percent) / DRAWS) / density
        assert value == pytest.approx(cell * CELL, abs=4 * error + CELL)


@pytest.mark.parametrize("rho", [0.3, 0.6])
def test_the_oracle_has_nodes_enough(rho: float) -> None:
    """Three times as many nodes move no percentile of the oracle by a thousandth of a standard deviation."""
    few, many = (np.cumsum(mass_of_total(rho, nodes)) for nodes in (32, 96))
    width = 1300.0  # the least standard deviation of the two is over this
    for percent in (0.5, 0.8, 0.95):
        assert abs(int(np.searchsorted(few, percent)) - int(np.searchsorted(many, percent))) * CELL <= 1e-3 * width + 2


# The same draws


@pytest.mark.parametrize("threads", [2, 4])
def test_threads_change_no_figure(threads: int) -> None:
    """To the last digit of every number, with groups, a matrix, indices, claims, pain and gain and funding."""
    alone = evaluate(rich(), CHUNKS)
    assert repr(evaluate(rich(), replace(CHUNKS, threads=threads))) == repr(alone)


def test_an_edit_and_its_undoing_change_no_figure() -> None:
    document = rich()
    first = repr(evaluate(document, CHUNKS))
    there = set_amount(document, line="b-kit", year=1, amount=Decimal(1))
    back = set_amount(there, line="b-kit", year=1, amount=document.lines[9].amounts[1])
    assert document.lines[9].id == "b-kit"
    assert repr(evaluate(there, CHUNKS)) != first
    assert repr(evaluate(back, CHUNKS)) == first


def test_the_preview_is_the_beginning_of_the_record() -> None:
    """METHOD 10.4: 2,000 draws are the first 2,000 of 50,000, in every option and in the figures made of them."""
    few, many = draws_of(rich(), 2_000), draws_of(rich(), 50_000)
    beginning = many.npc[:, :2_000]
    assert np.array_equal(few.npc, beginning)
    results = evaluate(rich(), Settings(draws=2_000, seed=1), parts=RISK)
    for option, pence in zip(results.options, beginning, strict=True):
        assert option.risk is not None
        wanted = np.percentile(pence / 100, (5, 10, 50, 80, 90, 95))
        npc = option.risk.npc
        assert (npc.p5, npc.p10, npc.p50, npc.p80, npc.p90, npc.p95) == pytest.approx(wanted, abs=0.006)
        assert npc.mean == pytest.approx(float(pence.mean()) / 100, abs=0.006)


def test_more_draws_keep_the_draws_before() -> None:
    """Common random numbers: what one option costs in a draw does not depend on how many follow."""
    some, more = draws_of(rich(), 20_000), draws_of(rich(), 40_000)
    assert np.array_equal(some.npc, more.npc[:, :20_000])


# What moves nothing else (Done means: metamorphic tests)


def shown(results: Results) -> dict[str, tuple[object, ...]]:
    """Everything of an option that comes from draws, without names and without inputs that move nothing."""
    found: dict[str, tuple[object, ...]] = {}
    for option in results.options:
        risk = option.risk
        assert risk is not None
        bare = replace(
            risk,
            influences=tuple(replace(one, name="") for one in risk.influences if one.low or one.high),
            contribution=tuple(replace(one, name="") for one in risk.contribution if one.share),
            rank_correlations=tuple(replace(one, name="") for one in risk.rank_correlations if one.id != "line|zero"),
        )
        found[option.id] = (bare, option.funding)
    return found


@pytest.mark.parametrize("where", ["alone", "driver", "group", "matrix"])
def test_a_line_of_nothing_changes_no_other_number(where: str) -> None:
    """By itself, with a driver, in a group, and as a new line of the matrix, where it comes last."""
    fields = {"driver": {"driver": "pay"}, "group": {"correlation": "g"}}.get(where, {})
    zero = line("zero", "b", 0, 0, 0, spread=(50, 170), **fields)
    document = rich()
    wider = replace(document, lines=(zero, *document.lines))
    if where == "matrix":
        wider = add_to_matrix(wider, line="zero")
        wider = set_correlation_of(wider, first="zero", second="a-rent", value=0.4)
    assert shown(evaluate(wider, FEW)) == shown(evaluate(document, FEW))


def test_a_new_line_moves_the_draws_of_no_other_option() -> None:
    """METHOD 10.4: adding or deleting a line moves no other line's draws."""
    document = rich()
    extra = line("new", "b", 5_000, 5_000, 5_000, spread=(80, 150), correlation="g")
    wider = replace(document, lines=(extra, *document.lines))
    before, after = draws_of(document, 20_000).npc, draws_of(wider, 20_000).npc
    assert np.array_equal(before[0], after[0])
    assert np.array_equal(before[2], after[2])
    added = after[1] - before[1]
    assert added.min() > 0
    assert abs(spearman(added, before[1])) > 0.05  # it moves with the group


def test_order_and_names_change_no_figure() -> None:
    """Reordered and renamed: options keep their places only because results are listed by them."""
    document = rich()
    other = replace(
        document,
        options=tuple(replace(one, name=f"Other {one.name}") for one in document.options),
        lines=tuple(replace(one, name=f"Other {one.name}") for one in reversed(document.lines)),
        indices=tuple(replace(one, name=f"Other {one.name}") for one in reversed(document.indices)),
        constraints=tuple(
            replace(one, name=f"Other {one.name}", bearings=one.bearings[::-1])
            for one in reversed(document.constraints)
        ),
        correlation_groups=tuple(replace(one, name="Another market") for one in document.correlation_groups),
    )
    assert shown(evaluate(other, FEW)) == shown(evaluate(document, FEW))


def test_the_order_of_options_changes_no_figure() -> None:
    document = rich()
    first, *rest = document.options
    turned = replace(document, options=(*rest[::-1], first))
    before, after = by_id(evaluate(document, FEW)), by_id(evaluate(turned, FEW))
    for key, option in before.items():
        other = after[key]
        assert option.risk.npc == other.risk.npc
        assert option.risk.npsv == other.risk.npsv
        assert option.risk.probability_cheapest == other.risk.probability_cheapest
        assert option.risk.cash_by_year == other.risk.cash_by_year
        assert option.risk.contingency == other.risk.contingency
        assert option.funding == other.funding
        assert {one.than: one for one in option.risk.differences} == {one.than: one for one in other.risk.differences}


def test_nothing_at_stake_changes_nothing() -> None:
    """p = 0 or an impact of 0, whoever bears it."""
    document = rich()
    bearings = [one for entry in document.constraints for one in entry.bearings if not one.terms.target]
    idle = tuple(
        constraint(f"idle{number}{place}", chance, impact, bearing)
        for number, (chance, impact) in enumerate(((0.0, (1, 2, 3)), (0.5, 0)))
        for place, bearing in enumerate(replace(one, share=1.0, dispute_cost=Decimal(0)) for one in bearings)
    )
    wider = replace(document, constraints=(*document.constraints, *idle))
    assert shown(evaluate(wider, FEW)) == shown(evaluate(document, FEW))


def test_a_constraint_that_is_transferred_leaves_nothing_and_adds_its_premium() -> None:
    """All of it priced by the supplier and no residual claim: nothing retained, nothing drawn, the premium on top."""
    document = rich()
    without = replace(document, constraints=document.constraints[1:])
    alone = replace(
        without,
        constraints=(
            *(replace(one, bearings=tuple(b for b in one.bearings if b.option != "c")) for one in without.constraints),
        ),
    )
    gone = replace(
        alone, constraints=(*alone.constraints, constraint("k-all", 0.4, (1_000, 2_000, 6_000), supplier("c")))
    )
    before, after = by_id(evaluate(alone, FEW))["c"], by_id(evaluate(gone, FEW))["c"]
    assert (before.economic.retained, after.economic.retained) == (0, 0)
    assert after.economic.premium > 0
    assert after.supplier_premium.pooled > 0
    added = float(after.economic.expected_npc - before.economic.expected_npc)
    assert added == pytest.approx(float(after.economic.premium), abs=0.011)
    assert after.risk.npc.mean - before.risk.npc.mean == pytest.approx(added, abs=0.011)
    assert after.risk.npc.sd == pytest.approx(before.risk.npc.sd, abs=0.006)
    assert after.risk.npc.p95 - before.risk.npc.p95 == pytest.approx(added, abs=0.011)


@pytest.mark.parametrize("key", ["a-pay", "b-fuel", "b-kit", "c-land", "c-rent", "c-food", "c-kit"])
def test_widening_a_line_never_narrows_the_interval(key: str) -> None:
    """P5 to P95 of its option's cost, beyond sampling noise. Each line is stretched about its likely value."""
    document = rich()
    where = next(place for place, one in enumerate(document.lines) if one.id == key)
    spans, noise = [], 0.0
    for wider in (Decimal(1), Decimal("1.2"), Decimal("1.6"), Decimal("2.4")):
        band = document.lines[where].range
        assert band is not None
        stretched = replace(band, low=100 - (100 - band.low) * wider, high=100 + (band.high - 100) * wider)
        lines = list(document.lines)
        lines[where] = replace(lines[where], range=stretched)
        npc = risk_of(replace(document, lines=tuple(lines)), key[0], Settings(draws=20_000)).npc
        spans.append(npc.p95 - npc.p5)
        noise = max(noise, npc.percentile_errors.p5 + npc.percentile_errors.p95)
    for narrow, wide in pairwise(spans):
        assert wide >= narrow - noise / 4
    assert spans[-1] > spans[0]
