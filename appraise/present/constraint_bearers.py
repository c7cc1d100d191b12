"""Who bears an entry of the register in each option, on what terms, and what is done about it: words and tables."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from appraise.model.appraisal.constraints import Band, Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType
from appraise.model.pain_gain import authority_pays_exactly
from appraise.model.results import Procurement, Results
from appraise.model.risk_premium import bearings_of
from appraise.present import wording
from appraise.present.tables import Cell, Column, Table, right_columns, short_name, words

BEARERS: Mapping[Bearer, str] = MappingProxyType(
    {
        Bearer.SUPPLIER: "Supplier, in its price",
        Bearer.COMPENSATION: "Authority, by compensation",
        Bearer.IN_HOUSE: "Authority keeps it",
        Bearer.PAIN_GAIN: "Pain and gain shared",
    }
)
#: Who it is that does something about it.
DOERS: Mapping[Bearer, str] = MappingProxyType(
    {
        Bearer.SUPPLIER: "the supplier",
        Bearer.COMPENSATION: "the authority",
        Bearer.IN_HOUSE: "the authority",
        Bearer.PAIN_GAIN: "the supplier",
    }
)
#: The same where one of several has to be told from the others.
DOER_OF_SEVERAL: Mapping[Bearer, str] = MappingProxyType(
    {
        Bearer.SUPPLIER: "The supplier, in its price",
        Bearer.COMPENSATION: "The authority, which compensates",
        Bearer.IN_HOUSE: "The authority, which keeps a part",
        Bearer.PAIN_GAIN: "The supplier, sharing pain and gain",
    }
)
#: Shares this close to 1 add up to it.
WHOLE = 1e-9
THE_CONTRACT = "The one contract"
NO_ADVICE = "A claim beyond the allowed change may need a new tender. This is no legal advice."
_LIGHT = (ContractType.LIGHT_TOUCH.value, ContractType.LIGHT_TOUCH_CONCESSION.value)


# --- shares -----------------------------------------------------------------------------------------------


def bearers_words(constraint: Constraint, option: str) -> str:
    """Who pays in an option, with the shares of several; "" where the option does not meet it."""
    parts = bearings_of(constraint, option)
    if len(parts) == 1 and parts[0].share == 1:
        return BEARERS[parts[0].bearer]
    return "; ".join(f"{BEARERS[one.bearer]}: {wording.percent_entered(one.share)}" for one in parts)


def shares_left(constraint: Constraint, option: str) -> float:
    """The share that nobody bears; below 0 where the shares come to more than the whole; 0 where they add up."""
    parts = bearings_of(constraint, option)
    left = 1.0 - sum(one.share for one in parts) if parts else 0.0
    return 0.0 if abs(left) < WHOLE else left


def shares_message(constraint: Constraint, option: str) -> str:
    """What is wrong with the shares of an option, in a sentence; "" where they add up to the whole."""
    left = shares_left(constraint, option)
    if not left:
        return ""
    whole = wording.percent_entered(1.0 - left)
    if left > 0:
        return f"The shares add up to {whole}: nobody bears the other {wording.percent_entered(left)}."
    return f"The shares add up to {whole}, which is {wording.percent_entered(-left)} too much."


def who_bears(appraisal: Appraisal) -> Table:
    """Who pays, entry by entry and option by option; a dash where an option is not exposed."""
    return Table(
        title="Who bears each constraint",
        columns=(Column(heading="Constraint"), *(Column(heading=option.name) for option in appraisal.options)),
        rows=tuple(
            (words(item.name), *(words(bearers_words(item, option.id)) for option in appraisal.options))
            for item in appraisal.constraints
        ),
        notes=("A dash means that the option is not exposed. Each pound has one home: the price or the authority.",),
    )


# --- terms ------------------------------------------------------------------------------------------------


def bearing_terms(appraisal: Appraisal) -> Table:
    """On what terms claims may come: by compensation, or what is left of a claim on a supplier's risk."""
    rows = [
        (words(item.name), words(_name(appraisal, bearing.option)), *_claim(bearing))
        for item in appraisal.constraints
        for bearing in item.bearings
        if bearing.bearer is Bearer.COMPENSATION
        or (bearing.bearer is Bearer.SUPPLIER and bearing.residual_probability * bearing.residual_share)
    ]
    return Table(
        title="On what terms claims may still come",
        columns=(
            Column(heading="Entry"),
            Column(heading="Option"),
            *right_columns("Chance", "Part of the cost", "Added by claims", "Cost of a dispute"),
            Column(heading="Dispute is paid"),
        ),
        rows=tuple(rows),
        notes=("The chance is that of a claim which is admitted, once it has happened.",),
    )


def _name(appraisal: Appraisal, option: str) -> str:
    found = next((one for one in appraisal.options if one.id == option), None)
    return (found.short_name or found.name) if found is not None else ""


def _claim(bearing: Bearing) -> tuple[Cell, ...]:
    own = bearing.bearer is Bearer.COMPENSATION
    chance, part = (bearing.admitted, 1.0) if own else (bearing.residual_probability, bearing.residual_share)
    when = "Also if refused" if own and bearing.dispute_if_refused else "If admitted"
    return (
        Cell(text=wording.percent(chance), raw=chance),
        Cell(text=wording.percent(part * bearing.share), raw=part * bearing.share),
        Cell(text=wording.percent(bearing.uplift), raw=bearing.uplift),
        pounds_cell(bearing.dispute_cost),
        words(when if bearing.dispute_cost else ""),
    )


def pounds_cell(pounds: Decimal) -> Cell:
    """Pounds in the short form; a dash for nothing."""
    return Cell(text=wording.money_short(pounds) if pounds else wording.DASH, raw=pounds)


def bands_words(bands: tuple[Band, ...]) -> str:
    """The authority's share of what passes the target, band by band."""
    said, start = [], Decimal(0)
    for band in bands:
        share = wording.percent_entered(band.share)
        if band.up_to is None:
            said.append(f"{share} of all beyond" if start else share)
            break
        said.append(f"{share} up to {wording.money_short(band.up_to)} over")
        start = band.up_to
    return "; ".join(said)


def pain_gain_terms(appraisal: Appraisal) -> Table:
    """Targets, and how what comes out otherwise is shared; no rows where nothing is shared by a target."""
    rows = []
    for item in appraisal.constraints:
        for bearing in item.bearings:
            if bearing.bearer is Bearer.PAIN_GAIN:
                terms = bearing.terms
                rows.append(
                    (
                        words(item.name),
                        words(_name(appraisal, bearing.option)),
                        Cell(text=wording.money_short(terms.target), raw=terms.target),
                        Cell(text=wording.percent_entered(terms.gain), raw=terms.gain),
                        words(bands_words(terms.bands)),
                        words("") if terms.cap is None else Cell(text=wording.money_short(terms.cap), raw=terms.cap),
                    )
                )
    return Table(
        title="How pain and gain are shared",
        columns=(
            Column(heading="Entry"),
            Column(heading="Option"),
            *right_columns("Target", "Savings that the authority keeps"),
            Column(heading="The authority’s share over the target"),
            *right_columns("Most that the supplier pays"),
        ),
        rows=tuple(rows),
        notes=("The authority pays the target and its share of what comes out otherwise.",),
    )


def outturns(bearing: Bearing, constraint: Constraint) -> Table:
    """What the authority pays at some outturns, and what the supplier bears: no event, the impact, the target.

    Pounds in prices of year 0; the impact counts with the share that is under these terms.
    """
    impact, terms = constraint.impact, bearing.terms
    share = Decimal(repr(bearing.share))
    named = [
        ("It does not happen: a saving" if terms.target else "It does not happen", Decimal(0)),
        ("Low impact", impact.low * share),
        ("Likely impact", impact.likely * share),
        ("High impact", impact.high * share),
        ("At the target", terms.target),
    ]
    found: dict[Decimal, str] = {}
    for name, outturn in named:
        found.setdefault(outturn, name)
    shown = sorted(found)
    paid = [authority_pays_exactly(terms, outturn) for outturn in shown]
    form = wording.money_fine([*shown, *paid])
    return Table(
        title="What the authority pays if it comes out at …",
        columns=(Column(heading="Outturn"), *right_columns("Comes out at", "Authority pays", "Supplier bears")),
        rows=tuple(
            (
                words(found[outturn]),
                *(Cell(text=form(float(one)) if one else "£0", raw=one) for one in (outturn, amount, outturn - amount)),
            )
            for outturn, amount in zip(shown, paid, strict=True)
        ),
        notes=("Below the target both share the saving; a minus is what the supplier gains of it.",)
        if any(out < pay for out, pay in zip(shown, paid, strict=True))
        else (),
    )


def target_words(bearing: Bearing, constraint: Constraint) -> str:
    """Of what the target is one: of the whole impact, or of the share that is under these terms."""
    likely = wording.money(constraint.impact.likely * Decimal(repr(bearing.share)))
    if bearing.share == 1:
        return f"The target is for the whole impact, {likely} most likely."
    share = wording.percent_entered(bearing.share)
    return f"The target is for this share of the impact only: {share} of it, {likely} most likely."


# --- what is done about it --------------------------------------------------------------------------------


def managed(appraisal: Appraisal) -> Table:
    """What a bearer does about it in an option: chance and impact that are left, its cost, and what says so."""
    rows = []
    for item in appraisal.constraints:
        for bearing in item.bearings:
            found = bearing.managed
            if found is None:
                continue
            likely = item.impact if found.impact is None else found.impact
            rows.append(
                (
                    words(item.name),
                    words(_name(appraisal, bearing.option)),
                    words(wording.capital(DOERS[bearing.bearer])),
                    Cell(
                        text=f"{wording.percent(item.probability)} to {wording.percent(found.probability)}",
                        raw=found.probability,
                    ),
                    words("")
                    if found.impact is None
                    else Cell(text=wording.range_short(likely.low, likely.high), raw=likely.likely),
                    pounds_cell(found.cost),
                    words(found.evidence if found.evidence.strip() else "None yet: it counts for nothing"),
                )
            )
    return Table(
        title="What is done about it, and by whom",
        columns=(
            Column(heading="Entry"),
            Column(heading="Option"),
            Column(heading="Who does it"),
            *right_columns("Chance", "Impact left", "Cost"),
            Column(heading="Evidence"),
        ),
        rows=tuple(rows),
        notes=("The same effect may be claimed in any option, with evidence. A dash: the impact stays as it is.",),
    )


# --- section 74 -------------------------------------------------------------------------------------------


def _claim_sentence(name: str, found: Procurement) -> str:
    """Whether the largest claim stays within what may change without a new tender."""
    limit = f"{found.value_change_percent}{wording.NO_BREAK}%"
    if not found.largest_claim:
        return f"{name}: no claim for compensation is expected."
    claim = wording.money(found.largest_claim)
    if not found.above or found.contract in _LIGHT:
        what = "light-touch contract" if found.contract in _LIGHT else "contract below the threshold"
        return f"{name}: the largest claim is {claim}, but a {what} may be changed freely."
    beyond = found.largest_claim > found.value_change
    room = wording.money(found.value_change)
    return f"{name}: the largest claim, {claim}, is {'beyond' if beyond else 'within'} the {limit} rule of {room}."


def claims_breach(results: Results) -> tuple[str, ...]:
    """The ids of the options whose largest claim passes what may change without a new tender."""
    return tuple(
        option.id
        for option in results.options
        if option.financial is not None
        and (found := option.financial.procurement).above
        and found.contract not in _LIGHT
        and found.largest_claim > found.value_change
    )


def claim_check(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """The section 74 check in sentences, one for each option that buys something."""
    return tuple(
        _claim_sentence(short_name(appraisal, option.id), option.financial.procurement)
        for option in results.options
        if option.financial is not None and option.financial.procurement.contract != ContractType.NONE.value
    )


def claim_message(results: Results, appraisal: Appraisal) -> str:
    """The section 74 check as a title; "" where nothing is bought."""
    if not claim_check(results, appraisal):
        return ""
    over = claims_breach(results)
    if over:
        names = wording.listing([short_name(appraisal, one) for one in over])
        return f"{names}: the largest claim may need a new tender"
    return "No claim for compensation breaks the rule on changes"
