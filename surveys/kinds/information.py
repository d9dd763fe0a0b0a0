"""A page of information: something to read, nothing to answer."""

from typing import Any

from surveys.controls import Control
from surveys.definition import Question
from surveys.kinds.base import CodeColumn, Example, Kind
from surveys.kinds.cells import Cells, OptionWords
from surveys.summaries import Summary


class Information(Kind):
    """Words to read. It never has a value."""

    name = "information"
    label = "Information to read"
    is_answerable = False

    def controls(self, question: Question) -> tuple[Control, ...]:
        return ()

    def clean(self, question: Question, raw: Any) -> None:
        return None

    def limit(self, question: Question, value: Any) -> None:
        return None

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        return ""

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return ()

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        return {}

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        return ()

    def cell_parts(self, question: Question) -> tuple[str, ...]:
        return ()

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> None:
        return None

    def examples(self) -> tuple[Example, ...]:
        return (Example(Question("plan", self.name, {"en": "Our plan\n\nWe want to…"}), None, None, ""),)
