"""The equality questions of a paper form as boxes to key, and what was keyed as answers for a profile.

The two engines do not know each other: here an equality question is dressed as one of the survey engine, so that the same keys,
checks and echo serve both, and undressed again. A profile knows no "cannot be read" and no "more than one ticked".
"""

from consult import areas
from equality.categories import DECLINED, LEFT_BLANK, question_set_of
from surveys.definition import Option, Question, words
from surveys.marks import is_mark
from surveys.paper_order import Block, Section, keyed_question

PREFIX = "equality-"
"""Begins the names of these boxes. No question's key has a hyphen, so none can be taken for another."""
POSTCODE = "postcode"
CODE_OF_DECLINED = 0
"""The code of "Prefer not to say" on paper: as the last code it would often cost all the others a second digit."""


def equality_sections(set_version, *, first_number, language="en"):
    """The boxes of a question set, numbered on from the questionnaire's last: one section, or none where there is no set."""
    questions = [paper_question(asked, question_set_of(set_version)) for asked in asked_on_paper(set_version)]
    questions.append(postcode_question(question_set_of(set_version)))
    boxes = tuple(
        keyed_question(question, str(number), text=words(question.text, language))
        for number, question in enumerate(questions, start=first_number)
    )
    return (Section("Questions about the person", (Block(boxes),)),)


def asked_on_paper(set_version):
    """The characteristics that paper asks, in its order: a detailed list alone says the broad group too."""
    question_set = question_set_of(set_version)
    asked = [question_set.by_key[key] for page in question_set.pages for key in page.fields]
    broad = {characteristic.parent for characteristic in asked}
    return [found for found in asked if found.asked_by_default and not found.given and found.key not in broad]


def paper_question(characteristic, question_set):
    """A characteristic dressed as a question of the survey engine."""
    options = [Option(option.code, option.label, exclusive=option.exclusive) for option in characteristic.options]
    declined = Option(CODE_OF_DECLINED, question_set.prefer_not_to_say, exclusive=True, meaning="prefer_not_to_say")
    return Question(
        key=PREFIX + characteristic.key,
        kind="several_choices" if characteristic.several else "one_choice",
        text=question_set.by_key[characteristic.parent or characteristic.key].question,
        options=(*options, declined),
    )


def postcode_question(question_set):
    """The postcode, which is turned into its area's codes when the form is saved."""
    return Question(key=PREFIX + POSTCODE, kind="postcode", text=question_set.postcode["question"])


def equality_answers(values, set_version):
    """The answers of a profile from keyed `values` (`{box's question key: value}`); {} where nothing was answered at all.

    Every question on paper was shown, so what holds no answer was left blank; a mark is no answer.
    """
    given = {key.removeprefix(PREFIX): value for key, value in values.items() if not is_mark(value)}
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
