"""Rows on their way out: one line per response with one column per question, option, statement or rank, and the
codebook.

Codes come from the row of codes, words that people wrote from the document. Equality answers are in another engine and
never come through here. Everything is a generator over pages of responses: memory is flat however many there are.
"""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from exports.formats.base import Coded, RowStream
from surveys.codebook import Column, heading_of, labels_of
from surveys.codes import (
    BLANK,
    ILLEGIBLE,
    NOT_ASKED,
    NOT_TICKED,
    PREFER_NOT_TO_SAY,
    SEVERAL_TICKED,
    TICKED,
    in_four_bytes,
)
from surveys.definition import Definition, Question
from surveys.kinds import KINDS
from surveys.models import Version
from surveys.publishing import published
from surveys.queries import response_pages

MISSING_CELLS = {NOT_ASKED: -1, BLANK: -2, PREFER_NOT_TO_SAY: -3, ILLEGIBLE: -4, SEVERAL_TICKED: -5}
"""How the missing states are written in a column of codes. They are in every codebook."""
MISSING_WORDS = {
    -1: "not asked: the route or an earlier version did not lead here",
    -2: "left blank",
    -3: "prefer not to say",
    -4: "cannot be read (paper)",
    -5: "more than one box ticked (paper)",
}
NOT_ASKED_TEXT = "[not asked]"
"""What stands in a column of words or numbers, where a negative code could be an answer."""

FACTS = ("reference", "sent on", "channel", "language", "variant", "answered as", "version")
"""The first columns: what is known of each response beside its answers. The day it was sent, not the time."""


def response_rows(questionnaire_id, *, title):
    """Every counted response as a RowStream, in the order they were received."""
    layout = RowLayout(newest_columns(questionnaire_id))
    blocks = (layout.block(page) for page in response_pages(questionnaire_id))
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

    def headings(self) -> tuple[str, ...]:
        """The column keys: short, stable, and what an import matches. The codebook has the words."""
        return (*FACTS, *(column.key for column, _, _ in self.columns))

    def block(self, page) -> Sequence:
        """The columns of one page of responses. Versions are told apart, so that a column lines up whatever its
        offset."""
        cells = list(self.facts(page))
        layouts = {row[2]: published(row[2]).codebook.layout() for row in page}
        for column, question, _ in self.columns:
            cells.append(self.cells(column, question, page, layouts))
        return cells

    def facts(self, page):
        yield [row[1] for row in page]
        yield [timezone.localdate(row[9]) for row in page]
        for place in (5, 6, 7, 8):
            yield [row[place] for row in page]
        yield [published(row[2]).number for row in page]

    def cells(self, column, question, page, layouts):
        if holds_text(question):
            return [written(question, column.question, row[3], self.code(column, row, layouts)) for row in page]
        if column.width == 4:
            return [number_cell(question, column.question, row[3], self.code(column, row, layouts)) for row in page]
        return Coded(bytes(self.code(column, row, layouts) for row in page), self.words[column.key])

    def code(self, column, row, layouts):
        """One response's code in a column; NOT_ASKED where its version lacks the column."""
        place = layouts[row[2]].get(column.key)
        if place is None:
            return NOT_ASKED if column.width == 1 else in_four_bytes(NOT_ASKED)
        offset, width = place
        codes = row[4]
        return codes[offset] if width == 1 else int.from_bytes(codes[offset : offset + 4], "little", signed=True)


def holds_text(question):
    """Whether the answer is words that no code stands for."""
    return KINDS[question.kind].is_written


def written(question, key, answers, code):
    """The words somebody wrote; empty when left blank."""
    if code == NOT_ASKED:
        return NOT_ASKED_TEXT
    if code in (ILLEGIBLE, SEVERAL_TICKED):
        return "[cannot be read]"
    return KINDS[question.kind].text_of(answers.get(key)) or ""


def number_cell(question, key, answers, code):
    """A number or a date as it was given; empty when left blank."""
    if code == in_four_bytes(NOT_ASKED):
        return NOT_ASKED_TEXT
    if code in (in_four_bytes(ILLEGIBLE), in_four_bytes(SEVERAL_TICKED)):
        return "[cannot be read]"
    value = answers.get(key)
    return "" if value is None else value


def cell_words(question, part):
    """The cell for each of the 256 codes of a column: option codes as printed on paper, ticks as 1 and 0, missing
    below 0."""
    cells = list(range(256))
    for code, cell in MISSING_CELLS.items():
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
