"""What others have still to agree, on paper: register, bearers, suppliers' prices, and what to settle first."""

from dataclasses import replace

from appraise.model.appraisal.constraints import Bearer
from appraise.model.appraisal.options import Option
from appraise.present import (
    case_tables,
    charts,
    constraint_bearers,
    constraint_sentences,
    constraint_tables,
    constraint_words,
)
from appraise.report import blocks
from appraise.report.parts import Paper, Story, bulleted, said, section

#: Height of the chart of what settling is worth: a head, and so much for each bar.
HEAD, EACH = 30.0, 24.0
#: How many sentences on what settling is worth stand over the table.
SENTENCES = 3
#: Ways to deal with an entry over narrow columns.
SHORT = {
    constraint_words.ACTIONS["settle"]: "Settle first",
    constraint_words.ACTIONS["mitigate"]: "Reduce first",
    constraint_words.ACTIONS["transfer"]: "Pass it on",
}


def constraints(paper: Paper) -> Story:
    """The register with who bears what, suppliers' prices, and what to settle first; nothing without entries."""
    if not paper.appraisal.constraints:
        return []
    return [*_register(paper), *_supplier_prices(paper), *_settle_first(paper)]


def _register(paper: Paper) -> Story:
    """Who agrees and who manages it, how likely and how dear, who bears it in each option and on what terms."""
    document = paper.appraisal
    register = constraint_tables.register(document, paper.results)
    story: Story = [blocks.heading("What others have still to agree", 2)]
    story += paper.table(register, keep=(0, 1, 2, 3, 4, 9), shares=(0, 0, 0, 0, 1), notes=False, dense=True)
    chances = replace(register, title="How likely it is, and what it would cost")
    story += paper.table(chances, keep=(0, 5, 6, 7, 8), shares=(1,))
    names = (paper.short_name(option.id) for option in document.options)
    story += paper.table(constraint_bearers.who_bears(document), headings=("Entry", *names), dense=True)
    story += paper.table(constraint_bearers.bearing_terms(document), shares=(1, 0.6), dense=True)
    story += paper.table(constraint_bearers.pain_gain_terms(document), shares=(1, 0.6, 0, 0, 1), dense=True)
    story += paper.table(constraint_bearers.managed(document), shares=(1, 0.6, 0.6, 0, 0, 0, 1), dense=True)
    story += paper.table(case_tables.constraints_cost(paper.results, document))
    return [*story, *_claims(paper)]


def _claims(paper: Paper) -> Story:
    """Whether the largest claim would break the rule on changes of a contract, where claims may come."""
    if not any(
        bearing.bearer is Bearer.COMPENSATION for item in paper.appraisal.constraints for bearing in item.bearings
    ):
        return []
    check = constraint_bearers.claim_check(paper.results, paper.appraisal)
    if not check:
        return []
    lead = f"{constraint_bearers.claim_message(paper.results, paper.appraisal)}."
    parts = section("Claims beside the rule on changes", [said(lead)], bulleted(check))
    return [blocks.keep_together([*parts, said(constraint_bearers.NO_ADVICE)])]


def _supplier_prices(paper: Paper) -> Story:
    """What suppliers add for what they carry, whole and by entry; how they are taken to price is in annex B."""
    results, document = paper.results, paper.appraisal
    prices = constraint_tables.supplier_prices(results, document)
    if not prices.rows:
        return []
    used = sorted({constraint_words.pricing_words(one.pricing) for one in _carrying(paper)})
    lead = said(f"Suppliers are taken to price like this: {'; '.join(used)}.", "Annex B says what that means.")
    by_entry = constraint_tables.prices_by_constraint(results, document)
    return [
        blocks.keep_together(section("What suppliers add to their price", [lead], paper.table(prices, shares=(1,)))),
        *paper.table(constraint_tables.lots(results, document), shares=(0.5, 0.6, 1.2)),
        *paper.table(by_entry, shares=(1,)),
        *_flips(paper),
    ]


def _flips(paper: Paper) -> Story:
    """The risk that would have to be transferred to flip the ranking, beside what is assumed."""
    results, document = paper.results, paper.appraisal
    table = constraint_tables.flips(results, document)
    if not table.rows:
        return []
    sentences = (constraint_sentences.flip_sentence(document, one) for one in results.flips)
    return [*bulleted(sentences), *paper.table(table, shares=(1, 1))]


def _carrying(paper: Paper) -> list[Option]:
    ids = {option.id for option, _ in constraint_tables.with_premium(paper.results)}
    return [option for option in paper.appraisal.options if option.id in ids]


def _settle_first(paper: Paper) -> Story:
    """What an answer before tender is worth, in sentences, as a chart and as a table, and what else can be done."""
    results, document = paper.results, paper.appraisal
    story = _worth(paper) if constraint_words.valued(results) else []
    story += paper.table(constraint_tables.settling_terms(document), shares=(0.8, 1, 0, 0, 0, 0, 0, 1), dense=True)
    return section("Settle these first", story, _actions(paper))


def _actions(paper: Paper) -> Story:
    """The ways to deal with each entry; the chance of today stands in the register."""
    table = constraint_tables.actions(paper.results, paper.appraisal)
    last = len(table.columns) - 1
    keep = (*range(last - 1), last)
    short = [SHORT.get(table.columns[place].heading, table.columns[place].heading) for place in keep]
    return paper.table(table, keep=keep, headings=short, shares=(1,), dense=True)


def _worth(paper: Paper) -> Story:
    """Sentences, chart and table of what settling is worth; one sentence where nothing depends on an answer."""
    results, document = paper.results, paper.appraisal
    found = constraint_words.telling(results)
    together = constraint_words.do_not_add(results)
    closing = constraint_sentences.closing(results)
    if not found:
        return [said(constraint_words.NOTHING_TO_SETTLE, *([together] if together else []))]
    story: Story = bulleted(constraint_words.settle_sentence(document, one) for one in found[:SENTENCES])
    story += [said(*filter(None, (together, closing)))] if together or closing else []
    story += paper.chart(charts.settling, height=HEAD + EACH * len(found))
    story += paper.table(
        constraint_tables.settle_first(results, document), keep=tuple(range(8)), shares=(1,), dense=True
    )
    return [*story, *paper.table(constraint_tables.choices(results, document), shares=(1, 0.6, 0.6, 0.6))]


def pricing(paper: Paper) -> Story:
    """For the annex: principle, strength and evidence by option, what they mean, and what research found."""
    results, document = paper.results, paper.appraisal
    table = constraint_tables.pricing(results, document)
    if not table.rows:
        return []
    used = [name for name in constraint_words.PRINCIPLES if name in {one.pricing.principle for one in _carrying(paper)}]
    meanings = (constraint_words.PRINCIPLES[one] for one in used)
    return section(
        "How suppliers are taken to price",
        bulleted(f"{one.name}: {one.sentence[0].lower()}{one.sentence[1:]}" for one in meanings),
        [said("Without competition the whole margin is asked; competition may take margin, never expected cost.")],
        paper.table(table, shares=(1, 1, 0.7, 0, 1), dense=True),
        paper.table(constraint_tables.premium_evidence(results, document), shares=(1, 0.8, 1, 0)),
    )
