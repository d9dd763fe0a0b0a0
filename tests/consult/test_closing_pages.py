"""Closing early, giving more time and withdrawing on the staff's pages: both reasons, who agreed, and a step to confirm (L12)."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from consult.models import AuditEvent, Consultation, Role
from consult.services import facts_about
from consult.stages import Stage, stage_at
from tests.consult.people import consultation as consultation_of
from tests.consult.people import lead, person, signed_in

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
WHY = {"reason": "Board paper 7", "words": "the plan has changed.\n\nThe hospital stays.", "agreed_by": "amir"}
LATER = {"closes_at_day": "26", "closes_at_month": "3", "closes_at_year": "2027", "closes_at_time": "11:59pm"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def client():
    person("amir", Role.APPROVER)
    return signed_in(lead("leah"))


@pytest.fixture
def consultation(client):
    return consultation_of("care", now=NOW)


def main(response):
    """The text of a page's main part, with spaces run together."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found)).split())


def hidden(response):
    """What a confirm page sends again: `{name: value}`."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', response.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def post(client, name, **fields):
    return client.post(reverse(f"staff-{name}", args=["care"]), fields)


def last_event():
    event = AuditEvent.objects.order_by("-seq").first()
    return (event.verb, event.actor, event.reason, event.detail.body) if event else None


def stage():
    return stage_at(facts_about(Consultation.objects.get()), NOW)


def test_closing_early_asks_first_and_then_closes_with_everything_on_record(consultation, client):
    asked = post(client, "closing", what="close_early", **WHY)

    assert (asked.status_code, stage(), last_event()) == (200, Stage.OPEN, None)
    assert (
        "Close it now? Nobody can begin any more. Whoever has begun can still send within 60 minutes. "
        "What the public will read We closed this consultation early, on Monday 1 March 2027, because the plan has changed. "
        "We still have every answer people sent before then. We will count them. The hospital stays. "
        "For the record Board paper 7" in main(asked)
    )
    done = client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"confirmed": "1"}, follow=True)

    assert done.redirect_chain == [("/staff/care/", 302)]
    assert "It is closed. It is on record with your name and your reason." in done.content.decode()
    assert stage() == Stage.CLOSED
    assert last_event() == (
        "close_early",
        "leah",
        "Board paper 7",
        {
            "from": consultation.closes_at.isoformat(),
            "to": NOW.isoformat(),
            "public words": WHY["words"],
            "agreed by": "amir",
        },
    )


@pytest.mark.parametrize("opens, closes", [(-7, 7), (-7, -1)])
def test_more_time_is_given_while_open_and_after_closing(client, opens, closes):
    consultation_of("care", now=NOW, opens=opens, closes=closes)

    asked = post(client, "closing", what="extend", **LATER, **WHY)
    client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"confirmed": "1"})

    assert "It will close at 11:59pm on Friday 26 March 2027, instead of" in main(asked)
    assert Consultation.objects.get().closes_at == datetime(2027, 3, 26, 23, 59, tzinfo=UTC)
    assert last_event()[:3] == ("extend", "leah", "Board paper 7")


def test_withdrawing_asks_first_and_then_tells_the_public(consultation, client):
    asked = post(client, "withdraw", **WHY)
    assert "Withdraw it? Nobody can answer any more, not even people who have begun." in main(asked)
    assert stage() == Stage.OPEN

    client.post(reverse("staff-withdraw", args=["care"]), hidden(asked) | {"confirmed": "1"})

    assert stage() == Stage.WITHDRAWN
    assert last_event() == ("withdraw", "leah", "Board paper 7", {"public words": WHY["words"], "agreed by": "amir"})
    assert "We withdrew it on Monday 1 March 2027 because the plan has changed." in main(
        client.get("/consultations/care/")
    )


def test_change_this_goes_back_to_the_form_with_everything_in_it(consultation, client):
    asked = post(client, "closing", what="extend", **LATER, **WHY)

    shown = client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"change": "1"})

    assert shown.status_code == 200
    for kept in ("Board paper 7", "The hospital stays.", 'value="26"', 'value="11:59pm"'):
        assert kept in shown.content.decode()
    assert last_event() is None


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({"what": ""}, "Select what you want to do"),
        ({"reason": " "}, "Say why, for the record"),
        ({"words": ""}, "Say why, in words for the public"),
        ({"agreed_by": ""}, "Select the approver who agreed"),
        ({"agreed_by": "leah"}, "Select the approver who agreed"),
        ({"closes_at_time": ""}, "Enter a time, like 9am or 11:59pm"),
        ({"closes_at_day": "1"}, "Choose a time after 10am on Monday 8 March 2027"),
        ({"closes_at_day": "28", "closes_at_time": "1:30am"}, "There is no 1:30am on 28 March 2027"),
        (dict.fromkeys(LATER, ""), "Enter the new closing date and time"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_happens(consultation, client, fields, problem):
    for confirmed in ({}, {"confirmed": "1"}):
        response = post(client, "closing", **({"what": "extend"} | LATER | WHY | fields | confirmed))

        assert response.status_code == 422
        assert problem in main(response)
    assert (last_event(), Consultation.objects.get().closes_at) == (None, consultation.closes_at)


def test_only_what_the_stage_allows_is_offered(client):
    consultation_of("care", now=NOW, opens=-7, closes=-1)

    assert 'value="close_early"' not in client.get(reverse("staff-closing", args=["care"])).content.decode()
    assert post(client, "closing", what="close_early", **WHY).status_code == 422


@pytest.mark.parametrize(
    "name, fields",
    [
        ("closing", {"opens": 1, "closes": 9}),
        ("closing", {"launched": False}),
        ("closing", {"closes": -1, "reported_at": NOW}),
        ("withdraw", {"closes": -1}),
        ("withdraw", {"launched": False}),
    ],
)
def test_where_nothing_can_be_done_there_is_no_form_and_nothing_happens(client, name, fields):
    consultation_of("care", now=NOW, **fields)
    before = stage()

    shown = client.get(reverse(f"staff-{name}", args=["care"]))
    tried = post(client, name, what="extend", confirmed="1", **LATER, **WHY)

    assert "This cannot be done now." in main(shown)
    assert 'name="reason"' not in shown.content.decode()
    assert (tried.status_code, stage(), last_event()) == (422, before, None)


def test_somebody_who_confirms_too_late_is_told(client, time_machine):
    consultation = consultation_of("care", now=NOW, closes=0.005)
    asked = post(client, "closing", what="close_early", **WHY)
    time_machine.move_to(consultation.closes_at + timedelta(minutes=1), tick=False)

    late = client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"confirmed": "1"})

    assert (late.status_code, last_event()) == (422, None)


def test_no_approver_but_oneself_is_offered(consultation, client):
    person("both", Role.LEAD, Role.APPROVER)

    shown = client.get(reverse("staff-closing", args=["care"])).content.decode()
    own = (
        signed_in(person("third", Role.LEAD, Role.APPROVER))
        .get(reverse("staff-closing", args=["care"]))
        .content.decode()
    )

    assert re.findall(r'<option value="(\w+)"', shown) == ["amir", "both"]
    assert re.findall(r'<option value="(\w+)"', own) == ["amir", "both"]
