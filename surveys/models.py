"""What the survey engine keeps: questionnaires, their frozen versions, shared questions, answers in progress, and responses.

A questionnaire is one document (`definition.py`); a response is one document and a row of codes beside it (`codebook.py`).
There is no answer table. Nothing here points at a person: no name, address, user or user agent.
"""

import uuid

from django.db import models
from django.db.models import Q


class Questionnaire(models.Model):
    """A questionnaire being written. `revision` counts saved edits, so that two editors cannot overwrite each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    draft = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict, help_text="Why each question is asked, by its key. Never published")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.title


class Version(models.Model):
    """A published questionnaire, frozen: inserted, never changed. Every response points at the version it answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    codebook = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="Why it was changed, for the record")
    public_note = models.TextField(blank=True, help_text="What was changed, in words for the public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once")]

    def __str__(self):
        return f"{self.questionnaire} v{self.number}"


class LibraryQuestion(models.Model):
    """A question that a team shares between its questionnaires, as it is now. `owner` is the team's id and points at nothing.

    `document` is the question as `definition_json.question_to_json` has it. Questionnaires hold copies of it: no row points here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.BigIntegerField()
    title = models.CharField(max_length=200)
    document = models.JSONField()
    revision = models.PositiveIntegerField()
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "title"], condition=Q(is_retired=False), name="library_title_once")
        ]

    def __str__(self):
        return self.title


class LibraryRevision(models.Model):
    """A shared question as it was at one time: inserted, never changed."""

    question = models.ForeignKey(LibraryQuestion, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="library_revision_once")]

    def __str__(self):
        return f"{self.question}, revision {self.number}"


class DraftResponse(models.Model):
    """Answers not yet sent. Only the holder of the token can read them: the key is derived from it and not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_digest = models.BinaryField(max_length=32, unique=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    sealed = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    # The way back from another device: a keyed digest of the newest code, and the token sealed with that code.
    resume_digest = models.BinaryField(max_length=32, null=True, unique=True)
    resume_sealed = models.BinaryField(null=True)


class Channel(models.TextChoices):
    """How a response reached us."""

    ONLINE = "online", "Online"
    PAPER = "paper", "Paper form"
    PHONE = "phone", "Phone"
    LETTER = "letter", "Letter or email"
    EVENT = "event", "Event"
    API = "api", "Other system"


class RespondentType(models.TextChoices):
    """In what capacity somebody answered."""

    SELF = "self", "For themselves"
    SOMEONE_ELSE = "someone_else", "For someone else"
    ORGANISATION = "organisation", "For an organisation"
    STAFF = "staff", "As someone who works in health or care"
    NOT_SAID = "not_said", "Did not say"


class ResponseStatus(models.TextChoices):
    """Whether a response is counted."""

    COUNTED = "counted", "Counted"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXCLUDED = "excluded", "Excluded, with a reason"


class Response(models.Model):
    """One acknowledged response: its answers as a document, and the same answers as a row of codes.

    `reference` names it to staff and opens nothing; `receipt_digest` is keyed, so a stolen table yields no receipt code.
    `changed_seq` is set from a counter at every later change, for readers who keep the codes in memory.
    """

    reference = models.CharField(max_length=12, unique=True)
    receipt_digest = models.BinaryField(max_length=32, unique=True)
    submission_key = models.UUIDField(unique=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    answers = models.JSONField()
    codes = models.BinaryField()
    channel = models.CharField(max_length=10, choices=Channel)
    variant = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, default="en")
    respondent_type = models.CharField(max_length=12, choices=RespondentType, default=RespondentType.NOT_SAID)
    submitted_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ResponseStatus, default=ResponseStatus.COUNTED)
    changed_seq = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            # For `counted`: numbers and pages of counted responses come from the index alone.
            models.Index(fields=["version", "status", "id"], name="response_by_version"),
            # For `changed_responses`: the few rows changed since a reader last looked.
            models.Index(
                fields=["version", "changed_seq"], name="response_changed", condition=Q(changed_seq__isnull=False)
            ),
        ]

    def __str__(self):
        return self.reference
