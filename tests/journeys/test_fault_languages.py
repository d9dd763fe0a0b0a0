"""Pages that show when little works are in the person's language too, as far as it can be told without a database."""

import pytest
from django.utils.translation import gettext
from lxml import html as lxml_html

from consult.languages import INTERFACES, speaking
from tests.consultations import open_consultation
from tests.journeys.pages import words
from tests.journeys.test_language_kept import translated
from tests.journeys.test_not_saved import WRITES, database_that_goes_away
from tests.journeys.test_public_languages import english_of, unmarked
from tests.journeys.visits import Visit, responses

pytestmark = pytest.mark.django_db

UNAVAILABLE = "Sorry, the service is unavailable"


@pytest.fixture(autouse=True)
def consultation():
    return open_consultation(translated())


@pytest.fixture
def visit():
    visit = Visit("plan")
    visit.client.raise_request_exception = False
    return visit


def body_of(response):
    return lxml_html.document_fromstring(response.content.decode())


def then_it_is_in(body, language):
    interface = INTERFACES[language]
    assert (body.get("lang"), body.get("dir")) == (interface.tag, interface.direction)
    assert [text for text in english_of(language) if text in unmarked(body)] == [] if language != "en" else True
    sheet = body.xpath("//link[@rel='stylesheet']/@href")[0]
    assert sheet.endswith("nhsuk.rtl.css") == (interface.direction == "rtl")


@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/", "", "en"),
        ("/?language=pl", "", "pl"),
        ("/?language=pl", "ur", "pl"),
        ("/", "ur-PK,ur;q=0.9,en;q=0.5", "ur"),
        ("/", "fr-FR,cy;q=0.4,pl;q=0.8", "pl"),
        ("/", "fr, de;q=0.5", "en"),
        ("/", "pl;q=x,\x00", "en"),
        ("/?language=xx", "cy", "cy"),
        ("/staff/?language=pl", "pl", "en"),
    ],
)
def test_H6_while_the_database_is_away_the_page_is_in_the_language_asked_for(visit, path, accepts, language):
    with database_that_goes_away(before=("SELECT", *WRITES)):
        response = visit.client.get(path, headers={"accept-language": accepts, "cookie": "sessionid=abcdefgh"})

    body = body_of(response)
    assert response.status_code == 503
    then_it_is_in(body, language)
    with speaking(language):
        assert words(body.find(".//h1")) == words(body.find(".//title")) == gettext(UNAVAILABLE)


@pytest.mark.parametrize("language", ["cy", "pl", "ur"])
def test_H4_what_was_not_saved_is_said_in_the_language_of_the_page_that_was_sent(visit, language):
    visit.when_i_go_to(f"/consultations/plan/respond/how-we-use-your-answers/?language={language}")
    visit.when_i_continue()
    visit.given_i_have_answered({"support": 1})

    with database_that_goes_away():
        visit.when_i_answer(why="Bo blisko")
    assert visit.page.status == 503
    then_it_is_in(visit.page.body, language)
    assert ("why", "Bo blisko") in visit.page.form.form_values()
    visit.when_i_post(visit.page.posts_to, visit.page.form.form_values())

    visit.then_i_am_asked("visits")
    visit.given_i_have_answered({})
    with database_that_goes_away():
        visit.when_i_send()
    then_it_is_in(visit.page.body, language)
    assert responses("plan") == []


def test_after_the_send_it_is_in_the_language_that_was_answered_in(visit):
    visit.when_i_go_to("/consultations/plan/respond/how-we-use-your-answers/?language=ur")
    visit.when_i_continue()
    visit.given_i_have_answered({"support": 2}, {})
    visit.when_i_send()

    with database_that_goes_away(before=("SELECT", *WRITES)):
        visit.when_i_answer(answer="yes")

    assert visit.page.status == 503
    then_it_is_in(visit.page.body, "ur")


def test_any_other_fault_is_said_in_the_language_too(visit, monkeypatch):
    monkeypatch.setattr("consult.views.hub.groups", None)

    response = visit.client.get("/?language=ur")

    assert response.status_code == 500
    then_it_is_in(body_of(response), "ur")


def test_a_form_without_its_cookie_and_one_that_cannot_be_read_are_answered_in_the_language(visit):
    visit.when_i_go_to("/your-response/?language=pl")
    visit.client.cookies.clear()
    visit.when_i_answer(code="x")
    assert visit.page.status == 403
    then_it_is_in(visit.page.body, "pl")

    response = visit.client.post(
        "/your-response/?language=pl", "x" * 100, content_type="multipart/form-data; boundary="
    )
    assert response.status_code == 400
    then_it_is_in(body_of(response), "pl")


def test_a_page_that_is_not_there_is_in_the_language_of_the_address_or_of_the_browser(visit):
    for path, accepts, language in (
        ("/nowhere/?language=ur", "pl", "ur"),
        ("/nowhere/", "pl", "pl"),
        ("/nowhere/", "", "en"),
    ):
        response = visit.client.get(path, headers={"accept-language": accepts})

        assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
        then_it_is_in(body_of(response), language)


def test_a_staff_page_that_is_not_there_is_in_english_and_offers_no_other(client, django_user_model):
    body = body_of(client.get("/accounts/nowhere/?language=pl", headers={"accept-language": "pl"}))

    assert (body.get("lang"), body.xpath("//nav[@class='consult-languages']")) == ("en-GB", [])
