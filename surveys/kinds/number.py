"""A number within a range, whole or with decimals."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from surveys.codes import BLANK, in_four_bytes
from surveys.controls import Control
from surveys.definition import Question, joined, words
from surveys.kinds.base import NUMBER, WHOLE, WORDS, AnswerError, CodeColumn, Example, Kind, Setting, subject_of
from surveys.kinds.cells import Cells, OptionWords, given_cell
from surveys.messages import Message
from surveys.summaries import Line, Summary

LARGEST = 1_000_000_000
"""The largest number asked for, times ten to the decimals: it must fit a four-byte column beside the missing codes."""

# A comma may only part thousands: "1,200" is a number, and "2,5" is not twenty-five.
WITH_COMMAS = re.compile(r"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$")


def is_bands(value: Any) -> bool:
    """Whether a setting is a list of `[low, high]`, numbers both; the last `high` may be None for "or more"."""
    return isinstance(value, list) and all(is_band(band) for band in value)


def is_band(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    return NUMBER.fits(value[0]) and (value[1] is None or NUMBER.fits(value[1]))


BAND = re.compile(r"^(-?[0-9.]+) *(?:(?:to|-|–) *(-?[0-9.]+)|or more|\+)$")


def read_bands(text: str) -> list[list[float | None]]:
    """The ranges of lines like "0 to 4" and "10 or more". Raises ValueError with what to do."""
    found: list[list[float | None]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = BAND.match(line)
        if not match:
            raise ValueError(f"Write “{line[:40]}” like “0 to 4” or “10 or more”")
        found.append([plain_number(match[1]), plain_number(match[2]) if match[2] else None])
    return found


def write_bands(bands: list[list[float | None]]) -> str:
    """The lines of ranges."""
    return "\n".join(f"{low:g} or more" if high is None else f"{low:g} to {high:g}" for low, high in bands)


def plain_number(text: str) -> float:
    """A number without a point where it has no decimals. Raises ValueError."""
    return float(text) if "." in text else int(text)


class Number(Kind):
    """Type a number. The value is an int, or a float when the question allows `decimals`.

    Settings: `min`, `max`, `decimals` (0 to 2), `unit` by language, `bands`: a list of `[low, high]` for the table.
    """

    name = "number"
    label = "Number"
    claims = ("answered", "equals", "less_than", "at_most", "more_than", "at_least")
    takes = {
        "min": NUMBER.asked("The lowest number that fits"),
        "max": NUMBER.asked("The highest number that fits"),
        "decimals": WHOLE.asked("Digits after the point", "0, 1 or 2"),
        "unit": WORDS.asked("Unit", "Stands behind the box, like “miles”"),
        "bands": Setting(is_bands, "a list of [low, high]", "lines", read=read_bands, write=write_bands).asked(
            "Ranges for the report", "One on each line, like “0 to 4” and “5 to 9”; the last may be “10 or more”"
        ),
    }

    def controls(self, question: Question) -> tuple[Control, ...]:
        return (Control("number_box", suffix=question.settings.get("unit", {})),)

    def decimals(self, question: Question) -> int:
        """How many decimals an answer may have."""
        return int(question.settings.get("decimals", 0))

    def clean(self, question: Question, raw: Any) -> int | float | None:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        number = self.parsed(question, raw)
        low, high = question.settings.get("min"), question.settings.get("max")
        if low is not None and number < low:
            raise AnswerError("{subject} must be {least} or more", subject=subject_of(question), least=low)
        if high is not None and number > high:
            raise AnswerError("{subject} must be {most} or less", subject=subject_of(question), most=high)
        # Adding zero turns -0.0 into 0.0: they are the same answer, and must be stored as the same.
        return float(number) + 0.0 if self.decimals(question) else int(number)

    def parsed(self, question: Question, raw: Any) -> Decimal:
        """The number typed. Raises AnswerError when it is not one, or has more decimals than allowed."""
        places = self.decimals(question)
        subject = subject_of(question)
        refusal = (
            AnswerError("{subject} must be a number, like 2.5", subject=subject)
            if places
            else AnswerError("{subject} must be a whole number, like 3", subject=subject)
        )
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise refusal
        try:
            typed = str(raw).strip()
            number = Decimal(typed.replace(",", "") if WITH_COMMAS.match(typed) else typed)
        except (InvalidOperation, ValueError):
            raise refusal from None
        if not number.is_finite():
            raise refusal
        # Before rounding: a number with more digits than a Decimal holds cannot be rounded at all.
        if abs(number) > LARGEST / 10**places:
            raise AnswerError("{subject} is too large", subject=subject)
        if round(number, places) != number:
            raise refusal
        return number

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        if value is None:
            return ""
        number = f"{value:.{self.decimals(question)}f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        unit = words(question.settings.get("unit", {}), language)
        return joined(number, " ", unit) if unit else number

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return (CodeColumn(four_bytes=True),)

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        return {"": round(value * 10 ** self.decimals(question))}

    def blank_codes(self, question: Question) -> dict[str, int]:
        return {"": in_four_bytes(BLANK)}

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        scale = 10 ** self.decimals(question)
        lines = tuple(
            Line(
                {"en": f"{low}" if low == high else f"{low} to {high}" if high is not None else f"{low} or more"},
                (question.key,),
                low=round(low * scale),
                high=LARGEST if high is None else round(high * scale),
            )
            for low, high in question.settings.get("bands", ())
        )
        return (Summary(question.key, lines, base_column=question.key, settings={"decimals": self.decimals(question)}),)

    def code_labels(self, question: Question, part: str, language: str = "en") -> dict[int, str]:
        return {}

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        return given_cell(cells.get("", ""))

    def missing_default(self) -> Message:
        return Message("Enter a number")

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)
        low, high = question.settings.get("min"), question.settings.get("max")
        if low is not None and high is not None and low > high:
            yield "has a smallest number larger than its largest"
        if self.decimals(question) not in (0, 1, 2):
            yield "must allow 0, 1 or 2 decimals"
        if not question.settings.get("bands"):
            yield "needs bands, so that its table can be published"

    def examples(self) -> tuple[Example, ...]:
        settings = {"min": 0, "max": 400, "unit": {"en": "visits"}, "bands": [[0, 0], [1, 2], [3, None]]}
        visits = Question(
            "visits", self.name, {"en": "How many visits?"}, short={"en": "Number of visits"}, settings=settings
        )
        miles = Question("miles", self.name, {"en": "How far?"}, settings={"decimals": 1, "bands": [[0, 5]]})
        return (
            Example(visits, " 3 ", 3, "3 visits"),
            Example(visits, "0", 0, "0 visits"),
            Example(visits, "", None, ""),
            Example(miles, "2.5", 2.5, "2.5"),
            Example(miles, "-3", -3.0, "-3"),
        )
