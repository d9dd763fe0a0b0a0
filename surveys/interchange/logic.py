"""Conditions put together and simplified, and the values of expressions as numbers and codes. Pure arithmetic of rules."""

from collections.abc import Callable, Mapping

from surveys.definition import COMPARISONS, Condition, is_comparable
from surveys.interchange.expressions import Call, Tree, Value

Held = Condition | bool
"""A condition; or True or False for a rule that always or never holds."""

# Conditions put together --------------------------------------------------------------------------------------------------


def both(parts: list[Held], says: str) -> Held:
    """Conditions joined by "all" or "any": flat, each once, and without those that make no difference."""
    neutral = says == "all"
    found: list[Condition] = []
    for part in parts:
        if isinstance(part, bool):
            if part is not neutral:
                return part
            continue
        found.extend(part.parts if part.says == says else [part])
    if says == "any":
        found = merged(found)
    found = list(dict.fromkeys(found))
    if not found:
        return neutral
    return found[0] if len(found) == 1 else Condition(says, parts=tuple(found))


def merged(found: list[Condition]) -> list[Condition]:
    """Alternatives about options of one question said together: "is 1 or is 2" is "is 1 or 2"."""
    together: dict[tuple[str, str, str], Condition] = {}
    rest: list[Condition] = []
    for part in found:
        about = (part.says, part.question, part.statement)
        if part.says not in ("is", "includes"):
            rest.append(part)
        elif about in together:
            values = tuple(dict.fromkeys((*together[about].values, *part.values)))
            together[about] = Condition(*about, values=values)
            rest[rest.index(next(other for other in rest if about_of(other) == about))] = together[about]
        else:
            together[about] = part
            rest.append(part)
    return rest


def about_of(part: Condition) -> tuple[str, str, str]:
    return part.says, part.question, part.statement


def negated(held: Held) -> Held:
    """The opposite."""
    if isinstance(held, bool):
        return not held
    return held.parts[0] if held.says == "not" else Condition("not", parts=(held,))


def needs(held: Held, key: str) -> bool:
    """Whether the condition can only be true of somebody who answered this question."""
    if isinstance(held, bool):
        return False
    if held.says == "all":
        return any(needs(part, key) for part in held.parts)
    if held.says == "any":
        return all(needs(part, key) for part in held.parts)
    return held.question == key and held.says in ("answered", *COMPARISONS)


def size(condition: Condition) -> int:
    """How many parts a condition has."""
    return 1 + sum(size(part) for part in condition.parts)


# Values -------------------------------------------------------------------------------------------------------------------


def folded(tree: Tree) -> Tree:
    """The tree with sums of fixed numbers worked out, and with number(x), string(x) and brackets taken off."""
    if (
        isinstance(tree, Call)
        and tree.name.lower() in ("number", "int", "string", "floatval", "intval")
        and len(tree.parts) == 1
    ):
        return folded(tree.parts[0])
    if not isinstance(tree, Call) or tree.name not in SUMS or len(tree.parts) != 2:
        return tree
    left, right = (folded(part) for part in tree.parts)
    if isinstance(left, Value) and isinstance(right, Value):
        numbers = number_of(left.value), number_of(right.value)
        if numbers[0] is not None and numbers[1] is not None:
            worked_out = SUMS[tree.name](numbers[0], numbers[1])
            if worked_out is not None:
                return Value(worked_out)
    return tree


SUMS: Mapping[str, Callable[[float, float], float | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b if b else None,
}


def number_of(value: str | float | bool) -> float | None:
    """A value as a number, or None when it is none."""
    if isinstance(value, bool):
        return float(value)
    try:
        number = float(value)
    except ValueError:
        return None
    return number if is_comparable(number) else None


def plain_number(number: float) -> float:
    """Whole numbers as such: 18, not 18.0."""
    return int(number) if number == int(number) else number


def as_code(value: str | float | bool) -> str:
    """A value as the code of an answer is written: 1, not 1.0."""
    if isinstance(value, float):
        return str(plain_number(value))
    return str(value).strip()
