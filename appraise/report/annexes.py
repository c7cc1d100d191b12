"""The annexes: every line of every option, the assumptions, and how to make the figures again."""

from appraise.present import (
    case_tables,
    economic_tables,
    finished,
    long_list_tables,
    record_tables,
    sourcing_tables,
    tables,
)
from appraise.report import blocks
from appraise.report.parts import Paper, Story, case, said


def lines(paper: Paper) -> Story:
    """Each option's lines in both cases, to the pound and in present value to the penny; nothing without costs."""
    costed = [option for option in paper.results.options if finished.costed(option)]
    if not costed:
        return []
    story: Story = [
        blocks.page_break(),
        blocks.heading("Annex A: costs and benefits, line by line", 1),
        said("Costs are positive and gains negative. A dash is nothing in that year."),
    ]
    for option in costed:
        story.append(blocks.heading(option.name, 2))
        story += paper.table(tables.economic_by_year(paper.results, option.id), dense=True)
        story += paper.table(tables.present_values_by_line(paper.results, option.id), shares=(1, 0, 0), dense=True)
        story += paper.table(tables.financial_by_year(paper.results, option.id), dense=True)
        biases = economic_tables.optimism_bias(paper.results, paper.appraisal, option.id)
        story += paper.table(biases, keep=(0, *range(2, 10)), shares=(1,), dense=True)
    return story


def evidence(paper: Paper) -> Story:
    """The scores with their reasons, the lines with their sources, and the assumptions log."""
    story: Story = []
    story += paper.table(long_list_tables.factors(paper.appraisal), dense=True)
    story += paper.table(case_tables.score_reasons(paper.appraisal), shares=(0.6, 0.6, 0, 2, 1.4), dense=True)
    story += paper.table(case_tables.line_sources(paper.appraisal), shares=(1, 0, 0, 1, 1.6), dense=True)
    story += paper.table(sourcing_tables.usual_line_states(paper.appraisal), dense=True)
    story += paper.table(sourcing_tables.not_applicable(paper.appraisal), shares=(1, 0, 1.5), dense=True)
    story += paper.table(record_tables.assumptions_log(paper.appraisal), shares=(2, 1.5, 0.8))
    return [*case("Annex B: reasons, sources and assumptions"), *story] if story else []


def provenance(paper: Paper) -> Story:
    """Digest, seed, versions and rates: what somebody else needs to get the same figures."""
    return [
        blocks.page_break(),
        blocks.heading("Annex C: how to make these figures again", 1),
        said(
            "The model is attached to this PDF, whole, with the posts and any names entered under people.",
            "The change log is not. Opened in the version named below, it gives the same figures.",
        ),
        *paper.table(record_tables.versions(paper.results), shares=(1, 3)),
        *paper.table(record_tables.discount_factors(paper.results, paper.appraisal)),
    ]
