"""The rows of a question's options: usual answers filled in by a button, and only the fields that mean something."""

from dataclasses import replace

import pytest
from django.utils import timezone

from surveys.definition import Option
from surveys.kinds.usual_scales import USUAL_SCALES
from surveys.publishing import publish
from tests.builders import choice, number, options, question, questionnaire, ranking, scale, several, statements
from tests.consult.building import builder

pytestmark = pytest.mark.django_db

SAVE = {"continue": "1"}


def coded(asked):
    return [(option.code, option.label["en"], option.meaning) for option in asked.options]


@pytest.mark.parametrize("usual", USUAL_SCALES)
@pytest.mark.parametrize("make", [scale, statements])
def test_usual_answers_are_filled_in_from_positive_to_negative_and_saved_by_the_form(make, usual):
    lead_ = builder(questionnaire(make("how")))

    lead_.open("questions/question/how/").send(usual=usual, use="1")
    assert "Not saved yet." in lead_.text
    assert lead_.definition.question("how") == make("how")
    lead_.send(**SAVE)

    saved = coded(lead_.definition.question("how"))
    assert saved == [(option.code, option.label["en"], option.meaning) for option in USUAL_SCALES[usual].options]
    assert [(code, meaning) for code, _, meaning in saved] == [*((code, "") for code in range(1, 6)), (6, "dont_know")]


def test_usual_scales_are_those_that_questionnaires_ask_for():
    assert {key: usual.options[0].label["en"] for key, usual in USUAL_SCALES.items()} == {
        "agreement": "Strongly agree",
        "support": "Strongly support",
        "satisfaction": "Very satisfied",
        "likelihood": "Very likely",
        "importance": "Very important",
        "frequency": "Always",
        "ease": "Very easy",
        "friends_and_family": "Very good",
    }


@pytest.mark.parametrize("number_of", [2, 9])
def test_usual_answers_take_the_place_of_more_and_of_fewer_options_and_keep_what_else_was_typed(number_of):
    asked = question("how", "scale", options=options(*(f"Point {place}" for place in range(number_of))))
    lead_ = builder(questionnaire(asked))

    lead_.open("questions/question/how/").send(text="Typed?", usual="ease", use="1").send(**SAVE)

    saved = lead_.definition.question("how")
    assert [(option.code, option.label["en"]) for option in saved.options] == [
        (option.code, option.label["en"]) for option in USUAL_SCALES["ease"].options
    ]
    assert saved.text == {"en": "Typed?"}


def test_question_that_was_published_is_offered_no_other_answers():
    lead_ = builder(questionnaire(scale("how")))
    assert "Use these answers" in lead_.open("questions/question/how/").text

    publish(lead_.consultation.questionnaire, now=timezone.now())

    assert "Use these answers" not in lead_.open("questions/question/how/").text


@pytest.mark.parametrize("asked", [choice("a"), several("a"), ranking("a"), number("a")])
def test_other_kinds_are_offered_no_scale(asked):
    assert "Use these answers" not in builder(questionnaire(asked)).open("questions/question/a/").text


@pytest.mark.parametrize(
    ("asked", "exclusive", "capacity"),
    [
        (choice("a"), False, True),
        (several("a"), True, False),
        (scale("a"), False, False),
        (statements("a"), False, False),
        (ranking("a"), False, False),
    ],
)
def test_fields_of_an_option_are_those_that_mean_something_for_its_kind(asked, exclusive, capacity):
    text = builder(questionnaire(asked)).open("questions/question/a/").text

    assert ("Cannot be ticked with another" in text, "Who answers like this" in text) == (exclusive, capacity)


def test_what_a_form_does_not_ask_stays_as_an_imported_questionnaire_has_it():
    alone = replace(scale("a"), options=(*scale("a").options, Option(9, {"en": "I never go"}, True, "none")))
    lead_ = builder(questionnaire(alone))

    lead_.open("questions/question/a/").send(text="Other words?", **SAVE)

    assert lead_.definition.question("a").options == alone.options
    assert lead_.definition.question("a").text == {"en": "Other words?"}
