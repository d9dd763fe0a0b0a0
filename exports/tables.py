"""Rows on their way out: one line per response with one column per question, option, statement or rank, and the
codebook.

Codes come from the row of codes, words that people wrote from the document. Equality answers are in another engine and
never come through here. Everything is a generator over pages of responses: memory is flat however many there are.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import compress
from typing import Any
from uuid import UUID

import msgspec
import numpy as np
from django.db import connection
from django.utils import timezone

from exports.formats.base import Coded, RowStream
from surveys.analysis.columns import Columns
from surveys.analysis.recoding import ANSWERED, answer_states
from surveys.codebook import Column, heading_of, labels_of
from surveys.codes import (
    CELL_OF_MISSING,
    ILLEGIBLE,
    NOT_ASKED,
    NOT_ASKED_TEXT,
    NOT_TICKED,
    PREFER_NOT_TO_SAY,
    SEVERAL_TICKED,
    TICKED,
    UNREADABLE_TEXT,
)
from surveys.definition import Definition, Question
from surveys.kinds import KINDS
from surveys.models import Version
from surveys.publishing import published
from surveys.queries import response_columns

MISSING_WORDS = {
    -1: "not asked: the route or an earlier version did not lead here",
    -2: "left blank",
    -3: "prefer not to say",
    -4: "cannot be read (paper)",
    -5: "more than one box ticked (paper)",
}
MISSING_TEXTS = np.full(256, "", object)
"""How the missing states are written in a column of words or numbers."""
MISSING_TEXTS[NOT_ASKED] = NOT_ASKED_TEXT
MISSING_TEXTS[[ILLEGIBLE, SEVERAL_TICKED]] = UNREADABLE_TEXT

FACTS = ("reference", "sent on", "channel", "language", "variant", "answered as", "version")
"""The first columns: what is known of each response beside its answers. The day it was sent, not the time."""


def response_rows(questionnaire_id, *, title):
    """Every counted response as a RowStream, in the order they were received."""
    layout = RowLayout(newest_columns(questionnaire_id))
    blocks = (layout.block(page) for page in response_columns(questionnaire_id))
    return RowStream(title, layout.headings(), blocks)


def newest_columns(questionnaire_id):
    """(Column, Question, Definition) of every column of any version: the newest version's first, then those it
    dropped."""
    found: dict[str, tuple[Column, Question, Definition]] = {}
    for version_id in (
        Version.objects.filter(questionnaire=questionnaire_id).order_by("-number").values_list("id", flat=True)
    ):
        version = published(version_id)
        for column in version.codebook.columns:
            found.setdefault(column.key, (column, version.definition.question(column.question), version.definition))
    return list(found.values())


class RowLayout:
    """How a page of responses becomes columns of cells. `columns` as `newest_columns` gives them."""

    def __init__(self, columns):
        self.columns = columns
        self.words = {column.key: cell_words(question, column.part) for column, question, _ in columns}
        self.given = [(column, question) for column, question, _ in columns if is_given(column, question)]
        self.keys = tuple(dict.fromkeys(column.question for column, _ in self.given))
        self.read_answers = reader_of(self.keys)

    def headings(self) -> tuple[str, ...]:
        """The column keys: short, stable, and what an import matches. The codebook has the words."""
        return (*FACTS, *(column.key for column, _, _ in self.columns))

    def block(self, page) -> Sequence:
        """The columns of one page of responses (`surveys.queries.ResponseColumns`)."""
        codes = codes_of(page, self.columns)
        given = self.given_cells(page.documents, codes)
        cells = (
            given[column.key] if column.key in given else Coded(codes[column.key].tobytes(), self.words[column.key])
            for column, _, _ in self.columns
        )
        return [*facts_of(page), *cells]

    def given_cells(self, documents, codes):
        """`{column key: cells}` of the columns that hold answers as they were given.

        Reading documents is what costs most: only those with such an answer are.
        """
        if not self.given:
            return {}
        states = [answer_states([codes[column.key]]) for column, _ in self.given]
        is_read = np.logical_or.reduce([state == ANSWERED for state in states])
        rows = list(map(self.read_answers, compress(documents, is_read.tolist())))
        answers = dict(zip(self.keys, zip(*rows, strict=True), strict=bool(rows)))
        cells = {}
        for (column, question), state in zip(self.given, states, strict=True):
            wanted = compress(answers.get(column.question, ()), (state[is_read] == ANSWERED).tolist())
            cells[column.key] = given_column(question, state, wanted)
        return cells


def facts_of(page):
    """The columns named in FACTS."""
    numbers = {version_id: published(UUID(version_id)).number for version_id in set(page.version_ids)}
    days = {hour: day_of(hour) for hour in set(page.sent_hours)}
    return (
        page.references,
        [days[hour] for hour in page.sent_hours],
        page.channels,
        page.languages,
        page.variants,
        page.respondent_types,
        [numbers[version_id] for version_id in page.version_ids],
    )


def day_of(hour):
    """The day here of an hour as the database writes it: our clock is always whole hours from its."""
    return timezone.localdate(datetime.fromisoformat(hour).replace(tzinfo=connection.timezone))


def codes_of(page, columns):
    """`{column key: codes}` of a page, each version read by its own layout so that a column lines up whatever its offset."""
    held = Columns()
    held.extend([], b"", layout={column.key: (column.offset, column.width) for column, _, _ in columns})
    for version_id in set(page.version_ids):
        places = [place for place, found in enumerate(page.version_ids) if found == version_id]
        layout = published(UUID(version_id)).codebook.layout()
        held.extend(places, [page.codes[place] for place in places], layout=layout)
    order = np.argsort(held.ids)
    return {key: held[key][order] for key in held}


def reader_of(keys):
    """A function from a document (JSON text) to a tuple of the answers to these questions, None where there is none.

    It steps over all other answers, and takes a quarter of the time of `json`.
    """
    names = {f"answer{place}": key for place, key in enumerate(keys)}
    answers = msgspec.defstruct("Answers", [(name, Any, None) for name in names], rename=names.get)
    decode = msgspec.json.Decoder(answers).decode

    def read(document):
        try:
            return msgspec.structs.astuple(decode(document))
        except msgspec.DecodeError:
            # Half a character (a lone surrogate), from before words were cleaned as they came in.
            return tuple(map(json.loads(document).get, keys))

    return read


def given_column(question, states, answers):
    """The cells of a column that holds answers as they were given; `answers` are of those whose state is ANSWERED, in order."""
    cells = MISSING_TEXTS[states].tolist()
    text_of = KINDS[question.kind].text_of if holds_text(question) else lambda answer: answer
    for place, answer in zip(np.flatnonzero(states == ANSWERED).tolist(), answers, strict=True):
        text = text_of(answer)
        cells[place] = "" if text is None else text
    return cells


def is_given(column, question):
    """Whether a column holds answers as they were given: words, and numbers and dates."""
    return holds_text(question) or column.width == 4


def holds_text(question):
    """Whether the answer is words that no code stands for."""
    return KINDS[question.kind].is_written


def cell_words(question, part):
    """The cell for each of the 256 codes of a column: option codes as printed on paper, ticks as 1 and 0, missing
    below 0."""
    cells = list(range(256))
    for code, cell in CELL_OF_MISSING.items():
        cells[code] = cell
    refusal = next((o.code for o in question.options if o.meaning == "prefer_not_to_say"), None)
    labels = KINDS[question.kind].code_labels(question, part)
    if set(labels) == {TICKED, NOT_TICKED} and labels[TICKED] == "ticked":
        cells[NOT_TICKED] = 0
    elif refusal is not None:
        cells[PREFER_NOT_TO_SAY] = refusal
    return tuple(cells)


def codebook_rows(questionnaire_id, *, title):
    """The codebook beside the rows: one line for each code of each column, and the missing codes once."""
    headings = ("column", "question", "code", "label")
    return RowStream.of_rows(f"{title}: codebook", headings, codebook_lines(newest_columns(questionnaire_id)))


def codebook_lines(columns) -> Iterator[tuple]:
    for column, question, definition in columns:
        heading = heading_of(column, definition)
        labels = labels_of(column, definition)
        if not labels or holds_text(question):
            yield column.key, heading, "", "a number or a date, as given" if not labels else "words, as written"
            continue
        words = cell_words(question, column.part)
        for code, label in labels.items():
            yield column.key, heading, words[code], label
    for code, label in MISSING_WORDS.items():
        yield "(any column of codes)", "", code, label
    yield "(any column of words or numbers)", "", NOT_ASKED_TEXT, MISSING_WORDS[-1]
