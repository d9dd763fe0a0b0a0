"""The editions of a paper form: standard, large print and easy read, each with sizes of its own (ux.md §3). Pure.

Large print is set in large type, never enlarged from the standard form: its lines break where they fit. Lengths are in points.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

MILLIMETRE: Final = 72 / 25.4


@dataclass(frozen=True)
class Size:
    """The sizes of one edition. `code` is for what only staff read: option codes, form code. `box` is a tick box's side, `line`
    the room between the rules of a writing box, `row_gap` the room between two options."""

    body: float
    code: float
    box: float
    line: float
    section: float
    title: float
    row_gap: float = 4 * MILLIMETRE
    spacing: float = 1.32
    between_questions: float = 24.0

    @property
    def leading(self) -> float:
        """From one line of text to the next."""
        return self.body * self.spacing

    def spacings(self) -> "Iterator[Size]":
        """The same sizes with lines and questions further apart or closer together, the widest first."""
        for spacing, between in ((1.32, 24.0), (1.27, 20.0), (1.22, 16.0)):
            yield replace(self, spacing=spacing, between_questions=between)


@dataclass(frozen=True)
class Edition:
    """One way of printing a questionnaire. `letter` tells its pages from those of the others in the form code.

    `variant` is whose words it has (`surveys.renderings.VARIANTS`), "" for the standard ones. With `halves`, each question has
    half a page to itself.
    """

    name: str
    label: str
    letter: str
    size: Size
    variant: str = ""
    halves: bool = False


STANDARD: Final = Size(body=14, code=9, box=6 * MILLIMETRE, line=9 * MILLIMETRE, section=20, title=28)
LARGE: Final = Size(body=18, code=12, box=8 * MILLIMETRE, line=12 * MILLIMETRE, section=24, title=32)
EASY: Final = Size(body=17, code=12, box=8 * MILLIMETRE, line=12 * MILLIMETRE, section=24, title=32)

EDITIONS: Final = {
    edition.name: edition
    for edition in (
        Edition("standard", "Paper form", "", STANDARD),
        Edition("large-print", "Large print paper form", "L", LARGE),
        Edition("easy-read", "Easy read paper form", "E", EASY, variant="easy_read", halves=True),
    )
}
"""Every edition by its name in addresses and commands."""
