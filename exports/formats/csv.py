"""CSV: UTF-8 with a byte order mark so that Excel reads accents, CRLF line ends, and no cell that a spreadsheet would
run.

Rows stream through in blocks, so memory stays flat at any length. A block is written by column: each distinct value is made
safe and quoted once, and columns of short codes that stand side by side are looked up and laid out by numpy.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from types import NoneType
from typing import BinaryIO, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from exports.cells import Cell, safe_text
from exports.formats.base import Coded, ColumnOfBlock, RowBook, RowStream, TableBook, TableContent, TableFormat

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_EQUAL_ARE_ALIKE: Final = {str, NoneType, int, date}
"""Types whose equal values are written alike. Not so floats (0.0 is -0.0), decimals (2.5 is 2.50), or 1 and True."""
_SHORT: Final = 16
"""The longest field, in bytes, that is padded to the longest of its column: longer ones would be mostly padding."""
_PADDING: Final = b"\0"
"""What numpy fills short fields up with. No cell holds it: `clean_text` takes it out."""


class Csv(TableFormat):
    name = "csv"
    label = "CSV (comma-separated values)"
    extension = "csv"
    content_type = "text/csv; charset=utf-8"

    def write(self, document: TableContent, stream: BinaryIO) -> None:
        for chunk in self.lines(document):
            stream.write(chunk)

    def lines(self, document: TableContent) -> Iterator[bytes]:
        """Yield the file in chunks of whole rows, for a streaming response. A codebook is left out: it is a file of
        its own."""
        stream = _as_rows(document)
        yield BYTE_ORDER_MARK + _line(stream.headings).encode()
        coded = _CodedColumns()
        for block in stream.blocks:
            yield _lines(block, coded)


class _Short(NamedTuple):
    """A column of a block as codes, and the field for each code: none longer than _SHORT."""

    codes: bytes
    fields: npt.NDArray[np.bytes_]


def _lines(block: Sequence[ColumnOfBlock], coded: "_CodedColumns") -> bytes:
    """The lines of a block. Every field carries the comma or the line end that comes after it."""
    endings = [","] * (len(block) - 1) + ["\r\n"]
    columns = [
        coded.fields(column, ending) if isinstance(column, Coded) else _fields(column, ending)
        for column, ending in zip(block, endings, strict=True)
    ]
    pieces: list[Iterable[bytes]] = []
    for _, neighbours in groupby(columns, lambda column: isinstance(column, _Short)):
        together = list(neighbours)
        short = [column for column in together if isinstance(column, _Short)]
        pieces += [_side_by_side(short)] if short else [column for column in together if not isinstance(column, _Short)]
    return b"".join(chain.from_iterable(zip(*pieces, strict=True))).translate(None, _PADDING)


def _side_by_side(columns: list[_Short]) -> list[bytes]:
    """For each row the fields of neighbouring columns in one piece, with padding in between."""
    rows = np.empty(len(columns[0].codes), [(str(place), column.fields.dtype) for place, column in enumerate(columns)])
    for place, column in enumerate(columns):
        rows[str(place)] = column.fields[np.frombuffer(column.codes, np.uint8)]
    return rows.view(f"S{rows.itemsize}").tolist()


class _CodedColumns:
    """The words of coded columns as they stand in the file. Keeps each tuple it has met, so that its id stays its own."""

    def __init__(self) -> None:
        self._met: dict[tuple[int, str], tuple[tuple[Cell, ...], list[bytes], npt.NDArray[np.bytes_] | None]] = {}

    def fields(self, column: Coded, ending: str) -> Iterable[bytes] | _Short:
        key = id(column.words), ending
        if key not in self._met:
            fields = [_field(word, ending) for word in column.words]
            self._met[key] = column.words, fields, _table(fields)
        _, fields, table = self._met[key]
        return map(fields.__getitem__, column.codes) if table is None else _Short(column.codes, table)


def _fields(column: Sequence[Cell], ending: str) -> Iterable[bytes] | _Short:
    """One column of a block as fields. Values repeat themselves, so each distinct one is made safe once."""
    if not set(map(type, column)) <= _EQUAL_ARE_ALIKE:
        return [_field(cell, ending) for cell in column]
    fields = {cell: _field(cell, ending) for cell in set(column)}
    table = _table(fields.values())
    if table is None:
        return map(fields.__getitem__, column)
    codes = {cell: code for code, cell in enumerate(fields)}
    return _Short(bytes(map(codes.__getitem__, column)), table)


def _table(fields: Collection[bytes]) -> npt.NDArray[np.bytes_] | None:
    """Fields to be looked up by a one-byte code; None where there are none or too many, or one is long."""
    if not 0 < len(fields) <= 256 or max(map(len, fields)) > _SHORT:
        return None
    return np.array(list(fields))


def _field(cell: Cell, ending: str) -> bytes:
    return (_quoted(cell) + ending).encode()


def _line(cells: Iterable[Cell]) -> str:
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: Cell) -> str:
    """One field as RFC 4180 has it: quoted where it holds a comma, a quote or a line break."""
    if isinstance(cell, str) and cell.isalnum():
        return cell
    text = safe_text(cell)
    if not isinstance(text, str):
        return str(text)
    if '"' in text or "," in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _as_rows(document: TableContent) -> RowStream:
    """Released tables become one long table, a line for each number, which every program can filter.

    Each line names the policy that released it by its key. The notes, which would repeat on every line, are in the JSON
    file and on the Notes sheet of the workbook.
    """
    if isinstance(document, RowStream):
        return document
    if isinstance(document, RowBook):
        return document.stream
    headings = ("consultation", "table", "question", "by", "base", "row", "column", "value", "shown", "policy")
    return RowStream.of_rows(document.consultation, headings, _numbers(document))


def _numbers(book: TableBook) -> Iterator[Sequence[Cell]]:
    for table in book.tables:
        before = (book.consultation, table.title, table.question, table.by, table.base)
        for label, cells in table.rows:
            for column, cell in zip(table.columns, cells, strict=True):
                yield (*before, label, column, cell.value, cell.shown, book.policy)
