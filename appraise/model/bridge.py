"""The bridge: from the economic total to the financial total of an option, row by row (METHOD 17.13).

Nothing is left unexplained: what rounding to pence makes of yearly cash is a row of its own.
"""

from collections.abc import Iterable
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import RULES, BorneBy, Group, Treatment
from appraise.model.discounting import ZERO, to_pence
from appraise.model.entries import Entry, OptionEntries, total
from appraise.model.results import BridgeStep

_GROUPS = {
    Group.HOUSEHOLDS: "Take out households",
    Group.BUSINESSES: "Take out businesses",
    Group.VOLUNTARY: "Take out the voluntary sector",
    Group.UNSAID: "Take out others outside public bodies",
}


#: What counts at its cash where it is this body's: lines, and what constraints cost for certain.
_MONEY = frozenset({"line", "prevention", "premium", "managing"})
_END = {
    CapitalView.CASH: "Financial case: cash of this body",
    CapitalView.REVENUE: "Financial case: charges to this body's revenue",
}


def _real(entries: Iterable[Entry]) -> Decimal:
    return total(total(entry.real) for entry in entries)


def _cash(entries: Iterable[Entry]) -> Decimal:
    return total(total(entry.cash) for entry in entries)


def _taken_out(appraisal: Appraisal, counted: list[Entry]) -> Iterable[tuple[str, str, Decimal]]:
    """What the economic case counts and the body's own cash does not, in prices of year 0, undiscounted."""
    society = [entry for entry in counted if entry.bearer is BorneBy.SOCIETY]
    for group, name in _GROUPS.items():
        chosen = [entry for entry in society if entry.line is not None and entry.line.group is group]
        yield f"society:{group.value}", name, -_real(chosen)
    others = [entry for entry in counted if entry.bearer is BorneBy.PUBLIC_BODY]
    names = {body.id: f"Take out {body.name.strip() or 'a body without a name'}" for body in appraisal.bodies}
    for key, name in (names | {"": "Take out other public bodies, not named"}).items():
        chosen = [entry for entry in others if entry.body == key]
        yield f"body:{key}", name, -_real(chosen)
    own = [entry for entry in counted if entry.bearer is BorneBy.OWN]
    residual, without_cash = RULES[Treatment.RESIDUAL_VALUE], RULES[Treatment.NON_CASH_BENEFIT]
    released = -_real(entry for entry in own if entry.rule is without_cash)
    yield "non_cash", "Take out benefits that release no cash", released
    yield "residual", "Take out residual values", -_real(entry for entry in own if entry.rule is residual)
    apart = (residual, without_cash)
    kept = [entry for entry in own if entry.kind == "bias" and entry.rule not in apart]
    yield "bias", "Take out optimism bias", -_real(kept)
    retained = [entry for entry in own if entry.kind == "retained"]
    yield "retained", "Take out expected risk that is kept", -_real(retained)
    yield "liabilities", "Take out liabilities that may fall due", -_real(entry for entry in own if entry.rule.event)


def _put_in(appraisal: Appraisal, option: OptionEntries, counted: list[Entry]) -> Iterable[tuple[str, str, Decimal]]:
    """From prices of year 0 to cash, and what only the financial case counts."""
    stays = [
        entry for entry in counted if entry.bearer is BorneBy.OWN and entry.kind in _MONEY and entry.rule.financial
    ]
    yield "prices", "Add inflation; relative prices are in already", _cash(stays) - _real(stays)
    lines = [entry for entry in option.entries if entry.kind in {"line", "prevention"}]
    own = [entry for entry in lines if not entry.economic and entry.financial]
    overhead = RULES[Treatment.STRANDED_OVERHEAD]
    moved = [entry for entry in own if entry.rule.transfer and entry.rule is not overhead]
    yield "transfers", "Add transfers, such as redundancy", _cash(moved)
    yield "overhead", "Add overhead left behind", _cash(entry for entry in own if entry.rule is overhead)
    taxes = [entry for entry in own if entry.rule.tax]
    added = [entry for entry in option.entries if entry.kind == "vat" and entry.financial]
    yield "vat", "Add VAT that cannot be recovered", _cash(taxes + added)
    if appraisal.basis.capital_view is CapitalView.REVENUE:
        capital = [entry for entry in stays if entry.rule.capital]
        yield "capital_out", "Take out capital as it is paid", -_cash(capital)
        charges = [entry for entry in own if entry.rule.financing]
        yield "financing", "Add depreciation, MRP and interest", _cash(charges)
    contingency = [entry for entry in option.entries if entry.financial and entry.contingency]
    yield "contingency", "Add contingency", _cash(contingency)


def bridge(appraisal: Appraisal, option: OptionEntries, *, start: Decimal, end: Decimal) -> tuple[BridgeStep, ...]:
    """Rows that lead from `start`, PVC less PVB, to `end`, the financial total; they add up to the penny.

    Every row is summed exactly and rounded to pence; the row before the last holds what rounding leaves.
    Rows of nothing are left out.
    """
    counted = [entry for entry in option.entries if entry.economic]
    undone = _real(counted) - total(entry.present for entry in counted)
    rows = [
        ("discounting", "Undo discounting", undone),
        *_taken_out(appraisal, counted),
        *_put_in(appraisal, option, counted),
    ]
    steps = [BridgeStep(key=key, name=name, pounds=to_pence(pounds)) for key, name, pounds in rows]
    rounding = end - start - sum((step.pounds for step in steps), ZERO)
    return (
        BridgeStep(
            key="economic", name="Economic case: present value of costs less benefits", pounds=start, balance=True
        ),
        *(step for step in steps if step.pounds),
        BridgeStep(key="rounding", name="Rounding of yearly cash to pence", pounds=to_pence(rounding)),
        BridgeStep(key="financial", name=_END[appraisal.basis.capital_view], pounds=end, balance=True),
    )
