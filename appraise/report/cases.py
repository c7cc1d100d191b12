"""The five cases (Green Book 2026, tables 2 and 3), each on pages of its own."""

from appraise.model.appraisal.constraints import Bearer
from appraise.model.appraisal.options import DeliveryModel
from appraise.present import advice, case_tables, charts, tables, wording
from appraise.report import blocks
from appraise.report.parts import Paper, Story, said, typed, under

MODELS = {
    DeliveryModel.BUSINESS_AS_USUAL: "Business as usual",
    DeliveryModel.DO_MINIMUM: "Do minimum",
    DeliveryModel.INSOURCE: "In-house",
    DeliveryModel.OUTSOURCE: "Outsourced",
    DeliveryModel.COLLABORATIVE: "Together with others",
}


def _case(title: str) -> Story:
    return [blocks.page_break(), blocks.heading(title, 1)]


def strategic(paper: Paper) -> Story:
    """Why the service is looked at and what should be better for residents."""
    need = paper.appraisal.need
    story = _case("Strategic case: why change")
    story += under("The case for change", need.case_for_change)
    story += under("The place", need.place)
    story += under("If nothing is decided", need.business_as_usual)
    if need.outcomes:
        story.append(blocks.heading("What should be better for residents", 2))
        story += paper.table(tables.outcomes(paper.appraisal), shares=(1, 1, 1, 1.2))
    return story


def _options(paper: Paper) -> Story:
    story: Story = []
    if paper.appraisal.horizon.reason.strip():
        story += [blocks.heading("The years compared", 2), *typed(paper.appraisal.horizon.reason)]
    story.append(blocks.heading("The options", 2))
    for option in paper.appraisal.options:
        term = f", {wording.how_many(option.term_years, 'year')}" if option.term_years else ""
        story.append(blocks.heading(f"{option.name} ({MODELS[option.model].lower()}{term})", 3))
        story += typed(option.description) or [said("No description has been entered.")]
    return story


def _costs(paper: Paper) -> Story:
    return [
        blocks.heading("Cost, benefit and risk side by side", 2),
        said(
            "All options are shown in absolute terms over the same years.",
            f"Prices are those of {paper.results.years[0]}: general inflation, VAT and transfers are left out.",
            "Present values are discounted; the table by year is not.",
        ),
        *paper.table(case_tables.economic_summary(paper.results, paper.appraisal)),
        *paper.table(tables.risk_figures(paper.results, paper.appraisal)),
        *paper.chart(charts.cost_distribution, height=210),
        *paper.table(case_tables.economic_totals_by_year(paper.results, paper.appraisal)),
    ]


def _scores(paper: Paper) -> Story:
    if not paper.appraisal.criteria:
        return []
    return [
        blocks.heading("Effects that have no price", 2),
        said(advice.SCORING_STANDS),
        said(advice.TREASURY_POSITION),
        *paper.chart(charts.weighted_scores, height=190),
        *paper.table(
            tables.scores(paper.results, paper.appraisal),
            shares=(1,),
            headings=("Criterion", "Weight", *(paper.short_name(option.id) for option in paper.results.options)),
        ),
        *paper.table(tables.weights(paper.appraisal), shares=(1, 1, 1.3, 1.3, 0, 0)),
    ]


def economic(paper: Paper) -> Story:
    """What each option is worth to society and how sure that is."""
    story = _case("Economic case: which option is best value")
    story += _options(paper) + _costs(paper) + _scores(paper)
    if paper.recommended and paper.results.switches:
        story.append(blocks.heading("What would make the options level", 2))
        story += paper.table(tables.switching_values(paper.results, paper.appraisal), shares=(1.2, 1, 0, 0, 0, 1))
    return story


def commercial(paper: Paper) -> Story:
    """How the service would be bought or agreed, and who carries which constraint."""
    case = paper.appraisal.commercial
    story = _case("Commercial case: how it would be delivered")
    story += under("Route", case.route)
    story += under("What the service has to do", case.requirements)
    story += under("Who carries which risk", case.risk_allocation)
    story += under("People", case.people)
    if paper.appraisal.constraints:
        story.append(blocks.heading("What others have still to agree", 2))
        story += paper.table(tables.constraints_register(paper.appraisal), shares=(1.1, 1, 0.7, 1.8, 0, 0.6, 0))
        names = (paper.short_name(option.id) for option in paper.appraisal.options)
        story += paper.table(tables.who_bears(paper.appraisal), headings=("Constraint", *names))
        story += paper.table(case_tables.constraints_cost(paper.results, paper.appraisal))
        if any(
            bearing.bearer is not Bearer.IN_HOUSE for one in paper.appraisal.constraints for bearing in one.bearings
        ):
            story.append(
                said(
                    "Suppliers are taken to price a constraint at its expected cost, without a margin for caution.",
                    "A cautious supplier asks for more.",
                )
            )
    return story


def financial(paper: Paper) -> Story:
    """What the body pays in cash, year by year, and whether there is money for it."""
    story = _case("Financial case: whether it can be paid for")
    story.append(
        said(
            "Figures are cash of each year, not discounted.",
            "They hold inflation, transfers and VAT that cannot be recovered.",
            "The expected cost of constraints that stay with the body is inside the total, as contingency.",
        )
    )
    story += paper.table(case_tables.financial_totals_by_year(paper.results, paper.appraisal))
    if not paper.appraisal.scenarios:
        story.append(said("No funding has been entered, so nothing is said about gaps."))
    elif paper.recommended:
        for scenario in paper.appraisal.scenarios:
            story.append(blocks.heading(scenario.name, 2))
            story += paper.chart(charts.cash_fan, height=200, option=paper.recommended, scenario=scenario.id)
            story += paper.table(tables.funding_by_year(paper.results, paper.appraisal, paper.recommended, scenario.id))
    story += paper.table(case_tables.gap_summary(paper.results, paper.appraisal), shares=(1, 1, 0.7, 0, 0))
    story += paper.table(case_tables.settlements(paper.appraisal), shares=(1, 1, 0.6, 0, 0, 0.8))
    return story


def management(paper: Paper) -> Story:
    """How it would be made to happen and who answers for it."""
    case = paper.appraisal.management
    story = _case("Management case: how it would be made to happen")
    story += under("Governance", case.governance)
    story += under("Transition", case.transition)
    story += under("Making the benefits happen", case.benefits)
    story += under("Review", case.review)
    if paper.appraisal.people:
        story.append(blocks.heading("Roles", 2))
        # Names stay out of what is published; posts and roles are printed.
        story += paper.table(tables.people(paper.appraisal), keep=(0, 1), shares=(1.5, 1))
    return story
