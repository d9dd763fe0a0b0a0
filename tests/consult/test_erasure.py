"""Erasure: gone from answers, equality answers, counts and exports, remembered by digests alone (threats.md I6, I7, §5.4)."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from consult import audit, erasure, keys, submission
from consult.editions import publish_report
from consult.models import Arrival, AuditDetail, AuditEvent, Edition, Erasure, LinkKey
from consult.reports import results_of
from consult.submission import save_equality
from equality.models import Profile
from exports.formats import TABLE_FORMATS
from exports.tables import response_rows
from surveys.counted import counted_responses
from surveys.models import Response
from tests.consultations import open_consultation
from tests.exports.composed import FEW, crowd
from tests.exports.respondents import close, send

pytestmark = pytest.mark.django_db

CANARY = "kanarienvogel"
OWN_WORDS = "papageientaucher"
KEY = UUID("11111111-2222-4333-8444-555555555555")


@pytest.fixture(autouse=True)
def register(settings, tmp_path):
    """The file of erasures, in a folder of this test's own."""
    settings.DATA_DIR = tmp_path
    return tmp_path / erasure.REGISTER


def given_a_response(consultation, *, key=KEY, **more):
    """A response with words, equality answers, own words about the person, and how it came."""
    response = send(consultation, {"support": 1, "why": CANARY, "visits": 3}, key=key, **more)
    save_equality(
        consultation,
        submission_key=key,
        answers={"age": "65_74", "religion": "other"},
        own_words={"religion": OWN_WORDS},
    )
    Arrival.objects.create(
        consultation=consultation, reference=response.reference, network=b"n" * 16, arrived_on=date(2027, 3, 3),
        seconds=300, answered=3, asked=3,
    )  # fmt: skip
    return response


def digest_of(key=KEY):
    return keys.receipt_digest(keys.receipt_for(key))


def erased(key=KEY, *, now=None, **more):
    return erasure.erase(digest_of(key), by="a test", now=now or timezone.now(), **more)


def everything_stored():
    """Every row of every table as text, sealed words opened."""
    rows = [
        (model.__name__, [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
        for model in apps.get_models(include_auto_created=True)
        for row in model._default_manager.values_list()
    ]
    opened = [keys.open_text(profile.self_described) for profile in Profile.objects.exclude(self_described=None)]
    return repr((rows, opened))


def test_I7_everything_that_a_response_left_is_gone_and_nothing_of_the_next_persons():
    consultation = open_consultation()
    response = given_a_response(consultation)
    link = keys.profile_link(submission.link_key(consultation), KEY)
    secrets = (CANARY, OWN_WORDS, str(KEY), repr(KEY), response.reference, str(link))
    before = everything_stored()
    assert [secret for secret in secrets if secret not in before] == []
    other = send(consultation, {"support": 2, "why": "Another"}, equality={"age": "16_24"})

    assert erased() is True

    after = everything_stored()
    assert [secret for secret in secrets if secret in after] == []
    assert list(Response.objects.all()) == [other]
    assert [profile.link for profile in Profile.objects.all()] == [
        keys.profile_link(submission.link_key(consultation), other.submission_key)
    ]
    assert not Arrival.objects.exists()


def test_what_remains_is_a_digest_and_a_time_in_the_table_the_audit_log_and_a_file(register):
    consultation, now = open_consultation(), timezone.now()
    given_a_response(consultation)

    erased(now=now, reason="Asked by phone")

    digest = digest_of()
    kept = Erasure.objects.get()
    assert (kept.consultation, bytes(kept.receipt_digest), kept.erased_at) == (consultation, digest, now)
    assert register.read_text() == f"{digest.hex()} {now.isoformat()}\n"
    assert register.stat().st_mode & 0o777 == 0o600
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.at, event.actor, event.object_id, event.reason) == (
        "response erased", now, "a test", str(consultation.pk), "Asked by phone",
    )  # fmt: skip
    assert AuditDetail.objects.get(event=event).body == {"receipt digest": digest.hex()}
    assert audit.first_bad_event(consultation.team) is None


def test_a_second_time_there_is_nothing_to_erase_and_nothing_more_is_written(register):
    given_a_response(open_consultation())
    erased()
    events, lines = AuditEvent.objects.count(), register.read_text()

    assert erased() is False

    assert (AuditEvent.objects.count(), register.read_text(), Erasure.objects.count()) == (events, lines, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_erases(register):
    consultation = open_consultation()
    given_a_response(consultation)

    def once(_):
        try:
            return erased()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(once, range(4))) == [False, False, False, True]
    assert len(register.read_text().splitlines()) == 1


def test_what_came_back_from_a_backup_can_be_erased_again(register):
    consultation = open_consultation()
    given_a_response(consultation)
    erased()
    given_a_response(consultation)

    assert erased() is True

    assert (Erasure.objects.count(), Response.objects.count(), len(register.read_text().splitlines())) == (1, 0, 2)


def test_I15_when_the_register_cannot_be_written_nothing_is_erased(register):
    given_a_response(open_consultation())
    register.mkdir()

    with pytest.raises(OSError, match="directory"):
        erased()

    assert (Response.objects.count(), Profile.objects.count(), Erasure.objects.count()) == (1, 1, 0)


def test_I15_when_the_audit_row_cannot_be_written_nothing_is_erased(register, monkeypatch):
    given_a_response(open_consultation())

    def fails(*args, **kwargs):
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr(erasure.audit, "record", fails)
    with pytest.raises(RuntimeError):
        erased()

    assert (Response.objects.count(), Profile.objects.count(), Erasure.objects.count()) == (1, 1, 0)
    assert not register.exists()


def test_after_the_link_key_was_destroyed_the_answers_go_and_the_profile_cannot_be_found():
    given_a_response(open_consultation())
    LinkKey.objects.all().delete()

    assert erased() is True

    assert (Response.objects.count(), Profile.objects.count()) == (0, 1)


@pytest.mark.sqlite
def test_what_is_deleted_is_overwritten_in_the_file():
    given_a_response(open_consultation())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")

        erased()

        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


# What is counted and published --------------------------------------------------------------------------------------------


def rows_exported(consultation):
    rows = response_rows(consultation.questionnaire_id, title="The plan")
    return b"".join(TABLE_FORMATS["csv"].lines(rows)).decode()


def total_shown(consultation, now):
    """How many responses staff are told of, and how many profiles of two ages are held."""
    results = results_of(consultation, now=now)
    age = next(found for found in results.characteristics if found.key == "age")
    tally = results.counts.profile(age)
    ages = [(label, int(tally[code])) for code, label in age.categories if label in ("16 to 24", "65 to 74")]
    return results.channel_table().grand_total.shown, ages


def test_27_total_in_memory_drops_by_one_and_the_text_is_gone_from_exports():
    consultation, now = open_consultation(), timezone.now()
    for place in range(12):
        send(consultation, {"support": 1 + place % 2, "visits": place}, equality={"age": "16_24"})
    given_a_response(consultation)
    consultation.policy = "exact"
    before = total_shown(consultation, now)
    held = counted_responses(consultation.questionnaire_id)
    assert (before, len(held.columns), CANARY in rows_exported(consultation)) == (
        ("13", [("16 to 24", 12), ("65 to 74", 1)]), 13, True,
    )  # fmt: skip

    erased(now=now)

    # A page that staff look at may be ten seconds old; what is published never is.
    assert total_shown(consultation, now + timedelta(seconds=11)) == ("12", [("16 to 24", 12), ("65 to 74", 0)])
    assert (len(held.columns), KEY.bytes in held.submission_keys.tolist()) == (12, False)
    exported = rows_exported(consultation)
    assert (CANARY in exported, exported.count("\r\n")) == (False, 13)


def test_a_page_that_does_not_compare_each_time_notices_within_seconds():
    consultation, now = open_consultation(), timezone.now()
    given_a_response(consultation)
    held = counted_responses(consultation.questionnaire_id).refresh(now=now)

    erased(now=now)
    held.refresh(now=now + timedelta(seconds=11), thorough=False)

    assert len(held.columns) == 0


def test_what_was_published_stays_as_it_was_byte_by_byte():
    consultation = close(crowd(FEW))
    now = timezone.now()
    publish_report(consultation, by="a test", now=now)
    before = {(edition.name, edition.format): bytes(edition.body) for edition in Edition.objects.all()}
    response = Response.objects.first()

    assert erasure.erase(bytes(response.receipt_digest), by="a test", now=now) is True

    assert {(edition.name, edition.format): bytes(edition.body) for edition in Edition.objects.all()} == before


# Until when ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("closes", "last_moment"), [
    # Both days in winter.
    (datetime(2027, 3, 12, 23, 59, tzinfo=UTC), datetime(2027, 3, 26, 23, 59, 59, tzinfo=UTC)),
    # Clocks go forward on 28 March 2027: that day ends at 11pm UTC.
    (datetime(2027, 3, 14, 23, 59, tzinfo=UTC), datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC)),
    (datetime(2027, 3, 13, 23, 59, tzinfo=UTC), datetime(2027, 3, 27, 23, 59, 59, tzinfo=UTC)),
    # Both days in summer.
    (datetime(2027, 6, 1, 22, 59, tzinfo=UTC), datetime(2027, 6, 15, 22, 59, 59, tzinfo=UTC)),
    # Clocks go back on 31 October 2027: that day ends at midnight UTC.
    (datetime(2027, 10, 17, 22, 59, tzinfo=UTC), datetime(2027, 10, 31, 23, 59, 59, tzinfo=UTC)),
    (datetime(2027, 10, 16, 22, 59, tzinfo=UTC), datetime(2027, 10, 30, 22, 59, 59, tzinfo=UTC)),
])  # fmt: skip
def test_I6_answers_may_be_taken_back_until_the_end_of_the_last_day_in_uk_time(closes, last_moment):
    opened = closes - timedelta(days=30)
    consultation = open_consultation(now=opened, closes_at=closes)
    for key in (1, 2):
        given_a_response(consultation, key=UUID(int=key), now=opened + timedelta(days=1))

    assert erased(UUID(int=1), now=last_moment) is True
    with pytest.raises(erasure.TooLate):
        erased(UUID(int=2), now=last_moment + timedelta(seconds=1))

    assert [response.submission_key for response in Response.objects.all()] == [UUID(int=2)]


def test_G4_an_extension_moves_the_last_day():
    consultation, now = open_consultation(), timezone.now()
    given_a_response(consultation)
    consultation.closes_at += timedelta(days=7)
    consultation.save()

    assert erased(now=now + timedelta(weeks=4, days=20)) is True


# By phone -----------------------------------------------------------------------------------------------------------------


def refused(*words):
    """The line that the command refuses with."""
    with pytest.raises(CommandError) as refusal:
        call_command("erase_response", *words)
    assert refusal.value.returncode == 1
    return str(refusal.value)


def test_command_erases_with_a_reason_and_prints_and_records_no_code(capsys, register):
    given_a_response(open_consultation())
    code = keys.receipt_for(KEY)

    call_command("erase_response", "--code", code.lower().replace("-", " "), "--reason", "Phoned on Monday")

    assert capsys.readouterr().out == "The answers are deleted.\n"
    assert not Response.objects.exists()
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.actor, event.reason) == ("response erased", "erase_response", "Phoned on Monday")
    kept = everything_stored() + register.read_text()
    assert not [secret for secret in (code, code.replace("-", "")) if secret in kept]


def test_command_is_quiet_when_asked(capsys):
    given_a_response(open_consultation())

    call_command("erase_response", "--code", keys.receipt_for(KEY), "--reason", "Phoned", "--quiet")

    assert capsys.readouterr().out == ""


def test_command_refuses_a_code_without_answers_no_reason_and_a_late_one():
    consultation = open_consultation()
    given_a_response(consultation)
    code = keys.receipt_for(KEY)

    assert refused("--code", keys.receipt_for(uuid4()), "--reason", "Phoned") == "We have no answers for this code."
    assert refused("--code", "nonsense", "--reason", "Phoned") == "We have no answers for this code."
    assert refused("--code", code, "--reason", " ") == "Say why, with --reason."
    consultation.opens_at, consultation.closes_at = (datetime(2026, month, 1, 9, tzinfo=UTC) for month in (1, 2))
    consultation.save()
    late = "It is too late to delete these answers. The last day was Sunday 15 February 2026."
    assert refused("--code", code, "--reason", "Phoned") == late
    assert json.dumps(Response.objects.get().answers).count(CANARY) == 1
