"""What a condition says, put simply: claims about answers, and groups of which all or any must be so. Pure.

Conditions that people build or import say the same in many ways. Here "not" is said of the claims themselves, groups within
groups of the same sort are one, and claims about one answer are one claim. `sentences.py` puts the result into words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from surveys.definition import Condition

OPPOSITE = {"all": "any", "any": "all"}


@dataclass(frozen=True)
class Claim:
    """One claim about one answer, or its opposite. `least` is how many of the options of "includes" were chosen."""

    condition: Condition
    negated: bool
    least: int = 1


@dataclass(frozen=True)
class Group:
    """Claims and groups of which `all` or `any` must be so. With no parts, "all" is always so and "any" never."""

    says: str
    parts: "tuple[Claim | Group, ...]"


EVERYBODY, NOBODY = Group("all", ()), Group("any", ())


def reading_of(condition: Condition, *, negated: bool = False) -> Claim | Group:
    """A condition without "not" around groups, without a group of one, and with claims about one answer put together."""
    if condition.says == "not":
        return reading_of(condition.parts[0], negated=not negated)
    if condition.says not in OPPOSITE:
        return Claim(condition, negated)
    says = OPPOSITE[condition.says] if negated else condition.says
    return group_of(says, [reading_of(part, negated=negated) for part in condition.parts])


def group_of(says: str, parts: Sequence[Claim | Group]) -> Claim | Group:
    flat: list[Claim | Group] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Group) and part.says == says else [part])
    # Of "any", one part that is always so decides; of "all", one that is never so.
    decides = EVERYBODY if says == "any" else NOBODY
    if decides in flat:
        return decides
    together = put_together(says, flat)
    if says == "any" and len(together) > 1 and (claim := two_or_more(together)):
        return claim
    return together[0] if len(together) == 1 else Group(says, tuple(together))


def put_together(says: str, parts: Sequence[Claim | Group]) -> list[Claim | Group]:
    """The parts with "is A" or "is B" about the same answer as one "is A or B", and each part once."""
    found: list[Claim | Group] = []
    for part in parts:
        for place, other in enumerate(found):
            if isinstance(part, Claim) and isinstance(other, Claim) and are_one(says, other, part):
                found[place] = joined(other, part)
                break
        else:
            if part not in found:
                found.append(part)
    return found


def are_one(says: str, one: Claim, other: Claim) -> bool:
    """Whether two claims list options of the same answer, such that one list says both."""
    a, b = one.condition, other.condition
    lists = a.says in ("is", "includes") and one.negated == other.negated == (says == "all")
    return (
        lists
        and one.least == other.least == 1
        and (a.says, a.question, a.statement) == (b.says, b.question, b.statement)
    )


def joined(one: Claim, other: Claim) -> Claim:
    values = tuple(dict.fromkeys((*one.condition.values, *other.condition.values)))
    return replace(one, condition=replace(one.condition, values=values))


def two_or_more(parts: Sequence[Claim | Group]) -> Claim | None:
    """ "A and any of B, C" or "B and C" as "2 or more of A, B and C": the only way that conditions can say so. None otherwise."""
    found: set[frozenset[float]] = set()
    sources = set()
    for part in parts:
        if not isinstance(part, Group) or len(part.parts) != 2:
            return None
        for claim in part.parts:
            if isinstance(claim, Group) or claim.negated or claim.condition.says != "includes":
                return None
            sources.add(claim.condition.question)
        one, other = (claim.condition.values for claim in part.parts if isinstance(claim, Claim))
        found |= {frozenset((a, b)) for a in one for b in other}
    codes = sorted(set().union(*found))
    if len(sources) != 1 or found != {frozenset(pair) for pair in combinations(codes, 2)}:
        return None
    return Claim(Condition("includes", sources.pop(), values=tuple(codes)), negated=False, least=2)
