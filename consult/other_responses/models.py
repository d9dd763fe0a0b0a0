"""What is kept of a letter, an email, an event or a petition: where it came from, and its words in parts.

None of it is a `surveys.Response`, and no count of answers has it (docs/decisions/0038). Nobody's name or address is asked for.
"""

import uuid

from django.db import models


class Sort(models.TextChoices):
    """What it is."""

    LETTER = "letter", "Letter"
    EMAIL = "email", "Email"
    EVENT = "event", "Event or meeting"
    PETITION = "petition", "Petition"


class Sender(models.TextChoices):
    """Whom a letter, an email or a petition came from."""

    PERSON = "person", "A person"
    GROUP = "group", "A group or campaign"
    ORGANISATION = "organisation", "An organisation"
    ELECTED = "elected", "A councillor or Member of Parliament"
    NOT_KNOWN = "not_known", "Not known"


class OtherResponse(models.Model):
    """One letter, email, event or petition. Staff name it by its number in the consultation.

    The id is made before it is sent in, so that sending the same page twice keeps one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey("consult.Consultation", on_delete=models.CASCADE, related_name="other_responses")
    number = models.PositiveIntegerField()
    sort = models.CharField(max_length=10, choices=Sort)
    happened_on = models.DateField(help_text="When it was received or, of an event, held")
    sender = models.CharField(max_length=12, choices=Sender, blank=True)
    organisation = models.CharField(max_length=200, blank=True, help_text="Which sent it or, of an event, ran it")
    may_name = models.BooleanField(default=False, help_text="Whether the organisation agreed to be named")
    title = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(null=True, help_text="Who came, or signatures: never respondents")
    has_personal_details = models.BooleanField(default=False, help_text="Then its words are in no report")
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    is_erased = models.BooleanField(default=False, help_text="Whether its words were deleted when it was withdrawn")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="other_response_number_once"),
            models.CheckConstraint(
                condition=models.Q(is_erased=False) | models.Q(withdrawn_at__isnull=False),
                name="other_response_erased_is_withdrawn",
            ),
        ]

    def __str__(self):
        return f"{self.get_sort_display()} {self.number}"


class Passage(models.Model):
    """Some or all of its words, and the key of the question they are about; "" for none in particular."""

    response = models.ForeignKey(OtherResponse, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=100, blank=True)
    words = models.TextField()

    class Meta:
        ordering = ["position"]
