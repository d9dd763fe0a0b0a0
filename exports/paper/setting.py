"""Text on paper forms, in any direction: broken into lines as it is written, each line drawn in the order in which it is seen.

Lines are drawn piece by piece in the order of the words, so that a reader of the file gets them in that order; what stands for
letters in other shapes carries the letters themselves (ActualText, ISO 32000-1, 14.9.4).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from exports.formats.pdf.right_to_left import holds_right_to_left, is_right_to_left
from exports.formats.pdf.tags import Element, TaggedCanvas
from exports.formats.pdf.typeface import BOLD, REGULAR, Run, broken_lines, text_width
from exports.paper.right_to_left import ISOLATES, Glyph, levels_of, shaped, shaped_width, visual_order
from exports.paper.scripts import ARABIC, ARABIC_BOLD, ARABIC_SCALE, drawable, fonts_of, missing_from
from surveys.definition import Borrowed

INK: Final = "#000000"
STAFF_INK: Final = "#4C6272"
"""For what only staff read: enough contrast, and lighter than the form's own words."""
NATURAL: Final = 0.0005
"""How far an advance may be from a glyph's own width, in units of the type size, before the glyph is placed by hand."""
NO_BREAK: Final = "\u00a0"
BETWEEN_DIGITS: Final = re.compile(r"(?<=\d) (?=\d)")
"""The spaces of a phone number: among letters that run from right to left, an ordinary one would put its parts in reverse."""
LEADING_OF_ARABIC: Final = 1.25
"""Marks above and below the line need more room between lines."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: its size and leading in points."""

    size: float
    leading: float
    bold: bool = False
    ink: str = INK


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that is bold or not. `Sequence[Words]` is one text."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line in one font and one direction. `x` is its left edge from that of the line; `glyphs` are empty where its
    characters are drawn as they are."""

    text: str
    font: str
    size: float
    width: float
    level: int = 0
    x: float = 0.0
    glyphs: tuple[Glyph, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces in the order of the words, and the width from the first edge to the last."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True)
class SetText:
    """Lines of a text in a language. `from_right`: they begin at the right edge."""

    lines: tuple[Line, ...]
    style: Style
    leading: float
    language: str
    from_right: bool

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, in points."""
        return self.leading * len(self.lines)


@dataclass
class Typesetter:
    """Sets the texts of one form in a language, and gathers the characters `missing` from all fonts."""

    language: str
    missing: set[str] = field(default_factory=set)

    def set(self, text: str | Sequence[Words], *, width: float, style: Style) -> SetText:
        """Break a text into lines no wider than `width` points."""
        runs = [Words(text, style.bold)] if isinstance(text, str) else list(text)
        runs = [Words(drawable(run.text), run.bold) for run in runs]
        whole = "".join(run.text for run in runs)
        if holds_right_to_left(whole):
            runs = [Words(BETWEEN_DIGITS.sub(NO_BREAK, run.text), run.bold) for run in runs]
            whole = "".join(run.text for run in runs)
        self.missing |= missing_from(whole)
        language = language_of(text, self.language)
        if not holds_right_to_left(whole):
            plain = tuple(_plain_lines(runs, width, style))
            return SetText(plain, style, style.leading, language, is_from_right(language))
        from_right = is_from_right(language) or is_right_to_left(whole)
        lines = [line for part in _paragraphs(runs) for line in _Paragraph(part, style, from_right).lines(width)]
        return SetText(tuple(lines), style, style.leading * LEADING_OF_ARABIC, language, from_right)


RIGHT_TO_LEFT_LANGUAGES: Final = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def is_from_right(language: str) -> bool:
    """Whether pages in a language are read from the right."""
    return language.partition("-")[0] in RIGHT_TO_LEFT_LANGUAGES


def language_of(text: str | Sequence[Words], language: str) -> str:
    """The language a text is in: the form's, unless it is marked as being in another for want of a translation."""
    if isinstance(text, str):
        return text.language if isinstance(text, Borrowed) else language
    return next((language_of(run.text, language) for run in text), language)


def draw_text(
    canvas: TaggedCanvas, owner: Element | str, text: SetText, *, left: float, width: float, top: float
) -> None:
    """Draw a text from its top, between two edges."""
    for index, line in enumerate(text.lines):
        canvas.belongs_to(owner)
        baseline = top - index * text.leading - (text.leading + 0.7 * text.style.size) / 2
        draw_line(
            canvas, line, x=left + (width - line.width if text.from_right else 0), baseline=baseline, ink=text.style.ink
        )


def draw_line(canvas: TaggedCanvas, line: Line, *, x: float, baseline: float, ink: str) -> None:
    """Draw one line from its left edge, for the owner that the canvas has now."""
    for piece in line.pieces:
        if not piece.glyphs:
            canvas.text(x + piece.x, baseline, piece.text, font=piece.font, size=piece.size, ink=ink)
            continue
        with canvas.spoken(piece.text):
            for start, up, glyphs in _strokes(piece):
                canvas.text(x + piece.x + start, baseline + up, glyphs, font=piece.font, size=piece.size, ink=ink)


def _strokes(piece: Piece) -> Iterator[tuple[float, float, str]]:
    """What is drawn at one go, as (distance from the piece's left edge, height, characters)."""
    x = 0.0
    begun, text = 0.0, ""
    for glyph in piece.glyphs:
        is_placed = bool(glyph.right or glyph.up)
        if text and is_placed:
            yield begun, 0.0, text
            text = ""
        if is_placed:
            yield x + glyph.right * piece.size, glyph.up * piece.size, glyph.character
        else:
            begun, text = begun if text else x, text + glyph.character
        x += glyph.advance * piece.size
        own = text_width(glyph.character, 1, piece.font)
        if text and abs(own - glyph.advance) > NATURAL:
            yield begun, 0.0, text
            text = ""
    if text:
        yield begun, 0.0, text


def _plain_lines(runs: Sequence[Words], width: float, style: Style) -> Iterator[Line]:
    """Lines of a text that runs from left to right and needs no shaping."""
    for line in broken_lines(
        tuple(Run(run.text, BOLD if run.bold else REGULAR) for run in runs), width=width, size=style.size
    ):
        pieces, x = [], 0.0
        for index, run in enumerate(line):
            across = text_width(run.text, style.size, run.font)
            pieces.append(Piece(run.text, run.font, style.size, across, x=x))
            x += across if index < len(line) - 1 else text_width(run.text.rstrip(), style.size, run.font)
        yield Line(tuple(pieces), x)


def _paragraphs(runs: Sequence[Words]) -> list[list[Words]]:
    """The runs parted at line ends."""
    parts: list[list[Words]] = [[]]
    for run in runs:
        for index, text in enumerate(run.text.split("\n")):
            if index:
                parts.append([])
            parts[-1].append(Words(text, run.bold))
    return parts


@dataclass(frozen=True, slots=True)
class _Letter:
    """One character with its font and its level."""

    character: str
    font: str
    level: int


class _Paragraph:
    """A paragraph that holds letters running from right to left."""

    def __init__(self, runs: Sequence[Words], style: Style, from_right: bool) -> None:
        self.style, self.from_right = style, from_right
        text = "".join(run.text for run in runs)
        fonts = [font for run in runs for font in fonts_of(run.text, bold=run.bold)]
        levels = levels_of(text, right_to_left=from_right)
        marked = [_Letter(*each) for each in zip(text, fonts, levels, strict=True)]
        self.letters = [letter for letter in marked if letter.character not in ISOLATES]

    def lines(self, width: float) -> Iterator[Line]:
        """The paragraph in lines no wider than `width`; a word that is wider has a line to itself."""
        line: list[_Letter] = []
        used = 0.0
        for word in self._words():
            needed = self._width(_without_space(word))
            if line and used + needed > width:
                yield self._line(line)
                line, used = [], 0.0
            line += word
            used += self._width(word)
        yield self._line(line)

    def _words(self) -> Iterator[list[_Letter]]:
        """Each word with the spaces after it."""
        word: list[_Letter] = []
        for letter in self.letters:
            if word and word[-1].character == " " and letter.character != " ":
                yield word
                word = []
            word.append(letter)
        if word:
            yield word

    def _width(self, letters: Sequence[_Letter]) -> float:
        return sum(piece.width for piece in self._pieces(letters))

    def _pieces(self, letters: Sequence[_Letter]) -> Iterator[Piece]:
        """Letters of one font and one level together, as they stand in the text."""
        for (font, level), group in groupby(letters, key=lambda letter: (letter.font, letter.level)):
            text = "".join(letter.character for letter in group)
            size = self.style.size * (ARABIC_SCALE if font in (ARABIC, ARABIC_BOLD) else 1)
            if level % 2 == 0 and size == self.style.size:
                yield Piece(text, font, size, text_width(text, size, font), level)
            else:
                backwards = level % 2 == 1
                glyphs = shaped(text, font, right_to_left=backwards)
                yield Piece(
                    text, font, size, shaped_width(text, font, right_to_left=backwards) * size, level, 0.0, glyphs
                )

    def _line(self, letters: Sequence[_Letter]) -> Line:
        """A line with every piece at its place. Spaces at its end take no room, and are read."""
        drawn = list(self._pieces(_without_space(letters)))
        places, x = [0.0] * len(drawn), 0.0
        for index in visual_order([piece.level for piece in drawn]):
            places[index] = x
            x += drawn[index].width
        placed = [
            Piece(
                piece.text + (" " if index == len(drawn) - 1 and len(letters) > len(_without_space(letters)) else ""),
                piece.font,
                piece.size,
                piece.width,
                piece.level,
                place,
                piece.glyphs,
            )
            for index, (piece, place) in enumerate(zip(drawn, places, strict=True))
        ]
        return Line(tuple(placed), x)


def _without_space(letters: Sequence[_Letter]) -> Sequence[_Letter]:
    end = len(letters)
    while end and letters[end - 1].character == " ":
        end -= 1
    return letters[:end]
