"""Many responses taken in together: the same way in as for one, in one transaction, each once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consult import submission
from consult.models import AuditEvent
from consult.submission import ConsultationClosed, Sending, checked_answers, submit, submit_many
from surveys.models import Channel, Response
from tests.consultations import open_consultation, version_of
from tests.exports.respondents import close

pytestmark = pytest.mark.django_db


def sending(consultation, answers, *, key=None, **more):
    checked = checked_answers(version_of(consultation), answers, channel=Channel.PAPER)
    return Sending(key or uuid4(), checked, timezone.now(), **more)


def take(consultation, *sendings):
    return submit_many(
        consultation, sendings, channel=Channel.PAPER, version_id=version_of(consultation), now=timezone.now(), by="a test",
        detail={"file": "abc"},
    )  # fmt: skip


def test_one_and_many_come_in_by_the_same_function(monkeypatch):
    consultation, called = open_consultation(), []
    take_in = submission.take_in
    monkeypatch.setattr(
        submission, "take_in", lambda *args, **how: called.append(how["channel"]) or take_in(*args, **how)
    )

    submit(
        consultation, answers={"support": 1}, channel=Channel.ONLINE, key=uuid4(), version_id=version_of(consultation),
        now=timezone.now(),
    )  # fmt: skip
    take(consultation, sending(consultation, {"support": 2}))

    assert called == [Channel.ONLINE, Channel.PAPER]


def test_those_whose_key_was_used_stay_as_they_are():
    consultation = open_consultation()
    first = sending(consultation, {"support": 1, "visits": 3})
    take(consultation, first)

    again = sending(consultation, {"support": 2, "visits": 4}, key=first.key)
    taken = take(consultation, again, sending(consultation, {"visits": 5}))

    assert [response.answers for response in taken] == [{"visits": 5}]
    assert [response.answers["visits"] for response in Response.objects.order_by("id")] == [3, 5]


def test_A2_row_that_another_took_in_meanwhile_is_not_taken_twice(monkeypatch):
    consultation = open_consultation()
    first = sending(consultation, {"visits": 3})
    take(consultation, first)
    looks = iter([set(), {first.key}])
    monkeypatch.setattr(submission, "keys_used", lambda keys: next(looks))

    taken = take(consultation, first, sending(consultation, {"visits": 4}))

    assert [response.answers for response in taken] == [{"visits": 4}]
    assert Response.objects.count() == 2


def test_record_names_every_response_and_nothing_is_recorded_where_none_is_new():
    consultation = open_consultation()
    sendings = [sending(consultation, {"visits": visits}) for visits in range(3)]

    take(consultation, *sendings)
    take(consultation, *sendings)

    event = AuditEvent.objects.get(verb="responses imported")
    references = [response.reference for response in Response.objects.order_by("id")]
    assert event.detail.body == {"channel": "paper", "references": references, "file": "abc"}


def test_none_come_in_once_the_consultation_takes_no_more():
    consultation = open_consultation()
    ready = sending(consultation, {"visits": 1})
    close(consultation)
    consultation.reported_at = timezone.now() - timedelta(minutes=1)
    consultation.save()

    with pytest.raises(ConsultationClosed):
        take(consultation, ready)

    assert not Response.objects.exists()


def test_fifty_responses_cost_no_more_statements_than_one():
    consultation = open_consultation()
    counts = []
    for number in (1, 50):
        sendings = [sending(consultation, {"visits": visits}) for visits in range(number)]
        with CaptureQueriesContext(connection) as asked:
            take(consultation, *sendings)
        counts.append(len(asked))

    assert counts[0] == counts[1]
