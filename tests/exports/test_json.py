"""JSON: the shape that other programs rely on."""

import io
import json
from datetime import date
from decimal import Decimal

from exports.formats import FORMATS
from exports.formats.base import Coded, RowBook, RowStream, ShownCell, ShownTable, TableBook
from tests.exports.samples import HOSTILE


def written(content):
    stream = io.BytesIO()
    FORMATS["json"].write(content, stream)
    return json.loads(stream.getvalue())


def test_released_tables_have_the_published_shape_without_percentages():
    table = ShownTable(
        "Travel",
        "q1",
        "Age",
        "412",
        ("16 to 24", "Over 24"),
        (("Bus", (ShownCell(25, "25"), ShownCell(None, "[c]"))),),
        ("Rounded.",),
        ((ShownCell(51, "51%"), ShownCell(None, "[c]")),),
    )
    assert written(TableBook("Urgent care", "nhs_round5", "412", (table,))) == {
        "consultation": "Urgent care",
        "policy": "nhs_round5",
        "base": "412",
        "tables": [
            {
                "title": "Travel",
                "question": "q1",
                "by": "Age",
                "base": "412",
                "columns": ["16 to 24", "Over 24"],
                "rows": [{"label": "Bus", "cells": [{"value": 25, "shown": "25"}, {"value": None, "shown": "[c]"}]}],
                "notes": ["Rounded."],
            }
        ],
    }


def test_rows_become_objects_and_keep_their_types():
    stream = RowStream.of_rows("Answers", tuple("abcde"), [("x", -3, Decimal("2.5"), date(2027, 3, 12), None)] * 2)
    row = {"a": "x", "b": -3, "c": 2.5, "d": "2027-03-12", "e": None}
    assert written(stream) == {"title": "Answers", "rows": [row, row]}


def test_rows_come_with_their_codebook():
    codebook = RowStream.of_rows("Codebook", ("code", "label"), [(1, "Bus")])
    content = RowBook(RowStream("Answers", ("q1",), [[Coded(b"\x01", ("", "Bus"))]]), codebook)
    assert written(content) == {"title": "Answers", "codebook": [{"code": 1, "label": "Bus"}], "rows": [{"q1": "Bus"}]}


def test_no_rows_are_an_empty_list():
    assert written(RowStream.of_rows("Answers", ("q1",), [])) == {"title": "Answers", "rows": []}


def test_hostile_words_are_written_and_read_back():
    rows = written(RowStream.of_rows("\x00Answers", ("q1",), [(words,) for words in HOSTILE]))["rows"]
    assert len(rows) == len(HOSTILE)
    assert rows[0]["q1"] == HOSTILE[0]
