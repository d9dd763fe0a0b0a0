"""Everything that was asked: the versions of one questionnaire as a single definition, so that no answer goes unreported,
and which of it only organisations were asked.

What a later version left out was still answered before. Words are those of the newest version that has the question, option
or statement; what only earlier versions had stands after it. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from surveys.definition import Condition, Definition, Page, Question

ORGANISATION = "organisation"
"""What a question's `capacity` setting says of the option by which somebody answers for an organisation."""
NAME = "organization"
"""The purpose (HTML autofill) of the question that asks for its name."""


def everything_asked(versions: Iterable[Definition]) -> Definition:
    """The versions (newest first) as one definition; an empty one when there are none."""
    newest, *earlier = versions or [Definition("", ())]
    pages = list(newest.pages)
    for definition in earlier:
        for page in definition.pages:
            pages = with_page(pages, page)
    return replace(newest, pages=tuple(pages))


def with_page(pages: list[Page], earlier: Page) -> list[Page]:
    """The pages with what an earlier version's page has and they have not."""
    asked_then = {question.key: question for question in earlier.questions}
    asked_now = {question.key for page in pages for question in page.questions}
    widened = [
        replace(page, questions=tuple(widen(question, asked_then.get(question.key)) for question in page.questions))
        for page in pages
    ]
    dropped = tuple(question for question in earlier.questions if question.key not in asked_now)
    return [*widened, replace(earlier, questions=dropped)] if dropped else widened


def widen(question: Question, earlier: Question | None) -> Question:
    """The question with the options and statements that only its earlier form had."""
    if earlier is None or earlier.kind != question.kind:
        return question
    codes, keys = {option.code for option in question.options}, {line.key for line in question.statements}
    return replace(
        question,
        options=(*question.options, *(option for option in earlier.options if option.code not in codes)),
        statements=(*question.statements, *(line for line in earlier.statements if line.key not in keys)),
    )


# What only organisations are asked --------------------------------------------------------------------------------------


def only_organisations(definition: Definition) -> frozenset[str]:
    """The keys of the questions that nobody but an organisation can be asked."""
    asks = [
        (question, [condition for condition in (page.shown_if, question.shown_if) if condition])
        for page in definition.pages
        for question in page.questions
    ]
    codes = {question.key: organisation_codes(question) for question, _ in asks}
    return frozenset(
        question.key for question, conditions in asks if any(means_organisation(each, codes) for each in conditions)
    )


def organisation_codes(question: Question) -> frozenset[int]:
    """The options of a question by which somebody says that they answer for an organisation."""
    capacity = question.settings.get("capacity", {})
    return frozenset(option.code for option in question.options if capacity.get(str(option.code)) == ORGANISATION)


def means_organisation(condition: Condition, codes: Mapping[str, frozenset[int]]) -> bool:
    """Whether a condition holds for organisations alone; `codes` are the options by which they say so, by question."""
    if condition.says == "all":
        return any(means_organisation(part, codes) for part in condition.parts)
    if condition.says == "any":
        return bool(condition.parts) and all(means_organisation(part, codes) for part in condition.parts)
    is_about = condition.says == "is" and bool(condition.values)
    return is_about and set(condition.values) <= codes.get(condition.question, frozenset())


def name_question(definition: Definition) -> Question | None:
    """The question that asks for an organisation's name; None where there is none."""
    only = only_organisations(definition)
    return next((q for q in definition.questions() if q.key in only and q.settings.get("purpose") == NAME), None)
