"""Taking a response by phone: the privacy words first, the whole questions, the same way in, and the receipt code read out."""

import re
from html import unescape

import pytest
from django.urls import reverse

from consult import keys
from consult.models import AuditDetail, AuditEvent, Role
from surveys.models import Channel
from tests.consult import people
from tests.consult.keying_pages import consultation, hidden, only_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return people.signed_in(people.person("clerk", Role.CLERK))


def address(name="staff-phone"):
    return reverse(name, args=["care"])


def words(response):
    """The text of a page's main part, with spaces run together."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def begin(client):
    """The questions, after the words were read."""
    return client.post(address(), {"is_read": "on"}, follow=True)


def press(client, shown, typed, button="save"):
    return client.post(address("staff-phone-questions"), hidden(shown) | typed | {"form-press": button})


def test_a_call_goes_through_the_one_way_in_and_its_receipt_is_read_out(clerk):
    consultation()
    shown = begin(clerk)
    again = press(clerk, shown, {"used": "1", "why": "Too far", "plan.keep": "1"})
    saved = press(clerk, again, {"used": "1", "why": "Too far", "plan.keep": "1"})

    response = only_response()
    assert (saved.status_code, saved["Location"]) == (302, address("staff-phone-done"))
    assert (response.channel, response.answers) == (
        Channel.PHONE,
        {"used": 1, "why": "Too far", "plan": {"keep": 1}},
    )
    done = words(clerk.get(address("staff-phone-done")))
    assert f"The receipt code is {keys.receipt_for(response.submission_key)}" in done
    assert "You need it to see your answers again or to delete them." in done
    event = AuditEvent.objects.get(actor="clerk")
    assert (event.verb, AuditDetail.objects.get(event=event).body) == (
        "response keyed",
        {"channel": "phone", "form number": ""},
    )
