"""The route on paper: "Go to question 7" beside an option, "Only answer this if you ticked “No” at question 4" above a question.

Both come from the same conditions as the route on the web. A go-to is printed only where one tick settles it: every question
it leads past is asked of nobody who ticked that option, whatever else they answered. All other rules are told by the sentence
above the question, which is always there, so a reader who misses a go-to still answers only what they should. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from surveys.definition import Condition, Definition, Option, Page, Question
from surveys.journey import holds, rounds
from surveys.kinds import KINDS
from surveys.paper_order import paper_numbers
from surveys.sentences import only_if

TO_THE_END = "Go to the end of these questions"
Place = tuple[Page, Question]
Known = Mapping[str, Any]
"""What is known of answers: `{question key: value}`, None where it is known that there is none. Others are not known."""


@dataclass(frozen=True)
class PrintedRoutes:
    """What the paper says of the route.

    `go_to` is `{(question key, option code): sentence}`. `above` is `{place: sentence}`: a place is the key of a question, or
    `a3.option.2` and `a3.statement.keep` for one line of it, as in `renderings`. Where neighbours share a rule, the first says
    it for all of them.
    """

    go_to: Mapping[tuple[str, int], str] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)


def go_to_texts(definition: Definition, *, first_number: int = 1) -> PrintedRoutes:
    """Every go-to and every "Only answer this" of a questionnaire's paper form, in English, in the order of the paper."""
    numbers = paper_numbers(definition, first_number=first_number)
    places = [(page, question) for page in definition.pages for question in page.questions if question.key in numbers]
    return PrintedRoutes(
        go_to={
            (question.key, option.code): text
            for index, (page, question) in enumerate(places)
            for option in question.options
            if (value := settled_by(question, option)) is not None
            and (text := go_to(question.key, value, page, places[index + 1 :], definition, numbers))
        },
        above=dict(sentences_above(places, definition, numbers)),
    )


# Go to --------------------------------------------------------------------------------------------------------------------


def settled_by(question: Question, option: Option) -> Any:
    """The whole answer that ticking one option gives; None where others may be ticked too, or ticked elsewhere."""
    controls = KINDS[question.kind].controls(question)
    if len(controls) != 1:
        return None
    if controls[0].shape == "tick_boxes":
        return [option.code] if option.exclusive else None
    return option.code if controls[0].shape == "radios" else None


def go_to(
    key: str, value: Any, page: Page, later: Sequence[Place], definition: Definition, numbers: Mapping[str, str]
) -> str:
    """Where an answer leads, in words; "" where it leads to the next question, or where one tick does not settle it."""
    known: dict[str, Any] = {key: value}
    for index, (other, question) in enumerate(later):
        # The next round comes after the last question of a round: what follows then is not the same for every item.
        if page.repeat and other.repeat != page.repeat:
            return ""
        if is_asked(other, question, definition, known) is not False:
            return f"Go to question {numbers[question.key]}" if index else ""
        known[question.key] = None
    return TO_THE_END if later and not page.repeat else ""


def is_asked(page: Page, question: Question, definition: Definition, known: Known) -> bool | None:
    """Whether a question is asked, as far as what is known tells; None when it does not."""
    asked = [decided(condition, known) for condition in (page.shown_if, question.shown_if) if condition]
    if page.repeat and page.repeat.question in known:
        asked.append(bool(rounds(page, definition, known)))
    return False if False in asked else None if None in asked else True


def decided(condition: Condition, known: Known) -> bool | None:
    """Whether a condition is so, as far as what is known tells; None when it does not."""
    if condition.says == "not":
        part = decided(condition.parts[0], known)
        return None if part is None else not part
    if condition.says in ("all", "any"):
        settles = condition.says == "any"
        parts = [decided(part, known) for part in condition.parts]
        return settles if settles in parts else None if None in parts else not settles
    if condition.question not in known:
        return None
    return holds(condition, {condition.question: known[condition.question]})


# Above a question ---------------------------------------------------------------------------------------------------------


def sentences_above(
    places: Sequence[Place], definition: Definition, numbers: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The sentence above each conditional question, or above the first of neighbours with the same rule; then of its lines."""
    for rule, together in groupby(places, key=lambda place: (rule_of(*place), place[0].repeat)):
        run = [question for _, question in together]
        asked = [numbers[question.key] for question in run]
        what = "this" if len(run) == 1 else f"questions {asked[0]} {'and' if len(run) == 2 else 'to'} {asked[-1]}"
        if rule[0] and (text := only_if(rule[0], definition, numbers, do=f"Only answer {what}")):
            yield run[0].key, text
        for question in run:
            yield from sentences_at_lines(question, definition, numbers)


def rule_of(page: Page, question: Question) -> Condition | None:
    """The condition of a question and of its page as one."""
    rules = tuple(dict.fromkeys(condition for condition in (page.shown_if, question.shown_if) if condition))
    return Condition("all", parts=rules) if len(rules) > 1 else next(iter(rules), None)


def sentences_at_lines(
    question: Question, definition: Definition, numbers: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for line in question.statements:
        if line.shown_if and (text := only_if(line.shown_if, definition, numbers)):
            yield f"{question.key}.statement.{line.key}", text
    for option in question.options:
        if option.shown_if and (text := only_if(option.shown_if, definition, numbers, do="Only tick this")):
            yield f"{question.key}.option.{option.code}", text
