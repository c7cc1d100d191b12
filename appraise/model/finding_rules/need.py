"""Step 1, the need: why something has to change, what for, where, and what the appraisal leaves out."""

from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.need import EqualityDuty, Fact, LeftOut, Objective, Outcome, TheoryOfChange
from appraise.model.finding import Finding, Place, blank, is_pounds, named


def check_need(appraisal: Appraisal) -> Iterator[Finding]:
    """Case for change, business as usual, theory of change, objectives, outcomes, place, equality, boundary."""
    need = appraisal.need
    for field, text, what, mend in (
        ("case_for_change", need.case_for_change, "The case for change", "Say why the service cannot stay as it is."),
        ("business_as_usual", need.business_as_usual, "Business as usual", "Say what happens if nothing is decided."),
    ):
        if blank(text):
            yield Place(1, "Need", field=field).attention("need-empty", f"{what} is not described.", mend)
    yield from _theory(need.theory)
    if not need.objectives:
        yield Place(1, "Objectives", field="objectives").attention(
            "objectives-none", "No objective is named.", "Add what has to be reached, how it is measured, and by when."
        )
    for objective in need.objectives:
        yield from _objective(objective)
    if not need.outcomes:
        yield Place(1, "Outcomes", field="outcomes").attention(
            "outcomes-none", "No outcome for residents is named.", "Add what should be better, and how to tell."
        )
    for outcome in need.outcomes:
        yield from _outcome(outcome)
    if not need.facts:
        yield Place(1, "Place", field="facts").attention(
            "facts-none",
            "No figure describes the place.",
            "Add figures such as residents, deprivation or roads, with their sources.",
        )
    for fact in need.facts:
        yield from _fact(fact)
    yield from _equality(need.equality)
    if not need.left_out:
        yield Place(1, "Boundary", field="left_out").attention(
            "left-out-none", "Nothing is said to be left out.", "List what the appraisal leaves out, and why."
        )
    for item in need.left_out:
        yield from _left_out(item)


def _theory(theory: TheoryOfChange) -> Iterator[Finding]:
    place = Place(1, "Theory of change", field="theory")
    steps = (
        ("inputs", theory.inputs),
        ("activities", theory.activities),
        ("outputs", theory.outputs),
        ("outcomes", theory.outcomes),
        ("impact", theory.impact),
    )
    missing = [name for name, text in steps if blank(text)]
    if len(missing) == len(steps):
        yield place.attention(
            "theory-none",
            "No theory of change says how spending leads to results.",
            "Write the steps from inputs to impact (Green Book 2026, chapter 4).",
        )
    elif missing:
        yield place.attention(
            "theory-steps", f"The theory of change leaves out: {', '.join(missing)}.", "Write these steps too."
        )
    elif blank(theory.rests_on):
        yield Place(1, "Theory of change", field="rests_on").attention(
            "theory-rests",
            "Nothing says what the theory of change rests on.",
            "Name the evidence and assumptions that link its steps.",
        )


def _objective(objective: Objective) -> Iterator[Finding]:
    name = named(objective.statement, "an objective without words")
    parts = (("measure", objective.measure), ("target", objective.target), ("date", objective.by))
    missing = [part for part, text in parts if blank(text)]
    if missing:
        field = "by" if missing[0] == "date" else missing[0]
        yield Place(1, f"Objective {name}", objective.id, field).attention(
            "objective-smart",
            f"{name} has no {' and no '.join(missing)}.",
            "Make it specific, measurable, achievable, relevant and time-bound.",
        )


def _outcome(outcome: Outcome) -> Iterator[Finding]:
    name = named(outcome.name, "an outcome without a name")
    words = f"Outcome {name}"
    if blank(outcome.target):
        yield Place(1, words, outcome.id, "target").attention(
            "outcome-target", f"{name} has no target.", "Say what would count as reached, and by when."
        )
    if blank(outcome.evidence):
        yield Place(1, words, outcome.id, "evidence").attention(
            "outcome-evidence", f"{name} has no evidence.", "Say where today's figure comes from."
        )
    if blank(outcome.works + outcome.fails + outcome.residents):
        yield Place(1, words, outcome.id, "works").note(
            "outcome-today",
            f"Nothing says how the service does on {name} today.",
            "Say where it works, where it fails, and what residents say.",
        )


def _fact(fact: Fact) -> Iterator[Finding]:
    name = named(fact.name, "a figure without a name")
    words = f"Place figure {name}"
    if blank(fact.value):
        yield Place(1, words, fact.id, "value").attention(
            "fact-value", f"{name} has no value.", "Enter the figure, or delete the row."
        )
    elif blank(fact.source):
        yield Place(1, words, fact.id, "source").attention(
            "fact-source", f"{name} has no source.", "Say where the figure comes from, and its date."
        )


def _equality(duty: EqualityDuty) -> Iterator[Finding]:
    aims = (
        ("discrimination", duty.discrimination),
        ("equal opportunity", duty.opportunity),
        ("good relations", duty.relations),
    )
    missing = [aim for aim, text in aims if blank(text)]
    place = Place(1, "Equality duty", field="equality")
    if missing:
        yield place.attention(
            "equality",
            f"The public sector equality duty is not answered on: {', '.join(missing)}.",
            "Say how each aim is affected (Equality Act 2010, section 149).",
        )
    elif blank(duty.evidence):
        yield place.attention(
            "equality-evidence", "The answers on the equality duty have no evidence.", "Say what they rest on."
        )


def _left_out(item: LeftOut) -> Iterator[Finding]:
    name = named(item.name, "a left-out item without a name")
    words = f"Left out: {name}"
    if blank(item.why):
        yield Place(1, words, item.id, "why").attention(
            "left-out-why", f"No reason is given for leaving out {name}.", "Say why it stays outside the appraisal."
        )
    if not is_pounds(item.pounds):
        yield Place(1, words, item.id, "pounds").error(
            "left-out-size",
            f"The size of {name} is above 10 trillion pounds or no number.",
            "Correct it, or enter 0 for not sized.",
        )
