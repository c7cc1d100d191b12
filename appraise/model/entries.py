"""Everything that an option costs or gains, priced: lines, their VAT and optimism bias, constraints.

The economic and the financial case, the simulation and the switching values are all made of these entries,
so that a pound cannot be in one and missing in another (METHOD 8.4, the truth table).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import partial
from itertools import repeat

from appraise.model import bias as optimism
from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.lines import RULES, BorneBy, Line, Prices, Rule, Spend, Treatment
from appraise.model.commercial_terms import agreed, terms_of
from appraise.model.contracts import chain_of
from appraise.model.discounting import EXACT, ONE, ZERO, Factors, brought_over, times, worth
from appraise.model.pricing import pool_price
from appraise.model.programmes import Effect, EffectTerm, LineEffect, effects_on
from appraise.model.remembered import Remembered
from appraise.model.results import BiasValue
from appraise.model.risk_premium import constraint_cost, exact
from appraise.model.sharing import Shared
from appraise.model.uncertainty import mean_of_range

#: Far under a penny, far above the last of 34 digits.
FINE = Decimal("1E-15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that an option costs or gains. Costs are positive, gains negative; nothing is rounded.

    `kind` as in `results.LineValue`. `real`: prices of year 0 with the relative price effect; `cash`: nominal;
    both by year, each only where it counts. `present` is the present value as entered, `expected` at the
    mean of everything uncertain. `line` is the line it comes from, `mean` the expected share of it;
    `expected_real` is the real money at the mean where that is not `real` x `mean`: the bias of a cost, and
    whatever follows an uncertain price index. `partner`: whose part of a shared cost it is; "" for this body's part
    and for what is not shared. `paid_by`: the public body of that partner.
    """

    id: str
    kind: str
    name: str
    economic: bool
    financial: bool
    contingency: bool = False
    benefit: bool = False
    receipt: bool = False
    capital: bool = False
    bearer: BorneBy = BorneBy.OWN
    line: Line | None = None
    mean: Decimal = ONE
    real: tuple[Decimal, ...] = ()
    cash: tuple[Decimal, ...] = ()
    present: Decimal = ZERO
    expected: Decimal = ZERO
    expected_real: tuple[Decimal, ...] | None = None
    partner: str = ""
    paid_by: str = ""

    @property
    def body(self) -> str:
        """The other public body that it falls on; "" where none is named."""
        return self.paid_by if self.partner or self.line is None else self.line.body

    @property
    def rule(self) -> Rule:
        """The row of the truth table of its line; constraints count as the body's own cost."""
        return RULES[self.line.treatment if self.line is not None else Treatment.OWN_COST]

    @property
    def public(self) -> bool:
        """It is part of the net present cost: a cost, or a receipt."""
        return not self.benefit or self.receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionEntries:
    """All entries of one option, ordered by id, and its optimism biases. `life` is the last year costed.

    `effects`: how the most that prevention can save moves its lines around what the entries hold. `shared`: how some
    of them are cut into parts of partners, `uncut` what they were before; None where nothing is (see `model.parts`).
    `kept`: the part of the constraints kept that these entries stand for.
    """

    option: str
    life: int
    entries: tuple[Entry, ...]
    biases: tuple[BiasValue, ...]
    effects: tuple[EffectTerm, ...] = ()
    shared: Shared | None = None
    uncut: tuple[Entry, ...] | None = None
    kept: Decimal = ONE

    @property
    def whole(self) -> tuple[Entry, ...]:
        """Every entry at its whole, whoever pays for it."""
        return self.entries if self.uncut is None else self.uncut

    @property
    def own_kept(self) -> Decimal:
        """Part of what the constraints kept cost in cash that falls on this body."""
        if self.shared is None or self.shared.rest is None:
            return ONE
        return self.shared.rest.own_part


@dataclass(frozen=True, slots=True)
class _Money:
    real: tuple[Decimal, ...]
    cash: tuple[Decimal, ...]
    present: Decimal


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Unrounded sum."""
    with localcontext(EXACT):
        return sum(amounts, ZERO)


def by_year(rows: Iterable[Sequence[Decimal]], years: int) -> tuple[Decimal, ...]:
    """Sum rows of yearly pounds, year by year; an empty row adds nothing."""
    with localcontext(EXACT):
        sums = tuple(sum(column, ZERO) for column in zip(*(row for row in rows if row), strict=True))
    return sums or (ZERO,) * years


def real_by_year(entries: Iterable[Entry], years: int) -> tuple[Decimal, ...]:
    """Real money of entries in the first years; exact, so that what lines come to can be added up beforehand."""
    counted = tuple(entries)
    lines = tuple(entry for entry in counted if entry.line is not None)
    base = _sums.of(lambda: by_year((entry.real[:years] for entry in lines), years), *lines, beside=years)
    rest = [entry.real[:years] for entry in counted if entry.line is None]
    return by_year((base, *rest), years) if rest else base


def impact_by_year(constraint: Constraint, pounds: Decimal, years: int, life: int) -> tuple[Decimal, ...]:
    """Spread pounds evenly over the years in which the impact of a constraint falls.

    What would fall after year `life` of the option is not its own any more; the checks say so.
    """
    first, count = constraint.impact_from, constraint.impact_years
    with localcontext(EXACT):
        share = pounds / count
    return tuple(share if first <= year < first + count and year <= life else ZERO for year in range(years))


def _scaled(money: Entry | _Money, share: Decimal) -> _Money:
    """Money times a share."""
    with localcontext(EXACT):
        return _Money(
            real=times(money.real, repeat(share)),
            cash=times(money.cash, repeat(share)),
            present=money.present * share,
        )


@dataclass(frozen=True, slots=True)
class _Drifted:
    """Real money by year and its present value, with an uncertain index at its expected level."""

    real: tuple[Decimal, ...]
    present: Decimal

    def times(self, share: Decimal) -> "_Drifted":
        """A share of it."""
        with localcontext(EXACT):
            return _Drifted(times(self.real, repeat(share)), self.present * share)


class _Pricing:
    """Turns amounts into money of every kind, with the factors of one document."""

    def __init__(self, appraisal: Appraisal, factors: Factors) -> None:
        self.appraisal = appraisal
        self.factors = factors

    def drifted(self, real: Sequence[Decimal], index: str, *, health: bool = False) -> _Drifted | None:
        """Real money at the expected level of its index; None where the index is certain: nothing changes."""
        drift = self.factors.by_index[index].drift
        if not real or all(level == ONE for level in drift):
            return None
        expected = times(real, drift)
        return _Drifted(expected, worth(expected, self.factors.health if health else self.factors.discount))

    def base(self, line: Line) -> tuple[Decimal, ...]:
        """The line's amounts in prices of year 0, positive as entered, one for each year of the horizon."""
        years = self.factors.years
        amounts = (line.amounts + (ZERO,) * years)[:years]
        with localcontext(EXACT):
            if line.prices is Prices.CASH:
                return tuple(
                    pounds / level if pounds else ZERO
                    for pounds, level in zip(amounts, self.factors.deflator, strict=True)
                )
            if line.prices is Prices.OTHER_YEAR:
                horizon = self.appraisal.horizon
                level = brought_over(self.appraisal.basis, line.price_year, horizon.first_year)
                return tuple(pounds * level for pounds in amounts)
        return amounts

    def money(self, base: Sequence[Decimal], index: str, *, health: bool, cash: bool, economic: bool) -> _Money:
        """Amounts in prices of year 0 as real and cash money; the index is the empty id for cash lines."""
        prices = self.factors.by_index[index]
        in_cash = times(base, prices.cash) if cash else ()
        if not economic:
            return _Money(real=(), cash=in_cash, present=ZERO)
        real = times(base, prices.real)
        discount = self.factors.health if health else self.factors.discount
        return _Money(real=real, cash=in_cash, present=worth(real, discount))


def _index_of(line: Line) -> str:
    """Cash lines are deflated by general inflation, whatever index they name."""
    return "" if line.prices is Prices.CASH else line.index


def _in_cash(rule: Rule, view: CapitalView) -> bool:
    """Whether lines of a treatment count in the financial case, in this view of capital (METHOD 8.4)."""
    if rule.capital:
        return view is CapitalView.CASH
    return rule.financial and (not rule.financing or view is CapitalView.REVENUE)


def spend_of(line: Line) -> Spend:
    """Capital by treatment or by what the line says; otherwise what the line says."""
    return Spend.CAPITAL if RULES[line.treatment].capital else line.spend


def _has_cash(rule: Rule) -> bool:
    """Whether cash is reckoned: in some view of some public body, or if a liability falls due."""
    return rule.financial or rule.other_body or rule.event


def _line_entry(pricing: _Pricing, line: Line, base: Sequence[Decimal]) -> Entry:
    """A line by the truth table; a liability at chance times amount, its cash at what would fall due."""
    rule = RULES[line.treatment]
    mean, index = mean_of_range(line.range), _index_of(line)
    signed = tuple(-pounds for pounds in base) if rule.benefit else tuple(base)
    money = pricing.money(signed, index, health=line.health, cash=_has_cash(rule), economic=rule.economic or rule.place)
    if money.cash and line.prices is Prices.CASH:
        typed = (line.amounts + (ZERO,) * len(base))[: len(base)]  # to and from real prices would lose digits
        money = replace(money, cash=tuple(-pounds for pounds in typed) if rule.benefit else typed)
    if money.cash and line.prices is Prices.OTHER_YEAR:
        with localcontext(EXACT):  # what was divided on the way and multiplied again stands at its own half penny
            money = replace(money, cash=tuple(pounds.quantize(FINE) for pounds in money.cash))
    if rule.event:
        money = replace(_scaled(money, exact(line.probability)), cash=money.cash)
    drifted = pricing.drifted(money.real, index, health=line.health)
    with localcontext(EXACT):
        expected = money.present * mean if drifted is None else drifted.present * mean
    return Entry(
        id=line.id,
        kind="line",
        name=line.name,
        economic=rule.economic,
        financial=_in_cash(rule, pricing.appraisal.basis.capital_view),
        benefit=rule.benefit,
        receipt=rule.receipt,
        capital=spend_of(line) is Spend.CAPITAL,
        bearer=rule.bearer,
        line=line,
        mean=mean,
        real=money.real,
        cash=money.cash,
        present=money.present,
        expected=expected,
        expected_real=None if drifted is None else drifted.times(mean).real,
    )


def _vat_entry(entry: Entry, line: Line) -> Entry | None:
    """VAT that cannot be recovered on a line: financial case only (Green Book 2026, 8.4)."""
    if line.vat_recoverable or not line.vat_percent or not entry.financial or RULES[line.treatment].tax:
        return None
    with localcontext(EXACT):
        share = line.vat_percent / 100
    return Entry(
        id=line.id,
        kind="vat",
        name=f"VAT on {line.name}",
        economic=False,
        financial=True,
        capital=entry.capital,
        line=line,
        mean=entry.mean,
        cash=times(entry.cash, repeat(share)),
    )


def _expected_cash(pricing: _Pricing, entry: Entry, line: Line) -> tuple[Decimal, ...]:
    """Cash of an entry of a line at the mean of its range and of its index, where it counts in the budget."""
    if not (entry.cash and entry.financial):
        return ()
    drift = pricing.factors.by_index[_index_of(line)].drift
    with localcontext(EXACT):
        return tuple(pounds * entry.mean * level for pounds, level in zip(entry.cash, drift, strict=True))


def _effect_term(pricing: _Pricing, effect: Effect, entry: Entry, vat: Entry | None, line: Line) -> EffectTerm:
    """What a whole unit of an effect takes from a line and its VAT, both at their means."""
    years = pricing.factors.years
    cash = by_year((_expected_cash(pricing, one, line) for one in (entry, vat) if one is not None), years)
    real = entry.expected_real if entry.expected_real is not None else times(entry.real, repeat(entry.mean))
    discount = pricing.factors.health if line.health else pricing.factors.discount
    present = times(real, discount) if entry.economic and real else (ZERO,) * years
    with localcontext(EXACT):
        social = tuple(pounds * share for pounds, share in zip(present, effect.shape, strict=True))
        less = tuple(-pounds for pounds in social)
        return EffectTerm(
            programme=effect.programme,
            name=effect.name,
            spread=effect.spread,
            line=line,
            capital=entry.capital,
            npc=less if entry.public else (ZERO,) * years,
            npsv=social,
            cash=tuple(-pounds * share for pounds, share in zip(cash, effect.shape, strict=True)),
        )


_Prevented = tuple[Entry, Entry | None, tuple[EffectTerm, ...]]


def _prevented(pricing: _Pricing, entry: Entry, vat: Entry | None, line: Line, effect: LineEffect) -> _Prevented:
    """(what prevention takes from a line, VAT on what is left, how the uncertain most moves both)."""
    discount = pricing.factors.health if line.health else pricing.factors.discount
    with localcontext(EXACT):
        taken = tuple(-share for share in effect.share)
        real, cash = times(entry.real, taken), times(entry.cash, taken)
        drifted = None if entry.expected_real is None else times(entry.expected_real, taken)
        present = worth(real, discount)
        expected = present * entry.mean if drifted is None else worth(drifted, discount)
        left = None
        if vat is not None:
            left = replace(vat, cash=times(vat.cash, (1 - share for share in effect.share)))
    made = replace(
        entry,
        kind="prevention",
        name=f"Prevention: less {entry.name}",
        real=real,
        cash=cash,
        present=present,
        expected=expected,
        expected_real=drifted,
    )
    return made, left, tuple(_effect_term(pricing, one, entry, vat, line) for one in effect.effects)


#: What prevention does to lines that an edit has left as they were.
_preventions = Remembered[_Prevented]()
_Priced = tuple[tuple[Decimal, ...], Entry, Entry | None]
#: Lines that an edit has left as they were: their amounts in prices of year 0, their entry and that of their VAT.
_lines = Remembered[_Priced]()


def _priced(pricing: _Pricing, line: Line) -> _Priced:
    base = pricing.base(line)
    entry = _line_entry(pricing, line, base)
    return base, entry, _vat_entry(entry, line)


def _biased(line: Line) -> bool:
    rule = RULES[line.treatment]
    return bool(line.bias) and rule.economic and not rule.event


def _bias_entry(
    entry: Entry, money: _Money, expected: Decimal, expected_real: tuple[Decimal, ...] | None = None
) -> Entry:
    """The bias of a line: economic, and in the financial case only as contingency (Green Book 2026, 6.83)."""
    return Entry(
        id=entry.id,
        kind="bias",
        name=f"Optimism bias on {entry.name}",
        economic=True,
        financial=entry.financial,
        contingency=True,
        benefit=entry.benefit,
        receipt=entry.receipt,
        capital=entry.capital,
        bearer=entry.bearer,
        line=entry.line,
        mean=entry.mean,
        real=money.real,
        cash=money.cash,
        present=money.present,
        expected=expected,
        expected_real=expected_real,
    )


def _lowered(entry: Entry, money: _Money) -> _Money:
    """What is lost between an entry and the money that is left of it."""

    def less(left: Sequence[Decimal], before: Sequence[Decimal]) -> tuple[Decimal, ...]:
        return tuple(after - now for after, now in zip(left, before, strict=True))

    with localcontext(EXACT):
        return _Money(
            real=less(money.real, entry.real),
            cash=less(money.cash, entry.cash),
            present=money.present - entry.present,
        )


def _bias_value(line: Line, central: Decimal, share: Decimal, left: optimism.Residual, late: Decimal) -> BiasValue:
    """The bias of a line, as it is told."""
    with localcontext(EXACT):
        percent = share * 100
    return BiasValue(
        line=line.id,
        bias=line.bias,
        name=line.name,
        percent=percent,
        central=central,
        raw=left.raw,
        range_shift=left.range_shift,
        linked=left.linked,
        residual=left.residual,
        expected_residual=left.expected,
        delay_years=late,
    )


#: Biases of entries that an edit has left as they were: of costs beside the risks that explain them, of benefits.
_cost_biases, _benefit_biases = Remembered[tuple[Entry, BiasValue]](), Remembered[tuple[Entry, BiasValue]]()
#: Entries of constraints that an edit has left as they were.
_of_constraints = Remembered[Entry]()
#: Sums by year over the lines of an option that an edit has left as they were.
_sums = Remembered[tuple[Decimal, ...]]()


@dataclass(frozen=True, slots=True)
class _OfLines:
    """Entries by line, lines whose cost carries a bias with their sums, and biases of benefits; not to be changed.

    `effects`: how uncertain prevention moves the lines.
    """

    made: dict[str, tuple[Entry, ...]]
    costs: dict[str, tuple[Entry, Decimal]]
    values: tuple[BiasValue, ...]
    effects: tuple[EffectTerm, ...]


#: The lines of an option that an edit has left as they were.
_of_lines = Remembered[_OfLines](most=256)


class _Option:
    """Makes the entries of one option."""

    def __init__(self, pricing: _Pricing, option: str, life: int) -> None:
        self.pricing = pricing
        self.appraisal = pricing.appraisal
        self.option = option
        self.life = life
        self.biases = {bias.id: bias for bias in self.appraisal.biases}
        self.values: list[BiasValue] = []

    def constraints(self) -> tuple[Entry, ...]:
        """What suppliers price in, the expected cost of what is kept, and what managing it costs, by constraint."""
        made = []
        prices = pool_price(self.appraisal, self.option).parts
        for constraint in sorted(self.appraisal.constraints, key=lambda constraint: constraint.id):
            cost = constraint_cost(constraint, self.option)
            for kind, pounds in (
                ("premium", prices.get(constraint.id, ZERO)),
                ("retained", cost.retained),
                ("managing", cost.management),
            ):
                if pounds:
                    make = partial(self.constraint, constraint, kind, pounds)
                    same = (kind, pounds, self.life)
                    made.append(_of_constraints.of(make, constraint, self.pricing.factors, beside=same))
        return tuple(made)

    def constraint(self, constraint: Constraint, kind: str, pounds: Decimal) -> Entry:
        """Constraints stand at their expected cost, so the mean is what was entered, but for the level of an index."""
        base = impact_by_year(constraint, pounds, self.pricing.factors.years, self.life)
        money = self.pricing.money(base, constraint.index, health=False, cash=True, economic=True)
        drifted = self.pricing.drifted(money.real, constraint.index)
        return Entry(
            id=constraint.id,
            kind=kind,
            name=constraint.name,
            economic=True,
            financial=True,
            contingency=kind == "retained",
            real=money.real,
            cash=money.cash,
            present=money.present,
            expected=money.present if drifted is None else drifted.present,
            expected_real=None if drifted is None else drifted.real,
        )

    def linked(self, raws: dict[str, Decimal]) -> dict[str, Decimal]:
        """Expected risks that explain the bias of each line, by line: undiscounted pounds of year 0."""
        linked = dict.fromkeys(raws, ZERO)
        for constraint in sorted(self.appraisal.constraints, key=lambda constraint: constraint.id):
            explained = {key: raws[key] for key in sorted(set(constraint.lines)) if key in raws}
            if not explained:
                continue
            cost = constraint_cost(constraint, self.option)
            with localcontext(EXACT):
                for key, pounds in optimism.shared_out(cost.premium + cost.retained, explained).items():
                    linked[key] += pounds
        return linked

    def cost_biases(self, costs: dict[str, tuple[Entry, Decimal]]) -> dict[str, Entry]:
        """Bias entries of cost lines by id, from their entries and their sums in prices of year 0."""
        raws: dict[str, Decimal] = {}
        with localcontext(EXACT):
            for key, (entry, central) in costs.items():
                if entry.line is not None and central > 0:
                    raws[key] = central * optimism.resultant(self.biases[entry.line.bias])
        linked = self.linked(raws)
        made = {}
        for key in raws:
            entry, central = costs[key]
            bias = self.biases[entry.line.bias] if entry.line is not None else None
            made[key], value = _cost_biases.of(
                partial(self.cost_bias, entry, central, linked[key]),
                entry,
                bias,
                self.pricing.factors,
                beside=linked[key],
            )
            self.values.append(value)
        return made

    def cost_bias(self, entry: Entry, central: Decimal, linked: Decimal) -> tuple[Entry, BiasValue]:
        """What is left of the bias of a cost line whose sum is `central`, after the risks that explain it."""
        line = entry.line
        if line is None:
            raise TypeError("only lines have optimism bias")
        share = optimism.resultant(self.biases[line.bias])
        left = optimism.residual(central, entry.mean, share, linked)
        with localcontext(EXACT):
            money = _scaled(entry, left.residual / central)
            expected = _scaled(entry, left.expected / central)
            drifted = self.pricing.drifted(expected.real, _index_of(line), health=line.health)
        biased = (
            _bias_entry(entry, money, expected.present, expected.real)
            if drifted is None
            else _bias_entry(entry, money, drifted.present, drifted.real)
        )
        return biased, _bias_value(line, central, share, left, ZERO)

    def benefit_bias(self, entry: Entry, line: Line, base: Sequence[Decimal]) -> tuple[Entry, BiasValue]:
        """What a benefit loses: a share of it, and the years by which it comes late."""
        bias = self.biases[line.bias]
        share, late = min(ONE, optimism.resultant(bias)), optimism.delay(bias)  # a gain is lost once
        if late:
            with localcontext(EXACT):
                left = tuple(pounds * (share - 1) for pounds in optimism.delayed(base, late, self.life))
            money = _lowered(
                entry,
                self.pricing.money(left, _index_of(line), health=line.health, cash=bool(entry.cash), economic=True),
            )
        else:
            money = _scaled(entry, -share)
        central = total(base)
        with localcontext(EXACT):
            raw, expected = central * share, money.present * entry.mean
            shift = central * (entry.mean - 1)
        residual = optimism.Residual(raw=raw, range_shift=shift, linked=ZERO, residual=raw, expected=raw)
        value = _bias_value(line, central, share, residual, late)
        drifted = self.pricing.drifted(money.real, _index_of(line), health=line.health)
        if drifted is None:
            return _bias_entry(entry, money, expected), value
        lost = drifted.times(entry.mean)
        return _bias_entry(entry, money, lost.present, lost.real), value

    def lines(self, *, chained: Scenario | None = None, funded: Scenario | None = None) -> "_OfLines":
        """What the lines of the option come to before the risks that explain their bias.

        `chained`: contracts are let as in this scenario, `funded`: prevention is paid for as in this one; without them
        as the prices were entered, and throughout.
        """
        now, years = self.appraisal, self.pricing.factors.years
        option = next(one for one in now.options if one.id == self.option)
        spans = chain_of(option, chained, years)
        effects = effects_on(now, self.option, funded, years)
        made: dict[str, tuple[Entry, ...]] = {}
        costs: dict[str, tuple[Entry, Decimal]] = {}
        values: list[BiasValue] = []
        terms: list[EffectTerm] = []
        for line in sorted((line for line in now.lines if line.option == self.option), key=_by_id):
            paid = agreed(line, terms_of(now, line.id), option, spans, years)
            base, entries, moved = self.paid(paid, effects.get(line.id))
            terms.extend(moved)
            if _biased(paid) and entries[0].benefit:
                lost, value = _benefit_biases.of(
                    partial(self.benefit_bias, entries[0], paid, base),
                    entries[0],
                    self.biases[paid.bias],
                    self.pricing.factors,
                    beside=self.life,
                )
                entries = (*entries, lost)
                values.append(value)
            elif _biased(paid):
                costs[line.id] = entries[0], total(base)
            made[line.id] = entries
        return _OfLines(made, costs, tuple(values), tuple(terms))

    def paid(
        self, line: Line, effect: LineEffect | None
    ) -> tuple[tuple[Decimal, ...], tuple[Entry, ...], tuple[EffectTerm, ...]]:
        """(amounts in prices of year 0; the line, what prevention takes from it and its VAT; how that moves)."""
        factors = self.pricing.factors
        base, entry, vat = _lines.of(partial(_priced, self.pricing, line), line, factors, self.appraisal.basis)
        if effect is None:
            return base, (entry,) if vat is None else (entry, vat), ()
        make = partial(_prevented, self.pricing, entry, vat, line, effect)
        less, left, terms = _preventions.of(make, entry, vat, line, factors, beside=effect)
        return base, (entry, less) if left is None else (entry, less, left), terms

    def all(self) -> OptionEntries:
        now = self.appraisal
        read = now.lines, self.pricing.factors, now.basis, now.biases, now.options, now.line_terms, now.programmes
        of_lines = _of_lines.of(self.lines, *read, beside=(self.option, self.life))
        self.values = list(of_lines.values)
        biases = self.cost_biases(of_lines.costs)
        entries = [
            entry for key, made in of_lines.made.items() for entry in ((*made, biases[key]) if key in biases else made)
        ]
        return OptionEntries(
            option=self.option,
            life=self.life,
            entries=(*entries, *self.constraints()),
            biases=tuple(sorted(self.values, key=lambda value: value.line)),
            effects=of_lines.effects,
        )


def _by_id(line: Line) -> str:
    return line.id


def life_of(appraisal: Appraisal, option: str) -> int:
    """The last year that an option is costed for: its own, or the last of the horizon."""
    last = appraisal.horizon.years - 1
    years = next(one.life_years for one in appraisal.options if one.id == option)
    return min(years, last) if years else last


def line_entry(appraisal: Appraisal, line: Line, factors: Factors) -> Entry:
    """The entry of a line by itself, whether the document has it or not."""
    pricing = _Pricing(appraisal, factors)
    return _line_entry(pricing, line, pricing.base(line))


def option_entries(appraisal: Appraisal, option: str, factors: Factors) -> OptionEntries:
    """Everything the option costs or gains, ordered by id: the order in the document changes no figure."""
    return _Option(_Pricing(appraisal, factors), option, life_of(appraisal, option)).all()


def lines_under(
    appraisal: Appraisal, option: str, factors: Factors, *, chained: Scenario | None, funded: Scenario | None
) -> tuple[dict[str, tuple[Entry, ...]], tuple[EffectTerm, ...]]:
    """(entries by line, effects of prevention) of an option whose contracts and programmes are those of scenarios.

    None: as the prices were entered, and paid for throughout. Biases of costs are not among them: they stay.
    """
    made = _Option(_Pricing(appraisal, factors), option, life_of(appraisal, option))
    found = made.lines(chained=chained, funded=funded)
    return found.made, found.effects
