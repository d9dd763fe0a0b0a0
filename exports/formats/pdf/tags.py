"""Tagged drawing: a canvas that knows, for everything it draws, which element of the document's structure it belongs
to.

reportlab draws pages but writes no tags. Here each stretch of drawing is bracketed as marked content (ISO 32000-1,
14.6) owned by a structure element, or as an artefact that a screen reader passes over (14.8.2.2). `structure.py` then
writes the tree into the finished file.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from exports.formats.pdf.typeface import REGULAR


@dataclass
class Element:
    """A node of the structure tree: its standard type (ISO 32000-1, 14.8.4), what it holds and, for a figure or link,
    its words.

    `kids` are elements, `(page index, marked content number)` pairs and `Annotation`s, in reading order. `attributes`
    maps an owner ("Table", "Layout") to its attributes. `language` is set where it is not the document's.
    """

    tag: str
    alternative: str = ""
    attributes: dict[str, dict[str, object]] = field(default_factory=dict)
    kids: list["Element | tuple[int, int] | Annotation"] = field(default_factory=list)
    identifier: str = ""
    language: str = ""

    def add(self, tag: str, **properties: object) -> "Element":
        """Put a new element last inside this one."""
        child = Element(tag, **properties)  # type: ignore[arg-type]
        self.kids.append(child)
        return child


@dataclass(frozen=True, eq=False)
class Annotation:
    """A link on a page: the rectangle in points from the bottom left, and an address or "#" and an anchor of the
    document."""

    page: int
    rectangle: tuple[float, float, float, float]
    url: str
    words: str


ARTEFACT: Final = "/Artifact BMC"
HEADER: Final = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
FOOTER: Final = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"


class TaggedCanvas:
    """Draws text, boxes and lines for an owner: an element, or one of the artefact kinds. Coordinates are points from
    the bottom left."""

    def __init__(self, *, page_size: tuple[float, float]) -> None:
        self._stream = BytesIO()
        # `invariant` keeps the time of writing out of the file: the same document gives the same bytes.
        self._canvas = Canvas(self._stream, pagesize=page_size, invariant=1, pageCompression=1, initialFontName=REGULAR)
        self._owner: Element | str | None = None
        self._ink = ""
        self._font: tuple[str, float] = ("", 0.0)
        self.page = 0
        self.owners: list[list[Element]] = [[]]
        self.annotations: list[Annotation] = []
        self.outline: list[tuple[str, int, int, float]] = []
        self.places: dict[str, tuple[int, float]] = {}

    def belongs_to(self, owner: Element | str) -> None:
        """Say whose content is drawn from here on."""
        if owner is self._owner:
            return
        self._close()
        if isinstance(owner, Element):
            numbers = self.owners[self.page]
            owner.kids.append((self.page, len(numbers)))
            self._canvas.addLiteral(f"/{owner.tag} <</MCID {len(numbers)}>> BDC")
            numbers.append(owner)
        else:
            self._canvas.addLiteral(owner)
        self._owner = owner

    def text(self, x: float, y: float, words: str, *, font: str, size: float, ink: str) -> None:
        """Draw one line of words from x on the baseline y."""
        self._colour(ink)
        if self._font != (font, size):
            self._canvas.setFont(font, size)
            self._font = (font, size)
        self._canvas.drawString(x, y, words)

    def spoken_text(self, x: float, y: float, words: str, *, spoken: str, font: str, size: float, ink: str) -> None:
        """Draw shapes that stand for other characters, in another order: `spoken` is what a reader of the text layer
        gets."""
        with self.spoken(spoken):
            self.text(x, y, words, font=font, size=size, ink=ink)

    @contextmanager
    def spoken(self, words: str) -> Iterator[None]:
        """What is drawn within it stands for `words`: those are what a reader of the text layer gets."""
        self._canvas.addLiteral(f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        outline: str = "",
        thickness: float = 0.75,
    ) -> None:
        """Draw a box from its bottom left corner."""
        if fill:
            self._colour(fill)
        if outline:
            self._canvas.setStrokeColor(HexColor(outline))
            self._canvas.setLineWidth(thickness)
        self._canvas.rect(x, y, width, height, stroke=int(bool(outline)), fill=int(bool(fill)))

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, ink: str, thickness: float = 0.5) -> None:
        self._canvas.setStrokeColor(HexColor(ink))
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x1, y1, x2, y2)

    def bars(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill boxes (x, y, width, height) in black in one stroke of the pen, so that none of two that meet shows a seam."""
        self._colour("#000000")
        path = self._canvas.beginPath()
        for box in boxes:
            path.rect(*box)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def picture(self, image: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture from its bottom left corner."""
        self._canvas.drawImage(image, x, y, width, height, mask="auto")

    def slanted(self, x: float, y: float, words: str, *, font: str, size: float, ink: str, degrees: float) -> None:
        """Draw one line of words turned about its start."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.rotate(degrees)
        self._canvas.setFillColor(HexColor(ink))
        self._canvas.setFont(font, size)
        self._canvas.drawString(0, 0, words)
        self._canvas.restoreState()

    def link(self, owner: Element, rectangle: tuple[float, float, float, float], *, url: str, words: str) -> None:
        """Make a rectangle of this page lead to an address or an anchor; `owner` is its Link element."""
        annotation = Annotation(self.page, rectangle, url, words)
        owner.kids.append(annotation)
        self.annotations.append(annotation)

    def place(self, anchor: str, y: float) -> None:
        """Remember where on the page an anchor stands."""
        self.places[anchor] = (self.page, y)

    def bookmark(self, title: str, level: int, y: float) -> None:
        """Put this height of the page in the reader's side panel; level 0 is the top one."""
        self.outline.append((title, level, self.page, y))

    def next_page(self) -> None:
        self._close()
        self._canvas.showPage()
        self._ink, self._font = "", ("", 0.0)
        self.page += 1
        self.owners.append([])

    def finish(self) -> bytes:
        """Return the file so far, without its structure."""
        self._close()
        self._canvas.save()
        return self._stream.getvalue()

    def _close(self) -> None:
        if self._owner is not None:
            self._canvas.addLiteral("EMC")
        self._owner = None

    def _colour(self, ink: str) -> None:
        if ink != self._ink:
            self._canvas.setFillColor(HexColor(ink))
            self._ink = ink
