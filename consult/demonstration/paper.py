"""Paper forms as they come in: some boxes ticked twice, some writing that nobody can read. Pure."""

from random import Random
from typing import Any

from surveys.definition import Question
from surveys.marks import illegible, several

UNREADABLE = 0.012
TICKED_TWICE = 0.015


def as_keyed(question: Question, value: Any, random: Random) -> Any:
    """The value as a keyer records it: as answered, or with a mark. What a form must have to be routed is left alone."""
    if value is None or question.required:
        return value
    if isinstance(value, dict):
        return {line: as_keyed_point(question, code, random) for line, code in value.items()}
    if isinstance(value, int):
        return as_keyed_point(question, value, random)
    return illegible() if random.random() < UNREADABLE else value


def as_keyed_point(question: Question, code: int, random: Random) -> Any:
    chance = random.random()
    if chance < UNREADABLE:
        return illegible()
    others = [option.code for option in question.options if option.code != code]
    if chance < UNREADABLE + TICKED_TWICE and others:
        return several([code, random.choice(others)])
    return code
