"""A postcode: the first part and the number after the space are kept, the rest is never stored.

A full postcode is about 15 households, a sector (NB4 1) about 2,600 (ICO). Where a questionnaire needs an area, the full
postcode may be typed; `settle` turns it into codes of that area at once, and what is stored is those and the sector.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.controls import Control
from surveys.definition import Question
from surveys.kinds.base import AnswerError, CodeColumn, Example, FindArea, Kind
from surveys.kinds.cells import Cells, OptionWords, given_cell
from surveys.messages import Message
from surveys.summaries import Line, Summary
from surveys.text import clean_text

GIVEN = 1
WANTED = Message("Enter a postcode, like NB4 1AA, or just the first part, like NB4")
MOST_AREA_CODES = 20
LONGEST_AREA_CODE = 80
# A9, A99, AA9, AA99, A9A, AA9A, then perhaps a digit, then perhaps two letters.
# Never cut at a number of characters: NE35 is not NE3.
SHAPE = re.compile(r"^([A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?)(?:([0-9])([A-Z]{2})?)?$")
SPACED = re.compile(r"^([A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?)(?:[ .]+([0-9])[ .]*([A-Z]{2})?)?$")


class Postcode(Kind):
    """Give a postcode or its first part. The value is `{"outward": "NB4"}`, with "sector" and "area" where known."""

    name = "postcode"
    label = "Postcode"
    is_written = True

    def controls(self, question: Question) -> tuple[Control, ...]:
        return (Control("text_box", purpose="postal-code"),)

    def spread(self, question: Question, value: Any) -> dict[str, Any]:
        return {"": (value.get("sector") or value["outward"]) if isinstance(value, Mapping) else value}

    def clean(self, question: Question, raw: Any) -> dict[str, Any] | None:
        if isinstance(raw, Mapping):
            return cleaned_parts(raw)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        return parse_postcode(raw)

    def settle(self, value: Any, find_area: FindArea) -> Any:
        """The value to store: the full postcode looked up and then dropped, known or not."""
        if not value or "full" not in value:
            return value
        kept = {name: part for name, part in value.items() if name != "full"}
        area = find_area(value["full"])
        return kept | {"area": dict(area)} if area else kept

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        return (value.get("sector") or value["outward"]) if value else ""

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return (CodeColumn(),)

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        return {"": GIVEN}

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        line = Line({"en": "Gave a postcode"}, (question.key,), code=GIVEN)
        return (Summary(question.key, (line,), base_column=question.key, chart="text"),)

    def text_of(self, value: Any) -> str | None:
        return self.describe(Question("", self.name, {}), value) if isinstance(value, Mapping) else None

    def code_labels(self, question: Question, part: str, language: str = "en") -> dict[int, str]:
        return {GIVEN: "gave a postcode"}

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        return given_cell(cells.get("", ""))

    def missing_default(self) -> Message:
        return WANTED

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)

    def examples(self) -> tuple[Example, ...]:
        question = Question("where", self.name, {"en": "What is your postcode?"})
        return (
            Example(question, " nb4  1 ", {"outward": "NB4", "sector": "NB4 1"}, "NB4 1"),
            Example(question, "ne35", {"outward": "NE35"}, "NE35"),
            Example(question, "", None, ""),
        )


def cleaned_parts(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A stored postcode, or one sent in its stored form, with every part read again. Raises AnswerError."""
    parts: dict[str, Any] = parse_postcode(raw.get("full") or raw.get("sector") or raw.get("outward"))
    if "area" in raw:
        parts["area"] = cleaned_area(raw["area"])
    return parts


def cleaned_area(raw: Any) -> dict[str, Any]:
    """The codes of an area by name, each a short code or a whole number. Raises AnswerError."""
    if not isinstance(raw, Mapping) or len(raw) > MOST_AREA_CODES or not all(map(is_area_code, (*raw, *raw.values()))):
        raise AnswerError(WANTED)
    return dict(raw)


def is_area_code(value: Any) -> bool:
    """Whether a value could be the name or the code of an area: what is stored here is never free text."""
    if isinstance(value, str):
        return len(value) <= LONGEST_AREA_CODE and clean_text(value) == value
    return value is None or (isinstance(value, int) and abs(value) < 1_000_000)


def parse_postcode(raw: Any) -> dict[str, str]:
    """The parts of what was typed: "outward", and "sector" and "full" as far as given. Raises AnswerError."""
    if not isinstance(raw, str):
        raise AnswerError(WANTED)
    typed = " ".join(raw.upper().split())
    found = SPACED.match(typed) or SHAPE.match(typed.replace(" ", "").replace(".", ""))
    if not found:
        raise AnswerError(WANTED)
    outward, digit, letters = found.groups()
    parts = {"outward": outward}
    if digit:
        parts["sector"] = f"{outward} {digit}"
    if digit and letters:
        parts["full"] = f"{outward} {digit}{letters}"
    return parts
