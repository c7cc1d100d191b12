"""Assessors side by side: how far their marks lie apart, how far their orders agree, and whether one of them decides.

Everything is in points of 100, and assessors go by their posts. The mean of marks is shown nowhere (METHOD 9.4).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appraise.model.agreement import WIDE
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest, Mark
from appraise.model.remembered import Remembered
from appraise.model.score_results import AgreementOfAssessors, Spread
from appraise.model.value import points_of
from appraise.present import scoring_words, wording
from appraise.present.tables import Cell, Column, Table, right_columns, short_name, words

#: Points from the lowest to the highest mark from which on a range spans two bands (METHOD 9.4).
FAR = wording.number(WIDE)
#: So many assessors have a column each where all marks are printed.
MOST_JUDGES = 8
#: Counts up to this one are written in words.
_IN_WORDS = 10
_MEANS = "On plain means of the marks that are left, for this check alone. They are used nowhere else."
#: So many of those whose marks are missing are named.
_NAMED = 3
#: Words beside Kendall's W where there is one, in the order of `scoring_words.AGREEMENT`.
_HOW = {
    "almost fully": "almost the same order",
    "strongly": "strong agreement",
    "moderately": "moderate agreement",
    "weakly": "weak agreement",
    "hardly": "hardly any agreement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAt:
    """The mark of an assessor, its points, and whether it counts: those of who stands aside do not."""

    assessor: str
    mark: Mark
    points: float
    counts: bool


_MARKS: Remembered[Mapping[tuple[str, str], tuple[MarkAt, ...]]] = Remembered(16)


def marks_by_place(appraisal: Appraisal) -> Mapping[tuple[str, str], tuple[MarkAt, ...]]:
    """Every mark by option and criterion, assessors in their order; marks of what is gone are left out.

    Found again until a mark, an option or a criterion changes: a crowd gives thousands of them.
    """
    return _MARKS.of(lambda: _marks_by_place(appraisal), appraisal.workshop, appraisal.options, appraisal.criteria)


def _marks_by_place(appraisal: Appraisal) -> Mapping[tuple[str, str], tuple[MarkAt, ...]]:
    criteria = {one.id: one for one in appraisal.criteria}
    options = {one.id for one in appraisal.options}
    found: dict[tuple[str, str], list[MarkAt]] = {}
    for assessor in appraisal.workshop.assessors:
        counts = assessor.interest is not Interest.STANDS_ASIDE
        for mark in assessor.marks:
            if mark.criterion in criteria and mark.option in options:
                points = points_of(criteria[mark.criterion], mark.value)
                at = MarkAt(assessor=assessor.id, mark=mark, points=points, counts=counts)
                found.setdefault((mark.option, mark.criterion), []).append(at)
    return {place: tuple(marks) for place, marks in found.items()}


def posts(appraisal: Appraisal) -> Mapping[str, str]:
    """What each assessor is called, by id."""
    return {one.id: scoring_words.assessor_post(appraisal, one.id) for one in appraisal.workshop.assessors}


def missing_words(appraisal: Appraisal) -> str:
    """How many marks are still missing and of whom, in one sentence; "" where nobody scores alone."""
    judges = [one for one in appraisal.workshop.assessors if one.interest is not Interest.STANDS_ASIDE]
    wanted = {(option.id, criterion.id) for option in appraisal.options for criterion in appraisal.criteria}
    if not judges or not wanted:
        return ""
    names = posts(appraisal)
    absent = {one.id: len(wanted - {(mark.option, mark.criterion) for mark in one.marks}) for one in judges}
    late = sorted((one for one in judges if absent[one.id]), key=lambda one: -absent[one.id])
    whole = len(judges) * len(wanted)
    if not late:
        return "The one mark is in." if whole == 1 else f"All {whole:,} marks are in."
    told = [f"{wording.shorten(names[one.id], 30)} ({absent[one.id]})" for one in late[:_NAMED]]
    if len(late) > _NAMED:
        told.append(wording.how_many(len(late) - _NAMED, "other"))
    are = "is" if sum(absent.values()) == 1 else "are"
    return f"{sum(absent.values()):,} of {whole:,} marks {are} still missing: {wording.listing(told)}."


def widest_first(agreement: AgreementOfAssessors) -> tuple[Spread, ...]:
    """The spreads, the widest range first; equal ones by the middle half, then as they stand."""
    return tuple(
        sorted(
            agreement.spreads,
            key=lambda one: (one.low - one.high, one.lower_quartile - one.upper_quartile),
        )
    )


def place_name(appraisal: Appraisal, one: Spread) -> str:
    """Which score a spread is about: the option and the criterion."""
    name = next((found.name for found in appraisal.criteria if found.id == one.criterion), "")
    return f"{short_name(appraisal, one.option)}: {name or 'a criterion without a name'}"


def spread_words(one: Spread, *, measured: bool = False) -> str:
    """One spread in a sentence or two. `measured`: marks are given in a unit, so it says that these are points."""
    many = wording.capital(wording.how_many(one.count, "assessor"))
    if one.count < 2:
        return f"{many}: {wording.score(one.median)} points. Two marks are needed to compare."
    ends = f"{wording.score(one.low)} to {wording.score(one.high)}"
    half = f"{wording.score(one.lower_quartile)} to {wording.score(one.upper_quartile)}"
    middle = "in points, middle" if measured else "middle mark"
    said = f"{many}: {middle} {wording.score(one.median)}, half of them within {half}, all within {ends} points."
    if measured:
        said = said.replace(" points.", ".")
    return f"{said} They lie far apart: ask why before a score is agreed." if one.wide else said


def spreads(appraisal: Appraisal, which: Sequence[Spread]) -> Table:
    """Lowest, quartiles, median and highest mark of each of these, beside the score agreed."""
    agreed = {(one.option, one.criterion): one.value for one in appraisal.scores}
    criteria = {one.id: one for one in appraisal.criteria}
    rows = []
    for one in which:
        place = (one.option, one.criterion)
        known = place in agreed and one.criterion in criteria
        points = points_of(criteria[one.criterion], agreed[place]) if known else None
        figures = (one.low, one.lower_quartile, one.median, one.upper_quartile, one.high, one.high - one.low)
        rows.append(
            (
                words(short_name(appraisal, one.option)),
                words(criteria[one.criterion].name if one.criterion in criteria else ""),
                Cell(text=str(one.count), raw=float(one.count)),
                *(Cell(text=wording.score(value), raw=value) for value in figures),
                Cell(text=wording.DASH) if points is None else Cell(text=wording.score(points), raw=points),
                words("far apart" if one.wide else ""),
            )
        )
    return Table(
        title="How far assessors lie apart",
        columns=(
            Column(heading="Option"),
            Column(heading="Criterion"),
            *right_columns(
                "Marks", "Lowest", "Lower quarter", "Median", "Upper quarter", "Highest", "Range", "Score of record"
            ),
            Column(heading="Note"),
        ),
        rows=tuple(rows),
        notes=(f"Points of 100. Far apart: a range of {FAR} points or more. {scoring_words.MODERATED}",),
    )


def marks(appraisal: Appraisal) -> Table:
    """Every mark in points beside the score of record: a column for each assessor, A, B ..., whose posts are noted."""
    assessors = [one.id for one in appraisal.workshop.assessors]
    found, agreed = marks_by_place(appraisal), {(one.option, one.criterion): one.value for one in appraisal.scores}
    rows = []
    for criterion in appraisal.criteria:
        for option in appraisal.options:
            place = (option.id, criterion.id)
            given = {one.assessor: one for one in found.get(place, ())}
            if given:
                cells = [Cell(text=wording.DASH) if one not in given else _mark(given[one]) for one in assessors]
                record = points_of(criterion, agreed[place]) if place in agreed else None
                score = Cell(text=wording.DASH if record is None else wording.score(record), raw=record)
                rows.append((words(criterion.name), words(short_name(appraisal, option.id)), *cells, score))
    letters = [chr(ord("A") + place % 26) * (place // 26 + 1) for place in range(len(assessors))]
    names = posts(appraisal)
    aside = any(one.interest is Interest.STANDS_ASIDE for one in appraisal.workshop.assessors)
    return Table(
        title="Every mark, by assessor",
        columns=(
            Column(heading="Criterion"),
            Column(heading="Option"),
            *right_columns(*letters, "Score of record"),
        ),
        rows=tuple(rows),
        notes=(
            "; ".join(f"{letter}: {names[one]}" for letter, one in zip(letters, assessors, strict=True)) + ".",
            "Points of 100. In brackets: stands aside, counts nowhere." if aside else "Points of 100.",
        ),
    )


def _mark(at: MarkAt) -> Cell:
    points = wording.score(at.points)
    return Cell(text=points if at.counts else f"({points})", raw=at.points)


def agreement_words(kendall_w: float | None) -> str:
    """Kendall's W in two or three words; a dash where it has no meaning."""
    if kendall_w is None:
        return wording.DASH
    return _HOW[next((how for least, how in scoring_words.AGREEMENT if kendall_w >= least), "hardly")]


def by_criterion(agreement: AgreementOfAssessors, appraisal: Appraisal) -> Table:
    """Kendall's W of the assessors' order of options on each criterion, and in words."""
    names = {one.id: one.name for one in appraisal.criteria}
    return Table(
        title="How far assessors agree on the order of options",
        columns=(Column(heading="Criterion"), *right_columns("Assessors", "Kendall’s W"), Column(heading="In words")),
        rows=tuple(
            (
                words(names.get(one.criterion, "")),
                Cell(text=str(one.judges), raw=float(one.judges)),
                Cell(text=wording.DASH)
                if one.kendall_w is None
                else Cell(text=wording.number(one.kendall_w, 2), raw=one.kendall_w),
                Cell(text=agreement_words(one.kendall_w), raw=agreement_words(one.kendall_w)),
            )
            for one in agreement.by_criterion
        ),
        notes=("0: no two orders have anything in common. 1: all have the same order. Equal marks are allowed for.",),
    )


def without_each(agreement: AgreementOfAssessors, appraisal: Appraisal) -> Table:
    """Which option the others would put first without each assessor, those first whose leaving changes it.

    Beside it the option that the assessor's own marks put first; a dash where some of them are missing.
    """
    names, own = posts(appraisal), dict(agreement.first_by)
    return Table(
        title="Who would be first without each assessor",
        columns=(
            Column(heading="Without"),
            Column(heading="First"),
            Column(heading="First on own marks"),
            Column(heading="Change"),
        ),
        rows=tuple(
            (
                words(names.get(one.assessor, "")),
                words(short_name(appraisal, one.first)),
                words(short_name(appraisal, own[one.assessor]) if own.get(one.assessor) else wording.DASH),
                words("another option" if one.differs else "none"),
            )
            for one in sorted(agreement.left_out, key=lambda one: not one.differs)
        ),
        notes=tuple(filter(None, (own_firsts(agreement, appraisal), _MEANS))),
    )


def own_firsts(agreement: AgreementOfAssessors, appraisal: Appraisal) -> str:
    """How many assessors put the same option first on their own marks; "" where that is not known."""
    often = Counter(option for _, option in agreement.first_by if option)
    if len(agreement.first_by) < 2 or not often:
        return ""
    option, most = often.most_common(1)[0]
    whole = len(agreement.first_by)
    who = f"all {wording.count(whole)} assessors" if most == whole else f"{most} of {whole} assessors"
    put = "puts" if most == 1 else "put"
    return f"On their own marks, {who} {put} {short_name(appraisal, option)} first."


def left_out_words(agreement: AgreementOfAssessors, appraisal: Appraisal) -> str:
    """Whether a single assessor decides who is first; "" where that is not known."""
    if not agreement.left_out or not agreement.first_on_means:
        return ""
    names, first = posts(appraisal), short_name(appraisal, agreement.first_on_means)
    alone = [names.get(one.assessor, wording.DASH) for one in agreement.left_out if one.differs]
    if not alone:
        return f"{first} is first on the marks, whichever assessor is left out."
    who = wording.listing(alone) if len(alone) < 3 else wording.how_many(len(alone), "assessor")
    any_of = "" if len(alone) == 1 else " any one of"
    return f"{first} is first on all marks; without{any_of} {wording.shorten(who, 60)} another option is."


def of_scores(some: int, whole: int) -> str:
    """How many scores of how many: "11 of 40 scores", "two of five scores", "all 40 scores", "the one score"."""
    if some == whole:
        return "the one score" if whole == 1 else f"all {wording.count(whole)} scores"
    if whole > _IN_WORDS:
        return f"{some} of {whole} scores"
    return f"{wording.count(some)} of {wording.how_many(whole, 'score')}"


def wide_words(agreement: AgreementOfAssessors) -> str:
    """On how many scores assessors lie far apart; "" where no two marks can be compared."""
    compared = [one for one in agreement.spreads if one.count > 1]
    wide = sum(one.wide for one in compared)
    if not compared:
        return ""
    if not wide:
        return f"No range of marks spans {FAR} points or more on any of {wording.how_many(len(compared), 'score')}."
    return f"Their marks lie {FAR} points or more apart on {of_scores(wide, len(compared))}."


def wide_title(agreement: AgreementOfAssessors) -> str:
    """How many of all scores are wide, in ten words, for a chart of the widest."""
    compared = [one for one in agreement.spreads if one.count > 1]
    wide = sum(one.wide for one in compared)
    if not wide:
        return "The widest apart, though none spans two bands"
    return f"Assessors lie far apart on {of_scores(wide, len(compared))}"


def comparable(agreement: AgreementOfAssessors | None) -> bool:
    """Whether any option and criterion has two marks."""
    return agreement is not None and any(one.count > 1 for one in agreement.spreads)


def answer(agreement: AgreementOfAssessors, appraisal: Appraisal) -> str:
    """How far the assessors agree, in one or two sentences; "" where no two marks can be compared."""
    known = [one for one in agreement.by_criterion if one.kendall_w is not None]
    if agreement.kendall_w is not None:
        first = scoring_words.kendall(agreement.kendall_w, agreement.judges)
    elif known:
        weakest = min(known, key=lambda one: one.kendall_w or 0.0)
        name = next((one.name for one in appraisal.criteria if one.id == weakest.criterion), "")
        value = wording.number(weakest.kendall_w or 0.0, 2)
        short = wording.shorten(name, 40)
        first = f"Assessors agree least on “{short}”: Kendall’s W is {value}, {agreement_words(weakest.kendall_w)}."
    else:
        first = ""
    return " ".join(part for part in (first, wide_words(agreement)) if part)
