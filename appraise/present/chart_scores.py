"""Charts of the scoring: what each branch adds to the score, and how often each option takes each place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results
from appraise.model.score_results import Contribution, Scored
from appraise.present import finished, score_tables, scoring_words, tables, wording
from appraise.present.chart_bars import row_name
from appraise.present.chart_parts import (
    Canvas,
    Chart,
    ChartStyle,
    KeyPart,
    Rows,
    Scale,
    draw_key,
    key_lines,
    ten_words,
    under_middle,
)
from appraise.present.tables import Cell, Column, Table, short_name

By = Literal["branch", "criterion"]
#: A share of draws from which a bar is all one place.
_ALL = 0.99
_PLACES = ("First", "Second", "Third", "Fourth", "Fourth or lower")


def with_score(results: Results) -> list[tuple[OptionResult, Scored]]:
    """The options that have a weighted score, whole or not; none while scores are sealed."""
    return [(option, option.score) for option in results.options if option.score is not None]


# --- what each branch adds -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of a stacked bar: its name, the colour's place in the key, and what it adds to each option."""

    name: str
    group: int
    points: tuple[float, ...]


def _groups(appraisal: Appraisal, score: Scored) -> dict[str, int]:
    """The group of each branch by id, at most four: the heaviest three and the rest together where there are more."""
    branch_of = {criterion.id: criterion.branch for criterion in appraisal.criteria}
    weight = dict.fromkeys((branch.id for branch in appraisal.branches), 0.0)
    for part in score.by_criterion:
        branch = branch_of.get(part.criterion, "")
        weight[branch] = weight.get(branch, 0.0) + part.weight
    kept = list(weight)
    if len(kept) > 4:
        heaviest = set(sorted(kept, key=lambda branch: -weight[branch])[:3])
        kept = [branch for branch in kept if branch in heaviest]
    groups = {branch: place for place, branch in enumerate(kept)}
    return {branch: groups.get(branch, len(kept)) for branch in weight}


def _parts(appraisal: Appraisal, scored: Sequence[tuple[OptionResult, Scored]], by: By) -> tuple[list[str], list[Part]]:
    """The names of the groups, and the segments in the order of the value tree."""
    if not scored:
        return [], []
    groups = _groups(appraisal, scored[0][1])
    names = {branch.id: branch.name for branch in appraisal.branches}
    count = max(groups.values(), default=-1) + 1
    members = [[branch for branch, group in groups.items() if group == place] for place in range(count)]
    heads = [names.get(found[0], "Other branches") if len(found) == 1 else "Other branches" for found in members]
    by_id = [{part.criterion: part for part in score.by_criterion} for _, score in scored]
    found = [
        (one.name, groups.get(one.branch, 0), tuple(_points(parts.get(one.id)) for parts in by_id))
        for one in appraisal.criteria
    ]
    if by == "criterion":
        return heads, [Part(*one) for one in sorted(found, key=lambda one: one[1])]
    sums = [
        tuple(sum(points[row] for _, group, points in found if group == place) for row in range(len(scored)))
        for place in range(count)
    ]
    return heads, [Part(head, place, points) for place, (head, points) in enumerate(zip(heads, sums, strict=True))]


def _points(part: Contribution | None) -> float:
    return part.points if part is not None else 0.0


def weighted_scores(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle, by: By = "branch"
) -> Chart | None:
    """Points of 100 by option, stacked by branch or criterion; the total stands at the end of each bar."""
    scored = with_score(results)
    heads, parts = _parts(appraisal, scored, by)
    if not scored or not parts:
        return None
    chosen = tables.preferred(results, appraisal)
    probe = Canvas(width, height, style)
    entries = [KeyPart(name, colour) for name, colour in zip(heads, style.categories, strict=False)]
    key = key_lines(entries, probe)
    head = len(key) * style.size * 1.5 + style.size * 0.4
    widths = [probe.measure(option.name, strong=True) for option, _ in scored]
    rows = Rows.fit(widths, width=width, height=height, size=style.size, head=head, foot=style.size * 0.3)
    canvas = Canvas(width, rows.height, style)
    draw_key(canvas, key, entries)
    labels = [finished.total_words(score) for _, score in scored]
    right = width - max(canvas.measure(text, strong=True) for text in ("100", *labels)) - style.size * 0.6
    most = max(score.total for _, score in scored) or 100.0
    scale = Scale(0.0, most, rows.left, right)
    for row, (option, _) in enumerate(scored):
        row_name(canvas, rows, row, appraisal, option, strong=option.id == chosen)
        left = rows.left
        for part, printed in zip(parts, whole_points([part.points[row] for part in parts]), strict=True):
            end = left + scale(part.points[row]) - rows.left
            _segment(canvas, rows, row, part.group, left, end, printed)
            left = end
        y = rows.middle(row) - under_middle(style.size)
        canvas.write(left + style.size * 0.45, y, labels[row], style.ink, strong=True)
    gated = "; out: fails a gate" if any(score.gates_failed for _, score in scored) else ""
    return Chart(
        title=score_title(results, appraisal),
        subtitle=f"Weighted score, points of 100, by {by}{gated}",
        alt="Stacked bars of weighted scores. "
        + " ".join(
            f"{option.name}: {_spoken(score)}{', fails a gate' if score.gates_failed else ''}."
            for option, score in scored
        ),
        drawing=canvas.drawing,
        figures=lambda: _score_data(parts, scored, by),
    )


def _spoken(score: Scored) -> str:
    said = finished.total_words(replace(score, gates_failed=()))
    return f"{said}{' of 100' if score.complete else ''}{', fails a gate' if score.gates_failed else ''}"


def whole_points(parts: Sequence[float]) -> list[int]:
    """The parts of a total in whole points that add up to the rounded total.

    Rounded down first; what is lacking goes to those with the largest remainders (Hamilton's method).
    """
    floors = [math.floor(part) for part in parts]
    lacking = round(sum(parts)) - sum(floors)
    largest = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place], place))
    return [one + (place in largest[:lacking]) for place, one in enumerate(floors)]


def _segment(canvas: Canvas, rows: Rows, row: int, place: int, left: float, end: float, points: float) -> None:
    """One part of a bar with a gap of the card's colour after it, and its points where they fit inside."""
    style = canvas.style
    y = rows.middle(row)
    gap = min(1.5, (end - left) / 3)
    canvas.rect(left, y - rows.bar / 2, end - left - gap, rows.bar, style.categories[place])
    text = wording.score(points)
    if canvas.measure(text) + style.size * 0.5 < end - left - 1.5 and rows.bar >= style.size * 1.05:
        canvas.write(
            (left + end - 1.5) / 2, y - under_middle(style.size), text, style.on_categories[place], anchor="middle"
        )


def score_title(results: Results, appraisal: Appraisal) -> str:
    """Who scores highest, or that nobody clearly does, in at most ten words."""
    verdict = results.verdict
    if verdict.score_tied:
        return tie_title(results, appraisal)
    if not verdict.highest_score or not verdict.score_clear:
        return "No option clearly scores highest"
    return ten_words(
        f"{short_name(appraisal, verdict.highest_score)} scores highest", "One option scores clearly highest"
    )


def tie_title(results: Results, appraisal: Appraisal) -> str:
    """Who shares the highest score, in at most ten words."""
    return ten_words(f"{scoring_words.tied(results, appraisal)} score the same", "A tie on score")


def _score_data(parts: Sequence[Part], scored: Sequence[tuple[OptionResult, Scored]], by: By) -> Table:
    heads = tuple(Column(heading=part.name, align="right") for part in parts)
    return Table(
        title=f"Weighted scores by {by}",
        columns=(Column(heading="Option"), *heads, Column(heading="Weighted score", align="right", unit="of 100")),
        rows=tuple(
            (
                Cell(text=option.name, raw=option.name),
                *(Cell(text=wording.number(part.points[row], 1), raw=part.points[row]) for part in parts),
                Cell(text=finished.total_words(score), raw=score.total if score.complete else None),
            )
            for row, (option, score) in enumerate(scored)
        ),
    )


# --- which place how often ---------------------------------------------------------------------------------


def _tones(style: ChartStyle) -> tuple[tuple[str, str, str], ...]:
    """From the first place to the last: the fill, the ink that can be read on it, and an edge where it is pale."""
    return (
        (style.primary, style.on_categories[0], ""),
        (style.grey, style.on_categories[1], ""),
        (style.quiet, style.ink, style.grey),
        (style.tint2, style.ink, style.grey),
    )


def _places(shares: Sequence[float]) -> tuple[float, ...]:
    """Shares by place, at most four: from the fourth place on they stand together."""
    return (*shares[:3], sum(shares[3:])) if len(shares) > 4 else tuple(shares)


def _place_names(count: int) -> tuple[str, ...]:
    return _PLACES[:count] if count <= 4 else (*_PLACES[:3], _PLACES[4])


def rank_acceptability(
    results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle
) -> Chart | None:
    """A bar of all draws by option, split by the place that it takes; the share of first places is printed beside it.

    An option out of the ranking has the reason in its place. None while fewer than two options are ranked.
    """
    scored = with_score(results)
    count = max((len(score.rank_acceptability) for _, score in scored), default=0)
    if count < 2:
        return None
    size, first = style.size, results.verdict.highest_score
    tones = _tones(style)
    entries = [KeyPart(name, fill, edge) for name, (fill, _, edge) in zip(_place_names(count), tones, strict=False)]
    probe = Canvas(width, height, style)
    key = key_lines(entries, probe)
    rows = Rows.fit(
        [probe.measure(option.name, strong=True) for option, _ in scored],
        width=width, height=height, size=size, head=len(key) * size * 1.5 + size * 0.4, foot=size * 0.3,
    )  # fmt: skip
    canvas = Canvas(width, rows.height, style)
    draw_key(canvas, key, entries)
    labels = [_first_words(score) for _, score in scored]
    side = max(
        canvas.measure(text, strong=True)
        for text, (_, score) in zip(labels, scored, strict=True)
        if score.rank_acceptability
    )
    end = width if rows.above else width - side - size * 0.6
    for row, (option, score) in enumerate(scored):
        strong = option.id == first
        room = width - canvas.measure(labels[row], strong=strong) - size * 0.6 if rows.above else 0.0
        row_name(canvas, rows, row, appraisal, option, strong=strong, room=room)
        if score.rank_acceptability:
            _place_bar(canvas, rows, row, _places(score.rank_acceptability), end, count)
        y = rows.name_at(row) if rows.above else rows.middle(row) - under_middle(size)
        out = not score.rank_acceptability and not rows.above
        canvas.write(
            rows.left if out else width, y, canvas.fit(labels[row], width - rows.left) if out else labels[row],
            style.ink2 if out else style.ink, anchor="start" if out else "end", strong=strong,
        )  # fmt: skip
    return Chart(
        title=acceptability_title(results, appraisal),
        subtitle=score_tables.draws_words(results),
        alt="Bars of the share of draws in which each option takes each place on score. "
        + " ".join(f"{option.name}: {label}." for (option, _), label in zip(scored, labels, strict=True)),
        drawing=canvas.drawing,
        figures=lambda: score_tables.rank_acceptability(results),
    )


def _first_words(score: Scored) -> str:
    """What stands beside the bar, or in place of one."""
    if score.rank_acceptability:
        return f"{wording.percent_of_draws(score.rank_acceptability[0])} first"
    return "fails a gate" if score.gates_failed else finished.total_words(score)


def _place_bar(canvas: Canvas, rows: Rows, row: int, shares: Sequence[float], end: float, count: int) -> None:
    """The segments of one option, from the first place on; a share is printed inside where there is room.

    A bar that is all one place has nothing beside it to be told from, so it says its place in words.
    `count`: of places.
    """
    style, size, y = canvas.style, canvas.size, rows.middle(row)
    tones, left = _tones(style), rows.left
    for place, share in enumerate(shares):
        right = left + share * (end - rows.left)
        fill, ink, edge = tones[place]
        canvas.rect(left, y - rows.bar / 2, right - left - min(1.5, (right - left) / 3), rows.bar, fill, edge=edge)
        text = wording.percent_of_draws(share)
        if share > _ALL:
            named = f"{_place_names(count)[place].lower()}: {text}"
            text = named if canvas.measure(named) + size * 0.5 < right - left - 1.5 else text
        if place and canvas.measure(text) + size * 0.5 < right - left - 1.5 and rows.bar >= size * 1.05:
            canvas.write((left + right - 1.5) / 2, y - under_middle(size), text, ink, anchor="middle")
        left = right


def acceptability_title(results: Results, appraisal: Appraisal) -> str:
    """How often the first option is first, and whether that is clear, in at most ten words."""
    verdict = results.verdict
    if verdict.score_tied:
        return tie_title(results, appraisal)
    found = next((score for option, score in with_score(results) if option.id == verdict.highest_score), None)
    if found is None or not found.rank_acceptability:
        return "No option clearly scores highest"
    share = wording.percent_of_draws(found.rank_acceptability[0])
    name = short_name(appraisal, verdict.highest_score)
    if verdict.score_clear:
        return ten_words(f"{name} is first in {share} of draws", f"One option is first in {share} of draws")
    return ten_words(f"No clear winner: {name} first in {share} of draws", "No option clearly scores highest")
