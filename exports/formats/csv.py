"""CSV: UTF-8 with a byte order mark so that Excel reads accents, CRLF line ends, and no cell that a spreadsheet would
run.

Rows stream through in blocks, so memory stays flat at any length. Columns of codes take a fast road: each word is made
safe and quoted once.
"""

from collections.abc import Iterable, Iterator, Sequence
from types import NoneType
from typing import BinaryIO, Final

from exports.cells import Cell, safe_text
from exports.formats.base import Coded, RowBook, RowStream, TableBook, TableContent, TableFormat

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_NEEDS_QUOTES: Final = frozenset('",\r\n')


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
        words = _QuotedWords()
        for block in stream.blocks:
            columns = [words.fields(column) if isinstance(column, Coded) else _fields(column) for column in block]
            yield "".join(map("%s\r\n".__mod__, map(",".join, zip(*columns, strict=True)))).encode()


class _QuotedWords:
    """The words of coded columns as they stand in the file. Keeps each tuple it has met, so that its id stays its own."""

    def __init__(self) -> None:
        self._quoted: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def fields(self, column: Coded) -> Iterable[str]:
        met = self._quoted.get(id(column.words))
        if met is None:
            met = self._quoted[id(column.words)] = (column.words, tuple(map(_quoted, column.words)))
        return map(met[1].__getitem__, column.codes)


def _fields(column: Sequence[Cell]) -> Iterable[str]:
    """One column of a block as fields. Text repeats itself, so each distinct text is made safe once: twice as fast as
    cell by cell."""
    kinds = set(map(type, column))
    if kinds <= {str, NoneType}:
        fields = {cell: _quoted(cell) for cell in set(column)}
        return map(fields.__getitem__, column)
    return map(str if kinds == {int} else _quoted, column)


def _line(cells: Iterable[Cell]) -> str:
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: Cell) -> str:
    """One field as RFC 4180 has it: quoted where it holds a comma, a quote or a line break."""
    text = str(safe_text(cell))
    return '"' + text.replace('"', '""') + '"' if not _NEEDS_QUOTES.isdisjoint(text) else text


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
