"""What every kind of question must say. A kind is pure: it knows no database, no request and no page.

Answers have one shape everywhere (draft, API, check page, export): the plain JSON value that `clean` returns.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from surveys.codes import BLANK, HIGHEST_OPTION_CODE, PREFER_NOT_TO_SAY
from surveys.controls import Control
from surveys.definition import Option, Question, words
from surveys.kinds.usual_scales import UsualAnswers
from surveys.marks import illegible, several
from surveys.messages import Message
from surveys.summaries import Summary

OWN_WORDS = "{own}"
"""The message that says a text of the questionnaire and nothing else."""
FindArea = Callable[[str], Mapping[str, Any] | None]
"""`full postcode, like "NB4 1AA" -> what is known of its area`, or None when the postcode is not known."""


class AnswerError(ValueError):
    """The answer cannot be taken. Its `message` tells the person what to do, in plain English: see `surveys.messages`.

    `part` names the control it is about, where a question has several.
    """

    def __init__(self, message: str, part: str = "", **parameters: Any):
        self.message = message if isinstance(message, Message) else Message(message, **parameters)
        super().__init__(self.message)
        self.part = part


@dataclass(frozen=True)
class CodeColumn:
    """A column of codes that a question fills: its part ("" for the question itself), and four bytes wide or one."""

    part: str = ""
    four_bytes: bool = False


@dataclass(frozen=True)
class Example:
    """A question of the kind, something a person may send for it, what is stored, and how it reads."""

    question: Question
    raw: Any
    value: Any
    reads: str


@dataclass(frozen=True)
class Setting:
    """What a setting of a kind may hold: `fits` decides, `wanted` tells the author.

    The rest is for the form that sets it. `label` asks for it; a setting without one is set in a place of its own. `shape` is
    "whole", "number", "tick", "text", "lines" or "words" (a text by language); `read` makes the value of what was typed in
    lines, raising ValueError, and `write` is its inverse.
    """

    fits: Callable[[Any], bool]
    wanted: str
    shape: str = "text"
    label: str = ""
    hint: str = ""
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str

    def asked(self, label: str, hint: str = "") -> "Setting":
        """The same setting with the words that ask for it."""
        return replace(self, label=label, hint=hint)


def is_number(value: Any) -> bool:
    """A number as JSON has it; True is not one."""
    return isinstance(value, int | float) and not isinstance(value, bool)


WHOLE = Setting(lambda value: is_number(value) and isinstance(value, int), "a whole number", "whole")
NUMBER = Setting(lambda value: is_number(value) and abs(value) <= 1_000_000_000, "a number", "number")
TRUTH = Setting(lambda value: isinstance(value, bool), "true or false", "tick")
WORD = Setting(lambda value: isinstance(value, str), "text")
WORDS = Setting(
    lambda value: isinstance(value, Mapping) and all(isinstance(part, str) for part in (*value, *value.values())),
    "texts by language",
    "words",
)

MISSING = WORDS.asked("What to say when somebody must answer and has not", "For example: Select yes or no")
"""Every kind's setting for a required question that was left blank."""


class Kind(ABC):
    """One type of question. `name` is what documents say, `label` what the builder's menu says.

    `takes` names its settings; every kind takes `missing`, what to say when a required question was left blank.
    """

    name: str
    label: str
    takes: Mapping[str, Setting] = {}
    needs_options = False
    needs_statements = False
    takes_exclusive = False
    """Whether several options can be ticked, so that one may refuse the others (`Option.exclusive`)."""
    usual_answers: Mapping[str, UsualAnswers] = {}
    """Answers that many questions of this kind share, for the builder to fill in: by a name of their own, in menu order."""
    claims: tuple[str, ...] = ("answered",)
    """What a condition may say of an answer of this kind (`definition.Condition.says`); the others are never true of it."""
    is_written = False
    """Whether an answer is words or parts that no code stands for, so that an export must read the document."""
    is_answerable = True
    """Whether it has controls; False for what is only read."""

    def starting_options(self) -> tuple[Option, ...]:
        """The options that a new question of this kind begins with."""
        return ()

    # What it is made of

    @abstractmethod
    def controls(self, question: Question) -> tuple[Control, ...]:
        """The controls a person fills in. Drawn by web forms, paper and key entry."""

    def paper_controls(self, question: Question) -> tuple[Control, ...]:
        """What is printed of them on a paper form. Its boxes hold the same codes: whoever keys the form fills in `controls`."""
        return self.controls(question)

    def gather(self, parts: Mapping[str, Any]) -> Any:
        """The raw answer made of what each control holds (`{part: raw}`)."""
        return parts.get("")

    def spread(self, question: Question, value: Any) -> dict[str, Any]:
        """A stored value as what each control shows (`{part: raw}`): the inverse of `gather`."""
        return {"": value}

    # What an answer means

    @abstractmethod
    def clean(self, question: Question, raw: Any) -> Any:
        """The answer to store, or None when nothing was given. Raises AnswerError. A stored value cleans to itself."""

    def limit(self, question: Question, value: Any) -> Any:
        """What remains of a stored value when only the question's options count; None when nothing does."""
        return value

    def settle(self, value: Any, find_area: FindArea) -> Any:
        """The value to store, once what may not be kept has been turned into what may; only postcodes have such a thing."""
        return value

    @abstractmethod
    def describe(self, question: Question, value: Any, language: str = "en") -> str:
        """The answer in words, for the person to check."""

    def missing_message(self, question: Question) -> Message:
        """What to say when a required question was left blank. The questionnaire's own words come first."""
        own = question.settings.get("missing", {})
        return Message(OWN_WORDS, own=own) if words(own) else self.missing_default()

    def missing_default(self) -> Message:
        """The words when the questionnaire has none of its own."""
        return Message("Select an answer")

    # How it is counted

    @abstractmethod
    def columns(self, question: Question) -> tuple[CodeColumn, ...]:
        """The columns of codes the question fills, in order."""

    @abstractmethod
    def codes(self, question: Question, value: Any) -> dict[str, int]:
        """The codes of an answer by part. `question` is as asked: a column of an option not offered is left out."""

    def blank_codes(self, question: Question) -> dict[str, int]:
        """The codes of a question that was shown and left blank."""
        return {column.part: BLANK for column in self.columns(question)}

    @abstractmethod
    def summaries(self, question: Question) -> tuple[Summary, ...]:
        """The tables its answers are reported in."""

    # How it is written out

    def text_of(self, value: Any) -> str | None:
        """The free text in an answer, which no code can stand for; None when it has none."""
        return None

    def column_heading(self, question: Question, part: str, language: str = "en") -> str:
        """What a codebook says of one of the columns."""
        return words(question.short or question.text, language)

    def code_labels(self, question: Question, part: str, language: str = "en") -> dict[int, str]:
        """The words of each code in a column, for codebooks; empty where the code is the number itself."""
        return {code_of(option): words(option.label, language) for option in question.options}

    # How it is read from a spreadsheet

    def cell_parts(self, question: Question) -> tuple[str, ...]:
        """The parts that a column of a spreadsheet may hold, "" for the whole answer in one cell."""
        return tuple(dict.fromkeys(("", *(column.part for column in self.columns(question)))))

    def part_labels(self, question: Question) -> Mapping[str, Mapping[str, str]]:
        """What people call the parts in a heading, `{part: words by language}`; empty where parts have no words."""
        return {}

    @abstractmethod
    def read_cells(self, question: Question, cells: Mapping[str, str], known: Any) -> Any:
        """The raw answer that a row of a spreadsheet holds (`{part: text}`), for `clean`; a mark; or None when it holds none.

        Reads what `exports.tables` writes of an answer, and what people type: options by code or by words (`known`, a
        `cells.OptionWords` of the question). Raises AnswerError, mostly `cells.CellError`, naming the part.
        """

    # What a questionnaire may say

    def unfit_settings(self, question: Question) -> Iterator[str]:
        """The settings whose values are of the wrong sort. Nothing else can be asked of a question that has one."""
        for name, setting in {"missing": MISSING, **self.takes}.items():
            if name in question.settings and not setting.fits(question.settings[name]):
                yield f"has a setting “{name}” that must be {setting.wanted}"

    def problems(self, question: Question) -> Iterator[str]:
        """What is wrong with a question of this kind, in words for its author. Every kind adds its own settings."""
        codes = [option.code for option in question.options]
        if self.needs_options and len(codes) < 2:
            yield "needs at least 2 options"
        if len(set(codes)) != len(codes):
            yield "has two options with the same code"
        if any(not 1 <= code <= HIGHEST_OPTION_CODE for code in codes):
            yield f"has an option code outside 1 to {HIGHEST_OPTION_CODE}"
        keys = [statement.key for statement in question.statements]
        if self.needs_statements and not keys:
            yield "needs at least 1 statement"
        if len(set(keys)) != len(keys):
            yield "has two statements with the same key"

    @abstractmethod
    def examples(self) -> tuple[Example, ...]:
        """Answers that the contract test of all kinds sends through every method."""


def code_of(option: Option) -> int:
    """The byte that stands for an option: its own code, but the reserved one for "prefer not to say"."""
    return PREFER_NOT_TO_SAY if option.meaning == "prefer_not_to_say" else option.code


def subject_of(question: Question) -> Any:
    """What an answer is called in a message about it, as a parameter of one."""
    return question.short if words(question.short) else Message("Your answer")


def find_option(question: Question, raw: Any) -> Option:
    """The option a raw code names. Raises AnswerError when the question offers no such option."""
    if type(raw) is int and (known := question.option(raw)):
        return known
    wanted = raw.strip() if isinstance(raw, str) else raw
    for option in question.options:
        # A code arrives as text from a form and as a number from a stored answer; True must not pass for 1.
        if not isinstance(raw, bool) and wanted in (option.code, str(option.code)):
            return option
    raise AnswerError("Select one of the answers listed")


def clean_mark(question: Question, raw: Mapping[str, Any]) -> dict[str, Any]:
    """A keyer's mark with nothing in it but what a mark may hold. Raises AnswerError for a box the question does not have."""
    if raw["mark"] == "illegible":
        return illegible()
    seen = raw.get("seen", [])
    if not isinstance(seen, list) or len(seen) > len(question.options):
        raise AnswerError("List each box that was ticked once")
    return several([find_option(question, code).code for code in seen])
