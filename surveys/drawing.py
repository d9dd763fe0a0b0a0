"""A question as markup: its words and its controls, with what they show and what is wrong with it.

Drawing a control costs many times what serving it does, and it looks the same for everybody who is asked it: so it is kept in
this process as drawn, once for each choice of its options, and with a hole where somebody's words are put. Words that were
typed and what is wrong with them are drawn for that person alone and never kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from surveys.controls import Control
from surveys.definition import Question, Text, is_translated, words
from surveys.kinds import KINDS
from surveys.messages import Message
from surveys.renderings import Picture, picture_of
from surveys.saying import said
from surveys.skeleton import Skeleton, hole


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
KEPT: dict[Any, Skeleton] = {}
"""Controls as drawn, by everything they were drawn from."""
MOST_KEPT = 8_192


@dataclass(frozen=True)
class Phrase:
    """Words as they are shown. `language` is theirs, "" for the service's own; left of them a picture's file and its words.

    Where the words around a question are in its language too, whoever draws it marks nothing.
    """

    text: str
    language: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Place:
    """Where a control stands: what it is asked with, and whether that is the h1 of its page. `kept_for`: see `page_body`."""

    question: str
    legend: Phrase
    hint: Phrase | None
    size: str
    language: str
    variant: str
    is_heading: bool
    kept_for: Any


def page_body(
    questions: tuple[Question, ...],
    shown: Mapping[str, Shown],
    *,
    language: str,
    is_alone: bool,
    kept_for: Any,
    variant: str = "",
) -> SafeString:
    """The controls of a page's questions as markup. Where the page is one question (`is_alone`), its text is the h1.

    The questions come in the words of the `variant` (`renderings.as_asked`), whose pictures are put beside them. What is not
    translated yet says what language it is in. To be drawn while the service speaks the language of the page. `kept_for` is
    what else a drawing depends on (version and variant); None to keep nothing.
    """
    drawn = []
    if not all(is_translated(question.text, language) for question in questions):
        drawn.append(get_template("surveys/questions/not_translated.html").render())
    for question in questions:
        asked = (question, shown.get(question.key, NOTHING))
        drawn.append(question_html(*asked, language, variant=variant, is_heading=is_alone, kept_for=kept_for))
    return SafeString("".join(drawn))


def question_html(
    question: Question, shown: Shown, language: str, *, variant: str, is_heading: bool, kept_for: Any
) -> SafeString:
    """One question: words with nothing to answer, one control that carries its words, or controls with words of their own."""
    controls = KINDS[question.kind].controls(question)
    text = phrase(question.text, language, picture_of(question, variant))
    hint = phrase(question.hint, language) if question.hint else None
    if not controls:
        context = {"text": text, "paragraphs": text.text.split("\n\n"), "is_heading": is_heading}
        return get_template("surveys/questions/information.html").render(context)
    if len(controls) == 1 and not controls[0].label:
        size = "l" if is_heading else "m"
        place = Place(question.key, text, hint, size, language, variant, is_heading, kept_for)
        return control_html(controls[0], shown, place, is_first=True)
    pictures = {line.key: picture_of(line, variant) for line in question.statements}
    drawn = []
    for control in controls:
        legend = phrase(control.label or question.text, language, pictures.get(control.part))
        place = Place(question.key, legend, None, "s", language, variant, False, kept_for)
        drawn.append(control_html(control, shown, place, is_first=control is controls[0]))
    return group_frame(text, hint, is_heading=is_heading, kept_for=kept_for).filled(controls=SafeString("".join(drawn)))


def group_frame(text: Phrase, hint: Phrase | None, *, is_heading: bool, kept_for: Any) -> Skeleton:
    """The words around the controls of a group, with a hole for these."""
    key = (text, hint, is_heading, kept_for)
    if kept_for is not None and key in KEPT:
        return KEPT[key]
    context = {"text": text, "hint": hint, "is_heading": is_heading, "controls": hole("controls")}
    return keep(key, Skeleton(get_template("surveys/questions/several_controls.html").render(context)), kept_for)


def keep(key: Any, skeleton: Skeleton, kept_for: Any) -> Skeleton:
    """The skeleton, kept for the next who is asked unless `kept_for` is None."""
    if kept_for is not None:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[key] = skeleton
    return skeleton


def phrase(text: Text, language: str, picture: Picture | None = None) -> Phrase:
    """A text as it is shown on a page in a language, beside a picture where there is one."""
    found = words(text, language)
    written_in = "" if isinstance(found, Message) else getattr(found, "language", language)
    if picture is None:
        return Phrase(said(found, language), written_in)
    return Phrase(said(found, language), written_in, picture.file, words(picture.alt, language))


def control_html(control: Control, shown: Shown, place: Place, *, is_first: bool) -> SafeString:
    """One control: from what is kept, with what somebody typed put in; drawn anew where something is wrong with it."""
    value = shown.parts.get(control.part)
    error = own_error(shown.faults, control, is_first=is_first)
    parts = with_holes(control, value)
    if error or parts is None or place.kept_for is None:
        return draw(control, value, error, place)
    value, typed = parts
    # The words of the place too, for they may repeat an earlier answer: without them, one person's would be shown to another.
    key = (place, control.part, tuple(option.code for option in control.options), repr(value))
    skeleton = KEPT.get(key) or keep(key, Skeleton(draw(control, value, "", place)), place.kept_for)
    return skeleton.filled(**typed)


def with_holes(control: Control, value: Any) -> tuple[Any, dict[str, str]] | None:
    """What a control can be kept showing: options of its own, or holes; and the texts for the holes, `{name: text}`.

    None where it shows something that is neither: an option that it does not have.
    """
    if value in (None, "", []):
        return None, {}
    if control.options:
        chosen = [str(code) for code in value] if isinstance(value, list) else [str(value)]
        return (chosen, {}) if {str(option.code) for option in control.options}.issuperset(chosen) else None
    if isinstance(value, Mapping):
        typed = {part: str(text) for part, text in value.items() if text}
        return {part: hole(part) for part in typed}, typed
    return hole("text"), {"text": str(value)}


def draw(control: Control, value: Any, error: str, place: Place) -> SafeString:
    """The control through the template of its shape."""
    drawn = {
        "control": control,
        "name": control.name(place.question),
        "id": f"id_{control.name(place.question)}",
        "value": value,
        "error": error,
        "options": [
            (option, phrase(option.label, place.language, picture_of(option, place.variant)))
            for option in control.options
        ],
        "suffix": phrase(control.suffix, place.language) if control.suffix else "",
    }
    context = {
        "drawn": drawn,
        "legend": place.legend,
        "hint": place.hint,
        "size": place.size,
        "is_heading": place.is_heading,
    }
    return get_template(f"surveys/controls/{control.shape}.html").render(context)


def own_error(faults: tuple[Fault, ...], control: Control, *, is_first: bool) -> str:
    """The message that stands beside a control: one about its part, or about the whole question at its first control."""
    return next((fault.says for fault in faults if fault.part == control.part or (not fault.part and is_first)), "")
