"""Everything that was asked: the versions of one questionnaire as a single definition, so that no answer goes unreported.

What a later version left out was still answered before. Words are those of the newest version that has the question, option
or statement; what only earlier versions had stands after it. Pure.
"""

from collections.abc import Iterable
from dataclasses import replace

from surveys.definition import Definition, Page, Question


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
