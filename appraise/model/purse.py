"""The whole public purse: what an option changes for every public body (METHOD 13).

What one body saves because another pays it is a transfer, never a saving: it stands apart, and cancels in the sum.
"""

from decimal import Decimal, localcontext
from fractions import Fraction

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import BorneBy, Prices, Treatment
from appraise.model.coalitions import apportion
from appraise.model.costs import BODY_NOT_NAMED
from appraise.model.discounting import EXACT, NO_PENCE, ZERO, Factors, times, worth
from appraise.model.entries import Entry, OptionEntries
from appraise.model.partner_results import BodyChange, Purse
from appraise.model.sharing import in_pence, to_the_penny

#: How other public bodies that no line names are told apart from this one.
UNNAMED = "unnamed"


def purse(appraisal: Appraisal, option: OptionEntries, usual: OptionEntries, factors: Factors) -> Purse | None:
    """An option against business as usual, by public body: expected present values of the net present cost.

    A transfer to a named public body counts on both sides. What is paid to people or as tax moves no resource and is
    left out, so that `net` is the difference of the net present costs, but for what falls on society. None where the
    two are not costed for as long.
    """
    if option.life != usual.life:
        return None
    now, before = _by_body(appraisal, option, factors), _by_body(appraisal, usual, factors)
    changes = _changes(now, before)
    saved = -sum(change for change in changes.values() if change < 0)
    lands = sum(change for change in changes.values() if change > 0)
    moved = min(saved, lands)
    passed = _passed_on(changes, moved)
    names = {"": appraisal.body} | {body.id: body.name for body in appraisal.bodies} | {UNNAMED: BODY_NOT_NAMED}
    return Purse(
        option=option.option,
        against=usual.option,
        bodies=tuple(
            BodyChange(body=key, name=name, pounds=_pounds(changes[key]), transfers=_pounds(passed[key]))
            for key, name in names.items()
            if changes.get(key) or not key
        ),
        saved=_pounds(saved),
        moved=_pounds(moved),
        net=_pounds(lands - saved),
    )


def _pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2) + NO_PENCE


def _changes(now: dict[str, Decimal], before: dict[str, Decimal]) -> dict[str, int]:
    """Pence that each body pays more, adding up to what all of them do."""
    with localcontext(EXACT):
        exact = {key: now.get(key, ZERO) - before.get(key, ZERO) for key in now | before}
        net = in_pence(sum(exact.values(), ZERO))
    return dict(zip(exact, to_the_penny(net, [Fraction(one) * 100 for one in exact.values()]), strict=True))


def _passed_on(changes: dict[str, int], moved: int) -> dict[str, int]:
    """What of every body's change only changes hands, in proportion to what bodies save and to what they pay more."""
    passed = dict.fromkeys(changes, 0)
    for sign in (-1, 1):
        side = {key: sign * change for key, change in changes.items() if sign * change > 0}
        if side:
            parts = apportion(moved, list(side.values()))
            passed.update({key: sign * part for key, part in zip(side, parts, strict=True)})
    return passed


def _by_body(appraisal: Appraisal, option: OptionEntries, factors: Factors) -> dict[str, Decimal]:
    """Expected present value that falls on every public body; "" is this one."""
    known = {body.id for body in appraisal.bodies}
    found = {"": ZERO}

    def add(body: str, pounds: Decimal) -> None:
        found[body] = found.get(body, ZERO) + pounds

    with localcontext(EXACT):
        for entry in option.entries:
            if entry.economic and entry.public and entry.bearer is not BorneBy.SOCIETY:
                add(_body(entry, known), entry.expected)
            elif _to_a_body(entry, known):
                pounds = _present_cash(entry, factors)
                add(_body(entry, known), pounds)
                add(entry.line.body if entry.line is not None else "", -pounds)
    return found


def _body(entry: Entry, known: set[str]) -> str:
    """Whose it is."""
    if entry.bearer is BorneBy.OWN:
        return ""
    return entry.body if entry.body in known else UNNAMED


def _to_a_body(entry: Entry, known: set[str]) -> bool:
    """It only changes hands, and another public body has it."""
    line, kinds = entry.line, {"line", "prevention"}
    return line is not None and line.treatment is Treatment.TRANSFER and line.body in known and entry.kind in kinds


def _present_cash(entry: Entry, factors: Factors) -> Decimal:
    """Present value of cash at the mean of its range and of its index: in prices of year 0, then discounted."""
    line = entry.line
    index = "" if line is None or line.prices is Prices.CASH else line.index
    discount = factors.health if line is not None and line.health else factors.discount
    with localcontext(EXACT):
        cash = times(entry.cash, factors.by_index[index].drift)
        real = [pounds / level for pounds, level in zip(cash, factors.deflator, strict=True)]
        return worth(real, discount) * entry.mean
