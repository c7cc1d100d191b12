"""Documents that are wrong but meaningful: every page here shows them, says what is wrong, and stays editable."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Range
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.criteria import CriteriaPage
from appraise.ui.pages.options import OptionsPage
from appraise.ui.pages.scores import ScoresPage
from appraise.workspace.templates import load
from tests.ui.driving import in_the_open_way
from tests.ui.pages.conftest import Desk

EXAMPLE = in_the_open_way(load("worked-example", first_year=2027))  # a seal would refuse to be spoiled


def _first(records, **fields):
    return (replace(records[0], **fields), *records[1:])


BAD: dict[str, Appraisal] = {
    "no horizon": replace(EXAMPLE, horizon=replace(EXAMPLE.horizon, years=0)),
    "horizon over 125 years": replace(EXAMPLE, horizon=replace(EXAMPLE.horizon, years=300)),
    "year before Christ": replace(EXAMPLE, horizon=replace(EXAMPLE.horizon, first_year=-44)),
    "shorter horizon than amounts": replace(EXAMPLE, horizon=replace(EXAMPLE.horizon, years=3)),
    "low above high": replace(EXAMPLE, lines=_first(EXAMPLE.lines, range=Range(low=Decimal(120), high=Decimal(80)))),
    "amount too large": replace(EXAMPLE, lines=_first(EXAMPLE.lines, amounts=(Decimal(10) ** 18,))),
    "line of an unknown option": replace(EXAMPLE, lines=_first(EXAMPLE.lines, option="option-gone")),
    "line with an unknown index": replace(EXAMPLE, lines=_first(EXAMPLE.lines, index="index-gone", assumption="gone")),
    "probability of 1.3": replace(EXAMPLE, constraints=_first(EXAMPLE.constraints, probability=1.3)),
    "impact over no years": replace(EXAMPLE, constraints=_first(EXAMPLE.constraints, impact_years=0)),
    "unknown schedule": replace(EXAMPLE, basis=replace(EXAMPLE.basis, schedule="of my own")),
    "criterion of an unknown branch": replace(EXAMPLE, criteria=_first(EXAMPLE.criteria, branch="branch-gone")),
    "criteria without branches": replace(EXAMPLE, branches=()),
    "negative swing": replace(EXAMPLE, criteria=_first(EXAMPLE.criteria, swing=-20.0)),
    "score of an unknown option": replace(EXAMPLE, scores=_first(EXAMPLE.scores, option="option-gone")),
    "no names": replace(
        EXAMPLE,
        options=tuple(replace(one, name="", short_name="") for one in EXAMPLE.options),
        lines=tuple(replace(one, name="") for one in EXAMPLE.lines),
        criteria=tuple(replace(one, name="", worst="", best="") for one in EXAMPLE.criteria),
        branches=tuple(replace(one, name="") for one in EXAMPLE.branches),
    ),
    "no criteria": replace(EXAMPLE, criteria=(), scores=()),
    "one criterion": replace(EXAMPLE, criteria=EXAMPLE.criteria[:1], scores=()),
    "very long names": replace(
        EXAMPLE,
        options=tuple(replace(one, name="long " * 200, short_name="short " * 50) for one in EXAMPLE.options),
        lines=tuple(replace(one, name="long " * 200) for one in EXAMPLE.lines),
        criteria=tuple(replace(one, name="long " * 200) for one in EXAMPLE.criteria),
    ),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("kind", [CostsPage, CriteriaPage, ScoresPage, OptionsPage])
def test_a_page_shows_what_is_wrong_and_comes_back_when_it_is_mended(qtbot, kind, name):
    desk = Desk(EXAMPLE)
    page = kind(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.pane.show()
    right = page.grab().toImage()
    desk.context.apply(BAD[name], "Spoil")
    for step in (2, 3, 4, 5):
        for found in desk.context.view.findings:
            if found.step == step:
                page.focus_place(found.record, found.field)
    page.grab()
    page.pane.grab()
    desk.undo()
    page.focus_first()
    assert page.grab().toImage().size() == right.size()
    assert desk.context.view.results is not None
    assert not desk.context.view.stale
