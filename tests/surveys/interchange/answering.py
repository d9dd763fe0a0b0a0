"""Answers that make a rule true, or false: found by working backwards from the rule, and proved by walking the route."""

from dataclasses import dataclass

from surveys.definition import Condition
from surveys.journey import holds, journey
from surveys.kinds import KINDS

MOST_STEPS = 20_000


@dataclass(frozen=True)
class Place:
    """Something that is shown by a rule: a page, a question, an option or a statement."""

    page: str
    question: str = ""
    option: int = 0
    statement: str = ""


def places(definition):
    """Every place of a questionnaire that has a rule of its own, with the rule."""
    for page in definition.pages:
        if page.shown_if:
            yield Place(page.key), page.shown_if
        for question in page.questions:
            yield from places_of(page, question)


def places_of(page, question):
    """The places of one question."""
    if question.shown_if:
        yield Place(page.key, question.key), question.shown_if
    for option in question.options:
        if option.shown_if:
            yield Place(page.key, question.key, option=option.code), option.shown_if
    for line in question.statements:
        if line.shown_if:
            yield Place(page.key, question.key, statement=line.key), line.shown_if


def is_met(definition, place, answers):
    """Whether somebody with these answers meets the place."""
    route = journey(definition, answers)
    steps = [step for step in route.steps if step.page.key == place.page]
    if not place.question:
        return bool(steps)
    asked = [
        question for step in steps for question in step.questions if question.key.partition("@")[0] == place.question
    ]
    if place.option:
        return any(question.option(place.option) for question in asked)
    if place.statement:
        return any(line.key == place.statement for question in asked for line in question.statements)
    return bool(asked)


def answers_for(definition, place, rule, *, met):
    """Answers with which the place is met, or is not though all else about its page would let it be; None if none are found."""
    page = next(page for page in definition.pages if page.key == place.page)
    questions = [question for question in page.questions if not place.question or question.key == place.question]
    for question in questions:
        around = [other for other in (page.shown_if, question.shown_if) if other and other is not rule]
        if not place.question and not met:
            # Where a question asks for what its page asks for, nobody could meet it without the page.
            around = []
        found = Search(definition).solve(
            [(rule, met), *((other, True) for other in around)], round_of(definition, page)
        )
        if found is not None:
            return found
    return None


def round_of(definition, page):
    """The answer that has a repeated page asked."""
    if not page.repeat:
        return {}
    source = definition.question(page.repeat.question)
    return {source.key: [option.code for option in source.options if not option.meaning][:1]}


def numbers_compared(definition):
    """Every number that a rule compares an answer with, by question."""
    found = {}
    rules = [rule for _, rule in places(definition)]
    while rules:
        rule = rules.pop()
        rules.extend(rule.parts)
        if rule.question:
            found.setdefault(rule.question, set()).update(rule.values)
    return found


class Search:
    """A search for answers that meet goals: conditions that must hold, or must not."""

    def __init__(self, definition):
        self.definition = definition
        self.compared = numbers_compared(definition)
        self.steps = 0

    def solve(self, goals, given):
        self.steps += 1
        if self.steps > MOST_STEPS:
            return None
        if not goals:
            return given
        (rule, wanted), *rest = goals
        if rule.says == "not":
            return self.solve([(rule.parts[0], not wanted), *rest], given)
        if rule.says in ("all", "any"):
            if (rule.says == "all") is wanted:
                return self.solve([*((part, wanted) for part in rule.parts), *rest], given)
            ways = (self.solve([(part, wanted), *rest], given) for part in rule.parts)
            return next((found for found in ways if found is not None), None)
        return self.answer(rule, wanted, rest, given)

    def answer(self, rule, wanted, rest, given):
        """Give the question of a claim an answer, unless it has one."""
        if rule.question in given:
            return self.solve(rest, given) if holds(rule, given) is wanted else None
        for value in self.candidates(rule):
            trial = given | {rule.question: value}
            if holds(rule, trial) is not wanted:
                continue
            goals = rest if value is None else [*rest, *self.needed(rule.question, value)]
            if (found := self.solve(goals, trial)) is not None:
                return found
        return None

    def candidates(self, rule):
        """Answers worth trying: none, and for each sort of answer a few that differ."""
        question = self.definition.question(rule.question)
        codes = [option.code for option in question.options]
        if question.statements:
            return [None, *({rule.statement or question.statements[0].key: code} for code in codes)]
        if KINDS[question.kind].claims == ("answered", "is"):
            return [None, *codes]
        if codes:
            pairs = [[a, b] for a in codes for b in codes if a < b]
            return [None, *([code] for code in codes), *pairs[:100], codes]
        if "equals" in KINDS[question.kind].claims:
            around = [value + step for value in sorted({*self.compared[rule.question], 0}) for step in (0, 1, -1)]
            return [None, *around]
        return [None, "2026-01-01" if question.kind.startswith("date") else "words"]

    def needed(self, key, value):
        """What must hold for an answer to be given at all: its page, its question and its options are shown."""
        page, question = self.definition.page_of(key), self.definition.question(key)
        chosen = value if isinstance(value, list) else [value]
        options = [option for option in question.options if option.code in chosen]
        rules = [page.shown_if, question.shown_if, *(option.shown_if for option in options)]
        return [(rule, True) for rule in rules if isinstance(rule, Condition)]
