"""Text files of rows (CSV): how characters and cells are written is found out by trying, in a fixed order, and never guessed.

Characters: a byte order mark, else UTF-8 to the last byte, else Windows-1252, which is said. (Programs that guess from letters
take 1252 for 1250 and turn £ into Ł.) Cells: of comma, semicolon and tab the one that makes most headings known.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from surveys.interchange.base import ImportRefused
from surveys.likeness import folded

MARKS = ((b"\xff\xfe\x00\x00", ""), (b"\x00\x00\xfe\xff", ""), (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
         (b"\xfe\xff", "utf-16"))  # fmt: skip
"""Byte order marks and what follows them; "" for what no spreadsheet program writes."""
WINDOWS = "cp1252"
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
SAMPLE = 200_000
LONGEST_CELL = 2_000_000
PIECE = 1_000_000
UNKNOWN = "The file is not a spreadsheet of answers. Choose a CSV file, or an Excel workbook (.xlsx)."
UNREADABLE = (
    "The file's characters cannot be read: they are neither UTF-8 nor Windows-1252. "
    "Save it as “CSV UTF-8” in a spreadsheet program, and try once more."
)
OPEN_QUOTE = (
    f"A cell has more than {LONGEST_CELL:,} characters. Perhaps a quotation mark is missing: open the file in a "
    "spreadsheet program, look for a cell that goes on and on, and save it again."
)


def encoding_of(path: Path) -> str:
    """The name of the encoding of a text file. Raises ImportRefused."""
    with path.open("rb") as stream:
        start = stream.read(4_096)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            if not encoding or not decodes(path, encoding):
                raise ImportRefused(UNREADABLE)
            return encoding
    if any(byte < 9 for byte in start):
        raise ImportRefused(UNKNOWN)
    if decodes(path, "utf-8"):
        return "utf-8"
    if decodes(path, WINDOWS):
        return WINDOWS
    raise ImportRefused(UNREADABLE)


def decodes(path: Path, encoding: str) -> bool:
    """Whether every byte of a file can be read in an encoding."""
    try:
        with path.open(encoding=encoding, errors="strict", newline="") as stream:
            while stream.read(PIECE):
                pass
    except UnicodeError:
        return False
    return True


def separator_of(path: Path, encoding: str, known: frozenset[str]) -> str:
    """What parts the cells: the one that makes most headings known (`known`, folded), then most headings at all."""
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(SAMPLE)
    if sample[:4].casefold() == "sep=" and sample[4:5] in SEPARATORS:
        return sample[4]

    def headings_made(separator: str) -> tuple[int, int]:
        headings = first_row(sample, separator)
        return sum(folded(heading) in known for heading in headings), len(headings)

    return max(SEPARATORS, key=headings_made)


def first_row(sample: str, separator: str) -> list[str]:
    """The cells of the first row that holds any."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        return next((row for row in csv.reader(sample.splitlines(keepends=True), delimiter=separator) if any(row)), [])
    except csv.Error:
        return []


def rows_of_text(path: Path, *, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text file with their numbers from 1, as a spreadsheet program counts them. Raises ImportRefused."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as stream:
        try:
            for number, row in enumerate(csv.reader(stream, delimiter=separator), start=1):
                if number > 1 or [cell.casefold()[:4] for cell in row[:1]] != ["sep="]:
                    yield number, row
        except csv.Error as error:
            raise ImportRefused(OPEN_QUOTE) from error
