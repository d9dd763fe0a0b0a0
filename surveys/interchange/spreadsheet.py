"""Spreadsheets of strangers, read as plain rows of text: .xlsx and .xls, with what could do harm refused before it is opened.

Sizes are checked before anything is unpacked, parts that hold programs or are locked are refused, entities are forbidden, and
only values are read: no formula is worked out, no link followed.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import xlrd

from surveys.interchange.archives import BROKEN, LOCKED, OLE, PROGRAMS, Limits, looked_through
from surveys.interchange.base import ImportRefused
from surveys.text import clean_text

MOST_BYTES = 10_000_000
MOST_XLS_BYTES = 4_000_000
MOST_UNPACKED = 16_000_000
MOST_PARTS = 500
MOST_TAGS = 400_000
"""A cell takes four tags and each of them memory, however few bytes they are written in."""
MOST_ROWS = 30_000
"""Rows that hold a cell, with words in it or not."""
MOST_CELLS = 250_000
LONGEST_CELL = 32_767
MOST_CHARACTERS = 5_000_000
"""All words of a workbook together: a word that stands once in the file may stand in every cell."""

TOO_LARGE = "The file is too large: a questionnaire has at most a few thousand rows. Save the form's sheets alone in a new file."
LIMITS = Limits(
    parts=MOST_PARTS, unpacked=MOST_UNPACKED, tags=MOST_TAGS, rows=MOST_TAGS, run=MOST_UNPACKED, too_large=TOO_LARGE
)


@dataclass(frozen=True)
class Cells:
    """A sheet: its name, and its rows that hold anything, by their number from 1."""

    name: str
    rows: dict[int, tuple[str, ...]]


def read_workbook(content: bytes) -> list[Cells]:
    """The sheets of a workbook, in order. Raises ImportRefused."""
    if len(content) > MOST_BYTES:
        raise ImportRefused(TOO_LARGE)
    return read_old_workbook(content) if content.startswith(OLE) else read_new_workbook(content)


class Budget:
    """What may still be read of a file."""

    def __init__(self) -> None:
        self.rows, self.cells, self.characters = MOST_ROWS, MOST_CELLS, MOST_CHARACTERS

    def row(self, values: tuple[Any, ...]) -> tuple[str, ...]:
        """A row as text. Raises ImportRefused once too much was read."""
        if not values:
            return ()
        self.rows -= 1
        self.cells -= len(values)
        texts = tuple(as_text(value) for value in values)
        self.characters -= sum(map(len, texts))
        if min(self.rows, self.cells, self.characters) < 0:
            raise ImportRefused(TOO_LARGE)
        return texts


def as_text(value: Any) -> str:
    """A cell's value as a person would have typed it: 18, not 18.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return clean_text(str(value)[:LONGEST_CELL])


# .xlsx ----------------------------------------------------------------------------------------------------------------------


def read_new_workbook(content: bytes) -> list[Cells]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            looked_through(archive, LIMITS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            budget = Budget()
            return [Cells(sheet.title, rows_of(sheet, budget)) for sheet in book.worksheets]
    except ImportRefused:
        raise
    # What a broken or hostile file raises is anything at all: every one of them means that it cannot be read.
    except Exception as error:
        raise ImportRefused(BROKEN) from error


def rows_of(sheet: Any, budget: Budget) -> dict[int, tuple[str, ...]]:
    """The rows of a sheet that hold anything."""
    # A sheet that claims to be a million rows high and 16,000 columns wide would be filled up to that.
    sheet.reset_dimensions()
    return dict(filled_rows(enumerate(sheet.iter_rows(values_only=True), start=1), budget))


def filled_rows(numbered: Any, budget: Budget) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, values in numbered:
        texts = budget.row(values)
        if any(texts):
            yield number, texts


# .xls -----------------------------------------------------------------------------------------------------------------------


def read_old_workbook(content: bytes) -> list[Cells]:
    if len(content) > MOST_XLS_BYTES:
        raise ImportRefused(TOO_LARGE)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ImportRefused(LOCKED)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise ImportRefused(PROGRAMS)
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
        budget = Budget()
        return [Cells(name, old_rows(book, book.sheet_by_name(name), budget)) for name in book.sheet_names()]
    except ImportRefused:
        raise
    except Exception as error:
        raise ImportRefused(LOCKED if "encrypted" in str(error).lower() else BROKEN) from error


def old_rows(book: Any, sheet: Any, budget: Budget) -> dict[int, tuple[str, ...]]:
    numbered = ((at + 1, tuple(old_value(book, cell) for cell in sheet.row(at))) for at in range(sheet.nrows))
    return dict(filled_rows(numbered, budget))


def old_value(book: Any, cell: Any) -> Any:
    """A cell's value: truths and dates are numbers in this format."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value
