"""Emails about somebody's own answers: what they say, how often, and what happens when the mail server fails."""

import logging
import smtplib
import socket
import time
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend

from consult import mail
from consult.contacts import stop_token, subscribe
from consult.models import Contact
from tests.consult.mailing import ADDRESS, CLOSES, NOW, asked, links
from tests.consultations import open_consultation
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(time_machine):
    time_machine.move_to(NOW, tick=False)
    return open_consultation(now=NOW, closes_at=CLOSES)


def test_the_way_back_says_until_when_and_that_nothing_was_sent_yet_with_one_link_on_our_own_host(
    consultation, settings
):
    settings.BASE_URL = "https://consult.example/"

    assert mail.send_save_link("r@example.org", consultation, "4K7M-Q2XT-9HBD")

    (message,) = django_mail.outbox
    assert (message.to, message.subject, message.reply_to) == (
        ["r@example.org"],
        "Go back to your answers: The clinic",
        ["a@example.org"],
    )
    assert links(message) == ["https://consult.example/resume/#4K7M-Q2XT-9HBD"]
    assert message.body.startswith(
        "You can go back to your answers about The clinic until 11:59pm on Friday 12 March 2027. You have not sent them yet."
    )
    assert "You got this because" in message.body


def test_the_receipt_gives_the_code_and_no_answers(consultation):
    assert mail.send_receipt("r@example.org", consultation, "4K7M-Q2XT-9HBD")

    (message,) = django_mail.outbox
    assert message.body.startswith("We have your answers. Your code is 4K7M-Q2XT-9HBD\n")
    assert [link.rpartition("8000")[2] for link in links(message)] == ["/your-response/"]
    assert not Contact.objects.exists()


def test_an_address_is_written_to_once_an_hour_for_each_purpose_whatever_its_case(consultation, time_machine):
    first = mail.send_save_link("r@example.org", consultation, "ONE")

    again = mail.send_save_link(" R@Example.org ", consultation, "TWO")
    receipt = mail.send_receipt("r@example.org", consultation, "THREE")

    assert (first, again, receipt) == (True, False, True)
    assert mail.was_written_to("r@example.org", "save")
    time_machine.move_to(NOW + timedelta(hours=1, seconds=1), tick=False)
    assert not mail.was_written_to("r@example.org", "save")
    assert mail.send_save_link("r@example.org", consultation, "FOUR")
    assert len(django_mail.outbox) == 3


def test_a_title_with_a_line_break_makes_no_second_header(consultation):
    consultation.short_name = "The clinic\nBcc: everybody@example.org"

    mail.send_receipt("r@example.org", consultation, "CODE")

    assert django_mail.outbox[0].message()["Bcc"] is None
    assert django_mail.outbox[0].subject == "We have your answers: The clinic Bcc: everybody@example.org"


# When the mail server fails -----------------------------------------------------------------------------------------------
@pytest.fixture
def silent_server(settings):
    """A mail server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()
        settings.EMAIL_TIMEOUT = 2
        settings.EMAIL_IN_BACKGROUND = True
        yield listening
        wait_for(lambda: in_flight() == 0)


def in_flight():
    """How many emails are waiting for the mail server."""
    return mail.MOST_WAITING - mail.places._value


def wait_for(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it took longer than 30 seconds")


def test_H16_a_mail_server_that_hangs_delays_neither_the_page_nor_a_send_of_answers(consultation, silent_server):
    visit = Visit("plan").given_i_am_ready_to_send()

    for number in range(2):
        assert asked(f"{number}@example.org").heading == "We will email you"
    visit.when_i_send()

    visit.then_i_am_on("about-you")
    assert in_flight() == 2


def test_I10_what_goes_wrong_is_logged_without_address_code_or_the_words_of_the_mail_server(
    consultation, settings, caplog
):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    asked()
    mail.send_save_link(ADDRESS, consultation, "4K7M-Q2XT-9HBD")
    subscribe(consultation, ADDRESS, news="report")
    consultation.reported_at = NOW
    mail.tell(consultation, "report", "Subject", "Body")

    assert caplog.text.count("An email could not be sent (try 2 of 2): SMTPRecipientsRefused") == 2
    assert "An email about plan could not be sent: SMTPRecipientsRefused" in caplog.text
    secrets = ("kanarienvogel", "4k7m", *(stop_token(contact).lower() for contact in Contact.objects.all()))
    assert [secret for secret in secrets if secret in caplog.text.lower()] == []


class Refusing(BaseEmailBackend):
    """A mail server that knows nobody, and says whom."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, messages[0].body.encode())})
