"""Which font a character of a paper form is drawn with, and the refusal of a form that holds characters no font has.

Latin, Greek and Cyrillic letters and signs are in the typeface of all PDF files; Arabic, Urdu, Persian and Kurdish in a second
one. A report says a missing character in words; a form that people are to fill in is not printed with holes in it.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from exports.cells import clean_text
from exports.formats.pdf.right_to_left import holds_right_to_left
from exports.formats.pdf.typeface import BOLD, FONT_FOLDER, NON_JOINER, REGULAR, SHAPELESS, FontsMissing, load_typeface
from exports.paper.right_to_left import ISOLATES

ARABIC: Final = "NotoNaskhArabic-Regular"
ARABIC_BOLD: Final = "NotoNaskhArabic-Bold"
ARABIC_SCALE: Final = 1.2
"""How much larger the Arabic face is set: at one size its letters look smaller than the Latin ones beside them."""
FACES: Final = {False: (REGULAR, ARABIC), True: (BOLD, ARABIC_BOLD)}
"""The fonts tried in turn, by whether the words are bold."""


class MissingGlyphs(ValueError):
    """A form cannot be drawn: no font has these `characters` (in the order of their code points). `language` is the form's."""

    def __init__(self, characters: set[str], language: str) -> None:
        self.characters, self.language = "".join(sorted(characters)), language
        named = ", ".join(
            f"{character} (U+{ord(character):04X}, {unicodedata.name(character, 'without a name').lower()})"
            for character in self.characters
        )
        super().__init__(
            f"The paper form in the language “{language}” is not drawn, because its fonts have no sign for: {named}. "
            "Take these characters out of the words of the form, or make this form in another way."
        )


@lru_cache(maxsize=1)
def load_fonts() -> dict[str, frozenset[int]]:
    """Make all fonts known to reportlab: `{font: code points it draws}`. Raises FontsMissing. Takes 60 ms the first time."""
    drawn_by_typeface = load_typeface() - {ord(NON_JOINER)}
    drawn = {REGULAR: drawn_by_typeface, BOLD: drawn_by_typeface}
    for name in (ARABIC, ARABIC_BOLD):
        path = FONT_FOLDER / f"{name}.ttf"
        if not path.is_file():
            raise FontsMissing(path)
        font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        drawn[name] = frozenset(font.face.charToGlyph)
    return drawn


def drawable(text: str) -> str:
    """A text as it is set: in composed form, without what cannot be written and what has no shape of its own.

    Among Arabic letters a zero-width non-joiner stays, which keeps letters apart, and so do isolates.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", clean_text(text)).replace("\t", " ")
    if holds_right_to_left(text):
        return SHAPELESS.sub(lambda mark: mark[0] if mark[0] in ISOLATES else "", text)
    return SHAPELESS.sub("", text).replace(NON_JOINER, "")


def missing_from(text: str) -> set[str]:
    """The characters of a drawable text that no font has."""
    drawn = load_fonts()
    return {
        character
        for character in set(text) - {"\n", NON_JOINER, *ISOLATES}
        if not any(ord(character) in drawn[font] for font in FACES[False])
    }


def fonts_of(text: str, *, bold: bool) -> list[str]:
    """The font of each character. Spaces, punctuation and marks go with the letters before them, digits with Latin letters."""
    drawn, faces = load_fonts(), FACES[bold]
    found: list[str] = []
    wanted: Sequence[str]
    for character in text:
        point, wanted = ord(character), faces[::-1] if holds_right_to_left(character) else faces
        if found and unicodedata.category(character)[0] in "ZPMC" and point in drawn[found[-1]]:
            wanted = (found[-1], *faces)
        found.append(next((font for font in wanted if point in drawn[font]), wanted[0]))
    return found
