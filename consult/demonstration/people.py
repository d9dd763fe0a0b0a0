"""Invented people: who they are, in shares that look like those who really answer consultations. Pure.

Older people are over-represented, people aged 16 to 24 and some ethnic groups nearly absent: a demonstration in which every
group answered as often as it lives there would show nothing of what representativeness is for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

YEARS = {
    "16_24": 21, "25_34": 30, "35_44": 40, "45_54": 50, "55_64": 60, "65_74": 70, "75_84": 79, "85plus": 88,
}  # fmt: skip
"""The middle of each age band, in years."""

AGES = {
    "16_24": 1, "25_34": 6, "35_44": 10, "45_54": 15, "55_64": 22, "65_74": 26, "75_84": 15, "85plus": 5,
}  # fmt: skip
AGES_FROM_55 = {"55_64": 29, "65_74": 40, "75_84": 24, "85plus": 7}
ETHNIC_GROUPS = {
    "w_brit": 930, "w_irish": 12, "w_git": 1, "w_other": 18, "m_wbc": 3, "m_wba": 1, "m_wa": 3, "m_other": 2, "a_indian": 7,
    "a_pakistani": 5, "a_chinese": 3, "a_other": 2, "b_african": 6, "b_caribbean": 1, "o_arab": 1, "o_other": 2,
}  # fmt: skip
RELIGIONS = {
    "no_religion": 300, "christian": 640, "buddhist": 4, "hindu": 5, "jewish": 1, "muslim": 12, "sikh": 1, "other": 8,
}  # fmt: skip
ORIENTATIONS = {"straight": 950, "gay_lesbian": 22, "bisexual": 14, "other": 3}
CARING = {"none": 76, "h9": 10, "h10_19": 4, "h20_34": 3, "h35_49": 3, "h50plus": 4}


@dataclass(frozen=True)
class Person:
    """Somebody invented. `lean` is how content they are in general: about 0, negative for the discontented.

    Values are those of the equality questions; `limited` says how far a condition limits them, and is "none" without one.
    """

    age: str
    sex: str
    ethnic_group: str
    religion: str
    orientation: str
    caring: str
    limited: str
    pregnant: str
    served: bool
    has_car: bool
    lean: float

    @property
    def years(self) -> int:
        """About how old the person is."""
        return YEARS[self.age]

    @property
    def frailty(self) -> float:
        """From 0 to 1: how hard it is for this person to go farther, by age, health and having no car."""
        age = max(0.0, (self.years - 55) / 33)
        health = {"a_lot": 1.0, "a_little": 0.5}.get(self.limited, 0.0)
        return min(1.0, 0.35 * age + 0.35 * health + (0.0 if self.has_car else 0.4))


def drawn(weights: Mapping[str, float], random: Random) -> str:
    """One of the keys, by weight."""
    return random.choices(list(weights), weights=list(weights.values()))[0]


def invent_person(random: Random, *, ages: Mapping[str, float] = AGES) -> Person:
    """Somebody at random; what goes together in life goes together here (age with health, cars and caring)."""
    age = drawn(ages, random)
    years = YEARS[age]
    sex = drawn({"female": 61, "male": 39}, random)
    return Person(
        age=age,
        sex=sex,
        ethnic_group=drawn(ETHNIC_GROUPS, random),
        religion=drawn(RELIGIONS, random),
        orientation=drawn(ORIENTATIONS, random),
        caring=drawn(CARING, random),
        limited=drawn(health_at(years), random),
        pregnant="no" if sex == "male" or years > 45 else drawn({"pregnant": 4, "given_birth": 5, "no": 91}, random),
        served=random.random() < (0.07 if sex == "male" else 0.01),
        has_car=random.random() < (0.85 if years < 75 else 0.55),
        lean=random.gauss(0.0, 0.35),
    )


def health_at(years: int) -> dict[str, float]:
    """The weights of how far a condition limits somebody of an age."""
    some = min(0.75, 0.12 + max(0, years - 20) * 0.009)
    return {"none": 1 - some, "not_at_all": some * 0.2, "a_little": some * 0.5, "a_lot": some * 0.3}
