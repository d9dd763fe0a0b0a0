"""News by email: asking for it, what it says, who gets it once, and how it is stopped."""

import re
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from consult import mail
from consult.contacts import address_of, stop, stop_token, subscribe
from consult.models import Contact
from tests.consult.mailing import ADDRESS, CLOSES, NOW, asked, links
from tests.consultations import open_consultation
from tests.journeys.pages import page_of
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db

TOKEN = r"[0-9]+-[0-9A-HJKMNP-TV-Z]{16}"


@pytest.fixture
def planned(time_machine):
    time_machine.move_to(NOW, tick=False)
    return open_consultation(now=NOW, opens_at=NOW + timedelta(days=3), closes_at=CLOSES)


@pytest.fixture
def opens(planned, time_machine):
    """Moves on to when the planned consultation is open."""
    return lambda: time_machine.move_to(NOW + timedelta(days=4), tick=False)


# Asking and stopping ------------------------------------------------------------------------------------------------------
def test_an_address_is_kept_sealed_once_however_often_it_is_left(planned):
    for address in (ADDRESS, ADDRESS.lower(), f" {ADDRESS}"):
        assert asked(address).heading == "We will email you"

    contact = Contact.objects.get()
    assert (contact.wants_opening, contact.wants_report, address_of(contact)) == (True, False, ADDRESS)
    assert ADDRESS.lower().encode() not in bytes(contact.sealed).lower() + bytes(contact.digest).lower()
    assert len(django_mail.outbox) == 1


def test_the_reply_is_the_same_whether_the_address_is_known_or_not(planned):
    known, again, other = asked(), asked(), asked("someone@example.org")

    assert known.text == again.text == other.text
    assert "We will email you when it opens. Each email says how to stop." in known.text
    assert known.path == again.path == other.path == "/consultations/plan/news/asked/"


def test_what_can_be_asked_for_is_what_comes_next_and_in_the_end_nothing(planned, time_machine):
    titles = [Visit("plan").when_i_open("news").heading]
    time_machine.move_to(CLOSES - timedelta(days=1), tick=False)
    titles.append(Visit("plan").when_i_open("news").heading)
    time_machine.move_to(CLOSES, tick=False)
    titles.append(Visit("plan").when_i_open("news").heading)
    assert Visit("plan").when_i_open("outcome").link(titles[-1]) == "/consultations/plan/news/"
    assert Visit("plan").when_i_open("respond").link(titles[-1]) == "/consultations/plan/news/"
    planned.reported_at = CLOSES
    planned.save()

    visit = Visit("plan")
    visit.when_i_open("news")

    assert titles == ["Email me when it opens", "Email me when the report is out", "Email me when the report is out"]
    visit.then_i_am_on("consultation")
    assert "Email me" not in visit.when_i_open("outcome").text


def test_a_consultation_that_is_not_open_yet_says_so_and_offers_to_write(planned):
    page = Visit("plan").when_i_open("respond")

    assert page.heading == "This consultation is not open yet"
    assert "It opens at 10am on Thursday 4 March 2027. Email me when it opens Read about the plan" in page.text


@pytest.mark.parametrize("typed", ["", "r@", "r@example.org\nBcc: x@example.org", "a" * 250 + "@example.org"])
def test_what_is_no_address_is_refused_beside_its_box(planned, typed):
    page = asked(typed)

    assert page.status == 422
    assert page.title.startswith("Error: Email me when it opens")
    assert (Contact.objects.count(), django_mail.outbox) == (0, [])


def test_the_promise_tells_whoever_did_not_ask_how_to_stop_and_the_token_is_only_after_the_hash(planned):
    asked()

    (message,) = django_mail.outbox
    (about, way_out) = links(message)
    assert about.endswith("/consultations/plan/")
    assert re.fullmatch(rf"http://127\.0\.0\.1:8000/stop/#{TOKEN}", way_out)
    assert f"Your code to stop them: {way_out.partition('#')[2]}" in message.body
    assert ADDRESS not in message.body


def test_I6_opening_the_stop_page_changes_nothing_and_sending_the_code_takes_the_address_out(planned):
    asked()
    token = stop_token(Contact.objects.get())
    client = Client()

    page = page_of(client.get("/stop/", {"token": token}))
    assert Contact.objects.count() == 1
    assert page.heading == "Stop emails from us"
    first = client.post("/stop/", {"token": f" {token.lower()} "})
    again = client.post("/stop/", {"token": token})

    assert [(answer.status_code, answer.url) for answer in (first, again)] == [(302, "/stop/done/")] * 2
    assert not Contact.objects.exists()
    assert page_of(client.get("/stop/done/")).heading == "We have stopped these emails"


@pytest.mark.parametrize("typed", ["", "x", "1-", "-", "²-9F3KQ7XW2M8B4C6D", "9" * 30 + "-9F3K", "1-0000000000000000"])
def test_a_code_that_we_never_wrote_stops_nothing_and_is_said_to_be_wrong(planned, typed):
    asked()

    answer = Client().post("/stop/", {"token": typed})

    assert answer.status_code == 422
    assert Contact.objects.count() == 1
    assert stop(typed) is False


def test_a_token_is_of_one_consultation_alone(planned):
    other = open_consultation(slug="other", now=NOW, opens_at=NOW + timedelta(days=3))
    mine, theirs = (subscribe(each, ADDRESS, news="opening") for each in (planned, other))

    assert stop(stop_token(mine))

    assert list(Contact.objects.all()) == [theirs]


# News ---------------------------------------------------------------------------------------------------------------------
def test_everybody_who_asked_is_told_once_when_it_opens_and_their_address_goes(planned, opens, capsys):
    subscribe(planned, ADDRESS, news="opening")
    subscribe(planned, "b@example.org", news="opening")
    call_command("send_news")
    assert django_mail.outbox == []
    opens()

    for _ in range(2):
        call_command("send_news")

    assert [message.to for message in django_mail.outbox] == [[ADDRESS], ["b@example.org"]]
    assert capsys.readouterr().out.splitlines() == ["0 sent.", "2 sent.", "0 sent."]
    message = django_mail.outbox[0]
    assert message.subject == "You can have your say now: The clinic"
    assert links(message)[0].endswith("/consultations/plan/respond/")
    assert re.search(rf"/stop/#{TOKEN}", message.body)
    assert not Contact.objects.exists()


def test_whoever_asked_for_the_report_is_told_when_it_is_out(planned, time_machine):
    subscribe(planned, ADDRESS, news="report")
    planned.reported_at = CLOSES + timedelta(days=30)
    planned.save()
    time_machine.move_to(CLOSES + timedelta(days=29), tick=False)
    call_command("send_news", quiet=True)
    assert django_mail.outbox == []

    time_machine.move_to(CLOSES + timedelta(days=30), tick=False)
    call_command("send_news", quiet=True)

    (message,) = django_mail.outbox
    assert message.body.startswith("You asked us to tell you. The report about The clinic is ready.")
    assert links(message)[0].endswith("/consultations/plan/report/")


def test_an_address_that_waits_for_the_report_too_is_kept_when_it_opens(planned, opens):
    subscribe(planned, ADDRESS, news="opening")
    subscribe(planned, ADDRESS, news="report")
    opens()

    call_command("send_news", quiet=True)

    assert list(Contact.objects.values_list("wants_opening", "wants_report")) == [(False, True)]


def test_one_failure_stops_nobody_else_and_is_tried_again_the_next_time(planned, opens, caplog):
    for address in ("a@example.org", ADDRESS, "c@example.org"):
        subscribe(planned, address, news="opening")
    broken = Contact.objects.order_by("id")[1]
    whole, broken.sealed = bytes(broken.sealed), b"damaged"
    broken.save()
    opens()

    with pytest.raises(CommandError, match=r"^2 sent, 1 could not be sent\. They are tried again the next time\.$"):
        call_command("send_news")
    broken.sealed = whole
    broken.save()
    call_command("send_news", quiet=True)

    assert [message.to for message in django_mail.outbox] == [["a@example.org"], ["c@example.org"], [ADDRESS]]
    assert "An email about plan could not be sent: InvalidToken" in caplog.text


def test_a_mail_server_that_is_away_is_not_asked_for_everybody_and_nobody_is_forgotten(planned, opens, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for number in range(mail.GIVE_UP_AFTER + 3):
        subscribe(planned, f"{number}@example.org", news="opening")
    opens()

    with pytest.raises(CommandError, match=r"^0 sent, 5 could not be sent"):
        call_command("send_news")

    assert Contact.objects.filter(wants_opening=True).count() == mail.GIVE_UP_AFTER + 3


def test_a_run_that_is_still_sending_is_not_overtaken(planned):
    cache.add("sending-news", 1, 60)

    with pytest.raises(CommandError, match=r"Another run is still sending\. Nothing was sent\."):
        call_command("send_news")
