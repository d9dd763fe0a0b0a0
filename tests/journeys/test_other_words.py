"""Answering in another language and in easy read: the same codes, nothing typed lost, every page after in the same language."""

import re

import pytest

from tests.journeys.pages import words
from tests.journeys.visits import Visit, given_an_open_consultation, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    given_an_open_consultation("apms")
    return Visit("apms")


def test_A20_switching_language_in_mid_page_keeps_the_page_what_was_typed_and_the_codes(visit):
    visit.given_i_have_begun().given_i_have_answered({"a1": 5})
    english, path = visit.page.heading, visit.page.path
    filled_in = visit.page.filled_in({"a1a": "Carers of Northbridge"}, button="language")

    visit.when_i_post(visit.page.posts_to, [*filled_in[:-1], ("language", "pl")])

    assert (visit.page.path, direction_of(visit)) == (path, ("pl", "ltr"))
    assert visit.page.form.fields["a1a"] == "Carers of Northbridge"
    assert visit.page.heading != english


def test_a_start_in_urdu_reads_from_the_right_on_every_page_to_the_receipt(visit):
    visit.when_i_go_to("/consultations/apms/respond/?language=ur")
    start = visit.page.body.getroottree().getroot()
    visit.when_i_go_to("/consultations/apms/respond/how-we-use-your-answers/?language=ur")
    seen = [direction_of(visit)]
    visit.when_i_continue()
    seen.append(direction_of(visit))
    visit.given_i_have_answered({"a1": 4})
    for _ in range(40):
        if visit.page.path.endswith("/check/"):
            break
        required = {name: value for name, value in {"a2": 1, "a10.1": 1}.items() if name in visit.page.controls}
        visit.when_i_answer(required)
    seen.append(direction_of(visit))
    visit.when_i_send()
    seen.append(direction_of(visit))
    visit.when_i_open("respond-done")
    seen.append(direction_of(visit))

    assert (start.get("lang"), start.get("dir")) == ("ur", "rtl")
    assert seen == [("ur", "rtl")] * 5
    (response,) = responses()
    assert (response.language, response.variant, response.answers["a1"]) == ("ur", "", 4)


def test_easy_read_is_offered_in_the_language_that_it_is_written_in(visit):
    offered = {
        language: [
            "variant=easy_read" in visit.client.get(f"/consultations/apms/{page}?language={language}").content.decode()
            for page in ("", "respond/")
        ]
        for language in ("en", "pl", "ur")
    }

    assert offered == {"en": [True, True], "pl": [False, False], "ur": [False, False]}


def test_easy_read_words_give_the_same_codes_and_stamp_the_answers(visit):
    visit.when_i_go_to("/consultations/apms/respond/how-we-use-your-answers/?language=en&variant=easy_read")
    visit.when_i_continue()
    easy = visit.page.heading
    other = Visit("apms").given_i_have_begun()
    visit.given_i_have_answered({"a1": 4})
    for _ in range(40):
        if visit.page.path.endswith("/check/"):
            break
        required = {name: value for name, value in {"a2": 1}.items() if name in visit.page.controls}
        visit.when_i_answer(required)
    visit.when_i_send()

    assert easy != other.page.heading == "How are you answering?"
    (response,) = responses()
    assert (response.language, response.variant, response.answers["a1"]) == ("en", "easy_read", 4)


def test_a_language_or_a_variant_that_there_is_not_is_the_standard_one(visit):
    visit.when_i_go_to("/consultations/apms/respond/how-we-use-your-answers/?language=xx&variant=loud")
    visit.when_i_continue()

    assert visit.page.heading == "How are you answering?"


def test_easy_read_tells_how_answers_are_used_in_its_own_short_words_with_pictures(visit):
    visit.when_i_go_to("/consultations/apms/respond/how-we-use-your-answers/?language=en&variant=easy_read")

    assert visit.page.heading == "How we use your answers"
    (told,) = visit.page.body.find_class("consult-easy-read")
    sentences = [found for part in told.findall(".//p") for found in re.split(r"(?<=[.?:])\s+", words(part)) if found]
    assert len(sentences) > 15
    # The name of an organisation and a date are as long as they are.
    assert [found for found in sentences if len(found.split()) > 12] == []
    text = words(told)
    for fact in (
        "Your answers help us decide",
        "Do not write your name",
        "write a report",
        "2 years",
        "delete",
        "code",
    ):
        assert fact in text
    assert re.search(r"until \w+day \d+ \w+ \d{4}", text)
    assert told.xpath(".//a/@href") == ["/privacy/"]
    pictures = told.findall(".//img")
    assert [picture.get("alt") for picture in pictures] == [""] * 6
    assert {picture.get("src").split("/")[2] for picture in pictures} == {"pictures"}

    visit.when_i_continue()
    assert visit.page.heading == "Which of these fits you?"
    assert visit.page.body.xpath("//h1//img/@alt") == ["Three people"]


def test_the_standard_page_tells_how_answers_are_used_in_its_own_words(visit):
    visit.when_i_go_to("/consultations/apms/respond/how-we-use-your-answers/?language=en")

    assert visit.page.body.find_class("consult-easy-read") == []
    assert "We will not publish anything that could identify you." in words(visit.page.body)


def direction_of(visit):
    """The language and the direction that a page says it is in."""
    root = visit.page.body.getroottree().getroot()
    return root.get("lang"), root.get("dir")
