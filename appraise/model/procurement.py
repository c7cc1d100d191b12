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
from appraise.model.entries import Entry, OptionEntries, total
from appraise.model.results import Procurement
from appraise.model.risk_premium import bearings_of, constraint_cost, exact, faced
from appraise.model.tables import threshold_for

#: A change of up to this share of the longest term, or of the value, is not substantial (section 74, schedule 8).
SMALL_CHANGE_PERCENT = 10
SMALL_CHANGE_WORKS_PERCENT = 15


def procurement(appraisal: Appraisal, option: OptionEntries) -> Procurement:
    """Value of the contract with VAT over its longest term, against threshold and 10 % rules."""
    chosen = next(one for one in appraisal.options if one.id == option.option)
    years = _covered(chosen, option.life + 1)
    without_vat, with_vat = _values(appraisal, option, years)
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


def _values(appraisal: Appraisal, option: OptionEntries, years: int) -> tuple[Decimal, Decimal]:
    """(without VAT, with VAT) of suppliers' charges and what they add for constraints and for managing them, in cash.

    The term runs from the first year in which a supplier is paid. What is added for constraints is taxed as
    the charges are on average.
    """
    charges = [
        entry
        for entry in option.whole
        if entry.kind in {"line", "prevention"}
        and entry.line is not None
        and entry.line.treatment is Treatment.SUPPLIER_CHARGE
    ]
    managed = {one.id for one in appraisal.constraints if constraint_cost(one, option.option).management_priced}
    start = min((year for entry in charges for year, pounds in enumerate(entry.cash) if pounds), default=0)
    without, tax = ZERO, ZERO
    with localcontext(EXACT):
        for entry in charges:
            cash = total(entry.cash[start : start + years])
            without += cash
            tax += cash * (entry.line.vat_percent if entry.line is not None else 0) / 100
        added = (entry for entry in option.whole if entry.kind == "premium" or _manages(entry, managed))
        premium = total(total(entry.cash[start : start + years]) for entry in added)
        if not without:
            return premium, premium
        return without + premium, (without + premium) * (1 + tax / without)


def _manages(entry: Entry, priced: set[str]) -> bool:
    """Whether it is what a supplier spends on managing a constraint, which it adds to its price."""
    return entry.kind == "managing" and entry.id in priced


def _largest_claim(appraisal: Appraisal, option: str) -> Decimal:
    """The highest claim for compensation that one constraint may bring.

    (1 + uplift) x the share of the highest impact + dispute, the impact as this option meets it.
    """
    claims = [ZERO]
    with localcontext(EXACT):
        for constraint in appraisal.constraints:
            for part in bearings_of(constraint, option):
                if part.bearer is Bearer.COMPENSATION and part.share:
                    highest = exact(part.share) * faced(constraint, option)[1].high
                    claims.append((1 + exact(part.uplift)) * highest + part.dispute_cost)
    return to_pence(max(claims))
