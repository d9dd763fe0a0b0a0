"""How cells of a spreadsheet are read as answers: by code or by words, blank or marked. Shared by the kinds; pure.

A cell may be one of our own row export (`exports.tables`, docs/decisions/0005), or typed by a person: so codes and words are
read alike, and the marks are those of the number pad too (`surveys/keystrokes.py`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from surveys.codes import (
    BLANK,
    CELL_OF_MISSING,
    ILLEGIBLE,
    NOT_ASKED,
    NOT_ASKED_TEXT,
    PREFER_NOT_TO_SAY,
    SEVERAL_TICKED,
    UNREADABLE_TEXT,
)
from surveys.definition import Option, Question, words
from surveys.kinds.base import AnswerError
from surveys.likeness import folded, nearest
from surveys.marks import illegible, is_mark, several
from surveys.text import clean_text

Cells = Mapping[str, str]
"""What a row's cells hold of one question, by part of the question; "" is a cell that holds the whole answer."""

LONGEST_QUOTE = 60
MOST_LOOKED_UP = 2_000
"""Different words of one question whose meaning is remembered."""
MOST_COMPARED = 200
"""Different words of one question for which others that come near are looked for."""
MOST_IN_A_CELL = 300
MOST_WORDS_TOGETHER = 6
"""A label holds at most so many of the marks that part answers from each other."""
SEPARATORS = (";", "\n", "|", ",")
SEVERAL = "*"
DECLINED = object()
"""That somebody preferred not to say."""
FAULTS = frozenset({"#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!"})
WHOLE = re.compile(r"^(-?[0-9]+)[.]0+$")
"""A whole number with the decimals that other programs give a column in which one cell is empty."""


def cell_of(code: int) -> str:
    return str(CELL_OF_MISSING[code])


BLANK_CELLS = frozenset({"", ".", cell_of(NOT_ASKED), cell_of(BLANK), NOT_ASKED_TEXT})
ILLEGIBLE_CELLS = frozenset({"/", cell_of(ILLEGIBLE), UNREADABLE_TEXT})
STATES: Mapping[str, Callable[[], Any]] = (
    {cell: lambda: None for cell in BLANK_CELLS}
    | {cell: illegible for cell in ILLEGIBLE_CELLS}
    | {cell_of(SEVERAL_TICKED): lambda: several([]), SEVERAL: lambda: several([])}
    | {cell_of(PREFER_NOT_TO_SAY): lambda: DECLINED}
)
GIVEN_STATES: Mapping[str, Callable[[], Any]] = {
    "": lambda: None,
    NOT_ASKED_TEXT: lambda: None,
    UNREADABLE_TEXT: illegible,
    "/": illegible,
}
TICKS = {"1": True, "x": True, "✓": True, "✔": True, "☑": True, "yes": True, "y": True, "true": True, "ticked": True,
         "0": False, "no": False, "n": False, "false": False, "not ticked": False, "unticked": False, "☐": False}  # fmt: skip


class CellError(AnswerError):
    """A cell that cannot be read as an answer, in words for staff. `typed` are the words, `near` the options they may mean."""

    def __init__(self, says: str, part: str = "", *, typed: str = "", near: Sequence[Option] = ()):
        super().__init__(says, part)
        self.typed = typed
        self.near = tuple(near)


class OptionWords:
    """What words in cells mean as options of one question, remembered for the many rows of a file.

    `meant` says it of words that could not be read (`{folded words: code}`). With `by_code` a number is always a code, as in our
    own export; else a number that is the code of one option and the words of another must be told.
    """

    def __init__(self, question: Question, meant: Mapping[str, int] | None = None, *, by_code: bool = False):
        self.question = question
        self.meant = meant or {}
        self.by_code = by_code
        self.codes = {str(option.code): option for option in question.options}
        self.exact: dict[str, list[Option]] = {}
        self.labels: dict[str, list[Option]] = {}
        for option in question.options:
            for label in labels_of(option):
                self.exact.setdefault(clean_text(label), []).append(option)
                self.labels.setdefault(folded(label), []).append(option)
        self.named_before: dict[str, tuple[Option, ...]] = {}
        self.refused_before: dict[str, tuple[Option, ...]] = {}

    def named(self, text: str) -> tuple[Option, ...]:
        """The options that words may name: none, one, or several where a number is a code and a label too."""
        found = self.named_before.get(text)
        if found is None:
            found = tuple({option.code: option for option in self.looked_up(text, folded(text))}.values())
            if len(self.named_before) < MOST_LOOKED_UP:
                self.named_before[text] = found
        return found

    def looked_up(self, text: str, typed: str) -> list[Option]:
        if (code := str(self.meant.get(typed))) in self.codes:
            return [self.codes[code]]
        coded = self.codes.get(WHOLE.sub(r"\1", typed))
        if coded and self.by_code:
            return [coded]
        # Two options may differ in no more than a blank: as it is written comes before as it is compared.
        labelled = self.exact.get(text) or self.labels.get(typed, [])
        return [*([coded] if coded else []), *labelled]

    def find(self, text: str) -> Option | None:
        """The option that words name, or None where they name none or several."""
        found = self.named(text)
        return found[0] if len(found) == 1 else None

    def option(self, text: str) -> Option:
        """The option that the words of a cell name. Raises CellError, with the options that come near."""
        found = self.named(text)
        if len(found) == 1:
            return found[0]
        if found:
            says = f"“{quoted(text)}” can mean several of the answers listed: {said(found)}. Say which is meant"
            raise CellError(says, typed=folded(text), near=found)
        near = self.near(folded(text))
        hint = f". Was {said(near, between=' or ')} meant?" if near else ""
        raise CellError(f"“{quoted(text)}” is not one of the answers listed{hint}", typed=folded(text), near=near)

    def near(self, typed: str) -> tuple[Option, ...]:
        """The options that come near folded words. Looked for only so often: a file may hold any number of words."""
        if typed not in self.refused_before and len(self.refused_before) < MOST_COMPARED:
            close = (option for word in nearest(typed, self.labels) for option in self.labels[word])
            self.refused_before[typed] = tuple({option.code: option for option in close}.values())
        return self.refused_before.get(typed, ())

    def options(self, text: str) -> list[Option]:
        """The options that one cell names, in its order: parted by a semicolon, a line, a bar or a comma. Raises CellError."""
        if alone := self.find(text):
            return [alone]
        for separator in SEPARATORS:
            pieces = [piece for piece in text.split(separator) if piece.strip()]
            if separator in text and len(pieces) <= MOST_IN_A_CELL and (found := self.put_together(pieces, separator)):
                return found
        codes = text.split()
        if all(code in self.codes for code in codes):
            return [self.codes[code] for code in codes]
        used = next((separator for separator in SEPARATORS if separator in text), None)
        pieces = [piece.strip() for piece in text.split(used)] if used else []
        return [self.option(next((piece for piece in pieces if piece and not self.find(piece)), text))]

    def put_together(self, pieces: Sequence[str], separator: str) -> list[Option]:
        """The options that pieces name, where a label may itself hold the separator; [] where they name none."""
        after: list[list[Option] | None] = [None] * len(pieces) + [[]]
        for start in reversed(range(len(pieces))):
            for end in range(start + 1, min(start + MOST_WORDS_TOGETHER, len(pieces)) + 1):
                rest = after[end]
                option = self.find(separator.join(pieces[start:end]).strip()) if rest is not None else None
                if option and rest is not None:
                    after[start] = [option, *rest]
        return after[0] or []

    def declined(self) -> Option:
        """The option "prefer not to say". Raises CellError for a question that has none."""
        found = next((option for option in self.question.options if option.meaning == "prefer_not_to_say"), None)
        if found is None:
            raise CellError(
                f"{cell_of(PREFER_NOT_TO_SAY)} says “prefer not to say”, which this question does not offer"
            )
        return found


def coded_cell(text: str) -> Any:
    """A cell of codes: None when blank or not asked, a mark, DECLINED, or its words. Raises CellError."""
    text = typed_in(text)
    state = STATES.get(WHOLE.sub(r"\1", text))
    return state() if state else text


def given_cell(text: str) -> Any:
    """A cell of words, numbers or dates: None when blank or not asked, a mark, or what was written. Raises CellError."""
    text = typed_in(text)
    state = GIVEN_STATES.get(text)
    return state() if state else text


def typed_in(text: str) -> str:
    """What was typed into a cell. Raises CellError for what a spreadsheet shows where a formula failed."""
    text = clean_text(text)
    if text.casefold() in FAULTS:
        raise CellError(f"The cell shows the fault {text} of a formula. Put its value there")
    return text


def choice_in(text: str, known: OptionWords) -> Any:
    """The code that one cell gives, a mark, or None. `*` before several answers says that more than one box was ticked."""
    value = coded_cell(text)
    if value is None or is_mark(value):
        return value
    if value is DECLINED:
        return known.declined().code
    if value.startswith(SEVERAL):
        return several([option.code for option in known.options(value.removeprefix(SEVERAL).strip())])
    try:
        return known.option(value).code
    except CellError:
        if is_several(value, known):
            says = (
                f"“{quoted(value)}” is more than one answer. If several boxes were ticked, write {SEVERAL} before them"
            )
            raise CellError(says) from None
        raise


def is_several(text: str, known: OptionWords) -> bool:
    """Whether a cell names several options."""
    try:
        return len(known.options(text)) > 1
    except CellError:
        return False


def tick_in(text: str, option: Option, part: str) -> Any:
    """Whether the cell of one option says that it is ticked: True, False, None when blank, a mark, or DECLINED."""
    value = coded_cell(text)
    if not isinstance(value, str):
        return value
    typed = WHOLE.sub(r"\1", folded(value))
    if typed in TICKS:
        return TICKS[typed]
    if typed in map(folded, labels_of(option)):
        return True
    raise CellError(f"“{quoted(value)}” does not say whether this is ticked. Write 1 where it is and 0 where not", part)


def labels_of(option: Option) -> list[str]:
    """Every label of an option: in each language, and in the words of its variants."""
    said_in = [option.label, *(variant.get("label", {}) for variant in option.variants.values())]
    return [label for texts in said_in for label in texts.values()]


def quoted(text: str) -> str:
    """Words of a cell as a message repeats them."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


def said(options: Sequence[Option], *, between: str = "; ") -> str:
    """Options as a message names them: their words, and the code that is sure to be understood."""
    return between.join(f"“{quoted(words(option.label))}” ({option.code})" for option in options)
