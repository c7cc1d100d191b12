"""The strategic case as tables: objectives, outcomes, theory of change, the place, the equality duty, the boundary."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES
from appraise.present import wording
from appraise.present.tables import Cell, Column, Table, words

#: How many items outside the boundary the summary names.
NAMED = 3


def _columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading=heading) for heading in headings)


def objectives(appraisal: Appraisal) -> Table:
    """The SMART objectives with measure, today's level, target, date and owner."""
    return Table(
        title="Objectives",
        columns=_columns("Objective", "Measure", "Today", "Target", "By", "Owner"),
        rows=tuple(
            tuple(words(text) for text in (one.statement, one.measure, one.today, one.target, one.by, one.owner))
            for one in appraisal.need.objectives
        ),
    )


def today(appraisal: Appraisal) -> Table:
    """Where the service does well and badly today, outcome by outcome, and what residents say."""
    return Table(
        title="How the service does today",
        columns=_columns("Outcome", "What works", "Where it fails", "What residents say"),
        rows=tuple(
            tuple(words(text) for text in (one.name, one.works, one.fails, one.residents))
            for one in appraisal.need.outcomes
            if (one.works + one.fails + one.residents).strip()
        ),
    )


def outcomes(appraisal: Appraisal) -> Table:
    """What should be better for residents: today, the target, the evidence."""
    return Table(
        title="Outcomes for residents",
        columns=tuple(Column(heading=heading) for heading in ("Outcome", "Today", "Target", "Evidence")),
        rows=tuple(
            (words(item.name), words(item.today), words(item.target), words(item.evidence))
            for item in appraisal.need.outcomes
        ),
    )


def theory(appraisal: Appraisal) -> Table:
    """How spending leads to what residents notice, step by step; steps without words are left out."""
    theory_of_change = appraisal.need.theory
    steps = (
        ("What is put in", theory_of_change.inputs),
        ("What is done with it", theory_of_change.activities),
        ("What comes out", theory_of_change.outputs),
        ("What changes for residents", theory_of_change.outcomes),
        ("What lasts", theory_of_change.impact),
        ("What this rests on", theory_of_change.rests_on),
    )
    return Table(
        title="Theory of change",
        columns=_columns("Step", "How it is expected to work"),
        rows=tuple((words(name), words(text)) for name, text in steps if text.strip()),
    )


def facts(appraisal: Appraisal) -> Table:
    """Figures about the place with their sources."""
    return Table(
        title="The place in figures",
        columns=_columns("Fact", "Figure", "Source"),
        rows=tuple((words(one.name), words(one.value), words(one.source)) for one in appraisal.need.facts),
    )


def equality(appraisal: Appraisal) -> Table:
    """The three aims of the public sector equality duty (Equality Act 2010, section 149), and the evidence."""
    duty = appraisal.need.equality
    aims = (
        ("End discrimination, harassment and victimisation", duty.discrimination),
        ("Advance equality of opportunity", duty.opportunity),
        ("Foster good relations", duty.relations),
        ("Evidence", duty.evidence),
    )
    return Table(
        title="Public sector equality duty",
        columns=_columns("Aim", "What this appraisal found"),
        rows=tuple((words(name), words(text)) for name, text in aims if text.strip()),
        notes=("Equality Act 2010, section 149.",),
    )


def left_out(appraisal: Appraisal) -> Table:
    """What is outside the boundary of the figures, why, and how large it may be."""
    return Table(
        title="What is left out of the figures",
        columns=(*_columns("What", "Why"), Column(heading="How large it may be", align="right")),
        rows=tuple(
            (
                words(one.name),
                words(one.why),
                Cell(text=wording.money_short(one.pounds) if one.pounds else "Not sized", raw=one.pounds),
            )
            for one in appraisal.need.left_out
        ),
        notes=("These costs and benefits are in no total of this paper.",),
    )


def largest_left_out(appraisal: Appraisal) -> str:
    """The largest items outside the boundary with their size, in a sentence; "" where none has one."""
    sized = sorted((one for one in appraisal.need.left_out if one.pounds), key=lambda one: -abs(one.pounds))
    if not sized:
        return ""
    named = [f"{wording.shorten(one.name, 40)} ({wording.money_short(one.pounds)})" for one in sized[:NAMED]]
    return f"Left out{', the largest' if len(sized) > NAMED else ''}: {wording.listing(named)}."


def kept_out(appraisal: Appraisal) -> Table:
    """Lines that are shown and count in neither case, such as money already spent, and why."""
    names = {option.id: option.short_name or option.name for option in appraisal.options}
    rows = []
    for line in appraisal.lines:
        rule = RULES[line.treatment]
        if not (rule.economic or rule.financial or rule.place) and any(line.amounts):
            pounds = sum(line.amounts, Decimal(0))
            size = Cell(text=wording.money_short(pounds), raw=pounds)
            rows.append((words(line.name), words(names.get(line.option, "")), words(line.reason), size))
    return Table(
        title="Spent already and kept out",
        columns=(*_columns("Line", "Option", "Why"), Column(heading="As entered", align="right")),
        rows=tuple(rows),
        notes=("Money that no decision can bring back is in no total (Green Book 2026, 6.32).",),
    )
