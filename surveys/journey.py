"""The route: which pages and questions one respondent meets, recomputed from the answers and never stored.

`journey(definition, answers)` walks the pages front to back. It guarantees that
- only answers given on the route feed later conditions: an answer left behind on a page that is no longer shown opens nothing;
- an answer naming an option that is no longer offered counts as not given;
- a repeated page appears once for each chosen item, its questions keyed `key@code`, in the order of the options.

Conditions look back only (`drafting.py` refuses others), so one pass settles the route.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from surveys.definition import Condition, Definition, Page, Question
from surveys.kinds import KINDS
from surveys.marks import is_mark

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """A page as this respondent meets it: its questions with only the options and statements offered to them.

    `key` is the page's key, with `@code` for one round of a repeated page; `item` is that code, else None.
    """

    key: str
    page: Page
    questions: tuple[Question, ...]
    item: int | None = None


@dataclass(frozen=True)
class Journey:
    """The steps of one respondent, and those of their answers that lie on them."""

    steps: tuple[Step, ...]
    answers: Answers

    def step(self, key: str) -> Step | None:
        """The step with this key, or None when it is not on the route."""
        return next((step for step in self.steps if step.key == key), None)

    def questions(self) -> tuple[Question, ...]:
        """Every question asked, in order."""
        return tuple(question for step in self.steps for question in step.questions)


def journey(definition: Definition, answers: Answers, *, are_clean: bool = False) -> Journey:
    """The route through the questionnaire for these answers (`{question_key: value}`). Linear in the number of questions.

    Answers that `are_clean`, which their kinds have cleaned, are looked into only where not every option was offered.
    """
    live: dict[str, Any] = {}
    steps: list[Step] = []
    for page in definition.pages:
        for item in rounds(page, definition, live):
            if page.shown_if and not holds(page.shown_if, live, item):
                continue
            questions = asked(page, live, item)
            if questions:
                steps.append(Step(at(page.key, item), page, questions, item))
            put_kept(live, questions, answers, may_trust=are_clean and questions is page.questions)
    return Journey(tuple(steps), live)


def walked_on(route: Journey, definition: Definition, step: Step, answers: Answers) -> Journey:
    """The route after a step of it was answered anew; `answers` are all the answers there are now, clean.

    What `journey` gives, without walking again where no condition and no repeat asks what this step asks.
    """
    if not definition.steering.isdisjoint(question.key for question in step.page.questions):
        return journey(definition, answers, are_clean=True)
    asked_here = {question.key for question in step.questions}
    live = {key: value for key, value in route.answers.items() if key not in asked_here}
    put_kept(live, step.questions, answers, may_trust=step.questions is step.page.questions)
    return Journey(route.steps, live)


def put_kept(live: dict[str, Any], questions: tuple[Question, ...], answers: Answers, *, may_trust: bool) -> None:
    """Put what counts of the answers to these questions among those that lie on the route.

    Answers are trusted where they are clean and to questions as written, with every option.
    """
    for question in questions:
        value = answers.get(question.key)
        if value is None:
            continue
        remains = value if may_trust else kept(question, value)
        if remains is not None:
            live[question.key] = remains


def rounds(page: Page, definition: Definition, live: Answers) -> list[int | None]:
    """The items a page is shown for: `[None]` for a plain page, else the chosen option codes up to the cap."""
    if page.repeat is None:
        return [None]
    chosen = live.get(page.repeat.question)
    source = definition.question(page.repeat.question)
    if source is None or not isinstance(chosen, list):
        return []
    repeatable = {option.code for option in source.options if option.meaning == ""}
    return [code for code in chosen if code in repeatable][: page.repeat.most]


def asked(page: Page, live: Answers, item: int | None) -> tuple[Question, ...]:
    """The questions of a page that this respondent is shown, narrowed to what they are offered."""
    if page.is_asked_whole:
        return page.questions
    return tuple(
        narrowed(question, live, item)
        for question in page.questions
        if question.shown_if is None or holds(question.shown_if, live, item)
    )


def narrowed(question: Question, live: Answers, item: int | None) -> Question:
    """The question as asked: its key in this round, and only the options and statements offered."""
    if item is None and question.is_offered_whole:
        return question
    return replace(
        question,
        key=at(question.key, item),
        options=tuple(o for o in question.options if o.shown_if is None or holds(o.shown_if, live, item)),
        statements=tuple(s for s in question.statements if s.shown_if is None or holds(s.shown_if, live, item)),
    )


def kept(question: Question, value: Any) -> Any:
    """What remains of an answer when only the options offered count; None when nothing does."""
    return value if is_mark(value) else KINDS[question.kind].limit(question, value)


def at(key: str, item: int | None) -> str:
    """A page's or question's key in one round of a repeated page."""
    return key if item is None else f"{key}@{item}"


def holds(condition: Condition, live: Answers, item: int | None = None) -> bool:
    """Whether a condition is true of the answers. A question of the same round is looked up before a plain one."""
    if condition.says == "all":
        return all(holds(part, live, item) for part in condition.parts)
    if condition.says == "any":
        return any(holds(part, live, item) for part in condition.parts)
    if condition.says == "not":
        return not holds(condition.parts[0], live, item)
    value = live.get(at(condition.question, item), live.get(condition.question))
    if condition.statement:
        value = value.get(condition.statement) if isinstance(value, Mapping) else None
    # What was written but cannot be used (two boxes ticked, not legible) is an answer to nobody's condition.
    if value is None or is_mark(value):
        return False
    return CLAIMS[condition.says](value, condition.values)


def as_number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def compares(value: Any, values: tuple[float, ...], test: Any) -> bool:
    number = as_number(value)
    return number is not None and bool(test(number, values[0]))


CLAIMS = {
    "answered": lambda value, values: True,
    "is": lambda value, values: value in values if not isinstance(value, list | Mapping) else False,
    "includes": lambda value, values: isinstance(value, list) and any(code in values for code in value),
    "equals": lambda value, values: compares(value, values, lambda a, b: a == b),
    "less_than": lambda value, values: compares(value, values, lambda a, b: a < b),
    "at_most": lambda value, values: compares(value, values, lambda a, b: a <= b),
    "more_than": lambda value, values: compares(value, values, lambda a, b: a > b),
    "at_least": lambda value, values: compares(value, values, lambda a, b: a >= b),
}
"""How each comparison is decided: `(value, the condition's values) -> bool`."""
