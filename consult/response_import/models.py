"""What is kept of spreadsheets of responses on their way in."""

import uuid

from django.db import models


class ImportJob(models.Model):
    """A spreadsheet of responses on its way in: what was found and chosen, and how far it has got. What it holds lies in files.

    `by` is an actor as the audit log names them. `worker` names the process at work, which says at `beat_at` that it lives.
    """

    class State(models.TextChoices):
        READING = "reading", "Being read"
        MATCHING = "matching", "Waiting for its columns to be matched"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked, and nothing brought in yet"
        WRITING = "writing", "Being brought in"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"
        DISCARDED = "discarded", "Thrown away"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey("consult.Consultation", on_delete=models.CASCADE, related_name="import_jobs")
    version = models.ForeignKey("surveys.Version", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text="Of the file")
    label = models.CharField(max_length=60, help_text="What file it is, in words that name nobody")
    channel = models.CharField(max_length=10)
    separator = models.CharField(max_length=1, blank=True, help_text="What parts the cells, where somebody chose it")
    matching = models.JSONField(default=dict, help_text="What its columns are about")
    good_rows_only = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    refusal = models.TextField(blank=True, help_text="Why it was refused")
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="Rows gone through at this stage")
    good = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    already_there = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)
    by = models.CharField(max_length=200)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    beat_at = models.DateTimeField()

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self):
        return f"{self.consultation}: {self.label}"
