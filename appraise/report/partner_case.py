"""Working together on paper: what it comes to for everybody, every partner's own case, and the public purse."""

from appraise.model.partner_results import ArrangementResult, PartnerCase
from appraise.present import certainty, charts, partner_tables, partner_words
from appraise.report import blocks
from appraise.report.parts import Paper, Story, bulleted, case, said, section

#: Height of the chart of partners: a head and a pair of bars for each.
HEAD, PAIR = 24.0, 32.0


def partners(paper: Paper) -> Story:
    """The part with a page of its own; nothing where nobody works together and nothing is bought side by side."""
    results, document = paper.results, paper.appraisal
    story: Story = []
    for found in results.partners or ():
        if found.partners:
            story += _together(paper, found)
    story += section(
        "The same thing at different prices",
        bulleted(partner_words.price_gaps(results, document)),
        paper.table(partner_tables.price_gaps(results, document), shares=(1, 0, 0, 0, 0, 0, 1.2), dense=True),
        *(
            paper.table(partner_tables.buyers(results, document, one.id), shares=(1,), dense=True)
            for one in document.price_gaps
        ),
    )
    story += section(
        "Scarce people",
        bulleted(partner_words.scarce(document)),
        paper.table(partner_tables.scarce(document), shares=(0.6, 1, 0, 1, 1)),
    )
    return [*case("Working together: what it means for every partner"), *story] if story else []


def _together(paper: Paper, found: ArrangementResult) -> Story:
    """One joint option: the whole, how it is shared, whether it holds, then each partner's own case."""
    results, document, option = paper.results, paper.appraisal, found.option
    name = next((one.name for one in document.options if one.id == option), "")
    first = next((one for one in document.arrangements if one.option == option), None)
    words = [*partner_words.cases(results, document, option), *partner_words.stability(results, document, option)]
    words += partner_words.leaving(results, document, option)
    story: Story = [blocks.heading(name, 2), *bulleted(words)]
    story += paper.chart(charts.partners, height=HEAD + PAIR * len(found.partners), option=option)
    story += paper.table(partner_tables.cases(results, document, option), shares=(1,), dense=True)
    story += paper.table(partner_tables.shares(document, option), shares=(1, 1.4, 0, 0), dense=True)
    story += paper.table(partner_tables.splits(results, document, option), shares=(1,), dense=True)
    story += paper.table(partner_tables.unstable(results, document, option), shares=(0.8, 1.4), dense=True)
    story += paper.table(partner_tables.leaving(results, document, option), shares=(1, 0, 0, 0, 1.2), dense=True)
    story += [said(f"What they agreed: {first.words}")] if first is not None and first.words.strip() else []
    for one in found.partners:
        story += _own_case(paper, found, one)
    return story


def _own_case(paper: Paper, found: ArrangementResult, one: PartnerCase) -> Story:
    """What one partner would read first: its own figures, its own years."""
    document = paper.appraisal
    sentences = partner_words.own_case(paper.results, document, found, one)
    by_year = partner_tables.by_year(paper.results, document, found.option, one.partner)
    title = f"The case of {partner_words.name(document, one.partner)}"
    return [blocks.keep_together(section(title, [said(*sentences)], paper.table(by_year, dense=True), level=3))]


def purse(paper: Paper) -> Story:
    """The whole public purse of the option that sentences are about; nothing where it was not worked out."""
    results, document = paper.results, paper.appraisal
    option = certainty.focus(results, document)
    if not option:
        return []
    words = partner_words.purse(results, document, option)
    return section(
        "The whole public purse",
        [said(*words)] if words else [],
        paper.table(partner_tables.purse(results, document, option), shares=(1,)),
    )


def assumptions(paper: Paper) -> Story:
    """For the annex: everybody who could share a service, as entered."""
    table = partner_tables.partners(paper.appraisal)
    return section("Partners as entered", paper.table(table, shares=(1, 1, 0, 0, 0, 0, 0.8, 0, 1), dense=True))
