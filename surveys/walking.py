"""Walking every way through a questionnaire: people who differ only where the rules can tell, page by page. Pure.

At each question that rules ask about, a walker splits into one for each trial answer (`trials.py`). Walkers whose answers the
rest of the questionnaire cannot tell apart go on as one, so independent branches add up and do not multiply. Where there are
still too many, `OutOfBounds` is raised, and callers look at fewer questions at once or send single walkers (`Ways.wander`).
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from surveys.definition import Condition, Definition, Page, Question
from surveys.journey import holds, narrowed, rounds
from surveys.kinds import KINDS
from surveys.trials import AskedAbout, Trial, Trials, asked_about, conditions_of, trials_of

Place = tuple[str, ...]
"""What a rule stands at: `("page", key)`, `("question", key)`, `("option", key, code)` or `("statement", key, its key)`."""
Given = tuple["Given", str, Any] | None
"""The answers given on the way, last first."""

MOST_WEIGHED = 24
"""A single walker weighs up so many trial answers at a question, at most."""


class OutOfBounds(Exception):
    """There are more ways than were to be walked."""


@dataclass(frozen=True)
class Walker:
    """Somebody on the way: the answers that rules may still ask about, and what the rules can tell of them.

    `path` stands for the questions met so far, where paths are told apart; `given` are all trial answers.
    """

    live: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Hashable] = field(default_factory=dict)
    path: int = 0
    given: Given = None

    def key(self) -> Hashable:
        return (self.path, frozenset(self.told.items()))


@dataclass
class Met:
    """What walkers met: places they were shown, how each rule turned out, and required questions that could not be answered."""

    shown: set[Place] = field(default_factory=set)
    turned_out: dict[Place, set[bool]] = field(default_factory=dict)
    stuck: dict[str, Given] = field(default_factory=dict)
    is_whole: bool = True

    def decide(self, place: Place, condition: Condition | None, live: Mapping[str, Any], item: int | None) -> bool:
        """Whether a condition holds, noting how it turned out and what is shown."""
        shown = True
        if condition:
            shown = holds(condition, live, item)
            self.turned_out.setdefault(place, set()).add(shown)
        if shown:
            self.shown.add(place)
        return shown

    def add(self, other: "Met") -> None:
        """Note what others met too."""
        self.shown |= other.shown
        for place, outcomes in other.turned_out.items():
            self.turned_out.setdefault(place, set()).update(outcomes)
        self.stuck = {**other.stuck, **self.stuck}


@dataclass(frozen=True)
class Stage:
    """A page on the way. `is_plain`: it is the same for everybody and no rule asks about it.

    `needed`: the questions that rules of later pages ask about. `source` holds only the page that a repeated page repeats for.
    """

    page: Page
    is_plain: bool
    needed: frozenset[str]
    source: Definition


class Ways:
    """The ways through one questionnaire."""

    def __init__(self, definition: Definition):
        self.about: dict[str, AskedAbout] = asked_about(definition)
        self.stages = stages_of(definition, self.about)
        self.tried: dict[Hashable, Trials] = {}
        self.paths: dict[Hashable, int] = {}
        self.walked = 0

    def walk(self, met: Met, *, most: int, tell_paths: bool = False) -> list[Walker]:
        """Walk every way. `most` is how many walkers may come out of pages in all. Raises OutOfBounds.

        With `tell_paths`, walkers who met different questions stay apart to the end.
        """
        walkers = [Walker()]
        self.walked = 0
        for stage in self.stages:
            if stage.is_plain:
                shown_to_all(stage.page, met)
                continue
            found: dict[Hashable, Walker] = {}
            for walker in walkers:
                for after in self.through(stage, walker, met, tell_paths=tell_paths):
                    found.setdefault(after.key(), after)
                    self.walked += 1
                    if self.walked > most:
                        raise OutOfBounds
            walkers = list(found.values())
        return walkers

    def wander(self, met: Met, random: Random, tally: Counter[Hashable]) -> Given:
        """Send one walker through, who at each question gives the trial answer given least often so far. Their answers."""
        walker = Walker()

        def least_given(key: str, trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
            plain = key.partition("@")[0]
            if len(trials) > MOST_WEIGHED:
                trials = tuple(random.sample(trials, MOST_WEIGHED))
            chosen = min(trials, key=lambda trial: (tally[plain, trial.tells], random.random()))
            tally[plain, chosen.tells] += 1
            return (chosen,)

        for stage in self.stages:
            if stage.is_plain:
                shown_to_all(stage.page, met)
            else:
                walker = next(self.through(stage, walker, met, choose=least_given))
        return walker.given

    def through(
        self, stage: Stage, walker: Walker, met: Met, *, tell_paths: bool = False, choose: Any = None
    ) -> Iterator[Walker]:
        """The walkers that one becomes on a page, with what later rules cannot ask about forgotten."""
        walkers: Iterator[Walker] = iter([walker])
        for item in rounds(stage.page, stage.source, walker.live):
            walkers = self.through_round(stage, walkers, item, met, tell_paths, choose)
        for after in walkers:
            kept = {key: tells for key, tells in after.told.items() if key.partition("@")[0] in stage.needed}
            live = {key: after.live[key] for key in kept}
            yield replace(after, live=live, told=kept)

    def through_round(
        self, stage: Stage, walkers: Iterator[Walker], item: int | None, met: Met, tell_paths: bool, choose: Any
    ) -> Iterator[Walker]:
        """The walkers that each becomes in one round of a page."""
        for walker in walkers:
            questions = self.asked(stage.page, walker, item, met)
            if tell_paths and questions:
                met_now = (walker.path, tuple(question.key for question in questions))
                walker = replace(walker, path=self.paths.setdefault(met_now, len(self.paths) + 1))
            yield from self.answered(walker, questions, met, choose)

    def asked(self, page: Page, walker: Walker, item: int | None, met: Met) -> list[Question]:
        """The questions of a page as this walker is asked them."""
        live = walker.live
        if not met.decide(("page", page.key), page.shown_if, live, item):
            return []
        found = []
        for question in page.questions:
            if met.decide(("question", question.key), question.shown_if, live, item):
                for option in question.options:
                    met.decide(("option", question.key, str(option.code)), option.shown_if, live, item)
                for line in question.statements:
                    met.decide(("statement", question.key, line.key), line.shown_if, live, item)
                found.append(narrowed(question, live, item))
        return found

    def answered(self, walker: Walker, questions: list[Question], met: Met, choose: Any) -> Iterator[Walker]:
        """One walker for each way of answering these questions."""
        if not questions:
            yield walker
            return
        question, rest = questions[0], questions[1:]
        trials = self.trials(question)
        if question.required and not trials.can_answer:
            met.stuck.setdefault(question.key.partition("@")[0], walker.given)
        if question.key.partition("@")[0] not in self.about:
            yield from self.answered(walker, rest, met, choose)
            return
        met.is_whole = met.is_whole and trials.is_whole
        for trial in choose(question.key, trials.trials) if choose else trials.trials:
            after = walker
            if trial.value is not None:
                live = {**walker.live, question.key: trial.value}
                told = {**walker.told, question.key: trial.tells}
                after = replace(walker, live=live, told=told, given=(walker.given, question.key, trial.value))
            yield from self.answered(after, rest, met, choose)

    def trials(self, question: Question) -> Trials:
        """The trials of a question as asked, worked out once for each set of options and statements offered."""
        plain = question.key.partition("@")[0]
        offered = (plain, tuple(o.code for o in question.options), tuple(line.key for line in question.statements))
        if offered not in self.tried:
            self.tried[offered] = trials_of(replace(question, key=plain), self.about.get(plain, AskedAbout()))
        return self.tried[offered]


def stages_of(definition: Definition, about: Mapping[str, AskedAbout]) -> tuple[Stage, ...]:
    """The pages in order, each with what later pages need to know."""
    homes = {question.key: page for page in reversed(definition.pages) for question in page.questions}
    needed: frozenset[str] = frozenset()
    found = []
    for page in reversed(definition.pages):
        rules = list(conditions_of(replace(definition, pages=(page,))))
        can_stick = any(question.required and may_stick(question) for question in page.questions)
        is_plain = not rules and not page.repeat and not can_stick and not any(q.key in about for q in page.questions)
        source = homes.get(page.repeat.question) if page.repeat else None
        found.append(Stage(page, is_plain, needed, replace(definition, pages=(source,) if source else ())))
        needed = needed.union(*(rule.questions() for rule in rules), [page.repeat.question] if page.repeat else [])
    return tuple(reversed(found))


def may_stick(question: Question) -> bool:
    """Whether there may be somebody who can give no answer: who is offered no option, or where none fits the settings."""
    return not question.is_offered_whole or not trials_of(question, AskedAbout()).can_answer


def shown_to_all(page: Page, met: Met) -> None:
    """Note a page that everybody is shown whole."""
    met.shown.add(("page", page.key))
    for question in page.questions:
        met.shown.add(("question", question.key))
        met.shown.update(("option", question.key, str(option.code)) for option in question.options)
        met.shown.update(("statement", question.key, line.key) for line in question.statements)


def sound(definition: Definition) -> Definition:
    """The questionnaire as far as it can be walked: questions of unknown kinds left out, unfit settings forgotten."""

    def walkable(question: Question) -> Question:
        unfit = any(KINDS[question.kind].unfit_settings(question))
        return replace(question, settings={}) if unfit else question

    return replace(
        definition,
        pages=tuple(
            replace(page, questions=tuple(walkable(q) for q in page.questions if q.kind in KINDS))
            for page in definition.pages
        ),
    )


def answers_given(given: Given) -> dict[str, Any]:
    """The answers given on the way, first to last."""
    found = []
    while given is not None:
        given, key, value = given
        found.append((key, value))
    return dict(reversed(found))
