"""The figures of working together, of stages and of timetables, put beside the rest."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ShortListRole
from appraise.model.discounting import Factors
from appraise.model.entries import OptionEntries
from appraise.model.partners import arrangement_results
from appraise.model.pilots import pilot_results
from appraise.model.price_gaps import price_gap_results
from appraise.model.purse import purse
from appraise.model.results import OptionResult, Results
from appraise.model.timetable import timetable_result


def with_partners(
    appraisal: Appraisal,
    results: Results,
    costed: Sequence[OptionEntries],
    factors: Factors,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> Results:
    """Results with partners, price gaps, pilots, the public purse and timetables. Raises Cancelled."""
    return replace(
        results,
        options=_options(appraisal, results.options, costed, factors),
        partners=arrangement_results(appraisal, costed, factors, seed=results.seed, cancelled=cancelled),
        price_gaps=price_gap_results(appraisal),
        pilots=pilot_results(appraisal, costed),
    )


def _options(
    appraisal: Appraisal, rows: Sequence[OptionResult], costed: Sequence[OptionEntries], factors: Factors
) -> tuple[OptionResult, ...]:
    """Options with purse and timetable; the purse of all but business as usual, where there is one."""
    usual = next((one.id for one in appraisal.options if one.role is ShortListRole.BUSINESS_AS_USUAL), None)
    entries = {one.option: one for one in costed}
    return tuple(
        replace(
            row,
            purse=None
            if usual is None or row.id == usual
            else purse(appraisal, entries[row.id], entries[usual], factors),
            timetable=timetable_result(appraisal, option),
        )
        for row, option in zip(rows, appraisal.options, strict=True)
    )
