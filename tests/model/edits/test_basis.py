from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import CapitalView, Deflator, HorizonLength, OwnBand
from appraise.model.edits.basis import (
    add_published_index,
    change_own_schedule,
    clear_deflator_series,
    copy_schedule,
    remove_own_schedule,
    set_capital_view,
    set_deflator_series,
    set_health_schedule,
    set_horizon_length,
    set_median_income,
    set_schedule,
)
from appraise.model.edits.changing import EditRefused
from tests.builders import appraisal

D = Decimal
DOCUMENT = appraisal(5)


@pytest.mark.parametrize(
    ("length", "years"),
    [
        (HorizonLength.STANDARD, 11),
        (HorizonLength.REFURBISHMENT, 31),
        (HorizonLength.BUILDING, 61),
        (HorizonLength.CONTRACT, 5),
    ],
)
def test_a_usual_length_sets_its_years_on_top_of_year_0(length, years):
    """Green Book 2026, 6.9-6.13."""
    after = set_horizon_length(DOCUMENT, length=length)
    assert (after.horizon.length, after.horizon.years) == (length, years)
    assert set_horizon_length(after, length=length) is after


def test_a_deflator_series_comes_with_its_source_and_goes_with_it():
    series = Deflator(first_year=2028, percent=(D("1.9"), D("2.1")), published="2026-03-31")
    after = set_deflator_series(DOCUMENT, deflator=series, source="HM Treasury")
    assert (after.basis.deflator, after.basis.deflator_source) == (series, "HM Treasury")
    cleared = clear_deflator_series(after)
    assert (cleared.basis.deflator, cleared.basis.deflator_source) == (Deflator(), "")
    assert cleared.basis.deflator_percent == DOCUMENT.basis.deflator_percent
    assert clear_deflator_series(DOCUMENT) is DOCUMENT


def test_a_copied_schedule_is_marked_and_can_be_changed():
    after = copy_schedule(DOCUMENT, schedule="green_book_2026", copy="mine")
    (own,) = after.basis.own_schedules
    assert (own.copied_from, [band.first for band in own.bands]) == ("green_book_2026", [1, 31, 76])
    assert own.name.endswith("own copy")
    bands = (OwnBand(first=1, percent=D("3.0")),)
    after = change_own_schedule(after, schedule="mine", name="Ours", bands=bands)
    again = copy_schedule(after, schedule="mine", copy="mine-2").basis.own_schedules[1]
    assert (again.name, again.bands, again.copied_from) == ("Ours", bands, "green_book_2026")
    with pytest.raises(TypeError):
        change_own_schedule(after, schedule="mine", copied_from="")
    for schedule, copy in (("unknown", "new"), ("green_book_2026", "mine"), ("green_book_2026", "review_2026")):
        with pytest.raises(KeyError):
            copy_schedule(after, schedule=schedule, copy=copy)


def test_removing_a_schedule_in_use_brings_back_the_published_one():
    after = copy_schedule(DOCUMENT, schedule="green_book_2026", copy="mine")
    after = set_health_schedule(set_schedule(after, schedule="mine"), schedule="mine")
    assert remove_own_schedule(after, schedule="mine") == DOCUMENT


def test_median_income_and_view_of_capital():
    after = set_median_income(DOCUMENT, pounds=D("34500.5"), source="ONS")
    assert (str(after.basis.median_income), after.basis.median_income_source) == ("34500.50", "ONS")
    assert set_capital_view(DOCUMENT, view=CapitalView.REVENUE).basis.capital_view is CapitalView.REVENUE
    assert set_capital_view(DOCUMENT, view=CapitalView.CASH) is DOCUMENT


def _in(first_year: int):
    return replace(DOCUMENT, horizon=replace(DOCUMENT.horizon, first_year=first_year))


def test_published_rises_start_at_year_1():
    """The retail prices of March 2026: 3.0, 2.8, 2.9, 2.3 for 2027 to 2030."""
    (index,) = add_published_index(_in(2026), index="new", published="rpi").indices
    assert index.percent == (D("3.0"), D("2.8"), D("2.9"), D("2.3"))
    assert index.source.endswith("calendar year 2027 to 2030")
    assert index.published
    assert index.review_by


def test_published_rises_after_their_end_and_before_their_start():
    (index,) = add_published_index(_in(2035), index="new", published="rpi").indices
    assert index.percent == (D("2.3"),)
    with pytest.raises(EditRefused, match="2026"):
        add_published_index(_in(2024), index="new", published="cpi")
    with pytest.raises(KeyError):
        add_published_index(DOCUMENT, index="new", published="petrol")
