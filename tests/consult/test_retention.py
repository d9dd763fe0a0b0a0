"""What is deleted when its time has come, and what is not yet (threats.md I11, §5.4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from consult import retention
from consult.contacts import subscribe
from consult.models import Arrival, AuditEvent, Contact, FormatRequest
from consult.other_formats import ask_for_format
from consult.retention import RULES, Applied, Rule, apply_retention
from surveys.drafts import begin_draft
from surveys.models import DraftResponse
from tests.consultations import open_consultation, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

OPENED = datetime(2027, 2, 1, 9, tzinfo=UTC)
CLOSES = datetime(2027, 3, 12, 23, 59, tzinfo=UTC)
REPORTED = datetime(2027, 4, 30, 9, tzinfo=UTC)
DETAILS = {"name": "", "email": "r@example.org", "phone": "", "address": "", "more": ""}


def filled(slug="plan", *, arrivals=1, reported_at=None):
    """A consultation with one of everything that is deleted in time, and so many arrivals."""
    consultation = open_consultation(slug=slug, now=OPENED, closes_at=CLOSES)
    consultation.reported_at = reported_at
    consultation.save()
    begin_draft(version_of(consultation), now=OPENED, expires_at=CLOSES + timedelta(days=7))
    Arrival.objects.bulk_create(
        Arrival(
            consultation=consultation,
            reference=f"{slug}{number}",
            network=b"",
            arrived_on=date(2027, 3, 1),
            seconds=1,
            answered=1,
            asked=1,
        )
        for number in range(arrivals)
    )
    subscribe(consultation, "r@example.org", news="report")
    ask_for_format(consultation, wanted="paper", language="", details=DETAILS, now=OPENED)
    return consultation


def left():
    return [model.objects.count() for model in (DraftResponse, Arrival, Contact, FormatRequest)]


@pytest.mark.parametrize(
    "at, kept",
    [
        (CLOSES + timedelta(days=7), [1, 1, 1, 1]),
        (CLOSES + timedelta(days=7, seconds=1), [0, 1, 1, 1]),
        (CLOSES + timedelta(days=30), [0, 1, 1, 1]),
        (CLOSES + timedelta(days=30, seconds=1), [0, 0, 1, 1]),
        (REPORTED + timedelta(days=183), [0, 0, 1, 1]),
        (REPORTED + timedelta(days=183, seconds=1), [0, 0, 0, 0]),
    ],
)
def test_everything_goes_when_its_time_has_come_and_not_before(at, kept):
    filled(reported_at=REPORTED)

    list(apply_retention(now=at))

    assert left() == kept


def test_contacts_of_a_consultation_without_a_report_stay_until_it_was_withdrawn_for_long():
    consultation = filled()
    list(apply_retention(now=CLOSES + timedelta(days=900)))
    assert left() == [0, 0, 1, 1]

    consultation.withdrawn_at = CLOSES
    consultation.save()
    list(apply_retention(now=CLOSES + timedelta(days=184)))

    assert left() == [0, 0, 0, 0]


def test_a_dry_run_counts_and_deletes_nothing(time_machine, capsys):
    filled(reported_at=REPORTED, arrivals=3)
    time_machine.move_to(REPORTED + timedelta(days=200), tick=False)

    call_command("apply_retention", dry_run=True)

    assert capsys.readouterr().out.splitlines() == [
        "drafts: 1 to delete",
        "arrivals: 3 to delete",
        "contacts: 1 to delete",
        "format requests: 1 to delete",
        "other responses: 0 to delete",
        "preview links: 0 to delete",
        "scans of paper forms: 0 to delete",
        "files of spreadsheets: 0 to delete",
        "files of scans: 0 to delete",
    ]
    assert left() == [1, 3, 1, 1]


def test_many_go_in_batches_each_with_its_record(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    filled(arrivals=5)

    applied = list(apply_retention(now=CLOSES + timedelta(days=31)))

    assert applied == [
        Applied("drafts", 1),
        Applied("arrivals", 5),
        Applied("contacts", 0),
        Applied("format requests", 0),
        Applied("other responses", 0),
        Applied("preview links", 0),
        Applied("scans of paper forms", 0),
    ]
    events = AuditEvent.objects.filter(verb="deleted on schedule").select_related("detail")
    assert [event.detail.body for event in events.order_by("seq")] == [
        {"drafts": 1},
        {"arrivals": 2},
        {"arrivals": 2},
        {"arrivals": 1},
    ]
    assert {(event.actor, event.object_label) for event in events} == {("apply_retention", "A plan for the clinic")}


def test_I11_a_rule_that_fails_stops_no_other_and_fails_the_command(monkeypatch, time_machine, capsys):
    filled()
    broken = Rule("letters", lambda now: Arrival.objects.filter(posted_on=now), "consultation")
    monkeypatch.setattr(retention.apply_retention, "__kwdefaults__", {"dry_run": False, "rules": (broken, *RULES)})
    time_machine.move_to(CLOSES + timedelta(days=31), tick=False)

    with pytest.raises(CommandError, match=r"^Not everything could be deleted: letters \(FieldError\)\.$"):
        call_command("apply_retention")

    assert capsys.readouterr().out.splitlines()[:3] == [
        "letters: 0 deleted",
        "drafts: 1 deleted",
        "arrivals: 1 deleted",
    ]
    assert left() == [0, 0, 1, 1]


def test_only_what_is_due_goes_where_another_consultation_is_still_open():
    filled("old")
    open_one = filled("new")
    open_one.closes_at = CLOSES + timedelta(days=90)
    open_one.save()

    list(apply_retention(now=CLOSES + timedelta(days=31)))

    assert [arrival.reference for arrival in Arrival.objects.all()] == ["new0"]
