"""Workbooks of answers (.xlsx): their first sheet in plain view, row by row, its values only.

What could do harm is refused before anything is opened (`surveys.interchange.archives`). Formulas are not worked out, links not
followed, programs not looked at.
"""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from surveys.interchange.archives import BROKEN, LOCKED, Limits, looked_through
from surveys.interchange.base import ImportRefused

MOST_ROWS = 100_000
TOO_LARGE = (
    f"The file is too large to be read: {MOST_ROWS:,} rows are the most, and some 6 million cells. "
    "Split it into several files, or save the sheet of answers alone in a new file."
)
LIMITS = Limits(
    parts=500, unpacked=200_000_000, tags=24_000_000, rows=MOST_ROWS, run=400_000, too_large=TOO_LARGE, programs=True
)
"""A cell takes about four tags, and at most 32,767 characters."""
OLD = (
    "This is an old Excel file (.xls), or one that is not whole. Open it in a spreadsheet program, save it as .xlsx, and "
    "try once more."
)


def refuse_old(path: Path) -> None:
    """Raise ImportRefused for a workbook of the old kind, or one that a password protects."""
    raise ImportRefused(LOCKED if "EncryptedPackage".encode("utf-16-le") in path.read_bytes() else OLD)


class Workbook:
    """The first sheet in plain view of a workbook; `warnings` are sentences about the whole. Raises ImportRefused."""

    def __init__(self, path: Path):
        self.warnings: list[str] = []
        with zipfile.ZipFile(path) as archive:
            found = looked_through(archive, LIMITS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Opened here, for a file is told by what it holds and openpyxl would go by its name.
            book = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True, keep_links=False)
        in_view = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not in_view:
            raise ImportRefused(BROKEN)
        self.sheet = in_view[0]
        self.warn(len(book.worksheets), found.formulas, found.has_programs, book.epoch == CALENDAR_MAC_1904)

    def warn(self, sheets: int, formulas: int, has_programs: bool, from_1904: bool) -> None:
        """Say what of the workbook was left aside."""
        if sheets > 1:
            self.warnings.append(f"Only the sheet “{self.sheet.title}” is read. The workbook has {sheets - 1} more.")
        if formulas:
            self.warnings.append("Cells with formulas are read with the values that were saved with them.")
        if has_programs:
            self.warnings.append("The workbook holds programs (macros). They were not opened.")
        if from_1904:
            self.warnings.append(
                "The workbook counts days from 1904: a date must be in a cell that shows it as a date."
            )

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows with their numbers from 1, without the empty cells at their ends. Raises ImportRefused."""
        # A sheet that claims to be a million rows high and 16,000 columns wide would be filled up to that.
        self.sheet.reset_dimensions()
        for number, values in enumerate(self.sheet.iter_rows(values_only=True), start=1):
            texts = [as_typed(value) for value in values]
            while texts and not texts[-1]:
                texts.pop()
            yield number, texts


def as_typed(value: Any) -> str:
    """A cell's value as a person would have typed it: 18 and not 18.0, a date without the midnight of its day."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # As many digits as a spreadsheet keeps: 0.1 + 0.2 is 0.3 there.
        return f"{value:.15g}" if abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
