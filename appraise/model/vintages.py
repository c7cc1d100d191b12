"""With what the figures were made: program, guidance and every dated table, each with its source and date."""

from appraise import __version__
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType
from appraise.model.parameters import GUIDANCE, REVIEW, known_schedules
from appraise.model.periods import label
from appraise.model.results import Versions
from appraise.model.tables import BIAS_TABLE, threshold_for


def versions(appraisal: Appraisal) -> Versions:
    """Everything that a second person needs to come to the same figures. KeyError for an unknown schedule."""
    schedules = known_schedules(appraisal.basis)
    return Versions(
        appraise=__version__,
        guidance=GUIDANCE,
        schedule=schedules[appraisal.basis.schedule].words,
        deflator=_deflator(appraisal),
        indices=tuple(_dated(f"{one.name}: {one.source}", one.published, one.review_by) for one in appraisal.indices),
        tables=tuple(_tables(appraisal)),
    )


def _dated(words: str, published: str, review_by: str) -> str:
    published = f", {published}" if published else ""
    return f"{words}{published}{f', look for a newer one after {review_by}' if review_by else ''}"


def _deflator(appraisal: Appraisal) -> str:
    basis, series = appraisal.basis, appraisal.basis.deflator
    if not series.percent:
        return f"{basis.deflator_percent} % a year ({basis.deflator_source})"
    first, last = label(series.first_year, 0), label(series.first_year, len(series.percent) - 1)
    return _dated(f"By year, {first} to {last} ({basis.deflator_source})", series.published, series.review_by)


def _tables(appraisal: Appraisal) -> list[str]:
    """The dated tables that this appraisal rests on, apart from schedule, deflator and indices."""
    basis, words = appraisal.basis, [f"Also shown: {REVIEW.words}"]
    if any(line.health for line in appraisal.lines):
        words.append(f"Lives and health: {known_schedules(basis)[basis.health_schedule].words}")
    if any(line.incomes for line in appraisal.lines):
        words.append(f"Median income {basis.median_income:,.0f} pounds a year ({basis.median_income_source})")
    rows = {BIAS_TABLE[bias.table] for bias in appraisal.biases if bias.table in BIAS_TABLE}
    words += [
        _dated(f"Optimism bias, {row.name}: {row.source}", row.published, row.review_by)
        for row in sorted(rows, key=lambda row: row.name)
    ]
    contracts = {option.contract for option in appraisal.options if option.contract is not ContractType.NONE}
    thresholds = {threshold_for(contract, appraisal.sourcing.authority) for contract in contracts}
    sources = {f"{one.source}, from {one.from_date}" for one in thresholds if one is not None}
    return words + [f"Procurement thresholds: {source}" for source in sorted(sources)]
