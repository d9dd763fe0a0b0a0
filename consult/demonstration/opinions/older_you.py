"""What invented people think about health and care for people aged 55 and over. Pure.

Care at home and one team are liked by nearly all; video and phone are liked less the older and the more limited people are.
"""

from consult.demonstration.choosing import Asked, Chooser, comment, each, one_of, point, several, top
from consult.demonstration.opinions.organisations import ORGANISATION_NAME, ORGANISATION_ROLE
from consult.demonstration.opinions.shared import video_reasons

EXPERIENCE = {1: -0.1, 2: 0.25, 3: 0.4, 4: 0.85, 5: 0.75, 6: 0.6, 7: 0.35, 8: 0.5, 9: -0.1, 10: 0.55}
"""How content people are with each service (`b4a`)."""

OWN_AGE = {"55_64": 1, "65_74": 2, "75_84": 3, "85plus": 4}


def ages(asked: Asked) -> dict[int, float]:
    """The person's own age band; for somebody else's, older ones."""
    own = OWN_AGE.get(asked.person.age)
    if asked.earlier("b1") == 1 and own:
        return {own: 1}
    return {1: 8, 2: 20, 3: 40, 4: 32, 5: 30 if asked.earlier("b1") == 4 else 2}


def homes(asked: Asked) -> dict[int, float]:
    if asked.earlier("b1") == 4:
        return {7: 1, 1: 0.6, 5: 0.2}
    old = asked.person.years >= 75
    return {1: 40 if old else 25, 2: 40 if old else 58, 3: 9, 4: 6 if old else 2, 5: 3 if old else 0.5, 6: 1}


def services(asked: Asked) -> dict[int, float]:
    frail = asked.person.frailty
    return {
        1: 0.2 + 0.2 * frail, 2: 0.1 + 0.25 * frail, 3: 0.5, 4: 0.18, 5: 0.08 + 0.35 * frail, 6: 0.03 + 0.2 * frail, 7: 0.9,
        8: 0.02 + 0.1 * frail, 9: 0.04 + 0.25 * frail, 10: 0.15 + 0.15 * frail, 11: 0.04,
    }  # fmt: skip


def most_used(asked: Asked) -> dict[int, float]:
    return {1: 3, 2: 8, 3: 16, 4: 6, 5: 12, 6: 3, 7: 40, 8: 4, 9: 10, 10: 7, 11: 1}


def loneliness(asked: Asked) -> dict[int, float]:
    alone = 2.0 if asked.earlier("b3") == 1 else 1.0
    return {1: 5 * alone, 2: 13 * alone, 3: 22, 4: 30, 5: 24, 6: 5}


def hindrances(asked: Asked) -> dict[int, float]:
    cares = asked.person.caring not in ("none", "h9")
    frail = asked.person.frailty
    return {
        1: 0.6 if cares else 0.08, 2: 0.15, 3: 0.5, 4: 0.15 if asked.person.has_car else 0.5, 5: 0.15 + 0.4 * frail, 6: 0.3,
        7: 0.12, 8: 0.06 + 0.15 * frail, 9: 0.45, 10: 0.12, 11: 0.04, 12: 0.1,
    }  # fmt: skip


OLDER_YOU: dict[str, Chooser] = {
    "b1": one_of(lambda asked: {1: 88, 3: 6, 4: 4, 6: 1} if asked.person.years >= 55 else {2: 24, 3: 42, 4: 30, 6: 4}),
    "b1a": ORGANISATION_NAME,
    "b1b": ORGANISATION_ROLE,
    "b2": one_of(ages),
    "b3": one_of(homes),
    "b4": several(services, none=11),
    "b4a": one_of(most_used),
    "b5": point(lambda asked: EXPERIENCE.get(asked.earlier("b4a"), 0.4), unsure=0.02),
    "b6": each(
        easy=lambda asked: -0.1 - 0.2 * asked.person.frailty,
        told=lambda asked: 0.2,
        joined=lambda asked: -0.3,
        dignity=lambda asked: 0.7,
    ),
    "b7": one_of({1: 34, 2: 28, 3: 16, 4: 18, 5: 4}),
    "b8": comment("after_hospital", rate=0.7),
    "b9": top({1: 13, 2: 9, 3: 11, 4: 36, 5: 6, 6: 3, 7: 8, 8: 14, 9: 18, 10: 9}),
    "b10": point(lambda asked: 0.1 - 0.5 * asked.person.frailty),
    "b11": several(hindrances, none=12),
    "b12": one_of(loneliness),
    "b13": each(
        team=lambda asked: 0.7,
        coordinator=lambda asked: 0.65 + 0.1 * asked.person.frailty,
        home=lambda asked: 0.4 - 0.15 * asked.person.frailty,
        video=lambda asked: 0.3 - 1.0 * asked.person.frailty,
        local=lambda asked: 0.5 if asked.person.has_car else 0.25,
    ),
    "b14": several(video_reasons),
    "b15": comment("older_better", rate=0.55),
    "b16": one_of(lambda asked: {1: 92, 2: 4, 3: 4} if asked.person.caring != "none" else {1: 6, 2: 90, 3: 4}),
    "b17": several({1: 0.55, 2: 0.25, 3: 0.4, 4: 0.2, 5: 0.55, 6: 0.2, 7: 0.04, 8: 0.07}, none=8),
    "b18": comment("older_else", rate=0.36),
}  # fmt: skip
