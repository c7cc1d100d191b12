"""The annexes: every line of every option, the assumptions, and how to make the figures again."""

from dataclasses import replace

from appraise.present import (
    assumption_words,
    budget_words,
    case_tables,
    dependence_tables,
    economic_tables,
    finished,
    long_list_tables,
    record_tables,
    sourcing_tables,
    tables,
    wording,
)
from appraise.report import blocks, constraint_case, funding_case, partner_case, scoring_annex
from appraise.report.parts import Paper, Story, case, said

#: How many price indices stand side by side.
INDICES = 5
#: How many columns of a correlation matrix stand side by side.
PAIRS = 10


def lines(paper: Paper) -> Story:
    """Each option's lines in both cases, to the pound and in present value to the penny; nothing without costs."""
    costed = [option for option in paper.results.options if finished.costed(option)]
    if not costed:
        return []
    document, results = paper.appraisal, paper.results
    health = {line.id for line in document.lines if line.health}
    told = assumption_words.counts_health(document)
    marked = ["Health rate: discounted by the schedule of lives and health."] if told else []
    story: Story = [
        blocks.page_break(),
        blocks.heading("Annex A: costs and benefits, line by line", 1),
        said("Costs are positive and gains negative. A dash is nothing in that year.", wording.ROUNDED, *marked),
    ]
    for option in costed:
        story.append(blocks.heading(option.name, 2))
        story += paper.table(tables.economic_by_year(results, option.id, health=health), dense=True)
        story += paper.table(tables.present_values_by_line(results, option.id, health=health), shares=(1,), dense=True)
        budget = tables.financial_by_year(results, option.id, counted=budget_words.noun(document))
        lacking = budget_words.uncharged_note(document, [option.id])
        story += paper.table(replace(budget, notes=(*budget.notes, *lacking)), dense=True)
        biases = economic_tables.optimism_bias(paper.results, paper.appraisal, option.id)
        story += paper.table(biases, keep=(0, *range(2, 10)), shares=(1,), dense=True)
    return story


def evidence(paper: Paper) -> Story:
    """Long list by factor, lines with sources and what moves together, how suppliers price, the assumptions log."""
    story: Story = []
    story += paper.table(long_list_tables.factors(paper.appraisal), dense=True)
    story += paper.table(case_tables.line_sources(paper.appraisal), shares=(1, 0, 0.8, 0.9, 0.9, 1.4), dense=True)
    story += _moving_together(paper)
    story += paper.table(sourcing_tables.usual_line_states(paper.appraisal), dense=True)
    story += paper.table(sourcing_tables.not_applicable(paper.appraisal), shares=(1, 0, 1.5), dense=True)
    story += constraint_case.pricing(paper)
    story += funding_case.assumptions(paper)
    story += partner_case.assumptions(paper)
    story += paper.table(record_tables.assumptions_log(paper.appraisal), shares=(2, 1.5, 0.8))
    return [*case("Annex B: reasons, sources and assumptions"), *story] if story else []


def _moving_together(paper: Paper) -> Story:
    """What moves together, how much, and why; the matrix so many columns at a time."""
    document = paper.appraisal
    story: Story = []
    story += paper.table(dependence_tables.drivers(document), shares=(1, 0, 0, 1.4), dense=True)
    story += paper.table(dependence_tables.groups(document), shares=(0.7, 0, 0, 2.4, 0, 1), dense=True)
    pairs = dependence_tables.matrix(document)
    places = range(1, len(pairs.columns))
    for first in places[::PAIRS]:
        story += paper.table(pairs, keep=(0, *places[first - 1 : first - 1 + PAIRS]), shares=(1,), dense=True)
    story += paper.table(dependence_tables.uncertain_indices(document), shares=(0.7, 1, 1.3), dense=True)
    return story


def checks(paper: Paper) -> Story:
    """What the checks find open in the document; one sentence where they find nothing."""
    found = paper.table(record_tables.open_findings(paper.appraisal), shares=(0, 0.8, 1.2, 1), dense=True)
    return [*case("Annex D: what the checks found"), *(found or [said("The checks find nothing open.")])]


def provenance(paper: Paper) -> Story:
    """Digest, seed, versions and rates: what somebody else needs to get the same figures."""
    attached = (
        "The model is attached to this PDF, whole, with the posts and any names entered under people.",
        "The change log is not. Opened in the version named below, it gives the same figures.",
    )
    kept_back = ("The model is not attached: while totals are hidden, they could be made from it.",)
    return [
        blocks.page_break(),
        blocks.heading("Annex C: how to make these figures again", 1),
        said(*(kept_back if scoring_annex.hidden(paper.results) else attached)),
        *paper.table(record_tables.versions(paper.results), shares=(1, 3)),
        *paper.table(record_tables.discount_factors(paper.results, paper.appraisal)),
        *_rises(paper),
    ]


def _rises(paper: Paper) -> Story:
    """The yearly rises of prices, so many indices side by side."""
    rises = record_tables.yearly_rises(paper.results, paper.appraisal)
    places = range(1, len(rises.columns))
    story: Story = []
    for first in places[::INDICES]:
        story += paper.table(rises, keep=(0, *places[first - 1 : first - 1 + INDICES]))
    return story
