"""The building blocks of a form's pages: text at its place in the frame, in both directions, and strips put together as one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportlab.lib.pagesizes import A4

from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import ARTEFACT, Element, TaggedCanvas
from exports.paper.editions import MILLIMETRE, Size
from exports.paper.setting import SetText, Style, Typesetter, Words, draw_text, is_from_right

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN: Final = 20 * MILLIMETRE
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
FRAME_HEIGHT: Final = PAGE_HEIGHT - 2 * MARGIN
RULE_INK: Final = "#000000"


@dataclass(frozen=True)
class Frame:
    """The room between the margins, read from the left or `from_right`. Offsets count from where reading starts."""

    from_right: bool = False
    left: float = MARGIN
    width: float = WIDTH

    def x(self, offset: float, width: float) -> float:
        """The left edge of something `width` wide whose near edge is `offset` from where reading starts."""
        return self.left + (self.width - offset - width if self.from_right else offset)


@dataclass
class Composer:
    """What blocks of one form are made with. `page_of` tells the page of an anchor, as far as it is known."""

    size: Size
    typesetter: Typesetter
    root: Element
    page_of: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, size: Size, language: str, page_of: dict[str, int]) -> "Composer":
        """A composer for a fresh document in a language."""
        return cls(size, Typesetter(language), Element("Document"), page_of)

    @property
    def language(self) -> str:
        return self.typesetter.language

    @property
    def body(self) -> Style:
        return Style(self.size.body, self.size.leading)

    @property
    def strong(self) -> Style:
        return replace(self.body, bold=True)

    @property
    def frame(self) -> Frame:
        """The frame as the form's own language is read."""
        return Frame(is_from_right(self.language))

    def heading(self, size: float) -> Style:
        return Style(size, size * 1.25, bold=True)

    def set(self, text: str | Sequence[Words], style: Style, *, offset: float = 0.0, width: float = 0.0) -> SetText:
        """Set a text from an offset to the far margin, or in a width."""
        return self.typesetter.set(text, width=width or WIDTH - offset, style=style)

    def element(self, parent: Element, tag: str, text: SetText | None = None) -> Element:
        """A new element in a parent, which says its language where that is not the form's."""
        made = parent.add(tag)
        if text and text.language != self.language:
            made.language = text.language
        return made

    def text(
        self,
        text: str | Sequence[Words],
        style: Style,
        *,
        tag: str = "P",
        parent: Element | None = None,
        frame: Frame | None = None,
        offset: float = 0.0,
        gap: float = 0.0,
    ) -> Strip:
        """A text of its own element as one strip."""
        frame = frame or self.frame
        setting = self.typesetter.set(text, width=frame.width - offset, style=style)
        owner = self.element(parent or self.root, tag, setting)
        return text_strip(owner, setting, frame, offset=offset, gap=gap)


def text_strip(owner: Element | str, text: SetText, frame: Frame, *, offset: float = 0.0, gap: float = 0.0) -> Strip:
    """A set text as one strip, `offset` from where reading starts."""
    width = frame.width - offset

    def draw(canvas: TaggedCanvas, top: float) -> None:
        draw_text(canvas, owner, text, left=frame.x(offset, width), width=width, top=top)

    return Strip(text.height, draw, gap=gap)


def together(strips: Sequence[Strip]) -> Strip:
    """Strips one below the other as one that is never parted; the gap is the first one's."""

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for index, strip in enumerate(strips):
            top -= strip.gap if index else 0.0
            strip.draw(canvas, top)
            top -= strip.height

    return Strip(
        sum(strip.height for strip in strips) + sum(strip.gap for strip in strips[1:]), draw, gap=strips[0].gap
    )


def rule_strip(*, thickness: float, gap: float) -> Strip:
    """A line from margin to margin."""

    def draw(canvas: TaggedCanvas, top: float) -> None:
        canvas.belongs_to(ARTEFACT)
        canvas.rule(MARGIN, top - thickness / 2, MARGIN + WIDTH, top - thickness / 2, ink=RULE_INK, thickness=thickness)

    return Strip(thickness, draw, gap=gap)


def barred(strip: Strip, frame: Frame, *, thickness: float = 3.0, offset: float = 0.0) -> Strip:
    """A strip with an upright line where reading starts."""

    def draw(canvas: TaggedCanvas, top: float) -> None:
        canvas.belongs_to(ARTEFACT)
        canvas.box(frame.x(offset, thickness), top - strip.height, thickness, strip.height, fill=RULE_INK)
        strip.draw(canvas, top)

    return replace(strip, draw=draw)


def boxed(strips: Sequence[Strip], frame: Frame, *, padding: float, gap: float, thickness: float = 1.5) -> Strip:
    """Strips in an outlined box from margin to margin."""
    inside = together([replace(strips[0], gap=0.0), *strips[1:]])

    def draw(canvas: TaggedCanvas, top: float) -> None:
        canvas.belongs_to(ARTEFACT)
        canvas.box(
            frame.left, top - inside.height - 2 * padding, frame.width, inside.height + 2 * padding,
            outline=RULE_INK, thickness=thickness,
        )  # fmt: skip
        inside.draw(canvas, top - padding)

    return Strip(inside.height + 2 * padding, draw, gap=gap)


def figure(parent: Element, alternative: str) -> Element:
    """An element for something drawn that is not text; `place_figure` says where it is."""
    return parent.add("Figure", alternative=alternative)


def place_figure(owner: Element, *, left: float, bottom: float, width: float, height: float) -> None:
    """Say where on its page a figure stands (ISO 32000-1, 14.8.5.4.3)."""
    edges = [round(edge, 2) for edge in (left, bottom, left + width, bottom + height)]
    owner.attributes["Layout"] = {"BBox": edges}
