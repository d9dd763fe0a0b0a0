"""While a consultation is open no breakdown of answers is seen without a reason on record (point 49)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from consult.models import AuditEvent, Membership, Role
from tests.consult.people import consultation, lead, person, signed_in

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
WHY = {"reason": "Somebody wrote of a risk to a patient"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return lambda at: time_machine.move_to(at, tick=False)


@pytest.fixture
def client():
    consultation("care", now=NOW)
    return signed_in(lead("leah"))


def results(client, slug="care"):
    return client.get(reverse("staff-results", args=[slug]) + "?question=q1")


def breakdown_is_shown(response):
    return b"What people answered" in response.content


def give_reason(client, slug="care", **fields):
    return client.post(reverse("staff-interim", args=[slug]), fields)


def reasons():
    found = AuditEvent.objects.filter(verb="interim results seen")
    return [(event.actor, event.reason, event.object_label) for event in found]


def test_49_a_lead_sees_no_breakdown_until_a_reason_is_on_record(client):
    before = results(client)
    assert (breakdown_is_shown(before), reasons()) == (False, [])
    assert "Record my reason and show results" in before.content.decode()

    given = give_reason(client, **WHY)

    assert given.url == reverse("staff-results", args=["care"])
    assert reasons() == [("leah", "Somebody wrote of a risk to a patient", "The future of care")]
    after = results(client)
    assert breakdown_is_shown(after)
    assert "Interim: still open" in after.content.decode()


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_49_no_reason_shows_nothing(client, reason):
    given = give_reason(client, reason=reason)

    assert given.status_code == 422
    assert not breakdown_is_shown(results(client))
    assert reasons() == []


def test_49_a_reason_lasts_half_an_hour(client, clock):
    give_reason(client, **WHY)

    clock(NOW + timedelta(minutes=29))
    assert breakdown_is_shown(results(client))
    clock(NOW + timedelta(minutes=30))
    assert not breakdown_is_shown(results(client))


def test_49_a_reason_is_for_one_consultation_and_one_person(client):
    consultation("other", now=NOW)
    give_reason(client, **WHY)

    assert not breakdown_is_shown(results(client, "other"))
    assert not breakdown_is_shown(results(signed_in(lead("lena"))))


@pytest.mark.parametrize("role", [Role.APPROVER, Role.EQUALITY])
def test_49_nobody_else_can_look_whatever_their_reason(client, role):
    somebody = signed_in(person("somebody", role))

    assert "Record my reason" not in results(somebody).content.decode()
    assert give_reason(somebody, **WHY).status_code == 403
    assert reasons() == []


def test_49_a_lead_who_lost_the_role_sees_nothing_more(client):
    give_reason(client, **WHY)
    Membership.objects.filter(user__username="leah").update(role=Role.APPROVER)

    assert not breakdown_is_shown(results(client))


@pytest.mark.parametrize("fields", [{"opens": 1, "closes": 9}, {"launched": False}, {"withdrawn_at": NOW}])
def test_a_consultation_that_is_not_open_has_no_interim_results(fields):
    consultation("care", now=NOW, **fields)
    client = signed_in(lead("leah"))

    given = give_reason(client, **WHY)

    assert given.status_code == 422
    assert "Record my reason" not in results(client).content.decode()
    assert reasons() == []


def test_files_are_not_to_be_had_for_a_reason(client):
    give_reason(client, **WHY)

    assert client.get(reverse("staff-tables", args=["care", "csv"])).status_code == 404
    assert client.get(reverse("staff-document", args=["care", "report", "html"])).status_code == 404
