"""Standard questions: asked in the same words everywhere, or not called by their name."""

from dataclasses import replace

import pytest

from surveys.definition import Option
from surveys.drafting import Problem, problems
from surveys.kinds import KINDS
from surveys.standards import FRIENDS_AND_FAMILY, NAMES, STANDARDS, standard_of, strayed
from tests.builders import choice, questionnaire, scale, when

WORDS = (
    "must ask “Overall, how was your experience of our service?”: it is the Friends and Family question, which is the "
    "same everywhere"
)
ANSWERS = (
    "must offer these answers, and no others: Very good, Good, Neither good nor poor, Poor, Very poor, Don't know. "
    "It is the Friends and Family question, which is the same everywhere"
)


def with_answer(at, **changes):
    """The question with one answer changed."""
    return replace(
        FRIENDS_AND_FAMILY,
        options=tuple(replace(each, **changes) if each.code == at else each for each in FRIENDS_AND_FAMILY.options),
    )


def test_standard_questions_are_themselves_and_have_names():
    assert NAMES.keys() == STANDARDS.keys()
    for name, each in STANDARDS.items():
        assert (standard_of(each), each.settings["standard"], list(strayed(each))) == (each, name, [])
        assert list(KINDS[each.kind].problems(each)) == []


def test_other_questions_are_not_held_to_a_standard():
    assert (standard_of(scale("s")), list(strayed(scale("s")))) == (None, [])


@pytest.mark.parametrize(
    "question",
    [
        replace(
            FRIENDS_AND_FAMILY, key="other", required=True, hint={"en": "Think about today."}, shown_if=when("a", 1)
        ),
        replace(FRIENDS_AND_FAMILY, text=FRIENDS_AND_FAMILY.text | {"pl": "Jak?"}, short={"en": "FFT"}),
        with_answer(1, label={"en": "Very good", "pl": "Bardzo dobrze"}),
    ],
)
def test_hint_name_route_and_translations_are_free(question):
    assert list(strayed(question)) == []


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (replace(FRIENDS_AND_FAMILY, text={"en": "How was it?"}), [WORDS]),
        (replace(FRIENDS_AND_FAMILY, kind="one_choice"), [WORDS]),
        (with_answer(6, label={"en": "I do not know"}), [ANSWERS]),
        (with_answer(6, meaning=""), [ANSWERS]),
        (with_answer(3, code=7), [ANSWERS]),
        (with_answer(3, exclusive=True), [ANSWERS]),
        (with_answer(3, shown_if=when("a", 1)), [ANSWERS]),
        (replace(FRIENDS_AND_FAMILY, options=FRIENDS_AND_FAMILY.options[::-1]), [ANSWERS]),
        (
            replace(
                FRIENDS_AND_FAMILY, options=(*FRIENDS_AND_FAMILY.options, Option(7, {"en": "Other"}, meaning="other"))
            ),
            [ANSWERS],
        ),
        (
            replace(scale("s"), settings={"standard": "unknown"}),
            ["says it is a standard question called “unknown”, and there is none"],
        ),
    ],
)
def test_every_change_of_what_is_asked_is_told(question, says):
    assert list(strayed(question)) == says


def test_changed_standard_question_cannot_be_published():
    changed = replace(FRIENDS_AND_FAMILY, text={"en": "How was it?"})

    assert problems(questionnaire(FRIENDS_AND_FAMILY)) == ()
    assert problems(questionnaire(changed)) == (Problem("experience", f"The question {WORDS}"),)


def test_only_a_name_can_be_the_setting():
    asked = replace(scale("s"), settings={"standard": 5})

    assert Problem("s", "The question has a setting “standard” that must be text") in problems(questionnaire(asked))
    assert problems(questionnaire(choice("c"))) == ()
