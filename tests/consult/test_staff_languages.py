"""The lead's page of languages and variants: each with its state in words, and what it lacks."""

import json
import re
from html import unescape

import pytest

from consult.demonstration.facts import facts_of
from surveys.definition import to_json
from tests.builders import choice, questionnaire
from tests.consult.people import consultation, lead, signed_in

pytestmark = pytest.mark.django_db

BEGIN = (
    "The future of care Languages and easy read This is the questionnaire as it would be published now. "
    "It is written in English, and everything else is made from those words."
)
HEADINGS = "Each language and variant Language or variant Can people choose it? State"


def page(document):
    """The words of the main part of the page of a consultation whose draft is this document."""
    held = consultation("care").questionnaire
    held.draft = document
    held.save()
    response = signed_in(lead()).get("/staff/care/languages/")
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    visible = re.sub(r'<span class="nhsuk-table-responsive__heading".*?</span>', "", main)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", visible)).split())


def contracts():
    """The document of the questionnaire about the GP contracts."""
    return json.loads(json.dumps(to_json(facts_of("apms").questionnaire())))


def test_each_language_and_variant_is_shown_with_its_state_in_words():
    assert page(contracts()) == (
        f"{BEGIN} {HEADINGS} "
        "Polish Yes Whole Needs a native check Urdu Yes Whole Needs a native check Easy read Yes Whole"
    )


STILL_RIGHT = (
    "After a typing mistake was mended, the other words may still say the same. "
    "Ask somebody who reads them, then say so here."
)


def test_what_is_missing_and_out_of_date_is_shown_question_by_question():
    document = contracts()
    asked = document["pages"][0]["questions"][0]
    asked["text"]["en"] = "How are you taking part?"
    asked["options"][2]["label"].pop("ur")
    document |= {"languages": ["en", "ur"], "unchecked": ["easy_read"]}

    assert page(document) == (
        f"{BEGIN} Information: It cannot be published until everything that people can choose is whole and up to date. "
        f"{HEADINGS} "
        "Urdu Yes 1 text missing 1 text out of date "
        "Easy read Yes 1 text out of date Needs a check by people who use it "
        "Polish Not yet 1 text out of date "
        "Urdu: missing “How are you taking part?”: answer 3 "
        "Urdu: out of date “How are you taking part?”: the question "
        f"Easy read: out of date “How are you taking part?”: the question {STILL_RIGHT} "
        "Easy read is still right "
        f"Polish: out of date “How are you taking part?”: the question {STILL_RIGHT} Polish is still right"
    )


def test_several_texts_are_counted():
    document = to_json(questionnaire(choice("used"))) | {"languages": ["en", "cy"]}

    assert "Welsh Yes 3 texts missing Welsh: missing “What about used?”: the question, answer 1, answer 2" in page(
        document
    )


def test_questionnaire_in_one_language_says_so():
    assert page(to_json(questionnaire(choice("used")))) == (
        f"{BEGIN} It is in no other language, and there is no easy read."
    )


def test_language_that_nobody_knows_is_shown_by_its_code():
    document = to_json(questionnaire(choice("used"))) | {"languages": ["en", "zz"]}

    assert "zz Yes 3 texts missing" in page(document)
