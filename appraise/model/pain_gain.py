"""Sharing what a constraint costs by pain and gain: what the authority pays, and what its supplier is left with.

The outturn is the part of the impact that is shared: 0 where the constraint does not bite (METHOD 11.1).
"""

from collections.abc import Iterator
from decimal import Decimal, localcontext

import numpy as np

from appraise.model.appraisal.constraints import PainGain
from appraise.model.discounting import EXACT, ZERO
from appraise.model.uncertainty import Floats


def _bands(terms: PainGain) -> Iterator[tuple[Decimal, Decimal | None, float]]:
    """(from, to, the authority's share) in pounds over the target; the last band has no end."""
    start = ZERO
    for place, band in enumerate(terms.bands, start=1):
        end = None if band.up_to is None or place == len(terms.bands) else max(start, band.up_to)
        yield start, end, band.share
        if end is None:
            return
        start = end


def authority_pays(terms: PainGain, outturn: Floats) -> Floats:
    """What the authority pays at each outturn, pounds; same shape.

    Under the target T: T - gain (T - d). Over it: T + its share of each band, and what the supplier's pain passes
    the cap by. T 1, d 4: 2.5 at one half, 3.0 if the pain is capped at 1.0.
    """
    target = float(terms.target)
    over = np.maximum(outturn - target, 0.0)
    shared = np.zeros_like(over)
    for start, end, share in _bands(terms):
        reach = over - float(start) if end is None else np.minimum(over, float(end)) - float(start)
        shared += share * np.maximum(reach, 0.0)
    if terms.cap is not None:
        shared = np.maximum(shared, over - float(terms.cap))
    return np.asarray(target - terms.gain * np.maximum(target - outturn, 0.0) + shared, dtype=np.float64)


def authority_pays_exactly(terms: PainGain, outturn: Decimal) -> Decimal:
    """What the authority pays at one outturn, unrounded pounds: as `authority_pays`."""
    with localcontext(EXACT):
        over, shared = max(ZERO, outturn - terms.target), ZERO
        for start, end, share in _bands(terms):
            reach = over - start if end is None else min(over, end) - start
            shared += Decimal(repr(share)) * max(ZERO, reach)
        if terms.cap is not None:
            shared = max(shared, over - terms.cap)
        return terms.target - Decimal(repr(terms.gain)) * max(ZERO, terms.target - outturn) + shared


def bends(terms: PainGain) -> tuple[Decimal, ...]:
    """Outturns from 0 at which the payment bends: the target, the ends of bands, and where the cap is reached."""
    with localcontext(EXACT):
        found, pain = {ZERO, terms.target}, ZERO
        for start, end, share in _bands(terms):
            borne = 1 - Decimal(repr(share))
            if terms.cap is not None and borne and pain <= terms.cap:
                reached = start + (terms.cap - pain) / borne
                if end is None or reached <= end:
                    found.add(terms.target + reached)
            if end is not None:
                found.add(terms.target + end)
                pain += borne * (end - start)
        return tuple(sorted(found))


def supplier_bears(terms: PainGain, outturn: Floats) -> Floats:
    """The supplier's net position at each outturn, pounds: what it spends less what it is paid; a gain is negative."""
    return np.asarray(outturn - authority_pays(terms, outturn), dtype=np.float64)
