"""Asking for another format, and the staff who send it (ux.md R1, §3)."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consult.models import AuditEvent, FormatRequest, Role, User
from tests.consult.people import person, signed_in
from tests.consultations import open_consultation, team_named
from tests.journeys.pages import page_of
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
CANARY = "kanarienvogel"
WAYS = ("paper", "large print", "easy read", "audio", "Braille", "British Sign Language", "another language", "event")


@pytest.fixture(autouse=True)
def consultation(time_machine):
    time_machine.move_to(NOW, tick=False)
    return open_consultation(now=NOW, closes_at=NOW + timedelta(days=15))


@pytest.fixture
def visit():
    visit = Visit("plan")
    visit.when_i_open("another-format")
    return visit


def clerk():
    return signed_in(person("a-clerk", Role.CLERK, of=team_named()))


@pytest.mark.parametrize("name", ["respond", "consultation", "respond-privacy", "another-format"])
def test_every_page_on_the_way_names_each_way_to_take_part_and_leads_to_the_request(name):
    visit = Visit("plan")

    visit.when_i_open(name)

    assert [way for way in (*WAYS, "01632 960 001", "Relay UK: 18001") if way not in visit.page.text] == []
    assert visit.page.link("Ask for another format") == reverse("another-format", args=["plan"])


def test_question_pages_and_documents_lead_to_the_request_too(consultation):
    consultation.documents.create(slug="leaflet", title="The leaflet", body="Short.")
    visit = Visit("plan").given_i_have_begun()

    pages = [visit.page, visit.when_i_open("document", document_slug="leaflet"), visit.when_i_open("outcome")]

    assert {page.link("Ask for another format") for page in pages} == {reverse("another-format", args=["plan"])}


def test_a_request_is_promised_within_7_days_and_only_a_key_opens_who_asked(visit):
    visit.when_i_answer(format="large_print", name=CANARY, phone="01632 960 999")

    assert visit.page.heading == "We have your request"
    assert "We will send it to you by Monday 8 March 2027." in visit.page.text
    assert "too late" not in visit.page.text
    kept = FormatRequest.objects.get()
    assert (kept.format, kept.promised_on, kept.sent_on) == ("large_print", date(2027, 3, 8), None)
    assert CANARY.encode() not in bytes(kept.sealed)
    assert b"960 999" not in bytes(kept.sealed)


@pytest.mark.parametrize("wanted", ["braille", "bsl", "audio"])
def test_what_must_be_made_first_is_promised_within_14_days_and_warns_that_it_may_be_too_late(visit, wanted):
    visit.when_i_answer(format=wanted, email="r@example.org")

    assert "by Monday 15 March 2027" in visit.page.text
    assert (
        "This may be too late to answer. The consultation closes at 10am on Tuesday 16 March 2027." in visit.page.text
    )
    assert "Phone 01632 960 001 now" in visit.page.text


@pytest.mark.parametrize("days, warned", [(11, True), (12, False)])
def test_fewer_than_5_days_after_the_promised_date_are_too_few(visit, consultation, days, warned):
    consultation.closes_at = NOW + timedelta(days=days)
    consultation.save()

    visit.when_i_answer(format="paper", phone="1")

    assert ("too late" in visit.page.text) == warned


def test_a_copy_asked_for_after_closing_is_never_called_too_late(visit, consultation, time_machine):
    time_machine.move_to(NOW + timedelta(days=20), tick=False)

    visit.when_i_answer(format="braille", phone="1")

    assert visit.page.heading == "We have your request"
    assert "too late" not in visit.page.text


@pytest.mark.parametrize(
    "given, told",
    [
        (
            {},
            {
                "format": "Select which format you need",
                "email": "Enter an email address, a phone number or a postal address",
            },
        ),
        ({"format": "language", "phone": "1"}, {"language": "Enter the language you need"}),
        ({"format": "paper", "email": "r@"}, {"email": "Enter an email address like name@example.com"}),
    ],
)
def test_what_is_missing_is_said_beside_its_box_and_nothing_is_kept(visit, given, told):
    visit.when_i_answer(given)

    visit.then_i_am_told(**told)
    assert not FormatRequest.objects.exists()


def test_control_characters_and_markup_in_a_request_break_nothing(visit):
    visit.when_i_answer(
        format="language", language="Pol\x0bski", address="<script>alert(1)</script>\nx", more="\u202e=1+1"
    )

    assert visit.page.heading == "We have your request"
    page = page_of(clerk().get(reverse("staff-formats", args=["plan"])))
    assert "Another language: Polski" in page.text
    assert "<script>alert(1)</script>" in page.text
    assert not page.body.xpath("//main//script")


def test_no_address_and_no_log_holds_what_was_asked_for(visit, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)

    visit.when_i_answer(format="braille", name=CANARY, email=f"{CANARY}@example.org")

    assert visit.trail == ["/consultations/plan/another-format/asked/2027-03-15/"]
    assert CANARY not in caplog.text
    assert "braille" not in caplog.text


@pytest.mark.parametrize("day", ["2027-02-28", "2027-03-16", "2027-99-99"])
def test_nobody_can_make_the_page_promise_another_day(day):
    assert Client().get(f"/consultations/plan/another-format/asked/{day}/").status_code == 404


# Staff --------------------------------------------------------------------------------------------------------------------
def test_staff_see_the_late_ones_first_say_so_in_words_and_the_look_is_recorded(visit, time_machine):
    for name, wanted in (("Ada", "braille"), ("Bee", "paper")):
        visit.when_i_open("another-format")
        visit.when_i_answer(format=wanted, name=name, phone="01632 960 999")
    time_machine.move_to(NOW + timedelta(days=8), tick=False)
    client = clerk()

    page = page_of(client.get(reverse("staff-formats", args=["plan"])))

    rows = [" ".join(row.text_content().split()) for row in page.body.xpath("//tbody/tr")]
    assert [row.partition(" Who asked ")[0] for row in rows] == [
        "Format Paper form Promised 8 March 2027Late",
        "Format Braille Promised 15 March 2027",
    ]
    assert ["Bee 01632 960 999" in rows[0], "Ada 01632 960 999" in rows[1]] == [True, True]
    assert "1 late." in page.text
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.actor) == ("format requests opened", "a-clerk")


def test_a_copy_is_marked_as_sent_once_and_goes_to_the_end(visit, time_machine):
    visit.when_i_answer(format="paper", phone="1")
    kept = FormatRequest.objects.get()
    client = clerk()
    address = reverse("staff-formats", args=["plan"])

    first = client.post(address, {"request": kept.pk})
    time_machine.move_to(NOW + timedelta(hours=20), tick=False)
    again = signed_in(User.objects.get(), client=client).post(address, {"request": kept.pk})

    assert (first.status_code, again.status_code) == (302, 302)
    kept.refresh_from_db()
    assert kept.sent_on == date(2027, 3, 1)
    assert AuditEvent.objects.filter(verb="format sent").count() == 1
    assert "Sent 1 March 2027" in page_of(client.get(address)).text


def test_another_consultations_request_cannot_be_marked(visit):
    visit.when_i_answer(format="paper", phone="1")
    kept = FormatRequest.objects.get()
    open_consultation(slug="other", now=NOW)

    answer = clerk().post(reverse("staff-formats", args=["other"]), {"request": kept.pk})

    assert answer.status_code == 404
    kept.refresh_from_db()
    assert kept.sent_on is None


@pytest.mark.parametrize("number", ["", "x", "²", "999999999999999999999999"])
def test_a_request_that_cannot_be_is_not_found(number):
    assert clerk().post(reverse("staff-formats", args=["plan"]), {"request": number}).status_code == 404
