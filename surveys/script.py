"""What an interviewer reads out around each question on the phone: what comes before it, who it is for, and its hint. Pure.

The question itself, its codes and its boxes are `paper_order`'s. What is only to be read belongs to the question after it.
"""

from dataclasses import dataclass

from surveys.definition import Definition, Page, Text, words
from surveys.go_to import go_to_texts
from surveys.journey import Step
from surveys.paper_order import paper_numbers
from surveys.piping import fill


@dataclass(frozen=True)
class Script:
    """Paragraphs to read `before` a question, the sentence that says whom it is for (a Message, or ""), and its hint."""

    before: tuple[str, ...] = ()
    above: str = ""
    hint: str = ""


def scripts_of(definition: Definition, language: str, *, first_number: int = 1) -> dict[str, Script]:
    """The Script of each question that is asked, by its key, in order. Texts that repeat an answer say their general words."""
    numbers = paper_numbers(definition, first_number=first_number)
    routes = go_to_texts(definition, first_number=first_number)
    found: dict[str, Script] = {}
    before: list[str] = []
    for page in definition.pages:
        before += read_of(page.heading, page, definition, language)
        for question in page.questions:
            if question.key not in numbers:
                before += read_of(question.text, page, definition, language)
                continue
            hint = " ".join(read_of(question.hint, page, definition, language))
            found[question.key] = Script(tuple(before), routes.above.get(question.key, ""), hint)
            before = []
    return found


def read_of(text: Text, page: Page, definition: Definition, language: str) -> list[str]:
    """A text in paragraphs; none where it says nothing."""
    if not words(text, language):
        return []
    step = Step(page.key, page, page.questions, None)
    said = fill(text, definition, {}, language=language, step=step)
    return [part for part in said.split("\n\n") if part.strip()]
