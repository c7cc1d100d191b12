"""The long list under the same criteria: sorted by total within a category, with the sentence beside it."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Measured, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category
from appraise.model.appraisal.workshop import Stage
from appraise.present.scoring_words import LONG_LIST_STANDS, SCORING_STANDS
from appraise.ui.pages.scores_grid import headings
from appraise.ui.pages.scores_long_list import LongListSection

from .conftest import Desk
from .scores_driving import direct, example, section, shown


def scored(stage: Stage = Stage.OPEN) -> Appraisal:
    """Every choice of the first category scored on every criterion, the last choice the best."""
    now = example(stage, assessors=stage is not Stage.OPEN)
    choices = [one for one in now.choices if one.category is Category.SCOPE]
    scores = []
    for place, choice in enumerate(choices):
        for criterion in now.criteria:
            share = (place + 1) / len(choices)
            value = 100 * share
            if criterion.measured is Measured.MEASURE:
                ordered = sorted(criterion.points, key=lambda point: point.value)
                value = ordered[0].measure + share * (ordered[-1].measure - ordered[0].measure)
            if criterion.measured is Measured.LEVELS:
                value = max((one.value for one in criterion.levels if one.value <= 100 * share), default=0.0)
            scores.append(Score(option=choice.id, criterion=criterion.id, value=float(round(value))))
    return replace(now, choice_scores=tuple(scores))


def long_list(qtbot: QtBot, desk: Desk) -> LongListSection:
    return section(shown(qtbot, desk, "long_list"), LongListSection)


def test_choices_stand_with_the_most_points_first(qtbot: QtBot) -> None:
    now = scored()
    part = long_list(qtbot, Desk(now))
    choices = [one for one in now.choices if one.category is Category.SCOPE]
    assert [row.key for row in part.model.rows] == [one.id for one in reversed(choices)]
    assert part.order.title.text() == f"{choices[-1].name} has the most points"
    points = [float(row.cells[4].text) for row in part.model.rows]
    assert points == sorted(points, reverse=True)
    assert part.model.rows[0].cells[1].text


def test_the_sentence_stands_with_the_totals(qtbot: QtBot) -> None:
    part = long_list(qtbot, Desk(scored()))
    assert part.stands.isVisible()
    assert LONG_LIST_STANDS in part.stands.text()
    assert SCORING_STANDS in part.stands.text()


def test_while_totals_are_hidden_choices_keep_their_own_order(qtbot: QtBot) -> None:
    now = scored(Stage.MODERATING)
    part = long_list(qtbot, Desk(now))
    choices = [one.id for one in now.choices if one.category is Category.SCOPE]
    assert [row.key for row in part.model.rows] == choices
    assert [column.title for column in part.model.columns] == ["Choice", "Rating", "Scored"]
    assert all(len(row.cells) == 3 for row in part.model.rows)
    assert not part.stands.isVisible()
    assert part.grid.model.rows[-1].key != "totals"


def test_a_score_is_entered_with_its_reason(qtbot: QtBot) -> None:
    now = replace(scored(), choice_scores=())
    desk = Desk(now)
    part = long_list(qtbot, desk)
    assert part.order.title.text() == "No choice of this category is scored yet"
    choice, criterion = part.grid.cell[0], direct(now)
    part.grid.take((choice, criterion.id))
    part._show_detail()
    part.detail.field.line.setText("70")
    part.detail.field.line.returnPressed.emit()
    part.detail.reason.sheet.setPlainText("As in the pilot")
    part.detail.reason.sheet.left.emit()
    found = desk.appraisal.choice_scores[0]
    assert (found.option, found.criterion, found.value, found.reason) == (choice, criterion.id, 70, "As in the pilot")
    assert not part.detail.evidence.isVisible()
    assert desk.appraisal.scores == now.scores
    assert part.order.title.text() == "Some scores are missing, so the order may change"


def test_another_category_brings_its_own_choices(qtbot: QtBot) -> None:
    now = scored()
    part = long_list(qtbot, Desk(now))
    part.category.set_current("delivery")
    part.category.chosen.emit("delivery")
    wanted = [one.id for one in now.choices if one.category is Category.DELIVERY]
    assert sorted(row.key for row in part.model.rows) == sorted(wanted)
    assert part.grid.cell[0] in wanted


def test_it_begins_with_a_category_that_is_scored(qtbot: QtBot) -> None:
    now = scored()
    later = [one for one in now.choices if one.category is Category.DELIVERY]
    one = replace(now.choice_scores[0], option=later[0].id)
    assert long_list(qtbot, Desk(replace(now, choice_scores=(one,)))).category.current() == "delivery"
    assert long_list(qtbot, Desk(replace(now, choice_scores=()))).category.current() == "scope"


def test_equal_totals_are_no_lead(qtbot: QtBot) -> None:
    now = scored()
    level = tuple(
        replace(one, value=next(found.value for found in now.choice_scores if found.criterion == one.criterion))
        for one in now.choice_scores
    )
    part = long_list(qtbot, Desk(replace(now, choice_scores=level)))
    assert part.order.title.text() == "The first choices have equal points"


def test_without_a_long_list_it_leads_to_the_options(qtbot: QtBot) -> None:
    desk = Desk(replace(example(assessors=False), choices=(), choice_scores=()))
    part = long_list(qtbot, desk)
    asked: list[int] = []
    desk.context.place_wanted.connect(lambda step, *_: asked.append(step))
    assert part.empty_card.isVisible()
    part.empty.activated.emit()
    assert asked == [2]


def test_headings_of_choices_tell_them_apart_in_two_lines(qtbot: QtBot) -> None:
    part = long_list(qtbot, Desk(scored()))
    columns = part.grid.model.columns[part.grid.first :]
    choices = [one for one in example().choices if one.category is Category.SCOPE]
    assert [one.title for one in columns][:2] == [
        "Roads, gullies and\nculverts, each by…",
        "Roads and drainage\nby river catchment",
    ]
    assert [one.tip for one in columns] == [one.name for one in choices]
    assert part.grid.table.horizontalHeader().height() > part.table.horizontalHeader().height()


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (["Own crews", "Two"], ["Own crews", "Two"]),
        (
            ["All at once across the council from October 2027", "All at once across the council from April 2027"],
            ["All at once across\n…from October 2027", "All at once across\n…from April 2027"],
        ),
        (["The same", "The same", "Other"], ["1. The same", "2. The same", "Other"]),
        (["Donaudampfschifffahrtsgesellschaft"], ["Donaudampfschifffahr\ntsgesellschaft"]),
        ([""], [""]),
        ([], []),
    ],
)
def test_headings_never_say_the_same(names: list[str], titles: list[str]) -> None:
    found = headings(names)
    assert found == titles
    assert len(set(found)) == len(found)


def test_what_is_half_typed_in_one_category_is_not_shown_in_the_next(qtbot: QtBot) -> None:
    now = scored()
    part = long_list(qtbot, Desk(now))
    model, criterion = part.grid.model, direct(now).id
    model.apply(model.index(model.place_of(criterion), part.grid.first), "130")
    assert part.grid.fault.isVisible()
    other = next(one.category for one in now.choices if one.category is not Category.SCOPE)
    part.category.set_current(other.value)
    part.category.chosen.emit(other.value)
    assert not part.grid.fault.isVisible()
    assert all(not row.half_typed for row in model.rows)
