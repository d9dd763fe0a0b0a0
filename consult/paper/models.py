"""What is kept of paper: batches, their forms one by one, scans of them, and what was changed after a form was keyed.

What was typed of a form is kept sealed, for it holds the answers about the person beside the views, and only until the batch is
closed: a stolen table joins nothing (docs/decisions/0028).
"""

import uuid

from django.db import models
from django.db.models import F, Q


class Batch(models.Model):
    """Paper forms that came together: counted when it is opened, and every one accounted for when it is closed."""

    class Source(models.TextChoices):
        POST = "post", "By post"
        DROP_BOX = "drop_box", "From a drop box"
        EVENT = "event", "At an event"
        HANDED_IN = "handed_in", "Handed in"

    number = models.PositiveIntegerField(unique=True)
    consultation = models.ForeignKey("consult.Consultation", on_delete=models.PROTECT, related_name="batches")
    version = models.ForeignKey("surveys.Version", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, default="en")
    edition = models.CharField(max_length=20, default="standard", help_text="How its forms are printed")
    variant = models.CharField(max_length=20, blank=True, help_text="Easy read, or nothing")
    received_on = models.DateField()
    source = models.CharField(max_length=10, choices=Source)
    counted = models.PositiveSmallIntegerField(help_text="Forms counted when it was opened")
    opened_by = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    storage_box = models.CharField(max_length=40, blank=True)
    destroy_on = models.DateField(null=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return self.code

    @property
    def code(self):
        """How people name it: B0142."""
        return f"B{self.number:04}"


class FormState(models.TextChoices):
    """What has become of a form of a batch."""

    WAITING = "waiting", "To key"
    BEGUN = "begun", "Begun"
    KEYED = "keyed", "Keyed"
    SPOILT = "spoilt", "Spoilt: nothing on it can be used"
    DUPLICATE = "duplicate", "A second copy of a form already keyed"
    LATE = "late", "Came too late to count"
    MISSING = "missing", "Missing, with a reason"


SET_ASIDE = (FormState.SPOILT, FormState.DUPLICATE, FormState.LATE, FormState.MISSING)
"""States that account for a form without keying it. Each needs words."""


class PaperForm(models.Model):
    """One form of a batch. `sealed` is what was typed, `{box name: typed}`; `second_sealed` what the second person typed.

    `reference` is the response it became. People are named as the audit log names them.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=FormState, default=FormState.WAITING)
    words = models.CharField(max_length=300, blank=True, help_text="Why it was set aside")
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    reference = models.CharField(max_length=12, blank=True, db_index=True)
    sealed = models.BinaryField(null=True)
    saved_at = models.DateTimeField(null=True, help_text="When a box was last kept")
    begun_at = models.DateTimeField(null=True)
    keyed_at = models.DateTimeField(null=True)
    keyed_by = models.CharField(max_length=200, blank=True)
    as_written = models.JSONField(
        default=dict, help_text="What was written beside boxes about views: {box name: words}"
    )

    is_sampled = models.BooleanField(default=False, help_text="To be keyed by a second person")
    second_by = models.CharField(max_length=200, blank=True)
    second_at = models.DateTimeField(null=True)
    second_sealed = models.BinaryField(null=True)
    compared = models.PositiveSmallIntegerField(default=0, help_text="Boxes keyed twice")
    differed = models.PositiveSmallIntegerField(
        default=0, help_text="Of them, those that still differed at a second look"
    )
    to_lead = models.JSONField(default=list, help_text="Names of boxes that the lead must decide")

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="paper_form_once"),
            models.CheckConstraint(
                condition=Q(second_by="") | ~Q(second_by=F("keyed_by")), name="second_key_by_another"
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def code(self):
        """What is written in the office box: B0142-023."""
        return f"{self.batch.code}-{self.number:03}"


class KeyedNumber(models.Model):
    """The number that is written on a form which was keyed by itself, outside any batch: no other form has it."""

    consultation = models.ForeignKey("consult.Consultation", on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=20, help_text="In capitals, without spaces")
    submission_key = models.UUIDField(unique=True)
    reference = models.CharField(max_length=12, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="form_number_once")]

    def __str__(self):
        return self.number


class Scan(models.Model):
    """A scan of a form. What it shows lies sealed in a file (`consult.paper.scans`), until the paper itself is destroyed."""

    class Kind(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"
        PDF = "pdf", "PDF"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(PaperForm, on_delete=models.CASCADE, related_name="scans")
    kind = models.CharField(max_length=4, choices=Kind)
    width = models.PositiveIntegerField(default=0, help_text="Pixels; 0 for a PDF")
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=1)
    attached_by = models.CharField(max_length=200)
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ["attached_at", "id"]

    def __str__(self):
        return f"Scan of {self.form}"

    @property
    def is_picture(self):
        """Whether it can stand on a page."""
        return self.kind != self.Kind.PDF


class FormChange(models.Model):
    """What was changed in a form after it was keyed, sealed: `{box name: [before, after]}`."""

    form = models.ForeignKey(PaperForm, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["id"]
