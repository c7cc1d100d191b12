"""The frame of the document: ids, references between records, title, body, horizon; and the simulation (step 8)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from appraise.model.appraisal.document import Appraisal, HorizonLength
from appraise.model.drivers import driver_of
from appraise.model.finding import Finding, Place, blank, named, whole_words
from appraise.model.parameters import LAST_YEAR
from appraise.model.tables import BIAS_TABLE, USUAL_LINES, USUAL_YEARS

#: Nobody may allow more draws than this.
LARGEST_CAP = 10_000_000
#: Billionths of a second that one uncertain input takes in one draw, on a machine of the office.
INPUT_TIME = 12
#: Megabytes that the simulation stays under, whatever the number of draws.
MEMORY = 320
#: Seconds that units of time have, longest first.
_UNITS = (("year", 31_557_600), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def check_ids(appraisal: Appraisal) -> Iterator[Finding]:
    """Every record has an id, used once among its kind."""
    kinds: tuple[tuple[int, str, Iterable[str]], ...] = (
        (1, "outcome", (record.id for record in appraisal.need.outcomes)),
        (1, "objective", (record.id for record in appraisal.need.objectives)),
        (1, "place figure", (record.id for record in appraisal.need.facts)),
        (1, "left-out item", (record.id for record in appraisal.need.left_out)),
        (2, "success factor", (record.id for record in appraisal.factors)),
        (2, "choice", (record.id for record in appraisal.choices)),
        (2, "option", (record.id for record in appraisal.options)),
        (2, "lot", (lot.id for option in appraisal.options for lot in option.lots)),
        (2, "pilot", (record.id for record in appraisal.pilots)),
        (2, "partner", (record.id for record in appraisal.partners)),
        (2, "arrangement", (record.id for record in appraisal.arrangements)),
        (2, "price gap", (record.id for record in appraisal.price_gaps)),
        (2, "buyer", (buyer.id for gap in appraisal.price_gaps for buyer in gap.buyers)),
        (2, "scarce people", (record.id for record in appraisal.scarce_staff)),
        (3, "branch", (record.id for record in appraisal.branches)),
        (3, "criterion", (record.id for record in appraisal.criteria)),
        (3, "gate", (record.id for record in appraisal.gates)),
        (3, "trade-off", (record.id for record in appraisal.weighting.trade_offs)),
        (4, "assessor", (record.id for record in appraisal.workshop.assessors)),
        (5, "price index", (record.id for record in appraisal.indices)),
        (5, "line", (record.id for record in appraisal.lines)),
        (5, "public body", (record.id for record in appraisal.bodies)),
        (5, "income group", (record.id for record in appraisal.income_groups)),
        (5, "optimism bias", (record.id for record in appraisal.biases)),
        *((5, "cause of optimism bias", (cause.id for cause in bias.causes)) for bias in appraisal.biases),
        (5, "correlation group", (record.id for record in appraisal.correlation_groups)),
        (5, "effect", (record.id for record in appraisal.effects)),
        (5, "discount schedule", (record.id for record in appraisal.basis.own_schedules)),
        (7, "scenario", (record.id for record in appraisal.scenarios)),
        (7, "settlement", (part.id for scenario in appraisal.scenarios for part in scenario.settlements)),
        (7, "grant", (record.id for record in appraisal.grants)),
        (7, "programme", (record.id for record in appraisal.programmes)),
        (10, "assumption", (record.id for record in appraisal.assumptions)),
        (10, "person", (record.id for record in appraisal.people)),
    )
    for step, kind, ids in kinds:
        yield from _used_once(step, kind, ids)


def check_constraint_ids(appraisal: Appraisal) -> Iterator[Finding]:
    """The same of constraints, by themselves: a dragged chance changes nothing else."""
    yield from _used_once(6, "constraint", (record.id for record in appraisal.constraints))


def _used_once(step: int, kind: str, ids: Iterable[str]) -> Iterator[Finding]:
    for record, count in Counter(ids).items():
        place = Place(step, kind.capitalize(), record, "id")
        if not record:
            yield place.error("id-empty", f"A record of kind {kind} has no id.", "Delete it and add it again.")
        elif count > 1:
            yield place.error(
                "id-twice",
                f"The {kind} id {named(record, '')} is used {whole_words(count)} times.",
                "Delete all but one and add the others again.",
            )


def check_references(appraisal: Appraisal) -> Iterator[Finding]:
    """What a record refers to exists."""
    options = {option.id for option in appraisal.options}
    branches = {branch.id for branch in appraisal.branches}
    criteria = {criterion.id for criterion in appraisal.criteria}
    indices = {index.id for index in appraisal.indices} | {""}
    assumptions = {assumption.id for assumption in appraisal.assumptions} | {""}
    bodies = {body.id for body in appraisal.bodies} | {""}
    groups = {group.id for group in appraisal.income_groups} | {""}
    biases = {bias.id for bias in appraisal.biases} | {""}
    correlations = {group.id for group in appraisal.correlation_groups} | {""}
    lines = {line.id for line in appraisal.lines}
    headings = USUAL_LINES.keys() | {""}

    def missing(place: Place, what: str, kind: str) -> Finding:
        return place.error(
            "reference", f"{what} refers to {kind} that does not exist.", f"Choose {kind} that exists, or delete it."
        )

    for criterion in appraisal.criteria:
        if criterion.branch not in branches:
            name = named(criterion.name, "a criterion without a name")
            yield missing(Place(3, f"Criterion {name}", criterion.id, "branch"), name, "a branch")
    for score in appraisal.scores:
        if score.option not in options:
            yield missing(Place(4, "Scores", score.criterion, score.option), "A score", "an option")
        if score.criterion not in criteria:
            yield missing(Place(4, "Scores", score.criterion, score.option), "A score", "a criterion")
    for line in appraisal.lines:
        name = named(line.name, "a line without a name")
        for field, kind, known in (
            ("option", "an option", options),
            ("index", "a price index", indices),
            ("assumption", "an assumption", assumptions),
            ("body", "a public body", bodies),
            ("incomes", "an income group", groups),
            ("bias", "an optimism bias", biases),
            ("correlation", "a correlation group", correlations),
            ("heading", "a usual cost line", headings),
        ):
            if getattr(line, field) not in known:
                yield missing(Place(5, f"Line {name}", line.id, field), name, kind)
    for bias in appraisal.biases:
        if bias.table not in BIAS_TABLE.keys() | {""}:
            name = named(bias.name, "an optimism bias without a name")
            yield missing(Place(5, f"Optimism bias {name}", bias.id, "table"), name, "a published row")
    for effect in appraisal.effects:
        if any(count.option not in options for count in effect.counts):
            name = named(effect.name, "an effect without a name")
            yield missing(Place(5, f"Effect {name}", effect.id, "counts"), name, "an option")
    for constraint in appraisal.constraints:
        name = named(constraint.name, "a constraint without a name")
        if constraint.index not in indices:
            yield missing(Place(6, f"Constraint {name}", constraint.id, "index"), name, "a price index")
        if any(bearing.option not in options for bearing in constraint.bearings):
            yield missing(Place(6, f"Constraint {name}", constraint.id, "bearings"), name, "an option")
        if not lines.issuperset(constraint.lines):
            yield missing(Place(6, f"Constraint {name}", constraint.id, "lines"), name, "a line")
    if appraisal.recommendation.option not in options | {""}:
        yield missing(Place(10, "Recommendation", field="option"), "The recommendation", "an option")


def check_frame(appraisal: Appraisal) -> Iterator[Finding]:
    """Horizon, title and body."""
    horizon = appraisal.horizon
    years = Place(1, "Horizon", field="years")
    if not 1 <= horizon.years <= LAST_YEAR:
        yield years.error(
            "horizon",
            f"The horizon is {whole_words(horizon.years)} years, outside 1 to {LAST_YEAR}.",
            f"Enter 1 to {LAST_YEAR} years; ten is usual for a service.",
        )
    elif blank(horizon.reason):
        yield Place(1, "Horizon", field="reason").attention(
            "horizon-reason",
            f"Nothing says why {horizon.years} years are compared.",
            "Write one sentence on the length of the horizon.",
        )
    if not 1900 <= horizon.first_year <= 2200:
        yield Place(1, "Horizon", field="first_year").error(
            "first-year",
            f"The first year, {whole_words(horizon.first_year)}, is not a calendar year in reach.",
            "Enter the year in which year 0 starts, such as 2027.",
        )
    if blank(appraisal.title):
        yield Place(1, "Title", field="title").attention(
            "title", "The appraisal has no title.", "Name the service and the first year."
        )
    if blank(appraisal.body):
        yield Place(1, "Body", field="body").attention(
            "body", "The body that decides is not named.", "Enter the name of the council or body."
        )
    if appraisal.fictional:
        yield Place(1, "Title", field="fictional").note(
            "fictional", "Everything in this appraisal is made up.", "Start a new appraisal for a real decision."
        )


def check_horizon_length(appraisal: Appraisal) -> Iterator[Finding]:
    """The horizon beside the usual lengths, each on top of year 0 (Green Book 2026, 6.9-6.13)."""
    horizon = appraisal.horizon
    usual, longest = USUAL_YEARS.get(horizon.length), max(USUAL_YEARS.values())
    if usual is not None and horizon.years != usual:
        yield Place(1, "Horizon", field="length").attention(
            "horizon-length",
            f"The horizon has {whole_words(horizon.years)} years, its usual length {usual}: {usual - 1} after year 0.",
            "Choose the length again, or call it the body's own and say why.",
        )
    elif longest < horizon.years <= LAST_YEAR:
        yield Place(1, "Horizon", field="years").attention(
            "horizon-long",
            f"The horizon of {horizon.years} years is longer than any usual one.",
            f"Compare {longest} years at most, year 0 counted, unless guidance asks for more.",
        )
    if horizon.length is HorizonLength.CONTRACT and not any(option.term_years > 0 for option in appraisal.options):
        yield Place(1, "Horizon", field="length").attention(
            "horizon-contract",
            "The horizon follows the contract, but no option has a term.",
            "Enter the term of the contract in step 2, or choose another length.",
        )


def check_simulation(appraisal: Appraisal) -> Iterator[Finding]:
    """The number of draws, the most that are allowed, the percentile of the contingency, and the seed."""
    simulation = appraisal.simulation
    if not 1 <= simulation.most_draws <= LARGEST_CAP:
        yield Place(8, "Simulation", field="most_draws").error(
            "most-draws",
            f"The most draws allowed, {whole_words(simulation.most_draws)}, is outside 1 to {LARGEST_CAP:,}.",
            "Enter 1,000,000.",
        )
    if simulation.draws < 1:
        yield Place(8, "Simulation", field="draws").error(
            "draws",
            f"The number of draws, {whole_words(simulation.draws)}, is below 1.",
            "Enter 100,000 draws.",
        )
    elif simulation.draws > simulation.most_draws:
        yield _too_many(appraisal)
    elif simulation.draws < 10_000:
        yield Place(8, "Simulation", field="draws").note(
            "few-draws",
            f"With {simulation.draws:,} draws the simulated figures are rough.",
            "Use 100,000 draws for anything that is printed.",
        )
    if not 0 <= simulation.seed < 2**63:
        yield Place(8, "Simulation", field="seed").error(
            "seed", "The seed is negative or too large.", "Enter a whole number such as 20270401."
        )
    if not 50 <= simulation.percentile <= 99:
        yield Place(8, "Simulation", field="percentile").error(
            "percentile",
            f"The percentile of the contingency, {whole_words(simulation.percentile)}, is outside 50 to 99.",
            "Enter 80, or how sure the contingency should make.",
        )


def _too_many(appraisal: Appraisal) -> Finding:
    """How long and how much memory it would take, and what is allowed."""
    simulation = appraisal.simulation
    allowed = f"{max(simulation.most_draws, 0):,}" if simulation.most_draws <= LARGEST_CAP else f"{LARGEST_CAP:,}"
    draws = f"{simulation.draws:,}" if simulation.draws < 10**15 else "So many"
    took = duration_words(simulation.draws * max(1, uncertain_inputs(appraisal)) * INPUT_TIME // 10**9)
    return Place(8, "Simulation", field="draws").error(
        "draws",
        f"{draws} draws take {took} and under {MEMORY} MB; only {allowed} are allowed.",
        f"Enter 100,000 draws, or raise the most that are allowed, up to {LARGEST_CAP:,}.",
    )


def uncertain_inputs(appraisal: Appraisal) -> int:
    """How many quantities are drawn: ranges of lines and indices, and constraints with their impact."""
    lines = {driver_of(line) for line in appraisal.lines if line.range is not None}
    indices = sum(index.range is not None for index in appraisal.indices)
    return len(lines) + indices + 2 * len(appraisal.constraints)


def duration_words(seconds: int) -> str:
    """A length of time in one unit, such as "about 4 hours"."""
    for unit, length in _UNITS:
        if seconds >= length:
            number = seconds // length
            if unit == "year" and number >= 1_000:
                return "more than a thousand years"
            return f"about {number} {unit}{'' if number == 1 else 's'}"
    return "less than a second"
