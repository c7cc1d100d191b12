from dataclasses import replace

import pytest

from appraise.report import fonts, styles
from appraise.report.data_table import Column, DataTable, TableSpec, column_widths, table


def spec(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> TableSpec:
    return TableSpec(caption="Table", columns=columns, rows=rows)


def test_heading_words_never_meet() -> None:
    columns = (
        Column("Option"),
        Column("Score", "right"),
        Column("Cost, 7 years", "right"),
        Column("8 of 10 draws", "right"),
        Column("Gap by 2033/34", "right"),
        Column("Ranked first", "right"),
    )
    rows = (("Outsource, 7 years", "59", "£56 million", "£50m to £63m", "−£0.9m", "3%"),)
    size, widths = column_widths(spec(columns, rows), rows)
    assert sum(widths) == pytest.approx(styles.TEXT_WIDTH)
    for column, width, cell in zip(columns, widths, rows[0], strict=True):
        for words in (*column.heading.split(" "), cell):
            assert fonts.width(words, fonts.SEMIBOLD, size) < width


def test_many_years_become_parts_with_whole_numbers() -> None:
    columns = (Column("Option"), *(Column(f"20{year}/{year + 1}", "right") for year in range(27, 47)))
    rows = (("Outsource", *("£1,234,567" for _ in range(20))),)
    parts = table(spec(columns, rows))
    assert len(parts) >= 3
    assert all(isinstance(part, DataTable) for part in parts)
    printed = [cell for part in parts for cell in part.grid._cellvalues[1][1:]]
    assert printed == ["£1,234,567"] * 20  # a plain string is a number that was given its width


def test_share_takes_the_spare_width() -> None:
    columns = (Column("A"), Column("B", share=1.0))
    _, widths = column_widths(spec(columns, (("a", "b"),)), (("a", "b"),))
    assert widths[1] > 4 * widths[0]


def test_a_few_words_stay_in_one_line_beside_sentences() -> None:
    columns = (Column("Constraint"), Column("Usual"), Column("Joint"), Column("Outsource"))
    rows = (("Flood-risk permit of the regulator", "Authority keeps it", "Authority keeps it", "A supplier " * 30),)
    size, widths = column_widths(replace(spec(columns, rows), dense=True), rows)
    whole = fonts.width("Authority keeps it", fonts.SEMIBOLD, size)
    assert min(widths[1], widths[2]) > whole
    assert widths[3] > widths[0] > fonts.width("Constraint", fonts.SEMIBOLD, size)
    assert sum(widths) == pytest.approx(styles.TEXT_WIDTH)


def test_rows_of_a_dense_table_are_lower() -> None:
    rows = (("Pay", "1"),) * 10
    heights = {}
    for dense in (True, False):
        (part,) = table(replace(spec((Column("Line"), Column("Value")), rows), dense=dense))
        part.grid.wrap(400, 800)
        heights[dense] = part.grid._rowHeights[1]
    assert 12 < heights[True] < heights[False] - 3


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="more cells"):
        table(spec((Column("A"),), (("a", "b"),)))


def test_groups_wider_than_the_table_are_refused() -> None:
    wide = TableSpec(caption="T", columns=(Column("A"), Column("B")), rows=(("a", "b"),), groups=(("G", 3),))
    with pytest.raises(ValueError, match="groups"):
        table(wide)
