"""The parts of an equality impact assessment that only people may write: their names, who wrote which, and which nobody has.

Nothing here fills a part in. A part that nobody wrote is said to be unwritten, in words, wherever the assessment is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from exports.wording import listed


class Effect(StrEnum):
    """What a person may say the effect on a group is (ux.md §4). A person chooses; there is no default."""

    BETTER = "better"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    NOT_KNOWN = "not_known"


EFFECT_WORDS: Final = {
    Effect.BETTER: "Better",
    Effect.NO_CHANGE: "No change",
    Effect.WORSE: "Worse",
    Effect.NOT_KNOWN: "Not known",
}


@dataclass(frozen=True)
class Part:
    """Something for a person to write. `key` names it for good: "age.effect". `is_effect`: an effect is chosen beside it."""

    key: str
    label: str
    hint: str = ""
    is_effect: bool = False


@dataclass(frozen=True)
class Chapter:
    """Parts that are written together, on one page. `group` is the group they are about, "" for the assessment as a whole."""

    key: str
    heading: str
    parts: tuple[Part, ...]
    group: str = ""


@dataclass(frozen=True)
class Written:
    """What a person wrote in a part: their words, who they are and the day in words. `effect` is "" but in an effect's part."""

    words: str
    by: str
    on: str
    effect: str = ""


Judgements = Mapping[str, Written]
"""What has been written, by the key of its part."""

AIMS: Final = (
    "Eliminate discrimination, harassment, victimisation and other conduct the Act prohibits",
    "Advance equality of opportunity between people who share a characteristic and people who do not",
    "Foster good relations between people who share a characteristic and people who do not",
)
"""Equality Act 2010, section 149(1)."""

GROUPS: Final = {
    "age": "Age",
    "disability": "Disability",
    "gender-reassignment": "Gender reassignment",
    "marriage": "Marriage and civil partnership",
    "pregnancy": "Pregnancy and maternity",
    "race": "Race",
    "religion": "Religion or belief",
    "sex": "Sex",
    "sexual-orientation": "Sexual orientation",
    "carers": "Carers",
    "veterans": "Armed forces veterans",
    "deprivation": "People in more deprived areas",
}
"""The nine protected characteristics and the groups the service always adds, in order. Keys are stored: never rename one."""

ABOUT: Final = Chapter(
    "about",
    "About this assessment",
    (
        Part("about.owner", "Who owns this assessment", "Name and job."),
        Part("about.stage", "Stage: before, during or after the decision"),
    ),
)
AIM_CHAPTER: Final = Chapter(
    "aims",
    "The three aims of the public sector equality duty",
    tuple(
        Part(f"aims.{place}", aim, "Which options bear on this aim, and how.")
        for place, aim in enumerate(AIMS, start=1)
    ),
)
TOGETHER: Final = Chapter(
    "together",
    "Groups together, and chances to do better",
    (
        Part("together.several", "How the options bear on people who belong to several of these groups"),
        Part("together.chances", "Chances to advance equality that the options bring"),
    ),
)
DECISION: Final = Chapter(
    "decision",
    "Decision and sign-off",
    (
        Part(
            "decision.regard",
            "Due regard: what the decision-maker considered, in their own words",
            "Words that the decision-maker gave you or that are in the minutes.",
        ),
        Part("decision.decision", "The decision: go on, change or stop, and why"),
        Part("decision.signed", "Signed, role and date"),
        Part("decision.review", "Date of review"),
    ),
)


def _about_group(key: str, heading: str) -> Chapter:
    parts = (
        Part(f"{key}.effect", "Effect: better, no change, worse or not known, and why", is_effect=True),
        Part(f"{key}.actions", "What we will do, who will do it and by when"),
        Part(f"{key}.unknown", "What we do not know yet, and how we will find out"),
    )
    return Chapter(key, heading, parts, group=heading)


GROUP_CHAPTERS: Final = tuple(_about_group(key, heading) for key, heading in GROUPS.items())
CHAPTERS: Final = (ABOUT, AIM_CHAPTER, *GROUP_CHAPTERS, TOGETHER, DECISION)
"""Everything for people to write, in the order of the document."""
CHAPTER_OF: Final = {chapter.key: chapter for chapter in CHAPTERS}


# What is not written -----------------------------------------------------------------------------------------------------


def groups_without_effect(judgements: Judgements) -> list[str]:
    """The groups on which nobody has said what the effect is."""
    return [chapter.group for chapter in GROUP_CHAPTERS if f"{chapter.key}.effect" not in judgements]


def parts_not_written(chapter: Chapter, judgements: Judgements) -> list[Part]:
    """The parts of a chapter that nobody has written."""
    return [part for part in chapter.parts if part.key not in judgements]


def how_many_judged(judgements: Judgements) -> str:
    """On how many groups there is no judgement, as a sentence."""
    missing, all_of = len(groups_without_effect(judgements)), len(GROUP_CHAPTERS)
    if not missing:
        return f"All {all_of} groups have a judgement."
    if missing == all_of:
        return f"None of the {all_of} groups has a judgement yet."
    return f"{missing} of {all_of} groups {'has' if missing == 1 else 'have'} no judgement yet."


def how_much_written(judgements: Judgements) -> str:
    """How many of all parts nobody has written, as a sentence."""
    all_of = sum(len(chapter.parts) for chapter in CHAPTERS)
    missing = sum(len(parts_not_written(chapter, judgements)) for chapter in CHAPTERS)
    if not missing:
        return f"All {all_of} parts are written."
    if missing == all_of:
        return f"None of the {all_of} parts is written."
    return f"{missing} of {all_of} parts {'is' if missing == 1 else 'are'} not written."


def gaps(judgements: Judgements) -> str:
    """Which groups have no judgement and where else something is not written, as sentences; "" where all is written."""
    said = []
    if groups := groups_without_effect(judgements):
        said.append(f"No judgement on: {listed(groups)}.")
    some = [
        chapter.heading
        for chapter in CHAPTERS
        if parts_not_written(chapter, judgements) and chapter.group not in groups
    ]
    if some:
        said.append(f"Something is not written under: {listed(f'“{heading}”' for heading in some)}.")
    return " ".join(said)
