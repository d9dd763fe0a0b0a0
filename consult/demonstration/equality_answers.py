"""What an invented person answers to the equality questions: some prefer not to say, some skip them all. Pure."""

from random import Random
from typing import Any

from consult.demonstration.people import Person, drawn

SKIPS_ALL = 0.12
STOPS_EARLY = 0.04
DECLINED = "pnts"
LEFT_BLANK = ""
BLANK = 0.03
DECLINES = {"religion": 0.05, "sexual_orientation": 0.09, "gender_identity": 0.05, "ethnic_broad": 0.03}
"""The chance that somebody prefers not to say; for the questions not named here it is 0.02."""

BROAD_GROUPS = {"w": "white", "m": "mixed", "a": "asian", "b": "black", "o": "other"}
"""The broad ethnic group of each detailed one, by the letter its value begins with."""

SECTORS = {"NB1 1": 14, "NB1 4": 12, "NB2 3": 16, "NB3 7": 12, "NB4 1": 18, "NB5 2": 9, "NB6 6": 8}
"""Where people live: the first part of a postcode and the number after the space. There is no NB."""


def equality_answers(person: Person, random: Random) -> dict[str, Any]:
    """`{question: value}` of the question bank, "pnts" and "" for declined and left blank; {} for who skips them all.

    Questions that somebody was not asked are left out: the impact of a condition nobody has, and all after they stopped.
    """
    if random.random() < SKIPS_ALL:
        return {}
    facts = own_facts(person, random)
    keys = list(facts)
    shown = keys[: random.randrange(1, len(keys))] if random.random() < STOPS_EARLY else keys
    answers = {key: given(key, facts[key], random) for key in shown}
    if answers.get("disability") != "yes":
        answers.pop("disability_impact", None)
    if answers.get("ethnic_broad") not in BROAD_GROUPS.values():
        answers.pop("ethnic_group", None)
    return answers


def given(key: str, value: Any, random: Random) -> Any:
    """The fact, or declined, or left blank."""
    chance = random.random()
    if chance < BLANK:
        return LEFT_BLANK
    return DECLINED if chance < BLANK + DECLINES.get(key, 0.02) and key != "postcode" else value


def own_facts(person: Person, random: Random) -> dict[str, Any]:
    """The person as the equality questions see them, in the order that they are asked."""
    return {
        "age": person.age,
        "disability": "no" if person.limited == "none" else "yes",
        "disability_impact": person.limited,
        "ethnic_broad": BROAD_GROUPS[person.ethnic_group[0]],
        "ethnic_group": person.ethnic_group,
        "religion": person.religion,
        "sex": person.sex,
        "gender_identity": "different" if random.random() < 0.004 else "same",
        "sexual_orientation": person.orientation,
        "pregnancy_maternity": person.pregnant,
        "carer": person.caring,
        "veteran": [random.choice(["regular", "regular", "reserve"])] if person.served else ["no"],
        "postcode": drawn(SECTORS, random),
    }
