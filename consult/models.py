"""What the service keeps: teams and their people, consultations, what is read beside them, contacts, and the audit log."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

# Django looks for the models of an app in this module.
from consult.judgements.models import AssessmentPart  # noqa: F401
from consult.other_responses.models import OtherResponse  # noqa: F401
from consult.own_pictures.models import OwnPicture  # noqa: F401
from consult.paper import models as paper  # noqa: F401
from consult.response_import.models import ImportJob  # noqa: F401
from consult.second_person.models import Asked, by_two_people


class Team(models.Model):
    """An organisation's team: owns consultations, and is who residents get in touch with."""

    name = models.CharField(max_length=200, unique=True)
    phone = models.CharField(max_length=40)
    email = models.EmailField()
    postal_address = models.TextField()
    privacy_officer = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return self.name


class User(AbstractUser):
    """Somebody on the staff. Residents have no accounts."""

    def __str__(self):
        return self.get_full_name() or self.username


class Role(models.TextChoices):
    """What somebody does in a team. What each role may do is the table in `permissions.py`."""

    LEAD = "lead", "Engagement lead"
    APPROVER = "approver", "Approver"
    CLERK = "clerk", "Clerk"
    VERIFIER = "verifier", "Verifier"
    CODER = "coder", "Coder"
    EQUALITY = "equality", "Equality lead"
    ADMIN = "admin", "Administrator"


class Membership(models.Model):
    """A person's role in a team. Somebody may have several."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user", "role"], name="membership_once")]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"


class Consultation(models.Model):
    """A consultation or survey: what people are asked about, when, by whom, and how its results may be published.

    Its stage is never stored: `stages.stage_at` derives it from the times below and a given now.
    """

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", "Consultation"
        ENGAGEMENT = "engagement", "Early engagement"
        SURVEY = "survey", "Survey"

    slug = models.SlugField(unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CONSULTATION)
    topic = models.CharField(max_length=60, blank=True)
    area = models.CharField(max_length=60, blank=True)
    questionnaire = models.OneToOneField("surveys.Questionnaire", on_delete=models.PROTECT)

    summary = models.CharField(max_length=300)
    purpose = models.TextField()
    still_open = models.TextField(help_text="What is not decided yet, and what already is")
    asks = models.JSONField(default=list, help_text="What people can tell us, as a list")
    decided_by = models.CharField(max_length=200)
    decision_on = models.DateField(null=True)
    report_by = models.DateField(null=True)
    kept_years = models.PositiveSmallIntegerField(default=2)
    outcome = models.JSONField(default=dict, help_text="The five parts of the outcome page")

    question_set = models.CharField(max_length=20, help_text="The version of the equality questions")
    baseline = models.CharField(max_length=40, help_text="The population that respondents are set against")
    policy = models.CharField(max_length=20, default="nhs_round5", help_text="The small-number rule")
    is_illustrative = models.BooleanField(default=False)

    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    launched_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    first_closes_at = models.DateTimeField(null=True, help_text="When it was to close, before that was changed")
    closing_words = models.TextField(blank=True, help_text="Why the closing time was changed, in public words")
    withdrawal_words = models.TextField(blank=True, help_text="Why it was withdrawn, in public words")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="consultation_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True) | Q(launched_at__isnull=False),
                name="consultation_report_after_launch",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("consultation", args=[self.slug])


class PreflightNote(models.Model):
    """What somebody said of a task of pre-flight: that it is done, or why it need not be. The last word: the record has all."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="preflight_notes")
    task = models.CharField(max_length=40)
    is_tick = models.BooleanField()
    about = models.TextField(help_text="What was found when it was said: the words count for that alone")
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "task"], name="preflight_note_once")]

    def __str__(self):
        return f"{self.task}: {self.words}"


class Approval(Asked):
    """One asking for approval and what came of it.

    It is for the consultation as it was when it was asked for: `digest` stands for all of it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="approvals")
    revision = models.PositiveIntegerField(help_text="Of the questionnaire's draft")
    digest = models.CharField(max_length=64)
    words = models.TextField(blank=True, help_text="What the approver said")

    def __str__(self):
        return f"{self.consultation}, revision {self.revision}"


class ChangeRequest(Asked):
    """A change of published questions that waits for a second person, or waited: what its author says of it, and the decision.

    `sorts` says of each change of words, by its place among the changes, what it is. `digest` stands for the draft and all of it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="change_requests")
    revision = models.PositiveIntegerField(help_text="Of the questionnaire's draft")
    digest = models.CharField(max_length=64)
    sorts = models.JSONField(default=dict)
    reason = models.TextField()
    public_note = models.TextField()
    words = models.TextField(blank=True, help_text="What the approver said")

    class Meta(Asked.Meta):
        constraints = by_two_people("change_approval")

    def __str__(self):
        return f"{self.consultation}, change at revision {self.revision}"


class PreviewLink(models.Model):
    """A link that lets colleagues look at a draft without signing in. To take it back is to delete it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="preview_links")
    for_whom = models.CharField(max_length=100, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["expires_at", "id"]

    def __str__(self):
        return f"{self.consultation}, for {self.for_whom or 'colleagues'}"


class LinkKey(models.Model):
    """The key that joins a consultation's equality profiles to its responses, wrapped by the master key.

    A row of its own, so that destroying it, and with it every possible join, is one DELETE.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="link_key")
    wrapped = models.BinaryField()


class Document(models.Model):
    """Something to read beside a consultation, as plain text that becomes a web page. `language` is what it is written in."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="documents")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8, default="en")
    body = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "slug"], name="document_slug_once")]

    def __str__(self):
        return self.title


class Edition(models.Model):
    """A report or a set of tables as it was published: a frozen file. Later withdrawals never change what was published."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="editions")
    name = models.CharField(max_length=20)
    format = models.CharField(max_length=10)
    body = models.BinaryField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "name", "format"], name="edition_once")]

    def __str__(self):
        return f"{self.consultation}: {self.name} ({self.format})"


class Contact(models.Model):
    """An address that asked for news. Never beside answers: nothing links it to a response.

    The address is kept sealed, and found by a keyed digest of it (`keys.address_digest`).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="contacts")
    digest = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    wants_opening = models.BooleanField(default=False)
    wants_report = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "digest"], name="contact_once")]


class FormatRequest(models.Model):
    """Somebody who needs the consultation in another format. How to reach them is kept sealed, and away from any answers."""

    class Format(models.TextChoices):
        PAPER = "paper", "Paper form"
        LARGE_PRINT = "large_print", "Large print"
        EASY_READ = "easy_read", "Easy read"
        AUDIO = "audio", "Audio"
        BRAILLE = "braille", "Braille"
        BSL = "bsl", "British Sign Language"
        LANGUAGE = "language", "Another language"
        OTHER = "other", "Another way"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="format_requests")
    format = models.CharField(max_length=12, choices=Format)
    language = models.CharField(max_length=60, blank=True)
    sealed = models.BinaryField(help_text="Name, how to reach them and anything else they wrote, sealed")
    asked_at = models.DateTimeField()
    promised_on = models.DateField()
    sent_on = models.DateField(null=True)

    class Meta:
        ordering = ["promised_on", "id"]


class Arrival(models.Model):
    """How a response came, for flags that a person looks at; away from the response and deleted 30 days after closing.

    `network` is a digest of the sender's network (/24 or /48) under a key that changes every day: it says that two of one day
    came from one network and nothing else.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="arrivals")
    reference = models.CharField(max_length=12, unique=True)
    network = models.BinaryField(max_length=16)
    arrived_on = models.DateField()
    seconds = models.PositiveIntegerField(help_text="From beginning to sending")
    answered = models.PositiveSmallIntegerField(help_text="Questions answered")
    asked = models.PositiveSmallIntegerField(help_text="Questions asked")

    class Meta:
        indexes = [models.Index(fields=["consultation", "arrived_on", "network"], name="arrival_by_network")]


class Erasure(models.Model):
    """The register of responses deleted by those who sent them, to be replayed after a restore: digests only."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="erasures")
    receipt_digest = models.BinaryField(max_length=32, unique=True)
    erased_at = models.DateTimeField()


class Postcode(models.Model):
    """One line of the postcode directory: what a full postcode is turned into before it is dropped."""

    postcode = models.CharField(max_length=8, primary_key=True)
    deprivation_fifth = models.PositiveSmallIntegerField(null=True)
    ward = models.CharField(max_length=80, blank=True)
    is_inside = models.BooleanField(default=True, help_text="Inside the area consulted")


class AuditEvent(models.Model):
    """One decision: who did what to which thing, when and why. Each row carries the hash of the one before it."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="audit_events")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    verb = models.CharField(max_length=40)
    object_label = models.CharField(max_length=200)
    object_id = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    detail_digest = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["team", "seq"]
        constraints = [models.UniqueConstraint(fields=["team", "seq"], name="audit_seq_once")]

    def __str__(self):
        return f"{self.seq} {self.verb}"


class AuditDetail(models.Model):
    """What changed, in a table of its own: it can age out and the chain, which holds only its salted digest, stays whole."""

    event = models.OneToOneField(AuditEvent, on_delete=models.CASCADE, related_name="detail")
    salt = models.CharField(max_length=32)
    body = models.JSONField()


class AuditHead(models.Model):
    """The last link of a team's chain. Locked while a row is added, so that parallel actions make one unbroken chain."""

    team = models.OneToOneField(Team, on_delete=models.PROTECT, related_name="audit_head")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
