"""The record of decisions: whole when nobody touched it, and broken at a named place when somebody did."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from consult import audit
from consult.models import AuditDetail, AuditEvent, AuditHead, Team
from tests.consult.people import lead, team

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
REPOSITORY = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.django_db


def record_events(number, *, of=None):
    """A team with a chain of events."""
    ours = of or team()
    for turn in range(1, number + 1):
        audit.record("extended", ours, team=ours, by="a test", at=NOW, reason=f"Reason {turn}", detail={"days": turn})
    return ours


def run(sql, *values):
    """What somebody with the database's password does, behind the back of the service."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_chain_that_nobody_touched_is_whole():
    ours = record_events(5)

    assert audit.first_bad_event(ours) is None
    assert [event.seq for event in AuditEvent.objects.filter(team=ours)] == [1, 2, 3, 4, 5]


def test_a_team_without_events_has_a_whole_chain():
    assert audit.first_bad_event(team()) is None


def test_an_event_says_who_did_what_to_what_when_and_why():
    ours, somebody = team(), lead("amira")

    event = audit.record("extended", ours, team=ours, by=somebody, at=NOW, reason="Flooding", detail={"days": 7})

    kept = AuditEvent.objects.values("actor", "verb", "object_label", "object_id", "at", "reason", "seq").get()
    assert kept == {
        "actor": "amira",
        "verb": "extended",
        "object_label": "Northbridge engagement",
        "object_id": str(ours.pk),
        "at": NOW,
        "reason": "Flooding",
        "seq": 1,
    }
    assert event.detail.body == {"days": 7}


def test_a_time_in_another_zone_does_not_look_like_a_change():
    ours = team()
    audit.record("closed", ours, team=ours, by="a test", at=NOW.astimezone(timezone(timedelta(hours=1))))

    assert audit.first_bad_event(ours) is None


def test_every_kind_of_detail_reads_back_as_it_was_digested():
    ours = team()
    odd = {"share": 1e5, "day": date(2027, 3, 1), "pair": (1, "two"), 3: None, "yes": True, "text": "a\x00b\ud800"}

    audit.record("closed", ours, team=ours, by="a test", at=NOW, reason="line\x00\r\nbreak", detail=odd)

    assert audit.first_bad_event(ours) is None
    assert AuditDetail.objects.get().body == {
        "share": "100000.0",
        "day": "2027-03-01",
        "pair": [1, "two"],
        "3": None,
        "yes": True,
        "text": "ab",
    }


@pytest.mark.parametrize("column", ["actor", "verb", "object_label", "object_id", "reason", "detail_digest", "hash"])
def test_changing_one_word_of_an_event_is_found(column):
    ours = record_events(5)

    AuditEvent.objects.filter(seq=3).update(**{column: "other"})

    assert audit.first_bad_event(ours) == "Event 3 was changed (Northbridge engagement)"


def test_changing_the_time_of_an_event_is_found():
    ours = record_events(5)

    AuditEvent.objects.filter(seq=3).update(at=NOW + timedelta(microseconds=1))

    assert audit.first_bad_event(ours) == "Event 3 was changed (Northbridge engagement)"


def test_deleting_an_event_is_found():
    ours = record_events(5)

    run("DELETE FROM consult_auditdetail WHERE event_id = (SELECT id FROM consult_auditevent WHERE seq = 3)")
    run("DELETE FROM consult_auditevent WHERE seq = 3")

    assert audit.first_bad_event(ours) == "Event 3 is missing (Northbridge engagement)"


def test_deleting_an_event_and_closing_the_gap_is_found():
    ours = record_events(5)

    AuditEvent.objects.filter(seq=3).delete()
    AuditEvent.objects.filter(seq=4).update(seq=3)
    AuditEvent.objects.filter(seq=5).update(seq=4)

    assert audit.first_bad_event(ours) == "Event 3 was changed (Northbridge engagement)"


def test_swapping_two_events_is_found():
    ours = record_events(5)

    for old, new in ((2, 99), (3, 2), (99, 3)):
        run("UPDATE consult_auditevent SET seq = %s WHERE seq = %s", new, old)

    assert audit.first_bad_event(ours) == "Event 2 was changed (Northbridge engagement)"


def test_replacing_an_event_with_a_well_made_one_is_found_at_the_next():
    ours = record_events(5)

    forged = AuditEvent.objects.get(seq=3)
    forged.reason = "A better reason"
    forged.hash = audit.hash_of(forged)
    forged.save()

    assert audit.first_bad_event(ours) == (
        "Event 4 does not follow event 3: one of them was replaced (Northbridge engagement)"
    )


def test_replacing_the_last_event_with_a_well_made_one_is_found():
    ours = record_events(5)

    forged = AuditEvent.objects.get(seq=5)
    forged.reason = "A better reason"
    forged.hash = audit.hash_of(forged)
    forged.save()

    assert audit.first_bad_event(ours) == "Event 5 is not the one that was recorded (Northbridge engagement)"


def test_putting_in_a_well_made_event_at_the_end_is_found():
    ours = record_events(5)

    forged = AuditEvent.objects.get(seq=5)
    forged.pk, forged.seq, forged.prev_hash = None, 6, forged.hash
    forged.hash = audit.hash_of(forged)
    forged.save(force_insert=True)

    assert audit.first_bad_event(ours) == "Event 6 was put in from outside (Northbridge engagement)"


def test_cutting_off_the_last_events_is_found():
    ours = record_events(5)

    AuditEvent.objects.filter(seq__gt=3).delete()

    assert audit.first_bad_event(ours) == (
        "The events after event 3, up to event 5, are missing (Northbridge engagement)"
    )


def test_emptying_the_table_is_found():
    ours = record_events(5)

    AuditDetail.objects.all().delete()
    run("DELETE FROM consult_auditevent")

    assert audit.first_bad_event(ours) == (
        "The events after event 0, up to event 5, are missing (Northbridge engagement)"
    )


def test_moving_an_event_to_another_team_is_found_in_both():
    ours, theirs = record_events(5), record_events(2, of=team("Southbridge"))

    AuditEvent.objects.filter(team=ours, seq=5).update(team=theirs, seq=3)

    assert audit.first_bad_event(ours) == (
        "The events after event 4, up to event 5, are missing (Northbridge engagement)"
    )
    assert audit.first_bad_event(theirs) == "Event 3 was changed (Southbridge)"


def test_changing_a_detail_is_found():
    ours = record_events(5)

    AuditDetail.objects.filter(event__seq=2).update(body={"days": 70})

    assert audit.first_bad_event(ours) == "The details of event 2 were changed (Northbridge engagement)"


def test_details_may_age_out():
    ours = record_events(5)

    AuditDetail.objects.filter(event__seq__lte=3).delete()

    assert audit.first_bad_event(ours) is None


def test_what_is_undone_leaves_no_event():
    ours = record_events(1)

    with transaction.atomic():
        audit.record("closed", ours, team=ours, by="a test", at=NOW)
        transaction.set_rollback(True)

    assert (AuditEvent.objects.count(), audit.first_bad_event(ours)) == (1, None)


def test_an_event_that_cannot_be_kept_stops_what_it_was_to_record():
    ours = team()

    @transaction.atomic
    def rename():
        Team.objects.update(name="Renamed")
        audit.record("renamed", ours, team=ours, by="a test", at=None)

    with pytest.raises(AttributeError):
        rename()
    ours.refresh_from_db()
    assert ours.name == "Northbridge engagement"


def test_verify_audit_says_that_all_is_whole(capsys):
    ours = record_events(2)

    call_command("verify_audit")

    end = AuditEvent.objects.get(seq=2).hash
    assert capsys.readouterr().out == f"All 2 events are in place.\n{ours}: event 2, {end}\n"


def test_verify_audit_refuses_with_the_first_bad_place():
    record_events(3)
    AuditEvent.objects.filter(seq=2).update(verb="withdrawn")

    with pytest.raises(CommandError, match=r"^Event 2 was changed \(Northbridge engagement\)$"):
        call_command("verify_audit")


def test_an_anchor_kept_elsewhere_catches_a_tail_and_head_rewritten_together(tmp_path):
    kept = tmp_path / "ends.jsonl"
    ours = record_events(5)
    call_command("verify_audit", anchors=kept, quiet=True)

    AuditEvent.objects.filter(seq__gt=3).delete()
    AuditHead.objects.update(seq=3, hash=AuditEvent.objects.get(seq=3).hash)

    assert audit.first_bad_event(ours) is None
    with pytest.raises(CommandError, match=r"^Event 5 was recorded once and is missing \(Northbridge engagement\)$"):
        call_command("verify_audit", anchors=kept)


def test_an_anchor_kept_elsewhere_catches_a_whole_chain_made_anew(tmp_path):
    kept = tmp_path / "ends.jsonl"
    ours = record_events(2)
    call_command("verify_audit", anchors=kept, quiet=True)

    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    for _ in range(2):
        audit.record("extended", ours, team=ours, by="somebody else", at=NOW)

    assert audit.first_bad_event(ours) is None
    with pytest.raises(CommandError, match=r"^Event 2 is not the one that was recorded \(Northbridge engagement\)$"):
        call_command("verify_audit", anchors=kept)


def test_anchors_pile_up_from_run_to_run(tmp_path):
    kept = tmp_path / "ends.jsonl"
    ours = record_events(1)
    call_command("verify_audit", anchors=kept, quiet=True)
    record_events(1, of=ours)
    call_command("verify_audit", anchors=kept, quiet=True)

    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    hashes = list(AuditEvent.objects.values_list("hash", flat=True))
    assert lines == [
        {"team": "Northbridge engagement", "seq": 1, "hash": hashes[0]},
        {"team": "Northbridge engagement", "seq": 2, "hash": hashes[1]},
    ]


def test_a_file_that_holds_no_anchors_is_refused(tmp_path):
    wrong = tmp_path / "ends.jsonl"
    wrong.write_text("hello\n")

    with pytest.raises(CommandError, match="is not a file of chain ends"):
        call_command("verify_audit", anchors=wrong)


PARALLEL = """
import threading
from datetime import UTC, datetime
import django
django.setup()
from django.db import connections
from consult import audit
from consult.models import Team

team = Team.objects.create(name="Parallel {turn}", phone="1", email="a@example.org", postal_address="1 High Street")
start = threading.Barrier(8)

def act():
    start.wait()
    for turn in range(25):
        audit.record("extended", team, team=team, by="a thread", at=datetime.now(UTC), detail={{"turn": turn}})
    connections.close_all()

threads = [threading.Thread(target=act) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(team.audit_events.count(), audit.first_bad_event(team))
connections.close_all()
"""


@pytest.mark.sqlite
def test_200_parallel_actions_make_one_unbroken_chain(tmp_path):
    """In a process of its own: the suite's SQLite lies in memory, where locks do not behave as they do in a file."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/audit.sqlite3",
        "CONSULT_DATA_DIR": str(tmp_path),
    }
    python = [sys.executable, "-W", "error"]
    subprocess.run([*python, "manage.py", "migrate", "--verbosity=0"], cwd=REPOSITORY, env=environment, check=True)

    assert run_in_parallel(environment) == "200 None"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_200_parallel_actions_make_one_unbroken_chain_on_postgresql():
    """Against the suite's own database, which the other process opens by its name."""
    at = connection.settings_dict
    address = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"

    assert run_in_parallel(os.environ | {"DATABASE_URL": address}) == "200 None"


def run_in_parallel(environment):
    """8 threads of 25 actions each; the number of events kept and what is wrong with the chain."""
    environment = environment | {"DJANGO_SETTINGS_MODULE": "consult.settings"}
    script = PARALLEL.format(turn=os.getpid())
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
