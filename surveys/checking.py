"""What somebody checks before sending: their answers in words along their route, and what will not be sent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import Definition, Question, words
from surveys.journey import Journey, Step
from surveys.kinds import KINDS
from surveys.piping import fill, filled_question


@dataclass(frozen=True)
class Row:
    """One question and its answer in words ("" when not answered); `step` is the page that asks it."""

    key: str
    question: str
    answer: str
    step: str
    problems: list[str] = field(default_factory=list)


def questions_in_words(step: Step, definition: Definition, route: Journey, *, language: str) -> tuple[Question, ...]:
    """A step's questions with earlier answers repeated in their texts."""
    return tuple(filled_question(q, definition, route.answers, language=language, step=step) for q in step.questions)


def rows_by_section(
    definition: Definition, route: Journey, *, language: str, problems: Mapping[str, list[str]]
) -> list[tuple[str, list[Row]]]:
    """The route's questions and answers, grouped by the sections of the questionnaire: `[(section, [Row])]`."""
    found: list[tuple[str, list[Row]]] = []
    for step in route.steps:
        section = words(step.page.section, language)
        if not found or found[-1][0] != section:
            found.append((section, []))
        for question in questions_in_words(step, definition, route, language=language):
            kind = KINDS[question.kind]
            if kind.is_answerable:
                value = route.answers.get(question.key)
                answer = "" if value is None else kind.describe(question, value, language)
                text = words(question.text, language)
                found[-1][1].append(Row(question.key, text, answer, step.key, problems.get(question.key, [])))
    return found


def no_longer_sent(definition: Definition, route: Journey, answers: Mapping[str, Any], *, language: str) -> list[str]:
    """The questions, in the words they were asked in, whose answers lie on a route since left and are not sent."""
    left = [key for key in answers if key not in route.answers]
    asked = ((key, definition.question(key), definition.page_of(key)) for key in left)
    return [
        fill(question.text, definition, route.answers, language=language, step=Step(key, page, (), round_of(key)))
        for key, question, page in asked
        if question and page
    ]


def round_of(key: str) -> int | None:
    """The item of a question's key in a repeated page; None for a plain key."""
    item = key.partition("@")[2]
    return int(item) if item else None
