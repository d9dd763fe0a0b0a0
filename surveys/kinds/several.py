"""Several choices: tick all that apply, with an exclusive "none of these" and a most allowed."""

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.codes import NOT_TICKED, PREFER_NOT_TO_SAY, TICKED
from surveys.controls import Control
from surveys.definition import Option, Question, joined_by, words
from surveys.kinds.base import WHOLE, AnswerError, CodeColumn, Example, Kind, find_option
from surveys.kinds.cells import DECLINED, SEVERAL, Cells, OptionWords, coded_cell, tick_in
from surveys.marks import is_mark, several
from surveys.summaries import Line, Summary

MOST_GIVEN = 1_000
"""More codes than this in one answer come from no form: each is looked up, so a million would hold up everybody else."""


class SeveralChoices(Kind):
    """Tick any number of options. The value is the list of their codes in the order of the options, each once."""

    name = "several_choices"
    label = "Choose several options"
    needs_options = True
    takes_exclusive = True
    claims = ("answered", "includes")
    takes = {"most": WHOLE.asked("The most options somebody may tick", "Leave blank for no limit")}

    def controls(self, question: Question) -> tuple[Control, ...]:
        return (Control("tick_boxes", options=question.options),)

    def clean(self, question: Question, raw: Any) -> list[int] | None:
        if raw is None or raw == "":
            return None
        given = raw if isinstance(raw, list | tuple) else [raw]
        if len(given) > MOST_GIVEN:
            raise AnswerError("Select each answer once")
        chosen = {find_option(question, code).code for code in given if code not in (None, "")}
        options = [option for option in question.options if option.code in chosen]
        self.refuse_impossible(question, options)
        return [option.code for option in options] or None

    def refuse_impossible(self, question: Question, options: list[Option]) -> None:
        """Raise AnswerError for an exclusive option with another, or for more options than allowed."""
        alone = next((option for option in options if option.exclusive), None)
        if alone and len(options) > 1:
            raise AnswerError(
                "Select the answers that apply, or select “{answer}”. You cannot select both", answer=alone.label
            )
        most = question.settings.get("most")
        if most and len(options) > most:
            raise AnswerError(
                "Select {most} answers at most. You have selected {selected}", most=most, selected=len(options)
            )

    def limit(self, question: Question, value: Any) -> Any:
        return [code for code in value if question.option(code)] or None

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        chosen = (question.option(code) for code in value or ())
        return joined_by("; ", (words(option.label, language) for option in chosen if option))

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return tuple(CodeColumn(str(option.code)) for option in question.options)

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        refused = any(o.meaning == "prefer_not_to_say" and o.code in value for o in question.options)
        return {
            str(option.code): PREFER_NOT_TO_SAY if refused else TICKED if option.code in value else NOT_TICKED
            for option in question.options
        }

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        counted = [option for option in question.options if option.meaning != "prefer_not_to_say"]
        columns = tuple(f"{question.key}.{option.code}" for option in counted)
        lines = tuple(
            Line(option.label, (column,), code=TICKED) for option, column in zip(counted, columns, strict=True)
        )
        # Options offered to some only have a base of their own, but a person who was asked at all has one column answered.
        always = next((c for o, c in zip(counted, columns, strict=True) if o.shown_if is None), columns[0])
        return (Summary(question.key, lines, base_column=always, overlapping=True, largest_first=True),)

    def column_heading(self, question: Question, part: str, language: str = "en") -> str:
        option = question.option(int(part))
        return (
            f"{words(question.short or question.text, language)}: {words(option.label, language) if option else part}"
        )

    def code_labels(self, question: Question, part: str, language: str = "en") -> dict[int, str]:
        return {TICKED: "ticked", NOT_TICKED: "not ticked"}

    def part_labels(self, question: Question) -> Mapping[str, Mapping[str, str]]:
        return {str(option.code): option.label for option in question.options}

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        found = [listed_in(cells.get("", ""), known)]
        found += [
            tick_in(cells[part], option, part) for option in question.options if (part := str(option.code)) in cells
        ]
        if mark := next(filter(is_mark, found), None):
            return mark
        if DECLINED in found:
            return [known.declined().code]
        listed, *ticks = found
        offered = [option.code for option in question.options if str(option.code) in cells]
        return [*(listed or ()), *(code for code, tick in zip(offered, ticks, strict=True) if tick)] or None

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)
        most = question.settings.get("most")
        if most is not None and not (isinstance(most, int) and most >= 1):
            yield "allows a most number of answers that is not a whole number of 1 or more"

    def examples(self) -> tuple[Example, ...]:
        question = Question(
            key="hard",
            kind=self.name,
            text={"en": "What would make it difficult?"},
            options=(
                Option(1, {"en": "Distance"}),
                Option(2, {"en": "Cost"}),
                Option(8, {"en": "None of these"}, exclusive=True, meaning="none"),
            ),
        )
        return (
            Example(question, ["2", "1", "1"], [1, 2], "Distance; Cost"),
            Example(question, ["8"], [8], "None of these"),
            Example(question, [], None, ""),
        )


def listed_in(text: str, known: OptionWords) -> Any:
    """The codes that one cell lists, a mark, DECLINED, or None."""
    value = coded_cell(text)
    if not isinstance(value, str):
        return value
    codes = [option.code for option in known.options(value.removeprefix(SEVERAL).strip())]
    return several(codes) if value.startswith(SEVERAL) else codes
