"""Piping: an earlier answer repeated in a later text. Pure.

`{a2}` in a text stands for the words of the answer to question a2, and `{item}` for the item of a repeated page. After a bar
comes what to say when there is no answer: `What does {a2|your practice} do well?`
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from surveys.definition import Borrowed, Definition, Page, Question, Text, language_of, words
from surveys.journey import Step, at
from surveys.kinds import KINDS
from surveys.marks import is_mark
from surveys.renderings import parts_of_page

PIPE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")


def piped_keys(text: Text) -> set[str]:
    """The keys of the questions whose answers a text repeats, in any language."""
    return {match[1] for wording in text.values() for match in PIPE.finditer(wording)}


def repeats_text(page: Page, definition: Definition) -> bool:
    """Whether a page's words, in any language or variant, may repeat what somebody wrote, and not only options they chose."""
    texts = (text for part in parts_of_page(page) for text in (part.text, *part.wordings.values()))
    sources = (definition.question(key) for text in texts for key in piped_keys(text))
    return any(source is not None and KINDS[source.kind].is_written for source in sources)


def fill(
    text: Text,
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    language: str,
    step: Step | None = None,
    otherwise: Callable[[str], str] = lambda key: "",
) -> str:
    """The text in a language with its pipes filled from the answers on the route.

    `otherwise` says what stands for the answer to a question (its key, or "item") where there is none, and the text does not say.
    """
    found = words(text, language)
    filled = PIPE.sub(
        lambda match: answer_words(match[1], definition, answers, language, step) or match[2] or otherwise(match[1]),
        found,
    )
    return Borrowed(filled, found.language) if isinstance(found, Borrowed) else filled


def answer_words(key: str, definition: Definition, answers: Mapping[str, Any], language: str, step: Step | None) -> str:
    """The words of an earlier answer, or of the item of this round; "" when there is none."""
    if key == "item":
        return item_words(definition, language, step)
    question = definition.question(key)
    value = answers.get(at(key, step.item if step else None), answers.get(key))
    if question is None or value is None or is_mark(value):
        return ""
    # "Another practice" and "I do not know" are answers, not names: a text that repeats one says its fallback.
    option = question.option(value) if isinstance(value, int) else None
    return "" if option and option.meaning else KINDS[question.kind].describe(question, value, language)


def item_words(definition: Definition, language: str, step: Step | None) -> str:
    if step is None or step.page.repeat is None or step.item is None:
        return ""
    source = definition.question(step.page.repeat.question)
    option = source.option(step.item) if source else None
    return words(option.label, language) if option else ""


def filled_question(
    question: Question, definition: Definition, answers: Mapping[str, Any], *, language: str, step: Step
) -> Question:
    """The question with its own text, hint and statements filled, in one language; itself when it pipes nothing.

    A text that is not in that language stays marked with the language it is in.
    """
    if not question.repeats_answers:
        return question

    def filled(text: Text) -> Text:
        if not text:
            return text
        return {language_of(text, language): fill(text, definition, answers, language=language, step=step)}

    statements = tuple(replace(line, label=filled(line.label)) for line in question.statements)
    return replace(question, text=filled(question.text), hint=filled(question.hint), statements=statements)
