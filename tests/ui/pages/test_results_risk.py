"""The risk section of step 8, through its widgets."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from appraise.model.evaluate import LIVE_PARTS, PREVIEW_PARTS, Settings, evaluate
from appraise.present import wording
from appraise.ui.pages.results import ResultsPage
from appraise.ui.pages.results_risk import RiskSection

from .conftest import Desk


def shown(qtbot: QtBot, desk: Desk, width: int = 860) -> tuple[ResultsPage, RiskSection]:
    page = ResultsPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(width, 820)
    page.show()
    page.switch.bar.chosen.emit("risk")
    qtbot.wait(20)
    section = page.sections["risk"]
    assert isinstance(section, RiskSection)
    return page, section


def live(desk: Desk) -> None:
    """What the window does while somebody drags: figures of a frame, without what depends on a full run."""
    results = evaluate(desk.appraisal, Settings(draws=2_000), parts=LIVE_PARTS)
    desk.context.show(replace(desk.context.view, results=results, live=True))


def test_spread_chances_and_pairs_stand_with_their_errors(qtbot: QtBot, desk: Desk) -> None:
    _, section = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    names = [row.cells[0].text for row in section.spread.model.rows]
    assert names[0] == "Mean"
    assert names[-1].startswith("CVaR 80")
    for card in (section.spread, section.npsv, section.contingency):
        assert "±" in card.model.rows[0].cells[-1].text, card.title.text()
    assert section.spread.subtitle.text().startswith("£")
    assert len(section.pairs.model.rows) == len(results.options)
    assert section.pairs.model.rows[0].cells[1].text == wording.DASH
    assert [column.title for column in section.chances.model.columns] == [
        "Option",
        "Lowest present cost",
        "Highest NPSV",
    ], "the unit stands under the title, once"
    assert section.apart.said.text().startswith("Joint is cheapest in")


def test_the_choice_of_option_moves_differences_and_contingency(qtbot: QtBot, desk: Desk) -> None:
    _, section = shown(qtbot, desk)
    assert section.choice.current() == "option-joint"
    before = section.contingency.sure.text()
    section.choice.switch.set_current("option-usual")
    section.choice.switch.chosen.emit("option-usual")
    assert [row.cells[0].text for row in section.against.model.rows][-1] == "Joint"
    assert section.contingency.sure.text() != before
    chart = section.chart.view.chart()
    assert chart is not None
    assert chart.title.startswith("Usual")


def test_how_sure_to_be_is_one_named_step(qtbot: QtBot, desk: Desk) -> None:
    _, section = shown(qtbot, desk)
    field = section.contingency.percentile
    assert field.line.text() == "80"
    field.parsed.emit(90)
    assert desk.appraisal.simulation.percentile == 90
    assert desk.actions == ["Change how sure the contingency makes"]
    assert section.contingency.sure.text().startswith("To be 90 % sure")
    assert section.draws.title.text().startswith("P90")
    desk.undo()
    assert field.line.text() == "80"
    assert section.contingency.sure.text().startswith("To be 80 % sure")


def test_draws_and_their_cap_are_named_steps(qtbot: QtBot, desk: Desk) -> None:
    _, section = shown(qtbot, desk)
    section.draws.draws.parsed.emit(50_000)
    section.draws.most.parsed.emit(60_000)
    assert desk.appraisal.simulation.draws == 50_000
    assert desk.appraisal.simulation.most_draws == 60_000
    assert desk.actions == ["Change number of draws", "Change the most draws allowed"]
    assert section.draws.most.line.text() == "60,000"


def test_more_draws_are_offered_where_they_are_wanted_up_to_the_cap(qtbot: QtBot, desk: Desk) -> None:
    _, section = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None

    def steady(*, found: bool) -> None:
        options = tuple(
            replace(one, risk=replace(one.risk, convergence=replace(one.risk.convergence, steady=found)))
            for one in results.options
            if one.risk is not None
        )
        desk.context.show(replace(desk.context.view, results=replace(results, options=options)))

    steady(found=True)
    assert section.draws.more.isHidden()
    assert "are enough" in section.draws.said.text()
    steady(found=False)
    assert not section.draws.more.isHidden()
    assert "use more draws" in section.draws.said.text()
    section.draws.more.click()
    assert desk.appraisal.simulation.draws == 200_000
    assert desk.actions == ["Change number of draws"]


def test_live_figures_keep_the_last_full_watch_and_say_so(qtbot: QtBot, desk: Desk) -> None:
    _, section = shown(qtbot, desk)
    said, apart = section.draws.said.text(), section.apart.said.text()
    assert section.draws.earlier.isHidden()
    live(desk)
    assert section.draws.said.text() == said
    assert section.apart.said.text() == apart
    assert not section.draws.earlier.isHidden()
    assert not section.apart.earlier.isHidden()


def test_before_the_first_full_run_nothing_is_claimed(qtbot: QtBot, desk: Desk) -> None:
    live(desk)
    _, section = shown(qtbot, desk)
    assert section.draws.said.text() == "Whether there are enough draws is told after the full run."
    assert section.draws.table.isHidden()
    assert section.apart.isHidden()
    assert section.spread.isVisible()


def test_another_document_takes_nothing_over(qtbot: QtBot, desk: Desk) -> None:
    page, _ = shown(qtbot, desk)
    results = evaluate(desk.appraisal, Settings(draws=2_000), parts=LIVE_PARTS)
    desk.context.start(replace(desk.context.view, results=results))
    assert page.figures is not None
    assert page.figures.full is None


def test_every_control_has_a_name_and_a_place_in_the_tab_order(qtbot: QtBot, desk: Desk) -> None:
    page, section = shown(qtbot, desk)
    fields = (section.contingency.percentile.line, section.draws.draws.line, section.draws.most.line)
    assert [field.accessibleName() for field in fields] == [
        "How sure the contingency should make",
        "Number of draws",
        "Most draws allowed",
    ]
    page.focus_first()
    assert section.chances.table.hasFocus() or section.choice.isVisible()


def test_a_glimpse_leaves_the_figures_before_it(qtbot: QtBot, desk: Desk) -> None:
    page, section = shown(qtbot, desk)
    before = page.figures
    glimpse = evaluate(desk.appraisal, Settings(draws=2_000), parts=PREVIEW_PARTS)
    desk.context.show(replace(desk.context.view, results=glimpse, glimpse=True))
    assert page.figures is before
    assert section.contingency.isVisible()
