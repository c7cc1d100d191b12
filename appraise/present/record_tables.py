"""What the figures rest on, as tables: people, assumptions, rates, and every dated table with its vintage."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.records import Role
from appraise.model.checks import Severity, findings
from appraise.model.discounting import deflator_factors, index_factors
from appraise.model.discounting import discount_factors as factors_of
from appraise.model.parameters import known_schedules
from appraise.model.results import Results
from appraise.present import assumption_words, wording
from appraise.present.tables import Cell, Column, Table, right_columns, words

ROLES = {
    Role.COMMISSIONER: "Commissioner",
    Role.ANALYST: "Analyst",
    Role.ASSURER: "Assurer",
    Role.APPROVER: "Approver",
}


SEVERITIES = {Severity.ERROR: "Error", Severity.ATTENTION: "Attention", Severity.NOTE: "Note"}


def open_findings(appraisal: Appraisal) -> Table:
    """What the checks find in the document as it is printed: place, what, and how to mend it; gravest first."""
    return Table(
        title="Findings that are open",
        columns=tuple(Column(heading=heading) for heading in ("Kind", "Where", "What was found", "What would mend it")),
        rows=tuple(
            (
                Cell(text=SEVERITIES[one.severity], raw=one.severity.value),
                *map(words, (one.place, one.sentence, one.mend)),
            )
            for one in findings(appraisal)
        ),
        notes=("Attention: a sceptical reader would ask. Note: useful to know. Neither makes a figure wrong.",),
    )


def assumptions_log(appraisal: Appraisal) -> Table:
    """What is taken as given, where it comes from and who answers for it."""
    return Table(
        title="Assumptions",
        columns=(Column(heading="Assumption"), Column(heading="Source"), Column(heading="Owner")),
        rows=tuple((words(item.statement), words(item.source), words(item.owner)) for item in appraisal.assumptions),
    )


def people(appraisal: Appraisal) -> Table:
    """Posts and their roles; names only where they were entered. The note says what the data say."""
    holders = {role: {(one.post, one.name) for one in appraisal.people if one.role is role} for role in Role}
    analysts, assurers = holders[Role.ANALYST], holders[Role.ASSURER]
    notes: tuple[str, ...] = ()
    if analysts and assurers:
        apart = not analysts & assurers
        notes = (
            "Analyst and assurer are different people, as the AQuA Book asks."
            if apart
            else "Analyst and assurer are the same person. The AQuA Book asks for two.",
        )
    return Table(
        title="People and roles",
        columns=(Column(heading="Post"), Column(heading="Role"), Column(heading="Name")),
        rows=tuple(
            (words(person.post), Cell(text=ROLES[person.role], raw=person.role.value), words(person.name))
            for person in appraisal.people
        ),
        notes=notes,
    )


def discount_factors(results: Results, appraisal: Appraisal) -> Table:
    """The factor of each year to four places, as published; the exact one is the raw value.

    Beside it the factor of lives and health, where a line is discounted by it.
    """
    known, basis = known_schedules(appraisal.basis), appraisal.basis
    used = {"Factor": known[basis.schedule]}
    if assumption_words.counts_health(appraisal):
        used["Factor, lives and health"] = known[basis.health_schedule]
    factors = [factors_of(schedule, len(results.years)) for schedule in used.values()]
    return Table(
        title="Discount factors used",
        columns=(Column(heading="Year"), *right_columns(*used)),
        rows=tuple(
            (words(year), *(Cell(text=f"{factor:.4f}", raw=factor) for factor in of_year))
            for year, *of_year in zip(results.years, *factors, strict=True)
        ),
        notes=(
            *(f"{schedule.words}." for schedule in used.values()),
            "Year 0 is not discounted; later years count as at their end.",
        ),
    )


def yearly_rises(results: Results, appraisal: Appraisal) -> Table:
    """How prices rise into each year of the horizon: general inflation and every price index, in per cent."""
    years = len(results.years)
    names = ["General inflation", *(index.name for index in appraisal.indices)]
    levels = [
        deflator_factors(appraisal.basis, appraisal.horizon.first_year, years),
        *(index_factors(index.percent, years) for index in appraisal.indices),
    ]
    return Table(
        title="Yearly rises of prices",
        columns=(Column(heading="Into year"), *right_columns(*names, unit="%")),
        rows=tuple(
            (words(results.years[year]), *(_rise(level[year - 1], level[year]) for level in levels))
            for year in range(1, years)
        ),
        notes=("From one financial year to the next. After its last figure an index goes on rising as before.",),
    )


def _rise(before: Decimal, after: Decimal) -> Cell:
    percent = (after / before - 1) * 100
    return Cell(text=wording.number(percent, 2), raw=percent)


def versions(results: Results) -> Table:
    """What the figures were made with, so that anybody can make them again."""
    made = results.versions
    pairs = (
        ("Program", f"Appraise {made.appraise}"),
        ("Guidance", made.guidance),
        ("Discount schedule", made.schedule),
        ("General inflation", made.deflator),
        *(("Price index", index) for index in made.indices),
        *(("Dated table", table) for table in made.tables),
        ("Digest of the model", results.digest),
        ("Seed", str(results.seed)),
        ("Draws", wording.number(results.draws)),
    )
    return Table(
        title="How to make these figures again",
        columns=(Column(heading="What"), Column(heading="Which")),
        rows=tuple((words(name), words(value)) for name, value in pairs),
    )
