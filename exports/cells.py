"""What a cell of a spreadsheet may hold: text that no program runs as a formula, and no character that stops a file
from opening.

Every table writer passes its cells through here, whatever was cleaned before: a value may have come from an old
database or an import. Pure: no Django, no files.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

Cell = str | int | float | Decimal | date | datetime | None

XLSX_CELL_LIMIT: Final = 32_767
"""Most UTF-16 units one cell of an .xlsx file holds (ECMA-376; Excel specifications and limits). Excel repairs or
refuses a longer one."""

# Control characters but tab and line feed, lone surrogates, and the code points Unicode promises never to use (its
# section 23.7): XML 1.0 refuses most of them, so one would make a whole .xlsx unreadable; PostgreSQL refuses NUL.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
    + "]"
)
# What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, "CSV injection"), after any blanks
# that they trim.
_LIVE = re.compile("[\t\r\n]|[\\s\u200b\ufeff]*[=+\\-@＝＋－＠]")


def clean_text(text: str) -> str:
    """Return the text with line endings as "\\n" and without characters that no file format can carry."""
    # Nearly every text is settled here, ten times as fast as by the pattern.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_text(value: Cell) -> Cell:
    """Return a value fit for a CSV cell: a string that a spreadsheet would run gets a leading apostrophe; a number
    stays a number.

    The apostrophe shows in the cell, so a telephone number "+44 1632 960001" can still be read, and is never added up.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    text = clean_text(value)
    if value[:1].isalnum():  # no formula begins with a letter or a digit, and cleaning takes out neither
        return text
    starts_live = _LIVE.match(value)  # before cleaning, which would turn a leading CR into something else
    return "'" + text if starts_live or _LIVE.match(text) else text


def unguarded(text: str) -> str:
    """Return a cell of a CSV file without the apostrophe that `safe_text` put before what a spreadsheet would run."""
    return text[1:] if text[:1] == "'" and _LIVE.match(text[1:]) else text


def sheet_text(text: str) -> str:
    """Return text fit for a cell written as a string in an .xlsx file.

    Needs no apostrophe, for a string cell is never run. Text over the format's limit is cut, and says in words how
    much is missing.
    """
    text = clean_text(text)
    if _utf16_units(text) <= XLSX_CELL_LIMIT:
        return text
    mark = f" [cut here: this cell cannot hold all {len(text):,} characters]"
    kept = text.encode("utf-16-le")[: 2 * (XLSX_CELL_LIMIT - len(mark))].decode("utf-16-le", errors="ignore")
    return kept + mark


def _utf16_units(text: str) -> int:
    if 2 * len(text) <= XLSX_CELL_LIMIT:
        return len(text)
    return len(text.encode("utf-16-le")) // 2
