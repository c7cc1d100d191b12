"""How one line becomes a figure: from what was entered to its present value and its cash, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line, Prices
from appraise.model.commercial_terms import discounts, terms_of
from appraise.model.discounting import EXACT, capped_key, make_factors, to_pence
from appraise.model.parts import own_cash
from appraise.model.periods import label
from appraise.model.risk_premium import exact
from appraise.present.cost_views import brought_to_year_0, usable

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStep:
    """One row: pounds by year with their sum, or with `factor` what the row above is multiplied by."""

    name: str
    by_year: tuple[Decimal, ...]
    total: Decimal | None
    factor: bool = False
    result: bool = False


def line_steps(appraisal: Appraisal, line: Line) -> tuple[LineStep, ...]:
    """The steps of a line, positive as entered; only those of the cases that it counts in.

    Entered -> prices of year 0 (x general inflation from the price year, or / general inflation for cash) -> x
    agreed discounts = paid -> x relative price, within its cap and collar = real -> x discount factor = present value;
    and in cash, x price level. KeyError for a discount schedule that is not known.
    """
    rule, years = RULES[line.treatment], appraisal.horizon.years
    factors = make_factors(appraisal)
    index = _index_of(appraisal, line)
    prices = factors.by_index[index]
    first = label(appraisal.horizon.first_year)
    entered = tuple(usable(pounds) for pounds in (line.amounts + (ZERO,) * years)[:years])
    base = brought_to_year_0(appraisal, line, years)
    steps = [_pounds("As entered", entered)]
    if line.prices is not Prices.YEAR_0:
        steps.append(_pounds(f"In prices of {first}", base))
    paid = discounts(appraisal, line)
    if any(share != 1 for share in paid):
        base = _times(base, paid)
        steps += [_factor("Share paid after discounts", paid), _pounds("After discounts", base)]
    if rule.economic:
        if rule.event:
            chance = exact(line.probability)
            base = tuple(pounds * chance for pounds in base)
            steps.append(_pounds("Times its chance", base))
        real = _times(base, prices.real)
        if index:
            steps.append(_factor("Price rises beyond inflation", prices.real))
            steps.append(_pounds("With relative prices", real))
        rate = factors.health if line.health else factors.discount
        steps.append(_factor("Health discount factor" if line.health else "Discount factor", rate))
        steps.append(_pounds("Present value", _times(real, rate), result=True))
    if rule.financial:
        if line.prices is not Prices.CASH:
            steps.append(_factor("Price level", prices.cash))
        cash = tuple(to_pence(pounds) for pounds in _times(base, prices.cash))
        own = own_cash(appraisal, line, factors)
        steps.append(_pounds("Cash", cash, result=own is None))
        if own is not None:
            part = tuple(-pounds for pounds in own) if rule.benefit else own
            steps.append(_pounds("Part that this body pays", part, result=True))
    return tuple(steps)


def _index_of(appraisal: Appraisal, line: Line) -> str:
    """The key of the price index that a line follows, as its cap and collar hold it."""
    if line.prices is Prices.CASH:
        return ""
    terms = terms_of(appraisal, line.id)
    return line.index if terms is None else capped_key(line.index, terms)


def _times(amounts: Sequence[Decimal], factors: Sequence[Decimal]) -> tuple[Decimal, ...]:
    with localcontext(EXACT):
        return tuple(amount * factor for amount, factor in zip(amounts, factors, strict=True))


def _pounds(name: str, by_year: Sequence[Decimal], *, result: bool = False) -> LineStep:
    with localcontext(EXACT):
        whole = sum(by_year, ZERO)
    return LineStep(name=name, by_year=tuple(to_pence(one) for one in by_year), total=to_pence(whole), result=result)


def _factor(name: str, by_year: Sequence[Decimal]) -> LineStep:
    return LineStep(name=name, by_year=tuple(by_year), total=None, factor=True)
