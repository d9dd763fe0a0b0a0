"""What people do with an import: send a file, say what its columns are, have it brought in, carry it on, throw it away.

Each is one transaction; what then has to be done with the file is `work`. "All or nothing" is decided by the check, before the
first row is written: see docs/decisions/0030.
"""

from uuid import uuid4

from django.db import transaction

from consult import audit, submission
from consult.models import Consultation, ImportJob
from consult.response_import import columns, files
from consult.response_import.turns import alive
from surveys.answer_files import Matching, MatchingError, match_headings
from surveys.publishing import latest_version_id, published

State = ImportJob.State
MOST_SAVED = 20
"""Earlier imports of a consultation that are looked through for what its columns were matched with."""
FORM_NUMBERS_CHANGED = (
    "Rows of this file were brought in before, told apart by {before}. "
    "Choose the same again, or they would be counted twice"
)


class NotNow(Exception):
    """The job is not at the stage that this needs: somebody else was faster, or the page was an old one."""


class NothingGood(Exception):
    """Rows are refused, and nobody chose to bring the others in without them; or there is no good row at all."""


def begin(consultation, chunks, *, channel, by, now):
    """Keep a spreadsheet (bytes in pieces) to be read. Raises ConsultationClosed, and ImportRefused for one that is too large."""
    submission.refuse_when_closed(consultation, channel=channel, begun_at=None, now=now)
    job_id = uuid4()
    digest, size = files.keep_upload(job_id, chunks)
    with transaction.atomic():
        # Sending a file again is beginning again with it. What of it came in is there, and is told.
        unfinished = same_file(consultation, digest).exclude(state__in=(State.DONE, State.DISCARDED))
        working = {job.pk for job in alive(unfinished, now)}
        for job in unfinished.exclude(pk__in=working):
            drop(job)
        return ImportJob.objects.create(
            id=job_id,
            consultation=consultation,
            version_id=latest_version_id(consultation.questionnaire_id),
            digest=digest,
            label=f"Spreadsheet, {-(-size // 1_000):,} KB",
            channel=channel,
            by=audit.actor_of(by),
            begun_at=now,
            beat_at=now,
        )


def same_file(consultation, digest):
    """The imports of a file with this digest."""
    return ImportJob.objects.filter(consultation=consultation, digest=digest)


def read_again(job, *, separator, now):
    """Have the file read again, with its cells parted by what somebody chose. Raises NotNow."""
    advance(job, State.READING, of=(State.MATCHING, State.CHECKED), now=now, separator=separator)


def match(job, said, *, now):
    """Say what the columns are about (`said`, a mapping), and have the rows checked. Raises MatchingError and NotNow."""
    reading = files.reading_of(job)
    if reading is None:
        raise NotNow
    matching = matching_of(job, reading, said)
    refuse_other_numbers(job, matching)
    plain = matching.to_json(reading.headings)
    # PostgreSQL keeps no order of names: that of the file is kept beside them.
    plain["order"] = list(plain["columns"])
    advance(job, State.CHECKING, of=(State.MATCHING, State.CHECKED), now=now, matching=plain)
    return matching


def matching_of(job, reading, said):
    """What the columns are about, as `said` and as their headings tell. Raises MatchingError for equality answers too."""
    headings = [column.heading for column in reading.columns if not column.is_empty]
    matching = match_headings(headings, published(job.version_id).definition, said=said)
    known = {*matching.columns, *matching.facts.values()}
    if refusal := columns.refusal_of(reading.columns, known, job.consultation.question_set):
        raise MatchingError(refusal)
    return matching


def refuse_other_numbers(job, matching):
    """Raise MatchingError where rows of the same file came in before under other keys: they would be counted twice."""
    for earlier in same_file(job.consultation, job.digest).filter(imported__gt=0).exclude(pk=job.pk):
        before = Matching.from_json(earlier.matching).facts.get("form_number", "")
        if before != matching.facts.get("form_number", ""):
            how = f"the form numbers in “{before}”" if before else "their place in the file"
            raise MatchingError(FORM_NUMBERS_CHANGED.format(before=how))


def saved_mapping(job, headings):
    """What earlier files of the consultation with these headings were matched with, as a mapping; {} where there were none."""
    earlier = ImportJob.objects.filter(consultation=job.consultation_id).exclude(pk=job.pk).exclude(matching={})
    found = {}
    for matching in earlier.values_list("matching", flat=True)[:MOST_SAVED]:
        for heading, key in matching["columns"].items():
            if heading in headings:
                found.setdefault(heading, key)
    return {"columns": found}


@transaction.atomic
def bring_in(job, *, good_rows_only, by, now):
    """Have the checked rows brought in. Recorded, with the choice. Raises NothingGood, NotNow and ConsultationClosed."""
    if not job.good or (job.refused and not good_rows_only):
        raise NothingGood
    submission.refuse_when_closed(job.consultation, channel=job.channel, begun_at=None, now=now)
    refused = job.refused
    zero = {"done": 0, "refused": 0, "already_there": 0, "imported": 0}
    advance(job, State.WRITING, of=(State.CHECKED,), now=now, good_rows_only=good_rows_only, **zero)
    detail = told_of(job) | {
        "rows": job.rows,
        "rows refused by the check": refused,
        "good rows only": good_rows_only,
        "columns": Matching.from_json(job.matching).columns,
    }
    record(job, "spreadsheet import begun", by=by, now=now, detail=detail)


def restart(job, *, now):
    """Say that a job whose process was ended is begun again."""
    ImportJob.objects.filter(pk=job.pk).update(worker="", beat_at=now)
    job.refresh_from_db()


def told_of(job):
    """How the record names a file: its digest, and no word of anybody's."""
    return {"file": job.digest, "channel": job.channel}


def record(job, verb, *, by, now, detail):
    """Add what was done with a spreadsheet to the record."""
    team = job.consultation.team
    audit.record(verb, job.consultation, team=team, by=by, at=now, detail=detail)


@transaction.atomic
def discard(job, *, by, now):
    """Throw a file away with which nobody goes on; what of it came in stays in. Raises NotNow for one that is done."""
    if job.state in (State.DONE, State.DISCARDED):
        raise NotNow
    if job.imported:
        record(job, "spreadsheet import ended early", by=by, now=now, detail=told_of(job) | {"imported": job.imported})
    drop(job)


def drop(job):
    """Forget a job's files, and let no process go on with it."""
    ImportJob.objects.filter(pk=job.pk).update(state=State.DISCARDED, worker="")
    files.forget(job)


@transaction.atomic
def advance(job, state, *, of, now, **changes):
    """Move a job on from one of the states `of`. Raises NotNow where it is in another."""
    Consultation.objects.select_for_update().get(pk=job.consultation_id)
    moved = ImportJob.objects.filter(pk=job.pk, state__in=of)
    if not moved.update(state=state, done=changes.pop("done", 0), beat_at=now, worker="", **changes):
        raise NotNow
    job.refresh_from_db()
