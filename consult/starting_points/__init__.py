"""What a lead can begin a consultation with: whole questionnaires with what is said beside them, or the structure of a past one.

Each starting point of our own is two files in the formats that the service works with: `questionnaires/<key>.json` and
`facts/<key>.json`. The demonstration's consultations are starting points too, read from its own files. Nothing is kept of which
one was used: what was made of it belongs to whoever made it. What they must still write is found by `prompts_left`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from consult.demonstration.facts import SLUGS, facts_of, questionnaire_of
from consult.starting_points.prompts import Prompt, prompts_left
from equality.categories import QUESTION_SETS
from surveys.definition import Definition
from surveys.definition_json import from_json

if TYPE_CHECKING:
    from consult.models import Consultation

__all__ = [
    "STARTING_POINTS",
    "Offer",
    "Prompt",
    "StartingPoint",
    "UnknownStartingPoint",
    "copy_of",
    "prompts_left",
    "start_from",
]

HERE = Path(__file__).parent
DEMONSTRATION = "demonstration-"
"""What the keys of the demonstration's consultations begin with."""
WRITTEN = (
    "title", "short_name", "kind", "topic", "area", "summary", "purpose", "still_open", "asks", "decided_by", "baseline",
    "policy",
)  # fmt: skip
"""The facts that a starting point is written with, by the names that `models.Consultation` has for them."""
COPIED = ("kind", "topic", "area", "question_set", "baseline", "policy", "kept_years")
"""What a copy takes from a past consultation. The rest is about that one: its words, times, documents, answers and outcome."""


class UnknownStartingPoint(LookupError):
    """There is no starting point with this key."""


@dataclass(frozen=True)
class StartingPoint:
    """A questionnaire, and facts about a consultation of it as `{field of models.Consultation: value}`, both to be changed."""

    definition: Definition
    facts: dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """A starting point as a lead chooses it: what it is called, what it is for, and how it is read."""

    key: str
    name: str
    says: str
    read: Callable[[], StartingPoint]


def start_from(key: str) -> StartingPoint:
    """A new copy of the starting point with this key. Raises UnknownStartingPoint."""
    if key not in STARTING_POINTS:
        raise UnknownStartingPoint(key)
    return STARTING_POINTS[key].read()


def copy_of(consultation: "Consultation") -> StartingPoint:
    """The structure of a consultation: its questionnaire as drafted now, and how it is set up. No dates, words or answers."""
    definition = from_json(consultation.questionnaire.draft)
    return StartingPoint(definition, {name: getattr(consultation, name) for name in COPIED})


def from_files(key: str) -> StartingPoint:
    """One of our own starting points."""
    facts = json.loads((HERE / "facts" / f"{key}.json").read_text(encoding="utf-8"))
    return StartingPoint(questionnaire_from_file(key), facts | {"question_set": newest_question_set()})


def from_demonstration(slug: str) -> StartingPoint:
    """One of the demonstration's consultations, without its documents, times and outcome."""
    source = facts_of(slug)
    facts = {name: getattr(source, name) for name in WRITTEN}
    facts |= {"asks": list(source.asks), "question_set": newest_question_set()}
    return StartingPoint(questionnaire_of(slug), facts)


@cache
def questionnaire_from_file(key: str) -> Definition:
    """The questionnaire of one of our own starting points. Read once."""
    return from_json(json.loads((HERE / "questionnaires" / f"{key}.json").read_text(encoding="utf-8")))


def newest_question_set() -> str:
    """The newest version of the equality questions."""
    return max(QUESTION_SETS)


OWN = {
    "gp-merger": ("GP practice merger", "2 GP practices want to become 1."),
    "moving-site": ("Service moving site", "A clinic or other service wants to move to a new place."),
    "strategy": ("Strategy or plan", "A plan with a few aims, before it is finished."),
    "patient-experience": (
        "Patient experience",
        "What it was like to use a service, with the Friends and Family question in its fixed words.",
    ),
    "easy-read-short": ("Easy read short form", "A short form about a plan, in plain words and in easy read."),
}
"""Our own: name, and what it is for."""
SHOWN = {
    "apms": "From the demonstration: several GP contracts end, and there are 3 options for each practice.",
    "older-you": "From the demonstration: proposals for people of one age group, with questions about the services they use.",
    "outpatients": "From the demonstration: changes to hospital clinics, with questions asked once for each clinic used.",
}
"""The demonstration's: what each is an example of."""

STARTING_POINTS: Mapping[str, Offer] = MappingProxyType(
    {key: Offer(key, name, says, partial(from_files, key)) for key, (name, says) in OWN.items()}
    | {
        DEMONSTRATION + slug: Offer(
            DEMONSTRATION + slug, facts_of(slug).title, SHOWN[slug], partial(from_demonstration, slug)
        )
        for slug in SLUGS
    }
)
"""Every starting point by its key, in the order of the list."""
