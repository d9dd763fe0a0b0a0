"""Text that runs from right to left: which way each letter runs, and the shapes that letters take beside each other.

The levels are those of the Unicode Bidirectional Algorithm (UAX #9), by python-bidi, with its rule N0 for brackets added here:
without it "(NHS)" in the middle of an Urdu sentence loses a bracket. A test holds the outcome against another implementation.
The shapes are HarfBuzz's. Both are needed: reportlab draws code points one by one from left to right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, Final

import uharfbuzz
from bidi import algorithm
from reportlab.pdfbase import pdfmetrics

from exports.formats.pdf.right_to_left import is_right_to_left

OPENING: Final = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}
CLOSING: Final = {closing: opening for opening, closing in OPENING.items()}
FIRST_STRONG: Final = "\u2068"
ISOLATES: Final = "\u2066\u2068\u2069"
ISOLATE: Final = re.compile("([\u2066\u2068][^\u2066\u2068\u2069]*)\u2069")
OBJECT: Final = "\ufffc"
"""The sign that stands for an isolate: a neutral one."""
STRONG: Final = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
"""The direction that a type counts for among brackets: numbers count as right to left (rule N0)."""
_SHAPING = Lock()
"""Shaping gives a code to each glyph that no character stands for, in a table that all threads share."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shape: the character that the font file draws it for, its advance and offsets in units of the type size."""

    character: str
    advance: float
    right: float = 0.0
    up: float = 0.0


def levels_of(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of each character of a paragraph: odd ones run from right to left.

    What stands between LRI (U+2066) and PDI (U+2069) runs from left to right by itself, as a phone number or an address does;
    between FSI (U+2068) and PDI as its first letter does. For the words around it it is one sign: rules X5b and X5c.
    No isolate stands in another, and other direction marks are not known.
    """
    parts = ISOLATE.split(text)
    outside = _levels_alone(OBJECT.join(parts[::2]), right_to_left=right_to_left)
    levels: list[int] = []
    for index, part in enumerate(parts):
        if index % 2 == 0:
            levels += outside[: len(part)]
            outside = outside[len(part) :]
            continue
        around, outside = outside[0], outside[1:]
        begun, words = part[0], part[1:]
        backwards = begun == FIRST_STRONG and is_right_to_left(words)
        own = around + 1 if (around + 1) % 2 == backwards else around + 2
        inside = [level + own - backwards for level in _levels_alone(words, right_to_left=backwards)]
        levels += [around, *inside, around]
    return levels


def _levels_alone(text: str, *, right_to_left: bool) -> list[int]:
    """The levels of a text without direction marks."""
    base = int(right_to_left)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "LR"[base])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [character["level"] for character in storage["chars"]]


def visual_order(levels: Sequence[int]) -> list[int]:
    """The places of pieces of a line from left to right, by their levels: rule L2."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


@lru_cache(maxsize=20_000)
def shaped(text: str, font: str, *, right_to_left: bool) -> tuple[Glyph, ...]:
    """The shapes of a text of one font and one direction, from left to right. Remembered."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    typeface = pdfmetrics.getFont(font)
    with _SHAPING:
        face = typeface.hbFont()
        uharfbuzz.shape(face, buffer, {"kern": True, "liga": True})
        return tuple(
            glyph
            for shape, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
            if (glyph := _glyph(typeface, face, shape.codepoint, place)).advance or glyph.character != " "
        )


def shaped_width(text: str, font: str, *, right_to_left: bool) -> float:
    """The width of a shaped text in units of the type size."""
    return sum(glyph.advance for glyph in shaped(text, font, right_to_left=right_to_left))


def _glyph(typeface: Any, face: Any, number: int, place: Any) -> Glyph:
    """A shape by the character that draws it: one that has it already, or one of the private ones."""
    known = typeface.face.glyphToChar.get(number)
    point = known[0] if known else typeface.hbAddPrivate(face.glyph_to_string(number), number, place.x_advance)
    advance, right, up = (
        typeface.pdfScale(value) / 1000 for value in (place.x_advance, place.x_offset, place.y_offset)
    )
    return Glyph(chr(point), advance, right, up)


def _resolve_brackets(characters: list[dict[str, Any]], base: str) -> None:
    """Give each pair of brackets the direction of what is in it or stands before it: rule N0."""
    for start, end in sorted(_pairs(characters)):
        inside = {STRONG[each["type"]] for each in characters[start + 1 : end] if each["type"] in STRONG}
        if not inside:
            continue
        before = next((STRONG[each["type"]] for each in reversed(characters[:start]) if each["type"] in STRONG), base)
        direction = base if base in inside else before
        characters[start]["type"] = characters[end]["type"] = direction


def _pairs(characters: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """The places of brackets that belong together: definition BD16."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for place, character in enumerate(characters):
        sign = character["ch"]
        if sign in OPENING:
            opened.append((sign, place))
        elif sign in CLOSING:
            found = next((index for index in reversed(range(len(opened))) if opened[index][0] == CLOSING[sign]), None)
            if found is not None:
                pairs.append((opened[found][1], place))
                del opened[found:]
    return pairs
