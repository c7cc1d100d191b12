"""The economic case: long list, options, measures, optimism bias, risk, effects without a price, who and where."""

from dataclasses import replace

from appraise.model.appraisal.options import DeliveryModel, ShortListRole
from appraise.present import (
    advice,
    case_tables,
    certainty,
    charts,
    comparison,
    economic_tables,
    finished,
    long_list_tables,
    risk_tables,
    scoring_words,
    tables,
    wording,
    workshop_tables,
)
from appraise.present.option_words import MODELS, ROLES
from appraise.report import blocks, scoring_annex
from appraise.report.parts import Paper, Story, bulleted, case, said, section, typed

#: How many switching values of cost the paper prints, the nearest first.
MOST_SWITCHES = 10


def economic(paper: Paper) -> Story:
    """What each option is worth to society and how sure that is."""
    return [
        *case("Economic case: which option is best value"),
        *_long_list(paper),
        *_options(paper),
        *_measures(paper),
        *_optimism(paper),
        *_risk(paper),
        *_unpriced(paper),
        *_who_and_where(paper),
        *_switches(paper),
    ]


def _long_list(paper: Paper) -> Story:
    document = paper.appraisal
    if not document.choices:
        return []
    story: Story = [
        said(
            "The long list takes each question in turn: scope, solution, delivery, implementation, funding.",
            "Every choice is judged against the critical success factors.",
        )
    ]
    left = long_list_tables.unrated(document)
    if left:
        story.append(said(f"{wording.capital(wording.how_many(left, 'choice'))} not rated yet."))
    story += paper.table(long_list_tables.matrix(document))
    story += paper.table(long_list_tables.made_of(document), dense=True)
    story += paper.table(long_list_tables.reasons(document), keep=(0, 2, 3), shares=(0.5, 0, 1), dense=True)
    return section("The long list", [*story, *_long_list_scores(paper)])


def _long_list_scores(paper: Paper) -> Story:
    """Totals that sort the choices of a category, and where they stand; a sentence while they are hidden."""
    if not paper.appraisal.choice_scores:
        return []
    away = scoring_annex.hidden(paper.results)
    if away:
        return [said(away)]
    totals = paper.table(workshop_tables.choices(paper.results, paper.appraisal), shares=(1, 0.4, 0, 0.5))
    return [*totals, said(advice.SCORING_STANDS)] if totals else []


def _options(paper: Paper) -> Story:
    reason = paper.appraisal.horizon.reason.strip()
    story = section("The years compared", typed(reason))
    if not paper.appraisal.options:
        return [*story, said("No options have been entered yet.")]
    story.append(blocks.heading("The options", 2))
    for option in paper.appraisal.options:
        marks = [] if option.role is ShortListRole.OTHER else [ROLES[option.role].lower()]
        marks += [] if option.model is DeliveryModel.UNSAID else [MODELS[option.model].lower()]
        marks = [mark for mark in marks if mark not in option.name.lower()]
        if option.term_years:
            more = f" and {wording.count(option.extension_years)} more" if option.extension_years else ""
            marks.append(f"{wording.how_many(option.term_years, 'year')}{more}")
        story.append(blocks.heading(f"{option.name} ({', '.join(marks)})" if marks else option.name, 3))
        story += typed(option.description) or [said("No description has been entered.")]
    return story


def _measures(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    table = economic_tables.measures(results, document)
    if not table.rows:
        nothing = said("No costs have been entered yet, so there is nothing to compare.")
        return section("Costs and benefits", [nothing])
    missing = finished.missing_costs(results)
    lead = said(
        "All options are shown in absolute terms, business as usual among them.",
        f"Prices are those of {results.years[0]}: general inflation, VAT and transfers are left out.",
        wording.ROUNDED,
        *([missing] if missing else []),
    )
    return [
        blocks.keep_together(section("Costs and benefits side by side", [lead], paper.table(table, shares=(1,)))),
        *paper.table(economic_tables.review_run(results, document)),
        *paper.table(case_tables.economic_by_year(results, document)),
    ]


def _optimism(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    return section(
        "Optimism bias",
        paper.table(economic_tables.biases(document), shares=(0.5, 0.5, 0, 1, 0, 0.6, 1), dense=True),
        paper.table(economic_tables.optimism_totals(results, document), shares=(1,)),
    )


def _risk(paper: Paper) -> Story:
    """The spread of every option's cost, options in pairs, and where the recommended one's spread comes from."""
    results, document = paper.results, paper.appraisal
    story = paper.table(risk_tables.distribution(results, document), shares=(1,))
    story += paper.chart(charts.cost_distribution, height=210)
    story += paper.table(risk_tables.npsv(results, document), shares=(1,))
    story += paper.table(risk_tables.chances(results, document), shares=(1,))
    story += paper.table(risk_tables.pairwise(results, document), shares=(1,))
    if paper.recommended:
        story += paper.chart(charts.differences, height=110, option=paper.recommended)
        story += paper.table(risk_tables.differences(results, document, paper.recommended), shares=(1,))
        story += paper.table(risk_tables.inputs(results, document, paper.recommended), shares=(1,))
    return [*section("How far costs may come out otherwise", story), *_certainty(paper)]


def _certainty(paper: Paper) -> Story:
    """Whether there are enough draws, and what it does that options share facts."""
    results, document = paper.results, paper.appraisal
    sentences = [certainty.convergence_words(results, document), certainty.apart_words(results, document)]
    story: Story = [said(*(one for one in sentences if one))] if any(sentences) else []
    story += paper.table(certainty.apart(results, document), shares=(1,))
    story += paper.table(certainty.convergence(results, document), shares=(1,))
    return section("How sure these figures are", story)


def _unpriced(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    story = paper.table(economic_tables.effects(results, document), shares=(1, 0, 0, 0, 0, 0, 0.4))
    story += paper.table(economic_tables.effects_in_words(results, document), shares=(0.7, 0, 1.5))
    if document.criteria:
        story += _scores(paper)
    return section("Effects that have no price", story)


def _scores(paper: Paper) -> Story:
    """Totals with where they stand, who leads and how firmly; one sentence while a workshop hides them."""
    results, document = paper.results, paper.appraisal
    away = scoring_annex.hidden(results)
    if away:
        return [said(away), said("Annex E says what is scored, and by whom.")]
    failed = [one for option in document.options for one in scoring_words.gates_failed(document, option.id)]
    told = (scoring_words.lead(results, document), scoring_words.no_clear_winner(results, document))
    firm = tuple(filter(None, told))
    rule = (scoring_words.SCORE_RULE,) if firm else ()
    totals = tables.scores(results, document)
    return [
        said(advice.SCORING_STANDS),
        said(advice.TREASURY_POSITION),
        *paper.chart(charts.weighted_scores, height=190),
        *([said(*firm, *rule)] if firm else []),
        *(bulleted(failed) if failed else []),
        *paper.table(
            replace(totals, notes=(*totals.notes, advice.SCORING_STANDS)),
            shares=(1,),
            headings=("Criterion", "Weight", *(paper.short_name(option.id) for option in results.options)),
        ),
        *paper.chart(charts.rank_acceptability, height=150),
        said("Annex E says how the scores came about, and how firm they are."),
    ]


def _who_and_where(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    return section(
        "Who gains, and where",
        paper.table(economic_tables.distribution(results, document), shares=(1, 1)),
        paper.table(economic_tables.place(results, document), shares=(1,)),
    )


def _switches(paper: Paper) -> Story:
    """What would make the preferred option and its rival level, and what would bring its NPSV to nothing."""
    results, document = paper.results, paper.appraisal
    if not paper.recommended:
        return []
    story: Story = []
    if comparison.unlevelled(results):
        story.append(said(comparison.unlevelled(results)))
    story += paper.table(tables.switching_values(results, document, most=MOST_SWITCHES), shares=(1,))
    worth = tables.npsv_switches(results, document)
    story += paper.table(worth, shares=(1,))
    if finished.comparable(results) and not worth.rows and any(one.kind == "npsv" for one in results.switches):
        story.append(said("What would bring its NPSV to 0: none in a plausible range."))
    return section("What would change the answer", story)
