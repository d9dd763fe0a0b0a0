"""The equality questions of a paper form as a questionnaire to key, and what was keyed as answers for a profile.

The two engines do not know each other: here a question set is dressed as a questionnaire of the survey engine, so that the same
keys, checks, route and echo serve both, and undressed again. A profile knows no "cannot be read" and no "more than one ticked".
"""

from collections.abc import Iterator
from functools import cache

from consult import areas
from equality.categories import DECLINED, LEFT_BLANK, question_set_of
from surveys.definition import Condition, Definition, Option, Page, Question
from surveys.marks import is_mark

PREFIX = "equality-"
"""Begins the keys of these questions. No other question's key has a hyphen, so none can be taken for another."""
POSTCODE = "postcode"
CODE_OF_DECLINED = 0
"""The code of "Prefer not to say" on paper: as the last code it would often cost all the others a second digit."""
HEADING = {"en": "Questions about the person"}


@cache
def paper_equality(set_version: str) -> Definition:
    """The questions of a set as paper asks them: a page for each, so that one may depend on the one before it."""
    question_set = question_set_of(set_version)
    questions = [dressed(characteristic, question_set) for characteristic in asked_on_paper(set_version)]
    questions.append(Question(PREFIX + POSTCODE, "postcode", question_set.postcode["question"]))
    pages = tuple(Page(question.key, (question,), section=HEADING) for question in questions)
    return Definition(
        "Questions about the person", pages, languages=question_set.languages, unchecked=question_set.unchecked
    )


def asked_on_paper(set_version):
    """The characteristics that paper asks, in its order: one detailed list says the broad group too."""
    question_set = question_set_of(set_version)
    asked = [question_set.by_key[key] for page in question_set.pages for key in page.fields]
    broad = {characteristic.parent for characteristic in asked}
    return [found for found in asked if found.asked_by_default and not found.given and found.key not in broad]


def dressed(characteristic, question_set):
    """A characteristic as a question of the survey engine."""
    options = [Option(option.code, option.label, exclusive=option.exclusive) for option in characteristic.options]
    declined = Option(CODE_OF_DECLINED, question_set.prefer_not_to_say, exclusive=True, meaning="prefer_not_to_say")
    conditions = tuple(conditions_of(characteristic, question_set))
    return Question(
        key=PREFIX + characteristic.key,
        kind="several_choices" if characteristic.several else "one_choice",
        text=question_set.by_key[characteristic.parent or characteristic.key].question,
        options=(*options, declined),
        shown_if=Condition("all", parts=conditions) if conditions else None,
    )


def conditions_of(characteristic, question_set) -> Iterator[Condition]:
    """When a characteristic is asked. A condition on its own broad group is none: paper asks both at once."""
    for key, values in characteristic.asked_if.items():
        if key != characteristic.parent:
            yield answered_with(key, values, question_set)
    for key, values in characteristic.not_asked_if.items():
        yield Condition("not", parts=(answered_with(key, values, question_set),))


def answered_with(key, values, question_set):
    """That a question was answered with one of these values."""
    codes = tuple(question_set.by_key[key].by_value[value].code for value in values)
    return Condition("is", PREFIX + key, values=codes)


def equality_answers(keyed, set_version):
    """The answers of a profile from those keyed (`{question key: value}`); {} where nothing was answered at all.

    Every question on paper was shown, so what holds no answer was left blank; a mark is no answer.
    """
    given = {key.removeprefix(PREFIX): value for key, value in keyed.items() if not is_mark(value)}
    if not given:
        return {}
    area = area_answers(given.pop(POSTCODE, None), set_version)
    blank = dict.fromkeys((asked.key for asked in asked_on_paper(set_version)), LEFT_BLANK)
    return blank | {key: undressed(value) for key, value in given.items()} | area


def undressed(value):
    """A code, or codes, as the equality engine takes them."""
    if isinstance(value, list):
        return DECLINED if value == [CODE_OF_DECLINED] else value
    return DECLINED if value == CODE_OF_DECLINED else value


def area_answers(parts, set_version):
    """What a postcode says of the area lived in; the postcode goes no further. Nothing, where it is not known in full."""
    if parts is None:
        return {asked.key: LEFT_BLANK for asked in question_set_of(set_version).characteristics if asked.given}
    area = areas.find_area(parts["full"]) if "full" in parts else None
    return {"deprivation": area["deprivation"], "inside": 1 if area["inside"] else 2} if area else {}


def marks_lost(keyed):
    """`{question key: sentence}` for marks: a profile keeps answers only."""
    says = "Only answers are kept about the person. This one will be kept as left blank"
    return {key: says for key, value in keyed.items() if is_mark(value)}
