"""What a visit leaves behind in browsers, caches, addresses and logs: as little as it can (threats.md E2, E12, E14, I3, I10)."""

import logging
import re

import pytest
from django.urls import reverse

from consult.models import Document
from tests.consultations import open_consultation
from tests.journeys.pages import page_of
from tests.journeys.visits import CODE, Visit, given_a_postcode_directory

pytestmark = pytest.mark.django_db

CANARY = "canary-4471"
PUBLIC = (
    "/",
    "/?q=clinic",
    "/consultations/plan/",
    "/consultations/plan/read/leaflet/",
    "/consultations/plan/outcome/",
    "/consultations/plan/respond/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
    "/contact/",
)
ELSEWHERE = ("/nowhere/", "/consultations/none/", "/healthz", "/accounts/login/", "/staff/", "/static/none.css")
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


@pytest.fixture(autouse=True)
def consultation():
    found = open_consultation()
    Document.objects.create(consultation=found, slug="leaflet", title="The leaflet", body="It is short.")
    return found


class Recorded(Visit):
    """A visit that keeps every response: `met` is all of them, redirects too."""

    def __init__(self, slug):
        super().__init__(slug)
        self.met = []

    def shows(self, response):
        self.met.append(response)
        return super().shows(response)

    def when_i_go_to(self, path):
        return self.follow(self.client.get(path))

    def when_i_post(self, path, fields):
        return self.follow(self.client.post(path, dict(fields)))

    def follow(self, response):
        if response.status_code != 302:
            return self.shows(response)
        self.met.append(response)
        return self.when_i_go_to(response.url)


def given_a_whole_visit():
    """Everything somebody can meet from the start page to the receipt, with errors, and with a canary in every answer."""
    given_a_postcode_directory()
    visit = Recorded("plan")
    visit.given_i_have_begun()
    visit.when_i_continue()
    visit.given_i_have_answered({"support": 1})
    visit.when_i_answer(why=CANARY * 500)
    visit.when_i_answer(why=CANARY)
    visit.when_i_answer(visits=CANARY)
    visit.when_i_answer(visits=3)
    visit.when_i_send()
    visit.when_i_answer(answer="yes")
    visit.when_i_answer(age=CANARY)
    visit.given_i_have_answered({"age": "65_74"}, {"disability": "no"}, {"ethnic_broad": "other"})
    visit.given_i_have_answered({"ethnic_group": "o_other", "ethnic_group_text": CANARY}, {}, {}, {}, {}, {}, {})
    visit.when_i_answer(postcode=CANARY)
    visit.when_i_answer(postcode="NB1 1AA")
    visit.then_i_am_on("respond-done")
    return visit


def receipt_of(visit):
    return re.search(CODE, visit.page.text)[0]


@pytest.mark.parametrize("path", PUBLIC)
def test_E14_a_page_for_everybody_sets_no_cookie_and_may_be_kept_by_caches(path):
    visit = Visit("plan").given_i_am_ready_to_send()

    for client in (visit.client, Visit("plan").client):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert response["Cache-Control"] == "public, max-age=60"
        assert "cookie" not in response.get("Vary", "").lower()


def test_E14_every_page_of_a_visit_is_kept_by_nobody():
    visit = given_a_whole_visit()

    assert {response["Cache-Control"] for response in visit.met} == {"no-store"}


def test_E2_a_visit_sets_only_the_cookies_that_the_cookies_page_lists_each_for_this_site_alone_and_out_of_reach_of_scripts():
    visit = given_a_whole_visit()

    morsels = [morsel for response in visit.met for morsel in response.cookies.values()]

    assert {morsel.key for morsel in morsels} == {"csrftoken", "draft-plan", "sent-plan", "route-plan"}
    assert {(morsel["path"], morsel["samesite"]) for morsel in morsels if morsel.value} == {("/", "Lax")}
    assert all(morsel["httponly"] for morsel in morsels if morsel.value)
    listed = visit.when_i_go_to("/cookies/").body.xpath("//tbody//th/text()")
    assert [name.split()[0] for name in listed] == ["csrftoken", "draft", "sent", "route", "answers", "sessionid"]


def test_a_cookie_holds_nothing_that_can_be_read_without_the_service():
    visit = given_a_whole_visit()

    kept = " ".join(morsel.value for response in visit.met for morsel in response.cookies.values())

    assert not [word for word in (CANARY, receipt_of(visit), "65_74", "disability") if word in kept]


def test_E12_every_response_says_what_a_page_may_load():
    visit = given_a_whole_visit()
    elsewhere = [visit.client.get(path) for path in (*PUBLIC, *ELSEWHERE)]
    refused = [visit.client.post("/consultations/plan/respond/how-we-use-your-answers/", {})]

    for response in (*visit.met, *elsewhere, *refused):
        assert set(re.split(r"; *", response["Content-Security-Policy"])) == POLICY
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response["Permissions-Policy"]
    assert [response.status_code for response in elsewhere[-len(ELSEWHERE) :]] == [404, 404, 200, 200, 302, 404]


def test_I3_no_address_and_no_title_holds_a_receipt_or_an_answer():
    visit = given_a_whole_visit()
    receipt = receipt_of(visit)

    addresses = [response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"] for response in visit.met]
    addresses += [response.url for response in visit.met if response.status_code == 302]
    titles = [re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1] for text in bodies(visit)]

    for secret in (receipt, receipt.replace("-", ""), CANARY, "65_74", "NB1"):
        assert not [text for text in (*addresses, *titles) if secret in text]


def test_I10_no_log_record_holds_a_receipt_an_answer_or_where_somebody_lives(caplog):
    caplog.set_level(logging.DEBUG)
    # The database's own record of statements is for developers; the service never turns it on.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)

    visit = given_a_whole_visit()
    visit.client.get("/nowhere/" + "x")
    visit.client.post(visit.page.path, {"why": CANARY})

    written = " ".join([*(record.getMessage() for record in caplog.records), caplog.text])
    assert "Unprocessable Entity" in written
    secrets = (receipt_of(visit), CANARY, "65_74", "NB1", visit.cookie("sent"), visit.token())
    assert not [secret for secret in secrets if secret in written]


def test_I3_the_receipt_is_on_its_two_pages_and_nowhere_else():
    visit = given_a_whole_visit()
    receipt = receipt_of(visit)

    shown_on = {response.request["PATH_INFO"] for response in visit.met if receipt in response.content.decode()}

    assert shown_on == {reverse("about-you", args=["plan"]), reverse("respond-done", args=["plan"])}


def test_every_page_of_a_visit_has_a_title_of_its_own_that_begins_with_its_heading():
    visit = given_a_whole_visit()

    titles = {}
    for response in visit.met:
        if response.status_code in (200, 422):
            page = page_of(response)
            start, _, _ = page.title.removeprefix("Error: ").partition(" – ")
            assert start == page.heading
            assert page.title.startswith("Error: ") == (page.status == 422)
            titles.setdefault(page.title, set()).add(page.path)
    assert [paths for paths in titles.values() if len(paths) > 1] == []


def bodies(visit):
    return [response.content.decode() for response in visit.met if response.status_code in (200, 422)]
