"""What an answer must be like ("constraint", validation) turned into the settings of a kind of question, exactly or not at all.

`limits_of(tree, question)` gives what the settings can hold and, apart, why the rest cannot be held. A constraint is only
ever asked of somebody who answered, so that "not empty" is always true in one.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

from surveys.interchange.expressions import SELF, Answer, Call, CannotHold, Tree, Value, answers_in, conjuncts
from surveys.interchange.logic import as_code, folded, number_of, plain_number
from surveys.interchange.rules import TESTS, TURNED

OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
MOST_NAMED = 12
"""The most options that a constraint may name: every way of ticking them is tried."""
WITHIN = re.compile(r"^\^?\.\{([01]?),([0-9]{1,5})\}\$?$")
"""A pattern that says only how long an answer may be."""


@dataclass(frozen=True)
class Limited:
    """What a constraint is about: the kind of question, its settings so far, the source codes of its options, and which are
    known to be exclusive."""

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    exclusive: frozenset[str] = frozenset()


@dataclass
class Limits:
    """What settings hold of a constraint: `settings`, and the source codes of options that are `exclusive`.

    `reasons` why the rest is not held; none when everything is.
    """

    settings: dict[str, Any] = field(default_factory=dict)
    exclusive: frozenset[str] = frozenset()
    reasons: list[str] = field(default_factory=list)


def limits_of(tree: Tree, question: Limited) -> Limits:
    """What can be held of a constraint."""
    found = Limits()
    holding = HOLDING.get(question.kind)
    for part in [tree] if question.codes else conjuncts(tree):
        try:
            if is_always_true(part):
                continue
            if others := {answer.name for answer in answers_in(part)} - {SELF}:
                raise CannotHold(f"it compares the answer with another one, “{sorted(others)[0]}”")
            if holding is None:
                raise CannotHold("this kind of question has no such limit here")
            holding(part, question, found)
        except CannotHold as reason:
            found.reasons.append(str(reason))
    return found


def is_always_true(tree: Tree) -> bool:
    """Whether a constraint refuses nothing that was answered."""
    tree = folded(tree)
    if isinstance(tree, Value):
        return bool(tree.value)
    if not isinstance(tree, Call):
        return False
    if tree.name == "!=" and set(tree.parts) == {Answer(SELF), Value("")}:
        return True
    return tree.name == "not" and tree.parts == (Call("is_empty", (Answer(SELF),)),)


def comparison(tree: Tree) -> tuple[str, Tree, float]:
    """A comparison as its operator, what is compared, and the number it is compared with. Raises CannotHold."""
    if isinstance(tree, Call) and tree.name == "not" and len(tree.parts) == 1:
        operator, left, number = comparison(tree.parts[0])
        return OPPOSITE[operator], left, number
    if not isinstance(tree, Call) or tree.name not in TURNED:
        raise CannotHold("a limit here is a smallest or largest number, and this is something else")
    operator, (left, right) = tree.name, (folded(part) for part in tree.parts)
    if isinstance(left, Value):
        operator, left, right = TURNED[operator], right, left
    fixed = number_of(right.value) if isinstance(right, Value) else None
    if fixed is None:
        raise CannotHold("it compares the answer with something that is not a number")
    return operator, left, fixed


# Numbers ------------------------------------------------------------------------------------------------------------------


def hold_number(tree: Tree, question: Limited, found: Limits) -> None:
    """`min` and `max`: a number that must be larger than another is at least the next one that can be typed."""
    operator, left, number = comparison(tree)
    if left != Answer(SELF):
        raise CannotHold("it asks something of the answer that is not its size")
    if operator == "!=":
        raise CannotHold("a number in the middle cannot be refused here")
    step = Fraction(1, 10 ** int(question.settings.get("decimals", 0)))
    steps = Fraction(str(number)) / step
    if operator in (">", ">=", "="):
        least = math.floor(steps) + 1 if operator == ">" else math.ceil(steps)
        found.settings["min"] = max(typed(least * step), found.settings.get("min", -math.inf))
    if operator in ("<", "<=", "="):
        most = math.ceil(steps) - 1 if operator == "<" else math.floor(steps)
        found.settings["max"] = min(typed(most * step), found.settings.get("max", math.inf))


def typed(number: Fraction) -> float:
    """A number as a setting holds it."""
    return plain_number(float(number))


# Choices ------------------------------------------------------------------------------------------------------------------


def hold_choices(tree: Tree, question: Limited, found: Limits) -> None:
    """`most`, and options that exclude all others: those that allow exactly the answers that the constraint allows."""
    named = tuple(code for code in question.codes if code in set(codes_named(tree)))
    if len(named) > MOST_NAMED:
        raise CannotHold(f"it names more than {MOST_NAMED} answers")
    others = len(question.codes) - len(named)
    allowed = {way: allows(tree, *way) for way in ways_of_ticking(named, others)}
    total = len(question.codes)
    most = max((len(chosen) + rest for (chosen, rest), fine in allowed.items() if fine), default=0)
    alone = frozenset(
        code
        for code in named
        if allowed[(frozenset({code}), 0)]
        and not any(allowed[way] for way in allowed if code in way[0] and size(way) > 1)
    )
    known = question.exclusive, int(question.settings.get("most") or total)
    for exclusive, limit in (known, (frozenset(), most), (alone, total), (alone, most)):
        if limit and all(fine is fits(way, exclusive, limit) for way, fine in allowed.items()):
            found.exclusive = exclusive
            found.settings |= {"most": limit} if limit < total else {}
            return
    raise CannotHold("it forbids some answers together, and here an answer can only exclude all others")


Way = tuple[frozenset[str], int]
"""A way of ticking: which of the named options, and how many of the others."""


def ways_of_ticking(named: tuple[str, ...], others: int) -> Iterator[Way]:
    """Every way of ticking at least one option."""
    for count in range(len(named) + 1):
        for chosen in combinations(named, count):
            yield from ((frozenset(chosen), rest) for rest in range(others + 1) if count + rest)


def size(way: Way) -> int:
    return len(way[0]) + way[1]


def fits(way: Way, exclusive: frozenset[str], most: int) -> bool:
    """Whether a question with these settings takes such an answer."""
    return size(way) <= most and (size(way) == 1 or not way[0] & exclusive)


def codes_named(tree: Tree) -> Iterator[str]:
    """The codes that an expression names."""
    if isinstance(tree, Value) and isinstance(tree.value, str | float):
        yield as_code(tree.value)
    elif isinstance(tree, Call):
        for part in tree.parts:
            yield from codes_named(part)


def allows(tree: Tree, chosen: frozenset[str], rest: int) -> bool:
    """Whether a constraint is true of an answer. Raises CannotHold for what cannot be told."""
    if isinstance(tree, Value):
        return bool(tree.value)
    if isinstance(tree, Call) and tree.name == "and":
        return all([allows(part, chosen, rest) for part in tree.parts])
    if isinstance(tree, Call) and tree.name == "or":
        return any([allows(part, chosen, rest) for part in tree.parts])
    if isinstance(tree, Call) and tree.name == "not" and len(tree.parts) == 1:
        return not allows(tree.parts[0], chosen, rest)
    if isinstance(tree, Call) and tree.name == "selected" and tree.parts[:1] == (Answer(SELF),):
        return any(isinstance(part, Value) and as_code(part.value) in chosen for part in tree.parts[1:2])
    operator, left, number = comparison(tree)
    if isinstance(left, Call) and left.name == "count-selected" and left.parts == (Answer(SELF),):
        return TESTS[operator](len(chosen) + rest, number)
    raise CannotHold("it asks more of the answers than which, and how many, were chosen")


def hold_one_choice(tree: Tree, question: Limited, found: Limits) -> None:
    raise CannotHold("an answer that is offered cannot be refused here")


# Words --------------------------------------------------------------------------------------------------------------------


def hold_words(tree: Tree, question: Limited, found: Limits) -> None:
    """`limit`, in characters."""
    if isinstance(tree, Call) and tree.name == "regex" and len(tree.parts) == 2:
        pattern = tree.parts[1]
        within = WITHIN.match(str(pattern.value)) if isinstance(pattern, Value) else None
        if not within:
            raise CannotHold("an answer cannot be made to match a pattern here")
        return hold_length(int(within[2]), found)
    operator, left, number = comparison(tree)
    if not isinstance(left, Call) or left.name not in ("string-length", "strlen") or left.parts != (Answer(SELF),):
        raise CannotHold("it asks something of the words that is not their length")
    if operator in ("<", "<="):
        return hold_length(math.ceil(number) - 1 if operator == "<" else math.floor(number), found)
    if not TESTS[operator](1, number) or operator == "=":
        raise CannotHold("an answer cannot be made to have a number of characters here")


def hold_length(characters: int, found: Limits) -> None:
    if not 1 <= characters <= 20_000:
        raise CannotHold("a text here may have from 1 to 20,000 characters")
    found.settings["limit"] = min(characters, found.settings.get("limit", characters))


HOLDING: Mapping[str, Callable[[Tree, Limited, Limits], None]] = {
    "number": hold_number,
    "several_choices": hold_choices,
    "one_choice": hold_one_choice,
    "short_text": hold_words,
    "long_text": hold_words,
}
