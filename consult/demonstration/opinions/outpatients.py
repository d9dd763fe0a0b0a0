"""What invented people think about outpatient clinics for eyes, skin, muscles and joints. Pure.

The eye clinic (1) is trusted and far; the joint clinics (2) keep people waiting; the skin clinic (3) lies between.
"""

from consult.demonstration.choosing import Asked, Chooser, comment, each, one_of, point, several, top
from consult.demonstration.opinions.organisations import ORGANISATION_NAME, ORGANISATION_ROLE
from consult.demonstration.opinions.shared import video_reasons

EXPERIENCE = {1: 0.75, 2: 0.15, 3: 0.45}
WAITS = {
    1: {1: 12, 2: 24, 3: 34, 4: 18, 5: 6, 7: 3},
    2: {1: 5, 2: 12, 3: 27, 4: 28, 5: 20, 7: 3},
    3: {1: 10, 2: 22, 3: 32, 4: 20, 5: 9, 7: 3},
}
"""How long people waited for each service (`c4`)."""

REFERRERS = {
    1: {1: 28, 2: 50, 3: 8, 4: 10, 6: 2},
    2: {1: 70, 3: 8, 4: 14, 5: 6, 6: 2},
    3: {1: 84, 3: 2, 4: 10, 5: 1, 6: 2},
}


def waits(asked: Asked) -> dict[int, float]:
    """Nearly everybody who said they are waiting for a first appointment still is."""
    weights = WAITS.get(asked.item or 1, WAITS[1])
    return weights | {6: 900 if asked.earlier("c1") == 2 else 4}


def travel(asked: Asked) -> dict[int, float]:
    if asked.person.has_car:
        return {1: 6, 2: 62, 3: 2, 4: 20, 5: 3, 6: 2, 7: 4, 8: 1}
    return {1: 34, 2: 0.5, 3: 12, 4: 30, 5: 14, 6: 3, 7: 6, 8: 1}


def matters(asked: Asked) -> dict[int, float]:
    works = asked.person.years < 65
    return {1: 28, 2: 8 if works else 3, 3: 14, 4: 12, 5: 14 if works else 2, 6: 18, 7: 12, 8: 19}


def what_went_wrong(asked: Asked) -> dict[int, float]:
    parking = 0.35 if asked.person.has_car else 0.05
    return {1: 0.22, 2: 0.06, 3: 0.15, 4: 0.25, 5: 0.35, 6: parking, 7: 0.2, 8: 0.12, 9: 0.05, 10: 0.25}


def distances(asked: Asked) -> dict[int, float]:
    if asked.person.has_car:
        return {1: 8, 2: 22, 3: 34, 4: 20, 5: 14, 6: 2}
    return {1: 30, 2: 30, 3: 22, 4: 8, 5: 4, 6: 4}


def effect(asked: Asked) -> str:
    return "effect_bad" if asked.person.frailty + 0.3 * (0.0 - asked.person.lean) > 0.4 else "effect_good"


OUTPATIENTS: dict[str, Chooser] = {
    "c1": one_of({1: 58, 2: 12, 3: 16, 4: 7, 6: 5}),
    "c1a": ORGANISATION_NAME,
    "c1b": ORGANISATION_ROLE,
    "c2": several({1: 0.45, 2: 0.5, 3: 0.3, 4: 0.05}),
    "c3": one_of(lambda asked: REFERRERS.get(asked.item or 1, REFERRERS[1])),
    "c4": one_of(waits),
    "c5": point(lambda asked: 0.15 - 0.2 * (asked.item == 2)),
    "c6": one_of(lambda asked: {1: 74, 2: 8, 3: 5, 4: 9, 5: 3, 6: 1}),
    "c7": one_of(travel),
    "c7a": one_of({1: 14, 2: 44, 3: 33, 4: 8, 5: 1}),
    "c8": point(lambda asked: EXPERIENCE.get(asked.item or 1, 0.4), unsure=0.02),
    "c9": point(lambda asked: 0.35),
    "c10": several(what_went_wrong, none=10),
    "c11": top(matters),
    "c12": one_of(distances),
    "c13": each(
        single=lambda asked: 0.4,
        community=lambda asked: 0.3 - 0.35 * asked.person.frailty,
        advice=lambda asked: 0.2,
        video=lambda asked: 0.35 - 0.9 * asked.person.frailty,
        patient=lambda asked: 0.3 - 0.3 * asked.person.frailty,
        self=lambda asked: 0.75,
    ),
    "c14": several(video_reasons),
    "c15": comment("against_community", rate=0.7),
    "c16": one_of({1: 15, 2: 16, 3: 26, 4: 14, 5: 15, 6: 3, 7: 18}),
    "c17": comment(effect, rate=0.52),
    "c18": comment("smaller_bad_effect", rate=0.5),
    "c19": point(lambda asked: 0.2, unsure=0.06),
}  # fmt: skip
