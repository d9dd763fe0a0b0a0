"""What a person is told to do with each shape of control: one sentence above its boxes, in the same words throughout a form."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext

from surveys.controls import RANK_BOXES, Control
from surveys.definition import Question


def instruction(question: Question, controls: tuple[Control, ...]) -> str:
    """What to do to answer a question."""
    if len(controls) > 1:
        return gettext("Tick one box only for each statement.")
    return TOLD[controls[0].shape](question, controls[0])


def tick_several(question: Question, control: Control) -> str:
    most = question.settings.get("most")
    return gettext("Tick up to {most} boxes.").format(most=most) if most else gettext("Tick all that apply.")


def rank(question: Question, control: Control) -> str:
    places = control.limit or 1
    if places == 1:
        return gettext("Write 1 in the box of your first choice.")
    if places == 2:
        return gettext("Write 1 and 2. Number 1 is your first choice.")
    if places == 3:
        return gettext("Write 1, 2 and 3. Number 1 is your first choice.")
    return gettext("Write the numbers 1 to {most}. Number 1 is your first choice.").format(most=places)


def write_a_line(question: Question, control: Control) -> str:
    if control.purpose == "postal-code":
        return gettext("Write one letter or number in each box. You can give just the first part.")
    return gettext("Write your answer in the box.")


TOLD: Final[Mapping[str, Callable[[Question, Control], str]]] = {
    "radios": lambda question, control: gettext("Tick one box only."),
    "tick_boxes": tick_several,
    RANK_BOXES: rank,
    "text_box": write_a_line,
    "number_box": lambda question, control: gettext("Write a number in the box."),
    "writing_box": lambda question, control: gettext(
        "Write your answer in the box. Use more paper if you need to. Write the question number on it."
    ),
    "date_boxes": lambda question, control: gettext("Write the date in numbers, like 27 3 2027."),
}
