"""Who works on an import: one process at a time, carried on by another when it is gone, and never twice the same row."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from consult.models import AuditEvent, ImportJob
from consult.response_import import files, jobs, turns, work
from consult.response_import.turns import Overtaken, Turn, is_gone, is_stopped, this_machine
from surveys.models import Response
from tests.consult.spreadsheets import FORM, HEADINGS, MIXED, ROWS, answers_kept, clinic, csv_of
from tests.consultations import open_consultation
from tests.exports.respondents import close

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
State = ImportJob.State
NOBODY = f"{this_machine()} 999999999 abc"


@pytest.fixture(autouse=True)
def two_rows_at_a_time(monkeypatch):
    monkeypatch.setattr(work, "CHUNK", 2)


def begun(consultation, content):
    now = timezone.now()
    return jobs.begin(consultation, ContentFile(content).chunks(), channel="paper", by="a lead", now=now)


def checked(consultation, content):
    """A job whose rows were checked."""
    job = begun(consultation, content)
    work.carry_on(job)
    jobs.match(job, {}, now=timezone.now())
    work.carry_on(job)
    return job


def to_be_written(consultation, content, **how):
    job = checked(consultation, content)
    jobs.bring_in(job, **{"good_rows_only": True, "by": "a lead", "now": timezone.now()} | how)
    return job


def five():
    return csv_of(("visits",), *((str(number),) for number in range(5)))


class Killed(BaseException):
    """Stands for the end of a process."""


@contextmanager
def killed(patched, *, after):
    """Let the process be ended in the block, after so many chunks came in."""
    take, left = work.take, [after]

    def counted(*args):
        if not left[0]:
            raise Killed
        left[0] -= 1
        take(*args)

    with patched.context() as only_here:
        only_here.setattr(work, "take", counted)
        with pytest.raises(Killed):
            yield


def test_F15_writing_is_carried_on_from_where_it_was_left(monkeypatch):
    job = to_be_written(clinic(), five())
    with killed(monkeypatch, after=1):
        work.carry_on(job)
    left = ImportJob.objects.get()
    assert (left.state, left.done, left.imported, Response.objects.count()) == (State.WRITING, 2, 2, 2)

    ImportJob.objects.update(worker=NOBODY)
    work.carry_on(ImportJob.objects.get())

    done = ImportJob.objects.get()
    assert (done.state, done.imported, done.already_there) == (State.DONE, 5, 0)
    assert [answers["visits"] for answers in answers_kept()] == [0, 1, 2, 3, 4]
    assert AuditEvent.objects.filter(verb="responses imported").count() == 3


def test_F15_chunk_and_how_far_the_job_has_got_are_written_together(monkeypatch):
    job = to_be_written(clinic(), five())
    keep = Turn.keep

    def fails_after_the_rows(turn, **progress):
        if "imported" in progress:
            raise Killed
        keep(turn, **progress)

    monkeypatch.setattr(Turn, "keep", fails_after_the_rows)
    with pytest.raises(Killed):
        work.carry_on(job)

    assert (Response.objects.count(), ImportJob.objects.get().done) == (0, 0)
    assert not AuditEvent.objects.filter(verb="responses imported").exists()


def test_refused_rows_are_each_in_the_file_however_often_it_was_carried_on(monkeypatch):
    job = to_be_written(clinic(), csv_of(*MIXED))
    for _ in range(2):
        with killed(monkeypatch, after=1):
            work.carry_on(ImportJob.objects.get())
        ImportJob.objects.update(worker=NOBODY)
    work.carry_on(ImportJob.objects.get())

    rows = files.path_of(job, files.REFUSED).read_text(encoding="utf-8-sig").splitlines()[1:]
    assert {line.split(",")[-4] for line in rows} == {"Yess", "1", ""}
    assert ImportJob.objects.get().refused == 3


def test_process_that_was_overtaken_stops(monkeypatch):
    job = to_be_written(clinic(), five())
    take = work.take

    def overtaken(turn, outcomes):
        ImportJob.objects.update(worker="another machine 7 def")
        take(turn, outcomes)

    monkeypatch.setattr(work, "take", overtaken)
    work.carry_on(job)

    assert Response.objects.count() == 0
    assert ImportJob.objects.get().worker == "another machine 7 def"


def test_job_thrown_away_while_it_is_worked_on_is_left(monkeypatch):
    job = to_be_written(clinic(), five())
    take = work.take

    def thrown_away(turn, outcomes):
        take(turn, outcomes)
        jobs.discard(ImportJob.objects.get(), by="a lead", now=timezone.now())

    monkeypatch.setattr(work, "take", thrown_away)
    work.carry_on(job)

    left = ImportJob.objects.get()
    assert (left.state, left.imported, Response.objects.count()) == (State.DISCARDED, 2, 2)
    ended = AuditEvent.objects.get(verb="spreadsheet import ended early")
    assert ended.detail.body["imported"] == 2
    assert not files.folder_of(job.pk).exists()


def test_F16_writing_waits_for_another_import_of_the_consultation(monkeypatch):
    consultation = clinic()
    first, second = to_be_written(consultation, five()), to_be_written(consultation, csv_of(HEADINGS, *ROWS))
    ImportJob.objects.filter(pk=first.pk).update(worker="elsewhere 1 abc", beat_at=timezone.now())
    looks = []

    def ends_at_the_third_look(seconds):
        looks.append(ImportJob.objects.get(pk=second.pk).worker)
        if len(looks) == 3:
            ImportJob.objects.filter(pk=first.pk).update(state=State.DONE, worker="")

    monkeypatch.setattr(turns.time, "sleep", ends_at_the_third_look)
    work.carry_on(second)

    assert looks == ["", "", ""]
    assert ImportJob.objects.get(pk=second.pk).state == State.DONE


def test_reading_and_checking_wait_for_nobody():
    consultation = clinic()
    first = to_be_written(consultation, five())
    ImportJob.objects.filter(pk=first.pk).update(worker="elsewhere 1 abc", beat_at=timezone.now())

    assert checked(consultation, csv_of(HEADINGS, *ROWS)).state == State.CHECKED


def test_import_into_another_consultation_waits_for_nobody():
    job = to_be_written(clinic(), five())
    other = to_be_written(open_consultation(FORM, slug="other"), five())
    ImportJob.objects.filter(pk=job.pk).update(worker="elsewhere 1 abc", beat_at=timezone.now())

    work.carry_on(other)

    assert ImportJob.objects.get(pk=other.pk).state == State.DONE


@pytest.mark.parametrize(
    "state, worker, seconds_ago, stopped",
    [
        (State.WRITING, "elsewhere 1 abc", 5, False),
        (State.WRITING, "elsewhere 1 abc", 60, True),
        (State.CHECKING, "", 5, False),
        (State.CHECKING, "", 60, True),
        (State.READING, NOBODY, 1, True),
        (State.CHECKED, "", 6_000, False),
        (State.DONE, "", 6_000, False),
    ],
)
def test_job_is_stopped_when_nobody_says_anything_or_its_process_is_gone(state, worker, seconds_ago, stopped):
    now = timezone.now()
    job = ImportJob(state=state, worker=worker, beat_at=now - timedelta(seconds=seconds_ago))

    assert is_stopped(job, now=now) is stopped


def test_process_of_another_machine_is_never_taken_for_gone():
    assert [is_gone(NOBODY), is_gone("another-machine 999999999 abc")] == [True, False]


def test_turn_that_is_not_held_any_more_can_write_nothing():
    job = begun(clinic(), five())
    turn = Turn(job)
    turn.take()
    ImportJob.objects.update(worker="")

    with pytest.raises(Overtaken):
        turn.keep(done=3)

    assert ImportJob.objects.get().done == 0


def test_consultation_that_closes_for_good_meanwhile_ends_the_import_and_keeps_what_came_in(monkeypatch):
    consultation = clinic()
    job = to_be_written(consultation, five())
    take, calls = work.take, []

    def reported_after_the_first(turn, outcomes):
        if calls:
            close(consultation)
            consultation.reported_at = timezone.now()
            consultation.save()
        calls.append(outcomes)
        take(turn, outcomes)

    monkeypatch.setattr(work, "take", reported_after_the_first)
    work.carry_on(job)

    left = ImportJob.objects.get()
    assert (left.state, left.imported, Response.objects.count()) == (State.REFUSED, 2, 2)
    assert "The consultation is reported now and takes no more responses." in left.refusal


def test_files_are_for_the_service_alone():
    job = checked(clinic(), csv_of(HEADINGS, *ROWS))
    folder = files.folder_of(job.pk)

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (folder, *folder.iterdir())}

    names = (files.UPLOAD, files.ROWS, files.READING, files.FINDINGS, files.REFUSED)
    assert modes == {folder.name: "0o700"} | dict.fromkeys(names, "0o600")


def test_files_that_nobody_has_touched_for_a_week_are_deleted():
    job = checked(clinic(), csv_of(HEADINGS, *ROWS))
    now = timezone.now()

    early, late = files.delete_old(now + timedelta(days=6)), files.delete_old(now + timedelta(days=8))

    assert (early, late, files.folder_of(job.pk).exists()) == (0, 1, False)
