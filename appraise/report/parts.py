"""What the sections of the business case share: numbered tables and figures, and typed text made safe."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.platypus import Flowable

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import tables
from appraise.present.chart_parts import Chart, ChartStyle
from appraise.report import blocks, data_table, safe_text, styles

Story = list[Flowable]

#: A table of no more rows and points of height stays on one page.
FEW_ROWS = 12
SMALL_TABLE = 0.35 * styles.TEXT_HEIGHT


@dataclass(slots=True, kw_only=True)
class Paper:
    """The document and its figures on their way to paper, and how many tables and figures there are so far.

    `recommended` is the id of the option that the paper highlights; empty if there is none.
    """

    appraisal: Appraisal
    results: Results
    recommended: str
    _counts: dict[str, int] = field(default_factory=dict)

    def number(self, kind: str) -> int:
        """The next number of a kind of thing, from 1."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    def numbers(self) -> dict[str, int]:
        """How many tables and figures there are so far."""
        return dict(self._counts)

    def number_from(self, numbers: dict[str, int]) -> None:
        """Go on numbering from an earlier state of `numbers`."""
        self._counts = dict(numbers)

    def short_name(self, option: str) -> str:
        """The name of an option for a narrow column."""
        return next(found.short_name or found.name for found in self.appraisal.options if found.id == option)

    def table(
        self,
        table: tables.Table,
        *,
        shares: Sequence[float] = (),
        keep: Sequence[int] = (),
        headings: Sequence[str] = (),
        notes: bool = True,
        dense: bool = False,
    ) -> Story:
        """A table under its number and title; nothing where it has no rows.

        `keep` names the columns to print (all without it), `shares` their parts of the spare width and
        `headings` shorter words for narrow columns. `dense` is for many columns of sentences.
        """
        if not table.rows:
            return []
        kept = tuple(keep) or tuple(range(len(table.columns)))
        unit = _common_unit([table.columns[column] for column in kept])
        columns = []
        for place, column in enumerate(kept):
            known = table.columns[column]
            words = headings[place] if place < len(headings) else _heading(known, unit)
            share = shares[place] if place < len(shares) else 0.0
            columns.append(data_table.Column(words, known.align, share))
        spec = data_table.TableSpec(
            caption=f"Table {self.number('table')}: {table.title}" + (f", {unit}" if unit else ""),
            columns=tuple(columns),
            rows=tuple(tuple(row[column].text for column in kept) for row in table.rows),
            emphasised=() if table.highlight_row is None else (table.highlight_row,),
            totals=table.total_rows,
            notes=table.notes if notes else (),
            dense=dense,
        )
        made = data_table.table(spec)
        return [blocks.keep_together(made, most=SMALL_TABLE if len(table.rows) <= FEW_ROWS else 0.0)]

    def chart(self, make: Callable[..., Chart | None], *, height: float, **chosen: Any) -> Story:
        """A chart as wide as the text; nothing where there is nothing to draw."""
        made = make(
            self.results, self.appraisal, width=styles.TEXT_WIDTH, height=height, style=ChartStyle.paper(), **chosen
        )
        if made is None:
            return []
        title = f"Figure {self.number('figure')}: {made.title}"
        return [blocks.figure(made.drawing, made.alt, title, made.subtitle)]


def _common_unit(columns: Sequence[tables.Column]) -> str:
    """The unit that three columns or more share: it is said once, in the title of the table."""
    units = [column.unit for column in columns if column.unit]
    return units[0] if len(units) > 2 and len(set(units)) == 1 else ""


def _heading(column: tables.Column, said_already: str) -> str:
    return column.heading if column.unit in {"", said_already} else f"{column.heading}, {column.unit}"


def typed(text: str) -> Story:
    """Paragraphs that somebody typed, one for each line; nothing for no text."""
    return [blocks.paragraph(safe_text.markup(line)) for line in text.split("\n") if line.strip()]


def said(*sentences: str) -> Flowable:
    """A paragraph of the program's own sentences."""
    return blocks.paragraph(" ".join(safe_text.markup(sentence) for sentence in sentences))


def case(title: str) -> Story:
    """A heading of the first level at the top of a new page."""
    return [blocks.page_break(), blocks.heading(title, 1)]


def section(title: str, *stories: Story, level: int = 2) -> Story:
    """A heading over what there is; nothing where there is nothing."""
    content = [block for story in stories for block in story]
    return [blocks.heading(title, level), *content] if content else []


def under(title: str, text: str) -> Story:
    """A heading and typed text; nothing for no text. The contents leave it out, the bookmarks do not."""
    return [blocks.heading(title, 2, listed=False), *typed(text)] if text.strip() else []


def bulleted(sentences: Iterable[str]) -> Story:
    """A bulleted list of the program's own sentences."""
    return blocks.bullets([safe_text.markup(sentence) for sentence in sentences])
