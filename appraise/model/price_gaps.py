"""The same scarce thing bought by several public bodies at different prices, and what one price would mean (METHOD 13).

One price for all moves money between the buyers: only what no one of them pays any more is a saving.
"""

from decimal import Decimal, localcontext

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.partners import PriceGap
from appraise.model.discounting import EXACT, NO_PENCE, ZERO, to_pence
from appraise.model.partner_results import BuyerPrice, PriceGapResult


def price_gap_results(appraisal: Appraisal) -> tuple[PriceGapResult, ...]:
    """Every gap between two buyers or more that have a price."""
    found = (price_gap(gap) for gap in appraisal.price_gaps)
    return tuple(one for one in found if one is not None)


def price_gap(gap: PriceGap) -> PriceGapResult | None:
    """Lowest, highest and mean price, and what either would change for each buyer a year; None under two prices.

    The mean is weighted by volume, so that at it all buyers together pay what they pay now: 2 at 700 and 1 at 1,000
    make 800. What buyers would pay more or less there adds up to nothing, to the penny.
    """
    buyers = [buyer for buyer in gap.buyers if buyer.price > 0]
    if len(buyers) < 2:
        return None
    lowest, highest = min(buyer.price for buyer in buyers), max(buyer.price for buyer in buyers)
    with localcontext(EXACT):
        volume = sum((buyer.volume for buyer in buyers), ZERO)
        spent = sum((buyer.price * buyer.volume for buyer in buyers), ZERO)
        mean = spent / volume if volume else sum((buyer.price for buyer in buyers), ZERO) / len(buyers)
        shifts = _adding_to_nothing([(mean - buyer.price) * buyer.volume for buyer in buyers])
        rows = tuple(
            BuyerPrice(
                buyer=buyer.id,
                pays=to_pence(buyer.price * buyer.volume),
                at_mean=shift,
                at_lowest=to_pence((lowest - buyer.price) * buyer.volume),
            )
            for buyer, shift in zip(buyers, shifts, strict=True)
        )
        percent = (highest - lowest) / lowest * 100
    return PriceGapResult(
        gap=gap.id,
        lowest=lowest,
        highest=highest,
        mean=to_pence(mean),
        percent=percent.quantize(Decimal("0.0001")),
        lost_to_gap=-sum((row.at_lowest for row in rows), NO_PENCE),
        buyers=rows,
    )


def _adding_to_nothing(exact: list[Decimal]) -> list[Decimal]:
    """Amounts that add up to nothing, in pence that do so, too: the largest takes what rounding leaves."""
    rounded = [to_pence(one) for one in exact]
    largest = max(range(len(exact)), key=lambda place: abs(exact[place]))
    rounded[largest] = to_pence(rounded[largest] - sum(rounded, ZERO))
    return rounded
