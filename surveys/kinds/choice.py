"""One choice: a list of options, of which a person selects one. The five-point scale is this with a fixed shape."""

from typing import Any

from surveys.controls import Control
from surveys.definition import Option, Question, words
from surveys.kinds.base import TRUTH, WORDS, CodeColumn, Example, Kind, code_of, find_option
from surveys.kinds.cells import Cells, OptionWords, choice_in
from surveys.summaries import Line, Summary


class OneChoice(Kind):
    """Select one option. The value is its code."""

    name = "one_choice"
    label = "Choose one option"
    needs_options = True
    claims = ("answered", "is")
    takes = {
        "largest_first": TRUTH.asked("In the report, put the option that most people chose first"),
        "capacity": WORDS,
    }

    def controls(self, question: Question) -> tuple[Control, ...]:
        return (Control("radios", options=question.options),)

    def clean(self, question: Question, raw: Any) -> int | None:
        if raw is None or raw == "":
            return None
        return find_option(question, raw).code

    def limit(self, question: Question, value: Any) -> Any:
        return value if question.option(value) else None

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        option = question.option(value)
        return words(option.label, language) if option else ""

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return (CodeColumn(),)

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        option = question.option(value)
        return {"": code_of(option)} if option else {}

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        return (
            Summary(
                question=question.key,
                lines=option_lines(question, (question.key,)),
                base_column=question.key,
                largest_first=bool(question.settings.get("largest_first")),
            ),
        )

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        return choice_in(cells.get("", ""), known)

    def examples(self) -> tuple[Example, ...]:
        question = Question(
            key="used",
            kind=self.name,
            text={"en": "Have you used the service?"},
            options=(
                Option(1, {"en": "Yes"}),
                Option(2, {"en": "No"}),
                Option(9, {"en": "Prefer not to say"}, meaning="prefer_not_to_say"),
            ),
        )
        return (
            Example(question, "2", 2, "No"),
            Example(question, 1, 1, "Yes"),
            Example(question, "9", 9, "Prefer not to say"),
            Example(question, "", None, ""),
        )


def option_lines(question: Question, columns: tuple[str, ...]) -> tuple[Line, ...]:
    """A line for each option, counted in `columns`. "Prefer not to say" is part of the base's note, not a line."""
    return tuple(
        Line(option.label, columns, code=option.code, aside=option.meaning == "dont_know")
        for option in question.options
        if option.meaning != "prefer_not_to_say"
    )
