"""Tables in a PDF: column widths, rows as strips, header cells with their scope, headers repeated on later pages as
artefacts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from exports.document import Column, Placed, Table
from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import ARTEFACT, Element, TaggedCanvas
from exports.formats.pdf.text import (
    CAPTION,
    HEADING_INK,
    RULE_INK,
    SMALL,
    Set,
    Style,
    draw_line,
    draw_run,
    set_text,
    text_strips,
)
from exports.formats.pdf.typeface import BOLD, REGULAR, Line, Substitutions, text_width

PADDING: Final = 5.0
SIZES: Final = (9.5, 8.5, 7.5)
"""Type sizes tried, largest first, until the columns fit the page."""
NARROWEST: Final = 46.0
"""Room that a column of numbers gets where there is enough, in points, so that the numbers stand apart."""
ROW_NAME: Final = 130.0
"""Width that the names of rows get before numbers are set in a larger size, in points."""
SHORT_TABLE: Final = 260.0
"""A table whose rows are no taller than this together is not cut by a page break, in points."""
WIDEST_WORD: Final = 150.0
"""A longer word (an address, a slip of the keyboard) may be broken, in points."""
LINES_UNCUT: Final = 14
LINES_IN_PIECE: Final = 3
"""A row of more than `LINES_UNCUT` lines may be cut by a page break into such pieces, so that no quotation overflows a
page."""


def table_strips(
    table: Table, placed: Placed, parent: Element, substitutions: Substitutions, *, x: float, width: float
) -> list[Strip]:
    """Return the strips of a table with its caption above and its notes below."""
    strips: list[Strip] = []
    panels = _panels(table, width)
    for panel in panels:
        anchors = (placed.anchor,) if not strips else ()
        strips += _Layout(panel, substitutions, x=x, width=width).strips(parent, f"{placed.number}. ", anchors)
    if table.notes and strips:
        strips[-1] = replace(strips[-1], keep=True)
    for number, note in enumerate(table.notes, start=1):
        setting = set_text(note, x=x, width=width, style=SMALL, substitutions=substitutions)
        strips += text_strips(parent.add("P"), setting, gap=3, keep=number < len(table.notes))
    return strips


def _held_together(rows: list[Strip]) -> list[Strip]:
    """A short table stays on one page; of a long one, never fewer than three rows stand alone at a break."""
    if sum(row.height for row in rows) <= SHORT_TABLE:
        return [replace(row, keep=True) for row in rows[:-1]] + rows[-1:]
    ends = {0, 1, len(rows) - 3, len(rows) - 2}
    return [replace(row, keep=True) if index in ends else row for index, row in enumerate(rows)]


def _panels(table: Table, width: float) -> list[Table]:
    """Cut a table that is too wide for the page, even in the smallest type, into tables that all begin with its first
    column."""
    least = [_least_width(table, index, SIZES[-1]) for index in range(len(table.columns))]
    others = len(least) - 1
    panels = max(1, -(-int(sum(least[1:])) // int(max(width - least[0], 1))))
    if sum(least) <= width or others < 2:
        return [table]
    each = -(-others // panels)
    return [_panel(table, range(start, min(start + each, others + 1))) for start in range(1, others + 1, each)]


def _panel(table: Table, group: Sequence[int]) -> Table:
    chosen = (0, *group)
    return Table(
        f"{table.caption} (columns {group[0]} to {group[-1]} of {len(table.columns) - 1})",
        tuple(table.columns[index] for index in chosen),
        tuple(tuple(row[index] for index in chosen) for row in table.rows),
    )


@dataclass(frozen=True)
class _Cell:
    element: Element | None
    lines: tuple[Line, ...]
    setting: Set
    numeric: bool


class _Layout:
    """One table on the page: widths are settled first, then every row is set."""

    def __init__(self, table: Table, substitutions: Substitutions, *, x: float, width: float) -> None:
        self.table, self.substitutions, self.x, self.width = table, substitutions, x, width
        self.size, self.widths = _size_and_widths(table, width)
        self.style = Style(self.size, self.size * 1.35)
        self.head_style = replace(self.style, font=BOLD)

    def strips(self, parent: Element, number: str, anchors: tuple[str, ...]) -> list[Strip]:
        """Return caption, header and rows; the caption, the header and the first row stay on one page."""
        element = parent.add("Table")
        caption = set_text(
            number + self.table.caption, x=self.x, width=self.width, style=CAPTION, substitutions=self.substitutions
        )
        strips = text_strips(element.add("Caption"), caption, gap=16, keep=True, anchors=anchors)
        head = element.add("THead").add("TR")
        strips.append(self._header(head))
        repeat = (self._header(None),)
        body = element.add("TBody")
        rows = [strip for row in self.table.rows for strip in self._row(row, body.add("TR"))]
        return strips + [replace(strip, repeat=repeat) for strip in _held_together(rows)]

    def _header(self, row: Element | None) -> Strip:
        """The header row; without an element it is an artefact, for a reader has met it already.

        A heading of more lines than a row may have is cut, or a page would have no room below it.
        """
        cells = []
        for column, width in zip(self.table.columns, self.widths, strict=True):
            element = row.add("TH", attributes={"Table": {"Scope": "Column"}}) if row else None
            cell = self._cell(column.heading, element, column, width, self.head_style)
            cells.append(replace(cell, lines=cell.lines[:LINES_UNCUT]))
        deepest = max(len(cell.lines) for cell in cells)
        height = deepest * self.head_style.leading + 2 * PADDING

        def draw(canvas: TaggedCanvas, top: float) -> None:
            canvas.belongs_to(ARTEFACT)
            canvas.rule(self.x, top - height, self.x + self.width, top - height, ink=HEADING_INK, thickness=1.25)
            for cell, left in zip(cells, self._lefts(), strict=True):
                lead = (deepest - len(cell.lines)) * self.head_style.leading
                self._draw_cell(canvas, cell, cell.lines, left=left, top=top - PADDING - lead)

        return Strip(height, draw, gap=2, keep=True)

    def _row(self, texts: Sequence[str], row: Element) -> list[Strip]:
        """The strips of one row: one, or several where it is long."""
        cells = []
        for index, (text, column, width) in enumerate(zip(texts, self.table.columns, self.widths, strict=True)):
            element = row.add("TD") if index else row.add("TH", attributes={"Table": {"Scope": "Row"}})
            cells.append(self._cell(text, element, column, width, self.style))
        deepest = max(1, *(len(cell.lines) for cell in cells))
        step = deepest if deepest <= LINES_UNCUT else LINES_IN_PIECE
        return [self._row_strip(cells, start, min(start + step, deepest), deepest) for start in range(0, deepest, step)]

    def _row_strip(self, cells: Sequence[_Cell], start: int, end: int, deepest: int) -> Strip:
        """Lines `start` to `end` of every cell; the last piece of a row has the rule below it."""
        last = end == deepest
        count = end - start
        above = 0.0 if start else PADDING
        height = above + count * self.style.leading + (PADDING if last else 0.0)

        def draw(canvas: TaggedCanvas, top: float) -> None:
            if last:
                canvas.belongs_to(ARTEFACT)
                canvas.rule(self.x, top - height, self.x + self.width, top - height, ink=RULE_INK)
            for cell, left in zip(cells, self._lefts(), strict=True):
                self._draw_cell(canvas, cell, cell.lines[start:end], left=left, top=top - above)

        return Strip(height, draw)

    def _cell(self, text: str, element: Element | None, column: Column, width: float, style: Style) -> _Cell:
        inner = width - 2 * PADDING
        setting = set_text(text, x=0, width=inner, style=style, substitutions=self.substitutions)
        return _Cell(element, setting.lines, setting, column.numeric)

    def _draw_cell(self, canvas: TaggedCanvas, cell: _Cell, lines: Sequence[Line], *, left: float, top: float) -> None:
        style = cell.setting.style
        for index, line in enumerate(lines):
            used = sum(
                text_width(run.text.rstrip() if run is line[-1] else run.text, style.size, run.font) for run in line
            )
            x = left + PADDING
            if cell.numeric:
                x += cell.setting.width - used
            baseline = top - (style.leading + 0.7 * style.size) / 2 - index * style.leading
            if cell.element is not None:
                draw_line(canvas, cell.element, line, x=x, baseline=baseline, setting=cell.setting)
                continue
            canvas.belongs_to(ARTEFACT)
            for run in line:
                draw_run(canvas, run, x=x, y=baseline, size=style.size, ink=style.ink)

    def _lefts(self) -> list[float]:
        lefts, left = [], self.x
        for width in self.widths:
            lefts.append(left)
            left += width
        return lefts


def _size_and_widths(table: Table, width: float) -> tuple[float, list[float]]:
    """Choose the largest type size at which no word is broken, and the width of each column."""
    columns = range(len(table.columns))
    size = next((size for size in SIZES if sum(_comfortable_widths(table, size)) <= width), SIZES[-1])
    least = _comfortable_widths(table, size)
    if sum(least) > width:
        least = [_least_width(table, index, size) for index in columns]
    if sum(least) >= width:
        return size, [width * column / sum(least) for column in least]
    wishes = [max(_wished_width(table, index, size), least[index]) for index in columns]
    if sum(wishes) <= width:
        return size, [wishes[0] + width - sum(wishes), *wishes[1:]]
    return size, _shared_out(width, least=least, wishes=_with_close_numbers(table, width, least=least, wishes=wishes))


def _with_close_numbers(table: Table, width: float, *, least: Sequence[float], wishes: Sequence[float]) -> list[float]:
    """The wishes, those of number columns cut down by what is missing: words need the room more than numbers need air."""
    air = [
        wish - low if column.numeric else 0.0 for column, wish, low in zip(table.columns, wishes, least, strict=True)
    ]
    missing = min(1.0, (sum(wishes) - width) / (sum(air) or 1.0))
    return [wish - missing * spare for wish, spare in zip(wishes, air, strict=True)]


def _comfortable_widths(table: Table, size: float) -> list[float]:
    """The least width of each column, and for what names the rows enough not to stand a word to a line."""
    least = [_least_width(table, index, size) for index in range(len(table.columns))]
    return [max(least[0], min(_wished_width(table, 0, size), ROW_NAME)), *least[1:]]


def _shared_out(width: float, *, least: Sequence[float], wishes: Sequence[float]) -> list[float]:
    """Give columns what they wish for, the modest first; those that wish for more share the rest."""
    widths = [0.0] * len(wishes)
    left, waiting = width, sorted(range(len(wishes)), key=lambda index: wishes[index])
    for position, index in enumerate(waiting):
        others = waiting[position + 1 :]
        fair = left / (len(others) + 1)
        most = left - sum(least[other] for other in others)
        widths[index] = min(max(min(wishes[index], fair), least[index]), most)
        left -= widths[index]
    widths[waiting[-1]] += left
    return widths


def _least_width(table: Table, index: int, size: float) -> float:
    """The widest word of a column, up to a third of the page; a number is not broken at its spaces."""
    column = table.columns[index]
    cells = {row[index][:400] for row in table.rows}
    pieces = cells if column.numeric else {word for cell in cells for word in cell.split()}
    heading = _widest(column.heading.split(), size, BOLD)
    return max(heading, min(_widest(pieces, size, REGULAR), WIDEST_WORD)) + 2 * PADDING + 1


def _wished_width(table: Table, index: int, size: float) -> float:
    """The width at which no cell of a column needs a second line, up to half a page; a number column wishes for some
    air."""
    column = table.columns[index]
    cells = _widest({row[index][:120] for row in table.rows}, size, REGULAR)
    if column.numeric:
        return max(cells, min(text_width(column.heading, size, BOLD), 80.0), NARROWEST) + 2 * PADDING + 1
    return min(max(text_width(column.heading, size, BOLD), cells), 300.0) + 2 * PADDING + 1


def _widest(texts: Iterable[str], size: float, font: str) -> float:
    return max((text_width(text, size, font) for text in texts), default=0.0)
