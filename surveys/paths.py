"""The table of paths: every distinct way through a questionnaire, with how many questions it asks and who goes that way. Pure.

A path is the questions one person is asked, in order; two people whom only their answers tell apart are on one path. Up to
BOUND combinations of answers are walked; past it the table is a sample, and says so.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from random import Random
from typing import Any

from surveys.definition import Definition
from surveys.journey import Journey, journey
from surveys.kinds import KINDS
from surveys.piping import fill
from surveys.trials import SEED
from surveys.walking import Met, OutOfBounds, Ways, answers_given, sound

BOUND = 20_000
"""The most combinations of answers, counted page by page, that are walked one by one."""
PAGES_SAMPLED = 20_000
"""How many pages walkers are sent through for a sample, all together."""
FEWEST_WALKERS = 50


@dataclass(frozen=True)
class Path:
    """One way through. `steps` and `questions` are their keys as met, a round of a repeated page as `c3@1`.

    `count` is the number of questions that can be answered. `answers` are those of somebody who goes this way, as stored, at the
    questions that rules ask about.
    """

    steps: tuple[str, ...]
    questions: tuple[str, ...]
    count: int
    answers: dict[str, Any]


@dataclass(frozen=True)
class Paths:
    """Every path, or where `is_sampled` those that a sample met, when more than `bound` combinations of answers lead to them."""

    paths: tuple[Path, ...]
    is_sampled: bool
    bound: int = BOUND

    @property
    def longest(self) -> int:
        """The most questions that anybody is asked."""
        return max((path.count for path in self.paths), default=0)

    @property
    def shortest(self) -> int:
        """The fewest questions that anybody is asked."""
        return min((path.count for path in self.paths), default=0)

    @property
    def asked(self) -> tuple[int, int]:
        """The fewest and the most questions that anybody is asked: the number that every page says."""
        return self.shortest, self.longest


def paths(definition: Definition, *, bound: int = BOUND) -> Paths:
    """The paths through a questionnaire, in the order of the options that lead to them. The same each time.

    A required question is taken to be answered, as it is on the web.
    """
    definition = sound(definition)
    given, is_sampled = ways_taken(definition, bound)
    found: dict[tuple[str, ...], Path] = {}
    for answers in given:
        path = path_of(journey(definition, answers), answers)
        found.setdefault(path.questions, path)
    return Paths(tuple(found.values()), is_sampled, bound)


def ways_taken(definition: Definition, bound: int) -> tuple[list[dict[str, Any]], bool]:
    """The answers of one person on each path, and whether they are a sample."""
    ways, met = Ways(definition), Met()
    try:
        walkers = {walker.path: walker for walker in reversed(ways.walk(met, most=bound, tell_paths=True))}
    except OutOfBounds:
        return wanderers(ways, Met()), True
    return [answers_given(walker.given) for walker in reversed(walkers.values())], not met.is_whole


def wanderers(
    ways: Ways, met: Met, *, pages: int = PAGES_SAMPLED, fewest: int = FEWEST_WALKERS
) -> list[dict[str, Any]]:
    """The answers of single walkers who between them give every trial answer about as often. The same each time."""
    random = Random(SEED)  # noqa: S311 -- the same each time, not secret
    tally: Counter[Hashable] = Counter()
    stages = sum(not stage.is_plain for stage in ways.stages)
    walkers = max(fewest, pages // max(stages, 1))
    return [answers_given(ways.wander(met, random, tally)) for _ in range(walkers)]


def path_of(route: Journey, answers: dict[str, Any]) -> Path:
    questions = route.questions()
    return Path(
        steps=tuple(step.key for step in route.steps),
        questions=tuple(question.key for question in questions),
        count=sum(bool(KINDS[question.kind].controls(question)) for question in questions),
        answers=answers,
    )


def example_of(path: Path, definition: Definition) -> tuple[tuple[str, str], ...]:
    """The answers of somebody who goes this way, in words: `((question, answer), …)`, in the questionnaire's first language."""
    language = definition.languages[0]
    route = journey(definition, path.answers)
    found = []
    for step in route.steps:
        for question in step.questions:
            value = route.answers.get(question.key)
            if value is not None:
                asked = fill(question.text, definition, route.answers, language=language, step=step)
                found.append((asked, KINDS[question.kind].describe(question, value, language)))
    return tuple(found)
