"""What the figures rest on, as tables: people, assumptions, rates, and every dated table with its vintage."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.records import Role
from appraise.model.discounting import discount_factors as factors_of
from appraise.model.parameters import known_schedules
from appraise.model.results import Results
from appraise.present import wording
from appraise.present.tables import Cell, Column, Table, right_columns, words

ROLES = {
    Role.COMMISSIONER: "Commissioner",
    Role.ANALYST: "Analyst",
    Role.ASSURER: "Assurer",
    Role.APPROVER: "Approver",
}


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
    """The factor of each year to four places, as published; the exact one is the raw value."""
    schedule = known_schedules(appraisal.basis)[appraisal.basis.schedule]
    factors = factors_of(schedule, len(results.years))
    return Table(
        title="Discount factors used",
        columns=(Column(heading="Year"), *right_columns("Factor")),
        rows=tuple(
            (words(year), Cell(text=f"{factor:.4f}", raw=factor))
            for year, factor in zip(results.years, factors, strict=True)
        ),
        notes=(f"{schedule.words}.", "Year 0 is not discounted; later years count as at their end."),
    )


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
