"""Bar charts: chance of being cheapest, ranges of cost, and what moves it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Influence, OptionResult, Results, Risk
from appraise.present import comparison, finished, gate_words, risk_tables, tables, wording
from appraise.present.chart_parts import (
    Anchor,
    Canvas,
    Chart,
    ChartStyle,
    Rows,
    Scale,
    fitting_name,
    place_and_time,
    ten_words,
    under_middle,
)
from appraise.present.tables import Cell, Column, Table, short_name

#: METHOD 9.2, number 6: from this share of draws on, an option is clearly the cheapest.
CLEAR = 0.8
TOP_INFLUENCES = 8


def with_costs(results: Results) -> list[tuple[OptionResult, Risk]]:
    """The simulated options that have costs, as they are compared: nought would be a claim, not a figure."""
    found = [(option, option.risk) for option in comparison.compared(results).options if finished.costed(option)]
    return [(option, risk) for option, risk in found if risk is not None]


def row_name(
    canvas: Canvas, rows: Rows, row: int, appraisal: Appraisal, option: OptionResult, *, strong: bool, room: float = 0.0
) -> None:
    """The name of a row, strong for the highlighted option; as wide as `room`, or as the rows leave."""
    room = room or rows.name_room(canvas.width)
    text = fitting_name(canvas, appraisal, option, room, strong=strong)
    canvas.write(0, rows.name_at(row), text, canvas.style.ink, strong=strong)


def chance_cheapest(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """Share of draws in which each option has the lowest present cost, against the line of a clear winner."""
    found = with_costs(results)
    if not found or not results.verdict.cheapest or not finished.comparable(results):
        return None
    chosen = tables.preferred(results, appraisal)
    size = style.size
    probe = Canvas(width, height, style)
    foot = size * 1.9
    rows = Rows.fit(
        [probe.measure(option.name, strong=option.id == chosen) for option, _ in found],
        width=width, height=height, size=size, head=size * 0.4, foot=foot,
    )  # fmt: skip
    canvas = Canvas(width, rows.height, style)
    scale = Scale(0.0, 1.0, rows.left, width - size * 0.2)
    line = scale(CLEAR)
    end = rows.bottom
    canvas.line(line, end, line, rows.top, style.ink2, width=1.4, dash=(2, 3))
    words = canvas.fit(f"clear lead: cheaper than the next option in {wording.percent(CLEAR)}", width)
    half = canvas.measure(words) / 2
    canvas.write(min(max(line, half), width - half), end - size * 1.15, words, style.ink2, anchor="middle")
    for row, (option, risk) in enumerate(found):
        strong = option.id == chosen
        # Above its bar a name would cross the line of a clear winner, so it ends before it.
        row_name(canvas, rows, row, appraisal, option, strong=strong, room=line - size * 0.5 if rows.above else 0.0)
        share = risk.probability_cheapest
        x, y = scale(share), rows.middle(row)
        canvas.rect(rows.left, y - rows.bar / 2, max(x - rows.left, 2.0), rows.bar,
                    style.primary if strong else style.quiet, radius=2)  # fmt: skip
        text, level = _share_words(appraisal, option, share), y - under_middle(size)
        start = max(x, rows.left + 2) + size * 0.55
        stop = start + canvas.measure(text, strong=strong)
        inside = x - rows.left > canvas.measure(text, strong=strong) + size
        if inside and (stop > width or start - 2 < line < stop + 2):
            ink = style.on_categories[0] if strong else style.ink
            canvas.write(x - size * 0.5, level, text, ink, anchor="end", strong=strong)
        else:
            canvas.write(start, level, text, style.ink, strong=strong)
    error = max(risk.probability_error for _, risk in found) * 100 * wording.NINETEEN_OF_20
    return Chart(
        title=_cheapest_title(results, appraisal),
        subtitle=f"Chance of lowest {comparison.cost_words(results)}, {wording.number(results.draws)} draws, "
        f"{wording.plus_minus(error, 1)} points; {place_and_time(appraisal, results)}",
        alt="Bars of the share of draws in which each option is cheapest. "
        + " ".join(
            f"{option.name}: {_share_words(appraisal, option, risk.probability_cheapest)}." for option, risk in found
        ),
        drawing=canvas.drawing,
        figures=lambda: _chance_data(found),
    )


def _share_words(appraisal: Appraisal, option: OptionResult, share: float) -> str:
    """The share of draws in which an option costs least, and that it fails a gate where it does."""
    return wording.percent_of_draws(share) + (", fails a gate" if gate_words.fails(appraisal, option.id) else "")


def _cheapest_title(results: Results, appraisal: Appraisal) -> str:
    verdict, end = results.verdict, comparison.a_year(results)
    if verdict.tied:
        return ten_words(f"{comparison.tied(results, appraisal)} cost the same{end}", f"A tie on cost{end}")
    if not verdict.cheapest or not verdict.cost_clear:
        return f"No clear winner on cost{end}"
    passes = " that passes" if gate_words.among_passing(results, appraisal) else ""
    return ten_words(
        f"{short_name(appraisal, verdict.cheapest)} is clearly the cheapest{passes}{end}",
        f"One option is clearly the cheapest{passes}{end}",
    )


def _chance_data(found: Sequence[tuple[OptionResult, Risk]]) -> Table:
    return Table(
        title="Chance of lowest present cost",
        columns=(Column(heading="Option"), Column(heading="Cheapest in", align="right", unit="of draws")),
        rows=tuple(
            (
                Cell(text=option.name, raw=option.name),
                Cell(
                    text=wording.percent_of_draws(risk.probability_cheapest),
                    raw=risk.probability_cheapest,
                    error=risk.probability_error,
                ),
            )
            for option, risk in found
        ),
    )


def cost_ranges(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """All options on one scale: a bar for 8 of 10 draws, a dot for the middle, the middle in figures."""
    found = with_costs(results)
    if not found:
        return None
    chosen = tables.preferred(results, appraisal)
    size = style.size
    pitch = max(size * 2.5, height / len(found))
    canvas = Canvas(width, max(height, pitch * len(found)), style)
    low, high = min(risk.npc.p5 for _, risk in found), max(risk.npc.p95 for _, risk in found)
    scale = Scale(low, high, size * 0.5, width - size * 0.5)
    form = wording.money_column(risk.npc.p50 for _, risk in found)
    for row, (option, risk) in enumerate(found):
        strong = option.id == chosen
        name_at = canvas.height - pitch * row - size * 1.0
        y = name_at - size * 0.85
        figure = form(risk.npc.p50)
        canvas.write(width, name_at, figure, style.ink, anchor="end", strong=strong)
        room = width - canvas.measure(figure, strong=strong) - size * 0.6
        canvas.write(0, name_at, fitting_name(canvas, appraisal, option, room, strong=strong), style.ink, strong=strong)
        canvas.line(0, y, width, y, style.grid)
        start, end, thick = scale(risk.npc.p10), scale(risk.npc.p90), size * 0.5
        canvas.rect(
            start, y - thick / 2, end - start, thick, style.primary if strong else style.quiet, radius=thick / 2
        )
        canvas.dot(scale(risk.npc.p50), y, size * 0.34, style.primary if strong else style.grey)
    return Chart(
        title=_cheapest_title(results, appraisal),
        subtitle=f"{wording.capital(comparison.cost_words(results))}; bar: 8 of 10 draws, dot: the middle; "
        f"{place_and_time(appraisal, results)}",
        alt=f"Ranges of {comparison.cost_words(results)}. "
        + " ".join(f"{option.name}: {wording.range_short(risk.npc.p10, risk.npc.p90)}." for option, risk in found),
        drawing=canvas.drawing,
        figures=lambda: tables.risk_figures(results, appraisal),
    )


def tornado(
    results: Results,
    appraisal: Appraisal,
    *,
    option: str,
    width: float,
    height: float,
    style: ChartStyle,
    most: int = TOP_INFLUENCES,
) -> Chart | None:
    """What moves an option's present cost most: each input at its 10 and its 90 % point, the others at their mean."""
    found = tables.find_option(results, option)
    if found.risk is None or not found.risk.influences or not finished.costed(found):
        return None
    names = risk_tables.input_names(found.risk.influences)
    top = tuple(replace(one, name=names[one.id]) for one in found.risk.influences[:most])
    size = style.size
    probe = Canvas(width, height, style)
    foot, head = size * 1.9, size * 0.4
    rows = Rows.fit(
        [probe.measure(one.name) for one in top], width=width, height=height, size=size, head=head, foot=foot
    )
    canvas = Canvas(width, rows.height, style)
    ends = [end for one in top for end in (one.low, one.high)]
    form = wording.signed_column(end for one in top for end in (one.low, one.high))
    side = max(canvas.measure(form(end)) for end in ends) + size * 0.5
    scale = Scale(min(0.0, *ends), max(0.0, *ends), rows.left + side, width - side)
    for row, one in enumerate(top):
        name = canvas.fit(wording.capital(one.name), rows.name_room(width))
        canvas.write(0, rows.name_at(row), name, style.ink)
        _swing_bars(canvas, rows, row, scale, one, form)
    zero, end = scale(0.0), rows.bottom
    reach = 0.5 if rows.above else 0.8
    for row in range(len(top)):
        y = rows.middle(row)
        canvas.line(zero, y - rows.bar * reach, zero, y + rows.bar * reach, style.ink, width=1.2)
    words = canvas.fit(f"{wording.money_short(found.risk.npc.mean)} on average", width)
    half = canvas.measure(words) / 2
    canvas.write(min(max(zero, half), width - half), end - size * 1.15, words, style.ink2, anchor="middle")
    canvas.write(rows.left, end - size * 1.15, "cheaper", style.ink2)
    canvas.write(width, end - size * 1.15, "dearer", style.ink2, anchor="end")
    return Chart(
        title=_tornado_title(found.risk, top[0], tables.short_name(appraisal, option)),
        subtitle=(
            f"{tables.short_name(appraisal, option)}: ranges from 1 in 10 to 9 in 10, "
            f"constraints no or yes; {place_and_time(appraisal, results)}"
        ),
        alt=f"What moves the present cost of {found.name}. "
        + " ".join(
            f"{wording.capital(one.name)}: {wording.money_signed(min(one.low, one.high))} to "
            f"{wording.money_signed(max(one.low, one.high))}."
            for one in top
        ),
        drawing=canvas.drawing,
        figures=lambda: _tornado_data(top),
    )


def _swing_bars(
    canvas: Canvas, rows: Rows, row: int, scale: Scale, one: Influence, form: Callable[[float], str]
) -> None:
    """Bars from nought to both changes, cheaper to the left and dearer to the right, each with its figure."""
    style, y, zero = canvas.style, rows.middle(row), scale(0.0)
    values = sorted({one.low, one.high}, key=abs, reverse=True)
    same_side = len(values) == 2 and values[0] * values[1] > 0
    for place, value in enumerate(values):
        x = scale(value)
        colour = style.categories[0] if value > 0 else style.categories[1]
        canvas.rect(min(x, zero), y - rows.bar / 2, abs(x - zero), rows.bar, colour)
        if place and same_side:
            continue  # the shorter of two bars on one side lies inside the longer one, which has the figure
        shift = canvas.size * 0.4
        anchor: Anchor = "start" if value > 0 else "end"
        at = x + shift if value > 0 else x - shift
        canvas.write(at, y - under_middle(canvas.size), form(value), style.ink, anchor=anchor)


def _tornado_title(risk: Risk, widest: Influence, option: str) -> str:
    """One input is crowned only if it has the widest bar and the largest share of the variance.

    A range from 1 in 10 to 9 in 10 and a yes or no are not alike, so the widest bar alone decides nothing.
    """
    largest = max(risk.contribution, key=lambda one: one.share, default=None)
    if largest is None:
        return ten_words(f"What moves the cost of {option}", "What moves the cost")
    name, spread = (wording.capital(wording.shorten(text, 40)) for text in (widest.name, largest.name))
    if largest.id == widest.id:
        return ten_words(f"{name} moves the cost most", f"{wording.shorten(name, 24)} moves the cost most")
    share = ten_words(f"Largest share of the spread: {spread}", "The widest bar is not the largest share of spread")
    return ten_words(f"Widest swing: {name}; largest share of spread: {spread}", share)


def _tornado_data(top: Sequence[Influence]) -> Table:
    form = wording.signed_column(end for one in top for end in (one.low, one.high))
    return Table(
        title="What moves the present cost",
        columns=(
            Column(heading="Input"),
            Column(heading="Lower end", align="right"),
            Column(heading="Upper end", align="right"),
        ),
        rows=tuple(
            (
                Cell(text=one.name, raw=one.name),
                Cell(text=form(one.low), raw=one.low),
                Cell(text=form(one.high), raw=one.high),
            )
            for one in top
        ),
    )
