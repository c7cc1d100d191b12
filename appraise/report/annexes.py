"""The annexes: every line of every option, the assumptions, and how to make the figures again."""

from appraise.present import case_tables, tables
from appraise.report import blocks
from appraise.report.parts import Paper, Story, said


def lines(paper: Paper) -> Story:
    """Each option's lines in both cases, to the pound and in present value to the penny."""
    story: Story = [
        blocks.page_break(),
        blocks.heading("Annex A: costs and benefits, line by line", 1),
        said("Costs are positive and gains negative. A dash is nothing in that year."),
    ]
    for option in paper.results.options:
        story.append(blocks.heading(option.name, 2))
        story += paper.table(tables.economic_by_year(paper.results, option.id))
        story += paper.table(tables.present_values_by_line(paper.results, option.id), shares=(1, 0, 0))
        story += paper.table(tables.financial_by_year(paper.results, option.id))
    return story


def evidence(paper: Paper) -> Story:
    """The scores with their reasons, the lines with their sources, and the assumptions log."""
    story: Story = [blocks.page_break(), blocks.heading("Annex B: reasons, sources and assumptions", 1)]
    story += paper.table(case_tables.score_reasons(paper.appraisal), shares=(1, 1, 0, 2, 1.4))
    story += paper.table(case_tables.line_sources(paper.appraisal), shares=(1, 1, 0, 1, 1.6))
    story += paper.table(tables.assumptions_log(paper.appraisal), shares=(2, 1.5, 0.8))
    return story


def provenance(paper: Paper) -> Story:
    """Digest, seed, versions and rates: what somebody else needs to get the same figures."""
    return [
        blocks.page_break(),
        blocks.heading("Annex C: how to make these figures again", 1),
        said(
            "The model is attached to this PDF, whole, with the posts and any names entered under people.",
            "The change log is not. Opened in the version named below, it gives the same figures.",
        ),
        *paper.table(tables.versions(paper.results), shares=(1, 3)),
        *paper.table(tables.discount_factors(paper.results, paper.appraisal)),
    ]
