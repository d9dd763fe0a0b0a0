"""XLSX: one visible sheet for each table, plain values only.

What is published by mistake hides in workbooks: formulas, links, hidden sheets, authors' names. XlsxWriter makes "=…"
and addresses live unless told not to, so every string is written as a string; nothing else than sheets, and a sheet of
notes, is ever made.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, BinaryIO, Final

import xlsxwriter

from exports.cells import Cell, clean_text, sheet_text
from exports.formats.base import CannotWrite, RowStream, TableBook, TableContent, TableFormat, sheets_of

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
WIDEST: Final = 60
"""Limits of the format (Excel specifications and limits), and the widest column we set, in characters."""

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_OPTIONS: Final = {
    "constant_memory": True,
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
    "default_date_format": "d mmmm yyyy",
}
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Xlsx(TableFormat):
    name = "xlsx"
    label = "Excel workbook"
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, document: TableContent, stream: BinaryIO) -> None:
        """Write the workbook. Raises CannotWrite where a table has more rows or columns than a sheet."""
        sheets = sheets_of(document)
        with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
            # A fixed moment keeps the file the same for the same content; no author, manager or company is set.
            workbook.set_properties({"created": _LONG_AGO.replace(tzinfo=None)})
            styles = _Styles(workbook)
            names = _SheetNames()
            for sheet in sheets:
                _write_sheet(workbook.add_worksheet(names.of(sheet.title)), sheet, styles)
            if notes := list(_notes(document, sheets)):
                listing = RowStream.of_rows("Notes", ("Sheet", "Note"), notes)
                _write_sheet(workbook.add_worksheet(names.of("Notes")), listing, styles)


class _Styles:
    def __init__(self, workbook: Any) -> None:
        self.heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
        self.right = workbook.add_format({"align": "right"})
        self.moment = workbook.add_format({"num_format": "d mmmm yyyy hh:mm"})


class _SheetNames:
    """Sheet names as Excel takes them: at most 31 characters, some signs forbidden, no two alike whatever the case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, title: str) -> str:
        plain = _FORBIDDEN_IN_NAMES.sub(" ", clean_text(title).replace("\n", " ")).strip(" '") or "Table"
        name, number = plain[:31].strip(" '"), 2
        while name.casefold() in self._taken or name.casefold() == "history":
            ending = f" {number}"
            name, number = plain[: 31 - len(ending)].strip(" '") + ending, number + 1
        self._taken.add(name.casefold())
        return name


def _write_sheet(worksheet: Any, sheet: RowStream, styles: _Styles) -> None:
    if len(sheet.headings) > MOST_COLUMNS:
        raise CannotWrite(
            f"“{sheet.title}” has {len(sheet.headings):,} columns and an Excel sheet holds {MOST_COLUMNS:,}: download CSV"
        )
    for index, heading in enumerate(sheet.headings):
        worksheet.set_column(index, index, min(max(len(heading) + 2, 10), WIDEST))
        worksheet.write_string(0, index, sheet_text(heading), styles.heading)
    worksheet.freeze_panes(1, 0)
    for row, cells in enumerate(sheet.rows(), start=1):
        if row >= MOST_ROWS:
            raise CannotWrite(
                f"“{sheet.title}” has more rows than an Excel sheet holds ({MOST_ROWS - 1:,}): download CSV"
            )
        _write_row(worksheet, row, cells, styles)


def _write_row(worksheet: Any, row: int, cells: Sequence[Cell], styles: _Styles) -> None:
    """Write one row; an empty cell is left out."""
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell:
                worksheet.write_string(row, index, sheet_text(cell))
        elif cell is not None:
            _write_value(worksheet, row, index, cell, styles)


def _write_value(worksheet: Any, row: int, index: int, cell: Cell, styles: _Styles) -> None:
    if isinstance(cell, datetime):
        worksheet.write_datetime(row, index, cell, styles.moment)
    elif isinstance(cell, date):
        worksheet.write_datetime(row, index, cell)
    else:
        worksheet.write_number(row, index, cell)


def _notes(document: TableContent, sheets: Sequence[RowStream]) -> Iterable[Sequence[Cell]]:
    if isinstance(document, TableBook):
        yield ("All sheets", "[c] stands for a number that is hidden to protect people in small groups.")
    for sheet in sheets:
        for note in sheet.notes:
            yield (sheet.title, note)
