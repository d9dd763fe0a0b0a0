"""The checks a questionnaire must pass before it is published, as sentences for its author. Pure.

A page that fails in front of a resident, or a question that nobody can reach, is found here and not in public.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.definition import Condition, Definition, Page, Question, Repeat, words
from surveys.kinds import KINDS
from surveys.languages import language_name
from surveys.naming import rendering_in_a_sentence, stands_for, title
from surveys.piping import piped_keys
from surveys.renderings import VARIANTS, as_asked, by_question, offered, pictures, state_of
from surveys.standards import strayed

KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
PICTURE_FILE = re.compile(r"^[a-z0-9][a-z0-9_-]{0,79}\.(jpg|png|svg|webp)$")
RESERVED_PAGE_KEYS = ("check", "done", "save")
"""Addresses of the respondent pages that are not the questionnaire's own."""
MOST_OPTIONS = 300
"""A question with more options is a page nobody can use, and one that costs a second to draw."""


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a questionnaire from being published. `where` is a page's or question's key."""

    where: str
    says: str


def problems(definition: Definition) -> tuple[Problem, ...]:
    """Everything that keeps the questionnaire from being published, in questionnaire order."""
    found = [*repeated_keys(definition), *unknown_kinds(definition)]
    if not definition.pages:
        found.append(Problem("", "The questionnaire has no pages"))
    if found:
        return tuple(found)
    earlier: dict[str, Question] = {}
    for page in definition.pages:
        found.extend(page_problems(page, definition, earlier))
        earlier |= {question.key: question for question in page.questions}
    return (*found, *picture_problems(definition), *rendering_problems(definition))


def repeated_keys(definition: Definition) -> Iterator[Problem]:
    """Keys used twice, or written in a way that cannot be part of an address or a column name."""
    for what, keys in (
        ("page", [page.key for page in definition.pages]),
        ("question", [question.key for question in definition.questions()]),
    ):
        for key, times in Counter(keys).items():
            if times > 1:
                yield Problem(key, f"There are {times} {what}s with the key “{key}”. Give each its own")
            if what == "page" and key in RESERVED_PAGE_KEYS:
                yield Problem(key, f"The page key “{key}” is used by the service itself. Choose another")
            if not KEY.match(key):
                yield Problem(
                    key, f"The {what} key “{key}” must be lower-case letters, digits and _, and start with a letter"
                )


def unknown_kinds(definition: Definition) -> Iterator[Problem]:
    for question in definition.questions():
        if question.kind not in KINDS:
            yield Problem(question.key, f"There is no kind of question called “{question.kind}”")


def page_problems(page: Page, definition: Definition, earlier: dict[str, Question]) -> Iterator[Problem]:
    """What is wrong with a page, given the questions of the pages before it."""
    if not page.questions:
        yield Problem(page.key, "The page asks nothing")
    if len(page.questions) > 1 and not words(page.heading):
        yield Problem(page.key, "A page with several questions needs a heading")
    if page.repeat:
        yield from repeat_problems(page.key, page.repeat, earlier)
    if page.shown_if:
        yield from condition_problems(page.key, page.shown_if, definition, earlier, page)
    for question in page.questions:
        yield from question_problems(question, definition, earlier, page)


def repeat_problems(where: str, repeat: Repeat, earlier: dict[str, Question]) -> Iterator[Problem]:
    """A page repeats for what was ticked at an earlier question, at least once."""
    source = earlier.get(repeat.question)
    if source is None:
        yield Problem(where, f"The page repeats for “{repeat.question}”, which is not asked before it")
    elif all(control.shape != "tick_boxes" for control in KINDS[source.kind].controls(source)):
        yield Problem(where, f"The page repeats for “{repeat.question}”, where only one answer can be chosen")
    if repeat.most < 1:
        yield Problem(where, "The page repeats less than once")


def question_problems(
    question: Question, definition: Definition, earlier: dict[str, Question], page: Page
) -> Iterator[Problem]:
    kind = KINDS[question.kind]
    for says in list(kind.unfit_settings(question)) or kind.problems(question):
        yield Problem(question.key, f"The question {says}")
    for says in strayed(question):
        yield Problem(question.key, f"The question {says}")
    if len(question.options) > MOST_OPTIONS:
        yield Problem(question.key, f"The question has {len(question.options)} options. Use {MOST_OPTIONS} at most")
    for line in question.statements:
        if not KEY.match(line.key):
            yield Problem(question.key, f"The statement key “{line.key}” must be lower-case letters, digits and _")
    yield from wording_problems(question, definition, earlier)
    conditions = (
        question.shown_if,
        *(o.shown_if for o in question.options),
        *(s.shown_if for s in question.statements),
    )
    for condition in conditions:
        if condition:
            yield from condition_problems(question.key, condition, definition, earlier, page)


def wording_problems(question: Question, definition: Definition, earlier: dict[str, Question]) -> Iterator[Problem]:
    """Texts missing in the questionnaire's first language, and pipes that have no earlier answer to repeat."""
    language = definition.languages[0]
    for text in (question.text, *(o.label for o in question.options), *(s.label for s in question.statements)):
        if not text.get(language):
            yield Problem(question.key, f"A text of the question is missing in {language_name(language)}")
    asked = [question, *(as_asked(question, variant) for variant in question.variants)]
    for key in sorted({key for each in asked for text in (each.text, each.hint) for key in piped_keys(text)}):
        if key != "item" and key not in earlier:
            yield Problem(question.key, f"The text repeats {stands_for(key, definition)}, which is not asked before it")


def picture_problems(definition: Definition) -> Iterator[Problem]:
    """Pictures that cannot be shown, or that say nothing to somebody who cannot see them."""
    for key, picture in pictures(definition):
        if not PICTURE_FILE.match(picture.file):
            yield Problem(key, "A picture must be named like “bus.png”, in lower-case letters, digits, - and _")
        if not picture.alt.get(definition.languages[0]):
            yield Problem(key, f"A picture of the question has no words in {language_name(definition.languages[0])}")


def rendering_problems(definition: Definition) -> Iterator[Problem]:
    """What languages and variants that people can choose lack, question by question."""
    for rendering in offered(definition):
        if rendering in definition.variants and rendering not in VARIANTS:
            yield Problem("", f"There is no variant called “{rendering}”. There is {', '.join(VARIANTS)}")
            continue
        name = rendering_in_a_sentence(rendering)
        state = state_of(definition, rendering)
        for key, parts in by_question(definition, state.missing).items():
            yield Problem(key, f"“{title(definition, key)}” is not whole in {name}. Missing: {', '.join(parts)}")
        for key, parts in by_question(definition, state.out_of_date).items():
            says = (
                f"“{title(definition, key)}” was changed after it was put into {name}. Out of date: {', '.join(parts)}"
            )
            yield Problem(key, says)


def condition_problems(
    where: str, condition: Condition, definition: Definition, earlier: dict[str, Question], page: Page
) -> Iterator[Problem]:
    """A condition must look back, at a question, statement and option that exist."""
    for part in condition.parts:
        yield from condition_problems(where, part, definition, earlier, page)
    if not condition.question:
        return
    about = earlier.get(condition.question)
    if about is None:
        yield Problem(where, f"A condition asks about “{condition.question}”, which is not asked on an earlier page")
        return
    source = definition.page_of(about.key)
    if source and source.repeat and source.repeat != page.repeat:
        yield Problem(where, f"A condition asks about “{about.key}”, which is asked once for each item, not once")
    yield from pointing_problems(where, condition, about)


def pointing_problems(where: str, condition: Condition, about: Question) -> Iterator[Problem]:
    """A condition's statement and options must be the question's own, and what it says must be sayable of such an answer."""
    claims = ("answered", "is") if condition.statement else KINDS[about.kind].claims
    if condition.says not in claims:
        yield Problem(
            where, f"A condition asks “{condition.says}” of “{about.key}”. Of it one can ask {' or '.join(claims)}"
        )
    if condition.statement and condition.statement not in {line.key for line in about.statements}:
        yield Problem(where, f"A condition asks about a statement of “{about.key}” that does not exist")
    if condition.says in ("is", "includes"):
        for code in condition.values:
            if about.option(int(code)) is None:
                yield Problem(where, f"A condition asks about option {code:g} of “{about.key}”, which does not exist")
