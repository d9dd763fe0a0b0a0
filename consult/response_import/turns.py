"""One process at a time: who works on an import says so every few seconds, and who wants to begin waits for their turn.

A process that was killed says nothing any more: after `SILENT_FOR` its job may be carried on by another, on the same machine at
once. Should it only have slept, it finds at its next step that another has taken over, and stops. Rows could not come in twice
even then: their keys are unique.
"""

import os
import socket
import time
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from consult.models import Consultation, ImportJob

SILENT_FOR = timedelta(seconds=30)
BETWEEN_LOOKS = 0.5
"""Seconds between two looks at whether another import has ended."""

State = ImportJob.State
AT_WORK = (State.READING, State.CHECKING, State.WRITING)
"""Stages in which a process is at work, or should be."""


class Overtaken(Exception):
    """Another process has taken this job over, or somebody has thrown it away."""


def alive(jobs, now):
    """Those of some jobs that a process works on."""
    speaking = jobs.exclude(worker="").filter(beat_at__gt=now - SILENT_FOR)
    return [job for job in speaking if not is_gone(job.worker)]


def is_gone(worker):
    """Whether a worker was a process of this machine that is no more."""
    machine, _, process = worker.partition(" ")
    if machine != this_machine():
        return False
    try:
        os.kill(int(process.split()[0]), 0)
    except ProcessLookupError:
        return True
    return False


def this_machine():
    """The name of this machine, as a worker's name begins with it."""
    return socket.gethostname().replace(" ", "-")[:60]


class Turn:
    """A process's right to work on a job, for as long as it says every now and then that it lives."""

    def __init__(self, job):
        self.job, self.worker = job, f"{this_machine()} {os.getpid()} {uuid4().hex[:8]}"

    def take(self):
        """Wait until nobody else works on this job, nor brings anything into its consultation; then it is ours."""
        while not self.is_taken():
            time.sleep(BETWEEN_LOOKS)

    def is_taken(self):
        """Take the turn if nobody has it. Where others do, say that this job waits, and is not forgotten."""
        now = timezone.now()
        with transaction.atomic():
            # One process at a time looks and takes.
            Consultation.objects.select_for_update().get(pk=self.job.consultation_id)
            mine = ImportJob.objects.filter(pk=self.job.pk)
            if alive(mine, now):
                return False
            others = ImportJob.objects.filter(consultation=self.job.consultation_id, state=State.WRITING)
            if self.job.state == State.WRITING and alive(others.exclude(pk=self.job.pk), now):
                mine.update(beat_at=now)
                return False
            mine.update(worker=self.worker, beat_at=now)
        self.job.refresh_from_db()
        return True

    def keep(self, **progress):
        """Say that this process lives, and how far it has got, in the caller's transaction if any. Raises Overtaken."""
        changed = progress | {"beat_at": timezone.now()}
        if not ImportJob.objects.filter(pk=self.job.pk, worker=self.worker).update(**changed):
            raise Overtaken
        for name, value in changed.items():
            setattr(self.job, name, value)

    def end(self, state, **more):
        """Leave the job to whoever comes next, in a new state."""
        self.keep(state=state, worker="", **more)


def is_stopped(job, *, now):
    """Whether a job should be worked on and nobody does: its process was killed, or never began."""
    return job.state in AT_WORK and (job.beat_at < now - SILENT_FOR or (job.worker != "" and is_gone(job.worker)))


def is_waiting(job):
    """Whether a job waits for another import of its consultation to end."""
    return job.state == State.WRITING and job.worker == ""
