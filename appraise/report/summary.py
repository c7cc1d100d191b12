"""The two pages a board reads: the decision, why, the money in one look, how sure, and what would change the advice."""

from collections.abc import Callable
from dataclasses import replace

from appraise.present import (
    advice,
    certainty,
    charts,
    comparison,
    constraint_words,
    funding_tables,
    need_tables,
    tables,
    wording,
)
from appraise.report import blocks, safe_text, scoring_annex
from appraise.report.parts import Paper, Story, bulleted, said, typed

#: How many sentences page 2 gives to what would change the advice.
CHANGES = 3
#: How many where nothing else makes room.
FEWER_CHANGES = 2
#: How many characters of the authors' reasons page 1 can hold.
REASONS = 900
#: How many inputs the tornado of page 2 shows.
INFLUENCES = 5
#: How many of them where the page is nearly full.
FEWER_INFLUENCES = 4
#: How many funding scenarios page 2 shows side by side: one row of them.
PANELS = 3
#: From this size down the money in one look is a paragraph, and under it one of small type.
CROWDED = 0.45
#: From this size down, what the financial case says again stays away from page 1.
FULL = 0.35
#: Sizes of the charts that are tried until a page of the summary holds them.
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.45, 0.4, FULL)
#: From this size down, options go by their short names in a dense table: the page is nearly full.
#: Under it, sizes are left out.
TIGHT = 0.5


def _dense(table: tables.Table, paper: Paper) -> tables.Table:
    """The table of options with names that take one line, and its notes in one paragraph."""
    names = [tables.words(paper.short_name(option.id)) for option in paper.results.options]
    rows = tuple((name, *row[1:]) for name, row in zip(names, table.rows, strict=True))
    return replace(table, rows=rows, notes=(" ".join(table.notes),))


def _of(body: str) -> str:
    return f" of {body.strip()}" if body.strip() else ""


def first_page(paper: Paper, scale: float) -> Story:
    """The decision asked for, why, the one table of options, score against cost; charts in `scale`."""
    appraisal, results = paper.appraisal, paper.results
    decision = appraisal.recommendation.decision or "No decision has been asked for yet."
    made_up = " Everything in it is made up." if appraisal.fictional else ""
    story: Story = [
        *blocks.title(
            appraisal.title, f"Business case{_of(appraisal.body)}, {wording.years_from(results.years)}.{made_up}"
        ),
        blocks.callout("Decision needed:", safe_text.markup(decision)),
    ]
    reasons = appraisal.recommendation.reasons.strip() if paper.recommended else ""
    lead = safe_text.markup(advice.answer(results, appraisal))
    story.append(blocks.paragraph(f"<b>{lead}</b> {safe_text.markup(reasons, limit=REASONS)}"))
    first = constraint_words.board_sentence(results, appraisal)
    most = 2 if scale > FULL else 1
    sure = certainty.contingency_words(results, appraisal, paper.recommended)[:most] if paper.recommended else ()
    story.append(said(*advice.why(results, appraisal, board=True), *sure, *([first] if first else [])))
    story += _money(paper, scale)
    options = tables.options_summary(results, appraisal)
    story += paper.table(
        _dense(options, paper) if scale <= TIGHT else options,
        keep=(0, 1, 2, 3, 4, 6),
        shares=(1.3, 0, 0, 0, 0, 0) if scale > TIGHT else (0.2, 0.2, 0.2, 0.2, 0.5, 0.4),
        dense=scale <= TIGHT,
        headings=(
            "Option",
            "8 of 10 draws",
            wording.capital(comparison.cost_words(results)),
            "Cheapest in",
            "Weighted score",
            "Chance of a short year",
        ),
    )
    story += paper.chart(charts.score_against_cost, height=225 * scale)
    stands = scoring_annex.hidden(results) or advice.SCORING_STANDS
    story.append(blocks.paragraph(safe_text.markup(stands), small=True))
    return story


def _money(paper: Paper, scale: float) -> Story:
    """When the money runs out, where, how likely, and what longer money is worth; a table where there is room."""
    if not paper.recommended:
        return []
    table = funding_tables.at_a_glance(paper.results, paper.appraisal, paper.recommended)
    if scale > CROWDED:
        return paper.table(table, shares=(1,) * len(table.columns), dense=True)
    heads = [safe_text.markup(column.heading) for column in table.columns]
    told = [
        f"<b>{head}:</b> {safe_text.markup(cell.text[:1].lower() + cell.text[1:])}."
        for row in table.rows
        for head, cell in zip(heads, row, strict=True)
    ]
    return [blocks.paragraph(" ".join(told), small=scale < CROWDED)] if told else []


def second_page(paper: Paper, scale: float) -> Story:
    """How sure the answer is, what moves it, whether there is money, and what is not in the numbers."""
    appraisal, results = paper.appraisal, paper.results
    story: Story = [blocks.heading("How sure this is", 2, listed=False)]
    chances = paper.chart(charts.chance_cheapest, height=120 * scale)
    story += chances
    if chances and len(results.options) > 1:
        story.append(blocks.paragraph(safe_text.markup(advice.CLEAR_RULE), small=True))
    if paper.recommended:
        shown = INFLUENCES if scale > TIGHT else FEWER_INFLUENCES
        story += paper.chart(charts.tornado, height=150 * scale, option=paper.recommended, most=shown)
        story += paper.chart(charts.gap_by_year, height=150 * scale, option=paper.recommended, most=PANELS)
    most = CHANGES if scale > FULL else FEWER_CHANGES
    changes = advice.what_would_change(results, appraisal)[:most]
    if changes:
        story.append(blocks.heading("What would make the answer a tie", 2, listed=False))
        story += bulleted(changes)
        limits = advice.what_is_level(results, appraisal)
        story += [blocks.paragraph(safe_text.markup(limits), small=True)] if limits else []
    missing = typed(appraisal.need.not_in_the_numbers)
    sizes = need_tables.largest_left_out(appraisal) if scale >= TIGHT else ""
    missing += [blocks.paragraph(safe_text.markup(sizes), small=True)] if sizes else []
    if missing:
        story.append(blocks.heading("What is not in the numbers", 2, listed=False))
        story += missing
    return story if len(story) > 1 else []


def pages(paper: Paper, fits: Callable[[Story], bool]) -> Story:
    """Both pages, each with charts as large as one page allows; long texts may take more."""
    story: Story = []
    for make in (first_page, second_page):
        before = paper.numbers()
        for scale in SCALES:
            paper.number_from(before)
            if fits(make(paper, scale)):
                break
        paper.number_from(before)
        made = make(paper, scale)
        story += [*made, blocks.page_break()] if made else []
    return story
