"""Constraints and risks as tables: the register, suppliers' prices, what settling is worth, and what else can be done.

Every figure is rounded by itself, so that the same pounds are the same figure in every table.
"""

from collections.abc import Callable, Sequence

from appraise.model.appraisal.constraints import Constraint, Impact, Settling
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.pricing import carries
from appraise.model.results import Action, ConstraintResult, OptionResult, Results, SettlingValue, SupplierPremium
from appraise.present import constraint_words, wording
from appraise.present.constraint_bearers import THE_CONTRACT, pounds_cell
from appraise.present.constraint_words import ACTIONS, KINDS, PARTS, PRINCIPLES, PremiumEvidence
from appraise.present.tables import (
    AGREEMENTS,
    Cell,
    Column,
    Raw,
    Table,
    preferred,
    right_columns,
    short_name,
    words,
)

#: From this amount on a table counts in thousands of pounds.
THOUSANDS_FROM = 10_000
#: Figures this close in pounds are the same.
SAME = 0.5
GAINING = "Below nothing the supplier is expected to gain: by pain and gain it keeps a part of what is saved."
NOT_DISCOUNTED = "Prices of year 0, not discounted."
CHEAPEST = ("Cheapest now", "If it does not happen", "If it happens")
PARTS_ADD_UP = "Present values. Parts count with the chance that an answer comes in time, and add up to the worth."


def _unit(values: Sequence[float]) -> tuple[float, str]:
    """What a table of pounds is divided by, and how that is called."""
    thousands = max((abs(value) for value in values), default=0.0) >= THOUSANDS_FROM
    return (1000.0, "£ thousand") if thousands else (1.0, "£")


def _whole(units: float, raw: Raw) -> Cell:
    """A whole number of units; a dash for nothing."""
    text = wording.number(units)
    return Cell(text=text if any(digit in "123456789" for digit in text) else wording.DASH, raw=raw)


def _parts_row(parts: Sequence[float], total: float, divisor: float) -> tuple[Cell, ...]:
    """Cells of the parts and of the total, each rounded by itself."""
    return (*(_whole(part / divisor, part) for part in parts), Cell(text=wording.number(total / divisor), raw=total))


# --- the register -----------------------------------------------------------------------------------------


def register(appraisal: Appraisal, results: Results | None = None) -> Table:
    """Everything in the register: who agrees, how far, how likely otherwise, suppliers' view, and who manages it.

    The last column is what settling it first is worth, where results are at hand.
    """
    worth = {one.id: one for one in (results.constraints if results is not None else None) or ()}
    return Table(
        title="Register of constraints and risks",
        columns=(
            Column(heading="Entry"),
            Column(heading="Kind"),
            Column(heading="Who agrees"),
            Column(heading="State"),
            Column(heading="What is unclear"),
            *right_columns("Chance", "If it happens", "Most likely"),
            Column(heading="Suppliers believe", align="right"),
            Column(heading="Who can manage it"),
            *right_columns("Worth settling first"),
        ),
        rows=tuple(_register_row(item, worth.get(item.id)) for item in appraisal.constraints),
        notes=(
            "Chance that it turns out other than assumed; the same in every option, unless somebody there changes it.",
            "What suppliers believe moves their price, never the outcome. A dash: the same as we do.",
        ),
    )


def _register_row(item: Constraint, result: ConstraintResult | None) -> tuple[Cell, ...]:
    form = _impact_form(item.impact)
    low, likely, high = (form(float(end)) for end in (item.impact.low, item.impact.likely, item.impact.high))
    value = result.value_of_settling if result is not None else None
    return (
        words(item.name),
        Cell(text=KINDS[item.kind], raw=item.kind.value),
        words(item.body),
        Cell(text=AGREEMENTS[item.agreement], raw=item.agreement.value),
        words(item.unclear),
        Cell(text=wording.percent(item.probability), raw=item.probability),
        Cell(text=f"{low} to {high}", raw=item.impact.low),
        Cell(text=likely, raw=item.impact.likely),
        _view(item),
        words(item.manager),
        Cell(text=wording.DASH) if value is None else Cell(text=_worth(value.total), raw=value.total),
    )


def _impact_form(impact: Impact) -> Callable[[float], str]:
    return wording.money_column((impact.low, impact.likely, impact.high))


def _worth(pounds: float) -> str:
    return wording.money_short(pounds) if abs(pounds) >= constraint_words.NEGLIGIBLE else "Next to nothing"


def _view(item: Constraint) -> Cell:
    view = item.view
    if view is None:
        return Cell(text=wording.DASH)
    likely = _impact_form(view.impact)(float(view.impact.likely))
    return Cell(text=f"{wording.percent(view.probability)}, {likely}", raw=view.probability)


def settling_terms(appraisal: Appraisal) -> Table:
    """How entries can be settled or reduced first, where anything has been said about it."""
    rows = []
    for item in appraisal.constraints:
        settling, less = item.settling, item.prevention
        if settling == Settling() and less is None:
            continue
        rows.append(
            (
                words(item.name),
                words(settling.how),
                pounds_cell(settling.cost),
                pounds_cell(settling.delay_cost),
                Cell(text=wording.percent(settling.success), raw=settling.success),
                Cell(text=wording.DASH) if less is None else pounds_cell(less.cost),
                Cell(text=wording.DASH)
                if less is None
                else Cell(text=wording.percent(less.probability), raw=less.probability),
                words(less.evidence if less is not None else ""),
            )
        )
    return Table(
        title="What settling or reducing it first would take",
        columns=(
            Column(heading="Entry"),
            Column(heading="How to settle"),
            *right_columns("Cost", "Cost of delay", "Chance of an answer", "Cost of reducing", "Chance left"),
            Column(heading="Evidence"),
        ),
        rows=tuple(rows),
        notes=("Chance left: that it still happens after the work that makes it less likely.",),
    )


# --- what suppliers ask -----------------------------------------------------------------------------------


def with_premium(results: Results) -> tuple[tuple[OptionResult, SupplierPremium], ...]:
    """The options whose suppliers carry something, and what they ask for it."""
    found = ((option, option.supplier_premium) for option in results.options)
    return tuple((option, premium) for option, premium in found if premium is not None and premium.by_constraint)


def supplier_prices(results: Results, appraisal: Appraisal) -> Table:
    """What each option's supplier adds for all it carries, in parts that add up, and in per cent of its charges."""
    found = with_premium(results)
    chosen = preferred(results, appraisal)
    divisor, unit = _unit([float(premium.standalone) for _, premium in found])
    rows = []
    for option, premium in found:
        parts = [float(part) for part in (premium.expected, premium.view_gap, premium.loading, premium.management)]
        percent = premium.implied_percent
        rows.append(
            (
                words(option.name),
                *_parts_row(parts, float(premium.pooled), divisor),
                _whole(float(premium.standalone) / divisor, premium.standalone),
                Cell(text=wording.rate(percent), raw=percent) if percent is not None else Cell(text=wording.DASH),
            )
        )
    return Table(
        title="What suppliers add for what they carry",
        columns=(
            Column(heading="Option"),
            *right_columns(
                "Expected cost", "View gap", "Loading", "Managing it", "Asked in all", "If priced one by one", unit=unit
            ),
            *right_columns("Share of charges"),
        ),
        rows=tuple(rows),
        notes=(
            "The first four add up to what is asked. Expected cost: what we expect of the part that suppliers carry.",
            "View gap: what they expect beyond that, as they see a higher chance or cost.",
            "Loading: what they ask on top because they may lose.",
            f"One by one is the upper bound: a pool spreads risk. {NOT_DISCOUNTED}",
            wording.ROUNDED,
        ),
        highlight_row=next((row for row, (option, _) in enumerate(found) if option.id == chosen), None),
    )


def prices_by_constraint(results: Results, appraisal: Appraisal) -> Table:
    """What each option's supplier asks for each entry, beside its expected cost; columns add up to what is asked."""
    found = with_premium(results)
    divisor, unit = _unit([float(premium.pooled) for _, premium in found])
    by_option = [_priced_column(premium, divisor) for _, premium in found]
    rows = [
        (words(item.name), *(cell for column in by_option for cell in column.get(item.id, (words(""), words("")))))
        for item in appraisal.constraints
        if any(item.id in column for column in by_option)
    ]
    if rows:
        rows.append((words("Asked in all"), *(cell for column in by_option for cell in column[""])))
    gaining = any(one.authority < 0 for _, premium in found for one in premium.by_constraint)
    gains = (GAINING,) if gaining else ()
    headings = [f"{short_name(appraisal, option.id)}: {what}" for option, _ in found for what in ("asked", "we expect")]
    return Table(
        title="What suppliers ask for each entry",
        columns=(Column(heading="Entry"), *right_columns(*headings, unit=unit)),
        rows=tuple(rows),
        notes=(f"Each one’s part of the pool. {NOT_DISCOUNTED}", *gains, wording.ROUNDED),
        total_rows=(len(rows) - 1,) if rows else (),
    )


def lots(results: Results, appraisal: Appraisal) -> Table:
    """The pool of each lot with what is in it, where an option's suppliers price more than one pool."""
    found = [(option, premium) for option, premium in with_premium(results) if len(premium.lots) > 1]
    divisor, unit = _unit([float(premium.standalone) for _, premium in found])
    rows = []
    for option, premium in found:
        rows += [
            (
                words(short_name(appraisal, option.id)),
                words(one.lot or THE_CONTRACT),
                words(_in_lot(appraisal, premium, option.id, one.lot)),
                _whole(float(one.pooled) / divisor, one.pooled),
                _whole(float(one.standalone) / divisor, one.standalone),
            )
            for one in premium.lots
        ]
    return Table(
        title="What each lot asks",
        columns=(
            Column(heading="Option"),
            Column(heading="Lot"),
            Column(heading="What is in the pool"),
            *right_columns("Asked", "If priced one by one", unit=unit),
        ),
        rows=tuple(rows),
        notes=(f"Each lot is one pool: risk is spread inside it, not across lots. {NOT_DISCOUNTED}", wording.ROUNDED),
    )


def _in_lot(appraisal: Appraisal, premium: SupplierPremium, option: str, lot: str) -> str:
    """The entries that the supplier of a lot prices, by name."""
    priced = {one.constraint for one in premium.by_constraint}
    names = [
        wording.shorten(item.name or "An entry without a name", 40)
        for item in appraisal.constraints
        if item.id in priced and any(one.lot == lot for one in item.bearings if one.option == option and carries(one))
    ]
    return "; ".join(names)


def flips(results: Results, appraisal: Appraisal) -> Table:
    """The risk that an option would have to take over for the ranking to turn, beside what is assumed."""
    form = wording.money_column(
        pounds for one in results.flips for pounds in (one.assumed, one.needed) if pounds is not None
    )
    rows = tuple(
        (
            words(short_name(appraisal, one.option)),
            words(short_name(appraisal, one.rival)),
            Cell(text=form(one.assumed), raw=one.assumed),
            Cell(text="None does it") if one.needed is None else Cell(text=form(one.needed), raw=one.needed),
        )
        for one in results.flips
    )
    return Table(
        title="Risk that would have to be transferred to flip the ranking",
        columns=(
            Column(heading="Passes risk on"),
            Column(heading="Keeps the risk"),
            *right_columns("Assumed here", "Needed to flip"),
        ),
        rows=rows,
        notes=(
            "Present values of what the keeper expects to pay beyond what the other keeps; prices as they stand.",
            "It need not be the expected cost in the price: that is only what suppliers carry, not discounted.",
        )
        if rows
        else (),
    )


def _priced_column(premium: SupplierPremium, divisor: float) -> dict[str, tuple[Cell, Cell]]:
    """Asked and expected by constraint; "" has the sums."""
    asked = [float(one.priced) for one in premium.by_constraint]
    expected = [float(one.authority) for one in premium.by_constraint]
    firsts = _parts_row(asked, float(premium.pooled), divisor)
    seconds = _parts_row(expected, float(premium.expected), divisor)
    keys = [*(one.constraint for one in premium.by_constraint), ""]
    return {key: (first, second) for key, first, second in zip(keys, firsts, seconds, strict=True)}


def pricing(results: Results, appraisal: Appraisal) -> Table:
    """How the supplier of each option is taken to price; only options whose suppliers carry something."""
    chosen = {option.id for option, _ in with_premium(results)}
    return Table(
        title="How suppliers are taken to price",
        columns=(
            Column(heading="Option"),
            Column(heading="Principle"),
            Column(heading="Strength"),
            *right_columns("Margin left by competition"),
            Column(heading="Evidence"),
        ),
        rows=tuple(_pricing_row(option) for option in appraisal.options if option.id in chosen),
        notes=("Everything that a supplier carries in one lot is priced as one pool; without lots, in the contract.",),
    )


def _pricing_row(option: Option) -> tuple[Cell, ...]:
    pricing = option.pricing
    return (
        words(option.name),
        Cell(text=PRINCIPLES[pricing.principle].name, raw=pricing.principle.value),
        Cell(text=wording.capital(constraint_words.strength_words(pricing)), raw=pricing.strength),
        Cell(text=wording.percent(pricing.competition), raw=pricing.competition),
        words(pricing.evidence),
    )


def premium_evidence(results: Results, appraisal: Appraisal) -> Table:
    """What suppliers are taken to add here, beside what research found; no rows where they add nothing."""
    rows = [
        (
            words(f"Here: {short_name(appraisal, option.id)}"),
            words("of the charges"),
            words("This appraisal"),
            _percent(premium),
        )
        for option, premium in with_premium(results)
    ]
    if rows:
        rows += [
            (words(one.where), words(one.base), words(one.source), _found(one)) for one in constraint_words.EVIDENCE
        ]
    return Table(
        title="What suppliers add here, beside published evidence",
        columns=(Column(heading="Where"), Column(heading="Of what"), Column(heading="Source"), *right_columns("Added")),
        rows=tuple(rows),
        notes=("Published figures are for comparison only. Nothing is computed from them.",),
    )


def _percent(premium: SupplierPremium) -> Cell:
    if premium.implied_percent is None:
        return Cell(text="No charges")
    return Cell(text=wording.rate(premium.implied_percent), raw=premium.implied_percent)


def _found(one: PremiumEvidence) -> Cell:
    if one.low == one.high:
        return Cell(text=wording.rate(one.low), raw=one.low)
    low = wording.rate(one.low).removesuffix(f"{wording.NO_BREAK}%")
    return Cell(text=f"{low} to {wording.rate(one.high)}", raw=one.low)


# --- settling first ---------------------------------------------------------------------------------------


def settle_first(results: Results, appraisal: Appraisal) -> Table:
    """What knowing each answer before tender is worth, the most first, in parts that add up.

    Columns: five parts, less the cost of settling, the worth; then who is cheapest now, if it does not happen
    and if it does. The last row settles all together: values of several do not add.
    """
    found = constraint_words.valued(results)
    together = results.settling_together if len(constraint_words.in_set(results)) > 1 else None
    values = [value for _, value in found] + ([together] if together is not None else [])
    divisor, unit = _unit([abs(part) for value in values for part in _with_cost(value)])
    rows = [
        (
            words(result.name),
            *_parts_row(_with_cost(value), value.total, divisor),
            *(words(short_name(appraisal, one)) for one in (value.best_now, value.best_if_not, value.best_if_so)),
        )
        for result, value in found
    ]
    if together is not None:
        best = words(short_name(appraisal, together.best_now))
        parts = _parts_row(_with_cost(together), together.total, divisor)
        rows.append((words(constraint_words.set_name(results)), *parts, best, words(""), words("")))
    left = len(results.constraints or ()) - len(found)
    losing = constraint_words.losing_sentence(results) if together is not None else ""
    notes = [PARTS_ADD_UP, wording.ROUNDED, "Values of several do not add."]
    if together is not None and not constraint_words.is_all(results):
        names = (
            wording.shorten(one.name or "an entry without a name", 40) for one, _ in constraint_words.in_set(results)
        )
        notes.append(f"Chosen: {wording.listing(list(names))}.")
    if losing:
        notes.append(losing)
    if left:
        notes.append(
            f"{wording.capital(wording.how_many(left, 'entry', 'entries'))} left out: agreed, or without cost."
        )
    return Table(
        title="Settle these first",
        columns=(
            Column(heading="Entry"),
            *right_columns(*PARTS.values(), "Cost of settling", "Worth", unit=unit),
            *(Column(heading=heading) for heading in CHEAPEST),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        total_rows=(len(rows) - 1,) if together is not None else (),
    )


def choices(results: Results, appraisal: Appraisal) -> Table:
    """Which option is cheapest now and once the answer is known; only entries whose answer changes that."""
    rows = []
    for result, value in constraint_words.valued(results):
        best = (value.best_now, value.best_if_not, value.best_if_so)
        if len(set(best)) > 1:
            rows.append((words(result.name), *(words(short_name(appraisal, one)) for one in best)))
    return Table(
        title="Where the answer changes the choice",
        columns=tuple(Column(heading=heading) for heading in ("Entry", *CHEAPEST)),
        rows=tuple(rows),
        notes=("The option with the lowest expected cost. Scores and money are not in it.",),
    )


def _with_cost(value: SettlingValue) -> tuple[float, ...]:
    """The five parts and the cost of settling, which is negative here."""
    return (*(getattr(value, part) for part in PARTS), -value.cost_of_settling)


def actions(results: Results, appraisal: Appraisal) -> Table:
    """Settle, reduce first, keep, pass on: expected cost of each, the cheapest by a word, and where the choice turns.

    "Level at" is the chance at which an action costs the same as the cheapest one. Kept or reduced, it counts with
    the terms of claims of one option, which is named.
    """
    chances = {one.id: one.probability for one in appraisal.constraints}
    found = [one for one in results.constraints or () if any(action.cost >= SAME for action in one.actions)]
    shown = [key for key in ACTIONS if any(action.key == key for one in found for action in one.actions)]
    rows = []
    for one in found:
        cells = [_action(one, key, chances.get(one.id, 0.0)) for key in shown]
        chance = chances.get(one.id, 0.0)
        terms = next((action.terms_of for action in one.actions if action.terms_of), "")
        claims = words(short_name(appraisal, terms) if terms else "")
        rows.append(
            (words(one.name), *cells, claims, Cell(text=wording.percent(chance), raw=chance), _turn(one, chance))
        )
    return Table(
        title="Four ways to deal with each",
        columns=(
            Column(heading="Entry"),
            *right_columns(*(ACTIONS[key] for key in shown)),
            Column(heading="Claims as in"),
            *right_columns("Chance now", "Choice turns at"),
        ),
        rows=tuple(rows),
        notes=(
            "Expected cost, present value. “Level at”: the chance at which it costs the same as the cheapest.",
            "Kept or reduced, claims come on the terms of the option that is named.",
            "Passed on, one supplier carries it alone; its price stands whatever the chance turns out to be.",
        ),
    )


def cheapest(result: ConstraintResult) -> tuple[Action, ...]:
    """The cheapest action, and those that cost the same to the pound."""
    return tuple(one for one in result.actions if one.cost - result.actions[0].cost < SAME)


def _action(result: ConstraintResult, key: str, chance: float) -> Cell:
    action = next((one for one in result.actions if one.key == key), None)
    if action is None:
        return Cell(text=wording.DASH)
    pounds, best = wording.money_short(action.cost), cheapest(result)
    if action in best:
        return Cell(text=f"{pounds}, {'cheapest' if len(best) == 1 else 'joint cheapest'}", raw=action.cost)
    level = _level(action.ties_at, chance)
    return Cell(text=f"{pounds}, level at {level}" if level else pounds, raw=action.cost)


def _level(tie: float | None, chance: float) -> str:
    """A chance that says something: inside 0 to 1 and not the one of today; else ""."""
    inside = tie is not None and 0 < tie < 1 and abs(tie - chance) > 1e-9
    return wording.percent_change(tie) if inside and tie is not None else ""


def _turn(result: ConstraintResult, chance: float) -> Cell:
    if len(cheapest(result)) > 1:
        return Cell(text="Level now", raw=chance)
    tie = result.actions[0].ties_at
    level = _level(tie, chance)
    return Cell(text=level, raw=tie) if level else Cell(text="Never")
