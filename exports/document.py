"""The report's own small model: sections, numbered paragraphs, tables, charts, quotes and parts that nobody has written.

A report is composed once, as a `Document`, and every document format writes the same one. Numbers reach it as the
strings a released table shows; a chart's lengths come from the same protected values. Nothing here knows how a page is
drawn. Pure: no Django, no files.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

NO_DATA: Final = "No data"
"""What an empty table cell says: a screen reader passes over an empty cell in silence."""

CHART_KINDS: Final = ("bars", "stacked", "against_population")
MOST_SERIES: Final = {"bars": 4, "stacked": 5, "against_population": 2}

_BASE_AT_END = re.compile(r"\((base|bases): [^()]+\)$")
_LINK_SCHEMES = ("https://", "mailto:", "#")


class DocumentError(ValueError):
    """A report was put together in a way that no reader should meet; the message says what to put right."""


@dataclass(frozen=True)
class Strong:
    """Words in bold inside a paragraph."""

    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: an https or mailto address, or "#" and the anchor of a section, table or figure in
    this document."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(_LINK_SCHEMES):
            raise DocumentError(
                f"A link in a report leads to https, mailto or a place in the report, not to {self.url[:60]!r}"
            )


Inline = str | Strong | Link
Text = str | tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text; numbered within its section ("4.12") unless told otherwise, so that a committee can point at it."""

    text: Text
    numbered: bool = True


@dataclass(frozen=True)
class Bullets:
    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Inset:
    """A remark set apart from the text: a caveat, a rule, a note on method."""

    text: Text
    heading: str = ""


@dataclass(frozen=True)
class Quote:
    """A person's own words, and at most two traits of who said them."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Column:
    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A plain table: the first cell of a row names the row. Cells are strings already fit to be shown; an empty one
    becomes "No data"."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise DocumentError(
                    f"A row of {self.caption!r} has {len(row)} cells under {len(self.columns)} headings"
                )
            if not all(isinstance(cell, str) for cell in row):
                raise DocumentError(f"{self.caption!r} holds a bare number: show only what a released table shows")
        shown = tuple(tuple(cell if cell.strip() else NO_DATA for cell in row) for row in self.rows)
        object.__setattr__(self, "rows", shown)
        object.__setattr__(self, "notes", tuple(note for note in self.notes if note.strip()))


@dataclass(frozen=True)
class Point:
    """One length in a chart. `value` is the protected number, None where it is hidden; `shown` is the only form in
    which it is written."""

    value: float | None
    shown: str

    def __post_init__(self) -> None:
        if self.value is not None and not (math.isfinite(self.value) and self.value >= 0):
            raise DocumentError(f"A chart cannot draw {self.value!r}: lengths are finite and not negative")


@dataclass(frozen=True)
class ChartRow:
    """One answer, group or statement: a point for each series. `outside` stands apart from a stacked bar, as "I do not
    know" does."""

    label: str
    points: tuple[Point, ...]
    outside: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture of a table that follows it.

    `title` states the finding or the question and ends with its base: "(base: 412 people who answered)". `series`
    names the points of every row, in order; leave it empty for plain bars. `alternative` is one sentence for people
    who do not see the picture. `whole` is what a bar all across the room for bars stands for: 100 for percentages, a base
    for the people in it; None where the longest bar fills the room.
    """

    kind: str
    title: str
    rows: tuple[ChartRow, ...]
    alternative: str
    subtitle: str = ""
    series: tuple[str, ...] = ()
    outside: str = ""
    whole: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in CHART_KINDS:
            raise DocumentError(f"There is no chart of kind {self.kind!r}: use one of {', '.join(CHART_KINDS)}")
        if not _BASE_AT_END.search(self.title):
            raise DocumentError(
                f'The chart title {self.title!r} must end with its base, as in "(base: 412 people who answered)"'
            )
        if not self.alternative.strip():
            raise DocumentError(f"The chart {self.title!r} needs a sentence for people who do not see it")
        if self.whole is not None and not (math.isfinite(self.whole) and self.whole > 0):
            raise DocumentError(f"The chart {self.title!r} cannot be drawn as parts of {self.whole!r}")
        width = len(self.series) or 1
        fewest = {"bars": 1, "stacked": 2, "against_population": 2}[self.kind]
        if not fewest <= width <= MOST_SERIES[self.kind]:
            raise DocumentError(f"A chart of kind {self.kind!r} does not take {width} series")
        if any(len(row.points) != width for row in self.rows):
            raise DocumentError(f"Every row of the chart {self.title!r} needs {width} points")


@dataclass(frozen=True)
class Unwritten:
    """Something that only a person may write and nobody has, as the effect on a group in an equality impact assessment. It says
    so in words: an empty box would leave a reader to guess."""

    label: str
    words: str = "Nobody has written this part."


@dataclass(frozen=True)
class Definitions:
    """Terms and what they mean."""

    items: tuple[tuple[str, Text], ...]


Block = Paragraph | Bullets | Inset | Quote | Table | Chart | Unwritten | Definitions


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `level` 1 to 3, never skipping one.

    `number` of a level 1 section: None counts on from the one before, any other text is used as it is ("0", "A"), ""
    means no number, and then its paragraphs have none either.
    """

    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    number: str | None = None
    starts_page: bool = False

    def __post_init__(self) -> None:
        if not self.heading.strip():
            raise DocumentError("A section of a report needs a heading")
        for block, following in pairwise((*self.blocks, None)):
            if isinstance(block, Chart) and not isinstance(following, Table):
                raise DocumentError(f"The chart {block.title!r} needs its table right after it")


@dataclass(frozen=True)
class Document:
    """A whole report. `mark` ("Illustrative data", "Interim") is shown on every page, and where `repeats_mark` with every section
    too, for formats without pages; `date` is a line of words, not a moment."""

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    organisation: str = ""
    date: str = ""
    mark: str = ""
    language: str = "en-GB"
    repeats_mark: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise DocumentError("A report needs a title")
        self._check_levels()
        self._check_links()

    def _check_levels(self) -> None:
        above = 0
        for section in self.sections:
            if not 1 <= section.level <= min(3, above + 1):
                raise DocumentError(
                    f"The heading {section.heading!r} skips a level: it may be at most level {min(3, above + 1)}"
                )
            above = section.level

    def _check_links(self) -> None:
        anchors = {placed.anchor for section in placed_sections(self) for placed in section.blocks}
        anchors |= {section.anchor for section in placed_sections(self)}
        for link in _links(self):
            if link.url[0] == "#" and link.url[1:] not in anchors:
                raise DocumentError(f"A link leads to {link.url!r}, which is not in the report")


@dataclass(frozen=True)
class Placed:
    """A block with its number in the document ("4.12", "Table 3", "Figure 2", or "") and an anchor unique in it
    ("table-3", or "")."""

    block: Block
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class PlacedSection:
    """A section as every format shows it: `heading` includes its number; `anchor` is unique in the document."""

    heading: str
    level: int
    anchor: str
    blocks: tuple[Placed, ...]
    starts_page: bool


def placed_sections(document: Document) -> tuple[PlacedSection, ...]:
    """Return the document's sections with sections, paragraphs, tables and figures numbered, the same in every format."""
    numbers = _Numbers()
    return tuple(numbers.section(section, index) for index, section in enumerate(document.sections, start=1))


def inline_parts(text: Text) -> tuple[Inline, ...]:
    """Return the parts of a text, a plain string being one part."""
    return (text,) if isinstance(text, str) else text


def plain_text(text: Text) -> str:
    """Return the words of a text without their dress."""
    return "".join(part if isinstance(part, str) else part.text for part in inline_parts(text))


def _links(document: Document) -> Iterator[Link]:
    texts: list[Text] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph | Inset):
                texts.append(block.text)
            elif isinstance(block, Bullets):
                texts.extend(block.items)
            elif isinstance(block, Definitions):
                texts.extend(meaning for _, meaning in block.items)
    for text in texts:
        yield from (part for part in inline_parts(text) if isinstance(part, Link))


class _Numbers:
    """The running numbers of one document."""

    def __init__(self) -> None:
        self._sections = 0
        self._section = ""
        self._paragraphs = 0
        self._tables = 0
        self._figures = 0

    def section(self, section: Section, index: int) -> PlacedSection:
        heading = section.heading
        if section.level == 1:
            self._enter(section)
            heading = f"{self._section} {heading}".strip()
        return PlacedSection(
            heading, section.level, f"section-{index}", tuple(self._blocks(section)), section.starts_page
        )

    def _enter(self, section: Section) -> None:
        self._paragraphs = 0
        if section.number is not None:
            self._section = section.number
            return
        self._sections += 1
        self._section = str(self._sections)

    def _blocks(self, section: Section) -> Iterator[Placed]:
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.numbered and self._section:
                self._paragraphs += 1
                number = f"{self._section}.{self._paragraphs}"
                yield Placed(block, number, f"paragraph-{number.replace('.', '-')}")
            elif isinstance(block, Table):
                self._tables += 1
                yield Placed(block, f"Table {self._tables}", f"table-{self._tables}")
            elif isinstance(block, Chart):
                self._figures += 1
                yield Placed(block, f"Figure {self._figures}", f"figure-{self._figures}")
            else:
                yield Placed(block)
