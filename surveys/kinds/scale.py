"""A five-point scale, from positive to negative, with "I do not know" outside it."""

from collections.abc import Iterator
from dataclasses import replace

from surveys.definition import Option, Question
from surveys.kinds.base import WORD, Example
from surveys.kinds.choice import OneChoice
from surveys.kinds.usual_scales import USUAL_SCALES
from surveys.summaries import Summary

POINTS = 5


def scale_problems(question: Question) -> Iterator[str]:
    """What keeps a question's options from being a five-point scale."""
    points = [option for option in question.options if not option.meaning]
    if len(points) != POINTS:
        yield f"must have {POINTS} points beside “I do not know”, and has {len(points)}"
    if not any(option.meaning == "dont_know" for option in question.options):
        yield "must offer “I do not know”"


class Scale(OneChoice):
    """Select one point of a scale. The value is its code; "I do not know" is a code too, counted outside the scale.

    The setting `standard` says which of the questions asked in the same words everywhere it is (`surveys/standards.py`).
    """

    name = "scale"
    label = "Five-point scale"
    takes = {"standard": WORD}
    usual_answers = USUAL_SCALES

    def starting_options(self) -> tuple[Option, ...]:
        return USUAL_SCALES["agreement"].options

    def summaries(self, question: Question) -> tuple[Summary, ...]:
        return tuple(replace(summary, chart="scale", largest_first=False) for summary in super().summaries(question))

    def problems(self, question: Question) -> Iterator[str]:
        yield from super().problems(question)
        yield from scale_problems(question)

    def examples(self) -> tuple[Example, ...]:
        question = Question("easy", self.name, {"en": "How easy would it be?"}, options=example_scale())
        return (
            Example(question, "4", 4, "Difficult"),
            Example(question, "6", 6, "I do not know"),
            Example(question, None, None, ""),
        )


def example_scale() -> tuple[Option, ...]:
    """A scale for examples and tests."""
    return USUAL_SCALES["ease"].options
