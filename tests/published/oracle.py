"""The figures of an appraisal again, in exact fractions, from its plain content (content.json, format 6).

Nothing of the program is imported: rules, rates and truth table are typed by hand from METHOD 1.6, 8.4, 10.5, 11.1
and 17.13 and from The Green Book 2026. Amounts are pounds; costs are positive and gains negative unless a name says
otherwise. No figure is rounded but yearly cash, which is rounded to pence by entry, halves to even. Where a mean is
not a fraction, `Answer.about` says how far the program's sums may lie from it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

from tests.published.oracle_constraints import carried_of, doubt, faced, kept_of, managing_of, priced_of
from tests.published.oracle_means import ONE, ZERO, exact, mean_levels, mean_share, percent

Years = tuple[Fraction, ...]
#: (option, constraint) -> pounds in prices of year 0.
Asked = Mapping[tuple[str, str], Fraction]

#: METHOD 1.6: (first year, real rate in per cent). Years 1-30, 31-75 and 76 on (Green Book 2026, 6.54, 6.58).
BANDS = {
    "green_book_2026": ((1, "3.5"), (31, "3"), (76, "2.5")),
    "green_book_2026_health": ((1, "1.5"),),
    "tag_2026_health": ((1, "1.5"), (31, "1.29"), (76, "1.07")),
    "tag_2026_long_horizon": ((1, "3"), (31, "2.57"), (76, "2.14")),
}
#: METHOD 0.9: the review of June 2026, flat, and the last year that it publishes.
REVIEW_PERCENT, REVIEW_LAST = Fraction(3), 30


@dataclass(frozen=True)
class Truth:
    """A row of METHOD 8.4. `whose`: own, body (another public body) or society; `gain`: entered as a positive gain."""

    economic: bool
    financial: bool
    whose: str = "own"
    gain: bool = False
    receipt: bool = False


#: METHOD 8.4, typed again. Capital is in the financial case of the cash view, financing in that of the revenue view.
TRUTH = {
    "own_cost": Truth(economic=True, financial=True),
    "supplier_charge": Truth(economic=True, financial=True),
    "capital": Truth(economic=True, financial=True),
    "residual_value": Truth(economic=True, financial=False, gain=True, receipt=True),
    "transfer": Truth(economic=False, financial=True),
    "irrecoverable_vat": Truth(economic=False, financial=True),
    "stranded_overhead": Truth(economic=False, financial=True),
    "other_body_cost": Truth(economic=True, financial=False, whose="body"),
    "other_body_saving": Truth(economic=True, financial=False, whose="body", gain=True, receipt=True),
    "wider_cost": Truth(economic=True, financial=False, whose="society"),
    "wider_benefit": Truth(economic=True, financial=False, whose="society", gain=True),
    "cash_saving": Truth(economic=True, financial=True, gain=True, receipt=True),
    "non_cash_benefit": Truth(economic=True, financial=False, gain=True),
    "sunk_cost": Truth(economic=False, financial=False),
    "financing_charge": Truth(economic=False, financial=True),
    "contingent_liability": Truth(economic=True, financial=False),
    "place_effect": Truth(economic=False, financial=False, gain=True),
}
#: What is this body's own money in both cases, apart from the price of constraints.
OWN_CASH = {"own_cost", "supplier_charge", "capital", "cash_saving"}
#: What the expected level of a price index may be off, of itself: it is a float here.
DRIFTED = Fraction(1, 10**12)


def pence(pounds: Fraction) -> Fraction:
    """Rounded to pence, halves to even."""
    return Fraction(round(pounds * 100), 100)


def times(first: Iterable[Fraction], second: Iterable[Fraction]) -> Years:
    return tuple(a * b if a else ZERO for a, b in zip(first, second, strict=True))


def scaled(factor: Fraction, amounts: Iterable[Fraction]) -> Years:
    return tuple(factor * amount for amount in amounts)


def added(columns: Iterable[Sequence[Fraction]], years: int) -> Years:
    rows = list(columns)
    return tuple(sum((row[year] for row in rows), ZERO) for year in range(years))


@dataclass(frozen=True)
class Item:
    """One thing that an option costs (positive) or gains (negative) by year.

    `kind`: line, bias, vat, premium, retained or managing. `real` prices of year 0, `cash` as paid. `expected`: what
    the real amounts come to at the mean of the range and of the price index. `line` is the content of its line, {} for
    constraints.
    """

    kind: str
    real: Years
    cash: Years
    expected: Years
    economic: bool
    financial: bool
    line: dict = field(default_factory=dict)

    @property
    def treatment(self) -> str:
        return self.line.get("treatment", "")

    @property
    def truth(self) -> Truth:
        return TRUTH[self.treatment] if self.line else Truth(economic=True, financial=True)

    @property
    def contingency(self) -> bool:
        return self.financial and self.kind in {"retained", "bias"}


@dataclass(frozen=True)
class BiasAnswer:
    """METHOD 10.5 on one line: each pound counted once. Pounds in prices of year 0, not discounted."""

    percent: Fraction
    central: Fraction
    raw: Fraction
    range_shift: Fraction
    linked: Fraction
    residual: Fraction
    expected_residual: Fraction
    delay_years: Fraction


@dataclass(frozen=True)
class UnitAnswer:
    """An effect without a price in one option; None where there is no such figure.

    `about`: how far the two values may be off, where they rest on means that are no fractions.
    """

    units: Fraction
    discounted: Fraction
    break_even: Fraction | None
    break_even_usual: Fraction | None
    about: Fraction
    about_usual: Fraction


@dataclass(frozen=True)
class Answer:
    """All figures of one option. Names as in the program's results.

    `about`: how far any figure may be off because of pain and gain; `about_expected`: an expected one, because of
    uncertain price indices too. Both are 0 where all means are fractions.
    """

    pvc: Fraction
    pvb: Fraction
    npc: Fraction
    expected_npc: Fraction
    expected_npsv: Fraction
    pvc_nonpublic: Fraction
    other_bodies: Fraction
    expected_other_bodies: Fraction
    premium: Fraction
    retained: Fraction
    optimism_bias: Fraction
    life: int
    annuity: Fraction
    biases: dict[str, BiasAnswer]
    npuc: dict[str, UnitAnswer]
    weighted_npsv: float
    place_npsv: Fraction
    place_effects: Fraction
    review_npc: Fraction
    review_npsv: Fraction
    own_npc: Fraction
    own_npsv: Fraction
    by_year: Years
    capital_by_year: Years
    revenue_by_year: Years
    contingency_by_year: Years
    by_body: dict[str, Years]
    liabilities: Fraction
    bridge: dict[str, Fraction]
    about: Fraction
    about_expected: Fraction

    @property
    def npsv(self) -> Fraction:
        return self.pvb - self.pvc

    @property
    def pvc_public(self) -> Fraction:
        return self.pvc - self.pvc_nonpublic

    @property
    def eac(self) -> Fraction:
        return self.npc / self.annuity

    @property
    def expected_eac(self) -> Fraction:
        return self.expected_npc / self.annuity


class World:
    """Prices and discount factors of one appraisal."""

    def __init__(self, content: dict) -> None:
        self.content = content
        self.first = content["horizon"]["first_year"]
        self.years = content["horizon"]["years"]
        self.basis = content["basis"]
        growth = [ONE, *(1 + self.inflation(self.first + year) for year in range(1, self.years))]
        self.deflator = tuple(accumulate(growth, lambda level, step: level * step))
        self.levels = {"": self.deflator} | {one["id"]: self._level(one["percent"]) for one in content["indices"]}
        # cash of year t in prices of year 0, by index
        self.real = {
            key: tuple(a / b for a, b in zip(level, self.deflator, strict=True)) for key, level in self.levels.items()
        }
        # expected level over the level as entered, by index
        self.drift = {"": (ONE,) * self.years} | {one["id"]: mean_levels(one, self.years) for one in content["indices"]}
        self.main = self.factors(self.basis["schedule"])
        self.health = self.factors(self.basis["health_schedule"])

    def inflation(self, year: int) -> Fraction:
        """General inflation that leads to a financial year: the series, its last value after it, else the flat rate."""
        series = self.basis["deflator"]["percent"]
        place = year - self.basis["deflator"]["first_year"]
        if not series or place < 0:
            return percent(self.basis["deflator_percent"])
        return percent(series[min(place, len(series) - 1)])

    def _level(self, rises: list[str]) -> Years:
        level = [ONE]
        for year in range(1, self.years):
            level.append(level[-1] * (1 + percent(rises[min(year, len(rises)) - 1])) if rises else level[-1])
        return tuple(level)

    def factors(self, schedule: str) -> Years:
        """Discount factors: 1 in year 0, then divided by one plus the rate of each year."""
        own = {one["id"]: one["bands"] for one in self.basis["own_schedules"]}
        if schedule in own:
            return self.by_bands([(band["first"], band["percent"]) for band in own[schedule]])
        return self.by_bands(BANDS[schedule])

    def by_bands(self, bands: Sequence[tuple[int, str]]) -> Years:
        found = [ONE]
        for year in range(1, self.years):
            rate = next(rate for first, rate in reversed(bands) if year >= first)
            found.append(found[-1] / (1 + percent(rate)))
        return tuple(found)

    def to_year_0(self, price_year: int) -> Fraction:
        """What a pound of another year's prices is in prices of year 0."""
        worth = ONE
        for year in range(price_year + 1, self.first + 1):
            worth *= 1 + self.inflation(year)
        for year in range(self.first + 1, price_year + 1):
            worth /= 1 + self.inflation(year)
        return worth

    def discount(self, item: Item) -> Years:
        return self.health if item.line.get("health") else self.main


def within(bound: Fraction, low: Fraction, managed: Fraction, *, awarded: bool) -> Fraction:
    """Upper bound less what is managed, not under the lower bound before award, never above the upper bound."""
    left = bound * (1 - managed)
    return min(bound, left if awarded else max(left, low))


def managed_share(bias: dict) -> Fraction:
    if bias["causes"]:
        return sum((percent(one["share_percent"]) * percent(one["managed_percent"]) for one in bias["causes"]), ZERO)
    return percent(bias["managed_percent"])


def resultant(bias: dict) -> Fraction:
    """Share added to costs or taken from benefits (METHOD 1.10)."""
    bounds = percent(bias["upper_percent"]), percent(bias["lower_percent"])
    return within(*bounds, managed_share(bias), awarded=bias["awarded"])


def delay(bias: dict) -> Fraction:
    """Years that benefits come late: planned months times the resultant of the works duration."""
    bounds = percent(bias["duration_upper_percent"]), percent(bias["duration_lower_percent"])
    return exact(bias["months"]) / 12 * within(*bounds, managed_share(bias), awarded=bias["awarded"])


def later(amounts: Years, years: Fraction) -> Years:
    """Amounts that come `years` later, parts of a year shared between two years; what falls off the end is lost."""
    whole = years.numerator // years.denominator
    part = years - whole

    def at(year: int) -> Fraction:
        return amounts[year] if 0 <= year < len(amounts) else ZERO

    return tuple((1 - part) * at(year - whole) + part * at(year - whole - 1) for year in range(len(amounts)))


class Case:
    """One option: its items, and the figures made of them."""

    def __init__(self, world: World, option: dict, asked: Asked | None = None) -> None:
        self.world, self.option, self.asked = world, option, asked
        content = world.content
        self.life = option["life_years"] or world.years - 1
        self.view = content["basis"]["capital_view"]
        self.lines = [line for line in content["lines"] if line["option"] == option["id"]]
        self.constraints = [
            (one, parts)
            for one in content["constraints"]
            if (parts := [bearing for bearing in one["bearings"] if bearing["option"] == option["id"]])
        ]
        self.known_biases = {one["id"]: one for one in content["biases"]}
        self.biases = self._bias_answers()
        self.items = [*self._constraint_items()]
        for line in self.lines:
            self.items += self._line_items(line)

    # prices

    def base(self, line: dict) -> Years:
        """Amounts in prices of year 0 without a sign."""
        typed = [exact(amount) for amount in line["amounts"]]
        typed = (typed + [ZERO] * self.world.years)[: self.world.years]
        typed = [amount if year <= self.life else ZERO for year, amount in enumerate(typed)]
        if line["prices"] == "cash":
            return tuple(amount / level for amount, level in zip(typed, self.world.deflator, strict=True))
        share = self.world.to_year_0(line["price_year"]) if line["prices"] == "other_year" else ONE
        return scaled(share, typed)

    def priced(self, line: dict, base: Years) -> tuple[Years, Years]:
        """(real, cash) of amounts in prices of year 0 that move as the line does."""
        index = "" if line["prices"] == "cash" else line["index"]
        return times(base, self.world.real[index]), times(base, self.world.levels[index])

    def expected(self, line: dict, real: Iterable[Fraction]) -> Years:
        """Real amounts at the expected level of the price index that the line follows."""
        return times(real, self.world.drift["" if line["prices"] == "cash" else line["index"]])

    # optimism bias

    def _biased(self, line: dict) -> bool:
        counted = TRUTH[line["treatment"]].economic and line["treatment"] != "contingent_liability"
        return bool(line["bias"]) and counted and sum(self.base(line)) > 0

    def _linked(self, raw: dict[str, Fraction]) -> dict[str, Fraction]:
        """Expected cost of the constraints that explain a line, as the authority sees it, without what suppliers add;
        shared by raw bias where they explain several."""
        found = dict.fromkeys(raw, ZERO)
        for constraint, parts in self.constraints:
            fact = faced(constraint, parts)
            expected = sum((carried_of(fact, part) + kept_of(fact, part) for part in parts), ZERO)
            explained = {key: raw[key] for key in constraint["lines"] if key in raw}
            whole = sum(explained.values(), ZERO)
            for key, share in explained.items():
                if whole:
                    found[key] += expected * share / whole
        return found

    def _bias_answers(self) -> dict[str, BiasAnswer]:
        biased = [line for line in self.lines if self._biased(line)]
        central = {line["id"]: sum(self.base(line), ZERO) for line in biased}
        raw = {line["id"]: resultant(self.known_biases[line["bias"]]) * central[line["id"]] for line in biased}
        costs = {line["id"] for line in biased if not TRUTH[line["treatment"]].gain}
        linked = self._linked({key: pounds for key, pounds in raw.items() if key in costs})
        found = {}
        for line in biased:
            key, bias = line["id"], self.known_biases[line["bias"]]
            shift = central[key] * (mean_share(line["range"]) - 1)
            cost = key in costs
            found[key] = BiasAnswer(
                percent=resultant(bias) * 100,
                central=central[key],
                raw=raw[key],
                range_shift=shift,
                linked=linked.get(key, ZERO),
                residual=max(ZERO, raw[key] - linked[key]) if cost else raw[key],
                expected_residual=max(ZERO, raw[key] - shift - linked[key]) if cost else raw[key],
                delay_years=ZERO if cost else delay(bias),
            )
        return found

    # items

    def in_cash(self, treatment: str) -> bool:
        """Whether a line stands in the financial case in this view of capital."""
        if treatment == "capital":
            return self.view == "cash"
        if treatment == "financing_charge":
            return self.view == "revenue"
        return TRUTH[treatment].financial

    def _line_items(self, line: dict) -> list[Item]:
        truth = TRUTH[line["treatment"]]
        sign = -ONE if truth.gain else ONE
        mean, base = mean_share(line["range"]), self.base(line)
        chance = exact(line["probability"]) if line["treatment"] == "contingent_liability" else ONE
        real, cash = self.priced(line, scaled(sign * chance, base))
        financial = self.in_cash(line["treatment"])
        expected = scaled(mean, self.expected(line, real))
        made = [Item("line", real, cash, expected, truth.economic, financial, line)]
        if line["id"] in self.biases:
            made.append(self._bias_item(line, base, mean, financial=financial))
        vat = percent(line["vat_percent"])
        if financial and vat > 0 and not line["vat_recoverable"] and line["treatment"] != "irrecoverable_vat":
            nothing = (ZERO,) * self.world.years
            made.append(Item("vat", nothing, scaled(vat, cash), nothing, economic=False, financial=True, line=line))
        return made

    def _bias_item(self, line: dict, base: Years, mean: Fraction, *, financial: bool) -> Item:
        answer = self.biases[line["id"]]
        if TRUTH[line["treatment"]].gain:
            left = scaled(1 - answer.percent / 100, later(base[: self.life + 1], answer.delay_years))
            left += (ZERO,) * (self.world.years - len(left))
            lost = tuple(planned - comes for planned, comes in zip(base, left, strict=True))
            real, cash = self.priced(line, lost)
            expected = scaled(mean, self.expected(line, real))
            return Item("bias", real, cash, expected, economic=True, financial=financial, line=line)
        real, cash = self.priced(line, scaled(answer.residual / answer.central, base))
        at_mean, _ = self.priced(line, scaled(answer.expected_residual / answer.central, base))
        expected = self.expected(line, at_mean)
        return Item("bias", real, cash, expected, economic=True, financial=financial, line=line)

    def _constraint_items(self) -> Iterable[Item]:
        for constraint, parts in self.constraints:
            first, count = constraint["impact_from"], constraint["impact_years"]
            fact = faced(constraint, parts)
            for kind, pounds in (
                ("premium", self._asked(constraint, parts)),
                ("retained", sum((kept_of(fact, part) for part in parts), ZERO)),
                ("managing", managing_of(parts)),
            ):
                spread = tuple(
                    pounds / count if first <= year < first + count and year <= self.life else ZERO
                    for year in range(self.world.years)
                )
                real = times(spread, self.world.real[constraint["index"]])
                cash = times(spread, self.world.levels[constraint["index"]])
                expected = times(real, self.world.drift[constraint["index"]])
                yield Item(kind, real, cash, expected, economic=True, financial=True)

    def _asked(self, constraint: dict, parts: Sequence[dict]) -> Fraction:
        """What the supplier asks, as given, or by the one principle that has an exact price."""
        if self.asked is None:
            return priced_of(constraint, parts, self.option["pricing"])
        return self.asked.get((self.option["id"], constraint["id"]), ZERO)

    # how far the program may be off

    def about(self) -> Fraction:
        """Because of pain and gain whose impact is uncertain: in the price, in what is kept, in each year's pence."""
        pricing, found = self.option["pricing"], ZERO
        for constraint, parts in self.constraints:
            level = max(*self.world.levels[constraint["index"]], *self.world.real[constraint["index"]], ONE)
            loading = exact(pricing["competition"]) * exact(pricing["strength"])
            found += doubt(constraint, parts) * level * (2 + loading)
        return found

    def about_expected(self) -> Fraction:
        """Because of uncertain price indices too."""
        drifted = ZERO
        for item in self.items:
            for mean, entered in zip(item.expected, item.real, strict=True):
                drifted += abs(mean) if mean != entered else ZERO
        return self.about() + DRIFTED * drifted

    # sums

    def worth(self, wanted: Callable[[Item], bool], *, expected: bool = False) -> Fraction:
        """Present value of the items of the economic case that are wanted; costs positive."""
        return sum(
            (
                sum(times(item.expected if expected else item.real, self.world.discount(item)), ZERO)
                for item in self.items
                if item.economic and wanted(item)
            ),
            ZERO,
        )

    def real_sum(self, wanted: Callable[[Item], bool]) -> Fraction:
        return sum((sum(item.real, ZERO) for item in self.items if item.economic and wanted(item)), ZERO)

    def cash_sum(self, wanted: Callable[[Item], bool]) -> Fraction:
        return sum((sum(item.cash, ZERO) for item in self.items if wanted(item)), ZERO)

    def cash_by_year(self, wanted: Callable[[Item], bool]) -> Years:
        """Yearly cash, each entry rounded to pence before it is added (METHOD 17.13)."""
        rows = [tuple(map(pence, item.cash)) for item in self.items if item.financial and wanted(item)]
        return added(rows, self.world.years)


def public(item: Item) -> bool:
    """What the net present cost counts: costs, less what comes back as receipts."""
    return not item.truth.gain or item.truth.receipt


def capital(item: Item) -> bool:
    return item.treatment == "capital" or item.line.get("spend") == "capital"


def remains(item: Item) -> Fraction:
    """The share of a line that stays in the place: the product of the four remainders (7.18)."""
    share = ONE
    for key in ("deadweight", "displacement", "substitution", "leakage") if item.line else ():
        share *= 1 - percent(item.line["place"][key])
    return share


def by_body(case: Case) -> dict[str, Years]:
    """Cash of every other public body by year, each line rounded; the key is empty where none is named."""
    found: dict[str, list[Years]] = {}
    for item in case.items:
        if item.kind == "line" and item.truth.whose == "body":
            found.setdefault(item.line["body"], []).append(tuple(map(pence, item.cash)))
    return {key: added(rows, case.world.years) for key, rows in found.items()}


def review(case: Case) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """NPC and NPSV at 3.0 % flat, then at the own schedules, for years 0 to 30 at most (METHOD 0.9)."""
    world, last = case.world, min(case.world.years - 1, case.life, REVIEW_LAST)
    flat = [1 / (1 + REVIEW_PERCENT / 100) ** year for year in range(last + 1)]

    def worth(wanted: Callable[[Item], bool], *, own: bool) -> Fraction:
        found = ZERO
        for item in case.items:
            if item.economic and wanted(item):
                factors = world.discount(item)[: last + 1] if own else flat
                found += sum(times(item.real[: last + 1], factors), ZERO)
        return found

    return (
        worth(public, own=False),
        -worth(lambda _: True, own=False),
        worth(public, own=True),
        -worth(lambda _: True, own=True),
    )


def weighted_npsv(case: Case, npsv: Fraction) -> float:
    """NPSV with gains of an income group times (median / equivalised income) ** 1.3 (METHOD 1.13)."""
    content, found = case.world.content, float(npsv)
    for group in content["income_groups"]:
        size = Fraction(67, 100) + Fraction(33, 100) * (group["adults"] - 1 + group["children_14_and_over"])
        size += Fraction(20, 100) * group["children_under_14"]
        weight = float(exact(content["basis"]["median_income"]) / (exact(group["income"]) / size)) ** 1.3
        key = group["id"]
        gain = -case.worth(lambda item, key=key: item.line.get("incomes") == key)
        found += (weight - 1) * float(gain)
    return found


def place(case: Case) -> tuple[Fraction, Fraction]:
    """(NPSV of the place, local jobs and spending), at the share that stays."""
    npsv = effects = ZERO
    for item in case.items:
        present = sum(times(item.real, case.world.discount(item)), ZERO) * remains(item)
        if item.economic:
            npsv -= present
        elif item.treatment == "place_effect" and item.kind == "line":
            effects -= present
    return npsv, effects


def bridge(case: Case) -> dict[str, Fraction]:
    """METHOD 17.13, row by row, unrounded; the ends, the rounding row and rows of nothing are left to the reader."""
    rows: dict[str, Fraction] = {}

    def take_out(key: str, wanted: Callable[[Item], bool]) -> None:
        rows[key] = -case.real_sum(wanted)

    rows["discounting"] = case.real_sum(lambda _: True) - case.worth(lambda _: True)
    for group in ("households", "businesses", "voluntary_sector", "unsaid"):
        take_out(
            f"society:{group}",
            lambda item, group=group: item.truth.whose == "society" and item.line["group"] == group,
        )
    for body in (*(one["id"] for one in case.world.content["bodies"]), ""):
        take_out(f"body:{body}", lambda item, body=body: item.truth.whose == "body" and item.line["body"] == body)
    take_out("non_cash", lambda item: item.treatment == "non_cash_benefit")
    take_out("residual", lambda item: item.treatment == "residual_value")
    take_out("bias", lambda item: item.kind == "bias" and item.treatment in OWN_CASH)
    take_out("retained", lambda item: item.kind == "retained")
    take_out("liabilities", lambda item: item.treatment == "contingent_liability")

    def own(item: Item) -> bool:
        return item.kind in {"premium", "managing"} or (item.kind == "line" and item.treatment in OWN_CASH)

    rows["prices"] = case.cash_sum(own) - case.real_sum(own)
    rows["transfers"] = case.cash_sum(lambda item: item.kind == "line" and item.treatment == "transfer")
    rows["overhead"] = case.cash_sum(lambda item: item.kind == "line" and item.treatment == "stranded_overhead")
    rows["vat"] = case.cash_sum(lambda item: item.kind == "vat" or item.treatment == "irrecoverable_vat")
    if case.view == "revenue":
        rows["capital_out"] = -case.cash_sum(lambda item: item.kind == "line" and item.treatment == "capital")
        rows["financing"] = case.cash_sum(lambda item: item.kind == "line" and item.treatment == "financing_charge")
    rows["contingency"] = case.cash_sum(lambda item: item.contingency)
    return rows


def liabilities(case: Case) -> Fraction:
    """All that contingent liabilities can cost in cash, not lessened by their chance."""
    found = ZERO
    for line in case.lines:
        if line["treatment"] == "contingent_liability":
            found += sum(case.priced(line, case.base(line))[1], ZERO)
    return found


def units(case: Case, effect: dict) -> tuple[Fraction, Fraction] | None:
    """(units, discounted units) within the life, or None where the option has no units of the effect."""
    counts = [one for one in effect["counts"] if one["option"] == case.option["id"] and one["units"]]
    if not counts:
        return None
    given = [exact(amount) for amount in counts[0]["units"]][: case.life + 1]
    return sum(given, ZERO), sum(times(given, case.world.main[: len(given)]), ZERO)


def npuc(case: Case, usual: Case | None) -> dict[str, UnitAnswer]:
    """Units, and the value of a unit at which NPSV is 0 or equal to business as usual (METHOD 1.8)."""
    found = {}
    npsv = -case.worth(lambda _: True)
    for effect in case.world.content["effects"]:
        own = units(case, effect)
        if own is None:
            continue
        total, discounted = own
        sign = 1 if effect["kind"] == "gain" else -1
        zero = -npsv / (sign * discounted) if discounted else None
        equal, about_usual = None, ZERO
        if usual is not None and usual is not case:
            gap = units(usual, effect) or (ZERO, ZERO)
            differs = sign * (discounted - gap[1])
            worse = case.worth(lambda _: True, expected=True) - usual.worth(lambda _: True, expected=True)
            equal = worse / differs if differs else None
            about_usual = (case.about_expected() + usual.about_expected()) / abs(differs) if differs else ZERO
        found[effect["id"]] = UnitAnswer(
            units=total,
            discounted=discounted,
            break_even=None if zero is None or zero < 0 else zero,
            break_even_usual=None if equal is None or equal < 0 else equal,
            about=case.about() / abs(discounted) if discounted else ZERO,
            about_usual=about_usual,
        )
    return found


def answer(case: Case, usual: Case | None) -> Answer:
    """Every figure of one option."""
    pvc = case.worth(lambda item: not item.truth.gain)
    pvb = -case.worth(lambda item: item.truth.gain)
    review_npc, review_npsv, own_npc, own_npsv = review(case)
    place_npsv, place_effects = place(case)
    by_year, spent = case.cash_by_year(lambda _: True), case.cash_by_year(capital)
    return Answer(
        pvc=pvc,
        pvb=pvb,
        npc=case.worth(public),
        expected_npc=case.worth(public, expected=True),
        expected_npsv=-case.worth(lambda _: True, expected=True),
        pvc_nonpublic=case.worth(lambda item: item.treatment == "wider_cost"),
        other_bodies=case.worth(lambda item: item.truth.whose == "body"),
        expected_other_bodies=case.worth(lambda item: item.truth.whose == "body", expected=True),
        premium=case.worth(lambda item: item.kind == "premium"),
        retained=case.worth(lambda item: item.kind == "retained"),
        optimism_bias=case.worth(lambda item: item.kind == "bias"),
        life=case.life,
        annuity=sum(case.world.main[1 : case.life + 1], ZERO) if case.life else ONE,
        biases=case.biases,
        npuc=npuc(case, usual),
        weighted_npsv=weighted_npsv(case, pvb - pvc),
        place_npsv=place_npsv,
        place_effects=place_effects,
        review_npc=review_npc,
        review_npsv=review_npsv,
        own_npc=own_npc,
        own_npsv=own_npsv,
        by_year=by_year,
        capital_by_year=spent,
        revenue_by_year=tuple(a - b for a, b in zip(by_year, spent, strict=True)),
        contingency_by_year=case.cash_by_year(lambda item: item.contingency),
        by_body=by_body(case),
        liabilities=liabilities(case),
        bridge=bridge(case),
        about=case.about(),
        about_expected=case.about_expected(),
    )


def recompute(content: dict, asked: Asked | None = None) -> dict[str, Answer]:
    """Every figure of every option, by id, from the plain content of an appraisal.

    `asked`: what suppliers ask, where they price by a principle without an exact price.
    """
    world = World(content)
    cases = [Case(world, option, asked) for option in content["options"]]
    usual = next((case for case in cases if case.option["role"] == "business_as_usual"), None)
    return {case.option["id"]: answer(case, usual) for case in cases}
