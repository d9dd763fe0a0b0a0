"""JSON: released tables in the shape of the API, or rows as a list of objects, streamed."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from exports.cells import clean_text
from exports.formats.base import RowBook, RowStream, ShownTable, TableBook, TableContent, TableFormat


class Json(TableFormat):
    name = "json"
    label = "JSON"
    extension = "json"
    content_type = "application/json"

    def write(self, document: TableContent, stream: BinaryIO) -> None:
        for chunk in self.lines(document):
            stream.write(chunk)

    def lines(self, document: TableContent) -> Iterator[bytes]:
        """Yield the file in chunks, for a streaming response."""
        if isinstance(document, TableBook):
            yield json.dumps(book_as_json(document), ensure_ascii=False, indent=1).encode()
            return
        book = RowBook(document) if isinstance(document, RowStream) else document
        yield b'{"title": ' + _text(book.stream.title)
        if book.codebook:
            yield b',\n"codebook": ['
            yield from _rows(book.codebook)
            yield b"]"
        yield b',\n"rows": ['
        yield from _rows(book.stream)
        yield b"]}\n"


def book_as_json(book: TableBook) -> dict[str, Any]:
    """Return released tables as `{consultation, policy, base, tables: [{title, question, by, base, columns, rows,
    notes}]}`, where a row is `{label, cells: [{value, shown}]}`."""
    return {
        "consultation": clean_text(book.consultation),
        "policy": book.policy,
        "base": book.base,
        "tables": [table_as_json(table) for table in book.tables],
    }


def table_as_json(table: ShownTable) -> dict[str, Any]:
    """Return one released table in the shape that `book_as_json` lists."""
    return {
        "title": clean_text(table.title),
        "question": clean_text(table.question),
        "by": clean_text(table.by) if table.by else None,
        "base": table.base,
        "columns": [clean_text(column) for column in table.columns],
        "rows": [
            {"label": clean_text(label), "cells": [{"value": cell.value, "shown": cell.shown} for cell in cells]}
            for label, cells in table.rows
        ],
        "notes": [clean_text(note) for note in table.notes],
    }


def _rows(stream: RowStream) -> Iterator[bytes]:
    before = b"\n"
    for block in stream.blocks:
        rows = RowStream(stream.title, stream.headings, [block]).rows()
        lines = [
            json.dumps(dict(zip(stream.headings, map(_plain, row), strict=True)), ensure_ascii=False) for row in rows
        ]
        if lines:
            yield before + ",\n".join(lines).encode()
            before = b",\n"


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return clean_text(cell)
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _text(text: str) -> bytes:
    return json.dumps(clean_text(text), ensure_ascii=False).encode()
