"""What staff read of a questionnaire: repeated answers by the numbers of questions, languages by their names. Pure.

`{a2|your practice}` is written in a document; here it is "[the answer to question 3]". What people read in its place is in
`piping.py`.
"""

from typing import NamedTuple

from surveys.definition import Definition, Text, words
from surveys.languages import language_name
from surveys.piping import PIPE
from surveys.renderings import VARIANTS, title_of

ITEM = "the option that the page is asked for"
"""What `{item}` stands for on a page that repeats."""


class Pipe(NamedTuple):
    """A place in a text where an answer is repeated: how it is `written`, what it stands for, and the words for no answer."""

    written: str
    stands_for: str
    otherwise: str


def named(text: str, definition: Definition) -> str:
    """A text with what it repeats in words: "What does [the answer to question 3] do well?"."""
    return PIPE.sub(lambda match: f"[{stands_for(match[1], definition)}]", text)


def shown(text: Text, definition: Definition) -> str:
    """The same of a text in the questionnaire's first language."""
    return named(words(text, definition.languages[0]), definition)


def title(definition: Definition, key: str) -> str:
    """What a page or question is called: its words to their first line end, as `named`; the key where there are none."""
    return named(title_of(definition, key), definition)


def pipes_in(text: str, definition: Definition) -> tuple[Pipe, ...]:
    """What a text repeats, each thing once."""
    found = (Pipe(match[0], stands_for(match[1], definition), match[2] or "") for match in PIPE.finditer(text))
    return tuple(dict.fromkeys(found))


def rendering_name(rendering: str) -> str:
    """A language or variant in English: "Polish", "Easy read"; its code where we do not know it."""
    return VARIANTS.get(rendering) or language_name(rendering)


def rendering_in_a_sentence(rendering: str) -> str:
    """The same where it stands within a sentence: "Polish", "easy read"."""
    return VARIANTS[rendering].lower() if rendering in VARIANTS else language_name(rendering)


def stands_for(key: str, definition: Definition) -> str:
    """What the name in a pipe stands for."""
    if key == "item":
        return ITEM
    numbers = {question.key: number for number, question in enumerate(definition.questions(), start=1)}
    return f"the answer to question {numbers[key]}" if key in numbers else "the answer to a question that was taken out"
