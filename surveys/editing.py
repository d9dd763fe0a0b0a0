"""Edits of a questionnaire as functions from one document to the next. Pure.

Each edit names what it touches by key. `stamp_of` tells whether that was changed by somebody else since a form was made of it.
What makes a questionnaire fit to publish is in `drafting.py`; saving an edited draft is in `revising.py`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from surveys.definition import Condition, Definition, Option, Page, Question
from surveys.definition_json import condition_to_json, page_to_json, question_to_json

Edit = Callable[[Definition], Definition]
NO_STAMP = ""
Item = TypeVar("Item", Page, Question)
Thing = TypeVar("Thing")


class Gone(LookupError):
    """What an edit is about is not in the questionnaire any more."""


# What is touched ----------------------------------------------------------------------------------------------------------


def page_with(definition: Definition, key: str) -> Page:
    """The page with this key. Raises Gone."""
    return found(definition.pages, key)


def question_with(definition: Definition, key: str) -> Question:
    """The question with this key. Raises Gone."""
    return found(tuple(definition.questions()), key)


def found(items: Sequence[Item], key: str) -> Item:
    item = next((item for item in items if item.key == key), None)
    if item is None:
        raise Gone(key)
    return item


def stamp_of(part: Page | Question | Condition | Sequence[str] | None) -> str:
    """A short digest of a page without its questions, a question, a rule or an order of keys: two that say the same have one."""
    if part is None:
        return NO_STAMP
    plain: Any = list(part) if isinstance(part, tuple) else part
    if isinstance(part, Page):
        plain = page_to_json(replace(part, questions=()))
    elif isinstance(part, Question):
        plain = question_to_json(part)
    elif isinstance(part, Condition):
        plain = condition_to_json(part)
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def order_of(definition: Definition) -> tuple[str, ...]:
    """The keys of every page and question in order, for a stamp of how they stand."""
    return tuple(key for page in definition.pages for key in (page.key, *(q.key for q in page.questions)))


# Pages --------------------------------------------------------------------------------------------------------------------


def with_page(definition: Definition, page: Page, *, after: str = "") -> Definition:
    """A new page after another, or last. Raises Gone."""
    place = definition.pages.index(page_with(definition, after)) + 1 if after else len(definition.pages)
    return replace(definition, pages=(*definition.pages[:place], page, *definition.pages[place:]))


def with_page_changed(definition: Definition, key: str, **changes: Any) -> Definition:
    """A page with other fields. Raises Gone."""
    return with_pages(definition, replace(page_with(definition, key), **changes))


def with_pages(definition: Definition, *changed: Page) -> Definition:
    """Pages in place of those with their keys."""
    by_key = {page.key: page for page in changed}
    return replace(definition, pages=tuple(by_key.get(page.key, page) for page in definition.pages))


def without_page(definition: Definition, key: str) -> Definition:
    """A page and its questions taken out. Raises Gone."""
    gone = page_with(definition, key)
    return replace(definition, pages=tuple(page for page in definition.pages if page is not gone))


def with_page_moved(definition: Definition, key: str, *, by: int) -> Definition:
    """A page so many places further down; at the ends it stays where it is. Raises Gone."""
    return replace(definition, pages=moved(definition.pages, page_with(definition, key), by=by))


def with_pages_ordered(definition: Definition, keys: Sequence[str]) -> Definition:
    """The pages in the order of `keys`; those not named come last, as they stood. Raises Gone for a page that is not there."""
    first = tuple(page_with(definition, key) for key in keys)
    return replace(definition, pages=(*first, *(page for page in definition.pages if page not in first)))


# Questions ----------------------------------------------------------------------------------------------------------------


def with_question(definition: Definition, question: Question, *, page: str) -> Definition:
    """A new question at the end of a page. Raises Gone."""
    at = page_with(definition, page)
    return with_pages(definition, replace(at, questions=(*at.questions, question)))


def with_question_changed(definition: Definition, key: str, **changes: Any) -> Definition:
    """A question with other fields. Raises Gone."""
    question = question_with(definition, key)
    return in_its_page(definition, key, lambda questions: swapped(questions, question, replace(question, **changes)))


def without_question(definition: Definition, key: str) -> Definition:
    """A question taken out, and its page with it when nothing else is asked there. Raises Gone."""
    question_with(definition, key)
    left = in_its_page(definition, key, lambda questions: tuple(q for q in questions if q.key != key))
    return replace(left, pages=tuple(page for page in left.pages if page.questions))


def with_question_moved(definition: Definition, key: str, *, by: int) -> Definition:
    """A question so many places further down its page; alone on it, the page is moved. Raises Gone."""
    page = page_of(definition, key)
    if len(page.questions) == 1:
        return with_page_moved(definition, page.key, by=by)
    return in_its_page(definition, key, lambda questions: moved(questions, found(questions, key), by=by))


def with_question_copied(definition: Definition, key: str, *, copy: str, page: str) -> Definition:
    """A copy of a question under the key `copy`: beside it, or after it on a page of its own with the key `page`. Raises Gone."""
    question, at = replace(question_with(definition, key), key=copy), page_of(definition, key)
    if len(at.questions) == 1:
        return with_page(definition, replace(at, key=page, questions=(question,)), after=at.key)
    return in_its_page(
        definition,
        key,
        lambda questions: tuple(q for each in questions for q in ((each, question) if each.key == key else (each,))),
    )


def page_of(definition: Definition, key: str) -> Page:
    """The page that asks a question. Raises Gone."""
    page = definition.page_of(key)
    if page is None:
        raise Gone(key)
    return page


def in_its_page(
    definition: Definition, key: str, change: Callable[[tuple[Question, ...]], tuple[Question, ...]]
) -> Definition:
    """The questionnaire with the questions of the page that asks `key` changed."""
    page = page_of(definition, key)
    return with_pages(definition, replace(page, questions=change(page.questions)))


# Rules --------------------------------------------------------------------------------------------------------------------


def rule_at(definition: Definition, place: str) -> Condition | None:
    """The rule of a place: `page:key`, `question:key` or `question:key:code` for an option. Raises Gone."""
    what, _, key = place.partition(":")
    if what == "page":
        return page_with(definition, key).shown_if
    key, _, code = key.partition(":")
    question = question_with(definition, key)
    return option_with(question, code).shown_if if code else question.shown_if


def with_rule(definition: Definition, place: str, rule: Condition | None) -> Definition:
    """The questionnaire with a rule at a place, or with none there. Raises Gone."""
    what, _, key = place.partition(":")
    if what == "page":
        return with_page_changed(definition, key, shown_if=rule)
    key, _, code = key.partition(":")
    if not code:
        return with_question_changed(definition, key, shown_if=rule)
    question = question_with(definition, key)
    option = option_with(question, code)
    options = tuple(replace(each, shown_if=rule) if each is option else each for each in question.options)
    return with_question_changed(definition, key, options=options)


def option_with(question: Question, code: str) -> Option:
    """The option with a code, as it stands in an address. Raises Gone."""
    option = question.option(int(code)) if code.isdecimal() else None
    if option is None:
        raise Gone(f"{question.key}:{code}")
    return option


# Keys and codes -----------------------------------------------------------------------------------------------------------


def new_key(stem: str, taken: Iterable[str]) -> str:
    """The first of `stem1`, `stem2` and so on that nothing has or ever had."""
    used = set(taken)
    number = 1
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def new_code(taken: Iterable[int]) -> int:
    """The code after the highest that an option has or ever had."""
    return max(taken, default=0) + 1


# In order -----------------------------------------------------------------------------------------------------------------


def moved(items: tuple[Thing, ...], item: Thing, *, by: int) -> tuple[Thing, ...]:
    place = items.index(item)
    others = items[:place] + items[place + 1 :]
    to = min(max(place + by, 0), len(others))
    return (*others[:to], item, *others[to:])


def swapped(items: tuple[Question, ...], old: Question, new: Question) -> tuple[Question, ...]:
    return tuple(new if item is old else item for item in items)
