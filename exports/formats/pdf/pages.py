"""A whole report as an accessible PDF file: title block, contents, sections, and what stands on every page."""

from dataclasses import replace
from typing import Final

from exports.document import Bullets, Chart, Document, Inset, Paragraph, Placed, PlacedSection, Table, placed_sections
from exports.formats.pdf.blocks import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Composition, block_strips
from exports.formats.pdf.right_to_left import joined
from exports.formats.pdf.strips import Page, Strip, made_up_pages, pages_of_anchors
from exports.formats.pdf.structure import write_structure
from exports.formats.pdf.tags import ARTEFACT, FOOTER, HEADER, Element, TaggedCanvas
from exports.formats.pdf.text import (
    BODY,
    BODY_INK,
    HEADING_INK,
    HEADINGS,
    MARK_INK,
    RULE_INK,
    SECONDARY_INK,
    STRONG,
    SUBTITLE,
    TITLE,
    draw_line,
    draw_run,
    set_text,
    text_strips,
)
from exports.formats.pdf.typeface import BOLD, REGULAR, Run, Substitutions, load_typeface, printable, text_width

FRAME_HEIGHT: Final = PAGE_HEIGHT - 2 * MARGIN
HEADER_SIZE: Final = 8.5
MOST_IN_CONTENTS: Final = 300
"""Characters of a heading in the contents list, so that no entry is taller than a page."""


def pdf_bytes(document: Document) -> bytes:
    """Return the document as a tagged PDF file. Raises FontsMissing. About 0.6 s for 40 pages with 30 charts and 60
    tables."""
    load_typeface()
    root = Element("Document")
    substitutions = Substitutions()
    page_of: dict[str, int] = {}
    sections = placed_sections(document)
    strips = _title_block(document, root, substitutions)
    strips += _contents(sections, root, substitutions, page_of)
    for section in sections:
        strips += _section(section, root, substitutions)
    strips += _substitution_note(root, substitutions)
    pages = made_up_pages(strips, height=FRAME_HEIGHT)
    page_of.update(pages_of_anchors(pages))
    canvas = TaggedCanvas(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
    for number, page in enumerate(pages, start=1):
        _draw_page(canvas, document, page, number=number, of=len(pages))
    unseen = Substitutions()
    return write_structure(
        canvas,
        root,
        title=printable(document.title, unseen),
        language=document.language,
        author=printable(document.organisation, unseen),
        subject=printable(document.subtitle, unseen),
    )


def _title_block(document: Document, root: Element, substitutions: Substitutions) -> list[Strip]:
    lines = (
        ("P", document.organisation, replace(STRONG, ink=SECONDARY_INK), 0.0),
        ("H1", document.title, TITLE, 10.0),
        ("P", document.subtitle, SUBTITLE, 4.0),
        ("P", document.date, replace(BODY, ink=SECONDARY_INK), 8.0),
        ("P", document.mark, replace(STRONG, ink=MARK_INK), 8.0),
    )
    strips: list[Strip] = []
    for tag, text, style, gap in lines:
        if text:
            setting = set_text(text, x=MARGIN, width=WIDTH, style=style, substitutions=substitutions)
            strips += text_strips(root.add(tag), setting, gap=gap, keep=True)
    return [*strips, Strip(3, _thick_rule, gap=14)]


def _thick_rule(canvas: TaggedCanvas, top: float) -> None:
    canvas.belongs_to(ARTEFACT)
    canvas.box(MARGIN, top - 3, WIDTH, 3, fill=HEADING_INK)


def _contents(
    sections: tuple[PlacedSection, ...], root: Element, substitutions: Substitutions, page_of: dict[str, int]
) -> list[Strip]:
    """The list of sections of the first two levels with their pages, each line a link; `page_of` is filled before it
    is drawn."""
    entries = [section for section in sections if section.level <= 2]
    if len(entries) < 3:
        return []
    heading = set_text("Contents", x=MARGIN, width=WIDTH, style=HEADINGS[2], substitutions=substitutions)
    strips = text_strips(root.add("H2"), heading, gap=18, keep=True)
    listing = root.add("TOC")
    for section in entries:
        link = listing.add("TOCI").add("Reference").add("Link")
        strips += _contents_entry(section, link, substitutions, page_of)
    return strips


def _contents_entry(
    section: PlacedSection, link: Element, substitutions: Substitutions, page_of: dict[str, int]
) -> list[Strip]:
    style = BODY if section.level == 2 else replace(BODY, ink=HEADING_INK)
    indent = 0.0 if section.level == 1 else 18.0
    text = _heading(section, Substitutions())[:MOST_IN_CONTENTS]
    setting = set_text(text, x=MARGIN + indent, width=WIDTH - indent - 40, style=style, substitutions=substitutions)
    height = setting.style.leading * len(setting.lines)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        baseline = top
        for index, line in enumerate(setting.lines):
            baseline = top - (style.leading + 0.7 * style.size) / 2 - index * style.leading
            draw_line(canvas, link, line, x=setting.x, baseline=baseline, setting=setting)
        page = str(page_of[section.anchor])
        right = MARGIN + WIDTH - text_width(page, style.size)
        canvas.text(
            right - text_width(" ", style.size), baseline, " " + page, font=REGULAR, size=style.size, ink=style.ink
        )
        edges = (setting.x, top - height, MARGIN + WIDTH, top)
        canvas.link(link, edges, url=f"#{section.anchor}", words=f"{text}, page {page}")

    return [Strip(height, draw, gap=6 if section.level == 1 else 1)]


def _section(section: PlacedSection, root: Element, substitutions: Substitutions) -> list[Strip]:
    """Heading and blocks. The title is H1, so a section of level 1 is H2 and so on, as in the web page."""
    style = HEADINGS[section.level]
    text = _heading(section, substitutions)
    setting = set_text(text, x=MARGIN, width=WIDTH, style=style, substitutions=substitutions)
    gap = {1: 30.0, 2: 20.0, 3: 14.0}[section.level]
    heading = text_strips(root.add(f"H{section.level + 1}"), setting, gap=gap, keep=True, anchors=(section.anchor,))
    heading[0] = _bookmarked(heading[0], text, section.level - 1)
    if section.starts_page:
        heading[0] = replace(heading[0], starts_page=True)
    composition = Composition(root, substitutions)
    strips = heading
    for placed, following in zip(section.blocks, (*section.blocks[1:], None), strict=False):
        drawn = block_strips(placed, composition)
        if (
            drawn
            and following
            and isinstance(placed.block, Paragraph)
            and isinstance(following.block, Chart | Table | Bullets)
        ):
            # What introduces a picture, a table or a list is not left behind on the page before.
            drawn[-1] = replace(drawn[-1], keep=True)
        strips += drawn
    return strips


def _heading(section: PlacedSection, substitutions: Substitutions) -> str:
    """A heading as one line of drawable words: it may have been typed as characters that have no shape."""
    return printable(section.heading, substitutions).replace("\n", " ").strip() or "Section without a heading"


def _bookmarked(strip: Strip, title: str, level: int) -> Strip:
    def draw(canvas: TaggedCanvas, top: float) -> None:
        canvas.bookmark(title, level, top)
        strip.draw(canvas, top)

    return replace(strip, draw=draw)


def _substitution_note(root: Element, substitutions: Substitutions) -> list[Strip]:
    """Say that some characters were replaced: a reader must know that a quotation is not letter for letter."""
    if not substitutions.count:
        return []
    words = "1 character is" if substitutions.count == 1 else f"{substitutions.count:,} characters are"
    note = Inset(
        f"In this file {words} given in words between square brackets, because its typeface has no sign for them. "
        "The web page of this report shows everything as it was written."
    )
    return block_strips(Placed(note), Composition(root, substitutions))


def _draw_page(canvas: TaggedCanvas, document: Document, page: Page, *, number: int, of: int) -> None:
    """Draw a page: first what stands on every page, then its strips in reading order."""
    if number > 1:
        canvas.next_page()
    _draw_furniture(canvas, document, number=number, of=of)
    for strip, offset in page:
        top = PAGE_HEIGHT - MARGIN - offset
        for anchor in strip.anchors:
            canvas.place(anchor, top + 6)
        strip.draw(canvas, top)


def _draw_furniture(canvas: TaggedCanvas, document: Document, *, number: int, of: int) -> None:
    """Title, organisation, mark and page number, as artefacts."""
    right = MARGIN + WIDTH
    canvas.belongs_to(HEADER)
    header = PAGE_HEIGHT - MARGIN + 16
    mark = _one_line(document.mark)
    mark_width = text_width(mark, HEADER_SIZE, BOLD)
    if mark:
        canvas.box(right - mark_width - 12, header - 5, mark_width + 12, 16, outline=MARK_INK)
        draw_run(canvas, Run(mark, BOLD), x=right - mark_width - 6, y=header, size=HEADER_SIZE, ink=MARK_INK)
    if number > 1:
        title = _clipped(_one_line(document.title), WIDTH - mark_width - 30)
        draw_run(canvas, Run(title), x=MARGIN, y=header, size=HEADER_SIZE, ink=SECONDARY_INK)
    canvas.belongs_to(FOOTER)
    footer = MARGIN - 26
    canvas.rule(MARGIN, footer + 14, right, footer + 14, ink=RULE_INK)
    page = f"Page {number} of {of}"
    page_width = text_width(page, HEADER_SIZE)
    canvas.text(right - page_width, footer, page, font=REGULAR, size=HEADER_SIZE, ink=BODY_INK)
    name = _clipped(_one_line(document.organisation), WIDTH - page_width - 20)
    draw_run(canvas, Run(name), x=MARGIN, y=footer, size=HEADER_SIZE, ink=SECONDARY_INK)


def _one_line(text: str) -> str:
    return joined(printable(text, Substitutions()).replace("\n", " "), load_typeface())


def _clipped(text: str, width: float) -> str:
    """The beginning of a text that fits a width, with an ellipsis where it was cut."""
    if text_width(text, HEADER_SIZE) <= width:
        return text
    while text and text_width(text + "…", HEADER_SIZE) > width:
        text = text[: min(len(text) - 1, MOST_IN_CONTENTS)]
    return text.rstrip() + "…"
