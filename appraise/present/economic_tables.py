"""The economic case as tables: measures by option, the run at 3.0 %, optimism bias, unpriced effects, who and where."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias, EffectKind
from appraise.model.appraisal.lines import RULES
from appraise.model.appraisal.options import ShortListRole
from appraise.model.bias import delay, resultant
from appraise.model.measures import equivalised
from appraise.model.results import BiasValue, Economic, OptionResult, Results, UnitCost
from appraise.model.tables import BIAS_TABLE
from appraise.present import assumption_words, finished, wording
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    highlight,
    option_columns,
    right_columns,
    short_name,
    thousands,
    words,
)

#: Stands beside the measures (Green Book 2026, 6.98-6.100).
NO_BANDS = "No bands of value for money are shown: HM Treasury sets no threshold for a ratio of benefits to costs."
#: What the net present cost is called elsewhere.
NET_PRESENT_COST = "Net present cost is costs less receipts of public bodies; HM Treasury also writes NPSC."
DIFFERENT_LIVES = (
    "The options run for different lives, so they are compared by equivalent annual cost only. "
    "Their net present costs are shown and are not compared."
)
#: Why suppliers' price is less here than what they ask in all.
MANAGING = "What managing constraints costs has a row of its own, also where suppliers ask for it in their price."
_MONTHS_A_YEAR = 12
#: Pounds that a unit's cost is told for the other way round: fewer would give figures such as 0.00004.
UNITS_PER = 1_000

Measure = tuple[str, Callable[[Economic], Decimal | float | int | None]]


def _cases(results: Results) -> list[tuple[OptionResult, Economic]]:
    """The options with costs or benefits entered, and their economic cases."""
    found = [(option, option.economic) for option in results.options if finished.costed(option)]
    return [(option, case) for option, case in found if case is not None]


def ratio(value: float | None) -> Cell:
    """A ratio to two places; a dash where there is nothing to divide by."""
    return Cell(text=wording.number(value, 2) if value is not None else wording.DASH, raw=value)


def managing(case: Economic) -> Decimal:
    """The present value of what managing constraints costs, whoever manages them."""
    return sum((row.present_value for row in case.rows if row.kind == "managing"), Decimal(0))


# --- measures --------------------------------------------------------------------------------------------

_MONEY: tuple[Measure, ...] = (
    ("Present value of costs (PVC)", lambda case: case.pvc),
    ("of which falls on public bodies", lambda case: case.pvc_public),
    ("of which falls on others", lambda case: case.pvc_nonpublic),
    ("of which expected risk that is kept", lambda case: case.retained),
    ("of which suppliers’ price for constraints", lambda case: case.premium),
    ("of which managing constraints", managing),
    ("Present value of benefits (PVB)", lambda case: case.pvb),
    ("Optimism bias in costs and benefits", lambda case: case.optimism_bias),
    ("Net present social value (NPSV)", lambda case: case.npsv),
    ("NPSV, every range at its mean", lambda case: case.expected_npsv),
    ("Net present cost (NPC)", lambda case: case.npc),
    ("of which other public bodies", lambda case: case.other_bodies),
    ("NPC, every range at its mean", lambda case: case.expected_npc),
    ("of which other public bodies, at the mean", lambda case: case.expected_other_bodies),
    ("Equivalent annual cost (EAC)", lambda case: case.eac),
    ("EAC, every range at its mean", lambda case: case.expected_eac),
)
_RATIOS: tuple[Measure, ...] = (
    ("Benefits to costs (BCR)", lambda case: case.bcr),
    ("Return on public sector cost (RPSC)", lambda case: case.rpsc),
)
#: Rows that are left out where they are nothing in every option.
_ONLY_IF_ANY = {
    "of which falls on others",
    "Optimism bias in costs and benefits",
    "of which expected risk that is kept",
    "of which suppliers’ price for constraints",
    "of which managing constraints",
    "of which other public bodies",
    "of which other public bodies, at the mean",
}
_MAIN = {"Net present social value (NPSV)", "Net present cost (NPC)", "Equivalent annual cost (EAC)"}


def measures(results: Results, appraisal: Appraisal) -> Table:
    """Every option in absolute terms, business as usual among them (Green Book 2026, table 10 and 4.19).

    Measures down, options across; pounds in thousands, ratios as they are. No rows while no option has costs.
    """
    cases = _cases(results)
    rows: list[tuple[Cell, ...]] = []
    main: list[int] = []
    for name, of in _MONEY if cases else ():
        figures = [of(case) for _, case in cases]
        if name in _ONLY_IF_ANY and not any(figures):
            continue
        if name in _MAIN:
            main.append(len(rows))
        rows.append((words(name), *(thousands(Decimal(str(figure or 0))) for figure in figures)))
    for name, of in _RATIOS:
        figures = [of(case) for _, case in cases]
        if any(figure is not None for figure in figures) and any(case.pvb for _, case in cases):
            rows.append((words(name), *(ratio(None if value is None else float(value)) for value in figures)))
    if not finished.same_basis(results) and cases:
        rows.append((words("Last year costed"), *(Cell(text=str(case.life), raw=case.life) for _, case in cases)))
    return Table(
        title="Measures of every option, £ thousand; ratios as they are",
        columns=(Column(heading="Measure"), *option_columns(appraisal, [option.id for option, _ in cases])),
        rows=tuple(rows),
        notes=measure_notes(results, appraisal),
        total_rows=tuple(main),
    )


def measure_notes(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """What the measures are and what they are not."""
    notes = [
        f"Present values in prices of {results.years[0] if results.years else 'year 0'}; constraints at expected cost.",
        assumption_words.discounting(appraisal),
        NET_PRESENT_COST,
        "Equivalent annual cost spreads the net present cost evenly over the years after year 0.",
        NO_BANDS,
    ]
    if any(managing(case) for _, case in _cases(results)):
        notes.append(MANAGING)
    if not finished.same_basis(results):
        notes.insert(0, DIFFERENT_LIVES)
    return tuple(notes)


_AT_BOTH = (
    "NPC, own schedule", "NPC at 3.0\u00a0%", "Change", "NPSV, own schedule", "NPSV at 3.0\u00a0%", "Change",
)  # fmt: skip
_AT_BOTH_A_YEAR = (
    "EAC, own schedule", "EAC at 3.0\u00a0%", "Change",
    "NPC, own schedule", "NPC at 3.0\u00a0%", "NPSV, own schedule", "NPSV at 3.0\u00a0%",
)  # fmt: skip


def review_run(results: Results, appraisal: Appraisal) -> Table:
    """Costs and NPSV at the 3.0 % of the review of June 2026 beside the own schedule (METHOD 0.9).

    Where lives differ, the equivalent annual cost stands first: only that is compared.
    """
    rows = []
    cases = _cases(results)
    same = finished.same_basis(results)
    for option, case in cases:
        run = case.review
        if run is None:
            continue
        if same:
            figures = [run.own_npc, run.npc, run.npc - run.own_npc, run.own_npsv, run.npsv, run.npsv - run.own_npsv]
        else:
            figures = [run.own_eac, run.eac, run.eac - run.own_eac, run.own_npc, run.npc, run.own_npsv, run.npsv]
        rows.append((words(short_name(appraisal, option.id)), *(thousands(figure) for figure in figures)))
    notes = [
        "The review of June 2026 recommends 3.0\u00a0%. It is not in force and decides nothing here.",
        f"Own schedule: {assumption_words.schedule_in_use(appraisal.basis)}.",
    ]
    if not same:
        notes.insert(0, DIFFERENT_LIVES)
    part = next((case.review for _, case in cases if case.review is not None and not case.review.whole), None)
    if part is not None:
        notes.append(f"Years 0 to {part.last_year} on both sides. After year {part.last_year}: not published.")
    return Table(
        title="The same options at 3.0\u00a0%",
        columns=(
            Column(heading="Option"),
            *right_columns(*(_AT_BOTH if same else _AT_BOTH_A_YEAR), unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        highlight_row=_highlighted(results, appraisal, [option for option, _ in cases]),
    )


def _highlighted(results: Results, appraisal: Appraisal, shown: Sequence[OptionResult]) -> int | None:
    """The row of the highlighted option among those shown."""
    place = highlight(results, appraisal)
    chosen = results.options[place].id if place is not None else ""
    return next((row for row, option in enumerate(shown) if option.id == chosen), None)


# --- optimism bias ---------------------------------------------------------------------------------------


def _per_cent(value: Decimal) -> str:
    """A per cent figure without idle zeros: "41 %", "4.08 %"."""
    text = wording.number(value, 2)
    return f"{text.rstrip('0').rstrip('.')}\u00a0%"


def biases(appraisal: Appraisal) -> Table:
    """The optimism biases in use: where their bounds come from, how far they are managed, on what evidence."""
    used = {line.bias for line in appraisal.lines}
    rows = []
    for bias in appraisal.biases:
        if bias.id in used:
            origin = BIAS_TABLE[bias.table].name if bias.table in BIAS_TABLE else "Own history of forecasts"
            bounds = f"{_per_cent(bias.upper_percent)} and {_per_cent(bias.lower_percent)}"
            left = Cell(text=_per_cent(resultant(bias) * 100), raw=resultant(bias) * 100)
            said = (bias.name, origin, bounds, _managed(bias))
            rows.append((*map(words, said), left, words(_late(bias)), words(bias.evidence)))
    headings = (
        "Bias", "Size taken from", "Upper and lower bound", "Managed", "Comes to", "Duration of works", "Evidence",
    )  # fmt: skip
    return Table(
        title="Optimism bias: its size and how far it is managed",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=tuple(rows),
        notes=(
            "Costs rise and benefits fall by what it comes to: the upper bound less what is managed.",
            "Before award it is never less than the lower bound. Late works delay benefits that name the bias.",
        ),
    )


def _late(bias: Bias) -> str:
    """Planned months, both bounds of what is added to them, what that comes to; nothing without planned works."""
    if not bias.months:
        return ""
    bounds = f"{_per_cent(bias.duration_upper_percent)} and {_per_cent(bias.duration_lower_percent)}"
    years = delay(bias)
    comes_to = _per_cent(years * _MONTHS_A_YEAR / bias.months * 100)
    late = wording.number(years * _MONTHS_A_YEAR, 1).removesuffix(".0")
    months = wording.number(bias.months, 1).removesuffix(".0")
    return f"{months} months; {bounds} longer; comes to {comes_to}, {late} months late"


def _managed(bias: Bias) -> str:
    """How much of the upper bound is dealt with, cause by cause where they are named."""
    if not bias.causes:
        return _per_cent(bias.managed_percent)
    return "; ".join(
        f"{cause.name}: {_per_cent(cause.managed_percent)} of a share of {_per_cent(cause.share_percent)}"
        for cause in bias.causes
    )


def optimism_bias(results: Results, appraisal: Appraisal, option: str = "") -> Table:
    """Every line with an optimism bias and where each pound of it is counted once (METHOD 10.5).

    `option` limits the table to one option. Pounds in prices of year 0, before discounting.
    """
    rows = []
    for found, case in _cases(results):
        for value in case.biases if option in {"", found.id} else ():
            if not value.central:
                continue
            late = f"{wording.number(value.delay_years, 1)} years" if value.delay_years else wording.DASH
            rows.append(
                (
                    words(value.name),
                    words(short_name(appraisal, found.id)),
                    Cell(text=_per_cent(value.percent), raw=value.percent),
                    thousands(value.central),
                    *(thousands(figure) for figure in _steps([value])),
                    Cell(text=late, raw=value.delay_years),
                )
            )
    return Table(
        title="Optimism bias by line, each pound counted once, £ thousand",
        columns=(
            Column(heading="Line"),
            Column(heading="Option"),
            *right_columns("Bias", "As entered", *_STEPS, "Delay"),
        ),
        rows=tuple(rows),
        notes=(
            "Raw is the bias before any overlap. Left is raw less what linked risks hold already.",
            "Left at the mean is left less what the line’s range holds. Never more than there is is taken off.",
            "Benefits fall by all of the bias.",
        ),
    )


_STEPS = ("Raw", "Off for linked risks", "Left", "Off for the range", "Left at the mean")


def _steps(values: Iterable[BiasValue]) -> tuple[Decimal, ...]:
    """Raw, what was taken off for linked risks, left, what was taken off for the ranges, left at the mean: sums.

    Raw less the second is the third; less the fourth it is the last. A range whose mean lies below what was
    entered takes less than nothing off.
    """
    chosen = tuple(values)
    raw, left, at_mean = (
        sum((of(value) for value in chosen), Decimal(0))
        for of in map(attrgetter, ("raw", "residual", "expected_residual"))
    )
    return raw, raw - left, left, left - at_mean, at_mean


def optimism_totals(results: Results, appraisal: Appraisal) -> Table:
    """Optimism bias of each option, each pound counted once: what costs gain, what benefits lose, how late they come.

    Sums of `optimism_bias` over lines. Pounds in prices of year 0, before discounting.
    """
    benefits = {line.id for line in appraisal.lines if RULES[line.treatment].benefit}
    rows, shown = [], []
    for found, case in _cases(results):
        if not case.biases:
            continue
        costs = [value for value in case.biases if value.line not in benefits]
        gains = [value for value in case.biases if value.line in benefits]
        late = max((value.delay_years for value in gains if value.central), default=Decimal(0))
        shown.append(found)
        rows.append(
            (
                words(short_name(appraisal, found.id)),
                *(thousands(figure) for figure in _steps(costs)),
                thousands(sum((value.residual for value in gains), Decimal(0))),
                Cell(text=f"{wording.number(late, 1)} years" if late else wording.DASH, raw=late),
            )
        )
    return Table(
        title="Optimism bias of the options, each pound counted once",
        columns=(
            Column(heading="Option"),
            *right_columns("Raw, on costs", *_STEPS[1:], "Lost from benefits", unit="£ thousand"),
            *right_columns("Latest benefits"),
        ),
        rows=tuple(rows),
        notes=(
            "Raw less what linked risks hold is left; less what ranges hold is left at the mean.",
            "Never more than a line’s bias is taken off. Before discounting. Each line is in annex A.",
        ),
        highlight_row=_highlighted(results, appraisal, shown),
    )


# --- effects without a price -----------------------------------------------------------------------------


def _units(value: Decimal, unit: str) -> Cell:
    places = 0 if value == value.to_integral_value() else 1
    return Cell(text=f"{wording.number(value, places)} {unit}".strip(), raw=value)


def _is_loss(value: UnitCost) -> bool:
    return value.kind == EffectKind.LOSS.value


def _each_way(value: UnitCost) -> Iterable[Cell]:
    """What a unit costs, and units for money; dashes for a loss, which nobody pays for."""
    pounds, each = value.pounds_per_unit, value.units_per_pound
    if _is_loss(value) or pounds is None:
        yield from (words(""), words(""))
        return
    yield Cell(text=wording.pounds_each(pounds), raw=pounds)
    text = wording.number(each * UNITS_PER, max(0, wording.decimal_places(each * UNITS_PER))) if each else wording.DASH
    yield Cell(text=text, raw=each)


def _even(value: float | None, *, better: bool) -> Cell:
    """The values of a unit at which the option wins: from one on, up to one, all of them, or none.

    `better`: it wins where a unit is worth nothing. Then it wins up to the value that makes it even.
    """
    if value is None:
        return Cell(text="Any value" if better else "No value")
    return Cell(text=f"{'Up to' if better else 'From'} {wording.pounds_each(value)}", raw=value)


def effects(results: Results, appraisal: Appraisal) -> Table:
    """Effects without a price that are counted: units, what one costs, both ways round, and its break-even value."""
    rows = []
    usual_id = next((one.id for one in appraisal.options if one.role is ShortListRole.BUSINESS_AS_USUAL), "")
    usual = next((case.expected_npsv for option, case in _cases(results) if option.id == usual_id), Decimal(0))
    for option, case in _cases(results):
        for value in case.npuc:
            if value.units:
                kind = " (a loss)" if _is_loss(value) else ""
                rows.append(
                    (
                        words(value.name + kind),
                        words(short_name(appraisal, option.id)),
                        _units(value.units, value.unit),
                        *_each_way(value),
                        _even(value.break_even, better=case.npsv >= 0),
                        _even(value.break_even_usual, better=case.expected_npsv >= usual)
                        if option.id != usual_id and usual_id
                        else words(""),
                    )
                )
    order = {effect.name: place for place, effect in enumerate(appraisal.effects)}
    rows.sort(key=lambda row: order.get(str(row[0].raw).removesuffix(" (a loss)"), 0))
    return Table(
        title="Effects that are counted and have no price",
        columns=(
            Column(heading="Effect"),
            Column(heading="Option"),
            *right_columns(
                "Units over the horizon",
                "Cost of a unit",
                f"Units for £{UNITS_PER:,}",
                "NPSV over 0 at a value of",
                "Beats business as usual at",
            ),
        ),
        rows=tuple(rows),
        notes=(
            "Cost of a unit is the present value of costs divided by the units. A loss has none: nobody buys it.",
            "Values are pounds for one unit, from £0 up; at the value named both sides are level.",
            "Costs of a unit and values for NPSV rest on figures as entered, those beside business as usual on means.",
        ),
    )


def effects_in_words(results: Results, appraisal: Appraisal) -> Table:
    """What each unpriced effect means in each option, in words."""
    names = {effect.id: effect for effect in appraisal.effects}
    found = [
        (place, option.id, count.words)
        for place, effect in enumerate(appraisal.effects)
        for option in results.options
        for count in effect.counts
        if count.option == option.id and count.words.strip()
    ]
    order = list(names.values())
    return Table(
        title="Effects in words",
        columns=(Column(heading="Effect"), Column(heading="Option"), Column(heading="What it means there")),
        rows=tuple(
            (words(order[place].name), words(short_name(appraisal, option)), words(said))
            for place, option, said in found
        ),
        notes=tuple(f"{one.name}: {one.words}" for one in order if one.words.strip()),
    )


# --- who and where ---------------------------------------------------------------------------------------


def _pounds_a_year(value: Decimal) -> Cell:
    return Cell(text=wording.number(value), raw=value)


def distribution(results: Results, appraisal: Appraisal) -> Table:
    """NPSV as it is and with the money of income groups weighted, side by side (Green Book 2026, 7.13)."""
    cases = [(option, case) for option, case in _cases(results) if case.weighted.groups]
    groups = {group.id: group for group in appraisal.income_groups}
    rows = []
    for option, case in cases:
        name = short_name(appraisal, option.id)
        for one in case.weighted.groups:
            figures = (ratio(one.weight), thousands(one.gain), thousands(one.weighted))
            rows.append((words(name), words(one.name), _pounds_a_year(equivalised(groups[one.id])), *figures))
        whole = (thousands(case.npsv), thousands(case.weighted.npsv))
        rows.append((words(name), words("NPSV, whole option"), words(""), words(""), *whole))
    basis = appraisal.basis
    return Table(
        title="Distribution: unweighted beside weighted",
        columns=(
            Column(heading="Option"),
            Column(heading="Income group"),
            *right_columns("Comparable income, £ a year", "Weight"),
            *right_columns("Unweighted", "Weighted", unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(
            "Weight is median income over the group’s comparable income, to the power of 1.3. Gains are positive.",
            "Comparable income is net income divided by the size of the household; a couple counts as one.",
            f"Median £{wording.number(basis.median_income)} a year: {basis.median_income_source}.",
        ),
        total_rows=tuple(row for row, cells in enumerate(rows) if cells[1].raw == "NPSV, whole option"),
    )


def place(results: Results, appraisal: Appraisal) -> Table:
    """The place beside the country: NPSV, the share of it that stays, and local effects for information."""
    local = any(line.place != type(line.place)() for line in appraisal.lines)
    cases = _cases(results)
    shown = local or any(case.place.effects for _, case in cases)
    rows = [
        (
            words(short_name(appraisal, option.id)),
            thousands(case.npsv),
            thousands(case.place.npsv),
            thousands(case.place.effects),
        )
        for option, case in cases
        if shown
    ]
    return Table(
        title="The place beside the country",
        columns=(
            Column(heading="Option"),
            *right_columns(
                "NPSV, national", "NPSV that stays in the place", "Local jobs and spending", unit="£ thousand"
            ),
        ),
        rows=tuple(rows),
        notes=(
            "Local jobs and spending are information only: they move activity and are no national gain.",
            "What stays is each line less deadweight, displacement, substitution and leakage.",
        ),
        highlight_row=_highlighted(results, appraisal, [option for option, _ in cases]) if shown else None,
    )
