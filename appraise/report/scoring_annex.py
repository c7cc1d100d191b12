"""How the scores came about and how firm they are: who scored what, weights, robustness, the seal log.

Assessors go by their posts. While a workshop hides totals, criteria, gates, assessors and the log are all there is.
"""

from dataclasses import replace

from appraise.model import robustness
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage
from appraise.model.results import Results
from appraise.model.robustness import Triangle, WeightLine
from appraise.model.score_results import AgreementOfAssessors, Spread, Stability
from appraise.present import (
    advice,
    agreement_tables,
    chart_agreement,
    charts,
    comparison,
    score_tables,
    scoring_words,
    tables,
    wording,
    workshop_tables,
)
from appraise.present.chart_parts import Chart, ChartStyle
from appraise.report.parts import Paper, Story, bulleted, case, said, section, typed

#: So many scores that assessors see most differently are drawn; the table has all of them.
DRAWN_SPREADS = 12
#: So many weights whose change would come first are drawn, and how high.
DRAWN_LINES, LINES_HEIGHT = 2, 170.0
TRIANGLE_HEIGHT = 230.0
#: Parts of the width that columns of the record of scores have where nobody is asked to agree.
BARE_RECORD = (0.6, 0.0, 0.0, 0.0, 2.0, 1.8)


def hidden(results: Results) -> str:
    """The sentence in place of scores and totals while a workshop hides them; "" otherwise."""
    return scoring_words.hidden_words(Stage(results.stage))


def scoring(paper: Paper) -> Story:
    """The annex; nothing without criteria."""
    if not paper.appraisal.criteria:
        return []
    story = case("Annex E: how the options were scored")
    away = hidden(paper.results)
    if away:
        story.append(said(away))
    story += _how_done(paper)
    story += _what_is_scored(paper, shown=not away)
    if not away:
        story += _weights(paper)
        story += section("Scores of record", _records(paper))
        story += _assessors_agree(paper)
        story += _firm(paper)
        story += _against_cost(paper)
    return [*story, *_seals(paper, shown=not away), *_flags(paper)]


def _how_done(paper: Paper) -> Story:
    workshop = paper.appraisal.workshop
    stage = Stage(paper.results.stage)
    who = []
    if workshop.facilitator.strip():
        post = scoring_words.post_of(paper.appraisal, workshop.facilitator)
        who.append(f"Facilitator: {wording.shorten(post, 120)}.")
    if workshop.held_on.strip():
        who.append(f"Date: {scoring_words.day(workshop.held_on)}.")
    story: Story = [said(*scoring_words.stage_words(paper.appraisal)), said(advice.SCORING_STANDS)]
    story += typed(workshop.method)
    story += [said(*who)] if who else []
    story += paper.table(workshop_tables.assessors(paper.appraisal), shares=(1, 0.7, 1, 0, 0), dense=True)
    if workshop.assessors or stage is not Stage.OPEN:
        story += [said(*scoring_words.BLINDNESS_CAN), said(*scoring_words.BLINDNESS_CANNOT)]
    return section("How it was done", story)


def _what_is_scored(paper: Paper, *, shown: bool) -> Story:
    document = paper.appraisal
    story = paper.table(workshop_tables.value_tree(document), shares=(0.8, 0.5, 1.2, 1.2, 0.8, 0), dense=True)
    story += paper.table(workshop_tables.scales(document), shares=(0.6, 0, 2), dense=True)
    story += paper.table(workshop_tables.gates(document, outcomes=shown), shares=(0.8, 1.5), dense=True)
    if shown:
        failed = [one for option in document.options for one in scoring_words.gates_failed(document, option.id)]
        story += bulleted(failed) if failed else []
    return section("What is scored", story)


def _weights(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    story = paper.table(score_tables.weights(results, document), shares=(1,))
    story += paper.table(workshop_tables.swings(document), shares=(1, 0, 0, 0, 2, 0), dense=True)
    story += paper.table(score_tables.trade_offs(results, document), shares=(1,))
    return section("How much each criterion weighs", story)


def _records(paper: Paper) -> Story:
    table = workshop_tables.records(paper.appraisal)
    judged = len(table.columns) - len(BARE_RECORD)
    shares = (*BARE_RECORD[:4], *(0.0,) * judged, *BARE_RECORD[4:])
    story = paper.table(table, shares=shares, dense=True)
    story += paper.table(workshop_tables.dissents(paper.appraisal), shares=(0.7, 0.4, 0.8, 2), dense=True)
    return [
        *story,
        *paper.table(workshop_tables.choice_scores(paper.appraisal), shares=(0.8, 0.6, 0, 0, 2), dense=True),
    ]


# --- assessors side by side ------------------------------------------------------------------------------------------
def _assessors_agree(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    agreement = results.agreement
    if agreement is None or not agreement.spreads:
        return []
    sentences = (
        agreement_tables.answer(agreement, document),
        agreement_tables.own_firsts(agreement, document),
        agreement_tables.left_out_words(agreement, document),
    )
    story: Story = [said(*filter(None, sentences))]
    story += paper.chart(_widest, height=24.0 * min(len(agreement.spreads), DRAWN_SPREADS))
    story += paper.table(agreement_tables.by_criterion(agreement, document), shares=(1, 0, 0, 0.5))
    story += _deciding(paper, agreement)
    story += _spreads(paper, agreement.spreads)
    story += _marks(paper)
    return section("How far the assessors agree", story)


def _marks(paper: Paper) -> Story:
    """Every mark, where the assessors are few enough for a page; else where they can be found."""
    count = len(paper.appraisal.workshop.assessors)
    if count > agreement_tables.MOST_JUDGES:
        return [said(f"The marks of {wording.how_many(count, 'assessor')} are in the file, each with its reason.")]
    return paper.table(agreement_tables.marks(paper.appraisal), shares=(1, 0.6), dense=True)


def _deciding(paper: Paper, agreement: AgreementOfAssessors) -> Story:
    """Who would be first without each assessor; where there are many, only those without whom it is another option."""
    table = agreement_tables.without_each(agreement, paper.appraisal)
    if len(table.rows) > agreement_tables.MOST_JUDGES:
        deciding = sum(one.differs for one in agreement.left_out)  # they stand first in the table
        title = "Assessors without whom another option would be first"
        table = replace(table, title=title, rows=table.rows[:deciding])
    return paper.table(table, shares=(1, 0.4, 0.4, 0.4))


def _widest(results: Results, appraisal: Appraisal, *, width: float, height: float, style: ChartStyle) -> Chart | None:
    """Marks on the scores that assessors see most differently."""
    if results.agreement is None:
        return None
    widest = agreement_tables.widest_first(results.agreement)[:DRAWN_SPREADS]
    made = chart_agreement.dispersion(appraisal, widest, width=width, height=height, style=style)
    if made is None or len(widest) == len(results.agreement.spreads):
        return made
    return replace(made, title=f"The {len(widest)} scores on which assessors lie furthest apart")


def _spreads(paper: Paper, spreads: tuple[Spread, ...]) -> Story:
    """All of them, in the order of options and criteria; a column says which lie far apart."""
    table = agreement_tables.spreads(paper.appraisal, spreads)
    return paper.table(table, shares=(0.7, 1), dense=True)


# --- how firm the order is -------------------------------------------------------------------------------------------
def _firm(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    if results.scoring is None or not any(option.score for option in results.options):
        return []
    sentences = (scoring_words.lead(results, document), scoring_words.no_clear_winner(results, document))
    story: Story = [said(*filter(None, sentences), scoring_words.SCORE_RULE)]
    story.append(said(*scoring_words.drawn_scores(document)))
    story += paper.chart(charts.rank_acceptability, height=150)
    story += paper.table(score_tables.rank_acceptability(results), shares=(1,))
    story += paper.table(score_tables.first_places(results, document), shares=(1,))
    for way in ("elicited", "any"):
        story += paper.table(score_tables.central_weights(results, document, way), shares=(1,))
    story += paper.table(score_tables.pairwise(results, document), shares=(1,))
    return [
        *section("How firm the order is", story),
        *section("Other weights and scores", _other_weights(paper), level=3),
        *section("Other methods", _other_methods(paper), level=3),
    ]


def _other_weights(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    flips = scoring_words.smallest_flip(results, document)
    story: Story = bulleted(flips) if flips else []
    for line, stable in _nearest_lines(paper):
        story += paper.chart(charts.weight_lines, height=LINES_HEIGHT, line=line, stable=stable)
    three = _triangle(paper)
    if three is not None:
        story += paper.chart(charts.weight_triangle, height=TRIANGLE_HEIGHT, triangle=three)
    return [*story, *paper.table(score_tables.stability(results, document), shares=(1, 0.4))]


def _nearest_lines(paper: Paper) -> list[tuple[WeightLine, Stability]]:
    """The weights that change who is first with the smallest move; none where no single weight does."""
    first = paper.results.verdict.highest_score
    scored = tables.find_option(paper.results, first).score if first else None
    stable = {(one.kind, one.id): one for one in scored.stability} if scored is not None else {}
    moves = {
        key: abs(end - one.weight) for key, one in stable.items() if (end := score_tables.nearest(one)) is not None
    }
    chosen = sorted(moves, key=lambda key: (moves[key], key))[:DRAWN_LINES]
    known = {(line.kind, line.id): line for line in robustness.lines(paper.appraisal)} if chosen else {}
    return [(known[key], stable[key]) for key in chosen if key in known]


def _triangle(paper: Paper) -> Triangle | None:
    return robustness.triangle(paper.appraisal) if paper.results.verdict.highest_score else None


def _other_methods(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    checks = results.scoring.cross_checks if results.scoring is not None else ()
    story: Story = bulleted(scoring_words.cross_check(results, document, one) for one in checks) if checks else []
    story += paper.table(score_tables.cross_checks(results, document), shares=(1,))
    return [*story, *paper.table(score_tables.dominance(results, document), shares=(1, 1, 0.6))]


def _against_cost(paper: Paper) -> Story:
    results, document = paper.results, paper.appraisal
    story = paper.table(score_tables.cost_and_score(results, document), shares=(1,))
    steps = paper.table(score_tables.frontier_steps(results, document), shares=(1, 1))
    if story and not steps:
        story.append(said(*_no_steps(paper)))
    return section("Score against cost", story, steps)


def _no_steps(paper: Paper) -> tuple[str, ...]:
    """Why no step of the frontier is paid for, and that whoever decides may see it otherwise in its own cash."""
    same = comparison.a_year(paper.results)
    first = f"On average{same}, for all public bodies together, one option costs least and scores most."
    own = advice.own_cash(paper.results, paper.appraisal)
    return (first, "So no step along the frontier is paid for.", *([own] if own else []))


# --- seals and flags -------------------------------------------------------------------------------------------------
def _seals(paper: Paper, *, shown: bool) -> Story:
    """The log; each unlock in a sentence and, once totals are shown, what it changed and what that did."""
    results, document = paper.results, paper.appraisal
    story = paper.table(workshop_tables.seal_log(document), shares=(0.7, 0.7, 1, 1.4, 0.6), dense=True)
    if shown:
        for change in scoring_words.late_changes(results):
            story.append(said(scoring_words.unlock(document, change)))
            story += paper.table(score_tables.changed(document, change), shares=(1,))
        story += paper.table(score_tables.late_changes(results, document), shares=(0.5, 1))
    return section("Seals, and what was changed after them", story)


def _flags(paper: Paper) -> Story:
    sentences = scoring_words.flag_sentences(paper.results)
    title = "What a sceptical reader should know"
    if sentences:
        return section(title, bulleted(sentences))
    if paper.results.stage == Stage.REVEALED:
        return section(title, [said("The checks on how the scores came about find nothing to say.")])
    return []
