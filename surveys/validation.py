"""The check of a whole set of answers, for every way in: walk the route, clean what was shown, drop what is off the route.

Pages call `clean_answer` for early feedback; `submit` calls `check` again on everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.definition import Definition, Question
from surveys.journey import Journey, journey
from surveys.kinds import KINDS, AnswerError
from surveys.kinds.base import FindArea, clean_mark
from surveys.marks import is_mark
from surveys.messages import Message
from surveys.text import clean_text

MOST_OF_A_KEY = 60


@dataclass(frozen=True)
class Checked:
    """`answers` on the route, cleaned; `problems` by question key; `dropped` keys that lay off the route.

    The words of a problem are a `surveys.messages.Message`: English, and sayable in other languages.
    """

    answers: dict[str, Any]
    problems: dict[str, list[str]]
    dropped: tuple[str, ...]
    journey: Journey


class AnswersRejected(ValueError):
    """The answers cannot be taken as they are. `problems` is `{question_key: [message]}`, for a form, an error row or a 400."""

    def __init__(self, problems: Mapping[str, list[str]]):
        super().__init__("; ".join(f"{key}: {' '.join(messages)}" for key, messages in problems.items()))
        self.problems = dict(problems)


def no_area(postcode: str) -> None:
    """The area finder of a service that has no postcode directory: nothing is known of any postcode."""
    return None


def clean_answer(question: Question, raw: Any, *, find_area: FindArea = no_area, marks: bool = False) -> Any:
    """The answer to store for one question as asked. Raises AnswerError. `marks` allows a paper keyer's marks."""
    kind = KINDS[question.kind]
    if marks and is_mark(raw):
        return clean_mark(question, raw)
    return settled(question, kind.clean(question, raw), find_area=find_area, marks=marks)


def settled(question: Question, value: Any, *, find_area: FindArea, marks: bool) -> Any:
    """What is stored of a value that its kind has cleaned. Raises AnswerError."""
    kind = KINDS[question.kind]
    if not marks and isinstance(value, Mapping) and any(is_mark(part) for part in value.values()):
        raise AnswerError("Select one of the answers listed")
    return kind.settle(value, find_area)


def check(
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    find_area: FindArea = no_area,
    marks: bool = False,
    required: bool = True,
) -> Checked:
    """Clean raw answers (`{question_key: raw}`) along their own route.

    A key that no question has is a problem; an answer to a question that is not asked is dropped, not refused. `required`
    is False for paper: what is not on the form cannot be asked for again. Linear in questions, twice walked.
    """
    written = questions_written(definition, answers)
    cleaned, problems = clean_all(definition, answers, written, find_area=find_area, marks=marks)
    route = journey(definition, cleaned, are_clean=True)
    asked = {question.key: question for question in route.questions()}
    # What was wrong on a page that is no longer shown goes with the page.
    problems = {key: message for key, message in problems.items() if key in asked}
    for key in (key for key in answers if key not in written):
        # A key that nobody on the project chose is shown only as far as it can be written anywhere.
        problems[clean_text(key)[:MOST_OF_A_KEY]] = [Message("This question is not part of the questionnaire")]
    if required:
        problems |= missing(asked, route.answers, problems)
    dropped = tuple(key for key in cleaned if key not in route.answers)
    return Checked(dict(route.answers), problems, dropped, route)


def clean_all(
    definition: Definition,
    answers: Mapping[str, Any],
    written: Mapping[str, Question],
    *,
    find_area: FindArea,
    marks: bool,
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Every answer cleaned as far as it can be, and what is wrong with the others."""
    cleaned: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    for key, question, known in offered(definition, answers, written):
        try:
            if known is None:
                value = clean_answer(question, answers[key], find_area=find_area, marks=marks)
            else:
                value = settled(question, known, find_area=find_area, marks=marks)
        except AnswerError as error:
            problems[key] = [error.message]
            continue
        if value is not None:
            cleaned[key] = value
    return cleaned, problems


def missing(
    asked: Mapping[str, Question], answers: Mapping[str, Any], problems: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What to say of required questions that were asked and not answered."""
    return {
        key: [KINDS[question.kind].missing_message(question)]
        for key, question in asked.items()
        if question.required and key not in answers and key not in problems
    }


def offered(
    definition: Definition, answers: Mapping[str, Any], written: Mapping[str, Question]
) -> list[tuple[str, Question, Any]]:
    """Each key answered with its question: as narrowed on the route where it is asked, else as written.

    Third its clean value, where that is known already; None where it is to be cleaned with this question, or cannot be.

    The first walk is over the raw answers' cleaned forms, so that a form's text "2" opens the page that the number 2 opens.
    """
    loosely = {
        key: tidied for key, question in written.items() if (tidied := loose(question, answers[key])) is not None
    }
    asked = {question.key: question for question in journey(definition, loosely, are_clean=True).questions()}
    known_clean = {key for key in loosely if asked.get(key) is written[key] and not is_mark(answers[key])}
    return [
        (key, asked.get(key, question), loosely[key] if key in known_clean else None)
        for key, question in written.items()
    ]


def questions_written(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Question]:
    """Each key answered with its question as written: one look for each, however many keys a request makes up."""
    known = {question.key: question for question in definition.questions()}
    found = {key: known.get(key) or known.get(plain(key)) for key in answers}
    return {key: question for key, question in found.items() if question}


def plain(key: str) -> str:
    """The question's own key, from its key in one round of a repeated page (`c3@1`)."""
    return key.partition("@")[0]


def loose(question: Question, raw: Any) -> Any:
    """A raw answer cleaned where it can be, else nothing."""
    if is_mark(raw):
        return raw
    try:
        return KINDS[question.kind].clean(question, raw)
    except AnswerError:
        return None
