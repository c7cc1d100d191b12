"""Assessors side by side: how far they lie apart, how alike they rank, and whether one decides (METHOD 9.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import HIDDEN, Interest, Mark, Stage
from appraise.model.ranking import ranking
from appraise.model.remembered import Remembered
from appraise.model.score_results import AgreementOfAssessors, CriterionAgreement, LeftOut, Spread
from appraise.model.scoring import COMPARED, gates_failed, weights
from appraise.model.uncertainty import Floats
from appraise.model.value import has_scale, points_of

#: Points between the lowest and the highest mark from which on assessors are said to differ: two bands of 25.
WIDE = 50.0
#: Marks are compared from the moment scoring is closed.
COMPARED_FROM = frozenset(Stage) - HIDDEN | {Stage.MODERATING}

Flags = npt.NDArray[np.bool_]

#: Marks of one assessor as points, options x criteria, missing ones not a number.
_SHEETS: Remembered[Floats] = Remembered()


@dataclass(frozen=True, slots=True)
class _Marks:
    """Points of all who count: `points` assessors x options x criteria, `given` which of them are there."""

    assessors: tuple[str, ...]
    points: Floats
    given: Flags


def _sheet(appraisal: Appraisal, marks: tuple[Mark, ...]) -> Floats:
    row = {option.id: place for place, option in enumerate(appraisal.options)}
    column = {one.id: (place, one) for place, one in enumerate(appraisal.criteria) if has_scale(one)}
    points = np.full((len(row), len(appraisal.criteria)), np.nan)
    for mark in marks:
        if mark.option in row and mark.criterion in column:
            place, criterion = column[mark.criterion]
            points[row[mark.option], place] = round(points_of(criterion, mark.value), COMPARED)
    return points


def _marks(appraisal: Appraisal) -> _Marks:
    """Assessors who do not stand aside and have given a mark."""
    found: dict[str, Floats] = {}
    for assessor in appraisal.workshop.assessors:
        if assessor.interest is Interest.STANDS_ASIDE:
            continue
        make = partial(_sheet, appraisal, assessor.marks)
        sheet = _SHEETS.of(make, assessor.marks, appraisal.options, appraisal.criteria)
        if not np.isnan(sheet).all():
            found[assessor.id] = sheet
    shape = (0, len(appraisal.options), len(appraisal.criteria))
    points = np.stack(list(found.values())) if found else np.empty(shape)
    return _Marks(tuple(found), points, ~np.isnan(points))


# --- spread ------------------------------------------------------------------------------------------------


def _at(ordered: Floats, count: npt.NDArray[np.int64], share: float) -> Floats:
    """Quantiles along the first axis of sorted marks, straight between order statistics (Hyndman and Fan, type 7)."""
    position = share * np.maximum(count - 1, 0)
    lower = np.floor(position).astype(np.int64)
    upper = np.minimum(lower + 1, np.maximum(count - 1, 0))
    below = np.take_along_axis(ordered, lower[None], axis=0)[0]
    above = np.take_along_axis(ordered, upper[None], axis=0)[0]
    return np.asarray(below + (above - below) * (position - lower), dtype=np.float64)


def _spreads(appraisal: Appraisal, marks: _Marks) -> tuple[Spread, ...]:
    """Median, range and quartiles of every option and criterion with a mark, points."""
    if not marks.assessors:
        return ()
    ordered = np.sort(marks.points, axis=0)  # what is not a number comes last
    count = np.count_nonzero(marks.given, axis=0).astype(np.int64)
    at = [_at(ordered, count, share).tolist() for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return tuple(
        Spread(
            option=option.id,
            criterion=criterion.id,
            count=int(count[row, column]),
            low=at[0][row][column],
            lower_quartile=at[1][row][column],
            median=at[2][row][column],
            upper_quartile=at[3][row][column],
            high=at[4][row][column],
            wide=at[4][row][column] - at[0][row][column] >= WIDE,
        )
        for row, option in enumerate(appraisal.options)
        for column, criterion in enumerate(appraisal.criteria)
        if count[row, column]
    )


# --- concordance -------------------------------------------------------------------------------------------


def kendall_w(rows: Sequence[Sequence[float]] | Floats) -> float | None:
    """Kendall's W of judges (rows) who score the same items, from 0 (no agreement) to 1, corrected for ties.

    With m judges, n items, R_i the sum of ranks of item i (equal scores share the mean rank) and t the sizes of ties:
    W = 12 sum (R_i - mean R)^2 / (m^2 (n^3 - n) - m sum (t^3 - t)) (Kendall and Babington Smith 1939; ties: Siegel
    and Castellan 1988, 9.5). Scores are compared after rounding to 9 digits. None: fewer than two judges or items, or
    every judge ties all items.
    """
    scores = np.round(np.asarray(rows, dtype=np.float64), COMPARED)
    if scores.ndim != 2 or min(scores.shape) < 2:
        return None
    judges, items = scores.shape
    equal = np.count_nonzero(scores[:, :, None] == scores[:, None, :], axis=2)
    above = np.count_nonzero(scores[:, :, None] < scores[:, None, :], axis=2)
    sums = (2 * above + equal + 1).sum(axis=0)  # twice the sums of ranks, whole numbers
    away = judges * (items + 1) - sums
    ties = int((equal * equal - 1).sum())  # sum of t^3 - t: each of the t items adds t^2 - 1
    room = judges * judges * (items**3 - items) - judges * ties
    return 3 * int((away * away).sum()) / room if room > 0 else None


def _passed(appraisal: Appraisal) -> Flags:
    """Which options fail no gate."""
    return np.array([not gates_failed(appraisal, option.id) for option in appraisal.options], dtype=np.bool_)


def _by_criterion(appraisal: Appraisal, marks: _Marks) -> tuple[CriterionAgreement, ...]:
    """W on each criterion over the options that pass and that anybody marked there, of those who marked them all."""
    found = []
    passed = _passed(appraisal)
    for column, criterion in enumerate(appraisal.criteria):
        given = marks.given[:, :, column]
        options = given.any(axis=0) & passed
        judges = given[:, options].all(axis=1) if options.any() else np.zeros(len(given), dtype=np.bool_)
        concordance = kendall_w(marks.points[:, :, column][judges][:, options])
        found.append(
            CriterionAgreement(criterion=criterion.id, judges=int(np.count_nonzero(judges)), kendall_w=concordance)
        )
    return tuple(found)


# --- totals ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counted:
    """Marks of the options that totals rest on.

    Options: no failed gate, and a mark of somebody on each criterion; one without weight is asked for like the others,
    as it is of scores of record. `judges`: gave all of these marks.
    """

    options: tuple[str, ...]
    points: Floats
    given: Flags
    weights: Floats
    judges: Flags


def _counted(appraisal: Appraisal, marks: _Marks) -> _Counted:
    leaf = np.array(list(weights(appraisal).values()), dtype=np.float64)
    passed = _passed(appraisal)
    unmarked = np.count_nonzero(np.count_nonzero(marks.given, axis=0) == 0, axis=1)
    rows = np.flatnonzero(passed & (unmarked == 0))
    points, given = marks.points[:, rows], marks.given[:, rows]
    judges = np.count_nonzero(given, axis=(1, 2)) == max(1, len(rows) * len(leaf))
    return _Counted(tuple(appraisal.options[row].id for row in rows), points, given, leaf, judges)


def _totals(weight: Floats, points: Floats) -> Floats:
    """Sum over the last axis of weight x points, always in the same order, rounded as totals are compared."""
    found = np.zeros(points.shape[:-1])
    for column, one in enumerate(weight):
        found += one * points[..., column]
    return np.round(found, COMPARED)


def _first(options: tuple[str, ...], totals: Floats, rather: str = "") -> str:
    """Who has the highest total: `rather` among equals, else the smallest id; empty where nobody has a total."""
    if np.isnan(totals).all():
        return ""
    highest = np.nanmax(totals)
    level = [option for option, total in zip(options, totals, strict=True) if total == highest]
    return rather if rather in level else min(level)


def _left_out(marks: _Marks, counted: _Counted) -> tuple[str, tuple[LeftOut, ...]]:
    """(who is first on the means of all marks, and without each assessor).

    The mean of an option and criterion is over those who marked it; without any mark an option has no total.
    """
    points, count = np.where(counted.given, counted.points, 0.0), np.count_nonzero(counted.given, axis=0)
    whole = points.sum(axis=0)
    first = _first(counted.options, _totals(counted.weights, whole / count))
    if len(marks.assessors) < 2:
        return first, ()
    left = (count - counted.given).astype(np.float64)
    means = np.divide(whole - points, left, out=np.full(points.shape, np.nan), where=left > 0)
    found = []
    for assessor, totals in zip(marks.assessors, _totals(counted.weights, means), strict=True):
        now = _first(counted.options, totals, first)
        found.append(LeftOut(assessor=assessor, first=now, differs=now not in ("", first)))
    return first, tuple(found)


def _first_by(appraisal: Appraisal, marks: _Marks, counted: _Counted) -> tuple[tuple[str, str], ...]:
    """Whom each judge's own marks put first at the weights of record; among equals the first on scores of record."""
    rank = ranking(appraisal)
    record = rank.options[rank.first] if rank.first is not None else ""
    totals = _totals(counted.weights, counted.points)
    return tuple(
        (assessor, _first(counted.options, row, record))
        for assessor, row, judges in zip(marks.assessors, totals, counted.judges.tolist(), strict=True)
        if judges
    )


def agreement(appraisal: Appraisal) -> AgreementOfAssessors | None:
    """Spreads, Kendall's W and who decides; None without marks or while assessors still score alone.

    While totals are hidden, nothing that follows from them is made: no W of totals, no first option.
    """
    if appraisal.workshop.stage not in COMPARED_FROM:
        return None
    marks = _marks(appraisal)
    if not marks.assessors:
        return None
    counted = _counted(appraisal, marks)
    overall: float | None = None
    first = ""
    left_out: tuple[LeftOut, ...] = ()
    first_by: tuple[tuple[str, str], ...] = ()
    if appraisal.workshop.stage not in HIDDEN and counted.options and counted.weights.any():
        overall = kendall_w(_totals(counted.weights, counted.points[counted.judges]))
        first, left_out = _left_out(marks, counted)
        first_by = _first_by(appraisal, marks, counted)
    return AgreementOfAssessors(
        spreads=_spreads(appraisal, marks),
        by_criterion=_by_criterion(appraisal, marks),
        judges=int(np.count_nonzero(counted.judges)),
        kendall_w=overall,
        first_on_means=first,
        left_out=left_out,
        first_by=first_by,
    )
