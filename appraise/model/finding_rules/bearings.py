"""Step 6, who bears a constraint in each option: shares, claims, pain and gain, and what a bearer does about it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from math import isfinite

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact, Management, PainGain
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Shape
from appraise.model.finding import Finding, Place, blank, is_pounds, is_share, number_words, option_name
from appraise.model.finding_rules.ranges import adds_to_one

#: Shapes that an impact in pounds can have.
IMPACT_SHAPES = frozenset({Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM})


def check_impact(place: Place, impact: Impact, words: str, code: str) -> Iterator[Finding]:
    """An impact in pounds; `words` name it, such as "the impact of “Permit”". A uniform one has no likely value."""
    if impact.shape not in IMPACT_SHAPES:
        yield place.error(
            f"{code}-shape", f"{words} has a shape for lines only.", "Choose PERT, triangular or uniform."
        )
        return
    ordered = (impact.low, impact.high) if impact.shape is Shape.UNIFORM else (impact.low, impact.likely, impact.high)
    if not all(is_pounds(figure) for figure in (impact.low, impact.likely, impact.high)):
        yield place.error(code, f"{words} is above 10 trillion pounds or no number.", "Correct the impact.")
    elif list(ordered) != sorted(ordered):
        yield place.error(f"{code}-order", f"{words} is not in the order low, likely, high.", "Put the three in order.")
    elif impact.low < 0:
        yield place.error(f"{code}-negative", f"{words} is below zero.", "Enter a gain as a benefit line.")


def check_bearings(appraisal: Appraisal, constraint: Constraint, name: str, place: Place) -> Iterator[Finding]:
    """The parts of each option together, then terms of pain and gain, then what bearers do about it."""
    parts: dict[str, list[Bearing]] = {}
    for bearing in constraint.bearings:
        parts.setdefault(bearing.option, []).append(bearing)
    options = {option.id: option_name(option) for option in appraisal.options}
    for option, shared in parts.items():
        where = options.get(option, "an option without a name")
        yield from _shares(place, shared, name, where)
        for bearing in shared:
            if bearing.bearer is Bearer.PAIN_GAIN:
                yield from _pain_gain(place, bearing.terms, name, where)
        yield from _management(place, constraint, shared, name, where)


def _shares(place: Place, parts: list[Bearing], name: str, where: str) -> Iterator[Finding]:
    if len({part.bearer for part in parts}) < len(parts):
        yield place.error(
            "bearing-twice",
            f"{name} has two bearers of one kind in {where}.",
            "Clear it and choose its bearers again.",
        )
    elif not all(is_share(part.share) for part in parts):
        yield place.error(
            "share", f"A share of {name} in {where} is outside 0 to 1.", "Enter shares from 0 % to 100 %."
        )
    elif not adds_to_one([part.share for part in parts]):
        total = number_words(100 * sum(part.share for part in parts))
        yield place.error(
            "shares-sum",
            f"The shares of {name} in {where} are {total} % together, not 100 %.",
            "Change them until all of it is borne.",
        )
    elif any(part.share == 0 for part in parts):
        yield place.note(
            "share-none", f"Somebody bears no share of {name} in {where}.", "Enter a share, or take that bearer out."
        )


def _pain_gain(place: Place, terms: PainGain, name: str, where: str) -> Iterator[Finding]:
    money = [terms.target, *(band.up_to for band in terms.bands if band.up_to is not None)]
    money += [] if terms.cap is None else [terms.cap]
    reach = [band.up_to for band in terms.bands]
    if not all(is_pounds(figure) and figure >= 0 for figure in money):
        yield place.error(
            "pain-pounds",
            f"Pounds of pain and gain of {name} in {where} are out of range.",
            "Enter pounds from 0.",
        )
    elif not all(is_share(share) for share in (terms.gain, *(band.share for band in terms.bands))):
        yield place.error(
            "pain-share",
            f"A pain/gain share of {name} in {where} is outside 0 to 1.",
            "Enter shares from 0 % to 100 %.",
        )
    elif not reach:
        yield place.error(
            "bands-none",
            f"The pain of {name} in {where} has no bands.",
            "Add a band, and leave its end open.",
        )
    elif reach[-1] is not None:
        yield place.error(
            "bands-end",
            f"The last band of pain of {name} in {where} has an end.",
            "Leave the end of the last band open.",
        )
    elif not _rising(reach[:-1]):
        yield place.error(
            "bands-order",
            f"The bands of pain of {name} in {where} do not rise.",
            "Let each band end above the one before, and only the last stay open.",
        )
    elif terms.target == 0:
        yield place.attention(
            "target-none",
            f"Pain and gain of {name} in {where} have no target.",
            "Enter the pounds that both sides expect; without them there is never a gain.",
        )


def _rising(ends: Iterable[Decimal | None]) -> bool:
    """Every end is there, above nothing and above the one before."""
    before = Decimal(0)
    for end in ends:
        if end is None or end <= before:
            return False
        before = end
    return True


def _management(place: Place, constraint: Constraint, parts: list[Bearing], name: str, where: str) -> Iterator[Finding]:
    managed = [part.managed for part in parts if part.managed is not None]
    if len(managed) > 1:
        yield place.error(
            "managed-twice",
            f"Two bearers of {name} in {where} each say what is left of it.",
            "Keep what one of them does; it counts for the whole option.",
        )
    for one in managed[:1]:
        faults = list(_managed_figures(place, one, name, where))
        yield from faults
        if not faults and _no_better(constraint, one):
            yield place.attention(
                "managed-no-better",
                f"What is done about {name} in {where} leaves it no cheaper than before.",
                "Enter what is left, or clear it.",
            )
    if any(blank(one.evidence) for one in managed):
        yield place.attention(
            "managed-evidence",
            f"What is done about {name} in {where} counts for nothing: no evidence.",
            "Say what shows it; until then neither its effect nor its cost is in the figures.",
        )


def _managed_figures(place: Place, managed: Management, name: str, where: str) -> Iterator[Finding]:
    if not is_share(managed.probability):
        yield place.error(
            "managed-probability",
            f"{name} as managed in {where} has a probability outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )
    if not (is_pounds(managed.cost) and managed.cost >= 0):
        yield place.error(
            "managed-cost",
            f"What is done about {name} in {where} has a cost out of range.",
            "Enter pounds from 0.",
        )
    if managed.impact is not None:
        yield from check_impact(place, managed.impact, f"the managed impact of {name}", "managed-impact")


def _no_better(constraint: Constraint, managed: Management) -> bool:
    """By its expected cost; what cannot be told is told elsewhere."""
    before = constraint.probability * _mean(constraint.impact)
    after = managed.probability * _mean(managed.impact or constraint.impact)
    return isfinite(before) and isfinite(after) and after >= before


def _mean(impact: Impact) -> float:
    """As in `model.risk_premium`, in floats: it decides nothing but a finding."""
    figures = (impact.low, impact.likely, impact.high)
    if not all(is_pounds(figure) for figure in figures):
        return float("nan")
    low, likely, high = map(float, figures)
    if impact.shape is Shape.UNIFORM:
        return (low + high) / 2
    return (low + likely + high) / 3 if impact.shape is Shape.TRIANGULAR else (low + 4 * likely + high) / 6
