"""What a consultation says of itself, as its lead writes it in the builder."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consult.models import AuditEvent
from consult.services import move, publish_questionnaire
from tests.consult.building import beside, builder

pytestmark = pytest.mark.django_db


def test_facts_are_changed_before_opening_in_uk_time_and_recorded():
    lead = builder()

    lead.open("facts/set-up/").send(
        title="The future of the clinic",
        closes_at_day="30", closes_at_month="3", closes_at_year="2099", closes_at_time="11:59pm",
    )  # fmt: skip

    lead.consultation.refresh_from_db()
    assert lead.consultation.title == "The future of the clinic"
    assert lead.consultation.closes_at.isoformat() == "2099-03-30T22:59:00+00:00"
    event = AuditEvent.objects.get(verb="facts changed")
    assert event.detail.body == {"part": "set-up", "what": "title, closes at"}


def test_second_to_change_the_facts_sees_both_and_chooses():
    first = builder()
    second = beside(first)
    first.open("facts/information/")
    second.open("facts/information/")

    first.send(summary="The first")
    second.send(summary="The second", asks="one thing\n\nanother")

    assert second.page.status_code == 409
    assert "The first" in second.text
    assert second.send().page.status_code == 200
    second.consultation.refresh_from_db()
    assert (second.consultation.summary, second.consultation.asks) == ("The second", ["one thing", "another"])


def test_facts_cannot_be_changed_under_people_who_are_answering():
    lead = builder()
    lead.open("facts/set-up/")
    now = timezone.now()
    publish_questionnaire(lead.consultation, by="a test", now=now)
    move("launch", lead.consultation, by="a test", now=now)
    type(lead.consultation).objects.filter(pk=lead.consultation.pk).update(opens_at=now - timedelta(hours=1))

    lead.send(title="Something else")

    lead.consultation.refresh_from_db()
    assert lead.consultation.title == "A plan for the clinic"
    assert "This consultation is published." in lead.text


def test_closing_before_opening_is_refused_in_words():
    lead = builder()

    lead.open("facts/set-up/").send(closes_at_year="2020")

    assert "It must close after it opens. Choose a later time" in lead.text
