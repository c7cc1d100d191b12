"""Terms, contracts, lots, timetable and pilots on paper: the part of the commercial case that money depends on."""

from appraise.model.appraisal.options import Option
from appraise.present import certainty, charts, stage_words, term_tables, term_words
from appraise.report import blocks
from appraise.report.parts import Paper, Story, bulleted, said, section

#: Height of the time line: a head and a row for each bar.
HEAD, ROW = 40.0, 18.0


def terms(paper: Paper) -> Story:
    """What contracts commit to and what becomes of them, agreed prices, lots, timetables and stages."""
    results, document = paper.results, paper.appraisal
    return [
        *section(
            "What contracts commit to",
            paper.table(
                term_tables.contract_terms(document), keep=(0, 1, 2, 3, 4, 5, 6, 7, 8),
                shares=(0.7, 0, 0, 1, 0, 0, 0, 0, 1.2), dense=True,
            ),
            *(_contracts(paper, option) for option in document.options),
            paper.table(term_tables.sources(document), shares=(0.5, 2), dense=True),
        ),
        *section(
            "Prices and lots",
            paper.table(term_tables.line_terms(document), shares=(1, 0.6, 1, 1, 1, 1), dense=True),
            paper.table(term_tables.lots(document), shares=(0.7, 1, 1, 0, 1.4), dense=True),
        ),
        *section("From tender to service", *(_timetable(paper, option) for option in document.options)),
        *section(
            "Stages before the decision",
            *(bulleted([" ".join(stage_words.pilot(one, document))]) for one in results.pilots or ()),
            paper.table(term_tables.pilots(results, document), shares=(1, 0.6, 0.6, 0.6), dense=True),
            paper.table(
                term_tables.stages(results, document), shares=(1, 0, 0.6, 1.6, 0, 0, 0, 1.4), dense=True
            ),
        ),
    ]  # fmt: skip


def _contracts(paper: Paper, option: Option) -> Story:
    """Its chains of contracts under every scenario, and for the option that the paper is about the time line of them.

    Nothing without a contract.
    """
    results, document = paper.results, paper.appraisal
    if option.term_years <= 0:
        return []
    story: Story = []
    if option.id == certainty.focus(results, document):
        rows = 2 * len(document.scenarios) + 1 + sum(one.go_on == option.id for one in document.pilots)
        story += paper.chart(charts.contracts, height=HEAD + ROW * rows, option=option.id)
    return [*story, *paper.table(term_tables.chains(results, document, option.id), shares=(1, 0, 0, 1.6), dense=True)]


def _timetable(paper: Paper, option: Option) -> Story:
    """One option: whether the service can start in time, and its steps; nothing without a timetable."""
    results, document = paper.results, paper.appraisal
    sentences = term_words.timetable(results, document, option.id)
    if not sentences:
        return []
    sentences = (*sentences, *filter(None, (option.timetable.words.strip(),)))
    table = paper.table(term_tables.timetable(results, document, option.id), shares=(1.2, 0.6, 0.8, 0.8), dense=True)
    return [blocks.keep_together([blocks.heading(option.name, 3), said(*sentences), *table])]
