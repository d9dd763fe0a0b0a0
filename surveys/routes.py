"""The route checker: what is wrong with the rules of a questionnaire, in words for its author. Pure.

Some of it shows in the rules themselves: they ask about what was removed, or about what comes later. The rest shows only when
every way through is walked (`walking.py`): a page that nobody reaches, a rule that skips nothing, a required question that
somebody cannot answer. Where there are too many ways at once, each page is walked with only the questions that decide over it.
What cannot be settled even so is never called a mistake; the report names it as `unsure`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from surveys.definition import Condition, Definition, Option, Page, Question, Statement, words
from surveys.paths import BOUND, PAGES_SAMPLED, wanderers
from surveys.sentences import plain_words, question_named, show_if
from surveys.trials import claims_in, conditions_of
from surveys.walking import Met, OutOfBounds, Place, Ways, sound

MOST_OF_A_PAGE = 2_000
"""The most combinations walked for one page by itself."""
MOST_OF_ALL_PAGES = 40_000


@dataclass(frozen=True)
class RouteProblem:
    """One mistake in a route. `where` is a page's or question's key, `code` names the sort of mistake."""

    where: str
    says: str
    code: str


@dataclass(frozen=True)
class RouteReport:
    """What is wrong with the routes, in questionnaire order. `unsure` are pages and questions with too many ways to judge."""

    problems: tuple[RouteProblem, ...]
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """Something with a place on the route: a page, a question or a line of one; `page` is where it stands."""

    place: Place
    where: str
    page: Page
    part: Page | Question | Option | Statement
    called: str

    @property
    def condition(self) -> Condition | None:
        return self.part.shown_if


def check_routes(definition: Definition) -> RouteReport:
    """Everything that is wrong with the routes of a questionnaire. Under 2 seconds for 500 questions."""
    rules = list(rules_of(definition))
    order = {rule.place: index for index, rule in enumerate(rules)}
    found: list[tuple[int, RouteProblem]] = []
    pointing = Pointing(definition)
    for rule in rules:
        found.extend((order[rule.place], problem) for problem in pointing.problems(rule))
    wrong = {place for place, _ in found}
    met, unsure = meet(sound(definition))
    for rule in rules:
        # What is wrong with the rule itself explains what comes of it.
        if order[rule.place] not in wrong and rule.place not in unsure:
            found.extend((order[rule.place], problem) for problem in walked_problems(rule, met, definition))
    in_order = sorted(found, key=lambda each: each[0])
    return RouteReport(
        tuple(dict.fromkeys(problem for _, problem in in_order)),
        tuple(dict.fromkeys(rule.where for rule in rules if rule.place in unsure)),
    )


def rules_of(definition: Definition) -> Iterator[Rule]:
    """Every page, question, option and statement, in questionnaire order."""
    for page in definition.pages:
        yield Rule(("page", page.key), page.key, page, page, "this page")
        for question in page.questions:
            key = question.key
            yield Rule(("question", key), key, page, question, "this question")
            for option in question.options:
                yield Rule(("option", key, str(option.code)), key, page, option, f"the answer “{words(option.label)}”")
            for line in question.statements:
                yield Rule(("statement", key, line.key), key, page, line, f"the statement “{words(line.label)}”")


# What shows in the rules themselves ---------------------------------------------------------------------------------------


class Pointing:
    """What rules point at: questions, statements and options that exist, on pages before."""

    def __init__(self, definition: Definition):
        self.definition = definition
        self.known = {question.key: question for question in reversed(list(definition.questions()))}
        self.place = {q.key: index for index, page in enumerate(definition.pages) for q in page.questions}
        self.pages = {page.key: index for index, page in enumerate(definition.pages)}

    def problems(self, rule: Rule) -> Iterator[RouteProblem]:
        if rule.condition:
            for claim in claims_in(rule.condition):
                yield from self.claim_problems(rule, claim)
        if isinstance(rule.part, Page) and rule.part.repeat:
            yield from self.asks_about(rule, rule.part.repeat.question, "This page repeats for")

    def claim_problems(self, rule: Rule, claim: Condition) -> Iterator[RouteProblem]:
        subject = f"The rule of {rule.called} asks about"
        wrong = list(self.asks_about(rule, claim.question, subject))
        yield from wrong
        question = self.known.get(claim.question)
        if question is None or wrong:
            return
        name = question_named(question, self.definition)
        if claim.statement and claim.statement not in {line.key for line in question.statements}:
            says = f"{subject} a statement that was removed from {name}. Choose another, or delete the rule"
            yield RouteProblem(rule.where, says, "removed_statement")
        if claim.says in ("is", "includes"):
            for code in claim.values:
                if question.option(int(code)) is None:
                    says = f"{subject} an answer that was removed from {name} ({code:g}). Choose another, or delete the rule"
                    yield RouteProblem(rule.where, says, "removed_option")

    def asks_about(self, rule: Rule, key: str, subject: str) -> Iterator[RouteProblem]:
        """A rule must ask about a question that exists, on a page before."""
        question = self.known.get(key)
        if question is None:
            says = f"{subject} a question that was removed ({key}). Choose another, or delete the rule"
            yield RouteProblem(rule.where, says, "removed_question")
            return
        here = self.pages[rule.page.key]
        if self.place[key] < here:
            return
        name = question_named(question, self.definition)
        if self.hangs_on(key, {q.key for q in rule.page.questions} if isinstance(rule.part, Page) else {rule.where}):
            says = f"{subject} {name}, which is asked only where this rule is so. Rules cannot go in a circle"
            yield RouteProblem(rule.where, says, "circular")
        else:
            where = "the same page" if self.place[key] == here else "a later page"
            says = f"{subject} {name}, which is on {where}. A rule can only look back, at a page before"
            yield RouteProblem(rule.where, says, "backwards")

    def hangs_on(self, key: str, ruled: set[str]) -> bool:
        """Whether a question is one of those that a rule decides over, or hangs on one of them through rules of its own."""
        seen: set[str] = set()
        waiting = {key}
        while waiting and not waiting & ruled:
            seen |= waiting
            asked = {other for at in waiting for other in asked_for(self.definition.pages[self.place[at]], at)}
            waiting = (asked & self.place.keys()) - seen
        return bool(waiting)


def asked_for(page: Page, key: str) -> set[str]:
    """The questions that decide whether a question is asked, and with which options; they alone, not those behind them."""
    question = next(question for question in page.questions if question.key == key)
    parts: tuple[Page | Question | Option | Statement, ...] = (page, question, *question.options, *question.statements)
    asked = {other for part in parts if part.shown_if for other in part.shown_if.questions()}
    return asked | ({page.repeat.question} if page.repeat else set())


# What shows on the way ----------------------------------------------------------------------------------------------------


def walked_problems(rule: Rule, met: Met, definition: Definition) -> Iterator[RouteProblem]:
    """What walking found about a place."""
    part = rule.part
    if rule.place not in met.shown:
        yield from unreached(rule, met, definition)
    elif rule.condition and met.turned_out.get(rule.place) == {True}:
        says = f"The rule of {rule.called} skips nothing, as it is always so. Delete it, or change it. The rule: "
        yield RouteProblem(rule.where, says + show_if(rule.condition, definition, rule.called), "pointless")
    if isinstance(part, Question) and part.key in met.stuck:
        says = f"{question_named(part, definition)} must be answered, and some people can give no answer to it. "
        yield RouteProblem(part.key, says + "Offer everybody an answer, or let it be left blank", "no_answer")


def unreached(rule: Rule, met: Met, definition: Definition) -> Iterator[RouteProblem]:
    """What to say of a place that nobody is shown. What hangs on another such place is not said again."""
    part = rule.part
    if isinstance(part, Question) and part.required:
        says = f"{question_named(part, definition)} must be answered, and it is on a path that everybody skips. "
        yield RouteProblem(part.key, says + "Change the rule, or delete the question", "required_skipped")
        return
    around = ("question", rule.where) if isinstance(part, Option | Statement) else ("page", rule.page.key)
    if rule.place != around and around not in met.shown:
        return
    why = f" The rule: {show_if(rule.condition, definition, rule.called)}" if rule.condition else ""
    sort = "option" if isinstance(part, Option | Statement) else "page" if isinstance(part, Page) else "question"
    named = f" ({plain_words(part.text, definition)})" if isinstance(part, Question) else ""
    says = f"Nobody can reach {rule.called}{named}: no answers before it lead here."
    yield RouteProblem(rule.where, says + why, f"unreachable_{sort}")


def meet(definition: Definition) -> tuple[Met, set[Place]]:
    """Everything that people can meet, and the places of which that could not be settled."""
    met = Met()
    try:
        Ways(definition).walk(met, most=BOUND)
    except OutOfBounds:
        return meet_by_page(definition)
    return met, set() if met.is_whole else unsettled(definition, met)


def unsettled(definition: Definition, met: Met) -> set[Place]:
    """The places that were met by nobody, or whose rule turned out one way only, where not every way was walked."""
    return {
        rule.place
        for rule in rules_of(definition)
        if rule.place not in met.shown or len(met.turned_out.get(rule.place, (True, False))) < 2
    }


def meet_by_page(definition: Definition) -> tuple[Met, set[Place]]:
    """The same page by page, each with only the questions that decide over it. Where those are too many, by a sample."""
    met, unsure, left = Met(), set(), MOST_OF_ALL_PAGES
    homes = {question.key: page for page in reversed(definition.pages) for question in page.questions}
    for page in definition.pages:
        alone, ways = Met(), Ways(part_for(definition, page, homes))
        try:
            ways.walk(alone, most=min(MOST_OF_A_PAGE, left))
        except OutOfBounds:
            alone.is_whole = False
        left -= ways.walked
        if not alone.is_whole:
            unsure |= {rule.place for rule in rules_of(replace(definition, pages=(page,)))}
        met.add(alone)
    if unsure:
        wanderers(Ways(definition), met, pages=PAGES_SAMPLED // 4, fewest=1)
        unsure &= unsettled(definition, met)
    return met, unsure


def part_for(definition: Definition, page: Page, homes: Mapping[str, Page]) -> Definition:
    """The questionnaire with only a page and the questions that decide over it, directly or through others."""
    needed: set[str] = set()
    rules = conditions_of(replace(definition, pages=(page,)))
    waiting = {key for rule in rules for key in rule.questions()} | ({page.repeat.question} if page.repeat else set())
    while waiting:
        needed |= waiting
        waiting = {other for key in waiting if key in homes for other in asked_for(homes[key], key)} - needed
    keys = {homes[key].key for key in needed if key in homes} | {page.key}
    return replace(
        definition,
        pages=tuple(
            each
            if each.key == page.key
            else replace(each, questions=tuple(q for q in each.questions if q.key in needed))
            for each in definition.pages
            if each.key in keys
        ),
    )
