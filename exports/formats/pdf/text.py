"""Text on a page: styles, and the strips that lines of text become."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from exports.document import Link, Strong, Text, inline_parts
from exports.formats.pdf.right_to_left import holds_right_to_left, is_right_to_left, joined, spoken, visual_order
from exports.formats.pdf.strips import Draw, Strip
from exports.formats.pdf.tags import ARTEFACT, Element, TaggedCanvas
from exports.formats.pdf.typeface import (
    BOLD,
    REGULAR,
    Line,
    Run,
    Substitutions,
    broken_lines,
    load_typeface,
    printable,
    text_width,
)

HEADING_INK: Final = "#12436D"
BODY_INK: Final = "#212B32"
SECONDARY_INK: Final = "#4C6272"
MARK_INK: Final = "#801650"
RULE_INK: Final = "#C8D0D6"
TINT: Final = "#F0F4F5"


@dataclass(frozen=True)
class Style:
    """How text is set: sizes in points."""

    size: float
    leading: float
    font: str = REGULAR
    ink: str = BODY_INK
    bar: str = ""
    """Colour of a bar left of the text, or ""."""


BODY: Final = Style(11, 16)
STRONG: Final = Style(11, 16, BOLD)
SMALL: Final = Style(9, 12.5, ink=SECONDARY_INK)
TITLE: Final = Style(24, 30, BOLD, HEADING_INK)
SUBTITLE: Final = Style(13, 18, ink=SECONDARY_INK)
HEADINGS: Final = {
    1: Style(18, 23, BOLD, HEADING_INK),
    2: Style(14, 19, BOLD, HEADING_INK),
    3: Style(12, 17, BOLD, HEADING_INK),
}
CAPTION: Final = Style(10.5, 14.5, BOLD)
QUOTE: Final = replace(BODY, bar=RULE_INK)
INSET: Final = replace(BODY, bar=HEADING_INK)


@dataclass(frozen=True)
class Set:
    """Lines ready to be drawn at x in a style, and the direction of their paragraph."""

    lines: tuple[Line, ...]
    x: float
    width: float
    style: Style
    right_to_left: bool = False


def set_text(text: Text, *, x: float, width: float, style: Style, substitutions: Substitutions) -> Set:
    """Break a text into lines of a style."""
    runs = tuple(_run(part, style, substitutions) for part in inline_parts(text))
    backwards = holds_right_to_left("".join(run.text for run in runs))
    if backwards:
        runs = tuple(replace(run, text=joined(run.text, load_typeface())) for run in runs)
    lines = broken_lines(runs, width=width, size=style.size)
    direction = backwards and is_right_to_left("".join(run.text for run in runs))
    return Set(tuple(_without_blank_stretches(lines)), x, width, style, direction)


def text_strips(
    element: Element, setting: Set, *, gap: float = 0.0, keep: bool = False, anchors: tuple[str, ...] = ()
) -> list[Strip]:
    """Return one strip for each line; the first two and the last two lines of a paragraph stay together. `keep` holds
    on to what follows."""
    count = len(setting.lines)
    return [
        Strip(
            setting.style.leading,
            _line_drawing(element, setting, index),
            gap=0.0 if index else gap,
            keep=keep if index == count - 1 else index in (0, count - 2),
            anchors=() if index else anchors,
        )
        for index in range(count)
    ]


def draw_line(canvas: TaggedCanvas, element: Element, line: Line, *, x: float, baseline: float, setting: Set) -> None:
    """Draw one line for an element; each link in it becomes an element of its own."""
    style = setting.style
    if setting.right_to_left:
        x += setting.width - sum(text_width(run.text.rstrip(), style.size, run.font) for run in line)
        line = line[::-1]
    for run in line:
        width = text_width(run.text, style.size, run.font)
        owner = element.add("Link") if run.url else element
        canvas.belongs_to(owner)
        draw_run(
            canvas,
            run,
            x=x,
            y=baseline,
            size=style.size,
            ink=HEADING_INK if run.url else style.ink,
            right_to_left=setting.right_to_left,
        )
        if run.url:
            edges = (x, baseline - 0.25 * style.size, x + width, baseline + 0.85 * style.size)
            canvas.link(
                owner,
                edges,
                url=run.url,
                words=f"{run.text.strip()} ({run.url})" if run.url[0] != "#" else run.text.strip(),
            )
            canvas.belongs_to(ARTEFACT)
            canvas.rule(x, baseline - 1.5, x + width, baseline - 1.5, ink=HEADING_INK)
        x += width


def draw_run(
    canvas: TaggedCanvas, run: Run, *, x: float, y: float, size: float, ink: str, right_to_left: bool = False
) -> None:
    """Draw the words of a run; where they hold Arabic or Hebrew, in the order in which they are seen."""
    if not holds_right_to_left(run.text):
        canvas.text(x, y, run.text, font=run.font, size=size, ink=ink)
        return
    words = visual_order(run.text.rstrip(), right_to_left=right_to_left)
    canvas.spoken_text(x, y, words, spoken=spoken(run.text), font=run.font, size=size, ink=ink)


def _run(part: str | Strong | Link, style: Style, substitutions: Substitutions) -> Run:
    if isinstance(part, str):
        return Run(printable(part, substitutions), style.font)
    if isinstance(part, Strong):
        return Run(printable(part.text, substitutions), BOLD)
    return Run(printable(part.text, substitutions), style.font, part.url)


def _without_blank_stretches(lines: Sequence[Line]) -> list[Line]:
    """Leave out blank lines but one between two written ones: 20,000 line breaks in an answer are not 400 blank pages."""
    kept: list[Line] = []
    for line in lines:
        blank = not any(run.text.strip() for run in line)
        if not blank or (kept and kept[-1]):
            kept.append(() if blank else line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _line_drawing(element: Element, setting: Set, index: int) -> Draw:
    """Return how line `index` is drawn."""
    style, line = setting.style, setting.lines[index]
    ascent = (style.leading + 0.7 * style.size) / 2

    def draw(canvas: TaggedCanvas, top: float) -> None:
        if style.bar:
            canvas.belongs_to(ARTEFACT)
            canvas.box(setting.x - 12, top - style.leading, 3, style.leading, fill=style.bar)
        draw_line(canvas, element, line, x=setting.x, baseline=top - ascent, setting=setting)

    return draw
