"""What every file format answers to, and the plain content that formats are given.

A format is one file in this folder and a line in `FORMATS`. Document formats write a report
(`exports.document.Document`); table formats write rows (`RowStream`) or released tables (`TableBook`). Formats never
see a queryset or a raw count.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple

from exports.cells import Cell
from exports.document import Document

BLOCK_ROWS: Final = 2_000
"""Rows handled at a time: enough for speed, few enough that memory stays flat."""

SHORTHAND: Final = (
    ("[c]", "Hidden to protect people in small groups. It must not be read as zero."),
    ("[u]", "A percentage of 30 to 49 people: treat with care."),
    ("[x]", "Not available: a number that this table does not publish, or a percentage of fewer than 30 people."),
    ("[z]", "Not applicable: a base has no percentage."),
)
"""Symbols that stand for a number or go after one (Government Analysis Function)."""
PERCENTAGES: Final = (
    "Columns that end in (%) are whole percentages of the base of their column, worked out from the numbers shown."
)


class CannotWrite(ValueError):
    """A format cannot hold this content; the message says in plain words what to do instead."""


class Coded(NamedTuple):
    """One column of a block as a byte for each row, and the words for each code: `words[codes[row]]`. `words` covers
    every code that occurs.

    Keep one `words` object for the whole stream: writers prepare it once.
    """

    codes: bytes
    words: tuple[Cell, ...]


ColumnOfBlock = Sequence[Cell] | Coded


@dataclass(frozen=True)
class RowStream:
    """A plain table of any length: headings, and blocks of columns that are read once, in order.

    Use `of_rows` for rows made one by one; give `blocks` where columns are at hand, which is several times faster.
    """

    title: str
    headings: tuple[str, ...]
    blocks: Iterable[Sequence[ColumnOfBlock]]
    notes: tuple[str, ...] = ()

    @classmethod
    def of_rows(
        cls, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()
    ) -> "RowStream":
        return cls(title, tuple(headings), _blocks_of(rows), tuple(notes))

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Yield rows, holding one block at a time."""
        for block in self.blocks:
            yield from block_rows(block)


def block_rows(block: Sequence[ColumnOfBlock]) -> Iterator[Sequence[Cell]]:
    """Yield the rows of a block of columns."""
    return zip(*(column_values(column) for column in block), strict=True)


def column_values(column: ColumnOfBlock) -> Iterable[Cell]:
    """Return a column's values, codes as their words."""
    return map(column.words.__getitem__, column.codes) if isinstance(column, Coded) else column


def _blocks_of(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[ColumnOfBlock]]:
    remaining = iter(rows)
    while block := list(islice(remaining, BLOCK_ROWS)):
        yield list(zip(*block, strict=True))


class ShownCell(NamedTuple):
    """A released number: `shown` is the only form in which it may appear, `value` is None wherever `shown` is not that
    number."""

    value: int | float | None
    shown: str


@dataclass(frozen=True)
class ShownTable:
    """One released table, row by row, as formats write it. `by` names what the columns divide by, None for nothing.

    `percentages` has a row for each of `rows` and a cell for each of `columns`, or is empty where there are none.
    """

    title: str
    question: str
    by: str | None
    base: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ShownCell, ...]], ...]
    notes: tuple[str, ...] = ()
    percentages: tuple[tuple[ShownCell, ...], ...] = ()


@dataclass(frozen=True)
class TableBook:
    """Released tables of one consultation, the policy that released them, and the codebook where there is one.

    `policy` is the key of the small-number rule and `rule` says it in words; `mark` is said with every table
    ("Illustrative data"), "" for nothing.
    """

    consultation: str
    policy: str
    base: str
    tables: tuple[ShownTable, ...]
    codebook: RowStream | None = None
    rule: str = ""
    mark: str = ""


@dataclass(frozen=True)
class RowBook:
    """Rows with the codebook that explains them, for formats that hold more than one table."""

    stream: RowStream
    codebook: RowStream | None = None


TableContent = RowStream | RowBook | TableBook


class Format(ABC):
    """One kind of file. `write` puts the whole content on a binary stream; nothing is written where it raises
    CannotWrite at once."""

    name: str
    label: str
    extension: str
    content_type: str
    takes: tuple[type, ...]

    @abstractmethod
    def write(self, document: Any, stream: BinaryIO) -> None: ...


class DocumentFormat(Format):
    """Writes a report."""

    takes = (Document,)


class TableFormat(Format):
    """Writes rows or released tables."""

    takes = (RowStream, RowBook, TableBook)


def shown_or_number(cell: ShownCell) -> Cell:
    """A number where the shown form is that very number, so that a spreadsheet can add it up; else the words."""
    return cell.value if cell.value is not None and str(cell.value) == cell.shown else cell.shown


def tables_named(numbers: Sequence[int], *, of: int) -> str:
    """Which tables, runs as one: "Tables 1 to 3, 7"."""
    if len(numbers) == of:
        return "All tables"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    word = "Table" if len(numbers) == 1 else "Tables"
    return f"{word} {', '.join(' to '.join(map(str, run)) for run in runs)}"


def number_or_words(shown: str) -> Cell:
    """A shown number as a number, anything else as it is."""
    return int(shown) if shown.isdecimal() else shown
