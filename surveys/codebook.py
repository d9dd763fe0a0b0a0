"""The codebook: where each coded answer lies in a response's row of bytes. Pure; frozen with each published version.

A row has one column for each coded question, tick-box option, statement or rank, in questionnaire order, one byte wide or
four (little-endian, signed). Column keys are `question`, `question.part`, and `question@item.part` in a repeated page. Columns
of different versions line up by key, since question keys and option codes never change their meaning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from struct import Struct
from typing import Any

from surveys.codes import NOT_ASKED, in_four_bytes
from surveys.definition import Definition, Page, Question, words
from surveys.journey import Journey, at
from surveys.kinds import KINDS
from surveys.marks import CODE_OF_MARK, is_mark

FOUR_BYTES = Struct("<i")


@dataclass(frozen=True)
class Column:
    """One column of the row. `question` is the question's key as asked (`c3@1`), `part` the option, statement or rank."""

    key: str
    offset: int
    width: int
    question: str
    part: str


@dataclass(frozen=True)
class Codebook:
    """The columns of a version, in order, and the row's width in bytes."""

    columns: tuple[Column, ...]
    width: int

    def column(self, key: str) -> Column | None:
        """The column with this key, or None."""
        return next((column for column in self.columns if column.key == key), None)

    @cached_property
    def places(self) -> dict[str, dict[str, Column]]:
        """`{question's key as asked: {part: column}}`."""
        found: dict[str, dict[str, Column]] = {}
        for column in self.columns:
            found.setdefault(column.question, {})[column.part] = column
        return found

    @cached_property
    def of_nobody(self) -> bytes:
        """The row of somebody who was asked nothing."""
        row = bytearray(self.width)
        for column in self.columns:
            put(row, column, NOT_ASKED if column.width == 1 else in_four_bytes(NOT_ASKED))
        return bytes(row)

    def layout(self) -> dict[str, tuple[int, int]]:
        """`{column key: (offset, width)}`, for reading rows into arrays."""
        return {column.key: (column.offset, column.width) for column in self.columns}


def column_key(question: str, part: str) -> str:
    """The key of a column: the question's, and the part where the question has several columns."""
    return f"{question}.{part}" if part else question


def build_codebook(definition: Definition) -> Codebook:
    """Lay out the columns of a questionnaire."""
    columns: list[Column] = []
    offset = 0
    for question in every_round(definition):
        for spec in KINDS[question.kind].columns(question):
            width = 4 if spec.four_bytes else 1
            columns.append(Column(column_key(question.key, spec.part), offset, width, question.key, spec.part))
            offset += width
    return Codebook(tuple(columns), offset)


def every_round(definition: Definition) -> Iterator[Question]:
    """Every question in order, those of a repeated page once for each item that could be chosen."""
    for page in definition.pages:
        for item in possible_items(page, definition):
            for question in page.questions:
                yield question if item is None else in_round(question, item)


def possible_items(page: Page, definition: Definition) -> list[int | None]:
    """The items a page could be repeated for: every plain option of its source; `[None]` for a plain page."""
    if page.repeat is None:
        return [None]
    source = definition.question(page.repeat.question)
    return [option.code for option in source.options if option.meaning == ""] if source else []


def in_round(question: Question, item: int) -> Question:
    return replace(question, key=at(question.key, item))


def encode(journey: Journey, codebook: Codebook) -> bytes:
    """The row of codes of one respondent: not asked, left blank, marked, or the codes of what was answered."""
    row = bytearray(codebook.of_nobody)
    for question in journey.questions():
        places = codebook.places.get(question.key, {})
        for part, code in question_codes(question, journey.answers.get(question.key)).items():
            if column := places.get(part):
                put(row, column, code)
    return bytes(row)


def put(row: bytearray, column: Column, code: int) -> None:
    """Write a code where a column lies."""
    if column.width == 1:
        row[column.offset] = code
    else:
        FOUR_BYTES.pack_into(row, column.offset, code)


def question_codes(question: Question, value: Any) -> dict[str, int]:
    """The codes of one question's columns, by part."""
    kind = KINDS[question.kind]
    if value is None:
        return kind.blank_codes(question)
    if is_mark(value):
        code = CODE_OF_MARK[value["mark"]]
        return {spec.part: in_four_bytes(code) if spec.four_bytes else code for spec in kind.columns(question)}
    return kind.codes(question, value)


def codebook_to_json(codebook: Codebook, definition: Definition) -> dict[str, Any]:
    """The codebook as kept beside a version: enough to read a row without this program."""
    return {
        "width": codebook.width,
        "columns": [
            {
                "key": column.key,
                "offset": column.offset,
                "width": column.width,
                "question": column.question,
                "part": column.part,
                "heading": heading_of(column, definition),
                "labels": {str(code): label for code, label in labels_of(column, definition).items()},
            }
            for column in codebook.columns
        ],
    }


def codebook_from_json(document: Mapping[str, Any]) -> Codebook:
    """The codebook of a published version."""
    columns = tuple(
        Column(part["key"], part["offset"], part["width"], part["question"], part["part"])
        for part in document["columns"]
    )
    return Codebook(columns, document["width"])


def heading_of(column: Column, definition: Definition, language: str = "en") -> str:
    """What a column holds, in words; a repeated question says for which item."""
    question = definition.question(column.question)
    if question is None:
        return column.key
    heading = KINDS[question.kind].column_heading(question, column.part, language)
    item = item_of(column, definition)
    return f"{heading} ({item})" if item else heading


def item_of(column: Column, definition: Definition, language: str = "en") -> str:
    """The words of the item that a repeated question was asked about; "" for a plain question."""
    page = definition.page_of(column.question)
    _, _, code = column.question.partition("@")
    if not code or page is None or page.repeat is None:
        return ""
    source = definition.question(page.repeat.question)
    option = source.option(int(code)) if source else None
    return words(option.label, language) if option else ""


def labels_of(column: Column, definition: Definition, language: str = "en") -> dict[int, str]:
    """The words of each code in a column; empty where the code is the number itself."""
    question = definition.question(column.question)
    return KINDS[question.kind].code_labels(question, column.part, language) if question else {}
