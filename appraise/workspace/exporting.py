"""What leaves the program: the figures as JSON, the business case as a PDF. Whole files or none."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from appraise.files.document import content_json
from appraise.files.faults import CannotWrite, FileFault, called
from appraise.files.writing import sweep, target_of, written_aside
from appraise.model.appraisal.document import Appraisal
from appraise.model.checks import Severity, findings
from appraise.model.plain import content_digest, plain
from appraise.model.results import OptionResult, Results
from appraise.model.sealing import hidden
from appraise.present.scoring_words import post_of
from appraise.workspace.locking import FileLock, InUse

#: The unit of every kind of figure in `evaluate --json`, in words.
UNITS: Mapping[str, str] = {
    "constraints, actions": (
        "cost: pounds, expected present value in prices of the first year; ties_at: a probability, or null; "
        "terms_of: id of the option whose terms of claims count, or empty"
    ),
    "constraints, value_of_settling, and settling_together": (
        "pounds, expected present value in prices of the first year; the parts less cost_of_settling make the total"
    ),
    "cost_by_year, benefit_by_year and rows of the economic case": (
        "pounds in prices of the first year, not discounted, exact; rows: costs positive, gains negative"
    ),
    "bcr, rpsc": "ratio of present values, without unit; null where there is nothing to divide by",
    "biases": "pounds in prices of the first year, not discounted, exact; percent: per cent; delay_years: years",
    "bridge, by_body, liabilities, procurement": "pounds in cash, not discounted, exact",
    "eac, expected_eac": "pounds a year in prices of the first year, exact; annuity: sum of discount factors",
    "funding, gap_by_year, funding_by_year, capital_by_year and cost_by_year": (
        "pounds in cash, exact; a positive gap is money that is missing"
    ),
    "funding, expected and percentile figures": "pounds in cash, simulated",
    "funding, expected_gap and reserve": "pounds in cash over all years, not discounted, simulated",
    "funding, contracts, effective_term and relets": "years, counted from year 0; how often it is let again",
    "funding, npc, cost_of_short_termism, short_termism_steps and against": (
        "pounds, net present cost in prices of the first year, simulated; steps: expected; null with one scenario"
    ),
    "lengths": (
        "by years that money is settled at a time: share of draws with a short year, and pounds of net present cost, "
        "simulated; null where no length does it"
    ),
    "npc, expected_npc, other_bodies, expected_other_bodies, npsv, expected_npsv, optimism_bias, premium, "
    "present_value, pvb, pvc, pvc_public, pvc_nonpublic, retained, and all of place, review and weighted": (
        "pounds, present value in prices of the first year, exact"
    ),
    "npuc": "units as counted; pounds_per_unit and break-even values in pounds of present value a unit",
    "of the financial case": "pounds in cash, not discounted, exact",
    "partners": (
        "pounds, expected present value in prices of the first year; alone_by_year and pays_by_year: pounds in cash; "
        "dearer: share of draws; p10 and p90 of what a partner saves: simulated"
    ),
    "pilots": "pounds, net present social value, exact; break_even: a probability, null where none does it",
    "price_gaps": "pounds for a unit; lost_to_gap, at_mean and at_lowest: pounds a year; percent: per cent",
    "probability": "share of draws, 0 to 1",
    "purse": "pounds, present value against business as usual, below 0 is a saving, exact",
    "regret": "pounds as in compared_on, npc or a year's eac, simulated; affordable_in: number of scenarios",
    "supplier_premium": (
        "pounds in prices of the first year, not discounted, exact or rounded to pence; implied_percent: per cent of "
        "the supplier's charges, or null"
    ),
    "errors": (
        "mean_error, sd_error, cvar80_error, probability_error, highest_npsv_error, any_gap_error, *_error_by_year of "
        "means and chances, and error beside a share or a rank correlation: one standard error; percentile_errors, "
        "errors of percentiles by year, of contingency and of convergence: the figure holds to so much 19 times in 20"
    ),
    "flips": "pounds, expected present value; needed: null where no amount above 0 does it",
    "risk, apart": "shares of draws of being cheapest, 0 to 1, as it is and if nothing were shared; null if nothing is",
    "risk, cash_by_year": "pounds in cash, simulated",
    "risk, contingency": "pounds in cash over all years, not discounted; budget: exact, without contingency",
    "risk, convergence": "pounds, net present cost: the percentile after so many draws",
    "risk, differences": "pounds, net present cost more than that of the option named, simulated draw by draw",
    "risk, npsv": "pounds, net present social value in prices of the first year, simulated; cvar80: the best fifth",
    "risk, rank_correlations": "between -1 and 1, over the first 100,000 draws; the strongest first",
    "risk, contribution": "share of the variance of the net present cost, 0 to 1; follows without draws",
    "risk, influences": "change of the mean net present cost in pounds, given the input; follows without draws",
    "risk, npc": (
        "pounds, net present cost in prices of the first year, simulated; cvar80: mean of the dearest fifth; "
        "percentile_errors and mean_error: sampling errors in pounds"
    ),
    "risk, pairwise_cheaper": "share of draws in which this option costs less, 0 to 1, and its standard error",
    "agreement": (
        "points of the marks of assessors, from 0 to 100; kendall_w: 0 (no agreement) to 1 (full), null without meaning"
    ),
    "score": (
        "points from 0 to 100; entered: as entered, in the unit of the criterion where it has one; weight, and low and "
        "high of stability: share of all weights, 0 to 1; net_flow: -1 to 1"
    ),
    "score, rank_acceptability and pairwise": (
        "share of draws of weights and scores, 0 to 1; rank_errors and error: one standard error"
    ),
    "score, smallest_flip": "distance: sum of the changes of all weights, 0 to 2; now and needed of score: points",
    "scoring": (
        "swing, low and high of weights: points beside the largest swing; weight and central_weights: share of all "
        "weights; ranks, confidence and chance: share of draws; errors and error: one standard error"
    ),
    "scoring, cost_against_score": (
        "cost: pounds as in compared_on of the verdict; score: points; pounds_per_point: from one option of the "
        "frontier to the next"
    ),
    "switches": (
        "change: relative (0.1 is 10 % more), or a difference of weights; now and needed: pounds of present value, "
        "a probability, a weight as a share of all weights, or for kind rate per cent a year"
    ),
    "timetable": "days, the last one inside its step; late_days and the days of grants: number of days",
    "text or number": "exact money is text such as 1250.00, a simulated figure is a number",
    "years": "financial years from April to March, in the order of every by_year list",
}


def results_json(results: Results) -> bytes:
    """The results for other programs: sorted names, the same bytes for the same results."""
    figures = plain(results) | {"options": {option.id: _option(option) for option in results.options}, "units": UNITS}
    return (json.dumps(figures, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _option(option: OptionResult) -> dict[str, Any]:
    """One option without its id, its funding keyed by scenario, who it beats by that option."""
    figures: dict[str, Any] = plain(option)
    del figures["id"]
    if figures["funding"] is not None:
        figures["funding"] = {scenario.pop("scenario"): scenario for scenario in figures["funding"]}
    if figures["score"] is not None:
        figures["score"]["pairwise"] = {rival.pop("than"): rival for rival in figures["score"]["pairwise"]}
    if figures["risk"] is not None:
        risk = figures["risk"]
        risk["cvar80"], risk["cvar80_error"] = risk["npc"]["cvar80"], risk["npc"]["cvar80_error"]
        risk["pairwise_cheaper"] = {rival.pop("than"): rival for rival in risk["pairwise_cheaper"]}
        risk["differences"] = {rival["than"]: rival["distribution"] for rival in risk["differences"]}
    return figures


def export_bytes(data: bytes, path: Path) -> None:
    """Write an exported file whole. Raises CannotWrite."""
    with _alone(path) as aside:
        aside.write_bytes(data)


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """A temporary path beside the output, with its lock held, after sweeping away what a killed export left."""
    try:
        lock = FileLock(path, "an export")
    except InUse as fault:
        raise CannotWrite(f"{called(path)} is being written already. Wait, or choose another name.") from fault
    try:
        sweep(target_of(path))
        with written_aside(path) as aside:
            yield aside
    finally:
        lock.release()


def export_pdf(
    appraisal: Appraisal,
    results: Results,
    path: Path,
    *,
    created: datetime,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write the business case with the appraisal inside, without its audit log: that names people.

    Assessors go by their posts there, too. While a workshop hides totals the appraisal stays out: whoever had it
    could add up what is not to be known yet.
    An older file of that name stands until the new one is whole. Raises FileFault for a document with an
    error and for results of another state of it, CannotWrite, and Cancelled when `cancelled` says so.
    """
    from appraise.report.business_case import write_business_case

    for finding in findings(appraisal):
        if finding.severity is Severity.ERROR:
            raise FileFault(f"{finding.sentence} {finding.mend}")
    if results.digest != content_digest(appraisal):
        raise FileFault("These results belong to an earlier state of the appraisal. Calculate again, then export.")
    with _alone(path) as aside:
        write_business_case(
            appraisal,
            results,
            aside,
            model=None if hidden(appraisal) else content_json(_without_names(appraisal)),
            created=created,
            progress=progress,
            cancelled=cancelled,
        )


def _without_names(appraisal: Appraisal) -> Appraisal:
    """The appraisal without the names of assessors and of those who took the steps of the seals. No figure changes."""
    workshop = appraisal.workshop
    return replace(
        appraisal,
        workshop=replace(
            workshop,
            assessors=tuple(replace(one, name="") for one in workshop.assessors),
            events=tuple(replace(event, who=event.who and post_of(appraisal, event.who)) for event in workshop.events),
        ),
    )
