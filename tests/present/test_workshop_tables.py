"""How the scoring was done, as tables: nobody's name, anchors and scales in words, gates, dissent, the seal log."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import Asking, Criterion, Level, Measured, ValuePoint, Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, Choice, Rating
from appraise.model.appraisal.workshop import Interest
from appraise.model.score_results import ChoiceScored, Contribution, Scored, Scoring
from appraise.present import scoring_words, workshop_tables
from appraise.present.tables import Table
from appraise.workspace import templates
from tests.present import example

NAME = "Grace Hopper"


@pytest.fixture(scope="module")
def document() -> Appraisal:
    found = templates.load("worked-example", first_year=2027)
    named = tuple(replace(one, name=f"{NAME} {one.id}") for one in found.workshop.assessors)
    return replace(found, workshop=replace(found.workshop, assessors=named))


def text(table: Table) -> str:
    return " ".join(cell.text for row in table.rows for cell in row)


def test_assessors_go_by_their_posts_and_who_stands_aside_is_not_counted(document: Appraisal) -> None:
    table = workshop_tables.assessors(document)
    assert len(table.rows) == 6
    aside = next(row for row in table.rows if row[1].text == scoring_words.INTERESTS[Interest.STANDS_ASIDE])
    assert aside[3].text == "16, not counted"
    assert all(row[3].text == "40 of 40" for row in table.rows if row is not aside)
    late = replace(document.workshop.assessors[0], late=True)
    changed = replace(document, workshop=replace(document.workshop, assessors=(late,)))
    assert workshop_tables.assessors(changed).rows[0][4].text.endswith(", late")


def test_no_table_names_anybody(document: Appraisal) -> None:
    made = (
        workshop_tables.assessors(document),
        workshop_tables.records(document),
        workshop_tables.seal_log(replace(document, people=())),
    )
    for table in made:
        assert table.rows
        assert NAME not in text(table)


def test_points_stand_for_levels_in_words_or_for_a_measure() -> None:
    falling = Criterion(
        id="c",
        branch="b",
        name="Homes",
        measured=Measured.MEASURE,
        unit="homes",
        points=(ValuePoint(measure=10, value=100), ValuePoint(measure=42.5, value=35), ValuePoint(measure=60, value=0)),
    )
    levels = replace(
        falling, id="d", name="Word", measured=Measured.LEVELS, levels=(Level(value=50, words="half"), Level(value=0))
    )
    direct = replace(falling, id="e", measured=Measured.DIRECT)
    document = replace(example.document(), criteria=(falling, levels, direct))
    rows = [tuple(cell.text for cell in row) for row in workshop_tables.scales(document).rows]
    assert rows == [
        ("Homes", "0", "60 homes"),
        ("Homes", "35", "42.5 homes"),
        ("Homes", "100", "10 homes"),
        ("Word", "0", "–"),
        ("Word", "50", "half"),
    ]
    kinds = [workshop_tables.scale_words(one) for one in (falling, levels, direct)]
    assert kinds == ["By measure: homes", "By levels in words", "Directly, 0 to 100"]


def test_the_value_tree_has_every_criterion_under_its_aim(document: Appraisal) -> None:
    table = workshop_tables.value_tree(document)
    assert [row[0].text for row in table.rows] == [one.name for one in document.criteria]
    names = {branch.id: branch.name for branch in document.branches}
    assert [row[1].text for row in table.rows] == [names[one.branch] for one in document.criteria]
    assert all(one.worst in text(table) and one.best in text(table) for one in document.criteria)


def test_gates_show_outcomes_unless_they_are_left_out(document: Appraisal) -> None:
    lawful, night = workshop_tables.gates(document).rows
    assert [cell.text for cell in lawful[2:]] == ["Fails", *["Passes"] * 4]
    assert [cell.text for cell in night[2:]] == ["Passes"] * 5
    assert all(len(row) == 2 for row in workshop_tables.gates(document, outcomes=False).rows)


def test_answers_stand_in_the_order_of_the_moves(document: Appraisal) -> None:
    table = workshop_tables.swings(document)
    assert [row[1].text for row in table.rows] == [str(place) for place in range(1, 9)]
    homes = table.rows[0]
    assert (homes[2].text, homes[3].text) == ("100", "Not said")
    assert table.rows[1][3].text == "55 to 85"
    by_branch = replace(document, weighting=Weighting(asking=Asking.BY_BRANCH))
    assert "of its branch" in workshop_tables.swings(by_branch).notes[0]


def test_scores_of_record_keep_their_measure_range_agreement_and_dissent(document: Appraisal) -> None:
    rows = {(row[0].text, row[1].text): row for row in workshop_tables.records(document).rows}
    homes = rows["Fewer homes flooded", "Joint"]
    assert (homes[2].text, homes[3].text, homes[4].text) == ("80", "20 (12 to 30)", "5 of 5")
    jobs = rows["Local jobs and skills", "Joint"]
    assert (jobs[2].text, jobs[3].text, jobs[4].text) == ("65", "35 to 85", "4 of 5")
    (dissent,) = workshop_tables.dissents(document).rows
    assert [cell.text for cell in dissent[:3]] == ["Local jobs and skills", "Joint", "Residents’ panel, Mill Lane"]
    assert dissent[3].text.startswith("A place that nobody")
    alone = replace(document, workshop=replace(document.workshop, assessors=()))
    assert len(workshop_tables.records(alone).columns) == 6


def test_marks_that_came_late_say_so_with_and_without_a_day(document: Appraisal) -> None:
    first, second, *_ = document.workshop.assessors
    people = (replace(first, late=True, received="2026-09-12"), replace(second, late=True, received=""))
    table = workshop_tables.assessors(replace(document, workshop=replace(document.workshop, assessors=people)))
    assert [row[-1].text for row in table.rows] == ["12\u00a0September 2026, late", "late"]


def test_the_seal_log_has_every_step_in_order_with_the_reason_of_an_unlock(document: Appraisal) -> None:
    rows = workshop_tables.seal_log(document).rows
    steps = [row[1].text for row in rows]
    assert steps == [scoring_words.STEPS[event.step] for event in document.workshop.events]
    unlock = rows[steps.index("Unlocked")]
    assert "3 of 60 failed" in unlock[3].text
    assert unlock[2].text == "Procurement Manager, Saltmere Council"
    assert [row[4].text for row in rows] == ["–", "criteria", "weights", "marks", "scores", "nothing", "scores"]


def scored(total: float, *, complete: bool = True) -> Scored:
    part = Contribution(criterion="criterion-0", weight=1.0, value=total, points=total)
    missing = replace(part, criterion="criterion-1", value=None, points=0.0)
    return Scored(total=total, complete=complete, by_criterion=(part,) if complete else (part, missing))


def test_the_long_list_is_sorted_inside_each_category() -> None:
    names = ("Low", "High", "Half", "Other")
    category = [Category.SCOPE, Category.SCOPE, Category.SCOPE, Category.FUNDING]
    choices = tuple(
        Choice(id=name, category=kind, name=name, rating=Rating.CARRY_FORWARD)
        for name, kind in zip(names, category, strict=True)
    )
    document = replace(example.document(), choices=choices)
    figures = (scored(20.0), scored(70.0), scored(90.0, complete=False), scored(50.0))
    known = tuple(
        ChoiceScored(choice=one.id, category=one.category.value, scored=figure)
        for one, figure in zip(choices, figures, strict=True)
    )
    scoring = Scoring(
        weights=(), trade_offs=(), acceptability=(), cross_checks=(), cost_against_score=None, late_changes=(),
        choices=known,
    )  # fmt: skip
    results = replace(example.results(document), scoring=scoring)
    table = workshop_tables.choices(results, document)
    assert [row[0].text for row in table.rows] == ["High", "Low", "Half", "Other"]
    assert [row[2].text for row in table.rows] == ["70", "20", "1 of 2 scored", "50"]
    assert table.notes == (scoring_words.LONG_LIST_STANDS,)
    assert workshop_tables.choices(replace(results, scoring=None), document).rows == ()


def test_scores_of_the_long_list_stand_with_their_reasons(document: Appraisal) -> None:
    table = workshop_tables.choice_scores(document)
    assert len(table.rows) == len(document.choice_scores) > 8
    first = document.choice_scores[0]
    assert [cell.text for cell in table.rows[0]] == [
        "Repair after failure", "Fewer homes flooded", "20", "50", first.reason
    ]  # fmt: skip
    assert table.rows[1][3].text == "–", "points are points already"
    assert not workshop_tables.choice_scores(replace(document, choices=())).rows


def test_notes_speak_of_nobody_and_nothing_that_is_not_there(document: Appraisal) -> None:
    takes_part = tuple(replace(one, interest=Interest.NONE) for one in document.workshop.assessors)
    everybody = replace(document, workshop=replace(document.workshop, assessors=takes_part))
    assert "stands aside" in workshop_tables.assessors(document).notes[0]
    assert "stands aside" not in workshop_tables.assessors(everybody).notes[0]
    direct = tuple(replace(one, measured=Measured.DIRECT) for one in document.criteria)
    assert workshop_tables.scales(document).notes
    assert not workshop_tables.scales(replace(document, criteria=direct)).notes
