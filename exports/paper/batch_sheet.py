"""The cover sheet of a batch of paper forms: what lies on top of the pile, from opening the post to destroying it (ux.md §3.17).

Staff alone see it, so it is in English. What is not known yet is a line to write on.
"""

from dataclasses import dataclass
from typing import Final

from exports.formats.pdf.strips import Strip
from exports.formats.pdf.structure import write_structure
from exports.formats.pdf.tags import ARTEFACT, Element, TaggedCanvas
from exports.paper.barcodes import bars_width, draw_bars
from exports.paper.composing import (
    FRAME_HEIGHT,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
    Composer,
    figure,
    place_figure,
    rule_strip,
    text_strip,
)
from exports.paper.editions import MILLIMETRE, STANDARD
from exports.paper.pages import Block, PageMaker
from exports.paper.scripts import MissingGlyphs, load_fonts
from exports.paper.setting import INK, STAFF_INK, draw_text

BARS_HEIGHT: Final = 18 * MILLIMETRE
WIDE_BAR: Final = 0.5 * MILLIMETRE
"""Scanned from further away than the foot of a form."""
TERM_WIDTH: Final = 62 * MILLIMETRE
LANGUAGE: Final = "en"


@dataclass(frozen=True)
class BatchFacts:
    """One batch. `code` is what the bars say ("B0142"); `form` the form code (`form_code.FormCode`); days are in words. "" is not
    known yet, and is left to be written in."""

    code: str
    form: str
    consultation: str
    received: str
    source: str
    count: str
    first_number: str = ""
    last_number: str = ""
    keyed_by: str = ""
    verified_by: str = ""
    storage: str = ""
    destroy_on: str = ""

    def told(self) -> tuple[tuple[str, str], ...]:
        """Each fact with its name, in the order of the sheet."""
        numbers = f"{self.first_number} to {self.last_number}" if self.first_number else ""
        return (
            ("Consultation", self.consultation),
            ("Form version", self.form),
            ("Date received", self.received),
            ("Where from", self.source),
            ("Forms counted", self.count),
            ("Form numbers", numbers),
            ("Keyed by", self.keyed_by),
            ("Verified by", self.verified_by),
            ("Stored in", self.storage),
            ("Destroy on", self.destroy_on),
        )


TO_DO: Final = (
    "Write the batch and the form number in the office box of each form as you key it.",
    "At the end: forms counted = keyed + spoilt + duplicate. Write each number here.",
)


def draw_batch_sheet(facts: BatchFacts) -> bytes:
    """The cover sheet as a tagged PDF of one page. Raises MissingGlyphs, FontsMissing, pages.TooTall."""
    load_fonts()
    composer = Composer.of(STANDARD, LANGUAGE, {})
    maker = PageMaker(FRAME_HEIGHT)
    maker.put(Block((strip,)) for strip in _strips(composer, facts))
    if composer.typesetter.missing:
        raise MissingGlyphs(composer.typesetter.missing, LANGUAGE)
    canvas = TaggedCanvas(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
    for number, page in enumerate(maker.pages):
        if number:
            canvas.next_page()
        for strip, offset in page:
            strip.draw(canvas, PAGE_HEIGHT - MARGIN - offset)
    title = f"Batch {facts.code}"
    return write_structure(canvas, composer.root, title=title, language="en-GB", author="", subject="Batch cover sheet")


def _strips(composer: Composer, facts: BatchFacts) -> list[Strip]:
    heading = composer.heading(composer.size.title)
    return [
        composer.text("Batch cover sheet", composer.strong),
        composer.text(f"Batch {facts.code}", heading, tag="H1", gap=2),
        _bars(composer, facts.code),
        rule_strip(thickness=2, gap=14),
        *(_fact(composer, name, value) for name, value in facts.told()),
        composer.text("When you close the batch", composer.heading(composer.size.section), tag="H2", gap=26),
        *(composer.text(line, composer.body, gap=8) for line in TO_DO),
        _counts(composer),
    ]


def _bars(composer: Composer, code: str) -> Strip:
    owner = figure(composer.root, f"Bar code {code}")

    def draw(canvas: TaggedCanvas, top: float) -> None:
        canvas.belongs_to(owner)
        draw_bars(canvas, code, x=MARGIN, y=top - BARS_HEIGHT, height=BARS_HEIGHT, bar=WIDE_BAR)
        place_figure(
            owner, left=MARGIN, bottom=top - BARS_HEIGHT, width=bars_width(code, bar=WIDE_BAR), height=BARS_HEIGHT
        )

    return Strip(BARS_HEIGHT, draw, gap=12)


def _fact(composer: Composer, name: str, value: str) -> Strip:
    """A fact beside its name; a line where it is not known yet."""
    # With a space after it: a reader of the file gets two words, not one.
    term = composer.typesetter.set(f"{name}: ", width=TERM_WIDTH, style=composer.strong)
    text = composer.typesetter.set(value or " ", width=WIDTH - TERM_WIDTH, style=composer.body)
    owner = composer.root.add("P")
    strip = text_strip(owner, text, composer.frame, offset=TERM_WIDTH)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        draw_text(canvas, owner, term, left=MARGIN, width=TERM_WIDTH, top=top)
        if value:
            strip.draw(canvas, top)
            return
        canvas.belongs_to(ARTEFACT)
        canvas.rule(MARGIN + TERM_WIDTH, top - term.height, MARGIN + WIDTH, top - term.height, ink=STAFF_INK)

    return Strip(max(term.height, text.height), draw, gap=13)


def _counts(composer: Composer) -> Strip:
    """Four boxes under their names."""
    names = ("Counted", "Keyed", "Spoilt", "Duplicate")
    side, across = 14 * MILLIMETRE, WIDTH / len(names)
    settings = [composer.typesetter.set(name, width=across, style=composer.body) for name in names]
    owners: list[Element] = [composer.root.add("P") for _ in names]

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for index, (setting, owner) in enumerate(zip(settings, owners, strict=True)):
            left = MARGIN + index * across
            draw_text(canvas, owner, setting, left=left, width=across, top=top)
            canvas.belongs_to(ARTEFACT)
            canvas.box(left, top - setting.height - 4 - side, across - 16, side, outline=INK, thickness=1)

    return Strip(settings[0].height + 4 + side, draw, gap=12)
