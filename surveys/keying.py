"""What was typed of a paper form: answers and marks, problems to put right, things to look at again, and counts. Pure.

Everything on the paper is keyed, whatever the route says: the keyer is told in words what will not be counted, and dropping it is
the business of `validation.check`. What one box may hold is in `keystrokes.py`; which boxes there are, in `paper_order.py`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import Definition, Question, words
from surveys.journey import Journey, journey
from surveys.keystrokes import SEVERAL, Field, Miskeyed, State, parted, read_field, state_of, write_field
from surveys.kinds import KINDS, AnswerError
from surveys.marks import illegible, is_mark, several
from surveys.paper_order import KeyedQuestion, Section, boxes_of, questions_of

GIVEN = (State.ANSWERED, State.SEVERAL, State.ILLEGIBLE)
"""States of a box in which something was written on the paper."""


@dataclass(frozen=True)
class KeyedForm:
    """One form as typed.

    `answers` are what to send on, by question key, marks among them. `problems` say what must be put right and `notices` what
    should be looked at again, both by name of the box; `not_keyed` are boxes on the route that nothing was typed in.
    `tally` counts the boxes on the route by state; `not_counted` are boxes off it that hold something. `is_untouched`: nothing
    was typed at all.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)
    not_keyed: tuple[Field, ...] = ()
    tally: Mapping[State, int] = field(default_factory=dict)
    not_counted: int = 0
    is_untouched: bool = False

    def asks(self) -> set[str]:
        """What is to be looked at again before saving, as tokens that come back when somebody has."""
        return {f"look {name}" for name in self.notices} | {f"empty {box.name}" for box in self.not_keyed}

    def summary(self) -> str:
        """ "31 answered · 2 blank · 1 more than one ticked · 0 cannot be read". A box not keyed is one of the blank, and said."""
        left = self.tally.get(State.NOT_KEYED, 0)
        blank = f"{self.tally.get(State.BLANK, 0) + left} blank" + (f" ({left} of them not keyed)" if left else "")
        parts = [
            f"{self.tally.get(State.ANSWERED, 0)} answered",
            blank,
            f"{self.tally.get(State.SEVERAL, 0)} more than one ticked",
            f"{self.tally.get(State.ILLEGIBLE, 0)} cannot be read",
        ]
        return " · ".join([*parts, f"{self.not_counted} not counted"] if self.not_counted else parts)

    def joined(self, other: "KeyedForm") -> "KeyedForm":
        """This part of a paper form together with another, whose answers stay apart."""
        return KeyedForm(
            answers=self.answers,
            problems={**self.problems, **other.problems},
            notices={**self.notices, **other.notices},
            not_keyed=(*self.not_keyed, *other.not_keyed),
            tally=Counter(self.tally) + Counter(other.tally),
            not_counted=self.not_counted + other.not_counted,
            is_untouched=self.is_untouched and other.is_untouched,
        )


def read_form(definition: Definition, sections: Sequence[Section], typed: Mapping[str, str]) -> KeyedForm:
    """A form from what was typed in its boxes (`{box name: typed}`). With problems, nothing else is worked out."""
    values, problems = read_questions(sections, typed)
    if problems:
        return KeyedForm(problems=problems)
    route = journey(definition, values)
    on_route = names_asked(route)
    boxes = boxes_of(sections)
    asked = [box for box in boxes if box.name in on_route]
    states = {box.name: state_of(box, typed.get(box.name, "")) for box in boxes}
    return KeyedForm(
        answers=sendable(values, route),
        notices=all_notices(sections, values, route, states),
        not_keyed=tuple(box for box in asked if states[box.name] is State.NOT_KEYED),
        tally=Counter(states[box.name] for box in asked),
        not_counted=sum(states[box.name] in GIVEN for box in boxes if box.name not in on_route),
        is_untouched=all(state is State.NOT_KEYED for state in states.values()),
    )


def read_questions(sections: Sequence[Section], typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Every answer typed by question key, and the first problem of each question by name of the box."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for keyed in questions_of(sections):
        try:
            value = read_question(keyed, typed)
        except Miskeyed as error:
            boxes = {box.control.part: box for box in keyed.fields}
            problems[boxes.get(error.part, keyed.fields[0]).name] = str(error)
            continue
        if value is not None:
            values[keyed.question.key] = value
    return values, problems


def read_question(keyed: KeyedQuestion, typed: Mapping[str, str]) -> Any:
    """The answer to one question, as its kind stores it; a mark, or None when nothing was given. Raises Miskeyed."""
    kind = KINDS[keyed.question.kind]
    parts = {box.control.part: read_field(box, typed.get(box.name, "")) for box in keyed.fields}
    if all(part is None for part in parts.values()):
        return None
    marks = [part for part in parts.values() if is_mark(part)]
    try:
        value = marks[0] if marks and len(parts) == 1 else kind.clean(keyed.question, kind.gather(parts))
    except AnswerError as error:
        if marks:
            # The kind has no place for a mark on one of its boxes: the question as a whole is kept as written.
            return mark_of_all(parts.values())
        raise Miskeyed(advice(keyed, str(error)), error.part) from None
    if is_mark(value) and value["mark"] == "several":
        refuse_needless(keyed, value)
    return value


def type_answer(keyed: KeyedQuestion, value: Any) -> dict[str, str]:
    """What is typed for a stored answer, by name of the box: the inverse of `read_question`."""
    kind = KINDS[keyed.question.kind]
    if is_mark(value):
        return {box.name: write_field(box, value if place == 0 else None) for place, box in enumerate(keyed.fields)}
    parts = {} if value is None else kind.spread(keyed.question, value)
    return {box.name: write_field(box, parts.get(box.control.part)) for box in keyed.fields}


def echo(box: Field, typed: str, language: str = "en") -> str:
    """What was typed, in words to compare with the paper; "" where it says nothing new, or cannot be read."""
    state = state_of(box, typed)
    if state in (State.NOT_KEYED, State.BLANK, State.ILLEGIBLE):
        return "" if state is State.NOT_KEYED else state.value
    try:
        raw = read_field(box, typed)
    except Miskeyed:
        return ""
    if box.options:
        seen = raw["seen"] if is_mark(raw) else raw if isinstance(raw, list) else [raw]
        labels = {option.code: words(option.label, language) for option in box.options}
        said = "; ".join(labels[code] for code in seen)
        return f"{state.value}: {said}" if state is State.SEVERAL else said
    return echo_of_value(box, raw, typed, language)


def echo_of_value(box: Field, raw: Any, typed: str, language: str) -> str:
    kind = KINDS[box.question.kind]
    try:
        said = kind.describe(box.question, kind.clean(box.question, kind.gather({box.control.part: raw})), language)
    except AnswerError:
        return ""
    return "" if said == typed.strip() else said


def notes_written(sections: Sequence[Section], typed: Mapping[str, str]) -> dict[str, str]:
    """The words written beside boxes, by name of the box."""
    notes = {box.name: parted(box, typed.get(box.name, ""))[1] for box in boxes_of(sections)}
    return {name: words for name, words in notes.items() if words}


def mark_of_all(parts: Iterable[Any]) -> dict[str, Any]:
    """One mark for a whole question: every code seen in any of its boxes, or that it cannot be read."""
    seen: list[int] = []
    for part in parts:
        if is_mark(part):
            seen += part.get("seen", [])
        elif isinstance(part, int):
            seen.append(part)
    return several(seen) if any(is_mark(part) and part["mark"] == "several" for part in parts) else illegible()


def refuse_needless(keyed: KeyedQuestion, mark: Mapping[str, Any]) -> None:
    """Raise Miskeyed for `*` where these boxes may be ticked together: it would keep a good answer from the count."""
    box = keyed.fields[0]
    if not box.takes_several:
        return
    try:
        KINDS[keyed.question.kind].clean(keyed.question, mark["seen"])
    except AnswerError:
        return
    codes = write_field(box, mark).removeprefix(SEVERAL)
    raise Miskeyed(f"More than one box may be ticked at {box.place}. Type {codes} without the {SEVERAL}")


def advice(keyed: KeyedQuestion, refusal: str) -> str:
    """A kind's refusal, which speaks to respondents, turned to the keyer: where it is, and what to type if the paper says so."""
    box = keyed.fields[0]
    where = box.place[:1].upper() + box.place[1:] if len(keyed.fields) == 1 else f"Question {keyed.number}"
    if box.options:
        way_out = f" If that is what the form shows, type {SEVERAL} and every code seen at {box.place}."
    else:
        way_out = "" if box.control.rows else " If the form cannot be used as it is written, type /."
    return f"{where}: {refusal}.{way_out}"


# The route ---------------------------------------------------------------------------------------------------------------


def names_asked(route: Journey) -> set[str]:
    """The names of every box that this person's route asks for."""
    return {
        control.name(question.key)
        for question in route.questions()
        for control in KINDS[question.kind].controls(question)
    }


def sendable(values: Mapping[str, Any], route: Journey) -> dict[str, Any]:
    """The answers to send on: off the route as keyed, for `check` to drop; on it without what this person was not offered."""
    asked = {question.key: question for question in route.questions()}
    sent = {key: value for key, value in values.items() if key not in asked}
    return sent | {key: as_offered(asked[key], value) for key, value in route.answers.items()}


def as_offered(question: Question, value: Any) -> Any:
    """A value whose marks name only boxes that this person's route offers; the others are on the paper and nowhere else."""
    if is_mark(value):
        return several([code for code in value["seen"] if question.option(code)]) if "seen" in value else value
    if isinstance(value, Mapping):
        return {part: as_offered(question, inner) for part, inner in value.items()}
    return value


def all_notices(
    sections: Sequence[Section], values: Mapping[str, Any], route: Journey, states: Mapping[str, State]
) -> dict[str, str]:
    """What to look at again, by name of the box."""
    on_route = names_asked(route)
    return {
        box.name: says
        for keyed in questions_of(sections)
        for box in keyed.fields
        if (says := notice(keyed, box, values.get(keyed.question.key), route, box.name in on_route, states[box.name]))
    }


def notice(keyed: KeyedQuestion, box: Field, value: Any, route: Journey, is_asked: bool, state: State) -> str:
    """What to look at again in one box: answered though skipped, not offered, or lost to a mark. "" when all is well."""
    if state not in GIVEN:
        return ""
    if not is_asked:
        return f"The route says to skip {box.place}. What you typed will not be counted"
    if is_mark(value):
        lost = len(keyed.fields) > 1 and state is not State.ANSWERED
        return f"None of question {keyed.number} will be counted: it is kept as {state}" if lost else ""
    kept = route.answers.get(keyed.question.key)
    if part_of(keyed, box, value) == part_of(keyed, box, kept):
        return ""
    return f"Part of what you typed for {box.place} is not offered on this route and will not be counted"


def part_of(keyed: KeyedQuestion, box: Field, value: Any) -> Any:
    """What one box holds of an answer."""
    return KINDS[keyed.question.kind].spread(keyed.question, value).get(box.control.part) if value is not None else None
