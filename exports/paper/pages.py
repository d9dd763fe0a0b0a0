"""Pages from blocks: a block is never parted by the end of a page, unless no page could hold it.

Nothing is drawn here. A form is made up several times, until the page numbers that its routes name are those it comes to.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from exports.formats.pdf.strips import Page, Strip

FEWEST_ALONE: Final = 2
"""A block that is parted leaves no fewer strips than this to its last page."""
ROUNDING: Final = 0.01


class TooTall(ValueError):
    """One option, statement or paragraph is taller than a page. `anchor` says whose it is ("a3"), "" for none."""

    def __init__(self, anchor: str) -> None:
        self.anchor = anchor
        where = f"the question “{anchor.partition('#')[0]}”" if anchor else "a text of the form"
        super().__init__(f"The paper form is not drawn: {where} has words that are longer than a page. Shorten them.")


@dataclass(frozen=True)
class Block:
    """Strips that stay on one page. One that no page holds begins a new page and is parted between its strips, with `again` at
    the top of each page that it goes on to.

    `with_next` keeps it with the block after it. With `half`, it has half a page to itself.
    """

    strips: tuple[Strip, ...]
    anchor: str = ""
    again: tuple[Strip, ...] = ()
    with_next: bool = False
    starts_page: bool = False
    half: bool = False


@dataclass(frozen=True)
class Placed:
    """Where a block came to stand: pages from 1, the distance of its top from that of the first one's frame, and its height."""

    anchor: str
    pages: tuple[int, ...]
    top: float
    height: float


class PageMaker:
    """Puts blocks on pages whose frames are `height` points tall. `pages` and `placed` are what came of it."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: list[Page] = []
        self.placed: list[Placed] = []
        self._used = 0.0

    def put(self, blocks: Iterable[Block]) -> None:
        """Put blocks in order, after those already there."""
        for chain in _chains(blocks):
            self._put_chain(chain)

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self._used = 0.0

    def page_of(self, anchor: str) -> int | None:
        """The page that a block begins on, None where there is no such block."""
        return next((placed.pages[0] for placed in self.placed if placed.anchor == anchor), None)

    def _put_chain(self, chain: Sequence[Block]) -> None:
        needed = sum(_height(block) for block in chain) - chain[0].strips[0].gap
        if not self.pages:
            self.turn()
        if chain[0].half:
            self._go_to_half(needed, gap=chain[0].strips[0].gap)
        elif self._used and (chain[0].starts_page or self._used + chain[0].strips[0].gap + needed > self.height):
            self.turn()
        *before, last = chain
        for block in before:
            self._place(block, [block.strips])
        if before and self._used + last.strips[0].gap + last.strips[0].height > self.height:
            self.turn()
        self._place(last, [last.strips] if needed <= self.height else self._parted(last))

    def _go_to_half(self, needed: float, *, gap: float) -> None:
        """Go on to the next half page, which begins without its gap; to a whole one where a half is not, or was not, enough."""
        half = self.height / 2
        if self._used and (self._used > half or needed > half):
            self.turn()
        elif self._used:
            self._used = half - gap

    def _parted(self, block: Block) -> list[Sequence[Strip]]:
        """The strips of a tall block by page, this one first."""
        left = self.height - self._used
        parts: list[list[Strip]] = [[]]
        for strip in block.strips:
            if parts[-1] and strip.gap + strip.height > left:
                parts.append([])
                left = self.height - sum(each.height + each.gap for each in block.again)
            parts[-1].append(strip)
            left -= strip.gap + strip.height
        while len(parts) > 1 and len(parts[-1]) < FEWEST_ALONE and len(parts[-2]) > FEWEST_ALONE + 1:
            parts[-1].insert(0, parts[-2].pop())
        return list(parts)

    def _place(self, block: Block, parts: Sequence[Sequence[Strip]]) -> None:
        """Put the parts of a block on this page and those after it."""
        first, top = len(self.pages), 0.0
        for index, part in enumerate(parts):
            if index:
                self.turn()
            for strip in (*(block.again if index else ()), *part):
                self._used += strip.gap if self._used else 0
                if self._used + strip.height > self.height + ROUNDING:
                    raise TooTall(block.anchor)
                if strip is block.strips[0]:
                    top = self._used
                self.pages[-1].append((strip, self._used))
                self._used += strip.height
        if block.anchor:
            pages = tuple(range(first, len(self.pages) + 1))
            self.placed.append(Placed(block.anchor, pages, top, _height(block) - block.strips[0].gap))


def _chains(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks that ask to stay together."""
    chain: list[Block] = []
    for block in blocks:
        chain.append(block)
        if not block.with_next:
            yield chain
            chain = []
    if chain:
        yield chain


def _height(block: Block) -> float:
    return sum(strip.gap + strip.height for strip in block.strips)
