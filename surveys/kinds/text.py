"""Short and long text, in a person's own words. Never counted as codes: only that something was written."""

from collections.abc import Iterator
from typing import Any

from surveys.controls import Control
from surveys.definition import Question
from surveys.kinds.base import WHOLE, WORD, AnswerError, CodeColumn, Example, Kind, subject_of
from surveys.kinds.cells import Cells, OptionWords, given_cell
from surveys.messages import Message
from surveys.summaries import Line, Summary
from surveys.text import clean_text

WROTE = 1
"""The code that says that something was written."""


class Text(Kind):
    """What short and long text share. The value is the text. Setting: `limit`, in characters."""

    is_written = True
    usual_limit: int
    shape: str
    takes = {
        "limit": WHOLE.asked("The most characters somebody may write"),
        "rows": WHOLE.asked("How many lines the box shows"),
        "purpose": WORD.asked(
            "What a browser may fill in",
            "For facts about whoever answers, like “organization” or “name”. Else leave blank",
        ),
    }
    rows = 0

    def limit_of(self, question: Question) -> int:
        """The most characters an answer may have; a line break counts as one."""
        return int(question.settings.get("limit", self.usual_limit))

    def controls(self, question: Question) -> tuple[Control, ...]:
        limit = self.limit_of(question) if self.rows else None
        rows = int(question.settings.get("rows", self.rows))
        purpose = str(question.settings.get("purpose", ""))
        return (Control(self.shape, limit=limit, rows=rows, purpose=purpose),)

    def clean(self, question: Question, raw: Any) -> str | None:
        if raw is None:
            return None
        if not isinstance(raw, str):
            raise AnswerError("Write your answer in words")
        text, limit = clean_text(raw), self.limit_of(question)
        if len(text) > limit:
            raise AnswerError(
                "{subject} must be {limit} characters or less. You have used {used}",
                subject=subject_of(question),
                limit=limit,
                used=len(text),
            )
        return text or None

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        return value or ""

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return (CodeColumn(),)

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        return {"": WROTE}

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        line = Line({"en": "Wrote something"}, (question.key,), code=WROTE)
        return (Summary(question.key, (line,), base_column=question.key, chart="text"),)

    def text_of(self, value: Any) -> str | None:
        return value if isinstance(value, str) else None

    def code_labels(self, question: Question, part: str, language: str = "en") -> dict[int, str]:
        return {WROTE: "wrote something"}

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        return given_cell(cells.get("", ""))

    def missing_default(self) -> Message:
        return Message("Write your answer")

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)
        if not 1 <= self.limit_of(question) <= 20_000:
            yield "must have a limit from 1 to 20,000 characters"

    def examples(self) -> tuple[Example, ...]:
        question = Question("why", self.name, {"en": "Why did you answer this way?"})
        return (
            Example(question, "  Too far\r\nby bus ", "Too far\nby bus", "Too far\nby bus"),
            Example(question, "=1+1", "=1+1", "=1+1"),
            Example(question, "\u200b\u00a0", None, ""),
        )


class ShortText(Text):
    """A few words in one box."""

    name = "short_text"
    label = "Short text"
    usual_limit = 200
    shape = "text_box"


class LongText(Text):
    """A comment in a writing box with a count of the characters used."""

    name = "long_text"
    label = "Long text"
    usual_limit = 4_000
    shape = "writing_box"
    rows = 5
