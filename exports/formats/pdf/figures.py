"""Charts in a PDF: the laid-out picture drawn as vectors, tagged as a figure with words in its place."""

from exports.charts import picture
from exports.document import Chart, ChartRow, Placed, Point
from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import Element, TaggedCanvas
from exports.formats.pdf.text import CAPTION, SMALL, draw_run, set_text, text_strips
from exports.formats.pdf.typeface import REGULAR, Run, Substitutions, printable, text_width

CHART_TEXT_SIZE = 9.5


def chart_strips(
    placed: Placed, parent: Element, substitutions: Substitutions, *, x: float, width: float
) -> list[Strip]:
    """Return the strips of a chart: its title and subtitle as text, then the picture, which is never cut."""
    chart: Chart = placed.block
    title = set_text(f"{placed.number}. {chart.title}", x=x, width=width, style=CAPTION, substitutions=substitutions)
    strips = text_strips(parent.add("P"), title, gap=16, keep=True, anchors=(placed.anchor,))
    if chart.subtitle:
        subtitle = set_text(chart.subtitle, x=x, width=width, style=SMALL, substitutions=substitutions)
        strips += text_strips(parent.add("P"), subtitle, keep=True)
    figure = parent.add("Figure", alternative=printable(chart.alternative, substitutions))
    return [*strips, _picture_strip(_printable_chart(chart, substitutions), figure, x=x, width=width)]


def _picture_strip(chart: Chart, figure: Element, *, x: float, width: float) -> Strip:
    drawn = picture(chart, width=width, size=CHART_TEXT_SIZE, measure=lambda text, size: text_width(text, size))

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
        return printable(text, substitutions)

    return Chart(
        kind=chart.kind,
        title=chart.title,
        rows=tuple(
            ChartRow(
                said(row.label), tuple(Point(point.value, said(point.shown)) for point in row.points), said(row.outside)
            )
            for row in chart.rows
        ),
        alternative=chart.alternative,
        series=tuple(said(name) for name in chart.series),
        outside=said(chart.outside),
    )
