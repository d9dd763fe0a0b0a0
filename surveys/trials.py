"""Trial answers: for a question that rules ask about, one answer for each way in which the rules can tell answers apart. Pure.

A question with 300 options of which a rule names one has two or three trials: the one, another, and none. They are made of the
question's controls, so a new kind made of known controls has trials at once, and each passes the kind's own `clean`: an answer
that nobody can give is not tried.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, islice, product
from random import Random
from typing import Any

from surveys.controls import Control
from surveys.definition import Condition, Definition, Option, Question, Statement
from surveys.journey import holds
from surveys.kinds import KINDS, AnswerError

MOST_COMBINED = 4_500
"""The most combinations of one question's parts (ticks, places, statements) that are tried; past it, some are."""
SEED = 20_260_101
TYPED = ("text_box", "writing_box", "date_boxes")


@dataclass(frozen=True)
class Trial:
    """An answer as stored, None for a question left blank, and what the rules can tell of it."""

    value: Any
    tells: Hashable


@dataclass(frozen=True)
class Trials:
    """The trials of a question as one person is asked it. `is_whole`: no answer differs from all of them.

    `can_answer`: there is an answer to give at all.
    """

    trials: tuple[Trial, ...]
    is_whole: bool = True
    can_answer: bool = True


@dataclass(frozen=True)
class AskedAbout:
    """What rules ask about one question: each claim once, and for how many items at most a page repeats for it (0: none does)."""

    claims: tuple[Condition, ...] = ()
    repeats: int = 0
    items: frozenset[int] = field(default_factory=frozenset)

    def tells(self, key: str, value: Any) -> Hashable:
        """What the rules can tell of an answer: what every claim says of it, and the items it repeats pages for."""
        if value is None:
            return ()
        live = {key: value}
        said = tuple(holds(claim, live) for claim in self.claims)
        chosen = value if self.repeats and isinstance(value, list) else ()
        return (said, tuple(code for code in chosen if code in self.items)[: self.repeats])

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The numbers that claims compare with."""
        return tuple(sorted({float(value) for claim in self.claims for value in claim.values}))


def asked_about(definition: Definition) -> dict[str, AskedAbout]:
    """What the rules of a questionnaire ask, by the key of the question they ask about."""
    claims: dict[str, dict[Condition, None]] = {}
    for condition in conditions_of(definition):
        for claim in claims_in(condition):
            claims.setdefault(claim.question, {})[claim] = None
    repeats: dict[str, int] = {}
    for page in definition.pages:
        if page.repeat:
            repeats[page.repeat.question] = max(page.repeat.most, repeats.get(page.repeat.question, 0))
    known = {question.key: question for question in definition.questions()}
    return {
        key: AskedAbout(tuple(claims.get(key, ())), repeats.get(key, 0), items_of(known[key]))
        for key in known
        if key in claims or key in repeats
    }


def items_of(question: Question) -> frozenset[int]:
    """The options that a page can repeat for: "none of these" and "another" are no items."""
    return frozenset(option.code for option in question.options if option.meaning == "")


def conditions_of(definition: Definition) -> Iterator[Condition]:
    """Every condition of a questionnaire."""
    for page in definition.pages:
        if page.shown_if:
            yield page.shown_if
        for question in page.questions:
            ruled: tuple[Question | Option | Statement, ...] = (question, *question.options, *question.statements)
            yield from (part.shown_if for part in ruled if part.shown_if)


def claims_in(condition: Condition) -> Iterator[Condition]:
    """The claims about answers that a condition is made of."""
    if condition.says in ("all", "any", "not"):
        for part in condition.parts:
            yield from claims_in(part)
    else:
        yield condition


def trials_of(question: Question, asked: AskedAbout) -> Trials:
    """The trials of a question with the options and statements one person is offered. `question` has its plain key."""
    raws, is_whole = raw_answers(question, asked)
    found: dict[Hashable, Trial] = {}
    kind = KINDS[question.kind]
    for raw in raws:
        try:
            value = kind.clean(question, raw)
        except AnswerError:
            continue
        if value is not None and (remains := kind.limit(question, value)) is not None:
            tells = asked.tells(question.key, remains)
            found.setdefault(tells, Trial(remains, tells))
    # Of words that a kind refuses nothing follows: others may pass.
    can_answer = bool(found) or any(control.shape in TYPED for control in kind.controls(question))
    if not question.required or not found:
        found[()] = Trial(None, ())
    return Trials(tuple(found.values()), is_whole, can_answer)


# Raw answers by control ---------------------------------------------------------------------------------------------------


def raw_answers(question: Question, asked: AskedAbout) -> tuple[Iterable[Any], bool]:
    """Raw answers among which there is one for each way of answering, and whether there surely is."""
    kind = KINDS[question.kind]
    controls = kind.controls(question)
    if any(control.shape not in RAWS for control in controls):
        return [example.raw for example in kind.examples()], False
    choices = [RAWS[control.shape](question, control, asked) for control in controls]
    is_whole = all(whole for _, whole in choices)
    if len(controls) == 1:
        return [kind.gather({controls[0].part: raw}) for raw in choices[0][0]], is_whole
    every = [raws for raws, _ in choices]
    parts = [control.part for control in controls]
    combined, all_combined = some_of(every)
    return (kind.gather(dict(zip(parts, raws, strict=True))) for raws in combined), is_whole and all_combined


def some_of(choices: Sequence[Sequence[Any]]) -> tuple[Iterable[Sequence[Any]], bool]:
    """Every combination of a choice at each place; past MOST_COMBINED, that many drawn by a fixed seed, and False."""
    if math.prod(map(len, choices)) <= MOST_COMBINED:
        return product(*choices), True
    random = Random(SEED)  # noqa: S311 -- the same each time, not secret
    return ([random.choice(choice) for choice in choices] for _ in range(MOST_COMBINED)), False


def radios(question: Question, control: Control, asked: AskedAbout) -> tuple[list[Any], bool]:
    """An option for each way in which claims can tell options apart, and none."""
    about = [claim for claim in asked.claims if claim.statement in ("", control.part)]
    found: dict[Hashable, int] = {}
    for option in question.options:
        # A code may be compared with a number too, as an imported rule does ("at least 4").
        compared = (holds(replace(claim, statement=""), {claim.question: option.code}) for claim in about)
        found.setdefault((tuple(option.code in claim.values for claim in about), tuple(compared)), option.code)
    # A statement that no rule names is left blank, but for the first of them: the question may be answered by it alone.
    named = {claim.statement for claim in asked.claims}
    unnamed = [line.key for line in question.statements if line.key not in named]
    if control.part in unnamed[1:]:
        return [None], True
    return [*found.values(), None], True


def tick_boxes(question: Question, control: Control, asked: AskedAbout) -> tuple[list[Any], bool]:
    """Every set of options, of each group of options that nothing tells apart one."""
    found: dict[Hashable, Option] = {}
    for option in control.options:
        item = option.code if asked.repeats and option.code in asked.items else None
        alike = (tuple(option.code in claim.values for claim in asked.claims), option.exclusive, item)
        found.setdefault(alike, option)
    alone = [[option.code] for option in found.values() if option.exclusive]
    together = [option.code for option in found.values() if not option.exclusive]
    most = len(together)
    # With no claim about what is ticked, only the items that pages repeat for matter, and of those as many as are asked about.
    if not any(claim.values for claim in asked.claims):
        most = min(most, max(asked.repeats, 1))
    sets = (list(codes) for size in range(1, most + 1) for codes in combinations(together, size))
    tried = list(islice(sets, MOST_COMBINED + 1))
    is_whole = len(tried) <= MOST_COMBINED
    return [*tried, *alone, *([] if is_whole else [together])], is_whole


def number_box(question: Question, control: Control, asked: AskedAbout) -> tuple[list[Any], bool]:
    """Numbers on both sides of every number that rules compare with, and at the ends of what may be answered."""
    decimals = int(question.settings.get("decimals", 0))
    step = 10.0**-decimals
    ends = [question.settings[name] for name in ("min", "max") if name in question.settings]
    near = [*(number for at in asked.numbers for number in (at - step, at, at + step)), *ends, 0, 1]
    down, up = ({round_at(number, step, decimals, way) for number in near} for way in (math.floor, math.ceil))
    return sorted({number if decimals else int(number) for number in down | up}), True


def round_at(number: float, step: float, decimals: int, way: Any) -> float:
    """A number with as many decimals as may be answered, rounded down or up but for what computers add by themselves."""
    exact = round(number / step, 6)
    return round(way(exact) * step, decimals)


def date_boxes(question: Question, control: Control, asked: AskedAbout) -> tuple[list[Any], bool]:
    year = next(iter(question.settings.get("years", ())), 2026)
    return [{"day": "27", "month": "3", "year": str(year)}], True


def texts(question: Question, control: Control, asked: AskedAbout) -> tuple[list[Any], bool]:
    return ["ZZ99"] if control.purpose == "postal-code" else ["An invented answer", "A"], True


RAWS: Mapping[str, Any] = {
    "radios": radios,
    "tick_boxes": tick_boxes,
    "number_box": number_box,
    "date_boxes": date_boxes,
    "text_box": texts,
    "writing_box": texts,
}
"""What can be given at each shape of control: `(question, control, what is asked) -> (raw values, whole)`."""
