"""Whether there is money for it, on paper: the four answers, the fan, gaps, short-termism, lengths and regret."""

from dataclasses import replace

from appraise.present import (
    certainty,
    charts,
    financial_tables,
    funding_tables,
    funding_words,
    short_money_tables,
    tables,
    term_tables,
)
from appraise.report import blocks, safe_text
from appraise.report.parts import Paper, Story, said, section

#: Heights of the charts in points: a fan with its time line, gaps, and a row of bars or cells.
FAN, GAPS, ROW, HEAD = 225.0, 170.0, 26.0, 60.0
#: Columns of `funding_tables.all_options`: option and scenario with gaps, and with contract and cost.
GAP_COLUMNS, COST_COLUMNS = (0, 1, 2, 3, 4, 5, 6), (0, 1, 7, 8, 9, 10)


def money(paper: Paper) -> Story:
    """The funding part of the financial case; one sentence where no funding is entered."""
    results, document = paper.results, paper.appraisal
    if not document.scenarios:
        return [said("No funding has been entered, so nothing is said about gaps.")]
    option = certainty.focus(results, document)
    story = section("Is there money for it?", _answers(paper, option) if option else [])
    if option:
        story += _by_scenario(paper, option)
        story += _short_money(paper, option)
        story += _lengths(paper, option)
    return [*story, *_every_option(paper), *_regret(paper)]


def _answers(paper: Paper, option: str) -> Story:
    """The four questions with their answers, about one option."""
    answers = funding_words.answers(paper.results, paper.appraisal, option)
    name = safe_text.markup(paper.short_name(option))
    items = [
        f"<b>{safe_text.markup(one.question)}</b> {safe_text.markup(one.answer)}. "
        f"{safe_text.markup(' '.join(filter(None, (one.detail, one.more))))}"
        for one in answers
    ]
    return [blocks.paragraph(f"For {name}:"), *blocks.bullets(items), said(funding_words.NOT_ADDED)]


def _by_scenario(paper: Paper, option: str) -> Story:
    """The gaps side by side, then every scenario with its fan, its years and its reserve."""
    results, document = paper.results, paper.appraisal
    story = paper.chart(charts.gap_by_year, height=GAPS, option=option)
    for scenario in document.scenarios:
        reserve = funding_words.reserve(results, document, option, scenario.id)
        story += section(
            scenario.name or "A scenario without a name",
            paper.chart(charts.cash_fan, height=FAN, option=option, scenario=scenario.id),
            [said(reserve)] if reserve else [],
            paper.table(tables.funding_by_year(results, document, option, scenario.id), dense=True),
            level=3,
        )
    return story


def _short_money(paper: Paper, option: str) -> Story:
    """What short settlements add to the cost and why; nothing with one scenario."""
    results, document = paper.results, paper.appraisal
    sentences = (
        funding_words.short_money(results, document, option),
        funding_words.worth_sentence(results, document, option),
        *funding_words.prevention(results, document, option),
    )
    lead: Story = [said(*filter(None, sentences))] if any(sentences) else []
    chart = paper.chart(charts.short_money, height=HEAD + ROW * len(document.scenarios), option=option)
    table = funding_tables.short_money(results, document, option) if chart else None
    return section("What short money costs", lead, chart, paper.table(table, shares=(1,), dense=True) if table else [])


def _lengths(paper: Paper, option: str) -> Story:
    """What length of settlement would make the option affordable or cheapest."""
    results, document = paper.results, paper.appraisal
    lead = funding_words.lengths(results, document, option)
    return section(
        "What length of settlement would do",
        [said(*lead)] if lead else [],
    )


def _every_option(paper: Paper) -> Story:
    """All options under all scenarios: gaps, then contracts and cost."""
    table = funding_tables.all_options(paper.results, paper.appraisal)
    gaps = replace(table, notes=(*table.notes[:3], *table.notes[4:]))
    costs = replace(table, title="What every scenario makes of contracts and cost", notes=table.notes[3:4])
    return section(
        "Every option against the money",
        paper.table(gaps, keep=GAP_COLUMNS, shares=(1, 1), dense=True),
        paper.table(costs, keep=COST_COLUMNS, shares=(1, 1), dense=True),
    )


def _regret(paper: Paper) -> Story:
    """Who would be regretted least, and what that depends on."""
    results, document = paper.results, paper.appraisal
    sentences = funding_words.regret(results, document)
    if not sentences:
        return []
    found = results.regret
    rows = len(found.rows) if found is not None else 0
    return section(
        "Which option would be regretted least",
        [said(*sentences)],
        paper.chart(charts.regret, height=HEAD + 1.3 * ROW * rows),
    )


def assumptions(paper: Paper) -> Story:
    """For the annex: regret and lengths in figures, money if nothing is cut, and what was entered with its sources."""
    results, document = paper.results, paper.appraisal
    option, terms = certainty.focus(results, document), term_tables.contract_terms(document)
    return section(
        "Money by year: figures and what they rest on",
        paper.table(funding_tables.regret(results, document), shares=(1,), dense=True),
        paper.table(funding_tables.lengths(results, document, option), dense=True) if option else [],
        paper.table(financial_tables.affordability(results, document), shares=(1, 1, 0, 0, 0, 0), dense=True),
        paper.table(funding_tables.settlements(document), shares=(1.8, 1, 0.8), dense=True),
        paper.table(funding_tables.scenario_terms(document), shares=(0.8, 0.8, 0.7, 1, 1, 1.4), dense=True),
        paper.table(funding_tables.grants(document), keep=(0, 1, 2, 3, 4, 5, 6, 7), shares=(1, 0.8), dense=True),
        paper.table(
            replace(funding_tables.grants(document), title="What grants may pay for"),
            keep=(0, 8, 9, 10), shares=(1, 1, 0.8, 1), notes=False, dense=True,
        ),
        paper.table(
            funding_tables.programmes(document), shares=(0.9, 0.5, 1, 1, 0, 0, 0, 0, 0, 1), dense=True
        ),
        paper.table(short_money_tables.effect_by_year(results, document), shares=(1,), dense=True),
        paper.table(short_money_tables.recovery_by_term(document), dense=True),
        paper.table(
            replace(terms, title="Where contract terms come from"),
            keep=(0, len(terms.columns) - 1), shares=(0.3, 1), notes=False, dense=True,
        ),
    )  # fmt: skip
