"""Characteristics and answers: how answers to the equality questions become a profile's row of codes, and what is reported.

The questions themselves are versioned files in `equality.question_bank`. A row never holds words or a postcode. Three states
are kept apart for ever: not asked, shown and left blank, asked and declined. Pure: loads without Django.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from equality.codes import BLANK, NOT_ASKED, PREFER_NOT_TO_SAY
from equality.question_bank import load_question_sets
from equality.question_bank.definition import (
    CategoryError,
    Characteristic,
    Derived,
    Option,
    QuestionSet,
    Reported,
    When,
    words,
)

__all__ = [
    "DECLINED",
    "LEFT_BLANK",
    "QUESTION_SETS",
    "Answer",
    "Answers",
    "CategoryError",
    "Characteristic",
    "Option",
    "QuestionSet",
    "Reported",
    "decode",
    "encode",
    "is_asked",
    "normalise",
    "options_shown",
    "profile_layout",
    "question_set_of",
    "reported_characteristics",
    "words",
]

QUESTION_SETS: dict[str, QuestionSet] = load_question_sets()
"""`{version: QuestionSet}`. A consultation names its version, and so does each profile."""

DECLINED = "pnts"
"""The value of "Prefer not to say"."""
LEFT_BLANK = ""
"""The value of a question that was shown and left blank. A question never shown has no value at all."""
TICKED, NOT_TICKED = 1, 2
"""Codes of one option's own column, where several may be ticked."""
CODE_OF_MISSING = {LEFT_BLANK: BLANK, DECLINED: PREFER_NOT_TO_SAY}
MISSING_OF_CODE = {code: value for value, code in CODE_OF_MISSING.items()}

Answer = str | list[str]
Answers = dict[str, Answer]
"""`{key: value}`, or `{key: [value, ...]}` where several may be ticked; "pnts" and "" as above."""
Given = str | int | Sequence[str | int] | None
"""An answer as it comes in: an option's value or code, a list of them, "pnts", or "" (also None or an empty list) for blank."""


def question_set_of(set_version: str) -> QuestionSet:
    """The question set of a version. Raises CategoryError."""
    try:
        return QUESTION_SETS[set_version]
    except KeyError:
        raise CategoryError(f"There is no equality question set {set_version!r}") from None


@cache
def profile_layout(set_version: str) -> dict[str, tuple[int, int]]:
    """`{column key: (offset, width in bytes)}` of a profile's row. Tick-box options have a column each: `veteran#regular`."""
    question_set = question_set_of(set_version)
    keys = [key for characteristic in question_set.characteristics for key in columns_of(characteristic)]
    keys += [derived.key for derived in question_set.derived]
    return {key: (offset, 1) for offset, key in enumerate(keys)}


@cache
def reported_characteristics(set_version: str) -> tuple[Reported, ...]:
    """What results may be broken down by, in the order of reports. Missing states are never a category."""
    return question_set_of(set_version).reported


def encode(answers: Mapping[str, Given], set_version: str, *, previous: bytes | None = None) -> bytes:
    """A profile's row of codes with these answers put over those of `previous`.

    Keys that are not in `answers` stay as they were. What a changed answer takes off the route goes back to not asked: the
    impact of a condition nobody has, a detailed group of another broad one. A detailed group alone (as on paper) gives its
    broad one. Raises CategoryError for an unknown key or option, ticks that contradict each other, or a row of another length.
    """
    question_set = question_set_of(set_version)
    merged = decode(previous, set_version) if previous else {}
    merged |= normalise(answers, set_version)
    for characteristic in question_set.characteristics:
        parent_follows(characteristic, merged, answers)
    on_route = {key: answer for key, answer in merged.items() if is_on_route(question_set.by_key[key], merged)}
    row = bytearray()
    for characteristic in question_set.characteristics:
        row += codes_of(characteristic, on_route.get(characteristic.key))
    for derived in question_set.derived:
        row.append(derived_code(derived, on_route))
    return bytes(row)


def decode(codes: bytes, set_version: str) -> Answers:
    """The answers that a row of codes stands for; questions never shown are left out. Raises CategoryError."""
    layout = profile_layout(set_version)
    if len(codes) != len(layout):
        raise CategoryError(f"A row of question set {set_version} has {len(layout)} bytes, not {len(codes)}")
    found: Answers = {}
    for characteristic in question_set_of(set_version).characteristics:
        keys = columns_of(characteristic)
        start = layout[keys[0]][0]
        answer = answer_of(characteristic, codes[start : start + len(keys)])
        if answer is not None:
            found[characteristic.key] = answer
    return found


def normalise(answers: Mapping[str, Given], set_version: str) -> Answers:
    """Answers as values of the question set, ticks in its order and once each. Raises CategoryError."""
    by_key = question_set_of(set_version).by_key
    if unknown := sorted(answers.keys() - by_key.keys()):
        raise CategoryError(f"Question set {set_version} does not ask {', '.join(unknown)}")
    return {key: normal_answer(by_key[key], answer) for key, answer in answers.items()}


def is_asked(characteristic: Characteristic, answers: Mapping[str, Answer]) -> bool:
    """Whether somebody who gave these answers is asked this question."""
    if characteristic.not_asked_if and holds(characteristic.not_asked_if, answers):
        return False
    return holds(characteristic.asked_if, answers)


def options_shown(characteristic: Characteristic, answers: Mapping[str, Answer]) -> tuple[Option, ...]:
    """The options to choose from: all, or those of the broad option chosen before."""
    chosen = answers.get(characteristic.parent) if characteristic.parent else None
    return tuple(option for option in characteristic.options if not chosen or option.parent == chosen)


def columns_of(characteristic: Characteristic) -> list[str]:
    """The keys of a characteristic's columns."""
    if characteristic.several:
        return [f"{characteristic.key}#{option.value}" for option in characteristic.options]
    return [characteristic.key]


def holds(when: When, answers: Mapping[str, Answer]) -> bool:
    """Whether each question named was answered with one of the values named; an empty condition always holds."""
    for key, values in when.items():
        answer = answers.get(key, LEFT_BLANK)
        chosen = answer if isinstance(answer, list) else [answer]
        if not set(chosen) & set(values):
            return False
    return True


def is_on_route(characteristic: Characteristic, answers: Mapping[str, Answer]) -> bool:
    """Whether an answer still counts beside the others: it was asked, and its broad option is the one chosen."""
    answer = answers[characteristic.key]
    if not is_asked(characteristic, answers):
        return False
    if not characteristic.parent or not isinstance(answer, str) or answer in CODE_OF_MISSING:
        return True
    return characteristic.by_value[answer].parent == answers.get(characteristic.parent)


def parent_follows(characteristic: Characteristic, merged: Answers, answers: Mapping[str, Given]) -> None:
    """Set the broad option from a detailed one that came without it."""
    answer = merged.get(characteristic.key)
    came_alone = characteristic.key in answers and characteristic.parent not in answers
    if characteristic.parent and came_alone and isinstance(answer, str) and answer in characteristic.by_value:
        merged[characteristic.parent] = characteristic.by_value[answer].parent


def normal_answer(characteristic: Characteristic, answer: Given) -> Answer:
    """One answer as a value, or as a list of values where several may be ticked."""
    if answer is None or answer == LEFT_BLANK:
        return LEFT_BLANK
    ticks = [answer] if isinstance(answer, (str, int)) else list(answer)
    if characteristic.several:
        return normal_ticks(characteristic, ticks)
    if len(ticks) > 1:
        raise CategoryError(f"{characteristic.key} takes one answer, not {len(ticks)}")
    if not ticks or ticks == [DECLINED]:
        return DECLINED if ticks else LEFT_BLANK
    return option_of(characteristic, ticks[0]).value


def normal_ticks(characteristic: Characteristic, answers: Sequence[str | int]) -> Answer:
    """Ticks in the order of the options and once each; "" when there are none."""
    chosen = {DECLINED if answer == DECLINED else option_of(characteristic, answer).value for answer in answers}
    alone = {DECLINED} | {option.value for option in characteristic.options if option.exclusive}
    if len(chosen) > 1 and chosen & alone:
        raise CategoryError(f"{characteristic.key} has ticks that contradict each other: {', '.join(sorted(chosen))}")
    if not chosen or chosen == {DECLINED}:
        return DECLINED if chosen else LEFT_BLANK
    return [option.value for option in characteristic.options if option.value in chosen]


def option_of(characteristic: Characteristic, answer: str | int) -> Option:
    """The option with this value, or with this code when it is a number."""
    option = characteristic.by_code.get(answer) if isinstance(answer, int) else characteristic.by_value.get(answer)
    if option is None:
        raise CategoryError(f"{characteristic.key} has no option {answer!r}")
    return option


def codes_of(characteristic: Characteristic, answer: Answer | None) -> bytes:
    """The bytes of one characteristic's columns; None is a question that was never shown."""
    width = len(columns_of(characteristic))
    if answer is None:
        return bytes([NOT_ASKED]) * width
    if isinstance(answer, list):
        return bytes(TICKED if option.value in answer else NOT_TICKED for option in characteristic.options)
    if answer in CODE_OF_MISSING:
        return bytes([CODE_OF_MISSING[answer]]) * width
    return bytes([characteristic.by_value[answer].code])


def answer_of(characteristic: Characteristic, codes: bytes) -> Answer | None:
    """The answer that these bytes stand for; None when it was never shown."""
    if codes[0] == NOT_ASKED:
        return None
    if codes[0] in MISSING_OF_CODE:
        return MISSING_OF_CODE[codes[0]]
    if characteristic.several:
        ticked = zip(characteristic.options, codes, strict=True)
        return [option.value for option, code in ticked if code == TICKED]
    if codes[0] not in characteristic.by_code:
        raise CategoryError(f"{characteristic.key} has no option with code {codes[0]}")
    return characteristic.by_code[codes[0]].value


def derived_code(derived: Derived, answers: Mapping[str, Answer]) -> int:
    """The code of a worked-out column: an option, or why it cannot be known."""
    for option in derived.options:
        if any(holds(when, answers) for when in option.when):
            return option.code
    for key in derived.unknown_from:
        answer = answers.get(key)
        if answer is None:
            return NOT_ASKED
        if isinstance(answer, str) and answer in CODE_OF_MISSING:
            return CODE_OF_MISSING[answer]
    return NOT_ASKED
