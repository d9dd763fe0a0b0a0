"""The questionnaire document: finding what is in it, and that nothing changes it in place."""

from dataclasses import replace

import pytest

from surveys.definition import Condition, Page, words
from tests.builders import for_each, number, page, questionnaire, several, when_any

A_LONG_WAIT = Condition("at_least", "weeks", values=(2.5,))
EACH = page("each", number("weeks"), repeat=for_each("which", most=2))
DEFINITION = questionnaire(several("which"), EACH)


def test_question_and_page_are_found_by_key_and_by_the_key_of_a_round():
    assert DEFINITION.question("weeks@2") is DEFINITION.question("weeks") is EACH.questions[0]
    assert DEFINITION.page_of("weeks@2") is EACH
    assert (DEFINITION.question("nothing"), DEFINITION.page_of("nothing")) == (None, None)


def test_words_are_given_in_the_language_asked_for_else_in_the_first():
    text = {"en": "Yes", "cy": "Ie"}
    assert [words(text, "cy"), words(text, "ur"), words({}, "en")] == ["Ie", "Yes", ""]


def test_condition_names_every_question_it_asks_about():
    condition = Condition("any", parts=(when_any("which", 1, 2), A_LONG_WAIT))
    assert list(condition.questions()) == ["which", "weeks"]


def test_definition_cannot_be_changed_in_place():
    with pytest.raises(AttributeError):
        DEFINITION.title = "Another"
    assert replace(DEFINITION, title="Another") != DEFINITION
    assert isinstance(DEFINITION.pages[0], Page)
