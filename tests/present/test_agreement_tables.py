"""Assessors side by side, in tables and sentences: posts and never names, and no mean anywhere."""

from dataclasses import replace

import pytest

from appraise.model.agreement import agreement
from appraise.model.appraisal.criteria import Measured, ValuePoint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage, Workshop
from appraise.model.score_results import AgreementOfAssessors, LeftOut
from appraise.present import agreement_tables
from tests.present import scoring_example

#: Marks of three judges on one criterion for as many options as there are, in points.
ROWS = ((10.0, 20.0, 30.0, 40.0, 50.0), (20.0, 30.0, 40.0, 50.0, 60.0), (80.0, 70.0, 60.0, 50.0, 40.0))


def document(*rows: tuple[float, ...], stage: Stage = Stage.MODERATING, aside: int = -1) -> Appraisal:
    """The example with assessors who gave these marks on the first criterion, one of whom may stand aside."""
    found = scoring_example.document()
    criterion = found.criteria[0]
    options = found.options[: len(ROWS[0])]
    assessors = tuple(
        Assessor(
            id=f"assessor-{who}",
            post=f"Post {who}",
            name=f"Secret {who}",
            interest=Interest.STANDS_ASIDE if who == aside else Interest.NONE,
            marks=tuple(
                Mark(option=option.id, criterion=criterion.id, value=value)
                for option, value in zip(options, row, strict=False)
            ),
        )
        for who, row in enumerate(rows)
    )
    return replace(found, workshop=Workshop(id="workshop-1", stage=stage, assessors=assessors))


def of(appraisal: Appraisal) -> AgreementOfAssessors:
    found = agreement(appraisal)
    assert found is not None
    return found


def test_a_spread_is_read_as_its_marks_stand() -> None:
    now = document((10.0,), (20.0,), (80.0,))
    (one,) = of(now).spreads
    table = agreement_tables.spreads(now, [one])
    assert [cell.text for cell in table.rows[0][2:9]] == ["3", "10", "15", "20", "50", "80", "70"]
    assert table.rows[0][-1].text == "far apart"
    assert agreement_tables.spread_words(one) == (
        "Three assessors: middle mark 20, half of them within 15 to 50, all within 10 to 80 points. "
        "They lie far apart: ask why before a score is agreed."
    )


def test_a_measure_is_compared_in_points() -> None:
    now = document((10.0,), (30.0,))
    falling = replace(
        now.criteria[0],
        measured=Measured.MEASURE,
        unit="homes",
        points=(ValuePoint(measure=10, value=100), ValuePoint(measure=30, value=0)),
    )
    now = replace(now, criteria=(falling, *now.criteria[1:]))
    assert [at.points for at in next(iter(agreement_tables.marks_by_place(now).values()))] == [100, 0]
    (one,) = of(now).spreads
    assert agreement_tables.spreads(now, [one]).rows[0][8].text == "100"


def test_who_stands_aside_is_listed_and_does_not_count() -> None:
    now = document((10.0,), (90.0,), aside=1)
    marks = next(iter(agreement_tables.marks_by_place(now).values()))
    assert [at.counts for at in marks] == [True, False]
    assert agreement_tables.spread_words(of(now).spreads[0]) == (
        "One assessor: 10 points. Two marks are needed to compare."
    )


def test_the_widest_stand_first() -> None:
    now = document((10.0, 40.0, 0.0), (20.0, 60.0, 100.0))
    assert [one.high - one.low for one in agreement_tables.widest_first(of(now))] == [100, 20, 10]


def test_kendalls_w_stands_with_its_words() -> None:
    table = agreement_tables.by_criterion(of(document(*ROWS)), document(*ROWS))
    assert [cell.text for cell in table.rows[0][1:]] == ["3", "0.11", "hardly any agreement"]
    same = document(ROWS[0], ROWS[1])
    assert agreement_tables.by_criterion(of(same), same).rows[0][3].text == "almost the same order"
    assert agreement_tables.by_criterion(of(same), same).rows[1][2].text == "–", "nobody has marked the second"


@pytest.mark.parametrize(
    ("kendall_w", "words"),
    [
        (None, "–"),
        (0.0, "hardly any agreement"),
        (0.3, "weak agreement"),
        (0.5, "moderate agreement"),
        (0.87, "strong agreement"),
        (0.9, "almost the same order"),
        (1.0, "almost the same order"),
    ],
)
def test_w_in_words(kendall_w: float | None, words: str) -> None:
    assert agreement_tables.agreement_words(kendall_w) == words


def test_the_answer_names_the_criterion_with_the_least_agreement() -> None:
    now = document(*ROWS)
    said = agreement_tables.answer(of(now), now)
    name = now.criteria[0].name
    assert said.startswith(f"Assessors agree least on “{name}”: Kendall’s W is 0.11, hardly any agreement.")
    assert said.endswith("Their marks lie 50 points or more apart on two of five scores.")
    assert agreement_tables.answer(of(document((10.0,))), now) == ""
    assert not agreement_tables.comparable(of(document((10.0,))))
    assert agreement_tables.comparable(of(now))


def test_whether_one_assessor_decides() -> None:
    now = document(*ROWS)
    first, other = now.options[0].id, now.options[1].id
    left = tuple(LeftOut(assessor=f"assessor-{who}", first=first, differs=False) for who in range(3))
    found = replace(of(now), first_on_means=first, left_out=left)
    assert agreement_tables.left_out_words(found, now).endswith("whichever assessor is left out.")
    decided = replace(found, left_out=(replace(left[0], first=other, differs=True), *left[1:]))
    assert "without Post 0 another option is." in agreement_tables.left_out_words(decided, now)
    rows = agreement_tables.without_each(replace(found, left_out=(*left[1:], decided.left_out[0])), now).rows
    assert [row[0].text for row in rows] == ["Post 0", "Post 1", "Post 2"]
    assert [row[-1].text for row in rows] == ["another option", "none", "none"]
    assert [row[2].text for row in rows] == ["–", "–", "–"], "no assessor gave every mark"
    assert agreement_tables.left_out_words(of(now), now) == "", "hidden while moderating"


def test_no_name_stands_in_any_table_or_sentence() -> None:
    now = document(*ROWS, stage=Stage.OPEN)
    found = of(now)
    tables = (
        agreement_tables.spreads(now, found.spreads),
        agreement_tables.by_criterion(found, now),
        agreement_tables.without_each(found, now),
    )
    texts = [cell.text for table in tables for row in table.rows for cell in row]
    texts += [agreement_tables.answer(found, now), agreement_tables.left_out_words(found, now)]
    assert texts
    assert not [text for text in texts if "Secret" in text]


@pytest.mark.parametrize(
    ("some", "whole", "words"),
    [
        (11, 40, "11 of 40 scores"),
        (2, 40, "2 of 40 scores"),
        (40, 40, "all 40 scores"),
        (2, 5, "two of five scores"),
        (1, 1, "the one score"),
    ],
)
def test_counts_of_scores(some: int, whole: int, words: str) -> None:
    assert agreement_tables.of_scores(some, whole) == words


def test_missing_marks_are_counted_with_their_posts() -> None:
    now = document(*ROWS)
    whole = len(now.options) * len(now.criteria)
    gaps = [whole - len(one.marks) for one in now.workshop.assessors]
    said = agreement_tables.missing_words(now)
    assert said.startswith(f"{sum(gaps)} of {3 * whole} marks are still missing: ")
    assert all(f"{one.post} ({gap})" in said for one, gap in zip(now.workshop.assessors, gaps, strict=True))


def test_of_many_only_three_are_named_and_who_stands_aside_is_not_waited_for() -> None:
    now = document(*(ROWS[0] for _ in range(6)))
    first, *others = now.workshop.assessors
    aside = replace(first, interest=Interest.STANDS_ASIDE)
    now = replace(now, workshop=replace(now.workshop, assessors=(aside, *others)))
    said = agreement_tables.missing_words(now)
    assert said.count("(") == 3
    assert said.endswith("and two others.")
    assert first.post not in said
    assert len(said.split()) <= 25


def test_all_marks_in_and_nobody_to_wait_for() -> None:
    now = document(*ROWS)
    marks = tuple(
        Mark(option=option.id, criterion=one.id, value=50.0) for option in now.options for one in now.criteria
    )
    full = tuple(replace(one, marks=marks) for one in now.workshop.assessors)
    now = replace(now, workshop=replace(now.workshop, assessors=full))
    assert agreement_tables.missing_words(now) == f"All {3 * len(marks)} marks are in."
    assert agreement_tables.missing_words(replace(now, workshop=replace(now.workshop, assessors=()))) == ""


def test_what_assessors_put_first_on_their_own_marks() -> None:
    now = document(*ROWS)
    first, other = now.options[0], now.options[1]
    found = replace(of(now), first_by=(("assessor-0", first.id), ("assessor-1", other.id), ("assessor-2", first.id)))
    assert agreement_tables.own_firsts(found, now) == (
        f"On their own marks, 2 of 3 assessors put {first.short_name or first.name} first."
    )
    left = tuple(LeftOut(assessor=f"assessor-{who}", first=first.id, differs=False) for who in range(3))
    table = agreement_tables.without_each(replace(found, left_out=left), now)
    assert [row[2].text for row in table.rows] == [one.short_name or one.name for one in (first, other, first)]
    assert agreement_tables.own_firsts(of(now), now) == "", "hidden while moderating"


def test_every_mark_stands_under_a_letter_and_who_stands_aside_in_brackets() -> None:
    table = agreement_tables.marks(document((10.0, 20.0), (30.0,), (80.0,), aside=2))
    assert [one.heading for one in table.columns][2:] == ["A", "B", "C", "Score of record"]
    assert [cell.text for cell in table.rows[0][2:5]] == ["10", "30", "(80)"]
    assert [cell.text for cell in table.rows[1][2:5]] == ["20", "–", "–"]
    assert table.notes[0] == "A: Post 0; B: Post 1; C: Post 2."
    assert "In brackets" in table.notes[1]
    assert "In brackets" not in agreement_tables.marks(document((10.0,), (30.0,))).notes[1]
