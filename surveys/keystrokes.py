"""What a keyer types for one box of a paper form: codes, marks, dates and text, read and written. Pure.

The keys are those of the number pad: `.` left blank on purpose, `/` cannot be read, `*` more than one box ticked on a one-tick
question, followed by the codes seen. Codes are typed as printed, all of one width, so that tick boxes are typed straight
through: `135`, or `010412` where a question has ten options or more. After a `+` come words written beside the box.
Which boxes a form has is in `keying.py`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from surveys.controls import Control
from surveys.definition import Option, Question
from surveys.marks import illegible, is_mark, several
from surveys.text import clean_text

BLANK, SEVERAL, ILLEGIBLE = ".", "*", "/"
AS_WRITTEN = "+"
LONGEST_NOTE = 500
TAKES_WORDS = ("text_box", "writing_box")
"""Shapes of box whose answer is words: a `+` in them is one of the words."""

BETWEEN_CODES = re.compile(r"[\s,;]+")
BETWEEN_PARTS_OF_A_DATE = re.compile(r"[\s./-]+")
LENGTHS_OF_A_DATE = {8: (2, 4), 6: (0, 2), 4: (0, 0)}
"""Digits typed without a break -> where its month and its year begin: 27032027, 032027, 2027."""


MOST_SHOWN = 20


class Miskeyed(ValueError):
    """What was typed cannot be taken. Its message is a sentence for the keyer; `part` names the control."""

    def __init__(self, message: str, part: str = ""):
        super().__init__(message)
        self.part = part


class State(StrEnum):
    """What became of one box of the form. None of these is ever merged with another."""

    NOT_KEYED = "not keyed"
    ANSWERED = "answered"
    BLANK = "left blank"
    SEVERAL = "more than one ticked"
    ILLEGIBLE = "cannot be read"


@dataclass(frozen=True)
class Field:
    """One box to key: a control of a question as asked (`question.key` is `c3@1` in a round of a repeated page).

    `number` is the number on the paper ("4", or "9b" for the second line of question 9), `label` the short words beside it,
    `place` how messages name it: "question 9b", "question 5 for Eye clinic".
    """

    question: Question
    control: Control
    number: str
    label: str
    place: str

    @property
    def name(self) -> str:
        """The name of its input."""
        return self.control.name(self.question.key)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that have a code on paper. Code 0 is a web form's own "No second choice", which paper does not print.

        "Prefer not to say" may have code 0: the equality questions have a digit less to type for it.
        """
        return tuple(option for option in self.control.options if option.code or option.meaning == "prefer_not_to_say")

    @property
    def takes_several(self) -> bool:
        """Whether several codes are one answer."""
        return self.control.shape == "tick_boxes"

    @property
    def code_width(self) -> int:
        """How many digits each code has; 0 where no codes are typed."""
        return max((len(str(option.code)) for option in self.options), default=0)

    def printed(self, code: int) -> str:
        """A code as printed on the form and typed: 4, or 04 where the question has codes of two digits."""
        return f"{code:0{self.code_width}}"

    def use(self) -> str:
        """What may be typed, for messages: "1 to 5, or . / *"."""
        keys = f"{BLANK} {ILLEGIBLE}" if self.takes_several else f"{BLANK} {ILLEGIBLE} {SEVERAL}"
        return f"{self.code_ranges()}, or {keys}"

    def code_ranges(self) -> str:
        """Its codes in words, runs of three or more as "1 to 5"."""
        codes = sorted(option.code for option in self.options)
        starts = [code for before, code in pairwise([codes[0] - 2, *codes]) if code != before + 1]
        ends = [code for code, after in pairwise([*codes, codes[-1] + 2]) if after != code + 1]
        return ", ".join(
            f"{self.printed(start)} to {self.printed(end)}"
            if end > start + 1
            else ", ".join(self.printed(code) for code in range(start, end + 1))
            for start, end in zip(starts, ends, strict=True)
        )


def parted(field: Field, typed: str) -> tuple[str, str]:
    """The keys of a box, and the words written beside it. Words without a key stand beside a box left blank."""
    if field.control.shape in TAKES_WORDS or AS_WRITTEN not in typed:
        return typed.strip(), ""
    keys, _, note = typed.partition(AS_WRITTEN)
    return keys.strip() or BLANK, clean_text(note)[:LONGEST_NOTE].strip()


def state_of(field: Field, typed: str) -> State:
    """What a box holds, told from the keys alone."""
    typed, _ = parted(field, typed)
    if typed.startswith(SEVERAL) and field.options:
        return State.SEVERAL
    return {"": State.NOT_KEYED, BLANK: State.BLANK, ILLEGIBLE: State.ILLEGIBLE}.get(typed, State.ANSWERED)


def read_field(field: Field, typed: str) -> Any:
    """The raw value of a control, or a mark; None when nothing was typed, or a blank on purpose. Raises Miskeyed."""
    state = state_of(field, typed)
    if state in (State.NOT_KEYED, State.BLANK):
        return None
    if field.control.shape not in TAKES_WORDS:
        typed, _ = parted(field, typed)
    if state is State.ILLEGIBLE:
        return illegible()
    if state is State.SEVERAL:
        return several(codes_seen(field, typed.strip().removeprefix(SEVERAL)))
    return READERS[field.control.shape](field, typed)


def write_field(field: Field, raw: Any) -> str:
    """What is typed for a raw value or a mark: the inverse of `read_field`. Nothing given is typed as left blank."""
    if is_mark(raw):
        codes = raw.get("seen", [])
        return ILLEGIBLE if raw["mark"] == "illegible" else SEVERAL + typed_codes(field, codes)
    return (WRITERS[field.control.shape](field, raw) if raw is not None else "") or BLANK


def codes_typed(field: Field, typed: str) -> list[int]:
    """Every code typed, in order. Raises Miskeyed for one that the question does not have, or that was typed twice."""
    offered = {field.printed(option.code): option.code for option in field.options}
    pieces = [piece for token in BETWEEN_CODES.split(typed.strip(" ,;\t")) for piece in pieces_of(field, token)]
    codes = []
    for piece in pieces:
        code = offered.get(piece.rjust(field.code_width, "0"))
        if code is None:
            raise Miskeyed(wrong_code(field, piece), field.control.part)
        if code in codes:
            raise Miskeyed(f"You typed {piece} twice for {field.place}. Type each code once", field.control.part)
        codes.append(code)
    return codes


def pieces_of(field: Field, token: str) -> list[str]:
    """Codes typed without a break, parted at their width."""
    width = field.code_width
    if len(token) <= width:
        return [token]
    if len(token) % width:
        example = "".join(field.printed(option.code) for option in field.options[:2])
        message = f"Type each code for {field.place} with {width} digits, like {example}"
        raise Miskeyed(message, field.control.part)
    return [token[start : start + width] for start in range(0, len(token), width)]


def one_code(field: Field, typed: str) -> int:
    """The one code typed. Raises Miskeyed, naming the codes there are."""
    typed = typed.strip()
    if len(typed) > field.code_width:
        raise Miskeyed(wrong_code(field, typed), field.control.part)
    return codes_typed(field, typed)[0]


def codes_seen(field: Field, typed: str) -> list[int]:
    """The codes after a `*`: what was ticked, at least two. Raises Miskeyed."""
    codes = codes_typed(field, typed) if typed.strip() else []
    if len(codes) < 2:
        example = "".join(field.printed(option.code) for option in field.options[:2])
        message = f"After {SEVERAL}, type every code that was ticked for {field.place}, like {SEVERAL}{example}"
        raise Miskeyed(message, field.control.part)
    return codes


def wrong_code(field: Field, typed: str) -> str:
    return f"{shown(typed)} is not a code for {field.place}. Use {field.use()}"


def shown(typed: str) -> str:
    """What was typed, as far as a message can hold it."""
    return clean_text(typed)[:MOST_SHOWN]


def typed_codes(field: Field, codes: Any) -> str:
    return "".join(field.printed(code) for code in codes)


def date_boxes(field: Field, typed: str) -> dict[str, str]:
    """A date typed with or without breaks, or only its month and year, or its year. Raises Miskeyed."""
    parts = BETWEEN_PARTS_OF_A_DATE.split(typed.strip())
    if len(parts) == 1 and len(typed.strip()) in LENGTHS_OF_A_DATE:
        month, year = LENGTHS_OF_A_DATE[len(typed.strip())]
        digits = typed.strip()
        parts = [part for part in (digits[:month], digits[month:year], digits[year:]) if part]
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        message = f"{shown(typed)} is not a date. For {field.place} type it like 27 3 2027, or 27032027"
        raise Miskeyed(message, field.control.part)
    day, month_typed, year_typed = ["", "", *parts][-3:]
    return {"day": day, "month": month_typed, "year": year_typed}


def text(field: Field, typed: str) -> str:
    return typed


READERS: Mapping[str, Callable[[Field, str], Any]] = {
    "radios": one_code,
    "tick_boxes": codes_typed,
    "text_box": text,
    "number_box": text,
    "writing_box": text,
    "date_boxes": date_boxes,
}
"""How what was typed for each shape of control is read: every shape of `controls.READERS` must be here."""

WRITERS: Mapping[str, Callable[[Field, Any], str]] = {
    "radios": lambda field, raw: field.printed(int(raw)),
    "tick_boxes": typed_codes,
    "text_box": lambda field, raw: str(raw),
    "number_box": lambda field, raw: str(raw),
    "writing_box": lambda field, raw: str(raw),
    "date_boxes": lambda field, raw: " ".join(raw[box] for box in ("day", "month", "year") if raw.get(box)),
}
"""How a raw value of each shape is typed: the inverse of READERS."""
