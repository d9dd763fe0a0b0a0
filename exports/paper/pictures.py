"""The pictures of an easy read form: beside the words they belong to, where reading starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from reportlab.lib.utils import ImageReader

from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import Element, TaggedCanvas
from exports.paper.composing import Frame, place_figure, together
from exports.paper.editions import MILLIMETRE
from surveys.definition import words
from surveys.renderings import Picture

PictureFile = Callable[[str], bytes | None]
"""From the name of a picture's file to its bytes, None where there is none."""
SIDE: Final = 38 * MILLIMETRE
SIDE_OF_OPTION: Final = 16 * MILLIMETRE
BESIDE: Final = 4 * MILLIMETRE
DRAWABLE: Final = (".png", ".jpg", ".webp")
"""The sorts of files that a page can hold. A drawing of another sort is left out, and its words stand alone."""


@dataclass(frozen=True)
class Drawn:
    """A picture ready to be drawn in a square, with its words."""

    image: ImageReader
    alternative: str

    def draw(self, canvas: TaggedCanvas, owner: Element, *, left: float, top: float, side: float) -> None:
        """Draw it in a square whose top left corner is given, as large as fits, in the middle."""
        width, height = self.image.getSize()
        scale = side / max(width, height)
        width, height = width * scale, height * scale
        left, bottom = left + (side - width) / 2, top - (side + height) / 2
        canvas.belongs_to(owner)
        canvas.picture(self.image, left, bottom, width, height)
        place_figure(owner, left=left, bottom=bottom, width=width, height=height)


def drawn_picture(picture: Picture | None, picture_file: PictureFile, language: str) -> Drawn | None:
    """A picture as it is drawn; None where there is none that can be."""
    if picture is None or not picture.file.endswith(DRAWABLE):
        return None
    found = picture_file(picture.file)
    return Drawn(ImageReader(BytesIO(found)), words(picture.alt, language)) if found else None


def frame_beside(frame: Frame) -> Frame:
    """The rest of a frame when a picture stands where reading starts."""
    room = SIDE + BESIDE
    return replace(frame, width=frame.width - room, left=frame.left + (0 if frame.from_right else room))


def beside(picture: Drawn, owner: Element, strips: Sequence[Strip], frame: Frame) -> list[Strip]:
    """Strips with a picture beside them, in `frame`; they were set in `frame_beside` of it.

    Those that the picture reaches down to become one.
    """
    tall_enough = (count for count in range(1, len(strips)) if together(strips[:count]).height >= SIDE)
    count = next(tall_enough, len(strips))
    words_beside = together(strips[:count])

    def draw(canvas: TaggedCanvas, top: float) -> None:
        picture.draw(canvas, owner, left=frame.x(0, SIDE), top=top, side=SIDE)
        words_beside.draw(canvas, top)

    return [Strip(max(words_beside.height, SIDE), draw, gap=words_beside.gap), *strips[count:]]
