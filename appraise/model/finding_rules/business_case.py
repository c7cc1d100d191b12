"""Step 10, the business case: recommendation, assumptions and people."""

from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.records import Role
from appraise.model.finding import Finding, Place, blank, named


def check_business_case(appraisal: Appraisal) -> Iterator[Finding]:
    """Decision, recommendation, sources of assumptions, and roles."""
    recommendation = appraisal.recommendation
    if blank(recommendation.decision):
        yield Place(10, "Recommendation", field="decision").attention(
            "decision-none", "Nothing says which decision is asked for.", "Write the decision in one or two sentences."
        )
    if not recommendation.option:
        yield Place(10, "Recommendation", field="option").attention(
            "recommendation-none", "No option is recommended.", "Choose one, or leave it open and say why."
        )
    elif blank(recommendation.reasons):
        yield Place(10, "Recommendation", field="reasons").attention(
            "reasons-none", "The recommendation has no reasons.", "Write why, in three sentences."
        )
    for assumption in appraisal.assumptions:
        text = f"{assumption.statement} {assumption.source}".casefold()
        if blank(assumption.source) and "illustrative" not in text:
            name = named(assumption.statement, "without words")
            yield Place(10, f"Assumption {name}", assumption.id, "source").attention(
                "assumption-source", f"The assumption {name} has no source.", "Name a source, or call it illustrative."
            )
    yield from _roles(appraisal)


def _roles(appraisal: Appraisal) -> Iterator[Finding]:
    """Analyst and assurer shall be independent (AQuA Book, HM Government, June 2025)."""
    who: dict[Role, set[str]] = {role: set() for role in Role}
    for person in appraisal.people:
        who[person.role].add((person.name.strip() or person.post.strip()).casefold())
    absent = [role.value for role in (Role.ANALYST, Role.ASSURER) if not who[role]]
    if absent:
        yield Place(10, "People", field="people").attention(
            "roles-missing", f"Nobody is named as {' or '.join(absent)}.", "Add the people with these roles."
        )
    for person in appraisal.people:
        shown = person.name.strip() or person.post.strip()
        if person.role is Role.ASSURER and shown.casefold() in who[Role.ANALYST]:
            yield Place(10, "People", person.id, "role").attention(
                "independence",
                f"{named(shown, 'The same person')} is analyst and assurer at once.",
                "Let somebody independent assure the analysis (AQuA Book).",
            )
