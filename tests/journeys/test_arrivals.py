"""How responses came: noted apart from them, flagged for a person, never in the way of a send (threats.md J1, J3, I10)."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from consult import arrivals
from consult.models import Arrival
from tests.consult.people import lead, signed_in
from tests.consultations import open_consultation, team_named
from tests.journeys.pages import page_of, words
from tests.journeys.visits import Visit, responses

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
ADDRESS = "198.51.100.77"


@pytest.fixture(autouse=True)
def consultation(time_machine):
    time_machine.move_to(NOW, tick=False)
    return open_consultation(now=NOW)


def sent(time_machine, *, address=ADDRESS, seconds=300, **fields):
    """Somebody answers all and sends it, from an address, after so long."""
    time_machine.move_to(NOW, tick=False)
    visit = Visit("plan", client=Client(enforce_csrf_checks=True, REMOTE_ADDR=address))
    visit.given_i_am_ready_to_send()
    time_machine.move_to(NOW + timedelta(seconds=seconds), tick=False)
    visit.when_i_answer(fields)
    visit.then_i_am_on("about-you")
    return visit


def flags_page():
    return page_of(signed_in(lead(of=team_named())).get(reverse("staff-flags", args=["plan"])))


def test_a_response_is_noted_with_how_long_it_took_and_how_much_was_answered(time_machine):
    sent(time_machine)

    (arrival,) = Arrival.objects.all()
    (response,) = responses("plan")
    assert (arrival.reference, arrival.arrived_on) == (response.reference, date(2027, 3, 1))
    assert (arrival.seconds, arrival.answered, arrival.asked) == (300, 1, 3)


def test_no_address_is_kept_and_a_network_is_another_on_another_day_and_in_another_consultation(
    time_machine, consultation
):
    other = open_consultation(slug="other", now=NOW)
    days = [date(2027, 3, 1), date(2027, 3, 2)]

    digests = {arrivals.network_digest(each, ADDRESS, day) for each in (consultation, other) for day in days}
    sent(time_machine)

    assert len(digests) == 4
    assert bytes(Arrival.objects.get().network) in digests
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM consult_arrival")
        assert "198.51" not in repr(cursor.fetchall())


@pytest.mark.parametrize(
    "one, other, is_same",
    [
        ("198.51.100.1", "198.51.100.254", True),
        ("198.51.100.1", "198.51.101.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("::ffff:198.51.100.1", "198.51.100.9", True),
        ("", "", False),
        ("nonsense", "nonsense", False),
    ],
)
def test_a_network_is_a_24_or_a_48_and_what_is_no_address_is_like_nothing_else(consultation, one, other, is_same):
    first, second = (arrivals.network_digest(consultation, each, date(2027, 3, 1)) for each in (one, other))

    assert (first == second) == is_same
    assert len(first) == len(second) == 16


@pytest.mark.parametrize(
    "proxies, forwarded, found",
    [
        (None, "203.0.113.9", ADDRESS),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", ""),
    ],
)
def test_only_what_our_own_proxies_say_of_an_address_is_believed(settings, proxies, forwarded, found):
    if proxies is not None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert arrivals.client_address({"REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": forwarded}) == found


def test_J1_many_from_one_network_in_a_day_are_all_taken_and_flagged_and_none_is_lost(time_machine):
    for number in range(20):
        sent(time_machine, address=f"198.51.100.{number}")
    sent(time_machine, address="203.0.113.1")

    page = flags_page()

    assert len(responses("plan")) == 21
    rows = [[words(cell) for cell in row] for row in page.body.xpath("//tbody/tr")]
    flagged = {response.reference for response in responses("plan")[:20]}
    assert {reference for reference, _, _ in rows} == flagged
    assert {(day, flags) for _, day, flags in rows} == {("1 March 2027", "Many from one network")}
    assert "20 responses with a flag" in page.text
    assert "Nothing is left out automatically." in page.text
    assert "20 or more responses came from one network on one day." in page.text


@pytest.mark.parametrize("filled_in, said", [({}, "No response has a flag."), ({"website": "http://x"}, "Very fast")])
def test_J3_a_box_that_nobody_sees_only_sets_a_flag_when_it_is_filled_in(time_machine, filled_in, said):
    sent(time_machine, **filled_in)

    assert len(responses("plan")) == 1
    assert said in flags_page().text


def test_the_box_that_nobody_sees_cannot_be_reached_by_keyboard_or_screen_reader():
    visit = Visit("plan").given_i_am_ready_to_send()

    box = visit.page.body.get_element_by_id("website")

    assert (box.get("tabindex"), box.get("autocomplete"), box.getparent().get("aria-hidden")) == ("-1", "off", "true")
    assert "nhsuk-u-visually-hidden" in box.getparent().get("class")


def test_J3_an_answer_sent_within_a_second_is_flagged_and_counted(time_machine):
    sent(time_machine, seconds=1)

    assert "Very fast" in flags_page().body.xpath("string(//tbody)")
    assert len(responses("plan")) == 1


def test_sending_twice_is_noted_once(time_machine):
    visit = sent(time_machine)

    visit.when_i_try_to_post("respond-page", {"continue": 1}, step="check")

    assert Arrival.objects.count() == len(responses("plan")) == 1


def test_where_an_arrival_cannot_be_noted_the_response_is_kept_and_the_receipt_shown(time_machine, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE consult_arrival RENAME TO consult_arrival_away")

    visit = sent(time_machine)

    assert len(responses("plan")) == 1
    assert "Your receipt code is" in visit.page.text
    assert [record.getMessage() for record in caplog.records if record.name == "consult.arrivals"] == [
        f"An arrival could not be noted: {'ProgrammingError' if connection.vendor == 'postgresql' else 'OperationalError'}"
    ]


def test_I10_nothing_of_an_arrival_is_written_to_a_log(time_machine, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)

    sent(time_machine)

    assert ADDRESS not in caplog.text
    assert responses("plan")[0].reference not in caplog.text
