"""Each kind of block as tagged strips: paragraphs, lists, quotes, insets, parts nobody wrote; tables and charts are
handed on.

`BLOCKS` names the function for each class of block: a new block is a class in `exports/document.py` and a line there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from exports.document import (
    Bullets,
    Chart,
    Definitions,
    Inset,
    Paragraph,
    Placed,
    Quote,
    Table,
    Text,
    Unwritten,
)
from exports.formats.pdf.figures import chart_strips
from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tables import table_strips
from exports.formats.pdf.tags import Element, TaggedCanvas
from exports.formats.pdf.text import (
    BODY,
    INSET,
    QUOTE,
    SECONDARY_INK,
    SMALL,
    STRONG,
    Set,
    Style,
    draw_line,
    set_text,
    text_strips,
)
from exports.formats.pdf.typeface import Run, Substitutions, text_width

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN: Final = 20 * mm
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
NUMBER_WIDTH: Final = 40.0
"""Room on the left for "4.12", so that numbers stand clear of the text."""
LABEL_WIDTH: Final = 18.0
"""Room for the bullet or number of a list's entry; longer numbers get what they need."""
PARAGRAPH_GAP: Final = 8.0


@dataclass
class Composition:
    """What blocks add to: the element they belong in, and the count of characters said in words."""

    parent: Element
    substitutions: Substitutions = field(default_factory=Substitutions)

    def set(self, text: Text, *, x: float, style: Style) -> Set:
        """Set a text from x to the right margin."""
        return set_text(text, x=x, width=MARGIN + WIDTH - x, style=style, substitutions=self.substitutions)


def block_strips(placed: Placed, composition: Composition) -> list[Strip]:
    """Return the strips of a block, its elements added to the composition's parent."""
    return BLOCKS[type(placed.block)](placed.block, placed, composition)


def _paragraph(block: Paragraph, placed: Placed, composition: Composition) -> list[Strip]:
    element = composition.parent.add("P")
    x = MARGIN + (NUMBER_WIDTH if placed.number else 0)
    setting = composition.set(block.text, x=x, style=BODY)
    strips = text_strips(element, setting, gap=PARAGRAPH_GAP, anchors=(placed.anchor,) if placed.anchor else ())
    if placed.number and strips:
        strips[0] = _led_by(strips[0], element, placed.number + " ", x=MARGIN)
    return strips


def _bullets(block: Bullets, placed: Placed, composition: Composition) -> list[Strip]:
    numbering = "Decimal" if block.ordered else "Disc"
    parent = composition.parent.add("L", attributes={"List": {"ListNumbering": numbering}})
    labels = [f"{index}. " if block.ordered else "• " for index in range(1, len(block.items) + 1)]
    room = max([LABEL_WIDTH, *(text_width(label, BODY.size) for label in labels)])
    x = MARGIN + NUMBER_WIDTH + room
    strips: list[Strip] = []
    for index, (words, item) in enumerate(zip(labels, block.items, strict=True), start=1):
        entry = parent.add("LI")
        label, body = entry.add("Lbl"), entry.add("LBody")
        setting = composition.set(item, x=x, style=BODY)
        lines = text_strips(body, setting, gap=PARAGRAPH_GAP if index == 1 else 3)
        if lines:
            lines[0] = _led_by(lines[0], label, words, x=x - room)
        strips += lines
    return strips


def _quote(block: Quote, placed: Placed, composition: Composition) -> list[Strip]:
    element = composition.parent.add("BlockQuote")
    x = MARGIN + NUMBER_WIDTH + 14
    setting = composition.set(f"“{block.text.strip()}”", x=x, style=QUOTE)
    strips = text_strips(element.add("P"), setting, gap=PARAGRAPH_GAP + 2, keep=bool(block.source))
    if block.source:
        source = composition.set(block.source, x=x, style=replace(SMALL, bar=QUOTE.bar))
        strips += text_strips(element.add("P"), source)
    return strips


def _inset(block: Inset, placed: Placed, composition: Composition) -> list[Strip]:
    element = composition.parent.add("Div")
    x = MARGIN + NUMBER_WIDTH + 14
    strips: list[Strip] = []
    if block.heading:
        heading = composition.set(block.heading, x=x, style=replace(STRONG, bar=INSET.bar))
        strips += text_strips(element.add("P"), heading, gap=PARAGRAPH_GAP + 2, keep=True)
    setting = composition.set(block.text, x=x, style=INSET)
    return strips + text_strips(element.add("P"), setting, gap=0 if strips else PARAGRAPH_GAP + 2)


def _unwritten(block: Unwritten, placed: Placed, composition: Composition) -> list[Strip]:
    """A label, and under it in words that nobody has written it, beside a bar that shows where something is missing."""
    x = MARGIN + NUMBER_WIDTH
    label = composition.set(block.label, x=x, style=STRONG)
    strips = text_strips(composition.parent.add("P"), label, gap=PARAGRAPH_GAP, keep=True)
    words = composition.set(block.words, x=x + 18, style=replace(BODY, bar=QUOTE.bar, ink=SECONDARY_INK))
    return strips + text_strips(composition.parent.add("P"), words)


def _definitions(block: Definitions, placed: Placed, composition: Composition) -> list[Strip]:
    parent = composition.parent.add("L", attributes={"List": {"ListNumbering": "None"}})
    x = MARGIN + NUMBER_WIDTH
    strips: list[Strip] = []
    for term, meaning in block.items:
        entry = parent.add("LI")
        name = composition.set(term, x=x, style=STRONG)
        strips += text_strips(entry.add("Lbl"), name, gap=PARAGRAPH_GAP, keep=True)
        setting = composition.set(meaning, x=x + 18, style=BODY)
        strips += text_strips(entry.add("LBody"), setting)
    return strips


def _table(block: Table, placed: Placed, composition: Composition) -> list[Strip]:
    return table_strips(block, placed, composition.parent, composition.substitutions, x=MARGIN, width=WIDTH)


def _chart(block: Chart, placed: Placed, composition: Composition) -> list[Strip]:
    return chart_strips(block, placed, composition.parent, composition.substitutions, x=MARGIN, width=WIDTH)


def _led_by(strip: Strip, element: Element, words: str, *, x: float) -> Strip:
    """Return the strip with a number or bullet drawn first, left of its text."""
    setting = Set((), x, 0, BODY)
    ascent = (BODY.leading + 0.7 * BODY.size) / 2

    def draw(canvas: TaggedCanvas, top: float) -> None:
        draw_line(canvas, element, (Run(words),), x=x, baseline=top - ascent, setting=setting)
        strip.draw(canvas, top)

    return replace(strip, draw=draw)


BLOCKS: Final[dict[type, Callable[..., list[Strip]]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Quote: _quote,
    Inset: _inset,
    Unwritten: _unwritten,
    Definitions: _definitions,
    Table: _table,
    Chart: _chart,
}
