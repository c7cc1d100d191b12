"""Each partner of a joint service: what it pays together against what it would pay alone."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.partner_results import PartnerCase
from appraise.model.results import Results
from appraise.present import partner_tables, partner_words, tables, wording
from appraise.present.chart_parts import (
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    Rows,
    Scale,
    draw_key,
    key_lines,
    place_and_time,
    ten_words,
    under_middle,
)


def partners(
    results: Results, appraisal: Appraisal, *, option: str, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """Two bars for each partner, alone over together, and the difference in words. None for an option without any."""
    found = partner_words.arrangement(results, option)
    if found is None or not found.partners:
        return None
    cases = found.partners
    names = [partner_words.name(appraisal, case.partner) for case in cases]
    size = style.size
    probe = Canvas(width, height, style)
    parts = [KeyPart("alone", style.quiet, style.grey), KeyPart("together, dearer for it", style.short)]
    parts.insert(1, KeyPart("together", style.primary))
    parts = parts if any(case.saving < 0 for case in cases) else parts[:2]
    key = key_lines(parts, probe)
    head = len(key) * size * 1.5 + size * 0.5
    above = width < 36 * size
    pitch = max(size * (4.6 if above else 3.0), (height - head) / len(cases))
    pitch = min(pitch, size * 6.5)
    canvas = Canvas(width, max(height, head + pitch * len(cases)), style)
    draw_key(canvas, key, parts)
    labels = [_labels(case, _form(cases)) for case in cases]
    room = max(canvas.measure(text, strong=True) for pair in labels for text in pair) + size * 0.6
    left = 0.0 if above else min(max(canvas.measure(name) for name in names) + size * 0.9, width * 0.32)
    high = max(float(max(case.alone, case.pays, Decimal(0))) for case in cases)
    scale = Scale(0.0, high or 1.0, left, max(width - room, left + size))
    rows = Rows(
        above=above, left=left, top=canvas.height - head, bottom=0.0, pitch=pitch, bar=size * 1.05, size=size,
        height=canvas.height,
    )  # fmt: skip
    for place, (case, name) in enumerate(zip(cases, names, strict=True)):
        _pair(canvas, rows, place, scale, (name, case, labels[place]))
    return Chart(
        title=_title(appraisal, cases),
        subtitle=f"{tables.short_name(appraisal, option)}: present value for each partner, as the cost is shared; "
        f"{place_and_time(appraisal, results)}",
        alt=_alt(appraisal, cases, tables.find_option(results, option).name),
        drawing=canvas.drawing,
        figures=lambda: partner_tables.cases(results, appraisal, option),
    )


def _form(cases: Sequence[PartnerCase]) -> Callable[[float], str]:
    return wording.money_column(value for case in cases for value in (case.alone, case.pays))


def _labels(case: PartnerCase, form: Callable[[float], str]) -> tuple[str, str]:
    """The figures at the ends of both bars, the second with what the partner saves or pays more."""
    return form(float(case.alone)), f"{form(float(case.pays))}, {partner_words.difference(case)}"


def _pair(
    canvas: Canvas, rows: Rows, place: int, scale: Scale, shown: tuple[str, PartnerCase, tuple[str, str]]
) -> None:
    """Alone over together, with the name beside them or over them."""
    name, case, labels = shown
    style, size = canvas.style, canvas.size
    middle = rows.top - rows.pitch * (place + 0.5) - (size * 0.75 if rows.above else 0.0)
    if rows.above:
        canvas.write(0, middle + size * 1.55, canvas.fit(name, canvas.width), style.ink)
    else:
        room = rows.left - size * 0.8
        canvas.write(0, middle - under_middle(size), canvas.fit(name, room), style.ink)
    dearer = case.saving < 0
    bars = (
        (case.alone, middle + size * 0.12, style.quiet, style.grey, False),
        (case.pays, middle - size * 1.17, style.short if dearer else style.primary, "", True),
    )
    for (pounds, bottom, fill, edge, strong), text in zip(bars, labels, strict=True):
        end = scale(max(float(pounds), 0.0))
        canvas.rect(scale.start, bottom, max(end - scale.start, 1.0), rows.bar, fill, edge=edge)
        level = bottom + rows.bar / 2 - under_middle(size)
        canvas.write(end + size * 0.45, level, text, style.ink if strong else style.ink2, strong=strong)


def _title(appraisal: Appraisal, cases: Sequence[PartnerCase]) -> str:
    dearer = [case for case in cases if case.saving < 0]
    if not dearer:
        return "No partner pays more together than alone"
    if len(dearer) == 1:
        name = wording.shorten(partner_words.name(appraisal, dearer[0].partner), 40)
        more = wording.money_short(-dearer[0].saving)
        return ten_words(f"{name} pays {more} more than alone", f"One partner pays {more} more than alone")
    return f"{wording.capital(wording.count(len(dearer)))} of {len(cases)} partners pay more than alone"


def _alt(appraisal: Appraisal, cases: Sequence[PartnerCase], option: str) -> str:
    rows = (
        f"{partner_words.name(appraisal, case.partner)}: alone {wording.money_short(case.alone)}, "
        f"together {wording.money_short(case.pays)}."
        for case in cases
    )
    return " ".join((f"Bars of what each partner of {option} pays alone and together.", *rows))
