"""How far assessors lie apart: a row for each option and criterion with marks, their middle half, and the score."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt

from appraise.model.appraisal.document import Appraisal
from appraise.model.score_results import Spread
from appraise.model.value import points_of
from appraise.present import agreement_tables, wording
from appraise.present.chart_parts import Canvas, Chart, ChartStyle, Rows, Scale, under_middle
from appraise.present.tables import short_name

_TICKS = (0, 25, 50, 75, 100)
SUBTITLE = (
    "Points of 100. Dots: marks, larger where equal. Band: the middle half, a line at the median. Diamond: score."
)


def dispersion(
    appraisal: Appraisal,
    which: Sequence[Spread],
    *,
    by_option: bool = False,
    title: str = "",
    width: float,
    height: float,
    style: ChartStyle,
) -> Chart | None:
    """One row for each of these spreads; None without any.

    `by_option`: rows are named by the option alone, for spreads of one criterion. `title` takes the place of what is
    said of these rows, where they are some of many.
    """
    shown = tuple(which)
    if not shown:
        return None
    size = style.size
    names = [
        short_name(appraisal, one.option) if by_option else agreement_tables.place_name(appraisal, one) for one in shown
    ]
    probe = Canvas(width, height, style)
    rows = Rows.fit(
        [probe.measure(name) for name in names], width=width, height=height, size=size, head=size * 0.4, foot=size * 1.9
    )
    canvas = Canvas(width, rows.height, style)
    last = canvas.measure("100 apart", strong=True) + size * 1.1
    scale = Scale(0, 100, rows.left + size * 0.5, width - last)
    _frame(canvas, rows, scale)
    marks = agreement_tables.marks_by_place(appraisal)
    record = _record(appraisal)
    for row, (name, one) in enumerate(zip(names, shown, strict=True)):
        canvas.write(0, rows.name_at(row), canvas.fit(name, rows.name_room(width)), style.ink)
        given = [at.points for at in marks.get((one.option, one.criterion), ()) if at.counts]
        _row(canvas, rows.middle(row), scale, one, given, record.get((one.option, one.criterion)))
        apart = f"{wording.score(one.high - one.low)} apart"
        y = rows.middle(row) - under_middle(size)
        canvas.write(width, y, apart, style.ink if one.wide else style.ink2, anchor="end", strong=one.wide)
    return Chart(
        title=title or _title(shown),
        subtitle=SUBTITLE,
        alt="Marks of assessors. "
        + " ".join(
            f"{name}: {wording.score(one.low)} to {wording.score(one.high)}, median {wording.score(one.median)}"
            f"{', far apart' if one.wide else ''}."
            for name, one in zip(names, shown, strict=True)
        ),
        drawing=canvas.drawing,
        figures=lambda: agreement_tables.spreads(appraisal, shown),
    )


def _record(appraisal: Appraisal) -> dict[tuple[str, str], float]:
    """Scores of record in points."""
    criteria = {one.id: one for one in appraisal.criteria}
    return {
        (one.option, one.criterion): points_of(criteria[one.criterion], one.value)
        for one in appraisal.scores
        if one.criterion in criteria
    }


def _frame(canvas: Canvas, rows: Rows, scale: Scale) -> None:
    style, size = canvas.style, canvas.size
    for tick in _TICKS:
        canvas.line(scale(tick), rows.bottom, scale(tick), rows.top, style.grid)
        canvas.write(scale(tick), rows.bottom - size * 1.2, str(tick), style.ink2, anchor="middle")


def _row(canvas: Canvas, y: float, scale: Scale, one: Spread, given: Sequence[float], record: float | None) -> None:
    """Range, middle half, median, marks, and the score of record on top."""
    style, size = canvas.style, canvas.size
    half = size * 0.42
    colour = style.short if one.wide else style.grey
    canvas.line(scale(one.low), y, scale(one.high), y, colour, width=1.5)
    left, right = scale(one.lower_quartile), scale(one.upper_quartile)
    canvas.rect(left, y - half, right - left, half * 2, style.tint1, radius=2)
    if one.count > 1:
        reach = size * 0.8
        canvas.line(scale(one.median), y - reach, scale(one.median), y + reach, style.ink, width=2)
    for points, count in sorted(Counter(round(mark, 6) for mark in given).items()):
        canvas.dot(scale(points), y, size * min(0.16 * sqrt(count) + 0.1, 0.42), colour)
    if record is not None:
        x = scale(record)
        for reach, fill in ((size * 0.66, style.card), (size * 0.5, style.primary)):
            canvas.area(((x - reach, y), (x, y + reach), (x + reach, y), (x, y - reach)), fill)


def _title(shown: Sequence[Spread]) -> str:
    compared = [one for one in shown if one.count > 1]
    wide = sum(one.wide for one in compared)
    if not compared:
        return "Only one assessor has given marks so far"
    if wide:
        return f"Assessors lie far apart on {agreement_tables.of_scores(wide, len(compared))}"
    return "No marks lie far apart here" if len(compared) > 1 else "Assessors lie within two bands here"
