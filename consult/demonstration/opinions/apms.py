"""What invented people think about the 7 GP contracts. Pure.

People are attached to the practice they use, most where it is the only one they can reach: older people, people in poor health
and people without a car oppose closing more strongly, and find going elsewhere harder.
"""

from consult.demonstration.choosing import Asked, Chooser, comment, each, nothing, one_of, point, several, top
from consult.demonstration.opinions.organisations import ORGANISATION_NAME, ORGANISATION_ROLE

ATTACHMENT = {1: 0.30, 2: -0.25, 3: -0.15, 4: 0.15, 5: 0.05, 6: 0.45, 7: 0.20}
"""How attached people are to each practice (`a2`): two share one building, and one is the only one on its estate."""

EXPERIENCE = {1: 0.75, 2: 0.20, 3: 0.45, 4: 0.60, 5: 0.10, 6: 0.85, 7: 0.55}


def attachment(asked: Asked) -> float:
    """From about -0.3 to 0.9: how much this person would lose with the practice."""
    return ATTACHMENT.get(asked.earlier("a2"), 0.0) + 0.45 * asked.person.frailty


def is_open_to_change(asked: Asked) -> bool:
    lines = asked.earlier("a9") or {}
    return lines.get("change") in (1, 2) and lines.get("close") not in (4, 5)


def travel(asked: Asked) -> dict[int, float]:
    """Ways to get there: people without a car walk, take the bus or get a lift."""
    if asked.person.has_car:
        return {1: 5, 2: 58, 3: 6, 4: 1, 5: 1, 6: 28, 7: 1}
    return {1: 34, 2: 0.5, 3: 18, 4: 6, 5: 8, 6: 32, 7: 1.5}


def visits(asked: Asked) -> dict[int, float]:
    older = asked.person.frailty
    return {1: 4, 2: 22 - 10 * older, 3: 34, 4: 24 + 8 * older, 5: 12 + 12 * older, 6: 2}


def difficulties(asked: Asked) -> dict[int, float]:
    car, frail = asked.person.has_car, asked.person.frailty
    cares = asked.person.caring != "none" or asked.person.years < 60
    return {
        1: 0.35 if cares else 0.05, 2: 0.15 if car else 0.45, 3: 0.6, 4: 0.05, 5: 0.15 + 0.4 * frail, 6: 0.08 if car else 0.7,
        7: 0.5, 8: 0.4, 9: 0.05,
    }  # fmt: skip


APMS: dict[str, Chooser] = {
    "a1": one_of({1: 65, 2: 13, 3: 8, 4: 10, 6: 2}),
    "a1a": ORGANISATION_NAME,
    "a1b": ORGANISATION_ROLE,
    "a2": one_of({1: 17, 2: 8, 3: 9, 4: 15, 5: 13, 6: 14, 7: 20, 8: 4}),
    "a3": one_of({1: 60, 2: 34, 3: 55, 4: 38, 5: 45, 6: 48, 7: 44, 8: 26, 9: 24, 10: 6}),
    "a4": one_of(visits),
    "a5": one_of(travel),
    "a6": one_of(lambda asked: {1: 38, 2: 42, 3: 14, 4: 3, 5: 1} if asked.person.has_car else {1: 22, 2: 40, 3: 27, 4: 9, 5: 2}),
    "a7": point(lambda asked: EXPERIENCE.get(asked.earlier("a2"), 0.4) + 0.1 * asked.person.frailty, unsure=0.02),
    "a8": comment("keeps", rate=0.62),
    "options_explained": nothing,
    "a9": each(
        keep=lambda asked: 0.5 + 0.6 * attachment(asked),
        change=lambda asked: 0.12 - 0.5 * attachment(asked),
        close=lambda asked: -0.4 - 0.9 * attachment(asked),
    ),
    "a10": top({1: 6, 2: 18, 3: 20, 4: 17, 5: 9, 6: 24, 7: 16}),
    "a11": comment(lambda asked: "for_change" if is_open_to_change(asked) else "against_closing", rate=0.66),
    "a12": comment("other_options", rate=0.24),
    "a13": point(lambda asked: 0.3 - 1.4 * asked.person.frailty - 0.3 * ATTACHMENT.get(asked.earlier("a2"), 0.0)),
    "a14": several(difficulties),
    "a15": point(lambda asked: -0.15 - 0.7 * attachment(asked), unsure=0.08),
    "a16": comment("smaller_effect", rate=0.55),
    "a17": one_of({1: 58, 2: 14, 3: 28}),
    "a18": several(
        {1: 0.4, 2: 0.6, 3: 0.03, 4: 0.01, 5: 0.04, 6: 0.7, 7: 0.12, 8: 0.06, 9: 0.5, 10: 0.18, 11: 0.3, 12: 0.03, 13: 0.6,
         14: 0.1, 15: 0.04}
    ),
    "a18a": comment("groups", rate=0.5),
    "a19": point(lambda asked: 0.15 - 0.2 * asked.person.frailty, unsure=0.07),
    "a20": one_of({1: 7, 2: 18, 3: 16, 4: 10, 5: 15, 6: 20, 7: 5, 8: 6, 9: 2, 10: 1}),
}  # fmt: skip
