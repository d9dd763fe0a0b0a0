"""XLSX: one visible sheet for each table, plain values only.

Released tables come as a list of contents, the notes, "Table 1" and onwards, and the codebook; rows of answers as one
sheet and the codebook. What is published by mistake hides in workbooks: formulas, links, hidden sheets, authors' names.
XlsxWriter makes "=…" and addresses live unless told not to, so every string is written as a string, and nothing else
than these sheets is ever made.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any, BinaryIO, Final, NamedTuple

import xlsxwriter

from exports.cells import Cell, clean_text, sheet_text
from exports.formats.base import (
    PERCENTAGES,
    SHORTHAND,
    CannotWrite,
    RowBook,
    RowStream,
    ShownCell,
    ShownTable,
    TableBook,
    TableContent,
    TableFormat,
    number_or_words,
    shown_or_number,
    tables_named,
)

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
WIDEST: Final = 60
"""Limits of the format (Excel specifications and limits), and the widest column we set, in characters."""
A4: Final = 9
NUMBER_WIDTH: Final = 14
LINE_HEIGHT: Final = 15

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
_LONG_AGO: Final = datetime(2000, 1, 1)  # noqa: DTZ001 -- a workbook has no time zones


class Xlsx(TableFormat):
    name = "xlsx"
    label = "Excel workbook"
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, document: TableContent, stream: BinaryIO) -> None:
        """Write the workbook. Raises CannotWrite where a table has more rows or columns than a sheet."""
        with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
            # A fixed moment keeps the file the same for the same content; no author, manager or company is set.
            workbook.set_properties({"created": _LONG_AGO})
            styles = _Styles(workbook)
            names = _SheetNames()
            for sheet in _sheets_of(document):
                _write_sheet(workbook.add_worksheet(names.of(sheet.stream.title)), sheet, styles)


class _Share(NamedTuple):
    """A whole percentage, written as a number that shows as one."""

    whole: int


@dataclass(frozen=True)
class _Sheet:
    """A table with the lines above and below it. The stream's title names the sheet; `widths` are of the first columns,
    in characters, the others following their headings."""

    stream: RowStream
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


def _sheets_of(content: TableContent) -> Iterator[_Sheet]:
    if isinstance(content, RowStream):
        yield _Sheet(content)
        return
    if isinstance(content, RowBook):
        yield _Sheet(content.stream)
    else:
        yield _contents(content)
        yield _notes(content)
        yield from (_table_sheet(number, table, content) for number, table in enumerate(content.tables, start=1))
    if content.codebook:
        yield _Sheet(content.codebook)


def _contents(book: TableBook) -> _Sheet:
    rows = [
        (f"Table {number}", table.title, table.question, table.by or "Not divided", number_or_words(table.base))
        for number, table in enumerate(book.tables, start=1)
    ]
    headings = ("Table", "Title", "Question", "Divided by", "Base")
    rule = (f"Small numbers: {book.rule}. [c] is a hidden number, not a zero.",) if book.rule else ()
    above = (
        book.consultation,
        " · ".join(filter(None, (f"Released tables: {len(book.tables)}", book.mark))),
        *rule,
        "",
    )
    return _Sheet(RowStream.of_rows("Contents", headings, rows), above, widths=(12, 80, 20, 36, 10))


def _notes(book: TableBook) -> _Sheet:
    """What holds for all tables, and each different note of theirs once with the tables it is about."""
    rows: list[tuple[Cell, Cell]] = [
        ("Consultation", book.consultation),
        *([("Mark", book.mark)] if book.mark else []),
        ("People who took part", number_or_words(book.base)),
        ("Disclosure policy", f"{book.rule} ({book.policy})" if book.rule else book.policy),
        *SHORTHAND,
        ("Percentages", PERCENTAGES),
    ]
    about: dict[str, list[int]] = {}
    for number, table in enumerate(book.tables, start=1):
        for note in dict.fromkeys(table.notes):
            about.setdefault(note, []).append(number)
    rows += [(tables_named(numbers, of=len(book.tables)), note) for note, numbers in about.items()]
    return _Sheet(RowStream.of_rows("Notes", ("About", "Note"), rows), widths=(32, 100))


def _table_sheet(number: int, table: ShownTable, book: TableBook) -> _Sheet:
    """Numbers, and their percentages beside them: still one table, with a row for each answer."""
    shares = table.percentages or ((),) * len(table.rows)
    rows: list[tuple[Any, ...]] = [
        (label, *map(shown_or_number, cells), *map(_share, percents))
        for (label, cells), percents in zip(table.rows, shares, strict=True)
    ]
    headings = (f"Answer to {table.question}", *table.columns)
    if table.percentages:
        headings = (*headings, *(f"{column} (%)" for column in table.columns))
    above = (table.title, f"Base: {table.base} {'person' if table.base == '1' else 'people'} who answered", "")
    below = ("", *table.notes, *([book.mark] if book.mark else []))
    return _Sheet(RowStream.of_rows(f"Table {number}", headings, rows), above, below, (WIDEST,))


def _share(cell: ShownCell) -> Cell | _Share:
    return _Share(cell.value) if isinstance(cell.value, int) and f"{cell.value}%" == cell.shown else cell.shown


class _Styles:
    def __init__(self, workbook: Any) -> None:
        self.heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.plain = workbook.add_format({"valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.right = workbook.add_format({"align": "right", "valign": "top"})
        self.share = workbook.add_format({"num_format": "0%", "valign": "top"})
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


def _write_sheet(worksheet: Any, sheet: _Sheet, styles: _Styles) -> None:
    stream, top = sheet.stream, len(sheet.above)
    if len(stream.headings) > MOST_COLUMNS:
        raise CannotWrite(
            f"“{stream.title}” has {len(stream.headings):,} columns and an Excel sheet holds {MOST_COLUMNS:,}: "
            "download CSV"
        )
    _lay_out(worksheet, sheet, styles)
    _write_lines(worksheet, 0, sheet.above, (styles.title, styles.plain))
    for index, heading in enumerate(stream.headings):
        worksheet.write_string(top, index, sheet_text(heading), styles.heading)
    row = top
    for row, cells in enumerate(stream.rows(), start=top + 1):
        if row >= MOST_ROWS:
            raise CannotWrite(
                f"“{stream.title}” has more rows than an Excel sheet holds ({MOST_ROWS - 1:,}): download CSV"
            )
        _make_room(worksheet, row, cells, sheet.widths)
        _write_row(worksheet, row, cells, styles)
    _write_lines(worksheet, row + 1, sheet.below, (styles.wrapped, styles.wrapped), sheet.widths)


def _write_lines(
    worksheet: Any, row: int, lines: Sequence[str], styles: tuple[Any, Any], widths: tuple[int, ...] = ()
) -> None:
    """Write lines of text from a row on, the first in a style of its own; an empty one leaves its row blank."""
    for index, line in enumerate(lines):
        if line:
            _make_room(worksheet, row + index, (line,), widths)
            worksheet.write_string(row + index, 0, sheet_text(line), styles[index > 0])


def _make_room(worksheet: Any, row: int, cells: Sequence[Any], widths: tuple[int, ...]) -> None:
    """Make a row as high as its wrapped text: not every program does so by itself."""
    lines = max((ceil(len(str(cell)) / width) for cell, width in zip(cells, widths, strict=False)), default=1)
    if lines > 1:
        worksheet.set_row(row, LINE_HEIGHT * lines)


def _lay_out(worksheet: Any, sheet: _Sheet, styles: _Styles) -> None:
    """Set widths, what stays in sight, and the page; rows that repeat in print would be a defined name."""
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.freeze_panes(len(sheet.above) + 1, 1 if sheet.above else 0)
    for index, heading in enumerate(sheet.stream.headings):
        if index < len(sheet.widths):
            worksheet.set_column(index, index, sheet.widths[index], styles.wrapped)
        elif sheet.widths:
            worksheet.set_column(index, index, NUMBER_WIDTH, styles.right)
        else:
            worksheet.set_column(index, index, min(max(len(heading) + 2, 10), WIDEST))


def _write_row(worksheet: Any, row: int, cells: Sequence[Cell | _Share], styles: _Styles) -> None:
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell:
                worksheet.write_string(row, index, sheet_text(cell))
        elif cell is not None:
            _write_value(worksheet, row, index, cell, styles)


def _write_value(worksheet: Any, row: int, index: int, cell: Cell | _Share, styles: _Styles) -> None:
    if isinstance(cell, datetime):
        worksheet.write_datetime(row, index, cell, styles.moment)
    elif isinstance(cell, date):
        worksheet.write_datetime(row, index, cell)
    elif isinstance(cell, _Share):
        worksheet.write_number(row, index, cell.whole / 100, styles.share)
    else:
        worksheet.write_number(row, index, cell)
