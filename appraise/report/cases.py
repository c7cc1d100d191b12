"""The strategic, commercial and management case (Green Book 2026, tables 2 and 3), each on pages of its own."""

from dataclasses import replace

from appraise.model.appraisal.sourcing import Leaning
from appraise.present import advice, finished, need_tables, record_tables, sourcing_tables, summary_table
from appraise.present.option_words import LEANINGS
from appraise.report import blocks, constraint_case, terms_case
from appraise.report.parts import Paper, Story, case, said, section, typed, under


def summary(paper: Paper) -> Story:
    """The appraisal summary table, on a page of its own (Green Book 2026, table 12)."""
    if not any(finished.costed(option) for option in paper.results.options):
        return []
    table = summary_table.appraisal_summary(paper.results, paper.appraisal)
    if any(option.score is not None and option.score.by_criterion for option in paper.results.options):
        table = replace(table, notes=(*table.notes, advice.SCORING_STANDS))
    return [*case("Appraisal summary table"), *paper.table(table, dense=True)]


def strategic(paper: Paper) -> Story:
    """Why the service is looked at and what should be better for residents."""
    document, need = paper.appraisal, paper.appraisal.need
    story = case("Strategic case: why change")
    before = len(story)
    story += under("The case for change", need.case_for_change)
    story += section(
        "What should be better for residents",
        paper.table(need_tables.outcomes(document), shares=(1, 1, 1, 1.2)),
        paper.table(need_tables.today(document), shares=(0.8, 1, 1, 1)),
    )
    story += section("Objectives", paper.table(need_tables.objectives(document), dense=True))
    story += section("Theory of change", paper.table(need_tables.theory(document), shares=(0, 1)))
    story += section("The place", typed(need.place), paper.table(need_tables.facts(document), shares=(1, 0.5, 1)))
    story += under("If nothing is decided", need.business_as_usual)
    story += section("Equality duty", paper.table(need_tables.equality(document), shares=(0.6, 1)))
    outside = paper.table(need_tables.left_out(document), shares=(1, 1.4, 0))
    outside += paper.table(need_tables.kept_out(document), shares=(1, 0, 1, 0))
    if outside or len(story) > before:
        story += section("The boundary", outside or [said("Nothing has been listed as left out of the figures.")])
    if len(story) == before:
        story.append(said("Nothing has been entered in the strategic case yet."))
    return story


def commercial(paper: Paper) -> Story:
    """How the service would be bought or agreed, and who carries which constraint."""
    words = paper.appraisal.commercial
    story = case("Commercial case: how it would be delivered")
    before = len(story)
    story += under("Route", words.route)
    story += under("What the service has to do", words.requirements)
    for test, title in zip(sourcing_tables.TESTS, ("Public interest test", "Delivery model assessment"), strict=True):
        story += _test(paper, test, title)
    contracts = sourcing_tables.procurement(paper.results, paper.appraisal)
    story += section("The contract and the law", paper.table(contracts, shares=(1,)))
    story += terms_case.terms(paper)
    story += under("Who carries which risk", words.risk_allocation)
    story += under("People", words.people)
    story += constraint_case.constraints(paper)
    if len(story) == before:
        story.append(said("Nothing has been entered in the commercial case yet."))
    return story


def _test(paper: Paper, test: str, title: str) -> Story:
    """What a test points to, why, and its answers; one sentence where it is not used."""
    found = sourcing_tables.questionnaire_of(paper.appraisal, test)
    if not found.used:
        return [blocks.heading(title, 2), said("This test is not used in this appraisal.")]
    story: Story = []
    if found.leaning is not Leaning.UNSAID:
        story.append(said(f"It points to: {LEANINGS[found.leaning].lower()}. It informs the case and does not decide."))
    story += typed(found.conclusion)
    story += paper.table(sourcing_tables.answers(paper.appraisal, test), shares=(1.5, 0, 1.2))
    return section(title, story)


def management(paper: Paper) -> Story:
    """How it would be made to happen and who answers for it."""
    words = paper.appraisal.management
    story = case("Management case: how it would be made to happen")
    before = len(story)
    story += under("Governance", words.governance)
    story += under("Transition", words.transition)
    story += under("Making the benefits happen", words.benefits)
    story += under("Review", words.review)
    # Names stay out of what is published; posts and roles are printed.
    people = record_tables.people(paper.appraisal)
    story += section("Roles", paper.table(people, keep=(0, 1), shares=(1.5, 1)))
    if len(story) == before:
        story.append(said("Nothing has been entered in the management case yet."))
    return story
