"""The boxes of a questionnaire's paper form, in the order and under the numbers of the paper. Pure.

Pages that repeat for what was ticked at one question stand together for each item, as on paper: all about the eye clinic, then
all about the skin clinic. A text that repeats an earlier answer says its general words, since paper cannot know the answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from surveys.codebook import in_round, possible_items
from surveys.definition import Definition, Page, Question, words
from surveys.journey import Step
from surveys.keystrokes import Field
from surveys.kinds import KINDS
from surveys.piping import fill


@dataclass(frozen=True)
class KeyedQuestion:
    """A question and its boxes. `number` is its number on the paper, `text` its short words, or all of them."""

    question: Question
    number: str
    text: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Block:
    """Questions keyed one after another; those of a repeated page once for each `item`, named in words.

    `source` is the name of the box in which `code`, as printed, says that this item was chosen.
    """

    questions: tuple[KeyedQuestion, ...]
    item: str = ""
    source: str = ""
    code: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the form under one heading."""

    heading: str
    blocks: tuple[Block, ...]


def paper_form(
    definition: Definition, language: str = "en", *, first_number: int = 1, in_full: bool = False
) -> tuple[Section, ...]:
    """The boxes of a questionnaire's paper form, in order. Pages repeated for the same question stand together for each item.

    With `in_full` each question has its whole words, to be read out, where it has short ones for the eye.
    """
    numbers = paper_numbers(definition, first_number=first_number)
    return tuple(
        Section(heading, tuple(blocks(list(pages), definition, numbers, language, in_full=in_full)))
        for heading, pages in groupby(definition.pages, key=lambda page: words(page.section, language))
    )


def keyed_question(
    question: Question, number: str, *, text: str, labels: Sequence[str] = (), item: str = ""
) -> KeyedQuestion:
    """A question with a box for each of its controls, lettered where there are several. `labels` are the controls' words."""
    controls = KINDS[question.kind].controls(question)
    numbers = [number] if len(controls) == 1 else [f"{number}{letter}" for letter in letters(len(controls))]
    fields = tuple(
        Field(question, control, own, label or text, f"question {own}{f' for {item}' if item else ''}")
        for control, own, label in zip(controls, numbers, labels or [""] * len(controls), strict=True)
    )
    return KeyedQuestion(question, number, text, fields)


def questions_of(sections: Sequence[Section]) -> Iterator[KeyedQuestion]:
    """Every question of a form, in order."""
    for section in sections:
        for block in section.blocks:
            yield from block.questions


def boxes_of(sections: Sequence[Section]) -> list[Field]:
    """Every box of a form, in order."""
    return [box for keyed in questions_of(sections) for box in keyed.fields]


def paper_numbers(definition: Definition, *, first_number: int = 1) -> dict[str, str]:
    """The number of each question on paper, by its key: 1, 2, 3 in order; what is only to be read has none."""
    asked = [question for question in definition.questions() if KINDS[question.kind].controls(question)]
    return {question.key: str(number) for number, question in enumerate(asked, start=first_number)}


def blocks(
    pages: Sequence[Page], definition: Definition, numbers: Mapping[str, str], language: str, *, in_full: bool = False
) -> Iterator[Block]:
    """The blocks of one section: a run of plain pages, or a run of pages repeated for one question, once for each item."""
    for source, together in groupby(pages, key=lambda page: page.repeat.question if page.repeat else ""):
        run = list(together)
        for item in possible_items(run[0], definition):
            made = [
                question
                for page in run
                for question in page_questions(page, definition, numbers, language, item, in_full=in_full)
            ]
            if made:
                yield Block(tuple(made), **chosen_as(definition, source, item, language))


def chosen_as(definition: Definition, source: str, item: int | None, language: str) -> dict[str, str]:
    """How an item is named, and which code in which box says that it was chosen; nothing for a plain page."""
    question = definition.question(source) if source else None
    option = question.option(item) if question and item is not None else None
    if question is None or option is None:
        return {}
    box = Field(question, KINDS[question.kind].controls(question)[0], "", "", "")
    return {"item": words(option.label, language), "source": box.name, "code": box.printed(option.code)}


def page_questions(
    page: Page,
    definition: Definition,
    numbers: Mapping[str, str],
    language: str,
    item: int | None,
    *,
    in_full: bool = False,
) -> Iterator[KeyedQuestion]:
    """The questions of a page, or of one round of it, with what a text repeats of other answers left in general words."""
    step = Step(page.key, page, page.questions, item)

    def plain(text: Mapping[str, str]) -> str:
        return fill(text, definition, {}, language=language, step=step)

    name = chosen_as(definition, page.repeat.question, item, language)["item"] if page.repeat else ""
    for question in page.questions:
        if question.key in numbers:
            controls = KINDS[question.kind].controls(question)
            yield keyed_question(
                question if item is None else in_round(question, item),
                numbers[question.key],
                text=plain(question.text) if in_full else words(question.short, language) or plain(question.text),
                labels=[plain(control.label) for control in controls],
                item=name,
            )


def letters(number: int) -> Iterator[str]:
    """a to z, then aa to az: a question with more boxes than letters still has a name for each."""
    for index in range(number):
        turns, place = divmod(index, len(ascii_lowercase))
        yield (ascii_lowercase[turns - 1] if turns else "") + ascii_lowercase[place]
