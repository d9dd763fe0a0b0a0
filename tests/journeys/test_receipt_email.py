"""The receipt code by email (ux.md R10): to an address kept nowhere, once an hour, the code in no address and no log."""

import logging

import pytest
from django.core import mail
from django.urls import reverse

from consult.contacts import address_of
from consult.models import Contact
from surveys.models import Response
from tests.journeys.pages import page_of
from tests.journeys.receipts import given_sent_answers
from tests.journeys.visits import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register", "clock")]

ADDRESS = "Kanarienvogel@example.org"


def given_i_ask_for_my_code():
    """A visit on the page that asks where to send the code, and the code."""
    visit, code = given_sent_answers()
    visit.when_i_follow("Email me my receipt code")
    return visit, code


def test_the_code_is_sent_to_an_address_that_is_kept_nowhere():
    visit, code = given_i_ask_for_my_code()

    visit.when_i_answer(email=ADDRESS)

    visit.then_i_am_on("receipt-emailed")
    assert visit.page.heading == "We have sent you your receipt code"
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([ADDRESS], "We have your answers: The clinic")
    assert message.body.startswith(f"We have your answers. Your code is {code}\n")
    assert not Contact.objects.exists()
    assert ADDRESS not in visit.page.text
    assert visit.when_i_follow("Continue").path == reverse("respond-done", args=["plan"])


def test_an_address_is_sent_a_code_once_an_hour_and_the_page_says_the_same():
    visit, _ = given_i_ask_for_my_code()

    pages = []
    for _ in range(2):
        visit.when_i_open("receipt-email")
        pages.append(visit.when_i_answer(email=ADDRESS).text)

    assert pages[0] == pages[1]
    assert len(mail.outbox) == 1


def test_the_news_can_be_asked_for_with_it_without_typing_the_address_again():
    visit, code = given_i_ask_for_my_code()

    visit.when_i_answer(email=ADDRESS, news="on")

    contact = Contact.objects.get()
    assert (contact.wants_opening, contact.wants_report, address_of(contact)) == (False, True, ADDRESS)
    receipt, promise = mail.outbox
    assert promise.subject == "You asked us to email you: The clinic"
    assert [code in message.body for message in (receipt, promise)] == [True, False]
    assert "/stop/" not in receipt.body


def test_what_is_no_address_is_refused_beside_its_box_and_kept_as_typed():
    visit, _ = given_i_ask_for_my_code()

    visit.when_i_answer(email="someone@", news="on")

    visit.then_i_am_told(email="Enter an email address like name@example.com")
    assert dict(visit.page.form.form_values())["email"] == "someone@"
    assert dict(visit.page.form.form_values())["news"] == "on"
    assert mail.outbox == []


def test_somebody_who_asks_before_the_questions_about_them_goes_on_to_these():
    visit = Visit("plan").given_i_am_ready_to_send()
    visit.when_i_send()

    visit.when_i_follow("Email me my receipt code")
    visit.when_i_answer(email=ADDRESS)
    visit.when_i_follow("Continue")

    visit.then_i_am_on("about-you")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("then", ["//evil.example", "hub", ""])
def test_an_address_that_names_another_page_leads_to_the_receipt(then):
    visit, _ = given_i_ask_for_my_code()

    visit.when_i_go_to(f"{reverse('receipt-emailed', args=['plan'])}?then={then}")

    assert visit.page.link("Continue") == reverse("respond-done", args=["plan"])


def test_nobody_else_and_nobody_whose_answers_were_deleted_can_have_a_code_sent():
    visit, _ = given_i_ask_for_my_code()
    Response.objects.all().delete()

    for browser in (Visit("plan"), visit):
        browser.when_i_open("receipt-email")
        browser.then_i_am_on("respond")
    visit.when_i_try_to_post("receipt-email", {"email": ADDRESS})

    assert mail.outbox == []


def test_pages_and_email_are_in_the_language_that_was_answered_in(monkeypatch):
    visit, code = given_sent_answers()
    monkeypatch.setattr("consult.browser.language", lambda request, slug: "pl")

    page = visit.when_i_open("receipt-email")
    visit.when_i_answer(email=ADDRESS)

    assert (page.body.get("lang"), visit.page.body.get("lang")) == ("pl", "pl")
    assert "Email me" not in page.text
    assert code in mail.outbox[0].body
    assert "Your code is" not in mail.outbox[0].body


def test_I3_the_code_and_the_address_stand_in_no_address_and_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    visit, code = given_i_ask_for_my_code()

    answered = visit.client.post(
        reverse("receipt-email", args=["plan"]), {"email": ADDRESS, "csrfmiddlewaretoken": visit.token()}
    )
    visit.client.post(reverse("receipt-email", args=["plan"]), {"email": "x", "csrfmiddlewaretoken": visit.token()})

    assert answered.url == "/consultations/plan/respond/done/emailed/?then=respond-done"
    assert "Unprocessable Entity" in caplog.text
    assert not [secret for secret in (code, ADDRESS, ADDRESS.lower()) if secret in caplog.text]
    assert not [secret for secret in (code, ADDRESS) if secret in answered.url + str(answered.headers)]


def test_the_receipt_page_offers_the_news_apart_from_the_answers_in_the_language_answered_in(monkeypatch):
    visit, _ = given_sent_answers()

    assert "We can email you what happens next. We keep this address apart from your answers." in visit.page.text
    assert visit.page.link("Email me when the report is out") == reverse("news", args=["plan"])
    monkeypatch.setattr("consult.browser.language", lambda request, slug: "cy")
    assert page_of(visit.client.get(reverse("news", args=["plan"]))).body.get("lang") == "cy"
    visit.when_i_open("news")
    visit.when_i_answer(email=ADDRESS)
    assert visit.page.body.get("lang") == "cy"
