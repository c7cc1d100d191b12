"""Every exact figure again, by `tests.published.oracle`, which shares no code with the program.

Both sides start from the same plain content: the worked example and random appraisals, 50 of them here and 1,000
under `make soak`.
"""

import json
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import beta, norm, triang

from appraise.files.document import content_json
from appraise.model.appraisal.constraints import Bearer
from appraise.model.appraisal.document import Appraisal
from appraise.model.checks import Severity, findings
from appraise.model.discounting import discount_factors
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.parameters import LAST_YEAR, SCHEDULES
from appraise.model.results import BridgeStep, Economic, Financial, OptionResult, Results
from appraise.workspace import templates
from tests.model.random_appraisals import random_appraisal, rich_appraisal
from tests.published.oracle import BANDS, Answer, pence, recompute
from tests.published.oracle_constraints import ASKS_FOR_MANAGING, seen
from tests.published.oracle_means import Z90, bends, mean_levels, mean_paid, mean_share, paid, wide_triangle
from tests.published.oracle_scores import recompute_scores
from tests.published.oracle_scores import weights as score_weights

SEEDS = 1000 if os.environ.get("APPRAISE_SOAK") else 50
EXACT = frozenset({Part.ECONOMIC, Part.FINANCIAL})
HALF_PENNY, PENNY = Fraction(1, 200), Fraction(1, 100)
#: Shares, years and units are shown to four places.
PLACES = Fraction(1, 20_000)
#: 34 digits are not all digits: what a sum of billions may lose of a penny.
LOST = Fraction(1, 10**9)
EDGES = ("economic", "rounding", "financial")
Sample = np.ndarray[tuple[int], np.dtype[np.float64]]


def off(name: str, found: Decimal | float, wanted: Fraction, within: Fraction = HALF_PENNY) -> Iterator[str]:
    """A sentence if a figure is not the exact one, rounded once to pence."""
    if abs(Fraction(found) - wanted) > within + LOST:
        yield f"{name}: {found}, not {float(wanted)}"


def off_even(name: str, found: Decimal, wanted: Fraction, about: Fraction = Fraction(0)) -> Iterator[str]:
    """The same, and an exact half penny goes to the even one; unless it is `about` as much that is wanted."""
    if about:
        yield from off(name, found, wanted, HALF_PENNY + about)
        return
    half = (wanted * 200).denominator == 1
    yield from off(name, found, pence(wanted) if half else wanted, Fraction(0) if half else HALF_PENNY)


def off_ratio(
    name: str, found: float | None, above: Fraction, below: Fraction, about: Fraction = Fraction(0)
) -> Iterator[str]:
    """Ratios are taken of the figures in pence, or `about` them; without a positive divisor there is none."""
    if about:
        ratio = above / below if below > about else None
        if ratio is None or (
            found is not None and abs(Fraction(found) - ratio) <= about * (1 + abs(ratio)) / below * 2
        ):
            return
        yield f"{name}: {found}, not about {float(ratio)}"
    elif below <= 0:
        if found is not None:
            yield f"{name}: {found}, not None"
    elif found is None or found != pytest.approx(float(above / below), rel=1e-9):
        yield f"{name}: {found}, not {float(above / below)}"


def economic_faults(found: Economic, wanted: Answer) -> Iterator[str]:
    about = wanted.about
    for name in ("pvc", "pvb", "pvc_nonpublic", "premium", "retained", "optimism_bias", "other_bodies"):
        yield from off_even(name, getattr(found, name), getattr(wanted, name), about)
    for name in ("expected_npc", "expected_npsv", "expected_other_bodies"):
        yield from off_even(name, getattr(found, name), getattr(wanted, name), wanted.about_expected)
    for name in ("npc", "npsv", "pvc_public"):  # differences of rounded figures
        yield from off(name, getattr(found, name), getattr(wanted, name), PENNY + about)
    if (found.npsv, found.pvc_public) != (found.pvb - found.pvc, found.pvc - found.pvc_nonpublic):
        yield "differences are not taken of what is printed"
    pvc, pvb, nonpublic = (pence(getattr(wanted, name)) for name in ("pvc", "pvb", "pvc_nonpublic"))
    yield from off_ratio("bcr", found.bcr, pvb, pvc, about)
    yield from off_ratio("rpsc", found.rpsc, pvb - nonpublic, pvc - nonpublic, about)
    if found.life != wanted.life or found.annuity != pytest.approx(float(wanted.annuity), rel=1e-12):
        yield f"life {found.life}, annuity {found.annuity}, not {wanted.life}, {float(wanted.annuity)}"
    for name, most in (("eac", PENNY + about), ("expected_eac", PENNY + wanted.about_expected)):
        yield from off(name, getattr(found, name), getattr(wanted, name), HALF_PENNY + most / wanted.annuity)
    yield from bias_faults(found, wanted)
    yield from unit_faults(found, wanted)
    if float(found.weighted.npsv) != pytest.approx(wanted.weighted_npsv, rel=1e-9, abs=0.02 + float(about)):
        yield f"weighted npsv: {found.weighted.npsv}, not {wanted.weighted_npsv}"
    yield from off("place npsv", found.place.npsv, wanted.place_npsv, HALF_PENNY + about)
    yield from off("place effects", found.place.effects, wanted.place_effects)
    for name, exact in (("npc", wanted.review_npc), ("npsv", wanted.review_npsv)):
        yield from off(f"review {name}", getattr(found.review, name), exact, PENNY + about)
    for name in ("own_npc", "own_npsv"):
        yield from off(f"review {name}", getattr(found.review, name), getattr(wanted, name), PENNY + about)


def bias_faults(found: Economic, wanted: Answer) -> Iterator[str]:
    values = {value.line: value for value in found.biases}
    for key in values.keys() - wanted.biases.keys():  # a line of nothing has no bias to speak of
        if any((values[key].raw, values[key].linked, values[key].residual, values[key].expected_residual)):
            yield f"bias of {key} is not expected: {values[key]}"
    if not wanted.biases.keys() <= values.keys():
        yield f"lines with a bias: {sorted(values)}, not {sorted(wanted.biases)}"
        return
    for key, answer in wanted.biases.items():
        for name in ("central", "raw", "range_shift"):
            yield from off(f"bias of {key}, {name}", getattr(values[key], name), getattr(answer, name))
        for name in ("linked", "residual", "expected_residual"):
            within = HALF_PENNY + wanted.about
            yield from off(f"bias of {key}, {name}", getattr(values[key], name), getattr(answer, name), within)
        yield from off(f"bias of {key}, percent", values[key].percent, answer.percent, PLACES)
        yield from off(f"bias of {key}, delay", values[key].delay_years, answer.delay_years, PLACES)


def unit_faults(found: Economic, wanted: Answer) -> Iterator[str]:
    counted = {one.id: one for one in found.npuc if one.units}
    for key, answer in wanted.npuc.items():
        if not answer.units:
            continue
        if key not in counted:
            yield f"effect {key} is missing"
            continue
        one = counted[key]
        yield from off(f"units of {key}", one.units, answer.units, PLACES)
        yield from off(f"discounted units of {key}", one.discounted_units, answer.discounted, PLACES)
        pvc = pence(wanted.pvc)
        yield from off_ratio(f"pounds per unit of {key}", one.pounds_per_unit, pvc, answer.units, wanted.about)
        if pvc > 0:
            yield from off_ratio(f"units per pound of {key}", one.units_per_pound, answer.units, pvc, wanted.about)
        for name, about in (("break_even", answer.about), ("break_even_usual", answer.about_usual)):
            value, exact = getattr(one, name), getattr(answer, name)
            if exact is not None and exact <= about:  # too little to tell it from nothing
                continue
            if (value is None) != (exact is None):
                yield f"{name} of {key}: {value}, not {exact and float(exact)}"
            elif exact is not None and value != pytest.approx(float(exact), rel=1e-6, abs=0.02 + float(about)):
                yield f"{name} of {key}: {value}, not {float(exact)}"


def financial_faults(found: Financial, wanted: Answer) -> Iterator[str]:
    for name in ("by_year", "capital_by_year", "revenue_by_year", "contingency_by_year"):
        years = zip(map(Fraction, getattr(found, name)), getattr(wanted, name), strict=True)
        if any(abs(cash - exact) > wanted.about for cash, exact in years):
            yield f"{name}: {getattr(found, name)}, not {tuple(map(float, getattr(wanted, name)))}"
    if found.total != sum(found.by_year):
        yield "the total is not the sum of the years"
    for year, total in enumerate(found.by_year):
        if sum(row.by_year[year] for row in found.rows) != total:
            yield f"rows do not add up in year {year}"
    own, *others = found.by_body
    if not own.own or own.by_year != found.by_year or own.total != found.total:
        yield "this body does not stand first with its own cash"
    bodies = {body.id: tuple(map(Fraction, body.by_year)) for body in others}
    if bodies != wanted.by_body or any(body.own or body.total != sum(body.by_year) for body in others):
        yield f"other bodies: {bodies}, not {wanted.by_body}"
    yield from off("liabilities", found.liabilities, wanted.liabilities, HALF_PENNY * max(1, len(found.by_year) * 25))


def bridge_faults(
    steps: tuple[BridgeStep, ...], economic: Economic, financial: Financial, wanted: Answer
) -> Iterator[str]:
    """Each row to the penny, from the economic to the financial total (METHOD 17.13)."""
    rows = {step.key: step.pounds for step in steps}
    if len(rows) != len(steps) or (steps[0].key, steps[-2].key, steps[-1].key) != EDGES:
        yield f"rows: {[step.key for step in steps]}"
        return
    if [step.key for step in steps if step.balance] != [EDGES[0], EDGES[2]]:
        yield "only the two ends are balances"
    if rows["economic"] != economic.pvc - economic.pvb or rows["financial"] != financial.total:
        yield "the ends are not the totals of the two cases"
    if sum(step.pounds for step in steps[:-1]) != financial.total:
        yield "the rows do not lead from one end to the other"
    between = {key: pounds for key, pounds in rows.items() if key not in EDGES}
    if not between.keys() <= wanted.bridge.keys() or not all(between.values()):
        yield f"rows that nobody expects, or of nothing: {between}"
    for key, exact in wanted.bridge.items():
        yield from off_even(f"bridge, {key}", between.get(key, Decimal(0)), exact, wanted.about)
    order = [key for key in wanted.bridge if key in between and ":" not in key]
    if [key for key in between if ":" not in key] != order:
        yield f"rows out of order: {list(between)}"


def faults(option: OptionResult, wanted: Answer) -> list[str]:
    economic, financial = option.economic, option.financial
    assert economic is not None
    assert financial is not None
    return [
        *economic_faults(economic, wanted),
        *financial_faults(financial, wanted),
        *bridge_faults(financial.bridge, economic, financial, wanted),
    ]


def disagreements(document: Appraisal, results: Results) -> list[str]:
    answers = recompute(json.loads(content_json(document)))
    assert {option.id for option in results.options} == answers.keys()
    return [f"{option.id}: {fault}" for option in results.options for fault in faults(option, answers[option.id])]


@pytest.mark.parametrize("made", [random_appraisal, rich_appraisal])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_random_appraisal(seed: int, made: Callable[[int], Appraisal]) -> None:
    document = made(seed)
    assert [one for one in findings(document) if one.severity is Severity.ERROR] == []
    assert disagreements(document, evaluate(document, parts=EXACT)) == []


def score_faults(document: Appraisal) -> list[str]:
    """Sentences on weights, points, totals, gates and places that are not the exact ones."""
    content = json.loads(content_json(document))
    wanted, leaf = recompute_scores(content), score_weights(content)
    results = evaluate(document, Settings(draws=100), parts=frozenset({Part.SCORE}))
    assert results.scoring is not None
    found = [
        f"weight of {one.criterion}: {one.weight}, not {float(leaf[one.criterion])}"
        for one in results.scoring.weights
        if one.weight != pytest.approx(float(leaf[one.criterion]), abs=1e-14)
    ]
    for option in results.options:
        score, answer = option.score, wanted[option.id]
        assert score is not None
        points = {one.criterion: one.value for one in score.by_criterion if one.value is not None}
        if points != pytest.approx({key: float(one) for key, one in answer.points.items()}, abs=1e-10):
            found.append(f"{option.id}: points {points}")
        if score.total != pytest.approx(float(answer.total), abs=1e-10):
            found.append(f"{option.id}: total {score.total}, not {float(answer.total)}")
        if (score.place, score.gates_failed) != (answer.place, answer.failed):
            found.append(f"{option.id}: place {score.place} {score.gates_failed}, not {answer.place} {answer.failed}")
    return found


@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_weighted_scores(seed: int) -> None:
    assert score_faults(rich_appraisal(seed)) == []


def slices(shape: str, low: float, likely: float, high: float, count: int = 200_000) -> Sample:
    """Values in the middle of equal slices of probability."""
    at, width = (np.arange(count) + 0.5) / count, high - low
    if shape == "uniform":
        return low + width * at
    if shape == "triangular":
        return triang.ppf(at, (likely - low) / width, low, width)
    if shape == "trigen":
        first, last = (float(end) for end in wide_triangle(*(Fraction(str(one)) for one in (low, likely, high))))
        return triang.ppf(at, (likely - first) / (last - first), first, last - first)
    if shape == "normal":
        return norm.ppf(at, (low + high) / 2, (high - low) / (2 * float(Z90)))
    if shape == "lognormal":
        return np.exp(slices("normal", np.log(low), 0, np.log(high), count))
    return beta.ppf(at, 1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width, low, width)


SHAPES = ("pert", "triangular", "uniform", "trigen", "normal", "lognormal")


@pytest.mark.parametrize("shape", SHAPES)
def test_means_of_the_other_side_by_plain_integration(shape: str) -> None:
    """Formulas could be wrong on both sides in the same way; adding up slices could not."""
    found = slices(shape, 0.8, 1, 1.5)
    assert float(mean_share({"shape": shape, "low": "80", "high": "150"})) == pytest.approx(found.mean(), rel=1e-5)
    if shape in ("trigen", "normal", "lognormal"):
        assert np.quantile(found, [0.1, 0.9]) == pytest.approx([0.8, 1.5], abs=1e-4)


@pytest.mark.parametrize("shape", SHAPES[:3])
@pytest.mark.parametrize(("share", "cap"), [(1.0, None), (0.4, "30"), (1.0, "75")])
def test_payments_of_the_other_side_by_plain_integration(shape: str, share: float, cap: str | None) -> None:
    bands = [{"up_to": "60", "share": 0.3}, {"up_to": "100", "share": 0.9}, {"up_to": None, "share": 0.5}]
    terms = {"target": "110", "gain": 0.4, "bands": bands, "cap": cap}
    impact = {"low": "40", "likely": "120", "high": "400", "shape": shape}
    plain = [float(paid(terms, Fraction(share) * Fraction(one))) for one in slices(shape, 40, 120, 400, 2_000)]
    assert float(mean_paid(terms, Fraction(str(share)), impact)) == pytest.approx(np.mean(plain), rel=1e-4)


@pytest.mark.parametrize("shape", SHAPES[:5])
def test_levels_of_the_other_side_by_plain_integration(shape: str) -> None:
    index = {"percent": ["3", "-1"], "range": {"shape": shape, "low": "-0.5", "high": "1"}}
    extra = slices(shape, -0.005, 0, 0.01)
    level = (1.03 + extra) / 1.03 * ((0.99 + extra) / 0.99) ** 29
    assert float(mean_levels(index, 31)[30]) == pytest.approx(level.mean(), rel=2e-6)


@pytest.mark.parametrize("schedule", sorted(BANDS))
def test_schedules_are_those_of_the_guidance(schedule: str) -> None:
    """Typed twice, from METHOD 1.6 and in the program's data: all 126 factors agree."""
    factors = discount_factors(SCHEDULES[schedule], LAST_YEAR + 1)
    exact = [Fraction(1)]
    for year in range(1, LAST_YEAR + 1):
        rate = next(Fraction(rate) for first, rate in reversed(BANDS[schedule]) if year >= first)
        exact.append(exact[-1] / (1 + rate / 100))
    assert len(factors) == 126
    assert all(abs(Fraction(one) - other) < LOST for one, other in zip(factors, exact, strict=True))


def test_every_schedule_in_force_is_typed_again() -> None:
    assert BANDS.keys() == {key for key, one in SCHEDULES.items() if one.in_force}


def test_random_appraisals_hold_what_they_promise() -> None:
    """A comparison of empty documents would agree on everything."""
    documents = [random_appraisal(seed) for seed in range(50)]
    answers = [answer for one in documents for answer in recompute(json.loads(content_json(one))).values()]
    assert {line.treatment for one in documents for line in one.lines} >= {"capital", "financing_charge", "cash_saving"}
    assert {one.basis.capital_view for one in documents} == {"cash", "revenue"}
    assert {one.horizon.years for one in documents} >= {1, 61}
    filled = {key.partition(":")[0] for answer in answers for key, pounds in answer.bridge.items() if pounds}
    assert {key.partition(":")[0] for answer in answers for key in answer.bridge} == filled
    assert len(filled) == 15
    biases = [bias for answer in answers for bias in answer.biases.values()]
    assert any(bias.linked for bias in biases)
    assert any(bias.delay_years for bias in biases)
    assert any(bias.raw and not bias.residual for bias in biases)


def test_random_appraisals_have_suppliers_that_price_and_believe() -> None:
    """Every term of METHOD 11.1 and of a price at expected value is at work somewhere."""
    documents = [random_appraisal(seed) for seed in range(50)]
    constraints = [one for document in documents for one in document.constraints]
    assert 0.2 < sum(one.view is not None for one in constraints) / len(constraints) < 0.5
    borne = [
        (bearing, next(one.pricing for one in document.options if one.id == bearing.option))
        for document in documents
        for one in document.constraints
        for bearing in one.bearings
    ]
    assert any(pricing.strength and 0 < pricing.competition < 1 for _, pricing in borne)
    assert any(one.bearer is Bearer.COMPENSATION and one.dispute_if_refused and one.dispute_cost for one, _ in borne)
    assert any(
        one.bearer is Bearer.SUPPLIER and one.residual_probability and one.residual_share and one.uplift
        for one, _ in borne
    )


# The worked example


@cache
def example() -> Appraisal:
    return templates.load("worked-example", first_year=2027)


@cache
def content() -> dict:
    return json.loads(content_json(example()))


@cache
def priced() -> Results:
    return evaluate(example(), parts=EXACT | {Part.SETTLING})


def priced_option(key: str) -> OptionResult:
    return next(one for one in priced().options if one.id == key)


def asked() -> dict[tuple[str, str], Fraction]:
    """What suppliers ask for risk in the worked example: the Wang transform has no exact fraction.

    What they spend on managing it is on top of that.
    """
    managing = {
        (bearing["option"], constraint["id"]): Fraction(bearing["managed"]["cost"])
        for constraint in content()["constraints"]
        for bearing in constraint["bearings"]
        if bearing["managed"] and bearing["bearer"] in ASKS_FOR_MANAGING
    }
    return {
        (option.id, one.constraint): Fraction(one.priced) - managing.get((option.id, one.constraint), Fraction(0))
        for option in priced().options
        for one in option.supplier_premium.by_constraint
    }


def test_the_worked_example() -> None:
    answers = recompute(content(), asked())
    assert [f"{one.id}: {fault}" for one in priced().options for fault in faults(one, answers[one.id])] == []


COUNT = 400_000


def left_over(part: dict, spent: Sample) -> Sample:
    """What pain and gain leave the supplier with: straight between the bends of what the authority pays."""
    at = bends(part["terms"])
    at.append(Fraction(at[-1] + Fraction(spent.max()) + 1))
    pays = np.interp(spent, [float(one) for one in at], [float(paid(part["terms"], one)) for one in at])
    return spent - pays


def sampled(key: str) -> dict[str, dict[str, Sample]]:
    """What the suppliers of an option carry in each of many draws, by lot and constraint."""
    draw = np.random.default_rng(20270401)
    found: dict[str, dict[str, Sample]] = {}
    for constraint in content()["constraints"]:
        parts = [one for one in constraint["bearings"] if one["option"] == key]
        if not parts:
            continue
        fact = seen(constraint, parts)
        low, likely, high = (float(fact["impact"][name]) for name in ("low", "likely", "high"))
        a, b = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
        size = low + (high - low) * draw.beta(a, b, COUNT)
        even = (draw.permutation(COUNT) + 0.5) / COUNT  # so that exactly its share of the sample is hit
        for part in parts:
            if part["bearer"] == "in_house":
                continue
            left = 1 - part["admitted"] if part["bearer"] == "compensation" else 1
            spent = part["share"] * size * (even < fact["probability"] * left)
            carried = left_over(part, spent) if part["bearer"] == "pain_gain" else spent
            lot = found.setdefault(part["lot"], {})
            lot[constraint["id"]] = lot.get(constraint["id"], 0) + carried
    return found


@pytest.mark.parametrize("key", ["option-joint", "option-outsource"])
def test_what_suppliers_ask_in_the_worked_example_from_a_sample(key: str) -> None:
    """METHOD 11.2: sum x_(k) [g(1 - (k - 1) / n) - g(1 - k / n)] with g(u) = Phi(Phi^-1(u) + 0.35), and each
    constraint's part of it by the same weights, lot by lot.
    """
    weights = -np.diff(ndtr(ndtri(1 - np.arange(COUNT + 1) / COUNT) + 0.35))
    lots = {one.lot: one.pooled for one in priced_option(key).supplier_premium.lots}
    found = {constraint: float(pounds) for (option, constraint), pounds in asked().items() if option == key}
    managing = sum(map(float, lots.values())) - sum(found.values())
    parts: dict[str, float] = {}
    for lot, carried in sampled(key).items():
        total = sum(carried.values())
        order = np.argsort(total, kind="stable")
        rank = np.searchsorted(total[order], total[order])  # ties share the mean of their weights
        shared = (np.bincount(rank, weights) / np.maximum(np.bincount(rank), 1))[rank]
        for name, left in carried.items():
            parts[name] = parts.get(name, 0) + float(left[order] @ shared)
        assert float(lots[lot]) == pytest.approx(float(total[order] @ weights) + managing, rel=0.01, abs=300)
    assert found.keys() == parts.keys()
    for name, pounds in parts.items():
        assert found[name] == pytest.approx(pounds, rel=0.03, abs=300), name


def test_weighted_scores_of_the_worked_example() -> None:
    assert score_faults(example()) == []


def test_planned_gaps_of_the_worked_example() -> None:
    answers, years = recompute(content(), asked()), example().horizon.years
    for option in evaluate(example()).options:
        for funding, scenario in zip(option.funding, content()["scenarios"], strict=True):
            money = [Fraction(0)] * years
            for settlement in scenario["settlements"]:
                for offset, pounds in enumerate(settlement["amounts"]):
                    money[settlement["first_year"] + offset] += Fraction(pounds)
            planned = answers[option.id].by_year
            expected = tuple(cost - pounds for cost, pounds in zip(planned, money, strict=True))
            assert all(
                abs(Fraction(gap) - exact) <= answers[option.id].about
                for gap, exact in zip(funding.gap_by_year, expected, strict=True)
            )
