"""The economic case as tables: measures by option, the run at 3.0 %, optimism bias, unpriced effects, who and where."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias, EffectKind
from appraise.model.appraisal.lines import RULES
from appraise.model.appraisal.options import ShortListRole
from appraise.model.results import Economic, OptionResult, Results, UnitCost
from appraise.model.tables import BIAS_TABLE
from appraise.present import finished, wording
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


# --- measures --------------------------------------------------------------------------------------------

_MONEY: tuple[Measure, ...] = (
    ("Present value of costs (PVC)", lambda case: case.pvc),
    ("of which falls on public bodies", lambda case: case.pvc_public),
    ("of which falls on others", lambda case: case.pvc_nonpublic),
    ("of which expected risk that is kept", lambda case: case.retained),
    ("of which suppliers’ price for constraints", lambda case: case.premium),
    ("Present value of benefits (PVB)", lambda case: case.pvb),
    ("Optimism bias in costs and benefits", lambda case: case.optimism_bias),
    ("Net present social value (NPSV)", lambda case: case.npsv),
    ("NPSV, every range at its mean", lambda case: case.expected_npsv),
    ("Net present cost (NPC)", lambda case: case.npc),
    ("of which other public bodies", lambda case: case.other_bodies),
    ("NPC, every range at its mean", lambda case: case.expected_npc),
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
    "of which other public bodies",
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
        notes=measure_notes(results),
        total_rows=tuple(main),
    )


def measure_notes(results: Results) -> tuple[str, ...]:
    """What the measures are and what they are not."""
    notes = [
        f"Present values in prices of {results.years[0] if results.years else 'year 0'}; constraints at expected cost.",
        NET_PRESENT_COST,
        "Equivalent annual cost spreads the net present cost evenly over the years after year 0.",
        NO_BANDS,
    ]
    if not finished.same_basis(results):
        notes.insert(0, DIFFERENT_LIVES)
    return tuple(notes)


def review_run(results: Results, appraisal: Appraisal) -> Table:
    """Net present cost and NPSV at the 3.0 % of the review of June 2026 beside the own schedule (METHOD 0.9)."""
    rows = []
    cases = _cases(results)
    for option, case in cases:
        run = case.review
        figures = (run.own_npc, run.npc, run.npc - run.own_npc, run.own_npsv, run.npsv, run.npsv - run.own_npsv)
        rows.append((words(short_name(appraisal, option.id)), *(thousands(figure) for figure in figures)))
    notes = ["The review of June 2026 recommends 3.0\u00a0%. It is not in force and decides nothing here."]
    part = next((case.review for _, case in cases if not case.review.whole), None)
    if part is not None:
        notes.append(f"Years 0 to {part.last_year} on both sides. After year {part.last_year}: not published.")
    return Table(
        title="The same options at 3.0\u00a0%",
        columns=(
            Column(heading="Option"),
            *right_columns(
                "NPC, own schedule",
                "NPC at 3.0\u00a0%",
                "Change",
                "NPSV, own schedule",
                "NPSV at 3.0\u00a0%",
                "Change",
                unit="£ thousand",
            ),
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
            rows.append((words(bias.name), words(origin), words(bounds), words(_managed(bias)), words(bias.evidence)))
    return Table(
        title="Optimism bias: its size and how far it is managed",
        columns=tuple(
            Column(heading=heading)
            for heading in ("Bias", "Size taken from", "Upper and lower bound", "Managed", "Evidence")
        ),
        rows=tuple(rows),
        notes=("Costs rise and benefits fall by the upper bound less what is managed.",),
    )


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
            figures = (value.central, value.raw, value.range_shift, value.linked)
            delay = f"{wording.number(value.delay_years, 1)} years" if value.delay_years else wording.DASH
            rows.append(
                (
                    words(value.name),
                    words(short_name(appraisal, found.id)),
                    Cell(text=_per_cent(value.percent), raw=value.percent),
                    *(thousands(figure) for figure in figures),
                    thousands(value.residual),
                    thousands(value.expected_residual),
                    Cell(text=delay, raw=value.delay_years),
                )
            )
    return Table(
        title="Optimism bias by line, each pound counted once, £ thousand",
        columns=(
            Column(heading="Line"),
            Column(heading="Option"),
            *right_columns(
                "Bias", "As entered", "Raw", "In the range", "In linked risks", "Left", "Left at the mean", "Delay"
            ),
        ),
        rows=tuple(rows),
        notes=(
            "Raw is the bias before any overlap. Left is raw less what the linked risks hold already.",
            "Left at the mean also takes off what the line’s range adds. Benefits fall by all of the bias.",
        ),
    )


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
        figures = [
            sum((of(value) for value in costs), Decimal(0))
            for of in map(attrgetter, ("raw", "range_shift", "linked", "residual", "expected_residual"))
        ]
        late = max((value.delay_years for value in gains if value.central), default=Decimal(0))
        shown.append(found)
        rows.append(
            (
                words(short_name(appraisal, found.id)),
                *(thousands(figure) for figure in figures),
                thousands(sum((value.residual for value in gains), Decimal(0))),
                Cell(text=f"{wording.number(late, 1)} years" if late else wording.DASH, raw=late),
            )
        )
    return Table(
        title="Optimism bias of the options, each pound counted once",
        columns=(
            Column(heading="Option"),
            *right_columns(
                "Raw, on costs",
                "In the ranges",
                "In linked risks",
                "Left",
                "Left at the mean",
                "Lost from benefits",
                unit="£ thousand",
            ),
            *right_columns("Latest benefits"),
        ),
        rows=tuple(rows),
        notes=(
            "Left is raw less what linked risks hold already, line by line; at the mean, ranges are taken off too.",
            "Before discounting. Each line is in annex A.",
        ),
        highlight_row=_highlighted(results, appraisal, shown),
    )


# --- effects without a price -----------------------------------------------------------------------------


def _units(value: Decimal, unit: str) -> Cell:
    places = 0 if value == value.to_integral_value() else 1
    return Cell(text=f"{wording.number(value, places)} {unit}".strip(), raw=value)


def pounds_each(value: float | None) -> Cell:
    """Pounds for one unit: pence where it is a small sum; a dash where no value does it."""
    if value is None:
        return Cell(text=wording.DASH)
    return Cell(text=f"£{wording.number(value, 2 if abs(value) < 100 else 0)}", raw=value)


def _each_way(value: UnitCost) -> Iterable[Cell]:
    yield pounds_each(value.pounds_per_unit)
    each = value.units_per_pound
    text = wording.number(each * UNITS_PER, max(0, wording.decimal_places(each * UNITS_PER))) if each else wording.DASH
    yield Cell(text=text, raw=each)


def _even(value: float | None, *, better: bool, loss: bool) -> Cell:
    """The value of a unit that makes it even, or that a gain stands as high or higher without any value."""
    if value is None and better and not loss:
        return Cell(text="Any value")
    return pounds_each(value)


def effects(results: Results, appraisal: Appraisal) -> Table:
    """Effects without a price that are counted: units, what one costs, both ways round, and its break-even value."""
    rows = []
    usual_id = next((one.id for one in appraisal.options if one.role is ShortListRole.BUSINESS_AS_USUAL), "")
    usual = next((case.expected_npsv for option, case in _cases(results) if option.id == usual_id), Decimal(0))
    for option, case in _cases(results):
        for value in case.npuc:
            if value.units:
                kind = "" if value.kind == EffectKind.GAIN.value else " (a loss)"
                rows.append(
                    (
                        words(value.name + kind),
                        words(short_name(appraisal, option.id)),
                        _units(value.units, value.unit),
                        *_each_way(value),
                        _even(value.break_even, better=case.npsv >= 0, loss=bool(kind)),
                        _even(value.break_even_usual, better=case.expected_npsv >= usual, loss=bool(kind))
                        if option.id != usual_id
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
                "Value at which NPSV is 0",
                "Value level with business as usual",
            ),
        ),
        rows=tuple(rows),
        notes=(
            "Cost of a unit is the present value of costs divided by the units.",
            "Any value: already so at £0. A dash: no value from £0 up does it.",
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


def distribution(results: Results, appraisal: Appraisal) -> Table:
    """NPSV as it is and with the money of income groups weighted, side by side (Green Book 2026, 7.13)."""
    cases = [(option, case) for option, case in _cases(results) if case.weighted.groups]
    rows = []
    for option, case in cases:
        name = short_name(appraisal, option.id)
        for one in case.weighted.groups:
            group, weight, plain, worth = one.name, one.weight, one.gain, one.weighted
            rows.append((words(name), words(group), ratio(weight), thousands(plain), thousands(worth)))
        rows.append(
            (words(name), words("NPSV, whole option"), words(""), thousands(case.npsv), thousands(case.weighted.npsv))
        )
    basis = appraisal.basis
    return Table(
        title="Distribution: unweighted beside weighted",
        columns=(
            Column(heading="Option"),
            Column(heading="Income group"),
            *right_columns("Weight"),
            *right_columns("Unweighted", "Weighted", unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(
            "Weight is median income over the group’s income, to the power of 1.3. Gains are positive.",
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
