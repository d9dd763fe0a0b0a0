"""The equality questions, asked of somebody who answered in another language than English."""

import pytest
from django.utils.translation import gettext

from consult.languages import INTERFACES, speaking
from equality.categories import QUESTION_SETS
from equality.forms import pages
from tests.catalogues import LANGUAGES
from tests.consultations import open_consultation
from tests.journeys.pages import words
from tests.journeys.test_language_kept import given_sent_in, translated
from tests.journeys.test_public_languages import ENGLISH, english_of, unmarked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

SET = "2026-1"
ANSWERS = {"age": "35_44", "disability": "yes", "ethnic_broad": "white", "veteran": "no"}
"""Answers that lead over every page there is."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_equality_pages_are_in_the_language_that_the_answers_were_given_in(language):
    open_consultation(translated(), title="Plan words", decided_by="Board words")
    with speaking(language):
        mark = gettext("We have not translated this part yet")
    english = {text["en"] for _, text in QUESTION_SETS[SET].shown if len(text["en"].split()) > 1}
    visit = given_sent_in(language)
    visit.when_i_answer(answer="yes")

    route = pages(SET, ANSWERS, language=language)
    for page in route:
        visit.then_i_am_on("about-you-page", page=page.key)
        body = visit.page.body
        said = words(body.find(".//main"))
        assert (body.get("lang"), body.get("dir")) == (language, INTERFACES[language].direction)
        assert (page.heading in said, mark in said) == (True, False)
        assert [text for text in english if text in said] == []
        assert [text for text in english_of(language) if text in unmarked(body)] == []
        assert [words(part) for part in body.xpath(f"//form[@id='page']//*{ENGLISH}")] == []
        visit.when_i_answer({key: ANSWERS[key] for key in page.fields if key in ANSWERS})

    visit.then_i_am_on("respond-done")
    assert len(route) == 12
