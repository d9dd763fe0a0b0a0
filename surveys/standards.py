"""Questions that are asked in the same words everywhere, so that their results mean the same. Pure.

A question says that it is one by its setting `standard`. Its words, answers and codes in English are then fixed; its hint, its
name in reports and its translations are not. A version of a standard that is asked in other words is another question.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from surveys.definition import Option, Question

FRIENDS_AND_FAMILY = Question(
    key="experience",
    kind="scale",
    text={"en": "Overall, how was your experience of our service?"},
    short={"en": "Overall experience"},
    settings={"standard": "friends_and_family"},
    options=(
        Option(1, {"en": "Very good"}),
        Option(2, {"en": "Good"}),
        Option(3, {"en": "Neither good nor poor"}),
        Option(4, {"en": "Poor"}),
        Option(5, {"en": "Very poor"}),
        Option(6, {"en": "Don't know"}, meaning="dont_know"),
    ),
)
"""The NHS Friends and Family Test, in England since April 2020. Positive: codes 1 and 2 out of all answers, "Don't know" too."""

NAMES: Mapping[str, str] = MappingProxyType({"friends_and_family": "Friends and Family question"})
STANDARDS: Mapping[str, Question] = MappingProxyType({"friends_and_family": FRIENDS_AND_FAMILY})
"""Every standard question, by what the setting `standard` calls it."""


def standard_of(question: Question) -> Question | None:
    """The standard question that a question says it is; None for all others."""
    return STANDARDS.get(str(question.settings.get("standard", "")))


def strayed(question: Question) -> Iterator[str]:
    """How a question differs from the standard it says it is, in words for its author."""
    if not question.settings.get("standard"):
        return
    standard = standard_of(question)
    if standard is None:
        yield f"says it is a standard question called “{question.settings['standard']}”, and there is none"
        return
    name = NAMES[question.settings["standard"]]
    if standard.kind != question.kind or question.text.get("en") != standard.text["en"]:
        yield f"must ask “{standard.text['en']}”: it is the {name}, which is the same everywhere"
    if answers_of(question) != answers_of(standard):
        labels = ", ".join(option.label["en"] for option in standard.options)
        yield f"must offer these answers, and no others: {labels}. It is the {name}, which is the same everywhere"


def answers_of(question: Question) -> list[tuple[int, str | None, str, bool]]:
    """What is fixed of the answers of a standard question, in order; each is offered to everybody."""
    return [
        (option.code, option.label.get("en"), option.meaning, option.exclusive or bool(option.shown_if))
        for option in question.options
    ]
