"""Sent once, twice, from a page that was kept: what is sent counts once, with one receipt (threats.md §3 A)."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from surveys.drafts import save_draft
from surveys.models import DraftResponse
from tests.builders import choice, comment, question, questionnaire
from tests.consultations import open_consultation
from tests.journeys.visits import CODE, Visit, draft_of, responses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def consultation():
    """The small questionnaire: support (required), why (for those who say yes), visits."""
    return open_consultation()


@pytest.fixture
def visit():
    return Visit("plan")


def receipt_of(visit):
    return re.search(CODE, visit.page.text)[0]


def test_A2_the_final_send_twenty_times_at_once_is_one_response_and_one_receipt_for_all(transactional_db, visit):
    visit.given_i_am_ready_to_send()
    fields, path = dict(visit.page.filled_in({})), visit.page.posts_to

    def clicks(_):
        try:
            client = Client(enforce_csrf_checks=True)
            client.cookies = visit.client.cookies.copy()
            return client.post(path, fields, follow=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(clicks, range(20)))

    assert len(responses("plan")) == 1
    assert {reply.status_code for reply in replies} == {200}
    assert len({re.search(CODE, reply.content.decode())[0] for reply in replies}) == 1


def test_A2_whoever_never_saw_the_reply_sends_again_and_gets_the_receipt_of_the_first_send(visit):
    visit.given_i_am_ready_to_send()
    fields, path = visit.page.filled_in({}), visit.page.posts_to
    before = visit.client.cookies.copy()
    visit.when_i_send()
    receipt = receipt_of(visit)

    visit.client.cookies = before
    visit.when_i_post(path, fields)

    visit.then_i_am_on("about-you")
    assert receipt_of(visit) == receipt
    assert len(responses("plan")) == 1


def test_A2_whoever_never_saw_the_reply_finds_the_receipt_from_the_first_page_too(visit):
    visit.given_i_am_ready_to_send()
    before = visit.client.cookies.copy()
    visit.when_i_send()
    receipt = receipt_of(visit)

    visit.client.cookies = before
    visit.when_i_open("respond-privacy")
    visit.when_i_follow("See the answers I sent")

    assert receipt_of(visit) == receipt


def test_a_draft_is_gone_once_its_answers_were_sent(visit):
    visit.given_i_have_begun().given_i_have_answered({"support": 1}, {"why": "Near my home"}, {"visits": 3})

    visit.when_i_send()

    assert not DraftResponse.objects.exists()
    assert visit.cookie("draft") == ""


def test_nothing_in_the_database_leads_from_a_draft_to_the_response_that_came_of_it(visit):
    visit.given_i_have_begun()
    stored = DraftResponse.objects.values().get()
    visit.given_i_am_ready_to_send()
    visit.when_i_send()

    response = responses("plan")[0]

    assert response.submission_key.hex not in str({name: bytes_or_text(value) for name, value in stored.items()})


def bytes_or_text(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value).replace("-", "")


def test_A3_back_to_the_check_page_and_sent_again_is_the_same_receipt_and_one_response(visit):
    visit.given_i_am_ready_to_send()
    check = visit.page
    visit.when_i_send()
    receipt = receipt_of(visit)

    visit.when_i_post(check.posts_to, check.filled_in({}))

    visit.then_i_am_on("respond-done")
    assert receipt_of(visit) == receipt
    assert len(responses("plan")) == 1


@pytest.mark.parametrize("name", ["about-you", "respond-done"])
def test_A4_a_receipt_page_can_be_loaded_again_and_shows_the_same_receipt(visit, name):
    visit.given_i_am_ready_to_send()
    visit.when_i_send()
    receipt = receipt_of(visit)

    visit.when_i_open(name)
    visit.when_i_open(name)

    assert receipt_of(visit) == receipt
    assert len(responses("plan")) == 1


def test_somebody_else_on_the_same_device_may_answer_too_and_gets_a_receipt_of_their_own(visit):
    visit.given_i_am_ready_to_send()
    visit.when_i_send()
    first = receipt_of(visit)
    visit.when_i_open("respond-privacy")
    assert visit.page.heading == "Someone has already answered on this device"

    visit.when_i_follow("Start now")
    assert visit.page.heading == "How we use your answers"
    visit.when_i_continue()
    visit.given_i_have_answered({"support": 2}, {})
    visit.when_i_send()

    assert receipt_of(visit) != first
    assert len(responses("plan")) == 2


def test_where_somebody_answered_before_only_a_code_opens_their_answers(visit):
    visit.given_i_am_ready_to_send()
    visit.when_i_send()
    code = receipt_of(visit)

    visit.when_i_open("respond-privacy")

    assert (
        "Someone has already answered on this device You can still answer if you have not had your say yet. "
        "More than 1 person can use the same phone, tablet or computer. "
        "Start now See the answers I sent Delete the answers I sent " in visit.page.text
    )
    for words in ("See the answers I sent", "Delete the answers I sent"):
        assert visit.page.link(words) == reverse("your-response")
    assert code not in visit.page.text
    assert not visit.page.body.xpath("//main//a[contains(@href, 'done') or contains(@href, 'about-you')]")


@pytest.mark.parametrize("name", ["respond-done", "about-you"])
def test_a_stranger_is_shown_no_receipt(visit, name):
    visit.given_i_am_ready_to_send()
    visit.when_i_send()

    stranger = Visit("plan")
    stranger.when_i_open(name)

    stranger.then_i_am_on("respond")


def test_sending_needs_the_button_of_the_check_page_and_no_address_sends_by_being_opened(visit):
    visit.given_i_am_ready_to_send()

    for name, parts in (("respond-page", {"step": "check"}), ("respond-done", {}), ("about-you", {})):
        visit.when_i_open(name, **parts)

    assert responses("plan") == []


def test_the_check_page_names_every_answer_that_no_longer_can_be_sent_as_it_is(visit, consultation):
    """As when a draft was begun by an earlier release: the send is refused by question, and nothing is kept."""
    visit.given_i_am_ready_to_send()
    draft = draft_of(visit)
    draft.answers["visits"] = 4_000
    save_draft(draft, now=consultation.opens_at)

    visit.when_i_send()

    assert visit.page.status == 422
    assert visit.page.problems == {"Your answer must be 400 or less": "answer-visits"}
    assert visit.page.body.get_element_by_id("answer-visits") is not None
    assert responses("plan") == []


def test_A15_sending_with_no_answer_at_all_is_refused_with_a_link_to_the_first_question():
    words = question("words", "information", text="About the plan\n\nIt is short.")
    open_consultation(questionnaire(words, choice("liked"), comment("why")), slug="optional")
    visit = Visit("optional").given_i_am_ready_to_send()

    visit.when_i_send()

    assert (visit.page.status, visit.page.title.startswith("Error: ")) == (422, True)
    assert visit.page.problems == {"Answer at least 1 question before you send": "answer-liked"}
    assert visit.page.body.get_element_by_id("answer-liked") is not None
    assert responses("optional") == []


@pytest.mark.parametrize("name", ["respond", "respond-privacy", "respond-done", "about-you"])
def test_a_consultation_that_nobody_may_know_of_has_no_pages(visit, name, consultation):
    consultation.launched_at = None
    consultation.save()

    assert visit.client.get(reverse(name, args=["plan"])).status_code == 404
