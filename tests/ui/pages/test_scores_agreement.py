"""How far assessors agree: the sentence, the chart, the tables, and what waits for the reveal."""

from dataclasses import replace
from time import perf_counter

from pytestqt.qtbot import QtBot

from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage
from appraise.present.scoring_words import MODERATED
from appraise.ui.pages.scores_agreement import AgreementSection

from .conftest import Desk
from .scores_driving import direct, example, people, section, shown


def agreement(qtbot: QtBot, desk: Desk) -> AgreementSection:
    return section(shown(qtbot, desk, "agreement"), AgreementSection)


def test_the_answer_stands_on_top(qtbot: QtBot) -> None:
    part = agreement(qtbot, Desk(people(example(), 10, 50, 90)))
    assert part.answer.title.text().endswith("Their marks lie 50 points or more apart on all five scores.")
    assert MODERATED in part.why.text()


def test_who_would_be_first_waits_for_the_reveal(qtbot: QtBot) -> None:
    whole = example(Stage.REVEALED)
    hidden = replace(whole, workshop=replace(whole.workshop, stage=Stage.MODERATING))
    part = agreement(qtbot, Desk(hidden))
    assert not part.alone.isVisible()
    assert "hidden" in part.why.text()
    shown_now = agreement(qtbot, Desk(whole))
    assert shown_now.alone.isVisible()
    counting = [one for one in whole.workshop.assessors if one.interest is not Interest.STANDS_ASIDE]
    assert len(shown_now.alone.model.rows) == len(counting)


def test_it_is_empty_while_assessors_score_alone(qtbot: QtBot) -> None:
    desk = Desk(people(example(scores=False), 10, 90, stage=Stage.SEALED))
    part = agreement(qtbot, desk)
    assert part.empty_card.isVisible()
    assert not part.chart.isVisible()
    assert part.empty._sentence.text().startswith("Marks are compared once scoring is closed")


def test_without_assessors_it_leads_to_them(qtbot: QtBot) -> None:
    desk = Desk(example(assessors=False))
    part = agreement(qtbot, desk)
    asked: list[str] = []
    desk.context.place_wanted.connect(lambda _step, _record, field: asked.append(field))
    assert part.empty.action.isVisible()
    part.empty.activated.emit()
    assert asked == ["assessors"]


def test_one_criterion_can_be_looked_at(qtbot: QtBot) -> None:
    now = people(example(), 10, 50, 90)
    part = agreement(qtbot, Desk(now))
    part.which.set_current(direct(now).id)
    part.which.chosen.emit(direct(now).id)
    chart = part.chart.view.chart()
    assert chart is not None
    assert len(chart.data.rows) == len(now.options)
    assert now.options[0].short_name in chart.alt
    assert f"{now.options[0].short_name}: {direct(now).name}" not in chart.alt


def test_a_changed_score_moves_its_diamond(qtbot: QtBot) -> None:
    now = people(example(), 10, 50, 90)
    desk = Desk(now)
    part = agreement(qtbot, desk)
    before = part.chart.view.chart()
    scores = tuple(replace(one, value=99.0) if one.criterion == direct(now).id else one for one in now.scores)
    desk.context.apply(replace(desk.appraisal, scores=scores), "Score")
    after = part.chart.view.chart()
    assert before is not None
    assert after is not None
    assert {row[-2].text for row in after.data.rows} == {"99"}
    assert before.data != after.data


def crowd() -> Desk:
    """51 assessors, 20 criteria, 6 options: every mark given."""
    now = example(Stage.MODERATING)
    like = direct(now)
    criteria = tuple(replace(like, id=f"criterion-{number}", name=f"Criterion {number}") for number in range(20))
    options = (*now.options, replace(now.options[-1], id="option-six", name="Six", short_name="Six"))
    assessors = tuple(
        Assessor(
            id=f"assessor-{who}",
            post=f"Post {who}",
            marks=tuple(
                Mark(option=option.id, criterion=one.id, value=float((who * 7 + row * 13 + column * 5) % 21 * 5))
                for row, option in enumerate(options)
                for column, one in enumerate(criteria)
            ),
        )
        for who in range(51)
    )
    return Desk(
        replace(
            now,
            criteria=criteria,
            options=options,
            scores=(),
            choice_scores=(),
            workshop=replace(now.workshop, assessors=assessors),
        )
    )


def test_51_assessors_20_criteria_and_6_options_do_not_freeze_the_page(qtbot: QtBot) -> None:
    desk = crowd()
    page = shown(qtbot, desk, "scores")
    started = perf_counter()
    page.switch.set_current("agreement")
    page._turn()
    part = section(page, AgreementSection)
    spent = perf_counter() - started
    assert len(part._chosen()[0]) == 16, "only the widest are drawn at first"
    assert part.which.itemText(1) == "All 120 scores, widest apart first"
    assert spent < 1.5, f"{spent:.2f} s; measured 0.05 s on a quiet machine"


def test_the_two_tables_stand_below_one_another_as_wide_and_as_high_as_their_rows(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(example(Stage.REVEALED)), "agreement")
    page.resize(1000, 1400)
    part = section(page, AgreementSection)
    qtbot.wait(50)
    assert part.orders.width() == part.alone.width() == part.chart.width()
    assert part.alone.geometry().top() > part.orders.geometry().bottom()
    for card in (part.orders, part.alone):
        table = card.table
        assert len(card.model.rows) > 3
        assert table.verticalScrollBar().maximum() == 0
        assert table.horizontalScrollBar().maximum() == 0


def test_many_rows_show_twelve_and_scroll(qtbot: QtBot) -> None:
    now = crowd().appraisal
    desk = Desk(replace(now, workshop=replace(now.workshop, stage=Stage.REVEALED)))
    page = shown(qtbot, desk, "agreement")
    part = section(page, AgreementSection)
    qtbot.wait(50)
    table = part.alone.table
    assert len(part.alone.model.rows) == 51
    assert table.verticalScrollBar().maximum() > 0
    assert table.indexAt(table.viewport().rect().bottomLeft()).row() == 12, (
        "half of the next row says that there is more"
    )


def test_what_each_assessor_puts_first_stands_beside_it(qtbot: QtBot) -> None:
    part = agreement(qtbot, Desk(example(Stage.REVEALED)))
    names = {one.short_name for one in example().options}
    assert {row.cells[2].text for row in part.alone.model.rows} <= names
    assert part.alone.note.text().startswith("On their own marks, ")
