"""What a starting point leaves to whoever uses it: prompts in square brackets, like "[Name of the practice]". Pure.

A prompt begins with a capital letter, so that "[sic]" and the like in somebody's own words are none. It must be replaced before
anything is published.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.definition import Definition
from surveys.renderings import parts

PROMPT = re.compile(r"\[[A-Z][^\[\]]*\]")


@dataclass(frozen=True)
class Prompt:
    """A prompt that nobody has replaced. `where` is a page's or question's key, or in a `fact` that fact's name."""

    says: str
    where: str
    is_fact: bool = False


def prompts_left(definition: Definition, facts: Mapping[str, Any]) -> tuple[Prompt, ...]:
    """Every prompt in the texts of a questionnaire and in the facts about a consultation, once for each place that has it.

    `facts` is `{name: text or list of texts}`; other values are passed over. The facts come first, then the questionnaire in its
    order, in every language and variant. The questionnaire's own title is a fact called "title".
    """
    named = {"title": definition.title} | dict(facts)
    found = [Prompt(says, name, is_fact=True) for name, value in named.items() for says in prompts_in(value)]
    found += [Prompt(says, where) for where, text in texts_of(definition) for says in prompts_in(text)]
    return tuple(dict.fromkeys(found))


def prompts_in(value: Any) -> list[str]:
    """The prompts in a text, or in each text of a list."""
    if isinstance(value, str):
        return PROMPT.findall(value)
    return [says for text in value for says in prompts_in(text)] if isinstance(value, list | tuple) else []


def texts_of(definition: Definition) -> Iterator[tuple[str, str]]:
    """Every text that somebody reads, with the key of its page or question."""
    for part in parts(definition):
        where = part.place.partition(".")[0]
        yield from ((where, said) for text in (part.text, *part.wordings.values()) for said in text.values())
    for question in definition.questions():
        yield from ((question.key, said) for said in question.short.values())
