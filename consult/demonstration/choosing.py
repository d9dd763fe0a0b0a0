"""How an invented person chooses an answer: by weights, by a lean on a scale, or in words from a pool. Pure.

A `Chooser` takes a question as asked and gives the value to store, or None for no answer. It never chooses an option that is
not offered. Tables of choosers, one for each questionnaire, are in `opinions/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from consult.demonstration.comments import write_comment
from consult.demonstration.people import Person
from surveys.definition import Question
from surveys.marks import is_mark

UNSURE = 6
"""The code of "I do not know" on every scale of the demonstration."""


@dataclass(frozen=True)
class Asked:
    """A question at the moment it is asked of a person. `item` is the option that a repeated page is about, else None."""

    question: Question
    person: Person
    answers: Mapping[str, Any]
    item: int | None = None

    def earlier(self, key: str) -> Any:
        """The answer to an earlier question, of this round of a repeated page first; None when there is none to read."""
        value = self.answers.get(f"{key}@{self.item}", self.answers.get(key))
        return None if is_mark(value) else value

    def offered(self) -> set[int]:
        """The codes that can be chosen."""
        return {option.code for option in self.question.options}


Chooser = Callable[[Asked, Random], Any]
Lean = Callable[[Asked], float]
Weights = Mapping[int, float] | Callable[[Asked], Mapping[int, float]]


def one_of(weights: Weights) -> Chooser:
    """One option, by weight."""

    def choose(asked: Asked, random: Random) -> int | None:
        codes = offered_weights(weights, asked)
        return random.choices(list(codes), weights=list(codes.values()))[0] if codes else None

    return choose


def point(lean: Lean, *, unsure: float = 0.05) -> Chooser:
    """A point of a scale: `lean` 1 is all at the positive end, -1 all at the negative, with people differing around it."""

    def choose(asked: Asked, random: Random) -> int:
        return point_near(lean(asked), asked.person, random, unsure=unsure)

    return choose


def each(**leans: Lean) -> Chooser:
    """A point for each statement, some statements left blank."""

    def choose(asked: Asked, random: Random) -> dict[str, int] | None:
        points = {
            line.key: point_near(leans[line.key](asked), asked.person, random, unsure=0.06)
            for line in asked.question.statements
            if random.random() > 0.04
        }
        return points or None

    return choose


def several(chances: Weights, *, none: int | None = None) -> Chooser:
    """Every option whose chance comes up, at least one; `none` is the code that stands alone, by its chance."""

    def choose(asked: Asked, random: Random) -> list[int] | None:
        codes = offered_weights(chances, asked)
        if none in codes and random.random() < codes[none]:
            return [none]
        codes.pop(none, None)
        chosen = sorted(code for code, chance in codes.items() if random.random() < chance)
        return chosen or ([max(codes, key=lambda code: codes[code])] if codes else None)

    return choose


def top(weights: Weights) -> Chooser:
    """A first, second and third choice, by weight; one in six people stops after one or two."""

    def choose(asked: Asked, random: Random) -> list[int] | None:
        codes = offered_weights(weights, asked)
        places = min(len(codes), random.choices([1, 2, 3], weights=[8, 8, 84])[0])
        ranked: list[int] = []
        for _ in range(places):
            ranked.append(random.choices(list(codes), weights=list(codes.values()))[0])
            del codes[ranked[-1]]
        return ranked or None

    return choose


def comment(pool: str | Callable[[Asked], str], *, rate: float) -> Chooser:
    """A comment from a pool of `comments.json`, by `rate` of the people asked."""

    def choose(asked: Asked, random: Random) -> str | None:
        if random.random() > rate:
            return None
        return write_comment(pool if isinstance(pool, str) else pool(asked), random)

    return choose


def words_of(*choices: str) -> Chooser:
    """One of these texts."""
    return lambda asked, random: random.choice(choices)


def nothing(asked: Asked, random: Random) -> None:
    """No answer: something to read."""


def offered_weights(weights: Weights, asked: Asked) -> dict[int, float]:
    """The weights of the options offered to this person."""
    known = weights(asked) if callable(weights) else weights
    offered = asked.offered()
    return {code: weight for code, weight in known.items() if code in offered}


def point_near(lean: float, person: Person, random: Random, *, unsure: float) -> int:
    if random.random() < unsure:
        return UNSURE
    place = 3 - 2 * (lean + 0.4 * person.lean) + random.gauss(0.0, 0.9)
    return min(5, max(1, round(place)))
