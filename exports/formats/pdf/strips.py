"""Pages from strips: a report is cut into strips that no page break goes through, and the strips are put on pages.

Nothing is drawn while pages are made up, so a contents list can name the page of what comes after it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from exports.formats.pdf.tags import TaggedCanvas

Draw = Callable[[TaggedCanvas, float], None]
"""Draws a strip with its top at a height above the bottom of the page, in points."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A full-width piece of a page, `height` points tall.

    `gap` is the space above it, left out at the top of a page. `keep` holds it on one page with the strip that
    follows. `repeat` is drawn again above it where it begins a page: the header of a table. `anchors` are the places
    in the document that it stands for.
    """

    height: float
    draw: Draw
    gap: float = 0.0
    keep: bool = False
    repeat: "tuple[Strip, ...]" = ()
    starts_page: bool = False
    anchors: tuple[str, ...] = ()


Page = list[tuple[Strip, float]]
"""Strips with the distance of their tops from the top of the page's frame."""


def made_up_pages(strips: Iterable[Strip], *, height: float) -> list[Page]:
    """Put strips on pages whose frame is `height` points tall. Cost grows with the number of strips."""
    maker = _PageMaker(height)
    for chain in _chains(strips):
        maker.put(chain)
    return maker.pages


def pages_of_anchors(pages: list[Page]) -> dict[str, int]:
    """Return the page number, from 1, of each anchor."""
    return {
        anchor: number for number, page in enumerate(pages, start=1) for strip, _ in page for anchor in strip.anchors
    }


def _chains(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    """Group the strips that ask to stay together."""
    chain: list[Strip] = []
    for strip in strips:
        chain.append(strip)
        if not strip.keep:
            yield chain
            chain = []
    if chain:
        yield chain


class _PageMaker:
    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: list[Page] = [[]]
        self._used = 0.0

    def put(self, chain: list[Strip]) -> None:
        """Put a chain on this page, or on the next; one that no page could hold is cut between its strips."""
        needed = sum(strip.gap + strip.height for strip in chain)
        if chain[0].starts_page or (self._used + needed > self.height and self._fits_a_page(chain)):
            self._turn()
        for strip in chain:
            if self._used + strip.gap + strip.height > self.height:
                self._turn()
            self._put_one(strip)

    def _fits_a_page(self, chain: list[Strip]) -> bool:
        repeated = sum(strip.height for strip in chain[0].repeat)
        return repeated + sum(strip.gap + strip.height for strip in chain) - chain[0].gap <= self.height

    def _turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self._used = 0.0

    def _put_one(self, strip: Strip) -> None:
        if not self.pages[-1]:
            for header in strip.repeat:
                self.pages[-1].append((header, self._used))
                self._used += header.height
        elif strip.gap:
            self._used += strip.gap
        self.pages[-1].append((strip, self._used))
        self._used += strip.height
