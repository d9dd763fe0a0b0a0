"""Bars and squares that machines read: Code 128 at the foot of each page, a QR code on the cover. Sharp in any print."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from exports.formats.pdf.tags import TaggedCanvas
from exports.paper.editions import MILLIMETRE

BAR: Final = 0.25 * MILLIMETRE
"""The narrowest bar (ux.md §3.8)."""
BARS_HEIGHT: Final = 8 * MILLIMETRE
QUIET_BARS: Final = 10
"""White bars that a scanner needs on both sides (ISO/IEC 15417)."""
QUIET_SQUARES: Final = 4
"""White squares that a camera needs on all sides (ISO/IEC 18004)."""


def draw_bars(
    canvas: TaggedCanvas, text: str, *, x: float, y: float, height: float = BARS_HEIGHT, bar: float = BAR
) -> None:
    """Draw Code 128 with its first bar at x, for the owner that the canvas has now. The caller keeps the white beside it."""
    canvas.bars((x + start * bar, y, width * bar, height) for start, width in _bars(text))


def bars_width(text: str, *, bar: float = BAR) -> float:
    """The width from the first bar to the last, in points."""
    start, width = _bars(text)[-1]
    return (start + width) * bar


def draw_squares(canvas: TaggedCanvas, text: str, *, x: float, y: float, side: float) -> None:
    """Draw a QR code in a square of white that is `side` wide, its quiet zone in it."""
    rows = _squares(text)
    square = side / (len(rows) + 2 * QUIET_SQUARES)
    left, top = x + QUIET_SQUARES * square, y + side - QUIET_SQUARES * square
    canvas.bars(
        (left + start * square, top - (row + 1) * square, length * square, square)
        for row, squares in enumerate(rows)
        for start, length in _runs(squares)
    )


@lru_cache(maxsize=1_024)
def _bars(text: str) -> tuple[tuple[int, int], ...]:
    """(start, width) of each bar, in bar widths."""
    code = Code128(text, quiet=0)
    code.validate()
    code.encode()
    bars, start = [], 0
    for sign in code.decompose():
        # reportlab writes a bar of width n as the nth capital letter, a gap as the nth small one.
        width = ord(sign.upper()) - ord("A") + 1
        if sign.isupper():
            bars.append((start, width))
        start += width
    return tuple(bars)


@lru_cache(maxsize=64)
def _squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a QR code, True for black. It can still be read with 15 % of it lost."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(bool(square) for square in row) for row in code.modules)


def _runs(squares: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """(start, length) of each run of black squares."""
    start = None
    for index, is_black in enumerate((*squares, False)):
        if is_black and start is None:
            start = index
        elif not is_black and start is not None:
            yield start, index - start
            start = None
