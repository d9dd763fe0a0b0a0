"""The usual five-point scales: their answers in one order, from positive to negative, with "I do not know" last."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.definition import Option
from surveys.standards import FRIENDS_AND_FAMILY

DO_NOT_KNOW = "I do not know"


@dataclass(frozen=True)
class UsualAnswers:
    """Answers that many questions share. `name` is what a menu calls them."""

    name: str
    options: tuple[Option, ...]


def scale_of(name: str, *labels: str) -> UsualAnswers:
    """Points coded from 1 in the order of their labels, and "I do not know" after them."""
    points = (Option(code, {"en": label}) for code, label in enumerate(labels, start=1))
    unsure = Option(len(labels) + 1, {"en": DO_NOT_KNOW}, meaning="dont_know")
    return UsualAnswers(name, (*points, unsure))


USUAL_SCALES: Mapping[str, UsualAnswers] = {
    "agreement": scale_of(
        "Agreement", "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"
    ),
    "support": scale_of(
        "Support", "Strongly support", "Support", "Neither support nor oppose", "Oppose", "Strongly oppose"
    ),
    "satisfaction": scale_of(
        "Satisfaction",
        "Very satisfied",
        "Satisfied",
        "Neither satisfied nor dissatisfied",
        "Dissatisfied",
        "Very dissatisfied",
    ),
    "likelihood": scale_of(
        "Likelihood", "Very likely", "Likely", "Neither likely nor unlikely", "Unlikely", "Very unlikely"
    ),
    "importance": scale_of(
        "Importance", "Very important", "Important", "Fairly important", "Slightly important", "Not important"
    ),
    "frequency": scale_of("Frequency", "Always", "Often", "Sometimes", "Rarely", "Never"),
    "ease": scale_of("Ease", "Very easy", "Easy", "Neither easy nor difficult", "Difficult", "Very difficult"),
    "friends_and_family": UsualAnswers("Friends and Family Test", FRIENDS_AND_FAMILY.options),
}
"""Every usual scale, in the order of the menu."""
