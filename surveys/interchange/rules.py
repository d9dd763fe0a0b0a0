"""Rules of other tools ("relevant", "relevance") turned into this project's Conditions, exactly or not at all.

`condition_of(tree, find)` gives a Condition, or True or False where the rule does not depend on anything. It raises CannotHold
with the reason where a Condition would not mean the same. What is blank compares as the tools do it: no number is larger or
smaller than a blank, and a blank differs from everything.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from surveys.definition import Condition, is_comparable
from surveys.interchange.expressions import Answer, Call, CannotHold, Column, Tree, Value
from surveys.interchange.logic import Held, as_code, both, folded, negated, number_of, plain_number, size

MOST_PARTS = 400
"""A condition with more parts is no rule that anybody could check."""
MOST_WAYS = 60
"""The most ways of ticking several options that one condition spells out."""


@dataclass(frozen=True)
class Target:
    """What a name in an expression stands for: an answer, as conditions can ask about it.

    `holds`: "one" or "several" of `codes` (`{source code: our code}`), one "tick" (`code`), a "number", or "words" of any other
    sort. `shown`: when the question is asked, for tools where that matters; None for always.
    """

    key: str
    holds: str
    codes: Mapping[str, int] = field(default_factory=dict)
    code: int = 0
    statement: str = ""
    ticked: str = "Y"
    shown: Condition | None = None

    @property
    def answered(self) -> Condition:
        """That it has an answer."""
        if self.holds == "tick":
            return Condition("includes", self.key, values=(self.code,))
        return Condition("answered", self.key, self.statement)

    def claims(self, *codes: int) -> Condition:
        """That one of these options was chosen."""
        return Condition("includes" if self.holds == "several" else "is", self.key, self.statement, values=codes)


Find = Callable[[Answer], Target]
"""What an answer's name stands for; raises CannotHold for one that a rule cannot ask about."""


def condition_of(tree: Tree, find: Find) -> Held:
    """The condition that means what the expression means, True or False for one that always or never holds."""
    held = truth_of(tree, find)
    if isinstance(held, Condition) and size(held) > MOST_PARTS:
        raise CannotHold(f"it would become a condition of more than {MOST_PARTS} parts")
    return held


def truth_of(tree: Tree, find: Find) -> Held:
    if isinstance(tree, Value):
        return bool(tree.value)
    if isinstance(tree, Answer):
        return is_true(find(tree))
    if isinstance(tree, Column):
        raise CannotHold(f"“{tree.name}” is not a question of the form")
    if tree.name in ("and", "or"):
        return both([truth_of(part, find) for part in tree.parts], "all" if tree.name == "and" else "any")
    if tree.name in TURNED:
        return compared(tree.name, tree.parts[0], tree.parts[1], find)
    calling = FUNCTIONS.get(tree.name.lower())
    if calling is None:
        raise CannotHold(f"“{tree.name}” is nothing that a condition here can say")
    return calling(tree.parts, find)


def is_true(target: Target) -> Held:
    """What an answer alone says: that it was given, and is not the number 0."""
    zero = Condition("equals", target.key, target.statement, values=(0,))
    return both([target.answered, negated(zero)], "all") if target.holds == "number" else target.answered


# Comparisons --------------------------------------------------------------------------------------------------------------

TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""Each comparison, and the one that says the same with its sides changed over."""
CLAIM = {"=": "equals", "<": "less_than", "<=": "at_most", ">": "more_than", ">=": "at_least"}
TESTS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def compared(operator: str, left: Tree, right: Tree, find: Find) -> Held:
    """What a comparison says of answers."""
    left, right = folded(left), folded(right)
    if isinstance(left, Value) and isinstance(right, Value):
        return compared_values(operator, left.value, right.value)
    if isinstance(left, Value):
        return compared(TURNED[operator], right, left, find)
    if isinstance(left, Answer) and isinstance(right, Value):
        return compared_answer(operator, find(left), right.value)
    if isinstance(left, Answer) and isinstance(right, Answer):
        return compared_answers(operator, find(left), find(right))
    if isinstance(left, Call) and left.name == "if" and len(left.parts) == 3:
        ways = tuple(Call(operator, (part, right)) for part in left.parts[1:])
        return chosen_by((left.parts[0], *ways), find)
    if isinstance(left, Call) and left.name.lower() in COUNTING:
        return COUNTING[left.name.lower()](operator, left.parts, right, find)
    raise CannotHold("a condition here compares an answer with a fixed value, and this compares something else")


def compared_values(operator: str, left: str | float | bool, right: str | float | bool) -> bool:
    """A comparison in which nobody's answer takes part."""
    numbers = number_of(left), number_of(right)
    if numbers[0] is not None and numbers[1] is not None:
        return TESTS[operator](numbers[0], numbers[1])
    if operator in ("=", "!="):
        return (str(left) == str(right)) is (operator == "=")
    return False


def compared_answer(operator: str, target: Target, value: str | float | bool) -> Held:
    """An answer compared with a fixed value."""
    if value == "":
        if operator in ("=", "!="):
            return target.answered if operator == "!=" else negated(target.answered)
        raise CannotHold("it asks whether an answer is larger or smaller than nothing")
    if target.holds == "number":
        return compared_number(operator, target, value)
    if target.holds == "tick":
        return compared_tick(operator, target, value)
    if not target.codes:
        raise CannotHold(
            "it asks what was written or given there, and a condition here can only ask whether it was answered"
        )
    if operator == "!=":
        return negated(compared_answer("=", target, value))
    return compared_codes(operator, target, value)


def compared_number(operator: str, target: Target, value: str | float | bool) -> Held:
    number = number_of(value)
    if number is None or not is_comparable(number):
        raise CannotHold(f"it compares a number with “{value}”")
    if operator == "!=":
        return negated(compared_number("=", target, value))
    return Condition(CLAIM[operator], target.key, target.statement, values=(plain_number(number),))


def compared_tick(operator: str, target: Target, value: str | float | bool) -> Held:
    if operator not in ("=", "!=") or str(value) != target.ticked:
        raise CannotHold(f"it compares a tick with “{value}”")
    return target.answered if operator == "=" else negated(target.answered)


def compared_codes(operator: str, target: Target, value: str | float | bool) -> Held:
    """A choice compared with a code: the options for which that is so."""
    wanted = as_code(value)
    if operator == "=":
        if wanted not in target.codes:
            return False
        chosen = target.codes[wanted]
        if target.holds == "one":
            return target.claims(chosen)
        others = [code for code in target.codes.values() if code != chosen]
        return both([target.claims(chosen), *(negated(target.claims(code)) for code in others)], "all")
    number = number_of(value)
    if target.holds == "several" or number is None or any(number_of(code) is None for code in target.codes):
        raise CannotHold("it asks whether a choice is larger or smaller, and the codes of the answers are not numbers")
    codes = [ours for code, ours in target.codes.items() if TESTS[operator](number_of(code) or 0.0, number)]
    return target.claims(*codes) if codes else False


def compared_answers(operator: str, left: Target, right: Target) -> Held:
    """Two choices compared: spelt out option by option."""
    if operator not in ("=", "!=") or (left.holds, right.holds) != ("one", "one"):
        raise CannotHold("it compares two answers with each other, which a condition here can do for choices only")
    shared = [code for code in left.codes if code in right.codes]
    same = both(
        [both([left.claims(left.codes[code]), right.claims(right.codes[code])], "all") for code in shared]
        + [both([negated(left.answered), negated(right.answered)], "all")],
        "any",
    )
    return same if operator == "=" else negated(same)


# Functions ----------------------------------------------------------------------------------------------------------------


def selected(parts: tuple[Tree, ...], find: Find) -> Held:
    answer, code = two(parts, "selected")
    if not isinstance(answer, Answer) or not isinstance(code, Value):
        raise CannotHold("it asks for a chosen answer that is not named in it")
    target, wanted = find(answer), as_code(code.value)
    if target.holds not in ("one", "several") or not target.codes:
        raise CannotHold("it asks which answer was chosen at a question where none can be chosen here")
    return target.claims(target.codes[wanted]) if wanted in target.codes else False


def empty(parts: tuple[Tree, ...], find: Find) -> Held:
    if len(parts) != 1 or not isinstance(parts[0], Answer):
        raise CannotHold("it asks whether something other than an answer is empty")
    return negated(find(parts[0]).answered)


def negation(parts: tuple[Tree, ...], find: Find) -> Held:
    if len(parts) != 1:
        raise CannotHold("“not” stands before more than one thing")
    return negated(truth_of(parts[0], find))


def chosen_by(parts: tuple[Tree, ...], find: Find) -> Held:
    """if(asked, then, else) as a truth."""
    if len(parts) != 3:
        raise CannotHold("“if” must have three parts")
    asked = truth_of(parts[0], find)
    then, otherwise = truth_of(parts[1], find), truth_of(parts[2], find)
    return both([both([asked, then], "all"), both([negated(asked), otherwise], "all")], "any")


def passed_on(parts: tuple[Tree, ...], find: Find) -> Held:
    """boolean(x), boolean-from-string(x) and the like: what they are given."""
    if len(parts) != 1:
        raise CannotHold("it gives a function more than it takes")
    return truth_of(parts[0], find)


FUNCTIONS: dict[str, Callable[[tuple[Tree, ...], Find], Held]] = {
    "selected": selected,
    "not": negation,
    "is_empty": empty,
    "empty": empty,
    "if": chosen_by,
    "boolean": passed_on,
}


def compared_count(operator: str, parts: tuple[Tree, ...], right: Tree, find: Find) -> Held:
    """count-selected(answer) compared with a number: the ways of ticking so many, spelt out."""
    number = number_of(right.value) if isinstance(right, Value) else None
    if len(parts) != 1 or not isinstance(parts[0], Answer) or number is None:
        raise CannotHold("it compares how many answers were chosen with something that is not a number")
    target = find(parts[0])
    if target.holds != "several":
        raise CannotHold("it counts answers at a question that takes one")
    allowed = [count for count in range(len(target.codes) + 1) if TESTS[operator](count, number)]
    return so_many(target, set(allowed))


def so_many(target: Target, allowed: set[int]) -> Held:
    """That the number of options chosen is among `allowed`."""
    most = len(target.codes)
    ways: list[Held] = []
    for low, high in runs(sorted(allowed)):
        at_least = more_than(target, low - 1) if low else True
        ways.append(both([at_least, negated(more_than(target, high)) if high < most else True], "all"))
    return both(ways, "any")


def runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as their unbroken runs."""
    start = last = None
    for number in numbers:
        if last is not None and start is not None and number != last + 1:
            yield start, last
            start = number
        start = number if start is None else start
        last = number
    if start is not None and last is not None:
        yield start, last


def more_than(target: Target, count: int) -> Held:
    """That more than `count` options were chosen: some `count + 1` of them."""
    if count == 0:
        return target.answered
    ways = list(combinations(target.codes.values(), count + 1))
    if len(ways) > MOST_WAYS:
        raise CannotHold("it counts the answers chosen, of too many to spell out")
    return both([both([target.claims(code) for code in way], "all") for way in ways], "any")


def compared_length(operator: str, parts: tuple[Tree, ...], right: Tree, find: Find) -> Held:
    """string-length(answer) compared: only whether there is anything at all can be told."""
    number = number_of(right.value) if isinstance(right, Value) else None
    if len(parts) != 1 or not isinstance(parts[0], Answer) or number is None:
        raise CannotHold("it compares the length of something that is not an answer")
    answered = find(parts[0]).answered
    told = {TESTS[operator](0, number)}, {TESTS[operator](length, number) for length in (1, 2, 20_000)}
    near = {TESTS[operator](length, number) for length in range(1, max(2, min(int(abs(number)) + 2, 20_000)))}
    if len(told[1] | near) > 1:
        raise CannotHold("a condition here can ask whether something was written, not how long it is")
    blank, written = told[0].pop(), (told[1] | near).pop()
    if blank == written:
        return written
    return answered if written else negated(answered)


def compared_extreme(operator: str, parts: tuple[Tree, ...], right: Tree, find: Find, *, largest: bool) -> Held:
    """min(…) or max(…) compared with a number. One blank among them makes every comparison but "!=" false."""
    if operator in ("=", "!="):
        raise CannotHold("it asks whether the smallest or largest of several is exactly one number")
    each = [compared(operator, part, right, find) for part in parts]
    answered = [find(part).answered for part in parts if isinstance(part, Answer)]
    any_will_do = largest is (operator in (">", ">="))
    return both([*answered, both(each, "any" if any_will_do else "all")], "all")


COUNTING: dict[str, Callable[[str, tuple[Tree, ...], Tree, Find], Held]] = {
    "count-selected": compared_count,
    "string-length": compared_length,
    "strlen": compared_length,
    "min": lambda operator, parts, right, find: compared_extreme(operator, parts, right, find, largest=False),
    "max": lambda operator, parts, right, find: compared_extreme(operator, parts, right, find, largest=True),
}


def two(parts: tuple[Tree, ...], name: str) -> tuple[Tree, Tree]:
    if len(parts) != 2:
        raise CannotHold(f"“{name}” must have two parts")
    return folded(parts[0]), folded(parts[1])
