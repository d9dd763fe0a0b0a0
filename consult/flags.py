"""What makes a response worth a second look by a person. Pure, and published: nothing is ever left out because of it.

A library lends one network to many, and somebody who knows their mind is quick: a flag is a question, not an answer.
"""

from enum import StrEnum

SECONDS_FOR_AN_ANSWER = 2
MOST_BLANK = 0.85
MANY_FROM_A_NETWORK = 20


class Flag(StrEnum):
    """Why somebody may want to look."""

    FAST = "very fast"
    BLANK = "nearly blank"
    NETWORK = "many from one network"


CRITERIA = {
    Flag.FAST: f"It was sent in under {SECONDS_FOR_AN_ANSWER} seconds for each question answered, or a box that people "
    "cannot see was filled in.",
    Flag.BLANK: f"More than {MOST_BLANK:.0%} of the questions asked were left blank.",
    Flag.NETWORK: f"{MANY_FROM_A_NETWORK} or more responses came from one network on one day. Libraries, care homes and "
    "workplaces are one network.",
}
"""What each flag means, for people who look at them and for the report."""


def flags_of(*, seconds: int, answered: int, asked: int, from_network: int) -> tuple[Flag, ...]:
    """The flags of a response: `seconds` from beginning to sending, questions `answered` of those `asked`, and how many
    responses came from its network on its day, itself among them."""
    holds = {
        Flag.FAST: seconds < SECONDS_FOR_AN_ANSWER * answered,
        Flag.BLANK: asked > 0 and (asked - answered) / asked > MOST_BLANK,
        Flag.NETWORK: from_network >= MANY_FROM_A_NETWORK,
    }
    return tuple(flag for flag in Flag if holds[flag])
