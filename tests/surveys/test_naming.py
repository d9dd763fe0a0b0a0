"""What staff read where a text repeats an answer."""

import pytest

from surveys.naming import Pipe, named, pipes_in, shown, title
from tests.builders import choice, comment, page, questionnaire

FORM = questionnaire(
    choice("who"),
    choice("practice", text="Which practice?"),
    page("why", comment("well", text="What does {practice|your practice} do well?\n\nThink of {item}."), comment("x")),
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("What does {practice|your practice} do well?", "What does [the answer to question 2] do well?"),
        ("About {item}:", "About [the option that the page is asked for]:"),
        ("At {gone}", "At [the answer to a question that was taken out]"),
        ("Nothing {2} to name", "Nothing {2} to name"),
    ],
)
def test_repeated_answer_is_named_by_the_number_of_its_question(text, says):
    assert named(text, FORM) == says


def test_text_and_title_are_those_of_the_first_language():
    assert shown({"en": "At {practice}", "pl": "W {practice}"}, FORM) == "At [the answer to question 2]"
    assert title(FORM, "well") == "What does [the answer to question 2] do well?"
    assert title(FORM, "gone") == "gone"


def test_what_a_text_repeats_is_listed_once_with_what_is_said_for_no_answer():
    assert pipes_in("{practice|your practice}, {practice|your practice} and {item}", FORM) == (
        Pipe("{practice|your practice}", "the answer to question 2", "your practice"),
        Pipe("{item}", "the option that the page is asked for", ""),
    )
