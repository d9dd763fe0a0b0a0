"""The token against forgery (threats.md E): a good one serves for the next page too, and nobody is given somebody else's."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.consultations import open_consultation
from tests.journeys.visits import Visit, draft_of

pytestmark = pytest.mark.django_db

STRAIGHT = {"straight": "1"}


@pytest.fixture
def visit():
    open_consultation()
    return Visit("plan")


def token(visit):
    """The token of the form that is shown."""
    return dict(visit.page.form.form_values())["csrfmiddlewaretoken"]


def test_the_token_that_was_sent_with_a_page_is_that_of_the_page_that_answers_it(visit):
    visit.when_i_open("respond-privacy")
    first = token(visit)

    visit.when_i_answer(STRAIGHT)
    second = token(visit)
    visit.when_i_answer({"support": 1} | STRAIGHT)

    assert (first, second) == (second, token(visit))
    assert draft_of(visit).answers == {"support": 1}


def test_every_page_that_is_asked_for_by_its_address_has_a_token_of_its_own(visit):
    visit.given_i_have_begun()
    first = token(visit)
    visit.when_i_go_to(visit.page.path)
    assert first != token(visit)


@pytest.mark.parametrize("forged", ["", "a" * 64, "a" * 32, "<script>", None])
def test_a_page_sent_without_a_good_token_is_refused_and_says_no_token(visit, forged):
    visit.given_i_have_begun()
    good = token(visit)
    sent = {"support": "1"} | STRAIGHT | ({} if forged is None else {"csrfmiddlewaretoken": forged})

    response = visit.client.post(visit.page.posts_to, sent)

    assert response.status_code == 403
    assert "csrfmiddlewaretoken" not in response.text
    assert (good in response.text, "<script>" in response.text) == (False, False)


def test_the_token_of_one_browser_is_no_good_in_another(visit):
    visit.given_i_have_begun()
    other = Visit("plan", client=Client(enforce_csrf_checks=True)).given_i_have_begun()

    response = other.client.post(other.page.posts_to, {"support": "1", "csrfmiddlewaretoken": token(visit)})

    assert response.status_code == 403


def test_residents_have_no_session_and_none_is_looked_for_although_a_browser_sends_one(visit):
    visit.client.cookies["sessionid"] = "a" * 32
    with CaptureQueriesContext(connection) as captured:
        visit.given_i_have_begun().given_i_have_answered({"support": 1})
    assert not [query["sql"] for query in captured if "session" in query["sql"]]
    response = visit.client.get(visit.page.path)
    assert (hasattr(response.wsgi_request, "session"), hasattr(response.wsgi_request, "user")) == (False, False)
