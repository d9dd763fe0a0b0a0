"""A rehearsal: invented people walk a questionnaire before it opens, so that its lead sees every path and a report of them. Pure.

Somebody walks every path of `paths.py` in every variant; more people follow until each answer that can be chosen has been
chosen by somebody, and further until there are as many as a report needs. What they write says of itself that it is
invented. The same seed gives the same people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from surveys.controls import Control
from surveys.definition import Definition, Question
from surveys.journey import asked, holds, rounds
from surveys.kinds import KINDS, AnswerError
from surveys.paths import Paths, paths
from surveys.renderings import VARIANTS, questionnaire_as_asked
from surveys.trials import AskedAbout, asked_about, raw_answers
from surveys.validation import Checked, check
from surveys.walking import sound

MOST_PEOPLE = 1_000
LEFT_BLANK = 0.08
"""How often a question is left blank that need not be answered and that no rule asks about."""
MOST_TICKED = 3
MOST_FRUITLESS = 100
"""When so many people in a row would choose nothing new, no more are sent."""
WRITTEN_ABOUT = ("the bus", "the car park", "the entrance", "the letter", "the opening time", "the phone line", "the price",
                 "the staff", "the waiting room", "the walk there", "the website")  # fmt: skip
WRITTEN_OF_IT = ("matters to me", "could be better", "is good as it is", "should stay", "is too far", "worries me",
                 "makes it hard for me", "was kind to me", "comes too late", "is what I would change")  # fmt: skip
"""So many that few people write the same: a report takes many alike for a campaign."""
INVENTED_NAMES = ("Invented group", "Invented society", "Invented association")
POSTCODE_OF_NOWHERE = "ZZ99"
"""No letters are delivered there."""
USUAL_YEARS = (2025, 2026)


@dataclass(frozen=True)
class InventedPerson:
    """Somebody who never was. `answers` are as `validation.check` takes them; `variant` is "" for the standard words.

    `path` is the place in the table of paths of the one they were sent along, None for those who follow to choose the rest.
    """

    answers: Mapping[str, Any]
    variant: str
    path: int | None


@dataclass(frozen=True)
class Rehearsal:
    """What was walked. `checked` are the answers that would be kept, in the order of `people`.

    `never_asked` are keys of questions, `never_chosen` pairs of a question's key and an option's code. `problems` are by the
    place of the person: nobody should have any. `paths_known` is a sample where `is_sampled`; each of `paths_walked` was
    walked in every variant.
    """

    people: tuple[InventedPerson, ...]
    checked: tuple[Checked, ...]
    paths_walked: int
    paths_known: int
    is_sampled: bool
    never_asked: tuple[str, ...]
    never_chosen: tuple[tuple[str, int], ...]
    problems: Mapping[int, Mapping[str, list[str]]]


def rehearse(definition: Definition, *, seed: int = 1, most: int = MOST_PEOPLE, fewest: int = 0) -> Rehearsal:
    """Invent `fewest` to `most` people, send them along their routes and say what they met. 300 take about a second."""
    definition = sound(definition)
    table = paths(definition)
    people = tuple(invented_people(definition, seed=seed, most=most, fewest=fewest, table=table))
    worded = {variant: questionnaire_as_asked(definition, variant) for variant in variants_of(definition)}
    checked = tuple(check(worded[person.variant], person.answers) for person in people)
    routes = [tuple(question.key for question in each.journey.questions()) for each in checked]
    walked = {(route, person.variant) for route, person in zip(routes, people, strict=True)}
    met = {key.partition("@")[0] for route in routes for key in route}
    chosen = {
        pair for each in checked for question in each.journey.questions() for pair in choices(question, each.answers)
    }
    return Rehearsal(
        people=people,
        checked=checked,
        paths_walked=sum(all((path.questions, variant) in walked for variant in worded) for path in table.paths),
        paths_known=len(table.paths),
        is_sampled=table.is_sampled,
        never_asked=tuple(question.key for question in definition.questions() if question.key not in met),
        never_chosen=tuple(pair for pair in every_choice(definition) if pair not in chosen),
        problems={place: each.problems for place, each in enumerate(checked) if each.problems},
    )


def invented_people(
    definition: Definition, *, seed: int = 1, most: int = MOST_PEOPLE, fewest: int = 0, table: Paths | None = None
) -> Iterator[InventedPerson]:
    """At most `most` people: somebody for each path in each variant, then those who choose what nobody chose, and so many more
    that there are `fewest`."""
    definition = sound(definition)
    variants = variants_of(definition)
    inventing = Inventing(definition, Random(f"rehearsal {seed}"))  # noqa: S311 -- the same each time, not secret
    ways = [(place, path) for place, path in enumerate((table or paths(definition)).paths)]
    sent = 0
    for place, path in ways[: most // len(variants)]:
        for variant in variants:
            yield InventedPerson(inventing.walk(path.answers), variant, place)
            sent += 1
    fruitless = 0
    while sent < most and fruitless < MOST_FRUITLESS and inventing.is_wanting():
        before = len(inventing.chosen)
        answers = inventing.walk(None)
        fruitless += 1
        if len(inventing.chosen) > before:
            yield InventedPerson(answers, variants[sent % len(variants)], None)
            sent, fruitless = sent + 1, 0
    for place in range(sent, min(fewest, most)):
        yield InventedPerson(inventing.walk(None), variants[place % len(variants)], None)


def variants_of(definition: Definition) -> tuple[str, ...]:
    """The standard words, "", and the variants that people can choose."""
    return ("", *(variant for variant in definition.variants if variant in VARIANTS))


def every_choice(definition: Definition) -> Iterator[tuple[str, int]]:
    """Every option of every question, as pairs of key and code."""
    for question in definition.questions():
        yield from ((question.key, option.code) for option in question.options)


def choices(question: Question, answers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The options of one question that somebody chose, under its plain key."""
    value = answers.get(question.key)
    given = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
    plain = question.key.partition("@")[0]
    yield from ((plain, code) for code in given if isinstance(code, int) and question.option(code))


class Inventing:
    """Answers for one person after another, each choosing what nobody chose yet where they can."""

    def __init__(self, definition: Definition, random: Random):
        self.definition = definition
        self.random = random
        self.about = asked_about(definition)
        self.wanted = set(every_choice(definition))
        self.chosen: set[tuple[str, int]] = set()

    def is_wanting(self) -> bool:
        """Whether there is an answer that nobody chose yet."""
        return not self.wanted <= self.chosen

    def walk(self, steered: Mapping[str, Any] | None) -> dict[str, Any]:
        """The answers of one person, page by page as `journey` goes. Where rules ask, they answer like `steered` does, as far as
        rules can tell; with None, they answer as they like."""
        answers: dict[str, Any] = {}
        for page in self.definition.pages:
            for item in rounds(page, self.definition, answers):
                if page.shown_if and not holds(page.shown_if, answers, item):
                    continue
                given = {q.key: self.answer(q, steered) for q in asked(page, answers, item)}
                answers |= {key: value for key, value in given.items() if value is not None}
        return answers

    def answer(self, question: Question, steered: Mapping[str, Any] | None) -> Any:
        """A value for one question as asked, None to leave it blank."""
        plain = question.key.partition("@")[0]
        about = self.about.get(plain)
        if steered is not None and about is not None:
            value = self.like(replace(question, key=plain), steered.get(question.key), about)
        elif not question.required and self.random.random() < LEFT_BLANK:
            return None
        else:
            value = next(self.candidates(replace(question, key=plain), []), None)
        self.chosen.update(choices(question, {question.key: value}))
        return value

    def like(self, question: Question, value: Any, about: AskedAbout) -> Any:
        """An answer that rules cannot tell from `value`, choosing what nobody chose yet where they can."""
        if value is None:
            return None
        told = about.tells(question.key, value)
        beside = value if isinstance(value, list) else []
        alike = (other for other in self.candidates(question, beside) if about.tells(question.key, other) == told)
        return next(alike, value)

    def candidates(self, question: Question, beside: list[int]) -> Iterator[Any]:
        """Answers that the kind accepts, those first with an option that nobody chose yet. `beside` are ticked as well."""
        kind = KINDS[question.kind]
        controls = kind.controls(question)
        if not controls:
            return
        codes = sorted(
            (option.code for option in question.options),
            key=lambda code: ((question.key, code) in self.chosen, self.random.random()),
        )
        for turn in range(max(len(codes), 1)):
            turned = codes[turn:] + codes[:turn]
            some = turned[: self.random.randint(1, MOST_TICKED)]
            for ticked in ([*beside, *turned[:1]] if beside else some, some, turned[:1]):
                parts = {c.part: self.raw(question, c, turned, ticked, place) for place, c in enumerate(controls)}
                yield from accepted(question, kind.gather(parts))
        yield from (value for raw in raw_answers(question, AskedAbout())[0] for value in accepted(question, raw))

    def raw(self, question: Question, control: Control, codes: list[int], ticked: list[int], place: int) -> Any:
        """What one control is given: of options those of `codes` in turn, so that no two places have the same."""
        years = question.settings.get("years") or USUAL_YEARS
        low = int(question.settings.get("min", 0))
        given = {
            "radios": lambda: codes[place % len(codes)] if codes else None,
            "tick_boxes": lambda: ticked,
            "writing_box": self.written,
            "text_box": lambda: self.random.choice(INVENTED_NAMES),
            "number_box": lambda: self.random.randint(low, max(low, int(question.settings.get("max", low + 20)))),
            "date_boxes": lambda: {"month": self.random.randint(1, 12), "year": self.random.choice(list(years))},
        }
        if control.purpose == "postal-code":
            return POSTCODE_OF_NOWHERE
        return given.get(control.shape, lambda: None)()

    def written(self) -> str:
        """A comment in a few words, none of which names anybody."""
        about, of_it = self.random.choice(WRITTEN_ABOUT), self.random.choice(WRITTEN_OF_IT)
        return f"Invented answer, in invented words: {about} {of_it}."


def accepted(question: Question, raw: Any) -> Iterator[Any]:
    """The value of a raw answer, if the kind takes it and anything remains."""
    try:
        value = KINDS[question.kind].clean(question, raw)
    except AnswerError:
        return
    if value is not None:
        yield value
