"""What stands on every page of a form beside its words: the form code in bars and words, the page number, the mark."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from exports.formats.pdf.strips import Page
from exports.formats.pdf.tags import ARTEFACT, FOOTER, HEADER, TaggedCanvas
from exports.formats.pdf.typeface import BOLD, REGULAR, text_width
from exports.paper.barcodes import BAR, BARS_HEIGHT, QUIET_BARS, bars_width, draw_bars
from exports.paper.composing import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Composer
from exports.paper.editions import MILLIMETRE
from exports.paper.form_code import FormCode
from exports.paper.setting import STAFF_INK, draw_text

FOOT: Final = 7 * MILLIMETRE
"""The bottom of the bars: no nearer to the edge than a printer reaches."""
MARK_INK: Final = "#801650"
WATERMARK_INK: Final = "#E8DDE4"


@dataclass(frozen=True)
class PageFrame:
    """Draws pages of a form with what stands on each of them."""

    composer: Composer
    code: FormCode
    mark: str
    is_draft: bool

    def draw(self, canvas: TaggedCanvas, page: Page, *, number: int, of: int) -> None:
        """Draw a page: first what stands on every page, then its strips in reading order."""
        if number > 1:
            canvas.next_page()
        if self.is_draft:
            self._draw_watermark(canvas)
        self._draw_mark(canvas)
        self._draw_foot(canvas, number=number, of=of)
        for strip, offset in page:
            strip.draw(canvas, PAGE_HEIGHT - MARGIN - offset)

    def _draw_foot(self, canvas: TaggedCanvas, *, number: int, of: int) -> None:
        """Bars on the left whatever the language, for scanners; the page number on the right."""
        canvas.belongs_to(FOOTER)
        code, size = self.code.on_page(number), self.composer.size
        draw_bars(canvas, code, x=MARGIN, y=FOOT)
        beside = MARGIN + bars_width(code) + QUIET_BARS * BAR
        canvas.text(beside, FOOT + 2, code, font=REGULAR, size=size.code, ink=STAFF_INK)
        words = self.composer.set(gettext("Page {page} of {pages}").format(page=number, pages=of), self.composer.strong)
        width = words.lines[0].width
        top = FOOT + BARS_HEIGHT / 2 + words.leading / 2
        draw_text(canvas, FOOTER, words, left=MARGIN + WIDTH - width, width=width, top=top)

    def _draw_mark(self, canvas: TaggedCanvas) -> None:
        if not self.mark:
            return
        words = self.composer.set(self.mark, self.composer.strong)
        width = words.lines[0].width
        top = PAGE_HEIGHT - (MARGIN - words.leading) / 2
        canvas.belongs_to(HEADER)
        draw_text(canvas, HEADER, words, left=(PAGE_WIDTH - width) / 2, width=width, top=top)

    def _draw_watermark(self, canvas: TaggedCanvas) -> None:
        """The mark across the page in large pale letters, under everything else."""
        canvas.belongs_to(ARTEFACT)
        words = gettext("Draft: do not post")
        size = min(78.0, 640 / text_width(words, 1, BOLD))
        canvas.slanted(80, 170, words, font=BOLD, size=size, ink=WATERMARK_INK, degrees=52)
