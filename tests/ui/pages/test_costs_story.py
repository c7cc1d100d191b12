"""The whole story of a line: only what fits its treatment, each field edits the line, and the way to its figures."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.effects import Bias, IncomeGroup, PublicBody
from appraise.model.appraisal.lines import RULES, Group, Prices, Spend, Treatment
from appraise.ui.pages.costs_story import bias_sentence, fields_of
from tests.ui.pages.test_costs import CREWS, line, shown

BODY = PublicBody(id="body-health", name="Health board")
POOR = IncomeGroup(id="group-poor", name="Lowest fifth", income=Decimal("15000.00"))
BIAS = Bias(id="bias-own", name="Own history", upper_percent=Decimal(20))


@pytest.fixture
def full_desk(desk_with, desk):
    """The worked example with one more of all that a line may name."""
    there = desk.appraisal
    return desk_with(
        bodies=(*there.bodies, BODY), income_groups=(*there.income_groups, POOR), biases=(*there.biases, BIAS)
    )


def story(qtbot, desk, **fields):
    """The open story of one line with these fields."""
    lines = tuple(replace(one, **fields) if one.id == CREWS else one for one in desk.appraisal.lines)
    desk._show(replace(desk.appraisal, lines=lines))
    page = shown(qtbot, desk)
    page._open(CREWS)
    return page._story


def pick(choice, key: str) -> None:
    """As a person picks from a list."""
    choice.set_current(key)
    choice.chosen.emit(key)


def type_over(field, text: str) -> None:
    field.line.setText(text)
    field.line.returnPressed.emit()


@pytest.mark.parametrize(
    ("treatment", "has", "lacks"),
    [
        (Treatment.OWN_COST, {"spend", "vat", "bias", "range", "heading"}, {"body", "group", "probability", "reason"}),
        (Treatment.CAPITAL, {"bias", "vat"}, {"spend"}),
        (Treatment.OTHER_BODY_COST, {"body", "bias", "health"}, {"vat", "group", "spend"}),
        (Treatment.WIDER_BENEFIT, {"group", "incomes", "health", "bias"}, {"vat", "body", "spend"}),
        (Treatment.CONTINGENT_LIABILITY, {"probability", "reason"}, {"bias", "vat", "spend"}),
        (Treatment.SUNK_COST, {"reason", "source"}, {"range", "driver", "bias", "vat"}),
        (Treatment.IRRECOVERABLE_VAT, {"reason", "range"}, {"vat", "bias"}),
        (Treatment.PLACE_EFFECT, {"shares", "reason"}, {"range", "bias", "vat"}),
        (Treatment.FINANCING_CHARGE, {"reason"}, {"range", "bias"}),
    ],
)
def test_only_what_fits_the_treatment_is_shown(qtbot, full_desk, treatment, has, lacks):
    told = story(qtbot, full_desk, treatment=treatment)
    shown_fields = set(told.grid._shown) | ({"range"} if told.range.isVisible() else set())
    assert has <= shown_fields
    assert not lacks & shown_fields
    rule = RULES[treatment]
    assert told._rule.text() == rule.why
    assert told._economic._face.text == ("Economic case" if rule.economic else "Not in the economic case")
    assert told._financial._face.text == ("Financial case" if rule.financial else "Not in the financial case")


def test_every_field_changes_the_line(qtbot, full_desk):
    told = story(qtbot, full_desk)
    pick(told.spend, Spend.MAINTENANCE.value)
    pick(told.prices, Prices.OTHER_YEAR.value)
    assert told.price_year.isVisible()
    assert line(full_desk, CREWS).price_year == 2026
    type_over(told.price_year, "2024")
    type_over(told.vat, "20")
    pick(told.recoverable, "no")
    pick(told.bias, BIAS.id)
    pick(told.heading, told.heading.itemData(1))
    type_over(told.source, "Ledger 2025/26")
    type_over(told.driver, "Night work")
    now = line(full_desk, CREWS)
    assert (now.spend, now.prices, now.price_year) == (Spend.MAINTENANCE, Prices.OTHER_YEAR, 2024)
    assert (now.vat_percent, now.vat_recoverable, now.bias) == (Decimal(20), False, BIAS.id)
    assert (now.source, now.driver, now.heading) == ("Ledger 2025/26", "Night work", told.heading.current())
    assert now.heading
    assert len(full_desk.actions) == 9
    pick(told.prices, Prices.CASH.value)
    assert "index" not in told.grid._shown
    assert page_name(told) == f"{now.name} (cash)"


def page_name(told) -> str:
    table = told.parentWidget().parentWidget()
    return table.model().rows[table.model().place_of(CREWS)].cells[0].text


def test_who_bears_it_and_chances_are_edited(qtbot, full_desk):
    told = story(qtbot, full_desk, treatment=Treatment.OTHER_BODY_COST)
    pick(told.body, BODY.id)
    assert line(full_desk, CREWS).body == BODY.id
    told = story(qtbot, full_desk, treatment=Treatment.WIDER_BENEFIT)
    pick(told.group, Group.HOUSEHOLDS.value)
    pick(told.incomes, POOR.id)
    pick(told.health, "yes")
    type_over(told.shares["leakage"], "25")
    now = line(full_desk, CREWS)
    assert (now.group, now.incomes, now.health, now.place.leakage) == (Group.HOUSEHOLDS, POOR.id, True, Decimal(25))
    told = story(qtbot, full_desk, treatment=Treatment.CONTINGENT_LIABILITY)
    type_over(told.probability, "1 in 5")
    assert line(full_desk, CREWS).probability == 0.2
    type_over(told.reason, "Claims of the last ten years")
    assert line(full_desk, CREWS).reason == "Claims of the last ten years"
    type_over(told.probability, "lots")
    assert told.probability.fault()
    assert line(full_desk, CREWS).probability == 0.2


def test_the_sum_of_the_optimism_bias_is_told(qtbot, full_desk):
    told = story(qtbot, full_desk, bias=BIAS.id)
    results = full_desk.context.view.results
    found = next(one for one in results.options[0].economic.biases if one.line == CREWS)
    assert found.percent == 20
    assert told._bias_sum.isVisible()
    assert told._bias_sum.text().startswith("20 % of £")
    assert bias_sentence(None, line(full_desk, CREWS)) == ""
    assert "probability" not in fields_of(line(full_desk, CREWS))


def test_the_way_from_entered_to_figure_is_shown_in_place(qtbot, full_desk):
    told = story(qtbot, full_desk, index=full_desk.appraisal.indices[0].id)
    height = told.parentWidget().parentWidget().story_height()
    told.side.set_current("figures")
    told.side.chosen.emit("figures")
    assert told.steps.isVisible()
    assert not told._inside.isVisible()
    names = [row.cells[0].text for row in told.steps.model().rows]
    assert names == [
        "As entered",
        "Price rises beyond inflation",
        "With relative prices",
        "Discount factor",
        "Present value",
        "Price level",
        "Cash",
    ]
    assert 0 < told.parentWidget().parentWidget().story_height() < height
    worth = next(row for row in full_desk.context.view.results.options[0].economic.rows if row.id == CREWS)
    last = told.steps.model().rows[names.index("Present value")].cells[-1]
    assert last.text == f"{worth.present_value:,.0f}"
    told.side.setCurrentIndex(0)
    assert told.name.isVisible()
