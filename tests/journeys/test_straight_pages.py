"""With a script a page that is sent is answered by the next page itself, without one by a redirect to it (decision 27)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.demonstration.facts import SLUGS
from surveys.models import Response
from tests.journeys.test_page_cost import ANSWERS, statements
from tests.journeys.visits import REQUIRED, Visit, given_an_open_consultation

pytestmark = pytest.mark.django_db


class Scripted(Visit):
    """A visit in a browser whose script fills in the hidden field, and gives each page the address that its form names."""

    def when_i_post(self, path, fields):
        posted = {}
        for name, value in fields:
            posted.setdefault(name, []).append("1" if name == "straight" else value)
        with CaptureQueriesContext(connection) as captured:
            self.response = self.client.post(path, posted)
        self.cost = statements(captured)
        return self.shows(self.response) if self.response.status_code != 302 else self.when_i_go_to(self.response.url)


@pytest.mark.parametrize("slug", SLUGS)
def test_with_a_script_each_page_is_the_one_that_a_redirect_would_lead_to(slug):
    given_an_open_consultation(slug)
    plain, scripted = Visit(slug).given_i_have_begun(), Scripted(slug).given_i_have_begun()
    costs = []

    for answers in ANSWERS[slug]:
        plain.when_i_answer(answers)
        scripted.when_i_answer(answers)
        costs.append(scripted.cost)
        assert (scripted.response.status_code, scripted.page.posts_to) == (200, plain.page.path)
        assert words_of(scripted) == words_of(plain)

    assert plain.page.path == plain.address_of("check")
    assert max(costs) <= 3


def words_of(visit):
    """What the page says and asks."""
    return visit.page.title, visit.page.text, visit.page.controls


def test_with_a_script_the_first_page_comes_at_once_and_the_draft_is_kept():
    given_an_open_consultation()
    plain, scripted = Visit().given_i_have_begun(), Scripted().given_i_have_begun()

    # The page came under the address of the one that was sent: its script gives it its own.
    assert scripted.page.path == reverse("respond-privacy", args=[scripted.slug])
    assert (scripted.page.status, scripted.page.posts_to) == (200, plain.page.path)
    assert words_of(scripted) == words_of(plain)
    assert scripted.when_i_open("respond-privacy").title.startswith("You have answers you have not sent")


def test_with_a_script_whoever_comes_back_carries_on_where_they_were():
    given_an_open_consultation()
    visit = Scripted().given_i_have_begun()
    visit.when_i_answer({"answering_as": 1})
    reached = visit.page.posts_to

    visit.when_i_open("respond-privacy")
    visit.when_i_continue()

    visit.then_i_am_on("respond-page", step=reached.rstrip("/").rpartition("/")[2])


def test_with_a_script_a_page_that_does_not_fit_is_shown_again_at_its_own_address():
    given_an_open_consultation()
    visit = Scripted().given_i_have_begun()
    own = visit.page.posts_to

    visit.when_i_answer({"a1": "x"})

    assert (visit.page.status, visit.page.posts_to) == (422, own)


def test_with_a_script_a_page_is_left_by_a_redirect_as_without():
    given_an_open_consultation()
    visit = Scripted().given_i_have_begun()

    visit.when_i_answer({"a1": 1}, button="save")

    visit.then_i_am_on("respond-save")


def test_with_a_script_the_receipt_is_the_answer_to_sending_and_is_there_when_asked_for_again():
    given_an_open_consultation()
    visit = Scripted().given_i_have_begun()
    while visit.page.posts_to != visit.address_of("check"):
        visit.when_i_answer({name: REQUIRED[name] for name in visit.page.controls if name in REQUIRED})
        assert visit.page.status == 200

    visit.when_i_send()

    sent = words_of(visit)
    assert (visit.page.path, visit.page.status) == (visit.address_of("check"), 200)
    assert visit.page.posts_to == reverse("about-you", args=[visit.slug])
    assert Response.objects.count() == 1
    visit.when_i_open("about-you")
    assert words_of(visit) == sent
    visit.when_i_open("respond-page", step="check")
    visit.then_i_am_on("respond-done")


def test_with_a_script_sending_twice_gives_one_response_and_the_same_receipt():
    given_an_open_consultation()
    visit = Scripted().given_i_have_begun()
    while visit.page.posts_to != visit.address_of("check"):
        visit.when_i_answer({name: REQUIRED[name] for name in visit.page.controls if name in REQUIRED})
    fields, path, before = visit.page.filled_in({}), visit.page.posts_to, visit.client.cookies.copy()
    visit.when_i_send()
    sent = words_of(visit)

    visit.client.cookies = before
    visit.when_i_post(path, fields)

    assert words_of(visit) == sent
    assert Response.objects.count() == 1
