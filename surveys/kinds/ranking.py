"""Ranking a top three (or two, or five) without dragging: one list of options for each place."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.codes import BLANK
from surveys.controls import RANK_BOXES, Control
from surveys.definition import Option, Question, joined, joined_by, words
from surveys.kinds.base import WHOLE, AnswerError, CodeColumn, Example, Kind, find_option
from surveys.kinds.cells import DECLINED, CellError, Cells, OptionWords, choice_in, coded_cell
from surveys.marks import is_mark
from surveys.messages import Message
from surveys.summaries import Line, Summary

PLACES = (Message("first"), Message("second"), Message("third"), Message("fourth"), Message("fifth"))
CHOICES = (
    Message("Your first choice"),
    Message("Your second choice"),
    Message("Your third choice"),
    Message("Your fourth choice"),
    Message("Your fifth choice"),
)
NO_CHOICES = (
    Message("No second choice"),
    Message("No third choice"),
    Message("No fourth choice"),
    Message("No fifth choice"),
)
"""What says that a place but the first is left open."""
NOTHING = "0"
"""What the form posts for "No second choice": without it a radio button, once selected, could not be taken back."""

NUMBERED = re.compile(r"(?m)^\s*[0-9]{1,2}[.)]\s+")
"""The numbers before choices that are listed in one cell, a line each."""


class Ranking(Kind):
    """Choose a first, a second and a third. The value is the list of option codes, best first; it may be shorter."""

    name = "ranking"
    label = "Rank a top 3"
    needs_options = True
    claims = ("answered", "includes")
    takes = {"places": WHOLE.asked("How many places to fill", "3 where you leave it blank")}

    def places(self, question: Question) -> int:
        """How many places there are to fill."""
        return min(int(question.settings.get("places", 3)), len(question.options), len(PLACES))

    def controls(self, question: Question) -> tuple[Control, ...]:
        return tuple(
            Control(
                "radios",
                part=str(place + 1),
                label={"en": CHOICES[place]},
                options=question.options if place == 0 else (*question.options, no_choice(place)),
            )
            for place in range(self.places(question))
        )

    def paper_controls(self, question: Question) -> tuple[Control, ...]:
        """One list, with boxes to write 1, 2 and 3 in."""
        return (Control(RANK_BOXES, options=question.options, limit=self.places(question)),)

    def gather(self, parts: Mapping[str, Any]) -> Any:
        return [parts[part] for part in sorted(parts, key=int)]

    def spread(self, question: Question, value: Any) -> dict[str, Any]:
        return {str(place): code for place, code in enumerate(value or (), start=1)}

    def clean(self, question: Question, raw: Any) -> list[int] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple):
            raise AnswerError("List your choices in order, best first")
        given = [None if is_nothing(code) else code for code in raw]
        while given and given[-1] is None:
            given.pop()
        if len(given) > self.places(question):
            raise AnswerError("Choose {most} answers at most", most=self.places(question))
        ranked: list[int] = []
        for place, code in enumerate(given):
            if code is not None:
                ranked.append(self.placed(question, place, code, given, ranked))
        return ranked or None

    def placed(self, question: Question, place: int, code: Any, given: list[Any], ranked: list[int]) -> int:
        """The option code at one place. Raises AnswerError for a place skipped before it, or an option placed twice."""
        part = str(place + 1)
        if len(ranked) < place:
            raise AnswerError(
                "Select your {gap} choice before your {place} choice",
                part=str(len(ranked) + 1),
                gap=PLACES[len(ranked)],
                place=PLACES[place],
            )
        option = find_option(question, code)
        if option.code in ranked:
            raise AnswerError(
                "You have chosen “{answer}” more than once. Choose it once", part=part, answer=option.label
            )
        return option.code

    def limit(self, question: Question, value: Any) -> Any:
        return [code for code in value if question.option(code)] or None

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        chosen = [option for option in (question.option(code) for code in value or ()) if option]
        labels = enumerate((words(option.label, language) for option in chosen), start=1)
        return joined_by("\n", (joined(f"{place}. ", label) for place, label in labels))

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return tuple(CodeColumn(f"#{place + 1}") for place in range(self.places(question)))

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        return {
            f"#{place + 1}": value[place] if place < len(value) else BLANK for place in range(self.places(question))
        }

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        columns = tuple(f"{question.key}.#{place + 1}" for place in range(self.places(question)))
        first, top = columns[:1], columns
        return (
            self.summary(question, "first", {"en": "First choices"}, first, overlapping=False),
            self.summary(question, "top", {"en": f"Chosen in the top {len(columns)}"}, top, overlapping=True),
        )

    def summary(
        self, question: Question, part: str, heading: Mapping[str, str], columns: tuple[str, ...], *, overlapping: bool
    ) -> Summary:
        """A table of how often each option was placed in `columns`."""
        lines = tuple(Line(option.label, columns, code=option.code) for option in question.options)
        base = f"{question.key}.#1"
        return Summary(
            question.key, lines, base, part=part, heading=heading, overlapping=overlapping, largest_first=True
        )

    def column_heading(self, question: Question, part: str, language: str = "en") -> str:
        return f"{words(question.short or question.text, language)}: {PLACES[int(part[1:]) - 1]} choice"

    def part_labels(self, question: Question) -> Mapping[str, Mapping[str, str]]:
        return {f"#{place}": {"en": f"{PLACES[place - 1]} choice"} for place in range(1, self.places(question) + 1)}

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        listed = coded_cell(cells.get("", ""))
        if listed is DECLINED:
            return [known.declined().code]
        if isinstance(listed, str):
            return [option.code for option in known.options(NUMBERED.sub("", listed))]
        places = [f"#{place}" for place in range(1, self.places(question) + 1)]
        found = [listed, *(placed_in(cells[part], known, part) for part in places if part in cells)]
        if mark := next(filter(is_mark, found), None):
            return mark
        return found[1:] if any(found[1:]) else None

    def missing_default(self) -> Message:
        return Message("Select your first choice")

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)
        places = question.settings.get("places", 3)
        if not isinstance(places, int) or not 1 <= places <= len(PLACES):
            yield f"must rank from 1 to {len(PLACES)} places"

    def examples(self) -> tuple[Example, ...]:
        labels = ("Longer hours", "More same-day appointments", "Better phone access", "Keep every site")
        question = Question(
            key="matters",
            kind=self.name,
            text={"en": "Which changes matter most?"},
            options=tuple(Option(code, {"en": label}) for code, label in enumerate(labels, start=1)),
        )
        return (
            Example(question, ["3", "1", ""], [3, 1], "1. Better phone access\n2. Longer hours"),
            Example(question, ["4", "0", "0"], [4], "1. Keep every site"),
            Example(question, ["", "", ""], None, ""),
        )


def placed_in(text: str, known: OptionWords, part: str) -> Any:
    """The code in the cell of one place, a mark, or None. Raises CellError naming the place."""
    try:
        return choice_in(text, known)
    except CellError as error:
        raise CellError(str(error), part, typed=error.typed, near=error.near) from None


def is_nothing(code: Any) -> bool:
    """Whether a place was left empty. False is equal to 0, and is not something a person can choose."""
    return code is None or (code in ("", NOTHING, 0) and not isinstance(code, bool))


def no_choice(place: int) -> Option:
    return Option(int(NOTHING), {"en": NO_CHOICES[place - 1]}, meaning="none")
