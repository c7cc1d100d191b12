"""The contract of an option against the thresholds and the 10 % rules of the Procurement Act 2023.

Sources: Procurement Act 2023, section 4 (value, with VAT and extensions), section 74 and schedule 8
(modifications); SI 2025/1200 (thresholds).
"""

from decimal import Decimal, localcontext

from appraise.model.appraisal.constraints import Bearer
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Treatment
from appraise.model.appraisal.options import ContractType, Option
from appraise.model.discounting import EXACT, ZERO, to_pence
from appraise.model.entries import OptionEntries, total
from appraise.model.results import Procurement
from appraise.model.risk_premium import bearing_of, exact
from appraise.model.tables import threshold_for

#: A change of up to this share of the longest term, or of the value, is not substantial (section 74, schedule 8).
SMALL_CHANGE_PERCENT = 10
SMALL_CHANGE_WORKS_PERCENT = 15


def procurement(appraisal: Appraisal, option: OptionEntries) -> Procurement:
    """Value of the contract with VAT over its longest term, against threshold and 10 % rules."""
    chosen = next(one for one in appraisal.options if one.id == option.option)
    years = _covered(chosen, option.life + 1)
    without_vat, with_vat = _values(option, years)
    percent = SMALL_CHANGE_WORKS_PERCENT if chosen.contract is ContractType.WORKS else SMALL_CHANGE_PERCENT
    threshold = threshold_for(chosen.contract, appraisal.sourcing.authority)
    value = to_pence(with_vat)
    return Procurement(
        contract=chosen.contract.value,
        value=value,
        threshold=threshold.pounds if threshold else None,
        above=threshold is not None and value >= threshold.pounds,
        source=threshold.source if threshold else "",
        covered_years=years,
        term_change_years=_longest_term(chosen) * SMALL_CHANGE_PERCENT / 100,
        value_change_percent=percent,
        value_change=to_pence(without_vat * percent / 100),
        largest_claim=_largest_claim(appraisal, option.option),
    )


def _longest_term(option: Option) -> int:
    """Years of the term with its extension; 0 for no fixed term. What is below nothing is left out."""
    return max(0, option.term_years) + max(0, option.extension_years) if option.term_years > 0 else 0


def _covered(option: Option, years: int) -> int:
    """Years that the contract and its extension cover; without a term, all that are costed."""
    term = _longest_term(option)
    return min(term, years) if term else years


def _values(option: OptionEntries, years: int) -> tuple[Decimal, Decimal]:
    """(without VAT, with VAT) of suppliers' charges and what they add for constraints, in cash.

    The term runs from the first year in which a supplier is paid. What is added for constraints is taxed as
    the charges are on average.
    """
    charges = [
        entry
        for entry in option.entries
        if entry.kind == "line" and entry.line is not None and entry.line.treatment is Treatment.SUPPLIER_CHARGE
    ]
    start = min((year for entry in charges for year, pounds in enumerate(entry.cash) if pounds), default=0)
    without, tax = ZERO, ZERO
    with localcontext(EXACT):
        for entry in charges:
            cash = total(entry.cash[start : start + years])
            without += cash
            tax += cash * (entry.line.vat_percent if entry.line is not None else 0) / 100
        premium = total(total(entry.cash[start : start + years]) for entry in option.entries if entry.kind == "premium")
        if not without:
            return premium, premium
        return without + premium, (without + premium) * (1 + tax / without)


def _largest_claim(appraisal: Appraisal, option: str) -> Decimal:
    """The highest claim for compensation that one constraint may bring: (1 + uplift) x highest impact + dispute."""
    claims = [ZERO]
    with localcontext(EXACT):
        for constraint in appraisal.constraints:
            bearing = bearing_of(constraint, option)
            if bearing is not None and bearing.bearer is Bearer.COMPENSATION:
                claims.append((1 + exact(bearing.uplift)) * constraint.impact.high + bearing.dispute_cost)
    return to_pence(max(claims))
