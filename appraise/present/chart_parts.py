"""What every chart is made of: its style, text that is measured before it is drawn, scales and label places.

Shapes are those of `reportlab.graphics`, imported when the first chart is drawn. The origin is at the bottom
left; sizes are in drawing units, which are pixels in the window and points on paper.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results
from appraise.present import chart_shapes, typeface, wording
from appraise.present.chart_shapes import colour as colour_of
from appraise.present.chart_shapes import shape
from appraise.present.tables import Table, short_name

Anchor = Literal["start", "middle", "end"]

#: Height of letters above and depth below the base line as shares of the type size (Source Sans, with accents).
ASCENT = 0.78
DESCENT = 0.22
ELLIPSIS = "…"

#: Room taken away and given back must hold the same words again.
ROUNDING = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartStyle:
    """Colours by role, faces and the type size; every other size is a multiple of it."""

    ink: str
    ink2: str
    grid: str
    card: str
    primary: str
    categories: tuple[str, str, str, str]
    on_categories: tuple[str, str, str, str]
    grey: str
    quiet: str
    tint1: str
    tint2: str
    short: str
    spare: str
    outline: str = ""
    regular: str = typeface.REGULAR
    strong: str = typeface.SEMIBOLD
    size: float = 13.0

    @classmethod
    def light(cls) -> "ChartStyle":
        """On a white card."""
        return cls(
            ink="#0F1B2A", ink2="#45566A", grid="#D8DFE7", card="#FFFFFF", primary="#12436D",
            categories=("#12436D", "#28A197", "#801650", "#F46A25"),
            on_categories=("#FFFFFF", "#0F1B2A", "#FFFFFF", "#0F1B2A"),
            grey="#7B8998", quiet="#BCC6D1", tint1="#C9DAE9", tint2="#E4EDF5", short="#801650", spare="#28A197",
        )  # fmt: skip

    @classmethod
    def dark(cls) -> "ChartStyle":
        """On a dark card; all four categories carry dark ink."""
        return cls(
            ink="#EDF2F7", ink2="#AEBBC9", grid="#2F3D4C", card="#18212B", primary="#8CC1EE",
            categories=("#8CC1EE", "#3FC4B8", "#E58ABF", "#FF9A66"),
            on_categories=("#0B1825", "#0B1825", "#0B1825", "#0B1825"),
            grey="#8FA0B2", quiet="#4F6073", tint1="#2C4D6B", tint2="#1D3449", short="#E58ABF", spare="#3FC4B8",
        )  # fmt: skip

    @classmethod
    def contrast(cls) -> "ChartStyle":
        """White on black; quiet fills are black with a white outline."""
        return cls(
            ink="#FFFFFF", ink2="#FFFFFF", grid="#6E6E6E", card="#000000", primary="#FFE45C",
            categories=("#FFE45C", "#8CF0E4", "#FF8CF0", "#9AD8FF"),
            on_categories=("#000000", "#000000", "#000000", "#000000"),
            grey="#FFFFFF", quiet="#000000", tint1="#5A5A5A", tint2="#303030", short="#FF8CF0", spare="#8CF0E4",
            outline="#FFFFFF",
        )  # fmt: skip

    @classmethod
    def paper(cls) -> "ChartStyle":
        """The light style in points on a page."""
        return replace(cls.light(), size=9.5)

    def scaled(self, zoom: float) -> "ChartStyle":
        """The same style with type `zoom` times as large."""
        return replace(self, size=self.size * zoom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing with its message, its measure, a text for who cannot see it, and its data.

    `drawing` is a `reportlab.graphics.shapes.Drawing`; title and subtitle stand outside it. `figures` makes the data
    when somebody asks for them: a chart that follows a slider is gone before anybody does.
    """

    title: str
    subtitle: str
    alt: str
    drawing: Any
    figures: Callable[[], Table]

    @property
    def data(self) -> Table:
        """What is drawn, as a table."""
        return self.figures()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, left to right and bottom to top."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: "Box") -> bool:
        """True when the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def inside(self, other: "Box") -> bool:
        """True when no part stands out of the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


def _meets(box: Box, others: Iterable[Box]) -> bool:
    """True when the box shares more than an edge with one of the others. Asked some hundred times for every chart."""
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    for other in others:
        if left < other.right and other.left < right and bottom < other.top and other.bottom < top:
            return True
    return False


@lru_cache(maxsize=4096)
def text_width(text: str, font: str, size: float) -> float:
    """Width of a text in drawing units."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    typeface.register()
    return float(stringWidth(text, font, size))


def elided(text: str, font: str, size: float, room: float) -> str:
    """The text, or as much of it as fits with "…" at its end; "" where not even one letter fits."""
    if text_width(text, font, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + ELLIPSIS, font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS if low else ""


class Canvas:
    """A drawing under construction that knows where its texts stand.

    `write` keeps a text inside the drawing and away from every text before it, or does not write it and
    says so; a label with several candidate places is offered to `place`.
    """

    def __init__(self, width: float, height: float, style: ChartStyle) -> None:
        self.width, self.height, self.style = width, height, style
        self.size = style.size
        # strokes grow with the type: 1 at the 13 units of the window at 100 %
        self._stroke = style.size / 13.0
        self.drawing: Any = chart_shapes.drawing(width, height)
        self._frame = Box(0.0, 0.0, width, height)
        self._texts: list[Box] = []
        self._marks: list[Box] = []

    def _add(self, kind: str, **values: object) -> None:
        self.drawing.contents.append(shape(kind, **values))

    def rect(
        self, left: float, bottom: float, width: float, height: float, fill: str, *, radius: float = 0.0, edge: str = ""
    ) -> None:
        """A filled bar; with an outline in high contrast, or of the colour `edge`. Nothing is drawn without an area."""
        if width <= 0 or height <= 0:
            return
        edge = self.style.outline or edge
        radius = min(radius, width / 2, height / 2)
        self._add(
            "Rect", x=left, y=bottom, width=width, height=height, rx=radius, ry=radius, fillColor=colour_of(fill),
            strokeColor=colour_of(edge), strokeWidth=1 if edge else 0,
        )  # fmt: skip

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 1.0, dash: Sequence[float] = ()
    ) -> None:
        """A straight line, dashed where `dash` gives lengths on and off."""
        self._add(
            "Line", x1=x1, y1=y1, x2=x2, y2=y2, strokeColor=colour_of(colour), strokeWidth=width * self._stroke,
            strokeDashArray=[part * self._stroke for part in dash] or None,
        )  # fmt: skip

    def path(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        *,
        width: float,
        casing: bool = False,
        dash: Sequence[float] = (),
    ) -> None:
        """A line through points; `casing` puts two units of the card's colour on both sides of it."""
        flat = [number for point in points for number in point]
        if casing:
            self._stroke_path(flat, self.style.card, width + 4.0, ())
        self._stroke_path(flat, colour, width, dash)

    def _stroke_path(self, flat: list[float], colour: str, width: float, dash: Sequence[float]) -> None:
        self._add(
            "PolyLine", points=flat, strokeColor=colour_of(colour), strokeWidth=width * self._stroke,
            strokeLineJoin=1, strokeLineCap=0 if dash else 1,
            strokeDashArray=[part * self._stroke for part in dash] or None,
        )  # fmt: skip

    def area(self, points: Sequence[tuple[float, float]], fill: str, *, edge: str = "", width: float = 1.0) -> None:
        """A filled shape; with an edge where a colour is given for one."""
        flat = [number for point in points for number in point]
        self._add(
            "Polygon", points=flat, fillColor=colour_of(fill), strokeColor=colour_of(edge),
            strokeWidth=width * self._stroke if edge else 0, strokeLineJoin=1,
        )  # fmt: skip

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """A point with a casing of the card's colour."""
        self._add(
            "Circle", cx=x, cy=y, r=radius, fillColor=colour_of(fill), strokeColor=colour_of(self.style.card),
            strokeWidth=2 * self._stroke,
        )  # fmt: skip

    def mark(self, box: Box) -> None:
        """Keeps labels that are placed later off this box."""
        self._marks.append(box)

    def hits_mark(self, box: Box) -> bool:
        """True where the box meets one that labels are kept off."""
        return _meets(box, self._marks)

    def text_box(self, x: float, y: float, text: str, *, anchor: Anchor = "start", strong: bool = False) -> Box:
        """Where a text would stand with its base line at (x, y)."""
        width = self.measure(text, strong=strong)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        return Box(left, y - DESCENT * self.size, left + width, y + ASCENT * self.size)

    def measure(self, text: str, *, strong: bool = False) -> float:
        """Width of a text in the size of the style."""
        return text_width(text, self.style.strong if strong else self.style.regular, self.size)

    def fit(self, text: str, room: float, *, strong: bool = False) -> str:
        """The text, elided to the room."""
        return elided(text, self.style.strong if strong else self.style.regular, self.size, room)

    def write(
        self, x: float, y: float, text: str, colour: str, *, anchor: Anchor = "start", strong: bool = False
    ) -> bool:
        """Writes a text where it is free; False, and nothing drawn, where it is not."""
        box = self.text_box(x, y, text, anchor=anchor, strong=strong)
        if not text or not self._is_free(box):
            return False
        self._put(x, y, text, colour, anchor, strong=strong)
        self._texts.append(box)
        return True

    def _put(self, x: float, y: float, text: str, colour: str, anchor: Anchor, *, strong: bool) -> None:
        font = self.style.strong if strong else self.style.regular
        self._add(
            "String", x=x, y=y, text=text, fontName=font, fontSize=self.size, fillColor=colour_of(colour),
            textAnchor=anchor,
        )  # fmt: skip

    def place(
        self,
        text: str,
        candidates: Iterable[tuple[float, float, Anchor]],
        colour: str,
        *,
        strong: bool = False,
        strict: bool = False,
    ) -> tuple[float, float, Anchor] | None:
        """Writes a label at the first candidate that hits no text and no mark; else at the first that hits no text.

        `strict`: never over a mark. The card's colour lies under it, so that no grid line runs through the words.
        Returns where it was written, or None where every candidate is taken.
        """
        offered = tuple(candidates)
        for avoid_marks in (True,) if strict else (True, False):
            for x, y, anchor in offered:
                box = self.text_box(x, y, text, anchor=anchor, strong=strong)
                if avoid_marks and _meets(box, self._marks):
                    continue
                if self._is_free(box):
                    self._clear(box)
                    self.write(x, y, text, colour, anchor=anchor, strong=strong)
                    return x, y, anchor
        return None

    def _is_free(self, box: Box) -> bool:
        return box.inside(self._frame) and not _meets(box, self._texts)

    def _clear(self, box: Box) -> None:
        """The card's colour from the top of the letters to their depth."""
        self._add(
            "Rect", x=box.left, y=box.bottom, width=box.right - box.left, height=box.top - box.bottom,
            fillColor=colour_of(self.style.card), strokeColor=None, strokeWidth=0,
        )  # fmt: skip


def nice_ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Round values (1, 2, 2.5 or 5 times a power of ten apart) that span low to high, at most `most` + 1 or so.

    >>> nice_ticks(35.3, 43.5, 5)
    (34.0, 36.0, 38.0, 40.0, 42.0, 44.0)
    """
    if not high > low:
        high = low + (abs(low) * 0.1 or 1.0)
    rough = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(step * place, 12) for place in range(first, last + 1))


def ticks_within(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Round values inside low to high, at least two of them where low is under high.

    >>> ticks_within(35.3, 43.5, 5)
    (36.0, 38.0, 40.0, 42.0)
    """
    for count in (most, 2 * most, 4 * most):
        found = tuple(tick for tick in nice_ticks(low, high, count) if low <= tick <= high)
        if len(found) > 1:
            return found
    return (low, high)


def spread(levels: Sequence[float], gap: float, bottom: float, top: float) -> list[float]:
    """Levels in rising order moved apart to at least `gap`, as little as possible, between bottom and top.

    Groups that touch are moved as one around their middle, until none do.
    """
    groups: list[tuple[float, int]] = []  # middle and count
    for level in levels:
        middle, count = level, 1
        while groups:
            before, others = groups[-1]
            if before + gap * (others - 1) / 2 + gap <= middle - gap * (count - 1) / 2:
                break
            middle = (before * others + middle * count) / (others + count)
            count += others
            groups.pop()
        middle = min(max(middle, bottom + gap * (count - 1) / 2), top - gap * (count - 1) / 2)
        groups.append((middle, count))
    return _apart([middle + gap * (place - (count - 1) / 2) for middle, count in groups for place in range(count)], gap)


def _apart(levels: list[float], gap: float) -> list[float]:
    """The same levels, none nearer to the one below it than `gap`: what the bottom pushed up pushes the next."""
    for place in range(1, len(levels)):
        levels[place] = max(levels[place], levels[place - 1] + gap)
    return levels


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from values to drawing units."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value stands; values outside the scale stand at its ends."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """How an axis counts money: pounds per unit, its name, and places after the point."""

    divisor: float
    name: str
    letter: str
    places: int

    def figure(self, value: float) -> str:
        """The bare figure in this unit, as the unit stands in the subtitle."""
        return wording.number(value / self.divisor, self.places)


def money_unit(values: Iterable[float]) -> MoneyUnit:
    """Millions with one or two places, or thousands, whichever shows three figures of the largest value."""
    widest = max((abs(value) for value in values), default=0.0)
    if widest >= 950_000:
        return MoneyUnit(1_000_000.0, "£ million", "m", 1)
    if widest >= 95_000:
        return MoneyUnit(1_000_000.0, "£ million", "m", 2)
    return MoneyUnit(1_000.0, "£ thousand", "k", 0 if widest >= 9_500 else 1)


def axis_label(value: float, step: float) -> str:
    """A tick of a money axis: "£36m", "£37.5m", "£250k", with the places that the step needs."""
    divisor, letter = (1_000_000.0, "m") if step >= 50_000 else (1_000.0, "k")
    shown = step / divisor
    places = 0 if abs(shown - round(shown)) < 1e-9 else 1 if abs(shown * 10 - round(shown * 10)) < 1e-9 else 2
    text = wording.number(value / divisor, places)
    return f"{wording.MINUS if text.startswith(wording.MINUS) else ''}£{text.removeprefix(wording.MINUS)}{letter}"


def under_middle(size: float) -> float:
    """How far under the middle of a bar or a line the base line of its label stands."""
    return size * 0.33


def ten_words(title: str, plain: str) -> str:
    """The title, or the plainer one where names make it longer than ten words."""
    return title if len(title.split()) <= 10 else plain


def place_and_time(appraisal: Appraisal, results: Results) -> str:
    """Whose figures and for which years: the end of a subtitle."""
    body = wording.shorten(appraisal.body.strip(), 40)
    return f"{body}, {wording.years_from(results.years)}" if body else wording.years_from(results.years)


def fitting_name(canvas: Canvas, appraisal: Appraisal, option: OptionResult, room: float, *, strong: bool) -> str:
    """The name if it fits, else the short name, else as much of the name as fits."""
    short = short_name(appraisal, option.id)
    fits = next((name for name in (option.name, short) if canvas.measure(name, strong=strong) <= room), None)
    return fits if fits is not None else canvas.fit(option.name, room, strong=strong)


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One entry of a key: what the colour stands for. A pale colour has an `edge`."""

    name: str
    colour: str
    edge: str = ""


def key_lines(parts: Sequence[KeyPart], canvas: Canvas) -> list[list[tuple[int, str, float]]]:
    """The key in order, broken into lines that fit: (part, text, left edge)."""
    size = canvas.size
    lines: list[list[tuple[int, str, float]]] = [[]]
    left = 0.0
    for place, part in enumerate(parts):
        text = canvas.fit(part.name, canvas.width - 1.4 * size)
        needs = 1.1 * size + canvas.measure(text)
        if lines[-1] and left + needs > canvas.width:
            lines.append([])
            left = 0.0
        lines[-1].append((place, text, left))
        left += needs + 1.2 * size
    return lines


def draw_key(canvas: Canvas, lines: Sequence[Sequence[tuple[int, str, float]]], parts: Sequence[KeyPart]) -> None:
    """The key at the top of the drawing, a line and a half of type each."""
    size = canvas.size
    for line_number, line in enumerate(lines):
        y = canvas.height - size * (1.1 + 1.5 * line_number)
        for place, text, left in line:
            part = parts[place]
            canvas.rect(left, y - size * 0.08, size * 0.8, size * 0.8, part.colour, radius=2, edge=part.edge)
            canvas.write(left + 1.1 * size, y, text, canvas.style.ink2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Where the rows of a bar chart stand: names beside the bars, or above them where the drawing is narrow.

    `left` is where bars begin, `top` the upper edge of the first row, `bottom` the lower edge of the last.
    """

    above: bool
    left: float
    top: float
    bottom: float
    pitch: float
    bar: float
    size: float
    height: float

    @classmethod
    def fit(
        cls, names: Sequence[float], *, width: float, height: float, size: float, head: float = 0.0, foot: float = 0.0
    ) -> "Rows":
        """Rows for names of these widths between a head and a foot, in at least `height`."""
        above = width < 24 * size
        pitch = max(size * (2.9 if above else 1.75), (height - head - foot) / len(names))
        left = 0.0 if above else min(max(names) + size * 0.9, width * 0.45)
        total = max(height, head + foot + pitch * len(names))
        top = total - head
        return cls(
            above=above, left=left, top=top, bottom=top - pitch * len(names), pitch=pitch,
            bar=min(size * 1.25, pitch * 0.62), size=size, height=total,
        )  # fmt: skip

    def middle(self, row: int) -> float:
        """The middle of the bar of a row."""
        centre = self.top - self.pitch * (row + 0.5)
        return centre - self.size * 0.62 if self.above else centre

    def name_at(self, row: int) -> float:
        """The base line of the name of a row."""
        return self.middle(row) + (self.bar / 2 + self.size * 0.42 if self.above else -under_middle(self.size))

    def name_room(self, width: float) -> float:
        """How wide a name may be."""
        return width if self.above else self.left - self.size * 0.9 + ROUNDING
