"""What invented people say of themselves, for a report that is tried out before anybody was asked. Pure: loads without Django.

They are like no population: of ages every band is as common, of anything else the answers that stand first. Some prefer not to
say, some leave a question blank, and some skip them all.
"""

from random import Random

from equality.categories import (
    DECLINED,
    LEFT_BLANK,
    Answer,
    Characteristic,
    encode,
    is_asked,
    options_shown,
    profile_layout,
    question_set_of,
)
from equality.codes import NOT_ASKED

SKIPS_ALL = 0.12
DECLINES, LEAVES_BLANK = 0.03, 0.03


def invented_profiles(set_version: str, number: int, *, seed: int = 1) -> list[bytes]:
    """So many profiles as rows of codes, the same each time. Raises CategoryError for an unknown question set."""
    random = Random(f"profiles {seed}")  # noqa: S311 -- the same each time, not secret
    return [invented_profile(set_version, random) for _ in range(number)]


def nobodys_profile(set_version: str) -> bytes:
    """The row of codes of somebody who was asked none of these questions."""
    return bytes([NOT_ASKED]) * len(profile_layout(set_version))


def invented_profile(set_version: str, random: Random) -> bytes:
    """The row of codes of one person: what the form asks by default, and what is worked out from an area."""
    if random.random() < SKIPS_ALL:
        return nobodys_profile(set_version)
    answers: dict[str, Answer] = {}
    for characteristic in question_set_of(set_version).characteristics:
        is_in_form = characteristic.asked_by_default or characteristic.given
        if is_in_form and is_asked(characteristic, answers):
            answers[characteristic.key] = invented_answer(characteristic, answers, random)
    return encode(answers, set_version)


def invented_answer(characteristic: Characteristic, before: dict[str, Answer], random: Random) -> Answer:
    """An answer to one question from somebody who gave those `before`."""
    chance = random.random()
    if chance < DECLINES + LEAVES_BLANK:
        return DECLINED if chance < DECLINES else LEFT_BLANK
    options = options_shown(characteristic, before)
    weights = [1 if option.ages else 1 / place for place, option in enumerate(options, start=1)]
    value = random.choices(options, weights)[0].value
    return [value] if characteristic.several else value
