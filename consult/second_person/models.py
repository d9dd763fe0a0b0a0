"""What waits for a second person, or waited."""

from django.db import models
from django.db.models import F, Q


def by_two_people(name):
    """The constraints of a table of requests: a decision has its time, and nobody decides on what they asked for themselves."""
    return [
        models.CheckConstraint(condition=Q(decided_at__isnull=False) | Q(is_approved=False), name=f"{name}_has_a_time"),
        models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name=f"{name}_by_another"),
    ]


class Asked(models.Model):
    """Something that one person asks for and another decides. `asked_by` and `decided_by` are actors as in the audit log."""

    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(default=False)

    class Meta:
        abstract = True
        app_label = "consult"
        ordering = ["-id"]
        constraints = by_two_people("%(class)s")


class AskedWithReason(Asked):
    """The same with why it is asked for, and an answer: what `deciding.py` decides."""

    reason = models.TextField(help_text="For the record")
    answer = models.TextField(blank=True, help_text="What the second person said")

    class Meta(Asked.Meta):
        abstract = True


class ClosingChange(AskedWithReason):
    """Closing early (`closes_at` is None: when it is confirmed) or more time. `instead_of` is when it was to close then."""

    class What(models.TextChoices):
        CLOSE_EARLY = "close_early", "Close it now"
        EXTEND = "extend", "Give people more time"

    consultation = models.ForeignKey("consult.Consultation", on_delete=models.CASCADE, related_name="closing_changes")
    what = models.CharField(max_length=12, choices=What)
    closes_at = models.DateTimeField(null=True)
    instead_of = models.DateTimeField()
    public_words = models.TextField()

    def __str__(self):
        return f"{self.consultation}: {self.get_what_display()}"


class DocumentCorrection(AskedWithReason):
    """A document's next edition. `before` is `{title, language, body}` as it was when this was asked for."""

    consultation = models.ForeignKey(
        "consult.Consultation", on_delete=models.CASCADE, related_name="document_corrections"
    )
    document = models.ForeignKey("consult.Document", on_delete=models.CASCADE, related_name="corrections")
    before = models.JSONField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    body = models.TextField()
    public_note = models.TextField()

    def __str__(self):
        return f"{self.document}: {self.public_note}"
