"""A group of statements, each answered on the same five-point scale. Shown as separate fieldsets, never as a grid."""

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.codes import BLANK
from surveys.controls import Control
from surveys.definition import Option, Question, Statement, joined, joined_by, words
from surveys.kinds.base import AnswerError, CodeColumn, Example, Kind, clean_mark, code_of, find_option
from surveys.kinds.cells import CellError, Cells, OptionWords, choice_in
from surveys.kinds.choice import option_lines
from surveys.kinds.scale import example_scale, scale_problems
from surveys.kinds.usual_scales import USUAL_SCALES
from surveys.marks import CODE_OF_MARK, is_mark
from surveys.messages import Message
from surveys.summaries import Summary
from surveys.text import clean_text

MOST_STATEMENTS = 6
"""More than this on one topic is a page that people give up on (ux.md: at most 5; the outpatient questionnaire asks 6)."""


class Statements(Kind):
    """Answer each statement on one scale. The value is `{statement key: code}`, holding only the statements answered."""

    name = "statements"
    label = "Statements on one scale"
    needs_options = True
    needs_statements = True
    usual_answers = USUAL_SCALES

    def starting_options(self) -> tuple[Option, ...]:
        return USUAL_SCALES["agreement"].options

    def controls(self, question: Question) -> tuple[Control, ...]:
        return tuple(
            Control("radios", part=line.key, label=line.label, options=question.options) for line in question.statements
        )

    def gather(self, parts: Mapping[str, Any]) -> Any:
        return dict(parts)

    def spread(self, question: Question, value: Any) -> dict[str, Any]:
        return dict(value or {})

    def clean(self, question: Question, raw: Any) -> dict[str, Any] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping):
            raise AnswerError("Select an answer for each statement, or leave it blank")
        keys = [line.key for line in question.statements]
        if unknown := [key for key in raw if key not in keys]:
            name = clean_text(str(unknown[0]))[:40]
            raise AnswerError("“{name}” is not a statement in this question", name=name)
        answered = {key: cleaned_point(question, key, raw[key]) for key in keys if raw.get(key) not in (None, "")}
        return answered or None

    def limit(self, question: Question, value: Any) -> Any:
        keys = {line.key for line in question.statements}
        kept = {key: code for key, code in value.items() if key in keys and (is_mark(code) or question.option(code))}
        return kept or None

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        lines = []
        for line in question.statements:
            code = (value or {}).get(line.key)
            option = question.option(code) if isinstance(code, int) else None
            if option:
                lines.append(joined(words(line.label, language), ": ", words(option.label, language)))
        return joined_by("\n", lines)

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return tuple(CodeColumn(line.key) for line in question.statements)

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        return {line.key: point_code(question, value.get(line.key)) for line in question.statements}

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        return tuple(
            Summary(
                question=question.key,
                part=line.key,
                heading=line.label,
                lines=option_lines(question, (f"{question.key}.{line.key}",)),
                base_column=f"{question.key}.{line.key}",
                chart="scale",
            )
            for line in question.statements
        )

    def column_heading(self, question: Question, part: str, language: str = "en") -> str:
        line = next((line for line in question.statements if line.key == part), None)
        return f"{words(question.short or question.text, language)}: {words(line.label, language) if line else part}"

    def cell_parts(self, question: Question) -> tuple[str, ...]:
        # One cell could not say which statement an answer is to.
        return tuple(line.key for line in question.statements)

    def part_labels(self, question: Question) -> Mapping[str, Mapping[str, str]]:
        return {line.key: line.label for line in question.statements}

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        points = {
            line.key: point_in(cells[line.key], known, line.key) for line in question.statements if line.key in cells
        }
        return {key: point for key, point in points.items() if point is not None} or None

    def missing_default(self) -> Message:
        return Message("Select an answer for at least one statement")

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)
        yield from scale_problems(question)
        if len(question.statements) > MOST_STATEMENTS:
            yield f"has {len(question.statements)} statements. Use {MOST_STATEMENTS} at most on one topic"

    def examples(self) -> tuple[Example, ...]:
        question = Question(
            key="changes",
            kind=self.name,
            text={"en": "How easy would each of these be?"},
            options=example_scale(),
            statements=(Statement("a", {"en": "Going elsewhere"}), Statement("b", {"en": "Using the telephone"})),
        )
        return (
            Example(
                question,
                {"a": "1", "b": "4"},
                {"a": 1, "b": 4},
                "Going elsewhere: Very easy\nUsing the telephone: Difficult",
            ),
            Example(question, {"a": "", "b": "6"}, {"b": 6}, "Using the telephone: I do not know"),
            Example(question, {"a": None}, None, ""),
        )


def cleaned_point(question: Question, key: str, raw: Any) -> Any:
    try:
        return clean_mark(question, raw) if is_mark(raw) else find_option(question, raw).code
    except AnswerError as error:
        raise AnswerError(error.message, part=key) from None


def point_in(text: str, known: OptionWords, part: str) -> Any:
    """The code in the cell of one statement, a mark, or None. Raises CellError naming the statement."""
    try:
        return choice_in(text, known)
    except CellError as error:
        raise CellError(str(error), part, typed=error.typed, near=error.near) from None


def point_code(question: Question, code: Any) -> int:
    if is_mark(code):
        return CODE_OF_MARK[code["mark"]]
    option = question.option(code) if code is not None else None
    return code_of(option) if option else BLANK
