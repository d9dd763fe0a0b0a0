"""A date in three boxes. A year alone, or a month and a year, is accepted when that is all a person knows."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from surveys.codes import BLANK, in_four_bytes
from surveys.controls import Control
from surveys.definition import Question
from surveys.kinds.base import WHOLE, AnswerError, CodeColumn, Example, Kind, Setting
from surveys.kinds.cells import CellError, Cells, OptionWords, given_cell, quoted
from surveys.likeness import folded
from surveys.messages import Message
from surveys.summaries import Line, Summary

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ),
    "pl": (
        "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec",
        "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień",
    ),
    "ur": (
        "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون",
        "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
    ),
}  # fmt: skip
"""The months by language; in English where a language is not here."""
MONTHS_AFTER_A_DAY = MONTHS | {
    "pl": (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
}  # fmt: skip
"""The same in the form that they have in a date with a day."""
BOXES = ("day", "month", "year")
LONGEST_YEAR = 4
DAY_ZERO_OF_SPREADSHEETS = date(1899, 12, 30)
"""What a spreadsheet's number 0 would be as a date, since it takes 1900 for a leap year (ECMA-376, 18.17.4.1)."""
SERIAL = re.compile(r"^([0-9]{5})(?:\.[0-9]+)?$")
SERIALS = range(10_000, 80_000)
"""Numbers that stand for days from 1927 to 2119; four digits are a year."""
ISO = re.compile(r"^([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:[t ][0-9:.]+)?$")
DAY_FIRST = re.compile(r"^(?:([0-9]{1,2})[./ -])?([0-9]{1,2})[./ -]([0-9]{2,4})(?: [0-9]{1,2}:[0-9:]+)?$")
WITH_NAME = re.compile(r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:([0-9]{1,2})(?:st|nd|rd|th)?[ -](?:of )?)?"
                       r"([^\W\d_]{3,})\.?,?[ -]([0-9]{2,4})$")  # fmt: skip
IN_NUMBERS = Message("Enter the date in numbers, like 27 3 2027")


def is_years(value: Any) -> bool:
    """Whether a setting is a list of years."""
    return isinstance(value, list) and all(WHOLE.fits(year) and 1900 <= year <= 9999 for year in value)


def read_years(text: str) -> list[int]:
    """The years of lines. Raises ValueError with what to do."""
    words = text.split()
    if not all(word.isdecimal() and len(word) <= LONGEST_YEAR for word in words):
        raise ValueError("Write each year in 4 digits, like 2027")
    return [int(word) for word in words]


def write_years(years: list[int]) -> str:
    """The lines of years."""
    return "\n".join(map(str, years))


class DateInBoxes(Kind):
    """Give a date. The value is ISO text: `2027-03-27`, or `2027-03` or `2027` when only that is known."""

    name = "date"
    label = "Date"
    takes = {
        "years": Setting(is_years, "a list of years", "lines", read=read_years, write=write_years).asked(
            "Years for the report", "One on each line, for the table in the report"
        )
    }

    def controls(self, question: Question) -> tuple[Control, ...]:
        return (Control("date_boxes"),)

    def clean(self, question: Question, raw: Any) -> str | None:
        if raw is None or raw == "":
            return None
        boxes = raw if isinstance(raw, Mapping) else boxes_of(box_text(raw))
        if not set(boxes) <= set(BOXES):
            raise AnswerError(IN_NUMBERS)
        day, month, year = (box_text(boxes.get(part)) for part in BOXES)
        if not (day or month or year):
            return None
        return iso_date(day, month, year)

    def spread(self, question: Question, value: Any) -> dict[str, Any]:
        return {"": boxes_of(value) if value else {}}

    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        if not value:
            return ""
        boxes = boxes_of(value)
        names = MONTHS_AFTER_A_DAY if boxes["day"] else MONTHS
        month = names.get(language, names["en"])[int(boxes["month"]) - 1] if boxes["month"] else ""
        return " ".join(part for part in (boxes["day"], month, boxes["year"]) if part)

    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        return (CodeColumn(four_bytes=True),)

    def codes(self, question: Question, value: Any) -> dict[str, int]:
        boxes = boxes_of(value)
        return {"": int(boxes["year"]) * 10_000 + int(boxes["month"] or 0) * 100 + int(boxes["day"] or 0)}

    def blank_codes(self, question: Question) -> dict[str, int]:
        return {"": in_four_bytes(BLANK)}

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        lines = tuple(
            Line({"en": str(year)}, (question.key,), low=year * 10_000, high=year * 10_000 + 9_999)
            for year in question.settings.get("years", ())
        )
        return (Summary(question.key, lines, base_column=question.key),)

    def code_labels(self, question: Question, part: str, language: str = "en") -> dict[int, str]:
        return {}

    def read_cells(self, question: Question, cells: Cells, known: OptionWords) -> Any:
        value = given_cell(cells.get("", ""))
        return boxes_in(value) if isinstance(value, str) else value

    def missing_default(self) -> Message:
        return Message("Enter a date, like 27 3 2027")

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)
        if not question.settings.get("years"):
            yield "needs the years its table shows"

    def examples(self) -> tuple[Example, ...]:
        question = Question("seen", self.name, {"en": "When were you seen?"}, settings={"years": [2026, 2027]})
        return (
            Example(question, {"day": "27", "month": "3", "year": "2027"}, "2027-03-27", "27 March 2027"),
            Example(question, {"day": "", "month": "3", "year": "2027"}, "2027-03", "March 2027"),
            Example(question, "2027", "2027", "2027"),
            Example(question, {"day": "", "month": "", "year": ""}, None, ""),
        )


def boxes_of(value: str) -> dict[str, str]:
    """An ISO date as the text of its three boxes."""
    year, month, day = (*value.split("-", 2), "", "")[:3]
    return {"day": day.lstrip("0") or day, "month": month.lstrip("0") or month, "year": year}


def boxes_in(text: str) -> dict[str, str]:
    """The boxes of a date as people and spreadsheets write it, the day before the month. Raises CellError."""
    typed = folded(text)
    if re.fullmatch("[0-9]{4}", typed):
        return {"day": "", "month": "", "year": typed}
    if (serial := SERIAL.match(typed)) and int(serial[1]) in SERIALS:
        return boxes_of((DAY_ZERO_OF_SPREADSHEETS + timedelta(days=int(serial[1]))).isoformat())
    if iso := ISO.match(typed):
        return {"day": iso[3] or "", "month": iso[2], "year": iso[1]}
    if numbers := DAY_FIRST.match(typed):
        return {"day": numbers[1] or "", "month": numbers[2], "year": numbers[3]}
    if (named := WITH_NAME.match(typed)) and (month := month_named(named[2])):
        return {"day": named[1] or "", "month": str(month), "year": named[3]}
    raise CellError(f"“{quoted(text)}” is not a date. Write it like 27/3/2027, the day first")


def month_named(word: str) -> int | None:
    """The number of a month by its name in any language, or by its beginning in English."""
    for names in (*MONTHS.values(), *MONTHS_AFTER_A_DAY.values()):
        if word in map(folded, names):
            return [folded(name) for name in names].index(word) + 1
    begun = [number for number, name in enumerate(MONTHS["en"], start=1) if folded(name).startswith(word)]
    return begun[0] if len(begun) == 1 else {"sept": 9}.get(word)


def box_text(raw: Any) -> str:
    """What one box holds, as text. Raises AnswerError for what nobody can type there."""
    if raw is None or isinstance(raw, str):
        return (raw or "").strip()
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 9999:
        return str(raw)
    raise AnswerError(IN_NUMBERS)


def iso_date(day: str, month: str, year: str) -> str:
    """The ISO text of what three boxes hold. Raises AnswerError."""
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (day, month, year) if part):
        raise AnswerError(IN_NUMBERS)
    if len(year) != 4 or int(year) < 1900:
        raise AnswerError("Enter the year in full, like 2027")
    if day and not month:
        raise AnswerError("Enter the month as a number, like 3")
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise AnswerError("Check the date. There is no such day") from None
    return "-".join((year, *(f"{int(part):02}" for part in (month, day) if part)))
