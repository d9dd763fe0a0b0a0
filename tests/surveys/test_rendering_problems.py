"""What languages and variants lack, as sentences for whoever wants to publish the questionnaire."""

from dataclasses import replace

import pytest

from surveys.definition_json import from_json, to_json
from surveys.drafting import problems
from surveys.renderings import part_in_words
from tests.builders import choice, comment, page, questionnaire
from tests.surveys.rendered import EASY, SURVEY, whole


def said(definition):
    return [(problem.where, problem.says) for problem in problems(definition)]


def test_questionnaire_whole_in_all_it_offers_can_be_published():
    assert said(whole(SURVEY)) == []


def test_what_is_missing_or_out_of_date_keeps_a_questionnaire_from_being_published():
    definition = whole(questionnaire(choice("used", text="Have you used it?"), comment("why")))
    document = to_json(definition)
    asked = document["pages"][0]["questions"][0]
    asked["text"]["en"] = "Did you use it?"
    asked["options"][1]["label"] = {"en": "No"}

    assert said(from_json(document)) == [
        ("used", "“Did you use it?” is not whole in Polish. Missing: answer 2"),
        ("used", "“Did you use it?” was changed after it was put into Polish. Out of date: the question"),
        ("used", "“Did you use it?” was changed after it was put into easy read. Out of date: the question"),
    ]


def test_what_is_not_offered_yet_keeps_nothing_from_being_published():
    assert said(replace(SURVEY, variants=())) == []


def test_page_is_named_by_its_heading_or_its_first_question():
    bare = replace(questionnaire(page("one", choice("used"), section={"en": "You"})), languages=("en", "pl"))

    headed = replace(bare, pages=(replace(bare.pages[0], heading={"en": "About you"}),))

    assert said(bare)[0] == ("one", "“What about used?” is not whole in Polish. Missing: the section")
    assert said(headed)[0] == ("one", "“About you” is not whole in Polish. Missing: the section, the heading")


def test_variant_that_does_not_exist_cannot_be_offered():
    assert said(replace(questionnaire(choice("used")), variants=("shouted",))) == [
        ("", "There is no variant called “shouted”. There is easy_read")
    ]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"picture": "../../bus.png", "alt": {"en": "A bus"}}, "A picture must be named like “bus.png”"),
        ({"picture": "bus", "alt": {"en": "A bus"}}, "A picture must be named like “bus.png”"),
        ({"picture": "bus.png"}, "A picture of the question has no words in English"),
        ({"picture": "bus.png", "alt": {"pl": "x"}}, "A picture of the question has no words in English"),
        ({"text": {"en": "{later}?"}}, "The text repeats the answer to question 2, which is not asked before it"),
        ({"hint": {"en": "{later}?"}}, "The text repeats the answer to question 2, which is not asked before it"),
    ],
)
def test_mistake_in_a_variant_is_named_in_a_sentence(own, says):
    ((where, sentence),) = said(questionnaire(choice("q", variants={EASY: own}), choice("later")))

    assert (where, sentence[: len(says)]) == ("q", says)


@pytest.mark.parametrize(
    ("part", "in_words"),
    [
        ("text", "the question"),
        ("option.3", "answer 3"),
        ("option.3.alt.easy_read", "answer 3, its picture, easy read"),
        ("statement.keep.easy_read", "statement keep, easy read"),
        ("missing", "what is said when it is left blank"),
        ("statement.a.b", "statement a, b"),
    ],
)
def test_place_is_named_as_an_author_would(part, in_words):
    assert part_in_words(part) == in_words
