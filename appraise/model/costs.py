"""The economic and the financial case of an option, from the same entries (METHOD 8.4, the truth table)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from appraise.model import bridge, measures, procurement
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import BorneBy
from appraise.model.discounting import Factors, pence_by_year, to_pence
from appraise.model.entries import Entry, OptionEntries, by_year, real_by_year, total
from appraise.model.remembered import Remembered
from appraise.model.results import BiasValue, BodyCash, Economic, Financial, LineValue

#: How lines of another public body that name none are headed.
BODY_NOT_NAMED = "Other public bodies, not named"
#: Rows of entries that an edit has left as they were.
_economic_rows, _financial_rows = Remembered[LineValue](), Remembered[LineValue]()
_shown_biases = Remembered[BiasValue]()


def _in_order(appraisal: Appraisal, counted: Iterable[Entry]) -> list[Entry]:
    """Entries as the document lists them, for readers; sums have been made in the order of ids."""
    ids = [line.id for line in appraisal.lines] + [constraint.id for constraint in appraisal.constraints]
    place = {key: number for number, key in enumerate(ids)}
    return sorted(counted, key=lambda entry: place[entry.id])


def _economic_row(entry: Entry) -> LineValue:
    return LineValue(
        id=entry.id,
        kind=entry.kind,
        name=entry.name,
        by_year=pence_by_year(entry.real),
        total=to_pence(total(entry.real)),
        present_value=to_pence(entry.present),
    )


def economic_case(
    appraisal: Appraisal,
    option: OptionEntries,
    usual: OptionEntries | None,
    factors: Factors,
    *,
    detail: bool = True,
) -> Economic:
    """Present values of an option, Green Book 2026 table 10: NPSV = PVB - PVC, BCR = PVB / PVC.

    Entries count by the truth table, constraints at their expected cost. Net present cost = PVC less
    receipts. Costs, benefits and receipts are summed first and rounded to the penny last; their differences
    are taken of the rounded figures, so that a reader who subtracts gets what is printed.
    `usual`: the entries of business as usual, for the break-even values of effects without a price. `detail`: the run
    at the review's rate and unit costs, too.
    """
    counted = [entry for entry in option.whole if entry.economic]
    elsewhere = [entry for entry in option.entries if entry.economic and entry.public and _of_another_body(entry)]
    costs = [entry for entry in counted if not entry.benefit]
    benefits = [entry for entry in counted if entry.benefit]
    public = [entry for entry in counted if entry.public]

    def worth(chosen: Iterable[Entry], value: Callable[[Entry], Decimal] = _present) -> Decimal:
        return to_pence(total(value(entry) for entry in chosen))

    pvc, pvb = worth(costs), -worth(benefits)
    npc = pvc + worth(entry for entry in benefits if entry.receipt)
    nonpublic = worth(entry for entry in costs if entry.bearer is BorneBy.SOCIETY)
    expected_npc = worth(public, _expected)
    annuity = measures.annuity(factors.discount, option.life)
    ratios = measures.ratios(pvb=pvb, pvc=pvc, nonpublic=nonpublic)
    return Economic(
        pvc=pvc,
        pvb=pvb,
        npsv=pvb - pvc,
        npc=npc,
        expected_npc=expected_npc,
        other_bodies=worth(elsewhere),
        expected_other_bodies=worth(elsewhere, _expected),
        premium=worth(entry for entry in costs if entry.kind == "premium"),
        retained=worth(entry for entry in costs if entry.kind == "retained"),
        pvc_public=pvc - nonpublic,
        pvc_nonpublic=nonpublic,
        expected_npsv=-worth(counted, _expected),
        bcr=ratios.bcr,
        rpsc=ratios.rpsc,
        life=option.life,
        annuity=float(annuity),
        eac=measures.yearly(npc, annuity),
        expected_eac=measures.yearly(expected_npc, annuity),
        npuc=measures.unit_costs(appraisal, option, usual, factors, pvc=pvc, npsv=pvb - pvc) if detail else (),
        optimism_bias=worth(entry for entry in counted if entry.kind == "bias"),
        biases=tuple(_shown_biases.of(partial(_shown, value), value) for value in option.biases),
        weighted=measures.weighted(appraisal, counted, pvb - pvc),
        place=measures.place_value(option),
        review=measures.review_run(counted, factors, option.life) if detail else None,
        cost_by_year=pence_by_year(real_by_year(costs, factors.years)),
        benefit_by_year=tuple(-pounds for pounds in pence_by_year(real_by_year(benefits, factors.years))),
        rows=tuple(_economic_rows.of(partial(_economic_row, entry), entry) for entry in _in_order(appraisal, counted)),
    )


def _shown(value: BiasValue) -> BiasValue:
    """Pounds and pence for readers; the switching values go on with what is exact."""
    return replace(
        value,
        percent=value.percent.quantize(measures.FOUR_PLACES),
        delay_years=value.delay_years.quantize(measures.FOUR_PLACES),
        central=to_pence(value.central),
        raw=to_pence(value.raw),
        range_shift=to_pence(value.range_shift),
        linked=to_pence(value.linked),
        residual=to_pence(value.residual),
        expected_residual=to_pence(value.expected_residual),
    )


def _of_another_body(entry: Entry) -> bool:
    return entry.bearer is BorneBy.PUBLIC_BODY


def _present(entry: Entry) -> Decimal:
    return entry.present


def _expected(entry: Entry) -> Decimal:
    return entry.expected


def _financial_row(entry: Entry) -> LineValue:
    cash = pence_by_year(entry.cash)
    return LineValue(
        id=entry.id, kind=entry.kind, name=entry.name, by_year=cash, total=total(cash), present_value=Decimal("0.00")
    )


def _other_bodies(appraisal: Appraisal, option: OptionEntries, years: int) -> tuple[BodyCash, ...]:
    """The cash of every other public body that pays or gains, in the order of the document, unnamed last.

    It holds no contingency in any option, whether a body pays by itself or a share: bias and kept risk stand with the
    budget that carries them.
    """
    names = {body.id: body.name for body in appraisal.bodies} | {"": BODY_NOT_NAMED}
    cash: dict[str, list[tuple[Decimal, ...]]] = {key: [] for key in names}
    for entry in option.entries:
        if _of_another_body(entry) and entry.cash and not entry.contingency:
            cash[entry.body].append(pence_by_year(entry.cash))
    made = []
    for key, rows in cash.items():
        if rows:
            sums = pence_by_year(by_year(rows, years))
            made.append(BodyCash(id=key, name=names[key], own=False, by_year=sums, total=to_pence(total(sums))))
    return tuple(made)


def financial_case(appraisal: Appraisal, option: OptionEntries, economic: Economic, factors: Factors) -> Financial:
    """Cash of the body by year: indexed, not discounted (Green Book 2026, table 9).

    Yearly cash is rounded to pence by entry (METHOD 17.13), so the columns add up to the penny. The
    expected cost of constraints that stay with the body and the optimism bias that remains are the
    contingency (6.83-6.84), inside the total.
    """
    years = factors.years
    counted = _in_order(appraisal, (entry for entry in option.entries if entry.financial))
    rows = tuple(_financial_rows.of(partial(_financial_row, entry), entry) for entry in counted)

    def summed(those: Callable[[Entry], bool]) -> tuple[Decimal, ...]:
        chosen = (row.by_year for row, entry in zip(rows, counted, strict=True) if those(entry))
        return pence_by_year(by_year(chosen, years))

    capital, revenue = summed(lambda entry: entry.capital), summed(lambda entry: not entry.capital)
    cash = tuple(one + other for one, other in zip(capital, revenue, strict=True))
    whole = to_pence(total(cash))
    own = BodyCash(id="", name=appraisal.body, own=True, by_year=cash, total=whole)
    return Financial(
        by_year=cash,
        total=whole,
        revenue_by_year=revenue,
        capital_by_year=capital,
        contingency_by_year=summed(lambda entry: entry.contingency),
        liabilities=measures.liabilities(option),
        by_body=(own, *_other_bodies(appraisal, option, years)),
        bridge=bridge.bridge(appraisal, option, start=-economic.npsv, end=whole),
        procurement=procurement.procurement(appraisal, option),
        rows=rows,
    )
