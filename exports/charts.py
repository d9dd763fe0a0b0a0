"""Where every bar and word of a chart goes: plain numbers in, rectangles and labels out, drawn alike as SVG and in
PDF.

Lengths and words come from protected values only (`Point`), so nothing in a picture says more than the table beside
it. A hidden number has no bar: its shown form ("[c]") stands in its place. Colours and rules: Government Analysis
Function, "Data visualisation: charts" and "colours". Pure: no Django, no files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from exports.document import Chart, ChartRow

Measure = Callable[[str, float], float]
"""Width of a text at a size, in the unit of that size."""

DARK_BLUE: Final = "#12436D"
SERIES_COLOURS: Final = (DARK_BLUE, "#28A197", "#801650", "#F46A25")
SCALE_COLOURS: Final = (DARK_BLUE, "#5A98CC", "#FFFFFF", "#F46A25", "#801650")
TEXT_COLOUR: Final = "#212B32"
AXIS_COLOUR: Final = "#768692"

MOST_LABEL_LINES: Final = 6

# Which of the five scale colours a shorter scale takes, so that its ends keep their meaning.
_SCALES: Final = {1: (0,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_LABEL_SHARE: Final = 0.38
_GAP: Final = 2.0
_NOTHING: Final = 1e-9


@dataclass(frozen=True)
class Rectangle:
    """A filled box, from its top left corner; `outline` is a colour or ""."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    outline: str = ""


@dataclass(frozen=True)
class Label:
    """Words on a baseline. `anchor`: "start", "middle" or "end" of the words stands at x."""

    x: float
    y: float
    text: str
    size: float
    colour: str = TEXT_COLOUR
    anchor: str = "start"


@dataclass(frozen=True)
class Rule:
    """A thin straight line, from top to bottom."""

    x: float
    top: float
    bottom: float
    colour: str = AXIS_COLOUR


@dataclass(frozen=True)
class Picture:
    """A chart laid out: y runs downwards from the top left corner, in the unit of the width that was asked for."""

    width: float
    height: float
    rectangles: tuple[Rectangle, ...]
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]


def picture(
    chart: Chart, *, width: float, size: float, measure: Measure, rows: Sequence[ChartRow] | None = None
) -> Picture:
    """Lay out a chart at a width, with text of one size; the height follows from the rows.

    `measure` is the width of the text that is drawn. `rows` are those to draw, all unless told otherwise; columns and
    scale are those of the whole chart, so that its parts on several pages can be compared.
    """
    sketch = _Sketch(width=width, size=size, measure=measure)
    draw = _draw_stacked if chart.kind == "stacked" else _draw_bars
    draw(chart, chart.rows if rows is None else rows, sketch)
    return sketch.picture()


def arial_width(text: str, size: float) -> float:
    """Return about how wide a sans-serif text is, within a tenth, erring on the wide side: for pictures whose font the
    browser chooses."""
    return size * sum(_ARIAL.get(character, 0.58) for character in text)


_ARIAL: Final = (
    dict.fromkeys("iljI.,:;|!'", 0.28)
    | dict.fromkeys(" ftr()[]/-", 0.34)
    | dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.74)
    | dict.fromkeys("mwMW%@", 0.9)
)


def wrapped(text: str, width: float, *, size: float, measure: Measure) -> list[str]:
    """Break a text into lines no wider than `width`; a single word that is wider is broken where it must be."""
    lines = [""]
    for word in text.split():
        trial = f"{lines[-1]} {word}".strip()
        if measure(trial, size) <= width:
            lines[-1] = trial
            continue
        if lines[-1]:
            lines.append("")
        while word and measure(word, size) > width:
            fitting = _fitting(word, width, size=size, measure=measure)
            lines[-1:] = [word[:fitting], ""]
            word = word[fitting:]
        lines[-1] = word
    return lines


def _fitting(word: str, width: float, *, size: float, measure: Measure) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(word[:middle], size) <= width else (low, middle - 1)
    return low


class _Sketch:
    """A picture in the making, filled from the top."""

    def __init__(self, *, width: float, size: float, measure: Measure) -> None:
        self.width, self.size, self.measure = width, size, measure
        self.leading = size * 1.3
        self.y = 0.0
        self.rectangles: list[Rectangle] = []
        self.rules: list[Rule] = []
        self.labels: list[Label] = []

    def write(self, text: str, x: float, middle: float, *, colour: str = TEXT_COLOUR, anchor: str = "start") -> None:
        """Put one line of text with its middle at a height; no words, no label."""
        if text:
            self.labels.append(Label(x, middle + 0.35 * self.size, text, self.size, colour, anchor))

    def write_lines(self, lines: Sequence[str], x: float, middle: float) -> None:
        top = middle - self.leading * (len(lines) - 1) / 2
        for index, line in enumerate(lines):
            self.write(line, x, top + index * self.leading)

    def lines(self, text: str, width: float) -> list[str]:
        """Break a label into at most `MOST_LABEL_LINES` lines; the table has all of a longer one."""
        lines = wrapped(text, width, size=self.size, measure=self.measure)
        if len(lines) <= MOST_LABEL_LINES:
            return lines
        return [*lines[: MOST_LABEL_LINES - 1], lines[MOST_LABEL_LINES - 1][:-1].rstrip() + "…"]

    def widest(self, texts: Sequence[str]) -> float:
        return max((self.measure(text, self.size) for text in texts), default=0.0)

    def legend(self, names: Sequence[str], colours: Sequence[str]) -> None:
        """Put a key above the bars, in as many lines as it takes."""
        x, box = 0.0, self.size
        for name, colour in zip(names, colours, strict=True):
            needed = box + self.size * 0.5 + self.measure(name, self.size)
            if x and x + needed > self.width:
                x, self.y = 0.0, self.y + self.leading
            self.rectangles.append(Rectangle(x, self.y + 0.1 * box, box, box, colour, _outline(colour)))
            self.write(name, x + box + self.size * 0.5, self.y + 0.6 * box)
            x += needed + self.size * 1.5
        self.y += self.leading + self.size * 0.6

    def picture(self) -> Picture:
        """Return what was drawn, to a hundredth of a unit."""
        return Picture(
            self.width,
            round(self.y, 2),
            tuple(_rounded(box, "x", "y", "width", "height") for box in self.rectangles),
            tuple(_rounded(rule, "x", "top", "bottom") for rule in self.rules),
            tuple(_rounded(label, "x", "y") for label in self.labels),
        )


_Shape = TypeVar("_Shape", Rectangle, Rule, Label)


def _rounded(shape: _Shape, *names: str) -> _Shape:
    return replace(shape, **{name: round(getattr(shape, name), 2) for name in names})


def _draw_bars(chart: Chart, rows: Sequence[ChartRow], sketch: _Sketch) -> None:
    """Horizontal bars from zero, label on the left, the shown number at the end of each bar; several series stand
    under one another."""
    colours = SERIES_COLOURS[: len(chart.series) or 1]
    if len(chart.series) > 1:
        sketch.legend(chart.series, colours)
    label_width = min(sketch.width * _LABEL_SHARE, sketch.widest([row.label for row in chart.rows]) + 1)
    points = [point for row in chart.rows for point in row.points]
    start = label_width + sketch.size * 0.8
    room = sketch.width - start - sketch.widest([point.shown for point in points]) - sketch.size * 0.6
    longest = max([chart.whole or 0.0, *(point.value for point in points if point.value is not None)])
    # A value too small to be told from nothing (5e-324, say) would make the scale infinite.
    scale = room / longest if longest > _NOTHING else 0.0
    top = sketch.y
    for row in rows:
        _draw_bar_row(row, sketch, label_width=label_width, start=start, scale=scale, colours=colours)
    sketch.rules.append(Rule(start, top, sketch.y))


def _draw_bar_row(
    row: ChartRow, sketch: _Sketch, *, label_width: float, start: float, scale: float, colours: Sequence[str]
) -> None:
    bar = sketch.size * (1.7 if len(colours) == 1 else 1.25)
    label = sketch.lines(row.label, label_width)
    height = max(bar * len(colours) + _GAP * (len(colours) - 1), sketch.leading * len(label))
    middle = sketch.y + sketch.size * 0.4 + height / 2
    sketch.write_lines(label, 0, middle)
    y = middle - (bar * len(colours) + _GAP * (len(colours) - 1)) / 2
    for point, colour in zip(row.points, colours, strict=True):
        length = (point.value or 0.0) * scale
        if length:
            sketch.rectangles.append(Rectangle(start, y, length, bar, colour))
        sketch.write(point.shown, start + length + sketch.size * 0.4, y + bar / 2)
        y += bar + _GAP
    sketch.y += height + sketch.size * 0.8


def _draw_stacked(chart: Chart, rows: Sequence[ChartRow], sketch: _Sketch) -> None:
    """One full-width bar for each statement under its words, "I do not know" outside on the right."""
    colours = [SCALE_COLOURS[index] for index in _SCALES[len(chart.series) or 1]]
    sketch.legend(chart.series, colours)
    outside = sketch.widest([chart.outside, *(row.outside for row in chart.rows)])
    bar_width = sketch.width - (outside + sketch.size if outside else 0)
    if chart.outside:
        sketch.write(chart.outside, sketch.width, sketch.y + sketch.size * 0.5, anchor="end")
        sketch.y += sketch.leading
    for row in rows:
        for line in sketch.lines(row.label, bar_width):
            sketch.write(line, 0, sketch.y + sketch.leading / 2)
            sketch.y += sketch.leading
        bar = sketch.size * 2
        sketch.y += sketch.size * 0.2
        _draw_segments(row, sketch, colours=colours, width=bar_width, height=bar)
        if row.outside:
            sketch.write(row.outside, sketch.width, sketch.y + bar / 2, anchor="end")
        sketch.y += bar + sketch.size * 0.9


def _draw_segments(row: ChartRow, sketch: _Sketch, *, colours: Sequence[str], width: float, height: float) -> None:
    """Draw one stacked bar; a row with a hidden number has none, because the gap in a full bar would give the number
    away."""
    values = [point.value for point in row.points if point.value is not None]
    total = sum(values)
    middle = sketch.y + height / 2
    if len(values) < len(row.points) or not total:
        words = dict.fromkeys(point.shown for point in row.points if point.value is None or not total)
        sketch.write(f"{', '.join(words)} (no bar: see the table)", 0, middle)
        return
    drawn = [(point, value, colour) for point, value, colour in zip(row.points, values, colours, strict=True) if value]
    scale = (width - _GAP * (len(drawn) - 1)) / total
    x = 0.0
    for point, value, colour in drawn:
        length = value * scale
        outline = _outline(colour)
        inset = 0.5 if outline else 0.0
        sketch.rectangles.append(
            Rectangle(x + inset, sketch.y + inset, max(length - 2 * inset, 0.1), height - 2 * inset, colour, outline)
        )
        if sketch.measure(point.shown, sketch.size) + sketch.size * 0.4 <= length:
            sketch.write(point.shown, x + length / 2, middle, colour=_words_on(colour), anchor="middle")
        x += length + _GAP


def _outline(colour: str) -> str:
    return TEXT_COLOUR if colour == "#FFFFFF" else ""


def _words_on(colour: str) -> str:
    """White on the two dark ends, dark on the rest: at least 4.6 to 1 on each."""
    return "#FFFFFF" if colour in (DARK_BLUE, "#801650") else TEXT_COLOUR
