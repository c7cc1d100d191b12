"""What an option comes to with everything that partners share cut into what each of them pays (METHOD 13).

The economic case is not touched: parts are of the same id and add up to what they were cut from. Only this body's part
stays in its budget; the rest is cash of other public bodies, year by year to the penny.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import partial
from itertools import repeat

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import BorneBy, Line, Treatment
from appraise.model.discounting import EXACT, ZERO, Factors, times
from appraise.model.entries import Entry, OptionEntries, option_entries
from appraise.model.programmes import EffectTerm
from appraise.model.remembered import Remembered
from appraise.model.sharing import Piece, Shared, Shares, arrangement_of, shared_of, with_contract


def paid_entries(appraisal: Appraisal, option: str, factors: Factors) -> OptionEntries:
    """Everything that an option costs or gains, in parts where partners share it."""
    made = option_entries(appraisal, option, factors)
    arrangement = arrangement_of(appraisal, option)
    if arrangement is None:
        return made
    pieces = pieces_of(made.entries)
    charges = {one.id for one in appraisal.lines if one.treatment is Treatment.SUPPLIER_CHARGE}
    shared = with_contract(shared_of(appraisal, arrangement, pieces, factors, made.life), pieces, charges)
    return replace(
        made,
        entries=shared_out(made.entries, shared),
        effects=effects_shared(made.effects, shared),
        shared=shared,
        uncut=made.entries,
    )


def own_cash(appraisal: Appraisal, line: Line, factors: Factors) -> tuple[Decimal, ...] | None:
    """Cash that this body pays of a line by year; None where no partner shares it."""
    found = paid_entries(appraisal, line.option, factors)
    if found.shared is None or found.shared.of(line.id) is None:
        return None
    own = (one for one in found.entries if one.kind == "line" and one.id == line.id and one.financial)
    return next((one.cash for one in own if can_be_shared(one)), None)


def pieces_of(whole: Iterable[Entry]) -> tuple[Piece, ...]:
    """What of an option can be shared, and what of its expected net present cost that is."""
    return tuple((line_of(entry), entry.expected) for entry in whole if can_be_shared(entry) and counts(entry))


def line_of(entry: Entry) -> str:
    """The id of the line that an entry comes from; "" for a constraint."""
    return entry.line.id if entry.line is not None else ""


def can_be_shared(entry: Entry) -> bool:
    """What falls on somebody else in any case is not cut."""
    return entry.bearer is BorneBy.OWN


def counts(entry: Entry) -> bool:
    """Whether it is part of the net present cost."""
    return entry.economic and entry.public


#: What a funding scenario adds to a contract as a whole.
OF_CONTRACT = frozenset({"recovery", "break_price", "reletting", "break"})


def shares_of(entry: Entry, shared: Shared) -> Shares | None:
    """How an entry is shared; None: it is not."""
    if not can_be_shared(entry):
        return None
    return shared.contract if entry.kind in OF_CONTRACT else shared.of(line_of(entry))


#: Parts of entries that an edit has left as they were.
_parts = Remembered[tuple[Entry, ...]]()


def shared_out(whole: Sequence[Entry], shared: Shared | None) -> tuple[Entry, ...]:
    """Entries cut into what each partner pays, this body's part first: they add up, cash to the penny."""
    if shared is None:
        return tuple(whole)
    made: list[Entry] = []
    for entry in whole:
        shares = shares_of(entry, shared)
        if shares is None:
            made.append(entry)
        else:
            made.extend(_parts.of(partial(parts_of, entry, shares), entry, shares))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Worth:
    """Real money and present values of an entry, or of a part of it."""

    real: tuple[Decimal, ...]
    present: Decimal
    expected: Decimal
    expected_real: tuple[Decimal, ...] | None

    def of(self, entry: Entry, cash: tuple[Decimal, ...]) -> Entry:
        """The entry with this worth and cash."""
        return replace(
            entry,
            real=self.real,
            present=self.present,
            expected=self.expected,
            expected_real=self.expected_real,
            cash=cash,
        )

    def times(self, share: Decimal) -> "_Worth":
        """A share of it."""
        with localcontext(EXACT):
            return _Worth(
                times(self.real, repeat(share)),
                self.present * share,
                self.expected * share,
                None if self.expected_real is None else times(self.expected_real, repeat(share)),
            )

    def less(self, part: "_Worth") -> "_Worth":
        """What is left of it."""
        with localcontext(EXACT):
            drifted = None
            if self.expected_real is not None and part.expected_real is not None:
                drifted = _less(self.expected_real, part.expected_real)
            return _Worth(
                _less(self.real, part.real), self.present - part.present, self.expected - part.expected, drifted
            )


def _less(ours: Sequence[Decimal], theirs: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(one - other for one, other in zip(ours, theirs, strict=True))


def parts_of(entry: Entry, shares: Shares) -> tuple[Entry, ...]:
    """The part of this body, then those of the other partners in their order.

    Cash is cut to the penny; what is not in this body's budget is in nobody's.
    """
    cut = tuple(zip(*(shares.cut(pounds) for pounds in entry.cash), strict=True))
    whole = rest = _Worth(entry.real, entry.present, entry.expected, entry.expected_real)
    others: list[Entry] = []
    for place, partner in enumerate(shares.partners):
        if place == shares.own:
            continue
        part = whole.times(shares.part(place))
        rest = rest.less(part)
        theirs = part.of(entry, cut[place] if cut and entry.financial else ())
        others.append(
            replace(theirs, financial=False, bearer=BorneBy.PUBLIC_BODY, partner=partner.id, paid_by=partner.body)
        )
    own = cut[shares.own] if cut and shares.own is not None else (ZERO,) * len(entry.cash)
    return rest.of(entry, own), *others


def effects_shared(effects: tuple[EffectTerm, ...], shared: Shared | None) -> tuple[EffectTerm, ...]:
    """How uncertain prevention moves lines, with this body's part of the cash of those that are shared."""
    if shared is None:
        return effects
    made = []
    for effect in effects:
        shares = shared.of(effect.line.id)
        with localcontext(EXACT):
            own = effect.cash if shares is None else times(effect.cash, repeat(shares.own_part))
        made.append(replace(effect, cash=own))
    return tuple(made)
