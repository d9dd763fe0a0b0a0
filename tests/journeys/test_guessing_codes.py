"""A receipt code opens answers to whoever holds it and to nobody else, and is left behind nowhere (threats.md I2, I3, E14)."""

import logging
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from consult import keys
from tests.consultations import open_consultation
from tests.journeys.receipts import (
    CANARY,
    CLOSES,
    NO_ANSWERS,
    OPENED,
    SENT,
    given_sent_answers,
    in_another_browser,
    when_i_enter,
)
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db

UNKNOWN = keys.receipt_for(UUID(int=7))


@pytest.fixture(autouse=True)
def register(settings, tmp_path):
    """The file of erasures, in a folder of this test's own."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "erasures.log"


@pytest.fixture
def clock(time_machine):
    """Moves the clock. It starts when the answers are sent."""
    time_machine.move_to(SENT, tick=False)
    open_consultation(now=OPENED, closes_at=CLOSES, title="A plan for the clinic")
    return lambda at: time_machine.move_to(at, tick=False)


def reply_to(typed, client=None):
    """The whole reply to a code without the code and the token, and the statements it took."""
    client = client or Client()
    with CaptureQueriesContext(connection) as captured:
        response = client.post(reverse("your-response"), {"code": typed})
    text = re.sub(r'(name="csrfmiddlewaretoken" value)="[^"]*"', r"\1", response.content.decode())
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    asked = [re.sub(r"(WHERE|VALUES|SAVEPOINT) .*|SET .*", r"\1", found["sql"]) for found in captured]
    return response.status_code, headers, text.replace(f'value="{escape(typed)}"', ""), asked


@pytest.mark.parametrize("wrong", ["4K7M-Q2XT-9HBD", "nonsense", "4K7M", "€" * 40, "x" * 90])
def test_I2_wrong_malformed_and_unknown_codes_get_the_same_reply_after_the_same_work(clock, wrong):
    given_sent_answers()
    reply_to(UNKNOWN)  # what is read once in a process

    assert reply_to(wrong) == reply_to(UNKNOWN)


def test_a_wrong_code_is_said_to_have_no_answers_beside_the_box_and_kept_as_typed(clock):
    visit = when_i_enter("4k7m q2xt 9hbd")

    visit.then_i_am_told(code=NO_ANSWERS)
    assert visit.page.form.fields["code"] == "4k7m q2xt 9hbd"


def test_an_empty_box_asks_for_the_code_and_is_no_try(clock):
    visit = Visit("plan")
    visit.when_i_go_to(reverse("your-response"))
    for _ in range(25):
        visit.when_i_answer(code=" ")

    visit.then_i_am_told(code="Enter your receipt code")


def test_a_code_in_the_address_opens_nothing(clock):
    _, code = given_sent_answers()
    visit = Visit("plan")

    visit.when_i_go_to(f"{reverse('your-response')}?code={code}")

    assert visit.page.heading == "Enter your receipt code"
    assert "answers" not in visit.client.cookies


def test_a_cookie_that_was_not_sealed_by_the_service_for_this_opens_nothing(clock):
    visit, _ = given_sent_answers()
    stranger = Visit("plan")
    for value in ("nonsense", visit.cookie("sent"), visit.cookie("route")):
        stranger.client.cookies["answers"] = value
        assert stranger.when_i_go_to(reverse("your-answers")).path == reverse("your-response")


@pytest.mark.parametrize("name", ["your-answers", "your-answers-file", "your-answers-delete", "your-answers-deleted"])
def test_without_a_code_every_page_behind_it_asks_for_one(clock, name):
    given_sent_answers()

    assert Visit("plan").when_i_go_to(reverse(name)).path == reverse("your-response")


def test_answers_close_after_an_hour_and_when_they_are_closed(clock):
    _, code = given_sent_answers()
    visit, other = in_another_browser(code), in_another_browser(code)

    visit.when_i_follow("Close my answers")
    assert visit.when_i_go_to(reverse("your-answers")).path == reverse("your-response")

    clock(SENT + timedelta(minutes=59))
    assert other.when_i_go_to(reverse("your-answers")).status == 200
    clock(SENT + timedelta(minutes=61))
    assert other.when_i_go_to(reverse("your-answers")).path == reverse("your-response")


def test_I2_the_21st_try_is_refused_and_a_right_code_too_until_the_hour_is_over(clock):
    _, code = given_sent_answers()
    visit = Visit("plan")
    visit.when_i_go_to(reverse("your-response"))
    statuses = [visit.when_i_answer(code=UNKNOWN).status for _ in range(20)]
    form = visit.page

    refused = visit.when_i_answer(code=UNKNOWN)
    visit.page = form
    right = visit.when_i_answer(code=code)
    clock(SENT + timedelta(minutes=59))
    visit.page = form
    still = visit.when_i_answer(code=code)
    clock(SENT + timedelta(minutes=61))
    visit.page = form
    opened = visit.when_i_answer(code=code)

    assert statuses == [422] * 20
    assert [page.status for page in (refused, right, still)] == [429] * 3
    assert refused.heading == "Too many wrong codes"
    assert "You can try again at 3:15pm." in refused.text
    assert "You can also phone Northbridge on 01632 960 001" in refused.text
    assert (opened.path, opened.status) == (reverse("your-answers"), 200)


# What is left behind ------------------------------------------------------------------------------------------------------


def given_everything_done(code):
    """Every page and every refusal, in one browser that notes each response."""
    client = Client()
    replies = []
    for method, name, fields in (
        ("get", "your-response", {}),
        ("post", "your-response", {"code": "4K7M-Q2XT-9HBD"}),
        ("post", "your-response", {"code": code}),
        ("get", "your-answers", {"about_me": "1"}),
        ("get", "your-answers-file", {}),
        ("get", "your-answers-delete", {}),
        ("post", "your-answers-delete", {}),
        ("post", "your-answers-delete", {}),
        ("get", "your-answers-deleted", {}),
        ("get", "your-answers", {}),
        ("get", "your-response", {}),
        ("post", "your-response", {"code": code}),
    ):
        replies.append(getattr(client, method)(reverse(name), fields))
    return replies


def test_I3_no_address_title_log_or_cookie_holds_the_code_or_an_answer(clock, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    _, code = given_sent_answers()

    replies = given_everything_done(code)
    for _ in range(25):
        Client().post(reverse("your-response"), {"code": code[:-1] + "*"})

    assert [reply.status_code for reply in replies] == [200, 422, 302, 200, 200, 200, 302, 302, 200, 302, 200, 422]
    addresses = [reply.request["PATH_INFO"] for reply in replies] + [r.url for r in replies if r.status_code == 302]
    titles = re.findall(r"<title>(.*?)</title>", " ".join(r.content.decode() for r in replies), re.DOTALL)
    cookies = [morsel.value for reply in replies for morsel in reply.cookies.values()]
    written = " ".join(record.getMessage() for record in caplog.records) + caplog.text
    assert "Too Many Requests" in written
    for secret in (code, code.replace("-", ""), code.lower(), keys.receipt_digest(code).hex(), CANARY, "127.0.0.1"):
        assert not [text for text in (*addresses, *titles, *cookies, written) if secret in text]


def test_E14_nothing_of_it_is_kept_by_a_cache_and_no_link_from_the_answers_tells_where_it_came_from(clock):
    _, code = given_sent_answers()

    replies = given_everything_done(code)

    assert {reply["Cache-Control"] for reply in replies} == {"no-store"}
    named = [(reply.request["PATH_INFO"], reply["Referrer-Policy"]) for reply in replies if reply.status_code == 200]
    quiet = {reverse("your-answers"), reverse("your-answers-file")}
    assert {path for path, policy in named if policy == "no-referrer"} == quiet
    assert {policy for path, policy in named if path not in quiet} == {"same-origin"}


def test_each_page_has_a_title_of_its_own(clock):
    _, code = given_sent_answers()
    titles = [
        re.search(r"<title>(.*?)</title>", reply.content.decode())[1]
        for reply in given_everything_done(code)[:10]
        if reply.status_code in (200, 422) and "text/html" in reply["Content-Type"]
    ]

    assert titles == [
        "Enter your receipt code – Have your say – Northbridge Health and Care Partnership",
        "Error: Enter your receipt code – Have your say – Northbridge Health and Care Partnership",
        "Your answers to A plan for the clinic, sent at 2:14pm on 3 March 2027 – The clinic – Northbridge",
        "Are you sure you want to delete your answers? – The clinic – Northbridge",
        "We have deleted your answers – Have your say – Northbridge Health and Care Partnership",
    ]
