"""Opinions that more than one questionnaire asks for. Pure."""

from consult.demonstration.choosing import Asked


def video_reasons(asked: Asked) -> dict[int, float]:
    """Why somebody opposes video or phone, by the options that `b14` and `c14` share."""
    frail = asked.person.frailty
    return {1: 0.1 + 0.35 * frail, 2: 0.1 + 0.2 * frail, 3: 0.1 + 0.4 * frail, 4: 0.08, 5: 0.75, 6: 0.04}
