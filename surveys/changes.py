"""What differs between a published questionnaire and its draft, and which of it may be changed while people answer. Pure.

Answers given before and after are tabulated together by question key and option code. So words may be mended and options,
questions and pages added, but nothing may come to mean something else under the same key or code.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from surveys.definition import Definition, Option, Page, Question, Text, words
from surveys.kinds import KINDS
from surveys.text import clean_text

MOST_TYPED_WRONG = 0.15
"""The share of a text that a typing mistake may change. More is another wording."""
MOST_MISSPELT = 0.2
WORD = re.compile(r"[\w'’]+")
TURNING = re.compile(
    r"not?|never|none|without|unless|only|all|any|more|less|most|least|before|after|oppose|support|(?:dis)?agree|[0-9]+|\w+n['’]t"
)
"""Words whose coming or going turns what a text says, and numbers."""
HARMLESS_SHAPES = ("words", "lines", "tick")
"""Settings that change what is said or shown, and not which answers fit."""


@dataclass(frozen=True)
class Change:
    """One difference. `where` is the key of a page or question; `says` tells it to staff, `before` and `after` are its words.

    `is_wording` is for words that somebody must call a typing mistake or a clarification. `refusal` says why it cannot be made
    while people answer, and what to do instead; "" where it can.
    """

    where: str
    says: str
    before: str = ""
    after: str = ""
    is_wording: bool = False
    refusal: str = ""

    @property
    def is_allowed(self) -> bool:
        return not self.refusal


NEW_QUESTION = "Add a new question instead, and take this one out, so that both are counted for what they asked."
NEW_OPTION = "Add a new option instead. People who chose this one meant what it said."


def changes_between(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Every difference, in the order of the new questionnaire; what was taken out comes last."""
    return tuple([*page_changes(old, new), *question_changes(old, new), *order_changes(old, new)])


def page_changes(old: Definition, new: Definition) -> Iterator[Change]:
    before = {page.key: page for page in old.pages}
    for page in new.pages:
        if page.key not in before:
            yield Change(page.key, "A page is new", after=name_of_page(page, new))
            continue
        yield from texts_changed(page.key, "heading of a page", before[page.key].heading, page.heading)
        yield from texts_changed(page.key, "section of a page", before[page.key].section, page.section)
        if before[page.key].shown_if != page.shown_if:
            yield Change(page.key, "Who sees a page has changed", after=name_of_page(page, new))
        if before[page.key].repeat != page.repeat:
            refusal = f"How often a page is asked decides what its answers are about. {NEW_QUESTION}"
            yield Change(
                page.key, "What a page repeats for has changed", after=name_of_page(page, new), refusal=refusal
            )


def name_of_page(page: Page, definition: Definition) -> str:
    language = definition.languages[0]
    return words(page.heading, language) or " ".join(words(question.text, language) for question in page.questions)


def question_changes(old: Definition, new: Definition) -> Iterator[Change]:
    for question in new.questions():
        before = old.question(question.key)
        if before is None:
            yield Change(question.key, "A question is new", after=words(question.text, new.languages[0]))
        else:
            yield from changes_of_question(before, question, new.languages[0])
    for question in old.questions():
        if new.question(question.key) is None:
            text = words(question.text, old.languages[0])
            yield Change(question.key, "A question was taken out. Answers given to it stay counted", before=text)


def changes_of_question(before: Question, after: Question, language: str) -> Iterator[Change]:
    """What differs between a question as it is asked and as it is drafted."""
    key, text = after.key, words(after.text, language)
    if before.kind != after.kind:
        kinds = f"{KINDS[before.kind].label} to {KINDS[after.kind].label}"
        yield Change(
            key,
            f"Its sort has changed: {kinds}",
            after=text,
            refusal=f"The answers cannot be counted together. {NEW_QUESTION}",
        )
        return
    yield from texts_changed(key, "words of a question", before.text, after.text)
    yield from texts_changed(key, "hint of a question", before.hint, after.hint)
    yield from texts_changed(key, "short name of a question", before.short, after.short)
    if before.required != after.required:
        yield Change(key, "It must be answered now" if after.required else "It can be left blank now", after=text)
    if before.shown_if != after.shown_if:
        yield Change(key, "Who is asked has changed", after=text)
    yield from settings_changed(before, after, text)
    yield from option_changes(before, after, language)
    yield from statement_changes(before, after, language)


def settings_changed(before: Question, after: Question, text: str) -> Iterator[Change]:
    takes = KINDS[after.kind].takes
    for name in sorted({*before.settings, *after.settings}):
        if before.settings.get(name) == after.settings.get(name):
            continue
        harmless = name == "missing" or (name in takes and takes[name].shape in HARMLESS_SHAPES and name != "capacity")
        refusal = "" if harmless else f"It decides which answers fit. {NEW_QUESTION}"
        yield Change(after.key, f"Its setting “{name.replace('_', ' ')}” has changed", after=text, refusal=refusal)


def option_changes(before: Question, after: Question, language: str) -> Iterator[Change]:
    for option in after.options:
        was = before.option(option.code)
        if was is None:
            yield Change(after.key, "An option is new", after=words(option.label, language))
            continue
        yield from texts_changed(after.key, "words of an option", was.label, option.label, may_clarify=False)
        if (was.meaning, was.exclusive) != (option.meaning, option.exclusive):
            label = words(option.label, language)
            yield Change(after.key, "What an option means has changed", after=label, refusal=NEW_OPTION)
        if was.shown_if != option.shown_if:
            yield Change(after.key, "Who is offered an option has changed", after=words(option.label, language))
    for option in before.options:
        if after.option(option.code) is None:
            refusal = "People have been able to choose it. Leave it, and say in the hint what has changed."
            yield Change(after.key, "An option was taken out", before=words(option.label, language), refusal=refusal)
    if kept_codes(before.options, after) != kept_codes(after.options, before):
        refusal = (
            "Answers on paper and on the screen would not be in the same order. Put new options behind the others."
        )
        yield Change(after.key, "The order of options has changed", after=words(after.text, language), refusal=refusal)


def kept_codes(options: tuple[Option, ...], other: Question) -> list[int]:
    return [option.code for option in options if other.option(option.code)]


def statement_changes(before: Question, after: Question, language: str) -> Iterator[Change]:
    was = {line.key: line for line in before.statements}
    for line in after.statements:
        if line.key not in was:
            yield Change(after.key, "A statement is new", after=words(line.label, language))
            continue
        yield from texts_changed(after.key, "words of a statement", was[line.key].label, line.label, may_clarify=False)
        if was[line.key].shown_if != line.shown_if:
            yield Change(after.key, "Who is shown a statement has changed", after=words(line.label, language))
    kept = {line.key for line in after.statements}
    for line in before.statements:
        if line.key not in kept:
            refusal = "People have answered it. Leave it, or take the whole question out."
            yield Change(after.key, "A statement was taken out", before=words(line.label, language), refusal=refusal)


def texts_changed(where: str, what: str, before: Text, after: Text, *, may_clarify: bool = True) -> Iterator[Change]:
    """Words that differ, in any language. Those of options and statements may only be mended, not clarified."""
    for language in dict.fromkeys((*before, *after)):
        was, now = before.get(language, ""), after.get(language, "")
        if was == now:
            continue
        is_new = not was
        refusal = (
            ""
            if may_clarify or is_new or is_typing_mistake(was, now)
            else f"This is more than a typing mistake. {NEW_OPTION}"
        )
        yield Change(where, f"The {what} has changed", before=was, after=now, is_wording=not is_new, refusal=refusal)


def order_changes(old: Definition, new: Definition) -> Iterator[Change]:
    before = [question.key for question in old.questions() if new.question(question.key)]
    after = [question.key for question in new.questions() if old.question(question.key)]
    if before != after:
        yield Change("", "The order of questions has changed")


def is_typing_mistake(before: str, after: str) -> bool:
    """Whether two texts differ by no more than a slip of the keyboard: little is changed, and no word that turns the sense."""
    before, after = clean_text(before), clean_text(after)
    if turns(before, after) or turns(after, before):
        return False
    return alike(before, after) >= 1 - MOST_TYPED_WRONG


def turns(text: str, other: str) -> bool:
    """Whether a text has a word that turns the sense where the other has neither it nor a misspelling of it."""
    left = Counter(word.lower() for word in WORD.findall(other))
    for word in (word.lower() for word in WORD.findall(text)):
        if left[word]:
            left[word] -= 1
        elif TURNING.fullmatch(word) and not any(is_misspelt(word, candidate) for candidate in left if left[candidate]):
            return True
    return False


def is_misspelt(word: str, candidate: str) -> bool:
    """Whether a word is another that is no word of its own kind, but for a letter or so."""
    return not TURNING.fullmatch(candidate) and alike(word, candidate) >= 1 - MOST_MISSPELT


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
