"""A question as markup: its words and its controls, with what they show and what is wrong with it.

Drawing a list of options costs many times what serving it does, and it looks the same for everybody who chose the same: a
question that shows nothing but its own options is kept in this process as drawn. One that shows words somebody typed, or an
error, is drawn for that person alone and never kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from surveys.controls import Control
from surveys.definition import Question, words
from surveys.kinds import KINDS


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer; `part` names the control it is about, None the whole question."""

    says: str
    part: str | None = None


@dataclass(frozen=True)
class Shown:
    """What a question shows: `parts` is `{part: value}`, as stored or as typed."""

    parts: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


NOTHING = Shown()
KEPT: dict[Any, SafeString] = {}
"""Questions as drawn, by everything they were drawn from."""
MOST_KEPT = 4_096


def page_body(
    questions: tuple[Question, ...], shown: Mapping[str, Shown], *, language: str, is_alone: bool, kept_for: Any
) -> SafeString:
    """The controls of a page's questions as markup. Where the page is one question (`is_alone`), its text is the h1.

    `kept_for` is what else a drawing depends on (version and variant); None to keep nothing.
    """
    drawn = (
        question_html(
            question, shown.get(question.key, NOTHING), language=language, is_heading=is_alone, kept_for=kept_for
        )
        for question in questions
    )
    return SafeString("".join(drawn))


def question_html(question: Question, shown: Shown, *, language: str, is_heading: bool, kept_for: Any) -> SafeString:
    """One question as markup: from what is kept where nobody's words are in it, else drawn."""
    controls = KINDS[question.kind].controls(question)
    chosen = None if kept_for is None or shown.faults else chosen_options(controls, shown.parts)
    if chosen is None:
        return draw(question, controls, shown, language=language, is_heading=is_heading)
    # The texts too, for they may repeat an earlier answer: kept without them, one person's would be shown to another.
    key = (kept_for, language, is_heading, *texts_of(question, language), chosen)
    if key not in KEPT:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[key] = draw(question, controls, shown, language=language, is_heading=is_heading)
        return KEPT[key]
    return KEPT[key]


def chosen_options(controls: tuple[Control, ...], parts: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """What is chosen at each control, where that is options of its own or nothing; None where anything else is shown."""
    chosen = []
    for control in controls:
        value = parts.get(control.part)
        values = tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)
        if value not in (None, "", []) and not {str(option.code) for option in control.options}.issuperset(values):
            return None
        chosen.append(values if value not in (None, "", []) else ())
    return tuple(chosen)


def texts_of(question: Question, language: str) -> tuple[Any, ...]:
    """The words of a question as asked, which with its version tell it from every other."""
    return (
        question.key,
        words(question.text, language),
        words(question.hint, language),
        tuple(option.code for option in question.options),
        tuple((line.key, words(line.label, language)) for line in question.statements),
    )


def draw(
    question: Question, controls: tuple[Control, ...], shown: Shown, *, language: str, is_heading: bool
) -> SafeString:
    """The question through its template."""
    text = words(question.text, language)
    context = {
        "question": question,
        "text": text,
        "hint": words(question.hint, language),
        "language": language,
        "is_heading": is_heading,
        "controls": drawn_controls(question, controls, shown, language),
        "paragraphs": text.split("\n\n"),
    }
    return get_template(f"surveys/questions/{template_of(controls)}.html").render(context)


def drawn_controls(
    question: Question, controls: tuple[Control, ...], shown: Shown, language: str
) -> list[dict[str, Any]]:
    """Each control with what its template needs: name, id, what it shows, and its own error."""
    return [
        {
            "control": control,
            "template": f"surveys/controls/{control.shape}.html",
            "name": control.name(question.key),
            "id": f"id_{control.name(question.key)}",
            "label": words(control.label, language) or words(question.text, language),
            "value": shown.parts.get(control.part),
            "error": own_error(shown.faults, control, is_first=control is controls[0]),
            "options": [(option, words(option.label, language)) for option in control.options],
            "suffix": words(control.suffix, language),
        }
        for control in controls
    ]


def own_error(faults: tuple[Fault, ...], control: Control, *, is_first: bool) -> str:
    """The message that stands beside a control: one about its part, or about the whole question at its first control."""
    return next(
        (fault.says for fault in faults if fault.part == control.part or (not fault.part and is_first)),
        "",
    )


def template_of(controls: tuple[Control, ...]) -> str:
    """How a question is laid out: nothing to answer, one control that carries its words, or controls with words of their own."""
    if not controls:
        return "information"
    return "one_control" if len(controls) == 1 and not controls[0].label else "several_controls"
