"""What a funding scenario adds to the cost of an option: shorter contracts, re-letting, breaks, prevention it stops.

The lines hold the price at the reference term, with its re-letting where they say so, and prevention throughout. A
scenario is told as differences from that (METHOD 12.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import partial

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, ContractTerms
from appraise.model.contracts import chain_of, reference_years
from appraise.model.discounting import EXACT, ONE, ZERO, Factors, deflator_factors, worth
from appraise.model.entries import Entry, OptionEntries, lines_under, total
from appraise.model.funding_results import ContractSpan, CostStep
from appraise.model.parts import effects_shared, shared_out
from appraise.model.programmes import EffectTerm, paid_until
from appraise.model.remembered import Remembered
from appraise.model.risk_premium import exact
from appraise.model.sharing import Shared
from appraise.model.short_money import break_charge, charge_between, outstanding, yearly_charge

NAMES = {
    "recovery": "Supplier's investment, recovered over the contract's term",
    "break_price": "What the supplier asks for the risk of a break",
    "reletting": "Letting the contract again",
    "break": "Cost of breaking the contract",
}
#: In the order in which they are told.
KINDS = ("recovery", "break_price", "reletting", "loyalty", "prevention", "investment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A contract that ends where money is not renewed: `chance` if it runs until `year`, and what is paid then."""

    year: int
    chance: float
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioCosts:
    """What a scenario adds to the entries of an option. All empty: nothing.

    `entries` have the kinds of `CostStep`; those of a line move with it. `effects` are differences, too. After a break
    nothing of the option is paid any more, these differences included, and `fall_back` runs on; "": nothing does.
    `steps`: expected net present cost by kind while nothing is broken.
    """

    option: str
    scenario: str
    entries: tuple[Entry, ...] = ()
    effects: tuple[EffectTerm, ...] = ()
    contracts: tuple[ContractSpan, ...] = ()
    relets: int = 0
    breaks: tuple[Break, ...] = ()
    fall_back: str = ""
    steps: tuple[CostStep, ...] = ()


#: Entries by line.
_Made = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class _OfContracts:
    entries: tuple[Entry, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class _OfLines:
    """What lines and effects are more; `invested`: lines that are not paid throughout as they stand while they are."""

    entries: tuple[Entry, ...]
    effects: tuple[EffectTerm, ...]
    invested: _Made


#: What an edit has left as it was.
_contracts, _lines = Remembered[_OfContracts](), Remembered[_OfLines]()
_investments, _made = Remembered[Entry | None](), Remembered[ScenarioCosts]()


# --- contracts ---------------------------------------------------------------------------------------------


def _in_cash(kind: str, cash: tuple[Decimal, ...], factors: Factors) -> Entry:
    """Nominal pounds by year as an entry: brought to prices of year 0 by general inflation, then discounted."""
    with localcontext(EXACT):
        real = tuple(pounds / level for pounds, level in zip(cash, factors.deflator, strict=True))
    present = worth(real, factors.discount)
    return Entry(
        id=kind,
        kind=kind,
        name=NAMES[kind],
        economic=True,
        financial=True,
        real=real,
        cash=cash,
        present=present,
        expected=present,
    )


class _Contracts:
    """Works out what the contracts of one option cost more in one scenario."""

    def __init__(self, appraisal: Appraisal, option: Option, scenario: Scenario, life: int, factors: Factors) -> None:
        self.basis, self.first_year = appraisal.basis, appraisal.horizon.first_year
        self.option, self.scenario, self.life, self.factors = option, scenario, life, factors
        self.terms: ContractTerms = option.terms
        self.spans = chain_of(option, scenario, life + 1)
        with localcontext(EXACT):
            self.rate = self.terms.capital_percent / 100
        self.renewals = {
            one.first_year: one.renewal
            for one in sorted(scenario.settlements, key=lambda one: one.first_year)[1:]
            if one.renewal < 1
        }

    def level(self, year: int) -> Decimal:
        """General price level of a year, which a contract may reach after the horizon."""
        known = self.factors.deflator
        return known[year] if year < len(known) else deflator_factors(self.basis, self.first_year, year + 1)[year]

    def broken_in(self, span: ContractSpan) -> tuple[int, ...]:
        """Years in which this contract may be broken: boundaries strictly inside it, those after the life, too."""
        if self.terms.after_cut is not AfterCut.BREAK:
            return ()
        return tuple(year for year in sorted(self.renewals) if span.first_year < year < span.first_year + span.years)

    def spread(self, span: ContractSpan, yearly: Decimal) -> dict[int, Decimal]:
        """Cash by year of a yearly charge in prices of year 0, fixed when the contract is signed unless it is real."""
        level = self.factors.deflator
        ends = min(span.first_year + span.years, self.life + 1)
        with localcontext(EXACT):
            return {
                year: yearly * level[year if self.terms.capital_real else span.first_year]
                for year in range(span.first_year, ends)
            }

    def paid_at(self, span: ContractSpan, year: int) -> Decimal:
        """What is paid at a break, cash."""
        level, terms = self.factors.deflator, self.terms
        with localcontext(EXACT):
            if terms.break_cost_is is BreakCost.ENTERED:
                return terms.break_cost * level[year]
            left = outstanding(terms.investment, terms.kept_value, self.rate, span.years, year - span.first_year)
            return left * level[year if terms.capital_real else span.first_year]

    def break_price(self, span: ContractSpan) -> Decimal:
        """What a supplier adds a year for the risk of a break, in prices of year 0."""
        terms, years = self.terms, self.broken_in(span)
        priced = terms.commitment is Commitment.WITH_BREAK and terms.break_cost_is is BreakCost.ENTERED
        if not (years and priced):
            return ZERO  # what is still outstanding makes the supplier whole: the level charge is the price
        breaks = {}
        with localcontext(EXACT):
            for year in years:
                risen = ONE if terms.capital_real else self.level(year) / self.level(span.first_year)
                breaks[year - span.first_year] = (1 - exact(self.renewals[year]), terms.break_cost * risen)
            whole = break_charge(terms.investment, terms.kept_value, self.rate, span.years, breaks)
            return whole - yearly_charge(terms.investment, terms.kept_value, self.rate, span.years)

    def recovery(self, span: ContractSpan) -> Decimal:
        """What a term other than the reference adds to the price a year, in prices of year 0."""
        terms = self.terms
        reference = reference_years(self.option)
        return charge_between(terms.investment, terms.kept_value, self.rate, years=span.years, reference=reference)

    def reletting(self) -> dict[int, Decimal]:
        """Cash of letting the contract again, by year, less that of the reference chain where the lines hold it."""
        terms, level = self.terms, self.factors.deflator
        now = {span.first_year for span in self.spans[1:]}
        entered = chain_of(self.option, None, self.life + 1)[1:] if terms.relets_entered else ()
        before = {span.first_year for span in entered}
        with localcontext(EXACT):
            each = terms.procurement + terms.transition + terms.dual_running
            return {year: each * level[year] for year in now - before} | {
                year: -each * level[year] for year in before - now
            }

    def entry(self, kind: str, rows: Iterable[dict[int, Decimal]]) -> Entry | None:
        """Cash by year of all contracts as one entry; None: there is none."""
        cash = [ZERO] * self.factors.years
        with localcontext(EXACT):
            for row in rows:
                for year, pounds in row.items():
                    cash[year] += pounds
        return _in_cash(kind, tuple(cash), self.factors) if any(cash) else None

    def breaks(self) -> tuple[Break, ...]:
        """Every year in which a contract may be broken, with what is paid."""
        found = []
        for span in self.spans:
            for year in (year for year in self.broken_in(span) if year <= self.life):
                paid = self.entry("break", [{year: self.paid_at(span, year)}])
                nothing = _in_cash("break", (ZERO,) * self.factors.years, self.factors)
                found.append(Break(year=year, chance=1 - self.renewals[year], entry=paid or nothing))
        return tuple(found)

    def all(self) -> _OfContracts:
        entries = (
            self.entry("recovery", (self.spread(span, self.recovery(span)) for span in self.spans)),
            self.entry("break_price", (self.spread(span, self.break_price(span)) for span in self.spans)),
            self.entry("reletting", [self.reletting()]),
        )
        return _OfContracts(tuple(entry for entry in entries if entry is not None), self.breaks())


# --- lines -------------------------------------------------------------------------------------------------


def _difference(kind: str, after: Entry, before: Entry) -> Entry | None:
    """What an entry is over another one of the same line; None: they are the same."""

    def less(one: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        return tuple(new - old for new, old in zip(one, other, strict=True))

    if after is before:
        return None
    with localcontext(EXACT):
        real, cash = less(after.real, before.real), less(after.cash, before.cash)
        if not (any(real) or any(cash)):
            return None
        drifted = None
        if after.expected_real is not None and before.expected_real is not None:
            drifted = less(after.expected_real, before.expected_real)
        return replace(
            after,
            kind=kind,
            real=real,
            cash=cash,
            present=after.present - before.present,
            expected=after.expected - before.expected,
            expected_real=drifted,
        )


def _differences(kind: str, after: _Made, before: _Made) -> tuple[Entry, ...]:
    """Differences of the lines, their VAT and what prevention takes from them; biases stay as they were entered."""
    found = []
    for key, entries in after.items():
        then = {entry.kind: entry for entry in before[key]}
        for entry in entries:
            made = _difference(kind, entry, then[entry.kind]) if entry.kind != "bias" else None
            if made is not None:
                found.append(made)
    return tuple(found)


def _effect_difference(after: EffectTerm, before: EffectTerm) -> EffectTerm | None:
    def less(one: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        with localcontext(EXACT):
            return tuple(new - old for new, old in zip(one, other, strict=True))

    npc, npsv, cash = less(after.npc, before.npc), less(after.npsv, before.npsv), less(after.cash, before.cash)
    if not (any(npc) or any(npsv) or any(cash)):
        return None
    return replace(after, npc=npc, npsv=npsv, cash=cash)


def _while_paid(term: EffectTerm, until: Mapping[str, int]) -> EffectTerm:
    """An effect on a line that is not paid any more after some year: then there is nothing to be lowered."""
    last = until.get(term.line.id)
    if last is None:
        return term

    def up_to(row: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        return tuple(pounds if year <= last else ZERO for year, pounds in enumerate(row))

    return replace(term, npc=up_to(term.npc), npsv=up_to(term.npsv), cash=up_to(term.cash))


def _of_lines(appraisal: Appraisal, option: str, scenario: Scenario, factors: Factors) -> _OfLines:
    """Discounts that begin anew, then prevention that is not paid for, on the lines as they are then paid."""
    under = partial(lines_under, appraisal, option, factors)
    base, effects = under(chained=None, funded=None)
    chained, _ = under(chained=scenario, funded=None)
    stopped, moved = under(chained=scenario, funded=scenario)
    until = paid_until(appraisal, option, scenario)
    left = (_while_paid(term, until) for term in moved)
    terms = (_effect_difference(now, then) for now, then in zip(left, effects, strict=True))
    return _OfLines(
        (*_differences("loyalty", chained, base), *_differences("prevention", stopped, chained)),
        tuple(term for term in terms if term is not None),
        {line: stopped[line] for line in until if line in stopped},
    )


def _not_paid(entry: Entry, last: int, factors: Factors) -> Entry | None:
    """An entry of an investment turned round in the years after the last that is paid for; None: there is nothing."""

    def after(row: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        return tuple(pounds.copy_negate() if year > last else ZERO for year, pounds in enumerate(row))

    real, cash = after(entry.real), after(entry.cash)
    drifted = None if entry.expected_real is None else after(entry.expected_real)
    if not (any(real) or any(cash) or any(drifted or ())):
        return None
    discount = factors.health if entry.line is not None and entry.line.health else factors.discount
    present = worth(real, discount)
    with localcontext(EXACT):
        expected = present * entry.mean if drifted is None else worth(drifted, discount)
    return replace(
        entry,
        kind="investment",
        real=real,
        cash=cash,
        present=present,
        expected=expected,
        expected_real=drifted,
    )


def _stopped(
    appraisal: Appraisal, made: OptionEntries, invested: _Made, scenario: Scenario, factors: Factors
) -> tuple[Entry, ...]:
    """Investment that this scenario does not pay for as it would, with its VAT, and its bias as it was entered."""
    found = []
    for line, last in sorted(paid_until(appraisal, made.option, scenario).items()):
        paid = [entry for entry in invested.get(line, ()) if entry.kind != "bias"]
        biases = (entry for entry in made.whole if entry.line is not None and entry.kind == "bias" and entry.id == line)
        for entry in (*paid, *biases):
            less = _investments.of(partial(_not_paid, entry, last, factors), entry, factors, beside=last)
            found.append(less)
    return tuple(entry for entry in found if entry is not None)


# --- together ----------------------------------------------------------------------------------------------


def _steps(entries: Iterable[Entry]) -> tuple[CostStep, ...]:
    """Expected net present cost by kind."""
    counted = [entry for entry in entries if entry.economic and entry.public]
    sums = {kind: [entry.expected for entry in counted if entry.kind == kind] for kind in KINDS}
    return tuple(CostStep(kind=kind, pounds=float(total(pounds))) for kind, pounds in sums.items() if pounds)


def scenario_costs(
    appraisal: Appraisal, costed: Mapping[str, OptionEntries], option: str, scenario: Scenario, factors: Factors
) -> ScenarioCosts:
    """What a scenario adds to an option; the very same for the very same records.

    `costed`: the entries of all options by id.
    """
    made = costed[option]
    found = next(one for one in appraisal.options if one.id == option)
    of_contracts = _contracts.of(
        lambda: _Contracts(appraisal, found, scenario, made.life, factors).all(),
        *(found, scenario, factors, appraisal.basis, appraisal.horizon),
        beside=made.life,
    )
    now = appraisal
    read = now.lines, now.options, now.basis, now.biases, now.line_terms, now.programmes, now.arrangements, now.partners
    of_lines = _lines.of(
        lambda: _of_lines(appraisal, option, scenario, factors), *read, scenario, factors, beside=option
    )
    stopped = _stopped(appraisal, made, of_lines.invested, scenario, factors)
    fall_back = found.terms.fall_back if found.terms.fall_back in costed else ""
    spans = chain_of(found, scenario, made.life + 1)
    whole = ScenarioCosts(
        option=option,
        scenario=scenario.id,
        entries=(*of_contracts.entries, *of_lines.entries, *stopped),
        effects=of_lines.effects,
        contracts=spans,
        relets=max(0, len(spans) - 1),
        breaks=of_contracts.breaks,
        fall_back=fall_back if of_contracts.breaks else "",
    )
    parts = (found, scenario, of_contracts, of_lines, made.shared, *stopped)
    return _made.of(lambda: _paid(whole, made.shared), *parts, beside=(made.life, fall_back))


def _paid(whole: ScenarioCosts, shared: Shared | None) -> ScenarioCosts:
    """What is added, told by cause, with what partners share cut into what each of them pays."""
    entries = shared_out(whole.entries, shared)
    return replace(
        whole,
        entries=entries,
        effects=effects_shared(whole.effects, shared),
        breaks=tuple(replace(one, entry=_own_cash(one.entry, shared)) for one in whole.breaks),
        steps=_steps(entries),
    )


def _own_cash(entry: Entry, shared: Shared | None) -> Entry:
    """A break cost at its whole in the economic case, with this body's part of the cash."""
    own = shared_out((entry,), shared)[0]
    return entry if own is entry else replace(entry, cash=own.cash)
