"""The work on an import, stage by stage: reading the file, checking its rows, bringing them in. Each can be carried on.

Rows are gone through some hundred at a time. What takes time is done outside any transaction, so that residents who send are
hardly held up; what was brought in and how far the job has got are written together, so that each row comes in once.
"""

from collections import Counter
from itertools import islice

from django.db import transaction
from django.utils import timezone

from consult import submission
from consult.models import ImportJob
from consult.response_import import columns, files
from consult.response_import.findings import Findings
from consult.response_import.jobs import matching_of, record, told_of
from consult.response_import.rows import RowReader
from consult.response_import.turns import Overtaken, Turn
from surveys.answer_files import ImportRefused, Matching, MatchingError, read_apart, rows_kept
from surveys.answer_files.headings import headings_known
from surveys.publishing import published

State = ImportJob.State
CHUNK = 250
"""Rows in one transaction: some hundredths of a second of writing, after some tenths of checking."""


def carry_on(job, *, report=None):
    """Do what is to be done at the job's stage, and leave it at the next. `report(done, total)` hears how far it has got."""
    turn = Turn(job)
    try:
        turn.take()
        if stage := STAGES.get(job.state):
            stage(turn, report or (lambda done, total: None))
        else:
            turn.end(job.state)
    except (Overtaken, FileNotFoundError):
        # Thrown away meanwhile, or somebody else goes on with it: either way it is not ours any more.
        job.refresh_from_db()
        if job.worker == turn.worker:
            raise


def read(turn, report):
    """Have the file read in a process apart, and match what its headings tell."""
    job = turn.job
    try:
        reading = read_apart(
            files.path_of(job, files.UPLOAD),
            files.path_of(job, files.ROWS),
            known=headings_known(published(job.version_id).definition),
            separator=job.separator,
            today=timezone.localdate(),
            beat=turn.keep,
        )
    except ImportRefused as refusal:
        refuse(turn, str(refusal))
        return
    facts = matched_already(job, reading)
    if refusal := columns.refusal_of(reading.columns, facts, job.consultation.question_set):
        refuse(turn, refusal)
        return
    files.keep_reading(job, reading)
    turn.end(State.MATCHING, rows=reading.rows, label=label_of(job, reading))


def matched_already(job, reading):
    """The headings that tell by themselves what they are."""
    try:
        matching = matching_of(job, reading, {})
    except MatchingError:
        # Nothing is matched yet, or something of equality is among the columns, which is said next.
        return set()
    return {*matching.columns, *matching.facts.values()}


def label_of(job, reading):
    """What file it is, once that is known: never its name, which may be somebody's."""
    return job.label.replace("Spreadsheet", "Excel workbook" if reading.format == "xlsx" else "CSV file")


def refuse(turn, why):
    """End with a file that cannot be read, or may not be."""
    files.forget(turn.job)
    turn.end(State.REFUSED, refusal=why, finished_at=timezone.now())


def check(turn, report):
    """Check every row, and keep what was found, with each refused row and why."""
    job = turn.job
    turn.keep(done=0, good=0, refused=0, already_there=0)
    reading, matching = files.reading_of(job), Matching.from_json(job.matching)
    reader = RowReader(job, matching, reading)
    findings = Findings(reader)
    with files.refused_rows(job, reading.headings, anew=True) as write_refused:
        for chunk in in_chunks(rows_kept(files.path_of(job, files.ROWS))):
            outcomes = reader.outcomes(chunk, now=timezone.now())
            for outcome in outcomes:
                findings.add(outcome)
            write_refused(outcomes)
            turn.keep(done=job.done + len(chunk), **findings.counts())
            report(job.done, job.rows)
    files.keep_json(job, files.FINDINGS, findings.to_json())
    warnings = [*reading.warnings, *findings.warnings(job, reading, matching)]
    turn.end(State.CHECKED, warnings=warnings)


def write(turn, report):
    """Bring the good rows in, from where it was left."""
    job = turn.job
    reading = files.reading_of(job)
    reader = RowReader(job, Matching.from_json(job.matching), reading)
    rows = rows_kept(files.path_of(job, files.ROWS))
    with files.refused_rows(job, reading.headings, anew=job.done == 0) as write_refused:
        for chunk in in_chunks(islice(rows, job.done, None)):
            outcomes = reader.outcomes(chunk, now=timezone.now())
            write_refused(outcomes)
            try:
                take(turn, outcomes)
            except submission.ConsultationClosed as closed:
                stop_short(turn, closed)
                return
            report(job.done, job.rows)
    finish(turn)


def take(turn, outcomes):
    """Bring one chunk in, with how far the job has got, in one transaction. Raises ConsultationClosed and Overtaken."""
    job, now = turn.job, timezone.now()
    there = Counter("refused" if each.reasons else "new" if each.sending else "there" for each in outcomes)
    numbers = f"{outcomes[0].number} to {outcomes[-1].number}"
    with transaction.atomic():
        turn.keep()
        taken = submission.submit_many(
            job.consultation,
            [outcome.sending for outcome in outcomes if outcome.sending],
            channel=job.channel,
            version_id=job.version_id,
            now=now,
            by=job.by,
            detail={"file": job.digest, "rows": numbers},
        )
        turn.keep(
            done=job.done + len(outcomes),
            imported=job.imported + len(taken),
            refused=job.refused + there["refused"],
            already_there=job.already_there + there["there"] + there["new"] - len(taken),
        )


def stop_short(turn, closed):
    """End where the consultation takes no more: what came in stays in, and it is said."""
    why = f"The consultation is {closed.stage} now and takes no more responses. The rows before came in."
    files.forget(turn.job, keep_refused=True)
    turn.end(State.REFUSED, refusal=why, finished_at=timezone.now())


def finish(turn):
    """End with a file of which everything good came in."""
    job, now = turn.job, timezone.now()
    with transaction.atomic():
        turn.end(State.DONE, finished_at=now)
        counts = {"imported": job.imported, "refused": job.refused, "already there": job.already_there}
        record(job, "spreadsheet import finished", by=job.by, now=now, detail=told_of(job) | counts)
    files.forget(job, keep_refused=True)


def in_chunks(rows):
    """Rows in lists of CHUNK."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


STAGES = {State.READING: read, State.CHECKING: check, State.WRITING: write}
