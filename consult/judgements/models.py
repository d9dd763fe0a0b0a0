"""What somebody wrote in one part of an equality impact assessment."""

from django.db import models


class AssessmentPart(models.Model):
    """The last words on one part (`exports.judgements.Part.key`), and whose they are. The audit log has those before them.

    `effect` is what a person chose (an `exports.judgements.Effect`), "" in every part but a group's effect. `by` is the actor as
    the audit log names them; `name` is theirs as it was then, and is published with the words.
    """

    consultation = models.ForeignKey("consult.Consultation", on_delete=models.CASCADE, related_name="assessment_parts")
    part = models.CharField(max_length=40)
    effect = models.CharField(max_length=10, blank=True)
    words = models.TextField()
    by = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        app_label = "consult"
        constraints = [models.UniqueConstraint(fields=["consultation", "part"], name="assessment_part_once")]

    def __str__(self):
        return f"{self.consultation}: {self.part}"
