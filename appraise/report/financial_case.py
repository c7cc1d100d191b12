"""The financial case: cash by year and by body, the money for it, and the bridge from the economic case."""

from appraise.present import budget_words, certainty, financial_tables
from appraise.report import blocks, funding_case, partner_case
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
    story += partner_case.purse(paper)
    story += _contingency(paper)
    story += section("Liabilities", paper.table(financial_tables.liabilities(results, document), shares=(0.6, 1, 0)))
    return [*story, *funding_case.money(paper), *_bridge(paper)]


def _contingency(paper: Paper) -> Story:
    """What is expected, or what makes sure instead: the sentences are about the recommended option."""
    results, document = paper.results, paper.appraisal
    option = certainty.focus(results, document)
    words = certainty.contingency_words(results, document, option) if option else ()
    story: Story = [said(*words)] if words else []
    return section("Contingency", story, paper.table(certainty.contingency(results, document), shares=(1,)))


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
