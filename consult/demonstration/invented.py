"""Invented responses: people who never were, walking the real routes of the demonstration's questionnaires. Pure.

Each walks `journey()` page by page and answers what is asked there, so every response lies on a route that a resident could
take. Some play a part: a campaign with nearly one text, comments that break careless software, and one nearly empty answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from consult.demonstration.choosing import Asked, Chooser
from consult.demonstration.comments import campaign_text, unusual_comments
from consult.demonstration.equality_answers import equality_answers
from consult.demonstration.facts import facts_of
from consult.demonstration.opinions import OPINIONS
from consult.demonstration.paper import as_keyed
from consult.demonstration.people import AGES, AGES_FROM_55, Person, invent_person
from surveys.definition import Condition, Definition, Page
from surveys.journey import journey

ORGANISATIONS = 0.04
ON_PAPER = 0.15
IN_OTHER_LANGUAGES = 0.03
CAMPAIGN = 25
"""How many send the campaign's text, where there are responses enough; and one response in 8 at most."""

VOICE = {"apms": "a11", "older-you": "b15", "outpatients": "c17"}
"""The question of each questionnaire where people say most: campaigns and unusual comments are written there."""


@dataclass(frozen=True)
class InventedResponse:
    """One response before it is submitted.

    `answers` are `{question_key: value}` with a keyer's marks where it came on paper; `equality` is
    `{characteristic: value}`, {} when skipped or not asked. `submitted_offset` is from 0 to 1: how much of the time that
    the consultation has been open had passed. Responses come in the order of it.
    """

    answers: dict[str, Any]
    equality: dict[str, Any]
    channel: str
    language: str
    respondent_type: str
    submitted_offset: float


@dataclass(frozen=True)
class Part:
    """What one response is there to show: "campaign", "unusual" with its `text`, "near_blank", or "" for anybody."""

    plays: str = ""
    text: str = ""


def invented_responses(definition: Definition, *, slug: str, count: int, random: Random) -> Iterator[InventedResponse]:
    """`count` responses to one of the demonstration's questionnaires, the same for the same seed. 1,000 take about a second."""
    parts = parts_played(slug, count, random)
    steering = steering_keys(definition)
    for index, offset in enumerate(offsets(count, random)):
        part = parts.get(index, Part())
        ages = AGES_FROM_55 if slug == "older-you" and random.random() < 0.88 else AGES
        person = invent_person(random, ages=ages)
        yield invented_response(definition, slug, person, part, offset, steering, random)


def invented_response(
    definition: Definition,
    slug: str,
    person: Person,
    part: Part,
    offset: float,
    steering: frozenset[str],
    random: Random,
) -> InventedResponse:
    """One person's response."""
    facts = facts_of(slug)
    is_organisation = not part.plays and random.random() < ORGANISATIONS
    on_paper = not part.plays and not is_organisation and random.random() < ON_PAPER
    fixed = fixed_answers(slug, part, is_organisation=is_organisation, random=random)
    sketch = Sketch(
        person, OPINIONS[slug], fixed, on_paper=on_paper, says_little=part.plays in ("near_blank", "campaign")
    )
    answers = walk(definition, sketch, steering, random)
    return InventedResponse(
        answers=answers,
        equality={} if is_organisation or part.plays == "near_blank" else equality_answers(person, random),
        channel="paper" if on_paper else "online",
        language=language_used(definition, random),
        respondent_type=facts.respondent_type(answers),
        submitted_offset=offset,
    )


def language_used(definition: Definition, random: Random) -> str:
    """The language somebody answers in: nearly always the first, and each of the others half as often as the one before.

    What is drawn does not depend on how many there are: a questionnaire that gains a language is given the same answers.
    """
    first, *others = definition.languages
    if random.random() < 1 - IN_OTHER_LANGUAGES:
        return first
    turn = 0
    while random.getrandbits(1):
        turn += 1
    return others[turn % len(others)] if others else first


@dataclass(frozen=True)
class Sketch:
    """How somebody answers: their opinions, what they answer whatever they think (`fixed`), and how many questions."""

    person: Person
    opinions: Mapping[str, Chooser]
    fixed: Mapping[str, Any]
    on_paper: bool
    says_little: bool

    def answer(self, asked: Asked, random: Random) -> Any:
        """The value to store for a question, or None."""
        key = asked.question.key.partition("@")[0]
        if key in self.fixed:
            return self.fixed[key]
        if not asked.question.required and random.random() < self.blanks():
            return None
        value = self.opinions[key](asked, random)
        return as_keyed(asked.question, value, random) if self.on_paper else value

    def blanks(self) -> float:
        """The chance that a question which need not be answered is left blank."""
        if self.says_little:
            return 1.0
        return 0.09 if self.on_paper else 0.04


def walk(definition: Definition, sketch: Sketch, steering: frozenset[str], random: Random) -> dict[str, Any]:
    """The answers of one person. The route is found again only after an answer that could turn it."""
    answers: dict[str, Any] = {}
    route = journey(definition, answers)
    position = 0
    while position < len(route.steps):
        step = route.steps[position]
        turns = False
        for question in step.questions:
            value = sketch.answer(Asked(question, sketch.person, answers, step.item), random)
            if value is not None:
                answers[question.key] = value
                turns = turns or question.key.partition("@")[0] in steering
        if turns:
            route = journey(definition, answers)
        position += 1
    return answers


def steering_keys(definition: Definition) -> frozenset[str]:
    """The keys of the questions whose answers open or close what comes after."""
    keys = {page.repeat.question for page in definition.pages if page.repeat}
    return frozenset(
        keys.union(*(condition.questions() for page in definition.pages for condition in conditions_of(page)))
    )


def conditions_of(page: Page) -> Iterator[Condition]:
    for question in page.questions:
        for part in (page, question, *question.options, *question.statements):
            if part.shown_if:
                yield part.shown_if


def parts_played(slug: str, count: int, random: Random) -> dict[int, Part]:
    """Which responses play a part, by their place in the order: a campaign comes within a few days, from the middle on."""
    parts = {2: Part("near_blank")} if count > 2 else {}
    start = count // 2
    for index in range(start, start + 2 * min(CAMPAIGN, count // 8), 2):
        parts[index] = Part("campaign", campaign_text(slug, random))
    free = [index for index in range(4, count, 5) if index not in parts]
    for index, text in zip(free, unusual_comments(), strict=False):
        parts[index] = Part("unusual", text)
    return parts


def fixed_answers(slug: str, part: Part, *, is_organisation: bool, random: Random) -> dict[str, Any]:
    """What somebody answers whatever they think."""
    facts = facts_of(slug)
    fixed: dict[str, Any] = {}
    if is_organisation:
        fixed[facts.answering_question] = facts.organisation_codes[0]
    if part.plays == "near_blank":
        fixed[facts.answering_question] = facts.resident_code
    if part.text:
        fixed[VOICE[slug]] = part.text
    if part.plays == "campaign":
        fixed |= CAMPAIGNERS[slug] | {facts.answering_question: random.choice(facts.campaigner_codes)}
    return fixed


CAMPAIGNERS: Mapping[str, Mapping[str, Any]] = {
    "apms": {"a9": {"keep": 1, "change": 5, "close": 5}},
    "older-you": {"b9": [10]},
    "outpatients": {"c2": [1], "c13": {"community": 5}},
}
"""What campaigners answer beside the text: that alone, and nothing else that can be left out."""


def offsets(count: int, random: Random) -> list[float]:
    """When responses come, in order: many in the first days, a steady middle, a rush before the deadline."""
    drawn = []
    for _ in range(count):
        season = random.random()
        if season < 0.35:
            drawn.append(random.betavariate(1.1, 7.0))
        elif season < 0.65:
            drawn.append(random.betavariate(9.0, 1.1))
        else:
            drawn.append(random.random())
    return sorted(round(offset, 6) for offset in drawn)
