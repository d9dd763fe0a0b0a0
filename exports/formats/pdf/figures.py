"""Charts in a PDF: the laid-out picture drawn as vectors, tagged as a figure with words in its place."""

from collections.abc import Sequence
from typing import Final

from exports.charts import Picture, picture
from exports.document import Chart, ChartRow, Placed, Point
from exports.formats.pdf.right_to_left import joined
from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import Element, TaggedCanvas
from exports.formats.pdf.text import CAPTION, SMALL, draw_run, set_text, text_strips
from exports.formats.pdf.typeface import REGULAR, Run, Substitutions, load_typeface, printable, text_width

CHART_TEXT_SIZE: Final = 9.5
MOST_HEIGHT: Final = 600.0
"""Points: a title of several lines still fits on the page with its picture."""


def chart_strips(
    chart: Chart, placed: Placed, parent: Element, substitutions: Substitutions, *, x: float, width: float
) -> list[Strip]:
    """Return the strips of a chart: its title and subtitle as text, then the picture, which is never cut."""
    title = set_text(f"{placed.number}. {chart.title}", x=x, width=width, style=CAPTION, substitutions=substitutions)
    strips = text_strips(parent.add("P"), title, gap=16, keep=True, anchors=(placed.anchor,))
    if chart.subtitle:
        subtitle = set_text(chart.subtitle, x=x, width=width, style=SMALL, substitutions=substitutions)
        strips += text_strips(parent.add("P"), subtitle, keep=True)
    said = _printable_chart(chart, substitutions)
    parts = _parts(said, said.rows, width)
    for number, part in enumerate(parts, start=1):
        part_of = f" (part {number} of {len(parts)})" if len(parts) > 1 else ""
        figure = parent.add("Figure", alternative=said.alternative + part_of)
        strips.append(_picture_strip(part, figure, x=x, width=width))
    return strips


def _parts(chart: Chart, rows: Sequence[ChartRow], width: float) -> list[Picture]:
    """Return the chart as one picture, or as several where it is taller than a page."""
    whole = picture(chart, width=width, size=CHART_TEXT_SIZE, measure=text_width, rows=rows)
    if whole.height <= MOST_HEIGHT or len(rows) < 2:
        return [whole]
    half = len(rows) // 2
    return _parts(chart, rows[:half], width) + _parts(chart, rows[half:], width)


def _picture_strip(drawn: Picture, figure: Element, *, x: float, width: float) -> Strip:
    def draw(canvas: TaggedCanvas, top: float) -> None:
        edges = [round(edge, 2) for edge in (x, top - drawn.height, x + width, top)]
        figure.attributes["Layout"] = {"BBox": edges, "Placement": "Block"}
        canvas.belongs_to(figure)
        for box in drawn.rectangles:
            canvas.box(x + box.x, top - box.y - box.height, box.width, box.height, fill=box.fill, outline=box.outline)
        for rule in drawn.rules:
            canvas.rule(x + rule.x, top - rule.top, x + rule.x, top - rule.bottom, ink=rule.colour, thickness=1)
        for label in drawn.labels:
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * text_width(label.text, label.size)
            run = Run(label.text, REGULAR)
            draw_run(canvas, run, x=x + label.x - shift, y=top - label.y, size=label.size, ink=label.colour)

    return Strip(drawn.height, draw, gap=6)


def _printable_chart(chart: Chart, substitutions: Substitutions) -> Chart:
    """Return the chart with every word drawable."""

    def said(text: str) -> str:
        return joined(printable(text, substitutions), load_typeface())

    return Chart(
        kind=chart.kind,
        title=chart.title,
        rows=tuple(
            ChartRow(
                said(row.label), tuple(Point(point.value, said(point.shown)) for point in row.points), said(row.outside)
            )
            for row in chart.rows
        ),
        alternative=printable(chart.alternative, substitutions),
        series=tuple(said(name) for name in chart.series),
        outside=said(chart.outside),
        whole=chart.whole,
    )
