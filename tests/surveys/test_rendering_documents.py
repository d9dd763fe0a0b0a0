"""Languages and variants in the questionnaire's document, and which language a text is in where it is not translated."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from surveys.definition import is_translated, language_of
from surveys.definition_json import from_json, to_json
from surveys.journey import journey
from surveys.piping import filled_question
from surveys.renderings import digest, recorded
from surveys.source import DefinitionError
from tests.builders import choice, comment, page, questionnaire, written
from tests.surveys.rendered import EASY, whole
from tests.surveys.strategies import questionnaires


@settings(max_examples=50, deadline=None)
@given(questionnaires())
def test_document_with_renderings_is_written_in_the_same_bytes_again(definition):
    once = written(to_json(replace(whole(definition), unchecked=("pl",))))

    assert written(to_json(from_json(json.loads(once)))) == once
    assert from_json(json.loads(once)) == replace(whole(definition), unchecked=("pl",))


def test_document_says_what_is_offered_what_is_unchecked_and_of_which_words_each_was_made():
    definition = recorded(
        replace(questionnaire(page("one", choice("used"))), languages=("en", "pl"), unchecked=("pl",)), EASY
    )
    document = to_json(replace(definition, variants=(EASY,)))

    assert {name: document[name] for name in ("languages", "variants", "unchecked", "renderings")} == {
        "languages": ["en", "pl"],
        "variants": [EASY],
        "unchecked": ["pl"],
        "renderings": {EASY: {"used.option.1": digest("Yes"), "used.option.2": digest("No")}},
    }


def document_with(**parts):
    """A document of one question, with something put into it."""
    return to_json(questionnaire(page("one", choice("used")))) | parts


def question_with(variants):
    """A document whose question has these variants."""
    document = document_with()
    document["pages"][0]["questions"][0]["variants"] = variants
    return document


HERE = "pages[0].questions[0].variants"
NAMED = "must be named in lower-case letters and _, such as easy_read"


@pytest.mark.parametrize(
    ("document", "where", "problem"),
    [
        (
            document_with(variants="easy_read"),
            "the questionnaire",
            '"variants" must be a list of names, such as ["easy_read"]',
        ),
        (
            document_with(unchecked=[1]),
            "the questionnaire",
            '"unchecked" must be a list of languages and variants, such as ["pl"]',
        ),
        (
            document_with(renderings={"pl": {"used.text": 5}}),
            "the questionnaire.renderings",
            "must hold a text for each place, by language or variant",
        ),
        (
            document_with(renderings={"pl": []}),
            "the questionnaire.renderings",
            "must hold a text for each place, by language or variant",
        ),
        (question_with([]), HERE, "must be an object"),
        (question_with({"Easy read": {}}), HERE, NAMED),
        (question_with({"\ud800": {}}), HERE, NAMED),
        (question_with({"a" * 21: {}}), HERE, NAMED),
        (question_with({EASY: "Short"}), f"{HERE}.easy_read", "must be an object"),
        (
            question_with({EASY: {"label": {"en": "x"}}}),
            f"{HERE}.easy_read",
            "may hold only text, hint, missing, picture, alt",
        ),
        (
            question_with({EASY: {"text": "x"}}),
            f"{HERE}.easy_read",
            '"text" must be texts by language, such as {"en": "…"}',
        ),
        (question_with({EASY: {"picture": 5}}), f"{HERE}.easy_read", '"picture" must be text'),
    ],
)
def test_mistake_in_a_rendering_is_named_with_its_place(document, where, problem):
    with pytest.raises(DefinitionError) as refusal:
        from_json(document)
    assert (refusal.value.where, refusal.value.problem) == (where, problem)


# Untranslated parts -------------------------------------------------------------------------------------------------------


def test_text_is_translated_where_it_has_words_in_the_language_or_says_nothing():
    text = {"en": "Yes", "pl": "Tak", "ur": ""}

    assert [is_translated(text, language) for language in ("en", "pl", "ur", "cy")] == [True, True, False, False]
    assert is_translated({}, "pl")
    assert [language_of(text, language) for language in ("pl", "ur")] == ["pl", "en"]


def test_text_with_an_answer_in_it_stays_marked_with_the_language_it_is_in():
    definition = questionnaire(
        choice("used"), comment("why", text="Why {used}?", hint={"en": "So {used}", "pl": "A {used}"})
    )
    step = journey(definition, {"used": 1}).step("page_why")

    asked = filled_question(step.questions[0], definition, {"used": 1}, language="pl", step=step)

    assert (asked.text, asked.hint) == ({"en": "Why Yes?"}, {"pl": "A Yes"})
