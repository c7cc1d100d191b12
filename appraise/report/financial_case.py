"""The financial case: cash by year and by body, the money for it, and the bridge from the economic case."""

from appraise.present import budget_words, case_tables, certainty, charts, financial_tables, tables
from appraise.report import blocks
from appraise.report.parts import Paper, Story, case, said, section


def financial(paper: Paper) -> Story:
    """What the body pays in cash, year by year, whether there is money for it, and the bridge to it."""
    results, document = paper.results, paper.appraisal
    story = case("Financial case: whether it can be paid for")
    cash = financial_tables.cash_by_year(results, document)
    if not cash.rows:
        story.append(said("No costs have been entered yet."))
    else:
        story.append(
            said(
                f"Figures are {budget_words.noun(document)} of each year, not discounted.",
                "They hold inflation, transfers and VAT that cannot be recovered.",
                "Contingency for risks that stay with the body and for optimism bias is inside the totals.",
            )
        )
    story += paper.table(cash)
    story += section(
        "Who else pays or gains",
        paper.table(financial_tables.bodies(results, document)),
        paper.table(financial_tables.by_body(results, document)),
    )
    story += _contingency(paper)
    story += section("Liabilities", paper.table(financial_tables.liabilities(results, document), shares=(0.6, 1, 0)))
    return [*story, *_money(paper), *_bridge(paper)]


def _contingency(paper: Paper) -> Story:
    """What is expected, or what makes sure instead: the sentences are about the recommended option."""
    results, document = paper.results, paper.appraisal
    option = certainty.focus(results, document)
    words = certainty.contingency_words(results, document, option) if option else ()
    story: Story = [said(*words)] if words else []
    return section("Contingency", story, paper.table(certainty.contingency(results, document), shares=(1,)))


def _money(paper: Paper) -> Story:
    """Cost against funding: all options as settled, the recommended one by year, all from the draws."""
    results, document = paper.results, paper.appraisal
    if not document.scenarios:
        return [said("No funding has been entered, so nothing is said about gaps.")]
    story: Story = paper.table(financial_tables.affordability(results, document), shares=(1, 1, 0, 0, 0, 0))
    if paper.recommended:
        for scenario in document.scenarios:
            story.append(blocks.heading(scenario.name, 3))
            story += paper.chart(charts.cash_fan, height=200, option=paper.recommended, scenario=scenario.id)
            story += paper.table(tables.funding_by_year(results, document, paper.recommended, scenario.id))
    story += paper.table(case_tables.gap_summary(results, document), shares=(1, 1, 0.7, 0, 0))
    story += paper.table(case_tables.settlements(document), shares=(1, 1, 0.6, 0, 0, 0.8))
    return section("Is there money for it?", story)


def _bridge(paper: Paper) -> Story:
    table = financial_tables.bridge(paper.results, paper.appraisal)
    if not table.rows:
        return []
    lead = said(
        "Each row takes out what only the economic case counts, or adds what only the budget feels.",
        financial_tables.CAPITAL_VIEWS[paper.appraisal.basis.capital_view],
    )
    title = "From the economic case to the financial case"
    return [blocks.keep_together(section(title, [lead], paper.table(table, shares=(1,))))]
