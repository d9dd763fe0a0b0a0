"""Closing a consultation early and giving people more time: recorded, with words for the public (threats.md G4, ux.md L12)."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.models import AuditEvent, Consultation
from consult.services import NotReady, close_early, extend, facts_about
from consult.stages import Stage, stage_at
from surveys.drafts import begin_draft
from surveys.models import DraftResponse
from tests.consultations import open_consultation, version_of

pytestmark = pytest.mark.django_db

OPENED = datetime(2027, 2, 1, 9, tzinfo=UTC)
CLOSES = datetime(2027, 3, 12, 23, 59, tzinfo=UTC)
NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
WHY = {"by": "lead", "now": NOW, "reason": "Board paper 7", "words": "the plan has changed"}


@pytest.fixture
def consultation():
    return open_consultation(now=OPENED, closes_at=CLOSES)


def kept(consultation):
    found = Consultation.objects.get(pk=consultation.pk)
    return found.closes_at, found.first_closes_at, found.closing_words


def last_event():
    event = AuditEvent.objects.select_related("detail").latest("seq")
    return event.verb, event.actor, event.reason, event.detail.body


def test_closing_early_closes_now_keeps_what_was_promised_and_is_recorded(consultation):
    close_early(consultation, **WHY)

    assert kept(consultation) == (NOW, CLOSES, "the plan has changed")
    assert stage_at(facts_about(consultation), NOW) == Stage.CLOSED
    assert last_event() == (
        "close_early",
        "lead",
        "Board paper 7",
        {"from": CLOSES.isoformat(), "to": NOW.isoformat(), "public words": "the plan has changed"},
    )


def test_more_time_keeps_the_first_promise_however_often_it_is_given(consultation):
    for days in (7, 14):
        extend(consultation, closes_at=CLOSES + timedelta(days=days), **WHY)

    assert kept(consultation) == (CLOSES + timedelta(days=14), CLOSES, "the plan has changed")


def test_what_has_closed_can_be_opened_again(consultation):
    later = CLOSES + timedelta(days=2)

    extend(consultation, closes_at=later + timedelta(days=7), **(WHY | {"now": later}))

    assert stage_at(facts_about(consultation), later) == Stage.OPEN


def test_answers_in_progress_live_as_long_after_the_new_closing_time_as_after_the_old(consultation):
    begin_draft(version_of(consultation), now=NOW, expires_at=CLOSES + timedelta(days=7))

    extend(consultation, closes_at=CLOSES + timedelta(days=14), **WHY)

    assert DraftResponse.objects.get().expires_at == CLOSES + timedelta(days=21)


@pytest.mark.parametrize(
    "change, given, tasks",
    [
        (close_early, {"reason": " "}, ["Say why, for the record."]),
        (close_early, {"words": "\u200b"}, ["Say why, in words for the public."]),
        (close_early, {"now": CLOSES}, ["A consultation that is closed cannot do this."]),
        (extend, {"closes_at": CLOSES}, ["Choose a closing time later than the one it has."]),
        (
            extend,
            {"closes_at": CLOSES + timedelta(days=1), "now": CLOSES + timedelta(days=1)},
            ["Choose a closing time later than the one it has."],
        ),
        (extend, {"now": OPENED - timedelta(days=9)}, ["A consultation that is forthcoming cannot do this."]),
    ],
)
def test_a_change_without_reasons_or_at_the_wrong_time_is_refused_and_nothing_changes(
    consultation, change, given, tasks
):
    before, events = kept(consultation), AuditEvent.objects.count()
    more = {"closes_at": CLOSES + timedelta(days=7)} if change is extend else {}

    with pytest.raises(NotReady) as refusal:
        change(consultation, **(WHY | more | given))

    assert refusal.value.tasks == tasks
    assert (kept(consultation), AuditEvent.objects.count()) == (before, events)
