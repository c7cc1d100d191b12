"""What moves together, as tables: correlation groups, drivers, the matrix of single pairs, and uncertain indices."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import horizon_years
from appraise.present import moving_together, range_words, wording
from appraise.present.tables import Cell, Column, Table, right_columns, short_name, words


def groups(appraisal: Appraisal) -> Table:
    """Correlation groups: how strongly, of what cause, their lines, what they do to a total, and why."""
    rows = []
    for group in appraisal.correlation_groups:
        lines = moving_together.group_lines(appraisal, group.id)
        named = [f"{moving_together.name_of(line)} ({short_name(appraisal, line.option)})" for line in lines]
        wider, apart = moving_together.widenings(appraisal, group), moving_together.againsts(appraisal, group)
        factors = [one.factor for one in wider] or [one.factor for one in apart]
        rows.append(
            (
                words(group.name),
                Cell(text=moving_together.rho_words(group.rho), raw=group.rho),
                words(moving_together.shared_words(group.shared)),
                words("; ".join(named)),
                Cell(text=moving_together.effect_short(appraisal, group), raw=factors[0] if factors else None),
                words(group.evidence),
            )
        )
    return Table(
        title="Correlation groups",
        columns=(
            *(Column(heading=heading) for heading in ("Group", "Strength", "Cause", "Lines")),
            *right_columns("Spread becomes"),
            Column(heading="Evidence"),
        ),
        rows=tuple(rows),
        notes=(
            "Strength: correlation of any two lines of the group, 0 to 1.",
            "Spread: of their total in one option, or of the difference between two, beside lines drawn by themselves.",
        ),
    )


def drivers(appraisal: Appraisal) -> Table:
    """The uncertain facts that lines name, and the options that each one moves."""
    return Table(
        title="Drivers",
        columns=(
            *(Column(heading=heading) for heading in ("Driver", "Drawn")),
            *right_columns("Lines"),
            Column(heading="Options"),
        ),
        rows=tuple(
            (
                words(one.name),
                words(moving_together.shared_words(one.shared)),
                Cell(text=str(len(one.lines)), raw=len(one.lines)),
                words(wording.listing([short_name(appraisal, option) for option in one.options])),
            )
            for one in moving_together.drivers(appraisal)
        ),
        notes=("Lines that name the same driver are all high or all low together.",),
    )


def matrix(appraisal: Appraisal) -> Table:
    """The correlations of single pairs; columns are numbered like the rows."""
    found = appraisal.correlation_matrix
    names = moving_together.matrix_names(appraisal, found) if found is not None else []
    rows = []
    for row, name in enumerate(names):
        figures = (moving_together.entry(found, row, column) if found else 0.0 for column in range(len(names)))
        cells = (Cell(text=moving_together.number(figure), raw=figure) for figure in figures)
        rows.append((words(f"{row + 1} {name}"), *cells))
    evidence = (f"Evidence: {found.evidence}",) if found is not None and found.evidence else ()
    return Table(
        title="Correlations of single pairs",
        columns=(Column(heading="Line"), *right_columns(*(str(number + 1) for number in range(len(names))))),
        rows=tuple(rows),
        notes=evidence,
    )


def uncertain_indices(appraisal: Appraisal) -> Table:
    """Price indices whose rises are not certain: how far they may lie, and what that comes to."""
    years = horizon_years(appraisal)
    return Table(
        title="Uncertain price indices",
        columns=tuple(Column(heading=heading) for heading in ("Price index", "Rises may lie by", "What it comes to")),
        rows=tuple(
            (
                words(index.name),
                words(range_words.rise_words(index.range)),
                words(range_words.rise_sentence(index, years)),
            )
            for index in appraisal.indices
            if index.range is not None
        ),
        notes=("Percentage points a year; one draw moves the rises of all years.",),
    )
