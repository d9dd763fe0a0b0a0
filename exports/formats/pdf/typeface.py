"""The typeface of PDF files: loading it, measuring words, breaking lines, and saying in words what it has no sign for.

PDF/UA asks that every font is embedded, and that every character drawn has a glyph and a Unicode value; so text goes
through `printable` first. Fonts are fetched at set-up and never committed.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from exports.cells import clean_text
from exports.formats.pdf.right_to_left import holds_right_to_left

FONT_FOLDER: Final = Path(__file__).resolve().parents[3] / ".assets" / "fonts"
REGULAR: Final = "DejaVuSans"
BOLD: Final = "DejaVuSans-Bold"

# Direction marks and overrides reorder what stands around them; joiners and variation selectors have no shape of their
# own.
SHAPELESS: Final = re.compile(
    "[\u00ad\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
NON_JOINER: Final = "\u200c"


class FontsMissing(RuntimeError):
    """The typeface was not fetched at set-up."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The typeface for PDF files is missing ({path.name}): run `make setup`")


@dataclass
class Substitutions:
    """How many characters of a document were said in words because the typeface has no sign for them."""

    count: int = field(default=0)


@lru_cache(maxsize=1)
def load_typeface() -> frozenset[int]:
    """Make the fonts known to reportlab and return the code points that both weights can draw, and the non-joiner.

    Raises FontsMissing. Takes 30 ms the first time.
    """
    drawable: set[int] | None = None
    for name in (REGULAR, BOLD):
        path = FONT_FOLDER / f"{name}.ttf"
        if not path.is_file():
            raise FontsMissing(path)
        font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        points = set(font.face.charToGlyph)
        drawable = points if drawable is None else drawable & points
    return frozenset(drawable or ()) | {ord(NON_JOINER)}


def printable(text: str, substitutions: Substitutions) -> str:
    """Return the text with every character drawable; what is not becomes words: "[symbol: red heart]", "[words in
    Bengali script]"."""
    if text.isascii() and text.isprintable():
        return text
    text = SHAPELESS.sub("", unicodedata.normalize("NFC", clean_text(text))).replace("\t", " ")
    if not holds_right_to_left(text):  # there it shapes the letters beside it, and `joined` takes it out
        text = text.replace(NON_JOINER, "")
    drawable = load_typeface()
    if all(ord(character) in drawable or character == "\n" for character in text):
        return text
    return _Replacement(text, drawable, substitutions).text()


class _Replacement:
    """One text in which some characters have no glyph. A script that lacks one letter is replaced throughout, for half
    a word helps nobody."""

    def __init__(self, text: str, drawable: frozenset[int], substitutions: Substitutions) -> None:
        self._text, self._drawable, self._substitutions = text, drawable, substitutions
        missing = {character for character in text if ord(character) not in drawable and character != "\n"}
        self._scripts = {_script(character) for character in missing} - {""}

    def text(self) -> str:
        pieces: list[str] = []
        open_script = space = ""
        for character in self._text:
            script = _script(character)
            if script not in self._scripts and (character == "\n" or ord(character) in self._drawable):
                if open_script and character == " ":
                    space = character
                    continue
                pieces.append(space + character)
                open_script = space = ""
                continue
            self._substitutions.count += 1
            before, space = space, ""
            if script in self._scripts and script != open_script:
                pieces.append(f"{before}[words in {script} script]")
                open_script = script
            elif script not in self._scripts and not (open_script and unicodedata.category(character)[0] == "P"):
                pieces.append(f"{before}[symbol: {unicodedata.name(character, 'without a name').lower()}]")
        return "".join(pieces)


@lru_cache(maxsize=4_096)
def _script(character: str) -> str:
    """The script of a letter or mark by its Unicode name ("Bengali"), or "" for a sign, a digit that many scripts
    share, or a Latin letter."""
    if character.isascii() or unicodedata.category(character)[0] not in "LMN":
        return ""
    return unicodedata.name(character, "unknown").split()[0].title().replace("Latin", "").replace("Cjk", "Chinese")


@lru_cache(maxsize=50_000)
def _unit_width(text: str, font: str) -> float:
    return pdfmetrics.stringWidth(text, font, 1)


def text_width(text: str, size: float, font: str = REGULAR) -> float:
    """Width of a text in points. Words are measured once and remembered."""
    if " " not in text:
        return _unit_width(text, font) * size
    space = _unit_width(" ", font)
    words = text.split(" ")
    return (sum(_unit_width(word, font) for word in words) + space * (len(words) - 1)) * size


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one font and, where they are a link, its address."""

    text: str
    font: str = REGULAR
    url: str = ""


Line = tuple[Run, ...]


def broken_lines(runs: tuple[Run, ...], *, width: float, size: float) -> list[Line]:
    """Break text into lines no wider than `width` points; "\\n" ends a line. Each line but a paragraph's last ends in
    a space, which a reader of the text layer needs between two words. Cost grows with the number of words."""
    breaker = _Breaker(width=width / size)
    for run in runs:
        for index, text in enumerate(run.text.split("\n")):
            if index:
                breaker.end_line()
            breaker.add(text, run.font, run.url)
    breaker.end_line()
    return breaker.lines


class _Breaker:
    """Fills lines word by word; widths are in units of the type size."""

    def __init__(self, *, width: float) -> None:
        self.width = width
        self.lines: list[Line] = []
        self._line: list[Run] = []
        self._used = 0.0

    def end_line(self) -> None:
        self.lines.append(tuple(self._line))
        self._line, self._used = [], 0.0

    def add(self, text: str, font: str, url: str) -> None:
        """Set one run, in as many lines as it takes."""
        space = _unit_width(" ", font)
        words: list[str] = []
        for index, word in enumerate(text.split(" ")):
            needed = _unit_width(word, font) + (space if index else 0.0)
            if self._used + needed > self.width and (self._line or words):
                self._keep([*words, ""] if words else words, font, url)
                self.end_line()
                words, needed = [], needed - (space if index else 0.0)
            if needed > self.width:
                *full, word = _broken_word(word, font, self.width)
                for piece in full:
                    self._keep([piece], font, url)
                    self.end_line()
                needed = _unit_width(word, font)
            words.append(word)
            self._used += needed
        self._keep(words, font, url)

    def _keep(self, words: list[str], font: str, url: str) -> None:
        if words and (text := " ".join(words)):
            self._line.append(Run(text, font, url))


def _broken_word(word: str, font: str, width: float) -> list[str]:
    """Cut a word that is wider than a line into pieces that fit, in one pass; a single character always fits."""
    pieces, start, used = [], 0, 0.0
    for index, character in enumerate(word):
        needed = _unit_width(character, font)
        if used + needed > width and index > start:
            pieces.append(word[start:index])
            start, used = index, 0.0
        used += needed
    return [*pieces, word[start:]]
