"""The route on paper: "Go to question 7" beside an option, "Only answer this if you ticked “No” at question 4" above a question.

Both come from the same conditions as the route on the web. A go-to is printed only where one tick settles it: every question
it leads past is asked of nobody who ticked that option, whatever else they answered. All other rules are told by the sentence
above the question, which is always there, so a reader who misses a go-to still answers only what they should. All of it are
Messages, for a form may be in any language. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from surveys.definition import Condition, Definition, Option, Page, Question
from surveys.journey import holds, rounds
from surveys.kinds import KINDS
from surveys.messages import Message
from surveys.paper_order import paper_numbers
from surveys.sentences import only_if

TO_THE_END = Message("Go to the end of these questions")
Place = tuple[Page, Question]
Known = Mapping[str, Any]
"""What is known of answers: `{question key: value}`, None where it is known that there is none. Others are not known."""


@dataclass(frozen=True)
class PrintedRoutes:
    """What the paper says of the route.

    `leads_to` is `{(question key, option code): key of the question to go on with}`, "" for none, and `go_to` the sentence that
    says so. `above` is `{place: sentence}`: a place is the key of a question, or `a3.option.2` and `a3.statement.keep` for one
    line of it, as in `renderings`. Where neighbours share a rule, the first says it for all of them.
    """

    leads_to: Mapping[tuple[str, int], str] = field(default_factory=dict)
    go_to: Mapping[tuple[str, int], Message] = field(default_factory=dict)
    above: Mapping[str, Message] = field(default_factory=dict)


def go_to_texts(definition: Definition, *, first_number: int = 1) -> PrintedRoutes:
    """Every go-to and every "Only answer this" of a questionnaire's paper form, in the order of the paper."""
    numbers = paper_numbers(definition, first_number=first_number)
    places = [(page, question) for page in definition.pages for question in page.questions if question.key in numbers]
    leads_to = {
        (question.key, option.code): target
        for index, (page, question) in enumerate(places)
        for option in question.options
        if (value := settled_by(question, option)) is not None
        and (target := led_to(question.key, value, page, places[index + 1 :], definition)) is not None
    }
    return PrintedRoutes(
        leads_to=leads_to,
        go_to={
            tick: Message("Go to question {number}", number=numbers[target]) if target else TO_THE_END
            for tick, target in leads_to.items()
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


def led_to(key: str, value: Any, page: Page, later: Sequence[Place], definition: Definition) -> str | None:
    """The question that an answer leads to, "" for the end; None where that is the next one, or one tick does not settle it."""
    known: dict[str, Any] = {key: value}
    for index, (other, question) in enumerate(later):
        # The next round comes after the last question of a round: what follows then is not the same for every item.
        if page.repeat and other.repeat != page.repeat:
            return None
        if is_asked(other, question, definition, known) is not False:
            return question.key if index else None
        known[question.key] = None
    return "" if later and not page.repeat else None


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
) -> Iterator[tuple[str, Message]]:
    """The sentence above each conditional question, or above the first of neighbours with the same rule; then of its lines."""
    for rule, together in groupby(places, key=lambda place: (rule_of(*place), place[0].repeat)):
        run = [question for _, question in together]
        first, last = numbers[run[0].key], numbers[run[-1].key]
        does = ONLY_ANSWER[min(len(run), 3)]
        if rule[0] and (text := only_if(rule[0], definition, numbers, does=does, first=first, last=last)):
            yield run[0].key, text
        for question in run:
            yield from sentences_at_lines(question, definition, numbers)


ONLY_ANSWER = {
    1: Message("Only answer question {first} if {condition}"),
    2: Message("Only answer questions {first} and {last} if {condition}"),
    3: Message("Only answer questions {first} to {last} if {condition}"),
}
"""What stands above questions with one rule, by how many there are; 3 for more."""
ONLY_CHOOSE = {
    True: Message("Only choose this if {condition}"),
    False: Message("Only choose from these if {condition}"),
}
"""What stands at options with one rule, by whether it is only one."""


def rule_of(page: Page, question: Question) -> Condition | None:
    """The condition of a question and of its page as one."""
    rules = tuple(dict.fromkeys(condition for condition in (page.shown_if, question.shown_if) if condition))
    return Condition("all", parts=rules) if len(rules) > 1 else next(iter(rules), None)


def sentences_at_lines(
    question: Question, definition: Definition, numbers: Mapping[str, str]
) -> Iterator[tuple[str, Message]]:
    """The sentence at each conditional statement, and at each conditional option or the first of neighbours with one rule."""
    for line in question.statements:
        if line.shown_if and (text := only_if(line.shown_if, definition, numbers)):
            yield f"{question.key}.statement.{line.key}", text
    if source := ticked_before(question, definition):
        first = next(option for option in question.options if option.shown_if)
        yield f"{question.key}.option.{first.code}", Message(ONLY_TICKED.id, number=numbers.get(source, "?"))
        return
    for rule, together in groupby(question.options, key=lambda option: option.shown_if):
        run = list(together)
        if rule and (text := only_if(rule, definition, numbers, does=ONLY_CHOOSE[len(run) == 1])):
            yield f"{question.key}.option.{run[0].code}", text


ONLY_TICKED = Message("Only choose from answers that you ticked at question {number}")


def ticked_before(question: Question, definition: Definition) -> str:
    """The question at which each option that is not for everybody must have been ticked; "" where that is not their rule.

    Each is the option there with the same words.
    """
    ruled = [(option, option.shown_if) for option in question.options if option.shown_if]
    sources = {rule.question for _, rule in ruled}
    source = definition.question(next(iter(sources))) if len(sources) == 1 else None
    if source is None or len(ruled) < 2:
        return ""
    for option, rule in ruled:
        same = source.option(int(rule.values[0])) if rule.says == "includes" and len(rule.values) == 1 else None
        if same is None or same.label != option.label:
            return ""
    return source.key
